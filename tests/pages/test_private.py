"""A reader's pages: nothing on them hands the reader's address to others, and what is confidential is marked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.pages.sites import base, subscribe, visit
from tests.parts import TOKENS, WHOLE, under
from tests.support import RunningServer, each_of, make_folder, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server for data with confidential parts."""
    with serving(make_folder(tmp_path_factory.mktemp("whole"), WHOLE), "--workers", "1") as server:
        yield server


def private(path: str = "") -> str:
    """The path of a page of the reader who sees everything."""
    return under("Board", f"/{path}").removeprefix("/")


@pytest.mark.parametrize("path", ["", "plans/umbra-merger/", "plans/open/"])
def test_a_private_page_offers_nothing_for_others_that_holds_the_token(
    page: Page, server: RunningServer, path: str
) -> None:
    visit(page, server, private(path))
    expect(page.get_by_text("Show this on your own page")).to_have_count(0)
    assert [frame.url for frame in page.frames] == [page.url]
    page.emulate_media(media="print")
    assert TOKENS["Board"] not in page.locator("footer").inner_text()
    expect(page.locator(".printed")).to_contain_text("Printed on ")


def test_a_private_page_subscribes_and_says_that_its_address_is_secret(page: Page, server: RunningServer) -> None:
    visit(page, server, private("plans/umbra-merger/"))
    address = f"{base(server)}{private('plans/umbra-merger.ics')}"
    expect(subscribe(page).locator(".address")).to_have_text(address)
    expect(subscribe(page)).to_contain_text("This address is yours alone: whoever has it sees what you see.")
    subscribe(page).locator("[name=kind][value=ends]").check()
    expect(subscribe(page).locator(".address")).to_have_text(f"{address}?kind=ends")


def test_without_script_neither(plain_page: Page, server: RunningServer) -> None:
    plain_page.goto(base(server) + private("plans/umbra-merger/"))
    expect(plain_page.get_by_text("Show this on your own page")).to_have_count(0)
    expect(plain_page.locator("main")).not_to_contain_text("embed")
    expect(subscribe(plain_page)).to_contain_text("whoever has it sees what you see")
    plain_page.goto(base(server) + "plans/open/")
    expect(plain_page.get_by_text("Show this on your own page")).to_have_count(1)
    expect(subscribe(plain_page)).not_to_contain_text("whoever has it sees what you see")


MARKED = {
    "": (".by-date li", "Umbra Shell"),
    "all/": (".answer", "Umbra Shell"),
    "trusts/example-trust/": (".answer", "Umbra Shell"),
    "embed/agenda/all/": (".agenda li", "Umbra Shell"),
}
"""Rows of plans, and words that stand in those of one confidential plan."""


@pytest.fixture(params=["with script", "without script"])
def reader(request: pytest.FixtureRequest) -> Page:
    """A page in a browser that runs script, and in one that does not."""
    page: Page = request.getfixturevalue("page" if request.param == "with script" else "plain_page")
    return page


def opened(page: Page, server: RunningServer, path: str) -> Page:
    """A page at a path, once script, if there is any, has loaded what is listed."""
    page.goto(base(server) + path)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("path", MARKED)
def test_each_row_of_a_confidential_plan_is_marked_and_no_other(reader: Page, server: RunningServer, path: str) -> None:
    rows, words = MARKED[path]
    opened(reader, server, private(path))
    expect(reader.locator(rows).filter(has_text=words).first).to_contain_text("confidential")
    for row in each_of(reader.locator(rows).all()):
        text = row.inner_text()
        assert ("confidential" in text) == ("umbra" in text.lower() or "Gamma" in text), text
    opened(reader, server, path)
    expect(reader.locator("main")).not_to_contain_text("confidential")


def test_what_changed_what_is_found_and_how_things_stand_is_marked(reader: Page, server: RunningServer) -> None:
    opened(reader, server, private("?q=umbra"))
    changes = reader.locator("section", has=reader.get_by_text("What changed last")).locator("li")
    for row in each_of([*changes.all(), *reader.locator(".trusts li").all()]):
        text = row.inner_text()
        assert ("confidential" in text) == ("→ Umbra" in text or "New: Umbra" in text or "Gamma (OTH)" in text), text
    found = reader.locator(".found li").filter(has_text="Umbra merger")
    expect(found).to_contain_text("Beta (EXT) → Gamma (OTH) · confidential")


@pytest.mark.parametrize("path", ["all", "plans/umbra-merger"])
def test_a_confidential_timeline_to_embed_says_so(plain_page: Page, server: RunningServer, path: str) -> None:
    plain_page.goto(base(server) + private(f"embed/timeline/{path}/"))
    said = plain_page.get_by_text("Confidential: this plan is not public.")
    expect(said).to_have_count(3 if path == "all" else 1)


def test_a_near_miss_marks_what_may_have_been_meant(free_page: Page, server: RunningServer) -> None:
    free_page.goto(base(server) + private("plans/umbra-merge/"))
    expect(free_page.locator("li").filter(has_text="Umbra merger").first).to_contain_text("confidential")
