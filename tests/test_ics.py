"""The bytes of a feed (RFC 5545): the gate for feeds refuses what it should, and texts survive every parser."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Alarm, Component, vDuration, vText

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import Status
from calfeed.formats.ics import MOST_EVENTS, MOST_OCTETS, vcalendar, vevent
from calfeed.model.kinds import KINDS
from calfeed.reading.folder import load
from calfeed.reading.yaml import read_text
from tests.gate import NotConformantError, conformant, read_by_ics
from tests.support import SITE, data_folder, plan_of

# --- the gate can fail -----------------------------------------------------------------------------------------------

# By hand, so that the gate is proved with something that calfeed had no part in; a line feed stands for CRLF.
GOOD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Written by hand//EN
CALSCALE:GREGORIAN
NAME:Example\\, a calendar
X-WR-CALNAME:Example\\, a calendar
REFRESH-INTERVAL;VALUE=DURATION:PT6H
BEGIN:VEVENT
UID:a@example.com
DTSTAMP:20310102T000000Z
DTSTART;VALUE=DATE:20310428
DTEND;VALUE=DATE:20310430
SUMMARY:Two days
DESCRIPTION:The line is folded where it may be\\, before the limit of octets
 is reached. An é has two of them.\\nA second line.
CATEGORIES:Closing
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
SEQUENCE:3
LAST-MODIFIED:20310102T000000Z
URL:https://example.com/
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P7D
DESCRIPTION:Two days
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:b@example.com
DTSTAMP:20310102T000000Z
DTSTART:20310501T170000Z
DTEND:20310501T180000Z
SUMMARY:One hour
DESCRIPTION:A meeting.
STATUS:TENTATIVE
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
SEQUENCE:0
LAST-MODIFIED:20310102T000000Z
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()

Break: TypeAlias = Callable[[bytes], bytes]


def swap(old: str, new: str) -> Break:
    """Puts a text in the place of the first like another."""
    before, after = (text.replace("\n", "\r\n").encode() for text in (old, new))
    return lambda feed: feed.replace(before, after, 1)


def swap_octets(old: bytes, new: bytes) -> Break:
    return lambda feed: feed.replace(old, new, 1)


def without(line: str) -> Break:
    return swap(f"\n{line}\n", "\n")


def with_line(line: str) -> Break:
    """Adds a line to the first event."""
    return swap("\nCATEGORIES:", f"\n{line}\nCATEGORIES:")


BREAKS: dict[str, tuple[Break, str]] = {
    "a byte order mark": (lambda feed: b"\xef\xbb\xbf" + feed, "byte order mark"),
    "a space before it": (lambda feed: b" " + feed, "does not begin with"),
    "an empty line before it": (lambda feed: b"\r\n" + feed, "does not begin with"),
    "no line end at its end": (lambda feed: feed[:-2], "last line"),
    "a bare line feed at its end": (lambda feed: feed[:-2] + b"\n", "last line"),
    "a bare line feed": (swap_octets(b"days\r\n", b"days\n"), "bare CR or LF"),
    "a bare carriage return": (swap_octets(b"days\r\n", b"days\r"), "bare CR or LF"),
    "an empty line": (swap("\nSTATUS", "\n\nSTATUS"), "is empty"),
    "a line break in a text": (swap("SUMMARY:Two days", "SUMMARY:Two\ndays"), "not a content line"),
    "a control character": (swap("SUMMARY:Two days", "SUMMARY:Two\x0bdays"), "control character"),
    "a line of 76 octets": (swap("limit of octets", "limits of octets"), "76 octets"),
    "a line of 75 characters in 76 octets": (swap("limit of octets", "limit of octéts"), "76 octets"),
    "a fold inside a character": (swap_octets(b"\xc3\xa9", b"\xc3\r\n \xa9"), "not UTF-8 by itself"),
    "an octet that is not UTF-8": (swap_octets(b"\xc3\xa9", b"\xe9"), "not UTF-8 by itself"),
    "a fold inside an escape": (swap("be\\, before the limit of octets\n", "be\\\n ,"), "between a backslash"),
    "VERSION missing": (without("VERSION:2.0"), "VERSION stands 0 times"),
    "VERSION not first": (swap("VERSION:2.0\nPRODID:-//Example", "PRODID:E\nVERSION:2.0\nX-E:"), "not the first"),
    "PRODID missing": (without("PRODID:-//Example//Written by hand//EN"), "PRODID stands 0 times"),
    "two different names": (swap("X-WR-CALNAME:Example", "X-WR-CALNAME:Other"), "NAME and X-WR-CALNAME differ"),
    "no component": (lambda feed: re.sub(rb"BEGIN:VEVENT.*END:VEVENT\r\n", b"", feed, flags=re.DOTALL), "no component"),
    "two calendars": (lambda feed: feed + feed, "not one VCALENDAR"),
    "an event without its end": (without("END:VEVENT"), "ends what is not open"),
    "METHOD": (swap("CALSCALE:GREGORIAN", "METHOD:PUBLISH"), "has METHOD"),
    "ORGANIZER": (with_line("ORGANIZER:mailto:a@example.com"), "has ORGANIZER"),
    "ATTENDEE": (with_line("ATTENDEE:mailto:a@example.com"), "has ATTENDEE"),
    "LINK": (with_line("LINK;VALUE=URI:https://example.com/"), "has LINK"),
    "a recurrence": (with_line("RRULE:FREQ=DAILY"), "has RRULE"),
    "UID missing": (without("UID:a@example.com"), "UID stands 0 times"),
    "UID twice in an event": (with_line("UID:c@example.com"), "UID stands 2 times"),
    "a UID in two events": (swap("UID:b@", "UID:a@"), "more than once"),
    "a UID of 203 octets": (swap("UID:a", f"UID:{'a' * 70}\n {'a' * 74}\n {'a' * 47}"), "more than 202 octets"),
    "a slash in a UID": (swap("UID:a", "UID:a/b"), "letters, digits"),
    "DTSTAMP missing": (without("DTSTAMP:20310102T000000Z"), "DTSTAMP stands 0 times"),
    "DTSTAMP with a zone": (swap("DTSTAMP:20310102T000000Z", "DTSTAMP;TZID=UTC:20310102T000000"), "not an instant"),
    "DTSTAMP not LAST-MODIFIED": (swap("\nLAST-MODIFIED:20310102", "\nLAST-MODIFIED:20310103"), "not LAST-MODIFIED"),
    "DTEND missing": (without("DTEND;VALUE=DATE:20310430"), "DTEND stands 0 times"),
    "DTEND on DTSTART": (swap("20310430", "20310428"), "not after DTSTART"),
    "DTEND before DTSTART": (swap("20310430", "20310427"), "not after DTSTART"),
    "DTEND of another type": (swap("DTEND;VALUE=DATE:20310430", "DTEND:20310430T000000Z"), "two value types"),
    "a day without VALUE=DATE": (swap("DTEND;VALUE=DATE:20310430", "DTEND:20310430"), "neither a day"),
    "VALUE=DATE with a time": (swap("VALUE=DATE:20310430", "VALUE=DATE:20310430T000000Z"), "neither a day"),
    "a time without a zone": (swap("DTEND:20310501T180000Z", "DTEND:20310501T180000"), "neither a day"),
    "a day that does not exist": (swap("20310430", "20310431"), "day is out of range"),
    "SUMMARY missing": (without("SUMMARY:Two days"), "SUMMARY stands 0 times"),
    "SUMMARY twice": (with_line("SUMMARY:Again"), "SUMMARY stands 2 times"),
    "SUMMARY empty": (swap("SUMMARY:Two days", "SUMMARY:"), "0 UTF-16 units"),
    "a line break in SUMMARY": (swap("SUMMARY:Two days", "SUMMARY:Two\\ndays"), "line break"),
    "SUMMARY of 256 units": (swap("SUMMARY:Two days", "SUMMARY:" + "\n ".join(["😀" * 16] * 8)), "256 UTF-16 units"),
    "DESCRIPTION missing": (without("DESCRIPTION:A meeting."), "DESCRIPTION stands 0 times"),
    "STATUS in lower case": (swap("STATUS:CONFIRMED", "STATUS:confirmed"), "STATUS is 'confirmed'"),
    "TRANSP missing": (without("TRANSP:TRANSPARENT"), "TRANSP stands 0 times"),
    "TRANSP opaque": (swap("TRANSP:TRANSPARENT", "TRANSP:OPAQUE"), "TRANSP is not TRANSPARENT"),
    "BUSYSTATUS missing": (without("X-MICROSOFT-CDO-BUSYSTATUS:FREE"), "BUSYSTATUS stands 0 times"),
    "BUSYSTATUS busy": (swap("BUSYSTATUS:FREE", "BUSYSTATUS:BUSY"), "BUSYSTATUS is not FREE"),
    "SEQUENCE not a number": (swap("SEQUENCE:3", "SEQUENCE:-1"), "SEQUENCE is not a number"),
    "URL of a script": (swap("URL:https://example.com/", "URL:javascript:alert(1)"), "not a web address"),
    "an alarm on a cancelled event": (swap("STATUS:CONFIRMED", "STATUS:CANCELLED"), "is cancelled and has an alarm"),
    "an alarm without DESCRIPTION": (without("DESCRIPTION:Two days"), "DESCRIPTION stands 0 times in a VALARM"),
    "an alarm after the event": (swap("TRIGGER:-P7D", "TRIGGER:P7D"), "not before the event"),
    "events not by start": (swap("20310501T170000Z", "20310401T170000Z"), "not stand by start and UID"),
    "a bare comma in a text": (swap("Two days", "Two, days"), "not escaped"),
    "a bare semicolon in a text": (swap("Two days", "Two; days"), "not escaped"),
    "a bare backslash in a text": (swap("Two days", "Two \\days"), "not escaped"),
    "what only ical refuses": (swap("REFRESH-INTERVAL;", "REFRESH-INTERVAL:"), "ical refuses it"),
    "what only vobject refuses": (with_line("RECURRENCE-ID:x"), "vobject refuses it"),
    "CATEGORIES twice": (with_line("CATEGORIES:Again"), "CATEGORIES stands more than once"),
    "a text that two parsers read differently": (swap("Y:T", "Y;ENCODING=QUOTED-PRINTABLE:=20T"), "different texts"),
}  # fmt: skip


def test_the_gate_passes_a_good_feed_and_says_what_is_in_it() -> None:
    days, hour = conformant(GOOD)
    assert (days.uid, days.start, days.end) == ("a@example.com", date(2031, 4, 28), date(2031, 4, 30))
    assert (days.summary, days.status, days.sequence, days.alarms) == ("Two days", "CONFIRMED", 3, 1)
    assert days.lines[1:] == ["A second line."]
    assert (hour.start, hour.end) == (
        datetime(2031, 5, 1, 17, tzinfo=UTC),
        datetime(2031, 5, 1, 18, tzinfo=UTC),
    )
    assert GOOD.endswith(hour.octets + b"END:VCALENDAR\r\n")


@pytest.mark.parametrize(("break_it", "message"), BREAKS.values(), ids=BREAKS)
def test_the_gate_refuses(break_it: Break, message: str) -> None:
    broken = break_it(GOOD)
    assert broken != GOOD
    with pytest.raises(NotConformantError, match=re.escape(message)):
        conformant(broken)


def test_ics_reads_a_good_feed_and_refuses_another() -> None:
    read_by_ics(GOOD)
    with pytest.raises(NotConformantError, match="ics refuses it"):
        read_by_ics(with_line("CATEGORIES:Again")(GOOD))


# --- texts -----------------------------------------------------------------------------------------------------------

EVENT = Event(
    uid="plan.trust.target.closing@calendars.example.com",
    summary="Closing: Example A → Example B (EXT)",
    description="The reorganization takes effect.",
    status=Status.CONFIRMED,
    kind=KINDS[0],
    url="",
    start=date(2031, 4, 28),
    end=date(2031, 4, 29),
    sequence=0,
    revised=date(2031, 1, 2),
)
FEED = Feed(
    name="Example Trust",
    description="Reorganization milestones of Example Trust.",
    url="",
    refresh=timedelta(hours=6),
)


def calendar(events: Iterable[Event], feed: Feed = FEED, alarm: timedelta | None = None) -> bytes:
    """A feed's calendar with some events."""
    return vcalendar(feed, [vevent(event, alarm) for event in events])


