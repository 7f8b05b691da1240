"""Problems and warnings about the dates of one reorganization.

Only what is impossible is a problem: of an inexact date, the whole possible span is compared. What is unusual is a
warning, since filings do print Sundays and wrong years.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from calfeed.model.kinds import BEGUN_BY
from calfeed.model.plans import Milestone, Of, Reorganization, Source
from calfeed.model.when import WEEKDAYS, Dated, Precision, Undated, Unit, in_words
from calfeed.reading.business_days import holiday_on
from calfeed.reading.nodes import Steps
from calfeed.reading.order import WHICH_IS_RIGHT
from calfeed.reading.states import Draft, Placed, called, is_approval
from calfeed.reading.yaml import YamlFile

_ON_BUSINESS_DAYS = {
    "special meeting", "record date", "closing", "valuation", "last redemption", "last trading day",
    "first trading day",
}  # fmt: skip
_ON_ONE_DAY = {
    "agreement signed", "n-14 effectiveness", "record date", "special meeting", "approval obtained",
    "dividend record date", "dividend ex-date", "valuation", "closing", "liquidation", "substitution", "conversion",
    "delisting", "name change", "subadviser change", "objective change", "benchmark change", "identifier change",
}  # fmt: skip
"""Kinds that are over on one day: a mailing or a payment may take several."""
_EXPECTED = {
    "special meeting", "voting deadline", "instruction deadline", "last purchase", "last exchange", "last redemption",
    "check writing ends", "creation orders end", "free transfers end", "valuation", "last trading day",
    "first trading day", "delisting", "dividend payment", "proceeds payment", "closed to purchases",
    "transition begins", "name change", "outside date",
}  # fmt: skip
"""Kinds that a document tells of while they are still to come, besides those that complete a reorganization."""
_TOLD_AFTERWARDS = {"board approval", "agreement signed", "announcement"}
"""Kinds that a document tells of when they have happened; of others it tells while they are still to come."""
_BEFORE_THE_VOTE = {
    "board approval", "agreement signed", "announcement", "n-14 filing", "n-14 effectiveness", "broker search",
    "record date", "proxy mailing", "voting deadline", "special meeting",
}  # fmt: skip
_OF_AN_ACQUIRER = {"n-14 filing", "n-14 effectiveness", "n-14 withdrawal", "order forwarding ends"}
_OF_ONE_DAY = (Precision.EXACT, Precision.APPROXIMATE, Precision.EXPECTED)  # no set: to hash a member takes longer
_FAR_MONTHS = 18
_ALONE = timedelta(days=300)
"""So far from all else that a plan says of a reorganization lies no day; a slip of a year takes most days further."""
_LATE = timedelta(days=60)
_MONTH = timedelta(days=31)
"""The longest time that can be a slip of the year: in quarters and halves of a year filings plan far ahead."""
_SATURDAY = 5
_PUT_OFF = re.compile(
    r"\b(?:further notice|indefinitely|sine die|new (?:date|time)|adjourned|postponed|deferred|delayed|suspended"
    r"|rescheduled)\b",
    re.IGNORECASE,
)
"""Words of a phrase without a date that say there was one."""


def check_dates(
    file: YamlFile,
    reorganization: Reorganization,
    every: Iterable[Placed],
    approved_at: Steps,
) -> None:
    """Check the dates of a reorganization, and add problems and warnings to its plan's file.

    `every` are its milestones in the order written; `approved_at` leads to its approval.
    """
    placed = [each for each in every if not each.milestone.cancelled]
    _check_ends(file, placed)
    _check_completion(file, placed)
    _check_approval(file, reorganization, placed, approved_at)
    _check_once(file, placed)
    has_cik = any(portfolio.trust.cik for portfolio in reorganization.portfolios)
    for each in placed:
        milestone = each.milestone
        if milestone.when.derived:
            _check_counting(file, each, has_cik)
        if milestone.as_printed:
            continue
        _check_year(file, each, reorganization, placed)
        if each.draft.written.conditions:
            _check_condition(file, each)
        if milestone.kind.name in _ON_ONE_DAY:
            _check_one_day(file, each)
        if milestone.kind.name in _ON_BUSINESS_DAYS:
            _check_weekday(file, each, has_cik)


# --- what cannot be meant --------------------------------------------------------------------------------------------


def _check_ends(file: YamlFile, placed: list[Placed]) -> None:
    """Check that no period ends before it begins."""
    for end in placed:
        begin_name = BEGUN_BY.get(end.milestone.kind.name)
        if begin_name is None:
            continue
        begins = [each for each in placed if each.milestone.kind.name == begin_name]
        firsts = [each.milestone.when.first_possible for each in begins]
        last = end.milestone.when.last_possible
        known = [first for first in firsts if first]
        if last and known and len(known) == len(begins) and last < min(known):
            before = _mention(file, begins[0], known[0])
            file.refuse(f"{called(end.draft)} is before {before}: {WHICH_IS_RIGHT}", *end.steps)


def _check_completion(file: YamlFile, placed: list[Placed]) -> None:
    """Check that no completion is after the date of its source."""
    for each in placed:
        source, when = each.milestone.completed, each.milestone.when
        if source and isinstance(when, Dated) and when.first > source.last_possible:
            file.refuse(
                f'"completed" is after its source, "{source.key}", which is dated {source.dated_in_words}: '
                'a day that is still to come belongs under "milestones"',
                *each.steps,
            )


def _check_approval(file: YamlFile, reorganization: Reorganization, placed: list[Placed], at: Steps) -> None:
    """Check that no approval is from a source before the meeting, and warn of a meeting that is still to come."""
    approved = reorganization.approved
    if approved is None:
        return
    meetings = [each for each in placed if each.milestone.kind.name == "special meeting"]
    of_target = [each for each in meetings if each.milestone.of is not Of.ACQUIRING]
    firsts = [each.milestone.when.first_possible for each in of_target]
    known = [first for first in firsts if first]
    if known and len(known) == len(of_target) and approved.last_possible < min(known):
        file.refuse(
            f'"{approved.key}" is dated {approved.dated_in_words}, before '
            f"{_mention(file, of_target[0], known[0])}: name the source that tells of the vote",
            *at,
            "source",
        )
    elif ahead := [each for each in meetings if _is_ahead(each.milestone, approved, placed)]:
        _warn_of_vote(file, approved, ahead[0], at)


def _is_ahead(meeting: Milestone, approved: Source, placed: list[Placed]) -> bool:
    """Whether a vote comes after the source of an approval that makes the reorganization look certain."""
    if meeting.of is Of.ACQUIRING and not any(_is_free(each.milestone) for each in placed):
        return False
    first = meeting.when.first_possible
    return isinstance(meeting.when, Undated) or bool(first and first > approved.last_possible)


def _is_free(milestone: Milestone) -> bool:
    """Whether an approval has taken the last condition of a milestone away."""
    return bool(milestone.approved and not milestone.conditions)


def _warn_of_vote(file: YamlFile, approved: Source, ahead: Placed, at: Steps) -> None:
    milestone = ahead.milestone
    day = in_words(milestone.when.first) if isinstance(milestone.when, Dated) else "no date"
    advice = "name the source that tells of that vote"
    if milestone.of is Of.ACQUIRING:
        advice = (
            "what depends on that vote too needs a condition of its own, such as "
            '"approval by the holders of the acquiring fund"'
        )
    file.warn(
        f'"{approved.key}" is dated {approved.dated_in_words}, when "{ahead.draft.name}" ({day}, line '
        f"{file.line_of(*ahead.steps)}) was still to come: {advice}",
        *at,
        "source",
    )


def check_month(file: YamlFile, every: Iterable[Placed], cancellation: Source) -> None:
    """Warn of milestones within the month of a cancellation whose document gives no day: they may be past by then."""
    if not cancellation.gives_month:
        return
    for each in every:
        written = each.draft.written
        last = written.when.last_possible
        is_within = last and cancellation.dated <= last <= cancellation.last_possible
        if is_within and not written.cancelled and not written.kind.completes:
            shown = "as cancelled" if each.milestone.cancelled else "as having happened"
            when = f"in the month of the cancellation, {_dated(cancellation)}"
            advice = f'if the day of "{cancellation.key}" is known, write it'
            file.warn(f"{called(each.draft)} is {when}, and is shown {shown}: {advice}", *each.steps)


def check_history(file: YamlFile, drafts: Iterable[Draft], sources: tuple[Source, ...]) -> None:
    """Check that the latest previous date differs from the date, and that corrections fit the sources.

    `drafts` have the dates as written: those that are counted have no day. `sources` are those of the plan.
    """
    for draft in drafts:
        written = draft.written
        if written.corrected:
            _check_corrections(file, draft, sources[0])
        if written.previously:
            _check_change(file, draft)
        elif isinstance(written.when, Undated) and _PUT_OFF.search(written.when.words):
            file.warn(f'"{written.when.words}" without "previously": which date was put off?', *draft.steps)


def _check_change(file: YamlFile, draft: Draft) -> None:
    written, steps = draft.written, draft.steps[:-1]
    if _is_same(written.when, written.previously[0]):
        file.refuse(
            f'this is the date itself, "{written.when.words}": "previously" lists earlier ones, and "corrected" says '
            "when a slip was mended",
            *(*steps, "previously", 0),
        )
    shared = draft.replaces
    if shared and shared.written.source == written.source and _is_same(shared.written.when, written.previously[0]):
        file.warn(
            f'"{written.source.key}" gives this day to the plan (line {file.line_of(*shared.steps)}), so it did not '
            'move it: name the document that did or, where the day never held for this one, leave "previously" out',
            *(*steps, "previously", 0),
        )


def _check_corrections(file: YamlFile, draft: Draft, first: Source) -> None:
    """Check the days on which slips were mended; `first` is the plan's first source."""
    written, steps = draft.written, (*draft.steps[:-1], "corrected")
    source = written.source
    for number, day in enumerate(written.corrected):
        at = (*steps, number)
        if day < first.dated:
            dated = _dated(first)
            file.refuse(f"the correction is before the first source, {dated}: write the day on which it was made", *at)
        elif day < source.dated and not written.previously:
            file.warn(f"the correction is before its source, {_dated(source)}: was a slip mended on that day?", *at)
        elif day > _months_from(source.last_possible, _FAR_MONTHS):
            dated = f"{_FAR_MONTHS} months after its source, {_dated(source)}"
            file.warn(f"the correction is more than {dated}: is the year right?", *at)


