"""Writes the whole site as files to a folder, or as objects to a store that serves them.

A manifest beside them lists what calfeed wrote; nothing else is ever overwritten or deleted. While a build runs, a list
of what it changes lies there too. A build that was interrupted can be repeated.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeAlias

from calfeed.addresses.resources import Document, Resources
from calfeed.formats.formats import FORMATS
from calfeed.model.catalog import Catalog
from calfeed.publishing.manifest import (
    MANIFEST,
    UNFINISHED,
    Entry,
    Group,
    Manifest,
    NoManifestError,
    Objects,
    built_from,
    entry_of,
    has_size,
    manifest_in,
    names_in,
    plans_of,
)
from calfeed.publishing.places import BuildError, Place, place_at
from calfeed.publishing.rendering import CACHE_CONTROL, Rendered, Wanted, rendered

_INDEX = "index.html"
_FEW = 100
"""Up to this many objects, rendering them takes less time than starting other processes."""
Watch: TypeAlias = Callable[[str, Collection[str]], Iterable[str]]
"""A function that yields the given names, and shows the progress meanwhile."""

_Sender: TypeAlias = Callable[[Place, Iterable[Rendered]], Iterator[Rendered]]
_Renderer: TypeAlias = Callable[[Resources, Iterable[Wanted], Path | None], Iterator[Rendered]]


class Built(NamedTuple):
    """How many objects a build wrote, deleted and left unchanged."""

    written: int = 0
    deleted: int = 0
    unchanged: int = 0


class _Task(NamedTuple):
    """What a build has to do.

    `whole` are the objects of the feeds of which nothing is to be done. `documents` are all objects of the other feeds,
    and `known` what is known of these by name. `wanted` are the objects to render, and `gone` the names of those to
    delete.
    """

    whole: Mapping[str, Group]
    documents: Mapping[str, Document]
    known: Objects
    wanted: list[Wanted]
    gone: list[str]

    @property
    def size(self) -> int:
        """How many objects the site has in the end."""
        return sum(len(group.names) for group in self.whole.values()) + len(self.documents)


def build(out: str, data: Path, catalog: Catalog, watch: Watch) -> Built:
    """Write a catalog to a place: each path with the bytes that `serve` answers with.

    `out` is a folder, or the address of a store: s3://, gs:// or az://. `data` is the folder that the catalog is from.
    Only objects whose plans have changed since the last build are rendered, and only those that then differ are
    written. The first page, which leads to all others, is written last. Then what is gone is deleted.

    Raises BuildError. If the place cannot be used as it is, nothing has been changed.
    """
    place = place_at(out, data)
    with place.alone():
        before = _manifest_of(place)
        resources = Resources(catalog)
        now = Manifest(built_from=built_from(catalog), plans=plans_of(resources))
        task = _task(place, resources, now, before)
        if not (task.wanted or task.gone or before.in_doubt or now.plans != before.plans):
            place.clear_staged([MANIFEST, UNFINISHED])
            return Built(unchanged=task.size)
        if now.built_from == before.built_from:
            _reuse_parts(place, resources, task.wanted, now, before)
        return _carried_out(place, resources, task, now, watch)


def _manifest_of(place: Place) -> Manifest:
    """The manifest of the last build, in doubt of what it did not finish; an empty one where there was none."""
    found, unfinished = place.get(MANIFEST), place.get(UNFINISHED)
    try:
        manifest = Manifest() if found is None else manifest_in(found)
    except NoManifestError:
        raise _not_ours(MANIFEST, place) from None
    try:
        return manifest if unfinished is None else manifest.doubting(names_in(unfinished))
    except NoManifestError:
        raise _not_ours(UNFINISHED, place) from None


def _not_ours(name: str, place: Place) -> BuildError:
    return BuildError(f"{name} in {place.out} is not what calfeed wrote: name an empty place")


def _task(place: Place, resources: Resources, now: Manifest, before: Manifest) -> _Task:
    addresses = _addresses(resources)
    same = _same(addresses, now, before)
    there = place.sizes([name for group in before.objects.values() for name in group.names] + list(before.in_doubt))
    whole, known = dict[str, Group](), dict(before.in_doubt)
    for address, group in before.objects.items():
        if address in same and group.has_sizes(there):
            whole[address] = group
        else:
            known.update(group.entries)
    documents = {_name(each.path): each for each in resources.documents(addresses.keys() - whole.keys())}
    _refuse_foreign(place.out, place.sizes(documents.keys() - known.keys()))
    wanted = []
    for name, (path, feed) in documents.items():
        entry = known.get(name)
        is_whole = has_size(entry, there.get(name))
        if not (is_whole and feed in same):
            wanted.append(Wanted(name, path, feed, entry if is_whole else None))
    gone = [name for name in known if name not in documents and name in there]
    return _Task(whole=whole, documents=documents, known=known, wanted=wanted, gone=gone)


def _addresses(resources: Resources) -> dict[str, None]:
    """The addresses of all feeds, in order; the empty one stands for no feed."""
    return dict.fromkeys(("", *resources.feeds.addresses))


def _same(addresses: Iterable[str], now: Manifest, before: Manifest) -> Set[str]:
    """Those of the addresses of all feeds of which the same is made now as before: no plan in them differs."""
    if now.built_from != before.built_from:
        return set()
    touched = set[str]()
    for plan, _ in now.plans.items() ^ before.plans.items():
        touched |= {"all", plan}
        for manifest in (now, before):
            portfolios = manifest.plans.get(plan, "").split(" ")[1:]
            touched.update(portfolios)
            touched.update(portfolio.rpartition("/")[0] for portfolio in portfolios)
    return set(addresses) - touched


def _reuse_parts(place: Place, resources: Resources, wanted: Iterable[Wanted], now: Manifest, before: Manifest) -> None:
    """Have documents of all plans put together from the parts of those in a folder, but for plans that have changed.

    The manifests must differ in plans alone. What is no longer as it was written is not used. For the row "build after
    an edit" of `python -m tests.benchmarks`; from a store, all of a document would have to be fetched.
    """
    if place.folder is None:
        return
    differing = [plan for plan in resources.catalog.plans if now.plans[plan.address] != before.plans.get(plan.address)]
    for each in wanted:
        if each.known is None or each.made_of != "all" or not resources.is_reusable(each.path):
            continue
        body, media_type = place.get(each.name), FORMATS[each.path.rpartition(".")[2]].media_type
        if body is not None and entry_of(body, media_type, CACHE_CONTROL) == each.known:
            resources.reuse(each.path, body, differing)


def _refuse_foreign(out: str, foreign: Collection[str]) -> None:
    if foreign:
        others = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise BuildError(
            f"{out} already holds {min(foreign)}{others}, which calfeed needs to write but did not: name an empty "
            "place, or move this away"
        )


def _carried_out(place: Place, resources: Resources, task: _Task, now: Manifest, watch: Watch) -> Built:
    place.clear_staged([MANIFEST, UNFINISHED, *(name for name, entry in task.known.items() if entry is None)])
    _put(place, UNFINISHED, json.dumps([*(each.name for each in task.wanted), *task.gone]).encode())
    entries, written = {name: entry for name, entry in task.known.items() if entry}, 0
    for made in _with_progress(_written(place, resources, task.wanted), task.wanted, watch):
        entries[made.name] = made.entry
        written += made.is_new
    if task.gone:
        place.delete(task.gone)
    of_feeds: dict[str, dict[str, Entry]] = {}
    for name, (_, feed) in task.documents.items():
        of_feeds.setdefault(feed, {})[name] = entries[name]
    groups = {**task.whole, **{feed: Group.of(each) for feed, each in of_feeds.items()}}
    in_order = {address: groups[address] for address in _addresses(resources)}
    done = Manifest(built_from=now.built_from, plans=now.plans, objects=in_order)
    _put(place, MANIFEST, done.to_json())
    place.delete([UNFINISHED])
    return Built(written=written, deleted=len(task.gone), unchanged=task.size - written)


def _put(place: Place, name: str, document: bytes) -> None:
    """Write what is calfeed's alone, and no part of the site."""
    place.put(name, document, {"Content-Type": "application/json", "Cache-Control": "no-store"})


