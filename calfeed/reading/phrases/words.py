"""The words of date phrases: a table for each part. In a phrase `[x]` may be left out, and `(a|b)` is either.

A new way to say something usually needs a line here and nothing else.
"""

from enum import Enum, auto

from calfeed.model.kinds import KINDS
from calfeed.model.when import Anchor, Direction, Unit
from calfeed.reading.phrases.tokens import Table


class Firmness(Enum):
    """What a word says about how firm the day is."""

    APPROXIMATE = auto()
    EXPECTED = auto()
    BY = auto()
    UNTIL = auto()
    THROUGH = auto()
    BEFORE = auto()
    NOT_BEFORE = auto()
    AFTER = auto()
    WITHIN = auto()
    FROM = auto()
    MOVED_UNTIL = auto()
    EXTENDED_TO = auto()


UPPER_LIMITS = frozenset({Firmness.BY, Firmness.UNTIL, Firmness.THROUGH, Firmness.BEFORE})
LIMITS = UPPER_LIMITS | {Firmness.NOT_BEFORE, Firmness.FROM}


class Side(Enum):
    """On which side of the opening or the close something happens."""

    BEFORE = auto()
    AT = auto()
    AFTER = auto()


class Part(Enum):
    """Which part of a month or a year."""

    EARLY = 1
    MID = 2
    LATE = 3


class Week(Enum):
    """By which of its days a week is named."""

    ANY = auto()
    FIRST = auto()
    LAST = auto()


class Joint(Enum):
    """What joins two days or two periods."""

    TO = auto()
    AND = auto()
    OR = auto()


class Distance(Enum):
    """Whether an amount of days is exact, the least or the most, or how long something lasts."""

    EXACTLY = auto()
    ABOUT = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    FOR = auto()


# --- what leads in ---------------------------------------------------------------------------------------------------

