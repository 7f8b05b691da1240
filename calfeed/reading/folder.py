"""The files of a data folder to a `Reading`, a pure function of their bytes: each checked, and all together."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from calfeed.model.catalog import Catalog, Site
from calfeed.model.plans import Plan
from calfeed.reading.checks import Open, Twice, stated_twice, still_open
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
from calfeed.reading.plans import read_plan
from calfeed.reading.presence import addresses_in
from calfeed.reading.problems import MOST_IN_ALL, InvalidData, Location, Problem, Severity, problems_in, warnings_in
from calfeed.reading.registry import Answer, Asked, Registry
from calfeed.reading.shapes import Checked, check_shape
from calfeed.reading.site import read_site
from calfeed.reading.yaml import YamlFile, read_octets

_MISSING = Unreadable("the file is missing")
_FOLDERS = frozenset({TRUSTS_FOLDER, PLANS_FOLDER})


Trusts: TypeAlias = Mapping[str, Checked[TrustDocument]]
"""The files of trusts as read, by their paths in the folder."""


class ReadPlan(NamedTuple):
    """A plan's file as read: the plan, or None where it has problems, and the problems and warnings.

    `answers` are those of the registry that it was read with. `still_open` are the plan's reorganizations that are.
    """

    plan: Plan | None
    found: tuple[Problem, ...]
    answers: tuple[Answer, ...] = ()
    still_open: tuple[Open, ...] = ()

    def holds_in(self, registry: Registry) -> bool:
        """Whether its file, read with a registry, says the same."""
        return self.plan is not None and all(answer.holds_in(registry) for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the public files of a data folder say.

    `catalog` is all of it, or None where there are problems. `found` are these and the warnings, in the order of the
    files. The rest is for the next reading: `trusts` and `plans` are what was read, by the paths in the folder, and
    `others` what was found in all files but those of plans.
    """

    files: Files
    site: Site
    registry: Registry
    trusts: Trusts
    plans: Mapping[str, ReadPlan]
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

    What is as it was `before` is not read again: where plans alone have changed, only these are. What says the same is
    the same object as before.
    """
    changed = _changed(files, before)
    if before and not changed:
        return before
    documents = Documents(files, folder)
    if before:
        before.registry.renew_hints()
    with _collector_paused(is_first=before is None):
        if before is None or not all(map(is_plan, changed)):
            return _read_all(documents, before, changed)
        return _read_again(documents, before, changed)


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
        file = self.yaml(name)
        asked = Asked(registry)
        plan = read_plan(id_of(name), check_shape(file, PlanDocument), asked, site.domain)
        if plan is None or file.problems:
            return ReadPlan(None, file.found, tuple(asked.answers))
        return ReadPlan(plan, file.found, tuple(asked.answers), still_open(plan))

    def stated_twice(self, name: str, twice: Twice, first: str, *, with_line: bool = True) -> Problem:
        """The warning, at a plan's file, of a reorganization that the plan in the file `first` states too."""
        place = Location(self.path(name))
        if with_line:
            place = self.yaml(name).locate("reorganizations", twice.number, "target")
        target = twice.plan.reorganizations[twice.number].target.name
        message = (
            f'"{target}" has the same target and acquirer in {first}, and neither is completed or cancelled: '
            "is this one the other, postponed?"
        )
        return Problem(place, message, Severity.WARNING)

    def misplaced(self) -> Iterator[Problem]:
        """Folders that cannot be read, and YAML files that would be passed over in silence."""
        for name, content in self.files.items():
            if reason := self._reason_against(name, content):
                yield Problem(Location(self.path(name)), reason)

    def _reason_against(self, name: str, content: Content) -> str:
        """Why a file or a folder is refused, whatever it holds; empty if it is not."""
        if isinstance(content, Unreadable) and content.is_folder:
            return content.reason
        if not name.endswith(".yaml"):
            return 'the file name must end in ".yaml"'
        if name != self._top and name.rpartition("/")[0] not in _FOLDERS:
            return f"the file is in the wrong place: {self._right_place(name)}"
        return ""

    def _right_place(self, name: str) -> str:
        if name == READERS_FILE:
            return f"{READERS_FILE} belongs in {CONFIDENTIAL}/"
        if self._top == READERS_FILE:
            return f"in {CONFIDENTIAL}/, {READERS_FILE} is at the top, trusts in trusts/, plans in plans/"
        return f"{SITE_FILE} is at the top, trusts in trusts/, plans in plans/, what is confidential in {CONFIDENTIAL}/"


