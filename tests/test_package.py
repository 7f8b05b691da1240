"""What pip installs: the exact versions that both commands of the README go by."""

import re
import tomllib
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support import ROOT

CONSTRAINTS = (ROOT / ".constraints.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]


def exact_versions() -> dict[str, str]:
    """The one version of each package for this Python on this system."""
    lines = [Requirement(line) for line in CONSTRAINTS.splitlines() if not line.startswith("#")]
    here = [line for line in lines if line.marker is None or line.marker.evaluate()]
    return {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in here}


def applies(requirement: Requirement, extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def required(requirement: Requirement) -> list[Requirement]:
    """What an installed package requires here, with the extras that are asked for."""
    found = [Requirement(text) for text in requires(requirement.name) or ()]
    extras = ["", *requirement.extras]
    return [each for each in found if any(applies(each, extra) for extra in extras)]


def test_everything_that_is_installed_has_an_exact_version() -> None:
    versions = exact_versions()
    waiting = [each for each in DECLARED if applies(each)]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) not in seen:
            seen.add(str(requirement))
            waiting += required(requirement)
    assert len(seen) > len(DECLARED)
    assert {
        name for name in map(canonicalize_name, (Requirement(text).name for text in seen)) if name not in versions
    } == set()


def test_the_exact_versions_lie_in_the_ranges() -> None:
    versions = exact_versions()
    outside = [
        str(each) for each in DECLARED if applies(each) and versions[canonicalize_name(each.name)] not in each.specifier
    ]
    assert outside == []


def test_the_contributors_guide_names_the_command_that_renews_them() -> None:
    guide = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^#    (uv pip compile .*)$", CONSTRAINTS, re.MULTILINE)
    assert command is not None
    assert command[1].replace("compile", "compile --upgrade") in guide
