"""The rules for shares on an exchange and for ETFs: trading, delisting, creation orders, accounts, fractions."""

from calfeed.filings.rule import Rule

EXCHANGE_RULES: tuple[Rule, ...] = (
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
            r"\b(?:last|final) (?:day|date)\b[^@#;]{0,60}\bbrokerage account\b[^@#;]{0,60}: @",
            r"@ : (?:by this (?:day|date)|(?:last|final) (?:day|date))\b~brokerage account",
        ),
        examples=(
            "last day on which shares can be moved into a brokerage account that can hold the etf : @",
            "@ : by this day your shares must be in a brokerage account that can hold the etf",
        ),
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
            "creation (?:units|orders)~(?:placed|submitted|received|ordered)~(?:by|before|no later than)~~@",
            "(?:no(?: new)?|not) (?:\\w+ ){0,3}creation (?:units|orders|baskets)~after~~@",
        ),
        examples=("@ : authorized participants can place orders for creation units for the last time",),
    ),
)
"""Several may fit one clause."""