_COMPLETING = tuple(kind.name for kind in KINDS if kind.completes)
_ENDING_KINDS = tuple(kind.name for kind in KINDS if kind.ends)
_BEGINNING_KINDS = tuple(kind.name for kind in KINDS if kind.begins)
_CHANGING = tuple(kind.name for kind in KINDS if kind.needs_of)
_MEETING = ("special meeting", "approval obtained", "voting deadline")
_ANY_MEETING = (*_MEETING, "board approval")
_ANNOUNCED = ("announcement", "completion announcement")
_MAILED = (
    *("proxy mailing", "information statement mailing", "broker search", *_ANNOUNCED, "voting deadline"),
    *("instruction deadline", "proceeds payment", "dividend payment"),
)
_PAID = ("proceeds payment", "dividend payment", "liquidation", "fractional redemption")
_RECORD = ("record date", "dividend record date")
_PAPERS = (
    *("agreement signed", *_ANNOUNCED, "n-14 filing", "n-14 withdrawal", "sec order", "regulatory approval"),
    *("deregistration filing", "deregistration order"),
)
_RECEIVED = (*_ENDING_KINDS, "sec order", "regulatory approval", "approval obtained")
_OVER_AT_ONCE = frozenset(
    {
        "board approval", "agreement signed", "announcement", "n-14 filing", "broker search", "record date",
        "proxy mailing", "information statement mailing", "special meeting", "approval obtained",
        "dividend record date",
    }
)  # fmt: skip
_MAY_CLOSE = (*_COMPLETING, *(kind.name for kind in KINDS if not kind.completes and kind.name not in _OVER_AT_ONCE))
"""All but what is over once it has happened: a meeting does not close, nor does a record date end."""
_MAY_END = tuple(name for name in _MAY_CLOSE if name not in _BEGINNING_KINDS)
_MAY_BEGIN = (*_BEGINNING_KINDS, *(kind.name for kind in KINDS if not kind.begins and not kind.ends))
_ANY: tuple[str, ...] = ()
_HAPPEN = {
    "occur|take place|take effect|become effective|go effective|cease|settle|be effective": _ANY,
    "close": _MAY_CLOSE,
    "end|expire|terminate": _MAY_END,
    "commence|begin|start": _MAY_BEGIN,
    "convene|reconvene": _ANY_MEETING,
    "liquidate|merge": (*_COMPLETING, "transition begins", "transition ends"),
    "convert": (*_COMPLETING, *_CHANGING, "fractional redemption"),
    "be payable": _PAID,
    "go ex-dividend": ("dividend ex-date",),
    "cease trading|cease to trade": ("last trading day", "delisting", "dealing suspension begins"),
    "(begin|start|commence) trading": ("first trading day", *_CHANGING),
    "(begin|start|commence) mailing": _MAILED,
}
"""Verbs behind "will" and the like, with the kinds of milestones of which they are said; empty: of all."""
_DONE = {
    "effected|implemented|distributed|made|exchanged|issued|executed|finalized|concluded|carried out|processed"
    "|delivered": _ANY,
    "closed|completed": _MAY_CLOSE,
    "consummated": _COMPLETING,
    "terminated": _MAY_END,
    "launched|commenced": _MAY_BEGIN,
    "provided|made available": (*_MAILED, *_BEGINNING_KINDS, *_ENDING_KINDS),
    "held": (*_ANY_MEETING, *_COMPLETING),
    "convened|reconvened": _ANY_MEETING,
    "mailed|sent|(mailed|sent) or [otherwise] (given|provided|made available|delivered|distributed)": _MAILED,
    "paid": _PAID,
    "liquidated|merged|reorganized|wound up|dissolved": (
        *(*_COMPLETING, "proceeds payment", "fractional redemption", "transition begins", "transition ends"),
    ),
    "converted": (*_COMPLETING, *_CHANGING, "fractional redemption"),
    "redeemed": (*_COMPLETING, "proceeds payment", "fractional redemption", "last redemption"),
    "delisted": ("delisting", "last trading day"),
    "determined|calculated": ("valuation", *_RECORD),
    "filed": ("n-14 filing", "n-14 withdrawal", "deregistration filing", *_ANNOUNCED),
    "announced": _ANNOUNCED,
    "published|posted": (*_ANNOUNCED, "proxy mailing", "information statement mailing", "sec order"),
    "suspended|halted": (*_BEGINNING_KINDS, *_ENDING_KINDS, "delisting"),
    "[unanimously] approved": (
        *("board approval", "approval obtained", "special meeting", "sec order", "regulatory approval"),
        "deregistration order",
    ),
    "signed": ("agreement signed",),
    "adopted": ("board approval", "approval obtained", "special meeting", "agreement signed", *_CHANGING),
    "declared": (
        *("n-14 effectiveness", "announcement", "board approval", "approval obtained", "sec order"),
        "deregistration order",
    ),
}
"""What may have been done on a day, with the kinds of milestones of which it is said; empty: of all."""
_HAPPENING = {
    "occurring|ceasing|taking place|taking effect|becoming effective|occurred|ceased|took place|took effect"
    "|became effective|went effective|takes place|takes effect|becomes effective|occurs|ceases|occur|take place"
    "|take effect|become effective|cease": _ANY,
    "closing|closes": _MAY_CLOSE,
    "ending|expiring|terminating|ended|expired|ends|expires|terminates|expire|terminate": _MAY_END,
    "commencing|beginning|starting|began|commences|begins|starts|commence": _MAY_BEGIN,
}
_SEC = "the [us] (sec|securities and exchange commission|commission)"
_BY_SEC = ("n-14 effectiveness", "sec order", "regulatory approval", "deregistration order")
_HOLDERS = (
    "(shareholders|stockholders|unitholders|unit holders|holders|investors|members|contract owners|contract holders"
    "|policyholders|policy owners)"
)
_MEETINGS = "[adjourned|reconvened] [special|regular|quarterly|joint|in-person|virtual|annual]"
LEAD_INS = Table(
    dict.fromkeys(
        [
            *(
                "on",
                "at",
                "in",
                "for",
                "the",
                "this",
                "@",
                "with",
                "now",
                "currently",
                "presently",
                "again",
            ),
            *("[and] (is|are|was|were) [to be]", "[to] be", "being", "which (is|was|will be)"),
            *(
                "(has|have) [again|now|since] been",
                "as (of|at|on)",
                "namely",
                "further",
            ),
            *(
                "effective[ly] [date] [:]",
                "effective",
                "with effect",
                "upon",
                "made",
                "due",
                "falling",
            ),
            *("scheduled", "set", "fixed", "slated", "[to be] rescheduled (to|for)", "brought forward to"),
            "(adjourned|postponed|deferred) [and (rescheduled|reconvened)] (to|until|till)",
            "(delayed|moved) [and (rescheduled|reconvened)] to",
            "(will|shall) [each|both|now|then|again|first] be",
            "(to|will|shall) be (set|fixed|scheduled) for",
            "(virtually|in person)",
            f"[to|for|of] [the|all] {_HOLDERS}",
            f"[to be] (distributed|delivered) to [the|its|all] {_HOLDERS}",
            "[the|a] (date|day) (that|which) (is|falls)",
            *("(concurrently|simultaneously|contemporaneously) with", "[on] the same (day|date) as"),
        ],
        _ANY,
    )
    | {f"[and] (to|will|shall|is to|are to) [each|both] ({verbs})": kinds for verbs, kinds in _HAPPEN.items()}
    | {f"[to be] [first] [being] ({verbs})": kinds for verbs, kinds in _DONE.items()}
    | {f"({verbs})": kinds for verbs, kinds in _HAPPENING.items()}
    | {
        "([as|with effect] from [and (including|from|after)]|(as|on) and (from|after)|wef)": _MAY_BEGIN,
        f"with {_SEC}": _DONE["filed"],
        f"by {_SEC}": _BY_SEC,
        "dated": _PAPERS,
        "payable": _PAID,
        "(convene|reconvene|convenes|reconvenes)": _ANY_MEETING,
        "(cease|ceases|ceased) trading": _HAPPEN["cease trading|cease to trade"],
        "(begin|begins|began|start|starts|started|commence|commences|commenced) trading": (
            _HAPPEN["(begin|start|commence) trading"]
        ),
        f"[to be] (mailed|sent|provided|made available) to [the|its|all] {_HOLDERS} [of record]": _MAILED,
        f"[to be] paid to [the|its|all] {_HOLDERS}": _PAID,
        f"[to|for|of] [the|all] {_HOLDERS} of record": _RECORD,
        "of record": _RECORD,
        "closed to [all|new] (investors|shareholders|purchases|accounts|sales|subscriptions)": (
            *("closed to new investors", "closed to purchases", "dealing suspension begins"),
        ),
        "(to|will|shall) be determined as (of|at)": ("valuation", *_RECORD),
        "[to|must|shall|will] be received": _RECEIVED,
        "received": _RECEIVED,
        f"[the|an] (adjourned|reconvened) [special|annual] meeting [of [the] {_HOLDERS}] [is|was|now|currently]"
        " (scheduled|held|set|to be held|will be held)": _MEETING,
        f"at (a|an|its|the|their) {_MEETINGS} meeting": _ANY_MEETING,
        f"at (a|an|its|the|their) {_MEETINGS} meeting of [the] {_HOLDERS}": _MEETING,
        f"at (a|an|its|the|their) {_MEETINGS} meeting of the board [of (trustees|directors)]": ("board approval",),
    }
)
"""Words that say that something happens and when, and nothing about how firm that is.

Each has the names of the kinds of milestones of which it is said; empty where it is said of all.
"""