def numbered(number: int, **changes: object) -> Event:
    """The event under a UID of its own, on a day of its own."""
    day = EVENT.start + timedelta(days=number)
    uid = f"plan.trust.target.milestone-{number}@calendars.example.com"
    return EVENT._replace(uid=uid, start=day, end=day + timedelta(days=1), **changes)  # type: ignore[arg-type]


def whole_minutes(length: timedelta) -> timedelta:
    return length - length % timedelta(minutes=1)


def as_read(text: str) -> str:
    """A text as calfeed's reader gives it on: white space of every kind is one space."""
    return " ".join(text.split())


# What calfeed's reader refuses in every file: noncharacters that XML has no room for, and what nobody can see. It
# refuses control characters too (RFC 5545 section 3.3.11 has no room for them, and ical and ics refuse some); line ends
# of every kind (U+0085, U+2028 and U+2029 too) are white space to it, as are all spaces.
REFUSED = "\ufffe\uffff\u00ad\u200b\u2060\ufeff"
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=REFUSED)
# What has a meaning in a content line, turns the direction of writing, combines, or is long when encoded.
PIECES = st.sampled_from(
    ["\\", "\\\\", "\\n", "\\N", "\\,", ";", ",", ":", '"', "'", "=", "^n", "BEGIN:VEVENT", "\u200f", "\u202e", "שלום",
     "e\u0301", "\u0301", "漢字", "👩\u200d⚖️", "🀄", "→", "%0A", "a" * 74, "é" * 40, "\\" * 80, "😀" * 20]
)  # fmt: skip
LINES = st.lists(PIECES | st.text(CHARACTERS), max_size=8).map("".join).map(as_read)
NAMES = LINES.filter(bool)
SUMMARIES = NAMES.filter(lambda text: len(text.encode("utf-16-le")) <= 2 * 255)
DESCRIPTIONS = st.lists(LINES, min_size=1, max_size=6).map("\n".join)


