"""Finds the names that a text prints: words with capitals, the last of them "Fund", "Trust", "Inc." or the like."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# --- words -----------------------------------------------------------------------------------------------------------

_FUND_NOUNS = frozenset({"fund", "portfolio", "etf", "series", "subaccount", "sub-account", "account", "vip", "class"})
_TRUST_NOUNS = frozenset(
    {
        "trust",
        "funds",
        "portfolios",
        "company",
        "group",
        "sicav",
        "icav",
        "icvc",
        "oeic",
        "corporation",
        "umbrella",
        "complex",
        "reserves",
    }
)
"""The last words of names of trusts."""
_NOUNS = _FUND_NOUNS | _TRUST_NOUNS
_INC = re.compile(r",? (?:Inc|INC|L\.?L\.?C|L\.?P|plc|PLC|Ltd|LTD|Corp)\b\.?")
_NUMBER_BEHIND = re.compile(
    r" (?:[IVX]{2,4}(?![\w%-])|(?:[IVX]|\d{1,2})(?![\w.,:%-]))"
    r"(?! (?:business|calendar|days?|weeks?|months?|years?|percent|per|shares|of)\b)"
)
"""The number of a fund behind its name, as in "Premium Income Fund 3"."""
_OF_PLACE = re.compile(
    r"(?<=\bFund) of (?!(?:The|Class|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b)[A-Z][a-z]+(?: [A-Z][a-z]+)?(?!\w| (?:[A-Z]|of\b|&))"
)
"""The end of a name such as "Growth Fund of America"."""
_INC_WORDS = frozenset({"inc", "llc", "l.l.c", "lp", "l.p", "plc", "ltd", "corp"})
_SERVICE_WORDS = frozenset({
    "advisers", "advisors", "adviser", "advisor", "management", "securities", "services", "bank", "partners",
    "associates", "insurance", "life", "holdings", "distributors", "exchange", "bancorp", "solutions", "technologies",
    "brokerage", "financial", "administration", "managers",
})  # fmt: skip
"""Words in the names of companies that manage or sell funds and are none."""
_LAST_OF_MANAGERS = frozenset({"capital", "investments", "investors", "research", "company", "co"})
_LINKS = frozenset({
    "a", "an", "any", "are", "as", "at", "be", "been", "by", "each", "from", "has", "have", "if", "in", "into", "is",
    "it", "its", "may", "not", "of", "on", "or", "regarding", "shares", "shareholders", "such", "that", "the", "their",
    "this", "to", "was", "were", "which", "who", "will", "with", "would",
})  # fmt: skip
"""Words that end a name. In a line of capitals they look like part of it."""
_DASHES = frozenset({"-", "–"})
_JOINS = frozenset({"and", "&", "for"}) | _DASHES
# Words with a capital that may stand before a name and do not belong to it.
_NO_NAME = frozenset({
    "a", "about", "accordingly", "acquire", "additionally", "after", "afterwards", "again", "agreement", "all",
    "along", "alongside", "also", "although", "among", "an", "and", "and/or", "any", "approval", "approve",
    "approved", "are", "as", "assuming", "at", "be", "because", "before", "besides", "between", "board", "both",
    "by", "can", "class", "close", "closed-end", "closing", "combine", "company", "concerning", "concurrently",
    "consequently", "considering", "contract", "contrary", "conversion", "convert", "could", "currently", "date",
    "dear", "despite", "did", "directors", "do", "does", "during", "each", "earlier", "effective", "eight", "etf",
    "etfs", "eventually", "except", "exchange-traded", "excluding", "finally", "five", "following", "for",
    "formerly", "four", "from", "fund", "fund's", "funds", "fund’s", "furthermore", "given", "had", "has", "have",
    "he", "hence", "his", "holder", "holders", "how", "however", "if", "immediately", "important", "in",
    "including", "information", "initially", "instead", "into", "investment", "investors", "is", "its", "joined",
    "joint", "larger", "later", "like", "likewise", "liquidate", "liquidation", "may", "meanwhile", "meeting", "merge",
    "merger", "merging", "moreover", "mutual", "name", "names", "neither", "nevertheless", "nine", "no",
    "nonetheless", "not", "notice", "notwithstanding", "of", "on", "once", "one", "only", "open-end", "or",
    "originally", "other", "otherwise", "our", "owners", "pending", "plan", "portfolio", "portfolios", "presently",
    "previously", "proposed", "prospectus", "provided", "re", "recently", "regarding", "regardless", "registrant",
    "reorganization", "reorganize", "series", "seven", "shall", "shareholders", "shares", "she", "shortly",
    "should", "similarly", "simultaneously", "since", "six", "smaller", "special", "statement", "still", "stockholders",
    "subject", "subsequently", "substitution", "such", "supplement", "ten", "that", "the", "their", "then",
    "thereafter", "therefore", "thereupon", "these", "they", "this", "those", "though", "three", "through", "thus",
    "to", "today", "together", "tomorrow", "trust", "trustees", "two", "ultimately", "under", "unless", "unlike",
    "until", "upon", "we", "what", "when", "where", "whereas", "whether", "while", "who", "whom", "whose", "why",
    "will", "with", "within", "without", "yes", "yesterday", "you", "your",
})  # fmt: skip
TARGET_WORDS = frozenset({
    "absorbed", "acquired", "affected", "closing", "converting", "current", "disappearing", "dissolving", "existing",
    "discontinued", "discontinuing", "eliminated", "liquidating", "merged", "merging", "old", "predecessor", "present",
    "removed", "reorganized", "reorganizing", "replaced", "seller", "selling", "target", "terminated", "terminating",
    "transferor", "transferring",
})  # fmt: skip
"""Words of terms and headings that make a fund a target."""
ACQUIRING_WORDS = frozenset({
    "absorbing", "acquirer", "acquiring", "buyer", "buying", "combined", "continuing", "destination", "new",
    "purchasing", "receiving", "replacement", "resulting", "substitute", "substituted", "successor", "surviving",
    "survivor", "transferee",
})  # fmt: skip
"""The words that say of a fund that others go into it."""
_ROLE_WORDS = TARGET_WORDS | ACQUIRING_WORDS
_WORD = re.compile(r"(?:(?!--|(?<=-)-|(?<=\d)[—–](?!\d))[^\s,;:()\[\]“”\"|*†‡§+#])+")
"""A word; the dash of a dateline is none of the name behind it: "May 6, 2024-- Red Income Trust"."""


_NUMBER_AT_END = re.compile(r" (?:[IVX]{1,4}|\d{1,2})$")


def is_trust_name(name: str) -> bool:
    """Whether a name looks like that of a trust: it ends with "Trust", "Funds", "Inc." and the like."""
    bare = _INC.sub("", name)
    if _SUB_FUND.search(bare):
        return False
    words = _NUMBER_AT_END.sub("", bare).split()
    last = words[-1].lower() if words else ""
    return last in _TRUST_NOUNS or bare != name or bare.lower().endswith("series fund")


def has_noun(name: str) -> bool:
    """Whether a word of a name says that it is a trust or fund, beside "Inc." and the like."""
    return any(word.strip(",.").lower() in _NOUNS for word in name.split())


def has_own_words(name: str) -> bool:
    """Whether a name has a word that tells its fund from others, as "Company Portfolio" or "Each Fund" has not."""
    return any(word.strip(",.").lower() not in _NO_NAME | _ROLE_WORDS | _NOUNS for word in name.split())


# --- places ---


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str

    @property
    def low(self) -> str:
        return self.word.lower().strip("’'.®™*")

    @property
    def is_capital(self) -> bool:
        if self.word.isupper() and self.low in _LINKS:
            return False
        if re.match(r"[a-z]{2,4}-[A-Z]", self.word):
            return True
        return self.word[0].isupper() or self.word[0].isdigit() or self.word[1:2].isupper()

    @property
    def is_noun(self) -> bool:
        low = self.low.removesuffix("’s").removesuffix("'s")
        return self.word[0].isupper() and (low in _NOUNS or low.endswith("fund"))

    @property
    def is_letter(self) -> bool:
        return self.word[0].isupper() and len(self.word.strip("’'s.")) == 1


def printed_names(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each name in a text: words with capitals, the last of them "Fund", "Trust" or the like."""
    tokens = [_Token(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    index = 0
    while index < len(tokens):
        family = _FAMILY.match(text, tokens[index].end) if tokens[index].low in {"group", "family"} else None
        if family and (first := _first(text, tokens, index)) < index:
            yield tokens[first].start, family.end()
        if family or not tokens[index].is_noun:
            yield from _company(text, tokens, index)
            index += 1
            continue
        if tokens[index].low == "class" and index + 1 < len(tokens) and _OF_CLASS.fullmatch(tokens[index + 1].word):
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and _is_next_noun(text, tokens[last], tokens[last + 1]):
            last += 1
        first = _first(text, tokens, index)
        end = tokens[last].end - len(_possessive(tokens[last].word))
        if behind := _NUMBER_BEHIND.match(text, end) or _OF_PLACE.match(text, end):
            end = behind.end()
        if _goes_on(text, tokens, last) or _is_of_a_manager(text, tokens, last):
            index = last + 1
            continue
        if rest := _INC.match(text, end) or _behind_umbrella(text, end, tokens[last]):
            end = rest.end()
        if first < index or (last > index and first == index and tokens[index].low not in _NO_NAME):
            yield tokens[first].start, end
        index = last + 1


def _is_next_noun(text: str, noun: _Token, following: _Token) -> bool:
    """Whether a name goes on with a second noun, as in "Blue Series Fund"; the same one again begins something else."""
    return following.is_noun and following.word != noun.word and _adjoin(text, noun, following)


def _behind_umbrella(text: str, end: int, noun: _Token) -> re.Match[str] | None:
    """The rest of the name of a sub-fund: "Blue SICAV - Global Equity"."""
    return _SUB_FUND.match(text, end) if noun.low in {"sicav", "icav", "icvc", "oeic"} else None


_OF_CLASS = re.compile(r"(?:[A-Z]|[A-Z]?\d|I{2,3})[’'s.]*")
"""What stands behind "Class", as in "Class R2"."""
_FAMILY = re.compile(r" of (?:mutual )?funds\b", re.IGNORECASE)
_SUB_FUND = re.compile(r" [–—-] [A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|&|and|of)(?!\w))*")


def _company(text: str, tokens: Sequence[_Token], last: int) -> Iterator[tuple[int, int]]:
    """The name of a company that ends with "Inc." and with no noun before it, such as "Blue Income Shares, Inc."."""
    inc = _INC.match(text, tokens[last].end)
    if inc is None or "inc" not in inc[0].lower() or not tokens[last].is_capital:
        return
    first = _first(text, tokens, last)
    words = {token.low for token in tokens[first : last + 1]}
    if (
        first < last
        and tokens[first].word[0].isalpha()
        and not words & _SERVICE_WORDS
        and tokens[last].low not in _LAST_OF_MANAGERS
    ):
        yield tokens[first].start, inc.end()


def _goes_on(text: str, tokens: Sequence[_Token], last: int) -> bool:
    """Whether a name goes on behind a noun, as in "Small Company Growth Fund"."""
    if tokens[last].low not in {"company", "series", "account", "group", "trust"}:
        return False
    place = last
    while place + 1 < len(tokens) and _adjoin(text, tokens[place], tokens[place + 1]) and tokens[place + 1].is_capital:
        place += 1
        if tokens[place].is_noun:
            return True
    return False


def _is_of_a_manager(text: str, tokens: Sequence[_Token], last: int) -> bool:
    """Whether the word behind a noun makes it the name of a company that serves funds, as in "Blue Fund Services"."""
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    return (
        following is not None
        and following.is_capital
        and following.low in _SERVICE_WORDS
        and _adjoin(text, tokens[last], following)
    )


def is_company_name(name: str) -> bool:
    """Whether the last word of a name is that of a company that manages, sells or holds funds."""
    last = name.rsplit(maxsplit=1)[-1].lower().strip(".,")
    return last in _SERVICE_WORDS | _LAST_OF_MANAGERS | _INC_WORDS | {"group", "llp"}


def name_before(text: str, place: int) -> str:
    """The words with capitals directly before a place, if they may be a fund's name without a noun; otherwise empty."""
    found = _CAPITALS_BEFORE.search(text, max(0, place - _LONGEST_NAME), place)
    words = found[1].split() if found else []
    while words and words[0].lower() in _NO_NAME:
        words.pop(0)
    is_name = 1 < len(words) <= _MOST_WORDS and not any(word.strip(",.").lower() in _NOUNS for word in words)
    return " ".join(words) if is_name else ""


_LONGEST_NAME, _MOST_WORDS = 100, 7
_CAPITALS_BEFORE = re.compile(r"(?<!\S)([A-Z][\w&’'-]*(?: (?:[A-Z][\w&’'-]*|&|and|of))*) ?$")


def _possessive(word: str) -> str:
    return word[-2:] if word.lower().endswith(("’s", "'s")) else word[-1:] if word.endswith(("’", "'", ".")) else ""


def _adjoin(text: str, one: _Token, other: _Token) -> bool:
    is_number = one.word.rstrip(".").isdigit() or (one.start == 0 and _NUMERAL.fullmatch(one.word) is not None)
    is_abbreviation = len(one.word) <= 4 or _INITIALS.search(one.word) is not None
    is_owner = one.word.endswith(("’", "'")) and one.low in _OWNERS
    ends = is_owner or one.word.endswith(("?", "!", "’s", "'s"))
    ends = ends or (one.word.endswith(".") and (is_number or not is_abbreviation))
    return text[one.end : other.start] == " " and not ends


_OWNERS = frozenset({"funds", "trusts", "portfolios", "series"})
"""The last words of trusts in the plural, behind which an apostrophe alone stands: "Blue Funds' Red Fund"."""
_INITIALS = re.compile(r"\b[A-Z]\.[A-Z]\.$")
_NUMERAL = re.compile(r"[IVX]{1,5}\.")
"""The number of a section, as in "II. Blue Bond Fund"."""


def _first(text: str, tokens: Sequence[_Token], noun: int) -> int:
    """The index of the first token of the name that ends with a noun. The noun's own index if no name is before it."""
    first, place = noun, noun - 1
    while place >= 0 and _adjoin(text, tokens[place], tokens[place + 1]):
        token = tokens[place]
        if tokens[place + 1].low in _JOINS and (token.is_noun or token.low in _INC_WORDS):
            break
        if tokens[place + 1].low in _DASHES and token.word.isdigit():  # "Item 2 - Blue Bond Fund"
            break
        if place and token.is_letter and token.word.endswith(".") and tokens[place - 1].low in _BEFORE_LETTERS:
            break
        is_end_of_another = token.is_noun and place < noun - 1 and token.low in {"fund", "portfolio", "etf"}
        if not is_end_of_another and (token.is_capital or _is_letter_within(tokens, place)):
            first = place
        elif token.low not in _JOINS:
            break
        place -= 1
    while first < noun and (
        _is_no_name(tokens[first]) or _is_of_a_day(tokens, first) or _is_letter_of_a_list(text, tokens[first])
    ):
        first += 1
    is_role = all(token.low in _ROLE_WORDS for token in tokens[first:noun])
    return noun if is_role else first


def _is_letter_within(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a token is an "A" inside a name, as in "China A Fund"."""
    before = tokens[place - 1].word if place else ""
    is_behind_name = before[:1].isupper() and not before.isupper() and before.lower() not in _BEFORE_LETTERS
    return tokens[place].word == "A" and is_behind_name and tokens[place + 1].is_noun


_BEFORE_LETTERS = frozenset({"class", "series", "share", "part", "item", "section", "exhibit", "annex", "appendix"})
"""What stands before a letter that is no initial of a name, as in "Class T. Blue Fund has none"."""


def _is_letter_of_a_list(text: str, token: _Token) -> bool:
    """Whether a token is the letter of a heading or an item, or the digit of a footnote: "B. Blue Fund ..."."""
    is_first = not text[: token.start].strip()
    if is_first and len(token.word) == 1 and token.word.isdigit():
        return True
    return is_first and len(token.word.rstrip(".")) == 1 and text[token.start + 1 : token.start + 3] == ". "


def _is_of_a_day(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a token is a month before a number, or a number behind a month: "On June 1 Blue Fund will ..."."""
    months = {name.lower() for name in calendar.month_name[1:]}
    if tokens[place].low in months:
        return tokens[place + 1].word.isdigit()
    return place > 0 and tokens[place].word.isdigit() and tokens[place - 1].low in months


def _is_no_name(token: _Token) -> bool:
    is_year = re.fullmatch(r"(?:19|20)\d\d", token.word) is not None
    return is_year or not token.is_capital or token.low in _NO_NAME or token.low.removesuffix("s") in _NO_NAME


def as_one(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The names; a fund's name that stands behind that of its trust is one with it: "Blue Fund: Bond Portfolio"."""
    pending: tuple[int, int] | None = None
    for start, end in places:
        if pending and text[pending[1] : start] == ": " and _first_word(text, start) != _first_word(text, pending[0]):
            pending = pending[0], end
            continue
        if pending:
            yield pending
        pending = start, end
    if pending:
        yield pending


def without_classes(text: str, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The names but for those of share classes that stand behind a fund: "Blue Fund (Service Class)"."""
    before = 0
    for start, end in places:
        is_class = text[start:end].lower().endswith((" class", " shares")) and before > 0
        if not (is_class and _BEFORE_CLASS.fullmatch(text, before, start)):
            yield start, end
        before = end


_BEFORE_CLASS = re.compile(r" ?[(,–—-] ?")


def _first_word(text: str, start: int) -> str:
    return text[start:].partition(" ")[0].lower()
