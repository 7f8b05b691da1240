"""A `Catalog` to feeds of events: which events, in which feeds, and what each says.

A `Feed` is one VCALENDAR and an `Event` one VEVENT, but not yet in RFC 5545's form: that is `ics`.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from itertools import chain, starmap
from typing import TypeAlias

from calfeed import naming
from calfeed.catalog import Catalog
from calfeed.dates import Precision, When, in_words
from calfeed.kinds import Kind, Whose
from calfeed.model import Milestone, OutsideFund, Plan, Portfolio, Reorganization, Site, Source, Trust, brief

MEETING_LENGTH = timedelta(hours=1)
"""No source says how long a meeting lasts; calendars need an end."""
_DAY = timedelta(days=1)
LONGEST_BANNER = timedelta(days=14)
"""A longer window would cover the calendar: it becomes one day at its start, with its words in the SUMMARY."""


class Status(StrEnum):
    """RFC 5545 section 3.8.1.11, for a VEVENT."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
    """One dated milestone of one reorganization, as a calendar shows it.

    `start` and `end` are both days (the end exclusive, RFC 5545 section 3.6.1) or both instants in UTC. `revised` is
    the day of the latest revision, `sequence` how many there were. `url` may be empty. `describe` makes `description`.
    """

    uid: str
    summary: str
    describe: Callable[[], str]
    status: Status
    kind: Kind
    url: str
    start: date
    end: date
    sequence: int
    revised: date

    @property
    def description(self) -> str:
        """What it says at length; worked out each time, since it takes more room than all the rest."""
        return self.describe()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One milestone in its place: of which plan and reorganization; `event` is None while it has no date to show."""

    uid: str
    plan: Plan
    reorganization: Reorganization
    milestone: Milestone
    event: Event | None

    @property
    def summary(self) -> str:
        """What it is, how firm and whose, in one line."""
        who = naming.parties(self.reorganization.target, self.reorganization.acquiring)
        return naming.summary(who, self.milestone)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Feed:
    """What one address serves: entries sorted by start and UID, undated ones last; `url` is its page's, or empty."""

    name: str
    description: str
    url: str
    refresh: timedelta
    events: tuple[Event, ...]
    address: str = "all"
    entries: tuple[Entry, ...] = ()

    def only(self, kinds: Iterable[Kind]) -> "Feed":
        """The same feed with the events of some kinds alone; its name says which."""
        chosen = sorted(set(kinds), key=lambda kind: kind.label)
        return replace(
            self,
            address=f"{self.address}{'&' if '?' in self.address else '?'}{'&'.join(f'kind={k.slug}' for k in chosen)}",
            name=f"{self.name} ({', '.join(kind.label for kind in chosen)})",
            events=tuple(event for event in self.events if event.kind in chosen),
            entries=tuple(entry for entry in self.entries if entry.milestone.kind in chosen),
        )


# An entry behind what sorts it among those of any feed: whether it is undated, its start as text, and its UID, which no
# other has. As text a day sorts before every instant of it: 2011-02-28 before 2011-02-28 18:00:00+00:00.
_Placed: TypeAlias = tuple[bool, str, str, Entry]


