"""The rules that tell from a sentence how things stand with a reorganization: approved, cancelled, completed."""

import re
from enum import StrEnum

from calfeed.filings.kinds.rule import Rule
from calfeed.filings.passages.denials import CALLED_OFF, PUT_OFF, UNTRUE
from calfeed.filings.passages.subjects import CARRIED_OUT, PLAN, without_plans_aside


class Status(StrEnum):
    """How things stand with a reorganization, as the filing says; a later one outweighs those before it."""

    PROPOSED = "proposed"
    POSTPONED = "postponed"
    APPROVED = "approved"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    REJECTED = "rejected"

    @property
    def state(self) -> str:
        """The key of a plan that says so, or nothing."""
        return _STATES.get(self, "")

    @property
    def is_open(self) -> bool:
        """Whether a vote is still to come."""
        return self in {Status.PROPOSED, Status.POSTPONED}

    @property
    def is_off(self) -> bool:
        """Whether the reorganization will not happen."""
        return self in {Status.CANCELLED, Status.REJECTED}


_STATES = {
    Status.APPROVED: "approved",
    Status.CANCELLED: "cancelled",
    Status.REJECTED: "cancelled",
    Status.COMPLETED: "completed",
}

_HOLDERS = (
    r"(?:\b(?:(?:share|stock|unit|security)?holders|contract owners)\b|"
    r"(?<!same )(?<!board )(?<!independent )(?<!common )(?<!overlapping )\bmembers\b)"
)
_ONLY_IF = (
    r"\b(?:if|should|unless|provided that|assuming|in the event|may|might|once|when|whenever|"
    r"as soon as|(?<!as )before(?!,| (?:the )?(?:(?:special )?(?:meeting|vote)|open\w*|start)\b)|prior to|subject to|"
    r"conditioned|contingent|condition|whether or not|either|never|"
    r"is not assured|no assurance|to have been|then the|in (?:that|such) (?:case|event)|otherwise|would have|"
    rf"{UNTRUE}|similar|another|assumes?|assumed|pro forma|(?:that|which|if) (?:is|are) not approved|"
    r"(?:to|will|would|can|could) be (?:asked|called|requested|required))\b"
)
"""Words of a sentence that says what happens only if something else does, or what is not so."""
NOT_YET = rf"{_ONLY_IF}|\buntil\b"
"""Words of a sentence that says what happens only if something else does, or after it, or that something is not so."""
_WAS = r"\b(?:has|have|had|was|were|is|are)(?: been| now| since| again| further| therefore| \w+ly){0,3}"
_ENDED = rf"\b(?!withdrawn|discontinued){CALLED_OFF}"
_HELD = r"units?|shares?|interests?|certificates?|accounts?|orders?|polic(?:y|ies)|contracts?|meetings?|offers?|vot\w+"
"""What is cancelled or withdrawn because of a reorganization, or beside it."""
_ITS = r"(?:(?:its|their|the|this|that|these|both|approval of|plans? to) ){1,2}(?:[\w-]+ ){0,2}?"
_AGREEMENT = r"\bagreement(?: and plan\b|(?=,? (?:so far|as far|to|for|under which|by|as)\b))"
_AND_ANOTHER = (
    r"\b(?:and|but|while|whereas) (?:the|its|their|an?|this|that|all|any) "
    r"(?!(?:[\w’'-]+ )?(?:target|acquirer|fund|trust)\b)"
)
"""What begins to speak of something else: "and the solicitation"."""
_DECIDED = r"\b(?:determined|decided|agreed|elected|resolved|voted|concluded)\b"
_CARRIED_OUT = rf"(?:{CARRIED_OUT}|closed)"
_AFTER_IT = r"\bafter\b[^,;]{0,60}\b(?:has|have) been\b"
OTHER_CHANGE = (
    r"\bclass(?:es)? [a-z]\d?\b[^;]{0,40}\b(?:conver\w+|exchange\w*|shares)|\bconver\w+ (?:of|from) (?:the |its )?"
    r"(?:(?:class|institutional|investor|shares|a) )|"
    r"\b(?:re-?)?(?:domicil\w+|domesticat\w+)|\bchange (?:of|in) (?:domicile|(?:legal )?form|(?:its )?state)|"
    r"\b(?:statutory|business) trust\b|\b(?:delaware|maryland|massachusetts|ohio)\b|"
    r"\b(?:name|share|reverse|stock) (?:change|split)|\badvis[eo]r(?:['’]s)?\b[^;]{0,60}\b(?:acqui|merg|combin|sale)|"
    r"\b(?:acqui|merg|combin|sale)\w* (?:of|between|by)[^;]{0,60}\b(?:advis[eo]rs?|managers?|parent|bank|company)\b"
)
"""What else is approved, cancelled or completed: a change of domicile, of share classes, of the manager's owner."""
_INTO_THE_TARGET = r"\btarget (?:acquired|absorbed|took over|succeeded)\b|\b(?:in)?to target\b|\bpredecessor\b"
"""What a target was itself formed by is no reorganization of the plan."""
_OF_OTHERS = (
    r"holders of (?:the )?acquirer\b(?!.*holders of (?:the |both )?target)(?! and (?:the )?target)|"
    r"\bissuance\b|\bclass [a-z]\d? (?:share|unit|stock)?holders|"
    r"\bmembers of the board|\bindependent members|\bobjectives?\b|\bpolic(?:y|ies)\b"
)
"""Who else approves, and what else is approved."""
_ITS_OBJECT = rf"(?=[^;:]{{0,80}}?(?:{PLAN}|\b(?:it|them|theirs)\b|{_AGREEMENT}))"
"""What follows where holders approve or reject a reorganization, and not something else."""
_OTHER_AGREEMENT = r"\b(?:(?:sub-?)?advisory|management|investment) (?:agreements?|contracts?)\b"
_DAY_BEHIND = (
    r",? (?:on|by|in|as of|at|until|within|during|after|before|(?:no )?(?:earlier|later|sooner)|this|next|#)\b"
)
"""What follows where not the whole is denied, but its day: "will not take place on June 14"."""
_HEADING = r"^(?:\W*\w{1,3}[.)] )?[^.;]{0,200} [–—:-] "


