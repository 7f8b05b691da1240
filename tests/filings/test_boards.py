"""Whose board approved a reorganization, and what else boards do about it."""

import json
from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.writing import as_document
from calfeed.filings.passages.opening import read_filing
from tests.support import run

ONE_TRUST = """FAIRMONT FUNDS TRUST
Fairmont Growth Fund

Supplement dated September 1, 2017 to the Prospectus dated April 28, 2017

The Fairmont Growth Fund will be reorganized into the Fairmont Value Fund, another series of Fairmont Funds Trust.

{}
"""
TWO_TRUSTS = """FAIRMONT FUNDS TRUST

Supplement dated September 1, 2017 to the Prospectus dated April 28, 2017

Fairmont Growth Fund, a series of Fairmont Funds Trust, will be reorganized into Larkhill Value Fund, a series of
Larkhill Series Trust. Larkhill Bond Fund, a series of Larkhill Series Trust, will be reorganized into Fairmont Income
Fund, a series of Fairmont Funds Trust.

{}
"""


def approvals(text: str, sentence: str) -> list[tuple[str, str, object]]:
    """The board approvals that are placed: of whom, when, and for which targets."""
    draft = draft_of(read_filing(text.format(sentence).encode(), "filing.txt"))
    placed = json.loads(json.dumps(as_document(draft)))["placed"]
    return [(each["of"], each["date"], each["applies_to"]) for each in placed if each["kind"] == "board approval"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Board of Trustees of Fairmont Funds Trust approved the reorganizations on August 24, 2017.",
            [
                ("target", "2017-08-24", ["Fairmont Growth Fund"]),
                ("acquiring", "2017-08-24", ["Larkhill Bond Fund"]),
            ],
        ),
        (
            "The Trustees of Larkhill Series Trust approved the reorganization of Fairmont Growth Fund on "
            "August 17, 2017.",
            [("acquiring", "2017-08-17", ["Fairmont Growth Fund"])],
        ),
        (
            "The Trustees of Fairmont Funds Trust approved the reorganization of Fairmont Growth Fund on "
            "August 24, 2017, and those of Larkhill Series Trust did so on August 17, 2017.",
            [
                ("target", "2017-08-24", ["Fairmont Growth Fund"]),
                ("acquiring", "2017-08-17", ["Fairmont Growth Fund"]),
            ],
        ),
        (
            "On August 24, 2017, the Boards of Trustees of Fairmont Funds Trust and Larkhill Series Trust approved "
            "the reorganization of Larkhill Bond Fund.",
            [("both", "2017-08-24", ["Larkhill Bond Fund"])],
        ),
        (
            "On August 24, 2017, the Board of Trustees of Oakhurst Funds approved the reorganizations.",
            [],
        ),
    ],
)
def test_an_approval_is_that_of_the_board_that_is_named(sentence: str, expected: list[tuple[str, str, object]]) -> None:
    assert sorted(approvals(TWO_TRUSTS, sentence), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "act",
    [
        "agreed to a later closing date for the reorganization",
        "approved the extension",
        "approved an amendment to the Agreement and Plan of Reorganization",
        "approved the calling of a special meeting to vote on the reorganization",
        "reconfirmed its approval of the reorganization",
        "considered the progress of the reorganization, which it had approved on May 18, 2017",
        "approved the form of proxy statement for the reorganization",
        "authorized the filing of a registration statement in connection with the reorganization",
        "approved the new timetable for the reorganization",
        "approved closing the Growth Fund to new investors",
        "approved the payment by the Adviser of the costs of the reorganization",
        "approved a delay of the reorganization",
        "determined to move the closing of the reorganization to October",
        "approved the engagement of a proxy solicitor for the reorganization",
        "authorized management to prepare the reorganization",
    ],
)
def test_another_act_of_a_board_is_no_approval(act: str) -> None:
    assert "2017-08-24" not in {day for _, day, _ in approvals(ONE_TRUST, f"On August 24, 2017, the Board {act}.")}


@pytest.mark.parametrize(
    "act",
    [
        "approved the reorganization",
        "unanimously approved an Agreement and Plan of Reorganization",
        "approved the following merger",
        "voted to merge the Fund into the Fairmont Value Fund",
        "agreed to the reorganization",
        "adopted the proposed Plan",
        "determined to reorganize the Fund",
        "approved the terms of the reorganization",
    ],
)
def test_an_approval_of_the_plan_is_placed(act: str) -> None:
    sentence = f"On August 24, 2017, the Board of Trustees {act}."
    assert approvals(ONE_TRUST, sentence) == [("target", "2017-08-24", "all")]


def test_a_plan_says_that_an_approval_is_that_of_the_acquirers_board(tmp_path: Path) -> None:
    sentence = (
        "The Trustees of Fairmont Funds Trust approved the reorganization of Fairmont Growth Fund on August 24, 2017. "
        "The Trustees of Larkhill Series Trust approved the reorganization of Fairmont Growth Fund on August 17, 2017."
    )
    filing = tmp_path / "filing.txt"
    filing.write_text(TWO_TRUSTS.format(sentence), encoding="utf-8")
    plan = run("draft", str(filing)).stdout
    assert "second board approval:\n" in plan.lower()
    assert plan.count("of: acquiring\n") == 1


NO_TRUST = """Supplement dated September 1, 2017

Petrel Fund will be merged into Skua Fund.

{}
"""


def test_the_board_of_a_fund_is_told_by_its_name_where_no_trust_is_named() -> None:
    sentence = "The Board of Skua Fund approved the merger on August 24, 2017."
    assert approvals(NO_TRUST, sentence) == [("acquiring", "2017-08-24", "all")]
