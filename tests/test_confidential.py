"""What is confidential is nowhere for whoever has no token, and a token opens what its reader may see, nothing else."""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import sync_playwright

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.feeds.feeds import Feeds
from calfeed.reading.folder import load
from tests.parts import (
    ALIASES,
    BROKEN,
    CONFIDENTIAL,
    DIGESTS,
    OPEN,
    SEEN,
    SEES,
    SITE,
    TOKENS,
    UMBRA,
    WHOLE,
    Answer,
    ask,
    ask_all,
    plan,
    readers,
    under,
    until,
)
from tests.support import (
    CALFEED,
    COUNTED,
    PATIENCE_SECONDS,
    ROOT,
    RunningServer,
    chromium,
    each_of,
    if_any,
    make_folder,
    need,
    problems_of,
    run,
    serving,
    wait_until,
)

_LINK = re.compile(r'<\w[^<>]* (?:href|src)="([^"]+)"')


def links_in(path: str, answer: Answer) -> set[str]:
    """The paths on this server that a page leads to."""
    found = set()
    for link in _LINK.findall(answer.body.decode()) if answer.header("Content-Type").startswith("text/html") else ():
        parts = urlsplit(urljoin(f"http://here{path}", link.replace("&amp;", "&")))
        if parts.netloc == "here":
            found.add(parts.path + ("?" + parts.query if parts.query else ""))
    return found


def crawled(server: RunningServer, start: str) -> dict[str, Answer]:
    """The answers at everything that can be reached by links."""
    answers: dict[str, Answer] = {}
    left = {start}
    while left:
        path = left.pop()
        answers[path] = ask(server, path)
        left |= links_in(path, answers[path]) - answers.keys()
    return answers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with confidential parts and readers."""
    return make_folder(tmp_path_factory.mktemp("whole") / "data", WHOLE)


@pytest.fixture(scope="module")
def open_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder without what is confidential, and without readers."""
    return make_folder(tmp_path_factory.mktemp("open") / "data", OPEN)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[RunningServer]:
    """A server for the folder with confidential parts."""
    with serving(folder, "--workers", "1") as server:
        yield server


@pytest.fixture(scope="module")
def open_server(open_folder: Path) -> Iterator[RunningServer]:
    """A server for the folder without them."""
    with serving(open_folder, "--workers", "1") as server:
        yield server


def all_public(folder: Path) -> Path:
    """A folder in which everything is public, and which has no address of its own, as no reader's tree has."""
    trust = dedent(OPEN["trusts/example-trust.yaml"])
    added = dedent(CONFIDENTIAL["confidential/trusts/example-trust.yaml"]).removeprefix("portfolios:\n")
    moved = {name.removeprefix("confidential/"): text for name, text in CONFIDENTIAL.items()}
    site = {"site.yaml": SITE.replace("url:", "# url:")}
    return make_folder(folder, OPEN | moved | {"trusts/example-trust.yaml": trust + added} | site)


def test_the_folder_is_as_the_tests_need_it(folder: Path, open_folder: Path, tmp_path: Path) -> None:
    assert problems_of(folder) == problems_of(open_folder) == []
    addresses = set(Feeds(load(all_public(tmp_path))).all_addresses) - set(Feeds(load(open_folder)).all_addresses)
    assert set(UMBRA) | set(ALIASES) <= addresses


# --- without a token -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """All that anybody would ask for: what is there with and without what is confidential, choices, near misses."""
    whole = all_public(tmp_path_factory.mktemp("public"))
    paths = set(Resources(load(whole)).paths())
    paths |= {path.rpartition(".")[0] + ".svg" for path in paths if path.endswith(".ics")}
    feeds = [path for path in paths if path.endswith((".ics", ".json", ".csv", ".atom"))]
    choices = {f"{path}?kind=conversion&alarm=7d&download" for path in feeds}
    misses = {path.replace("umbra-", "umbre-").replace("merger/", "merge/") for path in paths} - paths
    unions = {f"/selection.{form}?feed={at}" for form in ("ics", "json", "csv", "atom") for at in (*UMBRA, *ALIASES)}
    unions |= {f"{path}&feed=trusts/example-trust&feed=trusts/nobody" for path in unions}
    others = {
        "/plans/umbra",
        "/umbra/",
        "/private/",
        "/private",
        "/plans/",
        "/trusts/example-trust/umbra/",
        "/nothing/",
    }
    return sorted(paths | choices | misses | unions | others)


