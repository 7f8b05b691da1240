"""The parts of a date phrase, read one after the other: what stands before the day, the day, what stands behind it.

Each part is read without regard to the others, so that each works beside every other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from calfeed.model.kinds import Kind
from calfeed.reading.phrases.anchors import NamedAnchor, anchor_at
from calfeed.reading.phrases.belonging import kinds_of_event, name_in_term
from calfeed.reading.phrases.clocks import Clock, clock_at
from calfeed.reading.phrases.counts import Count, base_at, count_at
from calfeed.reading.phrases.errors import PhraseError, Reason
from calfeed.reading.phrases.periods import Period, period_at
from calfeed.reading.phrases.several import Days, days_at
from calfeed.reading.phrases.terms import cited_rule_at, defined_term_at
from calfeed.reading.phrases.tokens import Found, Text
from calfeed.reading.phrases.words import (
    AT_EXCHANGES,
    END_OF,
    FIRMNESS,
    FIRMNESS_BEHIND,
    INCLUSIVE,
    LAST_DAY_OF,
    LEAD_INS,
    SAID_LATER,
    WAS_PLANNED,
    Firmness,
)
from calfeed.reading.phrases.zones import Zone, zone_at


class Mark(NamedTuple):
    """A word about how firm the day is; `of_time` says that it is about the clock time or the anchor behind it."""

    firmness: Firmness
    words: str
    of_time: bool


class End(NamedTuple):
    """The end of a period, which is a limit and no day."""

    period: Period


class Named(NamedTuple):
    """What a phrase names, and between which tokens it stands."""

    what: Days | Period | Count | End
    start: int
    end: int


class Said(NamedTuple):
    """Words that say nothing of how firm the day is, and perhaps which kind of milestone is meant.

    `acts` names the kinds of which they are said, as "mailed" is; `terms` those by whose name they call the milestone.
    Both are empty where that could be any. `later` is None but for words that say when the date will be known, and
    names the kinds that happen by its being said. `was_planned` is true of words that say what was planned once.
    """

    words: str = ""
    acts: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    later: tuple[str, ...] | None = None
    was_planned: bool = False

    @property
    def is_of_any_kind(self) -> bool:
        """Whether a milestone of any kind could be meant."""
        return not self.acts and not self.terms and self.later is None and not self.was_planned


class _Term(NamedTuple):
    """A defined term: its words where they say that the day is not firm, and what it says of the kind of milestone."""

    soft: str
    said: Said


class _Label(NamedTuple):
    """The name of the milestone before its day: "the record date, September 11, 2003"."""

    kinds: tuple[Kind, ...]


class _Zone(NamedTuple):
    """The zone of a clock time that stands elsewhere in the phrase: "12 noon on 3 May 2019 (UK time)"."""

    zone: Zone


class _Inclusive(NamedTuple):
    """Words that say that the named days count."""


@dataclass(slots=True)
class Parts:
    """The parts of one phrase. `end` is the first token that is no part of it.

    `clocks_elsewhere` are further clock times in zones of their own, which must be the moment of `clock`.
    """

    text: Text
    end: int = 0
    named: Named | None = None
    marks: list[Mark] = field(default_factory=list)
    anchor: NamedAnchor | None = None
    clock: Clock | None = None
    clocks_elsewhere: list[Clock] = field(default_factory=list)
    label: tuple[Kind, ...] = ()
    said: list[Said] = field(default_factory=list)
    is_inclusive: bool = False


_Part = Days | Period | Count | End | NamedAnchor | Clock | Mark | Said | _Term | _Label | _Zone | _Inclusive
_Reader = Callable[[Text, int], Found[_Part] | None]


class Beginnings:
    """The parts up to the day that begin at the tokens of a text, each read once, however many phrases may hold it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._found: dict[int, Found[_Part] | PhraseError | None] = {}

    def at(self, index: int) -> Found[_Part] | None:
        """The part that begins at a token; raises PhraseError for one that cannot be meant."""
        if index not in self._found:
            try:
                self._found[index] = _longest(self.text, index, _BEFORE)
            except PhraseError as error:
                self._found[index] = error
        found = self._found[index]
        if isinstance(found, PhraseError):
            raise found.with_traceback(None)
        return found


def read_parts(text: Text, index: int = 0) -> Parts:
    """The parts of the phrase that begins at a token, as far as they are understood."""
    parts = parts_to_day(Beginnings(text), index, len(text.tokens))
    if parts.named:
        take_parts_behind(parts)
    return parts


def parts_to_day(beginnings: Beginnings, index: int, furthest: int) -> Parts:
    """The parts of the phrase that begins at a token, up to its day, which begins no further on than at `furthest`."""
    text = beginnings.text
    parts = Parts(text, index)
    while parts.named is None and parts.end <= furthest:
        has_comma = text.at(parts.end) == "," and parts.end > index
        part = beginnings.at(parts.end + has_comma)
        if part is None:
            return parts
        _take(parts, part)
    return parts


