"""Pages in the frames of others: where they may be, what they honour, how long they are."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.pages.sites import PAGES, Elsewhere, base, reader_on, served
from tests.pages.test_access import color
from tests.pages.test_today import WITHIN
from tests.support import RunningServer, each_of


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
    expect(other.locator(".agenda li").first).to_contain_text("Purchase stop")


def test_an_agenda_begins_with_what_comes_next_and_folds_what_is_past(
    browser: Browser, rich: RunningServer, elsewhere: Elsewhere
) -> None:
    with reader_on(browser, WITHIN) as page:
        page.goto(elsewhere.at("intranet.example.com", framed(elsewhere, "still.html", rich, EMBEDDED[0])))
        (agenda,) = page.main_frame.child_frames
        expect(agenda.locator(".agenda li").first).to_contain_text("Special meeting")
        expect(agenda.locator(".agenda li").first).to_have_attribute("aria-current", "date")
        expect(agenda.locator(".earlier summary")).to_have_text("3 earlier")
        expect(agenda.locator(".earlier li").first).to_be_hidden()
        assert page.evaluate("scrollY") == 0


def test_what_is_the_same_is_folded(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}embed/agenda/plans/many/")
    lines = plain_page.locator(".agenda li")
    expect(lines).to_have_count(6)
    expect(lines.filter(has_text="Special meeting")).to_contain_text("and 15 more")


MANY_STEPS = {
    "trusts/example-trust.yaml": "name: Example Trust\nportfolios: {alpha: Alpha Portfolio, beta: Beta Portfolio}\n",
    "plans/steps.yaml": """\
trust: Example Trust
sources: {letter: {title: A letter, dated: "January 7, 2031"}}
reorganizations: [{target: Alpha, acquiring: Beta}]
milestones:
  closing: May 30, 2031
"""
    + "".join(f"  Step {n}: {{kind: delisting, date: to be announced}}\n" for n in range(1, 204)),
}


def test_no_number_of_milestones_without_a_day_hides_one_that_has_a_day(plain_page: Page, tmp_path: Path) -> None:
    with served(tmp_path, "", MANY_STEPS) as server:
        plain_page.goto(f"{base(server)}embed/agenda/all/")
        expect(plain_page.locator(".agenda li").first).to_contain_text("Friday, May 30, 2031")
        expect(plain_page.locator(".agenda li")).to_have_count(1 + 200)
        expect(plain_page.locator("main")).to_contain_text("And 3 more without a day")
        expect(plain_page.locator("main")).not_to_contain_text("earlier")


GIVEN_UP = {
    "trusts/example-trust.yaml": MANY_STEPS["trusts/example-trust.yaml"],
    "plans/merger.yaml": """\
title: The merger of 2031
trust: Example Trust
sources: {letter: {title: A letter, dated: "January 7, 2031"}, notice: {title: A notice, dated: "March 7, 2031"}}
reorganizations: [{target: Alpha, acquiring: Beta}]
milestones: {closing: "May 30, 2031"}
cancelled: {source: notice, reason: the boards ended it}
""",
}


def test_an_embedded_timeline_says_who_becomes_what_and_that_it_is_off(plain_page: Page, tmp_path: Path) -> None:
    with served(tmp_path, "", GIVEN_UP) as server:
        plain_page.goto(f"{base(server)}embed/timeline/plans/merger/")
        expect(plain_page.locator("main")).to_contain_text("Alpha → Beta (Example Trust)")
        expect(plain_page.locator("main")).to_contain_text("Cancelled: the boards ended it.")


def test_an_embed_honours_kinds_and_exists_for_a_selection(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}embed/agenda/plans/many/?kind=ends")
    expect(plain_page.locator(".agenda li")).to_have_count(2)
    plain_page.goto(f"{base(rich)}embed/agenda/selection/?feed=trusts/example-trust/mid-cap&feed=plans/undated")
    expect(plain_page.locator("h1")).to_contain_text("Mid Cap Growth (EST)")
    expect(plain_page.locator(".agenda li")).to_have_count(3)  # the last has no date yet
    plain_page.goto(f"{base(rich)}embed/timeline/selection/?feed=trusts/example-trust/mid-cap&kind=liquidation")
    expect(plain_page.locator(".track")).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "status"),
    [("agenda/plans/many/?kind=clsoing", 400), ("agenda/all/?theme=pink", 400), ("agenda/selection/?feed=nobody", 404)],
)
def test_an_embed_that_cannot_be_says_why(free_page: Page, rich: RunningServer, path: str, status: int) -> None:
    answer = free_page.goto(f"{base(rich)}embed/{path}")
    assert answer is not None
    assert answer.status == status


@pytest.mark.parametrize(("query", "is_dark"), [("", False), ("?theme=light", False), ("?theme=dark", True)])
def test_the_theme_decides_on_the_colours_and_not_the_readers_system(
    browser: Browser, rich: RunningServer, query: str, is_dark: bool
) -> None:
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme) as context, context.new_page() as page:
            page.goto(f"{base(rich)}embed/agenda/plans/many/{query}")
            assert (color(page, "body", "backgroundColor") < 0.1) == is_dark


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
        "2007-11-07": "Board approval: {}", "2007-11-30": "Record date: {}", "2007-12-14": "Announcement: {}",
        "2008-01-17": "~ Proxy mailing: {} (on or about)", "2008-02-28": "Special meeting: {}",
        "2008-04-28": "~ Closing: {} (on or about)",
    }  # fmt: skip
    assert shown == [line for day, what in days.items() for line in (day, what.format(lazard), what.format(value))]
