"""What each part of a date phrase states, in the words that filings have for it."""

from collections.abc import Callable

import pytest

from calfeed.model.when import Dated
from calfeed.reading.phrases import read_day, read_phrase
from tests.phrases.stating import stating

EN = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"


def every(states: str, *phrases: str) -> list[tuple[str, str]]:
    """Phrases that all state the same."""
    return [(phrase, states) for phrase in phrases]


DAYS = [
    *every(
        "2007-11-07, exact",
        "November 7, 2007",
        "2007-11-07",
        "November 7 2007",
        "November 07, 2007",
        "November 7th, 2007",
        "November 7,2007",
        "November 7 , 2007",
        "November the 7th, 2007",
        "7 November 2007",
        "7th November, 2007",
        "the 7th of November 2007",
        "7th day of November, 2007",
        "7 Nov. 2007",
        "7-Nov-2007",
        "Nov 7, 2007",
        "Nov. 7, 2007",
        "Wednesday, November 7, 2007",
        "Wednesday November 7 2007",
        "Wed., Nov. 7, 2007",
        "Wednesday, 7 November 2007",
        "Wednesday the 7th of November 2007",
        "Wed 2007-11-07",
        "November 7, 2007 (a Wednesday)",
        "November 7, 2007 (Wednesday)",
        "November 7, 2007.",
        "on \u201cNovember 7, 2007\u201d",
        "\u201cNovember 7, 2007\u201d",
        "(November 7, 2007)",
        "NOVEMBER 7, 2007",
        "november 7, 2007",
    ),
    ("6/27/2025", "2025-06-27, exact"),
    ("27/6/2025", "2025-06-27, exact"),
    ("23.9.2016", "2016-09-23, exact"),
    ("13-5-2008", "2008-05-13, exact"),
    ("12/12/2031", "2031-12-12, exact"),
    ("2025/06/27", "2025-06-27, exact"),
    ("February 29, 2008", "2008-02-29, exact"),
    ("January 1, 1940", "1940-01-01, exact"),
    ("31 December 2199", "2199-12-31, exact"),
]
SEVERAL = [
    (f"December 12{EN}14, 2017", "2017-12-12..2017-12-14, exact"),
    (f"June 3{MINUS}7, 2031", "2031-06-03..2031-06-07, exact"),
    ("April 27 to May 2, 2020", "2020-04-27..2020-05-02, exact"),
    ("April 27, 2020 through and including May 2, 2020", "2020-04-27..2020-05-02, exact"),
    ("December 30, 2012 - January 2, 2013", "2012-12-30..2013-01-02, exact"),
    ("28-30 April 2008", "2008-04-28..2008-04-30, exact"),
    ("28 April to 2 May 2008", "2008-04-28..2008-05-02, exact"),
    ("December 4 and 5, 2019", "2019-12-04..2019-12-05, exact"),
    ("4 and 5 December 2019", "2019-12-04..2019-12-05, exact"),
    ("December 3, 4 and 5, 2019", "2019-12-03..2019-12-05, exact"),
    ("December 4, 2019 and December 5, 2019", "2019-12-04..2019-12-05, exact"),
    ("Monday-Wednesday, March 4-6, 2024", "2024-03-04..2024-03-06, exact"),
    ("between July 1 and July 15, 2031", "2031-07-01..2031-07-15, exact"),
    ("from July 1 till July 15, 2031 (both days inclusive)", "2031-07-01..2031-07-15, exact"),
    ("From January 9, 2019 through January 15, 2019", "2019-01-09..2019-01-15, exact"),
    ("2007-11-07 to 2007-11-09", "2007-11-07..2007-11-09, exact"),
    ("over the weekend of July 12-13, 2031", "2031-07-12..2031-07-13, window"),
    ("on or about December 12-14, 2017", "2017-12-12..2017-12-14, approximate"),
    ("December 12-14, 2017 (expected)", "2017-12-12..2017-12-14, expected"),
    ("during December 12-14, 2017", "2017-12-12..2017-12-14, window"),
    ("December 4 or 5, 2019", "2019-12-04..2019-12-05, window"),
]
WINDOWS = [
    ("April 2020", "2020-04-01..2020-04-30, window"),
    ("Sept. 2020", "2020-09-01..2020-09-30, window"),
    ("February, 2007", "2007-02-01..2007-02-28, window"),
    ("the month of April 2020", "2020-04-01..2020-04-30, window"),
    ("early 2010", "2010-01-01..2010-04-30, window"),
    ("mid-2010", "2010-05-01..2010-08-31, window"),
    ("late 2010", "2010-09-01..2010-12-31, window"),
    ("in the first half of June 2031", "2031-06-01..2031-06-15, window"),
    ("second half of February 2031", "2031-02-16..2031-02-28, window"),
    ("Q2/Q3 2031", "2031-04-01..2031-09-30, window"),
    ("the second quarter or the third quarter of 2031", "2031-04-01..2031-09-30, window"),
    ("calendar Q1 2031", "2031-01-01..2031-03-31, window"),
    ("the last day of February 2031", "2031-02-28, exact"),
    ("expected on the last day of the first quarter of 2031", "2031-03-31, expected"),
    ("by the last day of 2031", "2031-12-31, no later than"),
    ("before the last day of 2031", "2031-12-30, no later than"),
    ("before year end 2031", "2031-12-31, no later than"),
    ("this fifteenth day of June, 2031", "2031-06-15, exact"),
    ("the Thirty-First of May, 2031", "2031-05-31, exact"),
    ("May first through May third, 2031", "2031-05-01..2031-05-03, exact"),
    ("shareholders of record on June 6, 2031", "2031-06-06, exact"),
    ("Effective: June 6, 2031", "2031-06-06, exact"),
    ("latter part of 2031", "2031-09-01..2031-12-31, window"),
    ("as early as June 6, 2031", "2031-06-06, no earlier than"),
    ("not prior to June 6, 2031", "2031-06-06, no earlier than"),
    ("is not expected to occur before June 6, 2031", "2031-06-06, no earlier than"),
    ("will not be effected before June 6, 2031", "2031-06-06, no earlier than"),
    ("will not take place until June 6, 2031", "2031-06-06, no earlier than"),
    ("shall not close later than June 6, 2031", "2031-06-06, no later than"),
    ("first mailed on or about June 6, 2031", "2031-06-06, approximate"),
    ("for the period June 3, 2031 - June 6, 2031", "2031-06-03..2031-06-06, exact"),
    ("at 9:30 in the morning, Eastern time, on June 6, 2031", "2031-06-06, exact, 2031-06-06T13:30Z America/New_York"),
    ("12:30 in the afternoon ET, June 6, 2031", "2031-06-06, exact, 2031-06-06T16:30Z America/New_York"),
    ("early April 2019", "2019-04-01..2019-04-10, window"),
    ("mid-April 2019", "2019-04-11..2019-04-20, window"),
    ("late-April 2019", "2019-04-21..2019-04-30, window"),
    ("mid- to late April 2019", "2019-04-11..2019-04-30, window"),
    ("late Feb. 2008", "2008-02-21..2008-02-29, window"),
    ("first quarter of 2012", "2012-01-01..2012-03-31, window"),
    ("2nd quarter 2012", "2012-04-01..2012-06-30, window"),
    ("third quarter of calendar year 2012", "2012-07-01..2012-09-30, window"),
    ("third calendar quarter of 2012", "2012-07-01..2012-09-30, window"),
    ("Q4 2012", "2012-10-01..2012-12-31, window"),
    ("4Q 2012", "2012-10-01..2012-12-31, window"),
    ("first or second quarter of 2012", "2012-01-01..2012-06-30, window"),
    ("first half of 2021", "2021-01-01..2021-06-30, window"),
    ("2nd half 2021", "2021-07-01..2021-12-31, window"),
    ("H2 2021", "2021-07-01..2021-12-31, window"),
    ("expected in 2031", "2031-01-01..2031-12-31, window"),
    ("April or May 2020", "2020-04-01..2020-05-31, window"),
    ("April, May or June 2020", "2020-04-01..2020-06-30, window"),
    ("April to June 2020", "2020-04-01..2020-06-30, window"),
    ("between April and June 2020", "2020-04-01..2020-06-30, window"),
    ("December 2010 or January 2011", "2010-12-01..2011-01-31, window"),
    ("late April 2020 or in early May 2020", "2020-04-21..2020-05-10, window"),
    ("late July or early August 2023", "2023-07-21..2023-08-10, window"),
    ("fourth quarter of 2010 or first quarter of 2011", "2010-10-01..2011-03-31, window"),
    ("week of January 20, 2012", "2012-01-16..2012-01-20, window"),
    ("the week of Monday, January 16, 2012", "2012-01-16..2012-01-20, window"),
    ("week commencing January 16, 2012", "2012-01-16..2012-01-20, window"),
    ("week ending January 20, 2012", "2012-01-16..2012-01-20, window"),
    ("on or about April 2020", "2020-04-01..2020-04-30, window"),
    ("approximately April 2020", "2020-04-01..2020-04-30, window"),
    ("third quarter of 2026 (expected)", "2026-07-01..2026-09-30, window"),
]
FIRMNESS = [
    *every(
        "2008-04-28, approximate",
        "on or about April 28, 2008",
        "on or around April 28, 2008",
        "on, or about, April 28, 2008",
        "approximately April 28, 2008",
        "about April 28, 2008",
        "on or about the April 28, 2008",
        "April 28, 2008 (on or about)",
        "April 28, 2008 (approximate)",
        "expected on or about April 28, 2008",
        "April 28, 2008, or thereabouts",
    ),
    *every(
        "2008-04-28, expected",
        "expected April 28, 2008",
        "expected on April 28, 2008",
        "expected to occur on April 28, 2008",
        "is currently expected to be completed on April 28, 2008",
        "anticipated April 28, 2008",
        "proposed to be held on April 28, 2008",
        "estimated to be April 28, 2008",
        "tentatively scheduled for April 28, 2008",
        "scheduled tentatively for April 28, 2008",
        "planned for April 28, 2008",
        "April 28, 2008 (expected)",
        "April 28, 2008 (estimated)",
        "April 28, 2008 est.",
        "April 28, 2008, expected",
        "April 28, 2008 (anticipated closing date)",
        "April 28, 2008 (the \u201cExpected Closing Date\u201d)",
        "April 28, 2008 (the expected closing date)",
        "target date of April 28, 2008",
    ),
    *every(
        "2019-08-15, no later than",
        "no later than August 15, 2019",
        "not later than August 15, 2019",
        "by August 15, 2019",
        "by no later than August 15, 2019",
        "on or before August 15, 2019",
        "on or prior to August 15, 2019",
        "until August 15, 2019",
        "through August 15, 2019",
        "not after August 15, 2019",
        "up to and including August 15, 2019",
        "at the latest on August 15, 2019",
        "August 15, 2019 at the latest",
        "August 15, 2019 or earlier",
        "expected by August 15, 2019",
        "prior to August 16, 2019",
        "before Friday, August 16, 2019",
    ),
    *every(
        "2019-08-15, no earlier than",
        "no earlier than August 15, 2019",
        "not before August 15, 2019",
        "no sooner than August 15, 2019",
        "on or after August 15, 2019",
        "not until August 15, 2019",
        "August 15, 2019 at the earliest",
        "August 15, 2019 or later",
        "on or promptly after August 15, 2019",
        "as soon as practicable after August 15, 2019",
        "expected no earlier than August 15, 2019",
    ),
    ("by August 2019", "2019-08-31, no later than"),
    ("by the end of August 2019", "2019-08-31, no later than"),
    ("before the end of August 2019", "2019-08-31, no later than"),
    ("no later than the fourth quarter of 2011", "2011-12-31, no later than"),
    ("by the end of 2011", "2011-12-31, no later than"),
    ("by year-end 2011", "2011-12-31, no later than"),
    ("prior to April 2011", "2011-03-31, no later than"),
    ("before the fourth quarter of 2011", "2011-09-30, no later than"),
    ("no earlier than April 2011", "2011-04-01, no earlier than"),
]
LEAD_INS = every(
    "2024-05-15, exact",
    "on May 15, 2024",
    "to be held on May 15, 2024",
    "To Be Held Wednesday, May 15, 2024",
    "scheduled to be held on May 15, 2024",
    "will be held on May 15, 2024",
    "effective May 15, 2024",
    "effective on May 15, 2024",
    "effective as of May 15, 2024",
    "will become effective on May 15, 2024",
    "as of May 15, 2024",
    "as at May 15, 2024",
    "with effect from May 15, 2024",
    "from May 15, 2024",
    "on and from May 15, 2024",
    "on and after May 15, 2024",
    "starting on May 15, 2024",
    "beginning May 15, 2024",
    "payable on May 15, 2024",
    "scheduled for May 15, 2024",
    "set for May 15, 2024",
    "is now scheduled for May 15, 2024",
    "rescheduled to May 15, 2024",
    "adjourned until May 15, 2024",
    "postponed until May 15, 2024",
    "has been postponed to May 15, 2024",
    "mailed to shareholders on May 15, 2024",
    "takes effect on May 15, 2024",
    "completed on May 15, 2024",
    "May 15, 2024 (the \u201cClosing Date\u201d)",
    'May 15, 2024 ("Record Date")',
    "May 15, 2024 (the liquidation date)",
    "May 15, 2024 (the Effective Date)",
    "May 15, 2024 (such date, the \u201cClosing Date\u201d)",
    "May 15, 2024 (the \u201cClosing Date\u201d or the \u201cEffective Date\u201d)",
    "May 15, 2024, the \u201cClosing Date\u201d",
    "May 15, 2024 pursuant to Rule 488 under the Securities Act of 1933",
    "May 15, 2024 in accordance with Rule 17a-8",
)
CLOSE = every(
    "2024-05-15, exact, close of business",
    "after the close of business on May 15, 2024",
    "after the close-of-business on May 15, 2024",
    "immediately after the close of business on Wednesday, May 15, 2024",
    "as of the close of business on May 15, 2024",
    "at the close of business May 15, 2024",
    "upon the close of business on May 15, 2024",
    "at the close of trading on May 15, 2024",
    "at the close of the market on May 15, 2024",
    "after the market close on May 15, 2024",
    "after the market closes on May 15, 2024",
    "after market close on May 15, 2024",
    "after the close on May 15, 2024",
    "at the end of the day on May 15, 2024",
    "at end of day, Wednesday 15 May 2024",
    "as on the close of business hours on May 15, 2024",
    "at the close of the NYSE on May 15, 2024",
    "after the close of the NYSE Arca on May 15, 2024",
    "as of the close of trading on the New York Stock Exchange (\u201cNYSE\u201d) on May 15, 2024",
    "as of the close of regular trading on the New York Stock Exchange on May 15, 2024",
    "at the close of regular trading on the NYSE (generally 4:00 p.m. Eastern time) on May 15, 2024",
    "as of the close of business, Eastern time, on May 15, 2024",
    "May 15, 2024, after the close of business",
    "May 15, 2024 (after the close of business)",
    "close of business on May 15, 2024",
    "the close of business on the record date, May 15, 2024",
)
OPENING = every(
    "2024-05-15, exact, opening",
    "before the opening of business on May 15, 2024",
    "prior to the open of business on May 15, 2024",
    "prior to market open on May 15, 2024",
    "ahead of the market open on May 15, 2024",
    "as of the opening of business on May 15, 2024",
    "at the start of trading on May 15, 2024",
    "before the opening of trading on the NYSE on May 15, 2024",
    "May 15, 2024 (prior to open of business)",
)
ANCHORED = [
    ("on or about the close of business on May 15, 2024", "2024-05-15, approximate, close of business"),
    ("after the close of business on or about May 15, 2024", "2024-05-15, approximate, close of business"),
    ("on or about May 15, 2024 (before the opening of business)", "2024-05-15, approximate, opening"),
    ("by the close of business on May 15, 2024", "2024-05-15, no later than, close of business"),
    ("no later than the opening of business on May 15, 2024", "2024-05-15, no later than, opening"),
    ("prior to the close of business on May 15, 2024", "2024-05-15, no later than, close of business"),
    ("May 15, 2024, prior to the close of business", "2024-05-15, no later than, close of business"),
    ("by the close of business on or about May 15, 2024", "2024-05-15, approximate, close of business"),
    ("on or about May 15, 2024, by the close of business", "2024-05-15, approximate, close of business"),
    ("on or after the close of business on May 15, 2024", "2024-05-15, no earlier than, close of business"),
    ("after the close of business on May 15, 2024 (estimated)", "2024-05-15, expected, close of business"),
    ("expected after the close of business on May 15, 2024", "2024-05-15, expected, close of business"),
]
UNDATED = every(
    "undated",
    "to be announced",
    "to be determined",
    "TBD",
    "until further notice",
    "deferred until further notice",
    "adjourned to a future date",
    "adjourned to a later date to be announced",
    "postponed indefinitely",
    "a date to be determined",
    "not yet determined",
)
READ = [
    *(*DAYS, *SEVERAL, *WINDOWS, *FIRMNESS, *LEAD_INS),
    *(*CLOSE, *OPENING, *ANCHORED, *UNDATED),
]


