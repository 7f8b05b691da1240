"""What is confidential is nowhere for whoever has no token, and a token opens what its reader may see, nothing else."""

import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import sync_playwright

from calfeed.feeds.feeds import Feeds
from calfeed.reading.folder import load
from calfeed.serving import snapshot
from calfeed.serving.choices import Choice
from calfeed.serving.confidential import marks_in, part_seen
from calfeed.serving.live import Live, State
from calfeed.serving.resources import Resources
from tests.support import (
    CALFEED,
    PATIENCE_SECONDS,
    ROOT,
    RunningServer,
    each_of,
    make_folder,
    need,
    problems_of,
    run,
    serving,
)

SITE = """\
    title: Example calendars
    domain: calendars.example.com
    url: https://calendars.example.com
    """
EXAMPLE_TRUST = """\
    name: Example Trust
    short name: EXT
    portfolios:
      alpha: Alpha Portfolio
      beta:
        name: Beta Portfolio
        other names: [Former Beta Portfolio]
    """
OTHER_TRUST = """\
    name: Other Trust
    short name: OTH
    portfolios:
      alpha: Alpha Portfolio
      gamma: Gamma Portfolio
    """


def plan(target: str, acquiring: str, *, mark: str = "", kind: str = "closing", url: str = "") -> str:
    """A plan of one reorganization, `trust/portfolio` each, with marks as they are given."""
    first, second = target.split("/"), acquiring.split("/")
    return f"""\
{mark}sources:
  supplement: {{title: Supplement, dated: "November 12, 2030"{f", url: {url}" if url else ""}}}
reorganizations:
  - target: {{portfolio: {first[1]}, trust: {first[0]}}}
    acquiring: {{portfolio: {second[1]}, trust: {second[0]}}}
milestones:
  record date: December 2, 2030
  {kind}:
    date: on or about April 28, 2031
    subject to: shareholder approval
"""


MARK = "confidential: true\n"
OPEN = {
    "site.yaml": SITE,
    "trusts/example-trust.yaml": EXAMPLE_TRUST,
    "trusts/other-trust.yaml": OTHER_TRUST,
    "plans/open.yaml": plan("example-trust/alpha", "example-trust/beta"),
}
"""The folder as the public may see it."""

# Every name and id of what is confidential has the word "umbra" in it, and the kind "conversion" stands nowhere else.
SHELL = "  umbra-shell:\n    name: Umbra Shell Portfolio\n    other names: [Umbra Sibling Portfolio]\n"
WHISPER = """\
    name: Umbra Whisper Trust
    short name: UWT
    other names: [Umbra Whispering Trust]
    portfolios:
      umbra-whisper: {name: Umbra Whisper Portfolio, confidential: true}
    """


def dedented(text: str) -> str:
    """A trust's file, ready to be added to."""
    return "".join(line[4:] for line in text.splitlines(keepends=True))


CONFIDENTIAL = {
    "trusts/example-trust.yaml": dedented(EXAMPLE_TRUST) + SHELL + "    confidential: true\n",
    "trusts/umbra-whisper-trust.yaml": WHISPER,
    "plans/umbra-merger.yaml": plan("example-trust/beta", "other-trust/gamma", mark=MARK, kind="conversion"),
    "plans/umbra-shell-deal.yaml": plan("example-trust/alpha", "example-trust/umbra-shell"),
    "plans/umbra-whisper-deal.yaml": plan("other-trust/gamma", "umbra-whisper-trust/umbra-whisper"),
}
UMBRA = (
    "plans/umbra-merger",
    "plans/umbra-shell-deal",
    "plans/umbra-whisper-deal",
    "trusts/example-trust/umbra-shell",
    "trusts/umbra-whisper-trust",
    "trusts/umbra-whisper-trust/umbra-whisper",
)
ALIASES = ("trusts/example-trust/umbra-sibling", "trusts/umbra-whispering-trust")
SEES = {
    "Plan desk": ["plans/umbra-merger"],
    "Trust desk": ["trusts/example-trust"],
    "Other desk": ["trusts/other-trust", "plans/umbra-shell-deal"],
    "Board": ["everything"],
    "Counsel": ["everything"],
    "Auditor": ["plans/open"],
}
SEEN = {
    "Plan desk": {"plans/umbra-merger"},
    "Trust desk": {"plans/umbra-merger", "plans/umbra-shell-deal", "trusts/example-trust/umbra-shell"},
    "Other desk": set(UMBRA),
    "Board": set(UMBRA),
    "Counsel": set(UMBRA),
    "Auditor": set(),
}
"""Whom which confidential feeds are for. Who may see a plan sees the portfolios that it names, and their trust."""

