"""Feeds and events as RFC 5545 bytes.

Each event has lines of its own: they are written here, and not by icalendar, for the row "all feeds" of
`python -m tests.benchmarks`. Lines that many events or feeds share are written once.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from struct import Struct

from calfeed.feeds.events import Entry, Event, in_one_line
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import Status
from calfeed.formats.format import Format, Octets, Options

MOST_EVENTS = 1_000
MOST_OCTETS = 900_000
"""With MOST_EVENTS, what Google Calendar still takes in from one address."""
_FEW = 300
"""So many events nearly always have room."""
# 75 with the space that begins a continuation.
_LINE_OCTETS = 74
_FOLD = b"\r\n "
_BEFORE_FOLDS, _AFTER_FOLDS = slice(_LINE_OCTETS - 1, -1, _LINE_OCTETS), slice(_LINE_OCTETS, None, _LINE_OCTETS)
"""Where a line is folded that can be folded just anywhere: the octets before its folds, and behind them."""
_ESCAPES = _BACKSLASH, _CARET = b"\\^"
_TWO_DIGITS = tuple(b"%02d" % number for number in range(60))
_BEYOND_ASCII = 0x80

# Without a version: an upgrade must not change every feed's bytes.
_BEGIN = b"""\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//calfeed//Reorganization milestones//EN\r
CALSCALE:GREGORIAN"""
_END = b"END:VCALENDAR\r\n"
_EVENT_BEGINS = b"\r\nBEGIN:VEVENT\r\nUID:"
"""What an event begins with, and nothing else: within a text, a space follows each line break."""
# What a feed without events holds, since a calendar needs one component (RFC 5545 section 3.6).
_UTC_TIMEZONE = b"""\
BEGIN:VTIMEZONE\r
TZID:UTC\r
BEGIN:STANDARD\r
DTSTART:19700101T000000\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0000\r
END:STANDARD\r
END:VTIMEZONE\r
"""


def vevent(event: Event, alarm: timedelta | None = None) -> bytes:
    """An event as a VEVENT (RFC 5545 section 3.6.1).

    With `alarm` it has a VALARM so long before its start, unless it is cancelled.
    """
    uid, summary, description, status, kind, url, start, end, sequence, revised = event  # at once, for the same row
    in_short, in_full = in_one_line(summary), in_one_line(description)
    stamp = _instant(revised, *event.clock(in_short, in_full))
    lines = [
        b"BEGIN:VEVENT",
        _cut(b"UID:" + uid.encode()),  # ASCII without escapes
        b"DTSTAMP:" + stamp,
        _span(start, end),
        _folded(b"SUMMARY:" + _escaped(in_short)),
        _folded(b"DESCRIPTION:" + _escaped(in_full)),
        _standing(kind.label, status, sequence),
        b"LAST-MODIFIED:" + stamp,
    ]
    if url:
        lines.append(_url(url))
    if alarm and status is not Status.CANCELLED:
        lines += _valarm(summary, alarm)
    lines.append(b"END:VEVENT\r\n")
    return b"\r\n".join(lines)


def vcalendar(feed: Feed, vevents: list[bytes], most_octets: int | None = MOST_OCTETS) -> bytes:
    """A feed as a VCALENDAR (RFC 5545 section 3.6, RFC 7986) around the bytes of its events.

    It has at most `most_octets`, if there is such a number: the oldest events leave it first.
    """
    head = _head(feed)
    calendar = b"".join((head, *(vevents or [_UTC_TIMEZONE]), _END))
    if most_octets is None or len(calendar) <= most_octets:
        return calendar
    excess = len(calendar) - most_octets
    left_out = 0
    while excess > 0 and left_out < len(vevents):
        excess -= len(vevents[left_out])
        left_out += 1
    return vcalendar(feed, vevents[left_out:], None)


def _render(feed: Feed, options: Options) -> bytes:
    limit = options.site.events_per_feed
    latest = feed.dated[-(limit or MOST_EVENTS) :]
    if options.alarm:
        vevents = [vevent(event, options.alarm.before) for entry in latest if (event := entry.event)]
    else:
        vevents = _kept_or_made(latest, options, None if limit else MOST_OCTETS)
    return vcalendar(feed, vevents, None if limit else MOST_OCTETS)


def _kept_or_made(latest: Sequence[Entry], options: Options, most_octets: int | None) -> list[bytes]:
    """The VEVENTs of entries. Where many have more than `most_octets`, the older of them are not made."""
    if most_octets is None or len(latest) <= _FEW:  # in half the time of what follows: for the row "all feeds"
        vevents = [entry.vevent for entry in latest]
        if all(vevents):
            return vevents
        _make([entry for entry in latest if not entry.vevent], options)
        return [entry.vevent for entry in latest]
    vevents, octets = [], 0
    for entry in reversed(latest):
        if not entry.vevent:
            _make([entry], options)
        vevents.append(entry.vevent)
        octets += len(entry.vevent)
        if octets > most_octets:
            break
    vevents.reverse()
    return vevents


def _make(entries: Sequence[Entry], options: Options) -> None:
    """Make the VEVENTs of entries, which keep them, or take those of an earlier calendar.

    All events are made first, and then their bytes. Processors take less time for one thing many times than for many
    things in turn: for the row "all feeds".
    """
    earlier = options.earlier.get("ics")
    if earlier:
        for entry in entries:
            entry.vevent = bytes(earlier.get(entry.uid, b""))
        entries = [entry for entry in entries if not entry.vevent]
    events = [entry.event for entry in entries]
    for entry, event in zip(entries, events, strict=True):
        if event:
            entry.vevent = vevent(event)


def _vevents(calendar: bytes) -> dict[str, Octets]:
    """The events of a calendar by UID, but for the last."""
    found: dict[str, Octets] = {}
    for lines in calendar.split(_EVENT_BEGINS)[1:-1]:
        uid = lines[: lines.index(b"\r\nDTSTAMP:")].replace(b"\r\n ", b"")
        found[uid.decode()] = b"%b%b\r\n" % (_EVENT_BEGINS.removeprefix(b"\r\n"), lines)
    return found


FORMAT = Format(
    extension="ics",
    media_type="text/calendar; charset=utf-8",
    label="iCalendar",
    render=_render,
    alarms=True,
    is_limited=True,
    parts=_vevents,
)


def _head(feed: Feed) -> bytes:
    """A VCALENDAR's first lines. Outlook and Google do not know the names of RFC 7986, so two properties have two."""
    name, description = _text(feed.name), _text(feed.description)
    lines = [
        _BEGIN,
        _folded(b"NAME:" + name),
        _folded(b"X-WR-CALNAME:" + name),
        _folded(b"DESCRIPTION:" + description),
        _folded(b"X-WR-CALDESC:" + description),
        _refresh(feed.refresh),
        b"COLOR:steelblue\r\nX-APPLE-CALENDAR-COLOR:#4682B4",
    ]
    if feed.url:
        lines.append(_url(feed.url))
    lines.append(b"")
    return b"\r\n".join(lines)


