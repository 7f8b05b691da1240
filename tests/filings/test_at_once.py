"""What is so from the day of the filing on: its day is that of the source, in the words of the filing."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_revised_conditions import revised
from tests.filings.test_softness import HEAD, IT_CLOSES, TRUST
from tests.support import data_folder, run

AT_ONCE = [
    ("Effective immediately, the Bond Fund is closed to new investors.", "immediately"),
    ("The Bond Fund is closed to new investors effective immediately.", "immediately"),
    ("With immediate effect, the Bond Fund is closed to new investors.", "immediate effect"),
    ("Effective today, the Bond Fund is closed to new investors.", "today"),
    ("Effective as of the date of this Supplement, the Bond Fund is closed to new investors.",
     "Effective as of the date of this Supplement"),
    ("Effective immediately, the following replaces the first paragraph: “The Bond Fund is closed to new investors.”",
     "immediately"),
    ("In view of the reorganization, which will close on August 26, 2030, the Bond Fund is closed to new investors, "
     "effective immediately.", "immediately"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase"), AT_ONCE)
def test_what_begins_with_the_filing_is_placed_on_its_day(text: str, phrase: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    placed = [(each.kind.name, each.phrase) for each in draft.placed if each.kind]
    assert ("closed to new investors", phrase) in placed
    assert phrase not in [each.phrase for each in draft.to_decide]


@pytest.mark.parametrize(
    "text",
    [
        "The supplement of May stated that, effective immediately, the Bond Fund was closed to new investors.",
        "The Bond Fund may, effective immediately, be closed to new investors.",
        "Effective immediately, the Board has determined to vote on the reorganization.",
        "As of the date hereof, the Bond Fund is closed to new investors.",
        "Effective immediately, the Bond Fund is closed to new investors. It will be closed to new investors on July "
        "8, 2030.",
        "Effective immediately upon the closing of the reorganization, the Bond Fund will be closed to new investors.",
        "Effective immediately when the reorganization closes, the Bond Fund will change its name to Blue Fund.",
        "Effective immediately thereafter, the Bond Fund will be closed to new investors.",
        "Upon shareholder approval, and effective immediately, the Bond Fund will be closed to new investors.",
        "After the reorganization closes, effective immediately, the Bond Fund will change its name to Blue Fund.",
        "Shareholders will vote to close the Bond Fund to new investors effective immediately.",
        "The Board can close the Bond Fund to new investors with immediate effect.",
        "The Trust reserves the right to close the Bond Fund to new investors effective immediately.",
        "The Bond Fund could be closed to new investors effective immediately.",
        "As described in the Supplement dated April 3, 2030, effective immediately, the Bond Fund is closed to new "
        "investors.",
        "On April 3, 2030, the Board approved a new name of the Bond Fund, Blue Fund, effective immediately.",
        "The prospectus provides: Effective immediately, the Bond Fund is closed to new investors.",
        "Last month, effective immediately, the Bond Fund closed to new investors.",
        "The Bond Fund stopped selling shares to new investors effective immediately.",
    ],
)
def test_what_may_have_begun_on_another_day_is_not(text: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    assert {each.kind.name for each in draft.placed if each.kind} - {"board approval"} == {"announcement"}


@pytest.mark.parametrize(
    "title",
    [
        "Amended and Restated Supplement dated June 3, 2030",
        "Supplement dated June 3, 2030, as amended June 20, 2030",
        "Supplement dated June 3, 2030\n\nThis Supplement supersedes the supplement dated April 3, 2030.",
        "Supplement dated June 3, 2030\n\nThis Supplement replaces in its entirety the information in any prior "
        "supplement.",
        "Form 8-K/A\n\nDate of Report (Date of earliest event reported): June 3, 2030",
    ],
)
def test_a_filing_that_repeats_an_earlier_one_has_it_from_the_day_of_that_one_perhaps(title: str) -> None:
    text = HEAD.replace("Supplement dated June 3, 2030", title)
    draft = draft_of(read_filing(f"{text}{AT_ONCE[0][0]}\n".encode(), "filing.txt"))
    assert "closed to new investors" not in [each.kind.name for each in draft.placed if each.kind]
    assert "immediately" in [each.phrase for each in draft.to_decide]


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
    before = "The Bond Fund will be closed to new investors on August 1, 2030."
    _, after = revised(before, AT_ONCE[0][0], tmp_path)
    assert 'previously: ["August 1, 2030"]' in after
