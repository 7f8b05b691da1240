"""Soft words that do not stand beside a day, but govern its clause: the day is never firmer than the filing says."""

from pathlib import Path

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import DraftMilestone
from calfeed.filings.passages.opening import read_filing
from tests.support import data_folder, run

HEAD = """\
BLUE RIVER TRUST

Supplement dated June 3, 2030

The Board of Trustees of Blue River Trust has approved the reorganization of Blue River Bond Fund (the “Bond Fund”)
into Blue River Income Fund, another series of the Trust. No shareholder vote is required.

"""
TRUST = """\
name: Blue River Trust
portfolios:
  bond: Blue River Bond Fund
  income: Blue River Income Fund
"""
CLOSES = "the reorganization will close on August 26, 2030"
IT_CLOSES = f"The {CLOSES.removeprefix('the ')}"


def filing_with(text: str, dated: str = "June 3, 2030") -> bytes:
    return f"{HEAD.replace('June 3, 2030', dated)}{text}\n".encode()


def milestones(text: str) -> list[DraftMilestone]:
    """The milestones of a sentence, placed and to decide."""
    draft = draft_of(read_filing(filing_with(text), "filing.txt"))
    every = [*draft.placed, *draft.to_decide]
    return [each for each in every if each.kind is None or each.kind.name != "announcement"]


def precisions(text: str) -> set[str]:
    """How firm the days of a sentence are."""
    return {"none" if each.states is None else str(each.states.precision) for each in milestones(text)}


