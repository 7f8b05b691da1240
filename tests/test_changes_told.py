"""The log of `serve` says what subscribers see change with each edit of what is public, in the words of `diff`."""

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from calfeed.cli.diff import changes_in_words
from calfeed.cli.output import count
from calfeed.feeds.differences import differences
from calfeed.publishing.published import read_place
from tests.load import Started, get, started, write
from tests.support import data_folder, each_of, plan_of, serving, trust_of, wait_until

PLAN = plan_of({"special meeting": "March 20, 2031", "closing": "May 5, 2031"}, "a")
OTHER = plan_of({"special meeting": "March 21, 2031", "liquidation": "June 2, 2031"}, "b")
ONE, TWO = "plans/one.yaml", "plans/two.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_folder(tmp_path / "data", {ONE: PLAN, TWO: OTHER})


def replaced(name: str, old: str, new: str) -> Callable[[Path], object]:
    """The edit that writes something else in place of a part of a file."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        write(folder, name, text.replace(old, new))

    return edit


def lines_told(server: Started, count: int) -> list[str]:
    """So many lines of what subscribers see change, and the line above them, once the server tells them."""
    first = server.hear("Subscribers see ")[-1]
    assert server.process.stderr is not None
    return [first, *(server.process.stderr.readline() for _ in range(count))]


SLIPS: tuple[tuple[Callable[[Path], object], str], ...] = (
    (replaced(ONE, "May 5", "May 12"), 'the day differs, but neither "previously" nor "corrected" says so'),
    (replaced(ONE, "  special meeting: March 20, 2031\n", ""), 'who downloaded it keeps "March 20, 2031"'),
    (lambda folder: (folder / ONE).rename(folder / "plans/three.yaml"), "the plan one is now called three"),
    (
        replaced("plans/three.yaml", "  memo:", '  older: {title: Older memo, dated: "January 2, 2031"}\n  memo:'),
        "DTSTAMP falls from January 6, 2031 to January 2, 2031",
    ),
    (replaced(TWO, "trust: ", "title: A title\ntrust: "), "the title of the plan, from “Liquidation of "),
    (replaced("site.yaml", ".com", ".net"), "the domain of every UID, from calendars.example.com to calendars"),
    (lambda folder: (folder / "plans/three.yaml").unlink(), 'who downloaded it keeps "May 12, 2031"'),
)


def test_each_slip_is_told_in_the_words_of_diff(data: Path) -> None:
    before = data.with_name("before")
    with started(data, "--workers", "1") as server:
        for edit, words in each_of(SLIPS):
            shutil.copytree(data, before)
            edit(data)
            found = differences(read_place(str(before), data).events, read_place(str(data), data).events)
            shutil.rmtree(before)
            said = changes_in_words(found).splitlines(keepends=True)
            first, *told = lines_told(server, len(said))
            assert first.startswith(f"Subscribers see {count(len(found), 'change')}, ")
            assert "".join(told) == f"{''.join(said)}\n"
            assert words in "".join(told)


def test_what_a_deleted_portfolio_takes_with_it_is_told_though_there_are_problems(data: Path) -> None:
    with started(data, "--workers", "1") as server:
        write(data, "trusts/example-trust.yaml", trust_of(b="Example B Portfolio"))
        first, *told = lines_told(server, 5)
    assert first == "Subscribers see 2 changes, 2 warnings:\n"
    assert told[0].startswith("one: ")
    assert [line.partition(":")[0] for line in told[1:]] == ["  gone", "    warning"] * 2
    for day in each_of(["March 20, 2031", "May 5, 2031"]):
        assert sum(f'keeps "{day}"' in line for line in told) == 1


def test_nothing_confidential_is_told(data: Path) -> None:
    secret = plan_of({"liquidation": "August 1, 2031"}, "hidden").replace("trust:", "title: Secret plan\ntrust:")
    (data / "confidential/plans").mkdir(parents=True)
    (data / "confidential/trusts").mkdir()
    with started(data, "--workers", "1") as server:
        write(data, "confidential/trusts/example-trust.yaml", "portfolios: {hidden: Hidden Portfolio}\n")
        write(data, "confidential/plans/secret.yaml", secret)
        server.hear(" in " + str(data / "confidential"))
        write(data, "confidential/plans/secret.yaml", secret.replace("August 1", "August 4"))
        server.hear(" in " + str(data / "confidential"))
        replaced(ONE, "May 5", "May 12")(data)
        said = "".join(lines_told(server, 3)) + server.end()
    assert said.startswith("Subscribers see 1 change, 1 warning:\n")
    assert not re.search("secret|hidden|August", said, re.IGNORECASE)


def is_served(port: int, words: str) -> bool:
    return words.encode() in get(port, "/all.json")[1]


def test_a_log_that_nobody_reads_holds_up_no_edit(tmp_path: Path) -> None:
    portfolios = {f"p{number}": f"Example {number} Portfolio" for number in range(150)}
    plan = plan_of({"closing": "May 5, 2031", "record date": "March 3, 2031"}, *portfolios)
    trust = trust_of(**portfolios)
    data = data_folder(tmp_path / "data", {"trusts/example-trust.yaml": trust, ONE: plan})
    with serving(data, "--workers", "1") as server:
        for day in each_of(["May 6", "May 7", "May 8", "May 9"]):
            write(data, ONE, plan.replace("May 5", day))  # told in more than a pipe holds
            wait_until(partial(is_served, server.port, f"{day}, 2031"), "the edit is served")
        assert get(server.port, "/health")[0] == 200


def test_an_edit_that_changes_very_much_is_told_in_part(tmp_path: Path) -> None:
    portfolios = {f"p{number}": f"Example {number} Portfolio" for number in range(210)}
    plan = plan_of({"closing": "May 5, 2031"}, *portfolios)
    data = data_folder(tmp_path / "data", {"trusts/example-trust.yaml": trust_of(**portfolios), ONE: plan})
    with started(data, "--workers", "1") as server:
        replaced(ONE, "closing: May 5, 2031", "record date: March 3, 2031\n  closing: May 6, 2031")(data)
        heard = server.hear("and 220 more changes")
    changes = [line for line in heard if line.startswith("  ") and not line.startswith("    ")]
    assert len(changes) == 200
    assert all(line.startswith("  moved: ") for line in each_of(changes))


def test_a_plan_that_is_published_is_told_as_new_and_as_no_problem(data: Path) -> None:
    secret = data / "confidential" / TWO
    secret.parent.mkdir(parents=True)
    (data / TWO).rename(secret)
    with started(data) as server:
        secret.rename(data / TWO)
        told = server.hear("Subscribers see ")
        assert [line for line in told if "is there too" in line or "problem" in line] == []
