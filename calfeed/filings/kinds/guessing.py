"""Guesses the kind of a date from the nearest words that tell of one, in whatever order they come.

The rules of `calfeed.filings.kinds.rules` know wordings. A clue knows only which families of words tell of a kind, such
as a board and a decision, so that it fits wordings that nobody has seen before. It fits less closely: what fits best
is a guess. A guess places nothing by itself. One that is far ahead of every other kind makes sure a kind that a rule
gives too, and is a doubt where a rule gives another.
"""

from functools import lru_cache
from typing import NamedTuple

from calfeed.filings.kinds.clue import Clause
from calfeed.filings.kinds.clues import CLUES


class Guess(NamedTuple):
    """The kind that a clause most likely tells of, with its score, and by how much it is ahead of every other kind."""

    kind: str
    score: float
    margin: float

    @property
    def is_clear(self) -> bool:
        """Whether the words leave no doubt."""
        return self.score >= _CLEAR_SCORE and self.margin >= _CLEAR_MARGIN and self.kind not in _NEVER_CLEAR


_CLEAR_SCORE = 2.6
_CLEAR_MARGIN = 1.3
_LEAST = 0.5
_NEVER_CLEAR = frozenset({"tender offer expiration"})
"""What a fund does mostly apart from any plan."""


@lru_cache(maxsize=4_096)
def guess_kind(clause: str) -> Guess | None:
    """The kind that a masked clause most likely tells of; None if its words tell of none."""
    read = Clause(clause)
    scores: dict[str, float] = {}
    for clue in CLUES:
        scores[clue.kind] = max(scores.get(clue.kind, 0), clue.score(read))
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    best = next(kind for kind in ranked if kind)
    second = next(kind for kind in ranked if kind != best)
    return Guess(best, scores[best], scores[best] - scores[second]) if scores[best] >= _LEAST else None
