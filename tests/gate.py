"""The gate that every feed a test renders goes through: a check of the bytes, then three parsers in Python.

`conformant` refuses a feed that some calendar is known to refuse or to misread, and gives back what the parsers agree
that it holds. tests/test_ics.py breaks a good feed in each way and sees it refused. tests/test_conformance.py asks
calendars and parsers of other languages, a process each, and `read_by_ics`, which takes four times as long as all else.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

import icalendar
import ics  # type: ignore[import-untyped]  # it ships no types
import vobject  # type: ignore[import-untyped]  # it ships no types
from ical.calendar_stream import IcsCalendarStream

MOST_OCTETS_OF_A_LINE = 75
MOST_OCTETS_OF_A_UID = 202
MOST_UNITS_OF_A_SUMMARY = 255

# The first three make a feed an invitation, libical refuses the fourth, and nothing of ours recurs.
_FORBIDDEN = frozenset({"METHOD", "ORGANIZER", "ATTENDEE", "LINK", "RRULE", "RDATE"})
_ONCE_IN_A_CALENDAR = ("VERSION", "PRODID", "NAME", "X-WR-CALNAME")
_ONCE_IN_AN_EVENT = (
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS",
    "SEQUENCE", "LAST-MODIFIED",
)  # fmt: skip
_STATUSES = frozenset({"CONFIRMED", "TENTATIVE", "CANCELLED"})

_TEXTS = ("NAME", "X-WR-CALNAME", "X-WR-CALDESC", "SUMMARY", "DESCRIPTION")
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_CONTENT_LINE = re.compile(r"(?P<name>[A-Z][A-Z0-9-]*)(?P<parameters>(?:;[A-Z-]+=[^;:,\"]+)*):(?P<value>.*)")
_DAY = re.compile(r"\d{8}")
_INSTANT = re.compile(r"\d{8}T\d{6}Z")
_UID = re.compile(r"[A-Za-z0-9.-]+@[A-Za-z0-9.-]+")


class NotConformantError(AssertionError):
    """What is wrong with a feed, and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An event of a conformant feed: its bytes, and what every parser reads in them.

    `start` and `end` are days (the end exclusive) or instants in UTC.
    """

    uid: str
    summary: str
    description: str
    start: date
    end: date
    status: str
    sequence: int
    stamp: str
    url: str
    alarms: int
    octets: bytes

    @property
    def last_day(self) -> date:
        """The last day of an all-day event."""
        return self.end - timedelta(days=1)

    @property
    def revision(self) -> str:
        """The day and the hour of DTSTAMP, which declared revisions alone change: `20310303T01`."""
        return self.stamp[: len("20310303T01")]

    @property
    def lines(self) -> list[str]:
        """The lines of the DESCRIPTION."""
        return self.description.split("\n")


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    parameters: str
    value: str


@dataclass(slots=True)
class _Component:
    name: str
    lines: list[_Line]
    parts: list["_Component"]

    def values(self, name: str) -> list[str]:
        return [line.value for line in self.lines if line.name == name]

    def line(self, name: str) -> _Line:
        found = [line for line in self.lines if line.name == name]
        _need(len(found) == 1, f"{name} stands {len(found)} times in a {self.name}")
        return found[0]

    def everything(self) -> list["_Component"]:
        return [self, *(inner for part in self.parts for inner in part.everything())]


def conformant(feed: bytes) -> list[Seen]:
    """The events of a feed, in its order; raises NotConformantError where anything is wrong with it."""
    calendar = _structure(_physical_lines(feed))
    _check_calendar(calendar)
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    for event in events:
        _check_event(event)
    uids = Counter(event.line("UID").value for event in events)
    _need(len(uids) == len(events), f"these UIDs stand more than once: {[uid for uid in uids if uids[uid] > 1]}")
    order = [(event.line("DTSTART").value, event.line("UID").value) for event in events]
    _need(order == sorted(order), "the events do not stand by start and UID")
    texts = _read_by_parsers(feed, _facts_of(events))
    bodies = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", feed, re.DOTALL)
    return [
        Seen(
            uid=(uid := event.line("UID").value),
            summary=texts[uid][0],
            description=texts[uid][1],
            start=_span(event)[0],
            end=_span(event)[1],
            status=event.line("STATUS").value,
            sequence=int(event.line("SEQUENCE").value),
            stamp=event.line("DTSTAMP").value,
            url="".join(event.values("URL")),
            alarms=len(event.parts),
            octets=body,
        )
        for event, body in zip(events, bodies, strict=True)
    ]


def read_by_ics(feed: bytes) -> None:
    """Have ics read a feed; raises NotConformantError where it does not see the feed's events, days and STATUS."""
    calendar = _structure(_physical_lines(feed))
    _agreed("ics", _by_ics, feed, _facts_of(part for part in calendar.parts if part.name == "VEVENT"))


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise NotConformantError(message)


# --- the bytes -------------------------------------------------------------------------------------------------------


