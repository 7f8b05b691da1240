"""The sites and helpers of the tests of pages: data of every sort, real servers, and a reader with a browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

from tests.support import RunningServer, make_folder, serving

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
cik: 710826
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


def base(server: RunningServer, host: str = "127.0.0.1") -> str:
    """The address of a server's first page."""
    return f"http://{host}:{server.port}/"


def served(folder: Path, site: str, documents: dict[str, str]) -> Any:
    """A server for a site of some documents."""
    return serving(make_folder(folder, {"site.yaml": SITE + site} | documents), "--workers", "1")


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
    if page.locator("#search").count():
        expect(page.locator(".search-button")).to_be_hidden()
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


def open_everything(page: Page) -> None:
    """Open what is folded."""
    page.locator("details").evaluate_all("all => { for (const details of all) details.open = true; }")


def shown_address(panel: Locator) -> str:
    """The address that a panel shows."""
    return panel.locator(".address").inner_text()
