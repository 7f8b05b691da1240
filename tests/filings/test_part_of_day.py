"""The part of the day that stands in the label of a date, and not beside the day."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.opening import read_filing
from tests.support import data_folder, run

PAGE = """\
<html><body><p>NORTHLAKE TRUST</p><p>Supplement dated April 20, 2026 to the Prospectus dated May 1, 2025</p>
<p>Northlake Growth Fund (the "Target Fund") will be reorganized into Northlake Value Fund.</p>
{}</body></html>
"""
TRUST = """\
name: Northlake Trust
portfolios:
  growth: Northlake Growth Fund
  value: Northlake Value Fund
"""


def table(*rows: str) -> str:
    """A table of rows whose cells are separated by bars."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def anchors(body: str) -> dict[str, str]:
    """The part of the day of each milestone that is placed, by its kind; a clock time in UTC."""
    draft = draft_of(read_filing(PAGE.format(body).encode(), "filing.html"))
    placed = {each.kind.name: each.states for each in draft.placed if each.kind}
    return {
        kind: str(getattr(states, "clock", None) or getattr(states, "anchor", None) or "")
        for kind, states in placed.items()
        if kind != "announcement"
    }


CLOSE = "close of business"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (table("Closed to new investors (after the close of business)|June 12, 2026"),
         {"closed to new investors": CLOSE}),
        (table("June 12, 2026|Closing of the Reorganization (after the close of business)"), {"closing": CLOSE}),
        (table("June 12, 2026|Target Fund closed to new investors after the close of business"),
         {"closed to new investors": CLOSE}),
        (table("Event|Date (close of business)", "Closing of the Reorganization|June 12, 2026"), {"closing": CLOSE}),
        (table("Closed to new investors|June 12, 2026", "(after the close of business)|", "Closing|June 19, 2026"),
         {"closed to new investors": CLOSE, "closing": ""}),
        (table("June 12, 2026|Closing of the Reorganization (before the opening of business)"), {"closing": "opening"}),
        (table("June 12, 2026|Special meeting (10:00 a.m. Eastern time)"),
         {"special meeting": "2026-06-12 14:00:00+00:00"}),
        ("<p>Closed to new investors (after the close of business): June 12, 2026</p>",
         {"closed to new investors": CLOSE}),
        ("<p>Closed to new investors (after the close of business) - June 12, 2026</p>",
         {"closed to new investors": CLOSE}),
        ("<p>June 12, 2026: Closed to new investors (after the close of business)</p>",
         {"closed to new investors": CLOSE}),
        ("<p>June 12, 2026: the Target Fund is closed to new investors after the close of business</p>",
         {"closed to new investors": CLOSE}),
    ],
)  # fmt: skip
def test_a_label_states_the_part_of_the_day(body: str, expected: dict[str, str]) -> None:
    assert anchors(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        table("Closing of the Reorganization|June 12, 2026|Shares are valued as of the close of business"),
        table("Closing of the Reorganization|June 12, 2026|Orders received after the close of business"),
        table("Closing of the Reorganization (shares valued at the close of business)|June 12, 2026"),
        table("June 12, 2026|Closing (before the opening of business) or transfer (after the close of business)"),
        table("June 12, 2026|Closing of the Reorganization; shares valued as of the close of business"),
        table("June 12, 2026|Closing of the Reorganization for shareholders of record as of the close of business"),
        table("Closing of the Reorganization|June 12, 2026"),
        "<p>June 12, 2026: Closing of the Reorganization</p>",
    ],
)
def test_what_a_label_says_of_something_else_states_no_part_of_the_day(body: str) -> None:
    assert anchors(body) == {"closing": ""}


def test_the_target_fund_behind_a_day_makes_it_no_target_date() -> None:
    draft = draft_of(read_filing(PAGE.format(table("June 12, 2026|Target Fund closed to new investors")).encode(), "f"))
    assert [each.phrase for each in draft.placed][1:] == ["June 12, 2026"]


def test_the_draft_agrees_with_its_filing_and_compare_takes_the_bare_day_too(tmp_path: Path) -> None:
    filing = tmp_path / "filing.html"
    filing.write_text(PAGE.format(table("June 12, 2026|Closing (after the close of business)")), encoding="utf-8")
    data = data_folder(tmp_path / "data", {"trusts/northlake.yaml": TRUST})
    drafted = run("draft", filing, "--data", data).stdout
    assert "date: June 12, 2026 (after the close of business)\n" in drafted
    for plan in (drafted, drafted.replace("June 12, 2026 (after the close of business)", "June 12, 2026")):
        data_folder(data, {"plans/growth.yaml": plan})
        assert run("check", data, "--strict").returncode == 0
        assert run("compare", "growth", filing, "--data", data).returncode == 0
