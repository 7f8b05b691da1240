"""Fixtures that tests of several modules share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load import DOCUMENTS
from tests.support import FOUNDING, RunningServer, make_folder, serving


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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a soak last longer than in the usual run."""
    usual = 60 if "CI" in os.environ else 20
    parser.addoption("--soak-seconds", type=int, default=usual, help="how long the soak lasts")
