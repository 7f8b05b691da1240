"""Words that speak of all, of so many or of one of several reorganizations and their funds."""

import re

from calfeed.filings.funds.printed_names import TARGET_WORDS

_TARGET = "|".join(sorted(TARGET_WORDS))
OF_SEVERAL = re.compile(
    r"\b(?:mergers|reorgani[sz]ations|combinations|consolidations|(?:each|either|both) (?:merger|reorgani[sz]ation)s?|"
    r"(?:target|acquired|merging|selling|replaced|disappearing|transferor) (?:funds|portfolios|series))\b",
    re.IGNORECASE,
)
"""What a filing of several plans says. Not all target words: "existing funds" or "current funds" may be any."""
FOR_ALL = re.compile(
    r"\bfor (?:all|both|each)(?: of)?(?: the)?(?: \w+)? (?:proposals?|mergers?|reorganizations?|funds?|portfolios?|"
    r"meetings?)\b|"
    r"\b(?:both|each|all)(?: of)?(?: the| these)?(?: \w+)? "
    r"(?:reorganization|merger|acquisition|liquidation|substitution)s?\b",
    re.IGNORECASE,
)
"""What is said for all reorganizations: "for both proposals"."""
ALL = re.compile(
    r"\b(?:each (?:of the )?(?:\w+ )?(?:fund|portfolio|reorganization|merger)|both (?:\w+ )?(?:funds|"
    r"portfolios|reorganizations|mergers)|all (?:\w+ )?(?:funds|portfolios)|"
    r"(?:the |these )?(?:reorganizations|mergers|liquidations|proposals|substitutions)|"
    rf"(?:an?|any|each|every) (?:{_TARGET}) (?:fund|portfolio)|"
    r"(?:a|any|every) (?:reorganization|merger)|"
    r"(?:the )?(?:target|acquired|selling|current|present|merging|state)? ?(?:funds|portfolios))\b",
    re.IGNORECASE,
)
"""What speaks of all reorganizations or funds, or of any one of them."""
EVERY = re.compile(r"\ball (?:\w+ ){0,2}(?:reorganizations|mergers|funds|portfolios)\b", re.IGNORECASE)
"""What says "all" of reorganizations or funds."""
ALL_TARGETS = re.compile(
    rf"\b(?:{_TARGET}) (?:funds|portfolios)\b|\beach (?:\w+ )?(?:fund|portfolio)\b",
    re.IGNORECASE,
)
"""What speaks of all targets."""
_THEY_DO = r"(?<!\bif )(?<!\bwhen )(?<!\bunless )they"
"""A condition speaks of votes or orders: "if they are received"."""
PLURAL = re.compile(
    rf"\b(?:reorganizations|mergers|funds|portfolios|meetings|both|each|all(?! who\b)|{_THEY_DO})\b", re.IGNORECASE
)
"""What speaks of more than one."""
THEY = re.compile(rf"\b(?:{_THEY_DO}|both|funds|portfolios|reorganizations|mergers|meetings)\b", re.IGNORECASE)
"""What is said of several funds, also below a heading with one."""
SINGULAR = re.compile(
    r"\b(?:the|this|its) (?:(?:[\w-]+ )?(?:reorganization|merger|transaction|substitution|liquidation|conversion)|"
    r"fund|portfolio)\b|"
    r"\bit (?:is|was|will|would)\b[^.;]{0,60}\b(?:clos|occur|complet|take|effect|consummat)",
    re.IGNORECASE,
)
"""What speaks of one reorganization or fund alone."""

