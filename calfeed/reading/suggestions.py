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


def misspelt(word: str, known: Iterable[str]) -> str | None:
    """The first of the known words that a misspelt one, or what has been typed of it, was nearest meant to be.

    None where a known word begins with it, and where none is near: within one slip, in a long word within two. A slip
    is a letter too many, too few or wrong, or two that have changed places. Short words are never taken for others.
    """
    if len(word) < _SHORT_WORD:
        return None
    most = 2 if len(word) >= _LONG_WORD else 1
    best, fewest = None, most + 1
    for each in known:
        if each.startswith(word):
            return None
        slips = min(OSA.distance(word, each), OSA.distance(word, each[: len(word)]))
        if slips < fewest:
            best, fewest = each, slips
    return best