TOKENS = {name: f"calfeed_{sha256(name.encode()).hexdigest()[:43]}" for name in SEES}
DIGESTS = {name: sha256(token.encode()).hexdigest() for name, token in TOKENS.items()}


def readers(*names: str) -> str:
    """The file readers.yaml for some of the readers."""
    entries = [
        f"  {name}:\n    token: {DIGESTS[name]}\n    sees: [{', '.join(map(repr, SEES[name]))}]" for name in names
    ]
    return "\n".join(["readers:", *entries, ""])


READERS = {"readers.yaml": readers(*SEES)}


def under(name: str, path: str = "/") -> str:
    """A path in a reader's tree."""
    return f"/private/{TOKENS[name]}{path}"


# --- asking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """All of an answer but its day and time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, empty without it."""
        return next((value for header, value in self.headers if header.lower() == name.lower()), "")


def ask(server: RunningServer, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """The answer to a request whose path is sent as it is given."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"Host": "calendars.example.com"} | (headers or {})).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        told = dict(response.getheaders())
        told.pop("date")
        if "allow" in told:
            told["allow"] = ", ".join(sorted(told["allow"].split(", ")))  # in no order of its own
        return Answer(response.status, tuple(sorted(told.items())), response.read())
    finally:
        connection.close()


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
    return make_folder(tmp_path_factory.mktemp("whole") / "data", OPEN | CONFIDENTIAL | READERS)


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


def test_the_folder_is_as_the_tests_need_it(folder: Path, open_folder: Path) -> None:
    assert problems_of(folder) == problems_of(open_folder) == []
    addresses = set(Feeds(load(folder)).all_addresses) - set(Feeds(load(open_folder)).all_addresses)
    assert set(UMBRA) | set(ALIASES) <= addresses


# --- without a token -------------------------------------------------------------------------------------------------


def public_requests(*folders: Path) -> list[str]:
    """All that anybody would ask for: what is there with and without what is confidential, choices, near misses."""
    paths = {path for folder in folders for path in Resources(load(folder)).paths()}
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
    folder: Path, open_folder: Path, server: RunningServer, open_server: RunningServer
) -> None:
    requests = public_requests(folder, open_folder)
    assert len(requests) > 300
    for path in each_of(requests):
        answer = ask(server, path)
        assert answer == ask(open_server, path), path
        if "?" not in path:
            assert b"umbra" not in answer.body.lower(), path
    for at in (*UMBRA, *ALIASES):
        for end in (".ics", ".json", ".csv", ".atom", ".svg", "/", ""):
            assert ask(server, f"/{at}{end}").status == 404, at


def test_no_link_leads_the_public_to_what_is_confidential(server: RunningServer, open_server: RunningServer) -> None:
    pages = crawled(server, "/")
    assert len(pages) > 30
    assert pages == crawled(open_server, "/")


def test_health_counts_what_is_public(server: RunningServer, open_server: RunningServer) -> None:
    def without_time(server: RunningServer) -> bytes:
        return re.sub(rb'"since":"[^"]+"', b"", ask(server, "/health").body)

    assert without_time(server) == without_time(open_server)
    assert b'"plans":1,' in without_time(server)


def test_an_answer_to_a_reader_is_no_validator_for_the_public(server: RunningServer) -> None:
    for path in ("/all.ics", "/all/", "/search.json", "/trusts/example-trust.json", "/"):
        private = ask(server, under("Board", path))
        assert ask(server, path, headers={"If-None-Match": private.header("ETag")}).status == 200
        public = ask(server, path)
        assert ask(server, under("Board", path), headers={"If-None-Match": public.header("ETag")}).status == 200
        again = ask(server, under("Board", path), headers={"If-None-Match": private.header("ETag")})
        assert (again.status, again.header("Cache-Control"), again.body) == (304, "private, max-age=300", b"")


def test_the_commands_tell_what_is_public(folder: Path, open_folder: Path, tmp_path: Path) -> None:
    for command in ("list", "check"):
        told, expected = run(command, folder), run(command, open_folder)
        assert (told.returncode, told.stdout, told.stderr) == (0, expected.stdout, expected.stderr)
    for name, data in (("whole", folder), ("open", open_folder)):
        assert run("build", tmp_path / name, "--data", data).returncode == 0
    assert contents(tmp_path / "whole") == contents(tmp_path / "open")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_marked_later_disappears_from_what_was_built(open_folder: Path, tmp_path: Path) -> None:
    documents = OPEN | CONFIDENTIAL
    marked = make_folder(tmp_path / "data", {name: text.replace("true", "false") for name, text in documents.items()})
    assert run("build", tmp_path / "site", "--data", marked).returncode == 0
    assert b"umbra" in b"".join(contents(tmp_path / "site").values())
    make_folder(marked, documents)
    assert run("build", tmp_path / "site", "--data", marked).returncode == 0
    assert run("build", tmp_path / "open", "--data", open_folder).returncode == 0
    assert contents(tmp_path / "site") == contents(tmp_path / "open")


# --- readers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEES)
def test_a_reader_sees_what_is_meant_for_the_reader_and_nothing_else(server: RunningServer, name: str) -> None:
    found = {at for at in UMBRA if ask(server, under(name, f"/{at}.ics")).status == 200}
    # A trust whose portfolios are all confidential is seen by who sees one of them.
    assert found == SEEN[name]
    for at in each_of(set(UMBRA) - found):
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


def test_a_reader_of_everything_has_the_bytes_of_a_folder_without_marks(server: RunningServer, tmp_path: Path) -> None:
    documents = {name: text.replace("confidential: true", "confidential: false") for name, text in CONFIDENTIAL.items()}
    site = {"site.yaml": SITE.replace("url:", "# url:")}
    whole = Resources(load(make_folder(tmp_path, OPEN | documents | site)))
    said = b'<p class="confidential">Confidential: this plan is not public.</p>'
    for path in each_of(whole.paths()):
        expected = whole.find(path, Choice())
        answer = ask(server, under("Board", path))
        assert expected is not None
        assert answer.body.replace(said, b"") == expected.body, path
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
        if answer != ask(open_server, path, method, headers) or b"Umbra" in answer.body:
            got_in.append((method, path, headers))
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


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails where it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


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
        (data / "readers.yaml").write_text(
            f"readers:\n  Board:\n    token: {TOKEN}\n    sees: {TOKEN}\n  Counsel:\n    token: x\n    seees: y\n"
        )
        until(lambda: "readers.yaml:3" in log.read_text())
        (data / "readers.yaml").write_text(f"readers: {{Board: {{token: '{TOKEN}', sees: everything}}\n")
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
    path = need("chromium", "what a browser tells other sites is seen in a real one")
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
        document = plan("example-trust/beta", "other-trust/gamma", mark=MARK, url=source)
        data = make_folder(tmp_path, OPEN | {"plans/umbra-merger.yaml": document, "readers.yaml": readers("Board")})
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


# --- marks and readers count at once ---------------------------------------------------------------------------------

DEAL = plan("example-trust/beta", "other-trust/gamma")
BROKEN = 'sources: {"\n'
PUBLIC = OPEN | {"plans/deal.yaml": DEAL}
SECOND_SLIP = DEAL.replace("December", "Decembre")


def public_addresses(folder: Path, live: Live) -> set[str]:
    """The feeds that the public has."""
    return set(Feeds(part_seen(live.state.catalog, also_hidden=live.state.hidden)).addresses)


def with_lines(lines: str, after: str = "") -> str:
    """The deal's plan with lines more, at its beginning or after others."""
    assert after in DEAL
    return DEAL.replace(after, after + lines, 1) if after else lines + DEAL


MARKED_PLANS: dict[str, str | bytes] = {
    "as it should be": MARK + DEAL,
    "with a slip below": MARK + SECOND_SLIP,
    "with a slip in the syntax": MARK + DEAL + BROKEN,
    "with a slip in the syntax above": BROKEN + MARK + DEAL,
    "at the end of a half file": DEAL[:40] + "\n" + MARK,
    "alone": MARK,
    "in quotes": '"confidential": "true"\n' + DEAL,
    "as yes": "confidential: yes\n" + DEAL,
    "as no, which means nothing": "confidential: no\n" + DEAL,
    "with a capital": "Confidential: true\n" + DEAL,
    "all in capitals": "CONFIDENTIAL: TRUE\n" + DEAL,
    "without a value": "confidential:\n" + DEAL,
    "as a list": "confidential: [true]\n" + DEAL,
    "as a mapping": "confidential: {until: April}\n" + DEAL,
    "with a reason": "confidential: until the announcement\n" + DEAL,
    "with a tag": "confidential: !!bool true\n" + DEAL,
    "with an anchor": "confidential: &mark true\n" + DEAL,
    "as false and as true": "confidential: false\n" + MARK + DEAL,
    "misspelt": "confidentail: true\n" + DEAL,
    "with a letter too few": "confidental: true\n" + DEAL,
    "as another word": "confidentiality: true\n" + DEAL,
    "misspelt, in a file that cannot be read": "confidentail: true\n" + DEAL + BROKEN,
    "at a reorganization": with_lines("    confidential: true\n", "trust: other-trust}\n"),
    "among the milestones": with_lines("  confidential: true\n", "milestones:\n"),
    "at a milestone": DEAL + "    confidential: true\n",
    "in another encoding": (MARK + DEAL).encode("utf-16"),
    "with a letter in another encoding": (MARK + DEAL + "# Nestl\xe9\n").encode("latin-1"),
    "with a control character": MARK + "title: \x07\n" + DEAL,
    "with old line ends": (MARK + DEAL).replace("\n", "\r"),
    "in braces without an end": "{confidential: true, " + DEAL,
    "in a second document": DEAL + "---\n" + MARK,
}


@pytest.fixture(scope="module")
def public_live(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Live]:
    """A folder without marks and what was read of it."""
    data = make_folder(tmp_path_factory.mktemp("marks"), PUBLIC)
    return data, Live(data)


def hidden_with(data: Path, live: Live, name: str, content: str | bytes) -> set[str]:
    """The public feeds that are no longer there with another content of one file, whatever else is wrong."""
    path = data / name
    before = path.read_bytes()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        part = part_seen(live.state.catalog, also_hidden=marks_in(data, live.state.catalog, [name]))
    finally:
        path.write_bytes(before)
    return public_addresses(data, live) - set(Feeds(part).addresses)


@pytest.mark.parametrize("written", MARKED_PLANS)
def test_a_mark_on_a_plan_hides_it_however_it_is_written(public_live: tuple[Path, Live], written: str) -> None:
    assert hidden_with(*public_live, "plans/deal.yaml", MARKED_PLANS[written]) == {"plans/deal"}


@pytest.mark.parametrize(
    "content",
    [DEAL, SECOND_SLIP, DEAL + BROKEN, "confidential: false\n" + SECOND_SLIP, "title: A confidence vote\n" + BROKEN],
    ids=["whole", "with a slip", "unreadable", "marked as false", "another word"],
)
def test_what_has_no_mark_stays(public_live: tuple[Path, Live], content: str) -> None:
    assert hidden_with(*public_live, "plans/deal.yaml", content) == set()


def test_words_about_confidence_in_a_note_are_no_mark(public_live: tuple[Path, Live]) -> None:
    noted = DEAL + "    note: The terms were confidential until the announcement.\n"
    assert hidden_with(*public_live, "plans/deal.yaml", noted.replace("December", "Decembre")) == set()


TRUST = dedented(OTHER_TRUST)
LONG_GAMMA = "gamma:\n    name: Gamma Portfolio\n"
GAMMA = TRUST.replace("gamma: Gamma Portfolio\n", LONG_GAMMA)
OF_GAMMA = {"trusts/other-trust/gamma", "plans/deal"}
OF_TRUST = {"trusts/other-trust", "trusts/other-trust/alpha", *OF_GAMMA}


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        pytest.param(GAMMA + "    confidential: true\n", OF_GAMMA, id="on a portfolio"),
        pytest.param(GAMMA + "    confidential: true\ncik: x\n", OF_GAMMA, id="with a slip elsewhere"),
        pytest.param(GAMMA + "    confidental: true\n", OF_GAMMA, id="misspelt"),
        pytest.param(GAMMA + "    confidential: [yes]\n", OF_GAMMA, id="as a list"),
        pytest.param(GAMMA + "    confidential: true\n" + BROKEN, OF_TRUST, id="in a file that cannot be read"),
        pytest.param(MARK + TRUST, OF_TRUST, id="on the trust"),
        pytest.param(TRUST + "  confidential: true\n", set(), id="as the id of a portfolio"),
        pytest.param(TRUST + BROKEN, set(), id="nowhere, in a file that cannot be read"),
        pytest.param(MARK + "portfolios: [gamma]\n", OF_TRUST, id="on a trust of another shape"),
    ],
)
def test_a_mark_in_a_trusts_file_hides_what_it_may_mean(
    public_live: tuple[Path, Live], content: str, hidden: set[str]
) -> None:
    assert hidden_with(*public_live, "trusts/other-trust.yaml", content) == hidden


