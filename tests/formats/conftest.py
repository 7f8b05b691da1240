"""Fixtures of the tests of formats: the example's folder, its feeds, and a server for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from calfeed.addresses.resources import Resources
from calfeed.reading.folder import load
from tests.formats.example import DATA
from tests.support import RunningServer, make_folder, serving


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example."""
    return make_folder(tmp_path_factory.mktemp("formats"), DATA)


@pytest.fixture(scope="package")
def resources(data: Path) -> Resources:
    """What the example is answered with."""
    return Resources(load(data))


@pytest.fixture(scope="package")
def server(data: Path) -> Iterator[RunningServer]:
    """A real server for the example."""
    with serving(data) as running:
        yield running
