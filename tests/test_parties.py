"""Who takes part in a reorganization, as events say it: classes, funds that stand alone, names alike, whose it is.

And that subscribers take up every change, by the rules of real ones.
"""

from datetime import datetime
from pathlib import Path
from textwrap import dedent

import pytest

from calfeed.addresses.choices import Choice
from calfeed.feeds.events import Event
from calfeed.feeds.feeds import Feeds
from tests.support import SITE, loaded, make_folder, problems_of

TRUST = """\
name: Example Trust
short name: EXT
portfolios:
  money: Money Market Fund
  growth: Growth Fund
  growth-2: Growth Portfolio
  value: {name: Example Large Value Portfolio, short name: Large Value, earlier names: Income Fund}
  azl: AZL Fund
"""
ALONE = "name: Sample Income Fund\nshort name: SIF\nportfolios: {fund: Sample Income Fund}\n"
SOURCES = """\
trust: Example Trust
sources:
  first: {title: Supplement, dated: "January 8, 2031"}
  second: {title: Second supplement, dated: "March 3, 2031"}
  third: {title: Third supplement, dated: "March 3, 2031"}
"""


def documents(plan: str, site: str = "") -> dict[str, str]:
    return {
        "site.yaml": SITE + site,
        "trusts/example-trust.yaml": TRUST,
        "trusts/alone.yaml": ALONE,
        "trusts/right.yaml": "name: קרן צמיחה\nportfolios: {fund: קרן צמיחה}\n",
        "plans/plan.yaml": SOURCES + dedent(plan),
    }


def feeds_of(folder: Path, plan: str, site: str = "") -> Feeds:
    return Feeds(loaded(folder, documents(plan, site)))


def event_of(folder: Path, plan: str, site: str = "") -> Event:
    (event,) = feeds_of(folder, plan, site).feed("all").events
    return event


def summary_of(folder: Path, reorganization: str, milestone: str = 'closing: "June 2, 2031"') -> str:
    return event_of(folder, f"reorganizations:\n  - {reorganization}\nmilestones:\n  {milestone}\n").summary


@pytest.mark.parametrize(
    ("reorganization", "parties"),
    [
        ("target: {portfolio: money, classes: Class C}", "Money Market Class C (EXT)"),
        (
            'target: {portfolio: money, classes: ["Class A", "Class C"]}',
            "Money Market Class A and Class C (EXT)",
        ),
        (
            "{target: {portfolio: money, classes: Class C}, acquiring: {portfolio: money, classes: Class A}}",
            "Money Market Class C → Money Market Class A (EXT)",
        ),
        ("{target: Growth Fund, acquiring: Growth Portfolio}", "Growth Fund → Growth Portfolio (EXT)"),
        ("{target: Large Value, acquiring: AZL Fund}", "Large Value → AZL (EXT)"),
        ("target: {portfolio: fund, trust: SIF}", "Sample Income"),
        ("{target: {portfolio: fund, trust: SIF}, acquiring: money}", "Sample Income → Money Market (EXT)"),
        ("{target: money, acquiring: {name: Élan 日本}}", "Money Market (EXT) → Élan 日本"),
        ("{target: money, acquiring: {name: محفظة}}", "Money Market (EXT) → محفظة"),
        (
            "{target: {portfolio: fund, trust: right}, acquiring: {name: محفظة}}",
            "קרן צמיחה \N{LEFT-TO-RIGHT MARK}→\N{LEFT-TO-RIGHT MARK} محفظة\N{LEFT-TO-RIGHT MARK}",
        ),
    ],
)
def test_a_summary_says_who_and_which_classes(tmp_path: Path, reorganization: str, parties: str) -> None:
    assert summary_of(tmp_path, reorganization) == f"Closing: {parties}"


def test_the_liquidation_of_a_class_says_nothing_of_the_whole_fund(tmp_path: Path) -> None:
    plan = "reorganizations: [{target: {portfolio: money, classes: Class C}}]\nmilestones: {liquidation: 2031-06-02}\n"
    lines = event_of(tmp_path, plan).description.split("\n")
    assert "Target: Class C of Money Market Fund, a series of Example Trust" in lines
    assert "Meaning: The target ends: its holders are paid out." in lines


def test_a_target_that_is_split_has_events_of_its_own_for_each_part(tmp_path: Path) -> None:
    plan = """\
        reorganizations:
          - {target: growth, acquiring: money}
          - {target: growth, acquiring: value, id: second-half}
        milestones: {closing: 2031-06-02}
        """
    assert [event.uid for event in feeds_of(tmp_path, plan).feed("plans/plan").events] == [
        "plan.example-trust.growth.closing@calendars.example.com",
        "plan.example-trust.growth.second-half.closing@calendars.example.com",
    ]