@pytest.mark.parametrize("character", [*REFUSED, "\x00", "\x0b", "\x7f", "\x9f"], ids=ascii)
def test_what_the_strategy_leaves_out_never_gets_past_the_reader(character: str) -> None:
    assert read_text(f"title: A{character}B", "site.yaml").problems


@given(SUMMARIES, DESCRIPTIONS, NAMES, LINES)
@example("\\N", "\\N\n\\n\n\\\\N\\", "\\N", "\\N").via("icalendar alone makes a line break of it")
@example("S", f"{'a' * 60}\\b", "N", "D").via("an escaped backslash fills the line")
@settings(deadline=None, derandomize=True)
def test_texts_of_every_kind_are_read_as_they_were_written(
    summary: str, description: str, name: str, calendar_description: str
) -> None:
    events = (
        EVENT._replace(summary=summary, description=description),
        numbered(1, status=Status.TENTATIVE, summary=as_read(description)[:100].rstrip() or "S"),
    )
    feed = FEED._replace(name=name, description=calendar_description)
    read = conformant(calendar(events, feed, timedelta(days=7)))
    assert [(event.summary, event.description) for event in read] == [
        (event.summary, event.description) for event in events
    ]


@given(SUMMARIES, DESCRIPTIONS)
@example("S", "plain\nlines")
@example("S", "the target's")
@example("S", 'the target\'s "shares"')
@settings(deadline=None, derandomize=True)
def test_the_minutes_and_seconds_of_a_stamp_are_a_digest_of_all_that_the_event_says(
    summary: str, description: str
) -> None:
    said = (EVENT.uid, summary, description, "CONFIRMED", EVENT.kind.label, "", "2031-04-28", "2031-04-29")
    digest = int.from_bytes(blake2b(repr(said).encode(), digest_size=8).digest())
    minute, second = divmod(digest % 3600, 60)
    stamp = EVENT._replace(summary=summary, description=description).stamp
    assert stamp == datetime(2031, 1, 2, 0, minute, second, tzinfo=UTC)


