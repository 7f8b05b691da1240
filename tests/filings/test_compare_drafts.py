"""A plan held against the drafts of its filings: slips that leave every day of the plan one that the filing prints."""

import json
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

import pytest

from calfeed.filings.comparing.compare import Given, compare
from calfeed.filings.comparing.compare_drafts import contradictions
from calfeed.filings.comparing.compare_standings import SaidOfTarget, said_of_targets
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_compare import FILINGS, TRUE_PLANS, planned
from tests.support import if_any, make_folder, run

TEXT = """\
HOLLINS GROVE FUNDS

Supplement dated August 14, 2024 to the Prospectus dated March 1, 2024

At a meeting held on August 7, 2024, the Board of Trustees of Hollins Grove Funds approved two reorganizations:

   Hollins Grove Small Company Fund into Hollins Grove Mid Company Fund; and
   Hollins Grove Income Fund into Hollins Grove Bond Fund.

Shareholders of record as of the close of business on September 20, 2024 will be entitled to vote at a special meeting
of shareholders to be held on November 19, 2024. Proxy materials will be mailed to shareholders on or about
October 4, 2024. Effective November 1, 2024, the name of the Hollins Grove Income Fund will change to Hollins Grove
Yield Fund, and Ashby Capital LLC will replace Finch Partners LP as its subadviser.

If shareholders of the Hollins Grove Small Company Fund approve, the reorganization of the Hollins Grove Small Company
Fund into the Hollins Grove Mid Company Fund will take place on or about December 6, 2024. If shareholders of the
Hollins Grove Income Fund approve, the reorganization of the Hollins Grove Income Fund into the Hollins Grove Bond Fund
will take place on or about December 13, 2024.
"""
PLAN = """\
sources:
  filing: {title: Supplement, dated: "August 14, 2024"}
reorganizations:
  - target: Hollins Grove Small Company Fund
    acquiring: {name: Hollins Grove Mid Company Fund}
    milestones:
      closing: {date: "on or about December 6, 2024", subject to: shareholder approval}
  - target: Hollins Grove Income Fund
    acquiring: {name: Hollins Grove Bond Fund}
    milestones:
      name change: {date: "November 1, 2024", of: target}
      subadviser change: {date: "November 1, 2024", of: target}
      closing: {date: "on or about December 13, 2024", subject to: shareholder approval}
milestones:
  board approval: August 7, 2024
  announcement: August 14, 2024
  record date: as of the close of business on September 20, 2024
  special meeting: November 19, 2024
  proxy mailing: on or about October 4, 2024
"""


def held(plan: str, text: str = TEXT, trusts: Mapping[str, str] | None = None) -> tuple[list[str], list[SaidOfTarget]]:
    """A plan held against a filing and its draft: what is found of its dates and beside them, and of the whole."""
    read = planned(plan, trusts)
    given = Given(read_filing(text.encode(), "filing.txt"), read, "filing")
    found = compare(read, [given])
    assert found.not_in_plan == []
    every = sorted([*found.problems, *contradictions(read, found, [given])])
    return list(map(str, every)), said_of_targets(read, [given])


def changed(*edits: tuple[str, str]) -> str:
    """The right plan with some edits, each made once."""
    plan = PLAN
    for old, new in if_any(edits):
        assert plan.count(old) == 1, old
        plan = plan.replace(old, new)
    return plan


def test_the_right_plan_raises_no_alarm() -> None:
    assert held(PLAN) == ([], [])


