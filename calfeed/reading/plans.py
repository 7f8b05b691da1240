"""One plan document to a `Plan`: names resolved, what is the plan's and what a reorganization's own told apart."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from calfeed.model import naming
from calfeed.model.kinds import Kind, kind_named
from calfeed.model.plans import Cancellation, Of, Plan, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio, Trust, slug
from calfeed.reading.checks import check_acquirer, check_dates, check_history, check_month
from calfeed.reading.derived import counted
from calfeed.reading.documents import (
    AcquiringReference,
    CompletedDocument,
    PlanDocument,
    PortfolioReference,
    ReorganizationDocument,
)
from calfeed.reading.milestones import MilestoneReader
from calfeed.reading.nodes import Steps
from calfeed.reading.order import (
    check_approval,
    check_completion,
    check_order,
    check_usual_order,
    check_what_is_completed,
)
from calfeed.reading.phrases import read_exact
from calfeed.reading.problems import Problem
from calfeed.reading.registry import Asked, id_problem
from calfeed.reading.shapes import Checked
from calfeed.reading.sources import Sources
from calfeed.reading.states import (
    NO_STATES,
    Completion,
    Draft,
    Held,
    Placed,
    States,
    held_for,
    placed_of,
)
from calfeed.reading.yaml import T, YamlFile

_SEVERAL = re.compile(r"(?:[,;&]|\band\b)(?![^(\[]*[)\]])", re.IGNORECASE)
"""What stands between two share classes; what stands in brackets tells of one: "A (Acc, USD)"."""
_read_completed = partial(read_exact, kind=kind_named("closing"))
"""Return the day of a completion. Words that are said of a closing are said of whatever else completes."""


class PlanFile(NamedTuple):
    """A plan's file whose shape has been checked, and the registry that is asked for the plan."""

    plan_id: str
    checked: Checked[PlanDocument]
    registry: Asked


def read_plans(files: Iterable[PlanFile], domain: str) -> list[Plan | None]:
    """The plans that some documents state, None where there is no document; what is wrong is added to their files.

    `domain` is the right-hand side of the UIDs, which must not become too long.

    Each step is taken for all plans before the next one, so that its code is still in the processor's caches: that
    takes a sixth less time in the row "folder to catalog". What is wrong with one plan is found in its usual order.
    """
    readings = [_begun(file, domain) for file in files]
    under_way = [reading.steps() for reading in readings if reading]
    while under_way:
        under_way = [steps for steps in under_way if next(steps, "done") is None]
    return [reading.plan if reading else None for reading in readings]


def _begun(file: PlanFile, domain: str) -> "_PlanReading | None":
    plan_id, checked, registry = file
    if problem := id_problem(plan_id, "met-investors-2007-12"):
        checked.file.problems.append(Problem(checked.file.locate(), f"file name: {problem}"))
    return _PlanReading(plan_id, checked.document, checked, registry, domain) if checked.document else None


class _Shared(NamedTuple):
    """What the plan states for all its reorganizations."""

    trust: Trust | None
    drafts: dict[str, Draft]
    states: States


class _Parties(NamedTuple):
    """Who takes part in a reorganization, and with which share classes."""

    target: Portfolio
    target_classes: tuple[str, ...]
    acquiring: Portfolio | OutsideFund | None
    acquiring_classes: tuple[str, ...]


