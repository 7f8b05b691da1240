"""The access log: a line of JSON for each request, without a token and without control characters."""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias
from urllib.parse import unquote

from calfeed.reading.readers import TOKEN_PREFIX

_SECRET = re.compile(rf"(?<=/private/)[^/?&]+|{TOKEN_PREFIX}[\w-]+", re.IGNORECASE)
_MOST_CHARACTERS, _MOST_CHARACTERS_NOT_ASCII = 200, 100
"""How many characters of a text are logged.

A line then has at most 4,096 bytes, which a pipe takes as a whole, so that lines of several workers never mix. In JSON
an ASCII character has up to 6 bytes, and any other up to 12.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A request and its answer; the path is percent-decoded, the query is as sent."""

    method: str
    path: str
    query: str
    agent: str
    status: int
    octets: int
    seconds: float


Observer: TypeAlias = Callable[[Answered], None]
"""A function that is called for each request, before the client has its answer. It must not wait for anything."""


def log(answered: Answered) -> None:
    """Write a line to stdout."""
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": answered.method[:20],
        "path": _shown(answered.path),
        "query": _shown(unquote(unquote(answered.query))),
        "status": answered.status,
        "bytes": answered.octets,
        "ms": round(answered.seconds * 1000, 3),
        "agent": _shown(answered.agent),
    }
    line = json.dumps(entry).replace("\x7f", "\\u007f")  # the one control character that JSON does not escape
    sys.stdout.write(f"{line}\n")


def _shown(text: str) -> str:
    shown = _SECRET.sub("[token]", text)[:_MOST_CHARACTERS]
    return shown if shown.isascii() else shown[:_MOST_CHARACTERS_NOT_ASCII]
