"""Words without a day of their own: a defined term or a cited rule behind it, and what says that there is none yet."""

from calfeed.model.when import MONTHS, WEEKDAYS
from calfeed.reading.phrases.belonging import NAMES
from calfeed.reading.phrases.tokens import Found, Table, Text
from calfeed.reading.phrases.words import CITED_RULES, DEFERRALS, FIRMNESS_BEHIND, OF_THE_ACT, UNDATED, Firmness

_LONGEST_TERM = 8
"""The most tokens that a defined term has."""
_MOVES = "(adjournment|adjournments|postponement|postponements)"
_LEADS = Table(
    dict.fromkeys(
        [
            "[each][,] [or|and] (the|a|an|such|each)",
            "(or|and)",
            "[such|that] (date|day|time|meeting)[,] [being|referred to as] [the]",
            "[hereinafter|hereafter][,] [referred to [herein] as|called] [the]",
            "(collectively|together|defined as|this is|being|which is)[,] [the]",
            f"[together with|including|and] any {_MOVES} [(or|and) {_MOVES}] thereof, the",
        ],
        True,
    )
)
"""What stands before a defined term in quotes: `(the "Closing Date")`, `(such date, the "Closing Date")`."""
_NOUNS = frozenset(
    {
        "date", "dates", "time", "day", "meeting", "period", "closing", "merger", "reorganization", "reorganizations",
        "liquidation", "conversion", "substitution", "egm", "agm",
    }
)  # fmt: skip
"""The last words of defined terms without quotes."""
_WORDS = frozenset(
    {
        "the", "a", "an", "such", "each", "this", "that", "its", "of", "'", "special", "annual", "general",
        "extraordinary", "joint", "virtual", "board", "shareholder", "shareholders", "shareholder's", "stockholder",
        "stockholders", "unitholder", "unitholders", "holders", "fund", "funds", "fund's", "portfolio", "portfolios",
        "trust", "target", "acquired", "acquiring", "selling", "surviving", "merging", "record", "effective", "closing",
        "valuation", "payment", "payable", "distribution", "dividend", "mailing", "liquidating", "termination",
        "transition", "blackout", "suspension", "delisting", "trading", "notice", "voting", "redemption", "repurchase",
        "purchase", "exchange", "transfer", "completion", "settlement", "acquisition", "consolidation", "combination",
        "transaction", "amalgamation", "reorganisation", "plan", "agreement", "approval", "signing", "filing",
        "announcement", "launch", "listing", "mergers", "reorganisations", "restructuring", "replacement",
    }
)  # fmt: skip
"""Words of which a defined term consists, beside its nouns: none of them says that a day is another, or may move."""
_WITH_A_CAPITAL = frozenset(
    {
        "implementation", "determination", "commencement", "consummation", "execution", "dissolution", "cessation",
        "deregistration", "redomiciliation", "migration", "renaming", "pricing", "issue", "delivery", "dealing",
        "subscription", "offer", "tender", "scheme", "court", "proxy", "proceeds", "assets", "vote", "first", "second",
        "third", "final", "scheduled", "phase", "group", "tranche", "cut", "off", "share", "shares", "unit", "units",
        "class", "classes", "series", "etf", "company", "growth", "value", "income", "bond", "equity", "stock", "small",
        "mid", "large", "cap", "index", "international", "municipal", "government", "money", "market",
        "separation", "investment", "cutover", "removal", "deletion", "asset", "automatic", "free", "subadvisory",
        "advisory", "rights", "rebranding", "re", "de", "opening", "declaration", "close", "contract", "contracts",
    }
)  # fmt: skip
"""Further words of terms in quotes, where they have a capital: of what happens, of funds and of their classes."""
_PARTIES = frozenset(
    {"fund", "funds", "portfolio", "portfolios", "trust", "series", "etf", "class", "company"}
)  # fmt: skip
"""Before these a word with a capital is the name of who takes part, and says nothing of the day."""
_OF_NO_PARTY = frozenset(
    {
        "asap", "aspirational", "back", "exp", "failed", "hoped", "optimistic", "orig", "poss", "prelim", "prev",
        "prob", "prov", "speculative", "tent", "tgt", "vacated",
        "abandoned", "about", "adjourned", "after", "alternate", "alternative", "amended", "and", "another", "any",
        "approx", "approximate", "around", "assumed", "assuming", "backstop", "backup", "before", "by", "canceled",
        "cancelled", "change", "changed", "changes", "conditional", "contingent", "corrected", "deadline", "deferred",
        "delayed", "draft", "drop", "earlier", "earliest", "early", "erroneous", "est", "estimate", "estimated", "eta",
        "etd", "eve", "expired", "extended", "fallback", "following", "for", "former", "goal", "hypothetical", "if",
        "illustrative", "incorrect", "initial", "lapsed", "late", "later", "latest", "maximum", "may", "might",
        "minimum", "missed", "never", "new", "next", "no", "not", "obsolete", "old", "only", "optional", "or",
        "original", "originally", "other", "outside", "past", "pending", "placeholder", "possible", "postponed",
        "potential", "preceding", "preliminary", "previous", "prior", "provisional", "rejected", "replaced",
        "rescheduled", "revised", "soonest", "standby", "subject", "suggested", "superseded", "tba", "tbc", "tbd",
        "tentative", "to", "unconfirmed", "unknown", "unless", "until", "void", "voided", "week", "when", "withdrawn",
        "within", "would", "wrong",
        *map(str.lower, (*MONTHS, *WEEKDAYS)),
    }
)  # fmt: skip
"""Words that are no name even there, or all in capitals."""
_LONGEST_SHORT_NAME = 5
"""The most letters of a name all in capitals, such as MIST."""


