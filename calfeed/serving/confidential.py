"""What of a catalog is confidential, and the part of it that the public or a reader may see.

What is not in a part is nowhere in what is made of it: pages, feeds, lists, counts and validators know nothing of it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from calfeed.model.catalog import Catalog
from calfeed.model.plans import Plan
from calfeed.model.trusts import Portfolio
from calfeed.reading.folder import PLANS_FOLDER, TRUSTS_FOLDER
from calfeed.reading.readers import EVERYTHING, Sees
from calfeed.reading.yaml import beginning_of, read_file

_MARK = "confidential"
_LIKENESS = 0.8
"""How much a word must be like the mark to be taken for a slip in writing it."""
_WORD = re.compile("[a-z]{8,16}")


def part_seen(catalog: Catalog, sees: Sees = frozenset(), also_hidden: frozenset[str] = frozenset()) -> Catalog:
    """The part of a catalog that somebody may see: what is public, and what `sees` names.

    `also_hidden` are the addresses of plans, portfolios and trusts to be hidden beside those that the catalog marks.
    Who may see a plan sees every portfolio in it; who may see a trust, its portfolios and every plan that names one. A
    trust is seen with the first of its portfolios. A reader's part has no public address, so that no link in it leads
    to where the public finds nothing.
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
    with_portfolios = {portfolio.trust.id for portfolio in portfolios}
    trusts = tuple(trust for trust in catalog.trusts if trust.id in with_portfolios)
    site = replace(catalog.site, url="") if sees else catalog.site
    return Catalog(site=site, trusts=trusts, portfolios=portfolios, plans=plans)


def with_marks(catalog: Catalog, hidden: frozenset[str]) -> Catalog:
    """A catalog that itself marks what is to be hidden beside what it marks already."""
    public = part_seen(catalog, also_hidden=hidden)
    seen = {portfolio.address for portfolio in public.portfolios} | {plan.address for plan in public.plans}
    return replace(
        catalog,
        portfolios=tuple(p if p.address in seen else replace(p, confidential=True) for p in catalog.portfolios),
        plans=tuple(plan if plan.address in seen else replace(plan, confidential=True) for plan in catalog.plans),
    )


def marked_by(catalog: Catalog) -> frozenset[str]:
    """The addresses of the plans and portfolios that a catalog itself marks."""
    portfolios = (portfolio.address for portfolio in catalog.portfolios if portfolio.confidential)
    return frozenset(portfolios) | {plan.address for plan in catalog.plans if plan.confidential}


def marks_in(folder: Path, catalog: Catalog, names: Iterable[str]) -> frozenset[str]:
    """The addresses that files of a data folder mark as confidential, read by itself, whatever else is wrong with it.

    `catalog` is what was last read without problems, `names` are the files' paths in the folder. A misspelt mark and
    one in the wrong place count, and so does any value but "false"; where a file cannot be understood but may mark
    something, all of it counts as marked. Where a plan is marked that was not served, the served ones whose files are
    gone count too: it may be one of them under another name.
    """
    found: set[str] = set()
    for name in names:
        path = folder / name
        if path.suffix not in {".yaml", ".yml"} or not _has_mark(text := _text(path)):
            continue
        if path.parent == folder / PLANS_FOLDER:
            file = read_file(path, folder)
            if file.problems or _is_marked(file.root):
                found.add(f"plans/{path.stem}")
        elif path.parent == folder / TRUSTS_FOLDER:
            found |= _marked_in_trust(path, folder, text, catalog)
    served = {plan.address for plan in catalog.plans}
    if any(address.startswith("plans/") for address in found - served):
        found |= {address for address in served if not (folder / f"{address}.yaml").exists()}
    return frozenset(found)


def _marked_in_trust(path: Path, folder: Path, text: str, catalog: Catalog) -> set[str]:
    """The portfolios that a trust's file marks; the trust where it cannot be told which."""
    address = f"trusts/{path.stem}"
    file = read_file(path, folder)
    if file.problems or not isinstance(file.root, dict):
        known = {each.id: each.confidential for each in catalog.portfolios if each.trust.address == address}
        return {address} if _has_another_mark(text, known) else set()
    portfolios = file.root.get("portfolios")
    if not isinstance(portfolios, dict):
        return {address} if _is_marked(file.root) else set()
    found = {f"{address}/{portfolio_id}" for portfolio_id, entry in portfolios.items() if _is_marked(entry)}
    elsewhere = {key: value for key, value in file.root.items() if value is not portfolios}
    return found | {address} if _is_marked(elsewhere) else found


def _has_another_mark(text: str, known: dict[str, bool]) -> bool:
    """Whether a text that cannot be read has more marks than one below the id of each portfolio known to be marked."""
    above = ""
    accounted: set[str] = set()
    for line in text.splitlines():
        key = line.partition(":")[0].strip(" \t'\"")
        above = key if key in known else above
        for word in _WORD.findall(line):
            if _is_mark(word):
                if not known.get(above) or above in accounted:
                    return True
                accounted.add(above)
    return False


def _is_marked(node: object) -> bool:
    """Whether there is a mark anywhere in a part of a document, other than one that says false."""
    if isinstance(node, dict):
        return any((_is_mark(key.casefold()) and value != "false") or _is_marked(value) for key, value in node.items())
    return isinstance(node, list) and any(map(_is_marked, node))


def _text(path: Path) -> str:
    """A file's text as far as its letters are ASCII, in any encoding, lower case; nothing of what cannot be opened."""
    return beginning_of(path).replace(b"\0", b"").decode("latin-1").lower()


def _has_mark(text: str) -> bool:
    return any(map(_is_mark, _WORD.findall(text)))


@lru_cache(maxsize=10_000)
def _is_mark(word: str) -> bool:
    """Whether a word is the mark, or was meant to be."""
    return bool(get_close_matches(word, [_MARK], cutoff=_LIKENESS))