# --- what icalendar makes of the same component ----------------------------------------------------------------------


def component_of(event: Event, alarm: timedelta | None) -> Component:
    """An event in icalendar's own terms, every value given to it as its documentation says."""
    component = icalendar.Event()
    revised = event.stamp
    component.add("UID", event.uid)
    component.add("DTSTAMP", revised)
    component.add("DTSTART", event.start)
    component.add("DTEND", event.end)
    component.add("SUMMARY", event.summary)
    component.add("DESCRIPTION", event.description)
    component.add("CATEGORIES", [event.kind.label])
    component.add("STATUS", event.status.value)
    component.add("TRANSP", "TRANSPARENT")
    component.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    component.add("SEQUENCE", event.sequence)
    component.add("LAST-MODIFIED", revised)
    if event.url:
        component.add("URL", event.url)
    if alarm is not None and event.status is not Status.CANCELLED:
        valarm = Alarm()
        valarm.add("ACTION", "DISPLAY")
        valarm.add("TRIGGER", -alarm)
        valarm.add("DESCRIPTION", event.summary)
        component.add_component(valarm)
    return component


def calendar_of(feed: Feed) -> Component:
    """A feed's calendar in icalendar's own terms, without its events."""
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//calfeed//Reorganization milestones//EN")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", vText(feed.name))  # icalendar does not know RFC 7986's type of it
    calendar.add("X-WR-CALNAME", vText(feed.name))
    calendar.add("DESCRIPTION", feed.description)
    calendar.add("X-WR-CALDESC", vText(feed.description))
    calendar.add("X-PUBLISHED-TTL", vDuration(feed.refresh))
    calendar.add("REFRESH-INTERVAL", vDuration(feed.refresh), parameters={"VALUE": "DURATION"})
    calendar.add("COLOR", "steelblue")
    calendar.add("X-APPLE-CALENDAR-COLOR", "#4682B4")
    if feed.url:
        calendar.add("URL", feed.url)
    return calendar


