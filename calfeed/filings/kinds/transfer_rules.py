"""The rules for moving money and assets: free transfers, instructions, the change-over of a portfolio, suspensions."""

from calfeed.filings.kinds.frames import (
    DEALINGS,
    NEWCOMERS,
    REPORTED,
    SINCE,
    THOSE_INSIDE,
    before_day,
    from_day,
    labelled,
    last_day,
    until_day,
)
from calfeed.filings.kinds.rule import Rule

_TRANSFERS = (
    r"\b(?:transfers?|transferred|re-?allocat\w+|mov(?:e|ing) (?:your|their|it|contract|account|money|out|"
    r"amounts|value|any|all|some|part|the)\b|switch(?:es)?\b|"
    r"leave the)"
)
""""Transfers", "reallocate", "move your money", "switch"."""
_FREELY = (
    r"\b(?:free\b(?! look)|fee-free|no (?:\w+ )?(?:charges?|fees?|costs?)\b|without (?:\w+ ){0,3}(?:charges?|"
    r"fees?|costs?|penalt\w+|limit\w*)\b|"
    r"(?:at no|costs?) (?:\w+ )?(?:cost|charge|nothing)\b|not (?:be )?(?:count|charge|treat|impos|assess)\w*|waiv\w+)"
)
""""Free", "no charge", "without any fee", "will not be counted"."""
_IN_PERIOD = (
    rf"(?:{_TRANSFERS}[^@#;]{{0,200}}{_FREELY}|{_FREELY}[^@#;]{{0,120}}{_TRANSFERS})[^@#;]{{0,200}}\bperiod "
    r"(?:that |which )?(?:begins|starts|opens|runs) (?:on |from )?"
)
"""Transfers that are free in a time, up to the day on which it begins."""
_OTHER_TRANSFERS = (
    r"\bnot (?:be )?free\b|\bsubject to (?:a|the) (?:fee|charge)|\btransfer agent\b|\bsame owner\b|"
    r"\bby (?:internet|telephone|phone|fax|mail|wire|e-?mail)\b|\bonline\b|\b(?:in)?to (?:the|a) dollar|"
    r"\bannual (?:\w+ )?fee|\bcontract fee|\bover \$|"
    r"^(?!.*\bcount).*\b(?:first|one|two|four|six|ten|twelve|12|fifteen)(?: free)? transfers?\b[^@#;]{0,60}"
    r"\b(?:each|every|per|a) (?:\w+ )?year\b"
)
"""What is said of the manner of transfers, or of those that are free each year."""
_TELL = (
    r"\b(?:tell us|let us know|instruct us|notify us|write to us|hear from you|choose another|"
    r"different (?:choice|instructions)|"
    r"(?:transfer|allocation|other|different|your|new|further|written|no|"
    r"us) (?:\w+ )?(?:instructions?|directions|elections?|request|choice)|election form|"
    r"instructions (?:from you|to)|elect(?:s|ed|ing)? (?:to|another)|tell (?:the|your) (?:custodian|company|insurer|"
    r"recordkeeper|administrator|employer|trustee))\b"
)
"""What owners do who want something else: "tell us", "choose another", "transfer instructions"."""
_MOVED = (
    r"\b(?:transfer\w*|re-?allocat\w+|mov(?:e|ed|ing)|mergers?|reorgani[sz]\w+|liquidat\w+|substitut\w+|replaced?|"
    r"exchanged|target|acquirer|fund|portfolios?|sub-?accounts?|options?|proceeds|money|value|shares|cash|ira|"
    r"individual retirement account|rollover|future contributions|automatic programs|"
    r"something else|otherwise|elsewhere|where|other instructions?|dollar cost|rebalanc\w+|programs?|"
    r"request at our)\b"
)
"""What instructions are about: money in a fund that is merged, and where it goes."""
_OTHER_INSTRUCTIONS = (
    r"\bmailings?\b|\baddress\b|\bbank (?:account|details|instructions)|\belectronic\w*|\be-?mail\b|\bpaper\b|"
    r"\bdocuments\b|\blump sum\b|\bannuity (?:benefits|payments?|option)|\bbeneficiar\w+|\brequired minimum\b|"
    r"\bcancel the\b|\bdividends are\b|\bhouseholding\b|\btelephone\b|\btax(?:es)?\b|\bwithholding\b|"
    r"\bchoose another (?:day|date|firm|person)\b"
)
"""Instructions about something else: an address, a bank account, benefits."""
_HOLDINGS = (
    r"(?:holdings|securities|investments|assets|positions|stocks|bonds|portfolio(?:s|['’]s)?|those of (?:its|"
    r"their|the) \w+)\b(?! managers?)"
)
_SHIFTS = (
    rf"\b(?:sell(?:ing|s)?|sold|dispos(?:e|es|ing) of|reposition\w*|realign\w*|restructur\w*|"
    rf"turn(?:ing)?|convert(?:ing)?|rebalanc\w*|liquidat(?:e|ing)|"
    rf"wind(?:ing)? down)\b(?! (?:your|shares))[^@#;]{{0,40}}\b{_HOLDINGS}|"
    rf"\bsales? of (?:(?:the|its|their|some|most|part|all|target['’]s|fund['’]s|of) )*"
    rf"(?:holdings|securities|investments|positions|stocks|bonds|portfolio)\b|"
    rf"\blet\b[^@#;]{{0,40}}\b{_HOLDINGS} run off|\bkeep\w* [^@#;]{{0,40}}\b{_HOLDINGS} in [^@#;]{{0,50}}\bcash\b|"
    r"\b(?:transition|reposition\w*|realign\w*|change-over|restructuring)\b[^@#;]{0,40}\b(?:begins?|starts?|"
    r"commences?|portfolio)\b|"
    r"\b(?:depart|deviate)\w* from (?:its|their|the)|\b(?:cease|stop|no longer) (?:to )?(?:seek|pursu|"
    r"follow)\w*~~\b(?:objectives?|strateg\w+|goals?|polic\w+|index\w*)\b|\bmove out of (?:the )?\w+"
)
"""What a manager does before a merger: "sell its holdings", "reposition the portfolio", "depart from its objective"."""
_OTHER_SHIFTS = (
    r"^(?:the )?acquirer\b|@,? (?:the )?acquirer (?:will|may|is|begins)|\brecords\b|\bcustod\w+|\btransfer agent\b|"
    r"\badministrator\b|\b(?:investors|shareholders|holders|persons|owners) (?:who|that) (?:sell|dispose)|"
    r"\b(?:officers|insiders|employees)\b|\blent\b|\blend\w*|\bsecret\b|\bconfidential\w*|\bpublish\w*|\bdisclos\w+|"
    r"\bhedg\w+"
)
"""What is shifted or sold by others, or is no holding of the target."""
_CHANGE_OVER = (
    r"\b(?:transition(?! (?:manager|rules?|relief|services?))|reposition(?:ing)?|realignment|"
    r"restructuring|change-over)\b(?=[^@#;]*(?:\b(?:portfolio|holdings|securities|assets|investments|target)\b))"
)
"""The change of what a fund holds."""
_OTHER_BLACKOUTS = r"\b(?:officers?|insiders?|directors|employees|earnings|research|analysts?)\b"
_HELD_UP = (
    r"\b(?:no(?= (?:\w+ )?(?:transactions|dealings|orders)\b)|suspend\w*|suspension|halt\w*|stop\w*|"
    r"freez\w*|frozen|on hold|cease[ds]?|held|no longer|not be|"
    r"neither|unable|no transactions|no dealings)\b"
)
""""No transactions", "suspended", "frozen", "on hold"."""
_FREE_AGAIN = (
    r"\b(?:resum\w+|re-?open\w*|lift\w*|restart\w*|again be able|normal service|begins? again|return to normal|"
    r"ends?|over)\b"
)
_OTHER_SUSPENSIONS = (
    r"\bstorms?\b|\bhurricane\b|\bflood\w*|\bweather\b|\bweb ?site\b|\binternet\b|\bmaintenance\b|\bdesk\b|"
    r"\boutage\b|\bconfirmed\b|\breported\b|\bby mail\b|\bon paper\b|\btrading on the exchange\b|"
    r"\bshares of \w+ (?:corp|inc|company|bank)\b"
)
"""What is suspended for another cause: weather, maintenance, a stock that does not trade."""


