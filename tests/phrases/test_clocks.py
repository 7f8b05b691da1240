"""Clock times and their zones."""

import pytest

from calfeed.model.when import Dated
from calfeed.reading.phrases import read_phrase
from tests.phrases.stating import error_of, stating


@pytest.mark.parametrize(
    ("zone", "name", "hour_in_utc"),
    [
        ("Eastern", "America/New_York", 17),
        ("Central", "America/Chicago", 18),
        ("Mountain", "America/Denver", 19),
        ("Pacific", "America/Los_Angeles", 20),
        ("Alaska", "America/Anchorage", 21),
        ("Hawaii", "Pacific/Honolulu", 23),
        ("Phoenix", "America/Phoenix", 20),
        ("Denver", "America/Denver", 19),
        ("ET", "America/New_York", 17),
        ("CT", "America/Chicago", 18),
        ("PT", "America/Los_Angeles", 20),
        ("EDT", "America/New_York", 17),
        ("CDT", "America/Chicago", 18),
        ("PDT", "America/Los_Angeles", 20),
        ("Eastern Daylight Time", "America/New_York", 17),
        ("Pacific Daylight Savings Time", "America/Los_Angeles", 20),
        ("(Eastern)", "America/New_York", 17),
        ("(Eastern Time)", "America/New_York", 17),
        ("Eastern Time (ET)", "America/New_York", 17),
        ("U.S. Eastern time", "America/New_York", 17),
        ("prevailing Eastern Time", "America/New_York", 17),
        ("New York time", "America/New_York", 17),
        ("New York City time", "America/New_York", 17),
        ("Boston time", "America/New_York", 17),
        ("London time", "Europe/London", 12),
        ("London", "Europe/London", 12),
        ("UK time", "Europe/London", 12),
        ("Irish time", "Europe/Dublin", 12),
        ("Dublin time", "Europe/Dublin", 12),
        ("Luxembourg time", "Europe/Luxembourg", 11),
        ("CEST", "Europe/Paris", 11),
        ("Hong Kong time", "Asia/Hong_Kong", 5),
        ("Indian Standard Time", "Asia/Kolkata", None),
        ("Toronto time", "America/Toronto", 17),
        ("Sydney time", "Australia/Sydney", 3),
        ("America/Chicago", "America/Chicago", 18),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", 16),
        ("UTC", "UTC", 13),
    ],
)
def test_a_zone_is_known_by_its_names(zone: str, name: str, hour_in_utc: int | None) -> None:
    instant = "07:30" if hour_in_utc is None else f"{hour_in_utc:02}:00"
    states = f"2031-07-10, exact, 2031-07-10T{instant}Z {name}"
    assert stating(f"July 10, 2031 at 1:00 p.m. {zone}") == states
    assert stating(f"at 1:00 p.m., {zone}, on Thursday, July 10, 2031") == states


@pytest.mark.parametrize(
    ("clock", "utc"),
    [
        ("1 p.m.", "18:00"),
        ("1pm", "18:00"),
        ("1:30 PM", "18:30"),
        ("1.30 p.m.", "18:30"),
        ("13:00", "18:00"),
        ("16.30", "21:30"),
        ("09:00 hours", "14:00"),
        ("9:05 a.m.", "14:05"),
        ("9.00 A.M.", "14:00"),
        ("10 o'clock a.m.", "15:00"),
        ("12:00 p.m.", "17:00"),
        ("12:00 noon", "17:00"),
        ("12:00 p.m. (noon)", "17:00"),
        ("12 noon", "17:00"),
        ("noon", "17:00"),
        ("12:00 a.m.", "05:00"),
        ("12:01 a.m.", "05:01"),
        ("0:30", "05:30"),
        ("00:30 a.m.", "05:30"),
        ("00.30 a.m.", "05:30"),
    ],
)
def test_a_clock_time_is_read(clock: str, utc: str) -> None:
    states = f"2011-02-28, exact, 2011-02-28T{utc}Z America/New_York"
    assert stating(f"{clock} Eastern on February 28, 2011") == states
    assert stating(f"February 28, 2011, at {clock}, Eastern Time") == states


@pytest.mark.parametrize(
    ("phrase", "states"),
    [
        ("February 28, 2011 at 11:30 p.m. Eastern", "2011-02-28, exact, 2011-03-01T04:30Z America/New_York"),
        (
            "on or about December 29, 2011 at 5:00 p.m. ET",
            "2011-12-29, approximate, 2011-12-29T22:00Z America/New_York",
        ),
        (
            "December 29, 2011 at approximately 5:00 p.m. ET",
            "2011-12-29, approximate, 2011-12-29T22:00Z America/New_York",
        ),
        ("by 5:00 p.m. Eastern on December 29, 2011", "2011-12-29, no later than, 2011-12-29T22:00Z America/New_York"),
        (
            "before 5:00 p.m. Eastern on December 29, 2011",
            "2011-12-29, no later than, 2011-12-29T22:00Z America/New_York",
        ),
        (
            "December 29, 2011, no later than 5:00 p.m. ET",
            "2011-12-29, no later than, 2011-12-29T22:00Z America/New_York",
        ),
        ("December 29, 2011 at 5:00 p.m. ET (expected)", "2011-12-29, expected, 2011-12-29T22:00Z America/New_York"),
        (
            "commencing at 5:00 p.m. Eastern on December 29, 2011",
            "2011-12-29, exact, 2011-12-29T22:00Z America/New_York",
        ),
        (
            "at the close of business (4:00 p.m. Eastern) on December 29, 2011",
            "2011-12-29, exact, close of business, 2011-12-29T21:00Z America/New_York",
        ),
        # Arizona keeps one time all year: in winter both readings of "MST" are one.
        ("January 10, 2031 at 1:00 p.m. MST", "2031-01-10, exact, 2031-01-10T20:00Z America/Denver"),
        ("March 9, 2008 at 2:30 a.m. Phoenix", "2008-03-09, exact, 2008-03-09T09:30Z America/Phoenix"),
    ],
)
def test_a_clock_time_goes_with_every_other_part(phrase: str, states: str) -> None:
    assert stating(phrase) == states


