"""A `Catalog` to feeds of events: which events, in which feeds, and what each says.

A `Feed` is one VCALENDAR and an `Event` one VEVENT, but not yet in RFC 5545's form: that is `ics`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from operator import is_
from typing import NamedTuple, TypeVar

from calfeed.feeds.events import Entry, Event, entries_of, in_order
from calfeed.model.catalog import Catalog, Site
from calfeed.model.kinds import Kind, KindGroup
from calfeed.model.plans import Plan, Reorganization
from calfeed.model.trusts import Portfolio, Trust

T = TypeVar("T")
_GOVERNED = " Taken from filings; the filing governs."
"""What every feed's description ends with."""
_LONGEST_LIST = 120
"""How many characters of what is in a selection its name says."""


class Feed(NamedTuple):
    """The events at one address. Entries are sorted by start and UID, undated ones last; `url` may be empty."""

    name: str
    description: str
    url: str
    refresh: timedelta
    address: str = "all"
    entries: tuple[Entry, ...] = ()

    @property
    def dated(self) -> tuple[Entry, ...]:
        """The entries that have events."""
        entries = self.entries
        if not entries or entries[-1].span:
            return entries
        return tuple(entry for entry in entries if entry.span)

    @property
    def events(self) -> list[Event]:
        """The events, made anew each time."""
        return [event for entry in self.entries if (event := entry.event)]

    def only(self, kinds: Iterable[Kind | KindGroup]) -> "Feed":
        """Return the feed with only the events of some kinds or groups of kinds. Its name says which."""
        chosen = sorted(set(kinds), key=lambda each: each.label)
        members = {member for each in chosen for member in (each.kinds if isinstance(each, KindGroup) else [each])}
        return self._replace(
            address=f"{self.address}{'&' if '?' in self.address else '?'}{'&'.join(f'kind={k.slug}' for k in chosen)}",
            name=f"{self.name} ({', '.join(each.label for each in chosen)})",
            entries=tuple(entry for entry in self.entries if entry.milestone.kind in members),
        )


class _Place(NamedTuple):
    """A reorganization in its plan."""

    plan: Plan
    reorganization: Reorganization


class Edit(NamedTuple):
    """The difference that an edit makes. A plan that was changed is both gone and new.

    `touched` are the addresses of the feeds that differ.
    """

    gone: tuple[Plan, ...]
    new: tuple[Plan, ...]
    touched: frozenset[str]

    @property
    def keeps_titles(self) -> bool:
        """Whether the same plans are there as before, with the same titles."""
        gone, new = ([(plan.id, plan.title) for plan in plans] for plans in (self.gone, self.new))
        return gone == new


class _Subjects:
    """The site, the trusts and the portfolios by their addresses, which no edit of a plan changes.

    `names` are what their feeds are called, and the names that were given.
    """

    def __init__(self, catalog: Catalog, given_names: Mapping[str, str]) -> None:
        self.by_address: dict[str, Site | Trust | Portfolio] = {"all": catalog.site}
        self.canonical = {"all": "all"}
        wanted = {"all": catalog.site.title}  # what each feed is called, unless another is called so
        slugs_of = {trust.id: trust.slugs for trust in catalog.trusts}
        alone = {portfolio.trust.id for portfolio in catalog.portfolios if portfolio.stands_alone}
        for trust in catalog.trusts:
            at = trust.address
            self.by_address[at] = trust
            self.canonical[at] = at
            wanted[at] = f"{trust.name} (trust)" if trust.id in alone else trust.name
            for slug in slugs_of[trust.id]:
                self.canonical[f"trusts/{slug}"] = at
        for portfolio in catalog.portfolios:
            trust = portfolio.trust
            at, trust_slugs = portfolio.address, slugs_of[trust.id]
            self.by_address[at] = portfolio
            self.canonical[at] = at
            wanted[at] = portfolio.label if portfolio.stands_alone else f"{portfolio.label} ({trust.label})"
            if portfolio.other_names or len(trust_slugs) > 1:
                for slug in portfolio.slugs:
                    for trust_slug in trust_slugs:
                        self.canonical[f"trusts/{trust_slug}/{slug}"] = at
        own = {at: name for at, name in wanted.items() if at not in given_names} if given_names else wanted
        self.names = {**given_names, **_distinct(own, _in_lower_case(given_names))}

    @property
    def used(self) -> frozenset[str]:
        """The names in lower case."""
        return _in_lower_case(self.names)

    def differing(self, later: "_Subjects") -> frozenset[str]:
        """The addresses of the feeds whose name, subject or list of portfolios is another one later."""
        known, now = self.by_address, later.by_address
        changed = [at for at, subject in now.items() if known.get(at) is not subject]
        changed += known.keys() - now.keys()
        changed += [at for at, name in later.names.items() if self.names.get(at) != name]
        # The page of a trust lists its portfolios, and the first page, which is made of all, lists everything.
        trusts = [at.rpartition("/")[0] for at in changed if at.count("/") == 2]
        return frozenset(("all", *changed, *trusts))


