"""A plan held against the text of its filings: what a true plan says stands there, and what differs is found."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from calfeed.filings.comparing.compare import Comparison, Given, UnknownSourceError, compare
from calfeed.filings.comparing.planned import Planned, read_planned
from calfeed.filings.passages.opening import read_filing
from calfeed.filings.passages.text import Filing
from calfeed.model.when import MONTHS, in_words
from calfeed.reading.documents import PlanDocument, TrustDocument
from calfeed.reading.registry import Registry
from calfeed.reading.shapes import check_shape
from calfeed.reading.yaml import read_octets
from tests.support import FOUNDING, ROOT, each_of, run

FILINGS = ROOT / "tests" / "filings"
SUPPLEMENT = FILINGS / "founding.txt"
FOUNDING_PLAN = (FOUNDING / "plans" / "met-investors-2007-12.yaml").read_text(encoding="utf-8")
TRUE_PLANS = sorted((FILINGS / "plans").glob("*.yaml"))
# The quotes of the shipped plan say the dates too: without them each date stands in one line.
BARE_PLAN = re.sub(r"\n    quote: >-(?:\n      .*)*", "", FOUNDING_PLAN)


def planned(plan: str, trusts: Mapping[str, str] | None = None) -> Planned:
    """What a plan says, beside the files of some trusts by their ids."""
    checked = check_shape(read_octets(plan.encode(), "plan.yaml"), PlanDocument)
    assert checked.document is not None, list(checked.file.problems)
    files = {each: read_octets(content.encode(), f"{each}.yaml") for each, content in (trusts or {}).items()}
    registry = Registry([(each, check_shape(file, TrustDocument)) for each, file in files.items()])
    return read_planned(checked.file, checked.document, registry)


def filing(path: Path) -> Filing:
    return read_filing(path.read_bytes(), path.name)


def filing_of(plan: Path) -> Filing:
    """The filing that a true plan was written from."""
    return filing(next(path for path in FILINGS.glob(f"{plan.stem}.*") if path.suffix in {".txt", ".html"}))


def held(plan: str, text: str | Filing, source: str = "filing") -> Comparison:
    """A plan held against the text of one of its sources."""
    given = text if isinstance(text, Filing) else read_filing(text.encode(), "filing.txt")
    return compare(planned(plan), [Given(given, planned(plan), source)])


def problems(found: Comparison) -> list[str]:
    return [str(problem) for problem in found.problems]


# --- the shipped plan ------------------------------------------------------------------------------------------------


def test_the_shipped_plan_is_what_its_filing_says() -> None:
    found = held(FOUNDING_PLAN, filing(SUPPLEMENT), "supplement")
    assert (problems(found), found.not_in_plan, found.not_compared) == ([], [], [])
    assert {(each.mention.line, each.reason) for each in found.left_out if each.mention.days} == {
        (4, "the date of another document"),
        (8, "the date of another document"),
    }
    assert {(each.planned.milestone, each.mention.line) for each in found.stated} >= {
        ("board approval", 10), ("record date", 39), ("announcement", 3), ("announcement", 7), ("announcement", 44),
        ("proxy mailing", 42), ("special meeting", 40), ("closing", 38),
    }  # fmt: skip


class Slip(NamedTuple):
    """A plan with one date changed or deleted: what was done, the line of the plan, and the plan."""

    what: str
    line: int
    plan: str


_DAY = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})", re.IGNORECASE)
_ANCHOR = re.compile(
    r"(?:(?:as of|at|after|before|up to) )?(?:the )?(?:close|open)(?: of (?:business|regular trading))?"
    r"(?: on the New York Stock Exchange)? (?:on )?"
)


def slips(plan: str) -> Iterator[Slip]:
    """A plan with each of its dates a day later, firmer, softer, and without its anchor."""
    lines = plan.split("\n")
    for number, line in enumerate(lines):
        day = _DAY.search(line)
        if day is None or "dated:" in line or "left out" in line or "no milestone" in line or "source" in line:
            continue
        if "title" in line or "week of" in line or "previously" in line:
            continue
        moved = date(int(day[3]), [m.lower() for m in MONTHS].index(day[1].lower()) + 1, int(day[2])) + timedelta(
            days=1
        )
        later = re.sub(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, ", "", line).replace(day[0], in_words(moved))
        changed = {"a day later": later, "firmer": line.replace("on or about ", "")}
        changed["without its anchor"] = _ANCHOR.sub("", line)
        for what, new in changed.items():
            if new != line:
                yield Slip(what, number + 1, "\n".join([*lines[:number], new, *lines[number + 1 :]]))


def test_each_slip_in_the_shipped_plan_is_found_at_its_line() -> None:
    text = filing(SUPPLEMENT)
    found = list(slips(BARE_PLAN))
    assert len(found) == 8
    for what, line, plan in each_of(found):
        at = [problem.location.line for problem in held(plan, text, "supplement").problems]
        assert line in at, (what, line)


@pytest.mark.parametrize("key", ["board approval", "record date", "announcement", "proxy mailing", "special meeting"])
def test_a_milestone_that_the_shipped_plan_leaves_out_is_found_in_the_filing(key: str) -> None:
    plan = re.sub(rf"\n  {key}:.*(?:\n    .*)*", "", BARE_PLAN)
    assert plan != BARE_PLAN
    found = held(plan, filing(SUPPLEMENT), "supplement")
    assert problems(found) == []
    assert len(found.not_in_plan) == (3 if key == "announcement" else 1)


# --- true plans ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TRUE_PLANS, ids=lambda path: path.stem)
def test_a_true_plan_raises_no_alarm(path: Path) -> None:
    plan, text = path.read_text(encoding="utf-8"), filing_of(path)
    found = compare(planned(plan), [Given(text, planned(plan))])
    assert problems(found) == []
    assert [(each.line, each.words) for each in found.not_in_plan] == []


@pytest.mark.parametrize("path", TRUE_PLANS, ids=lambda path: path.stem)
def test_each_slip_in_a_true_plan_is_found(path: Path) -> None:
    plan, text = path.read_text(encoding="utf-8"), filing_of(path)
    found = list(slips(plan))
    for what, line, slipped in each_of(found):
        assert not held(slipped, text).is_clean, (what, line)


# --- kinds of plans and filings --------------------------------------------------------------------------------------

PLAN = """\
sources:
  filing: {title: First supplement, dated: "May 1, 2031"}
  second: {title: Second supplement, dated: "June 2, 2031"}
