"""Plans drafted from filings: the rules, the pairs, what is placed, and what an author gets to decide."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft, DraftMilestone
from calfeed.filings.drafts.writing import TO_DECIDE, as_document, as_yaml
from calfeed.filings.funds.named import folded
from calfeed.filings.funds.pair import Pair
from calfeed.filings.kinds.reasons import REASON_RULES
from calfeed.filings.kinds.rule import Rule
from calfeed.filings.kinds.rules import KIND_RULES, RULES
from calfeed.filings.passages.opening import read_filing
from calfeed.filings.standings.standing_rules import STANDING_RULES, Status, standing_of
from calfeed.model.kinds import KIND_NAMES
from tests.support import FOUNDING, ROOT, SITE, each_of, if_any, make_folder, problems_of, run

FILINGS = ROOT / "tests" / "filings"
TEXTS = sorted(
    path for path in FILINGS.rglob("[0-9]*") if path.suffix in {".txt", ".html"} and path.with_suffix(".json").exists()
)


@cache
def drafted(text: str | Path) -> Draft:
    """The draft of a text, or of a file; each is drafted once, and no test changes it."""
    content = text.read_bytes() if isinstance(text, Path) else text.encode()
    return draft_of(read_filing(content, text.name if isinstance(text, Path) else "filing.txt"))


def placed(draft: Draft) -> dict[str, str]:
    """The phrases of the placed milestones by their kinds."""
    return {each.kind.name: each.phrase for each in draft.placed if each.kind}


# --- the rules -------------------------------------------------------------------------------------------------------


def name(rule: Rule) -> str:
    return f"{rule.kind or rule.reason}: {rule.says[0][:30]}"


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_rule_fits_its_examples_and_none_of_its_counter_examples(rule: Rule) -> None:
    assert rule.examples
    assert [clause for clause in rule.examples if not rule.fits(clause)] == []
    assert [clause for clause in rule.counters if rule.fits(clause)] == []
    assert all("@" in clause for clause in each_of([*rule.examples, *rule.counters]))


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_a_wording_of_a_rule_is_one(rule: Rule) -> None:
    """A part with an `|` of its own, that stands in no group, makes one of its words fit without the rest."""
    assert [wording for wording in rule.says if "|" in outside_of_groups(wording)] == []


def outside_of_groups(pattern: str) -> str:
    """A pattern without its groups and sets of characters."""
    rest = re.sub(r"\[[^]]*]", "", re.sub(r"\\.", "", pattern))
    while rest != (shorter := re.sub(r"\([^()]*\)", "", rest)):
        rest = shorter
    return rest


def test_each_rule_has_a_kind_of_the_vocabulary_or_a_reason() -> None:
    assert {rule.kind for rule in KIND_RULES} <= set(KIND_NAMES)
    assert all(rule.reason and not rule.kind for rule in each_of(REASON_RULES))


# --- what is placed --------------------------------------------------------------------------------------------------


def truth_of(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return document


def days_of(milestone: dict[str, Any]) -> Iterator[str]:
    """The days that are right for a milestone of a truth."""
    found = [milestone["date"], milestone.get("derived"), *(each["date"] for each in milestone.get("alternatives", []))]
    yield from (each if isinstance(each, str) else "/".join(each) for each in found if each)


def day_of(milestone: DraftMilestone) -> str:
    first, last = milestone.days or ("", "")
    return str(first) if first == last else f"{first}/{last}"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_what_is_placed_is_what_the_filing_says(path: Path) -> None:
    right = {
        (kind, day)
        for each in truth_of(path)["milestones"]
        for kind in (each["kind"], *each.get("kind_also", []))
        for day in days_of(each)
    }
    draft = drafted(path)
    said = {(each.kind.name, day_of(each)) for each in draft.placed if each.kind}
    assert said - right == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_pairs_are_those_of_the_filing(path: Path) -> None:
    expected = truth_of(path)["reorganizations"]
    pairs = drafted(path).pairs
    assert len(pairs) == len(expected)
    for pair, each in if_any(list(zip(pairs, sorted_as(pairs, expected), strict=True))):
        assert folded(pair.target) in map(folded, [each["target"], *each.get("target_also", [])])
        assert folded(pair.acquiring) == folded(each["acquiring"] or "")


def sorted_as(pairs: list[Pair], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pairs of a truth in the order of a draft's, as far as their names tell."""
    order = [folded(pair.target) for pair in pairs]
    places = {target: place for place, target in enumerate(order)}
    return sorted(expected, key=lambda each: places.get(folded(each["target"]), 0))


