"""The confidential part of a data folder, laid over what is public.

Nothing public is made of it. What it says is read beside what is public: it may add portfolios to a public trust, and
its plans may name any portfolio. Each of its files counts as it was good last, and one that no longer fits is left out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from calfeed.model.catalog import Catalog, Site
from calfeed.model.plans import Plan
from calfeed.model.trusts import Portfolio, Trust
from calfeed.reading.clashes import clashes, stated_in
from calfeed.reading.documents import ConfidentialTrustDocument, TrustDocument
from calfeed.reading.files import (
    CONFIDENTIAL,
    PLANS_FOLDER,
    READERS_FILE,
    Content,
    Files,
    Parts,
    id_of,
    is_plan,
    is_trust,
    look_at_confidential,
    look_at_public,
    octets_of,
)
from calfeed.reading.folder import Documents, Reading, ReadPlan, read
from calfeed.reading.presence import addresses_in, portfolios_in
from calfeed.reading.problems import InvalidData, Location, Problem, Severity, problems_in
from calfeed.reading.readers import Readers, read_readers
from calfeed.reading.registry import Registry
from calfeed.reading.shapes import check_shape

_TRUST: type[TrustDocument] = ConfidentialTrustDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What the confidential part says, laid over a `public` registry `without` some addresses of it.

    `trusts` and `portfolios` are its own; a portfolio may be one of a public trust. `good` are the bytes of each file
    as it was good last, which is what counts; `found` are the problems and warnings of the files as they are.
    `trusts_read` and `plans_read` are for the next reading.
    """

    files: Files
    public: Registry
    without: frozenset[str]
    site: Site
    registry: Registry
    trusts: tuple[Trust, ...]
    portfolios: tuple[Portfolio, ...]
    plans: tuple[Plan, ...]
    good: Mapping[str, bytes]
    found: tuple[Problem, ...]
    trusts_read: "_Trusts"
    plans_read: Mapping[tuple[str, Content], ReadPlan]


def lay_over(
    files: Files,
    public: Registry,
    site: Site,
    *,
    without: frozenset[str] = frozenset(),
    good: Mapping[str, bytes] | None = None,
    before: Overlay | None = None,
    folder: Path = Path("data"),
) -> Overlay:
    """Read the confidential files beside a `public` registry `without` some addresses of it.

    `good` are the bytes that count where those in a file do not; with an overlay `before` they are its own. What is as
    it was before is not read again. Problems call the data folder `folder`.
    """
    same_base = before is not None and (before.public, before.without, before.site) == (public, without, site)
    if before and same_base and before.files == files:
        return before
    known = before.good if before else good or {}
    documents = Documents(files, folder / CONFIDENTIAL, top=READERS_FILE)
    plans_before: Mapping[tuple[str, Content], ReadPlan] = {}
    if before and same_base and _same_trusts(before.files, files):
        trusts, plans_before = before.trusts_read, before.plans_read
    else:
        trusts = _trusts(documents, known, public, without)
    plans = _plans(documents, known, plans_before, trusts.registry, site)
    return Overlay(
        files=files,
        public=public,
        without=without,
        site=site,
        registry=trusts.registry,
        trusts=trusts.registry.trusts_beside(public),
        portfolios=trusts.registry.portfolios_beside(public),
        plans=tuple(plans.plans),
        good=trusts.good | plans.good,
        found=documents.in_order([*documents.misplaced(), *trusts.found, *plans.found]),
        trusts_read=trusts,
        plans_read=plans.read,
    )


class _Trusts(NamedTuple):
    """The registry of both parts, the bytes of the files that count, and what is found in the files as they are."""

    registry: Registry
    good: dict[str, bytes]
    found: tuple[Problem, ...]


