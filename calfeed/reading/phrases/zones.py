"""Time zones as filings name them: by their own names, by a city or a land, or by an IANA name."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from pkgutil import get_data
from typing import NamedTuple
from zoneinfo import ZoneInfo

from calfeed.model.when import in_words
from calfeed.reading.phrases.errors import PhraseError, Reason
from calfeed.reading.phrases.tokens import Found, Table, Text


class Zone(NamedTuple):
    """The zone of a clock time.

    `iana` is its name. `hours` are its offset from UTC, where the words name one ("EST"). `other` is a second zone that
    may be meant. `advice` is what says it clearly. Without `iana` the words are refused, and `advice` says why.
    `words` are those of the source.
    """

    iana: str = ""
    hours: int | None = None
    other: str = ""
    advice: str = ""
    words: str = ""


_MOUNTAIN = "Phoenix (which keeps one time all year) or Denver"
_EUROPE = "the city, such as Luxembourg or Paris"
_AUSTRALIA = "the city, such as Sydney or Brisbane"
_ZONES = {
    "(eastern|et)": Zone("America/New_York"),
    "(est|eastern standard)": Zone("America/New_York", -5, advice="Eastern"),
    "(edt|eastern daylight [saving|savings])": Zone("America/New_York", -4, advice="Eastern"),
    "(central|ct)": Zone("America/Chicago"),
    "(cst|central standard)": Zone("America/Chicago", -6, advice="Central"),
    "(cdt|central daylight [saving|savings])": Zone("America/Chicago", -5, advice="Central"),
    "mountain": Zone("America/Denver"),
    "mt": Zone("America/Denver", other="America/Phoenix", advice=_MOUNTAIN),
    "(mst|mountain standard)": Zone("America/Denver", -7, advice=_MOUNTAIN),
    "(mdt|mountain daylight [saving|savings])": Zone("America/Denver", -6, advice=_MOUNTAIN),
    "(pacific|pt)": Zone("America/Los_Angeles"),
    "(pst|pacific standard)": Zone("America/Los_Angeles", -8, advice="Pacific"),
    "(pdt|pacific daylight [saving|savings])": Zone("America/Los_Angeles", -7, advice="Pacific"),
    "(alaska|alaskan)": Zone("America/Anchorage"),
    "(akst|alaska standard)": Zone("America/Anchorage", -9, advice="Alaska"),
    "(akdt|alaska daylight)": Zone("America/Anchorage", -8, advice="Alaska"),
    "(hawaii|hawaiian|hst|hawaii standard|hawaii-aleutian standard)": Zone("Pacific/Honolulu"),
    "(arizona|phoenix)": Zone("America/Phoenix"),
    "atlantic": Zone("America/Halifax"),
    "(adt|atlantic daylight)": Zone("America/Halifax", -3, advice="Atlantic"),
    "newfoundland": Zone("America/St_Johns"),
    "(cet|central european [standard])": Zone("Europe/Paris", 1, advice=_EUROPE),
    "(cest|central european summer)": Zone("Europe/Paris", 2, advice=_EUROPE),
    "(aest|australian eastern standard)": Zone("Australia/Sydney", 10, advice=_AUSTRALIA),
    "(aedt|australian eastern daylight)": Zone("Australia/Sydney", 11, advice=_AUSTRALIA),
    "(hkt|hong kong standard)": Zone("Asia/Hong_Kong"),
    "(sgt|singapore standard)": Zone("Asia/Singapore"),
    "(jst|japan|japan standard|japanese)": Zone("Asia/Tokyo"),
    "(indian|indian standard|mumbai|new delhi|delhi)": Zone("Asia/Kolkata"),
    "(irish|irish standard)": Zone("Europe/Dublin"),
    "(uk|united kingdom|great britain|british|england|english|edinburgh|scotland)": Zone("Europe/London"),
    "(swiss|geneva)": Zone("Europe/Zurich"),
    "(german|frankfurt|munich)": Zone("Europe/Berlin"),
    "french": Zone("Europe/Paris"),
    "(italian|milan)": Zone("Europe/Rome"),
    "(dutch|netherlands|the netherlands)": Zone("Europe/Amsterdam"),
    "swedish": Zone("Europe/Stockholm"),
    "danish": Zone("Europe/Copenhagen"),
    "norwegian": Zone("Europe/Oslo"),
    "finnish": Zone("Europe/Helsinki"),
    "austrian": Zone("Europe/Vienna"),
    "belgian": Zone("Europe/Brussels"),
    "(new york city|boston|philadelphia|washington, dc|baltimore|atlanta|pittsburgh|charlotte)": Zone(
        "America/New_York"
    ),
    "(dallas|houston|milwaukee|minneapolis|kansas city|st. louis|des moines|omaha)": Zone("America/Chicago"),
    "(san francisco|seattle|san diego|newport beach)": Zone("America/Los_Angeles"),
    "(montreal|ottawa)": Zone("America/Toronto"),
    "(beijing|china standard)": Zone("Asia/Shanghai"),
    "korean": Zone("Asia/Seoul"),
    "utc": Zone("UTC"),
    "(gmt|greenwich mean)": Zone(advice="does not say which clocks are meant: name a city, such as London or Dublin"),
    "(bst|british summer)": Zone(advice="does not say which clocks are meant: name a city, such as London"),
    "ist": Zone(advice="is Irish, Indian or Israel time: name a city, such as Dublin or Mumbai"),
    "(georgia|san juan|san luis|san marino|norfolk|petersburg|center|monticello|marengo|knox|davis|palmer|casey|chatham"
    "|stanley|creston|dawson|gambier|midway|wake|monrovia|cordoba|la rioja|merida|easter|christmas|oral)": Zone(
        advice="names places in several zones: name the zone or another place in it, such as Eastern or Puerto Rico"
    ),
    "local": Zone(advice="does not say whose: name a zone or a city, such as Eastern, Phoenix or London"),
}
"""What filings call zones; cities and lands that have one zone are known from the zone data too.