def _read_all(documents: Documents, before: Reading | None, changed: Collection[str]) -> Reading:
    """The reading where other files than plans have changed; plans to which that makes no difference are kept."""
    files = documents.files
    site_file = documents.yaml(SITE_FILE)
    site = read_site(check_shape(site_file, SiteDocument))
    known = before if before and before.site.domain == site.domain else None
    if known and all(is_plan(name) or name == SITE_FILE for name in changed):
        trusts, registry = known.trusts, known.registry
    else:
        trusts = _trusts(documents, before, changed)
        registry = _registry(files, trusts, before.registry if before else None)
    plans: dict[str, ReadPlan] = {}
    for name in filter(is_plan, sorted(files)):
        as_before = known.plans.get(name) if known and name not in changed else None
        is_kept = known and as_before and (registry is known.registry or as_before.holds_in(registry))
        plans[name] = as_before if as_before and is_kept else documents.plan(name, registry, site)
    found = [*documents.misplaced(), *site_file.found]
    found += chain.from_iterable(trust.file.found for trust in trusts.values())
    return _reading(documents, site, registry, trusts, plans, tuple(found), before.catalog if before else None)


def _registry(files: Files, trusts: Trusts, before: Registry | None) -> Registry:
    unread = [id_of(name) for name in sorted(files) if is_document(name, TRUSTS_FOLDER, ".yml")]
    unlisted = [name for name, content in files.items() if isinstance(content, Unreadable) and content.is_folder]
    those = ((id_of(name), trust) for name, trust in trusts.items())
    return Registry(those, [*unread, *unlisted], before=before)


def _trusts(documents: Documents, before: Reading | None, changed: Collection[str]) -> Trusts:
    """The trusts' files in their order; those that had no problem and have not changed are not read again."""
    known = before.trusts if before else {}
    trusts: dict[str, Checked[TrustDocument]] = {}
    for name in filter(is_trust, sorted(documents.files)):
        as_before = known.get(name) if name not in changed else None
        is_kept = as_before is not None and not as_before.file.found
        trusts[name] = as_before if as_before and is_kept else check_shape(documents.yaml(name), TrustDocument)
    return trusts


def _read_again(documents: Documents, before: Reading, changed: Collection[str]) -> Reading:
    """The reading where plans alone have changed."""
    plans = dict(before.plans)
    for name in changed:
        known = plans.get(name)
        if name not in documents.files:
            del plans[name]
            continue
        now = documents.plan(name, before.registry, before.site)
        plans[name] = known if known == now and known else now
    if any(name not in before.plans for name in changed):
        plans = {name: plans[name] for name in sorted(plans)}
    return _reading(documents, before.site, before.registry, before.trusts, plans, before.others, before.catalog)


def _reading(
    documents: Documents,
    site: Site,
    registry: Registry,
    trusts: Trusts,
    plans: Mapping[str, ReadPlan],
    others: tuple[Problem, ...],
    before: Catalog | None,
) -> Reading:
    """A reading; its catalog is the one before where that says the same."""
    read_plans = list(plans.values())
    of_plans = [problem for each in read_plans if each.found for problem in each.found]
    found = documents.in_order([*others, *of_plans, *_stated_twice(documents, read_plans)])
    catalog = None
    if not problems_in(found):
        good = tuple([each.plan for each in read_plans if each.plan])
        catalog = Catalog(site=site, trusts=tuple(registry.trusts), portfolios=tuple(registry.portfolios), plans=good)
        catalog = before if before == catalog else catalog
    return Reading(
        files=documents.files,
        site=site,
        registry=registry,
        trusts=trusts,
        plans=plans,
        others=others,
        found=found,
        catalog=catalog,
    )


def _stated_twice(documents: Documents, plans: Collection[ReadPlan]) -> Iterator[Problem]:
    """A warning for each reorganization that two plans state, where the later of them does."""
    parties = [each.parties for plan in plans for each in plan.still_open]
    if len(set(parties)) == len(parties):
        return  # as nearly always: for the row "one plan of 10,000 edited"
    unfinished = [(each.plan, each.still_open) for each in plans if each.plan and each.still_open]
    for number, twice in enumerate(stated_twice(unfinished)):
        name, first = f"{twice.plan.address}.yaml", documents.path(f"{twice.first.address}.yaml")
        # No more are told, and to find the line is to read the file again.
        yield documents.stated_twice(name, twice, first, with_line=number < MOST_IN_ALL)


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