def _in_heading(words: str) -> str:
    """A pattern for words behind the name of a fund in a heading: "Blue Fund - approved"."""
    return rf"{_HEADING}(?:{words})\W*$"


STANDING_RULES: tuple[tuple[Status, Rule], ...] = (
    (
        Status.REJECTED,
        Rule(
            says=(
                rf"{_HOLDERS}[^;]{{0,160}}?\b(?:did not|declined to|failed to) "
                rf"(?:approve|adopt|authori[sz]e|give)\b{_ITS_OBJECT}",
                rf"{_HOLDERS}[^;]{{0,160}}?\b(?:rejected|voted (?:against|down)|turned down)\b{_ITS_OBJECT}",
                rf"{PLAN}[^;]{{0,120}}?\b(?:did not|failed to) (?:receive|obtain|pass)\b",
                rf"{PLAN}[^;]{{0,120}}?\b(?:was|were) (?:not (?:approved|passed|carried|adopted)|rejected|defeated|"
                "voted down)",
                r"\bdid not receive the (?:required |necessary |requisite )?(?:votes?|approval)\b",
                rf"\binsufficient votes\b[^;]{{0,60}}\bto approve\b(?:{_ITS_OBJECT}|(?=[^;:]{{0,80}}?\bmatter\b))",
                _in_heading("not approved|rejected|voted down"),
            ),
            unless=rf"{NOT_YET}|\bquorum\b|\badjourn",
            examples=(
                "the proposal did not receive the vote that it needs.",
                "at the meeting on #, shareholders of target voted against the reorganization",
                "shareholders of target did not approve the plan",
                "the merger of target was defeated at the meeting",
                "there were insufficient votes at the meeting to approve the merger",
                "target – not approved",
            ),
            counters=(
                "if shareholders reject the proposal, the reorganization will not take place",
                "the meeting was adjourned, since insufficient votes had been received to approve the proposal",
                "target did not receive dividends",
                "shareholders of target did not approve the new sub-advisory agreement",
                "shareholders of target approved the reorganization, but did not approve the new management contract",
                "shareholders of target did not approve the change in its objective",
                "stockholders of target rejected the nominees of the dissident",
                "there were insufficient votes to approve the amended charter of target",
            ),
        ),
    ),
    (
        Status.CANCELLED,
        Rule(
            says=(
                rf"{PLAN}(?:(?!\b(?:who|which|agreements?|{_HELD})\b|{_AND_ANOTHER})[^;:]){{0,100}}?"
                rf"{_WAS} {CALLED_OFF}\b",
                rf"{_ENDED} {_ITS}(?:{PLAN}|{_AGREEMENT})",
                rf"{_DECIDED}[^;]{{0,60}}?\bto (?:terminate|abandon|cancel|withdraw|call off|discontinue)\b"
                rf"[^;]{{0,60}}?(?:{PLAN}|{_AGREEMENT})",
                rf"{_DECIDED}[^;]{{0,60}}?\bnot to (?:proceed|pursue|go ahead|go forward|complete|carry out|merge|"
                r"convert|reorgani[sz]e)\b",
                rf"{PLAN}[^;]{{0,100}}?\b(?:will not|is not to|are not to|will no longer) (?:now |therefore )?"
                rf"(?:take place|occur|proceed|go ahead|go forward|be (?:pursued|{_CARRIED_OUT}))\b(?!{_DAY_BEHIND})",
                r"\b(?:target|funds?|they|it) (?:will not|will no longer) (?:now )?be (?:merged|reorgani[sz]ed|"
                rf"acquired|combined|converted|liquidated)\b(?!{_DAY_BEHIND})",
                rf"\b(?:will|do|does) not (?:now )?(?:proceed|go ahead|go forward) with (?:[\w-]+ ){{1,3}}?{PLAN}",
                _in_heading("terminated|cancel+ed|abandoned|withdrawn|called off"),
            ),
            unless=(
                rf"{NOT_YET}|\bnot {CALLED_OFF}|\b(?:has|have|had|was|were|did) not\b|\b(?:neither|nor)\b|"
                r"\b(?:law)?suits?\b|\bobjections?\b|\bcomplaints?\b|\bpetitions?\b|\blitigation\b|\breplaced\b|"
                rf"\bnew (?:one|agreement|plan)\b|\bor (?:terminated|abandoned)\b|\bat any time\b|\b(?:"
                r"sub-?advis|advisory|distribution plan|12b-1|(?:purchase|withdrawal|(?:re)?investment|retirement) "
                r"plans?|(?:plans? of distribution|compensation plans?)\b)"
            ),
            examples=(
                "the reorganization of target has been cancelled",
                "trust and trust terminated their agreement so far as it would combine this fund with acquirer",
                "the board has determined not to proceed with the reorganization",
                "the trustees agreed to terminate the agreement and plan of reorganization",
                "the merger will not take place",
                "the reorganization will not be completed",
                "the plan was therefore withdrawn",
                "the board voted to abandon the plan of liquidation",
                "target will no longer be merged into acquirer",
                "the trust will not proceed with the proposed merger",
                "2. target – terminated",
                "the proposal was withdrawn before the meeting",
            ),
            counters=(
                "the reorganization may be terminated at any time by either party",
                "the subadvisory agreement with kestrel has been terminated in view of the reorganization",
                "the reorganization will not be effected before #",
                "systematic withdrawal plans of target have been discontinued",
                "if shareholders do not approve it, the reorganization will not take place",
                "then the reorganization of that target will not occur",
                "target was terminated after the reorganization",
                "the reorganization will not be completed earlier than #",
                "the merger will not take place on #, as announced",
                "a rumor that the reorganization was cancelled is not true",
                "on the day of the merger, units of the target's subaccount are cancelled",
                "for the liquidation, orders that are open at that time will be cancelled",
                "the dividend reinvestment plan of target was terminated on #",
                "the plan of distribution of target was terminated on #",
                "the trust's deferred compensation plan has been terminated",
                "a reorganization that is not approved will not be carried out",
                "the two funds will not be liquidated on the same day",
            ),
        ),
    ),
    (
        Status.COMPLETED,
        Rule(
            says=(
                rf"{PLAN}(?:(?! to | will |{_AND_ANOTHER})[^;:]){{0,160}}?\b(?:was|were|has been|have been) "
                rf"{_CARRIED_OUT}\b",
                rf"{PLAN}(?:(?! to | will |{_AND_ANOTHER})[^;:]){{0,60}}?\b(?:took place|became effective|closed) "
                r"(?:on|at|as of|after|before|following|immediately|yesterday|today)\b",
                rf"\bannounced (?:today )?(?:the |that it has )complet(?:ion|ed)\b[^;:]{{0,80}}?{PLAN}",
                rf"\b(?:has|have) completed {_ITS}{PLAN}",
                r"\btarget completed its (?:[\w-]+ ){0,2}?(?:merger|reorgani[sz]ation|combination|conversion)\b",
                r"\bacquirer (?:has )?acquired (?:\w+ ){0,5}assets (?:and liabilities )?of (?:the )?target\b",
                r"\btarget (?:was|has been) (?:merged|reorgani[sz]ed|combined|converted) (?:with and )?(?:in)?to "
                r"acquirer\b",
                r"\bshares of (?:the )?target (?:were|have been) (?:\w+ )?(?:exchanged for|converted into) "
                r"(?:\w+ ){0,3}shares of (?:the )?acquirer\b",
                _in_heading("completed"),
            ),
            unless=rf"{NOT_YET}|{_AFTER_IT}|\bnot (?:been )?completed\b|{_INTO_THE_TARGET}",
            examples=(
                "the reorganization of target into acquirer was completed on #",
                "the merger took place as of the close of business on #",
                "trust announced the completion of the merger",
                "your shares of target were exchanged for shares of acquirer on #",
                "trust announced the completion on # of the merger of target into acquirer",
                "target completed its reorganization into acquirer on #",
                "on #, acquirer acquired all of the assets of target",
                "target was reorganized into acquirer",
                "target – completed",
            ),
            counters=(
                "for all four, the reorganization was to have been completed on or about #",
                "until the reorganization has been completed, shares can be exchanged",
                "after the merger has been completed, target will be dissolved",
                "the reorganization is expected to be completed on #",
                "a similar reorganization of fund was completed on #",
                "the reorganization would have closed on # had shareholders approved it",
                "in 2016 target acquired the assets of fund in a reorganization that closed on #",
                "fund was merged into target in a reorganization that was completed on #",
                "pro forma figures assume that the reorganization took place on #",
            ),
        ),
    ),
    (
        Status.APPROVED,
        Rule(
            says=(
                rf"{_HOLDERS}(?:(?!BOARD|\b(?:will|must|shall|to|who|which|whose|by|are|is)\b)[^;:]){{0,160}}?\b(?:approved|"
                r"authori[sz]ed|adopted|ratified|consented|voted (?:in favou?r|for)|gave their (?:consent|approval))\b"
                rf"(?! by\b){_ITS_OBJECT}",
                rf"{_HOLDERS}[^;:]{{0,120}}?\bvoted to (?:approve|adopt)\b",
                r"\b(?:was|were|been) (?:duly )?(?:approved|authori[sz]ed|adopted) by (?:(?:the|its|their|vote of|"
                rf"a majority of) ){{0,3}}{_HOLDERS}",
                r"\b(?:proposals?|resolution) (?:(?:was|were|has been) )?(?:passed|carried)\b",
                r"\b(?:received|obtained) (?:the )?(?:(?:required|necessary|requisite) )?(?:share|stock|unit)holder "
                r"approval\b",
                _in_heading("approved"),
            ),
            unless=rf"{NOT_YET}|{_AFTER_IT}|{_OF_OTHERS}|\bnot (?:yet )?(?:been )?approved\b|"
            rf"\b(?:then|on behalf of|election of|auditors?|accountants?)\b|{_OTHER_AGREEMENT}",
            examples=(
                "at a meeting on #, shareholders of target approved it",
                "shareholders of these two funds, at the special meeting held on #, authorized their reorganization",
                "the reorganization was approved by the shareholders of target on #",
                "the holders of target's shares have voted in favor of the merger",
                "on #, shareholders voted to approve the plan",
                "the proposal was carried",
                "target has received the required shareholder approval",
                "1. target and target – approved",
            ),
            counters=(
                "shareholders of target will be asked to consider the plan approved by the board",
                "the board approved the plan and recommends that shareholders of target approve it",
                "once the plan is approved by shareholders, the reorganization will take place",
                "the reorganization must be approved by shareholders of target",
                "the trustees, on behalf of the shareholders, approved the reorganization",
                "shareholders approved the election of trustees at a meeting on #",
                "shareholders of target approved a new management agreement",
                "shareholders of target approved the custody agreement with kestrel",
                "shareholders of acquirer approved the issuance of shares in the reorganization of target on #",
                "the boards of trust and trust, which have the same members, approved the plan on #",
            ),
        ),
    ),
    (
        Status.POSTPONED,
        Rule(
            says=(
                rf"(?:{PLAN}|\bclosings?\b)(?:(?!\bmeeting\b)[^;:]){{0,100}}?{_WAS} "
                rf"(?!adjourned){PUT_OFF}\b",
                rf"\b(?!adjourned){PUT_OFF} (?:it\b|{_ITS}(?:{PLAN}|closing|meeting))",
                rf"\bmeetings?\b(?:(?!{PLAN})[^;:]){{0,160}}?{_WAS} (?!adjourned){PUT_OFF}\b",
                rf"\b(?:{PLAN}|closings?|meetings?) (?:\w+ )?will (?:now )?(?:take place|occur|close|be held) later "
                r"than\b",
                _in_heading("postponed|deferred|delayed"),
            ),
            unless=_ONLY_IF,
            examples=(
                "the closing of the reorganization has been postponed to #",
                "the boards have deferred the reorganization",
                "target – postponed",
                "the special meeting of target, which was to be held on #, has been postponed until further notice",
                "the reorganizations will take place later than announced",
            ),
            counters=("the reorganization may be delayed", "the meeting was adjourned to #"),
        ),
    ),
)
"""The rules for masked sentences (see `calfeed.filings.kinds.rule`) that say more than that something is proposed."""