def defined_term_at(text: Text, index: int) -> Found[str] | None:
    """A defined term: `(the "Closing Date")`, `, the "Closing Date"`, `(the liquidation date)`.

    The meaning is its words where they say that the day is not firm ("the expected closing date"), otherwise empty.
    """
    if text.at(index) == "(":
        found = _quoted_terms(text, index + 1) or _plain_term(text, index + 1)
        return Found(found.meaning, found.end + 1) if found and text.at(found.end) == ")" else None
    if text.at(index) == ",":
        return _quoted_terms(text, index + 1)
    return None


def cited_rule_at(text: Text, index: int) -> Found[bool] | None:
    """A rule behind the date: `pursuant to Rule 488 under the Securities Act of 1933`."""
    cited = CITED_RULES.at(text, index)
    if cited is None or not text.at(cited.end).isdecimal():
        return None
    end = cited.end + 1
    while text.touches(end) and text.at(end) not in {"", ".", ",", ";", ")"}:
        end += 1  # "17a-8", "485(b)"
    act = OF_THE_ACT.at(text, end)
    return Found(True, act.end if act else end)


def undated_end(text: Text, index: int) -> int:
    """The first token behind words at `index` that say that there is no date yet; `index` where there are none."""
    deferral = DEFERRALS.at(text, index)
    start = deferral.end if deferral else index
    undated = UNDATED.at(text, index) or UNDATED.at(text, start)
    if undated:
        return undated.end
    is_verb = deferral and text.at(start - 1) not in {"until", "till", "to", "on", "at", "for"}
    return start if is_verb and start > index else index


def _quoted_terms(text: Text, index: int) -> Found[str] | None:
    """One or more terms in quotes, with what leads in: `the "Closing Date" or the "Effective Time"`."""
    soft = ""
    end = index
    while True:
        lead = _LEADS.at(text, end)
        start = lead.end if lead else end
        is_alternative = end == index and text.at(index) == "or"
        quoted = None if is_alternative else _quoted(text, start)
        if quoted is None:
            return Found(soft, end) if end > index else None
        soft, end = soft or quoted.meaning, quoted.end


def _quoted(text: Text, index: int) -> Found[str] | None:
    mark = text.at(index)
    if mark not in {'"', "'"}:
        return None
    for end in range(index + 2, index + 2 + _LONGEST_TERM):
        if text.at(end) == mark and _is_term(text, index + 1, end, in_quotes=True):
            return Found(_softness(text, index + 1, end), end + 1)
    return None


def _plain_term(text: Text, index: int) -> Found[str] | None:
    """A term without quotes, which ends with a noun."""
    for end in range(index + 1, index + 1 + _LONGEST_TERM):
        if text.at(end) == ")":
            is_term = text.at(end - 1) in _NOUNS and _is_term(text, index, end)
            return Found(_softness(text, index, end), end) if is_term else None
    return None


def _is_term(text: Text, index: int, end: int, *, in_quotes: bool = False) -> bool:
    """Whether all words between two tokens are known as those of defined terms; in quotes also names.

    An unknown word may say that the day is not firm, or is another one, so it must stand where it is a name.
    """
    while index < end:
        soft = FIRMNESS_BEHIND.at(text, index)
        if soft and soft.meaning is not Firmness.EXPECTED:
            return False  # "the latest closing date" is a limit
        known = soft or NAMES.at(text, index)
        may_be_a_name = in_quotes and _is_name(text, index, end)
        if known is None and text.at(index) not in _NOUNS | _WORDS and not may_be_a_name:
            return False
        index = known.end if known else index + 1
    return index == end


def _is_name(text: Text, index: int, end: int) -> bool:
    """Whether a token of the term up to `end` can be nothing but a name, or a hyphen between two words.

    The last word is none: "TBD" and "About" name no day.
    """
    word = text.between(index, index + 1)
    if index == end - 1 or not (word[:1].isupper() and word.isalpha()):
        return text.is_hyphen(index)
    small = text.at(index)
    if small in _WITH_A_CAPITAL:
        return True
    if small in _OF_NO_PARTY:
        return False
    is_short_name = word.isupper() and len(word) <= _LONGEST_SHORT_NAME and not text.between(index, end).isupper()
    return is_short_name or _is_before_party(text, index + 1, end)


def _is_before_party(text: Text, index: int, end: int) -> bool:
    """Whether a fund, a class and so on is named behind a token, with nothing but words with capitals between."""
    for place in range(index, end):
        word = text.between(place, place + 1)
        if text.at(place) in _PARTIES:
            return True
        if text.at(place) in _NOUNS or not (text.is_hyphen(place) or word[:1].isupper()):
            return False
    return False


def _softness(text: Text, start: int, end: int) -> str:
    """The words of a term where one of them says that the day is not firm."""
    is_soft = any(FIRMNESS_BEHIND.at(text, each) for each in range(start, end))
    return text.between(start, end) if is_soft else ""
