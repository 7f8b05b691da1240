"""Compares a plan with the text of its filings, in both directions: every date of either is accounted for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from calfeed.filings.comparing.compare_kinds import kind_otherwise
from calfeed.filings.comparing.planned import (
    LeftOutWords,
    Party,
    Planned,
    PlannedDate,
    PlannedReorganization,
    Quote,
    Role,
)
from calfeed.filings.dates.headings import dating_of
from calfeed.filings.dates.mentions import FIRM, Mention, are_equally_firm
from calfeed.filings.dates.moving import CHANGE, Moving
from calfeed.filings.dates.scope import Context
from calfeed.filings.drafts.draft import draft_with
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.drafts.ledger import check_ledger, key_of
from calfeed.filings.funds.named import Sort
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair import Pair
from calfeed.filings.funds.pairs import find_pairs
from calfeed.filings.kinds import reasons
from calfeed.filings.passages.quoting import Quoting
from calfeed.filings.passages.text import Filing
from calfeed.model.kinds import kind_named
from calfeed.model.when import Dated, Undated, in_words
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.problems import Problem

_ANNOUNCEMENT = kind_named("announcement")


@dataclass(frozen=True, slots=True)
class Stated:
    """A date of the plan and the place in a filing that states it."""

    planned: PlannedDate
    mention: Mention


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A date of a filing that is not a milestone of the plan, and the reason."""

    mention: Mention
    reason: str