SLIPS = pytest.mark.parametrize(
    ("edits", "messages"),
    [
        pytest.param(
            [
                ("record date: as of the close of business on September 20", "record date: on or about October 4"),
                ("proxy mailing: on or about October 4", "proxy mailing: as of the close of business on September 20"),
            ],
            [
                "plan.yaml:17:16: the filing states this day as the proxy mailing: filing.txt, "
                'line 12: "on or about October 4, 2024"',
                "plan.yaml:19:18: the filing states this day as the record date: filing.txt, "
                'line 10: "as of the close of business on September 20, 2024"',
            ],
            id="two kinds swapped",
        ),
        pytest.param(
            [("  board approval:", "  agreement signed:")],
            [
                'plan.yaml:15:21: warning: the filing has this day for "board approval", and the plan does not: '
                "add or mend that: "
                'filing.txt, line 5: "August 7, 2024"'
            ],
            id="another kind",
        ),
        pytest.param(
            [('\n      subadviser change: {date: "November 1, 2024", of: target}', "")],
            [
                'plan.yaml:11:27: warning: the filing has this day for "subadviser change", and the plan does not: '
                "add or mend that: "
                'filing.txt, line 12: "November 1, 2024"'
            ],
            id="one of two kinds of a day left out",
        ),
        pytest.param(
            [
                ("about December 6", "about December 0"),
                ("about December 13", "about December 6"),
                ("December 0", "December 13"),
            ],
            [
                "plan.yaml:7:23: warning: the filing states this day for Hollins Grove Income Fund alone: "
                'filing.txt, line 18: "on or about December 13, 2024"',
                "plan.yaml:13:23: warning: the filing states this day for Hollins Grove Small Company Fund alone: "
                'filing.txt, line 16: "on or about December 6, 2024"',
            ],
            id="the days of two funds swapped",
        ),
        pytest.param(
            [
                (
                    '{date: "on or about December 6, 2024", subject to: shareholder approval}',
                    '"on or about December 6, 2024"',
                )
            ],
            [
                'plan.yaml:7:16: warning: by the filing it depends on something: write "shareholder approval" under '
                '"subject to": filing.txt, line 16: "on or about December 6, 2024"'
            ],
            id="the condition left out",
        ),
        pytest.param(
            [('6, 2024", subject to: shareholder approval', '6, 2024", subject to: an order of the SEC')],
            [
                'plan.yaml:7:23: warning: by the filing it depends on a vote too: add "shareholder approval" under '
                '"subject to": filing.txt, line 16: "on or about December 6, 2024"'
            ],
            id="another condition",
        ),
        pytest.param(
            [("special meeting: November 19, 2024", 'special meeting: {date: "November 19, 2024", of: acquiring}')],
            [
                'plan.yaml:18:27: warning: the filing states it of the target: leave "of" out: filing.txt, line 11: '
                '"November 19, 2024"'
            ],
            id="the acquirer's meeting",
        ),
        pytest.param(
            [
                (
                    "special meeting: November 19, 2024",
                    'special meeting: {date: "November 19, 2024", cancelled: {source: filing}}',
                )
            ],
            [
                "plan.yaml:18:27: warning: the filing does not say that this is cancelled: filing.txt, line 11: "
                '"November 19, 2024"'
            ],
            id="a cancellation that the filing does not state",
        ),
        pytest.param(
            [
                ("  - target: Hollins Grove Small Company Fund", "  - target: Hollins Grove Mid Company Fund"),
                ("{name: Hollins Grove Mid Company Fund}", "{name: Hollins Grove Small Company Fund}"),
            ],
            [
                "plan.yaml:4:13: warning: by filing.txt, line 7, Hollins Grove Small Company Fund goes into Hollins "
                'Grove Mid Company Fund: write that one as "target", and the other as "acquiring"'
            ],
            id="target and acquirer swapped",
        ),
        pytest.param(
            [
                (
                    "    acquiring: {name: Hollins Grove Bond Fund}",
                    "    acquiring: {name: Hollins Grove Mid Company Fund}",
                )
            ],
            [
                "plan.yaml:8:13: warning: by filing.txt, line 7, Hollins Grove Income Fund goes into Hollins Grove "
                'Bond Fund: mend "acquiring"'
            ],
            id="the acquirer of another fund",
        ),
        pytest.param(
            [('dated: "August 14, 2024"', 'dated: "August 15, 2024"')],
            ['plan.yaml:2:38: filing.txt is dated August 14, 2024: write that day as "dated"'],
            id="another day of the source",
        ),
    ],
)