def standing_of(sentence: str) -> Status:
    """What a masked sentence says of the reorganizations that it is about."""
    of_plans = without_plans_aside(sentence)
    return next((status for status, rule in STANDING_RULES if rule.fits(of_plans)), Status.PROPOSED)


_OF_FUNDS = re.compile(r"\b(?:reorgani[sz]|merg|liquidat|substitut|dissol)\w+")
_OF_ITS_FUND = re.compile(r"\b(?:combin|consolidat|acqui|absor|conver)\w+|\bacquirer\b")
"""What is a reorganization where the sentence names the target."""
_FIRM = (
    r"(?:(?!target|acquirer|fund|trust|and\b)[\w&’'-]+,? ){0,4}(?:corporation|corp|inc|company|co|ltd|plc|bancorp)\b"
)
_HOLDERS_OF_A_FIRM = re.compile(rf"holders of {_FIRM}")
_MERGER_WITH_A_FIRM = re.compile(
    rf"\b(?:merger|combination|consolidation|acquisition|sale) (?:with|by|into|to) (?:(?:the )?trust\b|{_FIRM})"
)
"""Without the target, such as the merger of the manager's parent; a firm may be taken for a trust."""
_REJECTED_WITH_IT = re.compile(rf"{_OF_OTHERS}|{_OTHER_AGREEMENT}")
_ENDS = frozenset({Status.COMPLETED, Status.CANCELLED, Status.REJECTED})


