"""The answers that are kept: request by request they are those that are made."""

from itertools import product
from pathlib import Path

import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.reading.folder import load
from calfeed.serving.answers import LARGE_OCTETS, Answer, BodyInFile, KeptAnswers
from calfeed.serving.application import Application, Request
from calfeed.serving.live import Live
from tests.support import FOUNDING

METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"]
PUBLIC: frozenset[str] = frozenset()
"""What a request without a token may see beside what is public."""
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
    "/all.ics?download",
    "/tr\xfcsts/x.ics",
    "/trusts/nobody.ics",
    "/trusts/nobody/",
    "",
]
QUERIES = ["", "download", "kind=closing", "kind=nothing", "alarm=7d", "feed=all", "unknown=1", "%zz", "?"]
CONDITIONS = [
    "", "*", "{}", "W/{}", '""', '"a", {}', '{}, "a"', '"a"', "{}x", "x{}", "W/", ",", '"', " {} ", "{},",
]  # fmt: skip


@pytest.fixture(scope="module")
def application() -> Application:
    return Application(Live(FOUNDING).state)


def etag() -> str:
    found = Resources(load(FOUNDING)).find(FEED, Choice())
    assert found is not None
    return f'"{found.etag}"'


@pytest.mark.parametrize("path", PATHS, ids=ascii)
def test_a_kept_answer_is_the_one_that_is_made(application: Application, path: str) -> None:
    own, met = etag(), 0
    for method, query, condition in product(METHODS, QUERIES, CONDITIONS):
        request = Request(method, path, query, condition.format(own))
        made, kept = application.answer(request), application.kept(request)
        met += kept is not None
        assert kept in (None, made), request
        assert method in {"GET", "HEAD"} or kept is None
    assert met > 0 or application.answer(Request("GET", path)).etag == ""


def test_a_feed_is_kept_from_the_first_time_on_whoever_asks_for_it(tmp_path: Path) -> None:
    for first in (Request("GET", FEED), Request("HEAD", FEED), Request("GET", FEED, condition="*")):
        application = Application(Live(FOUNDING).state, tmp_path)
        assert application.kept(Request("GET", FEED)) is None
        application.answer(first)
        assert application.kept(Request("GET", FEED)) == application.answer(Request("GET", FEED))


@pytest.mark.parametrize(("condition", "status"), [("{}", 304), ("W/{}", 304), ("*", 304), ('"other"', 200)])
def test_a_condition_is_answered_by_what_is_kept(application: Application, condition: str, status: int) -> None:
    application.answer(Request("GET", FEED))
    for method in ("GET", "HEAD"):
        kept = application.kept(Request(method, FEED, condition=condition.format(etag())))
        assert kept is not None
        assert kept.status == status
        assert bool(kept.body) is (status == 200 and method == "GET")


# --- large answers ---------------------------------------------------------------------------------------------------


def large(number: int) -> Answer:
    return Answer(200, [], bytes([number]) * LARGE_OCTETS, f'"{number}"')


def files(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.iterdir())


def test_a_large_answer_is_kept_in_a_file_as_long_as_somebody_has_it(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)
    sent = kept.keep(("/a", "", PUBLIC), large(1))
    assert isinstance(sent.body, BodyInFile)
    assert len(sent.body) == LARGE_OCTETS
    assert kept.get(("/a", "", PUBLIC)) == sent
    kept.keep(("/a", "", PUBLIC), large(2))
    assert files(tmp_path) == [large(1).body, large(2).body]
    del sent
    assert files(tmp_path) == [large(2).body]
    del kept
    assert files(tmp_path) == []


def test_large_answers_with_the_same_bytes_share_a_file(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)
    sent = [kept.keep(("/a", f"kind={number}", PUBLIC), large(1)) for number in range(10)]
    assert files(tmp_path) == [large(1).body]
    assert {answer.body for answer in sent} == {sent[0].body}


def test_what_large_answers_take_on_the_disk_is_bounded(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)
    for number in range(30):
        kept.keep((f"/{number}", "", PUBLIC), Answer(200, [], bytes(10_000_000), f'"{number}"'))
    assert len(list(tmp_path.iterdir())) <= 20
    assert kept.get(("/29", "", PUBLIC)) is not None


@pytest.mark.parametrize("query", ["x=1", "utm_source=a&x", "kind%20=closing", "&&", "amp;x=1", "%zz"])
def test_a_query_that_says_nothing_is_answered_by_what_is_kept_without_one(query: str) -> None:
    application = Application(Live(FOUNDING).state)
    plain = application.answer(Request("GET", FEED))
    assert application.kept(Request("GET", FEED, query)) == plain


def test_spellings_of_a_query_share_what_is_kept() -> None:
    application = Application(Live(FOUNDING).state)
    chosen = application.answer(Request("GET", FEED, "kind=closing&alarm=7d"))
    assert application.kept(Request("GET", FEED, "alarm=7d&x=1&amp;Kind=closing")) == chosen
    assert application.kept(Request("GET", FEED, "kind=closing&alarm=7d&download")) is None


def test_a_large_answer_whose_file_is_gone_is_made_again(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)
    kept.keep(("/a", "", PUBLIC), large(1))
    for path in tmp_path.iterdir():
        path.unlink()
    assert kept.get(("/a", "", PUBLIC)) is None
    assert kept.keep(("/a", "", PUBLIC), large(1)) == kept.get(("/a", "", PUBLIC))


@pytest.mark.parametrize("folder", [None, Path("/nowhere")])
def test_without_a_place_for_files_a_large_answer_is_sent_all_the_same(folder: Path | None) -> None:
    assert KeptAnswers(folder).keep(("/a", "", PUBLIC), large(1)) == large(1)


def test_what_was_kept_first_is_forgotten_first(tmp_path: Path) -> None:
    kept = KeptAnswers(tmp_path)
    for number in range(300):
        kept.keep((f"/{number}", "", PUBLIC), large(number % 250))
        kept.keep((f"/{number}", "small", PUBLIC), Answer(200, [], b"small", '"tag"'))
    assert len(list(tmp_path.iterdir())) <= 200
    assert kept.get(("/0", "", PUBLIC)) is None
    assert kept.get(("/0", "small", PUBLIC)) is not None
    assert kept.get(("/299", "", PUBLIC)) is not None


def test_memory_holds_a_bounded_number_of_answers() -> None:
    kept = KeptAnswers(None)
    for number in range(5_000):
        kept.keep((f"/{number}", "", PUBLIC), Answer(200, [], bytes(LARGE_OCTETS // 2), '"tag"'))
    found = [number for number in range(5_000) if kept.get((f"/{number}", "", PUBLIC))]
    assert 500 < len(found) <= 50_000_000 // (LARGE_OCTETS // 2)
    assert found[-1] == 4_999


def test_an_answer_that_several_threads_make_counts_once_for_what_is_kept() -> None:
    kept = KeptAnswers(None)
    large = Answer(200, [], b"x" * (LARGE_OCTETS - 1))
    for path in ["/"] * 1_000 + ["/1", "/2", "/3", "/4"]:  # a thousand have no room
        kept.keep((path, "", frozenset()), large)
    found = [kept.get((path, "", frozenset())) for path in ("/", "/1", "/2", "/3", "/4")]
    assert found == [large] * 5
