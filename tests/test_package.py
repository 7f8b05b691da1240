"""The package: the exact versions that the README's commands install, a wheel that needs no sources, and an sdist."""

import email
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import calfeed
from calfeed.reading.documents import DOCUMENTS
from tests.support import FOUNDING, PATIENCE_SECONDS, ROOT, need

PACKAGE = ROOT / "calfeed"
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


# --- the wheel -------------------------------------------------------------------------------------------------------


def built(folder: Path, target: str) -> Path:
    """The wheel or the source distribution (`sdist`), built as it would be for a release."""
    assert find_spec("hatchling"), "the package is built with hatchling: install the dev extra"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=ROOT,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    return built(tmp_path_factory.mktemp("wheel"), "wheel")


def test_the_wheel_holds_the_package_and_what_browsers_load(wheel: Path) -> None:
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    expected = {path.relative_to(ROOT).as_posix() for path in files}
    expected |= {f"calfeed/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("static/**/*.*")}
    assert {"calfeed/py.typed", *(f"calfeed/static/schema/{name}.json" for name in DOCUMENTS)} <= expected
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == expected


def test_the_wheel_has_the_license_and_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (licence,) = (name for name in archive.namelist() if ".dist-info/licenses/" in name)
        metadata = email.message_from_bytes(archive.read(f"{licence.partition('/')[0]}/METADATA"))
        assert archive.read(licence) == (PACKAGE / "LICENSE").read_bytes()
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Author"]
    classifiers = metadata.get_all("Classifier", [])
    assert f"Programming Language :: Python :: {metadata['Requires-Python'].removeprefix('>=')}" in classifiers


def test_the_source_distribution_holds_the_files_of_the_repository_and_no_others(tmp_path: Path) -> None:
    git = need("git", "it knows the files of the repository")
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    ).stdout
    with tarfile.open(built(tmp_path, "sdist")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert "calfeed/LICENSE" in names
    assert names == {*listed.splitlines(), "PKG-INFO"}


def test_the_changelog_names_the_version() -> None:
    assert f"\n## {calfeed.__version__}\n" in (PACKAGE / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment with the wheel installed.

    The libraries are lent by this environment, since our wheel is tried and not the registry. Its calfeed, where that
    is an editable one, is not lent: the .pth file that it hangs on counts in its own environment only.
    """
    folder = str(tmp_path_factory.mktemp("fresh"))
    venv.create(folder, symlinks=sys.platform != "win32")
    base = {"base": folder, "platbase": folder}
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    site = Path(sysconfig.get_path("purelib", "venv", base))
    (site / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    scripts = Path(sysconfig.get_path("scripts", "venv", base))
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--ignore-installed", wheel], check=True, timeout=PATIENCE_SECONDS
    )
    return scripts


def run_fresh(scripts: Path, *arguments: str | Path) -> str:
    """What a command of the fresh environment prints, run away from the sources."""
    command = [scripts / arguments[0], *arguments[1:]]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command,
        cwd=scripts,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    ).stdout


def test_the_wheel_runs_without_its_sources(scripts: Path) -> None:
    imported = run_fresh(scripts, "python", "-c", "import calfeed; print(calfeed.__file__)")
    assert Path(imported).is_relative_to(scripts.parent)
    assert run_fresh(scripts, "calfeed", "--version") == f"calfeed {calfeed.__version__}\n"


def test_the_wheel_checks_the_shipped_data(scripts: Path) -> None:
    assert run_fresh(scripts, "calfeed", "check", FOUNDING).startswith("No problems: ")


def test_the_wheel_makes_a_data_folder_without_problems(scripts: Path, tmp_path: Path) -> None:
    run_fresh(scripts, "calfeed", "init", tmp_path)
    assert run_fresh(scripts, "calfeed", "check", tmp_path).startswith("No problems: ")
