"""Which funds a date is about: where the words make it certain, it is placed for them; elsewhere it is asked."""

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.opening import read_filing

HEAD = """\
NORTHLAKE TRUST

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

The Board of Trustees of Northlake Trust has approved an Agreement and Plan of Reorganization under which Northlake
Growth Fund will be reorganized into Northlake Value Fund, and Northlake Bond Fund into Northlake Income Fund.

"""
ONE = """\
NORTHLAKE TRUST

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

Northlake Growth Fund (the "Target Fund") will be merged into Northlake Value Fund (the "Acquiring Fund" and, together
with the Target Fund, the "Funds").

"""
BOTH, GROWTH = {0, 1}, {0}


def placed(text: str, head: str = HEAD) -> list[set[int]]:
    """The pairs of each date of a text that is placed."""
    draft = draft_of(read_filing(f"{head}{text}\n".encode(), "supplement.txt"))
    return [set(each.scope) for each in draft.placed if each.mention is not draft.dated]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        (
            "The Board approved both reorganizations on February 3, 2020, and recommends that shareholders of "
            "Northlake Growth Fund vote for the proposal.",
            BOTH,
        ),
        (
            "In the case of Northlake Growth Fund subject to approval, both reorganizations are expected to close on "
            "May 15, 2020.",
            BOTH,
        ),
        (
            "After the close of business on May 1, 2020, Northlake Growth Fund will not accept orders to purchase its "
            "shares, other than orders from the reinvestment of dividends.",
            GROWTH,
        ),
        (
            "Until the merger of Northlake Growth Fund into Northlake Value Fund on May 15, 2020, Northlake Bond Fund "
            "may invest in Northlake Value Fund.",
            GROWTH,
        ),
        (
            "Northlake Bond Fund will sell its holdings before the reorganization of Northlake Growth Fund into "
            "Northlake Value Fund, which will close on May 15, 2020.",
            GROWTH,
        ),
        (
            "As of the closing of the mergers of Northlake Growth Fund into Northlake Value Fund and of Northlake Bond "
            "Fund into Northlake Income Fund on May 15, 2020, both will end.",
            BOTH,
        ),
        ("The Growth Fund expects to pay a dividend to its shareholders on May 15, 2020.", GROWTH),
        (
            "Shareholders of Northlake Growth Fund on March 20, 2020, which is the record date for both meetings, are "
            "entitled to vote.",
            BOTH,
        ),
    ],
)
def test_words_that_make_the_funds_certain_place_a_date(text: str, scope: set[int]) -> None:
    assert placed(text) == [scope]


@pytest.mark.parametrize(
    "text",
    [
        "The mergers, other than that of Northlake Bond Fund, will close on May 15, 2020.",
        "The reorganizations will close on May 15, 2020, except the reorganization of Northlake Bond Fund.",
        "Both reorganizations were approved, of which that of Northlake Bond Fund will close on May 15, 2020.",
        "The Northlake fund expects to pay a dividend to its shareholders on May 15, 2020.",
        "The fund goes on as usual. New accounts have not been opened since May 30, 2019.",
    ],
)
def test_words_that_tell_funds_apart_are_asked_about(text: str) -> None:
    assert placed(text) == []


THREE = """\
NORTHLAKE TRUST

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

Northlake Growth Fund will be reorganized into Northlake Value Fund, Northlake Mid Cap Fund will be reorganized into
Northlake Equity Fund, and Northlake Bond Fund will be reorganized into Eastlake Income Fund, a series of Eastlake
Trust.

"""
TWO = {0, 1}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("For Growth and Mid Cap the special meeting is on April 3, 2020.", TWO),
        ("Special meeting (Growth and Mid Cap): April 3, 2020", TWO),
        ("The Growth and Mid Cap Funds will hold a special meeting on April 3, 2020.", TWO),
        ("Mid Cap Fund and Growth Fund shareholders vote at a special meeting on April 3, 2020.", TWO),
        ("Growth's and Mid Cap's reorganizations will close on April 24, 2020.", TWO),
        ("Northlake Growth and Mid Cap Funds: special meeting on April 3, 2020", TWO),
        ("Growth. The special meeting will be held on April 3, 2020.", {0}),
        ("Special meeting, Bond: April 17, 2020", {2}),
        ("The Reorganizations will close on May 29, 2020.", {0, 1, 2}),
    ],
)
def test_a_part_of_a_name_is_a_name_in_a_label_or_a_list_and_before_a_noun(text: str, scope: set[int]) -> None:
    assert placed(text, THREE) == [scope]


