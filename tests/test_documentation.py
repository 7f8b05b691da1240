"""What the documentation says is true: its YAML has no problems, its commands are run, its tables equal the code's."""

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml

from calfeed.model.kinds import KINDS
from calfeed.reading.phrases import read_phrase
from tests.gate import conformant
from tests.support import (
    GIT_IDENTITY,
    PATIENCE_SECONDS,
    ROOT,
    RunningServer,
    each_of,
    if_any,
    make_folder,
    problems_of,
    run,
    serving,
)

MOST_LINES_OF_THE_README = 250
FOLDERS = {"": "*.md", "data": "*.md", "tests": "*.md", "calfeed": "**/*.md"}
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder, pattern in FOLDERS.items()
    for path in sorted((ROOT / folder).glob(pattern))
}
README, AUTHORS, DESIGN = PAGES["README.md"], PAGES["data/README.md"], PAGES["calfeed/README.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str, language: str) -> list[str]:
    """The blocks of a page in a language."""
    return [text for each, text in BLOCK.findall(page) if each == language]


def commands_shown(page: str) -> list[tuple[str, str]]:
    """The commands on a page that are shown with their output, and that output."""
    parts = [part for text in blocks(page, "console") for part in re.split(r"^\$ ", text, flags=re.MULTILINE)]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts if part)]


def marked(page: str, marker: str, language: str) -> str:
    """The one block in a language behind a marker."""
    found = re.search(rf"<!-- {marker} -->\n```{language}\n(.+?)```", page, re.DOTALL)
    assert found is not None, marker
    return found[1]


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_readme_is_short() -> None:
    assert README.count("\n") <= MOST_LINES_OF_THE_README


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_leads_to_one(name: str) -> None:
    for link in if_any(re.findall(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)", PAGES[name])):
        target = (ROOT / name).parent / link[0] if link[0] else ROOT / name
        assert target.exists(), link[0]
        if link[1]:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
            assert link[1].removeprefix("#") in slugs, link[1]


def test_every_page_is_linked_from_the_readme() -> None:
    assert {name for name in PAGES if name != "README.md" and f"]({name})" not in README} == set()


# --- the README ------------------------------------------------------------------------------------------------------


def test_the_events_shown_are_those_of_the_shipped_data(founding_server: RunningServer) -> None:
    address = f"http://127.0.0.1:{founding_server.port}/trusts/metropolitan-series-fund/mfs-value.ics"
    with urlopen(address, timeout=PATIENCE_SECONDS) as response:
        events = conformant(response.read())
    lines = [f"{event.start:%Y  %a  %b} {event.start.day:2}  {event.summary}\n" for event in events]
    assert all(event.end - event.start == timedelta(days=1) for event in each_of(events))
    assert marked(README, "events", "text") == "".join(lines)


def test_the_first_plan_goes_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIT_IDENTITY.items():
        monkeypatch.setenv(name, value)
    section = README.partition("## Your first plan")[2].partition("\n## ")[0]
    here, plan = tmp_path / "calfeed", tmp_path / "my-data" / "plans" / "met-investors.yaml"
    here.mkdir()
    (here / "tests").symlink_to(ROOT / "tests")
    deleted = re.search(r"delete `(.*?)` and `(.*?)` in it", section)
    assert deleted is not None
    for language, text in each_of(BLOCK.findall(section)):
        if language == "yaml":
            write_as_shown(text, plan)
        drafted = plan.read_text(encoding="utf-8") if plan.exists() else ""
        if "$ calfeed diff" in text:
            plan.write_text(drafted.replace("date: on or about April 28", "date: on or about May 5"), encoding="utf-8")
        for command, expected in commands_shown(f"```console\n{text}```") if language == "console" else ():
            assert_gives(command, expected, here)
        if "$ calfeed diff" in text:
            plan.write_text(drafted, encoding="utf-8")
        if "$ calfeed init" in text:
            for name in deleted.groups():
                (tmp_path / "my-data" / name).unlink()
    assert_gives("calfeed check ../my-data", "No problems: 2 trusts, 4 portfolios, 1 plan, 12 events.\n", here)
    told = run("diff", "git:HEAD", "../my-data", cwd=here)
    assert (told.returncode, told.stderr) == (0, "3 changes, 0 warnings.\n"), told.stdout
    assert [path.name for path in here.iterdir()] == ["tests"]


def write_as_shown(text: str, plan: Path) -> None:
    """Write the file of a trust, which the end of a draft has too, or add some lines to the plan."""
    first, _, lines = text.partition("\n")
    before = plan.read_text(encoding="utf-8")
    if "/plans/" in first:
        plan.write_text(yaml.safe_dump(merged(yaml.safe_load(before), yaml.safe_load(lines))), encoding="utf-8")
        return
    assert f"# {lines}".split("\n")[0] in before.replace("#   ", "# ")
    make_folder(plan.parents[2], {first.removeprefix("# "): lines})


def merged(before: Any, added: Any) -> Any:
    """A document with lines added to it: reorganizations by their targets, and a date as the long form of itself."""
    if isinstance(before, dict):
        return before | {key: merged(before.get(key), value) for key, value in added.items()}
    if isinstance(before, list):
        by_target = {each["target"]: each for each in added}
        return [merged(each, by_target.get(each["target"], {})) for each in before]
    return added


def assert_gives(command: str, expected: str, folder: Path) -> None:
    """A command in a folder gives this output, in which a line of dots stands for any lines."""
    program, *arguments = command.split()
    if program != "calfeed":
        subprocess.run(["/bin/sh", "-ec", command], cwd=folder, check=True, timeout=PATIENCE_SECONDS)
        return
    result = run(*arguments, cwd=folder)
    pattern = ".*".join(map(re.escape, expected.split("...\n")))
    assert re.fullmatch(pattern, result.stdout + result.stderr, re.DOTALL), (command, result.stdout + result.stderr)


def test_every_command_is_in_the_table() -> None:
    names = set(re.findall(r"^  (\w+) ", run("--help").stdout.partition("Commands:")[2], re.MULTILINE))
    assert names == set(re.findall(r"^\| `calfeed (\w+)", README, re.MULTILINE))


def test_the_run_command_sets_up_and_serves_the_shipped_data(tmp_path: Path) -> None:
    folder = tmp_path / "calfeed"
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "tests")
    shutil.copytree(ROOT, folder, ignore=ignored)
    setup, _, serve = marked(README, "run command", "sh").strip().rpartition(" && ")
    subprocess.run(
        ["/bin/sh", "-ec", setup], cwd=folder, check=True, capture_output=True, timeout=10 * PATIENCE_SECONDS
    )
    program, subcommand = serve.split()
    assert subcommand == "serve"
    with serving(folder / "data", program=str(folder / program)) as server:
        expected = marked(README, "first line", "text")
        assert server.first_line == expected.replace(":8000/", f":{server.port}/")