def _physical_lines(feed: bytes) -> list[str]:
    """The unfolded lines (RFC 5545 section 3.1), after a check of each line as it is sent."""
    _need(not feed.startswith(b"\xef\xbb\xbf"), "it begins with a byte order mark")
    _need(feed.startswith(b"BEGIN:VCALENDAR\r\n"), "it does not begin with BEGIN:VCALENDAR")
    _need(feed.endswith(b"\r\n"), "its last line does not end with CRLF")
    unfolded: list[str] = []
    before = ""
    for number, octets in enumerate(feed.split(b"\r\n")[:-1], start=1):
        where = f"line {number}, {octets!r},"
        _need(not re.search(rb"[\r\n]", octets), f"{where} holds a bare CR or LF")
        _need(not re.search(rb"[\x00-\x1f\x7f]", octets), f"{where} holds a control character")
        _need(octets.strip() != b"", f"{where} is empty")
        _need(
            len(octets) <= MOST_OCTETS_OF_A_LINE,
            f"{where} has {len(octets)} octets, more than {MOST_OCTETS_OF_A_LINE}",
        )
        try:
            line = octets.decode()
        except UnicodeDecodeError:
            raise NotConformantError(f"{where} is not UTF-8 by itself") from None
        if line.startswith(" "):
            escapes = len(before) - len(before.rstrip("\\"))
            _need(escapes % 2 == 0, f"{where} is folded between a backslash and its character")
            unfolded[-1] += line[1:]
            before = line[1:]
        else:
            unfolded.append(line)
            before = line
    return unfolded


def _structure(lines: list[str]) -> _Component:
    """The one VCALENDAR that the lines make."""
    root = _Component("", [], [])
    open_ones = [root]
    for text in lines:
        match = _CONTENT_LINE.fullmatch(text)
        _need(match is not None, f"{text!r} is not a content line")
        assert match is not None
        line = _Line(match["name"], match["parameters"], match["value"])
        if line.name == "BEGIN":
            component = _Component(line.value, [], [])
            open_ones[-1].parts.append(component)
            open_ones.append(component)
        elif line.name == "END":
            _need(line.value == open_ones.pop().name, f"{text!r} ends what is not open")
        else:
            open_ones[-1].lines.append(line)
    _need(len(open_ones) == 1, f"{open_ones[-1].name} has no end")
    _need([part.name for part in root.parts] == ["VCALENDAR"], "it is not one VCALENDAR")
    return root.parts[0]


# --- the properties --------------------------------------------------------------------------------------------------


def _check_calendar(calendar: _Component) -> None:
    for name in _ONCE_IN_A_CALENDAR:
        _need(calendar.line(name).value != "", f"{name} is empty")
    _need(calendar.lines[0] == _Line("VERSION", "", "2.0"), "VERSION:2.0 is not the first property")
    _need(calendar.line("NAME").value == calendar.line("X-WR-CALNAME").value, "NAME and X-WR-CALNAME differ")
    _need(calendar.parts != [], "it holds no component")
    for component in calendar.everything():
        for line in component.lines:
            _need(line.name not in _FORBIDDEN, f"{component.name} has {line.name}")
            escaped = line.name not in _TEXTS or _TEXT.fullmatch(line.value)
            _need(bool(escaped), f"{line} is not escaped as RFC 5545 section 3.3.11 says")


def _check_event(event: _Component) -> None:
    for name in _ONCE_IN_AN_EVENT:
        event.line(name)
    uid = event.line("UID").value
    _need(_UID.fullmatch(uid) is not None, f"the UID {uid!r} is not letters, digits, dots and hyphens around one @")
    _need(len(uid.encode()) <= MOST_OCTETS_OF_A_UID, f"the UID {uid!r} has more than {MOST_OCTETS_OF_A_UID} octets")
    start, end = _span(event)
    _need(type(start) is type(end), f"{uid}: DTSTART and DTEND are of two value types")
    _need(str(start) < str(end), f"{uid}: DTEND is not after DTSTART")
    summary = event.line("SUMMARY").value
    _need(re.search(r"(?<!\\)(?:\\\\)*\\[nN]", summary) is None, f"{uid}: SUMMARY has a line break")
    units = len(_unescaped(summary).encode("utf-16-le")) // 2
    _need(0 < units <= MOST_UNITS_OF_A_SUMMARY, f"{uid}: SUMMARY has {units} UTF-16 units")
    _need(event.line("STATUS").value in _STATUSES, f"{uid}: STATUS is {event.line('STATUS').value!r}")
    _need(event.line("TRANSP").value == "TRANSPARENT", f"{uid}: TRANSP is not TRANSPARENT")
    busy = event.line("X-MICROSOFT-CDO-BUSYSTATUS").value
    _need(busy == "FREE", f"{uid}: X-MICROSOFT-CDO-BUSYSTATUS is not FREE")
    _need(event.line("SEQUENCE").value.isdecimal(), f"{uid}: SEQUENCE is not a number")
    _need(_INSTANT.fullmatch(event.line("DTSTAMP").value) is not None, f"{uid}: DTSTAMP is not an instant in UTC")
    _need(event.line("DTSTAMP").value == event.line("LAST-MODIFIED").value, f"{uid}: DTSTAMP is not LAST-MODIFIED")
    _need(len(event.values("CATEGORIES")) <= 1, f"{uid}: CATEGORIES stands more than once, which ics refuses")
    for url in event.values("URL"):
        _need(url.startswith(("https://", "http://")), f"{uid}: URL {url!r} is not a web address")
    for alarm in event.parts:
        _need(alarm.name == "VALARM", f"{uid}: it holds a {alarm.name}")
        _need(event.line("STATUS").value != "CANCELLED", f"{uid}: it is cancelled and has an alarm")
        _need(alarm.line("ACTION").value == "DISPLAY", f"{uid}: an alarm's ACTION is not DISPLAY")
        _need(alarm.line("TRIGGER").value.startswith("-P"), f"{uid}: an alarm's TRIGGER is not before the event")
        _need(alarm.line("DESCRIPTION").value != "", f"{uid}: an alarm has no DESCRIPTION")


