"""What a YAML parser's errors mean to an author, and where the slip is."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple, Protocol

from calfeed.reading.characters import Slip, named

_INDENTATION = "this line does not fit the ones above it: check its indentation, or a missing quote"
_BEGINNING = "this character cannot begin a text: put quotes around the text"
_BRACKETS = 'a list in brackets needs commas between its items, and "]" at its end'
_BRACES = 'a mapping in braces needs commas between its entries, and "}" at its end'
_NO_ITEM = "this is not an item of the list above it"
_COLON_IN_TEXT = "a text with a colon and a space in it needs "
_NO_CONTENT = "did not find expected node content"
_CHARACTER = "found character that cannot start any token"
_COLON = "mapping values are not allowed in this context"
_KEY = "did not find expected key"
_DOCUMENT = "did not find expected <document start>"
_IN_BRACES = "did not find expected ',' or '}'"
_ITEM = "did not find expected '-' indicator"
A_KEY = "a key needs a colon and a space behind it"
TAB = "this is a tab: indent with spaces"
PLACEHOLDER = "this is a placeholder of a template: put what it stands for in its place"
TEMPLATE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
"""What the templates of Jinja, Ansible and others fill in."""
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d"
BULLETS = "\u2022\u2023\u2043\u204c\u2219\u25a0\u25a1\u25aa\u25ab\u25b6\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6\u2756\u27a2"
"""What a word processor makes of a "-" or a "*" that begins a line; some take it from a font of symbols."""
_PRIVATE = "\uf000-\uf0ff"
_BEGINS_LIKE_AN_ITEM = re.compile(rf"[{DASHES}](?=\s|$)|[*+](?=\s|$)|[{BULLETS}{_PRIVATE}]|-(?!--)")


class _Mark(Protocol):
    """A place in a text as a parser tells it; lines, columns and characters count from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...

    @property
    def index(self) -> int: ...


class _Plain(NamedTuple):
    """What a parser's message means to an author, and whether the cause is where it began rather than gave up."""

    message: str
    where_it_began: bool = False


_IN_PLAIN_WORDS = {
    _COLON: _Plain(f"{_COLON_IN_TEXT}quotes around it"),
    _CHARACTER: _Plain(_BEGINNING),
    _NO_CONTENT: _Plain(_BEGINNING),
    "did not find expected alphabetic or numeric character": _Plain(_BEGINNING, where_it_began=True),
    "did not find expected comment or line break": _Plain(_BEGINNING, where_it_began=True),
    _KEY: _Plain(_INDENTATION),
    _DOCUMENT: _Plain(_INDENTATION),
    "could not find expected ':'": _Plain(A_KEY, where_it_began=True),
    _ITEM: _Plain(_NO_ITEM),
    "did not find expected ',' or ']'": _Plain(_BRACKETS, where_it_began=True),
    _IN_BRACES: _Plain(_BRACES, where_it_began=True),
    "found unexpected end of stream": _Plain("a quote is opened here but never closed", where_it_began=True),
    "block sequence entries are not allowed in this context": _Plain(
        'a list begins on a line of its own, with its first "-"'
    ),
    "found unknown escape character": _Plain(
        "a backslash in double quotes has a meaning of its own: put single quotes around the text"
    ),
}
_OTHERWISE = _Plain("this cannot be read: check the indentation, the quotes and the brackets here and just above")


def syntax_slip(text: str, error: str, began_at: _Mark | None, gave_up_at: _Mark | None) -> Slip:
    """Where and what the slip is in a text that a parser gave up with an `error`.

    `began_at` is where the part began that it could not read, as far as it says so.
    """
    plain = _IN_PLAIN_WORDS.get(error, _OTHERWISE)
    mark = (began_at if plain.where_it_began else None) or gave_up_at
    if mark is None:
        return Slip(1, 1, plain.message)
    if error == _IN_BRACES and gave_up_at and text[gave_up_at.index : gave_up_at.index + 1] == ":":
        return Slip(gave_up_at.line + 1, gave_up_at.column + 1, f"{_COLON_IN_TEXT}quotes around it")
    if error == _NO_CONTENT and (slip := _open_at_the_end(text[: mark.index], text[mark.index :])):
        return slip
    place = Slip(mark.line + 1, mark.column + 1, plain.message)
    if text[mark.index : mark.index + 1] == "\t":
        return place._replace(message=TAB)
    lines = text.split("\n")
    lines += [""] * (mark.line + 1 - len(lines))  # a parser may give up behind the last line
    line = lines[mark.line]
    if slip := _marked_line(line, place) or _item_slip_at(line, place.line):
        return slip
    if above := _key_above(lines[: mark.line]):
        return above
    if error == _COLON and ": " not in line[: mark.column]:
        return _of_two_lines(lines, place)
    if error == _COLON:
        return place._replace(message=_of_a_colon(line))
    if slip := _behind_a_quote(line, place) if error in {_KEY, _ITEM} else None:
        return slip
    return place._replace(message=_of_a_column(lines, place)) if error in {_KEY, _ITEM, _DOCUMENT} else place


