"""The pages in a real Chromium, from a real server: find, look, subscribe and embed, with and without script."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from calfeed.formats.formats import FORMATS
from calfeed.formats.qr import qr_code
from calfeed.reading.folder import load
from calfeed.serving.choices import Choice
from calfeed.serving.resources import Resources
from tests.support import RunningServer, each_of, make_folder, need, npm_packages, serving

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
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


# --- data ------------------------------------------------------------------------------------------------------------

PUBLIC = "https://calendars.example.com"
SITE = "title: Fonds & <i>portfolios</i>\ndomain: calendars.example.com\n"
SCRIPT = """'"><script>alert(1)</script> &amp; More"""
RICH = {
    "trusts/example-trust.yaml": f"""\
name: Example Series Trust
short name: EST
other names: Sample Series Trust
portfolios:
  ampersand: <b>A & B</b> Portfolio
  script: {json.dumps(f"{SCRIPT} Portfolio")}
  accents: Société Générale Élan Portfolio
  japan: 日本株式 Portfolio
  mid-cap:
    name: Mid Cap Growth Portfolio
    other names: [Aggressive Growth Portfolio]
  large-cap: Large Cap Value Portfolio
  quiet: Quiet Portfolio
"""
    + "".join(f"  series-{n}: Target Series {n} Portfolio\n" for n in range(1, 17)),
    "trusts/long-trust.yaml": """\
name: The Remarkably Long-Named Example Variable Insurance Products Series Trust
portfolios:
  mid-cap: Mid Cap Growth Portfolio
  long: UnbreakablyNamedInternationalSmallCapitalizationOpportunities Portfolio
""",
    "plans/many.yaml": """\
title: Sixteen targets of Example Series Trust
trust: EST
sources:
  supplement: {title: A supplement, dated: "November 12, 2030", url: "https://www.example.com/s.htm?a=1&b=2"}
milestones:
  board approval: November 6, 2030
  record date: December 2, 2030
  proxy mailing: on or about January 15, 2031
  special meeting: February 27, 2031 at 10:00 a.m. Eastern
  closing: {date: "on or about April 28, 2031", subject to: ["shareholder approval", "an order of the <SEC>"]}
reorganizations:
  - target: Target Series 16 Portfolio
    acquiring: {portfolio: Mid Cap Growth Portfolio, trust: long-trust}
    milestones:
      closing: {date: "on or about May 30, 2031", subject to: shareholder approval}
"""
    + "".join(
        f"  - {{target: Target Series {n} Portfolio, acquiring: Large Cap Value Portfolio}}\n" for n in range(1, 16)
    ),
    "plans/moved.yaml": f"""\
title: Moved & <em>deferred</em>
trust: EST
sources:
  first: {{title: A <b>supplement</b>, dated: "November 12, 2030"}}
  second: {{title: A second supplement, dated: "March 3, 2031", url: "https://www.example.com/second.htm"}}
reorganizations:
  - target: <b>A & B</b> Portfolio
    acquiring: Société Générale Élan Portfolio
  - target: {json.dumps(f"{SCRIPT} Portfolio")}
    acquiring: {{name: A Fund of <Another> House}}
    cancelled: {{source: second, reason: the vote <failed>}}
  - target: {{portfolio: long, trust: long-trust}}
    acquiring: 日本株式 Portfolio
    approved: {{source: second}}
    completed: {{source: second, date: "February 28, 2031"}}
milestones:
  board approval: November 6, 2030
  record date: December 2-4, 2030
  proxy mailing: week of January 20, 2031
  special meeting:
    date: February 27, 2031
    note: at the <office> of the trust & its adviser
  Last day for <orders>:
    kind: last purchase
    date: no later than March 31, 2031
  closing:
    date: on or about May 19, 2031
    previously: ["on or about April 28, 2031", "first quarter of 2031"]
    source: second
    subject to: shareholder approval
  valuation: second quarter of 2031
  delisting:
    date: until further notice
    previously: May 5, 2031
    source: second
  name change:
    date: to be announced
    of: target
""",
    "plans/liquidation.yaml": """\
sources:
  letter: {title: A letter, dated: "January 7, 2031"}
reorganizations:
  - target: {portfolio: Mid Cap Growth Portfolio, trust: EST}
milestones:
  closed to purchases: after the close of business on May 15, 2031
  liquidation: May 30, 2031
""",
    "plans/undated.yaml": """\
title: Nothing dated yet
trust: EST
sources:
  letter: {title: A letter, dated: "January 7, 2031"}
reorganizations:
  - {target: 日本株式 Portfolio, acquiring: Large Cap Value Portfolio}
milestones:
  closing: to be announced
""",
}

# Pages of the rich site: every kind, and every sort of content.
PAGES = {
    "the first page": "",
    "a trust": "trusts/example-trust/",
    "a portfolio": "trusts/example-trust/mid-cap/",
    "a portfolio without plans": "trusts/example-trust/quiet/",
    "a plan": "plans/moved/",
    "a plan with many targets": "plans/many/",
    "a plan without dates": "plans/undated/",
    "an agenda to embed": "embed/agenda/all/",
    "a timeline to embed": "embed/timeline/all/",
    "a page that there is not": "plans/movde/",
}
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)

MANY_TRUSTS, EACH_PORTFOLIOS = 120, 9


def many_trusts() -> dict[str, str]:
    """Documents with more portfolios than the first page lists."""
    trust = "name: Example Trust {0}\nshort name: ET{0}\nportfolios:\n" + "".join(
        f"  p{n}: Portfolio {{0}}-{n}\n" for n in range(EACH_PORTFOLIOS)
    )
    plan = """\
trust: Example Trust {0}
sources:
  letter: {{title: A letter, dated: "January 7, 2031"}}
reorganizations:
  - {{target: Portfolio {0}-1, acquiring: Portfolio {0}-2}}
milestones:
  closing: May 30, 2031
"""
    numbers = range(100, 100 + MANY_TRUSTS)
    return {f"trusts/trust-{n}.yaml": trust.format(n) for n in numbers} | {
        f"plans/plan-{n}.yaml": plan.format(n) for n in numbers
    }


# --- servers and the browser -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A web server that is not calfeed's, with the files of a folder."""

    folder: Path
    port: int

    def add(self, name: str, body: str) -> str:
        """Put a page with this body there; its path."""
        text = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title><body>{body}</body></html>'
        )
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def at(self, host: str, path: str) -> str:
        """The address of one of its pages under a host name."""
        return f"http://{host}:{self.port}/{path}"


class Quiet(SimpleHTTPRequestHandler):
    """Python's own file server, without its log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A server for pages that embed, and for what a static host would serve."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever).start()
        yield Elsewhere(folder, server.server_port)
        server.shutdown()


def base(server: RunningServer, host: str = "127.0.0.1") -> str:
    """The address of a server's first page."""
    return f"http://{host}:{server.port}/"


