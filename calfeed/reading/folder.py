"""The files of a data folder to a `Reading`, a pure function of their bytes: each checked, and all together."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from calfeed.model.catalog import Catalog, Site
from calfeed.model.plans import Plan
from calfeed.reading.clashes import Clash, Stated, clashes, may_clash, stated_in
from calfeed.reading.documents import PlanDocument, SiteDocument, TrustDocument
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
    is_document,
    is_plan,
    is_trust,
    look_at_confidential,
    look_at_public,
)
from calfeed.reading.plans import PlanFile, read_plans
from calfeed.reading.presence import addresses_in
from calfeed.reading.problems import MOST_IN_ALL, InvalidData, Location, Problem, Severity, problems_in, warnings_in
from calfeed.reading.registry import Asked, Questions, Registry
from calfeed.reading.shapes import Checked, check_shape
from calfeed.reading.site import read_site
from calfeed.reading.yaml import YamlFile, read_octets

_MISSING = Unreadable("the file is missing")
_OCTETS_AT_ONCE = 200_000
"""So many octets of plans take each step of reading before the next one: a hundred plans, or a single large one."""
T = TypeVar("T")


Trusts: TypeAlias = Mapping[str, Checked[TrustDocument]]
"""The files of trusts as read, by their paths in the folder."""


class ReadPlan(NamedTuple):
    """A plan's file as read: the plan, or None where it has problems, and the problems and warnings.

    `asked` are the questions that the registry was asked; without them nothing tells when the file says something else.
    `stated` are the plan's reorganizations that are not cancelled.
    """

    plan: Plan | None
    found: tuple[Problem, ...]
    asked: Questions | None = None
    stated: tuple[Stated, ...] = ()

    def holds(self, differing: Questions) -> bool:
        """Whether its file still says the same where the answers to some questions differ."""
        return self.asked is not None and self.asked.isdisjoint(differing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the public files of a data folder say.

    `catalog` is all of it, or None where there are problems. `found` are these and the warnings, in the order of the
    files. The rest is for the next reading: `trusts` and `plans` are what was read, by the paths in the folder, and
    `others` what was found in all files but those of plans, with those that are `misplaced`.
    """

    files: Files
    site: Site
    registry: Registry
    trusts: Trusts
    plans: Mapping[str, ReadPlan]
    misplaced: tuple[Problem, ...]
    others: tuple[Problem, ...]
    found: tuple[Problem, ...]
    catalog: Catalog | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stops publication."""
        return problems_in(self.found)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is probably wrong, and stops nothing."""
        return warnings_in(self.found)

    def checked(self) -> Catalog:
        """The catalog; raises InvalidData, with every problem, where there is any."""
        if self.catalog is None:
            raise InvalidData(self.found)
        return self.catalog


def load(folder: Path) -> Catalog:
    """What is public of a data folder; raises InvalidData, with every problem in file order, where it has any."""
    public = read(look_at_public(folder).files, folder=folder).checked()
    return public.without(addresses_in(look_at_confidential(folder).files))


def read(files: Files, before: Reading | None = None, *, folder: Path = Path("data")) -> Reading:
    """Read the public files of a data folder, which problems call `folder`.

    What is as it was `before` is not read again: of the plans only those that have changed, and those that name a trust
    or a portfolio that has. What says the same is the same object as before.
    """
    changed = _changed(files, before)
    if before and not changed:
        return before
    documents = Documents(files, folder)
    if before:
        before.registry.renew_hints()
    with _collector_paused(is_first=before is None):
        base = _base(documents, before, changed)
        return _reading(documents, base, _plans(documents, base, before, changed), before)


def _changed(files: Files, before: Reading | None) -> set[str]:
    """The files that are not as they were, and those that have come or gone."""
    if before is None:
        return set(files)
    known = before.files
    changed = {name for name, content in files.items() if known.get(name) != content}
    return changed | (known.keys() - files.keys())


