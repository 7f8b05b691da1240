"""What a build writes down of its files beside them: what they hold, and what they are made of.

It lies in public, and tells nothing but digests.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from sysconfig import get_python_version
from typing import NamedTuple

from calfeed.model.catalog import Catalog
from calfeed.serving.resources import Resources
from calfeed.serving.static import STATIC

MANIFEST = "calfeed-manifest.json"
_SHAPING = {".css", ".html", ".js", ".json", ".py", ".svg"}
"""The endings of the files of calfeed whose content shapes what is built."""
_DIGITS = 32


class NoManifestError(ValueError):
    """A manifest is not what calfeed wrote."""


class Entry(NamedTuple):
    """What an object holds: a digest of its octets and of what is said about them, and how many octets."""

    digest: str
    size: int


def entry_of(body: bytes, attributes: Mapping[str, str]) -> Entry:
    """The entry of an object."""
    # What is said about the bytes counts as they do.
    said = f"{dict(sorted(attributes.items()))}\n".encode()
    return Entry(sha256(said + body).hexdigest()[:_DIGITS], len(body))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The objects of a site by their names, and what they were made from.

    An entry is None where a build may have been cut short. `made_of` has a digest of the plans that each feed was made
    of, by its address; `built_from` is one of all else, which counts for every object.
    """

    built_from: str = ""
    made_of: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, Entry | None] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """The manifest as it is written."""
        document = {"built from": self.built_from, "made of": self.made_of, "objects": self.objects}
        return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def manifest_in(text: bytes) -> Manifest:
    """The manifest that was written as a text; raises NoManifestError where it is none."""
    try:
        document = json.loads(text)
        objects = {name: Entry(*entry) if entry else None for name, entry in document["objects"].items()}
        made_of = dict(document.get("made of", {}))
        return Manifest(built_from=str(document["built from"]), made_of=made_of, objects=objects)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NoManifestError from None


def made_of(resources: Resources) -> dict[str, str]:
    """A digest of the plans that each feed is made of, by its address; by the empty one of what is made of none."""
    plans = {plan.address: _digest([repr(plan)]) for plan in resources.catalog.plans}
    found = {"": ""}
    for address in resources.feeds.addresses:
        found[address] = _digest(plans[plan.address] for plan in resources.feeds.plans(address))
    return found


def built_from(catalog: Catalog) -> str:
    """A digest of what every object is made from: site, trusts, portfolios, calfeed's own files, libraries' versions.

    Of the catalog, not of the data folder: comments, and what is confidential, make no difference.
    """
    required = [re.split(r"[^\w.-]", each)[0] for each in metadata.requires("calfeed") or [] if "extra ==" not in each]
    versions = [f"{name} {metadata.version(name)}" for name in sorted([*required, "markupsafe"])]
    registry = [repr(each) for part in (catalog.trusts, catalog.portfolios) for each in part]
    digest = sha256("\n".join([get_python_version(), *versions, repr(catalog.site), *registry]).encode())
    for folder in (Path(__file__).parents[1], STATIC):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _SHAPING):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:_DIGITS]


def _digest(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
