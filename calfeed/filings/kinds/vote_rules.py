"""The rules for what leads to a vote: boards, filings, record dates, mailings, deadlines."""

from calfeed.filings.kinds.frames import ON_EFFECTIVENESS
from calfeed.filings.kinds.rule import Rule

_ORDER = r"\b(?:an|the|its|this|our) (?:exemptive )?order\b"
_SEC = r"\b(?:sec|securities and exchange commission|commission)\b"
_HOUR = (
    r"[ \d:.,\[\]]*(?:(?:[ap]\.m|noon|midnight|eastern|central|mountain|pacific|local|standard|daylight|time|on|the|"
    r"close|end|of|business|[a-z]+day)[ .,\[\]]*)*@"
)
"""A day with its hour."""
_AGREEMENT = (
    r"\b(?:(?:agreement and )?plan of (?:reorganization|merger|exchange|acquisition)|definitive agreement|"
    r"agreement of (?:merger|reorganization)|(?:merger|reorganization) agreement)\b"
)
_BY_HOUR = rf"\b(?:by|on or before|until|till|before|(?:no|not) later than|through|prior to)\b{_HOUR}"
_OF_A_MEETING = r"record dates?(?: (?:for|of) (?:(?! and )[^@#;,]){0,90}?)?"
RECORD_DATE_IS = (
    rf"\b(?:(?:set|fixed|established) (?:the|a) {_OF_A_MEETING} (?:for|as|at)|{_OF_A_MEETING} (?:is|are|was|were|been|"
    r"be)(?: set| fixed| established)?(?: for| as| at| to be| on)?)(?: of)?(?: the close of business on)? @"
)

