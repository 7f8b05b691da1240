"""Plans of reorganization, in the words of the filings: immutable values, no files, no formats."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from calfeed.model.kinds import Kind
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, When, in_words, month_in_words


class Of(StrEnum):
    """Whose milestone it is: the target's, the acquirer's, or that of both."""

    TARGET = "target"
    ACQUIRING = "acquiring"
    BOTH = "both"


class LeftOut(NamedTuple):
    """Words of a source that are not a milestone of the plan, and the reason."""

    words: str
    reason: str


class Source(NamedTuple):
    """A document that dates were taken from, by its `key` in the plan.

    `dated` is the document's date: the day on which its dates became known. If the document gives only a month, it is
    the first day of that month. `entered` is the day on which the source was put into the data, if that was later.
    """

    key: str
    title: str
    dated: date
    url: str
    form: str
    accession: str
    gives_month: bool = False
    """Whether the document gives only a month."""
    entered: date | None = None
    left_out: tuple[LeftOut, ...] = ()

    @property
    def last_possible(self) -> date:
        """The last day that the document's date leaves possible."""
        if not self.gives_month:
            return self.dated
        return self.dated.replace(day=monthrange(self.dated.year, self.dated.month)[1])

    @property
    def dated_in_words(self) -> str:
        """Its date as it is printed: `December 14, 2007`, or `December 2007`."""
        return month_in_words(self.dated) if self.gives_month else in_words(self.dated)

    @property
    def news_on(self) -> date:
        """The day on which followers of the data first see it: `entered`, or else `dated`."""
        return self.entered or self.dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """A cancellation: the source that states it, and its reason, which may be empty."""

    source: Source
    reason: str


class Milestone(NamedTuple):  # a frozen dataclass takes three times as long to make: for the row "folder to catalog"
    """One milestone of one reorganization, with everything that has happened to it applied.

    `stated` is the date that the milestone itself states. `when` is the date that holds now: `stated`, or after a
    completion the exact day. `previously` are the earlier dates, newest first; None stands for "cancelled".
    `cancelled`, `approved` and `completed` are given only if they change this milestone. `sequence` is its number of
    revisions (RFC 5545 section 3.8.7.4), `revised` the day of the latest.
    """

    slug: str
    kind: Kind
    title: str
    """The author's own title, with a capital, or the kind's label; it says whose, where that is not the target's."""
    of: Of
    when: When
    stated: When
    source: Source
    revised: date
    sequence: int = 0
    conditions: tuple[str, ...] = ()
    may_change: bool = False
    """Whether the source says that the date may still change, and depends on nothing in particular."""
    note: str = ""
    quote: str = ""
    """The sentence or clause of the source that states it; may be empty."""
    as_printed: bool = False
    """Whether the author says that the source really prints this day."""
    previously: tuple[When | None, ...] = ()
    corrected: tuple[date, ...] = ()
    cancelled: Cancellation | None = None
    approved: Source | None = None
    completed: Source | None = None
    as_of: date | None = None
    """The day of the latest document about it, if `revised` is that of a state of the plan that never held for it."""

    @property
    def dates(self) -> tuple[Dated, ...]:
        """The present date and the earlier ones, newest first, without those that give no day."""
        return tuple(when for when in (self.when, *self.previously) if isinstance(when, Dated))

    @property
    def shown(self) -> Dated | None:
        """The date on which its event stands: the present one, or the last that it had; None if it never had any."""
        when = self.when
        if isinstance(when, Dated):
            return when
        return next((when for when in self.previously if isinstance(when, Dated)), None)

    def has_only_month(self, day: date) -> bool:
        """Whether only the month is known of a day on which something was stated of it."""
        cancelling = self.cancelled.source if self.cancelled else None
        gives_month = False
        for source in (self.source, cancelling, self.approved, self.completed):
            if source and source.dated == day:
                if not source.gives_month:
                    return False
                gives_month = True
        return gives_month and day not in self.corrected

    @property
    def previously_in_words(self) -> tuple[str, ...]:
        """The earlier dates in the sources' words, newest first."""
        return tuple(when.words if when else "cancelled" for when in self.previously)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorganization:
    """A target and its acquirer, which is None for a liquidation.

    All its UIDs begin with `key`, and no others do. `id` is the author's, or empty. The classes are the share classes
    that take part; they are empty if the whole fund does. `cancelled`, `approved` and `completed` are the states of the
    reorganization as a whole.
    """

    key: str
    id: str
    target: Portfolio
    target_classes: tuple[str, ...]
    acquiring: Portfolio | OutsideFund | None
    acquiring_classes: tuple[str, ...]
    cancelled: Cancellation | None
    approved: Source | None
    completed: Source | None
    milestones: tuple[Milestone, ...]

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The target, and the acquirer if it is another portfolio of the data folder."""
        acquiring = self.acquiring
        if isinstance(acquiring, Portfolio) and not self.is_within_portfolio:
            return (self.target, acquiring)
        return (self.target,)

    @property
    def is_within_portfolio(self) -> bool:
        """Whether a class of the target becomes another class of the same portfolio."""
        return self.acquiring == self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of reorganization: what one board put before one or more portfolios' shareholders."""

    id: str
    title: str
    """The author's title, or one made of the targets."""
    sources: tuple[Source, ...]
    reorganizations: tuple[Reorganization, ...]
    confidential: bool = False
    """Whether only readers may see it."""

    @property
    def address(self) -> str:
        """That of its feed, without a slash before it or a format behind it."""
        return f"plans/{self.id}"

    @property
    def portfolios(self) -> tuple[Portfolio, ...]:
        """The portfolios that its reorganizations name, some perhaps more than once."""
        return tuple(portfolio for each in self.reorganizations for portfolio in each.portfolios)
