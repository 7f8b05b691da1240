"""Finds what the drafts of filings contradict in a plan beside its days: who merges, whose it is, what it depends on.

The days alone do not tell these: a plan whose target and acquirer are swapped has every day of its filing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from calfeed.filings.comparing.compare import Comparison, Given, place_of
from calfeed.filings.comparing.compare_classes import classes_otherwise
from calfeed.filings.comparing.planned import Planned, PlannedDate, PlannedReorganization
from calfeed.filings.drafts.drafted import DraftMilestone
from calfeed.filings.drafts.ledger import MentionKey, key_of
from calfeed.filings.funds.named import folded, is_class
from calfeed.filings.funds.pair import Pair
from calfeed.model.plans import Of
from calfeed.model.when import Dated
from calfeed.reading.problems import Location, Problem, Severity
from calfeed.reading.states import SHAREHOLDER_APPROVAL

_KIND_IS_OPEN = frozenset({"other", "announcement"})


def contradictions(planned: Planned, found: Comparison, filings: Sequence[Given]) -> list[Problem]:
    """What the drafts of filings contradict in a plan, at most one warning for each place that has no problem yet.

    They are warnings, since a draft may be wrong, and a plan may leave out all but its dates.

    Where they contradict its parties, nothing else is told: whose a date is depends on them. Nothing is told while a
    date of the plan cannot be read, which may be the one that seems to be missing.
    """
    if planned.problems:
        return []
    problems = [problem for each in filings for problem in _of_parties(planned, each)]
    if not problems:
        problems = [problem for each in filings for problem in _of_dates(planned, found, each)]
        problems += [problem for each in filings for problem in classes_otherwise(planned, found, each)]
    told = {problem.location for problem in found.problems}
    first = {problem.location: problem for problem in reversed(problems)}
    return [problem for location, problem in first.items() if location not in told]


def _warning(location: Location, message: str) -> Problem:
    return Problem(location, message, Severity.WARNING)


# --- who merges ------------------------------------------------------------------------------------------------------


def _of_parties(planned: Planned, given: Given) -> Iterator[Problem]:
    for each in planned.reorganizations:
        unknown = next((name for name in each.target.classes if not _has_word(given, name.split()[-1])), "")
        pair, advice = _contradicting(each, given)
        if unknown:
            yield _warning(each.location, f'{given.filing.name} does not speak of "{unknown}": mend the classes')
        elif pair:
            merges = f"{_told(pair.target, pair.target_trust, pair)} goes into "
            merges += _told(pair.acquiring, pair.acquiring_trust, pair)
            yield _warning(each.location, f"by {given.filing.name}, line {pair.line}, {merges}: {advice}")


def _told(fund: str, trust: str, pair: Pair) -> str:
    """What a message calls a fund of a pair: with its trust where both funds bear one name."""
    is_twin = folded(pair.target) == folded(pair.acquiring)
    return f"{fund} ({trust})" if is_twin and trust else fund


def _has_word(given: Given, word: str) -> bool:
    said = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    return any(said.search(passage.text) for passage in given.filing.passages)


def _contradicting(planned: PlannedReorganization, given: Given) -> tuple[Pair | None, str]:
    """A pair of the filing that contradicts a reorganization of a plan, and what is to be done."""
    target, acquiring = planned.target, planned.acquiring
    is_twin = any(map(target.is_called, acquiring.names))
    named = [pair for pair in given.pairs if target.is_called(pair.target)]
    mine = [pair for pair in named if target.is_of(pair.target_trust)] if is_twin else named
    if not mine:
        turned = (pair for pair in given.pairs if _is_turned(planned, pair, is_twin=is_twin))
        return next(turned, None), 'write that one as "target", and the other as "acquiring"'
    is_known = not acquiring or bool(given.printed(acquiring))
    is_said = any(_is_no_fund(pair.acquiring) or acquiring.is_called(pair.acquiring) for pair in mine)
    advice = 'mend "acquiring"' if acquiring else 'add "acquiring"'
    return (None if is_said or not is_known else mine[0]), advice


def _is_no_fund(acquiring: str) -> bool:
    return not acquiring or is_class(acquiring)


def _is_turned(planned: PlannedReorganization, pair: Pair, *, is_twin: bool) -> bool:
    """Whether a pair of the filing has the acquirer of a plan as its target, and the target as its acquirer.

    Those of twins, which bear one name, are told apart by their trusts alone.
    """
    target, acquiring = planned.target, planned.acquiring
    is_called = acquiring.is_called(pair.target) and target.is_called(pair.acquiring)
    is_of_them = acquiring.is_of(pair.target_trust) and target.is_of(pair.acquiring_trust)
    return is_called and (is_of_them or not is_twin)


# --- dates -----------------------------------------------------------------------------------------------------------


def _of_dates(planned: Planned, found: Comparison, given: Given) -> Iterator[Problem]:
    placed = _by_mention(given.draft.placed)
    to_decide = _by_mention(given.draft.to_decide)
    claimed: dict[MentionKey, PlannedDate] = {}
    for date, mentions in found.stated_by(given).items():
        keys = [key_of(each) for each in mentions]
        claimed.update(dict.fromkeys(keys, date))
        every = [one for key in keys for one in placed.get(key, ())]
        said = [one for one in every if one.kind is date.kind]
        if not said or any(key in to_decide for key in keys):
            continue
        alone = _funds_alone(date, said, given) if len(said) == len(every) else ""
        message = f"the filing states this day for {alone} alone" if alone else ""
        message = message or _contradiction(planned, date, said, given)
        if message:
            yield _warning(date.location, f"{message}: {place_of(said[0].mention)}")
    words = [each.words for each in planned.left_out if each.source == given.source]
    left_out = {key_of(mention) for each in words for mention in given.mentions_within(each)}
    for key, date in claimed.items():
        for one in placed.get(key, ()) if key not in left_out else ():
            message = _lacking(planned, one, given)
            if message:
                yield _warning(date.location, f"{message}: {place_of(one.mention)}")


def _by_mention(milestones: Iterable[DraftMilestone]) -> Mapping[MentionKey, list[DraftMilestone]]:
    found: dict[MentionKey, list[DraftMilestone]] = defaultdict(list)
    for each in milestones:
        found[key_of(each.mention)].append(each)
    return found


def _funds_alone(date: PlannedDate, said: Sequence[DraftMilestone], given: Given) -> str:
    """The funds for which alone a filing has a day, if the plan has it for others too; empty if not.

    `said` are what the filing has on that day. Each reorganization is completed: one for which the filing has no day of
    that shares the day of another. Where two targets bear one name, a draft may take one for the other.
    """
    targets = [pair.target for pair in given.draft.pairs]
    if not date.about <= set(given.known) or len(set(targets)) < len(targets):
        return ""
    scope = {number for each in said for number in each.scope}
    lacking = set(map(given.known.index, date.about)) - scope
    if date.kind and date.kind.completes:
        every = (*given.draft.placed, *given.draft.to_decide)
        lacking &= {number for each in every if each.kind and each.kind.completes for number in each.scope}
    if lacking and all(each.is_scope_said for each in said):
        return " and ".join(targets[number] for number in sorted(scope))
    return ""


def _lacking(planned: Planned, milestone: DraftMilestone, given: Given) -> str:
    """For what, or for which funds, a plan lacks a day that it has for another kind or fund; empty if it has all."""
    kind = milestone.kind
    if kind is None or kind.name in _KIND_IS_OPEN:
        return ""
    alike = [each for each in planned.dates if _is_of(each, milestone)]
    if not alike:
        return f'the filing has this day for "{kind.name}", and the plan does not: add or mend that'
    standings = given.draft.standings
    said = {given.known[number] for number in milestone.scope if not standings[number].status.is_off}
    lacking = said.difference(*(each.about for each in alike))
    has_other = any(each.kind is kind and each.about & lacking for each in planned.dates)
    if not lacking or has_other or not milestone.is_scope_said:
        return ""
    funds = {given.printed(planned.reorganizations[number].target) for number in lacking}
    return f'the filing has this day of "{kind.name}" for {" and ".join(sorted(funds))} too: add it there'


def _is_of(date: PlannedDate, milestone: DraftMilestone) -> bool:
    """Whether a date of a plan has the day of a milestone, for its kind or for one that is the author's own."""
    days, kind = milestone.days, milestone.kind
    is_alike = date.kind is kind or date.kind is None or date.kind.name == "other"
    is_end = date.kind is not None and kind is not None and date.kind.completes and kind.completes
    is_day = days is not None and isinstance(date.states, Dated) and days[0] <= date.states.last <= days[1]
    return is_day and (is_alike or is_end)


