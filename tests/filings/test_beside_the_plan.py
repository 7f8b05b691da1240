"""What stands in a filing beside its plan, and says nothing of it."""

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.passages.opening import read_filing

HEAD = "Supplement dated March 2, 2026\n\nReef Alpha Fund will be merged into Reef Omega Fund.\n\n"


def drafted(text: str) -> Draft:
    """The draft of a text below the heading."""
    return draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))


def test_the_headings_of_a_table_are_no_dates_to_be_decided() -> None:
    draft = drafted(
        "Target Fund | Record Date | Meeting Date | Closing Date\n"
        "Reef Alpha Fund | April 17, 2026 | June 9, 2026 | June 26, 2026\n"
    )
    assert {each.kind.name for each in draft.placed if each.kind} == {
        "announcement", "record date", "special meeting", "closing"
    }  # fmt: skip
    assert draft.to_decide == []


def test_the_annual_meeting_of_another_fund_is_nothing_that_the_closing_depends_on() -> None:
    draft = drafted("It will close on May 22, 2026. Ruff Fund is not affected; its annual meeting is on May 19, 2026.")
    closing = next(each for each in draft.placed if each.kind and each.kind.completes)
    assert closing.conditions == ()


def test_a_year_in_the_name_of_a_fund_hides_no_name() -> None:
    head = "Supplement dated March 2, 2026\n\n"
    text = "On or about May 15, 2026, Reef Target 2025 Fund will be merged into Reef Omega Fund.\n"
    draft = draft_of(read_filing(f"{head}{text}".encode(), "filing.txt"))
    assert [(each.kind.name, each.phrase) for each in draft.placed if each.kind][1:] == [
        ("closing", "On or about May 15, 2026")
    ]


def test_an_answer_with_a_day_alone_is_not_the_date_of_the_filing() -> None:
    text = "Q. When will the shareholder meeting be held?\nA. Thursday, July 9, 2026.\n"
    draft = draft_of(read_filing(f"Reef Alpha Fund will be merged into Reef Omega Fund.\n\n{text}".encode(), "qa.txt"))
    assert draft.bears is None


def test_a_reorganization_of_long_before_is_history() -> None:
    draft = drafted(
        "Reef Alpha Fund, the successor to Old Reef Fund in a reorganization that took place on June 15, 2018, will be "
        "merged on July 17, 2026."
    )
    assert [each.phrase for each in (*draft.placed, *draft.to_decide) if each.kind and each.kind.completes] == [
        "July 17, 2026"
    ]


def test_what_is_denied_of_another_day_leaves_a_day_as_it_is() -> None:
    draft = drafted("Shares will no longer be offered after May 29, 2026, and the closing is June 5, 2026.")
    assert [each.phrase for each in draft.placed if each.kind and each.kind.name == "closing"] == ["June 5, 2026"]


def test_what_is_denied_of_two_days_is_placed_on_none() -> None:
    draft = drafted("It is not true that the meeting is on May 29, 2026, and the closing is June 5, 2026.")
    assert [each.kind.name for each in draft.placed if each.kind] == ["announcement"]
