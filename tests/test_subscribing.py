"""The links of the subscribe panel: the address is in them whole, and nobody is sent where it cannot be reached."""

from urllib.parse import parse_qs, urlsplit

import pytest

from calfeed.formats.qr_code import qr_code
from calfeed.formats.subscribing import WAYS, is_reachable, link

ADDRESS = "https://calendars.example.com/selection.ics?feed=trusts/a&feed=trusts/b/c&kind=closing"
NAME = 'Growth & "Income" (日本): 50% #1'
ENCODED = "%3A%2F%2Fcalendars.example.com%2Fselection.ics%3Ffeed%3Dtrusts%2Fa%26feed%3Dtrusts%2Fb%2Fc%26kind%3Dclosing"


LINKS = {way.name: link(way, ADDRESS, NAME) for way in WAYS}


@pytest.mark.parametrize(
    ("name", "host"), [("Outlook (work or school)", "outlook.office.com"), ("Outlook.com", "outlook.live.com")]
)
def test_outlook_is_given_the_whole_https_address_and_the_name(name: str, host: str) -> None:
    found = LINKS[name]
    assert found.startswith(f"https://{host}/calendar/0/addfromweb?url=https{ENCODED}&name=")
    assert parse_qs(urlsplit(found).query, strict_parsing=True) == {"url": [ADDRESS], "name": [NAME]}


def test_google_is_opened_where_the_copied_address_is_pasted() -> None:
    assert LINKS["Google Calendar"] == "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"


def test_apple_is_given_a_webcal_address() -> None:
    assert LINKS["Apple Calendar (iPhone, iPad, Mac)"] == ADDRESS.replace("https:", "webcal:")


def test_an_address_without_tls_becomes_webcal_too() -> None:
    (apple,) = (way for way in WAYS if "webcal" in way.link)
    assert link(apple, "http://intranet:8000/all.ics", "All") == "webcal://intranet:8000/all.ics"


def test_the_ways_that_fetch_by_servers_of_their_own_say_so() -> None:
    assert [way.name for way in WAYS if way.reaches_out] == [
        "Outlook (work or school)", "Outlook.com", "Google Calendar",
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