# Two things are ours: icalendar folds within an escaped backslash, and takes a backslash before N for a line break.
NO_BACKSLASH = CHARACTERS.filter(lambda character: character != "\\")
PLAIN_LINES = st.lists(PIECES.filter(lambda text: "\\" not in text) | st.text(NO_BACKSLASH), max_size=8)
PLAIN = PLAIN_LINES.map("".join).map(as_read).filter(bool)
DAYS = st.dates(date(1940, 1, 1), date(2199, 12, 30))
INSTANTS = st.datetimes(datetime(1940, 1, 1), datetime(2199, 12, 30), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: instant.replace(microsecond=0)
)
EVENTS = st.builds(
    lambda start, length, **others: Event(start=start, end=start + length, **others),
    start=DAYS | INSTANTS,
    length=st.just(timedelta(days=1)),
    uid=st.from_regex(r"[a-z0-9.-]{1,150}@[a-z0-9.-]{1,50}", fullmatch=True),
    summary=PLAIN,
    description=st.lists(PLAIN, min_size=1, max_size=4).map("\n".join),
    status=st.sampled_from(Status),
    kind=st.sampled_from(KINDS),
    url=st.sampled_from(["", "https://example.com/a,b;c?d=e&f=%20", f"https://example.com/{'long/' * 30}"]),
    sequence=st.integers(0, 10_000),
    revised=DAYS,
)


@given(EVENTS, st.none() | st.timedeltas(timedelta(minutes=1), timedelta(weeks=99)).map(whole_minutes))
@settings(deadline=None, derandomize=True)
def test_the_bytes_of_an_event_are_icalendar_s_own(event: Event, alarm: timedelta | None) -> None:
    assert vevent(event, alarm) == component_of(event, alarm).to_ical(sorted=False)


@given(PLAIN, PLAIN, st.timedeltas(timedelta(minutes=1), timedelta(days=9999)).map(whole_minutes), st.booleans())
@settings(deadline=None, derandomize=True)
def test_the_bytes_of_a_calendar_are_icalendar_s_own(
    name: str, description: str, refresh: timedelta, has_url: bool
) -> None:
    url = "https://calendars.example.com/all/" if has_url else ""
    feed = FEED._replace(name=name, description=description, refresh=refresh, url=url)
    theirs = calendar_of(feed)
    theirs.add_component(component_of(EVENT, None))
    assert calendar([EVENT], feed) == theirs.to_ical(sorted=False)


# --- the calendar around the events ----------------------------------------------------------------------------------


def test_the_frame_says_everything_in_both_dialects() -> None:
    body = calendar([], FEED._replace(url="https://calendars.example.com/all/", refresh=timedelta(days=1, minutes=30)))
    assert conformant(body) == []
    assert body.decode().split("\r\n")[1:14] == [
        "VERSION:2.0",
        "PRODID:-//calfeed//Reorganization milestones//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Example Trust",
        "X-WR-CALNAME:Example Trust",
        "DESCRIPTION:Reorganization milestones of Example Trust.",
        "X-WR-CALDESC:Reorganization milestones of Example Trust.",
        "X-PUBLISHED-TTL:P1DT30M",
        "REFRESH-INTERVAL;VALUE=DURATION:P1DT30M",
        "COLOR:steelblue",
        "X-APPLE-CALENDAR-COLOR:#4682B4",
        "URL:https://calendars.example.com/all/",
        "BEGIN:VTIMEZONE",
    ]


