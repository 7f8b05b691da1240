"""The day on which a plan was announced: no earlier day of what the plan brings, and it makes no other day doubtful."""

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_softness import CLOSES, HEAD

ANNOUNCED = [
    f"As previously announced on March 4, 2030, {CLOSES}.",
    "The reorganization, which was first announced on March 4, 2030, will close on August 26, 2030.",
    f"As disclosed in a supplement on March 4, 2030, {CLOSES}.",
    "The reorganization was announced on March 4, 2030 and will close on August 26, 2030.",
]


@pytest.mark.parametrize("text", ANNOUNCED)
def test_the_day_of_an_announcement_is_left_out_and_the_other_one_placed(text: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    assert [(each.kind.name, each.previously) for each in draft.placed if each.kind][1:] == [("closing", ())]
    assert draft.to_decide == []
    assert [each.reason for each in draft.left_out] == ["the date of another document"]


def test_what_was_announced_for_a_day_is_an_earlier_day() -> None:
    text = (
        "The closing of the reorganization, previously announced for July 29, 2030, has been moved to August 26, 2030."
    )
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    assert [each.words for milestone in draft.placed for each in milestone.previously] == ["July 29, 2030"]