EXPECTED = [
    # --- "it is expected that …" ---
    "It is anticipated that the reorganization will take place on August 26, 2030.",
    f"It is expected that {CLOSES} (the “Closing Date”).",
    "It is currently contemplated that the reorganization will be effected on August 26, 2030.",
    "It is proposed that the reorganization take effect on August 26, 2030.",
    f"It is now anticipated that {CLOSES}.",
    "It is anticipated that the Bond Fund will be closed to purchases on August 12, 2030.",
    "It is expected that the last day to purchase shares of the Bond Fund will be August 21, 2030.",
    "It is expected that purchases of shares of the Bond Fund will be accepted through August 23, 2030.",
    "It is anticipated that a special meeting of shareholders of the Bond Fund will be held on July 9, 2030.",
    "It is expected that proxy materials will be mailed to shareholders on June 24, 2030.",
    f"It is anticipated that the Bond Fund will be closed to purchases on August 12, 2030 and that {CLOSES}.",
    f"It is anticipated that the Bond Fund will be closed to purchases on August 12, 2030; and that {CLOSES}.",
    "It is anticipated that (i) the Bond Fund will be closed to purchases on August 12, 2030; and (ii) the "
    "reorganization will close on August 26, 2030.",
    "It is expected that:\n\n(a) the Bond Fund will be closed to purchases on August 12, 2030; and\n\n(b) the "
    "reorganization will close on August 26, 2030.",
    # --- who expects it ---
    f"The Adviser expects that {CLOSES}.",
    "The Trust anticipates that the reorganization will be consummated after the close of business on August 23, 2030.",
    "Management currently expects the closing to occur on August 26, 2030.",
    "The Adviser estimates the closing date of the reorganization as August 26, 2030.",
    f"Management believes {CLOSES}.",
    f"Management hopes that {CLOSES}.",
    "The Trust hopes to close the reorganization on August 26, 2030.",
    "The parties are working toward a closing on August 26, 2030.",
    "The parties are aiming to complete the reorganization on August 26, 2030.",
    "Our goal is to close the reorganization on August 26, 2030.",
    "It is the intention of the Board that the reorganization close on August 26, 2030.",
    f"The Adviser has estimated that {CLOSES}.",
    "The Board has been advised that the Adviser expects the reorganization to close on August 26, 2030.",
    "The Trust anticipates mailing proxy materials to shareholders on June 24, 2030.",
    "We expect the reorganization, which has been approved by the Board, will close on August 26, 2030.",
    "The Bond Fund intends to stop accepting purchase orders on August 21, 2030.",
    # --- adverbs and other verbs ---
    "The reorganization will probably close on August 26, 2030.",
    "The reorganization should close on August 26, 2030.",
    "The reorganization would close on August 26, 2030.",
    "If approved, the reorganization would be effected on August 26, 2030.",
    "The reorganization is on track to close on August 26, 2030.",
    f"In all likelihood {CLOSES}.",
    f"If all goes as planned, {CLOSES}.",
    f"Under the current timetable, {CLOSES}.",
    "The reorganization, it is hoped, will close on August 26, 2030.",
    "The reorganization will close, we expect, on August 26, 2030.",
    f"Expectations are that {CLOSES}.",
    f"As currently anticipated, {CLOSES}.",
    "Current plans call for the reorganization to close on August 26, 2030.",
    "The reorganization ought to close on August 26, 2030.",
    f"It appears that {CLOSES}.",
    "Under the Plan, the Bond Fund would transfer its assets to Blue River Income Fund on August 26, 2030.",
    # --- the second of two days, and what stands between ---
    "The reorganization of the Bond Fund is expected to close on August 26, 2030, and that of the other class on "
    "September 9, 2030.",
    "The Bond Fund is expected to stop accepting purchases on August 12, 2030, exchanges on August 13, 2030 and "
    "redemptions on August 23, 2030.",
    "The reorganization is expected to close, and the Bond Fund to cease operations, on August 26, 2030.",
    "The reorganization is anticipated to be completed, and shares exchanged, on August 26, 2030.",
    # --- the noun that the day is of ---
    "The estimated timetable is as follows: last day for purchases, August 12, 2030; closing of the reorganization, "
    "August 26, 2030.",
    "The expected effective date of the reorganization will be August 26, 2030.",
    "The tentative closing date of the reorganization has been set: August 26, 2030.",
    "The closing date of the reorganization is estimated to be August 26, 2030.",
    # --- a clause before it says so of the day ---
    f"Although the date is tentative, {CLOSES}.",
    f"Although this date is an estimate, {CLOSES}.",
    f"While the timing is uncertain, {CLOSES}.",
    f"Although the closing date is only a target, {CLOSES}.",
    "Although the closing is merely anticipated, it will take place on August 26, 2030.",
    f"Although the Adviser only hopes so, {CLOSES}.",
    f"While the parties hope to close on this date, {CLOSES}.",
    f"While it is only an expectation, {CLOSES}.",
    f"Although this is merely our current estimate, {CLOSES}.",
    f"As an estimate only, {CLOSES}.",
    f"By our best guess, {CLOSES}.",
    f"Though not certain, {CLOSES}.",
    f"While nothing is final, {CLOSES}.",
    f"Although that is an expectation rather than a promise, {CLOSES}.",
    f"While it is no more than a plan, {CLOSES}.",
    f"While we cannot be certain, {CLOSES}.",
    f"Although we can give no assurance, {CLOSES}.",
    f"We anticipate, but the Board will decide, that {CLOSES}.",
    "The parties are planning the closing, and the parties will complete it on August 26, 2030.",
    f"The Adviser expects that the Bond Fund will stop sales, and {CLOSES}.",
    f"We expect the transfer of assets and {CLOSES.removeprefix('the ')}.",
    "The reorganization, the timing of which is expected to be convenient, will close on August 26, 2030.",
    # --- behind the day ---
    "The Board has set August 26, 2030 as the tentative closing date of the reorganization.",
    f"{IT_CLOSES}, the Adviser expects.",
    f"{IT_CLOSES}, if all goes as planned.",
    f"{IT_CLOSES}, which is only an estimate.",
    f"{IT_CLOSES}, although this date is tentative.",
    "On August 26, 2030, the reorganization is expected to take place.",
    "Effective August 26, 2030, the reorganization should take place.",
    "On August 26, 2030, it is anticipated, the reorganization will close.",
    f"{IT_CLOSES}, our best estimate.",
    # --- other sentences ---
    f"{IT_CLOSES}. That date cannot be guaranteed.",
    f"{IT_CLOSES}. There is no assurance that it will close then.",
    "Anticipated Timetable\n\n• August 12, 2030: the Bond Fund will be closed to purchases\n\n• August 26, 2030: "
    "closing of the reorganization",
    "Expected Dates\n\nLast day to purchase shares: August 21, 2030\n\nClosing of the reorganization: August 26, 2030",
    f"{IT_CLOSES}. This date is an estimate only.",
    f"{IT_CLOSES}. Please note that this date is tentative.",
    f"{IT_CLOSES}. It is an estimate.",
    f"The following dates are estimates. Purchases of the Bond Fund end on August 12, 2030. {IT_CLOSES}.",
    f"{IT_CLOSES}.\n\nAll dates in this supplement are estimates.",
    # --- it may not happen at all ---
    "The special meeting of shareholders of the Bond Fund is on July 9, 2030, if at all.",
    "The special meeting of shareholders will be held on July 9, 2030, if ever.",
    f"{IT_CLOSES} (if it closes at all).",
    f"If it takes place at all, {CLOSES}.",
    "The closing of the reorganization, if it happens, will be on August 26, 2030.",
]  # fmt: skip
"""Sentences that leave each of their days expected."""
OTHERWISE = [
    (f"At the earliest, {CLOSES}.", "August 26, 2030 (at the earliest)", "no earlier than"),
    (f"At the latest, {CLOSES}.", "August 26, 2030 (at the latest)", "no later than"),
    ("The approximate closing date of the reorganization is August 26, 2030.", "August 26, 2030 (approximate)",
     "approximate"),
    (f"All dates are approximate. {IT_CLOSES}.", "August 26, 2030 (approximate)", "approximate"),
    (f"{IT_CLOSES}, give or take a few days.", "August 26, 2030 (approximate)", "approximate"),
    ("The Adviser's best case is a closing on August 26, 2030.", "August 26, 2030 (expected)", "expected"),
]  # fmt: skip
FIRM = [
    f"{IT_CLOSES}.",
    "The reorganization is scheduled to close on August 26, 2030.",
    "The closing date of the proposed reorganization is August 26, 2030.",
    # --- what is expected is something else ---
    "The plan is expected to be presented to shareholders at a special meeting on July 9, 2030.",
    "Shareholders will be asked to approve a plan under which the Bond Fund would be merged into Blue River Income "
    "Fund, at a special meeting of shareholders on July 9, 2030.",
    "A special meeting of shareholders of the Bond Fund, at which a plan that would combine the funds will be voted "
    "on, will be held on July 9, 2030.",
    "The reorganization, which is expected to be tax-free, will close on August 26, 2030.",
    "The reorganization (expected to be tax-free) will close on August 26, 2030.",
    "The reorganization is expected to be tax-free and will close on August 26, 2030.",
    # --- a clause or an aside about something else stands before ---
    f"Although the Adviser hopes for a later date, {CLOSES}.",
    f"While the Adviser expects lower expenses, {CLOSES}.",
    f"Even though a lower fee is expected, {CLOSES}.",
    f"Because the Adviser anticipates redemptions, {CLOSES}.",
    f"While the Adviser, which manages both funds, hopes for a better price, {CLOSES}.",
    f"Notwithstanding the expected date of the meeting, {CLOSES}.",
    f"The Adviser expects lower expenses, and {CLOSES}.",
    "The reorganization, the costs of which are estimated by the Adviser, will close on August 26, 2030.",
    "The reorganization, from which the Adviser expects savings, will close on August 26, 2030.",
    f"The Adviser believes that the reorganization is beneficial and that {CLOSES}.",
    "The reorganization, the expected expenses of which are borne by the Adviser, will close on August 26, 2030.",
    f"{IT_CLOSES}, and is expected to be tax-free.",
    f"{IT_CLOSES}, after which the portfolio is expected to be repositioned.",
    f"On August 26, 2030, {CLOSES.partition(' on ')[0]}, and shareholders are expected to receive statements.",
    "Shareholders of record on June 14, 2030 are expected to receive proxy materials.",
    "The transactions contemplated by the Plan will close on August 26, 2030.",
    "Counsel is expected to opine on the tax status, and the Board has scheduled the closing of the reorganization for "
    "August 26, 2030.",
    f"The Board believes that the reorganization is in the best interests of shareholders, and {CLOSES}.",
    f"Assuming shareholders approve it, {CLOSES}.",
    f"There is no assurance that the fund will meet its objective, and {CLOSES}.",
    f"{IT_CLOSES}, although there is no guarantee of better performance.",
    f"{IT_CLOSES}, more or less as announced.",
    # --- what shareholders intend ---
    "Shareholders who are expected to redeem may do so until August 23, 2030.",
    "If you plan to redeem shares of the Bond Fund, you may do so until August 23, 2030.",
    "Shareholders who would like to redeem their shares may do so until August 23, 2030.",
    "If you hold any shares at all, you will receive new shares when the reorganization closes on August 26, 2030.",
    "Participants in retirement plans that hold shares may buy shares until August 23, 2030.",
    # --- another sentence ---
    "The Board expects that no tax will be due. The closing of the reorganization will be on August 26, 2030.",
    f"{IT_CLOSES}. It is expected to be tax-free.",
    f"{IT_CLOSES}. It is anticipated that the merger will not be taxable.",
    f"{IT_CLOSES}. There is no assurance that the fund will achieve its objective.",
    f"Expected Tax Effects\n\n{IT_CLOSES}.",
    f"Anticipated Timetable\n\nThere is none.\n\nThe Reorganization\n\n{IT_CLOSES}.",
    f"{IT_CLOSES}. The Adviser hopes to retain all shareholders.",
    f"The fees are estimates. {IT_CLOSES}.",
    f"These figures are estimates. {IT_CLOSES}.",
    "The reorganization is subject to conditions that are expected to be satisfied; the closing will be on August 26, "
    "2030.",
    # --- a day that is over ---
    "It is expected, the Trustees having approved the plan on May 28, 2030, that no vote is needed.",
]  # fmt: skip
"""Sentences with soft words that are not about their days."""


