"""The states of plans, reorganizations and milestones, and the milestones after these are applied.

A *state* is one of cancelled, approved and completed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from calfeed.model.kinds import Kind
from calfeed.model.plans import Cancellation, Milestone, Of, Source
from calfeed.model.titles import title_of
from calfeed.model.when import Dated, When
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.yaml import Steps

SHAREHOLDER_APPROVAL = "shareholder approval"
"""The condition that the state `approved` removes."""


class PlacedRelative(NamedTuple):
    """A date that is counted from another one; `place` is its index in `previously`, or None for the present date."""

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
    of: Of
    conditions: tuple[str, ...]
    may_change: bool
    note: str
    quote: str
    as_printed: bool
    source: Source
    previously: tuple[When | None, ...]
    corrected: tuple[date, ...]
    cancelled: Cancellation | None
    replaces: "Draft | None" = None
    relatives: tuple[PlacedRelative, ...] = ()
    """The dates that are counted from other milestones. They are undated until then."""
    bases: tuple["Draft", ...] = ()
    """The milestones from which one of its dates, present or previous, was counted."""
    counts_from: "Draft | None" = None
    """The milestone from which its present date was counted."""

    @property
    def is_conditional_on_approval(self) -> bool:
        """Whether the state `approved` removes one of its conditions."""
        return any(map(is_approval, self.conditions))


@dataclass(slots=True, kw_only=True)  # not frozen, as above
class Completion:
    """The state `completed`, with its day; `steps` lead to it in the file."""

    source: Source
    when: Dated
    steps: Steps


@dataclass(slots=True, kw_only=True)  # not frozen, as above
class States:
    """The states that hold for a plan, a reorganization or a milestone."""

    cancelled: Cancellation | None = None
    approved: Source | None = None
    completed: Completion | None = None

    def __bool__(self) -> bool:
        return bool(self.cancelled or self.approved or self.completed)


NO_STATES = States()


class Former(NamedTuple):
    """A state of the plan that held for a reorganization until the day `ended`, when a state of its own replaced it."""

    state: States
    ended: date


class Held(NamedTuple):
    """The states that hold for a reorganization, and the states of its plan that held before."""

    states: States
    former: tuple[Former, ...] = ()


def held_for(own: States, plan: States, is_earlier: Callable[[Source, Source], bool]) -> Held:
    """The states of a reorganization, given its own and those of its plan.

    An own state replaces the plan's state of the same name. An own cancellation also ends the plan's completion,
    and its approval unless that is earlier; an own approval or completion ends the plan's cancellation.
    """
    if not own:
        return Held(plan)
    cancelled = own.cancelled.source if own.cancelled else None
    completed = own.completed.source if own.completed else None
    approval_ends = cancelled and plan.approved and not is_earlier(plan.approved, cancelled)
    ends = (
        (States(cancelled=plan.cancelled), [cancelled, own.approved, completed]),
        (States(approved=plan.approved), [own.approved, cancelled if approval_ends else None]),
        (States(completed=plan.completed), [completed, cancelled]),
    )
    states = States(cancelled=own.cancelled, approved=own.approved, completed=own.completed)
    former: list[Former] = []
    for state, by in ends:
        days = [source.dated for source in by if source]
        if not days:
            states = _both(states, state)
        elif state and _day_of(state) <= min(days):
            # A later state of the plan never held for this reorganization.
            former.append(Former(state, min(days)))
    return Held(states, tuple(former))


class Revisions(NamedTuple):
    """The number of revisions of a milestone, and the day of the latest one or, without any, of its source."""

    number: int
    latest: date


def is_approval(condition: str) -> bool:
    """Whether the state `approved` removes a condition."""
    return condition.casefold() == SHAREHOLDER_APPROVAL


def states_of(draft: Draft, states: States) -> States:
    """The states, of its reorganization or its own, that change a milestone."""
    if not states and not draft.cancelled and not draft.counts_from:
        return NO_STATES
    cancelled = draft.cancelled or (states.cancelled if _cancels(states, draft, draft.when) else None)
    if draft.counts_from and not cancelled:
        cancelled = states_of(draft.counts_from, states).cancelled
    return States(
        cancelled=cancelled,
        approved=states.approved if draft.is_conditional_on_approval else None,
        completed=states.completed if draft.kind.completes and not cancelled else None,
    )


def milestone_of(draft: Draft, own: States, revisions: Revisions) -> Milestone:
    """A draft as a milestone; `own` are the states that change it, as found by `states_of`."""
    when, previously = draft.when, draft.previously
    if own.completed:
        if not _is_confirmed(when, own.completed.when):
            previously = (when, *previously)
        when = own.completed.when
    return Milestone(
        slug=draft.slug,
        kind=draft.kind,
        title=title_of(draft.name, draft.kind, draft.of),
        of=draft.of,
        when=when,
        stated=draft.when,
        conditions=_conditions_left(draft, own),
        may_change=draft.may_change and not own.completed,
        note=draft.note,
        quote=draft.quote,
        as_printed=draft.as_printed,
        source=draft.source,
        previously=previously,
        corrected=draft.corrected,
        cancelled=own.cancelled,
        approved=own.approved,
        completed=own.completed.source if own.completed else None,
        sequence=revisions.number,
        revised=revisions.latest,
    )


def revisions_of(draft: Draft, held: Held) -> Revisions:
    """The revisions of a milestone, given the states of its reorganization.

    The number never falls while authors add to the data. A milestone or state of the plan that a reorganization
    replaces still counts, since subscribers have seen it, and the replacement counts once more. The revisions of the
    milestones from which a date is counted are its own.
    """
    written = [draft]
    number = len(draft.previously) + len(draft.corrected)
    days = [draft.source.dated, *draft.corrected]
    if replaced := draft.replaces:
        written.append(replaced)
        number += len(replaced.previously) + len(replaced.corrected) + 1
        days += [replaced.source.dated, *replaced.corrected]
    now = {each for written_one in written for each in _changes(written_one, held.states)}
    number += len(now)
    days += [change.day for change in now]
    for state, ended in held.former:
        gone = {each for written_one in written for each in _changes_by(state, written_one)} - now
        number += 2 * len(gone)
        days += [day for change in gone for day in (change.day, ended)]
    for base in draft.bases:
        of_base = revisions_of(base, held)
        number += of_base.number
        days.append(of_base.latest)
    return Revisions(number, max(days))


class _Change(NamedTuple):
    """A change of a milestone by a state: the state's name, the key of its source, and the day of that source."""

    word: str
    source: str
    day: date


