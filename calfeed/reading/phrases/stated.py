"""The parts of a phrase to what it states."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from calfeed.model.kinds import BEGUN_BY, Kind
from calfeed.model.when import MONTHS, WEEKDAYS, Anchor, Dated, Derivation, Direction, Precision, Unit, in_words
from calfeed.reading.phrases.belonging import follows, may_be_called
from calfeed.reading.phrases.clocks import Clock
from calfeed.reading.phrases.counts import Base, Count
from calfeed.reading.phrases.errors import PhraseError, Reason, no_day_yet
from calfeed.reading.phrases.parts import End, Mark, Parts
from calfeed.reading.phrases.periods import Period
from calfeed.reading.phrases.several import Days
from calfeed.reading.phrases.words import LIMITS, UPPER_LIMITS, Distance, Firmness, Side

_DAY = timedelta(days=1)
_ON_OR_ABOUT = "on or about"
_SAID_OF_ENDS = frozenset({Firmness.UNTIL, Firmness.THROUGH, Firmness.MOVED_UNTIL, Firmness.EXTENDED_TO})
_UNTIL = frozenset({Firmness.UNTIL, Firmness.MOVED_UNTIL, Firmness.EXTENDED_TO})
_UNCLEAR_UNTIL = frozenset({"dealing suspension ends", "blackout ends"})
"""Kinds for which "until" does not say whether the named day is the last one or the first one after."""
_OF_A_MOMENT = frozenset(
    {"voting deadline", "instruction deadline", "brokerage account deadline", "tender offer expiration", "outside date"}
)
"""Kinds that end something at a moment, and not with the last of some days: the opening of a day is one of it."""
_FROM_THE_OPENING = frozenset({"first trading day", "dividend ex-date"})
"""Kinds that are the first of some days, and that day from its opening on."""
_ON_SEVERAL_DAYS = frozenset({"board approval", "other"})
"""Kinds that may go on for several days, besides those of which one begins what the other ends."""
_PAIRS = {name: (begins, ends) for ends, begins in BEGUN_BY.items() for name in (begins, ends)}
"""Kinds of which one begins what the other ends."""
_LAST_DAY = "last day, if the source states it, or name what begins"
_WHICH_DAY = (
    "does not say which day is meant: a milestone has a day, days that follow each other, a limit, or no date yet"
)


class Relative(NamedTuple):
    """A date phrase whose day is counted from another milestone, or is that of its source.

    `base` has the kinds of which one milestone gives the day; without any it is the day of the source. `qualifier`,
    `precision`, `anchor`, `words` and `is_expected_limit` are as in `Dated`.
    """

    words: str
    base: Base
    amount: int
    unit: Unit
    direction: Direction
    precision: Precision
    qualifier: str
    anchor: Anchor | None
    clock: Clock | None
    is_expected_limit: bool

    @property
    def is_of_source(self) -> bool:
        """Whether it is the very day of its source, which nobody needs to count."""
        return not self.base.kinds and self.amount == 0

    def derivation(self, base: Kind | None) -> Derivation | None:
        """How its day is counted from a milestone of a kind, or, without one, from the day of the source."""
        if self.is_of_source:
            return None
        return Derivation(base=base, amount=self.amount, unit=self.unit, direction=self.direction)

    def on(self, day: date, base: Kind | None) -> Dated:
        """What it states once its day is counted; raises PhraseError where its clock time is unclear on that day."""
        clock, zone = clock_on(self.clock, day)
        return Dated(
            words=self.words,
            first=day,
            last=day,
            precision=self.precision,
            qualifier=self.qualifier,
            anchor=self.anchor,
            clock=clock,
            zone=zone,
            derived=self.derivation(base),
            is_expected_limit=self.is_expected_limit,
        )


class _Firm(NamedTuple):
    """How firm a day is, in one word; `words` are those of the source that say so."""

    firmness: Firmness | None
    words: str


def stated(words: str, parts: Parts, kind: Kind | None) -> Dated | Relative:
    """What the parts of a phrase state of a milestone of a kind; raises PhraseError where they contradict."""
    if parts.named is None:
        raise PhraseError(Reason.NO_DATE, f'"{words}" names no day')
    if kind and kind.name != "other":
        _check_label(parts, kind)
    if kind:
        _check_said(parts, kind)
    firm = _firm(parts, kind)
    if kind:
        _check_time_left(parts, firm, kind)
    match parts.named.what:
        case Days() as days:
            return _days(words, parts, days, firm, kind)
        case Period() as period:
            return _period(words, parts, period, firm)
        case End(period):
            return _end(words, parts, period, firm, kind)
        case Count() as count:
            _check_side(parts, count, kind)
            return _count(words, parts, _for_so_long(count, kind), firm)


def _check_label(parts: Parts, kind: Kind) -> None:
    if parts.label and kind not in parts.label:
        named = " or ".join(each.name for each in parts.label)
        raise PhraseError(
            Reason.KIND, f"this is said of another milestone ({named}), and not of this one ({kind.name})"
        )


def _check_said(parts: Parts, kind: Kind) -> None:
    """Check that all words beside the day can be said of a kind, "other" being one of which all can be said."""
    for said in parts.said:
        if said.later is not None and kind.name not in said.later:
            raise no_day_yet(said.words)
        if said.was_planned:
            raise PhraseError(
                Reason.OTHER_STATE,
                f'"{said.words}" says what was planned: say it in the present if it still holds; if the day has '
                "moved, put the old one under previously",
            )
        is_of_kind = not said.acts or kind.name in said.acts
        if kind.name != "other" and not (is_of_kind and may_be_called(kind, said.terms)):
            names = (*said.acts, *said.terms)
            named = next((name for name in _PAIRS.get(kind.name, ()) if name in names), names[0])
            raise PhraseError(
                Reason.KIND,
                f'"{said.words}" is said of another milestone (such as {named}), and not of this one ({kind.name}): '
                f"give the {_LAST_DAY if kind.ends else 'day that the source states of this one'}",
            )


def _check_time_left(parts: Parts, firm: _Firm, kind: Kind) -> None:
    """Check that something is of the day itself: a last day is not over at its opening."""
    if firm.firmness not in {None, Firmness.EXPECTED, Firmness.APPROXIMATE} or parts.anchor is None:
        return
    edge = parts.anchor.anchor
    day = parts.text.between(parts.named.start, parts.named.end) if parts.named else ""
    if edge is Anchor.OPENING and kind.ends and kind.name not in _OF_A_MOMENT:
        raise PhraseError(
            Reason.KIND,
            f"this ({kind.name}) is over at the opening of {day}, so its last day lies before: give that day",
        )
    if edge is Anchor.CLOSE and kind.name in _FROM_THE_OPENING:
        raise PhraseError(
            Reason.KIND,
            f"this ({kind.name}) does not begin at the close of {day}: its first day lies after, so give that day",
        )


# --- how firm --------------------------------------------------------------------------------------------------------


def _firm(parts: Parts, kind: Kind | None) -> _Firm:
    """How firm the day is, of all words that say so: "expected" gives way to every other one."""
    marks = [*parts.marks, *_marks_of_anchor(parts)]
    firmest = [_for_kind(_of_time(mark), parts, kind) for mark in marks if not _is_for_time_alone(mark, marks)]
    counting = _weightiest(firmest)
    for mark in counting:
        if mark.firmness is not counting[0].firmness:
            raise PhraseError(
                Reason.CONTRADICTION,
                f'"{counting[0].words}" and "{mark.words}" say different things of how firm the day is, '
                "and a date has one of them",
            )
    return counting[0] if counting else _Firm(None, "")


def _weightiest(firm: list[_Firm]) -> list[_Firm]:
    """Those that count: "during" gives way to all others, "expected" to it, and the bare day to "expected"."""
    for gives_way in ((Firmness.WITHIN, Firmness.EXPECTED, None), (Firmness.EXPECTED, None), (None,)):
        if counting := [each for each in firm if each.firmness not in gives_way]:
            return counting
    return firm


def _is_for_time_alone(mark: Mark, marks: list[Mark]) -> bool:
    """Whether a limit is one on an approximate day, as in "by the close of business on or about May 1"."""
    is_approximate = any(each.firmness is Firmness.APPROXIMATE and not each.of_time for each in marks)
    return is_approximate and mark.of_time and mark.firmness in UPPER_LIMITS


def _marks_of_anchor(parts: Parts) -> list[Mark]:
    """Before the close of a day is a limit on that day; before its opening is that very moment."""
    anchor = parts.anchor
    is_limit = anchor and anchor.side is Side.BEFORE and anchor.anchor is Anchor.CLOSE
    if is_limit and all(mark.firmness is not Firmness.APPROXIMATE for mark in parts.marks):
        return [Mark(Firmness.BY, "before the close", of_time=True)]
    return []


def _of_time(mark: Mark) -> Mark:
    """A limit to a time of day is one on that day itself."""
    if mark.of_time and mark.firmness is Firmness.BEFORE:
        return mark._replace(firmness=Firmness.BY)
    if mark.of_time and mark.firmness is Firmness.AFTER:
        return mark._replace(firmness=Firmness.NOT_BEFORE)
    return mark


def _for_kind(mark: Mark, parts: Parts, kind: Kind | None) -> _Firm:
    """What "until" and "through" say depends on whether something ends or begins with the milestone."""
    if mark.firmness is Firmness.FROM:
        _check_begins(mark.words, kind)
        return _Firm(Firmness.NOT_BEFORE, mark.words)
    if mark.firmness not in _SAID_OF_ENDS:
        return _Firm(mark.firmness, mark.words)
    if kind and (kind.begins or kind.needs_of) and mark.firmness is not Firmness.MOVED_UNTIL:
        raise PhraseError(
            Reason.KIND,
            f'"{mark.words}" says when something ends, and this ({kind.name}) begins something: name what ends it',
        )
    is_until = mark.firmness in _UNTIL and not parts.is_inclusive
    if kind and kind.name in _UNCLEAR_UNTIL and is_until:
        raise PhraseError(
            Reason.KIND,
            f'"{mark.words}" does not say whether that day itself still counts: write the last day, if the source does',
        )
    ends = kind is not None and kind.ends
    is_at_opening = parts.anchor is not None and parts.anchor.anchor is Anchor.OPENING
    if mark.firmness in {Firmness.MOVED_UNTIL, Firmness.EXTENDED_TO}:
        return _Firm(Firmness.BY if ends and is_at_opening else None, mark.words)
    is_last_day = ends and not is_at_opening
    if is_until and parts.named and isinstance(parts.named.what, Period):
        is_last_day = False
    return _Firm(None if is_last_day else Firmness.BY, mark.words)


def _check_begins(words: str, kind: Kind | None) -> None:
    if kind and kind.ends:
        raise PhraseError(
            Reason.KIND,
            f'"{words}" says when something begins, and this ({kind.name}) ends something: give the {_LAST_DAY}',
        )


# --- days ------------------------------------------------------------------------------------------------------------


def _days(words: str, parts: Parts, days: Days, firm: _Firm, kind: Kind | None) -> Dated:
    if days.first != days.last:
        return _several_days(words, parts, days, firm, kind)
    day = days.first
    qualifier = {
        None: "",
        Firmness.APPROXIMATE: _ON_OR_ABOUT,
        Firmness.EXPECTED: "expected",
        Firmness.BY: "no later than",
        Firmness.BEFORE: f"before {MONTHS[day.month - 1]} {day.day}",
        Firmness.NOT_BEFORE: "no earlier than",
    }
    if firm.firmness in {Firmness.AFTER, Firmness.WITHIN}:
        raise PhraseError(Reason.NOT_UNDERSTOOD, f'"{firm.words}" before one day {_WHICH_DAY}')
    if firm.firmness is Firmness.BEFORE:
        if parts.anchor or parts.clock:
            raise PhraseError(
                Reason.CONTRADICTION, f'"{firm.words}" the day leaves open to which day the time of day belongs'
            )
        day -= _DAY
    return _dated(words, parts, day, day, _PRECISIONS[firm.firmness], qualifier[firm.firmness])


def _several_days(words: str, parts: Parts, days: Days, firm: _Firm, kind: Kind | None) -> Dated:
    if firm.firmness in {*LIMITS, Firmness.AFTER}:
        raise PhraseError(Reason.CONTRADICTION, f'"{firm.words}" sets a limit, and a limit is one day, not several')
    if parts.clock:
        raise _clock_without_day()
    is_one_of_them = days.is_between and _is_on_one_day(kind)
    if days.either or is_one_of_them or firm.firmness is Firmness.WITHIN:
        window = f"expected {_printed(parts)}"
        return _dated(words, parts, days.first, days.last, Precision.WINDOW, window, days.anchor)
    is_window_of_kind = kind and kind.begins and parts.is_inclusive  # "(both days inclusive)": how long it holds
    if kind and (kind.begins or kind.ends) and not is_window_of_kind:
        raise _no_one_day(parts, kind)
    qualifier = {None: "", Firmness.APPROXIMATE: _ON_OR_ABOUT, Firmness.EXPECTED: "expected"}[firm.firmness]
    return _dated(words, parts, days.first, days.last, _PRECISIONS[firm.firmness], qualifier, days.anchor)


def _is_on_one_day(kind: Kind | None) -> bool:
    """Whether a kind happens on one day, so that "between" two days it is on one of them."""
    return kind is not None and not (kind.begins or kind.ends or kind.name in _ON_SEVERAL_DAYS)


def _no_one_day(parts: Parts, kind: Kind) -> PhraseError:
    """That a kind that is one day by definition has several."""
    pair = _PAIRS.get(kind.name)
    advice = "give the one day that the source states of it, and what else begins or ends as a milestone of its own"
    if pair:
        advice = f"give the first day as {pair[0]} and the last day as {pair[1]}, if that is what the source says"
    return PhraseError(
        Reason.KIND, f'"{_printed(parts)}" names several days, and this ({kind.name}) is one day: {advice}'
    )


_PRECISIONS = {
    None: Precision.EXACT,
    Firmness.APPROXIMATE: Precision.APPROXIMATE,
    Firmness.EXPECTED: Precision.EXPECTED,
    Firmness.BY: Precision.NO_LATER_THAN,
    Firmness.BEFORE: Precision.NO_LATER_THAN,
    Firmness.NOT_BEFORE: Precision.NO_EARLIER_THAN,
}


# --- periods ---------------------------------------------------------------------------------------------------------


def _period(words: str, parts: Parts, period: Period, firm: _Firm) -> Dated:
    _check_no_time(parts)
    printed = _printed(parts)
    if printed == words:
        _check_not_bare_year(printed)
    if firm.firmness in {Firmness.BY, Firmness.BEFORE, Firmness.NOT_BEFORE, Firmness.AFTER} and not period.is_whole:
        raise PhraseError(
            Reason.CONTRADICTION, f'"{firm.words}" sets a limit: that needs a day, a month, a quarter, a half or a year'
        )
    match firm.firmness:
        case Firmness.BY:
            return _dated(words, parts, period.last, period.last, Precision.NO_LATER_THAN, "no later than")
        case Firmness.BEFORE:
            eve = period.first - _DAY
            return _dated(words, parts, eve, eve, Precision.NO_LATER_THAN, f"before {printed}")
        case Firmness.NOT_BEFORE:
            return _dated(words, parts, period.first, period.first, Precision.NO_EARLIER_THAN, "no earlier than")
        case Firmness.AFTER:
            raise PhraseError(Reason.NOT_UNDERSTOOD, f'"{firm.words}" before a period {_WHICH_DAY}')
    if _is_last_day(parts) and firm.firmness in {None, Firmness.EXPECTED}:
        return _last_day(words, parts, period, firm)
    return _dated(words, parts, period.first, period.last, Precision.WINDOW, f"expected {printed}")


def _last_day(words: str, parts: Parts, period: Period, firm: _Firm) -> Dated:
    """The last day of a period, on which something ends."""
    qualifier = "expected" if firm.firmness else ""
    return _dated(words, parts, period.last, period.last, _PRECISIONS[firm.firmness], qualifier)


def _check_not_bare_year(printed: str) -> None:
    """A number by itself is more likely a slip than a year."""
    if printed.isdecimal():
        raise PhraseError(Reason.NO_DATE, f'"{printed}" names no day')


def _is_last_day(parts: Parts) -> bool:
    """Whether "through" makes the last day of a period the exact day."""
    return any(mark.firmness is Firmness.THROUGH for mark in parts.marks)


def _end(words: str, parts: Parts, period: Period, firm: _Firm, kind: Kind | None) -> Dated:
    """The end of a period is its last day where it is a limit, or where something ends; by itself it is no day."""
    _check_no_time(parts)
    lasting = {Firmness.UNTIL, Firmness.THROUGH}
    if kind and kind.ends:
        lasting.add(Firmness.EXTENDED_TO)
    ends_then = any(mark.firmness in lasting for mark in parts.marks)
    if period.is_whole and ends_then and firm.firmness in {None, Firmness.EXPECTED}:
        return _last_day(words, parts, period, firm)
    if period.is_whole and firm.firmness is Firmness.NOT_BEFORE:
        return _dated(words, parts, period.last, period.last, Precision.NO_EARLIER_THAN, "no earlier than")
    if not period.is_whole or firm.firmness not in {Firmness.BY, Firmness.BEFORE}:
        raise PhraseError(
            Reason.NOT_UNDERSTOOD,
            f'"{_printed(parts)}" names no day: give the last day of it, if the source means that one, and otherwise '
            "these words in the note of a date to be announced",
        )
    return _dated(words, parts, period.last, period.last, Precision.NO_LATER_THAN, "no later than")


def _check_no_time(parts: Parts) -> None:
    if parts.clock:
        raise _clock_without_day()
    if parts.anchor:
        raise PhraseError(Reason.CONTRADICTION, "the opening or the close belongs to one day, and this names a period")


def _clock_without_day() -> PhraseError:
    return PhraseError(Reason.CONTRADICTION, "a clock time belongs to one day, and this names several days or a period")


def _printed(parts: Parts) -> str:
    """The days or the period in the words of the source, as they stand within a sentence."""
    if parts.named is None:
        return ""
    printed = " ".join(parts.text.between(parts.named.start, parts.named.end).split())
    printed = printed[4:] if printed[:4].lower() == "the " else printed
    first = printed.partition(" ")[0].rstrip(".").capitalize()
    is_name = any(name.startswith(first[:3]) for name in (*MONTHS, *WEEKDAYS)) and len(first) > 2
    return printed if is_name or printed[:2].isupper() or printed[:1].isdigit() else printed[:1].lower() + printed[1:]


# --- counts ----------------------------------------------------------------------------------------------------------


def _count(words: str, parts: Parts, count: Count, firm: _Firm) -> Relative:
    count, firmness = _count_before(count, firm) if firm.firmness is Firmness.BEFORE else (count, firm.firmness)
    if firmness is Firmness.AFTER:
        firmness = Firmness.NOT_BEFORE
    _check_not_bare_name(parts, count)
    if parts.clocks_elsewhere:
        raise PhraseError(Reason.CONTRADICTION, "a day that is counted has one clock time: leave the other zone out")
    if firmness is Firmness.WITHIN:
        raise PhraseError(Reason.NOT_UNDERSTOOD, f'"{firm.words}" before one day {_WHICH_DAY}')
    own = _firmness_of(count)
    if own and firmness not in {None, Firmness.EXPECTED, own}:
        raise PhraseError(
            Reason.CONTRADICTION, f'"{firm.words}" and the number of days both set a limit, and not the same'
        )
    firmness = own or firmness
    limit = {
        Firmness.APPROXIMATE: _ON_OR_ABOUT,
        Firmness.EXPECTED: "expected",
        Firmness.BY: "no later than",
        Firmness.NOT_BEFORE: "no earlier than",
    }
    is_counted = count.base.kinds or count.amount
    qualifiers = ["derived"] if is_counted else []
    return Relative(
        words=words,
        base=count.base,
        amount=count.amount,
        unit=count.unit,
        direction=count.direction,
        precision=_PRECISIONS[firmness],
        qualifier=", ".join([*qualifiers, *([limit[firmness]] if firmness else [])]),
        anchor=parts.anchor.anchor if parts.anchor else None,
        clock=parts.clock,
        is_expected_limit=_is_expected_limit(parts, _PRECISIONS[firmness]),
    )


def _check_not_bare_name(parts: Parts, count: Count) -> None:
    """The name of a milestone by itself is no date: "liquidation" is none, "on the liquidation" is one."""
    is_bare = parts.named is not None and parts.named.start == 0 and not count.amount and count.base.kinds
    if is_bare and not count.base.is_date:
        raise PhraseError(
            Reason.NO_DATE,
            f'"{_printed(parts)}" names a milestone and no day: write the word on before it if its day is meant',
        )


def _check_side(parts: Parts, count: Count, kind: Kind | None) -> None:
    """ "Within 60 days of" is after what the milestone follows; of any other it does not say on which side."""
    if not count.is_of or kind is None or follows(kind, count.base.kinds):
        return
    raise PhraseError(
        Reason.AMBIGUOUS,
        f'"{_printed(parts)}" does not say before or after: say which of them where the source does, or give the day '
        "itself once it is known",
    )


def _for_so_long(count: Count, kind: Kind | None) -> Count:
    """ "For 30 days after" is how long something lasts: the day on which it ends, or with "before" begins."""
    if count.distance is not Distance.FOR:
        return count
    if kind and (kind.begins if count.direction is Direction.BEFORE else kind.ends):
        return count._replace(distance=Distance.EXACTLY)
    raise PhraseError(
        Reason.KIND, f"for {count.amount} {count.unit} says how long something lasts: name what begins or ends"
    )


def _count_before(count: Count, firm: _Firm) -> tuple[Count, Firmness]:
    """Before a milestone: no later than the day before its date, and no later than its day where it is no date."""
    if count.amount:
        raise PhraseError(Reason.CONTRADICTION, f'"{firm.words}" and the number of days both set a limit')
    if not count.base.is_date:
        return count, Firmness.BY
    return count._replace(amount=1, direction=Direction.BEFORE), Firmness.BY


def _firmness_of(count: Count) -> Firmness | None:
    """At least so many days before is a limit upwards, at least so many after one downwards; at most the other way."""
    is_before = count.direction is Direction.BEFORE
    match count.distance:
        case Distance.ABOUT:
            return Firmness.APPROXIMATE
        case Distance.AT_LEAST:
            return Firmness.BY if is_before else Firmness.NOT_BEFORE
        case Distance.AT_MOST:
            return Firmness.NOT_BEFORE if is_before else Firmness.BY
        case _:
            return None


# --- the values ------------------------------------------------------------------------------------------------------


def _dated(
    words: str,
    parts: Parts,
    first: date,
    last: date,
    precision: Precision,
    qualifier: str,
    anchor: Anchor | None = None,
) -> Dated:
    clock, zone = clock_on(parts.clock, first)
    for elsewhere in parts.clocks_elsewhere:
        _check_same(parts.clock, elsewhere, first)
    return Dated(
        words=words,
        first=first,
        last=last,
        precision=precision,
        qualifier=qualifier,
        anchor=parts.anchor.anchor if parts.anchor else anchor,
        clock=clock,
        zone=zone,
        is_expected_limit=_is_expected_limit(parts, precision),
    )


def _check_same(clock: Clock | None, elsewhere: Clock, day: date) -> None:
    """Check that a clock time in another zone is the same moment."""
    if clock is not None and clock.on(day) != elsewhere.on(day):
        raise PhraseError(
            Reason.CONTRADICTION,
            f'"{clock.words}" and "{elsewhere.words}" in their zones are not one moment on {in_words(day)}: a date has '
            "one time of day",
        )


def _is_expected_limit(parts: Parts, precision: Precision) -> bool:
    """Whether a limit is one that the source expects, since a limit counts for more than the word "expected"."""
    is_limit = precision in {Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN}
    return is_limit and any(mark.firmness is Firmness.EXPECTED for mark in parts.marks)


def clock_on(clock: Clock | None, day: date) -> tuple[datetime | None, str]:
    """The instant in UTC and the name of the zone of a clock time on a day."""
    if clock is None:
        return None, ""
    moment = clock.on(day)
    return moment.astimezone(UTC), clock.zone.iana if clock.zone else ""
