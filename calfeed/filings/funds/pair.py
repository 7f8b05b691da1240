"""A target and its acquirer, the evidence for them, and what becomes of evidence that contradicts other evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from calfeed.filings.funds.named import folded
from calfeed.filings.funds.split import is_split


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A target and its acquirer, by the names in the filing; `acquiring` is empty for a liquidation.

    A trust is empty if the filing does not name it. `is_certain` is false if the filing contradicts the pair. `line`
    is the line of the filing that states it first.
    """

    target: str
    target_trust: str = ""
    target_classes: tuple[str, ...] = ()
    acquiring: str = ""
    acquiring_trust: str = ""
    acquiring_classes: tuple[str, ...] = ()
    is_certain: bool = True
    line: int = 0

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """The target, for comparison: its name, its trust and its classes."""
        return folded(self.target), folded(self.target_trust), self.target_classes


@dataclass(slots=True)
class Evidence:
    """A pair and the `weight` of what states it. A table has more than a sentence. `said` has what is counted already.

    `classes` are the share classes of which each statement speaks; none of them where it speaks of the whole fund.
    """

    pair: Pair
    weight: int = 0
    said: set[tuple[int, int]] = field(default_factory=set)
    classes: set[tuple[str, ...]] = field(default_factory=set)

    def count(self, line: int, weight: int, classes: tuple[str, ...]) -> None:
        """Count what a line states of some classes."""
        self.classes.add(classes)
        if (line, weight) not in self.said:
            self.weight += weight
            self.said.add((line, weight))


def without_contradictions(found: Iterable[Evidence], off: Sequence[Evidence]) -> list[Pair]:
    """The pairs, each target once. A pair that is off stays beside the one that goes on with the same target.

    A pair is not certain if its target has two acquirers, or acquires its acquirer.
    """
    found = list(found)
    going_on = {folded(each.pair.target) for each in found if each not in off}
    replaced = [each for each in off if folded(each.pair.target) in going_on]
    pairs = [*_best([each for each in found if each not in replaced]), *(each.pair for each in replaced)]
    return sorted(pairs, key=lambda pair: pair.line)


def _best(found: Iterable[Evidence]) -> list[Pair]:
    """The pairs, each target once: that with the most weight."""
    evidence = sorted(found, key=lambda each: each.pair.line)
    by_target: dict[tuple[str, str], list[Evidence]] = {}
    for each in evidence:
        by_target.setdefault((folded(each.pair.target), folded(each.pair.target_trust)), []).append(each)
    split = [each for each in by_target.values() if is_split([one.classes for one in each])]
    best = [max(each, key=lambda one: one.weight) for each in by_target.values() if each not in split]
    pairs = [replace(one.pair, target_classes=next(iter(one.classes))) for each in split for one in each]
    for each in best:
        rivals = by_target[folded(each.pair.target), folded(each.pair.target_trust)]
        others = [one for one in rivals if one is not each and one.weight >= each.weight]
        opposite = [
            one
            for one in best
            if one is not each
            and folded(one.pair.target) == folded(each.pair.acquiring)
            and folded(one.pair.acquiring) == folded(each.pair.target)
            and one.weight >= each.weight
            and one.pair.target_trust == each.pair.acquiring_trust
        ]
        if opposite and all(one.weight > each.weight for one in opposite):
            continue
        pairs.append(replace(each.pair, is_certain=each.pair.is_certain and not others and not opposite))
    return pairs
