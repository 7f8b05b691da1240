"""How things stand with each reorganization, as a filing says, and what of it is left to the author to decide."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from calfeed.filings.dates.conditions import Conditions
from calfeed.filings.dates.scope import Context, Scope
from calfeed.filings.funds.named import folded
from calfeed.filings.funds.past import Past
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.standings.standing_rules import (
    NOT_YET,
    OTHER_CHANGE,
    Status,
    may_be_of_something_else,
    may_be_off,
    says_not_by_whom,
    standing_of,
)
from calfeed.filings.standings.voted_on import awaits_others, has_conditions, is_voted_on
from calfeed.reading.states import SHAREHOLDER_APPROVAL


class Standing(NamedTuple):
    """How things stand with a reorganization; `doubt` says why that is to be decided; it is empty if that is certain.

    `line` is the line of the filing that says so, or 0. `conditions`: what the reorganization depends on, wherever the
    filing says so.
    """

    status: Status
    doubt: str = ""
    line: int = 0
    conditions: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether the filing itself says so of this reorganization, and nothing in it speaks against that."""
        return not self.doubt

    @property
    def is_open(self) -> bool:
        """Whether a vote may be still to come."""
        return self.status.is_open or not self.is_certain

    @property
    def is_over(self) -> bool:
        """Whether nothing is still to come: it is completed or called off."""
        return self.is_certain and (self.status.is_off or self.status is Status.COMPLETED)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says, of which pairs, on which line, and why that is in doubt, if it is."""

    status: Status
    scope: Scope
    line: int
    doubt: str


class _Hint(NamedTuple):
    """A sentence that may say how things stand: its line, and what it is about."""

    line: int
    scope: Scope


WHICH = "Which of the reorganizations it speaks of is not certain."
OF_ANOTHER_CHANGE = "The sentence may speak of another change."
OF_AN_EARLIER_PLAN = "The filing speaks of a new plan as well."
BY_WHOM = "It was approved, but the filing does not say by whom."
MAY_BE_OFF = "It may have been given up or put off."

CONDITIONS = "closing conditions"
"""What a plan says of a reorganization that depends on conditions, where the filing does not name them in its words."""

_CONTRADICTIONS = (
    frozenset({Status.APPROVED, Status.CANCELLED}),
    frozenset({Status.APPROVED, Status.REJECTED}),
    frozenset({Status.COMPLETED, Status.CANCELLED}),
    frozenset({Status.COMPLETED, Status.REJECTED}),
)
"""What a filing says of one reorganization only if it tells of two, or of two times."""
_RANKS = tuple(Status)
_NEW_PLAN = re.compile(
    r"\b(?:new|revised|second) (?:\w+ )?(?:agreement|plan|proposal|merger|reorgani[sz]ation|vote)\b|"
    r"\b(?:again|anew|once more) (?:approved|proposed|submitted|adopted|be (?:submitted|proposed|asked))\b|"
    r"\b(?:approved|proposed|submitted|adopted)\b[^;]{0,60}\b(?:again|anew|once more)\b|\bre-?submit|\breconsider"
)
""""A new agreement", "approved again", "submitted once more"."""
_POINTED_AT = re.compile(
    r"\b(?:that|this|these|those|such) (?:[\w-]+ )?(?:transaction|acquisition|reorgani[sz]ation|merger|conversion)s?\b"
)
_INTO_ANOTHER = re.compile(r"\btarget\b[^;]{0,120}?\b(?:into|with|by|to) (?:the )?fund\b")
"""The reorganization of a target into a fund that is not the acquirer."""
_OTHERS = re.compile(
    r"\b(?:other|remaining|rest of the) (?:\w+ )?(?:funds?|portfolios?|series|reorgani[sz]ations?|mergers?|"
    r"proposals?)\b"
)
"""Funds or reorganizations of which a sentence speaks without their names."""
_ADJOURNED = re.compile(r"\badjourn")
_LIQUIDATION = re.compile(r"\bliquidat\w+|\bdissol\w+")
_MERGER = re.compile(r"\bmerge\w*|\breorgani[sz]\w+|\bcombin\w+|\bacqui\w+|\bacquirer\b|\bproposals?\b|\bplans?\b")


def _lines(hints: Sequence[_Hint], number: int) -> list[int]:
    """The lines of the sentences that are about a pair."""
    return [each.line for each in hints if number in each.scope.pairs]


def standings(context: Context) -> list[Standing]:
    """How things stand with each pair of a filing: the most final of what its sentences say of it."""
    return _Reading(context).all()


class _Reading:
    """What the sentences of a filing say of its pairs."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.filing = context.names.filing
        self.past = Past(context.names.filing)
        self.stated = Conditions(context.names.filing)

    def all(self) -> list[Standing]:
        """How things stand with each pair."""
        return [
            self.standing(number)._replace(conditions=self.conditions(number))
            for number in range(len(self.context.pairs))
        ]

    def conditions(self, number: int) -> tuple[str, ...]:
        """What the first sentences that say so of a pair name: the approval of holders, and what else it awaits."""
        asks = _lines(self.that_ask_for_a_vote, number) and not self.stated.needs_no_vote
        vote = (SHAREHOLDER_APPROVAL,) if asks else ()
        others = next((said for scope, said in self.that_await_others if number in scope.pairs), ())
        return (*vote, *others)

    def standing(self, number: int) -> Standing:
        """How things stand with one pair."""
        about = [each for each in self.said if number in each.scope.pairs]
        status = max((each.status for each in about), key=_RANKS.index, default=Status.PROPOSED)
        saying = [each for each in about if each.status is status]
        best = next((each for each in saying if not each.doubt), next(iter(saying), None))
        line = best.line if best else 0
        if doubt := (best.doubt if best else "") or self.contradiction(status, about):
            return Standing(status, doubt, line)
        if status.is_off and self.has_new_plan(number):
            return Standing(status, OF_AN_EARLIER_PLAN, line)
        if status in {Status.PROPOSED, Status.APPROVED} and (lines := _lines(self.that_may_end, number)):
            return Standing(status, MAY_BE_OFF, lines[0])
        if status is Status.PROPOSED and (lines := _lines(self.that_say_not_by_whom, number)):
            return Standing(status, BY_WHOM, lines[0])
        return Standing(status, "", line)

    def contradiction(self, status: Status, about: Sequence[_Said]) -> str:
        """Why a status is in doubt beside what else the filing says of a pair."""
        others = [each for each in about if frozenset({status, each.status}) in _CONTRADICTIONS]
        return f"Line {others[0].line} seems to say that it was {others[0].status}." if others else ""

    def has_new_plan(self, number: int) -> bool:
        """Whether the filing speaks of a new plan for a pair."""
        return any(
            number in self.context.scope_of_sentence(index, start, end).pairs
            for index, start, end in self.sentences()
            if _NEW_PLAN.search(self.context.sentence(index, start, end))
        )

    def sentences(self) -> Iterator[tuple[int, int, int]]:
        """The sentences of the filing: passage, start and end.

        Without answers to what happens if something else does, and without what happened years before.
        """
        for index, passage in enumerate(self.filing.passages):
            if re.search(NOT_YET, self.context.question_above(index)):
                continue
            for start, end in sentences(passage.text):
                if not self.past.is_history(passage.text[start:end]):
                    yield index, start, end

    @cached_property
    def said(self) -> list[_Said]:
        """What the sentences say."""
        found = []
        for index, start, end in self.sentences():
            masked = self.context.sentence(index, start, end)
            status = standing_of(masked)
            if status is not Status.PROPOSED:
                scope = self.scope(masked, index, start, end)
                line = self.filing.passages[index].line_at(start)
                doubt = self.doubt(masked, status, scope)
                if self.context.is_about_another_fund(index, start, end):
                    doubt = WHICH
                found.append(_Said(status, scope, line, doubt))
        return found

    def scope(self, masked: str, index: int, start: int, end: int) -> Scope:
        """The pairs that a sentence is about: not certain if it speaks of others without their names, or of two things.

        "Shareholders of Red Fund approved it, and as to Blue Fund the meeting was adjourned" is of two.
        """
        scope = self.context.scope_of_sentence(index, start, end)
        if _OTHERS.search(masked):
            return Scope(self.context.everything, is_certain=False)
        is_of_two = len(scope.pairs) > 1 and _ADJOURNED.search(masked) is not None
        pairs = self.with_acquirers_named(scope.pairs, index, start, end)
        return replace(scope, pairs=pairs, is_certain=scope.is_certain and not is_of_two)

    def with_acquirers_named(self, pairs: frozenset[int], index: int, start: int, end: int) -> frozenset[int]:
        """Some pairs, but those of one target only with the acquirers that a sentence names, if it names any."""
        named = [each for each in self.context.names.in_passage(index) if start <= each.start and each.end <= end]
        keys = {folded(name) for each in named for name in each.names}
        every = {number: self.context.pairs[number] for number in pairs}
        told = {folded(pair.target) for pair in every.values() if folded(pair.acquiring) in keys}
        return frozenset(
            number
            for number, pair in every.items()
            if folded(pair.target) not in told or folded(pair.acquiring) in keys
        )

    @cached_property
    def that_may_end(self) -> list[_Hint]:
        """The sentences that may say that a reorganization was given up or put off, although no rule says so."""
        return list(self.hints(may_be_off))

    @cached_property
    def that_say_not_by_whom(self) -> list[_Hint]:
        """The sentences that do not say by whom a reorganization was approved."""
        return list(self.hints(says_not_by_whom))

    @cached_property
    def that_ask_for_a_vote(self) -> list[_Hint]:
        """The sentences by which holders must approve a reorganization."""
        return list(self.hints(is_voted_on))

    @cached_property
    def that_await_others(self) -> list[tuple[Scope, tuple[str, ...]]]:
        """The pairs of each sentence that says what they await, and what that is beside the approval of holders."""
        found = []
        for index, start, end in self.sentences():
            masked = self.context.sentence(index, start, end)
            if not awaits_others(masked):
                continue
            stated = self.stated.stated_in(self.filing.passages[index].text[start:end])
            others = tuple(each for each in stated if each != SHAREHOLDER_APPROVAL)
            if not stated and has_conditions(masked):
                others = (CONDITIONS,)
            if others:
                found.append((self.context.scope_of_sentence(index, start, end), others))
        return found

    def hints(self, is_hint: Callable[[str], bool]) -> Iterator[_Hint]:
        """The sentences whose masked words are of a kind."""
        for index, start, end in self.sentences():
            if is_hint(self.context.sentence(index, start, end)):
                line = self.filing.passages[index].line_at(start)
                yield _Hint(line, self.context.scope_of_sentence(index, start, end))

    def doubt(self, masked: str, status: Status, scope: Scope) -> str:
        """Why it is in doubt that a masked sentence says its status of the pairs of its scope."""
        names_target = "target" in masked
        names_both = names_target and "acquirer" in masked
        if not scope.is_certain or ("acquirer" not in masked and _INTO_ANOTHER.search(masked)):
            return WHICH
        is_pointing = status is Status.COMPLETED and not names_target and _POINTED_AT.search(masked) is not None
        is_other = re.search(OTHER_CHANGE, masked) is not None and not names_both
        is_other = is_other or may_be_of_something_else(masked, status)
        return OF_ANOTHER_CHANGE if is_pointing or is_other or self.is_of_other_kind(masked, scope) else ""

    def is_of_other_kind(self, masked: str, scope: Scope) -> bool:
        """Whether a sentence speaks of a liquidation alone, but some of the pairs are mergers."""
        if _LIQUIDATION.search(masked) and not _MERGER.search(masked):
            return any(self.context.pairs[number].acquiring for number in scope.pairs)
        return False