def test_a_file_that_cannot_be_read_hides_nothing_for_marks_that_are_known(tmp_path: Path) -> None:
    marked = GAMMA + "    confidential: true\n"
    data = make_folder(tmp_path, PUBLIC | {"trusts/other-trust.yaml": marked})
    live = Live(data)
    name = "trusts/other-trust.yaml"
    everything = public_addresses(data, live)
    assert everything == set(Feeds(load(make_folder(tmp_path / "x", OPEN))).addresses) - {"trusts/other-trust/gamma"}
    assert hidden_with(data, live, name, marked + BROKEN) == set()
    of_trust = {"trusts/other-trust", "trusts/other-trust/alpha"}
    moved = TRUST.replace("alpha: Alpha Portfolio", "alpha: {name: Alpha Portfolio, confidential: true}") + BROKEN
    assert hidden_with(data, live, name, moved) == of_trust
    assert hidden_with(data, live, name, marked + "    confidential: true\n") == of_trust


def test_a_mark_that_is_taken_away_counts_only_when_all_is_well(tmp_path: Path) -> None:
    data = make_folder(tmp_path, PUBLIC)
    live = Live(data)
    whole = public_addresses(data, live)
    for content in (MARK + DEAL, DEAL, "", MARK[:5]):
        make_folder(data, {"plans/deal.yaml": content, "plans/open.yaml": BROKEN})
        live.refresh()
        assert public_addresses(data, live) == whole - {"plans/deal"}
    make_folder(data, PUBLIC)
    assert live.refresh()
    assert public_addresses(data, live) == whole


