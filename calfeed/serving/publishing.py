"""The whole site as files: in a folder, or as objects in a store that serves them.

A manifest beside them says what calfeed wrote: nothing else is ever overwritten or deleted. It is written before the
files, with all that a build is about to touch as unknown, and after them, with what there is then. So a build that was
cut short is simply repeated. Two builds of one place at the same time are not foreseen.
"""

import json
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from sysconfig import get_python_version
from typing import TypeAlias

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from calfeed.model.catalog import Catalog
from calfeed.serving.choices import Choice
from calfeed.serving.representations import Representation
from calfeed.serving.resources import Resources
from calfeed.serving.static import STATIC

MANIFEST = "calfeed-manifest.json"
CACHE_CONTROL = "public, max-age=300"
_INDEX = "index.html"
_SCHEMES = ("s3", "gs", "az")
_AT_ONCE = 16
"""How many objects are on their way at a time, and so how many are held in memory."""
_SHAPING = {".css", ".html", ".js", ".json", ".py", ".svg"}
"""The endings of the files of calfeed whose content shapes what is built."""
Entry: TypeAlias = list[str | int] | None
"""What the manifest says of an object: its digest and its size; None where a build may have been cut short."""
Watch: TypeAlias = Callable[[str, Collection[str]], Iterable[str]]
"""What shows progress: hands on the names that it is given, while it says what is being done with them."""