@SLIPS
def test_a_slip_that_leaves_every_day_in_the_filing_is_found(edits: list[tuple[str, str]], messages: list[str]) -> None:
    assert held(changed(*edits))[0] == messages


HOLLINS = {
    "hollins-grove": """\
name: Hollins Grove Funds
portfolios:
  small: {name: Hollins Grove Small Company Fund, short name: Small}
  mid: {name: Hollins Grove Mid Cap Fund, other names: [Hollins Grove Mid Company Fund]}
  income: Hollins Grove Income Fund
  bond: Hollins Grove Bond Fund
"""
}
CALLED = {
    "{name: Hollins Grove Mid Company Fund}": "mid",
    "{name: Hollins Grove Small Company Fund}": "Small",
    "{name: Hollins Grove Bond Fund}": "bond",
    "Hollins Grove Mid Company Fund": "mid",
    "Hollins Grove Small Company Fund": "small",
    "Hollins Grove Income Fund": "income",
}
"""What a plan calls the parties in place of the names that the filing prints: ids and short names."""


def by_other_names(plan: str) -> str:
    for name, other in CALLED.items():
        plan = plan.replace(name, other)
    return plan


@SLIPS
def test_a_slip_is_found_in_a_plan_that_has_ids_and_short_names(
    edits: list[tuple[str, str]], messages: list[str]
) -> None:
    assert held(by_other_names(PLAN), trusts=HOLLINS) == ([], [])
    assert held(by_other_names(changed(*edits)), trusts=HOLLINS)[0] == messages


def test_two_portfolios_of_one_name_that_are_swapped_are_told_apart_by_their_trusts() -> None:
    text = (
        "Supplement dated March 3, 2023\n\nThe Blue Bond Fund, a series of Blue Trust, will be reorganized into the "
        "Blue Bond Fund, a series of Azure Series Fund, on May 19, 2023.\n"
    )
    plan = """\
sources:
  filing: {title: Supplement, dated: "March 3, 2023"}
reorganizations:
  - target: {portfolio: Blue Bond Fund, trust: Blue Trust}
    acquiring: {portfolio: bond, trust: Azure}
milestones:
  announcement: March 3, 2023
  closing: May 19, 2023
"""
    swapped = plan.replace("{portfolio: Blue Bond Fund, trust: Blue Trust}", "{portfolio: bond, trust: Azure}", 1)
    swapped = swapped.replace("acquiring: {portfolio: bond, trust: Azure}", "acquiring: {portfolio: bond, trust: blue}")
    trusts = {
        "blue": "name: Blue Trust\nportfolios: {bond: Blue Bond Fund}\n",
        "azure": "name: Azure Series Fund\nshort name: Azure\nportfolios: {bond: Blue Bond Fund}\n",
    }
    assert held(plan, text, trusts) == ([], [])
    assert held(swapped, text, trusts)[0] == [
        "plan.yaml:4:13: warning: by filing.txt, line 3, Blue Bond Fund (Blue Trust) goes into Blue Bond Fund "
        '(Azure Series Fund): write that one as "target", and the other as "acquiring"'
    ]


def test_a_class_that_the_filing_does_not_name_is_found() -> None:
    text = (
        "Supplement dated March 3, 2023\n\nClass C shares of the Cinder Hill Core Equity Fund will be converted into "
        "Class A shares of the same Fund on May 19, 2023.\n"
    )
    plan = """\
sources:
  filing: {title: Supplement, dated: "March 3, 2023"}
reorganizations:
  - target: {portfolio: Cinder Hill Core Equity Fund, classes: Class C}
    acquiring: {portfolio: Cinder Hill Core Equity Fund, classes: Class A}
milestones:
  announcement: March 3, 2023
  conversion: May 19, 2023
"""
    assert held(plan, text)[0] == []
    assert held(plan.replace("Class C", "Class R"), text)[0] == [
        'plan.yaml:4:13: warning: filing.txt does not speak of "Class R": mend the classes'
    ]