class _Titled:
    """The plans by their addresses, and what their feeds are called."""

    def __init__(self, by_address: dict[str, Plan], names: dict[str, str]) -> None:
        self.by_address = by_address
        self.names = names

    @classmethod
    def of(cls, plans: Iterable[Plan], used: Collection[str], given_names: Mapping[str, str]) -> "_Titled":
        """The plans of a catalog. Names in lower case may be `used` already, and some plans were given theirs."""
        by_address = {plan.address: plan for plan in plans}
        wanted = {address: plan.title for address, plan in by_address.items() if address not in given_names}
        own = _distinct(wanted, used)
        return cls(by_address, {address: own.get(address) or given_names[address] for address in by_address})

    def edited(self, edit: Edit) -> "_Titled":
        """The plans after an edit that keeps their titles."""
        return _Titled(self.by_address | {plan.address: plan for plan in edit.new}, self.names)


class _Holdings:
    """Which feeds hold which reorganizations, and the entries of those for which they have been made.

    The feed `all` is not among them: it holds every one.
    """

    def __init__(self, by_feed: dict[str, tuple[_Place, ...]], entries: dict[str, tuple[Entry, ...]]) -> None:
        self.by_feed = by_feed
        self.entries = entries

    @classmethod
    def of(cls, plans: Iterable[Plan]) -> "_Holdings":
        """The holdings of feeds with some plans."""
        holdings = cls({}, {})
        holdings.add(plans)
        return holdings

    def add(self, plans: Iterable[Plan]) -> None:
        by_feed = self.by_feed
        for plan in plans:
            for reorganization in plan.reorganizations:
                alone = (_Place(plan, reorganization),)  # shared by the many feeds with one: for the row "all feeds"
                for at in _touched(plan, reorganization):
                    by_feed[at] = by_feed[at] + alone if at in by_feed else alone

    def edited(self, edit: Edit) -> "_Holdings":
        """The holdings after an edit; these stay as they are."""
        by_feed, entries = dict(self.by_feed), dict(self.entries)
        gone = {plan.address for plan in edit.gone}
        for plan in edit.gone:
            for reorganization in plan.reorganizations:
                entries.pop(reorganization.key, None)
        touched = _all_touched((*edit.gone, *edit.new))
        for at in touched:
            by_feed[at] = tuple(place for place in self.by_feed.get(at, ()) if place.plan.address not in gone)
        later = _Holdings(by_feed, entries)
        later.add(edit.new)
        for at in touched:
            if not by_feed[at]:
                del by_feed[at]
        return later

    def without_entries(self) -> "_Holdings":
        """The same holdings, whose entries are still to be made."""
        return _Holdings(self.by_feed, {})


