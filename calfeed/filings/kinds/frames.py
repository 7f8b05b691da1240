"""The frames in which a filing says what happens from a day on, until a day, or on it: patterns for rules.

Each frame takes what happens as a pattern of `calfeed.filings.kinds.rule` and gives patterns for a clause that says so:
with the day before it or behind it, or with the day as a label's, in a row or line of a timetable.
"""

_FROM = (
    r"(?<!\bnot )\b(?:after|from|as of|since|beginning|starting|effective|commencing|begins?|starts?|takes effect|"
    r"(?<!record )(?<!announced )(?<!approved )(?<!declared )on(?! or before))\b"
)
_UNTIL = r"\b(?:until|till|through|up to|up until)\b"
_BEFORE = r"\b(?:by|before|(?:no|not) later than|prior to|at the latest)\b"
_SOFTLY = r"(?:(?:the )?(?:close of business )?(?:on or about|on|about|around|as of|from|by|until|through|after) )?"
REPORTED = (
    r"\b(?:announced|decided|determined|resolved|voted|approved|declared|agreed|told|wrote|informed|notified|dated|"
    r"meeting (?:held )?)(?: \w+)? on @|\bof record~~@|\brecord date~~@"
    r"|\bwhether\b|\bconsider(?:s|ed|ing)?\b|\bdiscuss\w*|\bpropos(?:es|ed) to\b|(?<!portfolio )BOARD[^@#;]{0,30}@|"
    r"\bw(?:as|ere) to (?!be held)"
)
"""What happened on a day on which something else was decided or told."""
LAST_TIME = (
    r"(?:\b(?:last|final|latest)(?: (?:business|trading|dealing|possible))? (?:days?|dates?|times?|chance|"
    r"opportunity|moment)\b|\bdeadline\b|\bcut-?off\b)"
)


def from_day(what: str) -> tuple[str, ...]:
    """What is so from a day on: "after @ no shares are sold", "no shares are sold after @", "no shares sold : @"."""
    return (rf"{_FROM}~~@,?~(?:{what})", rf"(?:{what})~{_FROM}~~@", *labelled(what))


def until_day(what: str) -> tuple[str, ...]:
    """What is so until a day: "until @ shares are sold", "shares are sold until @"."""
    return (rf"{_UNTIL}~~@,?~(?:{what})", rf"(?:{what})~{_UNTIL}~~@")


def before_day(what: str) -> tuple[str, ...]:
    """What may or must be done before a day: "before @ you may sell shares", "you must tell us by @".

    Its words say that somebody may or must do it. Without them, "shares sold before @" tells of shares that were sold.
    """
    return (rf"{_BEFORE}~~@,?~(?:{what})", rf"(?:{what})~{_BEFORE}~~@")


def last_day(what: str) -> tuple[str, ...]:
    """What a day is the last for: "the last day to buy shares is @", "@ is the last day on which shares are sold"."""
    last = rf"{LAST_TIME}[^@#;.]{{0,60}}?(?:{what})"
    return (rf"{last}~@", rf"@[^@#;.]{{0,50}}?{last}")


def labelled(what: str) -> tuple[str, ...]:
    """A day beside a label: "no shares sold : @", "@ : no shares sold", "@ - no shares sold"."""
    return (
        rf"^[^@#.;]{{0,60}}(?:{what})[^@#.;]{{0,60}}(?: ?: ?| [–—-]+ ){_SOFTLY}@",
        rf"^\W{{0,4}}{_SOFTLY}@[^@#.;:–—-]{{0,30}} ?[:–—-]+ [^@#;.]{{0,60}}?(?:{what})",
    )


