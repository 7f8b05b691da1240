"""Words that take a statement back: where they stand, a day is asked about; where they are understood, it is not."""

import csv
from collections.abc import Iterable

import pytest

from calfeed.filings.dates.doubts import doubts_of_words
from calfeed.filings.dates.mentions import Mention, find_mentions
from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.passages.denials import word_that_takes_back
from calfeed.filings.passages.opening import read_filing
from tests.support import ROOT


@pytest.mark.parametrize(
    ("clause", "kind", "word"),
    [
        ("after counting the proxies received, the board on @ withdrew the proposal", "voting deadline", "withdrew"),
        ("if no account has been opened by @, the shares may be sold and the proceeds sent", "proceeds payment", "no"),
        ("the mergers will close on @, except that of target", "closing", "except"),
        ("unlike target, the fund will close on @", "closing", "unlike"),
        ("the meeting will be held on @ unless it is called off", "special meeting", "unless"),
        ("the merger was to have closed on @", "closing", "was to have"),
        ("when it was announced, the fund expected to pay cash on @", "proceeds payment", "fund expected to"),
        ("the meeting was adjourned, and whether it will be held on @ is not known", "special meeting", "adjourned"),
        ("no vote of the board decides on the merger of @", "closing", "no"),
        ("shares will no longer be suspended on @", "closed to purchases", "no"),
        ("no shareholder need vote before @", "voting deadline", "no"),
        ("the adviser was to start on @ to sell its holdings", "transition begins", "was to start"),
        ("you do not have to vote by @", "voting deadline", "not"),
        ("the merger, which did not get the votes, is to close on @", "closing", "did not"),
        ("instead of on @ the meeting will be held on #", "special meeting", "instead"),
    ],
)
def test_a_word_that_takes_back_is_found(clause: str, kind: str, word: str) -> None:
    assert word_that_takes_back(clause, kind) == word


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("the merger will close no later than @", "closing"),
        ("after @ the fund will no longer accept purchases, except reinvested dividends", "closed to purchases"),
        ("the merger, which had been expected to close on #, is now expected to close on @", "closing"),
        ("the meeting has been adjourned to @", "special meeting"),
        ("the trustees who are not interested persons approved it on @", "board approval"),
        ("purchases of shares will be suspended after the close of business on @", "closed to purchases"),
        ("shares may be bought until @, after which every order will be rejected", "last purchase"),
        ("the board determined on @ that the fund should be liquidated and terminated", "board approval"),
        ("the merger will close on or about @ rather than on or about #", "closing"),
        ("the meeting, which was postponed, will now take place on @", "special meeting"),
        ("from @ a transfer will not be charged for", "free transfers begin"),
        ("the directors resolved on @ to liquidate it, and shareholders are not required to vote", "board approval"),
        ("the meeting of target was adjourned and will reconvene on @", "special meeting"),
        ("the meeting was adjourned without a vote and will be taken up again on @", "special meeting"),
        ("whether or not you plan to attend, the meeting will be held on @", "special meeting"),
        ("from @ a transfer is free, without its being counted", "free transfers begin"),
        ("shares will be traded for the last time on @ and then withdrawn from listing", "last trading day"),
        ("send us new directions by @; otherwise we will use the acquirer", "instruction deadline"),
        ("no vote is needed, and an information statement will be mailed on @", "information statement mailing"),
        ("dealing, suspended for the merger, resumes on @", "dealing suspension ends"),
        ("the n-14 was withdrawn on @, since the merger is not to proceed", "n-14 withdrawal"),
        ("from @ the contingent deferred sales charge will not be imposed", "sales charge waiver"),
        ("it will pay on @ a dividend of income and gains not yet distributed", "dividend payment"),
        ("an account that cannot hold shares of the etf must be changed by @", "brokerage account deadline"),
        ("if you have a program and do not want it to go on, instructions must reach us by @", "instruction deadline"),
        ("a registration statement was filed on @ and is not effective yet", "n-14 filing"),
        ("as a quorum was not present, the meeting was adjourned until @", "special meeting"),
        ("it will be held instead on @, at the same hour", "special meeting"),
        ("the meeting will be held on @, but at 3:00 p.m. instead of 10:00 a.m.", "special meeting"),
        ("in order not to leave income behind, the fund will pay a dividend on @", "dividend payment"),
        ("the merger will be completed on @, and no longer on #", "closing"),
    ],
)
def test_a_word_that_is_understood_takes_nothing_back(clause: str, kind: str) -> None:
    assert word_that_takes_back(clause, kind) == ""


