"""Dates in running text: each is found once, as long as what is read, and what only looks like one has its reason."""

import pytest

from calfeed.reading.phrases.errors import Reason
from calfeed.reading.phrases.finding import find_phrases
from tests.phrases.stating import line


def found(text: str) -> list[tuple[str, str]]:
    """The words of each mention, with what they state or the reason why they are refused."""
    return [
        (mention.words, line(mention.states) if mention.states else str(mention.error and mention.error.reason))
        for mention in find_phrases(text)
    ]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "The Reorganization is expected to take place after the close of business on or about July 12, 2019 (the "
            "\u201cClosing Date\u201d). Until then the Fund goes on.",
            [
                (
                    "is expected to take place after the close of business on or about July 12, 2019 (the "
                    "\u201cClosing Date\u201d)",
                    "2019-07-12, approximate, close of business",
                )
            ],
        ),
        (
            "A special meeting will be held on Thursday, June 27, 2019, at 10:00 a.m. Eastern time, at 41 Quarry Lane.",
            [
                (
                    "will be held on Thursday, June 27, 2019, at 10:00 a.m. Eastern time",
                    "2019-06-27, exact, 2019-06-27T14:00Z America/New_York",
                )
            ],
        ),
        (
            "Supplement dated March 18, 2019\nto the Prospectus dated October 29, 2018, as supplemented",
            [("dated March 18, 2019", "2019-03-18, exact"), ("dated October 29, 2018", "2018-10-29, exact")],
        ),
        (
            "It closes in the fourth quarter of 2011, and pays 30 days after the closing; on the Closing Date it ends.",
            [
                ("closes in the fourth quarter of 2011", "2011-10-01..2011-12-31, window"),
                ("30 days after the closing", "30 days after closing, exact"),
                ("on the Closing Date", "on closing, exact"),
            ],
        ),
        (
            "The merger of the Fund may not occur. Its fiscal year ends on June 30; on 4/5/2031 or 6/27/2031 it pays.",
            [
                ("June 30", Reason.NO_YEAR),
                ("4/5/2031", Reason.AMBIGUOUS),
                ("6/27/2031", "2031-06-27, exact"),
            ],
        ),
        (
            "on or about [March 10], 2023, the date is to be determined",
            [("March 10", Reason.DRAFT), ("to be determined", "undated")],
        ),
        (
            "in each of 2011, 2012 and 2013 the Fund, with 1,234.56 shares, paid 4.5% under Rule 12b-1",
            [],
        ),
        (
            "It meets on Febuary 8, 2031, under Rule 12, 2031, and closes 9 Septmber 2031",
            [("Febuary 8, 2031", Reason.NOT_UNDERSTOOD), ("9 Septmber 2031", Reason.NOT_UNDERSTOOD)],
        ),
        (
            "in the fourth quarter of 2026, before the opening of the New York Stock Exchange, and in late May 2026 at "
            "10:00 a.m. Eastern time",
            [("the fourth quarter of 2026", Reason.CONTRADICTION), ("late May 2026", Reason.CONTRADICTION)],
        ),
        (
            "dividends paid March 4, 2031 and June 5, 2031",
            [("paid March 4, 2031", "2031-03-04, exact"), ("June 5, 2031", "2031-06-05, exact")],
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_mentions_are_found_in_running_text(text: str, mentions: list[tuple[str, str]]) -> None:
    assert found(text) == mentions


def test_a_mention_says_where_it_stands() -> None:
    text = "They vote\non June 27,\n2019."
    (mention,) = find_phrases(text)
    assert text[mention.start : mention.end] == "on June 27,\n2019"
    assert mention.words == "on June 27, 2019"


@pytest.mark.parametrize(
    "words",
    [
        "on Tuesday, July 24, 2026",
        "after the close of business on Tues., July 24, 2026",
        "ON TUESDAY, JULY 24, 2026",
        "Tuesday 24 July 2026 at 10:00 a.m. Irish time",
        "July 24, 2026 (a Tuesday)",
    ],
)
def test_a_weekday_that_is_not_that_of_the_day_is_no_less_a_part_of_the_mention(words: str) -> None:
    assert found(f"So they said: {words}.") == [(words, "impossible")]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "from 15 January 2026 until 3:00 p.m. Luxembourg time on 20 February 2026",
            [
                ("from 15 January 2026", "2026-01-15, exact"),
                (
                    "until 3:00 p.m. Luxembourg time on 20 February 2026",
                    "2026-02-20, no later than, 2026-02-20T14:00Z Europe/Luxembourg",
                ),
            ],
        ),
        (
            "on July 10, 2026, until the close of business on or about Friday, July 24, 2026",
            [
                ("on July 10, 2026", "2026-07-10, exact"),
                (
                    "until the close of business on or about Friday, July 24, 2026",
                    "2026-07-24, approximate, close of business",
                ),
            ],
        ),
        (
            "on October 9, 2026, at 5:00 p.m. Eastern time on October 8, 2026",
            [
                ("on October 9, 2026", "2026-10-09, exact"),
                (
                    "at 5:00 p.m. Eastern time on October 8, 2026",
                    "2026-10-08, exact, 2026-10-08T21:00Z America/New_York",
                ),
            ],
        ),
    ],
)
def test_a_time_between_two_days_belongs_to_the_day_that_it_leads_to(
    text: str, mentions: list[tuple[str, str]]
) -> None:
    assert found(text) == mentions
