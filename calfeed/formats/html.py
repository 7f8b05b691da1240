"""Feeds to HTML, by the templates beside this module; every text from the data is escaped.

Pages are a pure function of the data: what depends on the reader's day or address is left to the script in static/.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats import parts, subscribing
from calfeed.formats.directory import to_search
from calfeed.formats.first_page import FirstPage, Folded, folded
from calfeed.formats.format import Format
from calfeed.formats.formats import formats_of
from calfeed.formats.keeping import kept_or_made
from calfeed.formats.parts import Answered, PlanPart
from calfeed.formats.pieces import (
    NOTHING,
    Blank,
    Piece,
    escaped,
    filled,
    filled_and_encoded,
    joined,
    piece,
    rendered,
    without_blanks,
)
from calfeed.formats.search import Found
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import Kind
from calfeed.model.trusts import Portfolio, Trust
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
_MOST_SHOWN = 200
"""How many plans are kept for other pages; the pieces of each take some 70 kB."""
_MOST_PANELS = 1_000
_MOST_FRAMES = 4
_MOST_LINES = 2_000
"""How many lines of agendas are kept for other pages; each takes some 600 octets."""
EMBEDDED = 200
"""How many milestones that have a day an agenda to embed lists, the latest, and how many without a day behind them."""


class _AnswerLine(NamedTuple):
    """An answer, and its line on a page."""

    answered: Answered
    html: Piece


class _Embedded(NamedTuple):
    """What an embedded page shows, and how many it leaves out: of those that have a day, and of those without one."""

    shown: Piece
    left_out: int
    without_day_left_out: int = 0


class _Shown:
    """What pages show of a plan: a `PlanPart`, and its pieces, each rendered once."""

    def __init__(self, part: PlanPart) -> None:
        self.plan, self.answers, self.timeline, self.tables = part.plan, part.answers, part.timeline, part.tables
        self.is_off = part.is_off
        self._sections: dict[str, Piece] = {}
        portfolios = chain.from_iterable(each.reorganization.portfolios for each in part.answers)
        self._pointed_out = {portfolio.address for portfolio in portfolios}

    @cached_property
    def timeline_rows(self) -> Piece:
        """The rows of the timeline, or nothing where no milestone has a date."""
        return piece("timeline_rows", self.timeline)

    @cached_property
    def milestones(self) -> tuple[Piece, ...]:
        """The milestones of each table."""
        return tuple(piece("table", table) for table in self.tables)

    def lines(self, here: str) -> list[_AnswerLine]:
        """The lines of the answers on the page at an address."""
        pieces = self._lines_at_home if here == self.plan.address else self._lines_elsewhere
        return list(map(_AnswerLine, self.answers, pieces))

    def section(self, here: str, *, is_first: bool) -> Piece:
        """The plan in full on the page at an address; only the first of a page has a legend."""
        pointed_out = here if here in self._pointed_out else ""
        section = kept_or_made(self._sections, pointed_out, _MOST_SHOWN, lambda: piece("plan", self, pointed_out))
        heading = NOTHING if here == self.plan.address else self._heading
        return filled(section, {Blank.HEADING: heading, Blank.LEGEND: _legend(is_first)})

    def embedded(self, here: str, *, is_first: bool) -> Piece:
        """The timeline as it is embedded in others' pages, for the feed at an address."""
        heading = NOTHING if here == self.plan.address else self._heading
        return filled(self._embedded, {Blank.HEADING: heading, Blank.LEGEND: _legend(is_first)})

    @cached_property
    def _lines_at_home(self) -> tuple[Piece, ...]:
        return tuple(piece("answer", each, self.plan.address) for each in self.answers)

    @cached_property
    def _lines_elsewhere(self) -> tuple[Piece, ...]:
        return tuple(piece("answer", each, "") for each in self.answers)

    @cached_property
    def _heading(self) -> Piece:
        return piece("heading", self.plan)

    @cached_property
    def _embedded(self) -> Piece:
        return piece("embedded_timeline", self)