def test_what_the_board_of_the_acquirers_trust_approved_is_said_of_its_pair_alone() -> None:
    text = "The Trustees of Eastlake Trust approved the reorganizations on January 23, 2020."
    assert placed(text, THREE) == [{2}]


@pytest.mark.parametrize(
    "text",
    [
        "Mid Cap Fund, Growth Plus: special meeting on April 3, 2020.",
        "The Trustees approved the second of these transactions on January 23, 2020.",
        "The Trustees approved those in which a fund of another trust takes part on January 23, 2020.",
        "The last of the reorganizations will be completed on May 29, 2020.",
        "The remaining reorganization will close on May 29, 2020.",
        "The cross-trust reorganization is planned to close on May 29, 2020.",
        "The equity funds will hold a special meeting on April 3, 2020.",
        "The Board approved the postponement of the reorganizations on February 20, 2020.",
        "The Board agreed to the later Closing Date on February 20, 2020.",
        "It is expected to close on May 29, 2020.",
        "Its special meeting will be held on April 3, 2020.",
        "The Northlake Cash subaccount, which is not affected, will be closed to new premiums on April 30, 2020.",
        "If its holders agree, Northlake Bond Fund's is expected to take place on May 29, 2020.",
    ],
)
def test_words_that_may_speak_of_some_funds_are_asked_about(text: str) -> None:
    assert placed(text, THREE) == []


MORE = """\
NORTHLAKE TRUST

Northlake Growth Fund
Northlake Bond Fund
Northlake Cash Fund

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

Northlake Growth Fund will be reorganized into Northlake Value Fund, and Northlake Bond Fund into Northlake Income Fund.
"""


@pytest.mark.parametrize(
    "text",
    [
        "Northlake Cash Fund will be merged too.",
        "Northlake Cash Fund will cease to exist in its own way.",
        "The Board approved three reorganizations.",
    ],
)
def test_a_day_for_all_is_asked_about_where_a_reorganization_is_not_known(text: str) -> None:
    meeting = "The special meeting of shareholders of the Funds will be held on April 3, 2020."
    closing = "The reorganization of Northlake Bond Fund will close on May 29, 2020."
    assert placed(f"\n{meeting}\n\n{closing}", MORE) == [{0, 1}, {1}]
    assert placed(f"\n{text}\n\n{meeting}\n\n{closing}", MORE) == [{1}]


def test_a_fund_of_the_title_that_goes_on_is_none_that_is_not_known() -> None:
    text = (
        "\nNorthlake Cash Fund will not be merged.\n\nThe special meeting of the Funds will be held on April 3, 2020."
    )
    assert placed(text, MORE) == [{0, 1}]


@pytest.mark.parametrize(
    "label",
    ["Closing of the adviser's sale", "Closing of the transfer books", "Merger of the administrator's systems"],
)
def test_the_label_of_a_row_leaves_open_what_it_is_below_the_heading_of_a_column(label: str) -> None:
    table = f"<table><tr><th>Event</th><th>Date</th></tr><tr><td>{label}</td><td>April 24, 2020</td></tr></table>"
    paragraphs = "".join(f"<p>{line}</p>" for line in ONE.split("\n\n"))
    assert placed(f"{paragraphs}{table}", "<html><body>") == []


