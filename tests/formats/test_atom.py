"""Atom: each change of a plan is an entry."""

import json
import re
from collections import Counter
from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest

from calfeed.addresses.resources import Resources
from calfeed.reading.folder import load
from tests.formats.example import DATA, EXT, SAMPLE, Asked
from tests.formats.rfc4287 import valid_atom
from tests.support import data_folder, each_of, loaded, plan_of


def changes(resources: Resources, address: str) -> list[tuple[str, str, list[str]]]:
    """Day, title and lines of each entry; the last line, which names the source, is left out."""
    found = valid_atom(Asked(address).body(resources, "atom"))
    return [(entry.updated.removesuffix("T00:00:00Z"), entry.title, entry.lines[:-1]) for entry in found]


GROWTH, VALUE = "Growth (EXT) → Value (Sample Funds)", "Value → Bonds (EXT)"


def test_each_change_of_a_plan_is_an_entry_and_the_latest_comes_first(resources: Resources) -> None:
    assert changes(resources, "plans/moved") == [
        ("2031-05-12", "Approved: Reorganizations of 2031", [GROWTH, VALUE]),
        (
            "2031-05-05",
            "Closing moved: Reorganizations of 2031",
            [
                f"{GROWTH}: on or about June 16, 2031, was on or about May 19, 2031",
                f"{VALUE}: on or about June 24, 2031, was on or about May 19, 2031",
            ],
        ),
        (
            "2031-03-03",
            "Reconvened meeting given a date: Reorganizations of 2031",
            [f"{GROWTH}: March 27, 2031, was to be announced", f"{VALUE}: March 27, 2031, was to be announced"],
        ),
        ("2031-01-06", "New: Reorganizations of 2031", [GROWTH, VALUE]),
    ]


def test_a_feed_tells_its_own_share_of_a_change(resources: Resources) -> None:
    lines = [lines for day, _, lines in changes(resources, f"{SAMPLE}/value") if day == "2031-05-05"]
    assert lines == [[f"{GROWTH}: on or about June 16, 2031, was on or about May 19, 2031"]]


def test_a_cancellation_is_an_entry_with_its_reason(resources: Resources) -> None:
    bonds = "Bonds (EXT) → Bond (Sample Funds)"
    (day, title, lines), new = changes(resources, "plans/abandoned")
    assert (day, title) == ("2031-03-10", "Cancelled: Bond merger")
    assert lines
    assert all(bonds in line and "too few votes" in line for line in each_of(lines))
    assert new == ("2031-01-06", "New: Bond merger", [bonds])


def test_each_milestone_that_is_deferred_is_an_entry_with_its_old_day(resources: Resources) -> None:
    parties = "Value → Bond (Sample Funds)"
    assert changes(resources, "plans/deferred")[:2] == [
        (
            "2031-04-01",
            "Closing deferred: Value merger",
            [f"{parties}: until further notice, was on or about April 28, 2031"],
        ),
        ("2031-04-01", "Valuation deferred: Value merger", [f"{parties}: to be announced, was April 25, 2031"]),
    ]


def test_approval_and_completion_are_entries(resources: Resources) -> None:
    parties = "Growth → Value (EXT)"
    found = changes(resources, "plans/done")
    assert found[0] == ("2031-05-01", "Completed: Growth merger", [f"{parties}: April 30, 2031"])
    assert found[1] == ("2031-03-03", "Approved: Growth merger", [parties])


def test_a_move_is_told_after_the_completion_too(resources: Resources) -> None:
    moved = [(day, lines) for day, title, lines in changes(resources, "plans/done") if "moved" in title]
    assert moved == [
        ("2031-02-03", ["Growth → Value (EXT): on or about April 28, 2031, was on or about April 14, 2031"])
    ]


def test_an_entry_links_to_its_source_and_names_it(resources: Resources) -> None:
    entries = valid_atom(Asked("plans/moved").body(resources, "atom"))
    assert [entry.link for entry in entries] == [
        "",
        "https://www.example.com/third.txt",
        "",
        "https://www.example.com/first.txt",
    ]
    assert [entry.lines[-1] for entry in entries] == [
        f"Source: {title}; the filing governs."
        for title in ("Results of the vote", "Third supplement", "Second supplement", "First supplement")
    ]


def plan_with(old: str, new: str) -> dict[str, str]:
    """The data with something else in the plan that moved."""
    assert old in DATA["plans/moved.yaml"]
    return {**DATA, "plans/moved.yaml": DATA["plans/moved.yaml"].replace(old, new)}


def test_a_corrected_slip_is_no_entry(resources: Resources, tmp_path: Path) -> None:
    never_slipped = Resources(loaded(tmp_path, plan_with("            corrected: May 7, 2031\n", "")))
    for address in each_of(resources.feeds.addresses):
        assert Asked(address).body(never_slipped, "atom") == Asked(address).body(resources, "atom")