class Feeds:
    """All feeds of a catalog, by address: `all`, `trusts/<trust>`, `trusts/<trust>/<portfolio>`, `plans/<plan>`.

    Events are made when a feed is first asked for, once for all feeds that hold them.
    """

    def __init__(
        self,
        catalog: Catalog,
        *,
        subjects: _Subjects | None = None,
        plans: _Titled | None = None,
        holdings: _Holdings | None = None,
        beneath: "Feeds | None" = None,
    ) -> None:
        """Make the feeds of a catalog.

        `subjects`, `plans` and `holdings` are parts of them that exist already. `beneath` are the feeds of a smaller
        catalog that is contained in this one: they keep their names, and their events are made once for both.
        """
        self._site = catalog.site
        self._catalog = catalog
        self._beneath = beneath
        given = beneath.names if beneath else {}
        self._subjects = subjects or _Subjects(catalog, given)
        self._plans = plans or _Titled.of(catalog.plans, self._subjects.used, given)
        self._holdings = holdings or _Holdings.of(catalog.plans)

    def updated(self, catalog: Catalog) -> tuple["Feeds", Edit]:
        """Return the feeds of a later catalog, and the difference from these.

        Both share what is the same, so an edit costs only what it touches. These feeds are not changed.
        """
        edit = self._edit_to(catalog)
        subjects, holdings, plans = self._subjects, self._holdings.edited(edit), None
        if not _have_same_subjects(self._catalog, catalog):
            subjects = _Subjects(catalog, {})
        elif edit.keeps_titles:
            plans = self._plans.edited(edit)
        if catalog.site != self._site:
            holdings = holdings.without_entries()
        later = Feeds(catalog, subjects=subjects, plans=plans, holdings=holdings)
        return later, edit._replace(touched=edit.touched | self._differing(later))

    def joined(self, catalog: Catalog) -> "Feeds":
        """Return the feeds of a larger catalog that contains this one. Both catalogs have the same site."""
        holdings = self._holdings.edited(self._edit_to(catalog))
        subjects = self._subjects if _have_same_subjects(self._catalog, catalog) else None
        return Feeds(catalog, subjects=subjects, holdings=holdings, beneath=self)

    def _edit_to(self, catalog: Catalog) -> Edit:
        before, now = _where_differing(self._catalog.plans, catalog.plans)
        known, later = ({plan.address: plan for plan in plans} for plans in (before, now))
        gone = tuple(plan for address, plan in known.items() if later.get(address) is not plan)
        new = tuple(plan for address, plan in later.items() if known.get(address) is not plan)
        touched = _all_touched((*gone, *new))
        return Edit(gone, new, frozenset(("all", *known, *later, *touched)) if gone or new else frozenset())

    def _differing(self, later: "Feeds") -> frozenset[str]:
        """The addresses of the feeds that have another name or subject later, or another site."""
        if later._site != self._site:
            return frozenset((*self.addresses, *later.addresses))
        subjects: frozenset[str] = frozenset()
        if later._subjects is not self._subjects:
            subjects = self._subjects.differing(later._subjects)
        names, now = self._plans.names, later._plans.names
        if names is now:
            return subjects
        return subjects | {address for address, name in now.items() if names.get(address) != name}

    @property
    def addresses(self) -> tuple[str, ...]:
        """The address of every feed, each once: all, then trusts, portfolios and plans in their files' order."""
        return (*self._subjects.by_address, *self._plans.by_address)

    @property
    def all_addresses(self) -> tuple[str, ...]:
        """Every address that means a feed, each once: those made of other names too, after the feed's own."""
        return (*self._subjects.canonical, *self._plans.by_address)

    def canonical(self, address: str) -> str | None:
        """Return the canonical address for one that may be made of another name; None if there is no such feed."""
        return address if address in self._plans.by_address else self._subjects.canonical.get(address)

    def subject(self, address: str) -> Site | Trust | Portfolio | Plan:
        """Return the site, trust, portfolio or plan whose feed is at a canonical address. Raises KeyError."""
        return self._plans.by_address.get(address) or self._subjects.by_address[address]

    def name(self, address: str) -> str:
        """The name of the feed at a canonical address."""
        return self._plans.names.get(address) or self._subjects.names[address]

    @property
    def names(self) -> dict[str, str]:
        """The names of all feeds by their addresses. No two are equal."""
        return {address: self.name(address) for address in self.addresses}

    def size(self, address: str) -> int:
        """Return the number of events in the feed at a canonical address. The events are not made."""
        return sum(
            milestone.shown is not None
            for reorganization in self.reorganizations(address)
            for milestone in reorganization.milestones
        )

    def plans(self, address: str) -> tuple[Plan, ...]:
        """The plans of which the feed at a canonical address holds milestones, each once."""
        return tuple({place.plan.address: place.plan for place in self._places(address)}.values())

    def reorganizations(self, address: str) -> list[Reorganization]:
        """The reorganizations of which the feed at a canonical address holds milestones."""
        return [place.reorganization for place in self._places(address)]

    def feed(self, address: str) -> Feed:
        """The feed at a canonical address; raises KeyError for another."""
        what = _what(self.subject(address)).rstrip(".")
        description = f"Reorganization milestones of {what}.{_GOVERNED}"
        return self._feed(address, self.name(address), description, self._page(address), self._places(address))

    def selection(self, addresses: Iterable[str], unknown: Sequence[str] = ()) -> Feed:
        """Return the union of the feeds at canonical addresses, with each event once.

        Its description names the `unknown` addresses. Order and repeats of the others make no difference.
        """
        chosen = sorted(set(addresses))
        name = f"{self._site.title}: {_listed(list(map(self.name, chosen)))}"
        description = f"Reorganization milestones of: {'; '.join(self.name(address) for address in chosen)}."
        if unknown:
            description += f" Not found here: {'; '.join(unknown)}."
        address = f"selection?{'&'.join(f'feed={each}' for each in chosen)}"
        places = self._places(chosen[0]) if len(chosen) == 1 else _each_once(map(self._places, chosen))
        return self._feed(address, name, description + _GOVERNED, "", places)

    def forget_beyond(self, most: int) -> None:
        """Let go of the entries if those of more than `most` reorganizations have been made.

        They are made again when they are asked for.
        """
        if len(self._holdings.entries) > most:
            self._holdings.entries.clear()
        if self._beneath:
            self._beneath.forget_beyond(most)

    def _feed(self, address: str, name: str, description: str, url: str, places: Sequence[_Place]) -> Feed:
        # In half the time that `Feed` takes: for the row "all feeds".
        return tuple.__new__(Feed, (name, description, url, self._site.refresh, address, self._in_order(places)))

    def _in_order(self, places: Sequence[_Place]) -> tuple[Entry, ...]:
        """Return the entries of some reorganizations. Those of one are in order already."""
        if len(places) == 1:
            return self._entries_of(places[0])
        if not places:
            return ()
        return tuple(sorted(chain.from_iterable(map(self._entries_of, places)), key=in_order))

    def _places(self, address: str) -> Sequence[_Place]:
        if address == "all":
            return [_Place(plan, each) for plan in self._catalog.plans for each in plan.reorganizations]
        return self._holdings.by_feed.get(address, ())

    def _page(self, address: str) -> str:
        return f"{self._site.url}/{address}/" if self._site.url else ""

    def _entries_of(self, place: _Place) -> tuple[Entry, ...]:
        if self._beneath and place.plan.address in self._beneath._plans.by_address:
            return self._beneath._entries_of(place)
        key = place.reorganization.key
        entries = self._holdings.entries.get(key)
        if entries is None:
            page = self._page(place.plan.address)
            made = entries_of(place.plan, place.reorganization, self._site.domain, page)
            entries = self._holdings.entries[key] = made
        return entries


