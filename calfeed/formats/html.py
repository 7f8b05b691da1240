"""Feeds to HTML, by the templates beside this module; every text from the data is escaped.

Pages are a pure function of the data: what depends on the reader's day or address is left to the script in static/.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats import parts, subscribing, wording
from calfeed.formats.directory import to_search
from calfeed.formats.first_page import FirstPage, Folded, folded
from calfeed.formats.format import Format
from calfeed.formats.formats import formats_of
from calfeed.formats.keeping import kept_or_made
from calfeed.formats.parts import PlanPart
from calfeed.formats.search import Found
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import Kind
from calfeed.model.naming import parties
from calfeed.model.trusts import Portfolio, Trust
from calfeed.model.when import Dated, When
from calfeed.reading.suggestions import nearest

MEDIA_TYPE = "text/html; charset=utf-8"
FOLD_ABOVE = 8
"""With more trusts, the first page folds their portfolios."""
PLANS_ANSWERED = 50
"""With more plans, a page has one line of each, and no answers."""
PLANS_IN_FULL = 4
"""How many plans a page shows with their tables, so that it stays small; the answers lead to the others."""
PLANS_DRAWN = 50
"""How many plans a timeline to embed draws."""
PLANS_LISTED = 500
"""How many plans a page lists: the latest."""
_MOST_SHOWN = 1_000
"""How many parts of pages are kept for other pages."""
_MOST_LINES = 2_000
"""How many lines of agendas are kept for other pages; each takes some 600 octets."""
_MARKS = "\x01", "\x02", "\x03"
"""What stands in a kept piece for the way up to the first page, for a feed's address and for its name.