@pytest.mark.parametrize("text", EXPECTED)
def test_soft_words_that_govern_the_clause_leave_a_day_expected(text: str) -> None:
    assert precisions(text) == {"expected"}


@pytest.mark.parametrize(("text", "phrase", "precision"), OTHERWISE)
def test_soft_words_may_leave_a_limit_or_about_a_day(text: str, phrase: str, precision: str) -> None:
    assert [each.phrase for each in milestones(text)] == [phrase]
    assert precisions(text) == {precision}


@pytest.mark.parametrize("text", FIRM)
def test_soft_words_about_something_else_soften_no_day(text: str) -> None:
    assert precisions(text) == {"exact"}


def test_a_sentence_may_soften_one_of_its_days() -> None:
    text = "It is expected that proxy materials will be mailed on June 24, 2030 to holders of record on June 14, 2030."
    assert {each.kind.name: each.phrase for each in milestones(text) if each.kind} == {
        "proxy mailing": "June 24, 2030 (expected)",
        "record date": "June 14, 2030",
    }


@pytest.mark.parametrize(
    "behind",
    [
        "There is no assurance that Red Growth Fund will achieve its investment objective after the reorganization.",
        "No assurance can be given that the Internal Revenue Service will agree that the reorganization is tax-free.",
        "The Trust cannot guarantee that holders of the Bond Fund gain from the merger.",
    ],
)
def test_what_is_not_assured_of_something_else_leaves_the_day_firm(behind: str) -> None:
    assert precisions(f"{IT_CLOSES}. {behind}") == {"exact"}


