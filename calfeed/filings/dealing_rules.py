"""The rules for dealing in shares: purchases, redemptions, exchanges, transfers, the change-over of a portfolio."""

from calfeed.filings.rule import Rule

DEALING_RULES: tuple[Rule, ...] = (
    Rule(
        kind="closed to new investors",
        says=(
            "clos(?:es|ed|e|ing)~~to (?:new|all new)~~(?:investors?|accounts|shareholders|investments)?~~@",
            "(?:offered|open|available|sold|sales?) to new~@",
            ("@,?~(?:no longer|not|will stop|opens no|closed to|closes to)~new (?:investors?|accounts|shareholders)"),
            "not be available (?:for purchase )?(?:by|to) new (?:investors|shareholders|accounts)~@",
            "no (?:new )?accounts for new investors~@",
            (
                "new (?:investors?|accounts?|shareholders?)~(?:stop|end|ended|cease|not be (?:accepted|opened|"
                "permitted))~@"
            ),
            "subscription of new accounts~ended~@",
            "(?:effective|beginning|after|from|as of|on) ~~@,?~ONLY_TO_SOME",
            "ONLY_TO_SOME[^@#;]{0,40}@",
            r"(?<!existing )\baccounts? (?:cannot|may not|will not|can no longer|may no longer) be opened~~@",
            "(?:after|from|as of) ~~@,?~neither~(?:sold|offered|issued|open) to new",
            (
                "(?:stop|cease|discontinue)\\w*~(?:selling|sales|offer|accept)\\w*~new (?:customers|investors|accounts|"
                "clients)~@"
            ),
            "new accounts?~not (?:been )?(?:opened|accepted|permitted)~@",
            "(?:after|from|as of) ~~@,?~(?:no|not)~(?:sold|offered|issued) to new",
            "new accounts?~(?:be )?opened~(?:until|through) @",
            (
                "(?:not|no longer) (?:accept|take|permit|be sold|be offered|sell|offer)\\w*~new (?:investors?|"
                "accounts?|shareholders?)~(?:after|from|on|as of|beginning)~~@"
            ),
        ),
        unless=(
            r"reopen|resum|\bagain\b|"
            r"new shares of|participants of retirement plans that held~@|existing shareholders~@"
        ),
        examples=(
            "shares of target will not be available for purchase by new shareholders beginning @",
            "the targets will be closed to new investors at the close of business on @",
            "target stopped selling shares to new customers on @, and will accept no purchases at all after #",
            "new accounts can only be opened until @",
            "shares of target will cease to be offered to new shareholders after the close of business on @",
            "from @, target opens no accounts for new investors",
            "target will not accept purchases by new investors after the close of business on @",
            "the funds stopped accepting accounts of new investors on @",
            "new accounts have not been opened since @",
            "after @ no shares of an acquired fund will be sold to new shareholders",
            "for target, sales to new shareholders will stop, as announced, after the close of business on @",
            "the subscription of new accounts in both funds ended at the close of business on @",
            "from @ shares of each target are offered only to those who own some already",
            "accounts may not be opened after @",
            "after @ neither of them will be open to new investors",
        ),
        counters=(
            "the fund reopened to new investors on @",
            "from @ shares of the target are sold again, only to existing shareholders",
            "additional shares may be bought in existing accounts until @",
        ),
    ),
    Rule(
        kind="last purchase",
        says=(
            (
                "(?:orders? (?:to buy|for the purchase)|purchases?|premium payments?|orders of present shareholders|"
                "subscriptions?)~"
                "(?:taken|accepted|permitted|made|honored|received)~~(?:until|through|by|up to)~~@"
            ),
            "(?:add to (?:them|their|your|existing)|make additional (?:investments|purchases))~"
            "(?:until|through|up to)~~@",
            "(?:may|can) (?:continue to |still )?(?:buy|purchase|invest)\\b~(?:until|through|up to)~~@",
            "purchases~continue~(?:until|through)~~@",
            r"last (?:purchases|purchase orders?|orders to buy|orders\b(?=~accepted))~~@",
            r"\baccounts? (?:may|can) be added to~~(?:until|through|up to)~~@",
            "@:?~last day on which~(?:sells? (?:its )?shares|accepts? (?:orders to buy|purchases))",
            r"\bshares (?:can|may) be (?:bought|purchased)~~(?:until|through|up to)~~@",
            r"\b(?:last|final) (?:time|day|date|chance)\b[^@#;,]{0,60}\b(?:purchas|buy)[^@#;]{0,60}@",
            r"@[^@#;]{0,40}\b(?:last|final) (?:time|day|date|chance)\b[^@#;,]{0,60}\b(?:purchas|buy)",
            "premiums?~(?:allocated|paid)~(?:until|through)~~@",
            r"\b(?:buy|purchase)\b[^@#;?]{0,40}\? ~(?:until|through)~~@",
            "(?:last|final) day on which~~(?:bought|purchased)~@",
            "@:?~last day[^@#;,]{0,60}(?:bought|purchase[ds]?|buy)",
            "@:?~last purchase",
            "after~~@,?~(?:orders? to (?:buy|purchase)|purchase orders?|purchases)~(?:no longer|not)",
            (
                "last (?:dealing )?day~(?:to (?:buy|purchase)|of purchases|for purchases|"
                "subscriptions?(?: orders)? (?:are|will be) (?:accepted|taken|dealt))~@"
            ),
        ),
        unless="redemption|redeem|creation|tender|exchange-traded|new (?:accounts|investors|shareholders)|sales charge",
        examples=(
            "additional shares can be bought up to and including @",
            "last day on which purchase orders are accepted : @",
            "@ : last time at which orders to purchase shares of target, or to exchange into it, are accepted",
            "purchases by existing shareholders, including dividend reinvestment, will be taken until @",
            (
                "after 4:00 p.m. eastern time on @, orders to buy shares of the fund or to exchange into it "
                "will no longer be accepted"
            ),
            "orders of present shareholders are taken through @",
            "last day to purchase shares : @",
            "existing shareholders may continue to buy shares until @",
            "target will accept its last purchase orders on @",
            "premiums may be allocated to the four portfolios through @",
            "can i still buy shares? if you own shares now, yes, until @.",
            "the last dealing day on which subscriptions are accepted is @",
            "last orders are accepted on @",
            "existing accounts can be added to up to @",
            "@ : the last day on which target accepts purchases",
        ),
        counters=("the last orders to redeem are accepted on @",),
    ),
    Rule(
        kind="last purchase",
        says=(
            r"\bmay add to (?:their|your|existing|the) accounts?~~(?:until|through|up to)~~@",
            r"\borders?\b[^@;]{0,120}\baccepted (?:through|until) #,? and (?:those )?(?:of|for) [^@#;]{0,60}"
            r"\b(?:through|until) @",
        ),
        examples=(
            "new accounts may not be opened after #. shareholders may add to their accounts up to and including @",
            "orders for shares of target will be accepted through #, and of target through @",
        ),
    ),
    Rule(
        kind="closed to purchases",
        says=(
            "(?:effective|as of|after|on|from|beginning)~~@,?~cease to accept (?:any )?(?:new |further )?"
            "(?:orders|purchases|investments|subscriptions|payments)",
            r"(?:effective|as of|from|beginning)(?: on)? @,?[^@#;]{0,20}\bshares\b~(?:not|no longer) be "
            "(?:sold|offered) to any(?:one| person| investor)",
        ),
        unless=(
            "new (?:investors|accounts|shareholders)|creation|who (?:is|are) not|"
            r"\bby (?:facsimile|fax|checks?|wire|telephone|phone|mail|internet)\b"
        ),
        examples=(
            "effective at the close of business on @, the fund will cease to accept orders for the purchase of shares",
            "effective @, shares of target will not be sold to any person",
        ),
        counters=("effective @, the fund will cease to accept orders from new investors",),
    ),
    Rule(
        kind="closed to purchases",
        says=(
            (
                "(?:effective|as of|after|on|from|beginning)~~@,?~(?:no longer accept|not accept|"
                "will not be available for|no longer be available for|closed to (?:all )?(?:purchases|"
                "investments)|suspend)~(?:purchase|premium|transfer|order|investment|subscription)?"
            ),
            "(?:sales|purchases) (?:of shares )?~(?:discontinued|stop|cease|suspended)~~@",
            r"\b(?:payments|premiums|allocations|transfers)\b[^@;]{0,90}\bnot be accepted (?:after|from)~~@",
            "closed to all purchases~@",
            "right to (?:buy|purchase)~cease~@",
            (
                "(?:no longer accept|not accept|stop accepting|cease(?:s)? (?:to accept|accepting)|discontinue|"
                r"suspen\w+)~(?:purchase|premium|orders|subscriptions|sales|investments)~@"
            ),
            "closed to (?:purchases|all (?:purchases|investors))~@",
            (
                r"(?:cease|stop|discontinue)\w* (?:to sell|selling|offering|the sale of|sales of) (?:its |fund )?"
                r"shares\b(?! to new)~@"
            ),
            (
                "(?:accept|take|receive) no (?:new |further |more |additional )?(?:purchases?|orders|premiums?|"
                "payments|investments)~(?:after|from|as of)~~@"
            ),
            r"(?:after|from) ~~@,? (?:no one|nobody|no investor) (?:may|can) (?:buy|purchase)\b",
            r"\bshares\b~(?:not|no longer) be (?:sold|offered|issued) (?:after|from)\b~~@",
            "no orders (?:to buy|for)~(?:accepted|taken|filled)~(?:after|from|as of|since)~~@",
            "(?:after|from|as of|since) ~~@,? no (?:orders to buy|purchase)~(?:accepted|taken|filled)",
            (
                r"(?:orders to buy|purchases?|payments|transfers into)\b~(?:refused|rejected|turned away)~~"
                "(?:after|from|as of|since)~~@"
            ),
            r"(?:no longer|not) (?:accept|take)\b~payments\b~(?:after|from|as of)~~@",
            "no (?:\\w+ )?purchases?~(?:accepted|permitted|taken)~(?:after|from|as of)~~@",
            "(?:after|from|as of) ~~@,? neither fund will accept (?:orders to buy|purchase)",
        ),
        unless=(
            "new (?:investors|accounts|shareholders)|who are not|lifted effective @|creation (?:orders|units)|"
            "loan|systematic[^#;]{0,80}@"
        ),
        examples=(
            "purchase payments and transfers into the portfolios will not be accepted after the close of business on @",
            "effective as of the close of business on @, the fund will no longer accept purchase orders",
            "the fund will cease selling shares at the close of business on @",
            "no purchases will be accepted after the close of business on @",
            "after @ neither fund will accept orders to buy its shares",
            "target stopped selling shares to new customers on #, and will accept no purchases at all after @",
            "the subaccount will take no further payments after @",
            "no orders for shares of target have been filled since @",
            "since @ no orders to buy have been accepted",
            "from @, nobody can buy shares of the target",
            "shares of the target will no longer be offered after @",
            "transfers into the subaccount are rejected from @",
            "we will no longer accept payments into the target after the close of business on @",
        ),
        counters=(
            "payments on a loan will not be accepted after @",
            "purchases that were rejected by mistake on @ will be made up for",
        ),
    ),
    Rule(
        kind="closed to purchases",
        says=(r"#[^@;]{0,40}\bno (?:orders|purchases)\b[^@#;]{0,60}\b(?:accepted|taken|filled)\b~(?:after|from)~~@",),
        unless="no (?:orders|purchases)[^@]{0,60}new (?:investors|accounts|shareholders)|redeem|creation",
        examples=("target takes no new investors after #, and no orders will be filled, for anyone, after @",),
        counters=("no orders of new investors are taken after # and no creation orders are accepted after @",),
    ),
    Rule(
        kind="last exchange",
        says=(
            r"\b(?:may|can) (?:still )?exchange\b(?: \w+){0,3} (?:into|for|out of)\b[^@#;]{0,100}"
            r"\b(?:until|through|up to(?: and including)?)\b~~@",
            r"\bexchanges\b (?:between|into|out of|from)\b~(?:cease|end|stop)~~@",
        ),
        unless="stock exchange|orders to buy|in exchange|redeem|purchase|dividend",
        examples=(
            "until the merger holders can exchange their shares for those of another fund, through @",
            "exchanges into and out of the target will end on @",
        ),
        counters=(
            "shares can be bought on the stock exchange through @",
            "exchanges by telephone will end on @",
        ),
    ),
    Rule(
        kind="last exchange",
        says=(
            "@:?~last day[^@#;,]{0,60}exchange",
            "(?:last day|until|through|up to)~exchange~@",
            "exchanges?~(?:accepted|permitted|honored|made)~(?:until|through|up to|by)~~@",
        ),
        unless="stock exchange|orders to buy|in exchange",
        sure=False,
        examples=("exchanges out of the fund will be accepted through @",),
    ),
    Rule(
        kind="last exchange",
        says=(
            r"\b(?:last|final) day for (?:transfers|exchanges) (?:out|in|into|of|from)\b[^@#;]{0,50}: @",
            r"\bprivilege of exchanging\b[^@#;]{0,110}\bavailable (?:through|until) @",
        ),
        examples=(
            "last day for transfers out, 4:00 p.m. eastern time : @",
            "the privilege of exchanging shares of other funds for shares of the target will be available through @",
        ),
    ),
    Rule(
        kind="last redemption",
        says=(
            r"\bmay (?:still )?redeem\b[^@#;]{0,140}\b(?:before|until|through|up to)\b[^@#;]{0,70}@",
            r"\bfinal (?:dealing )?day to redee?m\b[^@#;]{0,60}: @",
            r"@[^\w@#;]{0,6}final (?:dealing )?day to redee?m\b",
        ),
        unless="dividend|sales charge|redemption fee|in kind|free of|checks?",
        examples=(
            "you may redeem your shares, or exchange them for shares of another fund, at any time before noon on @",
            "final day to redeem shares of the mutual fund : @",
            "@ - final day to redeem shares of the target",
        ),
        counters=("you may redeem shares without a redemption fee until @",),
    ),
    Rule(
        kind="last redemption",
        says=(
            "@:?~last day[^@#;,]{0,60}redeem",
            r"@[^@#;]{0,40}\b(?:last|final) (?:time|day|date|chance)\b[^@#;,]{0,60}\bredee?m",
            r"last (?:dealing )?day[^@#;,]{0,60}redee?m(?:ption)?\w*~~@",
            (
                "(?:redemption orders?|redemptions?|requests? to redeem|redeem(?:ed)?)~(?:honored|accepted|"
                "processed|made|received|permitted|placed)?~(?:until|through|up to|by|prior to|before)~~@"
            ),
        ),
        unless=r"at any time|dividend|sales charge|redemption fee|in kind|free of|exchange your|\bchecks?\b",
        examples=(
            "@ : last time at which orders to redeem shares of target, or to exchange out of it, are accepted",
            "redemption orders will be honored up to the close of business on @",
            "last day to redeem shares : @",
        ),
        counters=("you may transfer your contract value, or redeem it, free of charge until @",),
    ),
    Rule(
        kind="last redemption",
        says=("redeem~free of charge~~(?:until|through|up to|by)~~@",),
        unless="transfer|contract",
        sure=False,
        examples=("shareholders who do not wish to take part may redeem their shares free of charge until @",),
    ),
    Rule(
        kind="check writing ends",
        says=(r"check[- ]?(?:writing|redemption)\b~@", r"\bchecks?\b~written~(?:until|through)~~@"),
        examples=(
            "check-writing privileges will end on @",
            "checks may be written against accounts of target through @",
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
        examples=("transfers of the moved amount are free of charge until : @",),
    ),
    Rule(
        kind="free transfers begin",
        says=("(?:from|beginning|starting|on and after) ~~@~(?:transfer)~(?:without|free|no)~~(?:charge|fee)",),
        unless="(?:until|through|by|to) (?:the close of business on )?@",
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
            "not received~instructions~by @",
            r"(?:tell us|let us know|instruct us|hear from you)\b~(?:#~)?\b(?:by|before|no later than)~~@",
        ),
        unless=r"voting instructions|proxy|\bmeetings?\b",
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
        unless=r"class|\bshares\b|\ba new\b|\binterests\b|distributor",
        examples=("the adviser expects to start disposing of the fund's securities on or about @",),
    ),
    Rule(
        kind="transition begins",
        says=(
            (
                r"@,?~(?:sell|dispose of|liquidate|reposition) (?:\w+ ){0,3}(?:holdings|portfolio|securities|"
                "investments|assets)|@~(?:start to (?:turn|sell)|begin~(?:reposition|transition|liquidat|sell)|"
                "may (?:begin to )?depart from|convert(?:ing)? (?:its|their) (?:holdings|assets) (?:in)?to cash)"
            ),
            r"(?:transition|reposition\w+)~(?:begin|commence|start)~@",
        ),
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
        unless="sell(?:ing)? (?:their )?shares|class|not ",
        examples=(
            "starting on or about @, the manager will sell the securities of the target",
            "target will begin to sell stocks of larger companies on or about @",
            "beginning on or about @, the target’s portfolio may be repositioned",
        ),
        counters=("from @ the fund may not sell more than half of its holdings",),
    ),
)
"""Several may fit one clause."""