def _is_same(now: Dated | Undated, before: Dated | Undated | None) -> bool:
    if not isinstance(now, Dated) or not isinstance(before, Dated):
        return False
    return (now.first, now.last, now.precision, now.anchor, now.clock, now.zone) == (
        before.first,
        before.last,
        before.precision,
        before.anchor,
        before.clock,
        before.zone,
    )


# --- what is unusual -------------------------------------------------------------------------------------------------


def _check_once(file: YamlFile, placed: list[Placed]) -> None:
    """Warn of a second date of what completes the reorganization, as all other kinds can happen more than once."""
    first: dict[str, Placed] = {}
    for each in placed:
        milestone, draft = each.milestone, each.draft
        kind = milestone.kind.name
        if not milestone.kind.completes or not isinstance(milestone.when, Dated) or milestone.as_printed:
            continue
        other = first.setdefault(kind, each).draft
        if other is draft:
            continue
        advice = "keep the one that is right"
        if "milestones" in (draft.steps[0], other.steps[0]):
            advice = (
                f'what holds for one reorganization only stands as "{other.name}" under the "milestones" of that one, '
                "where it replaces the plan's"
            )
        file.warn(
            f'a second {kind} beside "{other.name}" (line {file.line_of(*other.steps)}), and a reorganization has only '
            f"one: {advice}",
            *draft.steps,
        )


