"""What an unknown word may have been meant to be.

`likeness`, with the library for it, is imported where a word is unknown: for the row "calfeed check of 1,000 plans".
"""

from collections.abc import Callable, Iterable
from importlib import import_module

_LONG_WORD = 8
_SHORT_WORD = 4


def nearest(wrong: str, known: Iterable[str], limit: int, said: Callable[[str], str] = str) -> list[str]:
    """The known words most like a wrong one, best first, whatever their case; none where none is like it.

    `said` leaves away what many of the words share, so that it does not decide.
    """
    found: list[str] = import_module("calfeed.reading.likeness").most_like(wrong, list(known), limit, said)
    return found


def did_you_mean(wrong: str, known: Iterable[str], said: Callable[[str], str] = str) -> str:
    """The tail of a message about an unknown word: the nearest known one as a question, or nothing."""
    near = nearest(wrong, known, 1, said)
    return f': did you mean "{near[0]}"?' if near else ""


def misspelt(wrong: str, known: Iterable[str]) -> str:
    """The tail of a message about an unknown word: the known one from which it differs by a slip or two, or nothing.

    Words of other meanings are often spelt similarly, so the nearest one is not enough here. What only lacks the
    beginning of a known word may be its opposite, as with "delisting".
    """
    words, word = list(known), wrong.casefold()
    most = 2 if len(word) >= _LONG_WORD else 1
    slips_between: Callable[..., dict[int, int]] = import_module("calfeed.reading.likeness").slips_between
    near = {words[at]: slips for at, slips in slips_between(word, words, most).items()}
    likely = [each for each in near if each == word or not each.endswith(word)]
    return f': did you mean "{min(likely, key=near.__getitem__)}"?' if likely else ""


def near_words(word: str, known: Iterable[str]) -> dict[str, int]:
    """The known words that a misspelt one, or what has been typed of it, may have been meant to be.

    Each comes with its number of slips: 0 where it begins with the word, otherwise one or, in a long word, two. A slip
    is a letter too many, too few or wrong, or two that have changed places. Short words, and
    words with a number in them, are never taken for others.
    """
    words = list(known)
    found = {each: 0 for each in words if each.startswith(word)}
    if len(word) < _SHORT_WORD or any(map(str.isdigit, word)):
        return found
    most = 2 if len(word) >= _LONG_WORD else 1
    slips_between: Callable[..., dict[int, int]] = import_module("calfeed.reading.likeness").slips_between
    for spelt in (words, [each[: len(word)] for each in words]):
        for at, slips in slips_between(word, spelt, most).items():
            found[words[at]] = min(slips, found.get(words[at], most))
    return found