def end_of(text: Text) -> int:
    """The first token that is no part of a phrase: the end, or the mark before it."""
    count = len(text.tokens)
    return count - (text.at(count - 1) in {".", ",", ";"})


def take_parts_behind(parts: Parts) -> None:
    """Add the parts behind the day."""
    while part := _behind(parts.text, parts.end):
        _take(parts, part)


def take_own_parts_behind(parts: Parts, beginnings: Beginnings) -> None:
    """Add the parts behind the day, but for the time of another day: "from May 1, 2031 until noon on May 9, 2031"."""
    behind: list[Found[_Part]] = []
    end = parts.end
    while part := _behind(parts.text, end):
        if parts.text.at(end) == "on" and _is_another_day(beginnings, end):
            break  # "on or about" may stand behind a day too
        behind.append(part)
        end = part.end
    if behind and _is_another_day(beginnings, end):
        while behind and _is_of_time(behind[-1].meaning):
            behind.pop()
    for part in behind:
        _take(parts, part)


def _is_of_time(part: _Part) -> bool:
    return isinstance(part, NamedAnchor | Clock | _Zone) or (isinstance(part, Mark) and part.of_time)


def _is_another_day(beginnings: Beginnings, index: int) -> bool:
    """Whether "on" and a day stand at a token."""
    if beginnings.text.at(index) != "on":
        return False
    try:
        return parts_to_day(beginnings, index, index + _NEAR).named is not None
    except PhraseError:
        return True


_NEAR = 4
"""How many tokens behind "on" a day may begin: "on or about Friday, May 9, 2031"."""


def _take(parts: Parts, part: Found[_Part]) -> None:
    """Record a part; raises PhraseError where it contradicts one of its kind."""
    start, parts.end = parts.end, part.end
    match part.meaning:
        case Days() | Period() | Count() | End() as what:
            parts.named = Named(what, start, part.end)
        case NamedAnchor() as anchor:
            _refuse_second(parts.anchor and parts.anchor.anchor, anchor.anchor, parts.text.between(start, part.end))
            parts.anchor = parts.anchor or anchor
        case Clock() as clock:
            _take_clock(parts, clock, parts.text.between(start, part.end))
        case Mark() as mark:
            parts.marks.append(mark)
            _note(parts, Said(mark.words, terms=kinds_of_event(mark.words)))
        case _Term(soft, said):
            parts.marks += [Mark(Firmness.EXPECTED, soft, of_time=False)] if soft else []
            _note(parts, said)
        case Said() as said:
            _note(parts, said)
        case _Label(kinds):
            parts.label = kinds
        case _Zone(zone):
            parts.clock = _with_zone(parts.clock, zone)
        case _Inclusive():
            parts.is_inclusive = True


def _take_clock(parts: Parts, clock: Clock, words: str) -> None:
    """Record a clock time, or the same one in another zone: "10:00 a.m. Eastern (9:00 a.m. Central)"."""
    if parts.clock is None:
        parts.clock = clock
    elif parts.clock.zone and clock.zone:
        parts.clocks_elsewhere.append(clock)
    else:
        _refuse_second(parts.clock.time, clock.time, words)
        parts.clock = clock if clock.zone else parts.clock


def _note(parts: Parts, said: Said) -> None:
    """Keep words that are not said of every kind of milestone."""
    if not said.is_of_any_kind:
        parts.said.append(said)


def _with_zone(clock: Clock | None, zone: Zone) -> Clock:
    if clock is None or clock.zone is not None:
        raise PhraseError(Reason.ZONE, f'"{zone.words}" belongs to no clock time of this date')
    return clock._replace(zone=zone)


def _refuse_second(first: object, second: object, words: str) -> None:
    if first is not None and first != second:
        raise PhraseError(
            Reason.CONTRADICTION, f'"{words}" and what stands before it cannot both hold: a date has one time of day'
        )


def _longest(text: Text, index: int, readers: tuple[_Reader, ...]) -> Found[_Part] | None:
    """The longest part at a token; of two that are as long the one that stands first in the table."""
    if not text.at(index):
        return None  # nothing begins behind the last token
    best: Found[_Part] | None = None
    for read in readers:
        found = read(text, index)
        if found and (best is None or found.end > best.end):
            best = found
            if best.end >= len(text.tokens):
                break  # none is longer: for the row "folder to catalog"
    return best


# --- before the day --------------------------------------------------------------------------------------------------


def _end_of(text: Text, index: int) -> Found[_Part] | None:
    """`the end of April 2011`, `year-end 2031`."""
    end = END_OF.at(text, index)
    period = period_at(text, end.end) if end else None
    return Found(End(period.meaning), period.end) if period else None


def _last_day_of(text: Text, index: int) -> Found[_Part] | None:
    """`the last day of April 2011`, which is a day."""
    last_day = LAST_DAY_OF.at(text, index)
    period = period_at(text, last_day.end) if last_day else None
    if period is None or not period.meaning.is_whole:
        return None
    return Found(Days(period.meaning.last, period.meaning.last), period.end)


