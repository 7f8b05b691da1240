"""Texts as YAML writes them."""

import re
import textwrap
from collections.abc import Iterable

_WIDTH = 110
_PLAIN = re.compile(r"[A-Za-z0-9(][\w ,.()'’/&®™+–-]*[\w.)®™]|[A-Za-z0-9]")
_LIKE_OTHER_YAML = re.compile(r"(?:true|false|yes|no|null|on|off|~)$", re.IGNORECASE)


def scalar(text: str) -> str:
    """A text as a value: plain where it can be, otherwise in double quotes."""
    return text if _PLAIN.fullmatch(text) and not _LIKE_OTHER_YAML.match(text) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def bracketed(items: Iterable[str]) -> str:
    """Texts as a list in brackets."""
    return f"[{', '.join(map(quoted, items))}]"


def wrapped(text: str) -> list[str]:
    """A text as the lines below a ">-"."""
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False) or [text]
