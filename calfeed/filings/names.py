"""The names in a filing: of funds, of trusts, and the terms that it defines for them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from calfeed.filings.text import LINE_BREAKS, Filing


class Sort(StrEnum):
    """What a name is of."""

    FUND = "fund"
    TRUST = "trust"


class RoleOf(StrEnum):
    """The part that a defined term gives to a fund."""

    TARGET = "target"
    ACQUIRING = "acquiring"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a passage at which funds, or a trust, are named.

    `names` are those that the filing prints in full: several for a term in the plural, none for a term of which the
    filing does not say what it stands for. `role` is the part that a term gives them.
    """

    sort: Sort
    names: tuple[str, ...]
    start: int
    end: int
    role: RoleOf = RoleOf.NONE
    is_term: bool = False


# --- words -----------------------------------------------------------------------------------------------------------

_FUND_NOUNS = frozenset({"fund", "portfolio", "etf", "series", "subaccount", "sub-account", "account", "vip", "class"})
_TRUST_NOUNS = frozenset({"trust", "funds", "portfolios", "company", "group", "sicav", "icav", "oeic", "corporation"})
_NOUNS = _FUND_NOUNS | _TRUST_NOUNS
_INC = re.compile(r",? (?:Inc|INC|L\.?L\.?C|L\.?P|plc|PLC|Ltd|LTD|Corp)\b\.?")
_INC_WORDS = frozenset({"inc", "llc", "l.l.c", "lp", "l.p", "plc", "ltd", "corp"})
_LINKS = frozenset({"of", "into", "with", "by", "from", "to", "in", "on", "at", "or", "as", "regarding"})
"""Words that are no part of a name, which shows only where they are not printed in capitals."""
_JOINS = frozenset({"and", "&", "for", "-", "–"})
# Words that stand before a name, or make a term of a role, and are no part of a name.
_NO_NAME = frozenset({
    "a", "about", "after", "agreement", "all", "also", "although", "an", "and", "and/or", "any", "approval", "are",
    "as", "at", "be", "because", "before", "between", "board", "both", "by", "class", "closed-end", "closing",
    "company", "contract", "conversion", "date", "dear", "directors", "do", "does", "each", "effective", "eight",
    "etf", "etfs", "exchange-traded", "five", "following", "for", "four", "from", "fund", "fund's", "funds", "fund’s",
    "his", "holder", "holders", "how", "if", "important", "in", "information", "instead", "into", "investment",
    "investors", "is", "its", "joined", "joint", "liquidate", "liquidation", "may", "meeting", "merger", "merging",
    "mutual", "name", "names", "neither", "new", "nine", "no", "not", "notice", "of", "on", "one", "only", "open-end",
    "or", "other", "our", "owners", "plan", "portfolio", "portfolios", "proposed", "prospectus", "provided", "re",
    "regarding", "regardless", "registrant", "reorganization", "series", "seven", "shareholders", "shares", "since",
    "six", "special", "statement", "stockholders", "substitution", "such", "supplement", "ten", "that", "the",
    "their", "these", "this", "those", "three", "through", "to", "trust", "trustees", "two", "under", "unless",
    "until", "upon", "what", "when", "while", "who", "why", "will", "with", "your",
})  # fmt: skip
_TARGET_WORDS = frozenset({
    "absorbed", "acquired", "affected", "closing", "converting", "current", "disappearing", "dissolving", "existing",
    "liquidating", "merged", "merging", "old", "predecessor", "present", "removed", "reorganizing", "replaced",
    "selling", "target", "terminating", "transferring",
})  # fmt: skip
_ACQUIRING_WORDS = frozenset({
    "absorbing", "acquirer", "acquiring", "buying", "combined", "continuing", "destination", "new", "purchasing",
    "receiving", "replacement", "resulting", "substitute", "substituted", "successor", "surviving", "survivor",
})  # fmt: skip
_ROLE_WORDS = _TARGET_WORDS | _ACQUIRING_WORDS
_WORD = re.compile(r"[^\s,;:()\[\]“”\"|*†‡]+")


def role_of(term: str) -> RoleOf:
    """The part that the words of a term, or of a table's heading, give to a fund."""
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", term)}
    if words & _TARGET_WORDS:
        return RoleOf.TARGET
    return RoleOf.ACQUIRING if words & _ACQUIRING_WORDS else RoleOf.NONE


def folded(name: str) -> str:
    """A name for comparison: lower case, without punctuation, and without a genre word at its end."""
    words = re.findall(r"[^\W_]+", name.lower().replace("&", " and "))
    while len(words) > 1 and words[-1] in {"fund", "portfolio"}:
        words.pop()
    return " ".join(word for word in words if word not in {"the"})


