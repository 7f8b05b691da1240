"""What a filing says that its days depend on: a draft says it in words that a plan has, or in the filing's own."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import DraftMilestone
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_softness import CLOSES, IT_CLOSES, TRUST
from tests.support import data_folder, run

HEAD = """\
BLUE RIVER TRUST

Supplement dated June 3, 2030

The Board of Trustees of Blue River Trust has approved the reorganization of Blue River Bond Fund (the “Bond Fund”)
into Blue River Income Fund, another series of the Trust. {}

"""
NO_VOTE = "No shareholder vote is required."
VOTE = "Shareholders of the Bond Fund will be asked to approve it at a special meeting."
BY_HOLDERS = "shareholder approval"


def milestone(text: str, vote: str) -> DraftMilestone:
    """The milestone of August 26, 2030."""
    draft = draft_of(read_filing(f"{HEAD.format(vote)}{text}\n".encode(), "filing.txt"))
    return next(each for each in (*draft.placed, *draft.to_decide) if "August 26, 2030" in each.phrase)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        (f"{IT_CLOSES}.", []),
        (f"{IT_CLOSES}, if at all.", []),
        (f"If it closes at all, {CLOSES}.", []),
        (f"Upon receipt of an exemptive order, {CLOSES}.", ["receipt of an exemptive order"]),
        (f"Pending receipt of relief, {CLOSES}.", ["receipt of relief"]),
        (f"{IT_CLOSES}, should the SEC grant relief.", ["the SEC grant relief"]),
        ("Shareholders should receive new shares when the reorganization closes on August 26, 2030.",
         []),
        (f"{IT_CLOSES}, and shareholders should receive their shares within five days.", []),
        (f"Once shareholders approved the plan, it was decided that {CLOSES}.", []),
        (f"Following receipt of shareholder approval at a meeting held in January, {CLOSES}.", []),
        (f"Provided the SEC grants an order, {CLOSES}.", ["the SEC grants an order"]),
        (f"Depending on market conditions, {CLOSES}.", ["market conditions"]),
        (f"{IT_CLOSES}, or when the SEC grants relief.", ["the SEC grants relief"]),
        (f"As soon as the SEC has granted relief, {CLOSES}.", ["the SEC has granted relief"]),
        (f"Subject to regulatory approval, {CLOSES}.", ["regulatory approval"]),
        (f"If all conditions are met, {CLOSES}.", ["all conditions are met"]),
        (f"{IT_CLOSES} if the Board of Blue River Income Fund also approves it.",
         ["the Board of Blue River Income Fund also approves it"]),
        (f"{IT_CLOSES} (subject to receipt of a tax opinion).", ["receipt of a tax opinion"]),
        (f"{IT_CLOSES}, provided that the conditions of the Plan are met or waived.",
         ["the conditions of the Plan are met or waived"]),
        (f"{IT_CLOSES} if and when the SEC grants relief.", ["the SEC grants relief"]),
        (f"If the stock exchange is open, {CLOSES}.", ["the stock exchange is open"]),
        (f"Subject to the approval of the SEC, the NYSE and the Adviser, {CLOSES}.",
         ["the approval of the SEC, the NYSE and the Adviser"]),
        ("The reorganization awaits an order of the SEC and will close on August 26, 2030.", ["an order of the SEC"]),
        ("The reorganization requires no order of the SEC and will close on August 26, 2030.", []),
        (f"If you hold shares by then, {CLOSES}.", []),
        (f"If approved, {CLOSES}.", ["approval"]),
        (f"Assuming shareholders approve, {CLOSES}.", [BY_HOLDERS]),
        (f"{IT_CLOSES}, subject to shareholder and regulatory approval.", [BY_HOLDERS, "regulatory approval"]),
        (f"{IT_CLOSES}, subject to shareholder approval and to regulatory approval.",
         [BY_HOLDERS, "regulatory approval"]),
        (f"If approved by shareholders, and subject to the receipt of all regulatory approvals, {CLOSES}.",
         [BY_HOLDERS, "the receipt of all regulatory approvals"]),
        (f"{IT_CLOSES}, which is not subject to a vote.", []),
        (f"{IT_CLOSES}, pending shareholder approval.", [BY_HOLDERS]),
        (f"Pending approval of the Plan by shareholders, {CLOSES}.", [BY_HOLDERS]),
        (f"{IT_CLOSES}, pending the outcome of the vote.", [BY_HOLDERS]),
        (f"{IT_CLOSES} pending regulatory approval.", ["regulatory approval"]),
        ("An application is pending before the SEC for an order, and the reorganization will close on August 26, 2030.",
         []),
        (f"Upon approval by shareholders, {CLOSES}.", [BY_HOLDERS]),
        (f"{IT_CLOSES}, following approval of the reorganization by shareholders.", [BY_HOLDERS]),
        (f"{IT_CLOSES}, with shareholder approval.", [BY_HOLDERS]),
        (f"Following shareholder approval on May 20, 2030, {CLOSES}.", []),
        (f"Following shareholder approval, which has been obtained, {CLOSES}.", []),
        (f"Upon approval by the Board, it was decided that {CLOSES}.", []),
        (f"With the approval of the Board, {CLOSES}.", []),
        (f"{IT_CLOSES}, providing shareholders approve it.", [BY_HOLDERS]),
        (f"On condition of shareholder approval, {CLOSES}.", [BY_HOLDERS]),
        (f"Shares are subject to a sales charge. {IT_CLOSES}.", []),
        (f"Barring an adverse vote, {CLOSES}.", [BY_HOLDERS]),
        (f"{IT_CLOSES}, market conditions permitting.", ["market conditions permitting"]),
        ("The Board set August 26, 2030 as the closing date, but reserved the right to choose another.", ["change"]),
        (f"{IT_CLOSES}, absent shareholder opposition.", [BY_HOLDERS]),
        (f"Unless shareholders reject the plan, {CLOSES}.", [BY_HOLDERS]),
        (f"Unless shareholders vote it down, {CLOSES}.", [BY_HOLDERS]),
        (f"In the absence of objections by shareholders, {CLOSES}.", [BY_HOLDERS]),
        (f"In the event of approval, {CLOSES}.", ["approval"]),
        (f"Given shareholder approval, {CLOSES}.", [BY_HOLDERS]),
        (f"Absent a delay, {CLOSES}.", ["change"]),
        (f"In the absence of unforeseen delays, {CLOSES}.", ["change"]),
        (f"Provided there is no delay, {CLOSES}.", ["change"]),
        (f"Assuming no delays, {CLOSES}.", ["change"]),
        (f"If nothing changes, {CLOSES}.", ["change"]),
        (f"Unless the parties agree otherwise, {CLOSES}.", ["change"]),
        (f"The Plan provided for a reorganization, and {CLOSES}.", []),
    ],
)  # fmt: skip
def test_a_condition_is_one_that_the_filing_states(text: str, conditions: list[str]) -> None:
    assert milestone(text, NO_VOTE).subject_to == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        (f"If approved, {CLOSES}.", [BY_HOLDERS]),
        (f"If the reorganization is approved, {CLOSES}.", [BY_HOLDERS]),
        (f"Subject to approval and to certain conditions, {CLOSES}.", [BY_HOLDERS]),
        (f"Subject to the receipt of an order, {CLOSES}.", ["the receipt of an order"]),
        (f"Provided that shareholders approve it and the SEC grants an order, {CLOSES}.",
         [BY_HOLDERS, "the SEC grants an order"]),
    ],
)  # fmt: skip
def test_an_approval_is_that_of_shareholders_where_they_vote(text: str, conditions: list[str]) -> None:
    assert milestone(text, VOTE).subject_to == conditions


@pytest.mark.parametrize(
    ("sentence", "conditions"),
    [
        ("The reorganization is subject to approval by shareholders of the Bond Fund.", [BY_HOLDERS]),
        ("The Board has approved the reorganization, subject to shareholder approval.", [BY_HOLDERS]),
        ("The reorganization requires a vote of shareholders.", [BY_HOLDERS]),
        ("Shareholder approval is required.", [BY_HOLDERS]),
        ("Shareholders of the Bond Fund will be asked to approve the reorganization.", [BY_HOLDERS]),
        ("Shareholders will vote on the proposed reorganization at a special meeting.", [BY_HOLDERS]),
        ("If shareholders of the Bond Fund approve the reorganization, they will receive new shares.", [BY_HOLDERS]),
        ("The Board has approved the reorganization. It is subject to approval by shareholders.", [BY_HOLDERS]),
        ("The reorganization was proposed by the Adviser; this depends on shareholder approval.", [BY_HOLDERS]),
        ("The Board has approved the reorganization. It requires regulatory approval.", ["regulatory approval"]),
        ("The fee of the Adviser will rise. That is subject to shareholder approval.", []),
        ("The reorganization is subject to regulatory approval.", ["regulatory approval"]),
        ("Completion of the reorganization is contingent on an order of the SEC.", ["an order of the SEC"]),
        ("Some mergers require shareholder approval. No shareholder vote is required here.", []),
        ("The reorganization is subject to the terms of the Plan, which the Board has approved.", []),
        ("The reorganization is not subject to regulatory approval.", []),
        ("The reorganization must be approved by shareholders of the Bond Fund.", [BY_HOLDERS]),
        ("The reorganization cannot take place unless shareholders approve it.", [BY_HOLDERS]),
        ("If shareholders do not approve the reorganization, the Board will consider what else to do.", [BY_HOLDERS]),
        ("Completion of the reorganization depends on shareholders voting in favor.", [BY_HOLDERS]),
        ("A proxy statement seeking your vote on the reorganization will be mailed.", [BY_HOLDERS]),
        ("The reorganization will be submitted to a vote of shareholders.", [BY_HOLDERS]),
        ("Approval of the reorganization requires the affirmative vote of a majority.", [BY_HOLDERS]),
        ("Contract owners may give voting instructions on the reorganization.", [BY_HOLDERS]),
        ("The reorganization does not require shareholder approval.", []),
        ("Shareholders are not being asked to vote on the reorganization.", []),
        ("The reorganization will take place without a vote of shareholders.", []),
        ("When shareholders redeem before the reorganization, no sales charge applies.", []),
        ("Shareholders will receive a statement about the reorganization, on which they do not vote.", []),
        ("Shareholders of the Bond Fund have approved the reorganization.", []),
        ("The reorganization was subject to approval by shareholders.", []),
        ("Shareholders of the Bond Fund will be asked to approve a new advisory agreement.", []),
        ("A change of a fundamental policy requires approval by shareholders.", []),
        ("The closing is subject to certain conditions.", ["certain conditions"]),
        ("The reorganization is subject to customary closing conditions.", ["customary closing conditions"]),
        ("Completion of the reorganization is subject to the satisfaction of a number of conditions.",
         ["the satisfaction of a number of conditions"]),
        ("The obligations of the parties under the Plan are subject to various conditions.", ["various conditions"]),
        ("Several conditions must be met before the reorganization can be completed.", ["closing conditions"]),
        ("The reorganization cannot be completed unless certain conditions are satisfied or waived.",
         ["closing conditions"]),
        ("All conditions of the reorganization have been satisfied.", []),
        ("The price of bonds is subject to market conditions.", []),
        ("The Bond Fund is subject to the conditions of bond markets.", []),
    ],
)  # fmt: skip
def test_an_approval_that_another_sentence_asks_for_is_a_condition_too(sentence: str, conditions: list[str]) -> None:
    assert milestone(f"{sentence} {IT_CLOSES}.", "").subject_to == conditions


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Subject to regulatory approval, the Bond Fund will be closed to purchases on August 26, 2030.",
         ["regulatory approval"]),
        ("The Bond Fund will be closed to purchases on August 26, 2030. Pending purchase orders will be rejected.", []),
        ("The Bond Fund will be closed to purchases on August 26, 2030, and pending purchase orders are rejected.",
         []),
        ("Purchases are accepted until August 26, 2030, if the order is received in good order.", []),
    ],
)  # fmt: skip
def test_dealing_depends_on_what_the_reorganization_depends_on(text: str, conditions: list[str]) -> None:
    assert milestone(text, NO_VOTE).subject_to == conditions


@pytest.mark.parametrize(
    "text",
    [
        f"Once the SEC declares the registration statement effective, {CLOSES}.",
        f"{IT_CLOSES}, assuming the registration statement is effective.",
    ],
)
def test_what_happens_once_a_statement_is_effective_is_not_its_effectiveness(text: str) -> None:
    found = milestone(text, NO_VOTE)
    assert found.kind is not None
    assert found.kind.name == "closing"
    assert "registration statement" in " ".join(found.subject_to)


def test_a_later_filing_brings_its_conditions_with_the_new_day(tmp_path: Path) -> None:
    filing, later = tmp_path / "filing.txt", tmp_path / "later.txt"
    filing.write_text(f"{HEAD.format(NO_VOTE)}{IT_CLOSES}.\n", encoding="utf-8")
    plan = run("draft", filing).stdout
    data = data_folder(tmp_path / "data", {"trusts/blue-river-trust.yaml": TRUST, "plans/blue.yaml": plan})
    text = "Subject to receipt of an exemptive order, the closing will now be on September 16, 2030."
    later.write_text(f"{HEAD.format(NO_VOTE).replace('June 3', 'August 8')}{text}\n", encoding="utf-8")
    done = run("draft", later, "--plan", "blue", "--data", data, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "subject to: receipt of an exemptive order" in (data / "plans" / "blue.yaml").read_text(encoding="utf-8")
    assert run("check", data, "--strict").returncode == 0
