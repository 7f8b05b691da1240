"""What requests look like: targets of every form, questions of browsers, parameters as mail programs spell them."""

import re
from collections.abc import Iterator

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.load import DOCUMENTS
from tests.support import SITE, RunningServer, make_folder, serving
from tests.test_http import FOUND, MIST, MSF, UNKNOWN, ask

ORIGIN = "Origin: https://intranet.example.com"
ASKS = "Access-Control-Request-Method: GET"


# --- targets ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["example.com:443", "example.com", "127.0.0.1:8000", "[::1]:80", "x:1"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_target_that_is_a_name_and_a_port_is_refused(
    founding_server: RunningServer, target: str, method: str
) -> None:
    reply = ask(founding_server, target, method=method)
    assert (reply.status, reply.all("location")) == (400, [])
    assert len(reply.body) < 100


def test_a_tunnel_is_refused_as_another_method(founding_server: RunningServer) -> None:
    reply = ask(founding_server, "example.com:443", method="CONNECT")
    assert (reply.status, reply["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_options_of_the_whole_server_are_those_of_every_path(founding_server: RunningServer) -> None:
    assert ask(founding_server, "*", method="OPTIONS").lasting == ask(founding_server, "/", method="OPTIONS").lasting


@pytest.mark.parametrize(
    ("host", "lines"),
    [(None, []), ("x", ["Host: x"]), ("x", ["Host: y"]), ("", ["Host: "]), ("x", ["host:y"])],
    ids=["none", "the same twice", "two", "two empty ones", "two in other letters"],
)
def test_a_request_has_one_host(founding_server: RunningServer, host: str | None, lines: list[str]) -> None:
    for target in ("/all.ics", "/nope.ics", "http://other.example.com/all.ics"):
        reply = ask(founding_server, target, *lines, host=host)
        assert (reply.status, len(reply.body) < 100) == (400, True)


def test_an_old_client_needs_no_host(founding_server: RunningServer) -> None:
    reply = ask(founding_server, "/all.ics", host=None, protocol="HTTP/1.0")
    assert reply.lasting == ask(founding_server, "/all.ics").lasting


# --- questions of browsers (CORS preflights) -------------------------------------------------------------------------


def listed(value: str) -> set[str]:
    return set(re.split(r",\s*", value.lower()))


@pytest.mark.parametrize("target", [*FOUND, "/nope.ics", "/all.ics?kind=nope"])
@pytest.mark.parametrize("headers", ["if-none-match", "x-requested-with", "cache-control,if-none-match"])
def test_a_script_of_another_site_may_ask_with_headers_of_its_own(
    founding_server: RunningServer, target: str, headers: str
) -> None:
    asked = f"Access-Control-Request-Headers: {headers}"
    reply = ask(founding_server, target, ORIGIN, ASKS, asked, method="OPTIONS")
    assert (reply.status, reply.body) == (200, b"")
    assert reply["access-control-allow-origin"] == "*"
    assert listed(reply["access-control-allow-methods"]) == {"get", "head", "options"}
    assert listed(reply["access-control-allow-headers"]) == {"if-none-match", "*"}
    assert int(reply["access-control-max-age"]) > 0
    assert reply.all("access-control-allow-credentials") == []


@pytest.mark.parametrize("target", ["/private/x/all.ics", "/private/", "/private/cal_x/", "/private//health"])
def test_a_script_of_another_site_may_not_ask_for_what_is_private(founding_server: RunningServer, target: str) -> None:
    reply = ask(founding_server, target, ORIGIN, ASKS, method="OPTIONS")
    assert [name for name, _ in reply.headers if name.startswith("access-control-")] == []


# --- parameters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_sent", "as_meant"),
    [
        ("/all.ics?kind=closing&amp;kind=record-date", "/all.ics?kind=closing&kind=record-date"),
        ("/all.ics?x=1&amp;alarm=7d", "/all.ics?alarm=7d"),
        ("/all.ics?x&amp%3Bkind=closing", "/all.ics?kind=closing"),
        ("/all.ics?x&amp;amp;kind=closing", "/all.ics?kind=closing"),
        ("/all.ics?Kind=closing&KIND=record-date", "/all.ics?kind=closing&kind=record-date"),
        ("/all.ics?Alarm=7d&amp;Download", "/all.ics?alarm=7d&download"),
        (f"/selection.ics?feed={MIST}&amp;feed={MSF}", f"/selection.ics?feed={MIST}&feed={MSF}"),
        (f"/selection.ics?Feed={MIST}&AMP;Feed={MSF}", f"/selection.ics?feed={MIST}&feed={MSF}"),
        ("/all.ics?kind=closing&amp;kind=nope", "/all.ics?kind=closing&kind=nope"),
    ],
)
def test_a_parameter_that_a_mail_program_has_spelt_is_read_as_meant(
    founding_server: RunningServer, as_sent: str, as_meant: str
) -> None:
    assert ask(founding_server, as_sent).lasting == ask(founding_server, as_meant).lasting


@pytest.mark.parametrize("query", ["kinds=nope", "amp=1&amp;=2", "xkind=nope", "kind;=nope", "amp;x=1"])
def test_a_parameter_that_is_none_is_ignored(founding_server: RunningServer, query: str) -> None:
    assert ask(founding_server, f"/all.ics?{query}").lasting == ask(founding_server, "/all.ics").lasting


# --- a condition on what is not kept ready ---------------------------------------------------------------------------


@pytest.mark.parametrize("target", UNKNOWN)
def test_what_is_not_there_is_never_unchanged(founding_server: RunningServer, target: str) -> None:
    assert ask(founding_server, target, "If-None-Match: *").status == 404


# --- the address of an Atom feed -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    site = f"{SITE}url: https://calendars.example.com/funds\n"
    with serving(make_folder(tmp_path_factory.mktemp("with-url"), DOCUMENTS | {"site.yaml": site})) as server:
        yield server


@pytest.mark.parametrize(
    ("target", "query"),
    [
        ("/all.atom", ""),
        ("/trusts/example-trust/a.atom", ""),
        ("/all.atom", "kind=closing&kind=record-date"),
        ("/selection.atom", "feed=plans/one&feed=plans/two"),
        ("/selection.atom", "feed=plans/one&kind=closing"),
    ],
)
def test_an_atom_feed_says_where_it_is(with_url: RunningServer, target: str, query: str) -> None:
    at = f"{target}?{query}" if query else target
    body = ask(with_url, at).body
    (own,) = [link.href for link in feedparser.parse(body).feed.links if link.rel == "self"]
    assert own == f"https://calendars.example.com/funds{at}"
    assert ask(with_url, own.removeprefix("https://calendars.example.com/funds")).body == body