class Documents:
    """The files of one part of a data folder, as YAML; `top` is the document that lies at its top."""

    def __init__(self, files: Files, folder: Path, top: str = SITE_FILE) -> None:
        self.files = files
        self._folder = folder
        self._top = top
        # Makes a path in the folder faster than Path does.
        self._prefix = (folder / "_").as_posix().removesuffix("_")

    def having(self, files: Files) -> "Documents":
        """The same part with other files."""
        return Documents(files, self._folder, self._top)

    def path(self, name: str) -> str:
        """How problems call a file, or with an empty name the folder."""
        return f"{self._prefix}{name}" if name else self._folder.as_posix()

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Findings in the order of the files, each once: trusts build on what lies at the top, plans on trusts."""
        return tuple(dict.fromkeys(sorted(problems, key=lambda problem: (self._rank(problem), problem))))

    def _rank(self, problem: Problem) -> int:
        name = problem.location.file.removeprefix(self._prefix)
        if name.startswith(f"{TRUSTS_FOLDER}/"):
            return 1
        return 2 if name.startswith(f"{PLANS_FOLDER}/") else 0

    def yaml(self, name: str) -> YamlFile:
        """A file, which need not be there."""
        content, path = self.files.get(name, _MISSING), self.path(name)
        if isinstance(content, bytes):
            return read_octets(content, path)
        return YamlFile(path, None, [Problem(Location(path), content.reason)])

    def plan(self, name: str, registry: Registry, site: Site) -> ReadPlan:
        """A plan's file."""
        return next(self.plans([name], registry, site))

    def plans(self, names: Sequence[str], registry: Registry, site: Site) -> Iterator[ReadPlan]:
        """Some plans' files, in the order given."""
        for some in self._at_once(names):
            files = [self.yaml(name) for name in some]
            checked = [check_shape(file, PlanDocument) for file in files]
            asked = [Asked(registry) for _ in some]
            plans = read_plans(map(PlanFile, map(id_of, some), checked, asked), site.domain)
            yield from map(_as_read, plans, files, asked)

    def _at_once(self, names: Iterable[str]) -> Iterator[list[str]]:
        """The names of plans in lists, each of as many as are read at once."""
        some: list[str] = []
        octets = 0
        for name in names:
            content = self.files.get(name)
            octets += len(content) if isinstance(content, bytes) else 0
            some.append(name)
            if octets >= _OCTETS_AT_ONCE:
                yield some
                some, octets = [], 0
        if some:
            yield some

    def clash(self, clash: Clash, other: str, *, with_line: bool = True) -> Problem:
        """The warning, at a plan's file, of a reorganization that clashes with one of the plan in the file `other`."""
        name = f"{clash.plan.address}.yaml"
        place = Location(self.path(name))
        if with_line:
            place = self.yaml(name).locate("reorganizations", clash.number, clash.side)
        return Problem(place, clash.reason.format(other), Severity.WARNING)

    def misplaced(self) -> Iterator[Problem]:
        """Folders that cannot be read, and YAML files that would be passed over in silence."""
        for name, content in self.files.items():
            if reason := self._reason_against(name, content):
                yield Problem(Location(self.path(name)), reason)

    def is_placed(self, name: str) -> bool:
        """Whether a file is where it belongs, so that whoever reads it says what is wrong with it."""
        return is_plan(name) or is_trust(name) or name == self._top

    def _reason_against(self, name: str, content: Content) -> str:
        """Why a file or a folder is refused, whatever it holds; empty if it is not."""
        if self.is_placed(name):
            return ""
        if isinstance(content, Unreadable) and content.is_folder:
            return content.reason
        if not name.endswith(".yaml"):
            return 'the file name must end in ".yaml"'
        return f"the file is in the wrong place: {self._right_place(name)}"

    def _right_place(self, name: str) -> str:
        if name == READERS_FILE:
            return f"{READERS_FILE} belongs in {CONFIDENTIAL}/"
        if self._top == READERS_FILE:
            return f"in {CONFIDENTIAL}/, {READERS_FILE} is at the top, trusts in trusts/, plans in plans/"
        return f"{SITE_FILE} is at the top, trusts in trusts/, plans in plans/, what is confidential in {CONFIDENTIAL}/"


class _Base(NamedTuple):
    """What the files other than plans say, as in a `Reading`."""

    site: Site
    registry: Registry
    trusts: Trusts
    misplaced: tuple[Problem, ...]
    others: tuple[Problem, ...]


def _base(documents: Documents, before: Reading | None, changed: Collection[str]) -> _Base:
    """What the files other than plans say; of those of trusts only what has changed is read."""
    if before and all(map(is_plan, changed)):
        return _Base(before.site, before.registry, before.trusts, before.misplaced, before.others)
    site_file = documents.yaml(SITE_FILE)
    site = read_site(check_shape(site_file, SiteDocument))
    misplaced = before.misplaced if before and all(map(documents.is_placed, changed)) else tuple(documents.misplaced())
    if before and all(is_plan(name) or name == SITE_FILE for name in changed):
        trusts, registry = before.trusts, before.registry
    else:
        trusts = _trusts(documents, before, changed)
        registry = _registry(documents.files, trusts, before.registry if before else None)
    of_trusts = chain.from_iterable(trust.file.found for trust in trusts.values())
    return _Base(site, registry, trusts, misplaced, (*misplaced, *site_file.found, *of_trusts))


