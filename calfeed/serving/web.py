"""The HTTP edge: Flask looks up what a request names, and what it has answered once is answered again without it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TypeAlias
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from calfeed.formats import pages
from calfeed.reading.readers import TOKEN_PREFIX, Sees
from calfeed.serving.confidential import part_seen
from calfeed.serving.live import State
from calfeed.serving.resources import Choice, ChoiceError, Representation, Resources

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors"
)
_PRIVATE = "/private/"
_MOST_PRIVATE = 4
"""For how many kinds of readers what they see is kept."""
_Headers: TypeAlias = list[tuple[str, str]]
_MOST_READY = 2_000
_MOST_READY_OCTETS = 50_000
"""How many answers are kept ready, and how long one may be: of the usual ones there are many, of long ones few."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """An answer that Flask has given to a plain GET, and the headers of the one to whoever has its bytes already."""

    headers: _Headers
    body: list[bytes]
    headers_if_unchanged: _Headers
    validators: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of the data, with the answers that are ready."""

    state: State
    resources: Resources
    since: datetime
    ready: dict[str, _Ready] = field(default_factory=dict)
    private: dict[Sees, Resources] = field(default_factory=dict)

    def seen_with(self, token: str) -> Resources | None:
        """What the reader with a token sees; None where there is no such reader."""
        reader = self.state.readers.of(token)
        if reader is None:
            return None
        found = self.private.get(reader.sees)
        if found is None:
            if len(self.private) >= _MOST_PRIVATE:
                self.private.pop(next(iter(self.private)), None)  # the oldest
            part = part_seen(self.state.catalog, reader.sees, self.state.hidden)
            found = self.private[reader.sees] = Resources(part)
        return found


