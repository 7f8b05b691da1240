"""The search forgives: by script and without it the same is found, in the same order."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from calfeed.feeds.feeds import Feeds
from calfeed.formats.directory import directory, to_search
from calfeed.formats.search import Search
from calfeed.model.catalog import Catalog
from calfeed.reading.folder import load
from tests.pages.sites import EACH_PORTFOLIOS, MANY_TRUSTS, RICH, SCRIPT, SITE, base, reader_on, visit
from tests.support import FOUNDING, RunningServer, make_folder

# A trust's number finds the trust, and then what belongs to it.
OF_CIK = ["trusts/long-trust", "trusts/long-trust/mid-cap", "trusts/long-trust/long", "plans/many", "plans/moved"]
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
    "710826": OF_CIK,
    "7108": OF_CIK,
    "CIK 0000710826": OF_CIK,
    "cik#710826": OF_CIK,
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


# Names as filings print them, and as people type them.
PRINTED = {
    "trusts/advanced-trust.yaml": """\
name: Advanced Series Trust
short name: AST
cik: 814679
portfolios:
  t-rowe: T. Rowe Price Growth & Income Portfolio
  index: S&P 500® Index Portfolio
  morgan: J.P. Morgan Mid-Cap Value Portfolio
  jpmorgan: {name: JPMorgan Core Bond Portfolio, earlier names: [Bear Stearns Core Bond Portfolio]}
  government: U.S. Government Securities Portfolio
  international: Int'l Équities Portfolio
  retire-2030: Target Retirement 2030 Fund
  retire-2035: Target Retirement 2035 Fund
  midcap: {name: Oakmark Midcap Portfolio, other names: [Harris Oakmark Mid Cap Fund]}
  bank: Bank of America Fundamentals Portfolio
""",
    "trusts/other-trust.yaml": "name: Other Investors Trust\nportfolios: {midcap: Oakmark Midcap Portfolio}\n",
    "plans/merger.yaml": """\
