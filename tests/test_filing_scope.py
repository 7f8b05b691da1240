"""Which funds a date is about: where the words make it certain, it is placed for them; elsewhere it is asked."""

import pytest

from calfeed.filings.draft import draft_of
from calfeed.filings.opening import read_filing

HEAD = """\
NORTHLAKE TRUST

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

The Board of Trustees of Northlake Trust has approved an Agreement and Plan of Reorganization under which Northlake
Growth Fund will be reorganized into Northlake Value Fund, and Northlake Bond Fund into Northlake Income Fund.

"""
ONE = """\
NORTHLAKE TRUST

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

Northlake Growth Fund (the "Target Fund") will be merged into Northlake Value Fund (the "Acquiring Fund" and, together
with the Target Fund, the "Funds").

"""
BOTH, GROWTH = {0, 1}, {0}


def placed(text: str, head: str = HEAD) -> list[set[int]]:
    """The pairs of each date of a text that is placed."""
    draft = draft_of(read_filing(f"{head}{text}\n".encode(), "supplement.txt"))
    return [set(each.scope) for each in draft.placed if each.mention is not draft.dated]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        (
            "The Board approved both reorganizations on February 3, 2020, and recommends that shareholders of "
            "Northlake Growth Fund vote for the proposal.",
            BOTH,
        ),
        (
            "In the case of Northlake Growth Fund subject to approval, both reorganizations are expected to close on "
            "May 15, 2020.",
            BOTH,
        ),
        (
            "After the close of business on May 1, 2020, Northlake Growth Fund will not accept orders to purchase its "
            "shares, other than orders from the reinvestment of dividends.",
            GROWTH,
        ),
    ],
)
def test_words_that_make_the_funds_certain_place_a_date(text: str, scope: set[int]) -> None:
    assert placed(text) == [scope]


@pytest.mark.parametrize(
    "text",
    [
        "The mergers, other than that of Northlake Bond Fund, will close on May 15, 2020.",
        "The reorganizations will close on May 15, 2020, except the reorganization of Northlake Bond Fund.",
        "Both reorganizations were approved, of which that of Northlake Bond Fund will close on May 15, 2020.",
    ],
)
def test_words_that_tell_funds_apart_are_asked_about(text: str) -> None:
    assert placed(text) == []


def test_both_funds_of_one_pair_are_no_other_fund() -> None:
    assert placed("The Boards of Trustees of the Funds approved the Merger on February 3, 2020.", ONE) == [{0}]
    assert placed("The Board of Northlake Select Fund approved the merger on February 3, 2020.", ONE) == []
