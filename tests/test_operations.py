"""What an operator is told by a real server: the access log and the metrics."""

import json
import re
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from calfeed.cli.serve import warn_of_placeholder
from calfeed.reading.folder import load
from tests.support import (
    CALFEED,
    FOR_OPERATORS,
    PATIENCE_SECONDS,
    RunningServer,
    ask,
    data_folder,
    each_of,
    plan_of,
    run,
    serving,
    trust_of,
    wait_until,
)

GUIDE = (FOR_OPERATORS / "README.md").read_text(encoding="utf-8")
SECRET = "calfeed_" + "Zq7-_" * 9
PLAN = plan_of({"liquidation": "March 3, 2031"}, "a")
DATA = {
    "trusts/example-trust.yaml": trust_of(a="Example A Portfolio"),
    "plans/example-plan.yaml": PLAN,
    "confidential/plans/hidden-plan.yaml": PLAN.replace("liquidation", "announcement"),
    "confidential/readers.yaml": f"""\
readers:
  Operations:
    token: {sha256(SECRET.encode()).hexdigest()}
    sees: [everything]
""",
}
FEED = "/trusts/example-trust.ics"
MOST_LINE_BYTES = 4096


def ask_raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as stream:
            return stream.read()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_folder(tmp_path / "data", DATA)


# --- the access log --------------------------------------------------------------------------------------------------


