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
    ('(the "Superseded Closing Date")', PREVIOUSLY),
    ('(the "Previously Announced Date")', PREVIOUSLY),
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
            '(the "Eve of the Closing Date")',
            '("TBD")',
            '("Week Of")',
        )
    ),
]


@pytest.mark.parametrize(("remark", "message"), REMARKS, ids=[remark for remark, _ in REMARKS])
def test_a_remark_in_brackets_is_no_defined_term(remark: str, message: str) -> None:
    assert message in error_of(f"April 26, 2024 {remark}", "other")
    assert stating(f"{remark} April 26, 2024", "other") == "refused"
    assert '"(" is not' not in error_of(f"{remark} April 26, 2024", "other")
    assert stating(f"on or about {remark} April 26, 2024", "other") == "refused"


@pytest.mark.parametrize("noun", ["date", "day", "time", "meeting", "closing", "merger"])
@pytest.mark.parametrize("word", ["not", "or", "if", "later", "earlier", "next", "wrong", "old", "new", "possible"])
def test_one_unknown_word_makes_a_term_a_remark(word: str, noun: str) -> None:
    for term in (
        f"({word} {noun})",
        f"(the {word} {noun})",
        f'(the "{word} {noun}")',
        f', the "{word} closing {noun}"',
        f'(the "{word.title()} Closing {noun.title()}")',
    ):
        assert stating(f"April 26, 2024 {term}") == "refused", term


_SAYING_MORE = (
    "Hoped-For", "Placeholder", "Assumed", "Hypothetical", "Illustrative", "Optimistic", "Suggested", "Goal",
    "Working", "Flexible", "Floating", "Missed", "Lapsed", "Expired", "Terminated", "Suspended", "Erstwhile", "Past",
    "Initial", "Pre-Closing", "Post-Closing", "Non-Closing", "Standby", "Reserve", "Backstop",
    "End", "ETA", "TBD", "Draft", "Sample", "Would-Be", "Notional", "Best-Case", "Aspirational", "Dummy", "So-Called",
)  # fmt: skip


@pytest.mark.parametrize("word", _SAYING_MORE)
def test_a_word_that_is_not_known_makes_a_term_in_quotes_no_name_of_the_day(word: str) -> None:
    for noun in ("Date", "Closing Date", "Effective Time", "Special Meeting", "Merger"):
        for term in (f'(the "{word} {noun}")', f', the "{word} {noun}"', f'(each, a "Fund {word} {noun}")'):
            assert stating(f"July 15, 2031 {term}") == "refused", term
    advice = error_of(f'July 15, 2031 (the "{word} Date")')
    assert "that is only another name of this very day can be left out" in advice


def test_a_term_all_in_capitals_has_no_short_names() -> None:
    assert stating('July 15, 2031 (the "CLOSING DATE")') == "2031-07-15, exact"
    assert stating('July 15, 2031 (the "GOAL CLOSING DATE")') == "refused"


@pytest.mark.parametrize("term", ["ASAP Closing Date", "ORIG Closing Date", "Hoped Fund Closing Date"])
def test_a_short_word_and_one_before_a_fund_are_names_only_where_they_say_no_more(term: str) -> None:
    assert stating(f'July 15, 2031 (the "{term}")') == "refused"


