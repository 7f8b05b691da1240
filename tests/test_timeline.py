"""The timeline's geometry: where each milestone stands on the axis, how it is drawn, and which share a row."""

from datetime import date
from pathlib import Path

import pytest

from calfeed.feeds.feeds import Feeds
from calfeed.formats.timeline import MOST_TICKS, Mark, Point, Timeline, timeline
from calfeed.model.when import Dated
from calfeed.reading.folder import load
from calfeed.reading.phrases import read_phrase
from tests.support import FOUNDING, data_folder, trust_of

DATA = {
    "trusts/example-trust.yaml": trust_of(a="A Portfolio", b="B Portfolio", c="C Portfolio"),
}
SOURCES = """\
sources:
  first: {title: First, dated: "March 3, 2031"}
  second: {title: Second, dated: "May 5, 2031"}
"""
AFTERWARDS = '  third: {title: Third, dated: "June 30, 2031"}\n'
"""A source that can tell what took place in the middle of June."""
ONE = "reorganizations: [{target: A Portfolio, acquiring: B Portfolio}]\n"
# The axis of these is June 2031: thirty days, so that ten of them are a third.
ANCHORED = f"{SOURCES}{ONE}milestones:\n  announcement: June 1, 2031\n"


def drawn(folder: Path, plan: str) -> Timeline:
    """The timeline of a plan."""
    feeds = Feeds(load(data_folder(folder, DATA | {"plans/plan.yaml": plan})))
    return timeline(feeds.feed("plans/plan").entries)


def points(picture: Timeline) -> dict[str, Point]:
    """The points of a timeline of one row, by the milestone."""
    (row,) = picture.rows
    return {point.milestone.slug: point for point in row.points}


def closing(folder: Path, lines: str) -> Point:
    """The point of a closing of which some lines of YAML say all."""
    body = "".join(f"    {line}\n" for line in lines.splitlines())
    return points(drawn(folder, f"{ANCHORED}  closing:\n{body}"))["closing"]


def test_a_stated_day_that_may_change_is_drawn_open(tmp_path: Path) -> None:
    assert closing(tmp_path, "date: June 16, 2031\nsubject to: change").mark is Mark.OPEN


@pytest.mark.parametrize(
    ("phrase", "mark", "x", "width"),
    [
        ("June 16, 2031", Mark.SOLID, 50, 0),
        ("June 30, 2031", Mark.SOLID, 96.67, 0),
        ("after the close of business on June 16, 2031", Mark.SOLID, 50, 0),
        ("June 16, 2031 at 10:00 p.m. Eastern", Mark.SOLID, 50, 0),
        ("on or about June 16, 2031", Mark.OPEN, 50, 0),
        ("no later than June 16, 2031", Mark.OPEN, 50, 0),
        ("no earlier than June 16, 2031", Mark.OPEN, 50, 0),
        ("prior to June 17, 2031", Mark.OPEN, 50, 0),
        ("June 16-18, 2031", Mark.BAR, 50, 10),
        ("week of June 16, 2031", Mark.BAR, 50, 16.67),
        ("late June 2031", Mark.BAR, 66.67, 33.33),
        ("June 2031", Mark.BAR, 0, 100),
    ],
)
def test_a_date_is_drawn_where_it_is_and_as_firm_as_it_is(
    tmp_path: Path, phrase: str, mark: Mark, x: float, width: float
) -> None:
    point = closing(tmp_path, f"date: {phrase}")
    assert (point.mark, point.x, point.width) == (mark, x, width)
    assert (point.cancelled, point.was) == (False, None)


def test_a_window_ends_the_axis_with_its_last_month(tmp_path: Path) -> None:
    picture = drawn(tmp_path, f"{ANCHORED}  closing: fourth quarter of 2031\n")
    assert (picture.start, picture.end) == (date(2031, 6, 1), date(2032, 1, 1))
    assert points(picture)["closing"].x + points(picture)["closing"].width == pytest.approx(100)


