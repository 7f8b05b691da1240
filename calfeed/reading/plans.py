"""One plan document to a `Plan`: names resolved, dates read, overrides and states applied, orders checked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from calfeed.model import naming
from calfeed.model.kinds import KIND_NAMES, Kind, kind_named
from calfeed.model.plans import Cancellation, Milestone, Plan, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio, Trust, brief, slug
from calfeed.model.when import When, in_words
from calfeed.reading.documents import (
    NOT_APPLICABLE,
    AcquiringReference,
    CancelledDocument,
    CompletedDocument,
    MilestoneDocument,
    PlanDocument,
    PortfolioReference,
    ReorganizationDocument,
)
from calfeed.reading.phrases import read_day, read_phrase
from calfeed.reading.problems import Problem
from calfeed.reading.registry import Registry, id_problem
from calfeed.reading.shapes import Checked, flag_problem
from calfeed.reading.suggestions import did_you_mean
from calfeed.reading.web_addresses import is_web_address
from calfeed.reading.yaml import YamlFile

SHAREHOLDER_APPROVAL = "shareholder approval"
"""The condition that `approved` takes away."""
_Path = tuple[str | int, ...]
_T = TypeVar("_T")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")


@dataclass(slots=True, kw_only=True)  # a frozen one takes three times as long to make, and there are many
class _Draft:
    """A milestone as written in one place, before what happened to the whole plan or reorganization is applied."""

    path: _Path
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
    replaces: "_Draft | None" = None

    @property
    def title(self) -> str:
        return self.kind.label if self.name == self.kind.name else self.name[0].upper() + self.name[1:]

    @property
    def is_conditional_on_approval(self) -> bool:
        return any(map(_is_approval, self.conditions))


@dataclass(slots=True, kw_only=True)  # not frozen, as above
class _States:
    """What happened to a plan or a reorganization as a whole; `path` is where it is written."""

    path: _Path = ()
    cancelled: Cancellation | None = None
    approved: Source | None = None
    completed: Source | None = None
    completed_on: When | None = None

    def __bool__(self) -> bool:
        return bool(self.cancelled or self.approved or self.completed)

    def cancels(self, draft: _Draft, when: When) -> bool:
        """Whether the cancellation of the whole reaches a milestone that is as `when` says.

        What may have happened before it stays; but what is cancelled as a whole cannot have closed, whatever the day.
        """
        if self.cancelled is None:
            return False
        last_possible = when.last_possible
        return draft.kind.completes or not last_possible or last_possible > self.cancelled.source.dated

    def changes(self, draft: _Draft) -> "_States":
        """What of these states, and of the milestone's own, changes a milestone."""
        if not self and not draft.cancelled:
            return self
        cancelled = draft.cancelled or (self.cancelled if self.cancels(draft, draft.when) else None)
        completed = self.completed if draft.kind.completes and not cancelled else None
        return _States(
            cancelled=cancelled,
            approved=self.approved if draft.is_conditional_on_approval else None,
            completed=completed,
            completed_on=self.completed_on if completed else None,
        )

    def counted(self, drafts: Iterable[_Draft]) -> dict[tuple[str, str], date]:
        """Each state that ever changed one of the drafts, with the source that says so and its day."""
        found: list[tuple[str, Source]] = []
        for draft in drafts:
            if draft.cancelled:
                found.append(("cancelled", draft.cancelled.source))
            if self.cancelled and any(self.cancels(draft, when) for when in (draft.when, *draft.previously) if when):
                found.append(("cancelled", self.cancelled.source))
            if self.approved and draft.is_conditional_on_approval:
                found.append(("approved", self.approved))
            if self.completed and draft.kind.completes:
                found.append(("completed", self.completed))
        return {(state, source.key): source.dated for state, source in found}

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of these states."""
        cancellation = self.cancelled.source if self.cancelled else None
        return tuple(source for source in (cancellation, self.approved, self.completed) if source)


_NOTHING = _States()
_ORDERED = {"record date", "proxy mailing", "special meeting"}
"""The kinds that have an order, beside those that complete a reorganization."""


def read_plan(plan_id: str, checked: Checked[PlanDocument], registry: Registry, domain: str) -> Plan | None:
    """The plan that a document states, or None; what is wrong is added to the file's problems.

    `domain` is the right-hand side of the UIDs, which must not become too long.
    """
    if problem := id_problem(plan_id, "met-investors-2007-12"):
        checked.file.problems.append(Problem(checked.file.locate(), f"file name: {problem}"))
    if checked.document is None:
        return None
    return _PlanReading(plan_id, checked.document, checked, registry, domain).plan()


class _PlanReading:
    """A plan document being read; problems go to its file, and what has one is left out."""

    def __init__(
        self, plan_id: str, document: PlanDocument, checked: Checked[PlanDocument], registry: Registry, domain: str
    ) -> None:
        self.plan_id = plan_id
        self.document = document
        self.file: YamlFile = checked.file
        self.is_whole = checked.is_whole
        self.registry = registry
        self.domain = domain
        self.sources: dict[str, Source] = {}
        self.first_source: Source | None = None
        self.lost_source = not checked.is_whole("sources")
        self.lost_milestone = False

    def plan(self) -> Plan:
        self.sources = self.read_sources()
        self.first_source = next(iter(self.sources.values()), None)
        trust = self.looked_up(self.registry.trust, self.document.trust, "trust")
        shared = self.read_milestones(("milestones",), self.document.milestones, {})
        plan_states = self.read_states((), self.document)
        has_milestones = self.document.milestones or any(each.milestones for each in self.document.reorganizations)
        if not has_milestones and self.is_whole("milestones") and self.is_whole("reorganizations"):
            self.refuse('the plan has no milestones: list at least one under "milestones"', "milestones")
        targets: dict[tuple[str, str], int] = {}
        reorganizations = []
        for index, entry in enumerate(self.document.reorganizations):
            path = ("reorganizations", index)
            target = self.read_reference((*path, "target"), entry.target, trust)
            acquiring = self.read_acquiring((*path, "acquiring"), entry.acquiring, trust)
            states = self.read_states(path, entry) or plan_states
            milestones = self.read_own_milestones(path, entry, shared, states, plan_states)
            if target is None:
                continue
            if (first := targets.setdefault((target.trust.id, target.id), index)) != index:
                line = self.file.locate("reorganizations", first, "target").line
                self.refuse(f'"{target.name}" is a target already, on line {line}', *path, "target")
            if acquiring is target:
                self.refuse(f'"{target.name}" cannot acquire itself', *path, "acquiring")
            reorganization = Reorganization(
                target=target,
                acquiring=acquiring,
                cancelled=states.cancelled,
                approved=states.approved,
                completed=states.completed,
                milestones=tuple(milestone for milestone, _ in milestones),
            )
            self.check_lengths(reorganization, [path for _, path in milestones])
            reorganizations.append(reorganization)
        if problem := flag_problem(self.document.confidential):
            self.refuse(problem, "confidential")
        plan = Plan(
            id=self.plan_id,
            title=self.document.title or _title(reorganizations),
            sources=tuple(self.sources.values()),
            reorganizations=tuple(reorganizations),
            confidential=self.document.confidential not in {"", "false"},
        )
        # Who reads a plan learns of every portfolio in it.
        names_one = any(portfolio.confidential for each in reorganizations for portfolio in each.portfolios)
        return replace(plan, confidential=True) if names_one else plan

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def refuse(self, message: str, *path: str | int, key: bool = False) -> None:
        self.file.problems.append(self.file.problem(message, *path, key=key))

    def read(self, reading: Callable[[str], _T], text: str, *path: str | int) -> _T | None:
        """A text's meaning, or None where it has none, which is a problem."""
        try:
            return reading(text)
        except ValueError as error:
            self.refuse(str(error), *path)
            return None

    def looked_up(self, look_up: Callable[[str], _T | None], name: str, *path: str | int) -> _T | None:
        return self.read(look_up, name, *path) if name else None

    def mention(self, draft: _Draft, path: _Path, day: date) -> str:
        return f"{draft.name} ({in_words(day)}, line {self.file.line_of(*path)})"

    # --- sources -----------------------------------------------------------------------------------------------------

    def read_sources(self) -> dict[str, Source]:
        sources: dict[str, Source] = {}
        latest: Source | None = None
        for key, entry in self.document.sources.items():
            path = ("sources", key)
            if entry.url and not is_web_address(entry.url):
                self.refuse(
                    f'"{entry.url}" is not a web address: write one such as https://www.sec.gov/..., without spaces',
                    *path,
                    "url",
                )
            if entry.accession and not _ACCESSION.fullmatch(entry.accession):
                self.refuse(
                    f'"{entry.accession}" is not an accession number such as 0000908737-07-000423', *path, "accession"
                )
            if (dated := self.read(read_day, entry.dated, *path, "dated")) is None:
                self.lost_source = True
                continue
            source = Source(
                key=key, title=entry.title, dated=dated, url=entry.url, form=entry.form, accession=entry.accession
            )
            if latest and dated < latest.dated:
                line = self.file.line_of("sources", latest.key, "dated")
                self.refuse(
                    f'sources stand oldest first: this is before "{latest.key}" '
                    f"({in_words(latest.dated)}, line {line})",
                    *path,
                    "dated",
                )
            latest = source
            sources[key] = source
        return sources

    def source(self, key: str, *path: str | int) -> Source | None:
        if key in self.sources:
            return self.sources[key]
        if not self.lost_source:
            self.refuse(f'unknown source "{key}"{did_you_mean(key, self.sources) or _listed(self.sources)}', *path)
        return None

    # --- portfolios --------------------------------------------------------------------------------------------------

    def read_reference(
        self, path: _Path, entry: PortfolioReference | AcquiringReference, plan_trust: Trust | None
    ) -> Portfolio | None:
        trust = plan_trust
        if entry.trust:
            trust = self.looked_up(self.registry.trust, entry.trust, *path, "trust")
        if trust is None and (entry.trust or self.document.trust):
            return None  # the trust itself is the problem
        return self.looked_up(lambda name: self.registry.portfolio(name, trust), entry.portfolio, *path, "portfolio")

    def read_acquiring(
        self, path: _Path, entry: AcquiringReference | None, plan_trust: Trust | None
    ) -> Portfolio | OutsideFund | None:
        if entry is None:
            return None
        if entry.name:
            if entry.portfolio or entry.trust:
                self.refuse('write either "name" (of a fund of no trust here) or "portfolio" and "trust"', *path)
            return OutsideFund(name=entry.name)
        if not entry.portfolio:
            if self.is_whole(*path):
                self.refuse('"portfolio" is missing in "acquiring"', *path)
            return None
        return self.read_reference(path, entry, plan_trust)

    # --- milestones --------------------------------------------------------------------------------------------------

    def read_milestones(
        self,
        path: _Path,
        entries: dict[str, MilestoneDocument] | dict[str, MilestoneDocument | None],
        shared: dict[str, _Draft],
    ) -> dict[str, _Draft]:
        """The drafts of milestones by slug, in the order written; `shared` are the plan's that they may replace."""
        drafts: dict[str, _Draft] = {}
        written: dict[str, str] = {}
        for name, entry in entries.items():
            at = (*path, name)
            name_slug = slug(name)
            if not name_slug:
                self.refuse(f'"{name}" needs a letter a to z or a digit, since the UID is made of it', *at, key=True)
                continue
            if (other := written.setdefault(name_slug, name)) != name:
                line = self.file.locate(*path, other, key=True).line
                self.refuse(f'"{name}" and "{other}" (line {line}) would have the same UID: change one', *at, key=True)
                continue
            if entry is not None:
                draft = self.read_milestone(at, name, name_slug, entry, shared.get(name_slug))
                if draft:
                    drafts[name_slug] = draft
                else:
                    self.lost_milestone = True
        return drafts

    def read_milestone(
        self, path: _Path, name: str, name_slug: str, entry: MilestoneDocument, replaces: _Draft | None
    ) -> _Draft | None:
        if entry.date == NOT_APPLICABLE:
            self.refuse(
                f'"{NOT_APPLICABLE}" removes a milestone of the plan from one reorganization: delete it here', *path
            )
            return None
        if entry.date == "cancelled":
            self.refuse(
                'to cancel it, keep its date and write "cancelled" with the source that says so below it', *path
            )
            return None
        kind = self.read_kind(path, name, entry)
        when = self.read(read_phrase, entry.date, *path, "date")
        source = self.source(entry.source, *path, "source") if entry.source else self.first_source
        if entry.previously and not entry.source and self.is_whole(*path, "source"):
            self.refuse(
                '"previously" needs a "source" beside it: the key of the document that gave the new date',
                *path,
                "previously",
                key=True,
            )
        previously: list[When | None] = []
        for number, state in enumerate(entry.previously):
            is_date = state != "cancelled"
            previously.append(self.read(read_phrase, state, *path, "previously", number) if is_date else None)
        corrected: list[date | None] = []
        for number, day in enumerate(entry.corrected):
            corrected.append(self.read(read_day, day, *path, "corrected", number))
        cancelled = self.read_cancellation((*path, "cancelled"), entry.cancelled) if entry.cancelled else None
        if kind is None or when is None or source is None:
            return None
        return _Draft(
            path=(*path, "date"),
            name=name,
            slug=name_slug,
            kind=kind,
            when=when,
            conditions=entry.subject_to,
            note=entry.note,
            source=source,
            previously=tuple(previously),
            corrected=tuple(filter(None, corrected)),
            cancelled=cancelled,
            replaces=replaces,
        )

    def read_kind(self, path: _Path, name: str, entry: MilestoneDocument) -> Kind | None:
        """The kind that the key is or, for a title of the author's own, that stands beside it."""
        kind = kind_named(name)
        if not entry.kind:
            if kind is None:
                near = did_you_mean(name, KIND_NAMES)
                advice = f"{near} A title" if near else ": a title"
                self.refuse(f'unknown milestone "{name}"{advice} of your own needs "kind" below it', *path, key=True)
            return kind
        written = kind_named(entry.kind)
        if written is None:
            hint = did_you_mean(entry.kind, KIND_NAMES) or ': "other" is the kind of what has no kind of its own'
            self.refuse(f'unknown kind "{entry.kind}"{hint}', *path, "kind")
        elif kind not in (None, written):
            self.refuse(f'"{name}" is a kind itself: delete this, or give the milestone another title', *path, "kind")
        return written

    def read_cancellation(self, path: _Path, entry: CancelledDocument) -> Cancellation | None:
        source = self.source(entry.source, *path, "source")
        return Cancellation(source=source, reason=entry.reason) if source else None

    def read_states(self, path: _Path, entry: PlanDocument | ReorganizationDocument) -> _States:
        approved, completed = entry.approved, entry.completed
        if not (entry.cancelled or approved or completed):
            return _NOTHING
        if completed and entry.cancelled:
            self.refuse(
                "what is completed cannot be cancelled too: delete one of the two", *path, "completed", key=True
            )
        return _States(
            path=path,
            cancelled=self.read_cancellation((*path, "cancelled"), entry.cancelled) if entry.cancelled else None,
            approved=self.source(approved.source, *path, "approved", "source") if approved else None,
            completed=self.source(completed.source, *path, "completed", "source") if completed else None,
            completed_on=self.read_completion(path, completed) if completed else None,
        )

    def read_completion(self, path: _Path, entry: CompletedDocument) -> When | None:
        if self.read(read_day, entry.date, *path, "completed", "date") is None:
            return None
        return read_phrase(entry.date)

    def read_own_milestones(
        self,
        path: _Path,
        entry: ReorganizationDocument,
        shared: dict[str, _Draft],
        states: _States,
        plan_states: _States,
    ) -> list[tuple[Milestone, _Path]]:
        """The milestones that hold for one reorganization, each with the path of its date."""
        own = self.read_milestones((*path, "milestones"), entry.milestones, shared)
        removed = {slug(name): name for name, milestone in entry.milestones.items() if milestone is None}
        for name_slug, name in removed.items():
            if name_slug not in map(slug, self.document.milestones) and self.is_whole("milestones", name):
                self.refuse(
                    f'the plan has no milestone "{name}" that could be removed', *path, "milestones", name, key=True
                )
        drafts = [draft for draft in (shared | own).values() if draft.slug not in removed]
        if states.completed and states.completed_on:
            self.check_completion(drafts, states)
        if states.approved:
            self.check_approval(drafts)
        changed = [(draft, states.changes(draft)) for draft in drafts]
        self.check_order(changed, states)
        return [(_applied(draft, changes, states, plan_states), draft.path) for draft, changes in changed]

    # --- what does not go together -----------------------------------------------------------------------------------

    def check_completion(self, drafts: list[_Draft], states: _States) -> None:
        """That `completed` says of one milestone alone that it has happened."""
        completing = [draft for draft in drafts if draft.kind.completes and not draft.cancelled]
        whole = self.is_whole("milestones") and self.is_whole(*states.path, "milestones") and not self.lost_milestone
        if len(completing) != 1 and whole:
            which = " or ".join(f'"{draft.name}" (line {self.file.line_of(*draft.path)})' for draft in completing)
            self.refuse(
                f'"completed" could mean {which}: write the day on each of them instead'
                if completing
                else '"completed" needs a closing, liquidation, substitution or conversion that is not cancelled',
                *states.path,
                "completed",
                key=True,
            )

    def check_approval(self, drafts: list[_Draft]) -> None:
        """That `approved` finds the condition that it takes away in the words that it knows."""
        for draft in drafts:
            for condition in draft.conditions:
                words = condition.casefold()
                if not _is_approval(condition) and "approv" in words and "holder" in words:
                    self.refuse(
                        f'"approved" takes away "{SHAREHOLDER_APPROVAL}" only: if "{condition}" is that, write it so',
                        *draft.path[:-1],
                        "subject to",
                    )

    def check_order(self, changed: list[tuple[_Draft, _States]], states: _States) -> None:
        """That what follows by its nature does: record date, mailing, meeting, closing.

        Only what cannot be meant is a problem, so soft words are compared by what they leave possible. The record date
        may precede the announcement, and any day may be a weekend or a holiday.
        """
        dated: list[tuple[_Draft, When, _Path]] = []
        for draft, changes in changed:
            if not changes.cancelled and (draft.kind.completes or draft.kind.name in _ORDERED):
                completed = changes.completed_on
                path = (*states.path, "completed", "date") if completed else draft.path
                dated.append((draft, completed or draft.when, path))
        meetings = [entry for entry in dated if entry[0].kind.name == "special meeting" and entry[1].first]
        records = [entry for entry in dated if entry[0].kind.name == "record date" and entry[1].first]
        for later in dated:
            if later[0].kind.completes:
                for meeting in meetings:
                    self.check_before(later, [meeting])
            elif later[0].kind.name == "special meeting":
                self.check_before(later, records)
            elif later[0].kind.name == "proxy mailing":
                self.check_after(later, meetings)

    def check_before(self, one: tuple[_Draft, When, _Path], others: list[tuple[_Draft, When, _Path]]) -> None:
        """That a milestone is not before all of the others."""
        last = one[1].last_possible
        firsts = [when.first_possible for _, when, _ in others]
        if last and firsts and all(first and last < first for first in firsts):
            draft, when, path = others[0]
            assert when.first is not None  # noqa: S101 -- the caller passes dated ones only
            self.refuse(f"{one[0].name} is before the {self.mention(draft, path, when.first)}", *one[2])

    def check_after(self, one: tuple[_Draft, When, _Path], others: list[tuple[_Draft, When, _Path]]) -> None:
        """That a milestone is not after all of the others."""
        first = one[1].first_possible
        lasts = [when.last_possible for _, when, _ in others]
        if first and lasts and all(last and first > last for last in lasts):
            draft, when, path = others[-1]
            assert when.last is not None  # noqa: S101 -- the caller passes dated ones only
            self.refuse(f"{one[0].name} is after the {self.mention(draft, path, when.last)}", *one[2])

    def check_lengths(self, reorganization: Reorganization, paths: Iterable[_Path]) -> None:
        """That UIDs and SUMMARYs stay within what calendars keep apart and show."""
        who = naming.parties(reorganization.target, reorganization.acquiring)
        without_slug = len(naming.uid(self.plan_id, reorganization.target, "", self.domain).encode())
        for milestone, path in zip(reorganization.milestones, paths, strict=True):
            if (excess := naming.excess(who, milestone)) > 0:
                self.refuse(
                    f'the SUMMARY of this event for "{reorganization.target.name}" would pass '
                    f"{naming.MAX_SUMMARY_UNITS} characters by {excess}: shorten the names or the title",
                    *path[:-1],
                    key=True,
                )
            octets = without_slug + len(milestone.slug)
            if octets > naming.MAX_UID_OCTETS:
                self.refuse(
                    f'the UID of this event for "{reorganization.target.name}" would have {octets} octets, more than '
                    f"{naming.MAX_UID_OCTETS}: shorten the ids or the title",
                    *path[:-1],
                    key=True,
                )