They are control characters, which no text of the data has.
"""
_SNIPPET_NAME, _WAYS, _LINK = "\x04", "\x05", "\x06"
"""What stands in a kept panel for the name in its snippet, for the ways to subscribe and for a link; likewise."""
EMBEDDED = 200
"""How many milestones an agenda to embed lists: the latest, which are those that come next."""


class _AgendaLine(NamedTuple):
    """A line of an agenda as HTML, in two pieces: what stands before and behind the way up to the first page."""

    begin: Markup
    end: Markup


class _Shown:
    """What pages show of a plan: a `PlanPart`, and the pieces of HTML in which there is no link to another page.

    These are the same on all pages that show the part, and rendered once, for the row "a full build" of
    `python -m tests.benchmarks`.
    """

    def __init__(self, part: PlanPart) -> None:
        self.plan, self.answers, self.timeline, self.tables = part.plan, part.answers, part.timeline, part.tables

    @cached_property
    def timeline_rows(self) -> str:
        """The rows of the timeline, or nothing where no milestone has a date."""
        rows: str = _pieces().timeline_rows(self.timeline)
        return rows

    @cached_property
    def milestones(self) -> tuple[str, ...]:
        """The milestones of each table."""
        return tuple(map(_pieces().table, self.tables))


class Pages:
    """The pages of a catalog; each is rendered when it is asked for."""

    def __init__(self, catalog: Catalog, feeds: Feeds) -> None:
        self._catalog = catalog
        self._feeds = feeds
        self._panels: dict[tuple[tuple[Kind, ...], bool], Markup] = {}
        self._shown: dict[tuple[str, ...], _Shown] = {}
        self._agenda_lines: dict[tuple[str, int], _AgendaLine] = {}

    def index(self, query: str = "") -> bytes:
        """The first page: search, what comes next, all trusts and portfolios, a panel, and what changed last.

        `query` is what a reader without script searches for.
        """
        first = self._first_page
        found = first.find(query) if query else Found(())
        return self._render(
            "index.html",
            "",
            feed=first,
            first=first,
            by_date=self._agenda(first.by_date),
            fold_above=FOLD_ABOVE,
            alternates=self._alternates("", first.address, first.name),
            panel=self._panel("", first.address, first.name, first.kinds, is_selectable=True),
            query=query,
            found=found,
            hits=first.lines(found.hits),
        )

    def feed(self, address: str) -> bytes:
        """The page of the feed at a canonical address."""
        feed = self._feeds.feed(address)
        subject = self._feeds.subject(address)
        portfolio = subject if isinstance(subject, Portfolio) else None
        trust = subject if isinstance(subject, Trust) else portfolio.trust if portfolio else None
        plans = parts.by_plan(feed.entries)
        kinds = {entry.milestone.kind for entry in feed.entries}
        answered = [self._show(each) for each in plans] if len(plans) <= PLANS_ANSWERED else []
        in_full = answered[:PLANS_IN_FULL]
        listed = [] if answered else plans
        root = "../" * (address.count("/") + 1)
        return self._render(
            "feed.html",
            root,
            feed=feed,
            alternates=self._alternates(root, address, feed.name),
            heading=subject.name if isinstance(subject, Trust | Portfolio) else feed.name,
            trust=trust,
            portfolio=portfolio,
            is_all=address == "all",
            other_names=subject.other_names if isinstance(subject, Trust | Portfolio) else (),
            portfolios=self._portfolios.get(address, ()),
            panel=self._panel(root, address, feed.name, kinds),
            answers=parts.in_order(each for part in answered for each in part.answers),
            plans=in_full,
            not_in_full=len(answered[PLANS_IN_FULL:]),
            briefs=[parts.brief(each) for each in listed[:PLANS_LISTED]],
            left_out=len(listed[PLANS_LISTED:]),
            meanings=_of_kinds("meanings", kinds if in_full else ()),
        )

    def embed(self, look: str, feed: Feed, at: str, theme: str = "light") -> bytes:
        """A page for an iframe: the `agenda` or the `timeline` of a feed, at a feed's address, in a colour scheme."""
        lines = folded(feed.entries) if look == "agenda" else []
        plans = parts.by_plan(feed.entries) if look == "timeline" else []
        root = "../" * (at.count("/") + 3)
        return self._render(
            "embed.html",
            root,
            feed=feed,
            alternates="" if "?" in feed.address else self._alternates(root, feed.address, feed.name),
            look=look,
            theme=theme,
            lines=self._agenda(lines[-EMBEDDED:]),
            left_out=len(lines) - len(lines[-EMBEDDED:]) + len(plans[PLANS_DRAWN:]),
            plans=[self._show(each) for each in plans[:PLANS_DRAWN]],
            page=f"?{feed.address.partition('?')[2]}" if at == "selection" else f"{at}/",
        )

    def missing(self, path: str) -> bytes:
        """The page for a path that leads nowhere, with the addresses that it may have meant."""
        near = nearest(path.strip("/"), self._feeds.addresses, limit=5)
        root = "../" * (path.count("/") - 1)
        return self._render("missing.html", root, near=[(address, self._feeds.name(address)) for address in near])

    def missing_anywhere(self) -> bytes:
        """The page that a static host shows for any path that leads nowhere; its links are absolute."""
        return self._render("missing.html", f"{self._catalog.site.url}/", near=[])

    def search(self) -> bytes:
        """What the script searches."""
        return to_search(self._catalog, self._feeds)

    def _show(self, entries: Sequence[Entry]) -> _Shown:
        """What to show of the entries of one plan."""
        key = tuple(entry.uid for entry in entries)
        return kept_or_made(self._shown, key, _MOST_SHOWN, lambda: _Shown(parts.part(entries)))

    def _agenda(self, lines: Iterable[Folded]) -> list[_AgendaLine]:
        """The lines of an agenda, each written now if it is not among those that were written last."""
        kept = self._agenda_lines
        return [
            kept_or_made(kept, (line.entry.uid, line.more), _MOST_LINES, partial(_agenda_line, line)) for line in lines
        ]

    @cached_property
    def _portfolios(self) -> dict[str, list[Portfolio]]:
        """The portfolios of each trust, by the trust's address."""
        found: dict[str, list[Portfolio]] = {}
        for portfolio in self._catalog.portfolios:
            found.setdefault(portfolio.trust.address, []).append(portfolio)
        return found

    @cached_property
    def _first_page(self) -> FirstPage:
        return FirstPage(self._catalog, self._feeds)

    def _render(self, template: str, root: str, **values: Any) -> bytes:
        return _templates().get_template(template).render(root=root, site=self._catalog.site, **values).encode()

    @cached_property
    def _formats(self) -> list[Format]:
        """The formats that pages offer."""
        return [each for each in formats_of(self._catalog.site) if each.label]

    def _alternates(self, root: str, address: str, name: str) -> Markup:
        """The links to a feed in its formats."""
        return _filled(self._alternates_to_fill, root, address, name)

    @cached_property
    def _alternates_to_fill(self) -> Markup:
        found: Markup = _pieces().alternates(self._formats, *_MARKS)
        return found

    def _panel(
        self, root: str, address: str, name: str, kinds: Iterable[Kind], *, is_selectable: bool = False
    ) -> Markup:
        """The panel from which to subscribe to a feed."""
        ways = _ways(None)
        if self._reachable is not None:
            ways = _ways_with_links(f"{self._catalog.site.url}/{address}.ics", name, self._reachable)
        to_fill = self._panel_to_fill(tuple(parts.in_order_of_vocabulary(kinds)), is_selectable)
        snippet_name = str(escape(name))  # it is escaped once more, since the snippet is HTML that a page shows
        return _filled(to_fill, root, address, name).replace(_SNIPPET_NAME, snippet_name).replace(_WAYS, ways)

    def _panel_to_fill(self, kinds: tuple[Kind, ...], is_selectable: bool) -> Markup:
        make = partial(self._new_panel, kinds, is_selectable)
        return kept_or_made(self._panels, (kinds, is_selectable), _MOST_SHOWN, make)

    def _new_panel(self, kinds: tuple[Kind, ...], is_selectable: bool) -> Markup:
        choices = _of_kinds("choices", kinds)
        about = self._catalog.site, self._formats, self._reachable
        panel: Markup = _pieces().panel(*_MARKS, choices, _WAYS, _SNIPPET_NAME, *about, is_selectable)
        return panel

    @cached_property
    def _reachable(self) -> bool | None:
        """Whether calendars can be fetched from the internet; None where only the reader's browser knows the host."""
        url = self._catalog.site.url
        return subscribing.is_reachable(url) if url else None


