"""Why a phrase is not understood from some word on, said to its author."""

import re

from calfeed.model.kinds import Kind
from calfeed.reading.phrases.belonging import may_be_called
from calfeed.reading.phrases.counts import Count, count_at
from calfeed.reading.phrases.days import (
    MONTH_NUMBERS,
    is_year,
    misspelt_month,
    misspelt_month_at,
    month_at,
    printed_day_at,
)
from calfeed.reading.phrases.errors import PhraseError, Reason, no_day_yet
from calfeed.reading.phrases.parts import Beginnings, Named, Parts, end_of, parts_to_day, read_parts
from calfeed.reading.phrases.periods import period_at
from calfeed.reading.phrases.tokens import Text
from calfeed.reading.phrases.words import (
    BEHIND_MAY,
    CALLED_OFF,
    CHANGES,
    CONDITIONS,
    COUNTED,
    END_OF,
    EXCLUDING,
    FIRMNESS,
    FOREIGN_MONTHS,
    JOINTS,
    LAST_DAY_OF,
    LIMITS,
    OTHER_STATES,
    PARTS,
    SEASONS,
    UNITS,
)
from calfeed.reading.phrases.zones import ZONE_ADVICE, zone_at

_BEFORE_THE_DAY = (
    "before the day stand words such as on, scheduled for, on or about, expected on, by, after the close of business on"
)
_BEHIND_THE_DAY = (
    "behind the day stand the opening or the close, a clock time with its zone, (expected), or a defined term in "
    "brackets"
)
_IN_BRACKETS = (
    "in brackets stand the opening or the close, a clock time with its zone, (expected), or what the milestone is "
    "called, as in (the Closing Date); a remark of another meaning belongs in the note, or under subject to or "
    "previously"
)
_IN_QUOTES = f"{_IN_BRACKETS}; a term that is only another name of this very day can be left out"
_CLAUSE = frozenset({"that", "which", "who", "when", "based", "acquired", "as", "it", "we", "will", "would", "should"})


def error_of(words: str, text: Text, parts: Parts, kind: Kind | None) -> PhraseError:
    """Why a phrase of a milestone of a kind is refused that is understood up to a token alone."""
    if foreign := _foreign(text):
        return PhraseError(Reason.NOT_ENGLISH, f'"{foreign}" is not English, and dates are understood in English alone')
    if refusal := _of_a_program(text.raw):
        return refusal
    rest = text.between(parts.end, len(text.tokens))
    for explain in (_further_limit, _condition, _other_state):
        if refusal := explain(text, parts.end, rest):
            return refusal
    if refusal := _unknown_zone(text, parts):
        return refusal
    if parts.named is None:
        return _no_day(words, text, parts)
    return _clause(text, parts.named, kind) or _tail(text, parts.end, rest)


def _foreign(text: Text) -> str:
    """A word of another language, or nothing."""
    for token in text.tokens:
        is_foreign_month = token.text in FOREIGN_MONTHS and token.text not in MONTH_NUMBERS
        if is_foreign_month or any(ord(character) > 0x24F and character.isalpha() for character in token.text):
            return text.raw[token.start : token.end]
    return ""


_SERIAL = re.compile(r"[2-9]\d{4}")
_TIME_OF_DAY = re.compile(r"(?<=\d)[ T]\d\d:\d\d:\d\d\S*$")
_LETTER_FOR_DIGIT = re.compile(r"\b(?=\w*\d)(?=\d*(?P<letter>[OolI]))(?:[\dOolI]{2}|2[\dOolI]{3})\b")


def _of_a_program(raw: str) -> PhraseError | None:
    """A day as a spreadsheet or a database writes it, or with a letter that looks like a digit."""
    if _SERIAL.fullmatch(raw):
        return PhraseError(
            Reason.NOT_UNDERSTOOD,
            f'"{raw}" seems to be the number that a spreadsheet has for a day: write the day itself',
        )
    if found := _TIME_OF_DAY.search(raw):
        return PhraseError(
            Reason.TAIL,
            f'"{found[0].strip()}" is a time as programs write it: leave it out if the source gives the day alone',
        )
    if found := _LETTER_FOR_DIGIT.search(raw):
        return PhraseError(
            Reason.NOT_UNDERSTOOD,
            f'"{found[0]}" is no number: "{found["letter"]}" in it is a letter, where a digit is meant',
        )
    return None


def _further_limit(text: Text, index: int, rest: str) -> PhraseError | None:
    """A limit behind the day: "but no later than May 30, 2031"."""
    start = index + (text.at(index) in {",", "(", ";"})
    start += text.at(start) in {"but", "and"}
    limit = FIRMNESS.at(text, start) if 0 < index < start else None
    if limit is None or limit.meaning not in LIMITS or parts_to_day(Beginnings(text), start, start + 12).named is None:
        return None
    return PhraseError(
        Reason.TAIL, f'"{rest}" sets a further limit, and a date has one day or one limit: say this one in the note'
    )