# --- the guide for authors -------------------------------------------------------------------------------------------

YAML = blocks(AUTHORS, "yaml")
FILES = {match[1]: text for text in YAML if (match := re.match(r"# data/(\S+)\n", text))}
FRAGMENTS = [text for text in YAML if not text.startswith("# data/")]
PLAN = "plans/example-plan.yaml"
SLIPS = """\
trust: EST
reorganizations:
  - target: Mid Cap Grwth Portfolio
sources:
  supplement: {title: Supplement, dated: "November 12, 2030"}
milestones:
  special meeting: Friday, February 27, 2031
"""


def sections(document: str) -> dict[str, str]:
    """The parts of a document by their keys at the left margin."""
    parts = re.split(r"^(?=[a-z])", document, flags=re.MULTILINE)
    return {part.partition(":")[0]: part for part in parts if ":" in part}


def test_the_examples_of_the_data_format_have_no_problems(tmp_path: Path) -> None:
    confidential = {"confidential/readers.yaml", "confidential/trusts/example-trust.yaml"}
    assert set(FILES) == confidential | {"site.yaml", "trusts/example-trust.yaml", "trusts/other-trust.yaml", PLAN}
    assert problems_of(make_folder(tmp_path, FILES)) == []


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda text: text.partition("\n")[0])
def test_each_fragment_of_a_plan_fits_into_the_example(tmp_path: Path, fragment: str) -> None:
    plan = "".join((sections(FILES[PLAN]) | sections(fragment)).values())
    assert problems_of(make_folder(tmp_path, FILES | {PLAN: plan})) == []


def test_there_are_fragments_to_try() -> None:
    assert len(FRAGMENTS) >= 4


def test_the_slips_are_found_as_shown(tmp_path: Path) -> None:
    make_folder(tmp_path / "slips", {**FILES, PLAN: SLIPS})
    ((command, expected),) = commands_shown(AUTHORS)
    assert_gives(command, expected, tmp_path)


def test_the_kinds_are_those_of_the_vocabulary() -> None:
    table = AUTHORS.partition("<!-- kinds -->\n")[2].partition("<!-- end of kinds -->")[0].splitlines()[2:]
    assert table == [
        f"| {each.name} | {each.label} | {each.definition} | {each.code} | {each.rule} |" for each in KINDS
    ]


def test_every_date_phrase_shown_is_understood_and_the_refused_ones_are_not() -> None:
    table = AUTHORS.partition("## Dates\n")[2].partition("\n## ")[0]
    first_cells = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    phrases = [phrase for cell in first_cells for phrase in re.findall("`([^`]+)`", cell)]
    assert len(phrases) > 20
    for phrase in each_of(phrases):
        assert read_phrase(phrase).words == phrase
    for refused in ("4/5/2008", "July 28, 2011 at 1:00 p.m. MST"):
        with pytest.raises(ValueError, match=r"ambiguous|not in force"):
            read_phrase(refused)


# --- the design ------------------------------------------------------------------------------------------------------


def test_every_room_is_in_the_design() -> None:
    folders = {path.name for path in (ROOT / "calfeed").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - set(re.findall(r"`(\w+)/`", DESIGN)) == set()


def test_every_place_in_where_to_change_what_exists() -> None:
    table = DESIGN.partition("## Where to change what\n")[2]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", table, re.MULTILINE)[2:]
    assert len(rows) > 10
    for _, start, then in rows:
        for place in if_any(re.findall(r"`([\w/.]+[/.]\w*)`", start)):
            assert (ROOT / place).exists() or (ROOT / "calfeed" / place).exists(), place
        for place in if_any(re.findall(r"`([\w/.]+[/.]\w*)`", then)):
            assert (ROOT / place).exists() or (ROOT / "calfeed" / place).exists(), place


def test_the_command_that_writes_a_schema_writes_the_shipped_one() -> None:
    shown = re.findall(r"`calfeed schema (\w+) > (static/[\w/]+\.json)`", DESIGN)
    assert shown
    for name, file in each_of(shown):
        assert run("schema", name).stdout == (ROOT / file).read_text(encoding="utf-8")
