"""What filings call the kinds of milestones: one table of the field's words, by meaning and never by spelling."""

from calfeed.model.kinds import KINDS, Kind, kind_named

_WORDS: dict[str, tuple[str, ...]] = {
    "board approval": ("board meeting", "trustee approval", "approval by the board", "board approval date"),
    "agreement signed": ("signing", "signing date", "agreement date", "execution of the agreement"),
    "announcement": ("announcement date", "press release", "supplement", "public announcement"),
    "n-14 filing": ("filing of the n-14", "n-14 filed", "registration statement filing", "filing"),
    "n-14 effectiveness": (
        "effectiveness", "n-14 effective", "n-14 effective date", "registration statement effectiveness",
        "effectiveness of the registration statement", "registration effective", "registration effectiveness",
    ),
    "n-14 withdrawal": ("withdrawal of the n-14", "registration statement withdrawal"),
    "sec order": ("substitution order", "exemptive order", "order of the sec"),
    "regulatory approval": (
        "regulator approval", "regulator's approval", "regulators' approval", "approval by the regulator",
        "approval of the regulator", "regulatory approvals", "sec approval", "approval by the sec", "fca approval",
        "approval by the fca", "cssf approval", "approval by the cssf", "central bank approval", "court approval",
        "approval by the court", "approval of the court", "court sanction", "court order",
    ),
    "broker search": ("search card", "broker search cards", "broker inquiry", "broker search date"),
    "record date": ("voting record date", "record day", "shareholder record date", "record date for the meeting"),
    "proxy mailing": (
        "proxy statement mailing", "mailing", "mailing date", "mailing of the proxy statement", "mailing of proxies",
        "proxy mailing date", "proxy materials mailing", "mailing of proxy materials",
        "mailing of the proxy statement/prospectus", "mailing of the combined proxy statement/prospectus",
    ),
    "information statement mailing": (
        "mailing of the information statement", "information statement", "mailing of information statement",
    ),
    "voting deadline": ("proxy deadline", "deadline for proxies", "proxy voting deadline", "proxy cut-off"),
    "special meeting": (
        "meeting", "shareholder meeting", "shareholders meeting", "shareholders' meeting", "meeting of shareholders",
        "special meeting of shareholders", "special shareholder meeting", "egm", "extraordinary general meeting",
        "general meeting", "extraordinary meeting", "joint special meeting", "unitholder meeting",
        "stockholder meeting", "special meeting date", "meeting date", "unitholders' meeting", "unitholders meeting",
        "meeting of unitholders", "meeting of stockholders", "special meeting of stockholders", "shareholder vote",
        "special meeting of unitholders", "agm", "annual general meeting", "adjourned meeting", "reconvened meeting",
        "vote", "shareholders' vote", "vote of shareholders",
    ),
    "approval obtained": (
        "shareholder approval", "approval by shareholders", "approval of shareholders", "shareholders' approval",
        "holder approval", "approval by the holders", "stockholder approval", "unitholder approval",
        "approval by the shareholders", "policyholder approval", "member approval",
    ),
    "closed to new investors": ("soft close", "closed to new accounts", "closing to new investors"),
    "closed to purchases": ("hard close", "closed to subscriptions", "purchases suspended", "closing to purchases"),
    "last purchase": ("last purchase date", "last day to purchase", "last subscription", "last subscription date"),
    "last exchange": ("last exchange date", "last day to exchange", "exchange deadline"),
    "last redemption": ("last redemption date", "last day to redeem", "last dealing day", "last dealing date"),
    "dealing suspension begins": ("suspension of dealing", "dealing suspension", "suspension of dealings"),
    "creation orders end": ("last creation order", "last day for creation orders", "creations end"),
    "transition begins": ("repositioning begins", "transition period begins", "repositioning"),
    "transition ends": ("repositioning ends", "transition period ends"),
    "dividend ex-date": ("ex-date", "ex-dividend date", "ex date", "ex-dividend"),
    "dividend record date": ("distribution record date",),
    "dividend payment": ("payment date", "dividend payment date", "distribution payment date", "payable date"),
    "valuation": ("valuation date", "valuation time", "valuation day", "net asset value determination", "pricing date"),
    "closing": (
        "closing date", "merger", "merger date", "effective date", "reorganization date", "reorganization",
        "closing of the reorganization", "closing of the merger", "effective time", "completion", "completion date",
        "completion of the reorganization", "completion of the merger", "consummation", "consummation of the merger",
        "consummation of the reorganization", "acquisition", "acquisition date", "transaction date", "consolidation",
        "merger effective date", "reorganisation", "reorganisation date", "amalgamation",
        "effective date of the merger",
        "effective date of the reorganization", "combination", "exchange date", "transfer date",
        "scheme effective date",
        "closing date of the reorganization", "closing date of the merger", "transaction", "merger closing", "takeover",
    ),
    "liquidation": (
        "liquidation date", "termination", "termination date", "dissolution", "dissolution date", "liquidating date",
        "winding up", "winding-up", "wind-up", "liquidation of the fund", "closure", "closure date", "fund closure",
        "dissolution of the fund", "termination of the fund",
    ),
    "proceeds payment": (
        "distribution of proceeds", "liquidating distribution", "liquidation payment", "payment of proceeds",
        "payment of liquidation proceeds", "distribution date", "liquidating distribution date",
    ),
    "substitution": ("substitution date", "fund substitution", "replacement", "date of the substitution"),
    "conversion": ("conversion date", "etf conversion", "converting date", "redomiciliation", "conversion of the fund"),
    "tender offer expiration": ("expiration", "expiration date", "expiration of the tender offer", "offer expiration"),
    "last trading day": ("last trading date", "last day of trading", "final trading day", "cessation of trading"),
    "first trading day": (
        "first day of trading", "first trading date", "listing date", "commencement of trading",
        "listing", "etf listing", "listing of the etf", "stock exchange listing",
    ),
    "delisting": ("delisting date", "removal from listing"),
    "outside date": ("drop-dead date", "drop dead date", "long stop date", "long-stop date", "end date"),
    "name change": ("rename", "renaming", "change of name", "new name"),
    "subadviser change": ("sub-adviser change", "subadvisor change", "sub-advisor change", "change of subadviser"),
    "objective change": ("strategy change", "change of objective", "investment objective change"),
    "benchmark change": ("index change", "change of benchmark"),
    "identifier change": ("cusip change", "ticker change", "symbol change", "isin change"),
    "deregistration filing": ("form n-8f", "n-8f filing", "deregistration application"),
    "deregistration order": ("deregistration", "n-8f order"),
}  # fmt: skip
WHICHEVER_COMPLETES = ("effective date", "effective time", "completion", "completion date", "consummation")
"""Words that a date can be counted from. They mean the milestone that completes the reorganization, of any kind."""
_MOVED = ': it happens to a milestone, and is none: write the earlier date of that one under "previously".'
_CANCELLED = ': it happens to a milestone, and is none: write "cancelled" below that one, with its source.'
_RESUMED = ': "dealing suspension ends" is the last day without dealing, the business day before.'
_ADVICE = {
    _MOVED: (
        "postponement", "postponed", "adjournment", "adjourned", "deferral", "deferred", "delay", "delayed",
        "rescheduling", "rescheduled", "postponement of the meeting", "adjournment of the meeting",
        "meeting adjourned", "meeting postponed", "closing postponed", "postponement of the closing",
    ),
    _CANCELLED: (
        "cancellation", "cancelled", "canceled", "abandonment", "abandoned", "cancellation of the meeting",
        "cancellation of the merger", "meeting cancelled", "merger cancelled", "termination of the plan",
    ),
    _RESUMED: (
        "resumption of dealing", "resumption of dealings", "dealing resumes", "dealings resume", "dealing resumption",
        "resumption", "reopening", "reopening of dealing", "end of suspension",
    ),
    ': did you mean "blackout begins" or "blackout ends"?': ("blackout", "blackout period", "blackout date"),
    ': did you mean "transition begins" or "transition ends"?': ("transition", "transition period", "transition date"),
    ': did you mean "free transfers begin" or "free transfers end"?': (
        "free transfers", "free transfer", "free transfer period",
    ),
    ': did you mean "dealing suspension begins" or "dealing suspension ends"?': (
        "suspension", "suspension period", "dealing suspension period",
    ),
    ': did you mean "dividend payment" or "proceeds payment"?': ("distribution", "final distribution", "payment"),
    ': did you mean "last redemption" or "liquidation"?': ("redemption date", "redemption", "compulsory redemption"),
}  # fmt: skip
_ADVICE_ON = {word: advice for advice, words in _ADVICE.items() for word in words}
_MEANT = {word: name for name, words in _WORDS.items() for word in words}


def kind_meant(words: str) -> Kind | None:
    """Return the kind that words of a filing such as "merger date" or "EGM" mean, or None.

    The kinds' own names mean themselves. Case, a leading "the" and the kind of apostrophe make no difference.
    """
    plain = _plain(words)
    return kind_named(_MEANT.get(plain, plain))


def advice_on(words: str) -> str:
    """What to write for words of the field that are no kind, as the tail of a message; empty if they are not known."""
    return _ADVICE_ON.get(_plain(words), "")


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").removeprefix("the ").split())


def words_for() -> dict[str, Kind]:
    """Every name that filings have for a kind, the kind's own included."""
    names = {kind.name: kind for kind in KINDS}
    return names | {word: kind for word, name in _MEANT.items() if (kind := kind_named(name))}