def statuses(server: RunningServer, *paths: str) -> list[int]:
    """The status at each path."""
    return [ask(server, path).status for path in paths]


def problems_told(server: RunningServer) -> int:
    """How many problems the server says that the folder has."""
    found = re.search(rb'"problems":(\d+)', ask(server, "/health").body)
    assert found is not None
    return int(found[1])


def test_readers_and_marks_count_at_once_whatever_else_is_wrong(tmp_path: Path) -> None:
    data = make_folder(tmp_path / "data", PUBLIC | {"readers.yaml": readers("Board", "Counsel")})
    deal, board, counsel = "/plans/deal.ics", under("Board", "/plans/deal.ics"), under("Counsel", "/plans/deal.ics")
    log, last_good = tmp_path / "log", tmp_path / "last-good"
    with logged(data, log, "--last-good", str(last_good)) as server:
        assert statuses(server, deal, board, counsel) == [200, 200, 200]
        make_folder(data, {"plans/open.yaml": BROKEN})
        until(lambda: problems_told(server) == 1)
        assert statuses(server, deal, board, counsel) == [200, 200, 200]

        make_folder(data, {"readers.yaml": readers("Counsel")})
        until(lambda: statuses(server, deal, board, counsel) == [200, 404, 200])
        make_folder(data, {"readers.yaml": readers("Counsel") + "  Board: {\n"})
        until(lambda: statuses(server, deal, board, counsel) == [200, 404, 404])
        make_folder(data, {"readers.yaml": readers("Board", "Counsel")})
        until(lambda: statuses(server, deal, board, counsel) == [200, 200, 200])
        (data / "readers.yaml").unlink()
        until(lambda: statuses(server, deal, board, counsel) == [200, 404, 404])
        make_folder(data, {"readers.yaml": readers("Board")})
        until(lambda: statuses(server, deal, board, counsel) == [200, 200, 404])

        make_folder(data, {"plans/deal.yaml": MARK + DEAL})
        until(lambda: statuses(server, deal, board) == [404, 200])
        assert b"deal" not in ask(server, "/all.json").body
        # The process that keeps the last good data is another than the one that answers.
        until(lambda: any(each.confidential for each in snapshot.restore(last_good).plans))
        make_folder(data, {"plans/deal.yaml": ""})
        until(lambda: problems_told(server) == 2)
        assert statuses(server, deal, board) == [404, 200]
        (data / "plans/deal.yaml").unlink()
        until(lambda: problems_told(server) == 1)
        assert statuses(server, deal, board) == [404, 200]

    # Started again on what is left, it has forgotten nothing.
    with logged(data, log, "--last-good", str(last_good)) as server:
        assert "serving the last good data" in log.read_text()
        assert statuses(server, deal, board) == [404, 200]
        make_folder(data, {"readers.yaml": readers("Counsel")})
        until(lambda: statuses(server, deal, board, counsel) == [404, 404, 200])
        make_folder(data, PUBLIC)
        until(lambda: statuses(server, deal, counsel) == [200, 200])


