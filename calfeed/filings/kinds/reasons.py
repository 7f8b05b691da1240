"""The rules that say why a date is no milestone."""

from calfeed.filings.kinds.rule import Rule
from calfeed.filings.passages.denials import PUT_OFF, RECORD_DATE_SET

OTHER_FUND = "a date of another fund"
PERIOD = "the end of a period that figures are for"
FIGURES = "the day that figures are as of"
CAP = "the end of a limit on expenses or fees"
HISTORY = "the beginning of a fund, a fee or somebody's work"
PEOPLE = "news of people"
EARLIER = "an earlier date"
SITE = "a date of the page itself"
OWN_DATE = "the document's own date"
OTHER_DOCUMENT = "the date of another document"
STATED_AGAIN = "stated again"
YEAR_ALONE = "names a year alone"
NO_DAY = "names no day"
COUNTED = "counts from another date"
POINTS = "points to a date said before"
INSTEAD_OF = (
    r"(?:rather than|instead of|in place of|in lieu of|no longer|not)"
    r"(?: (?:on|in|by|as|of|or|about|around|until|through|the|before|after|close|opening|business))*"
)
"""What stands between a day and the one whose place it takes."""
PUT_OFF_BEHIND = (
    r"(?:(?! and )[^@#.;:]){0,40}?\b(?:(?:has|have|had|was|were|is|are)"
    rf"(?: (?:since|again|now|been|further|then|also|subsequently)){{0,3}} {PUT_OFF}|(?:is|are|will) now)\b"
)
"""What stands behind a day on which something was to happen, and no longer does."""
_SAID_BEFORE = r" (?:announced|disclosed|reported|communicated|described)(?:,| (?:in|on|by)\b| (?:[\w-]+ ){0,2}?MERGER)"
"""What was announced before, and holds: "as previously announced, …", "the previously announced merger"."""
ANNOUNCED = (
    r"(?:\b(?:as|as was|was|were|been)|(?<=\w),) (?:(?:first|previously|originally|initially|already) )?"
    r"(?:announced|disclosed|reported|communicated|described)(?: to [\w ]{1,30})?"
    r"(?: in (?:an?|the|its|our) [^@#;,]{0,40})?"
)
"""What stands before the day of an announcement: "as previously announced on", "as disclosed in a supplement on"."""

