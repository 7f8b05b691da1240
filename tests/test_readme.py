"""What the README says is true: its YAML is checked, its commands are run, its tables equal the code's."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from calfeed.model.kinds import KINDS
from calfeed.reading.phrases import read_phrase
from tests.support import PATIENCE_SECONDS, ROOT, make_folder, problems_of, run, serving

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
FILES = {
    match[1]: text for language, text in BLOCKS if language == "yaml" and (match := re.match(r"# data/(\S+)\n", text))
}
FRAGMENTS = [text for language, text in BLOCKS if language == "yaml" and not text.startswith("# data/")]
PLAN = "plans/example-plan.yaml"


def sections(document: str) -> dict[str, str]:
    """The parts of a document by their keys at the left margin."""
    return {
        part.partition(":")[0]: part for part in re.split(r"^(?=[a-z])", document, flags=re.MULTILINE) if ":" in part
    }


def test_the_examples_of_the_data_format_have_no_problems(tmp_path: Path) -> None:
    assert set(FILES) == {"site.yaml", "readers.yaml", "trusts/example-trust.yaml", "trusts/other-trust.yaml", PLAN}
    assert problems_of(make_folder(tmp_path, FILES)) == []


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda text: text.partition("\n")[0])
def test_each_fragment_of_a_plan_fits_into_the_example(tmp_path: Path, fragment: str) -> None:
    plan = "".join((sections(FILES[PLAN]) | sections(fragment)).values())
    assert problems_of(make_folder(tmp_path, FILES | {PLAN: plan})) == []


def test_there_are_fragments_to_try() -> None:
    assert len(FRAGMENTS) == 5


def test_every_command_shown_with_its_output_gives_that_output(tmp_path: Path) -> None:
    slips = {
        **FILES,
        PLAN: """\
            trust: EST
            reorganizations:
              - target: Mid Cap Grwth Portfolio
            sources:
              supplement: {title: Supplement, dated: "November 12, 2030"}
            milestones:
              special meeting: Friday, February 27, 2031
            """,
    }
    make_folder(tmp_path / "slips", slips)
    shown = [text for language, text in BLOCKS if language == "console"]
    commands = [part for text in shown for part in re.split(r"^\$ ", text, flags=re.MULTILINE) if part]
    assert len(commands) == 4
    for part in commands:
        command, _, expected = part.partition("\n")
        result = run(*command.split()[1:], cwd=tmp_path)
        assert result.stdout + result.stderr == expected, command


def test_every_command_is_in_the_table() -> None:
    names = set(re.findall(r"^  (\w+) ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE))
    assert names == set(re.findall(r"^\| `calfeed (\w+)", README, re.MULTILINE))


def test_the_kinds_are_those_of_the_vocabulary() -> None:
    table = README.partition("<!-- kinds -->\n")[2].partition("<!-- end of kinds -->")[0].splitlines()[2:]
    assert table == [f"| {kind.name} | {kind.definition} | {kind.code} | {kind.rule} |" for kind in KINDS]


def test_every_date_phrase_shown_is_understood_and_the_refused_ones_are_not() -> None:
    table = README.partition("## Dates\n")[2].partition("## Kinds")[0]
    phrases = [
        phrase
        for row in table.splitlines()
        if row.startswith("| `")
        for phrase in re.findall("`([^`]+)`", row.split("|")[1])
    ]
    assert len(phrases) > 20
    assert all(read_phrase(phrase).words == phrase for phrase in phrases)
    for refused in ("4/5/2008", "February 28, 2011 at 1:00 p.m. MST"):
        with pytest.raises(ValueError, match="ambiguous"):
            read_phrase(refused)


def test_every_module_is_in_the_design() -> None:
    package = ROOT / "calfeed"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if path.name != "__init__.py"}
    assert modules == set(re.findall(r"^\| `([\w/]+\.py)`", README, re.MULTILINE))


def command_after(marker: str) -> str:
    """The one command line in the block behind a marker."""
    found = re.search(rf"<!-- {marker} -->\n```sh\n(.+)\n```", README)
    assert found is not None
    return found[1]


def test_the_run_command_sets_up_and_serves_the_shipped_data(tmp_path: Path) -> None:
    copy = tmp_path / "calfeed"
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "tests")
    shutil.copytree(ROOT, copy, ignore=ignored)
    setup, _, serve = command_after("run command").rpartition(" && ")
    subprocess.run(["/bin/sh", "-ec", setup], cwd=copy, check=True, capture_output=True, timeout=10 * PATIENCE_SECONDS)
    program, command = serve.split()
    assert command == "serve"
    with serving(copy / "data", program=str(copy / program)) as server:
        assert server.first_line.startswith("Serving 8 feeds at http://127.0.0.1:")
