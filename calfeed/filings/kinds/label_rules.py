"""The rules for rows of tables, lines of timetables and headings: what they call a date, before it or behind it."""

from typing import NamedTuple

from calfeed.filings.kinds.rule import Rule


class _Label(NamedTuple):
    """What rows call the date of a kind, as a pattern of a `Rule`, and what a row of another kind has beside it."""

    kind: str
    names: str
    unless: str = ""
    examples: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule for rows with this label: it stands before the date with a colon or a dash, or opens what follows.

        The date stands first in "May 3, 2012 Special meeting", last in "Special meeting of Blue Fund: May 3, 2012".
        """
        return Rule(
            kind=self.kind,
            says=(
                rf"^[^@#:?.]{{0,40}}(?:{self.names}){_BESIDE}{{0,80}}(?: ?: ?| [–—-]+ ){_SOFTLY}@{_ALONE}",
                rf"^\W{{0,4}}{_SOFTLY}@{_HOUR}[\W_]{{0,4}}(?:the |an? |your |[\w’']+['’]s |{_AHEAD} )*(?:{self.names})",
            ),
            unless=f"{self.unless}|{_NO_LABEL}" if self.unless else _NO_LABEL,
            examples=self.examples,
            counters=self.counters,
        )


_SOFTLY = (
    r"(?:(?:\d{1,2}(?::\d\d)? [ap]\.m\.,?(?: [a-z]+){0,2},?|noon,?) )?"
    r"(?:(?:the )?(?:close of business )?(?:on or about|on|about|around|as of|by|not later than|no later than) )?"
    r"(?:[a-z]{3,6}day,? )?"
)
"""What may stand between a label and its day: "4:00 p.m.", "on or about", "Friday,"."""
_BESIDE = r"(?:[^@#:?.]|(?<=\d):(?=\d\d)|(?<= [ap])\.m\.)"
"""What may stand between a label and its day: words, and the hour."""
_AHEAD = r"(?:expected|anticipated|planned|proposed|scheduled|estimated|projected|joint)"
_ALONE = r"(?! #| not )(?![^@#:]{0,60} (?:will|would|is|are|was|were|has|have|may|can|must|shall)\b)"
"""A date that opens a sentence of its own is no label's; nor are those of several columns whose headings are one."""
_HOUR = (
    r"(?:,? (?:at )?\d{1,2}(?::\d\d)? [ap]\.m\.(?: [\w()]+){0,3}|,? noon(?: \w+){0,2}|"
    r" \((?:after|before|at|as of) [^()@#]{0,40}\))?"
)
_NO_LABEL = (
    r"\b(?:previous|former|original|old|not applicable)\b[^@]*@|dividend|distribution|annual (?:\w+ ){0,2}meeting"
)
_PLAN = r"(?:reorgani[sz]ations?|mergers?|consolidations?|combinations?|amalgamations?|acquisitions?|exchange)"

