"""The shape of the code: one order of modules, one importer a library, the world at the edge alone."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest

from tests.support import ROOT, each_of, need

PACKAGE = ROOT / "calfeed"

# The rooms from the top down: a module imports from its own room and from those above it.
ROOMS = ("model", "reading", "filings", "feeds", "formats", "addresses", "publishing", "serving", "cli")
# Those of filings, in the same order.
ROOMS_OF_FILINGS = ("passages", "kinds", "funds", "dates", "standings", "drafts", "comparing", "revising")

# Parts of a library that have a name of their own.
COMES_WITH = {"pydantic_core": "pydantic", "markupsafe": "jinja2", "werkzeug": "flask"}
READ_AS_DATA = {"tzdata": "reading.phrases.zones"}
# Debian's, for a program that tests run by Debian's own Python.
FROM_DEBIAN = {"gi"}

# What could make the same data give other bytes on another day, machine or run.
WORLD_MODULES = {
    "getpass", "locale", "multiprocessing", "os", "platform", "random", "secrets", "signal", "socket", "subprocess",
    "sys", "tempfile", "threading", "time",
}  # fmt: skip
WORLD_NAMES = {
    "cwd", "environ", "expanduser", "fromtimestamp", "getenv", "gethostname", "lstat", "now", "stat", "today", "utcnow",
    "uuid1", "uuid4",
}  # fmt: skip
MAY_IMPORT = {
    "reading.files": {"os"},
    "formats.pieces": {"sys"},  # whether Python keeps what it has compiled
    "publishing.manifest": {"os", "sys"},  # the packages that are installed
    "serving.snapshot": {"os", "tempfile"},
    "serving.steps": {"threading"},
    "serving.live": {"threading", "time"},
    "serving.rest": {"time"},
    "serving.waking": {"time"},
    "publishing.places": {"os", "time"},
    "publishing.processes": {"multiprocessing", "os", "signal", "sys", "threading"},
    "publishing.published": {"os", "subprocess"},
    "serving.access_log": {"sys"},
    "serving.answers": {"os", "tempfile"},
    "serving.rsgi": {"time"},
    "serving.streams": {"os", "sys", "threading"},
    "serving.metrics": {"multiprocessing", "os", "threading"},
    "serving.scratch": {"os", "tempfile"},
    "publishing.stores": {"os", "socket", "threading", "time"},
    "serving.server": {"multiprocessing", "os", "signal", "socket", "sys", "threading", "time"},
    "serving.signals": {"os", "signal"},
    "serving.workers": {"multiprocessing", "os", "time"},
    "cli.__init__": {"sys"},
    "cli.build": {"os"},  # ends its process
    "cli.check": {"sys"},
    "cli.compare": {"sys"},
    "cli.diff": {"sys"},
    "cli.draft": {"sys"},
    "cli.filing": {"sys"},
    "cli.output": {"sys"},
    "cli.revise": {"sys"},
    "cli.token": {"secrets"},
}
# Which folder is watched, and since when something is served, is no part of a feed; WSGI's environ is a request,
# a log of requests says when, a lock says whose it is, and how old a file is tells whether a server is writing it.
MAY_KNOW = {
    "reading.files": {"lstat", "stat"},
    "serving.live": {"time.monotonic"},
    "serving.rest": {"time.time"},
    "serving.snapshot": {"stat"},
    "serving.application": {"now"},
    "publishing.places": {"lstat"},
    "publishing.stores": {"gethostname"},
    "publishing.published": {"environ"},
    "serving.web": {"environ"},
    "serving.access_log": {"now"},
    "serving.rsgi": {"time.perf_counter"},
    "serving.workers": {"time.monotonic"},
}


def parsed(folder: Path) -> dict[str, ast.Module]:
    """The modules in a folder and in those below it, by their names in dots."""
    return {
        ".".join(path.relative_to(folder).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
    }


TREES, TEST_TREES = parsed(PACKAGE), parsed(ROOT / "tests")
FILINGS = [name.removeprefix("filings.") for name in TREES if name.startswith("filings.")]
DISTRIBUTIONS = metadata.packages_distributions()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEMPLATES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.glob("**/templates/*.*"))


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports, in full: `from calfeed import ics` is calfeed.ics."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from (f"calfeed.{alias.name}" for alias in node.names) if module == "calfeed" else (module,)


def third_parties(tree: ast.Module) -> set[str]:
    """The names of other people's packages that a module imports."""
    return {name.partition(".")[0] for name in imports(tree)} - sys.stdlib_module_names - {"calfeed", "tests"}


