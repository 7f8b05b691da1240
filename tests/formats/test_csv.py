"""CSV: what a person needs of a milestone in a spreadsheet, where no text becomes a formula."""

from dataclasses import replace

import pytest

from calfeed.addresses.resources import Resources
from calfeed.formats.csv import to_csv
from calfeed.formats.format import Options
from tests.formats.example import EXT, GROWTH_CLOSING, Asked, rows_in
from tests.support import each_of


def test_a_spreadsheet_has_a_byte_order_mark_a_header_and_crlf(resources: Resources) -> None:
    body = Asked("all").body(resources, "csv")
    assert body.startswith(b"\xef\xbb\xbffirst day,last day,")
    assert body.count(b"\xef\xbb\xbf") == 1
    assert body.endswith(b"\r\n")
    assert body.count(b"\n") == body.count(b"\r") == body.count(b"\r\n") == 1 + 21
    header = body.decode("utf-8-sig").split("\r\n")[0].split(",")
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) and None not in row.values() for row in each_of(rows_in(body)))


def test_a_spreadsheet_without_milestones_has_its_header(resources: Resources) -> None:
    assert Asked(f"{EXT}/idle").body(resources, "csv") == Asked("all").body(resources, "csv").split(b"\n")[0] + b"\n"


def test_a_row_says_what_a_person_needs(resources: Resources) -> None:
    (row,) = (each for each in rows_in(Asked("all").body(resources, "csv")) if each["uid"] == GROWTH_CLOSING)
    # More columns may come.
    assert row == row | {
        "first day": "2031-06-16",
        "last day": "2031-06-16",
        "date in words": "on or about June 16, 2031",
        "precision": "approximate",
        "status": "tentative",
        "milestone": "Closing",
        "kind": "closing",
        "target": "Growth Portfolio",
        "target trust": "Example Trust",
        "acquiring": "Value Portfolio",
        "acquiring trust": "Sample Funds",
        "subject to": "a favorable tax opinion",
        "earlier dates": "on or about May 19, 2031; fourth quarter of 2030",
        "note": "The exchange ratio is set the evening before.",
        "cancelled because": "",
        "information as of": "2031-05-12",
        "source": "Third supplement",
        "source dated": "2031-05-05",
        "source address": "https://www.example.com/third.txt",
        "plan": "Reorganizations of 2031",
    }


def test_rows_of_all_sorts_say_what_is_special_about_them(resources: Resources) -> None:
    rows = {row["uid"].partition("@")[0]: row for row in rows_in(Asked("all").body(resources, "csv"))}
    window = rows["soft.sample-funds.bond.classes-b-and-c.closing"]
    assert (window["first day"], window["last day"], window["precision"]) == ("2031-10-01", "2031-12-31", "window")
    assert (window["acquiring"], window["acquiring trust"]) == ("Fund of Another House", "")
    undated = rows["soft.sample-funds.bond.classes-b-and-c.name-change"]
    assert (undated["first day"], undated["last day"], undated["date in words"]) == ("", "", "to be announced")
    assert rows["abandoned.example-trust.bond.closing"]["cancelled because"] == "too few votes"
    assert rows["deferred.sample-funds.value.closing"]["earlier dates"] == "on or about April 28, 2031"
    liquidated = rows["wound-up.example-trust.bond.liquidation"]
    assert (liquidated["acquiring"], liquidated["acquiring trust"]) == ("", "")
    retitled = rows["moved.example-trust.growth.reconvened-meeting"]
    assert (retitled["milestone"], retitled["kind"]) == ("Reconvened meeting", "special meeting")
    same_names = rows["abandoned.example-trust.bond.special-meeting"]
    assert (same_names["target"], same_names["target trust"]) == ("Bond Portfolio", "Example Trust")
    assert (same_names["acquiring"], same_names["acquiring trust"]) == ("Bond Portfolio", "Sample Funds")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("https://www.example.com/")', '\'=HYPERLINK("https://www.example.com/")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a, b; c", "a, b; c"),
        ('"quoted"', '"quoted"'),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\r\nlines"),
        ("1 = 1", "1 = 1"),
        ("שלום 😀", "שלום 😀"),
    ],
    ids=["equals", "plus", "minus", "at", "tab", "CR", "comma", "quote", "LF", "CRLF", "inside", "letters"],
)
def test_a_cell_is_a_text_and_never_a_formula(resources: Resources, text: str, cell: str) -> None:
    # The reader makes white space into single spaces, so what comes here by itself never comes out of a file.
    feed, options = resources.feeds.feed("plans/wound-up"), Options(site=resources.catalog.site)
    entries = tuple(replace(each, milestone=each.milestone._replace(note=text)) for each in feed.entries)
    assert [row["note"] for row in rows_in(to_csv(feed._replace(entries=entries), options))] == [cell, cell]
