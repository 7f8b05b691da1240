"""Fixtures that tests of several modules share."""

from collections.abc import Iterator

import pytest

from tests.support import FOUNDING, RunningServer, serving


@pytest.fixture(scope="session")
def founding_server() -> Iterator[RunningServer]:
    """A real server for the shipped data, for tests that only read from it."""
    with serving(FOUNDING) as server:
        yield server