@dataclass(slots=True)
class Comparison:
    """The result of a comparison: each date of the plan and of the filings is in one of these lists."""

    stated: list[Stated] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    not_compared: list[PlannedDate] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    not_in_plan: list[Mention] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether every date of both sides is accounted for."""
        return not (self.problems or self.not_in_plan)

    def stated_by(self, given: "Given") -> Mapping[PlannedDate, list[Mention]]:
        """The present dates of a plan that are of one filing, with the mentions that state them."""
        by_date: dict[PlannedDate, list[Mention]] = {}
        for each in self.stated:
            is_here = each.mention.filing is given.filing and each.planned.source == given.source
            if is_here and each.planned.role is Role.CURRENT:
                by_date.setdefault(each.planned, []).append(each.mention)
        return by_date


class UnknownSourceError(Exception):
    """No single source of the plan fits a file; the message says what to write."""


class Given:
    """A filing to compare with a plan, as one of the plan's sources."""

    def __init__(self, filing: Filing, planned: Planned, source: str = "") -> None:
        """Find the source that a text belongs to: by its key or, without a key, by the date that the text prints.

        Raises UnknownSourceError if no source, or more than one, has that date.
        """
        self.filing = filing
        self._reorganizations = planned.reorganizations
        self.dating = dating_of(filing)
        self.mentions = self.dating.mentions
        self.source = source or _source_dated(self.dating.printed, filing, planned)

    @cached_property
    def known(self) -> list[int]:
        """The numbers in the plan of the reorganizations whose targets it prints, which are those of its draft."""
        return [number for number, each in enumerate(self._reorganizations) if self.printed(each.target)]

    @cached_property
    def context(self) -> Context:
        """It with these reorganizations as its pairs, by the names that it prints."""
        return Context(self.dating, self._names, [self._pair(self._reorganizations[each]) for each in self.known])

    @cached_property
    def _names(self) -> Names:
        called = {name for each in self._reorganizations for name in (*each.target.names, *each.acquiring.names)}
        return Names(self.filing, dict.fromkeys(called, Sort.FUND))

    def printed(self, party: Party) -> str:
        """The name by which it calls a target or an acquirer; empty if it does not name that."""
        return party.printed(self._names.all_printed)

    def _pair(self, planned: PlannedReorganization) -> Pair:
        """A reorganization of the plan by the names that it prints."""
        acquiring = planned.acquiring
        name = self.printed(acquiring) or (acquiring.name if acquiring else "")
        return Pair(target=self.printed(planned.target), acquiring=name)

    @cached_property
    def draft(self) -> Draft:
        """Its draft with these pairs. Raises LedgerError as `draft_with` does."""
        return draft_with(self._names, self.context.pairs, self.dating)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Who merges into whom by the filing itself, as far as that is certain."""
        return [pair for pair in find_pairs(self.filing, self._names) if pair.is_certain]

    @cached_property
    def moving(self) -> Moving:
        """What it says of days that may change."""
        return Moving(self.context)

    def may_move(self, mention: Mention, date: PlannedDate) -> bool:
        """Whether it says of a day that it may move, as a date of the plan; of any target where it lacks one of its."""
        is_whole = date.about <= set(self.known)
        pairs = frozenset(map(self.known.index, date.about)) if is_whole else frozenset()
        return self.moving.may_move(mention, date.kind, pairs)

    @cached_property
    def quoting(self) -> Quoting:
        """Its text as one string, for searching."""
        return Quoting(self.filing)

    def mentions_within(self, words: str) -> list[Mention]:
        """The dates at every place where some words occur."""
        places = list(self.quoting.places(words))
        return [m for m in self.mentions if any(place.holds(m.index, m.start, m.end) for place in places)]


def _source_dated(printed: date | None, filing: Filing, planned: Planned) -> str:
    """The key of the source whose date a filing prints."""
    keys = [
        key
        for key, states in planned.sources.items()
        if printed and isinstance(states, Dated) and states.first <= printed <= states.last
    ]
    if len(keys) == 1:
        return keys[0]
    known = ", ".join(planned.sources)
    advice = f"write SOURCE={filing.name}, with one of the plan's sources: {known}"
    if printed is None:
        raise UnknownSourceError(f"{filing.name} prints no date of its own: {advice}")
    how_many = "no source of the plan is" if not keys else "several sources of the plan are"
    raise UnknownSourceError(f"{filing.name} is dated {in_words(printed)}, and {how_many}: {advice}")


def compare(planned: Planned, filings: Sequence[Given]) -> Comparison:
    """Compare a plan with filings. Raises LedgerError, a defect of calfeed, if a date of a filing would be lost."""
    found = Comparison(problems=list(planned.problems))
    given = {each.source: each for each in filings}
    _check_quotes(planned, given, found)
    found.problems.extend(_of_other_days(planned, filings))
    stated = _Plan(planned, given, found)
    stated.hold()
    for each in filings:
        _Accounts(each, planned, stated, found).close()
    lists: list[Iterable[Mention]] = [
        [each.mention for each in found.stated],
        [each.mention for each in found.left_out],
        found.not_in_plan,
    ]
    check_ledger([mention for each in filings for mention in each.mentions], lists)
    found.problems.sort()
    return found


def _check_quotes(planned: Planned, given: Mapping[str, Given], found: Comparison) -> None:
    said: list[Quote | LeftOutWords] = [*planned.quotes, *planned.left_out]
    for words in said:
        filing = given.get(words.source)
        if filing is None or next(filing.quoting.places(words.words), None):
            continue
        what = f'the "quote" of "{words.name}"' if isinstance(words, Quote) else 'these words of "left out"'
        message = f"{filing.filing.name} does not have {what}: copy what it says instead"
        found.problems.append(Problem(words.location, message))


def _of_other_days(planned: Planned, filings: Sequence[Given]) -> Iterator[Problem]:
    """Sources that are said to be of another day than the one that their filing prints as its own."""
    for each in filings:
        states, printed = planned.sources.get(each.source), each.dating.printed
        if not isinstance(states, Dated) or printed is None or states.first <= printed <= states.last:
            continue
        if not any(mention.days and mention.days[0] in (states.first, states.last) for mention in each.mentions):
            message = f'{each.filing.name} is dated {in_words(printed)}: write that day as "dated"'
            yield Problem(planned.dated_at[each.source], message)


# --- the plan's side -------------------------------------------------------------------------------------------------


class _Plan:
    """Compares the dates of a plan with the filings that they were taken from."""

    def __init__(self, planned: Planned, given: Mapping[str, Given], found: Comparison) -> None:
        self.planned = planned
        self.given = given
        self.found = found
        self.faulty: set[PlannedDate] = set()

    def hold(self) -> None:
        """Find the places that state each date."""
        for each in self.planned.dates:
            filings = [self.given[each.source]] if each.source in self.given else []
            if each.role is Role.PREVIOUS:
                filings = list(self.given.values())
            if filings:
                self._hold(each, filings)
            else:
                self.found.not_compared.append(each)

    def _hold(self, date: PlannedDate, filings: Sequence[Given]) -> None:
        mentions = [mention for filing in filings for mention in _candidates(date, filing)]
        agreeing = [mention for mention in mentions if _agrees(date, mention)]
        put_off = [mention for mention in agreeing if date.role is Role.CURRENT and _is_put_off(mention)]
        if put_off and len(put_off) == len(agreeing):
            self.fault(date, f"the filing says that this day was put off: {place_of(put_off[0])}")
        if not agreeing and date.role is Role.PREVIOUS:
            agreeing = [mention for mention in mentions if _agrees_in_day(date, mention)]
        if agreeing:
            self.found.stated.extend(Stated(date, mention) for mention in agreeing)
            self._check_change(date, filings, agreeing)
            self._check_kind(date, filings, agreeing)
        elif isinstance(date.states, Undated) or self._may_stand_elsewhere(date):
            self.found.not_compared.append(date)
        else:
            self.fault(date, _disagreement(date, mentions, filings))

    def _check_change(self, date: PlannedDate, filings: Sequence[Given], mentions: Sequence[Mention]) -> None:
        """Report a date of which its filing says that it may change, if the plan does not."""
        if date.may_change:
            return
        moving = [each for given in filings for each in mentions if given.may_move(each, date)]
        if moving:
            self.fault(
                date,
                f'the filing says that this day may change, so the plan needs "{CHANGE}" under "subject to": '
                f"{place_of(moving[0])}",
            )

    def _check_kind(self, date: PlannedDate, filings: Sequence[Given], mentions: Sequence[Mention]) -> None:
        """Report a day that its filing has for another milestone."""
        if date.role is Role.CURRENT and len(filings) == 1:
            others = [each for each in self.planned.dates if each is not date and _same_days(each, mentions[0])]
            kinds = frozenset(each.kind for each in others if each.kind and each.role is Role.CURRENT)
            other = kind_otherwise(date, kinds, set(map(key_of, mentions)), filings[0].draft)
            if other:
                self.fault(date, f"the filing states this day as the {other.name}: {place_of(mentions[0])}")

    def _may_stand_elsewhere(self, date: PlannedDate) -> bool:
        """Whether it is a previous date, which another source may state."""
        return date.role is Role.PREVIOUS and len(self.given) < len(self.planned.sources)

    def fault(self, date: PlannedDate, message: str) -> None:
        """Report a date that the filings do not state in this way."""
        if date not in self.faulty:
            self.faulty.add(date)
            self.found.problems.append(Problem(date.location, message))


def _candidates(date: PlannedDate, filing: Given) -> Sequence[Mention]:
    """The mentions that may state a date: those in its quote, if it has one.

    The date of the filing itself states only when the plan became public, and no other mention does.
    """
    if date.quote:
        within = filing.mentions_within(date.quote)
        if any(_same_days(date, mention) for mention in within):
            return within
    if date.kind is None or date.role is not Role.CURRENT or filing.dating.printed is None:
        return filing.mentions
    is_announcement = date.kind is _ANNOUNCEMENT
    return [mention for mention in filing.mentions if filing.dating.is_own(mention) is is_announcement]


def _agrees(date: PlannedDate, mention: Mention) -> bool:
    """Whether a mention states a date with the same days, as firmly, and with the same part of the day."""
    match date.states:
        case Dated() as states if states.derived is None:
            if not _readings(date, mention):
                return _same_days(date, mention) or _same_without_year(states, mention)
            return any(_equal(states, each) for each in _readings(date, mention))
        case Relative() as states:
            return _same_count(states, mention)
        case _:
            return isinstance(mention.reading.states, Undated) and _words(date.phrase) in _words(mention.clause)


def _is_put_off(mention: Mention) -> bool:
    """Whether its clause says that what was to happen on its day no longer does."""
    behind = mention.clause.partition(mention.words)[2]
    return re.match(reasons.PUT_OFF_BEHIND, behind, re.IGNORECASE) is not None


def _agrees_in_day(date: PlannedDate, mention: Mention) -> bool:
    """Whether a mention states an earlier date, of which filings often repeat the day alone."""
    states = date.states
    if not isinstance(states, Dated):
        return False
    return any(_same_span(states, each) and _as_soft(states, each) for each in _readings(date, mention))


def _readings(date: PlannedDate, mention: Mention) -> list[Dated]:
    return mention.read_as(date.kind)


def _equal(states: Dated, other: Dated) -> bool:
    same_time = (states.anchor, states.clock) == (other.anchor, other.clock)
    return are_equally_firm(states, other) and same_time and (_same_span(states, other) or _is_end_of(states, other))


def _same_span(states: Dated, other: Dated) -> bool:
    return (states.first, states.last) == (other.first, other.last)


def _is_end_of(states: Dated, other: Dated) -> bool:
    """Whether a day is the first or last day of a range such as "from … to …"."""
    is_span = other.first < other.last and other.words.lower().startswith(("from ", "beginning ", "between "))
    return is_span and states.first == states.last and states.first in (other.first, other.last)


def _same_days(date: PlannedDate, mention: Mention) -> bool:
    states, days = date.states, mention.days
    return isinstance(states, Dated) and days is not None and (states.first, states.last) == days


def _same_without_year(states: Dated, mention: Mention) -> bool:
    """Whether a mention names the day without its year."""
    if mention.days is not None or states.first != states.last:
        return False
    day = in_words(states.first).rpartition(",")[0]
    return re.search(rf"\b{day}\b(?!,? \d{{4}})", mention.words) is not None


def _same_count(states: Relative, mention: Mention) -> bool:
    other = mention.reading.states
    if isinstance(other, Relative):
        mine = (states.base.kinds, states.amount, states.unit, states.direction, states.anchor)
        if mine == (other.base.kinds, other.amount, other.unit, other.direction, other.anchor):
            return True
    return _words(states.words) in _words(mention.words) or _words(mention.words) in _words(states.words)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _disagreement(date: PlannedDate, mentions: Sequence[Mention], filings: Sequence[Given]) -> str:
    """The words of a filing that state something else than the date."""
    same = [mention for mention in mentions if _same_days(date, mention)]
    states = date.states
    if not same or not isinstance(states, Dated):
        names = " and ".join(filing.filing.name for filing in filings)
        return f"{names} {'do' if len(filings) > 1 else 'does'} not state this"
    mention = same[0]
    return f"the filing states it {_how(states, mention)}: {place_of(mention)}"


def place_of(mention: Mention) -> str:
    """The place and the words of a mention, for a message."""
    return f'{mention.filing.name}, line {mention.line}: "{mention.phrase}"'


def _how(states: Dated, mention: Mention) -> str:
    """The words of a filing that state the same day differently."""
    other = mention.reading.states
    if not isinstance(other, Dated):
        return "otherwise"
    other = mention.softer(other)
    if other.clock != states.clock:
        return "with another time of day" if other.clock else "without a time of day"
    if other.anchor is not states.anchor:
        return f"with another part of the day ({other.anchor or 'none'})"
    if other.precision in FIRM:
        return "firmer"
    return "softer" if states.precision in FIRM else "otherwise"


def _as_soft(states: Dated, other: Dated) -> bool:
    """Whether a plan's date is at least as uncertain as the filing's."""
    return other.precision in FIRM or other.precision is states.precision


# --- the filing's side -----------------------------------------------------------------------------------------------


class _Accounts:
    """Puts each date of one filing into one of the lists."""

    def __init__(self, given: Given, planned: Planned, plan: _Plan, found: Comparison) -> None:
        self.given = given
        self.planned = planned
        self.plan = plan
        self.found = found
        self.claimed = {key_of(each.mention) for each in found.stated}
        self.left_out = [
            (words, list(given.quoting.places(words.words)))
            for words in planned.left_out
            if words.source == given.source
        ]

    def close(self) -> None:
        """Account for each date that does not state a date of the plan."""
        for mention in self.given.mentions:
            if key_of(mention) in self.claimed:
                continue
            reason = self.reason(mention)
            again = self.said_by_another(mention)
            if again and reason in {"", reasons.OWN_DATE}:
                self.found.stated.append(Stated(again, mention))
            elif reason:
                self.found.left_out.append(LeftOut(mention, reason))
            elif mention.days is None or mention.is_year:
                self.found.left_out.append(LeftOut(mention, _why_not_whole(mention)))
            else:
                self.found.not_in_plan.append(mention)
                self.blame(mention)

    def reason(self, mention: Mention) -> str:
        """Why a date is not a milestone; empty if it may be one."""
        words = self.words_left_out(mention)
        if words:
            return words.reason
        if self.given.dating.is_own(mention):
            return reasons.OWN_DATE if self.has_announcement() else ""
        return reasons.OTHER_DOCUMENT if self.given.dating.is_of_another_document(mention) else ""

    def words_left_out(self, mention: Mention) -> LeftOutWords | None:
        for words, places in self.left_out:
            if any(place.holds(mention.index, mention.start, mention.end) for place in places):
                return words
        return None

    def has_announcement(self) -> bool:
        """Whether a date is that of the plan's first document, which is when the plan became public."""
        return any(date.kind is _ANNOUNCEMENT for date in self.planned.dates)

    def said_by_another(self, mention: Mention) -> PlannedDate | None:
        """The date of the plan that states at least as much of a mention's day; previous dates count last."""
        current = [date for date in self.planned.dates if date.role is not Role.PREVIOUS]
        if any(_same_days(date, mention) for date in current):
            return next((date for date in current if _covers(date, mention)), None)
        return next((date for date in self.planned.dates if _covers(date, mention)), None)

    def blame(self, mention: Mention) -> None:
        """Report the plan's date of the same day, which states it differently."""
        same = [date for date in self.planned.dates if _same_days(date, mention) and date.role is not Role.PREVIOUS]
        if any(date in self.plan.faulty for date in same):
            return
        first = next(iter(same), None)
        if first and isinstance(first.states, Dated):
            self.plan.fault(first, f"the filing also states it {_how(first.states, mention)}: {place_of(mention)}")


def _covers(date: PlannedDate, mention: Mention) -> bool:
    """Whether a date of the plan states at least as much as a mention of its day."""
    states = date.states
    if not isinstance(states, Dated):
        return False
    if not _readings(date, mention):
        return _same_days(date, mention) or _same_without_year(states, mention)
    if date.role is Role.PREVIOUS:
        return any(_same_span(states, each) for each in _readings(date, mention))
    return any(_says_as_much(states, each) for each in _readings(date, mention))


def _says_as_much(states: Dated, other: Dated) -> bool:
    same_time = other.anchor in (None, states.anchor) and other.clock in (None, states.clock)
    return same_time and _as_soft(states, other) and (_same_span(states, other) or _is_end_of(states, other))


def _why_not_whole(mention: Mention) -> str:
    """Why a mention by itself names neither a day nor a period with its year."""
    match mention.reading.states:
        case Relative():
            return reasons.COUNTED
        case Undated():
            return reasons.NO_DAY
        case Dated():
            return reasons.YEAR_ALONE
        case _:
            return mention.reading.refusal
