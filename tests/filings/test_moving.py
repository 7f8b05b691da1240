"""A day that a filing says may still move: a draft says so, and so does `compare` where a plan does not."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import DraftMilestone
from calfeed.filings.passages.opening import read_filing
from tests.support import data_folder, run

HEAD = """\
BLUE RIVER TRUST

Supplement dated May 1, 2031

The Board of Trustees of Blue River Trust has approved the reorganization of Blue River Bond Fund (the “Target Fund”)
into Blue River Income Fund (the “Acquiring Fund”). Shareholder approval is not required.

"""
TRUST = """\
name: Blue River Trust
portfolios:
  bond: Blue River Bond Fund
  income: Blue River Income Fund
"""
DAY = "August 26, 2031"


def milestones(text: str) -> list[DraftMilestone]:
    """The milestones of a filing, placed and to decide, but for its announcement."""
    whole = text if text.startswith("<html>") else f"{HEAD}{text}\n"
    draft = draft_of(read_filing(whole.encode(), "filing.txt"))
    every = [*draft.placed, *draft.to_decide]
    return [each for each in every if each.kind is None or each.kind.name != "announcement"]


def milestone(text: str) -> DraftMilestone:
    """The milestone of August 26, 2031."""
    return next(each for each in milestones(text) if DAY in each.phrase)


MOVING = [
    f"The Reorganization will take place after the close of business on {DAY}, or such other date as the parties may "
    "agree.",
    f"The Reorganization is expected to take place on or about {DAY}, or such later date as the parties may agree.",
    f"The Reorganization will close on {DAY}, or on such earlier or later date as the officers of the Trust determine.",
    f"The Reorganization will take place on {DAY} (the “Closing Date”), or at another time that may be agreed.",
    f"The Reorganization will take place on {DAY}, or any other date that the Board selects.",
    f"The closing of the Reorganization will occur on {DAY} or the next business day.",
    f"The closing of the Reorganization will occur on {DAY} or, if that is no business day, on the following one.",
    f"The Reorganization will take place on {DAY} or as soon as practicable thereafter.",
    f"The Reorganization will take place on {DAY} or later.",
    f"The Reorganization will take place on {DAY}, although the date may change.",
    f"The Reorganization will take place on {DAY}, although this may change.",
    f"The Reorganization is scheduled to close on {DAY}; however, the closing date could change.",
    f"The Reorganization will take place on {DAY}, unless postponed.",
    f"Unless postponed, the Reorganization will take place on {DAY}.",
    f"The Reorganization will take place on {DAY}, unless the parties agree otherwise.",
    f"The Reorganization will take place on {DAY}, but may be delayed.",
    f"The Reorganization will take place on {DAY}, but it may be delayed or occur sooner.",
    f"The Reorganization, which will take place on {DAY}, may be postponed.",
    f"The Reorganization will take place on {DAY}, subject to change.",
    f"Subject to change, the Reorganization will take place on {DAY}.",
    f"The Reorganization will take place on {DAY} (subject to change).",
    f"The Reorganization will take place on {DAY}. This date may change.",
    f"The Reorganization will take place on {DAY}. The date of the closing is subject to change.",
    f"The Reorganization will take place on {DAY}. The officers of the Trust may change the closing date.",
    f"The Reorganization will take place on {DAY}.\n\nYou need not act.\n\n"
    "The reorganization may be delayed or occur sooner if unforeseen circumstances arise.",
    f"The Reorganization will take place on {DAY}.\n\nAll dates are subject to change.",
    f"The Reorganization will take place on {DAY} or, with the consent of both boards, on a later date.",
    f"The Reorganization will take place on the later of {DAY} and the day after all approvals are received.",
    f"The Reorganization will take place on {DAY}, or when all conditions are met, whichever is later.",
    f"The Reorganization will take place on {DAY}, barring unforeseen circumstances.",
    f"The Reorganization will take place on {DAY}. Shareholders will be notified of any change in the closing date.",
    f"The Reorganization will take place on {DAY}. If the closing is delayed, shareholders will be notified.",
    f"The Reorganization will take place on {DAY}. The parties may agree to a different closing date.",
    f"The Reorganization will take place on {DAY}. The closing date is subject to adjustment.",
    f"The Reorganization will take place on {DAY}. The officers may agree upon a later closing date.",
    f"The Reorganization will take place on {DAY}.\n\nNo vote is needed. The date of the liquidating distribution "
    "may be delayed.",
    f"The Reorganization will take place on {DAY}.\n\nNo vote is needed. The Board may change the date of the "
    "distribution of shares.",
    f"The Reorganization will take place on {DAY}.\n\nNo vote is needed. The Board may advance the closing and costs.",
    f"The record date is June 3, 2031. The last day to buy shares of the Target Fund is {DAY}, or such other day as "
    "the Board may set.",
]


@pytest.mark.parametrize(
    "behind",
    [
        " or as soon as practicable thereafter", ", or as soon thereafter as practicable",
        " or as soon as the conditions are satisfied", ", or once the conditions are satisfied",
        ", or when shareholder approval is obtained", ", or upon satisfaction of the conditions",
        ", or as soon as the required approvals are received", " or as close to that date as possible",
        " or whenever the conditions are satisfied", ", or within a reasonable time thereafter",
        " or on the earliest practicable date thereafter", ", or as soon as the sale of assets has been completed",
    ],
)  # fmt: skip
def test_a_day_or_as_soon_as_something_else_is_so_may_move(behind: str) -> None:
    assert milestone(f"The Reorganization will take place on {DAY}{behind}.").may_change


@pytest.mark.parametrize("text", MOVING)
def test_a_day_that_may_move_is_drafted_as_subject_to_change(text: str) -> None:
    found = milestone(text)
    assert found.subject_to == ["change"]


@pytest.mark.parametrize(
    "text",
    [
        f"The Reorganization will take place on {DAY}.",
        f"The Reorganization will take place on {DAY}. The Board may change the objective of the Acquiring Fund.",
        f"The Reorganization will take place on {DAY}. Fees and expenses are subject to change.",
        f"The Reorganization will take place on {DAY}. Shareholders may redeem their shares on an earlier date.",
        f"Shareholders may change their vote until August 20, 2031. The Reorganization will take place on {DAY}.",
        f"The special meeting of shareholders of the Target Fund will be held on {DAY}, and at any adjournment or "
        "postponement thereof.",
        f"The special meeting will be held on {DAY}. If no quorum is present, the meeting may be adjourned.",
        f"The Reorganization will take place no later than {DAY}.",
        f"The Reorganization will take place on {DAY}. The effective date of the waiver may be extended.",
        f"The Reorganization will take place on {DAY}. The Board may change the record date for its "
        "quarterly dividends.",
        f"The Reorganization will take place on {DAY}. The Adviser may advance expenses of the Reorganization.",
        f"The special meeting will be held on July 8, 2031. This date may change. The Reorganization will take place "
        f"on {DAY}.",
        f"Shareholders may redeem shares until {DAY}, or upon request may exchange them for shares of another fund.",
        f"Shares may be purchased until {DAY} or, once your order is received, until the close of business.",
        f"Votes must be received by {DAY}, or when the meeting is held.",
        f"The Reorganization will take place on {DAY}, and as soon as practicable thereafter the Target Fund will be "
        "dissolved.",
    ],
)
def test_a_day_that_stays_is_drafted_without_a_condition(text: str) -> None:
    assert not milestone(text).may_change


def test_what_stands_behind_one_day_says_nothing_of_another() -> None:
    text = f"The record date is June 3, 2031, and the closing will be on {DAY}, or such other day as the Board may set."
    assert {each.phrase: each.may_change for each in milestones(text)} == {"June 3, 2031": False, DAY: True}


def test_what_a_table_says_of_its_days_says_nothing_of_others() -> None:
    rows = f"<tr><td>Closing date</td><td>{DAY}</td></tr><tr><td>Record date</td><td>June 3, 2031</td></tr>"
    text = "<p>The special meeting will be held on July 8, 2031. All dates in the table may change.</p>"
    head = HEAD.replace("\n\n", "</p><p>")
    found = milestones(f"<html><body><p>{head}</p><table>{rows}</table>{text}</body></html>")
    assert {each.phrase: each.may_change for each in found} == {
        DAY: True,
        "June 3, 2031": True,
        "July 8, 2031": False,
    }


def test_a_day_that_is_over_moves_no_more() -> None:
    text = "The Reorganization took place on April 25, 2031, or such other date as the parties agreed."
    assert [each.may_change for each in milestones(text)] == [False]


def test_a_vote_and_a_change_are_two_conditions() -> None:
    text = f"If shareholders approve it, the Reorganization will take place on {DAY}, or such other date as is agreed."
    assert milestone(text).subject_to == ["shareholder approval", "change"]


def drafted_data(folder: Path, text: str) -> Path:
    """A data folder, and beside it a filing; the folder's plan is the draft of that filing."""
    (folder / "filing.txt").write_text(f"{HEAD}{text}\n", encoding="utf-8")
    data = data_folder(folder / "data", {"trusts/blue-river.yaml": TRUST})
    done = run("draft", folder / "filing.txt", "--data", data)
    assert done.returncode == 0, done.stderr
    return data_folder(data, {"plans/blue.yaml": done.stdout})