@pytest.mark.parametrize(
    "behind",
    [
        "There is no assurance that the reorganization will be completed then.",
        "We cannot guarantee the closing date.",
        "No assurance can be given that the closing will occur then.",
    ],
)
def test_what_is_not_assured_of_the_day_softens_it(behind: str) -> None:
    assert precisions(f"{IT_CLOSES}. {behind}") == {"expected"}


def test_the_earliest_opportunity_is_no_limit() -> None:
    text = "The reorganization will close at the earliest opportunity on August 26, 2030."
    assert precisions(text) == {"exact"}


def test_where_the_sentence_may_go_on_to_something_else_the_author_is_asked() -> None:
    text = "The Adviser expects to sell holdings, and closing of the reorganization is on August 26, 2030."
    draft = draft_of(read_filing(filing_with(text), "filing.txt"))
    asked = [each for each in draft.to_decide if each.kind and each.kind.name == "closing"]
    assert ["How firm is it?" in each.why for each in asked] == [True]


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("The special meeting of shareholders to consider the proposed reorganization will be held on July 9, 2030.",
         "special meeting", "July 9, 2030"),
        ("The special meeting to consider the planned merger is scheduled for July 9, 2030.",
         "special meeting", "July 9, 2030"),
        ("The special meeting on the proposed merger has been adjourned to July 9, 2030.",
         "special meeting", "July 9, 2030"),
        ("The Board of Trustees approved the proposed reorganization on May 20, 2030.",
         "board approval", "May 20, 2030"),
        ("The record date for the vote on the proposed reorganization is June 14, 2030.",
         "record date", "June 14, 2030"),
        ("The proxy statement describing the proposed merger will be sent to shareholders on June 24, 2030.",
         "proxy mailing", "June 24, 2030"),
        ("Votes on the proposed reorganization must be received by July 8, 2030.",
         "voting deadline", "by July 8, 2030"),
        ("It is expected that the special meeting to consider the proposed merger will be held on July 9, 2030.",
         "special meeting", "July 9, 2030 (expected)"),
        ("The meeting of shareholders to vote on the proposed merger is to be held on or about July 9, 2030.",
         "special meeting", "on or about July 9, 2030"),
        ("Record date for the proposed reorganization: June 14, 2030.", "record date", "June 14, 2030"),
        ("The proposed reorganization will close on August 26, 2030.",
         "closing", "proposed reorganization will close on August 26, 2030"),
        ("If shareholders approve, the proposed merger will take place on August 26, 2030.",
         "closing", "proposed merger will take place on August 26, 2030"),
        ("A meeting has been called, because the proposed merger will be effective on August 26, 2030.",
         "closing", "proposed merger will be effective on August 26, 2030"),
    ],
)  # fmt: skip
def test_what_is_proposed_of_a_plan_is_not_said_of_the_day_of_something_else(text: str, kind: str, phrase: str) -> None:
    draft = draft_of(read_filing(filing_with(text), "filing.txt"))
    assert [(each.kind.name, each.phrase) for each in draft.placed if each.kind][1:] == [(kind, phrase)]
    assert draft.to_decide == []


