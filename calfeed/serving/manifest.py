"""The manifest of a build: a digest of each file, and of what each file is made of.

It lies beside the files, where everybody can read it, so it holds nothing but digests.
"""

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from pathlib import Path
from sysconfig import get_python_version
from typing import Any, TypeAlias

from calfeed.model.catalog import Catalog
from calfeed.model.kinds import Kind
from calfeed.model.plans import Cancellation, Plan, Reorganization
from calfeed.model.trusts import OutsideFund
from calfeed.model.when import Derivation
from calfeed.serving.resources import Resources
from calfeed.serving.static import STATIC

MANIFEST = "calfeed-manifest.json"
UNFINISHED = "calfeed-unfinished.json"
"""Lies beside the manifest until a build has ended: a list of the names of the objects that it changes."""
IN_DOUBT = "in doubt"
"""What stands for an address where it is not said of which feed objects are made."""
_SHAPING = {".css", ".html", ".js", ".json", ".py", ".svg"}
"""The suffixes of calfeed's own files that determine what is built."""
_NOT_SHAPING = {"cli", "filings"}
"""The rooms that have no part in a build: what a command says, and what reads filings."""
_DIGITS = 32
Entry: TypeAlias = str
"""What an object holds: a digest of its bytes and of what is said of them, and how many bytes there are."""
Objects: TypeAlias = Mapping[str, Entry | None]
"""The entries of objects by name; None where it is not known what an object holds."""


class NoManifestError(ValueError):
    """The text is not a manifest that calfeed wrote."""


def entry_of(body: bytes, media_type: str, cache_control: str) -> Entry:
    """The entry of an object of these bytes."""
    digest = sha256(f"{media_type}\n{cache_control}\n".encode())
    digest.update(body)
    return f"{digest.hexdigest()[:_DIGITS]} {len(body)}"


def has_size(entry: Entry | None, size: int | None) -> bool:
    """Whether an object has the size that its entry says; the size is None where there is no such object."""
    return entry is not None and entry.endswith(f" {size}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The objects of a site, and what they were made from.

    `made_of` maps the address of each feed to a digest of its name and plans, and `objects` to its objects. The empty
    address stands for no plan at all. `built_from` is a digest of everything else, which all objects depend on.
    """

    built_from: str = ""
    made_of: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, Objects] = field(default_factory=dict)

    @property
    def names(self) -> Iterator[str]:
        """The names of all objects."""
        return chain.from_iterable(self.objects.values())

    def doubting(self, names: Collection[str]) -> "Manifest":
        """The same, where it is not known whether some objects have been written. Their feeds are in doubt too."""
        sure, in_doubt = dict[str, Objects](), dict[str, Entry | None]()
        doubtful = frozenset(names)
        for address, objects in self.objects.items():
            if doubtful.isdisjoint(objects):
                sure[address] = objects
            else:
                in_doubt.update(objects)
        in_doubt.update(dict.fromkeys(names))
        made_of = {address: digest for address, digest in self.made_of.items() if address in sure}
        return Manifest(built_from=self.built_from, made_of=made_of, objects={**sure, IN_DOUBT: in_doubt})

    def to_json(self) -> bytes:
        """The manifest as JSON."""
        document = {"built from": self.built_from, "made of": self.made_of, "objects": self.objects}
        return json.dumps(document, separators=(",", ":")).encode()


def manifest_in(text: bytes) -> Manifest:
    """Read a manifest. Raises NoManifestError if the text is not one."""
    try:
        document = json.loads(text)
        objects = dict(document["objects"])
        if _are_entries(objects.values()):  # the manifest of an older calfeed, which does not say what is made of what
            return Manifest(objects={IN_DOUBT: objects})
        if _are_entries(chain.from_iterable(each.values() for each in objects.values())):
            return Manifest(built_from=str(document["built from"]), made_of=dict(document["made of"]), objects=objects)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise NoManifestError


def names_in(text: bytes) -> list[str]:
    """The names of the objects that a build was to change. Raises NoManifestError if the text is not such a list."""
    try:
        names = json.loads(text)
    except ValueError:
        raise NoManifestError from None
    if isinstance(names, list) and {*map(type, names)} <= {str}:
        return names
    raise NoManifestError


def _are_entries(values: Iterable[object]) -> bool:
    return {*map(type, values)} <= {str, type(None)}


def made_of(resources: Resources) -> dict[str, str]:
    """A digest of the name and the plans of each feed, by its address. The empty address stands for no plan at all.

    The name is more than the plans say: where two plans have one title, it says which of them it is.
    """
    feeds = resources.feeds
    plans = {plan.address: _digest([_said(plan)]) for plan in resources.catalog.plans}
    found = {"": ""}
    for address in feeds.addresses:
        found[address] = _digest([feeds.name(address), *(plans[plan.address] for plan in feeds.plans(address))])
    return found


def built_from(catalog: Catalog) -> str:
    """A digest of what all objects depend on: site, trusts, portfolios, calfeed's own files, versions of packages.

    It is taken from the catalog, not from the data folder, so comments and confidential data make no difference.
    """
    digest = sha256("\n".join([get_python_version(), *_packages(), repr(catalog.site)]).encode())
    digest.update(_said([catalog.trusts, catalog.portfolios]).encode())
    for folder in (Path(__file__).parents[1], STATIC):
        for name, path in sorted(_shaping_files(folder)):
            content = path.read_bytes()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:_DIGITS]


def _packages() -> list[str]:
    """The names and versions of all packages that are installed.

    The names of their folders have both. To read what is in these, with importlib.metadata, takes 20 ms: for the row
    "build after an edit".
    """
    names = set[str]()
    for folder in sys.path:
        with suppress(OSError):  # what is no folder
            names.update(os.listdir(folder))  # noqa: PTH208 -- as long as it takes to make a Path of each
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _shaping_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files in a folder of calfeed's own that determine what is built, by their paths in it."""
    for at, rooms, names in os.walk(folder):
        rooms[:] = [room for room in rooms if room not in _NOT_SHAPING]
        for path in (Path(at, name) for name in names):
            if path.suffix in _SHAPING:
                yield path.relative_to(folder).as_posix(), path


_DATACLASSES = (Plan, Reorganization, Cancellation, Derivation, OutsideFund)
_PLAIN: Mapping[type, Callable[[Any], object]] = {
    date: date.toordinal,
    datetime: str,
    Kind: attrgetter("name"),
    **{each: attrgetter("__class__.__name__", *(one.name for one in fields(each))) for each in _DATACLASSES},
}
"""What is within a plan, and JSON does not have: functions that return it as what JSON has."""


def _plain(value: Any) -> object:
    return _PLAIN[type(value)](value)


_said = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_plain).encode
"""All that a plan says, in JSON: in a third of the time that `repr` takes, for the row "build after an edit"."""


def _digest(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