def _valarm(summary: str, before: timedelta) -> tuple[bytes, ...]:
    """RFC 5545 section 3.6.6."""
    trigger = b"TRIGGER:-" + _duration(before)
    return b"BEGIN:VALARM", b"ACTION:DISPLAY", trigger, _line(b"DESCRIPTION:", summary), b"END:VALARM"


# --- lines that many events or feeds share ---------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _span(start: date, end: date) -> bytes:
    """DTSTART and DTEND. A DATE is never a property's usual type, so it is said (RFC 5545 section 3.8.2.4)."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return b"DTSTART:%b\r\nDTEND:%b" % (_moment(start), _moment(end))
    return b"DTSTART;VALUE=DATE:%b\r\nDTEND;VALUE=DATE:%b" % (_day(start), _day(end))


@lru_cache(maxsize=1_000)
def _standing(category: str, status: Status, sequence: int) -> bytes:
    """CATEGORIES to SEQUENCE."""
    return b"\r\n".join(
        (
            _line(b"CATEGORIES:", category),
            b"STATUS:" + status.encode(),
            b"TRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
            b"SEQUENCE:%d" % sequence,
        )
    )


@lru_cache(maxsize=16)
def _refresh(every: timedelta) -> bytes:
    """RFC 7986 section 5.7 asks for the value's type."""
    return b"X-PUBLISHED-TTL:%b\r\nREFRESH-INTERVAL;VALUE=DURATION:%b" % (_duration(every), _duration(every))


