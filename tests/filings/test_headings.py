"""A heading that softens a date: the draft says so, and what is drafted agrees with its filing."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.drafts.writing import as_document, as_yaml
from calfeed.filings.passages.opening import read_filing
from tests.support import data_folder, run

PAGE = """\
<html><body><p>NORTHLAKE TRUST</p><p>Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019</p>
<p>Northlake Growth Fund (the "Target Fund") will be reorganized into Northlake Value Fund (the "Acquiring Fund"), both
series of Northlake Trust (the "Reorganization").</p>
{}
</body></html>
"""
TRUST = """\
name: Northlake Trust
portfolios:
  growth: Northlake Growth Fund
  value: Northlake Value Fund
"""


def page(*rows: tuple[str, str], caption: str = "") -> str:
    """A page with a table of two columns, below a caption."""
    cells = "".join(f"<tr><td>{first}</td><td>{second}</td></tr>" for first, second in rows)
    return PAGE.format(f"<p>{caption}</p><table><tr><td>Step</td><td>Date</td></tr>{cells}</table>")


def drafted(text: str) -> Draft:
    return draft_of(read_filing(text.encode(), "filing.html"))


def phrases(draft: Draft, kind: str) -> list[str]:
    """The words that a plan has for the days of a kind that are placed."""
    return [each.phrase for each in draft.placed if each.kind and each.kind.name == kind]


@pytest.mark.parametrize(
    ("heading", "day", "phrase"),
    [
        ("Expected closing date of the Reorganization", "June 12, 2020", "June 12, 2020 (expected)"),
        ("Anticipated closing date", "June 12, 2020", "June 12, 2020 (expected)"),
        ("Proposed closing date", "June 12, 2020", "June 12, 2020 (expected)"),
        ("Targeted closing date", "June 12, 2020", "June 12, 2020 (expected)"),
        ("Closing date (on or about)", "June 12, 2020", "June 12, 2020 (on or about)"),
        ("Approximate closing date", "June 12, 2020", "June 12, 2020 (on or about)"),
        ("Expected closing date (on or around)", "June 12, 2020", "June 12, 2020 (on or about)"),
        (
            "Expected closing of the Reorganization",
            "Close of business on June 12, 2020",
            "Close of business on June 12, 2020 (expected)",
        ),
        ("Expected closing date", "On or about June 12, 2020", "On or about June 12, 2020"),
        ("Expected closing date", "No later than June 12, 2020", "No later than June 12, 2020"),
        ("Closing date", "June 12, 2020", "June 12, 2020"),
    ],
)
def test_a_heading_softens_a_firm_day_and_no_other(heading: str, day: str, phrase: str) -> None:
    assert [each.lower() for each in phrases(drafted(page((heading, day))), "closing")] == [phrase.lower()]


def test_a_column_of_last_days_tells_what_its_rows_are_about() -> None:
    rows = (("Purchases by present shareholders", "June 10, 2020"), ("Redemptions", "June 11, 2020"))
    cells = "".join(f"<tr><td>{first}</td><td>{second}</td></tr>" for first, second in rows)
    table = f"<table><tr><td>Event</td><td>{{}}</td></tr>{cells}</table>"
    draft = drafted(PAGE.format(table.format("Last day")))
    assert phrases(draft, "last purchase") == ["June 10, 2020"]
    assert phrases(draft, "last redemption") == ["June 11, 2020"]
    unsaid = drafted(PAGE.format(table.format("Date")))
    assert phrases(unsaid, "last redemption") == []


@pytest.mark.parametrize("dots", ["......", " . . . . . . "])
def test_dots_lead_from_a_label_to_its_day(dots: str) -> None:
    text = f"""\
Northlake Trust
Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

Northlake Growth Fund (the "Target Fund") will be reorganized into Northlake Value Fund (the "Acquiring Fund").

Record date {dots} March 16, 2020
Special meeting of
  shareholders {dots} May 4, 2020
Closing date {dots} June 12, 2020
"""
    draft = draft_of(read_filing(text.encode(), "filing.txt"))
    assert phrases(draft, "record date") == ["March 16, 2020"]
    assert phrases(draft, "special meeting") == ["May 4, 2020"]
    assert phrases(draft, "closing") == ["June 12, 2020"]


def test_a_sentence_with_dots_is_no_label() -> None:
    words = "the merger, of which much has been said in letters and at meetings by those who hold shares, " * 2
    text = f"Supplement dated March 2, 2020\n\nThe Trustees say: {words} ..... is on June 12, 2020.\n"
    filing = read_filing(text.encode(), "filing.txt")
    assert not any(passage.cells for passage in filing.passages)


def test_a_caption_softens_the_days_that_are_still_to_come() -> None:
    rows = (
        ("Board approval of the Reorganization", "February 3, 2020"),
        ("Special meeting of shareholders of the Target Fund", "May 15, 2020"),
    )
    draft = drafted(page(*rows, caption="The anticipated timetable of the Reorganization is:"))
    assert phrases(draft, "board approval") == ["February 3, 2020"]
    assert phrases(draft, "special meeting") == ["May 15, 2020 (expected)"]
    draft = drafted(page(*rows, caption="The proposed Reorganization:"))
    assert phrases(draft, "special meeting") == ["May 15, 2020"]


def test_the_json_has_the_words_of_the_filing_and_the_precision_of_its_heading() -> None:
    document = as_document(drafted(page(("Expected closing date", "June 12, 2020"))))
    placed = document["placed"]
    assert isinstance(placed, list)
    closing = next(each for each in placed if each["kind"] == "closing")
    assert (closing["phrase"], closing["date"], closing["precision"]) == ("June 12, 2020", "2020-06-12", "expected")


@pytest.mark.parametrize("heading", ["Expected closing date", "Closing date (on or about)"])
def test_what_is_drafted_agrees_with_its_filing_and_a_second_run_changes_nothing(heading: str, tmp_path: Path) -> None:
    filing = tmp_path / "filing.html"
    filing.write_text(page((heading, "June 12, 2020")), encoding="utf-8")
    plan = as_yaml(drafted(filing.read_text(encoding="utf-8")), None)
    folder = data_folder(tmp_path / "data", {"trusts/northlake-trust.yaml": TRUST, "plans/growth.yaml": plan})
    assert run("check", folder, "--strict").returncode == 0
    compared = run("compare", "growth", filing, "--data", folder)
    assert compared.returncode == 0, compared.stdout + compared.stderr
    again = run("draft", filing, "--plan", "growth", "--data", folder)
    assert (again.returncode, again.stdout) == (0, "")


def test_a_plan_that_is_firmer_than_the_heading_is_a_finding(tmp_path: Path) -> None:
    filing = tmp_path / "filing.html"
    filing.write_text(page(("Closing date (on or about)", "June 12, 2020")), encoding="utf-8")
    soft = as_yaml(drafted(filing.read_text(encoding="utf-8")), None)
    plan = soft.replace("date: June 12, 2020 (on or about)", "date: June 12, 2020")
    assert plan != soft
    folder = data_folder(tmp_path / "data", {"trusts/northlake-trust.yaml": TRUST, "plans/growth.yaml": plan})
    compared = run("compare", "growth", filing, "--data", folder)
    assert compared.returncode == 1
    assert "softer" in compared.stdout


def test_words_that_say_something_of_another_kind_alone_are_asked_about() -> None:
    text = "The record date for the anticipated closing is March 16, 2020."
    draft = drafted(PAGE.format(f"<p>{text}</p>"))
    assert phrases(draft, "record date") == []
    assert ["How is its date to be written?" in each.why for each in draft.to_decide if each.mention.days] == [True]