def _applied(draft: _Draft, changes: _States, states: _States, plan_states: _States) -> Milestone:
    """A milestone with what happened to it, `changes`, and the count of its revisions.

    The count only ever grows as authors add to the data. What a reorganization replaces, a milestone of the plan or the
    plan's states, goes on counting, since subscribers have seen it; and that it no longer holds counts once more.
    """
    written = [draft]
    revisions = len(draft.previously) + len(draft.corrected)
    days = [draft.source.dated, *draft.corrected]
    if replaced := draft.replaces:
        written.append(replaced)
        revisions += len(replaced.previously) + len(replaced.corrected) + 1
        days += [replaced.source.dated, *replaced.corrected]
    if states or plan_states or draft.cancelled or (replaced and replaced.cancelled):
        now = states.counted(written)
        before = now if states is plan_states else plan_states.counted(written)
        if states is not plan_states and states.sources:
            # What happened to the plan later is not about this reorganization any more.
            since = min(source.dated for source in states.sources)
            before = {state: day for state, day in before.items() if day <= since}
            if before.keys() - now.keys():
                days.append(since)  # when its own first replaced the plan's
        days += [*now.values(), *before.values()]
        revisions += len(now | before) + len(before.keys() - now.keys())
    when, previously = draft.when, draft.previously
    if completed_on := changes.completed_on:
        if (when.first, when.last, when.precision) != (completed_on.first, completed_on.last, completed_on.precision):
            previously = (when, *previously)
        when = completed_on
    conditions = draft.conditions
    if changes.completed:
        conditions = ()
    elif changes.approved:
        conditions = tuple(condition for condition in conditions if not _is_approval(condition))
    return Milestone(
        slug=draft.slug,
        kind=draft.kind,
        title=draft.title,
        when=when,
        stated=draft.when,
        conditions=conditions,
        note=draft.note,
        source=draft.source,
        previously=previously,
        corrected=draft.corrected,
        cancelled=changes.cancelled,
        approved=changes.approved,
        completed=changes.completed,
        sequence=revisions,
        revised=max(days),
    )


def _is_approval(condition: str) -> bool:
    return condition.casefold() == SHAREHOLDER_APPROVAL


def _listed(words: Iterable[str]) -> str:
    return f": the sources are {', '.join(words)}"


def _title(reorganizations: list[Reorganization]) -> str:
    """A title for a plan without one: its first target, and how many more."""
    if not reorganizations:
        return ""
    first = reorganizations[0].target
    more = f" and {len(reorganizations) - 1} more" if len(reorganizations) > 1 else ""
    return f"Reorganization of {brief(first.name)} ({first.trust.label}){more}"