def test_whoever_has_no_token_gets_the_very_answers_of_a_folder_without_what_is_confidential(
    requests: list[str], server: RunningServer, open_server: RunningServer
) -> None:
    assert len(requests) > 300
    answers = ask_all(server, requests)
    assert answers == ask_all(open_server, requests)
    assert [path for path in requests if "?" not in path and b"umbra" in answers[path].body.lower()] == []
    ends = (".ics", ".json", ".csv", ".atom", ".svg", "/", "")
    nowhere = [f"/{at}{end}" for at in (*UMBRA, *ALIASES) for end in ends]
    assert {answer.status for answer in ask_all(server, nowhere).values()} == {404}


EDITS = {
    "a plan that moves": {
        "confidential/plans/umbra-merger.yaml": CONFIDENTIAL["confidential/plans/umbra-merger.yaml"].replace("28", "29")
    },
    "a plan with problems": {"confidential/plans/umbra-merger.yaml": BROKEN},
    "a trust with problems": {"confidential/trusts/umbra-whisper-trust.yaml": BROKEN},
    "names that public ones have": {
        "confidential/trusts/umbra-whisper-trust.yaml": "name: Other Trust\nportfolios:\n  gamma: Gamma Portfolio\n"
    },
    "addresses that public ones have": {
        "confidential/trusts/example-trust.yaml": (
            "portfolios:\n  former-beta: {name: Umbra One, other names: [Beta Portfolio]}\n"
        )
    },
    "another site": {"confidential/site.yaml": "title: Umbra\ndomain: umbra.example.com\n"},
    "readers with problems": {"confidential/readers.yaml": BROKEN},
    "files that mean nothing": {"confidential/umbra.yaml": BROKEN, "confidential/umbra/plans/umbra.yml": BROKEN},
}
"""Good and bad edits of the confidential part."""


def says_more_often(log: Path, told: str, times: int) -> bool:
    """Whether a log says something more often than so many times: files of one edit may be taken up one by one."""
    return log.read_text().count(told) > times


def test_no_edit_of_what_is_confidential_changes_anything_for_the_public(
    requests: list[str], folder: Path, open_server: RunningServer, tmp_path: Path
) -> None:
    data, log = Path(shutil.copytree(folder, tmp_path / "data")), tmp_path / "log"
    kept = ("/health", "/", "/all.ics", "/search.json")
    told = f" in {data}/confidential.\n"
    with logged(data, log) as server:
        expected = ask_all(open_server, requests)
        before = ask_all(server, kept)
        for number, files in enumerate(EDITS.values()):
            so_far = log.read_text().count(told)
            make_folder(data, files)
            wait_until(partial(says_more_often, log, told, so_far), "the edit is taken up")
            some = requests[number :: len(EDITS)]
            assert ask_all(server, some) == {path: expected[path] for path in some}
        assert ask_all(server, kept) == before
        shutil.rmtree(data / "confidential")
        until(lambda: ask(server, under("Board", "/all.ics")).status == 404)
        assert ask_all(server, requests) == expected
        assert ask_all(server, kept) == before


def test_no_link_leads_the_public_to_what_is_confidential(server: RunningServer, open_server: RunningServer) -> None:
    pages = crawled(server, "/")
    assert len(pages) > 30
    assert pages == crawled(open_server, "/")


def test_health_counts_what_is_public(server: RunningServer, open_server: RunningServer) -> None:
    def without_time(server: RunningServer) -> bytes:
        return re.sub(rb'"since":"[^"]+"', b"", ask(server, "/health").body)

    assert without_time(server) == without_time(open_server)
    assert b'"plans":2,' in without_time(server)


def test_an_answer_to_a_reader_is_no_validator_for_the_public(server: RunningServer) -> None:
    for path in ("/all.ics", "/all/", "/search.json", "/trusts/example-trust.json", "/"):
        private = ask(server, under("Board", path))
        assert ask(server, path, headers={"If-None-Match": private.header("ETag")}).status == 200
        public = ask(server, path)
        assert ask(server, under("Board", path), headers={"If-None-Match": public.header("ETag")}).status == 200
        again = ask(server, under("Board", path), headers={"If-None-Match": private.header("ETag")})
        assert (again.status, again.header("Cache-Control"), again.body) == (304, "private, max-age=300", b"")


