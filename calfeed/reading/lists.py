"""Lists that YAML reads otherwise than their author meant: written without dashes, or split by a comma."""

import re
from itertools import pairwise
from typing import NamedTuple

from calfeed.model.when import MONTHS, WEEKDAYS
from calfeed.reading.documents import LIST_KEYS, NAME_KEYS
from calfeed.reading.nodes import Mapping, Sequence
from calfeed.reading.yaml import YamlFile

_PROSE_KEYS = frozenset({"subject to"})
"""The keys of lists whose items are clauses of a filing, which go on over lines."""
_COLUMNS_OF_PROSE = 60
"""A line that is shorter has not been broken for its length."""
_YEAR = re.compile(r"\d{4}(?![\d-])")
_BEFORE_A_COMMA_IN_A_DATE = re.compile(
    rf"\b(?:(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?\s\d{{1,2}}(?:st|nd|rd|th)?"
    rf"|\d{{1,2}}\s(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?"
    rf"|(?:{'|'.join(day[:3] for day in WEEKDAYS)})[a-z]*\.?)$",
    re.IGNORECASE,
)
# What stands behind a comma in the name of a company.
_LEGAL_FORM = re.compile(
    r"(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LP|L\.P|LLP|N\.A|S\.A|plc|Corp|Co)\b", re.IGNORECASE
)
_WHOLE_NAME = re.compile(r"\b(?:Portfolio|Fund|Funds|Trust|ETF)$", re.IGNORECASE)


class _Piece(NamedTuple):
    """An item of a list in brackets, and whether it has no quotes."""

    text: str
    is_bare: bool


def check_lists(file: YamlFile) -> None:
    """Refuse what of a file's lists is probably meant otherwise."""
    for doubt in file.doubts:
        if isinstance(doubt.value, Sequence):
            _check_brackets(file, doubt.key, doubt.value)
        elif doubt.key in LIST_KEYS and not (doubt.key in _PROSE_KEYS and doubt.columns >= _COLUMNS_OF_PROSE):
            message = (
                f'"{doubt.key}" is one text over several lines: put "- " before each item of a list, or quotes around '
                "a text that goes on"
            )
            file.note_at(doubt.position, message)


def _check_brackets(file: YamlFile, key: str, items: Sequence) -> None:
    """Refuse a list in brackets where a comma may have split a date or a name; what is in quotes is whole."""
    texts = [
        None if isinstance(each, Mapping | Sequence) else _Piece(each, index in items.bare)
        for index, each in enumerate(items)
    ]
    for index, (one, following) in enumerate(pairwise(texts)):
        if one and following and _may_be_one(one, following, key):
            split = f"{one.text}, {following.text}"
            message = f'the comma splits "{split}" in two: put quotes around each item, or write a list with dashes'
            file.note_at(items.items_at[index], message)
            items.whole = False
            items.clear()
            items.items_at.clear()
            return


def _may_be_one(one: _Piece, following: _Piece, key: str) -> bool:
    """Whether two items next to each other may be one date, or one name."""
    if not (one.is_bare or following.is_bare):
        return False
    if one.is_bare and _BEFORE_A_COMMA_IN_A_DATE.search(one.text):
        return True
    if following.is_bare and (_YEAR.match(following.text) or _LEGAL_FORM.match(following.text)):
        return True
    return key in NAME_KEYS and not (_WHOLE_NAME.search(one.text) and _WHOLE_NAME.search(following.text))
