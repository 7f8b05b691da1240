"""The site as files: the bytes that `serve` answers, in folders and real object stores, whatever cuts a build short."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import pty
import re
import resource
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formatdate
from html.parser import HTMLParser
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

import obstore
import pytest
from obstore.store import AzureStore, S3Store

from calfeed.formats.formats import FORMATS
from calfeed.publishing import build as publish
from calfeed.reading.documents import DOCUMENTS
from calfeed.reading.folder import load
from tests.support import (
    CALFEED,
    FOR_OPERATORS,
    FOUNDING,
    PATIENCE_SECONDS,
    ROOT,
    RunningServer,
    each_of,
    free_port,
    make_folder,
    nginx,
    npm_packages,
    plan_of,
    run,
    serving,
    trust_of,
)

AZURITE = "azurite@3.35.0"
MANIFEST, UNFINISHED = "calfeed-manifest.json", "calfeed-unfinished.json"
CACHED = "public, max-age=300"
# What a static host must say beside the bytes.
SAID = (
    "Content-Type",
    "Cache-Control",
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "X-Frame-Options",
    "Referrer-Policy",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
)

OTHER_NAMES = {
    "site.yaml": """\
        title: Example
        domain: calendars.example.com
        url: https://calendars.example.com/funds
        embed on: [https://intranet.example.com]
        """,
    "trusts/example-trust.yaml": """\
        name: Example Trust
        other names: [Former Example Trust]
        portfolios:
          growth:
            name: Growth Portfolio
            other names: [Capital Portfolio]
        """,
    "plans/example-2031.yaml": """\
        trust: Example Trust
        sources:
          memo: {title: Memo, dated: "January 6, 2031"}
        reorganizations:
          - target: Growth Portfolio
        milestones:
          liquidation: March 3, 2031
        """,
}
OTHER_NAMES_FEEDS = {
    "all",
    "trusts/example-trust",
    "trusts/former-example-trust",
    "trusts/example-trust/growth",
    "trusts/example-trust/capital",
    "trusts/former-example-trust/growth",
    "trusts/former-example-trust/capital",
    "plans/example-2031",
}
FOUNDING_FEEDS = {
    "all",
    "trusts/met-investors-series-trust",
    "trusts/metropolitan-series-fund",
    "trusts/met-investors-series-trust/batterymarch-mid-cap-stock",
    "trusts/met-investors-series-trust/lazard-mid-cap",
    "trusts/met-investors-series-trust/mfs-value",
    "trusts/metropolitan-series-fund/mfs-value",
    "trusts/metropolitan-series-fund/harris-oakmark-large-cap-value",
    "plans/met-investors-2007-12",
}
FOUNDING_PLAN = "plans/met-investors-2007-12.yaml"


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def identity_of(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells whether a file or a folder was touched: its inode and when it was last modified."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in [folder, *folder.rglob("*")]}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def address_of(name: str) -> str:
    """The address at which a built file stands."""
    return f"/{name.removesuffix('index.html')}" if PurePosixPath(name).name == "index.html" else f"/{name}"


def answers(port: int, names: Collection[str]) -> dict[str, tuple[int, bytes, http.client.HTTPMessage]]:
    """What a real server says at the addresses of built files."""
    found = {}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    for name in names:
        connection.request("GET", address_of(name))
        response = connection.getresponse()
        found[name] = response.status, response.read(), response.headers
    connection.close()
    return found


def built(out: Path | str, data: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a build that succeeds says at last: before that it warns of the domain of these folders."""
    result = run("build", out, "--data", data, more=environment)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    return result.stderr.splitlines(keepends=True)[-1]


def refused(out: Path | str, data: Path, environment: Mapping[str, str] | None = None, **options: Any) -> str:
    """The one line that a build which fails says."""
    result = run("build", out, "--data", data, more=environment, **options)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: [^\n]+\n", result.stderr), result.stderr
    return result.stderr


def copy_of_founding(folder: Path) -> Path:
    return Path(shutil.copytree(FOUNDING, folder))


def edit(data: Path, old: str, new: str, name: str = FOUNDING_PLAN) -> None:
    """Change a text in a file that has it."""
    text = (data / name).read_text(encoding="utf-8")
    assert old in text
    (data / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def other_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("other-names"), OTHER_NAMES)


@pytest.fixture(scope="module")
def other_names_server(other_names: Path) -> Iterator[RunningServer]:
    with serving(other_names) as server:
        yield server


@pytest.fixture(scope="module")
def founding_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data as files; for tests that only read, or that copy it first."""
    site = tmp_path_factory.mktemp("founding") / "site"
    built(site, FOUNDING)
    return site


@pytest.fixture(scope="module")
def other_names_site(tmp_path_factory: pytest.TempPathFactory, other_names: Path) -> Path:
    site = tmp_path_factory.mktemp("other-names") / "site"
    built(site, other_names)
    return site


# --- what is built ---------------------------------------------------------------------------------------------------


def expected_files(feeds: set[str], *, has_url: bool) -> set[str]:
    extensions = [each.extension for each in FORMATS.values() if has_url or not each.needs_url]
    endings = [*(f".{extension}" for extension in extensions), "/index.html"]
    fixed = {"index.html", "404.html", "robots.txt", "search.json", *(f"schema/{each}.json" for each in DOCUMENTS)}
    static = {path.relative_to(ROOT).as_posix() for path in (ROOT / "static").rglob("*.*")}
    embeds = {f"embed/{look}/{feed}/index.html" for look in ("agenda", "timeline") for feed in feeds}
    return fixed | static | embeds | {feed + ending for feed in feeds for ending in endings}


FOUNDING_FILES = len(expected_files(FOUNDING_FEEDS, has_url=False))


def served_files(site: Path, server: RunningServer) -> dict[str, tuple[int, bytes]]:
    """What a server says at the addresses of a folder's files, but for the manifest."""
    return {name: each[:2] for name, each in answers(server.port, content_of(site).keys() - {MANIFEST}).items()}


def test_the_shipped_data_becomes_the_files_that_serve_answers(
    founding_site: Path, founding_server: RunningServer
) -> None:
    files = content_of(founding_site)
    assert files.keys() == expected_files(FOUNDING_FEEDS, has_url=False) | {MANIFEST}
    del files[MANIFEST]
    assert served_files(founding_site, founding_server) == {name: (200, body) for name, body in files.items()}


def test_every_address_of_other_names_is_built_and_qr_codes_where_the_site_has_an_address(
    other_names_site: Path, other_names_server: RunningServer
) -> None:
    files = content_of(other_names_site)
    assert files.keys() == expected_files(OTHER_NAMES_FEEDS, has_url=True) | {MANIFEST}
    del files[MANIFEST]
    assert served_files(other_names_site, other_names_server) == {name: (200, body) for name, body in files.items()}


class Links(HTMLParser):
    """The addresses that a page links to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in {"href", "src"} and value}


@pytest.mark.parametrize("site", ["founding_site", "other_names_site"])
def test_every_link_of_a_built_page_leads_to_a_built_file(request: pytest.FixtureRequest, site: str) -> None:
    files = content_of(request.getfixturevalue(site))
    pages = [name for name in files if name.endswith(".html")]
    checked = set()
    for page in pages:
        links = Links()
        links.feed(files[page].decode())
        for link in each_of(links.found):
            target = urlsplit(urljoin(f"http://site{address_of(page)}", link))
            if target.netloc == "site":
                name = target.path[1:] + ("index.html" if target.path.endswith("/") else "")
                assert name in files, f"{page} links to {link}"
                checked.add(name)
    assert {"index.html", "all.ics", "all.atom", "static/calfeed.js"} <= checked


# --- building again --------------------------------------------------------------------------------------------------


def test_building_again_without_a_change_touches_nothing(tmp_path: Path, founding_site: Path) -> None:
    site = Path(shutil.copytree(founding_site, tmp_path / "site"))
    before = identity_of(site)
    said = built(site, FOUNDING)
    assert said == f"Built {FOUNDING_FILES} files in {site}: 0 written, 0 deleted, {FOUNDING_FILES} unchanged.\n"
    assert identity_of(site) == before


def test_building_again_without_a_change_renders_nothing(founding_site: Path) -> None:
    done = publish.build(str(founding_site), FOUNDING, load(FOUNDING), lambda _, names: pytest.fail(str(names)))
    assert done == publish.Built(unchanged=FOUNDING_FILES)


def test_only_files_that_changed_are_written(tmp_path: Path, founding_site: Path) -> None:
    data, site = copy_of_founding(tmp_path / "data"), Path(shutil.copytree(founding_site, tmp_path / "site"))
    first, before = content_of(site), identity_of(site)
    edit(data, "title: 2008 reorganizations", "title: The reorganizations")
    said = built(site, data)
    assert content_of(site) == built_afresh(tmp_path / "afresh", data)
    second, after = content_of(site), identity_of(site)
    changed = {name for name in first if first[name] != second[name]}
    assert {name for name in first if before[name] != after[name]} == changed
    assert {"index.html", "plans/met-investors-2007-12.ics"} <= changed
    assert "robots.txt" not in changed
    written = len(changed) - 1  # without the manifest
    assert said.endswith(f": {written} written, 0 deleted, {FOUNDING_FILES - written} unchanged.\n")


def built_afresh(folder: Path, data: Path) -> dict[str, bytes]:
    """What a build into an empty folder makes."""
    built(folder, data)
    return content_of(folder)


def test_what_was_open_when_it_was_written_again_stays_whole(tmp_path: Path, founding_site: Path) -> None:
    data, site = copy_of_founding(tmp_path / "data"), Path(shutil.copytree(founding_site, tmp_path / "site"))
    whole = (site / "all.ics").read_bytes()
    with (site / "all.ics").open("rb") as reader:
        begun = reader.read(100)
        edit(data, "November 30, 2007", "November 29, 2007")
        built(site, data)
        assert begun + reader.read() == whole
    assert (site / "all.ics").read_bytes() != whole


def test_what_is_gone_from_the_data_is_deleted_and_nothing_that_calfeed_did_not_write(
    tmp_path: Path, other_names: Path, other_names_site: Path
) -> None:
    data = Path(shutil.copytree(other_names, tmp_path / "data"))
    site = Path(shutil.copytree(other_names_site, tmp_path / "site"))
    make_folder(site, {"CNAME": "calendars.example.com", "plans/notes.txt": "mine", "plans/old/notes.txt": "mine"})
    (data / "plans/example-2031.yaml").unlink()
    edit(data, "  growth:", "  value:", "trusts/example-trust.yaml")
    said = built(site, data)
    own = {"CNAME": b"calendars.example.com", "plans/notes.txt": b"mine", "plans/old/notes.txt": b"mine"}
    assert content_of(site) == built_afresh(tmp_path / "afresh", data) | own
    assert not (site / "plans/example-2031").exists()
    # A plan, and a portfolio under both names of its trust, each in eight forms; `capital` is the new portfolio's name.
    assert " 24 deleted, " in said


def test_what_vanished_or_changed_its_size_is_written_again(tmp_path: Path, founding_site: Path) -> None:
    site = Path(shutil.copytree(founding_site, tmp_path / "site"))
    (site / "all.ics").unlink()
    (site / "all.json").write_text("half")
    assert built(site, FOUNDING).endswith(f": 2 written, 0 deleted, {FOUNDING_FILES - 2} unchanged.\n")
    assert content_of(site) == content_of(founding_site)


def test_where_libraries_have_changed_all_is_compared_and_what_is_the_same_not_touched(
    tmp_path: Path, founding_site: Path
) -> None:
    site = Path(shutil.copytree(founding_site, tmp_path / "site"))
    manifest = json.loads((site / MANIFEST).read_text())
    (site / MANIFEST).write_text(json.dumps(manifest | {"built from": "other versions"}))
    before = identity_of(site / "trusts")
    assert built(site, FOUNDING).endswith(f": 0 written, 0 deleted, {FOUNDING_FILES} unchanged.\n")
    assert content_of(site) == content_of(founding_site)
    assert identity_of(site / "trusts") == before


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["all.ics", MANIFEST, UNFINISHED])
def test_a_file_that_calfeed_did_not_write_is_not_overwritten(tmp_path: Path, name: str) -> None:
    make_folder(tmp_path, {name: "mine", "index.html": "mine", "other.txt": "mine"})
    before = identity_of(tmp_path)
    said = refused(tmp_path, FOUNDING)
    assert name in said
    assert identity_of(tmp_path) == before


def test_data_with_problems_is_shown_and_nothing_is_built(tmp_path: Path, founding_site: Path) -> None:
    data, site = copy_of_founding(tmp_path / "data"), tmp_path / "site"
    edit(data, "November 7, 2007", "Tuesday, November 7, 2007")
    shown = run("serve", data)
    result = run("build", site, "--data", data)
    assert (result.returncode, result.stdout, result.stderr) == (1, "", shown.stderr)
    assert "is a Wednesday" in result.stderr
    assert not site.exists()
    shutil.copytree(founding_site, site)
    before = identity_of(site)
    assert run("build", site, "--data", data).returncode == 1
    assert identity_of(site) == before


@pytest.mark.parametrize(
    ("out", "data", "reason"),
    [
        ("data/site", "data", "must not lie inside each other"),
        ("data", "data", "must not lie inside each other"),
        (".", "data", "must not lie inside each other"),
        ("file", "data", "file is a file"),
        ("file/site", "data", "Not a directory"),
        ("ftp://example.com/site", "data", '"ftp://" is not known'),
        ("https://example.com/site", "data", '"https://" is not known'),
        ("s3://", "data", "s3://"),
        ("s3://[", "data", "s3://["),
    ],
)
def test_a_place_that_cannot_be_is_refused(tmp_path: Path, out: str, data: str, reason: str) -> None:
    copy_of_founding(tmp_path / data)
    (tmp_path / "file").write_text("mine")
    before = content_of(tmp_path)
    assert reason in refused(out, Path(data), cwd=tmp_path)
    assert content_of(tmp_path) == before


def test_a_disk_that_takes_no_more_is_told_and_the_build_can_be_repeated(tmp_path: Path, founding_site: Path) -> None:
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))

    no_modules = {"PYTHONDONTWRITEBYTECODE": "1"}  # a compiled module must not be cut off by that limit
    said = refused(tmp_path, FOUNDING, no_modules, preexec_fn=small_files_only)
    assert "File too large" in said
    assert "build again" in said
    assert not (tmp_path / "index.html").exists()
    built(tmp_path, FOUNDING)
    assert content_of(tmp_path) == content_of(founding_site)


# --- cut short -------------------------------------------------------------------------------------------------------


def many(folder: Path, year: int) -> Path:
    """Data that takes some seconds to build; of the same length whatever the year."""
    portfolios = {f"portfolio-{number}": f"Number {number} Portfolio" for number in range(60)}
    documents = {
        "site.yaml": OTHER_NAMES["site.yaml"],
        "trusts/example-trust.yaml": trust_of(**portfolios),
        "plans/example.yaml": plan_of({"liquidation": f"{year}-03-03"}, *portfolios, dated=f"{year}-01-06"),
    }
    return make_folder(folder, documents)


@pytest.fixture(scope="module")
def many_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such data as files, built in one go."""
    folder = tmp_path_factory.mktemp("many")
    built(folder / "site", many(folder / "data", 2031))
    return folder / "site"


def kill_when(out: Path, data: Path, begun: Callable[[], bool]) -> None:
    """Kill a build once something is to be seen of it, and before it is done."""
    process = subprocess.Popen([CALFEED, "build", str(out), "--data", str(data)], stderr=subprocess.PIPE)
    deadline = time.monotonic() + PATIENCE_SECONDS
    with process:
        while not begun():
            assert process.poll() is None, "it ended before anything was to be seen"
            assert time.monotonic() < deadline
        process.kill()
    assert process.returncode == -9


def test_a_killed_build_is_completed_by_the_next(tmp_path: Path, many_site: Path) -> None:
    data, site = many(tmp_path / "data", 2031), tmp_path / "site"
    kill_when(site, data, (site / "trusts").exists)
    assert not (site / "index.html").exists()
    (site / "all.ics#1").write_bytes(b"BEGIN:VCAL")  # where the kill came while a file was half written
    built(site, data)
    assert content_of(site) == content_of(many_site)


def test_data_taken_back_after_a_killed_build_is_built_as_if_nothing_had_been(tmp_path: Path, many_site: Path) -> None:
    data, site = many(tmp_path / "data", 2032), Path(shutil.copytree(many_site, tmp_path / "site"))
    before = content_of(site)
    kill_when(site, data, lambda: (site / "all.ics").read_bytes() != before["all.ics"])
    assert (site / "index.html").read_bytes() == before["index.html"]
    # The same size at the same place: only the manifest can tell that it is not what it was.
    assert (site / "all.ics").stat().st_size == len(before["all.ics"])
    many(data, 2031)
    built(site, data)
    assert content_of(site) == before


# --- progress --------------------------------------------------------------------------------------------------------


def test_a_terminal_shows_progress(tmp_path: Path) -> None:
    terminal, ours = pty.openpty()
    process = subprocess.Popen([CALFEED, "build", str(tmp_path), "--data", str(FOUNDING)], stderr=ours, stdin=ours)
    os.close(ours)
    shown = b""
    with suppress(OSError):  # how Linux says that the other side has closed it
        while part := os.read(terminal, 65536):
            shown += part
    os.close(terminal)
    assert process.wait(PATIENCE_SECONDS) == 0
    assert b"Writing" in shown
    assert b"100%" in shown
    assert shown.endswith(f"{FOUNDING_FILES} written, 0 deleted, 0 unchanged.\r\n".encode())


# --- object stores ---------------------------------------------------------------------------------------------------


@dataclass
class Store:
    """A place in a real object store, and what a build must be told to reach it."""

    url: str
    environment: dict[str, str]
    open: Callable[[], S3Store | AzureStore]

    def bodies(self) -> dict[str, bytes]:
        """Every object there."""
        store = self.open()
        names = [each["path"] for chunk in obstore.list(store) for each in chunk]
        return {name: bytes(obstore.get(store, name).bytes()) for name in names}

    def get(self, name: str) -> tuple[bytes, http.client.HTTPMessage]:
        """An object as a browser gets it."""
        address = obstore.sign(self.open(), "GET", name, timedelta(minutes=5))
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as response:  # noqa: S310 -- our own server
            return response.read(), response.headers


@contextmanager
def running(*command: str | Path, cwd: Path | None = None) -> Iterator[str]:
    """A server that says its address once it listens; that address."""
    process = subprocess.Popen(
        [*map(str, command)], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    # What it says later must not fill the pipe.
    rest = threading.Thread(target=process.stdout.read)
    said = ""
    with process:
        try:
            while not (found := re.search(r"http://127\.0\.0\.1:[1-9]\d*", said)):
                line = process.stdout.readline()
                assert line, said
                said += line
            rest.start()
            yield found[0]
        finally:
            process.kill()
            if rest.ident:
                rest.join()


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    with running(sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0") as address:
        yield address


@pytest.fixture(scope="module")
def azure_server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    packages = npm_packages(pytestconfig, "Azurite is Azure's storage on this machine", AZURITE)
    options = ["--blobPort", "0", "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    with running(packages / ".bin/azurite-blob", *options, cwd=tmp_path_factory.mktemp("azurite")) as address:
        yield address


def put(address: str, headers: Mapping[str, str]) -> None:
    request = urllib.request.Request(address, method="PUT", headers=dict(headers))  # noqa: S310 -- our own server
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:  # noqa: S310
        assert response.status in {200, 201}


def s3_bucket(server: str, bucket: str, address: str = "") -> Store:
    """A new bucket, reached through another address where one is given."""
    put(f"{server}/{bucket}", {})
    environment = {
        "AWS_ENDPOINT": address or server,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "example",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_REGION": "us-east-1",
    }

    def reached() -> S3Store:
        return S3Store(
            bucket,
            prefix="site",
            endpoint=server,
            access_key_id="example",
            secret_access_key="example",  # noqa: S106 -- the server takes any
            region="us-east-1",
            client_options={"allow_http": True},
        )

    return Store(f"s3://{bucket}/site", environment, reached)


# Everybody's account and key for storage on one's own machine, as documented.
AZURE_ACCOUNT = "devstoreaccount1"
AZURE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def azure_container(server: str, container: str) -> Store:
    headers = {"x-ms-date": formatdate(usegmt=True), "x-ms-version": "2021-12-02"}
    stated = "".join(f"{name}:{value}\n" for name, value in headers.items())
    signed = f"PUT{12 * chr(10)}{stated}/{AZURE_ACCOUNT}/{AZURE_ACCOUNT}/{container}\nrestype:container"
    digest = hmac.digest(base64.b64decode(AZURE_KEY), signed.encode(), hashlib.sha256)
    authorization = f"SharedKey {AZURE_ACCOUNT}:{base64.b64encode(digest).decode()}"
    endpoint = f"{server}/{AZURE_ACCOUNT}"
    put(
        f"{endpoint}/{container}?restype=container",
        {**headers, "Authorization": authorization, "Content-Length": "0"},
    )
    environment = {
        "AZURE_STORAGE_ACCOUNT_NAME": AZURE_ACCOUNT,
        "AZURE_STORAGE_ACCOUNT_KEY": AZURE_KEY,
        "AZURE_ENDPOINT": endpoint,
        "AZURE_ALLOW_HTTP": "true",
    }

    def reached() -> AzureStore:
        return AzureStore(
            container,
            prefix="site",
            account_name=AZURE_ACCOUNT,
            account_key=AZURE_KEY,
            endpoint=endpoint,
            client_options={"allow_http": True},
        )

    return Store(f"az://{container}/site", environment, reached)


@pytest.fixture(params=["s3", "azure"])
def store(request: pytest.FixtureRequest) -> Store:
    """A new place in each kind of store, named after the test that asks for it."""
    name = re.sub("[^a-z0-9]+", "-", request.node.originalname.removeprefix("test_"))[:50].strip("-")
    if request.param == "s3":
        return s3_bucket(request.getfixturevalue("s3_server"), name)
    return azure_container(request.getfixturevalue("azure_server"), name)


def test_a_store_holds_what_serve_answers_with_its_type_and_how_long_it_keeps(
    store: Store, other_names: Path, other_names_server: RunningServer
) -> None:
    built(store.url, other_names, store.environment)
    names = store.bodies().keys()
    assert names == expected_files(OTHER_NAMES_FEEDS, has_url=True) | {MANIFEST}
    served = answers(other_names_server.port, names - {MANIFEST})
    for name, (status, body, headers) in each_of(served.items()):
        stored, stored_headers = store.get(name)
        assert (200, stored) == (status, body), name
        assert stored_headers["Content-Type"] == headers["Content-Type"], name
        assert stored_headers["Cache-Control"] == headers["Cache-Control"] == CACHED, name


def test_a_store_gets_only_what_changed_and_keeps_what_is_not_calfeeds(
    store: Store, tmp_path: Path, other_names: Path
) -> None:
    data = Path(shutil.copytree(other_names, tmp_path / "data"))
    built(store.url, data, store.environment)
    total = len(expected_files(OTHER_NAMES_FEEDS, has_url=True))
    obstore.put(store.open(), "CNAME", b"mine")
    before = obstore.list(store.open()).collect()
    assert f": 0 written, 0 deleted, {total} unchanged." in built(store.url, data, store.environment)
    assert obstore.list(store.open()).collect() == before
    obstore.delete(store.open(), "all.csv")
    (data / "plans/example-2031.yaml").unlink()
    said = built(store.url, data, store.environment)
    assert said.startswith(f"Built {total - 8} files in {store.url}: ")
    assert " 8 deleted, " in said
    assert store.bodies() == built_afresh(tmp_path / "afresh", data) | {"CNAME": b"mine"}


def test_an_object_that_calfeed_did_not_write_is_not_overwritten(store: Store) -> None:
    obstore.put(store.open(), "all.ics", b"mine")
    said = refused(store.url, FOUNDING, store.environment)
    assert "all.ics" in said
    assert store.bodies() == {"all.ics": b"mine"}


@contextmanager
def failing(server: str, is_refused: Callable[[bytes], bool]) -> Iterator[str]:
    """A way to a server that breaks the connection on some of the requests that write; its address."""
    host, _, port = server.removeprefix("http://").partition(":")

    def answer(upstream: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while part := upstream.recv(65536):
                client.sendall(part)

    class HandOn(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as upstream:
                answering = threading.Thread(target=answer, args=(upstream, self.request))
                answering.start()
                with suppress(OSError):
                    while part := self.request.recv(65536):
                        if part.startswith(b"PUT ") and is_refused(part):
                            break
                        upstream.sendall(part)
                for each in (upstream, self.request):
                    with suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                answering.join()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), HandOn) as between:
        listening = threading.Thread(target=between.serve_forever)
        listening.start()
        yield f"http://127.0.0.1:{between.server_address[1]}"
        between.shutdown()
        listening.join()


def after_thirty() -> Callable[[bytes], bool]:
    seen = count()
    return lambda _: next(seen) >= 30


def at_the_last_page() -> Callable[[bytes], bool]:
    return lambda request: b"/embed/timeline/plans/" in request.partition(b"\r\n")[0]


@pytest.mark.parametrize("fails", [after_thirty, at_the_last_page])
def test_a_store_that_fails_midway_is_told_and_the_next_build_completes_it(
    s3_server: str, founding_site: Path, fails: Callable[[], Callable[[bytes], bool]]
) -> None:
    with failing(s3_server, fails()) as address:
        store = s3_bucket(s3_server, fails.__name__.replace("_", "-"), address)
        said = refused(store.url, FOUNDING, store.environment)
    assert "build again" in said
    there = store.bodies().keys()
    assert 1 < len(there) < FOUNDING_FILES
    assert UNFINISHED in there
    assert "index.html" not in there
    built(store.url, FOUNDING, {**store.environment, "AWS_ENDPOINT": s3_server})
    assert store.bodies() == content_of(founding_site)


def test_a_place_in_a_store_that_is_not_there_is_told(store: Store) -> None:
    missing = f"{store.url.partition('://')[0]}://no-such-place/site"
    said = refused(missing, FOUNDING, store.environment)
    assert "does not exist" in said


def test_a_wrong_key_is_told(azure_server: str) -> None:
    store = azure_container(azure_server, "wrong-key")
    wrong = store.environment | {"AZURE_STORAGE_ACCOUNT_KEY": base64.b64encode(b"wrong").decode()}
    assert "authenticat" in refused(store.url, FOUNDING, wrong).lower()
    assert store.bodies() == {}


def test_a_store_that_does_not_answer_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    wrong = {
        "AWS_ENDPOINT": f"http://127.0.0.1:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "example",
        "AWS_SECRET_ACCESS_KEY": "example",
    }
    said = refused("s3://example/site", FOUNDING, wrong)
    assert f"127.0.0.1:{port}" in said


# --- several servers -------------------------------------------------------------------------------------------------


def test_two_servers_of_the_same_data_answer_the_same_bytes_with_the_same_etags(
    tmp_path: Path, other_names: Path, other_names_server: RunningServer
) -> None:
    names = expected_files(OTHER_NAMES_FEEDS, has_url=True)
    first = answers(other_names_server.port, names)
    with serving(Path(shutil.copytree(other_names, tmp_path / "elsewhere"))) as another:
        second = answers(another.port, names)
    for name in each_of(names):
        assert first[name][:2] == second[name][:2], name
        etags = [headers.get_all("ETag", []) for _, _, headers in (first[name], second[name])]
        assert etags[0] == etags[1], name
        assert len(etags[0]) == 1, name


# --- a static host ---------------------------------------------------------------------------------------------------


def test_nginx_with_the_file_for_operators_says_what_serve_says(
    tmp_path: Path, other_names_site: Path, other_names_server: RunningServer
) -> None:
    port = free_port()
    configuration = (FOR_OPERATORS / "nginx-static.conf").read_text(encoding="utf-8")
    for shown, here in (("listen 80;", f"listen 127.0.0.1:{port};"), ("/srv/calendars", str(other_names_site))):
        assert shown in configuration
        configuration = configuration.replace(shown, here)
    names = content_of(other_names_site).keys() - {MANIFEST}
    served = answers(other_names_server.port, names)
    assert served
    with nginx(tmp_path, configuration, port):
        there = answers(port, {*names, MANIFEST, UNFINISHED, "trusts/nobody.ics"})
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("OPTIONS", "/all.ics", headers={"Origin": "https://intranet.example.com"})
        allowed = connection.getresponse()
        connection.close()
    for name in (MANIFEST, UNFINISHED, "trusts/nobody.ics"):
        status, body, headers = there.pop(name)
        assert (status, body) == (404, (other_names_site / "404.html").read_bytes())
        assert headers.get_all("Cache-Control") == ["no-store"]
        assert headers.get_all("Content-Security-Policy") == there["404.html"][2].get_all("Content-Security-Policy")
    assert allowed.status == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == "*"
    assert allowed.headers["Access-Control-Allow-Headers"] == "If-None-Match, *"
    assert allowed.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for name, (status, body, headers) in each_of(served.items()):
        assert there[name][:2] == (status, body), name
        for header in SAID:
            assert there[name][2].get_all(header) == headers.get_all(header), f"{header} of {name}"
