"""A data folder to a `Catalog`: its files found and read, checked each and together."""

import gc
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from calfeed.model.catalog import Catalog
from calfeed.model.plans import Plan
from calfeed.reading.documents import PlanDocument, ReadersDocument, SiteDocument, TrustDocument
from calfeed.reading.plans import read_plan
from calfeed.reading.problems import InvalidData, Location, Problem
from calfeed.reading.readers import READERS_FILE, check_readers
from calfeed.reading.registry import Registry
from calfeed.reading.shapes import check_shape
from calfeed.reading.site import read_site
from calfeed.reading.yaml import YamlFile, content_of, digest, read_file

SITE_FILE, TRUSTS_FOLDER, PLANS_FOLDER = "site.yaml", "trusts", "plans"


def load(folder: Path) -> Catalog:
    """Read a data folder; raises InvalidData, with every problem in file order, where it has any."""
    return DataFolder(folder).load()


class DataFolder:
    """A data folder and what was read from it last, so that an edit costs no more than the files that it touches."""

    def __init__(self, path: Path, last_good: Catalog | None = None) -> None:
        self.path = path
        self._prefix = (path / "_").as_posix().removesuffix("_")  # makes a path in the folder faster than Path does
        self._catalog = last_good
        self._registry: Registry | None = None  # None until all has been read
        self._plans = {f"{plan.address}.yaml": plan for plan in last_good.plans} if last_good else {}
        self._refused: set[str] = set()  # the plan files that had problems
        self._digests: dict[str, bytes] = {}  # of every file as it was read last

    def load(self) -> Catalog:
        """Read everything; raises InvalidData, with every problem in file order, where there is any."""
        with _collector_paused():
            return self._load()

    def _load(self) -> Catalog:
        self._registry = None
        self._digests.clear()
        problems: list[Problem] = []
        listed = dict(sorted(_yaml_files(self.path, problems)))
        unlisted = [problem.location.file for problem in problems]
        problems.extend(_misplaced(self.path, listed))
        site_file = read_file(self.path / SITE_FILE, self.path)
        site = read_site(check_shape(site_file, SiteDocument))
        trust_files = [
            (_id(name), check_shape(self._file(name, listed[name]), TrustDocument))
            for name in listed
            if _is_document(name, TRUSTS_FOLDER)
        ]
        unread = [_id(name) for name in listed if _is_document(name, TRUSTS_FOLDER, ".yml")]
        registry = Registry(trust_files, [*unread, *unlisted])
        files = [site_file, *(trust.file for _, trust in trust_files)]
        plans: dict[str, Plan] = {}
        for name, is_plain in listed.items():
            if _is_document(name, PLANS_FOLDER):
                file = self._file(name, is_plain)
                problems.extend(self._read_plan(name, file, registry, site.domain, plans))
                self._digests[name] = file.digest
        if READERS_FILE in listed:
            plan_ids = (_id(name) for name in listed if _is_document(name, PLANS_FOLDER))
            addresses = [*(trust.address for trust in registry.trusts), *(f"plans/{plan_id}" for plan_id in plan_ids)]
            readers = check_shape(self._file(READERS_FILE, listed[READERS_FILE]), ReadersDocument)
            check_readers(readers, addresses)
            files.append(readers.file)
        for file in files:
            problems.extend(file.problems)
            self._digests[file.name.removeprefix(self._prefix)] = file.digest
        if problems:
            raise InvalidData(self._in_order(problems))
        catalog = Catalog(site=site, trusts=tuple(registry.trusts), portfolios=tuple(registry.portfolios), plans=())
        taken = self._taken(catalog, plans)
        self._registry = registry
        return taken

    def names(self) -> list[str]:
        """The paths in the folder of all files that are named as YAML is."""
        return [name for name, _ in _yaml_files(self.path, [])]

    def readable_again(self, names: Iterable[str]) -> list[str]:
        """The documents among some files that could not be read, but can be now: the system may have been short."""
        unread = [name for name in names if not self._digests.get(name) and _is_expected(name)]
        return [name for name in unread if content_of(self.path / name, self.path)]

    def reread(self, changed: Iterable[Path]) -> Catalog:
        """Read again what may have changed, and what had problems before; raises InvalidData where there is any.

        What is as it was is the same object as before. The last plan of all is not taken away: an emptied folder is a
        problem, as one that cannot be read is.
        """
        names = {name for path in changed if self._is_another(name := path.relative_to(self.path).as_posix())}
        if self._catalog is None or self._registry is None or not all(_is_document(n, PLANS_FOLDER) for n in names):
            return self.load()
        if not names and not self._refused:
            return self._catalog
        if READERS_FILE in self._digests and not all((self.path / name).exists() for name in names):
            return self.load()  # readers may be said to see what is gone
        plans = dict(self._plans)
        problems: list[Problem] = []
        self._refused |= names
        for name in self._refused:
            path = self.path / name
            if path.exists() or path.is_symlink():
                file = read_file(path, self.path)
                problems.extend(self._read_plan(name, file, self._registry, self._catalog.site.domain, plans))
                self._digests[name] = file.digest
            else:
                plans.pop(name, None)
                self._digests.pop(name, None)
        if problems:
            raise InvalidData(self._in_order(problems))
        if not plans:
            return self.load()  # to tell why
        return self._taken(self._catalog, plans)

    def _is_another(self, name: str) -> bool:
        """Whether a file's content is not what was read last, or cannot be read."""
        content = content_of(self.path / name, self.path)
        return not content or digest(content) != self._digests.get(name)

    def _taken(self, catalog: Catalog, plans: dict[str, Plan]) -> Catalog:
        if self._plans and not plans:
            raise InvalidData(
                [
                    Problem(
                        Location((self.path / PLANS_FOLDER).as_posix()),
                        "all plans are gone: put one back, or restart the server without the last good data",
                    )
                ]
            )
        self._plans = {name: plans[name] for name in sorted(plans)}
        self._refused.clear()
        self._catalog = replace(catalog, plans=tuple(self._plans.values()))
        return self._catalog

    def _file(self, name: str, is_plain: bool) -> YamlFile:
        return read_file(f"{self._prefix}{name}") if is_plain else read_file(self.path / name, self.path)

    def _read_plan(
        self, name: str, file: YamlFile, registry: Registry, domain: str, plans: dict[str, Plan]
    ) -> list[Problem]:
        """Put the plan of a file among the others, in place of what it said before; the file's problems."""
        plan = read_plan(_id(name), check_shape(file, PlanDocument), registry, domain)
        if plan and not file.problems:
            plans[name] = plan
        return file.problems

    def _in_order(self, problems: list[Problem]) -> list[Problem]:
        return sorted(problems, key=lambda problem: (_rank(self.path, problem), problem))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Leave Python's collector out, which would look through all that was read, time and again, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rank(folder: Path, problem: Problem) -> int:
    """The order of the files: the site, then trusts, then plans, as they build on each other."""
    name = problem.location.file.removeprefix(f"{folder.as_posix()}/")
    return 1 if name.startswith(f"{TRUSTS_FOLDER}/") else 2 if name.startswith(f"{PLANS_FOLDER}/") else 0