def may_be_of_something_else(sentence: str, status: Status) -> bool:
    """Whether a masked sentence may say its status of something else than a reorganization of the plan.

    The plan, the proposal or the transactions may be any: "telephone transactions have been discontinued". Holders may
    have rejected one thing and approved another, and may be those of a company.
    """
    if status in {Status.APPROVED, Status.REJECTED} and _is_of_a_firm(sentence):
        return True
    if status is Status.REJECTED and (_REJECTED_WITH_IT.search(sentence) or _says_approved(sentence)):
        return True
    return status in _ENDS and not _says_of_what(sentence, status)


def _is_of_a_firm(sentence: str) -> bool:
    """Whether a masked sentence speaks of the holders of a company, or of a merger with one."""
    is_merger = "target" not in sentence and _MERGER_WITH_A_FIRM.search(sentence) is not None
    return is_merger or _HOLDERS_OF_A_FIRM.search(sentence) is not None


def _says_approved(sentence: str) -> bool:
    """Whether a masked sentence also says that something was approved."""
    of_plans = without_plans_aside(sentence)
    return any(rule.fits(of_plans) for status, rule in STANDING_RULES if status is Status.APPROVED)


def _says_of_what(sentence: str, status: Status) -> bool:
    """Whether a masked sentence that ends something says that this is a reorganization."""
    of_plans = without_plans_aside(sentence)
    names_target = "target" in sentence
    if _OF_FUNDS.search(of_plans) or (names_target and _OF_ITS_FUND.search(of_plans)):
        return True
    return names_target and not (status is Status.CANCELLED and re.search(PLAN, of_plans))


