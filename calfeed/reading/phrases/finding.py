"""Date phrases in running text, found by the tables that read them.

`find_phrases(text)` gives each expression that is, or looks like, a date, in the order of the text. A mention is as
long as what `read_phrase` reads: lead-in, firmness, anchor, clock and defined term belong to it. What looks like a date
and is refused (a day without its year, an ambiguous one in numbers, a draft in square brackets) is a mention too, with
the error. Days that are counted from a milestone are found where the text gives an amount ("30 days after the closing")
or names its date ("on the Closing Date"); a bare "the merger" is none. Bare years are none.

A mention is read without regard to a kind of milestone: read its words once more with the kind, once that is known.
"""

from dataclasses import dataclass

from calfeed.model.when import Undated, When
from calfeed.reading.phrases.counts import Count
from calfeed.reading.phrases.days import (
    MONTH_NUMBERS,
    is_year,
    misspelt_month,
    misspelt_month_at,
    printed_day_at,
)
from calfeed.reading.phrases.errors import PhraseError, Reason, WeekdayError
from calfeed.reading.phrases.parts import Beginnings, Named, Parts, parts_to_day, take_own_parts_behind
from calfeed.reading.phrases.periods import Period, period_at
from calfeed.reading.phrases.stated import Relative, stated
from calfeed.reading.phrases.tokens import Text
from calfeed.reading.phrases.words import JOINTS, UNDATED

_FURTHEST = 24
"""The most tokens from the first word of a phrase to its day."""
_SIGNS = frozenset({"day", "days", "week", "weeks", "months", "date", "today", "immediately", "immediate"}) | frozenset(
    MONTH_NUMBERS
)
"""Words by which a date is noticed, beside the years."""
_WORDS_TOO = frozenset({"may", "march", "mar", "dec", "sep", "jan"})
"""Months that may be other words where they are written small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An expression in a text that is, or looks like, a date, from character `start` up to, but without, `end`.

    `words` are its own, with white space as single spaces. `states` is what it states; it is None where the expression
    is refused, and `error` says why.
    """

    start: int
    end: int
    words: str
    states: When | Relative | None
    error: PhraseError | None = None


def find_phrases(text: str) -> list[Mention]:
    """The mentions in a text, in its order; no two overlap."""
    tokens = Text(text)
    beginnings = Beginnings(tokens)
    mentions: list[Mention] = []
    behind = 0
    for index in range(len(tokens.tokens)):
        if index < behind or not _is_sign(tokens, index):
            continue
        found = _mention(beginnings, index, behind)
        if found:
            mention, behind = found
            mentions.append(mention)
    return mentions


def _is_sign(text: Text, index: int) -> bool:
    """Whether a token belongs to a date, perhaps."""
    word = text.at(index)
    if word in _WORDS_TOO:
        return text.raw[text.tokens[index].start].isupper()
    return word in _SIGNS or is_year(text, index) or UNDATED.at(text, index) is not None


def _mention(beginnings: Beginnings, index: int, behind: int) -> tuple[Mention, int] | None:
    """The mention around a token, which begins no sooner than at `behind`, and the first token behind it."""
    text = beginnings.text
    undated = UNDATED.at(text, index)
    if undated:
        words = _words(text, index, undated.end)
        return _made(text, index, undated.end, Undated(words=words), None), undated.end
    error: PhraseError | None = None
    wrong_from = index
    for start in range(max(behind, index - _FURTHEST), index + 1):
        if text.at(start) == ",":
            continue  # what stands before it is of another day
        try:
            parts = parts_to_day(beginnings, start, index)
            if parts.named is None or not _covers(parts.named, index):
                continue
            take_own_parts_behind(parts, beginnings)
            if _is_date(text, parts, parts.named):
                if isinstance(error, WeekdayError):  # without its weekday, the day would look certain
                    return _made(text, wrong_from, parts.end, None, error), parts.end
                words = _words(text, start, parts.end)
                return _made(text, start, parts.end, stated(words, parts, None), None), parts.end
        except PhraseError as reason:
            wrong_from = wrong_from if error and str(reason) == str(error) else start
            error = reason
    return _refused(text, index, behind, error)


def _covers(named: Named, index: int) -> bool:
    return named.start <= index < named.end


def _is_date(text: Text, parts: Parts, named: Named) -> bool:
    """Whether what is named counts as a date in running text."""
    match named.what:
        case Count(base=base, amount=0):
            is_date = base.is_date or not base.kinds
            return is_date and named.start > 0 and text.at(named.start - 1) not in {'"', "("}
        case Period():
            return bool(parts.marks) or not _is_years_alone(text, named.start, named.end)
        case _:
            return True


def _is_years_alone(text: Text, start: int, end: int) -> bool:
    """Whether a period is named by nothing but years: those of accounts are too many."""
    return all(is_year(text, index) or JOINTS.at(text, index) for index in range(start, end))


def _refused(text: Text, index: int, behind: int, error: PhraseError | None) -> tuple[Mention, int] | None:
    """What looks like a date at a token and is none, with the reason."""
    for start in range(max(behind, index - 4), index + 1):
        try:
            printed = printed_day_at(text, start)
        except PhraseError as unclear:
            end = min(start + 5, len(text.tokens))
            return _made(text, start, end, None, unclear), end
        if printed and printed.month and start <= index < printed.end:
            error = error if printed.year else None
            return _made(text, start, printed.end, None, error or _incomplete(text, start, printed.end)), printed.end
        if error and (end := _end_of_period(text, start)) > index:
            return _made(text, start, end, None, error), end
    return _misspelt(text, index, behind)


def _end_of_period(text: Text, start: int) -> int:
    """The end of a period that begins at a token and is named by more than years; 0 if none does."""
    try:
        period = period_at(text, start)
    except PhraseError:
        return 0
    return period.end if period and not _is_years_alone(text, start, period.end) else 0


def _misspelt(text: Text, index: int, behind: int) -> tuple[Mention, int] | None:
    """A day before a year, where the month is misspelt: `Febuary 8, 2031`, `8 Febuary 2031`."""
    if not is_year(text, index):
        return None
    for start in range(max(behind, index - 3), index):
        between = [text.at(place) for place in range(start + 1, index)]
        if month := all(each == "," or each.isdecimal() for each in between) and misspelt_month_at(text, start):
            begin = start - (start > behind and text.at(start - 1).isdecimal())
            error = misspelt_month(text.between(start, start + 1), month)
            return _made(text, begin, index + 1, None, error), index + 1
    return None


def _incomplete(text: Text, start: int, end: int) -> PhraseError:
    words = _words(text, start, end)
    if text.at(start - 1) == "[" or text.at(end) == "]":
        return PhraseError(Reason.DRAFT, f'"{words}" stands in square brackets, which mark a draft')
    return PhraseError(Reason.NO_YEAR, f'"{words}" has no year')


def _made(text: Text, start: int, end: int, states: When | Relative | None, error: PhraseError | None) -> Mention:
    return Mention(
        start=text.tokens[start].start,
        end=text.tokens[end - 1].end,
        words=_words(text, start, end),
        states=states,
        error=error,
    )


def _words(text: Text, start: int, end: int) -> str:
    return " ".join(text.between(start, end).split())
