"""The subscribe panel: what works at the address at hand, for each program, copied rather than downloaded."""

import json
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from calfeed.formats.formats import FORMATS
from calfeed.formats.qr_code import qr_code
from tests.pages.sites import PUBLIC, SCRIPT, base, events, fetched, open_everything, shown_address, subscribe, visit
from tests.support import RunningServer, each_of

MANY = "https%3A%2F%2Fcalendars.example.com%2Fplans%2Fmany.ics"
NAME = "Sixteen%20targets%20of%20Example%20Series%20Trust"
GOOGLE = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
LINKS = {
    "Add to Outlook": f"https://outlook.office.com/calendar/0/addfromweb?url={MANY}&name={NAME}",
    "Add to Outlook.com": f"https://outlook.live.com/calendar/0/addfromweb?url={MANY}&name={NAME}",
    "Open Google's page “From URL” (new tab)": GOOGLE,
    "Subscribe in Calendar": "webcal://calendars.example.com/plans/many.ics",
}
EVERYWHERE = {"Classic Outlook for Windows", "Apple Calendar (iPhone, iPad, Mac)", "Thunderbird", "Another program"}
REACHING_OUT = {"Outlook (work or school)", "Outlook.com", "Google Calendar"}


def programs(panel: Locator) -> set[str]:
    """The programs that a panel names."""
    named = panel.locator(".ways > details > summary").filter(visible=True).all_inner_texts()
    return set(named) & (EVERYWHERE | REACHING_OUT)


def links(panel: Locator) -> dict[str, str]:
    """The links of a panel, by what they say."""
    found = panel.locator("a.way").evaluate_all("all => all.map(link => [link.textContent, link.getAttribute('href')])")
    return dict(found)


def test_a_public_site_offers_every_program_with_and_without_script(
    page: Page, plain_page: Page, rich: RunningServer
) -> None:
    plain_page.goto(f"{base(rich)}plans/many/")
    for panel in (subscribe(plain_page), subscribe(visit(page, rich, "plans/many/"))):
        assert programs(panel) == EVERYWHERE | REACHING_OUT
        assert links(panel) == LINKS
        assert shown_address(panel) == f"{PUBLIC}/plans/many.ics"
        expect(panel.locator(".unreachable")).to_be_hidden()
        expect(panel.locator("a.way[target=_blank]")).to_have_text(["Open Google's page “From URL” (new tab)"])
        expect(panel).to_contain_text("where the browser allows it")
        panel.locator(".qr summary").click()
        assert panel.locator(".qr img").evaluate("img => img.decode().then(() => img.naturalWidth)") > 0


PUBLIC_HOSTS = ("calendars.example.com", "8.8.8.8", "[2001:4860:4860::8888]")
LOCAL_HOSTS = ("localhost", "10.1.2.3", "172.20.0.1", "100.64.0.1", "[::1]", "[fd00::1]", "intranet", "calendars.local")


@pytest.mark.parametrize("host", PUBLIC_HOSTS + LOCAL_HOSTS)
def test_a_site_without_an_address_offers_what_works_at_the_one_it_is_visited_at(
    page: Page, founding_server: RunningServer, host: str
) -> None:
    address = base(founding_server, host) + "all.ics"
    panel = subscribe(visit(page, founding_server, host=host))
    reaching_out = REACHING_OUT if host in PUBLIC_HOSTS else set()
    assert programs(panel) == EVERYWHERE | reaching_out
    assert panel.locator(".unreachable").is_visible() == (not reaching_out)
    assert shown_address(panel) == address
    assert links(panel)["Subscribe in Calendar"] == address.replace("http:", "webcal:")