@pytest.mark.parametrize(("phrase", "states"), READ, ids=[phrase for phrase, _ in READ])
def test_a_phrase_is_read(phrase: str, states: str) -> None:
    assert stating(phrase) == states


@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
@pytest.mark.parametrize(("phrase", "states"), READ, ids=[phrase for phrase, _ in READ])
def test_case_makes_no_difference(phrase: str, states: str, change: Callable[[str], str]) -> None:
    assert stating(change(phrase)) == states


def test_the_words_are_kept_with_white_space_as_single_spaces() -> None:
    when = read_phrase(f"  to be held  on\n    December\u00a012{EN}14,\t2017 ")
    assert when.words == f"to be held on December 12{EN}14, 2017"


# --- what a short text says beside the day ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "qualifier"),
    [
        ("April 28, 2008", ""),
        ("on or around April 28, 2008", "on or about"),
        ("April 28, 2008 (estimated)", "expected"),
        ("by April 28, 2008", "no later than"),
        ("on or after April 28, 2008", "no earlier than"),
        ("prior to December 1, 2014", "before December 1"),
        ("prior to April 2011", "before April 2011"),
        ("expected to occur in the Fourth quarter of 2011", "expected fourth quarter of 2011"),
        ("Week of Jan. 19, 2012", "expected week of Jan. 19, 2012"),
        ("Q4 2012", "expected Q4 2012"),
        ("late July or early August 2023", "expected late July or early August 2023"),
        ("30 days after the closing", "derived"),
        ("at least 30 days before the special meeting", "derived, no later than"),
        ("approximately 30 days after the closing", "derived, on or about"),
        ("effective immediately", ""),
    ],
)
def test_a_phrase_has_a_word_for_short_texts(phrase: str, qualifier: str) -> None:
    assert read_phrase(phrase).qualifier == qualifier