reorganizations:
  - target: Red Fund
milestones:
  announcement: May 1, 2031
"""
HEAD = "Supplement dated May 1, 2031\n\n"


def with_lines(*lines: str) -> str:
    return PLAN + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("closing: on or about July 7, 2031", "The merger will close on or about\nJuly  7, 2031."),
        ("closing: July 7, 2031", "The merger is expected to close on July 7, 2031."),
        ("closing: July 7, 2031", "It is anticipated that the merger will close on July 7, 2031."),
        ("closing: expected on July 7, 2031", "It is anticipated that the merger will close on July 7, 2031."),
        ("closing: expected on July 7, 2031", "The merger will close on July 7, 2031."),
        ("closing: July 7, 2031", "The merger will close on July 7, 20311.\n\n1 Or later."),
        ("closing: third quarter of 2031", "The merger should close in the third quarter of 2031."),
        ("last purchase: through July 7, 2031", "Orders are taken through July 7, 2031."),
        ("special meeting: July 7, 2031", "The meeting was held on July 7."),
        ("last purchase: two business days before the closing", "Orders end two business days before the Closing."),
        ("special meeting: July 7, 2031 at 1:00 p.m. Phoenix time", "It meets on July 7, 2031 at 1:00 p.m. (MST)."),
        ("announcement: May 1, 2031", "In a supplement dated April 3, 2031, and the prospectus of April 4, 2031."),
    ],
)
def test_what_a_filing_states_in_its_own_words_is_no_problem(line: str, sentence: str) -> None:
    plan = PLAN if line in PLAN else with_lines(line)
    found = held(plan, HEAD + sentence)
    assert (problems(found), found.not_in_plan) == ([], [])


@pytest.mark.parametrize(
    ("line", "sentence", "message"),
    [
        ("closing: July 8, 2031", "The merger will close on July 7, 2031.", "filing.txt does not state this"),
        ("closing: July 7, 2031", "The merger will close on or about July 7, 2031.", "the filing states it softer"),
        ("closing: on or about July 7, 2031", "The merger will close on July 7, 2031.", "the filing states it firmer"),
        ("closing: July 7, 2031", "It closes after the close of business on July 7, 2031.", "another part of the day"),
        (
            "closing: on or about July 7, 2031",
            "The merger, which was expected to close on or about July 7, 2031, has been postponed.",
            "the filing says that this day was put off",
        ),
        ("special meeting: July 7, 2031", "It meets on July 7, 2031 at noon Eastern time.", "with another time of day"),
        (
            "closing: July 7, 2031",
            "MERGER ON JULY 7, 2031\n\nThe merger will close on or about July 7, 2031.",
            "the filing also states it softer",
        ),
        (
            "closing: {date: 'July 7, 2031', quote: it will close on Monday}",
            "It closes on July 7, 2031.",
            'does not have the "quote" of "closing": copy what it says instead',
        ),
    ],
)
def test_what_a_filing_states_otherwise_is_a_problem_at_its_place(line: str, sentence: str, message: str) -> None:
    found = held(with_lines(line), HEAD + sentence)
    assert len(found.problems) == 1
    assert message in problems(found)[0]
    assert problems(found)[0].startswith("plan.yaml:8:")


TWO_FUNDS = """\
sources:
  filing: {title: First supplement, dated: "May 1, 2031"}
