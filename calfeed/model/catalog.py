"""All that a data folder says, checked."""

from dataclasses import dataclass
from datetime import timedelta

from calfeed.model.plans import Plan
from calfeed.model.trusts import Portfolio, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site as a whole, from `site.yaml`. `url` has no slash at its end and may be empty."""

    title: str
    domain: str
    url: str
    refresh: timedelta
    events_per_feed: int | None
    """The author's own limit of events in one feed; None for calfeed's (1,000 events and 900 kB)."""
    embed_on: tuple[str, ...]
    """The origins whose pages may frame calfeed's (RFC 6454): scheme, host and perhaps port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All that a data folder says, checked. Trusts, portfolios and plans stand in the order of their files."""

    site: Site
    trusts: tuple[Trust, ...]
    portfolios: tuple[Portfolio, ...]
    plans: tuple[Plan, ...]
