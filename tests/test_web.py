"""The answers that are kept ready: request by request they are Flask's own."""

from collections.abc import Iterator
from itertools import product

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from calfeed.reading.folder import load
from calfeed.serving.application import Application
from calfeed.serving.choices import Choice
from calfeed.serving.live import State
from calfeed.serving.resources import Resources
from calfeed.serving.web import SERVED
from tests.support import FOUNDING

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"]
FEED = "/trusts/metropolitan-series-fund/mfs-value.ics"
PATHS = [
    FEED,
    "/trusts/metropolitan-series-fund/harris-oakmark-large-cap-value.ics",
    "/trusts/metropolitan-series-fund/mfs-value.json",
    "/trusts/metropolitan-series-fund/mfs-value/",
    "/embed/agenda/all/",
    "/",
    "/search.json",
    "/robots.txt",
    "/static/calfeed.css",
    "/health",
    "/selection.ics",
    "/all.ICS",
    "/all.ics/",
    "//all.ics",
    "/trusts/../all.ics",
    "/./all.ics",
    "/trusts/metropolitan-series-fund%2Fmfs-value.ics",
    "/static/../all.ics",
    "/static/%2e%2e/pyproject.toml",
    "/all.ics\x00",
    "/tr\xfcsts/x.ics",
    "/trusts/nobody.ics",
    "/trusts/nobody/",
    "",
]
QUERIES = ["", "download", "kind=closing", "kind=nothing", "alarm=7d", "feed=all", "unknown=1", "%zz", "?"]
CONDITIONS = [
    None, "", "*", "{}", "W/{}", '""', '"a", {}', '{}, "a"', '"a"', "{}x", "x{}", "W/", ",", '"', " {} ", "{},",
]  # fmt: skip

Answer = tuple[str, list[tuple[str, str]], bytes]


@pytest.fixture(scope="module")
def application() -> Application:
    return Application(State(catalog=load(FOUNDING)))


def etag(application: Application) -> str:
    found = Resources(load(FOUNDING)).find(FEED, Choice())
    assert found is not None
    return f'"{found.etag}"'


def answers(application: Application, method: str, path: str, query: str, condition: str | None) -> Iterator[Answer]:
    """What Flask says by itself, and then what the application says."""
    for target in (application.flask, application):
        environ = EnvironBuilder(method=method).get_environ()
        # As a server gives it on: the octets of the decoded path, each as a character.
        environ |= {"PATH_INFO": path, "QUERY_STRING": query, SERVED: application.served}
        if condition is not None:
            environ["HTTP_IF_NONE_MATCH"] = condition
        body, status, headers = run_wsgi_app(target, environ, buffered=True)
        yield status, list(headers), b"".join(body)


@pytest.mark.parametrize("path", PATHS, ids=ascii)
def test_a_ready_answer_is_flask_s_own(application: Application, path: str) -> None:
    own = etag(application)
    next(answers(application, "GET", path, "", None))
    for method, query, condition in product(METHODS, QUERIES, CONDITIONS):
        request = method, path, query, condition and condition.format(own)
        by_flask, by_application = answers(application, *request)
        assert by_application == by_flask, request


def test_a_known_feed_is_answered_without_flask_from_the_second_time_on(application: Application) -> None:
    *_, first = answers(application, "GET", FEED, "", None)
    environ = EnvironBuilder().get_environ() | {"PATH_INFO": FEED}
    body, status, headers = run_wsgi_app(application, environ)
    assert (status, list(headers), b"".join(body)) == first
    # Flask leaves its traces in what it has answered.
    assert "werkzeug.request" not in environ


@pytest.mark.parametrize(("condition", "status"), [("{}", "304"), ("W/{}", "304"), ('"other"', "200")])
def test_a_condition_is_answered_by_what_is_ready(application: Application, condition: str, status: str) -> None:
    for method in ("GET", "HEAD"):
        by_flask, ready = answers(application, method, FEED, "", condition.format(etag(application)))
        assert ready == by_flask
        assert ready[0].startswith(status)
