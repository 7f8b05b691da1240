"""The catalog: what the files of a data folder say, after all checks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
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
    is_private: bool = False
    """Whether it is a reader's part: its address holds the reader's token, and is for nobody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What the files of a data folder say, after all checks. Everything is in the order of the files."""

    site: Site
    trusts: tuple[Trust, ...]
    portfolios: tuple[Portfolio, ...]
    plans: tuple[Plan, ...]

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of all trusts, portfolios and plans."""
        return frozenset(each.address for part in (self.trusts, self.portfolios, self.plans) for each in part)

    def without(self, addresses: Collection[str]) -> "Catalog":
        """Return the catalog without what is at some addresses, and without the plans that name any of it."""
        if not addresses:
            return self
        trusts = tuple(trust for trust in self.trusts if trust.address not in addresses)
        kept_trusts = {trust.id for trust in trusts}
        portfolios = tuple(
            each for each in self.portfolios if each.trust.id in kept_trusts and each.address not in addresses
        )
        kept = {portfolio.address for portfolio in portfolios}
        plans = tuple(
            plan
            for plan in self.plans
            if plan.address not in addresses and all(each.address in kept for each in plan.portfolios)
        )
        return replace(self, trusts=trusts, portfolios=portfolios, plans=plans)

    def joined_with(self, trusts: Iterable[Trust], portfolios: Iterable[Portfolio], plans: Iterable[Plan]) -> "Catalog":
        """Return the catalog with more in it. The order is that of the files, as if all were in one folder."""
        all_trusts = sorted((*self.trusts, *trusts), key=_file_of)
        order = {trust.id: number for number, trust in enumerate(all_trusts)}
        return replace(
            self,
            trusts=tuple(all_trusts),
            portfolios=tuple(sorted((*self.portfolios, *portfolios), key=lambda each: order[each.trust.id])),
            plans=tuple(sorted((*self.plans, *plans), key=_file_of)),
        )


def _file_of(document: Trust | Plan) -> str:
    return f"{document.id}.yaml"