def test_a_day_of_which_all_funds_have_the_same_is_no_day_of_some() -> None:
    closings = "".join(
        f"The reorganization of Northlake {name} Fund will close on May 15, 2020. " for name in ("Growth", "Bond")
    )
    assert placed(f"{closings}Purchases will be accepted until May 13, 2020.") == [{0}, {1}, {0, 1}]


def test_a_day_that_no_word_gives_to_all_is_asked_about_where_the_funds_have_meetings_of_their_own() -> None:
    deadline = "Votes may be cast by telephone until April 2, 2020."
    meeting = "The special meeting of Northlake Bond Fund will be held on April 17, 2020."
    assert placed(deadline, THREE) == [{0, 1, 2}]
    assert placed(f"{deadline} {meeting}", THREE) == [{2}]


def test_both_funds_of_one_pair_are_no_other_fund() -> None:
    assert placed("The Boards of Trustees of the Funds approved the Merger on February 3, 2020.", ONE) == [{0}]
    assert placed("The Board of Northlake Select Fund approved the merger on February 3, 2020.", ONE) == []


def test_what_goes_on_about_the_acquirer_is_asked_about() -> None:
    text = (
        "The distribution of Northlake Value Fund is not affected; it is payable on May 1, 2020 to holders of record."
    )
    assert placed(text) == []


def test_a_headline_that_ends_with_a_month_does_not_go_on_in_the_dateline() -> None:
    text = (
        "Northlake Funds Report on Votes; One Meeting to Be Resumed in July\n\nBOSTON -- June 29, 2012 -- Northlake "
        "Funds announced today that Northlake Growth Fund will be merged into Northlake Value Fund.\n"
    )
    dated = draft_of(read_filing(text.encode(), "release.txt")).dated
    assert dated is not None
    assert str(dated.days and dated.days[0]) == "2012-06-29"


def test_a_day_below_the_columns_of_two_funds_is_that_of_both() -> None:
    table = (
        "<table><tr><td></td><td>Northlake Growth Fund</td><td>Northlake Bond Fund</td></tr>"
        '<tr><td>Special meeting of shareholders</td><td colspan="2">May 4, 2020</td></tr>'
        "<tr><td>Closing date</td><td>May 15, 2020</td><td>May 22, 2020</td></tr></table>"
    )
    page = "".join(f"<p>{part}</p>" for part in HEAD.split("\n\n"))
    draft = draft_of(read_filing(f"<html><body>{page}{table}</body></html>".encode(), "supplement.html"))
    found = {(each.kind.name, min(each.scope), len(each.scope)) for each in draft.placed if each.kind}
    assert ("special meeting", 0, 2) in found
    assert {("closing", 0, 1), ("closing", 1, 1)} <= found


@pytest.mark.parametrize(("title", "kinds"), [("Prospectus/Proxy Statement", ["n-14 filing"]), ("Notice", [])])
def test_the_cover_of_a_merger_prospectus_has_the_day_of_its_filing(title: str, kinds: list[str]) -> None:
    cover = f"As filed with the Securities and Exchange Commission on February 14, 2020\n\n{title}\n\n"
    draft = draft_of(read_filing((cover + ONE).encode(), "supplement.txt"))
    assert [each.kind.name for each in draft.placed if each.kind and each.kind.name == "n-14 filing"] == kinds


MIXED = """\
Supplement dated March 2, 2020

The Board has approved the reorganization of Northlake Growth Fund into Northlake Value Fund and the liquidation of
Northlake Micro Fund.

"""


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("The reorganization will take place on May 15, 2020. The liquidation will take place on May 29, 2020.",
         [GROWTH, {1}]),
        ("Northlake Micro Fund\n\nIt will close on May 15, 2020.", []),
        ("The reorganization of another fund will take place on May 15, 2020.", []),
    ],
)  # fmt: skip
def test_a_reorganization_beside_a_liquidation_has_its_own_day(text: str, scopes: list[set[int]]) -> None:
    assert placed(text, MIXED) == scopes