def _trusts(documents: Documents, good: Mapping[str, bytes], public: Registry, without: Collection[str]) -> _Trusts:
    """Read the trusts' files together, since names must differ, in place of those with problems what was good last."""
    if not without and not any(map(is_trust, documents.files)):
        return _Trusts(public, {}, ())  # nobody pays for what is confidential where nothing is
    counting = {name: content for name, content in sorted(documents.files.items()) if is_trust(name)}
    found: tuple[Problem, ...] | None = None
    while True:
        those = documents.having(counting)
        checked = {name: check_shape(those.yaml(name), _TRUST) for name in counting}
        left_out = [id_of(name) for name in documents.files if is_trust(name) and name not in counting]
        files = ((id_of(name), each) for name, each in checked.items())
        registry = Registry(files, left_out, public=public, without=without)
        if found is None:
            found = tuple(chain.from_iterable(each.file.found for each in checked.values()))
        bad = [name for name, each in checked.items() if each.file.problems]
        if not bad:
            return _Trusts(registry, octets_of(counting), found)
        for name in bad:
            if name in good and counting[name] != good[name]:
                counting[name] = good[name]
            else:
                del counting[name]


class _Plans(NamedTuple):
    """The plans that count, the bytes of their files, and what is found in the files as they are.

    `read` has each plan that was read, those too that do not count.
    """

    plans: list[Plan]
    good: dict[str, bytes]
    found: list[Problem]
    read: dict[tuple[str, Content], ReadPlan]


def _plans(
    documents: Documents,
    good: Mapping[str, bytes],
    before: Mapping[tuple[str, Content], ReadPlan],
    registry: Registry,
    site: Site,
) -> _Plans:
    """Read the plans, in place of each with problems what was good last."""
    result = _Plans([], {}, [], {})
    registry.renew_hints()

    def read_one(name: str, content: Content) -> ReadPlan:
        key = name, content
        result.read[key] = before.get(key) or _plan(documents.having({name: content}), name, registry, site)
        return result.read[key]

    for name in sorted(filter(is_plan, documents.files)):
        content = documents.files[name]
        now = read_one(name, content)
        result.found.extend(now.found)
        if now.plan is None and name in good:
            content = good[name]
            now = read_one(name, content)
        if now.plan and isinstance(content, bytes):
            result.plans.append(now.plan)
            result.good[name] = content
    return result


def _plan(documents: Documents, name: str, registry: Registry, site: Site) -> ReadPlan:
    unresolved = registry.unresolved
    read_plan = documents.plan(name, registry, site)
    if read_plan.plan is None:
        return read_plan
    if registry.unresolved > unresolved:
        message = "readers do not see this plan: it may name a portfolio of a trust whose file has problems"
        return ReadPlan(None, (*read_plan.found, Problem(Location(documents.path(name)), message)))
    return read_plan._replace(plan=replace(read_plan.plan, confidential=True))


def _same_trusts(some: Files, others: Files) -> bool:
    return all(some.get(name) == others.get(name) for name in some.keys() | others.keys() if is_trust(name))


# --- both parts ------------------------------------------------------------------------------------------------------


class Whole(NamedTuple):
    """Both parts of a data folder, and the problems and warnings in them.

    `catalog` is what is public, None where there are problems in it. `found` is in both parts, the public one first;
    `found_in_public` says the same of public files as if there were no others.
    """

    catalog: Catalog | None
    overlay: Overlay
    readers: Readers
    found: tuple[Problem, ...]
    found_in_public: tuple[Problem, ...]
    addresses: frozenset[str]
    """Those of all trusts and plans, whatever is wrong with them."""

    def checked(self) -> Catalog:
        """The catalog of both parts; raises InvalidData, with every problem, if either part has any."""
        if self.catalog is None or problems_in(self.found):
            raise InvalidData(self.found)
        return self.catalog.joined_with(self.overlay.trusts, self.overlay.portfolios, self.overlay.plans)


def read_whole(folder: Path) -> Whole:
    """Read a data folder with all that is confidential in it."""
    return read_parts(Parts(look_at_public(folder).files, look_at_confidential(folder).files), folder)


def read_parts(parts: Parts, folder: Path) -> Whole:
    """Read the files of both parts of a data folder, which problems call `folder`."""
    public, files = read(parts.public, folder=folder), parts.confidential
    in_both = addresses_in(files)
    overlay = lay_over(files, public.registry, public.site, without=in_both, folder=folder)
    return Whole(
        catalog=public.catalog and public.catalog.without(in_both),
        overlay=overlay,
        readers=read_readers(files.get(READERS_FILE)).readers,
        found=(*with_advice(public, overlay, folder), *found_in_overlay(public, overlay, folder)),
        found_in_public=public.found,
        addresses=_addresses(public.files, files),
    )


