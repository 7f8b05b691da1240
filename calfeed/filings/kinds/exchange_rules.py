"""The rules for shares on an exchange and for ETFs: trading, delisting, orders, accounts, fractions, offers."""

from calfeed.filings.kinds.frames import LAST_TIME, REPORTED, from_day, last_day, until_day
from calfeed.filings.kinds.rule import Rule

_FRACTIONS = r"\b(?:(?:fraction(?:s|al)?|partial)(?: \w+){0,2} ?(?:shares?|interests?|units?)|fractions)\b"
_CASHED = r"\b(?:redeem\w*|redemptions?|cash|sold|bought back|liquidated|paid)\b"
_BROKERAGE = (
    r"\b(?:brokerage account|(?:to|at|with) a broker(?:age firm|-dealer)?\b|account (?:that|which|"
    r"capable)[^@#;]{0,40}\betf)"
)
_CREATIONS = (
    r"\b(?:creation (?:units?|orders?|baskets?|transactions?)|orders? to create|creat(?:ion|e|"
    r"ing) (?:of )?(?:new )?(?:fund |target )?shares|create (?:new )?shares|"
    r"creations?\b(?! of))"
)
""""Creation units", "orders to create shares"."""
_NO_MORE = (
    r"\b(?:last|final|no longer|not|no|cease[ds]?|stop\w*|suspend\w*|halt\w*|closed?|end(?:s|ed)?|discontinued?)\b"
)
_TRADES = (
    r"(?<!close of )(?<!end of )(?<!start of )\b(?:trad(?:e|es|ed|ing)\b(?! (?:day|freeze|halt|names?|"
    r"symbol))|bought (?:and|or) sold on|sell (?:your |their |"
    r"etf )*shares on|listed|quoted|change hands)\b"
)
""""Trades", "sell your shares on", "is listed"."""
_BEGINS = r"\b(?:begins?|start\w*|commenc\w+|opens?|first)\b"
_ETF = r"\b(?:etf|exchange-traded fund|acquirer|target|fund|shares)\b"
_TAKEN_OFF = (
    r"(?:\bdelist\w*|\b(?:taken|come|struck|removed?|removal|withdrawn)\b[^@#;]{0,20}\b(?:off|"
    r"from)\b[^@#;]{0,20}\b(?:list(?:ing)?|exchange|nyse|nasdaq|"
    r"cboe)\b)"
)
""""Delisted", "removed from listing on"."""
_AT_MARKET = r"\b(?:exchange|nyse|nasdaq|cboe|market|arca|etf|symbol|ticker)\b"

