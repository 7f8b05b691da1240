"""What a phrase says beside its day is never lost: no reading is surer than its words, or of another day."""

import pytest

from tests.phrases.stating import error_of, invented, stating

CHANGE = "put the word change under subject to"
PREVIOUSLY = "that belongs under previously"
IN_BRACKETS = "a remark of another meaning belongs in the note, or under subject to or previously"
REMARKS = [
    *(
        (remark, CHANGE)
        for remark in (
            "(or such other date)",
            "(or such later date)",
            "(or the next business day)",
            "(or next trading day)",
            "(or later date)",
            "(or a later closing date)",
            "(or another date)",
            "(or any adjourned meeting)",
            "(unless postponed to a later date)",
            "(subject to change at any time)",
            '("subject to change")',
        )
    ),
    ("(only if needed that day)", "say it under subject to"),
    ("(original meeting date)", PREVIOUSLY),
    ("(the former closing date)", PREVIOUSLY),
    ('(the "Original Closing Date")', PREVIOUSLY),
    ("(rescheduled from an earlier date)", PREVIOUSLY),
    ("(cancelled meeting)", "that belongs under cancelled"),
    *(
        (remark, IN_BRACKETS)
        for remark in (
            "(not a firm date)",
            "(fallback date)",
            "(latest possible closing date)",
            "(the last possible date)",
            "(one week after the closing)",
            "(first closing)",
            "(deadline)",
            "(at any time)",
            '(the "Latest Closing Date")',
            '(or "as soon as practicable thereafter")',
            '(or the "Settlement Date")',
            '("May 3, 2024")',
            '(the "May 3 Closing")',
            '("estimate")',
        )
    ),
]


@pytest.mark.parametrize(("remark", "message"), REMARKS, ids=[remark for remark, _ in REMARKS])
def test_a_remark_in_brackets_is_no_defined_term(remark: str, message: str) -> None:
    assert message in error_of(f"April 26, 2024 {remark}", "other")
    assert stating(f"{remark} April 26, 2024", "other") == "refused"
    assert stating(f"on or about {remark} April 26, 2024", "other") == "refused"


@pytest.mark.parametrize("noun", ["date", "day", "time", "meeting", "closing", "merger"])
@pytest.mark.parametrize("word", ["not", "or", "if", "later", "earlier", "next", "wrong", "old", "new", "possible"])
def test_one_unknown_word_makes_a_term_a_remark(word: str, noun: str) -> None:
    for term in (
        f"({word} {noun})",
        f"(the {word} {noun})",
        f'(the "{word} {noun}")',
        f', the "{word} closing {noun}"',
    ):
        assert stating(f"April 26, 2024 {term}") == "refused", term


@pytest.mark.parametrize(
    ("term", "states"),
    [
        ('(the "Closing Date")', "exact"),
        ("(the merger date)", "exact"),
        ("(each, a \u201cReorganization Date\u201d)", "exact"),
        ('(the "Closing Date" or the "Effective Time")', "exact"),
        ('(the "Last Day of Trading")', "exact"),
        ('(the "Shareholders\' Meeting")', "exact"),
        ('(together with any adjournments thereof, the "Meeting")', "exact"),
        ('(the "Expected Closing Date")', "expected"),
        ("(the proposed merger date)", "expected"),
    ],
)
def test_a_defined_term_stands_behind_its_day(term: str, states: str) -> None:
    assert stating(f"April 26, 2024 {term}") == f"2024-04-26, {states}"


def test_the_short_name_of_an_exchange_is_no_place_for_a_remark() -> None:
    close = "after the close of the New York Stock Exchange"
    assert stating(f'{close} (the "NYSE") on April 26, 2024') == "2024-04-26, exact, close of business"
    assert stating(f'{close} (the "NYSE or later") on April 26, 2024') == "refused"
    assert stating(f'{close} ("subject to change") on April 26, 2024') == "refused"
    assert invented(f"{close} (subject to change) on April 26, 2024", "closing") == []


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        ("record date", "the special meeting"),
        ("proxy mailing", "the meeting"),
        ("last purchase", "the closing"),
        ("closed to purchases", "the closing"),
        ("transition begins", "the closing"),
        ("free transfers begin", "the substitution"),
        ("valuation", "the Effective Date"),
        ("last trading day", "the closing"),
        ("name change", "the closing"),
        ("special meeting", "the special meeting"),
        ("other", "the closing"),
    ],
)
def test_within_days_of_something_does_not_say_on_which_side(kind: str, base: str) -> None:
    assert f'of {base}" does not say before or after' in error_of(f"within 60 days of {base}", kind)
    assert stating(f"within 60 days before {base}", kind).endswith("no earlier than")
    assert stating(f"within 60 days after {base}", kind).endswith("no later than")


@pytest.mark.parametrize(
    ("kind", "base", "states"),
    [
        ("closing", "the special meeting", "60 days after special meeting, no later than"),
        ("special meeting", "the record date", "60 days after record date, no later than"),
        ("proceeds payment", "the Liquidation Date", "60 days after liquidation, no later than"),
        ("free transfers end", "the closing", "60 days after closing, no later than"),
        ("deregistration filing", "the Effective Date", "60 days after what completes it, no later than"),
        ("record date", "the date of this supplement", "60 days after its source, no later than"),
    ],
)
def test_within_days_of_what_comes_first_is_after_it(kind: str, base: str, states: str) -> None:
    assert stating(f"within 60 days of {base}", kind) == states
