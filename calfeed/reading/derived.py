"""Days that are counted from another milestone of the same reorganization, or from the source.

A counted day moves, is revised and is cancelled together with its base. The base must be one day. If it is not, the
milestone is undated, and says why. If it was one day before, the milestone is deferred on the day that was counted
then. An earlier date is counted from what its base said at that time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from calfeed.model.kinds import Kind
from calfeed.model.plans import Milestone
from calfeed.model.when import Dated, Direction, Precision, Undated, Unit, When
from calfeed.reading.business_days import business_days_from
from calfeed.reading.nodes import Steps
from calfeed.reading.phrases.periods import months_after
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.states import Draft, States, conditions_left, states_of
from calfeed.reading.yaml import YamlFile

_NO_ONE_DAY = frozenset({Precision.WINDOW, Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN})
_SOFT = frozenset({Precision.APPROXIMATE, Precision.EXPECTED})


def counted(
    file: YamlFile, drafts: list[Draft], states: States, *, removed: Mapping[Kind, int], are_all: bool
) -> list[Draft]:
    """The drafts of a reorganization with every day counted; `states` are those of the reorganization.

    A day that cannot be counted is a problem in the file. A missing base is one only if `are_all` is True, that is, if
    every milestone could be read. `removed` has the kinds of the plan's milestones that are not applicable, each with
    the line that says so.
    """
    if not any(map(_is_counted, drafts)):
        return drafts
    counting = _Counting(file, drafts, states, removed, are_all)
    return [counting.counted(draft) for draft in drafts]


def _is_counted(draft: Draft) -> bool:
    """Whether a date of a draft, or of the one that it replaces, is counted from another one."""
    return bool(draft.relatives or (draft.replaces and draft.replaces.relatives))


def _since(draft: Draft) -> date:
    """The day of the latest document that gave a milestone, or what it counts from, its present date."""
    dated = draft.written.source.dated
    return max(dated, _since(draft.counts_from)) if draft.counts_from else dated


def _relatives(draft: Draft) -> tuple[Relative, ...]:
    """The counted dates of a draft and of the one that it replaces."""
    replaced = draft.replaces.relatives if draft.replaces else ()
    return tuple(relative for _, relative in (*draft.relatives, *replaced))


def _how_far_from_firm(base: Milestone, own: States) -> tuple[str, ...]:
    """How far from firm a milestone is, as `Derivation.base_is` says it; `own` are the states that change it.

    What it counts from itself makes it no firmer than that is.
    """
    when = base.when
    if own.cancelled or own.completed or not isinstance(when, Dated):
        return ()
    said = [str(when.precision)] if when.precision in _SOFT else []
    if conditions_left(base, own):
        said.append("conditional")
    if base.may_change:
        said.append("subject to change")
    inherited = when.derived.base_is if when.derived else ()
    return tuple(dict.fromkeys([*said, *inherited]))


class _Counting:
    """Counts the days of the drafts of one reorganization; `open` are the slugs of those being counted."""

    def __init__(
        self, file: YamlFile, drafts: Iterable[Draft], states: States, removed: Mapping[Kind, int], are_all: bool
    ) -> None:
        self.file = file
        self.drafts = list(drafts)
        self.states = states
        self.removed = removed
        self.are_all = are_all
        self.done: dict[str, Draft] = {}
        self.open: list[str] = []

    def counted(self, draft: Draft) -> Draft:
        """Counts the days of a draft, after those of its bases."""
        if draft.written.slug in self.done:
            return self.done[draft.written.slug]
        if not _is_counted(draft):
            return draft
        self.open.append(draft.written.slug)
        found = self._with_days(draft)
        self.open.pop()
        self.done[draft.written.slug] = found
        return found

    def _with_days(self, draft: Draft) -> Draft:
        written = draft.written
        when, previously = written.when, list(written.previously)
        bases: dict[str, Draft] = {}
        counts_from = None
        for place, relative in draft.relatives:
            steps = draft.steps if place is None else (*draft.steps[:-1], "previously", place)
            base = self._base(draft, relative, steps)
            if place is None:
                when, counts_from = self._when(draft, relative, base, steps), base
            else:
                previously[place] = self._earlier(draft, place, relative, base, steps)
        for relative in _relatives(draft):
            base = self._found(draft, relative)
            if base and base.written.slug not in self.open:
                bases[base.written.slug] = self.counted(base)
        return replace(
            draft,
            written=written._replace(when=when, stated=when, previously=tuple(previously)),
            bases=tuple(bases.values()),
            counts_from=counts_from,
            stood_on=self._last_day(draft, counts_from) if counts_from and isinstance(when, Undated) else None,
        )

    def _found(self, draft: Draft, relative: Relative) -> Draft | None:
        """The milestone from which a day is counted; of several, the one that is not cancelled."""
        of_kind = [each for each in self.drafts if each.written.kind in relative.base.kinds]
        left = of_kind if len(of_kind) == 1 else [each for each in of_kind if not each.written.cancelled]
        return left[0] if len(left) == 1 else None

    def _base(self, draft: Draft, relative: Relative, steps: Steps) -> Draft | None:
        """The base of a counted day, with its own days counted. If there is none, adds a problem and returns None."""
        if not relative.base.kinds:
            return None
        base = self._found(draft, relative)
        if base is None:
            self._refuse_missing(draft, relative, steps)
            return None
        if base.written.slug in self.open:
            of_itself = "itself" if base is draft else f'"{base.name}", which counts from it'
            self.file.refuse(f'"{relative.words}" makes "{draft.name}" count from {of_itself}: give one day', *steps)
            return None
        return self.counted(base)

    def _refuse_missing(self, draft: Draft, relative: Relative, steps: Steps) -> None:
        kinds = " or ".join(kind.name for kind in relative.base.kinds)
        several = any(each.written.kind in relative.base.kinds for each in self.drafts)
        lines = [line for kind, line in self.removed.items() if kind in relative.base.kinds]
        if several:
            message = (
                f'"{relative.words}" could count from more than one milestone: give the day if the source does, '
                'or else write "to be announced", and these words in a note'
            )
        elif lines:
            message = (
                f'"{relative.words}" counts from the {kinds}, which is not applicable on line {lines[0]}: write what '
                f'"{draft.name}" is there, a day of its own or "not applicable"'
            )
        else:
            message = f'"{relative.words}" counts from the {kinds}, which is not among the milestones: add it'
        if several or self.are_all:
            self.file.refuse(message, *steps)

    def _when(self, draft: Draft, relative: Relative, base: Draft | None, steps: Steps) -> When:
        if not relative.base.kinds:
            return self._of_source(draft, relative, steps)
        if base is None:
            return Undated(words=relative.words)
        own = states_of(base, self.states)
        when = self._from(relative, own.completed.when if own.completed else base.written.when, base, steps)
        if isinstance(when, Dated) and when.derived and (base_is := _how_far_from_firm(base.written, own)):
            return when._replace(derived=replace(when.derived, base_is=base_is))
        return when

    def _earlier(self, draft: Draft, place: int, relative: Relative, base: Draft | None, steps: Steps) -> When:
        """A counted date that was replaced, from what its base said as long as it stood."""
        if base is None:
            return self._when(draft, relative, base, steps)
        stood = self._stood(base, draft.written.source.dated, is_latest=place == 0)
        if stood is None:
            kind = base.written.kind
            reason = f"the {kind.name} has moved, and nothing tells which date it had then"
            return Undated(words=relative.words, derived=relative.derivation(kind), reason=reason)
        return self._from(relative, stood, base, steps)

    def _stood(self, draft: Draft, before: date, *, is_latest: bool) -> When | None:
        """What a milestone said before a day: the latest or, if not `is_latest`, the only date that it can have had.

        None where that cannot be told, since no document is named for earlier dates.
        """
        written, completed = draft.written, states_of(draft, self.states).completed
        if completed and completed.source.dated < before:
            return completed.when if is_latest else None
        places = [None, *range(len(written.previously))]
        if written.previously and written.source.dated >= before:
            places = places[1:]
        is_known = is_latest and written.source.dated <= before
        if len(places) > 1 and not is_known:
            return None
        return self._stated(draft, places[0], before, is_latest=is_latest)

    def _stated(self, draft: Draft, place: int | None, before: date, *, is_latest: bool) -> When | None:
        """One of the dates of a milestone as it was before a day; `place` is as in `PlacedRelative`."""
        written = draft.written
        relative = next((each for at, each in draft.relatives if at == place), None)
        base = self._found(draft, relative) if relative else None
        if relative is None or base is None:
            return written.when if place is None else written.previously[place]
        stood = self._stood(self.counted(base), before, is_latest=is_latest)
        return stood and self._from(relative, stood, base, draft.steps)

    def _last_day(self, draft: Draft, base: Draft) -> Dated | None:
        """The day on which a milestone stood until its base changed; None if it was not known then, or had none."""
        since = _since(base)
        if draft.written.source.dated >= since:
            return None
        stood = self._stated(draft, None, since, is_latest=True)
        return stood if isinstance(stood, Dated) else None

    def _of_source(self, draft: Draft, relative: Relative, steps: Steps) -> When:
        """The day of the milestone's source, or a day counted from it."""
        if steps != draft.steps:
            self.file.refuse(f'"{relative.words}" is the day of a document that "previously" does not name', *steps)
            return Undated(words=relative.words)
        source = draft.written.source
        if source.gives_month:
            self.file.refuse(
                f'"{relative.words}" counts from the day of its source "{source.key}", which gives only the month '
                f"{source.dated_in_words}: write the month, or a day that is stated elsewhere",
                *steps,
            )
            return Undated(words=relative.words)
        return self._on(relative, _day(relative, source.dated), None, steps)

    def _from(self, relative: Relative, when: When, base: Draft, steps: Steps) -> When:
        derived = relative.derivation(base.written.kind)
        if isinstance(when, Undated):
            return Undated(words=relative.words, derived=derived, reason=f"the {base.written.kind.name} has no date")
        if when.first != when.last or when.precision in _NO_ONE_DAY:
            reason = f"the date of the {base.written.kind.name} is not one day"
            return Undated(words=relative.words, derived=derived, reason=reason)
        counted_day = self._on(relative, _day(relative, when.first), base, steps)
        if isinstance(counted_day, Dated) and counted_day.precision is Precision.EXACT and when.precision in _SOFT:
            return counted_day._replace(precision=when.precision)
        return counted_day

    def _on(self, relative: Relative, day: date, base: Draft | None, steps: Steps) -> When:
        try:
            return relative.on(day, base.written.kind if base else None)
        except ValueError as error:
            self.file.refuse(str(error), *steps)
            return Undated(words=relative.words)


def _day(relative: Relative, base: date) -> date:
    """The day some units before or after another day."""
    sign = -1 if relative.direction is Direction.BEFORE else 1
    number = sign * relative.amount
    match relative.unit:
        case Unit.DAYS:
            return base + timedelta(days=number)
        case Unit.BUSINESS_DAYS:
            return business_days_from(base, number)
        case Unit.WEEKS:
            return base + timedelta(weeks=number)
        case Unit.MONTHS:
            return months_after(base, number)
