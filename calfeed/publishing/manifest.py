"""The manifest of a build: a digest of each file, and of what each file is made of.

It lies beside the files, where everybody can read it, so it holds nothing but digests.
"""

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from sysconfig import get_python_version
from typing import Any, NamedTuple, TypeAlias

from calfeed.addresses.resources import Resources
from calfeed.addresses.static import STATIC
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import Kind
from calfeed.model.plans import Cancellation, Milestone, Plan, Reorganization
from calfeed.model.trusts import OutsideFund
from calfeed.model.when import Derivation

MANIFEST = "calfeed-manifest.json"
UNFINISHED = "calfeed-unfinished.json"
"""Lies beside the manifest until a build has ended: a list of the names of the objects that it changes."""
_SHAPING = (".css", ".html", ".js", ".json", ".py", ".svg")
"""The suffixes of calfeed's own files that determine what is built."""
_NOT_SHAPING = {"cli", "filings", "serving"}
"""The rooms that have no part in what is built: what a command says, what reads filings, and the server."""
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


class Group(NamedTuple):
    """The objects that are made of one feed, as the manifest lists them: name, digest and size of each in turn.

    They stay one text, and a list of words, as long as nothing is to be done of them: for the row "build after an edit"
    of `python -m tests.benchmarks`.
    """

    text: str
    words: Sequence[str]

    @classmethod
    def listed(cls, text: str) -> "Group":
        """The objects of a line of the manifest."""
        return cls(text, text.split(" "))

    @classmethod
    def of(cls, entries: Mapping[str, Entry]) -> "Group":
        """The objects with these entries."""
        return cls.listed(" ".join(f"{name} {entry}" for name, entry in entries.items()))

    @property
    def names(self) -> Sequence[str]:
        """The names of the objects."""
        return self.words[::3]

    @property
    def entries(self) -> dict[str, Entry]:
        """The entries of the objects, by name."""
        words = self.words
        return {
            name: f"{digest} {size}" for name, digest, size in zip(*(words[each::3] for each in range(3)), strict=False)
        }

    def has_sizes(self, sizes: Mapping[str, int]) -> bool:
        """Whether all objects have the sizes that are listed; a size is missing where there is no such object."""
        return self.words[2::3] == [str(sizes.get(name)) for name in self.names]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The objects of a site, and what they were made from.

    `plans` maps the address of each plan to a digest of what it says, with the addresses of its portfolios behind it.
    `built_from` is a digest of everything else, which all objects depend on. `objects` maps the address of each feed to
    its objects; the empty address has those of no feed. `in_doubt` are objects of which it is not known what they were
    made of.
    """

    built_from: str = ""
    plans: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, Group] = field(default_factory=dict)
    in_doubt: Objects = field(default_factory=dict)

    def doubting(self, names: Collection[str]) -> "Manifest":
        """The same, where it is not known whether some objects have been written. Their feeds are in doubt too."""
        sure, in_doubt = dict[str, Group](), dict(self.in_doubt)
        doubtful = frozenset(names)
        for address, group in self.objects.items():
            if doubtful.isdisjoint(group.names):
                sure[address] = group
            else:
                in_doubt.update(group.entries)
        in_doubt.update(dict.fromkeys(names))
        return Manifest(built_from=self.built_from, plans=self.plans, objects=sure, in_doubt=in_doubt)

    def to_json(self) -> bytes:
        """The manifest as JSON."""
        head = json.dumps({"built from": self.built_from, "plans": self.plans}, separators=(",", ":"))
        # Addresses and names are made of ids, which need no escape. To look for some takes as long as all else here.
        objects = ",".join([f'"{address}":"{group.text}"' for address, group in self.objects.items()])
        return f'{head.removesuffix("}")},"objects":{{{objects}}}}}'.encode()


def manifest_in(text: bytes) -> Manifest:
    """Read a manifest. Raises NoManifestError if the text is not one.

    One of another form says only which objects there are: everything is built again.
    """
    try:
        document = json.loads(text)
        built_from, plans, objects = document["built from"], document.get("plans"), document["objects"]
        if plans is None:
            return Manifest(in_doubt=_of_another_form(objects))
        if {str} >= {type(each) for each in (built_from, *plans.values(), *objects.values())}:
            groups = {address: Group.listed(listed) for address, listed in objects.items()}
            return Manifest(built_from=built_from, plans=plans, objects=groups)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise NoManifestError


def _of_another_form(objects: Mapping[str, Any]) -> Objects:
    """The entries in the manifest of an older calfeed: by name, or by name for each feed."""
    found: dict[str, Entry | None] = {}
    for name, value in objects.items():
        found.update(value if isinstance(value, dict) else {name: value})
    if {str, type(None)} >= {type(each) for each in found.values()}:
        return found
    raise NoManifestError


def names_in(text: bytes) -> list[str]:
    """The names of the objects that a build was to change. Raises NoManifestError if the text is not such a list."""
    try:
        names = json.loads(text)
    except ValueError:
        raise NoManifestError from None
    if isinstance(names, list) and all(isinstance(each, str) for each in names):
        return names
    raise NoManifestError


def plans_of(resources: Resources) -> dict[str, str]:
    """A digest of what each plan says and of its calendar's name, by its address; behind it, its portfolios' addresses.

    The name is more than the plan says: where two plans have one title, it says which of them it is.
    """
    found = {}
    for plan in resources.catalog.plans:
        portfolios = dict.fromkeys(portfolio.address for portfolio in plan.portfolios)
        digest = _digest([resources.feeds.name(plan.address), _said(plan)])
        found[plan.address] = " ".join([digest, *portfolios])
    return found


def built_from(catalog: Catalog) -> str:
    """A digest of what all objects depend on: site, trusts, portfolios, calfeed's own files, versions of packages.

    It is taken from the catalog, not from the data folder, so comments and confidential data make no difference.
    """
    digest = sha256("\n".join([get_python_version(), *_packages(), repr(catalog.site)]).encode())
    digest.update(_said([catalog.trusts, catalog.portfolios]).encode())
    for folder in (Path(__file__).parents[1], STATIC):
        for path in sorted(_shaping_files(str(folder))):
            content = Path(path).read_bytes()
            digest.update(f"{path.removeprefix(str(folder))}\0{len(content)}\0".encode() + content)
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


def _shaping_files(folder: str) -> Iterator[str]:
    """The paths of the files in a folder of calfeed's own that determine what is built."""
    for at, rooms, names in os.walk(folder):
        rooms[:] = [room for room in rooms if room not in _NOT_SHAPING]
        yield from (f"{at}/{name}" for name in names if name.endswith(_SHAPING))


