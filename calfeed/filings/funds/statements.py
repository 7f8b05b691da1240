"""The statements by which filings say that one fund goes into another: tables, with examples that the tests run.

A new statement is needed only for a new way of putting verb, target and acquirer in order: a new verb goes into a table
of `calfeed.filings.funds.statement`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from calfeed.filings.funds.split import is_received
from calfeed.filings.funds.statement import AND, ASIDE, LIST, OTHER_WORDS, PARTS, SIGN, Statement, signs_of

_MERGE = "merg|reorgani[sz]|consolidat|combin|amalgamat"
STATEMENTS = (
    # --- the target joins the acquirer ---
    Statement(
        r"\b<joining> of…<T>…\b(?:<into>|to(?! (?:which|be|become|occur|take|close|happen|begin|end|go)\b))\b…<A>",
        (
            "The Board approved the merger of Elm Bond Fund with and into Elm Income Fund.",
            "Conversion of Elm Bond Fund, a mutual fund, into Elm Income Fund.",
            "With the merger of Elm Bond Fund into Elm Income Fund ahead, Elm Bond Fund closed to new investors.",
            "In connection with the merger of Elm Bond Fund into Elm Income Fund, Elm Bond Fund is closed.",
        ),
    ),
    Statement(
        r"<T>…\b<joins>\b…\b<into>\b…<A>",
        (
            "Elm Bond Fund would be combined with Elm Income Fund.",
            "Elm Bond Fund, which took over Oak Fund on May 2, 2018, will be merged into Elm Income Fund.",
            "The assets of Elm Bond Fund will be rolled into Elm Income Fund.",
            "Elm Bond Fund is being collapsed into Elm Income Fund.",
        ),
    ),
    Statement(
        rf"\b<assets> of (?:the )?<T>…\b<joins>\b…\bwith those of (?:the )?(?P<a>{SIGN})",
        ("The assets of Elm Bond Fund are to be combined with those of Elm Income Fund.",),
    ),
    Statement(
        r"\b<joins>\b…<T>…\b<into>\b…<A>",
        (
            "The Board voted to fold Elm Bond Fund into Elm Income Fund.",
            "It is proposed to amalgamate Elm Bond Fund, a sub-fund of the Company, with Elm Income Fund.",
        ),
    ),
    Statement(
        r"\b(?:turn|transform)(?:s|ed|ing)?\b…<T><aside> into (?:an? [^,.;]{0,60}, )?(?:the )?<one A>",
        ("The Board agreed to turn Elm Bond Fund (“EBF”) into an exchange-traded fund, Elm Income Fund.",),
        ("The Board agreed to turn Elm Bond Fund into a pure index fund, as it did with Elm Income Fund.",),
    ),
    Statement(
        r"<T>…\b(?:turned|transformed) into (?:an? [^,.;]{0,60}, )?(?:the )?<one A>",
        ("Elm Bond Fund is to be turned into Elm Income Fund.",),
    ),
    Statement(
        r"<one T>[^;]{0,160}?\b(?:its|their) (?:\w+ )?<joining> <into>\b…<A>",
        ("Holders of Elm Bond Fund have approved its merger into Elm Income Fund.",),
    ),
    Statement(
        r"\b<holders> of (?:the )?<one T>,?…\b(?:approved?|rejected?|adopted?|voted (?:for|against|on))\b…\bthe "
        r"<coming><joining> <into> (?:the )?<A>",
        (
            "Shareholders of Elm Bond Fund approved the proposed reorganization into Elm Income Fund.",
            "Holders of Elm Bond Fund will be asked to approve the merger into Elm Income Fund.",
        ),
    ),
    Statement(
        r"\b(?:its|their) <coming><joining> <into> (?:the )?<A>…(?<!of )(?<!of the )<one T>",
        ("In view of its proposed reorganization into Elm Income Fund, Elm Bond Fund will stop selling shares.",),
    ),
    Statement(
        r"<one T>['’]s? <coming>(?:<joining>|<taking>) (?:<into>|by) (?:the )?<A>",
        (
            "Because of Elm Bond Fund's upcoming acquisition by Elm Income Fund, purchases will end.",
            "Elm Bond Fund’s merger into Elm Income Fund will close soon.",
        ),
    ),
    Statement(
        r"<one A><aside>(?:,? (?:(?:is|was|will be|would be|being|as) )?(?:the|a) (?:[\w-]+ ){0,2}"
        r"(?:fund|portfolio|series|one|survivor))?,? (?:(?:in)?to|with) which…<T>…\b<joins>\b",
        (
            "You will own Elm Income Fund, into which Elm Bond Fund is to be merged.",
            "Elm Income Fund is the fund into which Elm Bond Fund will be reorganized.",
            "Elm Income Fund will be the surviving portfolio with which Elm Bond Fund is combined.",
        ),
    ),
    Statement(
        r"(?:^|:)<marks>(?:and )?<marks>(?:\w{1,3}[.)])? ?(?:the )?<one T>(?:,[^;]{0,40}?)?"
        r"<no verb>,? (?:<into>|→|[-=–—]+>) (?:the )?<one A>",
        ("(1) Elm Bond Fund into Elm Income Fund", "Elm Bond Fund → Elm Income Fund"),
        ("Elm Bond Fund has a policy of putting cash into Elm Income Fund.",),
    ),
    Statement(
        r"<T>…\b<joins>\b…\b(?:to form|to create|forming|creating)\b…<one A>",
        ("Elm Bond Fund and Oak Bond Fund will be combined to form Elm Income Fund, a new series.",),
    ),
    Statement(
        r"<T>…\b<will>\b…\bbecome (?:a )?part of (?:the )?<one A>",
        ("Elm Bond Fund will become part of Elm Income Fund.",),
    ),
    # --- the acquirer takes the target ---
    Statement(
        r"\b<assets>\b…\b(?:of|belonging to|owned by) (?:the )?<T>…\b(?:by|to|into) (?:the )?<A>",
        (
            "To approve the acquisition of the assets of Elm Bond Fund by Elm Income Fund.",
            "It provides for the transfer of all the assets of Elm Bond Fund to Elm Income Fund.",
        ),
    ),
    Statement(
        r"<A>…\b(?:<takes>|receives?)\b…\b(?:<assets>|liabilities)\b…\b(?:of|from) (?:the )?<T>",
        (
            "Elm Income Fund will acquire all of the assets of Elm Bond Fund.",
            "It was proposed that Elm Income Fund acquire the assets of Elm Bond Fund.",
        ),
        ("Elm Income Fund may acquire shares of Elm Bond Fund.",),
    ),
    Statement(
        r"<A>…\b<will> (?:<takes>|replace|take the place of) (?:the )?<T>",
        (
            "The Trustees decided that Elm Income Fund should absorb Elm Bond Fund.",
            "Elm Income Fund will take over Elm Bond Fund.",
            "On May 1 Elm Income Fund is to replace Elm Bond Fund.",
        ),
    ),
    Statement(
        r"<T>…\b(?:be|being|was|were|been) <taken>\b…\bby\b…<A>",
        ("Elm Bond Fund is being acquired by Elm Income Fund.", "Elm Bond Fund will be succeeded by Elm Income Fund."),
    ),
    Statement(
        r"\b(?:have|having) (?:the )?<one T> <taken> by (?:the )?<one A>",
        ("Holders will vote on having Elm Bond Fund acquired by Elm Income Fund.",),
    ),
    Statement(
        r"\b(?:<giving>|<taking>) of…<T>['’]s (?:\w+ ){0,3}<all>\b…\b(?:to|by) (?:the )?<A>",
        ("Holders will vote on the sale of all of Elm Bond Fund's assets to Elm Income Fund.",),
    ),
    Statement(
        r"\b<taking> of…<T>…\bby\b…<A>",
        ("The acquisition of Elm Bond Fund by Elm Income Fund needs a vote.",),
    ),
    Statement(
        r"\b<taking> by (?:the |its )?<A>…\bof\b…<T>",
        ("It provides for the acquisition by Elm Income Fund of the assets of Elm Bond Fund.",),
    ),
    Statement(
        r"<one A>['’]s? <taking> of…<T>",
        ("The Trustees propose Elm Income Fund's acquisition of all the assets of Elm Bond Fund.",),
    ),
    Statement(
        r"<T>,? whose <assets>\b…\bto (?:the )?<one A>",
        ("Elm Bond Fund, whose assets would pass to Elm Income Fund, is a series of the Company.",),
    ),
    Statement(
        r"<one A>[^;]{0,160}?\bits <taking> of…<T>",
        ("Elm Income Fund said today that it has completed its acquisition of the assets of Elm Bond Fund.",),
    ),
    # --- the target gives its assets ---
    Statement(
        r"<T>…\b<will> <gives>\b…\bto (?:the )?<A>",
        ("Elm Bond Fund will convey all that it owns to Elm Income Fund.",),
    ),
    Statement(
        r"<T>…\b(?:<gives>|deliver(?:s|ed|ing)?)\b…\bits <assets> to (?:the )?<A>",
        (
            "They recommend that Elm Bond Fund transfer all its property to Elm Income Fund.",
            "Elm Income Fund will deliver shares to Elm Bond Fund, and Elm Bond Fund will deliver its assets to Elm "
            "Income Fund.",
        ),
    ),
    Statement(
        r"<T>…\b<assets>\b…\b<gives>\b…\b(?:to|into) (?:the )?<A>",
        ("All of Elm Bond Fund's assets will be transferred to Elm Income Fund.",),
    ),
    Statement(
        r"<one T>[^;]{0,160}?\b(?:<giving>|<taking>) of…\b(?:its|their) <assets> (?:to|by)…<one A>",
        (
            "Holders of Elm Bond Fund will vote on the sale of all its assets to Elm Income Fund.",
            "Holders of Elm Bond Fund have approved the acquisition of its assets by Elm Income Fund.",
        ),
    ),
    Statement(
        r"<T>…\b(?<!in )<gives>\b…\bfor\b…\b<shares> of…<A>",
        ("Elm Bond Fund will exchange substantially all of its assets for shares of Elm Income Fund.",),
        ("Those who hold Elm Bond Fund may exchange it for shares of Elm Income Fund.",),
    ),
    Statement(
        r"\b<giving> of…\b<assets> (?:of|belonging to) (?:the )?<T>…\bfor\b…\b<shares> of (?:the )?<A>",
        ("It provides for the transfer of all assets of Elm Bond Fund in exchange for shares of Elm Income Fund.",),
    ),
    # --- holders ---
    Statement(
        r"\b<holders> (?:of|in)<no verb><T>…\b(?:will|would|(?:are|were) to) "
        r"(?:become|receive|be given|be issued|get|own|hold)\b<itself>\b(?:<holders>|<shares>)\b…"
        r"\b(?:of|in) (?:the )?<one A>",
        (
            "Shareholders of Elm Bond Fund will become shareholders of Elm Income Fund.",
            "Owners of Elm Bond Fund would receive shares of the same class of Elm Income Fund.",
            "Holders of Elm Bond Fund were to become holders of Elm Income Fund.",
        ),
        (
            "Holders of Class A will get shares of Elm Bond Fund, and holders of Class C shares of Elm Income Fund.",
        ),
    ),
    Statement(
        r"<T>['’]s? <holders>\b…\b(?:will|would|to) (?:become|(?:receive|own|get|hold)\b<itself>\b<shares> (?:of|in))\b"
        r"…<one A>",
        (
            "If they approve it, Elm Bond Fund's shareholders will become Elm Income Fund's shareholders.",
            "Elm Bond Fund's holders would receive Class A shares of Elm Income Fund.",
        ),
        ("Elm Bond Fund's shareholders will receive a prospectus of Elm Income Fund.",),
    ),
    Statement(
        r"\bif you (?:own|hold|have|are)\b…<T>…\byou (?:will|would) (?:receive|own|get|hold|become)\b<itself>"
        r"\b(?:<holders>|<shares>|\w+holder|owner|investor) (?:of|in) (?:the )?<A>",
        ("If you own Elm Bond Fund, you will receive shares of Elm Income Fund.",),
        ("If you own Elm Bond Fund, you will receive a prospectus for shares of Elm Income Fund.",),
    ),
    # --- one in the place of the other ---
    Statement(
        r"<T>…<A>…\b(?:in its (?:place|stead)|tak(?:e|es|ing) its place|replaces? it)\b",
        ("Elm Bond Fund will be removed, and Elm Income Fund will be used in its stead.",),
    ),
    Statement(
        r"\bsubstitut\w+…<A>…\bfor\b…<T>",
        ("The Company asks to substitute shares of Elm Income Fund for shares of Elm Bond Fund.",),
    ),
    Statement(
        r"\bsubstitut(?:e|es|ing|ions?)\b (?:of )?(?:<shares> of )?(?:the )?<T>…\bwith (?:<shares> of )?(?:the )?<A>",
        (
            "The Company intends to substitute shares of Elm Bond Fund with shares of Elm Income Fund.",
            "An order permits the substitution of shares of Elm Bond Fund with shares of Elm Income Fund.",
        ),
        ("Substitute benchmarks make Elm Bond Fund comparable with Elm Income Fund.",),
    ),
    Statement(
        r"\bof (?:<shares> of )?(?:the )?<one A> for (?:<shares> of )?(?:the )?<one T>",
        ("The substitution of Oak Fund for Ash Fund and of Elm Income Fund for Elm Bond Fund was approved.",),
        ("The prospectus of Elm Income Fund for Elm Bond Fund holders is new.",),
        only_with=r"substitution",
    ),
    Statement(
        r"\b(?:put|place|use|offer)\b…<one A> in (?:the )?(?:place|stead) of (?:the )?<one T>",
        ("We will put Elm Income Fund in the place of Elm Bond Fund.",),
    ),
    Statement(
        r"\breplac(?:e|es|ing|ement)\b…<T>…\b(?:with|by)\b…<A>",
        ("We intend to replace Elm Bond Fund with Elm Income Fund.",),
        ("All references to Elm Bond Fund are replaced with Elm Income Fund.",),
    ),
    Statement(
        r"\b(?:we|us|our|company|insurer|account)\b…\bexchange\b…<T>…\bfor\b…<A>",
        ("The order lets us exchange shares of Elm Bond Fund for shares of Elm Income Fund.",),
        ("You may exchange shares of Elm Bond Fund for shares of Elm Income Fund.",),
    ),
    Statement(
        r"<T>…\breplaced (?:with|by)\b…<A>",
        ("Elm Bond Fund will no longer be offered and will be replaced with Elm Income Fund.",),
        ("We may one day find that Elm Bond Fund is replaced with Elm Income Fund in a list such as this.",),
    ),
    # --- both sides of an agreement ---
    Statement(
        r"\bTRUST,? (?:acting )?on behalf of (?:its \w+,? )?(?:the )?<one T><aside>,? and (?:the )?TRUST,? "
        r"(?:acting )?on behalf of (?:its \w+,? )?(?:the )?<one A>",
        (
            "The Agreement and Plan of Reorganization is by Elm Trust, on behalf of Elm Bond Fund, and Oak Trust, on "
            "behalf of Elm Income Fund.",
        ),
        ("A cap was agreed by Elm Trust, on behalf of Elm Bond Fund, and Oak Trust, on behalf of Elm Income Fund.",),
        only_with=rf"\b(?:{_MERGE})\w*.*\bTRUST\b",
    ),
    Statement(
        r"(?:\bbetween (?:\(\w{1,4}\) )?|\(\w{1,4}\) )(?:the )?<one T><aside>,? and (?:the )?<one A>",
        ("The Board approved an Agreement and Plan of Reorganization between Elm Bond Fund and Elm Income Fund.",),
        ("An agreement between Elm Bond Fund and Elm Income Fund governs the lending of securities.",),
        only_with=rf"^(?=.*(?:{_MERGE}))(?=.* between ).*\b(?:agreement|plan)s?\b",
    ),
)  # fmt: skip

OPEN_STATEMENTS = (
    # --- the target goes somewhere ---
    Statement(
        r"<T>…\b<into>\b…<A>",
        ("The mergers of Oak Fund into Ash Fund, and of Elm Bond Fund into Elm Income Fund, are planned.",),
        ("Those in Elm Bond Fund may put their money into Elm Income Fund.",),
        only_with=_MERGE,
    ),
    Statement(
        r"<T>(?!['’])…\b(?:into(?! (?:which|whom|the (?:place|shoes|position))\b)|part of)\b<near><A>",
        ("A merger was agreed: Elm Bond Fund disappears into Elm Income Fund.",),
        (
            "After the merger dividends of Elm Bond Fund can be put into Elm Income Fund.",
            "Elm Bond Fund's benchmark changes into that of Elm Income Fund.",
        ),
    ),
    Statement(
        r"<T>…\b(?:join(?:s|ed|ing)?|(?:give|make)s? (?:way|place|room) (?:to|for)|step(?:s|ped)? aside for|"
        r"(?:be|being|is|are) \w+ (?:up |over |in )?by|followed by|united (?:to|with)|cede to|yield to) (?:the )?<A>",
        (
            "The holders of Elm Bond Fund agreed to the merger, and so to join Elm Income Fund.",
            "Elm Bond Fund will give way to Elm Income Fund in a merger.",
        ),
        ("After the merger the manager of Elm Bond Fund will join Elm Income Fund.",),
    ),
    # --- what the target has goes somewhere ---
    Statement(
        r"\b(?:what|whatever|everything|all)(?: that| which)? (?:the )?<T> (?:owns?|has|holds?|possesses)\b"
        r"…\b(?:to|into|by|with)\b<near><A>",
        ("What Elm Bond Fund owns will pass to Elm Income Fund in the merger.",),
    ),
    Statement(
        r"<T>['’]s?<near>\b<all>\b…\b<will>\b…\b(?:to|into|by|with)\b<near><A>",
        ("Elm Bond Fund's business is to be carried on by Elm Income Fund after the merger.",),
    ),
    Statement(
        r"<T>…\b<will>\b…\b(?:<one's>\b…\b(?:<all>|owns?|has)|everything)\b…\b(?:to|into) (?:the )?<A>",
        ("In the merger Elm Bond Fund will hand its whole portfolio to Elm Income Fund.",),
    ),
    # --- the acquirer takes what the target has ---
    Statement(
        r"<A>…\b<will>\b…\b<all>(?:,? (?:and|or) (?:\w+ ){0,2}\w+)? (?:of|from|that|belonging to|held by) (?:the )?<T>",
        ("In the merger Elm Income Fund will take on all assets and debts of Elm Bond Fund.",),
    ),
    Statement(
        r"<A>…\b(?:takes? (?:in|on)|steps? into|swallows?|inherits?|success\w+|heirs?) <near><T>",
        ("Elm Income Fund is the successor in the merger of Elm Bond Fund.",),
    ),
    Statement(
        r"<one A>…\b<will> (?:\w+ )?(?:issue|deliver|give)\b<near>\bshares to (?:the )?<T>",
        ("In the merger Elm Income Fund will issue its shares to Elm Bond Fund.",),
    ),
    Statement(
        r"<one A>…\b(?:the|a) (?:fund|portfolio|series|one)(?: that| which)? (?:the )?<T>…\b<joins>\b",
        ("Elm Income Fund is the fund that Elm Bond Fund will be merged into.",),
    ),
    # --- what the target's holders get ---
    Statement(
        r"\b(?:<holders>|<shares>|accounts?|investments?|stake|money|share) (?:of|in) (?:the )?<T>"
        r"…\b(?:<will>|is|are)\b…\b(?:<holders>|<shares>) (?:of|in)<near><A>",
        (
            "Your shares of Elm Bond Fund will become shares of Elm Income Fund in the merger.",
            "After the merger holders of Elm Bond Fund will find themselves holders of Elm Income Fund.",
        ),
        ("Before the merger holders of Elm Bond Fund will get a prospectus for shares of Elm Income Fund.",),
    ),
    Statement(
        r"\b(?:<holders>|<shares>|share) (?:of|in) (?:the )?<T>…\b<will>\b…\b(?:to|into) (?:the )?<A>['’]?s? <shares>",
        ("In the merger shares of Elm Bond Fund will change to Elm Income Fund shares.",),
    ),
    Statement(
        r"\b(?:value|amounts?|money|balances?)\b<near>\b(?:in|of|under|to) (?:the )?<T>…\b<will> (?:\w+ )?be "
        r"(?:transferred|moved|exchanged|reallocated|switched|invested|put)\b…\b(?:to|into|for|in) (?:the )?<A>",
        ("After the merger contract value in Elm Bond Fund will be moved by us to Elm Income Fund.",),
        ("After the merger contract value in Elm Bond Fund can be moved to Elm Income Fund.",),
    ),
    Statement(
        r"<T>…\b(?:its|their|the) <holders> <will>\b…\b<shares> (?:of|in)<near><A>",
        ("In the merger Elm Bond Fund will end, and its holders will own shares of Elm Income Fund.",),
    ),
)  # fmt: skip
"""Statements with any verb. They count where a filing is about mergers, and for funds that no other statement pairs."""

GETS = (
    Statement(
        r"\b<will> (?:\w+ )?(?:become|receive|be given|be issued|get|own|hold)\b<itself>"
        r"\b(?:<holders>|<shares>|\w*holder|owner|investor) (?:of|in) (?:the )?<one A>",
        (
            "If they approve, they will receive shares of Elm Income Fund.",
            "If they approve, you will become a shareholder of Elm Income Fund.",
        ),
    ),
    Statement(
        r"\b(?:[Tt]he|[Yy]our|[Tt]his) (?:[Ff]und|[Pp]ortfolio|[Tt]rust) [^.;]{0,60}?"
        r"\bbe (?:\w+ )?<joins> <into> (?:the )?<one A>",
        ("The Fund is expected to be merged into Elm Income Fund.",),
    ),
    Statement(
        r"\b(?:[Tt]he|an?|this) <coming><joining> <into> (?:the )?<one A>",
        ("Holders of the Fund will be asked to approve the proposed merger with Elm Income Fund.",),
    ),
    Statement(
        r"\b[Ii]ts <assets>\b…\b<will>\b…\b(?:by|to|into) (?:the )?<one A>",
        ("Its assets will be taken over by Elm Income Fund.",),
    ),
    Statement(
        r"\b(?:[Ii]ts|[Tt]he (?:[Tt]rust|[Ff]und|[Pp]ortfolio)['’]s) <coming>(?:<joining> <into>|<taking> by) "
        r"(?:the )?<one A>",
        (
            "They approved its merger into Elm Income Fund.",
            "Purchases end because of the Fund's upcoming acquisition by Elm Income Fund.",
        ),
    ),
    Statement(
        r"\b<joining> of (?:the|your|this|our) (?:[Tt]rust|[Ff]und|[Pp]ortfolio) <into> (?:the )?<one A>",
        (
            "They approved the reorganization of the Trust into Elm Income Fund.",
            "You will be asked to approve the merger of your fund into Elm Income Fund.",
        ),
    ),
    Statement(
        rf"\b(?:other|merger) (?:fund|portfolio|series|partner)\b(?: of (?:the )?{SIGN})?…\bis (?:the )?<one A>",
        ("The other fund is Elm Income Fund.", "The merger partner of the Fund is Elm Income Fund."),
    ),
)  # fmt: skip
"""What says of a fund that it is an acquirer, in a filing about one target: a statement without the group `t`."""

LIQUIDATIONS = (
    Statement(
        r"<T>…\b(?:liquidating distribution|(?:put|go|goes|placed) into liquidation)\b",
        ("Elm Bond Fund will be put into liquidation.", "Elm Bond Fund will make a liquidating distribution."),
    ),
    Statement(
        r"\b(?:following|these)\b…\b<ended>\b<near>: (?:the )?<T>",
        ("The following fund will be liquidated: Elm Bond Fund.",),
        ("The following holdings will be sold after a fund was liquidated. Elm Bond Fund did so.",),
    ),
    Statement(
        r"<one T>(?:(?! for its investments)[^;]){0,80}?\b(?:its |the )?\w*holders (?:have )?(?:approved|adopted) "
        r"(?:the|its|a) plan of (?:complete )?<ending>\b",
        ("Elm Bond Fund announced today that its stockholders approved the plan of liquidation at a meeting.",),
        ("Elm Bond Fund said that the stockholders of a lender approved its plan of liquidation.",),
    ),
    Statement(
        r"<one T>[^;]{0,160}?\b(?:in (?:anticipation|advance|view) of|because of|before|ahead of|pending|prior to) its "
        r"<coming>(?:complete )?(?:liquidation|dissolution)\b",
        ("Elm Bond Fund will close to all investors in anticipation of its liquidation.",),
        ("Elm Bond Fund holds notes of a lender in view of a liquidation.",),
    ),
    Statement(
        r"\bwind(?:ing)? (?:the )?<one T> up\b",
        ("The Trustees have resolved to wind Elm Bond Fund up.",),
    ),
    Statement(
        r"<T>…\b<will> redeem all (?:of )?(?:its )?(?:then )?(?:outstanding |remaining )?<shares>\b",
        ("Elm Bond Fund will redeem all of its outstanding shares and be liquidated.",),
        ("Elm Bond Fund will redeem all of its Class C shares, and a lender was liquidated.",),
    ),
    Statement(
        r"<T>…\bclosed\b…\bits assets (?:will be )?distributed\b",
        ("Elm Bond Fund is going to be closed and its assets distributed.",),
    ),
    Statement(
        r"<T>…\bits (?:outstanding|remaining) <shares> <will> be redeemed\b",
        ("Elm Bond Fund will be closed, and its remaining shares will be redeemed in a liquidation.",),
    ),
    Statement(
        r"\b(?:<ends>|<ending>)\b<of it>(?:for (?:the )?)?<T>",
        (
            "The Board approved the liquidation of Elm Bond Fund.",
            "The Trustees decided to close and wind down Elm Bond Fund.",
        ),
        ("Shares of some accounts will be exchanged, when they liquidate, for shares of Elm Bond Fund.",),
    ),
    Statement(
        r"\b(?:close(?! of\b)|closing|closure)\b<of it><T>"
        r"(?!…\bto (?:new|all|most|any|further|additional|purchases|exchanges)\b)",
        ("The closure of Elm Bond Fund, whose assets will be liquidated, was decided.",),
        (
            "We will close Elm Bond Fund to new investors; other funds are liquidated.",
            "At the close of business Elm Bond Fund values its assets, as do funds that liquidate them.",
        ),
        only_with=r"liquidat|dissol|\bwound\b|\bwind|terminat|distribut",
    ),
    Statement(
        r"<T>…\b(?:be|is|are|to|being) (?:(?:closed|terminated|dissolved)\b…\band (?:then )?)?(?:<ended>)\b",
        (
            "Elm Bond Fund will be liquidated and dissolved.",
            "Elm Bond Fund will be closed on May 1, 2031 and liquidated on June 2, 2031.",
        ),
        ("Elm Bond Fund will be closed to new investors, and its holdings in energy liquidated.",),
    ),
    Statement(
        r"<T>…\b(?:to|will|would) (?:close and )?(?:<ends>|cease (?:its |all )?operations)\b"
        rf"(?! (?:(?:it|them|this|that)\b|(?:the )?{SIGN}))"
        r"(?! (?:positions?|investments?|holdings?|stakes?|agreements?)\b)"
        r"(?! (?:its|their|all|some|certain|an?|any|the|one)\b"
        r"(?! (?:(?:of|its|the|remaining|entire|whole|net|own) ){0,3}(?:assets|portfolio|business|"
        r"affairs|operations|existence|property)(?! (?:of|in)\b)))",
        ("Elm Bond Fund expects to liquidate.", "Elm Bond Fund will liquidate its assets and dissolve."),
        ("Elm Bond Fund will liquidate its foreign holdings.", "Elm Bond Fund will liquidate positions in energy."),
    ),
)  # fmt: skip
"""The statements that funds are liquidated: the group `t` holds them."""

_NOT_SO = re.compile(
    rf"\bas an? (?:[\w-]+ ){{0,2}}(?:fund|portfolio|investment|holding|option)s? (?:of|in|for|held by) (?:the )?{SIGN}|"
    rf"\b{PARTS['<joins>']}\b[^;]{{0,40}}\b(?:in)?to (?:[\w-]+ ){{1,4}}(?:together|along) with\b|"
    r"\b(?:into|with|to|for) (?:its|their) (?:own )?(?:\w+ )?Class \w|\bconver\w+ from\b|as an investment\b|"
    r"\bonce (?:was|were|planned|proposed|intended)\b|\b(?:was|were) once\b|"
    r"\b(?:its|their) (?:excess |uninvested |idle )?cash (?:to|into|in)\b|"
    rf"\bits (?:own|earlier|previous|prior|past|former) (?:\w+ )?{PARTS['<joining>']}\b|"
    rf"\b(?:when|after|before|since) (?:it|they|{SIGN}) (?:was|were|had been) {PARTS['<joins>']}\b|"
    rf"{SIGN}[^;]{{0,60}}\b(?:will|would|may) (?:\w+ )?replace (?:the )?(?:shares of )?{SIGN}{ASIDE} (?:with|by)\b|"
    rf"{SIGN}[^;]{{0,60}}\b(?:will|would) (?:redeem|sell|dispose of) its (?:\w+ )?(?:shares|interests|holdings|"
    rf"investments?|positions?) (?:of|in) (?:the )?{SIGN}|\b(?:in|from) the (?:portfolio|model) of (?:the )?{SIGN}|"
    rf"\b{PARTS['<joins>']}\b[^;]{{0,40}}\b(?:in)?to (?:the |an? |one )?(?:[\w-]+ )?"
    r"(?:web ?site|prospectus|statement|report|platform|document|index|benchmark|system)s?\b|"
    r"\b(?:feeder (?:fund|portfolio|series)s?|master[-/ ]feeder)\b|"
    r"\b(?:no part in|not part of|similar name|unrelated|may include|such as|if any|"
    r"(?:may|can|could|might) (?:\w+ ){0,2}(?:exchange|transfer|move|switch|reallocat|redeem)\w*|"
    r"(?:without|free of) (?:a |any )?(?:\w+ )?charge|"
    r"(?:part|portion|some|\d+(?: [mb]illion)?) of its|who (?:also )?(?:manage|run|lead|advise)[sd]?|"
    r"since (?:its|their)|\w+ lending|may borrow|line of credit|model portfolios?|allocation models?|"
    r"(?:information|section|paragraph|disclosure) (?:on|about|regarding|for|of|under|in)\b[^;]{0,80}\breplac\w+|"
    r"prospectus(?:es)? (?:of|for)\b[^;]{0,60}\b(?:combined|merged|consolidated|incorporated)|"
    r"which (?:(?:was|were|has|had)(?: been)? )?(?:merged|reorgani[sz]ed|combined|consolidated|acquired|absorbed)|"
    r"no (?:plans?|intention) to|not to (?:merge|reorgani[sz]e|combine|consolidate|acquire|convert)|"
    r"if\b[^;]{0,120}\b(?:rejects?|not (?:be )?approved?|disapproves?)|"
    r"(?:retirement|custodial) accounts?|\bIRAs?|no (?:other |contrary )?instructions?|hear nothing|"
    r"which\b[^;]{0,40} should|exchange (?:your|their|them|it)|references? to|holdings of|designed to|years after)\b",
    re.IGNORECASE,
)
"""Words of sentences that say of two funds that they have nothing to do with each other, or speak of a choice."""
_BESIDE = re.compile(
    r", (?:including|together with|excluding|as well as) [^,;.]{0,100},|"
    rf", (?:which|formerly|the successor to)\b(?! (?:will|would|is to|are to)\b)[^;]{{0,160}}?,(?= {PARTS['<will>']} )"
)
"""What a sentence says beside the fund that it is about: "Red Fund, including the assets of Blue Fund, will merge"."""
_UNLIKE = re.compile(
    rf",? ?\b(?:unlike|(?:just )?like|besides|as with|apart from|other than|except(?: for)?|in contrast to|instead of) "
    rf"(?:the )?{SIGN}{ASIDE}(?:,? (?:and|or) (?:the )?{SIGN}{ASIDE})*,|"
    rf",? (?:just )?as (?:the )?{SIGN}{ASIDE} (?:did|does|has|had|is|was|already)\b[^,;]*|"
    r"\b(?:combined|consolidated) (?=(?:\w+ )?(?:prospectus|proxy|statement|report|notice|document))",
    re.IGNORECASE,
)
"""What a sentence compares its fund with, or says of a document: "Unlike Red Fund, Blue Fund will merge"."""
_NOT_CHOSEN = re.compile(
    rf"\b(?:rather than|instead of|consider(?:ed|ing)) \w+ing (?:the )?{SIGN}{ASIDE}{OTHER_WORDS}{{0,40}}{SIGN}|"
    rf"\bconsider(?:ed|ing)\b{OTHER_WORDS}*{SIGN}{OTHER_WORDS}*{SIGN}(?=[^;]*\b(?:but|instead|however|against)\b)",
    re.IGNORECASE,
)
"""What was not done: "considered merging Red Fund into Blue Fund, but decided to …"."""
_REGULATOR = re.compile(r"\bSecurities and Exchange Commission\b|\bStock Exchange\b", re.IGNORECASE)
"""What has the word of an exchange in its name, and exchanges nothing."""
_INSTEAD_OF = re.compile(r"\b(?:rather than|instead of)\b [^,;]*", re.IGNORECASE)
"""What something else is done for: "Instead of being merged into Red Fund, Blue Fund will be liquidated"."""
_NEXT_PAIR = re.compile(
    rf"(\b(?:into|to|by|with|acquire) (?:the )?{SIGN}{ASIDE})(?:,?(?: and| while| whereas)|,(?=[^;]{{3,120}}{SIGN})) "
    rf"(?=(?:the )?{SIGN}{ASIDE} (?:will|would|shall|is to|are to)\b)",
    re.IGNORECASE,
)
"""Where a sentence goes on with the next pair: "Red Fund would be merged into Blue Fund, and Green Fund would …"."""


_NEXT_TAKER = re.compile(
    rf"({SIGN}{ASIDE} {PARTS['<will>']} {OTHER_WORDS}{{0,110}}?\b(?:of|from) (?:the )?{SIGN}{ASIDE}"
    rf"(?:{AND}{SIGN}{ASIDE}){{0,10}}?),? (?:and|while|whereas) (?={SIGN}{ASIDE} {PARTS['<will>']}\b)",
    re.IGNORECASE,
)
"""The same where each acquirer stands before its targets: "Red Fund will acquire the assets of A and B, and Blue …"."""


class _Compiled(NamedTuple):
    pattern: re.Pattern[str]
    only_with: re.Pattern[str] | None


def _compiled(statements: Sequence[Statement]) -> tuple[_Compiled, ...]:
    """The patterns of some statements."""
    return tuple(
        _Compiled(each.pattern, re.compile(each.only_with, re.IGNORECASE) if each.only_with else None)
        for each in statements
    )


_STATEMENTS = _compiled(STATEMENTS)
_OPEN = _compiled(OPEN_STATEMENTS)
_GETS = _compiled(GETS)
_OTHER_FLOWS = re.compile(
    r"\b(?:invest(?:s|ed|ing)?|may(?! \d)|can|could|able|if you|unless|Mr|Ms|Mrs|names?|renam\w+|dividends?|"
    r"distribut(?:ions?|ors?)|premiums?|payments?|reinvest\w*|contributions?|orders?|automatic\w*|systematic|checks?|"
    r"fees?|expenses?|managers?|team|privileges?|instruct\w*|charges?|prospectus(?:es)?|statements?|proxy|notices?|"
    r"letters?|reports?|not|nor|neither|no longer|instead|unlike|loans?|lend(?:s|ing)?|similar|compar\w+|voluntar\w+|"
    r"choos\w+|surviv\w+|cash|(?:policy|strategy|practice) of)\b",
    re.IGNORECASE,
)
"""Words of sentences in which something else than a fund goes from one fund to another, or somebody may choose."""


IS_JOINED = (
    rf"{PARTS['<will>']} (?:then |also |itself |likewise )?(?:be )?"
    rf"(?:{PARTS['<joins>']}|{PARTS['<taken>']}|{PARTS['<ended>']}|{PARTS['<ends>']})"
)
"""A pattern for words that say of their subject that it is the target, or is liquidated."""
SURVIVES = (
    rf"(?:{PARTS['<will>']} )?(?:(?:survive|continue|remain|go on|carry on|live on)s?|goes on|carries on|"
    r"(?:is|be) the (?:survivor|successor|larger))\b"
)
CEASES = (
    rf"(?:{PARTS['<will>']} )?(?:(?:cease|disappear|end|dissolve)s?|be (?:dissolved|terminated|deregistered|wound up)|"
    r"not (?:survive|continue|go on)|go out of existence|come to an end)\b"
)
"""Patterns for words that say of one of two funds which are merged, that it is the acquirer or the target."""
TOGETHER = re.compile(
    rf"\b(?:{PARTS['<joining>']} (?:of|between)|bring|unite|merg(?:e|ing)|combin(?:e|es|ing)|agreements? between) "
    rf"(?:the )?{SIGN}{ASIDE},? (?:and|with) (?:the )?{SIGN}|"
    rf"{SIGN}{ASIDE} and (?:the )?{SIGN}{ASIDE} (?:\w+ ){{0,4}}"
    r"(?:merg\w*\b(?! (?:with and )?(?:into|with))|an? (?:\w+ ){0,3}(?:agreement|plan)\b)",
    re.IGNORECASE,
)
"""A merger of two funds that does not say which is the target."""
MERGES = re.compile(_MERGE, re.IGNORECASE)
"""The words of a merger."""
_LIQUIDATIONS = _compiled(LIQUIDATIONS)


def liquidations_in(masked: str) -> Iterator[re.Match[str]]:
    """What a sentence says is liquidated; in it each name is a sign."""
    yield from _found(_INSTEAD_OF.sub(" ", masked), _that_may_fit(masked, _LIQUIDATIONS))


def open_statements_in(masked: str) -> Iterator[re.Match[str]]:
    """What a sentence states by any verb; see `statements_in`."""
    for match in _stated(masked, _OPEN):
        begins = match.string.rfind(";", 0, match.start()) + 1
        if not _OTHER_FLOWS.search(match.string, begins, match.end()) and not is_received(match):
            yield match


def acquirers_in(masked: str) -> Iterator[re.Match[str]]:
    """What a sentence states of an acquirer alone; the group `a` holds its sign."""
    for match in _found(what_is_planned(masked), _that_may_fit(masked, _GETS)):
        begins = match.string.rfind(";", 0, match.start()) + 1
        if not _OTHER_FLOWS.search(match.string, begins, match.end()):
            yield match


def statements_in(masked: str) -> Iterator[re.Match[str]]:
    """What a sentence states; in it each name is a sign. The groups `t` and `a` hold those of targets and acquirers."""
    yield from _stated(masked, _STATEMENTS)


def what_is_planned(masked: str) -> str:
    """A sentence without what it compares, or says was not chosen; nothing if it speaks of a choice or denies all."""
    if _NOT_SO.search(masked):
        return ""
    for words in (_BESIDE, _UNLIKE, _NOT_CHOSEN, _INSTEAD_OF, _REGULATOR):
        masked = words.sub(" ", masked)
    return masked


def _stated(masked: str, statements: Sequence[_Compiled]) -> Iterator[re.Match[str]]:
    """What the parts of a sentence state that are joined by "and", or else the sentence as a whole."""
    patterns = _that_may_fit(masked, statements)
    masked = what_is_planned(masked)
    masked = _NEXT_TAKER.sub(r"\1; ", _NEXT_PAIR.sub(r"\1; ", masked))
    for match in _of_parts(masked, patterns):
        if not _MAY_JOIN.search(match.string, max(0, match.start() - _NEAR_JOINING), match.end()):
            yield match


_MAY_JOIN = re.compile(
    rf"\b(?:may(?! \d)|can|could|might) (?:\w+ ){{0,2}}?{PARTS['<joins>']}\b|"
    rf"\b(?:will|would|shall|do|does|are|is) not (?:be )?{PARTS['<joins>']}\b"
    r"(?!.*\b(?:as|after all|announced|planned)\b)",
    re.IGNORECASE,
)
"""What says of a statement that it is only possible, or never was planned: "Red Fund may be merged into Blue Fund"."""
_NEAR_JOINING = 20


def _that_may_fit(masked: str, statements: Sequence[_Compiled]) -> list[re.Pattern[str]]:
    """The patterns of the statements whose other word is in a sentence, or that need none."""
    return [each.pattern for each in statements if each.only_with is None or each.only_with.search(masked)]


def _of_parts(masked: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    """What both parts of a sentence state around an "and", if each of them states a pair; otherwise what it states.

    A second part without a verb has that of the first: "Red Fund will be merged into Blue Fund, and Green Fund into …".
    """
    whole = _found(masked, patterns)
    for joint in islice(_JOINT.finditer(masked), _MOST_JOINTS) if whole else ():
        first, rest = masked[: joint.start()], masked[joint.end() :]
        is_of_list = any(_is_inside(joint, match) for match in whole) and not _BEGINS_PAIR.match(rest)
        may_state = not is_of_list and _has_two_signs(first) and _has_two_signs(rest)
        stated = _found(first, patterns) if may_state else []
        if not stated:
            continue
        others = list(_of_parts(rest, patterns)) or list(_without_verb(rest, stated[0]))
        if others:
            yield from (*stated, *others)
            return
    yield from whole


def _found(part: str, patterns: Sequence[re.Pattern[str]]) -> list[re.Match[str]]:
    return [match for pattern in patterns for match in pattern.finditer(part)]


def _is_inside(joint: re.Match[str], match: re.Match[str]) -> bool:
    """Whether an "and" stands between two targets or two acquirers of a statement."""
    return any(match.start(side) < joint.start() and joint.end() < match.end(side) for side in ("t", "a"))


def _has_two_signs(part: str) -> bool:
    return len(signs_of(part)) > 1


def _without_verb(part: str, before: re.Match[str]) -> Iterator[re.Match[str]]:
    """What a part without a verb states behind another, if the same word stands between its two funds."""
    is_target_first = before.start("t") < before.start("a")
    pattern = _TARGET_FIRST if is_target_first else _ACQUIRER_FIRST
    between = (
        before.string[before.end("t") : before.start("a")]
        if is_target_first
        else (before.string[before.end("a") : before.start("t")])
    )
    match = pattern.match(part)
    if match and re.search(rf"\b{match['between']}\b", between, re.IGNORECASE):
        yield match


_JOINT = re.compile(r",? (?:and|while|whereas|as well as)(?: that)? ")
_BEGINS_PAIR = re.compile(
    rf"(?:of |that of |each of |both )?(?:the )?{LIST},? "
    rf"(?:{PARTS['<will>']}|is|are|was|were|has|have|(?:with and )?into|with|to|by|for)\b",
    re.IGNORECASE,
)
"""How the part behind an "and" begins, if its first fund is not the last one of a list."""
_MOST_JOINTS = 12
"""So many are tried before a statement, so that the time for a sentence grows with its length."""
_BETWEEN = (
    rf"{ASIDE},? {OTHER_WORDS}{{0,20}}?\b(?P<between>into|with|by|to|for|part of|place of) {OTHER_WORDS}{{0,40}}?"
)
_TARGET_FIRST = re.compile(rf"{OTHER_WORDS}{{0,40}}?(?P<t>{SIGN}){_BETWEEN}(?P<a>{SIGN})", re.IGNORECASE)
_ACQUIRER_FIRST = re.compile(rf"{OTHER_WORDS}{{0,40}}?(?P<a>{SIGN}){_BETWEEN}(?P<t>{SIGN})", re.IGNORECASE)
