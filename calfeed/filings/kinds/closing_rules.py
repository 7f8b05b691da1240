"""The rules for what ends a plan: closing, valuation, conversion, substitution, liquidation, payment."""

from calfeed.filings.kinds.rule import Rule

_FIRST = (
    r"^(?:q\. |a\. |\W )?(?:effective )?(?:on or about|as of|on|at the effective time,?)?,? ?"
    r"(?:(?:after|at|as of|before) the (?:close|opening|open|end|start) of (?:business|"
    r"trading)(?: on)?(?: or about)? ?)?@(?: ?\([^()@#]{0,40}\))?,? (?:the |each |all )?"
)
"""A date that leads its sentence, so that what follows happens on it."""
_HOLDERS_OF_IT = r"\w*(?:holders?|owners?|investors?) (?:of|in) (?:the )?acquirer\b"
_SHARES_BECOME = (
    r"\bshares?\b~~\b(?:become|be (?:\w+ )?(?:converted into|exchanged for|changed into)) "
    r"~~(?:shares of (?:the )?acquirer|acquirer (?:\w+ )?shares)\b(?: (?:of|with) (?:equal|the same) (?:\w+ )?value)?"
)
_OF_A_VOTE = (
    r"\b(?:votes?|voting|ballots?|polls?|decisions?) (?:\w+ ){0,4}?(?:on|upon|of|about|regarding) "
    r"(?:the |this |that |an? |each |its )?(?:\w+ ){0,2}?MERGER (?:is|was|are|were|has|have|will)\b"
)
"""A vote on a reorganization, of which something is said, and not of the reorganization."""
_THE_DATE = (
    r"the (?:closing|merger|reorganization) date\b(?! of (?:the |its |our )?(?:sub-?)?(?:advis|manage|parent))"
    r"(?! (?:of (?:the )?\w+ )?(?:to|for) (?!(?:the |this |that |each |its )?(?:MERGER|transaction)))"
)
"""Not "the closing date for purchases", nor "the merger date of the adviser"."""
_OF_A_CLASS = (
    r"class \w+(?: and class \w+)? shares (?:of (?:the )?(?:target|fund) )?(?:will|would|"
    r"are to) (?:be )?(?:automatically )?"
    r"(?:convert(?:ed)?|exchanged|become)\b[^@#;]{0,40}\bclass \w+ shares(?: of (?:the )?(?:same )?(?:target|fund))?"
)
_NOTICE = r"\b(?:press release|news release|notice)\b"
_SAYING = r"\b(?:announc\w+|confirm\w*|report\w*|stat(?:es|ed|ing)|say\w*)\b"
_COMPLETE = r"\b(?:(?:has|have|had|was|were) (?:been )?(?:completed|closed)|is complete)\b"
_AN_APPLICATION = r"\b(?:an |the |its )?(?:application|request)\b"
_OF_DEREGISTRATION = (
    r"\b(?:n-8f|deregist\w+|(?:ceased to be|no longer) an investment company|"
    r"terminat\w+ (?:the |its )?(?:\w+['’]s )?registration)\b"
)

