"""For everyone: by keyboard, at any width, light, dark, in forced colours, printed, and by axe's rules."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.sites import base, each_page, open_everything, reader_on, subscribe, visit
from tests.pages.test_search import found
from tests.pages.test_today import WITHIN
from tests.support import RunningServer

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

FOCUSED = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const {left, right, top, bottom} = element.getBoundingClientRect();
    return {
        index: [...document.querySelectorAll("a[href], button, input, select, summary")].indexOf(element),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        frame: element.tagName === "IFRAME",
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
        if focused["frame"]:  # what is in it has its own test
            continue
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
    tab_to(subscribe(page).get_by_label("Only closings"))
    page.keyboard.press("Space")
    tab_to(subscribe(page).locator(".copy"))
    page.keyboard.press("Enter")
    expect(subscribe(page).locator(".copy + .copied")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{base(founding_server)}selection.ics?feed=trusts/metropolitan-series-fund/mfs-value&kind=ends"


# --- small, dark, printed, and for everyone --------------------------------------------------------------------------


@each_page
def test_no_page_scrolls_sideways(page: Page, rich: RunningServer, path: str) -> None:
    open_everything(visit(page, rich, path))
    if path == "":
        found(page, "unbreakably")
        page.locator(".found .tick").check()
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["trusts/long-trust/long/", "trusts/long-trust/", "plans/moved/"])
def test_a_name_without_a_space_is_broken_in_headings_too(page: Page, rich: RunningServer, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    visit(page, rich, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


GROWN = """() => {
    const hasText = each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const sizes = () => [...document.querySelectorAll("body *")]
        .filter(each => each.checkVisibility() && hasText(each))
        .map(each => [each, parseFloat(getComputedStyle(each).fontSize)]);
    const before = new Map(sizes());
    document.documentElement.style.fontSize = "200%";
    return sizes().filter(([each, size]) => size < 1.9 * before.get(each)).map(([each]) => each.outerHTML.slice(0, 80));
}"""


@each_page
def test_all_text_grows_with_the_letters_that_a_reader_has_chosen(page: Page, rich: RunningServer, path: str) -> None:
    open_everything(visit(page, rich, path))
    page.set_viewport_size({"width": 640, "height": 900})
    assert page.evaluate(GROWN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


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


@each_page
def test_in_forced_colours_everything_is_seen(browser: Browser, rich: RunningServer, path: str) -> None:
    with browser.new_context(forced_colors="active") as context, context.new_page() as page:
        visit(page, rich, path)
        canvas = page.locator("body").evaluate("element => getComputedStyle(element).backgroundColor")
        for selector in ("h1", ".answer-lead", ".solid", ".follow", ".bar-mark"):
            shown = page.locator(selector).filter(visible=True)
            if shown.count():
                name = "fill" if selector == ".solid" else "stroke" if selector == ".bar-mark" else "color"
                seen = shown.first.evaluate("(element, name) => getComputedStyle(element)[name]", name)
                assert seen != canvas, selector


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
def test_what_the_empty_search_says_can_be_read(
    page: Page, rich: RunningServer, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page, rich)
    said = page.locator("#search").evaluate("element => getComputedStyle(element, '::placeholder').color")
    dark, light = sorted([luminance(said), color(page, "#search", "backgroundColor")])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_on_a_phone_how_firm_a_date_is_has_its_name_beside_it(page: Page, rich: RunningServer) -> None:
    visit(page, rich, "plans/moved/")
    firm = page.locator(".milestones td:last-child").first
    before = "element => getComputedStyle(element, '::before').content"
    assert firm.evaluate(before) == "none"
    page.set_viewport_size({"width": 390, "height": 844})
    assert firm.evaluate(before) == '"How firm: "'


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_dark_on_paper_and_leaves_out_what_cannot_be_pressed(
    page: Page, rich: RunningServer, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in ("", "plans/moved/"):
        page.emulate_media(media="screen")
        visit(page, rich, path)
        page.emulate_media(media="print")
        assert page.locator("button, input, select, .panel, .skip, .jump, .bar").filter(visible=True).count() == 0
    for selector in ("body", ".label", ".standing.off", ".answer-lead", "figcaption"):
        assert color(page, selector, "color") < 0.2
    expect(page.locator(".timeline")).to_be_visible()
    expect(page.locator(".milestones").last).to_be_visible()


def test_a_portfolio_of_six_dates_prints_on_one_page_with_its_addresses(
    browser: Browser, founding_server: RunningServer
) -> None:
    path = "trusts/metropolitan-series-fund/mfs-value/"
    with reader_on(browser, WITHIN) as page:
        visit(page, founding_server, path)
        page.emulate_media(media="print")
        printed = page.pdf(format="Letter")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        expect(page.locator(".printed")).to_have_text(
            f"{base(founding_server)}{path}, printed on Thursday, February 27, 2031"
        )
        source = page.locator(".sources a").evaluate("link => getComputedStyle(link, '::after').content")
        assert "https://www.sec.gov/Archives/edgar/data/1126087/000090873707000423/supp.txt" in source


def test_a_tall_panel_can_be_read_to_its_end_beside_a_long_page(page: Page, rich: RunningServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    visit(page, rich, "plans/moved/")
    last = subscribe(page).locator("summary").last
    page.mouse.move(*centre(subscribe(page).locator("h2")))
    for _ in range(12):
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(50)
        box = last.bounding_box()
        if box and box["y"] + box["height"] <= 600:
            break
    expect(last).to_be_in_viewport()


def centre(locator: Locator) -> tuple[float, float]:
    """Where to point for an element."""
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
