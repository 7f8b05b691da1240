"""Dates, how firm they are, and what is confidential, in the words that pages use.

Weekdays stand on every day, and there is no jargon of calendars.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

from calfeed.model.naming import is_deferred, listed
from calfeed.model.plans import Milestone, Source
from calfeed.model.when import WEEKDAYS, Anchor, Dated, Precision, Undated, When, in_words
from calfeed.reading.phrases.zones import local

CONFIDENTIAL = "confidential"
"""What marks a plan that only readers may see, wherever it stands in a list."""
_LIMITS = {Precision.NO_LATER_THAN: "no later than ", Precision.NO_EARLIER_THAN: "no earlier than "}
_SOFT = {Precision.APPROXIMATE: "on or about", Precision.EXPECTED: "expected", Precision.WINDOW: "expected"}
_ANCHORS = {Anchor.OPENING: "opening of business", Anchor.CLOSE: "close of business"}
_SIDE = re.compile(
    r"\b(?:(?P<before>before|prior to|ahead of|in advance of|preceding)|after|following|subsequent to)"
    r"(?: (?:the|us|u\.s\.|new|york|nyse|stock|securities|equity|markets?|market's|exchange|business|trading))*"
    r" (?:open|opens|opening|start|beginning|commencement|close|closes|end|conclusion|cob"
    r"|closing(?= of| bell))\b",
    re.IGNORECASE,
)
"""Words for the time before or after the opening or the close; "before the closing" may be said of a reorganization."""
_ZONES = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Los_Angeles": "Pacific",
}
_STANDINGS = {
    Precision.EXACT: "stated",
    Precision.APPROXIMATE: "approximate",
    Precision.EXPECTED: "expected",
    Precision.WINDOW: "expected",
    Precision.NO_LATER_THAN: "stated as a limit",
    Precision.NO_EARLIER_THAN: "stated as a limit",
}


class DayWords(NamedTuple):
    """A date in words, in three parts: `no earlier than `, `Monday, April 28, 2008`, `, close of business`."""

    before: str
    days: str
    behind: str

    def __str__(self) -> str:
        return "".join(self)


def full_day(day: date) -> str:
    """A day as `Monday, April 28, 2008`."""
    return f"{WEEKDAYS[day.weekday()]}, {in_words(day)}"


def day_of(source: Source) -> str:
    """The day of a source, or its month where it gives no day."""
    return source.dated_in_words if source.gives_month else full_day(source.dated)


def day_beside(source: Source) -> str:
    """The same, to stand beside the source's title; empty where the title says it already."""
    return "" if source.dated_in_words.casefold() in source.title.casefold() else day_of(source)


def full_days(first: date, last: date) -> str:
    """A day, or the first and the last of several; the year once where it is the same."""
    if first == last:
        return full_day(first)
    begin = full_day(first)
    if first.year == last.year:
        begin = begin.removesuffix(f", {first.year}")
    return f"{begin} to {full_day(last)}"


def day_words(when: Dated) -> DayWords:
    """What a date phrase states, with how firm it is and the part of the day."""
    before, behind = _LIMITS.get(when.precision, ""), []
    if when.is_expected_limit:
        before = f"expected {before}"
    if when.precision is Precision.WINDOW:
        before, behind = f"{when.qualifier.removeprefix('expected ')} (", [")"]
    if soft := _SOFT.get(when.precision):
        behind.append(f", {soft}")
    if when.anchor:
        behind.append(f", {_part_of_day(when, when.anchor)}")
    if when.clock:
        behind.append(f", {_clock_words(when.clock, when.zone)}")
    if when.derived:
        behind.append(", counted by calfeed")
    return DayWords(before, full_days(when.first, when.last), "".join(behind))


def _part_of_day(when: Dated, anchor: Anchor) -> str:
    """The opening or the close, and whether it is before or after it that something happens."""
    side = _SIDE.search(when.words)
    if side is None or when.precision in _LIMITS:
        return _ANCHORS[anchor]
    return f"{'before' if side['before'] else 'after'} the {_ANCHORS[anchor]}"


def _clock_words(clock: datetime, zone: str) -> str:
    """A local time as `10:00 a.m. Eastern`, or `3:30 p.m. London time`."""
    there = local(clock, zone)
    half = "a.m." if there.hour < 12 else "p.m."
    named = _ZONES.get(zone) or f"{zone.rpartition('/')[2].replace('_', ' ')} time"
    return f"{there.hour % 12 or 12}:{there:%M} {half} {named}"


def own_words(when: Dated) -> str:
    """The source's words, where they say more than the day and how firm it is; otherwise nothing."""
    day = in_words(when.first)
    plain = {day, f"{WEEKDAYS[when.first.weekday()]}, {day}", f"on or about {day}", when.first.isoformat()}
    return "" if when.words in plain else when.words


def depends_on(milestone: Milestone) -> str:
    """What a milestone depends on, as the end of a sentence; empty where it depends on nothing, or is completed.

    It depends on what it is counted from, which is said where that is less than firm.
    """
    if milestone.completed:
        return ""
    conditions, derived = milestone.conditions, milestone.when.derived
    if derived and derived.base and derived.base_is:
        conditions = (*conditions, f"the {derived.base.name}, which is {listed(derived.base_is)}")
    if not conditions:
        return "may change" if milestone.may_change else ""
    depends = f"depends on {listed(conditions)}"
    return f"{depends}, and may change" if milestone.may_change else depends


def standing(milestone: Milestone) -> str:
    """How things stand with a milestone, in plain words."""
    if milestone.completed:
        return "completed"
    if milestone.cancelled:
        return "cancelled"
    if isinstance(milestone.when, Undated):
        return "deferred, no new date" if is_deferred(milestone) else "no date yet"
    firm = "expected as a limit" if milestone.when.is_expected_limit else _STANDINGS[milestone.when.precision]
    firm = "counted by calfeed" if milestone.when.derived else firm
    return ", ".join(filter(None, [firm, depends_on(milestone)]))


def is_off(milestone: Milestone) -> bool:
    """Whether it will not happen, or has no day any more."""
    return milestone.cancelled is not None or is_deferred(milestone)


def meant(when: When) -> str:
    """How the script of pages may say how far away a day is (static/days.js).

    `window` is for several days of which one is meant, `limit` for a limit that the source promises; otherwise empty.
    """
    if when.precision in _LIMITS:
        return "" if isinstance(when, Dated) and when.is_expected_limit else "limit"
    return "window" if when.precision is Precision.WINDOW else ""


def last_day(milestone: Milestone) -> str:
    """The day after which a milestone is over, or would have been (ISO 8601).

    Empty where it never had one, and where the words leave its end open.
    """
    shown = milestone.shown
    if shown is None or shown.last_possible is None:
        return ""
    return shown.last.isoformat()