def _span(event: _Component) -> tuple[date, date]:
    return _point(event.line("DTSTART")), _point(event.line("DTEND"))


def _point(line: _Line) -> date:
    try:
        if line.parameters == ";VALUE=DATE" and _DAY.fullmatch(line.value):
            return date.fromisoformat(line.value)
        if line.parameters == "" and _INSTANT.fullmatch(line.value):
            return datetime.fromisoformat(line.value)
    except ValueError as error:
        raise NotConformantError(f"{line}: {error}") from None
    raise NotConformantError(f"{line} is neither a day with VALUE=DATE nor an instant in UTC")


def _unescaped(text: str) -> str:
    """A TEXT value as people see it (RFC 5545 section 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


# --- the parsers -----------------------------------------------------------------------------------------------------

_Facts: TypeAlias = dict[str, tuple[date, date, str]]
_Texts: TypeAlias = dict[str, tuple[str, str]]


def _facts_of(events: Iterable[_Component]) -> _Facts:
    """The days and the STATUS of each event by its UID, as they are written."""
    return {event.line("UID").value: (*_span(event), event.line("STATUS").value) for event in events}


def _read_by_parsers(feed: bytes, expected: _Facts) -> _Texts:
    """SUMMARY and DESCRIPTION by UID; all parsers must see the expected events, their days and their STATUS."""
    texts = [_agreed(name, parser, feed, expected) for name, parser in _PARSERS.items()]
    _need(all(read == texts[0] for read in texts), f"the parsers read different texts: {texts}")
    return texts[0]


def _agreed(name: str, parser: "_Parser", feed: bytes, expected: _Facts) -> _Texts:
    """The texts that a parser reads; it must see the expected events."""
    try:
        count, facts, texts = parser(feed.decode())
    except Exception as error:
        raise NotConformantError(f"{name} refuses it: {error}") from error
    _need(count == len(expected), f"{name} sees {count} events instead of {len(expected)}")
    different = {uid for uid in facts.keys() | expected.keys() if facts.get(uid) != expected.get(uid)}
    _need(not different, f"{name} sees something else of {sorted(different)}: {facts} instead of {expected}")
    return texts


def _by_ical(text: str) -> tuple[int, _Facts, _Texts]:
    """Home Assistant's parser."""
    events = IcsCalendarStream.calendar_from_ics(text).events
    facts = {str(event.uid): (event.start, event.end, str(event.status and event.status.value)) for event in events}
    return len(events), facts, {str(event.uid): (event.summary or "", event.description or "") for event in events}


def _by_icalendar(text: str) -> tuple[int, _Facts, _Texts]:
    """What calfeed writes with, and khal reads with."""
    events = icalendar.Calendar.from_ical(text).events
    facts = {event.uid: (_in_utc(event.start), _in_utc(event.end), str(event.status)) for event in events}
    return len(events), facts, {event.uid: (str(event.summary), str(event.description)) for event in events}


def _by_vobject(text: str) -> tuple[int, _Facts, _Texts]:
    calendars = list(vobject.readComponents(text))
    for calendar in calendars:
        calendar.validate(raiseException=True)
    events = [event for calendar in calendars for event in calendar.contents.get("vevent", [])]
    facts = {
        event.uid.value: (_in_utc(event.dtstart.value), _in_utc(event.dtend.value), event.status.value)
        for event in events
    }
    return len(events), facts, {event.uid.value: (event.summary.value, event.description.value) for event in events}


def _by_ics(text: str) -> tuple[int, _Facts, _Texts]:
    """Its texts are left out: ics 0.7.3 reads an escaped backslash before n as a line break."""
    events = ics.Calendar(text).events
    facts = {
        event.uid: (event.begin.date(), event.end.date(), event.status)
        if event.all_day
        else (_in_utc(event.begin.datetime), _in_utc(event.end.datetime), event.status)
        for event in events
    }
    return len(events), facts, {}


def _in_utc(point: date) -> date:
    return point.astimezone(UTC) if isinstance(point, datetime) else point


_Parser: TypeAlias = Callable[[str], tuple[int, Any, _Texts]]
_PARSERS: dict[str, _Parser] = {"ical": _by_ical, "icalendar": _by_icalendar, "vobject": _by_vobject}