@pytest.mark.parametrize(
    ("clock", "message"),
    [
        ("1:00 p.m.", '"1:00 p.m." has no zone: add Eastern'),
        ("noon", '"noon" has no zone: add Eastern'),
        ("1:00 p.m. local time", '"local time" does not say whose'),
        ("1:00 p.m. MST", '"MST" is not in force on July 28, 2011: name Phoenix'),
        ("1:00 p.m. MT", '"MT" is ambiguous on July 28, 2011: name Phoenix'),
        ("1:00 p.m. EST", '"EST" is not in force on July 28, 2011: name Eastern'),
        ("1:00 p.m. Eastern Standard Time", '"Eastern Standard Time" is not in force on July 28, 2011: name Eastern'),
        ("1:00 p.m. GMT", '"GMT" does not say which clocks are meant: name a city'),
        ("1:00 p.m. BST", '"BST" does not say which clocks are meant: name a city'),
        ("1:00 p.m. IST", '"IST" is Irish, Indian or Israel time: name a city'),
        ("1:00 p.m. CET", '"CET" is not in force on July 28, 2011: name the city'),
        ("1:00 p.m. America/Nowhere", '"America" is not understood'),
        ("1:00 p.m. York time", '"York" is not understood'),
        ("1:00 p.m. Australian time", '"Australian" is not understood'),
        (f"1:00 p.m. America/{'x' * 300}", "too long for a date"),
        ("12:30 Eastern", '"12:30" could be morning or afternoon'),
        ("9.00 Eastern", '"9.00" could be morning or afternoon'),
        ("13:00 p.m. Eastern", '"13:00 p.m." is not a time of day'),
        ("0:30 p.m. Eastern", '"0:30 p.m." is not a time of day'),
        ("1:75 p.m. Eastern", '"1:75 p.m." is not a time of day'),
        ("25:00 Eastern", '"25:00" is not a time of day'),
        ("midnight Eastern", '"midnight" could be the beginning or the end of the day'),
        ("12:00 midnight Eastern", '"midnight" could be the beginning or the end of the day'),
    ],
    ids=lambda value: value[:40],
)
def test_a_clock_time_that_is_not_clear_is_refused(clock: str, message: str) -> None:
    assert message in error_of(f"July 28, 2011 at {clock}")
    if len(clock) < 100:
        assert message in error_of(f"at {clock} on July 28, 2011") or "America" in clock or "time" in clock


@pytest.mark.parametrize("days", ["December 12-14, 2017", "December 2017", "fourth quarter of 2017"])
def test_a_clock_time_belongs_to_one_day(days: str) -> None:
    assert "a clock time belongs to one day" in error_of(f"{days} at 1:00 p.m. Eastern")


def test_a_clock_time_that_the_change_of_clocks_skips_or_repeats_is_refused() -> None:
    assert "it is skipped or happens twice" in error_of("March 9, 2008 at 2:30 a.m. Eastern")
    assert "it is skipped or happens twice" in error_of("November 2, 2008 at 1:30 a.m. Eastern")


def test_a_clock_time_is_an_instant_in_utc() -> None:
    when = read_phrase("February 28, 2011 at 1:00 p.m. Eastern")
    assert isinstance(when, Dated)
    assert when.clock is not None
    assert when.clock.isoformat() == "2011-02-28T18:00:00+00:00"


@pytest.mark.parametrize("place", ["Georgia", "San Juan", "Norfolk", "Davis", "San Luis", "Petersburg", "Cordoba"])
def test_a_name_of_places_in_several_zones_is_no_zone(place: str) -> None:
    message = f'"{place} time" names places in several zones'
    assert message in error_of(f"April 26, 2024 at 9:00 a.m. {place} time")
    assert message in error_of(f"9:00 a.m., {place} time, on April 26, 2024")


def test_a_city_is_still_the_one_that_filings_mean() -> None:
    for place, instant in (("Norfolk Island", "22:00Z"), ("Puerto Rico", "13:00Z"), ("Dublin", "08:00Z")):
        assert instant in stating(f"April 26, 2024 at 9:00 a.m. {place} time")


@pytest.mark.parametrize(
    "clock",
    [
        "10:00 a.m. Eastern Time (9:00 a.m. Central Time)",
        "10:00 a.m. Eastern Time, 9:00 a.m. Central Time (7:00 a.m. Pacific Time)",
        "10:00 a.m. (10:00 a.m. Eastern)",
    ],
)
def test_one_moment_may_be_told_in_several_zones(clock: str) -> None:
    states = "2024-04-02, exact, 2024-04-02T14:00Z America/New_York"
    assert stating(f"April 2, 2024 at {clock}") == states
    assert stating(f"at {clock} on April 2, 2024") == states


def test_whether_two_zones_tell_one_moment_depends_on_the_day() -> None:
    clock = "at 10:00 a.m. Eastern Time (3:00 p.m. London time)"
    assert stating(f"{clock} on April 2, 2024") == "2024-04-02, exact, 2024-04-02T14:00Z America/New_York"
    assert '"10:00 a.m." and "3:00 p.m." in their zones are not one moment' in error_of(f"{clock} on March 20, 2024")
    assert "are not one moment" in error_of("April 2, 2024 at 10:00 a.m. Eastern (10:00 a.m. Central)")
    assert "one clock time" in error_of("at 10:00 a.m. Eastern (9:00 a.m. Central) two days after the closing")
