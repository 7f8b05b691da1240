"""The HTTP rules: how Flask answers a request."""

import re
from dataclasses import dataclass
from datetime import datetime
from logging import getLogger
from typing import TypeAlias
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_etags

import calfeed
from calfeed.addresses.choices import Choice, ChoiceError
from calfeed.addresses.representations import Representation
from calfeed.addresses.resources import Resources
from calfeed.reading.readers import TOKEN_PREFIX

PRIVATE = "/private/"
"""The beginning of the path of every reader."""
SERVED = "calfeed.served"
"""The key of the `Served` of a request in its WSGI environment."""
_ALLOW = "GET, HEAD, OPTIONS"
_PREFLIGHT_SECONDS = 86_400
"""How long, in seconds, a browser may cache the answer to a preflight."""
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors"
)
_PARAMETERS = ("kind", "alarm", "feed", "theme", "q", "download")
_AMPERSAND = re.compile("^(amp;)+")
"""What mail programs and editors turn the `&` before a query parameter into."""
_CODINGS = re.compile(r"([-;]+(x-)?(gzip|br|zstd|deflate|bzip2))*", re.IGNORECASE)
"""What proxies append to the ETag of an answer that they have compressed."""


Asked: TypeAlias = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a request is answered from. It `is_private` if it is what a reader may see."""

    resources: Resources
    since: datetime
    problems: int
    is_private: bool = False


def flask_application() -> Flask:
    """The Flask application; each request brings its `Served`."""
    app = Flask(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.before_request(_refuse_or_tell_what_is_allowed)
    app.add_url_rule("/health", view_func=_health)
    app.add_url_rule("/", view_func=_resource, defaults={"_": ""})
    app.add_url_rule("/<path:_>", view_func=_resource)
    app.after_request(_secured)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _internal_error)
    return app


def is_current(condition: str, etag: str) -> bool:
    """Whether an If-None-Match (RFC 9110 section 13.1.2) names an ETag, which is given without its quotes.

    An ETag to which a proxy has appended the name of a compression counts as the ETag itself.
    """
    known = parse_etags(condition)
    tags = filter(None, known.as_set(include_weak=True))  # of an empty tag it makes None
    # Matched behind the ETag alone: to look for it anywhere in a long tag could take minutes.
    return known.star_tag or any(tag.startswith(etag) and _CODINGS.fullmatch(tag, len(etag)) for tag in tags)


def asked_in(query: str) -> Asked:
    """The values of each parameter in a query, by its name as it was meant: `amp;Kind` is `kind`."""
    asked: Asked = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        asked.setdefault(_AMPERSAND.sub("", name.lower()), []).append(value)
    return asked


def meant_by(query: str) -> str:
    """A query without the parameters that make no difference to the answer, in one spelling."""
    asked = asked_in(query)
    return urlencode([(name, value) for name in _PARAMETERS for value in asked.get(name, ())])


def choice_of(asked: Asked) -> Choice:
    """The choice that a query makes."""
    return Choice(
        kinds=asked.get("kind", ()),
        alarms=asked.get("alarm", ()),
        feeds=asked.get("feed", ()),
        themes=asked.get("theme", ()),
        queries=asked.get("q", ()),
    )


def _served() -> Served:
    served: Served = request.environ[SERVED]
    return served


def _refuse_or_tell_what_is_allowed() -> Response | None:
    """The answer to OPTIONS, to methods beside GET and HEAD, and to a target that is not a path; else None."""
    method = request.environ["REQUEST_METHOD"]  # as it was sent: methods are case-sensitive (RFC 9110 section 9.1)
    if method == "OPTIONS":
        return _allowed()
    if method not in {"GET", "HEAD"}:
        refused = _text(405, "Method Not Allowed")
        refused.headers["Allow"] = _ALLOW
        return refused
    # A name and a port alone (RFC 9112 section 3.2.3) are for proxies, which this is not.
    if not request.environ["PATH_INFO"].startswith("/"):
        return _text(400, "Bad Request")
    return None


def _allowed() -> Response:
    """The answer to OPTIONS, and to the question of a browser whether a script of another site may ask (CORS)."""
    response = Response()
    response.headers["Allow"] = _ALLOW
    if not _is_private():
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = _ALLOW
        # Nothing that a request brings along changes an answer, but for its condition.
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, *"
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
    return response


def _is_private() -> bool:
    """Whether a request comes from a reader, or from somebody with a wrong token."""
    return _served().is_private or request.environ["PATH_INFO"].startswith(PRIVATE)


def _health() -> Response:
    served = _served()
    catalog = served.resources.catalog
    response = jsonify(
        status="degraded" if served.problems else "ok",
        version=calfeed.__version__,
        since=served.since.isoformat(timespec="seconds"),
        problems=served.problems,
        trusts=len(catalog.trusts),
        portfolios=len(catalog.portfolios),
        plans=len(catalog.plans),
        events=served.resources.events,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _resource(_: str) -> Response:
    served, asked = _served(), asked_in(request.environ["QUERY_STRING"])
    # As it was sent: werkzeug takes several slashes at its beginning for one.
    path = request.environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
    try:
        found = served.resources.find(path, choice_of(asked))
    except ChoiceError as error:
        return _text(400, str(error))
    if found is None:
        if beside := served.resources.page_beside(path):
            return _moved(beside)
        return _response(served.resources.missing(path), 404)
    response = _response(found, 200)
    response.set_etag(found.etag)
    response.headers["Cache-Control"] = f"{'private' if served.is_private else 'public'}, max-age=300"
    if found.filename:
        disposition = "attachment" if "download" in asked else "inline"
        response.headers["Content-Disposition"] = f'{disposition}; filename="{found.filename}"'
    return response


def _secured(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if _served().is_private:
        # The address itself is the secret: it must reach no other site, no search engine and no script of others.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers.pop("Access-Control-Allow-Origin", None)
        response.headers.pop("Access-Control-Expose-Headers", None)
    return response


def _http_error(error: HTTPException) -> Response:
    return _text(error.code or 500, error.name)


def _internal_error(error: Exception) -> Response:
    path = request.path
    # A token may be mistyped, revoked, or in the wrong place: it is a secret all the same.
    shown = "an address with a token" if PRIVATE in path or TOKEN_PREFIX in path else path
    getLogger(__name__).error("internal error at %s", shown, exc_info=error)
    return _text(500, "Internal error.")


def _response(found: Representation, status: int) -> Response:
    response = Response(found.body, status=status, content_type=found.media_type)
    response.headers["Cache-Control"] = "no-store"
    if found.is_page:
        response.headers["Content-Security-Policy"] = f"{_PAGE_POLICY} {found.frame_ancestors}"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if found.frame_ancestors == "'none'":
            response.headers["X-Frame-Options"] = "DENY"
    else:
        # Read by scripts of other sites, such as an intranet's own calendar.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response


def _moved(address: str) -> Response:
    """The answer (RFC 9110 section 15.4.9) that a page is at another address, which is relative."""
    query = request.query_string.decode("latin-1")
    response = _text(308, "Permanent Redirect")
    response.autocorrect_location_header = False  # no Host and no prefix of a proxy gets into it
    response.headers["Location"] = f"{address}?{query}" if query else address
    return response


def _text(status: int, message: str) -> Response:
    body = f"{message}\n".encode()
    return _response(Representation(body=body, media_type="text/plain; charset=utf-8"), status)
