"""The date that a filing bears, and what a draft calls the filing."""

from datetime import date

import pytest

from calfeed.filings.draft import draft_of
from calfeed.filings.drafted import Draft
from calfeed.filings.opening import read_filing
from calfeed.filings.writing import as_document, as_yaml

MERGER = "The merger of Arden Bond Fund into Arden Income Fund will take effect on February 27, 2026.\n"


def drafted(text: str, name: str = "filing.txt") -> Draft:
    """The draft of a text."""
    return draft_of(read_filing(text.encode(), name))


@pytest.mark.parametrize("words", ["12/01/2026", "[January 12], 2026"])
def test_a_day_that_is_not_certain_is_not_written_as_that_of_the_filing(words: str) -> None:
    draft = drafted(f"ARDEN FUNDS\nSupplement dated {words}\n\n{MERGER}")
    assert draft.bears is None
    assert "# TO DECIDE: Which day does the document bear?" in as_yaml(draft, None)
    assert "    # dated: \n" in as_yaml(draft, None)
    assert as_document(draft)["source"] == {"title": f"Supplement dated {words}", "dated": None}


def test_a_day_in_numbers_that_is_one_day_is_that_of_the_filing() -> None:
    assert drafted(f"Luxembourg, 27/01/2026\n\n{MERGER}").bears == date(2026, 1, 27)


def test_a_filing_without_a_date_has_no_title_that_names_a_folder() -> None:
    assert "    title: arden.txt\n" in as_yaml(drafted(MERGER, "/home/someone/filings/arden.txt"), None)