def _contradiction(planned: Planned, date: PlannedDate, said: Sequence[DraftMilestone], given: Given) -> str:
    """What a filing says otherwise of a date, and what is to be done; empty if nothing. `said` are of its kind."""
    of = _of_others(planned, date, said)
    if of:
        return of
    standings = given.draft.standings
    is_off = any(one.cancelled or any(standings[number].status.is_off for number in one.scope) for one in said)
    if date.cancelled_by == given.source and not is_off:
        return "the filing does not say that this is cancelled"
    conditions = [each for one in said for each in one.conditions]
    if date.depends and all(SHAREHOLDER_APPROVAL in one.conditions for one in said) and not date.awaits_vote:
        return f'by the filing it depends on a vote too: add "{SHAREHOLDER_APPROVAL}" under "subject to"'
    if date.depends or not all(one.conditions for one in said):
        return ""
    first = SHAREHOLDER_APPROVAL if SHAREHOLDER_APPROVAL in conditions else conditions[0]
    return f'by the filing it depends on something: write "{first}" under "subject to"'


def _of_others(planned: Planned, date: PlannedDate, said: Sequence[DraftMilestone]) -> str:
    """Whose it is by a filing, if it is of other holders, or another board, than the plan says."""
    of = {one.of for one in said}
    same = {each.of for each in planned.dates if each.kind is date.kind and _is_same_day(each, date)}
    if date.kind is None or date.kind.name not in _HAS_OWNER or date.of in of:
        return ""
    if same >= {Of.TARGET, Of.ACQUIRING} or Of.BOTH in same & of:
        return ""
    of_whom = min(of)
    advice = 'leave "of" out' if of_whom is Of.TARGET else f'write "of: {of_whom}"'
    return f"the filing states it of {_OWNERS[of_whom]}: {advice}"


_HAS_OWNER = frozenset({"board approval", "record date", "special meeting", "proxy mailing"})
_OWNERS = {Of.TARGET: "the target", Of.ACQUIRING: "the acquiring fund", Of.BOTH: "both funds"}


def _is_same_day(one: PlannedDate, other: PlannedDate) -> bool:
    return one.states._replace(words="") == other.states._replace(words="")