HEAD = """\
BLUE RIVER TRUST

Supplement dated May 1, 2031

The Board of Trustees of Blue River Trust has approved the reorganization of Blue River Bond Fund (the “Target Fund”)
into Blue River Income Fund (the “Acquiring Fund”).

"""


@pytest.mark.parametrize(
    ("sentence", "kind", "phrase"),
    [
        ("Shareholders of record on June 2, 2031 may vote.", "record date", "June 2, 2031"),
        ("It is expected to close on or about August 4, 2031.", "closing", "on or about August 4, 2031"),
        ("The Board approved the merger of the Target Fund into the Acquiring Fund, effective August 4, 2031.",
         "closing", "August 4, 2031"),
        ("From June 2, 2031, the Target Fund opens no accounts for new investors.", "closed to new investors",
         "From June 2, 2031"),
        ("The Proxy Statement/Prospectus will be mailed on or about June 9, 2031.", "proxy mailing",
         "on or about June 9, 2031"),
    ],
)  # fmt: skip
def test_a_clause_that_a_rule_fits_is_placed(sentence: str, kind: str, phrase: str) -> None:
    assert placed(drafted(HEAD + sentence))[kind].removeprefix("From ") == phrase.removeprefix("From ")


@pytest.mark.parametrize(
    "sentence",
    [
        "The Acquiring Fund will pay a dividend to shareholders of record on June 2, 2031.",
        "The adviser has agreed to limit the expenses of the Acquiring Fund until August 4, 2031.",
        "Blue River Dividend Harvest Fund, which is not concerned, will change its benchmark on June 2, 2031.",
        "The closing is planned for [August 4], 2031.",
        "Account statements will be mailed on or about June 16, 2031.",
        "Checks will be mailed on or about June 16, 2031.",
        "The Board will consider the liquidation of other funds at its next regular meeting, on June 2, 2031.",
    ],
)
def test_what_is_not_certain_is_not_placed_as_a_milestone_of_the_vote_or_the_closing(sentence: str) -> None:
    kinds = set(placed(drafted(HEAD + sentence)))
    assert kinds - {"announcement", "dividend record date"} == set()


def test_a_day_that_is_put_off_is_not_placed() -> None:
    text = HEAD + "The reorganization, which was scheduled to occur on May 12, 2031, has been postponed."
    draft = drafted(text)
    assert "closing" not in placed(draft)
    assert [each.mention.words for each in draft.to_decide if each.kind and each.kind.name == "closing"]


def test_a_time_from_one_day_to_another_is_two_milestones() -> None:
    draft = drafted(HEAD + "From June 2, 2031 until June 30, 2031 you may transfer your contract value free of charge.")
    both = [(each.kind.name, each.phrase) for each in draft.placed if each.kind and each.kind.name != "announcement"]
    assert both == [("free transfers begin", "June 2, 2031"), ("free transfers end", "through June 30, 2031")]


def test_an_earlier_day_belongs_to_the_milestone_that_has_another_now() -> None:
    text = "The Reorganization was to be completed on or about July 7, 2031. It is now expected to be completed on "
    draft = drafted(f"{HEAD}{text}August 4, 2031.")
    (closing,) = [each for each in draft.placed if each.kind and each.kind.name == "closing"]
    assert [str(each.day) for each in closing.previously] == ["2031-07-07"]
    assert "an earlier date of closing" in [each.reason for each in draft.left_out]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("At a meeting on April 30, 2031, shareholders of the Target Fund approved it.", Status.APPROVED),
        ("The Board has determined not to proceed with the reorganization.", Status.CANCELLED),
        ("The proposal did not receive the vote that it needs.", Status.REJECTED),
        ("If shareholders do not approve it, the reorganization will be abandoned.", Status.PROPOSED),
        ("Q. What if shareholders say no?\n\nA. The reorganization will not take place.", Status.PROPOSED),
        ("The reorganization was to have been completed on May 2, 2031.", Status.PROPOSED),
        ("The subadvisory agreement of the Target Fund has been terminated.", Status.PROPOSED),
        ("The reorganization will not be completed before May 2, 2031.", Status.PROPOSED),
        ("The special meeting called to vote on the reorganization has been cancelled.", Status.PROPOSED),
        ("The Board decided to cancel the meeting to consider the merger.", Status.PROPOSED),
        ("The webcast on the closing of the reorganization has been postponed.", Status.PROPOSED),
        ("The proposal to elect trustees, which was to be voted on with the merger, was withdrawn.", Status.PROPOSED),
        ("The tender offer made in connection with the reorganization was terminated.", Status.PROPOSED),
        ("The suit that challenged the merger was dropped by agreement.", Status.PROPOSED),
        ("The reorganization vote was completed on April 30, 2031.", Status.PROPOSED),
        ("The repositioning before the reorganization was completed on April 30, 2031.", Status.PROPOSED),
        ("The Trust announced the completion of the solicitation for the reorganization.", Status.PROPOSED),
        ("Shareholders of the Acquiring Fund approved the issuance of shares in the merger.", Status.PROPOSED),
        ("The new subadvisory agreement for the time after the merger was approved by shareholders.", Status.PROPOSED),
        ("The conversion of the transfer agency records was completed on April 30, 2031.", Status.PROPOSED),
        ("The merger is described in the statement, and the mailing was completed on May 2, 2031.", Status.PROPOSED),
        ("The closing of the reorganization was completed on April 30, 2031.", Status.COMPLETED),
        ("Consummation of the reorganization has been abandoned.", Status.CANCELLED),
        ("The agreement relating to the proposed merger has been terminated.", Status.CANCELLED),
        ("The proposal to approve the reorganization has been withdrawn.", Status.CANCELLED),
        ("The Board decided to abandon the plan for the reorganization.", Status.CANCELLED),
        ("Shareholders voted in favor of the reorganization.", Status.APPROVED),
    ],
)
def test_how_things_stand_is_told_from_the_text(sentence: str, status: Status) -> None:
    assert [each.status for each in drafted(HEAD + sentence).standings] == [status]


