"""A later filing of a plan: what it changes in the plan's file, and that all else stays as it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfeed.filings.passages.opening import read_filing
from calfeed.filings.revising.edits import Edits
from calfeed.filings.revising.revision import NotOfThisPlanError, Revision, revise
from calfeed.filings.revising.written_plan import PlanFile
from calfeed.reading.documents import PlanDocument
from calfeed.reading.folder import load
from calfeed.reading.shapes import check_shape
from calfeed.reading.yaml import read_octets, read_text
from tests.support import ROOT, data_folder, each_of, plan_of, run

FILINGS = ROOT / "tests" / "filings"


class Data(NamedTuple):
    """A data folder with one plan, `eb`."""

    folder: Path

    @property
    def plan(self) -> str:
        """What the plan's file holds, line ends as they are."""
        return (self.folder / "plans" / "eb.yaml").read_bytes().decode()

    def draft(self, filing: Path, *options: str) -> tuple[int, str, str]:
        """What `calfeed draft --plan` answers: its code, its output and its messages."""
        done = run("draft", filing, "--plan", "eb", "--data", self.folder, *options)
        return done.returncode, done.stdout, done.stderr


EBBRIDGE = FILINGS / "06b-ebbridge-date-moved.txt"
TRUST = """\
name: Ebbridge Equity Trust
portfolios:
  harvest: Ebbridge Dividend Harvest Fund
  rising: Ebbridge Rising Income Fund
  utilities: Ebbridge Utilities & Infrastructure Fund
  global: Ebbridge Global Infrastructure Fund
"""
PLAN = """\
# The plan of May 2017.
trust: Ebbridge Equity Trust   # one of ours
sources:
  first:
    title: 'Prospectus Supplement' # as filed
    dated: "May 9, 2017"

reorganizations:
  - target: Ebbridge Dividend Harvest Fund
    acquiring: Ebbridge Rising Income Fund
  # This one may be late.
  - {target: "Ebbridge Utilities & Infrastructure Fund", acquiring: Ebbridge Global Infrastructure Fund}

milestones:
  announcement: May 9, 2017
  record date:    June 5, 2017
  special meeting: Tuesday, August 15, 2017
  closed to new investors: after the close of business on August 31, 2017
  closing:   # before the open!
    date: before the open of business on Monday, September 18, 2017
    subject to: shareholder approval
"""


def data_of(folder: Path, plan: str, trust: str = TRUST) -> Data:
    """A data folder with a plan, whose text keeps its line ends."""
    return Data(data_folder(folder, {"trusts/example-trust.yaml": trust, "plans/eb.yaml": plan.encode()}))


SECOND = """
  filing-2017-08-18:
    title: "Prospectus Supplement — August 18, 2017"
    dated: August 18, 2017
    left out:
      ended June 30, 2017: the end of a period that figures are for
      ended February 28, 2017: the end of a period that figures are for\
"""
OWN = """\
, milestones: {closed to new investors: {date: "the close of business on October 6, 2017", source: filing-2017-08-18, \
previously: ["after the close of business on August 31, 2017"], quote: "For Ebbridge Utilities & Infrastructure Fund, \
that date is changed from August 31, 2017 to the close of business on October 6, 2017."}, closing: {date: "expected to \
close before the open of business on Monday, October 23, 2017", subject to: ["shareholder approval", "change"], \
source: filing-2017-08-18, previously: ["before the open of business on Monday, September 18, 2017"], quote: "Because \
the transfer of certain holdings in Brazil and India will take longer than had been thought, it is now expected to \
close before the open of business on Monday, October 23, 2017, or on a later day that the officers of the Trust \
select."}}\
"""


def edited(plan: str) -> str:
    """The plan with what the second filing changes."""
    sources = plan.replace('    dated: "May 9, 2017"', f'    dated: "May 9, 2017"{SECOND}')
    own = sources.replace("Global Infrastructure Fund}", f"Global Infrastructure Fund{OWN}}}")
    return own.replace(f"{OWN}}}", f"{OWN}}}\napproved: {{source: filing-2017-08-18}}")