@pytest.mark.parametrize(
    ("term", "states"),
    [
        ('(the "Closing Date")', "exact"),
        ("(the merger date)", "exact"),
        ("(each, a \u201cReorganization Date\u201d)", "exact"),
        ('(the "Closing Date" or the "Effective Time")', "exact"),
        ('(the "Last Day of Trading")', "exact"),
        ('(the "Value Portfolio Closing Date")', "exact"),
        ('(the "Implementation Date")', "exact"),
        ('(the "Separation Date")', "exact"),
        ('(the "Automatic Transfer Date")', "exact"),
        ('(the "De-Listing Date")', "exact"),
        ('(the "Cut-Off Time")', "exact"),
        ('(the "First Closing Date")', "exact"),
        ('(the "MIST Closing Date")', "exact"),
        ('(the "Class C Conversion Date")', "exact"),
        ('(the "Phase II Closing Date")', "exact"),
        ('(the "Final Closing Date")', "exact"),
        ('(the "Small-Cap Value Closing Date")', "exact"),
        ('(the "Arizona Fund Reorganization Date")', "exact"),
        ('(the "Lazard Mid-Cap Portfolio Closing Date")', "exact"),
        ('(the "Share Class Conversion Date")', "exact"),
        ('(the "Shareholders\' Meeting")', "exact"),
        ('(together with any adjournments thereof, the "Meeting")', "exact"),
        ('(including any postponements or adjournments thereof, the "Meeting")', "exact"),
        ('(hereinafter, the "Closing Date")', "exact"),
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


@pytest.mark.parametrize("kind", ["last purchase", "last redemption", "blackout ends", "last trading day"])
@pytest.mark.parametrize(
    "beginning",
    [
        "on and after", "from", "from and after", "with effect from", "as from", "on and from", "from and including",
        "w.e.f.", "effective from and after", "on or after",
    ],
)  # fmt: skip
def test_what_begins_on_a_day_does_not_end_on_it(beginning: str, kind: str) -> None:
    phrase = f"{beginning} April 25, 2024"
    assert "give the last day, if the source states it, or name what begins" in error_of(phrase, kind)
    assert invented(phrase, kind) == []
    assert stating(phrase, "closed to purchases").startswith("2024-04-25, ")


@pytest.mark.parametrize("kind", ["sales charge waiver", "first trading day", "closed to purchases"])
def test_what_ends_on_a_day_does_not_begin_on_it(kind: str) -> None:
    for end in ("ends on", "will terminate on", "expiring on", "until", "through"):
        assert stating(f"{end} April 25, 2024", kind) == "refused"


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        ("last trading day", "before market open on April 29, 2024"),
        ("last trading day", "halted prior to the open of trading on April 29, 2024"),
        ("last trading day", "delisted before the market opens on or about April 29, 2024"),
        ("last purchase", "as of the opening of business on April 29, 2024"),
        ("blackout ends", "at the opening of business on April 29, 2024"),
        ("last exchange", "expected before the opening of business on the Closing Date"),
    ],
)
def test_what_is_over_at_the_opening_ends_on_a_day_before(kind: str, phrase: str) -> None:
    assert "is over at the opening" in error_of(phrase, kind)
    assert "its last day lies before: give that day" in error_of(phrase, kind)


def test_what_begins_at_the_opening_does_not_begin_on_the_day_that_closes() -> None:
    close = "after the close on April 26, 2024"
    assert "its first day lies after, so give that day" in error_of(close, "first trading day")
    assert stating(close, "closed to purchases") == "2024-04-26, exact, close of business"
    assert stating("at the opening on April 29, 2024", "first trading day") == "2024-04-29, exact, opening"


def test_a_deadline_may_be_the_opening_of_its_day() -> None:
    opening = "before the opening of business on April 29, 2024"
    assert stating(opening, "voting deadline") == "2024-04-29, exact, opening"
    assert stating(f"until {opening[7:]}", "last purchase") == "2024-04-29, no later than, opening"


@pytest.mark.parametrize("kind", ["special meeting", "closing", "other"])
@pytest.mark.parametrize(
    "was",
    [
        "was scheduled for", "was to be held on", "were to be held on", "had been scheduled for", "was to occur on",
        "was to have been held on", "was expected to be held on", "which was due to be held on", "was planned for",
        "was set for", "were set for", "had been set for", "was fixed for", "which was slated for", "was for",
        "was set to be held on", "was set to take place on", "was tentatively set for", "was again set for",
        "was then set for", "was first scheduled for", "was set on", "was called for", "was noticed for",
        "was booked for", "was arranged for", "was announced for", "was being set for", "was pencilled in for",
    ],
)  # fmt: skip
def test_a_day_that_was_planned_once_may_be_superseded(was: str, kind: str) -> None:
    message = error_of(f"{was} April 9, 2024", kind)
    assert "says what was planned" in message
    assert "put the old one under previously" in message
    assert invented(f"{was} April 9, 2024", kind) == []


