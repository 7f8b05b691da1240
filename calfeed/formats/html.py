"""Feeds to HTML, by the templates beside this module; every text from the data is escaped.

Pages are a pure function of the data: what depends on the reader's day or address is left to the script in static/.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from calfeed.feeds.changes import changes_of
from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.feeds.status import standing_of
from calfeed.formats import subscribing
from calfeed.formats.formats import formats_of
from calfeed.formats.timeline import Timeline, timeline
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import KINDS, Kind
from calfeed.model.naming import is_deferred
from calfeed.model.plans import Milestone, Plan, Source
from calfeed.model.trusts import Portfolio, Trust
from calfeed.model.when import Dated, When, in_words
from calfeed.reading.suggestions import nearest

MEDIA_TYPE = "text/html; charset=utf-8"
FOLD_ABOVE = 8
"""With more trusts, the first page folds their portfolios."""
LIST_PORTFOLIOS_UP_TO = 1_000
"""With more, the first page leaves portfolios to the search and to the trusts' own pages."""
PLANS_IN_FULL = 50
"""With more plans, a page lists them and leaves their milestones to the plans' own pages."""
BY_DATE = 500
CHANGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the subscribe panel of a page offers; `links` are empty where only the reader's browser knows the host."""

    title: str
    address: str
    name: str
    kinds: tuple[Kind, ...]
    ways: tuple[subscribing.Way, ...]
    links: tuple[str, ...]
    reachable: bool | None
    is_selection: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """What a page shows of one plan."""

    plan: Plan
    timeline: Timeline


class Pages:
    """The pages of a catalog, each made when it is asked for."""

    def __init__(self, catalog: Catalog, feeds: Feeds) -> None:
        self._catalog = catalog
        self._feeds = feeds

    def index(self) -> bytes:
        """The first page: the trusts, search, what comes next, what changed last, and a panel for one's own choice."""
        feed = self._feeds.feed("all")
        portfolios: dict[str, list[Any]] = {trust.id: [] for trust in self._catalog.trusts}
        for portfolio in self._catalog.portfolios:
            portfolios[portfolio.trust.id].append(portfolio)
        return self._render(
            "index.html",
            "",
            feed=feed,
            trusts=[(trust, portfolios[trust.id]) for trust in self._catalog.trusts],
            fold_above=FOLD_ABOVE,
            lists_portfolios=len(self._catalog.portfolios) <= LIST_PORTFOLIOS_UP_TO,
            panel=self._panel(feed, "Subscribe to everything"),
            selection_panel=self._panel(feed, "Subscribe to your own choice", is_selection=True),
            upcoming=_by_date(feed)[-BY_DATE:],
            changes=changes_of(feed)[:CHANGES],
        )

    def feed(self, address: str) -> bytes:
        """The page of the feed at a canonical address."""
        feed = self._feeds.feed(address)
        subject = self._feeds.subject(address)
        portfolio = subject if isinstance(subject, Portfolio) else None
        trust = subject if isinstance(subject, Trust) else portfolio.trust if portfolio else None
        return self._render(
            "feed.html",
            "../" * (address.count("/") + 1),
            feed=feed,
            heading=subject.name if isinstance(subject, Trust | Portfolio) else feed.name,
            trust=trust,
            portfolio=portfolio,
            other_names=subject.other_names if isinstance(subject, Trust | Portfolio) else (),
            portfolios=[each for each in self._catalog.portfolios if each.trust is subject],
            panel=self._panel(feed, "Subscribe"),
            plans=_plans(feed),
            plans_in_full=PLANS_IN_FULL,
        )

    def embed(self, look: str, address: str) -> bytes:
        """A page for an iframe: the `agenda` or the `timeline` of the feed at a canonical address."""
        feed = self._feeds.feed(address)
        root = "../" * (address.count("/") + 3)
        return self._render("embed.html", root, feed=feed, look=look, plans=_plans(feed))

    def missing(self, path: str) -> bytes:
        """The page for a path where there is none: what it may have meant."""
        near = nearest(path.strip("/"), self._feeds.addresses, limit=5)
        root = "../" * (path.count("/") - 1)
        return self._render("missing.html", root, near=[(address, self._feeds.name(address)) for address in near])

    def missing_anywhere(self) -> bytes:
        """The page that a host of files shows at any path where there is none: its links begin at the root."""
        return self._render("missing.html", f"{self._catalog.site.url}/", near=[])

    def search(self) -> bytes:
        """What the search goes through: name, trust's short name, address and other names of all, as JSON."""
        rows = [[trust.name, trust.short_name, trust.address, *trust.other_names] for trust in self._catalog.trusts]
        rows += [[each.name, each.trust.label, each.address, *each.other_names] for each in self._catalog.portfolios]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()

    def _render(self, template: str, root: str, **values: Any) -> bytes:
        site = self._catalog.site
        formats = [each for each in formats_of(site) if each.label]
        return _templates().get_template(template).render(root=root, site=site, formats=formats, **values).encode()

    def _panel(self, feed: Feed, title: str, *, is_selection: bool = False) -> Panel:
        site = self._catalog.site
        ways = subscribing.ways(site.google_links)
        address = "" if is_selection or not site.url else f"{site.url}/{feed.address}.ics"
        used = {entry.milestone.kind for entry in feed.entries}
        return Panel(
            title=title,
            address="selection" if is_selection else feed.address,
            name=f"{site.title}: selection" if is_selection else feed.name,
            kinds=tuple(kind for kind in KINDS if kind in used),
            ways=ways,
            links=tuple(subscribing.link(way, address, feed.name) for way in ways) if address else (),
            reachable=subscribing.is_reachable(site.url) if site.url else None,
            is_selection=is_selection,
        )