_REGISTERED = (
    r"(?:\b(?:its |the |a |that )?(?:registration statements?|(?:form )?n-14)\b(?: on (?:form )?n-14)?"
    r"(?:,? (?:which was )?filed(?! (?:with|on)\b)[^@#;,]{0,60})?)"
)
_FILED = r"\b(?:file[sd]?|filing|lodged?|submit(?:s|ted)?)\b"
_NOT_YET = (
    r"(?:(?!\b(?:meetings?|vot\w+|effective|mail\w*|record|clos\w+|complet\w*|withdr\w+|amend\w*|approv\w+|"
    r"dated|supplement\w*|occur|merged)\b)[^@#;])"
)
"""What may stand between a registration statement, its filing, and the day of it: nothing else that happens."""
_WITHDRAWN = r",? (?:was|were|has been|is being|will be|is) (?:formally )?withdrawn (?:effective |as of |on )"
_WITHDRAWAL = r"\b(?:withdraw(?:al|ing))"
VOTE_RULES: tuple[Rule, ...] = (
    Rule(
        kind="board approval",
        says=(
            r"\baction was taken by the BOARD~~on ~~@",
            r"BOARD(?: of [^@#;,]{0,60})? acted on ~~@(?! with respect)",
            "BOARD~DECIDES~(?:on|at|held|effective)~~@",
            "BOARD~(?:meetings?|session)~~@~DECIDES",
            "(?:on|held|meetings?(?: held)?(?: on)?) ~~@,?~BOARD~DECIDES",
            "BOARD~~on @,? ~DECIDES",
            r"\bboard approval(?: date)? : ~~@",
            r"\b(?:approved|endorsed|adopted|accepted|authorized) by (?:the |each |its |your )?BOARD~@",
            "at (?:its|their|a|the) @ (?:regular |special )?meetings?,?~BOARD~DECIDES",
            "BOARD[^@;]{0,90}took (?:this|that|these|the|its|their) (?:action|decision|step)s?~@",
            r"\b(?:action|decision|step)s? (?:was|were) taken by (?:the )?BOARD[^@#;]{0,40}@",
            r"\bapproved at (?:a|the) (?:regular |special )?(?:meeting of the )?BOARD[^@#;]{0,30}@",
            "BOARD~(?:took|made|reached) (?:this|that|the|its) decision~on @",
            "took (?:this|that|the) (?:decision|step|action) at (?:its|a|their) meeting (?:of|on|held on) @",
            "(?:resolutions?|decisions?) (?:was|were) (?:passed|adopted|made|taken)~(?:on|of) @",
            "on @,? ~~BOARD[^@;]{0,160}DECIDES",
            "BOARD~DECIDES[^@#;]{0,60}, as of @",
            r"DECIDES[^@#;?]{0,30}\? ~BOARD~~on @",
            r"BOARD[’']? (?:vote|decision|approval|action) (?:was|were) (?:taken|given|made)~~@",
            "BOARD[^@;]{0,60}DECIDES[^@;]{0,160}BOARD[^@#;]{0,30} on #,? and ~~BOARD~~on @",
            r"BOARD~\b(?:met|meeting|convened|gathered|assembled)\b~~(?:on|of) @~DECIDES",
            r"\bapproval (?:of|by|from) (?:the |its |your |our |each |both |their )?~~BOARD~~on ~~@",
            r"BOARD~DECIDES[^@;]{0,120}#,? and (?:those|that|the (?:other|latter)) ~~on @",
            r"by (?:the )?BOARD[^@;]{0,60}#,? and by (?:the )?BOARD~~on @",
            r"BOARD[^@]{0,200}\b(?:it|they)\b~~(?:on|at)~~@,? and,? ~~DECIDES",
            r"BOARD[^@]{0,200}DECIDES[^@]*\b(?:it|they) did so\b~~@",
            r"^(?:the )?(?:trust['’]s )?BOARD[^@#;]{0,260}DECIDES (?:an? |the )(?:agreement|plan)\b~on @",
            r"^(?:effective|as of) @,? (?:the )?BOARD~DECIDES (?:an? |the )(?:agreement and )?(?:plan|"
            r"reorganization|merger)\b",
            r"\bdecision on @ to (?:approve|recommend|adopt)\b~BOARD",
            r"(?:decision|resolution)s?,? (?:which (?:was|were) )?(?:made|taken|reached|passed) (?:on|at)~~@",
            r"\bapproval (?:was|has been) (?:given|granted|obtained)\b[^@#;]{0,40}BOARD[^@#;]{0,30}\b(?:on|of) @",
            r"\bmeetings? (?:held )?(?:on|of) @,? (?:the )?BOARD\b[^@;]{0,160}\b(?:before|in|"
            r"prior to) approving (?:the |this |that )?(?:plans?|agreements?|MERGER|proposals?|it|them)\b",
            r"BOARD~\bmeetings? (?:held )?on #(?:, #)*,? and @,? and at the (?:second|latter|last)[^@#;]{0,30}DECIDES",
        ),
        unless=(
            r"\b(?:discussed|considered|reviewed)\b[^@#;]{0,60}@[^@#;]{0,30}\band DECIDES[^@#;]{0,80}#|"
            r"TO_MERGE[^@#;]{0,60}\b(?:on|effective|with effect from|as of) @|"
            r"DECIDES~\b(?:will|would|(?:expected|scheduled|proposed) to|to be)\b"
            r"(?![^@#;]{0,100}\bmeetings?\b[^@#;]{0,30}@)[^@#;]{0,100}@|\binstead\b|GIVES_UP|\brenew|"
            r"@,? [^@#;]{0,30}\w+holders (?:of [^@#;]{0,40} )?(?:approved|voted|adopted)|@,? (?!was "
            r"announced)[^@#;]{0,60}\bannounced\b|"
            "terminated? the (?:agreement|plan)|\\bsolicit|their own (?:fund|portfolio)|12b-1|interim|(?:will|may) "
            "consider|dividend|declar(?!ed effective)|elect(?:ed|ion of)|next regular|(?:share|stock)holders? approved|"
            r"sub-?advisory|auditor|DECIDES[^@#;]{12,}\beffective\b~~@"
        ),
        examples=(
            "action was taken by the trustees on @",
            "the trustees of trust acted on @",
            "the trustees took this action on @, upon the recommendation of the adviser",
            "the conversions were approved at the board’s meeting on @",
            ("the board of trustees of trust (trust), at a meeting held on @, considered and approved an agreement"),
            "on @, the board of trustees of the trust approved proposals",
            "at a regular meeting on @, the board of trustees of the trust approved proposals",
            "at its @ meeting, the board of directors approved the acquisition of all the assets of target by acquirer",
            "the trustees took this decision on @",
            "the boards of trustees of trust and trust have approved the following mergers, as of @",
            "who has approved this? the board, on @.",
            "the resolution was passed at a meeting on @",
            "the decision was made on @",
            "on @, the board of trustees of trust, and on # the board of directors of trust, approved agreements",
            "it took the decision at its meeting of @",
            "the board of trustees of trust voted on @, and the board of trustees of trust voted on #",
            "the board has approved, effective @, the following proposed reorganizations",
            ("the board of trustees approved the reorganization unanimously on @ and still recommends that you vote"),
            "the directors' decision was made, after two meetings, on @",
            "the trustees of trust and the directors of trust have agreed to the plan, the trustees on # and the "
            "directors on @",
            "the trustees, including those who are independent, met in person on @ and unanimously voted to "
            "merge the fund",
            "the merger received the unanimous approval of the board of trustees on @",
            "the trustees of trust had approved the reorganization on #, and those of trust on @",
            "all combinations were approved by the trustees of the trust on # and by the directors of the trust on @",
            "the trustees deferred action; they took up the proposal again on @ and, following discussion, approved it",
            "the boards of trust and trust have given their approval. they did so at a joint meeting on @",
            "effective @, the board of trustees has approved a plan of reorganization under which target will be "
            "merged",
            "in reaching its decision on @ to approve the reorganization, the board weighed the objectives",
            "the merger of your fund was endorsed by the board on @",
            "the board of trustees gave the green light on @",
            "the decision, made on @, was announced in a supplement",
            "your trustees talked to other firms before they accepted the plan, with one abstention, on @",
            "your fund's board gave the transaction its blessing on @ after hearing from counsel",
            "the approval was given at a meeting of the trustees on @",
            "in connection with its in-person meeting of @, the board considered a number of factors before approving "
            "the plan",
            "the trustees considered the mergers at meetings on # and @, and at the second of them approved both",
            "the boards adopted the plan of merger on @, and the registration statement was declared effective on #",
        ),
        counters=(
            "at a special meeting held on @, stockholders of the fund approved the plan that the board adopted on #",
            "on @ the fund announced that its board had approved a plan on #",
            "the board discussed alternatives on @ and approved the plan on #",
            "the board considered the mergers at meetings on @ and #, and at the second of them approved both",
            "at its meeting of @ the board reviewed the results before approving the annual budget in another year",
            "the board declared a dividend on @",
            "at a meeting held on @, the board determined not to proceed with the reorganization",
            "on @ the directors of both funds agreed to drop the merger",
            "the trustees' decision to renew the management contract was made on @",
            "the board will consider what else may be done at its next regular meeting, on @",
            "the board approved a plan under which target will be merged into acquirer on @",
            "subject to approval by the board, the merger will take place on @",
            "the trustees met on @ and considered a merger; they will vote on #",
            "effective @, the board has approved a new portfolio manager",
            "the trustees of another trust adopted the plan that concerns their own fund on @",
        ),
    ),
    Rule(
        kind="agreement signed",
        says=(
            rf"{_AGREEMENT}[^@#;]{{0,60}}\b(?:was|were|to be|will be|is) (?:signed|executed|entered into)\b~~on ~~@",
            rf"\b(?:sign(?:ed)?|enter(?:ed)? into|executed?) (?:an?|the) {_AGREEMENT}[^@#;]{{0,60}}(?:on|as of) @",
            rf"{_AGREEMENT},? (?:signed|executed|entered into) (?:on|as of) @",
            rf"{_AGREEMENT} (?:is |was |to be )?(?:signed|executed) ?[:–—-]+ ~~@",
            rf"\b(?:signing|execution) of (?:the |an? )?{_AGREEMENT} ?[:–—-]+ ~~@",
            r"\b(?:under|pursuant to) the agreement,? (?:which was )?(?:signed|executed|entered into) on @",
            rf"(?:^|; )(?:on|as of) @,? [^@#;]{{0,160}}\b(?:signed|entered into|executed) (?:an?|the) {_AGREEMENT}",
        ),
        unless=r"advisory|underwriting|would|\b(?:advis[eo]r|manager|parent|owner|bank|corp)\b",
        examples=(
            "the agreement and plan of reorganization, which was signed on @, has been amended",
            "the trust expects to sign the agreement and plan of reorganization on @",
            "the trust entered into the merger agreement on @",
            "the terms are laid down in a plan of reorganization executed on @ by the officers of the trust",
            "plan of reorganization executed : @",
            "signing of the agreement and plan of reorganization : @",
            "under the agreement, which was executed on @, target will transfer its assets to acquirer",
            "on @, target and acquirer entered into an agreement and plan of merger under which they will merge",
        ),
        counters=(
            "under an agreement and plan of reorganization the merger is to take place on @",
            "the merger agreement between the adviser's parent and its buyer was signed on @",
            "under the agreement, which was signed on @, the adviser will be paid a lower fee",
            "advisory agreement executed : @",
        ),
    ),
    Rule(
        kind="agreement signed",
        says=(
            "agreement(?: and plan)?~(?:dated(?: as of)?|signed|entered into|executed)~~@",
            "entered into an agreement~on @",
        ),
        unless=r"prospectus|supplement|advisory|underwriting|\b(?:advis[eo]r|manager|parent|owner|bank|corp)\b",
        sure=False,
        examples=("under an agreement and plan of reorganization dated as of @",),
    ),
    Rule(
        kind="n-14 filing",
        says=(
            "(?:form n-14|registration statement)[^@#]{0,160}(?:filed|file|filing)~~@",
            r"registration statement[^@;]{0,120}\b(?:filed|lodged|submitted) (?:with [\w ]{3,45} )?(?:on|about|"
            r"in|on or about) @",
            r"\bon (?:or about )?@,? ~\b(?:filed|submitted|lodged)\b~registration statement",
            r"\bfile\b~@,? ~\bn-14\b",
            r"\bfiled with the (?:securities and exchange commission|sec) on @[^#;]{0,80}\bn-14\b",
            r"^as filed with the (?:securities and exchange commission|sec) on @",
            "registration statement[^@#;]{0,60}filed with the [\\w ]{5,45}(?:on|about|in) @",
            r"\bfiled (?:with the [\w ]{5,45} )?on form n-14 ~~@",
            r"\bfiled (?:a |its )?registration statements? on form n-14 ~~@",
            r"\b(?:to|will) file (?:\w+ ){0,2}registration statements? on form n-14\b~@",
            rf"{_REGISTERED}{_NOT_YET}{{0,160}}{_FILED}{_NOT_YET}{{0,90}}\b(?:on|about|around|in|during) ~~@",
            rf"{_FILED}{_NOT_YET}{{0,30}}{_REGISTERED}{_NOT_YET}{{0,140}}\b(?:on|about|around|in|during) ~~@",
        ),
        unless=r"(?:become|declared) effective~@|shelf|\bform rw\b|\brequest(?:ed)? (?:the )?withdraw\w*|"
        r"\bto withdraw\b|\bwithdrawn (?:effective )?@",
        examples=(
            "a registration statement is expected to be filed with the securities and exchange commission on @",
            "a combined proxy statement and prospectus will be filed with the commission on form n-14 in @",
            "trust filed a registration statement on form n-14 on @",
            "the trust plans to file with the sec, on or about @, a form n-14 that will contain the prospectus",
            "as filed with the securities and exchange commission on @ / form n-14",
            "it is part of a registration statement that trust filed on @ and that was declared effective on #",
            "on @ the acquirer submitted to the commission its registration statement for the new shares",
            ("a registration statement on form n-14 has yet to be filed; it is expected to be filed on or about @"),
            "the registration statement on form n-14 that trust filed on @ is being withdrawn",
            "the trust plans to file a registration statement on form n-14 for the merger on or about @",
            "a registration statement was filed on form n-14 with the securities and exchange commission on @",
            "the trust filed a registration statement on form n-14 relating to the shares to be issued in the "
            "reorganization with the sec on @",
            "a combined proxy statement/prospectus on form n-14 is expected to be lodged with the securities and "
            "exchange commission on or about @",
        ),
        counters=(
            "form rw submitted to withdraw the n-14 of # : @",
            "the trust requested withdrawal of its registration statement on form n-14 on @",
            "the registration statement on form n-14 was filed, and the shareholders will vote on the merger in @",
            "the form n-14 that was filed has become effective, and the proxy statement was mailed on @",
        ),
    ),
    Rule(
        kind="n-14 withdrawal",
        says=(
            rf"{_REGISTERED}{_WITHDRAWN}~@",
            rf"{_WITHDRAWAL} of {_REGISTERED}~@",
            rf"@,?~{_WITHDRAWAL} of {_REGISTERED}",
            rf"\b(?:to|will) withdraw {_REGISTERED}[^@;]{{0,60}}(?:\bon(?: or about)?| ?[:–—-]+) @",
        ),
        unless=r"\bif\b|\bmay\b|shelf|\bn-2\b|\bn-1a\b",
        examples=(
            "the form n-14 filed in connection with the reorganization was withdrawn effective @",
            "form rw submitted to withdraw the n-14 of # : @",
            "on @, the trust requested withdrawal of its registration statement on form n-14 pursuant to rule 477",
        ),
        counters=(
            "the registration statement on form n-14 filed on @ is being withdrawn",
            "the trust may withdraw the registration statement on form n-14 on @",
            "the proxy was withdrawn on @",
        ),
    ),
    Rule(
        kind="n-14 effectiveness",
        says=(
            "(?:form n-14|registration statement)~(?:become|becomes|became|be|declared) effective~~@",
            r"(?:registration statement|\bn-14\b)[^@;]{0,120}\b(?:became|become|declared) effective[^@#;]{0,70}@",
            r"\bproposed that this filing will become effective~~@",
            "become effective~~@~~rule 488",
        ),
        unless=f"shelf|n-2|{ON_EFFECTIVENESS}",
        examples=(
            "a registration statement on form n-14 was filed on #, and became effective on @",
            "the n-14 filed on # was declared effective by the staff of the sec on @",
            "the registration statement was declared effective by the securities and exchange commission on @",
            "it is proposed that this filing will become effective on @",
            ("a registration statement on form n-14 will be filed and is expected to become effective on or about @"),
        ),
    ),
    Rule(
        kind="sec order",
        says=(
            rf"{_ORDER}~(?:was|has been|were) (?:issued|granted|entered|given|signed)~~@",
            rf"{_SEC}~(?:issued|granted|entered|gave|signed|made) (?:us )?(?:\w+ ){{0,2}}order\b~~(?:on|of) @",
            rf"(?:on )?@,? (?:the )?{_SEC}~(?:issued|granted|entered|gave|signed)\b(?! notice)~\border\b",
            rf"{_ORDER} (?:of|dated|issued on|granted on) @",
            rf"\breceived from the {_SEC}~@,?~\b(?:order|relief|exempti)",
            r"\bexempti\w+ (?:relief|order)\b~\b(?:was|has been) (?:granted|given|issued|received)\b~on @",
            rf"{_ORDER}[^@#;]{{0,40}}\b(?:will|is expected to|to) be (?:issued|granted)\b~~@",
        ),
        unless=(
            r"n-14|registration statement|sub-?advis|managers?-of-managers|deregist|\bagainst\b|proceeding|"
            r"\bcourt\b|ceased to be|"
            r"^(?!.*(?:substitut|\bappli|asked for|permi|reorgani|merger|\bthe order\b))"
        ),
        examples=(
            "on @ the commission gave the order we had asked for",
            "we applied to it on #, and its order permitting the substitutions was issued on @",
            "the securities and exchange commission gave its permission by an order of @",
            "we expect the order to be issued in @",
            "the company received from the sec, @, the exemptive relief that it needs to replace the fund by "
            "substitution",
        ),
        counters=(
            "the fund relies on an order of @ that lets its manager change subadvisers",
            "on @ the commission gave notice of our application for an order",
        ),
    ),
    Rule(
        kind="sec order",
        says=(
            r"\border (?:will|is expected to) be (?:issued|granted) (?:during|in|on|by|around|on or about) ~~@",
            r"(?:sec|securities and exchange commission|commission)\b~(?:order|exempti)~@",
            r"\border~(?:granted|issued)~~@",
        ),
        unless="n-14|registration statement",
        sure=False,
        examples=(
            "we anticipate that the order will be issued during @",
            "the sec issued the order on @",
        ),
    ),
    Rule(
        kind="record date",
        says=(
            r"OWNS_ON[^#;]{0,160}?BALLOT",
            r"BALLOT[^@#;]{0,90}OWNS_ON",
            r"\bBALLOT\?? [^@#;]{0,40}\b(?:anybody|anyone|everybody|everyone|whoever|those|persons)\b~OWNS_ON",
            r"\b(?:receiv\w+|sent|mailed)\b~(?:prox\w+|information statement|voting \w+|"
            r"notice of (?:\w+ ){0,2}meeting|circular)\b~~\b(?:because|since|as|if) you~OWNS_ON",
            r"\bnames? (?:appears?|appeared|stands?|stood|is|are|was|were) (?:in|on)~@[^#;]{0,80}(?:VOTE|PROXY)",
            r"@[^@#;]{0,20} as the (?:date|day|time) (?:on|as of|at|by) which~(?:of record|vote|entitled)",
            r"@,? (?:which (?:is|was) )?the (?:date|day|time) (?:fixed|set|chosen|established) (?:for|to)~\bvote\b",
            r"\b(?:ownership|eligibility|entitlement|right)\b~\bvot(?:e|ing)\b~(?:determined|fixed|decided|"
            r"established)~@",
            r"@,? (?:is|was|remains|which (?:is|was|remains)|will be|has been)(?: \w+)? (?:the|a) record date\b",
            r"\brecord date,? which was (?:to be )?#,? (?:is|will be|has been (?:changed|moved) to)(?: now)? @",
            r"\b(?:owners?|holders?) with [^@#;]{0,40}value[^@#;]{0,60} on @,?[^@#;]{0,60}\bwill be sent~\bprox",
            r"\b(?:chosen|selected|named|designated) @ as the record date",
            RECORD_DATE_IS,
            r"HOLDERS who have~value in~on @~\binstruct",
            r"HOLDERS having[^@#;]{0,60}\b(?:interest|value|shares)\b[^@#;]{0,60}\bon @[^#;]{0,90}\b(?:vote|instruct)",
            r"@ (?:has been|was|is) (?:fixed|set|chosen|selected|named|designated) as the record date\b",
            r"\bnames? stood (?:in|on) the (?:books|register)~~HOLDERS\b[^@#;]{0,60}@\W*$",
            r"HOLDERS~(?:of record|hold|own|owned|who held|shares held)\b~@[^#;]{0,160}?VOTE",
            "HOLDERS~of record[^@#;]{0,70}?@",
            "HOLDERS with~~value~~on @~instruct",
            r"value (?:allocated|invested)\b~on @[^#;]{0,80}\bvote",
            r"HOLDERS of ~~(?:at|on|as of) ~~@ (?:will|are (?:expected|scheduled) to) (?:be (?:sent|mailed)|receive)~"
            r"\bprox",
            r"record date\b~(?:#~)?(?:changed|moved|reset) to ~~@",
            r"HOLDERS of ~~(?:at|on|as of) ~~@,? (?:may|can|will be able to|(?:are|will be) entitled to) vote\b",
            r"who (?:are|were) (?:share|stock|unit)?holders?~~(?:on|at)~~@~\bvot",
            ("record date(?: for (?:[\\w-]+ ){0,5}?[\\w-]+)?,? (?:is|was|remains|of|has been|will be|as|:|,)~~@"),
            "(?:fixed|set|established)~@~record date",
            r"(?:hold|own|owned|held) shares\b~(?:at|on|as of)~~@~(?:entitled to )?\bvote",
            r"who (?:can|may|is entitled to) vote\? ~\b(?:own|owned|hold|held|holders?|of record)\b~~@",
            r"@ (?:has been|was|is) (?:fixed|set|chosen) as the (?:date|day)\b~\b(?:ownership|eligib|entitle|holders)",
            r"\bvote\b[^@#;]{0,40}\bif you (?:were|are) an? \w*holder\b~~@",
            r"\b(?:vote|instruct)\b[^@;]{0,100}\bowners\b~\bvalue in\b~~(?:at|on|as of)~~@",
            "record date,? @",
            r"@ ?,? ?\(?(?:which (?:is|was) )?the [\"“]?record date\b",
            "@,? (?:has been|was) (?:fixed|set)~record date",
            "entitled to~VOTE~(?:on|as of|at)~~@~record date",
            "VOTE~(?:of record|shares held) (?:on|as of|at)~~@",
        ),
        unless=(
            r"\bvoted (?:up)?on by\b|@ as the (?:date|day) (?:of|for) (?:an?|the) (?!record)|"
            r"dividend|distribut|payable|proceeds|gains?\b|\b(?:search|inquiry)\b|for all (?:\w+ )?meetings|"
            r"\b(?:pays?|paying|(?:is|be) paid)\b[^@;]{0,60}holders of record|(?:approved|"
            r"adopted) the (?:agreement|plan|MERGER)~on @|"
            r"annual report|\brights offering\b|subscri|\bsplit\b|\bpaid on #|shareholders? approved|"
            r"^(?!.*record date).*\b(?:meetings?|votes?) of [^@#;]{0,60}holders[^@#;]{0,60}@(?! will be (?:asked|"
            r"entitled))|"
            r"holders(?: of (?:the )?\w+)? (?:on|at) @,? (?:have |had )?(?:approved|voted (?!do)|met|adopted|"
            r"decided|rejected)\b|"
            r"(?:MAIL|\breach)[^@#;]{0,60}holders\b(?! of record(?: of [^@#;,]{0,40})? as (?:of|at)\b)[^@#;]{0,40}\b"
            r"(?:about|beginning|during|in|of|around) ~~@|"
            r"\b(?:mailed|sent)\b[^@#;]{0,60}\bof record\b[^@#;]{0,60}\b(?:about|beginning(?: on)?|during|in) @"
        ),
        examples=(
            "as a policy owner with value in the fund on @ you will be sent a proxy statement",
            "the trustees have chosen @ as the record date",
            "contract owners who have contract value in target on @ will be invited to give voting instructions",
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
            "the record date for it is @",
            "persons who had contract value allocated to target on @ will be asked how the shares should be voted",
            "holders of shares of target and target on @ will be sent a proxy statement on or about #",
            "the record date for the meeting, which was #, has been changed to @",
            "holders of target at the close of business on @ may vote on the merger",
            "persons who are shareholders on @ will be able to vote",
            "if you own shares of target or target on @, you may vote at the meeting",
            "who can vote? everyone who owned shares of target on @.",
            "owners with contract value in the subaccount on @ may give voting instructions",
            ("shareholders of record of a target as of @ are scheduled to vote on the proposal at a special meeting"),
            "which you received if you held shares on @, the record date for the meetings",
            "@ was chosen as the day that decides who is entitled to vote",
            "you can vote if you are a unitholder at the close of business on @",
            "they vote as instructed by the owners of policies with value in the target on @",
            "to have a vote you must be on the books of target when the new york stock exchange closes on @",
            "only shareholders of target at the close of business on @ have a vote",
            "who may vote has not changed: anybody who owned shares of the fund on @",
            "to vote, you must own shares as of the close of trading on the new york stock exchange on @",
            "shareholders who owned the target on @ may still vote",
            "the board has set @ as the date on which a person must be a stockholder of record in order to vote",
            "each shareholder whose name appears on the register at 4:00 p.m. on @ will be sent a proxy card",
            "ownership for voting purposes will be determined as of the close of trading on @",
            "you are receiving this proxy statement because you held shares of the target as of @",
            "persons who become shareholders after @, the date fixed for determining who may vote, will have none",
            "plan accounts that were invested in the target at the end of the day on @ may direct how shares are "
            "to be voted",
            "@ was likewise the record date of target",
            "the record date, which was #, is now @",
            "shares held on @ will carry the right to vote",
            "to be eligible to vote, you must have been a shareholder on @",
            "target shareholders as of @ will be asked to vote on the merger",
            "contract owners having a voting interest in the portfolio on @ will be asked to tell "
            "the company how to vote",
            "@ has been chosen as the record date.",
            "the proxy statement will be mailed to shareholders of record as of @",
            "shareholders of record of the target as of the close of business on @ are expected to receive a proxy "
            "statement",
            "who is eligible to vote? anyone whose name stood on the books of the target as a shareholder on @",
        ),
        counters=(
            "the proceeds will be sent to shareholders of record no later than @",
            "it will be payable on # to holders of record on @, as a regular quarterly income distribution",
            "the proxy statement was mailed to shareholders of record on @",
            "voting cards were sent to the holders of record of both funds on or about @",
            "shareholders will vote on the merger at a meeting on @",
            "at a meeting of shareholders on @ you will be asked to vote",
            "the reorganization will be voted on by shareholders of target on @",
            "shareholders on @ approved the merger, for which they were asked to vote",
            "the shareholders may vote at the meeting of target on @",
            "shareholders of record on @ will receive the annual report",
            "to avoid a short quarter it will pay one on # to shareholders of record on @",
            "target shareholders approved the agreement on @ by a vote of 71% of the shares held",
            "shareholders of record on @ will receive rights to subscribe for shares",
            "you are receiving this notice because you held shares on @",
            "as a result of the vote the shareholders will own shares of acquirer, effective as of @",
            "it began its search of nominees holding shares on @, so that the vote can be solicited from those "
            "who own them",
        ),
    ),
    Rule(
        kind="information statement mailing",
        says=(
            "information statements?~MAIL~@",
            "MAIL~information statement~@",
            "@~MAIL~information statement",
        ),
        examples=("they will instead receive an information statement, which is to be sent on or about @",),
    ),
    Rule(
        kind="proxy mailing",
        says=(
            r"\b(?:was|were|is being|are being) first (?:mailed|sent) to [\w ]{0,30}holders on (?:or about )?@",
            "PROXY~MAIL~~@",
            "MAIL~PROXY~@",
            r"(?:prospectus|materials)~MAIL(?: \w+){0,4} (?:on or about|on|about|beginning|during|in|by)? ?@",
            r"\b(?:was|be|were) mailed~~@",
            r"PROXY[^@;]{0,60}\b(?:was|were|be|been) (?:\w+ )?(?:mailed|sent)\b~@",
            r"\b(?:get|receive) prox~~@",
            r"\bproxy (?:statement|materials)~(?:reach you|should arrive)~~@",
            r"^[^@#;]{0,30}(?:on or about|on|beginning|around|in|about) @,?~MAIL~PROXY",
            r"PROXY~MAIL[^@#;]{0,80} (?:on or about|on|about|beginning|during|in|around) ~~@",
            r"\b(?:begin|start|expects?|plans?|intends?)\b[^@#;]{0,30}\b(?:to )?mail(?:ing)? (?:them|these|this|"
            r"the|out|your)\b~~(?:on or about|on|about|during|in|around) ~~@",
            r"\b(?:date|day) on which~PROXY[^@#;]{0,90}\b(?:given|sent|mailed|furnished) to ~~(?:is|was) ~~@",
            "mailing(?: date)?(?: of~)? : ~~@",
            r"\b(?:send|mail|deliver|furnish|distribute)\b[^@#;]{0,80},? (?:(?:in|on|about|or|around|"
            r"during|late|early) )*@,? (?:an? |the |our )?(?:\w+ ){0,2}PROXY",
            r"^(?:(?:in|on|about|around|during|the|week|of|early|late|mid|middle|first|second|half|or) )*@,? you "
            r"(?:should|will) (?:see|find|receive|get)\b[^@#;]{0,60}PROXY",
            r"\b(?:solicitation|meeting|voting) materials\b~MAIL[^@#;]{0,60}\b(?:on|about|around|during|in) ~~@",
        ),
        unless=(
            r"\bmeetings?\b[^@#;]{0,90}\b(?:held|scheduled|convened|called)\b[^@#;]{0,20}@|"
            "information statement|dated~~@$|dated (?:on or )?about @|prospectus dated @|"
            r"confirmation|\btax\b|1099|report|votes? (?:by|must)|\bsearch\b|\binquir|\breminder|"
            r"holders of record(?: of [^@#;,]{0,40})? as (?:of|at)\b[^@#;,]{0,30}@|"
            r"must be received|\bchecks?\b|\bwires?\b|\bproceeds\b|\bso that (?:we|it|they)\b|"
            r"\b(?:names?|register|record|own\w*|h[eo]ld|holders?|"
            r"value)\b[^@#;]{0,60}@,?[^@#;]{0,40}MAIL"
        ),
        examples=(
            (
                "a combined proxy statement and prospectus describing the plan in detail is expected to be "
                "mailed to those persons on or about @"
            ),
            "proxy materials and forms for voting instructions will be sent on or about @",
            "proxy materials will go out on or about @",
            "the proxy statement should reach you around @",
            "a proxy statement with more information about the merger should arrive in @",
            "it is anticipated that a proxy statement/prospectus will be mailed during the week of @",
            ("shareholders of record of a target will be mailed information detailing the proposal on or about @"),
            "the joint proxy statement, dated #, was first sent to the shareholders of both of the funds on or about @",
            "around @ the trust will begin to send those shareholders a proxy statement",
            "a definitive proxy statement will be distributed to target shareholders beginning on or about @",
            "we plan to mail this document beginning on or about @",
            "the approximate date on which this proxy statement is first being given to shareholders is @",
            "proxy statements and voting instruction forms are to be posted to owners in @",
            "we plan to send all shareholders of the target, in late @, a proxy statement with full details",
            "during the week of @ you should see in your mailbox a package of proxy materials about the merger",
            "solicitation materials will be distributed to shareholders beginning on or around @",
        ),
        counters=(
            "each shareholder whose name is on the register on @ will be sent a proxy card",
            "details will be contained in meeting materials to be mailed to shareholders of record as of @",
            "on @ the trust will send search cards to brokers to learn how many sets of proxy material they need",
            "the prior-year tax information was mailed to shareholders on @",
            "checks will be mailed, and wires sent, no later than @",
            "if some of your value was in the target on @, you will receive a proxy statement",
            "please return your proxy card so that we receive it no later than @",
            "the proxy statement was dated @ and was mailed on or about #",
            "the proxy statement is furnished for a special meeting of shareholders of target to be held on @",
        ),
    ),
    Rule(
        kind="voting deadline",
        says=(
            r"\b(?:votes?|voting|prox(?:y|ies)|ballots?|voting instructions?|cards?)\b"
            r"(?:(?!\b(?:mailed|sent|receive|record|materials|revo\w+|statements?)\b)[^@#;]){0,90}?"
            r"\b(?:must|have to|has to|should|needs? to|may|can|is|are|will be|be|so|that)\b"
            rf"(?:(?!\b(?:mailed|sent|receive|record|held|meeting)\b)[^@#;]){{0,60}}?{_BY_HOUR}",
            rf"\bvoting\b[^@#;]{{0,30}}\b(?:closes?|ends?)(?: at)?{_HOUR}",
            rf"\bvote\b~\bif (?:it|we|they) (?:hears?|receives?)\b~{_BY_HOUR}",
            rf"\bmust (?:have|receive|get) your (?:\w+ )?(?:cards?|votes?|prox(?:y|ies)|voting "
            rf"instructions?)\b~{_BY_HOUR}",
            r"\b(?:forms?|cards?|instructions)\b~\b(?:must|should|have to)\b~"
            rf"{_BY_HOUR}[^@#;]{{0,60}}\b(?:counted|voted)\b",
            (
                r"(?:votes?|prox(?:y|ies)(?! (?:statement|material|document|solicit)\w*)(?: cards?)?|"
                "voting instructions?|instructions|ballots)~(?:received|returned|cast|submitted|arrive|reach)~@"
            ),
            "(?:last day|deadline)~(?:vot(?:e|ing)|proxies|voting instructions)~@",
            r"\breturn (?:your |the |it)[^@#;]{0,40}\b(?:proxy|proxies|ballot|voting)\b[^@#;]{0,40}"
            r"\b(?:by|before|no later than|not later than) @",
            r"(?:may|can) (?:\w+ )?vote\b~(?:until|through)~~@",
            r"\b(?:votes?|voting|prox(?:y|ies)|ballots?)\b[^@#;]{0,90}\bso that (?:we|it|they|the \w+) "
            rf"(?:receives?|reach(?:es)?|arrives?|gets?|have|has|is|are)\b[^@#;]{{0,50}}{_BY_HOUR}",
            r"\bhave until ~~@,? to (?:\w+ )?(?:vote|return|submit|cast|give|send|mail|complete)\b"
            r"~(?:VOTE|PROXY|\binstructions)",
            r"\bplease vote\b[^@#;]{0,40}\b(?:by|before|no later than) @",
            r"\bto be counted\b[^@#;]{0,40}\b(?:forms?|cards?|votes?|ballots?|prox(?:y|ies)|instructions?)\b~"
            rf"\b(?:received|returned|reach|arrive|back)\b~{_BY_HOUR}",
            r"\b(?:may|can) give (?:voting )?instructions (?:until|through) ~~@",
            r"\bvoting instructions\b[^@;]{0,120}\b(?:have to|must|should) be (?:returned|received)~by @",
            "(?:voting|prox)[^@;]{0,110};? (?:they|these|it|cards) (?:must|should|need to)~"
            "(?:reach|received|returned|arrive)~@",
        ),
        unless=(
            r"\bin favor of\b[^@#;]{0,40}\breceived from\b|allocation|premium|reach you|"
            r"\b(?:combined|merged|reorganized|completed(?! (?:\w+ )?(?:forms?|cards?|prox|ballots?|voting)))\b~~@|"
            r"@,? (?:which (?:is|was) )?the record date"
        ),
        examples=(
            "votes by telephone and through the website must be received by @",
            "if you would sooner vote ahead of time, your vote has to be in by 11:59 p.m. eastern time on @",
            "telephone and internet voting is open until midnight on @",
            "we must have your voting instructions in hand before 5:00 p.m. on @",
            "completed forms must be in the hands of the company no later than noon, on @ if they are to be counted",
            "please return your card so that it reaches the tabulator no later than @",
            "shareholders may vote until 11:59 p.m. eastern time on @",
            "cards for voting instructions will be mailed around # and have to be returned by @",
            "contract owners of record on # will receive a proxy statement and may give instructions until @",
            "we will mail voting instruction cards on or about #; they must reach us no later than @",
            "please mark, sign and return your voting instruction card so that we receive it no later than @",
            "to be counted, your form must be received by @",
            "completed forms of proxy must be received by @",
            "please vote by @ so that your shares can be counted",
            "return your proxy card no later than @.",
            "the deadline for voting is @.",
            "shareholders of target have until @ to return their proxies for the special meeting",
        ),
        counters=(
            "to be counted as held for a year, your shares must have been bought by @",
            "the proxy card was mailed so that you could vote at the meeting on @",
            "a proxy statement with more information about the merger should arrive in @",
        ),
    ),
)
"""Several may fit one clause."""