# --- how firm --------------------------------------------------------------------------------------------------------

_SOFT = (
    "[currently|now|tentatively] (expected|anticipated|estimated|proposed|planned|intended|targeted|projected"
    "|tentative|tentatively|provisional|provisionally|indicative|envisaged|contemplated|likely|forecast"
    "|tentatively (scheduled|set)|scheduled tentatively)"
)
EVENTS = {
    "close": ("closing",),
    "closing": ("closing",),
    "merger": ("closing",),
    "completion": ("closing",),
    "effective": ("closing", "sec order", "regulatory approval", "deregistration order"),
    "effectiveness": ("n-14 effectiveness",),
    "mailing": ("proxy mailing",),
    "meeting": ("special meeting",),
    "liquidation": ("liquidation",),
    "record": ("record date",),
    "payment": ("dividend payment",),
    "reorganization": ("closing",),
    "conversion": ("conversion",),
    "substitution": ("substitution",),
}
"""What is expected, as in "anticipated close" and "expected record date", with the kinds of milestones so called."""
_EVENT = "|".join(EVENTS)
_MAY_NOT = (
    "occur|take place|close|become effective|take effect|begin|be (held|completed|consummated|effected|implemented"
    "|carried out|made|mailed|closed|merged|reorganized|liquidated)"
)
_SOON = "(immediately|promptly|shortly|soon|as soon as [reasonably] (practicable|practical|possible))"
_LASTING = "extended|prolonged|in effect|continues|continuing|[to|will|shall] continue|[to|will|shall] remain in effect"
FIRMNESS = Table(
    dict.fromkeys(
        [
            *(
                "(on|in|at) or (about|around|near)",
                "(on|in|at), or (about|around),",
                "on/about",
                "on about",
                "or about",
            ),
            *("[on|in|at] (approximately|approx|approx.|circa|roughly)", "[on] (about|around)"),
        ],
        Firmness.APPROXIMATE,
    )
    | dict.fromkeys(
        [f"{_SOFT} [{_EVENT}] [date [of]] [:]", f"{_SOFT} for", "target [date [of]] [:]"], Firmness.EXPECTED
    )
    | dict.fromkeys(
        [
            *("[by] (no|not) later than [by|on]", "[at] [the] latest [by|on]", "(on|in|at) or (before|prior to)", "by"),
            "(before|prior to) or on",
            *(
                "(no|not) (after|beyond)",
                "up to",
                "upto",
                "on or by",
                "by or before",
                "by on or before",
            ),
            f"(will|shall) not ({_MAY_NOT}) (later than|after)",
            f"[(may|could|might) [{_MAY_NOT}]] as late as [on|in]",
            *("[at] any time on or (before|prior to)",),
        ],
        Firmness.BY,
    )
    | dict.fromkeys([f"[up|{_LASTING}] (until|till|til)"], Firmness.UNTIL)
    | dict.fromkeys(
        [
            *(
                f"[{_LASTING}] (through|thru) [and including]",
                f"[up|{_LASTING}] (until|till) and including",
            ),
            "(extended|prolonged|up) to and including",
        ],
        Firmness.THROUGH,
    )
    | {"(delayed|moved) [and (rescheduled|reconvened)] (until|till)": Firmness.MOVED_UNTIL}
    | {"(extended|prolonged) to": Firmness.EXTENDED_TO}
    | dict.fromkeys(
        [
            "[immediately|shortly|just] (before|prior to|ahead of|in advance of)",
            *("[at] any time (before|prior to)", "in effect (before|prior to)"),
        ],
        Firmness.BEFORE,
    )
    | dict.fromkeys(
        [
            *("(no|not) (earlier|sooner) than [on]", "not (before|prior to)", "(in|at) or (after|following)"),
            *("earliest [on]", f"[(may|could|might) [{_MAY_NOT}]] as (early|soon) as [on|in]"),
            "[is|are] not (expected|anticipated|likely) [to (occur|take place|close|be completed|be consummated"
            "|become effective|happen)] (before|prior to|until)",
            *("not (until|till)[,] [at the earliest][,]", "at the earliest [on]"),
            f"(will|shall) not ({_MAY_NOT}) (before|prior to|until|earlier than|sooner than)",
            f"[on or] {_SOON} (after|following)",
            f"{_SOON} on or (after|following)",
        ],
        Firmness.NOT_BEFORE,
    )
    | {"on or (after|following)": Firmness.FROM}
    | {"(after|following|subsequent to)": Firmness.AFTER}
    | dict.fromkeys(
        [
            "(during|within) [the]",
            "[over|on|during] the weekend of",
            "(sometime|some time|at some time|at some point|[at] any time) (in|during|within) [the]",
        ],
        Firmness.WITHIN,
    )
)
"""Words before the day, each with what it says of how firm the day is."""

