"""What a server tells its operator of the requests: around the application, and only where somebody asks for it."""

import json
import os
import re
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from select import select
from typing import Any, TypeAlias
from urllib.parse import unquote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from calfeed.reading.readers import TOKEN_PREFIX

_SECRET = re.compile(rf"(?<=/private/)[^/?&]+|{TOKEN_PREFIX}[\w-]+", re.IGNORECASE)
_MOST_CHARACTERS = 200
"""How much of a text is logged: a line then fits into 4,096 bytes, so that lines of several workers never mix."""
STDOUT, STDERR = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A request and how it was answered; texts are as they were sent, each octet a character (PEP 3333)."""

    method: str
    path: str
    query: str
    agent: str
    status: int
    octets: int
    seconds: float


Observer: TypeAlias = Callable[[Answered], None]


class Observed:
    """A WSGI application whose answers are told to observers, each before the client has it."""

    def __init__(self, application: WSGIApplication, observers: Collection[Observer]) -> None:
        self._application = application
        self._observers = observers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        # Before the application takes the token out of the path, so that a reader's requests are seen as such.
        path = environ["PATH_INFO"]
        status = "500"  # what the server says for an application that fails
        body = b""

        def start(told: str, *rest: Any) -> Callable[[bytes], object]:
            nonlocal status
            status = told
            return start_response(told, *rest)

        try:
            answer = self._application(environ, start)
            body = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
        finally:
            answered = Answered(
                method=environ["REQUEST_METHOD"],
                path=path,
                query=environ["QUERY_STRING"],
                agent=environ.get("HTTP_USER_AGENT", ""),
                status=int(status[:3]),
                octets=len(body),
                seconds=time.perf_counter() - began,
            )
            for observer in self._observers:
                observer(answered)
        return [body]


def log(answered: Answered) -> None:
    """Write a line to stdout: a JSON object, in ASCII, without a token and without control characters."""
    entry = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "method": answered.method[:20],
        "path": _shown(answered.path),
        "query": _shown(unquote(unquote(answered.query, "latin-1"), "latin-1")),
        "status": answered.status,
        "bytes": answered.octets,
        "ms": round(answered.seconds * 1000, 3),
        "agent": _shown(answered.agent),
    }
    tell(json.dumps(entry).replace("\x7f", "\\u007f"), STDOUT)  # the one control character that JSON leaves alone


def tell(line: str, to: int) -> None:
    """Write a line to STDOUT or STDERR, unless nobody reads there or there is no room: the server goes on all the same.

    Not by way of Python's stream, whose lock a worker that is forked meanwhile would inherit.
    """
    with suppress(OSError):
        # Where a pipe is full, since nobody reads it, the line is lost and nothing waits.
        if os.name != "posix" or select([], [to], [], 0)[1]:
            os.write(to, f"{line}\n".encode(errors="backslashreplace"))


def _shown(text: str) -> str:
    return _SECRET.sub("[token]", text)[:_MOST_CHARACTERS]
