"""The names of funds and trusts as values: the places that name them, and names in the forms for comparison."""

import re
from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from calfeed.filings.funds.terms import RoleOf


class Sort(StrEnum):
    """Whether a name is that of a fund or of a trust."""

    FUND = "fund"
    TRUST = "trust"


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a passage that names funds or trusts.

    `names` are full names: several for a term in the plural, none for a term that the filing does not define. `role`
    is the role that a term states, such as "Target Fund".
    """

    sort: Sort
    names: tuple[str, ...]
    start: int
    end: int
    role: RoleOf = RoleOf.NONE
    is_term: bool = False


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """A name for comparison: in lower case, without punctuation, and without "Fund" or "Portfolio" at its end."""
    words = re.findall(r"[^\W_]+", name.lower().replace("&", " and "))
    while len(words) > 1 and words[-1] in {"fund", "portfolio"}:
        words.pop()
    return " ".join(word for word in words if word not in {"the"})


_SMALL_WORDS = frozenset({"and", "of", "for", "the", "to", "in", "on", "a", "an", "by", "dated"})


def in_title_case(words: str, small_words: Set[str] = _SMALL_WORDS) -> str:
    """A name or another phrase in title case, if it is printed in capitals; otherwise unchanged."""
    if not words.isupper():
        return words
    titled = (word if word in _KEPT_CAPITALS else word.capitalize() for word in words.split())
    return " ".join(word.lower() if word.lower() in small_words else word for word in titled)


_KEPT_CAPITALS = frozenset({"ETF", "II", "III", "IV", "VI", "VII", "VIII", "VIP", "VP", "VIT", "LLC", "USA", "U.S."})


def is_insurer(name: str) -> bool:
    """Whether a name looks like that of an insurer. An insurer offers the funds of other trusts."""
    return _INSURER.search(name) is not None and _OF_FUNDS.search(name) is None


def is_separate_account(name: str) -> bool:
    """Whether a name is that of an account in which an insurer holds funds for its contracts. It is no fund itself."""
    return _SEPARATE_ACCOUNT.search(name) is not None


def is_firm(name: str) -> bool:
    """Whether a name is that of a bank, a group or another firm, which may buy an adviser but acquires no fund."""
    return _FIRM.search(name) is not None or is_bank(name)


def is_bank(name: str) -> bool:
    """Whether a name is that of a trust company, which keeps the assets of funds and is none."""
    return _TRUST_COMPANY.search(name) is not None


_TRUST_COMPANY = re.compile(r"\bTrust (?:Company|Co)\b", re.IGNORECASE)


_FIRM = re.compile(
    r"\b(?:Financial|Bank|Banking|Capital|Holding|Insurance)\b.*\bCorp(?:oration|\.)?$|"
    r"\b(?:Holdings|Bancorp|Bancshares|LLC|L\.L\.C\.|plc|PLC|Bank|Group)(?:,? Inc)?\.?$"
)
_SEPARATE_ACCOUNT = re.compile(r"\b(?:Separate|Variable(?: \w+)?) Account\b", re.IGNORECASE)
_INSURER = re.compile(r"\b(?:Life|Insurance|Assurance|Annuity)\b", re.IGNORECASE)
_OF_FUNDS = re.compile(r"\b(?:Trust|Funds?|Series|Portfolios)(?:,? Inc\.?)?$", re.IGNORECASE)


def is_class(name: str) -> bool:
    """Whether a name is that of a class, as in "Advisor Class shares will be converted into Institutional Class".

    A class that has a name of its own as funds have, as in Canada, is a fund: "Red Canadian Dividend Class".
    """
    words = name.lower().split()
    return words[-1:] == ["class"] and (len(words) < _WORDS_OF_A_FUND or set(words) <= _WORDS_OF_CLASSES)


_WORDS_OF_A_FUND = 3
_WORDS_OF_CLASSES = frozenset(
    {
        "administrative", "administration", "adviser", "advisor", "and", "class", "consultant", "institutional",
        "institution", "investor", "investors", "load", "no-load", "plan", "preferred", "premier", "premium", "primary",
        "private", "retail", "retirement", "select", "service", "services", "shares", "sponsor", "standard", "super",
        "trust", *"abcdefghijklmnopqrstuvwxyz",
    }
)  # fmt: skip
"""The words of which names of share classes are made."""