def served(folder: Path, site: str, documents: dict[str, str]) -> Any:
    """A server for a site of some documents."""
    return serving(make_folder(folder, {"site.yaml": SITE + site} | documents), "--workers", "1")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory, elsewhere: Elsewhere) -> Iterator[RunningServer]:
    """A site with a public address and data of every sort, that one other site may embed."""
    site = f"url: {PUBLIC}\nembed on: http://intranet.example.com:{elsewhere.port}\n"
    with served(tmp_path_factory.mktemp("rich"), site, RICH) as server:
        yield server


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A site with many trusts, on a private network."""
    with served(tmp_path_factory.mktemp("large"), "url: http://10.1.2.3:8000\n", many_trusts()) as server:
        yield server


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A site without any data, below a path, with Google's links by https."""
    site = "url: https://www.example.com/calendars\ngoogle links: https\n"
    with served(tmp_path_factory.mktemp("empty"), site, {}) as server:
        yield server


@pytest.fixture(scope="module")
def packages(request: pytest.FixtureRequest) -> Path:
    """The folder of packages from npm, installed once and kept in pytest's cache."""
    return npm_packages(request.config, "it installs axe and FullCalendar", *PACKAGES)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = need("chromium", "pages are tested in a real browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader with script, who lets pages write to the clipboard."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context


@pytest.fixture(scope="module")
def without_script(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context


def watched(page: Page) -> list[str]:
    """What must never happen on a page, noted as it does: errors, broken policies, requests to any other host."""
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A page that there is not is one that may be looked at.
        if message.type in {"error", "warning"} and message.location["url"] != page.url:
            faults.append(message.text)

    def see(request: Request) -> None:
        home = request.url if request.is_navigation_request() else page.url
        if urlsplit(request.url).netloc != urlsplit(home).netloc:
            faults.append(f"a request to {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", see)
    return faults


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


@contextmanager
def reader_on(browser: Browser, day: datetime) -> Iterator[Page]:
    """A page in the browser of a reader in New York at some instant."""
    with browser.new_context(timezone_id="America/New_York") as context, context.new_page() as page:
        page.clock.set_fixed_time(day)
        yield page


def visit(page: Page, server: RunningServer, path: str = "", host: str = "127.0.0.1") -> Page:
    """Open a page and, where it has a panel, wait until script has done all that it does."""
    page.goto(base(server, host) + path)
    if page.locator("#subscribe").count():
        expect(page.locator("#subscribe .choice")).to_be_visible()
    return page


def fetched(server: RunningServer, address: str) -> bytes:
    """What a server answers at an address that pages show: its own, or the site's public one."""
    parts = urlsplit(address)
    with urlopen(f"{base(server)}{parts.path.removeprefix('/')}?{parts.query}") as answer:  # noqa: S310 -- ours
        body: bytes = answer.read()
        return body


def events(feed: bytes) -> dict[str, Any]:
    """The events of a feed by their UIDs."""
    return {str(event["UID"]): event for event in Calendar.from_ical(feed).walk("VEVENT")}


def subscribe(page: Page) -> Locator:
    """The panel of a page."""
    return page.locator("#subscribe")


def selection(page: Page) -> Locator:
    """The panel for the reader's own choice."""
    return page.locator(".panel[data-address=selection]")


def shown_address(panel: Locator) -> str:
    """The address that a panel shows."""
    return panel.locator(".address").inner_text()


def ways(panel: Locator) -> dict[str, str]:
    """The links that a panel offers to subscribe by, as the reader sees them."""
    links = panel.locator(".ways a").filter(visible=True)
    return dict(links.evaluate_all("links => links.map(link => [link.innerText, link.getAttribute('href')])"))


# --- finding ---------------------------------------------------------------------------------------------------------


def found(page: Page, words: str) -> list[str]:
    """What the search lists for some words, by its addresses; the count beside it says that it has finished."""
    page.locator("#search").fill(words)
    expect(page.locator(".found-count")).to_have_text(re.compile("found|match|Nothing"))
    return page.locator(".found a").evaluate_all("links => links.map(link => new URL(link.href).pathname)")  # type: ignore[no-any-return]  # of strings


def test_the_search_finds_names_and_other_names(page: Page, rich: RunningServer) -> None:
    trust = "/trusts/example-trust/"
    expected = {
        "Quiet Portfolio": f"{trust}quiet/",
        "qUIET": f"{trust}quiet/",
        "aggressive growth": f"{trust}mid-cap/",
        "growth est mid": f"{trust}mid-cap/",
        "est élan": f"{trust}accents/",
        "日本": f"{trust}japan/",
        "<b>a & b</b>": f"{trust}ampersand/",
        "<script>": f"{trust}script/",
        "sample series": trust,
    }
    visit(page, rich)
    assert {words: found(page, words) for words in expected} == {words: [path] for words, path in expected.items()}


def test_the_search_tells_portfolios_of_one_name_apart(page: Page, rich: RunningServer) -> None:
    assert found(visit(page, rich), "mid cap") == ["/trusts/example-trust/mid-cap/", "/trusts/long-trust/mid-cap/"]
    items = page.locator(".found li")
    expect(items.nth(0)).to_contain_text("EST · also Aggressive Growth Portfolio")
    expect(items.nth(1)).to_contain_text("The Remarkably Long-Named")
    items.nth(1).get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Mid Cap Growth Portfolio")
    expect(page.locator(".crumbs")).to_contain_text("The Remarkably Long-Named")


def test_a_search_that_finds_nothing_says_what_to_try(page: Page, rich: RunningServer) -> None:
    assert found(visit(page, rich), "quiet nothing") == []
    expect(page.get_by_role("status").filter(has_text="Nothing matches")).to_contain_text("Try")
    page.locator("#search").fill("  ")
    expect(page.locator(".found-count")).to_have_text("")


def test_a_large_site_folds_its_trusts_and_finds_every_portfolio(page: Page, large: RunningServer) -> None:
    visit(page, large)
    assert page.locator(".trusts details").count() == MANY_TRUSTS
    assert page.locator(".trusts details[open]").count() == 0
    assert found(page, "portfolio 177-1") == ["/trusts/trust-177/p1/"]
    assert len(found(page, "portfolio")) == 50
    expect(page.locator(".found-count")).to_contain_text(f"{MANY_TRUSTS * EACH_PORTFOLIOS} match; the first 50")


# --- one's own choice ------------------------------------------------------------------------------------------------


def test_ticks_survive_searching(page: Page, large: RunningServer) -> None:
    visit(page, large)
    expect(selection(page)).to_contain_text("Tick the trusts and portfolios")
    assert ways(selection(page)) == {}
    for words in ("portfolio 177-1", "portfolio 203-2"):
        found(page, words)
        page.locator(".found .tick").check()
    page.locator(".trusts summary").first.click()
    page.get_by_label("Follow Example Trust 100").check()
    found(page, "177")
    expect(page.get_by_label("Follow Portfolio 177-1, ET177")).to_be_checked()
    expect(page.get_by_label("Follow Portfolio 177-0, ET177")).not_to_be_checked()
    expect(selection(page)).to_contain_text("Portfolio 177-1, ET177; Portfolio 203-2, ET203; Example Trust 100")
    feeds = parse_qs(urlsplit(shown_address(selection(page))).query)["feed"]
    assert feeds == ["trusts/trust-177/p1", "trusts/trust-203/p2", "trusts/trust-100"]
    page.get_by_label("Follow Portfolio 177-1, ET177").uncheck()
    expect(selection(page).locator(".address")).not_to_contain_text("177")


def test_a_portfolio_in_the_list_and_in_the_search_is_one_tick(page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "quiet")
    page.locator(".found .tick").check()
    expect(page.locator(".trusts").get_by_label("Follow Quiet Portfolio, EST")).to_be_checked()
    page.locator(".trusts").get_by_label("Follow Quiet Portfolio, EST").uncheck()
    expect(page.locator(".found .tick")).not_to_be_checked()
    expect(selection(page).locator(".ways")).to_be_hidden()


def test_the_address_of_ones_own_choice_holds_the_union(page: Page, founding_server: RunningServer) -> None:
    visit(page, founding_server)
    page.get_by_label("Follow Lazard Mid-Cap Portfolio, MIST").check()
    page.get_by_label("Follow MFS Value Portfolio, MSF").check()
    chosen = events(fetched(founding_server, shown_address(selection(page))))
    lazard = events(fetched(founding_server, "/trusts/met-investors-series-trust/lazard-mid-cap.ics"))
    value = events(fetched(founding_server, "/trusts/metropolitan-series-fund/mfs-value.ics"))
    assert (len(chosen), chosen) == (12, lazard | value)
    selection(page).get_by_label("Closing").check()
    chosen = events(fetched(founding_server, shown_address(selection(page))))
    assert {str(event["SUMMARY"]) for event in chosen.values()} == {
        "~ Closing: Batterymarch Mid-Cap Stock → Lazard Mid-Cap (MIST) (on or about)",
        "~ Closing: MFS Value (MIST) → MFS Value (MSF) (on or about)",
    }


# --- subscribing -----------------------------------------------------------------------------------------------------

MANY = "https%3A%2F%2Fcalendars.example.com%2Fplans%2Fmany.ics"
MANY_WAYS = {
    "Google Calendar": f"https://calendar.google.com/calendar/r?cid={MANY.replace('https', 'webcal')}",
    "Outlook (work)": "https://outlook.office.com/calendar/0/addfromweb"
    f"?url={MANY}&name=Sixteen%20targets%20of%20Example%20Series%20Trust",
    "Outlook (personal)": "https://outlook.live.com/calendar/0/addfromweb"
    f"?url={MANY}&name=Sixteen%20targets%20of%20Example%20Series%20Trust",
    "Apple and other calendars": "webcal://calendars.example.com/plans/many.ics",
}


def test_a_public_site_offers_every_way_with_and_without_script(
    page: Page, plain_page: Page, rich: RunningServer
) -> None:
    plain_page.goto(f"{base(rich)}plans/many/")
    for panel in (subscribe(plain_page), subscribe(visit(page, rich, "plans/many/"))):
        offered = ways(panel)
        assert {name: offered[name] for name in MANY_WAYS} == MANY_WAYS
        assert shown_address(panel) == f"{PUBLIC}/plans/many.ics"
        assert "Download .ics" in offered
        expect(panel.locator(".unreachable")).to_be_hidden()
        expect(panel.locator(".qr img")).to_be_visible()
        assert panel.locator(".qr img").evaluate("img => img.decode().then(() => img.naturalWidth)") > 0


def test_google_is_given_the_scheme_that_the_site_sets(page: Page, empty: RunningServer) -> None:
    google = "https://calendar.google.com/calendar/r?cid=https%3A%2F%2Fwww.example.com%2Fcalendars%2Fall.ics"
    assert ways(subscribe(visit(page, empty)))["Google Calendar"] == google


PUBLIC_HOSTS = ("calendars.example.com", "8.8.8.8", "[2001:4860:4860::8888]")
LOCAL_HOSTS = ("localhost", "10.1.2.3", "172.20.0.1", "100.64.0.1", "[::1]", "[fd00::1]", "intranet", "calendars.local")


@pytest.mark.parametrize("host", PUBLIC_HOSTS + LOCAL_HOSTS)
def test_a_site_without_an_address_offers_what_works_at_the_one_it_is_visited_at(
    page: Page, founding_server: RunningServer, host: str
) -> None:
    address = base(founding_server, host) + "all.ics"
    panel = subscribe(visit(page, founding_server, host=host))
    everywhere = {"Apple and other calendars", address, "Download .ics"}
    reaching_out = {"Google Calendar", "Outlook (work)", "Outlook (personal)"} if host in PUBLIC_HOSTS else set()
    assert set(ways(panel)) == everywhere | reaching_out
    assert panel.locator(".unreachable").is_visible() == (not reaching_out)
    assert ways(panel)["Apple and other calendars"] == address.replace("http:", "webcal:")


def test_a_site_on_a_private_network_says_so_and_offers_what_works(
    page: Page, plain_page: Page, large: RunningServer
) -> None:
    plain_page.goto(base(large))
    for panel in (subscribe(plain_page), subscribe(visit(page, large))):
        assert set(ways(panel)) == {"Apple and other calendars", "http://10.1.2.3:8000/all.ics", "Download .ics"}
        expect(panel.locator(".unreachable")).to_contain_text("cannot reach this address")


def test_kinds_and_alarm_change_every_link_and_the_feed_behind_it(page: Page, rich: RunningServer) -> None:
    panel = subscribe(visit(page, rich, "plans/many/"))
    assert panel.get_by_role("group").get_by_role("checkbox").count() == 5
    panel.get_by_label("Closing").check()
    panel.get_by_label("Alarm").select_option("1 week before")
    address = f"{PUBLIC}/plans/many.ics?kind=closing&alarm=7d"
    assert shown_address(panel) == address
    offered = ways(panel)
    assert offered.pop("Download .ics") == f"{address}&download"
    assert offered.pop(address) == address
    assert unquote(offered.pop("Apple and other calendars")) == address.replace("https:", "webcal:")
    for link in each_of(offered.values()):
        query = parse_qs(urlsplit(link).query)
        assert query.get("url") == [address] or query["cid"] == [address.replace("https:", "webcal:")]
    assert fetched(rich, f"{PUBLIC}/plans/many.svg?kind=closing&alarm=7d") == qr_code(address)
    picture = panel.locator(".qr img")
    expect(picture).to_have_attribute("src", f"{base(rich)}plans/many.svg?kind=closing&alarm=7d")
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    feed = events(fetched(rich, address))
    assert len(feed) == 16
    for event in each_of(feed.values()):
        assert str(event["SUMMARY"]).startswith("Closing (on or about): ")
        assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=7)]
    for link in each_of(panel.locator("a[data-format]").evaluate_all("links => links.map(link => link.href)")):
        assert urlsplit(link).query == "kind=closing&alarm=7d"
        fetched(rich, link)
    milestones = json.loads(fetched(rich, f"{PUBLIC}/plans/many.json?kind=closing&alarm=7d"))["milestones"]
    assert {milestone["kind"] for milestone in milestones} == {"closing"}
    panel.get_by_label("Closing").uncheck()
    panel.get_by_label("Alarm").select_option("none")
    assert {name: ways(panel)[name] for name in MANY_WAYS} == MANY_WAYS


