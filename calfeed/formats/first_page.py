"""What the first page shows of a catalog, each part worked out once: of thousands of plans only what is shown."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from heapq import nlargest
from itertools import groupby
from typing import NamedTuple

from calfeed.feeds.changes import Change, changes_of
from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats.answers import Answer, answer
from calfeed.formats.directory import Listed, directory
from calfeed.formats.keeping import kept_or_made
from calfeed.formats.search import Found, Search
from calfeed.formats.wording import CONFIDENTIAL, standing
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import Kind
from calfeed.model.naming import parties
from calfeed.model.plans import Milestone, Plan, Reorganization
from calfeed.model.trusts import Trust
from calfeed.model.when import Dated

LIST_PORTFOLIOS_UP_TO = 1_000
"""With more, the first page lists trusts alone, by letter: the search and the trusts' own pages have the portfolios."""
BY_DATE = 20
"""How many milestones the first page lists where no script can tell which of them come next."""
CHANGES = 10
_MOST_ANSWERS = 5_000


class Folded(NamedTuple):
    """A milestone of a plan, and how many more reorganizations of the plan have the same."""

    entry: Entry
    more: int


class Lines(NamedTuple):
    """The lines of an agenda: those of milestones that have a day, and those of milestones that have none."""

    with_day: list[Folded]
    without_day: list[Folded]


class Line(NamedTuple):
    """A trust, a portfolio or a plan in a list, and how it stands with its reorganizations; empty if it has none."""

    listed: Listed
    answer: str


class TrustLines(NamedTuple):
    """A trust in a list, with its portfolios."""

    trust: Trust
    line: Line
    portfolios: tuple[Line, ...]


class Initial(NamedTuple):
    """The trusts whose names begin with a letter; those that begin otherwise stand under `#`."""

    letter: str
    trusts: tuple[Trust, ...]


class FirstPage:
    """The parts of the first page of a catalog, and its search."""

    address = "all"

    def __init__(self, catalog: Catalog, feeds: Feeds) -> None:
        self._catalog = catalog
        self._feeds = feeds
        self._answers: dict[str, Answer] = {}
        self.name = feeds.name(self.address)

    @cached_property
    def kinds(self) -> list[Kind]:
        """All kinds that the catalog has."""
        # By name, since Python makes a kind's hash of all that it says.
        by_name = {each.kind.name: each.kind for plan in self._catalog.plans for each in _milestones(plan)}
        return list(by_name.values())

    @cached_property
    def by_date(self) -> list[Folded]:
        """The milestones with the latest days, the latest first."""
        plans = nlargest(BY_DATE, self._catalog.plans, key=lambda plan: (_last_day(plan), plan.id))
        return list(reversed(folded(self._of(plans).entries).with_day))[:BY_DATE]

    @cached_property
    def changes(self) -> list[Change]:
        """What changed last, the latest first."""
        plans = nlargest(CHANGES, self._catalog.plans, key=lambda plan: max(each.news_on for each in plan.sources))
        return changes_of(self._of(plans))[:CHANGES]

    @cached_property
    def trusts(self) -> list[TrustLines]:
        """All trusts with their portfolios; none where these are too many for one page."""
        if self._is_large:
            return []
        listed = {each.address: self._line(each) for each in self._directory}
        portfolios: dict[str, list[Line]] = {trust.id: [] for trust in self._catalog.trusts}
        for portfolio in self._catalog.portfolios:
            portfolios[portfolio.trust.id].append(listed[portfolio.address])
        return [TrustLines(trust, listed[trust.address], tuple(portfolios[trust.id])) for trust in self._catalog.trusts]

    @cached_property
    def by_letter(self) -> list[Initial]:
        """All trusts by the first letters of their names, where their portfolios are too many for one page."""
        trusts = sorted(self._catalog.trusts, key=lambda trust: (_initial(trust), trust.name.casefold()))
        return (
            [Initial(letter, tuple(those)) for letter, those in groupby(trusts, key=_initial)] if self._is_large else []
        )

    def find(self, query: str) -> Found:
        """What a text finds."""
        return self._search.find(query)

    def lines(self, listed: Iterable[Listed]) -> list[Line]:
        """Each of what has been found, and how it stands with it."""
        return [self._line(each) for each in listed]

    @property
    def _is_large(self) -> bool:
        return len(self._catalog.portfolios) > LIST_PORTFOLIOS_UP_TO

    @cached_property
    def _directory(self) -> list[Listed]:
        return directory(self._catalog, self._feeds)

    @cached_property
    def _search(self) -> Search:
        return Search(self._directory)

    def _line(self, listed: Listed) -> Line:
        reorganizations = self._feeds.reorganizations(listed.address)
        if not reorganizations:
            return Line(listed, "")
        first = max(reorganizations, key=self._order)
        more = len(reorganizations) - 1
        mark = f" · {CONFIDENTIAL}" if first.key in self._confidential else ""
        others = f" · {more:,} more reorganization{'s' if more > 1 else ''}" if more else ""
        return Line(listed, f"{self._answer(first).in_brief} · {parties(first)}{mark}{others}")

    @cached_property
    def _confidential(self) -> frozenset[str]:
        """The keys of the reorganizations that only readers may see."""
        plans = (plan for plan in self._catalog.plans if plan.confidential)
        return frozenset(each.key for plan in plans for each in plan.reorganizations)

    def _order(self, reorganization: Reorganization) -> tuple[bool, str, str]:
        """The key by which the greatest comes first: open before closed, then the latest day.

        No two have the same, so that it makes no difference in which order they are looked at.
        """
        found = self._answer(reorganization)
        return found.is_open, found.day, reorganization.key

    def _answer(self, reorganization: Reorganization) -> Answer:
        return kept_or_made(self._answers, reorganization.key, _MOST_ANSWERS, lambda: answer(reorganization))

    def _of(self, plans: Iterable[Plan]) -> Feed:
        """The feed of some plans; of no plans that of everything, which is empty then."""
        addresses = [plan.address for plan in plans]
        return self._feeds.selection(addresses) if addresses else self._feeds.feed(self.address)


def folded(entries: Iterable[Entry]) -> Lines:
    """The lines for entries, in their order; those of one plan that say the same are in one.

    A deferred milestone counts as without a day; a cancelled one keeps its day.
    """
    with_day: dict[object, list[Entry]] = {}
    without_day: dict[object, list[Entry]] = {}
    for entry in entries:
        # Within one reorganization no two say the same: most plans have no other, and need not be compared.
        says = _says(entry) if len(entry.plan.reorganizations) > 1 else entry.order
        (with_day if _has_day(entry) else without_day).setdefault(says, []).append(entry)
    return Lines(*([Folded(group[0], len(group) - 1) for group in same.values()] for same in (with_day, without_day)))


def _has_day(entry: Entry) -> bool:
    return bool(entry.start) and (isinstance(entry.milestone.when, Dated) or entry.milestone.cancelled is not None)


def _says(entry: Entry) -> object:
    """What a line of an agenda says of an entry, but for the reorganization."""
    milestone = entry.milestone
    return entry.plan.id, milestone.slug, milestone.title, milestone.when, standing(milestone)


def _milestones(plan: Plan) -> Iterable[Milestone]:
    return (milestone for each in plan.reorganizations for milestone in each.milestones)


def _last_day(plan: Plan) -> date:
    return max((shown.first for each in _milestones(plan) if (shown := each.shown)), default=date.min)


def _initial(trust: Trust) -> str:
    first = trust.name[0].upper()
    return first if first.isalpha() else "#"