class Pages:
    """The pages of a catalog; each is rendered when it is asked for."""

    def __init__(self, catalog: Catalog, feeds: Feeds) -> None:
        self._catalog = catalog
        self._feeds = feeds
        self._panels: dict[tuple[tuple[Kind, ...], bool], Piece] = {}
        self._shown: dict[tuple[str, ...], _Shown] = {}
        self._agenda_lines: dict[tuple[str, int], Piece] = {}
        self._embed_frames: dict[tuple[str, str], str] = {}

    def index(self, query: str = "") -> bytes:
        """The first page: search, what comes next, all trusts and portfolios, a panel, and what changed last.

        `query` is what a reader without script searches for.
        """
        first = self._first_page
        found = first.find(query) if query else Found(())
        page = self._rendered(
            "index.html",
            first=first,
            by_date=self._agenda(first.by_date),
            fold_above=FOLD_ABOVE,
            formats=self._formats,
            query=without_blanks(query),
            found=found,
            hits=first.lines(found.hits),
        )
        return _finished(page, "", self._subscribing(first.address, first.name, first.kinds, is_selectable=True))

    def feed(self, feed: Feed) -> bytes:
        """The page of a feed at a canonical address."""
        address = feed.address
        plans = parts.by_plan(feed.entries)
        # By name, since Python makes a kind's hash of all that it says.
        kinds = {entry.milestone.kind.name: entry.milestone.kind for entry in feed.entries}.values()
        answered = [self._show(each) for each in plans] if len(plans) <= PLANS_ANSWERED else []
        in_full = answered[:PLANS_IN_FULL]
        answers = sorted(
            chain.from_iterable(each.lines(address) for each in answered),
            key=lambda line: parts.order(line.answered),
            reverse=True,
        )
        values = {
            Blank.HEADLINE: escaped(_headline(feed)),
            Blank.DESCRIBED: piece("described", answers[0].answered) if answers else NOTHING,
            Blank.TITLE: self._title(feed),
            Blank.ANSWERS: piece("answers", joined(line.html for line in answers)) if answers else NOTHING,
            Blank.PLANS: joined(each.section(address, is_first=each is in_full[0]) for each in in_full),
            Blank.REST: self._rest(address, plans, len(in_full)),
            Blank.MEANINGS: _of_kinds("meanings", kinds if in_full else ()),
        }
        root = "../" * (address.count("/") + 1)
        return _finished(self._feed_frame, root, values | self._subscribing(address, feed.name, kinds))

    def embed(self, look: str, feed: Feed, at: str, theme: str = "light") -> bytes:
        """A page for an iframe: the `agenda` or the `timeline` of a feed, at a feed's address, in a colour scheme."""
        embedded = self._agenda_of(feed) if look == "agenda" else self._timelines_of(feed)
        is_chosen = "kind=" in feed.address.partition("?")[2]
        values = {
            Blank.ALTERNATES: NOTHING if "?" in feed.address else self._alternates,
            Blank.SHOWN: embedded.shown,
            Blank.REST: piece("below", embedded, is_chosen),
            Blank.PAGE: escaped(f"?{feed.address.partition('?')[2]}" if at == "selection" else f"{at}/"),
            Blank.ADDRESS: escaped(feed.address),
            Blank.NAME: escaped(feed.name),
        }
        return _finished(self._embed_frame(look, theme), "../" * (at.count("/") + 3), values)

    def missing(self, path: str) -> bytes:
        """The page for a path that leads nowhere, with the addresses that it may have meant."""
        near = nearest(path.strip("/"), self._feeds.addresses, limit=5)
        page = self._rendered(
            "missing.html", near=[(self._feeds.subject(each), self._feeds.name(each), each) for each in near]
        )
        return _finished(page, "../" * (path.count("/") - 1), {})

    def missing_anywhere(self) -> bytes:
        """The page that a static host shows for any path that leads nowhere; its links are absolute."""
        return _finished(self._rendered("missing.html", near=[]), f"{self._catalog.site.url}/", {})

    def search(self, earlier: bytes = b"", differing: Collection[str] = ()) -> bytes:
        """What the script searches. An `earlier` one may be given, with the ids of the plans that are not the same."""
        return to_search(self._catalog, self._feeds, earlier, differing)

    @cached_property
    def _feed_frame(self) -> str:
        """The page of any feed: all that is of one feed is a blank."""
        return self._rendered("feed.html", formats=self._formats)

    def _embed_frame(self, look: str, theme: str) -> str:
        """The page for an iframe of any feed."""
        make = partial(self._rendered, "embed.html", look=look, theme=theme)
        return kept_or_made(self._embed_frames, (look, theme), _MOST_FRAMES, make)

    def _title(self, feed: Feed) -> Piece:
        """Whose feed it is, for its page."""
        subject = self._feeds.subject(feed.address)
        named = subject if isinstance(subject, Trust | Portfolio) else None
        portfolio = subject if isinstance(subject, Portfolio) else None
        trust = portfolio.trust if portfolio else named
        heading, other_names = (named.name, named.other_names) if named else (_headline(feed), ())
        return piece("title", feed, heading, trust, portfolio, other_names)

    def _rest(self, address: str, plans: Sequence[Sequence[Entry]], in_full: int) -> Piece:
        """What the page of a feed with some plans has beside those that it shows in full."""
        portfolios = self._portfolios.get(address, ())
        if len(plans) <= PLANS_ANSWERED:
            return piece("rest", len(plans) - in_full, [], 0, not plans, portfolios)
        briefs = [parts.brief(each) for each in plans[:PLANS_LISTED]]
        return piece("rest", 0, briefs, len(plans[PLANS_LISTED:]), False, portfolios)

    def _show(self, entries: Sequence[Entry]) -> _Shown:
        """What to show of the entries of one plan."""
        key = tuple(entry.order for entry in entries)
        return kept_or_made(self._shown, key, _MOST_SHOWN, lambda: _Shown(parts.part(entries)))

    def _agenda_of(self, feed: Feed) -> _Embedded:
        with_day, without_day = folded(feed.entries)
        latest, others = with_day[-EMBEDDED:], without_day[:EMBEDDED]
        return _Embedded(
            shown=self._agenda(latest + others),
            left_out=len(with_day) - len(latest),
            without_day_left_out=len(without_day) - len(others),
        )

    def _timelines_of(self, feed: Feed) -> _Embedded:
        plans = parts.by_plan(feed.entries)
        here = feed.address.partition("?")[0]
        drawn = [self._show(each).embedded(here, is_first=each is plans[0]) for each in plans[:PLANS_DRAWN]]
        return _Embedded(joined(drawn), len(plans) - len(drawn))

    def _agenda(self, lines: Iterable[Folded]) -> Piece:
        """The lines of an agenda, each rendered now if it is not among those that were rendered last."""
        kept = self._agenda_lines
        return joined(
            kept_or_made(kept, (line.entry.order, line.more), _MOST_LINES, partial(piece, "agenda_line", line))
            for line in lines
        )

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

    def _rendered(self, template: str, **values: Any) -> str:
        """A page by one of the templates, which may have blanks."""
        return rendered(template, site=self._catalog.site, **values)

    @cached_property
    def _formats(self) -> list[Format]:
        """The formats that pages offer."""
        return [each for each in formats_of(self._catalog.site) if each.label]

    @cached_property
    def _alternates(self) -> Piece:
        """The links to a feed in its formats."""
        return piece("alternates", self._formats)

    def _subscribing(
        self, address: str, name: str, kinds: Iterable[Kind], *, is_selectable: bool = False
    ) -> dict[Blank, Piece]:
        """The panel from which to subscribe to a feed, and what its blanks stand for."""
        ways = _ways(None)
        if self._reachable is not None:
            ways = _ways_with_links(f"{self._catalog.site.url}/{address}.ics", name, self._reachable)
        return {
            Blank.PANEL: self._panel(tuple(parts.in_order_of_vocabulary(kinds)), is_selectable),
            Blank.WAYS: ways,
            Blank.ADDRESS: escaped(address),
            Blank.NAME: escaped(name),
            Blank.SNIPPET_NAME: escaped(str(escaped(name))),
        }

    def _panel(self, kinds: tuple[Kind, ...], is_selectable: bool) -> Piece:
        make = partial(self._new_panel, kinds, is_selectable)
        return kept_or_made(self._panels, (kinds, is_selectable), _MOST_PANELS, make)

    def _new_panel(self, kinds: tuple[Kind, ...], is_selectable: bool) -> Piece:
        choices = _of_kinds("choices", kinds)
        return piece("panel", choices, self._catalog.site, self._formats, self._reachable, is_selectable)

    @cached_property
    def _reachable(self) -> bool | None:
        """Whether calendars can be fetched from the internet; None where only the reader's browser knows the host."""
        url = self._catalog.site.url
        return subscribing.is_reachable(url) if url else None


