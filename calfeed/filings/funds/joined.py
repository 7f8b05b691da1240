"""Reads parts of a sentence together that stand in passages of their own: the items of lists, the lines of titles."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from calfeed.filings.funds.named import Named
from calfeed.filings.funds.names import Names
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.text import BULLETS, NUMBER, Filing, flat


class Joined(NamedTuple):
    """An item of a list as one sentence with the words that lead to it; the line of the item.

    `inside` are the places of names in the text. Where the words say "the following funds", the item stands there.
    """

    text: str
    inside: tuple[Named, ...]
    line: int


class _Piece(NamedTuple):
    """A part of a passage: its number among the passages, its start and its end."""

    passage: int
    start: int
    end: int


def joined_lists(filing: Filing, names: Names) -> Iterator[Joined]:
    """The items of all lists of a filing, in order."""
    texts = [flat(passage.text) for passage in filing.passages]
    lead: _Piece | None = None
    for index, (text, passage) in enumerate(zip(texts, filing.passages, strict=True)):
        if passage.cells:
            continue
        is_item = _BULLET.match(text) is not None
        colon = None if is_item else _LIST_BEGINS.search(text)
        begins = colon.end() if colon else 0
        words = _Piece(index, _last_begin(text[:begins]), begins) if colon else lead
        if words and (is_item or colon):
            for item in _items(index, text, begins):
                yield _together(words, item, texts, names, passage.line_at(item.start))
        if not is_item:
            is_open = text.rstrip()[-1:] not in {"", ".", "?", "!"}
            lead = _Piece(index, _last_begin(text), len(text)) if is_open else None


def joined_titles(filing: Filing, names: Names) -> Iterator[Joined]:
    """The titles over several lines, such as "Acquisition of the assets of | Red Fund | by and in exchange for …"."""
    lines: list[_Piece] = []
    for index, passage in enumerate(filing.passages):
        text = flat(passage.text)
        is_line = not passage.cells and bool(text) and len(text) <= _LONGEST_LINE and text[-1] not in ".;:?!"
        if is_line and lines and (_GOES_ON.search(flat(filing.passages[index - 1].text)) or _FOLLOWS.match(text)):
            lines.append(_Piece(index, 0, len(text)))
            continue
        if len(lines) > 1:
            yield _as_one_line(lines, filing, names)
        lines = [_Piece(index, 0, len(text))] if is_line else []
    if len(lines) > 1:
        yield _as_one_line(lines, filing, names)


def _as_one_line(lines: list[_Piece], filing: Filing, names: Names) -> Joined:
    text, places = "", []
    for line in lines:
        places += [_moved(each, len(text)) for each in _inside(line, names)]
        text += f"{flat(filing.passages[line.passage].text)} "
    return Joined(text, tuple(places), filing.passages[lines[0].passage].line_at(0))


def _items(index: int, text: str, begins: int) -> Iterator[_Piece]:
    """The items of a passage, each behind a bullet or number; the first of them stands at a place."""
    first = _BULLET.match(text, begins + (text[begins : begins + 1] == " "))
    bullets = [first, *_BULLET_INSIDE.finditer(text, first.end())] if first else []
    following = [*(bullet.start() for bullet in bullets[1:]), len(text)]
    for bullet, end in zip(bullets, following, strict=True):
        yield _Piece(index, bullet.end(), min(end, _first_end(text, bullet.end())))


def _first_end(text: str, start: int) -> int:
    """The end of the first sentence behind a place."""
    return next(end for begin, end in sentences(text) if end > start)


def _last_begin(text: str) -> int:
    """The start of the last sentence of a text."""
    return max((begin for begin, end in sentences(text) if text[begin:end].strip()), default=0)


def _together(lead: _Piece, item: _Piece, texts: list[str], names: Names, line: int) -> Joined:
    """An item and the words that lead to it as one text."""
    words = texts[lead.passage][lead.start : lead.end].rstrip(" :")
    placeholder = _THE_FOLLOWING.search(words)
    before = words[: placeholder.start()] if placeholder else f"{words} "
    behind = words[placeholder.end() :] if placeholder else ""
    said = texts[item.passage][item.start : item.end].rstrip(" ;,.").removesuffix(" and").rstrip(" ;,")
    of_lead, of_item = _inside(lead, names), _inside(item, names)
    moved_by = len(said) - (len(words) - len(before) - len(behind)) if placeholder else 0
    places = [
        *(each for each in of_lead if each.end <= len(before)),
        *(_moved(each, len(before)) for each in of_item if each.end <= len(said)),
        *(_moved(each, moved_by) for each in of_lead if placeholder and each.start >= placeholder.end()),
    ]
    return Joined(f"{before}{said}{behind}", tuple(places), line)


def _inside(piece: _Piece, names: Names) -> list[Named]:
    """The names in a piece, by their places in it."""
    inside = [each for each in names.in_passage(piece.passage) if piece.start <= each.start and each.end <= piece.end]
    return [_moved(each, -piece.start) for each in inside]


def _moved(named: Named, by: int) -> Named:
    return replace(named, start=named.start + by, end=named.end + by)


_MARK = rf"(?:[{BULLETS}]|\bo(?= )|{NUMBER})"
_BULLET = re.compile(rf"{_MARK}\s*(?=\S)")
_BULLET_INSIDE = re.compile(rf"(?:(?<=[:;,]) |(?<=\band) )(?:and )?{_MARK}\s*(?=\S)")
_LIST_BEGINS = re.compile(rf":(?= {_MARK}\s*\S)")
_THE_FOLLOWING = re.compile(
    r"\b(?:each of )?(?:the )?(?:following|these|below-named)(?: [\w-]+){0,2} (?:funds?|portfolios?|series)\b"
    r"(?: (?:listed|named|shown) below)?|\b(?:the|those) (?:[\w-]+ ){0,2}(?:funds?|portfolios?|series) "
    r"(?:listed|named|shown) below",
    re.IGNORECASE,
)
"""The words in whose place the items of a list stand."""
_LONGEST_LINE = 160
_GOES_ON = re.compile(r"\b(?:of|into|with|for|by|to|from|and|the)$", re.IGNORECASE)
_FOLLOWS = re.compile(r"\(?(?:by|into|with|to|in exchange|and|an? (?:\w+ )?series)\b", re.IGNORECASE)
"""The end of a line of a title that goes on, and the beginning of one that goes on with it."""
