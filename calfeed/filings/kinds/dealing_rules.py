"""The rules for dealing in shares: who may buy, purchases, exchanges, redemptions, checks."""

from calfeed.filings.kinds.frames import (
    ACQUIRER_ALONE,
    DEALINGS,
    NEWCOMERS,
    REPORTED,
    SINCE,
    TERMS_ONLY,
    THOSE_INSIDE,
    before_day,
    from_day,
    last_day,
    until_day,
)
from calfeed.filings.kinds.rule import Rule

_STOPS = (
    r"\b(?:stop\w*|cease[ds]?|ceasing|end(?:s|ed)?|discontinu\w+|suspend\w*|suspension|halt\w*|clos(?:e[ds]?|"
    r"ing)|declin\w+|"
    r"refus\w+|reject\w*|turned (?:away|off)|shut off|returned|barred|no longer|no|not|none|neither|nor|cannot|"
    r"can['’]t|nobody|no one|unable|unavailable)\b"
)
""""No longer", "will cease", "is suspended", "cannot"."""
_OFFERED = (
    r"\b(?:sold|sales?|sell|offered|available|open(?:ed)?|chosen|selected|accept\w*|tak(?:e|en)|buy|bought|"
    r"purchase[ds]?|invest\w*|closed|issued?)\b"
)
"""What is done with shares: "sold", "available", "bought", "accepted"."""
_ONLY = r"\b(?:only|solely|exclusively|alone|limit(?:ed)?|restrict(?:ed)?)\b"
_PURCHASES = (
    r"(?:\b(?:(?:additional |new |further |more |all |share )*(?:purchases?|subscriptions?|orders|premiums?|"
    r"premium payments|purchase "
    r"payments|payments|contributions|purchase orders)|(?:new|additional|further|more|all|any) investments?|"
    r"investments? in(?:to)? (?:the )?(?:target|fund|portfolio)|"
    r"sales of (?:its |fund |the fund['’]s |target )?shares|(?:share|fund) sales|transfers (?:in|into|to)\b|"
    r"transfers? of value (?:in|into|to)\b)\b)"
)
""""Additional purchases", "premium payments", "investments in the fund"."""
_BOUGHT = (
    r"\b(?:sold|offered|available|issued|bought|purchased|sell|offer|issue|selling|offering|issuing|buy|purchase|"
    r"invest in)\b"
)
_SHARES = r"\b(?:shares|units|target|fund|portfolio|subaccounts?)\b"
_OTHER_GOODS = (
    r"\brider|\bcontracts? (?:issued|sold)|\bbonds?\b|\bloans?\b|\b(?:its|their|the fund['’]s) (?:holdings|"
    r"portfolio)|\bcreation|\bwatch list|"
    r"\bby (?:facsimile|fax|checks?|wire|telephone|phone|mail|internet)\b|reinvestment (?:and|plan)|"
    r"\bstock exchange for\b|fractional"
)
"""What is bought, or how, that is no purchase of the fund’s shares."""
_REOPENS = r"\breopen|\bresum|\bagain\b|\blift"
_CAN = r"\b(?:may|can|could|able to|free to|continue to|right to|until then|go on|keep on)\b"
_BUYS = (
    r"\b(?:buy(?:ing)?|purchas(?:e|ing)|invest(?:ing)?(?: in)?|add(?:ing)? to|subscribe|"
    r"make (?:additional |further |more |new )*(?:purchases|investments|payments)|place (?:\w+ )?orders)\b"
)
""""Buy", "add to", "place orders"."""
_TAKEN = (
    r"\b(?:accept(?:s|ed|ing)?|taken|takes?|permitted|honou?r(?:s|ed)?|made|filled|processed|allowed|possible|"
    r"received|executed|continue)\b"
)
_REDEEMS = (
    r"\b(?:redeem(?:ed|s)?|redemptions?|cash in|withdraw(?:al requests?)?|orders to sell|"
    r"sell (?:your |their )?shares (?:back|to))\b"
)
_EXCHANGES = (
    r"(?:(?<!stock )\bexchanges?\b(?= (?:between|into|out|of|from|for|by|in|will|may|can|your|their|privilege|request|"
    r"it\b|them\b|shares|orders|instructions|:|,|@|on\b|to\b))|\bexchanged?\b(?= (?:for|into))|\bswitch(?:es|ing)?\b|"
    r"\bexchange privileges?\b|\bexchange (?:requests?|orders)\b)"
)
""""Exchanges between", "exchange privileges"; a stock exchange is none."""
_CHECKS = (
    r"(?:\bchecks?\b[^@#;]{0,40}\b(?:writ\w+|wrote|drawn|honou?r\w*|present\w*|clear\w*|pa(?:y|id))\b|"
    r"\b(?:writ(?:e|ing|ten)|wrote|draw|honou?r|redeem\w* by|redemptions? by)(?: \w+){0,2} checks?\b|"
    r"\bcheck-?writing\b|\bdraft privileges?\b)"
)
""""Checks written", "check-writing"."""
_CLASS_OF_SHARES = r"\b\w+ class (?:shares|units)\b|\bfund shares of (?:the )?target\b"
"""Shares of one class. A clause may have `fund` for a class that is named like a fund."""
_OTHER_CHECKS = r"\bagent\b|\bnew accounts\b|\bless than\b|\b(?:added|introduced|begin to be)\b|\bfees?\b|\bminimum\b"
_OTHER_NEWCOMERS = (
    rf"\bminimum\b|\bfees?\b|\bcharged\b|\bexceptions?\b|check-?writing|{_CLASS_OF_SHARES}|{ACQUIRER_ALONE}"
)
_OTHER_PURCHASES = (
    rf"{TERMS_ONLY}|{ACQUIRER_ALONE}|\biras?\b|(?:{_BUYS}|shares)~~at net asset value|\bresidents of\b|\bplatforms?\b"
)
_DAY_CLOSED = (
    r"@,? (?:which is )?an? (?:\w+ )?(?:day|holiday)\b|\b(?:exchange|nyse|wire|banks?) (?:is|are|will be) closed"
)
_OTHER_SALES = (
    rf"{_DAY_CLOSED}|{ACQUIRER_ALONE}|{_OTHER_GOODS}|{_REOPENS}|\bresidents of\b|\bplatforms?\b|\bthird-party\b|"
    r"\bin (?:canada|puerto rico|the united states)\b|\b(?:through|under|by) (?:the|an) (?:automatic|systematic)\b|"
    r"\bplans? (?:may|can) no longer\b"
)
"""What stops for some buyers only, or is no sale of the target’s shares."""
_OTHER_EXCHANGES = (
    rf"{TERMS_ONLY}|{ACQUIRER_ALONE}|\bnext business day\b|\bprocessed (?:until|on)\b|\bnumber of exchanges\b|"
    r"\bexchanges? (?:per|a|each|in a) (?:year|month)|\b(?:more than|limited to) \w+ exchanges|\brate of exchange\b|"
    r"\b(?:on|of) the exchange\b|(?:in)?to (?:the )?acquirer"
)
"""What is said of the terms of exchanges, or of a stock exchange."""
_OTHER_REDEMPTIONS = (
    rf"{TERMS_ONLY}|{ACQUIRER_ALONE}|\bif you redeem|\b(?:who|that) (?:redeems?|redeemed)\b|"
    rf"{_REDEEMS}~(?:was|were)\b|\bin cash\b|\bpayments? of\b|\bsuspension\b|\bno\b"
)
_MAY_REDEEM = rf"{_CAN}[^@#;]{{0,60}}{_REDEEMS}|{_REDEEMS}[^@#;]{{0,90}}\b(?:accepted|honou?red|possible|permitted)\b"