def _yaml_files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, bool]]:
    """The path in the folder of all that is named as YAML is, and whether it is a plain file.

    The folders below are looked into too; what is hidden does not count. Folders that cannot be looked into are added
    to the problems. Texts in place of Paths, which take longer to make than a small file takes to read.
    """
    root = folder.as_posix()
    below = [""]
    while below:
        parent = below.pop()
        try:
            entries = list(os.scandir(f"{root}/{parent}"))
        except OSError as error:
            place = Location(f"{root}/{parent}".rstrip("/"))
            problems.append(Problem(place, f"the folder cannot be read: {error.strerror or error}"))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _YAML_NAME.search(entry.name):
                yield f"{parent}{entry.name}", entry.is_file(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False):
                below.append(f"{parent}{entry.name}/")
            elif not parent and entry.name in {TRUSTS_FOLDER, PLANS_FOLDER}:
                path = Path(entry.path)
                if not path.is_dir():
                    message = "this is no folder, nor a link that leads to one"
                elif not path.resolve().is_relative_to(folder.resolve()):
                    message = "the folder is a link that leads out of the data folder: put a copy of the folder here"
                else:
                    below.append(f"{entry.name}/")
                    continue
                problems.append(Problem(Location(f"{root}/{entry.name}"), message))


def _is_document(name: str, kind: str, suffix: str = ".yaml") -> bool:
    """Whether a path in the data folder is that of a trust or of a plan."""
    return name.startswith(f"{kind}/") and name.endswith(suffix) and name.count("/") == 1


def _is_expected(name: str) -> bool:
    """Whether a path in the data folder is that of a document."""
    return name in {SITE_FILE, READERS_FILE} or _is_document(name, TRUSTS_FOLDER) or _is_document(name, PLANS_FOLDER)


def _id(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _misplaced(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """YAML files that would be passed over in silence."""
    for name in names:
        where = Location(f"{folder.as_posix()}/{name}")
        if not name.endswith(".yaml"):
            yield Problem(where, 'the file name must end in ".yaml"')
        elif name not in {SITE_FILE, READERS_FILE} and name.rpartition("/")[0] not in {TRUSTS_FOLDER, PLANS_FOLDER}:
            yield Problem(
                where,
                f"the file is in the wrong place: {SITE_FILE} and {READERS_FILE} are at the top, trusts in trusts/, "
                "plans in plans/",
            )


# Notepad adds a ".txt" to what it saves.
_YAML_NAME = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
