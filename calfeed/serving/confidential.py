"""Who is served what: the state of a server, and how it follows from what was read. Pure functions, without a clock.

The public part is made of public files alone. Anything else can only withdraw from it: a file that is missing, or one
that lies in both parts. Readers see the confidential part too, which is laid over the public one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from calfeed.model.catalog import Catalog
from calfeed.model.plans import Plan
from calfeed.reading.folder import Reading
from calfeed.reading.overlay import Overlay, lay_over
from calfeed.reading.problems import Problem
from calfeed.reading.readers import EVERYTHING, NOBODY, Readers, Sees


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is to be served.

    `good` is the last reading without problems. `catalog` is what everybody may see of it: everything except what is at
    the `withheld` addresses. `reading` is that of the files as they are now; `problems` say why it is not served.
    `readers` may also see `overlay`, which was laid over the public catalog `beneath`.
    """

    good: Reading
    reading: Reading
    catalog: Catalog
    beneath: Catalog
    withheld: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    overlay: Overlay
    readers: Readers = NOBODY


def first_state(good: Reading, reading: Reading, withheld: frozenset[str] = frozenset()) -> State:
    """The state that begins with a `good` reading; raises InvalidData where that has problems."""
    catalog = good.checked().without(withheld)
    overlay = lay_over({}, good.registry, good.site, without=withheld)
    return State(good=good, reading=reading, catalog=catalog, beneath=catalog, withheld=withheld, overlay=overlay)


def withholding(state: State, addresses: frozenset[str]) -> State:
    """The state that withholds some more addresses."""
    new = addresses - state.withheld
    new = new & state.catalog.addresses if new else new
    if not new:
        return state
    return replace(
        state,
        withheld=state.withheld | new,
        catalog=state.catalog.without(new),
        beneath=state.beneath.without(new),
    )


def accepting(state: State, reading: Reading, withheld: frozenset[str], emptied: tuple[Problem, ...]) -> State:
    """The state after the public files have been read. If they have problems, the last good reading stays.

    `withheld` are all addresses that must not be served now; `emptied` are problems with the folder.
    """
    if problems := (*emptied, *reading.problems):
        state = withholding(state, withheld)
        is_same = reading is state.reading and problems == state.problems
        return state if is_same else replace(state, reading=reading, problems=problems)
    withheld = withheld & reading.checked().addresses if withheld else withheld
    if reading is state.good is state.reading and withheld == state.withheld and not state.problems:
        return state
    catalog = state.catalog
    if reading.catalog is not state.good.catalog or withheld != state.withheld:
        catalog = reading.checked().without(withheld)
    state = replace(state, good=reading, reading=reading, catalog=catalog, withheld=withheld, problems=())
    is_fitting = is_laid_over(state.overlay, state)
    return replace(state, beneath=catalog if is_fitting else state.beneath.without(withheld))


def is_laid_over(overlay: Overlay, state: State) -> bool:
    """Whether an overlay was laid over the public part as it is now."""
    return (
        overlay.public is state.good.registry and overlay.without == state.withheld and overlay.site == state.good.site
    )


def overlaid(state: State, overlay: Overlay) -> State:
    """The state with an overlay that was laid over the public part as it is now."""
    return state if overlay is state.overlay else replace(state, overlay=overlay, beneath=state.catalog)


def seen_by_all(state: State) -> Catalog:
    """What every reader sees: the public part.

    It has no public address: links in a reader's part would lead to pages that the public does not have.
    """
    return replace(state.beneath, site=replace(state.beneath.site, url="", is_private=True))


def part_seen(state: State, sees: Sees) -> Catalog:
    """What a reader sees: the public part, and what `sees` names of the overlay.

    Who may see a plan sees every portfolio in it. Who may see a trust sees its portfolios, and every plan that names
    one of them. A trust is seen if one of its portfolios is.
    """
    public, overlay = seen_by_all(state), state.overlay
    trusts_there = {trust.id for trust in (*public.trusts, *overlay.trusts)}
    # The public trust of the others has been withdrawn since.
    added = [portfolio for portfolio in overlay.portfolios if portfolio.trust.id in trusts_there]
    there = {each.address for each in (*public.portfolios, *added)}

    def is_seen(plan: Plan) -> bool:
        if not all(portfolio.address in there for portfolio in plan.portfolios):
            return False  # it names what has been withdrawn since
        trusts = {portfolio.trust.address for portfolio in plan.portfolios}
        return EVERYTHING in sees or plan.address in sees or not sees.isdisjoint(trusts)

    plans = tuple(filter(is_seen, overlay.plans))
    named = {portfolio.address for plan in plans for portfolio in plan.portfolios}
    portfolios = tuple(
        portfolio
        for portfolio in added
        if EVERYTHING in sees or portfolio.trust.address in sees or portfolio.address in named
    )
    with_portfolios = {portfolio.trust.id for portfolio in portfolios}
    trusts = tuple(trust for trust in overlay.trusts if trust.id in with_portfolios)
    return public.joined_with(trusts, portfolios, plans)


@dataclass(slots=True)
class Absences:
    """Since when each address has been missing, in seconds of any clock."""

    since: dict[str, float] = field(default_factory=dict)

    def count(self, missing: Mapping[str, float], now: float) -> frozenset[str]:
        """The addresses that have been missing, at every look, for at least as many seconds as `missing` says."""
        self.since = {address: self.since.get(address, now) for address in missing}
        return frozenset(address for address, patience in missing.items() if now - self.since[address] >= patience)
