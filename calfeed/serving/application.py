"""Answers to requests. Each is made of one version of the data; a cached one is sent without Flask."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import punctuation
from typing import NamedTuple
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

from calfeed.addresses.resources import MOST_REORGANIZATIONS, Effort, Resources
from calfeed.model.catalog import Catalog
from calfeed.reading.problems import number_of
from calfeed.reading.readers import Reader, Sees
from calfeed.reading.tokens import reader_with
from calfeed.serving.answers import Answer, Asked, Headers, KeptAnswers
from calfeed.serving.confidential import State, part_seen, seen_by_all
from calfeed.serving.web import (
    PRIVATE,
    SERVED,
    Served,
    asked_in,
    choice_of,
    flask_application,
    is_current,
    meant_by,
)

_OF_THE_BODY = {"Content-Type", "Content-Length"}
"""Headers that an answer without a body lacks (RFC 9110 section 15.4.5)."""


class Request(NamedTuple):
    """The parts of a request on which its answer depends. `path` is decoded, `condition` is the If-None-Match."""

    method: str
    path: str
    query: str = ""
    condition: str = ""


@dataclass(slots=True)
class _Part:
    """What the public or a kind of reader may see, and the cached answers."""

    served: Served
    plain: KeptAnswers
    chosen: KeptAnswers
    """Answers to requests with a query. They have a cache of their own, since anybody can make up new queries."""
    sees: Sees = frozenset()
    """What tells it from others whose answers are kept in the same place."""

    def kept_at(self, path: str, query: str) -> tuple[KeptAnswers, Asked]:
        """The cache for requests with this query, which may be empty, and by what it keeps the answer."""
        meant = meant_by(query) if query else ""
        return self.chosen if meant else self.plain, (path, meant, self.sees)


class _ReadersParts:
    """What readers may see in one version of the data, by what each of them sees.

    They share what is kept, so that many kinds of readers take little more memory than one.
    """

    def __init__(self, state: State, folder: Path | None, before: "_ReadersParts | None" = None) -> None:
        self._state = state
        self._plain, self._chosen = KeptAnswers(folder), KeptAnswers(folder)
        self._parts: dict[Sees, _Part] = {}
        self._beneath: Resources | None = None
        self._beneath_before: Resources | None = before.beneath if before else None

    @property
    def beneath(self) -> Resources | None:
        """The latest that was made of what every reader sees, in this version or one before."""
        return self._beneath or self._beneath_before

    def has(self, sees: Sees) -> bool:
        """Whether it has been worked out what a reader sees."""
        return sees in self._parts

    def seen(self, sees: Sees, public: Served) -> _Part:
        """What a reader sees, beside what is served to the public."""
        part = self._parts.get(sees)
        if part is None:
            resources = self._for_all().joined(part_seen(self._state, sees))
            served = replace(public, resources=resources, is_private=True)
            part = self._parts[sees] = _Part(served, self._plain, self._chosen, sees)
        return part

    def _for_all(self) -> Resources:
        """What every reader sees, of which much may be as it was in the version before."""
        if self._beneath is None:
            catalog, before = seen_by_all(self._state), self._beneath_before
            self._beneath = before.updated(catalog) if before else _resources(catalog)
            self._beneath_before = None
        return self._beneath


@dataclass(slots=True)
class _Version:
    """One version of the data."""

    state: State
    public: _Part
    private: _ReadersParts

    def part_of(self, reader: Reader | None) -> _Part:
        """What a reader, or without one the public, may see."""
        return self.private.seen(reader.sees, self.public.served) if reader else self.public


class Application:
    """Answers requests from a state of the data.

    Every path but /health answers with what `Resources` has there: GET and HEAD alike, whatever the request's Accept,
    User-Agent, Host and Authorization say. Behind /private/<token>/ is the same tree for a reader. With a wrong token
    the answer is the same as at any unknown path.
    """

    def __init__(self, state: State, folder: Path | None = None) -> None:
        """Large answers are cached in files in `folder`, if there is one."""
        self._folder = folder
        self._flask = flask_application()
        problems = number_of(state.problems)
        resources = _resources(state.catalog)
        served = Served(resources=resources, since=datetime.now(UTC), problems=problems)
        self._version = _Version(state, self._part(served), _ReadersParts(state, folder))

    def take(self, state: State) -> None:
        """Answer from this state from now on."""
        before, problems = self._version, number_of(state.problems)
        served = before.public.served
        if state.catalog is before.state.catalog:
            # Nobody must be able to notice a confidential edit, not even by the time that an answer takes.
            part = replace(before.public, served=replace(served, problems=problems))
        else:
            resources = served.resources.updated(state.catalog)
            part = self._part(Served(resources=resources, since=datetime.now(UTC), problems=problems))
        self._version = _Version(state, part, _ReadersParts(state, self._folder, before.private))

    @property
    def served(self) -> Served:
        """What the public is served now."""
        return self._version.public.served

    def kept(self, request: Request) -> Answer | None:
        """The cached answer to a request, or None. Where nothing is known yet of what a reader sees, it is not made."""
        now = self._version
        reader, path = _reader_of(request, now.state)
        if reader and not now.private.has(reader.sees):
            return None
        kept, asked = now.part_of(reader).kept_at(path, request.query)
        answer = kept.get(asked)
        return _as_asked(answer, request) if answer and request.method in {"GET", "HEAD"} else None

    def effort(self, request: Request) -> Effort:
        """How much work it is to make the answer to a request."""
        part, path = self._seen_by(request)
        return part.served.resources.effort(path, choice_of(asked_in(request.query)))

    def answer(self, request: Request) -> Answer:
        """The answer to a request, from the cache or made now."""
        part, path = self._seen_by(request)
        if request.method not in {"GET", "HEAD"}:
            return self._by_flask(part.served, path, request.query, request.method)
        kept, asked = part.kept_at(path, request.query)
        answer = kept.get(asked)
        if answer is None:
            answer = self._by_flask(part.served, path, request.query)
            if answer.etag:
                answer = kept.keep(asked, answer)
        return _as_asked(answer, request)

    def _seen_by(self, request: Request) -> tuple[_Part, str]:
        """What a request may see, and its path without the reader's token."""
        now = self._version  # another thread may replace it meanwhile
        reader, path = _reader_of(request, now.state)
        return now.part_of(reader), path

    def _part(self, served: Served) -> _Part:
        return _Part(served, KeptAnswers(self._folder), KeptAnswers(self._folder))

    def _by_flask(self, served: Served, path: str, query: str, method: str = "GET") -> Answer:
        told: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, _error: object = None) -> Callable[[bytes], object]:
            told.append((status, headers))
            return lambda _: None

        body = b"".join(self._flask(environ_of(served, path, query, method), start_response))
        status, headers = told[0]
        return Answer(int(status[:3]), headers, body, dict(headers).get("ETag", ""))


