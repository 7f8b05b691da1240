"""What the data says, in the words of the filings: immutable values, no files, no formats.

Identity is an id or a pair of ids, never a name: two portfolios of two trusts often share one.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from calfeed.dates import When
from calfeed.kinds import Kind

_NOT_IN_SLUGS = re.compile("[^a-z0-9]+")
_GENRE_IN_SLUGS = re.compile("(?:^|-)(?:portfolio|fund)$")
_GENRE = re.compile(r"[\s-]+(?:portfolio|fund)$", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def slug(words: str) -> str:
    """A title as it stands in UIDs: lower case, anything but a to z and 0 to 9 a hyphen; may leave nothing."""
    return _NOT_IN_SLUGS.sub("-", words.lower()).strip("-")


def brief(name: str) -> str:
    """A name without a trailing "Portfolio" or "Fund", as people say it."""
    return _GENRE.sub("", name)


def address_slug(name: str) -> str:
    """A name as it stands in addresses: its slug without a trailing "portfolio" or "fund"; may leave nothing."""
    return _GENRE_IN_SLUGS.sub("", slug(name))


def _slugs(own_id: str, other_names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([own_id, *filter(None, map(address_slug, other_names))]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as a whole, from `site.yaml`. `url` has no slash at its end and may be empty."""

    title: str
    domain: str
    url: str
    refresh: timedelta
    events_per_feed: int | None
    """The author's own limit of events in one feed; None for calfeed's (1,000 events and 900 kB)."""
    google_links: str
    """The scheme of the address that Google Calendar is given: webcal or https."""
    embed_on: tuple[str, ...]
    """The origins whose pages may frame calfeed's (RFC 6454): scheme, host and perhaps port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """A registered investment company with series; "trust" is its genre, whatever its legal form."""

    id: str
    name: str
    short_name: str
    other_names: tuple[str, ...]
    cik: str

    @property
    def slugs(self) -> tuple[str, ...]:
        """What stands for it in addresses: its id, then its other names' slugs."""
        return _slugs(self.id, self.other_names)

    @property
    def address(self) -> str:
        """That of its feed, without a slash before it or a format behind it."""
        return f"trusts/{self.id}"

    @property
    def label(self) -> str:
        """What stands for it in a short text."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A series of a trust, identified by both ids."""

    trust: Trust
    id: str
    name: str
    other_names: tuple[str, ...]
    confidential: bool = False

    @property
    def address(self) -> str:
        """That of its feed, without a slash before it or a format behind it."""
        return f"trusts/{self.trust.id}/{self.id}"

    @property
    def slugs(self) -> tuple[str, ...]:
        """What stands for it in addresses: its id, then its other names' slugs."""
        return _slugs(self.id, self.other_names)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFund:
    """An acquiring fund that no trust of the data folder has; it gets no feed."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that dates were taken from, by its `key` in the plan; `dated` is when they became known."""

    key: str
    title: str
    dated: date
    url: str
    form: str
    accession: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """That something will not happen, who says so, and why (which may be empty)."""

    source: Source
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One milestone of one reorganization, with everything that has happened to it applied.

    `when` is what holds now, after a completion the exact day; `stated` is what the milestone itself says. `previously`
    are the earlier states, newest first, None where it had been cancelled. `cancelled`, `approved` and `completed` are
    given only where they change this milestone. `sequence` is its number of revisions (RFC 5545 section 3.8.7.4),
    `revised` the day of the latest.
    """

    slug: str
    kind: Kind
    title: str
    """The author's own title, with a capital, or the kind's label."""
    when: When
    stated: When
    conditions: tuple[str, ...]
    note: str
    source: Source
    previously: tuple[When | None, ...]
    corrected: tuple[date, ...]
    cancelled: Cancellation | None
    approved: Source | None
    completed: Source | None
    sequence: int
    revised: date

    @property
    def dated_states(self) -> tuple[When, ...]:
        """What holds now and what held before, newest first, as far as it gives a day."""
        if not self.previously:
            return (self.when,) if self.when.first else ()
        return tuple(state for state in (self.when, *self.previously) if state and state.first)

    @property
    def previously_in_words(self) -> tuple[str, ...]:
        """The earlier states in the sources' words, newest first."""
        return tuple(state.words if state else "cancelled" for state in self.previously)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganization:
    """A target and what it becomes: the acquiring portfolio, or None where it is liquidated.

    `cancelled`, `approved` and `completed` are what happened to it as a whole.
    """

    target: Portfolio
    acquiring: Portfolio | OutsideFund | None
    cancelled: Cancellation | None
    approved: Source | None
    completed: Source | None
    milestones: tuple[Milestone, ...]

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The target and, where it is a portfolio of a trust here, the acquiring one."""
        return (self.target, self.acquiring) if isinstance(self.acquiring, Portfolio) else (self.target,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of reorganization: what one board put before one or more portfolios' shareholders."""

    id: str
    title: str
    """The author's title, or one made of the targets."""
    sources: tuple[Source, ...]
    reorganizations: tuple[Reorganization, ...]
    confidential: bool = False
    """Whether only readers may see it: as marked, or since it names a confidential portfolio."""

    @property
    def address(self) -> str:
        """That of its feed, without a slash before it or a format behind it."""
        return f"plans/{self.id}"

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The portfolios that its reorganizations name, some perhaps more than once."""
        return tuple(portfolio for each in self.reorganizations for portfolio in each.portfolios)