TRANSFER_RULES: tuple[Rule, ...] = (
    Rule(
        kind="free transfers begin",
        says=(
            rf"{SINCE}~~@,?~{_TRANSFERS}[^@#;]{{0,200}}{_FREELY}",
            rf"{_IN_PERIOD}@",
            rf"@ ?[:–—-]+ first (?:business )?day\b[^@#;]{{0,60}}{_TRANSFERS}[^@#;]{{0,60}}{_FREELY}",
            rf"\bfirst (?:business )?day\b[^@#;]{{0,60}}{_TRANSFERS}[^@#;]{{0,60}}{_FREELY}[^@#;]{{0,30}}@",
            rf"{SINCE}~~@,?~{_FREELY}[^@#;]{{0,40}}{_TRANSFERS}",
            rf"{_TRANSFERS}[^@]*{_FREELY}[^@]*{SINCE}~~@",
            rf"{_FREELY}[^@#;]{{0,30}}{_TRANSFERS}[^@#]*{SINCE}~~@",
            r"\bfree[- ]transfers?(?: period)?\b[^@#;]{0,40}\b(?:begins?|starts?|opens?)\b~~@",
            r"\b(?:start|beginning) of (?:the )?(?:free[- ]transfer|period)[^@#;]{0,40}@",
        ),
        unless=(
            rf"{REPORTED}|{_OTHER_TRANSFERS}|between now and|sales charge|\b(?:until|through|by|to|before|expires?|"
            rf"ends?) (?:the close of business on )?@"
        ),
        examples=(
            "as of @ we are waiving transfer charges for owners who wish to leave the subaccount",
            "from @ until the thirtieth day after the substitution date, you may transfer all or "
            "part of your value from "
            "the subaccount of a target (or, after the substitution date, of its acquirer) to any other without charge",
            "from @ you may move value out of a target without charge",
            "there is no charge for such a transfer if it is made during the period that begins on @ and ends on #",
            "@ : first day on which contract owners may transfer out of the target subaccount free of charge",
            "the free transfer period opens on @",
            "from @ you may transfer what you have in a target to any other option of the contract, at no charge",
            (
                "a transfer will not be charged for, and will not be counted against the twelve, if you ask for "
                "it on or after @"
            ),
        ),
        counters=(
            "transfers are free of charge until @",
            "beginning @, transfers among subaccounts will be subject to a fee and will not be free",
            "between now and @, transfers out of the target are not counted",
            "effective @, we will waive the annual contract fee and transfer fees for contracts over $50,000",
            "from @ the transfer agent will charge no fee for transfers between accounts of the same owner",
            "from @ you may also transfer money by internet at no charge",
        ),
    ),
    Rule(
        kind="free transfers end",
        says=(
            rf"{_TRANSFERS}[^@]*{_FREELY}[^@]*\b(?:until|through|no later than|up to|by|before)\b ~~@",
            rf"{_FREELY}[^@#;]{{0,60}}{_TRANSFERS}[^@]*\b(?:until|through|no later than|up to|by|"
            r"before|prior to)\b ~~@",
            rf"\b(?:until|through|up to) ~~@,?[^@#;]{{0,140}}{_TRANSFERS}[^@#;]{{0,200}}{_FREELY}",
            rf"{_TRANSFERS}[^@#;]{{0,60}}\b(?:until|through|up to|by|on or before) ~~@,?~{_FREELY}",
            rf"{_IN_PERIOD}#,? and (?:ends|expires|closes) (?:on )?@",
            *last_day(rf"{_FREELY}~~{_TRANSFERS}|{_TRANSFERS}~~{_FREELY}"),
            rf"^[^@#.;]{{0,40}}(?:{_TRANSFERS}~~{_FREELY}|"
            rf"{_FREELY}~~{_TRANSFERS})[^@#.;]{{0,20}}\bends?\b[^@#.;]{{0,20}} : @",
            r"\bfree[- ]transfers?(?: period)?\b[^@#;]{0,40}\b(?:ends?|expires?|closes|is over)\b~~@",
            rf"\bperiod\b[^@#;]{{0,60}}{_TRANSFERS}[^@#;]{{0,40}}{_FREELY}[^@#;]{{0,80}}\b(?:expires?|ends?)\b~~@",
        ),
        unless=(
            rf"{REPORTED}|{_OTHER_TRANSFERS}|\b(?:tell us|instruct us|let us know|instructions)\b|sales charge|"
            rf"\bnot\b[^@#;]{{0,20}}free"
        ),
        examples=(
            (
                "such a transfer is free of charge, and is not counted toward the twelve, if we receive your "
                "request no later than @"
            ),
            "you have until @ to move the transferred amounts to another option once, at no cost",
            "@ : last day of fee-free transfers related to the merger",
            "transfers made from the affected subaccount on or before @ will not be counted as one "
            "of your free transfers",
            "free transfer period expires : @",
            "you may make one free transfer of your contract value from the target subaccount prior to @",
            "transfers without charge end : @",
            "there is no charge for such a transfer if it is made during the period that begins on # and ends on @.",
            "for transfers made through @, out of the subaccount, we will not impose any transfer fee",
        ),
        counters=(
            "tell us by @ where to move your contract value; transfers are free",
            "until @ the first twelve transfers in each contract year are free",
            "owners may make one free transfer from the acquirer each year until @, when the contract year ends",
        ),
    ),
    Rule(
        kind="instruction deadline",
        says=(
            *until_day(_TELL),
            *before_day(_TELL),
            *last_day(_TELL),
            r"^@[^@#;]{0,40} : (?:new|further|other|different|"
            r"transfer) instructions\b~\bmust (?:be with us|reach us|arrive|"
            r"be received)\b",
        ),
        unless=(
            rf"^(?!.*{_MOVED})|{_OTHER_INSTRUCTIONS}|"
            rf"\b(?:vot(?:e|es|ing)|prox(?:y|ies)|ballots?|meetings?|consents?)\b|{_FREELY}|tender|brokerage|"
            r"\bexchange (?:instructions|requests?|orders)|\bno instructions (?:are|is) needed|"
            r"(?:accept|return|pay|honor)\w* (?:\w+ )?(?:purchase|check)|unless (?:you|we) (?:\w+ )?(?:earlier|before)"
        ),
        examples=(
            "should you want something else, tell us by 4:00 p.m. eastern time on @",
            "we must hear from you by @ what is to be done with your money",
            "please send us new directions no later than @; otherwise we will replace the fund in your program",
            "plan participants must tell the recordkeeper on or before @ where they want future contributions to go",
            "@, 3:00 p.m. central time : new instructions for automatic programs must be with us",
            (
                "contract owners who prefer another option should send us their transfer request before the "
                "close of trading on @"
            ),
        ),
        counters=(
            "your instructions for the meeting must reach us before @",
            "voting instructions are accepted until @",
            "please let us know by @ if your address has changed",
            "to enroll in electronic delivery, send us your new election form by @",
            "premium allocation: send us your new premium allocation instructions by @",
            "beneficiaries must elect to receive a lump sum by @",
            "you must give us your new bank instructions by @ so that your dividends are paid",
        ),
    ),
    Rule(
        kind="transition begins",
        says=(
            rf"(?:{SINCE}|\b(?:begin|start)\w*\b)~~@,?~(?:{_SHIFTS})",
            rf"(?:{_SHIFTS})~\b(?:from|beginning|starting|commencing|begins?|starts?)\b~~@",
            *labelled(_SHIFTS),
            rf"\b(?:begins?|starts?|commences?|will begin) (?:on )?(?:or about )?@ to [^@#;]{{0,30}}(?:{_SHIFTS})",
        ),
        unless=(
            rf"{REPORTED}|\bclass \w\b|\bwas to\b|\bmay not (?:sell|invest)|\bsell (?:its |their |"
            rf"fund )?shares\b|distributor|new (?:accounts|investors)|"
            rf"{_OTHER_SHIFTS}|premiums?|transfer|\bends?\b|finish|complete|MERGER~~@|"
            r"objective (?:becomes|will be|is chang)|"
            r"change in (?:\w+ )?objective|sale of (?:the )?(?:adviser|compan)"
        ),
        examples=(
            "the target’s portfolio managers will begin on or about @ to sell the target’s holdings",
            "from about @ the adviser will let the target's holdings run off, or will sell them",
            "starting on @ its manager will sell stocks that acquirer does not want",
            "from @ the target will keep its assets in cash and may cease to seek its objective",
        ),
        counters=(
            "the manager was to start on @ to sell those holdings",
            "from @ the fund may not sell its holdings",
            "beginning @, the target may invest its assets in derivatives",
            "beginning @, the target will keep its investments secret for 60 days",
            "starting @, the adviser will keep portfolio holdings confidential for 30 days",
            "beginning @, the target will publish on its website the sale of securities by its officers",
            "from @ the target will replace securities lent to brokers",
            "starting @, the target will no longer seek to hedge its currency risk",
            "starting @, the transition of portfolio records to the new custodian begins",
            "starting @, investors who sell target investments within 30 days will pay a fee",
            "the acquirer will begin on @ to sell its holdings of smaller companies",
            "the sale of portfolio securities by the target will be described on @",
            "restructuring of the portfolio will be reviewed on @ by an independent consultant",
        ),
    ),
    Rule(
        kind="transition begins",
        says=(r"\btransition manager\b[^@#;]{0,30}\b(?:take|takes|assume|assumes)\b[^@#;]{0,70}\bon(?: or about)? @",),
        unless=rf"{REPORTED}|{_OTHER_SHIFTS}",
        examples=("a transition manager will take charge of the target's assets on @ and will start to trade them",),
        counters=("the portfolio manager will take charge of the fund's assets on @",),
    ),
    Rule(
        kind="transition ends",
        says=(
            rf"(?:{_CHANGE_OVER})[^@#;]{{0,150}}\b(?:ends?|completed?|finish(?:ed)?|conclude[ds]?|over|"
            rf"done)\b[^@#;]{{0,25}}@",
            rf"@ ?[:–—-]+ [^@#;]{{0,20}}(?:{_CHANGE_OVER})[^@#;]{{0,60}}\b(?:ends?|completed?|finished|"
            r"concluded|over)\b",
        ),
        unless=rf"{REPORTED}|{_OTHER_SHIFTS}|MERGER[^@#;]{{0,40}}\b(?:completed?|closed?)\b|\bbegin\w*|\bstart\w*|"
        r"\bmerger period\b|\bfree\b|\btransfers?\b|\bservice providers?\b|\bclass \w\b",
        examples=(
            "the transition period, in which the portfolio may not be invested by its objective, is "
            "expected to end on @",
            "repositioning of the target's holdings is to be finished on or about @, shortly before "
            "the merger takes effect",
            "transition of holdings complete : @",
        ),
        counters=(
            "the transition to the new transfer agent will be completed on @",
            "the acquirer will have repositioned its holdings, which will be complete on @",
            "repositioning of the holdings begins, and the merger is to be completed on @",
        ),
    ),
    Rule(
        kind="blackout begins",
        says=(
            r"\bblackout(?: period)?\b[^@#;]{0,90}\b(?:begins?|starts?|commences?)\b[^@#;]{0,50}@",
            r"^@[^@#;]{0,20}[:–—-]+ [^@#;]{0,40}\bblackout\b[^@#;]{0,30}\b(?:begins?|starts?)\b",
        ),
        unless=rf"{REPORTED}|{_OTHER_BLACKOUTS}|\b(?:ends?|over|until|through)\b[^@#;]{{0,30}}@",
        examples=(
            "for participants in 401(k) plans that hold the target, a blackout period will begin on @",
            "the plan's blackout for the change from target to acquirer starts at 4:00 p.m. on @",
        ),
        counters=(
            "the blackout period in which officers may not buy shares begins on @",
            "the blackout that began last week ends on @",
        ),
    ),
    Rule(
        kind="blackout ends",
        says=(
            r"\bblackout(?: period)?\b[^@#;]{0,90}\b(?:ends?|over|lifted|expires?)\b[^@#;]{0,50}@",
            r"\bblackout(?: period)?\b[^@#;]{0,30}\b(?:until|through)\b ~~@",
            r"^@[^@#;]{0,20}[:–—-]+ [^@#;]{0,40}\bblackout\b[^@#;]{0,30}\b(?:ends?|over|lifted)\b",
            r"\bend of (?:the |a )?blackout\b[^@#;]{0,60} ?[:–—-]+ @",
        ),
        unless=rf"{REPORTED}|{_OTHER_BLACKOUTS}",
        examples=(
            "the blackout period that the merger makes necessary is expected to end during the week of @",
            "plan accounts will be open for transactions again, and the blackout over, on @",
            "@ : blackout ends",
            "end of blackout for plan participants : @",
        ),
        counters=("the officers' blackout ends on @",),
    ),
    Rule(
        kind="dealing suspension begins",
        says=(
            *from_day(rf"{DEALINGS}[^@#;]{{0,60}}{_HELD_UP}|{_HELD_UP}[^@#;]{{0,40}}{DEALINGS}"),
            r"\b(?:trading|transaction|dealing) freeze\b[^@#;]{0,30}\b(?:target|funds?|accounts?)\b[^@#;]{0,30}"
            r"\b(?:starts?|begins?)\b~~@",
        ),
        unless=(
            rf"{REPORTED}|{NEWCOMERS}|{THOSE_INSIDE}|{_OTHER_SUSPENSIONS}|\b(?:resum|restart|lift|ends?\b|until @|"
            r"through @)|\bclass \w\b|\bnew york stock exchange is|emergency|"
            r"\bnot (?:be )?(?:suspend|affect|chang)|\bunder the 1940 act\b|systematic|by (?:telephone|check|fax)"
        ),
        examples=(
            "suspension of all dealings in the target starts : @",
            "after @, orders of every kind for the fund will be held and dealing will stop",
            "@ : all transactions in the subaccount are suspended",
            "trading freeze in target accounts starts : @",
            "commencing at the opening of business on @, no transactions in shares of the target will be processed",
            "purchases, redemptions and exchanges of target shares will be suspended from @",
        ),
        counters=(
            "from @ new investors may not make transactions; dealings are not suspended",
            "our website will be unavailable and transactions on hold from @",
            "after @, transactions in the target will no longer be confirmed by mail",
        ),
    ),
    Rule(
        kind="dealing suspension ends",
        says=(
            rf"{_FREE_AGAIN}~~@",
            r"\b(?:until|through) @",
            rf"@[^@#;]{{0,60}}{_FREE_AGAIN}",
        ),
        unless=(
            rf"^(?!.*(?:{DEALINGS}|\bfreeze\b|\bdealing\b|\bsuspension\b))|^(?!.*(?:suspen|freez|frozen|"
            rf"on hold|\bhold on\b|held|dealing begins again|dealing resumes|reopen))|{REPORTED}|"
            rf"{_OTHER_SUSPENSIONS}|\bclass \w\b|"
            r"meeting|if the (?:merger|reorgani|plan)|\bnot (?:be )?(?:lift|resum|re-?open)"
        ),
        examples=(
            "@ : suspension of transactions in the merged subaccount ends",
            "the freeze on transactions will be lifted on @",
            "the hold on transactions will be lifted on @, when you may again buy and sell",
            "all transfers, withdrawals and loans will be on hold from # through @",
        ),
        counters=(
            "the special meeting, which had been suspended, will resume on @",
            "the dealing desk will reopen on @ after the suspension caused by the storm",
        ),
    ),
    Rule(
        kind="free transfers begin",
        says=(
            r"\btransfers?\b[^@#;]{0,60}\b(?:free(?: of charge)?|without (?:a |any )?charge)\b[^@#;]{0,20}"
            r"\b(?:from|beginning|starting)\b(?: on)?(?: :)? @",
            r"^(?:from|beginning|starting|starting on|beginning on) @,?~\btransfers?\b~(?:free|not be charged|"
            "without (?:a |any )?charge)",
        ),
        unless=_OTHER_TRANSFERS,
        examples=(
            "transfers out are free of charge from : @",
            "from @, a transfer out of the portfolio will not be charged for",
        ),
        counters=("transfers are free of charge from one day to another until @",),
    ),
    Rule(
        kind="free transfers end",
        says=(
            r"\btransfers?\b[^@#;]{0,90}\b(?:free(?: of charge)?|without (?:a |any )?charge)\b[^@#;]{0,20}"
            r"\b(?:until|through)\b(?: :)? @",
        ),
        unless=_OTHER_TRANSFERS,
        examples=("transfers of the moved amount are free of charge until : @",),
    ),
    Rule(
        kind="free transfers begin",
        says=("(?:from|beginning|starting|on and after) ~~@~(?:transfer)~(?:without|free|no)~~(?:charge|fee)",),
        unless=rf"{_OTHER_TRANSFERS}|between now and|(?:until|through|by|to) (?:the close of business on )?@",
        sure=False,
        examples=("beginning @ you may transfer your contract value without any charge",),
    ),
    Rule(
        kind="free transfers end",
        says=(
            "transfer~(?:without|free|no)~(?:charge|fee)~(?:until|through|by|before|to)~~@",
            "transfer~(?:until|through) ~~@,?~(?:without|free of) (?:\\w+ )?(?:charge|fee)",
            "(?:until|through|to|by) ~~@~transfer~(?:without|free|no)~(?:charge|fee|limit)",
            r"(?:until|through|to|by) ~~@,?[^@#;]{0,30}\btransfers?\b[^@#;]{0,200}\b(?:is|are|will be) free\b",
        ),
        unless=_OTHER_TRANSFERS,
        sure=False,
        examples=(
            "you may transfer your contract value without charge until @",
            "you may transfer your contract value out of a fund from now until @ without a charge",
            "through @, two transfers out of the subaccount are free",
        ),
    ),
    Rule(
        kind="instruction deadline",
        says=(
            r"\binstructions\b~(?:received|changed?|by|before|prior to|give us|have them)~~@",
            r"(?:tell us|let us know|instruct us|hear from you)\b~(?:#~)?\b(?:by|before|no later than)~~@",
        ),
        unless=rf"{_OTHER_INSTRUCTIONS}|voting instructions|proxy|\bmeetings?\b",
        sure=False,
        examples=("if we have not received instructions by @ we will transfer your value",),
        counters=("your instructions for the meeting must reach us before @",),
    ),
    Rule(
        kind="dealing suspension begins",
        says=(r"(?:suspen\w+ of (?:sales|dealing)|dealing~suspended)~(?:began|begin|from|on)~~@",),
        unless="clos(?:e|es) to new",
        sure=False,
        examples=("the suspension of sales of class b shares that began on @",),
    ),
    Rule(
        kind="dealing suspension ends",
        says=(
            r"suspen\w+~(?:lifted|ends?|end)~~@",
            "dealing~resume~@",
        ),
        sure=False,
        examples=("the suspension will be lifted effective @",),
    ),
    Rule(
        kind="transition begins",
        says=(
            r"\b(?:expects?|intends?|plans?) to (?:start|begin) (?:disposing of|selling|to sell|liquidating)"
            r"\b[^@#;]{0,90}@",
        ),
        unless=rf"{_OTHER_SHIFTS}|class|\bshares\b|\ba new\b|\binterests\b|distributor|\bwas to\b",
        examples=("the adviser expects to start disposing of the fund's securities on or about @",),
    ),
    Rule(
        kind="transition begins",
        says=(
            r"@,?~(?:sell|dispose of|liquidate|reposition) (?:\w+ ){0,3}(?:holdings|portfolio|securities|investments|"
            r"assets)",
            "@~(?:start to (?:turn|sell)|begin~(?:reposition|transition|liquidat|sell)|"
            "may (?:begin to )?depart from|convert(?:ing)? (?:its|their) (?:holdings|assets) (?:in)?to cash)",
            r"(?:transition|reposition\w+)~(?:begin|commence|start)~@",
        ),
        unless=_OTHER_SHIFTS,
        sure=False,
        examples=(
            "@ : the funds start to turn their holdings into cash",
            "beginning @ the fund will sell its holdings",
        ),
    ),
    Rule(
        kind="transition begins",
        says=(
            (
                r"\b(?:beginning|starting|commencing|from) ~~@,?~\b(?:turn|convert|sell|reposition|realign|restructure)"
                r"\b[^@#;]{0,30}\b(?:holdings|securities|investments|portfolio|assets)\b"
            ),
            r"\b(?:begins?|start|starts) to (?:sell|dispose of|reposition)\b[^@#;]{0,90}@",
            r"\bbeginning~~@,?[^@#;]{0,60}\bportfolios?\b~~\b(?:may|will) be (?:repositioned|realigned|restructured)",
        ),
        unless=rf"{_OTHER_SHIFTS}|sell(?:ing)? (?:their )?shares|class|not |\bw(?:as|ere) to\b",
        examples=(
            "starting on or about @, the manager will sell the securities of the target",
            "target will begin to sell stocks of larger companies on or about @",
            "beginning on or about @, the target’s portfolio may be repositioned",
        ),
        counters=(
            "from @ the fund may not sell more than half of its holdings",
            "the acquirer will begin to sell its holdings of smaller companies on @",
        ),
    ),
)
"""Several may fit one clause."""
