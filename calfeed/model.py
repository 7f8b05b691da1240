"""What the data says, in the words of the filings: immutable values, no files, no formats.

Identity is an id or a pair of ids, never a name: two portfolios of two trusts often share one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from calfeed.dates import When
from calfeed.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as a whole, from `site.yaml`. `url` has no slash at its end and may be empty."""

    title: str
    domain: str
    url: str
    refresh: timedelta
    events_per_feed: int | None
    """The author's own limit of events in one feed; None for calfeed's (1,000 events and 900 kB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """A registered investment company with series; "trust" is its genre, whatever its legal form."""

    id: str
    name: str
    short_name: str
    other_names: tuple[str, ...]
    cik: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A series of a trust, identified by both ids."""

    trust: Trust
    id: str
    name: str
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFund:
    """An acquiring fund that no trust of the data folder has; it gets no feed."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that dates were taken from; `dated` is the day on which they became known."""

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

    `when` is what holds now: after a completion the exact day. `previously` are the earlier states, newest first, None
    where it had been cancelled. `cancelled`, `approved` and `completed` are given only where they change this
    milestone. `sequence` is its number of revisions (RFC 5545 section 3.8.7.4), `revised` the day of the latest.
    """

    slug: str
    kind: Kind
    title: str
    when: When
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganization:
    """A target and what it becomes: the acquiring portfolio, or None where it is liquidated."""

    target: Portfolio
    acquiring: Portfolio | OutsideFund | None
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of reorganization: what one board put before one or more portfolios' shareholders."""

    id: str
    title: str
    sources: tuple[Source, ...]
    reorganizations: tuple[Reorganization, ...]