def test_copy_puts_the_address_on_the_clipboard(page: Page, founding_server: RunningServer) -> None:
    panel = subscribe(visit(page, founding_server))
    panel.get_by_label("Record date").check()
    panel.locator(".copy").click()
    expect(panel.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base(founding_server)}all.ics?kind=record-date"


def test_copy_selects_the_address_where_pages_may_not_use_the_clipboard(
    page: Page, founding_server: RunningServer
) -> None:
    # Browsers keep the clipboard from sites without TLS.
    panel = subscribe(visit(page, founding_server, host="calendars.example.com"))
    panel.locator(".copy").click()
    expect(panel.get_by_role("status")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString()") == base(founding_server, "calendars.example.com") + "all.ics"


class Snippet(HTMLParser):
    """What a copied snippet is, once it stands in someone's page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_snippet_to_copy_is_one_frame_whatever_the_name(
    page: Page, plain_page: Page, rich: RunningServer, script: bool
) -> None:
    address = "trusts/example-trust/script"
    if script:
        visit(page, rich, f"{address}/")
    else:
        page = plain_page
        page.goto(f"{base(rich)}{address}/")
    page.locator(".embedding summary").click()
    for look, code in zip(("agenda", "timeline"), page.locator(".embedding code[data-embed]").all(), strict=True):
        ((tag, attributes),) = Snippet(code.inner_text()).tags
        assert (tag, attributes["src"]) == ("iframe", f"{PUBLIC}/embed/{look}/{address}/")
        assert attributes["title"] == f"{SCRIPT} (EST)"


def test_the_snippet_is_copied(page: Page, founding_server: RunningServer) -> None:
    panel = subscribe(visit(page, founding_server, "plans/met-investors-2007-12/"))
    panel.locator("summary").click()
    panel.locator(".copy-snippet").nth(1).click()
    expect(panel.get_by_role("status")).to_have_text("Copied.")
    ((_, attributes),) = Snippet(page.evaluate("navigator.clipboard.readText()")).tags
    assert attributes["src"] == f"{base(founding_server)}embed/timeline/plans/met-investors-2007-12/"


# --- looking ---------------------------------------------------------------------------------------------------------


def table_row(page: Page, target: str, milestone: str) -> Locator:
    """The row of a milestone in the table of a target's reorganization."""
    table = page.locator(f'ul.parties:has(a[href$="/{target}/"]) + table')
    return table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=milestone))