def check_acquirer(file: YamlFile, target: str, drafts: Iterable[Draft], steps: Steps) -> None:
    """Warn where the reorganization at `steps`, which has no acquirer, is said to have one.

    It is if closings alone complete it, or if a milestone tells of the acquirer.
    """
    drafts = tuple(drafts)
    for draft in drafts:
        if draft.written.kind.name in _OF_AN_ACQUIRER and not draft.written.cancelled:
            file.warn(
                f'"{target}" has no acquiring fund, but "{draft.name}" (line {file.line_of(*draft.steps)}) tells of '
                f'one: add "acquiring", or {_without(draft)}',
                *steps,
                "target",
            )
    completing = [draft for draft in drafts if draft.written.kind.completes and not draft.written.cancelled]
    if not completing or any(draft.written.kind.name != "closing" for draft in completing):
        return
    closing = completing[0]
    liquidated = f'write "liquidation" instead of "{closing.name}"'
    if closing.steps[0] == "milestones":
        liquidated += f' (for it alone: "{closing.name}: not applicable" and "liquidation" under its "milestones")'
    file.warn(
        f'"{target}" has no acquiring fund, but a closing (line {file.line_of(*closing.steps)}): if it is liquidated, '
        f'{liquidated}; if not, add "acquiring"',
        *steps,
        "target",
    )


