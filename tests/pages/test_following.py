"""One selection that lasts: in the address, on every page, announced, and never with what nobody chose."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.sites import SCRIPT, base, events, fetched, shown_address, subscribe, visit
from tests.pages.test_search import found
from tests.support import RunningServer

MFS = "trusts/metropolitan-series-fund/mfs-value"
LAZARD = "trusts/met-investors-series-trust/lazard-mid-cap"


def feeds(address: str) -> list[str]:
    """The feeds that an address names."""
    return parse_qs(urlsplit(address).query).get("feed", [])


def follow(page: Page) -> None:
    """Follow what the page is of."""
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Following")).to_have_attribute("aria-pressed", "true")


def test_a_selection_is_made_on_many_pages_and_one_calendar_holds_it(
    page: Page, founding_server: RunningServer
) -> None:
    visit(page, founding_server)
    found(page, "lazard")
    page.locator(".found .tick").check()
    found(page, "harris oakmark")
    page.locator(".found a").click()
    follow(page)
    page.locator(".crumbs a").click()
    expect(page.locator("h1")).to_have_text("Metropolitan Series Fund, Inc.")
    expect(page.locator(".bar")).to_contain_text("2 followed")
    page.get_by_role("link", name="Subscribe", exact=True).click()
    expect(subscribe(page).get_by_role("heading")).to_have_text("Subscribe to the 2 that you follow")
    address = shown_address(subscribe(page))
    assert feeds(address) == [LAZARD, MFS]
    chosen = events(fetched(founding_server, address))
    both = [events(fetched(founding_server, f"/{each}.ics")) for each in (LAZARD, MFS)]
    assert (len(chosen), chosen) == (12, both[0] | both[1])
    subscribe(page).get_by_label("Only closings").check()
    closings = events(fetched(founding_server, shown_address(subscribe(page))))
    assert [str(event["CATEGORIES"].to_ical(), "utf-8") for event in closings.values()] == ["Closing", "Closing"]


def test_the_calendar_s_name_says_what_is_in_it(page: Page, rich: RunningServer) -> None:
    page.goto(f"{base(rich)}?feed=trusts/example-trust/quiet&feed=trusts/example-trust/mid-cap")
    panel = subscribe(page)
    expect(panel.locator(".followed li")).to_have_text([re.compile("Quiet .EST."), re.compile("Mid Cap Growth .EST.")])
    panel.get_by_label("Only closings").check()
    panel.locator("summary", has_text="Outlook.com").click()
    link = panel.get_by_role("link", name="Add to Outlook.com").get_attribute("href") or ""
    name = parse_qs(urlsplit(link).query)["name"][0]
    assert name == (
        "Fonds & <i>portfolios</i>: Mid Cap Growth (EST); Quiet (EST) "
        "(Closings, liquidations, substitutions and conversions)"
    )
    feed = fetched(rich, parse_qs(urlsplit(link).query)["url"][0]).decode().replace("\r\n ", "")
    assert f"\r\nNAME:{name.replace(';', chr(92) + ';').replace(',', chr(92) + ',')}\r\n" in feed


def test_a_selection_is_reloaded_and_shared(page: Page, browser: Browser, rich: RunningServer) -> None:
    visit(page, rich, "trusts/example-trust/quiet/")
    follow(page)
    expect(page).to_have_url(f"{base(rich)}trusts/example-trust/quiet/?feed=trusts/example-trust/quiet")
    page.reload()
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    with browser.new_context() as another, another.new_page() as other:
        other.goto(page.url)
        expect(other.locator(".bar")).to_contain_text("1 followed")
        assert other.context.cookies() == []


def test_going_back_loses_nothing_that_was_chosen_and_ticks_nothing_else(page: Page, rich: RunningServer) -> None:
    visit(page, rich)
    page.get_by_label("Follow Quiet (EST)").check()
    page.locator(".trusts a", has_text="Large Cap Value").click()
    follow(page)
    page.go_back()
    expect(page.locator(".bar")).to_contain_text("2 followed")
    ticked = page.locator(".trusts .tick:checked")
    expect(ticked).to_have_count(2)
    assert set(ticked.evaluate_all("ticks => ticks.map(tick => tick.value)")) == set(feeds(page.url))
    assert set(feeds(page.url)) == {"trusts/example-trust/quiet", "trusts/example-trust/large-cap"}
    page.go_forward()
    expect(page.get_by_role("button", name="Following")).to_be_visible()


def test_an_address_that_is_edited_counts(page: Page, rich: RunningServer) -> None:
    page.goto(f"{base(rich)}?feed=trusts/example-trust/quiet&feed=trusts/example-trust")
    expect(page.locator(".trusts .tick:checked")).to_have_count(2)
    page.goto(f"{base(rich)}?feed=trusts/example-trust")
    expect(page.locator(".trusts .tick:checked")).to_have_count(1)
    page.goto(base(rich))
    expect(page.locator(".trusts .tick").first).to_be_visible()
    expect(page.locator(".trusts .tick:checked")).to_have_count(0)


def test_boxes_of_the_panel_are_never_ticked_by_going_back(page: Page, rich: RunningServer) -> None:
    visit(page, rich)
    page.get_by_label("Only closings").check()
    page.locator(".trusts a").first.click()
    expect(page.locator("h1")).to_have_text("Example Series Trust")
    page.go_back()
    visit(page, rich)
    assert page.locator("input:checked").count() == 0


def test_a_portfolio_in_the_list_and_in_the_search_is_one_tick(page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "quiet")
    page.locator(".found .tick").check()
    expect(page.locator(".trusts").get_by_label("Follow Quiet (EST)")).to_be_checked()
    page.locator(".trusts").get_by_label("Follow Quiet (EST)").uncheck()
    expect(page.locator(".found .tick")).not_to_be_checked()
    expect(page.locator(".bar")).to_be_hidden()
    expect(subscribe(page).get_by_role("heading")).to_have_text("Subscribe to everything")


def test_following_is_announced_and_stays_in_sight_on_a_phone(page: Page, rich: RunningServer) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, rich, "trusts/example-trust/")
    follow(page)
    expect(page.locator(".heard")).to_have_text("1 followed")
    page.mouse.wheel(0, 5000)
    expect(page.get_by_role("link", name="Subscribe", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Following").click()
    expect(page.locator(".heard")).to_have_text("0 followed")
    expect(page.locator(".bar")).to_be_hidden()


@pytest.mark.parametrize("path", ["trusts/example-trust/", "trusts/example-trust/quiet/", "plans/many/"])
def test_every_trust_portfolio_and_plan_can_be_followed(page: Page, rich: RunningServer, path: str) -> None:
    follow(visit(page, rich, path))
    assert feeds(page.url) == [path.strip("/")]


def test_one_is_removed_and_all_are_cleared(page: Page, rich: RunningServer) -> None:
    page.goto(f"{base(rich)}?feed=trusts/example-trust/quiet&feed=trusts/example-trust&feed=plans/many")
    page.get_by_role("button", name="Remove Quiet (EST)").click()
    assert feeds(page.url) == ["trusts/example-trust", "plans/many"]
    page.get_by_role("button", name="Clear").click()
    expect(page).to_have_url(base(rich))
    expect(page.locator(".followed")).to_be_hidden()


def test_what_was_chosen_stays_text(page: Page, rich: RunningServer) -> None:
    page.goto(f"{base(rich)}?feed=trusts/example-trust/script&feed=%3Cimg%20src=x%3E")
    expect(subscribe(page).locator(".followed")).to_contain_text(f"{SCRIPT} (EST)")
    expect(subscribe(page).locator(".followed")).to_contain_text("<img src=x>")
    assert page.locator("main script, main img[src=x]").count() == 0
