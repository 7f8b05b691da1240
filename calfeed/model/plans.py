"""Plans of reorganization, in the words of the filings: immutable values, no files, no formats."""

from dataclasses import dataclass
from datetime import date

from calfeed.model.kinds import Kind
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, When


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
    are the earlier dates, newest first, None where it had been cancelled. `cancelled`, `approved` and `completed` are
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
    def dates(self) -> tuple[Dated, ...]:
        """What holds now and what held before, newest first, as far as it gives a day."""
        return tuple(when for when in (self.when, *self.previously) if isinstance(when, Dated))

    @property
    def previously_in_words(self) -> tuple[str, ...]:
        """The earlier dates in the sources' words, newest first."""
        return tuple(when.words if when else "cancelled" for when in self.previously)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganization:
    """A target and what it becomes: the acquiring portfolio, or None where it is liquidated.

    `key` is what all its UIDs begin with, and no other's. `cancelled`, `approved` and `completed` are what happened to
    it as a whole.
    """

    key: str
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