REASON_RULES: tuple[Rule, ...] = (
    Rule(
        reason=PERIOD,
        says=(
            (
                "(?:years?|periods?|quarters?|months?|days?|weeks?|half)(?: that)? (?:then )?(?:ended|ending|"
                "ends|through|to)(?: on)? @"
            ),
            r"\bfiscal (?:year|half|period)s?(?: end)?~~@",
            r"\byear[- ]end~~@",
            r"\b(?:assum(?:es?|ing)|as if|as though)\b[^@#;]{0,120}\b(?:had (?:\w+ )?(?:taken place|occurred|been)|"
            r"took place|occurred|closed)\b[^@#;]{0,30}@",
            r"\baccounting (?:reference )?(?:date|period)s?\b~~@",
            r"\b(?:ended|ending) @",
        ),
        unless=(
            r"\b(?:redeem|switch|exchange|transfer|convert)\b[^@#;]{0,80}\b(?:days|weeks?|months?|period)\b[^@#;]{0,20}@|"
            "meetings? that ended|subscription|offering period|election period|transition\\b|"
            "waiver period|any business day"
        ),
        examples=(
            "returns for the ten years ended @ are in their prospectuses",
            "a pro forma fee table, as of the fiscal year ended @, will be in the materials",
            "the acquirer's fiscal year ends on @",
            "assuming the reorganization of target into acquirer had taken place on @, expenses would have been 0.80%",
            "the annual accounting date of the fund is @",
            "return, one year to @ : (12.40 : )%",
        ),
        counters=(
            "at meetings that ended on @, the board decided",
            "shareholders may redeem without charge for a period of 30 days ending on @",
            "the subscription of new accounts ended at the close of business on @",
        ),
    ),
    Rule(
        reason=FIGURES,
        says=(
            (
                r"(?:net assets?|assets|yield|shares outstanding|percent|%|\$[\d.,]+|holdings|stocks|"
                "expense ratio|million|billion|outstanding)~(?:as of|at|on|were made on) @"
            ),
            r"as of @~~(?:net assets|assets|holders of [\d.]+%|shares outstanding|outstanding)",
            r"\bclosing (?:share |market |sale )?prices?~~@",
            r"\bperformance (?:data|information|figures?)\b~as of @",
            r"\bhad [\d,.]+ (?:share|stock|unit)?holders on @",
            r"had (?:those|these|the) \w+ been made on @",
            r"\bon @,? (?:about|roughly|some|approximately) \w+(?: \w+)? (?:thirds?|half|percent|of)",
        ),
        unless=(
            r"\bvote\b~~@|exchange of assets|record date|entitled to vote|will be (?:liquidated|distributed)|acquire|"
            "in exchange|dividend|distribution|net asset values?,? (?:as )?(?:determined|calculated|computed)|"
            r"\b(?:start|begin)s? (?:to )?(?:sell|dispos|reposition)|\bapproved the (?:merger|"
            r"reorgani)|\b(?:begin|start|commence)s? (?:on|about|on or about) @|"
            "redemption|redeemed|fraction|"
            "exchange ratio|be (?:valued|computed|determined|calculated|struck)|for the exchange"
        ),
        examples=(
            "target had net assets of roughly $61 million as of @",
            "as of @, holders of 43.7% of target's shares had voted",
            "had those sales been made on @, they would have realized gains",
            "the closing price on @ was $10.12",
            "performance data is as of @",
        ),
        counters=(
            "shareholders of record as of @ are entitled to vote",
            "the commissioner approved the merger of target, in which trust assets are invested, on @",
            "the sale of the holdings will begin on @",
            "fractional shares will be redeemed at net asset value on @",
            "the manager will start selling the target's holdings on @",
        ),
    ),
    Rule(
        reason=CAP,
        says=(
            (
                r"(?:expense|fee|waiver|waive|cap(?!ital)|limit|reimburse|undertak\w+|agreed to (?:keep|hold)|"
                r"promised)\w*~(?:through|until|to|at least|expires?(?: on)?|ends?(?: on)?|lapse on|beyond|before|"
                "prior to|after|runs to|end on) ~~@"
            ),
            r"(?:waiver|cap|limit\w*)\b[^@;]{0,110}extended from [^;]{0,40}@",
            r"\b(?:waiver|cap(?!ital)|limit\w*)\b[^@;]{0,160}\b(?:expires?|lapses?) (?:on )?@",
            r"\bfees? (?:was|were|has been|have been) (?:reduced|lowered|increased|raised|changed)\b[^@#;]{0,40}@",
        ),
        unless=(
            r"conditions? [\w ]{0,40}(?:satisfied|met)\b~@|sales charge|cdsc|redemption fee|proxy|prospectus dated|"
            r"reorganization is (?:expected|proposed)~~@|transfer charge|free of (?:charge|any)|\btransfers?\b(?! agen)"
        ),
        examples=(
            (
                "the adviser has agreed to keep the acquirer's operating expenses at or below the levels in "
                "its fee table through @"
            ),
            ("the contractual limit on expenses of acquirer, which was to lapse on @, will now be kept until #"),
            "the expense cap of 0.85% for class a shares will remain until @",
            "the cap of 0.95% in effect since # would otherwise expire @",
            "the management fee was reduced effective @",
            "the voluntary fee waiver now in force runs to @ and will be extended until the merger",
            "the fee waiver described on page 12 has been extended from # to @",
        ),
        counters=(
            "any contingent deferred sales charge will be waived until @",
            "you may make one transfer free of any transfer fee until @",
            "no fee will be charged for transfers made through @",
            "the fund will pay its final capital gain distribution to shareholders of record on @",
        ),
    ),
    Rule(
        reason=HISTORY,
        says=(
            r"\bsince[^@#;,]{0,45}@",
            r"\b(?:inception|commenced|began (?:operations|investment|operating)|founded|organi[sz]ed|started on|"
            r"was started|first offered|launched|formerly known|prior to that)\b~~(?:on |of |as of |until )?@",
            r"until @, as\b",
            r"\btrading since[^;]{0,60}@",
            "began operations : (?:# : )?@",
        ),
        unless=(
            "announced|approv|no orders|clos(?:ed|ing)~since|not (?:been )?(?:opened|sold|offered)~since|suspen|"
            "reopened|start(?:ed)? to (?:turn|sell|liquidat)"
        ),
        examples=(
            "the same team has led it since @",
            "its performance from its inception on @ will be that of the combined fund",
            "formerly known, until @, as fund",
            "they have been trading since # and @",
        ),
        counters=(
            "having been closed to them since @",
            "the suspension of sales that began on @ will be lifted",
        ),
    ),
    Rule(
        reason=PEOPLE,
        says=(
            (
                r"\b(?:portfolio managers?|co-manage\w*|manager|president|officer|trustee)\b[^@;]{0,110}(?:retire|"
                "resign|join|leave|depart|step down|managed)~@"
            ),
            r"\bjoined the (?:adviser|firm|company)~@",
            "@,?~(?:join|become|replace|succeed)s?~(?:portfolio manager|president|trustee|management team)",
            r"@,?~\bno longer (?:serve|act|be)s?~(?:portfolio manager|president|trustee|officer)",
            r"@,?~\b(?:portfolio managers?|management team)\b~\b(?:join|leave|retire|manage)s?\b",
        ),
        unless=r"BOARD~DECIDES|begin|sell|reposition|@,? (?:the |each |this )?MERGER~\b(?:will|is|are)\b|"
        r"MERGER~HAPPENS~@",
        examples=(
            "effective @, a person will no longer serve as portfolio manager of target",
            "effective @ the portfolio managers of target will join the management team of acquirer",
            "a person who has co-managed the fund since #, will retire on @",
            "ms. wendell joined the adviser on @",
            "effective @, a person will join another as portfolio manager of fund",
        ),
    ),
    Rule(
        reason=SITE,
        says=(r"\b(?:privacy|terms|cookies?|copyright|updated|last (?:modified|reviewed))\b~~@",),
        unless="MERGER|prospectus",
        examples=("terms : privacy (updated @)",),
    ),
    Rule(
        reason=OTHER_DOCUMENT,
        says=(
            rf"{ANNOUNCED} on (?:or about )?@",
            r"^(?!.*MERGER).*\btax (?:forms?|statements?|information)\b[^@#;]{0,60}\b(?:mailed|sent|available)\b"
            r"[^@#;]{0,30}@",
        ),
        unless=r"\bcomplet[^@#;,]{0,80}\bannounced\b[^@#;,]{0,40}@|\bannounced on @ (?:that|an?|the|its)\b",
        examples=(
            "as previously announced on @, trust is proposing the merger of target into acquirer",
            "the reorganization, which was first announced on @, will take place on #",
            "as disclosed in a supplement filed on @, target will be merged",
            "the liquidation of target, announced on @, will be completed on #",
            "tax forms for the year will be mailed by @",
        ),
        counters=(
            "as previously announced, on @ the reorganization will take place",
            "the reorganization, originally announced for @, will take place on #",
            "the completion of the merger was announced on @",
            "the reorganization will be announced on @",
        ),
    ),
    Rule(
        reason=EARLIER,
        says=(
            (
                rf"\b(?:originally|initially|previously(?!{_SAID_BEFORE})|"
                r"first (?:to|scheduled|expected|announced|convened|set|"
                r"planned)|earlier|had been|was (?:also )?to|were to|was to have|also to have)\b~(?:scheduled|"
                r"expected|planned|anticipated|set|announced(?!,| in\b| on\b)|take place|occur\w*|close[d]?|"
                r"completed?|held|be|"
                r"convened on|have)\b~~@"
            ),
            r"\b(?:first|once) (?:set|scheduled|planned|expected|announced(?! in\b| on\b)|fixed)~~@",
            r"\bfrom @,? (?:to|until) ~~#",
            r"\b(?:opened|convened|begun|called to order)\b~~@[^@#.;]{0,90}\badjourned\b",
            r"\((?:before|formerly|previously|originally|instead of):? ~~@\)",
            r"\bsaid that~would~@",
            rf"#[^@#;]{{0,60}}\b{INSTEAD_OF} @",
            rf"\b{INSTEAD_OF} @[^;]*#",
            r"\b(?:previously|formerly|originally),? @,",
            r"\b(?:previous|former|original|old|prior|initial) (?:record|closing|meeting|effective|liquidation|merger|"
            r"conversion) date~~(?:was|of|had been) @",
            r"\b(?:was|were) (?:also |first |then )?(?:(?:anticipated|expected|planned|scheduled|supposed) (?:to|for)|"
            r"(?:set|fixed|slated) for)\b(?! be held)~@",
            "was (?:also )?to have~@",
            f"@{PUT_OFF_BEHIND}",
            "then (?:put off|postponed|adjourned) (?:to|until) ~~@.*#",
            "(?:#~|was )(?:then|later|first|next) (?:put off|postponed|deferred|delayed|moved) (?:to|until) ~~@",
        ),
        unless=(
            rf"{RECORD_DATE_SET}|as (?:previously|originally) announced,? ~~@$|not (?:be )?(?:held|take)|"
            r"had been (?:called|convened|announced|set)\b[^@#;]{0,60}\b(?:was|were) (?:duly )?held\b~~@|"
            r"\bnow (?:expected|scheduled|anticipated|planned)~@"
        ),
        sure=False,
        examples=(
            "the merger was first to have occurred on or about @, and was later put off to #",
            "the reorganization was to be completed on or about @",
            "the closing, once set for @, will be on #",
            "the closing, which was set for @, will be on #",
            "the reorganization, which was scheduled to take place on or about @, has been postponed",
            "the meeting called for @ was again adjourned to #",
            "the closing, expected on @, has since been delayed",
            "the reorganizations, which were expected to take place on @, are now expected to take place on #",
            "that date is changed from @ to the close of business on #",
            "the merger was first to have occurred on or about #, and was later put off to @",
            "the reorganization is now expected to close on or about #, rather than on or about @ as stated previously",
            "purchases will be suspended after the close of business on # (not @, as stated in our last supplement)",
            "the record date, previously @, has been changed to the close of business on #",
            "the reorganization of target was also anticipated to close on @;",
            "instead of on @, the closing will be on #",
            "the previous record date was @",
        ),
        counters=(
            "the merger is expected to close on @, and the meeting of another fund was adjourned to #",
            "the previously announced merger of target was completed on @",
            "as previously announced, the reorganization is expected to close on @",
            "as previously disclosed in a supplement, the merger is expected to take place on @",
            "the meeting that had been convened for the vote was held on @",
            "the record date for the special meeting was set for @",
            "the reorganization is now expected to close on or about @, rather than on or about #",
            "because the transfer will take longer than had been thought, it is now expected to close before @",
        ),
    ),
)
"""Several may fit one clause."""