@pytest.mark.parametrize(("status", "rule"), STANDING_RULES, ids=[status for status, _ in STANDING_RULES])
def test_a_rule_of_standing_fits_its_examples_and_none_of_its_counter_examples(status: Status, rule: Rule) -> None:
    assert [sentence for sentence in each_of(rule.examples) if standing_of(sentence) is not status] == []
    assert [sentence for sentence in each_of(rule.counters) if rule.fits(sentence)] == []


def test_a_date_that_is_changed_belongs_to_what_it_is_changed_for() -> None:
    draft = drafted(HEAD + "The closing has been changed from August 4, 2031 to September 8, 2031.")
    (closing,) = [each for each in draft.placed if each.kind and each.kind.name == "closing"]
    assert (closing.phrase, [str(each.day) for each in closing.previously]) == ("September 8, 2031", ["2031-08-04"])


def test_a_transition_a_year_before_the_filing_is_flagged() -> None:
    draft = drafted(HEAD + "Beginning August 1, 2030, the Target Fund will begin to reposition its portfolio.")
    (transition,) = draft.to_decide
    assert transition.kind
    assert (transition.kind.name, transition.why) == ("transition begins", "Which year is it?")


def test_both_ends_of_a_transition_a_year_before_the_filing_are_flagged() -> None:
    draft = drafted(HEAD + "From July 1, 2030 to August 1, 2030 the Target Fund will reposition its portfolio.")
    asked = [(each.kind.name, each.why) for each in draft.to_decide if each.kind]
    assert asked == [("transition begins", "Which year is it?"), ("transition ends", "Which year is it?")]


def test_the_acquirers_own_dividend_is_not_placed() -> None:
    draft = drafted(HEAD + "The Acquiring Fund will pay its own dividend on June 2, 2031, as it does each quarter.")
    assert placed(draft) == {"announcement": "May 1, 2031"}
    assert ["Whose is it?" in each.why for each in draft.to_decide] == [True]


NUMBERED = """\
Blue River Trust

Supplement dated May 1, 2031

This supplement says what will become of two funds.

Keep it.

I. Blue River Bond Fund

The Board of Trustees of Blue River Trust approved the reorganization of Blue River Bond Fund (the “Fund”) into Blue
River Income Fund.

It is expected to close on or about August 4, 2031.

II. Blue River Mid Cap Fund

The reorganization of Blue River Mid Cap Fund (the “Fund”) into Blue River Large Cap Fund needs no vote. The Fund closes
to new investors on June 2, 2031.
"""


def test_numbered_sections_keep_their_names_and_their_terms_apart() -> None:
    draft = drafted(NUMBERED)
    assert [pair.target for pair in draft.pairs] == ["Blue River Bond Fund", "Blue River Mid Cap Fund"]
    found = {each.kind.name: set(each.scope) for each in (*draft.placed, *draft.to_decide) if each.kind}
    assert found["closing"] == {0}
    assert found["closed to new investors"] == {1}