FIRMNESS_BEHIND = Table(
    dict.fromkeys(
        [
            f"[is|which is|being] [the|an|only] {_SOFT} [{_EVENT}] [date|day|only]",
            *("est.", "target [date]", "tbc", "to be confirmed"),
        ],
        Firmness.EXPECTED,
    )
    | dict.fromkeys(
        ["(on|in) or (about|around)", "(approximate|approximately) [date]", "approx", "approx.", "or thereabouts"],
        Firmness.APPROXIMATE,
    )
    | dict.fromkeys(["[at] [the] latest", "or (earlier|before|sooner)"], Firmness.BY)
    | dict.fromkeys(["[at] [the] earliest", "or (later|after|thereafter)"], Firmness.NOT_BEFORE)
)
"""Words behind the day, in brackets or behind a comma, that say how firm it is."""

INCLUSIVE = Table(
    dict.fromkeys(["[both|all] [days|dates] (inclusive|included)", "inclusive of both (days|dates)"], True)
)
"""Words that say that the named day counts, or both named days."""

# --- parts of the day ------------------------------------------------------------------------------------------------

_IMMEDIATELY = "[immediately|shortly|just|effective]"
SIDES = Table(
    {
        f"{_IMMEDIATELY} (before|prior to|ahead of|in advance of|preceding) [the]": Side.BEFORE,
        f"{_IMMEDIATELY} (at|as of|as at|as on|on|upon|with effect from|from) [the]": Side.AT,
        f"{_IMMEDIATELY} (after|following|subsequent to|from and after|on and after) [the]": Side.AFTER,
        "the": Side.AT,
    }
)
_BEGINNING = "(opening|open|start|beginning|commencement)"
_ENDING = "(closing|close|end|conclusion)"
_OF_THE_DAY = (
    "of [the] [regular|normal|usual|ordinary|market|official] (business|trading|day|business day|trading day"
    "|trading session|session|business hours|trading hours|office hours|market hours)"
)
_OF_THE_MARKET = "of [the] [us|u.s.] [stock|securities|equity] (market|markets|exchange|exchanges)"
_MARKET = "(market|market's|stock market|business|trading|exchange|nyse)"

