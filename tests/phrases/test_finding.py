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
