"""Whose vote, and whose change, a date of a filing is about."""

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.passages.opening import read_filing
from calfeed.model.plans import Of

ONE_PAIR = (
    "ARDEN FUNDS\nSupplement dated March 2, 2026\n\nThe Trustees have approved the reorganization of Arden Bond Fund "
    '(the "Target Fund") into Arden Income Fund (the "Acquiring Fund").\n\n'
)
TWO_PAIRS = ONE_PAIR.replace(
    'Arden Bond Fund (the "Target Fund")', "each of Arden Bond Fund and Arden Credit Fund (each, a “Target Fund”)"
)


def drafted(text: str) -> Draft:
    """The draft of a text."""
    return draft_of(read_filing(text.encode(), "filing.txt"))


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("A special meeting of shareholders of the Target Fund and the Acquiring Fund will be held", Of.BOTH),
        ("A joint special meeting of shareholders of Arden Income Fund and Arden Bond Fund will be held", Of.BOTH),
        ("A joint special meeting of the shareholders of both Funds will be held", Of.BOTH),
        ("The joint special meeting of shareholders of the two funds is scheduled to be held", Of.BOTH),
        ("A special meeting of shareholders of each of the Funds will be held", Of.BOTH),
        ("A special meeting of shareholders of the Target Fund will be held", Of.TARGET),
        ("A special meeting of shareholders of each Target Fund will be held", Of.TARGET),
        ("Shareholders of the Target Fund will vote on the reorganization at a special meeting to be held", Of.TARGET),
    ],
)
def test_a_meeting_of_both_funds_is_that_of_both(sentence: str, whose: Of) -> None:
    draft = drafted(f"{ONE_PAIR}{sentence} on April 30, 2026.\n")
    assert [each.of for each in draft.placed if each.kind and each.kind.name == "special meeting"] == [whose]


def test_each_fund_may_be_others_than_the_pair() -> None:
    others = "Arden Growth Fund will get a new adviser.\n\n"
    draft = drafted(
        f"{ONE_PAIR}{others}A special meeting of shareholders of each Fund will be held on April 30, 2026.\n"
    )
    assert [each.why for each in draft.to_decide] == ["Whose holders vote?"]


def test_a_joint_meeting_of_nobody_in_particular_is_asked_about() -> None:
    draft = drafted(f"{ONE_PAIR}A joint special meeting will be held on April 30, 2026.\n")
    assert [each.why for each in draft.to_decide] == ["Whose holders vote?"]


def test_a_joint_meeting_is_that_of_both_wherever_it_is_stated() -> None:
    said = "A joint special meeting of shareholders of both Funds will be held on April 30, 2026."
    draft = drafted(f"{ONE_PAIR}The joint special meeting will be held on April 30, 2026.\n\n{said}\n")
    meetings = [each for each in (*draft.placed, *draft.to_decide) if each.kind and each.kind.name == "special meeting"]
    assert [each.of for each in meetings] == [Of.BOTH]
    assert meetings[0] in draft.placed


def test_each_fund_of_several_mergers_is_each_target() -> None:
    draft = drafted(f"{TWO_PAIRS}A special meeting of shareholders of each Fund will be held on April 30, 2026.\n")
    meetings = [each for each in (*draft.placed, *draft.to_decide) if each.kind and each.kind.name == "special meeting"]
    assert {each.of for each in meetings} == {Of.TARGET}


@pytest.mark.parametrize("whose", ["Both Funds' names", "Each Fund's name"])
def test_a_change_of_both_funds_is_that_of_both(whose: str) -> None:
    draft = drafted(f"{ONE_PAIR}{whose} will change on June 8, 2026.\n")
    assert [each.of for each in draft.placed if each.kind and each.kind.name == "name change"] == [Of.BOTH]


def test_a_change_of_the_acquirer_in_a_list_with_the_merger_is_not_the_targets() -> None:
    draft = drafted(
        "ARDEN FUNDS\nSupplement dated March 2, 2026\n\nThe Trustees approved (i) the replacement of Oak Capital by "
        "Elm Capital as subadviser to Arden Income Fund effective May 1, 2026, and (ii) the merger of Arden Bond Fund "
        "into Arden Income Fund effective on or about August 21, 2026.\n"
    )
    assert "subadviser change" not in {each.kind.name for each in draft.placed if each.kind}


@pytest.mark.parametrize(
    "words",
    ["receive notice of the reorganization", "be sent an information statement", "be given a notice in writing"],
)
def test_holders_who_only_get_a_notice_have_no_record_date(words: str) -> None:
    draft = drafted(f"{ONE_PAIR}Shareholders of record on April 30, 2026 will {words}.\n")
    assert "record date" not in {each.kind.name for each in draft.placed if each.kind}


def test_the_record_date_of_an_information_statement_is_none_of_a_vote() -> None:
    draft = drafted(f"{ONE_PAIR}Timetable\n\nRecord date for the information statement      April 30, 2026\n")
    assert "record date" not in {each.kind.name for each in draft.placed if each.kind}


def test_holders_who_get_a_notice_of_the_meeting_have_a_record_date() -> None:
    draft = drafted(f"{ONE_PAIR}Shareholders of record on April 3, 2026 will receive notice of the special meeting.\n")
    assert "record date" in {each.kind.name for each in draft.placed if each.kind}
