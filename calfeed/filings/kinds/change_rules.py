"""The rules for what changes around a plan: names, subadvisers, benchmarks, identifiers; the day a plan lapses."""

from calfeed.filings.kinds.frames import REPORTED, from_day
from calfeed.filings.kinds.rule import Rule

_CHANGES = (
    r"\b(?:chang\w+|new|becom\w+|replac\w+|amend\w+|revis\w+|differ\w*|gives? way|succeed\w*|take (?:the|over)|"
    r"takes? (?:the|over)|adopt\w*|will (?:use|read))\b"
)
_NAMES = (
    r"(?<!that )(?<!which )(?<!who )\bnames? (?:of )?[^@#;]{0,40}\b(?:chang\w+|becom\w+|will be|is to be)\b|"
    r"\b(?:chang\w+|new) (?:\w+ )?(?:the )?names?\b|"
    r"\b(?:renamed|re-named)\b|\b(?:takes?|took|bears?|adopts?) the name\b|\b(?:known as|called)\b|"
    r"\breferences? [^@#;]{0,60}\b(?:fund|portfolio|target)\b[^@#;]{0,40}\breplaced\b"
)
""""The name will be changed", "will be known as", "a new name"."""
_SUBADVISERS = r"\bsub-?advis(?:[eo]rs?|e|ed|ory)\b"
_BENCHMARKS = (
    r"\b(?:benchmark(?: index)?|(?:securities|performance|market)(?:[- ]based)?(?: securities)? index|"
    r"(?:compared|measured) (?:with|to|against))\b"
)
_OBJECTIVES = (
    r"\b(?:(?:investment|principal|fundamental)(?: and principal)?|its|new) (?:objectives?|goals?|strateg\w+|"
    r"polic\w+)(?: and (?:\w+ )*strateg\w+)?\b"
)
_IDENTIFIERS = r"\b(?:cusips?|tickers?|isins?|symbols?)\b"
_BESIDE_IT = (
    r"\b(?:before|prior to|ahead of|in advance of|after|following|until)\b"
    r"[^@#;,]{0,60}?(?:MERGER|MERGED|\b(?:merges?|liquidat\w+|convert(?:s|ed)?|conversion|combines?|joins?)\b)"
    r"(?:(?!\b(?:will|shall|would|is|are|be|been|renamed|chang\w+|becom\w+)\b)[^@#;,]){0,60}@"
)
"""What gives the day of another event: "will be renamed before it merges on @", "after the merger on @"."""
_NAME_OF_A_FIRM = (
    r"\b(?:advis[eo]rs|llc|l\.l\.c\.|l\.p\.|lp|ltd|limited|management|associates|distributors),? "
    r"(?:(?:has|had|will|is|was|to) )?(?:be(?:en)? )?(?:chang(?:e[sd]?|ing) its name|renamed)\b"
)
"""What tells of a firm that changes its name: "Oak Advisers LLC will change its name on @"."""