_NUMBERS = ("both", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SO_MANY = re.compile(
    rf"\b({'|'.join(_NUMBERS)}) (?:of (?:the|these) )?(?:\w+ ){{0,2}}?(?:funds|portfolios|reorganizations|mergers|"
    r"substitutions|liquidations|combinations)\b",
    re.IGNORECASE,
)
"""A number of funds or mergers: "two reorganizations", "three of the funds"."""


def number_told(text: str) -> int | None:
    """How many funds or mergers a clause speaks of, as in "these two funds"; None if it does not say so.

    "Both" are two.
    """
    found = _SO_MANY.search(text)
    return _NUMBERS.index(found[1].lower()) or 2 if found else None


_SO_MANY_PLANS = re.compile(
    rf"\b({'|'.join(_NUMBERS[2:])}) (?:separate |proposed |such )?(?:reorgani[sz]ations|mergers|substitutions|"
    r"combinations|consolidations|(?:acquired|target|merging|selling|liquidating|replaced) (?:funds|portfolios))\b",
    re.IGNORECASE,
)
"""A number of mergers, or of funds that are merged: "four Acquired Funds"."""


def plans_told(text: str) -> int:
    """The greatest number of reorganizations or targets that a text speaks of, as in "three mergers"; 0 if none."""
    return max((_NUMBERS.index(found[1].lower()) for found in _SO_MANY_PLANS.finditer(text)), default=0)


# --- some of several -------------------------------------------------------------------------------------------------

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_MERGER = r"(?:reorgani[sz]ation|merger|proposal|transaction|liquidation|substitution|combination)"
_NTH_PAIR = re.compile(rf"\b({'|'.join(_ORDINALS)}) {_MERGER}\b", re.IGNORECASE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_MARKED_PAIR = re.compile(rf"\b{_MERGER} \(([ivx]+|[a-z]|[1-9])\)", re.IGNORECASE)
_NUMBERED_PAIRS = re.compile(rf"\b{_MERGER}s? (?:Nos?\.? )?\d{{1,2}}(?:(?:, | and |, and )\d{{1,2}})*\b", re.IGNORECASE)


def pairs_by_number(text: str) -> frozenset[int]:
    """The pairs in "the second merger", "Mergers 1 and 2" or "Merger (ii)", numbered from 0 by their order; or none."""
    if match := list(_NUMBERED_PAIRS.finditer(text)):
        return frozenset(int(number) - 1 for number in re.findall(r"\d+", match[-1][0]))
    if match := list(_NTH_PAIR.finditer(text)):
        return frozenset({_ORDINALS.index(match[-1][1].lower())})
    if match := list(_MARKED_PAIR.finditer(text)):
        return frozenset({_number_of(match[-1][1].lower())})
    return frozenset()


def _number_of(mark: str) -> int:
    """The number of a pair that is marked "(ii)", "(b)" or "(2)", from 0."""
    if mark in _ROMAN:
        return _ROMAN.index(mark)
    return int(mark) - 1 if mark.isdecimal() else ord(mark[0]) - ord("a")


_NTH = (
    r"(?:first|second|third|fourth|fifth|last|final|next|latter|former|other|remaining|earlier|later|larger|smaller|"
    r"largest|smallest|only)"
)
_ONE = (
    r"(?:reorgani[sz]ation|merger|transaction|proposal|plan|agreement|fund|portfolio|series|liquidation|substitution|"
    r"acquisition|conversion|combination|consolidation|transfer|closing|meeting|vote)"
)
_OF_ALL = (
    rf"(?:of (?:the|these|those|its|both|our)(?: (?!free\b)[\w-]+){{0,2}} {_ONE}s\b|"
    r"of (?:them|these|those|the two|the three)\b)"
)
_GOES_ON = r",? (?:on|will|is|was|would|has|had|by|in|at|as of|for)\b|[,;:]|\.?$"
_ASSETS = (
    r"(?:equity|stock|bond|fixed[- ]income|income|municipal|tax[- ](?:exempt|free)|money[- ]market|international|"
    r"global|foreign|domestic|u\.s\.|government|balanced|growth|value|index|sector|specialty|small[- ]cap|mid[- ]cap|"
    r"large[- ]cap|short[- ]term|long[- ]term|taxable|state|national|smaller|larger)"
)
"""What funds of one sort hold: "the municipal funds"."""
_SOME = re.compile(
    rf"\b(?:the|this|that|its) {_NTH} (?:[\w-]+ )?{_ONE}s?\b|"
    rf"(?<!into )(?<!with )\b(?:the|this|that|its) {_NTH}(?= {_OF_ALL}|{_GOES_ON})|"
    rf"\b(?:one|some|certain|most|several) {_OF_ALL}|(?<!into )(?<!with )(?<!to )\banother {_ONE}\b|\ball but\b|"
    r"\bthose (?:in which|of which|for which|under which|involving)\b|"
    rf"(?:^\W*|\b(?:the|both|all|each|two|its) |['’]s? ){_ASSETS}(?:[- ](?:and )?[\w-]+)? "
    r"(?:funds?|portfolios?|series)\b",
    re.IGNORECASE,
)
"""Words for some of several funds: "the second merger", "one of the funds", "all but", "the bond funds"."""


def speaks_of_some(text: str) -> bool:
    """Whether a clause of a filing with several reorganizations speaks of some of them without their names."""
    return _SOME.search(text) is not None


_IT = re.compile(
    r"^\W*(?:it\b(?! (?:is|was) (?:\w+ )?(?:\w+ed|possible|likely)\b(?: \w+){0,2} that\b)|its\b)", re.IGNORECASE
)


def speaks_of_it(text: str) -> bool:
    """Whether a clause is about something that it does not name: "it" or "its"."""
    return _IT.search(text) is not None
