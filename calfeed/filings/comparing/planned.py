"""The dates of a plan's file as its author wrote them, each with its place: what is held against filings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from calfeed.filings.dates.mentions import States
from calfeed.filings.dates.moving import says_change
from calfeed.filings.funds.named import folded
from calfeed.model.kinds import Kind
from calfeed.model.plans import Of
from calfeed.model.synonyms import kind_meant
from calfeed.model.trusts import Portfolio, Trust
from calfeed.reading.documents import AcquiringReference, MilestoneDocument, PlanDocument, PortfolioReference
from calfeed.reading.phrases import read_phrase
from calfeed.reading.problems import Location, Problem
from calfeed.reading.registry import Registry
from calfeed.reading.yaml import YamlFile


class Role(StrEnum):
    """What a date of a plan is."""

    CURRENT = "current"
    PREVIOUS = "previous"
    COMPLETED = "completed"


_OF_A_VOTE = re.compile(r"holder|approv|vot|consent|meeting|condition|owner|investor", re.IGNORECASE)
"""Words of a condition that may be the vote of the holders."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlannedDate:
    """A date of a plan: of which milestone, in its author's words, and what they state.

    `source` is the key of the source that it was taken from, or empty for an earlier date, which any may state.
    `quote` are the words of the filing around it, or nothing. `about` are the numbers of the reorganizations that
    it is about. `may_change` if its plan says that it may still change, or that it is over; `depends` if it says
    that it depends on something, or that it is over or approved; `awaits_vote` if that may be a vote. `of` says
    whose it is. `cancelled_by` is the key of the source that cancels it by itself, or empty.
    """

    milestone: str
    kind: Kind | None
    role: Role
    source: str
    location: Location
    phrase: str
    states: States
    about: frozenset[int] = frozenset()
    quote: str = ""
    may_change: bool = True
    depends: bool = True
    awaits_vote: bool = True
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


class Party(NamedTuple):
    """A target or an acquirer: by which names filings may call it and its trust, and its classes.

    What no trust's file lists has the one name that the author wrote. What is not there has none.
    """

    names: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it is there: a liquidation has no acquirer."""
        return bool(self.names)

    @property
    def name(self) -> str:
        """What messages call it, without its classes."""
        return self.names[0]

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"{self.name} ({', '.join(self.classes)})" if self.classes else self.name

    def is_called(self, name: str) -> bool:
        """Whether a filing may call it so."""
        return folded(name) in map(folded, self.names)

    def is_of(self, trust: str) -> bool:
        """Whether it is of a trust that a filing calls so, for all that is known."""
        return not trust or not self.trusts or folded(trust) in map(folded, self.trusts)

    def printed(self, printed: Mapping[str, str]) -> str:
        """The name by which a filing calls it, of the names that are `printed`; empty if by none."""
        return next((printed[name] for name in map(folded, self.names) if name in printed), "")


class PlannedReorganization(NamedTuple):
    """A target and what acquires it, and the states that the plan gives it or all.

    `states` has the key of the source for each, such as "approved". `location` is where its target stands.
    """

    target: Party
    acquiring: Party
    states: Mapping[str, str]
    location: Location


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


def read_planned(file: YamlFile, document: PlanDocument, registry: Registry | None = None) -> Planned:
    """What a plan's file says, for comparison with its filings; a registry knows its portfolios by all their names."""
    reading = _Reading(file, document)
    reading.read()
    return Planned(
        tuple(reading.dates),
        tuple(reading.quotes),
        tuple(reading.left_out),
        reading.sources,
        tuple(reading.problems),
        tuple(_reorganizations(file, document, _Parties(document, registry or Registry(())))),
        {key: file.locate("sources", key, "dated") for key in document.sources},
    )


def _reorganizations(file: YamlFile, document: PlanDocument, parties: "_Parties") -> Iterator[PlannedReorganization]:
    for index, each in enumerate(document.reorganizations):
        said = {word: getattr(each, word) or getattr(document, word) for word in _STATES}
        yield PlannedReorganization(
            parties.party(each.target),
            parties.party(each.acquiring) if each.acquiring else Party(),
            {word: state.source for word, state in said.items() if state},
            file.locate("reorganizations", index, "target"),
        )


class _Parties:
    """Finds what a plan's references name. What is wrong with these is what `check` tells, and counts for nothing."""

    def __init__(self, document: PlanDocument, registry: Registry) -> None:
        self._registry = registry
        self._trust = document.trust

    def party(self, reference: PortfolioReference | AcquiringReference) -> Party:
        """What a reference names, by all its names if a trust's file lists it."""
        words = reference.portfolio or getattr(reference, "name", "")
        trust_words = reference.trust or self._trust
        trust = self._registry.trust_named(trust_words)
        portfolio = self._portfolio(reference.portfolio, trust) if trust or not trust_words else None
        if portfolio is None:
            return Party((words,), _names_of(trust) or tuple(filter(None, [reference.trust])), tuple(reference.classes))
        names = (portfolio.name, *portfolio.other_names)
        return Party(names, _names_of(portfolio.trust), tuple(reference.classes))

    def _portfolio(self, words: str, trust: Trust | None) -> Portfolio | None:
        try:
            return self._registry.portfolio(words, trust) if words else None
        except ValueError:
            return None


def _names_of(trust: Trust | None) -> tuple[str, ...]:
    return (trust.name, *trust.other_names) if trust else ()


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
                    about=frozenset(self.about(path)),
                    quote=entry.quote if entry else "",
                    may_change=is_over or any(map(says_change, conditions)),
                    depends=is_over or self.is_approved(path) or not all(map(says_change, conditions)),
                    awaits_vote=is_over or self.is_approved(path) or any(map(_OF_A_VOTE.search, conditions)),
                    of=Of(entry.of or Of.TARGET) if entry else Of.TARGET,
                    cancelled_by=entry.cancelled.source if entry and entry.cancelled else "",
                )
            )

    def about(self, path: _Path) -> list[int]:
        """The numbers of the reorganizations that a date at a place in the file is about."""
        match path:
            case ("reorganizations", int(index), *_):
                return [index]
            case (_, key, *_):
                every = enumerate(self.document.reorganizations)
                return [number for number, each in every if key not in each.milestones]
            case _:
                return []

    def is_approved(self, path: _Path) -> bool:
        """Whether the plan says that some of the reorganizations that a date is about were approved."""
        every = self.document.reorganizations
        return bool(self.document.approved) or any(every[number].approved for number in self.about(path))

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
