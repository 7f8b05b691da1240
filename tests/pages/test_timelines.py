"""The drawn timeline: nothing covers anything, each sort of date has its mark, and the words say what it shows."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.sites import base
from tests.support import RunningServer, each_of, if_any

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
            for other in if_any(texts[number + 1 :]):
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
            "Board approval Wednesday, November 6, 2030",
            "Record date Monday, December 2 to Wednesday, December 4, 2030",
            "Proxy mailing week of January 20, 2031 (Monday, January 20 to Friday, January 24, 2031), expected",
            "Special meeting Thursday, February 27, 2031",
            "Last day for <orders> no later than Monday, March 31, 2031",
            "Valuation second quarter of 2031 (Tuesday, April 1 to Monday, June 30, 2031), expected",
            "Delisting deferred, no new date; was Monday, May 5, 2031",
            "Closing Monday, May 19, 2031, on or about, moved from Monday, April 28, 2031, on or about; depends on "
            "shareholder approval",
        ]
    )
    expect(cancelled.get_by_role("listitem").last).to_have_text(
        "Closing cancelled; was Monday, May 19, 2031, on or about, moved from Monday, April 28, 2031, on or about"
    )
    expect(completed).to_contain_text("Closing Friday, February 28, 2031")


def test_each_sort_of_milestone_is_drawn_in_its_way(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/moved/")
    first, cancelled, _ = plain_page.locator(".timeline .row").all()

    def drawn(row: Locator, milestone: str) -> list[str]:
        shapes = row.get_by_role("listitem").filter(has_text=milestone).locator(".track [class]:not(.base, .tick)")
        return shapes.evaluate_all("shapes => shapes.map(shape => shape.getAttribute('class'))")  # type: ignore[no-any-return]  # of strings

    assert drawn(first, "Board approval") == ["solid"]
    assert drawn(first, "Record date") == ["bar-mark"]
    assert drawn(first, "Last day") == ["open"]
    assert drawn(first, "Closing") == ["move", "old", "head", "open"]
    assert drawn(first, "Delisting") == ["solid", "cross"]
    assert drawn(cancelled, "Valuation") == ["bar-mark", "cross"]


def test_sixteen_targets_that_share_their_days_are_one_row(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/many/")
    rows = plain_page.locator(".timeline .row-parties").all_inner_texts()
    assert sorted("Target Series 16" in row for row in rows) == [False, True]
