"""What the server answers, over real sockets: statuses, headers and bytes, whatever a request brings along."""

import http.client
import json
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pytest

import calfeed
from tests.gate import Seen, conformant
from tests.support import FOUNDING, PATIENCE_SECONDS, ROOT, RunningServer, each_of, make_folder, serving

MIST = "trusts/met-investors-series-trust"
MSF = "trusts/metropolitan-series-fund"
EVENTS = {
    "all": 12,
    MIST: 12,
    MSF: 6,
    f"{MIST}/batterymarch-mid-cap-stock": 6,
    f"{MIST}/lazard-mid-cap": 6,
    f"{MIST}/mfs-value": 6,
    f"{MSF}/mfs-value": 6,
    "plans/met-investors-2007-12": 12,
}
SCHEMAS = ("site", "trust", "plan")

# Something of every sort that there is, errors too.
FOUND = (
    "/",
    "/all.ics",
    f"/{MSF}/mfs-value.ics?kind=closing&alarm=7d&download",
    f"/selection.ics?feed={MSF}&feed=nope",
    "/robots.txt",
    "/schema/plan.json",
    "/health",
)
UNKNOWN = (
    "/nope.ics",
    "/trusts/nope.ics",
    "/plans/nope.ics",
    f"/{MSF}/nope.ics",
    f"/{MSF}/lazard-mid-cap.ics",
    "/plans/metropolitan-series-fund.ics",
    "/metropolitan-series-fund.ics",
    "/mfs-value.ics",
    "/trusts/all.ics",
    "/.ics",
    "/all.ics%00",
    "/%ff.ics",
    "/%3Cscript%3Ealert(1)%3C/script%3E.ics",
    "/selection.ics",
    "/selection.ics?feed=",
    "/selection.ics?feed=nope&feed=trusts/nope",
    "/schema/nope.json",
    "/data/site.yaml",
    "/schema/../../data/site.yaml",
    "/schema/%2e%2e/%2e%2e/pyproject.toml",
    "/..%2f..%2f..%2f..%2fetc%2fpasswd",
)
UNREADABLE = (
    "/all.ics?kind=nope",
    "/all.ics?kind=",
    "/all.ics?kind=%ff",
    "/all.ics?kind=closing&kind=nope",
    "/all.ics?kind=%3Cscript%3Ealert(1)%3C/script%3E%0D%0ASet-Cookie:%20a=b",
    "/selection.ics?feed=all&kind=nope",
    *(f"/all.ics?alarm={alarm}" for alarm in ("", "0d", "7", "7x", "-1d", "1.5d", "P7D", "7d%0A", "%D9%A7d")),
    "/all.ics?alarm=7d&alarm=7d",
    "/selection.ics?feed=all&alarm=0d",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as it came over the wire; header names in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for header, value in self.headers if header == name]

    def __getitem__(self, name: str) -> str:
        """The value of a header that must stand exactly once."""
        assert len(self.all(name)) == 1, f"{name}: {self.all(name)}"
        return self.all(name)[0]

    @property
    def lasting(self) -> tuple[int, list[tuple[str, str]], bytes]:
        """All of it but what belongs to the moment and the connection."""
        passing = {"date", "connection"}
        return self.status, sorted(header for header in self.headers if header[0] not in passing), self.body


def ask(
    server: RunningServer,
    target: str,
    *lines: str,
    method: str = "GET",
    host: str | None = "calendars.example.com",
    protocol: str = "HTTP/1.1",
) -> Reply:
    """Send one request, exactly these lines of it, and read until the server closes the connection."""
    hosts = [] if host is None else [f"Host: {host}"]
    request = "\r\n".join([f"{method} {target} {protocol}", *hosts, *lines, "Connection: close", "", ""])
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(request.encode("latin-1"))
        with connection.makefile("rb") as stream:
            response = stream.read()
    head, _, body = response.partition(b"\r\n\r\n")
    status_line, *header_lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in header_lines)
    return Reply(int(status_line.split()[1]), [(name.lower(), value.strip()) for name, _, value in pairs], body)


def uids(events: list[Seen]) -> list[str]:
    return [event.uid for event in events]


def unfolded(reply: Reply) -> list[str]:
    """The content lines of a feed (RFC 5545 section 3.1)."""
    return reply.body.replace(b"\r\n ", b"").decode().split("\r\n")


