"""The clues: which families of words tell of which kind."""

from calfeed.filings.kinds.clue import Clue
from calfeed.filings.kinds.frames import ON_EFFECTIVENESS

_NEW = (
    r"\bnew (?:investors?|accounts?|(?:share|stock|unit)?holders?|customers?|clients?|participants?|money)\b|"
    r"\bnew plans\b|\bnot (?:already|(?:yet )?\w*holders)\b|\bcontracts? (?:issued|sold) (?:on or )?after\b|"
    r"\bonly (?:to )?(?:existing|present|current|investors who|persons who|those who)\b|"
    r"\bexisting (?:investors|(?:share|unit)?holders) only\b|\b(?:not|no) [^@;]{0,60}\bopen an account\b"
)
_BUY = (
    r"\b(?:purchas\w+|transfers into|orders of|buy|buying|bought|invest(?:ments?)?(?! (?:option|objective|strateg|"
    r"advis|manager|goal))|additional shares|add to|subscri\w+|premiums?|"
    r"sales? of (?:\w+ )?shares|issue (?:new |any |no )*shares|new allocations|sell(?:ing)? (?:its |their |"
    r"any )?shares|sale of (?:\w+ )?shares|sold|offer(?:ed|ing)?)\b"
)
_REDEEM = (
    r"\b(?:redeem\w*|redemptions?|withdrawal requests?|repurchase\w*|sell their shares back|cash in(?! (?:the|lieu|"
    r"place|"
    r"your)\b)|withdraw)\b"
)
_STOP = (
    r"\b(?:no longer|not|no|none|nobody|shut|turned away|returned|off|neither|nor|cease[ds]?|stop(?:s|ped)?|"
    r"suspend\w*|suspension|discontinu\w+|end(?:s|ed)?|halt\w*|"
    r"reject\w*|closed?|closes|refus\w+|terminat\w+|cut[- ]?off|unavailable)\b"
)
_BY = (
    r"(?:\b(?:by|before|until|till|through|prior to|(?:not?|nor) later than|on or before|up to(?: and including)?|"
    r"deadline|cut-?off)\b[^@#;]{0,60}@|\bbetween [^@#;]{0,60} and @|\bdeadline\b|\b(?:last|final) (?:day|date|time|"
    r"chance|moment|opportunity)\b)"
)
_BEGIN = r"\b(?:begin\w*|began|start\w*|commenc\w+|from|after|effective|as of|on or about)\b"
_OF_A_BOARD = r"annual meeting|^(?!.*\b(?:\w*holders?|owners?|investors|vot\w+|called)\b).*BOARD"
_OTHER_DECISIONS = (
    r"TO_MERGE[^@#;]{0,60}\b(?:on|effective|with effect from|as of) @|elect(?:ed|ion of)|BOARD~record|GIVES_UP|"
    r"terminated? the (?:agreement|plan)|(?:will|may) consider|declar|"
    r"next regular|WITH_EFFECT~~@|\bwhich\b[^@#;]*\b(?:will|is (?:expected|scheduled) to)\b[^@#;]*@"
)
_BALLOT = r"\b(?:votes?|voting|prox(?:y|ies)(?! statement| material| solicit)|ballots?|polls|voting instructions?)\b"
_OWNS = (
    r"\b(?:own|owned|owners? (?:on|at|as of)|(?:who|that|which|you|have|had) (?:have )?(?:held|hold)|"
    r"(?:held|hold|holds|holding) (?:shares|units|the|fund|target)|shares (?:you |they )?held|who (?:are|were)|"
    r"(?:share|stock|unit)?holders? (?:on|at(?! (?:a|the) (?:\w+ )?meeting)|as of)|if you (?:are|"
    r"were)|as an? (?:share|unit)holder|on the books|"
    r"on the register|value allocated|contract value|have value|had value|share register|if you held)\b"
)
_HOLDERS_ON = (
    r"\b(?:holders?|owners?|of record)(?: of(?: \w+){1,12}?)?(?:,? as)?,? (?:on|at|as of) (?:the )?"
    r"(?:close of business |end of the day )?(?:on |of )?@"
)
_MAIL = (
    r"\b(?:mail(?:s|ed|ing|ings)?|sent|send(?:ing)?|go(?:es)? out|went out|distribut\w+|deliver\w*|furnish\w*|"
    r"dispatch\w*|receiv\w+|get|go(?:es)? to|reach|posted|in the hands|mailbox\w*|provided|available|begin|"
    r"forward(?:ed)?)\b"
)
_MATERIALS = (
    r"\b(?:proxy (?:statements?|materials?|cards?|solicit\w+|documents?)|prox(?:y|ies)|prospectus ?/ ?proxy[\w ]*|"
    r"(?:meeting|voting) materials|notices? of (?:the )?meeting|solicitation|"
    r"(?:management )?(?:information )?circulars?|voting instruction (?:cards?|forms?))\b"
)
_N14 = r"(?:\bn-14\b|\bregistration statement\b|\bthis filing\b|\bpreliminary (?:prospectus|proxy)\b)"
_CREATION = (
    r"\b(?:creation (?:units?|orders?|baskets?|transactions?|aggregations)|creations?\b|"
    r"authori[sz]ed participants?|orders? to create|create (?:new )?shares)"
)
_TRADING = (
    r"\b(?:(?<!of )(?<!regular )trad(?:e|es|ed|ing)\b(?! (?:day|of the new))|on (?:the )?(?:nyse|nasdaq|cboe|"
    r"stock exchange|exchange)|"
    r"(?:nyse|nasdaq|cboe)\b|exchange trading|bought or sold on)"
)
_LAST = r"\b(?:last|final(?:ly)?|until|through|cease[ds]?|stop\w*|halt\w*|suspend\w*|end(?:s|ed)?)\b"
_DIVIDEND = (
    r"\b(?:net (?:investment )?income|gains|dividends?|distributions? of|capital gains?|income distributions?|"
    r"distribution)\b"
)
_PROCEEDS = (
    r"\b(?:proceeds|liquidating (?:distribution|payment|dividend)s?|liquidation (?:distribution|payment)s?|"
    r"cash (?:distribution|payment|will be|is))\b"
)
_PAY = r"\b(?:paid|pay|pays|payable|payment|sent|send|receive|distribut\w+|made|make|mailed|reach\w*|wired)\b"
_ENDS_FUND = (
    r"\b(?:cashed out|shuts? its doors|liquidat\w+|dissol\w+|wound up|wind(?:ing)?[- ]up|wind up|cease operations|"
    r"close its doors|termination date|terminat(?:ed?|ion) (?:of )?(?:the |each )?(?:fund|target|portfolio))\b|"
    r"\b(?:target|fund|portfolio) (?:will|would|is expected to|is to) (?:be terminated|terminate)\b"
)
_MERGE = (
    r"\b(?:merges?|merged|reorgani[sz]ed|combined?|combine with|absorbed?|consolidated|acquires?|acquired|"
    r"amalgamated?|fold(?:ed)?|turn|takes over) (?:all |with |and |into |in |to |by |the |of |substantially |out |"
    r"assets |target|acq)"
)
_FIRM = (
    r"\b(?:is|are|be|was|were|expected|planned|anticipated|scheduled|proposed|intended|projected|set|date|will|would)\b"
)
_PLANNED = r"\b(?:expected|planned|anticipated|scheduled|proposed|intended|projected|set|targeted)\b"
_BECOMES = (
    r"\b(?:become \w+ of|becom\w+ (?:share|unit|stock)?holders|(?:receive|own|get|hold|issued|exchanged for|into|"
    r"given) [^@;]{0,40}(?:shares|units) of (?:the )?(?:acquirer|fund|acquiring)|cease to exist|out of existence|"
    r"shares of (?:the )?acquirer issued|be exchanged for|be invested in (?:the )?acquirer)\b"
)
_ASSETS = r"\btransfer\w* (?:all |substantially |of |its |their |the |each )*(?:\w+ )?assets\b"
_SHIFT = (
    r"\b(?:reposition\w*|realign\w*|transition(?:s|ed|ing)?(?! period)|transition period|"
    r"(?:sell|selling|dispose of|disposing of|turn|convert)\w* (?:(?:its|their|the|all|of) )?(?:\w+ )?"
    r"(?:holdings|investments|securities|assets|positions|portfolio|stocks|bonds)|cash (?:holdings|position|level)s?|"
    r"no longer (?:pursue|follow|be managed)|prepare [^@;]{0,40}portfolio|(?:depart|deviate) from|"
    r"liquidat\w+ (?:its|their) (?:portfolio|holdings))\b"
)
_TRANSFER = (
    r"\b(?:transfers?|transferred|re-?allocat\w+|mov(?:e|ing) (?:your|their|it|contract|account|money|out)|"
    r"switch\w*|free transfers)\b"
)
_FREE = (
    r"\b(?:free\b|no (?:\w+ )?(?:charge|fee|cost)|without (?:\w+ ){0,3}(?:charge|fee|cost|penalt\w+|limit\w*)|"
    r"at no (?:cost|charge)|not (?:be )?(?:count|charge|treated)\w*|charges? waived)"
)
_NO_CLOSING = (
    r"clos(?:e[ds]?|ing) to new~@|BOARD~DECIDES~on @|\bvote on (?:the |a )?(?:proposed )?MERGER (?:is|was|will)\b|"
    r"\bmeetings?\b[^@#;]{0,60}\b(?:at which|to vote|to consider|to approve)\b~@"
)
_SALES_CHARGE = r"\b(?:(?:deferred )?sales (?:charge|load)s?|cdscs?|redemption fees?|12b-1 fees?|front-end)\b"
_WAIVED = (
    r"\b(?:waiv\w+|free of|not (?:be )?(?:impos|charg|assess|appl)\w*|no (?:longer|cdsc|sales)|eliminat\w+|"
    r"suspend\w*)\b"
)
_DEALING = r"\b(?:dealings?|subscriptions?, redemptions?|calculation of (?:the )?net asset values?)\b"
_SUBADVISER = r"\b(?:sub-?advis[eo]rs?|sub-?advisory|investment manager|sub-?advised)\b"
_CHANGE = (
    r"\b(?:chang\w+|replac\w+|becom\w+|new|take[sn]? over|engagement|keep|appoint\w*|serve|succeed\w*|renam\w+|"
    r"take over|takes effect|no longer|known)\b"
)
_ORDER = r"\b(?:exemptive (?:order|relief)|orders? (?:of|from|by) the (?:sec|commission)|order)\b"
_SEC = r"\b(?:sec|securities and exchange commission|commission|exemptive|section 26)\b"
_AUTHORITY = (
    r"(?:REGULATOR|\binsurance (?:departments?|commissioners?)\b|\bregulatory\b|\bregulators?\b|"
    r"\bcommissioner\b)"
)
_CONSENTS = r"\b(?:approv\w+|authori[sz]\w+|clear(?:ed|ance)|consent\w*|sanction\w*|receiv\w+)\b"