def test_a_drafted_day_that_may_move_is_tentative_in_the_feed_and_compare_misses_the_condition(tmp_path: Path) -> None:
    data = drafted_data(tmp_path, MOVING[0])
    assert run("compare", "blue", tmp_path / "filing.txt", "--data", data).returncode == 0
    run("build", tmp_path / "built", "--data", data)
    feed = (tmp_path / "built" / "plans" / "blue.ics").read_text(encoding="utf-8")
    assert "SUMMARY:~ Closing: " in feed
    plan = data / "plans" / "blue.yaml"
    firm = plan.read_text(encoding="utf-8").replace("    subject to: change\n", "")
    plan.write_text(firm, encoding="utf-8")
    done = run("compare", "blue", tmp_path / "filing.txt", "--data", data)
    line = next(number for number, each in enumerate(firm.split("\n"), 1) if DAY in each)
    assert done.returncode == 1
    assert (
        f'blue.yaml:{line}:11: the filing says that this day may change, so the plan needs "change" '
        'under "subject to": ' in done.stdout
    )


def test_compare_takes_the_words_of_the_filing_as_the_condition_and_asks_nothing_of_what_is_over(
    tmp_path: Path,
) -> None:
    data = drafted_data(tmp_path, MOVING[0])
    plan = data / "plans" / "blue.yaml"
    drafted = plan.read_text(encoding="utf-8")
    in_words = drafted.replace("subject to: change", "subject to: such other date as the parties may agree")
    over = drafted.replace("    subject to: change\n", "    cancelled: {source: filing}\n")
    for each in (in_words, over):
        assert each != drafted
        plan.write_text(each, encoding="utf-8")
        assert run("compare", "blue", tmp_path / "filing.txt", "--data", data).returncode == 0


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", "    subject to: change\n"),
        ("    subject to: an order of the SEC\n", '    subject to: ["change", "an order of the SEC"]\n'),
        ("    subject to: change\n", "    subject to: change\n"),
    ],
)
def test_a_later_filing_brings_the_condition_with_the_new_day(condition: str, expected: str, tmp_path: Path) -> None:
    data = drafted_data(tmp_path, f"The Reorganization will take place on {DAY}.")
    plan = data / "plans" / "blue.yaml"
    drafted = plan.read_text(encoding="utf-8")
    plan.write_text(drafted.replace(f"    date: {DAY}\n", f"    date: {DAY}\n{condition}"), encoding="utf-8")
    later = tmp_path / "later.txt"
    text = "The closing of the Reorganization is now expected on September 30, 2031, or such later date as is agreed."
    later.write_text(f"{HEAD.replace('May 1', 'July 1')}{text}\n", encoding="utf-8")
    done = run("draft", later, "--plan", "blue", "--data", data, "--apply")
    assert "September 30, 2031" in done.stdout, done.stderr
    assert expected in plan.read_text(encoding="utf-8")