def _each_once(places: Iterable[Sequence[_Place]]) -> list[_Place]:
    """Return the places of several feeds, each once."""
    return list({place.reorganization.key: place for several in places for place in several}.values())


def _where_differing(some: Sequence[T], others: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """Return the parts of two sequences without the very same objects that both begin with, and that both end with."""
    begun = _shared(some, others)
    some, others = some[begun:], others[begun:]
    ended = _shared(some[::-1], others[::-1])
    return some[: len(some) - ended], others[: len(others) - ended]


def _shared(some: Sequence[object], others: Sequence[object]) -> int:
    """Return how many objects two sequences begin with that are the very same."""
    same = [*map(is_, some, others), False]
    return same.index(False)


def _have_same_subjects(one: Catalog, other: Catalog) -> bool:
    """Return whether two catalogs have equal sites, and the very same trusts and portfolios."""
    return (
        one.site == other.site and _are_same(one.trusts, other.trusts) and _are_same(one.portfolios, other.portfolios)
    )


def _are_same(some: Sequence[object], others: Sequence[object]) -> bool:
    """Return whether two sequences hold the very same objects."""
    return len(some) == len(others) and all(map(is_, some, others))


def _in_lower_case(names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(map(str.casefold, names.values()))


def _distinct(wanted: Mapping[str, str], used: Collection[str]) -> dict[str, str]:
    """Return the names of feeds by address. A name that two want, or that is used, gets the address behind it."""
    in_lower_case = list(map(str.casefold, wanted.values()))
    counts = Counter(in_lower_case)
    if len(counts) == len(in_lower_case) and counts.keys().isdisjoint(used):
        return dict(wanted)
    return {
        address: f"{name} ({address})" if counts[lower] > 1 or lower in used else name
        for (address, name), lower in zip(wanted.items(), in_lower_case, strict=True)
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
    """The feeds, besides all, that hold a reorganization's events: of its plan, of its trusts and portfolios."""
    touched = [plan.address]
    for portfolio in reorganization.portfolios:
        trust = portfolio.trust.address
        if trust not in touched:
            touched.append(trust)
        touched.append(portfolio.address)
    return touched


def _all_touched(plans: Iterable[Plan]) -> set[str]:
    """The feeds, besides all, that hold events of some plans."""
    of_each = (_touched(plan, each) for plan in plans for each in plan.reorganizations)
    return set(chain.from_iterable(of_each))