def test_a_limit_leaves_one_side_open() -> None:
    latest, earliest = read_phrase("by August 15, 2019"), read_phrase("no earlier than August 15, 2019")
    assert isinstance(latest, Dated)
    assert isinstance(earliest, Dated)
    assert (latest.first_possible, latest.last_possible) == (None, latest.last)
    assert (earliest.first_possible, earliest.last_possible) == (earliest.first, None)


# --- kinds that begin or end something -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "kind", "states"),
    [
        ("to be announced on June 29, 2018", "announcement", "2018-06-29, exact"),
        ("will be announced on June 29, 2018", "completion announcement", "2018-06-29, exact"),
        ("to be determined on or about June 29, 2018", "valuation", "2018-06-29, approximate"),
        ("to be set for June 29, 2018", "closing", "2018-06-29, exact"),
        ("shall be held on June 29, 2018", "closing", "2018-06-29, exact"),
        ('June 29, 2018 (the "Closing Date")', "closed to purchases", "2018-06-29, exact"),
        ('June 29, 2018 (the "Closing Date")', "last trading day", "2018-06-29, exact"),
        ('June 29, 2018 (the "Liquidation Date")', "closing", "2018-06-29, exact"),
        ('June 29, 2018 (the "Effective Date")', "n-14 effectiveness", "2018-06-29, exact"),
        ('June 29, 2018 (the "Effective Date")', "name change", "2018-06-29, exact"),
        ('June 29, 2018 (the "Record Date")', "dividend record date", "2018-06-29, exact"),
        ('June 29, 2018 (the "Meeting")', "board approval", "2018-06-29, exact"),
        ("at a special meeting held on June 29, 2018", "approval obtained", "2018-06-29, exact"),
        ("approved at a meeting held on June 29, 2018", "board approval", "2018-06-29, exact"),
        ("dated June 29, 2018", "announcement", "2018-06-29, exact"),
        ("shareholders of record on June 29, 2018", "record date", "2018-06-29, exact"),
        ("anticipated effective date of June 29, 2018", "sec order", "2018-06-29, expected"),
        ("expected effective June 29, 2018", "deregistration order", "2018-06-29, expected"),
        ("anticipated effective date of June 29, 2018", "regulatory approval", "2018-06-29, expected"),
        ("anticipated effective date of June 29, 2018", "closing", "2018-06-29, expected"),
    ],
)
def test_what_is_said_of_a_kind_is_read_for_it(phrase: str, kind: str, states: str) -> None:
    assert stating(phrase, kind) == states