def normal(requirement: str) -> str:
    """The name of a distribution, without its version, spelt in the one normal way."""
    return re.sub("[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def distribution(package: str) -> str:
    """The distribution that an importable package belongs to."""
    return normal(DISTRIBUTIONS[package][0])


def declared(*, dev: bool) -> set[str]:
    """The distributions that pyproject.toml names."""
    extras = PROJECT["optional-dependencies"]
    return {
        normal(requirement)
        for requirements in (
            PROJECT["dependencies"],
            *(extras[name] for name in extras if dev or name not in {"dev", "benchmarks"}),
        )
        for requirement in requirements
    }


def undocumented(node: ast.Module | ast.ClassDef | ast.FunctionDef, name: str) -> Iterator[str]:
    """The public things in a module whose docstring does not begin with a sentence."""
    if not re.search(r"\.(?=\s|$)", (ast.get_docstring(node) or "").partition("\n\n")[0]):
        yield name
    if not isinstance(node, ast.FunctionDef):
        for child in node.body:
            if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
                yield from undocumented(child, f"{name}.{child.name}")


def world_names(tree: ast.Module) -> Iterator[str]:
    """The places in a module where the world could come in, each with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) | ast.alias(name=name) if name in WORLD_NAMES:
                yield f"line {node.lineno}: {name}"
            # Both go by the machine: the one by its zone files, the other by its own zone.
            case ast.Call(func=ast.Name(id="ZoneInfo")) | ast.Call(func=ast.Attribute(attr="astimezone"), args=[]):
                yield f"line {node.lineno}: {ast.unparse(node)}"
            case ast.Attribute(value=ast.Name(id="time"), attr=name) if name != "sleep":
                yield f"line {node.lineno}: time.{name}"


# --- modules ---------------------------------------------------------------------------------------------------------


def room(module: str) -> str:
    """The room that a module lies in: the first part of its name."""
    return module.partition(".")[0]


def ours(module: str) -> set[str]:
    """The modules of calfeed that a module imports, by their names below the package."""
    found: set[str] = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "calfeed":
            inside = (node.module or "").removeprefix("calfeed").removeprefix(".")
            found.update(name if (name := f"{inside}.{each.name}") in TREES else inside for each in node.names)
    return found


def test_every_module_lies_in_a_room() -> None:
    assert {room(module) for module in TREES} == {*ROOMS, "__init__"}


@pytest.mark.parametrize("module", sorted(set(TREES) - {"__init__"}))
def test_a_module_imports_from_its_room_and_from_those_above_it(module: str) -> None:
    above = ROOMS[: ROOMS.index(room(module)) + 1]
    assert {other for other in ours(module) if room(other) not in above} == set()


def test_every_module_of_filings_lies_in_a_room() -> None:
    assert {room(module) for module in FILINGS} == {*ROOMS_OF_FILINGS, "__init__"}


@pytest.mark.parametrize("module", sorted(set(FILINGS) - {"__init__"}))
def test_a_module_of_filings_imports_from_its_room_and_from_those_above_it(module: str) -> None:
    others = {name.removeprefix("filings.") for name in ours(f"filings.{module}") if name.startswith("filings.")}
    above = ROOMS_OF_FILINGS[: ROOMS_OF_FILINGS.index(room(module)) + 1]
    assert {other for other in others if room(other) not in above} == set()


def test_no_import_leads_back() -> None:
    TopologicalSorter({module: ours(module) for module in TREES}).prepare()  # raises CycleError


@pytest.mark.parametrize("module", TREES)
def test_no_function_is_longer_than_forty_lines(module: str) -> None:
    functions = [node for node in ast.walk(TREES[module]) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 40] == []


def test_no_file_is_longer_than_eight_hundred_lines() -> None:
    folders = (PACKAGE, ROOT / "static", ROOT / "tests")
    files = [path for folder in folders for kind in ("py", "js", "css") for path in folder.rglob(f"*.{kind}")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert [path for path, length in each_of(lengths.items()) if length > 800] == []


def test_the_model_loads_no_library() -> None:
    assert [module for module in TREES if room(module) == "model" and third_parties(TREES[module])] == []


@pytest.mark.parametrize("module", TREES)
def test_imports_stand_at_the_top_and_in_full(module: str) -> None:
    tree = TREES[module]
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [node.lineno for node in found if node not in tree.body] == []
    assert [node.lineno for node in found if isinstance(node, ast.ImportFrom) and node.level] == []
    assert "__future__" not in imports(tree)


def test_each_library_has_one_importer() -> None:
    # Each command is a function of click's: for that library the room counts as one.
    importers: dict[str, set[str]] = {}
    for module, tree in TREES.items():
        for library in third_parties(tree):
            importers.setdefault(library, set()).add("cli" if room(module) == "cli" else module)
    assert {library: found for library, found in importers.items() if len(found) > 1} == {}


@pytest.mark.parametrize("module", TREES)
def test_everything_public_says_what_it_is(module: str) -> None:
    assert list(undocumented(TREES[module], module)) == []


@pytest.mark.parametrize("module", TREES)
def test_a_module_imports_what_knows_the_world_at_the_edge_alone(module: str) -> None:
    assert set(imports(TREES[module])) & WORLD_MODULES - MAY_IMPORT.get(module, set()) == set()


@pytest.mark.parametrize("module", sorted(module for module in TREES if room(module) != "cli"))
def test_no_clock_chance_or_environment_comes_in(module: str) -> None:
    known = MAY_KNOW.get(module, set())
    assert [each for each in world_names(TREES[module]) if each.rpartition(" ")[2] not in known] == []


# --- the tests -------------------------------------------------------------------------------------------------------


def has_asserts(loop: ast.For) -> bool:
    """Whether a loop itself asserts something; loops and functions in it are for themselves."""
    waiting: list[ast.AST] = list(loop.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Assert):
            return True
        if not isinstance(node, ast.For | ast.FunctionDef):
            waiting += ast.iter_child_nodes(node)
    return False


def is_never_empty(iterable: ast.expr) -> bool:
    """Whether one sees at the loop that there is something: a display, a constant of the module, or a guard."""
    match iterable:
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items) | ast.Dict(keys=items):
            return any(not isinstance(item, ast.Starred) for item in items)
        case ast.Constant(value=value):
            return bool(value)
        case ast.Name(id=name):
            return name.isupper()
        case ast.Call(func=ast.Name(id="each_of" | "if_any")):
            return True
        case ast.Call(func=ast.Attribute(attr="items" | "keys" | "values", value=mapping)):
            return is_never_empty(mapping)
        case ast.Call(args=arguments):
            return any(is_never_empty(argument) for argument in arguments)
    return False


def may_assert_nothing(tree: ast.Module) -> Iterator[int]:
    """The lines of the loops and the `all(...)` that hold where there is nothing to hold for."""
    for node in ast.walk(tree):
        match node:
            case ast.For(iter=iterable) if has_asserts(node) and not is_never_empty(iterable):
                yield node.lineno
            case ast.Call(func=ast.Name(id="all"), args=[ast.GeneratorExp(generators=[first, *_])]) if (
                not is_never_empty(first.iter)
            ):
                yield node.lineno


@pytest.mark.parametrize("module", [name for name in TEST_TREES if name.rpartition(".")[2].startswith("test_")])
def test_a_loop_of_asserts_says_that_there_is_something_to_look_at(module: str) -> None:
    # Write each_of(...) around what the loop goes over, or if_any(...) where there may be nothing.
    assert list(may_assert_nothing(TEST_TREES[module])) == []


# --- the repository --------------------------------------------------------------------------------------------------


def test_the_top_level_is_fixed() -> None:
    listed = subprocess.run(
        [need("git", "lists the repository"), "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    top = {line.partition("/")[0] for line in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} == {
        "pyproject.toml", "README.md", "calfeed", "data", "static", "tests",
    }  # fmt: skip


def test_what_is_imported_is_declared() -> None:
    imported = set().union(*map(third_parties, TREES.values()))
    for part, whole in COMES_WITH.items():
        assert distribution(part) in map(normal, metadata.requires(whole) or [])
    assert {distribution(library) for library in imported - set(COMES_WITH)} - declared(dev=False) == set()


def test_what_tests_import_is_declared() -> None:
    imported = set().union(*map(third_parties, TEST_TREES.values())) - set(COMES_WITH) - FROM_DEBIAN
    assert {distribution(library) for library in imported} - declared(dev=True) == set()


def test_what_is_declared_is_used() -> None:
    imported = {distribution(library) for library in set().union(*map(third_parties, TREES.values()))}
    for library, module in READ_AS_DATA.items():
        assert any(isinstance(node, ast.Constant) and node.value == library for node in ast.walk(TREES[module]))
    assert declared(dev=False) - imported == set(READ_AS_DATA)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_script_no_style_and_escapes_everything(name: str) -> None:
    text = (PACKAGE / name).read_text(encoding="utf-8")
    refused = r"""<script(?![^>]*\ssrc=)|<style|\sstyle\s*=|\son\w+\s*=\s*["']|javascript:|\|\s*safe\b|\bautoescape\b"""
    assert re.findall(refused, text, re.IGNORECASE) == []


@pytest.mark.parametrize("sheet", ["static/calfeed.css", "calfeed/formats/templates/review.css"])
def test_each_class_that_a_style_sheet_names_is_used(sheet: str) -> None:
    makers = (
        *(PACKAGE / "formats").rglob("*.html"),
        *(PACKAGE / "formats").glob("*.py"),
        *(ROOT / "static").glob("*.js"),
    )
    used = set(re.findall(r"[a-z]+(?:-[a-z]+)*", "".join(path.read_text("utf-8") for path in makers)))
    styled = re.findall(r"(?<=\.)[a-z][a-z-]*(?=[^{};]*\{)", (ROOT / sheet).read_text("utf-8"))
    assert styled
    assert set(styled) - used == set()