def in_title_case(name: str) -> str:
    """A name that is printed in capitals as it is usually written; another one as it is."""
    if not name.isupper():
        return name
    words = [word if word in _KEPT_CAPITALS else word.capitalize() for word in name.split()]
    return " ".join(word.lower() if word.lower() in _SMALL_WORDS else word for word in words)


_SMALL_WORDS = frozenset({"and", "of", "for", "the", "to", "in", "on", "a", "an", "by", "dated"})
_KEPT_CAPITALS = frozenset({"ETF", "II", "III", "IV", "VI", "VII", "VIII", "VIP", "VP", "VIT", "LLC", "USA", "U.S."})


def is_insurer(name: str) -> bool:
    """Whether a name looks like that of an insurer, which offers funds of other trusts."""
    return _INSURER.search(name) is not None and _OF_FUNDS.search(name) is None


_INSURER = re.compile(r"\b(?:Life|Insurance|Assurance|Annuity)\b", re.IGNORECASE)
_OF_FUNDS = re.compile(r"\b(?:Trust|Funds?|Series|Portfolios)(?:,? Inc\.?)?$", re.IGNORECASE)


def is_trust_name(name: str) -> bool:
    """Whether a name looks like that of a trust: of funds in the plural, of a trust or of a corporation."""
    bare = _INC.sub("", name)
    last = bare.split()[-1].lower() if bare.split() else ""
    return last in _TRUST_NOUNS or bare != name or bare.lower().endswith("series fund")


# --- places ----------------------------------------------------------------------------------------------------------


def flat(text: str) -> str:
    """A passage's text with blanks in place of what separates lines; what separates cells separates names too."""
    return text.replace(LINE_BREAKS, " ")


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
        return self.word[0].isupper() or self.word[0].isdigit() or self.word[1:2].isupper()

    @property
    def is_noun(self) -> bool:
        return self.word[0].isupper() and self.low.removesuffix("’s").removesuffix("'s") in _NOUNS

    @property
    def is_letter(self) -> bool:
        return len(self.word.strip("’'s.")) == 1