EDGES = Table(
    {
        f"{_BEGINNING} ({_OF_THE_DAY}|{_OF_THE_MARKET})": Anchor.OPENING,
        f"({_MARKET} (open|opening)|opening bell)": Anchor.OPENING,
        "(market|markets|exchange|nyse|stock market) (opens|open)": Anchor.OPENING,
        f"{_ENDING} ({_OF_THE_DAY}|{_OF_THE_MARKET})": Anchor.CLOSE,
        f"({_MARKET} (close|closing)|closing bell|cob)": Anchor.CLOSE,
        "(market|markets|exchange|nyse|stock market) (closes|close)": Anchor.CLOSE,
    }
)
"""The opening and the close of a business day, in all their words."""

BARE_EDGES = Table({"(open|opening)": Anchor.OPENING, "(close|closing)": Anchor.CLOSE})
"""What may also mean the closing, or an opening to investors: a word of `SIDES` or an exchange stands beside it."""

AT_EXCHANGES = Table(
    dict.fromkeys(
        [
            "(on|of|at) [the] (new york stock exchange|nyse|nyse arca|nyse american|nyse amex|nasdaq"
            "|nasdaq stock market"
            "|nasdaq global market|cboe|cboe bzx|cboe canada|bats|american stock exchange|amex|london stock exchange"
            "|lse"
            "|toronto stock exchange|tsx|tsx venture exchange|neo exchange|asx|australian securities exchange|hkex"
            "|stock exchange of hong kong|sehk|singapore exchange|sgx|euronext|euronext paris|euronext dublin|xetra"
            "|irish stock exchange|luxembourg stock exchange|six swiss exchange|borsa italiana|national stock exchange"
            "|bombay stock exchange|bse|nse|exchange|exchanges|stock exchange|relevant exchange) [exchange|inc|inc.]",
        ],
        True,
    )
)
"""Of which exchange the opening or the close is; all of them leave the day as it is."""

# --- days and periods ------------------------------------------------------------------------------------------------