CLASSES = """\
sources:
  filing: {title: Supplement, dated: "March 3, 2023"}
reorganizations:
  - target: {portfolio: Cinder Hill Core Equity Fund, classes: Class A}
    acquiring: {portfolio: Cinder Hill Core Equity Fund, classes: Class I}
    milestones:
      conversion: May 19, 2023
  - target: {portfolio: Cinder Hill Core Equity Fund, classes: Class C}
    acquiring: {portfolio: Cinder Hill Core Equity Fund, classes: Class I}
    id: class-c
    milestones:
      conversion: June 16, 2023
milestones:
  announcement: March 3, 2023
"""
CHANGES_CLASS = "of the Cinder Hill Core Equity Fund will be converted into"


@pytest.mark.parametrize(
    "text",
    [
        f"Class A shares {CHANGES_CLASS} Class I shares on May 19, 2023. Class C shares of the Fund will become Class "
        "I shares on June 16, 2023.",
        f"A Class shares {CHANGES_CLASS} I Class shares on May 19, 2023. C Class shares will be converted on June 16, "
        "2023.",
        f"Class C shares {CHANGES_CLASS} Class A shares on June 16, 2023. Class A shares of the Fund will be converted "
        "into Class I shares on May 19, 2023.",
        f"The following shares {CHANGES_CLASS} Class I shares:\n\n  - Class A, on May 19, 2023;\n  - Class C, on "
        "June 16, 2023.",
    ],
)
def test_days_of_two_classes_that_are_swapped_are_found(text: str) -> None:
    text = f"Supplement dated March 3, 2023\n\n{text}\n"
    swapped = CLASSES.replace("May 19", "June 0").replace("June 16", "May 19").replace("June 0", "June 16")
    assert held(CLASSES, text) == ([], [])
    assert [message.partition(": filing.txt")[0] for message in held(swapped, text)[0]] == [
        "plan.yaml:7:19: warning: the filing states this day for Class C alone",
        "plan.yaml:12:19: warning: the filing states this day for Class A alone",
    ]


def test_a_clause_that_names_both_classes_tells_nothing_of_either() -> None:
    text = f"""\
Supplement dated March 3, 2023

Class A shares and Class C shares {CHANGES_CLASS} Class I shares on May 19, 2023 and June 16, 2023, respectively.
"""
    assert held(CLASSES, text) == ([], [])


def test_what_a_plan_leaves_out_by_name_is_no_other_kind() -> None:
    left_out = "left out: {'on or about October 4, 2024': a slip of the filing}}"
    edits = [('dated: "August 14, 2024"}', f'dated: "August 14, 2024", {left_out}')]
    swapped = [("  proxy mailing:", "  information statement mailing:")]
    assert len(held(changed(*swapped))[0]) == 1
    assert held(changed(*edits, *swapped))[0] == []


ONE_CLOSING = """\
Supplement dated August 14, 2024

Hollins Grove Small Company Fund will be reorganized into Hollins Grove Mid Company Fund on December 6, 2024.

Hollins Grove Income Fund will be reorganized into Hollins Grove Bond Fund as well.
"""


def test_the_only_day_of_a_closing_is_that_of_every_reorganization() -> None:
    plan = (
        PLAN.partition("milestones:\n")[0].rstrip()
        + """
  - target: Hollins Grove Income Fund
    acquiring: {name: Hollins Grove Bond Fund}
milestones:
  announcement: August 14, 2024
  closing: December 6, 2024
"""
    )
    assert held(plan, ONE_CLOSING)[0] == []
    other = ONE_CLOSING.replace(" as well", " on December 13, 2024")
    plan += "  another day: {kind: other, date: 'December 13, 2024'}\n"
    assert "for Hollins Grove Small Company Fund alone" in held(plan, other)[0][0]


