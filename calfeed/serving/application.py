"""The WSGI application: each request is answered by one version of the data, and what Flask has answered is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias
from wsgiref.types import StartResponse, WSGIEnvironment

from calfeed.reading.problems import number_of
from calfeed.reading.readers import Sees
from calfeed.serving.confidential import part_seen
from calfeed.serving.live import State
from calfeed.serving.resources import Resources
from calfeed.serving.web import PRIVATE, SERVED, Served, flask_application, is_current

_MOST_PRIVATE = 4
"""For how many kinds of readers what they see is kept."""
_Headers: TypeAlias = list[tuple[str, str]]
_MOST_READY = 2_000
_MOST_READY_OCTETS = 50_000
"""How many answers are kept ready, and how long one may be: of the usual ones there are many, of long ones few."""


_OF_THE_BODY = {"Content-Type", "Content-Length"}
"""What Flask leaves out of the headers of an answer without a body (RFC 9110 section 15.4.5)."""


class _Answer(NamedTuple):
    """What Flask answers to a plain GET (PEP 3333), and its validator with quotes, where it has one."""

    status: str
    headers: _Headers
    body: list[bytes]
    etag: str


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of the data, with the answers that are ready."""

    state: State
    public: Served
    ready: dict[str, _Answer] = field(default_factory=dict)
    private: dict[Sees, Served] = field(default_factory=dict)

    def seen_with(self, token: str) -> Served | None:
        """What the reader with a token sees; None where there is no such reader."""
        reader = self.state.readers.of(token)
        if reader is None:
            return None
        found = self.private.get(reader.sees)
        if found is None:
            if len(self.private) >= _MOST_PRIVATE:
                self.private.pop(next(iter(self.private)), None)  # the oldest
            part = part_seen(self.state.catalog, reader.sees, self.state.hidden)
            found = replace(self.public, resources=Resources(part), is_private=True)
            self.private[reader.sees] = found
        return found


class Application:
    """The WSGI application (PEP 3333) that serves a state of the data.

    Every path but /health answers with what `Resources` has there: GET and HEAD alike, whatever the request's Accept,
    User-Agent, Host and Authorization say, and never with a redirect. Behind /private/<token>/ is the same tree for a
    reader; who has no token finds there what is at any path without a meaning.
    """

    def __init__(self, state: State) -> None:
        resources = Resources(part_seen(state.catalog))
        self._version = _Version(state, Served(resources=resources, since=datetime.now(UTC), problems=0))
        self.take(state)
        self.flask = flask_application()

    def take(self, state: State) -> None:
        """Serve another state from now on."""
        before = self._version.public
        public = part_seen(state.catalog, also_hidden=state.hidden)
        if public == before.resources.catalog:
            # Nobody must be able to tell when what is confidential changes.
            resources, since = before.resources, before.since
        else:
            resources, since = before.resources.updated(public), datetime.now(UTC)
        served = Served(resources=resources, since=since, problems=number_of(state.problems))
        self._version = _Version(state, served)

    @property
    def served(self) -> Served:
        """What the public is served now."""
        return self._version.public

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        now = self._version  # a request is answered by one version as a whole
        environ[SERVED] = now.public
        path: str = environ["PATH_INFO"]
        if path.startswith(PRIVATE):
            return self._privately(now, path.removeprefix(PRIVATE), environ, start_response)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ["QUERY_STRING"]:
            return self.flask(environ, start_response)
        answer = now.ready.get(path) or self._answer(now, path, environ)
        condition = environ.get("HTTP_IF_NONE_MATCH")
        if condition and answer.etag and (condition == answer.etag or is_current(condition, answer.etag.strip('"'))):
            start_response("304 NOT MODIFIED", [header for header in answer.headers if header[0] not in _OF_THE_BODY])
            return []
        start_response(answer.status, answer.headers)
        return answer.body if environ["REQUEST_METHOD"] == "GET" else []

    def _privately(
        self, now: _Version, rest: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        token, slash, path = rest.partition("/")
        if slash and (seen := now.seen_with(token)):
            environ[SERVED] = seen
            # From here on nothing knows the token: no message, no log, no traceback.
            environ["PATH_INFO"] = f"/{path}"
            for name in ("REQUEST_URI", "RAW_URI"):
                environ.pop(name, None)
        return self.flask(environ, start_response)

    def _answer(self, now: _Version, path: str, environ: WSGIEnvironment) -> _Answer:
        """Flask's answer to a plain GET, whatever the condition; kept where many may ask for it."""
        told: list[tuple[str, _Headers]] = []

        def start_response(status: str, headers: _Headers, _error: object = None) -> Callable[[bytes], object]:
            told.append((status, headers))
            return lambda _: None

        plain = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        body = b"".join(self.flask(plain | {"REQUEST_METHOD": "GET"}, start_response))
        status, headers = told[0]
        answer = _Answer(status, headers, [body], dict(headers).get("ETag", ""))
        if status == "200 OK" and answer.etag and len(body) <= _MOST_READY_OCTETS:
            if len(now.ready) >= _MOST_READY:
                now.ready.clear()
            now.ready[path] = answer
        return answer