def told_by(command: list[str], folder: Path) -> tuple[int, str, str]:
    """The status of a command, and what it prints, without the path of its folder."""
    result = run(*command, folder)
    return result.returncode, result.stdout.replace(str(folder), ""), result.stderr


def test_the_commands_tell_what_is_public(folder: Path, open_folder: Path, tmp_path: Path) -> None:
    for command in (["list"], ["check", "--public"]):
        assert told_by(command, folder) == told_by(command, open_folder)
    of_public = run("check", open_folder).stderr
    assert run("check", folder).stderr == of_public.replace("1 warning:", "2 warnings:") + (  # one is of the others
        "Confidential: 1 trust, 2 portfolios, 3 plans, 6 readers.\n"
    )
    for name, data in (("whole", folder), ("open", open_folder)):
        assert run("build", tmp_path / name, "--data", data).returncode == 0
    assert contents(tmp_path / "whole") == contents(tmp_path / "open")


def test_a_public_log_does_not_tell_that_an_unknown_name_is_confidential(folder: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(folder, tmp_path / "data"))
    make_folder(
        data, {"plans/new.yaml": (data / "confidential/plans/umbra-shell-deal.yaml").read_text(encoding="utf-8")}
    )
    alone = Path(shutil.copytree(data, tmp_path / "alone"))
    shutil.rmtree(alone / "confidential")
    assert told_by(["check", "--public"], data) == told_by(["check", "--public"], alone)
    assert "move the plan to confidential/plans/" in run("check", data).stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_problems_of_the_confidential_part_stop_nothing_that_is_public(
    folder: Path, open_folder: Path, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(folder, tmp_path / "data"))
    make_folder(data, {"confidential/plans/umbra-merger.yaml": BROKEN, "confidential/readers.yaml": BROKEN})
    assert run("check", data).returncode == 1
    for command in (["list"], ["check", "--public"]):
        assert told_by(command, data) == told_by(command, open_folder)
    assert run("build", tmp_path / "whole", "--data", data).returncode == 0
    assert run("build", tmp_path / "open", "--data", open_folder).returncode == 0
    assert contents(tmp_path / "whole") == contents(tmp_path / "open")
    with logged(data, tmp_path / "log") as server:
        assert ask(server, "/plans/open.ics").status == 200
    assert f"in {data}/confidential: readers see what was good last.\n" in (tmp_path / "log").read_text()


@pytest.mark.parametrize("out", ["site", "site/secret", "site/secret/below"])
def test_nothing_is_built_where_what_is_confidential_lies(tmp_path: Path, out: str) -> None:
    data = make_folder(tmp_path / "data", OPEN)
    secret = make_folder(tmp_path / "site/secret", {"plans/umbra.yaml": OPEN["plans/open.yaml"]})
    (data / "confidential").symlink_to(secret)
    before = contents(tmp_path)
    result = run("build", out, "--data", data, cwd=tmp_path)
    assert result.returncode == 1
    assert f"{data / 'confidential'} must not lie inside each other" in result.stderr
    assert contents(tmp_path) == before


def test_what_is_moved_disappears_from_what_was_built(folder: Path, open_folder: Path, tmp_path: Path) -> None:
    data = all_public(tmp_path / "data")
    make_folder(data, {"site.yaml": SITE})
    assert run("build", tmp_path / "site", "--data", data).returncode == 0
    assert b"umbra" in b"".join(contents(tmp_path / "site").values())
    shutil.rmtree(data)
    shutil.copytree(folder, data)
    assert run("build", tmp_path / "site", "--data", data).returncode == 0
    assert run("build", tmp_path / "open", "--data", open_folder).returncode == 0
    assert contents(tmp_path / "site") == contents(tmp_path / "open")


