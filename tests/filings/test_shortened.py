"""What a text calls funds for short, and the words that hint at a fund whose name is not understood."""

import pytest

from calfeed.filings.funds.shortened import ShortNames, short_names
from calfeed.filings.funds.terms import Place

NAMES = ["Hill Core Bond Fund", "Hill Growth Fund", "Hill Pan-European Fund"]


def test_a_short_name_leaves_out_the_noun_and_the_family() -> None:
    assert short_names(NAMES, []) == {
        "Core Bond": NAMES[0],
        "Hill Core Bond": NAMES[0],
        "Growth": NAMES[1],
        "Hill Growth": NAMES[1],
        "Pan-European": NAMES[2],
        "Hill Pan-European": NAMES[2],
    }


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Hill Growth Fund", "Hill Growth Portfolio", "Hill Income Fund"], "Hill Growth"),
        (["Hill Core Bond Fund", "Core Bond Fund", "Hill Income Fund"], "Hill Income"),
    ],
)
def test_a_short_name_is_that_of_one_fund_in_whatever_order(names: list[str], short: str) -> None:
    found, reversed_found = short_names(names, []), short_names(names[::-1], [])
    assert found == reversed_found
    assert found.get("Core Bond", "Core Bond Fund") == "Core Bond Fund"
    assert found.get(short) == ("Hill Income Fund" if short == "Hill Income" else None)


def test_a_single_word_with_which_another_name_ends_is_no_short_name() -> None:
    assert "Growth" not in short_names(NAMES, ["Oak Growth Fund"])


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("the record date of Core Bond", {0}),
        ("Core Bond Plus Fund", set()),
        ("Growth: meeting", {1}),
        ("Meeting (Growth)", {1}),
        ("Pan-European and Growth", {1, 2}),
        ("Growth's meeting", {1}),
        ("the growth of the fund", set()),
        ("Growth of assets was small", set()),
        ("Large Growth Fund", set()),
        ("Core Bond Fund", set()),
    ],
)
def test_one_word_is_a_name_only_where_a_name_stands(text: str, called: set[int]) -> None:
    assert ShortNames(NAMES, []).pairs_called(text, 0, len(text), []) == called


@pytest.mark.parametrize(
    ("text", "hinted"),
    [
        ("Growth Plus shareholders", {1}),
        ("Growth stocks fell", {1}),
        ("the Bond shareholders", {0}),
        ("Bond Street", set()),
        ("Derby, Growth", set()),
        ("the bond market", set()),
    ],
)
def test_a_word_of_one_name_hints_at_its_fund(text: str, hinted: set[int]) -> None:
    assert ShortNames(NAMES, []).pairs_hinted(text, 0, len(text), []) == hinted


def test_words_of_names_that_are_understood_hint_at_nothing() -> None:
    text = "Growth Plus shareholders"
    assert ShortNames(NAMES, []).pairs_hinted(text, 0, len(text), [Place(0, 11)]) == set()
