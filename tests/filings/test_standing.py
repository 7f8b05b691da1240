"""How things stand with a reorganization: what a filing says plainly, and what it leaves to be decided."""

from pathlib import Path
from typing import Any

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.writing import as_document, as_yaml
from calfeed.filings.passages.opening import read_filing
from tests.support import make_folder, problems_of, run

HEAD = """\
Rowan Trust

Supplement dated May 3, 2032

The Rowan Bond Fund is to be reorganized into the Rowan Income Fund.

"""
TWO = """\
Rowan Trust

Supplement dated May 3, 2032

The Rowan Bond Fund is to be reorganized into the Rowan Income Fund, and the Rowan Mid Cap Fund into the Rowan Equity
Fund.

"""


def standings(text: str) -> list[tuple[str, bool]]:
    """The status of each pair of a filing in JSON, and whether it is to be decided."""
    pairs: Any = as_document(draft_of(read_filing(text.encode(), "filing.txt")))["reorganizations"]
    return [(each["status"], each["to_decide"] is not None) for each in pairs]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "At the meeting on April 28, 2032, shareholders of the Rowan Bond Fund voted for the reorganization.",
            "approved",
        ),
        ("Shareholders of the Rowan Bond Fund did not approve the reorganization.", "rejected"),
        ("On April 29, 2032 the Board decided not to proceed with the reorganization.", "cancelled"),
        ("The special meeting of the Rowan Bond Fund has been postponed to June 9, 2032.", "postponed"),
        ("The reorganization of the Rowan Bond Fund was completed on April 30, 2032.", "completed"),
        ("The Boards of the two trusts, which have the same members, approved the reorganization.", "proposed"),
        ("The dividend reinvestment plan of the Rowan Bond Fund has been terminated.", "proposed"),
        ("Pro forma figures assume that the reorganization took place on January 2, 2031.", "proposed"),
        ("The special meeting of the Rowan Bond Fund was adjourned to June 9, 2032.", "proposed"),
        ("The plan of distribution of the Rowan Bond Fund was terminated on April 30, 2032.", "proposed"),
        ("Shareholders of the Rowan Bond Fund approved the merger agreement.", "approved"),
        (
            "The Rowan Bond Fund will no longer be acquired by the Rowan Income Fund. That merger was called off.",
            "cancelled",
        ),
    ],
)
def test_what_a_filing_says_plainly_is_stated(text: str, status: str) -> None:
    assert standings(HEAD + text) == [(status, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Shareholders of the Rowan Bond Fund rejected the reorganization. The Trustees have again approved it and will "
        "submit it to shareholders.",
        "Shareholders of the Rowan Bond Fund rejected the plan. A special meeting to vote on it once more will be held "
        "on July 7, 2032.",
        "The change of domicile, a reorganization of Rowan Trust as a Delaware statutory trust, was completed on April "
        "30, 2032.",
        "Holders of Class C shares of the Rowan Bond Fund approved the plan of conversion of those shares.",
        "The manager has a new owner. That transaction was completed on April 30, 2032.",
        "The reorganization was approved by shareholders. The reorganization has been abandoned.",
        "The reorganization of the Rowan Bond Fund was completed on April 30, 2032. The reorganization is expected to "
        "close on July 9, 2032.",
        "The liquidation of the Rowan Bond Fund, announced before, has been cancelled.",
        "The Trustees decided not to go on with the merger of the Rowan Bond Fund.",
        "The reorganization of the Rowan Bond Fund was approved on April 28, 2032.",
        "Telephone transactions have been discontinued.",
        "Telephone transactions of the Rowan Bond Fund have been discontinued.",
        "The stockholder proposal was withdrawn.",
        "The new custody agreement did not receive the required votes.",
        "Shareholders of the Rowan Bond Fund did not approve the reorganization and the new advisory agreement.",
        "Shareholders of the Rowan Bond Fund approved the reorganization, but rejected the other proposal.",
        "Stockholders of Kestrel Corporation approved its merger with Heron Corporation.",
        "Stockholders of Kestrel Corporation, the parent of the manager, approved its merger with Heron, Inc.",
    ],
)
def test_what_a_filing_contradicts_or_may_say_of_something_else_is_to_be_decided(text: str) -> None:
    assert [is_open for _, is_open in standings(HEAD + text)] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shareholders of the Rowan Bond Fund approved their merger. Shareholders of the Rowan Mid Cap Fund did not "
         "approve theirs.", [("approved", False), ("rejected", False)]),
        ("Shareholders of the Rowan Bond Fund approved the merger, and as to the Rowan Mid Cap Fund the meeting was "
         "adjourned to June 9, 2032.", [("approved", True), ("approved", True)]),
        ("For the Rowan Bond Fund the meeting goes on; shareholders of the other funds approved the merger.",
         [("approved", True), ("approved", True)]),
    ],
)  # fmt: skip
def test_what_is_said_of_one_fund_is_not_said_of_another(text: str, expected: list[tuple[str, bool]]) -> None:
    assert standings(TWO + text) == expected