@pytest.mark.parametrize("path", ["", "all/", "trusts/example-trust/", "plans/many/"])
def test_however_much_a_page_says_the_way_to_subscribe_is_on_its_first_screen(
    page: Page, rich: RunningServer, path: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    visit(page, rich, path)
    expect(subscribe(page).get_by_role("heading", name="Subscribe")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 700})
    page.get_by_role("main").get_by_role("link", name="Subscribe").first.click()
    expect(subscribe(page).get_by_role("heading", name="Subscribe")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(page.get_by_role("main").get_by_role("link", name="Subscribe").first).to_be_in_viewport()


def test_on_an_intranet_classic_outlook_is_explained_first(page: Page, plain_page: Page, large: RunningServer) -> None:
    plain_page.goto(base(large))
    for panel in (subscribe(plain_page), subscribe(visit(page, large))):
        assert programs(panel) == EVERYWHERE
        expect(panel.locator(".unreachable")).to_contain_text("cannot reach this address")
        assert shown_address(panel) == "http://10.1.2.3:8000/all.ics"
    first = subscribe(page).locator(".ways > details").filter(visible=True).first
    expect(first).to_have_attribute("open", "")
    expect(first).to_contain_text("Add Calendar")
    expect(first).to_contain_text("From Internet")


def test_each_program_says_how_often_it_looks_and_thunderbird_how_it_names(page: Page, rich: RunningServer) -> None:
    panel = subscribe(visit(page, rich, "plans/many/"))
    open_everything(page)
    for program in EVERYWHERE | REACHING_OUT:
        expect(panel.locator("details", has_text=program).first).to_contain_text("It checks for changes")
    expect(panel).to_contain_text("Thunderbird names the calendar by its address")


def test_kinds_and_alarm_change_every_link_and_the_feed_behind_it(page: Page, rich: RunningServer) -> None:
    panel = subscribe(visit(page, rich, "plans/many/"))
    open_everything(page)
    assert panel.get_by_role("group", name="If none is ticked").get_by_role("checkbox").count() == 5
    panel.get_by_label("Closing", exact=True).check()
    panel.get_by_label("Alarm").select_option("1 week before")
    address = f"{PUBLIC}/plans/many.ics?kind=closing&alarm=7d"
    assert shown_address(panel) == address
    offered = links(panel)
    assert unquote(offered["Subscribe in Calendar"]) == address.replace("https:", "webcal:")
    assert offered["Open Google's page “From URL” (new tab)"] == GOOGLE
    for name in ("Add to Outlook", "Add to Outlook.com"):
        query = parse_qs(urlsplit(offered[name]).query)
        assert query == {"url": [address], "name": [f"{unquote(NAME)} (Closing)"]}
    download = panel.get_by_role("link", name="Download .ics").get_attribute("href")
    assert download == f"{base(rich)}plans/many.ics?kind=closing&alarm=7d&download"
    assert fetched(rich, f"{PUBLIC}/plans/many.svg?kind=closing&alarm=7d") == qr_code(address)
    expect(panel.locator(".qr img")).to_have_attribute("src", f"{base(rich)}plans/many.svg?kind=closing&alarm=7d")
    feed = events(fetched(rich, address))
    assert len(feed) == 16
    for event in each_of(feed.values()):
        assert str(event["CATEGORIES"].to_ical(), "utf-8") == "Closing"
        assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=7)]
    others = panel.locator("a[data-format]").evaluate_all("links => links.map(link => link.href)")
    assert len(others) == len([each for each in FORMATS.values() if each.label]) - 1
    for link in each_of(others):
        assert urlsplit(link).query == "kind=closing&alarm=7d"
        fetched(rich, link)
    milestones = json.loads(fetched(rich, f"{PUBLIC}/plans/many.json?kind=closing&alarm=7d"))["milestones"]
    assert {milestone["kind"] for milestone in milestones} == {"closing"}
    panel.get_by_label("Closing", exact=True).uncheck()
    panel.get_by_label("Alarm").select_option("none")
    assert links(panel) == LINKS


def test_what_ends_can_be_chosen_where_nothing_ends_yet(page: Page, rich: RunningServer) -> None:
    panel = subscribe(visit(page, rich, "trusts/example-trust/quiet/"))
    panel.get_by_label("Only closings, liquidations, substitutions and conversions").check()
    address = shown_address(panel)
    assert address == f"{PUBLIC}/trusts/example-trust/quiet.ics?kind=ends"
    assert events(fetched(rich, address)) == {}


@pytest.mark.parametrize("pressed", [".copy", ".address"])
def test_the_address_is_copied_and_that_is_said_beside_the_button(
    page: Page, founding_server: RunningServer, pressed: str
) -> None:
    panel = subscribe(visit(page, founding_server))
    panel.get_by_label("Only closings").check()
    panel.locator(pressed).click()
    expect(panel.locator(".copy + .copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base(founding_server)}all.ics?kind=ends"


def test_googles_page_opens_with_the_address_copied(context: BrowserContext, page: Page, rich: RunningServer) -> None:
    panel = subscribe(visit(page, rich, "plans/many/"))
    context.route(f"{GOOGLE}**", lambda route: route.fulfill(body="Google's page"))
    panel.get_by_text("Google Calendar", exact=True).click()
    with context.expect_page() as opened:
        panel.get_by_role("link", name="Open Google's page").click()
    assert opened.value.url == GOOGLE
    opened.value.close()
    page.bring_to_front()
    expect(panel.locator(".copy + .copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{PUBLIC}/plans/many.ics"
    context.unroute(f"{GOOGLE}**")


def test_copy_selects_the_address_where_pages_may_not_use_the_clipboard(
    page: Page, founding_server: RunningServer
) -> None:
    # Browsers keep the clipboard from sites without TLS.
    panel = subscribe(visit(page, founding_server, host="calendars.example.com"))
    panel.locator(".copy").click()
    expect(panel.locator(".copy + .copied")).to_contain_text("Ctrl+C")
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
    ((tag, attributes),) = Snippet(page.locator(".snippet").inner_text()).tags
    assert (tag, attributes["src"]) == ("iframe", f"{PUBLIC}/embed/agenda/{address}/")
    assert attributes["title"] == f"{SCRIPT} (EST)"


def test_the_snippet_follows_what_is_chosen_and_a_preview_shows_it(page: Page, founding_server: RunningServer) -> None:
    panel = subscribe(visit(page, founding_server))
    page.get_by_label("Follow Lazard Mid-Cap (MIST)").check()
    panel.get_by_label("Only closings").check()
    panel.locator(".embedding summary").click()
    panel.get_by_label("Look").select_option("timeline")
    panel.get_by_label("Colours").select_option("dark")
    panel.locator(".copy-snippet").click()
    expect(panel.locator(".copy-snippet + .copied")).to_have_text("Copied.")
    ((_, attributes),) = Snippet(page.evaluate("navigator.clipboard.readText()")).tags
    path = "embed/timeline/selection/?feed=trusts/met-investors-series-trust/lazard-mid-cap&kind=ends&theme=dark"
    assert attributes["src"] == base(founding_server) + path
    preview = page.frame_locator(".preview")
    expect(preview.locator(".track")).to_have_count(1)
    expect(preview.locator("html")).to_have_attribute("data-theme", "dark")