@pytest.mark.parametrize(("mark", "line_end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_a_later_filing_is_written_into_the_file_and_nothing_else_is_touched(
    mark: str, line_end: str, tmp_path: Path
) -> None:
    plan = mark + PLAN.replace("\n", line_end)
    data = data_of(tmp_path, plan)
    code, shown, messages = data.draft(EBBRIDGE, "--apply")
    assert code == 0
    assert "+approved: {source: filing-2017-08-18}\n" in shown
    assert "of the plan changed, written; 0 to decide." in messages
    assert data.plan == mark + edited(PLAN).replace("\n", line_end)
    assert run("compare", "eb", EBBRIDGE, "--data", tmp_path).returncode == 0
    once = data.plan
    code, again, messages = data.draft(EBBRIDGE, "--apply")
    assert (code, again, data.plan) == (0, "", once)
    assert "No change; 0 to decide." in messages


def test_without_apply_the_file_stays_as_it_is(tmp_path: Path) -> None:
    data = data_of(tmp_path, PLAN)
    code, shown, messages = data.draft(EBBRIDGE)
    assert (code, data.plan) == (0, PLAN)
    assert "+approved: {source: filing-2017-08-18}\n" in shown
    assert "not written (--apply writes it); 0 to decide." in messages


def test_edits_after_which_the_data_has_problems_are_not_made(tmp_path: Path) -> None:
    data = data_of(tmp_path, PLAN.replace("Tuesday, August 15, 2017", "Friday, August 25, 2017"))
    before = data.plan
    code, shown, messages = data.draft(EBBRIDGE, "--apply")
    assert (code, data.plan) == (1, before)
    assert "approved by filing-2017-08-18" not in shown
    assert "With these edits the data has 1 problem: they are not made." in messages
    assert "of the plan changed, not written; " in messages


def test_after_a_stop_nothing_says_that_apply_would_write(tmp_path: Path) -> None:
    data = data_of(tmp_path, PLAN.replace("May 9, 2017", "August 25, 2017"))
    code, _, messages = data.draft(EBBRIDGE)
    assert code == 1
    assert "it was missed" in messages
    assert "of the plan changed, not written; " in messages


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--plan", "ebb"], 'there is no plan "ebb" in '),
        (["--plan", "eb", "--pair", "A -> B"], "--pair has no meaning with --plan"),
        (["--plan", "eb", "-o", "new.yaml"], "-o and --review are for a new plan"),
        (["--apply"], "--apply needs --plan"),
    ],
)
def test_what_cannot_be_asked_for_has_a_code_of_its_own(options: list[str], message: str, tmp_path: Path) -> None:
    data = data_of(tmp_path, PLAN)
    done = run("draft", EBBRIDGE, "--data", data.folder, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


# --- what a filing changes -------------------------------------------------------------------------------------------

HEAD = "BLUE RIVER TRUST\n\nSupplement dated {dated}\n\n"
BLUE = """\
name: Blue River Trust
portfolios:
  bond: Blue River Bond Fund
  income: Blue River Income Fund
  mid: {name: Blue River Mid Cap Fund, other names: [Blue River Discovery Fund]}
  large: Blue River Large Cap Fund
"""
BOTH = """\
sources:
  first: {title: Supplement, dated: "May 1, 2031"}
reorganizations:
  - target: Blue River Bond Fund
    acquiring: Blue River Income Fund
  - target: Blue River Mid Cap Fund
    acquiring: Blue River Large Cap Fund
milestones:
  special meeting: July 8, 2031
  closing:
    date: on or about August 4, 2031
    subject to: shareholder approval
"""
BOND = "the reorganization of Blue River Bond Fund into Blue River Income Fund"


class Revised(NamedTuple):
    """What a filing makes of a plan: the plan's document as its file then is, and what was said."""

    document: PlanDocument
    revision: Revision
    content: bytes

    def closing(self, number: int | None = None) -> tuple[str, list[str]]:
        """The closing's date, and those before it, of the plan or of a reorganization."""
        holder: Any = self.document if number is None else self.document.reorganizations[number]
        return holder.milestones["closing"].date, list(holder.milestones["closing"].previously)


def revised(folder: Path, text: str, plan: str = BOTH, dated: str = "June 2, 2031") -> Revised:
    """What a filing with a text makes of a plan; a second time it changes nothing."""
    data_folder(folder, {"trusts/example-trust.yaml": BLUE, "plans/eb.yaml": plan})
    first = once(folder, text, dated)
    (folder / "plans" / "eb.yaml").write_bytes(first.content)
    if not first.revision.stops:
        assert once(folder, text, dated).content == first.content
    return first


def once(folder: Path, text: str, dated: str) -> Revised:
    content = (folder / "plans" / "eb.yaml").read_bytes()
    before = check_shape(read_octets(content, "eb.yaml"), PlanDocument).document
    assert before
    filing = read_filing((HEAD.format(dated=dated) + text).encode(), "supplement.txt")
    revision = revise(PlanFile(load(folder).plans[0], before, content), filing, {})
    file = read_octets(revision.content, "eb.yaml")
    after = check_shape(file, PlanDocument).document
    assert after
    assert list(file.problems) == []
    return Revised(after, revision, revision.content)


def test_a_day_that_all_have_moves_where_the_plan_states_it(tmp_path: Path) -> None:
    text = (
        f"With respect to {BOND} and of Blue River Mid Cap Fund into Blue River Large Cap Fund, both reorganizations "
        "are now expected to be completed on or about September 8, 2031."
    )
    found = revised(tmp_path, text)
    assert found.closing() == ("on or about September 8, 2031", ["on or about August 4, 2031"])
    assert list(found.document.sources) == ["first", "filing-2031-06-02"]
    assert found.document.milestones["closing"].source == "filing-2031-06-02"
    assert all(not each.milestones for each in each_of(found.document.reorganizations))


def test_a_day_that_one_of_several_has_becomes_its_own(tmp_path: Path) -> None:
    found = revised(tmp_path, f"The closing of {BOND} is now expected to occur on or about September 8, 2031.")
    assert found.closing() == ("on or about August 4, 2031", [])
    assert found.closing(0) == ("on or about September 8, 2031", ["on or about August 4, 2031"])
    assert list(found.document.reorganizations[0].milestones["closing"].subject_to) == ["shareholder approval"]  # type: ignore[union-attr]
    assert found.document.reorganizations[1].milestones == {}


def test_each_postponement_comes_before_the_earlier_ones(tmp_path: Path) -> None:
    text = f"The closing of {BOND} is now expected to occur on or about {{}}."
    first = revised(tmp_path, text.format("September 8, 2031"))
    second = revised(tmp_path, text.format("October 6, 2031"), first.content.decode(), "July 1, 2031")
    assert second.closing(0) == (
        "on or about October 6, 2031",
        ["on or about September 8, 2031", "on or about August 4, 2031"],
    )
    assert list(second.document.sources) == ["first", "filing-2031-06-02", "filing-2031-07-01"]


def test_a_filing_older_than_the_last_source_stops_it(tmp_path: Path) -> None:
    text = f"The closing of {BOND} is now expected to occur on or about September 8, 2031."
    found = revised(tmp_path, text, BOTH.replace("May 1, 2031", "July 1, 2031"))
    assert "before the last source of the plan: it was missed" in found.revision.stops[0]


def test_a_filing_whose_own_day_may_be_two_days_stops_it(tmp_path: Path) -> None:
    text = f"The closing of {BOND} is now expected to occur on or about September 8, 2031."
    found = revised(tmp_path, text, dated="6/7/2031")
    assert 'bears a date that is not certain, "6/7/2031"' in found.revision.stops[0]


def test_what_an_earlier_draft_left_to_decide_stops_it(tmp_path: Path) -> None:
    text = f"The closing of {BOND} is now expected to occur on or about September 8, 2031."
    found = revised(tmp_path, text, f"{BOTH}  # TO DECIDE, line 9: its day\n  # record date: May 5, 2031\n")
    assert 'still has "TO DECIDE" on line' in found.revision.stops[0]


def test_an_earlier_day_that_the_plan_does_not_have_stops_it(tmp_path: Path) -> None:
    text = (
        f"The closing of {BOND} was to be completed on or about August 18, 2031. "
        "It is now expected to be completed on or about September 8, 2031."
    )
    found = revised(tmp_path, text)
    assert "August 18, 2031" in found.revision.stops[0]
    assert "A filing between was missed" in found.revision.stops[0]
    by_hand = BOTH.replace(
        "    subject to", '    source: first\n    previously: ["on or about August 18, 2031"]\n    subject to'
    )
    assert revised(tmp_path, text, by_hand).revision.stops == ()


@pytest.mark.parametrize("day", ["August 4, 2031", "August 18, 2031"])
def test_a_day_that_is_put_off_is_never_taken_for_the_new_one(tmp_path: Path, day: str) -> None:
    found = revised(
        tmp_path,
        f"The closing of {BOND}, which was scheduled to take place on or about {day}, has been postponed. "
        "No new date has been set.",
    )
    assert found.content.decode().startswith(BOTH.partition("milestones:")[0])
    assert b"August 18" not in found.content
    assert "an earlier date" in str([each.why for each in found.revision.questions])
    assert bool(found.revision.stops) is (day == "August 18, 2031")


def test_a_day_that_was_expected_gives_way_to_the_one_that_is_expected_now(tmp_path: Path) -> None:
    found = revised(
        tmp_path,
        f"The closing of {BOND}, which was expected to take place on or about August 4, 2031, is now expected to take "
        "place on or about September 8, 2031.",
    )
    assert found.closing(0) == ("on or about September 8, 2031", ["on or about August 4, 2031"])
    assert found.revision.questions == ()


def test_a_closing_that_is_put_off_without_a_new_day_has_none(tmp_path: Path) -> None:
    found = revised(tmp_path, f"With respect to {BOND}, the closing of the reorganization has been postponed until "
                    "further notice.")  # fmt: skip
    assert found.closing(0) == ("until further notice", ["on or about August 4, 2031"])


def test_what_is_given_up_is_cancelled_for_those_that_it_is_said_of(tmp_path: Path) -> None:
    text = f"The Board has determined not to proceed with {BOND}."
    found = revised(tmp_path, text)
    assert [bool(each.cancelled) for each in found.document.reorganizations] == [True, False]
    assert found.document.cancelled is None
    alone = BOTH[: BOTH.index("  - target: Blue River Mid")] + BOTH[BOTH.index("milestones:") :]
    whole = revised(tmp_path, text, alone)
    assert (bool(whole.document.cancelled), whole.document.reorganizations[0].cancelled) == (True, None)


def test_a_completion_needs_its_day(tmp_path: Path) -> None:
    text = f"The closing of {BOND} was completed on August 4, 2031."
    found = revised(tmp_path, text, dated="August 6, 2031")
    completed = found.document.reorganizations[0].completed
    assert completed
    assert (completed.source, completed.date) == ("filing-2031-08-06", "August 4, 2031")
    without = revised(tmp_path, f"The closing of {BOND} has been completed.", dated="August 6, 2031")
    assert without.document.reorganizations[0].completed is None
    assert "completed" in without.revision.questions[0].why


@pytest.mark.parametrize("day", ["by August 4, 2031", "on or about August 4, 2031", "no later than August 4, 2031"])
def test_a_day_that_is_not_exact_is_not_that_of_the_completion(day: str, tmp_path: Path) -> None:
    found = revised(tmp_path, f"{BOND} was completed {day}.", dated="August 6, 2031")
    assert found.document.reorganizations[0].completed is None
    assert any("Was it completed, as the filing seems to say?" in each.why for each in found.revision.questions)


def test_a_milestone_that_the_plan_lacks_is_added_in_the_order_of_the_kinds(tmp_path: Path) -> None:
    alone = BOTH[: BOTH.index("  - target: Blue River Mid")] + BOTH[BOTH.index("milestones:") :]
    text = f"With respect to {BOND}, shareholders of record on June 9, 2031 may vote at the special meeting."
    found = revised(tmp_path, text, alone)
    assert list(found.document.milestones) == ["special meeting", "closing", "record date"]


def test_a_fund_is_known_by_its_other_names(tmp_path: Path) -> None:
    text = (
        "The closing of the reorganization of Blue River Discovery Fund into Blue River Large Cap Fund is now expected "
        "to occur on or about September 8, 2031."
    )
    assert revised(tmp_path, text).closing(1)[0] == "on or about September 8, 2031"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"The closing of {BOND} is expected to occur on August 4, 2031.",
         'The plan says "on or about August 4, 2031".'),
        ("The special meeting of Blue River Bond Fund scheduled for July 8, 2031 is cancelled.",
         "Does it hold?"),
        (f"Unless the Board decides otherwise, {BOND} will close on August 4, 2031.", "Does it hold?"),
        (f"All shareholders have approved {BOND}, which was completed on May 2, 2030.",
         "Was it completed, as the filing seems to say?"),
        (f"{BOND} is described below. The special meeting is cancelled.", "Does this change the plan?"),
        (f"{BOND} is described below. The Funds will not close to new investors.", "Does this change the plan?"),
        ("Blue River Bond Fund will not merge with Blue River Income Fund.", "Does this change the plan?"),
        (f"The Board has not terminated {BOND}.", "Does this change the plan?"),
        (f"The lawsuit against {BOND} was dropped.", "Does this change the plan?"),
        (f"After talks with the manager, {BOND} has been shelved.", "Does this change the plan?"),
        (f"{BOND} is described below. The proposed merger fell through.", "Does this change the plan?"),
        (f"{BOND} was approved on May 30, 2031.", "the filing does not say by whom"),
        (f"{BOND} has been deferred.", "Was it postponed, as the filing seems to say?"),
        (f"The special meeting called to vote on {BOND} has been cancelled, because no vote is required. The "
         "reorganization is still expected to close on or about August 4, 2031.", "Does this change the plan?"),
        (f"The webcast on {BOND} has been cancelled.", "Does this change the plan?"),
        (f"The Board has decided to cancel the meeting to consider {BOND}.", "Does this change the plan?"),
        (f"The solicitation of proxies for {BOND} was completed on May 30, 2031.", "Has it happened?"),
        (f"The conference call to discuss {BOND} was completed on May 30, 2031.", "Has it happened?"),
        (f"The notice of {BOND} dated May 14, 2031 has been rescinded.", "Does this change the plan?"),
        (f"The Board has terminated {BOND}. The reorganization is still expected to close on or about August 4, 2031.",
         "Was it cancelled, as the filing seems to say?"),
        ("Blue River Bond Fund is part of this plan. Red Lake Fund will be reorganized into Red Sea Fund, a series of "
         "Red Trust.", "Is this of the plan too?"),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_asked(text: str, why: str, tmp_path: Path) -> None:
    found = revised(tmp_path, text)
    assert any(why in each.why for each in found.revision.questions)
    assert found.content.decode() == BOTH