_LABELS = (
    _Label(
        "board approval",
        r"(?:\bboard (?:of (?:trustees|directors) )?(?:approval|approves|approved|decision|action|vote|adopts|"
        r"adopted)\b|"
        r"\bapprov(?:al|ed) (?:of [^@#:]{0,50} )?by (?:the |each |its |both )?"
        r"(?:funds?['’]s? )?(?:boards?|trustees|directors)\b|\b(?:trustees|directors) (?:approve|adopt)(?:d|ed)?\b)",
        unless=r"\b(?:advisory|distribution) |sub-?advis|expected|subject to",
        examples=(
            "board approval: @",
            "board approval date : @",
            "@ : board approves plan of reorganization",
            "@ trustees approved the reorganization.",
            "approval of the merger by the boards of both trusts : @",
        ),
        counters=("subject to board approval, the merger will be completed – on or about @",),
    ),
    _Label(
        "n-14 filing",
        r"\b(?:n-14 (?:to be |is |was |will be )?filed|n-14 filing|filing of (?:the )?(?:registration statement|"
        r"form n-14|n-14)|"
        r"registration statement (?:on form n-14 )?(?:is |was |to be )?filed)\b",
        examples=(
            "filing of the registration statement on form n-14 : @",
            "@ registration statement filed with the sec",
        ),
    ),
    _Label(
        "n-14 effectiveness",
        r"\b(?:registration statement|n-14)\b[^@#:]{0,40}\beffective(?:ness)?\b|"
        r"\beffectiveness of (?:the )?(?:registration statement|(?:form )?n-14)\b|"
        r"\beffective (?:date|time) of (?:the )?(?:registration statement|(?:form )?n-14)\b",
        examples=("registration statement on form n-14 becomes effective : @",),
    ),
    _Label(
        "sec order",
        r"\b(?:(?:exemptive|sec|substitution) order\b|order of (?:exemption|the sec|the commission|the securities)|"
        r"order (?:issued|granted) by the (?:sec|commission|securities))",
        unless=r"sub-?advis|\bapplication for\b|notice|\b(?:before|after|if|subject to)\b",
        examples=("sec order granted : @", "@ - order of exemption for the substitution issued by the division"),
    ),
    _Label(
        "record date",
        r"\brecord date\b",
        unless=r"payable|ex-date|proceeds|split|\brights\b|subscri|offering|election of",
        examples=(
            "record date: @",
            "record date for the special meeting : close of business on @",
            "@ : record date for shareholders entitled to vote",
            "@ record date.",
            "@ – record date. if you had contract value in the portfolio on this day, you may tell us how to vote.",
        ),
        counters=(
            "record date for the rights offering : @",
            "dividend record date : @",
            "@ after the record date of #, shareholders may vote",
        ),
    ),
    _Label(
        "information statement mailing",
        r"(?:\binformation statements? (?:is |are |was |were |will be |to be )?(?:first )?(?:mailed|sent|"
        r"distributed)\b|"
        r"\b(?:mailing|distribution|delivery) of (?:the )?(?:\w+ ){0,2}information statement)",
        examples=("@ information statement mailed to shareholders", "mailing of the information statement : @"),
    ),
    _Label(
        "proxy mailing",
        r"(?:\b(?:(?:combined|joint|definitive) )*(?:proxy (?:statements?|materials|cards)|prospectus/proxy "
        r"statements?|"
        r"voting materials|proxies|meeting materials)[^@#:]{0,60}\b(?:mailed|sent|posted|go(?:es)? out|distributed)\b|"
        r"\b(?:mailing|distribution|delivery)(?: date)? of (?:the )?(?:\w+ ){0,2}(?:prox|prospectus|materials|voting)|"
        r"\bprox(?:y|ies) (?:mailing|mailed|sent)\b|\bmailing date\b)",
        unless="information statement|information/proxy|prospectuses dated",
        examples=(
            "@ : proxy statement mailed to target shareholders",
            "on or about @ : the trust’s proxy statement and a voting instruction card are mailed to you.",
            "mailing of proxy statement/prospectus: @",
            "proxy materials sent to shareholders (about) : @",
            "@ proxy mailing begins",
        ),
        counters=("information statement or proxy statement mailed : on or about @",),
    ),
    _Label(
        "voting deadline",
        r"(?:\b(?:voting|proxy|proxies|votes?|ballots?)[^@#:]{0,40}\b(?:deadline|due|cut-?off|closes?|"
        r"must (?:be|arrive|reach)|accepted until|until|received by)\b|\bdeadline (?:for|to) [^@#:]{0,40}"
        r"(?:vot|prox|instruct|ballot)|\blast (?:day|date|time|chance) (?:for|to) (?:\w+ ){0,3}(?:vot|prox|ballot)|"
        r"\bwe must have your (?:card|vote|proxy|instructions)\b|"
        r"\byour (?:card|vote|proxy|instructions|ballot) (?:must|has to|have to|should)\b)",
        unless=r"\b(?:transfer|allocation|redemption) instructions\b|premium",
        examples=(
            "@ we must have your card.",
            "deadline for voting by telephone or internet : @",
            "votes by phone or internet accepted until : 11:59 p.m. eastern time, @",
            "@ voting instructions due",
            "@: last day to vote by internet",
        ),
    ),
    _Label(
        "special meeting",
        r"(?:\b(?:special |joint |adjourned |reconvened |extraordinary )*(?:share|stock|unit)holders?['’]?s? "
        r"(?:special )?(?:meetings?|vote\b)|\b(?:special|extraordinary)(?: general)? meetings?\b|"
        r"\bmeetings? of (?:the )?(?:[\w’']+ ){0,5}?(?:share|stock|unit)?holders\b|"
        r"^meetings?(?: (?:date|day|place|time|and))*(?= ?:)|\bmeeting reconvenes\b)",
        unless=r"\brecord date\b|\bboard\b|materials|notice|\b(?:before|after|until) the [^@#:]{0,30}meeting",
        examples=(
            "special shareholder meeting: @",
            "@, 2:00 p.m. central time : special meeting of target shareholders",
            "@ special meeting, 10:00 a.m. central time, in minneapolis.",
            "meeting of holders : @",
            "shareholder vote : @",
            "meeting reconvenes : @ 10:30 a.m. eastern time one harbor row, boston",
            "special meeting of stockholders (all three target; baltimore, 10:00 a.m. local time) : wednesday, @",
        ),
        counters=(
            "annual shareholder meeting: @",
            "record date for the special meeting : @",
            "board meeting : @",
            "@ : special meeting of the board",
        ),
    ),
    _Label(
        "closing",
        rf"(?:\b(?:closing(?! (?:fund|portfolio|bell|price|series))|completion)(?: date)?(?: of (?:the |each "
        rf")?(?:{_PLAN}|transactions?|plan))?\b(?! to )|"
        rf"\b(?:effective (?:date|time)|date|day|closing) of (?:the |each )?(?:{_PLAN}|transactions?|transfer)\b|"
        rf"\b{_PLAN} (?:date|day|closes|takes (?:place|effect)|occurs|is (?:completed|effective)|completed|effective|"
        rf"becomes effective|closing|completion)\b|\b{_PLAN}(?=[^\w@]*$)|^(?:{_AHEAD} )*{_PLAN}(?= ?:| \())",
        unless=(
            r"\b(?:before|after|until|following|prior to|preceding|through|from|subject to) (?:the |its )?[^@#:]{0,20}"
            r"(?:closing|merger|reorgani|completion|consolidation|effective)|\bannounce|closing to\b|prospectus|"
            rf"\bboard\b|\b(?:meeting|vote)\b[^@#:]{{0,40}}{_PLAN}|purchas|sales\b|investors|subscri|premium"
        ),
        examples=(
            "@ : effective date of merger",
            "closing date: @",
            "@ : the merger takes effect after the new york stock exchange closes.",
            "planned date of transfer : @",
            "expected consolidation date (a) : @",
            "@ closing of the reorganization",
            "merger (expected) : on or about @",
            "effective time of the reorganization : @",
            "@ (after market close) : reorganization",
        ),
        counters=(
            "last day to buy shares before the merger : @",
            "meeting to vote on the merger : @",
            "@ closing of the fund to new investors",
        ),
    ),
    _Label(
        "valuation",
        r"\bvaluation (?:date|time|day|point)\b|\bfinal (?:nav|net asset value)(?: (?:date|calculation))?(?= ?[:–—-])",
        unless=r"\bunit\b|\bcontract\b",
        examples=("valuation date : @", "final nav : @", "@ valuation time, at the close of trading"),
    ),
    _Label(
        "conversion",
        r"(?:\bconversion(?: date| into| of the (?:target|fund|mutual fund))?(?= ?[:,.(@]|,|"
        r" (?:takes|occurs|completed|is))|\bconversion date\b)",
        unless=r"\bclass\b|\bcash\b|\bbefore the conversion|\bafter the conversion|board",
        examples=(
            "@ : conversion, after the close of trading on the exchange",
            "expected conversion : @, after the close of trading",
        ),
        counters=("last day to redeem shares before the conversion : @",),
    ),
    _Label(
        "conversion",
        r"\bclass \w+(?: and class \w+)? shares (?:(?:are|will be) )?(?:converted|exchanged|turned|changed|convert|"
        r"become)\b[^@#:]{0,40}\b(?:class \w+|fund|target) shares\b",
        examples=(
            "class c shares are converted to class a shares, without charge : @",
            "@ : class a and class c shares converted to fund shares at the close of business",
        ),
    ),
    _Label(
        "substitution",
        r"\bsubstitution(?: date|s?(?= ?[:.(]| (?:takes|occurs|effective|completed|is)))",
        unless=r"\b(?:before|after|until|order|prior to)\b",
        examples=("substitution date : @", "@ substitution takes place"),
    ),
    _Label(
        "liquidation",
        r"(?:\bliquidation(?: date)?(?: of (?:the )?(?:fund|target|portfolio))?(?= ?[:.(]| (?:takes|occurs|"
        r"completed|is|"
        r"after))|\b(?:the )?(?:portfolio|fund|target) (?:is |will be )?liquidated\b)",
        unless=r"\b(?:before|after|until|prior to|following) (?:the )?liquidat|proceeds|payment|board|approv",
        examples=("liquidation date : @", "on or about @ : the portfolio is liquidated."),
        counters=("last day to redeem before the liquidation : @",),
    ),
    _Label(
        "proceeds payment",
        r"(?:\b(?:liquidation )?proceeds (?:are |will be )?(?:paid|sent|distributed|mailed)\b|"
        r"\b(?:payment|mailing) of (?:the )?(?:liquidation |cash )?proceeds\b|\bliquidati(?:on|ng) payment\b)",
        examples=("payment of liquidation proceeds : on or about @", "@ proceeds paid to shareholders"),
    ),
)
"""What rows call each kind of date."""

LABEL_RULES: tuple[Rule, ...] = tuple(label.rule for label in _LABELS)
"""Several may fit one clause."""