_WILL_NOT = (
    r"\b(?:will|do|does|is|are) (?:not|no longer) (?:now )?(?:be (?:held|merged|reorgani[sz]ed|acquired|liquidated|"
    rf"{_CARRIED_OUT})|merge|take place|occur|proceed|close|expected to)\b"
)
_STOPS = (
    r"(?:terminat(?:es?|ing)|abandon(?:s|ing)?|cancel(?:s|l?ing)?|withdraw(?:s|ing)?|call(?:s|ing)? off|"
    r"discontinu(?:es?|ing)|rescind(?:s|ing)?|postpon(?:es?|ing)|defer(?:s|ring)?|adjourn(?:s|ing)?)"
)
"""What somebody does who gives something up, or puts it off."""
_IS_OFF = re.compile(rf"\b(?:{CALLED_OFF}|{_STOPS})\b|\b(?:was|were|will) not (?:now )?(?:be )?(?:held|convened)\b")
_DELAYS = re.compile(rf"\b(?:{PUT_OFF}|postpon\w+|defer\w*|adjourn\w*)\b")
_MAY_CHANGE = re.compile(
    rf"(?:{PLAN}|\b(?:meetings?|closings?|funds?|target)\b)[^;:]{{0,120}}?(?:{_WILL_NOT}|"
    rf"{_WAS} (?:{CALLED_OFF}|{PUT_OFF}|suspended|enjoined|put on hold|on hold)\b|"
    r"\b(?:was|were) not (?:held|convened)\b|\b(?:will )?remains? (?:open|a separate)\b)|"
    rf"\b(?:{CALLED_OFF}|{PUT_OFF}|{_STOPS}|forgo|(?:no longer|not to) (?:pursue|proceed)|put on hold) "
    rf"(?:[\w’'-]+ ){{0,4}}?(?:{PLAN}|meetings?|closings?|both)\b|"
    r"\bthere will be no (?:special |joint )*meeting\b|\bnot in the (?:best )?interests? of\b"
)
"""What may say that a plan, a meeting or a closing is off or put off, in whatever words."""
_CONDITIONAL = re.compile(r"\b(?:if|should|unless|provided that|in the event|may(?! \d)|might|whether|either)\b")