class _PlanReading:
    """A plan document being read; problems go to its file, and what has one is left out.

    The `plan` is there once all `steps` have been taken.
    """

    def __init__(
        self, plan_id: str, document: PlanDocument, checked: Checked[PlanDocument], registry: Asked, domain: str
    ) -> None:
        self.plan_id = plan_id
        self.document = document
        self.file: YamlFile = checked.file
        self.is_whole = checked.is_whole
        self.registry = registry
        self.domain = domain
        self.sources = Sources(checked, document)
        self.milestones = MilestoneReader(checked, self.sources)
        self.known: dict[tuple[str, str, str], int] = {}  # by trust, target and own id
        self.plan: Plan | None = None

    def steps(self) -> Iterator[None]:
        """Read the plan; each step ends with a None."""
        document = self.document
        shared = _Shared(
            trust=self.looked_up(self.registry.trust, document.trust, "trust"),
            drafts=self.milestones.drafts(("milestones",), document.milestones, {}),
            states=self.read_states((), document),
        )
        self.check_any_milestones()
        found: list[Reorganization | None] = []
        for index, entry in enumerate(document.reorganizations):
            yield
            found.append((yield from self.reorganization(index, entry, shared)))
        reorganizations = tuple(filter(None, found))
        self.plan = Plan(
            id=self.plan_id,
            title=document.title or _title(reorganizations),
            sources=self.sources.all,
            reorganizations=reorganizations,
        )

    def looked_up(self, look_up: Callable[[str], T | None], name: str, *path: str | int) -> T | None:
        return self.file.understood(look_up, name, *path) if name else None

    # --- reorganizations ---------------------------------------------------------------------------------------------

    def reorganization(
        self, index: int, entry: ReorganizationDocument, shared: _Shared
    ) -> Generator[None, None, Reorganization | None]:
        steps: Steps = ("reorganizations", index)
        parties = self.read_parties(steps, entry, shared.trust)
        own = self.read_states(steps, entry)
        held = held_for(own, shared.states, self.sources.is_earlier)
        drafts = self.read_drafts(steps, entry, shared)
        placed = self.read_milestones(steps, drafts, held, self.kinds_removed(steps, entry, shared))
        if parties is None:
            return None
        yield
        self.check_parties(index, entry, parties)
        if parties.acquiring or entry.acquiring is None:  # else its acquirer has a problem of its own
            self.check_of(drafts, parties)
        if parties.acquiring is None and entry.acquiring is None and not self.file.problems:  # else it may be misspelt
            check_acquirer(self.file, parties.target.name, drafts, steps)
        states = held.states
        reorganization = Reorganization(
            key=naming.reorganization_key(self.plan_id, parties.target, entry.id),
            id=entry.id,
            target=parties.target,
            target_classes=parties.target_classes,
            acquiring=parties.acquiring,
            acquiring_classes=parties.acquiring_classes,
            cancelled=states.cancelled,
            approved=states.approved,
            completed=states.completed.source if states.completed else None,
            milestones=tuple([each.milestone for each in placed]),
        )
        if states.cancelled:
            check_month(self.file, placed, states.cancelled.source)
        self.check_moves(steps, entry, drafts, own.cancelled)
        self.check_cancellation(steps, own, shared.states)
        self.check_revivals(steps, entry, placed)
        self.check_lengths(reorganization, placed)
        approved_at = (*steps, "approved") if entry.approved else ("approved",)
        check_dates(self.file, reorganization, placed, approved_at)
        check_history(self.file, drafts, self.sources.all)
        return reorganization

    def read_parties(self, steps: Steps, entry: ReorganizationDocument, plan_trust: Trust | None) -> _Parties | None:
        """Who takes part; None where the target cannot be read."""
        target = self.read_reference((*steps, "target"), entry.target, plan_trust)
        acquiring = self.read_acquiring((*steps, "acquiring"), entry.acquiring, plan_trust)
        if target is None:
            return None
        classes = entry.acquiring.classes if entry.acquiring else ()
        return _Parties(target, entry.target.classes, acquiring, classes)

    def read_reference(
        self, steps: Steps, entry: PortfolioReference | AcquiringReference, plan_trust: Trust | None
    ) -> Portfolio | None:
        trust = plan_trust
        if entry.trust:
            trust = self.looked_up(self.registry.trust, entry.trust, *steps, "trust")
        if trust is None and (entry.trust or self.document.trust):
            return None  # the trust itself is the problem
        return self.looked_up(lambda name: self.registry.portfolio(name, trust), entry.portfolio, *steps, "portfolio")

    def read_acquiring(
        self, steps: Steps, entry: AcquiringReference | None, plan_trust: Trust | None
    ) -> Portfolio | OutsideFund | None:
        if entry is None:
            return None
        if entry.name:
            if entry.portfolio or entry.trust:
                message = 'write either "name" (of a fund of no trust here) or "portfolio" and "trust"'
                self.file.refuse(message, *steps)
            if known := self.registry.named(entry.name):
                self.file.warn(
                    f'"{entry.name}" is a portfolio of {known.trust.name}: if that is meant, write "portfolio" and '
                    '"trust", so that it stands in its calendars too; if not, say whose fund it is',
                    *steps,
                    "name",
                )
            return OutsideFund(name=entry.name)
        if not entry.portfolio:
            if self.is_whole(*steps):
                self.file.refuse('"portfolio" is missing in "acquiring"', *steps)
            return None
        return self.read_reference(steps, entry, plan_trust)

    # --- milestones and states ---------------------------------------------------------------------------------------

    def read_drafts(self, steps: Steps, entry: ReorganizationDocument, shared: _Shared) -> list[Draft]:
        """The milestones that hold for one reorganization, before the states are applied."""
        own = self.milestones.drafts((*steps, "milestones"), entry.milestones, shared.drafts)
        removed = {slug(name): name for name, milestone in entry.milestones.items() if milestone is None}
        for name_slug, name in removed.items():
            if name_slug not in map(slug, self.document.milestones) and self.is_whole("milestones", name):
                message = f'the plan has no milestone "{name}" that could be removed'
                self.file.refuse(message, *steps, "milestones", name, key=True)
        if not (self.document.milestones or entry.milestones):
            self.warn_of_none(steps, entry.target.portfolio)
        return [draft for name_slug, draft in (shared.drafts | own).items() if name_slug not in removed]

    def kinds_removed(self, steps: Steps, entry: ReorganizationDocument, shared: _Shared) -> dict[Kind, int]:
        """The kinds of the plan's milestones that are not applicable to one reorganization, with the lines."""
        removed = [(name, shared.drafts.get(slug(name))) for name, each in entry.milestones.items() if each is None]
        lines = [(draft, self.file.locate(*steps, "milestones", name).line) for name, draft in removed if draft]
        return {draft.written.kind: line for draft, line in lines}

    def read_milestones(
        self, steps: Steps, drafts: list[Draft], held: Held, removed: Mapping[Kind, int]
    ) -> list[Placed]:
        """The drafts of the reorganization at `steps` with the states applied, checked together.

        `removed` are the kinds of the plan's milestones that are not applicable to it, with the lines that say so.
        """
        states = held.states
        are_all = self.is_whole("milestones") and self.is_whole(*steps, "milestones")
        are_all = are_all and not self.milestones.has_lost
        if states.completed:
            check_completion(self.file, drafts, states.completed, are_all)
        if states.approved:
            check_approval(self.file, drafts)
        drafts = counted(self.file, drafts, states, removed=removed, are_all=are_all)
        placed = [placed_of(draft, held) for draft in drafts]
        check_order(self.file, placed)
        check_usual_order(self.file, placed)
        if states.completed:
            is_shared = states.completed.steps[0] == "completed" and len(self.document.reorganizations) > 1
            check_what_is_completed(self.file, placed, states.completed, is_shared)
        return placed

    def read_states(self, steps: Steps, entry: PlanDocument | ReorganizationDocument) -> States:
        cancelled, approved, completed = entry.cancelled, entry.approved, entry.completed
        if not (cancelled or approved or completed):
            return NO_STATES
        if completed and cancelled:
            message = "what is completed cannot be cancelled too: delete one of the two"
            self.file.refuse(message, *steps, "completed", key=True)
        return States(
            cancelled=self.milestones.cancellation((*steps, "cancelled"), cancelled) if cancelled else None,
            approved=self.sources.named(approved.source, *steps, "approved", "source") if approved else None,
            completed=self.read_completion((*steps, "completed"), completed) if completed else None,
        )

    def read_completion(self, steps: Steps, entry: CompletedDocument) -> Completion | None:
        source = self.sources.named(entry.source, *steps, "source")
        when = self.file.understood(_read_completed, entry.date, *steps, "date")
        return Completion(source=source, when=when, steps=steps) if source and when else None

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def check_any_milestones(self) -> None:
        """Check that the plan has milestones at all."""
        has_any = self.document.milestones or any(each.milestones for each in self.document.reorganizations)
        if not has_any and self.is_whole("milestones") and self.is_whole("reorganizations"):
            self.file.refuse('the plan has no milestones: list at least one under "milestones"', "milestones")

    def warn_of_none(self, steps: Steps, target: str) -> None:
        """Warn of a reorganization for which no milestone holds, though others have some."""
        others = [number for number, each in enumerate(self.document.reorganizations) if each.milestones]
        if others and self.is_whole("milestones"):
            line = self.file.locate("reorganizations", others[0], "milestones", key=True).line
            self.file.warn(
                f'no milestone holds for "{target}": those on line {line} hold for one reorganization only; what holds '
                'for all stands under "milestones" at the beginning of a line',
                *steps,
                "target",
            )

    def check_parties(self, index: int, entry: ReorganizationDocument, parties: _Parties) -> None:
        """Check that a reorganization is told apart from the plan's others, and that its target is not its acquirer."""
        steps: Steps = ("reorganizations", index)
        target = parties.target
        if entry.id and (problem := id_problem(entry.id, "class-c")):
            self.file.refuse(problem, *steps, "id")
        first = self.known.setdefault((target.trust.id, target.id, entry.id), index)
        if first != index and entry.id:
            line = self.file.locate("reorganizations", first, "id").line
            self.file.refuse(f'"{target.name}" has the id "{entry.id}" already, on line {line}', *steps, "id")
        elif first != index:
            line = self.file.locate("reorganizations", first, "target").line
            self.file.refuse(
                f'"{target.name}" is a target already, on line {line}: if that is meant, as where a fund is split, '
                'give this one an "id", part of its UIDs; if not, name the fund that is meant',
                *steps,
                "target",
            )
        if parties.acquiring == target:
            self.check_classes(steps, parties)
        for side, classes in (("target", parties.target_classes), ("acquiring", parties.acquiring_classes)):
            if classes and (several := next(filter(_SEVERAL.search, classes), "")):
                message = f'"{several}" looks like several share classes: write a list, with each class in quotes'
                self.file.warn(message, *steps, side, "classes")
            if len(classes) > 1 and (twice := _twice(classes)):
                self.file.refuse(f'"{twice}" is named twice', *steps, side, "classes")

    def check_classes(self, steps: Steps, parties: _Parties) -> None:
        """Check that a portfolio acquires itself only as a class that becomes another class."""
        targets, acquirers = parties.target_classes, parties.acquiring_classes
        both = [each for each in acquirers if each.casefold() in map(str.casefold, targets)]
        if both and targets != acquirers:
            message = f'"{both[0]}" of "{parties.target.name}" cannot acquire itself: leave it out on one side'
        elif both or not targets or not acquirers:
            message = f'"{parties.target.name}" cannot acquire itself'
            if targets or acquirers:
                message += ', but a class may become another: name "classes" on both sides'
        else:
            return
        self.file.refuse(message, *steps, "acquiring")

    def check_of(self, drafts: list[Draft], parties: _Parties) -> None:
        """Check that what is the acquirer's has an acquirer that is another fund than the target."""
        if parties.acquiring is None:
            lack = f'"{parties.target.name}" has no acquirer'
        elif parties.acquiring == parties.target:
            lack = f'"{parties.target.name}" is target and acquirer in one'
        else:
            return
        for draft in drafts:
            of = draft.written.of
            if of is not Of.TARGET:
                self.file.refuse(f'"{draft.name}" cannot be of "{of}": {lack}', *draft.steps[:-1], "of")

    def check_moves(
        self, steps: Steps, entry: ReorganizationDocument, drafts: list[Draft], cancelled: Cancellation | None
    ) -> None:
        """Warn where a reorganization that is cancelled itself moves with the plan by a source that is not older."""
        if cancelled is None:
            return
        own, source = set(map(slug, entry.milestones)), cancelled.source
        for draft in drafts:
            written = draft.written
            if written.slug in own or not written.previously or self.sources.is_earlier(written.source, source):
                continue
            self.file.warn(
                f'the plan moves "{draft.name}" by "{written.source.key}", which is no older than this cancellation: '
                "if this one did not move, repeat it under its own milestones, with the day that it had",
                *steps,
                "cancelled",
            )

    def check_cancellation(self, steps: Steps, own: States, plan: States) -> None:
        """Warn where the plan is cancelled after a reorganization was approved, whose approval replaces that."""
        if own.cancelled or own.completed or not own.approved or not plan.cancelled:
            return
        if self.sources.is_earlier(own.approved, plan.cancelled.source):
            self.file.warn(
                f'the plan is cancelled by "{plan.cancelled.source.key}", which is later than this approval, and this '
                'reorganization is not: if it is, repeat "cancelled" here',
                *steps,
                "approved",
                key=True,
            )

    def check_revivals(self, steps: Steps, entry: ReorganizationDocument, placed: list[Placed]) -> None:
        """Warn where a milestone is on again, or moves, by a source that is later than what still cancels it."""
        for each in placed:
            written, cancelled = each.draft.written, each.milestone.cancelled
            if cancelled is None or not written.previously:
                continue
            at = _cancelled_at(steps, entry, each.draft, cancelled)
            is_told = at == (*steps, "cancelled") and each.draft.steps[0] == "milestones"  # by `check_moves`
            is_on_again = written.previously[0] is None
            if is_told or self.sources.is_earlier(written.source, cancelled.source):
                continue
            if is_on_again or self.sources.is_earlier(cancelled.source, written.source):
                self.file.warn(
                    self.revival(written.source, at, is_on_again=is_on_again),
                    *(*each.draft.steps[:-1], "previously", 0),
                )

    def revival(self, source: Source, at: Steps, *, is_on_again: bool) -> str:
        """A warning that a source lets go on what is cancelled at some place of the file."""
        advice = "delete that"
        if at == ("cancelled",) and len(self.document.reorganizations) > 1:
            advice = "delete that, and write it beside the target of each reorganization that stays cancelled"
        line = self.file.locate(*at, key=True).line
        still = f'but it is still shown as cancelled, by "cancelled" on line {line}'
        if is_on_again:
            return f'by "{source.key}" this is on again, {still}: {advice}'
        return (
            f'"{source.key}" moves this, {still}: if it is on again, put "cancelled" first here, and {advice}; if not, '
            "put back the day that it had"
        )

    def check_lengths(self, reorganization: Reorganization, placed: list[Placed]) -> None:
        """Check that UIDs and SUMMARYs stay within what calendars keep apart and show."""
        who = naming.parties(reorganization)
        without_slug = len(naming.uid(reorganization.key, "", self.domain).encode())
        for each in placed:
            milestone, draft = each.milestone, each.draft
            if (excess := naming.excess(who, milestone)) > 0:
                self.file.refuse(
                    f'the SUMMARY of this event for "{reorganization.target.name}" would pass '
                    f"{naming.MAX_SUMMARY_UNITS} characters by {excess}: give the funds short names, or shorter ones, "
                    "or shorten the title",
                    *draft.steps[:-1],
                    key=True,
                )
            octets = without_slug + len(milestone.slug)
            if octets > naming.MAX_UID_OCTETS:
                self.file.refuse(
                    f'the UID of this event for "{reorganization.target.name}" would have {octets} octets, more than '
                    f"{naming.MAX_UID_OCTETS}: shorten the ids or the title",
                    *draft.steps[:-1],
                    key=True,
                )


def _cancelled_at(steps: Steps, entry: ReorganizationDocument, draft: Draft | None, cancelled: Cancellation) -> Steps:
    """Where the cancellation of a milestone of the reorganization at `steps` stands in the file."""
    while draft:
        if draft.written.cancelled is cancelled:
            return (*draft.steps[:-1], "cancelled")
        draft = draft.counts_from
    return (*steps, "cancelled") if entry.cancelled else ("cancelled",)


def _twice(classes: tuple[str, ...]) -> str:
    """The first share class that has been named before; empty if none has."""
    known: set[str] = set()
    for each in classes:
        if each.casefold() in known:
            return each
        known.add(each.casefold())
    return ""


def _title(reorganizations: tuple[Reorganization, ...]) -> str:
    """A title for a plan without one: its first target, and how many more."""
    if not reorganizations:
        return ""
    more = f" and {len(reorganizations) - 1} more" if len(reorganizations) > 1 else ""
    what = "Reorganization" if any(each.acquiring for each in reorganizations) else "Liquidation"
    return f"{what} of {naming.target_and_trust(reorganizations[0])}{more}"