def printed_names(text: str) -> Iterator[tuple[int, int]]:
    """The places of names in a text: capitals that end with a word such as Fund, Portfolio or Trust."""
    tokens = [_Token(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
    index = 0
    while index < len(tokens):
        if not tokens[index].is_noun:
            index += 1
            continue
        if tokens[index].low == "class" and index + 1 < len(tokens) and tokens[index + 1].is_letter:
            index += 1
            continue
        last = index
        while last + 1 < len(tokens) and tokens[last + 1].is_noun and _adjoin(text, tokens[last], tokens[last + 1]):
            last += 1
        first = _first(text, tokens, index)
        end = tokens[last].end - len(_possessive(tokens[last].word))
        if _goes_on(text, tokens, last):
            index = last + 1
            continue
        if inc := _INC.match(text, end):
            end = inc.end()
        if first < index or (last > index and first == index and tokens[index].low not in _NO_NAME):
            yield tokens[first].start, end
        index = last + 1


def _goes_on(text: str, tokens: Sequence[_Token], last: int) -> bool:
    """Whether a noun is in the midst of a name, as in "Small Company Growth Fund"."""
    if tokens[last].low not in {"company", "series", "account", "group", "trust"}:
        return False
    place = last
    while place + 1 < len(tokens) and _adjoin(text, tokens[place], tokens[place + 1]) and tokens[place + 1].is_capital:
        place += 1
        if tokens[place].is_noun:
            return True
    return False


def _possessive(word: str) -> str:
    return word[-2:] if word.endswith(("’s", "'s")) else word[-1:] if word.endswith(("’", "'", ".")) else ""


def _adjoin(text: str, one: _Token, other: _Token) -> bool:
    is_number = one.word.rstrip(".").isdigit() or (one.start == 0 and _NUMERAL.fullmatch(one.word) is not None)
    ends = one.word.endswith(("?", "!", "’s", "'s")) or (one.word.endswith(".") and (is_number or len(one.word) > 4))
    return text[one.end : other.start] == " " and not ends


_NUMERAL = re.compile(r"[IVX]{1,5}\.")
"""The number of a section, as in "II. Blue Bond Fund"."""


def _first(text: str, tokens: Sequence[_Token], noun: int) -> int:
    """The first token of the name that ends with a noun; the noun itself where nothing of a name is before it."""
    first, place = noun, noun - 1
    while place >= 0 and _adjoin(text, tokens[place], tokens[place + 1]):
        token = tokens[place]
        if tokens[place + 1].low in _JOINS and (token.is_noun or token.low in _INC_WORDS):
            break
        if token.is_capital and not (token.is_noun and place < noun - 1 and token.low in {"fund", "portfolio", "etf"}):
            first = place
        elif token.low not in _JOINS:
            break
        place -= 1
    while first < noun and _is_no_name(tokens[first]):
        first += 1
    return first


def _is_no_name(token: _Token) -> bool:
    is_year = re.fullmatch(r"(?:19|20)\d\d", token.word) is not None
    return is_year or not token.is_capital or token.low in _NO_NAME or token.low in _ROLE_WORDS


_TERMS = re.compile(r"\((?P<before>[^()“\"]{0,60})[“\"](?P<first>[^”\"()]{2,60})[”\"](?P<rest>[^()]{0,120})\)")
_TICKER = re.compile(
    r"\((?:NYSE(?: American| Arca| MKT)?|Nasdaq|NASDAQ|AMEX|Cboe(?: BZX)?|TSX|LSE|"
    r"ASX)[^():]{0,20}: ?(?P<symbol>[A-Z]{2,6}(?:\.[A-Z]{1,3})?)\)"
)
_MORE_TERMS = re.compile(r"[“\"]([^”\"()]{2,60})[”\"]")
_CALLED = re.compile(r"(?:as|called|known as|referred to as)\s+(?:the\s+)?[“\"](?P<first>[^”\"()]{2,60})[”\"]")


@dataclass(frozen=True, slots=True)
class _Definition:
    """Where a filing says what a term stands for: behind which place it holds, and for which names."""

    index: int
    start: int
    names: tuple[str, ...]


class Names:
    """The funds and trusts of a filing, wherever it names them."""

    def __init__(self, filing: Filing, registered: Mapping[str, Sort]) -> None:
        """Find the names in a filing; `registered` are those that the data folder has, each with what it is of."""
        self.filing = filing
        self._registered = registered
        self._texts = [flat(passage.text) for passage in filing.passages]
        self._printed = [list(self._names_in(text)) for text in self._texts]
        self._terms: dict[str, list[_Definition]] = {}
        self._stand_alone: set[str] = set()
        for index, text in enumerate(self._texts):
            self._define(index, text)
            self._define_tickers(index, text)
            self._define_addressee(index, text)
        self._named: dict[int, list[Named]] = {}

    def _names_in(self, text: str) -> Iterator[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        if self._registered_pattern is not None:
            taken = [match.span() for match in self._registered_pattern.finditer(text)]
        found = [each for each in printed_names(text) if not any(a < each[1] and each[0] < b for a, b in taken)]
        yield from sorted([*taken, *found])

    @cached_property
    def _registered_pattern(self) -> re.Pattern[str] | None:
        names = sorted(self._registered, key=len, reverse=True)
        if not names:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", re.IGNORECASE)

    @cached_property
    def all_printed(self) -> Mapping[str, str]:
        """Every name that is printed in full, by its folded form, as it is printed first in both cases of letters."""
        found: dict[str, str] = {}
        for text, places in zip(self._texts, self._printed, strict=True):
            for start, end in places:
                name = text[start:end]
                key = folded(name)
                if key not in found or (found[key].isupper() and not name.isupper()):
                    found[key] = name
        return found

    def _define(self, index: int, text: str) -> None:
        for match in _TERMS.finditer(text):
            terms = [match["first"], *_MORE_TERMS.findall(match["rest"])]
            names = self._names_before(index, text, match.start())
            for term in terms:
                self._add(term.strip(" ,.;"), index, match.start(), names)

    def _names_before(self, index: int, text: str, place: int) -> tuple[str, ...]:
        """The names that a definition in brackets is about: the one before it, or the list that ends there."""
        before = [(start, end) for start, end in self._printed[index] if end <= place]
        if not before or not _BETWEEN_NAME_AND_TERM.fullmatch(text[before[-1][1] : place]):
            return ()
        names = [text[slice(*before[-1])]]
        is_list = re.match(r"\(\s*(?:each|together|collectively|both)", text[place:]) is not None
        for (start, end), (following, _) in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
            if not is_list or not re.fullmatch(r"\s*(?:,|and|,\s*and|or|\([^()]*\)|\s)*", text[end:following]):
                break
            names.insert(0, text[start:end])
        if is_list and text.startswith(names[0]):
            names = [*self._names_above(index), *names]
        return tuple(names)

    def _names_above(self, index: int) -> Iterator[str]:
        """The names directly above a passage, each alone on its line."""
        above = index
        while above and self._is_name_alone(above - 1):
            above -= 1
        yield from (self._texts[each].strip() for each in range(above, index))

    def _is_name_alone(self, index: int) -> bool:
        text, printed = self._texts[index], self._printed[index]
        return bool(printed) and printed[0] == (0, len(text.rstrip())) and not is_trust_name(text)

    def alone_above(self, index: int) -> list[str]:
        """The funds whose names stand alone on a line above a passage, as at the head of a supplement; each once."""
        texts = (self._texts[above].strip() for above in range(index) if self._is_name_alone(above))
        return list(dict.fromkeys(texts))

    def stands_alone(self, name: str) -> bool:
        """Whether a fund has the symbol of an exchange, as a closed-end fund has, which is a trust by itself."""
        return folded(name) in self._stand_alone

    def _define_tickers(self, index: int, text: str) -> None:
        """The symbols of an exchange that stand in brackets behind a name are terms for it, which makes it a fund."""
        for match in _TICKER.finditer(text):
            names = self._names_before(index, text, match.start())
            if names:
                self._stand_alone.add(folded(names[-1]))
                self._add(match["symbol"], index, match.start(), names[-1:])

    def _define_addressee(self, index: int, text: str) -> None:
        """In a letter to the shareholders of a fund, "your fund" is that fund."""
        match = _DEAR.match(text)
        names = [text[start:end] for start, end in self._printed[index] if match and start == match.end()]
        if names:
            self._add("your fund", index, len(text), (names[0],))

    def _add(self, term: str, index: int, start: int, names: tuple[str, ...]) -> None:
        self._terms.setdefault(term.lower(), []).append(_Definition(index, start, names))

    def meaning(self, term: str, index: int, start: int) -> tuple[str, ...] | None:
        """What a term stands for at a place: by the definition nearest before it; None for what is no term."""
        definitions = self._terms.get(term.lower())
        if not definitions:
            return None
        before = [each for each in definitions if (each.index, each.start) <= (index, start)]
        return (before[-1] if before else definitions[0]).names

    def in_passage(self, index: int) -> Sequence[Named]:
        """The places at which a passage names funds or trusts, in its order; no two overlap."""
        if index not in self._named:
            self._named[index] = list(self._find(index))
        return self._named[index]

    @cached_property
    def issuer(self) -> str:
        """The trust whose filing it is: the one whose board is named, or the first of all."""
        for pattern in (_BOARD_OF, None):
            for index, text in enumerate(self._texts):
                for each in self.in_passage(index):
                    is_trust = each.sort is Sort.TRUST and each.names
                    if is_trust and (pattern is None or pattern.search(text[max(0, each.start - 60) : each.start])):
                        return each.names[0]
        stand_alone = (name for name in self.all_printed.values() if folded(name) in self._stand_alone)
        return next(stand_alone, "")

    def defined_in(self, index: int) -> Iterator[Named]:
        """The terms that a passage defines, where it defines them."""
        for term, definitions in self._terms.items():
            for each in definitions:
                if each.index == index:
                    yield Named(Sort.FUND, each.names, each.start, each.start, role_of(term), is_term=True)

    def trust_of_term(self, term: str) -> str:
        """The trust that a filing says, between a fund and the definition of a term for it, that the fund is of."""
        for each in self._terms.get(term.lower(), ()):
            text = self._texts[each.index]
            trusts = [
                t for t in self.in_passage(each.index) if t.sort is Sort.TRUST and t.names and t.end <= each.start
            ]
            if trusts and re.fullmatch(r"[\s,]*", text[trusts[-1].end : each.start]):
                return trusts[-1].names[0]
        return ""

    def trust_called(self, words: str) -> str:
        """The trust that words mean: a term of the filing, or its name."""
        meaning = self.meaning(words, len(self._texts), 0)
        if meaning:
            return meaning[0]
        return self.all_printed.get(folded(words), words)

    @cached_property
    def _term_pattern(self) -> re.Pattern[str]:
        terms = [term for term in self._terms if _NAMES_A_FUND.search(term) or self._is_abbreviation(term)]
        parts = [rf"{re.escape(term)}(?:s|es)?" for term in sorted(terms, key=len, reverse=True)]
        return re.compile(rf"(?<![\w“\"])(?:{'|'.join(parts)})(?![\w”\"])", re.IGNORECASE) if parts else _NOTHING

    def _is_abbreviation(self, term: str) -> bool:
        return len(term) <= _LONGEST_ABBREVIATION and any(each.names for each in self._terms[term]) and term != "board"

    def _find(self, index: int) -> Iterator[Named]:
        text = self._texts[index]
        found: list[Named] = []
        for start, end in self._printed[index]:
            name = self.all_printed.get(folded(text[start:end]), text[start:end])
            found.append(self._named_as(name, index, start, end))
        for match in self._term_pattern.finditer(text):
            if not any(each.start < match.end() and match.start() < each.end for each in found):
                term = match[0]
                if term[:1].islower() and not term.startswith("your "):
                    continue
                found.append(self._term(term, index, match.start(), match.end()))
        for match in _ROLE_TERM.finditer(text):
            if not any(each.start < match.end() and match.start() < each.end for each in found):
                found.append(self._term(match[0], index, match.start(), match.end()))
        found.sort(key=lambda each: each.start)
        yield from sorted([*found, *self._pointing(text, found)], key=lambda each: each.start)

    def _pointing(self, text: str, found: Sequence[Named]) -> Iterator[Named]:
        """Words such as "this fund", which point to the fund before them."""
        for match in _POINTING.finditer(text):
            before = [each for each in found if each.end <= match.start() and each.sort is Sort.FUND and each.names]
            inside = any(each.start < match.end() and match.start() < each.end for each in found)
            if before and not inside and len(before[-1].names) == 1:
                yield Named(Sort.FUND, before[-1].names, *match.span(), before[-1].role, is_term=True)

    def _named_as(self, name: str, index: int, start: int, end: int) -> Named:
        meaning = self.meaning(name, index, start)
        if meaning:
            return self._term(name, index, start, end)
        sort = self._registered.get(name) or self.sort_of(name)
        if sort is Sort.FUND and (longer := self._longer(name)):
            return Named(sort, (longer,), start, end)
        return Named(sort, (name,), start, end)

    def sort_of(self, name: str) -> Sort:
        """What a name is of: of a trust, unless the filing gives it the symbol of an exchange."""
        return Sort.TRUST if is_trust_name(name) and folded(name) not in self._stand_alone else Sort.FUND

    def _longer(self, name: str) -> str:
        """The one fund whose name ends with a shorter one, as "Mid Cap Fund" is of "Blue Mid Cap Fund"; or nothing."""
        key = f" {folded(name)}"
        longer = [each for each in self.all_printed if each.endswith(key)]
        found = [self.all_printed[each] for each in longer if not is_trust_name(self.all_printed[each])]
        return found[0] if len(found) == 1 and len(key.split()) > 1 else ""

    def _term(self, term: str, index: int, start: int, end: int) -> Named:
        names = self.meaning(term, index, start)
        if names is None:
            names = self.meaning(re.sub(r"e?s$", "", term), index, start)
        names = tuple(dict.fromkeys(self.all_printed.get(folded(each), each) for each in names or ()))
        is_trust = bool(names) and all(self.sort_of(each) is Sort.TRUST for each in names)
        is_trust = is_trust or (not names and term.lower() in {"trust", "company", "registrant"})
        return Named(Sort.TRUST if is_trust else Sort.FUND, names, start, end, role_of(term), is_term=True)


_LONGEST_ABBREVIATION = 6
_DEAR = re.compile(r"\W*Dear (?:Fellow )?(?:Share|Stock|Unit)holders? (?:of|in) (?:the )?", re.IGNORECASE)
_BOARD_OF = re.compile(r"\b(?:Board|Trustees|Directors|Managers)(?: \([^()]*\))? of (?:the )?$")
_POINTING = re.compile(r"\b(?:this|that|such|said) (?:fund|portfolio|series)\b")
_NOTHING = re.compile(r"(?!)")
_NAMES_A_FUND = re.compile(r"\b(?:funds?|portfolios?|trusts?|etfs?|series|company)$", re.IGNORECASE)
_BETWEEN_NAME_AND_TERM = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,?\s*(?:a|an|each a|another|also a|both|which is (?:also |likewise )?a)\s+(?:\w+\s+){0,3}"
    r"(?:series|portfolio|fund|trust|corporation|company)[^.;()]{0,80})?[\s,]*"
)
_ROLE_TERM = re.compile(
    rf"\b(?:{'|'.join(sorted(word.capitalize() for word in _TARGET_WORDS | _ACQUIRING_WORDS))}) "
    r"(?:Fund|Portfolio|Trust|ETF)s?\b"
)


def masked_names(text: str, named: Iterable[Named], sign: str = "") -> str:
    """A text in which each name is as many signs as it has characters, so that places stay what they are."""
    pieces, place = [], 0
    for each in named:
        pieces += [text[place : each.start], (sign or "_") * (each.end - each.start)]
        place = each.end
    return "".join([*pieces, text[place:]])