def test_a_plan_tells_what_the_source_says_and_what_became_of_it(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/moved/")
    closing = table_row(plain_page, "ampersand", "Closing")
    expect(closing.locator("time")).to_have_text("on or about May 19, 2031")
    expect(closing.locator("del")).to_have_text(["on or about April 28, 2031", "first quarter of 2031"])
    expect(closing).to_contain_text("The reorganization takes effect")
    expect(closing).to_contain_text("tentative")
    expect(closing).to_contain_text("subject to shareholder approval")
    expect(closing).to_contain_text("information as of March 3, 2031; the filing governs")
    link = closing.get_by_role("link", name="A second supplement")
    expect(link).to_have_attribute("href", "https://www.example.com/second.htm")
    deferred = table_row(plain_page, "ampersand", "Delisting")
    expect(deferred).to_contain_text("deferred")
    expect(deferred.locator("del")).to_have_text("May 5, 2031")
    undated = table_row(plain_page, "ampersand", "Name change")
    expect(undated).to_contain_text("to be announced")
    expect(undated).to_contain_text("no date yet")
    expect(table_row(plain_page, "ampersand", "Special meeting")).to_contain_text("at the <office> of the trust & its")
    expect(table_row(plain_page, "script", "Closing")).to_contain_text("cancelled")
    expect(table_row(plain_page, "script", "Closing")).to_contain_text("the vote <failed>")
    expect(table_row(plain_page, "script", "Board approval")).to_contain_text("confirmed")
    expect(table_row(plain_page, "long", "Closing").locator("time")).to_have_text("February 28, 2031")


LAZARD = "Batterymarch Mid-Cap Stock Portfolio MIST → Lazard Mid-Cap Portfolio MIST"
VALUE = "MFS Value Portfolio MIST → MFS Value Portfolio MSF"


@pytest.mark.parametrize(
    ("path", "parties"),
    [
        ("metropolitan-series-fund/mfs-value/", [f"{VALUE} this portfolio, acquiring"]),
        ("met-investors-series-trust/mfs-value/", [VALUE.replace(" →", " this portfolio, the target →")]),
        ("met-investors-series-trust/", [LAZARD, VALUE]),
        ("metropolitan-series-fund/", [VALUE]),
    ],
    ids=["the acquiring portfolio", "the target", "the targets' trust", "the acquiring trust"],
)
def test_a_page_shows_its_reorganizations_and_the_portfolios_part(
    plain_page: Page, founding_server: RunningServer, path: str, parties: list[str]
) -> None:
    plain_page.goto(f"{base(founding_server)}trusts/{path}")
    expect(plain_page.locator(".parties li")).to_have_text(parties)


def test_a_page_shows_other_names(plain_page: Page, founding_server: RunningServer) -> None:
    plain_page.goto(f"{base(founding_server)}trusts/metropolitan-series-fund/mfs-value/")
    expect(plain_page.locator("main")).to_contain_text("Harris Oakmark Large Cap Value Portfolio")


def test_a_liquidation_and_a_fund_outside_are_said_in_words(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}trusts/example-trust/")
    expect(plain_page.locator(".parties").filter(has_text="is liquidated")).to_contain_text("Mid Cap Growth Portfolio")
    outside = plain_page.locator(".parties").filter(has_text="A Fund of <Another> House")
    expect(outside.get_by_role("link")).to_have_text([f"{SCRIPT} Portfolio"])


@each_page
def test_text_of_the_data_stays_text(page: Page, rich: RunningServer, path: str) -> None:
    main = visit(page, rich, path).locator("main")
    assert main.locator("b, i, em, :not(.qr) > img, script, office, orders, another, failed, sec").count() == 0
    assert "Fonds & <i>portfolios</i>" in page.title()
    assert main.inner_text().count("&amp;") == main.inner_text().count(SCRIPT)


def test_text_that_was_searched_and_chosen_stays_text(page: Page, rich: RunningServer) -> None:
    found(visit(page, rich), "<script>")
    page.locator(".found .tick").check()
    expect(page.locator(".found a")).to_have_text(f"{SCRIPT} Portfolio")
    expect(selection(page)).to_contain_text(f"{SCRIPT} Portfolio, EST")
    assert page.locator("main script").count() == 0


# --- the timeline ----------------------------------------------------------------------------------------------------

BOXES = """figure => {
    const box = element => { const {left, right, top, bottom} = element.getBoundingClientRect(); return {left, right, top, bottom}; };
    const boxes = selector => [...figure.querySelectorAll(selector)].map(box);
    return {
        texts: boxes(".row-parties, .axis text, .label, figcaption"),
        tracks: [...figure.querySelectorAll(".track")].map(track =>
            [box(track), [...track.querySelectorAll("circle, rect, path, line")].map(box)]),
    };
}"""  # noqa: E501 -- script
MARK_RADIUS = 8
TIMELINES = ("plans/moved/", "plans/many/", "embed/timeline/all/")


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", TIMELINES)
def test_no_text_of_a_timeline_covers_another_and_no_mark_leaves_its_line(
    plain_page: Page, rich: RunningServer, path: str, width: int
) -> None:
    plain_page.set_viewport_size({"width": width, "height": 900})
    plain_page.goto(base(rich) + path)
    figures = plain_page.locator(".timeline")
    assert figures.count()
    for figure in figures.all():
        drawn = figure.evaluate(BOXES)
        texts = sorted(drawn["texts"], key=lambda box: float(box["top"]))
        for number, one in each_of(enumerate(texts)):
            assert one["left"] >= 0
            assert one["right"] <= width
            for other in each_of(texts[number + 1 :]):
                beside = one["right"] <= other["left"] or other["right"] <= one["left"]
                assert beside or one["bottom"] <= other["top"] + 0.5
        for track, marks in each_of(drawn["tracks"]):
            assert len(marks) >= 2
            for mark in each_of(marks):
                assert track["left"] - MARK_RADIUS <= mark["left"]
                assert mark["right"] <= track["right"] + MARK_RADIUS
                assert track["top"] <= mark["top"]
                assert mark["bottom"] <= track["bottom"]


def test_the_words_of_a_timeline_say_what_the_picture_shows(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/moved/")
    figure = plain_page.locator(".timeline")
    assert figure.locator("svg:not([aria-hidden=true], [aria-hidden=true] *)").count() == 0
    first, cancelled, completed = figure.locator(".row").all()
    expect(first.get_by_role("listitem")).to_have_text(
        [
            "Board approval November 6, 2030",
            "Record date December 2-4, 2030",
            "Proxy mailing week of January 20, 2031",
            "Special meeting February 27, 2031",
            "Last day for <orders> no later than March 31, 2031",
            "Valuation second quarter of 2031",
            "Delisting deferred: until further notice",
            "Closing on or about May 19, 2031, subject to shareholder approval, moved from on or about April 28, 2031",
        ]
    )
    expect(cancelled.get_by_role("listitem").last).to_contain_text("Closing cancelled: on or about May 19, 2031")
    expect(completed).to_contain_text("Closing February 28, 2031")


def test_each_sort_of_milestone_is_drawn_in_its_way(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/moved/")
    first, cancelled, _ = plain_page.locator(".timeline .row").all()

    def drawn(row: Locator, milestone: str) -> list[str]:
        shapes = row.get_by_role("listitem").filter(has_text=milestone).locator(".track [class]:not(.base, .tick)")
        return shapes.evaluate_all("shapes => shapes.map(shape => shape.getAttribute('class'))")  # type: ignore[no-any-return]  # of strings

    assert drawn(first, "Board approval") == ["solid"]
    assert drawn(first, "Record date") == ["bar"]
    assert drawn(first, "Last day") == ["open"]
    assert drawn(first, "Closing") == ["move", "old", "head", "open"]
    assert drawn(first, "Delisting") == ["solid", "cross"]
    assert drawn(cancelled, "Valuation") == ["bar", "cross"]


def test_sixteen_targets_that_share_their_days_are_one_row(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/many/")
    rows = plain_page.locator(".timeline .row-parties").all_inner_texts()
    assert sorted("Target Series 16" in row for row in rows) == [False, True]


# --- today -----------------------------------------------------------------------------------------------------------

WITHIN = datetime(2031, 2, 28, 4, 30, tzinfo=UTC)  # the evening of the 27th in New York


def test_today_stands_on_the_timeline_on_the_readers_day(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, rich, "plans/moved/")
        assert page.locator(".today").count() == page.locator(".track").count()
        # November 1 to July 1: 242 days, of which 118 have gone.
        at = page.locator(".today").evaluate_all("lines => lines.map(line => parseFloat(line.getAttribute('x1')))")
        assert at == pytest.approx([100 * 118 / 242] * len(at))
        drawn = page.locator(".timeline").evaluate(BOXES)
        for track, marks in each_of(drawn["tracks"]):
            assert track["left"] < marks[-1]["left"] < track["right"]


@pytest.mark.parametrize("day", [datetime(2030, 10, 31, 16, tzinfo=UTC), datetime(2031, 7, 1, 16, tzinfo=UTC)], ids=str)
def test_today_is_not_marked_outside_the_timeline(browser: Browser, rich: RunningServer, day: datetime) -> None:
    with reader_on(browser, day) as page:
        visit(page, rich, "plans/moved/")
        assert page.locator(".today").count() == 0


def test_the_next_milestone_is_marked_until_its_day_is_over(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, rich, "plans/moved/")
        expect(table_row(page, "ampersand", "Special meeting")).to_have_attribute("aria-current", "date")
    with reader_on(browser, WITHIN + timedelta(days=1)) as page:
        visit(page, rich, "plans/moved/")
        expect(table_row(page, "ampersand", "Last day")).to_have_attribute("aria-current", "date")
        assert page.locator("table").first.locator("[aria-current]").count() == 1


def test_what_comes_next_is_what_comes_next(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2031, 1, 16, 17, tzinfo=UTC)) as page:
        visit(page, rich)
        expect(page.locator("#by-date")).to_have_text("What comes next")
        shown = page.locator(".by-date li").filter(visible=True)
        expect(shown.first).to_contain_text("week of January 20, 2031")
        expect(shown.first).to_have_attribute("aria-current", "date")
        assert shown.evaluate_all("items => items.filter(item => item.classList.contains('past')).length") == 0


def test_once_everything_is_over_nothing_comes_next(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2033, 1, 3, 16, tzinfo=UTC)) as page:
        visit(page, rich)
        expect(page.locator("#by-date")).to_have_text("The latest milestones")
        assert page.locator(".by-date li.next").count() == 0
        assert page.locator(".by-date li").filter(visible=True).count() > 1


def test_without_script_no_day_is_today(plain_page: Page, founding_server: RunningServer) -> None:
    # What lies in 2007 must not be said to come.
    plain_page.goto(base(founding_server))
    expect(plain_page.locator(".by-date li").first).to_contain_text("November 7, 2007")
    expect(plain_page.locator("main")).not_to_contain_text("What comes next")
    assert plain_page.locator(".today, .next, .past").count() == 0


# --- without script --------------------------------------------------------------------------------------------------


@each_page
def test_without_script_nothing_is_offered_that_needs_it(plain_page: Page, rich: RunningServer, path: str) -> None:
    plain_page.goto(base(rich) + path)
    expect(plain_page.locator("h1")).to_be_visible()
    assert plain_page.locator("button, input, select").filter(visible=True).count() == 0
    expect(selection(plain_page)).to_be_hidden()
    links = plain_page.locator("a").filter(visible=True)
    assert links.evaluate_all("links => links.filter(link => !link.href).length") == 0


def test_without_script_a_feed_is_downloaded(plain_page: Page, founding_server: RunningServer) -> None:
    plain_page.goto(f"{base(founding_server)}plans/met-investors-2007-12/")
    with plain_page.expect_download() as download:
        plain_page.get_by_role("link", name="Download .ics").click()
    assert download.value.suggested_filename == "plans-met-investors-2007-12.ics"
    assert download.value.path().read_bytes() == fetched(founding_server, "/plans/met-investors-2007-12.ics")


def test_without_script_a_snippet_without_an_absolute_address_is_not_offered(
    plain_page: Page, founding_server: RunningServer
) -> None:
    plain_page.goto(base(founding_server))
    for summary in plain_page.locator(".embedding summary").filter(visible=True).all():
        summary.click()
    for code in each_of(plain_page.locator("[data-embed]").filter(visible=True).all()):
        ((_, attributes),) = Snippet(code.inner_text()).tags
        assert urlsplit(attributes["src"] or "").netloc


def test_a_static_host_serves_the_same_pages(free_page: Page, elsewhere: Elsewhere, tmp_path: Path) -> None:
    resources = Resources(load(make_folder(tmp_path, {"site.yaml": SITE} | RICH)))
    names = ["search.json", "static/calfeed.js", "static/calfeed.css", "static/icon.svg", "plans/many.ics"]
    for name in [*names, "", "plans/many/"]:
        found_there = resources.find(f"/{name}", Choice())
        assert found_there is not None
        file = elsewhere.folder / "site" / (name if name in names else f"{name}index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(found_there.body)
    page = free_page
    with page.expect_response("**/health") as health:
        page.goto(elsewhere.at("calendars.example.com", "site/"))
    assert health.value.status == 404
    assert found(page, "quiet") == ["/site/trusts/example-trust/quiet/"]
    # What takes a server is not offered.
    assert page.locator(".tick, .choice").filter(visible=True).count() == 0
    expect(selection(page)).to_be_hidden()
    page.get_by_role("link", name="New: Sixteen targets").click()
    address = elsewhere.at("calendars.example.com", "site/plans/many.ics")
    expect(subscribe(page).locator(".address")).to_have_text(address)  # waits for the page behind the link
    assert "Google Calendar" in ways(subscribe(page))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download .ics").click()
    assert len(events(download.value.path().read_bytes())) == 80


# --- by keyboard -----------------------------------------------------------------------------------------------------

FOCUSED = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const {left, right, top, bottom} = element.getBoundingClientRect();
    return {
        index: [...document.querySelectorAll("a[href], button, input, select, summary")].indexOf(element),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        seen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
    };
}"""


@pytest.mark.parametrize("path", ["", "plans/moved/", "embed/agenda/plans/many/"])
def test_everything_can_be_reached_by_tab_and_shows_its_focus(page: Page, rich: RunningServer, path: str) -> None:
    open_everything(visit(page, rich, path))
    offered = page.locator("a[href], button, input, select, summary")
    seen = offered.evaluate_all("all => all.map(element => element.checkVisibility())")
    reached: list[int] = []
    while True:
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["index"] in {-1, *reached}:
            break
        reached.append(focused["index"])
        assert focused["outline"] >= 2
        assert focused["seen"]
    assert reached == [number for number, is_seen in enumerate(seen) if is_seen]


def test_the_first_tab_skips_to_the_content(page: Page, rich: RunningServer) -> None:
    visit(page, rich, "plans/moved/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_choice_is_made_and_copied_by_keyboard_alone(page: Page, founding_server: RunningServer) -> None:
    visit(page, founding_server)

    def tab_to(target: Locator) -> None:
        for _ in range(page.locator("a[href], button, input, select, summary").count()):
            page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"Tab does not reach {target}")

    tab_to(page.get_by_role("searchbox"))
    page.keyboard.type("oakmark")
    expect(page.locator(".found-count")).to_have_text("1 found.")
    tab_to(page.locator(".found .tick"))
    page.keyboard.press("Space")
    tab_to(selection(page).get_by_label("Closing"))
    page.keyboard.press("Space")
    tab_to(selection(page).locator(".copy"))
    page.keyboard.press("Enter")
    expect(selection(page).get_by_role("status").last).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{base(founding_server)}selection.ics?feed=trusts/metropolitan-series-fund/mfs-value&kind=closing"


# --- small, dark, printed, and for everyone --------------------------------------------------------------------------


def open_everything(page: Page) -> None:
    """Open what is folded."""
    page.locator("details").evaluate_all("all => { for (const details of all) details.open = true; }")


@each_page
def test_no_page_scrolls_sideways(page: Page, rich: RunningServer, path: str) -> None:
    open_everything(visit(page, rich, path))
    if path == "":
        found(page, "unbreakably")
        page.locator(".found .tick").check()
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


AXE = """async runOnly => {
    const {violations, incomplete} = await axe.run({runOnly, resultTypes: ["violations", "incomplete"]});
    // It cannot see what lies behind the text of a picture; all else it can decide.
    const unsure = incomplete.filter(rule => rule.id !== "color-contrast");
    return [...violations, ...unsure].map(rule => `${rule.id}: ${rule.nodes[0].html}`);
}"""
CONTRAST = {"type": "rule", "values": ["color-contrast"]}


@each_page
def test_axe_finds_nothing(page: Page, rich: RunningServer, packages: Path, path: str) -> None:
    open_everything(visit(page, rich, path))
    if path == "":
        found(page, "mid cap")
        page.locator(".found .tick").first.check()
    page.evaluate((packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        assert page.evaluate(AXE, RULES) == []
        # Dark or light makes a difference to contrast alone.
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(AXE, CONTRAST) == []


def luminance(color: str) -> float:
    """The relative luminance of an rgb() colour (WCAG 2.2)."""
    channels = [int(number) / 255 for number in re.findall(r"\d+", color)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def color(page: Page, selector: str, name: str) -> float:
    """The luminance of a colour of the first element of a selector."""
    return luminance(page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def test_the_readers_scheme_decides_between_light_and_dark(page: Page, rich: RunningServer) -> None:
    visit(page, rich, "plans/moved/")
    page.emulate_media(color_scheme="light")
    assert color(page, "body", "color") < 0.1 < 0.9 < color(page, "body", "backgroundColor")
    page.emulate_media(color_scheme="dark")
    assert color(page, "body", "backgroundColor") < 0.1 < 0.5 < color(page, "body", "color")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_dark_on_paper_and_leaves_out_what_cannot_be_pressed(
    page: Page, rich: RunningServer, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("", "plans/moved/"):
        page.emulate_media(media="screen")
        visit(page, rich, path)
        page.emulate_media(media="print")
        assert page.locator("button, input, select, .panel, .skip, .jump").filter(visible=True).count() == 0
    for selector in ("body", ".label", ".meaning", ".status.cancelled", "figcaption"):
        assert color(page, selector, "color") < 0.2
    expect(page.locator(".timeline")).to_be_visible()
    expect(page.locator(".milestones").last).to_be_visible()


def test_a_tall_panel_can_be_read_to_its_end_beside_a_long_page(page: Page, rich: RunningServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    visit(page, rich, "plans/moved/")
    last = subscribe(page).locator("summary")
    page.mouse.move(*centre(subscribe(page).locator("h2")))
    for _ in range(4):
        page.mouse.wheel(0, 200)
    expect(last).to_be_in_viewport()


def centre(locator: Locator) -> tuple[float, float]:
    """Where to point for an element."""
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# --- embedding -------------------------------------------------------------------------------------------------------


def framed(elsewhere: Elsewhere, name: str, server: RunningServer, *paths: str) -> str:
    """A page elsewhere, with a long way down to its frames."""
    frames = "".join(f'<iframe src="{base(server)}{path}" title="{path}"></iframe>' for path in paths)
    return elsewhere.add(name, f'<h1>Intranet</h1><div style="height: 3000px"></div>{frames}')


def shows_something(frame: Frame) -> bool:
    """Whether a frame shows a page of calfeed's."""
    return frame.locator("main").count() > 0


EMBEDDED = (
    "embed/agenda/plans/many/",
    "embed/timeline/plans/many/",
    "embed/agenda/trusts/sample-series-trust/mid-cap/",
)


def test_a_site_that_may_embed_shows_what_is_made_for_it(
    free_page: Page, rich: RunningServer, elsewhere: Elsewhere
) -> None:
    free_page.goto(elsewhere.at("intranet.example.com", framed(elsewhere, "embeds.html", rich, *EMBEDDED)))
    agenda, picture, other = free_page.main_frame.child_frames
    expect(agenda.locator(".agenda li").first).to_contain_text("Board approval")
    assert picture.locator(".track").count() == 10
    expect(other.locator(".agenda li").first).to_contain_text("Closed to purchases")


def test_a_frame_does_not_move_the_page_that_it_is_in(
    browser: Browser, rich: RunningServer, elsewhere: Elsewhere
) -> None:
    with reader_on(browser, WITHIN) as page:
        page.goto(elsewhere.at("intranet.example.com", framed(elsewhere, "still.html", rich, EMBEDDED[0])))
        (agenda,) = page.main_frame.child_frames
        expect(agenda.locator(".next")).to_contain_text("Special meeting")
        assert agenda.evaluate("scrollY") > 0
        assert page.evaluate("scrollY") == 0


def test_links_in_a_frame_open_outside_it(free_page: Page, rich: RunningServer, elsewhere: Elsewhere) -> None:
    free_page.goto(elsewhere.at("intranet.example.com", framed(elsewhere, "links.html", rich, *EMBEDDED[:2])))
    for frame in each_of(free_page.main_frame.child_frames):
        with free_page.context.expect_page() as opened:
            frame.locator("a").last.click()
        opened.value.wait_for_load_state()
        assert urlsplit(opened.value.url).path == "/plans/many/"
        opened.value.close()
        assert shows_something(frame)


def test_no_other_site_may_embed(free_page: Page, rich: RunningServer, elsewhere: Elsewhere) -> None:
    free_page.goto(elsewhere.at("elsewhere.example.com", framed(elsewhere, "denied.html", rich, *EMBEDDED)))
    frames = free_page.main_frame.child_frames
    assert [shows_something(frame) for frame in frames] == [False] * len(EMBEDDED)


def test_every_other_page_is_kept_out_of_frames(free_page: Page, rich: RunningServer, elsewhere: Elsewhere) -> None:
    others = [path for path in PAGES.values() if not path.startswith("embed/")]
    free_page.goto(elsewhere.at("intranet.example.com", framed(elsewhere, "others.html", rich, *others)))
    frames = free_page.main_frame.child_frames
    assert [shows_something(frame) for frame in frames] == [False] * len(others)


def test_without_a_setting_nobody_may_embed(
    free_page: Page, founding_server: RunningServer, elsewhere: Elsewhere
) -> None:
    path = framed(elsewhere, "nobody.html", founding_server, "embed/agenda/all/", "embed/timeline/all/")
    free_page.goto(elsewhere.at("intranet.example.com", path))
    assert [shows_something(frame) for frame in free_page.main_frame.child_frames] == [False, False]


def test_fullcalendar_shows_the_founding_document_on_the_right_days(
    free_page: Page, founding_server: RunningServer, elsewhere: Elsewhere, packages: Path
) -> None:
    (elsewhere.folder / "npm").symlink_to(packages, target_is_directory=True)
    scripts = (
        "ical.js/build/ical.min.js",
        *(f"@fullcalendar/{name}/index.global.min.js" for name in ("core", "list", "icalendar")),
    )
    body = "".join(f'<script src="npm/{script}"></script>' for script in scripts)
    name = elsewhere.add(
        "fullcalendar.html",
        f"""{body}<div id="calendar"></div><script>
        new FullCalendar.Calendar(document.querySelector("#calendar"), {{
            initialView: "both", initialDate: "2007-01-01", views: {{both: {{type: "list", duration: {{years: 2}}}}}},
            events: {{url: "{base(founding_server)}all.ics", format: "ics"}},
        }}).render();
        </script>""",
    )
    free_page.goto(elsewhere.at("intranet.example.com", name))
    expect(free_page.locator(".fc-list-event")).to_have_count(12)
    shown = free_page.locator(".fc-list-table tbody tr").evaluate_all(
        "rows => rows.map(row => row.dataset.date || row.querySelector('.fc-list-event-title').innerText)"
    )
    lazard, value = "Batterymarch Mid-Cap Stock → Lazard Mid-Cap (MIST)", "MFS Value (MIST) → MFS Value (MSF)"
    days = {
        "2007-11-07": "Board approval", "2007-11-30": "Record date", "2007-12-14": "Announcement",
        "2008-01-17": "Proxy mailing (on or about)", "2008-02-28": "Special meeting",
        "2008-04-28": "Closing (on or about)",
    }  # fmt: skip
    assert shown == [line for day, what in days.items() for line in (day, f"{what}: {lazard}", f"{what}: {value}")]


# --- the whole site --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said at an address."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers["content-type"].startswith("text/html")


class Links(HTMLParser):
    """The addresses that a page refers to, and the places in it that they may name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.alternates: dict[str, str] = {}
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag refers to."""
        attributes = {name: value or "" for name, value in attrs}
        self.references += [attributes[name] for name in ("href", "src") if name in attributes]
        if attributes.get("rel") == "alternate":
            self.alternates[attributes["type"]] = attributes["href"]
        if "id" in attributes:
            self.places.add(attributes["id"])


def ask(url: str) -> Answer:
    """What a server says at an address, whatever that is."""
    try:
        with urlopen(url) as answer:  # noqa: S310 -- ours
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


@pytest.fixture(scope="module")
def crawled(rich: RunningServer) -> dict[str, Answer]:
    """All that can be reached from the first page and the pages to embed, by its address."""
    home = base(rich)
    ahead = [home, *(f"{home}{path}" for path in PAGES.values() if path.startswith("embed/"))]
    answers: dict[str, Answer] = {}
    while ahead:
        url = ahead.pop()
        if url in answers:
            continue
        answers[url] = ask(url)
        if answers[url].is_page:
            for reference in Links(answers[url].body.decode()).references:
                address = urldefrag(urljoin(url, reference).replace(f"{PUBLIC}/", home)).url
                if address.startswith(home):
                    ahead.append(address)
    return answers


def test_every_link_leads_somewhere(crawled: dict[str, Answer]) -> None:
    assert {url: answer.status for url, answer in crawled.items() if answer.status != 200} == {}
    # So many that the first page, trusts, portfolios and plans have all been seen.
    assert sum(answer.is_page for answer in crawled.values()) > 30


def test_every_place_that_a_link_names_is_on_the_page(crawled: dict[str, Answer]) -> None:
    for url, answer in each_of(crawled.items()):
        if answer.is_page:
            links = Links(answer.body.decode())
            assert {reference[1:] for reference in links.references if reference.startswith("#")} <= links.places, url


def test_every_page_names_its_other_formats(crawled: dict[str, Answer]) -> None:
    for url, answer in each_of(crawled.items()):
        if answer.is_page:
            found_there = Links(answer.body.decode()).alternates
            assert set(found_there) == {each.type for each in FORMATS.values() if each.label}
            for media_type, reference in each_of(found_there.items()):
                assert crawled[urljoin(url, reference)].headers["content-type"].startswith(media_type)


def test_every_page_is_kept_safe_by_its_headers(
    crawled: dict[str, Answer], rich: RunningServer, elsewhere: Elsewhere
) -> None:
    ancestors = {True: [f"http://intranet.example.com:{elsewhere.port}"], False: ["'none'"]}
    pages = {url: answer for url, answer in crawled.items() if answer.is_page}
    missing = base(rich) + PAGES["a page that there is not"]
    pages[missing] = ask(missing)
    for url, answer in each_of(pages.items()):
        directives = (part.split() for part in answer.headers["content-security-policy"].split(";"))
        policy = {name: sources for name, *sources in directives}
        embedded = urlsplit(url).path.startswith("/embed/")
        assert policy.pop("frame-ancestors") == ancestors[embedded]
        assert ("x-frame-options" not in answer.headers) == embedded
        assert answer.headers["referrer-policy"] in {"no-referrer", "same-origin", "strict-origin-when-cross-origin"}
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
        assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'"}


def test_nothing_is_taken_for_another_type(crawled: dict[str, Answer]) -> None:
    assert {answer.headers.get("x-content-type-options") for answer in crawled.values()} == {"nosniff"}


# --- what is not there -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("plans/movde/", "plans/moved"),
        ("plans/moved", "plans/moved"),
        ("trusts/example-trust/midcap/", "trusts/example-trust/mid-cap"),
        ("trusts/Example-Trust/", "trusts/example-trust"),
    ],
)
def test_a_page_that_there_is_not_offers_what_was_meant(
    plain_page: Page, rich: RunningServer, path: str, meant: str
) -> None:
    answer = plain_page.goto(base(rich) + path)
    assert answer is not None
    assert answer.status == 404
    plain_page.locator("main a").first.click()
    assert plain_page.url == f"{base(rich)}{meant}/"