def _past_marks(text: Text, index: int) -> int:
    """The index behind what opens a remark: a comma, a bracket, a quotation mark, "the"."""
    while text.at(index) in {",", "(", ";", '"', "the"}:
        index += 1
    return index


def _condition(text: Text, index: int, rest: str) -> PhraseError | None:
    start = _past_marks(text, index)
    rest = _before_phrase(text, index) or rest
    if CHANGES.at(text, start) and not _is_month(text, start + (text.at(start) in {"and", "which"})):
        return PhraseError(
            Reason.MAY_CHANGE,
            f'"{rest}" says that the day may move: leave it out here, and put the word change under subject to',
        )
    if CONDITIONS.at(text, start):
        return PhraseError(
            Reason.CONDITION,
            f'"{rest}" makes the date depend on something: leave it out here, and say it under subject to',
        )
    return None


def _before_phrase(text: Text, index: int) -> str:
    """The words from a token on that stand before a phrase which is understood without them; empty if there is none."""
    for place in range(index + 1, len(text.tokens)):
        if text.at(place - 1) in {"not", "no"}:
            return ""  # what follows means the opposite without it
        is_bound = text.at(place - 1) in {",", ")"} or text.at(index) in {"may", "might", "could", "can", "which"}
        if is_bound and _understood(text, place):
            return text.between(index, place)
    return ""


def _is_month(text: Text, index: int) -> bool:
    """Whether the "may" at a token is the month."""
    if text.at(index) != "may" or text.at(index + 1) in BEHIND_MAY:
        return False
    is_dated = printed_day_at(text, index) or period_at(text, index)
    return is_dated is not None or text.at(index + 1) in {"", "or", "and", "to", "-", "/"}


def _other_state(text: Text, index: int, rest: str) -> PhraseError | None:
    start = _past_marks(text, index)
    is_from_other_day = index > 0 and text.at(start) == "from" and printed_day_at(text, start + 1)
    if OTHER_STATES.at(text, start) or is_from_other_day:
        return PhraseError(Reason.OTHER_STATE, f'"{rest}" says what held before: that belongs under previously')
    if CALLED_OFF.at(text, start):
        return PhraseError(Reason.OTHER_STATE, f'"{rest}" says that it will not happen: that belongs under cancelled')
    return None


def _unknown_zone(text: Text, parts: Parts) -> PhraseError | None:
    """A zone of no clock time, or what stands behind a clock time as its zone and is not understood."""
    index = parts.end + (text.at(parts.end) in {",", "("})
    words = text.between(index, index + 1)
    if parts.named and not parts.clock and words and zone_at(text, index):
        return PhraseError(Reason.ZONE, f'"{words}" is a zone, and belongs to no clock time of this date')
    is_zone = "time" in {text.at(index + 1), text.at(index + 2)} and words.isalpha()
    if parts.clock and parts.clock.zone is None and is_zone:
        return PhraseError(Reason.ZONE, f'"{words}" is not understood as a zone: {ZONE_ADVICE}')
    return None


# --- before the day --------------------------------------------------------------------------------------------------


def _no_day(words: str, text: Text, parts: Parts) -> PhraseError:
    later = [said.words for said in parts.said if said.later is not None]
    if later:
        return no_day_yet(later[0])
    index = parts.end
    word = text.between(index, index + 1)
    if not word:
        return PhraseError(Reason.NO_DATE, f'"{words}" names no day')
    return (
        _excluded(text, index)
        or _season(text, index)
        or _last_day_of_part(text, index)
        or _without_year(text, index)
        or _other_count(text, index)
        or _word_before_day(word, text, index)
    )


def _excluded(text: Text, index: int) -> PhraseError | None:
    """A day that is no part of what is said: "up to, but excluding, April 26, 2031"."""
    start = _past_marks(text, index)
    excluding = EXCLUDING.at(text, start)
    if excluding is None:
        return None
    words = text.between(start, excluding.end)
    return PhraseError(
        Reason.AMBIGUOUS, f'"{words}" leaves out the day behind it: the day before is meant, so give that day'
    )


def _season(text: Text, index: int) -> PhraseError | None:
    """A season, its end or a part of it: "the last day of the spring", "late fall 2031"."""
    part = END_OF.at(text, index) or LAST_DAY_OF.at(text, index) or PARTS.at(text, index)
    start = part.end if part else index
    start += text.at(start) == "the"
    behind = start + 1 + (text.at(start + 1) in {",", "of"})
    if text.at(start) not in SEASONS or not (is_year(text, behind) or behind >= end_of(text)):
        return None
    return PhraseError(
        Reason.AMBIGUOUS,
        f'"{text.between(start, start + 1)}" is a season, which has no days of its own: give the months, if the source '
        "names them, or say the season in the note of a date to be announced",
    )