LISTED = """\
Blue River Trust

Blue River Bond Fund
Blue River Mid Cap Fund

Supplement dated May 1, 2031

The Board of Trustees of Blue River Trust approved a plan under which each Fund listed above would be reorganized into a
newly created series of Sandhurst Investment Series of the same name.
"""


def test_each_fund_into_a_series_of_the_same_name_is_a_pair_of_two_trusts() -> None:
    pairs = [(each.target, each.target_trust, each.acquiring, each.acquiring_trust) for each in drafted(LISTED).pairs]
    ours, theirs = "Blue River Trust", "Sandhurst Investment Series"
    assert pairs == [(each, ours, each, theirs) for each in ("Blue River Bond Fund", "Blue River Mid Cap Fund")]


HEADED = """\
Blue River Trust

Supplement dated May 1, 2031

Blue River Bond Fund and Blue River Mid Cap Fund will be merged into Blue River Income Fund and Blue River Large Cap
Fund, respectively.

Blue River Bond Fund. If all conditions are met, the merger is now expected to occur on or about August 4, 2031.
"""


def test_a_heading_on_the_first_line_says_of_which_fund_a_paragraph_is() -> None:
    (closing,) = [each for each in drafted(HEADED).placed if each.kind and each.kind.name == "closing"]
    assert set(closing.scope) == {0}


def test_the_words_before_a_table_say_of_which_fund_its_rows_are() -> None:
    text = HEADED + (
        "\nThe Board has declared a final dividend of Blue River Mid Cap Fund. The schedule is:\n\n"
        "Record Date:          July 6, 2031\nEx-Date:              July 7, 2031\n"
    )
    found = [each for each in drafted(text).placed if each.kind and each.kind.name.startswith("dividend")]
    assert [set(each.scope) for each in found] == [{1}, {1}]


def test_a_text_without_a_reorganization_places_nothing() -> None:
    draft = drafted("Supplement dated May 1, 2031\n\nEffective June 2, 2031, Jo Field manages Blue River Bond Fund.")
    assert (draft.pairs, draft.placed) == ([], [])


