"""A reader's pages: nothing on them hands the reader's address to others, and what is confidential is marked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.pages.sites import base, subscribe, visit
from tests.parts import TOKENS, WHOLE, under
from tests.support import RunningServer, make_folder, serving


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
