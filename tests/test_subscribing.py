"""The links of the subscribe panel: the address is in them whole, and nobody is sent where it cannot be reached."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from calfeed.formats.qr import qr_code
from calfeed.formats.subscribing import is_reachable, link, ways
from tests.support import each_of

ADDRESS = "https://calendars.example.com/selection.ics?feed=trusts/a&feed=trusts/b/c&kind=closing"
NAME = 'Growth & "Income" (日本): 50% #1'
ENCODED = "%3A%2F%2Fcalendars.example.com%2Fselection.ics%3Ffeed%3Dtrusts%2Fa%26feed%3Dtrusts%2Fb%2Fc%26kind%3Dclosing"


def links(google_links: str) -> dict[str, str]:
    """The link of each way to subscribe to the address, by the way's name."""
    return {way.name: link(way, ADDRESS, NAME) for way in ways(google_links)}


@pytest.mark.parametrize("scheme", ["webcal", "https"])
def test_google_is_given_the_whole_address_in_the_chosen_scheme(scheme: str) -> None:
    assert links(scheme)["Google Calendar"] == f"https://calendar.google.com/calendar/r?cid={scheme}{ENCODED}"


@pytest.mark.parametrize(
    ("name", "host"),
    [("Outlook (work)", "outlook.office.com"), ("Outlook (personal)", "outlook.live.com")],
    ids=["work", "personal"],
)
@pytest.mark.parametrize("google_links", ["webcal", "https"])
def test_outlook_is_given_the_whole_https_address_and_the_name(name: str, host: str, google_links: str) -> None:
    found = links(google_links)[name]
    assert found.startswith(f"https://{host}/calendar/0/addfromweb?url=https{ENCODED}&name=")
    assert parse_qs(urlsplit(found).query, strict_parsing=True) == {"url": [ADDRESS], "name": [NAME]}


@pytest.mark.parametrize("google_links", ["webcal", "https"])
def test_other_calendars_are_given_a_webcal_address(google_links: str) -> None:
    assert links(google_links)["Apple and other calendars"] == ADDRESS.replace("https:", "webcal:")


def test_an_address_without_tls_becomes_webcal_too() -> None:
    *_, apple = ways("webcal")
    assert link(apple, "http://intranet:8000/all.ics", "All") == "webcal://intranet:8000/all.ics"


def test_each_way_says_in_one_line_what_happens_next_and_how_often_it_looks() -> None:
    assert len(ways("webcal")) == 4
    for way in each_of(ways("webcal")):
        assert re.fullmatch(r".*\b(?:hours|minutes)\b.*", way.then)


def test_the_ways_that_fetch_by_servers_of_their_own_say_so() -> None:
    assert [way.name for way in ways("webcal") if way.reaches_out] == [
        "Google Calendar", "Outlook (work)", "Outlook (personal)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "https://calendars.example.com",
        "https://calendars.example.com:8443/calendars",
        "http://8.8.8.8:8000",
        "https://[2001:4860:4860::8888]",
        "https://calendars.localhost.example.com",
    ],
)
def test_a_public_host_can_be_reached(address: str) -> None:
    assert is_reachable(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8000",
        "http://localhost.:8000",
        "http://LOCALHOST",
        "http://intranet",
        "http://calendars.local",
        "http://calendars.localhost",
        "http://calendars.internal",
        "http://calendars.lan",
        "http://127.0.0.1:8000",
        "http://10.1.2.3",
        "http://172.20.0.1",
        "http://192.168.1.1:8000/calendars",
        "http://169.254.1.1",
        "http://100.64.0.1",
        "http://0.0.0.0:8000",
        "http://[::1]:8000",
        "http://[fd00::1]",
        "http://[fe80::1]",
    ],
)
def test_a_local_name_or_a_private_address_cannot_be_reached(address: str) -> None:
    assert not is_reachable(address)


def test_an_address_becomes_a_picture_of_its_own() -> None:
    first, second = qr_code(ADDRESS), qr_code(f"{ADDRESS}&alarm=7d")
    assert first.startswith(b"<?xml")
    assert first == qr_code(ADDRESS)
    assert first != second


def test_an_address_that_is_too_long_for_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="QR"):
        qr_code(f"https://calendars.example.com/{'x' * 3000}")