def test_each_request_is_one_line_of_the_access_log(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    began = datetime.now(UTC)
    asked: list[tuple[str, str, str, int, int, str]] = []
    with serving(data, "--access-log") as server:

        def record(target: str, method: str = "GET", shown: str = "", agent: str = "Test/1", etag: str = "") -> str:
            condition = {"If-None-Match": etag} if etag else {}
            reply = ask(server.port, target, method, {"User-Agent": agent, **condition})
            path, _, query = (shown or target).partition("?")
            asked.append((method, path, query, reply.status, len(reply.body), agent))
            return reply.headers.get("ETag", "")

        for _ in range(6):  # by each worker both cold and hot
            etag = record(FEED)
        assert etag
        for _ in range(4):
            record(FEED, etag=etag)
        record(FEED, "HEAD")
        record("/")
        record(f"{FEED}?kind=liquidation")
        record(f"{FEED}?kind=nonsense")
        record("/nowhere/")
        record("/all.ics", "POST")
        record("/health")
        record("/metrics")
        record(FEED, agent='Quoted" \\ {"status": 200}, \t')
        record(f"/private/{SECRET}/plans/hidden-plan.ics", shown="/private/[token]/plans/hidden-plan.ics")
        record(f"/private/{SECRET}", shown="/private/[token]")
        record(f"/private/{SECRET[8:]}/", shown="/private/[token]/")
        record(f"/%70rivate/{SECRET.replace('Z', '%5A')}/", shown="/private/[token]/")
        record(f"/privat/{SECRET}/", shown="/privat/[token]/")
        record(f"/?feed=/private/{SECRET}/all&x=%63{SECRET[1:]}", shown="/?feed=/private/[token]/all&x=[token]")
        record("/", agent=f"Copied {SECRET}")
        asked[-1] = (*asked[-1][:5], "Copied [token]")

    log = capfd.readouterr().out
    entries = [json.loads(line) for line in log.splitlines()]
    shown = [tuple(entry[key] for key in ("method", "path", "query", "status", "bytes", "agent")) for entry in entries]
    assert shown == [(*each[:5], each[5].strip()) for each in asked]
    assert {entry["status"] for entry in entries} == {200, 304, 400, 404, 405}
    assert SECRET[8:20] not in log
    for entry in each_of(entries):
        assert set(entry) == {"time", "method", "path", "query", "status", "bytes", "ms", "agent"}
        at = datetime.fromisoformat(entry["time"])
        assert at.utcoffset() == timedelta(0)
        assert began - timedelta(milliseconds=1) <= at <= datetime.now(UTC)
        assert 0 <= entry["ms"] < PATIENCE_SECONDS * 1000


def test_no_request_can_forge_a_line_or_reach_a_terminal(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    forged = b'%0d%0a{"status":200}%1b[2J%7f%00%e2%80%ae%c2%9b'.replace(b'"', b"%22")
    long = b"%f0%9f%93%85" * 1_000
    requests = [b"GET /" + forged + b"?" + forged, b"GET /" + long + b"?" + long, b"A" * 5_000 + b" /"]
    with serving(data, "--access-log") as server:
        for request in each_of(requests):
            head = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUser-Agent: " + b"\t\xc2\x9b" * 500 + b"\r\n\r\n"
            assert ask_raw(server.port, request + head).startswith(b"HTTP/1.1 40")
    log = capfdbinary.readouterr().out
    assert re.fullmatch(rb"[ -~\n]*", log)
    lines = log.splitlines()
    assert len(lines) == len(requests)
    assert max(map(len, lines)) < MOST_LINE_BYTES
    entry = json.loads(lines[0])
    assert entry["path"].startswith('/\r\n{"status":200}\x1b[2J\x7f\x00')
    assert entry["query"] == entry["path"][1:]


def test_a_log_that_cannot_be_written_stops_no_answer(tmp_path: Path, data: Path) -> None:
    program = tmp_path / "calfeed-on-a-full-disk"
    program.write_text(f'#!/bin/sh\nexec "{CALFEED}" "$@" >/dev/full\n')
    program.chmod(0o755)
    with serving(data, "--access-log", program=str(program)) as server:
        assert ask(server.port, FEED).status == 200


def test_nothing_is_logged_unless_asked_for(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with serving(data) as server:
        assert [ask(server.port, path).status for path in (FEED, "/nowhere", "/metrics")] == [200, 404, 404]
    assert capfd.readouterr().out == ""


def test_every_option_of_serve_is_described() -> None:
    options = set(re.findall(r"^  (--[a-z-]+)", run("serve", "--help").stdout, re.MULTILINE)) - {"--help"}
    assert options
    assert {option for option in options if not re.search(rf"^\|.*`{option}\b.*\|$", GUIDE, re.MULTILINE)} == set()


# --- the metrics -----------------------------------------------------------------------------------------------------

Samples = Mapping[tuple[str, tuple[str, ...]], float]


def metrics(url: str) -> Samples:
    """The figures, by their names and the values of their labels."""
    with urlopen(url, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 -- of our own server
        text = response.read().decode()
    return {
        (sample.name, tuple(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(name: str, samples: Samples) -> dict[tuple[str, ...], float]:
    return {labels: value for (each, labels), value in samples.items() if each == name}


@contextmanager
def serving_metrics(data: Path, *options: str) -> Iterator[tuple[RunningServer, str]]:
    """A server and the address of its metrics."""
    with serving(data, "--metrics", "0", *options) as server:
        assert server.process.stderr is not None
        told = next(line for line in server.process.stderr if line.startswith("Metrics at "))
        yield server, told.removeprefix("Metrics at ").strip()


def test_requests_are_counted_over_all_workers(data: Path) -> None:
    asked: Counter[tuple[str, ...]] = Counter()
    with serving_metrics(data, "--workers", "2") as (server, url):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/metrics", url)
        etag = ask(server.port, FEED).headers["ETag"]
        asked["feed", "200"] += 1
        for kind, target in (
            ("feed", FEED),
            ("feed", "/all.ics?kind=nonsense"),
            ("feed", f"/private/{SECRET}/plans/hidden-plan.ics"),
            ("page", "/"),
            ("page", "/nowhere/"),
            ("page", f"/private/{SECRET}/"),
            ("other", "/all.json"),
            ("other", "/metrics"),
            ("other", "/health"),
        ):
            for _ in range(10):
                asked[kind, str(ask(server.port, target).status)] += 1
                asked[kind, str(ask(server.port, target, headers={"If-None-Match": etag}).status)] += 1
        assert asked["feed", "304"] == 10
        wait_until(
            lambda: sum(of("calfeed_requests_total", metrics(url)).values()) >= asked.total(),
            "all requests are counted",
        )
        assert of("calfeed_requests_total", metrics(url)) == asked


def test_clients_of_the_metrics_do_no_harm(data: Path) -> None:
    with serving_metrics(data, "--workers", "1") as (server, url), ExitStack() as stack:
        port = urlsplit(url).port
        for _ in range(10):
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as broken_off:
                broken_off.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
                broken_off.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        silent = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS))
            for _ in range(200)
        ]
        assert of("calfeed_plans", metrics(url))
        assert [connection.recv(1) for connection in silent] == [b""] * len(silent)
        server.process.terminate()
        assert server.process.stderr is not None
        assert server.process.stderr.read() == "Stopped.\n"


PUBLIC = ("public",)


def test_figures_are_of_each_part_and_name_nothing(data: Path) -> None:
    with serving_metrics(data) as (server, url):
        health = json.loads(ask(server.port, "/health").body)
        found = metrics(url)
        assert of("calfeed_plans", found) == {PUBLIC: health["plans"], ("confidential",): 1}
        assert of("calfeed_events", found) == {PUBLIC: health["events"], ("confidential",): 1}
        # All, the trust, its portfolio and the plan; of the other part the plan alone.
        assert of("calfeed_feeds", found) == {PUBLIC: 4, ("confidential",): 1}
        with urlopen(url, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 -- of our own server
            assert b"hidden" not in response.read()


def test_good_and_bad_edits_of_each_part_are_told_apart(data: Path) -> None:
    plan, hidden = data / "plans/example-plan.yaml", data / "confidential/plans/hidden-plan.yaml"
    with serving_metrics(data) as (_, url):
        before = metrics(url)
        reloads = dict.fromkeys(product(("confidential", "public"), ("bad", "good")), 0.0)
        assert of("calfeed_reloads_total", before) == reloads
        assert of("calfeed_problems", before) == {PUBLIC: 0, ("confidential",): 0}
        now = datetime.now(UTC).timestamp()
        assert now - PATIENCE_SECONDS < before["calfeed_data_timestamp_seconds", PUBLIC] <= now

        plan.write_text(
            PLAN.replace("liquidation: March 3, 2031", "liquidation: Friday, March 3, 2031\n  announcement: x")
        )
        wait_until(lambda: metrics(url)["calfeed_problems", PUBLIC] == 2, "the problems are told")
        bad = metrics(url)
        assert of("calfeed_reloads_total", bad) == reloads | {("public", "bad"): 1}
        assert bad["calfeed_events", PUBLIC] == 1
        assert of("calfeed_data_timestamp_seconds", bad) == of("calfeed_data_timestamp_seconds", before)

        plan.write_text(f"{PLAN}  announcement: January 6, 2031\n")
        wait_until(lambda: metrics(url)["calfeed_events", PUBLIC] == 2, "the edit is told")
        good = metrics(url)
        assert of("calfeed_reloads_total", good) == reloads | {("public", "bad"): 1, ("public", "good"): 1}
        assert good["calfeed_problems", PUBLIC] == 0
        assert good["calfeed_data_timestamp_seconds", PUBLIC] > before["calfeed_data_timestamp_seconds", PUBLIC]

        hidden.write_text("title: x\n")
        wait_until(lambda: metrics(url)["calfeed_problems", ("confidential",)] > 0, "the problem is told")
        assert of("calfeed_plans", metrics(url)) == {PUBLIC: 1, ("confidential",): 1}
        assert metrics(url)["calfeed_reloads_total", ("confidential", "bad")] == 1

        hidden.write_text(PLAN)
        wait_until(lambda: metrics(url)["calfeed_problems", ("confidential",)] == 0, "the problem is mended")
        (data / "confidential/readers.yaml").write_text("- nobody\n", encoding="utf-8")
        wait_until(lambda: metrics(url)["calfeed_problems", ("confidential",)] == 1, "nobody can get in, which is told")


def test_metrics_need_a_port_that_is_free_and_another_than_the_server_s(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        refused = run("serve", data, "--port", "0", "--metrics", taken)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert f"cannot listen on 127.0.0.1, port {taken}" in refused.stderr
    for place, port in ((taken, taken), ("host:", "0"), ("9464x", "0"), ("127.0.0.1:65536", "0")):
        misunderstood = run("serve", data, "--port", port, "--metrics", place)
        assert (misunderstood.returncode, "port" in misunderstood.stderr) == (2, True)


def test_every_metric_is_in_the_table_and_no_other(data: Path) -> None:
    with serving_metrics(data) as (server, url):
        ask(server.port, FEED)
        wait_until(lambda: bool(of("calfeed_requests_total", metrics(url))), "a request is counted")
        names = {name for name, _ in metrics(url) if not name.endswith("_created")}
    rows = re.findall(r"^\| (`calfeed_.*?) \|", GUIDE, re.MULTILINE)
    assert names == {name for row in rows for name in re.findall(r"`(\w+)", row)}


def test_a_log_that_nobody_reads_keeps_no_answer_back(data: Path) -> None:
    command = [CALFEED, "serve", str(data), "--port", "0", "--access-log"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            ready = next(line for line in process.stderr if line.startswith("Serving "))  # warnings come first
            port = int(ready.rstrip("/\n").rpartition(":")[2])
            # Several times what a pipe holds.
            answers = [ask(port, FEED, headers={"User-Agent": "x" * 200}).status for _ in range(1_000)]
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_SECONDS)
    assert set(answers) == {200}


# --- a domain for examples -------------------------------------------------------------------------------------------

PLACEHOLDER = (
    'site.yaml: warning: "{}" is a placeholder: every UID is made of it, so write your own domain before anybody '
    "subscribes\n"
)


@pytest.mark.parametrize(
    ("domain", "is_told"), [("calendars.example.com", True), ("example.com", True), ("calendars.notexample.com", False)]
)
def test_a_build_with_a_domain_for_examples_says_so_once(tmp_path: Path, domain: str, is_told: bool) -> None:
    data = data_folder(tmp_path / "data", {"site.yaml": f"title: Example\ndomain: {domain}\n"})
    result = run("build", tmp_path / "site", "--data", data)
    assert result.returncode == 0
    assert result.stderr.partition("Built ")[0] == (f"{data}/{PLACEHOLDER.format(domain)}" if is_told else "")


@pytest.mark.parametrize(
    ("site", "address", "is_told"),
    [
        ("", "0.0.0.0", True),  # noqa: S104 -- nothing listens there
        ("", "192.0.2.1", True),
        ("", "127.0.0.1", False),
        ("", "::1", False),
        ("url: https://www.example.com\n", "192.0.2.1", False),  # a warning of the data already
    ],
)
def test_serve_says_so_where_others_can_subscribe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], site: str, address: str, is_told: bool
) -> None:
    data = data_folder(tmp_path, {"site.yaml": f"title: Example\ndomain: calendars.example.com\n{site}"})
    warn_of_placeholder(load(data).site, data, address)
    told = f"{data}/{PLACEHOLDER.format('calendars.example.com')}"
    assert capsys.readouterr().err == (told if is_told else "")
