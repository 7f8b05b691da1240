"""Words that take back, put off or restrict what a sentence says, for all that is told from its words.

A sentence with such a word says something of its day only where the word is understood: "no later than", or "had been
expected on May 2, is now expected on June 5". Otherwise nobody is told that something happens on that day.
"""

import re

from calfeed.filings.passages.subjects import PLAN
from calfeed.model.kinds import KINDS

NOT = r"(?:not|nor|never|neither|nobody|none|no one|no party|cannot|unlikely|doubtful|hardly|\w+n['’]t)"
CALLED_OFF = r"(?:cancel+ed|terminated|withdrawn|withdrew|abandoned|called off|discontinued|rescinded|dropped)"
PUT_OFF = r"(?:postponed|delayed|deferred|adjourned|put off|rescheduled)"
IN_PLACE = r"(?:otherwise|failing (?:that|this|which)|alternatively|in the alternative)"
"""What stands before something that happens only in place of something else."""
APART = (
    r"(?:unlike|except(?! as )|excepting|other than|apart from|excluding|with the exception of|whereas|"
    r"but (?:not|that of|those of|for)|but [^.;]{0,80}(?:\b(?:later|earlier|separately)|['’]s)|"
    r"did not|or (?:has|have) yet to|(?:before|after|than) (?:that|those) of)"
)
"""What stands where a sentence says of one fund what it does not say of another."""
UNTRUE = r"(?:rumou?r(?:s|ed)?|denied|denies|deny|not true|untrue|incorrect)"
MEANT = (
    r"(?:(?<!purpose )(?:was|were) (?:also |first |then )?to (?!consider\b|vote\b)[a-z]+|"
    r"would have|could have|might have|had (?:\w+ )?been|"
    r"(?:was|were) (?:scheduled|planned|expected|due|supposed|anticipated) to (?!be held\b)|"
    r"had (?:\w+ )?(?:fixed|set|scheduled|called|planned|expected|announced|chosen|hoped|intended)|"
    r"formerly|originally|initially|previously (?:scheduled|expected|announced|planned|set))"
)
"""What was meant to be, and perhaps is no more."""
OF_RESULTS = (
    r"\bno (?:assurance|guarantee|certainty) (?:that|of|as to|about)\b"
    r"(?:(?!\b(?:dates?|clos|merg|reorgani|transact|liquidat|conver|meeting|complet|occur|consummat|approv)\w*)[^@#;.])"
    r"{0,90}?\b(?:objectives?|goals?|performance|returns?|yields?|profits?|savings|liquid|market|strateg\w+)\b"
)
"""What a filing does not promise of an investment, and which leaves its days alone."""
RECORD_DATE_SET = (
    r"^(?!.*\b(?:originally|initially|previously|formerly|first|once|earlier|another|had been|but|however|although|"
    r"though|now|then|later|since|again|subsequently|instead|rather|new|chang\w+|mov(?:ed|ing)|repla\w+|reset|postpon\w+)\b)"
    r".*\brecord date(?: (?:for|of) (?:(?! and )[^@#;,]){0,90}|,? which)? was (?:duly |also )?"
    r"(?:set|fixed|established) for\b[^@#;,]{0,40}@"
)
"""How a board fixes a record date, where nothing beside it says that it has fixed another since."""

