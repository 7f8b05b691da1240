"""What filings call the kinds of milestones: the answer is the kind that is meant, never the one spelt like it."""

from pathlib import Path

import pytest

from calfeed.model.kinds import KINDS
from calfeed.model.synonyms import kind_meant
from tests.support import make_folder, problems_of
from tests.test_derived import folder

MEANT = {
    "merger": "closing", "merger date": "closing", "effective date": "closing", "Reorganization Date": "closing",
    "the Closing Date": "closing", "completion of the merger": "closing", "termination": "liquidation",
    "dissolution": "liquidation", "winding up": "liquidation", "EGM": "special meeting",
    "shareholder meeting": "special meeting", "shareholders\u2019 meeting": "special meeting",
    "proxy statement mailing": "proxy mailing", "mailing date": "proxy mailing", "ex-date": "dividend ex-date",
    "court approval": "regulatory approval", "CSSF approval": "regulatory approval", "vote": "special meeting",
    "holder approval": "approval obtained", "ETF listing": "first trading day", "pricing date": "valuation",
    "payable date": "dividend payment", "rename": "name change", "closing": "closing",
}  # fmt: skip


@pytest.mark.parametrize(("words", "name"), MEANT.items(), ids=MEANT)
def test_a_word_of_the_field_means_its_kind(words: str, name: str) -> None:
    kind = kind_meant(words)
    assert kind is not None
    assert kind.name == name


def test_every_kind_means_itself() -> None:
    assert [kind for kind in KINDS if kind_meant(kind.name) is not kind] == []


def test_what_is_no_word_of_the_field_means_nothing() -> None:
    assert kind_meant("clossing") is None


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("proxy statement mailing", ': calfeed calls it "proxy mailing".'),
        ("merger date", ': calfeed calls it "closing".'),
        ("clossing", ': did you mean "closing"?'),
        ("dealing suspension end", ': did you mean "dealing suspension ends"?'),
        ("blackout", ': did you mean "blackout begins" or "blackout ends"?'),
        ("Adjournment", ': it happens to a milestone, and is none: write the earlier date of that one under "prev'),
        ("cancellation", ': it happens to a milestone, and is none: write "cancelled" below that one'),
        ("dealing resumes", ': "dealing suspension ends" is the last day without dealing, the business day before.'),
        *((words, ": a title of your own") for words in ("manager change", "elisting", "quotation", "rejection")),
    ],
)
def test_an_unknown_milestone_is_answered_by_meaning(tmp_path: Path, key: str, answer: str) -> None:
    (problem,) = problems_of(make_folder(folder(tmp_path, {key: "April 26, 2030"}), {}))
    assert f'unknown milestone "{key}"{answer}' in str(problem)


def test_nothing_is_counted_from_the_day_after_a_suspension_as_if_it_were_the_last(tmp_path: Path) -> None:
    dates = {"dealing suspension ends": "April 26, 2030", "closing": "2 days after the resumption of dealing"}
    assert problems_of(make_folder(folder(tmp_path, dates), {}))
