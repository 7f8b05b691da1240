"""The date that a filing bears, and what a draft calls the filing."""

from datetime import date

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.drafts.writing import as_document, as_yaml
from calfeed.filings.passages.opening import read_filing

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


@pytest.mark.parametrize(
    "line",
    [
        "Date of Report (Date of earliest event reported): January 27, 2026",
        "ASX Announcement dated 27 January 2026",
        "DATED at Toronto, Ontario, January 27, 2026.",
        "ARDEN FUNDS LIMITED\nASX Release\n27 January 2026",
        "Market announcement dated January 27, 2026",
        "Consent Solicitation Statement dated January 27, 2026",
        "Dear Shareholder:                                                   January 27, 2026",
        "January 27, 2026                                                   Dear Shareholder:",
        "QUESTIONS AND ANSWERS\ndated January 27, 2026",
        "Arden Funds\nQ&A for shareholders as of January 27, 2026",
        "TO: ALL DEALERS\nFROM: Arden Distributors\nDATE: January 27, 2026\nRE: Arden Bond Fund",
        "MEMORANDUM\nTo: Dealers\nDate: January 27, 2026",
        "January 27, 2026 Supplement to the Prospectus dated May 1, 2025",
        "INFORMATION STATEMENT\ndated January 27, 2026",
        "PROXY STATEMENT/PROSPECTUS dated 27-Jan-2026",
        "Arden Bond Fund\n\nThe date of this Combined Prospectus/Proxy Statement is January 27, 2026.",
        "Arden Fund Managers Limited\n27 January 2026",
    ],
)
def test_the_day_of_a_report_or_an_announcement_is_that_of_the_filing(line: str) -> None:
    assert drafted(f"{line}\n\n{MERGER}").bears == date(2026, 1, 27)


@pytest.mark.parametrize(
    "line",
    [
        "As described in the press release\n27 January 2026",
        "Proxy Statement, 27 January 2026",
        "Please read the Information Statement\ndated 27 January 2026",
        "Arden Funds Meeting 27 January 2026",
    ],
)
def test_the_day_of_another_document_is_not_that_of_the_filing(line: str) -> None:
    assert drafted(f"{MERGER}\n{line}, it was approved.\n").bears is None