JOINTS = Table(
    dict.fromkeys(
        [
            *("[up] to [and including]", "-", "[and] [continuing] (through|thru|until|till) [and including]"),
            *("[and] ending [on]", ", (to|through|until)", "and to"),
        ],
        Joint.TO,
    )
    | dict.fromkeys(["[,] and [also] [on]", "&", ",", "/"], Joint.AND)
    | dict.fromkeys(["[,] or [possibly] [on|in|during] [the]"], Joint.OR)
)
OPENERS = Table(
    {
        "[for|during|in] [the period] from [and including]": Joint.TO,
        "(for|during|in) the period [of]": Joint.TO,
        "(beginning|commencing|starting) [on]": Joint.TO,
        "[sometime|any time] [during|in] [the period] between": Joint.AND,
    }
)
"""What opens days from one to another, with the joint that it asks for."""
_BUSINESS = "(business|trading|nyse trading|nyse business|exchange trading|exchange business|market|new york business)"
PARTS = Table(
    {
        "(early|early -|early in|[the] early part of)": Part.EARLY,
        "(mid|mid -|mid of|middle of|the middle of)": Part.MID,
        "(late|late in|[the] latter part of)": Part.LATE,
    }
)
QUARTERS = Table(
    {
        "[calendar] ((first|1st) [calendar] quarter|q1|1q)": (1, 1),
        "[calendar] ((second|2nd) [calendar] quarter|q2|2q)": (2, 2),
        "[calendar] ((third|3rd) [calendar] quarter|q3|3q)": (3, 3),
        "[calendar] ((fourth|4th|final|last) [calendar] quarter|q4|4q)": (4, 4),
        "((first|1st) [quarter] (or|and) [the] (second|2nd) [calendar] (quarter|quarters)|q1 (or|and|/) q2)": (1, 2),
        "((second|2nd) [quarter] (or|and) [the] (third|3rd) [calendar] (quarter|quarters)|q2 (or|and|/) q3)": (2, 3),
        "((third|3rd) [quarter] (or|and) [the] (fourth|4th) [calendar] (quarter|quarters)|q3 (or|and|/) q4)": (3, 4),
    }
)
HALVES = Table(
    {
        "([calendar] (first|1st) half|h1|1h)": (1, 1),
        "([calendar] (second|2nd|latter|last) half|h2|2h)": (2, 2),
    }
)
"""Quarters and halves of a year, from which one to which one."""
OF_YEAR = Table({"[,] [of] [the] [calendar] [year]": True})
"""What stands between a period and its year."""
WEEKS = Table(
    {
        "[the] [calendar|business] week (of|containing)": Week.ANY,
        "[the] [calendar|business] week (commencing|beginning|starting) [on]": Week.FIRST,
        "[the] [calendar|business] week (ending|ended) [on]": Week.LAST,
    }
)
CLOCK_LEADS = Table({"[,] [commencing|beginning|starting|promptly] (at|@)": True, ",": True})
HALVES_OF_THE_DAY = Table({"(am|in the morning)": 0, "(pm|in the (afternoon|evening))": 12})
"""The half of the day of an hour from 1 to 12, as the hour at which it begins."""
ABOUT_A_CLOCK = Table(dict.fromkeys(["[which is] (generally|normally|usually|typically|ordinarily)"], True))
"""Words that say when a business day closes as a rule, which is no clock time of the milestone."""
END_OF = Table(dict.fromkeys(["[the] end of [the]", "[the] [calendar] (year-end|year end) [of]"], True))
LAST_DAY_OF = Table({"[the] (last|final) [calendar] day of [the]": True})

# --- what stands behind and changes nothing --------------------------------------------------------------------------

CITED_RULES = Table(
    {"[effective] (pursuant to|under|in accordance with|in reliance on|as provided by) (rule|section|regulation)": True}
)
OF_THE_ACT = Table(
    {
        "[of|under] the [us] (securities act|investment company act|exchange act|securities exchange act|1933 act"
        "|1940 act|act) [of (1933|1934|1940)][, as amended]": True
    }
)
# --- what gives no day -----------------------------------------------------------------------------------------------

