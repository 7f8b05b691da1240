"""Whose board a date of an approval is about: the target's, the acquirer's, both, or another one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from calfeed.filings.dates.mentions import Mention
from calfeed.filings.dates.scope import Context, Scope
from calfeed.filings.funds.named import Named, Sort, folded
from calfeed.filings.funds.pair import Pair
from calfeed.filings.funds.several import PLURAL
from calfeed.filings.funds.terms import RoleOf
from calfeed.filings.passages.text import flat
from calfeed.model.plans import Of

_BOARD = r"(?:boards?(?: of (?:trustees|directors|managers|governors))?|trustees|directors|governors)"
_BOARD_OF = re.compile(
    rf"\b(?:{_BOARD}|those|that)(?: \([^()]*\))? of (?:(?:both|each of|each|the|each of the) )*$", re.IGNORECASE
)
_AND = re.compile(r"(?: \([^()]*\))?(?:,? (?:and|or|as well as)|,)(?: (?:of|for))?(?: the)? ", re.IGNORECASE)
_BOARD_BEHIND = re.compile(rf"(?: \([^()]*\))?['’]?s?,?(?: \w+)? {_BOARD}\b", re.IGNORECASE)


class Approval(NamedTuple):
    """The reorganizations that a board approved, and whose board it is."""

    scope: Scope
    of: Of


class _Boards(NamedTuple):
    """The numbers of the pairs whose target's board is named, and of those whose acquirer's board is.

    A board of both sides is that of the target.
    """

    targets: frozenset[int]
    acquirers: frozenset[int]


def approvals(context: Context, mention: Mention, scope: Scope) -> list[Approval]:
    """Whose boards a date of an approval is about; `scope` is what its clause says of funds.

    There are two where the board is that of the targets for some reorganizations, and that of the acquirer for others.
    """
    named = list(_named_boards(context, mention))
    issuer = context.names.issuer_of_funds
    is_of_funds = all(each.sort is Sort.FUND for each in named)
    are_trusts_known = all(context.pairs[number].target_trust or issuer for number in scope.pairs)
    if not named or not (is_of_funds or are_trusts_known):
        return [Approval(scope, Of.TARGET)]
    boards = _boards(context, named)
    targets = scope.pairs & boards.targets
    acquirers = scope.pairs & boards.acquirers
    if not targets and not acquirers:
        return [Approval(replace(scope, is_certain=False), Of.TARGET)]
    is_certain = _is_certain(context, mention, scope, targets | acquirers)
    if len(named) > 1 and targets and targets == acquirers:
        return [Approval(Scope(targets, is_certain), Of.BOTH)]
    sides = ((targets, Of.TARGET), (acquirers - targets, Of.ACQUIRING))
    return [Approval(Scope(pairs, is_certain), of) for pairs, of in sides if pairs]


def _is_certain(context: Context, mention: Mention, scope: Scope, concerned: frozenset[int]) -> bool:
    """Whether a date is certainly about the pairs whose boards are named. "The merger" may be one of several."""
    if concerned == scope.pairs:
        return scope.is_certain
    start, end = mention.clause_span
    is_one = len(concerned) == 1 or PLURAL.search(flat(mention.passage.text)[start:end]) is not None
    return is_one and scope.pairs == context.everything


def _named_boards(context: Context, mention: Mention) -> Iterator[Named]:
    """The trusts and funds whose boards the clause around a date names, without those that belong to another date."""
    start, end = _part_of_clause(context, mention)
    text = flat(mention.passage.text)
    last_end = -1
    for each in context.names.in_passage(mention.index):
        if each.start < start or each.end > end:
            continue
        is_next = last_end >= 0 and _AND.fullmatch(text[last_end : each.start]) is not None
        if is_next or _BOARD_OF.search(text[start : each.start]) or _BOARD_BEHIND.match(text, each.end):
            last_end = each.end
            yield each


def _part_of_clause(context: Context, mention: Mention) -> tuple[int, int]:
    """The part of a clause that belongs to one of its dates: up to the date, or from it on if dates come first."""
    start, end = mention.clause_span
    others = [
        each.core
        for each in context.dating.in_passage(mention.index)
        if each.days and start <= each.start and each.end <= end and each is not mention
    ]
    if not others:
        return start, end
    text = flat(mention.passage.text)
    first = min([*others, mention.core])[0]
    if re.search(_BOARD, text[start:first], re.IGNORECASE):
        return max([last for _, last in others if last <= mention.start], default=start), mention.start
    return mention.end, min([before for before, _ in others if before >= mention.end], default=end)


def _boards(context: Context, named: Sequence[Named]) -> _Boards:
    issuer = context.names.issuer_of_funds
    sides = [{_side(pair, each, issuer) for each in named} for pair in context.pairs]
    return _Boards(
        targets=frozenset(number for number, each in enumerate(sides) if Of.TARGET in each),
        acquirers=frozenset(number for number, each in enumerate(sides) if Of.ACQUIRING in each),
    )


def _side(pair: Pair, named: Named, issuer: str) -> Of | None:
    """Of which side of a pair a name is the fund or the trust; of the target if it is of both."""
    keys = set(map(folded, named.names))
    if not keys:
        return {RoleOf.TARGET: Of.TARGET, RoleOf.ACQUIRING: Of.ACQUIRING}.get(named.role)
    target_trust = pair.target_trust or issuer
    if keys & {folded(pair.target), folded(target_trust)}:
        return Of.TARGET
    if pair.acquiring and keys & {folded(pair.acquiring), folded(pair.acquiring_trust or target_trust)}:
        return Of.ACQUIRING
    return None
