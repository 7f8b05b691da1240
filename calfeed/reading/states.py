"""What has happened to a plan, a reorganization or a milestone, and what it makes of the milestones as written.

A *state* is one of cancelled, approved and completed, and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from calfeed.model.kinds import Kind
from calfeed.model.plans import Cancellation, Milestone, Source
from calfeed.model.when import Dated, When
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.yaml import Steps

SHAREHOLDER_APPROVAL = "shareholder approval"
"""The condition that `approved` takes away."""


class PlacedRelative(NamedTuple):
    """A date that is counted from another; `place` is its number in `previously`, None for the present date."""

    place: int | None
    relative: Relative


@dataclass(slots=True, kw_only=True)  # a frozen one takes three times as long to make, and there are many
class Draft:
    """A milestone as written in one place, before the states of the plan or the reorganization are applied.

    `steps` lead to its date in the file. `replaces` is the plan's milestone of the same key, if this is a
    reorganization's own.
    """

    steps: Steps
    name: str
    slug: str
    kind: Kind
    when: When
    conditions: tuple[str, ...]
    note: str
    source: Source
    previously: tuple[When | None, ...]
    corrected: tuple[date, ...]
    cancelled: Cancellation | None
    replaces: "Draft | None" = None
    relatives: tuple[PlacedRelative, ...] = ()
    """The dates that are counted from other milestones; until they are counted they are undated."""
    bases: tuple["Draft", ...] = ()
    """The milestones that any of its dates was ever counted from, once they are counted."""
    counts_from: "Draft | None" = None
    """The milestone that its present date is counted from."""

    @property
    def title(self) -> str:
        """The kind's label, or the author's own title with a capital."""
        return self.kind.label if self.name == self.kind.name else self.name[0].upper() + self.name[1:]

    @property
    def is_conditional_on_approval(self) -> bool:
        """Whether one of the conditions is that which `approved` takes away."""
        return any(map(is_approval, self.conditions))


@dataclass(slots=True, kw_only=True)  # not frozen, as above
class States:
    """The states of a plan or of a reorganization; `steps` lead to where they are written."""

    steps: Steps = ()
    cancelled: Cancellation | None = None
    approved: Source | None = None
    completed: Source | None = None
    completed_on: Dated | None = None

    def __bool__(self) -> bool:
        return bool(self.cancelled or self.approved or self.completed)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of these states."""
        cancellation = self.cancelled.source if self.cancelled else None
        return tuple(source for source in (cancellation, self.approved, self.completed) if source)


NO_STATES = States()


class Revisions(NamedTuple):
    """How often a milestone was revised, and the day of the latest revision or of its source."""

    number: int
    latest: date


def is_approval(condition: str) -> bool:
    """Whether a condition is that which `approved` takes away."""
    return condition.casefold() == SHAREHOLDER_APPROVAL


def states_of(draft: Draft, states: States) -> States:
    """Those of its reorganization's states, and of its own, that change a milestone."""
    if not states and not draft.cancelled and not draft.counts_from:
        return states
    cancelled = draft.cancelled or (states.cancelled if _cancels(states, draft, draft.when) else None)
    if draft.counts_from and not cancelled:
        cancelled = states_of(draft.counts_from, states).cancelled
    completed = states.completed if draft.kind.completes and not cancelled else None
    return States(
        cancelled=cancelled,
        approved=states.approved if draft.is_conditional_on_approval else None,
        completed=completed,
        completed_on=states.completed_on if completed else None,
    )


def milestone_of(draft: Draft, own: States, revisions: Revisions) -> Milestone:
    """A draft as a milestone; `own` are the states that change it, which `states_of` finds."""
    when, previously = draft.when, draft.previously
    if own.completed_on:
        if not _is_confirmed(when, own.completed_on):
            previously = (when, *previously)
        when = own.completed_on
    return Milestone(
        slug=draft.slug,
        kind=draft.kind,
        title=draft.title,
        when=when,
        stated=draft.when,
        conditions=_conditions_left(draft, own),
        note=draft.note,
        source=draft.source,
        previously=previously,
        corrected=draft.corrected,
        cancelled=own.cancelled,
        approved=own.approved,
        completed=own.completed,
        sequence=revisions.number,
        revised=revisions.latest,
    )


def revisions_of(draft: Draft, states: States, plan_states: States) -> Revisions:
    """The revisions of a milestone, given the states of its reorganization and those of the plan.

    The number only ever grows as authors add to the data. What a reorganization replaces, a milestone of the plan or
    the plan's states, goes on counting, since subscribers have seen it; and that it no longer holds counts once more.
    So does what it counts from, whose revisions are its own.
    """
    written = [draft]
    number = len(draft.previously) + len(draft.corrected)
    days = [draft.source.dated, *draft.corrected]
    if replaced := draft.replaces:
        written.append(replaced)
        number += len(replaced.previously) + len(replaced.corrected) + 1
        days += [replaced.source.dated, *replaced.corrected]
    now = _days_of_states(states, written)
    before, ended = (now, None) if states is plan_states else _plan_states_before(states, plan_states, written)
    gone = before.keys() - now.keys()
    number += len(now | before) + len(gone)
    days += [*now.values(), *before.values()]
    for base in draft.bases:
        of_base = revisions_of(base, states, plan_states)
        number += of_base.number
        days.append(of_base.latest)
    if ended and gone:
        days.append(ended)
    return Revisions(number, max(days))


def _plan_states_before(
    states: States, plan_states: States, drafts: Iterable[Draft]
) -> tuple[dict[tuple[str, str], date], date | None]:
    """The plan's states that once held for a reorganization, and the day on which its own replaced them.

    That day is None where it has none of its own. What happened to the plan after it is not about this reorganization.
    """
    before = _days_of_states(plan_states, drafts)
    if not states.sources:
        return before, None
    ended = min(source.dated for source in states.sources)
    return {state: day for state, day in before.items() if day <= ended}, ended


def _cancels(states: States, draft: Draft, when: When) -> bool:
    """Whether a cancellation of the whole reaches a milestone that is as `when` says.

    What may have happened before it stays; but what is cancelled as a whole cannot have closed, whatever the day.
    """
    if states.cancelled is None:
        return False
    last_possible = when.last_possible
    return draft.kind.completes or not last_possible or last_possible > states.cancelled.source.dated


def _days_of_states(states: States, drafts: Iterable[Draft]) -> dict[tuple[str, str], date]:
    """The day of each state that ever changed one of the drafts, by its word and the key of its source."""
    if not states and not any(draft.cancelled for draft in drafts):
        return {}
    found: list[tuple[str, Source]] = []
    for draft in drafts:
        if draft.cancelled:
            found.append(("cancelled", draft.cancelled.source))
        if states.cancelled and any(_cancels(states, draft, when) for when in (draft.when, *draft.previously) if when):
            found.append(("cancelled", states.cancelled.source))
        if states.approved and draft.is_conditional_on_approval:
            found.append(("approved", states.approved))
        if states.completed and draft.kind.completes:
            found.append(("completed", states.completed))
    return {(state, source.key): source.dated for state, source in found}


def _conditions_left(draft: Draft, own: States) -> tuple[str, ...]:
    if own.completed:
        return ()
    if own.approved:
        return tuple(condition for condition in draft.conditions if not is_approval(condition))
    return draft.conditions


def _is_confirmed(when: When, completed_on: Dated) -> bool:
    """Whether what was stated is already the exact day that a completion confirms."""
    return isinstance(when, Dated) and when.is_firm and when.first == when.last == completed_on.first