def _with_progress(made: Iterable[Rendered], wanted: Collection[Wanted], watch: Watch) -> Iterator[Rendered]:
    progress = iter(watch("Writing", [each.name for each in wanted]))
    for each in made:
        next(progress, None)
        yield each
    next(progress, None)


def _written(place: Place, resources: Resources, wanted: Iterable[Wanted]) -> Iterator[Rendered]:
    """Render and write the objects, the first page last. Yields each once it is written."""
    first = [each for each in wanted if each.name == _INDEX]
    others = [each for each in wanted if each.name != _INDEX]
    for each in (others, first):
        made = _rendered(resources, each, place.folder)
        if place.folder:
            yield from made
        else:
            sent: _Sender = import_module("calfeed.publishing.sending").sent
            yield from sent(place, made)


def _rendered(resources: Resources, wanted: list[Wanted], folder: Path | None) -> Iterator[Rendered]:
    """Render objects, many of them by several processes.

    What that takes, and what sends to a store, is imported where it is used: for the row "build after an edit".
    """
    if len(wanted) <= _FEW:
        return rendered(resources, wanted, folder)
    rendered_by_several: _Renderer = import_module("calfeed.publishing.processes").rendered_by_several
    return rendered_by_several(resources, wanted, folder)


def _name(path: str) -> str:
    return path[1:] + (_INDEX if path.endswith("/") else "")
