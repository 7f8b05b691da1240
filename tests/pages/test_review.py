"""The page on which a draft is reviewed: one file, links from the filing to the plan and back, for everyone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.opening import read_filing
from calfeed.formats.review import review_page
from tests.pages.test_access import AXE, CONTRAST, FOCUSED, GROWN, RULES
from tests.support import ROOT, each_of, run

FILINGS = ROOT / "tests" / "filings"
TABLES = FILINGS / "others" / "63-kentmere-substitutions.txt"
HOSTILE = """\
BLUE RIVER TRUST

Supplement dated May 1, 2031

The Board of Trustees of Blue River Trust approved the reorganization of Blue River Bond Fund into Blue River Income
Fund. It is expected to close on or about August 4, 2031 <script>alert(1)</script> & "so" on.
"""


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page for a filing with a table, two trusts, and dates of all channels."""
    draft = draft_of(read_filing(TABLES.read_bytes(), TABLES.name))
    assert draft.placed
    assert draft.to_decide
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_bytes(review_page(draft, None))
    return path


def opened(page: Page, path: Path) -> Page:
    """Open a page from its file."""
    page.goto(path.as_uri())
    return page


def test_each_date_leads_to_what_became_of_it_and_back(plain_page: Page, review: Path) -> None:
    page = opened(plain_page, review)
    dates = page.locator(".filing a.date")
    for number in each_of(range(dates.count())):
        date = dates.nth(number)
        anchor = date.get_attribute("id")
        channel = (date.get_attribute("class") or "").split()[-1]
        date.click()
        there = page.locator(":target")
        expect(there).to_be_in_viewport()
        expect(there).to_have_class(f"part {channel}")
        there.locator("a").first.click()
        expect(page.locator(":target")).to_have_id(anchor or "")
        expect(page.locator(":target")).to_be_in_viewport()


def test_the_page_holds_the_whole_filing_and_the_whole_plan(plain_page: Page, review: Path) -> None:
    page = opened(plain_page, review)
    plan = "\n".join(page.locator(".plan pre").all_inner_texts())
    shown = run("draft", TABLES, "--data", ROOT / "data").stdout
    assert plan.split("\n")[1:20] == shown.split("\n")[1:20]
    words = " ".join(page.locator(".filing").inner_text().split())
    assert "written confirmation" in words
    assert page.locator(".filing .placed").count() > 0
    assert page.locator(".filing .to-decide").count() > 0
    assert page.locator(".filing .left-out").count() > 0


def test_it_asks_for_nothing_and_runs_nothing(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "review.html"
    path.write_bytes(review_page(draft_of(read_filing(HOSTILE.encode(), "a <b>.txt")), None))
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    opened(page, path)
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert page.locator("script, img, iframe").count() == 0
    assert 'August 4, 2031 closing <script>alert(1)</script> & "so" on.' in page.locator(".filing").inner_text()


def test_everything_is_reached_by_keyboard_and_axe_finds_nothing(page: Page, review: Path, packages: Path) -> None:
    opened(page, review)
    links = page.locator("a[href]").count()
    for _ in each_of(range(links + 2)):  # both sides can be scrolled by keyboard, too
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["outline"] >= 2
        assert focused["seen"]
    page.locator(".date").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_be_in_viewport()
    page.evaluate((packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(color_scheme="light")
        assert page.evaluate(AXE, RULES) == []
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(AXE, CONTRAST) == []
    assert page.evaluate(GROWN) == []


def test_the_command_writes_the_page_into_a_new_file_alone(tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    done = run("draft", TABLES, "--data", ROOT / "data", "--review", out)
    assert done.returncode == 1
    assert f"Wrote {out}. Open it in a browser." in done.stderr
    assert out.read_bytes().startswith(b"<!doctype html>")
    again = run("draft", TABLES, "--data", ROOT / "data", "--review", out)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already: name a new file" in again.stderr
