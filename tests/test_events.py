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