def _changes(draft: Draft, states: States) -> Iterator[_Change]:
    """Yields every state that ever changed a draft, including its own cancellation."""
    if draft.cancelled:
        yield _change("cancelled", draft.cancelled.source)
    yield from _changes_by(states, draft)


def _changes_by(states: States, draft: Draft) -> Iterator[_Change]:
    """Yields those of some states that ever changed a draft."""
    if not states:
        return
    if states.cancelled and any(_cancels(states, draft, when) for when in (draft.when, *draft.previously) if when):
        yield _change("cancelled", states.cancelled.source)
    if states.approved and draft.is_conditional_on_approval:
        yield _change("approved", states.approved)
    if states.completed and draft.kind.completes:
        yield _change("completed", states.completed.source)


def _change(word: str, source: Source) -> _Change:
    return _Change(word, source.key, source.dated)


def _cancels(states: States, draft: Draft, when: When) -> bool:
    """Whether the cancellation of a plan or reorganization also cancels a milestone with the date `when`.

    A milestone that may have happened before stays. The completing one is always cancelled, whatever its day.
    """
    if states.cancelled is None:
        return False
    last_possible = when.last_possible
    return draft.kind.completes or not last_possible or last_possible > states.cancelled.source.dated


def _both(one: States, other: States) -> States:
    """The states of both; if both have a state of the same name, the first one's."""
    return States(
        cancelled=one.cancelled or other.cancelled,
        approved=one.approved or other.approved,
        completed=one.completed or other.completed,
    )


def _day_of(state: States) -> date:
    """The day of the source of the latest state; there must be at least one."""
    cancelled = state.cancelled.source if state.cancelled else None
    completed = state.completed.source if state.completed else None
    return max(source.dated for source in (cancelled, state.approved, completed) if source)


def _conditions_left(draft: Draft, own: States) -> tuple[str, ...]:
    if own.completed:
        return ()
    if own.approved:
        return tuple(condition for condition in draft.conditions if not is_approval(condition))
    return draft.conditions


def _is_confirmed(when: When, completed_on: Dated) -> bool:
    """Whether the stated date is already the exact day of the completion."""
    return isinstance(when, Dated) and when.is_firm and when.first == when.last == completed_on.first