@pytest.mark.parametrize(
    ("previously", "was"),
    [
        ("June 7, 2031", 20),
        ("['on or about June 25, 2031', 'June 7, 2031']", 80),
        ("['cancelled', 'June 7, 2031']", 20),
        ("['to be announced', 'June 7, 2031']", 20),
        ("June 7-9, 2031", 20),
    ],
    ids=["once", "twice", "revived", "deferred and set again", "from several days"],
)
def test_a_moved_milestone_shows_where_it_last_stood(tmp_path: Path, previously: str, was: float) -> None:
    point = closing(tmp_path, f"date: June 16, 2031\npreviously: {previously}\nsource: second")
    assert (point.x, point.was, point.cancelled) == (50, was, False)


def test_the_axis_reaches_back_to_the_old_day(tmp_path: Path) -> None:
    lines = "  closing: {date: 'June 16, 2031', previously: 'April 28, 2031', source: second}\n"
    assert drawn(tmp_path, ANCHORED + lines).start == date(2031, 4, 1)


@pytest.mark.parametrize("previously", ["to be announced", "cancelled"])
def test_a_milestone_that_had_no_day_before_has_not_moved(tmp_path: Path, previously: str) -> None:
    assert closing(tmp_path, f"date: June 16, 2031\npreviously: {previously}\nsource: second").was is None


def test_a_day_that_became_firm_has_not_moved(tmp_path: Path) -> None:
    lines = "date: June 16, 2031\npreviously: ['on or about June 16, 2031']\nsource: second"
    assert closing(tmp_path, lines).was is None


def test_a_closing_that_took_place_on_its_day_has_not_moved(tmp_path: Path) -> None:
    completed = "completed: {source: third, date: 'June 16, 2031'}\n"
    milestones = f"{ONE}milestones:\n  announcement: June 1, 2031\n  closing: on or about June 16, 2031\n"
    point = points(drawn(tmp_path, f"{SOURCES}{AFTERWARDS}{completed}{milestones}"))["closing"]
    assert (point.mark, point.x, point.was) == (Mark.SOLID, 50, None)


def test_a_cancelled_milestone_is_crossed_where_it_was_to_be(tmp_path: Path) -> None:
    point = closing(tmp_path, "date: on or about June 16, 2031\ncancelled: {source: second}")
    assert (point.mark, point.x, point.cancelled) == (Mark.OPEN, 50, True)


def test_a_deferred_milestone_is_crossed_on_its_last_known_day(tmp_path: Path) -> None:
    point = closing(tmp_path, "date: until further notice\npreviously: June 16, 2031\nsource: second")
    assert (point.mark, point.x, point.cancelled, point.was) == (Mark.SOLID, 50, True, None)


def test_an_undated_milestone_is_listed_and_not_drawn(tmp_path: Path) -> None:
    (row,) = drawn(tmp_path, f"{ANCHORED}  closing: to be announced\n").rows
    assert [milestone.slug for milestone in row.milestones] == ["announcement", "closing"]
    assert [point.milestone.slug for point in row.points] == ["announcement"]


def test_a_plan_without_any_day_has_rows_and_no_points(tmp_path: Path) -> None:
    (row,) = drawn(tmp_path, f"{SOURCES}{ONE}milestones: {{closing: to be announced}}\n").rows
    assert ([milestone.slug for milestone in row.milestones], row.points) == (["closing"], ())


def test_nothing_has_no_rows() -> None:
    assert timeline([]).rows == ()


def test_milestones_stand_by_date(tmp_path: Path) -> None:
    lines = "  closing: June 20, 2031\n  special meeting: June 10, 2031\n  record date: June 5, 2031\n"
    assert list(points(drawn(tmp_path, ANCHORED + lines))) == [
        "announcement", "record-date", "special-meeting", "closing",
    ]  # fmt: skip


