"""How like words are."""

from collections.abc import Callable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio


def most_like(wrong: str, known: Sequence[str], limit: int, said: Callable[[str], str]) -> list[str]:
    """The known words most like a wrong one, best first, whatever their case; `said` is what of a word decides."""
    found = process.extract(
        wrong, known, scorer=ratio, processor=lambda word: said(word).casefold(), score_cutoff=60, limit=limit
    )
    return [word for word, _, _ in found]


def slips_between(word: str, others: Sequence[str], most: int) -> dict[int, int]:
    """The indexes of those words that differ from a word by `most` slips or fewer, with their numbers of slips."""
    found = process.extract(word, others, scorer=OSA.distance, score_cutoff=most, limit=None)
    return {at: int(slips) for _, slips, at in found}
