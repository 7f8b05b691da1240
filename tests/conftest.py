"""Fixtures that tests of several modules share."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.load import DOCUMENTS
from tests.support import COUNTED, FOUNDING, RunningServer, make_folder, serving

_COUNTED = "counted: "
LONGEST = (
    "test_documentation.py",
    "test_live.py",
    "test_slow_clients.py",
    "test_operations.py",
    "test_build.py",
    "test_deploy.py",
    "test_access.py",
    "test_hostile_data.py",
    "test_faults.py",
    "test_conformance.py",
    "test_publishing.py",
    "test_hostile_requests.py",
    "test_confidential.py",
    "test_server.py",
    "test_soak.py",
    "test_properties.py",
    "test_benchmarks.py",
    "test_openapi.py",
)
"""The files whose tests take longest. They come first, so that in the end no process is left alone with one of them."""

# No test depends on how long an example takes.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("usual", _UNTIMED)
settings.register_profile("long", _UNTIMED, max_examples=1000)
settings.load_profile("usual")


@pytest.fixture(scope="session")
def founding_server() -> Iterator[RunningServer]:
    """A real server for the shipped data, for tests that only read from it."""
    # One worker: each says in /health since when it serves this data.
    with serving(FOUNDING, "--workers", "1") as server:
        yield server


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of two plans, for tests that edit it."""
    return make_folder(tmp_path / "data", DOCUMENTS)


@pytest.fixture(autouse=True)
def _counted(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Note with each test what it has counted: tests may run in several processes."""
    before = COUNTED.copy()
    yield
    for what, number in (COUNTED - before).items():
        record_property(f"{_COUNTED}{what}", number)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what all tests together have counted."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    counted: Counter[str] = Counter()
    for report in reports:
        if getattr(report, "when", None) == "teardown":
            counted.update({name: number for name, number in report.user_properties if name.startswith(_COUNTED)})
    for name, number in sorted(counted.items()):
        terminalreporter.write_line(f"{name} {number:,}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run two processes a processor with `-n auto`, since many tests wait for servers, browsers and quiet folders."""
    if sys.platform == "linux":
        return 2 * len(os.sched_getaffinity(0))
    return 2 * (os.cpu_count() or 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a soak last longer than in the usual run."""
    parser.addoption("--soak-seconds", type=int, default=20, help="how long the soak lasts")
