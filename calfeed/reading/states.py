"""The states of plans, reorganizations and milestones, and the milestones after these are applied.

A *state* is one of cancelled, approved and completed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from calfeed.model.plans import Cancellation, Milestone, Source
from calfeed.model.when import Dated, When
from calfeed.reading.nodes import Steps
from calfeed.reading.phrases.stated import Relative

SHAREHOLDER_APPROVAL = "shareholder approval"
"""The condition that the state `approved` removes."""
OF_ALL = frozenset({"approved", "completed"})
"""The states of a whole plan, or of one of its reorganizations, which no milestone has by itself."""
BESIDE_MILESTONES = 'it stands beside "milestones" for the whole plan, or beside a "target" for that one'
"""Where such a state belongs."""


class PlacedRelative(NamedTuple):
    """A date that is counted from another one; `place` is its index in `previously`, or None for the present date."""

    place: int | None
    relative: Relative


@dataclass(slots=True)  # a frozen one takes three times as long to make, and there are many
class Draft:
    """A milestone as written in one place, before the states of the plan or the reorganization are applied.

    `steps` lead to its date in the file, `name` is its key. `written` is what it is if nothing else happens to it: its
    own revisions count, its own cancellation is there but does not count yet. `replaces` is the plan's milestone of the
    same key, if this is a reorganization's own.
    """

    steps: Steps
    name: str
    written: Milestone
    replaces: "Draft | None" = None
    relatives: tuple[PlacedRelative, ...] = ()
    """The dates that are counted from other milestones. They are undated until then."""
    bases: tuple["Draft", ...] = ()
    """The milestones from which one of its dates, present or previous, was counted."""
    counts_from: "Draft | None" = None
    """The milestone from which its present date was counted."""
    stood_on: Dated | None = None
    """The day that was counted last, if there is none now."""

    @property
    def is_conditional_on_approval(self) -> bool:
        """Whether the state `approved` removes one of its conditions."""
        return any(map(is_approval, self.written.conditions))


def called(draft: Draft, article: str = "") -> str:
    """What messages call a milestone: its kind with an article, or in quotes a title of the author's or a verb."""
    name = draft.name
    is_verb = name.endswith((" begins", " begin", " ends", " end"))
    return f'"{name}"' if is_verb or name != draft.written.kind.name else f"{article}{name}"


@dataclass(slots=True)  # not frozen, as above
class Placed:
    """A milestone with its states applied, its draft, and the steps that lead to its date in the file."""

    milestone: Milestone
    draft: Draft
    steps: Steps


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
    """A state of the plan that does not hold for a reorganization since the day `ended`: its own states replaced it."""

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
        sources = [source for source in by if source]
        if not sources:
            states = _both(states, state)
        elif state and not (by[0] == _source_of(state) and len(sources) == 1):  # else its own says the same again
            former.append(Former(state, max(source.dated for source in sources)))
    return Held(states, tuple(former))


class Revisions(NamedTuple):
    """The number of revisions of a milestone, and the day of the latest one or, without any, of its source.

    `known` is the same day without the states of the plan that are later than those of the reorganization's own which
    replaced them: they count only so that the number never falls, and tell nothing of the milestone.
    """

    number: int
    latest: date
    known: date


def is_approval(condition: str) -> bool:
    """Whether the state `approved` removes a condition."""
    return condition.casefold() == SHAREHOLDER_APPROVAL


def states_of(draft: Draft, states: States) -> States:
    """The states, of its reorganization or its own, that change a milestone."""
    written = draft.written
    if not states and not written.cancelled and not draft.counts_from:
        return NO_STATES
    cancelled = written.cancelled or (states.cancelled if _cancels(states, written, written.when) else None)
    if draft.counts_from and not cancelled:
        of_base = States(cancelled=states_of(draft.counts_from, states).cancelled)
        cancelled = of_base.cancelled if _cancels(of_base, written, written.when) else None
    approved = states.approved if draft.is_conditional_on_approval else None
    completed = states.completed if written.kind.completes and not cancelled else None
    if not cancelled and not approved and not completed:
        return NO_STATES
    return States(cancelled=cancelled, approved=approved, completed=completed)


def placed_of(draft: Draft, held: Held) -> Placed:
    """A draft as a milestone, and where its date stands, given the states of its reorganization."""
    written = draft.written
    if _is_as_written(draft, held):
        return Placed(written, draft, draft.steps)
    own = states_of(draft, held.states)
    revisions = revisions_of(draft, held)
    milestone = written._replace(
        previously=(draft.stood_on, *written.previously) if draft.stood_on else written.previously,
        conditions=conditions_left(written, own),
        cancelled=own.cancelled,
        approved=own.approved,
        sequence=revisions.number,
        revised=revisions.latest,
        as_of=None if revisions.known == revisions.latest else revisions.known,
    )
    if own.completed is None:
        return Placed(milestone, draft, draft.steps)
    return Placed(_completed(milestone, own.completed), draft, (*own.completed.steps, "date"))