def test_a_mark_that_was_made_while_no_server_ran_is_remembered(tmp_path: Path) -> None:
    data = make_folder(tmp_path / "data", PUBLIC)
    options = ("--last-good", str(tmp_path / "last-good"))
    with logged(data, tmp_path / "log", *options) as server:
        assert statuses(server, "/plans/deal.ics") == [200]
    make_folder(data, {"plans/open.yaml": BROKEN, "plans/deal.yaml": MARK + DEAL})
    for _ in range(2):
        with logged(data, tmp_path / "log", *options) as server:
            assert statuses(server, "/plans/deal.ics", "/plans/open.ics") == [404, 200]
        (data / "plans/deal.yaml").unlink(missing_ok=True)


def test_a_plan_that_a_reader_is_said_to_see_is_not_deleted_unnoticed(tmp_path: Path) -> None:
    sees = f"readers: {{Desk: {{token: {DIGESTS['Board']}, sees: plans/deal}}}}\n"
    data = make_folder(tmp_path, PUBLIC | {"plans/deal.yaml": MARK + DEAL, "readers.yaml": sees})
    live = Live(data)
    (data / "plans/deal.yaml").unlink()
    assert live.refresh()
    assert [problem.message.partition(":")[0] for problem in live.state.problems] == ['unknown "plans/deal"']
    (data / "readers.yaml").unlink()
    assert live.refresh()
    assert live.state.problems == ()
    assert "plans/deal" not in {each.address for each in live.state.catalog.plans}