def _headline(feed: Feed) -> str:
    """What a page calls its feed. The one of everything has the site's name, as the first page has."""
    return "All plans" if feed.address == "all" else feed.name


def _finished(page: str, root: str, values: dict[Blank, Piece]) -> bytes:
    """A page with a value in place of each of its blanks; `root` is the way up to the folder of the first page."""
    ways_up = {Blank.HOME: escaped(root or "./"), Blank.ROOT: escaped(root)}
    return filled_and_encoded(page, values | ways_up)


# Pieces that say nothing of a feed.


@cache
def _legend(is_shown: bool) -> Piece:
    return piece("legend") if is_shown else NOTHING


def _of_kinds(macro: str, kinds: Iterable[Kind]) -> Piece:
    """A piece about some kinds; nothing about none."""
    return _about(macro, tuple(parts.in_order_of_vocabulary(kinds)))


@lru_cache(maxsize=1_000)
def _about(macro: str, kinds: tuple[Kind, ...]) -> Piece:
    return piece(macro, kinds) if kinds else NOTHING


@cache
def _ways(reachable: bool | None) -> Piece:
    """The ways to subscribe: without links, or with a blank for each where it is known what is reachable."""
    links = [] if reachable is None else [Blank.LINK] * len(subscribing.WAYS)
    return piece("ways", links, reachable)


def _ways_with_links(calendar: str, name: str, reachable: bool) -> Piece:
    """The ways to subscribe to a calendar by its absolute address."""
    first, *others = _ways(reachable).split(Blank.LINK)
    links = [escaped(subscribing.link(way, calendar, name)) for way in subscribing.WAYS if way.link]
    return joined([first, *chain.from_iterable(zip(links, others, strict=True))])
