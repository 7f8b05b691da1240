"""What an unknown word may have been meant to be."""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.fuzz import ratio


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
