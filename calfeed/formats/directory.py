"""What a site has, in one list: trusts, portfolios and plans with their names and days, to be searched and followed.

The script of the pages loads it, and pages that work without script are made of it.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from calfeed.feeds.feeds import Feeds
from calfeed.formats.answers import Answer, answer, was
from calfeed.formats.wording import CONFIDENTIAL, DayWords, day_words, depends_on, is_off, meant
from calfeed.model.catalog import Catalog
from calfeed.model.naming import parties
from calfeed.model.plans import Milestone, Plan, Reorganization
from calfeed.model.trusts import Portfolio, Trust, address_slug, brief
from calfeed.model.when import Dated

_EPOCH = date(1970, 1, 1)
_OPEN_END = -1
_OPEN, _DONE, _OFF = range(3)
"""How things stand with a reorganization."""
_OUTSIDE_DATE = "outside date"
"""The kind of the last day for a reorganization."""
_Texts: TypeAlias = dict[tuple[str, ...], int]
"""Texts of which a day's title and words consist, with their indexes."""


class Day(NamedTuple):
    """When a milestone is, its title, and what to say of its days; `last` is None where the end is open.

    `meant` is as in `wording.meant`.
    """

    first: date
    last: date | None
    title: str
    words: DayWords
    meant: str

    def __str__(self) -> str:
        return f"{self.title}: {self.words}"


class Listed(NamedTuple):
    """A trust, a portfolio or a plan: its address, and what it is called.

    `label` is its calendar's name, `names` are its own name and all others. `trust` is what stands for a portfolio's
    trust in a short text, `trusts` are the addresses of the trusts that it belongs to, and `cik` is a trust's.
    """

    address: str
    label: str
    names: tuple[str, ...]
    trust: str = ""
    trusts: tuple[str, ...] = ()
    cik: str = ""

    @property
    def searched(self) -> tuple[str, ...]:
        """All names by which it is found."""
        return (*self.names, f"CIK {self.cik}") if self.cik else self.names

    @property
    def beside(self) -> str:
        """What stands beside its name in a list: what it is or whose, its CIK, and its other names."""
        what = "plan" if self.is_plan else self.trust if self.trusts else "trust"
        cik = f"CIK {self.cik}" if self.cik else ""
        others = f"also {', '.join(self.names[1:])}" if self.names[1:] else ""
        return " · ".join(filter(None, [what, cik, others]))

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan."""
        return self.address.startswith("plans/")


def directory(catalog: Catalog, feeds: Feeds) -> list[Listed]:
    """All that a catalog has: trusts, then portfolios, then plans, in their files' order."""
    found = [_trust(each, feeds.name(each.address)) for each in catalog.trusts]
    found += [_portfolio(each, feeds.name(each.address)) for each in catalog.portfolios]
    return found + [_plan(each, feeds.name(each.address)) for each in catalog.plans]


def _portfolio(portfolio: Portfolio, label: str) -> Listed:
    names = _distinct(portfolio.name, portfolio.short_name, *portfolio.other_names, *portfolio.earlier_names)
    trust = "" if portfolio.stands_alone else portfolio.trust.label
    return Listed(portfolio.address, label, names, trust, (portfolio.trust.address,))


def days_of(reorganizations: Iterable[Reorganization]) -> list[Day]:
    """When the milestones of some reorganizations are, each day once, by date."""
    return sorted({day for each in reorganizations for day in _days(each)}, key=_order)


def to_search(catalog: Catalog, feeds: Feeds, earlier: bytes, differing: Collection[str]) -> bytes:
    """What a catalog has as the JSON that the script loads: `texts`, `trusts` and `plans`.

    A trust is a list of its id, its name, its short name, its other names, its CIK, its calendar's name, and its
    portfolios. A portfolio is a list of its name, its id, its calendar's name, and its other names. A plan is a list of
    its id, its title, its calendar's name, its reorganizations, and its mark if only readers may see it. A
    reorganization is a list of who becomes what, its portfolios by their places among all, its days, and its answer;
    both are left out where the one before it has the same.

    A day is three numbers: how many days after the one before it begins (for the first: after January 1, 1970); how
    many more days it lasts, or -1 where its end is open; and the index in `texts` of its title, the words before and
    after the date, and how its days are meant (`wording.meant`). Empty values at the end of a list are left out. An id
    or a calendar's name is empty where the script can derive it from the name.

    An answer is three numbers: how things stand (0 open, 1 done, 2 off); the place among the days of what completes the
    reorganization, or -1; and an index in `texts`. Where it is open and has such a day, the answer is what is said of
    the day, and the texts are what to say once it is over: a title, and the words before and after the date. Otherwise
    they are the answer, and two empty ones.

    `earlier` is such a document of the same trusts and portfolios, or empty. What it says of these is not made again,
    nor what it says of plans. Only plans with the ids in `differing` are. This is for the row "build after an edit" of
    `python -m tests.benchmarks`.
    """
    rows = json.loads(earlier) if earlier else {"texts": [], "trusts": _trust_rows(catalog, feeds), "plans": []}
    said = [tuple(each) for each in rows["texts"]]
    known = {row[0]: row for row in rows["plans"] if row[0] not in differing}
    places = {portfolio.address: number for number, portfolio in enumerate(catalog.portfolios)}
    texts: _Texts = {}
    plans = []
    for plan in catalog.plans:
        row = known.get(plan.id)
        plans.append(_with_texts(row, said, texts) if row else _plan_row(plan, feeds, places, texts))
    found = {"texts": list(texts), "trusts": rows["trusts"], "plans": plans}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _with_texts(row: list[Any], said: Sequence[tuple[str, ...]], texts: _Texts) -> list[Any]:
    """A plan's row in an earlier document, whose texts are `said`, with the indexes of its texts in this one."""
    for reorganization in row[3]:
        for numbers in reorganization[2:]:
            numbers[2::3] = [texts.setdefault(said[each], len(texts)) for each in numbers[2::3]]
    return row


