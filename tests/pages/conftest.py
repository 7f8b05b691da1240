"""Fixtures of the tests of pages: servers, and readers with and without script."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.pages.sites import PUBLIC, RICH, Elsewhere, Quiet, many_trusts, served, watched
from tests.support import RunningServer, chromium, npm_packages

# The last FullCalendar that the iCalendar plugin, and the ical.js that it asks for, go with.
PACKAGES = (
    "axe-core@4.14.1",
    "@fullcalendar/core@6.1.21",
    "@fullcalendar/list@6.1.21",
    "@fullcalendar/icalendar@6.1.21",
    "ical.js@1.5.0",
)
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Every host name and address is this machine: servers can be visited by any, and nothing leaves it.
    "--host-resolver-rules=MAP * 127.0.0.1",
)


@pytest.fixture(scope="package")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A server for pages that embed, and for what a static host would serve."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever).start()
        yield Elsewhere(folder, server.server_port)
        server.shutdown()


@pytest.fixture(scope="package")
def rich(tmp_path_factory: pytest.TempPathFactory, elsewhere: Elsewhere) -> Iterator[RunningServer]:
    """A site with a public address and data of every sort, that one other site may embed."""
    site = f"url: {PUBLIC}\nembed on: http://intranet.example.com:{elsewhere.port}\n"
    with served(tmp_path_factory.mktemp("rich"), site, RICH) as server:
        yield server


@pytest.fixture(scope="package")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A site with many trusts, on a private network."""
    with served(tmp_path_factory.mktemp("large"), "url: http://10.1.2.3:8000\n", many_trusts()) as server:
        yield server


@pytest.fixture(scope="package")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A site without any data, below a path."""
    site = "url: https://www.example.com/calendars\n"
    with served(tmp_path_factory.mktemp("empty"), site, {}) as server:
        yield server


@pytest.fixture(scope="package")
def packages(request: pytest.FixtureRequest) -> Path:
    """The folder of packages from npm, installed once and kept in pytest's cache."""
    return npm_packages(request.config, "it installs axe and FullCalendar", *PACKAGES)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = chromium("pages are tested in a real browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader with script, who lets pages write to the clipboard."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context


@pytest.fixture(scope="package")
def without_script(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may go wrong."""
    with context.new_page() as page:
        faults = watched(page)
        yield page
    assert faults == []


@pytest.fixture
def plain_page(without_script: BrowserContext) -> Iterator[Page]:
    """A page in a browser without script, on which nothing may go wrong."""
    with without_script.new_page() as page:
        faults = watched(page)
        yield page
    assert faults == []


@pytest.fixture
def free_page(context: BrowserContext) -> Iterator[Page]:
    """A page on which something is meant to go wrong, or that is not calfeed's."""
    with context.new_page() as page:
        yield page
