"""In which trust a fund of a filing is, and which reorganizations unusual wordings state."""

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.passages.opening import read_filing


def drafted(text: str, name: str = "filing.txt") -> Draft:
    """The draft of a filing."""
    return draft_of(read_filing(text.encode(), name))


HEAD = "Rowan Trust\n\nSupplement dated May 3, 2032\n\n"


@pytest.mark.parametrize(
    ("text", "trusts"),
    [
        ("Rowan Trust's Bond Fund will be reorganized into Hazel Trust's Income Fund.", ("Rowan Trust", "Hazel Trust")),
        ("Rowan Trust\u2019s Bond Fund will be merged into the Hazel Funds\u2019 Income Fund.",
         ("Rowan Trust", "Hazel Funds")),
        ("On April 1, 2032 the Board of Trustees of Hazel Trust approved the merger of the Bond Fund into the Hazel "
         "Income Fund.", ("Rowan Trust", "Hazel Trust")),
        ("The Trustees of Hazel Trust have agreed to the acquisition by its Income Fund of the assets of the Rowan "
         "Bond Fund.", ("Rowan Trust", "Hazel Trust")),
    ],
)  # fmt: skip
def test_a_fund_is_in_the_trust_that_is_said_to_have_it_whichever_board_is_named(
    text: str, trusts: tuple[str, str]
) -> None:
    assert [(pair.target_trust, pair.acquiring_trust) for pair in drafted(HEAD + text).pairs] == [trusts]


ALDER = "ALDER MUTUAL FUNDS\n\nOctober 4, 2032\n\n"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (ALDER + "Alder Canadian Value Class will merge into Alder Canadian Dividend Class on January 14, 2033.",
         [("Alder Canadian Value Class", "Alder Canadian Dividend Class")]),
        (ALDER + "Advisor Class shares of Alder Bond Fund will become Institutional Service Class shares.", []),
        (HEAD + "The sentence “The Rowan Bond Fund will be merged into the Rowan Value Fund” is deleted and replaced "
         "by “The Rowan Bond Fund will be merged into the Rowan Income Fund.”",
         [("Rowan Bond Fund", "Rowan Income Fund")]),
        ("ROWAN MUNICIPAL INCOME TRUST\n\nMay 3, 2032. The Trust announced that shareholders have approved its merger "
         "into Hazel Municipal Fund, a series of Hazel Trust.",
         [("Rowan Municipal Income Trust", "Hazel Municipal Fund")]),
        (HEAD + "The Rowan Bond Fund, which took over the Oak Fund on May 2, 2018, will be merged into the Rowan "
         "Income Fund.", [("Rowan Bond Fund", "Rowan Income Fund")]),
        (HEAD + "Acquiring Fund        Target Fund(s)\nRowan Income Fund     Rowan Bond Fund and Rowan Note Fund\n",
         [("Rowan Bond Fund", "Rowan Income Fund"), ("Rowan Note Fund", "Rowan Income Fund")]),
        (HEAD + "Merging Fund / Class     Surviving Fund / Class\nRowan Bond / A, C        Rowan Income / A, C\n"
         "Rowan Note / A           Rowan Cash / A\n", [("Rowan Bond", "Rowan Income"), ("Rowan Note", "Rowan Cash")]),
        (HEAD + "Schedule A\n\nRowan Bond Fund (Target) - Rowan Income Fund (Acquiring Fund)\n",
         [("Rowan Bond Fund", "Rowan Income Fund")]),
        (HEAD + "Fund to be Reorganized: Rowan Bond Fund     Successor: Rowan Income Fund\n",
         [("Rowan Bond Fund", "Rowan Income Fund")]),
    ],
)  # fmt: skip
def test_pairs_are_found_in_unusual_wordings(text: str, pairs: list[tuple[str, str]]) -> None:
    found = [(each.target.title(), each.acquiring.title()) for each in drafted(text).pairs if each.is_certain]
    assert found == [(target.title(), acquiring.title()) for target, acquiring in pairs]


TWO = (
    HEAD
    + "The Rowan Bond Fund will be merged into the Rowan Income Fund and the Rowan Note Fund into the Rowan Cash Fund. "
)


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("The special meeting was convened as scheduled on May 1, 2032. Shareholders of the Rowan Bond Fund voted for "
         "the merger. The meeting was adjourned to June 9, 2032, as to the Rowan Note Fund only.",
         [("May 1, 2032", {0}), ("June 9, 2032", {1})]),
        ("Shareholders of the Rowan Bond Fund approved the merger. The special meeting was adjourned to June 9, 2032 "
         "with respect to the other fund.", []),
    ],
)  # fmt: skip
def test_a_meeting_that_goes_on_for_one_of_two_funds_is_not_placed_for_both(
    text: str, placed: list[tuple[str, set[int]]]
) -> None:
    meetings = [each for each in drafted(TWO + text).placed if each.kind and each.kind.name == "special meeting"]
    assert [(each.phrase, set(each.scope)) for each in meetings] == placed
