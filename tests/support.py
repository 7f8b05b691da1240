"""What tests of several modules need: data folders, the real command, the real server."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple, NoReturn, TypeVar

import pytest
from hypothesis import settings

from calfeed.model.catalog import Catalog
from calfeed.reading.folder import load
from calfeed.reading.overlay import read_whole
from calfeed.reading.problems import Problem, problems_in
from tests.forked import CAN_FORK, Forked

ROOT = Path(__file__).parent.parent
FOUNDING = ROOT / "data"
FOR_OPERATORS = ROOT / "calfeed" / "deploy"
GIT_IDENTITY = {f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
"""Who commits, for a git that knows nobody."""
CALFEED = str(Path(sys.executable).with_name("calfeed"))

# Waiting is bounded, generously: a test that runs into it fails, it never passes because of it.
PATIENCE_SECONDS = 180
NPM_SECONDS = 300


COUNTED: Counter[str] = Counter()
"""How much this process has tried, by what it is; the end of a run of tests prints it for all processes."""


def make_folder(folder: Path, documents: Mapping[str, str | bytes]) -> Path:
    """Write documents, by their path in the data folder: texts dedented, bytes as they are; returns the folder."""
    for name, content in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dedent(content).encode() if isinstance(content, str) else content)
    return folder


SITE = "title: Example\ndomain: calendars.example.com\n"


def trust_of(**portfolios: str) -> str:
    """The file of Example Trust, with the names of its portfolios by their ids."""
    lines = [f"  {portfolio}: {name}\n" for portfolio, name in portfolios.items()]
    return f"name: Example Trust\nportfolios:\n{''.join(lines)}"


TRUST = trust_of(a="Example A Portfolio", b="Example B Portfolio")


def plan_of(milestones: Mapping[str, str], *targets: str, acquiring: str = "", dated: str = "January 6, 2031") -> str:
    """A plan of Example Trust from one memo, which liquidates the targets or merges them into `acquiring`."""
    into = f"\n    acquiring: {acquiring}" if acquiring else ""
    reorganizations = "".join(f"  - target: {target}{into}\n" for target in targets)
    dates = "".join(f"  {key}: {value}\n" for key, value in milestones.items())
    return f"""\
trust: Example Trust
sources:
  memo: {{title: Memo, dated: "{dated}"}}
reorganizations:
{reorganizations}milestones:
{dates}"""


def data_folder(folder: Path, documents: Mapping[str, str | bytes]) -> Path:
    """A data folder of documents, with a site and with Example Trust unless the documents hold their own."""
    return make_folder(folder, {"site.yaml": SITE, "trusts/example-trust.yaml": TRUST, **documents})


def problems_of(folder: Path) -> list[str]:
    """What stops publication, each as `file:line:column: message` with the file's path inside the folder."""
    return _shown(folder, problems_in(read_whole(folder).found))


def found_in(folder: Path) -> list[str]:
    """What `check` finds, problems and warnings alike, in the same form."""
    return _shown(folder, read_whole(folder).found)


def _shown(folder: Path, found: Iterable[Problem]) -> list[str]:
    return [str(each).removeprefix(f"{folder.as_posix()}/") for each in found]


def loaded(folder: Path, documents: Mapping[str, str | bytes]) -> Catalog:
    """The catalog of a data folder of documents."""
    return load(data_folder(folder, documents))


def _environment() -> dict[str, str]:
    """The environment, without what pytest changes in it for each test."""
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}


_ENVIRONMENT = _environment()
Process = subprocess.Popen[str] | Forked


def starts_as_usual() -> bool:
    """Whether the environment is as it was: what a test sets in it may count at the start of Python."""
    return CAN_FORK and _environment() == _ENVIRONMENT


