"""The rules for dividends and sales charges."""

from calfeed.filings.kinds.frames import LAST_TIME, REPORTED, from_day
from calfeed.filings.kinds.rule import Rule

_DIVIDEND = (
    r"\b(?:dividends?|(?<!liquidating )(?<!liquidation )distributions?|capital gains?|(?:net )?(?:investment )?income|"
    r"(?:its|any|the|net|realized) gains|earned)\b"
)
_PAY = r"\b(?:pay(?:s|able|ment)?|paid|pay out|distribut(?:e|es|ed)|make|made|go(?:es)?(?: out)?|sent|reinvested)\b"
_ENTITLED = r"HOLDERS[^@#;]{0,40}\b(?:of record|on the (?:books|register)|who (?:hold|own|are)|at the close|as of|on)\b"
_WAIVER_ENDS = r"waivers?\b[^@#;]{0,60}\b(?:expires?|ends?) on ~~@"
_CHARGES = (
    r"\b(?:(?:deferred )?sales (?:charges?|loads?)|(?:back|front)-end (?:loads?|charges?|sales charges?)|cdscs?|"
    r"redemption fees?|12b-1 fees?)\b"
)
_LIFTED = (
    r"\b(?:waiv\w+|no longer|not|no|without|free of|eliminat\w+|suspend\w*|dropped|lifted|cease[ds]?|discontinu\w+)\b"
)
_NOT_ITS_LAST = (
    r"liquidat|proceeds|1099|\bdaily\b|\bsemi-?annual|\b(?:every|each) (?:month|quarter|year)|\bnext\b|"
    r"in the ordinary course|\bfirst\b|"
    r"\bannounce|special meeting|\bvot(?:e|ing)\b|first participate"
)
"""What is no dividend before a merger: a regular one, proceeds, forms for taxes."""