ON_EFFECTIVENESS = (
    r"^(?:once|when|after|as soon as|if|upon|provided|assuming|subject to|following)\b[^@#]*\beffective(?:ness)?\b"
    r"[^@#]*, [^@#]*\b(?:will|is|are|shall|would)\b[^@#]*@|"
    r"^(?:(?!registration statement|n-14)[^@])*@[^@#]*\b(?:once|provided|assuming|if|subject to|as soon as|when) "
    r"[^@#]*\beffective"
)
"""What happens on a day if a registration statement is effective by then: the day is not that of its effectiveness."""

# --- words of several kinds ---

HOLDERS = r"(?:\w*holders|investors|owners|customers|clients|accounts|participants|plans|persons|people)"
NEWCOMERS = (
    rf"(?:\b(?:new|first-time|prospective)(?: \w+)? (?:{HOLDERS}|investor|account\b|account applications|"
    r"shareholder)\b|"
    r"\bnewcomers\b|\binitial (?:purchases|investments)\b|\bopen(?:ed|ing)? (?:an |any |a new )?accounts?\b|"
    rf"\b{HOLDERS} (?:who (?:are|do|have) )?not (?:already|yet|currently)\b|"
    r"\baccounts?\b[^@#;]{0,40}\bopened\b|\b(?:persons?|investors|anyone|those|people|anybody)"
    r"(?: \w+)? (?:who|that) (?:is|are|do|does|have|has|hold|own)(?: not|n['’]t)\b|"
    r"\b(?:persons?|investors|anyone|those|people) without an account\b|\b(?:persons?|investors|anyone|those|"
    r"people) (?:other than|except) (?:\w+ )?(?:existing|current|present)\b)"
)
"""Those who have no account: "new investors", "anyone who does not hold", "open an account"."""
THOSE_INSIDE = (
    rf"(?:\b(?:existing|current|present)(?: \w+)? {HOLDERS}\b|\b(?:persons|investors|those|anyone|"
    rf"(?:contract|policy) owners|\w*holders|people) (?:who|that) "
    r"(?:already|own|hold|have|are|were|currently)\b)"
)
"""Those who have one: "existing shareholders", "investors who already own"."""
DEALINGS = (
    r"(?:\b(?:all |any )?(?:dealings?|transactions)\b|\b(?:transfers?|purchases?|sales|subscriptions?|"
    r"exchanges)\b(?:,|,? and|,? or|,? nor)[^@#;]{0,40}\b(?:redemptions?|"
    r"withdrawals?|loans?|redeem)\b|\bredemptions?\b(?:,|,? and|,? or)[^@#;]{0,30}\b(?:purchases?|sales|"
    r"subscriptions?|exchanges)\b|\borders of (?:every|any) kind\b|"
    r"\bright (?:of redemption|to redeem)\b|\b(?:buy|purchase),? (?:sell|exchange|redeem),? (?:or|"
    r"and) (?:sell|exchange|redeem)\b)"
)
"""All dealings at once: "purchases and redemptions", "all transactions"."""
ACQUIRER_ALONE = (
    r"^(?!.*\btarget\b|.*\bnot\b.*\bacquirer\b).*\bacquirer\b|"
    r"\bshares of (?:the )?acquirer (?:for|may|can|will|until|through)\b"
)
"""Dealings in the acquiring fund, of which a plan has no milestones."""
TERMS_ONLY = (
    r"\bfees?\b|\bminimum\b|\bat no charge\b|\bcharged\b|\bletter of intent\b|\bthe price paid\b|\btax(?:es)?\b|"
    r"\bby (?:telephone|phone|wire|fax|facsimile|mail|internet|check)\b(?! (?:or|and)\b)|\bonline\b|"
    r"\bcertificates?\b|\bdelay\w*|"
    r"\breceive (?:the|a|its|any) (?:\w+ )?(?:dividend|distribution)|\b(?:for|in) (?:19|20)\d\d\b|"
    r"\bpostpone\w*|\bincorrect\b"
)
"""What is said of the terms or the manner of a dealing, and not of whether there is any."""
SINCE = r"\b(?:from|as of|since|beginning|starting|effective|on and after|on or after|after|between)\b"