_TO_BE_SAID = (
    "to be (announced|determined|confirmed|advised|decided|fixed|set|scheduled|chosen|agreed|selected|notified)"
)
DEFERRALS = Table(
    {
        "[(has|have) been|is|was] [adjourned|postponed|deferred|delayed|suspended|rescheduled]"
        " [until|till|to|on|at|for]": True
    }
)
_LATER = "(to|will|shall|is to|are to) be [publicly|formally|subsequently|later|yet|still]"
_SAID_AS_SUCH = {
    "announced|published|disclosed|communicated": _ANNOUNCED,
    "determined|calculated": ("valuation",),
    "confirmed|advised|decided|fixed|set|scheduled|chosen|agreed|selected|notified|established"
    "|specified|named|known|made known|made public": (),
}
SAID_LATER = Table(
    {f"{_LATER} ({verbs}) [later|publicly]": kinds for verbs, kinds in _SAID_AS_SUCH.items()}
    | {f"(date|dates|a date|the date) {_LATER} ({verbs})": () for verbs in _SAID_AS_SUCH}
    | {"(tba|tbd)": ()}
)
"""Words before a day on which the date itself will be known, with the kinds that do happen by its being said."""
UNDATED = Table(
    dict.fromkeys(
        [
            f"[date|dates] {_TO_BE_SAID} [later]",
            "[date|dates] (tba|tbd|tbc)",
            f"(further notice|[a|the] (later|future|new) (date|time) [{_TO_BE_SAID}])",
            f"a date [yet|still] {_TO_BE_SAID}",
            "(indefinitely|sine die|without a date|without a new date|unknown|undetermined)",
            "[a date|date|the date] [has] not [yet] [been] (determined|announced|fixed|set|scheduled|confirmed)",
        ],
        True,
    )
)
"""Phrases that say that there is no date yet; each is a whole phrase, perhaps with one of `DEFERRALS` before it."""

AT_THE_SOURCE = Table(
    dict.fromkeys(
        [
            "(immediately|today|immediate effect|the date hereof)",
            "[the] date of this [prospectus|statutory prospectus|sai] (supplement|notice|announcement|press release"
            "|news release|release|letter|document|circular|proxy statement|information statement|filing|sticker"
            "|prospectus|report|communication|amendment|statement)",
        ],
        True,
    )
)
"""The day of the document itself."""

# --- days counted from another ---------------------------------------------------------------------------------------

_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINAL_WORDS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth"),
    *("twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first"),
)
AMOUNTS = Table(
    {word: number for number, word in enumerate(_NUMBER_WORDS, start=1)}
    | {"(a|an)": 1, "twenty-one": 21, "thirty": 30, "thirty-one": 31, "forty": 40, "forty-five": 45, "fifty": 50}
    | {"sixty": 60, "seventy": 70, "seventy-five": 75, "eighty": 80, "ninety": 90, "one hundred": 100}
    | {"one hundred [and] twenty": 120, "one hundred [and] eighty": 180}
)
ORDINALS = Table(
    {words: number for number, words in enumerate(_ORDINAL_WORDS, start=1)} | {"sixtieth": 60, "ninetieth": 90}
)
UNITS = Table(
    {
        "[full] [calendar] (day|days)": Unit.DAYS,
        f"[full] {_BUSINESS} (day|days)": Unit.BUSINESS_DAYS,
        "[calendar] (week|weeks)": Unit.WEEKS,
        "[calendar] (month|months)": Unit.MONTHS,
    }
)
"""Units of counting. Dealing days and working days are no business days of New York, so they are not here."""
NEXT_DAYS = Table(
    {
        f"[the] [first|last|next|final] {_BUSINESS} day [immediately|next]": Unit.BUSINESS_DAYS,
        "the [calendar] day [immediately|next]": Unit.DAYS,
        "[the] (next|first) [calendar] day [immediately]": Unit.DAYS,
    }
)
DISTANCES = Table(
    dict.fromkeys(
        ["(at least|not less than|no less than|not fewer than|no fewer than|a minimum of|minimum)"], Distance.AT_LEAST
    )
    | dict.fromkeys(
        ["(within|not more than|no more than|up to|at most|a maximum of) [a period of|the]"], Distance.AT_MOST
    )
    | dict.fromkeys(["(approximately|about|approx|approx.|around|roughly) [the]"], Distance.ABOUT)
    | {"for [a period of|the period of]": Distance.FOR, "exactly": Distance.EXACTLY}
)
COUNTED = Table(
    {
        "[immediately] (before|prior to|preceding|in advance of|ahead of)": Direction.BEFORE,
        "[immediately|next] (after|following|subsequent to)": Direction.AFTER,
        "from [and after]": Direction.AFTER,
    }
)
BASE_LEADS = Table(
    dict.fromkeys(
        [
            "[the] (date|day|time) of [the|such|its|each]",
            "[the] [scheduled|applicable|actual|respective|relevant|joint]",
            "[the] (date|day) on which the",
        ],
        True,
    )
)
BASE_ENDS = Table(
    {
        "of the [proposed] (reorganization|reorganizations|merger|mergers|fund|funds|portfolio|target fund"
        "|target portfolio|acquired fund|liquidation|meeting|transaction|conversion|substitution|trust"
        "|shareholders)": True,
        "of (shareholders|unitholders|stockholders)": True,
    }
)

