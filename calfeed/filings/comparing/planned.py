"""The dates of a plan's file as its author wrote them, each with its place: what is held against filings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from calfeed.filings.dates.mentions import States
from calfeed.filings.dates.moving import says_change
from calfeed.model.kinds import Kind
from calfeed.model.plans import Of
from calfeed.model.synonyms import kind_meant
from calfeed.reading.documents import MilestoneDocument, PlanDocument, ReorganizationDocument
from calfeed.reading.phrases import read_phrase
from calfeed.reading.problems import Location, Problem
from calfeed.reading.yaml import YamlFile


class Role(StrEnum):
    """What a date of a plan is."""

    CURRENT = "current"
    PREVIOUS = "previous"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedDate:
    """A date of a plan: of which milestone, in its author's words, and what they state.

    `source` is the key of the source that it was taken from, or empty for an earlier date, which any may state. `quote`
    are the words of the filing around it, or nothing. `targets` are those of the reorganizations that it is about.
    `may_change` if its plan says that it may still change, or that it is over; `depends` if it says that it depends on
    something, or that it is over or approved. `of` says whose it is. `cancelled_by` is the key of the source that
    cancels it by itself, or empty.
    """

    milestone: str
    kind: Kind | None
    role: Role
    source: str
    location: Location
    phrase: str
    states: States
    targets: frozenset[str] = frozenset()
    quote: str = ""
    may_change: bool = True
    depends: bool = True
    of: Of = Of.TARGET
    cancelled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that a plan says stand in a source, and the `name` of the milestone for which it says so."""

    source: str
    location: Location
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutWords:
    """Words of a source that its plan says are no milestone, and the reason."""

    source: str
    location: Location
    words: str
    reason: str


class PlannedReorganization(NamedTuple):
    """A target and what acquires it in the author's words, and the states that the plan gives it or all.

    `states` has the key of the source for each, such as "approved". `location` is where its target stands.
    """

    target: str
    acquiring: str
    states: Mapping[str, str]
    location: Location
    target_classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan's file says that filings can be held against; `problems` are of dates that cannot be read."""

    dates: tuple[PlannedDate, ...]
    quotes: tuple[Quote, ...]
    left_out: tuple[LeftOutWords, ...]
    sources: Mapping[str, States]
    """What each source's own date states, by its key, in the order of the file."""
    problems: tuple[Problem, ...]
    reorganizations: tuple[PlannedReorganization, ...] = ()
    dated_at: Mapping[str, Location] = field(default_factory=dict)
    """Where each source's own date stands, by its key."""


def read_planned(file: YamlFile, document: PlanDocument) -> Planned:
    """What a plan's file says, for comparison with its filings."""
    reading = _Reading(file, document)
    reading.read()
    return Planned(
        tuple(reading.dates),
        tuple(reading.quotes),
        tuple(reading.left_out),
        reading.sources,
        tuple(reading.problems),
        tuple(_reorganizations(file, document)),
        {key: file.locate("sources", key, "dated") for key in document.sources},
    )


def _reorganizations(file: YamlFile, document: PlanDocument) -> Iterator[PlannedReorganization]:
    for index, each in enumerate(document.reorganizations):
        said = {word: getattr(each, word) or getattr(document, word) for word in _STATES}
        acquiring = each.acquiring
        yield PlannedReorganization(
            each.target.portfolio,
            (acquiring.portfolio or acquiring.name) if acquiring else "",
            {word: state.source for word, state in said.items() if state},
            file.locate("reorganizations", index, "target"),
            tuple(each.target.classes),
        )


_STATES = ("approved", "cancelled", "completed")


_Path = tuple[str | int, ...]


