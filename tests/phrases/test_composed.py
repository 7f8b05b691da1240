"""Every part beside every other: 2,000 phrases put together of parts, each with what it states, worked out apart.

What is expected follows from the parts alone: the day is chosen first and then printed, precision, anchor and instant
are those of the part's own row, and the instant comes from Python's zones.
"""

import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.phrases.stating import error_of, invented, stating
from tests.support import each_of

NUMBER = 2_000


class Soft(NamedTuple):
    """Words about how firm the day is; `shift` is by how many days the stated day is earlier than the printed one."""

    words: str
    precision: str
    shift: int = 0


class Clock(NamedTuple):
    """A clock time in a zone: its words, the time, the zone, and whether it holds in summer, winter or both."""

    words: str
    time: time
    zone: str
    months: range = range(1, 13)


LEAD_INS = [
    "", "on", "to be held on", "scheduled for", "effective", "effective on", "as of", "with effect from", "set for",
    "will be held on", "is scheduled to take place on", "rescheduled to", "adjourned until",
    "mailed to shareholders on",
    "starting on", "payable on", "is now scheduled for", "at a meeting held on", "completed", "to become effective on",
]  # fmt: skip
SOFT = [
    Soft("", "exact"),
    Soft("", "exact"),
    Soft("on or about", "approximate"),
    Soft("on or around", "approximate"),
    Soft("approximately", "approximate"),
    Soft("expected on", "expected"),
    Soft("currently anticipated to be", "expected"),
    Soft("estimated to occur on", "expected"),
    Soft("tentatively scheduled for", "expected"),
    Soft("no later than", "no later than"),
    Soft("on or before", "no later than"),
    Soft("by", "no later than"),
    Soft("no earlier than", "no earlier than"),
    Soft("on or after", "no earlier than"),
    Soft("not before", "no earlier than"),
    Soft("prior to", "no later than", shift=1),
]
ANCHORS = [
    ("", ""),
    ("", ""),
    ("the close of business on", "close of business"),
    ("the close of trading on the New York Stock Exchange on", "close of business"),
    ("the close of regular trading on the NYSE (\u201cNYSE\u201d) on", "close of business"),
    ("the end of the day on", "close of business"),
    ("market close on", "close of business"),
    ("the opening of business on", "opening"),
    ("the start of trading on", "opening"),
    ("market open on", "opening"),
]
BEHIND = [
    ("", ""),
    (", at the close of business", "close of business"),
    (" (as of the close of the NYSE)", "close of business"),
    (", at the opening of trading", "opening"),
]
CLOCKS = [
    Clock("10:00 a.m. Eastern", time(10), "America/New_York"),
    Clock("10:00 a.m., Eastern Time", time(10), "America/New_York"),
    Clock("2.30 p.m. (Central time)", time(14, 30), "America/Chicago"),
    Clock("noon Pacific time", time(12), "America/Los_Angeles"),
    Clock("16.30 (Dublin time)", time(16, 30), "Europe/Dublin"),
    Clock("11am London time", time(11), "Europe/London"),
    Clock("9:00 A.M. EST", time(9), "America/New_York", range(1, 3)),
    Clock("9:00 a.m. EDT", time(9), "America/New_York", range(5, 10)),
    Clock("1:00 p.m. MST", time(13), "America/Denver", range(1, 3)),
    Clock("3:15 p.m. Hong Kong time", time(15, 15), "Asia/Hong_Kong"),
    Clock("5:00 p.m. America/Chicago", time(17), "America/Chicago"),
]


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


PRINTED: list[Callable[[date], str]] = [
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%A, %B} {day.day}, {day.year}",
    lambda day: f"{day:%b}. {day.day}, {day.year}" if day.month != 5 else f"May {day.day}, {day.year}",
    lambda day: f"{day:%B} {_ordinal(day.day)}, {day.year}",
    lambda day: f"{day:%B} {day.day},{day.year}",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"{day:%A} {_ordinal(day.day)} {day:%B} {day.year}",
    lambda day: f"the {_ordinal(day.day)} of {day:%B}, {day.year}",
    lambda day: f"{day.day}-{day:%b}-{day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day:%B} {day.day}, {day.year} (a {day:%A})",
    lambda day: f"{day:%B %d %Y}".upper(),
]
TAILS = [
    "", "", ".", " (the \u201cClosing Date\u201d)", ' ("Record Date")', " (the Effective Date)",
    ", the \u201cRecord Date\u201d",
    " (such date, the \u201cMeeting Date\u201d)", " pursuant to Rule 488", " (the liquidation date)",
]  # fmt: skip