def _firmness(text: Text, index: int) -> Found[_Part] | None:
    found = FIRMNESS.at(text, index)
    if found is None:
        return None
    of_time = anchor_at(text, found.end) is not None or clock_at(text, found.end) is not None
    return Found(Mark(found.meaning, text.between(index, found.end), of_time), found.end)


def _exchange(text: Text, index: int) -> Found[_Part] | None:
    """The exchange on which something happens."""
    found = AT_EXCHANGES.at(text, index)
    return Found(Said(), found.end) if found else None


def _lead_in(text: Text, index: int) -> Found[_Part] | None:
    found = LEAD_INS.at(text, index)
    if found is None:
        return None
    said = Said(text.between(index, found.end), acts=found.meaning)
    return Found(said, found.end + (text.at(found.end) == ","))


def _said_later(text: Text, index: int) -> Found[_Part] | None:
    found = SAID_LATER.at(text, index)
    if found is None:
        return None
    said = Said(text.between(index, found.end), later=found.meaning)
    return Found(said, found.end + (text.at(found.end) == ","))


def _was_planned(text: Text, index: int) -> Found[_Part] | None:
    found = WAS_PLANNED.at(text, index)
    return Found(Said(text.between(index, found.end), was_planned=True), found.end) if found else None


def _label(text: Text, index: int) -> Found[_Part] | None:
    """The name of a milestone in front of its day."""
    base = base_at(text, index)
    if base is None or FIRMNESS.at(text, index) or text.at(base.end) not in {",", ":", "-", "of", "is"}:
        return None
    day = days_at(text, base.end + 1)
    return Found(_Label(base.meaning.kinds), base.end + 1) if day else None


def _bracketed(text: Text, index: int) -> Found[_Part] | None:
    """The opening or the close, a clock time or a term in brackets before the day."""
    if text.at(index) != "(":
        return None
    inner = _longest(text, index + 1, (anchor_at, clock_at)) or _term(text, index)
    if inner is None or (inner.end > index + 1 and text.at(inner.end - 1) == ")"):
        return inner
    return Found(inner.meaning, inner.end + 1) if text.at(inner.end) == ")" else None


def _quote(text: Text, index: int) -> Found[_Part] | None:
    """A quotation mark before the day."""
    return Found(Said(), index + 1) if text.at(index) == '"' and days_at(text, index + 1) else None


_BEFORE: tuple[_Reader, ...] = (
    days_at, period_at, _label, count_at, _end_of, _last_day_of, anchor_at, clock_at, _firmness,
    _said_later, _was_planned, _lead_in, _exchange, _bracketed, _quote,
)  # fmt: skip

# --- behind the day --------------------------------------------------------------------------------------------------


def _behind(text: Text, index: int) -> Found[_Part] | None:
    """The part that stands at a token behind the day: by itself, behind a comma or in brackets."""
    found = _longest(text, index, _BEHIND)
    if found:
        return found
    if text.at(index) in {",", ";", "-"}:
        return _longest(text, index + 1, _BEHIND)
    if text.at(index) == "(":
        inner = _longest(text, index + 1, _BEHIND)
        return Found(inner.meaning, inner.end + 1) if inner and text.at(inner.end) == ")" else None
    return None


def _firmness_behind(text: Text, index: int) -> Found[_Part] | None:
    found = FIRMNESS_BEHIND.at(text, index)
    return Found(Mark(found.meaning, text.between(index, found.end), of_time=False), found.end) if found else None


def _firmness_of_time(text: Text, index: int) -> Found[_Part] | None:
    """Words about how firm the clock time or the anchor is that stands behind them."""
    found = _firmness(text, index)
    return found if found and isinstance(found.meaning, Mark) and found.meaning.of_time else None


def _inclusive(text: Text, index: int) -> Found[_Part] | None:
    found = INCLUSIVE.at(text, index)
    return Found(_Inclusive(), found.end) if found else None


def _term(text: Text, index: int) -> Found[_Part] | None:
    """A defined term, which may itself say that the day is expected."""
    found = defined_term_at(text, index)
    if found is None or zone_at(text, index):
        return None
    words, kinds = name_in_term(text, index, found.end)
    return Found(_Term(found.meaning, Said(words, terms=kinds)), found.end)


def _rule(text: Text, index: int) -> Found[_Part] | None:
    found = cited_rule_at(text, index)
    return Found(Said(), found.end) if found else None


def _zone(text: Text, index: int) -> Found[_Part] | None:
    if text.at(index) != "(" and not text.says_time:
        return None  # as in `anchors`
    found = zone_at(text, index)
    is_clear = found and ("time" in {text.at(found.end - 1), text.at(found.end - 2)} or text.at(index) == "(")
    return Found(_Zone(found.meaning), found.end) if found and is_clear else None


def _closing_quote(text: Text, index: int) -> Found[_Part] | None:
    return Found(Said(), index + 1) if text.at(index) == '"' else None


_BEHIND: tuple[_Reader, ...] = (
    anchor_at, clock_at, _firmness_behind, _firmness_of_time, _inclusive, _term, _rule, _zone, _closing_quote,
)  # fmt: skip
