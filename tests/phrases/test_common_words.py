"""Plain words of proxy statements and press releases that are read, each of the kinds of which it is said."""

import pytest

from tests.phrases.stating import error_of, stating


@pytest.mark.parametrize(
    "words",
    [
        "first sent or given to shareholders on or about",
        "first being mailed to stockholders on or about",
        "is first being mailed to stockholders on or about",
        "are being mailed to shareholders on or about",
        "first mailed or otherwise made available to shareholders on or about",
        "will first be mailed on or about",
        "will begin mailing on or about",
        "expected to commence mailing on or about",
    ],
)
def test_a_mailing_is_told_in_many_words(words: str) -> None:
    assert stating(f"{words} May 3, 2024", "proxy mailing") == "2024-05-03, approximate"
    assert "is said of another milestone" in error_of(f"{words} May 3, 2024", "closing")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("filed with the SEC on", "n-14 filing"),
        ("filed with the Securities and Exchange Commission on", "n-14 filing"),
        ("filed with the U.S. Securities and Exchange Commission on", "deregistration filing"),
        ("declared effective by the SEC on", "n-14 effectiveness"),
        ("unanimously approved on", "board approval"),
    ],
)
def test_what_a_board_or_a_regulator_does_is_told_of_its_milestone_alone(words: str, kind: str) -> None:
    assert stating(f"{words} May 3, 2024", kind) == "2024-05-03, exact"
    assert "is said of another milestone" in error_of(f"{words} May 3, 2024", "closing")


@pytest.mark.parametrize("label", ["Expected Closing Date", "Proposed merger date", "Estimated closing", "Target date"])
def test_a_label_before_a_colon_says_that_the_day_is_expected(label: str) -> None:
    assert stating(f"{label}: April 26, 2024", "closing") == "2024-04-26, expected"


def test_a_label_of_another_milestone_is_refused() -> None:
    assert "(such as record date)" in error_of("Expected Record Date: April 26, 2024", "closing")


@pytest.mark.parametrize(
    ("phrase", "states"),
    [
        ("the last business day of May 2024", "refused"),
        ("by on or about December 1, 2014", "refused"),
        ("by approximately December 1, 2014", "refused"),
    ],
)
def test_the_business_day_of_a_month_is_not_surer_than_its_words(phrase: str, states: str) -> None:
    assert stating(phrase, "closing") == states


def test_up_to_and_including_is_the_last_day_of_what_ends() -> None:
    phrase = "up to and including April 25, 2024"
    assert stating(phrase, "last purchase") == stating(phrase, "dealing suspension ends") == "2024-04-25, exact"
    assert stating(phrase, "closing") == "2024-04-25, no later than"
    assert "says when something ends" in error_of(phrase, "closed to purchases")
