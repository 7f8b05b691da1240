"""Finds every expression in a filing that is, or looks like, a date, with the grammar that reads date phrases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from calfeed.filings.dates.narrowing import narrowed_from
from calfeed.filings.passages.clauses import clause_around
from calfeed.filings.passages.text import CELL_ENDS, Filing, NotAFilingError, Passage, with_blanks
from calfeed.model.kinds import Kind
from calfeed.model.when import MONTHS, WEEKDAYS, Dated, Precision, When
from calfeed.reading.phrases import read_phrase
from calfeed.reading.phrases.finding import find_phrases
from calfeed.reading.phrases.stated import Relative

MOST_SIGNS = 40_000
"""The most words of dates in a filing. The longest registration statements have some thousands.

They are counted first, since the grammar takes time for each.
"""
States: TypeAlias = When | Relative
"""The meaning of a date phrase, also of a counted day."""


class Softening(NamedTuple):
    """What a heading or a sentence leaves of a firm day: the word that a plan has for it, and the precision.

    It is not sure where the sentence may go on to something else before the day.
    """

    word: str
    precision: Precision
    is_sure: bool = True


class Reading(NamedTuple):
    """The meaning of the words of a mention; None if they are refused, and `refusal` then says why."""

    states: States | None
    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An expression in a filing that is, or looks like, a date.

    It is in passage number `index`, from `start` up to but not including `end`. `reading` is the meaning of its words.
    `others` are further possible meanings: if the cells of a row are read separately, or if a time zone has two
    meanings. `below` are the words of a date that continues in the cell below; otherwise empty. `is_denied` if a word
    such as "not" stands before it, though not directly: its words then begin with "not". `softened` is what a heading
    such as "Expected closing date", or a sentence such as "It is expected that …", leaves of it; None if nothing
    softens it.
    """

    filing: Filing
    index: int
    start: int
    end: int
    reading: Reading
    others: tuple[Dated, ...] = ()
    below: str = ""
    is_denied: bool = False
    softened: Softening | None = None

    @property
    def passage(self) -> Passage:
        """The passage that holds it."""
        return self.filing.passages[self.index]

    @cached_property
    def words(self) -> str:
        """Its words, with white space as single spaces."""
        printed = " ".join([self.passage.words(self.start, self.end), self.below]).strip()
        return f"not {printed}" if self.is_denied else printed

    @cached_property
    def line(self) -> int:
        """The line of the file on which its day begins."""
        return self.passage.line_at(self.core[0])

    @cached_property
    def clause_span(self) -> tuple[int, int]:
        """The start and end of its clause in the passage."""
        return clause_around(self.passage, self.start, self.end)

    @cached_property
    def clause(self) -> str:
        """The clause around it, on one line; the cells of a row are separated by "|"."""
        start, end = self.clause_span
        return " ".join(self.passage.text[start:end].replace(CELL_ENDS, " | ").split())

    @cached_property
    def core(self) -> tuple[int, int]:
        """The start and end of the day itself in the passage, without the words before it."""
        text = self.passage.text[self.start : self.end]
        found = [match.span() for match in _CORE.finditer(text)] or [match.span() for match in _COUNTED.finditer(text)]
        if not found:
            return self.start, self.end
        return self.start + found[0][0], self.start + found[-1][1]

    @cached_property
    def phrase(self) -> str:
        """Its words as a plan would give them, without those that add nothing to the meaning."""
        starts = _word_starts(self.words, self.core[0] - self.start)
        tails = (self.words[start:] for start in starts)
        whole = (tail for tail in tails if not _begins_within(self.words, tail))
        shortest = next((tail for tail in whole if _states_the_same(tail, self.reading.states)), self.words)
        without_term = _DEFINED_TERM.sub("", shortest)
        return without_term if _states_the_same(without_term, self.reading.states) else shortest

    @property
    def is_year(self) -> bool:
        """Whether its words are a year alone."""
        return _YEAR_ALONE.fullmatch(self.passage.text, *self.core) is not None

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and last day that it prints, even if its words as a whole are refused; None if it prints none."""
        states = self.reading.states or next(iter(self.others), None)
        if states is None:
            first, last = self.core
            states = _read_alone(self.passage.words(first, last))
        return (states.first, states.last) if isinstance(states, Dated) else None

    @property
    def is_from_now(self) -> bool:
        """Whether its words only count from the day of the document: "next month", "within 60 days"."""
        return self.reading.states is None and _FROM_THE_DOCUMENT.fullmatch(self.words) is not None

    @cached_property
    def is_in_name_of_law(self) -> bool:
        """Whether it is only the year in the name of a law: "the 1940 Act", "the Securities Act of 1933"."""
        first, last = self.core
        text = self.passage.text
        is_year = re.fullmatch(r"19\d\d", text[first:last]) is not None
        return is_year and (text.startswith(" Act", last) or text.endswith(" Act of ", 0, first))

    def read_as(self, kind: Kind | None) -> list[Dated]:
        """Its possible meanings for a milestone of a kind; none if it is refused."""
        states = self.reading.states
        if not isinstance(states, Dated):
            return [*self.others]
        of_kind = states_of(self.words, kind)
        read = [of_kind if isinstance(of_kind, Dated) else states, *self.others]
        softer = [self.softer(each) for each in read]
        return softer if self.softened is None or self.softened.is_sure else [*softer, *read]

    def softer(self, states: Dated) -> Dated:
        """A meaning of its words with the precision that its heading or its sentence leaves it."""
        return states._replace(precision=self.softened.precision) if self.softened and states.is_firm else states

    def softened_phrase(self, phrase: str) -> str:
        """A phrase for its day with what its heading or its sentence says of it: "October 17, 2008 (expected)"."""
        return f"{phrase} ({self.softened.word})" if self.softened else phrase


# Words that continue "on or about" and "at the close of business".
_BEGINS_WITHIN = re.compile(r"(?:or|of|about|close|open|opening|end|market|regular|trading)\b", re.IGNORECASE)
_ANCHOR = re.compile(r"the (?:close|open|opening|end|market)\b", re.IGNORECASE)
_LEADS_TO_ANCHOR = re.compile(
    r"\b(?:after|at|before|by|following|from|of|on|prior to|through|to|until|upon) $", re.IGNORECASE
)
_DEFINED_TERM = re.compile(r"\s*\([^()]*\)[.,]?$")


def _begins_within(words: str, tail: str) -> bool:
    """Whether the last words of a phrase begin inside an expression that must not be split."""
    before = words[: len(words) - len(tail)]
    cut_anchor = _ANCHOR.match(tail) is not None and _LEADS_TO_ANCHOR.search(before) is not None
    return cut_anchor or _BEGINS_WITHIN.match(tail) is not None


def _word_starts(words: str, end: int) -> Iterator[int]:
    """The places in the first `end` characters at which a word begins, the last first."""
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S", words[: end + 1])]
    yield from reversed(starts)


FIRM = frozenset({Precision.EXACT, Precision.EXPECTED})
"""Filings say "is expected to" of days that are otherwise firm. The author of a plan may leave that out."""


def are_equally_firm(states: Dated, other: Dated) -> bool:
    """Whether two dates are of one precision, but for "is expected to"."""
    return states.precision is other.precision or {states.precision, other.precision} <= FIRM


def states_of(phrase: str, kind: Kind | None = None) -> States | None:
    """What a phrase states of a milestone of a kind; None if it is refused."""
    try:
        return read_phrase(phrase, kind)
    except ValueError:
        return None


def _states_the_same(words: str, states: States | None) -> bool:
    """Whether some words of a phrase have the same meaning as all of them."""
    other = states_of(words)
    return other is not None and states is not None and other._replace(words="") == states._replace(words="")


def find_mentions(filing: Filing) -> list[Mention]:
    """The mentions of a filing, in order; no two overlap. Raises NotAFilingError if there are too many."""
    signs = sum(1 for passage in filing.passages for _ in _SIGN.finditer(passage.text))
    if signs > MOST_SIGNS:
        message = f"{filing.name} has {signs:,} words of dates, such as months and years: more than {MOST_SIGNS:,}"
        raise NotAFilingError(f"{message} are no filing")
    found: list[Mention] = []
    taken: dict[int, int] = {}  # where the date continued from the cell above ends, by passage
    for index in range(len(filing.passages)):
        for mention in _in_passage(filing, index, taken.get(index, 0)):
            longer = _with_cell_below(mention) if mention.reading.states is None and mention.days is None else None
            if longer:
                taken[index + 1] = max(taken.get(index + 1, 0), longer.rest_ends)
            found.append(longer.mention if longer else mention)
    return found


_SIGN = re.compile(
    rf"(?<![a-z\d])(?:(?:{'|'.join((*MONTHS, *WEEKDAYS, *(name[:3] for name in (*MONTHS, *WEEKDAYS))))}|days?|weeks?"
    r"|dates?|today|immediate(?:ly)?|later|future|notice|announced|determined|tb[acd]|indefinitely|sine|unknown|undetermined"
    r"|new time)(?![a-z])|\d{4}(?!\d)|\d{1,2}[/.-]\d)",
    re.IGNORECASE,
)
"""What a passage must have to have a date at all: a month, a weekday, a year, "later", "TBD"."""


# --- the grammar -----------------------------------------------------------------------------------------------------


class _Span(NamedTuple):
    """A part of a passage that is, or looks like, a date, with its meaning; `others` as in `Mention`."""

    start: int
    end: int
    reading: Reading
    others: tuple[Dated, ...] = ()


def _in_passage(filing: Filing, index: int, start: int) -> Iterator[Mention]:
    passage = filing.passages[index]
    flat = with_blanks(passage.text)
    behind = start
    for span in _spans(passage, flat):
        if span.start < behind:
            continue
        span = _narrowed(flat, _listed(flat, span), max(behind, _cell_start(passage, span.start)))
        yield from (_mention(filing, index, flat, each) for each in _leftovers(flat, behind, span.start))
        yield _mention(filing, index, flat, span)
        behind = span.end
    yield from (_mention(filing, index, flat, each) for each in _leftovers(flat, behind, len(flat)))


def _mention(filing: Filing, index: int, flat: str, span: _Span) -> Mention:
    mention = Mention(
        filing=filing, index=index, start=span.start, end=span.end, reading=span.reading, others=span.others
    )
    start = _denied_from(flat, span)
    if start is None:
        return mention
    denied = replace(mention, start=start, is_denied=True)
    return replace(denied, reading=_reading_of(denied.words))


def _reading_of(words: str) -> Reading:
    try:
        return Reading(read_phrase(words))
    except ValueError as error:
        return Reading(None, str(error))


def _spans(passage: Passage, flat: str) -> Iterator[_Span]:
    """The phrases of a passage."""
    for span in _found(flat, 0, len(flat)):
        apart = list(_apart(passage, flat, span)) if passage.cells else [span]
        yield from (_whole(flat, each) for each in apart)


def _found(flat: str, start: int, end: int) -> Iterator[_Span]:
    readable = _VERB_BEHIND.sub("|", flat[start:end].translate(_WITHOUT_BRACKETS))
    readable = _TARGET_FUND.sub("||||||", _OF_A_PLAN.sub(_without_plan, _BY_HOLDERS.sub("||", readable)))
    for each in find_phrases(readable):
        span = _Span(start + each.start, start + each.end, Reading(each.states, str(each.error or "")))
        yield from _two_ends(flat, _of_an_event(flat, _in_brackets(flat, span)))


_WITHOUT_BRACKETS = str.maketrans("[]", "  ")
# "Approved on March 9, 2022, is expected to be completed": the verb after a day belongs to the words that follow.
_VERB_BEHIND = re.compile(
    r"(?<=\d{4})[, ](?= ?(?:is|are|was|were) (?:\w+ )?(?:expected|anticipated|proposed|scheduled|planned) to )"
)
# "Voted on by shareholders on June 5": who votes, and no limit of the day.
_BY_HOLDERS = re.compile(r"\bby(?= (?:(?:the|its|their|such|those|fund) )?(?:\w*holders|investors|owners|members)\b)")
# "On June 5, 2026 Target Fund will be liquidated": no target date.
_TARGET_FUND = re.compile(r"(?<=\d{4} )target(?= (?:funds?|portfolios?|etfs?|series|trust|class)\b)", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\W*(?:19|20)\d\d\W*")
# "The meeting to consider the proposed merger will be held on May 3": what is proposed is not the day.
_SOFT_PLAN = (
    r"(?:expected|anticipated|proposed|planned|intended) "
    r"(?:reorganizations?|mergers?|liquidations?|conversions?|substitutions?)"
)
_OF_A_PLAN = re.compile(
    r"(?P<object>\b(?:to (?:consider|approve|discuss|adopt|ratify|act on|act upon|vote on|vote upon|vote for)"
    r"|(?:considering|approving|voting on|regarding|concerning|describing|relating to|related to|with respect to|about)"
    r"|(?:votes?|proxies|meetings?|record dates?|approval|consideration|notice|statement|prospectus|materials) "
    r"(?:on|of|for|about))"
    rf" (?:(?:the|this|that|each|a|an|its) )?(?:\w+ly )?){_SOFT_PLAN}(?= (?:will|shall|must|is|are|was|were|has)\b|:)"
    r"|(?P<act>\b(?:board|trustees|directors|managers|\w*holders|they)\b[^.;]{0,80}? (?:approved|adopted)"
    rf" the ){_SOFT_PLAN}(?= on )",
    re.IGNORECASE,
)


def _without_plan(found: re.Match[str]) -> str:
    """What a clause says before a plan that is proposed, with bars for the plan."""
    before = found["object"] or found["act"]
    return before + "|" * (len(found[0]) - len(before))


def _in_brackets(flat: str, span: _Span) -> _Span:
    """Refuses a span with, or within, square brackets, since these mark a draft."""
    start = span.start - (flat[span.start - 1 : span.start] == "[")
    end = span.end + (flat[span.end : span.end + 1] == "]")
    if "[" not in flat[start:end] and "]" not in flat[start:end]:
        return span
    others = (span.reading.states,) if isinstance(span.reading.states, Dated) else ()
    words = " ".join(flat[start:end].split())
    return _Span(start, end, Reading(None, f'"{words}" has square brackets, which mark a draft'), others)


def _apart(passage: Passage, flat: str, span: _Span) -> Iterator[_Span]:
    """A phrase across the end of a cell: kept if it says more about the day of one cell, otherwise split."""
    within = [(max(span.start, cell.start), min(span.end, cell.end)) for cell in passage.cells]
    parts = [(start, end) for start, end in within if start < end]
    cells = [cell for cell in passage.cells if cell.start < span.end and span.start < cell.end]
    if len(parts) > 1 or span.reading.states is None:
        apart = [each for cell in cells for each in _found(flat, cell.start, cell.end) if _overlap(each, span)]
        dated = [each.reading.states for each in apart if isinstance(each.reading.states, Dated)]
        joined = span.reading.states
        if not isinstance(joined, Dated) or any(
            (each.first, each.last) != (joined.first, joined.last) for each in dated
        ):
            yield from apart or [span]
            return
        span = span._replace(others=tuple(dated))
    yield span


def _overlap(one: _Span, other: _Span) -> bool:
    return one.start < other.end and other.start < one.end


# "Before the May 4, 2026 meeting" says when the meeting is: how long before it, and whether on the day itself, is open.
_BEFORE_THE = re.compile(
    r"\b(?:before|prior to|until|till|by|after|following|through|no later than) the (?=\S)", re.IGNORECASE
)
_EVENT_BEHIND = re.compile(
    r" (?:[\w-]+ ){0,2}?(?:meetings?|closing|merger|reorgani[sz]ation|conversion|liquidation|substitution|vote)\b",
    re.IGNORECASE,
)


def _of_an_event(flat: str, span: _Span) -> _Span:
    """Refuses a bound before the day of an event that is named behind it, and keeps the day."""
    bound = _BEFORE_THE.search(flat, span.start, span.end)
    event = _EVENT_BEHIND.match(flat, span.end)
    if bound is None or event is None or not isinstance(_read_alone(flat[bound.end() : span.end]), Dated):
        return span
    words = " ".join(flat[bound.start() : event.end()].split())
    return _Span(bound.end(), span.end, Reading(None, f'"{words}" is not that day itself'))


# "Changed from August 31 to October 6" and "adjourned on August 31 to October 6" tell of two days, and not of all days
# between them.
_MOVES = r"\b(?:chang|mov|extend|postpon|reschedul|adjourn|defer|delay|revis|push|shift|amend|advanc|accelerat|slip)\w*"
_FROM_ONE_TO_ANOTHER = re.compile(rf"{_MOVES}(?:\s+[^\s.;]+){{0,14}}\s*$", re.IGNORECASE)
_MOVED_ON = re.compile(rf"{_MOVES}(?:\s+(?!for\b)\w+)?\s*$", re.IGNORECASE)
_LEADS_TO_ONE = re.compile(r"from ", re.IGNORECASE)
_TO = re.compile(r"(?<=\d)[),]?\s(?:to|until)\s(?=.*\d)", re.IGNORECASE)


def _two_ends(flat: str, span: _Span) -> Iterator[_Span]:
    words = flat[span.start : span.end]
    to = _TO.search(words)
    lead = _LEADS_TO_ONE.match(words)
    moves = (_FROM_ONE_TO_ANOTHER if lead else _MOVED_ON).search(flat, max(0, span.start - 120), span.start)
    if to and moves:
        begins = span.start + (lead.end() if lead else 0)
        for start, end in ((begins, span.start + to.start()), (span.start + to.end(), span.end)):
            states = _read_alone(flat[start:end])
            yield _Span(start, end, Reading(states, "" if states else "not understood"))
    else:
        yield span


# Words directly before a date that say how firm it is, or at what time. They must not be lost.
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?|(?:12(?::00)? )?(?:noon|midday|midnight)|\d{1,2}:\d\d)"
    r"(?:,? \(?[A-Z][A-Za-z.]*(?: [Tt]ime)?\)?)?"
)
_LEFT_BEHIND = re.compile(
    rf"(?:\b(?:by|before|until|after|at) )?{_CLOCK},?(?: on)? $|\b(?:approximately|about|around) $"
    r"|\b(?:on or [a-z]+|ap+r?ox[a-z]*y) $"
    r"|\b(?:(?:shortly|soon|promptly|immediately|on or) )?(?:after|beyond|following|until at least|at least) $",
    re.IGNORECASE,
)
"""What belongs to a date and stands before the words that were read: "by 4:00 p.m. on", "shortly after".