CHANGE_RULES: tuple[Rule, ...] = (
    Rule(
        kind="name change",
        says=(*from_day(_NAMES), r"\bnew name\b~@"),
        unless=(
            rf"{REPORTED}|{_BESIDE_IT}|{_NAME_OF_A_FIRM}|formerly|"
            rf"\b(?:until|before|prior to) @|\b(?:adviser|manager|company|custodian|"
            rf"distributor|trust|index|firm)(?:['’]s)? (?:\w+ )?(?:name|will change its name|changed its name)|"
            rf"names? and address|street name|whose names?|MAIL|in the name|\bcalled (?:for|on)\b|meeting"
        ),
        examples=(
            "the target will take the name fund at the open of business on @",
            "as of @ all references in the prospectus to target are replaced by fund",
            "new name of your fund from @ : fund",
            "before the merger the name of target will change on @",
            "after the close of business on @ target will be renamed fund",
        ),
        counters=(
            "the custodian changed its name on @",
            "as of @ oak advisers llc will change its name to elm advisers llc",
            "on @ oak investment management, l.p. is renamed",
            "fund was known as fund until @",
            "target will be renamed before it merges on @",
            "target will be renamed fund ahead of the merger on @",
            "the name of target will change after the reorganization of @",
        ),
    ),
    Rule(
        kind="subadviser change",
        says=(
            *from_day(
                rf"{_SUBADVISERS}[^@#;]{{0,90}}{_CHANGES}|{_CHANGES}[^@#;]{{0,90}}{_SUBADVISERS}|\b(?:appoint|"
                rf"engag|serve|act|stop|cease)\w*[^@#;]{{0,60}}{_SUBADVISERS}"
            ),
        ),
        unless=(
            rf"{REPORTED}|{_BESIDE_IT}|\bsince @|expects to|PROXY|BOARD~DECIDES~@|\border\b|\bserved\b|"
            r"\bholders of\b|fees?\b"
        ),
        examples=(
            "that firm will take the place of another as subadviser of target on @",
            "the assets will be managed by a new subadviser, which will take over from another on or about @",
        ),
        counters=("a firm has been the subadviser of the target since @",),
    ),
    Rule(
        kind="benchmark change",
        says=(
            *from_day(
                rf"{_BENCHMARKS}[^@#;]{{0,90}}{_CHANGES}|{_CHANGES}[^@#;]{{0,90}}{_BENCHMARKS}|"
                rf"{_BENCHMARKS}[^@#;]{{0,60}}\b(?:instead\b|in place of)"
            ),
        ),
        unless=rf"{REPORTED}|{_BESIDE_IT}|\bsince @|inception|was created|returns? for",
        examples=(
            "the value index has replaced the 500 index as the broad-based securities index for the target as of @",
            "effective @, the target's performance will be compared with one index instead of another",
            "beginning @ your fund will be measured against the 500 index in place of its present index",
        ),
        counters=("the benchmark was created on @ and has not changed",),
    ),
    Rule(
        kind="objective change",
        says=(
            *from_day(rf"{_OBJECTIVES}[^@#;]{{0,90}}{_CHANGES}|{_CHANGES}[^@#;]{{0,60}}{_OBJECTIVES}"),
            r"\b(?:effective|beginning|starting|from) @,? (?:the |your )?(?:target|fund) will (?:seek|pursue|aim at)\b"
            r"[^@#;]{0,60}\b(?:in place of|instead of|rather than)\b",
        ),
        unless=rf"{REPORTED}|{_BESIDE_IT}|\bsince @|\bnot (?:be )?chang|\bno change|sell|transition",
        examples=(
            "@ : new investment objective of the target takes effect",
            "effective @, your fund will seek total return in place of capital growth",
            "the investment objective of the target will change, effective @",
        ),
        counters=("the investment objective of the target, which is not changed, has been the same since @",),
    ),
    Rule(
        kind="identifier change",
        says=(
            *from_day(
                rf"{_IDENTIFIERS}[^@#;]{{0,90}}(?:{_CHANGES}|\bwill be\b)|{_CHANGES}[^@#;]{{0,60}}{_IDENTIFIERS}"
            ),
            rf"\bdifferent (?:\w+ )?{_IDENTIFIERS}~@",
        ),
        unless=rf"{REPORTED}|{_BESIDE_IT}|\btrad(?:e|ing)\b(?! symbol)[^@#;]{{0,60}}{_IDENTIFIERS}|\bnot change",
        examples=(
            "the ticker symbol of the target's class a shares will change from one to another on @",
            "@ : old cusip replaced by a new one",
            "holders' shares will carry a new cusip and a new trading symbol as of the opening of business on @",
        ),
        counters=("the etf will begin trading under the symbol abcd, a new one, on @",),
    ),
    Rule(
        kind="broker search",
        says=(
            r"\bsearch (?:cards?|of (?:nominees|brokers|record holders))\b~@",
            r"@~\bsearch (?:cards?|of nominees)\b",
            r"\bbroker search\b~@",
            r"@ ?[:,–—-]+ [^@#;]{0,40}\bbroker search\b",
            r"\binquir(?:y|ies)\b[^@#;]{0,120}@[^@]{0,120}\b14a-13\b",
            r"\b14a-13\b~@",
        ),
        unless=r"\b(?:amended|adopted) ~@",
        examples=(
            "@ : broker search cards mailed (at least 20 business days before the record date)",
            "inquiry was made of record holders on @, as required by rule 14a-13(a)",
        ),
        counters=("the rule was adopted on @ and asks for inquiry of brokers",),
    ),
    Rule(
        kind="outside date",
        says=(
            (
                r"\b(?:agreements?|plans?)\b[^@]*\b(?:terminat\w+|abandon\w*|laps\w+|no further effect|ends?|void|"
                r"expires?)\b[^@]*\b(?:closing|MERGER|transactions?|exchange|not)\b[^@#;]{0,60}\b(?:by|before|"
                r"on or before|prior to)\b ~~@"
            ),
            (
                r"\b(?:closing|MERGER|transactions?)\b[^@#;]{0,80}\bnot\b[^@#;]{0,60}\b(?:by|before|on or before|"
                r"prior to)\b ~~@,?[^;]*\b(?:agreements?|plans?|party|fund)\b[^;]*\b(?:terminat|abandon|laps|void)"
            ),
            r"\b(?:end|terminat)\w*\b[^@]{0,80}\b(?:agreement|plan)\b[^@]*\b(?:closing|MERGER)\b[^@#;]{0,60}"
            r"\b(?:fails?|not|unless)\b[^@#;]{0,60}\b(?:by|before|prior to)\b ~~@",
            r"\boutside date\b[^@#;]{0,30}@",
            r"\b(?:by|before|on or before) @,? or the agreement (?:lapses|ends|terminates)",
        ),
        unless=r"expense|waiver|\bcap\b|\bBOARD~terminated\b|was terminated|were terminated",
        examples=(
            (
                "the merger agreement will be of no further effect if the transaction is not closed by the close "
                "of business on @"
            ),
            "the agreement may be terminated by either fund if the closing has not taken place on or before @",
        ),
        counters=("the agreement was terminated since the closing had not occurred before @",),
    ),
    Rule(
        kind="outside date",
        says=(
            r"\b(?:agreement|plan)s?\b~\b(?:terminated|abandoned)\b~\b(?:closing|MERGER)~\bnot (?:been )?"
            "(?:occurred|completed|consummated|taken place|closed)~(?:by|before|on or before|prior to)~~@",
        ),
        examples=("the agreement may be terminated by either party if the closing has not occurred by @",),
        counters=("the agreement was terminated since the closing had not occurred on #; the board will meet on @",),
    ),
    Rule(
        kind="outside date",
        says=(
            r"(?:terminate|lapse|abandon)\w*~(?:by|before|on or before|prior to|until|after|not later than)~~@",
            r"\bbut (?:not|no) (?:after|later than) @",
            "(?:later date|another date|later day)~(?:not|no) (?:after|later than)~~@",
            "@~or the agreement lapses",
        ),
        unless=r"expense|waiver|cap\b",
        sure=False,
        examples=(
            ("or on a later day that the officers of the trust choose, but not after @, unless the trustees agree"),
        ),
    ),
    Rule(
        kind="name change",
        says=(
            r"(?:effective|as of|on|from)~~@,?~\bnames?\b~(?:change|renamed|becomes?)",
            r"\bnames?\b~(?:changed?|changing)~@",
            "(?:renamed|re-named)~@",
            "@~(?:be renamed|is renamed|will be (?:called|known as))",
        ),
        unless=rf"formerly|MAIL|\b(?:that|which|who) names?\b|{_BESIDE_IT}",
        examples=(
            (
                "effective @, the name of target will be changed to fund and ebbridge will replace kittery "
                "as the portfolio's subadviser"
            ),
        ),
    ),
    Rule(
        kind="subadviser change",
        says=(
            "(?:effective|as of|on|from)~~@,?[^#;]{0,200}?(?:sub-?advis[eo]r|investment manager)",
            "sub-?advis[eo]r~(?:change|replace|effective)~@",
            r"no longer be sub-?advised\b~@",
        ),
        unless=rf"since @|expects to|PROXY|BOARD~DECIDES|\border\b|{_BESIDE_IT}",
        counters=("on @ the sec issued an order that permits the trust to change subadvisers",),
        examples=(
            (
                "effective @, the name of target will be changed to fund and ebbridge will replace kittery "
                "as the portfolio's subadviser"
            ),
        ),
    ),
    Rule(
        kind="benchmark change",
        says=(
            "(?:benchmark|index)~change~@",
            "@,?~(?:benchmark|index)~(?:change|replace)",
            r"@,?~\b(?:change|replace)\b~~\b(?:benchmark|index)\b",
        ),
        sure=False,
        examples=("the portfolio's benchmark will change on @",),
    ),
    Rule(
        kind="objective change",
        says=(
            r"(?:investment (?:objective|strateg\w+)|principal strateg\w+)~change~@",
            r"@,?~investment (?:objective|strateg\w+)~change",
        ),
        sure=False,
        examples=("effective @, the fund's investment objective will change",),
    ),
)
"""Several may fit one clause."""
