"""The search forgives: by script and without it the same is found, in the same order."""

import re
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from calfeed.feeds.feeds import Feeds
from calfeed.formats.directory import directory
from calfeed.formats.search import Search
from calfeed.reading.folder import load
from tests.pages.sites import EACH_PORTFOLIOS, MANY_TRUSTS, RICH, SCRIPT, SITE, base, reader_on, visit
from tests.support import FOUNDING, RunningServer, make_folder

SEARCHES = {
    "Quiet Portfolio": ["trusts/example-trust/quiet"],
    "qUIET": ["trusts/example-trust/quiet"],
    "quiet fund": ["trusts/example-trust/quiet"],
    "aggressive growth": ["trusts/example-trust/mid-cap"],
    "AGGRESSIVE, growth (fund)": ["trusts/example-trust/mid-cap"],
    "growth est mid": ["trusts/example-trust/mid-cap", "plans/liquidation"],
    "midcap": ["trusts/example-trust/mid-cap", "trusts/long-trust/mid-cap", "plans/liquidation"],
    "mid-cap growth": ["trusts/example-trust/mid-cap", "trusts/long-trust/mid-cap", "plans/liquidation"],
    "est elan": ["trusts/example-trust/accents"],
    "Société generale": ["trusts/example-trust/accents"],
    "日本": ["trusts/example-trust/japan"],
    "<b>a & b</b>": ["trusts/example-trust/ampersand"],
    "a and b": ["trusts/example-trust/ampersand"],
    "<script>": ["trusts/example-trust/script"],
    "710826": ["trusts/long-trust"],
    "CIK 0000710826": ["trusts/long-trust"],
    "nothing dated": ["plans/undated"],
    "quiet nothing": [],
    # A word of one name and a word of another are no name.
    "aggressive mid": [],
    # One slip, or two in a long word.
    "agressive growth": ["trusts/example-trust/mid-cap"],
    "aggresisve": ["trusts/example-trust/mid-cap"],
    "unbreakbly": ["trusts/long-trust/long"],
    "societe genrale": ["trusts/example-trust/accents"],
    "  ": [],
}
FOUNDING_SEARCHES = {
    "Harris Oakmark Large Cap Value Fund": ["trusts/metropolitan-series-fund/mfs-value"],
    "harris oakmark large-cap": ["trusts/metropolitan-series-fund/mfs-value"],
    "mfs value fund": ["trusts/met-investors-series-trust/mfs-value", "trusts/metropolitan-series-fund/mfs-value"],
    "metropolitan mfs": ["trusts/metropolitan-series-fund/mfs-value"],
    "batterymarch midcap": ["trusts/met-investors-series-trust/batterymarch-mid-cap-stock"],
    "batterymrach": ["trusts/met-investors-series-trust/batterymarch-mid-cap-stock"],
}