_REPORTED = (
    r"\b(?:stated|said|reported|disclosed|indicated|announced|informed|advised|expected|thought|told|wrote|notified|"
    r"believed)\b"
    r"[^@;]*\bwould\b(?=[^@;]*@)|"
    r"\b(?:we|they|it|trustees|board|trust|advis[eo]r|manager|company|fund|target) "
    r"(?:expected|planned|intended|hoped|anticipated) to (?!be\b)(?=[^@#;]*@)"
)
"""What was said of a day some time ago, and perhaps holds no more."""
_TAKES_BACK = re.compile(
    rf"\b(?:{NOT}|no|without|{CALLED_OFF}|{PUT_OFF}|{IN_PLACE}|{APART}|{UNTRUE}|{MEANT}|cancell?(?:ing|ation)?|"
    r"withdraw(?:al|ing)?|terminating|abandon(?:ing)?|reject\w*|declined?|defeated|disapproved|failed|fails|"
    rf"g[ai]ve up|giving up|postpone|suspended|instead|rather than|in place of|unless|exception|"
    rf"deleted|superseded|disregard)\b|@ ?\(# for\b|\(@ for\b|{_REPORTED}"
)
"""The words that may take back what a sentence says."""
_NOW = (
    r"\b(?:has|have|is|are|was|were|will)\b[^@;]{0,40}?\b(?:now|again|rescheduled|resumed|reconvened|to)\b[^@;]{0,90}@"
)
_OF_OTHERS = (
    r"\b(?:\w*holders?|those|persons?|investors?|owners?|participants?|accounts?|shares?|securities|proceeds|gains?|"
    r"income|contracts?),? (?:who|which|that)\b[^@#;,]{0,50}?\b(?:not|cannot|never)\b"
)
"""What is said of holders and of what they hold, and not of the milestone."""
_NO_QUORUM = (
    r"\b(?:no|(?:lack|want|absence) of a|not (?:\w+ ){0,3}a) quorum\b|\bquorum was not (?:present|reached)\b|"
    r"\bnot sufficient for a quorum\b"
)
_UNDERSTOOD = re.compile(
    rf"{OF_RESULTS}|"
    rf"\bpreviously (?:announced|disclosed) (?=(?:[\w-]+ ){{0,2}}?{PLAN})|"
    r"\bas (?:previously|originally|initially) (?:announced|disclosed|reported|communicated|described)\b"
    r"(?: in [^@#;,]{0,40})?(?: on #|(?=,))|"
    r"\b(?:no|not) (?:later|earlier|sooner|more|less|fewer) than\b|"
    r"\b(?:are|is) not [\"“]?(?:interested|deemed)\b|\b(?:does|do|will) not require\b|\bnot (?:been )?changed\b|"
    r"\bunless (?:otherwise|you|something)\b|\bunless (?:[\w’'-]+ ){1,6}?agrees? otherwise\b|"
    r"\bunless (?:the )?(?:target )?(?:\w*holders|owners)\b[^@#;,]{0,40}\b(?:reject\w*|against|down|disapprove|not "
    r"approve|fail to approve)\b|\bno (?:adverse|negative) votes?\b|"
    r"\b(?:assuming|provided|providing|if|so long as|as long as)(?: that)?(?: there (?:is|are|will be))? no (?:\w+ )?"
    r"(?:delays?|postponements?|changes?|surprises?|complications?|(?:unforeseen|unexpected) \w+)\b|"
    r"\bdealings?\b[^@#;]{0,80}\bsuspended\b(?=[^@;]*#[^@;]*@)|\b(?:needs?|requires?) no (?:\w+ ){0,2}"
    r"(?:vote|approval|consent|action)\b|"
    r"\bhave raised no\b|\bdeferred sales charges?\b|\bwould otherwise\b|"
    r"\botherwise (?:payable|due|apply|applies|applicable|imposed)\b|"
    r"\bwithout (?:a|any|an|being|the|charge|cost|fee|penalty|(?:its|their|this|that|it) being)\b|"
    r"\bno (?:\w+ )?(?:vote|approval|action|proxy|consent)\b[^@#;,]{0,50}\b(?:needed|required|necessary|sought)\b|"
    r"\bwhether or not\b|\bshould you not\b|\bwithdrawn from (?:listing|trading)\b|"
    r"\blisting\b[^@#;]{0,40}\bwithdrawn\b|\bno longer (?:exist|in existence|outstanding)\w*|"
    r"\bin (?:place|lieu) of (?:an? |any |the )?fraction\w*|"
    r"\border (?:that|which) had been (?:asked|applied|requested|sought)\b|"
    r"\brather than (?:participat|tak(?:e|ing) part|remain|stay|becom|receiv)\w*|"
    r"\bmay not (?:always )?(?:be )?(?:invest|manag|follow|pursue|adhere)\w*|"
    r"\b(?:since|because|as) [^@#;]{0,60}\b(?:does|do|may|will|can) ?not (?:issue|have|hold|offer)\b|"
    r"\b(?:since|because|as) (?:[^@#;]{0,60} )?(?:whole|fractions?|fractional shares)\b[^@#;]{0,60}\b(?:cannot|not)\b|"
    r"\bnos?\. ?(?=[\w-]*\d)|\b(?:cannot|can['’]t|(?:do|are) not(?: \w+){0,2}) attend\b|"
    r"\bsystematic withdrawals?\b|\badjourned (?:special )?meeting\b|\bhad been thought\b|"
    rf"{_OF_OTHERS}|{_NO_QUORUM}|"
    r"\b(?:you|and|or) do not\b(?! (?:have|need)\b)|\b(?:in order|so as) not to\b|\bnot be diluted\b|"
    r"\bnot yet (?:been )?(?:distributed|voted|(?:become |declared )?effective|given)\b|\bnot effective yet\b|"
    r"\b(?:is|are|will) not (?:be )?(?:touched|affected)\b|"
    r"\bwithout (?!approv|adopt|obtain|hold|clos|complet|reach)\w+ing\b|"
    r"\b(?:instead of|rather than|in place of) (?:at )?\d{1,2}[:.]\d\d|"
    r"\binstead,? (?:be \w+ )?(?:on|until|in) [^@#;]{0,30}@|(?<=@),?[^@#;]{0,12}\binstead\b(?! of)|"
    rf"\b(?:has|have|had|was|were|been|and|therefore) (?:\w+ )?{PUT_OFF}\b[^@#;]{{0,90}}"
    r"\b(?:to|until)(?: (?:on|or|about|the|close|of|business|at))* @|"
    r"\bhad been (?:called|convened|adjourned)\b(?=[^@;]{0,60}\b(?:held|resumed|reconvened)\b)|"
    r"\b(?:is|are|was|were|will be) not (?:required|needed|asked)\b|"
    rf"\b{PUT_OFF}\b(?=[^@;]{{0,120}}\bwill (?:now |then )?"
    r"(?:reconvene|resume|continue|be (?:reconvened|resumed|continued|taken up again))\b[^@#;]{0,40}@)|"
    r"\((?:instead of|formerly|previously):? #|\b(?:have|has) not (?:yet )?(?:voted|cast)\b|"
    r"\b(?:rather than|instead of|in place of|in lieu of|no longer)"
    r"(?: (?:on|in|by|as|of|or|about|around|until|through|the|before|after|close|opening|business))* #|"
    r"(?<=@)[^@#;]{0,30}\bnot"
    r"(?: (?:on|in|by|as|of|or|about|around|until|through|the|before|after|close|opening|business))* #|"
    rf"\b{PUT_OFF}\b(?=[^@;]{{0,160}}\bwill now\b[^@#;]{{0,60}}@)|"
    rf"\b{MEANT}\b[^@;]{{0,90}}#(?=[^@;]{{0,90}}{_NOW})|"
    rf"\b(?:has|have|was|were|been|and) (?:\w+ )?{PUT_OFF} (?:again,? )?(?:to @|and is now\b)"
)
"""Such words where they take nothing back: "no later than", "no vote is needed"."""
_ENDING = frozenset(
    {
        "closed to new investors", "closed to purchases", "last purchase", "last exchange", "last redemption",
        "creation orders end", "check writing ends", "sales charge waiver", "transition begins", "free transfers "
        "begin",
        "free transfers end", "dealing suspension begins", "dealing suspension ends",
    }
)  # fmt: skip
"""What a "no" or "not" says of itself, as in "no purchases will be accepted"."""
_ENDS = re.compile(
    r"\b(?:(?:will be|are|is|be|have been|were|was) (?:discontinued|suspended)|discontinued|"
    r"(?:no longer|not)(?! (?:now |yet )?(?:be )?(?:clos|stop|ceas|suspend|discontinu|end|refus|halt))|"
    r"privileges? (?:\w+ ){0,2}terminated|no(?! longer)|nobody|nor|cannot|neither|none|except(?:ing)?|other than)\b"
)
"""What ends: "will be discontinued", "no longer", "none"."""
_LAPSES = re.compile(r"\b(?:but not|not|no|unless|terminated|abandoned|delayed)\b")
"""What the last day for a closing says of itself."""
_REFUSED = re.compile(r"\b(?:rejected|refused|declined|returned)\b")
"""What is done with an order that comes too late."""
_WOUND_UP = re.compile(
    r"\b(?:liquidat\w+|dissol\w+|close[sd]?)(?:,| and| or|, and) (?:\w+ )?terminated?\b|\bfund be terminated\b"
)
"""What a board decides of a fund, and not of a plan."""
_WITHOUT_INSTRUCTIONS = re.compile(
    r"\botherwise,? (?:we|it|they|you|your|the)\b|\bfailing which\b|"
    r"\b(?:if|unless) (?:you|they|owners|participants) (?:do|did|would|have) not\b|\bif not\b|\bnot received\b|"
    r"\bno (?:\w+ )?instructions?\b|\bin place of\b"
)
"""What happens to those who say nothing."""
_WITHOUT_ACCOUNT = re.compile(r"\b(?:do|does|did) not (?:already |yet |then )?(?:have|hold|own)\b|\bwithout\b")
"""Whom a deadline concerns."""
_CHANGES = frozenset(
    {"name change", "subadviser change", "benchmark change", "objective change", "identifier change", "substitution"}
)
_IN_PLACE_OF = re.compile(r"\b(?:instead of|in place of|rather than)\b(?![^@#;]{0,40}[@#])")
"""What a change is from."""
_WITHDRAWN = re.compile(
    r"\bwithdr(?:aw|ew|awn|awal|awing)\b|\bnot (?:to )?(?:proceed|go (?:forward|ahead)|be completed)\b"
)
"""What is done with a registration statement, and why."""
_SUSPENDED = re.compile(r"\bsuspended\b")
"""What is lifted."""
_ENDED = re.compile(r"\bno longer\b|\bterminat(?:ed|ing)\b|\bhad been completed\b")
"""What is said of a fund that has ended."""
_VOTED_DOWN = re.compile(r"\b(?:did not|failed to) (?:\w+ )?(?:approve|adopt|vote)\b")
"""What holders decided at a meeting, which was held all the same."""
_STRUCK_OUT = {
    "special meeting": (_VOTED_DOWN,),
    "delisting": (_SUSPENDED,),
    "last trading day": (_SUSPENDED,),
    **dict.fromkeys(_ENDING, (_ENDS, _REFUSED)),
    "board approval": (_WOUND_UP,),
    "outside date": (_LAPSES,),
    "n-14 withdrawal": (_WITHDRAWN,),
    "deregistration filing": (_ENDED,),
    "deregistration order": (_ENDED,),
    "completion announcement": (_ENDED,),
    "dealing suspension ends": (_ENDS, _SUSPENDED),
    "instruction deadline": (_WITHOUT_INSTRUCTIONS,),
    "brokerage account deadline": (_WITHOUT_ACCOUNT,),
    **dict.fromkeys(_CHANGES, (_IN_PLACE_OF,)),
}
"""What milestones of a kind say of themselves: it is struck out before the search."""
_MOVED = r"(?:changed|moved|shifted|brought forward|advanced|extended)"
_NEW_DAY = re.compile(
    r"\b(?:is|are|will|has|have)(?: \w+)? now\b[^@#;]{0,80}@|"
    r"\bnow (?:expected|anticipated|scheduled|planned|proposed|set|to)\b[^@#;]{0,80}@|"
    r"\b(?:reconvene[sd]?|resumed?|continued)\b[^@#;]{0,60}@|"
    rf"\b(?:{PUT_OFF}|{_MOVED})(?: again)?,?(?: from [^@;]{{0,60}}#[^@;]{{0,40}})? (?:to|until) [^@#;]{{0,60}}@|"
    rf"\b{PUT_OFF},? and [^@#;]{{0,60}}@"
)
"""What is said of a day that takes the place of another."""
_SETTLED = re.compile(
    r"\b(?:remains?|still|unchanged|as planned|as scheduled|not changed|no change|continues?|adopted|approved|consent|"
    r"in favor|again on)\b"
)
_OF_ANOTHER_DAY = re.compile(
    rf"^(?!.*\b(?:{UNTRUE}|{APART}|whether|if|unless)\b)[^@]*#[^@#;]{{0,30}}, and (?=(?:the|its|each|"
    rf"this) (?:[\w’'-]+ ){{0,3}}?(?:meeting|closing|{PLAN})\b"
    r"[^@#;]{0,40}\b(?:is|will|are)\b(?! not\b| no\b)[^#]*@)"
)
"""What is said of another day before: "shares will no longer be offered after #, and the closing is @"."""
_DEADLINES = frozenset({"outside date", "instruction deadline", "brokerage account deadline"})
"""What is told of those who have not done something before a day."""
_NOT_UNTIL = re.compile(rf"\b{NOT}\b[^@#;]{{0,80}}\b(?:until|before|prior to)\b[^@#;]{{0,30}}@")
"""What turns the sense of a day around: something begins then, or happens only after it."""