def _resources(catalog: Catalog) -> Resources:
    """The documents of a catalog for a server, which keeps few events."""
    return Resources(catalog, most_reorganizations=MOST_REORGANIZATIONS)


def _reader_of(request: Request, state: State) -> tuple[Reader | None, str]:
    """The reader whose token a request has, and its path without that; None, and the whole path, where it has none."""
    path = request.path
    if not path.startswith(PRIVATE):
        return None, path
    token, slash, rest = path.removeprefix(PRIVATE).partition("/")
    reader = reader_with(token, state.readers) if slash else None
    return (reader, f"/{rest}") if reader else (None, path)


def environ_of(served: Served, path: str, query: str = "", method: str = "GET") -> WSGIEnvironment:
    """The WSGI environment (PEP 3333) of a request, with only what its answer depends on."""
    return {
        SERVED: served,
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query if query.isascii() else quote(query, safe=punctuation),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _as_asked(answer: Answer, request: Request) -> Answer:
    """Turn the answer to a plain GET into that to a HEAD or to a conditional request (RFC 9110 section 13)."""
    tag, condition = answer.etag, request.condition
    if condition and tag and (condition == tag or is_current(condition, tag.strip('"'))):
        return Answer(304, [header for header in answer.headers if header[0] not in _OF_THE_BODY], b"", tag)
    return answer if request.method == "GET" else answer._replace(body=b"")