@pytest.mark.parametrize(
    ("clause", "kind", "question"),
    [
        ("a notice of the new account numbers will be mailed on @", "proxy mailing", "What is mailed?"),
        ("proxies received by @ amounted to 35% of the shares", "voting deadline", "Is it a deadline?"),
        ("the advisory agreement of acquirer was approved by the board on @", "board approval", "What was approved?"),
        ("acquirer will hold a special meeting of shareholders on @", "special meeting", "Whose holders vote?"),
        ("it pays dividends each month; the next will be paid on @", "dividend payment", "Does it belong"),
        ("the supplement said that target would stop accepting orders on @", "closed to purchases", "would"),
        ("the merger will close a week after that of target, on @", "closing", "after that of"),
        (
            "its registration statement became effective on @",
            "n-14 effectiveness",
            "Which registration statement",
        ),
        ("as an owner with value in target on @ you will receive a proxy statement", "proxy mailing", "of ownership"),
        ("@ is the last day on which shares of one class can be exchanged", "closing", "What is completed?"),
        ("the sale agreement was signed on @", "agreement signed", "Which agreement"),
        ("they may be bought until @ (# for the funds of trust)", "last purchase", "for"),
        ("target will not be available to new investors until @", "closed to new investors", "not"),
        ("the meetings will be held on @, but target's will be later", "special meeting", "later"),
        ("the merger will close within 30 days of @", "closing", "counted from it"),
        ("the acquisition of the adviser is expected to be completed on @", "closing", "What is completed?"),
        ("if you held shares on @, you will receive a proxy statement", "proxy mailing", "of ownership"),
        ("the audit committee will hold its next meeting on @", "special meeting", "Whose meeting"),
        ("managers will hold a meeting with investors on @", "special meeting", "Whose meeting"),
        ("the stockholders of northgate financial will meet on @", "special meeting", "Whose holders vote?"),
        ("the record date for the rights offering is @", "record date", "What do holders on that day get?"),
        ("record date for voting at the annual meeting of acquirer: @", "record date", "Whose holders vote?"),
        ("the special meeting of acquirer's shareholders is on @", "special meeting", "Whose holders vote?"),
        ("holders will vote on the acquisition of the adviser on @", "special meeting", "What is voted on?"),
        ("you must have owned shares on @ to vote for the nominees", "record date", "What is voted on?"),
        ("@ : annual shareholder meeting", "special meeting", "What is voted on?"),
        ("the fund's vote on another merger must be cast by @", "voting deadline", "Whose holders vote?"),
        ("a new prospectus will be mailed to shareholders on @", "proxy mailing", "What is mailed?"),
        ("the board voted on @ to raise the minimum investment", "board approval", "What was approved?"),
        ("the trustees of another trust approved a plan on @", "board approval", "Whose board"),
        ("the commission issued an order against the distributor on @", "sec order", "What is the order about?"),
        ("the board agreed to the later closing date on @", "board approval", "What was approved?"),
        ("the board approved the postponement of the reorganizations on @", "board approval", "What was approved?"),
        ("on @ they resolved that target shall be liquidated", "liquidation", "a decision"),
        ("it was decided on @ to liquidate target", "liquidation", "a decision"),
        ("the subaccount, which is not affected, closes on @", "closed to purchases", "Does it belong"),
        ("the first dividend on their new shares will be paid on @", "dividend payment", "Does it belong"),
        ("target's is expected to take place on @", "special meeting", "What of the fund is it?"),
        ("information statement or proxy statement mailed : @", "proxy mailing", "What is mailed?"),
        ("merger of the administrator's systems : @", "closing", "What is completed?"),
        ("purchases of securities for the portfolio end on @", "closed to purchases", "Does it belong"),
        ("the board approved the sale of the adviser on @", "board approval", "What was approved?"),
        ("it was adjourned to @ and again to #", "special meeting", "an earlier date"),
        ("it was adjourned to @ and from that day to june 21", "special meeting", "an earlier date"),
        ("it came together on @, was resumed on #", "special meeting", "an earlier date"),
        ("it had been adjourned to @", "special meeting", "an earlier date"),
    ],
)
def test_what_the_words_leave_open_is_asked(clause: str, kind: str, question: str) -> None:
    assert question in "; ".join(each.question for each in doubts_of_words(clause, kind))


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("the proxy statement will be mailed on or about @", "proxy mailing"),
        ("new date : on or about @", "proxy mailing"),
        ("it will be held on @", "special meeting"),
        ("the special meeting of shareholders will be held on @", "special meeting"),
        ("holders of record of target on @ may vote", "record date"),
        ("the board of trustees of the trust voted on @ to merge target into acquirer", "board approval"),
        ("if you cannot attend the meeting on @, please vote by telephone", "special meeting"),
        ("on @ the commission issued an order (release no. ic-29945) approving the substitution", "sec order"),
    ],
)
def test_plain_words_leave_nothing_open(clause: str, kind: str) -> None:
    assert list(doubts_of_words(clause, kind)) == []


NOT_PLACED = list(
    csv.DictReader(
        (ROOT / "tests" / "filings" / "not_placed.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
NORTHLAKE = """\
NORTHLAKE TRUST

Northlake Growth Fund
Northlake Value Fund
Northlake Bond Fund

Supplement dated March 2, 2020 to the Prospectus dated May 1, 2019

The Board of Trustees of Northlake Trust has approved an Agreement and Plan of Reorganization under which Northlake
Growth Fund (the "Target Fund") will be reorganized into Northlake Value Fund (the "Acquiring Fund").

"""


@pytest.mark.parametrize("row", NOT_PLACED, ids=[row["sentence"][:60] for row in NOT_PLACED])
def test_a_day_that_is_superseded_or_of_something_else_is_not_placed(row: dict[str, str]) -> None:
    filing = read_filing(f"{NORTHLAKE}{row['sentence']}\n".encode(), "supplement.txt")
    placed = [each.mention for each in draft_of(filing).placed if not each.cancelled]
    days = set(row["days"].split(", "))
    assert days <= first_days(find_mentions(filing)), "the row has a day that no mention of the filing has"
    assert days & first_days(placed) == set()


def first_days(mentions: Iterable[Mention]) -> set[str]:
    """The first days of some mentions, as the rows have them."""
    return {mention.days[0].isoformat() for mention in mentions if mention.days}
