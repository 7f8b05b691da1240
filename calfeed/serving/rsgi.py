"""The application by granian's own interface, RSGI. Cached answers are sent at once, threads make the others.

"At once" is before the event loop runs: see `event_loop`.

With WSGI granian would copy each body into memory for each client, until the client has read it. With RSGI large bodies
are sent from a file.
"""

import asyncio
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from typing import Protocol

from calfeed.addresses.resources import Effort
from calfeed.serving.access_log import Answered, Observer
from calfeed.serving.answers import Answer, BodyInFile
from calfeed.serving.application import Application, Request
from calfeed.serving.event_loop import go_on_in_loop
from calfeed.serving.streams import finish

THREADS = 4
"""How many threads make answers that do not take long."""
_SENDING_SECONDS = 20
"""How long a file is kept at least: granian opens it a little later."""
_PLAIN = ("Content-Type", "text/plain; charset=utf-8")


class Headers(Protocol):
    """The headers of a request, by their names in lower case."""

    def __contains__(self, name: str) -> bool: ...

    def get(self, name: str, default: str) -> str:
        """The first value of a header, or the default; raises nothing."""

    def get_all(self, name: str) -> list[str]:
        """Every value of a header, in the order in which they came."""


class Scope(Protocol):
    """A request, as granian has read it; its path is decoded."""

    method: str
    path: str
    query_string: str
    http_version: str
    headers: Headers


class Sender(Protocol):
    """What sends an answer; the body's length stands in the headers."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send a body, which is copied first."""

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        """Send a file as the body, a part at a time as the client takes it."""


def _short(status: int, text: str) -> Answer:
    body = f"{text}\n".encode()
    headers = [_PLAIN, ("Content-Length", str(len(body))), ("X-Content-Type-Options", "nosniff")]
    return Answer(status, headers, body)


_REFUSED = _short(400, "Bad Request")
_FAILED = _short(500, "Internal error.")


class Edge:
    """An RSGI application that answers as an `Application` does, and tells observers of each request."""

    def __init__(self, application: Application, observers: Collection[Observer]) -> None:
        self._application = application
        self._observers = observers
        # Large answers need much memory while they are made, so they are made one at a time, and then cached.
        self._threads = {
            effort: ThreadPoolExecutor(THREADS if effort is Effort.USUAL else 1, effort.name) for effort in Effort
        }

    async def __rsgi__(self, scope: Scope, protocol: Sender) -> None:
        """Answer one request."""
        began = time.perf_counter()
        request = _request(scope)
        answer = _REFUSED if request is None else self._kept(request) or await self._made(request)
        for observer in self._observers:
            observer(_answered(scope, answer, time.perf_counter() - began))
        if isinstance(answer.body, BodyInFile):
            await go_on_in_loop()
            protocol.response_file(answer.status, answer.headers, answer.body.path)
            asyncio.get_running_loop().call_later(_SENDING_SECONDS, _let_go, answer)
        else:
            protocol.response_bytes(answer.status, answer.headers, answer.body)

    def __rsgi_del__(self, _loop: object) -> None:
        """Write the messages that still wait, when the worker ends."""
        finish()

    def _kept(self, request: Request) -> Answer | None:
        try:
            return self._application.kept(request)
        except Exception:
            return _failed()

    async def _made(self, request: Request) -> Answer:
        await go_on_in_loop()
        try:
            threads = self._threads[self._application.effort(request)]
            return await asyncio.get_running_loop().run_in_executor(threads, self._application.answer, request)
        except Exception:
            return _failed()


def _failed() -> Answer:
    getLogger(__name__).exception("a request could not be answered")
    return _FAILED


def _request(scope: Scope) -> Request | None:
    """The request, or None if it has no Host or two: a proxy may have read it in another way (RFC 9112 section 3.2)."""
    headers = scope.headers
    hosts = len(headers.get_all("host"))  # one that is not ASCII is left out
    if hosts > 1 or (hosts == 0 and scope.http_version == "1.1" and "host" not in headers):
        return None
    # Every value only where there is one, since it takes twice the time to ask: for the row "a feed that is kept".
    condition = ", ".join(headers.get_all("if-none-match")) if "if-none-match" in headers else ""
    return Request(scope.method, scope.path, scope.query_string, condition)


def _answered(scope: Scope, answer: Answer, seconds: float) -> Answered:
    return Answered(
        method=scope.method,
        path=scope.path,
        query=scope.query_string,
        agent=scope.headers.get("user-agent", ""),
        status=answer.status,
        octets=len(answer.body),
        seconds=seconds,
    )


def _let_go(_answer: Answer) -> None:
    """Do nothing. Until this is called, the event loop refers to the answer, and so its file is not deleted."""
