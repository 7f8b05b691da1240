"""A `Catalog` to feeds of events: which events, in which feeds, and what each says.

A `Feed` is one VCALENDAR and an `Event` one VEVENT, but not yet in RFC 5545's form: that is `ics`.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import chain, starmap
from typing import TypeAlias

from calfeed.feeds.events import Entry, Event, _entries
from calfeed.model.catalog import Catalog, Site
from calfeed.model.kinds import Kind
from calfeed.model.plans import Plan, Reorganization
from calfeed.model.trusts import Portfolio, Trust, brief


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
