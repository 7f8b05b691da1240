"""Days that are counted from other milestones: where they fall, how they move, and what cannot be counted."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from calfeed.feeds.changes import changes_of
from calfeed.feeds.feeds import Feeds
from calfeed.feeds.status import Status
from calfeed.formats.csv import to_csv
from calfeed.formats.format import Options
from calfeed.formats.json import to_json
from calfeed.formats.wording import depends_on
from calfeed.model.plans import Milestone
from calfeed.model.when import Dated, Precision, Undated, When
from calfeed.reading.business_days import business_days_from, is_business_day
from calfeed.reading.folder import load
from tests import exchange_holidays
from tests.support import ROOT, data_folder, problems_of, trust_of

HEAD = """\
trust: Example Trust
sources:
  supplement: {title: Supplement, dated: "January 8, 2030"}
  second: {title: Second supplement, dated: "March 4, 2030"}
  third: {title: Third supplement, dated: "April 1, 2030"}
  month: {title: Letter, dated: May 2030}
reorganizations:
  - target: Growth Portfolio
    acquiring: Value Portfolio
"""
TRUST = trust_of(growth="Growth Portfolio", value="Value Portfolio")


def folder(path: Path, milestones: Mapping[str, str], more: str = "") -> Path:
    """A data folder with these milestones, each a value in YAML."""
    lines = "".join(f"  {name}: {value}\n" for name, value in milestones.items())
    documents = {"trusts/example-trust.yaml": TRUST, "plans/plan.yaml": f"{HEAD}{more}milestones:\n{lines}"}
    return data_folder(path, documents)


def milestone(path: Path, milestones: Mapping[str, str], slug: str, more: str = "") -> Milestone:
    """One of the milestones, read."""
    catalog = load(folder(path, milestones, more))
    return next(each for each in catalog.plans[0].reorganizations[0].milestones if each.slug == slug)


def day_of(when: When) -> str:
    return f"{when.first}" if isinstance(when, Dated) else when.reason


# --- business days ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "closed",
    [
        "2012-10-29", "2012-10-30",  # Hurricane Sandy
        "2018-12-05", "2025-01-09",  # days of mourning
        "2001-09-11", "2012-04-06", "2025-04-18",  # the attacks; Good Friday
        "2022-06-20", "2023-06-19", "2007-11-22", "2030-07-04",  # Juneteenth from 2022, Thanksgiving, Independence Day
        "2030-01-05",  # a Saturday
    ],
)  # fmt: skip
def test_the_exchange_is_closed(closed: str) -> None:
    assert not is_business_day(date.fromisoformat(closed))


@pytest.mark.parametrize("opened", ["2021-06-18", "2012-10-31", "2007-10-08", "2007-11-12", "2021-12-31"])
def test_the_exchange_is_open(opened: str) -> None:
    # Juneteenth before 2022, the day after the storm, Columbus Day, Veterans Day, the eve of a Saturday's New Year.
    assert is_business_day(date.fromisoformat(opened))


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        ("2007-11-30", -20, "2007-11-01"),
        ("2012-10-31", -1, "2012-10-26"),
        ("2030-01-05", 1, "2030-01-07"),
        ("2030-01-05", -1, "2030-01-04"),
        ("2030-01-04", 0, "2030-01-04"),
    ],
)
def test_business_days_are_counted(day: str, number: int, found: str) -> None:
    assert business_days_from(date.fromisoformat(day), number) == date.fromisoformat(found)


def test_the_table_of_holidays_is_that_of_the_library() -> None:
    printed = ROOT / "calfeed" / "reading" / "exchange_holidays.txt"
    assert printed.read_text(encoding="utf-8") == exchange_holidays.table()


AFTER_PAYMENT = "the day after the proceeds payment"
CLOSING = "closing: April 26, 2030"

# --- where a counted day falls ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words", "base", "first", "precision"),
    [
        ("proceeds payment", "30 days after the closing", CLOSING, "2030-05-26", "exact"),
        ("last purchase", "2 business days before the Closing Date", "closing: April 29, 2030", "2030-04-25", "exact"),
        ("valuation", "the business day before the closing", "closing: April 22, 2030", "2030-04-18", "exact"),
        ("proceeds payment", "on the Closing Date", CLOSING, "2030-04-26", "exact"),
        ("closed to purchases", "as of the Effective Date", "substitution: April 26, 2030", "2030-04-26", "exact"),
        ("free transfers begin", "for thirty (30) days before the Effective Date", CLOSING, "2030-03-27", "exact"),
        (
            "broker search", "at least 20 business days before the record date", "record date: March 1, 2030",
            "2030-01-31", "no later than",
        ),
        ("order forwarding ends", "within 30 days after the closing", CLOSING, "2030-05-26", "no later than"),
        (
            "proceeds payment", "promptly after the Liquidation Date", "liquidation: April 26, 2030",
            "2030-04-26", "no earlier than",
        ),
        ("last redemption", "approximately two weeks before the closing", CLOSING, "2030-04-12", "approximate"),
        ("proceeds payment", "one month after the closing", "closing: January 31, 2030", "2030-02-28", "exact"),
        (
            "proceeds payment", "30 days after the closing", "closing: on or about April 26, 2030",
            "2030-05-26", "approximate",
        ),
        ("last purchase", "prior to the Closing Date", CLOSING, "2030-04-25", "no later than"),
        ("last purchase", "shortly before the closing", CLOSING, "2030-04-26", "no later than"),
        ("proceeds payment", "concurrently with the closing", CLOSING, "2030-04-26", "exact"),
        ("proceeds payment", "on the same day as the closing", CLOSING, "2030-04-26", "exact"),
        ("n-14 withdrawal", "effective immediately", CLOSING, "2030-01-08", "exact"),
        ("other", "60 days after the date of this supplement", CLOSING, "2030-03-09", "exact"),
    ],
)  # fmt: skip
def test_a_day_is_counted(tmp_path: Path, kind: str, words: str, base: str, first: str, precision: str) -> None:
    name, _, day = base.partition(": ")
    entry = f'{{kind: {kind}, date: "{words}"}}'
    found = milestone(tmp_path, {name: f'"{day}"', "counted": entry}, "counted")
    assert (day_of(found.when), found.when.precision) == (first, precision)
    if "immediately" in words:
        assert found.when.derived is None
    else:
        assert found.when.derived is not None
        assert found.when.qualifier.startswith("derived")


def test_chains_are_followed(tmp_path: Path) -> None:
    written = {
        "closing": '"30 days after the special meeting"',
        "special meeting": "March 1, 2030",
        "valuation": '"the business day before the closing"',
    }
    assert day_of(milestone(tmp_path, written, "valuation").when) == "2030-03-29"


def test_a_clock_time_stays(tmp_path: Path) -> None:
    written = {
        "special meeting": "March 1, 2030",
        "voting deadline": '"5:00 p.m. Eastern on the business day before the special meeting"',
    }
    when = milestone(tmp_path, written, "voting-deadline").when
    assert isinstance(when, Dated)
    assert when.clock is not None
    assert when.clock.isoformat() == "2030-02-28T22:00:00+00:00"


@pytest.mark.parametrize(
    ("closing", "reason"),
    [
        ("April 2030", "the date of the closing is not one day"),
        ("April 3-5, 2030", "the date of the closing is not one day"),
        ("no later than April 26, 2030", "the date of the closing is not one day"),
        ("to be announced", "the closing has no date"),
    ],
)
def test_a_base_without_one_day_leaves_it_undated(tmp_path: Path, closing: str, reason: str) -> None:
    found = milestone(tmp_path, {"closing": closing, "valuation": '"the day before the closing"'}, "valuation")
    assert isinstance(found.when, Undated)
    assert found.when.precision is Precision.UNKNOWN
    assert found.when.reason == reason
    assert found.when.derived is not None


# --- what happens to its base ----------------------------------------------------------------------------------------

PAYMENT = '"30 days after the closing"'


def test_it_moves_and_is_revised_with_its_base(tmp_path: Path) -> None:
    moved = '{date: "May 10, 2030", source: second, previously: ["April 26, 2030"]}'
    before = milestone(tmp_path / "a", {"closing": "April 26, 2030", "proceeds payment": PAYMENT}, "proceeds-payment")
    after = milestone(tmp_path / "b", {"closing": moved, "proceeds payment": PAYMENT}, "proceeds-payment")
    assert (day_of(before.when), before.sequence, str(before.revised)) == ("2030-05-26", 0, "2030-01-08")
    assert (day_of(after.when), after.sequence, str(after.revised)) == ("2030-06-09", 1, "2030-03-04")


def test_it_is_cancelled_with_its_base(tmp_path: Path) -> None:
    closing = '{date: "April 26, 2030", cancelled: {source: second}}'
    found = milestone(tmp_path, {"closing": closing, "proceeds payment": PAYMENT}, "proceeds-payment")
    assert found.cancelled is not None
    assert found.sequence == 1


def test_it_counts_from_the_day_of_completion(tmp_path: Path) -> None:
    completed = 'completed: {source: third, date: "March 29, 2030"}\n'
    written = {"closing": "April 26, 2030", "proceeds payment": PAYMENT}
    found = milestone(tmp_path, written, "proceeds-payment", completed)
    assert day_of(found.when) == "2030-04-28"
    assert (found.sequence, str(found.revised)) == (1, "2030-04-01")


def test_sequence_never_falls_as_authors_go_on(tmp_path: Path) -> None:
    once = '{date: "May 10, 2030", source: second, previously: ["April 26, 2030"]}'
    twice = '{date: "May 24, 2030", source: third, previously: ["May 10, 2030", "April 26, 2030"]}'
    printed = '{date: "June 20, 2030", source: third, previously: ["30 days after the closing"]}'
    steps = [
        {"closing": "April 26, 2030", "proceeds payment": PAYMENT},
        {"closing": once, "proceeds payment": PAYMENT},
        {"closing": twice, "proceeds payment": PAYMENT},
        {"closing": twice, "proceeds payment": printed},
    ]
    found = [milestone(tmp_path / str(number), step, "proceeds-payment").sequence for number, step in enumerate(steps)]
    assert found == [0, 1, 2, 3]


MEETING_MOVED = '{date: "March 8, 2030", source: second, previously: ["March 1, 2030"]}'
MEETING_DEFERRED = '{date: "until further notice", source: second, previously: ["March 1, 2030"]}'
MEETING_MOVED_TWICE = '{date: "March 22, 2030", source: second, previously: ["March 8, 2030", "March 1, 2030"]}'
MEETING_MOVED_LATER = '{date: "March 22, 2030", source: third, previously: ["March 8, 2030", "March 1, 2030"]}'
COUNTED_ANEW = (
    '{date: "30 days after the special meeting", source: %s, previously: ["20 days after the special meeting"]}'
)


@pytest.mark.parametrize(
    ("meeting", "closing", "stood"),
    [
        ("March 1, 2030", COUNTED_ANEW % "second", "2030-03-21"),  # what it counts from never moved
        (MEETING_MOVED, COUNTED_ANEW % "second", "2030-03-21"),  # both changed by one document
        (MEETING_MOVED, COUNTED_ANEW % "third", "2030-03-28"),  # the meeting moved first
        (MEETING_MOVED.replace("second", "third"), COUNTED_ANEW % "second", "2030-03-21"),  # the meeting moved later
        (MEETING_MOVED_TWICE, COUNTED_ANEW % "second", "2030-03-28"),
        (MEETING_MOVED_LATER, COUNTED_ANEW % "second", ""),  # nobody can tell whether the first move came before
        (
            MEETING_MOVED,
            '{date: "May 1, 2030", source: third, previously: ["30 days after the special meeting", "20 days after the '
            'special meeting"]}',
            "2030-04-07",
        ),
        (
            MEETING_DEFERRED,
            '{date: "until further notice", source: second, previously: ["20 days after the special meeting"]}',
            "2030-03-21",
        ),
    ],
)
def test_an_earlier_day_is_counted_from_what_stood_then(tmp_path: Path, meeting: str, closing: str, stood: str) -> None:
    found = milestone(tmp_path, {"special meeting": meeting, "closing": closing}, "closing")
    before = found.previously[0]
    assert (f"{before.first}" if isinstance(before, Dated) else "") == stood


def test_of_two_earlier_days_the_older_one_has_no_day_where_its_base_has_moved(tmp_path: Path) -> None:
    earlier = '["30 days after the special meeting", "20 days after the special meeting"]'
    closing = f'{{date: "May 1, 2030", source: third, previously: {earlier}}}'
    found = milestone(tmp_path, {"special meeting": MEETING_MOVED, "closing": closing}, "closing")
    assert [isinstance(each, Dated) for each in found.previously] == [True, False]


def test_an_earlier_day_is_counted_through_what_counts_itself(tmp_path: Path) -> None:
    written = {
        "special meeting": MEETING_MOVED,
        "closing": '"10 days after the special meeting"',
        "valuation": '{date: "on the Closing Date", source: second, previously: ["the day before the closing"]}',
    }
    found = milestone(tmp_path, written, "valuation")
    assert [day_of(found.when), *(day_of(each) for each in found.previously if each)] == ["2030-03-18", "2030-03-10"]


@pytest.mark.parametrize("closing", ["until further notice", "to be announced", "second quarter of 2030"])
def test_it_is_deferred_on_its_last_day_where_its_base_is_without_one_day(tmp_path: Path, closing: str) -> None:
    deferred = f'{{date: "{closing}", source: second, previously: ["April 26, 2030"]}}'
    written = {
        "closing": deferred,
        "valuation": '"the day before the closing"',
        "last purchase": '"the day before the valuation"',
    }
    catalog = load(folder(tmp_path, written))
    events = {each.uid.partition("@")[0].rpartition(".")[2]: each for each in Feeds(catalog).feed("all").events}
    assert f"{events['valuation'].start} {events['last-purchase'].start}" == "2030-04-25 2030-04-24"
    assert {events["valuation"].status, events["last-purchase"].status} == {Status.CANCELLED}
    assert events["valuation"].summary.startswith("Deferred, no new date: ")


def test_it_is_deferred_on_no_day_that_it_never_had(tmp_path: Path) -> None:
    closing = '{date: "to be announced", source: third, previously: ["second quarter of 2030", "April 26, 2030"]}'
    payment = '{date: "10 days after the closing", source: second}'
    assert milestone(tmp_path, {"closing": closing, "proceeds payment": payment}, "proceeds-payment").shown is None


def test_an_earlier_day_is_counted_from_the_earlier_day_of_what_is_deferred(tmp_path: Path) -> None:
    written = {
        "closing": '{date: "until further notice", source: third, previously: ["April 26, 2030"]}',
        "proceeds payment": '{date: "10 days after the closing", source: second, previously: ["May 1, 2030"]}',
        "completion announcement": (
            '{date: "May 20, 2030", source: second, previously: ["5 days after the proceeds payment"]}'
        ),
    }
    found = milestone(tmp_path, written, "completion-announcement")
    assert [day_of(each) for each in found.previously if each] == ["2030-05-06"]


def test_what_is_deferred_with_its_base_is_no_change_of_its_own(tmp_path: Path) -> None:
    deferred = '{date: "until further notice", source: second, previously: ["April 26, 2030"]}'
    changes = changes_of(Feeds(load(folder(tmp_path, {"closing": deferred, "proceeds payment": PAYMENT}))).feed("all"))
    assert [each.title.partition(":")[0] for each in changes] == ["Closing deferred", "New"]


def test_it_has_no_event_where_its_base_was_deferred_before_it_was_known(tmp_path: Path) -> None:
    deferred = '{date: "until further notice", source: second, previously: ["April 26, 2030"]}'
    valuation = '{date: "the day before the closing", source: second}'
    assert milestone(tmp_path, {"closing": deferred, "valuation": valuation}, "valuation").shown is None


def test_what_happened_before_its_base_was_cancelled_stays(tmp_path: Path) -> None:
    meeting = '{date: "May 1, 2030", cancelled: {source: second}}'
    past = {"special meeting": meeting, "record date": '"60 days before the special meeting"'}
    ahead = {"special meeting": meeting, "record date": '"50 days before the special meeting"'}
    assert milestone(tmp_path / "past", past, "record-date").cancelled is None
    assert milestone(tmp_path / "ahead", ahead, "record-date").cancelled is not None


def test_an_event_says_which_day_a_document_means_by_today(tmp_path: Path) -> None:
    catalog = load(folder(tmp_path, {"closing": "April 29, 2030", "announcement": "effective immediately"}))
    (event,) = (each for each in Feeds(catalog).feed("all").events if ".announcement@" in each.uid)
    assert "When: effective immediately (January 8, 2030)\n" in event.description


def test_every_format_says_that_it_was_counted_and_from_what(tmp_path: Path) -> None:
    written = {"closing": "April 29, 2030", "last purchase": '"two business days before the Closing Date"'}
    catalog = load(folder(tmp_path, written))
    feed = Feeds(catalog).feed("all")
    (event,) = (each for each in feed.events if ".last-purchase@" in each.uid)
    assert event.status is Status.TENTATIVE
    assert "(derived)" in event.summary
    assert "When: two business days before the Closing Date" in event.description
    assert "calfeed counted this day from the closing by these words" in event.description
    assert "Business days are those of the New York Stock Exchange." in event.description
    (counted,) = (
        each
        for each in json.loads(to_json(feed, Options(site=catalog.site)))["milestones"]
        if each["kind"] == "last-purchase"
    )
    assert counted["date"]["first"] == "2030-04-25"
    assert counted["date"]["derived"] == {
        "base": "closing", "amount": 2, "unit": "business days", "direction": "before", "base_is": [],
    }  # fmt: skip
    rows = csv.DictReader(StringIO(to_csv(feed, Options(site=catalog.site)).decode("utf-8-sig")))
    assert [row["counted"] for row in rows if row["kind"] == "last purchase"] == ["2 business days before the closing"]


# --- what cannot be counted ------------------------------------------------------------------------------------------


ON_APPROVAL = '{date: "April 26, 2030", subject to: shareholder approval}'
SAYS_HOW_ITS_BASE_IS = [
    ("April 26, 2030", "", ""),
    ("on or about April 26, 2030", "", "approximate"),
    ("expected April 26, 2030", "", "expected"),
    (ON_APPROVAL, "", "conditional"),
    ('{date: "April 26, 2030", subject to: change}', "", "subject to change"),
    ('{date: "on or about April 26, 2030", subject to: [a tax opinion, change]}', "",
     "approximate, conditional and subject to change"),
    (ON_APPROVAL, "approved: {source: second}\n", ""),
    (ON_APPROVAL, 'completed: {source: third, date: "March 29, 2030"}\n', ""),
    (ON_APPROVAL, "cancelled: {source: second}\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("closing", "more", "says"), SAYS_HOW_ITS_BASE_IS, ids=range(len(SAYS_HOW_ITS_BASE_IS)))
def test_it_says_how_far_from_firm_its_base_is(tmp_path: Path, closing: str, more: str, says: str) -> None:
    milestones = {"closing": closing, "proceeds payment": "10 days after the closing", "delisting": AFTER_PAYMENT}
    catalog = load(folder(tmp_path, milestones, more))
    feed, options = Feeds(catalog).feed("all"), Options(site=catalog.site)
    events = {event.uid.rpartition("@")[0].rpartition(".")[2]: event for event in feed.events}
    found = {each.slug: each for each in catalog.plans[0].reorganizations[0].milestones}
    in_json = {each["kind"]: each["date"]["derived"] for each in json.loads(to_json(feed, options))["milestones"]}
    rows = list(csv.DictReader(StringIO(to_csv(feed, options).decode("utf-8-sig"))))
    words = says.replace(" and ", ", ").split(", ") if says else []
    assert [row["counted from what is"] for row in rows if row["kind"] != "closing"] == ["; ".join(words)] * 2
    for slug, base in {"proceeds-payment": "closing", "delisting": "proceeds payment"}.items():
        lines = events[slug].description.split("\n")
        assert [line for line in lines if line.startswith(f"The {base} is")] == (
            [f"The {base} is {says}."] if says else []
        )
        assert depends_on(found[slug]) == (f"depends on the {base}, which is {says}" if says else "")
        assert in_json[slug]["base_is"] == words
        assert events[slug].status is (Status.CANCELLED if "cancelled" in more else Status.TENTATIVE)


def test_what_it_depends_on_itself_is_said_before_its_base(tmp_path: Path) -> None:
    payment = '{date: "at least 10 days after the closing", subject to: [a tax opinion, change]}'
    found = milestone(tmp_path, {"closing": ON_APPROVAL, "proceeds payment": payment}, "proceeds-payment")
    assert depends_on(found) == "depends on a tax opinion and the closing, which is conditional, and may change"


def test_a_base_that_is_not_applicable_is_named_by_its_line(tmp_path: Path) -> None:
    more = "    milestones:\n      closing: not applicable\n"
    written = {"closing": "April 26, 2030", "valuation": '"the business day before the closing"'}
    (problem,) = [str(each) for each in problems_of(folder(tmp_path, written, more))]
    assert 'counts from the closing, which is not applicable on line 11: write what "valuation" is there' in problem


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            {"special meeting": "March 1, 2030", "valuation": '"the business day before the closing"'},
            '"the business day before the closing" counts from the closing, which is not among the milestones: add it',
        ),
        (
            {"closing": '"the day after the valuation"', "valuation": '"the day before the closing"'},
            '"the day before the closing" makes "valuation" count from "closing", which counts from it: give one day',
        ),
        (
            {"closing": '"on the Closing Date"'},
            '"on the Closing Date" makes "closing" count from itself: give one day',
        ),
        (
            {
                "special meeting": "March 1, 2030",
                "second vote": '{kind: special meeting, date: "March 8, 2030"}',
                "voting deadline": '"the day before the special meeting"',
            },
            '"the day before the special meeting" could count from more than one milestone: give the day '
            'if the source does, or else write "to be announced", and these words in a note',
        ),
        (
            {"n-14 withdrawal": '{date: "May 1, 2030", source: second, previously: ["effective immediately"]}'},
            '"effective immediately" is the day of a document that "previously" does not name',
        ),
        (
            {"n-14 withdrawal": '{date: "effective immediately", source: month}'},
            '"effective immediately" counts from the day of its source "month", which gives only the month May 2030',
        ),
        (
            {"redemption fee ends": '{kind: other, date: "30 days after the date of this supplement", source: month}'},
            "which gives only the month May 2030: write the month, or a day that is stated elsewhere",
        ),
        (
            {
                "special meeting": "July 1, 2030",
                "voting deadline": '"5:00 p.m. EST on the business day before the special meeting"',
            },
            '"EST" is not in force on June 28, 2030: name Eastern',
        ),
    ],
)
def test_what_cannot_be_counted_is_a_problem(tmp_path: Path, written: dict[str, str], problem: str) -> None:
    problems = [str(each) for each in problems_of(folder(tmp_path, written))]
    assert len(problems) == 1, problems
    assert problem in problems[0]