# --- pitfalls of real filings ----------------------------------------------------------------------------------------


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The target and the acquirer of each pair that a text states."""
    return [(each.target, each.acquiring) for each in drafted(text).pairs]


BOND, INCOME, MID = "Elm Bond Fund", "Elm Income Fund", "Elm Mid Cap Fund"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("THE TRUSTEES HAVE APPROVED THE MERGER OF ELM BOND FUND INTO ELM INCOME FUND. IT IS EXPECTED THAT "
         "THE FUND WILL BE CLOSED.",
         [("ELM BOND FUND", "ELM INCOME FUND")]),
        ("Acquired Fund    Acquiring Fund\nElm Bond         Elm Income\n  Fund             Fund\n",
         [(BOND, INCOME)]),
        ("Acquired Fund      Acquiring Fund\nElm Trust\n  Elm Bond Fund    Elm Income Fund\n",
         [(BOND, INCOME)]),
        ("<TABLE>\n<CAPTION>\n  Acquired Fund    Acquiring Fund\n<S>                <C>\n"
         "  Elm Bond         Elm Income\n"
         "    Fund             Fund\n  Elm Mid Cap      Elm Income\n    Fund             Fund\n</TABLE>\n",
         [(BOND, INCOME), (MID, INCOME)]),
        ("Fund             Will become part of\nElm Bond Fund    Elm Income Fund\n", [(BOND, INCOME)]),
        ("                  Plan A             Plan B\nAcquired Fund     Elm Bond Fund      Elm Mid Cap Fund\n"
         "Acquiring Fund    Elm Income Fund    Elm Income Fund\n",
         [(BOND, INCOME), (MID, INCOME)]),
        ("The Board approved Agreements and Plans of Reorganization between (i) Elm Bond Fund and Elm Income "
         "Fund and (ii) Elm Mid Cap Fund and Elm Large Cap Fund.",
         [(BOND, INCOME), (MID, "Elm Large Cap Fund")]),
        ("The Board approved the reorganization of Elm Bond Fund and of Elm Mid Cap Fund into Elm "
         "Income Fund.",
         [(BOND, INCOME), (MID, INCOME)]),
        ("These mergers were approved:\n\n  *  Elm Bond Fund into Elm\n     Income Fund\n  *  Elm Mid "
         "Cap Fund into Elm Income Fund\n",
         [(BOND, INCOME), (MID, INCOME)]),
        ("The Trustees approved the merger of Elm Bond Fund into Elm Income Fund. They have also voted to "
         "liquidate Elm Mid Cap Fund.",
         [(BOND, INCOME), (MID, "")]),
        ("Two of its funds will be liquidated:\n\n  * Elm Bond Fund - on May 1, 2031\n  * Elm Mid Cap Fund - "
         "on June 2, 2031\n",
         [(BOND, ""), (MID, "")]),
        ("The merger of Elm Bond Fund (NYSE: BRB) into Elm Income Fund, Inc. (NYSE: BRI) is planned.",
         [(BOND, "Elm Income Fund, Inc.")]),
    ],
    ids=["capitals", "two rows", "a row with a trust", "indented", "will become part of", "on its side", "between each",
         "several", "bullets", "liquidated too", "liquidated alone", "closed-end"],
)  # fmt: skip
def test_pairs_are_told_however_they_are_laid_out(text: str, pairs: list[tuple[str, str]]) -> None:
    assert pairs_of(text) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "Target Fund              Acquiring Fund\nCapital growth           Current income\n",
        "Target Fund    Acquiring Fund\nClass B        Class A\n",
        "You may tell us which fund should replace Elm Bond Fund, and by May 1, 2031 also Elm Income Fund.",
    ],
    ids=["objectives", "classes", "replace"],
)
def test_what_only_looks_like_a_pair_is_none(text: str) -> None:
    assert pairs_of(text) == []


def test_a_closed_end_fund_is_a_trust_by_itself() -> None:
    text = "The merger of Elm Bond Fund (NYSE: BRB) into Elm Income Fund (NYSE: BRI) is planned."
    (pair,) = drafted(text).pairs
    assert (pair.target_trust, pair.acquiring_trust) == (BOND, INCOME)


def test_an_insurers_letterhead_is_no_trust_of_the_funds() -> None:
    text = (
        "HILL LIFE INSURANCE COMPANY\n\nThe board of Elm Trust approved the merger of Elm Bond Fund into "
        "Elm Income Fund."
    )
    (pair,) = drafted(text).pairs
    assert (pair.target_trust, pair.acquiring_trust) == ("Elm Trust", "Elm Trust")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It will close on August 4, 2031, but not after October 31, 2031, or the agreement lapses.", "outside date"),
        ("An annual meeting of shareholders will be held on July 8, 2031.", "special meeting"),
        ("The exchange ratio will be determined on or about August 4, 2031.", "valuation"),
    ],
)
def test_a_kind_that_is_easily_mistaken_is_told(sentence: str, kind: str) -> None:
    draft = drafted(HEAD + sentence)
    assert kind in {each.kind.name for each in (*draft.placed, *draft.to_decide) if each.kind}


def test_the_date_of_a_prospectus_is_left_out() -> None:
    draft = drafted(
        HEAD.replace("Supplement dated May 1, 2031", "Supplement dated May 1, 2031 to Prospectus dated April 30, 2030")
    )
    assert [(each.mention.phrase, each.reason) for each in draft.left_out] == [
        ("April 30, 2030", "the date of another document")
    ]


def test_a_date_about_a_fund_of_no_pair_is_not_placed() -> None:
    draft = drafted(HEAD + "Elm Gold Fund closes to new investors on June 2, 2031.")
    assert placed(draft) == {"announcement": "May 1, 2031"}


def test_an_acquired_fund_is_any_of_those_that_are() -> None:
    draft = drafted(FILINGS / "06a-ebbridge-plan.txt")
    every = [*draft.placed, *draft.to_decide]
    scopes = [each.scope for each in every if each.kind and each.kind.name == "closed to new investors"]
    assert scopes == [frozenset({0, 1})]


def test_only_the_filing_itself_is_placed_where_it_speaks_of_mergers_of_which_only_one_is_known() -> None:
    draft = drafted(HEAD + "Both mergers will close on June 2, 2031.")
    assert len(draft.pairs) == 1
    assert set(placed(draft)) == {"announcement"}
    assert {each.why for each in draft.to_decide} == {"Which funds are paired?"}


def test_whose_holders_vote_is_asked_where_the_acquirers_are_named() -> None:
    draft = drafted(
        HEAD + "Shareholders of the Acquiring Fund of record on June 2, 2031 will vote at a special meeting."
    )
    assert placed(draft) == {"announcement": "May 1, 2031"}
    assert [each.why for each in draft.to_decide] == ["Whose holders vote?"]


def test_the_second_reorganization_is_the_second_pair() -> None:
    text = (
        "Supplement dated May 1, 2031\n\nElm Bond Fund will be merged into Elm Income Fund, and Elm Mid Cap Fund into "
        "Elm Large Cap Fund.\n\nThe second merger is expected to close on June 2, 2031."
    )
    (closing,) = drafted(text).to_decide
    assert set(closing.scope) == {1}


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Neither party expects the reorganization to close before June 21, 2031.", 'The sentence says "neither"'),
        ("Otherwise the Target Fund will be liquidated on July 18, 2031.", 'The sentence says "otherwise"'),
        ("The reorganization will be effective for tax purposes on July 18, 2031.", "What is completed"),
        ("The reorganization will close on July 18 or July 25, 2031.", "Which of several days is it?"),
        ("The reorganization will be completed on April 18, 2031.", "Which year is it?"),
        ("The reorganization was completed on July 18, 2031.", "Which year is it?"),
        ("The reorganization will be completed on 7/8/31.", "Which day is it?"),
        ("The reorganization will be completed on July 18.", "Which day is it?"),
        ("The last day to purchase or redeem shares is July 18, 2031.", "Is it the last day of both?"),
        ("They will terminate the Target Fund by merging it on July 18, 2031.", "What kind of milestone is it?"),
        ("The closing, which was set for June 6, 2031, will be on June 27, 2031.", "Is it an earlier date"),
        ("The merger will take effect on Tuesday, July 25, 2031.", "July 25, 2031 is a Friday, not a Tuesday"),
    ],
    ids=[
        "neither",
        "otherwise",
        "taxes",
        "or",
        "past",
        "future",
        "short year",
        "no year",
        "both",
        "liquidation",
        "two days",
        "weekday",
    ],
)
def test_what_a_clause_leaves_open_is_to_decide(sentence: str, why: str) -> None:
    draft = drafted(HEAD + sentence)
    assert [each.phrase for each in draft.placed if each.kind and each.kind.completes] == []
    assert why in " ".join(each.why for each in draft.to_decide)


def test_what_is_said_of_all_mergers_but_one_is_to_decide() -> None:
    text = (
        "HALCYON TRUST\n\nSupplement dated March 3, 2031\n\n"
        "Halcyon Oak Fund will be reorganized into Halcyon Elm Fund.\n\n"
        "Halcyon Ash Fund will be reorganized into Halcyon Birch Fund.\n\n"
        "Except for Halcyon Ash Fund, the closing will take place on June 13, 2031."
    )
    (closing,) = drafted(text).to_decide
    assert closing.why == (
        'Does it hold for every fund? The sentence says "except". Which funds is it about? Lines that hold for one '
        'fund only go under the "milestones" of its own reorganization.'
    )


TWO_MERGERS = (
    "HALCYON TRUST\n\nHalcyon Oak Fund\n\nHalcyon Ash Fund\n\nSupplement dated March 3, 2031\n\n"
    "On February 20, 2031, the Board of Trustees of Halcyon Trust approved the reorganization of Halcyon Oak Fund "
    'into Halcyon Elm Fund, and of Halcyon Ash Fund into Halcyon Birch Fund (each, a "Reorganization").\n\n'
)


@pytest.mark.parametrize(
    "text",
    [
        "Reorganization of Halcyon Oak Fund\n\nThey will close to new investors on April 4, 2031.",
        "Reorganization of Halcyon Oak Fund\n\nThe meetings of both will be held on April 4, 2031.",
        "Reorganization of Halcyon Oak Fund\n\nA registration statement on Form N-14 was filed on April 4, 2031.",
        "Halcyon Oak Fund will be reorganized on April 4, 2031, a week before that of Halcyon Ash Fund.",
        "The reorganizations will close on April 4, 2031, except that Halcyon Ash Fund will be later.",
    ],
)
def test_what_may_be_said_of_several_funds_is_not_placed_for_one(text: str) -> None:
    draft = drafted(TWO_MERGERS + text)
    assert "April 4, 2031" not in placed(draft).values()
    assert [each.phrase for each in draft.to_decide] == ["April 4, 2031"]


def test_what_is_said_of_the_fund_below_the_heading_of_another_is_not_placed() -> None:
    draft = drafted(
        "HALCYON TRUST\n\nHalcyon Oak Fund\n\nHalcyon Pine Fund\n\nSupplement dated March 3, 2031\n\n"
        "Reorganization of Halcyon Oak Fund\n\n"
        'The Board of Trustees has approved the reorganization of Halcyon Oak Fund (the "Fund") into Halcyon Elm Fund. '
        "The Fund will close to new investors on April 4, 2031.\n\nHalcyon Pine Fund\n\n"
        "Effective May 1, 2031, the benchmark of the Fund will change. Its shareholders of record on April 11, 2031 "
        "may vote at a special meeting to be held on May 22, 2031."
    )
    assert placed(draft) == {"announcement": "March 3, 2031", "closed to new investors": "April 4, 2031"}


@pytest.mark.parametrize(
    "text",
    [
        "The Boards of the four funds approved the reorganizations on February 20, 2031.",
        "Reorganization of Halcyon Oak Fund\n\nThe Trustees approved all two reorganizations on February 20, 2031.",
    ],
    ids=["as many as there are funds", "all"],
)
def test_what_is_said_of_all_funds_is_placed_for_all(text: str) -> None:
    draft = drafted(TWO_MERGERS.replace("On February 20, 2031, the", "The") + text)
    assert placed(draft)["board approval"] == "February 20, 2031"
    assert [each.scope for each in draft.placed] == [frozenset({0, 1})] * 2


def test_a_class_that_becomes_another_one_beside_a_merger_is_no_reorganization_of_its_own() -> None:
    draft = drafted(
        "HALCYON TRUST\n\nSupplement dated March 3, 2031\n\n"
        "Halcyon Dividend Fund will be reorganized into Halcyon Dividend ETF.\n\n"
        "On June 2, 2031, Class A shares of Halcyon Dividend Fund will be converted into Class I shares."
    )
    assert [pair.acquiring for pair in draft.pairs] == ["Halcyon Dividend ETF"]


def test_what_is_said_of_one_class_is_not_placed_for_the_whole_fund() -> None:
    draft = drafted(HEAD + "Class B shares of the Target Fund will be closed to new investors on June 2, 2031.")
    assert placed(draft) == {"announcement": "May 1, 2031"}
    assert [each.why for each in draft.to_decide] == ["Does it hold for all classes?"]


def test_dates_of_one_sentence_belong_to_the_funds_beside_them() -> None:
    text = (
        "Supplement dated May 1, 2031\n\nThe Trustees of Elm Trust have decided to liquidate Elm Bond Fund and "
        "Elm Mid Cap Fund. Elm Bond Fund will be liquidated on June 2, 2031, and Elm Mid Cap Fund on "
        "July 7, 2031."
    )
    draft = drafted(text)
    found = {each.phrase: set(each.scope) for each in [*draft.placed, *draft.to_decide]}
    assert found == {"May 1, 2031": {0, 1}, "June 2, 2031": {0}, "July 7, 2031": {1}}


# --- the plan --------------------------------------------------------------------------------------------------------

FOUNDING_TEXT = FILINGS / "founding.txt"


def test_the_founding_document_is_drafted_into_a_plan_that_check_takes(tmp_path: Path) -> None:
    data = Path(shutil.copytree(FOUNDING, tmp_path / "data", ignore=shutil.ignore_patterns("plans")))
    plan = tmp_path / "draft.yaml"
    result = run("draft", FOUNDING_TEXT, "--data", FOUNDING, "-o", plan)
    assert result.returncode == 0
    assert "2 reorganizations: 6 milestones placed, 0 to decide, " in result.stderr
    make_folder(data, {"plans/drafted.yaml": plan.read_bytes()})
    assert problems_of(data) == []
    assert run("compare", plan, FOUNDING_TEXT).returncode == 0
    again = run("draft", FOUNDING_TEXT, "--data", FOUNDING, "-o", plan)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already" in again.stderr


def test_how_a_reorganization_stands_is_counted_as_to_decide_if_the_filing_contradicts_it(tmp_path: Path) -> None:
    filing = tmp_path / "filing.txt"
    approved = HEAD + "Shareholders of the Target Fund approved the reorganization.\n"
    filing.write_text(approved, encoding="utf-8")
    plain = run("draft", filing, "--data", tmp_path)
    assert (plain.returncode, plain.stdout.count(TO_DECIDE)) == (0, 0)
    assert "\n    approved: {source: filing}  # line " in plain.stdout
    filing.write_text(approved + "\nThe reorganization has been cancelled.\n", encoding="utf-8")
    doubtful = run("draft", filing, "--data", tmp_path)
    assert doubtful.returncode == 1
    assert "1 reorganization (1 to decide): 1 milestone placed, 0 to decide, " in doubtful.stderr
    assert doubtful.stdout.count(TO_DECIDE) == 1


def freed(plan: str) -> str:
    """A draft whose author has decided everything as it was guessed."""
    lines = []
    for line in plan.split("\n"):
        if TO_DECIDE in line or line.startswith("#"):
            continue
        lines.append(re.sub(r"^(\s+)# ", r"\1", line))
    return "\n".join(lines)


def trusts_of(plan: str) -> Iterator[tuple[str, str]]:
    """The files of trusts that a draft has in comments."""
    for match in re.finditer(r"^# (trusts/\S+\.yaml) would be:\n((?:#   .*\n)+)", plan, re.MULTILINE):
        yield match[1], re.sub(r"^#   ", "", match[2], flags=re.MULTILINE)


@pytest.mark.parametrize(
    "stem", ["01-brackenhall-one-pair", "04-corvane-same-name-two-trusts", "05-halden-vale-rename-first"]
)
def test_a_draft_with_its_trusts_pasted_is_a_plan_that_check_and_compare_take(stem: str, tmp_path: Path) -> None:
    path = FILINGS / f"{stem}.txt"
    plan = as_yaml(drafted(path), None)
    make_folder(tmp_path, {"site.yaml": SITE, "plans/drafted.yaml": plan, **dict(trusts_of(plan))})
    assert [problem for problem in problems_of(tmp_path) if ": warning: " not in problem] == []
    result = run("compare", tmp_path / "plans" / "drafted.yaml", path)
    assert "problem" not in result.stdout


def test_names_that_are_not_known_for_a_problem_elsewhere_are_told(tmp_path: Path) -> None:
    data = Path(shutil.copytree(FOUNDING, tmp_path / "data"))
    (data / "site.yaml").write_text("titel: x\n", encoding="utf-8")
    told = run("draft", FOUNDING_TEXT, "--data", data, "-o", tmp_path / "plan.yaml").stderr
    assert f"problems in {data}: the names in it are not known here. Mend them first.\n" in told


def test_what_is_to_be_decided_stands_in_comments_that_are_freed_by_deleting_them() -> None:
    plan = as_yaml(drafted(FILINGS / "10-marrowgate-adjourned-twice.txt"), None)
    assert f'# {TO_DECIDE}, line 18: Does it hold? The sentence says "adjourned".' in plan
    free = freed(plan)
    assert "\n  second special meeting:\n    date: August 9, 2018\n" in free
    assert "#" not in free


def test_json_has_the_three_lists_and_the_pairs() -> None:
    document = as_document(drafted(FILINGS / "02-tallowmere-edgar-table.txt"))
    assert list(document) == ["trust", "source", "reorganizations", "placed", "to_decide", "left_out"]
    milestones: Any = document["placed"]
    assert set(milestones[0]) == {
        "kind", "phrase", "date", "precision", "anchor", "conditional", "may_change", "of", "applies_to",
        "previously", "cancelled", "quote", "line",
    }  # fmt: skip
    closing = next(each for each in milestones if each["kind"] == "closing")
    assert (closing["date"], closing["precision"], closing["applies_to"]) == ("2004-12-13", "approximate", "all")


def test_json_has_no_pair_that_is_not_certain() -> None:
    text = (
        "It was agreed to merge Elm Bond Fund into Elm Income Fund. It was agreed to merge Elm Bond Fund into Oak Fund."
    )
    draft = drafted(text)
    assert (len(draft.pairs), as_document(draft)["reorganizations"]) == (1, [])


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_pair_that_the_text_does_not_state_is_given_by_hand(tmp_path: Path) -> None:
    text = tmp_path / "supplement.txt"
    text.write_text("Supplement dated May 1, 2031\n\nThe merger will close on or about June 2, 2031.\n")
    alone = run("draft", text, "--data", FOUNDING)
    assert alone.returncode == 1
    assert "states no reorganization that calfeed can tell" in alone.stderr
    given = run("draft", text, "--data", FOUNDING, "--pair", "Red Fund (Red Trust) -> Blue Fund", "--format", "json")
    document = json.loads(given.stdout)
    assert [(each["target"], each["target_trust"]) for each in document["reorganizations"]] == [
        ("Red Fund", "Red Trust")
    ]
    assert [each["kind"] for each in document["placed"]] == ["announcement", "closing"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.txt"], "nowhere.txt cannot be read"),
        ([ROOT / "static" / "icon.svg", "--pair", "a -> b -> c"], "is no pair"),
    ],
)
def test_what_cannot_be_drafted_has_a_code_of_its_own(arguments: list[str | Path], message: str) -> None:
    result = run("draft", *arguments, "--data", FOUNDING)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr


def test_the_yaml_ends_with_the_dates_that_are_left_out_and_why() -> None:
    draft = drafted(f"{HEAD}The Prospectus is dated April 30, 2031.")
    lines = as_yaml(draft, None).splitlines()
    last = lines[lines.index("# Dates that are left out, by lines of the filing:") + 1 :]
    assert len(last) == len(draft.left_out)
    assert any('"April 30, 2031": the date of another document' in line for line in last)