DIVIDEND_RULES: tuple[Rule, ...] = (
    Rule(
        kind="dividend ex-date",
        says=(
            r"\bex-?(?:dividend)?[- ]?date\b[^@#;]{0,60}(?: ?: ?| [-–—] |\b(?:of|is|be)\b ~~)@",
            r"^\W{0,4}@ ?[:–—-]* ?ex-(?:dividend|date)\b",
            r"\bex-dividend\b[^@#;]{0,50}\bon ~~@",
        ),
        unless=rf"{REPORTED}|\bnot\b",
        examples=(
            "@ : ex-dividend date, final distribution of the target",
            "the target goes ex-dividend for this distribution on @",
        ),
        counters=("the ex-dividend date will not be @",),
    ),
    Rule(
        kind="dividend record date",
        says=(
            rf"^\W{{0,4}}@[^@#;]{{0,20}}\brecord date\b[^@#;]{{0,60}}{_DIVIDEND}",
            rf"{_DIVIDEND}[^@#;]{{0,60}}\brecord date\b[^@#;]{{0,60}}@",
            rf"\brecord date\b[^@#;]{{0,40}}{_DIVIDEND}[^@#;]{{0,40}}@",
            rf"{_DIVIDEND}[^@]*{_PAY}[^@]*#[^@;]{{0,60}}\bto {_ENTITLED} ~~@",
            rf"{_PAY}[^@;]*{_DIVIDEND}[^@;]*\bto {_ENTITLED} ~~@",
        ),
        unless=r"liquidat|proceeds|1099|special meeting|\bvot(?:e|ing)\b|\bnext\b|in the ordinary course",
        examples=(
            "@ : record date - final income dividend and capital gain distribution of the target",
            "target expects to pay out its gains on #, to holders of record on @",
            (
                "the target expects to distribute its undistributed income to those who hold its shares at the "
                "close of business on @"
            ),
        ),
        counters=("liquidation proceeds will be paid to holders of record on @",),
    ),
    Rule(
        kind="dividend payment",
        says=(
            rf"{_PAY}[^@#;]{{0,60}}{_DIVIDEND}[^@#;]{{0,120}}(?<!of record )\b(?:on|about|by|:) ?(?:or about )?@",
            rf"{_DIVIDEND}[^@#;]{{0,60}}{_PAY}[^@#;]{{0,20}}(?<!of record )(?:\b(?:on|about|by)|:) ?(?:or about )?@",
            (
                rf"^\W{{0,4}}@ ?[:–—-]+ [^@#;]{{0,40}}(?:{_DIVIDEND}[^@#;]{{0,30}}\b(?:paid|payable|payment)|"
                rf"\b(?:payment|pay)\b[^@#;]{{0,30}}{_DIVIDEND})"
            ),
            rf"\bpayment of [^@#;]{{0,40}}{_DIVIDEND}[^@#;]{{0,30}}@",
            rf"{_DIVIDEND}[^;]{{0,160}}\bpay(?:ment|able)? date (?:is|will be) @",
        ),
        unless=rf"{_NOT_ITS_LAST}|{_ENTITLED} ~~@|\brecord date\b[^@#]*@|ex-d|{REPORTED}|year ending|expenses?\b",
        examples=(
            "target expects to pay out its gains on @, to holders of record on #",
            "@ : payment of the final income dividend",
            "for the distribution, the record date will be #, and the pay date will be @",
        ),
        counters=(
            "the fund will pay dividends to shareholders of record on @",
            "the fund pays a dividend each month, the next on @",
        ),
    ),
    Rule(
        kind="sales charge waiver",
        says=(*from_day(rf"{_CHARGES}~~{_LIFTED}|{_LIFTED}~~{_CHARGES}"),),
        unless=(
            rf"{_WAIVER_ENDS}|\bemployees\b|\bclass \w\b|{REPORTED}|"
            rf"{LAST_TIME}|\b(?:reorgani[sz]ed|merged|receive)\b[^@]*@|bought (?:on or )?(?:before|after)|"
            rf"purchased (?:on or )?(?:before|after)"
        ),
        examples=(
            "starting on @, the redemption fee and all deferred sales charges are being dropped",
            "date from which exiting shareholders pay no back-end load, beginning : @",
        ),
        counters=("the sales charge on class b shares is waived from @",),
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
                "assessed)|eliminat|no longer (?:apply|applies|due))"
            ),
            r"@,?[^@#;]{0,60}\bnot (?:impose|charge|assess|collect)\b[^@#;]{0,60}"
            r"\b(?:sales charges?|cdsc|redemption fees?)",
        ),
        unless=rf"{_WAIVER_ENDS}|\bemployees\b",
        examples=(
            "beginning @, the fund will not impose the contingent deferred sales charge on redemptions",
            "@ - contingent deferred sales charges and the exchange fee no longer apply",
            (
                "effective @, any contingent deferred sales charge that would otherwise be due on a "
                "redemption of target shares will be waived"
            ),
        ),
    ),
    Rule(
        kind="dividend ex-date",
        says=(r"\b(?:trades?|trading|goes?|be|quoted) ex-dividend~~@", r"\bex-dividend @"),
        examples=("the shares will trade ex-dividend on @", "the dividend is payable on #, ex-dividend @"),
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
            r"\bpaid (?:on|about|in) #[^@;]{0,30}HOLDERS of record~~@",
            "(?:dividend|distribution)~#?[^@;]{0,60}record~~@",
            r"\b(?:income|gains)\b[^@;]{0,60}# to (?:\w+ )?(?:share|stock|unit)?holders of record~~@",
            r"(?:dividend|distribution)~payable~#?[^@;]{0,20}\bto (?:those|persons) who (?:own|hold)\b~~@",
        ),
        unless="special meeting",
        examples=(
            "the fund plans to pay its remaining income and capital gains, if any, on # to holders of record on @",
            "it will be payable on # to holders of record on @, as a regular quarterly income distribution",
            "it is expected to be paid on # to shareholders of record on @",
            "the dividend is payable on # to persons who own shares on @",
            (
                "each fund will make its regular quarterly income distribution: it will be payable on # to "
                "holders of record on @"
            ),
        ),
    ),
    Rule(
        kind="dividend payment",
        says=(
            r"\bdistribute (?:its|all|any|the)\b[^@#;]{0,90}\b(?:income|gains?)\b[^@#;]{0,40}\bon (?:or about )?@",
            r"\b(?:payable|payment) date(?::| is| will be|,)? @",
            r"\bpayable @",
        ),
        unless="liquidat|proceeds|1099|record on @",
        examples=("target will distribute its net investment income and any net gains on @", "payable date: @"),
        counters=("the record date is # and the liquidation payment date @",),
    ),
    Rule(
        kind="dividend payment",
        says=(
            (
                r"(?:dividend|distribution|capital gain)\w*~(?:payable|paid|pay)(?: \w+)? (?:on|about|"
                "by)? ?(?:or about )?@"
            ),
            (
                r"\b(?:pay|distribute|make)\b[^@#;]{0,90}\b(?:income|gains?|dividends?|distributions?)\b[^@#;]{0,60}"
                r" on @ to (?:\w+ )?(?:share|stock|unit)?holders of record"
            ),
            r"\bpayment date\b[^@#;:]{0,40}\b(?:dividend|distribution)[^@#;:]{0,30} : ~~@",
            "payable on @",
            "payable(?: date)?:? : ~~@",
            r"\bpay~(?:dividend|distribution)~on @",
        ),
        unless="liquidat|proceeds|1099",
        examples=(
            "the fund expects to distribute its net investment income and any net gains on @ to holders of record on #",
            "payment date of the final distribution : @",
            (
                "each fund will make its regular quarterly income distribution: it will be payable on @ to "
                "holders of record on #"
            ),
            "payable date : @",
        ),
    ),
)
"""Several may fit one clause."""