EXCHANGE_RULES: tuple[Rule, ...] = (
    Rule(
        kind="fractional redemption",
        says=(
            rf"{_FRACTIONS}~{_CASHED}~@",
            rf"{_CASHED}~{_FRACTIONS}~@",
            rf"@[^@#;]{{0,60}}{_FRACTIONS}~{_CASHED}",
            rf"@~{_CASHED}~{_FRACTIONS}",
        ),
        unless=rf"{REPORTED}|\bsplit\b|\bpurchas|\bnot be (?:redeemed|sold)|\bdividend|\bvot(?:e|es|ing)\b",
        examples=(
            (
                "any partial share in your account will be bought back by the fund at its nav as of the close of "
                "trading on @"
            ),
            "redemption of fractional interests : @",
            "@ : fractions of a share, which an acquirer has none of, are redeemed and paid in cash",
        ),
        counters=(
            "the reverse split of @ left fractional shares that were paid in cash",
            "fractional shares were first issued by the target on @",
            "on @ the acquirer will issue fractional shares to holders of the target",
        ),
    ),
    Rule(
        kind="brokerage account deadline",
        says=(
            *until_day(_BROKERAGE),
            *last_day(_BROKERAGE),
            rf"\bdeadline[^@#;]{{0,80}}{_BROKERAGE}~@",
            rf"@ ?: [^@#;]{{0,60}}{_BROKERAGE}",
        ),
        unless=(
            rf"{REPORTED}|\bproceeds|\bcash (?:from|reaches)|\bcredited\b|\bvot(?:e|ing)\b|\bnot (?:need|required)|"
            rf"distribut"
        ),
        examples=(
            "@ : last day to transfer direct-held shares to a broker so that you can take part in the conversion",
            "deadline for giving us the details of a brokerage account capable of holding etf shares : @",
            "by @ : your shares must be in a brokerage account that can hold shares of an acquirer",
        ),
        counters=("@ : cash from the liquidation is credited to the brokerage account of each shareholder",),
    ),
    Rule(
        kind="creation orders end",
        says=(
            *from_day(rf"{_NO_MORE}~~{_CREATIONS}|{_CREATIONS}~~{_NO_MORE}"),
            *until_day(_CREATIONS),
            *last_day(_CREATIONS),
            rf"\b(?:last|final) {_CREATIONS}~@",
        ),
        unless=rf"{REPORTED}|\bresum|\bfirst\b|\bagain\b",
        examples=(
            "authorized participants may place creation orders until 2:00 p.m. on @",
            "no creations after the close of business on @",
            "last creation orders accepted : @",
        ),
        counters=("the first creation orders are accepted on @",),
    ),
    Rule(
        kind="last trading day",
        says=(
            *last_day(_TRADES),
            rf"\bshares~{_TRADES}[^@#;]{{0,60}}\b(?:until|through|for the last time)\b~~@",
            rf"\b(?:sell|buy)\b[^@#;]{{0,40}}\bshares on (?:the |an )?(?:\w+ )?{_AT_MARKET}~\b(?:until|through)\b~~@",
            rf"{_TRADES}[^@#;]{{0,30}}\b(?:ends?|ceases?|stops?|halted|suspended)\b~@",
            r"(?<!may )\b(?:halt|suspend|cease)\b[^@#;]{0,30}\btrading in [^@#;]{0,60}\b(?:after|at|"
            r"as of) the [^@#;]{0,40}@",
        ),
        unless=(
            rf"{REPORTED}|{_BEGINS}|\bregular trading on\b[^@#;]{{0,60}}@(?!.*\blast\b)|once trading|"
            rf"trading (?:day )?(?:has|have) ended|restrict|creation|"
            rf"\b(?:before|prior to) (?:the )?(?:market )?(?:open\w*|start)\b[^@#;]{{0,40}}@"
        ),
        examples=(
            "the last day on which target shares trade on the new york stock exchange will be @",
            "nyse arca is expected to halt trading in shares of the fund after the market close on @",
            "shareholders may sell their shares on the exchange, at market prices, until the close of trading on @",
        ),
        counters=(
            "the exchange may suspend trading in shares of the fund after the close on @",
            "the assets pass to the acquirer once trading on the new york stock exchange has ended on @",
        ),
    ),
    Rule(
        kind="first trading day",
        says=(
            rf"{_ETF}[^@#;]{{0,60}}{_BEGINS}[^@#;]{{0,20}}{_TRADES}[^@#;]{{0,60}}\b(?:on|about|as of|from|:)~~@",
            rf"{_ETF}[^@#;]{{0,40}}{_TRADES}[^@#;]{{0,40}}\bfor the first time\b~@",
            (
                rf"@ ?[:,–—-][^@#;]{{0,80}}(?:{_BEGINS}[^@#;]{{0,20}}{_TRADES}|{_TRADES}[^@#;]{{0,60}}\b(?:begins?|"
                rf"starts?|for the first time)\b)"
            ),
            rf"\bfirst (?:day|date) [^@#;]{{0,60}}{_TRADES}~@",
            r"\b(?:may|can) trade (?:their|your)[^@#;]{0,60}\bshares on [^@#;]{0,30}\b(?:beginning|"
            r"from|starting)\b[^@#;]{0,40}@",
            r"\btrading in [^@#;]{0,60}\b(?:begins?|starts?|expected to (?:begin|start))\b~~@",
        ),
        unless=(
            rf"{REPORTED}|\blast\b|ex-dividend|securities of|\bportfolio|holdings|suspen|^(?!.*{_AT_MARKET})|"
            rf"before (?:the )?(?:start|opening) of trading"
        ),
        examples=(
            "following the conversion, the acquirer's shares will open for trading on the exchange on or about @",
            "@ : former shareholders of the fund can trade acquirer etf shares for the first time",
            "shares of the acquirer are expected to start trading on nyse arca on @",
            "former target holders may trade their new acquirer shares on the exchange beginning at "
            "the market open on @",
        ),
        counters=(
            "trading in the portfolio is expected to start on @, before the etf exists",
            "trading freeze in target accounts starts : @",
        ),
    ),
    Rule(
        kind="delisting",
        says=(rf"{_TAKEN_OFF}~@", rf"@[^@#;]{{0,70}}{_TAKEN_OFF}"),
        unless=(
            rf"{REPORTED}|watch list|(?:delisted|listing) (?:thereafter|afterwards|later|the next|"
            rf"on the following)|@[^@]*{_TAKEN_OFF}[^@#;]{{0,30}}#|{LAST_TIME}[^#]*@|@[^#]*{LAST_TIME}"
        ),
        examples=(
            "@ : the fund's shares are taken off the list of the exchange, before the opening bell",
            "removal from listing : @",
            "shares would be traded on the exchange for the last time on #, and would be withdrawn "
            "from listing before the "
            "opening of the exchange on @",
        ),
        counters=("the last day of trading is @ and the shares will be delisted thereafter",),
    ),
    Rule(
        kind="last trading day",
        says=(
            "last (?:full )?(?:day of )?trad(?:e|ing)(?: day| date)?~@",
            r"@ (?:will|would) (?:\w+ )?be the last day~\btrade",
            r"\btrade\b~for the last time~~@",
            "traded? for the last time~~@",
            "@~last day of trading",
            "(?:cease|stop)~(?<!close of )(?<!end of )trading~@",
            "trading~(?:cease|end|halt|suspend)~@",
            r"\b(?:trade|traded)\b~(?:until|through)~~@",
        ),
        unless=(
            "first day|begin trading|(?:before|prior to) the (?:open|market opens)|trading (?:opens|begins)|"
            "once trading"
        ),
        examples=(
            "it is expected that @ will also be the last day on which the target’s common shares trade",
            "common shares are expected to trade on the exchange for the last time on @",
            "@ : last day of trading in the shares of the funds",
            "shares of the fund will continue to trade on nasdaq until the close of trading on @",
            "last trade date : @",
            "the fund's last full day of trading on nyse arca will be @",
            "the common shares of target will be traded for the last time on @",
        ),
        counters=("sales to persons who are not shareholders will stop after the close of trading on @",),
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
            r"\blisting of (?:the )?target(?:['’]s shares)? (?:will be|is to be|was|is) (?:withdrawn|removed|ended)~~@",
            "@~(?:delist|removed from listing)(?![^@#;]{0,40}#)",
            "suspension date : ~~@",
            r"\btrading (?:in|of)\b[^@#;]{0,60}\b(?:suspended|halted|ceases?|stops?)\b~\b(?:before|prior to) (?:the )?"
            r"(?:market|open\w*|start)\b~~@",
        ),
        unless="(?:delisted|removed from listing) (?:thereafter|afterwards|later|the next|on the following)",
        examples=(
            "@ : before the open, the shares are removed from listing",
            "the shares are struck from the list of the exchange before trading on @",
            "the exchange has been told that the listing of the target will be withdrawn on @",
            "trading in shares of the target on nasdaq will be suspended prior to the open of trading on @",
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
        says=(
            r"\borders?\b[^@#;]{0,90}\breceived\b[^@#;]{0,40}\b(?:on or before|until|through|"
            r"by)\b ~~@[^#;]{0,40}\b(?:treated|"
            r"regarded|filled|processed) as (?:an )?orders?\b",
            r"\bforward(?:ed)? to (?:the )?acquirer\b[^@#;]{0,120}\b(?:until|through|up to)\b ~~@",
            r"\b(?:last|final) day\b[^@#;]{0,40}\borders?\b[^@#;]{0,60}\b(?:passed on|forwarded|"
            r"sent on)\b[^@#;]{0,60}@",
        ),
        unless=r"\b(?:proxy|proxies|votes?|mail\w*|reports?)\b",
        examples=(
            "orders for target shares received after the merger and on or before @ will be treated "
            "as orders for acquirer "
            "shares; later ones will be returned",
            "the transfer agent will forward to the acquirer any investment that is still addressed "
            "to the target until @",
            "last day on which purchase orders naming the target are passed on to the acquirer : @",
            "orders for fund that are received through @ will be treated as orders for acquirer",
        ),
        counters=(
            "orders received by @ will be treated as received on that day",
            "votes received through @ will be forwarded to the acquirer until then",
        ),
    ),
    Rule(
        kind="order forwarding ends",
        says=("orders~(?:received|treated|forwarded)~(?:until|through|within)~~@",),
        unless="redemption|buy|purchase",
        sure=False,
        examples=("orders received for the target will be forwarded through @",),
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