title: 2031 fund mergers, second wave
trust: AST
sources: {letter: {title: A letter, dated: "January 7, 2031"}}
reorganizations: [{target: Target Retirement 2030 Fund, acquiring: Target Retirement 2035 Fund}]
milestones: {closing: "May 30, 2031"}
""",
}
OAKMARKS = ["advanced-trust/midcap", "other-trust/midcap"]
RETIREMENT = ["advanced-trust/retire-2030", "advanced-trust/retire-2035"]
TYPED = {
    "T. Rowe Price": ["advanced-trust/t-rowe"],
    "t rowe price": ["advanced-trust/t-rowe"],
    "T.Rowe": ["advanced-trust/t-rowe"],
    "trowe price growth and income": ["advanced-trust/t-rowe"],
    "price t rowe growth income": ["advanced-trust/t-rowe"],
    "t rowe pirce": ["advanced-trust/t-rowe"],
    "S&P 500": ["advanced-trust/index"],
    "s & p 500 index": ["advanced-trust/index"],
    "S and P 500": ["advanced-trust/index"],
    "sp500": ["advanced-trust/index"],
    "SP 500 Index Portfolio": ["advanced-trust/index"],
    "500": ["advanced-trust/index"],
    "JP Morgan": ["advanced-trust/morgan", "advanced-trust/jpmorgan"],
    "j.p. morgan core": ["advanced-trust/jpmorgan"],
    "jpmorgan mid cap": ["advanced-trust/morgan"],
    "bear stearns": ["advanced-trust/jpmorgan"],
    "bare sterns": [],
    "bear sterns core bond": ["advanced-trust/jpmorgan"],
    "US government": ["advanced-trust/government"],
    "u.s. goverment securites": ["advanced-trust/government"],
    "intl equities": ["advanced-trust/international"],
    "INT\u2019L EQUITIES FUND": ["advanced-trust/international"],
    "oakmark mid cap": OAKMARKS,
    "oak mark midcap": OAKMARKS,
    "oakmark mid-cap other investors": ["other-trust/midcap"],
    "harris oakmark": ["advanced-trust/midcap"],
    "haris oakmrak": ["advanced-trust/midcap"],
    "Oakmark Midcap Portfolio (AST)": ["advanced-trust/midcap"],
    "Oakmark Midcap Portfolio, a series of Other Investors Trust": ["other-trust/midcap"],
    "Oakmark Midcap Portfolio Class B": OAKMARKS,
    "Oakmark Midcap Class A shares": OAKMARKS,
    "target retirement": RETIREMENT,
    "retirement 2035": ["advanced-trust/retire-2035"],
    "retirment 2035": ["advanced-trust/retire-2035"],
    # A year is never taken for another one.
    "retirement 2036": [],
    "second wave": ["plans/merger"],
    "2031 mergers": ["plans/merger"],
    "secnod wave": ["plans/merger"],
    "bank america": ["advanced-trust/bank"],
    "The Bank of America Fundamentals Fund": ["advanced-trust/bank"],
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


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """A catalog of names as filings print them."""
    return load(make_folder(tmp_path_factory.mktemp("printed"), {"site.yaml": SITE} | PRINTED))


def short(address: str) -> str:
    """An address without what most have in common."""
    return address.removeprefix("trusts/")


def test_names_are_found_however_they_are_typed(printed: Catalog) -> None:
    search = Search(directory(printed, Feeds(printed)))
    assert {words: [short(hit.address) for hit in search.find(words).hits] for words in TYPED} == TYPED


FIND = """async ([document, queries]) => {
    const [{Directory}, {Search}] = [await import("/static/directory.js"), await import("/static/search.js")];
    const search = await Search.of(new Directory(document).listed);
    return queries.map(query => {
        const found = search.find(query);
        return (found.hits.length ? found : search.findNear(query)).hits.map(hit => hit.address);
    });
}"""


def test_script_finds_them_too(page: Page, founding_server: RunningServer, printed: Catalog) -> None:
    page.goto(base(founding_server))
    document = json.loads(to_search(printed, Feeds(printed), b"", ()))
    hits = page.evaluate(FIND, [document, list(TYPED)])
    assert {words: list(map(short, those)) for words, those in zip(TYPED, hits, strict=True)} == TYPED


def test_an_old_name_and_half_a_name_lead_to_the_portfolio(page: Page, founding_server: RunningServer) -> None:
    visit(page, founding_server)
    assert {words: found(page, words) for words in FOUNDING_SEARCHES} == FOUNDING_SEARCHES
    search = Search(directory(catalog := load(FOUNDING), Feeds(catalog)))
    assert {words: [hit.address for hit in search.find(words).hits] for words in FOUNDING_SEARCHES} == FOUNDING_SEARCHES


def test_a_slip_is_said_to_be_one(page: Page, founding_server: RunningServer) -> None:
    found(visit(page, founding_server), "batterymrach")
    expect(page.locator(".found-count")).to_have_text("Nothing has this name. Did you mean “batterymarch”?")


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
        expect(items.nth(0).locator(".when")).to_have_text(
            "Liquidation: Friday, May 30, 2031 (in 10 days) · Mid Cap Growth (EST)"
        )
        expect(items.nth(1)).to_contain_text("The Remarkably Long-Named")
        items.nth(1).get_by_role("link").click()
        expect(page.locator("h1")).to_have_text("Mid Cap Growth Portfolio")
        expect(page.locator(".crumbs")).to_contain_text("The Remarkably Long-Named")


def test_a_fund_that_stands_alone_is_told_from_its_trust(tmp_path: Path) -> None:
    trust = "name: Example Closed-End Fund\nportfolios: {own: Example Closed-End Fund}\n"
    catalog = load(make_folder(tmp_path, {"site.yaml": SITE, "trusts/own.yaml": trust}))
    hits = Search(directory(catalog, Feeds(catalog))).find("example closed end").hits
    assert [(hit.address, hit.beside) for hit in hits] == [("trusts/own", "trust"), ("trusts/own/own", "")]


def test_a_search_that_finds_nothing_says_what_to_try(page: Page, rich: RunningServer) -> None:
    assert found(visit(page, rich), "quiet nothing") == []
    expect(page.locator(".found-count")).to_contain_text("Nothing has this name. Try one word")


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
    expect(plain_page.locator(".found-count")).to_contain_text("Nothing has this name")


def test_what_was_searched_stays_text(page: Page, plain_page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "<script>")
    plain_page.goto(f"{base(rich)}?q={quote(SCRIPT)}")
    for each in (page, plain_page):
        expect(each.locator(".found a")).to_have_text(f"{SCRIPT} Portfolio")
        assert each.locator("main script").count() == 0
