"""The words around a day are read once for all days, and then say what the grammar says of each phrase as a whole."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.model.kinds import KINDS, Kind, kind_named
from calfeed.model.when import MONTHS, WEEKDAYS, When
from calfeed.reading.phrases import LONGEST, read_in_full, read_phrase
from calfeed.reading.phrases.errors import PhraseError
from calfeed.reading.phrases.frames import read_framed
from calfeed.reading.phrases.stated import Relative
from tests.phrases.test_composed import composed
from tests.phrases.test_properties import ANY_DAY, IN_ANY_ORDER, steadily
from tests.phrases.test_read import READ
from tests.support import each_of

DAY = re.compile(rf"(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}")
OTHER_DAYS = (date(1940, 1, 2), date(2031, 5, 5), date(2032, 2, 29), date(2040, 12, 31))
BEHIND_A_DAY = (
    "", ".", " (a Monday)", " (Monday)", ", Monday", " or May 6, 2031", " and 6", "-6", " at 10:00 a.m. Eastern",
    " at 2:30 a.m. Eastern", " at noon (London time)", " 10:00 a.m. MST", ', the "Closing Date"', " (expected)",
    " 2031",
)  # fmt: skip
IN_FRONT_OF_A_DAY = (
    "", "on ", "before ", "prior to ", "Monday ", "Monday, ", "(", "May 4 and ", "4 and ", "4 to ", "week of ",
    "2031, ", "30 days after ", "the record date, ", "until ", "through ", "between May 4, 2031 and ", "at noon on ",
)  # fmt: skip


def known() -> list[str]:
    """Phrases of filings, and phrases put together of parts."""
    phrases = [phrase for phrase, _ in READ]
    for name in ("sample.tsv", "looked_up.tsv"):
        with (Path(__file__).parent / name).open(encoding="utf-8") as rows:
            phrases += [row["phrase"] for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)]
    phrases += [each.phrase for each, _ in zip(composed(), range(300), strict=False)]
    return phrases


def by_the_grammar(words: str, kind: Kind | None) -> When | Relative | str:
    try:
        return read_in_full(words, kind)
    except PhraseError as error:
        return str(error)


def as_always(words: str, kind: Kind | None) -> When | Relative | str:
    try:
        return read_phrase(words, kind)
    except PhraseError as error:
        return str(error)


def printed(day: date, weekday: str = "") -> str:
    return f"{weekday}{day:%B} {day.day}, {day.year}"


@pytest.mark.parametrize("kind", ["closing", "last purchase"])
def test_a_known_phrase_says_the_same_of_any_day(kind: str) -> None:
    framed = 0
    for phrase in each_of(known()):
        for day in each_of(OTHER_DAYS[:2]):
            words = " ".join(DAY.sub(printed(day), phrase).split())
            if "[" in words:
                continue  # a draft, which is not read at all
            assert as_always(words, kind_named(kind)) == by_the_grammar(words, kind_named(kind)), words
            framed += read_framed(words, words, kind_named(kind)) is not None
    assert framed > 300


@pytest.mark.parametrize("before", IN_FRONT_OF_A_DAY)
@pytest.mark.parametrize("behind", BEHIND_A_DAY)
def test_words_that_have_to_do_with_the_day_are_read_with_it(before: str, behind: str) -> None:
    for day in each_of((*OTHER_DAYS, date(2031, 5, 6), date(2031, 3, 9))):
        words = f"{before}{printed(day)}{behind}"
        assert as_always(words, None) == by_the_grammar(words, None), words


@given(IN_ANY_ORDER, st.sampled_from(["", *(f"{weekday}, " for weekday in WEEKDAYS)]), ANY_DAY, IN_ANY_ORDER)
@steadily
def test_any_words_say_the_same_around_any_day(before: str, weekday: str, day: date, behind: str) -> None:
    words = " ".join(f"{before} {printed(day, weekday)} {behind}".split())
    if "[" in words or len(words) > LONGEST:
        return  # not read at all
    for kind in each_of((None, *KINDS[::7])):
        assert as_always(words, kind) == by_the_grammar(words, kind)