# --- readers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEES)
def test_a_reader_sees_what_is_meant_for_the_reader_and_nothing_else(server: RunningServer, name: str) -> None:
    found = {at for at in UMBRA if ask(server, under(name, f"/{at}.ics")).status == 200}
    # A trust whose portfolios are all confidential is seen by who sees one of them.
    assert found == SEEN[name]
    for at in if_any(set(UMBRA) - found):
        for end in (".json", ".csv", ".atom", "/"):
            assert ask(server, under(name, f"/{at}{end}")).status == 404
        assert at not in ask(server, under(name, "/search.json")).body.decode()
        assert ask(server, under(name, f"/embed/agenda/{at}/")).status == 404
        nothing = ask(server, under(name, "/selection.ics?feed=trusts/nobody"))
        assert ask(server, under(name, f"/selection.ics?feed={at}")) == nothing
    known = ask(server, under(name, "/selection.json?feed=" + "&feed=".join(UMBRA)))
    assert known.status == (200 if found else 404)


@pytest.mark.parametrize("name", SEES)
def test_a_readers_tree_holds_together_and_never_says_its_address(server: RunningServer, name: str) -> None:
    root = under(name)
    answers = crawled(server, root)
    assert len(answers) > 30
    tree = {path.removeprefix(root.rstrip("/")): answer for path, answer in answers.items()}
    assert [path for path in answers if not path.startswith(root)] == []
    for extra in ("/health", "/search.json", "/nothing/", "/nothing.ics", "/all.ics?kind=none"):
        tree[extra] = ask(server, under(name, extra))
    for path, answer in each_of(tree.items()):
        assert answer.status == 200 or path in {"/nothing/", "/nothing.ics", "/all.ics?kind=none"}, path
        whole = repr(answer)
        assert not any(secret in whole for secret in (*TOKENS.values(), *DIGESTS.values(), "/private")), path
        assert answer.header("Cache-Control") in {"private, max-age=300", "no-store"}
        assert (answer.status == 200 and path != "/health") is answer.header("Cache-Control").startswith("private")
        assert answer.header("Referrer-Policy") == "no-referrer"
        assert answer.header("X-Robots-Tag") == "noindex"
        assert "Access-Control" not in whole
        assert "calendars.example.com/" not in answer.body.decode(errors="replace"), "a link to where nothing is"


def test_a_reader_of_everything_has_the_bytes_of_a_folder_in_which_all_is_public(
    server: RunningServer, tmp_path: Path
) -> None:
    catalog = load(all_public(tmp_path))
    whole = Resources(replace(catalog, site=replace(catalog.site, is_private=True)))
    said = b'<p class="confidential">Confidential: this plan is not public.</p>'
    marks = re.compile(
        rb' <small class="mark">confidential</small>| \xc2\xb7 confidential(?= |<)|(?<=\]),"confidential"'
    )
    paths = list(whole.paths())
    assert len(paths) > 100
    for path in each_of(paths):
        expected = whole.find(path, Choice())
        answer = ask(server, under("Board", path))
        assert expected is not None
        assert marks.sub(b"", answer.body.replace(said, b"")) == expected.body, path
        assert answer == ask(server, under("Counsel", path))
    assert said in ask(server, under("Board", "/plans/umbra-merger/")).body


