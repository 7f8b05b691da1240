"""Text as words, numbers and marks, and tables of phrases that are looked up in it.

A table is written in plain phrases. In them `[x]` may be left out, and `(a|b)` is either.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_CAPITALS = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}
_LOOKALIKES = {
    **dict.fromkeys(map(ord, "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}"), "-"),
    **dict.fromkeys(map(ord, "\N{HORIZONTAL BAR}\N{MINUS SIGN}\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}"), "-"),
    **dict.fromkeys(map(ord, "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"), '"'),
    **dict.fromkeys(map(ord, "\N{DOUBLE LOW-9 QUOTATION MARK}\N{DOUBLE PRIME}"), '"'),
    **dict.fromkeys(map(ord, "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"), '"'),
    **dict.fromkeys(map(ord, "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"), '"'),
    **dict.fromkeys(map(ord, "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}`"), "'"),
}
# One character for one, so that places in the text stay where they are. Only ASCII letters have their capitals made
# small: a Turkish dotless i and a long s are no other ways to write i and s.
_NORMAL = _CAPITALS | _LOOKALIKES
_ROOM = 32
"""How far behind the last word readers look."""
_HALF = r"[ap](?:\. ?m\b\.?|m\b\.?)"
_INITIALS = r"(?:[a-z]\.){2,}|w\.?e\.?f\b\.?"
_WORD, _NUMBER, _MARK = r"[^\W\d_]+(?:'[^\W\d_]+)*", r"\d+", r"[^\s]"
_TOKEN = re.compile("|".join([_HALF, _INITIALS, _WORD, _NUMBER, _MARK]))


class Token(NamedTuple):
    """A word in small letters, a number or a mark, and where it stands in the text; `end` is exclusive."""

    text: str
    start: int
    end: int


class Found(NamedTuple, Generic[T_co]):
    """What stands in the text up to the token `end`, which is the first behind it."""

    meaning: T_co
    end: int


class Text:
    """The tokens of a text, and their words, with empty ones behind them."""

    __slots__ = ("raw", "says_time", "tokens", "words")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tokens = tuple(_tokens(raw))
        # Nothing stands behind the last word nor, since negative indexes count from the end, before the first.
        self.words = [token.text for token in self.tokens] + [""] * _ROOM
        self.says_time = "time" in self.words  # once, since a text may have as many dates as words

    def at(self, index: int) -> str:
        """The token at an index, at most a few before the first or behind the last; empty where there is none."""
        return self.words[index]

    def has(self, index: int, *texts: str) -> bool:
        """Whether these tokens stand from an index on."""
        return all(self.at(index + offset) == text for offset, text in enumerate(texts))

    def touches(self, index: int) -> bool:
        """Whether the token at an index follows the one before it without a space."""
        return 0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start

    def is_hyphen(self, index: int) -> bool:
        """Whether a hyphen within a word stands at an index, as in "mid-March"."""
        return self.at(index) == "-" and self.touches(index) and self.touches(index + 1)

    def between(self, start: int, end: int) -> str:
        """The characters of the tokens from `start` up to, but without, `end`."""
        tokens = self.tokens[start:end]
        return self.raw[tokens[0].start : tokens[-1].end] if tokens else ""


def _tokens(raw: str) -> list[Token]:
    return [Token(_without_dots(match[0]), *match.span()) for match in _TOKEN.finditer(_normal(raw))]


def _normal(raw: str) -> str:
    if raw.isascii():  # as nearly always
        return raw.lower().replace("`", "'")
    return raw.translate(_NORMAL)


def _without_dots(token: str) -> str:
    """A token as it is looked up: "am" for "a. m.", "us" for "u.s.", a mark as it is."""
    return token.replace(".", "").replace(" ", "") if "." in token and len(token) > 1 else token


class Table(Generic[T]):
    """Phrases and what each means; the longest one that stands in a text is found in a walk over its words.

    A phrase is read when a text first has its first word, since few of them are ever met: for the row "folder to
    catalog".
    """

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = entries
        self._behind: dict[str, _Node[T] | None] = {}

    def at(self, text: Text, index: int) -> Found[T] | None:
        """The longest phrase that begins at a token."""
        found: Found[T] | None = None
        words = text.words  # without a call for each word, for the row "folder to catalog"
        node = self._behind_first(words[index])
        while node is not None:
            index += 1
            if node.meaning is not None:
                found = Found(node.meaning, index)
            word = words[index]
            if word == "-" and word not in node.words and text.is_hyphen(index):
                index += 1
                word = words[index]
            node = node.behind(word)
        return found

    def _behind_first(self, word: str) -> "_Node[T] | None":
        """The place behind the first word of a phrase, or None where no phrase begins with it."""
        phrases = self._beginning_with.get(word)
        if phrases is None:
            return None
        if word not in self._behind:
            nodes = [_read_backwards(_words_of(phrase), _Node({}, self._entries[phrase])) for phrase in phrases]
            self._behind[word] = _joined(nodes).behind(word)
        return self._behind[word]

    @cached_property
    def _beginning_with(self) -> dict[str, list[str]]:
        """The phrases, in their order, by their first words."""
        found: dict[str, list[str]] = {}
        for phrase in self._entries:
            for word in _first_words(phrase):
                found.setdefault(word, []).append(phrase)
        return found


class _Node(Generic[T]):
    """A place in a table's phrases: the places behind each next word, and what the phrase up to here means.

    Several phrases may go on with the same word. Their places are joined when a text first has that word, since few of
    the combinations of a table are ever met: for the row "folder to catalog".
    """

    __slots__ = ("meaning", "words")

    def __init__(self, words: dict[str, list["_Node[T]"]], meaning: T | None = None) -> None:
        self.words = words
        self.meaning = meaning

    def behind(self, word: str) -> "_Node[T] | None":
        """The place behind a word, or None where no phrase goes on with it."""
        nodes = self.words.get(word)
        if nodes is None:
            return None
        if len(nodes) > 1:
            nodes[:] = [_joined(nodes)]
        return nodes[0]


def _words_of(phrase: str) -> list[str]:
    """The words and marks of a phrase of a table."""
    return list(map(_without_dots, _TOKEN.findall(_normal(phrase))))


class _Group:
    """A group of a phrase, up to the mark that was met last.

    `begins` tells whether the phrase may begin with the group, `may_be_nothing` whether it may begin with what follows.
    """

    __slots__ = ("begins", "may_be_nothing")

    def __init__(self, begins: bool, may_be_nothing: bool) -> None:
        self.begins = begins
        self.may_be_nothing = may_be_nothing


def _first_words(phrase: str) -> Iterable[str]:
    """The words with which a phrase of a table may begin; what stands behind them is not looked at."""
    first = phrase.partition(" ")[0]
    if first.isascii() and first.isalpha():
        return [first.lower()]
    found: dict[str, None] = {}
    groups: list[_Group] = []
    may_begin = True  # whether the phrase may begin with what comes next
    for match in _TOKEN.finditer(_normal(phrase)):
        word = match[0]
        if word in {"(", "["}:
            groups.append(_Group(may_begin, may_begin and word == "["))
        elif word == "|":
            groups[-1].may_be_nothing |= may_begin
            may_begin = groups[-1].begins
        elif word in {")", "]"}:
            may_begin |= groups.pop().may_be_nothing
        elif may_begin:
            found[_without_dots(word)] = None
            may_begin = False
        if not (may_begin or groups):
            break
    return found


def _joined(nodes: Iterable[_Node[T]]) -> _Node[T]:
    """A place that is several in one. Of two that mean something the last one counts."""
    joined: _Node[T] = _Node({})
    for node in dict.fromkeys(nodes):
        for word, following in node.words.items():
            joined.words.setdefault(word, []).extend(following)
        joined.meaning = joined.meaning if node.meaning is None else node.meaning
    return joined


def _read_backwards(pattern: list[str], end: _Node[T]) -> _Node[T]:
    """The place before a pattern, or before the group that ends it; words are taken from the end of `pattern`."""
    alternatives: list[_Node[T]] = []
    node = end
    while pattern:
        text = pattern.pop()
        if text == ")":
            node = _read_backwards(pattern, node)
        elif text == "]":
            node = _joined([_read_backwards(pattern, node), node])
        elif text == "|":
            alternatives.append(node)
            node = end
        elif text in {"(", "["}:
            break
        else:
            node = _Node({text: [node]})
    return _joined([*alternatives, node]) if alternatives else node