_OTHER_DAY_OF_DIVIDEND = r"^@ ?:? ?(?:record date|ex-)"
"""A row about a dividend whose day is not that of the payment."""
CLUES: tuple[Clue, ...] = (
    # boards and papers
    Clue("board approval", 5, ("BOARD", r"\b(?:DECIDES|approv\w+|endors\w+|accept\w*|sign(?:ed)? off|consent\w*|"
              r"recommend\w*|consider(?:ed)?|action|decisions?|met|presented|chose|vote|blessing|consent)"),
              _OTHER_DECISIONS),
    Clue("board approval", 2.4, ("BOARD", r"\b(?:meetings?|session)\b"), r"HOLDERS"),
    Clue("board approval", 2.5, (r"\bapproval\b", r"\b(?:given|granted|obtained)\b"), "HOLDERS|subject to"),
    Clue("board approval", 3, (r"\b(?:resolution|decision)s?\b", r"\b(?:made|taken|passed|adopted|of)\b"),
              "not to"),
    Clue("agreement signed", 5.4, (r"\b(?:agreements?|plan|deal)\b", r"\b(?:sign\w*|entered into|execut\w+)\b")),
    Clue("agreement signed", 4.4, (r"\bagreements?\b", r"\bdated (?:as of )?@")),
    Clue("n-14 filing", 5.4, (_N14, r"\b(?:fil(?:e|ed|es|ing)|submit\w*|lodg\w+)\b"), r"\beffective\b~@|@~rule 488"),
    Clue("n-14 effectiveness", 5.6, (_N14, r"\beffective(?:ness)?\b"),
              rf"\bfiled? (?:on|about|during|in|by) @|{ON_EFFECTIVENESS}|\bsubject to the effectiveness\b"),
    Clue("deregistration filing", 5.6, (r"\b(?:n-8f|deregist\w+)\b", r"\b(?:fil\w+|appl\w+|submit\w*)\b")),
    Clue("deregistration order", 5.6, (r"\bceased to be an investment company|deregist\w+\b", r"\border\w*\b")),
    Clue("sec order", 5.2, (_SEC, _ORDER), "n-14|registration statement"),
    Clue("regulatory approval", 5.2, (_AUTHORITY, _CONSENTS), "HOLDERS~@|BOARD"),
    Clue("announcement", 4,
              (r"\b(?:notice|announcement|release) date\b|\bdate of (?:this )?(?:notice|release)\b",), "from the date"),
    Clue("broker search", 6.6, (r"\bbroker search\b|\bsearch cards?\b|\b14a-13\b",), r"\bmail\w* to brokers~@"),
    Clue("", 5, (r"\bof (?:another fund|other funds)\b",)),
    Clue("", 6, ("BOARD", r"\b(?:will|may|to) (?:consider|discuss|review)\b")),
    # the vote
    Clue("record date", 6, (_HOLDERS_ON, r"(?:VOTE|PROXY|\bproposal\b)"), "dividend|distribution|payable|votes? of"),
    Clue("record date", 5.2, (r"\brecord date\b",), "dividend|distribution|payable|@ as the (?:date|day) (?:of|for)"),
    Clue("record date", 5.4, (r"\bof record\b~~@",), r"dividend|distribut|payable|gains?\b|(?:about|beginning on) @"),
    Clue("record date", 3.4, (r"\b(?:those|persons|holders|owners) who (?:hold|held|own|owned) (?:shares|units)\b~~@",),
              "dividend|distribut|payable"),
    Clue("record date", 2.6, (r"\bof record\b",), r"dividend|distribut|payable|gains?\b"),
    Clue("record date", 4, (r"\b(?:ownership|eligib\w+|entitle\w+)\b", r"\b(?:fixed|determin\w+|set|chosen)\b"),
              "dividend|distribut|payable"),
    Clue("record date", 5, (_OWNS, r"(?:VOTE|PROXY|\binstructions\b|\bproposal\b)"), "dividend|payable"),
    Clue("information statement mailing", 6, (r"\binformation statements?\b", _MAIL)),
    Clue("proxy mailing", 5.2, (_MATERIALS, _MAIL), r"(?:received|returned|reach us|count\w*)~@|n-14|report"),
    Clue("proxy mailing", 3, (r"\b(?:mail(?:ed|ing|s)?|sent to)\b",), "proceeds|confirm|tax|report"),
    Clue("voting deadline", 5.4, (_BALLOT, r"\b(?:receiv\w+|return\w*|reach\w*|cast|submit\w*|arriv\w+|lodg\w+|"
              r"close[sd]?|count\w*|open|vote|ask|deadline|last)\b", _BY), "will receive~@|allocat|mailed~@"),
    Clue("special meeting", 4.8, (r"\b(?:special|joint|adjourned|general|shareholders?[’']?|unitholders?[’']?) "
              r"(?:general )?meetings?\b|\bmeetings? of (?:the )?(?:\w+ )?(?:HOLDERS|target)",), _OF_A_BOARD),
    Clue("special meeting", 3.4, (r"\bmeetings?\b",), _OF_A_BOARD + "|BOARD~meetings?~@|meeting materials"),
    Clue("special meeting", 2, (r"\bannual meeting\b|\b(?:to|will) be held\b",)),
    Clue("special meeting", 4, (r"\b(?:reconven\w+|adjourn\w+|resumed?)\b",)),
    Clue("special meeting", 3.6, (r"\b(?:HOLDERS)", r"\b(?:meet|vote[ds]?|voted on|submitted|asked)\b"),
              r"\bwho (?:can|may|is (?:entitled|eligible) to) vote\b"),
    Clue("special meeting", 3, (r"\b(?:the|shareholder) vote\b", _FIRM)),
    Clue("approval obtained", 5, (r"HOLDERS|\bshareholder\b", r"\b(?:approved|adopted|approval|voted in favor)\b",
              r"\b(?:approved|obtained|given|received|was|voted)\b"), "meetings?|if |BOARD|subject to|must|will"),
    # dealing
    Clue("closed to new investors", 5.6, (_NEW, r"(?:" + _STOP + r"|\bonly\b|\bavailable\b)"), "reopen"),
    Clue("creation orders end", 6, (_CREATION, r"(?:" + _LAST + r"|\b(?:no|not|by|before)\b)"), "first"),
    Clue("last exchange", 5, (r"\bexchanges?\b(?! traded|-traded)|\bexchange requests?\b|\bswitch(?:es)?\b",
              r"\b(?:permitted|accepted|honored|may|can|possible|allowed|made|out of|processed|request\w*)\b", _BY),
              r"stock exchange~@|(?:nyse|nasdaq)|will be exchanged"),
    Clue("last exchange", 4.6, (r"\bswitch(?:es)?\b|\bexchanges (?:by|between|into|out|of|from|for|will|to)\b",
              _STOP),
              "dealing|stock exchange|traded"),
    Clue("last redemption", 5, (_REDEEM, _BY), "sales charge|redemption fee|dividend|automatic|in kind"),
    Clue("last redemption", 4.6, (_REDEEM, r"\b(?:last|final|after|no longer|not|cease)\b"),
              "automatic|sales charge|redemption fee|suspen|fraction|proceeds|creation"),
    Clue("last purchase", 5, (_BUY, _BY), r"no (?:further|longer|new)|not|sell|holdings|redeem|trad\w+|by new "),
    Clue("last purchase", 4, (r"\borders?\b", r"\b(?:accept|fill|honor|process|receiv)\w*", _BY),
              "redeem|redemption|creation|exchange|sell|premium|no longer|not|forward|treated"),
    Clue("last purchase", 5.2, (_BUY, r"\b(?:last|final) (?:\w+ ){0,2}(?:day|date|time|purchase\w*|orders)\b"),
              "trad(?:e|ing)|creation|to sell|by new "),
    Clue("closed to purchases", 5, (_BUY, _STOP),
              r"existing (?:share|stock|unit)?holders~@|existing investors|holdings|creation|(?:until|through) ~~@"),
    Clue("check writing ends", 5.6, (r"\bchecks?\b", r"\b(?:honou?r\w*|present\w*|clear\w*|redeem by)\b", _BY)),
    Clue("check writing ends", 6, (r"\bcheck-?writing\b|\b(?:write|writing|written) checks?\b|\bchecks? "
              r"(?:drawn|written|against)\b|\bchecks? may be written\b", r"(?:" + _STOP + "|" + _BY + ")")),
    Clue("sales charge waiver", 5.4, (_SALES_CHARGE, _WAIVED)),
    Clue("free transfers end", 5.2, (_TRANSFER, _FREE, _BY)),
    Clue("free transfers end", 5.2, (r"\bfree transfers?\b", r"\bends?\b")),
    Clue("free transfers begin", 5, (_TRANSFER, _FREE, r"\b(?:begin\w*|start\w*|from|after|between|on and after) ~~@"),
              "until @|through @"),
    Clue("instruction deadline", 5, (r"\b(?:instruct\w*|tell us|let us know|choose another|elect(?:ion)?)\b", _BY),
              r"voting|proxy|\bvote|\bcount|contract owners"),
    Clue("dealing suspension begins", 5, (_DEALING, _STOP), "resume|lift|last dealing"),
    Clue("dealing suspension begins", 5.2, (r"\bno transactions in (?:the )?(?:shares|fund|target)\b",
              r"\b(?:from|beginning|commencing|starting|after)\b")),
    Clue("dealing suspension begins", 5.2, (r"\b(?:trading|transaction|dealing) freeze\b", r"\b(?:starts?|begins?)\b")),
    Clue("dealing suspension ends", 5.2, (r"\b(?:dealings?|suspen\w+|trading)\b",
              r"\b(?:resum\w+|lift\w*|re-?open\w*)\b")),
    Clue("blackout begins", 5.6, (r"\bblackout\b", r"\b(?:begin\w*|start\w*|from)\b")),
    Clue("blackout begins", 4, (r"\bparticipants?\b",
              r"\b(?:not|unable)\b[^@;]{0,30}\b(?:direct|change|access)\b")),
    Clue("blackout begins", 5, (r"\bno (?:\w+ )?transactions\b|\bfrozen\b", r"\b(?:from|beginning|after)\b~~@")),
    Clue("blackout ends", 5, (r"\bno (?:\w+ )?transactions\b|\bfrozen\b", r"\b(?:until|through|to)\b~~@")),
    Clue("blackout ends", 5.6, (r"\bblackout\b", r"\b(?:end\w*|until|through|over)\b")),
    Clue("transition begins", 4.8, (_SHIFT, r"\b(?:begin\w*|start\w*|commenc\w+|from|as of|after|on|effective)\b"),
              "(?:completed|ends?|until|through) (?:by )?@"),
    Clue("transition ends", 5, (r"\b(?:reposition\w*|realign\w*|transition)\b",
              r"\b(?:complet\w+|end[s ]|until|through|finish\w*)")),
    Clue("fractional redemption", 6, (r"\bfraction\w*\b", r"\b(?:redeem\w*|cash|sold|paid)\b")),
    Clue("brokerage account deadline", 6, (r"\bbrokerage account\b", _BY), "proceeds"),
    Clue("tender offer expiration", 5.6, (r"\btender\w*\b", r"(?:\b(?:expir\w+|ends?)\b|" + _BY + ")")),
    Clue("order forwarding ends", 5, (r"\borders?\b", r"\bforward(?:ed|ing)?\b")),
    # dividends and values
    Clue("dividend record date", 5.6, (_DIVIDEND,
              r"\b(?:of record|record date|holders? on|(?:those|persons) who (?:hold|held|own))\b~~@"),
              "special meeting"),
    Clue("dividend record date", 5.6, (r"\bpayable\b", r"\b(?:those|persons|holders?|record)\b~~@")),
    Clue("dividend ex-date", 6, (r"\bex-?(?:dividend)?[- ]?(?:date)?\b(?=.*@)", r"ex-")),
    Clue("dividend payment", 5.2, (_DIVIDEND, _PAY),
              rf"liquidating|proceeds|of record on @|tax form|1099|\bdistribution of (?:its|their) (?:securities|"
              rf"units|shares)|"
              rf"\bthat~(?:paid|pays)|{_OTHER_DAY_OF_DIVIDEND}"),
    Clue("dividend payment", 4.6, (r"\b(?:distribut\w+|pay|pays|paid)\b", r"\b(?:income|gains)\b"),
              f"of record on @|fund~called|{_OTHER_DAY_OF_DIVIDEND}"),
    Clue("valuation", 5.2, (r"\b(?:net asset values?|nav|valu(?:ed|ation|es)|exchange ratio)\b",
              r"\b(?:determin\w+|calculat\w+|comput\w+|struck|as of|based on|valued|date|time|fixed|used)\b"),
              r"redeem|@ ?\((?:the )?[\"“]?(?:exchange|closing|merger|reorganization) date"),
    # the end
    Clue("proceeds payment", 5.6, (_PROCEEDS, _PAY), "dividend"),
    Clue("proceeds payment", 4, (r"\bchecks?\b", r"\b(?:mailed|sent)\b"), r"check-?writ|writ\w+ checks?|dividend"),
    Clue("proceeds payment", 3, (r"\bpayments?\b", r"\b(?:made|sent|mailed)\b"), "purchase|premium|dividend"),
    Clue("proceeds payment", 4, (r"\bcash\b", r"\b(?:sent|paid|receive|get|distributed|reach\w*)\b"), "fraction"),
    Clue("liquidation", 4.8, (_ENDS_FUND, r"(?:" + _FIRM + r"|@)"),
              r"proceeds~@|distribution~@|fraction|\b(?:cash|money) (?:from|in) the liquidation"),
    Clue("liquidation", 4.6, (r"\b(?:automatic\w*|mandator\w+|compulsor\w+)\b", r"\bredeem\w*|redemption\b")),
    Clue("liquidation", 3.8, (r"\b(?:outstanding|still held|remaining)\b", r"\bredeem\w*\b"), "fraction"),
    Clue("substitution", 5.4, (r"\bsubstitut\w+\b", _FIRM), r"order~@|before the substitution"),
    Clue("substitution", 4.2, (r"\breplac\w+\b", r"\b(?:investment option|contracts?|polic\w+|subaccount)\b")),
    Clue("conversion", 5, (r"\bconver(?:sion|t|ts|ted)\b", _FIRM), "to cash|into cash"),
    Clue("conversion", 5, (r"\b(?:into|becomes?|turn\w*) an? (?:\w+ )?(?:etf|exchange-traded)\b",)),
    Clue("conversion", 3, (r"\bconversion\b",)),
    Clue("conversion", 4.6, (r"\bclass \w+ shares?\b", r"\bbecome\b")),
    Clue("closing", 4.8, ("MERGER", r"(?:HAPPENS|\b(?:close|finali[sz]ed|finished|implemented|complet\w+|"
              r"consummat\w+|effective|happen|occur)\b)"), _NO_CLOSING),
    Clue("closing", 4.6, ("MERGER", _PLANNED), _NO_CLOSING),
    Clue("closing", 2.9, (_PLANNED, r"\b(?:complet\w+|consummat\w+|close|occur|take place|become effective)\b")),
    Clue("closing", 2.5, ("MERGER", _FIRM)),
    Clue("closing", 5, (r"\b(?:closing|reorganization|merger|transaction|exchange) date\b",),
              r"\b(?:before|after|until|to|from|through|following|preceding|on) (?:the|its) (?:\w+ )?date\b"),
    Clue("closing", 3.6, (r"\bclosings?\b(?! price)",)),
    Clue("closing", 4.6, (r"\b(?:target|fund|funds|portfolios?|acquirer|it|they|trust)\b", _MERGE),
              "into an? (?:etf|exchange-traded)|into (?:cash|money)|holdings into"),
    Clue("closing", 4.6, (_BECOMES,), r"\b(?:last|final) (?:day|date)\b"),
    Clue("closing", 4.6, (_ASSETS,)),
    Clue("closing", 3.4, (r"\bthe transfer\b", r"\b(?:will|to) be made\b")),
    Clue("closing", 1.5, ("MERGER",)),
    Clue("outside date", 5.6, (r"\b(?:terminat\w+|laps\w+|abandon\w*|ends?)\b", r"\b(?:agreement|plan|party|"
              r"parties)\b", r"\b(?:by|before|not|after|later than) ~~@"), "expense|waiver|fee"),
    Clue("outside date", 5, (r"\b(?:in no event|but not?|and not?) (?:after|later than) ~~@",)),
    Clue("completion announcement", 5.8, (r"\b(?:announc\w+|press release|said|notice\b[^@#;]{0,60}@ confirming)\b",
              r"\b(?:complet\w+|has closed)\b")),
    # nouns that tell of a kind where no verb is known
    Clue("board approval", 1.8, ("BOARD",), "portfolio managers?"),
    Clue("n-14 filing", 2.4, (_N14,)),
    Clue("sec order", 2, (r"\b(?:orders? (?:of|from|by|under)|relief|exempti\w+)\b",)),
    Clue("regulatory approval", 2, (_AUTHORITY,)),
    Clue("agreement signed", 1.6, (r"\bagreements?\b",)),
    Clue("outside date", 2.6, (r"\bagreement\b",
              r"\b(?:expires?|unless extended|walk away|either (?:side|party))\b")),
    Clue("record date", 2, (_OWNS, r"\b(?:vote|ballots?|instruct)\b|@")),
    Clue("proxy mailing", 2.4, (_MATERIALS,)),
    Clue("voting deadline", 2.4, (_BALLOT, _BY)),
    Clue("voting deadline", 2.4, (r"\bvoting (?:closes|ends|deadline)\b",)),
    Clue("special meeting", 1.9, (r"\b(?:HOLDERS)", r"\b(?:decid\w+|act on|come before|approv\w+)\b"),
              r"\b(?:subject to|pending|conting\w+|condition\w*)\b"),
    Clue("special meeting", 2.2, (r"\b(?:egm|agm|vote)\b",)),
    Clue("special meeting", 1.6, (r"\b(?:come before|put to|gathering of) (?:the )?(?:HOLDERS)",)),
    Clue("closed to new investors", 2.6, (_NEW,), "new shares"),
    Clue("closed to new investors", 2.6,
              (r"\b(?:first-time|not already|all but (?:current|existing|present)|own some)\b",)),
    Clue("last purchase", 1.8, (_BUY, _BY), "sell|holdings|redeem|trad\\w+"),
    Clue("closed to purchases", 1.4, (_BUY,), "holdings|trad\\w+|redeem"),
    Clue("last exchange", 2, (r"\b(?:switch\w*|exchange (?:into|out of))\b",)),
    Clue("last redemption", 1.8, (_REDEEM,), "fraction"),
    Clue("last redemption", 2, (r"\b(?:orders to sell|get out of)\b",)),
    Clue("check writing ends", 2.4, (r"\bchecks?\b",), "by check|proceeds"),
    Clue("sales charge waiver", 2.4, (_SALES_CHARGE,)),
    Clue("free transfers end", 1.6, (_TRANSFER, _BY)),
    Clue("free transfers begin", 1.5, (_TRANSFER, r"\b(?:begin\w*|start\w*|from|after)\b")),
    Clue("instruction deadline", 2, (r"\b(?:instruct\w*|election form|tell us|other choice|otherwise)\b",),
              "vote|voting"),
    Clue("dealing suspension begins", 1.6, (r"\bdealings?\b",)),
    Clue("transition begins", 2, (_SHIFT,)),
    Clue("transition begins", 2.3,
              (r"\b(?:moving the portfolio|sales of portfolio|in preparation for|with a view to)\b",)),
    Clue("fractional redemption", 2.4, (r"\bfraction\w*\b",)),
    Clue("brokerage account deadline", 2.4, (r"\bbrokerage account\b",)),
    Clue("dividend payment", 3, (r"\bpayable\b",)),
    Clue("dividend payment", 2, (r"\b(?:dividends?|distributions?)\b",)),
    Clue("dividend record date", 2.4, (r"\bdividends?\b", r"\b(?:hold shares|belongs? to)\b")),
    Clue("valuation", 2, (r"\b(?:valu\w+|prices?|net asset)\b",)),
    Clue("proceeds payment", 2.2, (r"\b(?:proceeds|payout|liquidation checks|money in your)\b",)),
    Clue("liquidation", 2.2, (_ENDS_FUND,)),
    Clue("liquidation", 2.2, (r"\b(?:still (?:open|outstanding)|remaining|all outstanding)\b",
              r"\b(?:redeem\w*|redemption)\b")),
    Clue("substitution", 2.2, (r"\b(?:substitut\w+|swap\w*)\b",)),
    Clue("substitution", 1.8, (r"\breplac\w+\b",)),
    Clue("conversion", 2.2, (r"\bconver\w+\b|\b(?:into|become[s]?|turn\w*) an? (?:etf|exchange-traded)\b",)),
    Clue("last trading day", 1.6, (_TRADING,)),
    Clue("first trading day", 2.4, (r"\b(?:open for trading|under way|dealing day)\b",)),
    Clue("delisting", 2.4, (r"\b(?:off the exchange|from its list|listing)\b",)),
    Clue("name change", 1.6, (r"\bnames?\b",), "mailed|named"),
    Clue("subadviser change", 2.2, (_SUBADVISER,)),
    Clue("benchmark change", 2, (r"\bbenchmark\b",)),
    Clue("objective change", 1.6, (r"\b(?:objective|strategy|policy)\b",)),
    Clue("identifier change", 2, (r"\b(?:cusips?|tickers?|isins?|symbol)\b",)),
    Clue("completion announcement", 2, (r"\b(?:announc\w+|said)\b", r"\bcomplete\b")),
    Clue("closing", 1.2,
              (r"\b(?:effective date|implementation|accomplished|shareholders? of acquirer|owners of acquirer)\b",)),
    Clue("closing", 0.8, (r"\b(?:target|acquirer)\b",)),
    # nothing that a plan has
    Clue("", 5.4, (_DIVIDEND, r"\b(?:as (?:always|usual)|regular(?:ly)?|yearly|annual|every (?:month|quarter|"
    r"year))\b")),
    Clue("", 6, ("BOARD",
              r"\b(?:not to proceed|not (?:to )?go ahead|abandon\w*|rescind\w*|cancel\w*|call(?:ed)? off)\b")),
    Clue("", 6, (r"\b(?:announced|reported|disclosed|described|stated)(?: (?!that|today)\w+){0,2} on @",)),
    Clue("", 6.5, (r"\bdated (?:\w+ ){0,3}@",)),
    Clue("", 5.4,
              (r"\b(?:may|might|could|likely to) (?:\w+ )?(?:pay|declare|distribute|make|consider|include)\b",)),
    Clue("", 6, (r"\b(?:expenses?|fees?)\b", r"\b(?:waiv\w+|limit\w*|cap\b|reimburs\w+)", _BY), _SALES_CHARGE),
    Clue("", 5.4, (r"\b(?:net assets|unit values?|outstanding|percent|returns?|performance)\b|\$[\d.,]+|\d%",
              r"@"),
              "redeem|vote"),
    Clue("", 5.4, (r"\b(?:since|inception|joined|portfolio managers?|fiscal|annual (?:meeting|report))\b",)),
    Clue("", 5.4, (r"\b(?:had|was|were)\b[^@;]{0,20}\b(?:was|to (?:be|have)|been)\b", r"@"), "now|approved"),
    # the exchange
    Clue("last trading day", 5.4, (_TRADING, _LAST),
              r"first (?:day|time)|creation|close of trading~@~(?:will|merge)|"
              r"\b(?:before|prior to) (?:the )?(?:market )?(?:open\w*|start)\b~~@"),
    Clue("first trading day", 5.6, (r"\btrad(?:e|es|ing)\b|\bdealings?\b",
              r"\b(?:begin\w*|start\w*|commenc\w+|first)\b"),
              "ex-dividend|suspen|freeze|before (?:the )?(?:start of )?trading"),
    Clue("delisting", 6,
              (r"\bdelist\w*|\b(?:taken|come|struck|strike|removed)\b[^@#;]{0,30}\b(?:off|"
              r"from)\b[^@#;]{0,20}\b(?:exchange|list)|removed from (?:listing|the (?:new york|nyse|nasdaq|cboe|"
              r"exchange|stock))",)),
    # names and people
    Clue("name change", 5.2, (r"\b(?:names?|renam\w+|re-named|called|known as)\b", _CHANGE + r"|\bknown as\b"),
              "mailed|formerly|under the (?:new )?name|whose names"),
    Clue("subadviser change", 5.2, (_SUBADVISER, _CHANGE), "approv"),
    Clue("benchmark change", 5.2, (r"\bbenchmark\b|\bindex\b", _CHANGE), "was created"),
    Clue("objective change", 5.2, (r"\b(?:investment (?:objectives?|strateg\w+|polic\w+)|principal strateg\w+)\b",
              r"\b(?:chang\w+|new|becom\w+|amend\w+|revis\w+)\b"), "no longer pursue"),
    Clue("identifier change", 5.4, (r"\b(?:cusips?|tickers?|isins?)\b", _CHANGE), "trad(?:e|ing)"),
)  # fmt: skip
"""Several may fit one clause."""
