"""Everything works without script, and on a host that only has files."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.addresses.static import static_files
from calfeed.reading.folder import load
from tests.pages.sites import RICH, SITE, Elsewhere, base, each_page, events, fetched, subscribe, visit
from tests.pages.test_search import found
from tests.support import RunningServer, make_folder


@each_page
def test_without_script_nothing_is_offered_that_needs_it(plain_page: Page, rich: RunningServer, path: str) -> None:
    plain_page.goto(base(rich) + path)
    expect(plain_page.locator("h1")).to_be_visible()
    assert plain_page.locator("button, input, select").filter(visible=True).count() == (
        2 if path == "" else 0
    )  # the search
    expect(plain_page.locator(".bar, .follow, .tick, .choice").filter(visible=True)).to_have_count(0)
    links = plain_page.locator("a").filter(visible=True)
    assert links.evaluate_all("links => links.filter(link => !link.href).length") == 0


def test_without_script_a_feed_is_downloaded(plain_page: Page, founding_server: RunningServer) -> None:
    plain_page.goto(f"{base(founding_server)}plans/met-investors-2007-12/")
    with plain_page.expect_download() as download:
        plain_page.get_by_text("Download a copy").click()
        plain_page.get_by_role("link", name="Download .ics").click()
    assert download.value.suggested_filename == "plans-met-investors-2007-12.ics"
    assert download.value.path().read_bytes() == fetched(founding_server, "/plans/met-investors-2007-12.ics")


def test_without_script_a_snippet_without_an_absolute_address_is_not_offered(
    plain_page: Page, founding_server: RunningServer
) -> None:
    plain_page.goto(base(founding_server))
    for summary in plain_page.locator(".embedding summary").filter(visible=True).all():
        summary.click()
    expect(plain_page.locator(".snippet")).to_be_hidden()
    expect(plain_page.locator(".address")).to_have_text("this page's address and “all.ics”")


def test_a_search_that_a_static_host_does_not_carry_out_says_so(
    without_script: BrowserContext, page: Page, rich: RunningServer, elsewhere: Elsewhere
) -> None:
    make_folder(elsewhere.folder / "files", {"index.html": fetched(rich, "/")})
    said = "Without JavaScript, a site of static files does not search."
    with without_script.new_page() as plain_page:
        plain_page.goto(elsewhere.at("127.0.0.1", "files/"))
        plain_page.locator("#search").fill("quiet")
        plain_page.get_by_role("button", name="Search").click()
        plain_page.wait_for_url("**/?q=quiet")
        expect(plain_page.get_by_text(said)).to_be_visible()
        plain_page.goto(f"{base(rich)}?q=quiet")
        expect(plain_page.get_by_text(said)).to_have_count(0)
    expect(visit(page, rich).get_by_text(said)).to_be_hidden()


def test_a_static_host_serves_the_same_pages(free_page: Page, elsewhere: Elsewhere, tmp_path: Path) -> None:
    resources = Resources(load(make_folder(tmp_path, {"site.yaml": SITE} | RICH)))
    pages = ["", "plans/many/", "trusts/example-trust/quiet/"]
    for name in [*(path[1:] for path in static_files()), "search.json", "plans/many.ics", *pages]:
        found_there = resources.find(f"/{name}", Choice())
        assert found_there is not None
        file = elsewhere.folder / "site" / (f"{name}index.html" if name in pages else name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(found_there.body)
    page = free_page
    with page.expect_response("**/health") as health:
        page.goto(elsewhere.at("calendars.example.com", "site/?feed=plans/many"))
    assert health.value.status == 404
    expect(page.locator(".search-button")).to_be_hidden()
    assert found(page, "quiet") == ["site/trusts/example-trust/quiet"]
    # What takes a server is not offered, and that is said in one sentence.
    expect(page.locator(".server-only")).to_contain_text("takes calfeed's own server")
    assert page.locator(".tick, .choice, .bar, .embed-choice").filter(visible=True).count() == 0
    assert page.locator(".choice, .followed-hint").evaluate_all("all => all.map(each => each.offsetHeight)") == [0, 0]
    page.get_by_role("link", name="New: Sixteen targets").click()
    address = elsewhere.at("calendars.example.com", "site/plans/many.ics")
    expect(subscribe(page).locator(".address")).to_have_text(address)  # waits for the page behind the link
    expect(page.locator(".follow")).to_be_hidden()
    page.get_by_text("Download a copy").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download .ics").click()
    assert len(events(download.value.path().read_bytes())) == 80