def _agenda_line(line: Folded) -> _AgendaLine:
    return _AgendaLine(_pieces().line_begins(line.entry.milestone), _pieces().line_ends(line))


def _filled(piece: Markup, *values: str) -> Markup:
    """A piece of HTML with a root, an address and a name in place of their marks, each escaped."""
    for mark, value in zip(_MARKS, values, strict=True):
        piece = piece.replace(mark, value)
    return piece


def rendered(template: str, **values: Any) -> str:
    """A document of its own, by one of the templates."""
    return _templates().get_template(template).render(**values)


@cache
def _pieces() -> Any:
    """The macros of pieces that several pages show."""
    return _templates().get_template("parts.html").module


# Pieces that say nothing of a feed, for the row "a full build" of `python -m tests.benchmarks`.


def _of_kinds(macro: str, kinds: Iterable[Kind]) -> Markup:
    """A piece of HTML about some kinds; nothing about none."""
    return _about(macro, tuple(parts.in_order_of_vocabulary(kinds)))


@lru_cache(maxsize=1_000)
def _about(macro: str, kinds: tuple[Kind, ...]) -> Markup:
    found: Markup = getattr(_pieces(), macro)(kinds) if kinds else Markup()
    return found


@cache
def _ways(reachable: bool | None) -> Markup:
    """The ways to subscribe: without links, or with a mark for each where it is known what is reachable."""
    links = [] if reachable is None else [_LINK] * len(subscribing.WAYS)
    found: Markup = _pieces().ways(links, reachable)
    return found


def _ways_with_links(calendar: str, name: str, reachable: bool) -> Markup:
    """The ways to subscribe to a calendar by its absolute address."""
    first, *others = _ways(reachable).split(_LINK)
    links = [subscribing.link(way, calendar, name) for way in subscribing.WAYS if way.link]
    return Markup().join([first, *chain.from_iterable(zip(links, others, strict=True))])


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
        auto_reload=False,
    )
    templates.filters["full_day"] = wording.full_day
    templates.tests["dated"] = _is_dated
    templates.globals.update(
        day_words=wording.day_words,
        own_words=wording.own_words,
        standing=wording.standing,
        is_off=wording.is_off,
        last_day=wording.last_day,
        parties=parties,
        all_ways=subscribing.WAYS,
    )
    return templates


def _is_dated(when: When) -> bool:
    return isinstance(when, Dated)
