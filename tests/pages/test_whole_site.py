"""The whole site as a reader of links sees it, and what is said where there is nothing."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from calfeed.formats.formats import FORMATS
from tests.pages.sites import PAGES, PUBLIC, Elsewhere, base, visit
from tests.support import RunningServer, each_of


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
    ancestors = {True: ["'self'", f"http://intranet.example.com:{elsewhere.port}"], False: ["'none'"]}
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
        assert policy["default-src"] == policy["base-uri"] == ["'none'"]
        assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'"}


def test_nothing_is_taken_for_another_type(crawled: dict[str, Answer]) -> None:
    assert {answer.headers.get("x-content-type-options") for answer in crawled.values()} == {"nosniff"}


# --- what is not there -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("plans/movde/", "plans/moved"),
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


@pytest.mark.parametrize(
    "path", ["plans/moved", "all", "trusts/sample-series-trust/mid-cap", "embed/agenda/all", "embed/agenda/selection"]
)
def test_a_page_s_address_without_its_final_slash_leads_to_it(rich: RunningServer, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", rich.port)
    connection.request("GET", f"/{path}?feed=all", headers={"Host": "evil.example.com"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"{path.rpartition('/')[2]}/?feed=all")
    connection.close()
    assert ask(f"{base(rich)}{path}?feed=all").status == 200


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


def test_every_page_has_a_title_for_previews_elsewhere(crawled: dict[str, Answer]) -> None:
    for url, answer in each_of(crawled.items()):
        if answer.is_page:
            text = answer.body.decode()
            title = re.search("<title>(.*)</title>", text)
            assert title is not None, url
            assert f'<meta property="og:title" content="{title[1]}">' in text, url
