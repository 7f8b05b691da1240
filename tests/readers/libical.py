"""Prints what libical reads in the iCalendar files that it is given, as JSON; for Debian's own Python, which has gi."""

import json
import sys
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]  # Debian's, not in the tests' environment

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found]  # noqa: E402 -- the version comes first


def point(time: Any) -> str:
    """A day, or an instant, marked as UTC if it is."""
    day = f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"
    if time.is_date():
        return day
    clock = f"{time.get_hour():02}:{time.get_minute():02}:{time.get_second():02}"
    return f"{day}T{clock}{'Z' if time.is_utc() else ''}"


def events(path: str) -> list[list[str]]:
    """The events of a file; libical notes what it cannot read as errors inside the component."""
    calendar = ICalGLib.Component.new_from_string(Path(path).read_bytes().decode())
    if calendar is None or calendar.count_errors():
        sys.exit(f"libical refuses {path}: {calendar and calendar.as_ical_string()}")
    kind = ICalGLib.ComponentKind.VEVENT_COMPONENT
    read = []
    event = calendar.get_first_component(kind)
    while event:
        status = ICalGLib.Property.status_to_string(event.get_status())
        span = [point(event.get_dtstart()), point(event.get_dtend())]
        read.append([event.get_uid(), event.get_summary(), event.get_description(), *span, status])
        event = calendar.get_next_component(kind)
    return read


json.dump({path: events(path) for path in sys.argv[1:]}, sys.stdout)
