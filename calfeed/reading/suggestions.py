"""What an unknown word may have been meant to be."""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

_LONG_WORD = 8
_SHORT_WORD = 4


def nearest(wrong: str, known: Iterable[str], limit: int, said: Callable[[str], str] = str) -> list[str]:
    """The known words most like a wrong one, best first, whatever their case; none where none is like it.

    `said` leaves away what many of the words share, so that it does not decide.
    """
    found = process.extract(
        wrong, list(known), scorer=ratio, processor=lambda word: said(word).casefold(), score_cutoff=60, limit=limit
    )
    return [word for word, _, _ in found]


def did_you_mean(wrong: str, known: Iterable[str], said: Callable[[str], str] = str) -> str:
    """The tail of a message about an unknown word: the nearest known one as a question, or nothing."""
    near = nearest(wrong, known, 1, said)
    return f': did you mean "{near[0]}"?' if near else ""


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
    for spelt in (words, [each[: len(word)] for each in words]):
        for _, slips, at in process.extract(word, spelt, scorer=OSA.distance, score_cutoff=most, limit=None):
            found[words[at]] = min(int(slips), found.get(words[at], most))
    return found
