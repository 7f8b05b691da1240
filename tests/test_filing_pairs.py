"""Which fund goes into which: each statement with its examples, names, terms, tables, and what looks like a pair."""

import pytest

from calfeed.filings.names import Names
from calfeed.filings.opening import read_filing
from calfeed.filings.pairs import find_pairs
from calfeed.filings.statements import LIQUIDATIONS, STATEMENTS

BOND, INCOME = "Elm Bond Fund", "Elm Income Fund"


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The target and the acquirer of each pair that a text states."""
    filing = read_filing(text.encode(), "filing.txt")
    return [(each.target, each.acquiring) for each in find_pairs(filing, Names(filing, {}))]


@pytest.mark.parametrize("text", [text for each in STATEMENTS for text in each.examples])
def test_each_example_of_a_statement_states_a_pair(text: str) -> None:
    assert (BOND, INCOME) in pairs_of(text)


@pytest.mark.parametrize("text", [text for each in STATEMENTS for text in each.others])
def test_what_only_looks_like_a_statement_states_none(text: str) -> None:
    assert pairs_of(text) == []


@pytest.mark.parametrize("text", [text for each in LIQUIDATIONS for text in each.examples])
def test_each_example_of_a_liquidation_states_it(text: str) -> None:
    assert pairs_of(text) == [(BOND, "")]
