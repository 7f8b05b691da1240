"""Dates whose wording no rule knows: the kind by the nearest words, the pairs by sections, what is left to decide."""

from collections import Counter

import pytest

from calfeed.filings.dates.doubts import WHICH_FUNDS
from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.funds.pair import Pair
from calfeed.filings.kinds.clues import CLUES
from calfeed.filings.kinds.guessing import guess_kind
from calfeed.filings.passages.opening import read_filing
from calfeed.filings.passages.sections import run_in_heading
from calfeed.model.kinds import KIND_NAMES
from tests.support import ROOT, each_of

CLAUSES = [
    line.split("\t") for line in (ROOT / "tests" / "filings" / "clauses.tsv").read_text(encoding="utf-8").splitlines()
]
"""Masked clauses in many wordings, each with its kind, or "-" if its date is no milestone."""


def test_a_kind_is_guessed_from_wordings_that_no_rule_knows() -> None:
    # The clues were made with these clauses: this keeps what they know, and says nothing of other wordings.
    guesses = [(kind, clause, guess_kind(clause)) for kind, clause in CLAUSES if kind != "-"]
    assert [(kind, clause) for kind, clause, guess in guesses if guess is None or guess.kind != kind] == []


def test_words_of_no_milestone_leave_a_doubt() -> None:
    guesses = [(clause, guess_kind(clause)) for kind, clause in CLAUSES if kind == "-"]
    assert [clause for clause, guess in each_of(guesses) if guess and guess.is_clear] == []


def test_the_clauses_are_of_many_kinds() -> None:
    assert len(Counter(kind for kind, _ in CLAUSES)) > 45


def test_each_clue_tells_of_a_kind_of_the_vocabulary_or_of_none() -> None:
    assert {each.kind for each in CLUES} - {""} <= set(KIND_NAMES)


def test_words_beside_the_date_tell_more_than_words_behind_another_date() -> None:
    clause = "shareholders of record on # will vote at a special meeting, which is to be held on @"
    assert [guess.kind for guess in (guess_kind(clause), guess_kind(swapped(clause))) if guess] == [
        "special meeting",
        "record date",
    ]


def swapped(clause: str) -> str:
    """A clause with the mark of the other date."""
    return clause.translate(str.maketrans("@#", "#@"))


# --- sections --------------------------------------------------------------------------------------------------------

SECTIONS = """HOLT SERIES TRUST

Holt Large-Cap Blend Fund
Holt Enhanced Index Fund
Holt Socially Aware Fund

Supplement dated April 3, 2009 to the Prospectus dated December 29, 2008

On March 26, 2009, the Board of Trustees of Holt Series Trust approved the mergers of Holt Large-Cap Blend Fund, Holt
Enhanced Index Fund and Holt Socially Aware Fund into Holt Core Fund.

{}
"""


PAIRS = [
    Pair(target=f"Holt {name} Fund", target_trust="Holt Series Trust", acquiring="Holt Core Fund")
    for name in ("Large-Cap Blend", "Enhanced Index", "Socially Aware")
]


def drafted(text: str) -> Draft:
    return draft_of(read_filing(SECTIONS.format(text).encode(), "filing.txt"), stated_pairs=PAIRS)


def targets(text: str, kind: str) -> set[str]:
    """The targets that a date of a kind is about, where it is placed, without the family's name and "Fund"."""
    draft = drafted(text)
    found = [each for each in draft.placed if each.kind and each.kind.name == kind]
    assert found, [(each.kind and each.kind.name, each.why) for each in draft.to_decide]
    return {draft.pairs[number].target.removeprefix("Holt ").removesuffix(" Fund") for number in found[0].scope}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1. Holt Socially Aware Fund\n\nThe vote is needed.\n\nA special meeting will be held on June 1, 2009.",
            {"Socially Aware"},
            id="a heading with a number, some paragraphs above",
        ),
        pytest.param(
            "Holt Socially Aware Fund\n\nA special meeting will be held on June 1, 2009.",
            {"Socially Aware"},
            id="a heading without a number",
        ),
        pytest.param(
            "* Large-Cap Blend and Enhanced Index. A special meeting will be held on June 1, 2009.",
            {"Large-Cap Blend", "Enhanced Index"},
            id="short names at the start of a paragraph",
        ),
        pytest.param(
            "1. Holt Large-Cap Blend Fund and Holt Enhanced Index Fund\n\n"
            "A special meeting of these two funds will be held on June 1, 2009.",
            {"Large-Cap Blend", "Enhanced Index"},
            id="so many funds as the heading names",
        ),
        pytest.param(
            "B. Holt Socially Aware Fund will be merged\n\nA special meeting will be held on June 1, 2009.",
            {"Socially Aware"},
            id="a heading with a letter",
        ),
        pytest.param(
            "What will become of Holt Socially Aware Fund\n\nA special meeting will be held on June 1, 2009.",
            {"Socially Aware"},
            id="a very short heading with a verb",
        ),
        pytest.param(
            "1. Holt Socially Aware Fund\n\nIt is small.\n\nVoting\n\nA special meeting will be held on June 1, 2009.",
            {"Large-Cap Blend", "Enhanced Index", "Socially Aware"},
            id="a heading that names no fund ends the section",
        ),
        pytest.param(
            "1. Holt Enhanced Index Fund: the closing date moves\n\nThe Fund is small.\n\n"
            "2. Holt Socially Aware Fund (the “Fund”): a vote\n\nThe Fund is large.\n\n"
            "3. Holt Large-Cap Blend Fund: the new meeting date\n\n"
            "A special meeting of the Fund's shareholders will be held on June 1, 2009.",
            {"Large-Cap Blend"},
            id="what is only called the Fund is the one of the heading, which says date but has none",
        ),
    ],
)
def test_a_date_is_about_the_funds_of_its_section(text: str, expected: set[str]) -> None:
    assert targets(text, "special meeting") == expected


