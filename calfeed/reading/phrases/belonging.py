"""Of which kinds of milestones the words beside a day are said: "mailed" is said of no closing."""

from collections.abc import Iterable
from typing import NamedTuple

from calfeed.model.kinds import KINDS, Kind
from calfeed.model.synonyms import words_for
from calfeed.reading.phrases.counts import MEANING_TOO_MUCH
from calfeed.reading.phrases.tokens import Table, Text
from calfeed.reading.phrases.words import EVENTS

NAMES = Table(
    {f"{words} [date|day|time]": kind.name for words, kind in words_for().items() if words not in MEANING_TOO_MUCH}
)
"""What milestones are called, and the name of the kind that each means."""
_COMPLETING = frozenset(kind.name for kind in KINDS if kind.completes)
_NEVER_AT_CLOSING = frozenset(
    {
        "board approval", "announcement", "n-14 filing", "n-14 withdrawal", "sec order", "regulatory approval",
        "broker search", "record date", "proxy mailing", "information statement mailing", "voting deadline",
        "special meeting", "approval obtained", "deregistration filing", "deregistration order",
    }
)  # fmt: skip
"""Kinds that are never on the day of the closing by definition: no "Closing Date" is defined by them."""
_ALIKE = (
    frozenset({"special meeting", "approval obtained", "board approval", "voting deadline"}),
    frozenset({"record date", "dividend record date"}),
    frozenset({"proxy mailing", "information statement mailing", "broker search"}),
    frozenset({"announcement", "completion announcement"}),
    frozenset({"dividend payment", "proceeds payment", "fractional redemption", "liquidation"}),
    _COMPLETING | {"proceeds payment"},
    frozenset(kind.name for kind in KINDS if kind.ends),
)
"""Kinds of which one is called by the name of another."""

_ON_EITHER_SIDE = frozenset(
    {
        "dividend record date", "dividend ex-date", "dividend payment", "tender offer expiration", "last trading day",
        "first trading day", "delisting", "outside date", "name change", "subadviser change", "objective change",
        "benchmark change", "identifier change", "other",
    }
)  # fmt: skip
"""Kinds that come before or after what they are counted from; of the others the order of `KINDS` is the usual one."""
_AFTERWARDS = frozenset({"free transfers end", "fractional redemption"})
"""Kinds that come after a completion, though they stand before it in `KINDS`."""


class TermName(NamedTuple):
    """The first name of a milestone in a defined term, in its words, and the kinds that all its names name."""

    words: str
    kinds: tuple[str, ...]


def name_in_term(text: Text, start: int, end: int) -> TermName:
    """The names of milestones in the defined term between two tokens, as in `(the "Closing Date")`."""
    words, kinds = "", []
    index = start
    while index < end:
        name = NAMES.at(text, index)
        if name and text.at(name.end) in {'"', "'", ")"}:
            words = words or text.between(index, name.end)
            kinds.append(name.meaning)
        index = name.end if name else index + 1
    return TermName(words, tuple(kinds))


def kinds_of_event(words: str) -> tuple[str, ...]:
    """The kinds of milestones that words such as "anticipated closing date" name."""
    return tuple(kind for word in words.lower().split() for kind in EVENTS.get(word, ()))


def follows(kind: Kind, bases: Iterable[Kind]) -> bool:
    """Whether a milestone of a kind comes after those of others in every usual order."""
    if kind.name in _ON_EITHER_SIDE:
        return False
    if kind.name in _AFTERWARDS:
        return all(base.completes for base in bases)
    return all(KINDS.index(kind) > KINDS.index(base) for base in bases)


def may_be_called(kind: Kind, names: Iterable[str]) -> bool:
    """Whether a milestone of a kind may be called by the names of others: by one of them, where there are any."""
    named = frozenset(names)
    if not named or kind.name in named:
        return True
    if named & _COMPLETING and kind.name not in _NEVER_AT_CLOSING:
        return True  # things begin and end on a "Closing Date"
    return any(kind.name in alike and named & alike for alike in _ALIKE)
