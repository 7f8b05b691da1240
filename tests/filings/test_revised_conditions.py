"""A later filing that leaves a day as it is and says what it depends on besides."""

from pathlib import Path

import pytest

from tests.filings.test_softness import HEAD, IT_CLOSES, TRUST
from tests.support import data_folder, run

BY_VOTE = f"{IT_CLOSES}, subject to shareholder approval."


def revised(first: str, later: str, folder: Path) -> tuple[str, str]:
    """The plan that is drafted from one filing, and what another one makes of it, with nothing left to decide."""
    one, other = folder / "one.txt", folder / "other.txt"
    one.write_text(f"{HEAD}{first}\n", encoding="utf-8")
    other.write_text(f"{HEAD.replace('June 3', 'July 1')}{later}\n", encoding="utf-8")
    before = run("draft", one).stdout
    data = data_folder(folder / "data", {"trusts/blue-river-trust.yaml": TRUST, "plans/blue.yaml": before})
    done = run("draft", other, "--plan", "blue", "--data", data, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    assert run("check", data, "--strict").returncode == 0
    after = (data / "plans" / "blue.yaml").read_text(encoding="utf-8")
    sources = [one, other] if "filing-2030-07-01" in after else [one]
    assert run("compare", "blue", *sources, "--data", data).returncode == 0
    return before, after


@pytest.mark.parametrize(
    ("first", "later", "written"),
    [
        (f"{IT_CLOSES}.", f"{IT_CLOSES}, subject to regulatory approval.", "subject to: regulatory approval\n"),
        (f"{IT_CLOSES}.", BY_VOTE, "subject to: shareholder approval\n"),
        (
            BY_VOTE,
            f"{IT_CLOSES}, subject to shareholder approval and receipt of an exemptive order.",
            'subject to: ["receipt of an exemptive order", "shareholder approval"]\n',
        ),
    ],
)
def test_a_new_condition_is_written_beside_the_day_that_stays(
    first: str, later: str, written: str, tmp_path: Path
) -> None:
    _, after = revised(first, later, tmp_path)
    closing = after[after.index("  closing:") :]
    assert written in closing
    assert "date: August 26, 2030\n" in closing
    assert "source: filing-2030-07-01\n" in closing
    assert "previously" not in closing


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (BY_VOTE, f"If approved by shareholders, {IT_CLOSES[0].lower()}{IT_CLOSES[1:]}."),
        (
            f"{IT_CLOSES}, subject to shareholder approval and regulatory approval.",
            f"{IT_CLOSES}, subject to the receipt of all regulatory approvals.",
        ),
        (BY_VOTE, f"{IT_CLOSES}."),
    ],
)
def test_a_condition_that_the_plan_has_in_other_words_changes_nothing(first: str, later: str, tmp_path: Path) -> None:
    before, after = revised(first, later, tmp_path)
    assert after == before
