"""Date phrases: the words of a filing to what they state.

A phrase has independent parts, each optional but the day: [lead-in] [how firm] [opening or close] [clock time and zone]
day or days [opening or close] [clock time and zone] [a defined term]. Nothing is guessed and nothing is dropped: what
is not understood is a `PhraseError`, whose message names the word that it stopped at.

The grammar is data: `words` holds the tables, `zones` and `terms` their own. `tokens` looks them up in a text; `days`,
`several`, `periods`, `counts`, `anchors`, `clocks` and `terms` each read one part; `parts` reads one after the other;
`stated` says what they mean together; `explaining` says what is not understood. `frames` keeps what
stands around a day, and `finding` finds phrases in running text by the same tables.
"""

import re
from datetime import date
from functools import lru_cache

from calfeed.model.kinds import Kind
from calfeed.model.when import MONTHS, Dated, Precision, Undated, When
from calfeed.reading.phrases.days import YEARS
from calfeed.reading.phrases.errors import PhraseError, Reason
from calfeed.reading.phrases.explaining import error_of
from calfeed.reading.phrases.frames import read_framed
from calfeed.reading.phrases.parts import end_of, read_parts
from calfeed.reading.phrases.stated import Relative, stated
from calfeed.reading.phrases.terms import undated_end
from calfeed.reading.phrases.tokens import Text

LONGEST = 300
"""The most characters that a date phrase has."""
_PLAIN = re.compile(
    r"(on or about )?(?:([A-Z][a-z]+) ([0-9]{1,2}), ([0-9]{4})|([0-9]{4}-[0-9]{2}-[0-9]{2}))",
)
_CLOSING = {"(": ")", '"': '"', "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}"}
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}


def read_phrase(phrase: str, kind: Kind | None = None) -> When | Relative:
    """What a date phrase states of a milestone of a kind.

    Raises PhraseError (a ValueError), with a message for the author, for a phrase that is not understood, is ambiguous,
    names a day that does not exist or carries a weekday that does not match.
    """
    # Nearly all phrases are of a plain form, which needs no grammar: for the row "folder to catalog".
    return _plain_day(phrase) or _read(phrase, kind)


def read_day(phrase: str) -> date:
    """The one exact day that a phrase states; raises PhraseError for anything softer, longer or timed."""
    return read_exact(phrase).first


def read_exact(phrase: str, kind: Kind | None = None) -> Dated:
    """What a phrase states of a kind that gives one exact day; raises PhraseError if it is softer, longer or timed."""
    try:
        when = read_phrase(phrase, kind)
    except PhraseError as error:
        if error.reason is Reason.NOT_UNDERSTOOD and not any(map(str.isdigit, phrase)):
            raise _no_exact_day(phrase) from error  # the other message may tell of words that are refused here
        raise
    if not isinstance(when, Dated) or not is_exact_day(when):
        raise _no_exact_day(when.words)
    return when


def _no_exact_day(words: str) -> PhraseError:
    return PhraseError(Reason.NO_DATE, f'"{words}" is not one exact day, such as December 14, 2007')


def is_exact_day(when: Dated) -> bool:
    """Whether it is one day, without a clock time or any word that softens it."""
    return when.is_firm and when.first == when.last and when.clock is None


@lru_cache(maxsize=65_536)
def _plain_day(phrase: str) -> Dated | None:
    """What a phrase in single spaces states that is one day or "on or about" one day; None of any other phrase."""
    plain = _PLAIN.fullmatch(phrase)
    if plain is None:
        return None
    about, month, number, year, iso = plain.groups()
    try:
        day = date.fromisoformat(iso) if iso else date(int(year), _MONTH_NUMBERS[month], int(number))
    except (KeyError, ValueError):
        return None
    if day.year not in YEARS:
        return None
    if about:
        return Dated(phrase, day, day, precision=Precision.APPROXIMATE, qualifier="on or about")
    return Dated(phrase, day, day)


@lru_cache(maxsize=65_536)
def _read(phrase: str, kind: Kind | None) -> When | Relative:
    words = " ".join(phrase.split())
    _check(words)
    return read_framed(words, _unwrapped(words), kind) or read_in_full(words, kind)


def read_in_full(words: str, kind: Kind | None) -> When | Relative:
    """What a phrase, with white space as single spaces, states by the grammar alone; raises PhraseError."""
    text = Text(_unwrapped(words))
    end = end_of(text)
    if undated_end(text, 0) >= end:
        return Undated(words=words)
    parts = read_parts(text)
    if parts.named is None or parts.end < end:
        raise error_of(words, text, parts, kind)
    return stated(words, parts, kind)


def _unwrapped(words: str) -> str:
    """The words without the brackets or the quotation marks that stand around all of them."""
    closing = _CLOSING.get(words[:1], "")
    is_wrapped = closing and words.endswith(closing) and closing not in words[1:-1]
    return words[1:-1] if is_wrapped else words


def _check(words: str) -> None:
    """Check that this can be a date phrase at all."""
    if not words:
        raise PhraseError(
            Reason.NO_DATE, "the date is empty: a day is understood, such as November 7, 2007, or to be announced"
        )
    if len(words) > LONGEST:
        raise PhraseError(Reason.NOT_UNDERSTOOD, f"this is too long for a date, which has at most {LONGEST} characters")
    if "[" in words:
        raise PhraseError(
            Reason.DRAFT, f'"{words}" has square brackets, which mark a draft: put the date here once it is final'
        )
