"""Tells a reorganization that something is said of from one that only says what something else is about.

"The reorganization has been cancelled" says of a plan what "the webcast on the reorganization has been cancelled" says
of a webcast.
"""

import re

MERGERS = (
    r"(?:reorgani[sz]ations?|mergers?|consolidations?|transactions?|combinations?|acquisitions?|conversions?|"
    r"liquidations?|substitutions?)"
)
"""What happens to a fund by a plan."""
PLAN = rf"\b(?:{MERGERS}|proposals?|plans?)\b"
"""What is approved, cancelled or completed."""
CARRIED_OUT = "(?:completed|consummated|effected|carried out|implemented)"
"""What is done with a plan in the end."""
_WHOLE = rf"(?:{PLAN}|\bclosings?\b)"
_THE = r"(?:(?:the|this|that|these|those|its|their|our|an?|any|each|such|both|all|said) )"
_WORD = (
    rf"(?:(?!{_THE}|(?:which|who|whom|where|when|and|or|but|was|were|has|have|had|is|are|be|been|will|if|to) |"
    r"(?:approv|adopt|authori[sz]|ratifi|reject|vot|complet|terminat|abandon|cancel|withdr|postpon|"
    r"discontinu|rescind)\w* )[\w’'-]+ )"
)
"""A word before a noun, and no verb: "proposed" in "the proposed reorganization"."""
_BEFORE_NOUN = rf"{_THE}{{0,2}}{_WORD}{{0,3}}?"
_NAMED = f"{_BEFORE_NOUN}{_WHOLE}"
"""A plan with the words before it: "the proposed reorganization"."""
_ABOUT = (
    r"(?:of|on|for|about|regarding|concerning|respecting|to|with|alongside|beside|following|after|before|during|under|"
    r"in|from|against|by|upon|through|over|surrounding)"
)
_MEANS_IT = (
    r"(?:(?:closings?|completion|consummation|implementation|effectiveness|dates?|terms|forms?|approvals?|"
    r"each|both|all|one|two|three|four|five|six|several|some|most|none|either|neither|first|second|third|last|"
    rf"(?:{_THE}|merger |reorganization |definitive )agreements?)(?: (?:on|as of) #,?)? "
    rf"(?:relating |related )?{_ABOUT} )"
)
"""What stands for the plan itself where a plan follows: "the closing of"."""
_DONE_WITH = (
    r"(?:(?:proceed\w*|go(?:ing)?|went|gone)(?: ahead| forward)? with |vot\w+ (?:for|against|down) |in favou?r of |"
    r"(?:agree\w*|consent\w*|assent\w*) to )"
)
_GIVES_UP = r"(?:terminat|abandon|cancel|withdraw|call off|discontinu|rescind)"
_DOES = (
    rf"(?:to (?!{_GIVES_UP}|{_THE})\w+(?: (?:up)?on| for| against)? |(?!includ|{_GIVES_UP})\w+ing (?={_THE})|"
    rf"(?:that|which|who) (?:\w+ )?\w+ed (?={_THE}))"
)
"""What somebody does about a plan: "to vote on", "challenging", "that challenged"."""
_BESIDE_IT = (
    r"(?:meetings?|votes?|voting|calls?|webcasts?|solicitations?|mailings?|materials?|documents?|prospectus|"
    r"prox(?:y|ies)|hearings?|filings?)\b"
)
_MERGE = (
    r"(?:reorgani|merg|combin|consolid|acqui|absor|amalgam|substitut|liquidat|conver|dissol|wind|exchang|transfer|sell|"
    r"fold|close|restructur|terminat|end\b)"
)
_CARRY_OUT = (
    r"(?:approve|adopt|authori[sz]e|ratify|effect|carry|complete|implement|consummate|proceed|consider|pursue|go)\b"
)
_OF_SOMETHING_ELSE = (
    rf"\b(?:proposals?|plans?) to (?!{_MERGE}|{_CARRY_OUT}[^;:,]{{0,80}}?"
    rf"(?:{_WHOLE}|\b(?:the|this|that|merger) agreement))\w+|"
    r"\bproposals? (?:for|on|regarding|concerning|about|relating to) "
    rf"{_BEFORE_NOUN}(?:election|amendments?|changes?|agreements?|contracts?|elimination|ratification|appointment|"
    r"trustees|directors|auditors?|accountants?|fees?|policy|policies|restrictions?)\b|"
    rf"{PLAN} (?:of|in|with) {_BEFORE_NOUN}(?:records?|books|data|systems?|platforms?|accounts|offices|holdings|"
    r"positions|securities|investments|remaining|advis[eo]rs?|manager|parent|distributor|administrator|custodian|"
    r"transfer agen(?:t|cy))\b"
)
"""A proposal that is none of a plan, and what is done with records, holdings and firms."""
_ASIDE = re.compile(
    rf"(?P<kept>\b(?:{_MEANS_IT}|{_DONE_WITH})+{_NAMED})|{_OF_SOMETHING_ELSE}|"
    rf"\b(?:{_ABOUT} |{_DOES})(?:{_BEFORE_NOUN}{_MEANS_IT}+)?{_NAMED}|"
    rf"\b{PLAN}(?:['’]s?)? {_WORD}{{0,1}}{_BESIDE_IT}"
)
"""A plan that tells what else is meant: "on the merger", "the merger meeting". `kept` is one that is meant itself."""


def without_plans_aside(sentence: str) -> str:
    """A sentence, masked for the rules, with "matter" for each plan that only tells what else is meant."""
    return _ASIDE.sub(lambda found: found[0] if found["kept"] else re.sub(_WHOLE, "matter", found[0]), sentence)
