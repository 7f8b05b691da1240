"""What a clause says that its day depends on, in the words of a plan."""

import re
from collections.abc import Iterator
from functools import cached_property

from calfeed.filings.dates.mentions import Mention
from calfeed.filings.passages.text import Filing, with_blanks
from calfeed.reading.states import SHAREHOLDER_APPROVAL

_COMES = (
    r"(?:approv|vot(?:e|ed|es)\b|adopt|met\b|satisf|grant|issu|receiv|obtain|effective|declar|permit|allow|consent|"
    r"agree|waiv|clear(?:ed|s)|ratif)"
)
_SHOULD = r"(?:^|(?<=, )|(?<=but )|(?<=and )|(?<=\d{4} ))should"
"""Before its subject, "should" begins a condition; behind one it says what ought to be."""
_BEGINS = re.compile(
    r"(?<!\bnot )(?<!\bnot be )\b(?:subject to (?!(?:any |further |possible |a )?(?:change|postponement|delay)s?\b)|"
    r"(?:contingent|conditioned|conditional|dependent|depending) (?:up)?on |on (?:the )?condition (?:that|of) |"
    r"providing (?:that )?(?=(?:[\w’'-]+ ){0,6}?(?:approv|vote)\w*)|"
    r"assuming (?:that )?|(?:so|as) long as |in the event (?:that )?(?!of\b)|"
    r"(?:in the event of|given|on the strength of) (?=(?:[\w’'-]+ ){0,5}?(?:approvals?|consents?|vote)\b)|"
    r"provided,? (?:however,? )?that |(?:(?<=, )|(?<=but )|^)provided (?!(?:in|by|for|to|with|at|on|under|above|below|"
    r"herein)\b)|"
    r"(?:upon|following|after|on|pending) (?=(?:the )?(?:(?:timely|final|prior) )?(?:receipt|satisfaction|"
    r"effectiveness|grant|granting|issuance|obtaining|fulfil\w+) of\b)|"
    r"(?<!\bthe )(?<!\ba )(?<!\bany )(?<!\bits )pending (?!for\b|before\b|at\b|in\b|with\b)"
    r"(?=(?:[\w’'-]+ ){0,6}?(?:approvals?|consents?|(?:sec|exemptive|court) orders?|orders? (?:of|from|by)|relief|"
    r"votes?|clearance|adoption|ratification|outcome)\b)|"
    r"(?:upon|following|after|with) (?=(?:the |its )?(?:\w*holders?['’]?s? approval\b|approval\b[^,;.)\d]*?holders\b)"
    r"(?![^,;.)]*\d)(?![^;.)]{0,60}\b(?:already|been|obtained|received|was|were)\b))|"
    rf"(?:(?:if|as) and when|if|{_SHOULD}|once|when|as soon as) (?!and\b|you\b|your\b|an? \w*holder|\w*holders? "
    r"(?:receiv|obtain))"
    rf"(?=(?:[\w’'-]+ ){{0,12}}?{_COMES})|(?:if|{_SHOULD}) (?=(?:[\w’'-]+ ){{0,12}}?conditions\b)|"
    r"(?:^|(?<=\d{4} )|(?<=\d{4}, ))(?:but )?(?:only )?if (?!you\b|your\b|so\b|all goes|everything|any\b|applicable|"
    r"an? \w*holder|\w*holders\b|the (?:closing|closing date|date|day)\b)|"
    r"(?:requires|needs|awaits|awaiting) (?!no\b)(?=(?:[\w’'-]+ ){0,6}?(?:approvals?|consents?|orders?|relief|votes?|"
    r"clearance)\b))",
    re.IGNORECASE,
)
"""How what something depends on begins."""
_HAS_HAPPENED = re.compile(
    r"^(?:the |its |a |an )?(?:\w*holders|boards?|trustees|directors|sec|commission|court)\b"
    r"(?: (?!(?:have|has|had|is|are|be|been|being|not)\b)[\w’'-]+){0,4}? "
    r"(?:approved|voted|adopted|granted|ratified|agreed|declared|issued|consented)\b|\bmeetings? (?:\w+ was )?held\b",
    re.IGNORECASE,
)
"""What is no condition, since it is over: "once shareholders approved the merger"."""
_ENDS = re.compile(
    r"[;:)|]|, (?!and\b|or\b|(?:(?!\b(?:will|shall|is|are|would)\b)[^,;])*\b(?:and|or)\b"
    r"(?:(?!\b(?:will|shall|is|are|would)\b)[^,;])*, )|"
    r",? and (?:also )?(?=(?:subject|contingent|conditional|conditioned) (?:to|up|on)\b)|"
    r",? and (?:will|is|are|shall|that|it|they|the \w+ (?:will|is|are|shall))\b|\.\s*$|"
    r"(?<=\w) (?:the (?:closing|reorganization|merger|liquidation|substitution|conversion)) (?:will|is|would)\b",
    re.IGNORECASE,
)
"""Where the words of a condition end: before another clause, or at a mark such as ";"."""
_OF_OTHERS = re.compile(
    r"\b(?:boards?|trustees|directors|regulat\w+|sec|securities and exchange|commission|court|authorit\w+|"
    r"insurance department|registration|n-14|orders?|exempti\w+|relief|rulings?|opinions?|finra|exchange|adviser|"
    r"advisor|manager|sponsor|insurer|bank|counterpart\w+|(?:market|economic) conditions)\b",
    re.IGNORECASE,
)
"""Who else may approve or allow something, and what else it may take."""
_OF_HOLDERS = re.compile(
    r"holder|\bvot(?:e|es|ed|ing)\b|\bmeetings?\b|\bproposals?\b|\bowners\b|\bquorum\b", re.IGNORECASE
)
_OF_A_VOTE = re.compile(
    r"\b\w*holders?['’]?s? (?:and|or) (?=\w+ (?:approvals?|consents?)\b)|"
    r"\b(?:the )?(?:approval|vote) (?:by|of) (?:[\w’']+ ){0,3}?\w*holders(?: of [\w ]+?)? and |"
    r"^(?:the |its )?(?:\w*holders?['’]?s? approval|approval (?:by|of|from) (?:[\w’']+ ){0,3}?\w*holders),? and "
    r"(?:also )?(?:to |on |upon )?(?=\w)|"
    r"^(?:the )?\w*holders? (?:[\w’'-]+ ){0,4}?(?:approve|adopt|ratify)s? (?:[\w’'-]+ ){0,3}?and (?=the |an? |all )",
    re.IGNORECASE,
)
"""What stands before another condition: "shareholder and regulatory approval", "shareholders approve it and the …"."""
_APPROVED = re.compile(r"approv|adopt|ratif|consent", re.IGNORECASE)
_ALONE = re.compile(r"(?:so |finally )?(?:approved|adopted|approval)", re.IGNORECASE)
_NO_VOTE = re.compile(
    r"\bno (?:\w+ ){0,2}(?:vote|approval)\b[^.;]{0,40}?\bis (?:being )?(?:needed|required|necessary|called for|sought)|"
    r"\b(?:approval|vote)\b[^.;]{0,40}?\b(?:is|are) not (?:being )?(?:needed|required|necessary|sought)|"
    r"\bnot (?:be )?(?:asked|required|needed) to (?:vote|approve)|"
    r"\b(?:do|does|will|need) not (?:\w+ )?(?:require|need|vote)\b[^.;]{0,40}?(?:vote|approv|\.)|"
    r"\bneeds? no (?:\w+ )?(?:vote|approval)|\bwithout (?:\w+ ){0,2}(?:vote|approval)",
    re.IGNORECASE,
)
""""No vote of shareholders is required", "you will not be asked to vote"."""
_IS_VOTED_ON = re.compile(
    r"\b(?:special|joint|general|extraordinary|annual) (?:\w+ ){0,2}meetings?\b|\bprox(?:y|ies)\b|"
    r"\bmeetings? of (?:the )?\w*holders\b|"
    r"\b\w*holders\b[^.;]{0,60}\b(?:will|to) (?:be asked to )?(?:vote|approve|consider)",
    re.IGNORECASE,
)
"""What shows that a filing has a vote all the same: a meeting, proxies, holders who will be asked."""
_AVERTED = re.compile(
    r"\b(?:barring|absent|in the absence of|failing|unless|without|save for|but for) (?:[\w’'-]+ ){0,5}?"
    r"(?:(?:adverse|negative|unfavou?rable|contrary|no) votes?|votes? against|(?:rejection|opposition|objections?|"
    r"disapproval) (?:by|of|from) (?:[\w’'-]+ ){0,3}?\w*holders|\w*holders?['’]? (?:rejection|opposition|objections?|"
    r"disapproval|(?:rejects?|votes? (?:it |the \w+ )?(?:down|against)|disapprove|fail to approve|do not approve)))\b",
    re.IGNORECASE,
)
"""How a clause says that a vote is still to come by what must not come of it: "barring an adverse vote"."""
_PERMITTING = re.compile(r", (?P<what>(?:[\w’'-]+ ){1,4}(?:permitting|willing|allowing))(?=[,.;]|$)", re.IGNORECASE)
_NO_DELAY = re.compile(
    r"(?:that )?(?:there (?:is|are|will be) )?(?:no (?:\w+ )?(?:delays?|postponements?|changes?|surprises?|"
    r"complications?|(?:unforeseen|unexpected) \w+)|nothing (?:changes|unforeseen|unexpected))\b",
    re.IGNORECASE,
)
"""What only says that the day may move."""
_AT_ALL = re.compile(r"\bat all$|^(?:ever$|(?:it|they|this|that) (?:happens?|occurs?|takes? place)$)", re.IGNORECASE)
"""What says no more than that something may not happen: "if at all", "if it happens"."""
_LONGEST = 160