class Application:
    """The WSGI application (PEP 3333) that serves a state of the data.

    Every path but /health answers with what `Resources` has there: GET and HEAD alike, whatever the request's Accept,
    User-Agent, Host and Authorization say, and never with a redirect. Behind /private/<token>/ is the same tree for a
    reader; who has no token finds there what is at any path without a meaning.
    """

    def __init__(self, state: State) -> None:
        self._version = _Version(state, Resources(part_seen(state.catalog)), datetime.now(UTC))
        self.take(state)
        self.flask = _flask()

    def take(self, state: State) -> None:
        """Serve another state from now on."""
        before = self._version
        public = part_seen(state.catalog, also_hidden=state.hidden)
        if public == before.resources.catalog:
            # Nobody must be able to tell when what is confidential changes.
            resources, since = before.resources, before.since
        else:
            resources, since = before.resources.updated(public), datetime.now(UTC)
        self._version = _Version(state, resources, since)

    @property
    def resources(self) -> Resources:
        """What the public is served now."""
        return self._version.resources

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        now = self._version  # a request is answered by one version as a whole
        environ["calfeed.version"] = now
        path, condition = environ["PATH_INFO"], environ.get("HTTP_IF_NONE_MATCH")
        if path.startswith(_PRIVATE):
            return self._privately(now, path.removeprefix(_PRIVATE), environ, start_response)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or environ["QUERY_STRING"]:
            return self.flask(environ, start_response)
        ready = now.ready.get(path)
        if ready is None and condition is None and environ["REQUEST_METHOD"] == "GET":
            return self._answered(now, path, environ, start_response)
        if ready is None or (condition and condition not in ready.validators):
            return self.flask(environ, start_response)
        if condition:
            start_response("304 NOT MODIFIED", ready.headers_if_unchanged)
            return []
        start_response("200 OK", ready.headers)
        return ready.body if environ["REQUEST_METHOD"] == "GET" else []

    def _privately(
        self, now: _Version, rest: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        token, slash, path = rest.partition("/")
        if slash and (seen := now.seen_with(token)):
            environ["calfeed.private"] = seen
            # From here on nothing knows the token: no message, no log, no traceback.
            environ["PATH_INFO"] = f"/{path}"
            for name in ("REQUEST_URI", "RAW_URI"):
                environ.pop(name, None)
        return self.flask(environ, start_response)

    def _answered(
        self, now: _Version, path: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Flask's answer to a plain GET, which is kept where it has a validator."""
        status, headers, body = self._by_flask(environ)
        etag = dict(headers).get("ETag")
        if status == "200 OK" and etag and len(body[0]) <= _MOST_READY_OCTETS:
            unchanged = self._by_flask(environ | {"HTTP_IF_NONE_MATCH": etag})
            if len(now.ready) >= _MOST_READY:
                now.ready.clear()
            now.ready[path] = _Ready(headers, body, unchanged[1], (etag, f"W/{etag}"))
        start_response(status, headers)
        return body

    def _by_flask(self, environ: WSGIEnvironment) -> tuple[str, _Headers, list[bytes]]:
        told: list[tuple[str, _Headers]] = []

        def start_response(status: str, headers: _Headers, _error: object = None) -> Callable[[bytes], object]:
            told.append((status, headers))
            return lambda _: None

        body = [b"".join(self.flask(environ, start_response))]
        return (*told[0], body)


def _flask() -> Flask:
    """The Flask application; a request brings the `Resources` that answer it."""
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False

    @app.get("/health")
    def health() -> Response:
        now: _Version = request.environ["calfeed.version"]
        seen: Resources = request.environ.get("calfeed.private") or now.resources
        catalog = seen.catalog
        response = jsonify(
            status="degraded" if now.state.problems else "ok",
            version=version("calfeed"),
            since=now.since.isoformat(timespec="seconds"),
            problems=len(now.state.problems),
            trusts=len(catalog.trusts),
            portfolios=len(catalog.portfolios),
            plans=len(catalog.plans),
            events=seen.events,
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/", defaults={"_": ""})
    @app.get("/<path:_>")
    def resource(_: str) -> Response:
        args, private = request.args, request.environ.get("calfeed.private")
        resources: Resources = private or request.environ["calfeed.version"].resources
        choice = Choice(kinds=args.getlist("kind"), alarms=args.getlist("alarm"), feeds=args.getlist("feed"))
        # As it was sent: werkzeug takes several slashes at its beginning for one.
        path = request.environ["PATH_INFO"].encode("latin-1").decode(errors="replace") or "/"
        try:
            found = resources.find(path, choice)
        except ChoiceError as error:
            return _text(400, str(error))
        if found is None:
            return _response(resources.missing(path), 404)
        response = _response(found, 200)
        response.set_etag(found.etag)
        response.headers["Cache-Control"] = f"{'private' if private else 'public'}, max-age=300"
        if found.filename:
            disposition = "attachment" if "download" in request.args else "inline"
            response.headers["Content-Disposition"] = f'{disposition}; filename="{found.filename}"'
        # RFC 9110 section 13.1.2, and no other condition: there is no date that could go backwards.
        if request.if_none_match.contains_weak(found.etag):
            response.status_code = 304
            response.set_data(b"")
        return response

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        if "calfeed.private" in request.environ:
            # The address itself is the secret: it must reach no other site, no search engine and no script of others.
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex"
            response.headers.pop("Access-Control-Allow-Origin", None)
            response.headers.pop("Access-Control-Expose-Headers", None)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = _text(error.code or 500, error.name)
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def internal_error(error: Exception) -> Response:
        path = request.path
        # A token may be mistyped, revoked, or in the wrong place: it is a secret all the same.
        shown = "an address with a token" if _PRIVATE in path or TOKEN_PREFIX in path else path
        app.logger.error("internal error at %s", shown, exc_info=error)
        return _text(500, "Internal error.")

    return app


def _response(found: Representation, status: int) -> Response:
    response = Response(found.body, status=status, content_type=found.media_type)
    response.headers["Cache-Control"] = "no-store"
    if found.media_type == pages.MEDIA_TYPE:
        response.headers["Content-Security-Policy"] = f"{_PAGE_POLICY} {found.frame_ancestors}"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if found.frame_ancestors == "'none'":
            response.headers["X-Frame-Options"] = "DENY"
    else:
        # Read by scripts of other sites, such as an intranet's own calendar.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response


def _text(status: int, message: str) -> Response:
    body = f"{message}\n".encode()
    return _response(Representation(body=body, media_type="text/plain; charset=utf-8"), status)
