"""A `Catalog` to feeds of events: which events, in which feeds, and what each says.

A `Feed` is one VCALENDAR and an `Event` one VEVENT, but not yet in RFC 5545's form: that is `ics`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

from calfeed.feeds.events import Entry, Event, entries_of
from calfeed.model.catalog import Catalog, Site
from calfeed.model.kinds import Kind, KindGroup
from calfeed.model.plans import Plan, Reorganization
from calfeed.model.trusts import Portfolio, Trust

_LONGEST_LIST = 120
"""How many characters of what is in a selection its name says."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Feed:
    """The events at one address. Entries are sorted by start and UID, undated ones last; `url` may be empty."""

    name: str
    description: str
    url: str
    refresh: timedelta
    events: tuple[Event, ...]
    address: str = "all"
    entries: tuple[Entry, ...] = ()

    def only(self, kinds: Iterable[Kind | KindGroup]) -> "Feed":
        """Return the feed with only the events of some kinds or groups of kinds. Its name says which."""
        chosen = sorted(set(kinds), key=lambda each: each.label)
        members = {member for each in chosen for member in (each.kinds if isinstance(each, KindGroup) else [each])}
        return replace(
            self,
            address=f"{self.address}{'&' if '?' in self.address else '?'}{'&'.join(f'kind={k.slug}' for k in chosen)}",
            name=f"{self.name} ({', '.join(each.label for each in chosen)})",
            events=tuple(event for event in self.events if event.kind in members),
            entries=tuple(entry for entry in self.entries if entry.milestone.kind in members),
        )


class _Place(NamedTuple):
    """A reorganization in its plan."""

    plan: Plan
    reorganization: Reorganization


class Edit(NamedTuple):
    """The difference that an edit of plans makes. A plan that was changed is both gone and new."""

    gone: tuple[Plan, ...]
    new: tuple[Plan, ...]
    touched: frozenset[str]
    """The addresses of the feeds that differ."""


class _Subjects:
    """The site, the trusts and the portfolios by their addresses, which no edit of a plan changes."""

    def __init__(self, catalog: Catalog, given_names: Mapping[str, str]) -> None:
        self.by_address: dict[str, Site | Trust | Portfolio] = {"all": catalog.site}
        self.canonical = {"all": "all"}
        for trust in catalog.trusts:
            at = trust.address
            self.by_address[at] = trust
            self.canonical.update((f"trusts/{slug}", at) for slug in trust.slugs)
        for portfolio in catalog.portfolios:
            at = portfolio.address
            self.by_address[at] = portfolio
            trust_slugs = portfolio.trust.slugs
            self.canonical.update((f"trusts/{trust}/{slug}", at) for slug in portfolio.slugs for trust in trust_slugs)
        self._alone = frozenset(portfolio.trust.id for portfolio in catalog.portfolios if portfolio.stands_alone)
        wanted = {address: self._wanted_name(subject) for address, subject in self.by_address.items()}
        self.names = {**given_names, **_distinct(wanted, given_names)}
        """What their feeds are called, and the names that were given."""

    def _wanted_name(self, subject: Site | Trust | Portfolio) -> str:
        """What its feed is called, unless another is called so."""
        if isinstance(subject, Portfolio):
            return subject.label if subject.stands_alone else f"{subject.label} ({subject.trust.label})"
        if isinstance(subject, Trust):
            return f"{subject.name} (trust)" if subject.id in self._alone else subject.name
        return subject.title