def _values_of(dataclass: type, *, but: str = "") -> Callable[[Any], tuple[object, ...]]:
    """A function that returns the name of a dataclass and the values of its fields."""
    return attrgetter("__class__.__name__", *(each.name for each in fields(dataclass) if each.name != but))


_SAID_OTHERWISE = {"kind": "kind.name", "source": "source.key", "stated": "stated.words"}
_of_milestone = attrgetter(*(_SAID_OTHERWISE.get(name, name) for name in Milestone._fields))
"""The values of a milestone, with the key of its source, which the plan states in full."""
_of_reorganization = _values_of(Reorganization, but="milestones")


def _plain_reorganization(reorganization: Reorganization) -> object:
    """The values of a reorganization; of its milestones, what they state only where something else holds now."""
    milestones = [
        _of_milestone(each) if each.stated == each.when else (_of_milestone(each), each.stated)
        for each in reorganization.milestones
    ]
    return _of_reorganization(reorganization), milestones


_PLAIN: Mapping[type, Callable[[Any], object]] = {
    date: date.toordinal,
    datetime: str,
    Kind: attrgetter("name"),
    Reorganization: _plain_reorganization,
    **{each: _values_of(each) for each in (Plan, Cancellation, Derivation, OutsideFund)},
}
"""What is within a plan, and JSON does not have: functions that return it as what JSON has."""


def _plain(value: Any) -> object:
    return _PLAIN[type(value)](value)


_said = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_plain).encode
"""All that a plan says, in JSON: in a third of the time that `repr` takes, for the row "build after an edit"."""


def _digest(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