def test_nobody_can_tell_when_what_is_confidential_changes(folder: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(folder, tmp_path / "data"))
    public = ("/health", "/all.ics", "/", "/search.json", "/trusts/example-trust.atom")
    with serving(data, "--workers", "1") as server:
        before = [ask(server, path) for path in public]
        merger = under("Board", "/plans/umbra-merger.ics")
        old = ask(server, merger)
        document = CONFIDENTIAL["plans/umbra-merger.yaml"]
        make_folder(data, {"plans/umbra-merger.yaml": document.replace("April 28", "May 5")})
        until(lambda: ask(server, merger) != old)
        whisper = CONFIDENTIAL["trusts/umbra-whisper-trust.yaml"]
        make_folder(data, {"trusts/umbra-whisper-trust.yaml": whisper.replace("UWT", "UUT")})
        until(lambda: b"(UUT)" in ask(server, under("Board", "/all.ics")).body)
        (data / "plans/umbra-whisper-deal.yaml").unlink()
        until(lambda: ask(server, under("Board", "/plans/umbra-whisper-deal.ics")).status == 404)
        assert [ask(server, path) for path in public] == before


# --- readers.yaml and its tokens -------------------------------------------------------------------------------------


def test_what_calfeed_token_prints_can_be_pasted_and_opens_what_it_says(tmp_path: Path) -> None:
    data = make_folder(tmp_path / "data", OPEN | CONFIDENTIAL)
    before = contents(data)
    odd = """Grüße: "O'Brien" #1, {Fund} ops 基金 \\ *"""
    merger, shell = "plans/umbra-merger", "plans/umbra-shell-deal"
    printed = [
        run("token", "Fund operations", "--sees", merger, "--data", data),
        run("token", odd, "--sees", shell, "--sees", "trusts/umbra-whisper-trust", "--data", data),
        run("token", "yes", "--sees", "everything", "--data", data),
    ]
    addresses, lines = [], "readers:\n"
    for result in each_of(printed):
        assert result.returncode == 0, result.stderr
        address, _, paste = result.stdout.partition("\n")
        addresses.append(address)
        lines += paste
        assert address.rstrip("/").rpartition("/")[2] not in paste + result.stderr
    assert contents(data) == before
    (data / "readers.yaml").write_text(lines, encoding="utf-8")
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
        ("xyz", 'there is no "xyz" in {data}: write plans/PLAN, trusts/TRUST or everything'),
        ("schema/x", 'there is no "schema/x" in {data}'),
    ],
)
def test_a_token_for_what_is_not_there_is_refused(folder: Path, sees: str, message: str) -> None:
    result = run("token", "Somebody", "--sees", "plans/umbra-merger", "--sees", sees, "--data", folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert message.format(data=folder) in result.stderr


def test_a_token_can_be_made_while_the_data_has_problems(tmp_path: Path) -> None:
    data = make_folder(tmp_path, OPEN | {"plans/deal.yaml": BROKEN})
    result = run("token", "Somebody", "--sees", "plans/deal", "--data", data)
    assert result.returncode == 0
    assert result.stdout.startswith("/private/calfeed_")


DIGEST = DIGESTS["Board"]


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        pytest.param(
            f"readers:\n  Desk:\n    token: {TOKEN}\n    sees: everything\n",
            ["readers.yaml:3:12: this is not the SHA-256 of a token: paste what `calfeed token` prints"],
            id="a token in place of its digest",
        ),
        pytest.param(
            f"readers:\n  Desk:\n    token: {DIGEST.upper()}\n    sees: everything\n",
            ["readers.yaml:3:12: this is not the SHA-256 of a token: paste what `calfeed token` prints"],
            id="a digest in capitals",
        ),
        pytest.param(
            f"readers:\n  Desk: {{token: {DIGEST}, sees: everything}}\n  Team: {{token: {DIGEST}, sees: plans/open}}\n",
            ['readers.yaml:3:17: "Desk" has this token already: each reader needs one of its own'],
            id="the same digest twice",
        ),
        pytest.param(
            f"readers:\n  Desk:\n    token: {DIGEST}\n    sees:\n      - plans/opne\n      - trusts/xyz\n"
            f"      - {TOKEN}\n",
            [
                'readers.yaml:5:9: unknown "plans/opne": did you mean "plans/open"?',
                'readers.yaml:6:9: unknown "trusts/xyz": write plans/<plan>, trusts/<trust> or everything',
                "readers.yaml:7:9: unknown a token: write plans/<plan>, trusts/<trust> or everything",
            ],
            id="what is not there",
        ),
        pytest.param(
            f"readers:\n  Desk:\n    token: {DIGEST}\n    sees: []\n",
            ['readers.yaml:4:11: "sees" is empty: write plans/<plan>, trusts/<trust> or everything'],
            id="nothing to see",
        ),
        pytest.param(
            f"readers:\n  Desk:\n    tokn: {DIGEST}\n    sees: everything\n    expires: 2031\n",
            [
                'readers.yaml:3:5: unknown key "tokn": did you mean "token"?',
                'readers.yaml:5:5: unknown key "expires": known here are token, sees',
            ],
            id="unknown keys",
        ),
        pytest.param(f"Desk: {{token: {DIGEST}, sees: everything}}\n", None, id="no readers"),
        pytest.param("", ["readers.yaml:1:1: the file is empty"], id="an empty file"),
        pytest.param("readers:\n", ['readers.yaml:1:9: "readers" is empty'], id="no reader"),
        pytest.param("readers: everything\n", None, id="a text for readers"),
        pytest.param(f"readers:\n  - {DIGEST}\n", None, id="a list of readers"),
        pytest.param(f"readers:\n  Desk: {DIGEST}\n", None, id="a text for a reader"),
        pytest.param(f"readers:\n  Desk:\n    token: {DIGEST}\n    token: x\n    sees: everything\n", None, id="twice"),
    ],
)
def test_readers_with_problems_are_told_and_let_in_nobody(
    tmp_path: Path, written: str, problems: list[str] | None
) -> None:
    data = make_folder(tmp_path, OPEN)
    live = Live(data)
    make_folder(data, {"readers.yaml": written})
    found = problems_of(data)
    assert found if problems is None else found == problems
    assert TOKEN not in repr(found)
    known = {"plans/open", "trusts/example-trust", "trusts/other-trust"}
    if not any("unknown" in problem and "key" not in problem for problem in found):
        assert live.refresh()
        assert live.state.readers.of(TOKEN) is None
    assert known <= public_addresses(data, live)