def test_a_day_that_the_filing_names_two_funds_for_is_that_of_both() -> None:
    plan = changed(
        ("  special meeting: November 19, 2024\n", ""),
        ("      name change", "      special meeting: November 19, 2024\n      name change"),
    )
    both = "the Hollins Grove Small Company Fund and of the Hollins Grove Income Fund"
    text = TEXT.replace("meeting\nof shareholders to", f"meeting\nof shareholders of {both} to")
    assert held(plan, TEXT)[0] == []  # it does not say of which funds
    assert held(plan, text)[0] == [
        'plan.yaml:11:24: warning: the filing has this day of "special meeting" for Hollins Grove Small Company Fund '
        'too: add it there: filing.txt, line 11: "November 19, 2024"'
    ]


def test_a_reorganization_that_the_plan_lacks_is_to_be_decided() -> None:
    plan = PLAN.partition("  - target: Hollins Grove Income Fund")[0]
    plan += "milestones:\n  announcement: August 14, 2024\n"
    plan = plan.replace('{date: "on or about December 6, 2024", subject to: shareholder approval}', "December 6, 2024")
    (said,) = held(plan, ONE_CLOSING)[1]
    assert (said.target, said.line) == ("Hollins Grove Income Fund", 5)
    assert said.question == (
        "Does it belong into this plan? By the filing it goes into Hollins Grove Bond Fund, and the plan does not have "
        "it."
    )


@pytest.mark.parametrize("word", ["approved", "cancelled"])
def test_a_state_that_the_filing_does_not_state_is_to_be_decided(word: str) -> None:
    _, said = held(f"{word}: {{source: filing}}\n{PLAN}")
    assert [(each.target, each.status) for each in said] == [
        ("Hollins Grove Small Company Fund", word),
        ("Hollins Grove Income Fund", word),
    ]
    assert (
        said[0].question
        == f"Was it {word}, as the plan says? The filing that it names for that does not seem to say so."
    )


@pytest.mark.parametrize("path", TRUE_PLANS, ids=attrgetter("stem"))
def test_the_command_takes_a_plan_that_has_nothing_but_the_dates_of_its_filing(path: Path) -> None:
    (filing,) = (each for each in FILINGS.glob(f"{path.stem}.*") if each.suffix != ".json")
    result = run("compare", path, filing, "--format", "json")
    assert (result.returncode, json.loads(result.stdout)["problems"]) == (0, [])


@pytest.mark.parametrize("part", ["", "confidential/"])
def test_the_command_knows_from_the_files_of_trusts_what_a_filing_calls_a_portfolio(tmp_path: Path, part: str) -> None:
    swapped = by_other_names(PLAN).replace("acquiring: mid", "acquiring: bond")
    files = {f"{part}plans/hollins.yaml": swapped, f"{part}trusts/hollins-grove.yaml": HOLLINS["hollins-grove"]}
    data = make_folder(tmp_path / "data", files)
    filing = tmp_path / "filing.txt"
    filing.write_text(TEXT, encoding="utf-8")
    result = run("compare", "hollins", filing, "--data", data)
    assert "Hollins Grove Small Company Fund goes into Hollins Grove Mid Company Fund" in result.stdout


def test_what_stands_beside_the_dates_is_told_and_counts_for_nothing(tmp_path: Path) -> None:
    plan, filing = tmp_path / "plan.yaml", tmp_path / "filing.txt"
    plan.write_text(PLAN.replace("    acquiring: {name: Hollins Grove Bond Fund}\n", ""), encoding="utf-8")
    filing.write_text(TEXT, encoding="utf-8")
    result = run("compare", plan, filing)
    assert (result.returncode, result.stdout.partition("Beside the dates:\n")[2]) == (
        0,
        f"  {plan}:8:13: warning: by {filing}, line 7, Hollins Grove Income Fund goes into Hollins Grove Bond Fund: "
        'add "acquiring"\n',
    )