class BuildError(Exception):
    """The site cannot be built there; the message says why, and what would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """How many objects a build wrote, deleted, and found to be as they should be."""

    written: int = 0
    deleted: int = 0
    unchanged: int = 0


def build(out: str, data: Path, catalog: Catalog, watch: Watch) -> Built:
    """Make a place hold a catalog, each path with the bytes that `serve` answers there.

    `out` is a folder, or the address of a store: s3://, gs:// or az://; `data` is the folder that the catalog is from.
    Where neither the catalog nor calfeed nor the place has changed since the last build, nothing is rendered. Otherwise
    everything is rendered, to be compared, and what differs once more, to be written: no more than a few objects are
    ever held in memory. The first page, which leads to all others, is written last, and what is gone is deleted after
    it.

    Raises BuildError; where it is about the place as it was found, nothing has been touched.
    """
    _check_place(out, data)
    store = _open(out)
    with _told(f"read {out}"):
        there = {each["path"]: each["size"] for chunk in obstore.list(store) for each in chunk}
    built_from, before = _read_manifest(store, out) if MANIFEST in there else ("", {})
    fingerprint = _fingerprint(catalog)
    if built_from == fingerprint and all(entry and there.get(name) == entry[1] for name, entry in before.items()):
        return Built(unchanged=len(before))

    resources = Resources(catalog)
    paths = {_name(path): path for path in resources.paths()}
    if foreign := sorted((there.keys() & paths.keys()) - before.keys()):
        raise BuildError(
            f"{out} already holds {foreign[0]}{f' and {len(foreign) - 1} more' if len(foreign) > 1 else ''}, which "
            "calfeed needs to write but did not: name an empty place, or move this away"
        )

    def rendered(name: str) -> Representation:
        found = resources.find(paths[name], Choice())
        assert found is not None, name  # noqa: S101 -- `paths` are those that exist
        return found

    def is_current(name: str) -> bool:
        entry = before.get(name)
        return entry is not None and there.get(name) == entry[1] and entry == _entry(rendered(name))

    outdated = [name for name in watch("Comparing", paths) if not is_current(name)]
    gone = [name for name in before if name not in paths]
    store = _open(out, make=True)
    if isinstance(store, LocalStore):
        _clear_staged(Path(out), {*before, MANIFEST})
    after = before | dict.fromkeys(outdated)
    if outdated or gone:
        _write_manifest(store, out, "", after)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        under_way: deque[Future[None]] = deque()
        for name in watch("Writing", outdated):
            while len(under_way) >= (1 if name == _INDEX else _AT_ONCE):
                under_way.popleft().result()
            found = rendered(name)
            after[name] = _entry(found)
            under_way.append(pool.submit(_put, store, out, name, found.body, _attributes(found)))
        for last in under_way:
            last.result()
    if deleted := [name for name in gone if name in there]:
        with _told(f"delete objects in {out}"):
            obstore.delete(store, deleted)
    _write_manifest(store, out, fingerprint, {name: after[name] for name in paths})
    return Built(written=len(outdated), deleted=len(deleted), unchanged=len(paths) - len(outdated))


def _check_place(out: str, data: Path) -> None:
    scheme, separator, _ = out.partition("://")
    if separator:
        if scheme not in _SCHEMES:
            raise BuildError(f'"{scheme}://" is not known: name a folder, or an address with s3://, gs:// or az://')
        return
    folder, source = Path(out).resolve(), data.resolve()
    if folder.exists() and not folder.is_dir():
        raise BuildError(f"{out} is a file: name a folder")
    if folder.is_relative_to(source) or source.is_relative_to(folder):
        raise BuildError(f"{out} and the data in {data} must not lie inside each other: name another folder")


def _open(out: str, *, make: bool = False) -> ObjectStore:
    """The store at a place; an empty one stands for a folder that is not there yet, unless it is to be made."""
    with _told(f"open {out}"):
        if "://" in out:
            try:
                return from_url(out, retry_config={"max_retries": 5, "retry_timeout": timedelta(minutes=1)})
            except ValueError as error:
                raise BuildError(f"{out} is not an address: {error}") from None
        if make or Path(out).is_dir():
            return LocalStore(out, mkdir=True, automatic_cleanup=True)
        return MemoryStore()


def _read_manifest(store: ObjectStore, out: str) -> tuple[str, dict[str, Entry]]:
    """The fingerprint and the entries of the last build."""
    with _told(f"read {MANIFEST} in {out}"):
        text = bytes(obstore.get(store, MANIFEST).bytes())
    try:
        manifest = json.loads(text)
        return str(manifest["built from"]), dict(manifest["objects"])
    except (ValueError, KeyError, TypeError):
        raise BuildError(f"{MANIFEST} in {out} is not what calfeed wrote: name an empty place") from None


def _write_manifest(store: ObjectStore, out: str, fingerprint: str, entries: Mapping[str, Entry]) -> None:
    text = json.dumps({"built from": fingerprint, "objects": dict(sorted(entries.items()))}, separators=(",", ":"))
    _put(store, out, MANIFEST, text.encode(), {"Content-Type": "application/json", "Cache-Control": "no-store"})


def _put(store: ObjectStore, out: str, name: str, body: bytes, attributes: dict[str, str]) -> None:
    """Write one object: there in whole or not at all, in a folder by a rename."""
    with _told(f"write {name} in {out}"):
        obstore.put(store, name, body, attributes=None if isinstance(store, LocalStore) else attributes)


def _clear_staged(folder: Path, names: Collection[str]) -> None:
    """Delete what a killed build left half written: it lies beside its file, with `#1` or so behind the name."""
    with _told(f"read {folder}"):
        for path in list(folder.rglob("*#*")):
            name, _, number = path.relative_to(folder).as_posix().rpartition("#")
            if name in names and number.isdigit():
                path.unlink()


def _name(path: str) -> str:
    return path[1:] + (_INDEX if path.endswith("/") else "")


def _attributes(found: Representation) -> dict[str, str]:
    return {"Content-Type": found.media_type, "Cache-Control": CACHE_CONTROL}


def _entry(found: Representation) -> Entry:
    # What is said about the bytes counts as they do.
    return [sha256(f"{_attributes(found)}\n".encode() + found.body).hexdigest()[:32], len(found.body)]


def _fingerprint(catalog: Catalog) -> str:
    """A digest of all that the site is made from: the catalog, calfeed's own files, and the libraries' versions.

    Of the catalog, not of the data folder: it lies in public, and must tell nothing of what is confidential.
    """
    required = [re.split(r"[^\w.-]", each)[0] for each in metadata.requires("calfeed") or [] if "extra ==" not in each]
    versions = [f"{name} {metadata.version(name)}" for name in sorted([*required, "markupsafe"])]
    digest = sha256("\n".join([get_python_version(), *versions, repr(catalog.site)]).encode())
    for part in (catalog.trusts, catalog.portfolios, catalog.plans):
        for each in part:
            digest.update(f"{each!r}\n".encode())
    for folder in (Path(__file__).parents[1], STATIC):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _SHAPING):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@contextmanager
def _told(doing: str) -> Iterator[None]:
    """Turn what a store or the file system reports into one plain message."""
    try:
        yield
    except (BaseError, OSError) as error:
        reason = str(error).partition("\n\nDebug source")[0]
        stated = re.search(r"<Message>\s*([^<\n]+)", reason)
        reason = stated[1] if stated else re.sub(r"^Generic \w+ error: ", "", reason)
        raise BuildError(
            f"cannot {doing}: {' '.join(reason.split()).rstrip('.')}; once this is mended, build again: that is safe"
        ) from None
