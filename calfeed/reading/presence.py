"""Which plans, trusts and portfolios the files hold, whatever else is wrong with the files.

The place of a file decides whether it is confidential. This must hold at once, during an edit and beside broken files.
So these functions need only the names of the files, and the ids of the portfolios in a trust's file.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from calfeed.model.catalog import Catalog
from calfeed.model.plans import Plan
from calfeed.model.trusts import Trust
from calfeed.reading.documents import TrustDocument, keys_at
from calfeed.reading.files import (
    CONFIDENTIAL,
    PLANS_FOLDER,
    READERS_FILE,
    SITE_FILE,
    TRUSTS_FOLDER,
    Content,
    Files,
    Unreadable,
    id_of,
    is_plan,
    is_trust,
)
from calfeed.reading.nodes import Mapping, Node
from calfeed.reading.yaml import read_octets

_KEY = CONFIDENTIAL
_KEYS_OF_AUTHORS = {"portfolios", "milestones", "sources", "left out"}
"""The mappings whose keys the author chooses."""


class Missing(NamedTuple):
    """The addresses that are served but have no file any more.

    `held` are those of a folder without any file left, since it may have been emptied by accident.
    """

    gone: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()


def missing(catalog: Catalog, good: Files, files: Files) -> Missing:
    """What a catalog has and the public files no longer have; `good` are the files that the catalog was read from.

    Nothing counts as missing if there is no site.yaml, since then the folder itself has vanished. The same holds for
    the files of a folder that cannot be read, and for the portfolios of a trust's file that cannot be read.
    """
    if SITE_FILE not in files:
        return Missing()
    absent = good.keys() - files.keys()
    plans = _addresses_of(catalog.plans, absent)
    trusts = _addresses_of(catalog.trusts, absent)
    gone: set[str] = set()
    held: set[str] = set()
    for folder, addresses, is_document in ((PLANS_FOLDER, plans, is_plan), (TRUSTS_FOLDER, trusts, is_trust)):
        if folder not in files:  # a folder is among the files only if it cannot be read
            (gone if any(map(is_document, files)) else held).update(addresses)
    return Missing(frozenset(gone | _portfolios_gone(catalog, good, files)), frozenset(held))


def _addresses_of(documents: Iterable[Plan | Trust], names: Collection[str]) -> set[str]:
    """The addresses of the plans or trusts whose files have some names, of which there are none most of the time."""
    return {each.address for each in documents if f"{each.address}.yaml" in names} if names else set()


def _portfolios_gone(catalog: Catalog, good: Files, files: Files) -> set[str]:
    """The portfolios that their trust's file does not list any more."""
    listed: dict[str, Listed] = {}
    for trust in catalog.trusts:
        name = f"{trust.address}.yaml"
        content = files.get(name)
        if content is not None and content != good.get(name):
            listed[trust.address] = portfolios_in(content)
    if not listed:
        return set()
    return {
        portfolio.address
        for portfolio in catalog.portfolios
        if (found := listed.get(portfolio.trust.address)) and found.is_all and portfolio.id not in found.ids
    }


class Listed(NamedTuple):
    """The ids of the portfolios in a trust's file, and whether these are all of them."""

    ids: frozenset[str] = frozenset()
    is_all: bool = False


def portfolios_in(content: Content) -> Listed:
    """The portfolios that a trust's file lists, whatever else is wrong with it."""
    root = _root(content)
    if not isinstance(root, Mapping):
        return Listed()
    portfolios = root.get("portfolios", "")
    if isinstance(portfolios, Mapping):
        return Listed(frozenset(portfolios), portfolios.whole)
    # The author may have removed the last portfolio, or misspelt the key.
    return Listed(is_all=portfolios == "" and root.keys() <= set(keys_at(TrustDocument, ())))


def addresses_in(files: Files) -> frozenset[str]:
    """The addresses of the plans and portfolios in confidential files, also in files with a wrong name or place."""
    return frozenset(address for name, content in files.items() for address in _addresses(name, content))


def has_unreadable_folder(files: Files) -> bool:
    """Whether there is a folder that cannot be read, so that nobody knows which files it holds."""
    return any(isinstance(content, Unreadable) and content.is_folder for content in files.values())


def _addresses(name: str, content: Content) -> Iterator[str]:
    stem = name.rpartition("/")[2].partition(".")[0]
    if name.startswith(f"{TRUSTS_FOLDER}/"):
        yield from (f"{TRUSTS_FOLDER}/{stem}/{portfolio}" for portfolio in portfolios_in(content).ids)
    elif name != READERS_FILE and not (isinstance(content, Unreadable) and content.is_folder):
        yield f"{PLANS_FOLDER}/{stem}"


def marked(files: Files, names: Collection[str]) -> frozenset[str]:
    """The addresses that public files mark with a key "confidential". It is an unknown key, but shows an intent."""
    return frozenset(address for name in names for address in _marked(name, _root_with_key(files.get(name, b""))))


def _marked(name: str, root: Node | None) -> Iterator[str]:
    if not isinstance(root, Mapping):
        return
    if is_plan(name) and _has_key(root):
        yield f"{PLANS_FOLDER}/{id_of(name)}"
    if is_trust(name):
        portfolios = root.get("portfolios")
        elsewhere = {key: value for key, value in root.items() if key != "portfolios"}
        if _has_key(elsewhere):
            yield f"{TRUSTS_FOLDER}/{id_of(name)}"
        if isinstance(portfolios, Mapping):
            ids = (portfolio for portfolio, entry in portfolios.items() if _has_key(entry))
            yield from (f"{TRUSTS_FOLDER}/{id_of(name)}/{portfolio}" for portfolio in ids)


def _has_key(node: Node | dict[str, Node]) -> bool:
    """Whether the key is anywhere in a part of a document."""
    if isinstance(node, dict):
        for key, value in node.items():
            parts = list(value.values()) if key in _KEYS_OF_AUTHORS and isinstance(value, Mapping) else [value]
            if key.casefold() == _KEY or any(map(_has_key, parts)):
                return True
        return False
    return isinstance(node, list) and any(map(_has_key, node))


def _root_with_key(content: Content) -> Node | None:
    return _root(content) if isinstance(content, bytes) and _KEY.encode() in content.lower() else None


def _root(content: Content) -> Node | None:
    return _parsed(content) if isinstance(content, bytes) else None


@lru_cache(maxsize=256)
def _parsed(content: bytes) -> Node | None:
    """A file as a tree. Cached, since each file is asked for at every look until the folder is at rest."""
    return read_octets(content, "").root
