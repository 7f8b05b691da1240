"""A data folder to a `Catalog`: its files found and read, checked each and together."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from calfeed.documents import Checked, PlanDocument, SiteDocument, TrustDocument, check_shape
from calfeed.model import Plan, Portfolio, Site, Trust
from calfeed.plans import is_web_address, read_plan
from calfeed.problems import InvalidData, Location, Problem
from calfeed.reader import read_file
from calfeed.registry import Registry

SITE_FILE, TRUSTS_FOLDER, PLANS_FOLDER = "site.yaml", "trusts", "plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """All that a data folder says, checked. Trusts, portfolios and plans stand in the order of their files."""

    site: Site
    trusts: tuple[Trust, ...]
    portfolios: tuple[Portfolio, ...]
    plans: tuple[Plan, ...]


def load(folder: Path) -> Catalog:
    """Read a data folder; raises InvalidData, with every problem in file order, where it has any."""
    unlisted: list[Problem] = []
    names = sorted(_yaml_files(folder, unlisted))
    problems = [*unlisted, *_misplaced(folder, names)]
    site_file = read_file(folder / SITE_FILE, folder)
    site = _site(check_shape(site_file, SiteDocument))
    trust_files = [
        (path.stem, check_shape(read_file(path, folder), TrustDocument))
        for path in _documents(folder, TRUSTS_FOLDER, names)
    ]
    unread = [path.stem for path in _documents(folder, TRUSTS_FOLDER, names, ".yml")]
    registry = Registry(trust_files, [*unread, *(problem.location.file for problem in unlisted)])
    for file in (site_file, *(trust.file for _, trust in trust_files)):
        problems.extend(file.problems)
    plans = []
    for path in _documents(folder, PLANS_FOLDER, names):
        file = read_file(path, folder)
        plans.append(read_plan(path.stem, check_shape(file, PlanDocument), registry, site.domain))
        problems.extend(file.problems)
    if problems:
        raise InvalidData(sorted(problems, key=lambda problem: (_rank(folder, problem), problem)))
    return Catalog(
        site=site,
        trusts=tuple(registry.trusts),
        portfolios=tuple(registry.portfolios),
        plans=tuple(plan for plan in plans if plan),
    )


def _rank(folder: Path, problem: Problem) -> int:
    """The order of the files: the site, then trusts, then plans, as they build on each other."""
    name = problem.location.file.removeprefix(f"{folder.as_posix()}/")
    return 1 if name.startswith(f"{TRUSTS_FOLDER}/") else 2 if name.startswith(f"{PLANS_FOLDER}/") else 0


def _yaml_files(folder: Path, problems: list[Problem]) -> Iterator[str]:
    """The path in the folder of all that is named as YAML is, in it and in the folders below; hidden ones do not count.

    Folders that cannot be looked into are added to the problems. Texts in place of Paths, which take longer to make
    than a small file takes to read.
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
                yield f"{parent}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                below.append(f"{parent}{entry.name}/")
            elif not parent and entry.name in {TRUSTS_FOLDER, PLANS_FOLDER} and entry.is_dir():
                if Path(entry.path).resolve().is_relative_to(folder.resolve()):
                    below.append(f"{entry.name}/")
                else:
                    message = "the folder is a link that leads out of the data folder: put a copy of the folder here"
                    problems.append(Problem(Location(f"{root}/{entry.name}"), message))


def _documents(folder: Path, kind: str, names: list[str], suffix: str = ".yaml") -> Iterator[Path]:
    for name in names:
        parent, _, file = name.rpartition("/")
        if parent == kind and file.endswith(suffix):
            yield folder / name


def _misplaced(folder: Path, names: list[str]) -> Iterator[Problem]:
    """YAML files that would be passed over in silence."""
    for name in names:
        where = Location(f"{folder.as_posix()}/{name}")
        if not name.endswith(".yaml"):
            yield Problem(where, 'the file name must end in ".yaml"')
        elif name != SITE_FILE and name.rpartition("/")[0] not in {TRUSTS_FOLDER, PLANS_FOLDER}:
            yield Problem(
                where,
                f"the file is in the wrong place: {SITE_FILE} is at the top, trusts are in trusts/, plans in plans/",
            )


LONGEST_URL = 200
"""With two ids behind it, it still fits into a QR code."""
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}$)(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.IGNORECASE)
# Notepad adds a ".txt" to what it saves.
_YAML_NAME = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
_ORIGIN = re.compile(rf"https?://(?:{_LABEL}\.)*{_LABEL}(?::\d{{1,5}})?", re.IGNORECASE)
_DURATION = re.compile(r"([1-9]\d{0,3}) (minute|hour|day)s?")


def _site(checked: Checked[SiteDocument]) -> Site:
    """The site that its document states; placeholders stand for what has a problem."""
    file, document = checked.file, checked.document
    if document is None:
        return Site(
            title="",
            domain="",
            url="",
            refresh=timedelta(hours=6),
            events_per_feed=None,
            google_links="webcal",
            embed_on=(),
        )
    if document.domain and not _DOMAIN.fullmatch(document.domain):
        file.problems.append(
            file.problem(f'"{document.domain}" is not a domain name such as calendars.example.com', "domain")
        )
    if document.url and (
        not is_web_address(document.url) or {"?", "#"} & set(document.url) or len(document.url) > LONGEST_URL
    ):
        file.problems.append(
            file.problem(
                f'"{document.url}" is not a web address: write one such as https://calendars.example.com', "url"
            )
        )
    duration = _DURATION.fullmatch(document.refresh)
    if duration is None:
        file.problems.append(
            file.problem(f'"{document.refresh}" is not a duration such as 30 minutes, 6 hours or 1 day', "refresh")
        )
    limit = re.fullmatch(r"[1-9]\d{0,6}", document.events_per_feed)
    if document.events_per_feed and limit is None:
        file.problems.append(
            file.problem(f'"{document.events_per_feed}" is not a number of events such as 1000', "events per feed")
        )
    if document.google_links not in {"webcal", "https"}:
        file.problems.append(file.problem(f'"{document.google_links}" is neither "webcal" nor "https"', "google links"))
    for number, origin in enumerate(document.embed_on):
        if not _ORIGIN.fullmatch(origin):
            file.problems.append(
                file.problem(f'"{origin}" is not a site such as https://intranet.example.com', "embed on", number)
            )
    return Site(
        title=document.title,
        domain=document.domain,
        url=document.url.rstrip("/"),
        refresh=timedelta(**{f"{duration[2]}s": int(duration[1])}) if duration else timedelta(hours=6),
        events_per_feed=int(limit[0]) if limit else None,
        google_links=document.google_links,
        embed_on=document.embed_on,
    )