# Names with markup and accents, other names of a trust and of a portfolio, a cancelled event, one at a time of day, and
# a portfolio without events.
ODD = {
    "site.yaml": """\
        title: Fish & <b>Chips</b>
        domain: calendars.example.com
        """,
    "trusts/example-trust.yaml": """\
        name: Example "Quoted" <script>alert(1)</script> Trust
        short name: EXT
        other names: [Old Example Trust]
        portfolios:
          growth: Growth & Income Portfolio
          value:
            name: Value </th><img src=x onerror=alert(2)> Portfolio
            other names: [Société Générale Value Fund]
          idle: Idle Portfolio
        """,
    "plans/example-2031.yaml": """\
        title: "'\\" onmouseover=alert(3) x='"
        trust: Old Example Trust
        sources:
          supplement: {title: Supplement, dated: "January 6, 2031"}
        reorganizations:
          - target: Growth & Income Portfolio
            acquiring: Société Générale Value Fund
        milestones:
          announcement: January 6, 2031
          special meeting: March 12, 2031 at 10:00 a.m. Eastern
          dividend payment:
            date: March 3, 2031
            cancelled: {source: supplement, reason: no income}
          closing: on or about April 28, 2031
        """,
}


@pytest.fixture(scope="module")
def odd_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with serving(make_folder(tmp_path_factory.mktemp("odd"), ODD)) as server:
        yield server


# --- feeds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "events"), EVENTS.items(), ids=EVENTS)
def test_a_feed_is_a_conformant_calendar_with_the_headers_that_calendars_need(
    founding_server: RunningServer, address: str, events: int
) -> None:
    reply = ask(founding_server, f"/{address}.ics")
    assert reply.status == 200
    assert len(conformant(reply.body)) == events
    assert reply["content-type"] == "text/calendar; charset=utf-8"
    assert reply["content-length"] == str(len(reply.body))
    assert reply["cache-control"] == "public, max-age=300"
    assert reply["access-control-allow-origin"] == "*"
    assert "etag" in reply["access-control-expose-headers"].lower()
    assert re.fullmatch(r'"[\x21\x23-\x7e]+"', reply["etag"])
    assert re.fullmatch(r'inline; filename="[a-z0-9-]+\.ics"', reply["content-disposition"])
    for absent in ("content-encoding", "transfer-encoding", "last-modified", "location", "set-cookie"):
        assert reply.all(absent) == []


def test_feeds_have_the_same_etag_exactly_where_they_have_the_same_bytes(founding_server: RunningServer) -> None:
    queries = ("", "?kind=closing", "?alarm=7d", "?download", "?x=1")
    replies = [ask(founding_server, f"/{address}.ics{query}") for address in EVENTS for query in queries]
    assert len({reply.body for reply in replies}) == 3 * len(EVENTS)
    assert len({(reply.body, reply["etag"]) for reply in replies}) == 3 * len(EVENTS)
    assert len({reply["etag"] for reply in replies}) == 3 * len(EVENTS)


def test_a_feed_without_events_is_a_conformant_calendar(odd_server: RunningServer) -> None:
    reply = ask(odd_server, "/trusts/example-trust/idle.ics")
    assert (reply.status, conformant(reply.body)) == (200, [])


