"""Pages do not move while they load, however late the server says what it can do and what it has."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.pages.sites import each_page, visit
from tests.support import ROOT, RunningServer

LATE_SECONDS = 0.3
MOST = 0.05
"""How much of a page may shift (https://web.dev/articles/cls has 0.1 for good)."""
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["wide", "narrow"])
def slow_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a screen of some size, in a browser that hears late of what the server can do and has."""
    width, height = request.param

    def late(route: Route) -> None:
        time.sleep(LATE_SECONDS)
        route.continue_()

    with browser.new_context(viewport={"width": width, "height": height}) as context, context.new_page() as page:
        page.add_init_script(SHIFTS)
        for path in ("**/health", "**/search.json"):
            page.route(path, late)
        yield page


@each_page
def test_a_page_does_not_move_while_it_loads(slow_page: Page, rich: RunningServer, path: str) -> None:
    visit(slow_page, rich, path)
    slow_page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert sum(slow_page.evaluate("window.shifts")) < MOST


def test_a_page_asks_for_all_scripts_at_once(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"http://127.0.0.1:{rich.port}/plans/many/")
    links = plain_page.locator("link[rel=modulepreload]").evaluate_all("all => all.map((each) => each.href)")
    asked = {link.rpartition("/")[2] for link in links}
    assert asked == {path.name for path in (ROOT / "static").glob("*.js")} - {"calfeed.js"}


def test_what_waits_for_script_is_shown_where_the_list_of_the_site_cannot_be_loaded(
    free_page: Page, rich: RunningServer
) -> None:
    free_page.route("**/search.json", lambda route: route.abort())
    free_page.goto(f"http://127.0.0.1:{rich.port}/")
    free_page.wait_for_selector(".by-date li >> visible=true")
    free_page.wait_for_selector(".trusts summary >> visible=true")


def test_where_script_does_not_come_the_page_is_as_without_script(free_page: Page, rich: RunningServer) -> None:
    free_page.route("**/static/calfeed.js", lambda route: route.abort())
    free_page.goto(f"http://127.0.0.1:{rich.port}/")
    free_page.wait_for_selector(".by-date li >> visible=true")
    free_page.wait_for_selector(".by-date .without-script >> visible=true")
