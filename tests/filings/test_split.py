"""A fund whose share classes go into several funds."""

from pathlib import Path

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.passages.opening import read_filing
from tests.filings.test_softness import TRUST
from tests.support import data_folder, run

HEAD = "BLUE RIVER TRUST\n\nSupplement dated June 3, 2030\n\n"
SPLIT = (
    f"{HEAD}Class A and Class I shares of Blue River Bond Fund will be reorganized into Blue River Income Fund, and "
    "Class C shares of Blue River Bond Fund will be reorganized into Blue River Credit Fund, on August 26, 2030. No "
    "shareholder vote is required.\n"
)


def drafted(text: str) -> Draft:
    """The draft of a text."""
    return draft_of(read_filing(text.encode(), "filing.txt"))


def pairs(text: str) -> list[tuple[str, tuple[str, ...], str, bool]]:
    """The pairs of a text: target, its classes, acquirer, and whether they are certain."""
    return [(each.target, each.target_classes, each.acquiring, each.is_certain) for each in drafted(text).pairs]


def test_each_acquirer_has_its_classes() -> None:
    assert pairs(SPLIT) == [
        ("Blue River Bond Fund", ("Class A", "Class I"), "Blue River Income Fund", True),
        ("Blue River Bond Fund", ("Class C",), "Blue River Credit Fund", True),
    ]


def test_check_takes_the_draft_of_a_split(tmp_path: Path) -> None:
    filing = tmp_path / "filing.txt"
    filing.write_text(SPLIT, encoding="utf-8")
    trust = f"{TRUST}  credit: Blue River Credit Fund\n"
    data = data_folder(tmp_path / "data", {"trusts/blue-river-trust.yaml": trust})
    plan = run("draft", filing, "--data", data)
    assert plan.returncode == 0, plan.stdout + plan.stderr
    (data / "plans").mkdir(exist_ok=True)
    (data / "plans" / "blue.yaml").write_text(plan.stdout, encoding="utf-8")
    assert run("check", data, "--strict").returncode == 0


def test_two_acquirers_of_the_whole_fund_are_a_contradiction() -> None:
    text = SPLIT.replace("Class A and Class I shares of ", "").replace("Class C shares of ", "")
    assert [certain for *_, certain in pairs(text)] == [False]


def test_the_classes_of_a_fund_that_goes_into_one_are_no_split() -> None:
    text = SPLIT.replace("Blue River Credit Fund", "Blue River Income Fund")
    assert pairs(text) == [("Blue River Bond Fund", (), "Blue River Income Fund", True)]


def test_a_fund_whose_shares_holders_get_is_no_target() -> None:
    text = (
        f"{HEAD}Blue River Bond Fund will be split: holders of Class A shares will receive shares of Blue River Income "
        "Fund, and holders of Class C shares will receive shares of Blue River Credit Fund.\n"
    )
    assert pairs(text) == []


def test_a_fund_may_be_told_by_its_coming_merger() -> None:
    text = f"{HEAD}In view of its proposed merger into Blue River Income Fund, Blue River Bond Fund will close soon.\n"
    assert pairs(text) == [("Blue River Bond Fund", (), "Blue River Income Fund", True)]


def test_a_trust_may_be_the_target_of_its_own_filing() -> None:
    text = (
        "ARDEN MUNICIPAL TRUST\n\nSupplement dated June 3, 2030\n\nThe Trustees of Arden Municipal Trust have approved "
        "the reorganization of the Trust into Arden National Municipal Fund, a series of Arden Series Trust.\n"
    )
    assert [pair[0].lower() for pair in pairs(text)] == ["arden municipal trust"]
