"""The Flask edge: looks up what a request names, answers conditional requests, and sets the headers."""

from importlib.metadata import version

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from calfeed import pages
from calfeed.catalog import Catalog
from calfeed.resources import Choice, ChoiceError, Representation, Resources

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors"
)


def create_app(catalog: Catalog) -> Flask:
    """The WSGI application that serves a catalog.

    Every path but /health answers with what `Resources` has there: GET and HEAD alike, whatever the request's Accept,
    User-Agent, Host and Authorization say, and never with a redirect.
    """
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    resources = Resources(catalog)
    state = {
        "status": "ok",
        "version": version("calfeed"),
        "trusts": len(catalog.trusts),
        "portfolios": len(catalog.portfolios),
        "plans": len(catalog.plans),
        "events": resources.feeds.size("all"),
    }

    @app.get("/health")
    def health() -> Response:
        response = jsonify(state)
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    def resource(path: str) -> Response:
        args = request.args
        choice = Choice(kinds=args.getlist("kind"), alarms=args.getlist("alarm"), feeds=args.getlist("feed"))
        try:
            found = resources.find(f"/{path}", choice)
        except ChoiceError as error:
            return _text(400, str(error))
        if found is None:
            return _response(resources.missing(f"/{path}"), 404)
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