def _is_as_written(draft: Draft, held: Held) -> bool:
    """Whether nothing has happened to a milestone but what is written below it, as with most."""
    written, states = draft.written, held.states
    if draft.replaces or draft.bases or draft.counts_from or held.former or states.cancelled or written.cancelled:
        return False
    return not (states.completed and written.kind.completes) and not (states.approved and written.conditions)


def _completed(milestone: Milestone, completion: Completion) -> Milestone:
    """A milestone that was on the day of the completion."""
    when, previously = milestone.when, milestone.previously
    return milestone._replace(
        when=completion.when,
        previously=previously if _is_confirmed(when, completion.when) else (when, *previously),
        may_change=False,
        completed=completion.source,
    )


def revisions_of(draft: Draft, held: Held) -> Revisions:
    """The revisions of a milestone, given the states of its reorganization.

    The number never falls while authors add to the data, in whatever order and by whatever documents. A milestone or
    state of the plan that a reorganization replaces still counts, since subscribers may have seen it, and so does the
    replacement. The revisions of the milestones from which a date is counted are its own.
    """
    number, days = draft.written.sequence, [draft.written.revised]
    changes = _changes(draft, held.states)
    if replaced := draft.replaces:
        number += replaced.written.sequence + 1
        days.append(replaced.written.revised)
        changes |= _changes_by(held.states, replaced)
        if replaced.written.cancelled:
            number += 1
            days.append(replaced.written.cancelled.source.dated)
    number += len(changes)
    days += [change.day for change in changes]
    unheld: list[date] = []
    for state, ended in held.former:
        gone = _changes_by(state, draft) | (_changes_by(state, replaced) if replaced else set())
        number += 2 * len(gone)
        for change in gone:
            (days if change.day <= ended else unheld).extend((change.day, ended))
    for base in draft.bases:
        of_base = revisions_of(base, held)
        number += of_base.number
        days.append(of_base.known)
        unheld.append(of_base.latest)
    known = max(days)
    return Revisions(number, max([known, *unheld]), known)


class _Change(NamedTuple):
    """A change of a milestone by a state: the state's name, the key of its source, and the day of that source."""

    word: str
    source: str
    day: date


def _changes(draft: Draft, states: States) -> set[_Change]:
    """Every state that ever changed a draft, including its own cancellation."""
    changes = _changes_by(states, draft) if states else set()
    if draft.written.cancelled:
        changes.add(_change("cancelled", draft.written.cancelled.source))
    return changes


def _changes_by(states: States, draft: Draft) -> set[_Change]:
    """Those of some states that ever changed a draft."""
    written = draft.written
    changes = set()
    if states.cancelled and any(_cancels(states, written, when) for when in (written.when, *written.previously)):
        changes.add(_change("cancelled", states.cancelled.source))
    if states.approved and draft.is_conditional_on_approval:
        changes.add(_change("approved", states.approved))
    if states.completed and written.kind.completes:
        changes.add(_change("completed", states.completed.source))
    return changes


def _change(word: str, source: Source) -> _Change:
    return _Change(word, source.key, source.dated)


def _cancels(states: States, written: Milestone, when: When | None) -> bool:
    """Whether the cancellation of a plan or reorganization also cancels a milestone with the date `when`.

    A milestone that may have happened before stays. The completing one is always cancelled, whatever its day. None is
    no date: the milestone had been cancelled.
    """
    if states.cancelled is None or when is None:
        return False
    last_possible = when.last_possible
    return written.kind.completes or not last_possible or last_possible > states.cancelled.source.dated


def _both(one: States, other: States) -> States:
    """The states of both; if both have a state of the same name, the first one's."""
    return States(
        cancelled=one.cancelled or other.cancelled,
        approved=one.approved or other.approved,
        completed=one.completed or other.completed,
    )


def _source_of(state: States) -> Source | None:
    """The source of the only state of some."""
    if state.cancelled:
        return state.cancelled.source
    return state.completed.source if state.completed else state.approved


def conditions_left(written: Milestone, own: States) -> tuple[str, ...]:
    """What a milestone still depends on, given the states that change it."""
    if own.completed:
        return ()
    if own.approved:
        return tuple(condition for condition in written.conditions if not is_approval(condition))
    return written.conditions


def _is_confirmed(when: When, completed_on: Dated) -> bool:
    """Whether the stated date is already the exact day of the completion."""
    return isinstance(when, Dated) and when.is_firm and when.first == when.last == completed_on.first
