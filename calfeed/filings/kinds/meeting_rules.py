"""The rules for the vote itself and what comes of it: meetings, and approvals by holders and regulators."""

from calfeed.filings.kinds.rule import Rule
from calfeed.filings.kinds.vote_rules import RECORD_DATE_IS

_MEETS = (
    r"\bmeetings?\b(?:(?!\b(?:approv|clos|complet|occur|effect|receiv|return|mail|sent|record|until|by|before|"
    r"after|prior|furnish|open|deliver|distribut|statement|"
    r"liquidat|transfer|merge|reorganiz|who|if|planned date|materials)\w*)[^@#;?]){0,150}?\b(?:on|for|in|of|to)\b,? "
    r"(?:(?:or )?about |around |the |[a-z]+day,? |first |second |half |of |week |early |late ){0,4}@"
)
"""A meeting, with nothing between it and the day that may happen on that day in its place."""

_SUPERVISOR = (
    r"\b(?:insurance (?:departments?|commissioners?|divisions?|regulators?)|departments? of insurance|"
    r"(?:commissioners?|superintendents?) of (?:insurance|banking|financial services)|"
    r"financial (?:supervisory|services|conduct) (?:commission|authority)|banking (?:department|commissioner))\b"
)
""""The insurance department", "the commissioner of insurance"."""
_CLEARANCE = r"\b(?:approvals?|clearances?|consents?|authori[sz]ations?|permissions?)\b"
_CONSENTED = (
    r"(?:\w*holders|investors|owners) (?:of|in) (?:the )?target (?:gave|have given) (?:\w+ ){0,3}"
    r"(?:consent|approval|assent)\b"
)
_CAME = r"\b(?:received|obtained|given|granted|issued|secured|came through|arrived)\b"
_VOTERS = r"(?:share|stock|unit)?holders?"
MEETING_RULES: tuple[Rule, ...] = (
    Rule(
        kind="special meeting",
        says=(
            r"\bmeetings?\b[^@#;,]{0,60} that (?:took place|was held) on ~~@",
            r"\bmeeting of [^@#;]{0,80}\b(?:held|scheduled|convened|set)\b[^@#;]{0,30}#,? (?:and|while) "
            r"(?:that|the one) of (?:the )?(?:\w*holders of (?:the )?)?(?:target|fund)\b[^@#;]{0,20}@",
            r"\bif ~~HOLDERS(?: of target)? approve (?:(?!\b(?:will|is|are)\b)[^@#;,]){0,60} on (?:or about )?@",
            r"\bif (?:(?:it|they) (?:is|are) )?approved by [^@#;,]{0,40}\w*holders(?: of target)? on (?:or about )?@",
            r"\b(?:special|\w*holders?['’]?) meeting (?:is|will be|takes place) (?:on (?:or about )?)?@",
            r"\bmeeting of (?:its|their|the) \w*holders, which is (?:planned|scheduled|set) for ~~@",
            _MEETS,
            r"\w*holders of (?:the )?target meet on @",
            rf"\b(?:gathering|assembly) of (?:the )?(?:[\w’']+ ){{0,5}}?{_VOTERS}[^@#;]{{0,60}}\bon @",
            r"\bHOLDERS[^@#;]{0,80}\bat the @,? (?:special |shareholder )?meetings?\b",
            rf"\bthe @,? (?:\w+ ){{0,2}}(?:special|{_VOTERS}(?:['’]s?)?) (?:special )?meeting\b",
            r"HOLDERS~(?:will|are to|is to) (?:meet(?! with)|convene|assemble|gather)\b[^@#;]{0,130}?\b(?:on|at) ~~@",
            r"(?:HOLDERS|\byou)(?: of (?:the )?\w+)? (?:will|are|is|plan)(?: \w+ly)? (?:(?:\w+ )?to )?(?:be asked to )?"
            r"(?:vote|decide|act|consider)\b(?:(?!\b(?:planned|expected|scheduled|proposed(?= to)|take|effective|"
            r"record|clos\w+|occur|complet\w+|meeting|sell\w*|redeem\w*|invest\w*|move|information|recommendation|tax|"
            r"money|advisers)\b)[^@#;]){0,80}?\bon (?:or about )?@",
            r"\b(?:(?:submitted|put|presented|laid) (?:to|before) ~~HOLDERS|\w+ to a vote)\b(?: of (?:\w+ )?\w+)?"
            r"(?: \w+){0,3} (?:on|at|in) ~~@",
            r"\b(?:will|to) be voted (?:up)?on by (?:the )?HOLDERS(?: of \w+)? on ~~@",
            r"\b(?:\w+holders?['’]?|the|an?|their|its) (?:vote|ballot)\b~(?:is|was|has been|will be) "
            r"(?:now |currently )?(?:scheduled|slated|set|planned|taken|held|expected|anticipated|due)~~@",
            r"HOLDERS~\b(?:called|summoned) together (?:for|on) ~~@",
            r"\badjourned\b[^@]{0,160}\b(?:taken up again|continued?|resumed?)\b~on @",
            (
                "(?:special|joint|adjourned|reconvened|shareholder|shareholders’|shareholders'|"
                "extraordinary(?: general)?) meetings?~(?:held|scheduled|called|convened|take place|set|"
                "adjourned|postponed|reconvened)~~@"
            ),
            "meetings?(?: of (?:(?! will )[^@#;,]){0,90})?,? (?:on|for|:) ~~@",
            ("meetings? of (?:the )?(?:share|stock|unit)?holders~(?:held|scheduled|called|convened|take place|set)~~@"),
            "(?:reconvened?|first convened|be reconvened|be held) ~~on @",
            "meetings?~~(?:to be|will be|was|were|is to be|are to be) held~~@",
            r"\bmeetings?(?: of [^@#;,]{0,90})? (?:will|is to|are to) (?:now |also )?be held[^@#;]{0,130}? on ~~@",
            "special meetings?~to be held[^@#;]{0,150}, on ~~@",
            r"\bmeeting\b[^@#;?]{0,30}\? ~~@",
            r"\bmeetings?\b~(?:#~)?(?:adjourned|postponed|moved|rescheduled)~(?:#~)?(?:to|until) ~~@",
            "(?:special )?meeting(?: date)? : ~~@",
            ("meeting~~(?:is|was|will be|has been) (?:now )?(?:scheduled|set|called|held|adjourned|postponed)~~@"),
        ),
        unless=(
            r"\b(?:submitted|put|presented|laid) (?:to|before)\b[^@#;]{0,60}"
            r"(?:@,? )?\b(?:in|by means of|through|by way of|with) (?:an?|the|our|its) [^@#;,]{0,40}"
            r"\b(?:statements?|prospectus|circulars?|materials?)\b|"
            r"\b(?:take place|occur|effective)\b[^@#;]{0,20}\b(?:at|after|as of|before) the (?:close|"
            r"opening) of business\b|"
            r"\b(?:after|following|upon) the (?:special |shareholder )?meeting,|"
            r"\bthe closing (?:\w+ ){0,3}(?:moved|put off|postponed)\b|\bin-person meeting|"
            r"\b(?:its|their)(?: \w+)? meetings? (?:held )?(?:on|of) @,? (?:the )?BOARD|"
            rf"{RECORD_DATE_IS}|resolution|\byet to vote\b|\bas to proposal\b|\b(?:they|it) did so\b|"
            r"\bcharter\b|\belect\b|"
            r"^(?!.*(?:HOLDERS|\bvot)).*meetings?~~@,? (?:\w+ )?(?:approved|adopted|determined|decided)|"
            r"\bboard(?!(?: of \w+)?,? for an?\b)(?:(?!\b(?:called|convened|scheduled|set|"
            r"\w*holders?)\b)[^@#;]){0,45}?meetings?~~@|meetings? of the board~~@|meetings?~~@,? ~BOARD~DECIDES|"
            r"annual (?:\w+ ){0,2}meeting|^(?!.*\b(?:\w*holders?|owners?|investors|vot\w+|called)\b).*BOARD|"
            "trustees~~meeting~~held~~@,?~DECIDES~agreement|votes?~must be received"
        ),
        examples=(
            "the proposed reorganization will be voted on by shareholders of target on @",
            "the special meeting of shareholders of target will be held on #, and that of target on @",
            "shareholders have, at a joint special meeting that took place on @, approved the agreement",
            "if shareholders of target approve the reorganization on @, you will become a shareholder of acquirer on #",
            "the shareholder meeting is @, and the record date #",
            "if shareholders of target approve the merger at the @ meeting, the merger will take place on #",
            "each reorganization will close on # if approved by that fund's shareholders on @",
            "this proxy statement is furnished in connection with the solicitation of proxies by the board of trustees "
            "for a special meeting of shareholders of target to be held on @",
            "if it is approved at a meeting of its shareholders, which is planned for @",
            "the meeting will now be held on @",
            "a special meeting of shareholders, to be held at the offices of the trust, 615 east street, madison, on @",
            (
                "a special meeting of shareholders of target is scheduled to be held on @, at the trust's "
                "principal office"
            ),
            "a joint special meeting of the three targets is scheduled for @",
            "the unitholders of target are to meet in denver on @",
            "special meetings of stockholders of the two funds named above were held on @",
            "the merger is subject to the approval of shareholders at a meeting to be held on or about @",
            "at the special meeting held on @, shareholders of both targets approved their reorganizations",
            "a special meeting of shareholders of the fund has been called for @",
            "will next be reconvened on @, at the same place",
            "when is the shareholder meeting? @, at 3 p.m. central time in chicago.",
            "the special meeting of target that was held on # was adjourned, since a quorum was not present, to @",
            "shareholders of both merging funds gave their consent at meetings on @",
            "shareholders will be asked to vote on the merger at a meeting scheduled for @",
            "the proposal will be laid before a special meeting of the shareholders of target, which is planned "
            "for the "
            "second half of @",
            "the vote itself will be taken at a meeting in denver on @",
            "the fund intends to hold a shareholder meeting in @",
            "its shareholders voted in favor at the meeting of @",
            "target shareholders will decide the matter on @",
            "the shareholder vote on the proposed reorganization is slated for @",
            "a vote on the merger is planned for @",
            "the merger is being submitted to a vote of target shareholders on @",
            "shareholders have been called together for @",
            "it was adjourned without a vote and will be taken up again on @",
            "the stockholders of both portfolios will meet at the trust's offices, 333 cattle street, kansas "
            "city, on @",
            "your shares should be represented at the gathering of target shareholders on @",
            "the board has called a shareholder meeting for @ to vote on the reorganization",
            "shareholders of the target meet on @ to decide on the merger",
            "whether or not you plan to attend the @ special meeting, please fill in the proxy card",
        ),
        counters=(
            "you will decide how to invest your proceeds on @",
            "the plan will be submitted to shareholders in a proxy statement on @",
            "the plan will be presented to shareholders on @ by means of a proxy statement",
            "you will act on the information on @",
            "owners are to decide to which subaccount to move their money on @",
            "shareholders will consider the tax effects with their advisers on @",
            "shareholders will consider whether to sell their shares on @",
            "if shareholders approve the reorganization their shares will be converted on @",
            "its annual meeting will be held on @ as previously announced",
            "at a meeting of the board held on @ the trustees approved",
            "if shareholders approve the merger at the meeting, it will be completed on @",
            "shareholders will vote on the merger planned for @",
            "after the meeting of shareholders the fund will close on @",
            "the special meeting was opened on @",
            "in connection with its in-person meeting of @, the board considered what shareholders will gain",
            "at the @ special meeting of the board the trustees approved the merger",
            "it will be effected as soon as practicable after the meeting, currently anticipated to be on or about @",
            "with the first change of the meeting the closing moved to on or about @",
            "if shareholders vote for it at their meeting, it is expected to take place at the close of business on @",
            "the supplement tells how shareholders voted, or have yet to vote, at the special meeting of @",
            "as to proposal 3, the meeting was adjourned. it will be resumed on @",
            "the boards have given their approval. they did so at a joint meeting on @",
        ),
    ),
    Rule(
        kind="special meeting",
        says=(
            r"@,?[^@#;]{0,40} (?:for|as the (?:date|day) (?:of|for)) (?:an?|the|our|your|its) (?:\w+ "
            r"){0,2}meetings?\b",
        ),
        unless=(
            r"\brecord\b(?! dates? and @ as)|\bboard meeting|meetings? of (?:the )?BOARD|annual|MAIL|"
            r"\b(?:notice|dividend)\b|"
            r"\b(?:by|before|until|no later than|prior to) ~~@|PROXY~~@|\binstead\b"
        ),
        examples=(
            "the board has therefore fixed @ for the meeting, which will start at 11:00 a.m. eastern time",
            "@ has been set for a special meeting at which shareholders of the target will act on the plan",
            "the trustees have set # as the record date and @ as the date of a special meeting",
            "plan to join us on @, at 10:30 a.m. local time, for the special meeting",
        ),
        counters=(
            "the board has fixed @ as the record date for the meeting",
            "votes must be received by @ for the meeting",
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
            rf"(?:REGULATOR|{_SUPERVISOR}|\bregulatory\b)~{_CLEARANCE}~{_CAME}[^@#;]{{0,40}}\b(?:on|in|about) @",
            rf"{_SUPERVISOR}[^@#;]{{0,20}}\b(?:approved|consented to|sanctioned|authori[sz]ed) (?:the |our |this )?"
            r"(?:MERGER|substitution|replacement)[^@#;]{0,160}\bon @",
            "approved by (?:the )?(?:REGULATOR)~~on @",
            "REGULATOR~(?:approved|authori[sz]ed|consented to|sanctioned)~on @",
            "on @,? (?:the )?REGULATOR~(?:approved|authori[sz]ed|consented to|sanctioned)",
        ),
        unless=r"BOARD|\b(?:if|until|unless|subject to)\b|\badvis[eo]rs?\b|\bparent\b|\brates?\b",
        examples=(
            "state insurance department approval of the replacement of target in the contracts was received on @",
            "the last of the regulatory clearances needed for the reorganization came through on @",
            "the commissioner of banking approved the merger of target, in which trust assets are invested, on @",
            "the merger was approved by the central bank of ireland on @",
            "the financial conduct authority approved the scheme on @",
        ),
        counters=(
            "the merger must be approved by the central bank; the meeting is on @",
            "the insurance commissioner approved the sale of the adviser's parent on @",
            "the insurance department approved the new rates on @",
            "if the regulatory approvals are received, the merger will close on @",
        ),
    ),
    Rule(
        kind="approval obtained",
        says=(
            r"(?:share|stock|unit)?holders~(?:approved|adopted|voted (?:for|in favor of))~(?:MERGER|proposals?|"
            r"plans?|it)\b[^@#;.]{0,60}\bon @",
            r"\b(?:share|stock|unit)holders?['’]? approval\b~~(?:was|were|has been|having been) (?:obtained|given|"
            "received)~~@",
            r"\b(?:won|obtained|received|gained) (?:\w+ )?(?:share|stock|unit)holders?['’]? (?:approval|"
            r"consent)~~on ~~@",
            r"\b(?:required|necessary|requisite) (?:majority|votes?|approval)\b~(?:was|were) (?:obtained|reached|"
            "received|cast|secured|achieved|attained|met)~~@",
            r"\bvotes? in favor of (?:the )?(?:MERGER|plan|proposal)\b[^@#;]{0,30}\b(?:received|cast|obtained|given)\b"
            r"[^@#;]{0,60}holders ?[:–—-]+ @",
            rf"@,? (?:the )?{_CONSENTED}",
            rf"{_CONSENTED}[^@#;]{{0,60}}\bon @",
            r"on @,?~(?:share|stock|unit)holders~(?:approved|adopted|voted (?:for|in favor of))~(?:MERGER|"
            r"proposals?|plan|it)\b",
        ),
        unless=(
            r"meetings? (?:held )?(?:on )?@|BOARD|\b(?:if|once|when|until|would|will)\b[^@#;]{0,60}@|advisory|annual|"
            r"\bscheduled\b"
        ),
        examples=(
            "shareholders of target approved the merger on @",
            "shareholders of target had voted for it on @",
            "on @, shareholders of target voted in favor of the plan",
            "we are pleased to tell you that the necessary majority for the merger was reached on @",
            "the proposal to merge the fund won shareholder approval on @ and will be carried out on #",
            "shareholder approval having been obtained @, the only remaining condition is the opinion of counsel",
            "the necessary majority in favor of the merger was secured on @, when the last holder consented",
            "vote in favor of the reorganization received from target shareholders : @",
            "on @ investors in the target gave their consent to the reorganization",
        ),
        counters=(
            "if shareholders approve the merger, which the board adopted on @",
            "on @, shareholders of the acquirer gave their consent to a new charter",
            "votes in favor of the plan are to be received from holders by : @",
            "shareholders approved the merger at a meeting, and it will be completed on @",
        ),
    ),
)