def test_reorganizations_that_share_all_their_days_share_a_row() -> None:
    (row,) = timeline(Feeds(load(FOUNDING)).feed("plans/met-investors-2007-12").entries).rows
    assert row.parties == [
        "Batterymarch Mid-Cap Stock → Lazard Mid-Cap (MIST)", "MFS Value (MIST) → MFS Value (MSF)",
    ]  # fmt: skip
    assert [milestone.slug for milestone in row.milestones] == [
        "board-approval", "record-date", "announcement", "proxy-mailing", "special-meeting", "closing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "differs",
    [
        "milestones: {closing: 'June 17, 2031'}",
        "milestones: {closing: 'on or about June 16, 2031'}",
        "milestones: {closing: not applicable}",
        "milestones: {record date: 'June 5, 2031'}",
        "cancelled: {source: second}",
        "completed: {source: third, date: 'June 16, 2031'}",
    ],
    ids=["another day", "another firmness", "one fewer", "one more", "cancelled", "completed"],
)
def test_what_differs_has_a_row_of_its_own(tmp_path: Path, differs: str) -> None:
    reorganizations = f"""\
reorganizations:
  - target: A Portfolio
    acquiring: B Portfolio
    {differs}
  - {{target: C Portfolio, acquiring: B Portfolio}}
milestones:
  announcement: June 1, 2031
  closing: June 16, 2031
"""
    rows = drawn(tmp_path, SOURCES + AFTERWARDS + reorganizations).rows
    assert [[each.target.id for each in row.reorganizations] for row in rows] == [["a"], ["c"]]


@pytest.mark.parametrize(
    "last",
    [
        "June 2, 2031", "October 31, 2031", "November 1, 2031", "May 31, 2032", "June 30, 2033", "May 5, 2041",
        "December 31, 2050", "July 1, 2100", "December 31, 2199",
    ],
)  # fmt: skip
def test_the_axis_is_whole_months_with_few_ticks_however_long_it_is(tmp_path: Path, last: str) -> None:
    picture = drawn(tmp_path, f"{ANCHORED}  closing: {last}\n")
    when = read_phrase(last)
    assert isinstance(when, Dated)
    day = when.last
    assert (picture.start, picture.end.day) == (date(2031, 6, 1), 1)
    assert 1 <= (picture.end - day).days <= 31
    at = [x for x, _ in picture.ticks]
    assert 1 <= len(at) <= MOST_TICKS
    assert picture.ticks[0] == (0, "Jun 2031")
    assert at == sorted(set(at))
    assert at[-1] < 100
    assert 0 < points(picture)["closing"].x <= 100


def test_ticks_stand_where_their_months_begin(tmp_path: Path) -> None:
    picture = drawn(tmp_path, f"{SOURCES}{ONE}milestones: {{closing: 'November 15, 2031 to April 15, 2032'}}\n")
    # Of 182 days, January begins after 61 and March after 121.
    assert picture.ticks == ((0, "Nov 2031"), (33.52, "Jan 2032"), (66.48, "Mar 2032"))


@pytest.mark.parametrize("day", ["February 1, 2031", "February 28, 2031", "February 29, 2032"])
def test_an_axis_that_ends_in_february_ends_with_it(tmp_path: Path, day: str) -> None:
    picture = drawn(tmp_path, f"{SOURCES}{ONE}milestones: {{closing: '{day}'}}\n")
    assert (picture.start.month, picture.end.month, picture.end.day) == (2, 3, 1)
    assert picture.start.year == picture.end.year


@pytest.mark.parametrize(
    ("last", "months"),
    [
        ("November 1, 2033", ["Jun 2031", "Dec 2031", "Jun 2032", "Dec 2032", "Jun 2033"]),
        ("December 1, 2033", ["Jun 2031", "Jun 2032", "Jun 2033"]),
        ("May 1, 2036", ["Jun 2031", "Jun 2032", "Jun 2033", "Jun 2034", "Jun 2035"]),
        ("June 1, 2036", ["Jun 2031", "Jun 2033", "Jun 2035"]),
        ("May 1, 2041", ["Jun 2031", "Jun 2033", "Jun 2035", "Jun 2037", "Jun 2039"]),
        ("June 1, 2041", ["Jun 2031", "Jun 2036", "Jun 2041"]),
        ("May 1, 2056", ["Jun 2031", "Jun 2036", "Jun 2041", "Jun 2046", "Jun 2051"]),
        ("June 1, 2056", ["Jun 2031", "Jun 2041", "Jun 2051"]),
    ],
)
def test_ticks_are_the_shortest_usual_span_apart_that_makes_few_of_them(
    tmp_path: Path, last: str, months: list[str]
) -> None:
    picture = drawn(tmp_path, f"{ANCHORED}  closing: {last}\n")
    assert [label for _, label in picture.ticks] == months
