"""What `calfeed check` finds in bad data, each case with its full output, and what it lets pass.

A folder of tests/bad holds the files in which a case differs from the good data in tests/bad/_base, and in
expected.txt all that `check` then says, with paths inside the data folder.
"""

import json
import os
import shutil
from pathlib import Path
from textwrap import dedent, indent

import pytest

from calfeed.reading.folder import load
from tests.support import FOUNDING, make_folder, problems_of, run

BAD = Path(__file__).parent / "bad"
BASE = BAD / "_base"
CASES = sorted(folder for folder in BAD.iterdir() if folder != BASE)
EXPECTED = "expected.txt"

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


def write_bytes(data: Path, name: str, content: bytes) -> None:
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_data_has_exactly_these_problems(case: Path, data: Path) -> None:
    shutil.copytree(case, data, ignore=shutil.ignore_patterns(EXPECTED), dirs_exist_ok=True)
    # A message may name a second file, in the middle of its text.
    found = "".join(f"{problem}\n" for problem in problems_of(data)).replace(f"{data.as_posix()}/", "")
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
            ["plans/growth.yaml:1:1: the file is not UTF-8 text here: save it as UTF-8"],
            id="utf-16",
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
    write_bytes(data, "plans/growth.yaml", content)
    assert problems_of(data) == expected


def test_a_missing_site_file_is_a_problem_beside_the_others(data: Path) -> None:
    (data / "site.yaml").unlink()
    write_plan(data, "closing: 4/5/2031")
    assert problems_of(data) == [
        "site.yaml:1:1: the file is missing",
        'plans/growth.yaml:10:12: "4/5/2031" is ambiguous: write the month as a word, as in "April 5, 2008"',
    ]


def test_what_cannot_be_opened_is_a_problem(data: Path) -> None:
    (data / "trusts" / "folder.yaml").mkdir()
    (data / "trusts" / "gone.yaml").symlink_to("nowhere")
    assert problems_of(data) == [
        "trusts/folder.yaml:1:1: the file cannot be read: Is a directory",
        "trusts/gone.yaml:1:1: the file is missing",
    ]


# --- lengths ---------------------------------------------------------------------------------------------------------

# 255 characters of a SUMMARY with the longest prefix that it may ever get.
SUMMARY_WITHOUT_NAME = "Deferred, no new date: Closing (on or about): Growth (ET) → "
LONGEST_NAME = 255 - len(SUMMARY_WITHOUT_NAME)


@pytest.mark.parametrize(
    ("name_length", "expected"),
    [
        pytest.param(LONGEST_NAME, [], id="fits"),
        pytest.param(
            LONGEST_NAME + 1,
            [
                'plans/growth.yaml:11:3: the SUMMARY of this event for "Growth Portfolio" would pass '
                "255 characters by 1: shorten the names or the title"
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
    write_bytes(data, "plans/growth.yaml", text.replace("\n", "\r\n").encode())
    assert problems_of(data) == []


@pytest.mark.parametrize(
    "name",
    ["growth.yaml~", ".growth.yaml.swp", "#growth.yaml#", "growth.yaml.bak", ".growth.yaml", ".old/growth.yaml"],
)
def test_hidden_files_and_editor_backups_are_passed_over(name: str, data: Path) -> None:
    write_bytes(data, f"plans/{name}", b"\xff")
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
        f'{shown}plans/growth.yaml:10:12: "4/5/2031" is ambiguous: write the month as a word, as in "April 5, 2008"\n'
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
            "message": 'unknown milestone "Café 株式": a title of your own needs "kind" below it',
        },
        {
            "file": "data/plans/growth.yaml",
            "line": 10,
            "column": 12,
            "message": '"50% April" is not understood as a date: write for example "November 7, 2007", "on or about '
            'April 28, 2008", "after the close of business on May 15, 2024", "fourth quarter of 2011", "no later than '
            'August 15, 2019" or "to be announced"',
        },
    ]


def test_problems_as_github_annotations_escape_what_ends_a_property_or_a_line(data: Path) -> None:
    write_plan(data, "closing: April 28, 2031", plan="50%, a:b\nc")
    done = run("check", "--format", "github", cwd=data.parent)
    assert (done.returncode, done.stderr) == (1, "1 problem.\n")
    assert done.stdout == (
        "::error file=data/plans/50%25%2C a%3Ab%0Ac.yaml,line=1,col=1::"
        'file name: "50%25, a:b%0Ac" cannot be an id: '
        "use lower-case letters a to z, digits and single hyphens, such as met-investors-2007-12\n"
    )


def test_problems_are_shown_where_the_output_has_too_few_characters(data: Path) -> None:
    # As `calfeed check > problems.txt` on a Windows machine in western Europe or America.
    write_plan(data, "株式 party: April 28, 2031")
    done = run("check", cwd=data.parent, env={**os.environ, "PYTHONIOENCODING": "cp1252"})
    assert (done.returncode, done.stderr) == (1, "1 problem.\n")
    assert done.stdout.startswith("data/plans/growth.yaml:10:3: unknown milestone ")
