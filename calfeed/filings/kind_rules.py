"""The rules that give a date its kind."""

from calfeed.filings.rule import Rule

KIND_RULES: tuple[Rule, ...] = (
    Rule(
        kind="board approval",
        says=(
            "BOARD~DECIDES~(?:on|at|held|effective)~~@",
            "BOARD~(?:meetings?|session)~~@~DECIDES",
            "(?:on|held|meetings?(?: held)?(?: on)?) ~~@,?~BOARD~DECIDES",
            "meetings? (?:held|that ended) on ~~@,~~BOARD~DECIDES",
            "BOARD~voted on @",
            "BOARD~~on @,? ~DECIDES",
            r"\bboard approval(?: date)? : ~~@",
            r"\bapproved by the BOARD~@",
            "at (?:its|their|a|the) @ (?:regular |special )?meetings?,?~BOARD~DECIDES",
            "BOARD~(?:took|made|reached) (?:this|that|the|its) decision~on @",
            "took (?:this|that|the) decision at (?:its|a|their) meeting (?:of|on) @",
            "BOARD~DECIDES[^@#;]{0,60}, as of @",
        ),
        unless=(
            "not to proceed|not (?:to )?go ahead|abandon|rescind|withdraw|cancel|postpone|"
            "terminated? the (?:agreement|plan)|will consider|may consider|dividend|declar|elect(?:ed|"
            "ion of)|next regular|shareholders? approved|stockholders approved|sub-?advisory|auditor"
        ),
        examples=(
            ("the board of trustees of trust (trust), at a meeting held on @, considered and approved an agreement"),
            "on @, the board of trustees of the trust approved proposals",
            "at a regular meeting on @, the board of trustees of the trust approved proposals",
            "at its @ meeting, the board of directors approved the acquisition of all the assets of target by acquirer",
            "the trustees took this decision on @",
            "the boards of trustees of trust and trust have approved the following mergers, as of @",
            "it took the decision at its meeting of @",
            "the board of trustees of trust voted on @, and the board of trustees of trust voted on #",
            "the board has approved, effective @, the following proposed reorganizations",
            ("the board of trustees approved the reorganization unanimously on @ and still recommends that you vote"),
        ),
        counters=(
            "at a meeting held on @, the board determined not to proceed with the reorganization",
            "the board will consider what else may be done at its next regular meeting, on @",
        ),
    ),
    Rule(
        kind="agreement signed",
        says=(
            "agreement(?: and plan)?~(?:dated(?: as of)?|signed|entered into|executed)~~@",
            "entered into an agreement~on @",
        ),
        unless="prospectus|supplement|advisory|underwriting",
        sure=False,
        examples=("under an agreement and plan of reorganization dated as of @",),
    ),
    Rule(
        kind="n-14 filing",
        says=("(?:form n-14|registration statement)[^@#]{0,160}(?:filed|file|filing)~~@",),
        unless="become effective~@|declared effective|shelf",
        examples=(
            ("a registration statement on form n-14 has yet to be filed; it is expected to be filed on or about @"),
            "the registration statement on form n-14 that trust filed on @ is being withdrawn",
        ),
    ),
    Rule(
        kind="n-14 effectiveness",
        says=(
            "(?:form n-14|registration statement)~(?:become|becomes|became|be|declared) effective~~@",
            "become effective~~@~~rule 488",
        ),
        unless="shelf|n-2",
        examples=(
            ("a registration statement on form n-14 will be filed and is expected to become effective on or about @"),
        ),
    ),
    Rule(
        kind="sec order",
        says=(
            r"(?:sec|securities and exchange commission|commission)\b~(?:order|exempti)~@",
            r"\border~(?:granted|issued)~~@",
        ),
        unless="n-14|registration statement",
        sure=False,
        examples=("the sec issued the order on @",),
    ),
    Rule(
        kind="record date",
        says=(
            r"HOLDERS~(?:of record|hold|own|owned|who held|shares held)\b~@[^#;]{0,160}?VOTE",
            "HOLDERS~of record~~@",
            "HOLDERS with~~value~~on @~instruct",
            (
                "record date(?: for (?:the )?(?:special )?(?:meetings?|vote|voting))?,? (?:is|was|remains|of|"
                "has been|will be|as|:|,)~~@"
            ),
            "(?:fixed|set|established)~@~record date",
            "(?:hold|own) shares (?:at|on|as of)~~@~(?:entitled to )?vote",
            "record date : ~~@",
            "record date,? @",
            "@,? (?:has been|was) (?:fixed|set)~record date",
            "entitled to~VOTE~(?:on|as of|at)~~@~record date",
            "VOTE~(?:of record|shares held) (?:on|as of|at)~~@",
        ),
        unless="dividend|distribution|payable|capital gain|shareholders? approved",
        examples=(
            (
                "persons who own shares of target at the close of business on @ (the record date) will be "
                "entitled to notice of, and to vote at, the meeting"
            ),
            (
                "holders of a target of record at the close of business on @ will be asked to vote on the "
                "proposal at a special meeting"
            ),
            "the board has fixed the close of business on @ as the record date for the voting",
            "only holders of record on @ may vote",
            "separate accounts that hold shares on @ are entitled to vote at a special meeting",
            "the record date for the meeting remains @",
            "owners with contract value in the subaccount on @ may give voting instructions",
            ("shareholders of record of a target as of @ are scheduled to vote on the proposal at a special meeting"),
        ),
        counters=("it will be payable on # to holders of record on @, as a regular quarterly income distribution",),
    ),
    Rule(
        kind="information statement mailing",
        says=(
            "information statements?~MAIL~~@",
            "MAIL~information statement~@",
            "@~MAIL~information statement",
        ),
        examples=("they will instead receive an information statement, which is to be sent on or about @",),
    ),
    Rule(
        kind="proxy mailing",
        says=(
            "PROXY~MAIL~~@",
            "MAIL~PROXY~@",
            r"(?:prospectus|materials)~MAIL(?: \w+){0,4} (?:on or about|on|about|beginning|during|in|by)? ?@",
            r"\b(?:was|be|were) mailed~~@",
            r"\b(?:get|receive) prox~~@",
            r"\bproxy (?:statement|materials)~reach you~~@",
            "(?:on or about|on|beginning) @,?~MAIL~PROXY",
            "mailing(?: date)?(?: of~)? : ~~@",
        ),
        unless=(
            "information statement|dated~~@$|prospectus dated @|confirmation|tax form|votes? (?:by|must)|"
            "must be received"
        ),
        examples=(
            (
                "a combined proxy statement and prospectus describing the plan in detail is expected to be "
                "mailed to those persons on or about @"
            ),
            "proxy materials and forms for voting instructions will be sent on or about @",
            "proxy materials will go out on or about @",
            "the proxy statement should reach you around @",
            "it is anticipated that a proxy statement/prospectus will be mailed during the week of @",
            ("shareholders of record of a target will be mailed information detailing the proposal on or about @"),
        ),
        counters=("the proxy statement was dated @ and was mailed on or about #",),
    ),
    Rule(
        kind="voting deadline",
        says=(
            (
                "(?:votes?|prox(?:y|ies)(?: cards?)?|voting instructions?|instructions|ballots)~(?:received|"
                "returned|cast|submitted|arrive|reach)~@"
            ),
            "(?:last day|deadline)~(?:vote|proxies|voting instructions)~@",
            "(?:voting|prox)[^@;]{0,110};? (?:they|these|it|cards) (?:must|should|need to)~"
            "(?:reach|received|returned|arrive)~@",
        ),
        unless="allocation|premium|reach you",
        examples=(
            "votes by telephone and through the website must be received by @",
            "we will mail voting instruction cards on or about #; they must reach us no later than @",
        ),
    ),
    Rule(
        kind="special meeting",
        says=(
            (
                "(?:special|joint|adjourned|reconvened|shareholder|shareholders’|shareholders'|"
                "extraordinary(?: general)?) meetings?~(?:held|scheduled|called|convened|take place|set|"
                "adjourned|postponed|reconvened)~~@"
            ),
            "meetings?(?: of [^@#;,]{0,90})?,? (?:on|for|:) ~~@",
            ("meetings? of (?:the )?(?:share|stock|unit)?holders~(?:held|scheduled|called|convened|take place|set)~~@"),
            "(?:reconvened?|first convened|be reconvened|be held) ~~on @",
            "meetings?~~(?:to be|will be|was|were|is to be|are to be) held~~@",
            "the meeting set for @",
            "(?:gave their consent|approved~|voted) at (?:a )?(?:special )?meetings? (?:held )?on @",
            "(?:special )?meeting(?: date)? : ~~@",
            ("meeting~~(?:is|was|will be|has been) (?:now )?(?:scheduled|set|called|held|adjourned|postponed)~~@"),
        ),
        unless=(
            r"\bboard~~meetings?~~@|meetings? of the board~~@|annual meeting|trustees~~meeting~~held~~@,?~"
            "DECIDES~agreement|votes?~must be received"
        ),
        examples=(
            (
                "a special meeting of shareholders of target is scheduled to be held on @, at the trust's "
                "principal office"
            ),
            "a joint special meeting of the three targets is scheduled for @",
            "special meetings of stockholders of the two funds named above were held on @",
            "the merger is subject to the approval of shareholders at a meeting to be held on or about @",
            "at the special meeting held on @, shareholders of both targets approved their reorganizations",
            "a special meeting of shareholders of the fund has been called for @",
            "will next be reconvened on @, at the same place",
            "shareholders of both merging funds gave their consent at meetings on @",
        ),
        counters=(
            "its annual meeting will be held on @ as previously announced",
            "at a meeting of the board held on @ the trustees approved",
        ),
    ),
    Rule(
        kind="special meeting",
        says=("annual meetings?~(?:held|scheduled|on|for)~~@",),
        sure=False,
        examples=("the annual meeting at which shareholders will vote is to be held on @",),
    ),
    Rule(
        kind="regulatory approval",
        says=(
            "approved by (?:the )?(?:REGULATOR)~~on @",
            "REGULATOR~(?:approved|authori[sz]ed|consented to|sanctioned)~on @",
            "on @,? (?:the )?REGULATOR~(?:approved|authori[sz]ed|consented to|sanctioned)",
        ),
        unless="BOARD",
        examples=(
            "the merger was approved by the central bank of ireland on @",
            "the financial conduct authority approved the scheme on @",
        ),
        counters=("the merger must be approved by the central bank; the meeting is on @",),
    ),
    Rule(
        kind="approval obtained",
        says=(
            "(?:share|stock|unit)?holders~approved~(?:reorgani|merger|proposal|plan)~on @",
            "on @,?~(?:share|stock)holders~approved",
        ),
        unless="meetings? (?:held )?(?:on )?@|BOARD",
        sure=False,
        examples=("shareholders of target approved the merger on @",),
    ),
    Rule(
        kind="closed to new investors",
        says=(
            "clos(?:es|ed|e|ing)~~to (?:new|all new)~~(?:investors?|accounts|shareholders|investments)?~~@",
            "(?:offered|open|available|sold|sales?) to new~@",
            ("@,?~(?:no longer|not|will stop|opens no|closed to|closes to)~new (?:investors?|accounts|shareholders)"),
            "no (?:new )?accounts for new investors~@",
            (
                "new (?:investors?|accounts?|shareholders?)~(?:stop|end|ended|cease|not be (?:accepted|opened|"
                "permitted))~@"
            ),
            "subscription of new accounts~ended~@",
            "(?:stop|cease|discontinue)\\w*~(?:selling|sales|offer)\\w*~new (?:customers|investors|accounts|clients)~@",
            "new accounts?~(?:be )?opened~(?:until|through) @",
            (
                "(?:not|no longer) (?:accept|take|permit|be sold|be offered|sell|offer)\\w*~new (?:investors?|accounts?|"
                "shareholders?)~(?:after|from|on|as of|beginning)~~@"
            ),
        ),
        unless="reopen|new shares of|participants of retirement plans that held~@|existing shareholders~@",
        examples=(
            "the targets will be closed to new investors at the close of business on @",
            "target stopped selling shares to new customers on @, and will accept no purchases at all after #",
            "new accounts can only be opened until @",
            "shares of target will cease to be offered to new shareholders after the close of business on @",
            "from @, target opens no accounts for new investors",
            "target will not accept purchases by new investors after the close of business on @",
            "for target, sales to new shareholders will stop, as announced, after the close of business on @",
            "the subscription of new accounts in both funds ended at the close of business on @",
        ),
        counters=("the fund reopened to new investors on @",),
    ),
    Rule(
        kind="last purchase",
        says=(
            (
                "(?:orders? to buy|purchases?|orders of present shareholders|subscriptions?)~(?:taken|accepted|"
                "permitted|made|honored|received)~~(?:until|through|by|up to)~~@"
            ),
            "(?:add to (?:them|their|your)|make additional (?:investments|purchases))~(?:until|through)~~@",
            "(?:may|can) (?:continue to |still )?(?:buy|purchase|invest)\\b~(?:until|through|up to)~~@",
            "(?:last|final) day on which~~(?:bought|purchased)~@",
            "@:?~last day[^@#;,]{0,60}(?:bought|purchase[ds]?|buy)",
            "@:?~last purchase",
            "after~~@,?~(?:orders? to (?:buy|purchase)|purchase orders?|purchases)~(?:no longer|not)",
            (
                "last (?:dealing )?day~(?:to (?:buy|purchase)|of purchases|for purchases|subscriptions?(?: orders)? (?:are|"
                "will be) (?:accepted|taken|dealt))~@"
            ),
        ),
        unless="redemption orders~~@|exchange-traded",
        examples=(
            "purchases by existing shareholders, including dividend reinvestment, will be taken until @",
            (
                "after 4:00 p.m. eastern time on @, orders to buy shares of the fund or to exchange into it "
                "will no longer be accepted"
            ),
            "orders of present shareholders are taken through @",
            "last day to purchase shares : @",
            "existing shareholders may continue to buy shares until @",
            "the last dealing day on which subscriptions are accepted is @",
        ),
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
            "closed to all purchases~@",
            "right to (?:buy|purchase)~cease~@",
            (
                "(?:no longer accept|not accept|stop accepting|cease(?:s)? (?:to accept|accepting)|discontinue|"
                r"suspen\w+)~(?:purchase|premium|orders|subscriptions|sales|investments)~@"
            ),
            "closed to (?:purchases|all (?:purchases|investors))~@",
            "accept no (?:purchases|orders|premium|investments)~(?:after|from|as of) @",
        ),
        unless="new (?:investors|accounts|shareholders)|lifted effective @|creation (?:orders|units)",
        examples=(
            "effective as of the close of business on @, the fund will no longer accept purchase orders",
            "target stopped selling shares to new customers on #, and will accept no purchases at all after @",
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
        kind="last redemption",
        says=(
            "@:?~last day[^@#;,]{0,60}redeem",
            r"last (?:dealing )?day[^@#;,]{0,60}redee?m(?:ption)?\w*~~@",
            (
                "(?:redemption orders?|redemptions?|requests? to redeem|redeem(?:ed)?)~(?:honored|accepted|"
                "processed|made|received|permitted|placed)?~(?:until|through|up to|by|prior to|before)~~@"
            ),
        ),
        unless="dividend|sales charge|redemption fee|in kind|free of|exchange your",
        examples=(
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
        says=("check-?writing~@",),
        examples=("check-writing privileges will end on @",),
    ),
    Rule(
        kind="sales charge waiver",
        says=(
            (
                r"(?:sales charges?|cdsc|12b-1|distribution (?:and service )?fees?|redemption fees?)~(?:waiv\w+|"
                r"suspend\w*|not be (?:charged|imposed|assessed)|eliminat\w+)~@"
            ),
            (
                "@,?~(?:sales charges?|cdsc|12b-1|redemption fees?)~(?:waiv|suspend|not be (?:charged|imposed|"
                "assessed)|eliminat)"
            ),
        ),
        examples=(
            (
                "effective @, any contingent deferred sales charge that would otherwise be due on a "
                "redemption of target shares will be waived"
            ),
        ),
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
            "(?:until|through|to|by) ~~@~transfer~(?:without|free|no)~(?:charge|fee|limit)",
        ),
        sure=False,
        examples=("you may transfer your contract value without charge until @",),
    ),
    Rule(
        kind="instruction deadline",
        says=(
            r"\binstructions\b~(?:received|changed?|by|before|prior to|give us|have them)~~@",
            "not received~instructions~by @",
        ),
        unless="voting instructions|proxy",
        sure=False,
        examples=("if we have not received instructions by @ we will transfer your value",),
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
            (
                r"@,?~(?:sell|dispose of|liquidate|reposition) (?:\w+ ){0,3}(?:holdings|portfolio|securities|investments|"
                "assets)|@~(?:start to (?:turn|sell)|begin~(?:reposition|transition|liquidat|sell)|"
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
        kind="fractional redemption",
        says=(
            r"@:?~fraction\w*~(?:redeem|cash|sold)",
            r"fraction\w*~(?:redeem|cash|sold)\w*~@",
        ),
        examples=("@: fractional shares are redeemed for cash",),
    ),
    Rule(
        kind="brokerage account deadline",
        says=(
            "@:?~brokerage account",
            "brokerage account~(?:by|before|until|no later than)~~@",
            "not have (?:one|such an account)~by @",
        ),
        unless="cash reaches|proceeds",
        sure=False,
        examples=("@: last day for shareholders who hold directly to move their shares to a brokerage account",),
    ),
    Rule(
        kind="creation orders end",
        says=(
            "@~(?:creation (?:units|orders))~last",
            "(?:last|final|no longer|cease|stop)~creation (?:units|orders|baskets)~@",
            "creation (?:units|orders)~(?:until|through|last|no longer|cease)~@",
            "(?:no(?: new)?|not) (?:\\w+ ){0,3}creation (?:units|orders|baskets)~after~~@",
        ),
        examples=("@ : authorized participants can place orders for creation units for the last time",),
    ),
    Rule(
        kind="dividend ex-date",
        says=("ex-?(?:dividend)?[- ]?date~~@",),
        sure=False,
        examples=("the ex-date is not @",),
    ),
    Rule(
        kind="dividend record date",
        says=(
            "(?:dividend|distribution|payable|capital gain)~#?~HOLDERS~of record~~@",
            "(?:dividend|distribution)~#?[^@;]{0,60}record~~@",
        ),
        unless="special meeting",
        examples=(
            "it will be payable on # to holders of record on @, as a regular quarterly income distribution",
            (
                "each fund will make its regular quarterly income distribution: it will be payable on # to "
                "holders of record on @"
            ),
        ),
    ),
    Rule(
        kind="dividend payment",
        says=(
            (
                r"(?:dividend|distribution|capital gain)\w*~(?:payable|paid|pay)(?: \w+)? (?:on|about|"
                "by)? ?(?:or about )?@"
            ),
            "payable on @",
            r"\bpay~(?:dividend|distribution)~on @",
        ),
        unless="liquidat|proceeds",
        examples=(
            (
                "each fund will make its regular quarterly income distribution: it will be payable on @ to "
                "holders of record on #"
            ),
        ),
    ),
    Rule(
        kind="valuation",
        says=(
            ("(?:net asset values?|nav|valu(?:es|ed|ation))~(?:determined|calculated|computed|as of|struck|used)~@"),
            "exchange ratios?~(?:determined|calculated|computed|fixed|set)~@",
            "valuation (?:date|time|day)~~@",
        ),
        unless="payable",
        examples=(
            (
                "the merger is now expected to occur on or about #, at net asset values determined as of "
                "the close of regular trading on the new york stock exchange on or about @"
            ),
            "the values used for the exchange will be those determined as of the close of business on @",
            "the exchange ratio will be determined on or about @",
        ),
    ),
    Rule(
        kind="closing",
        says=(
            (
                "MERGER~(?:expected|proposed|scheduled|anticipated|planned|intended|will|would|is|to|are|was|"
                "has been|had been|should)~HAPPENS~~@"
            ),
            (
                r"\bclosings?(?: date)?(?: of~)?~~(?:is|be|was|scheduled|expected|for|on|:|planned|anticipated|"
                "to)~~@"
            ),
            "closing date : ~~@",
            "(?:as of|on|after|effective)~~@,? (?:the )?target was (?:reorganized|merged|combined)~into",
            "MERGER~~(?:is|was|are|has been|have been) (?:now )?(?:scheduled|planned|set|proposed|expected) for ~~@",
            r"MERGER~\b(?:changed|moved|postponed|rescheduled|delayed|advanced)\b from #~(?:to|until) ~~@",
            r"@ ?\((?:the |each, an? |an? )?[\"“]?(?:closing|merger|reorganization|exchange) date",
            (
                "(?:date|day) (?:of the reorganization|(?:on which )?the (?:transaction|reorganization|"
                "merger) (?:takes place|occurs|closes)), which is (?:proposed|planned|expected)~@"
            ),
            (
                r"\b(?:it|which|they|each) (?:is|are) (?:now |still |currently )?(?:expected|scheduled|"
                "anticipated|proposed) to (?:close|be completed|be consummated|take place|occur)~~@"
            ),
            (
                r"MERGER[^@;]{0,200}\b(?:expected|scheduled|anticipated|proposed|planned) to (?:be completed|"
                "close|occur|take place|be consummated|become effective|be effective)~@"
            ),
            r"\bit will (?:be effective|take effect|close|take place|occur)~~@",
            "MERGER~~(?:on or about|as of|on|after|before|effective|in|during)~~@$",
            "MERGER~(?:was|were) completed~~@",
            "transaction will close~~@",
            "exchange of assets~made on @",
            "(?:reorganization|merger) date : ~~@",
            (
                "(?:will|would|(?:proposed|expected|scheduled|planned|due|going) to) (?:merge|be (?:merged|combined|"
                "reorganized|acquired|absorbed)) (?:with and )?(?:into|with|by) ~~(?:on|after|as of|at|effective)~~@"
            ),
        ),
        unless=(
            "net asset values?~@|valu(?:es|ation)~~@|proxy~MAIL~@|registration statement|n-14|dividend|BOARD~"
            "DECIDES~~@|special meeting~~@|record date|prospectus(?:es)? dated @|name~change|benchmark|"
            "sub-?advis|clos(?:ed?|ing) to new~@|liquidation date|announced~~@~MERGER"
        ),
        examples=(
            (
                "if the vote is favorable, the reorganization is expected to take place after the close of "
                "business on or about @"
            ),
            "on the day the transaction takes place, which is planned to be on or about @",
            "the funds that are proposed to be merged into their corresponding continuing funds on or about @",
            "if approved, the mergers are expected to be completed in @",
            "the merger is scheduled for the close of business on @",
            "as of the close of business on @, target was reorganized into acquirer",
            "the closing of the merger has been moved from # to @",
            "provided that approval is given, the merger is proposed to occur on or about @",
            "it is expected to close before the open of business on @",
            (
                "shares equal in value as of the date of the reorganization, which is proposed to take "
                "place on or about @"
            ),
            (
                "the exchange of assets and shares is expected to be made on @, with effect from the close "
                "of business on that day"
            ),
        ),
        counters=("the values used in the merger will be the net asset values determined as of @",),
    ),
    Rule(
        kind="closing",
        says=(
            r"MERGER~(?:#~)?\b(?:put off|postponed|deferred|delayed|rescheduled|moved)\b (?:again )?"
            "(?:from #~)?(?:to|until) ~~@",
        ),
        unless="meeting~@",
        sure=False,
        examples=("the merger was first to have occurred on or about #, and was later put off to @",),
        counters=("the special meeting on the merger has been postponed until @",),
    ),
    Rule(
        kind="liquidation",
        says=(
            "LIQUIDATE~(?:on or about|on|as of|at|effective|by|after|expected|scheduled|:)~~@",
            "liquidation date~~(?:is|be|on|:|of)?~~@",
            r"@ ?\((?:the )?[\"“]?liquidation date",
            "(?:on or about|on|effective) @,?~LIQUIDATE",
        ),
        unless=(
            "liquidation date is not|removed from listing|BOARD~DECIDES~~@|BOARD~~@~DECIDES|@,?~BOARD~DECIDES|"
            "cash reaches|"
            "proceeds~(?:paid|distributed)~@|between that day|paid in liquidation|@ : |transferring|"
            "conveying|reorganization"
        ),
        examples=(
            "the fund will be liquidated on or about @",
            "liquidation date : on or about @",
        ),
        counters=("at its meeting on @, the board resolved to close and liquidate the fund",),
    ),
    Rule(
        kind="proceeds payment",
        says=(
            (
                r"(?:proceeds|(?:liquidating|final liquidation) distributions?|\bcash)~(?:paid|distributed|reach\w*|sent|"
                "made|payable)~@"
            ),
            "@~(?:cash reaches|proceeds~(?:paid|distributed|sent))",
        ),
        unless="dividend|capital gain|income distribution|holders of record",
        examples=("not later than @ : the cash reaches the brokerage accounts of shareholders",),
        counters=("its monthly distributions will be payable on #, # and @",),
    ),
    Rule(
        kind="substitution",
        says=("substitution~(?:expected|take place|occur|effective|carried out|date|on or about|on)~~@",),
        unless="order~(?:granted|issued) on @|free of charge|before the substitution",
        examples=(
            "the substitution is expected to take place on or about @",
            "if the order is granted, we expect the substitution to take place on or about @",
        ),
        counters=("the order that permits the substitution was granted on @",),
    ),
    Rule(
        kind="conversion",
        says=(
            "conversion date~~(?:is|:)~~@",
            "(?:the|its|their|each) conversion~(?:expected|scheduled|planned|proposed)~HAPPENS~~@",
        ),
        unless="BOARD~DECIDES|class",
        examples=(
            "conversion date : @",
            "the conversion is expected to take place after the close of business on @",
        ),
        counters=("the conversion of class b shares into class a shares is expected to occur on @",),
    ),
    Rule(
        kind="conversion",
        says=(
            r"\bconver(?:sion|t|ted)\b~(?:expected|take place|occur|effective|completed|on or about|on)~~@",
            r"@,?:?~~\bconver(?:sion|ted)\b",
        ),
        unless="BOARD~DECIDES|to cash|sales charge|mailed",
        sure=False,
        examples=("the conversion is expected to occur on or about @",),
    ),
    Rule(
        kind="last trading day",
        says=(
            "last (?:day of )?trad(?:e|ing)(?: day| date)?~@",
            "trade for the last time~~@",
            "@~last day of trading",
            "(?:cease|stop)~trading~@",
            "trading~(?:cease|end|halt|suspend)~@",
        ),
        unless="first day|begin trading",
        examples=(
            "@ : last day of trading in the shares of the funds",
            "last trade date : @",
        ),
    ),
    Rule(
        kind="first trading day",
        says=(
            r"(?:begin|commence|start)\w*~trading~@",
            "first (?:day of )?trading~@",
            r"@:?~(?:begin|commence)\w*~trad(?:e|ing)",
        ),
        sure=False,
        examples=("shares of the etf will begin trading on the exchange on @",),
    ),
    Rule(
        kind="delisting",
        says=(
            r"(?:delist\w*|removed from listing|removal from listing)~@",
            "@~(?:delist|removed from listing)",
            "suspension date : ~~@",
        ),
        examples=("@ : before the open, the shares are removed from listing",),
    ),
    Rule(
        kind="tender offer expiration",
        says=(r"tender offer~(?:expir\w+|end)~@",),
        sure=False,
        examples=("the tender offer will expire on @",),
    ),
    Rule(
        kind="order forwarding ends",
        says=("orders~(?:received|treated|forwarded)~(?:until|through|within)~~@",),
        unless="redemption|buy|purchase",
        sure=False,
        examples=("orders received for the target will be forwarded through @",),
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
        unless="formerly|MAIL",
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
        ),
        unless="since @|expects to|PROXY|BOARD~DECIDES",
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