A misspelt word is refused with its day: "on or abuot".
"""
# "Between the 4th and 8th of March 2019": the month of the first day follows the second one.
_DAY_BEFORE = re.compile(
    r"(?:\b(?:between|from|on) )?(?:\bthe )?\b\d{1,2}(?:st|nd|rd|th)? (?:and|or|to) $", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Za-z]", re.IGNORECASE)
_ANY_MONTH = rf"(?:{'|'.join(month[:3] for month in MONTHS)})\w*\.?"
_DAY_AT_END = re.compile(rf"{_ANY_MONTH} \d{{1,2}}(?:st|nd|rd|th)?$")
_MONTH_BEFORE = re.compile(rf"{_ANY_MONTH} $", re.IGNORECASE)
_CLOCK_BEHIND = re.compile(rf",? (?:at )?{_CLOCK}", re.IGNORECASE)


def _day_before(flat: str, span: _Span) -> re.Match[str] | None:
    """The day without a month that is joined to a day with one."""
    found = _DAY_BEFORE.search(flat, max(0, span.start - 80), span.start)
    is_alone = found and _DAY_FIRST.match(flat, span.start) and not _MONTH_BEFORE.search(flat[: found.start()][-20:])
    return found if is_alone else None


def _whole(flat: str, span: _Span) -> _Span:
    """A span together with the hour beside it. The grammar refuses some of these, but the day alone would say less."""
    before = _LEFT_BEHIND.search(flat, max(0, span.start - 80), span.start) or _day_before(flat, span)
    behind = _CLOCK_BEHIND.match(flat, span.end) if span.reading.states is None else None
    if not before and not behind:
        return span
    start, end = before.start() if before else span.start, behind.end() if behind else span.end
    words = " ".join(flat[start:end].split())
    whole = span._replace(start=start, end=end, reading=_reading_of(words))
    if whole.reading.states is not None:
        return whole
    meant = [_read_alone(_MOUNTAIN.sub(zone, words)) for zone in _MOUNTAIN_ZONES] if _MOUNTAIN.search(words) else []
    return whole._replace(others=tuple(each for each in meant if isinstance(each, Dated)))


# "June 5 or 12, 2026": the second day has no month of its own.
_DAYS_BEHIND = re.compile(
    r"(?:, \d{1,2}(?:st|nd|rd|th)?)*,? ?(?:or|and|&) (?:(?:on )?the )?\d{1,2}(?:st|nd|rd|th)?(?:,? \d{4}\b|(?=[.;)]|$))"
)


def _listed(flat: str, span: _Span) -> _Span:
    """A span that is refused, together with the days of the same month behind it, so that none of them is lost."""
    behind = _DAYS_BEHIND.match(flat, span.end) if span.reading.states is None else None
    if behind is None or not _DAY_AT_END.search(flat, span.start, span.end):
        return span
    words = " ".join(flat[span.start : behind.end()].split())
    return span._replace(end=behind.end(), reading=_reading_of(words))


def _cell_start(passage: Passage, place: int) -> int:
    cell = passage.cell_at(place)
    return cell.start if cell else 0


def _narrowed(flat: str, span: _Span, behind: int) -> _Span:
    """A span with the words before it that make its time another, which are refused; its day stays."""
    states = span.reading.states or next(iter(span.others), None)
    core = _CORE.search(flat, span.start, span.end)
    if core is None or not isinstance(states, Dated):
        return span
    is_period = states.first != states.last
    start = narrowed_from(flat, span.start, core.start(), behind, is_period=is_period)
    if start is None:
        return span
    words = " ".join(flat[start : span.end].split())
    return _Span(start, span.end, Reading(None, f'only the last words of "{words}" are understood'), (states,))


# "In no event will it close before June 3": the words directly before the day say the opposite of what is meant.
_BOUND = re.compile(r"(?:[a-z]+ ){0,4}?(?P<bound>before|prior to|until|till) ", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:(?:will|shall|may|can|is|are) not|(?:do|does|did) not (?:expect|anticipate)|cannot|unlikely|"
    r"no (?:event|case|circumstances)(?: will| shall| may| can| is| are)|"
    r"(?:neither(?: \w+)?|none|no (?:\w+ )?(?:closing|reorganization|merger|liquidation|conversion|fund))"
    r"(?: of (?:\w+ ){1,3})? ?(?:will|shall|may|can|is expected to))"
    r"(?:(?: the)? [\w-]+(?! (?:may|can|will|must))){0,6} $",
    re.IGNORECASE,
)
"""What denies the words behind it: "will not close", "in no event will it close"."""
_IN_A_CONDITION = re.compile(r"\b(?:if|unless|should|whether)\b[^.;,]*$", re.IGNORECASE)


# "No purchases will be accepted after June 3", "orders received after June 3 will be rejected": June 3 is the last day.
_DEALING = (
    r"(?:purchas\w*|buy|bought|sold|sell|subscriptions?|applications?(?! for an? )|orders?|creations?|redeem\w*|"
    r"redemptions?|exchang\w*)"
)
_NONE_AFTER = re.compile(
    rf"(?:\b(?:not|no|nobody|no one|cannot|no longer)\b[^.;]{{0,60}}\b{_DEALING}\b|"
    rf"\b{_DEALING}\b[^.;]{{0,60}}\b(?:not|cannot|no longer) (?:be )?(?:accepted|allowed|permitted|made|possible|"
    r"redeemed|sold|bought|exchanged|purchased|placed|filled|processed|honored))[^.;,]{0,80} $",
    re.IGNORECASE,
)
_OF_ITS_TERMS = re.compile(
    r"\b(?:charges?|fees?|costs?|tax\w*|penalt\w+|dividends?|distributions?|minimum|in kind|portfolio|securities|"
    r"holdings)\b|\b(?:who|that|which) (?:\w+ ){0,2}(?:not|no) [^.;,]*$|\b(?:until|or) $",
    re.IGNORECASE,
)
"""What is denied instead of the dealing: "no sales charge on purchases after", "no exchanges until after"."""
_RECEIVED_AFTER = re.compile(
    r"\b(?:orders?|requests?|prox(?:y|ies)|votes?|instructions?|ballots?) (?:that are |which are )?"
    r"(?:received|placed|submitted|made|returned) $",
    re.IGNORECASE,
)
_ARE_REFUSED = re.compile(
    r"[^.;]{0,20}\b(?:(?:will|can|shall|are|is) ?not (?:be )?(?:accepted|processed|counted|honored|filled|valid)|"
    r"(?:will be|are) (?:rejected|refused|returned|declined))\b",
    re.IGNORECASE,
)


def _is_last_day(flat: str, span: _Span) -> bool:
    """Whether nothing is accepted after the day of a span, so that it is the last one."""
    if span.reading.states is not None or not flat[span.start : span.end].lower().startswith("after "):
        return False
    before = flat[max(0, span.start - 160) : span.start]
    if _IN_A_CONDITION.search(before):
        return False
    denial = _NONE_AFTER.search(before)
    if denial is not None:
        return _OF_ITS_TERMS.search(before, max(0, denial.start() - 30)) is None
    return _RECEIVED_AFTER.search(before) is not None and _ARE_REFUSED.match(flat, span.end) is not None


def _denied_from(flat: str, span: _Span) -> int | None:
    """Where the bound of a span begins, if a word such as "not" before it turns its meaning round; otherwise None."""
    if _is_last_day(flat, span):
        return span.start
    bound = _BOUND.match(flat, span.start, span.end)
    if bound is None:
        return None
    start = bound.start("bound")
    before = flat[max(0, start - 160) : start]
    return start if _DENIED.search(before) and not _IN_A_CONDITION.search(before) else None


# "MST" is said all year in Arizona and in winter in Denver: the author must say which.
_MOUNTAIN = re.compile(r"\(?\bM[SD]T\b\)?")
_MOUNTAIN_ZONES = ("Phoenix time", "Denver time")


def _read_alone(words: str) -> States | None:
    plain = " ".join(words.split())
    if numbers := _IN_NUMBERS.fullmatch(plain):
        # Filings in the United States put the month first. This only finds a day; it does not state it.
        plain = f"{MONTHS[int(numbers[1]) - 1]} {numbers[2]}, {numbers[3]}" if 1 <= int(numbers[1]) <= 12 else plain
    return states_of(plain) or states_of(_WEEKDAY_BEFORE.sub("", plain))


_IN_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")
_MONTH = "|".join((*MONTHS, *(rf"{month[:3]}\b\.?" for month in MONTHS), r"Sept\b\.?"))
_WEEKDAY = "|".join(WEEKDAYS)
# A weekday that is not that of the day makes the whole doubtful, but still leaves a day to ask about.
_WEEKDAY_BEFORE = re.compile(
    rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?),? (?:the )?", re.IGNORECASE
)
_DAY_NUMBER = r"\[?\d{1,2}(?:st|nd|rd|th)?\]?(?!\d)"
_YEAR = r"\[?\d{4}\]?"
_PART = r"(?:(?:early|mid|late|early to mid|mid to late)[- ])?"
_QUARTER = r"(?:the )?(?:(?:first|second|third|fourth|1st|2nd|3rd|4th|last) (?:calendar )?(?:quarter|half)|Q[1-4])"
# The day itself: with a month in words, in numbers, or a period with its year.
_CORE = re.compile(
    rf"(?:(?:the )?week of )?(?:(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?),? (?:the )?)?"
    rf"(?:\[?(?:{_MONTH})\]?[ -]{_DAY_NUMBER}(?: ?(?:[-–—]|to|and|"
    rf"or) ?(?:(?:{_MONTH}) )?{_DAY_NUMBER})?(?:,? ?{_YEAR})?"
    rf"|{_DAY_NUMBER}[ -](?:of )?(?:{_MONTH})(?:,?[ -]?{_YEAR})?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
    rf"|(?:the month of )?{_PART}(?:{_MONTH})(?: or (?:{_PART})(?:{_MONTH}))?(?: of)?(?:,? ?{_YEAR})?"
    rf"|{_QUARTER}(?: of)?(?: (?:the )?(?:fiscal |calendar )?year)? ?{_YEAR}|(?:early|mid|"
    rf"late)[- ]\d{{4}}|\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
# A day that is counted from another: its amount, or the name of the day itself.
_COUNTED = re.compile(
    r"(?:(?:at least|within|approximately|no (?:later|earlier|more|less) than) )?(?:the )?"
    r"(?:[\w-]+(?: \(\d+\))? )?(?:(?:business|calendar|trading) )?(?:days?|weeks?|months?)\b.*"
    r"|(?:the )?(?:[A-Z]\w+ )+Date\b|\b(?:today|immediately|immediate effect|until further notice|"
    r"to be (?:announced|determined))\b"
)


# --- what the grammar passes over ------------------------------------------------------------------------------------

# A month or weekday alone, numbers with slashes, counted days, and words that refer to a day named before.
_LOOKS_LIKE_A_DATE = re.compile(
    rf"\b(?:{'|'.join(month for month in MONTHS if month != 'May')})(?![a-z])(?:,? \d{{1,4}}\b(?!\.\d))?"
    r"|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=early )|(?<=late )|(?<=early-)|(?<=late-)|"
    r"(?<=mid-))May\b|\bMay \d{1,4}\b"
    rf"|\b(?:{'|'.join(month[:3] for month in MONTHS)}|Sept)\. \d{{1,4}}\b"
    rf"|\b(?:{_WEEKDAY})s?\b|(?<![\d/])\d{{1,2}}/\d{{1,2}}/\d{{2,4}}(?![\d/])"
    r"|\b(?:\d{1,3}|[a-z]+)(?: \(\d+\))?(?: calendar| business| trading)? days?"
    r" (?:after|before|following|prior to|preceding|from|later|longer|earlier)\b"
    r"|\b(?:the )?(?:end|close|beginning|start|middle) of (?:calendar |the year )?(?:19|20)\d\d\b"
    r"|\b(?:at |around |near )?(?:calendar )?year[- ]end,? (?:19|20)\d\d\b"
    r"|\b(?:on|as of|from|until|by) (?:the|that) (?:same )?(?:date|day)\b(?! (?:of|on|when|that|after|"
    r"before|following|as))"
)
_SHOUTED = re.compile(
    rf"\b(?:{'|'.join(month.upper() for month in MONTHS if month != 'May')})(?![A-Z])(?:,? "
    rf"\d{{1,4}}\b)?|\bMAY \d{{1,4}}\b"
    rf"|\b(?:{_WEEKDAY.upper()})\b"
)
"""A month or a weekday in capitals: "JUNE 12"."""


# What counts from the day of the document without naming it. "Within 30 days of purchase" is another count.
_SO_MANY = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|forty-five|sixty|ninety|several|few|"
    r"a few|a couple of)(?: \(\d+\))? (?:(?:calendar|business|trading) )?(?:days?|weeks?|months?)"
)
_FROM_NOW = (
    r"(?: from now|(?: of| from| after| following) (?:now|(?:the date of )?this (?:\w+ ){0,2}?(?:supplement|notice|"
    r"letter|release|document|circular|announcement|statement)))"
)
_ABOUT = r"(?:about|approximately|around|roughly|less than|some)"
_EARLY = r"(?:early|mid|late|later|sometime|the end of)"
_SEASON = r"(?:spring|summer|fall|autumn|winter)"
_FROM_THE_DOCUMENT = re.compile(
    rf"\b(?:within|in|over|during) (?:{_ABOUT} )?(?:the (?:next|coming) )?{_SO_MANY}(?:{_FROM_NOW}|(?!['’\w])"
    r"(?! (?:of|from|after|before|following|prior|preceding|in advance)\b))"
    rf"|\b(?:{_ABOUT} )?{_SO_MANY}{_FROM_NOW}|\b(?:over|in|during|within) the (?:next|coming) (?:days|weeks|months)\b"
    rf"|\b(?:{_EARLY} (?:in )?)?(?:next (?:week|month|quarter|year|{_SEASON}|{_WEEKDAY})|"
    rf"this (?:week|month|quarter|year|{_SEASON}))\b(?!['’-])"
    r"|\b(?:by|at|before|around) (?:the )?(?:year[- ]end|"
    r"end of (?:the|this|next) (?:calendar )?(?:year|month|quarter))\b"
    rf"|\b(?:in|by|during) (?:the |early |late )?{_SEASON}\b(?! of\b)|\btomorrow\b"
    r"|\bin the (?:first|second|third|fourth|last) (?:half|quarter) of (?:the|this|next) (?:calendar )?year\b",
    re.IGNORECASE,
)
"""What counts from the day of the filing: "within two weeks", "next month", "by year-end"."""


def _leftovers(flat: str, start: int, end: int) -> Iterator[_Span]:
    """Expressions between two places that look like a date and that the grammar does not find."""
    patterns = (_FROM_THE_DOCUMENT, _LOOKS_LIKE_A_DATE, _SHOUTED)
    found = [match for pattern in patterns for match in pattern.finditer(flat, start, end)]
    behind = start
    for match in sorted(found, key=lambda each: each.start()):
        if match.start() >= behind:
            yield _Span(*match.span(), Reading(None, f'"{match[0]}" names no day'))
            behind = match.end()


# --- the cell below --------------------------------------------------------------------------------------------------


class _Longer(NamedTuple):
    """A mention that continues in the cell below, and where it ends in the next passage."""

    mention: Mention
    rest_ends: int


def _with_cell_below(mention: Mention) -> _Longer | None:
    """The mention, if it ends with its cell and is complete only with the start of the cell below; otherwise None."""
    passage = mention.passage
    cell = passage.cell_at(mention.start)
    number = mention.index + 1
    if cell is None or number == len(mention.filing.passages):
        return None
    if passage.text[mention.end : cell.end].strip(" ,"):
        return None
    next_row = mention.filing.passages[number]
    below = next((each for each in next_row.cells if each.column == cell.column), None)
    if below is None or next_row.table != passage.table:
        return None
    words, rest = with_blanks(passage.text[cell.start : cell.end]), with_blanks(next_row.text[below.start : below.end])
    joined = next((each for each in find_phrases(f"{words} {rest}") if each.start < len(words) < each.end), None)
    if joined is None or not isinstance(joined.states, Dated):
        return None
    used = joined.end - len(words) - 1
    longer = Mention(
        filing=mention.filing,
        index=mention.index,
        start=cell.start + joined.start,
        end=cell.end,
        reading=Reading(joined.states),
        below=rest[:used],
    )
    return _Longer(longer, below.start + used)