class Composed(NamedTuple):
    """A phrase and what it states."""

    phrase: str
    states: str


def composed() -> Iterator[Composed]:
    """Phrases put together of parts, the same ones on every run."""
    choose = random.Random(20_311_107)  # noqa: S311 -- a choice of examples, no secret
    while True:
        day = date(2008, 1, 1) + timedelta(days=choose.randrange(10_000))
        found = _one(choose, day)
        if found:
            yield found


def _one(choose: random.Random, day: date) -> Composed | None:
    """A phrase with its anchor before or behind the day, or with a clock time, or with neither."""
    soft, tail = choose.choice(SOFT), choose.choice(TAILS)
    before, anchor = choose.choice(ANCHORS)
    behind, anchor_behind = ("", "") if anchor else choose.choice(BEHIND)
    clock = None if anchor or anchor_behind or choose.random() < 0.5 else choose.choice(CLOCKS)
    if soft.shift and (anchor or anchor_behind or clock):
        return None  # before the close of a day, or before a clock time on it, is a limit on that day
    if clock and day.month not in clock.months:
        return None
    days = choose.choice(PRINTED)(day) + behind
    stated = day - timedelta(days=soft.shift)
    states = [str(stated), soft.precision, *filter(None, [anchor or anchor_behind])]
    if clock:
        states.append(f"{_in_utc(stated, clock):%Y-%m-%dT%H:%MZ} {clock.zone}")
        days = choose.choice([f"{days} at {clock.words}", f"at {clock.words} on {days}"])
    words = f"{choose.choice(LEAD_INS)} {_in_front(choose, soft.words, before)} {days}{tail}"
    return Composed(" ".join(words.split()), ", ".join(states))


def _in_front(choose: random.Random, soft: str, anchor: str) -> str:
    """The words about how firm the day is and those of the anchor, in either order where both are usual."""
    if soft.startswith("on or") and anchor:
        return choose.choice([f"{soft} {anchor}", f"{anchor.removesuffix(' on')} {soft}"])
    return f"{soft} {anchor}"


def _in_utc(day: date, clock: Clock) -> datetime:
    return datetime.combine(day, clock.time, tzinfo=ZoneInfo(clock.zone)).astimezone(UTC)


@pytest.fixture(scope="module")
def phrases() -> list[Composed]:
    """2,000 different phrases."""
    found: dict[str, Composed] = {}
    for each in composed():
        found[each.phrase] = each
        if len(found) == NUMBER:
            return list(found.values())
    raise AssertionError


def test_every_part_works_beside_every_other(phrases: list[Composed]) -> None:
    wrong = [
        (each.phrase, each.states, stating(each.phrase), error_of(each.phrase))
        for each in phrases
        if stating(each.phrase) != each.states
    ]
    assert wrong == []


def test_a_word_more_is_refused(phrases: list[Composed]) -> None:
    for each in each_of(phrases[::4]):
        assert stating(f"{each.phrase} perhaps") == "refused"
        assert stating(f"perhaps {each.phrase}") == "refused"


def without_year(phrase: str) -> str:
    return re.sub(r",?[ -]?(19|20)\d\d(-\d\d-\d\d)?", "", phrase)


def test_a_message_quotes_the_phrase_and_nothing_else(phrases: list[Composed]) -> None:
    # So no message can advise another day, a firmer one, or one without its anchor or its clock time.
    broken = [change for each in phrases for change in (f"{each.phrase} perhaps", without_year(each.phrase))]
    assert [told for phrase in broken if (told := invented(phrase, "other"))] == []
