"""Large documents, by a real server: made once, and nobody waits for them who does not ask for them."""

import select
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Effort, Resources
from calfeed.reading.folder import load
from tests.benchmarks.generator import generate
from tests.support import PATIENCE_SECONDS, RunningServer, each_of, serving
from tests.test_hostile_requests import head
from tests.test_http import ask

PLANS = 700
KINDS = ("closing", "record-date", "special-meeting", "announcement", "board-approval", "proxy-mailing", "liquidation")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with thousands of milestones."""
    folder = tmp_path_factory.mktemp("many")
    generate(folder, PLANS, seed=1)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[RunningServer]:
    with serving(folder, "--workers", "1") as server:
        yield server


@pytest.mark.parametrize(
    ("path", "feeds", "effort"),
    [
        ("/all.json", (), Effort.LONG),
        ("/all.csv", (), Effort.LONG),
        ("/all.atom", (), Effort.LONG),
        ("/selection.json", ("all",), Effort.LONG),
        ("/all.ics", (), Effort.SECONDS),
        ("/all/", (), Effort.SECONDS),
        ("/embed/timeline/all/", (), Effort.SECONDS),
        ("/", (), Effort.SECONDS),
        ("/search.json", (), Effort.SECONDS),
        ("/plans/{plan}.json", (), Effort.USUAL),
        ("/plans/{plan}/", (), Effort.USUAL),
        ("/selection.json", ("plans/{plan}", "nope"), Effort.USUAL),
        ("/selection.json", (), Effort.USUAL),
        ("/nope.json", (), Effort.USUAL),
        ("/nope/", (), Effort.USUAL),
        ("", (), Effort.USUAL),
        ("/embed/", (), Effort.USUAL),
        ("/static/calfeed.css", (), Effort.USUAL),
    ],
)
def test_what_is_made_of_thousands_of_milestones_takes_long(
    folder: Path, path: str, feeds: tuple[str, ...], effort: Effort
) -> None:
    catalog = load(folder)
    plan = catalog.plans[0].id
    choice = Choice(feeds=[feed.format(plan=plan) for feed in feeds])
    assert Resources(catalog).effort(path.format(plan=plan), choice) is effort


@pytest.mark.skipif(sys.platform == "win32", reason="it looks at many sockets at once")
def test_who_asks_for_little_is_answered_before_those_who_asked_for_much(server: RunningServer, folder: Path) -> None:
    plan = load(folder).plans[0].id
    with ExitStack() as stack:
        large = []
        for kind in KINDS:
            for extension in ("json", "csv"):
                connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)
                stack.enter_context(connection).sendall(head(f"/all.{extension}?kind={kind}"))
                large.append(connection)
        for target in (f"/plans/{plan}.ics", f"/plans/{plan}.json", f"/plans/{plan}/", "/health", "/nope"):
            assert ask(server, target).status in {200, 404}
        answered, _, _ = select.select(large, [], [], 0)
        assert len(answered) < len(large) / 2
        for connection in each_of(large):
            with connection.makefile("rb") as stream:
                assert stream.readline() == b"HTTP/1.1 200 OK\r\n"


def test_the_first_page_is_not_behind_documents(server: RunningServer) -> None:
    with ExitStack() as stack:
        large = []
        for kind in KINDS:
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)
            stack.enter_context(connection).sendall(head(f"/all.json?kind={kind}&kind=valuation"))
            large.append(connection)
        assert ask(server, "/").status == 200
        answered, _, _ = select.select(large, [], [], 0)
        assert len(answered) < len(large)


def test_a_large_document_is_the_same_from_the_second_time_on_and_unchanged_for_who_has_it(
    server: RunningServer,
) -> None:
    for target in ("/all.json", "/all.csv?kind=closing", "/all.atom"):
        first = ask(server, target)
        assert len(first.body) > 100_000
        assert ask(server, target).lasting == first.lasting
        unchanged = ask(server, target, f"If-None-Match: {first['etag']}")
        assert (unchanged.status, unchanged.body) == (304, b"")
        without_body = ask(server, target, method="HEAD")
        assert (without_body.lasting[:2], without_body.body) == (first.lasting[:2], b"")
