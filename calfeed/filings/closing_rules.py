"""The rules for what ends a plan, and for trading and changes around it: closing, liquidation, names."""

from calfeed.filings.rule import Rule

CLOSING_RULES: tuple[Rule, ...] = (
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
            (
                "MERGER~(?:is|are|was|were|will|would|to)~HAPPENS (?:before|after|at|as of) the "
                r"(?:open\w*|start|clos\w+|end)\b[^@#;]{0,70}@"
            ),
            r"^@[^@#;]{0,80}\b(?:the|each) MERGER (?:takes? place|occurs?|is completed|is effective|becomes effective)",
            r"\bto close(?: on| by| in)? : ~~@",
            (
                r"(?:effective|as of|on|after) ~~@,?(?:(?!BOARD|DECIDES|\bplan\b|\bmeeting)[^#@;]){0,80}"
                r"\b(?:will|would) (?:be (?:merged|reorganized|combined|acquired)|merge) [^#@;]{0,60}"
                r"\b(?:into|with|by)\b"
            ),
            r"\bwhen (?:will|would|is|does) ~MERGER[^@#;?]{0,60}\? ~@",
            "(?:as of|on|after|effective)~~@,? (?:the )?target was (?:reorganized|merged|combined)~into",
            (
                "MERGER~~(?:is|was|are|has been|have been) (?:now |then )?(?:scheduled|planned|set|proposed|expected) "
                "for ~~@"
            ),
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
            (
                r"\bthe (?:exchange|acquisition|transfer)s? (?:is|are) (?:now )?(?:expected|scheduled|anticipated) to "
                "(?:occur|take place|be completed|be made|close)~~@"
            ),
            "MERGER~~(?:on or about|as of|on|after|before|effective|in|during)~~@$",
            "MERGER~(?:was|were) completed~~@",
            "transaction will close~~@",
            "exchange of assets~made on @",
            "transfers (?:are|is) expected to be made~~@",
            "(?:reorganization|merger) date : ~~@",
            (
                "(?:will|would|(?:proposed|expected|scheduled|planned|due|going) to) (?:merge|be (?:merged|combined|"
                "reorganized|acquired|absorbed)) (?:with and )?(?:into|with|by) ~~(?:on|after|as of|at|effective)~~@"
            ),
        ),
        unless=(
            "net asset values?~@|valu(?:es|ation)~~@|proxy~MAIL~@|registration statement|n-14|dividend|BOARD~"
            "DECIDES~~@|special meeting~~@|record date|prospectus(?:es)? dated @|name~change|benchmark|"
            "sub-?advis|clos(?:ed?|ing) to new~@|liquidation date|announced~~@~MERGER|"
            r"\bmeetings?\b[^@#;]{0,60}\b(?:at which|to vote|to consider|to approve)\b~@"
        ),
        examples=(
            "if it is approved at a special meeting to be held on #, the exchange is expected to occur on or about @",
            (
                "if the vote is favorable, the reorganization is expected to take place after the close of "
                "business on or about @"
            ),
            "on the day the transaction takes place, which is planned to be on or about @",
            "the funds that are proposed to be merged into their corresponding continuing funds on or about @",
            "if approved, the mergers are expected to be completed in @",
            "the merger is scheduled for the close of business on @",
            "now expected to close on : on or about @",
            "effective at the close of business on @, the fund named target will be merged into another fund, acquirer",
            "when will the reorganization take place? if shareholders say yes: on or about @, after the close.",
            "as of the close of business on @, target was reorganized into acquirer",
            "the closing of the merger has been moved from # to @",
            "the transfers are expected to be made as of the close of business on @",
            "provided that approval is given, the merger is proposed to occur on or about @",
            "it is expected to close before the open of business on @",
            "the merger is to become effective after the close of trading on the new york stock exchange on @",
            "@ after the close of trading the reorganization takes place",
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
        kind="closing",
        says=(r"(?:receive|become \w+ of|given)~shares of (?:acquirer|fund)\b~~@",),
        unless="BOARD|prospectus|dividend|price of",
        sure=False,
        examples=("holders of target at the close of that day will receive shares of acquirer on @",),
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
            "BOARD~(?:will|may) (?:consider|discuss|review)|"
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
                r"(?:proceeds|(?:liquidating|final liquidation) distributions?|\bcash)~(?:paid|distributed|"
                r"reach\w*|sent|made|payable)~@"
            ),
            "@~(?:cash reaches|proceeds~(?:paid|distributed|sent))",
            r"\b(?:sent|paid|receive) (?:the|their) proceeds\b~~@",
        ),
        unless="dividend|capital gain|income distribution|holders of record",
        examples=(
            "not later than @ : the cash reaches the brokerage accounts of shareholders",
            "shareholders will be sent the proceeds, by check or wire, on or about @",
        ),
        counters=("its monthly distributions will be payable on #, # and @",),
    ),
    Rule(
        kind="substitution",
        says=(
            r"\bsubstitutions? for ~~@",
            "substitution~(?:expected|take place|occur|effective|carried out|date|on or about|on)~~@",
        ),
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
            r"^@ :? ?conversion\b",
            r"^conversion(?: date)? : @",
            r"\bthe conversion (?:will|is (?:currently |now )?(?:expected|anticipated|scheduled) to) "
            r"(?:occur|take place|be completed|become effective)~~@",
        ),
        unless="class",
        examples=(
            "@ conversion, after the close of trading on the exchange",
            "it is currently anticipated that the conversion will occur after the close of trading on the nyse on @",
        ),
    ),
    Rule(
        kind="conversion",
        says=(
            "conversion date~~(?:is|:)~~@",
            "(?:the|its|their|each) conversion~(?:expected|scheduled|planned|proposed)~HAPPENS~~@",
            "^@[^@#;]{0,80}the conversion (?:takes place|occurs|is completed|is effective|becomes effective)",
        ),
        unless="BOARD~DECIDES|class",
        examples=(
            "conversion date : @",
            "the conversion is expected to take place after the close of business on @",
            "@ : after the close the conversion is completed",
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
            r"@ (?:will|would) (?:\w+ )?be the last day~\btrade",
            r"\btrade\b~for the last time~~@",
            "traded? for the last time~~@",
            "@~last day of trading",
            "(?:cease|stop)~trading~@",
            "trading~(?:cease|end|halt|suspend)~@",
            r"\b(?:trade|traded)\b~(?:until|through)~~@",
        ),
        unless="first day|begin trading|(?:before|prior to) the (?:open|market opens)|trading (?:opens|begins)",
        examples=(
            "it is expected that @ will also be the last day on which the target’s common shares trade",
            "common shares are expected to trade on the exchange for the last time on @",
            "@ : last day of trading in the shares of the funds",
            "shares of the fund will continue to trade on nasdaq until the close of trading on @",
            "last trade date : @",
            "the common shares of target will be traded for the last time on @",
        ),
    ),
    Rule(
        kind="first trading day",
        says=(
            r"\b(?:etf|exchange-traded fund)\b[^@#;]{0,40}\b(?:opens?|begins?|starts?|commences?) (?:for )?trading\b"
            r"[^@#;]{0,80}(?:\bon |: )@",
            r"\b(?:etf|exchange-traded fund)\b~\b(?:begin|start|commence) trading\b~~@",
        ),
        examples=(
            "the etf opens for trading on nyse arca under the symbol scmn : @",
            "shares of the etf are expected to begin trading on the exchange on @",
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
            r"\b(?:taken|struck) (?:off|from) the~\bexchanges?\b~~@",
            "@~(?:delist|removed from listing)(?![^@#;]{0,40}#)",
            "suspension date : ~~@",
        ),
        unless="(?:delisted|removed from listing) (?:thereafter|afterwards|later|the next|on the following)",
        examples=(
            "@ : before the open, the shares are removed from listing",
            "the shares are struck from the list of the exchange before trading on @",
        ),
        counters=(
            "shares were traded until @ and were delisted on #",
            "shares are expected to trade for the last time on @ and will be removed from listing thereafter",
            "the fund was taken off the watch list on @",
        ),
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
            r"no longer be sub-?advised\b~@",
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