def found(page: Page, words: str) -> list[str]:
    """What the search lists for some words, by its addresses; the count beside it says that it has finished."""
    page.locator("#search").fill("")
    page.locator("#search").fill(words)
    expect(page.locator(".found-count")).to_have_text(re.compile("found|Nothing" if words.strip() else "^$"))
    addresses = page.locator(".found a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    return [address.strip("/") for address in addresses]


def test_the_search_forgives_case_accents_punctuation_genre_words_and_slips(page: Page, rich: RunningServer) -> None:
    visit(page, rich)
    assert {words: found(page, words) for words in SEARCHES} == SEARCHES


def test_without_script_the_same_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    catalog = load(make_folder(tmp_path_factory.mktemp("rich"), {"site.yaml": SITE} | RICH))
    search = Search(directory(catalog, Feeds(catalog)))
    assert {words: [hit.address for hit in search.find(words).hits] for words in SEARCHES} == SEARCHES


def test_an_old_name_and_half_a_name_lead_to_the_portfolio(page: Page, founding_server: RunningServer) -> None:
    visit(page, founding_server)
    assert {words: found(page, words) for words in FOUNDING_SEARCHES} == FOUNDING_SEARCHES
    search = Search(directory(catalog := load(FOUNDING), Feeds(catalog)))
    assert {words: [hit.address for hit in search.find(words).hits] for words in FOUNDING_SEARCHES} == FOUNDING_SEARCHES


def test_a_slip_is_said_to_be_one(page: Page, founding_server: RunningServer) -> None:
    found(visit(page, founding_server), "batterymrach")
    expect(page.locator(".found-count")).to_have_text("Nothing is called so. Did you mean “batterymarch”?")


@pytest.mark.parametrize("words", ["sample series", "Example Series Trust", "series trust"])
def test_a_trust_comes_before_what_belongs_to_it(page: Page, rich: RunningServer, words: str) -> None:
    assert found(visit(page, rich), words)[0] == "trusts/example-trust"


def test_what_begins_so_comes_before_what_holds_the_words(page: Page, large: RunningServer) -> None:
    visit(page, large)
    assert found(page, "portfolio 177-1")[0] == "trusts/trust-177/p1"
    assert found(page, "Example Trust 177")[0] == "trusts/trust-177"
    assert len(found(page, "portfolio")) == 50
    every = MANY_TRUSTS * EACH_PORTFOLIOS + MANY_TRUSTS
    expect(page.locator(".found-count")).to_contain_text(re.compile(rf"({every}|\d+) found; the first 50"))


def test_portfolios_of_one_name_are_told_apart_and_say_their_next_date(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2031, 5, 20, 16, tzinfo=UTC)) as page:
        found(visit(page, rich), "mid cap")
        items = page.locator(".found li")
        expect(items.nth(0)).to_contain_text("EST · also Aggressive Growth Portfolio")
        expect(items.nth(0).locator(".when")).to_have_text("Liquidation: Friday, May 30, 2031 (in 10 days)")
        expect(items.nth(1)).to_contain_text("The Remarkably Long-Named")
        items.nth(1).get_by_role("link").click()
        expect(page.locator("h1")).to_have_text("Mid Cap Growth Portfolio")
        expect(page.locator(".crumbs")).to_contain_text("The Remarkably Long-Named")


def test_a_search_that_finds_nothing_says_what_to_try(page: Page, rich: RunningServer) -> None:
    assert found(visit(page, rich), "quiet nothing") == []
    expect(page.locator(".found-count")).to_contain_text("Nothing is called so. Try one word")


def test_arrows_go_through_what_is_found_and_enter_opens_it(page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "mid cap")
    page.locator("#search").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base(rich)}trusts/example-trust/mid-cap/")


def test_what_is_searched_stands_in_the_address(page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "société générale")
    expect(page).to_have_url(f"{base(rich)}?{urlencode({'q': 'société générale'})}")
    page.locator(".found a").click()
    expect(page.locator("h1")).to_have_text("Société Générale Élan Portfolio")
    page.go_back()
    expect(page.locator("#search")).to_have_value("société générale")
    expect(page.locator(".found a")).to_have_text(["Société Générale Élan Portfolio"])
    page.reload()
    expect(page.locator(".found a")).to_have_text(["Société Générale Élan Portfolio"])


def test_without_script_the_server_searches(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(base(rich))
    plain_page.get_by_role("searchbox").fill("agressive <growth>")
    plain_page.get_by_role("button", name="Search").click()
    expect(plain_page.get_by_role("searchbox")).to_have_value("agressive <growth>")
    expect(plain_page.locator(".found-count")).to_contain_text("Did you mean “aggressive growth”?")
    plain_page.locator(".found a").click()
    expect(plain_page.locator("h1")).to_have_text("Mid Cap Growth Portfolio")
    plain_page.goto(f"{base(rich)}?q={quote('nobody knows')}")
    expect(plain_page.locator(".found-count")).to_contain_text("Nothing is called so")


def test_what_was_searched_stays_text(page: Page, plain_page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "<script>")
    plain_page.goto(f"{base(rich)}?q={quote(SCRIPT)}")
    for each in (page, plain_page):
        expect(each.locator(".found a")).to_have_text(f"{SCRIPT} Portfolio")
        assert each.locator("main script").count() == 0
