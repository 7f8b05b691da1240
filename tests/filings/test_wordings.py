"""Which fund goes into which, in words that no table has: by who gives, who gets, and what stands beside it."""

import pytest

from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pairs import find_pairs
from calfeed.filings.funds.statements import GETS
from calfeed.filings.passages.opening import read_filing

BOND, INCOME = "Elm Bond Fund", "Elm Income Fund"
ONE, OTHER = (BOND, INCOME), ("Elm Cash Fund", "Oak Fund")
HEAD = "ELM TRUST\n\nElm Bond Fund\n\nSupplement dated May 1, 2031\n\n"


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The target and the acquirer of each pair that a text states for certain."""
    filing = read_filing(text.encode(), "filing.txt")
    return [(each.target, each.acquiring) for each in find_pairs(filing, Names(filing, {})) if each.is_certain]


@pytest.mark.parametrize(
    "text",
    [
        "Elm Bond Fund \u2013 Class II, of Elm Trust, will give way to Elm Income Fund \u2013 Class S, of Oak Trust.",
        "The shareholders of Elm Bond Fund agreed, by a large majority, to join Elm Income Fund.",
        "What Elm Bond Fund owns will pass to Elm Income Fund once trading has ended on May 1, 2031.",
        "Elm Income Fund will take in Elm Bond Fund on May 1, 2031.",
        "Elm Bond Fund will cease to exist and its shareholders will own shares of Elm Income Fund instead.",
        "Elm Bond Fund will be merged into Elm Income Fund, and you may convert your shares at any time.",
        "Each share of Elm Bond Fund will be turned into shares of Elm Income Fund.",
        "Elm Bond Fund will hand its whole portfolio to Elm Income Fund and then be wound up.",
        "Elm Bond Fund will live on as part of Elm Income Fund.",
        "Elm Income Fund is the fund Elm Bond Fund will be merged into.",
        "Elm Bond Fund's business will be continued by Elm Income Fund.",
        "Elm Income Fund will step into the place of Elm Bond Fund.",
        "We will bring Elm Bond Fund and Elm Income Fund together. Elm Income Fund survives.",
        "Elm Bond Fund and Elm Income Fund signed a plan of merger. Elm Bond Fund will cease to exist.",
        "They approved the merger of the Acquired Fund into the Acquiring Fund.\n\nThe Acquired Fund is Elm Bond Fund. "
        "The Acquiring Fund is Elm Income Fund.",
        "Acquisition of the Assets and Liabilities of\nElm Bond Fund\na series of Elm Trust\n\n"
        "By and in Exchange for Shares of\nElm Income Fund\na series of Oak Trust\n",
    ],
)
def test_the_pair_is_told_by_who_gives_and_who_gets(text: str) -> None:
    assert pairs_of(text) == [ONE]


@pytest.mark.parametrize(
    "text",
    [
        "Elm Bond Fund will take the name Elm Income Fund on May 1, 2031.",
        "Mr. Oak, manager of Elm Bond Fund, will join the team of Elm Income Fund.",
        "Mr. Oak will move from Elm Bond Fund to Elm Income Fund.",
        "Holders of Elm Bond Fund may move their money to Elm Income Fund until May 1, 2031.",
        "If you give no other instruction, shares of Elm Bond Fund in retirement accounts will be exchanged for shares "
        "of Elm Income Fund.",
        "The distributions of Elm Bond Fund can be put into Elm Income Fund.",
        "Elm Bond Fund and Elm Income Fund will share one transfer agent.",
        "Class C shares of Elm Bond Fund may be exchanged for those of Elm Income Fund.",
        "Shares of Elm Bond Fund may be exchanged for shares of Elm Income Fund at net asset value.",
        "Elm Bond Fund's benchmark changes into that of Elm Income Fund.",
        "The boards of Elm Bond Fund and Elm Income Fund will be combined into one.",
        "Elm Bond Fund lends cash to Elm Income Fund under an interfund program.",
        "The benchmark of Elm Bond Fund is replaced by that of Elm Income Fund.",
        "An account in Elm Bond Fund that falls below the minimum will be moved to Elm Income Fund.",
        "Elm Bond Fund will replace Elm Income Fund as an underlying fund of the Elm Allocation Fund.",
        "Elm Bond Fund will be integrated into the website together with Elm Income Fund.",
        "To reduce your sales charge you may combine shares of Elm Bond Fund with shares of Elm Income Fund.",
        "Elm Bond Fund will contribute its assets to Elm Income Fund and become a feeder fund.",
        "Elm Bond Fund will transfer its assets to the Elm Master Portfolio and go on as before.",
        "Elm Bond Fund is advised by the same firm and may be merged with Elm Income Fund.",
        "Elm Bond Fund joined Elm Income Fund last year.",
        "Elm Bond Fund was merged into Elm Income Fund some years ago.",
        "Elm Bond Fund, which merged with Elm Income Fund, is no longer sold.",
    ],
)
def test_what_else_goes_from_one_fund_to_another_is_no_pair(text: str) -> None:
    assert pairs_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Elm Bond Fund is to become part of Elm Income Fund, and Elm Cash Fund part of Oak Fund.",
        "Elm Bond Fund will be acquired by Elm Income Fund, and Elm Cash Fund by Oak Fund.",
        "It approved the purchase by Elm Income Fund of the assets of Elm Bond Fund, and the purchase by Oak Fund "
        "of the assets of Elm Cash Fund.",
        "We will replace shares of Elm Bond Fund, a series of Elm Trust, with shares of Elm Income Fund, and shares of "
        "Elm Cash Fund, a series of Elm Trust, with shares of Oak Fund.",
        "Fund to be acquired                    Fund that will continue\n"
        "-------------------                    ---------------------\n"
        "Elm Bond Fund                          Elm Income Fund\nElm Cash Fund                          Oak Fund\n",
        "The order lets us exchange\n\n  \u2022 shares of Elm Bond Fund for shares of Elm Income Fund; and\n\n"
        "  \u2022 shares of Elm Cash Fund for shares of Oak Fund.\n",
        "Each series of Elm Trust will transfer its assets to the series of Oak Funds listed opposite it:\n\n"
        "<TABLE>\nELM TRUST                    OAK FUNDS\n- ---------                  ---------\n"
        "Elm Bond Fund                Elm Income Fund\nElm Cash Fund                Oak Fund\n</TABLE>\n",
        "|\nAcquired Fund\n|\nAcquiring Fund\n|\nElm Bond Fund\n|\nElm Income Fund\n|\nElm Cash Fund\n|\nOak Fund\n|\n",
    ],
)
def test_two_pairs_may_stand_beside_each_other(text: str) -> None:
    assert pairs_of(text) == [ONE, OTHER]


@pytest.mark.parametrize(
    "text",
    [
        "Elm Bond Fund and Elm Cash Fund are small. Both will be merged into Elm Income Fund.",
        "Elm Bond Fund\nElm Cash Fund\n\nSupplement\n\nThe Board will merge the two funds into Elm Income Fund.",
        "The following funds will be merged into Elm Income Fund: \u2022 Elm Bond Fund; and \u2022 Elm Cash Fund.",
        "Elm Income Fund will take over the assets of these funds: (1) Elm Bond Fund, (2) Elm Cash Fund.",
        "Supplement for\n\n\u2022 Elm Bond Fund\n\u2022 Elm Cash Fund\n\n(each, a “State Fund”)\n\n"
        "The Board approved the merger of each State Fund into Elm Income Fund.",
    ],
)
def test_several_funds_may_go_into_one(text: str) -> None:
    assert pairs_of(text) == [ONE, ("Elm Cash Fund", INCOME)]


@pytest.mark.parametrize(
    "text",
    [
        "Class T. Elm Income Fund has no Class T shares.\n\nElm Bond Fund will be merged into Elm Income Fund.",
        "We call Elm Bond Fund the “Small Fund” and Elm Income Fund the “Big Fund.” The Small Fund will be merged into "
        "the Big Fund.",
        "We will merge Elm Bond Fund into the Elm Income Fund (the Elm Debt Fund until November 1, 2004).",
        "Elm Bond Fund will be replaced by Elm Income Fund (Service Class), a series of Oak Trust.",
        "QUESTIONS AND ANSWERS FOR SHAREHOLDERS OF ELM BOND FUND\n\nYour fund will be merged into Elm Income Fund.",
        "ELM SERIES\nElm Bond Fund\n\nSupplement\n\nThe Board approved the merger of the Fund into Elm Income Fund.",
        "To shareholders of Elm Bond Fund:\n\nYour Fund's merger with Elm Income Fund will close on May 1, 2031.",
        "Dear Elm Bond Fund Shareholder:\n\nWe propose that your Fund combine with Elm Income Fund.",
        "DENVER \u2013 Elm Bond Fund announced today that it will be merged into Elm Income Fund.",
    ],
)
def test_the_fund_is_told_from_the_words_around_it(text: str) -> None:
    assert [(target.lower(), acquirer) for target, acquirer in pairs_of(text)] == [(BOND.lower(), INCOME)]


@pytest.mark.parametrize(
    "text",
    [
        "Shares in retirement accounts will be exchanged, on the day of the liquidation, for shares of Elm Cash Fund.",
        "Elm Cash Fund is not being liquidated.",
        "Neither Elm Cash Fund nor Elm Gold Fund will be liquidated.",
        "Shares of Elm Cash Fund that are too few will be liquidated.",
    ],
)
def test_only_the_fund_itself_is_liquidated(text: str) -> None:
    assert pairs_of(f"{HEAD}The Fund will be liquidated on May 1, 2031. {text}") == [(BOND, "")]


@pytest.mark.parametrize(
    "text",
    [
        "The Board considered a merger of Elm Bond Fund with Elm Income Fund but decided to liquidate it.",
        "Any policy value that is still in Elm Bond Fund on that day will be moved to Elm Income Fund.",
    ],
)
def test_a_fund_that_is_liquidated_goes_into_no_other(text: str) -> None:
    assert pairs_of(f"Elm Bond Fund will be liquidated on May 1, 2031. {text}") == [(BOND, "")]


def test_a_fund_may_have_the_end_of_the_name_of_its_acquirer() -> None:
    text = "The Board approved the merger of the Growth Portfolio into the Capital Growth Portfolio."
    assert pairs_of(text) == [("Growth Portfolio", "Capital Growth Portfolio")]


@pytest.mark.parametrize(
    "text",
    [
        "If Elm Bond Fund is liquidated you will be told.",
        "Elm Bond Fund closes early, at the close of business there. Elm Gold Fund has liquidated a position.",
        "Elm Bond Fund could be liquidated one day.",
        "Elm Bond Fund will be liquidated if holders do not approve the new adviser.",
    ],
)
def test_what_only_may_end_is_not_liquidated(text: str) -> None:
    assert pairs_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Elm Bond Fund will liquidate its foreign holdings.",
        "Elm Bond Fund will terminate a line of credit.",
        "Elm Bond Fund's subsidiary will be liquidated.",
        "Elm Bond Fund has a subsidiary that will be liquidated.",
        "The expense limitation of Elm Bond Fund will be terminated on April 30, 2032.",
        "The 12b-1 plan of Elm Bond Fund will be dissolved and terminated.",
        "The liquidation of Elm Bond Fund's real estate is under way.",
        "The Elm Separate Account will be liquidated.",
    ],
)
def test_what_a_fund_has_may_end_without_it(text: str) -> None:
    assert pairs_of(text) == []


@pytest.mark.parametrize(
    "firm", ["Great Bell Financial Corporation", "Oak Holdings, Inc.", "Oak Bancorp", "Oak Group plc"]
)
def test_a_firm_acquires_no_fund(firm: str) -> None:
    assert pairs_of(f"Elm Bond Fund will be merged into {firm}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The assets of Elm Bond Fund will be liquidated.",
        "Elm Bond Fund's assets will be liquidated.",
        "Elm Bond Fund will liquidate all of its assets and close.",
        "Instead of being merged into Elm Income Fund, Elm Bond Fund will be liquidated.",
        "Elm Bond Fund will be liquidated rather than merged into Elm Income Fund.",
    ],
)
def test_a_fund_ends_with_its_assets_or_in_place_of_a_merger(text: str) -> None:
    assert pairs_of(text) == [(BOND, "")]


@pytest.mark.parametrize(
    "text",
    [
        "The Bond Portfolio of the Elm Trust will be reorganized into the Bond Portfolio of the Oak Trust.",
        "We approved an Agreement and Plan of Reorganization between Elm Trust, on behalf of Bond Portfolio, and "
        "Oak Trust, on behalf of its series Bond Portfolio.",
    ],
)
def test_two_funds_of_one_name_are_told_by_their_trusts(text: str) -> None:
    filing = read_filing(text.encode(), "filing.txt")
    (pair,) = find_pairs(filing, Names(filing, {}))
    assert (pair.target_trust, pair.acquiring_trust, pair.is_certain) == ("Elm Trust", "Oak Trust", True)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "The Board had approved the merger of Elm Bond Fund into Elm Income Fund. It decided to cancel the merger."
            "\n\nInstead, the Board approved the liquidation of Elm Bond Fund.",
            [ONE, (BOND, "")],
        ),
        (
            "We proposed to merge Elm Bond Fund into Elm Income Fund. That proposal has been withdrawn.\n\n"
            "In its place, Elm Bond Fund will be reorganized into Oak Fund.",
            [ONE, (BOND, "Oak Fund")],
        ),
    ],
)
def test_a_merger_that_is_off_leaves_room_for_what_comes_instead(text: str, pairs: list[tuple[str, str]]) -> None:
    assert pairs_of(text) == pairs


def test_a_table_may_say_in_words_what_becomes_of_each_fund() -> None:
    text = "Current Fund | Proposed action\nElm Bond Fund | Merge into Elm Income Fund\nElm Gold Fund | Liquidate\n"
    assert pairs_of(text) == [ONE, ("Elm Gold Fund", "")]


def test_names_without_a_noun_are_told_by_the_merger() -> None:
    text = "ELM SELECT SERIES\n\nThe Directors propose to merge Elm China Opportunities into Elm Asia ex-Japan."
    assert pairs_of(text) == [("Elm China Opportunities", "Elm Asia ex-Japan")]


@pytest.mark.parametrize(
    "rows",
    [
        "Elm Balanced                         Elm Asset Manager\nElm Worldwide                        Elm Overseas\n",
        "Elm Balanced                         Elm Asset Manager\n(Oak Trust)\n\n"
        "Elm Worldwide                        Elm Overseas\n(Oak Trust)\n",
    ],
)
def test_the_rows_of_a_table_are_told_apart_without_nouns(rows: str) -> None:
    text = f"ELM FUNDS\n\nReorganizations:\n\nSelling Fund                         Buying Fund\n\n{rows}"
    assert pairs_of(text) == [("Elm Balanced", "Elm Asset Manager"), ("Elm Worldwide", "Elm Overseas")]


def test_a_column_may_name_the_trusts_of_the_targets() -> None:
    text = (
        "Target Fund | Trust of the Target Fund | Acquiring Fund\nGrowth Fund | Elm Funds | Elm Growth Fund\n"
        "Growth Fund | Oak Funds | Elm Growth Fund\n"
    )
    filing = read_filing(text.encode(), "filing.txt")
    assert [each.target_trust for each in find_pairs(filing, Names(filing, {}))] == ["Elm Funds", "Oak Funds"]


def test_the_two_funds_may_be_those_of_the_paragraph_before() -> None:
    text = (
        "You own shares of Elm Bond Fund, Elm Cash Fund, or both.\n\nWe will fold the two funds into Elm Income Fund."
    )
    assert pairs_of(text) == [ONE, ("Elm Cash Fund", INCOME)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Closing Fund", "Continuing Fund"),
        ("This fund", "Goes into"),
        ("If you own", "You will own"),
        ("Shares you have now", "Shares you will have"),
        ("Fund", "Merger partner"),
        ("This Fund...", "...will be merged into this Fund"),
        ("Portfolio to be removed", "Portfolio that takes its place"),
        ("Seller", "Buyer"),
    ],
)
def test_the_heading_of_a_column_says_what_becomes_of_its_funds(left: str, right: str) -> None:
    rows = [(left, right), ("-" * 10, "-" * 10), ONE, OTHER]
    table = "\n".join(f"{target:<30}{acquirer}" for target, acquirer in rows)
    assert pairs_of(f"The Board approved mergers.\n\n{table}\n\nThey need a vote.") == [ONE, OTHER]


@pytest.mark.parametrize("heading", ["Underlying fund", "Master fund", "Comparable fund", "New name"])
def test_a_table_of_funds_that_have_to_do_with_each_other_has_no_pairs(heading: str) -> None:
    text = f"| Fund | {heading} |\n|---|---|\n| {BOND} | {INCOME} |\n| Elm Cash Fund | Oak Fund |\n"
    assert pairs_of(text) == []


def test_rows_may_be_numbered_in_a_column_of_their_own() -> None:
    text = (
        "<TABLE>\n<CAPTION>\nNo.   Acquired Fund        Acquiring Fund\n---   -------------        --------------\n"
        "<S>   <C>                  <C>\n 1    Elm Bond Fund        Elm Income Fund\n"
        " 2    Elm Cash Fund        Oak Fund\n</TABLE>\n"
    )
    assert pairs_of(text) == [ONE, OTHER]


def test_a_cell_may_say_the_same_as_the_one_above() -> None:
    text = f"| Target Fund | Acquiring Fund |\n|---|---|\n| {BOND} | {INCOME} |\n| Elm Cash Fund | Same |\n"
    assert pairs_of(text) == [ONE, ("Elm Cash Fund", INCOME)]


@pytest.mark.parametrize("text", [text for each in GETS for text in each.examples])
def test_a_filing_about_one_fund_may_name_its_acquirer_alone(text: str) -> None:
    assert pairs_of(f"{HEAD}A merger of the Fund is planned. {text}") == [ONE]


def test_letters_in_brackets_that_are_used_later_stand_for_the_fund_before_them() -> None:
    text = "The Boards of Elm Bond Fund (EBF) and Elm Income Fund (EIF) approved the merger of EBF into EIF."
    assert pairs_of(text) == [ONE]


def test_a_heading_may_say_only_of_the_targets_what_becomes_of_them() -> None:
    table = "Series to be Absorbed | Oak Series\nElm Bond Fund | Elm Income Fund\nElm Cash Fund | Oak Fund\n"
    assert pairs_of(table) == [ONE, OTHER]
    assert pairs_of(table.replace("Oak Series", "Similar Series")) == []


def test_a_later_merger_may_be_into_the_same_fund() -> None:
    text = (
        "The merger of Elm Bond Fund into Elm Income Fund was approved.\n\n"
        "The merger of Elm Cash Fund into the same fund has been put off."
    )
    assert pairs_of(text) == [ONE, ("Elm Cash Fund", INCOME)]


def test_a_closed_end_fund_may_be_told_by_its_symbol() -> None:
    text = "Elm Income Fund (NYSE: EIF) is large. Elm Debt Shares (NYSE: EDS) will be merged into Elm Income Fund."
    assert pairs_of(text) == [("Elm Debt Shares", INCOME)]
