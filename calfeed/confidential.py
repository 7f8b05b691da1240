"""What of a catalog is confidential, and the part of it that the public or a reader may see.

What is not in a part is nowhere in what is made of it: pages, feeds, lists, counts and validators know nothing of it.
"""

from dataclasses import replace
from pathlib import Path

from calfeed.catalog import PLANS_FOLDER, TRUSTS_FOLDER, Catalog
from calfeed.documents import PlanDocument, TrustDocument, check_shape
from calfeed.model import Plan, Portfolio
from calfeed.reader import content_of, read_file
from calfeed.readers import EVERYTHING, Sees

_MARK = "confidential"


def part_seen(catalog: Catalog, sees: Sees = frozenset(), also_hidden: frozenset[str] = frozenset()) -> Catalog:
    """The part of a catalog that somebody may see: what is public, and what `sees` names.

    `also_hidden` are the addresses of plans, portfolios and trusts to be hidden beside those that the catalog marks.
    Who may see a plan sees every portfolio in it; who may see a trust, its portfolios and every plan that names one. A
    reader's part has no public address, so that no link in it leads to where the public finds nothing.
    """

    def is_hidden(portfolio: Portfolio) -> bool:
        if portfolio.confidential or not also_hidden:
            return portfolio.confidential
        return not also_hidden.isdisjoint({portfolio.address, portfolio.trust.address})

    def is_seen(plan: Plan) -> bool:
        # The catalog marks a plan that names what it marks.
        if not plan.confidential and not (
            also_hidden and (plan.address in also_hidden or any(map(is_hidden, plan.portfolios)))
        ):
            return True
        trusts = {portfolio.trust.address for portfolio in plan.portfolios}
        return EVERYTHING in sees or plan.address in sees or not sees.isdisjoint(trusts)

    plans = tuple(filter(is_seen, catalog.plans))
    named = {portfolio.address for plan in plans for portfolio in plan.portfolios} if sees else set()
    portfolios = tuple(
        portfolio
        for portfolio in catalog.portfolios
        if not is_hidden(portfolio)
        or EVERYTHING in sees
        or portfolio.trust.address in sees
        or portfolio.address in named
    )
    site = replace(catalog.site, url="") if sees else catalog.site
    return Catalog(site=site, trusts=catalog.trusts, portfolios=portfolios, plans=plans)


def marks_in(folder: Path, catalog: Catalog) -> frozenset[str]:
    """The addresses that a data folder marks as confidential, read by itself, whatever else is wrong with it.

    `catalog` is what was last read without problems. Where a file cannot be understood but may mark something, all of
    it counts as marked.
    """
    found: set[str] = set()
    for path in folder.glob(f"{PLANS_FOLDER}/*.yaml"):
        if _mentions(path, folder) and _plan_is_marked(path, folder):
            found.add(f"plans/{path.stem}")
    marked: dict[str, int] = {}
    for portfolio in catalog.portfolios:
        marked[portfolio.trust.id] = marked.get(portfolio.trust.id, 0) + portfolio.confidential
    for path in folder.glob(f"{TRUSTS_FOLDER}/*.yaml"):
        if mentions := _mentions(path, folder):
            found |= _marked_portfolios(path, folder, mentions, marked.get(path.stem, 0))
    return frozenset(found)


def _mentions(path: Path, folder: Path) -> int:
    """How often a file has the word, in any encoding that begins as ASCII does; 0 for what cannot be opened."""
    return content_of(path, folder).replace(b"\0", b"").lower().count(_MARK.encode())


def _plan_is_marked(path: Path, folder: Path) -> bool:
    checked = check_shape(read_file(path, folder), PlanDocument)
    if checked.document is None or not checked.is_whole(_MARK):
        return True
    return checked.document.confidential not in {"", "false"}


def _marked_portfolios(path: Path, folder: Path, mentions: int, known: int) -> set[str]:
    """The portfolios that a trust's file marks; the whole trust where there are marks that cannot be understood."""
    checked = check_shape(read_file(path, folder), TrustDocument)
    if checked.document is None or checked.lost:
        return {f"trusts/{path.stem}"} if mentions > known else set()
    return {
        f"trusts/{path.stem}/{portfolio_id}"
        for portfolio_id, entry in checked.document.portfolios.items()
        if entry.confidential not in {"", "false"}
    }
