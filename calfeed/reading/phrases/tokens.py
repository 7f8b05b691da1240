"""Text as words, numbers and marks, and tables of phrases that are looked up in it.

A table is written in plain phrases. In them `[x]` may be left out, and `(a|b)` is either.
"""

import re
from collections.abc import Iterator, Mapping
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
_TOKEN = re.compile(
    r"(?P<half>[ap](?:\. ?m\b\.?|m\b\.?))"
    r"|(?P<initials>(?:[a-z]\.){2,}|w\.?e\.?f\b\.?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<number>\d+)"
    r"|(?P<mark>[^\s])"
)


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
    """The tokens of a text."""

    __slots__ = ("_words", "raw", "tokens")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tokens = tuple(_tokens(raw))
        # Nothing stands behind the last word nor, since negative indexes count from the end, before the first.
        self._words = [token.text for token in self.tokens] + [""] * _ROOM

    def at(self, index: int) -> str:
        """The token at an index, at most a few before the first or behind the last; empty where there is none."""
        return self._words[index]

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
    tokens = []
    for match in _TOKEN.finditer(raw.translate(_NORMAL)):
        text = match[0]
        if match.lastgroup == "half":
            text = f"{text[0]}m"
        elif match.lastgroup == "initials":
            text = text.replace(".", "")
        tokens.append(Token(text, *match.span()))
    return tokens


class Table(Generic[T]):
    """Phrases and what each means; the longest one that stands in a text is found in a walk over its words."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = entries

    def at(self, text: Text, index: int) -> Found[T] | None:
        """The longest phrase that begins at a token."""
        found: Found[T] | None = None
        node = self._tree.words.get(text.at(index))
        while node is not None:
            index += 1
            if node.meaning is not None:
                found = Found(node.meaning, index)
            word = text.at(index)
            if word == "-" and word not in node.words and text.is_hyphen(index):
                index += 1
                word = text.at(index)
            node = node.words.get(word)
        return found

    @cached_property
    def _tree(self) -> "_Node[T]":
        tree: _Node[T] = _Node()
        for pattern, meaning in self._entries.items():
            for node in _grown([tree], iter(_tokens(pattern))):
                node.meaning = meaning
        tree.meaning = None
        return tree


class _Node(Generic[T]):
    """A word of a table's phrases: what may follow it, and what the phrase that ends with it means."""

    __slots__ = ("meaning", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node[T]] = {}
        self.meaning: T | None = None


def _grown(starts: list[_Node[T]], pattern: Iterator[Token]) -> list[_Node[T]]:
    """The nodes at which the phrases of a pattern end that begin at `starts`; it reads up to the end of its group."""
    ends: list[_Node[T]] = []
    nodes = starts
    for token in pattern:
        if token.text in {"(", "["}:
            inner = _grown(nodes, pattern)
            nodes = inner if token.text == "(" else [*nodes, *inner]
        elif token.text in {")", "]"}:
            break
        elif token.text == "|":
            ends, nodes = [*ends, *nodes], starts
        else:
            nodes = list(dict.fromkeys(node.words.setdefault(token.text, _Node()) for node in nodes))
    return list(dict.fromkeys([*ends, *nodes]))