def _trust_rows(catalog: Catalog, feeds: Feeds) -> list[list[Any]]:
    of_trust: dict[str, list[list[Any]]] = {trust.id: [] for trust in catalog.trusts}
    for portfolio in catalog.portfolios:
        of_trust[portfolio.trust.id].append(_portfolio_row(portfolio, feeds))
    return [_trust_row(each, feeds, of_trust[each.id]) for each in catalog.trusts]


def _trust_row(trust: Trust, feeds: Feeds, portfolios: list[list[Any]]) -> list[Any]:
    label = _unless(trust.name, feeds.name(trust.address))
    return _trimmed(trust.id, trust.name, trust.short_name, trust.other_names, trust.cik, label, portfolios)


def _plan_row(plan: Plan, feeds: Feeds, places: Mapping[str, int], texts: _Texts) -> list[Any]:
    reorganizations = _reorganizations(plan, places, texts)
    mark = CONFIDENTIAL if plan.confidential else ""
    return _trimmed(plan.id, plan.title, _unless(plan.title, feeds.name(plan.address)), reorganizations, mark)


def _portfolio_row(portfolio: Portfolio, feeds: Feeds) -> list[Any]:
    name = portfolio.name
    own_id = _unless(address_slug(name) if name.isascii() else "", portfolio.id)
    label = _unless(f"{brief(name)} ({portfolio.trust.label})", feeds.name(portfolio.address))
    others = _distinct(portfolio.short_name, *portfolio.other_names, *portfolio.earlier_names)
    return _trimmed(name, own_id, label, [each for each in others if each != name])


def _reorganizations(plan: Plan, places: Mapping[str, int], texts: _Texts) -> list[list[Any]]:
    rows: list[list[Any]] = []
    before: list[list[int]] = []
    for each in plan.reorganizations:
        days = days_of([each])
        said = [_numbers(days, texts), _answer_numbers(answer(each), days, texts)]
        same: list[Any] = [parties(each), [places[portfolio.address] for portfolio in each.portfolios]]
        rows.append(same if said == before else [*same, *said])
        before = said
    return rows


def _answer_numbers(found: Answer, days: Sequence[Day], texts: _Texts) -> list[int]:
    day = _day(found.milestone) if found.milestone else None
    place = days.index(day) if day else -1
    text = (found.in_brief, "", "")
    if found.milestone and isinstance(when := found.milestone.when, Dated) and found.is_open:
        words = was(when)
        text = (found.milestone.title, words.before, words.behind)
    standing = _DONE if found.is_done else _OFF if found.is_off else _OPEN
    return [standing, place, texts.setdefault(text, len(texts))]


def _numbers(days: Iterable[Day], texts: _Texts) -> list[int]:
    numbers, before = [], _EPOCH
    for day in days:
        text = (day.title, day.words.before, day.words.behind, *filter(None, [day.meant]))
        said = texts.setdefault(text, len(texts))
        follow = _OPEN_END if day.last is None else (day.last - day.first).days
        numbers += [(day.first - before).days, follow, said]
        before = day.first
    return numbers


def _unless(expected: str, found: str) -> str:
    """A text, or an empty one where it is as expected."""
    return "" if found == expected else found


def _trimmed(*values: Any) -> list[Any]:
    """Values without the empty ones at their end."""
    found = list(values)
    while found and not found[-1]:
        found.pop()
    return found


def _days(reorganization: Reorganization) -> Iterator[Day]:
    for milestone in reorganization.milestones:
        if reorganization.completed and milestone.kind.name == _OUTSIDE_DATE:
            continue  # what is done can no longer be too late
        if day := _day(milestone):
            yield day


def _day(milestone: Milestone) -> Day | None:
    """When a milestone is; None where it has no day, or none any more."""
    when = milestone.when
    if not isinstance(when, Dated) or is_off(milestone):
        return None
    words = day_words(when)
    if depends := depends_on(milestone):
        words = words._replace(behind=f"{words.behind}; {depends}")
    return Day(when.first, when.last if when.last_possible else None, milestone.title, words, meant(when))


def _order(day: Day) -> tuple[date, date, str, DayWords]:
    return day.first, day.last or date.max, day.title, day.words


def _trust(trust: Trust, label: str) -> Listed:
    return Listed(trust.address, label, _distinct(trust.name, trust.short_name, *trust.other_names), cik=trust.cik)


def _plan(plan: Plan, label: str) -> Listed:
    trusts = dict.fromkeys(portfolio.trust.address for portfolio in plan.portfolios)
    return Listed(plan.address, label, (plan.title,), trusts=tuple(trusts))


def _distinct(*names: str) -> tuple[str, ...]:
    """The names that are not empty, each once."""
    return tuple(dict.fromkeys(filter(None, names)))
