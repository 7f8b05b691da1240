"""Days as fund families tell of them, in the styles of letters, notices, releases and questions."""

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.passages.opening import read_filing

HEAD = "BLUE RIVER TRUST\n\nSupplement dated June 3, 2030\n\n"
PAIR = (
    f"{HEAD}The Trustees have approved the merger of Blue River Bond Fund into Blue River Income Fund, a series of "
    "the Trust.\n\n"
)


def drafted(text: str) -> Draft:
    """The draft of a text."""
    return draft_of(read_filing(text.encode(), "filing.txt"))


def placed(text: str) -> dict[str, list[str]]:
    """The phrases of the placed milestones of a text, by kind; without the announcement."""
    found: dict[str, list[str]] = {}
    for each in drafted(text).placed:
        if each.kind and each.kind.name != "announcement":
            found.setdefault(each.kind.name, []).append(each.phrase)
    return found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The Board has set June 28, 2030 as the record date and August 26, 2030 as the date of a special meeting at "
         "which shareholders will consider the merger.", {"record date", "special meeting"}),
        ("The shareholder meeting is August 26, 2030, and the record date June 28, 2030.",
         {"record date", "special meeting"}),
        ("If shareholders of Blue River Bond Fund approve the merger on August 26, 2030, you will become a shareholder "
         "of Blue River Income Fund on September 9, 2030.", {"special meeting", "closing"}),
        ("The merger will close on August 26, 2030 if approved by the shareholders of Blue River Bond Fund on July 9, "
         "2030.", {"special meeting", "closing"}),
        ("Shareholders of Blue River Bond Fund have until August 23, 2030 to return their proxies for the special "
         "meeting.", {"voting deadline"}),
        ("The Board also approved the merger of Blue River Bond Fund into Blue River Income Fund, which needs no vote "
         "and will close on August 26, 2030.", {"closing"}),
        ("At the meeting held on May 28, 2030, shareholders of Blue River Bond Fund did not approve the merger.",
         {"special meeting"}),
        ("On May 28, 2030, Blue River Bond Fund and Blue River Income Fund entered into an Agreement and Plan of "
         "Merger.", {"agreement signed"}),
        ("Trading in shares of Blue River Bond Fund on NASDAQ will be suspended prior to the open of trading on "
         "August 26, 2030.", {"delisting"}),
        ("Dealing in shares of Blue River Bond Fund will be suspended from August 23, 2030 and the merger will become "
         "effective on August 26, 2030.", {"dealing suspension begins", "closing"}),
        ("The last day of trading for Blue River Bond Fund will be August 23, 2030, and the merger is expected to be "
         "consummated before markets open on August 26, 2030.", {"last trading day", "closing"}),
    ],
)  # fmt: skip
def test_a_day_is_placed_as_what_it_is(text: str, kinds: set[str]) -> None:
    assert set(placed(f"{PAIR}{text}\n")) == kinds


def test_a_meeting_that_was_moved_keeps_its_earlier_day() -> None:
    text = (
        f"{PAIR}The meeting of shareholders of Blue River Bond Fund at which the merger will be considered has been "
        "moved from July 9, 2030 to August 26, 2030.\n"
    )
    (meeting,) = [each for each in drafted(text).placed if each.kind and each.kind.name == "special meeting"]
    assert (meeting.phrase, [each.words for each in meeting.previously]) == ("August 26, 2030", ["July 9, 2030"])


def test_a_vote_on_an_advisory_agreement_is_none_on_the_merger() -> None:
    text = f"{PAIR}Shareholders approved a new advisory agreement at a meeting on May 28, 2030.\n"
    assert "special meeting" not in placed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Blue River Bond Fund is closed to new investors. The Fund is expected to be merged into Blue River Income "
        "Fund, subject to the approval of its shareholders.",
        "Shareholders of Blue River Bond Fund will be asked to approve the merger with Blue River Income Fund.",
        "If shareholders of Blue River Bond Fund approve the reorganization, you will become a shareholder of Blue "
        "River Income Fund.",
        "We write about Blue River Bond Fund (your Fund). They approved its merger into Blue River Income Fund.",
    ],
)
def test_of_two_funds_the_one_that_is_no_acquirer_is_the_target(text: str) -> None:
    pairs = [(each.target, each.acquiring) for each in drafted(f"{HEAD}{text}\n").pairs]
    assert pairs == [("Blue River Bond Fund", "Blue River Income Fund")]


@pytest.mark.parametrize("dash", ["-- ", "--", "—"])
def test_the_date_of_a_release_is_no_part_of_a_name(dash: str) -> None:
    text = (
        f"BOSTON, MA--(BUSINESS WIRE)--June 3, 2030{dash}Blue Municipal Income Trust (NYSE: BMI) said today that it "
        "will merge into Blue National Municipal Trust (NYSE: BNM).\n"
    )
    assert [each.target for each in drafted(text).pairs] == ["Blue Municipal Income Trust"]


@pytest.mark.parametrize(
    "text",
    [
        "The Adviser will waive its fee until the merger or August 26, 2030, whichever comes first.",
        "We had told you that the merger would close on August 26, 2030.",
        "Your account will be converted on August 26, 2030.",
        "Blue River Income Fund will pay a dividend on August 26, 2030 to former shareholders of Blue River Bond Fund.",
    ],
)
def test_what_is_no_day_of_the_merger_is_not_placed(text: str) -> None:
    assert placed(f"{PAIR}{text}\n") == {}


def test_the_securities_and_exchange_commission_exchanges_nothing() -> None:
    text = (
        f"{HEAD}We have filed an application with the Securities and Exchange Commission for an order approving the "
        "substitution of shares of Blue Core Bond Portfolio for shares of Alden Income Fund.\n"
    )
    pairs = [(each.target, each.acquiring, each.is_certain) for each in drafted(text).pairs]
    assert pairs == [("Alden Income Fund", "Blue Core Bond Portfolio", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The closing has slipped from August 26, 2030 to September 16, 2030.",
        "The merger has been shifted from August 26, 2030 to September 16, 2030.",
        "The special meeting of shareholders has been moved from July 9, 2030 to July 30, 2030, and the closing from "
        "August 26, 2030 to September 16, 2030.",
    ],
)
def test_a_closing_that_was_moved_keeps_its_earlier_day(text: str) -> None:
    found = [each for each in drafted(f"{PAIR}{text}\n").placed if each.kind and each.kind.name == "closing"]
    assert [(each.phrase, [one.words for one in each.previously]) for each in found] == [
        ("September 16, 2030", ["August 26, 2030"])
    ]
