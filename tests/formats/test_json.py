"""JSON: all that is known of a milestone."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from calfeed.addresses.resources import Resources
from calfeed.model import plans, trusts
from calfeed.model.kinds import Kind
from calfeed.model.when import Undated, in_words
from tests.formats.example import DOMAIN, GROWTH_CLOSING, SAMPLE, Asked, milestones_in, rows_in


def one(resources: Resources, uid: str) -> dict[str, Any]:
    """The milestone of a UID, as JSON has it."""
    (found,) = (each for each in milestones_in(Asked("all").body(resources, "json")) if each["uid"] == uid)
    return found


def source(key: str, title: str, dated: str, url: str | None = None) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "dated": dated,
        "dated_in_words": in_words(date.fromisoformat(dated)),
        "entered": None,
        "url": url,
        "form": None,
        "accession": None,
        "left_out": [],
    }


FIRST = source("first", "First supplement", "2031-01-06", "https://www.example.com/first.txt")
SECOND = source("second", "Second supplement", "2031-03-03")
THIRD = source("third", "Third supplement", "2031-05-05", "https://www.example.com/third.txt") | {
    "form": "497",
    "accession": "0000123456-31-000003",
}
RESULTS = source("results", "Results of the vote", "2031-05-12")


def test_a_milestone_says_everything(resources: Resources) -> None:
    def day(words: str, iso: str) -> dict[str, Any]:
        return {
            "words": words,
            "first": iso,
            "last": iso,
            "precision": "approximate",
            "qualifier": "on or about",
            "anchor": None,
            "instant": None,
            "zone": None,
            "derived": None,
            "reason": None,
        }

    assert one(resources, GROWTH_CLOSING) == {
        "uid": GROWTH_CLOSING,
        "kind": "closing",
        "title": "Closing",
        "definition": "The reorganization takes effect.",
        "code": "MRGR, EXOF, EFFD",
        "rule": None,
        "whose": None,
        "of": "target",
        "summary": "~ Closing: Growth (EXT) → Value (Sample Funds) (on or about)",
        "status": "tentative",
        "date": day("on or about June 16, 2031", "2031-06-16"),
        "stated": day("on or about June 16, 2031", "2031-06-16"),
        "event": {"start": "2031-06-16", "end": "2031-06-17"},
        "conditions": ["a favorable tax opinion"],
        "may_change": False,
        "note": "The exchange ratio is set the evening before.",
        "quote": None,
        "as_printed": False,
        "previously": [
            day("on or about May 19, 2031", "2031-05-19"),
            {
                "words": "fourth quarter of 2030",
                "first": "2030-10-01",
                "last": "2030-12-31",
                "precision": "window",
                "qualifier": "expected fourth quarter of 2030",
                "anchor": None,
                "instant": None,
                "zone": None,
                "derived": None,
                "reason": None,
            },
        ],
        "corrected": ["2031-05-07"],
        "cancelled": None,
        "approved": RESULTS,
        "completed": None,
        "sequence": 4,
        "revised": "2031-05-12",
        "source": THIRD,
        "plan": {
            "id": "moved",
            "title": "Reorganizations of 2031",
            "sources": [FIRST, SECOND, THIRD, RESULTS],
        },
        "reorganization": {"id": None, "cancelled": None, "approved": RESULTS, "completed": None},
        "target": {
            "id": "growth",
            "name": "Growth Portfolio",
            "short_name": None,
            "other_names": ["Former Growth Portfolio"],
            "earlier_names": ["Income Portfolio"],
            "classes": [],
            "trust": {
                "id": "example-trust",
                "name": "Example Trust",
                "short_name": "EXT",
                "other_names": ["Former Example Trust"],
                "cik": "0000123456",
            },
        },
        "acquiring": {
            "id": "value",
            "name": "Value Portfolio",
            "short_name": None,
            "other_names": [],
            "earlier_names": [],
            "classes": [],
            "trust": {
                "id": "sample-funds",
                "name": "Sample Funds",
                "short_name": None,
                "other_names": [],
                "cik": None,
            },
        },
    }


def test_a_clock_time_is_an_instant_with_its_zone(resources: Resources) -> None:
    meeting = one(resources, f"moved.example-trust.growth.special-meeting@{DOMAIN}")
    assert meeting["date"] == {
        "words": "February 27, 2031 at 10:00 a.m. Eastern",
        "first": "2031-02-27",
        "last": "2031-02-27",
        "precision": "exact",
        "qualifier": None,
        "anchor": None,
        "instant": "2031-02-27T15:00:00Z",
        "zone": "America/New_York",
        "derived": None,
        "reason": None,
    }
    assert meeting["event"] == {"start": "2031-02-27T15:00:00Z", "end": "2031-02-27T16:00:00Z"}


def test_a_cancellation_says_why_and_by_which_source(resources: Resources) -> None:
    closing = one(resources, f"abandoned.example-trust.bond.closing@{DOMAIN}")
    assert (closing["cancelled"]["reason"], closing["cancelled"]["source"]["key"]) == ("too few votes", "notice")


def test_a_completed_milestone_has_its_day_its_source_and_what_was_planned(resources: Resources) -> None:
    closing = one(resources, f"done.example-trust.growth.closing@{DOMAIN}")
    assert (closing["date"]["words"], closing["date"]["precision"]) == ("April 30, 2031", "exact")
    assert (closing["completed"]["key"], closing["reorganization"]["completed"]["key"]) == ("report", "report")
    assert closing["stated"]["words"] == "on or about April 28, 2031"
    planned = [state["words"] for state in closing["previously"]]
    assert planned == ["on or about April 28, 2031", "on or about April 14, 2031"]


def test_the_feed_says_where_it_is_and_what_it_holds(resources: Resources) -> None:
    feed = json.loads(Asked(f"{SAMPLE}/value").body(resources, "json"))
    del feed["milestones"]
    assert feed == {
        "version": 1,
        "address": f"/{SAMPLE}/value",
        "name": "Value (Sample Funds)",
        "description": "Reorganization milestones of Value Portfolio, a series of Sample Funds. Taken from filings; "
        "the filing governs.",
        "url": f"https://{DOMAIN}/{SAMPLE}/value/",
    }


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (Asked("all", kinds=("record-date", "closing")), "/all?kind=closing&kind=record-date"),
        (
            Asked("selection", kinds=("closing",), feeds=("plans/soft", "plans/done")),
            "/selection?feed=plans/done&feed=plans/soft&kind=closing",
        ),
    ],
    ids=["kinds", "a selection"],
)
def test_the_address_says_what_was_chosen(resources: Resources, asked: Asked, address: str) -> None:
    assert json.loads(asked.body(resources, "json"))["address"] == address


STATUSES = {
    f"moved.example-trust.growth.record-date@{DOMAIN}": "confirmed",
    GROWTH_CLOSING: "tentative",
    f"abandoned.example-trust.bond.special-meeting@{DOMAIN}": "confirmed",
    f"abandoned.example-trust.bond.closing@{DOMAIN}": "cancelled",
    f"abandoned.example-trust.bond.name-change@{DOMAIN}": "cancelled",
    f"done.example-trust.growth.closing@{DOMAIN}": "confirmed",
    f"soft.sample-funds.bond.classes-b-and-c.board-approval@{DOMAIN}": "confirmed",
    f"soft.sample-funds.bond.classes-b-and-c.closing@{DOMAIN}": "tentative",
    f"soft.sample-funds.bond.classes-b-and-c.name-change@{DOMAIN}": "undated",
    f"wound-up.example-trust.bond.last-purchase@{DOMAIN}": "tentative",
}


def statuses(resources: Resources) -> tuple[dict[str, str], dict[str, str]]:
    """The status by UID, as JSON and as CSV have it."""
    in_json = {each["uid"]: each["status"] for each in milestones_in(Asked("all").body(resources, "json"))}
    return in_json, {row["uid"]: row["status"] for row in rows_in(Asked("all").body(resources, "csv"))}


def test_the_status_says_how_firm_a_milestone_is(resources: Resources) -> None:
    in_json, in_csv = statuses(resources)
    assert in_json == in_csv
    assert {uid: in_json[uid] for uid in STATUSES} == STATUSES


def test_what_is_deferred_is_not_called_cancelled(resources: Resources) -> None:
    uid = f"deferred.sample-funds.value.closing@{DOMAIN}"
    assert {found[uid] for found in statuses(resources)} <= {"deferred", "undated"}


# Where each thing that the model knows stands in a milestone of the JSON.
WHERE = {
    "Trust": {
        "id": "target.trust.id",
        "name": "target.trust.name",
        "short_name": "target.trust.short_name",
        "other_names": "target.trust.other_names",
        "cik": "target.trust.cik",
    },
    "Portfolio": {
        "trust": "target.trust",
        "id": "target.id",
        "name": "target.name",
        "short_name": "target.short_name",
        "other_names": "target.other_names",
        "earlier_names": "target.earlier_names",
        "label": "summary",
    },
    "OutsideFund": {"name": "acquiring.name"},
    "Source": {
        "key": "source.key",
        "title": "source.title",
        "dated": "source.dated",
        "url": "source.url",
        "form": "source.form",
        "accession": "source.accession",
        "gives_month": "source.dated_in_words",
        "entered": "source.entered",
        "left_out": "source.left_out",
    },
    "Cancellation": {"source": "cancelled.source", "reason": "cancelled.reason"},
    "Milestone": {
        "slug": "uid",
        "kind": "kind",
        "title": "title",
        "when": "date",
        "conditions": "conditions",
        "note": "note",
        "source": "source",
        "previously": "previously",
        "corrected": "corrected",
        "cancelled": "cancelled",
        "approved": "approved",
        "completed": "completed",
        "sequence": "sequence",
        "revised": "revised",
        "as_of": "revised",
        "stated": "stated",
        "of": "of",
        "may_change": "may_change",
        "quote": "quote",
        "as_printed": "as_printed",
    },
    "Reorganization": {
        "key": "uid",
        "id": "reorganization.id",
        "target": "target",
        "target_classes": "target.classes",
        "acquiring": "acquiring",
        "acquiring_classes": "acquiring.classes",
        "milestones": "uid",
        "cancelled": "reorganization.cancelled",
        "approved": "reorganization.approved",
        "completed": "reorganization.completed",
    },
    "Plan": {"id": "plan.id", "title": "plan.title", "sources": "plan.sources", "reorganizations": "target"},
    "Dated": {
        "words": "date.words",
        "first": "date.first",
        "last": "date.last",
        "precision": "date.precision",
        "qualifier": "date.qualifier",
        "anchor": "date.anchor",
        "clock": "date.instant",
        "zone": "date.zone",
        "derived": "date.words",
        "is_expected_limit": "date.words",
    },
    "Undated": {"words": "date.words", "derived": "date.words", "reason": "date.words"},
    "Kind": {
        "name": "kind",
        "label": "title",
        "definition": "definition",
        "code": "code",
        "rule": "rule",
        "whose": "whose",
        "completes": "completed",
        "begins": "kind",
        "ends": "kind",
        "needs_of": "of",
        "approves": "approved",
    },
}
PLACES = {f"{name}.{field}": place for name, found in WHERE.items() for field, place in found.items()}


def fields_of(value: type) -> set[str]:
    """The fields of a dataclass or a named tuple; nothing of another class."""
    if is_dataclass(value):
        return {field.name for field in fields(value)}
    return set(getattr(value, "_fields", ()))


def test_everything_that_the_model_knows_has_its_place() -> None:
    values = [each for each in {**vars(plans), **vars(trusts)}.values() if isinstance(each, type)]
    # Nor are who may see it: whoever is answered may; and what follows from a portfolio's name and its trust's.
    told_otherwise = {"confidential", "stands_alone"}
    known = {each.__name__: fields_of(each) - told_otherwise for each in (*values, Undated, Kind) if fields_of(each)}
    # The site is not a milestone's; a portfolio has the names, and a source the words that are left out.
    others = {"Site", "Names", "LeftOut"}
    assert {name: set(found) for name, found in WHERE.items()} == {k: v for k, v in known.items() if k not in others}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_json_has_what_the_model_knows(resources: Resources, place: str) -> None:
    found: list[Any] = milestones_in(Asked("all").body(resources, "json"))
    for member in place.split("."):
        found = [part[member] for part in found if part and member in part]
    assert any(found)