@pytest.mark.parametrize(
    ("milestone", "title"),
    [
        ('special meeting: {date: "June 2, 2031", of: acquiring}', "Acquirer's special meeting"),
        ('special meeting: {date: "June 2, 2031", of: both}', "Both funds' special meeting"),
        ('n-14 filing: {date: "June 2, 2031", of: both}', "Both funds' N-14 filing"),
        ('name change: {date: "June 2, 2031", of: acquiring}', "Acquirer's name change"),
        ('Second meeting: {date: "June 2, 2031", kind: special meeting, of: both}', "Both funds' second meeting"),
        ('acquirer\'s meeting: {date: "June 2, 2031", kind: special meeting, of: acquiring}', "Acquirer's meeting"),
        (
            'Meeting of the acquiring fund: {date: "June 2, 2031", kind: special meeting, of: acquiring}',
            "Meeting of the acquiring fund",
        ),
        ('Joint meeting: {date: "June 2, 2031", kind: special meeting, of: both}', "Joint meeting"),
        (
            'Meeting of target and acquirer: {date: "June 2, 2031", kind: special meeting, of: both}',
            "Meeting of target and acquirer",
        ),
        ('Target\'s meeting: {date: "June 2, 2031", kind: special meeting}', "Target's meeting"),
        (
            'New name after acquiring assets: {date: "June 2, 2031", kind: name change, of: acquiring}',
            "Acquirer's new name after acquiring assets",
        ),
        (
            'Harris Oakmark renamed: {date: "June 2, 2031", kind: name change, of: acquiring}',
            "Acquirer's Harris Oakmark renamed",
        ),
        ('special meeting: "June 2, 2031"', "Special meeting"),
    ],
)
def test_a_summary_says_whose_it_is(tmp_path: Path, milestone: str, title: str) -> None:
    summary = summary_of(tmp_path, "{target: growth, acquiring: money}", milestone)
    assert summary == f"{title}: Growth Fund → Money Market (EXT)"


def test_the_vote_of_the_acquirer_is_not_said_to_be_the_target_s(tmp_path: Path) -> None:
    plan = """\
        reorganizations: [{target: growth, acquiring: money}]
        milestones: {special meeting: {date: 2031-06-02, of: acquiring}}
        """
    assert "Whose vote: the acquirer's" in event_of(tmp_path, plan).description.split("\n")


def test_what_is_of_the_acquirer_needs_one(tmp_path: Path) -> None:
    plan = "reorganizations: [{target: growth}]\nmilestones: {record date: {date: 2031-06-02, of: both}}\n"
    assert problems_of(make_folder(tmp_path, documents(plan))) == [
        'plans/plan.yaml:7:50: "record date" cannot be of "both": "Growth Fund" has no acquirer'
    ]


def test_an_earlier_name_means_nobody(tmp_path: Path) -> None:
    plan = "reorganizations: [{target: Income Fund}]\nmilestones: {liquidation: 2031-06-02}\n"
    (problem,) = problems_of(make_folder(tmp_path, documents(plan)))
    assert 'it is an earlier name of "Example Large Value Portfolio"' in problem


def test_a_date_that_may_change_is_tentative_and_depends_on_nothing(tmp_path: Path) -> None:
    milestone = 'closing: {date: "June 2, 2031", subject to: change}'
    summary = summary_of(tmp_path, "{target: growth, acquiring: money}", milestone)
    assert summary == "~ Closing: Growth Fund → Money Market (EXT) (subject to change)"


def test_no_two_feeds_have_one_name(tmp_path: Path) -> None:
    plan = "reorganizations: [{target: growth}]\nmilestones: {liquidation: 2031-06-02}\n"
    files = documents(plan)
    names = Feeds(loaded(tmp_path, {**files, "plans/plan-2.yaml": files["plans/plan.yaml"]})).names
    assert len(set(names.values())) == len(names)
    assert (names["trusts/alone"], names["trusts/alone/fund"]) == ("Sample Income Fund (trust)", "Sample Income")


def test_the_ends_of_reorganizations_are_chosen_by_one_word(tmp_path: Path) -> None:
    plan = """\
        reorganizations: [{target: growth, acquiring: money}]
        milestones: {record date: 2031-05-02, closing: 2031-06-02}
        """
    feed = feeds_of(tmp_path, plan).feed("all").only(Choice(kinds=("ends",)).only)
    assert [event.kind.name for event in feed.events] == ["closing"]


# --- what subscribers take up ----------------------------------------------------------------------------------------

CLOSING = "reorganizations: [{target: growth, acquiring: money}]\nmilestones:\n  closing:\n"


def stamp_of(event: Event) -> datetime:
    return event.stamp


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    date: June 2, 2031\n", "    date: June 3, 2031\n    corrected: January 8, 2031\n"),
        (
            "    date: June 3, 2031\n    source: second\n    previously: June 2, 2031\n",
            '    date: June 4, 2031\n    source: third\n    previously: ["June 3, 2031", "June 2, 2031"]\n',
        ),
    ],
    ids=["corrected on the source's own day", "moved twice on one day"],
)
def test_a_subscriber_that_asks_whether_last_modified_rose_takes_the_change(
    tmp_path: Path, before: str, after: str
) -> None:
    first, second = event_of(tmp_path / "a", CLOSING + before), event_of(tmp_path / "b", CLOSING + after)
    assert stamp_of(second) > stamp_of(first)


@pytest.mark.parametrize(
    ("plan", "site"),
    [
        (CLOSING + "    date: June 2, 2031\n    note: A mended note.\n", ""),
        (CLOSING.replace("acquiring: money", "acquiring: azl") + "    date: June 2, 2031\n", ""),
        (CLOSING + "    date: June 2, 2031\n", "url: https://calendars.example.com\n"),
    ],
    ids=["a note", "another name", "the site's address"],
)
def test_a_subscriber_that_asks_whether_the_stamp_differs_takes_what_nobody_declared(
    tmp_path: Path, plan: str, site: str
) -> None:
    before = event_of(tmp_path / "a", CLOSING + "    date: June 2, 2031\n")
    after = event_of(tmp_path / "b", plan, site)
    assert before.uid == after.uid
    assert stamp_of(before) != stamp_of(after)
    assert stamp_of(before).date() == stamp_of(after).date()