def test_two_of_three_mergers_without_names_are_left_to_decide() -> None:
    draft = drafted("The two mergers are expected to take place on June 19, 2009.")
    assert [each.why for each in draft.to_decide if each.mention.days] == [WHICH_FUNDS.question]


def test_a_meeting_of_all_that_were_named_is_that_of_all() -> None:
    text = "Holt Socially Aware Fund is small. Holders of the Merging Funds will vote. The meeting will be held on {}."
    assert targets(text.format("June 1, 2009"), "special meeting") == {
        "Large-Cap Blend",
        "Enhanced Index",
        "Socially Aware",
    }


def test_what_is_only_called_the_fund_is_the_one_that_was_named_last_and_no_sentence_with_a_day_is_a_heading() -> None:
    draft = drafted(
        "The Board approved the merger of Holt Enhanced Index Fund on March 26, 2009. The Fund will close to new "
        "investors on May 1, 2009. Holt Socially Aware Fund will be merged too. The Fund will close to new investors "
        "on May 15, 2009."
    )
    closed = [each for each in draft.placed if each.kind and each.kind.name == "closed to new investors"]
    assert [(each.phrase, sorted(each.scope)) for each in closed] == [("May 1, 2009", [1]), ("May 15, 2009", [2])]


def test_several_names_of_which_one_is_known_are_left_to_decide() -> None:
    draft = drafted(
        "A special meeting of Holt LCB and Holt Enhanced Index Fund (each a “Seller”) will be held on June 1, 2009."
    )
    assert [each.why for each in draft.to_decide if each.mention.days] == [WHICH_FUNDS.question]


def test_the_meeting_of_one_trust_is_about_its_funds_and_left_to_decide() -> None:
    other = Pair(target="Holt Ocean Fund", target_trust="Reed Trust", acquiring="Holt Core Fund")
    text = SECTIONS.format("The Reed Trust meeting will be held on June 1, 2009.")
    draft = draft_of(read_filing(text.encode(), "filing.txt"), stated_pairs=[*PAIRS, other])
    meetings = [each for each in draft.to_decide if each.kind and each.kind.name == "special meeting"]
    assert [(sorted(each.scope), each.why) for each in meetings] == [([3], WHICH_FUNDS.question)]


def test_a_merger_is_known_by_its_mark_in_the_list_of_mergers_and_left_to_decide() -> None:
    draft = drafted("Merger (ii) is planned for June 19, 2009 and merger (iii) for June 26, 2009.")
    dated = [each for each in draft.to_decide if each.mention.days]
    assert [(each.kind and each.kind.name, sorted(each.scope)) for each in dated] == [
        ("closing", [1]),
        ("closing", [2]),
    ]


def test_dates_in_columns_whose_funds_are_not_known_are_left_to_decide() -> None:
    rows = "<tr><td></td><td>Blend, Index</td><td>Aware</td></tr>"
    rows += "<tr><td>Closing date</td><td>June 19, 2009</td><td>not before July 10, 2009</td></tr>"
    page = f"<html><body><p>{SECTIONS.format('')}</p><table>{rows}</table></body></html>"
    draft = draft_of(read_filing(page.encode(), "filing.html"), stated_pairs=PAIRS)
    assert [each.phrase for each in draft.placed if each.kind and each.kind.name == "closing"] == []