def _addresses(*parts: Files) -> frozenset[str]:
    """The addresses of the trusts and plans that have a file."""
    return frozenset(name.removesuffix(".yaml") for files in parts for name in files if is_plan(name) or is_trust(name))


def found_in_overlay(public: Reading, overlay: Overlay, folder: Path) -> tuple[Problem, ...]:
    """The problems and warnings of the confidential files, and those between them and what is public now."""
    documents = Documents(overlay.files, folder / CONFIDENTIAL, top=READERS_FILE)
    content, addresses = overlay.files.get(READERS_FILE), _addresses(public.files, overlay.files)
    readers = read_readers(content, documents.path(READERS_FILE), addresses)
    return documents.in_order(
        [
            *overlay.found,
            *readers.found,
            *_in_both(public.files, documents, folder),
            *_clashes(public, overlay, documents, folder),
            *_told(public, overlay, folder),
        ]
    )


def _in_both(public: Files, documents: Documents, folder: Path) -> Iterator[Problem]:
    """The plans and portfolios that stand in both parts."""
    for name, content in documents.files.items():
        if name not in public:
            continue
        other = (folder / name).as_posix()
        if is_plan(name):
            message = f"{other} is there too: the public sees neither, until you delete one of the two files"
            yield Problem(Location(documents.path(name)), message)
        if is_trust(name):
            file = documents.yaml(name)
            for portfolio in sorted(portfolios_in(content).ids & portfolios_in(public[name]).ids):
                where = f"{other} too: the public sees neither, until you delete it in one of the two files"
                message = f'"{portfolio}" is in {where}'
                yield file.problem(message, "portfolios", portfolio, key=True)


def _clashes(public: Reading, overlay: Overlay, documents: Documents, folder: Path) -> Iterator[Problem]:
    """A warning for each reorganization of a confidential plan that clashes with one of any plan, public or not."""
    if not overlay.plans:
        return
    read_plans = [(each.plan, each.stated) for each in public.plans.values() if each.plan]
    of_public = [(plan, those) for plan, those in read_plans if plan.address not in overlay.without]
    confidential = [(plan, stated_in(plan)) for plan in overlay.plans]
    for clash in clashes([*of_public, *confidential]):
        if clash.plan.confidential:
            other = f"{clash.other.address}.yaml"
            path = documents.path(other) if clash.other.confidential else (folder / other).as_posix()
            yield documents.clash(clash, path)


def _told(public: Reading, overlay: Overlay, folder: Path) -> Iterator[Problem]:
    """Warnings of confidential names that stand in public files."""
    names = overlay.registry.names_beside(public.registry)
    if not names:
        return
    for file, content in public.files.items():
        text = _plain(content)
        for name, place in list(names.items()):
            if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                other = (folder / file).as_posix()
                message = f"this name stands in {other}, which is public"
                yield Problem(place(), message, Severity.WARNING)
                del names[name]  # told once


def _plain(content: Content) -> str:
    """The text of a file in lower case, however its lines are broken."""
    return " ".join(content.decode(errors="replace").casefold().split()) if isinstance(content, bytes) else ""


def with_advice(public: Reading, overlay: Overlay, folder: Path) -> tuple[Problem, ...]:
    """What is found in public files; the problems of a plan that names what is confidential say what to do."""
    documents = Documents(public.files, folder)
    named: set[Location] = set()
    for name, found in public.plans.items():
        if found.plan is None and overlay.portfolios:
            beside = problems_in(documents.plan(name, overlay.registry, public.site).found)
            left = {problem.location for problem in beside}
            named.update(problem.location for problem in problems_in(found.found) if problem.location not in left)
    return tuple(replace(each, message=_MOVE) if each.location in named else each for each in public.found)


_MOVE = (
    f"this is confidential, and this plan is public: move the plan to {CONFIDENTIAL}/{PLANS_FOLDER}/, or publish this "
    "too"
)