class _Holdings:
    """Which feeds hold which reorganizations, and the entries of those for which they have been made."""

    def __init__(self, by_feed: dict[str, list[_Place]], entries: dict[str, tuple[Entry, ...]]) -> None:
        self.by_feed = by_feed
        self.entries = entries

    def add(self, plans: Iterable[Plan]) -> None:
        for plan in plans:
            for reorganization in plan.reorganizations:
                for at in _touched(plan, reorganization):
                    self.by_feed.setdefault(at, []).append(_Place(plan, reorganization))

    def edited(self, edit: Edit) -> "_Holdings":
        """The holdings after an edit; these stay as they are."""
        gone = {plan.address for plan in edit.gone}
        by_feed = dict(self.by_feed)
        for at in edit.touched:
            by_feed[at] = [place for place in self.by_feed.get(at, ()) if place.plan.address not in gone]
        entries = dict(self.entries)
        for plan in edit.gone:
            for reorganization in plan.reorganizations:
                entries.pop(reorganization.key, None)
        later = _Holdings(by_feed, entries)
        later.add(edit.new)
        for at in edit.touched:
            if not by_feed[at]:
                del by_feed[at]
        return later


class Feeds:
    """All feeds of a catalog, by address: `all`, `trusts/<trust>`, `trusts/<trust>/<portfolio>`, `plans/<plan>`.

    Events are made when a feed is first asked for, once for all feeds that hold them.
    """

    def __init__(
        self,
        catalog: Catalog,
        *,
        subjects: _Subjects | None = None,
        holdings: _Holdings | None = None,
        beneath: "Feeds | None" = None,
    ) -> None:
        """Make the feeds of a catalog.

        `subjects` and `holdings` are parts of them that exist already. `beneath` are the feeds of a smaller catalog
        that is contained in this one: they keep their names, and their events are made once for both.
        """
        self._site = catalog.site
        self._beneath = beneath
        given = beneath.names if beneath else {}
        self._subjects = subjects or _Subjects(catalog, given)
        self._plans = {plan.address: plan for plan in catalog.plans}
        titles = {address: plan.title for address, plan in self._plans.items()}
        own = _distinct(titles, {**self._subjects.names, **given} if given else self._subjects.names)
        self._plan_names = {address: own.get(address) or given[address] for address in titles}
        if holdings is None:
            holdings = _Holdings({}, {})
            holdings.add(catalog.plans)
        self._holdings = holdings

    def updated(self, catalog: Catalog) -> tuple["Feeds", Edit]:
        """Return the feeds of a catalog with the same site, trusts and portfolios, and the difference from these.

        Both share what is the same, so an edit costs only what it touches. These feeds are not changed.
        """
        edit = self._edit_to(catalog)
        holdings = self._holdings.edited(edit)
        later = Feeds(catalog, subjects=self._subjects, holdings=holdings)
        names = later._plan_names.items()
        renamed = {address for address, name in names if self._plan_names.get(address) != name}
        return later, edit._replace(touched=edit.touched | renamed)

    def joined(self, catalog: Catalog, *, only_plans: bool) -> tuple["Feeds", Edit]:
        """Return the feeds of a larger catalog that contains this one, and the difference from these.

        Both catalogs have the same site. `only_plans` says whether they also have the same trusts and portfolios.
        """
        edit = self._edit_to(catalog)
        subjects = self._subjects if only_plans else None
        return Feeds(catalog, subjects=subjects, holdings=self._holdings.edited(edit), beneath=self), edit

    def _edit_to(self, catalog: Catalog) -> Edit:
        later = {plan.address: plan for plan in catalog.plans}
        gone = tuple(plan for address, plan in self._plans.items() if later.get(address) is not plan)
        new = tuple(plan for address, plan in later.items() if self._plans.get(address) is not plan)
        touched = {"all", *(plan.address for plan in (*gone, *new))}
        for plan in (*gone, *new):
            touched.update(at for reorganization in plan.reorganizations for at in _touched(plan, reorganization))
        return Edit(gone, new, frozenset(touched))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of every feed, each once: all, then trusts, portfolios and plans in their files' order."""
        return (*self._subjects.by_address, *self._plans)

    @property
    def all_addresses(self) -> tuple[str, ...]:
        """Every address that means a feed, each once: those made of other names too, after the feed's own."""
        return (*self._subjects.canonical, *self._plans)

    def canonical(self, address: str) -> str | None:
        """Return the canonical address for one that may be made of another name; None if there is no such feed."""
        return address if address in self._plans else self._subjects.canonical.get(address)

    def subject(self, address: str) -> Site | Trust | Portfolio | Plan:
        """Return the site, trust, portfolio or plan whose feed is at a canonical address. Raises KeyError."""
        return self._plans.get(address) or self._subjects.by_address[address]

    def name(self, address: str) -> str:
        """The name of the feed at a canonical address."""
        return self._plan_names.get(address) or self._subjects.names[address]

    @property
    def names(self) -> dict[str, str]:
        """The names of all feeds by their addresses. No two are equal."""
        return {address: self.name(address) for address in self.addresses}

    def size(self, address: str) -> int:
        """Return the number of events in the feed at a canonical address. The events are not made."""
        return sum(
            bool(milestone.dates)
            for place in self._holdings.by_feed.get(address, ())
            for milestone in place.reorganization.milestones
        )

    def plans(self, address: str) -> tuple[Plan, ...]:
        """The plans of which the feed at a canonical address holds milestones, each once."""
        return tuple({place.plan.address: place.plan for place in self._holdings.by_feed.get(address, ())}.values())

    def reorganizations(self, address: str) -> list[Reorganization]:
        """The reorganizations of which the feed at a canonical address holds milestones."""
        return [place.reorganization for place in self._holdings.by_feed.get(address, ())]

    def feed(self, address: str) -> Feed:
        """The feed at a canonical address; raises KeyError for another."""
        subject = self.subject(address)
        what = _what(subject).rstrip(".")
        return self._feed(
            address, self.name(address), f"Reorganization milestones of {what}.", self._page(address), [address]
        )

    def selection(self, addresses: Iterable[str], unknown: Iterable[str] = ()) -> Feed:
        """Return the union of the feeds at canonical addresses, with each event once.

        Its description names the `unknown` addresses. Order and repeats make no difference.
        """
        chosen = sorted(set(addresses))
        name = f"{self._site.title}: {_listed(list(map(self.name, chosen)))}"
        description = f"Reorganization milestones of: {'; '.join(self.name(address) for address in chosen)}."
        if missing := sorted(set(unknown)):
            description += f" Not found here: {'; '.join(missing)}."
        address = f"selection?{'&'.join(f'feed={each}' for each in chosen)}"
        return self._feed(address, name, description, "", chosen)

    def _feed(self, address: str, name: str, description: str, url: str, of: list[str]) -> Feed:
        places = {place.reorganization.key: place for each in of for place in self._holdings.by_feed.get(each, ())}
        entries = tuple(sorted(chain.from_iterable(map(self._entries_of, places.values()))))
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

    def _entries_of(self, place: _Place) -> tuple[Entry, ...]:
        if self._beneath and place.plan.address in self._beneath._plans:
            return self._beneath._entries_of(place)
        key = place.reorganization.key
        entries = self._holdings.entries.get(key)
        if entries is None:
            page = self._page(place.plan.address)
            made = entries_of(place.plan, place.reorganization, self._site.domain, page)
            entries = self._holdings.entries[key] = tuple(sorted(made))
        return entries


def _distinct(wanted: Mapping[str, str], taken: Mapping[str, str]) -> dict[str, str]:
    """Return the names of feeds by address. A name that two want, or that is taken, gets the address behind it."""
    used = set(map(str.casefold, taken.values()))
    counts = Counter(map(str.casefold, wanted.values()))
    return {
        address: f"{name} ({address})" if counts[name.casefold()] > 1 or name.casefold() in used else name
        for address, name in wanted.items()
        if address not in taken
    }


def _listed(names: list[str]) -> str:
    """Return the names of a selection's feeds, as many as fit, and the number of the others."""
    shown = [names[0]]
    for name in names[1:]:
        if len("; ".join([*shown, name])) > _LONGEST_LIST:
            break
        shown.append(name)
    more = len(names) - len(shown)
    return f"{'; '.join(shown)}{f' and {more} more' if more else ''}"


def _what(subject: Site | Trust | Portfolio | Plan) -> str:
    if isinstance(subject, Portfolio):
        return subject.name if subject.stands_alone else f"{subject.name}, a series of {subject.trust.name}"
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