class Conditions:
    """What the clauses of a filing say that their days depend on."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing

    def of(self, mention: Mention) -> tuple[str, ...]:
        """What a day depends on, as its clause says: "shareholder approval", or in the filing's own words."""
        return self.stated_in(mention.clause)

    def stated_in(self, sentence: str) -> tuple[str, ...]:
        """What the words of a sentence say that something depends on."""
        text = with_blanks(sentence)
        found: dict[str, None] = dict.fromkeys([SHAREHOLDER_APPROVAL] * (_AVERTED.search(text) is not None))
        for words in (*_stated(text), *(match["what"] for match in _PERMITTING.finditer(text))):
            found.update(dict.fromkeys(self._conditions(words)))
        return tuple(found)

    def _conditions(self, words: str) -> Iterator[str]:
        """A condition as a plan says it; two where it speaks of holders and of others."""
        others = _OF_A_VOTE.sub("", words)
        is_of_others = _OF_OTHERS.search(others) is not None
        is_open = _APPROVED.search(words) is not None and not is_of_others and not self.needs_no_vote
        is_vote = _OF_HOLDERS.search(words) is not None or is_open
        if is_vote:
            yield SHAREHOLDER_APPROVAL
        if is_of_others or not is_vote:
            yield "approval" if _ALONE.fullmatch(others) else others

    @cached_property
    def needs_no_vote(self) -> bool:
        """Whether the filing says that no vote is needed, and speaks of none."""
        texts = [passage.text for passage in self._filing.passages]
        is_said = any(map(_NO_VOTE.search, texts))
        return is_said and not any(_IS_VOTED_ON.search(_NO_VOTE.sub(" ", text)) for text in texts)


def is_of_vote(condition: str) -> bool:
    """Whether words that a plan has for a condition speak of a vote of holders."""
    return _OF_HOLDERS.search(condition) is not None


def is_of_others(condition: str) -> bool:
    """Whether they speak of something else than a vote, whatever they say of one."""
    return not is_of_vote(condition) or _OF_OTHERS.search(_OF_A_VOTE.sub("", condition)) is not None


def _stated(text: str) -> Iterator[str]:
    """The words of each condition in a clause."""
    behind = 0
    for begin in _BEGINS.finditer(text):
        if begin.start() < behind:
            continue
        end = _ENDS.search(text, begin.end())
        behind = end.start() if end else len(text)
        if text.startswith(", whichever", behind):
            continue  # the day may be another one, and that is said of it
        words = text[begin.end() : behind].strip(' ,.”"')
        is_said_of_itself = _HAS_HAPPENED.search(words) or _NO_DELAY.match(words) or _AT_ALL.search(words)
        if words and not is_said_of_itself:
            yield words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"