def test_approval_is_an_entry_where_no_milestone_depended_on_it(tmp_path: Path) -> None:
    unconditional = {
        **DATA,
        "plans/done.yaml": DATA["plans/done.yaml"].replace("            subject to: shareholder approval\n", ""),
    }
    titles = [title for _, title, _ in changes(Resources(loaded(tmp_path, unconditional)), "plans/done")]
    assert "Approved: Growth merger" in titles


THREE = """\
    title: Three mergers
    trust: EXT
    sources:
      first: {title: Supplement, dated: "January 6, 2031"}
      notice: {title: Notice, dated: "March 10, 2031"}
    reorganizations:
      - target: Growth Portfolio
      - target: Value Portfolio
        STATE
      - target: Idle Portfolio
        STATE
    milestones:
      liquidation: {date: "April 28, 2031", subject to: shareholder approval}
    """


@pytest.mark.parametrize(
    "state",
    [
        "cancelled: {source: notice, reason: too few votes}",
        "approved: {source: notice}",
        'completed: {source: notice, date: "March 7, 2031"}',
        'milestones: {liquidation: {date: "May 5, 2031", source: notice, previously: "April 28, 2031"}}',
    ],
    ids=["cancelled", "approved", "completed", "moved"],
)
def test_what_happens_to_a_part_of_a_plan_is_told_of_that_part(tmp_path: Path, state: str) -> None:
    plans = {"plans/three.yaml": THREE.replace("STATE", state)}
    resources = Resources(
        loaded(tmp_path, {name: DATA[name] for name in DATA if not name.startswith("plans/")} | plans)
    )
    titles = {address: changes(resources, address)[0][1] for address in ("plans/three", f"{EXT}/value", f"{EXT}/idle")}
    assert "Three mergers" not in titles["plans/three"]
    assert "Value (EXT)" in titles[f"{EXT}/value"]
    assert "Idle (EXT)" in titles[f"{EXT}/idle"]


def test_what_moves_and_what_is_deferred_by_one_source_are_two_entries(tmp_path: Path) -> None:
    deferred = plan_with("date: on or about June 24, 2031", "date: until further notice")
    titles = [title for _, title, _ in changes(Resources(loaded(tmp_path, deferred)), "plans/moved")]
    assert sum("Closing moved" in title for title in titles) == 1
    assert sum("Closing deferred" in title for title in titles) == 1


@pytest.mark.parametrize(
    ("now", "before", "verb"),
    [
        ("June 24, 2031", "June 3, 2031", "moved"),
        ("June 24, 2031", "on or about June 24, 2031", "restated"),
        ("June 24, 2031", "June 2031", "restated"),
        ("second quarter of 2031", "June 2031", "moved"),
        ("June 24, 2031", "to be announced", "given a date"),
        ("June 24, 2031", "cancelled", "no longer cancelled"),
        ("until further notice", "June 24, 2031", "deferred"),
    ],
)
def test_a_change_of_dates_is_called_what_it_is(tmp_path: Path, now: str, before: str, verb: str) -> None:
    closing = f'{{date: "{now}", source: second, previously: "{before}"}}'
    plan = plan_of({"closing": closing}, "Example A Portfolio", acquiring="Example B Portfolio").replace(
        "reorganizations:", '  second: {title: Second memo, dated: "March 3, 2031"}\nreorganizations:'
    )
    found = changes(Resources(load(data_folder(tmp_path, {"plans/plan.yaml": plan}))), "plans/plan")
    assert [title.partition(":")[0] for _, title, _ in found] == [f"Closing {verb}", "New"]


def test_what_is_still_cancelled_is_not_said_to_be_on_again(tmp_path: Path) -> None:
    closing = '{date: "June 24, 2031", source: STATED, previously: [cancelled, "June 3, 2031"]}'
    plan = plan_of({"closing": closing}, "Example A Portfolio", acquiring="Example B Portfolio").replace(
        "reorganizations:",
        '  second: {title: Second memo, dated: "March 3, 2031"}\n'
        '  third: {title: Third memo, dated: "March 3, 2031"}\n'
        "cancelled: {source: STATE}\nreorganizations:",
    )
    titles = {}
    for stated, state in (("third", "second"), ("second", "third")):
        said = plan.replace("STATED", stated).replace("STATE", state)
        found = changes(Resources(load(data_folder(tmp_path / state, {"plans/plan.yaml": said}))), "plans/plan")
        titles[state] = sorted(title.partition(":")[0] for _, title, _ in found)
    assert titles["second"] == ["Cancelled", "New"]
    assert titles["third"] == ["Cancelled", "Closing no longer cancelled", "New"], (
        "it was, before it was cancelled again"
    )


def test_a_cancellation_after_every_day_is_told(tmp_path: Path) -> None:
    late = DATA["plans/abandoned.yaml"].replace("March 10, 2031", "May 5, 2031")
    late = late.replace("          name change: {date: to be announced, of: target}\n", "")
    found = changes(Resources(loaded(tmp_path, {**DATA, "plans/abandoned.yaml": late})), "plans/abandoned")
    assert [(day, title) for day, title, _ in found] == [
        ("2031-05-05", "Cancelled: Bond merger"),
        ("2031-01-06", "New: Bond merger"),
    ]


