"""A clue: families of words that tell the kind of a date from near it, in whatever order they come."""

import re
from dataclasses import dataclass
from functools import cached_property

from calfeed.filings.kinds.rule import compiled


@dataclass(frozen=True)
class Clue:
    """Families of words that together tell of a kind; each of them must be in the clause.

    `weight` says how much the words tell: about 5 if they tell of nothing else, 1 if of other kinds as well. Its tenths
    are set so that each clause in `tests/filings/clauses.tsv` gets its kind. A family is a pattern as rules have them.
    A clause that matches `unless` has not the clue.
    """

    kind: str
    weight: float
    families: tuple[str, ...]
    unless: str = ""

    @cached_property
    def _families(self) -> tuple[re.Pattern[str], ...]:
        return tuple(compiled(each) for each in self.families)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return compiled(self.unless) if self.unless else None

    def score(self, clause: "Clause") -> float:
        """How strongly a clause has the clue: its weight if all its words are beside the date, else less."""
        if self._unless is not None and self._unless.search(clause.text):
            return 0
        nearness = []
        for family in self._families:
            nearness.append(clause.nearness(family))
            if not nearness[-1]:
                return 0  # most clues lack a family, and the others need not be looked for
        return self.weight * sum(nearness) / len(nearness)


class Clause:
    """A masked clause with its date, that tells how near to the date some words are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._date = text.find("@")
        self._others = [match.start() for match in re.finditer("#", text)]
        joined = _GOES_ON.search(text, max(self._date, 0))
        self._end = joined.start() if joined else len(text)
        self._leads = _LEADS.search(text[: self._date]) is not None

    def nearness(self, pattern: re.Pattern[str]) -> float:
        """The nearness of the nearest words that match: 1 beside the date, 0 if there are none."""
        return max((self._nearness(*match.span()) for match in pattern.finditer(self.text)), default=0)

    def _nearness(self, start: int, end: int) -> float:
        is_before = end <= self._date
        if not is_before and start <= self._date:
            return 1
        gap = self._date - end if is_before else start - self._date
        low, high = sorted((start, self._date))
        crossed = sum(1 for other in self._others if low <= other < high)
        if start >= self._end:
            crossed = max(crossed, 1)
        is_other_side = is_before == self._leads
        return float((_OTHER_SIDE if is_other_side else 1) * _CROSSED**crossed / (1 + gap / _HALF))


_HALF = 120
"""At this distance from the date, in characters, words count half."""
_CROSSED = 0.45
"""What words behind another date still count."""
_OTHER_SIDE = 0.75
"""What words count that follow the date, or come before a date that leads its sentence."""
_ON_ANOTHER = r"[^@#;,]*\b(?:on|by|in|about|until|through|from|for|at|of) #"
_GOES_ON = re.compile(
    rf", (?:and|but|while|whereas) (?={_ON_ANOTHER})|"
    r" (?:and|but|while|whereas) (?=(?:(?:the|each|its|that) (?:[\w’'-]+ ){1,6}?|\w*holders )"
    rf"(?:will|is|are|was|were|approved|voted)\b{_ON_ANOTHER})"
)
"""What joins to the date what is said of another one."""
_LEADS = re.compile(r"(?:^|[,;:(] )(?:and |but |or |then |that )?[^,;:(]{0,34}$")