DEALING_RULES: tuple[Rule, ...] = (
    Rule(
        kind="check writing ends",
        says=(
            *from_day(rf"{_STOPS}~~{_CHECKS}|{_CHECKS}~~{_STOPS}"),
            *from_day(r"\bno (?:more |further )?checks\b"),
            rf"{_CHECKS}[^@#;]{{0,40}}{SINCE}~~@~{_STOPS}",
            *until_day(_CHECKS),
            *before_day(rf"{_CHECKS}"),
            *last_day(_CHECKS),
        ),
        unless=rf"{_REOPENS}|{REPORTED}|{_OTHER_CHECKS}|by check or wire|proceeds|\bmail(?:ed)?\b|premium|purchase",
        examples=(
            "please write no more checks against your account from @, as we cannot honor them then",
            "the target will honor checks that reach its custodian before the close of business on @",
            "shareholders will not be allowed to redeem by check beginning on or about @",
            "checks drawn on target that are presented after @ will be returned unpaid",
        ),
        counters=(
            "checks for the proceeds will not be sent before @",
            "checks written for less than $500 will not be honored after @",
            "check-writing will no longer be offered to new accounts after @",
        ),
    ),
    Rule(
        kind="closed to new investors",
        says=(
            *from_day(rf"{_STOPS}~~{NEWCOMERS}|{NEWCOMERS}~~{_STOPS}"),
            *from_day(rf"{_OFFERED}~~{_ONLY}~~{THOSE_INSIDE}|{_OFFERED}~~{THOSE_INSIDE} {_ONLY}"),
            *from_day(rf"{_ONLY}~~{THOSE_INSIDE}~{_OFFERED}"),
            *until_day(rf"{_OFFERED}~{NEWCOMERS}|{NEWCOMERS}~{_OFFERED}"),
            *last_day(rf"{_OFFERED}~~{NEWCOMERS}|{NEWCOMERS}~~(?:{_OFFERED}|{_BUYS})|{_PURCHASES}~~{NEWCOMERS}"),
        ),
        unless=(
            rf"{_REOPENS}|{_OTHER_GOODS}|{_OTHER_NEWCOMERS}|{REPORTED}|"
            r"\bwho (?:own|hold|held|are|were)(?: \w+){0,2} on @"
        ),
        examples=(
            "sales of target to persons who are not yet its shareholders will be discontinued on @",
            "the fund will stop opening accounts for new shareholders on or about @",
            "the target will be offered to existing shareholders only, starting @",
            "new account applications for the target will be declined beginning @",
            "beginning @, only current shareholders and participants in retirement plans may buy shares",
            "target may be bought by persons who are not yet shareholders up to and including @",
            "from @, the portfolio will open no account for any person who is not a stockholder already",
            "@ : target closed to new accounts",
            "last day : purchases by new investors : @",
            "@ : last day on which the target can be chosen by new contract owners",
            "accounts for new shareholders can be opened up to and including @",
            "target was closed to contract owners not already invested in it on @",
            "effective @, the target will be available only to contract owners who have value in it on that date",
        ),
        counters=(
            "on @ the fund reopened to new investors",
            "the rider is not offered with contracts that new investors buy after @",
            "persons who are shareholders on @ may continue to buy; new investors may not",
            "beginning @, new accounts must meet a minimum of $5,000 and no exceptions will be made",
            "until @, new accounts were accepted with a minimum of $1,000",
            "after @, accounts opened by new shareholders will be charged no maintenance fee",
            "institutional class shares of the target will be closed to new investors on @",
            "the last day on which new investors could buy shares of the acquirer was @",
            "the fund will be available to contract owners who have value in it on @",
        ),
    ),
    Rule(
        kind="closed to purchases",
        says=(
            *from_day(rf"{_STOPS}[^@#;]{{0,25}}{_PURCHASES}|{_PURCHASES}[^@#;]{{0,25}}{_STOPS}"),
            *from_day(
                rf"{_SHARES}[^@#;]{{0,60}}{_STOPS}[^@#;]{{0,20}}{_BOUGHT}|"
                rf"{_STOPS}[^@#;]{{0,25}}{_BOUGHT}[^@#;]{{0,20}}{_SHARES}"
            ),
        ),
        unless=(
            rf"{_OTHER_SALES}|{REPORTED}|{NEWCOMERS}|{THOSE_INSIDE}|{_REDEEMS}|{DEALINGS}|sales charge|\bdividends?\b|"
            r"\btrad(?:e|es|ed|ing)\b|\bclass \w\b|in good order|exchange(?:s|d)?\b"
        ),
        examples=(
            "shares of target will not be available for purchase on or after @",
            "@ : target closed to new and additional purchases",
            "we will not accept transfers into a target, or allocate new premiums to it, on or after @",
            "since @, target has not been sold",
            "automatic investment plans and other purchases in the target will be turned off on @",
        ),
        counters=(
            "the fund will not buy bonds after @",
            "target will stop selling shares to new investors on @",
            "since @, class b shares of target have not been offered",
            "the target's shares will not be sold to residents of puerto rico after @",
            "the target will not accept purchase orders on @, a day on which the new york stock exchange is closed",
        ),
    ),
    Rule(
        kind="last purchase",
        says=(
            *until_day(rf"{_CAN}[^@#;]{{0,30}}{_BUYS}|{_PURCHASES}~~{_TAKEN}|{_TAKEN}[^@#;]{{0,25}}{_PURCHASES}"),
            *before_day(rf"{_CAN}[^@#;]{{0,30}}{_BUYS}"),
            *last_day(rf"{_BUYS}|{_PURCHASES}|\b(?:sold|bought|purchased|issued|sells)\b"),
            r"\b(?:last|final) (?:purchases?|purchase orders|subscriptions|investments)\b~@",
            rf"{_PURCHASES}[^@#;]{{0,60}}\b(?:for the last time|last)\b~~@",
        ),
        unless=(
            rf"{_REOPENS}|{_OTHER_GOODS}|{_OTHER_PURCHASES}|{REPORTED}|{NEWCOMERS}|{_REDEEMS}[^@#]*@|"
            rf"@(?![^@#]*#)[^@#]*{_REDEEMS}|\btrad(?:e|es|ed|ing)\b (?!day)|sales charge|"
            r"\bclass \w\b|\bnot\b|\bno\b|no longer|exchange-traded|dividend~@|tender|treated|forward|passed on|"
            r"proceeds|in good order|instructions"
        ),
        examples=(
            "those who have an account may add to it up to and including @",
            "the last day on which target will take orders for new shares is @",
            "investments in the fund can be made through @",
            "other investors may go on buying until @",
        ),
        counters=(
            "the last day to buy shares and receive the quarterly dividend is @",
            "contributions to your ira for 2011 will be accepted until @",
            "the last day for purchases at the old minimum investment is @",
            "existing shareholders may buy shares of the target at net asset value until @",
            "orders to buy shares of the acquirer will be accepted through @",
        ),
    ),
    Rule(
        kind="last exchange",
        says=(
            *until_day(
                rf"{_EXCHANGES}[^@#;]{{0,90}}{_TAKEN}|{_CAN}[^@#;]{{0,90}}{_EXCHANGES}|\bprivilege of exchanging"
            ),
            *before_day(rf"{_CAN}[^@#;]{{0,90}}{_EXCHANGES}"),
            *last_day(_EXCHANGES),
            *from_day(rf"{_EXCHANGES}[^@#;]{{0,40}}{_STOPS}|{_STOPS}[^@#;]{{0,40}}{_EXCHANGES}"),
        ),
        unless=(
            rf"{_REOPENS}|{REPORTED}|{_OTHER_EXCHANGES}|stock exchange for|in exchange|will be exchanged|"
            rf"exchanged for (?:shares of )?(?:the )?acquirer|"
            r"class \w\b|\b(?:purchases?|buy|orders to)\b|dividend|sales charge|exchange fee|in good order|MERGER~@"
        ),
        examples=(
            "exchanges into other trust funds will be accepted through @",
            "last day to exchange shares for those of another fund : @",
            "after @ you may no longer exchange shares of other funds for shares of the target",
        ),
        counters=(
            "shares will be exchanged for shares of acquirer on @",
            "last day to buy shares or exchange into the target : @",
            "beginning @, the fee on exchanges will be discontinued",
            "exchange requests received after 4:00 p.m. will not be processed until the next business day, beginning @",
            "the last day to exchange shares at no fee is @",
            "you may exchange shares of the acquirer for shares of any other fund until @",
            "the number of exchanges will be limited to no more than four per year beginning @",
        ),
    ),
    Rule(
        kind="last redemption",
        says=(
            *until_day(rf"{_REDEEMS}[^@#;]{{0,90}}{_TAKEN}|{_CAN}[^@#;]{{0,60}}{_REDEEMS}"),
            *before_day(_MAY_REDEEM),
            *last_day(_REDEEMS),
            r"\b(?:last|final) redemptions?\b~@",
        ),
        unless=(
            rf"{_REOPENS}|{REPORTED}|{_OTHER_REDEMPTIONS}|free of|in kind|\bchecks?\b|dividend|sales charge|"
            r"\bby the fund\b|fraction|automatic|proceeds|class \w\b|in good order|(?<!should you )\bnot\b"
        ),
        examples=(
            "redemptions of target can be made on any business day through @",
            "final day on which shares can be redeemed : @",
            "last redemptions of mutual fund shares, and last exchanges out of the mutual fund : @",
            "you may redeem shares of the target at any time before @",
            "should you not wish to take part, you can sell your shares back to the fund through @",
        ),
        counters=(
            "you may redeem shares without a redemption fee until @",
            "redemptions made before @ were subject to a fee",
            "redemptions made by @ will be paid in cash",
            "through @, the target may delay payment of redemptions for up to seven days",
            "until @, you can redeem shares by wire without paying the $15 wire fee",
            "shares held in certificate form may be redeemed only if the certificates reach us by @",
            "the last day to redeem shares and have the gain reported for 2011 was @",
            "you may redeem your shares of the acquirer through @",
        ),
    ),
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
            rf"{_OTHER_NEWCOMERS}|reopen|resum|\bagain\b|"
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
            "institutional class shares of the target will be closed to new investors on @",
            "effective @, the acquirer will be closed to new investors",
        ),
    ),
    Rule(
        kind="last purchase",
        says=(
            (
                "(?:orders? (?:to buy|for the purchase)|purchases?|premium payments?|orders of present shareholders|"
                "subscriptions?)~(?:taken|accepted|permitted|made|honored|received)~~(?:until|through|by|up to)~~@"
            ),
            r"\b(?:investments|payments|purchases) (?:by|from|of) (?:present|existing|current) \w+~"
            r"\b(?:taken|accepted|permitted|honored)\b~~(?:until|through|up to)~~@",
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
        unless=(
            rf"{_OTHER_PURCHASES}|redemption|redeem|creation|tender|exchange-traded|passed on|"
            r"new (?:accounts|investors|shareholders)|sales charge"
        ),
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
            "investments by present shareholders, including distributions that are reinvested, will be taken through @",
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
        counters=(
            "the last orders to redeem are accepted on @",
            "investors may purchase shares under a letter of intent through @",
            "you may continue to purchase shares with a reduced minimum investment until @",
        ),
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
        unless=(rf"new (?:investors|accounts|shareholders)|creation|who (?:is|are) not|{_OTHER_SALES}"),
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
            r"\b(?:subscriptions?|applications?(?! (?:to|with) the)(?! for an? ))\b[^@#;]{0,60}\b(?:not|no longer) be "
            r"(?:accepted|processed|permitted)\b[^@#;]{0,20}\b(?:after|from|as of)\b ~~@",
            r"\bno (?:further |new )?(?:subscriptions?|applications?)\b[^@#;]{0,40}\b(?:accepted|processed)\b"
            r"[^@#;]{0,20}\b(?:after|from|as of)\b ~~@",
            r"\bcease (?:the )?distribution of (?:its|their) (?:securities|units|shares)\b~@",
            r"\b(?:payments|premiums|allocations|transfers)\b[^@;]{0,90}\bnot be accepted (?:after|from)~~@",
            "right to (?:buy|purchase)~cease~@",
            (
                "(?:no longer accept|not accept|stop accepting|cease(?:s)? (?:to accept|accepting)|discontinue|"
                r"suspen\w+)~(?:purchase|premium|orders|subscriptions|sales|investments)~@"
            ),
            "closed to (?:purchases|all (?:purchases|investors))~@",
            r"\b(?:effective|as of|on|after) ~~@,? (?:the )?(?:target|fund) will close to all (?:purchases|"
            r"investors)\b",
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
            r"\bno (?:more |further )?shares\b[^@#;]{0,50}\b(?:sold|offered|"
            r"issued)\b[^@#;]{0,20}\b(?:from|after|as of)\b ~~@",
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
            rf"loan|systematic[^#;]{{0,80}}@|{_OTHER_SALES}"
        ),
        examples=(
            "purchase payments and transfers into the portfolios will not be accepted after the close of business on @",
            "effective as of the close of business on @, the fund will no longer accept purchase orders",
            "the fund will cease selling shares at the close of business on @",
            "subscriptions and conversions into target will no longer be accepted from @",
            "no applications for units will be accepted after @",
            "effective as of the close of business on @, target will close to all investors",
            "target will cease distribution of its securities effective @",
            "no purchases will be accepted after the close of business on @",
            "after @ neither fund will accept orders to buy its shares",
            "target stopped selling shares to new customers on #, and will accept no purchases at all after @",
            "the subaccount will take no further payments after @",
            "no orders for shares of target have been filled since @",
            "since @ no orders to buy have been accepted",
            "from @, nobody can buy shares of the target",
            "shares of the target will no longer be offered after @",
            "no more shares of the target will be sold from @",
            "transfers into the subaccount are rejected from @",
            "we will no longer accept payments into the target after the close of business on @",
        ),
        counters=(
            "payments on a loan will not be accepted after @",
            "applications to the sec will not be accepted after @",
            "purchases that were rejected by mistake on @ will be made up for",
            "the target will not accept purchase orders on @, a day on which the new york stock exchange is closed",
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
        unless=rf"{_OTHER_EXCHANGES}|stock exchange|orders to buy|in exchange|redeem|purchase|dividend",
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
        unless="stock exchange|orders to buy|in exchange|purchases?~@",
        sure=False,
        examples=("exchanges out of the fund will be accepted through @",),
    ),
    Rule(
        kind="last exchange",
        says=(
            r"\b(?:last|final) day for (?:transfers|exchanges) (?:out|in|into|of|from)\b[^@#;]{0,50}: @",
            rf"{_EXCHANGES}[^@#;]{{0,90}}\bfor the last time\b~~@",
            r"\b(?:last|final) day (?:on which|that) (?:fund |target )?shares (?:of (?:the )?\w+ )?(?:can|may) be "
            r"(?:bought|purchased|sold),? (?:redeemed )?(?:or|and) exchanged\b[^@#;]{0,30}@",
            r"\bwish\w* to exchange (?:into|(?:their |your )?shares)[^@#;]{0,90}\bmust\b[^@#;]{0,120}"
            r"\b(?:not later|no later|by|before)\b[^@#;]{0,60}@",
            r"\b(?:exchange (?:orders?|requests?)|orders? to exchange|to exchange them)\b[^@#;]{0,60}"
            r"\bmust (?:be received|reach|arrive)\b[^@#;]{0,60}\b(?:by|before|no later than)\b[^@#;]{0,60}@",
            r"\bprivilege of exchanging\b[^@#;]{0,110}\bavailable (?:through|until) @",
        ),
        unless=rf"{ACQUIRER_ALONE}|\bfor cash\b|\bstock exchange\b|\bdividend",
        examples=(
            "last day for transfers out, 4:00 p.m. eastern time : @",
            "the privilege of exchanging shares of other funds for shares of the target will be available through @",
            "exchanges out of a target will be accepted for the last time on @",
            "the last day on which shares of the fund can be bought or exchanged is @.",
            "shareholders who wish to exchange into another fund rather than participate in the reorganization must "
            "submit a request in proper form so that it is received not later than 4:00 p.m., boston time, on @",
            "orders to redeem shares, or to exchange them into another series, must be received in good order by @",
        ),
        counters=(
            "shares of acquirer were exchanged for cash for the last time on @",
            "if you wish to exchange shares, the form must be signed; the merger is planned for @",
        ),
    ),
    Rule(
        kind="last redemption",
        says=(
            r"\bmay (?:still )?redeem\b[^@#;]{0,140}\b(?:before|until|through|up to)\b[^@#;]{0,70}@",
            r"\bfinal (?:dealing )?day to redee?m\b[^@#;]{0,60}: @",
            r"@[^\w@#;]{0,6}final (?:dealing )?day to redee?m\b",
            r"\b(?:last|final) (?:day|date) to sell (?:your |fund |target )?shares\b"
            r"(?![^@]*\b(?:exchange|market|nyse|nasdaq|arca|cboe)\b(?! (?:out|them|for|into)\b))[^@#;]{0,60}: @",
        ),
        unless=rf"{_OTHER_REDEMPTIONS}|dividend|sales charge|redemption fee|in kind|free of|checks?",
        examples=(
            "you may redeem your shares, or exchange them for shares of another fund, at any time before noon on @",
            "final day to redeem shares of the mutual fund : @",
            "@ - final day to redeem shares of the target",
            "final date to sell shares or exchange out of the fund : @",
        ),
        counters=(
            "you may redeem shares without a redemption fee until @",
            "last day to sell shares on the exchange : @",
        ),
    ),
    Rule(
        kind="last redemption",
        says=(
            "@:?~last day[^@#;,]{0,60}redeem",
            r"@[^@#;]{0,40}\b(?:last|final) (?:time|day|date|chance)\b[^@#;,]{0,60}\bredee?m",
            r"last (?:dealing )?day[^@#;,]{0,60}redee?m(?:ption)?\w*~~@",
            (
                "(?:redemption (?:orders?|requests?)|redemptions?|requests? to redeem)~(?:honored|accepted|"
                "processed|made|received|permitted|placed|possible)~(?:until|through|up to)~~@"
            ),
            (
                r"\b(?:redemption (?:orders?|requests?)|(?:orders?|requests?) to (?:redeem|sell))\b~"
                r"\bmust (?:be (?:received|in good order)|reach|arrive)\b~(?:by|before|no later than)~~@"
            ),
            (
                r"\bredemption (?:orders?|requests?)\b~~\breceived\b~(?:by|before|no later than)~~@ will be "
                r"(?:processed|honou?red|accepted)\b"
            ),
            r"\b(?:may|can)\b~~\bredeem(?:ed)?\b~(?:until|through|up to|prior to|before)~~@",
        ),
        unless=rf"{_OTHER_REDEMPTIONS}|at any time|dividend|sales charge|in kind|free of|exchange your|\bchecks?\b",
        examples=(
            "@ : last time at which orders to redeem shares of target, or to exchange out of it, are accepted",
            "redemption orders will be honored up to the close of business on @",
            "redemption requests for target must be received in good order by 4:00 p.m. eastern time on @",
            "last day to redeem shares : @",
            "orders to redeem shares, or to exchange them into another series, must be received in good order by @",
            "if you would rather have cash, your redemption order must be in good order by 4:00 p.m. on @",
        ),
        counters=(
            "you may transfer your contract value, or redeem it, free of charge until @",
            "shares redeemed before @ will be charged a fee of 2%",
            "if you redeem your shares by @, you may owe taxes",
            "a shareholder who redeems shares before @ will not receive shares in the reorganization",
            "the suspension of redemptions ordered by the commission began on @",
            "shareholders can redeem by telephone until @",
        ),
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
        says=(
            rf"\bcheck[- ]?(?:writing|redemption)\b~(?:{_STOPS}|\bterminat\w+|\beliminated|\bwithdrawn)~@",
            r"\bchecks?\b~written~(?:until|through)~~@",
        ),
        unless=_OTHER_CHECKS,
        examples=(
            "check-writing privileges will end on @",
            "checks may be written against accounts of target through @",
        ),
        counters=(
            "the target's check-writing agent will change on @",
            "check writing privileges were added to the target on @",
        ),
    ),
)
"""Several may fit one clause."""
