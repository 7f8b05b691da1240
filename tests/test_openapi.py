"""The OpenAPI document is valid, says what there is, and what the server answers is what it says."""

import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from calfeed.addresses.openapi import openapi_bytes
from calfeed.feeds.feeds import Feeds
from calfeed.model.kinds import KINDS
from calfeed.reading.folder import load
from tests.support import FOUNDING, PATIENCE_SECONDS, ROOT, RunningServer, each_of, examples, make_folder, run, serving

OPENAPI_FILE = ROOT / "static" / "openapi.json"
OPENAPI: dict[str, Any] = json.loads(OPENAPI_FILE.read_bytes())
SCHEMATHESIS = str(Path(sys.executable).with_name("schemathesis"))

# A few feeds of the shipped data for every path, by the path's parameters.
KNOWN: dict[str, list[dict[str, str]]] = {
    "/all.json": [{}],
    "/trusts/{trust}.json": [{"trust": "met-investors-series-trust"}, {"trust": "metropolitan-series-fund"}],
    "/trusts/{trust}/{portfolio}.json": [
        {"trust": "met-investors-series-trust", "portfolio": "mfs-value"},
        {"trust": "metropolitan-series-fund", "portfolio": "harris-oakmark-large-cap-value"},
    ],
    "/plans/{plan}.json": [{"plan": "met-investors-2007-12"}],
    "/selection.json": [{}],
    "/health": [{}],
}
FEEDS = [path for path in KNOWN if path != "/health"]


def get(server: RunningServer, target: str) -> tuple[int, str, bytes]:
    """Status, media type and body of an answer."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", target)
        response = connection.getresponse()
        return response.status, response.headers["Content-Type"], response.read()
    finally:
        connection.close()


def test_the_document_is_valid_openapi() -> None:
    assert OPENAPI["openapi"].startswith("3.1.")
    validate(OPENAPI, cls=OpenAPIV31SpecValidator)


def test_the_server_has_the_document(founding_server: RunningServer) -> None:
    found = get(founding_server, "/static/openapi.json")
    assert found == (200, "application/json; charset=utf-8", OPENAPI_FILE.read_bytes())


def test_every_path_is_on_the_server_and_every_feed_has_a_path(founding_server: RunningServer) -> None:
    assert set(KNOWN) == set(OPENAPI["paths"])
    for path, known in KNOWN.items():
        for parameters in each_of(known):
            query = "?feed=all" if path == "/selection.json" else ""
            assert get(founding_server, path.format(**parameters) + query)[0] == 200, path
    patterns = [re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)) for path in OPENAPI["paths"]]
    for address in each_of(Feeds(load(FOUNDING)).addresses):
        assert sum(re.fullmatch(pattern, f"/{address}.json") is not None for pattern in patterns) == 1, address


def test_health_has_the_members_that_are_described_and_no_more(founding_server: RunningServer) -> None:
    described = OPENAPI["components"]["schemas"]["Health"]["properties"]
    assert set(described) == set(json.loads(get(founding_server, "/health")[2]))


def test_a_reader_has_the_same_paths_below_an_address_of_its_own(tmp_path: Path) -> None:
    data = Path(shutil.copytree(FOUNDING, tmp_path / "data"))
    token = "calfeed_" + 43 * "x"
    sees = f"readers:\n  Desk: {{token: {sha256(token.encode()).hexdigest()}, sees: everything}}\n"
    make_folder(data, {"confidential/readers.yaml": sees})
    private = OPENAPI["servers"][1]["url"]
    nobody = OPENAPI["servers"][1]["variables"]["token"]["default"]
    with serving(data, "--workers", "1") as server:
        for path, known in KNOWN.items():
            query = "?feed=all" if path == "/selection.json" else ""
            target = f"{private}{path}{query}"
            assert get(server, target.format(token=token, **known[0]))[0] == 200
            assert get(server, target.format(token=nobody, **known[0]))[0] == 404


def test_the_document_in_static_is_the_current_one() -> None:
    assert OPENAPI_FILE.read_bytes() == openapi_bytes()


def test_the_command_prints_the_document() -> None:
    assert run("schema", "openapi").stdout.encode() == OPENAPI_FILE.read_bytes()


def test_every_path_offers_every_kind() -> None:
    slugs = [kind.slug for kind in KINDS]
    for path in FEEDS:
        assert {"$ref": "#/components/parameters/kind"} in OPENAPI["paths"][path]["get"]["parameters"], path
    assert OPENAPI["components"]["parameters"]["kind"]["schema"]["items"]["enum"] == [*slugs, "ends"]
    assert OPENAPI["components"]["schemas"]["Milestone"]["properties"]["kind"]["enum"] == slugs


def test_schemathesis_finds_nothing(founding_server: RunningServer, tmp_path: Path) -> None:
    result = subprocess.run(
        [
            SCHEMATHESIS,
            "run",
            f"http://127.0.0.1:{founding_server.port}/static/openapi.json",
            "--checks=all",
            "--phases=coverage,fuzzing",
            "--max-examples=10",
            "--generation-deterministic",
            "--no-color",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=2 * PATIENCE_SECONDS,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Tested: {len(KNOWN)}" in result.stdout


# By itself schemathesis guesses ids that nothing has and sees little but 404: these requests are for what is there.
@pytest.mark.parametrize("path", KNOWN)
def test_what_is_there_is_answered_as_described(founding_server: RunningServer, path: str) -> None:
    base = f"http://127.0.0.1:{founding_server.port}"
    operation = schemathesis.openapi.from_path(OPENAPI_FILE)[path]["GET"]
    kinds = st.lists(st.sampled_from([kind.slug for kind in KINDS]), max_size=3)
    feeds = ["all", "plans/met-investors-2007-12", "trusts/metropolitan-series-fund", "trusts/nobody"]

    @settings(max_examples=examples(10), deadline=None, derandomize=True)
    @given(parameters=st.sampled_from(KNOWN[path]), kind=kinds, more=st.lists(st.sampled_from(feeds), max_size=3))
    def is_answered(parameters: dict[str, str], kind: list[str], more: list[str]) -> None:
        query = ({"kind": kind} if path in FEEDS else {}) | ({"feed": ["all", *more]} if "selection" in path else {})
        case = operation.Case(path_parameters=parameters, query=query)
        assert case.call_and_validate(base_url=base).status_code == 200

    is_answered()
