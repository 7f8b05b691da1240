"""The benchmarks measure what they say: clean folders of the promised size, and the same work on both sides."""

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from icalendar import Calendar, Component

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.feeds.status import Status
from calfeed.model.catalog import Catalog
from calfeed.model.trusts import Portfolio
from calfeed.model.when import Dated
from calfeed.reading.folder import load
from tests.benchmarks import peers
from tests.benchmarks.generator import generate
from tests.benchmarks.work import by_calfeed
from tests.support import PATIENCE_SECONDS, ROOT, each_of, problems_of

PLANS = 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated data folder."""
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, PLANS, seed=7)
    return folder


@pytest.fixture(scope="module")
def catalog(folder: Path) -> Catalog:
    """What the generated folder says."""
    return load(folder)


@pytest.fixture(scope="module")
def everything(catalog: Catalog) -> Feed:
    """The feed of all generated events."""
    return Feeds(catalog).feed("all")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def events_in(calendar: bytes) -> Mapping[str, Component]:
    """The VEVENTs of a calendar by their UIDs."""
    return {str(event["UID"]): event for event in Calendar.from_ical(calendar).walk("VEVENT")}


# --- the data --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("plans", "seed"), [(1, 1), (20, 2), (60, 3), (300, 4)])
def test_a_generated_folder_has_no_problem(tmp_path: Path, plans: int, seed: int) -> None:
    generate(tmp_path, plans, seed)
    assert problems_of(tmp_path) == []


def test_a_generated_folder_has_the_promised_size(catalog: Catalog, everything: Feed) -> None:
    assert len(catalog.plans) == PLANS
    assert len(catalog.trusts) == PLANS // 10
    assert len(catalog.portfolios) == PLANS * 2
    assert sum(len(plan.reorganizations) for plan in catalog.plans) == PLANS * 21 // 20
    assert len(everything.events) == len(everything.entries) == PLANS * 5


def test_a_small_folder_has_two_trusts(tmp_path: Path) -> None:
    generate(tmp_path, 3, seed=1)
    assert len(load(tmp_path).trusts) == 2


def test_everything_that_happens_to_milestones_is_in_a_generated_folder(catalog: Catalog, everything: Feed) -> None:
    reorganizations = [each for plan in catalog.plans for each in plan.reorganizations]
    milestones = [milestone for each in reorganizations for milestone in each.milestones]
    crossing = [
        each
        for each in reorganizations
        if isinstance(each.acquiring, Portfolio) and each.acquiring.trust is not each.target.trust
    ]
    assert 0.1 < len(crossing) / len(reorganizations) < 0.4
    assert 0.05 < sum(bool(milestone.stated != milestone.when) for milestone in milestones) / len(milestones) < 0.2
    assert 0.05 < sum(bool(milestone.previously) for milestone in milestones) / len(milestones) < 0.25
    assert {event.status for event in everything.events} == set(Status)
    dated = [milestone.when for milestone in milestones if isinstance(milestone.when, Dated)]
    assert any(when.clock for when in dated)
    assert any(when.last != when.first for when in dated)
    assert any(milestone.conditions for milestone in milestones)
    assert any(milestone.approved for milestone in milestones)
    assert any(each.acquiring is None for each in reorganizations)
    assert any(portfolio.other_names for portfolio in catalog.portfolios)
    assert all(plan.sources[0].url and plan.sources[0].form for plan in each_of(catalog.plans))


def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path, folder: Path) -> None:
    code = "import sys; from pathlib import Path; from tests.benchmarks.generator import generate; "
    code += f"generate(Path(sys.argv[1]), {PLANS}, 7)"
    environment = {**os.environ, "PYTHONHASHSEED": "123"}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, env=environment, check=True, timeout=PATIENCE_SECONDS
    )
    assert contents(tmp_path) == contents(folder)


def test_another_seed_gives_another_folder(tmp_path: Path, folder: Path) -> None:
    generate(tmp_path, PLANS, seed=8)
    assert contents(tmp_path) != contents(folder)


def test_each_file_begins_with_its_schema_for_editors(folder: Path) -> None:
    first_lines = {name: text.decode().partition("\n")[0] for name, text in contents(folder).items()}
    schemas = {"site.yaml": "../static/schema/site", "trusts": "../../static/schema/trust"}
    for name, line in each_of(first_lines.items()):
        schema = schemas.get(name.partition("/")[0], "../../static/schema/plan")
        assert line == f"# yaml-language-server: $schema={schema}.json", name


# --- the work --------------------------------------------------------------------------------------------------------


def test_the_rebuilt_feed_says_what_calfeed_says(everything: Feed) -> None:
    ours, theirs = events_in(by_calfeed(everything)), events_in(peers.by_icalendar(everything))
    assert len(ours) == PLANS * 5
    assert theirs == ours


def test_the_rebuilt_calendar_has_the_same_properties(everything: Feed) -> None:
    ours = Calendar.from_ical(by_calfeed(everything))
    theirs = Calendar.from_ical(peers.by_icalendar(everything))
    different = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    assert different == {"PRODID"}


@pytest.mark.parametrize("library", ["ical", "ics"])
def test_other_libraries_write_the_same_events(everything: Feed, library: str) -> None:
    said = events_in(peers.LIBRARIES[library](everything))
    assert {
        uid: (str(event["SUMMARY"]), str(event["DESCRIPTION"]), event.decoded("DTSTART")) for uid, event in said.items()
    } == {event.uid: (event.summary, event.description, event.start) for event in everything.events}


def test_yaml2ics_is_given_every_event_in_full(everything: Feed) -> None:
    document = yaml.load(peers.yaml2ics_document(everything), Loader=yaml.CSafeLoader)
    told = [(entry["uid"], entry["summary"], entry["description"], entry["url"]) for entry in document["events"]]
    assert told == [(event.uid, event.summary, event.description, event.url) for event in everything.events]
    # It knows events of one whole day, and events with a beginning and an end.
    assert [entry["uid"] for entry in document["events"] if "end" not in entry] == [
        event.uid for event in everything.events if event.end - event.start == timedelta(days=1)
    ]


def test_a_whole_process_writes_the_calendar_of_everything(tmp_path: Path) -> None:
    generate(tmp_path / "data", 40, seed=1, events_per_feed=400)
    program = ROOT / "tests" / "benchmarks" / "whole.py"
    subprocess.run([sys.executable, program, tmp_path / "data", tmp_path / "all.ics"], check=True)
    found = Resources(load(tmp_path / "data")).find("/all.ics", Choice())
    assert found
    assert (tmp_path / "all.ics").read_bytes() == found.body
    assert len(events_in(found.body)) == 200


@pytest.mark.parametrize(
    "task", ["calfeed_load", "yaml_load", "all_feeds", "first_feed", "one_edit", "trust_edit", "site_edit"]
)
def test_a_piece_of_work_says_how_long_it_took(folder: Path, task: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.work", task, str(folder)]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert float(said.stdout) > 0


def test_the_command_prints_a_table() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "checking"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in said.stdout.splitlines() if line[:1] == "|"
    ]
    assert [row[0] for row in rows[:1] + rows[2:]] == ["stage", "calfeed check of 100 plans, whole process"]
    assert rows[2][2].endswith("x its time")
    assert rows[2][4] == "1.6x or less"


def test_the_command_refuses_a_stage_that_it_does_not_know() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "speed"]
    said = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert said.returncode == 2
    assert "unknown stage: speed" in said.stderr
