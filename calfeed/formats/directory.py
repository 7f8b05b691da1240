"""What a site has, in one list: trusts, portfolios and plans with their names and days, to be searched and followed.

The script of the pages loads it, and pages that work without script are made of it.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from calfeed.feeds.feeds import Feeds
from calfeed.formats.wording import DayWords, day_words, depends_on, is_off
from calfeed.model.catalog import Catalog
from calfeed.model.naming import parties
from calfeed.model.plans import Plan, Reorganization
from calfeed.model.trusts import Portfolio, Trust
from calfeed.model.when import Dated

_EPOCH = date(1970, 1, 1)
_OPEN_END = -1


class Day(NamedTuple):
    """When a milestone is, its title, and what to say of its days; `last` is None where the end is open."""

    first: date
    last: date | None
    title: str
    words: DayWords

    def __str__(self) -> str:
        return f"{self.title}: {self.words}"


class Listed(NamedTuple):
    """A trust, a portfolio or a plan: its address, what it is called, and when its milestones are, by date.

    `label` is its calendar's name, `names` are its own name and all others by which it is found. `trust` is what stands
    for a portfolio's trust in a short text, `trusts` are the addresses of the trusts that it belongs to, `cik` is a
    trust's, and `who` says of a plan with a single reorganization who becomes what.
    """

    address: str
    label: str
    names: tuple[str, ...]
    days: tuple[Day, ...]
    trust: str = ""
    trusts: tuple[str, ...] = ()
    cik: str = ""
    who: str = ""


def directory(catalog: Catalog, feeds: Feeds) -> list[Listed]:
    """All that a catalog has: trusts, then portfolios, then plans, in their files' order."""
    days = _days_by_address(catalog)
    found = [_trust(each, feeds.name(each.address), days.get(each.address, ())) for each in catalog.trusts]
    found += [_portfolio(each, feeds.name(each.address), days.get(each.address, ())) for each in catalog.portfolios]
    return found + [_plan(each, feeds.name(each.address), days.get(each.address, ())) for each in catalog.plans]


def to_search(listed: Iterable[Listed]) -> bytes:
    """A directory as the JSON that the script loads.

    Each of its `rows` is a list: address, label, names, trust's short text, trusts' addresses, CIK, who, and the days.
    A day is three numbers: the first day, counted from January 1, 1970; how many days follow it, or -1 where the end is
    open; and which of `words` it has: a title, and the texts that stand before and behind the day.
    """
    words: dict[tuple[str, str, str], int] = {}
    rows = []
    for each in listed:
        numbers: list[int] = []
        for day in each.days:
            said = words.setdefault((day.title, day.words.before, day.words.behind), len(words))
            follow = _OPEN_END if day.last is None else (day.last - day.first).days
            numbers += [(day.first - _EPOCH).days, follow, said]
        rows.append([each.address, each.label, each.names, each.trust, each.trusts, each.cik, each.who, numbers])
    return json.dumps({"words": list(words), "rows": rows}, ensure_ascii=False, separators=(",", ":")).encode()


def _days_by_address(catalog: Catalog) -> dict[str, tuple[Day, ...]]:
    """When what touches each plan, trust and portfolio is, each day once, by date."""
    found: dict[str, set[Day]] = {}
    for plan in catalog.plans:
        for reorganization in plan.reorganizations:
            days = set(_days(reorganization))
            for address in _addresses(plan, reorganization):
                found.setdefault(address, set()).update(days)
    return {address: tuple(sorted(days, key=_order)) for address, days in found.items()}


def _addresses(plan: Plan, reorganization: Reorganization) -> set[str]:
    portfolios = reorganization.portfolios
    return {plan.address, *(each.address for each in portfolios), *(each.trust.address for each in portfolios)}


def _days(reorganization: Reorganization) -> Iterator[Day]:
    for milestone in reorganization.milestones:
        when = milestone.when
        if not isinstance(when, Dated) or is_off(milestone):
            continue
        words = day_words(when)
        if depends := depends_on(milestone):
            words = words._replace(behind=f"{words.behind}; {depends}")
        yield Day(when.first, when.last if when.last_possible else None, milestone.title, words)


def _order(day: Day) -> tuple[date, date, str, DayWords]:
    return day.first, day.last or date.max, day.title, day.words


def _trust(trust: Trust, label: str, days: tuple[Day, ...]) -> Listed:
    names = _distinct(trust.name, trust.short_name, *trust.other_names)
    return Listed(trust.address, label, names, days, cik=trust.cik)


def _portfolio(portfolio: Portfolio, label: str, days: tuple[Day, ...]) -> Listed:
    names = _distinct(portfolio.name, portfolio.short_name, *portfolio.other_names, *portfolio.earlier_names)
    trust = "" if portfolio.stands_alone else portfolio.trust.label
    return Listed(portfolio.address, label, names, days, trust, (portfolio.trust.address,))


def _plan(plan: Plan, label: str, days: tuple[Day, ...]) -> Listed:
    trusts = dict.fromkeys(portfolio.trust.address for portfolio in plan.portfolios)
    who = parties(plan.reorganizations[0]) if len(plan.reorganizations) == 1 else ""
    return Listed(plan.address, label, (plan.title,), days, trusts=tuple(trusts), who=who)


def _distinct(*names: str) -> tuple[str, ...]:
    """The names that are not empty, each once."""
    return tuple(dict.fromkeys(filter(None, names)))