def test_a_later_filing_that_says_of_the_same_day_that_it_may_change_asks(tmp_path: Path) -> None:
    data = drafted_data(tmp_path, f"The Reorganization will take place on {DAY}.")
    later = tmp_path / "later.txt"
    later.write_text(f"{HEAD.replace('May 1', 'July 1')}{MOVING[1].replace('or about ', '')}\n", encoding="utf-8")
    done = run("draft", later, "--plan", "blue", "--data", data)
    assert 'May it change? If so, write "change" under "subject to".' in done.stdout + done.stderr


TWO = """\
BLUE RIVER TRUST

Supplement dated May 1, 2031

The Board of Trustees of Blue River Trust has approved the reorganization of Blue River Bond Fund into Blue River
Income Fund, and of Blue River Growth Fund into Blue River Value Fund. Shareholder approval is not required.

The reorganization of Blue River Bond Fund will close on August 26, 2031. The reorganization of Blue River Growth Fund
will close on September 9, 2031.

"""
BOND, GROWTH = "August 26, 2031", "September 9, 2031"


@pytest.mark.parametrize(
    ("behind", "moving"),
    [
        ("The closing of the reorganization of Blue River Bond Fund may be delayed.", {BOND}),
        ("The officers may change the closing date of the reorganization of Blue River Growth Fund.", {GROWTH}),
        ("The reorganization of the Bond Fund may be postponed.", {BOND}),
        ("The closing date of Blue River Value Fund's acquisition may be changed.", {GROWTH}),
        ("The reorganizations of Blue River Bond Fund and Blue River Growth Fund may be delayed.", {BOND, GROWTH}),
        ("The closings may be delayed.", {BOND, GROWTH}),
        ("The closing of the reorganization may be delayed.", {BOND, GROWTH}),
        ("The closing of each reorganization and of that of Blue River Bond Fund may be delayed.", {BOND, GROWTH}),
        ("Unlike that of Blue River Bond Fund, the closing of the other reorganization may be delayed.",
         {BOND, GROWTH}),
        ("The liquidation of Blue River Cash Fund may be postponed.", set()),
        ("The reorganization of Blue River Cash Fund into Blue River Income Fund may be delayed.", set()),
    ],
)  # fmt: skip
def test_what_is_said_of_the_closing_of_one_fund_softens_that_one_alone(behind: str, moving: set[str]) -> None:
    draft = draft_of(read_filing(f"{TWO}{behind}\n".encode(), "filing.txt"))
    closings = {
        each.phrase: each.may_change for each in (*draft.placed, *draft.to_decide) if each.phrase in (BOND, GROWTH)
    }
    assert closings == {BOND: BOND in moving, GROWTH: GROWTH in moving}


def test_compare_asks_for_the_condition_of_that_fund_alone(tmp_path: Path) -> None:
    filing = tmp_path / "filing.txt"
    behind = "The closing of the reorganization of Blue River Bond Fund may be delayed."
    filing.write_text(f"{TWO}{behind}\n", encoding="utf-8")
    trust = f"{TRUST}  growth: Blue River Growth Fund\n  value: Blue River Value Fund\n"
    data = data_folder(tmp_path / "data", {"trusts/blue-river.yaml": trust})
    drafted = run("draft", filing, "--data", data).stdout
    data_folder(data, {"plans/blue.yaml": drafted})
    assert drafted.count("subject to: change\n") == 1
    assert run("compare", "blue", filing, "--data", data).returncode == 0
    data_folder(data, {"plans/blue.yaml": drafted.replace("        subject to: change\n", "")})
    compared = run("compare", "blue", filing, "--data", data)
    assert compared.returncode == 1
    assert compared.stdout.count("the filing says that this day may change") == 1
