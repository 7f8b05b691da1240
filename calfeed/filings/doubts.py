"""What the words around a date leave open although a rule knows its kind: questions to the author."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from calfeed.filings.denials import word_that_takes_back

OF_HOLDERS = frozenset({"record date", "special meeting", "proxy mailing", "voting deadline", "approval obtained"})
OF_ONE_FUND = frozenset(
    {
        "dividend payment", "dividend record date", "dividend ex-date", "closed to new investors",
        "closed to purchases", "last purchase", "last redemption", "name change", "subadviser change",
        "objective change", "benchmark change", "delisting", "last trading day", "check writing ends",
        "creation orders end",
    }
)  # fmt: skip
"""What each fund has for itself, the acquirer too."""
_DIVIDENDS = frozenset({"dividend payment", "dividend record date", "dividend ex-date"})
_PLAN = (
    r"\b(?:reorgani|merg|exchange of|clos|transact|combin|conver|substitut|scheme|liquidat|transfer|acqui|"
    r"consolidat|amalgamat|proposal|plans?\b|dissol|agreements?\b)"
)


_ACQUIRERS_HOLDERS = (
    r"holders (?:of|in) (?:the )?acquirer\b|\bacquirer(?:['’]s)? (?:(?:will|is to) hold |special |annual )?[^@;]{0,20}"
    r"\b(?:meeting|holders)\b"
)


class _Doubt(NamedTuple):
    """A question about a date of some kinds, where the masked clause lacks some words, or has others."""

    kinds: frozenset[str]
    question: str
    lacks: str = ""
    has: str = ""

    def is_open(self, clause: str, kind: str) -> bool:
        """Whether the clause leaves the question open for a kind."""
        if kind not in self.kinds:
            return False
        is_lacking = not self.lacks or re.search(self.lacks, clause) is None
        return is_lacking and (not self.has or re.search(self.has, clause) is not None)


_DOUBTS = (
    _Doubt(OF_HOLDERS, "whose holders vote", lacks=r"\btarget", has=_ACQUIRERS_HOLDERS),
    _Doubt(
        frozenset({"special meeting"}),
        "what is voted on",
        lacks=_PLAN,
        has=r"\belect(?:ion)?\b|\b(?:sub-?advis\w+|advisory) (?:agreement|contract)|\bratif(?:y|ication)\b|"
        r"\bfundamental polic",
    ),
    _Doubt(frozenset({"valuation"}), "what is valued", lacks=_PLAN),
    _Doubt(
        frozenset({"board approval"}),
        "what was approved",
        has=r"\b(?:advisory|management|distribution|underwriting|custody|administration) (?:agreement|contract|plan)|"
        r"\bsub-?advis|\brenewal\b|\bauditor|\baccountant|\bofficers?\b|\btender offer|\boffer to (?:purchase|buy)|"
        r"\brepurchas|\bbuy-?back|\brights offering|\bsplit\b|\bwaiver|\bfee (?:reduction|schedule)|"
        r"\b(?:lower|reduce)\w* (?:the |its )?(?:\w+ )?fee|\bportfolio manager|\bcustodian|\btransfer agent|"
        r"\bdistribution polic|\binvestment polic|\bbenchmark\b",
        lacks=r"\b(?:reorgani|merger|liquidat|substitut|conversion|combination|acquisition|consolidat)",
    ),
    _Doubt(frozenset({"n-14 filing", "n-14 effectiveness"}), "which registration statement", lacks=r"\bn-14\b"),
    _Doubt(
        frozenset({"proxy mailing"}),
        "what is mailed",
        lacks=r"\bprox|prospectus|\bmaterials?\b|\bstatements?\b|\binformation\b|\bcircular\b",
    ),
    _Doubt(
        frozenset({"proxy mailing"}),
        "whether it is the day of the mailing or of ownership",
        has=r"\b(?:if you|who|those|persons?)\b[^@;]{0,40}\b(?:had|have|hold|held|own|owned)\b[^@;]*@(?![^#]*#)",
    ),
    _Doubt(
        frozenset({"voting deadline"}),
        "whether it is a deadline",
        lacks=r"\b(?:must|should|may|can|will|need|have to|has to|until|deadline|last|no later|not later|are to|is to|"
        r"are counted|please)\b",
    ),
    _Doubt(
        _DIVIDENDS,
        "whether it belongs to the reorganization",
        has=r"\b(?:daily|each month|every month|each quarter|every quarter|annually|next)\b",
    ),
)


def doubts_of_words(clause: str, kind: str) -> Iterator[str]:
    """What a masked clause (see `calfeed.filings.rule`) leaves open of a date that a rule gives a kind."""
    yield from (each.question for each in _DOUBTS if each.is_open(clause, kind))
    if word := word_that_takes_back(clause, kind):
        yield f'whether it holds: the sentence says "{word}"'
