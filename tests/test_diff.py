"""What subscribers see change between two states of the data, and what of it they are warned of."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from calfeed.feeds.differences import Difference, Sort, differences
from calfeed.publishing.published import UnreadablePlaceError, read_place
from tests.support import FOUNDING, SITE, make_folder, need, run, serving

TRUST = """\
name: Example Series Trust
short name: EST
portfolios:
  red: Red Portfolio
  blue: Blue Portfolio
"""
PLAN = """\
title: Red into Blue
trust: Example Series Trust
sources:
  first: {title: First supplement, dated: "November 12, 2030"}
  second: {title: Second supplement, dated: "April 2, 2031"}
reorganizations:
  - target: Red Portfolio
    acquiring: Blue Portfolio
milestones:
  special meeting: March 20, 2031
  closing:
    date: on or about April 28, 2031
    subject to: shareholder approval
"""
CLOSING = """\
  closing:
    date: on or about April 28, 2031
    subject to: shareholder approval
"""
NAME = "plans/red-2031.yaml"
HISTORY = "    date: on or about May 5, 2031\n    source: second\n"


def folder(path: Path, plan: str = PLAN, others: Mapping[str, str] | None = None) -> Path:
    """A data folder with one plan."""
    return make_folder(path, {"site.yaml": SITE, "trusts/est.yaml": TRUST, NAME: plan, **(others or {})})


def found(before: Path | str, after: Path | str) -> list[Difference]:
    """The differences between two places."""
    old, new = read_place(str(before), FOUNDING), read_place(str(after), FOUNDING)
    return differences(old.events, new.events, partial=old.partial or new.partial)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return folder(tmp_path / "before")


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """The data folder after an edit of its plan."""
    assert PLAN.count(old) == 1
    return folder(tmp_path / "after", PLAN.replace(old, new))


# --- what is said ----------------------------------------------------------------------------------------------------


def test_the_same_data_shows_no_change(tmp_path: Path, before: Path) -> None:
    assert found(before, folder(tmp_path / "after")) == []


@pytest.mark.parametrize(
    ("old", "new", "sort", "text"),
    [
        (
            "    date: on or about April 28, 2031\n",
            HISTORY + "    previously: on or about April 28, 2031\n",
            Sort.MOVED,
            'from "on or about April 28, 2031" to "on or about May 5, 2031"',
        ),
        (
            "    date: on or about April 28, 2031\n",
            "    date: on or about April 29, 2031\n    corrected: November 14, 2030\n",
            Sort.MOVED,
            'from "on or about April 28, 2031" to "on or about April 29, 2031"',
        ),
        (
            "title: Red into Blue\n",
            "title: Blue takes Red\n",
            Sort.OTHER_WORDS,
            "from “Red into Blue” to “Blue takes Red”",
        ),
        ("sources:\n", "cancelled: {source: second, reason: no vote}\nsources:\n", Sort.CANCELLED, 'was "on or about'),
        (
            "sources:\n",
            "completed: {source: second, date: 'March 31, 2031'}\nsources:\n",
            Sort.COMPLETED,
            'to "March 31, 2031"',
        ),
        (
            "milestones:\n",
            "milestones:\n  record date: January 9, 2031\n",
            Sort.NEW,
            'Red → Blue (EST): "January 9, 2031"',
        ),
        (
            "    subject to: shareholder approval\n",
            "    subject to: the vote\n",
            Sort.OTHER_WORDS,
            ": differs in its conditions",
        ),
    ],
)
def test_a_declared_change_is_said_without_a_warning(
    tmp_path: Path, before: Path, old: str, new: str, sort: Sort, text: str
) -> None:
    changes = [each for each in found(before, edited(tmp_path, old, new)) if each.sort is sort]
    assert len(changes) == 1
    assert text in changes[0].text
    assert changes[0].plan == "red-2031"
    assert not [warning for warning in changes[0].warnings if "keep the old words" not in warning]


def test_a_condition_that_is_met_makes_an_event_firmer_and_one_that_comes_makes_it_softer(
    tmp_path: Path, before: Path
) -> None:
    meeting = "  special meeting: March 20, 2031\n"
    later = edited(tmp_path, meeting, "  special meeting: {date: 'March 20, 2031', subject to: a quorum}\n")
    assert [each.sort for each in found(before, later)] == [Sort.SOFTER]
    assert [each.sort for each in found(later, before)] == [Sort.FIRMER]


# --- what is warned of -----------------------------------------------------------------------------------------------


def test_a_counted_day_moves_from_day_to_day_and_not_from_words_to_the_same_words(tmp_path: Path) -> None:
    counted = PLAN.replace("milestones:", "milestones:\n  last redemption: two business days before the closing")
    before = folder(tmp_path / "before", counted)
    later = folder(tmp_path / "later", counted.replace("April 28", "May 5"))
    (text,) = (each.text for each in found(before, later) if "Last redemption" in each.text)
    assert text.endswith(
        'from "two business days before the closing" (April 24, 2031) to '
        '"two business days before the closing" (May 1, 2031)'
    )
    without = folder(tmp_path / "without", counted.replace("on or about April 28, 2031", "until further notice"))
    (gone,) = (each for each in found(before, without) if "Last redemption" in each.text)
    assert gone.warnings == (
        'the event vanishes from calendars, where it stood on "two business days before the closing" (April 24, 2031): '
        "what it counts from gives no day now",
    )


def test_a_long_window_that_grows_or_narrows_has_moved(tmp_path: Path) -> None:
    # Both are shown on their first day.
    month = folder(tmp_path / "month", PLAN.replace("on or about April 28, 2031", "April 2031"))
    quarter = folder(tmp_path / "quarter", PLAN.replace("on or about April 28, 2031", "second quarter of 2031"))
    for before, after in ((month, quarter), (quarter, month)):
        (change,) = found(before, after)
        assert change.sort == Sort.MOVED
        assert 'neither "previously" nor "corrected" says so' in str(change.warnings)


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("April 28, 2031", "May 5, 2031", 'neither "previously" nor "corrected" says so'),
        ("on or about April 28, 2031", "April 2031", 'neither "previously" nor "corrected" says so'),
        (
            "    date: on or about April 28, 2031\n",
            HISTORY + "    previously: on or about April 21, 2031\n",
            'subscribers have seen "on or about April 28, 2031", which "previously" does not name',
        ),
        (
            "    date: on or about April 28, 2031\n",
            "    date: on or about May 5, 2031\n    source: first\n    previously: on or about April 28, 2031\n",
            'its "source" is still the one that gave "on or about April 28, 2031"; name the document that moved it',
        ),
        (CLOSING, "", "who downloaded it keeps"),
        ("on or about April 28, 2031", "to be announced", "the event vanishes from calendars"),
        (
            "  special meeting:",
            "  Vote: {kind: special meeting, date: 'March 20, 2031'}\n  valuation:",
            "its UID is gone, since its milestone, its target or an id in it was deleted or renamed",
        ),
        (
            "  first: {title: First supplement,",
            '  memo: {title: Memo, dated: "November 1, 2030"}\n  first: {title: First supplement,',
            "DTSTAMP falls from November 12, 2030 to November 1, 2030",
        ),
    ],
)
def test_a_slip_is_warned_of(tmp_path: Path, before: Path, old: str, new: str, warning: str) -> None:
    warnings = [each for change in found(before, edited(tmp_path, old, new)) for each in change.warnings]
    assert [each for each in warnings if warning in each]


def test_a_taken_back_history_is_warned_of(tmp_path: Path, before: Path) -> None:
    moved = edited(
        tmp_path, "    date: on or about April 28, 2031\n", HISTORY + "    previously: on or about April 28, 2031\n"
    )
    (change,) = found(moved, before)
    assert any(warning.startswith("SEQUENCE falls from 1 to 0") for warning in change.warnings)


COUNTED = PLAN.replace("milestones:", "milestones:\n  valuation: the business day before the closing")
OFF = "cancelled: {source: second}\nsources:\n"
LATER = COUNTED.replace("reorganizations:", "  third: {title: Third, dated: 'April 7, 2031'}\nreorganizations:")
STATED = "    date: on or about April 28, 2031\n"
MOVED = "    date: on or about May 5, 2031\n    source: third\n    previously: ['on or about April 28, 2031']\n"
ON_AGAIN = MOVED.replace("[", "[cancelled, ")


def warnings_of(before: Path, after: Path) -> dict[str, tuple[str, ...]]:
    """The warnings by the milestones of which they are."""
    return {each.uid.partition("@")[0].rpartition(".")[2]: each.warnings for each in found(before, after)}


def test_what_was_cancelled_and_is_on_again_has_to_say_so_in_what_it_counts_from(tmp_path: Path) -> None:
    cancelled = folder(tmp_path / "cancelled", COUNTED.replace("sources:\n", OFF))
    silent = warnings_of(cancelled, folder(tmp_path / "silent", LATER.replace(STATED, MOVED)))
    assert len(silent["closing"]) == 1
    assert silent["closing"][0].startswith('it was cancelled, and "previously" does not say so, so subscribers')
    assert 'put "cancelled" first there, in the closing from which it is counted' in silent["valuation"][0]
    assert silent["valuation"][1] == "SEQUENCE falls from 2 to 1: calendars keep what they have"
    assert not any("days after" in each or "the day differs" in each for each in silent["valuation"])
    said = warnings_of(cancelled, folder(tmp_path / "said", LATER.replace(STATED, ON_AGAIN)))
    assert said == {"closing": (), "valuation": ()}


def test_what_is_on_again_and_still_cancelled_is_warned_of_and_its_mending_keeps_the_sequence(tmp_path: Path) -> None:
    cancelled = folder(tmp_path / "cancelled", COUNTED.replace("sources:\n", OFF))
    still = folder(tmp_path / "still", LATER.replace(STATED, ON_AGAIN).replace("sources:\n", OFF))
    told = warnings_of(cancelled, still)
    assert told["closing"][0].startswith("it is still shown as cancelled, though")
    deleted = warnings_of(still, folder(tmp_path / "deleted", LATER.replace(STATED, ON_AGAIN)))
    assert deleted["closing"][0].endswith('write the day on which you mend that under "corrected"')
    mended = LATER.replace(STATED, f"{ON_AGAIN}    corrected: April 9, 2031\n").replace(
        "the business day before the closing", "{date: the business day before the closing, corrected: 'April 9, 2031'}"
    )
    assert warnings_of(still, folder(tmp_path / "mended", mended)) == {"closing": (), "valuation": ()}


@pytest.mark.parametrize("state", ["approved: {source: third}", "completed: {source: third, date: 'April 4, 2031'}"])
def test_an_own_state_says_that_a_reorganization_of_a_cancelled_plan_is_on_again(tmp_path: Path, state: str) -> None:
    off = LATER.replace("sources:\n", OFF)
    own = off.replace("    acquiring: Blue Portfolio\n", f"    acquiring: Blue Portfolio\n    {state}\n")
    changes = found(folder(tmp_path / "off", off), folder(tmp_path / "own", own))
    assert {each.sort for each in changes if "Closing" in each.text} == {Sort.RESTORED}
    assert [each.warnings for each in changes if each.warnings] == []


def test_a_counted_day_that_moves_in_silence_is_to_be_mended_in_what_it_counts_from(tmp_path: Path) -> None:
    told = warnings_of(
        folder(tmp_path / "old", COUNTED), folder(tmp_path / "new", COUNTED.replace("April 28", "May 5"))
    )
    assert told["valuation"][0].startswith("the day differs with the closing from which it is counted")
    assert 'neither "previously" nor "corrected" says so' in told["closing"][0]


@pytest.mark.parametrize(
    ("old", "new", "sort", "what"),
    [
        ("no later than April 28", "no earlier than April 28", Sort.MOVED, "the days that are possible differ"),
        ("April 28", "no later than April 28", Sort.SOFTER, "the days that are possible differ"),
        ("no earlier than April 28", "on or about April 28", Sort.MOVED, "the days that are possible differ"),
        (
            "after the close of business on April 28",
            "before the opening of business on April 28",
            Sort.MOVED,
            "the part of the day differs",
        ),
        ("at least ten days after the special meeting", "within ten days after the special meeting", Sort.MOVED, ""),
    ],
)
def test_a_day_that_comes_to_mean_something_else_is_warned_of(
    tmp_path: Path, old: str, new: str, sort: Sort, what: str
) -> None:
    firm = PLAN.replace("    subject to: shareholder approval\n", "")
    year = "" if "after the special meeting" in old else ", 2031"
    before, after = (
        folder(tmp_path / each[:12], firm.replace("on or about April 28, 2031", f"{each}{year}")) for each in (old, new)
    )
    (change,) = found(before, after)
    assert change.sort is sort
    assert f'{what or "the days that are possible differ"}, but neither "previously" nor' in change.warnings[0]
    said = firm.replace(
        "    date: on or about April 28, 2031\n",
        f"    date: {new}{year}\n    previously: {old}{year}\n    source: second\n",
    )
    assert [each.warnings for each in found(before, folder(tmp_path / "said", said))] == [()]


def test_a_day_that_is_softer_or_closer_and_means_the_same_is_not_warned_of(tmp_path: Path, before: Path) -> None:
    for phrase in ("expected on April 28", "on or about the close of business on April 28"):
        later = edited(tmp_path, "on or about April 28", phrase)
        warnings = [each for change in found(before, later) for each in change.warnings]
        assert [each for each in warnings if "but neither" in each] == []
        shutil.rmtree(later)


def test_a_renamed_plan_file_is_told_once_and_as_such(tmp_path: Path, before: Path) -> None:
    after = folder(tmp_path / "after")
    (after / NAME).rename(after / "plans" / "red-2032.yaml")
    (change,) = found(before, after)
    assert change.text == "the plan red-2031 is now called red-2032"
    assert "each of its 2 UIDs is another" in change.warnings[0]
    assert "rename it back to red-2031.yaml" in change.warnings[0]


def test_what_is_firmer_but_still_conditional_is_told_with_its_title(tmp_path: Path, before: Path) -> None:
    after = edited(tmp_path, "date: on or about April 28, 2031", "date: April 28, 2031")
    firm, soft = "~ Closing: Red → Blue (EST) (conditional)", "~ Closing: Red → Blue (EST) (on or about)"
    dates = '"April 28, 2031"', '"on or about April 28, 2031"'
    assert [(each.sort, each.text) for each in found(before, after)] == [
        (Sort.FIRMER, f"{firm} (was “{soft}”): from {dates[1]} to {dates[0]}")
    ]
    assert [(each.sort, each.text) for each in found(after, before)] == [
        (Sort.SOFTER, f"{soft} (was “{firm}”): from {dates[0]} to {dates[1]}")
    ]


_CRIMSON = TRUST.replace("  red: Red Portfolio", "  crimson: Red Portfolio")


@pytest.mark.parametrize("other_name", ["", "Red Portfolio"])
def test_a_renamed_id_of_a_portfolio_is_told_once_and_as_such(tmp_path: Path, before: Path, other_name: str) -> None:
    trust = _CRIMSON
    if other_name:
        trust = TRUST.replace(
            "red: Red Portfolio", f"crimson: {{name: Crimson Portfolio, other names: [{other_name}]}}"
        )
    (change,) = found(before, folder(tmp_path / "after", others={"trusts/est.yaml": trust}))
    assert change.text == "the portfolio trusts/est/red is now trusts/est/crimson"
    (warning,) = change.warnings
    is_told = (
        "trusts/est/red.ics answers still" if other_name else "who subscribed to trusts/est/red.ics is told nothing"
    )
    assert is_told in warning
    assert "each of its 2 UIDs is another too" in warning
    assert warning.endswith('; put the id "red" back: a name may change, an id may not')


def test_a_renamed_id_of_an_acquirer_changes_no_uid(tmp_path: Path, before: Path) -> None:
    after = folder(tmp_path / "after", others={"trusts/est.yaml": TRUST.replace("blue:", "azure:")})
    (change,) = found(before, after)
    assert change.text == "the portfolio trusts/est/blue is now trusts/est/azure"
    assert "UID" not in change.warnings[0]


def test_a_renamed_file_of_a_trust_is_told_once_and_as_such(tmp_path: Path, before: Path) -> None:
    after = folder(tmp_path / "after")
    (after / "trusts" / "est.yaml").rename(after / "trusts" / "example.yaml")
    (change,) = found(before, after)
    assert change.text == "the trust trusts/est is now trusts/example"
    assert "each of its 2 UIDs is another too" in change.warnings[0]
    assert "; rename its file back to est.yaml: " in change.warnings[0]


def test_what_else_changes_is_told_beside_a_renamed_portfolio(tmp_path: Path, before: Path) -> None:
    plan = PLAN.replace("  special meeting: March 20, 2031\n", "  record date: January 9, 2031\n")
    after = folder(tmp_path / "after", plan, {"trusts/est.yaml": _CRIMSON})
    assert [each.sort for each in found(before, after)] == [Sort.GONE, Sort.NEW, Sort.GONE]


def test_a_day_that_moves_is_told_beside_the_new_id_of_its_portfolio(tmp_path: Path, before: Path) -> None:
    plan = PLAN.replace("March 20, 2031", "March 27, 2031")
    after = folder(tmp_path / "after", plan, {"trusts/est.yaml": _CRIMSON})
    assert [each.sort for each in found(before, after)] == [Sort.GONE, Sort.MOVED]


def test_a_day_that_moves_is_told_beside_the_new_name_of_its_plan(tmp_path: Path, before: Path) -> None:
    after = edited(tmp_path, "March 20, 2031", "March 27, 2031")
    (after / NAME).rename(after / "plans" / "red-2032.yaml")
    assert [each.sort for each in found(before, after)] == [Sort.GONE, Sort.MOVED]


def test_a_plan_that_is_still_there_was_not_renamed(tmp_path: Path) -> None:
    trust = TRUST + "  green: Green Portfolio\n"
    other = PLAN.replace("target: Red", "target: Green")
    before = folder(tmp_path / "before", others={"trusts/est.yaml": trust, "plans/other.yaml": other})
    after = folder(tmp_path / "after", other, {"trusts/est.yaml": trust, "plans/other.yaml": PLAN})
    assert {each.sort for each in found(before, after)} == {Sort.NEW, Sort.GONE}
    assert not [each.text for each in found(before, after) if "is now called" in each.text]


def test_another_target_is_no_renamed_one(tmp_path: Path, before: Path) -> None:
    trust = TRUST + "  green: Green Portfolio\n"
    after = folder(tmp_path / "after", PLAN.replace("target: Red", "target: Green"), {"trusts/est.yaml": trust})
    assert [each.sort for each in found(before, after)] == [Sort.NEW, Sort.NEW, Sort.GONE, Sort.GONE]


def test_another_domain_is_told_once_and_as_such(tmp_path: Path, before: Path) -> None:
    after = folder(tmp_path / "after", others={"site.yaml": SITE.replace("example.com", "example.net")})
    (change,) = found(before, after)
    assert "from calendars.example.com to calendars.example.net" in change.text
    assert len(change.warnings) == 1


def test_a_deleted_plan_is_warned_of_event_by_event(tmp_path: Path, before: Path) -> None:
    after = folder(tmp_path / "after", others={"plans/other.yaml": PLAN.replace("Red into Blue", "Another")})
    (after / NAME).unlink()
    with_both = folder(tmp_path / "both", others={"plans/other.yaml": PLAN.replace("Red into Blue", "Another")})
    changes = found(with_both, after)
    assert [(each.sort, each.plan) for each in changes] == [(Sort.GONE, "red-2031")] * 2


# --- places ----------------------------------------------------------------------------------------------------------


def test_a_build_and_a_served_site_are_as_their_data(tmp_path: Path, before: Path) -> None:
    built = tmp_path / "built"
    assert run("build", built, "--data", before).returncode == 0
    assert found(before, built) == found(built, before) == []
    with serving(before) as server:
        address = f"http://127.0.0.1:{server.port}"
        assert found(before, address) == found(f"{address}/", built) == []
        assert found(f"{address}/plans/red-2031.ics", before) == []


def test_a_site_that_changes_between_its_data_and_its_calendar_is_as_its_data(tmp_path: Path, before: Path) -> None:
    moved = edited(tmp_path, "    date: on or about April 28, 2031\n", f"{HISTORY}    previously: April 28, 2031\n")
    for data in (before, moved):
        assert run("build", tmp_path / f"built-{data.name}", "--data", data).returncode == 0
    site, later = tmp_path / "built-before", tmp_path / "built-after"
    shutil.copy(later / "all.ics", site / "all.ics")
    assert found(site, before) == found(before, site) == []
    assert [(each.sort, each.warnings) for each in found(site, moved)] == [(Sort.MOVED, ())]
    stamps = {name.rpartition(".")[2]: event.stamp for name, event in read_place(str(site), FOUNDING).events.items()}
    assert isinstance(stamps["special-meeting"], datetime), "what has not changed keeps its whole stamp"


def test_a_downloaded_feed_speaks_only_for_the_events_that_it_holds(tmp_path: Path, before: Path) -> None:
    built = tmp_path / "built"
    run("build", built, "--data", before)
    feed = built / "plans" / "red-2031.ics"
    after = folder(
        tmp_path / "after",
        PLAN.replace("April 28", "May 5"),
        {"plans/other.yaml": PLAN.replace("Red into Blue", "Another")},
    )
    (change,) = found(feed, after)
    assert change.sort is Sort.MOVED
    assert 'from April 28, 2031 to "on or about May 5, 2031"' in change.text
    assert change.warnings


def test_a_downloaded_feed_knows_on_which_side_a_limit_is_open(tmp_path: Path) -> None:
    places = []
    for number, phrase in enumerate(("no later than", "expected by", "no earlier than")):
        data = folder(tmp_path / f"data-{number}", PLAN.replace("on or about April", f"{phrase} April"))
        built = tmp_path / f"built-{number}"
        run("build", built, "--data", data)
        places.append((data, built / "all.ics"))
    (first, downloaded), (expected, _), (flipped, flipped_download) = places
    for before, after in ((downloaded, flipped), (first, flipped_download), (downloaded, flipped_download)):
        (change,) = found(before, after)
        assert change.sort is Sort.MOVED
        assert change.warnings[0].startswith("the days that are possible differ, but neither")
    assert [each.sort for each in found(downloaded, expected)] == [Sort.OTHER_WORDS]


@pytest.mark.parametrize(
    ("kind", "by", "at"),
    [
        (
            "voting deadline",
            "by 5:00 p.m. Eastern time on March 19, 2031",
            "at 5:00 p.m. Eastern time on March 19, 2031",
        ),
        ("voting deadline", "no later than March 19, 2031", "March 19, 2031"),
        ("voting deadline", "before March 20, 2031", "March 19, 2031"),
        ("instruction deadline", "on or before March 19, 2031", "until March 19, 2031"),
        ("outside date", "by March 19, 2032", "March 19, 2032"),
    ],
)
def test_by_a_deadline_and_at_it_are_the_same(tmp_path: Path, kind: str, by: str, at: str) -> None:
    places = []
    for number, phrase in enumerate((by, at)):
        plan = PLAN.replace("  special meeting:", f"  {kind}: {phrase}\n  special meeting:")
        data, built = folder(tmp_path / f"data-{number}", plan), tmp_path / f"built-{number}"
        run("build", built, "--data", data)
        places.append((data, built / "all.ics"))
    pairs = [(old, new) for one, other in (places, places[::-1]) for old, new in zip(one, other, strict=True)]
    changes = [change for old, new in pairs for change in found(old, new)]
    assert len(changes) == 4
    assert Sort.MOVED not in {each.sort for each in changes}
    assert [each for change in changes for each in change.warnings if each.startswith("the day")] == []


def test_by_the_closing_and_at_it_are_not_the_same(tmp_path: Path, before: Path) -> None:
    changed = edited(tmp_path, "on or about April 28, 2031", "no later than April 28, 2031")
    sharper = folder(tmp_path / "sharper", PLAN.replace("on or about April 28, 2031", "April 28, 2031"))
    (change,) = found(changed, sharper)
    assert change.warnings[0].startswith("the days that are possible differ, but neither")
    assert found(before, changed)


def test_a_downloaded_feed_knows_what_was_completed(tmp_path: Path) -> None:
    done = PLAN + 'completed: {source: second, date: "March 31, 2031"}\n'
    data, built = folder(tmp_path / "data", done), tmp_path / "built"
    run("build", built, "--data", data)
    assert found(built / "all.ics", data) == []


def test_what_no_revision_declares_is_warned_of_wherever_it_was_published(tmp_path: Path, before: Path) -> None:
    built, after = tmp_path / "built", edited(tmp_path, "March 20, 2031", "{date: 'March 20, 2031', note: In person}")
    run("build", built, "--data", before)
    warned = [each.warnings for each in found(before, after)]
    assert any(warned)
    assert [each.warnings for each in found(built, after)] == warned
    with serving(before) as server:
        assert [each.warnings for each in found(f"http://127.0.0.1:{server.port}", after)] == warned


def test_a_git_revision_is_of_the_folder_that_the_other_side_names(tmp_path: Path, before: Path) -> None:
    git = need("git", "keeps revisions")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run([git, *command], cwd=tmp_path, check=True)
    assert found_by_git(before) == []
    (before / NAME).write_text(PLAN.replace("April 28", "May 5"), encoding="utf-8")
    (change,) = found_by_git(before)
    assert change.sort is Sort.MOVED


def test_a_changed_summary_is_told_beside_what_differs(tmp_path: Path, before: Path) -> None:
    after = edited(tmp_path, "    acquiring: Blue Portfolio\n", "    acquiring: {name: Green Fund}\n")
    assert [each.text for each in found(before, after)] == [
        f"{kind} → Green{how} (was “{kind.replace('Red (EST)', 'Red')} → Blue (EST){how}”): differs in its acquirer"
        for kind, how in (("~ Closing: Red (EST)", " (on or about)"), ("Special meeting: Red (EST)", ""))
    ]


def test_another_acquirer_takes_an_event_out_of_the_feeds_of_the_former_one(tmp_path: Path, before: Path) -> None:
    green = TRUST.replace("  blue: Blue Portfolio\n", "  blue: Blue Portfolio\n  green: Green Portfolio\n")
    renamed = folder(
        tmp_path / "b",
        others={
            "trusts/est.yaml": TRUST.replace(": Blue", ": {name: New, other names: [Blue").replace(
                "[Blue Portfolio", "[Blue Portfolio]}"
            )
        },
    )
    other = folder(tmp_path / "c", PLAN.replace("acquiring: Blue", "acquiring: Green"), {"trusts/est.yaml": green})
    assert not any("no more" in each for change in found(before, renamed) for each in change.warnings)
    lost = "it stands in the feed of trusts/est/blue no more, whose subscribers lose it without a word"
    assert [change.warnings[0].startswith(lost) for change in found(before, other)] == [True, True]


def test_the_same_day_at_another_hour_is_not_called_another_day(tmp_path: Path) -> None:
    at_ten = PLAN.replace("March 20, 2031", "March 20, 2031 at 10:00 a.m. Eastern")
    after = folder(tmp_path / "b", at_ten.replace("10:00", "11:00"))
    (change,) = found(folder(tmp_path / "a", at_ten), after)
    assert change.warnings[0].startswith('the time of day differs, but neither "previously" nor "corrected" says so')


def test_a_firmer_date_does_not_hide_another_acquirer_or_a_condition(tmp_path: Path) -> None:
    plan = PLAN.replace("on or about April", "April")
    after = plan.replace("    subject to: shareholder approval\n", "").replace("Blue Portfolio", "{name: Green Fund}")
    (closing,) = (
        each for each in found(folder(tmp_path / "a", plan), folder(tmp_path / "b", after)) if "Closing" in each.text
    )
    assert closing.sort is Sort.FIRMER
    assert closing.text == (
        "Closing: Red (EST) → Green (was “~ Closing: Red → Blue (EST) (conditional)”): "
        '"April 28, 2031"; differs in its acquirer, its conditions (before: shareholder approval)'
    )
    moved = after.replace("date: April 28", "date: May 5")
    (closing,) = (
        each for each in found(folder(tmp_path / "c", plan), folder(tmp_path / "d", moved)) if "Closing" in each.text
    )
    assert closing.text.endswith(
        '(conditional)”): from "April 28, 2031" to "May 5, 2031"; differs in its acquirer, its conditions '
        "(before: shareholder approval)"
    )


def found_by_git(folder: Path) -> list[Difference]:
    return differences(read_place("git:HEAD", folder).events, read_place(str(folder), folder).events)


CONFIDENTIAL = "confidential/plans/secret-2031.yaml"


def with_secret(path: Path, secret: str) -> Path:
    """A data folder that has a confidential plan beside a public one."""
    plan = secret.replace("Red into Blue", "Secret").replace("target: Red", "target: Green")
    trust = "portfolios:\n  green: Green Portfolio\n"
    return folder(
        path, PLAN, {CONFIDENTIAL: plan, "confidential/trusts/est.yaml": f"name: Example Series Trust\n{trust}"}
    )


def test_what_is_confidential_is_compared_only_on_request(tmp_path: Path) -> None:
    old, new = (with_secret(tmp_path / day, PLAN.replace("28", day)) for day in ("28", "29"))
    silent = run("diff", old, new)
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "", "0 changes, 0 warnings.\n")
    told = run("diff", "--confidential", old, new)
    assert (told.returncode, told.stderr) == (1, "1 change, 1 warning.\n")
    title, moved, _ = told.stdout.splitlines()
    assert (title, moved.split(":")[0]) == ("secret-2031: Secret", "  moved")


def test_a_withdrawn_plan_is_not_to_be_put_back_and_is_told_of_the_public_in_any_case(tmp_path: Path) -> None:
    public, withdrawn = folder(tmp_path / "public"), folder(tmp_path / "withdrawn")
    (withdrawn / "confidential" / "plans").mkdir(parents=True)
    (withdrawn / NAME).rename(withdrawn / "confidential" / NAME)
    told = run("diff", public, withdrawn)
    assert (told.returncode, told.stderr) == (1, "2 changes, 2 warnings.\n")
    assert told.stdout.count("its UID is gone with all of its plan") == 2
    assert told.stdout.count("if the plan was published too early and lies in confidential/ now, leave it there") == 2
    both = run("diff", "--confidential", public, withdrawn)
    assert (both.returncode, both.stdout) == (1, told.stdout)
    published = run("diff", "--confidential", withdrawn, public)
    assert (published.returncode, published.stdout.count("  new: ")) == (0, 2)


def test_a_git_revision_has_both_parts(tmp_path: Path) -> None:
    git = need("git", "keeps revisions")
    data = with_secret(tmp_path / "data", PLAN)
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run([git, *command], cwd=tmp_path, check=True)
    (data / CONFIDENTIAL).unlink()
    assert run("diff", "git:HEAD", data).stdout == ""
    told = run("diff", "--confidential", "git:HEAD", data)
    assert told.returncode == 1
    assert "  gone: " in told.stdout


def test_only_data_folders_and_revisions_have_a_confidential_part(tmp_path: Path, before: Path) -> None:
    built = tmp_path / "built"
    assert run("build", built, "--data", before).returncode == 0
    result = run("diff", "--confidential", built, before)
    assert (result.returncode, result.stdout) == (2, "")
    assert "neither a data folder nor git:REVISION" in result.stderr


def test_problems_of_the_confidential_part_are_told_when_it_is_compared(tmp_path: Path, before: Path) -> None:
    broken = with_secret(tmp_path / "broken", PLAN.replace("March 20", "March 32"))
    assert run("diff", before, broken).returncode == 0
    result = run("diff", "--confidential", before, broken)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"{CONFIDENTIAL}:" in result.stderr


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("nowhere", "cannot be read"),
        ("git:--output=x", "names no revision"),
        ("git:no-such-revision", "git:no-such-revision cannot be read"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9/all.json cannot be read"),
        (__file__, "is no feed of calfeed"),
    ],
)
def test_a_place_that_cannot_be_read_is_told(place: str, message: str) -> None:
    with pytest.raises(UnreadablePlaceError, match=message):
        read_place(place, FOUNDING)


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_in_git_is_told_to_be_committed(tmp_path: Path, before: Path) -> None:
    # Beside a repository, and as a new folder in one.
    for commands in ((), ("init --quiet", "commit --quiet --allow-empty --message x")):
        for command in commands:
            git = [need("git", "keeps data folders"), "-c", "user.name=x", "-c", "user.email=x@example.com"]
            subprocess.run([*git, *command.split()], cwd=tmp_path, check=True)
        with pytest.raises(UnreadablePlaceError, match=f"{before} is not in git yet: commit it first"):
            read_place("git:HEAD", before)


def test_the_command_shows_changes_by_plan_and_fails_on_warnings(tmp_path: Path) -> None:
    shutil.copytree(FOUNDING, tmp_path / "data")
    plan = tmp_path / "data" / "plans" / "met-investors-2007-12.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("date: on or about April 28", "date: on or about May 5"))
    result = run("diff", FOUNDING, cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr == "2 changes, 2 warnings.\n"
    lines = result.stdout.splitlines()
    assert lines[0] == "met-investors-2007-12: 2008 reorganizations of Met Investors Series Trust"
    assert lines[1].startswith("  moved: ")
    assert lines[2].startswith("    warning: the day differs")
    github = run("diff", FOUNDING, "--format", "github", cwd=tmp_path).stdout.splitlines()
    assert [line.partition(" ")[0] for line in github] == ["::notice", "::warning"] * 2
    assert [line for line in github if "file=data/plans/" not in line] == []
    listed = json.loads(run("diff", FOUNDING, "--format", "json", cwd=tmp_path).stdout)
    assert [(each["plan"], each["change"], len(each["warnings"])) for each in listed] == [
        ("met-investors-2007-12", "moved", 1)
    ] * 2


def test_the_command_has_a_code_of_its_own_for_what_it_cannot_read(tmp_path: Path) -> None:
    assert run("diff", FOUNDING, FOUNDING).returncode == 0
    broken = folder(tmp_path / "broken", PLAN.replace("March 20", "March 32"))
    for places in ((FOUNDING, "nowhere"), (FOUNDING, broken)):
        result = run("diff", *places)
        assert (result.returncode, result.stdout) == (2, "")
        assert "Error: " in result.stderr
