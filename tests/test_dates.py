"""Date phrases: what each states, what is refused with which advice, and that no word is ever lost or firmed up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.model.when import Anchor, Dated, Precision, Undated, When, in_words
from calfeed.reading.phrases import read_day, read_phrase

EN = "\N{EN DASH}"
OPENING, CLOSE = Anchor.OPENING, Anchor.CLOSE

# The same examples on every run, and no time limit for a busy machine to exceed.
steadily = settings(derandomize=True, deadline=None, max_examples=500)


# What a phrase states, without its words: days as "first" or "first..last", the clock in UTC.


def exact(days: str, anchor: Anchor | None = None) -> Dated:
    first, _, last = days.partition("..")
    return Dated(words="", first=date.fromisoformat(first), last=date.fromisoformat(last or first), anchor=anchor)


def about(days: str, anchor: Anchor | None = None) -> Dated:
    return replace(exact(days, anchor), precision=Precision.APPROXIMATE, qualifier="on or about")


def window(days: str, named: str) -> Dated:
    return replace(exact(days), precision=Precision.WINDOW, qualifier=f"expected {named}")


def no_later(day: str, anchor: Anchor | None = None) -> Dated:
    return replace(exact(day, anchor), precision=Precision.NO_LATER_THAN, qualifier="no later than")


def no_earlier(day: str, anchor: Anchor | None = None) -> Dated:
    return replace(exact(day, anchor), precision=Precision.NO_EARLIER_THAN, qualifier="no earlier than")


def before(eve: str, limit: str) -> Dated:
    return replace(exact(eve), precision=Precision.NO_LATER_THAN, qualifier=f"before {limit}")


def timed(day: str, clock: str, zone: str) -> Dated:
    return replace(exact(day), clock=datetime.fromisoformat(clock), zone=zone)


UNDATED = Undated(words="")


def dated(phrase: str) -> Dated:
    """The reading of a phrase that gives a day."""
    when = read_phrase(phrase)
    assert isinstance(when, Dated), when
    return when


def outcome(phrase: str) -> When | str:
    """What comes of reading: the reading without its words, or the message of the refusal."""
    try:
        return replace(read_phrase(phrase), words="")
    except ValueError as refusal:
        return str(refusal)


# --- the table of the data format ------------------------------------------------------------------------------------

FORMS: dict[str, When] = {
    "November 7, 2007": exact("2007-11-07"),
    "2007-11-07": exact("2007-11-07"),
    "Tuesday, September 20, 2016": exact("2016-09-20"),
    "on or about April 28, 2008": about("2008-04-28"),
    "on or around April 28, 2008": about("2008-04-28"),
    "after the close of business on May 15, 2024": exact("2024-05-15", CLOSE),
    "before the opening of business on May 15, 2024": exact("2024-05-15", OPENING),
    "on or about the close of business on May 15, 2024": about("2024-05-15", CLOSE),
    "after the close of business on or about May 15, 2024": about("2024-05-15", CLOSE),
    "before the opening of business on or about May 15, 2024": about("2024-05-15", OPENING),
    "May 15, 2024, after the close of business": exact("2024-05-15", CLOSE),
    "on or about May 15, 2024 (before the opening of business)": about("2024-05-15", OPENING),
    "February 28, 2011 at 1:00 p.m. Eastern": timed("2011-02-28", "2011-02-28T18:00Z", "America/New_York"),
    "December 12-14, 2017": exact("2017-12-12..2017-12-14"),
    "April 27 to May 2, 2020": exact("2020-04-27..2020-05-02"),
    "April 2020": window("2020-04-01..2020-04-30", "April 2020"),
    "fourth quarter of 2011": window("2011-10-01..2011-12-31", "fourth quarter of 2011"),
    "second half of 2021": window("2021-07-01..2021-12-31", "second half of 2021"),
    "late 2010": window("2010-09-01..2010-12-31", "late 2010"),
    "early April 2019": window("2019-04-01..2019-04-10", "early April 2019"),
    "mid-March 2017": window("2017-03-11..2017-03-20", "mid-March 2017"),
    "April or May 2020": window("2020-04-01..2020-05-31", "April or May 2020"),
    "week of January 19, 2012": window("2012-01-16..2012-01-20", "week of January 19, 2012"),
    "no later than August 15, 2019": no_later("2019-08-15"),
    "on or before August 15, 2019": no_later("2019-08-15"),
    "by August 15, 2019": no_later("2019-08-15"),
    "by August 2019": no_later("2019-08-31"),
    "no earlier than August 15, 2019": no_earlier("2019-08-15"),
    "prior to December 1, 2014": before("2014-11-30", "December 1"),
    "to be announced": UNDATED,
    "until further notice": UNDATED,
    "to be held on November 7, 2007": exact("2007-11-07"),
    "effective November 7, 2007": exact("2007-11-07"),
    "as of November 7, 2007": exact("2007-11-07"),
}


@pytest.mark.parametrize(("phrase", "expected"), FORMS.items(), ids=FORMS)
def test_a_form_of_the_data_format_is_read(phrase: str, expected: When) -> None:
    assert read_phrase(phrase) == replace(expected, words=phrase)


# --- real phrasings, by their number in the survey of filings --------------------------------------------------------

READ_ROWS: list[tuple[int, str, When]] = [
    (1, "on or about April 28, 2008", about("2008-04-28")),
    (2, "to be held on February 28, 2008", exact("2008-02-28")),
    (3, "as of November 30, 2007", exact("2007-11-30")),
    (4, "on or about January 17, 2008", about("2008-01-17")),
    (5, "as of the close of business on or about May 1, 2006", about("2006-05-01", CLOSE)),
    (6, "beginning on or about March 5, 2006", about("2006-03-05")),
    (7, "proposed to occur on or about April 29, 2013", about("2013-04-29")),
    (9, "effective November 26, 2012", exact("2012-11-26")),
    (10, "expected to be completed on or about May 1, 2016", about("2016-05-01")),
    (11, "effective on or about January 1, 2016", about("2016-01-01")),
    (12, "immediately after the close of business on Friday, October 21, 2016", exact("2016-10-21", CLOSE)),
    (13, "scheduled for Tuesday, September 20, 2016", exact("2016-09-20")),
    (14, f"held on December 12{EN}14, 2017", exact("2017-12-12..2017-12-14")),
    (
        15,
        "expected to occur in the fourth quarter of 2011",
        window("2011-10-01..2011-12-31", "fourth quarter of 2011"),
    ),
    (16, "on or about December 16, 2016", about("2016-12-16")),
    (18, "by December 29, 2011", no_later("2011-12-29")),
    (19, "prior to December 30, 2011", before("2011-12-29", "December 30")),
    (
        22,
        "from the close of business on Aug 9 through the close of business on Aug 23, 2019",
        exact("2019-08-09..2019-08-23", CLOSE),
    ),
    (23, "on or about July 30, 2019", about("2019-07-30")),
    (25, "on or about July 15, 2016", about("2016-07-15")),
    (25, "currently expected on or about November 21, 2016", about("2016-11-21")),
    (26, "deferred until further notice", UNDATED),
    (27, "on or about November 18, 2016", about("2016-11-18")),
    (29, "in early-April 2019", window("2019-04-01..2019-04-10", "early-April 2019")),
    (29, "in mid-March, 2017", window("2017-03-11..2017-03-20", "mid-March, 2017")),
    (30, "currently scheduled for June 5, 2019", exact("2019-06-05")),
    (31, "September 22, 2021", exact("2021-09-22")),
    (32, "scheduled to be held on July 27, 2018", exact("2018-07-27")),
    (32, "March 29, 2018", exact("2018-03-29")),
    (33, "Week of Jan. 19, 2012", window("2012-01-16..2012-01-20", "week of Jan. 19, 2012")),
    (34, "April 30, 2012 (prior to open of business)", exact("2012-04-30", OPENING)),
    (35, "held on April 27, 2011", exact("2011-04-27")),
    (
        37,
        "at 1:00 p.m. (Eastern) on February 28, 2011",
        timed("2011-02-28", "2011-02-28T18:00Z", "America/New_York"),
    ),
    (39, "effective at the close of business on September 28, 2012", exact("2012-09-28", CLOSE)),
    (40, "effective after the close of business on March 1, 2019", exact("2019-03-01", CLOSE)),
    (41, "on or around April 22, 2004", about("2004-04-22")),
    (44, "on or about the close of business on March 27, 2009", about("2009-03-27", CLOSE)),
    (46, "in or around April or May 2020", window("2020-04-01..2020-05-31", "April or May 2020")),
    (48, "on or before August 15, 2019", no_later("2019-08-15")),
    (50, "close of business on or about December 1, 2014", about("2014-12-01", CLOSE)),
    (51, "prior to December 1, 2014", before("2014-11-30", "December 1")),
    (53, "effective on December 20, 2008", exact("2008-12-20")),
    (54, "as of the close of business on May 15, 2024", exact("2024-05-15", CLOSE)),
    (55, "held on March 4-5, 2024", exact("2024-03-04..2024-03-05")),
    (55, "September 19-20, 2022", exact("2022-09-19..2022-09-20")),
    (57, "anticipated in the first quarter of 2022", window("2022-01-01..2022-03-31", "first quarter of 2022")),
    (58, "in the second half of 2021", window("2021-07-01..2021-12-31", "second half of 2021")),
    (58, "late 2010 or early 2011", window("2010-09-01..2011-04-30", "late 2010 or early 2011")),
    (
        59,
        "not until, at the earliest, the close of business on Tuesday, September 6, 2022",
        no_earlier("2022-09-06", CLOSE),
    ),
    (61, "after the close on June 12, 2020", exact("2020-06-12", CLOSE)),
    (61, "ahead of market open on June 15, 2020", exact("2020-06-15", OPENING)),
    (62, "on or about May 12, 2025", about("2025-05-12")),
    (63, "Friday, March 26, 2021 after the close of the NYSE", exact("2021-03-26", CLOSE)),
    (64, "now expected to take effect on or about Dec. 4, 2020", about("2020-12-04")),
    (
        65,
        "February 28, 2011 at 1:00 p.m., Mountain Time",
        timed("2011-02-28", "2011-02-28T20:00Z", "America/Denver"),
    ),
    (65, "February 28, 2011 at 10:00 a.m. Central", timed("2011-02-28", "2011-02-28T16:00Z", "America/Chicago")),
]

COUNTS_FROM_ANOTHER = r"not .* yet: write the day itself"
STATES_NO_DATE = r"not understood as a date|write the day itself"
HAS_A_TAIL = 'is not part of a date: write the date alone, and what it depends on under "subject to"'

REFUSED_ROWS = [
    (8, "(to be renamed MLA Mid Cap Portfolio)", STATES_NO_DATE),
    (16, 'on or about December 16, 2016 (the "Closing Date"), if conditions are satisfied', HAS_A_TAIL),
    (17, "at any time prior to the Closing Date, free of any charge", COUNTS_FROM_ANOTHER),
    (20, "for thirty (30) days before the Effective Date", COUNTS_FROM_ANOTHER),
    (21, "as of the Effective Date", COUNTS_FROM_ANOTHER),
    (28, "close of business on the business day immediately before the merger", COUNTS_FROM_ANOTHER),
    (30, "currently scheduled for June 5, 2019, although it may be adjourned to a later date", HAS_A_TAIL),
    (31, "July 9", "has no year"),
    (34, "April 30, 2012 anticipated close (prior to open of business)", "says that the day may move"),
    (36, "within 30 days after the close of business on the Reorganization Date", COUNTS_FROM_ANOTHER),
    (38, "as of the close of business on the business day preceding the Liquidation Date", COUNTS_FROM_ANOTHER),
    (
        40,
        "effective after the close of business on March 1, 2019, or such other date as the parties may agree",
        HAS_A_TAIL,
    ),
    (42, 'a date will be chosen by an officer (the "Record Date")', STATES_NO_DATE),
    (
        43,
        "until the last business day before the merger, expected to be on or about January 15, 2010",
        COUNTS_FROM_ANOTHER,
    ),
    (45, "on or about [March 10], 2023", "draft"),
    (47, "approximately two business days prior to the closing date", COUNTS_FROM_ANOTHER),
    (49, "may be delayed or occur sooner if unforeseen circumstances arise", STATES_NO_DATE),
    (52, "effective on the 30th day after filing pursuant to Rule 488", COUNTS_FROM_ANOTHER),
    (56, 'after the close of business on the date set forth in the table under "Closing Date"', STATES_NO_DATE),
    (58, "by the end of the year", STATES_NO_DATE),
    (60, "on the Liquidation Date (for settlement the date after)", COUNTS_FROM_ANOTHER),
    (62, "on or about May 12, 2025, although the Effective Date may be delayed", HAS_A_TAIL),
    (63, "Monday, March 29", "has no year"),
    (65, "February 28, 2011 at 1:00 p.m. (MST)", "Phoenix or Denver"),
    (65, "February 28, 2011 at 1:00 p.m., Local time", "does not say whose"),
    (66, "effective immediately", COUNTS_FROM_ANOTHER),
]

NOTHING_TO_READ = {
    24: "that silence is not confirmation: a rule for people, without any words of time",
}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [(phrase, expected) for _, phrase, expected in READ_ROWS],
    ids=[f"row {row}: {phrase}" for row, phrase, _ in READ_ROWS],
)
def test_a_real_phrasing_is_read(phrase: str, expected: When) -> None:
    assert read_phrase(phrase) == replace(expected, words=phrase)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [(phrase, message) for _, phrase, message in REFUSED_ROWS],
    ids=[f"row {row}: {phrase}" for row, phrase, _ in REFUSED_ROWS],
)
def test_a_real_phrasing_that_states_no_date_or_more_than_a_date_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_phrase(phrase)


# --- how it is written -----------------------------------------------------------------------------------------------

ALL_READ = FORMS | {phrase: expected for _, phrase, expected in READ_ROWS}


@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
@pytest.mark.parametrize("phrase", ALL_READ)
def test_case_makes_no_difference(phrase: str, change: Callable[[str], str]) -> None:
    expected = ALL_READ[phrase]
    when = outcome(change(phrase))
    if isinstance(expected, Undated) or not isinstance(when, Dated):
        assert when == expected
        return
    # A window is shown in the words of the source, so their case may stay.
    assert replace(when, qualifier=when.qualifier.lower()) == replace(expected, qualifier=expected.qualifier.lower())


def test_a_heading_in_capitals_is_not_shown_with_one_small_letter() -> None:
    assert read_phrase("FOURTH QUARTER OF 2011").qualifier.removeprefix("expected ") in {
        "FOURTH QUARTER OF 2011",
        "fourth quarter of 2011",
    }


def test_the_words_are_kept_with_white_space_as_single_spaces() -> None:
    when = dated(f"  to be held  on\n    December\u00a012{EN}14,\t2017 ")
    assert when == replace(exact("2017-12-12..2017-12-14"), words=f"to be held on December 12{EN}14, 2017")


@pytest.mark.parametrize(
    "phrase",
    [
        "November 7 2007",
        "November 07, 2007",
        "November 7th, 2007",
        "7 November 2007",
        "7th November, 2007",
        "7 Nov. 2007",
        "Nov 7, 2007",
        "Nov. 7, 2007",
        "Wednesday, November 7, 2007",
        "Wednesday November 7 2007",
        "Wed., Nov. 7, 2007",
        "Wednesday, 7 November 2007",
        "Wed 2007-11-07",
        "on Wednesday, November 7, 2007",
        "November 7, 2007.",
    ],
)
def test_a_day_is_read_however_it_is_printed(phrase: str) -> None:
    assert outcome(phrase) == exact("2007-11-07")


@pytest.mark.parametrize("dash", ["-", EN, " - ", f" {EN} ", " to ", " through "])
def test_days_are_joined_by_any_dash_or_word(dash: str) -> None:
    assert outcome(f"March 4{dash}5, 2024") == exact("2024-03-04..2024-03-05")
    assert outcome(f"April 27{dash}May 2, 2020") == exact("2020-04-27..2020-05-02")
    assert outcome(f"December 30, 2012{dash}January 2, 2013") == exact("2012-12-30..2013-01-02")
    assert outcome(f"2007-11-07{dash}2007-11-09") == exact("2007-11-07..2007-11-09")


# --- days and times that cannot be -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("Tuesday, November 7, 2007", "November 7, 2007 is a Wednesday, not a Tuesday"),
        ("Tues. November 7, 2007", "November 7, 2007 is a Wednesday, not a Tues"),
        ("Tuesday, 2007-11-07", "is a Wednesday"),
        ("on or about Tuesday, November 7, 2007", "is a Wednesday"),
        ("week of Tuesday, November 7, 2007", "is a Wednesday"),
        ("Monday, December 12 to Thursday, December 14, 2017", "December 12, 2017 is a Tuesday"),
        ("Tuesday, December 12 to Friday, December 14, 2017", "December 14, 2017 is a Thursday"),
    ],
)
def test_a_weekday_that_does_not_match_is_refused(phrase: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "February 30, 2007",
        "on or about February 30, 2007",
        "February 29, 2007",
        "February 29, 2100",
        "November 31, 2007",
        "January 0, 2007",
        "January 32, 2007",
        "99 February 2011",
        "2007-13-11",
        "2007-02-30",
        "2007-00-01",
        "April 31 to May 2, 2020",
        "February 28-30, 2007",
        "week of February 30, 2007",
    ],
)
def test_a_day_that_does_not_exist_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="there is no such day"):
        read_phrase(phrase)


def test_leap_years_have_their_day() -> None:
    assert outcome("February 29, 2008") == exact("2008-02-29")
    assert outcome("29 Feb 2000") == exact("2000-02-29")
    assert outcome("by February 2008") == no_later("2008-02-29")
    assert outcome("late February 2007") == window("2007-02-21..2007-02-28", "late February 2007")
    assert outcome("prior to March 1, 2008") == before("2008-02-29", "March 1")


@pytest.mark.parametrize(
    "phrase",
    [
        "December 31, 1939",
        "January 1, 2200",
        "on or about January 1, 0099",
        "2200-01-01",
        "1939-12-31",
        "April 1900",
        "fourth quarter of 2200",
        "by the end of 2200",
    ],
)
def test_a_year_that_cannot_be_meant_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="cannot be meant"):
        read_phrase(phrase)


def test_the_first_and_the_last_year_are_read() -> None:
    assert outcome("January 1, 1940") == exact("1940-01-01")
    assert outcome("31 December 2199") == exact("2199-12-31")


@pytest.mark.parametrize("numeric", ["4/5/2008", "04/05/2008", "4/5/08", "13/5/2008", "4-5-2008", "4.5.2008"])
def test_a_date_in_numbers_alone_is_refused_as_ambiguous(numeric: str) -> None:
    with pytest.raises(ValueError, match="is ambiguous: write the month as a word"):
        read_phrase(f"on or about {numeric}")


@pytest.mark.parametrize(
    "phrase",
    [
        "May 2 to April 27, 2020",
        "May 2 to May 2, 2020",
        "December 14-12, 2017",
        "December 30 to January 2, 2013",
    ],
)
def test_days_that_end_before_they_begin_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        read_phrase(phrase)


@pytest.mark.parametrize("phrase", ["on or before December 12-14, 2017", "no earlier than December 12-14, 2017"])
def test_a_limit_of_several_days_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="sets a limit with several days"):
        read_phrase(phrase)


@pytest.mark.parametrize("phrase", ["", "  \n ", "November", "2007", "soon", "12:30", "November 7, 20071"])
def test_what_is_not_understood_is_refused_with_examples_of_what_is(phrase: str) -> None:
    with pytest.raises(ValueError, match=r'write for example "November 7, 2007", "on or about April 28, 2008"'):
        read_phrase(phrase)


@pytest.mark.parametrize("phrase", ["November 7", "on or about Monday, March 29", "November 7, 07", "April 28th"])
def test_a_day_without_a_year_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="has no year"):
        read_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "f\N{LATIN SMALL LETTER DOTLESS I}rst half of 2020",
        "m\N{LATIN SMALL LETTER DOTLESS I}d 2020",
        "\N{LATIN SMALL LETTER LONG S}econd quarter of 2020",
        "\N{LATIN SMALL LETTER LONG S}eptember 2020",
    ],
    ids=ascii,
)
def test_letters_that_only_resemble_others_are_not_understood(phrase: str) -> None:
    with pytest.raises(ValueError, match="not understood as a date"):
        read_phrase(phrase)


# --- clock times -----------------------------------------------------------------------------------------------------


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
        ("America/Chicago", "America/Chicago", 18),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", 16),
        ("(Eastern)", "America/New_York", 17),
        ("Eastern Time", "America/New_York", 17),
        ("(Eastern Time)", "America/New_York", 17),
    ],
)
def test_a_zone_is_known_by_its_name(zone: str, name: str, hour_in_utc: int) -> None:
    expected = timed("2031-07-10", f"2031-07-10T{hour_in_utc}:00Z", name)
    assert outcome(f"July 10, 2031 at 1:00 p.m. {zone}") == expected
    assert outcome(f"at 1:00 p.m., {zone}, on Thursday, July 10, 2031") == expected


@pytest.mark.parametrize(
    ("clock", "utc"),
    [
        ("1 p.m.", "18:00"),
        ("1pm", "18:00"),
        ("1:30 PM", "18:30"),
        ("13:00", "18:00"),
        ("9:05 a.m.", "14:05"),
        ("12:00 p.m.", "17:00"),
        ("12:00 noon", "17:00"),
        ("noon", "17:00"),
        ("12:00 a.m.", "05:00"),
        ("12:01 a.m.", "05:01"),
    ],
)
def test_a_clock_time_is_read(clock: str, utc: str) -> None:
    expected = timed("2011-02-28", f"2011-02-28T{utc}Z", "America/New_York")
    assert outcome(f"{clock} Eastern on February 28, 2011") == expected


def test_a_clock_time_late_in_the_evening_keeps_its_own_day() -> None:
    expected = timed("2011-02-28", "2011-03-01T04:30Z", "America/New_York")
    assert outcome("February 28, 2011 at 11:30 p.m. Eastern") == expected


def test_a_clock_time_goes_with_on_or_about_and_with_a_limit() -> None:
    five = datetime.fromisoformat("2011-12-29T22:00Z")
    approximate = replace(about("2011-12-29"), clock=five, zone="America/New_York")
    assert outcome("on or about December 29, 2011 at 5:00 p.m. Eastern") == approximate
    limit = replace(no_later("2011-12-29"), clock=five, zone="America/New_York")
    assert outcome("by 5:00 p.m. Eastern Time on December 29, 2011") == limit


@pytest.mark.parametrize(
    ("clock", "message"),
    [
        ("1:00 p.m.", "has no zone: add Eastern"),
        ("noon", "has no zone: add Eastern"),
        ("1:00 p.m. local time", "does not say whose"),
        ("1:00 p.m. MST", "write Phoenix or Denver"),
        ("1:00 p.m. EST", "not a time zone .* write Eastern"),
        ("1:00 p.m. America/Nowhere", "not a time zone"),
        ("1:00 p.m. America/Argentina", "not a time zone"),
        (f"1:00 p.m. America/{'x' * 300}", "too long for a date"),
        ("1:00 p.m. Central European Time", "is not part of a date"),
        ("12:30 Eastern", "could be morning or afternoon"),
        ("1:00 Eastern", "could be morning or afternoon"),
        ("13:00 p.m. Eastern", "not a time of day"),
        ("0:30 a.m. Eastern", "not a time of day"),
        ("1:75 p.m. Eastern", "not a time of day"),
        ("25:00 Eastern", "not a time of day"),
        ("midnight Eastern", "is not part of a date"),
        ("1:00 p.m. Eastern or later", "is not part of a date"),
    ],
    ids=lambda value: value[:40],
)
def test_a_clock_time_that_is_not_clear_is_refused(clock: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_phrase(f"February 28, 2011 at {clock}")


def test_a_clock_time_before_the_day_needs_its_zone_too() -> None:
    with pytest.raises(ValueError, match="has no zone: add Eastern"):
        read_phrase("at 1:00 p.m. on February 28, 2011")


def test_a_clock_time_is_an_instant_in_utc() -> None:
    clock = dated("February 28, 2011 at 1:00 p.m. Eastern").clock
    assert clock is not None
    assert clock.isoformat() == "2011-02-28T18:00:00+00:00"


@pytest.mark.parametrize("days", ["December 12-14, 2017", "December 2017", "fourth quarter of 2017"])
def test_a_clock_time_without_its_one_day_is_refused(days: str) -> None:
    with pytest.raises(ValueError, match="without the one day"):
        read_phrase(f"{days} at 1:00 p.m. Eastern")


def test_a_clock_time_that_the_change_of_clocks_skips_or_repeats_is_refused() -> None:
    with pytest.raises(ValueError, match="the clocks change at that time"):
        read_phrase("March 9, 2008 at 2:30 a.m. Eastern")
    with pytest.raises(ValueError, match="the clocks change at that time"):
        read_phrase("November 2, 2008 at 1:30 a.m. Eastern")
    # Arizona keeps one time all year.
    assert outcome("March 9, 2008 at 2:30 a.m. Phoenix") == timed("2008-03-09", "2008-03-09T09:30Z", "America/Phoenix")


# --- windows and limits ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("early 2010", "2010-01-01..2010-04-30"),
        ("mid-2010", "2010-05-01..2010-08-31"),
        ("late 2010", "2010-09-01..2010-12-31"),
        ("early April 2019", "2019-04-01..2019-04-10"),
        ("mid-April 2019", "2019-04-11..2019-04-20"),
        ("late-April 2019", "2019-04-21..2019-04-30"),
        ("late Feb. 2008", "2008-02-21..2008-02-29"),
        ("Sept. 2020", "2020-09-01..2020-09-30"),
        ("April of 2020", "2020-04-01..2020-04-30"),
        ("February, 2007", "2007-02-01..2007-02-28"),
        ("first quarter of 2012", "2012-01-01..2012-03-31"),
        ("2nd quarter 2012", "2012-04-01..2012-06-30"),
        ("third quarter of calendar year 2012", "2012-07-01..2012-09-30"),
        ("Q4 2012", "2012-10-01..2012-12-31"),
        ("first half of 2021", "2021-01-01..2021-06-30"),
        ("2nd half 2021", "2021-07-01..2021-12-31"),
        ("December 2010 or January 2011", "2010-12-01..2011-01-31"),
        ("January or February 2008", "2008-01-01..2008-02-29"),
        ("late April 2020 or in early May 2020", "2020-04-21..2020-05-10"),
        ("fourth quarter of 2010 or first quarter of 2011", "2010-10-01..2011-03-31"),
    ],
)
def test_a_window_has_its_first_and_last_day(phrase: str, days: str) -> None:
    when = outcome(f"expected in {phrase}")
    assert isinstance(when, Dated), when
    assert when == replace(exact(days), precision=Precision.WINDOW, qualifier=when.qualifier)
    assert when.qualifier.lower() == f"expected {phrase.replace('or in', 'or')}".lower()


@pytest.mark.parametrize("day", ["16", "17", "18", "19", "20"])
def test_a_week_is_monday_to_friday_around_the_day_it_is_named_by(day: str) -> None:
    expected = window("2012-01-16..2012-01-20", f"week of January {day}, 2012")
    assert outcome(f"week of January {day}, 2012") == expected


def test_a_week_named_by_a_weekend_is_refused() -> None:
    with pytest.raises(ValueError, match="name a day from Monday to Friday"):
        read_phrase("week of January 21, 2012")


@pytest.mark.parametrize(
    "phrase", ["April or June 2020", "early 2010 or late 2010", "May 2020 or April 2020", "December or January 2021"]
)
def test_periods_that_do_not_adjoin_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="leaves a gap"):
        read_phrase(phrase)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("not later than August 15, 2019", no_later("2019-08-15")),
        ("by early April 2019", no_later("2019-04-10")),
        ("no later than the fourth quarter of 2011", no_later("2011-12-31")),
        ("by the end of April 2011", no_later("2011-04-30")),
        ("by the end of 2011", no_later("2011-12-31")),
        ("on or before the end of the first quarter of 2011", no_later("2011-03-31")),
        ("by the close of business on December 1, 2014", no_later("2014-12-01", CLOSE)),
        ("no later than the opening of business on December 1, 2014", no_later("2014-12-01", OPENING)),
        ("not earlier than August 15, 2019", no_earlier("2019-08-15")),
        ("not before August 15, 2019", no_earlier("2019-08-15")),
        ("on or after August 15, 2019", no_earlier("2019-08-15")),
        ("not until August 15, 2019", no_earlier("2019-08-15")),
        ("no earlier than April 2011", no_earlier("2011-04-01")),
        ("no earlier than mid-March 2017", no_earlier("2017-03-11")),
        ("on or after the close of business on December 1, 2014", no_earlier("2014-12-01", CLOSE)),
        ("expected no earlier than December 1, 2014", no_earlier("2014-12-01")),
        ("expected by December 1, 2014", no_later("2014-12-01")),
        ("before December 1, 2014", before("2014-11-30", "December 1")),
        ("prior to January 1, 2015", before("2014-12-31", "January 1")),
        ("prior to Monday, December 1, 2014", before("2014-11-30", "December 1")),
        ("prior to the close of business on December 1, 2014", no_later("2014-12-01", CLOSE)),
        ("before the close of business on December 1, 2014", no_later("2014-12-01", CLOSE)),
        # The opening is itself the moment: nothing is said of an earlier day.
        ("prior to the opening of business on December 1, 2014", exact("2014-12-01", OPENING)),
    ],
)
def test_a_limit_is_read(phrase: str, expected: When) -> None:
    assert outcome(phrase) == expected


def test_before_a_period_is_the_day_before_it_begins() -> None:
    for phrase, eve in [("prior to April 2011", "2011-03-31"), ("before the fourth quarter of 2011", "2011-09-30")]:
        when = dated(phrase)
        assert (when.first, when.last) == (date.fromisoformat(eve), date.fromisoformat(eve))
        assert when.precision is Precision.NO_LATER_THAN
        assert when.qualifier.startswith("before ")


def test_before_part_of_a_year_says_which_year() -> None:
    assert read_phrase("prior to late 2010").qualifier == "before late 2010"


def test_a_limit_leaves_one_side_open() -> None:
    latest, earliest = dated("by August 15, 2019"), dated("no earlier than August 15, 2019")
    day = date(2019, 8, 15)
    assert (latest.first_possible, latest.last_possible) == (None, day)
    assert (earliest.first_possible, earliest.last_possible) == (day, None)
    several = dated("April 2020")
    assert (several.first_possible, several.last_possible) == (date(2020, 4, 1), date(2020, 4, 30))


# --- never firmer, never another day ---------------------------------------------------------------------------------


def is_read_as_exact(phrase: str) -> bool:
    when = outcome(phrase)
    return isinstance(when, Dated) and when.precision is Precision.EXACT


@pytest.mark.parametrize(
    "softener",
    [
        "about",
        "around",
        "approximately",
        "expected",
        "expected on",
        "expected to occur after the close of business on",
        "currently expected",
        "currently",
        "now",
        "anticipated",
        "anticipated close",
        "proposed",
        "proposed to be held on",
        "tentatively scheduled for",
        "targeted for",
        "planned for",
        "estimated",
        "after",
        "following",
        "until",
        "through",
        "from",
        "since",
        "between",
        "not",
        "not on",
        "not effective until",
        "on and after",
        "on, or about,",
        "at or prior to the close of business on",
        "no sooner than",
        "the later of",
        "by on or about",
        "before",
        "(draft)",
        "in the month of",
    ],
)
def test_a_word_that_softens_what_follows_is_not_lost(softener: str) -> None:
    assert not is_read_as_exact(f"{softener} December 1, 2014")


@pytest.mark.parametrize(
    "softener",
    [
        " (expected)",
        ", expected",
        " anticipated close",
        " or later",
        " or earlier",
        " or thereabouts",
        ", or as soon as practicable thereafter",
        " at the latest",
        ", subject to shareholder approval",
        " or December 2, 2014",
        " and December 2, 2014",
        " (approximately)",
        " on or about",
        "?",
        "*",
        " prior to the close of business",
        ", unless postponed",
        " through",
    ],
)
def test_a_word_that_softens_what_stands_before_it_is_refused(softener: str) -> None:
    with pytest.raises(ValueError, match=r"is not part of a date|says that the day may move"):
        read_phrase(f"December 1, 2014{softener}")


@pytest.mark.parametrize(
    "phrase",
    [
        "by on or about December 1, 2014",
        "on or about no later than December 1, 2014",
        "no earlier than by December 1, 2014",
        "before the opening of business after the close of business on December 1, 2014",
        "after the close of business on December 1, 2014 before the opening of business",
        "at 1:00 p.m. Eastern on December 1, 2014 at 2:00 p.m. Eastern",
    ],
)
def test_a_phrase_that_says_the_same_kind_of_thing_twice_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"not understood|is not part of a date"):
        read_phrase(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "as of the close of business prior to December 1, 2014",
        "after the close of business before December 1, 2014",
        "opening of business before December 1, 2014",
        "the day before December 1, 2014",
        "the close of business on the business day before December 1, 2014",
        "the close of business following December 1, 2014",
        "after December 1, 2014",
        "on the first business day following December 1, 2014",
        "within five days of December 1, 2014",
    ],
)
def test_a_day_beside_the_printed_one_is_never_read_as_the_printed_one(phrase: str) -> None:
    when = outcome(phrase)
    assert not isinstance(when, Dated) or date(2014, 12, 1) not in {when.first, when.last}


@pytest.mark.parametrize(
    "phrase",
    [
        "first half of April 2020",
        "second quarter of fiscal year 2020",
        "first week of April 2020",
        "beginning of April 2020",
        "end of April 2020",
        "middle of 2020",
        "mid to late April 2020",
        "early to mid 2020",
        "first or second quarter of 2020",
        "April, May or June 2020",
        "April to June 2020",
        "late April or early May 2020",
        "fourth quarter ending December 31, 2020",
        "no earlier than the end of 2020",
        "week ending January 17, 2020",
        "Monday-Wednesday, March 4-6, 2024",
        "28-30 April 2008",
        "December 12 and 14, 2017",
        "between December 12 and December 14, 2017",
        "from December 12, 2017 until the opening of business on December 14, 2017",
        "April 27 or May 2, 2020",
        "April or May 28, 2020",
    ],
)
def test_several_days_are_not_read_as_only_a_part_of_them(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"not understood|has no year|is not part of a date"):
        read_phrase(phrase)


# --- one day ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    ["December 14, 2007", "2007-12-14", "Friday, December 14, 2007", "on  December\n14, 2007", "14 Dec. 2007"],
)
def test_one_exact_day_is_read(phrase: str) -> None:
    assert read_day(phrase) == date(2007, 12, 14)


@pytest.mark.parametrize(
    "phrase",
    [
        "on or about December 14, 2007",
        "by December 14, 2007",
        "no earlier than December 14, 2007",
        "prior to December 14, 2007",
        "December 14-15, 2007",
        "December 2007",
        "week of December 14, 2007",
        "December 14, 2007 at 1:00 p.m. Eastern",
        "to be announced",
    ],
)
def test_anything_but_one_exact_day_is_refused_where_only_that_will_do(phrase: str) -> None:
    with pytest.raises(ValueError, match='is not one exact day: write for example "December 14, 2007"'):
        read_day(phrase)


def test_one_day_that_cannot_be_read_is_refused_for_that_reason() -> None:
    with pytest.raises(ValueError, match="there is no such day"):
        read_day("February 30, 2007")


# --- every date and every text ---------------------------------------------------------------------------------------


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


PRINTED: dict[str, Callable[[date], str]] = {
    "in words": in_words,
    "ISO": date.isoformat,
    "with weekday": lambda day: f"{day:%A, %B} {day.day}, {day.year}",
    "abbreviated": lambda day: f"{day:%a, %b} {day.day}, {day.year}",
    "ordinal": lambda day: f"{day:%B} {_ordinal(day.day)}, {day.year}",
    "day first": lambda day: f"{day.day} {day:%B} {day.year}",
    "day first, abbreviated": lambda day: f"{_ordinal(day.day)} {day:%b} {day.year}",
    "capitals": lambda day: f"{day:%B} {day.day}, {day.year}".upper(),
    "with a zero": lambda day: f"{day:%B %d %Y}",
}


@pytest.mark.parametrize("printed", PRINTED.values(), ids=PRINTED)
@given(day=st.dates(min_value=date(1940, 1, 1), max_value=date(2199, 12, 31)))
@settings(steadily, max_examples=100)
def test_a_printed_day_reads_back_as_that_day(printed: Callable[[date], str], day: date) -> None:
    assert outcome(printed(day)) == exact(day.isoformat())
    assert outcome(f"on or about {printed(day)}") == about(day.isoformat())


@given(
    day=st.dates(min_value=date(1940, 1, 1), max_value=date(2199, 12, 1)),
    length=st.integers(min_value=1, max_value=30),
)
@settings(steadily, max_examples=100)
def test_printed_days_from_one_to_another_read_back_as_those_days(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    assert outcome(f"{in_words(day)} to {in_words(last)}") == exact(f"{day}..{last}")


# The grammar's own pieces. Each soft one must leave its trace in whatever is read.
SOFT = [
    "on or about",
    "in or around",
    "expected",
    "anticipated to occur",
    "proposed to be held",
    "no later than",
    "on or before",
    "by",
    "no earlier than",
    "not before",
    "on or after",
    "not until",
    "not",
    "week of",
    "late",
    "approximately",
]
FRONTS = [
    *SOFT,
    *["on", "in", "at", "the", "held", "to be held", "effective", "as of", "beginning", "scheduled for", "currently"],
    *["from", "prior to", "before", "end of", "now", "during", "or", "until", "Friday,"],
    *["the close of business", "after the close of business on", "before the opening of business on", "market open"],
    *["1:00 p.m. Eastern", "at noon (Central time),", "10:00 a.m."],
]
ONE_OR_MORE_DAYS = [
    "November 7, 2007",
    "Friday, 16 Nov. 2007",
    "2007-11-07",
    "April 27 to May 2, 2020",
    "May 4-5, 2024",
]
DAYS = [
    *ONE_OR_MORE_DAYS,
    *[
        "April 2020",
        "late 2010 or early 2011",
        "Q1 2012",
        "second half of 2021",
        "week of Jan. 19, 2012",
        "mid-May 2020",
    ],
    *["the end of 2011", "2011", "February 30, 2007", "4/5/2008", "April 28", "to be announced", "[May] 4, 2020", ""],
]
BACKS = [
    *["", "", "", ".", ", after the close of business", "(prior to market open)", "at 1:00 p.m. (Eastern)", ", 12:30"],
    *["to", "or later", "(expected)", "or May 2, 2020", "- May 2, 2020", "MST", "local time", "America/Chicago"],
]


def _joined(parts: tuple[list[str], str, str]) -> str:
    return " ".join([*parts[0], *parts[1:]])


IN_ORDER = st.tuples(st.lists(st.sampled_from(FRONTS), max_size=3), st.sampled_from(DAYS), st.sampled_from(BACKS)).map(
    _joined
)
WORDS = sorted({word for piece in [*FRONTS, *DAYS, *BACKS] for word in piece.split()})
IN_ANY_ORDER = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@pytest.mark.parametrize("texts", [st.text(), IN_ORDER, IN_ANY_ORDER], ids=["any", "in order", "in any order"])
@given(data=st.data())
@steadily
def test_any_text_is_read_or_refused(texts: st.SearchStrategy[str], data: st.DataObject) -> None:
    when = outcome(data.draw(texts))
    if isinstance(when, str):
        assert when
    elif isinstance(when, Undated):
        assert when == UNDATED
    else:
        assert when.first <= when.last
        assert (when.precision is Precision.EXACT) == (when.qualifier == "")
        assert when.clock is None or when.first == when.last


@pytest.mark.parametrize("soft", SOFT)
def test_a_soft_word_never_vanishes(soft: str) -> None:
    # Beside every other piece, on either side of it.
    phrases = {
        f"{front} {days}{back}"
        for other in FRONTS
        for front in (soft, f"{soft} {other}", f"{other} {soft}")
        for days in ONE_OR_MORE_DAYS
        for back in ("", " after the close of business")
    }
    assert [phrase for phrase in sorted(phrases) if is_read_as_exact(phrase)] == []


SPACES = st.text(alphabet=" \t\n\r\u00a0\u2003", min_size=1, max_size=3)
SOME_PHRASE = st.one_of(st.sampled_from([*ALL_READ, *(phrase for _, phrase, _ in REFUSED_ROWS)]), IN_ORDER)


@given(phrase=SOME_PHRASE, data=st.data())
@settings(steadily, max_examples=200)
def test_reading_depends_on_the_words_alone(phrase: str, data: st.DataObject) -> None:
    words = phrase.split()
    spaced = "".join(word + data.draw(SPACES) for word in ["", *words])
    assert outcome(spaced) == outcome(" ".join(words))


# --- the survey of filings as a whole --------------------------------------------------------------------------------


def test_every_row_of_the_survey_is_accounted_for() -> None:
    tried = {row for row, _, _ in READ_ROWS} | {row for row, _, _ in REFUSED_ROWS}
    assert tried | set(NOTHING_TO_READ) == set(range(1, 67))
    assert not tried & set(NOTHING_TO_READ)


@pytest.mark.parametrize(
    "phrase",
    [
        "close December 1, 2014",
        "anticipated close on or about May 1, 2016",
        "open December 1, 2014",
        "during December 12-14, 2017",
        "from the close of business on August 9, 2019",
        "April 28, 2008 . . .",
        "by 5:00 p.m. Eastern in April 2011",
        "no earlier than 9:00 a.m. Eastern in the fourth quarter of 2011",
        "February 28, 2011 at 12:30 noon Eastern",
        "February 28, 2011 at 1:00 p.m. america/chicago",
        "4:00 p.m. Eastern before June 28, 2030",
        "April 28, 2008 (on or about)",
    ],
)
def test_what_leaves_its_meaning_open_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r'^"'):
        read_phrase(phrase)


def test_a_clock_time_to_act_before_is_a_limit_on_that_day() -> None:
    when = dated("before 4:00 p.m. Eastern on December 29, 2011")
    assert (when.first, when.precision) == (date(2011, 12, 29), Precision.NO_LATER_THAN)
    assert when.clock == datetime(2011, 12, 29, 21, tzinfo=UTC)


def test_a_range_whose_ends_have_different_anchors_has_none() -> None:
    when = dated("from the opening of business on Aug 9 through the close of business on Aug 23, 2019")
    assert (when.first, when.last, when.anchor) == (date(2019, 8, 9), date(2019, 8, 23), None)


@pytest.mark.parametrize("zone", ["UTC", "America/Argentina/Buenos_Aires", "Pacific/Honolulu"])
def test_an_iana_name_is_kept_as_it_is(zone: str) -> None:
    assert dated(f"February 28, 2011 at 1:00 p.m. {zone}").zone == zone


@pytest.mark.parametrize(
    "phrase",
    ["after the close of business on April 5, 1850", "April 5, 1850 at 1:00 p.m. Eastern", "December 12-14, 1850"],
)
def test_a_year_that_cannot_be_meant_is_said_to_be_that_in_every_form(phrase: str) -> None:
    with pytest.raises(ValueError, match="the year 1850 cannot be meant"):
        read_phrase(phrase)