@pytest.mark.parametrize("dated", ["July 1, 2031", "July 15, 2031"])
@pytest.mark.parametrize(
    "text",
    [
        "The special meeting of Blue River Bond Fund, scheduled for July 8, 2031, has been cancelled.",
        f"The special meeting that was to be held on July 8, 2031 to vote on {BOND} was called off.",
        f"The Board abandoned {BOND}. The special meeting called for July 8, 2031 was not held.",
    ],
)
def test_a_meeting_that_is_cancelled_is_asked_about_before_and_after_its_day(
    text: str, dated: str, tmp_path: Path
) -> None:
    found = revised(tmp_path, text, dated=dated)
    assert [each.kind for each in found.revision.questions] == ["special meeting"]
    assert [each.cancelled for each in found.revision.draft.to_decide] == [True]
    own = "meeting: {date: 'July 8, 2031', cancelled: {source: first}}"
    by_hand = found.content.decode().replace("meeting: July 8, 2031", own)
    assert revised(tmp_path, text, by_hand, dated).revision.questions == ()


def test_a_meeting_is_not_cancelled_with_a_webcast_on_it(tmp_path: Path) -> None:
    text = f"The special meeting on {BOND} was held on July 8, 2031 as scheduled, and the webcast was cancelled."
    found = revised(tmp_path, text, dated="July 15, 2031")
    assert not any(each.cancelled for each in (*found.revision.draft.placed, *found.revision.draft.to_decide))