@cache
def _templates() -> Environment:
    """The templates, compiled once for all catalogs."""
    templates = Environment(
        loader=PackageLoader("calfeed.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["in_words"] = in_words
    templates.tests["dated"] = _is_dated
    templates.globals.update(status=_status, sources=_sources, last_day=_last_day, state=_state)
    return templates


def _is_dated(when: When) -> bool:
    return isinstance(when, Dated)


def _by_date(feed: Feed) -> list[tuple[Entry, int]]:
    """The dated entries of a feed; of those in one plan that say the same the first, with how many more there are."""
    same: dict[object, list[Entry]] = {}
    for entry in feed.entries:
        if entry.event:
            milestone = entry.milestone
            says = (milestone.slug, milestone.title, milestone.when, milestone.conditions, standing_of(milestone))
            same.setdefault((entry.plan.id, says), []).append(entry)
    return [(group[0], len(group) - 1) for group in same.values()]


def _plans(feed: Feed) -> list[PlanPart]:
    """The plans of a feed, the one with the latest milestone first."""
    entries: dict[str, list[Entry]] = {}
    for entry in feed.entries:
        entries.setdefault(entry.plan.id, []).append(entry)
    latest = sorted(entries.values(), key=lambda group: max(str(e.event.start) if e.event else "" for e in group))
    return [PlanPart(plan=group[0].plan, timeline=timeline(group)) for group in reversed(latest)]


def _last_day(milestone: Milestone) -> str:
    """The day after which a milestone is over, or would have been (ISO 8601); empty where it never had one."""
    return str(milestone.dates[0].last) if milestone.dates else ""


def _status(milestone: Milestone) -> str:
    if milestone.completed:
        return "completed"
    return {"undated": "no date yet"}.get(state := standing_of(milestone), state)


def _sources(milestone: Milestone) -> list[Source]:
    """The sources that made a milestone what it is, each once."""
    cancellation = milestone.cancelled.source if milestone.cancelled else None
    all_of_them = (milestone.source, cancellation, milestone.approved, milestone.completed)
    return list(dict.fromkeys(source for source in all_of_them if source))


def _state(milestone: Milestone) -> str:
    return "cancelled: " if milestone.cancelled else "deferred: " if is_deferred(milestone) else ""
