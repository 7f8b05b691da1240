"""Which fund goes into which: each statement with its examples, names, terms, tables, and what looks like a pair."""

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pairs import find_pairs
from calfeed.filings.funds.statements import LIQUIDATIONS, OPEN_STATEMENTS, STATEMENTS
from calfeed.filings.passages.opening import read_filing
from calfeed.filings.standings.standing_rules import Status

BOND, INCOME = "Elm Bond Fund", "Elm Income Fund"


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The target and the acquirer of each pair that a text states."""
    filing = read_filing(text.encode(), "filing.txt")
    return [(each.target, each.acquiring) for each in find_pairs(filing, Names(filing, {}))]


@pytest.mark.parametrize("text", [text for each in (*STATEMENTS, *OPEN_STATEMENTS) for text in each.examples])
def test_each_example_of_a_statement_states_a_pair(text: str) -> None:
    assert (BOND, INCOME) in pairs_of(text)


@pytest.mark.parametrize("text", [text for each in (*STATEMENTS, *OPEN_STATEMENTS) for text in each.others])
def test_what_only_looks_like_a_statement_states_none(text: str) -> None:
    assert pairs_of(text) == []


@pytest.mark.parametrize("text", [text for each in LIQUIDATIONS for text in each.examples])
def test_each_example_of_a_liquidation_states_it(text: str) -> None:
    assert pairs_of(text) == [(BOND, "")]


@pytest.mark.parametrize("text", [text for each in LIQUIDATIONS for text in each.others])
def test_what_only_looks_like_a_liquidation_states_none(text: str) -> None:
    assert (BOND, "") not in pairs_of(text)


HEAD = "ELM TRUST\n\nElm Bond Fund\n\nSupplement dated May 1, 2031\n\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "The Board approved the merger of the Fund into Elm Income Fund.",
        HEAD.replace("Fund", "Fund (ELMBX)") + "The Board approved the merger of the Fund into Elm Income Fund.",
        "Elm Bond Fund (the Acquired Fund) and Elm Income Fund (the Acquiring Fund)\n\n"
        "The Acquired Fund will transfer its assets to the Acquiring Fund.",
        "Elm Bond Fund (the 'Merging Fund') is to merge with Elm Income Fund (the 'Receiving Fund').",
        "As a shareholder of Elm Bond Fund you may vote on the merger of your fund into Elm Income Fund.",
        "Elm Bond Fund will be renamed on May 1, 2031. On June 2, 2031 it will be merged into Elm Income Fund.",
        "The Trustees of Elm Trust met about Elm Bond Fund. The fund will be merged into Elm Income Fund.",
        "Elm Bond Fund (formerly known as Elm Debt Fund) will be merged into Elm Income Fund (to be renamed "
        "Elm Fund A).",
        "Elm Debt Fund will merge on May 1, 2031.\n\nElm Bond Fund (presently known as Elm Debt Fund) is one.\n\n"
        "Elm Debt Fund will be merged into Elm Income Fund.",
        "The Board approved the combination of Elm Bond Fund and Elm Income Fund. Elm Income Fund will be the "
        "surviving fund.",
        "They agreed that Elm Bond Fund should be merged, and that Elm Income Fund should be the fund that it joins.",
        "PROPOSED MERGER OF\nELM BOND FUND\nINTO\nELM INCOME FUND\n\nElm Bond Fund and Elm Income Fund agreed.",
        "Elm Bond Fund and Elm Income Fund are alike. The Board approved the merger of the former into the latter.",
        "Under the plan Elm Bond Fund is the disappearing fund and Elm Income Fund is the surviving fund.",
        "Acquiring fund: Elm Income Fund\nAcquired fund: Elm Bond Fund\n",
        "Replaced Fund:       Elm Bond Fund, a series of Elm Trust\n"
        "Replacement Fund:    Elm Income Fund, a series of Oak Trust\n\n"
        "Replaced Fund:       Elm Bond Fund, a series of Elm Trust\n"
        "Replacement Fund:    Elm Income Fund, a series of Oak Trust\n",
        "“Target” means Elm Bond Fund and “Survivor” means Elm Income Fund. Survivor will succeed to all that "
        "Target owns, its assets included.\n\nSurvivor will acquire the assets of Target.",
        "1. Elm Bond Fund - approved\n\nHolders of this fund agreed to its merger into Elm Income Fund.",
        "The Board approved an Agreement and Plan of Termination for Elm Bond Fund.\n\n"
        "Elm Bond Fund will be reorganized into Elm Income Fund.",
    ],
    ids=["a heading", "a heading with a ticker", "roles without quotes", "single quotes", "your fund", "it",
         "the fund", "other names",
         "another name before", "a combination", "the fund that it joins", "a title",
         "former and latter", "roles in a sentence", "labels",
         "labels in columns", "means", "a heading above", "a title before a name"],
)  # fmt: skip
def test_the_fund_is_told_by_what_stands_before(text: str) -> None:
    assert pairs_of(text) == [(BOND, INCOME)]


@pytest.mark.parametrize(
    "state",
    ["{} will be reorganized into {}", "{} will be acquired by {}", "{} would transfer all of its assets to {}"],
)
def test_a_sentence_may_state_three_pairs_one_after_the_other(state: str) -> None:
    pairs = [(BOND, INCOME), ("Oak Fund", "Ash Fund"), ("Fir Fund", "Yew Fund")]
    one, two, three = (state.format(*pair) for pair in pairs)
    assert sorted(pairs_of(f"{one}, {two}, and {three}.")) == sorted(pairs)


def test_one_sentence_may_state_several_pairs_one_after_the_other() -> None:
    one, other = f"{BOND} would transfer all of its assets to {INCOME}", "Oak Fund would transfer its own to Ash Fund"
    assert pairs_of(f"{one}, and {other}.") == [(BOND, INCOME), ("Oak Fund", "Ash Fund")]


@pytest.mark.parametrize(
    "text",
    [
        "The mergers of Elm Bond Fund and Elm Income Fund are expected to become effective on May 1, 2031, and the "
        "merger of Oak Cash Fund on June 2, 2031.",
        "Advisor Class shares of the Fund will be converted into Institutional Class shares.",
    ],
    ids=["one after the other", "classes"],
)
def test_what_names_no_target_with_its_acquirer_states_no_pair(text: str) -> None:
    assert pairs_of(text) == []


@pytest.mark.parametrize("before", ["Item 2 \u2013 ", "Subject Company: "])
def test_what_numbers_or_introduces_a_name_is_no_part_of_it(before: str) -> None:
    assert pairs_of(f"{before}Elm Bond Fund\n\nElm Bond Fund will be merged into Elm Income Fund.") == [(BOND, INCOME)]


def test_each_section_has_a_fund_of_its_own() -> None:
    text = "\n\n".join([
        "Elm Bond Fund", "The Board approved the merger of the Fund into Elm Income Fund.",
        "Elm Mid Cap Fund", "The Board approved the merger of the Fund into Elm Growth Fund.",
    ])  # fmt: skip
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Mid Cap Fund", "Elm Growth Fund")]


def test_the_heading_of_a_section_may_have_more_than_the_name_of_its_fund() -> None:
    text = "\n\n".join([
        "Elm Bond Fund — a later day", "The Fund will now be liquidated on June 1, 2031.",
        "Elm Mid Cap Fund (EMX) - a merger", "The Board approved the merger of the Fund into Elm Growth Fund.",
    ])  # fmt: skip
    assert pairs_of(text) == [(BOND, ""), ("Elm Mid Cap Fund", "Elm Growth Fund")]


def test_an_item_that_begins_with_a_name_is_about_that_fund_alone() -> None:
    text = "\n\n".join([
        "1. Elm Bond Fund: Merger. The Fund will be merged into Elm Income Fund.",
        "2. Elm Mid Cap Fund: Liquidation. The Fund will be liquidated.",
        "3. Elm Gold Fund: Fee. The fee of the Fund is 1%.", "The Fund will be liquidated, says a rumor.",
    ])  # fmt: skip
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Mid Cap Fund", "")]


def test_the_heading_of_a_section_may_be_the_event_of_its_fund() -> None:
    text = "\n\n".join([
        "Proposed Merger of Elm Bond Fund", "It is planned to merge the Fund into Elm Income Fund.",
        "Liquidation of Elm Mid Cap Fund", "The Fund is to be liquidated.",
    ])  # fmt: skip
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Mid Cap Fund", "")]


@pytest.mark.parametrize(
    ("words", "liquidated"),
    [
        ("the merger of Elm Bond Fund into Elm Income Fund and the liquidation of Elm Gold Fund", ["Elm Gold Fund"]),
        ("the merger of Elm Bond Fund into Elm Income Fund and the liquidation of Elm Bond Fund after it", []),
    ],
)
def test_a_sentence_may_state_a_merger_and_a_liquidation(words: str, liquidated: list[str]) -> None:
    assert pairs_of(f"The Board approved {words}.") == [(BOND, INCOME), *((fund, "") for fund in liquidated)]


def test_the_mergers_that_are_all_into_one_fund_may_be_named_apart() -> None:
    text = (
        "The proposed mergers with and into Oak Fund were voted on.\n\nElm Bond Fund will be merged into Oak Fund.\n\n"
        "If the merger of Elm Cash Fund is approved, it will close in June."
    )
    assert pairs_of(text) == [(BOND, "Oak Fund"), ("Elm Cash Fund", "Oak Fund")]
    assert pairs_of(text.replace("mergers", "merger")) == [(BOND, "Oak Fund")]


def test_the_acquirers_of_a_list_belong_to_its_targets_in_order() -> None:
    text = "Elm Bond Fund and Elm Cash Fund will be merged into Elm Income Fund and Oak Fund, respectively."
    filing = read_filing(text.encode(), "filing.txt")
    pairs = find_pairs(filing, Names(filing, {}))
    assert [(each.target, each.acquiring, each.is_certain) for each in pairs] == [
        (BOND, INCOME, True), ("Elm Cash Fund", "Oak Fund", True),
    ]  # fmt: skip


def test_a_table_that_compares_two_funds_has_no_other_pairs() -> None:
    text = (
        "<p>Elm Bond Fund will be merged into Elm Income Fund.</p><table><tr><td></td><td>Acquired Fund</td>"
        "<td>Acquiring Fund</td></tr><tr><td>Peer group</td><td>Core Bond Funds</td><td>Oak Income Fund</td></tr>"
        "<tr><td>Parent</td><td>Elm Series Fund</td><td>Oak Series Fund</td></tr></table>"
    )
    assert pairs_of(text) == [(BOND, INCOME)]


@pytest.mark.parametrize("defined", ["", " (the “Bond Fund”)"])
def test_a_short_name_in_a_table_is_for_the_full_name(defined: str) -> None:
    text = (
        f"The merger of Elm Bond Fund{defined} into Elm Income Fund and that of Elm Cash Fund into Oak Fund is due."
        "\n\nTarget Fund          Acquiring Fund\nBond Fund            Elm Income Fund\n"
        "Elm Cash Fund        Oak Fund\n"
    )
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Cash Fund", "Oak Fund")]


def test_a_name_behind_that_of_its_trust_is_no_short_one() -> None:
    text = (
        "THE ELM BROAD FUNDS ELM BOND FUND\n\nTarget Fund          Acquiring Fund\n"
        "Elm Bond Fund        Elm Income Fund\n"
        "Elm Cash Fund        Oak Fund\n"
    )
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Cash Fund", "Oak Fund")]


def test_a_term_before_and_is_no_part_of_the_next_name() -> None:
    text = (
        "Holders of Elm Gold Shares Fund (“Gold Shares”) did not approve the Agreement and Plan of Reorganization "
        "between Gold Shares and Oak Fund."
    )
    assert pairs_of(text) == [("Elm Gold Shares Fund", "Oak Fund")]


def test_a_term_for_a_fund_behind_its_trust_is_for_the_fund() -> None:
    text = (
        "Elm Bond Fund, a series of Elm Trust (the “Target Fund”), and Elm Income Fund, a series of Oak Trust (the "
        "“Acquiring Fund”), agree.\n\nThe Acquiring Fund will acquire all assets of the Target Fund."
    )
    assert pairs_of(text) == [(BOND, INCOME)]


def test_the_month_of_may_is_no_word_of_doubt() -> None:
    text = "Elm Bond Fund will merge into Elm Income Fund. Elm Gold Fund will be liquidated on or about May 31, 2031."
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Gold Fund", "")]


def test_what_was_only_considered_is_no_pair() -> None:
    text = "They considered merging Elm Bond Fund into Oak Fund but decided instead to merge it into Elm Income Fund."
    assert pairs_of(text) == [(BOND, INCOME)]


@pytest.mark.parametrize("term", ["", ' (the "Terminating Fund")', " (a sub-fund of Elm Trust)"])
def test_it_is_the_fund_that_is_closed_too_and_not_the_one_whose_manager_does_both(term: str) -> None:
    text = f"The manager of Oak Umbrella Fund will close Elm Bond Fund{term} and merge it into Elm Income Fund."
    assert pairs_of(text) == [(BOND, INCOME)]


def test_the_verb_of_a_second_pair_may_be_left_out() -> None:
    text = "Elm Bond Fund will be merged into Elm Income Fund and Elm Cash Fund into Oak Fund."
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Cash Fund", "Oak Fund")]


@pytest.mark.parametrize("bullet", ["\u2022 ", ""])
def test_the_targets_may_be_a_list_below_the_acquirer(bullet: str) -> None:
    text = (
        f"The reorganization of the following funds into Oak Fund:\n\n{bullet}Elm Bond Fund\n\n{bullet}Elm Cash Fund\n"
    )
    assert pairs_of(text) == [(BOND, "Oak Fund"), ("Elm Cash Fund", "Oak Fund")]


@pytest.mark.parametrize(
    "above", ["The merger of the following funds into Oak Fund:", "The following funds will be liquidated:"]
)
def test_a_sentence_below_a_list_is_no_item_of_it(above: str) -> None:
    below = "Elm Bond Fund (EBF), on or about Monday, June 5, 2031\n\nElm Cash Fund\n\nElm Core Fund is not affected."
    pairs = pairs_of(f"{above}\n\n{below}")
    assert [target for target, _ in pairs] == ["Elm Bond Fund", "Elm Cash Fund"]


@pytest.mark.parametrize(
    "happened",
    ["was rejected", "took place in May 2019", "took effect in May 2019", "is no longer planned", "has been abandoned"],
)
def test_a_merger_that_is_over_or_off_is_none_of_the_mergers_into_one_fund(happened: str) -> None:
    text = f"{HEAD}Elm Bond Fund will be merged into Elm Income Fund on June 5, 2031. The merger of Elm Cash Fund "
    assert pairs_of(f"{text}{happened}. The mergers into Elm Income Fund are tax-free.") == [(BOND, INCOME)]


def test_a_combination_that_is_over_makes_no_pair() -> None:
    text = (
        f"{HEAD}The Board approved the combination of Elm Bond Fund and Elm Income Fund. Elm Income Fund will be the "
    )
    old = "The combination of Elm Income Fund and Elm Old Fund was completed on June 5, 2030."
    assert pairs_of(f"{text}surviving fund. {old}") == [(BOND, INCOME)]


@pytest.mark.parametrize(
    "old",
    [
        "The merger of Elm Old Fund into Elm Income Fund was completed in 2019.",
        "The combination of Elm Income Fund and Elm Old Fund was completed on June 5, 2020.",
        "Elm Income Fund acquired the assets of Elm Old Fund in a merger that was completed in 2019.",
    ],
)
def test_the_merger_of_another_fund_into_the_acquirer_is_not_that_of_the_pair(old: str) -> None:
    text = f"{HEAD}{old} Elm Bond Fund will be merged into Elm Income Fund on June 5, 2031."
    draft = draft_of(read_filing(text.encode(), "filing.txt"))
    assert [each.target for each in draft.pairs] == [BOND]
    assert [each.status for each in draft.standings] == [Status.PROPOSED]


@pytest.mark.parametrize(
    "is_it", ["is the fund into which", "(EIF), the fund with which", "will be the surviving fund with which"]
)
def test_the_fund_into_which_another_goes_is_no_target(is_it: str) -> None:
    assert pairs_of(f"Elm Income Fund {is_it} Elm Bond Fund will be reorganized.") == [(BOND, INCOME)]


@pytest.mark.parametrize("word", ["Unlike", "Like", "Besides", "As with", "Apart from"])
def test_a_fund_that_the_target_is_compared_with_is_no_target(word: str) -> None:
    assert pairs_of(f"{word} Elm Core Fund, Elm Bond Fund will be merged into Elm Income Fund.") == [(BOND, INCOME)]


@pytest.mark.parametrize("word", ["Meanwhile", "Presently", "Currently", "Thereafter", "Accordingly", "Along with"])
def test_the_first_word_of_a_sentence_is_no_part_of_a_name(word: str) -> None:
    assert pairs_of(f"{word} Elm Bond Fund will be merged into Elm Income Fund.") == [(BOND, INCOME)]


def test_a_cell_may_hold_several_funds_on_a_line_each() -> None:
    text = (
        "<table><tr><td>Acquired Funds</td><td>Acquiring Fund</td></tr>"
        "<tr><td>Elm Bond Fund<br>Elm Cash Fund</td><td>Oak Fund</td></tr></table>"
    )
    assert pairs_of(f"<html><body>{text}</body></html>") == [(BOND, "Oak Fund"), ("Elm Cash Fund", "Oak Fund")]


def test_references_to_invisible_characters_count_for_nothing() -> None:
    text = (
        "<html><body><p>The re&shy;organi&#xAD;zation of Elm Bond Fund into Elm In&#8203;come Fund.</p></body></html>"
    )
    assert pairs_of(text) == [(BOND, INCOME)]


def test_each_of_those_funds_are_those_that_the_sentence_names_before() -> None:
    text = "Holders of Elm Bond Fund and of Elm Cash Fund agreed that each of those funds will be acquired by Oak Fund."
    assert pairs_of(text) == [(BOND, "Oak Fund"), ("Elm Cash Fund", "Oak Fund")]


def test_a_row_of_a_table_begins_where_a_name_is_complete() -> None:
    text = (
        "    Target Fund              Acquiring Fund\n    Elm Bond Fund for        Elm National\n"
        "      Ohio                     Bond Fund\n    Elm Bond Fund for        Elm National\n"
        "      Utah                     Bond Fund\n"
    )
    assert pairs_of(text) == [(f"Elm Bond Fund for {state}", "Elm National Bond Fund") for state in ("Ohio", "Utah")]


@pytest.mark.parametrize("words", ["above-listed Funds", "two Funds named at the top of this supplement"])
@pytest.mark.parametrize("head", ["Elm Bond Fund\nElm Cash Fund\n\n", "<p>Elm Bond Fund<br>Elm Cash Fund</p><p>"])
def test_funds_listed_above_are_the_targets(words: str, head: str) -> None:
    text = (
        f"{head}Each of the {words} (the “Acquired Funds”) will be merged into Elm Income Fund (the “Acquiring Fund”)."
    )
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Cash Fund", INCOME)]


def test_a_term_in_the_plural_is_for_all_funds_of_the_list_before_it() -> None:
    text = (
        "Elm Bond Fund, Elm Cash Fund and Elm Gold Fund (the “Selling Funds”) have one board.\n\n"
        "The Board approved the merger of the Selling Funds into Elm Income Fund."
    )
    assert pairs_of(text) == [(BOND, INCOME), ("Elm Cash Fund", INCOME), ("Elm Gold Fund", INCOME)]


def test_the_word_before_a_name_in_capitals_is_no_part_of_it() -> None:
    text = (
        "THE MERGER OF ELM BOND FUND INTO ELM INCOME FUND IS PLANNED.\n\n"
        "MS. ASH HAS ADVISED ELM BOND FUND SINCE 2021. SHE WILL RUN ELM INCOME FUND."
    )
    assert pairs_of(text) == [("ELM BOND FUND", "ELM INCOME FUND")]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The directors of Elm Income Shares, Inc. (the “Fund”) and of Elm Bond, Inc. agreed that the Fund will "
         "transfer its assets to Elm Bond, Inc. in exchange for shares.",
         ("Elm Income Shares, Inc.", "Elm Bond, Inc.")),
        ("  o  Elm Bond Fund, Inc. will be reorganized into a series of the Elm Investment Trust called "
         "Elm Income Fund.",
         ("Elm Bond Fund, Inc.", INCOME)),
        ("Elm Income Trust II will be merged into Elm Income Trust.", ("Elm Income Trust II", "Elm Income Trust")),
        ("The Growth Fund of Elmland will be merged into The Capital Fund of Elmland.",
         ("Growth Fund of Elmland", "Capital Fund of Elmland")),
        ("Elm SICAV - Global Equity will be merged into Elm SICAV - World Leaders.",
         ("Elm SICAV - Global Equity", "Elm SICAV - World Leaders")),
        ("The merger of Elm Fund: Bond Portfolio into Oak Fund: Bond Portfolio is planned.",
         ("Elm Fund: Bond Portfolio", "Oak Fund: Bond Portfolio")),
        ("On June 1 Elm Bond Fund will be merged into Elm Income Fund.", (BOND, INCOME)),
        ("Elm Airline Shares (the “Fund”) will be liquidated on May 1, 2031.", ("Elm Airline Shares", "")),
        ("Elm ETF Solutions has said that it will liquidate Elm Short ETF.", ("Elm Short ETF", "")),
        ("The Trustees of Elm Fund Trust II have decided to liquidate Elm Short ETF.", ("Elm Short ETF", "")),
        ("ELM SHARES, INC.\n\nHolders of Elm Shares, Inc. (the “Fund”) will vote on the liquidation of the Fund.",
         ("Elm Shares, Inc.", "")),
    ],
    ids=["companies", "a company in a list", "trusts", "the fund of a place", "sub-funds", "a fund of a trust",
         "behind a day", "no noun", "a manager", "a trust with a number", "called the Fund"],
)  # fmt: skip
def test_names_of_all_sorts_are_told(text: str, pair: tuple[str, str]) -> None:
    assert pairs_of(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "Your fund today      After the merger\nElm Bond Fund        Elm Income Fund\n",
        "Fund                 To be merged into    Closing (approximate)\n"
        "Elm Bond Fund        Elm Income Fund      May 1, 2031\n",
        "These funds are merged on May 1, 2031:\nAcquiring Fund       Acquired Fund\n"
        "Elm Income Fund      Elm Bond Fund\nElm Income Fund      Elm Bond Fund\n",
        "Acquired Fund        Acquiring Fund\n-------------        --------------\n\n"
        "Elm Bond             Elm Income\nFund (Elm)           Fund (Elm)\n",
        "      Acquired Fund        Acquiring Fund\n|\nElm Bond Fund              Elm Income Fund\n(Elm Trust)"
        "                (Elm Trust)\n|\n",
        "Old Fund Name        New Fund Name\nElm Ash Fund         Elm Oak Fund\n"
        "Existing Fund        Replacement Fund\nElm Bond Fund        Elm Income Fund\n",
        "<p>Each fund will be merged into the one on its right.</p>"
        "<table><tr><td>Elm Bond Fund</td><td>Elm Income Fund</td></tr></table>",
        "<table><tr><td>Acquired Fund</td><td>Acquiring Fund</td></tr><tr><td><p>In words:</p><table><tr><td>1</td>"
        "</tr></table></td><td>2</td></tr><tr><td>Elm Bond Fund</td><td>Elm Income Fund</td></tr></table>",
        "<p>Mergers</p><table><tr><td>Acquired Fund</td><td>Acquiring Fund</td></tr><tr><td><table><tr><td>1.</td>"
        "<td>Elm Bond Fund</td></tr></table></td><td>Elm Income Fund</td></tr></table>",
        "Old Portfolio            New Portfolio\nElm Bond Fund            Elm Income Fund\n"
        "Elm Series Trust         Oak Variable Trust\nClass 2                  Class I\n",
        "Acquired Fund        Acquiring Fund       Expected\n-------------------------------------------------\n"
        "\nElm Bond Fund        Elm Income           May 1, 2031\n                     Fund\n"
        "-------------------------------------------------\n",
        "This is what is planned.\n\nElm Bond Fund  →   Elm Income Fund\nElm Bond Fund  →   Elm Income Fund\n",
        "<p>Mergers</p><table><tr><td>Elm Bond Fund</td><td>into</td><td>Elm Income Fund</td></tr></table>",
        "The mergers of the Company are as follows:\n\nCompany Fund             Elm Fund\n"
        "Elm Bond Fund            Elm Income Fund\n",
    ],
    ids=["today", "a blank role", "below prose", "blank lines", "strokes alone", "two parts", "no heading", "in parts",
         "nested", "trusts below", "rules and blank lines", "arrows", "the word into", "a heading without a role"],
)  # fmt: skip
def test_the_columns_of_a_table_are_told_by_heading_and_content(text: str) -> None:
    assert pairs_of(text) == [(BOND, INCOME)]


@pytest.mark.parametrize(
    "text",
    [
        "Current Name         New Name\nElm Bond Fund        Elm Income Fund\n",
        "Until May 1, 2031 holders of Elm Bond Fund may transfer into Elm Income Fund.",
        "Supplement dated May 1, 2031\n\nElm Income Fund acquired the assets of Elm Bond Fund on June 1, 2019.",
        "The adviser of Elm Bond Fund and Elm Income Fund will be merged into Oak Holdings, Inc.",
        "Elm Income Fund invests all its assets in Elm Bond Fund, which it may replace with Oak Fund.",
        "On May 1, 2031 the holdings of Elm Bond Fund will be replaced with holdings of Elm Income Fund.",
        "Elm Bond Fund will be closed to new investors. The agreement with its adviser is terminated.",
        "Elm Bond Fund is designed to merge into Elm Income Fund about ten years after its target date.",
        "The Trustees may liquidate Elm Bond Fund at any time without a vote.",
        "Class C shares of Elm Bond Fund convert automatically into Class A shares after eight years.",
        "Class B shares of Elm Bond Fund will convert to Class A shares in the eighth year after purchase.",
        "There is no plan to merge Elm Bond Fund into Elm Income Fund.",
        "The Board decided not to liquidate Elm Bond Fund.",
        "If holders of Elm Bond Fund reject the plan, Elm Bond Fund may be merged into Elm Income Fund.",
        "<table><tr><td>Fund</td><td>Current Subadviser</td><td>New Subadviser</td></tr><tr><td>Elm Bond Fund</td>"
        "<td>Ash Fund Group</td><td>Oak Fund Group</td></tr></table>",
        "A supplement about Elm Bond Fund, which was merged into Elm Income Fund in December, is no longer to be used.",
        "Ms. Ash, who manages Elm Bond Fund, will transfer to Elm Income Fund.",
        "Elm Bond Fund transferred $10 million of its assets to Elm Income Fund as a loan.",
        "The prospectus of Elm Bond Fund has been combined with that of Elm Income Fund.",
        "Ms. Ash has managed Elm Bond Fund since its merger with Elm Income Fund in 2024.",
        "In Fund Summaries, the information on Elm Bond Fund is replaced by the information on Elm Income Fund.",
        "In the model portfolio, Elm Bond Fund will be replaced with Elm Income Fund.",
        "The sale of the adviser will terminate the agreements of Elm Bond Fund and Elm Income Fund.",
    ],
    ids=["new names", "a choice", "years ago", "advisers", "investments", "holdings", "closed to new investors",
         "a design", "a power", "classes by age", "years after purchase", "no plan", "no liquidation",
         "which was merged",
         "another case", "subadvisers", "a manager", "a loan", "prospectuses",
         "a past merger", "a part of the prospectus", "a model", "agreements"],
)  # fmt: skip
def test_what_only_looks_like_a_reorganization_is_none(text: str) -> None:
    assert pairs_of(text) == []


def test_a_class_that_is_liquidated_goes_into_nothing() -> None:
    assert pairs_of("Advisor Class will be liquidated on June 9, 2031.") == [("Advisor Class", "")]


def test_a_fund_of_a_table_may_have_a_year_in_its_name() -> None:
    rows = "Elm 2010 Fund        Elm Income Fund\n     Elm 2015 Fund        Elm Income Fund"
    found = pairs_of(f"     SELLING FUND         BUYING FUND\n\n     {rows}\n")
    assert found == [("Elm 2010 Fund", INCOME), ("Elm 2015 Fund", INCOME)]


@pytest.mark.parametrize("reverse", [False, True])
def test_a_term_for_any_fund_of_a_group_heads_a_column_and_is_no_fund(*, reverse: bool) -> None:
    rows = [("Elm Fund", "Oak Fund"), ("Elm Bond Fund", "Oak Income Fund"), ("Elm Cash Fund", "Oak Money Fund")]
    in_order = [(other, one) for one, other in rows] if reverse else rows
    table = "".join(f"{left:20}{right}\n" for left, right in in_order)
    text = (
        "It provides for the reorganization of each series of Elm Trust listed below (each, an “Elm Fund”) into the "
        f"series of Oak Funds beside it (each, an “Oak Fund”).\n\n{table}"
    )
    assert pairs_of(text) == [(BOND, "Oak Income Fund"), ("Elm Cash Fund", "Oak Money Fund")]


def test_the_tags_of_a_table_say_where_its_columns_begin() -> None:
    text = (
        "<TABLE>\n<CAPTION>\nACQUIRED FUND     ACQUIRING FUND       MEETING\n"
        "<S>               <C>                  <C>\nElm Bond          Elm International    October 20, 2031\n"
        "  Fund              Fund\n\nElm Cash Fund     Elm Intermediate Sum November 5, 2031\n"
        "                    Fund\n</TABLE>\n"
    )
    assert pairs_of(text) == [(BOND, "Elm International Fund"), ("Elm Cash Fund", "Elm Intermediate Sum Fund")]


@pytest.mark.parametrize("end", ["", ":"])
def test_a_row_with_the_trusts_of_both_sides_heads_those_below(end: str) -> None:
    text = (
        f"    Existing Portfolio         Replacement Portfolio\n    Elm Trust{end:18}Oak Insurance Series{end}\n"
        "      Elm Bond Fund              Oak Bond Fund\n      Elm Cash Fund              Oak Money Fund\n"
    )
    assert pairs_of(text) == [(BOND, "Oak Bond Fund"), ("Elm Cash Fund", "Oak Money Fund")]


def test_a_row_in_brackets_belongs_to_the_row_above() -> None:
    text = (
        "    Existing Portfolio         Replacement Portfolio\n"
        "    Elm Bond Fund              Oak Bond Fund\n    (Elm Variable Products)    (Oak Variable Insurance\n"
        "                               Trust)\n    Elm Cash Fund              Oak Money Fund\n"
        "    (Elm Variable Products)    (Oak Variable Insurance\n                               Trust)\n"
    )
    assert pairs_of(text) == [(BOND, "Oak Bond Fund"), ("Elm Cash Fund", "Oak Money Fund")]


def test_a_fund_that_receives_what_another_pays_out_is_not_liquidated() -> None:
    text = (
        "Elm Bond Fund will be liquidated on May 1, 2031. Value that is left on the day of the liquidation will be "
        "moved to the subaccount that invests in Oak Cash Fund."
    )
    assert pairs_of(text) == [(BOND, "")]


def test_an_arrow_between_two_columns_says_which_fund_goes_into_which() -> None:
    rows = "Elm Bond Fund        -->   Elm Income Fund\n     Oak Cash Fund        -->   Oak Money Fund"
    found = pairs_of(f"The combinations are these:\n\n     OLD FUND                   NEW FUND\n\n     {rows}\n")
    assert found == [(BOND, INCOME), ("Oak Cash Fund", "Oak Money Fund")]


def test_funds_of_one_name_in_two_trusts_are_told_by_what_stands_before_their_list() -> None:
    text = (
        "Elm Bond Fund and Elm Income Fund will be reorganized into new series within Oak Portfolio Series, which are "
        "called Elm Bond Fund and Elm Income Fund, respectively."
    )
    filing = read_filing(text.encode(), "filing.txt")
    pairs = find_pairs(filing, Names(filing, {}))
    assert [(each.target, each.acquiring, each.acquiring_trust) for each in pairs] == [
        (name, name, "Oak Portfolio Series") for name in (BOND, INCOME)
    ]


@pytest.mark.parametrize(
    ("text", "trusts"),
    [
        ("The Board of Trustees of Elm Trust approved the merger of Elm Bond Fund into Oak Income Fund. Each Oak fund "
         "is a series of Oak Trust.",
         ("Elm Trust", "Oak Trust")),
        ("THE ELM GROUP OF FUNDS\n\nElm Bond Fund will be merged into Elm Income Fund. Each fund is a series of "
         "Elm Trust.",
         ("Elm Trust", "Elm Trust")),
        ("Elm Trust, on behalf of Elm Bond Fund, and Oak Trust, on behalf of its series, Oak Income Fund, agreed to "
         "the merger of Elm Bond Fund into Oak Income Fund.",
         ("Elm Trust", "Oak Trust")),
        ("The Existing Funds are series of Elm Trust, and the Replacement Funds are series of Oak Trust.\n\n"
         "Existing Fund        Replacement Fund\nElm Bond Fund        Oak Income Fund\n",
         ("Elm Trust", "Oak Trust")),
        ("Existing Fund                Replacement Fund\nElm Bond Fund (Elm Trust)    Oak Income Fund (Oak Trust)\n",
         ("Elm Trust", "Oak Trust")),
        ("Oak Trust (“OTR”) and Elm Trust (“ETR”) have agreed on the merger of ETR Bond Fund into OTR Income Fund. "
         "Funds whose names start with ETR are series of ETR, and funds whose names start with OTR are series of OTR.",
         ("Elm Trust", "Oak Trust")),
        ("The Board of Elm Trust proposed that the Funds be combined with Funds of Oak Fund Complex, a business trust."
         "\n\nElm Bond Fund is to be combined with Oak Income Fund.",
         ("Elm Trust", "Oak Fund Complex")),
        ("The Board of Elm Trust approved the reorganization of each Fund into a new series (each, a “New Fund”) of "
         "Oak Portfolios.\n\nElm Bond Fund is to be reorganized into Elm Income Fund.",
         ("Elm Trust", "Oak Portfolios")),
        ("The Trustees of Elm Trust decided to propose the acquisition of all of the assets of Elm Bond Fund by Elm "
         "Income Fund.",
         ("Elm Trust", "Elm Trust")),
        ("ELM TRUST\n\nAcquired Fund          Acquiring Fund\nElm Bond Fund (1)      Oak Income Fund (2)\n\n"
         "(1) A series of Elm Trust. (2) A series of Oak Trust, which has another adviser.",
         ("Elm Trust", "Oak Trust")),
        ("ELM TRUST\n\nExisting Fund                Replacement Fund\n"
         "Elm Bond Fund (Class 1)      Oak Income Fund (Class A)\n"
         "   of Elm Series Trust          of Oak Series Trust\n",
         ("Elm Series Trust", "Oak Series Trust")),
        ("Elm Trust\n\nElm Bond ETF (NYSE Arca: ELMB) will be reorganized into Elm Income ETF.",
         ("Elm Trust", "Elm Trust")),
        ("The Board of Elm Trust agreed to the merger of Elm Bond Fund into a series, Oak Income Fund, of Oak Trust.",
         ("Elm Trust", "Oak Trust")),
        ("ELM TRUST\n\nAcquired Fund              Acquiring Fund\nElm Bond Fund              Oak Income Fund\n"
         "(a series of Elm Trust)    (a series of Oak Trust)\n",
         ("Elm Trust", "Oak Trust")),
        ("Holders agreed to the reorganization of Elm Bond Fund into a new series of the Oak Trust (also to be named "
         "Elm Bond Fund).",
         ("", "Oak Trust")),
        ("The Board of Elm Trust agreed to combine Elm Bond Fund with Oak Income Fund. Oak Group, the adviser of Oak "
         "Series Trust, agrees.",
         ("Elm Trust", "Oak Series Trust")),
        ("Elm Trust\n\n(a) Elm Bond Fund would be reorganized into Elm Income Fund; and\n\n(b) idle money "
         "would be put into Ash Cash Fund, a series of Ash Trust.",
         ("Elm Trust", "Elm Trust")),
        ("Elm Trust\n\nThe Board of Ash Trust agreed too. The two surviving funds are series of Ash Trust.\n\n"
         "Acquired Fund        Acquiring Fund\nElm Bond Fund        Elm Income Fund\n",
         ("Elm Trust", "Ash Trust")),
        ("Elm Trust\n\nFunds of Elm Portfolios II are marked with a dagger (+). The others belong to Elm Trust.\n\n"
         "Acquired Fund        Acquiring Fund\nElm Bond Fund+       Elm Income Fund\n",
         ("Elm Portfolios II", "Elm Trust")),
        ("Elm Trust\n\nAcquiring funds marked with an * are series of Oak Trust.\n\n"
         "Acquired Fund        Acquiring Fund\nElm Bond Fund        Elm Income Fund *\n",
         ("Elm Trust", "Oak Trust")),
        ("Elm Trust\n\nOak Series Fund, Inc. (the “Company”) agreed.\n\nAcquired Fund        Acquiring Fund\n"
         "Elm Bond Fund        Elm Income Fund\n                     of the Company\n",
         ("Elm Trust", "Oak Series Fund, Inc.")),
        ("ELM LIFE INSURANCE COMPANY\n\nThe trustees of Ash Products Trust approved the merger of Ash Bond Fund into "
         "Ash Income Fund, and those of Oak Trust approve it.",
         ("Ash Products Trust", "Ash Products Trust")),
        ("ELM VARIABLE FUND\n\n(the “Trust”)\n\nThe Board of the Trust agreed to the merger of Elm Bond Portfolio into "
         "Elm Income Portfolio, also a series of the Trust.",
         ("ELM VARIABLE FUND", "ELM VARIABLE FUND")),
        ("Elm Trust (“ET”) and Oak Trust (“OT”) agree on Elm Bond Fund, a series of ET (the “ET Fund”), and Elm Bond "
         "Fund, a series of OT (the “OT Fund”).\n\nThe OT Fund will acquire all assets of the ET Fund.",
         ("Elm Trust", "Oak Trust")),
        ("ELM LIFE INSURANCE COMPANY\n\nThe Replacement Funds are series of Oak Trust.\n\n"
         "Existing Fund        Replacement Fund\nAsh Bond Fund        Oak Income Fund\n",
         ("", "Oak Trust")),
        ("ELM LIFE INSURANCE COMPANY\n\nExisting Fund                Replacement Fund\n"
         "Ash VIP - Ash Bond Fund      Oak Investors Series - Oak Income Fund\n",
         ("Ash VIP", "Oak Investors Series")),
        ("The Elm Closed-End Funds announce that Elm Bond Trust (NYSE: EBT) will be merged into Elm Income Trust "
         "(NYSE: EIT).",
         ("Elm Bond Trust", "Elm Income Trust")),
    ],
    ids=["a family", "each fund", "on behalf of", "roles", "brackets", "beginnings", "with funds of a trust",
         "a term between", "all of the assets", "footnotes", "below in the cell", "ETFs with tickers",
         "a series, named, of a trust", "brackets below",
         "the same name elsewhere", "alike names", "the other fund", "the funds of a role", "marks", "other marks",
         "a term in a cell",
         "a letterhead", "one name, two terms", "the Trust on a line", "an insurer", "before a dash",
         "closed-end funds"],
)  # fmt: skip
def test_the_trust_of_a_fund_is_told_wherever_it_is_said(text: str, trusts: tuple[str, str]) -> None:
    filing = read_filing(text.encode(), "filing.txt")
    (pair,) = find_pairs(filing, Names(filing, {}))
    assert (pair.target_trust, pair.acquiring_trust) == trusts


def test_the_trust_behind_a_name_in_a_cell_is_no_part_of_it() -> None:
    text = (
        "ELM TRUST\n\nSupplement dated May 1, 2031\n\n<TABLE>\n<CAPTION>\n"
        "  PORTFOLIO TO BE ABSORBED    ABSORBING PORTFOLIO\n"
        "<S>                           <C>\n  ELM BOND PORTFOLIO          ELM INCOME PORTFOLIO\n"
        "                                OF THE COMPANY\n</TABLE>\n"
    )
    assert pairs_of(text) == [("ELM BOND PORTFOLIO", "ELM INCOME PORTFOLIO")]


def test_the_digit_of_a_footnote_is_no_part_of_a_name() -> None:
    text = "Elm Bond Fund will be merged into Elm Income Fund.\n\n1 Elm Income Fund has no assets as yet.\n"
    assert pairs_of(text) == [("Elm Bond Fund", "Elm Income Fund")]
