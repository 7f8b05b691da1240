"""What the words around a date leave open although a rule knows its kind: questions to the author."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from calfeed.filings.passages.denials import RECORD_DATE_SET, sets_apart, word_that_takes_back
from calfeed.model.kinds import KINDS
from calfeed.model.when import MONTHS


class About(StrEnum):
    """What a doubt about a milestone is about."""

    WHAT = "what it is"
    """Perhaps the date is no milestone of its kind and its pairs at all."""
    HOLDS = "whether it holds"
    """The filing seems to take it back."""
    EARLIER = "whether it is an earlier date"
    """The filing seems to give another day in its place."""
    DETAIL = "a detail"


class Doubt(NamedTuple):
    """Why a milestone is to be decided: the question to the author, in whole sentences, and what it is about."""

    question: str
    about: About = About.DETAIL


ITS_DAY = Doubt("Which day is it?")
ITS_KIND = Doubt("What kind of milestone is it?", About.WHAT)
ITS_YEAR = Doubt("Which year is it?", About.WHAT)
ITS_FOOTNOTE = Doubt("What does its footnote say?", About.WHAT)
ITS_SOFTNESS = Doubt("How firm is it? Its heading or its sentence softens it.")
ITS_TERM = Doubt("What does its name in brackets or quotes say of the day?")
WHICH_FUNDS = Doubt(
    'Which funds is it about? Lines that hold for one fund only go under the "milestones" of its own reorganization.',
    About.WHAT,
)
WHICH_PAIRS = Doubt("Which funds are paired?", About.WHAT)
WHICH_FUNDS_VOTE = Doubt("Which funds vote?", About.WHAT)
NO_PAIRS = Doubt("What is reorganized?", About.WHAT)
OF_THE_ACQUIRER = Doubt("Whose is it? The clause names the acquirer alone.", About.WHAT)
ALL_CLASSES = Doubt("Does it hold for all classes?")
HAS_HAPPENED = Doubt("Has it happened?")
STILL_HOLDS = Doubt("Does it still hold?", About.HOLDS)
EARLIER_DATE = Doubt("Is it an earlier date, which holds no more?", About.EARLIER)
WHICH_STATEMENT = Doubt("Which registration statement is it?", About.WHAT)
SEVERAL_DAYS = Doubt("Which of several days is it?")

OF_HOLDERS = frozenset({"record date", "special meeting", "proxy mailing", "voting deadline", "approval obtained"})
OF_ONE_FUND = frozenset(
    {
        "dividend payment", "dividend record date", "dividend ex-date", "closed to new investors",
        "closed to purchases", "last purchase", "last redemption", "name change", "subadviser change",
        "objective change", "benchmark change", "delisting", "last trading day", "check writing ends",
        "creation orders end", "sales charge waiver", "last exchange", "identifier change", "transition begins",
        "transition ends",
    }
)  # fmt: skip
"""What each fund has for itself, the acquirer too."""
_EVERY_KIND = frozenset(kind.name for kind in KINDS)
COMPLETING = frozenset(kind.name for kind in KINDS if kind.completes)
HANGS_ON = (
    (frozenset({"special meeting", "voting deadline", "approval obtained"}), frozenset({"special meeting"})),
    (
        COMPLETING
        | {"valuation", "last purchase", "last redemption", "last exchange", "last trading day", "creation orders end",
           "check writing ends", "delisting", "proceeds payment"},
        COMPLETING,
    ),
    (frozenset({"board approval", "agreement signed"}), frozenset({"board approval"})),
)  # fmt: skip
"""Kinds, each with the kinds that their days follow. If pairs differ in the day of these, they may differ in those."""
_CHANGES = frozenset({"name change", "subadviser change", "benchmark change", "objective change", "identifier change"})
_DIVIDENDS = frozenset({"dividend payment", "dividend record date", "dividend ex-date"})
_PLAN = (
    r"\b(?:reorgani|merg|exchange of|share exchange|exchange ratio|clos|transact|combin|conver|"
    r"substitut|scheme|liquidat|transfer|acqui(?!rer)|"
    r"consolidat|amalgamat|proposal|plans?\b|dissol|(?<!advisory )(?<!management )(?<!advisor )agreements?\b)"
)
"""Words without which a sentence tells of no plan."""


_ACQUIRERS_HOLDERS = (
    r"(?:holders|owners|interest|value) (?:of|in) (?:the )?acquirer\b|\bacquirer(?:['’]s)? (?:(?:will|"
    r"is to) hold |special |annual )?[^@;]{0,20}\b(?:meeting|\w*holders)\b|\bmeetings? of (?:the )?acquirer\b"
)
""""Shareholders of the acquirer", "the acquirer’s special meeting"."""


_FIRM_IS_BOUGHT = (
    r"\b(?:advis[eo]rs?|manager|parent|owner|distributor|administrator|sponsor|compan(?:y|ies)|corp(?:oration)?|"
    r"inc|llc|"
    r"bank|group)\b[^@;]{0,60}\b(?:acquir(?!er\b)\w+|bought|purchase[sd]?|merge[sd]?|sold|sale|"
    r"change of control|takeover)\b|"
    r"\b(?:acquir(?!er\b)\w+|buy|bought|purchase[sd]?)\b[^@;]{0,30}\b(?:parent|owner|advis[eo]r|manager)\b|"
    r"\b(?:acquisition|sale|purchase|merger) of (?:[\w'’]+ ){0,4}(?:parent|owner|advis[eo]rs?|manager|administrator)\b|"
    r"\b(?:advis[eo]rs?|manager|parent|bank|group)(?:['’]s?)? (?:acquisition|merger|sale|purchase)\b|"
    r"\b(?:acquisition|purchase|sale|merger)\b[^@;]{0,30}\b(?:by|with) [^@;]{0,40}\b(?:bank|group|inc|corp|company|llc|"
    r"holdings|advis[eo]rs?|management)\b"
)
"""What is said of the owners of an adviser, and not of a fund."""
_OWN_NAME = (
    r"(?:the )?(?!(?:targets?|acquirers?|funds?|trusts?|each|both|either|all|every|any|these|those|that|this|"
    r"its|your|our|"
    r"their|his|the|an?|record|shares?|units|such|certain|more|most|one|two|three|four|five|several|some|common|"
    r"preferred|"
    r"class|classes|series|portfolios?|interests?|beneficial|contracts?|polic(?:y|ies)|at|whom|which|variable|"
    r"trustees|directors|managers|outstanding|acquired|acquiring|merging|selling|closing|surviving|existing|"
    r"subaccounts?|accounts|institutional|investor|advisor|mutual|etf|company|corporation|voting)\b)[a-z]"
)
"""The name of something that is not a fund of the filing."""
_OTHER_BALLOT = (
    r"\bvote for (?:the )?(?:nominees|trustees|directors)\b|"
    r"\belect(?:ed|ion)?\b|\b(?:sub-?advis\w+|advisory) (?:agreement|contract)|\bratif(?:y|ication)\b|"
    r"\bfundamental polic"
)
"""What holders vote on beside a plan."""
_FUND_IS_MERGED = r"\b(?:reorgani|merge[rd]?\b|liquidat|substitut)"
_OF_OTHER_FUNDS = (
    r"\b(?:merger|acquisition|reorgani[sz]ation|combination) of (?:the )?(?:fund|[\w'’ ]+ fund) (?:into|with|and|by)\b"
)
"""What is said of funds that are in no pair."""
_OTHER_WORK = r"\b(?:books|records|recordkeep\w*|transfer agent|custod\w+|systems?|platform|accounting)\b"
"""What is transferred or converted beside funds."""
_SAID_ELSEWHERE = (
    r"\b(?:according to|contrary to|as against)\b[^@;]{0,60}\b(?:supplement|prospectus|letter|statement|notice|"
    r"release)"
)
_WAS_PLANNED = (
    r"\b(?:was|were|had been) (?:(?:originally|previously|first|initially) )?"
    r"(?:to [a-z]|scheduled|slated|due|expected|anticipated|planned|intended|targeted|"
    r"(?:set|fixed|called|convened|arranged|booked|timed) (?:down )?for\b)[^@#;.]{0,60}@"
)
"""A day that was planned once, and may have been given up since."""
_STILL_SO = Doubt("Is it still so?", About.HOLDS)
_WHAT_IS_COMPLETED = Doubt("What is completed?", About.WHAT)
_WHAT_IS_VALUED = Doubt("What is valued?", About.WHAT)
_WHICH_AGREEMENT = Doubt("Which agreement was signed?", About.WHAT)
WHOSE_VOTE = Doubt("Whose holders vote?", About.WHAT)
_WHOSE_MEETING = Doubt("Whose meeting is it?", About.WHAT)
_WHAT_IS_MAILED = Doubt("What is mailed?", About.WHAT)
_WHAT_IS_VOTED_ON = Doubt("What is voted on?", About.WHAT)
OF_ANOTHER_MEETING = frozenset({_WHOSE_MEETING, _WHAT_IS_VOTED_ON})
"""What is asked of a meeting that perhaps votes on no plan."""
_WHAT_WAS_APPROVED = Doubt("What was approved?", About.WHAT)
_OF_SOMETHING_ELSE = Doubt("Does it belong to the reorganization?", About.WHAT)
_WHAT_OF_IT = Doubt("What of the fund is it? The sentence leaves it out.", About.WHAT)
_NOT_AFFECTED = (
    r"\b(?:which|that|and) (?:is|are|will) not (?:be )?(?:affected|involved|part|a party|an? (?:\w+ )?target)\b|"
    r"\bnot (?:part of|a party to|involved in|affected by) (?:the|any|either|this|these)\b"
)
"""What is said of a fund that is in no reorganization."""
_DECIDED_ON = (
    r"\bon @,? (?:the |its |their )?(?:\w+ ){0,3}(?:resolved|determined|decided|voted|concluded|agreed)\b|"
    r"\b(?:resolved|determined|decided|voted|concluded|agreed) (?:unanimously )?on @,? (?:that|to)\b"
)
"""The day on which something was decided, and not that on which it happens."""
_OF_THE_ACQUIRERS_SHARES = (
    r"\b(?:on|of|for) (?:their|your|the|its)? ?(?:new|acquirer['’]?s?) shares\b|"
    r"\bfirst (?:\w+ )?(?:dividend|distribution)"
)
"""What is said of a dividend that is paid after a merger."""
_ELLIPSIS = (
    r"\b(?:target|acquirer|fund)(?:['’]s|['’]) (?:is|was|will|would|has|had|may|should|shall|follows|on|now|also|"
    r"alone|only)\b"
)
"""A noun that is left out: "Red Fund’s is expected to take place"."""
_AGAIN = r"\b(?:again|further|then|later|once more|from (?:that|then)|a (?:second|third) time|thereafter)\b"
_MONTH = f"(?:{'|'.join(MONTHS).lower()})"
_ADJOURNED_ON = (
    rf"\b(?:adjourned|postponed|continued)(?: again| first)?,? (?:to|until) @[^;.]{{0,60}}(?:{_AGAIN}|\band\b)"
    rf"[^;.@]{{0,40}}\b(?:to|until) (?:#|{_MONTH} \d)"
)
"""A day to which a meeting was adjourned, and from which it was adjourned to another."""
_OTHER_VOTES = (
    r"\b(?:election of|elect) (?:trustees|directors)|\brights offering\b|\baudit committee\b|\bportfolio managers\b|"
    r"\bn-px\b|"
    r"\bvoting record\b|\bvotes of the board\b|\bnotice because\b|\bin the future\b|\bproxies for [^@;]{0,30}\bcorp\b|"
    r"\b(?:new|updated|annual) prospectus\b"
)
"""What holders, boards and brokers vote on and are sent apart from a plan."""
_OTHERS = (
    r"\b(?:another|other|different|separate|unrelated) (?:transactions?|proposals?|meetings?|reorgani|mergers?)|"
    r"\bunrelated to\b|\b(?:meetings?|mergers?|reorgani[sz]ations?|liquidations?) of (?:an)?other\b"
)


_DEALING = frozenset(
    {
        "closed to new investors", "closed to purchases", "last purchase", "last exchange", "last redemption",
        "check writing ends", "creation orders end", "brokerage account deadline", "fractional redemption",
        "last trading day", "first trading day", "delisting", "instruction deadline", "free transfers begin",
        "free transfers end", "transition begins", "transition ends", "dealing suspension begins",
        "dealing suspension ends",
    }
)  # fmt: skip
"""The kinds of dates from or until which shares may be bought, sold or moved."""
_OTHER_BUSINESS = (
    r"\b(?:(?:purchases?|sales?) of (?:securities|investments|holdings)|wire (?:fee|transfer)|"
    r"by (?:wire|telephone|internet)|contributions? to\b(?! go\b)|iras?\b(?=[^@#;]{0,40}(?:for|contribution))|"
    r"letters? of intent|minimum|website|electronic\w*|certificate(?:s|d)?|bank|mailings|rebate|quarterly dividend|"
    r"line of credit|(?<!is )(?<!as )custodian|"
    r"(?<!by the )(?<!reach the )transfer agent(?!\W*$|,? (?:you|please|or)\b| will (?:redeem|cash|sell))|"
    r"confidential|derivatives|currency|lent\b|lending|officers|brochure|"
    r"a holding of|rights\b|preferred|debt|listing from|next business day|price paid|be charged|subject to a fee|"
    r"owe tax\w*|enroll (?:in|for)\b|your address|annuity|check-writing agent|dividend will|\bsplit\b|of the quarter|"
    r"reported for|secret|within \d+ days|creation fee|lump sum|"
    r"(?<!allowed )(?<!make )(?<!permitted )each (?:contract )?year|storm|fee on|at no fee|annual contract fee)"
)
"""What is said of dealing in a fund every day, and of its other business."""
_OTHERS_CHANGE = (
    r"\b(?:advis[eo]rs?|distributor|administrator|custodian|trust|manager|index)\b[^@;]{0,30}"
    r"\b(?:called|known as|renamed)\b|"
    r"\bnames? of (?:the )?(?:trust|advis[eo]r|distributor|administrator)\b|\bname of\b[^@;]{0,30}\bindex\b|"
    r"\bportfolio manager|\bits address\b|\bsubsidiary\b|\bchief\b|\bfees?\b|\bcalculation method\b|\bof a bond\b|"
    r"\bshare class\b|\b(?:reviewed|statement of additional)\b"
)
"""What changes about a firm, an index or a paper, and not about a fund."""
_PART_OF_A_FUND = (
    r"\b(?:target|funds?|portfolios?)(?:['’]s?|['’]) (?:(?!\w*holders|reorgani|merger|liquidation|closing|board|shares|"
    r"assets|conversion|remaining|outstanding|net\b)[\w-]+ ){1,4}(?:will|was|were|is|are|be)\b"
)
"""What happens to something that a fund has: "the fund's collateral account will be liquidated"."""
_ON_PAPER = (
    r"\b(?:one|single) (?:prospectus|statement|report)\b|\bstatements? on\b|\bline of credit\b|\bwho exchange\b|"
    r"\bsleeves?\b|\breal estate\b|\bclosing price\b|\bmaster[- ]feeder\b|\bfall(?:s)? below\b|\bsubsidiar\w+\b|"
    r"\btransfer agent\b|"
    r"\bfor (?:\w+ )?(?:tax|accounting|reporting|bookkeeping) purposes\b|"
    r"\baccountant|\baudit\b|\bheld in kind\b|\bpositions? in\b|\badvis[eo]r['’]s (?:acquisition|merger|sale)\b"
)
"""What is combined, acquired or ended apart from a fund."""


_MERGES = (
    r"(?:merg|reorgani|combin|consolid|acqui|absor|amalgam|substitut|liquidat|conver|dissol|wind|wound|exchang|transfer|"
    r"restruct|transact|adopt|sell|sale|terminat)"
)
_BOARD_APPROVED = (
    r"(?:approved|adopted|authori[sz]ed|ratified|endorsed|accepted|(?:agreed|consented|assented)(?:(?: on)? @,?)? to)"
)
_OTHER_ACT = (
    # its object is not the plan: "approved the extension", "agreed to a later closing date"
    rf"\b{_BOARD_APPROVED} (?:unanimously )?(?:@,? )?(?:an?|the|its|their|our|further|certain|any) "
    r"(?!(?:(?!(?:of|to|for|in|by|on|with|under|at|from|that|as) )[\w’'\"-]+ ){0,3}?[\"“(]?(?:plans?\b|agreements?\b|"
    rf"proposal|arrangement|scheme|follow|matter|action|decision|resolution|clos(?:ing|ure) of|{_MERGES})"
    r"(?!\w* (?:date|time|schedule|timetable|cost|expense|record|meeting|statement)s?\b)|"
    r"(?:terms?(?: and conditions?)?|matters?) (?:of|set|described|and)\b|forms? of (?:an? |the )?(?:agreement|plan)|"
    r"target|fund['’]s )|"
    r"\bapproved (?!(?:follow|pend)|" + _MERGES + r")\w+ing\b|\bauthori[sz]ed (?:management|officers)\b|"
    r"\b(?:amend|extend|chang|postpon|delay|renew|supplement)\w* (?:of|to|in) (?:the |that |this )?(?:\w+ ){0,2}"
    r"(?:plan|agreement|merger|reorgani)|\b(?:reconfirm|reaffirm|reiterat)\w*|"
    # its infinitive is not that of a merger: "determined to move the closing"
    r"\b(?:voted|decided|resolved|determined|agreed)(?:,? [^@;]{0,40}@,?)?(?: unanimously)? to "
    rf"(?!{_MERGES}|clos\w+ (?:out )?(?:and|the fund and)|recommend|approv|submit|propos|enter|go|accept|ask|seek|turn|"
    r"chang|end|join|fold|put|an?\b|the\b|it\b|this|these|that|them|all|both|each|have\b)|"
    # the approval is of another day: "considered its progress on @, which it had approved on #"
    r"@[^@;]{0,200}\b(?:had|previously|already) (?:\w+ )?approved\b[^@;]{0,20}#"
)
"""What a board does about a plan beside approving it."""


class _Cause(NamedTuple):
    """A doubt about a date of some kinds, where the masked clause lacks some words, or has others."""

    kinds: frozenset[str]
    doubt: Doubt
    lacks: str = ""
    has: str = ""

    def is_open(self, clause: str, kind: str) -> bool:
        """Whether the clause leaves the doubt open for a kind."""
        if kind not in self.kinds:
            return False
        is_lacking = not self.lacks or re.search(self.lacks, clause) is None
        return is_lacking and (not self.has or re.search(self.has, clause) is not None)


_CAUSES = (
    _Cause(_EVERY_KIND, _STILL_SO, has=_SAID_ELSEWHERE),
    _Cause(_EVERY_KIND, _OF_SOMETHING_ELSE, has=_OTHERS),
    _Cause(_EVERY_KIND, STILL_HOLDS, lacks=RECORD_DATE_SET, has=_WAS_PLANNED),
    _Cause(
        _EVERY_KIND,
        Doubt("Is it that day, or counted from it?", About.WHAT),
        has=r"(?<!first )(?<!second )(?<!third )(?<!last )\b(?:days?|weeks?|months?|years?) "
        r"(?:before|after|of|from|prior to|following) @|"
        r"\bdays? (?:immediately )?(?:before|prior to|preceding|after|following) (?:[\w’']+ ){0,6}[\w’']+(?:,| \() ?@",
    ),
    _Cause(
        frozenset({"outside date"}),
        Doubt("Is it over?"),
        lacks=r"\b(?:if|unless|may)\b",
        has=r"\b(?:was|were|has|have) not\b",
    ),
    _Cause(COMPLETING, _WHAT_IS_COMPLETED, lacks=_FUND_IS_MERGED, has=_OTHER_WORK),
    _Cause(COMPLETING, _WHAT_IS_COMPLETED, lacks=r"\b(?:target|reorgani)", has=_FIRM_IS_BOUGHT),
    _Cause(COMPLETING, _WHAT_IS_COMPLETED, lacks=r"\btarget", has=_OF_OTHER_FUNDS),
    _Cause(COMPLETING, _WHAT_IS_COMPLETED, has=_ON_PAPER),
    _Cause(
        COMPLETING,
        _WHAT_IS_COMPLETED,
        lacks=r"\btarget",
        has=r"\b(?:merger|closing|conversion|combination|transfer) of (?:the )?(?:[\w'’-]+ ){0,2}"
        r"(?:systems?|books|records|offices?|businesses|companies)\b",
    ),
    _Cause(frozenset({"closing", "liquidation", "delisting"}), _WHAT_IS_COMPLETED, has=_PART_OF_A_FUND),
    _Cause(
        frozenset({"conversion"}), _WHAT_IS_COMPLETED, lacks=r"\btarget", has=r"\baccounts? (?:will|is|are|would)\b"
    ),
    _Cause(_DEALING, _OF_SOMETHING_ELSE, has=_OTHER_BUSINESS),
    _Cause(_CHANGES, _OF_SOMETHING_ELSE, has=_OTHERS_CHANGE),
    _Cause(frozenset({"outside date"}), _OF_SOMETHING_ELSE, has=r"\bstandstill\b|\bparent\b"),
    _Cause(
        COMPLETING,
        _WHAT_IS_COMPLETED,
        lacks=r"\btarget|\breorgani|\bfunds?\b",
        has=r"\badvis[eo]rs?\b (?:\w+ )?(?:intends?|expects?|plans?|hopes?) to\b",
    ),
    _Cause(
        frozenset({"proceeds payment"}),
        _OF_SOMETHING_ELSE,
        has=r"\b(?:of redemptions?|class action|settlement|fair fund|redemption proceeds)\b",
    ),
    _Cause(COMPLETING, _WHAT_IS_COMPLETED, has=r"\b(?:last|final) (?:day|date|time)\b(?![^@]*#[^@]*@)"),
    _Cause(
        frozenset({"agreement signed"}),
        _WHICH_AGREEMENT,
        has=r"\b(?:sale|purchase|advisory|sub-?advis\w+|settlement|standstill|lease|license) agreement",
    ),
    _Cause(OF_HOLDERS, _WHAT_IS_VOTED_ON, has=_OTHER_VOTES),
    _Cause(OF_HOLDERS, WHOSE_VOTE, lacks=r"\btarget", has=_ACQUIRERS_HOLDERS),
    _Cause(
        OF_HOLDERS,
        WHOSE_VOTE,
        lacks=r"\btarget",
        has=r"holders (?:of|in) [^@;,]{0,40}\b(?:corp(?:oration)?|company|inc|plc|group|holdings|advis[eo]r|manager)\b|"
        r"\b(?:corp(?:oration)?|plc|holdings|banks?)\b[^@;]{0,60}\b(?:its|their) \w*holders\b",
    ),
    _Cause(OF_HOLDERS, WHOSE_VOTE, lacks=r"\btarget", has=rf"holders of {_OWN_NAME}"),
    _Cause(OF_HOLDERS, _WHAT_IS_VOTED_ON, lacks=r"\btarget", has=_FIRM_IS_BOUGHT),
    _Cause(
        OF_HOLDERS,
        WHOSE_VOTE,
        has=r"\bone of (?:the |its )[^@;]{0,20}holdings\b|\b(?:target|acquirer|fund)['’]s votes?\b|"
        r"\bprox(?:y|ies) (?:for|of) [^@;,]{0,40}\b(?:corp(?:oration)?|company|inc|plc)\b",
    ),
    _Cause(
        frozenset({"special meeting"}),
        _WHOSE_MEETING,
        has=r"\bmeeting",
        lacks=r"\b(?:special|joint|general|adjourned|reconven\w+|resum\w+|\w*holders?|owners|vot\w+|(?:the|that|"
        r"this|your) "
        r"(?:\w+ )?meetings?|approv\w+|consent\w*|proposals?|quorum|prox\w+)\b|^meeting|: meeting",
    ),
    _Cause(OF_HOLDERS, _WHAT_IS_VOTED_ON, lacks=_PLAN, has=r"\bannual (?:\w+ ){0,2}meeting"),
    _Cause(
        frozenset({"record date"}),
        Doubt("What do holders on that day get?", About.WHAT),
        has=r"\brights (?:offering|to|will|are|were)\b|\bsubscri|\bsplit\b|\bdividend",
    ),
    _Cause(
        frozenset({"record date"}),
        Doubt("What do holders on that day get?", About.WHAT),
        lacks=r"\b(?:vot(?:e|es|ed|ing)|meetings?|instruct\w*|prox(?:y|ies)|consent\w*)\b",
        has=r"\b(?:receive|be (?:sent|mailed|given))\b[^@;]{0,60}\b(?:notices?|statements?|letter|notification)\b|"
        r"\b(?:notice|statement|letter|notification|document)s?\b[^@;]{0,60}\b(?:sent|mailed|given|furnished|provided|"
        r"delivered)\b[^@;]{0,60}\bof record\b|"
        r"\brecord date (?:for|of) (?:the |an? )?(?:\w+ )?(?:notice|information statement|mailing)\b",
    ),
    _Cause(
        frozenset({"sec order"}),
        Doubt("What is the order about?", About.WHAT),
        has=r"\bagainst\b|\bproceeding|\bcourt\b|\bclass action\b|sub-?advis|\bmanagers?-of-managers\b",
    ),
    _Cause(
        frozenset({"special meeting"}),
        _WHOSE_MEETING,
        has=r"\bcommittees?\b|\bmeetings? with (?:investors|analysts|brokers|clients)\b",
    ),
    _Cause(
        OF_HOLDERS,
        _WHAT_IS_VOTED_ON,
        lacks=_PLAN,
        has=_OTHER_BALLOT,
    ),
    _Cause(
        frozenset({"special meeting"}),
        _WHOSE_MEETING,
        lacks=r"holder|\bspecial\b|\bvot|\binvestors\b|\bowners\b",
        has=r"\btheir (?:\w+ )?meeting\b",
    ),
    _Cause(frozenset({"valuation"}), _WHAT_IS_VALUED, lacks=rf"{_PLAN}|\bshares (?:to be )?issued\b|\bfinal\b"),
    _Cause(frozenset({"valuation"}), _WHAT_IS_VALUED, has=r"\brights\b|\breal estate\b|\bbonds\b"),
    _Cause(
        OF_HOLDERS,
        WHOSE_VOTE,
        lacks=r"\btarget",
        has=rf"\bof {_OWN_NAME}[\w .]{{0,40}}['’]s? (?:\w+ )?\w*holders\b",
    ),
    _Cause(frozenset({"broker search"}), _WHOSE_MEETING, lacks=r"\btarget", has=r"\bannual\b|\bacquirer\b"),
    _Cause(frozenset({"approval obtained"}), _WHAT_IS_VOTED_ON, lacks=rf"{_PLAN}|\btarget"),
    _Cause(
        frozenset({"regulatory approval"}),
        _WHAT_WAS_APPROVED,
        lacks=r"\b(?:target|acquirer|funds?|reorgani|merger|substitut|replac|liquidat|scheme|plan|transaction)",
    ),
    _Cause(
        frozenset({"agreement signed"}),
        _WHICH_AGREEMENT,
        lacks=r"\b(?:target|acquirer|plan of|reorgani|merge|combin|amalgamat|liquidat|definitive)",
        has=r"\b(?:paid|fees?|services?|rates?|lease|license)\b|%",
    ),
    _Cause(
        frozenset({"free transfers begin", "free transfers end"}),
        _OF_SOMETHING_ELSE,
        has=r"\b(?:among|between) (?:the |your )?(?:\w+ )?(?:accounts|options|subaccounts)\b|\bfixed accounts?\b",
    ),
    _Cause(
        frozenset({"fractional redemption"}),
        _OF_SOMETHING_ELSE,
        lacks=r"\b(?:target|acquirer|funds?|portfolio)\b",
        has=rf"\bshares of {_OWN_NAME}",
    ),
    _Cause(
        frozenset({"board approval"}),
        _WHAT_WAS_APPROVED,
        has=r"\b(?:advisory|management|distribution|underwriting|custody|administration) (?:agreement|contract|plan)|"
        r"\bsub-?advis|\brenewal\b|\bauditor|\baccountant|\bofficers?\b|\btender offer|\boffer to (?:purchase|buy)|"
        r"\brepurchas|\bbuy-?back|\brights offering|\bsplit\b|\bwaiver|\bfee (?:reduction|schedule)|"
        r"\b(?:lower|reduce)\w* (?:the |its )?(?:\w+ )?fee|\bportfolio manager|\bcustodian|\btransfer agent|"
        r"\bdistribution polic|\binvestment polic|\bbenchmark\b|\bdistributor\b|\badministrator\b",
        lacks=r"\b(?:reorgani|merger|liquidat|substitut|conversion|combination|acquisition|consolidat)",
    ),
    _Cause(
        frozenset({"n-14 filing", "n-14 effectiveness"}),
        WHICH_STATEMENT,
        lacks=r"\bn-14\b|\brule 488\b|\bregistration statement\b[^@;]{0,90}\b(?:merger|reorgani\w+)",
    ),
    _Cause(
        frozenset({"proxy mailing"}),
        _WHAT_IS_MAILED,
        has=r"\bannual (?:\w+ )?meeting|\bproxy voting (?:record|polic|report)|\bvoted (?:its |their )?prox|"
        r"\bnew prospectus|\b(?:account|confirmation|brokerage|quarterly|monthly) statements?\b|"
        r"^(?:the |your |new |final )?statements? (?:will|shall|are|is|were|was)\b|\bposted on\b",
    ),
    _Cause(
        frozenset({"last purchase", "last redemption"}),
        Doubt("Is it the last day of both? Then write it twice.", About.WHAT),
        has=r"\b(?:purchase|buy)s?(?: shares)?(?:,| or| and) (?:or |and )?(?:\w+ ){0,2}(?:redeem|sell)\b[^@#;]*@|"
        r"\b(?:redeem|sell)s?(?: shares)?(?:,| or| and) (?:or |and )?(?:\w+ ){0,2}(?:purchase|buy)\b[^@#;]*@",
    ),
    _Cause(frozenset({"board approval"}), _WHAT_WAS_APPROVED, has=_OTHER_ACT),
    _Cause(
        frozenset({"board approval"}),
        _WHAT_WAS_APPROVED,
        lacks=r"\b(?:target|reorgani|funds?\b|plan\b|liquidat|substitut)",
        has=_FIRM_IS_BOUGHT,
    ),
    _Cause(
        frozenset({"proxy mailing", "information statement mailing"}),
        _WHAT_IS_MAILED,
        has=r"\binformation statements? or\b[^@#;]{0,40}\bprox|"
        r"\bprox[^@#;]{0,40}\bor\b[^@#;]{0,20}\binformation statement",
    ),
    _Cause(_EVERY_KIND, _WHAT_OF_IT, has=_ELLIPSIS),
    _Cause(_EVERY_KIND, _OF_SOMETHING_ELSE, has=_NOT_AFFECTED),
    _Cause(COMPLETING, Doubt("Is it the day of a decision?", About.WHAT), has=_DECIDED_ON),
    _Cause(_DIVIDENDS, _OF_SOMETHING_ELSE, has=_OF_THE_ACQUIRERS_SHARES),
    _Cause(frozenset({"special meeting"}), EARLIER_DATE, has=_ADJOURNED_ON),
    _Cause(
        frozenset({"special meeting"}),
        EARLIER_DATE,
        has=r"@[^;@]{0,80}\b(?:resumed|reconvened|continued|taken up)\b[^;@]{0,60}#",
    ),
    _Cause(
        frozenset({"special meeting"}),
        EARLIER_DATE,
        has=r"\bhad (?:\w+ )?been (?:adjourned|postponed)\b[^@;]{0,40}\b(?:to|until) @",
        lacks=r"\b(?:held|resumed|reconvened|now|took place)\b",
    ),
    _Cause(
        frozenset({"board approval"}),
        Doubt("Whose board is it?", About.WHAT),
        lacks=r"\btarget",
        has=rf"\b(?:boards?|trustees|directors) of {_OWN_NAME}",
    ),
    _Cause(
        frozenset({"proxy mailing"}),
        _WHAT_IS_MAILED,
        has=r"\b(?:mail|sen[dt]|post|deliver|distribut|receiv|reach|go|get)",
        lacks=r"\bprox|prospectus/|prospectus[^@;]{0,80}\b(?:merger|reorgani|vot|meeting|combin|describ|"
        r"transaction|plan\b)|"
        r"\b(?:merger|combined|n-14)[^@;]{0,30}prospectus|\bmaterials?\b|\bstatements?\b|\binformation\b|\bcircular\b",
    ),
    _Cause(
        frozenset({"proxy mailing"}),
        Doubt("Is it the day of the mailing or of ownership?", About.WHAT),
        has=r"\b(?:owners?|holders?|value|shares|interests?)\b[^@;]{0,60}\bon @,?[^@#;]{0,60}\b(?:will|are to|shall) "
        r"(?:be (?:sent|mailed)|receive|get)\b|"
        r"\b(?:if you|who|those|persons?)\b[^@#;]{0,40}\b(?:had|have|hold|held|own|owned)\b[^@#;]*@(?![^#]*#)",
    ),
    _Cause(
        frozenset({"voting deadline"}),
        Doubt("Is it a deadline?", About.WHAT),
        lacks=r"\b(?:must|should|may|can|will|need|have to|has to|until|deadline|last|no later|not later|are to|is to|"
        r"are counted|please)\b",
    ),
    _Cause(
        _DIVIDENDS,
        _OF_SOMETHING_ELSE,
        has=r"\b(?:daily|each month|every month|each quarter|every quarter|annually|next)\b",
    ),
    _Cause(
        _DIVIDENDS,
        Doubt("Is it a dividend, or what a liquidation pays?", About.WHAT),
        has=r"\b(?:second|further|additional|subsequent) (?:and \w+ )?(?:liquidating )?distributions?\b",
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
    r"\b(?:the|that|this|such) (?:acquisition|transaction|merger|sale|purchase|closing|deal|transfer|"
    r"conversion)\b"
)
_IT = re.compile(r"^it\b|\bexpects? it to\b")
_ACTED = re.compile(r"\b(?:acted|actions?|decisions?|steps?)\b")


def doubts_of_neighbours(clause: str, before: str, behind: str, kind: str) -> Iterator[Doubt]:
    """What the masked sentences before and behind a clause leave open of a date in it."""
    if _REPLACES_IT.search(behind):
        yield _STILL_SO
    is_for_a_ballot = re.search(_OTHER_BALLOT, before) and not re.search(_PLAN, f"{before} {clause}")
    if kind in OF_HOLDERS and _THAT_MEETING.search(clause) and is_for_a_ballot:
        yield _WHAT_IS_VOTED_ON
    is_of_a_firm = re.search(_FIRM_IS_BOUGHT, before) and re.search(_FUND_IS_MERGED, before) is None
    is_of_work = re.search(_OTHER_WORK, before) and re.search(_FUND_IS_MERGED, f"{before} {clause}") is None
    is_that_deal = _THAT_DEAL.search(clause) is not None
    is_of_firms_deal = is_of_a_firm and (is_that_deal or _IT.search(clause))
    if kind in COMPLETING and (is_of_firms_deal or (is_of_work and is_that_deal)):
        yield _WHAT_IS_COMPLETED
    around = f"{before} {clause} {behind}"
    if kind == "board approval" and _ACTED.search(clause) and not re.search(f"{_PLAN}|target|acquirer", around):
        yield _WHAT_WAS_APPROVED


def doubts_of_words(clause: str, kind: str, *, is_bound: bool = False) -> Iterator[Doubt]:
    """What a masked clause (see `calfeed.filings.kinds.rule`) leaves open of a date that a rule gives a kind.

    `is_bound` is that of `word_that_takes_back`.
    """
    yield from (each.doubt for each in _CAUSES if each.is_open(clause, kind))
    if word := word_that_takes_back(clause, kind, is_bound=is_bound):
        of_whom = " for every fund" if sets_apart(word) else ""
        yield Doubt(f'Does it hold{of_whom}? The sentence says "{word}".', About.HOLDS)