CLOSING_RULES: tuple[Rule, ...] = (
    Rule(
        kind="closing",
        says=(
            r"TO_MERGE[^@#;]{0,60}\b(?:on|effective|with effect from|as of) @",
            r"\beffective date of (?:the |this |each )?MERGER (?:is|will be|has been set for) @",
        ),
        unless=(
            r"\bmeetings?\b|HOLDERS (?:\w+ ){0,4}(?:decided|resolved|determined|agreed)\b|"
            r"\b(?:approved|voted|decided|resolved) on @"
        ),
        examples=(
            "the board of directors has decided to merge the sub-fund target into the sub-fund acquirer on @",
            "dear shareholder, the board has decided to merge target into acquirer on @",
            "the effective date of the merger will be @",
        ),
        counters=(
            "the board decided on @ to merge target into acquirer",
            "the board decided to merge target into acquirer at its meeting on @",
            "the board considered whether to merge target into acquirer on @",
            "shareholders of target decided to merge target into acquirer on @",
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
                r"(?<!prior to the )(?<!before the )(?<!after the )(?<!until the )(?<!pre-)"
                r"\bclosings?(?: date)?(?: of~)?~~(?:is|be|was|scheduled|expected|for|on|:|planned|anticipated|"
                "to)~~@"
            ),
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
            r"MERGER~(?:\b(?:changed|moved|postponed|rescheduled|delayed|advanced|slipped|shifted|pushed back)\b )?"
            r"from #~(?:to|until) ~~@",
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
            r"\bit will (?:now |then )?(?:be effective|take effect|close|take place|occur|be (?:completed|consummated|"
            r"carried out|implemented))~~@",
            r"MERGER[^@#;]{0,60}\bas soon as [^@#;]{0,60}, (?:which is |currently )*(?:anticipated|expected) to be "
            r"(?:on or about )?@",
            r"MERGER(?: date)?(?: of (?:the )?(?:MERGER|target|fund)\b[^@#;,]{0,40})?, [^;@]{0,60}#, "
            r"(?:has been|was|is|will be) (?:now )?"
            r"(?:changed|moved|postponed|rescheduled|delayed|deferred|advanced|brought forward) to ~~@",
            r"\b(?:completion|consummation) of (?:the |each |its |your )?(?:[\w-]+ ){0,2}?MERGER"
            r"(?: of (?:the )?target (?:with and )?(?:into|with) (?:the )?acquirer)?,? "
            r"(?:effective|in|during|on|on or about|by|as of) (?:the )?@",
            r"\bcompletion (?:on|as of) @,? of (?:the |its )?MERGER",
            r"\bdate of the MERGER,?(?: [^;]{0,60}#,)? (?:has been|was|is) (?:changed|moved|postponed|set) (?:from #~)?"
            r"(?:to|for) ~~@",
            r"\b(?:we|the trust) now expects? (?:it|them) to HAPPENS ~~@",
            r"MERGER[^@;]{0,200}\b(?:is|are) now (?:planned|scheduled|expected|set) for ~~@",
            r"MERGER[^@;]{0,160}\b(?:expected|scheduled|anticipated|proposed|"
            r"planned)\b[^@;]{0,90}#,? and (?:that|those) of (?:the )?(?:target|fund)\b~~@",
            (
                r"\bthe (?:exchange|acquisition|transfer)s? (?:is|are) (?:now )?(?:expected|scheduled|anticipated) to "
                "(?:occur|take place|be completed|be made|close)~~@"
            ),
            "MERGER~~(?:on or about|as of|on|after|before|effective|in|during)~~@$",
            r"(?:MERGER|MERGED|\b(?:merge|reorganize|combine)\b)[^@#;]{0,80}WITH_EFFECT~~@",
            "MERGER~(?:was|were) completed~~@",
            "exchange of assets~made on @",
            "transfers (?:are|is) expected to be made~~@",
            "(?:reorganization|merger) date : ~~@",
            r"\b(?:reorganization|merger|closing) date (?:is|will be) (?:now )?(?:expected to be |"
            r"on or about |set for )*@",
            (
                "(?:will|would|to|(?:proposed|expected|scheduled|planned|due|going) to) (?:merge|be (?:merged|combined|"
                "reorganized|acquired|absorbed)) (?:with and )?(?:into|with|by) ~~(?:on|after|as of|at|effective)~~@"
            ),
        ),
        unless=(
            r"\bnot (?:been )?(?:occurred|completed|taken place|closed|"
            r"consummated)\b[^@#;]{0,30}\b(?:by|before)\b[^@#;]{0,12}@|"
            r"\bof record\b|\bpre-closing\b|\bclosing (?:\w+ )?prices?\b|net asset values?~@|"
            r"valu(?:es|ation)~~@|\bmeasured\b|"
            "fail to (?:occur|close)|"
            r"proxy~MAIL~@|(?<!effectiveness of a )(?<!effectiveness of the )registration statement|n-14|dividend|"
            "BOARD~"
            "DECIDES~~@|special meeting~~@|record date|prospectus(?:es)? dated @|name~change|benchmark|"
            "sub-?advis|clos(?:ed?|ing) to new~@|liquidation date|announced(?! (?:today )?the completion)~~@~MERGER|"
            rf"\bmeetings?\b[^@#;]{{0,120}}\b(?:at which|to vote|to consider|to approve)\b~(?:#~)?@|{_OF_A_VOTE}"
        ),
        examples=(
            "if it is approved at a special meeting to be held on #, the exchange is expected to occur on or about @",
            (
                "if the vote is favorable, the reorganization is expected to take place after the close of "
                "business on or about @"
            ),
            "on the day the transaction takes place, which is planned to be on or about @",
            "the funds that are proposed to be merged into their corresponding continuing funds on or about @",
            "the merger of target is subject to the effectiveness of a registration statement and will close on @",
            "the table lists the proposed funds to be merged into their continuing funds on or about @",
            "if approved, the mergers are expected to be completed in @",
            "the merger is scheduled for the close of business on @",
            "now expected to close on : on or about @",
            "effective at the close of business on @, the fund named target will be merged into another fund, acquirer",
            "when will the reorganization take place? if shareholders say yes: on or about @, after the close.",
            "as of the close of business on @, target was reorganized into acquirer",
            "the closing of the merger has been moved from # to @",
            "the transfers are expected to be made as of the close of business on @",
            "it will now be completed on @, when trading on the exchange has closed",
            "the reorganization will be effected as soon as practicable after the meeting, currently "
            "anticipated to be on or about @",
            "the proposed merger date is @",
            "the date of the reorganization has been changed to @",
            "proxy materials are to be mailed in #, with a meeting in # and completion of the merger in the @",
            "the trust announced the completion on @ of the merger of target into acquirer",
            "the closing of the reorganization, previously announced for #, has been moved to @",
            "the closing date of the merger, previously expected to be #, has been changed to @",
            "the merger of target is expected to be completed on #, and that of fund on or about @",
            "the fund combination was originally to occur on #, but has been delayed and is now planned for @",
            "when will the merger happen? we expect it to take place in @",
            "we now expect it to take place after the close of business on @",
            "provided that approval is given, the merger is proposed to occur on or about @",
            "it is expected to close before the open of business on @",
            "the merger is to become effective after the close of trading on the new york stock exchange on @",
            "@ after the close of trading the reorganization takes place",
            "the board has approved the merger of target into acquirer, effective at the close of business on @.",
            (
                "shares equal in value as of the date of the reorganization, which is proposed to take "
                "place on or about @"
            ),
            (
                "the exchange of assets and shares is expected to be made on @, with effect from the close "
                "of business on that day"
            ),
        ),
        counters=(
            "the closing price of the shares will be determined on @",
            "the values used in the merger will be the net asset values determined as of @",
            "a distribution will be made prior to the closing to holders of record as of @",
            "pay date of the pre-closing capital gain distribution : @",
            "a vote on the proposed merger is planned for @",
            "the meeting of holders of target at which the merger will be considered has been moved from # to @",
            "the ballot of shareholders on the reorganization will be set for @",
            "either fund may terminate the agreement if the closing has not occurred on or before @",
        ),
    ),
    Rule(
        kind="closing",
        says=(
            r"\b(?:expect|plan|intend|anticipate|hope|aim|propose|contemplate|want|look for)s?\b "
            r"(?:currently |now |still )?(?:to (?:complete|close|consummate|carry out|effect|finish|implement|make|"
            r"conclude|finali[sz]e)|an?|the|its) (?:\w+ ){0,3}?MERGER~~@",
            r"\b(?:target|(?:both|two|these) (?:funds|portfolios))\b~\bbe (?:\w+ )?MERGED\b~~@",
            r"\btarget\b~~\bbe (?:\w+ )?MERGED (?:with and )?into (?:the "
            r")?acquirer\b[^@#;]{0,80}\b(?:on|about|as of|of|in) ~~@",
            rf"{_FIRST}MERGER(?: of (?:\w+ ){{1,3}}(?:(?:into|with|by) (?:the )?\w+ )?)? ?\b(?:will|would|shall|"
            r"(?:is|are) to|(?:is|are) (?:now |currently )?(?:expected|scheduled|anticipated|planned) to) HAPPENS",
            rf"{_FIRST}[^@#;]{{0,70}}\btarget (?:will|is to|shall) transfer ~\bassets to (?:the )?acquirer\b",
            rf"{_FIRST}(?:of )?(?:the )?(?:\w+ )?assets\b[^@#;]{{0,30}} of (?:the )?target (?:will|"
            r"are to) be transferred to (?:the )?acquirer\b",
            r"\btarget (?:will|is to|would) transfer ~\bassets\b[^@#;]{0,40} to (?:the )?acquirer\b~~@",
            rf"{_FIRST}target (?:will|is to|would) (?:merge|reorganize|combine)\b",
            rf"{_FIRST}acquirer acquired ~\bassets of (?:the )?target\b",
            r"\btarget\b~~\b(?:will|is to|can) (?:merge|join|combine|(?:be|become) (?:a )?part)\b~~\bacquirer~~@",
            rf"{_FIRST}target\b~~\b(?:be (?:\w+ )?MERGED|merge|(?:be|become) (?:a )?part)\b~~\bacquirer",
            r"\b(?:transfer|sale|acquisition|exchange|delivery) of~\bassets\b~HAPPENS~~@",
            r"\bacquirer~\b(?:will|is (?:expected )?to) (?:acquire|take over|"
            r"receive) ~\bassets\b[^@#;]{0,120}\b(?:on|about|of) @",
            rf"{_FIRST}acquirer~\b(?:will|is to) (?:acquire|take over|receive) ~\bassets\b",
            rf"\b(?:will|to|would)(?: \w+)? become (?:an? )?{_HOLDERS_OF_IT}~~@",
            rf"{_FIRST}[^@#;]{{0,60}}\b(?:will|to|would)(?: \w+)? become (?:an? )?{_HOLDERS_OF_IT}",
            rf"{_SHARES_BECOME}~~@",
            r"\bshares of (?:the )?target (?:were|have been) (?:\w+ )?(?:exchanged for|converted into) (?:\w+ ){0,3}"
            r"shares of (?:the )?acquirer (?:on|at|as of|after|effective)\b[^@#;]{0,40}@",
            rf"{_FIRST}[^@#;]{{0,60}}{_SHARES_BECOME}",
            r"MERGER~\b(?:targeted|slated|due|foreseen|envisaged|contemplated|timed)\b~~@",
            r"\bthe closing (?:shall|will|is to) (?:be held|take place|occur)~@",
            r"^(?:it|the target|target) (?:will|would|is to) (?:then )?merge (?:on|in|as of|after) ~~@",
            rf"\b(?:set|fixed|chosen|selected|established) @ as {_THE_DATE}",
            rf"@ (?:will be|is|as) {_THE_DATE}",
            r"\bthe MERGER (?:closes|takes place|becomes effective|occurs|takes effect) (?:on|after|at|as of) ~~@",
            r"\b(?:the|each|its) (?:[\w-]+ ){0,2}?(?:reorgani[sz]ation|merger|consolidation|"
            r"combination)s? (?:of (?:the )?"
            r"target (?:into|with) (?:the )?acquirer )?(?:closed|took place|became effective|occurred|took effect) "
            r"(?:on|after|at|as of|before) ~~@",
            r"\bacquirer (?:has )?acquired (?:\w+ ){0,5}assets (?:and liabilities )?of (?:the )?target\b~~@",
            rf"{_FIRST}target completed its MERGER (?:into|with) (?:the )?acquirer",
            r"\btarget (?:has )?completed its MERGER (?:into|with) (?:the )?acquirer~~\b(?:on|as of|effective) ~~@",
            r"\b(?:before|when|until) it merges (?:on|as of) ~~@",
            rf"\b(?:those|holders|you) [^@#;,]{{0,40}}\bbecome (?:an? )?{_HOLDERS_OF_IT}[^@#;]{{0,30}}\bon @",
            r"\bassets (?:and shares|and liabilities) (?:will )?(?:change hands|pass to) ~~@",
        ),
        unless=(
            r"BOARD~DECIDES~~@|@,?~BOARD|dated @|\bmeetings?\b[^@#;]{0,80}@|net asset values?~@|\bvalu(?:es|ation)~~@|"
            r"n-14|\bmatur|\bpreferred\b|\b(?:that|an?|such) target\b|\bvotes? on\b"
        ),
        examples=(
            "we hope to complete the transaction @, although it could be sooner or later than that.",
            "we expect the two funds to be combined by @.",
            "a fund that is to be folded into acquirer : target will be folded into acquirer on @",
            "@, the target will be part of acquirer and will no longer exist as a separate fund.",
            "on or about @, target will become part of acquirer",
            "on @ the reorganization will take place",
            "on or about @, the merger of target into acquirer is expected to be completed",
            "the transfer of all of the assets of target in exchange for shares of acquirer is to be consummated @",
            "acquirer is expected to acquire the fund's assets and assume its liabilities on @",
            "acquirer will acquire the assets of target in exchange for its own shares at the close of business on @",
            "after the close of business on @, the target will become part of acquirer",
            "if the merger is approved, shareholders of the target will become shareholders of acquirer on or about @.",
            "on @, shareholders of the target will become shareholders of the acquirer",
            "@, each class a share that you own in the target will be exchanged for class a shares of the acquirer",
            "your shares will automatically be converted into shares of acquirer on @.",
            "the merger, currently targeted for @",
            "it would merge on @",
            "the board has set @ as the closing date, but reserved the right to choose another",
            "mark your calendar: the merger closes on @",
            "the previously announced merger of target into acquirer became effective at the close of business on @",
            "acquirer acquired all of the assets of target on @",
            "on @, target completed its reorganization into acquirer",
            "target will be renamed on #, before it merges on @",
            "those who stay become shareholders of acquirer on @",
            "it is thought that @ will be the closing date",
            "the closing shall be held at the offices of the trust @",
            "target will be folded into acquirer before the opening of business on @.",
            "effective on or about @ (the “effective date”), the target will reorganize with and into the acquirer",
            "on or about @, all of the assets and liabilities of the target will be transferred to the acquirer",
            "if the plan is approved, the target will transfer its assets to the acquirer as of the "
            "close of business on @",
            "on @, or such other date as the parties may agree, the target will transfer all of its "
            "assets to the acquirer",
            "on @ the acquirer acquired all of the net assets of the target in a tax-free exchange of shares",
            "your shares of target were exchanged for shares of acquirer at the close of business on @",
            "your target shares will be exchanged for acquirer shares of equal total value at the "
            "close of business on @",
        ),
        counters=(
            "on @, the board approved a merger under which target will be combined with acquirer.",
            "as described in the supplement dated @, target is to be reorganized into acquirer",
            "preferred shares of target will be exchanged for new preferred shares of acquirer that mature on @.",
            "class b shares will be converted into class a shares on @.",
            "the transaction took place on @ between the adviser and its parent",
            "holders whose shares of target were exchanged for shares of acquirer may redeem until @",
            "our supplement of @ reported that shareholders of target will become shareholders of acquirer",
            "fund was merged into acquirer on @",
            "the vote on the reorganization is slated for @.",
            "the sale of the assets of that target is expected to be consummated on or about @",
            "the board has set @ as the closing date of target to new investors",
            "@ is the closing date for purchases of target",
            "@ will be the merger date of the adviser",
        ),
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
            r"\b(?:target|(?:the|each|both|this|your) (?:funds?|portfolios?)|it|they)\b~~\b(?:be|is|was|were) "
            r"(?:\w+ ){0,2}ENDED(?: and (?:\w+ )?\w+)?(?:,? (?:which is )?expected to be done)? ?~~@",
            r"\b(?:the|its|each|their) liquidations?\b(?: of (?:\w+ ){0,3})?~~\b(?:expected|scheduled|planned|proposed|"
            r"anticipated|will|to|is|was|set)\b~(?:HAPPENS|\bfor)~~@",
            r"liquidation date(?: of~)?~~(?:is|be|on|:|of)~~@",
            r"\bliquidation(?: date)?(?: (?:of|for)(?: \w+){1,3})?,?(?: [^;]{0,60}#,)? (?:has been|was|is|will be) "
            r"(?:now )?(?:changed|moved|postponed|rescheduled|delayed|deferred|advanced|brought forward) "
            r"(?:from #~)?(?:to|until) ~~@",
            r"@ ?\((?:the |in each case, the )*[\"“]?liquidation date",
            rf"{_FIRST}(?:target|fund|portfolio)\b~~\b(?:be|is|was|were) (?:\w+ ){{0,2}}ENDED",
            r"\b(?:liquidate|dissolve|wind up) (?:it|them|the fund|target) (?:on or about |on |as of )?@",
            r"\bliquidation of (?:the )?(?:target|fund),? (?:to be )?effective\b~~@",
            r"\b(?:its|the) (?:\w+ )?liquidation,? (?:which is )?(?:(?:expected|scheduled|planned) (?:for|on|"
            r"to occur on) )?"
            r"on or about @",
            r"\b(?:set|fixed|chosen) @ as the (?:(?:day|date) (?:on which|for|"
            r"of) [^@#;]{0,40}\bliquidat|liquidation date\b)",
        ),
        unless=(
            r"BOARD~(?:will|may) (?:consider|discuss|review)|liquidation date is not|BOARD~~@~DECIDES|"
            r"@,?~BOARD~DECIDES|\b(?:proceeds|paid|payment)\b~@|net assets,|\bnew (?:investors|accounts)|\bwas to be\b|"
            r"\bto have been\b|reorganization|distribution~@"
        ),
        examples=(
            "the fund will be liquidated on or about @",
            "the liquidation of target has been moved from # to @",
            "target will close to all investors on # in anticipation of its liquidation on or about @",
            "the liquidation date of target, previously expected to be on or about #, has been changed to @",
            "liquidation date : on or about @",
            "the trustees decided that the fund should be wound up, which is expected to be done @.",
            "the board has determined to close the target and liquidate it on or about @",
            "on @, target will be liquidated and its shares redeemed",
            "the trustees have set @ as the day on which the target will be liquidated",
            "the board has set @ as the liquidation date of the target",
            "the board has approved the liquidation of target, effective on or about @.",
        ),
        counters=(
            "at its meeting on @, the board resolved to close and liquidate the fund",
            "the liquidation has been moved from @ to #",
            "in anticipation of the liquidation, target will be closed to new investors on @.",
            "shares may be redeemed @, pending the fund's orderly liquidation.",
            "the cash is sent after the liquidation date, and in any event no later than @.",
        ),
    ),
    Rule(
        kind="liquidation",
        says=(
            "LIQUIDATE~(?:on or about|on|as of|at|effective|by|after|expected|scheduled|:)~~@",
            "(?:on or about|on|effective) @,?~LIQUIDATE",
        ),
        unless=(
            "BOARD~DECIDES~~@|BOARD~~@~DECIDES|@,?~BOARD~DECIDES|cash reaches|proceeds~(?:paid|distributed)~@|"
            "reorganization|"
            r"\b(?:pending|before|after|until|following|in (?:anticipation|advance|view) of)\b~~LIQUIDATE|"
            r"\b(?:cash|money|payments?) (?:from|in) the liquidation"
        ),
        sure=False,
        examples=("target will be closed and its assets turned into cash, in complete liquidation, by @",),
        counters=("at its meeting on @, the board resolved to close and liquidate the fund",),
    ),
    Rule(
        kind="proceeds payment",
        says=(
            (
                r"(?:proceeds|(?:liquidating|final liquidation) (?:distribution|payment)s?|\bcash)~(?:paid|distributed|"
                r"credited|reach\w*|sent|made|mailed|wired|payable)~@"
            ),
            "@~(?:cash reaches|(?:proceeds|cash)~(?:paid|distributed|sent|credited|mailed|wired))",
            r"\b(?:sent|paid|receive) (?:the|their) proceeds\b~~@",
            r"\b(?:cash|money|payments?) (?:from|in) the liquidation\b~(?:goes out|sent|paid|wired|mailed)~@",
            r"^\W*(?:the )?checks?\b[^@#;]{0,60}\b(?:mailed|sent)\b~@",
            r"\bhave the cash in the hands of (?:the )?(?:brokers|\w*holders|investors|owners)~@",
        ),
        unless=r"dividend|capital gain|income distribution|holders of record|\bcheck-?writ|\bwritten\b|\btax\b|"
        r"\b(?:settlement|refund|rebate|interest|premium|benefit|annuity|claim|drawn)\b",
        examples=(
            "not later than @ : the cash reaches the brokerage accounts of shareholders",
            "shareholders will be sent the proceeds, by check or wire, on or about @",
            "checks will be mailed, and wires sent, no later than @.",
            "cash from the liquidation goes out on @",
            "final liquidating payments will be wired to shareholders on @",
            "the paying agent will have the cash in the hands of brokers by @",
        ),
        counters=(
            "its monthly distributions will be payable on #, # and @",
            "checks for the settlement will be mailed on @",
            "checks written against your account and mailed by @ will be honored",
        ),
    ),
    Rule(
        kind="substitution",
        says=(
            r"\bsubstitutions? for ~~@",
            r"\bsubstitute (?:shares of )?(?:the )?acquirer[^@#;]{0,30} for [^@#;]{0,120}\b(?:on|about|as of) ~~@",
            rf"{_FIRST}[^@#;]{{0,80}}\b(?:moved|transferred)\b[^@#;]{{0,40}}\bby (?:way|means) of the substitution\b",
            "substitution~(?:expected|take place|occur|effective|carried out|date|on or about|on)~~@",
        ),
        unless="order~(?:granted|issued) on @|free of charge|before the substitution",
        examples=(
            "the substitution is expected to take place on or about @",
            "the company will substitute shares of the acquirer for shares of the target held by the accounts on @",
            "@, the target subaccount's assets will be moved to the acquirer by way of the substitution described",
            "if the order is granted, we expect the substitution to take place on or about @",
        ),
        counters=("the order that permits the substitution was granted on @",),
    ),
    Rule(
        kind="conversion",
        says=(
            rf"{_FIRST}(?:\w+ )?{_OF_A_CLASS}",
            rf"{_OF_A_CLASS}[^@#;]{{0,40}}\b(?:on|at|after|as of|about|effective) ~~@",
        ),
        unless=r"BOARD|\bmeetings?\b|\b(?:bought|purchased|issued|held) (?:on|before|after|prior)|\byears?\b|\bmay\b",
        examples=(
            "effective on @, class c shares of target will be converted into class a shares of the fund",
            "class b shares of target will convert to class a shares on @",
        ),
        counters=(
            "class b shares bought before @ will convert to class a shares after eight years",
            "class c shares may be exchanged for class a shares on @",
        ),
    ),
    Rule(
        kind="conversion",
        says=(
            r"\b(?:target|fund|it)\b~~\b(?:convert|be converted|becomes?) (?:in)?to "
            r"~~(?:etf|exchange-traded|acquirer)\b~~@",
            rf"{_FIRST}(?:target|fund|mutual fund)\b~~\b(?:converts?|be converted|becomes?)\b~~(?:etf|exchange-traded)",
            r"\bchangeover~(?:expected|planned|scheduled|will)~~@",
        ),
        unless=r"class|BOARD|\bmeetings?\b",
        examples=(
            "we currently expect the fund to convert to the etf structure @, subject to the listing",
            "the changeover to the acquirer is planned for @.",
            "on @, the mutual fund will be converted into an exchange-traded fund",
        ),
        counters=("class b shares will convert to class a shares of the fund @",),
    ),
    Rule(
        kind="valuation",
        says=(
            ("(?:net asset values?|nav|valu(?:es|ed|ation))~(?:determined|calculated|computed|as of|struck|used)~@"),
            "exchange ratios?~(?:determined|calculated|computed|fixed|set)~@",
            "valuation (?:date|time|day)~~@",
            r"\bvaluation\b[^@#;:]{0,60} : ~~@",
        ),
        unless="payable|(?:unit|account|policy|contract) values?|enclosed",
        examples=(
            (
                "the merger is now expected to occur on or about #, at net asset values determined as of "
                "the close of regular trading on the new york stock exchange on or about @"
            ),
            "the values used for the exchange will be those determined as of the close of business on @",
            "the exchange ratio will be determined on or about @",
            "valuation for the purposes of the scheme : 12 noon on @",
        ),
    ),
    Rule(
        kind="valuation",
        says=(
            r"exchange ratio~(?:determined|calculated|computed|fixed|set|based)~net asset values?~@",
            r"(?:net asset values?|\bassets|\bsecurities|\bvalues?|\bboth funds|\btarget)\b~\b(?:will|"
            r"shall|is to|are to) be (?:valued|determined|calculated|computed|struck|measured|based)\b~~@",
            r"net asset values?~@,?~exchange ratio",
            r"\bexchange ratio (?:will|shall|is to) be (?:struck|worked out|computed|"
            r"determined) from [^@#;]{0,40}\b(?:of|on) @",
        ),
        unless=r"payable|\b(?:unit|account|policy|contract) values?|enclosed|redemption|dividend",
        examples=(
            "the exchange ratio will be based on the net asset value per share of each fund determined as of @",
            "net asset value for the exchange will be struck @; the shares will be issued before #",
            "the exchange ratio will be struck from the prices of @, and shares will be issued the next morning",
            "both funds will be valued at the close of trading on @ to set the exchange ratio",
            "the value of target's assets to be transferred shall be computed @, the day preceding the closing date",
        ),
        counters=("the redemption proceeds will be based on the net asset value at @",),
    ),
    Rule(
        kind="conversion",
        says=(
            r"^@ :? ?conversion\b",
            r"^conversion(?: date)? : @",
            r"^conversion of (?:the )?(?:target|fund) from an? (?:closed|open)-end to an? (?:closed|open)-end~ : @",
            r"\bthe conversion (?:will|is (?:currently |now )?(?:expected|anticipated|scheduled) to) "
            r"(?:occur|take place|be completed|become effective)~~@",
        ),
        unless="class",
        examples=(
            "@ conversion, after the close of trading on the exchange",
            "conversion of the fund from a closed-end to an open-end company : @",
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
        kind="completion announcement",
        says=(
            r"\b(?:issue[sd]?|publish(?:ed)?|post(?:ed)?) (?:a|"
            rf"its) {_NOTICE}[^@#;]{{0,40}}\bon @[^#;]{{0,40}}{_SAYING}~"
            rf"MERGER~{_COMPLETE}",
            rf"{_NOTICE} ?[:–—-]+ completion of (?:the )?MERGER[^@#;]{{0,40}} : @",
            rf"^@[^@#;]{{0,20}}{_NOTICE}[^@#;]{{0,40}}\b(?:that|of)\b[^@#;]{{0,60}}\bcomplet",
            r"\bcompletion of (?:the )?MERGER (?:will be|is to be|was|is) announced\b[^@#;]{0,60}\b(?:on|about) @",
        ),
        unless=r"\bBOARD\b|\badvis[eo]r['’]s\b|\bif\b",
        examples=(
            "the trust issued a press release on @ announcing that the merger of target into "
            "acquirer had been completed",
            "the trust will post a notice on its website on @ confirming that the reorganization is complete",
            "press release : completion of merger : @",
            "the completion of the merger will be announced on or about @",
        ),
        counters=(
            "the trust issued a press release on @ announcing that the merger is expected to be completed later",
            "the manager issued a press release on @ announcing that the adviser's merger had been completed",
        ),
    ),
    Rule(
        kind="deregistration filing",
        says=(
            rf"\b(?:file|files|filed|submit|submitted|make|made) {_AN_APPLICATION}[^@#;]{{0,60}}{_OF_DEREGISTRATION}"
            r"[^@#;]{0,120}\b(?:on|about|in|during) ~~@",
            rf"{_AN_APPLICATION}[^@#;]{{0,30}}{_OF_DEREGISTRATION}[^@#;]{{0,60}}\b(?:file|filed|submitted|made)\b"
            r"[^@#;]{0,40}\b(?:on|about|in|during) ~~@",
            r"\bform n-8f\b[^@#;]{0,40}\b(?:file|filed|submitted)\b[^@#;]{0,60}\b(?:on|about|in|during|:) ~~@",
            r"\bapply to the (?:securities and exchange commission|sec|commission)\b[^@#;]{0,40}\b(?:on|about|in) @"
            rf"[^@#;]{{0,40}}{_OF_DEREGISTRATION}",
        ),
        unless=r"\border\b[^@#;]{0,60}\b(?:was|is|be) (?:issued|granted|entered)\b|\badvis[eo]rs? (?:act|registr)",
        examples=(
            "following the merger, the target will file an application on form n-8f for an order "
            "that it has ceased to be an "
            "investment company on or about @",
            "the application to deregister under section 8(f) was submitted on @, the target having "
            "transferred its assets",
            "the fund expects to apply to the commission in @ for an order that it is no longer an investment company",
        ),
        counters=("the sec's order declaring that target has ceased to be an investment company was issued on @",),
    ),
    Rule(
        kind="deregistration order",
        says=(
            rf"\border\b[^@#;]{{0,40}}{_OF_DEREGISTRATION}[^@#;]{{0,60}}\b(?:issued|granted|entered|"
            rf"made)\b[^@#;]{{0,30}}@",
            rf"\b(?:issued?|granted?|enter(?:ed)?)\b[^@#;]{{0,20}}\border\b[^@#;]{{0,40}}{_OF_DEREGISTRATION}[^@#;]{{0,60}}"
            r"\b(?:on|about|in) @",
        ),
        unless=r"\bappl(?:y|ied|ication)\b|\badvis[eo]rs? (?:act|registr)",
        examples=(
            "the sec's order declaring that target has ceased to be an investment company was issued on @",
            "the commission is expected to enter its order terminating the target's registration on or about @",
        ),
        counters=("the fund will apply for an order that it has ceased to be an investment company on @",),
    ),
)
"""Several may fit one clause."""