def test_a_plan_says_why_it_is_to_be_decided_how_a_reorganization_stands() -> None:
    text = "Shareholders of the Rowan Bond Fund rejected the plan. The Trustees have again approved the plan."
    plan = as_yaml(draft_of(read_filing((HEAD + text).encode(), "filing.txt")), None)
    why = "Was it rejected, as the filing seems to say? The filing speaks of a new plan as well."
    assert f"    # TO DECIDE, line 7: {why}\n    # cancelled: {{source: filing}}\n" in plan


@pytest.mark.parametrize("day", ["by April 30, 2032", "on or about April 30, 2032", "in April 2032"])
def test_the_day_of_a_completion_is_to_be_decided_where_it_is_not_exact(day: str) -> None:
    text = f"The reorganization of the Rowan Bond Fund was completed {day}."
    plan = as_yaml(draft_of(read_filing((HEAD + text).encode(), "filing.txt")), None)
    assert "    # TO DECIDE, line 7: On which day was it completed?\n    # completed: {source: filing, date: …}" in plan


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Shareholders of the Rowan Bond Fund approved the reorganization.", "approved: {source: filing}"),
        ("Shareholders of the Rowan Bond Fund did not approve the reorganization.", "cancelled: {source: filing}"),
        ("The reorganization of the Rowan Bond Fund was completed on April 30, 2032.",
         'completed: {source: filing, date: "April 30, 2032"}'),
    ],
)  # fmt: skip
def test_a_plan_with_what_is_plain_is_one_that_check_takes(text: str, state: str, tmp_path: Path) -> None:
    plan = as_yaml(draft_of(read_filing((HEAD + text).encode(), "filing.txt")), None)
    assert f"    {state}  # line 7\n" in plan
    trust = "name: Rowan Trust\nportfolios: {rowan-bond-fund: Rowan Bond Fund, rowan-income-fund: Rowan Income Fund}\n"
    site = "title: Plans\ndomain: calendars.example.org\n"
    make_folder(tmp_path, {"site.yaml": site, "plans/drafted.yaml": plan, "trusts/rowan-trust.yaml": trust})
    assert problems_of(tmp_path) == []


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("", "Rowan Bond Fund: the filing says that it was approved"),
        (", approved: {source: supplement}", ""),
        (", cancelled: {source: supplement}", "Rowan Bond Fund: the filing says that it was approved"),
    ],
)
def test_compare_tells_what_a_filing_says_of_a_reorganization_and_the_plan_does_not(
    own: str, told: str, tmp_path: Path
) -> None:
    text = HEAD + "Shareholders of the Rowan Bond Fund approved the reorganization.\n"
    (tmp_path / "filing.txt").write_text(text, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(
        "trust: Rowan Trust\nsources:\n  supplement: {title: Supplement, dated: 'May 3, 2032'}\n"
        f"reorganizations:\n  - {{target: Rowan Bond Fund, acquiring: Rowan Income Fund{own}}}\n"
        "milestones:\n  announcement: May 3, 2032\n",
        encoding="utf-8",
    )
    result = run("compare", tmp_path / "plan.yaml", tmp_path / "filing.txt", "--data", tmp_path)
    assert result.returncode == 0
    assert result.stdout.partition("The reorganizations:\n")[2].strip().partition(": ")[2] == told