class Feeds:
    """All feeds of a catalog, by address: `all`, `trusts/<trust>`, `trusts/<trust>/<portfolio>`, `plans/<plan>`.

    Events are made when a feed is first asked for, once for all feeds that hold them.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._site = catalog.site
        self._subjects: dict[str, Site | Trust | Portfolio] = {"all": catalog.site}
        self._canonical = {"all": "all"}
        for trust in catalog.trusts:
            at = trust.address
            self._subjects[at] = trust
            self._canonical.update((f"trusts/{slug}", at) for slug in trust.slugs)
        for portfolio in catalog.portfolios:
            at = portfolio.address
            self._subjects[at] = portfolio
            trust_slugs = portfolio.trust.slugs
            self._canonical.update((f"trusts/{trust}/{slug}", at) for slug in portfolio.slugs for trust in trust_slugs)
        self._plans: dict[str, Plan] = {}
        self._reorganizations: dict[str, list[tuple[Plan, Reorganization]]] = {}
        self._entries: dict[int, tuple[_Placed, ...]] = {}
        self._take_in(catalog.plans, catalog.plans)

    def _take_in(self, plans: Iterable[Plan], new: Iterable[Plan]) -> None:
        """Take over all `plans`, of which `new` are not yet in the feeds."""
        self._plans = {plan.address: plan for plan in plans}
        for plan in new:
            for reorganization in plan.reorganizations:
                for at in _touched(plan, reorganization):
                    self._reorganizations.setdefault(at, []).append((plan, reorganization))

    def updated(self, before: Catalog, after: Catalog) -> tuple["Feeds", set[str], list[Plan]]:
        """The feeds after some plans have changed, the addresses of those that differ, and the plans that are gone.

        `before` is the catalog of these feeds; `after` must have the same site, trusts and portfolios. What does not
        differ is shared, so that an edit costs no more than what it touches. These feeds stay as they are.
        """
        old, new = set(map(id, before.plans)), set(map(id, after.plans))
        gone = [plan for plan in before.plans if id(plan) not in new]
        come = [plan for plan in after.plans if id(plan) not in old]
        touched = {plan.address for plan in (*gone, *come)} | {"all"}
        for plan in (*gone, *come):
            touched.update(at for reorganization in plan.reorganizations for at in _touched(plan, reorganization))
        later = copy(self)
        later._entries = dict(self._entries)
        for plan in gone:
            for reorganization in plan.reorganizations:
                later._entries.pop(id(reorganization), None)
        without = set(map(id, gone))
        later._reorganizations = dict(self._reorganizations)
        for at in touched:
            kept = [pair for pair in self._reorganizations.get(at, ()) if id(pair[0]) not in without]
            if kept:
                later._reorganizations[at] = kept
            else:
                later._reorganizations.pop(at, None)
        later._take_in(after.plans, come)
        return later, touched, gone

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of every feed, each once: all, then trusts, portfolios and plans in their files' order."""
        return (*self._subjects, *self._plans)

    @property
    def all_addresses(self) -> tuple[str, ...]:
        """Every address that means a feed, each once: those made of other names too, after the feed's own."""
        return (*self._canonical, *self._plans)

    def canonical(self, address: str) -> str | None:
        """The address of the feed that an address, or one made of another name, means; None for an unknown one."""
        return address if address in self._plans else self._canonical.get(address)

    def subject(self, address: str) -> Site | Trust | Portfolio | Plan:
        """What the feed at a canonical address is of; raises KeyError for another."""
        return self._plans.get(address) or self._subjects[address]

    def name(self, address: str) -> str:
        """The name of the feed at a canonical address."""
        return _name(self.subject(address))

    def size(self, address: str) -> int:
        """How many events the feed at a canonical address has, without making them."""
        return sum(
            bool(milestone.dated_states)
            for _, reorganization in self._reorganizations.get(address, ())
            for milestone in reorganization.milestones
        )

    def feed(self, address: str) -> Feed:
        """The feed at a canonical address; raises KeyError for another."""
        subject = self.subject(address)
        what = _what(subject).rstrip(".")
        return self._feed(
            address, _name(subject), f"Reorganization milestones of {what}.", self._page(address), [address]
        )

    def selection(self, addresses: Iterable[str], unknown: Iterable[str] = ()) -> Feed:
        """The union of the feeds at canonical addresses, each event once; `unknown` ones are named in its description.

        Neither order nor repeats of either make a difference.
        """
        chosen = sorted(set(addresses))
        description = f"Reorganization milestones of: {'; '.join(self.name(address) for address in chosen)}."
        if missing := sorted(set(unknown)):
            description += f" Not found here: {'; '.join(missing)}."
        address = f"selection?{'&'.join(f'feed={each}' for each in chosen)}"
        return self._feed(address, f"{self._site.title}: selection", description, "", chosen)

    def _feed(self, address: str, name: str, description: str, url: str, of: list[str]) -> Feed:
        found = {id(entry[1]): entry for each in of for entry in self._reorganizations.get(each, ())}
        placed = sorted(chain.from_iterable(starmap(self._entries_of, found.values())))
        entries = tuple([each[-1] for each in placed])
        return Feed(
            address=address,
            name=name,
            description=f"{description} Taken from filings; the filing governs.",
            url=url,
            refresh=self._site.refresh,
            entries=entries,
            events=tuple([entry.event for entry in entries if entry.event]),
        )

    def _page(self, address: str) -> str:
        return f"{self._site.url}/{address}/" if self._site.url else ""

    def _entries_of(self, plan: Plan, reorganization: Reorganization) -> tuple[_Placed, ...]:
        entries = self._entries.get(id(reorganization))
        if entries is None:
            made = _entries(plan, reorganization, self._site.domain, self._page(plan.address))
            entries = self._entries[id(reorganization)] = tuple(sorted(map(_placed, made)))
        return entries


def _name(subject: Site | Trust | Portfolio | Plan) -> str:
    if isinstance(subject, Portfolio):
        return f"{brief(subject.name)} ({subject.trust.label})"
    return subject.name if isinstance(subject, Trust) else subject.title


def _what(subject: Site | Trust | Portfolio | Plan) -> str:
    if isinstance(subject, Portfolio):
        return f"{subject.name}, a series of {subject.trust.name}"
    if isinstance(subject, Trust):
        return f"{subject.name} and its portfolios"
    return f"the plan “{subject.title}”" if isinstance(subject, Plan) else "all trusts"


def _touched(plan: Plan, reorganization: Reorganization) -> list[str]:
    """The feeds that hold a reorganization's events: of its plan, of both trusts and both portfolios, and all."""
    portfolios = reorganization.portfolios
    addresses = [
        "all",
        plan.address,
        *(each.trust.address for each in portfolios),
        *(each.address for each in portfolios),
    ]
    return list(dict.fromkeys(addresses))