def test_a_calendar_without_events_holds_one_component_that_is_no_event() -> None:
    body = calendar([])
    assert conformant(body) == []
    assert (body.count(b"BEGIN:VTIMEZONE"), body.count(b"BEGIN:VEVENT")) == (1, 0)


def test_a_timed_event_is_in_utc_with_its_own_end() -> None:
    start = datetime(2031, 2, 28, 20, tzinfo=UTC)
    (read,) = conformant(calendar([EVENT._replace(start=start, end=start + timedelta(hours=1))]))
    assert (read.start, read.end) == (start, start + timedelta(hours=1))
    assert b"DTSTART:20310228T200000Z\r\nDTEND:20310228T210000Z\r\n" in read.octets


def test_alarms_come_only_when_asked_for_and_not_for_what_is_cancelled() -> None:
    events = (EVENT, numbered(1, status=Status.CANCELLED), numbered(2, status=Status.TENTATIVE))
    assert [event.alarms for event in conformant(calendar(events))] == [0, 0, 0]
    with_alarms = conformant(calendar(events, alarm=timedelta(hours=36)))
    assert [event.alarms for event in with_alarms] == [1, 0, 1]
    assert with_alarms[0].octets.count(b"TRIGGER:-P1DT12H\r\n") == 1
    assert [event.uid for event in with_alarms] == [event.uid for event in events]


# --- how much a calendar holds ---------------------------------------------------------------------------------------


def with_milestones(folder: Path, count: int, note: str = "noted", site: str = "") -> Resources:
    """A data folder of two plans that have so many milestones together, on days that follow each other."""
    days = [date(2031, 4, 28) + timedelta(days=number) for number in range(count)]
    milestones = [(f"milestone {day}", f'{{kind: other, date: {day}, note: "{note}"}}') for day in days]
    plans = {
        "plans/a.yaml": plan_of(dict(milestones[: count // 2]), "Example A Portfolio"),
        "plans/b.yaml": plan_of(dict(milestones[count // 2 :]), "Example B Portfolio"),
    }
    return Resources(load(data_folder(folder, {"site.yaml": SITE + site, **plans})))


def body_of(resources: Resources, path: str) -> bytes:
    found = resources.find(path, Choice())
    assert found
    return found.body


def all_uids(resources: Resources) -> list[str]:
    return [event.uid for event in resources.feeds.feed("all").events]


def test_the_oldest_events_leave_a_feed_of_more_than_a_thousand(tmp_path: Path) -> None:
    resources = with_milestones(tmp_path, 1001)
    # One parser: the gate's four take long for so many.
    read = icalendar.Calendar.from_ical(body_of(resources, "/all.ics")).events
    assert MOST_EVENTS == 1000
    assert [event.uid for event in read] == all_uids(resources)[1:]


def test_the_oldest_events_leave_a_feed_of_more_than_900_kilobytes() -> None:
    events = [numbered(number, description="long " * 20_000) for number in range(12)]
    body = calendar(events)
    read = conformant(body)
    assert [event.uid for event in read] == [event.uid for event in events[-len(read) :]]
    one_more = len(vevent(events[-len(read) - 1]))
    assert len(body) <= MOST_OCTETS == 900_000 < len(body) + one_more


def test_an_author_s_own_limit_counts_events_alone(tmp_path: Path) -> None:
    resources = with_milestones(tmp_path, 12, "long " * 16_000, "events per feed: 11\n")
    body = body_of(resources, "/all.ics")
    assert len(body) > MOST_OCTETS
    assert [event.uid for event in conformant(body)] == all_uids(resources)[1:]


# --- folding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [*range(1, 160), 220, 221, 222, 223, 224])
@pytest.mark.parametrize("octet", ["a", "é", "\\", "^"])
def test_a_line_of_any_length_is_folded_and_comes_back_as_it_was(length: int, octet: str) -> None:
    summary = octet * length
    lines = vevent(EVENT._replace(summary=summary)).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    whole = b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")
    (said,) = (line.removeprefix("SUMMARY:") for line in whole if line.startswith("SUMMARY:"))
    assert said.replace("\\\\", "\\") == summary