def run(
    *arguments: str | Path, cwd: Path | str = ".", more: Mapping[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[str]:
    """Run calfeed as people do, to its end, with more variables in its environment.

    The process is forked unless there are other options for it. A server that names no port takes a free one.
    """
    command = list(map(str, arguments))
    if command[0] == "serve" and "--port" not in command:
        command += ["--port", "0"]
    environment = {**os.environ, **(more or {})}
    if options or not starts_as_usual():
        settings = {"cwd": cwd, "env": environment, "timeout": PATIENCE_SECONDS, "encoding": "utf-8", **options}
        return subprocess.run([CALFEED, *command], capture_output=True, **settings)  # type: ignore[call-overload,no-any-return]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        code = Forked(command, cwd=str(cwd), environment=environment, stdout=out, stderr=err).wait(PATIENCE_SECONDS)
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read())
    return subprocess.CompletedProcess(command, code, *said)


def start(*arguments: str | Path, program: str | Path = CALFEED) -> Process:
    """Start calfeed, whose stderr can be read: forked, unless another program is to start it."""
    command = list(map(str, arguments))
    if program == CALFEED and starts_as_usual():
        return Forked(command)
    return subprocess.Popen([program, *command], stderr=subprocess.PIPE, text=True, encoding="utf-8")


class RunningServer:
    """`calfeed serve` in a process of its own."""

    def __init__(self, process: Process, first_line: str) -> None:
        self.process = process
        self.first_line = first_line
        self.port = int(first_line.rstrip("/\n").rpartition(":")[2])


@contextmanager
def serving(data: Path, *options: str, program: str = CALFEED) -> Iterator[RunningServer]:
    """A real server for a data folder on a free port of 127.0.0.1, which has said that it is ready."""
    with start("serve", data, "--port", "0", *options, program=program) as process:
        try:
            assert process.stderr is not None
            told = [""]
            while not told[-1].startswith("Serving ") and (line := process.stderr.readline()):
                told.append(line)  # warnings come first
            assert told[-1].startswith("Serving "), "".join(told)
            yield RunningServer(process, told[-1])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE_SECONDS)


class Reply(NamedTuple):
    """What a server answers to a request."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(
    port: int,
    target: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Reply:
    """Send a request to a port of 127.0.0.1, with TLS if given, on a new connection, so that any worker may answer."""
    connection: http.client.HTTPConnection
    if tls is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    else:
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS, context=tls)
    try:
        connection.request(method, target, headers=dict(headers or {}))
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    """Whether a connection to a port of 127.0.0.1 succeeds."""
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS):
        return True
    return False


@contextmanager
def nginx(folder: Path, configuration: str, port: int) -> Iterator[None]:
    """A real nginx that listens on a port, with a file for its conf.d; everything that it writes is in the folder."""
    program = need("nginx", "serves with the files for operators")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors info;"
        f"events {{}} http {{ access_log off; {paths}\n{configuration}\n}}",
        encoding="utf-8",
    )
    command = [program, "-p", str(folder), "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"]
    tested = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command)
    with process:
        try:
            wait_until(lambda: process.poll() is not None or is_listening(port), "nginx listens")
            assert process.poll() is None, (folder / "errors").read_text(encoding="utf-8")
            yield
        finally:
            process.terminate()


Each = TypeVar("Each")


def each_of(found: Iterable[Each]) -> list[Each]:
    """What a loop of asserts goes over; fails if there is nothing, since then nothing would be asserted."""
    listed = list(found)
    assert listed, "there is nothing to look at"
    return listed


def if_any(found: Iterable[Each]) -> list[Each]:
    """What a loop of asserts goes over where there may be nothing."""
    return list(found)


def lacking(reason: str) -> NoReturn:
    """Skip a test for want of something that is not Python's, or fail it where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def need(command: str, reason: str) -> str:
    """The path of a program that is not Python's; without it the test is skipped, or fails where CI is set."""
    return shutil.which(command) or lacking(f"{command} is missing: {reason}")


def chromium(reason: str) -> str:
    """The path of a Chromium, of the one without windows if it is there: it takes half the time."""
    return shutil.which("chromium-headless-shell") or need("chromium", reason)


def npm_packages(config: pytest.Config, reason: str, *packages: str) -> Path:
    """The folder of packages from npm, installed once and kept in pytest's cache.

    Processes that run tests side by side may install the same packages at once: the first to finish counts.
    """
    npm = need("npm", reason)
    assert config.cache is not None
    cache = config.cache.mkdir("npm")
    folder = cache / re.sub(r"[^\w.]+", "-", "-".join(packages)).strip("-")
    if not folder.exists():
        installing = Path(tempfile.mkdtemp(dir=cache))
        command = [
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            str(installing),
            *packages,
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=NPM_SECONDS)
        if done.returncode:
            lacking(f"{' '.join(packages)} cannot be installed: {done.stderr}")
        try:
            installing.rename(folder)
        except OSError:
            shutil.rmtree(installing)
    return folder / "node_modules"


def examples(usual: int) -> int:
    """How many examples hypothesis tries: as many as usual, or ten times as many with `--hypothesis-profile long`."""
    return usual * settings().max_examples // settings.get_profile("default").max_examples


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that happens in another process; fails when it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"not in {PATIENCE_SECONDS} seconds: {what}")
        time.sleep(0.01)