reorganizations:
  - target: Oak Bond Fund
    acquiring: Oak Income Fund
  - target: Oak Cash Fund
    acquiring: Oak Income Fund
    milestones:
      closing: July 14, 2031
milestones:
  closing: July 7, 2031
"""
BOTH = (
    "Supplement dated May 1, 2031\n\nThe merger of Oak Bond Fund into Oak Income Fund will close on July 7, 2031.\n\n"
    "The merger of Oak Cash Fund into Oak Income Fund will close on July 14, 2031.\n\n"
)


@pytest.mark.parametrize(
    ("line", "sentence", "kind"),
    [
        (
            "record date: July 3, 2031",
            "A special meeting of shareholders will be held on July 3, 2031.",
            "special meeting",
        ),
        ("special meeting: June 3, 2031", "Shareholders of record on June 3, 2031 may vote.", "record date"),
        ("last redemption: July 3, 2031", "The last day to purchase shares is July 3, 2031.", "last purchase"),
        ("closing: July 3, 2031", "A special meeting of shareholders will be held on July 3, 2031.", "special meeting"),
    ],
)
def test_a_day_that_the_filing_has_for_something_else_is_a_problem(line: str, sentence: str, kind: str) -> None:
    (problem,) = problems(held(f"{TWO_FUNDS}  {line}\n".replace("  closing: July 7, 2031\n", "", 1), BOTH + sentence))
    assert f"the filing states this day as the {kind}" in problem


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("approval obtained: July 3, 2031", "A special meeting of shareholders will be held on July 3, 2031."),
        ("closed to purchases: July 3, 2031", "The last day to purchase shares is July 3, 2031."),
        ("a day of ours: {kind: other, date: 'July 3, 2031'}", "The last day to purchase shares is July 3, 2031."),
        ("valuation: July 7, 2031", "Nothing else."),
        ("name change: {date: 'July 7, 2031', of: acquiring}", "Oak Income Fund will then have a new name."),
    ],
)
def test_a_day_that_may_be_called_in_several_ways_is_no_problem(line: str, sentence: str) -> None:
    assert problems(held(f"{TWO_FUNDS}  {line}\n", BOTH + sentence)) == []


def test_words_that_are_left_out_by_name_need_no_milestone() -> None:
    left_out = "dated: 'May 1, 2031', left out: {'open until July 7, 2031': the hours of an office}}"
    plan = PLAN.replace('dated: "May 1, 2031"}', left_out)
    found = held(plan, HEAD + "We are open until July 7,\n2031.")
    assert (problems(found), found.not_in_plan) == ([], [])
    assert [each.reason for each in found.left_out][-1] == "the hours of an office"
    assert 'does not have these words of "left out"' in problems(held(plan, HEAD))[0]


def test_earlier_dates_stand_in_any_of_the_filings() -> None:
    moved = "closing: {date: 'July 21, 2031', source: second, previously: ['on or about July 7, 2031']}"
    plan = planned(with_lines(moved))
    first = read_filing((HEAD + "It will close on or about July 7, 2031.").encode(), "one")
    second = read_filing(b"Supplement dated June 2, 2031\n\nIt will now close on July 21, 2031.", "two")
    both = compare(plan, [Given(each, plan) for each in (first, second)])
    assert both.is_clean
    late = compare(plan, [Given(second, plan, "second")])
    assert late.is_clean
    assert [each.milestone for each in late.not_compared] == ["announcement", "closing"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Nothing is dated here.", "prints no date of its own"),
        ("Supplement dated May 9, 2031", "is dated May 9, 2031, and no source of the plan is"),
    ],
)
def test_a_file_that_is_none_of_the_sources_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnknownSourceError, match=message):
        Given(read_filing(text.encode(), "some.txt"), planned(PLAN))


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_shows_both_sides_and_succeeds_when_all_is_accounted_for() -> None:
    result = run("compare", "met-investors-2007-12", SUPPLEMENT, "--data", FOUNDING)
    assert result.returncode == 0
    assert 'closing: "on or about April 28, 2008" stands in' in result.stdout
    assert 'founding.txt:4: "APRIL 30, 2007" is left out: the date of another document' in result.stdout
    assert result.stderr.splitlines()[-1].startswith("Of the plan: 6 dates stated, 0 problems, 0 not compared.")


def test_the_command_shows_slips_as_json_and_fails(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BARE_PLAN.replace("on or about April 28", "on or about April 29"), encoding="utf-8")
    result = run("compare", plan, f"supplement={SUPPLEMENT}", "--format", "json")
    assert result.returncode == 1
    document = json.loads(result.stdout)
    assert [problem["file"] for problem in document["problems"]] == [plan.as_posix()]
    assert [(each["phrase"], each["line"]) for each in document["not_in_plan"]] == [("on or about April 28, 2008", 38)]
    assert {"milestone", "file", "line", "phrase", "filing_line"} == set(document["stated"][0])
    assert {"phrase", "line", "reason"} == set(document["left_out"][0])


def test_the_command_reads_a_filing_from_standard_input() -> None:
    result = run(
        "compare", "met-investors-2007-12", "-", "--data", FOUNDING, input=SUPPLEMENT.read_text(encoding="utf-8")
    )
    assert result.returncode == 0
    assert result.stderr.startswith("standard input was read as UTF-8.")


def test_the_command_finds_a_confidential_plan_by_its_id(tmp_path: Path) -> None:
    data = Path(shutil.copytree(FOUNDING, tmp_path / "data"))
    (data / "confidential").mkdir()
    (data / "plans").rename(data / "confidential/plans")
    assert run("compare", "met-investors-2007-12", SUPPLEMENT, "--data", data).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["met-investor-2007-12", SUPPLEMENT], 'there is no plan "met-investor-2007-12" in'),
        (["met-investors-2007-12", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["met-investors-2007-12", FILINGS / "01-brackenhall-one-pair.txt"], "no source of the plan is"),
        (
            ["met-investors-2007-12", f"suplement={SUPPLEMENT}"],
            'there is no source "suplement" in the plan: did you mean',
        ),
        (["met-investors-2007-12", SUPPLEMENT, SUPPLEMENT], "two files are the text of one source"),
    ],
)
def test_what_cannot_be_compared_has_a_code_of_its_own(arguments: list[str | Path], message: str) -> None:
    result = run("compare", *arguments, "--data", FOUNDING)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_merger_that_a_plan_has_as_a_liquidation_is_a_problem() -> None:
    plan = TWO_FUNDS.replace("  closing: July 7, 2031\n", "  liquidation: July 7, 2031\n", 1)
    (problem, *_) = problems(held(plan, BOTH))
    assert "the filing states this day as the closing" in problem
