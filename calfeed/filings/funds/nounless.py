"""Finds funds whose names have no noun such as "Fund": by how the filing defines them, or merges them."""

import re
from collections.abc import Iterator, Sequence

from calfeed.filings.funds.printed_names import is_company_name, name_before, printed_names
from calfeed.filings.funds.terms import DEFINED


def nounless_funds(texts: Sequence[str]) -> Iterator[str]:
    """The names without a noun in the texts of a filing."""
    for text in texts:
        yield from _called_funds(text)
    families = {text[start:end].partition(" ")[0].lower() for text in texts for start, end in printed_names(text)}
    for text in texts:
        traded = (name_before(text, match.start()) for match in _TRADED.finditer(text))
        yield from (name for name in traded if name and _may_be_a_fund(name, families))
        begins = {start for start, _ in printed_names(text)}
        for match in _MERGED.finditer(text):
            names = (match[side] for side in (1, 2) if match.start(side) not in begins)
            yield from (name for name in names if _may_be_a_fund(name, families))


def _called_funds(text: str) -> Iterator[str]:
    """The names that are defined as funds: "Blue Airline Shares (the “Fund”)"."""
    for match in DEFINED.finditer(text):
        if _A_FUND_TERM.fullmatch(match["first"]) and (name := name_before(text, match.start())):
            yield name


def _may_be_a_fund(name: str, families: set[str]) -> bool:
    """Whether words with capitals may name a fund: they begin as other names of the filing, and are no company."""
    is_printed = any(end == len(name) for _, end in printed_names(name))
    return name.partition(" ")[0].lower() in families and not is_printed and not is_company_name(name)


_A_FUND_TERM = re.compile(r"(?:[A-Z][a-z]+ )?(?:Fund|Portfolio|ETF)")
_TRADED = re.compile(r"(?<=\bShares )\((?:NYSE|Nasdaq|NASDAQ|AMEX|Cboe)[^():]{0,20}: ?[A-Z]{2,6}\)")
"""The symbol of a closed-end fund behind a name such as "Blue Income Shares"."""
_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w&’'/-]*|[a-z]{2,3}-[A-Z]\w+|(?:&|and|of)(?= [A-Z]))"
_NAME = rf"([A-Z][\w’'-]*(?: {_WORD}){{1,6}})(?!\.\w)"
_MERGED = re.compile(
    r"\b(?:merge|merger|reorgani[sz]e|reorgani[sz]ation|combine|combination|consolidate|fold|merging|combining)"
    rf"(?: of)? (?:the )?{_NAME}(?:, [^,.;]{{0,60}},)? (?:with and )?(?:into|with) (?:the )?{_NAME}"
)
"""Two names of a merger: "merge Blue China Growth into Blue Asia Growth"."""
