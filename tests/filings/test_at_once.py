"""What is so from the day of the filing on: its day is that of the source, in the words of the filing."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_softness import HEAD, IT_CLOSES, TRUST
from tests.support import data_folder, run

AT_ONCE = [
    ("Effective immediately, the Bond Fund is closed to new investors.", "immediately"),
    ("The Bond Fund is closed to new investors effective immediately.", "immediately"),
    ("With immediate effect, the Bond Fund is closed to new investors.", "immediate effect"),
    ("Effective today, the Bond Fund is closed to new investors.", "today"),
    ("Effective as of the date of this Supplement, the Bond Fund is closed to new investors.",
     "Effective as of the date of this Supplement"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase"), AT_ONCE)
def test_what_begins_with_the_filing_is_placed_on_its_day(text: str, phrase: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    assert [(each.kind.name, each.phrase) for each in draft.placed if each.kind][1:] == [
        ("closed to new investors", phrase)
    ]
    assert draft.to_decide == []


@pytest.mark.parametrize(
    "text",
    [
        "The supplement of May stated that, effective immediately, the Bond Fund was closed to new investors.",
        "The Bond Fund may, effective immediately, be closed to new investors.",
        "Effective immediately, the Board has determined to vote on the reorganization.",
        "As of the date hereof, the Bond Fund is closed to new investors.",
        "Effective immediately, the Bond Fund is closed to new investors. It will be closed to new investors on July "
        "8, 2030.",
    ],
)
def test_what_may_have_begun_on_another_day_is_not(text: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    assert [each.kind.name for each in draft.placed if each.kind] == ["announcement"]


def test_the_plan_agrees_with_its_filing_and_a_later_filing_that_says_the_same_is_asked_about(tmp_path: Path) -> None:
    filing, later = tmp_path / "filing.txt", tmp_path / "later.txt"
    filing.write_text(f"{HEAD}{AT_ONCE[0][0]} {IT_CLOSES}.\n", encoding="utf-8")
    later.write_text(filing.read_text(encoding="utf-8").replace("June 3", "July 1"), encoding="utf-8")
    plan = run("draft", filing).stdout
    data = data_folder(tmp_path / "data", {"trusts/blue-river-trust.yaml": TRUST, "plans/blue.yaml": plan})
    assert run("check", data, "--strict").returncode == 0
    assert run("compare", "blue", filing, "--data", data).returncode == 0
    done = run("draft", later, "--plan", "blue", "--data", data)
    assert 'The plan says "immediately".' in done.stdout
    assert done.returncode != 0


def test_a_day_ahead_gives_way_to_a_filing_that_says_at_once(tmp_path: Path) -> None:
    filing, later = tmp_path / "filing.txt", tmp_path / "later.txt"
    text = "The Bond Fund will be closed to new investors on August 1, 2030."
    filing.write_text(f"{HEAD}{text}\n", encoding="utf-8")
    later.write_text(f"{HEAD.replace('June 3', 'July 1')}{AT_ONCE[0][0]}\n", encoding="utf-8")
    plan = run("draft", filing).stdout
    data = data_folder(tmp_path / "data", {"trusts/blue-river-trust.yaml": TRUST, "plans/blue.yaml": plan})
    done = run("draft", later, "--plan", "blue", "--data", data, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'previously: ["August 1, 2030"]' in (data / "plans" / "blue.yaml").read_text(encoding="utf-8")
