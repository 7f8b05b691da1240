"""Plans written from real documents say, event by event, what the documents say.

The expected events of a scenario stand in its `expected.txt`: the first day of each event and its title, in the
order of the feed of all events.
"""

from pathlib import Path

import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.reading.folder import load
from tests.gate import Seen, conformant

SCENARIOS = Path(__file__).parent / "scenarios"
MONTH_VIEW = 25
"""The characters of a SUMMARY that a month view shows."""
EXPECTED = sorted(SCENARIOS.glob("*/expected.txt"))


def events_of(scenario: Path) -> list[Seen]:
    found = Resources(load(scenario)).find("/all.ics", Choice())
    assert found is not None
    return conformant(found.body)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.parent.name)
def test_a_plan_from_a_real_document_has_the_events_of_the_document(expected: Path) -> None:
    said = [f"{event.start.isoformat()[:10]} {event.summary}" for event in events_of(expected.parent)]
    assert said == expected.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.parent.name)
def test_a_month_view_shows_three_letters_of_a_fund_in_nine_of_ten_events(expected: Path) -> None:
    shown = []
    for event in events_of(expected.parent):
        title, _, _ = event.summary.removeprefix("~ ").partition(": ")
        if not title.startswith(("Both funds'", "Acquirer's", "Target's")):  # these say whose it is instead
            behind = event.summary.partition(": ")[2]
            room = MONTH_VIEW - (len(event.summary) - len(behind))
            shown.append(len(behind[: max(room, 0)]) >= 3)
    assert sum(shown) >= 0.9 * len(shown)


def test_a_meeting_adjourned_three_times_is_one_event_with_its_history() -> None:
    *_, meeting = events_of(SCENARIOS / "adjourned-three-times")
    assert meeting.sequence == 3
    assert "Earlier, latest first: July 6, 2001; June 26, 2001; May 29, 2001 at 9:30 a.m. Eastern" in meeting.lines