# --- what a phrase may not hold --------------------------------------------------------------------------------------

CONDITIONS = Table(
    dict.fromkeys(
        [
            *("[only] if", "subject to", "provided [that]", "assuming", "in the event", "pending", "contingent"),
            *("conditional", "conditioned", "upon (satisfaction|approval|receipt)", "unless", "so long as"),
            *("as (required|necessary)", "following (receipt|shareholder approval|approval)", "(when|once) all"),
        ],
        True,
    )
)
"""Words that make a date depend on something."""
CHANGES = Table(
    dict.fromkeys(
        [
            "or [on|at|by] [as] (such|any|another|some|soon|otherwise|promptly|shortly)",
            "or [on|at|by] [a|the] (next|following|preceding|different)",
            "or [on|at|by] [a|the] (later|earlier) (date|day|time|closing|meeting)",
            *("although", "however", "but (may|could|might|can|no)", "[and|which] (may|might|could|can)"),
            *("unless (postponed|adjourned|otherwise|extended|delayed)", "subject to (change|any change)"),
            *(
                "or (sooner|earlier|later) (if|as)",
                "[and] as [it] may be",
                "and any (adjournment|adjournments|postponement|postponements)",
            ),
        ],
        True,
    )
)
"""Words that say that a day may move."""
BEHIND_MAY = frozenset(
    {
        "be", "occur", "take", "close", "happen", "change", "move", "not", "also", "have", "begin", "start", "end",
        "vary", "differ", "become", "slip", "decide", "elect", "terminate", "liquidate", "merge", "complete", "cease",
        "commence", "expire", "fall", "come", "adjourn", "postpone", "delay", "extend", "accelerate", "then", "still",
        "instead",
    }
)  # fmt: skip
"""Verbs, and words before them, behind the "may" that is no month."""
OTHER_STATES = Table(
    dict.fromkeys(
        [
            "(originally|previously|formerly|initially) [scheduled|announced|expected|anticipated|set|planned]",
            "(original|old|previous|former|superseded) [closing|meeting|effective|record|merger|reorganization|mailing]"
            " (date|day|time|closing|meeting|merger|reorganization)",
            "(rescheduled|postponed|moved|adjourned|deferred|delayed|changed|extended|revised|brought forward) from",
        ],
        True,
    )
)
"""Words that say what held before."""
_ONCE = "[now|then|first|again|being|already|currently|presently|tentatively|provisionally]"
WAS_PLANNED = Table(
    {
        f"[which] (was|were|had been) {_ONCE} (to [be]|to have been|for|scheduled [for]|slated [for]|due|expected"
        "|anticipated|planned [for]|intended|proposed|estimated|targeted [for]|projected|set (for|to [be]|on)"
        "|(fixed|convened|reconvened|called|noticed|booked|arranged|announced|pencilled in) (for|to [be]))": True
    }
)
"""Words before a day that was planned once, and may have been given up since."""
EXCLUDING = Table({"[but] (excluding|not including|exclusive of)": True})
"""Words that leave out the day behind them."""
CALLED_OFF = Table({"[has been|have been|was|is|now] (cancelled|canceled|called off|abandoned)": True})
"""Words that say that it will not happen."""
SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
FOREIGN_MONTHS = frozenset(
    {
        "januar", "februar", "märz", "juni", "juli", "oktober", "dezember", "janvier", "février", "fevrier", "mars",
        "avril", "juin", "juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre", "gennaio",
        "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "dicembre",
        "enero", "febrero", "abril", "mayo", "junio", "julio", "septiembre", "octubre", "noviembre", "diciembre",
        "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setembro", "outubro", "novembro", "dezembro",
        "januari", "februari", "maart", "mei", "augustus", "augusti", "marts",
    }
)  # fmt: skip
"""Names of months in other languages than English."""