def _without(draft: Draft) -> str:
    """What takes a milestone away from a reorganization."""
    is_shared = draft.steps[0] == "milestones"
    return f'write "{draft.name}: not applicable" under its "milestones"' if is_shared else "leave it out"


def _check_year(file: YamlFile, placed: Placed, reorganization: Reorganization, every: list[Placed]) -> None:
    """Warn of a day so far from its source, or from all else, that the year is probably a slip."""
    milestone, steps = placed.milestone, placed.steps
    when, source = milestone.when, milestone.completed or milestone.source
    if not isinstance(when, Dated):
        return
    if milestone.kind.name in _TOLD_AFTERWARDS and _is_after(when, source):
        file.warn(
            f"{milestone.kind.name} is more than {_LATE.days} days after its source, {_dated(source)}, and documents "
            "tell of it afterwards: is the year right?",
            *steps,
        )
        return
    earliest = source.dated - _LATE
    if earliest <= when.last and when.first < source.dated + _ALONE:
        return  # as nearly always
    if when.last < earliest and _is_still_expected(milestone, reorganization):
        file.warn(
            f"{milestone.kind.name} is long before its source, {_dated(source)}, and nothing says that it has "
            "happened: is the year right?",
            *steps,
        )
    elif _is_far(when, source):
        file.warn(
            f"{milestone.kind.name} is more than {_FAR_MONTHS} months from its source, {_dated(source)}: is the year "
            "right?",
            *steps,
        )
    elif when.last - when.first <= _MONTH and _is_alone(placed, every) and not _is_told(file, steps):
        file.warn(
            f"{milestone.kind.name} is more than {_ALONE.days} days from its source, {_dated(source)}, and from every "
            "other day here: is the year right?",
            *steps,
        )


def _is_told(file: YamlFile, steps: Steps) -> bool:
    """Whether something is told of a value already, such as what it stands before or after."""
    place = file.locate(*steps)
    return any(each.location == place for each in file.found)


def _is_alone(placed: Placed, every: list[Placed]) -> bool:
    """Whether a day is far from those of all other milestones and sources; an outside date may be, as a counted day."""
    when = placed.milestone.when
    if when.derived or placed.milestone.kind.name == "outside date":
        return False
    others = [each.milestone.when for each in every if each is not placed and not each.milestone.when.derived]
    spans = [(each.first, each.last) for each in others if isinstance(each, Dated)]
    spans += [(each.milestone.source.dated, each.milestone.source.last_possible) for each in every]
    first, last = when.first_possible, when.last_possible
    if first is None or last is None:
        return False
    return all(first > end + _ALONE or last + _ALONE < begin for begin, end in spans)


def _is_after(when: Dated, source: Source) -> bool:
    """Whether a day that is sure to come is so long after its source that it cannot tell of it."""
    return when.precision is Precision.EXACT and when.derived is None and when.first > source.last_possible + _LATE


