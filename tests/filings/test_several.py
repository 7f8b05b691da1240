"""Words that speak of all, of so many or of some of several reorganizations, with what only looks like them."""

import pytest

from calfeed.filings.funds.several import number_told, pairs_by_number, plans_told, speaks_of_it, speaks_of_some


@pytest.mark.parametrize(
    "text",
    [
        "the trustees approved the second of these transactions",
        "the trustees approved the latter on May 1",
        "the later of the two reorganizations will close",
        "the remaining merger will close",
        "the other fund will hold its meeting",
        "one of the reorganizations will close",
        "another merger will close",
        "the board approved those in which a series takes part",
        "all but one will close",
        "the bond funds will meet",
        "Equity Funds: meeting",
    ],
)
def test_a_clause_speaks_of_some(text: str) -> None:
    assert speaks_of_some(text)


@pytest.mark.parametrize(
    "text",
    [
        "the reorganizations will close on the first business day",
        "each fund will hold a meeting",
        "the merger of two funds into the third",
        "each portfolio will be merged into another portfolio",
        "it will not count as one of the free transfers",
        "the three Acquired Funds will meet",
        "shares may be exchanged for those of a money market fund",
    ],
)
def test_a_clause_speaks_of_none_in_particular(text: str) -> None:
    assert not speaks_of_some(text)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("the second merger", {1}),
        ("Mergers 1 and 2", {0, 1}),
        ("Reorganization (ii)", {1}),
        ("Merger (b)", {1}),
        ("the merger", set()),
    ],
)
def test_pairs_are_told_by_number(text: str, pairs: set[int]) -> None:
    assert pairs_by_number(text) == pairs


def test_how_many_are_told() -> None:
    assert (number_told("both funds"), number_told("these two mergers"), number_told("the funds")) == (2, 2, None)
    assert (plans_told("three reorganizations"), plans_told("two mergers and four mergers")) == (3, 4)
    assert plans_told("three funds of other advisers") == 0


@pytest.mark.parametrize("text", ["It will close on May 1", "Its meeting is on May 1", "it is payable on May 1"])
def test_a_clause_is_about_what_it_does_not_name(text: str) -> None:
    assert speaks_of_it(text)


@pytest.mark.parametrize(
    "text", ["It is expected that the mergers will close", "The board, at its meeting, approved the plan"]
)
def test_a_clause_with_such_a_word_may_be_about_all(text: str) -> None:
    assert not speaks_of_it(text)