def _last_day_of_part(text: Text, index: int) -> PhraseError | None:
    """The last day of what is no whole period, as in "the last day of mid-May 2031"."""
    last_day = LAST_DAY_OF.at(text, index)
    period = period_at(text, last_day.end) if last_day else None
    if period is None:
        return None
    words = text.between(index, period.end)
    return PhraseError(
        Reason.AMBIGUOUS, f'"{words}" names no day: a last day is that of one month, quarter, half or year'
    )


def _without_year(text: Text, index: int) -> PhraseError | None:
    printed = printed_day_at(text, index)
    month = month_at(text, index)
    end = END_OF.at(text, index) or LAST_DAY_OF.at(text, index)
    if printed and printed.year is None:
        return PhraseError(Reason.NO_YEAR, f'"{text.between(index, printed.end)}" has no year')
    if month and not is_year(text, month.end):
        return PhraseError(Reason.NO_YEAR, f'"{text.between(index, month.end)}" has no year')
    if end:
        return PhraseError(Reason.NO_YEAR, f'"{text.between(index, len(text.tokens))}" has no year of its own')
    fiscal = [place for place, token in enumerate(text.tokens) if token.text == "fiscal"]
    if fiscal:
        return PhraseError(Reason.AMBIGUOUS, '"fiscal" years are of each fund\'s own: give the months')
    return None


def _other_count(text: Text, index: int) -> PhraseError | None:
    unit = UNITS.at(text, index + 1) if len(text.at(index)) > 3 and text.at(index).isdecimal() else None
    if unit:
        words = text.between(index, unit.end)
        return PhraseError(Reason.COUNT, f'"{words}" is more than can be counted from a milestone: give the day itself')
    if not _counts(text, index):
        return None
    rest = text.between(index, len(text.tokens))
    return PhraseError(
        Reason.COUNT,
        f'"{rest}" counts from what is no milestone here, or in days that calfeed does not know: give the day itself',
    )


def _word_before_day(word: str, text: Text, index: int) -> PhraseError:
    if word in {"(", '"'}:
        start = _past_marks(text, index)
        word = text.between(start, start + 1) or word
    for place in (index, index + 1):
        if month := misspelt_month_at(text, place):
            return misspelt_month(text.between(place, place + 1), month)
    if text.at(index) in _CLAUSE:
        return PhraseError(Reason.CLAUSE, f'"{word}" begins a clause, which is no part of a date: {_BEFORE_THE_DAY}')
    return PhraseError(Reason.NOT_UNDERSTOOD, f'"{word}" is not understood here: {_BEFORE_THE_DAY}')


def _counts(text: Text, index: int) -> bool:
    """Whether a number of days before or after something stands in the rest, and is not understood."""
    for start in range(index, min(index + 8, len(text.tokens))):
        if count_at(text, start):
            return False
        unit = UNITS.at(text, start)
        if unit and COUNTED.at(text, unit.end):
            return True
    return False


# --- behind the day --------------------------------------------------------------------------------------------------


def _clause(text: Text, named: Named, kind: Kind | None) -> PhraseError | None:
    """A milestone by its name, and behind it what is said of it: "the meeting will be held on March 3, 2032"."""
    match named.what:
        case Count(base=base, amount=0) if base.kinds:
            behind = _understood(text, named.end)
        case _:
            return None
    if behind is None:
        return None
    if kind and kind.name != "other" and not may_be_called(kind, [each.name for each in base.kinds]):
        return PhraseError(
            Reason.KIND,
            f"this is said of another milestone ({base.kinds[0].name}), and not of this one ({kind.name})",
        )
    subject, verb = text.between(named.start, named.end), text.between(named.end, named.end + 1)
    return PhraseError(
        Reason.CLAUSE,
        f'"{subject}" begins a clause with a subject of its own, which is no part of a date: '
        f'write the words that follow it, from "{verb}" on',
    )


def _understood(text: Text, index: int) -> Parts | None:
    """The parts of the phrase from a token on, if they are understood to its end."""
    try:
        parts = read_parts(text, index)
    except PhraseError:
        return None
    return parts if parts.named and parts.end >= end_of(text) else None


def _tail(text: Text, index: int, rest: str) -> PhraseError:
    start = _past_marks(text, index)
    word = text.between(start, start + 1) or rest
    joint = JOINTS.at(text, index)
    if joint and (printed_day_at(text, joint.end) or printed_day_at(text, joint.end + 1)):
        return PhraseError(
            Reason.TAIL, f'"{rest}" names a further day: a milestone has one day, or days that follow each other'
        )
    advice = _IN_BRACKETS if text.at(index) == "(" else _BEHIND_THE_DAY
    advice = _IN_QUOTES if text.at(start - 1) == '"' else advice
    return PhraseError(Reason.TAIL, f'"{word}" is not understood in "{rest}": {advice}')