@lru_cache(maxsize=1_000)
def _url(url: str) -> bytes:
    return _folded(b"URL:" + url.encode())


# --- values and lines ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _day(day: date) -> bytes:
    """RFC 5545 section 3.3.4."""
    return b"%04d%02d%02d" % (day.year, day.month, day.day)


def _instant(day: date, hour: int, minute: int, second: int) -> bytes:
    """RFC 5545 section 3.3.5: an instant in UTC."""
    return b"".join((_day(day), b"T", _TWO_DIGITS[hour], _TWO_DIGITS[minute], _TWO_DIGITS[second], b"Z"))


def _moment(moment: datetime) -> bytes:
    return _instant(moment.date(), moment.hour, moment.minute, moment.second)


def _duration(length: timedelta) -> bytes:
    """RFC 5545 section 3.3.6: days, hours and minutes."""
    hours, minutes = divmod(length.seconds // 60, 60)
    days = b"%dD" % length.days if length.days else b""
    time = b"".join(b"%d%b" % part for part in ((hours, b"H"), (minutes, b"M")) if part[0])
    return b"P%b%b%b" % (days, b"T" if time else b"", time)


def _text(text: str) -> bytes:
    """RFC 5545 section 3.3.11."""
    return _escaped(in_one_line(text))


def _escaped(line: bytes) -> bytes:
    """The rest of the escapes of a text in one line.

    In bytes, where a replacement takes a third of the time: for the row "all feeds".
    """
    return line.replace(b";", b"\\;").replace(b",", b"\\,")


def _line(name: bytes, text: str) -> bytes:
    """The content line (RFC 5545 section 3.1) of a TEXT; `name` ends in a colon."""
    return _folded(name + _text(text))


def _folded(line: bytes) -> bytes:
    """A content line folded (RFC 5545 section 3.1) by octets, never within a character or an escape, without its CRLF.

    icalendar folds between the two backslashes of an escaped one, which some parsers do not forgive.
    """
    length = len(line)
    if length <= _LINE_OCTETS:
        return line
    if length <= 2 * _LINE_OCTETS and line[_LINE_OCTETS] < _BEYOND_ASCII and line[_LINE_OCTETS - 1] not in _ESCAPES:
        return _FOLD.join((line[:_LINE_OCTETS], line[_LINE_OCTETS:]))  # in half the time: for the row "all feeds"
    before_folds = line[_BEFORE_FOLDS]
    # A number is looked for: to look for bytes in bytes takes several times as long.
    if _BACKSLASH not in before_folds and _CARET not in before_folds and line[_AFTER_FOLDS].isascii():
        return _cut(line)
    end = _LINE_OCTETS
    while line[end] < _BEYOND_ASCII and line[end - 1] not in _ESCAPES:
        end += _LINE_OCTETS
    end = _fold(line, end)
    return _FOLD.join((_cut(line[:end]), _folded(line[end:])))


def _cut(line: bytes) -> bytes:
    """A content line folded every 74 octets."""
    return _FOLD.join(_in_equal_pieces(len(line))(line))


@lru_cache(maxsize=2_000)
def _in_equal_pieces(length: int) -> Callable[[bytes], tuple[bytes, ...]]:
    """Return what cuts a line of this length every 74 octets. It takes a third of the time of slices."""
    whole, rest = divmod(length, _LINE_OCTETS)
    return Struct(f"{_LINE_OCTETS}s" * whole + (f"{rest}s" if rest else "")).unpack


def _fold(line: bytes, end: int) -> int:
    """Where to fold a line at or before `end`."""
    while line[end] & 0b1100_0000 == 0b1000_0000:  # within a UTF-8 character
        end -= 1
    if line[end - 1] == _BACKSLASH:
        escapes = line[:end]
        end -= (len(escapes) - len(escapes.rstrip(b"\\"))) % 2
    elif line[end - 1] == _CARET:  # the escape of parameters (RFC 6868), kept together as icalendar does
        end -= 1
    return end