def _is_still_expected(milestone: Milestone, reorganization: Reorganization) -> bool:
    """Whether a milestone is of a kind that its document expects, and nothing says that it has happened."""
    if milestone.kind.completes or milestone.conditions or milestone.may_change:
        return not milestone.completed
    if milestone.kind.name not in _EXPECTED or reorganization.completed:
        return False
    last, announced = milestone.when.last_possible, min(each.source.dated for each in reorganization.milestones)
    if last is None or last >= announced - _LATE:
        return False  # a later document may tell of it afterwards
    is_of_vote = milestone.kind.name in {"special meeting", "voting deadline"}
    has_voted = reorganization.approved or any(each.kind.approves for each in reorganization.milestones)
    return not (is_of_vote and has_voted)


def _dated(source: Source) -> str:
    return f'"{source.key}", which is dated {source.dated_in_words}'


def _is_far(when: Dated, source: Source) -> bool:
    if when.first > source.last_possible:
        return when.first > _months_from(source.last_possible, _FAR_MONTHS)
    return when.last < source.dated and when.last < _months_from(source.dated, -_FAR_MONTHS)


def _check_weekday(file: YamlFile, placed: Placed, has_cik: bool) -> None:
    """Warn of a weekend or holiday, where a milestone is of a kind that falls on business days."""
    milestone, steps = placed.milestone, placed.steps
    when = milestone.when
    if not isinstance(when, Dated) or not _is_one_day(when):
        return
    if when.first.weekday() >= _SATURDAY:
        file.warn(
            f"{_on_day(milestone, when)}, a {WEEKDAYS[when.first.weekday()]}: is that what the source says?", *steps
        )
    elif has_cik and (holiday := holiday_on(when.first)):
        closed = f"when the New York Stock Exchange is closed ({holiday})"
        file.warn(f"{_on_day(milestone, when)}, {closed}: does the source say so?", *steps)


def _check_one_day(file: YamlFile, placed: Placed) -> None:
    """Warn of a kind that happens on one day and is said to be on each of several."""
    milestone, when = placed.milestone, placed.milestone.when
    if isinstance(when, Dated) and when.first != when.last and when.precision in _OF_ONE_DAY:
        file.warn(
            f"{milestone.kind.name} is on each day from {in_words(when.first)} to {in_words(when.last)}: if it is on "
            'one of them, write "between ... and ..."; if it was put off from the first to the last, give the last, '
            'and the first under "previously"',
            *placed.steps,
        )


def _check_condition(file: YamlFile, placed: Placed) -> None:
    """Warn of what comes before the vote and is said to depend on it."""
    written = placed.draft.written
    if written.kind.name in _BEFORE_THE_VOTE and any(map(is_approval, written.conditions)):
        file.warn(
            f'{written.kind.name} does not depend on the shareholders\' approval, which comes later: put "subject to" '
            "below the milestone that does",
            *placed.draft.steps[:-1],
            "subject to",
        )


def _on_day(milestone: Milestone, when: Dated) -> str:
    return f"{milestone.kind.name} is on {in_words(when.first)}"


def _is_one_day(when: Dated) -> bool:
    """Whether a date names one day, exact or approximate, and is not a limit."""
    return when.first == when.last and when.precision in _OF_ONE_DAY and when.derived is None


def _check_counting(file: YamlFile, placed: Placed, has_cik: bool) -> None:
    derived = placed.milestone.when.derived
    if derived and derived.unit is Unit.BUSINESS_DAYS and derived.amount and not has_cik:
        file.warn(
            "business days are counted by the New York Stock Exchange, but no trust here has a CIK: "
            'add "cik" to a trust of the United States, or write the day if another calendar holds',
            *placed.steps,
        )


def _mention(file: YamlFile, placed: Placed, day: date) -> str:
    return f"{called(placed.draft, 'the ')} ({in_words(day)}, line {file.line_of(*placed.steps)})"


@lru_cache(maxsize=4_096)
def _months_from(day: date, months: int) -> date:
    """The same day some months later, or earlier if negative; days after the 28th become the 28th."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, min(day.day, 28))
