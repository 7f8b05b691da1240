"""What the words around a date leave open although a rule knows its kind: questions to the author."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from calfeed.filings.denials import word_that_takes_back
from calfeed.model.kinds import KINDS

OF_HOLDERS = frozenset({"record date", "special meeting", "proxy mailing", "voting deadline", "approval obtained"})
OF_ONE_FUND = frozenset(
    {
        "dividend payment", "dividend record date", "dividend ex-date", "closed to new investors",
        "closed to purchases", "last purchase", "last redemption", "name change", "subadviser change",
        "objective change", "benchmark change", "delisting", "last trading day", "check writing ends",
        "creation orders end", "sales charge waiver",
    }
)  # fmt: skip
"""What each fund has for itself, the acquirer too."""
_EVERY_KIND = frozenset(kind.name for kind in KINDS)
COMPLETING = frozenset(kind.name for kind in KINDS if kind.completes)
_DIVIDENDS = frozenset({"dividend payment", "dividend record date", "dividend ex-date"})
_PLAN = (
    r"\b(?:reorgani|merg|exchange of|clos|transact|combin|conver|substitut|scheme|liquidat|transfer|acqui|"
    r"consolidat|amalgamat|proposal|plans?\b|dissol|agreements?\b)"
)


_ACQUIRERS_HOLDERS = (
    r"holders (?:of|in) (?:the )?acquirer\b|\bacquirer(?:['’]s)? (?:(?:will|is to) hold |special |annual )?[^@;]{0,20}"
    r"\b(?:meeting|holders)\b"
)


_FIRM_IS_BOUGHT = (
    r"\b(?:advis[eo]r|manager|parent|owner|distributor|administrator|sponsor|compan(?:y|ies)|corp(?:oration)?|inc|llc|"
    r"bank|group)\b[^@;]{0,60}\b(?:acquir\w+|bought|purchase[sd]?|merge[sd]?|sold|sale|change of control|takeover)\b|"
    r"\b(?:acquir\w+|buy|bought|purchase[sd]?)\b[^@;]{0,30}\b(?:parent|owner|advis[eo]r|manager)\b|"
    r"\b(?:acquisition|sale|purchase) of (?:[\w'’]+ ){0,4}(?:parent|owner|advis[eo]r|manager)\b"
)
"""What is said of the owners of an adviser, and not of a fund."""
_OTHER_BALLOT = (
    r"\belect(?:ed|ion)?\b|\b(?:sub-?advis\w+|advisory) (?:agreement|contract)|\bratif(?:y|ication)\b|"
    r"\bfundamental polic"
)
"""What holders vote on beside a plan."""
_FUND_IS_MERGED = r"\b(?:reorgani|merge[rd]?\b|liquidat|substitut)"
_OTHER_WORK = r"\b(?:records|recordkeep\w*|transfer agent|custod\w+|systems?|platform|accounting)\b"
"""What is transferred or converted beside funds."""
_SAID_ELSEWHERE = (
    r"\b(?:according to|contrary to|as against)\b[^@;]{0,60}\b(?:supplement|prospectus|letter|statement|notice|release)"
)
_STILL_SO = "whether it is still so"
_OTHERS = r"\b(?:another|other|different|separate|unrelated) (?:transactions?|proposals?|meetings?|reorgani|mergers?)"


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
    _Doubt(_EVERY_KIND, _STILL_SO, has=_SAID_ELSEWHERE),
    _Doubt(_EVERY_KIND, "whether it belongs to the reorganization", has=_OTHERS),
    _Doubt(
        _EVERY_KIND,
        "whether it is that day, or counted from it",
        has=r"\b(?:days?|weeks?|months?|years?) (?:before|after|of|from|prior to|following) @",
    ),
    _Doubt(frozenset({"outside date"}), "whether it is over", has=r"\b(?:was|were|has|have) not\b"),
    _Doubt(COMPLETING, "what is completed", lacks=_FUND_IS_MERGED, has=_OTHER_WORK),
    _Doubt(COMPLETING, "what is completed", lacks=r"\b(?:target|reorgani)", has=_FIRM_IS_BOUGHT),
    _Doubt(COMPLETING, "what is completed", has=r"\b(?:last|final) (?:day|date|time)\b"),
    _Doubt(
        frozenset({"agreement signed"}),
        "which agreement was signed",
        has=r"\b(?:sale|purchase|advisory|sub-?advis\w+|settlement|standstill|lease|license) agreement",
    ),
    _Doubt(OF_HOLDERS, "whose holders vote", lacks=r"\btarget", has=_ACQUIRERS_HOLDERS),
    _Doubt(
        OF_HOLDERS,
        "whose holders vote",
        lacks=r"\btarget",
        has=r"holders (?:of|in) [^@;,]{0,40}\b(?:corp(?:oration)?|company|inc|plc|group|holdings|advis[eo]r|manager)\b",
    ),
    _Doubt(
        frozenset({"special meeting"}),
        "what is voted on",
        lacks=_PLAN,
        has=_OTHER_BALLOT,
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
        has=r"\b(?:owners?|holders?|value|shares|interests?)\b[^@;]{0,60}\bon @,?[^@#;]{0,60}\b(?:will|are to|shall) "
        r"(?:be (?:sent|mailed)|receive|get)\b|"
        r"\b(?:if you|who|those|persons?)\b[^@;]{0,40}\b(?:had|have|hold|held|own|owned)\b[^@;]*@(?![^#]*#)",
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


_DATE = r"(?:that|this|the(?:se)?|those|such) (?:dates?|days?|sentences?|statements?|references?)\b"
_REPLACES_IT = re.compile(
    rf"^(?!.{{0,40}}\btarget)[^.;]{{0,60}}\b{_DATE}[^.;]{{0,50}}?"
    r"\b(?:no longer|supersed|delet|withdrawn|incorrect|wrong|(?:in )?error|disregard)|"
    rf"^(?!.{{0,40}}\btarget)(?=[^.;]*#)[^.;]{{0,60}}\b{_DATE}[^.;]{{0,50}}?\b(?:replac|chang|moved|revis)|"
    rf"\b(?:replaces|changes|supersedes|deletes|revises|corrects|withdraws) {_DATE}|"
    r"\b(?:disregard|ignore) (?:this|that|the (?:above|foregoing|preceding))\b|"
    r"^(?:this|that|the (?:above|foregoing|preceding))\b[^.;]{0,30}"
    r"\b(?:retracted|withdrawn|deleted|superseded|untrue)\b|"
    r"^(?:it|they|the board)\b(?=[^.;]*#)[^.;]{0,30}\b(?:has since|have since|instead)\b"
)
"""What follows on a day that is not so any more."""
_THAT_MEETING = re.compile(r"\b(?:that|this|such|the) (?:annual |special )?(?:meeting|vote)\b")
_THAT_DEAL = re.compile(
    r"\b(?:the|that|this|such) (?:acquisition|transaction|merger|sale|purchase|closing|deal|transfer|conversion)\b"
)
_ACTED = re.compile(r"\b(?:acted|actions?|decisions?|steps?)\b")


def doubts_of_neighbours(clause: str, before: str, behind: str, kind: str) -> Iterator[str]:
    """What the masked sentences before and behind a clause leave open of a date in it."""
    if _REPLACES_IT.search(behind):
        yield _STILL_SO
    is_for_a_ballot = re.search(_OTHER_BALLOT, before) and not re.search(_PLAN, f"{before} {clause}")
    if kind in OF_HOLDERS and _THAT_MEETING.search(clause) and is_for_a_ballot:
        yield "what is voted on"
    is_of_a_firm = re.search(_FIRM_IS_BOUGHT, before) and re.search(_FUND_IS_MERGED, before) is None
    is_of_work = re.search(_OTHER_WORK, before) and re.search(_FUND_IS_MERGED, f"{before} {clause}") is None
    if kind in COMPLETING and _THAT_DEAL.search(clause) and (is_of_a_firm or is_of_work):
        yield "what is completed"
    around = f"{before} {clause} {behind}"
    if kind == "board approval" and _ACTED.search(clause) and not re.search(f"{_PLAN}|target|acquirer", around):
        yield "what was approved"


def doubts_of_words(clause: str, kind: str) -> Iterator[str]:
    """What a masked clause (see `calfeed.filings.rule`) leaves open of a date that a rule gives a kind."""
    yield from (each.question for each in _DOUBTS if each.is_open(clause, kind))
    if word := word_that_takes_back(clause, kind):
        yield f'whether it holds: the sentence says "{word}"'