_OF_A_VALUE = {_NO_CONTENT, _CHARACTER, _IN_BRACES, "found unexpected end of stream", "found unknown escape character"}


def is_of_a_value(error: str, line: str, column: int) -> bool:
    """Whether a parser gave up at a column of a line for the value there: with quotes around it, the rest would fit."""
    if _FENCE.match(line):
        return False
    before = line[: column - 1]
    is_behind_a_quote = error in {_KEY, _ITEM} and _BEFORE_QUOTE_ENDS.search(before) is not None
    return error in _OF_A_VALUE or is_behind_a_quote or (error == _COLON and ": " in before)


def is_without_quotes(error: str) -> bool:
    """Whether a parser gave up for a value that has no quotes around it, so that it ends with its line."""
    return error in {_COLON, _CHARACTER}


def with_quotes(line: str) -> str:
    """A line with quotes around its whole value."""
    before = _BEFORE_A_VALUE.match(line)
    at = before.end() if before else 0
    value = line[at:].rstrip().replace("'", "''")
    return f"{line[:at]}'{value}'"


_BEFORE_A_VALUE = re.compile(r"""(?: |- )*(?:[^\s"'#:{\[][^:]*: +)?""")


def _of_a_colon(line: str) -> str:
    """What a line needs of which the text, without quotes around it, has a colon in it."""
    _, _, value = line.partition(": ")
    if re.search(r'^\s*["\u201c\u201e\u2018].*["\u201c\u201d\u2019]\s*$', value) and '"' not in value:
        return f'{_COLON_IN_TEXT}plain quotes (") around it: those that it has are a part of the text'
    if {'"', "'"} & {*value}:
        return f"a text has a colon and a space in it: {_advice_on_quotes(value, 'it')}"
    return f"{_COLON_IN_TEXT}quotes around it"


def _advice_on_quotes(value: str, what: str) -> str:
    """How to write `what`, a value with a part that YAML misreads: in quotes that none within it ends, or without."""
    text = value.strip()
    has_quotes = text[:1] in {'"', "'"} and text[:1] == text[-1:]
    text = text[1:-1] if has_quotes else text
    if '"' not in text or "'" not in text:
        kind = "single" if '"' in text else "double"
        return f"put {kind} quotes around {what}"
    return (
        'it has quotes of both kinds in it, so write ">-" in its place, and the text '
        f"{'without those around it' if has_quotes else 'as it is'} on a line of its own below, indented further"
    )


def tabs_from(text: str, line: int) -> list[Slip]:
    """A slip for each line of a text, from one on, that is indented with a tab."""
    tabs = enumerate(map(_TAB_INDENTS.match, text.split("\n")), 1)
    return [Slip(number, found.end(), TAB) for number, found in tabs if found and number >= line]


_TAB_INDENTS = re.compile(r" *\t(?=\s*\S)")


def _marked_line(line: str, place: Slip) -> Slip | None:
    """The slip of a line that has a placeholder, or that marks an example in Markdown."""
    if template := TEMPLATE.search(line):
        return place._replace(column=template.start() + 1, message=PLACEHOLDER)
    fence = _FENCE.match(line)
    message = "this line marks an example, as in Markdown: delete it"
    return place._replace(column=fence.end() - 2, message=message) if fence else None


_FENCE = re.compile(r" *```")


def _behind_a_quote(line: str, place: Slip) -> Slip | None:
    """The slip where a text in quotes ends before a place in a line, though the text goes on there."""
    quoted = _BEFORE_QUOTE_ENDS.search(line[: place.column - 1])
    if quoted is None:
        return None
    opened = re.search(rf"(?:^|\s){quoted[1]}", line)
    advice = _advice_on_quotes(line[opened.start() :] if opened else line, "the whole text")
    return place._replace(message=f"the text in quotes ends before this: {advice}")


