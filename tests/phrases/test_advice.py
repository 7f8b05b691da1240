"""What the message of a refusal advises: never words of another meaning, and the day and what softens it stay."""

import pytest

from tests.phrases.stating import error_of, invented, stating

ADVICE = [
    ("April 26, 2024 and May 3, 2024", '"and May 3, 2024" names a further day'),
    ("April 26, 2024 and may be delayed", '"and may be delayed" says that the day may move'),
    ("April 26, 2024 and may, if need be, be delayed", "says that the day may move"),
    ("April 26, 2024 (if approved at the special meeting)", "say it under subject to"),
    ("April 26, 2024 (subject to approval at the meeting)", '"(subject to approval at the meeting)" makes the date'),
    ("if approved, on or about April 26, 2024", '"if approved," makes the date depend on something: leave it out'),
    ("(or such other date) April 26, 2024", '"(or such other date)" says that the day may move: leave it out'),
    ("may be completed on April 26, 2024", '"may" says that the day may move: leave it out'),
    ("may not occur before April 26, 2024", '"may not occur before April 26, 2024" says that the day may move'),
    ("at the end of May 2024", "give the last day of it, if the source means that one"),
    ("after the end of May 2024", "give the last day of it, if the source means that one"),
    ("up to, but excluding, April 26, 2024", "the day before is meant, so give that day"),
    ("until (but not including) April 26, 2024", '"but not including" leaves out the day behind it'),
]


@pytest.mark.parametrize(("phrase", "message"), ADVICE, ids=[phrase for phrase, _ in ADVICE])
def test_advice_leaves_the_meaning_as_it_is(phrase: str, message: str) -> None:
    for kind in ("closing", "last purchase", "other"):
        assert message in error_of(phrase, kind)
        assert invented(phrase, kind) == []


def test_the_end_of_a_period_is_not_advised_as_a_limit() -> None:
    for phrase in ("at the end of May 2024", "around the end of May 2024", "not before the end of mid-2024"):
        assert " by " not in error_of(phrase, "closing")


@pytest.mark.parametrize(
    ("phrase", "kind", "states"),
    [
        ("may occur as early as April 26, 2024", "closing", "2024-04-26, no earlier than"),
        ("may be completed as early as May 2024", "closing", "2024-05-01, no earlier than"),
        ("could close as soon as April 26, 2024", "closing", "2024-04-26, no earlier than"),
        ("as soon as possible on April 26, 2024", "closing", "refused"),
        ("could close as late as April 26, 2024", "closing", "2024-04-26, no later than"),
        ("no earlier than the end of May 2024", "closing", "2024-05-31, no earlier than"),
        (
            "first mailed or otherwise provided to shareholders on or about May 3, 2024",
            "proxy mailing",
            "2024-05-03, approximate",
        ),
    ],
)
def test_a_limit_in_other_words_is_read(phrase: str, kind: str, states: str) -> None:
    assert stating(phrase, kind) == states


def test_the_close_of_the_second_of_two_days_is_not_lost() -> None:
    for joint in ("or", "and"):
        assert stating(f"April 25, 2024 {joint} after the close of business on April 26, 2024", "closing") == "refused"