@pytest.mark.parametrize(
    ("phrase", "kind", "states"),
    [
        ("until June 30, 2018", "last redemption", "2018-06-30, exact"),
        ("through December 31, 2008", "last exchange", "2008-12-31, exact"),
        ("through the close of business on June 30, 2018", "last purchase", "2018-06-30, exact, close of business"),
        ("until the opening of business on June 30, 2018", "last purchase", "2018-06-30, no later than, opening"),
        ("through June 2018", "last purchase", "2018-06-30, exact"),
        ("until June 2018", "last purchase", "2018-06-30, no later than"),
        ("by June 30, 2018", "last purchase", "2018-06-30, no later than"),
        ("until on or about June 30, 2018", "last purchase", "2018-06-30, approximate"),
        ("through June 30, 2018 (expected)", "last redemption", "2018-06-30, expected"),
        ("expected until June 30, 2018", "last redemption", "2018-06-30, expected"),
        ("through June 2018 (expected)", "last redemption", "2018-06-30, expected"),
        ("through approximately June 2018", "last redemption", "2018-06-01..2018-06-30, window"),
        ("until the end of June 2018", "last redemption", "2018-06-30, exact"),
        ("through the end of the second quarter of 2018 (expected)", "last redemption", "2018-06-30, expected"),
        ("until the end of June 2018", "closing", "2018-06-30, no later than"),
        ("through the end of June 2018", "blackout ends", "2018-06-30, exact"),
        ("until the end of June 2018", "blackout ends", "refused"),
        ("until the end of June 2018", "free transfers begin", "refused"),
        ("in effect until June 30, 2018", "free transfers end", "2018-06-30, exact"),
        ("will continue through June 30, 2018", "transition ends", "2018-06-30, exact"),
        ("extended until June 30, 2018", "last redemption", "2018-06-30, exact"),
        ("extended through June 30, 2018", "blackout ends", "2018-06-30, exact"),
        ("extended to June 30, 2018", "tender offer expiration", "2018-06-30, exact"),
        ("extended to the end of June 2018", "tender offer expiration", "2018-06-30, exact"),
        ("expected to be extended to the end of June 2018", "outside date", "2018-06-30, expected"),
        ("extended to the end of June 2018", "blackout ends", "refused"),
        ("extended to the end of June 2018", "closing", "refused"),
        ("extended until June 30, 2018", "closing", "2018-06-30, no later than"),
        ("extended to the opening on June 30, 2018", "last redemption", "2018-06-30, no later than, opening"),
        ("delayed until the opening on June 30, 2018", "last redemption", "2018-06-30, no later than, opening"),
        ("delayed until the opening on June 30, 2018", "free transfers begin", "2018-06-30, exact, opening"),
        ("extended to and including June 30, 2018", "blackout ends", "2018-06-30, exact"),
        ("postponed until June 30, 2018", "free transfers begin", "2018-06-30, exact"),
        ("delayed until June 30, 2018", "free transfers begin", "2018-06-30, exact"),
        ("June 29 or 30, 2018", "last redemption", "2018-06-29..2018-06-30, window"),
        ("until June 30, 2018", "closing", "2018-06-30, no later than"),
        ("through June 30, 2018", "blackout ends", "2018-06-30, exact"),
        ("until and including June 30, 2018", "blackout ends", "2018-06-30, exact"),
        ("until June 30, 2018", "blackout ends", "refused"),
        ("until June 30, 2018", "closed to purchases", "refused"),
        ("through June 30, 2018", "free transfers begin", "refused"),
        ("adjourned until June 29, 2018", "special meeting", "2018-06-29, exact"),
        ("the record date, June 29, 2018", "record date", "2018-06-29, exact"),
        ("the record date, June 29, 2018", "special meeting", "refused"),
        ("Record Date: June 29, 2018", "record date", "2018-06-29, exact"),
    ],
)
def test_what_until_and_through_say_depends_on_the_kind(phrase: str, kind: str, states: str) -> None:
    assert stating(phrase, kind) == states


# --- one day ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", ["December 14, 2007", "2007-12-14", "Friday, December 14, 2007", "14 Dec. 2007"])
def test_one_exact_day_is_read(phrase: str) -> None:
    assert str(read_day(phrase)) == "2007-12-14"


@pytest.mark.parametrize(
    "phrase",
    [
        "on or about December 14, 2007",
        "by December 14, 2007",
        "December 14-15, 2007",
        "December 2007",
        "December 14, 2007 at 1:00 p.m. Eastern",
        "to be announced",
        "30 days after the closing",
    ],
)
def test_anything_but_one_exact_day_is_refused_where_only_that_will_do(phrase: str) -> None:
    with pytest.raises(ValueError, match="is not one exact day"):
        read_day(phrase)