def test_a_page_that_nothing_is_like_leads_home(plain_page: Page, rich: RunningServer) -> None:
    answer = plain_page.goto(base(rich) + "wp-admin/%3Cscript%3Ealert(1)%3C/script%3E/")
    assert answer is not None
    assert answer.status == 404
    assert plain_page.locator("main script").count() == 0
    plain_page.locator("main a").click()
    assert plain_page.url == base(rich)


def test_a_site_without_data_says_what_to_do(page: Page, empty: RunningServer) -> None:
    visit(page, empty)
    expect(page.locator("main")).to_contain_text("There are no trusts yet. Write the first into trusts/")
    expect(page.locator("main")).to_contain_text("There are no plans yet. Write the first into plans/")
    assert page.locator("fieldset").filter(visible=True, has_not=page.get_by_role("checkbox")).count() == 0
    visit(page, empty, "all/")
    expect(page.locator("main")).to_contain_text("No reorganization is known")
    for look in ("agenda", "timeline"):
        visit(page, empty, f"embed/{look}/all/")
        expect(page.locator("main")).to_contain_text("No reorganization is known")


def test_a_portfolio_without_plans_says_that_subscribing_is_worthwhile(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}trusts/example-trust/quiet/")
    expect(plain_page.locator("main")).to_contain_text("No reorganization is known. Subscribe now")