def test_the_day_right_behind_the_completion_is_that_of_the_completion(tmp_path: Path) -> None:
    text = f"{BOND}, which shareholders approved at the meeting on July 8, 2031, was completed on August 4, 2031."
    completed = revised(tmp_path, text, dated="August 6, 2031").document.reorganizations[0].completed
    assert completed
    assert completed.date == "August 4, 2031"


def test_a_filing_of_other_funds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotOfThisPlanError, match="names no target of the plan eb"):
        revised(tmp_path, "The closing of the reorganization of Red Fund into Green Fund is on June 9, 2031.")


# --- the edits -------------------------------------------------------------------------------------------------------

TEXTS = st.sampled_from(
    ["July 1, 2031", "on or about May 2, 2031", "a: b", 'say "so"', "it's # so", "- dash", "x" * 140]
)
GAPS = st.sampled_from(["", "\n", "# a note\n", "\n  # indented: {note}\n\n"])


class Written(NamedTuple):
    """A text in YAML that was put together from pieces, and what it says."""

    text: str
    says: Mapping[str, Any]


@st.composite
def written(draw: st.DrawFn) -> Written:
    """Milestones in any of the ways in which an author may write them, with notes and blank lines between."""
    lines, says = ["# top\n", "milestones:", draw(st.sampled_from(["\n", "   # all\n"]))], {}
    indent = " " * draw(st.sampled_from([1, 2, 4]))
    for key in ("record date", "special meeting", "closing"):
        value = draw(TEXTS)
        way = draw(st.sampled_from(list(WAYS)))
        lines += [draw(GAPS), WAYS[way].format(i=indent, key=key, value=value.replace("\\", "").replace('"', '\\"'))]
        says[key] = value if way in {"quoted", "below", "folded"} else {"date": value, "previously": ["May 1, 2031"]}
    lines.append(draw(GAPS) + draw(st.sampled_from(["", 'title: "x"', "title: x # end\n"])))
    return Written("".join(lines), says)