def plan_of(text: str, folder: Path) -> tuple[Path, Path]:
    """A filing, and a data folder with the plan that is drafted from it."""
    filing = folder / "filing.txt"
    filing.write_bytes(filing_with(text))
    plan = run("draft", filing).stdout
    data = data_folder(folder / "data", {"trusts/blue-river-trust.yaml": TRUST, "plans/blue.yaml": plan})
    return filing, data


DATES_TAKEN = (
    "August 26, 2030 (anticipated)", "expected on August 26, 2030", "anticipated on August 26, 2030", "August 26, 2030",
)  # fmt: skip


def test_what_is_drafted_agrees_with_its_filing_and_an_author_may_leave_out_that_it_is_expected(tmp_path: Path) -> None:
    filing, data = plan_of(EXPECTED[0], tmp_path)
    plan = data / "plans" / "blue.yaml"
    drafted = plan.read_text(encoding="utf-8")
    assert "date: August 26, 2030 (anticipated)\n" in drafted
    assert run("check", data, "--strict").returncode == 0
    for date in DATES_TAKEN:
        plan.write_text(drafted.replace("August 26, 2030 (anticipated)", date), encoding="utf-8")
        compared = run("compare", "blue", filing, "--data", data)
        assert compared.returncode == 0, compared.stdout


def test_a_bare_day_is_a_finding_where_the_filing_says_that_it_is_approximate(tmp_path: Path) -> None:
    filing, data = plan_of("The approximate closing date of the reorganization is August 26, 2030.", tmp_path)
    plan = data / "plans" / "blue.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(" (approximate)", ""), encoding="utf-8")
    compared = run("compare", "blue", filing, "--data", data)
    assert compared.returncode == 1
    assert "the filing states it softer" in compared.stdout


def test_a_later_filing_writes_no_firmer_day_than_it_says(tmp_path: Path) -> None:
    _, data = plan_of(f"{IT_CLOSES}.", tmp_path)
    later = tmp_path / "later.txt"
    text = (
        "It is now anticipated that the reorganization will take place on September 16, 2030 rather than on or about "
        "August 26, 2030."
    )
    later.write_bytes(filing_with(text, "August 8, 2030"))
    done = run("draft", later, "--plan", "blue", "--data", data, "--apply")
    assert done.returncode == 0, done.stdout + done.stderr
    plan = (data / "plans" / "blue.yaml").read_text(encoding="utf-8")
    assert "date: September 16, 2030 (anticipated)\n" in plan


@pytest.mark.parametrize("term", ["Hoped-For Date", "Original Closing Date", "Placeholder Time", "Pre-Closing Date"])
@pytest.mark.parametrize("form", ["(the “{}”)", '(such date, the "{}")', ", the “{}”"])
def test_a_name_of_the_day_that_says_something_else_of_it_is_asked_about(term: str, form: str) -> None:
    draft = draft_of(read_filing(filing_with(f"{IT_CLOSES} {form.format(term)}."), "filing.txt"))
    assert [each.kind.name for each in draft.to_decide if each.kind] == ["closing"]


@pytest.mark.parametrize(
    "behind",
    [
        "(the “Closing Date”)", "(the “Bond Fund Closing Date”)", "(the “Closing Date” or the “Effective Time”)",
        "(each, a “Reorganization Date”)", "(the “BRT Closing Date”)", "(the closing date)", "(a business day)",
        "(see “Terms of the Plan”)", ", the day on which its fiscal year ends",
    ],
)  # fmt: skip
def test_a_name_of_the_day_that_says_no_more_leaves_nothing_to_decide(behind: str) -> None:
    draft = draft_of(read_filing(filing_with(f"{IT_CLOSES} {behind}."), "filing.txt"))
    assert [each.kind.name for each in draft.placed if each.kind] == ["announcement", "closing"]


def test_an_earlier_day_stays_as_soft_as_the_filing_says(tmp_path: Path) -> None:
    text = f"It is now anticipated that {CLOSES} rather than on or about July 29, 2030."
    filing, data = plan_of(text, tmp_path)
    assert 'previously: ["on or about July 29, 2030"]' in (data / "plans" / "blue.yaml").read_text(encoding="utf-8")
    compared = run("compare", "blue", filing, "--data", data)
    assert compared.returncode == 0, compared.stdout
