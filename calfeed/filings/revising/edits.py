"""Changes of a few places in a YAML file; between them everything stays as it is, byte for byte."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from calfeed.filings.drafts.scalars import bracketed, quoted, scalar, wrapped
from calfeed.reading.nodes import Steps
from calfeed.reading.parsing import Part, Style, parts_of

Value: TypeAlias = str | Sequence[str] | Mapping[str, "Value"]
"""What is written into a file: a text, a list of texts, or a mapping of such values."""

_BOM = "\ufeff"
_LINE_END = re.compile("\r\n|\r|\n")
_COLON = re.compile(r":(?=\s)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_SIGN_AND_COMMENT = re.compile(r"[|>][\w+-]*[ \t]+(#[^\n]*)")
_SAFE_IN_BRACKETS = re.compile(r"[\w ./-]*\w")
_LONGEST_LINE = 110
_ON_ONE_LINE = frozenset({"approved", "cancelled", "completed"})
"""The keys whose mappings are written in braces."""


class _Edit(NamedTuple):
    """The characters from `start` up to, but without, `end` become `text`.

    Of lines that are inserted at one place, those that are nested deeper come first.
    """

    start: int
    end: int
    text: str
    depth: int = 0


class Edits:
    """The bytes of a YAML file, and what is to be changed in them.

    The file must be one in which reading finds no problem. Each path is that of a value before any change. No two
    changes may touch the same value.
    """

    def __init__(self, content: bytes) -> None:
        self._before = content.decode()
        bare = self._before.removeprefix(_BOM)
        self._line_end = next((match[0] for match in _LINE_END.finditer(bare)), "\n")
        self._text = _LINE_END.sub("\n", bare)
        self._parts = parts_of(self._text)
        self._edits: list[_Edit] = []

    def content(self) -> bytes:
        """The bytes with all changes made."""
        pieces, place = [], 0
        original = list(self._original_characters())
        for edit in sorted(self._edits, key=lambda each: (each.start, -each.depth)):
            pieces += [*original[place : edit.start], edit.text.replace("\n", self._line_end)]
            place = edit.end
        return "".join([*pieces, *original[place:]]).encode()

    def _original_characters(self) -> Iterator[str]:
        """The characters of the text that is changed, each as it was written; the first with the mark before it."""
        bare = self._before.removeprefix(_BOM)
        mark = self._before[: len(self._before) - len(bare)]
        for found in re.finditer("\r\n|.", bare, re.DOTALL):
            yield f"{mark}{found[0]}"
            mark = ""

    # --- values ---

    def is_text(self, path: Steps) -> bool:
        """Whether the value at a path is a text."""
        return self._parts[path].style in {Style.TEXT, Style.BLOCK_TEXT}

    def replace(self, path: Steps, value: Value) -> None:
        """Give the key at a path another value, in place of a text."""
        part = self._parts[path]
        if self._is_in_brackets(path):
            self._add(part.start, part.end, _in_brackets(value))
        elif isinstance(value, Mapping):
            self._replace_by_mapping(path, value)
        elif part.style is Style.BLOCK_TEXT and isinstance(value, str):
            indent = " " * (self._column(part.key or 0) + self._step)
            self._add(part.start, part.end, "\n".join([">-", *(f"{indent}{line}" for line in wrapped(value))]))
        else:
            is_quoted = self._text[part.start] in "\"'" and isinstance(value, str)
            self._add(part.start, part.end, quoted(str(value)) if is_quoted else _on_one_line(value))

    def _replace_by_mapping(self, path: Steps, value: Mapping[str, Value]) -> None:
        part = self._parts[path]
        key = part.key or 0
        colon = _COLON.search(self._text, key + len(self._quoted_key(key)))
        start = colon.end() if colon else part.start
        column = self._column(key) + self._step
        self._add(start, part.end, self._comment_within(start, part))
        self._insert_behind_line(part.end, _lines(value, column, self._step), len(path) + 1)

    def _quoted_key(self, key: int) -> str:
        """A key as it stands in the text, where it has quotes."""
        found = _QUOTED.match(self._text, key)
        return found[0] if found else ""

    def _comment_within(self, start: int, part: Part) -> str:
        """The comments between a key and its value, and the one behind the sign of a block text."""
        gap = self._text[start : part.start]
        if "#" in gap:
            return gap.rstrip()
        found = _SIGN_AND_COMMENT.match(self._text, part.start) if part.style is Style.BLOCK_TEXT else None
        return f" {found[1]}" if found else ""

    def put_first(self, path: Steps, texts: Sequence[str], before: Sequence[str]) -> None:
        """Put texts first in the list at a path, which has texts `before`; a single text becomes a list."""
        part = self._parts[path]
        if part.style is Style.IN_BRACKETS:
            self._add(part.start + 1, part.start + 1, "".join(f"{quoted(text)}, " for text in texts))
        elif part.style is Style.INDENTED:
            dash = self._text.rindex("-", 0, self._parts[(*path, 0)].start)
            self._add(dash, dash, "".join(f"- {scalar(text)}\n{' ' * self._column(dash)}" for text in texts))
        else:
            self._add(part.start, part.end, bracketed([*texts, *before]))

    # --- keys ---

    def append(self, path: Steps, entries: Mapping[str, Value], behind: str | None = None) -> None:
        """Add keys to the mapping at a path: behind one of its keys, or at its end."""
        part = self._parts[path]
        keys = [steps for steps in self._parts if steps[:-1] == path and len(steps) == len(path) + 1]
        last = next((steps for steps in keys if steps[-1] == behind), keys[-1]) if keys else None
        if part.style is Style.IN_BRACKETS:
            added = ", ".join(f"{scalar(key)}: {_in_brackets(value)}" for key, value in entries.items())
            place = self._parts[last].end if last else part.start + 1
            self._add(place, place, f", {added}" if last else added)
        elif last:
            column = self._column(self._parts[keys[0]].key or 0)
            self._insert_behind_line(self._parts[last].end, _lines(entries, column, self._step), len(path))

    # --- places ---

    def _is_in_brackets(self, path: Steps) -> bool:
        """Whether a value stands in braces or brackets."""
        return any(self._parts[path[:length]].style is Style.IN_BRACKETS for length in range(len(path)))

    def _column(self, place: int) -> int:
        return place - self._text.rfind("\n", 0, place) - 1

    def _insert_behind_line(self, place: int, lines: Iterable[str], depth: int) -> None:
        """Insert lines behind that of a place."""
        end = self._text.find("\n", place)
        end = len(self._text) if end < 0 else end
        self._add(end, end, "".join(f"\n{line}" for line in lines), depth)

    def _add(self, start: int, end: int, text: str, depth: int = 0) -> None:
        self._edits.append(_Edit(start, end, text, depth))

    @cached_property
    def _step(self) -> int:
        """How far the keys of the file are indented below one another."""
        columns = (self._column(part.key) for steps, part in self._parts.items() if len(steps) == 2 and part.key)
        return min((column for column in columns if column), default=2)


def _lines(entries: Mapping[str, Value], column: int, step: int) -> Iterator[str]:
    """Keys with their values as lines that begin in a column; what is nested is indented by a step more."""
    indent = " " * column
    for key, value in entries.items():
        if isinstance(value, Mapping) and key not in _ON_ONE_LINE:
            yield f"{indent}{scalar(key)}:"
            yield from _lines(value, column + step, step)
            continue
        line = f"{indent}{scalar(key)}: {_on_one_line(value)}"
        if isinstance(value, str) and len(line) > _LONGEST_LINE:
            yield f"{indent}{scalar(key)}: >-"
            yield from (f"{indent}{' ' * step}{words}" for words in wrapped(value))
        else:
            yield line


def _on_one_line(value: Value) -> str:
    return scalar(value) if isinstance(value, str) else _in_brackets(value)


def _in_brackets(value: Value) -> str:
    """A value as it may stand in braces or brackets."""
    if isinstance(value, str):
        return value if _SAFE_IN_BRACKETS.fullmatch(value) and scalar(value) == value else quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_in_brackets(each)}" for key, each in value.items()) + "}"
    return bracketed(value)