def _placed(entry: Entry) -> _Placed:
    event = entry.event
    return event is None, _as_text(event.start) if event else "", entry.uid, entry


_as_text = lru_cache(maxsize=10_000)(str)
"""A start as text, kept once for all events on a day."""


def _entries(plan: Plan, reorganization: Reorganization, domain: str, page: str) -> Iterator[Entry]:
    who = naming.parties(reorganization.target, reorganization.acquiring)
    for milestone in reorganization.milestones:
        uid = naming.uid(plan.id, reorganization.target, milestone.slug, domain)
        event = _event(uid, who, reorganization, milestone, page)
        yield Entry(uid=uid, plan=plan, reorganization=reorganization, milestone=milestone, event=event)


def _event(uid: str, who: str, reorganization: Reorganization, milestone: Milestone, page: str) -> Event | None:
    """The event of a milestone that has, or last had, a date."""
    states = milestone.dated_states
    if not states:
        return None
    when = states[0]
    start, end = _span(when)
    return Event(
        uid=uid,
        summary=naming.summary(who, milestone),
        describe=partial(_description, reorganization, milestone, when, page),
        status=status_of(milestone),
        kind=milestone.kind,
        url=milestone.source.url or page,
        start=start,
        end=end,
        sequence=milestone.sequence,
        revised=milestone.revised,
    )


def _span(when: When) -> tuple[date, date]:
    if when.clock:
        return when.clock, when.clock + MEETING_LENGTH
    assert when.first is not None  # noqa: S101 -- the caller looked for a dated one
    assert when.last is not None  # noqa: S101
    return when.first, (when.first if _is_long_window(when) else when.last) + _DAY


def _is_long_window(when: When) -> bool:
    if when.precision is not Precision.WINDOW or when.first is None or when.last is None:
        return False
    return when.last - when.first >= LONGEST_BANNER


def state_of(milestone: Milestone) -> str:
    """How things stand with a milestone, in a word: its status, or that it has no date now or never had one."""
    if not milestone.cancelled and milestone.when.first is None:
        return "deferred" if naming.is_deferred(milestone) else "undated"
    return status_of(milestone).lower()


def status_of(milestone: Milestone) -> Status:
    """How firm a milestone is, in RFC 5545's words."""
    if milestone.cancelled or naming.is_deferred(milestone):
        return Status.CANCELLED
    if milestone.conditions or milestone.when.precision is not Precision.EXACT:
        return Status.TENTATIVE
    return Status.CONFIRMED


def _description(reorganization: Reorganization, milestone: Milestone, shown: When, page: str) -> str:
    """A DESCRIPTION: this event's own facts, since another milestone's date would go stale in it."""
    return "\n".join(_facts(reorganization, milestone, shown, page))


def _facts(reorganization: Reorganization, milestone: Milestone, shown: When, page: str) -> Iterator[str]:
    target, acquiring = reorganization.target, reorganization.acquiring
    if milestone.cancelled:
        yield f"Cancelled{f': {milestone.cancelled.reason}' if milestone.cancelled.reason else ''}"
        yield from _source("Cancellation stated in", milestone.cancelled.source)
    yield milestone.kind.definition
    yield f"When: {milestone.when.words}"
    if naming.is_deferred(milestone):
        yield "There is no new date. The event stays on the last known day."
    elif shown.clock:
        yield "How long it lasts is not stated; one hour is shown."
    elif _is_long_window(shown):
        yield "The source names no day; the event stands on the first day of the time that it names."
    for condition in milestone.conditions:
        yield f"Subject to: {condition}"
    if milestone.kind.whose is Whose.BOARD:
        yield f"Whose board: that of {target.trust.name}, the target's trust"
    elif milestone.kind.whose is Whose.SHAREHOLDERS:
        yield f"Whose vote: that of the shareholders of {_in_full(target)}, the target"
    yield f"Target: {_in_full(target)}"
    if acquiring is not None:
        yield f"Acquiring: {_in_full(acquiring)}"
    if milestone.previously:
        yield f"Earlier, latest first: {'; '.join(milestone.previously_in_words)}"
    if milestone.note:
        yield f"Note: {milestone.note}"
    if milestone.approved:
        yield from _source("Approval stated in", milestone.approved)
    if milestone.completed:
        yield from _source("Completion stated in", milestone.completed)
    yield f"Information as of {in_words(milestone.revised)}; the filing governs."
    yield from _source("Source", milestone.source)
    if page:
        yield f"Page: {page}"


def _in_full(portfolio: Portfolio | OutsideFund) -> str:
    if isinstance(portfolio, OutsideFund):
        return portfolio.name
    also = f" (other names: {'; '.join(portfolio.other_names)})" if portfolio.other_names else ""
    return f"{portfolio.name}{also}, a series of {portfolio.trust.name}"


def _source(label: str, source: Source) -> Iterator[str]:
    form = f", Form {source.form}" if source.form else ""
    accession = f", accession number {source.accession}" if source.accession else ""
    yield f"{label}: {source.title}{form}{accession} ({in_words(source.dated)})"
    if source.url:
        yield source.url
