"""A later filing that has another acquirer for a target than the plan."""

from pathlib import Path

import pytest

from tests.filings.test_softness import HEAD, IT_CLOSES, TRUST
from tests.support import data_folder, run

ANOTHER = "Blue River Bond Fund will now be reorganized into Blue River Core Fund rather than Blue River Income Fund."
THE_SAME = "Blue River Bond Fund will be reorganized into Blue River Income Fund."


@pytest.mark.parametrize(("text", "is_asked"), [(ANOTHER, True), (THE_SAME, False)])
def test_another_acquirer_is_asked_about(text: str, is_asked: bool, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(f"{HEAD}{IT_CLOSES}.\n", encoding="utf-8")
    head = "BLUE RIVER TRUST\n\nSupplement dated July 1, 2030\n\n"
    other.write_text(f"{head}{text} {IT_CLOSES}.\n", encoding="utf-8")
    trust = f"{TRUST}  core: Blue River Core Fund\n"
    plan = run("draft", one).stdout
    data = data_folder(tmp_path / "data", {"trusts/blue-river-trust.yaml": trust, "plans/blue.yaml": plan})
    done = run("draft", other, "--plan", "blue", "--data", data)
    assert ("The plan has another acquirer. Which is it?" in done.stdout) is is_asked
    assert (done.returncode != 0) is is_asked