def is_new_day(clause: str) -> bool:
    """Whether a masked clause says that its date takes the place of another."""
    return _NEW_DAY.search(clause) is not None


_CLOSINGS = rf"(?:closings?\b|{PLAN})"
_NOUNS = {
    **{kind.name: _CLOSINGS for kind in KINDS if kind.completes},
    "special meeting": r"(?:meetings?|vote)\b",
    "record date": r"record dates?\b",
    "proxy mailing": r"mailings?\b",
    "tender offer expiration": r"offers?\b",
}
"""What a sentence calls what happens on a day, by kinds."""
_THE = r"(?:(?:the|this|that|our|its|their|each|both|such|an?) )?"
_SUBJECT = (
    rf"(?:^|[,:] |\b(?:that|because|since|as|therefore|accordingly,?) ){_THE}"
    r"(?:(?!(?:of|on|for|about|to|with|in|at|by|after|before|and) )[\w’'-]+ ){0,3}"
)
"""What stands before the noun that a clause is about."""
_ONLY_IF = re.compile(r"\b(?:if|unless|may|might|could|whether|should|until)\b")


def is_called_off(clause: str, kind: str) -> bool:
    """Whether a masked clause says of a kind of milestone that it is called off on its day, and not only put off."""
    noun = _NOUNS.get(kind)
    if noun is None or _ONLY_IF.search(clause):
        return False
    between = r"(?:(?!\b(?:and|but|while|will)\b)[^;@]){0,120}?"
    passive = rf"\b(?:has|have|had|was|were|is|are)(?: been| now| since| therefore| \w+ly){{0,2}} {CALLED_OFF}\b"
    undone = (
        r"\b(?:was|were|will) (?:now |therefore )?(?:not|no longer) (?:now )?(?:be )?"
        r"(?:held|convened|take place|occur)\b"
    )
    is_off = rf"{_SUBJECT}{noun}[^;@]{{0,200}}@{between}(?:{passive}|{undone})"
    active = rf"\b(?:{CALLED_OFF}|to (?:cancel|call off|abandon)) {_THE}(?:[\w’'-]+ ){{0,3}}?{noun}[^;@]{{0,160}}@"
    return re.search(f"{is_off}|{active}", clause) is not None


def is_settled(clause: str) -> bool:
    """Whether a masked clause says of a meeting what makes sure that no later one replaces it."""
    return _SETTLED.search(clause) is not None


def word_that_takes_back(clause: str, kind: str, *, is_bound: bool = False) -> str:
    """The word of a clause, masked for the rules, that may take back a milestone of a kind, or nothing.

    `is_bound` says that the words of the date have the "not" of "not before @" already.
    """
    clause = _OF_ANOTHER_DAY.sub("", clause)
    if is_bound:
        clause = _NOT_UNTIL.sub("@", clause)
    rest = _UNDERSTOOD.sub(" ", clause)
    if kind not in _DEADLINES and (until := _NOT_UNTIL.search(rest)):
        return until[0].split()[0]
    for said_of_itself in _STRUCK_OUT.get(kind, ()):
        rest = said_of_itself.sub(" ", rest)
    found = _TAKES_BACK.search(rest)
    return " ".join(found[0].split()[-3:]) if found else ""


def sets_apart(word: str) -> bool:
    """Whether a word that may take something back does so for some of the funds only."""
    return re.search(rf"\b(?:exception of|{APART})$", word) is not None