def test_what_is_taken_away_counts_before_anything_else_does(tmp_path: Path) -> None:
    """Git at work, a restless file: what was there waits for all to settle, but not who may see what."""
    documents = PUBLIC | {"plans/deal.yaml": DEAL, "readers.yaml": readers("Board", "Counsel")}
    data = make_folder(tmp_path / "data", documents)
    live = Live(data)
    before = live.state
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index.lock").touch()
    make_folder(data, {"readers.yaml": readers("Counsel"), "plans/deal.yaml": MARK + DEAL})
    taken: list[State] = []
    threading.Thread(target=live.follow, args=(taken.append,), daemon=True).start()
    until(lambda: bool(taken))
    assert taken[0].catalog is before.catalog
    assert {reader.name for reader in taken[0].readers.readers} == {"Counsel"}
    assert "plans/deal" in taken[0].hidden
    (tmp_path / ".git/index.lock").unlink()
    until(lambda: taken[-1].catalog is not before.catalog)


@pytest.mark.parametrize("name", ["plans/deal.yml", "plans/another.yaml"])
def test_a_marked_plan_under_another_name_is_not_seen_under_its_own(tmp_path: Path, name: str) -> None:
    data = make_folder(tmp_path, PUBLIC | {"plans/deal.yaml": DEAL})
    catalog = load(data)
    (data / "plans/deal.yaml").unlink()
    make_folder(data, {name: MARK + DEAL, "site.yaml": "title: [\n"})
    assert "plans/deal" in marks_in(data, catalog, [name, "site.yaml"])


def test_a_marked_plan_that_is_too_long_to_be_read_is_hidden(tmp_path: Path) -> None:
    data = make_folder(tmp_path, PUBLIC | {"plans/deal.yaml": DEAL})
    catalog = load(data)
    (data / "plans/deal.yaml").write_text("confidential: true\n" + "# long\n" * 200_000)
    assert marks_in(data, catalog, ["plans/deal.yaml"]) == {"plans/deal"}
