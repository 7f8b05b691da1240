"""What the file of a plan says, as its author wrote it: which milestones each of its reorganizations has."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from calfeed.filings.dates.mentions import States, states_of
from calfeed.model.kinds import Kind
from calfeed.model.plans import Of, Plan
from calfeed.model.synonyms import kind_meant
from calfeed.model.when import Dated
from calfeed.reading.documents import MilestoneDocument, PlanDocument
from calfeed.reading.nodes import Steps

Days: TypeAlias = tuple[date, date]
"""The first and the last day of a date."""


class PlanFile(NamedTuple):
    """A plan in which reading finds no problem: what it means, what its author wrote, and the bytes of its file."""

    plan: Plan
    document: PlanDocument
    content: bytes


class WrittenMilestone(NamedTuple):
    """A milestone of a plan's file: the keys that lead to it, its kind, and what its author wrote."""

    steps: Steps
    kind: Kind | None
    written: MilestoneDocument

    @property
    def states(self) -> States | None:
        """What its date states."""
        return states_of(self.written.date, self.kind)

    @property
    def days(self) -> Days | None:
        """Its days, where it gives any."""
        return days_of(self.states)

    @property
    def earlier(self) -> set[Days]:
        """The days that it had before."""
        days = (days_of(states_of(phrase, self.kind)) for phrase in self.written.previously)
        return {each for each in days if each}

    def is_of(self, side: Of) -> bool:
        """Whether it is a milestone of the target, of the acquirer, or of both."""
        of = self.written.of or Of.TARGET
        return side in {of, Of.BOTH} or of is Of.BOTH


def days_of(states: States | None) -> Days | None:
    """The first and the last day that a date states, where it states any."""
    return (states.first, states.last) if isinstance(states, Dated) else None


class WrittenPlan:
    """What the file of a plan says of each of its reorganizations, by their numbers."""

    def __init__(self, file: PlanFile) -> None:
        self.document = file.document
        self.plan = file.plan
        self._shared = dict(_milestones(("milestones",), file.document.milestones))

    @property
    def everything(self) -> list[int]:
        """The numbers of all reorganizations."""
        return list(range(len(self.document.reorganizations)))

    def milestones(self, number: int) -> dict[str, WrittenMilestone]:
        """The milestones that a reorganization has: its own, and those of the plan that it does not replace."""
        own = self.document.reorganizations[number].milestones
        shared = {key: each for key, each in self._shared.items() if key not in own}
        return {**shared, **dict(_milestones(("reorganizations", number, "milestones"), own))}

    def of_kind(self, number: int, kind: Kind, side: Of) -> list[WrittenMilestone]:
        """The milestones of a kind that a reorganization has for the target, the acquirer, or any of both."""
        return [each for each in self.milestones(number).values() if each.kind is kind and each.is_of(side)]

    def has_days(self, number: int, days: Days) -> bool:
        """Whether any milestone of a reorganization has these days, or had them."""
        return any(days == each.days or days in each.earlier for each in self.milestones(number).values())

    def removes(self, number: int, kind: Kind) -> bool:
        """Whether a reorganization says that a milestone is not applicable."""
        own = self.document.reorganizations[number].milestones
        return kind.name in own and own[kind.name] is None

    def holders(self, planned: WrittenMilestone) -> list[int]:
        """The reorganizations for which a milestone of the file holds."""
        return [number for number in self.everything if planned in self.milestones(number).values()]

    def source_of(self, planned: WrittenMilestone) -> str:
        """The key of the source that states a milestone."""
        return planned.written.source or next(iter(self.document.sources))


def _milestones(
    steps: Steps, milestones: Mapping[str, MilestoneDocument | None]
) -> Iterator[tuple[str, WrittenMilestone]]:
    for key, written in milestones.items():
        if written is not None:
            yield key, WrittenMilestone((*steps, key), kind_meant(written.kind or key), written)
