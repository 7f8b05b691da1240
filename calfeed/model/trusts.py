"""Trusts and their portfolios. Identity is an id or a pair of ids, never a name: two portfolios often share one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_NOT_IN_SLUGS = re.compile("[^a-z0-9]+")
_GENRE_IN_SLUGS = re.compile("(?:^|-)(?:portfolio|fund)$")
_GENRES = frozenset({"portfolio", "fund"})


@lru_cache(maxsize=10_000)
def slug(words: str) -> str:
    """Return a title for use in UIDs: lower case, with a hyphen for all but a to z and 0 to 9. It may be empty."""
    return _NOT_IN_SLUGS.sub("-", words.lower()).strip("-")


def brief(name: str) -> str:
    """Return a name without a trailing "Portfolio" or "Fund"."""
    before, separator, genre = name.replace("-", " ").rpartition(" ")
    return name[: len(before)].rstrip(" -") if separator and genre.lower() in _GENRES else name


def address_slug(name: str) -> str:
    """Return a name for use in addresses: its slug without a trailing "portfolio" or "fund". It may be empty."""
    return _GENRE_IN_SLUGS.sub("", slug(name))


def _slugs(own_id: str, other_names: tuple[str, ...]) -> tuple[str, ...]:
    if not other_names:
        return (own_id,)
    return tuple(dict.fromkeys([own_id, *filter(None, map(address_slug, other_names))]))


class Trust(NamedTuple):  # as with Milestone, since there are many
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


class Names(NamedTuple):
    """A portfolio's name, and its short name, which may be empty."""

    name: str
    short_name: str


def labels(portfolios: Mapping[str, Names], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return the labels of the portfolios of one trust by their ids. No two differ only in the case of letters.

    A label is the short name; without one, the name without a trailing "Portfolio" or "Fund" if no other portfolio has
    that; otherwise the whole name. `taken` are labels that other portfolios of the trust already have.
    """
    wanted = {portfolio_id: each.short_name or brief(each.name) for portfolio_id, each in portfolios.items()}
    kept = {label.casefold() for label in taken}
    # The brief name of one portfolio may be the whole name of another, and that one's label.
    claims = Counter(
        word
        for portfolio_id, each in portfolios.items()
        for word in {wanted[portfolio_id].casefold(), each.name.casefold()}
    )
    found: dict[str, str] = {}
    for portfolio_id, each in portfolios.items():
        label = wanted[portfolio_id]
        if not each.short_name and claims[label.casefold()] > 1:
            label = each.name
        if kept and label.casefold() in kept:
            label = each.name if each.name.casefold() not in kept else f"{each.name} ({portfolio_id})"
        found[portfolio_id] = label
    return found


class Portfolio(NamedTuple):  # as with Milestone, since there are many
    """A series of a trust, identified by both ids."""

    trust: Trust
    id: str
    name: str
    short_name: str
    other_names: tuple[str, ...]
    earlier_names: tuple[str, ...]
    """Names that it had before another portfolio of its trust got them. They identify nobody any more."""
    label: str
    """Its name in short texts, unique in its trust: see `labels`."""
    stands_alone: bool
    """Whether it bears its trust's name, as a closed-end fund or a trust of one series does."""

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

    @property
    def label(self) -> str:
        """What stands for it in a short text."""
        return brief(self.name)
