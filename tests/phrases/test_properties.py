"""Every day and every text: what is printed reads back, and whatever is written is read or refused."""

import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.model.when import Dated, Precision, in_words
from calfeed.reading.phrases import read_phrase
from calfeed.reading.phrases.finding import find_phrases
from tests.phrases.stating import error_of, stating
from tests.support import examples, if_any

# The same examples on every run, and no time limit for a busy machine to exceed.
steadily = settings(derandomize=True, deadline=None, max_examples=examples(150))
ANY_DAY = st.dates(min_value=date(1940, 1, 1), max_value=date(2199, 12, 1))

PRINTED: dict[str, Callable[[date], str]] = {
    "in words": in_words,
    "ISO": date.isoformat,
    "with weekday": lambda day: f"{day:%A, %B} {day.day}, {day.year}",
    "abbreviated": lambda day: f"{day:%a, %b} {day.day}, {day.year}",
    "day first": lambda day: f"{day.day} {day:%B} {day.year}",
    "capitals": lambda day: f"{day:%B} {day.day}, {day.year}".upper(),
    "with a zero": lambda day: f"{day:%B %d %Y}",
}
WORDS = [
    "on", "or", "about", "in", "expected", "to", "be", "held", "no", "later", "earlier", "than", "before", "by", "not",
    "until", "through", "week", "of", "late", "early", "mid", "approximately", "the", "close", "business", "after",
    "opening", "market", "open", "1:00", "p.m.", "Eastern", "at", "noon", "(Central", "time)", "10:00", "a.m.", "from",
    "during", "end", "Friday,", "November", "7,", "2007", "16", "Nov.", "2007-11-07", "April", "27", "May", "4-5,",
    "2024", "Q1", "second", "half", "quarter", "30", "days", "closing", "special", "meeting", "two", "within", "least",
    "4/5/2008", "[May]", "and", "between", "(the", '"Closing', 'Date")', "(expected)", ".", ",", "-", "MST", "local",
]  # fmt: skip
IN_ANY_ORDER = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@pytest.mark.parametrize("printed", PRINTED.values(), ids=PRINTED)
@given(day=ANY_DAY)
@settings(steadily, max_examples=examples(50))
def test_a_printed_day_reads_back_as_that_day(printed: Callable[[date], str], day: date) -> None:
    assert stating(printed(day)) == f"{day}, exact"
    assert stating(f"on or about {printed(day)}") == f"{day}, approximate"


@given(day=ANY_DAY, length=st.integers(min_value=1, max_value=30))
@settings(steadily, max_examples=examples(50))
def test_printed_days_from_one_to_another_read_back_as_those_days(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    assert stating(f"{in_words(day)} to {in_words(last)}") == f"{day}..{last}, exact"


@pytest.mark.parametrize("texts", [st.text(), IN_ANY_ORDER], ids=["any", "in any order"])
@given(data=st.data())
@steadily
def test_any_text_is_read_or_refused(texts: st.SearchStrategy[str], data: st.DataObject) -> None:
    phrase = data.draw(texts)
    if stating(phrase) == "refused":
        assert error_of(phrase)
        return
    when = read_phrase(phrase)
    if isinstance(when, Dated):
        assert when.first <= when.last
        assert (when.precision is Precision.EXACT) == (when.qualifier == "")
        assert when.clock is None or when.first == when.last


SPACES = st.text(alphabet=" \t\n\r\u00a0\u2003", min_size=1, max_size=3)


@given(phrase=IN_ANY_ORDER, data=st.data())
@settings(steadily, max_examples=examples(100))
def test_reading_depends_on_the_words_alone(phrase: str, data: st.DataObject) -> None:
    words = phrase.split()
    spaced = "".join(word + data.draw(SPACES) for word in ["", *words])
    assert stating(spaced) == stating(" ".join(words))


@given(text=IN_ANY_ORDER)
@settings(steadily, max_examples=examples(100))
def test_what_is_found_in_a_text_is_what_is_read(text: str) -> None:
    end = 0
    for mention in if_any(find_phrases(text)):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.words == " ".join(text[mention.start : mention.end].split())
        assert (mention.states is None) == (mention.error is not None)
        if mention.states:
            assert mention.states == read_phrase(mention.words)
        end = mention.end


def test_the_work_grows_with_the_length_alone() -> None:
    sentence = "on or about April 28, 2008, or the week of January 19, 2012, at 10:00 a.m. Eastern. "
    assert calls(sentence * 80) < 9 * calls(sentence * 10)


def calls(text: str) -> int:
    """How many functions are called to find the dates of a text: a measure of work that no busy machine changes."""
    number = 0

    def count(*_: object) -> None:
        nonlocal number
        number += 1

    find_phrases(text)  # once before, since tables are made when they are first needed
    sys.setprofile(count)
    try:
        find_phrases(text)
    finally:
        sys.setprofile(None)
    return number