class _Reading:
    def __init__(self, file: YamlFile, document: PlanDocument) -> None:
        self.file = file
        self.document = document
        self.dates: list[PlannedDate] = []
        self.quotes: list[Quote] = []
        self.left_out: list[LeftOutWords] = []
        self.sources: dict[str, States] = {}
        self.problems: list[Problem] = []

    def read(self) -> None:
        document = self.document
        for key, source in document.sources.items():
            states = self.stated(source.dated, None, ("sources", key, "dated"))
            if states:
                self.sources[key] = states
            for words, reason in source.left_out.items():
                location = self.file.locate("sources", key, "left out", words, key=True)
                self.left_out.append(LeftOutWords(source=key, location=location, words=words, reason=reason))
        self.milestones((), document.milestones, "")
        self.completed((), document)
        for index, reorganization in enumerate(document.reorganizations):
            steps: _Path = ("reorganizations", index)
            target = getattr(reorganization.target, "portfolio", "")
            self.milestones(steps, reorganization.milestones, target)
            self.completed(steps, reorganization)

    def milestones(self, steps: _Path, entries: Mapping[str, MilestoneDocument | None], target: str) -> None:
        for key, entry in entries.items():
            if entry is not None:
                name = f"{key} of {target}" if target else key
                self.milestone((*steps, "milestones", key), name, _kind_of(key, entry), entry)

    def milestone(self, steps: _Path, name: str, kind: Kind | None, entry: MilestoneDocument) -> None:
        source = entry.source or next(iter(self.document.sources), "")
        self.date(name, kind, Role.CURRENT, source, (*steps, "date"), entry.date, entry)
        for number, earlier in enumerate(entry.previously):
            if earlier != "cancelled":
                path = (*steps, "previously", number)
                self.date(name, kind, Role.PREVIOUS, "", path, earlier)
        if entry.quote:
            location = self.file.locate(*steps, "quote")
            self.quotes.append(Quote(source=source, location=location, name=name, words=entry.quote))

    def completed(self, steps: _Path, document: object) -> None:
        completed = getattr(document, "completed", None)
        if completed:
            path = (*steps, "completed", "date")
            self.date("completed", None, Role.COMPLETED, completed.source, path, completed.date)

    def date(
        self,
        name: str,
        kind: Kind | None,
        role: Role,
        source: str,
        path: _Path,
        phrase: str,
        entry: MilestoneDocument | None = None,
    ) -> None:
        """Add a date, if it can be read; `entry` is its milestone, if it is the present date of one."""
        states = self.stated(phrase, kind, path)
        if states:
            is_over = entry is None or self.is_over(entry)
            conditions = entry.subject_to if entry else ()
            self.dates.append(
                PlannedDate(
                    milestone=name,
                    kind=kind,
                    role=role,
                    source=source,
                    location=self.file.locate(*path),
                    phrase=phrase,
                    states=states,
                    targets=frozenset(each.target.portfolio for each in self.about(path)),
                    quote=entry.quote if entry else "",
                    may_change=is_over or any(map(says_change, conditions)),
                    depends=is_over or self.is_approved(path) or not all(map(says_change, conditions)),
                    of=Of(entry.of or Of.TARGET) if entry else Of.TARGET,
                    cancelled_by=entry.cancelled.source if entry and entry.cancelled else "",
                )
            )

    def about(self, path: _Path) -> list[ReorganizationDocument]:
        """The reorganizations that a date at a place in the file is about."""
        match path:
            case ("reorganizations", int(index), *_):
                return [self.document.reorganizations[index]]
            case (_, key, *_):
                return [each for each in self.document.reorganizations if key not in each.milestones]
            case _:
                return []

    def is_approved(self, path: _Path) -> bool:
        """Whether the plan says that some of the reorganizations that a date is about were approved."""
        return bool(self.document.approved) or any(each.approved for each in self.about(path))

    def is_over(self, entry: MilestoneDocument) -> bool:
        """Whether a milestone is cancelled, or all that the plan reorganizes is completed or cancelled."""
        plan = self.document
        ended = (plan.completed or plan.cancelled or each.completed or each.cancelled for each in plan.reorganizations)
        return entry.cancelled is not None or all(ended)

    def stated(self, phrase: str, kind: Kind | None, path: _Path) -> States | None:
        try:
            return read_phrase(phrase, kind)
        except ValueError as error:
            self.problems.append(self.file.problem(str(error), *path))
            return None


def _kind_of(key: str, entry: MilestoneDocument) -> Kind | None:
    return kind_meant(entry.kind or key)
