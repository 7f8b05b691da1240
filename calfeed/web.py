"""The HTTP edge: Flask looks up what a request names, and what it has answered once is answered again without it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeAlias

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from calfeed import pages
from calfeed.catalog import Catalog
from calfeed.resources import Choice, ChoiceError, Representation, Resources

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors"
)


_Headers: TypeAlias = list[tuple[str, str]]
_MOST_READY = 10_000
"""How many answers are kept ready; their bytes are those that `Resources` keeps."""


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

    resources: Resources
    ready: dict[str, _Ready] = field(default_factory=dict)


class Application:
    """The WSGI application (PEP 3333) that serves a catalog.

    Every path but /health answers with what `Resources` has there: GET and HEAD alike, whatever the request's Accept,
    User-Agent, Host and Authorization say, and never with a redirect.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._version = _Version(Resources(catalog))
        self.flask = _flask()

    @property
    def resources(self) -> Resources:
        """What is served now."""
        return self._version.resources

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        now = self._version  # a request is answered by one version as a whole
        environ["calfeed.resources"] = now.resources
        path, condition = environ["PATH_INFO"], environ.get("HTTP_IF_NONE_MATCH")
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

    def _answered(
        self, now: _Version, path: str, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Flask's answer to a plain GET, which is kept where it has a validator."""
        status, headers, body = self._by_flask(environ)
        etag = dict(headers).get("ETag")
        if status == "200 OK" and etag:
            unchanged = self._by_flask(environ | {"HTTP_IF_NONE_MATCH": etag})
            if len(now.ready) >= _MOST_READY:
                now.ready.clear()
            now.ready[path] = _Ready(headers, body, unchanged[1], (etag, f"W/{etag}"))
        start_response(status, headers)
        return body

    def _by_flask(self, environ: "WSGIEnvironment") -> tuple[str, _Headers, list[bytes]]:
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
        resources: Resources = request.environ["calfeed.resources"]
        catalog = resources.catalog
        response = jsonify(
            status="ok",
            version=version("calfeed"),
            trusts=len(catalog.trusts),
            portfolios=len(catalog.portfolios),
            plans=len(catalog.plans),
            events=resources.events,
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/", defaults={"_": ""})
    @app.get("/<path:_>")
    def resource(_: str) -> Response:
        args, resources = request.args, request.environ["calfeed.resources"]
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
        response.headers["Cache-Control"] = "public, max-age=300"
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
        app.logger.error("internal error at %s", request.path, exc_info=error)
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
