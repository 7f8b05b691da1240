"""What an event says, and on which day or hour it stands."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feeds
from calfeed.reading.folder import load
from tests.support import data_folder, plan_of


def events(folder: Path, plan: str) -> tuple[Event, ...]:
    """The events of a plan."""
    return tuple(Feeds(load(data_folder(folder, {"plans/plan.yaml": plan}))).feed("all").events)


def test_a_document_without_a_day_gives_its_month_in_texts_alone(tmp_path: Path) -> None:
    plan = plan_of({"closing": "April 28, 2031"}, "Example A Portfolio", dated="December 2030")
    (event,) = events(tmp_path, plan)
    assert "Information as of December 2030; the filing governs." in event.description
    assert event.revised == date(2030, 12, 1)


@pytest.mark.parametrize(
    ("date_in_words", "hour"),
    [("by 4:00 p.m. Eastern on April 3, 2031", 19), ("no earlier than April 3, 2031 at 4:00 p.m. Eastern", 20)],
)
def test_the_hour_that_is_shown_is_one_that_the_words_allow(tmp_path: Path, date_in_words: str, hour: int) -> None:
    plan = plan_of({"last redemption": date_in_words}, "Example A Portfolio")
    (event,) = events(tmp_path, plan)
    assert event.start == datetime(2031, 4, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date_in_words", "firm"),
    [
        ("by April 3, 2031", "a limit: not later, perhaps earlier"),
        ("expected by April 3, 2031", "expected not later, perhaps earlier"),
        ("on or before April 3, 2031 (estimated)", "expected not later, perhaps earlier"),
        ("expected no earlier than April 2031", "expected not earlier, perhaps later"),
        ("expected within 30 days after the special meeting", "derived; expected not later, perhaps earlier"),
        ("April 3 or April 4, 2031", "a window: the source does not say which day of it"),
    ],
)
def test_a_limit_that_is_expected_is_no_promise(tmp_path: Path, date_in_words: str, firm: str) -> None:
    plan = plan_of({"special meeting": "March 4, 2031", "closing": date_in_words}, "Example A Portfolio")
    *_, closing = events(tmp_path, plan)
    assert f"\nHow firm: {firm}\n" in closing.description


@pytest.mark.parametrize("words", ["change", "to change", "Changes"])
def test_a_date_that_is_subject_to_change_says_so(tmp_path: Path, words: str) -> None:
    plan = plan_of({"closing": f'{{date: "April 3, 2031", subject to: {words}}}'}, "Example A Portfolio")
    (event,) = events(tmp_path, plan)
    assert event.summary.endswith("(subject to change)")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("fractional redemption", "Acquirer's fractions redeemed"),
        ("regulatory approval", "Acquirer's regulator approval"),
        ("instruction deadline", "Acquirer's instructions due"),
        ("sec order", "Acquirer's SEC order"),
        ("n-14 filing", "Acquirer's N-14 filing"),
    ],
)
def test_the_acquirers_milestone_has_its_kind_in_small_letters(tmp_path: Path, kind: str, title: str) -> None:
    plan = plan_of(
        {kind: '{date: "April 3, 2031", of: acquiring}'}, "Example A Portfolio", acquiring="Example B Portfolio"
    )
    (event,) = events(tmp_path, plan)
    assert event.summary.startswith(f"{title}: ")


def test_what_is_counted_from_a_later_source_is_information_as_of_that_source(tmp_path: Path) -> None:
    plan = """\
trust: Example Trust
sources:
  letter: {title: Letter, dated: January 2031}
  supplement: {title: Supplement, dated: "March 3, 2031"}
reorganizations:
  - target: Example A Portfolio
milestones:
  liquidation: {date: "April 28, 2031", source: supplement}
  last purchase: 2 days before the liquidation
"""
    counted, _ = events(tmp_path, plan)
    assert counted.sequence == 0
    assert "Information as of March 3, 2031; the filing governs.\nSource: Letter (January 2031)" in counted.description