Names that the zone data has for one place alone, and that the United States or Spain have as well, are refused.
"""
ZONE_ADVICE = (
    "add Eastern, Central, Mountain, Pacific, Alaska, Hawaii, a city (as in London time) or an IANA name (as in "
    "America/Chicago)"
)
_IANA = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+)+")


def zone_at(text: Text, index: int) -> Found[Zone] | None:
    """The zone in a text at a token: `Eastern`, `, Eastern Time (ET)`, `(New York time)`, `America/Chicago`."""
    start = index + (text.at(index) == ",")
    is_bracketed = text.at(start) == "("
    found = _bare_zone_at(text, start + is_bracketed)
    if found is None or not is_bracketed:
        return found
    return Found(found.meaning, found.end + 1) if text.at(found.end) == ")" else None


def instant(day: date, clock: time, zone: Zone) -> datetime:
    """The instant of a clock time on a day.

    Raises PhraseError where the words do not say which clocks are meant, or those clocks skip or repeat that time.
    """
    if not zone.iana:
        raise PhraseError(Reason.ZONE, f'"{zone.words}" {zone.advice}')
    local = datetime.combine(day, clock, tzinfo=_rules(zone.iana))
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise PhraseError(
            Reason.IMPOSSIBLE, f"the clocks change at {clock:%H:%M} on {in_words(day)}: it is skipped or happens twice"
        )
    if zone.hours is not None and local.utcoffset() != timedelta(hours=zone.hours):
        raise PhraseError(Reason.ZONE, f'"{zone.words}" is not in force on {in_words(day)}: name {zone.advice}')
    if zone.other and local.utcoffset() != datetime.combine(day, clock, tzinfo=_rules(zone.other)).utcoffset():
        raise PhraseError(Reason.ZONE, f'"{zone.words}" is ambiguous on {in_words(day)}: name {zone.advice}')
    return local


def _bare_zone_at(text: Text, index: int) -> Found[Zone] | None:
    iana = _IANA.match(text.raw, text.tokens[index].start) if index < len(text.tokens) else None
    if iana and (name := _iana_names().get(iana[0].lower())):
        end = index
        while end < len(text.tokens) and text.tokens[end].start < iana.end():
            end += 1
        return Found(Zone(name), end)
    index = _past_any(
        text, index, {"prevailing", "us", "local"} if text.at(index + 1) not in {"time", ")", ""} else set()
    )
    found = _words().at(text, index)
    # As nearly always, nothing behind it could be more of its name: then the zone data need not be read.
    is_whole = found and text.at(found.end) in {"time", "", "(", ")"}
    place = None if is_whole else _places().at(text, index)
    if place and (found is None or place.end > found.end):
        found = place  # "Norfolk Island"
    if found is None:
        return None
    end = _past_any(text, found.end, {"prevailing", "standard"} if text.at(found.end) == "prevailing" else set())
    end += text.at(end) == "time"
    words = text.between(index, end)
    return Found(found.meaning._replace(words=words), _past_abbreviation(text, end, found.meaning))


def _past_any(text: Text, index: int, words: set[str]) -> int:
    return index + 1 if text.at(index) in words else index


def local(instant: datetime, zone: str) -> datetime:
    """The local time of an instant in a zone, by its IANA name."""
    return instant.astimezone(_rules(zone))


def _past_abbreviation(text: Text, index: int, zone: Zone) -> int:
    """The index behind `(ET)` or `(US)`, which say the same once more."""
    again = _words().at(text, index + 1) if text.at(index) == "(" else None
    if again and again.meaning.iana == zone.iana and text.at(again.end) == ")":
        return again.end + 1
    return index + 3 if text.has(index, "(", "us", ")") else index


@cache
def _words() -> Table[Zone]:
    return Table(_ZONES)


@cache
def _places() -> Table[Zone]:
    """The cities and lands of the zone data that have one zone and one name."""
    zones: dict[str, set[str]] = {}
    lands: dict[str, str] = {}
    for line in _lines("iso3166.tab"):
        code, name = line.split("\t")[:2]
        lands[code] = name
    for line in _lines("zone.tab"):
        code, _, zone = line.split("\t")[:3]
        city = zone.rpartition("/")[2].replace("_", " ")
        zones.setdefault(city, set()).add(zone)
        zones.setdefault(lands[code], set()).add(zone)
    single = {name: next(iter(found)) for name, found in zones.items() if len(found) == 1 and "(" not in name}
    return Table({name: Zone(zone) for name, zone in single.items()})


def _lines(name: str) -> list[str]:
    text = _file(f"zoneinfo/{name}").decode()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _iana_names() -> dict[str, str]:
    names = _file("zones").decode().split()
    return {name.lower(): name for name in names}


@cache
def _rules(name: str) -> ZoneInfo:
    return ZoneInfo.from_file(BytesIO(_file(f"zoneinfo/{name}")), key=name)


def _file(name: str) -> bytes:
    """A file of the tzdata package, and never of the system, whose rules may differ from machine to machine."""
    content = get_data("tzdata", name)
    if content is None:
        raise FileNotFoundError(name)
    return content
