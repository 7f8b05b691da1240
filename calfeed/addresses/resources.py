"""What calfeed answers at each path: bytes that depend on the data, the path and the query alone."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from typing import NamedTuple

from calfeed.addresses.choices import Choice, ChoiceError, shown
from calfeed.addresses.representations import MOST_OCTETS, Kept, Representation
from calfeed.addresses.static import PLAIN_TEXT, static_files
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats import html
from calfeed.formats.format import Format, Options
from calfeed.formats.formats import FORMATS, formats_of
from calfeed.formats.html import Pages
from calfeed.model.catalog import Catalog
from calfeed.model.plans import Plan

_LOOKS = ("agenda", "timeline")
_SEARCH = "/search.json"
NOT_FOUND = "/404.html"
"""The page for addresses where there is nothing, by the name that most hosts of static files look for."""
_SELECTION = "selection"
_DEEPEST = 20
"""A path with more slashes gets no page that says that there is nothing: its links would go up as many folders."""
MOST_REORGANIZATIONS = 400
"""A server keeps the events of this many reorganizations, some 2,000 events, for the row "memory of a worker"."""
_MANY_MILESTONES = 2_000
"""To show more milestones than this takes seconds."""
_EVERYTHING = Choice()


class Effort(Enum):
    """How much work it is to make a document. What takes little never waits for what takes more."""

    USUAL = auto()
    SECONDS = auto()
    """A page or a calendar of thousands of milestones."""
    LONG = auto()
    """A document that holds all that is known of thousands of milestones."""


class Document(NamedTuple):
    """The path of a document, and the canonical address of the feed that it is made of; empty if there is none."""

    path: str
    made_of: str


class Resources:
    """All documents of a catalog, each made when it is first asked for."""

    def __init__(
        self,
        catalog: Catalog,
        feeds: Feeds | None = None,
        kept: Kept | None = None,
        most_reorganizations: int | None = None,
    ) -> None:
        """`feeds` are those of the catalog; `kept` documents have been made already.

        The events of `most_reorganizations` are kept, or all without that number: for a process that makes every
        document.
        """
        self.catalog = catalog
        self.feeds = feeds or Feeds(catalog)
        self._pages = Pages(catalog, self.feeds)
        self._kept = kept or Kept()
        self._most_reorganizations = most_reorganizations
        self._formats = {each.extension: each for each in formats_of(catalog.site)}
        self._options = Options(site=catalog.site)
        self._search = self._pages.search
        self._events: int | None = None
        self._last: Feed | None = None
        """The feed that was asked for last, in a process that makes every document."""

    def reuse(self, path: str, earlier: bytes, differing: Iterable[Plan]) -> None:
        """Take what a document says of plans from the same document as an earlier build wrote it, but for some plans.

        The site, the trusts and the portfolios must be the same, and all other plans too.
        """
        if path == _SEARCH:
            self._search = partial(self._pages.search, earlier, {plan.id for plan in differing})
        elif parts := self._formats[_extension(path)].parts:
            found = parts(earlier)
            for plan in differing:
                for entry in self.feeds.feed(plan.address).entries:
                    found.pop(entry.uid, None)
            self._options.earlier[_extension(path)] = found

    def is_reusable(self, path: str) -> bool:
        """Whether a document of everything can be put together from an earlier one."""
        form = self._formats.get(_extension(path))
        return path == _SEARCH or (form is not None and form.parts is not None)

    def updated(self, catalog: Catalog) -> "Resources":
        """The documents of a later catalog. What an edit did not touch is not made again; this object stays."""
        feeds, edit = self.feeds.updated(catalog)
        is_same_site = catalog.site == self.catalog.site  # every document names it
        kept = self._kept.without(edit.touched) if is_same_site else None
        return Resources(catalog, feeds, kept, self._most_reorganizations)

    def joined(self, catalog: Catalog) -> "Resources":
        """The documents of a catalog with the same site and more of all else, such as what a reader may see.

        Few of them are kept, since there may be many kinds of readers.
        """
        kept = Kept(MOST_OCTETS // 4)
        return Resources(catalog, self.feeds.joined(catalog), kept, MOST_REORGANIZATIONS // 4)

    def find(self, path: str, choice: Choice) -> Representation | None:
        """The representation at a path that begins with a slash, or None where there is none.

        Raises ChoiceError, with a message for the reader, for a choice that cannot be read.
        """
        if path.endswith("/"):
            return self._page(path, choice)
        if path == NOT_FOUND:
            return _page(self._pages.missing_anywhere())
        if path == _SEARCH:
            return self._kept.once(("all", path), lambda: _data(self._search()))
        name, _, extension = path.removeprefix("/").rpartition(".")
        if form := self._formats.get(extension):
            if name == _SELECTION:
                return self._selection(form, choice)
            if address := self.feeds.canonical(name):
                return self._feed(address, form, choice)
        return static_files().get(path)

    def made_of(self, path: str) -> str:
        """The canonical address of the feed that the document at a path is made of; empty if there is none."""
        if path in {"/", _SEARCH}:
            return "all"
        parts = path.strip("/").split("/")
        name = "/".join(parts[2:] if parts[0] == "embed" else parts)
        return self.feeds.canonical(name) or self.feeds.canonical(name.rpartition(".")[0]) or ""

    def effort(self, path: str, choice: Choice) -> Effort:
        """How much work it is to make the document at a path."""
        stem, _, extension = path.rpartition(".")
        if stem == f"/{_SELECTION}" or path.endswith(f"/{_SELECTION}/"):
            chosen = {address for each in choice.feeds if (address := self.feeds.canonical(each))}
        else:
            chosen = {self.made_of(path)}
        milestones = self.events if "all" in chosen else sum(map(self.feeds.size, chosen))
        if milestones <= _MANY_MILESTONES:
            return Effort.USUAL
        form = FORMATS.get(extension)
        return Effort.LONG if form and not form.is_limited and path != _SEARCH else Effort.SECONDS

    def page_beside(self, path: str) -> str | None:
        """The relative address (RFC 3986 section 4.2) of the page at a path that lacks its final slash, or None."""
        name = path.removeprefix("/")
        embed, _, rest = name.partition("/")
        look, _, embedded = rest.partition("/")
        is_embed = embed == "embed" and look in _LOOKS and (embedded == _SELECTION or self.feeds.canonical(embedded))
        return f"{path.rpartition('/')[2]}/" if self.feeds.canonical(name) or is_embed else None

    @property
    def events(self) -> int:
        """How many events there are."""
        if self._events is None:
            self._events = self.feeds.size("all")
        return self._events

    def paths(self) -> Iterator[str]:
        """Every path where there is something, each once; the first page, which leads to all others, is the last.

        Not those that only a running server can answer: /health, and what depends on a choice.
        """
        return (path for path, _ in self.documents())

    def documents(self, made_of: Collection[str] | None = None) -> Iterator[Document]:
        """The documents at all paths, in the same order. With the addresses of feeds, only what is made of these."""
        feeds = {"", *self.feeds.addresses} if made_of is None else made_of
        if "" in feeds:
            yield from (Document(path, "") for path in (*static_files(), NOT_FOUND))
        if "all" in feeds:
            yield Document(_SEARCH, "all")
        for address in self.feeds.all_addresses:
            feed = self.feeds.canonical(address) or ""
            if feed not in feeds:
                continue
            for extension in self._formats:
                yield Document(f"/{address}.{extension}", feed)
            yield Document(f"/{address}/", feed)
            for look in _LOOKS:
                yield Document(f"/embed/{look}/{address}/", feed)
        if "all" in feeds:
            yield Document("/", "all")

    def missing(self, path: str) -> Representation:
        """What to answer at a path where there is nothing: a page, or one line of text for a program."""
        if path.rpartition(".")[2] in {*FORMATS, "txt", "js", "css"} or path.count("/") > _DEEPEST:
            return Representation(body=b"There is nothing at this address.\n", media_type=PLAIN_TEXT)
        return _page(self._pages.missing(path))

    def _feed(self, address: str, form: Format, choice: Choice) -> Representation:
        alarm = choice.alarm  # one that cannot be read is refused even where it makes no difference
        if choice.kinds or (alarm and form.alarms):
            return self._render(self.feeds.feed(address), form, choice)
        # Another name's address has the same bytes, made once.
        key = (address, form.extension)
        kept = self._kept
        return kept.get(key) or kept.keep(key, self._render(self._feed_at(address), form, _EVERYTHING))

    def _feed_at(self, address: str) -> Feed:
        """The feed at a canonical address."""
        if self._most_reorganizations is not None:
            return self.feeds.feed(address)
        # A process that makes every document makes all of one feed together.
        feed = self._last
        if feed is None or feed.address != address:
            feed = self._last = self.feeds.feed(address)
        return feed

    def _selection(self, form: Format, choice: Choice) -> Representation | None:
        selected = self._selected(choice)
        return self._render(selected, form, choice) if selected else None

    def _selected(self, choice: Choice) -> Feed | None:
        """The union of the feeds that a choice names, or None where it names none that there is."""
        known = {name: self.feeds.canonical(name) for name in choice.feeds}
        chosen = [address for address in known.values() if address]
        if not chosen:
            return None
        return self.feeds.selection(chosen, shown([name for name, address in known.items() if not address]))

    def _render(self, feed: Feed, form: Format, choice: Choice) -> Representation:
        options = replace(self._options, alarm=choice.alarm) if choice.alarms else self._options
        if choice.kinds:
            feed = feed.only(choice.only)
        try:
            body = form.render(feed, options)
        except ValueError as error:
            raise ChoiceError(str(error)) from None
        if self._most_reorganizations is not None:
            self.feeds.forget_beyond(self._most_reorganizations)
        # In half the time that `Representation` takes: for the row "all feeds".
        return tuple.__new__(Representation, (body, form.media_type, feed.address, form.extension, ""))

    def _page(self, path: str, choice: Choice) -> Representation | None:
        name = path[1:-1]
        if path == "/":
            if choice.query:
                return _page(self._pages.index(choice.query))
            return self._kept.once(("all", "index"), lambda: _page(self._pages.index()))
        if page_of := self.feeds.canonical(name):
            return self._kept.once((page_of, "page"), lambda: _page(self._pages.feed(self._feed_at(page_of))))
        embed, _, rest = name.partition("/")
        look, _, embedded = rest.partition("/")
        if embed == "embed" and look in _LOOKS:
            return self._embed(look, embedded, choice)
        return None

    def _embed(self, look: str, name: str, choice: Choice) -> Representation | None:
        theme, address = choice.theme, self.feeds.canonical(name)
        if address and not choice.kinds:
            key = (address, f"{look} {theme}")
            return self._kept.once(key, lambda: self._embedded(look, self._feed_at(address), address, theme))
        feed = self.feeds.feed(address) if address else self._selected(choice) if name == _SELECTION else None
        if feed is None:
            return None
        return self._embedded(look, feed.only(choice.only) if choice.kinds else feed, address or _SELECTION, theme)

    def _embedded(self, look: str, feed: Feed, at: str, theme: str) -> Representation:
        # The site's own pages show a preview.
        ancestors = " ".join(["'self'", *self.catalog.site.embed_on])
        return _page(self._pages.embed(look, feed, at, theme), ancestors)


def _extension(path: str) -> str:
    return path.rpartition(".")[2]


def _page(body: bytes, frame_ancestors: str = "") -> Representation:
    return Representation(body=body, media_type=html.MEDIA_TYPE, frame_ancestors=frame_ancestors or "'none'")


def _data(body: bytes) -> Representation:
    return Representation(body=body, media_type=FORMATS["json"].media_type)