def test_another_server_for_a_copy_of_the_data_gives_the_same_bytes_and_etags(
    founding_server: RunningServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(FOUNDING, tmp_path / "copy", copy_function=shutil.copyfile)
    for name, value in {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    with serving(tmp_path / "copy", "--workers", "1") as other:
        for target in ("/", *(f"/{address}.ics" for address in EVENTS), f"/selection.ics?feed={MSF}&feed=all"):
            assert ask(other, target).lasting == ask(founding_server, target).lasting


# --- conditional requests --------------------------------------------------------------------------------------------

# What an If-None-Match says; TAG is the current ETag, with its quotes.
MATCHING = {
    "exact": ["If-None-Match: TAG"],
    "weak": ["If-None-Match: W/TAG"],
    "first of a list": ['If-None-Match: TAG, "other"'],
    "last of a list": ['If-None-Match: "other","another",TAG'],
    "weak in a list with odd spaces": ['If-None-Match:   "other"  ,\t W/TAG  '],
    "behind a tag with a comma in it": ['If-None-Match: "a,b", TAG'],
    "in the second of two lines": ['If-None-Match: "other"', "If-None-Match: TAG"],
    "in the first of two lines": ["If-None-Match: TAG", 'If-None-Match: "other"'],
    "star": ["If-None-Match: *"],
    "star with spaces": ["If-None-Match:  * "],
    "renamed by Apache's mod_deflate": ["If-None-Match: MARKED(-gzip)"],
    "renamed by Apache's mod_brotli": ["If-None-Match: MARKED(-br)"],
    "renamed by an older Apache": ["If-None-Match: MARKED(;gzip)"],
    "renamed by Jetty": ["If-None-Match: MARKED(--gzip)"],
    "renamed by two proxies": ["If-None-Match: MARKED(-gzip;br)"],
    "renamed in capitals": ["If-None-Match: MARKED(-GZIP)"],
    "renamed, weak, in a list": ['If-None-Match: "other", W/MARKED(-zstd)'],
    "with a date of 1970": ["If-None-Match: TAG", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"],
}
NOT_MATCHING = {
    "another": ['If-None-Match: "other"'],
    "another, unquoted": ["If-None-Match: other"],
    "a list of others": ['If-None-Match: "other", W/"another"'],
    "empty": ["If-None-Match:"],
    "empty tag": ['If-None-Match: ""'],
    "quoted star": ['If-None-Match: "*"'],
    "only commas": ["If-None-Match: ,,,"],
    "half a quote": ['If-None-Match: "'],
    "not ASCII": ["If-None-Match: \xff\xfe"],
    "with another ending": ["If-None-Match: MARKED(-other)"],
    "with a date of the future": ['If-None-Match: "other"', "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"],
    "date of 1970 alone": ["If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"],
    "date of the future alone": ["If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"],
    "garbage for a date": ["If-Modified-Since: yesterday"],
    "empty date": ["If-Modified-Since:"],
}


def with_tag(lines: list[str], tag: str) -> list[str]:
    lines = [line.replace("TAG", tag) for line in lines]
    return [re.sub(r"MARKED\((.*)\)", lambda mark: f'{tag[:-1]}{mark[1]}"', line) for line in lines]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("lines", MATCHING.values(), ids=MATCHING)
def test_who_has_the_current_bytes_gets_304(founding_server: RunningServer, lines: list[str], method: str) -> None:
    for target in each_of(FOUND[:-1]):
        full = ask(founding_server, target)
        reply = ask(founding_server, target, *with_tag(lines, full["etag"]), method=method)
        assert (reply.status, reply.body) == (304, b"")
        assert reply.all("last-modified") == []
        for name in ("etag", "cache-control", "x-content-type-options"):
            assert reply[name] == full[name]
        assert reply.all("access-control-allow-origin") == full.all("access-control-allow-origin")


@pytest.mark.parametrize("lines", NOT_MATCHING.values(), ids=NOT_MATCHING)
def test_who_may_have_other_bytes_gets_all_of_them(founding_server: RunningServer, lines: list[str]) -> None:
    for target in FOUND:
        full = ask(founding_server, target)
        tag = "".join(full.all("etag")) or '"none"'
        assert ask(founding_server, target, *with_tag(lines, tag)).lasting == full.lasting


def test_an_error_is_never_304(founding_server: RunningServer) -> None:
    for target in ("/nope.ics", "/selection.ics", "/all.ics?kind=nope", "/all.ics?alarm=0d"):
        plain = ask(founding_server, target)
        assert ask(founding_server, target, "If-None-Match: *").lasting == plain.lasting


# --- what a request brings along -------------------------------------------------------------------------------------

STRAY = {
    "accepts pages": ["Accept: text/html,application/xhtml+xml;q=0.9"],
    "accepts calendars": ["Accept: text/calendar, application/calendar+json, application/calendar+xml"],
    "accepts nothing": ["Accept:"],
    "garbled Accept": ["Accept: ;;q=x, /, text/*;q=7"],
    "accepts compression": ["Accept-Encoding: gzip, deflate, br, zstd"],
    "refuses plain bytes": ["Accept-Encoding: identity;q=0, *;q=0"],
    "another language": ["Accept-Language: de"],
    "a calendar's User-Agent": ["User-Agent: Google-Calendar-Importer"],
    "a crawler's User-Agent": ["User-Agent: Mozilla/5.0 (compatible; Examplebot/1.0)"],
    "empty User-Agent": ["User-Agent:"],
    "empty Authorization": ["Authorization:"],
    "scheme alone": ["Authorization: Basic"],
    "Basic that is not base64": ["Authorization: Basic !!!"],
    "Basic of someone": ["Authorization: Basic dXNlcjpwYXNzd29yZA=="],
    "Bearer": ["Authorization: Bearer e30.e30.e30"],
    "half a Digest": ['Authorization: Digest username="'],
    "Authorization not ASCII": ["Authorization: \xff\xfe"],
    "two of Authorization": ["Authorization: Basic", "Authorization: Bearer x"],
    "another site's script": ["Origin: https://intranet.example.com"],
    "a sandbox's script": ["Origin: null"],
    "cookies": ["Cookie: session=1; \xff;;="],
    "forwarded": ["X-Forwarded-Host: other.example.com", "X-Forwarded-Prefix: /x", "Forwarded: host=other.example.com"],
}
HOSTS = ("", "127.0.0.1", "other.example.com", "other.example.com:99999999", "[::1", "<a b>", "\xff\xfe")


@pytest.mark.parametrize("lines", STRAY.values(), ids=STRAY)
def test_stray_headers_change_nothing(founding_server: RunningServer, lines: list[str]) -> None:
    for target in (*FOUND, "/nope.ics", "/all.ics?kind=nope"):
        assert ask(founding_server, target, *lines).lasting == ask(founding_server, target).lasting


@pytest.mark.parametrize("host", HOSTS, ids=repr)
@pytest.mark.parametrize("protocol", ["HTTP/1.1", "HTTP/1.0"])
def test_no_host_changes_anything(founding_server: RunningServer, host: str, protocol: str) -> None:
    for target in (*FOUND, "/nope.ics"):
        reply = ask(founding_server, target, host=host, protocol=protocol)
        assert reply.lasting == ask(founding_server, target).lasting


def test_an_address_in_full_is_answered_as_its_path(founding_server: RunningServer) -> None:
    # As a proxy sends it (RFC 9112 section 3.2.2).
    full = ask(founding_server, "http://other.example.com/all.ics")
    assert full.lasting == ask(founding_server, "/all.ics").lasting


@pytest.mark.parametrize(
    "query", ["", "x=1", "utm_source=a&utm_source=b", "nocache=%ff", "feed=nope", "kinds=nope", "&="]
)
def test_other_query_parameters_are_ignored(founding_server: RunningServer, query: str) -> None:
    assert ask(founding_server, f"/{MSF}.ics?{query}").lasting == ask(founding_server, f"/{MSF}.ics").lasting


@pytest.mark.parametrize("target", [*FOUND, "/nope", *UNKNOWN, *UNREADABLE])
def test_head_is_get_without_the_body(founding_server: RunningServer, target: str) -> None:
    status, headers, body = ask(founding_server, target).lasting
    assert body != b""
    assert ask(founding_server, target, method="HEAD").lasting == (status, headers, b"")


def test_one_connection_serves_many_requests(founding_server: RunningServer) -> None:
    # A body too many or a wrong length would garble the next answer.
    connection = http.client.HTTPConnection("127.0.0.1", founding_server.port, timeout=PATIENCE_SECONDS)
    connection.connect()
    connection.auto_open = 0  # so that a closed connection is an error, not opened again
    expected = ask(founding_server, "/all.ics").body
    statuses = []
    for method, target, headers in (
        ("HEAD", "/all.ics", {}),
        ("GET", "/all.ics", {"If-None-Match": "*"}),
        ("HEAD", "/nope.ics", {}),
        ("GET", "/nope.ics", {}),
        ("OPTIONS", "/all.ics", {}),
        ("GET", "/all.ics", {}),
    ):
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        body = response.read()
        statuses.append(response.status)
    connection.close()
    assert statuses == [200, 304, 404, 404, 200, 200]
    assert body == expected


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "//",
        "//all.ics",
        f"/{MSF.replace('/', '//')}.ics",
        f"/{MSF.replace('/', '%2F')}.ics",
        f"/{MSF.upper()}.ICS",
        "/all.ics/",
        "/all.ics//",
        f"/{MSF}/mfs-value.ics/",
        "/health/",
        "/robots.txt/",
        "//evil.example/",
        "//evil.example/..",
        "/%2Fevil.example/",
        "/\\evil.example/",
        "/.//evil.example/",
        "http://evil.example//evil.example/",
        "/../",
        "/../all.ics",
        "/./all.ics",
        "/;/all.ics",
        "/all.ics?//evil.example/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_odd_address_is_never_a_redirect(founding_server: RunningServer, target: str, method: str) -> None:
    reply = ask(founding_server, target, method=method)
    assert reply.status in {200, 404}
    assert reply.all("location") == []


@pytest.mark.parametrize("slug", ["trusts/old-example-trust", "trusts/example-trust"])
@pytest.mark.parametrize("tail", ["", "/value", "/soci-t-g-n-rale-value"])
@pytest.mark.parametrize("query", ["", "?kind=closing&alarm=1w&download"])
def test_another_name_answers_as_the_id_does(odd_server: RunningServer, slug: str, tail: str, query: str) -> None:
    canonical = tail.replace("soci-t-g-n-rale-value", "value")
    reply = ask(odd_server, f"/{slug}{tail}.ics{query}")
    assert reply.status == 200
    assert reply.lasting == ask(odd_server, f"/trusts/example-trust{canonical}.ics{query}").lasting


def test_the_portfolio_of_the_filing_answers_to_its_present_name(founding_server: RunningServer) -> None:
    reply = ask(founding_server, f"/{MSF}/harris-oakmark-large-cap-value.ics")
    assert reply.status == 200
    assert reply.lasting == ask(founding_server, f"/{MSF}/mfs-value.ics").lasting


# --- kinds, alarms, downloads ----------------------------------------------------------------------------------------


def test_a_choice_of_kinds_holds_their_events_as_they_are(founding_server: RunningServer) -> None:
    every = conformant(ask(founding_server, "/all.ics").body)
    chosen = conformant(ask(founding_server, "/all.ics?kind=closing&kind=record-date").body)
    assert chosen == [event for event in every if re.search(r"\.(closing|record-date)@", event.uid)]
    assert len(chosen) == 4


def test_a_kind_that_no_event_has_leaves_a_calendar_without_events(founding_server: RunningServer) -> None:
    reply = ask(founding_server, "/all.ics?kind=liquidation")
    assert (reply.status, conformant(reply.body)) == (200, [])


def test_order_and_repeats_of_kinds_change_nothing(founding_server: RunningServer) -> None:
    one = ask(founding_server, "/all.ics?kind=closing&kind=record-date")
    for query in ("kind=record-date&kind=closing", "kind=closing&x=1&kind=record-date" + 500 * "&kind=closing"):
        assert ask(founding_server, f"/all.ics?{query}").lasting == one.lasting


@pytest.mark.parametrize(
    ("alarm", "triggers"),
    [
        ("1m", {"-PT1M"}),
        ("90m", {"-PT90M", "-PT1H30M"}),
        ("12h", {"-PT12H"}),
        ("7d", {"-P7D", "-P1W"}),
        ("2w", {"-P14D", "-P2W"}),
    ],
)
def test_an_alarm_stands_in_every_event_that_is_not_cancelled(
    odd_server: RunningServer, alarm: str, triggers: set[str]
) -> None:
    plain, alarmed = ask(odd_server, "/all.ics"), ask(odd_server, f"/all.ics?alarm={alarm}")
    events = conformant(alarmed.body)
    assert [event.alarms for event in events] == [0 if event.status == "CANCELLED" else 1 for event in events]
    assert sum(event.alarms for event in events) == 3
    found = [line for line in unfolded(alarmed) if line.startswith("TRIGGER")]
    assert len(found) == 3
    assert {line.removeprefix("TRIGGER:") for line in found} <= triggers
    # All else stays as it is.
    assert re.sub(rb"(?s)BEGIN:VALARM.*?END:VALARM\r\n", b"", alarmed.body) == plain.body


def test_without_being_asked_for_there_is_no_alarm(founding_server: RunningServer) -> None:
    assert b"VALARM" not in ask(founding_server, "/all.ics").body


@pytest.mark.parametrize("query", ["download", "download=", "download=1", "x=1&download", "download&download=0"])
@pytest.mark.parametrize("target", [f"/{MSF}/mfs-value.ics?", "/selection.ics?feed=all&"])
def test_a_download_differs_in_nothing_but_its_disposition(
    founding_server: RunningServer, target: str, query: str
) -> None:
    inline, download = ask(founding_server, target), ask(founding_server, target + query)
    filename = inline["content-disposition"].removeprefix("inline; ")
    assert re.fullmatch(r'filename="[a-z0-9-]+\.ics"', filename)
    assert download["content-disposition"] == f"attachment; {filename}"
    inline.headers.remove(("content-disposition", inline["content-disposition"]))
    download.headers.remove(("content-disposition", download["content-disposition"]))
    assert download.lasting == inline.lasting


def test_downloads_of_different_feeds_have_different_file_names(founding_server: RunningServer) -> None:
    # Two portfolios here have the same name.
    names = {ask(founding_server, f"/{address}.ics?download")["content-disposition"] for address in EVENTS}
    assert len(names) == len(EVENTS)


# --- a selection of feeds --------------------------------------------------------------------------------------------


def test_a_selection_is_the_union_with_each_event_once(founding_server: RunningServer) -> None:
    reply = ask(founding_server, f"/selection.ics?feed={MSF}&feed={MIST}/mfs-value&feed={MIST}/lazard-mid-cap")
    every = conformant(ask(founding_server, "/all.ics").body)
    assert conformant(reply.body) == every
    one = conformant(ask(founding_server, f"/selection.ics?feed={MSF}&feed={MIST}/mfs-value").body)
    assert one == conformant(ask(founding_server, f"/{MSF}.ics").body)


def test_a_selection_has_the_headers_of_a_feed(founding_server: RunningServer) -> None:
    feed, selection = ask(founding_server, "/all.ics"), ask(founding_server, "/selection.ics?feed=all")
    own = {"date", "etag", "content-length", "content-disposition"}
    assert sorted(header for header in selection.headers if header[0] not in own) == sorted(
        header for header in feed.headers if header[0] not in own
    )
    assert selection["content-length"] == str(len(selection.body))
    assert selection["content-disposition"].startswith("inline; ")


def test_order_repeats_and_other_names_change_nothing_in_a_selection(founding_server: RunningServer) -> None:
    one = ask(founding_server, f"/selection.ics?feed={MIST}&feed={MSF}/mfs-value&feed=nope&feed=other")
    for feeds in (
        ("nope", f"{MSF}/mfs-value", "other", MIST),
        (MIST, MIST, f"{MSF}/mfs-value", "nope", "other", "nope", MIST),
        (MIST, f"{MSF}/harris-oakmark-large-cap-value", "other", "nope"),
        (f"{MSF}/harris-oakmark-large-cap-value", f"{MSF}/mfs-value", MIST, "other", "nope"),
        (MIST.replace("/", "%2F"), f"{MSF}/mfs-value", "other", "nope"),
    ):
        query = "&".join(f"feed={feed}" for feed in feeds)
        assert ask(founding_server, f"/selection.ics?{query}").lasting == one.lasting


def test_an_unknown_feed_of_a_selection_is_named_and_the_rest_is_served(founding_server: RunningServer) -> None:
    reply = ask(founding_server, f"/selection.ics?feed=trusts/gone-trust&feed={MSF}&feed=plans/lost-plan")
    assert uids(conformant(reply.body)) == uids(conformant(ask(founding_server, f"/{MSF}.ics").body))
    descriptions = [line for line in unfolded(reply) if line.startswith(("DESCRIPTION:Reorg", "X-WR-CALDESC:"))]
    assert len(descriptions) == 2
    for description in each_of(descriptions):
        assert "trusts/gone-trust" in description
        assert "plans/lost-plan" in description
        assert MSF not in description


@pytest.mark.parametrize(
    "name", ["%0D%0ABEGIN:VEVENT%0D%0A", "%00%1B[2J", "a%5Cn%2C%3B:%22b", "%E2%80%A8%F0%9F%93%85", "%ff"]
)
def test_an_unknown_feed_of_a_selection_is_nothing_but_text(founding_server: RunningServer, name: str) -> None:
    reply = ask(founding_server, f"/selection.ics?feed={MSF}&feed={name}")
    assert reply.status == 200
    assert len(conformant(reply.body)) == 6


def test_of_many_unknown_feeds_of_a_selection_it_says_how_many_more_there_are(founding_server: RunningServer) -> None:
    query = "".join(f"&feed=plans/lost-{number}" for number in range(1, 31))
    reply = ask(founding_server, f"/selection.ics?feed={MSF}{query}")
    (description,) = [line for line in unfolded(reply) if line.startswith("DESCRIPTION:Reorg")]
    assert "and 10 more." in description


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kind=closing;kind=record-date", "write kind=closing&kind=record-date"),
        ("kind=closing,record-date", "write kind=closing&kind=record-date"),
        ("kind=merger", 'did you mean "closing"?'),
        ("kind=merger-date", 'did you mean "closing"?'),
        ("kind=", '"kind" is empty'),
        ("kind=closng", 'did you mean "closing"?'),
    ],
)
def test_a_kind_that_is_none_gets_advice(founding_server: RunningServer, query: str, message: str) -> None:
    reply = ask(founding_server, f"/all.ics?{query}")
    assert reply.status == 400
    assert message in reply.body.decode()


def test_kinds_and_alarms_apply_to_a_selection(founding_server: RunningServer) -> None:
    reply = ask(founding_server, f"/selection.ics?feed={MSF}&kind=closing&alarm=7d&feed={MIST}/lazard-mid-cap")
    events = conformant(reply.body)
    assert [event.alarms for event in events] == [1, 1]
    assert all(".closing@" in uid for uid in each_of(uids(events)))


# --- errors ----------------------------------------------------------------------------------------------------------

INTERNALS = re.compile(
    r"Traceback|\.py\b|calfeed|werkzeug|flask|granian|\w(Error|Exception)\b|[/\\]site-packages", re.I
)
LONG = "closing" * 2000


@pytest.mark.parametrize("target", UNKNOWN)
def test_what_is_not_there_is_404(founding_server: RunningServer, target: str) -> None:
    assert ask(founding_server, target).status == 404


@pytest.mark.parametrize("target", UNREADABLE)
def test_a_choice_that_cannot_be_read_is_400(founding_server: RunningServer, target: str) -> None:
    assert ask(founding_server, target).status == 400


@pytest.mark.parametrize(
    "target",
    [
        "/nope.ics",
        f"/{LONG}.ics",
        "/%3Cscript%3Ealert(1)%3C/script%3E.ics",
        "/selection.ics",
        f"/selection.ics?feed={LONG}",
        *UNREADABLE,
        f"/all.ics?kind={LONG}",
        f"/all.ics?alarm={'9' * 5000}d",
    ],
    ids=lambda target: target[:60],
)
def test_an_error_of_a_feed_is_a_short_text_without_internals(founding_server: RunningServer, target: str) -> None:
    reply = ask(founding_server, target)
    text = reply.body.decode()
    assert reply.status in {400, 404}
    assert reply["content-type"] == "text/plain; charset=utf-8"
    assert reply["content-length"] == str(len(reply.body))
    assert 0 < len(text) < 300
    assert INTERNALS.search(text) is None
    assert str(ROOT) not in text
    assert reply.all("set-cookie") == []


def test_a_misspelt_kind_is_answered_with_the_nearest(founding_server: RunningServer) -> None:
    assert b'"record-date"' in ask(founding_server, "/all.ics?kind=record-dat").body


def test_markup_in_an_unknown_address_is_never_markup_in_the_answer(founding_server: RunningServer) -> None:
    for target in ("/%3Cscript%3Ealert(1)%3C/script%3E", "/trusts/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E/"):
        reply = ask(founding_server, target)
        assert reply.status == 404
        if not reply["content-type"].startswith("text/plain"):
            assert re.search(rb"<script>alert|<img src=x", reply.body) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "REPORT", "BREW"])