WAYS = {
    "quoted": '{i}{key}: "{value}"   # why\n',
    "below": '{i}{key}:   # why\n{i}   "{value}"\n',
    "folded": '{i}"{key}": "{value}"\n',
    "mapping": '{i}{key}:\n{i}{i}date: "{value}" # why\n{i}{i}previously: ["May 1, 2031"]\n',
    "list": '{i}{key}:\n{i}  date: "{value}"\n{i}  previously:\n{i}  # the first\n{i}  - May 1, 2031\n',
    "single": '{i}{key}:\n{i} date: "{value}"\n{i} previously: May 1, 2031   # why\n',
    "braces": '{i}{key}: {{date: "{value}",   previously: [ "May 1, 2031" ]}} # why\n',
    "lines": '{i}{key}: {{\n{i}  date: "{value}", # why\n{i}  previously: ["May 1, 2031"]}}\n',
}


@given(written=written(), line_end=st.sampled_from(["\n", "\r\n", "\r"]), new=TEXTS)
def test_whatever_the_layout_edits_say_what_they_should_and_keep_the_rest(
    written: Written, line_end: str, new: str
) -> None:
    edits = Edits(written.text.replace("\n", line_end).encode())
    expected: dict[str, Any] = {}
    for key, says in written.says.items():
        steps = ("milestones", key)
        if isinstance(says, str):
            edits.replace(steps, {"date": new, "previously": [says], "quote": new})
            expected[key] = {"date": new, "previously": [says], "quote": new}
            continue
        edits.replace((*steps, "date"), new)
        edits.put_first((*steps, "previously"), [says["date"]], ["May 1, 2031"])
        edits.append(steps, {"quote": new})
        expected[key] = {"date": new, "previously": [says["date"], "May 1, 2031"], "quote": new}
    edits.append(("milestones",), {"valuation": {"date": new}}, "closing")
    expected["valuation"] = {"date": new}
    after = edits.content().decode()
    assert "\n" not in after.replace("\r\n", "") or line_end == "\n"
    root: Any = read_text(after, "x.yaml").root
    assert root["milestones"] == expected
    assert list(root["milestones"]) == list(expected)
    assert after.count("#") - new.count("#") * 7 >= 0
    notes = [line.partition("#")[2] for line in written.text.split("\n") if "#" in line and "so" not in line]
    assert [note for note in notes if note not in after] == []


@given(written=written(), line_end=st.sampled_from(["\n", "\r\n"]))
def test_without_an_edit_nothing_changes(written: Written, line_end: str) -> None:
    content = written.text.replace("\n", line_end).encode()
    assert Edits(content).content() == content


def test_one_added_key_adds_its_lines_alone() -> None:
    plan = plan_of({"closing": "May 2, 2031 # soon"}, "Example A Portfolio")
    edits = Edits(plan.encode())
    edits.append(("milestones",), {"valuation": {"date": "May 1, 2031"}})
    assert edits.content().decode() == f"{plan}  valuation:\n    date: May 1, 2031\n"
