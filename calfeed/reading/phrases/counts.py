"""Days that are counted from another milestone, or from the day of the document."""

from typing import NamedTuple

from calfeed.model.kinds import KINDS, Kind
from calfeed.model.synonyms import WHICHEVER_COMPLETES, words_for
from calfeed.model.when import Direction, Unit
from calfeed.reading.phrases.anchors import anchor_at
from calfeed.reading.phrases.tokens import Found, Table, Text
from calfeed.reading.phrases.words import (
    AMOUNTS,
    AT_THE_SOURCE,
    BASE_ENDS,
    BASE_LEADS,
    COUNTED,
    DISTANCES,
    NEXT_DAYS,
    ORDINALS,
    UNITS,
    Distance,
)


class Base(NamedTuple):
    """What a day is counted from: a milestone of one of these kinds, or, where there are none, the document's day."""

    kinds: tuple[Kind, ...]
    words: str

    @property
    def is_date(self) -> bool:
        """Whether the words name the date of a milestone, and not the milestone itself."""
        return not {"date", "day"}.isdisjoint(self.words.split())


class Count(NamedTuple):
    """So many units before, on or after a base; `distance` says whether the amount is a limit itself.

    The opening or the close may stand before the base: it is a part of the base's day, and says nothing of the counted
    one. `is_of` says that the words leave open on which side: "within 60 days of the meeting".
    """

    base: Base
    amount: int
    unit: Unit
    direction: Direction
    distance: Distance
    is_of: bool = False


class _Amount(NamedTuple):
    number: int
    unit: Unit
    distance: Distance


def count_at(text: Text, index: int) -> Found[Count] | None:
    """The count in a text at a token: `30 days after the closing`, `the business day before the special meeting`."""
    amount = _amount_at(text, index)
    if amount is None:
        return _uncounted_at(text, index)
    counted = COUNTED.at(text, amount.end)
    is_of = counted is None and amount.meaning.distance is Distance.AT_MOST and text.at(amount.end) == "of"
    if is_of:
        counted = Found(Direction.AFTER, amount.end + 1)  # which `stated` allows of what follows its base alone
    if counted is None:
        return None
    based = _anchored_base_at(text, counted.end)
    if based is None:
        return None
    number, unit, distance = amount.meaning
    return Found(Count(based.meaning, number, unit, counted.meaning, distance, is_of), based.end)


def base_at(text: Text, index: int) -> Found[Base] | None:
    """The milestone that a text names at a token: `the Closing Date`, `the date of the special meeting`."""
    lead = BASE_LEADS.at(text, index)
    start = lead.end if lead else index
    is_quoted = text.at(start) == '"'
    named = _bases().at(text, start + is_quoted)
    if named is None:
        return None
    end = named.end + (is_quoted and text.at(named.end) == '"')
    ending = BASE_ENDS.at(text, end)
    end = ending.end if ending else end
    return Found(named.meaning._replace(words=text.between(index, end).lower()), end)


def _uncounted_at(text: Text, index: int) -> Found[Count] | None:
    """The day of a milestone itself, or that of the document: `the Liquidation Date`, `immediately`."""
    source = AT_THE_SOURCE.at(text, index)
    if source:
        words = text.between(index, source.end)
        return Found(_on(Base((), words)), source.end)
    base = base_at(text, index)
    return Found(_on(base.meaning), base.end) if base else None


def _on(base: Base) -> Count:
    return Count(base, 0, Unit.DAYS, Direction.ON, Distance.EXACTLY)


def _amount_at(text: Text, index: int) -> Found[_Amount] | None:
    """`at least thirty (30) days`, `the 30th day`, `the last business day`, `a week`."""
    distance = DISTANCES.at(text, index)
    start = distance.end if distance else index
    how = distance.meaning if distance else Distance.EXACTLY
    following = NEXT_DAYS.at(text, start)
    if following:
        return Found(_Amount(1, following.meaning, how), following.end)
    number = _number_at(text, start)
    unit = UNITS.at(text, number.end) if number else None
    if number is None or unit is None:
        return None
    return Found(_Amount(number.meaning, unit.meaning, how), unit.end)


def _number_at(text: Text, index: int) -> Found[int] | None:
    """A number in digits, in words or in both: `30`, `thirty`, `thirty (30)`, `the 30th`, `the third`."""
    start = index + (text.at(index) == "the")
    word = AMOUNTS.at(text, start) or ORDINALS.at(text, start)
    if word is not None:
        if text.at(word.end) == "(" and text.at(word.end + 1) == str(word.meaning) and text.at(word.end + 2) == ")":
            return Found(word.meaning, word.end + 3)
        return word
    digits = text.at(start)
    if not digits.isdecimal() or len(digits) > 3:
        return None
    is_ordinal = text.at(start + 1) in {"st", "nd", "rd", "th"} and text.touches(start + 1)
    return Found(int(digits), start + 1 + is_ordinal)


def _anchored_base_at(text: Text, index: int) -> Found[Base] | None:
    """A base, perhaps with the opening or the close of its day before it."""
    anchor = anchor_at(text, index)
    start = anchor.end if anchor else index
    start += bool(anchor) and text.at(start) in {"on", "of"}
    source = AT_THE_SOURCE.at(text, start)
    if source:
        return Found(Base((), text.between(start, source.end)), source.end)
    return base_at(text, start)


def _bases() -> Table[Base]:
    return _BASES


def _base_names() -> dict[str, Base]:
    completing = tuple(kind for kind in KINDS if kind.completes)
    names = {
        f"{words} [date]": Base((kind,), words)
        for words, kind in words_for().items()
        if words not in MEANING_TOO_MUCH and not kind.begins
    }
    return names | {words: Base(completing, words) for words in WHICHEVER_COMPLETES}


MEANING_TOO_MUCH = frozenset(
    {"other", "supplement", "information statement", "end date", "expiration", "signing", "completion"}
)
"""Names of kinds that mean too many things to count from, or to tell one kind from another."""
_BASES = Table(_base_names())
