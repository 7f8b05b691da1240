"""What `calfeed check` finds in bad data, each case with its full output, and what it lets pass.

A folder of tests/bad holds the files in which a case differs from the good data in tests/bad/_base, and in
expected.txt all that `check` then says, with paths inside the data folder.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent, indent

import pytest

from calfeed.reading.folder import load
from calfeed.reading.problems import Found, Location, Problem, Severity, number_of, told
from tests.support import COUNTED, FOUNDING, each_of, found_in, make_folder, problems_of, run

BAD = Path(__file__).parent / "bad"
BASE = BAD / "_base"
CASES = sorted(folder for folder in BAD.iterdir() if folder != BASE)
EXPECTED = "expected.txt"
FILED = Path(__file__).parent / "filed"
SCENARIOS = Path(__file__).parent / "scenarios"

PLAN_HEAD = """\
trust: Example Trust
sources:
  supplement:
    title: Supplement
    dated: January 8, 2031
reorganizations:
  - target: Growth Portfolio
    acquiring: Income Portfolio
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the good trusts and no plan."""
    return shutil.copytree(BASE, tmp_path / "data")


def write_plan(data: Path, milestones: str, *, head: str = PLAN_HEAD, plan: str = "growth") -> None:
    make_folder(data, {f"plans/{plan}.yaml": f"{head}milestones:\n{indent(dedent(milestones), '  ')}"})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_data_has_exactly_these_problems(case: Path, data: Path) -> None:
    shutil.copytree(case, data, ignore=shutil.ignore_patterns(EXPECTED), dirs_exist_ok=True)
    # A message may name a second file, in the middle of its text.
    found = "".join(f"{problem}\n" for problem in found_in(data)).replace(f"{data.as_posix()}/", "")
    COUNTED["bad data folders"] += 1
    assert found == (case / EXPECTED).read_text(encoding="utf-8")


# What git and editors would mangle: written here, byte for byte.
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "title: é\nnote: ".encode() + b"Caf\xe9",
            ["plans/growth.yaml:2:10: the file is not UTF-8 text here: save it as UTF-8"],
            id="latin-1",
        ),
        pytest.param(
            "title: Growth".encode("utf-16"),
            ["plans/growth.yaml:1:1: the file is UTF-16 or UTF-32 text: save it as UTF-8"],
            id="utf-16",
        ),
        pytest.param(
            "title: Growth".encode("utf-16-le"),
            ["plans/growth.yaml:1:1: the file is UTF-16 or UTF-32 text: save it as UTF-8"],
            id="utf-16-without-bom",
        ),
        pytest.param(
            b"PK\x03\x04\x14\0\xff",
            [
                "plans/growth.yaml:1:1: the file is a document of Word or Excel and no text: save what it says as "
                "text, in UTF-8"
            ],
            id="a-document-of-an-office-program",
        ),
        pytest.param(
            b"%PDF-1.7\n%\xe2\xe3",
            ["plans/growth.yaml:1:1: the file is a document in PDF and no text: save what it says as text, in UTF-8"],
            id="pdf",
        ),
        pytest.param(
            b"title: one\x07\r\n\x00trust: Example Trust\x7f",
            [
                "plans/growth.yaml:1:11: the control character U+0007 cannot be shown: delete it",
                "plans/growth.yaml:2:1: the control character U+0000 cannot be shown: delete it",
                "plans/growth.yaml:2:22: the control character U+007F cannot be shown: delete it",
            ],
            id="control-characters",
        ),
        pytest.param(
            b"title: Growth\nmilestones:\n\tannouncement: January 8, 2031\n\tclosing: April 28, 2031\n",
            [f"plans/growth.yaml:{line}:1: this is a tab: indent with spaces" for line in (3, 4)],
            id="tabs",
        ),
        pytest.param(
            b"```yaml\ntitle: Growth\n```\n",
            ["plans/growth.yaml:1:1: this line marks an example, as in Markdown: delete it"],
            id="markdown",
        ),
        pytest.param(
            f"{PLAN_HEAD}milestones:\n  closing:\n  date: April 28, 2031\n  subject to: the vote\n".encode(),
            [
                'plans/growth.yaml:10:11: "closing" is empty',
                'plans/growth.yaml:11:3: "date" belongs to a milestone: indent it below the one that it is of',
                'plans/growth.yaml:12:3: "subject to" belongs to a milestone: indent it below the one that it is of',
            ],
            id="keys-beside-their-milestone",
        ),
        pytest.param(
            f"{PLAN_HEAD}milestones:\nclosing: April 28, 2031\nvaluation: April 25, 2031\n".encode(),
            [
                'plans/growth.yaml:9:12: "milestones" is empty',
                'plans/growth.yaml:10:1: unknown key "closing": if it belongs to "milestones", indent it',
                'plans/growth.yaml:11:1: unknown key "valuation": if it belongs to "milestones", indent it',
            ],
            id="milestones-that-are-not-indented",
        ),
        pytest.param(
            f"{PLAN_HEAD}milestones:\n  closing: April 28, 2031\n  cancelled: supplement\n".encode(),
            [
                'plans/growth.yaml:11:3: "cancelled" belongs to a milestone: indent it below the one that it is of, '
                'or put it beside "milestones" if all of these are'
            ],
            id="cancelled-among-milestones",
        ),
        pytest.param(
            f"{PLAN_HEAD}milestones:\n  closing: April 28, 2031\n  cancelled: {{source: supplement}}\n".encode(),
            [
                'plans/growth.yaml:11:3: "cancelled" is no milestone: indent it below the milestone that it is of; or '
                'it stands beside "milestones" for the whole plan, or beside a "target" for that one'
            ],
            id="a-cancellation-with-its-source-among-milestones",
        ),
        pytest.param(
            f"{PLAN_HEAD}milestones:\n  completed:\n    source: supplement\n    date: April 28, 2031\n".encode(),
            [
                'plans/growth.yaml:10:3: "completed" is no milestone: it stands beside "milestones" for the whole '
                'plan, or beside a "target" for that one'
            ],
            id="a-completion-among-milestones",
        ),
        pytest.param(
            f"{PLAN_HEAD}milestones:\n  announcement:\n    date: January 8, 2031\n    closing: May 1, 2031\n"
            "record date: January 9, 2031\nnotice:\n  title: Notice\n  dated: January 9, 2031\n".encode(),
            [
                'plans/growth.yaml:12:5: unknown key "closing": if it belongs beside "announcement", indent it less',
                'plans/growth.yaml:13:1: unknown key "record date": if it belongs to "milestones", indent it',
                'plans/growth.yaml:14:1: unknown key "notice": if it belongs to "sources", indent it',
            ],
            id="keys-too-far-in-or-out",
        ),
        pytest.param(
            f"{PLAN_HEAD}    classes: Class A\nmilestones:\n  closing: May 1, 2031\n".encode(),
            [
                'plans/growth.yaml:9:5: unknown key "classes": if it belongs to "acquiring", indent it, below '
                '"portfolio:" with the text that stands behind "acquiring:" now'
            ],
            id="classes-beside-their-portfolio",
        ),
        pytest.param(
            f"title:\nsuorces:\n{PLAN_HEAD}milestones:\n  closing: April 28, 2031\n".encode(),
            [
                'plans/growth.yaml:1:7: "title" is empty',
                'plans/growth.yaml:2:1: unknown key "suorces": did you mean "sources"?',
            ],
            id="a-misspelt-key-below-an-empty-one",
        ),
        pytest.param(
            b"[" * 50_000,
            ["plans/growth.yaml:1:21: this is nested more than 20 levels deep"],
            id="deep-nesting",
        ),
        pytest.param(b"\n \n\n", ["plans/growth.yaml:1:1: the file is empty"], id="blank-lines"),
        pytest.param(b"\xef\xbb\xbf", ["plans/growth.yaml:1:1: the file is empty"], id="bom-alone"),
        pytest.param(
            b"\xef\xbb\xbftitle: a: b\r\n",
            ["plans/growth.yaml:1:9: a text with a colon and a space in it needs quotes around it"],
            id="bom-shifts-no-column",
        ),
        pytest.param(
            b"trust: Example Trust\r\n\r\ntitle: a: b\r\n",
            ["plans/growth.yaml:3:9: a text with a colon and a space in it needs quotes around it"],
            id="crlf-shifts-no-line",
        ),
    ],
)
def test_bad_bytes_have_exactly_these_problems(content: bytes, expected: list[str], data: Path) -> None:
    make_folder(data, {"plans/growth.yaml": content})
    assert problems_of(data) == expected


def test_a_missing_site_file_is_a_problem_beside_the_others(data: Path) -> None:
    (data / "site.yaml").unlink()
    write_plan(data, "closing: 4/5/2031")
    assert problems_of(data) == [
        "site.yaml:1:1: the file is missing",
        'plans/growth.yaml:10:12: "4/5/2031" is ambiguous: write the month as a word',
    ]


def test_what_cannot_be_opened_is_a_problem(data: Path) -> None:
    (data / "trusts" / "folder.yaml").mkdir()
    (data / "trusts" / "gone.yaml").symlink_to("nowhere")
    assert problems_of(data) == [
        "trusts/folder.yaml:1:1: this is a folder, where a file should be: give it a name without .yaml, or delete it",
        "trusts/gone.yaml:1:1: the file is missing, or a link that leads nowhere",
    ]


# --- lengths ---------------------------------------------------------------------------------------------------------

# 255 characters of a SUMMARY with the longest prefix that it may ever get.
SUMMARY_WITHOUT_NAME = "Deferred, no new date: Closing: Growth (ET) →  (on or about)"
LONGEST_NAME = 255 - len(SUMMARY_WITHOUT_NAME)


@pytest.mark.parametrize(
    ("name_length", "expected"),
    [
        pytest.param(LONGEST_NAME, [], id="fits"),
        pytest.param(
            LONGEST_NAME + 1,
            [
                'plans/growth.yaml:11:3: the SUMMARY of this event for "Growth Portfolio" would pass '
                "255 characters by 1: give the funds short names, or shorter ones, or shorten the title"
            ],
            id="one-too-many",
        ),
    ],
)
def test_a_summary_may_have_255_characters_when_deferred(name_length: int, expected: list[str], data: Path) -> None:
    head = PLAN_HEAD.replace("acquiring: Income Portfolio", f"acquiring:\n      name: {'é' * name_length}")
    write_plan(data, "closing: on or about April 28, 2031", head=head)
    assert problems_of(data) == expected


UID_WITHOUT_PLAN = ".example-trust.growth.closing@calendars.example.com"
LONGEST_PLAN = 202 - len(UID_WITHOUT_PLAN)


@pytest.mark.parametrize(
    ("plan_length", "expected"),
    [
        pytest.param(LONGEST_PLAN, [], id="fits"),
        pytest.param(
            LONGEST_PLAN + 1,
            [
                f"plans/{'p' * (LONGEST_PLAN + 1)}.yaml:10:3: "
                'the UID of this event for "Growth Portfolio" would have 203 octets, '
                "more than 202: shorten the ids or the title"
            ],
            id="one-too-many",
        ),
    ],
)
def test_a_uid_may_have_202_octets(plan_length: int, expected: list[str], data: Path) -> None:
    write_plan(data, "closing: April 28, 2031", plan="p" * plan_length)
    assert problems_of(data) == expected


def test_as_printed_takes_away_the_warnings_about_a_day_and_no_problem(data: Path) -> None:
    printed = """\
        special meeting: {date: "Saturday, March 1, 2031", as printed: yes}
        closing: {date: "Sunday, April 28, 2030", as printed: yes}
        last trading day: {date: "July 4, 2034", as printed: yes}
        """
    write_plan(data, printed)
    assert found_in(data) == [
        "plans/growth.yaml:11:19: closing is before the special meeting (March 1, 2031, line 10): look both days up, "
        "and mend the one that is wrong"
    ]
    write_plan(data, printed.replace("April 28, 2030", "April 27, 2031"))
    assert found_in(data) == []


def test_a_record_date_counts_for_the_meetings_of_the_same_fund(data: Path) -> None:
    write_plan(
        data,
        """\
        record date: March 3, 2031
        special meeting: {date: "February 27, 2031", of: acquiring}
        target's meeting: {date: "April 2, 2031", kind: special meeting}
        closing: April 28, 2031
        """,
    )
    assert found_in(data) == []


# --- plans as they were filed ----------------------------------------------------------------------------------------


def test_plans_as_they_were_filed_have_no_problems_and_no_warning_but_a_true_one() -> None:
    assert len([*FILED.glob("plans/*.yaml")]) >= 10
    # The fund was to be merged in 2017, and a year later into another one: no document says what became of the first.
    (warning,) = found_in(FILED)
    assert "jhvit-alpha-2018.yaml:5:13: warning: " in warning
    assert "jhvit-alpha-2017.yaml too" in warning


@pytest.mark.parametrize("folder", [FOUNDING, *sorted(SCENARIOS.iterdir())], ids=lambda folder: folder.name)
def test_the_founding_plan_and_the_scenarios_have_neither_problems_nor_warnings(folder: Path) -> None:
    assert found_in(folder) == []


# --- what is no problem ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "milestones",
    [
        pytest.param(
            """\
            announcement: January 8, 2031
            record date: January 3, 2031
            """,
            id="record-date-before-announcement",
        ),
        pytest.param(
            """\
            record date: Wednesday, January 1, 2031
            special meeting: Saturday, March 1, 2031
            closing: July 4, 2031
            """,
            id="holidays-and-weekends",
        ),
        pytest.param(
            """\
            record date: February 27, 2031
            proxy mailing: on or about February 27, 2031
            special meeting: February 27, 2031
            closing: February 27, 2031
            """,
            id="all-on-one-day",
        ),
        pytest.param(
            """\
            record date: no later than March 31, 2031
            proxy mailing: no later than March 3, 2031
            special meeting: February 27, 2031
            closing: no earlier than January 6, 2031
            """,
            id="limits-that-leave-the-right-order",
        ),
        pytest.param(
            """\
            record date: first quarter of 2031
            proxy mailing: February 2031
            special meeting: February 27, 2031
            closing: early 2031
            """,
            id="windows-that-leave-the-right-order",
        ),
        pytest.param(
            """\
            record date: to be announced
            special meeting: February 27, 2031
            closing: until further notice
            """,
            id="undated",
        ),
        pytest.param(
            """\
            special meeting: February 27, 2031
            closing:
              date: February 20, 2031
              cancelled:
                source: supplement
            """,
            id="cancelled-before-the-meeting",
        ),
        pytest.param(
            """\
            record date: January 3, 2031
            special meeting: February 27, 2031
            second mailing:
              date: March 5, 2031
              kind: proxy mailing
            new record date:
              date: March 4, 2031
              kind: record date
            reconvened meeting:
              date: March 27, 2031
              kind: special meeting
            """,
            id="a-meeting-reconvened",
        ),
        pytest.param(
            """\
            closing:
              date: May 5, 2031
              source: supplement
              previously:
                - on or about April 28, 2031
                - April 14, 2031
              subject to: [shareholder approval]
              corrected: ["January 9, 2031", 'January 10, 2031']
            """,
            id="lists-with-dashes-or-one-item-or-quotes",
        ),
    ],
)
def test_these_milestones_have_no_problems(milestones: str, data: Path) -> None:
    write_plan(data, milestones)
    assert problems_of(data) == []


def test_names_that_leave_no_address_or_their_owners_own_do_not_collide(data: Path) -> None:
    make_folder(
        data,
        {
            "trusts/third-trust.yaml": """\
                name: Third Trust
                other names:
                  - Third-Trust
                  - 株式
                  - 債券
                portfolios:
                  growth:
                    name: Growth Portfolio
                    other names:
                      - Growth Fund
                      - Fund
                  income:
                    name: Income Portfolio
                    other names: Portfolio
                """
        },
    )
    assert problems_of(data) == []


def test_sources_may_be_of_the_same_day(data: Path) -> None:
    proxy = "  proxy:\n    title: Proxy statement\n    dated: January 8, 2031\nreorganizations:"
    write_plan(data, "closing: April 28, 2031", head=PLAN_HEAD.replace("reorganizations:", proxy))
    assert problems_of(data) == []


def test_windows_line_ends_and_a_byte_order_mark_are_no_problem(data: Path) -> None:
    text = f"\ufeff{PLAN_HEAD}milestones:\n  closing: April 28, 2031\n"
    make_folder(data, {"plans/growth.yaml": text.replace("\n", "\r\n").encode()})
    assert problems_of(data) == []


@pytest.mark.parametrize(
    "name",
    ["growth.yaml~", ".growth.yaml.swp", "#growth.yaml#", "growth.yaml.bak", ".growth.yaml", ".old/growth.yaml"],
)
def test_hidden_files_and_editor_backups_are_passed_over(name: str, data: Path) -> None:
    make_folder(data, {f"plans/{name}": b"\xff"})
    assert problems_of(data) == []


def test_what_yaml_takes_for_other_than_text_stays_text(data: Path) -> None:
    make_folder(
        data,
        {
            "trusts/no.yaml": """\
                name: no
                short name: 12:30
                cik: 0000012345
                other names: null
                portfolios:
                  on: 2007-11-07
                  1e3: ~
                """
        },
    )
    catalog = load(data)
    trust = next(trust for trust in catalog.trusts if trust.id == "no")
    portfolios = [(portfolio.id, portfolio.name) for portfolio in catalog.portfolios if portfolio.trust == trust]
    assert (trust.name, trust.short_name, trust.cik, trust.other_names) == ("no", "12:30", "0000012345", ("null",))
    assert portfolios == [("on", "2007-11-07"), ("1e3", "~")]


# --- the command -----------------------------------------------------------------------------------------------------


def test_good_data_ends_with_0_and_a_count_on_stderr() -> None:
    done = run("check", FOUNDING)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No problems: 2 trusts, 4 portfolios, 1 plan, 12 events.\n"


def test_good_data_as_json_is_an_empty_list() -> None:
    done = run("check", FOUNDING, "--format", "json")
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_a_warning_is_told_and_stops_nothing(data: Path) -> None:
    write_plan(data, "closing: Sunday, April 27, 2031")
    done = run("check", cwd=data.parent)
    assert (done.returncode, done.stderr) == (
        0,
        "No problems, 1 warning: 2 trusts, 5 portfolios, 1 plan, 1 event.\n",
    )
    assert done.stdout == (
        "data/plans/growth.yaml:10:12: warning: closing is on April 27, 2031, a Sunday: is that what the source says?\n"
    )


def test_a_warning_is_a_failure_where_check_is_strict(data: Path) -> None:
    write_plan(data, "closing: Sunday, April 27, 2031")
    assert run("check", "--strict", cwd=data.parent).returncode == 1
    assert run("check", "--strict", FOUNDING).returncode == 0


def test_warnings_stand_beside_problems_in_every_output(data: Path) -> None:
    write_plan(data, "record date: 4/5/2031\nclosing: Sunday, April 27, 2031")
    done = run("check", "--format", "json", cwd=data.parent)
    assert (done.returncode, done.stderr) == (1, "1 problem and 1 warning.\n")
    assert [(each["line"], each["severity"]) for each in json.loads(done.stdout)] == [(10, "problem"), (11, "warning")]
    lines = run("check", "--format", "github", cwd=data.parent).stdout.splitlines()
    assert [line.partition(" file=data/plans/growth.yaml,line=")[0] for line in lines] == ["::error", "::warning"]


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        pytest.param([], "data/", id="by-default"),
        pytest.param(["."], "", id="here"),
        pytest.param(["../good/../data/"], "../good/../data/", id="elsewhere"),
    ],
)
def test_bad_data_ends_with_1_and_problems_on_stdout_in_files_as_the_folder_was_named(
    named: list[str], shown: str, data: Path
) -> None:
    write_plan(data, "closing: 4/5/2031\nclossing: April 28, 2031")
    (data.parent / "good").mkdir()
    done = run("check", *named, cwd=data if named else data.parent)
    assert (done.returncode, done.stderr) == (1, "2 problems.\n")
    assert done.stdout == (
        f'{shown}plans/growth.yaml:10:12: "4/5/2031" is ambiguous: write the month as a word\n'
        f'{shown}plans/growth.yaml:11:3: unknown milestone "clossing": did you mean "closing"? '
        'A title of your own needs "kind" below it\n'
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["nowhere"], id="no-such-folder"),
        pytest.param(["data/site.yaml"], id="a-file"),
        pytest.param(["--format", "xml"], id="unknown-format"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_2(arguments: list[str], data: Path) -> None:
    done = run("check", *arguments, cwd=data.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: calfeed check ")


def test_problems_as_json(data: Path) -> None:
    write_plan(data, "Café 株式: 50% April")
    done = run("check", "--format", "json", cwd=data.parent)
    assert (done.returncode, done.stderr) == (1, "2 problems.\n")
    assert json.loads(done.stdout) == [
        {
            "file": "data/plans/growth.yaml",
            "line": 10,
            "column": 3,
            "severity": "problem",
            "message": 'unknown milestone "Café 株式": a title of your own needs "kind" below it',
        },
        {
            "file": "data/plans/growth.yaml",
            "line": 10,
            "column": 12,
            "severity": "problem",
            "message": '"50" is not understood here: before the day stand words such as on, scheduled for, on or '
            "about, expected on, by, after the close of business on",
        },
    ]


def test_problems_as_github_annotations_escape_what_ends_a_property(data: Path) -> None:
    write_plan(data, "closing: April 28, 2031", plan="50%, a:b")
    done = run("check", "--format", "github", cwd=data.parent)
    assert (done.returncode, done.stderr) == (1, "1 problem.\n")
    assert done.stdout == (
        "::error file=data/plans/50%25%2C a%3Ab.yaml,line=1,col=1::"
        'file name: "50%25, a:b" cannot be an id: '
        "use lower-case letters a to z, digits and single hyphens, such as 50-a-b\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_a_name_of_a_file_breaks_no_line_and_does_nothing_to_a_terminal(output: str, data: Path) -> None:
    name = "a\nb\r\x1b[2J\x9b2J\u202e\u2028.yaml"
    bad, undecodable = "a: b: c\n", os.fsdecode(b"plans/\xff.yaml")
    make_folder(data, {f"plans/{name}": bad, f"trusts/{name.removesuffix('.yaml')}.yml": "", undecodable: bad})
    done = run("check", "--format", output, cwd=data.parent)
    assert done.returncode == 1
    assert {character for character in done.stdout if not character.isprintable()} == {"\n"}
    if output == "json":
        files = {problem["file"] for problem in json.loads(done.stdout)}
        assert f"data/plans/{name}" in files
    else:
        escaped = "a\\nb\\r\\x1b[2J\\x9b2J\\u202e\\u2028.yaml"
        assert escaped in done.stdout
        starts = "::error file=data/" if output == "github" else "data/"
        assert all(line.startswith(starts) for line in each_of(done.stdout.splitlines()))


def test_an_escape_in_a_text_does_nothing_to_a_terminal(data: Path) -> None:
    write_plan(data, "closing: April 28, 2031", head=PLAN_HEAD.replace("Example Trust", r'"\e[2JTrust"'))
    done = run("check", cwd=data.parent)
    assert done.stdout == "data/plans/growth.yaml:1:8: the control character U+001B cannot be shown: delete it\n"


# --- how many are told -----------------------------------------------------------------------------------------------


def finding(file: str, line: int, severity: Severity = Severity.PROBLEM) -> Problem:
    return Problem(Location(file, line), f"{severity} {line}", severity)


def texts(found: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in told(found)]


def test_all_are_told_where_they_are_not_many() -> None:
    found = [finding("a", line) for line in range(1, 201)] + [finding("b", 1)]
    assert list(told(found)) == found


def test_of_a_file_two_hundred_are_told_and_the_others_counted() -> None:
    found = [finding("a", line) for line in range(1, 202)] + [finding("b", 1)]
    assert texts(found)[198:] == [
        "a:199:1: problem 199",
        "a:200:1: problem 200",
        "a:201:1: and 1 more problem in this file",
        "b:1:1: problem 1",
    ]


def test_problems_are_told_before_warnings_and_both_counted() -> None:
    warnings = [finding("a", line, Severity.WARNING) for line in range(1, 202)]
    shown = texts([*warnings, *(finding("a", line) for line in range(1_001, 1_200))])
    assert shown[:3] == ["a:1:1: warning: warning 1", "a:1001:1: problem 1001", "a:1002:1: problem 1002"]
    assert shown[200:] == ["a:2:1: warning: and 200 more warnings in this file"]


def test_a_thousand_are_told_in_all_and_the_others_counted() -> None:
    files = [[finding(f"f{number}", line) for line in range(1, 151)] for number in range(10)]
    shown = texts(problem for file in files for problem in file)
    assert shown[900] == "f6:1:1: problem 1"
    assert shown[1_000:] == [
        "f6:101:1: and 50 more problems in this file",
        "f7:1:1: and 450 more problems in 3 other files",
    ]


def test_what_is_found_in_a_file_is_kept_once_and_not_without_end() -> None:
    found = Found()
    found.extend(finding("a", line) for line in (*range(1, 201), *range(1, 10_001)))
    assert number_of(found) == 10_000
    assert texts(found)[199:] == ["a:200:1: problem 200", "a:201:1: and 9,800 more problems in this file"]


def test_problems_are_shown_where_the_output_has_too_few_characters(data: Path) -> None:
    # As `calfeed check > problems.txt` on a Windows machine in western Europe or America.
    write_plan(data, "株式 party: April 28, 2031")
    done = run("check", cwd=data.parent, env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert (done.returncode, done.stderr) == (1, "1 problem.\n")
    assert done.stdout.startswith("data/plans/growth.yaml:10:3: unknown milestone ")