def test_a_reader_may_choose_and_save(server: RunningServer) -> None:
    saved = ask(server, under("Board", "/plans/umbra-merger.ics?kind=conversion&alarm=7d&download"))
    assert saved.header("Content-Disposition") == 'attachment; filename="plans-umbra-merger.ics"'
    assert (saved.body.count(b"BEGIN:VEVENT"), saved.body.count(b"BEGIN:VALARM")) == (1, 1)
    head = ask(server, under("Board", "/all.ics"), "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == ask(server, under("Board", "/all.ics")).headers


# --- intruders -------------------------------------------------------------------------------------------------------

TOKEN = TOKENS["Board"]
WRONG_TOKENS = (
    "", "x", "..", ".", "*", "null", "everything", "Board", "calfeed_", TOKEN.removeprefix("calfeed_"), TOKEN[:-1],
    TOKEN + "0", TOKEN[:-1] + "_", TOKEN.upper(), TOKEN.replace("calfeed", "Calfeed"), TOKEN + "%00", "%00" + TOKEN,
    TOKEN + "%20", "%20" + TOKEN, TOKEN + ".", TOKEN + ";x", TOKEN + ",", TOKEN + "%0a", TOKEN.replace("_", "%255F"),
    TOKEN.replace("_", "%EF%BC%BF"), TOKEN[::-1], TOKEN * 2, TOKEN * 400, DIGESTS["Board"], DIGESTS["Board"].upper(),
    "calfeed_" + DIGESTS["Board"], f"sha256:{DIGESTS['Board']}", TOKENS["Board"][:20] + TOKENS["Counsel"][20:],
    TOKEN.replace("c", "%D1%81", 1), "%", "%zz", "%ff%fe", "' OR 1=1 --".replace(" ", "%20"), "{}", "$ne", "0" * 64,
)  # fmt: skip
TARGETS = ("/all.ics", "/plans/umbra-merger.ics", "/plans/umbra-merger/", "/static/calfeed.css", "/")
TRICKS = (
    f"/PRIVATE/{TOKEN}/all.ics", f"/Private/{TOKEN}/", f"//private/{TOKEN}/all.ics", f"/private//{TOKEN}/all.ics",
    f"/./private/{TOKEN}/all.ics", f"/x/../private/{TOKEN}/all.ics", f"/private/{TOKEN}", f"/private%20/{TOKEN}/",
    f"/private\\{TOKEN}\\all.ics", f"/%2570rivate/{TOKEN}/all.ics", f"/private;x/{TOKEN}/all.ics",
    f"/private./{TOKEN}/all.ics", f"/static/../private/{TOKEN}/all.ics", f"/embed/agenda/private/{TOKEN}/all/",
    f"/private/x/{TOKEN}/all.ics", "/private/x/../all.ics", "/private/../all.ics", "/private/..%2fall.ics",
    "/private/%2e%2e/plans/umbra-merger.ics", "/private/.", "/private//", "/private///", "/private//all.ics",
    "/private//plans/umbra-merger.ics", "/private/x/plans/umbra-merger.ics", "/private/plans/umbra-merger.ics",
    "/private/*/all.ics", "/readers.yaml", "/data/readers.yaml", "/static/../data/readers.yaml",
    "/static/..%2f..%2fdata/readers.yaml", "/static/%2e%2e/%2e%2e/data/plans/umbra-merger.yaml", "/site.yaml",
    "/plans/umbra-merger.yaml", "/plans/UMBRA-MERGER.ics", "/plans/umbra-merger.ics/", "/plans//umbra-merger.ics",
    "/plans/%75mbra-merger.ics", "/plans/umbra%2Dmerger.ics", "//plans/umbra-merger.ics", "/plans/./umbra-merger.ics",
    "/trusts/../plans/umbra-merger.ics", "/plans/umbra-merger.ics%00", "/plans/umbra-merger.ics%00.css",
    "/plans/umbra-merger.ICS", "/plans/umbra-merger", "/all.ics/../plans/umbra-merger.ics", "/umbra-merger.ics",
    "/embed/timeline/plans/umbra-merger/", "/embed/agenda/trusts/example-trust/umbra-shell/", "/plans/umbra-merger.svg",
    "/selection.ics?feed=plans/umbra-merger", "/selection.ics?feed=all&feed=plans/umbra-merger&feed=plans/open",
    "/selection.json?feed=trusts/example-trust/umbra-shell&feed=trusts/example-trust", "/selection.ics?feed=private",
    f"/selection.ics?feed=private/{TOKEN}/all&feed=all", f"/all.ics?token={TOKEN}", f"/all.ics?private={TOKEN}",
    f"/plans/umbra-merger.ics?token={TOKEN}", f"/?token={TOKEN}", f"/private/?token={TOKEN}", f"/all.ics#{TOKEN}",
    "/all.ics?kind=conversion", "/search.json?q=umbra", "/all.ics?confidential=true", "/all.ics?sees=everything",
    f"/schema/../private/{TOKEN}/all.ics", "/schema/readers.json?x", "/metrics", "/private/health", "/robots.txt?umbra",
)  # fmt: skip
HEADERS = (
    {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": f"Basic {TOKEN}"}, {"Cookie": f"token={TOKEN}"},
    {"X-Token": TOKEN}, {"X-Api-Key": TOKEN}, {"Referer": f"https://calendars.example.com/private/{TOKEN}/"},
    {"X-Original-URL": f"/private/{TOKEN}/plans/umbra-merger.ics"}, {"X-Rewrite-URL": f"/private/{TOKEN}/all.ics"},
    {"X-Forwarded-Prefix": f"/private/{TOKEN}"}, {"X-Forwarded-Uri": f"/private/{TOKEN}/all.ics"},
    {"X-Forwarded-Path": f"/private/{TOKEN}/all.ics"}, {"X-Script-Name": f"/private/{TOKEN}"},
    {"Script-Name": f"/private/{TOKEN}"}, {"Path-Info": f"/private/{TOKEN}/all.ics"}, {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-Host": "localhost"}, {"Host": "localhost"}, {"Host": f"private/{TOKEN}"}, {"Host": "127.0.0.1"},
    {"X-HTTP-Method-Override": "PUT"}, {"X-Real-IP": "::1"}, {"Forwarded": "for=127.0.0.1;host=localhost"},
    {"calfeed.private": TOKEN}, {"Calfeed-Private": TOKEN}, {"X-Reader": "Board"}, {"Range": "bytes=0-10000000"},
    {"Origin": "https://calendars.example.com"}, {"Accept": "text/calendar"}, {"Cache-Control": "no-cache"},
)  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACE")

INTRUSIONS: list[tuple[str, str, dict[str, str]]] = [
    *(("GET", f"/private/{token}{path}", {}) for token in WRONG_TOKENS for path in TARGETS),
    *(("GET", path, {}) for path in TRICKS),
    *(("GET", path, headers) for headers in HEADERS for path in (*TARGETS, "/private/x/all.ics", "/search.json")),
    *(
        (method, path, {})
        for method in METHODS
        for path in (*TARGETS, "/private/x/all.ics", f"/private/{TOKEN[:-1]}/", "/private/")
    ),
]
"""Method, path and headers of what somebody tries who knows all ids, all digests and nearly a token."""


@pytest.mark.parametrize("number", range(4))
def test_no_intruder_learns_more_than_from_a_folder_without_what_is_confidential(
    server: RunningServer, open_server: RunningServer, number: int
) -> None:
    assert len(INTRUSIONS) > 500
    got_in = []
    for method, path, headers in INTRUSIONS[number::4]:
        answer = ask(server, path, method, headers)
        COUNTED["intrusions"] += 1
        if answer != ask(open_server, path, method, headers) or b"Umbra" in answer.body:
            got_in.append((method, path, headers))
    COUNTED["intrusions that learned something"] += len(got_in)
    assert got_in == []


def test_a_wrong_token_is_answered_as_a_path_without_a_meaning(server: RunningServer) -> None:
    for path in ("/", "/all/", "/all.ics", "/plans/umbra-merger/"):
        for wrong in ("x", TOKEN[:-1], "calfeed_" + "A" * 43):
            assert ask(server, f"/private/{wrong}{path}") == ask(server, f"/nowhere/x{path}")


@pytest.mark.parametrize("name", ["Plan desk", "Trust desk", "Auditor"])
def test_a_token_opens_nothing_of_other_readers(server: RunningServer, name: str) -> None:
    assert under("Board") not in ask(server, under(name)).body.decode()
    for at in set(UMBRA) - SEEN[name]:
        for path in (f"/{at}.ics", f"/../{TOKENS['Board']}/{at}.ics", f"{under('Board')}{at}.ics"):
            assert ask(server, under(name, path)) == ask(server, under(name, "/trusts/nobody.ics"))


# --- where a token must not get --------------------------------------------------------------------------------------


@contextmanager
def logged(folder: Path, log: Path, *options: str, limit: str = "-c 0") -> Iterator[RunningServer]:
    """A server whose whole output goes to a file, under a limit as the shell's `ulimit` takes it."""
    command = [CALFEED, "serve", str(folder), "--port", "0", "--workers", "1", *options]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f'ulimit {limit} && exec "$@"', "sh", *command],
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        until(lambda: re.search(r"^Serving .+ at http://.+\n", log.read_text(), re.MULTILINE) is not None)
        yield RunningServer(process, next(line for line in log.read_text().splitlines() if " at http://" in line))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def raw(server: RunningServer, request: bytes) -> bytes:
    """What comes back for bytes that may be no request at all."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_no_token_is_in_what_a_server_writes(folder: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(folder, tmp_path / "data"))
    log = tmp_path / "log"
    target = under("Board", "/all.ics").encode()
    with logged(data, log, "--access-log") as server:
        for path in (
            "/",
            "/all.ics",
            "/nothing/",
            "/all.ics?kind=none",
            "/all.ics?alarm=x",
            "/%ff%fe/",
            "/" + "x" * 70_000,
        ):
            for method in ("GET", "HEAD", "POST", "OPTIONS"):
                ask(server, under("Board", path), method)
                ask(server, f"/private/{TOKEN[:-1]}x{path}", method)
                ask(server, f"//private/{TOKEN}{path}", method)
                ask(server, f"{path}?token={TOKEN}", method, {"Referer": f"http://x{under('Board')}", "Cookie": TOKEN})
                ask(server, under("Board", path).replace("_", "%5F", 1).replace("private", "%70rivate"), method)
        for request in (
            b"GET " + target + b"\r\n\r\n",
            b"GET " + target + b" HTTP/9.9\r\n\r\n",
            b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nHost: y\r\nBad Header\r\n\r\n",
            b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            b"POST " + target + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"GET " + target + b"\0 HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET http://" + target + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"CONNECT " + target + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + target,
            target,
        ):
            raw(server, request)
        # The token by mistake where its digest belongs, and as another reader's name and sight.
        (data / "confidential/readers.yaml").write_text(
            f"readers:\n  Board:\n    token: {TOKEN}\n    sees: {TOKEN}\n  Counsel:\n    token: x\n    seees: y\n"
        )
        until(lambda: "readers.yaml:3" in log.read_text())
        (data / "confidential/readers.yaml").write_text(f"readers: {{Board: {{token: '{TOKEN}', sees: everything}}\n")
        until(lambda: "needs commas between its entries" in log.read_text())
    assert "SHA-256" in log.read_text()
    assert_secret(log)


def assert_secret(log: Path) -> None:
    """That nothing of a token but the prefix that all of them have is in a file."""
    written = unquote(log.read_text())
    secret = TOKEN.removeprefix("calfeed_")
    assert not any(secret[at : at + 8] in written for at in range(len(secret) - 7))


def test_no_token_is_in_what_is_written_of_an_internal_error(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, broken = tmp_path / "log", tmp_path / "broken"
    for part in ("calfeed", "static"):
        shutil.copytree(ROOT / part, broken / part)
    for page in ("feed", "missing"):
        (broken / "calfeed" / "formats" / "templates" / f"{page}.html").unlink()
    monkeypatch.setenv("PYTHONPATH", str(broken))
    with logged(folder, log) as server:
        for path in (f"/private/{TOKEN[:-1]}/nothing/", f"//private/{TOKEN}/", under("Board", "/plans/umbra-merger/")):
            connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
            connection.request("GET", path)
            response = connection.getresponse()
            assert response.status == 500
            answer = repr(response.getheaders()) + response.read().decode()
            connection.close()
            assert TOKEN[:-1] not in answer
            assert "Traceback" not in answer
    assert "internal error" in log.read_text()
    assert_secret(log)


def test_an_outside_link_from_a_readers_page_tells_no_address(tmp_path: Path) -> None:
    path = chromium("what a browser tells other sites is seen in a real one")
    asked: list[tuple[str, dict[str, str]]] = []

    class Outside(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Outside) as outside:
        threading.Thread(target=outside.serve_forever, daemon=True).start()
        source = f"http://127.0.0.1:{outside.server_port}/supplement"
        document = plan("example-trust/beta", "other-trust/gamma", url=source)
        documents = {"plans/umbra-merger.yaml": document, "readers.yaml": readers("Board")}
        data = make_folder(tmp_path, OPEN | {f"confidential/{name}": text for name, text in documents.items()})
        with serving(data, "--workers", "1") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.port}{under('Board', '/plans/umbra-merger/')}")
            page.wait_for_selector(".panel .choice >> visible=true")  # a reader may choose kinds, too
            page.click(f"a[href='{source}']")
            page.wait_for_url(source)
            browser.close()
        outside.shutdown()
    told = [headers for at, headers in asked if at == "/supplement"]
    assert told
    assert not any("Referer" in headers for headers in told)
    assert TOKEN not in repr(asked)


# --- readers.yaml and its tokens -------------------------------------------------------------------------------------


def test_what_calfeed_token_prints_can_be_pasted_and_opens_what_it_says(tmp_path: Path) -> None:
    data = make_folder(tmp_path / "data", OPEN | CONFIDENTIAL)
    before = contents(data)
    odd = """Grüße: "O'Brien" #1, {Fund} ops 基金 \\ *"""
    merger, shell = "plans/umbra-merger", "plans/umbra-shell-deal"
    asked = [("Fund operations", merger), (odd, shell, "trusts/umbra-whisper-trust"), ("yes", "everything")]
    addresses = []
    readers = data / "confidential/readers.yaml"
    for reader, *sees in each_of(asked):
        is_new = not readers.exists()
        result = run("token", reader, *(f"--sees={each}" for each in sees), "--data", data)
        assert result.returncode == 0, result.stderr
        assert (f"Put these lines into a new file, {readers}." in result.stderr) == is_new
        address, _, paste = result.stdout.partition("\n")
        addresses.append(address)
        assert address.rstrip("/").rpartition("/")[2] not in paste + result.stderr
        assert contents(data) == before
        make_folder(data, {"confidential/readers.yaml": paste if is_new else readers.read_text("utf-8") + paste})
        before = contents(data)
    assert run("check", data).returncode == 0
    secrets = [address.removeprefix("https://calendars.example.com/private/").rstrip("/") for address in addresses]
    assert len(set(secrets)) == 3
    assert all(re.fullmatch("calfeed_[A-Za-z0-9_-]{43}", secret) for secret in each_of(secrets)), "256 bits"
    with serving(data, "--workers", "1") as server:
        for address, opened in zip(addresses, ({merger}, {shell}, {merger, shell}), strict=True):
            path = urlsplit(address).path
            assert ask(server, path).status == 200
            assert {at for at in (merger, shell) if ask(server, f"{path}{at}.ics").status == 200} == opened


@pytest.mark.parametrize(
    ("sees", "message"),
    [
        ("plans/umbra-merge", 'there is no "plans/umbra-merge" in {data}: did you mean "plans/umbra-merger"?'),
        ("trusts/example-trust/alpha", 'there is no "trusts/example-trust/alpha" in {data}: did you mean'),
        ("everyting", 'there is no "everyting" in {data}: did you mean "everything"?'),
        ("xyz", 'there is no "xyz" in {data}: write plans/<plan>, trusts/<trust> or everything'),
        ("example", 'there is no "example" in {data}: did you mean "trusts/example-trust"?'),
        ("schema/x", 'there is no "schema/x" in {data}'),
    ],
)
def test_a_token_for_what_is_not_there_is_refused(folder: Path, sees: str, message: str) -> None:
    result = run("token", "Somebody", "--sees", "plans/umbra-merger", "--sees", sees, "--data", folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert message.format(data=folder) in result.stderr


@pytest.mark.parametrize(("reader", "message"), [("Board", '"Board" is in '), (" ", "a reader needs a name")])
def test_a_token_for_a_reader_who_has_one_is_refused(folder: Path, reader: str, message: str) -> None:
    result = run("token", reader, "--sees", "everything", "--data", folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert message in result.stderr


def test_a_token_can_be_made_while_the_data_has_problems(tmp_path: Path) -> None:
    data = make_folder(tmp_path, OPEN | {"plans/deal.yaml": BROKEN})
    result = run("token", "Somebody", "--sees", "plans/deal", "--data", data)
    assert result.returncode == 0
    assert result.stdout.startswith("https://calendars.example.com/private/calfeed_")


def test_a_token_can_be_made_where_the_readers_may_not_be_read(tmp_path: Path) -> None:
    data = make_folder(tmp_path, WHOLE)
    # Root may read everything, unless it gives up that it may.
    as_others = [] if os.geteuid() else [need("setpriv", "takes root's rights away"), "--bounding-set=-all"]
    (data / "confidential").chmod(0)
    try:
        command = [*as_others, CALFEED, "token", "Somebody", "--sees", "everything", "--data", str(data)]
        result = subprocess.run(command, capture_output=True, text=True)
    finally:
        (data / "confidential").chmod(0o700)
    assert result.returncode == 0
    assert "Traceback" not in result.stderr