def test_what_happens_to_one_milestone_is_not_told_of_the_whole_plan(tmp_path: Path) -> None:
    cancelled = plan_with(
        "            previously: to be announced\n", "            cancelled: {source: second, reason: a quorum}\n"
    )
    found = changes(Resources(loaded(tmp_path, cancelled)), "plans/moved")
    (title,) = (title for day, title, _ in found if day == "2031-03-03")
    assert "Reconvened meeting" in title


def test_a_feed_without_changes_is_valid_and_has_a_day(resources: Resources) -> None:
    body = Asked(f"{EXT}/idle").body(resources, "atom")
    assert valid_atom(body) == []
    assert feedparser.parse(body).feed.updated.endswith("T00:00:00Z")


def test_the_days_of_a_feed_are_those_of_its_sources_or_of_their_entry(resources: Resources) -> None:
    for address in each_of(resources.feeds.addresses):
        read = feedparser.parse(Asked(address).body(resources, "atom"))
        days = [entry.updated for entry in read.entries]
        assert days >= [entry.published for entry in read.entries]
        assert days == sorted(days, reverse=True)
        assert read.feed.updated == next(iter(days), read.feed.updated)


def test_ids_stay_when_names_titles_dates_and_other_plans_change(resources: Resources, tmp_path: Path) -> None:
    swaps = {
        "Example calendars": "Renamed calendars",
        "Example Trust": "Renamed Trust",
        "short name: EXT": "short name: RNT",
        "trust: EXT": "trust: RNT",
        "Growth": "Renamed Growth",
        "Value": "Renamed Value",
        "Reorganizations of 2031": "Renamed plan",
        "Third supplement": "Renamed supplement",
        "third.txt": "renamed.txt",
        "June 16, 2031": "June 17, 2031",
        "May 12, 2031": "May 13, 2031",
    }
    renamed = {name: text for name, text in DATA.items() if name not in {"plans/abandoned.yaml", "plans/soft.yaml"}}
    for old, new in swaps.items():
        renamed = {name: text.replace(old, new) for name, text in renamed.items()}
    later = Resources(loaded(tmp_path, renamed))
    for address in ("plans/moved", "plans/done", f"{EXT}/growth", f"{SAMPLE}/value", "trusts/example-trust", "all"):
        before, after = (feedparser.parse(Asked(address).body(each, "atom")) for each in (resources, later))
        gone = {entry.id for entry in before.entries if re.search("Bond merger|Soft dates", entry.title)}
        assert before.feed.id == after.feed.id
        assert {entry.id for entry in before.entries} - gone == {entry.id for entry in after.entries}


def test_what_holds_other_entries_has_another_id(resources: Resources) -> None:
    asked = [Asked(address) for address in resources.feeds.addresses]
    asked += [Asked("all", kinds=("closing",)), Asked("all", kinds=("closing", "special-meeting"))]
    asked += [Asked("selection", feeds=("plans/done",)), Asked("selection", feeds=("plans/done", "plans/soft"))]
    ids = [feedparser.parse(each.body(resources, "atom")).feed.id for each in asked]
    assert [found for found, number in Counter(ids).items() if number > 1] == []


ODD = "Fish & <b>\"Chips\"</b> ]]> \u05d0\u05d1 😀 'x' &lt;"


def test_feedparser_reads_every_feed_and_its_texts_as_they_were_written(tmp_path: Path) -> None:
    quoted = json.dumps(ODD, ensure_ascii=False)
    odd = Resources(loaded(tmp_path, plan_with("title: Reorganizations of 2031", f"title: {quoted}")))
    for address in odd.feeds.addresses:
        for kinds in ((), ("closing",)):
            read = feedparser.parse(Asked(address, kinds).body(odd, "atom"))
            assert read.bozo is False
            assert read.version == "atom10"
    read = feedparser.parse(Asked("plans/moved").body(odd, "atom"))
    assert [entry.title for entry in read.entries] == [
        f"Approved: {ODD}",
        f"Closing moved: {ODD}",
        f"Reconvened meeting given a date: {ODD}",
        f"New: {ODD}",
    ]
    assert read.feed.title == f"{ODD}: changes"
    assert {entry.content[0].type for entry in read.entries} == {"text/plain"}


def test_a_liquidation_is_not_taken_for_the_fund(tmp_path: Path) -> None:
    plan = """\
trust: Example Trust
sources:
  memo: {title: Memo, dated: "January 6, 2031"}
  notice: {title: Notice, dated: "April 29, 2031"}
milestones: {liquidation: "April 28, 2031"}
reorganizations:
  - {target: Example A Portfolio, completed: {source: notice, date: "April 28, 2031"}}
  - {target: Example B Portfolio, cancelled: {source: notice}}
"""
    resources = Resources(load(data_folder(tmp_path, {"plans/plan.yaml": plan})))
    assert [title for _, title, _ in changes(resources, "plans/plan")] == [
        "Liquidation cancelled: Example B (Example Trust)",
        "Liquidation completed: Example A (Example Trust)",
        "New: Liquidation of Example A (Example Trust) and 1 more",
    ]
