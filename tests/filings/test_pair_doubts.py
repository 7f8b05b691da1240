"""What is no reorganization of a filing although its sentences are of that form; and what belongs to a fund's name."""

import pytest

from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pairs import find_pairs
from calfeed.filings.passages.opening import read_filing

HEAD = "ELM TRUST\n\nSupplement dated May 3, 2030 to the Prospectus dated December 29, 2029\n\n"


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The target and the acquirer of each certain pair that a text states."""
    filing = read_filing(text.encode(), "filing.txt")
    return [(each.target, each.acquiring) for each in find_pairs(filing, Names(filing, {})) if each.is_certain]


@pytest.mark.parametrize(
    "text",
    [
        "On September 25, 2029, Elm Income Fund acquired all of the assets of Elm Bond Fund pursuant to a plan of "
        "reorganization approved by shareholders on August 28, 2029.",
        "Elm Income Fund, which was merged with Elm Bond Fund on January 11, 2030, has a new benchmark.",
        "Elm Bond Fund was reorganized into Elm Income Fund on October 1, 2029.",
        "The returns before January 8, 2030 are those of Elm Bond Fund, whose assets Elm Income Fund acquired then.",
    ],
)
def test_a_merger_of_months_before_the_filing_is_history(text: str) -> None:
    assert pairs_of(HEAD + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "On April 26, 2030, Elm Income Fund acquired all of the assets of Elm Bond Fund.",
        "On January 22, 2030, the Board approved a plan to merge Elm Bond Fund into Elm Income Fund.",
    ],
)
def test_a_merger_that_was_done_lately_or_agreed_long_ago_is_one(text: str) -> None:
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund")]


def test_the_acquirer_that_is_named_in_an_aside_is_not_liquidated() -> None:
    text = (
        "Elm Health Fund will be merged into Elm Income Fund. Elm Bond Fund, whose holders did not approve its merger "
        "into Elm Income Fund, will be liquidated on June 28, 2030."
    )
    assert ("Elm Income Fund", "") not in pairs_of(HEAD + text)


def test_the_heading_of_a_section_says_nothing_of_what_stands_above_it() -> None:
    text = (
        "The merger of Elm Bond Fund into Elm Income Fund was approved. Shares are distributed to holders in complete "
        "liquidation of that Fund.\n\nElm Health Fund\n\nElm Health Fund is not affected.\n"
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund")]


def test_what_is_merged_liquidated_and_substituted_may_stand_in_one_table() -> None:
    text = (
        "Portfolio today | What happens | Where your value goes\n"
        "Elm Bond Portfolio | Merger | Elm Income Portfolio\n"
        "Ash Energy Portfolio | Liquidation | Oak Cash Portfolio\n"
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Portfolio", "Elm Income Portfolio"), ("Ash Energy Portfolio", "")]


@pytest.mark.parametrize(
    "heading",
    ["Target Fund of Elm Trust | Acquiring Fund of Oak Trust", "Elm Trust (Target Fund) | Oak Trust (Acquiring Fund)"],
)
def test_the_trusts_of_two_funds_of_one_name_may_stand_in_the_heading(heading: str) -> None:
    filing = read_filing(f"{HEAD}{heading}\nGrowth Fund | Growth Fund\n".encode(), "filing.txt")
    (pair,) = find_pairs(filing, Names(filing, {}))
    assert (pair.target_trust, pair.acquiring_trust, pair.is_certain) == ("Elm Trust", "Oak Trust", True)


def test_a_name_beside_two_targets_is_that_of_one_acquirer() -> None:
    text = (
        "<TABLE>\n<CAPTION>\nSELLING FUND               ACQUIRING FUND\n<S>                        <C>\n"
        "Elm Bond Fund              Elm Income\nElm Debt Fund              Builder Fund\n</TABLE>\n"
    )
    acquirer = "Elm Income Builder Fund"
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", acquirer), ("Elm Debt Fund", acquirer)]


def test_a_footnote_below_the_rule_that_ends_a_table_is_no_part_of_it() -> None:
    text = (
        "    Acquired Fund          Acquiring Fund          Vote\n    ---------------------------------------------\n"
        "    Elm Bond Fund          Elm Income Fund         Yes\n\n"
        "    Elm Small              Elm Growth Fund         Yes\n    Company Fund\n"
        "    ---------------------------------------------\n    * The mergers will take effect after the close of "
        "business.\n"
    )
    assert pairs_of(HEAD + text) == [
        ("Elm Bond Fund", "Elm Income Fund"),
        ("Elm Small Company Fund", "Elm Growth Fund"),
    ]


def test_a_fund_whose_merger_was_given_up_may_be_liquidated() -> None:
    text = (
        "The Board approved the merger of Elm Bond Fund (the “Fund”) into Elm Income Fund.\n\nOn April 2, 2030, the "
        "Board rescinded its approval of that merger. The Fund will be liquidated on June 3, 2030.\n"
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund"), ("Elm Bond Fund", "")]


@pytest.mark.parametrize(
    "text",
    [
        "UNDER THE PLANS ELM INCOME FUND (THE “NEW FUND”) WOULD ACQUIRE THE ASSETS OF ELM BOND FUND. ELM CASH FUND IS "
        "NOT AFFECTED.",
        "AS AGREED ELM INCOME FUND WOULD ACQUIRE THE ASSETS OF ELM BOND FUND. ELM CASH FUND IS NOT AFFECTED.",
    ],
)
def test_what_stands_before_a_name_in_capitals_is_no_part_of_it(text: str) -> None:
    assert pairs_of(HEAD + text) == [("ELM BOND FUND", "ELM INCOME FUND")]


def test_a_list_in_capitals_is_defined_as_a_whole() -> None:
    text = (
        "A PLAN WAS APPROVED FOR EACH OF ELM BOND FUND, ELM DEBT FUND AND ELM NOTES FUND (THE “TRANSFERRING FUNDS”). "
        "ELM INCOME FUND WOULD ACQUIRE ALL ASSETS OF THE TRANSFERRING FUNDS."
    )
    assert [target for target, _ in pairs_of(HEAD + text)] == ["ELM BOND FUND", "ELM DEBT FUND", "ELM NOTES FUND"]


def test_a_term_without_a_noun_is_no_part_of_the_name_behind_it() -> None:
    text = (
        "Elm Bond Trust, Inc. (“Elm Bond”) is a closed-end fund. A merger is proposed between Elm Bond and Elm Income "
        "Trust, Inc. (“Elm Income”). Elm Bond would merge with and into Elm Income.\n"
    )
    assert pairs_of(text) == [("Elm Bond Trust, Inc.", "Elm Income Trust, Inc.")]


def test_the_number_of_a_fund_in_a_table_belongs_to_its_name() -> None:
    text = "Acquired Fund | Acquiring Fund\nElm Bond Fund 2 (NYSE: EBB) | Elm Income Fund (NYSE: EIF)\n"
    assert pairs_of(HEAD + text) == [("Elm Bond Fund 2", "Elm Income Fund")]


def test_a_name_may_have_an_abbreviation_with_periods() -> None:
    text = "The Board approved the reorganization of Elm U.S. Bond Fund into Elm U.S. Bond ETF, a series of Elm Trust."
    assert pairs_of(HEAD + text) == [("Elm U.S. Bond Fund", "Elm U.S. Bond ETF")]


def test_a_sentence_may_say_what_a_fund_will_be() -> None:
    text = (
        "Elm Income Fund will be the Surviving Fund. Elm Bond Fund will be the Target Fund: it will transfer all its "
        "assets to the Surviving Fund in exchange for shares.\n"
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund")]


def test_what_is_said_in_brackets_names_no_second_acquirer() -> None:
    text = "Proposal 1: The merger of Elm Bond Fund into Elm Income Fund (shareholders of Elm Bond Fund only)."
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund")]


def test_each_acquirer_may_stand_before_its_targets() -> None:
    text = (
        "If shareholders approve, Elm Income Fund will acquire all assets of Elm Bond Fund and Elm Debt Fund, and Oak "
        "Growth Fund will acquire all assets of Ash Gold Fund."
    )
    pairs = [
        ("Elm Bond Fund", "Elm Income Fund"),
        ("Elm Debt Fund", "Elm Income Fund"),
        ("Ash Gold Fund", "Oak Growth Fund"),
    ]
    assert pairs_of(HEAD + text) == pairs


def test_a_proposal_that_another_takes_the_place_of_is_no_rival_of_it() -> None:
    text = (
        "A supplement described the merger of Elm Bond Fund (the “Fund”) into Elm Debt Fund. The Board withdrew that "
        "proposal.\n\nThe Board instead approved the merger of the Fund into Elm Income Fund."
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Debt Fund"), ("Elm Bond Fund", "Elm Income Fund")]


@pytest.mark.parametrize(
    "text",
    [
        "Acquired Funds\n   Elm Bond Fund (NYSE: EBF)\n   Elm Debt Fund (NYSE: EDF)\n\nAcquiring Fund\n"
        "   Elm Income Fund (NYSE: EIF)\n",
        "Fund reorganizing: Elm Bond Fund\nFund acquiring its assets: Elm Income Fund\n\n"
        "Fund reorganizing: Elm Debt Fund\nFund acquiring its assets: Elm Income Fund\n",
        "Target\nFunds\n|\nAcquiring Fund\n|\nElm Bond Fund\n|\nElm Income Fund\n|\nElm Debt Fund\n|\n"
        "Elm Income Fund\n|\n",
        "-------------------------------\n  FUND TO BE   |  SURVIVING\n  REORGANIZED  |  FUND\n"
        "-------------------------------\n  Elm Bond     |  Elm Income\n  Fund         |  Fund\n"
        "-------------------------------\n  Elm Debt     |  Elm Income\n  Fund         |  Fund\n"
        "-------------------------------\n",
    ],
    ids=["lines above lists", "labels with verbs", "strokes behind cells", "rules between rows"],
)
def test_lists_and_tables_of_more_forms_state_pairs(text: str) -> None:
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund"), ("Elm Debt Fund", "Elm Income Fund")]


def test_a_name_may_have_the_letter_a() -> None:
    text = (
        "The Board approved the merger of Elm Bond Fund into Elm Income Fund, and the liquidation of Elm China A Fund."
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund"), ("Elm China A Fund", "")]


def test_classes_are_no_fund() -> None:
    text = "Elm Class R2 and Class R3 Shares\n\nOn June 3, 2030 Class R2 and Class R3 shares will be terminated."
    assert pairs_of(HEAD + text) == []


def test_two_pairs_with_one_verb_are_told_by_the_names() -> None:
    text = "The Board agreed to reorganize Elm Bond Fund into Elm Income Fund and Elm Debt Fund into Elm Cash Fund."
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund"), ("Elm Debt Fund", "Elm Cash Fund")]


@pytest.mark.parametrize(
    "text",
    [
        "Performance prior to the reorganization of Oak Growth Fund into Elm Growth Fund is that of Oak Growth Fund.",
        "Elm Growth Fund took over the performance history of Oak Growth Fund as a result of a reorganization in which "
        "Elm Growth Fund acquired all of the assets of Oak Growth Fund.",
        "Elm Growth Fund is the successor to Oak Growth Fund pursuant to a reorganization.",
        "On February 15, 2030, shareholders of Oak Value Fund approved the reorganization of Oak Value Fund "
        "into Elm Value "
        "Fund. The reorganization took place on March 1, 2030.",
        "Elm Growth Fund was created on February 1, 2030 to acquire the assets of Oak Growth Fund, a private "
        "fund, and has "
        "the record of that fund.",
        "The adviser also manages Elm Core Fund, into which Elm Capital Fund was merged in January 2030.",
        "Acquired Fund | Acquiring Fund | Date\nOak Value Fund | Elm Value Fund | May 4, 2025\n"
        "Oak Bond Fund | Elm Bond Fund | May 4, 2025\n",
    ],
    ids=["performance", "performance history", "successor", "took place", "a private fund", "into which", "a table"],
)
def test_where_the_record_of_a_fund_comes_from_is_no_plan(text: str) -> None:
    assert pairs_of(HEAD + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Board may at any time decide to merge Elm Bond Fund into another fund or to liquidate Elm Bond Fund.",
        "Elm Bond Fund will withdraw its assets from Elm Bond Master Portfolio. Elm Bond Master Portfolio "
        "will be dissolved.",
        "Elm Agency Trust Company will merge with Oak Trust Company, the custodian of Elm Bond Fund and Elm "
        "Income Fund.",
        "Elm Bond Fund will not merge with Elm Income Fund. Only their boards are combined.",
        "Elm Bond Fund's Class C shares will be combined with its Class A shares, and Elm Income Fund's "
        "Class C shares with "
        "its Class A shares.",
    ],
    ids=["the power to liquidate", "a master portfolio", "trust companies", "not", "classes"],
)
def test_what_the_funds_do_or_may_do_beside_a_merger_is_none(text: str) -> None:
    assert pairs_of(HEAD + text) == []


def test_a_plan_that_was_ended_is_no_rival_of_a_new_one_of_the_same_passage() -> None:
    text = (
        "The Board approved an agreement by which Oak Growth Fund will acquire the assets of Elm Growth "
        "Fund. The earlier "
        "merger of Elm Growth Fund into Elm Core Fund has been abandoned."
    )
    pairs = [("Elm Growth Fund", "Oak Growth Fund"), ("Elm Growth Fund", "Elm Core Fund")]
    assert sorted(pairs_of(HEAD + text)) == sorted(pairs)


@pytest.mark.parametrize(
    "text",
    [
        "Shareholders of Elm Bond Fund will receive a combined prospectus with Elm Income Fund.",
        "Holders of Class T of Elm Bond Fund may convert into Class A of Elm Income Fund.",
        "On June 3, 2030, Elm Bond Fund will transfer its cash to Elm Income Fund as an investment.",
        "Elm Life Cycle Fund will redeem its shares of Elm Bond Fund and will buy shares of Elm Income Fund.",
        "Elm Life Cycle Fund will replace Elm Bond Fund with Elm Income Fund as an underlying fund.",
        "Elm Bond Fund will be replaced by Elm Income Fund in the portfolio of Elm Life Cycle Fund.",
        "Elm Bond Fund, which once was to be merged with Elm Income Fund, has a new manager.",
        "After the merger of Oak Services into Elm Services, calls about Elm Bond Fund and Elm Income Fund "
        "are answered by "
        "the latter.",
        "Elm Bond Fund converts from a diversified fund into a non-diversified fund, as Elm Income Fund did.",
        "Is Elm Bond Fund being liquidated? No. It is closed to new investors.",
        "Its counsel acted for Elm Bond Fund when it was combined with Elm Income Fund.",
    ],
    ids=["a document", "a choice of holders", "cash", "a fund of funds", "an underlying fund", "a portfolio", "once",
         "firms", "diversification", "a question", "when it was"],
)  # fmt: skip
def test_what_else_goes_from_one_fund_to_another_is_no_merger(text: str) -> None:
    assert pairs_of(HEAD + text) == []


def test_an_earlier_merger_of_a_target_is_no_rival_of_its_merger() -> None:
    text = (
        "Elm Bond Fund will be merged into Elm Income Fund. Capital losses of Elm Bond Fund from its own "
        "merger with Oak "
        "Bond Fund may be limited."
    )
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund")]


@pytest.mark.parametrize(
    "text",
    [
        "Q. Is my fund being reorganized?\n\nA. Yes. Elm Bond Fund will be reorganized into Elm Income Fund.",
        "Elm Bond Fund, whose predecessor was merged into it in 2019, will be reorganized into Elm Income Fund.",
        "Elm Income Fund began in August 2010, when it took over a private fund. "
        "Elm Bond Fund will join Elm Income Fund.",
        "Fund to be merged | Surviving fund | Inception\nElm Bond Fund | Elm Income Fund | August 2, 2010\n",
    ],
    ids=["an answer", "a predecessor", "a private fund", "an inception"],
)
def test_what_is_said_of_the_past_beside_a_plan_takes_nothing_from_it(text: str) -> None:
    assert pairs_of(HEAD + text) == [("Elm Bond Fund", "Elm Income Fund")]