def may_change(sentence: str) -> bool:
    """Whether a sentence in small letters may take back what belongs to a plan, although no rule says that it does."""
    is_conditional = _CONDITIONAL.search(sentence) is not None
    return not is_conditional and standing_of(sentence) is Status.PROPOSED and _MAY_CHANGE.search(sentence) is not None


def may_cancel(sentence: str) -> bool:
    """Whether a sentence in small letters may call off what belongs to a plan, and does not only put it off."""
    return _IS_OFF.search(sentence) is not None and _DELAYS.search(sentence) is None and may_change(sentence)


_BESIDE = re.compile(
    r"\b(?:dividend |savings |withdrawal |distribution )?(?:re)?investment plans?\b|"
    r"\b(?:distribution|withdrawal|compensation) plans?\b|\bplans? of distribution\b|"
    r"\b(?:that|which|who) (?:do|does|did|is|are|was|were) not\b[^,;]*|\bnot expected to\b"
)
"""What a sentence says beside how things stand with a reorganization."""
_MAY_BE_OFF = re.compile(
    rf"(?:{PLAN}|\bclosings?\b)[^;:]{{0,160}}?(?:{_WILL_NOT}(?!{_DAY_BEHIND})|"
    rf"{_WAS} (?!adjourned)(?:{CALLED_OFF}|{PUT_OFF}|suspended|enjoined|put (?:on hold|back)|on hold)\b)|"
    rf"\bmeetings?\b[^;:]{{0,120}}?(?:\bwill (?:not|no longer) (?:now )?(?:be held|take place)\b|"
    rf"{_WAS} (?!adjourned){CALLED_OFF}\b)|"
    r"\b(?:called off|came to nothing|fell through|given up|gave up|shelved|has lapsed|plan ended|on hold|put back|"
    r"forgo|right to (?:withdraw|terminate)|(?:is|at|to|declared) an end|will remain (?:an )?independent|"
    r"not to (?:go on|go ahead|go forward|proceed|pursue|continue) with)\b|"
    r"\b(?:proxies|cards|ballots)\b[^;:]{0,80}\b(?:void|no effect)\b"
)
"""What may say that a plan is off: "the closing was put on hold", "the plan fell through"."""


def may_be_off(sentence: str) -> bool:
    """Whether a masked sentence may say that a reorganization was given up or put off, although no rule says so.

    That a meeting was adjourned does not say it: the vote goes on.
    """
    rest = _BESIDE.sub(" ", sentence)
    is_conditional = re.search(_ONLY_IF, rest) is not None
    return not is_conditional and standing_of(sentence) is Status.PROPOSED and _MAY_BE_OFF.search(rest) is not None


_APPROVED_BY_NOBODY = re.compile(
    rf"{PLAN}[^;:]{{0,100}}?\b(?:was|were|has been|have been) (?:\w+ly )?approved\b"
    r"(?![^;]*\b(?:by|boards?|trustees|directors|managers|governors|committee)\b)"
)


def says_not_by_whom(sentence: str) -> bool:
    """Whether a masked sentence says that a reorganization was approved, but not whether by holders or by a board."""
    is_of_board = re.search(r"\b(?:boards?|trustees|directors)\b", sentence) is not None
    is_conditional = re.search(NOT_YET, sentence) is not None
    return not is_of_board and not is_conditional and _APPROVED_BY_NOBODY.search(sentence) is not None