def _registry(files: Files, trusts: Trusts, before: Registry | None) -> Registry:
    unread = [id_of(name) for name in files if is_document(name, TRUSTS_FOLDER, ".yml")]
    unlisted = [name for name, content in files.items() if isinstance(content, Unreadable) and content.is_folder]
    those = ((id_of(name), trust) for name, trust in trusts.items())
    return Registry(those, [*unread, *unlisted], before=before)


def _trusts(documents: Documents, before: Reading | None, changed: Collection[str]) -> Trusts:
    """The trusts' files in their order; those that had no problem and have not changed are not read again."""
    known = before.trusts if before else {}
    again = {name for name, trust in known.items() if trust.file.found}
    again.update(filter(is_trust, changed))
    files = documents.files
    return _renewed(
        known, again, files, lambda names: [check_shape(documents.yaml(each), TrustDocument) for each in names]
    )


def _plans(documents: Documents, base: _Base, before: Reading | None, changed: Collection[str]) -> dict[str, ReadPlan]:
    """The plans in the order of their files; those to which nothing that has changed makes a difference are kept."""
    known = before.plans if before else {}
    again = set(filter(is_plan, changed))
    if before and base.site.domain != before.site.domain:
        again.update(known)
    elif before and base.registry is not before.registry:
        differing = base.registry.differing(before.registry)
        again.update(name for name, each in known.items() if not each.holds(differing))

    def read_again(names: Sequence[str]) -> Iterator[ReadPlan]:
        for name, now in zip(names, documents.plans(names, base.registry, base.site), strict=True):
            as_before = known.get(name)
            yield as_before if as_before and as_before == now else now

    return _renewed(known, again, documents.files, read_again)


def _as_read(plan: Plan | None, file: YamlFile, asked: Asked) -> ReadPlan:
    found = file.found
    if plan is None or (found and file.problems):
        return ReadPlan(None, found)
    return ReadPlan(plan, found, asked.questions, stated_in(plan))


def _renewed(
    known: Mapping[str, T], again: set[str], files: Files, read_all: Callable[[Sequence[str]], Iterable[T]]
) -> dict[str, T]:
    """What is `known` of some files, in their order, with some read `again`; what is gone is left out."""
    now = dict(known)
    for name in again - files.keys():
        now.pop(name, None)
    names = sorted(again & files.keys())
    now.update(zip(names, read_all(names), strict=True))
    return now if now.keys() == known.keys() else dict(sorted(now.items()))


def _reading(documents: Documents, base: _Base, plans: Mapping[str, ReadPlan], before: Reading | None) -> Reading:
    """A reading; its catalog is the one before where that says the same."""
    read_plans = list(plans.values())
    of_plans = [problem for each in read_plans if each.found for problem in each.found]
    found = documents.in_order([*base.others, *of_plans, *_clashes(documents, read_plans)])
    catalog = None
    if not problems_in(found):
        registry, good = base.registry, tuple([each.plan for each in read_plans if each.plan])
        catalog = Catalog(
            site=base.site, trusts=tuple(registry.trusts), portfolios=tuple(registry.portfolios), plans=good
        )
        if before and before.catalog == catalog:
            catalog = before.catalog
    return Reading(
        files=documents.files,
        site=base.site,
        registry=base.registry,
        trusts=base.trusts,
        plans=plans,
        misplaced=base.misplaced,
        others=base.others,
        found=found,
        catalog=catalog,
    )


def _clashes(documents: Documents, plans: Collection[ReadPlan]) -> Iterator[Problem]:
    """A warning for each reorganization that clashes with another one, where the later of them stands."""
    if not may_clash([plan.stated for plan in plans]):
        return  # as nearly always: for the row "one plan of 10,000 edited"
    stated = [(each.plan, each.stated) for each in plans if each.plan and each.stated]
    for number, clash in enumerate(clashes(stated)):
        # No more are told, and to find the line is to read the file again.
        yield documents.clash(clash, documents.path(f"{clash.other.address}.yaml"), with_line=number < MOST_IN_ALL)


@contextmanager
def _collector_paused(*, is_first: bool) -> Iterator[None]:
    """Leave Python's collector out, which would look through all that was read, time and again, and find nothing.

    After a first reading it takes all objects for old ones: otherwise it would look through them at once, for a quarter
    of the time in the row "folder to catalog". A process that has frozen objects keeps them frozen.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_first and not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()
        if was_on:
            gc.enable()