def test_dividends_in_the_row_of_the_acquirer_are_left_to_decide() -> None:
    rows = "<tr><td>Fund</td><td>Ex-date</td><td>Record date</td></tr>"
    rows += "<tr><td>Holt Core Fund</td><td>June 15, 2009</td><td>June 17, 2009</td></tr>"
    page = f"<html><body><p>{SECTIONS.format('')}</p><table>{rows}</table></body></html>"
    draft = draft_of(read_filing(page.encode(), "filing.html"), stated_pairs=PAIRS)
    assert [each.phrase for each in draft.placed if each.kind and each.kind.name.startswith("dividend")] == []
    assert "June 17, 2009" in [each.phrase for each in draft.to_decide]


def test_who_votes_is_left_to_decide_if_some_funds_need_no_vote() -> None:
    draft = drafted("Holt Enhanced Index Fund needs no vote.\n\nA special meeting will be held on June 1, 2009.")
    assert [each.why for each in draft.to_decide if each.mention.days] == ["Which funds vote?"]


def test_a_date_with_a_footnote_about_a_fund_is_left_to_decide() -> None:
    draft = drafted(
        "The mergers will take place on June 19, 2009 (b), after the close.\n\nVoting\n\n"
        "(b) In the case of Holt Enhanced Index Fund, during July 2009."
    )
    assert "What does its footnote say?" in [each.why for each in draft.to_decide]


def test_a_run_in_heading_ends_before_the_sentence() -> None:
    text = "A. Blue Fund. The merger of Blue Fund will take place soon."
    assert text[: run_in_heading(text)] == "A. Blue Fund. "
    assert run_in_heading("The merger will take place soon. It is small.") == 0


# --- doubts ----------------------------------------------------------------------------------------------------------

ONE_PAIR = """HOLT SERIES TRUST

Supplement dated April 3, 2009 to the Prospectus dated December 29, 2008

On March 26, 2009, the Board of Trustees of Holt Series Trust approved the merger of Holt Green Fund into Holt Core
Fund.

{}
"""


def whys(text: str) -> list[str]:
    """What is to be decided of the last date of a text."""
    draft = draft_of(read_filing(ONE_PAIR.format(text).encode(), "filing.txt"))
    found = [*draft.placed, *draft.to_decide]
    last = max((each for each in found if each.mention.days), key=lambda each: each.mention.index)
    return [each.why for each in found if each.mention is last.mention]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The merger is expected to take place on March 2, 2009.", "Has it happened?"),
        ("Holt Cash Fund\n\nThe Fund's net asset value will be calculated early on April 10, 2009.", "What is valued?"),
        ("A meeting was opened on March 30, 2009 and adjourned for want of votes.", "an earlier date"),
        ("Another fund's tender offer expires on June 1, 2009.", "What kind of milestone is it?"),
        ("The Boards took note of this at a joint meeting on March 12, 2009.", "What kind of milestone is it?"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_not_placed(text: str, why: str) -> None:
    assert [each for each in whys(text) if why not in each] == []


def test_a_milestone_in_unknown_words_is_never_placed() -> None:
    assert whys("Draft books can be used until May 29, 2009.") == ["What kind of milestone is it?"]


def in_table(*rows: str) -> list[str]:
    """What is to be decided of the date in the last row of a table."""
    page = "".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in rows)
    text = f"<html><body><p>{ONE_PAIR.format('')}</p><table>{page}</table></body></html>"
    draft = draft_of(read_filing(text.encode(), "filing.html"))
    last = max((each for each in [*draft.placed, *draft.to_decide]), key=lambda each: each.mention.index)
    return [each.why for each in [*draft.placed, *draft.to_decide] if each.mention is last.mention]


def test_a_milestone_in_unknown_words_is_placed_where_it_is_alone_in_the_row_of_a_table() -> None:
    assert in_table("What|When", "Last day on which checks are honored|May 29, 2009") == [""]
    assert in_table("May 29, 2009|Last day on which checks are honored") == [""]


def test_words_beside_several_dates_or_a_bullet_are_no_label() -> None:
    assert in_table("Checks|Until May 29, 2009 they can be written, and until June 2, 2009 presented") == [
        "What kind of milestone is it?"
    ]
    assert in_table("•|Draft books can be used until May 29, 2009.") == ["What kind of milestone is it?"]


def test_a_counted_day_in_unknown_words_is_left_to_decide() -> None:
    draft = draft_of(
        read_filing(
            ONE_PAIR.format("The registration statement will become effective thirty days after that.").encode(),
            "filing.txt",
        )
    )
    assert [each.kind.name for each in draft.to_decide if each.kind] == ["n-14 effectiveness"]