def test_other_methods_are_refused_with_those_that_are_allowed(founding_server: RunningServer, method: str) -> None:
    for target in FOUND:
        reply = ask(founding_server, target, "Content-Length: 0", method=method)
        assert reply.status == 405
        assert set(re.split(r",\s*", reply["allow"])) == {"GET", "HEAD", "OPTIONS"}
        assert reply["content-type"] == "text/plain; charset=utf-8"
        assert INTERNALS.search(reply.body.decode()) is None
        assert reply["x-content-type-options"] == "nosniff"


def test_options_says_which_methods_are_allowed(founding_server: RunningServer) -> None:
    for target in FOUND:
        reply = ask(founding_server, target, method="OPTIONS")
        assert reply.status in {200, 204}
        assert set(re.split(r",\s*", reply["allow"])) == {"GET", "HEAD", "OPTIONS"}
        assert reply.body == b""


@pytest.mark.parametrize("target", [*FOUND, "/nope", "/nope.ics", "/all.ics?kind=nope", "/all.ics?alarm=0d"])
def test_nothing_is_to_be_sniffed(founding_server: RunningServer, target: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        assert ask(founding_server, target, method=method)["x-content-type-options"] == "nosniff"


# --- beside the feeds ------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The links, the texts and the tags of a page."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""
        self.attributes: set[tuple[str, str]] = set()
        self.feed(reply.body.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]
        self.attributes |= {(tag, name) for name, _ in attrs} | {(tag, "")}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_from_the_first_page_links_lead_to_every_feed_and_every_link_works(founding_server: RunningServer) -> None:
    here = f"http://127.0.0.1:{founding_server.port}/"
    waiting, seen = [here], {here}
    while waiting:
        link = waiting.pop()
        parts = urlsplit(link)
        reply = ask(founding_server, f"{parts.path}?{parts.query}")
        assert reply.status == 200, link
        if reply["content-type"].startswith("text/html"):
            found = {urldefrag(urljoin(link, target)).url for target in Page(reply).links}
            # The selection's own links name no feed until some are ticked.
            new = {each for each in found - seen if each.startswith(here) and not each.startswith(f"{here}selection.")}
            waiting += new
            seen |= new
    assert seen >= {f"{here}{address}.ics" for address in EVENTS}


def test_names_stand_on_the_first_page_as_text(odd_server: RunningServer) -> None:
    page = Page(ask(odd_server, "/"))
    for name in (
        "Fish & <b>Chips</b>",
        'Example "Quoted" <script>alert(1)</script> Trust',
        "Growth & Income",
        "Value </th><img src=x onerror=alert(2)>",
        "'\" onmouseover=alert(3) x='",
    ):
        assert name in page.text
    assert not {("b", ""), ("img", ""), ("img", "onerror")} & page.attributes
    assert not [name for _, name in page.attributes if name.startswith("on")]


def test_the_first_page_lets_nothing_in_that_is_not_its_own(founding_server: RunningServer) -> None:
    reply = ask(founding_server, "/")
    assert reply["content-type"] == "text/html; charset=utf-8"
    assert reply["content-length"] == str(len(reply.body))
    assert reply["cache-control"] == "public, max-age=300"
    policy = {words[0]: words[1:] for part in reply["content-security-policy"].split(";") if (words := part.split())}
    for directive in ("default-src", "base-uri", "frame-ancestors"):
        assert policy[directive] == ["'none'"]
    assert reply["x-frame-options"] == "DENY"
    assert {word for words in policy.values() for word in words} <= {"'none'", "'self'"}
    assert reply.all("set-cookie") == []


def test_health_tells_state_version_and_counts_and_is_never_stored(founding_server: RunningServer) -> None:
    reply = ask(founding_server, "/health")
    expected = {"status": "ok", "version": calfeed.__version__, "trusts": 2, "portfolios": 4, "plans": 1, "events": 12}
    assert reply.status == 200
    assert json.loads(reply.body).items() >= expected.items()
    assert reply["content-type"] == "application/json"
    assert reply["cache-control"] == "no-store"


def test_robots_may_fetch_every_feed(founding_server: RunningServer) -> None:
    reply = ask(founding_server, "/robots.txt")
    assert (reply.status, reply["content-type"]) == (200, "text/plain; charset=utf-8")
    rules = RobotFileParser()
    rules.parse(reply.body.decode().splitlines())
    assert all(rules.can_fetch("Google-Calendar-Importer", f"/{address}.ics") for address in EVENTS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_served_as_it_lies_in_the_folder(founding_server: RunningServer, name: str) -> None:
    reply = ask(founding_server, f"/schema/{name}.json")
    assert (reply.status, reply["content-type"]) == (200, "application/schema+json")
    assert reply.body == (ROOT / "static" / "schema" / f"{name}.json").read_bytes()
    assert reply["access-control-allow-origin"] == "*"