def _of_a_column(lines: Sequence[str], place: Slip) -> str:
    """What is wrong with the column of a place where a parser looked for a key, or for an item of a list."""
    column, above = place.column, lines[: place.line - 1]
    columns, of_items = _open_columns(above), _open_columns(above, of_items=True)
    is_item = lines[place.line - 1].lstrip(" ").startswith("- ")
    if is_item and of_items and column not in of_items:
        return (
            f"this item begins at column {column}, and what it can stand below at {_in_words(of_items)}: begin all "
            "items of a list alike"
        )
    if place.message == _NO_ITEM and column in columns[1:]:
        columns.remove(column)
        return f"{_NO_ITEM}: what it can belong to begins at {_in_words(columns)}"
    if not columns or column in columns:
        return _INDENTATION
    return (
        f"this line begins at column {column}, and what it can belong to at {_in_words(columns)}: check its "
        "indentation, or a missing quote"
    )


def _in_words(columns: Sequence[int]) -> str:
    first = ", ".join(map(str, columns[:-1]))
    return f"columns {first} and {columns[-1]}" if first else f"column {columns[-1]}"


def _open_columns(lines: Sequence[str], *, of_items: bool = False) -> list[int]:
    """The columns at which a line can begin below some lines, or those at which an item of a list can."""
    columns: list[int] = []
    lowest = 0
    for line in reversed(lines):
        is_item = line.lstrip().startswith("- ")
        text = line.lstrip(" -") if is_item else line.lstrip(" ")
        if not text or text.startswith("#"):
            continue
        for column in (len(line) - len(text) + 1, len(line) - len(line.lstrip(" ")) + 1):
            if not lowest or column < lowest:
                lowest = column
                if not of_items or (is_item and column != len(line) - len(text) + 1):
                    columns.insert(0, column)
    return columns


_BEFORE_QUOTE_ENDS = re.compile(r"""\S.*?(["']) *$""")


def _of_two_lines(lines: Sequence[str], place: Slip) -> Slip:
    """The slip of a key, at a place, that goes on with the text of the line above it.

    That line lacks its own colon or, where it has one, has its text already. Of several without one it is the first.
    """
    above = [at for at, line in enumerate(lines[: place.line - 1], 1) if line.strip()]
    without_colon = list(takewhile(lambda at: not _HAS_COLON.search(lines[at - 1]), reversed(above)))
    if above and not without_colon:
        message = (
            f"line {above[-1]} has a text already, and nothing can stand below it: indent both lines alike, or put "
            "that text on a line of its own, with its key"
        )
        return place._replace(message=message)
    number = without_colon[-1] if without_colon else place.line
    line = lines[number - 1]
    message = A_KEY
    if len(without_colon) == 1:
        message += f"; if this line goes on with the text above it, indent line {place.line} less"
    return Slip(number, len(line) - len(line.lstrip()) + 1, message)


_HAS_COLON = re.compile(r":(?:\s|$)")


def _open_at_the_end(before: str, behind: str) -> Slip | None:
    """The slip of a text that ends with a bracket or brace which opens: a parser looks for its content at the end."""
    before = before.rstrip()
    if behind.strip() or before[-1:] not in {"[", "{"}:
        return None
    line = before.count("\n")
    return Slip(line + 1, len(before) - before.rfind("\n") - 1, _BRACKETS if before.endswith("[") else _BRACES)


def not_closed(line: int) -> str:
    """What is wrong with a quote that another one ends, on a later line where the rest does not fit."""
    return f"a quote is opened here, and closed only on line {line}: close it where its text ends"


def _item_slip_at(line: str, number: int) -> Slip | None:
    """The slip of a line, with its number, that begins as an item of a list seems to."""
    text = line.lstrip(" ")
    message = item_slip(text)
    return Slip(number, len(line) - len(text) + 1, message) if message else None


def _key_above(lines: Sequence[str]) -> Slip | None:
    """The slip where the last line with text has a key of which a parser took the dash or bullet for a part."""
    number, line = next(((at, each) for at, each in reversed(list(enumerate(lines, 1))) if each.strip()), (0, ""))
    return _item_slip_at(line, number) if _HAS_COLON.search(line) else None


def item_slip(text: str) -> str:
    """What is wrong with a text that begins as an item of a list seems to, where its "-" is none; or nothing."""
    found = _BEGINS_LIKE_AN_ITEM.match(text)
    if not found:
        return ""
    if found[0] == "-":
        is_item = not text[1:2].strip() or text[1:].isdecimal()  # a number that is no item: -1
        return "" if is_item else 'a list item has a space behind its "-"; a text that begins with "-" needs quotes'
    return f'a list item begins with "-" and a space, not with {named(found[0])}; a text that begins so needs quotes'


def begins_with_dash(line: str) -> bool:
    """Whether a line begins with a dash or a bullet, as the items of a list do."""
    return bool(_BEGINS_LIKE_AN_ITEM.match(line))