@pytest.mark.parametrize("was", ["was convened for", "was reconvened for", "was convened to be held on"])
def test_a_meeting_that_was_convened_for_a_day_was_planned_and_one_convened_on_it_was_held(was: str) -> None:
    assert "says what was planned" in error_of(f"{was} April 9, 2024", "special meeting")
    assert stating("was convened on April 9, 2024", "special meeting") == "2024-04-09, exact"


def test_what_was_done_and_what_was_rescheduled_is_a_day() -> None:
    for was in ("was held on", "was rescheduled for", "was adjourned to", "has been scheduled for"):
        assert stating(f"{was} April 9, 2024", "special meeting") == "2024-04-09, exact"
    for was in ("was fixed as of", "was set at", "was set as of", "has been set for", "is set for"):
        assert stating(f"{was} April 9, 2024", "record date") == "2024-04-09, exact"


ONE_DAY = (
    *("closing", "liquidation", "n-14 effectiveness", "record date", "proxy mailing", "special meeting", "delisting"),
    *("dividend ex-date", "proceeds payment", "name change"),
)


@pytest.mark.parametrize("kind", ONE_DAY)
@pytest.mark.parametrize("lead", ["", "will be ", "sometime ", "expected ", "on or about ", "any time "])
def test_between_two_days_is_on_one_of_them(lead: str, kind: str) -> None:
    phrase = f"{lead}between April 15, 2024 and May 15, 2024"
    assert stating(phrase, kind) == "2024-04-15..2024-05-15, window"


def test_what_goes_on_for_days_is_between_its_first_and_its_last() -> None:
    phrase = "between April 15 and April 16, 2024"
    assert stating(phrase, "board approval") == "2024-04-15..2024-04-16, exact"
    assert stating(phrase, "other") == "2024-04-15..2024-04-16, exact"
    assert stating(f"{phrase} (both days inclusive)", "blackout begins") == "2024-04-15..2024-04-16, exact"
    assert stating("from April 15 to April 16, 2024", "closing") == "2024-04-15..2024-04-16, exact"


def test_a_window_between_two_days_keeps_the_close_of_both() -> None:
    phrase = "between the close of business on April 15, 2024 and the close of business on April 16, 2024"
    assert stating(phrase, "valuation") == "2024-04-15..2024-04-16, window, close of business"


@pytest.mark.parametrize("kind", ["name change", "subadviser change", "benchmark change"])
def test_until_says_what_held_before_a_change_and_no_limit_of_it(kind: str) -> None:
    for end in ("until", "through", "up to and including"):
        assert "says when something ends" in error_of(f"{end} April 26, 2024", kind)
    assert stating("by April 26, 2024", kind) == "2024-04-26, no later than"


@pytest.mark.parametrize(
    ("phrase", "kind", "states"),
    [
        ("the business day before the opening of business on the Closing Date", "last redemption",
         "1 business days before closing, exact"),
        ("the business day following the close of trading on the Closing Date", "first trading day",
         "1 business days after closing, exact"),
        ("10 days after the close of business on the date of this supplement", "other",
         "10 days after its source, exact"),
        ("after the close of business on the business day before the Closing Date", "valuation",
         "1 business days before closing, exact, close of business"),
    ],
)  # fmt: skip
def test_the_opening_or_the_close_of_a_base_says_nothing_of_the_counted_day(
    phrase: str, kind: str, states: str
) -> None:
    assert stating(phrase, kind) == states
