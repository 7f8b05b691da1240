"""The dates of a filing: which are found, what they state, and that each is accounted for exactly once."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.filings.dates.dating import Dating
from calfeed.filings.dates.mentions import Mention, find_mentions
from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.ledger import LedgerError, check_ledger
from calfeed.filings.passages.opening import read_filing
from calfeed.filings.passages.text import NotAFilingError
from calfeed.model.when import MONTHS, WEEKDAYS, Anchor, Dated, Precision, in_words
from tests.support import ROOT, examples, if_any

FILINGS = ROOT / "tests" / "filings"
TEXTS = sorted([*FILINGS.glob("*.txt"), *FILINGS.glob("*.html")])


def found(text: str) -> list[Mention]:
    """The mentions in a text."""
    return find_mentions(read_filing(text.encode(), "filing"))


def phrases(text: str) -> list[str]:
    return [mention.phrase for mention in found(text)]


def the(text: str) -> Mention:
    """The one mention in a text."""
    (mention,) = found(text)
    return mention


# --- what is found ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote is scheduled to be held on Tuesday, August 15, 2017.", ["Tuesday, August 15, 2017"]),
        ("It will take place after the close of business on or about\nJuly\n12, 2019.",
         ["after the close of business on or about July 12, 2019"]),
        ("Holders at the close of business on April 22, 2019 (the “Record Date”) may vote.",
         ["at the close of business on April 22, 2019"]),
        ("Its fiscal year ends on June 30.", ["June 30"]),
        ("The prospectus of 8/1/2016 is kept.", ["8/1/2016"]),
        ("Orders are taken until the third business day before the Closing Date.",
         ["until the third business day before the Closing Date"]),
        ("The date is changed from August 31, 2017 to the close of business on October 6, 2017.",
         ["August 31, 2017", "the close of business on October 6, 2017"]),
        ("The merger, approved on March 9, 2022, is expected to be completed on May 2, 2022.",
         ["March 9, 2022", "expected to be completed on May 2, 2022"]),
        ("May I sell my shares in March? They may march.", ["March"]),
        ("In no event will it close before May 2, 2022.", ["not before May 2, 2022"]),
        ("The meeting was adjourned on May 2, 2022 to May 16, 2022.", ["May 2, 2022", "May 16, 2022"]),
        ("It was postponed May 2, 2022 until May 16, 2022.", ["May 2, 2022", "May 16, 2022"]),
        ("It cannot close prior to May 2, 2022.", ["not prior to May 2, 2022"]),
        ("Owners who have not answered may still do so until May 2, 2022.", ["until May 2, 2022"]),
        ("We do not expect it to close before May 2, 2022.", ["not before May 2, 2022"]),
        ("You do not have to decide before May 2, 2022.", ["before May 2, 2022"]),
        ("If it does not close before May 2, 2022, the agreement ends.", ["before May 2, 2022"]),
        ("If approved, it cannot close before May 2, 2022.", ["not before May 2, 2022"]),
        ("If it cannot close before May 2, 2022, the agreement ends.", ["before May 2, 2022"]),
        ("We will tell you on Monday, and two days after the meeting.", ["Monday", "two days after the meeting"]),
    ],
)  # fmt: skip
def test_dates_are_found_in_the_words_that_say_how_firm_they_are(text: str, expected: list[str]) -> None:
    assert [phrase.removeprefix("on ") for phrase in phrases(text)] == expected


def test_a_date_in_square_brackets_is_a_draft() -> None:
    mention = the("The closing is planned for [March 10], 2023.")
    assert mention.reading.states is None
    assert "square brackets" in mention.reading.refusal
    assert mention.days == (date(2023, 3, 10), date(2023, 3, 10))


@pytest.mark.parametrize(
    "words",
    ["before the May 2, 2022 special meeting", "until the May 2, 2022 closing", "prior to the May 2, 2022 vote"],
)
def test_a_bound_of_an_event_is_not_one_of_its_day(words: str) -> None:
    mention = the(f"Please vote {words}.")
    assert (mention.words, mention.reading.states) == ("May 2, 2022", None)
    assert mention.days == (date(2022, 5, 2), date(2022, 5, 2))
    assert f'"{words}" is not that day itself' in mention.reading.refusal


def test_what_is_moved_up_to_a_day_has_one_day() -> None:
    assert phrases("The meeting has been moved up to May 2, 2022.") == ["up to May 2, 2022"]


def test_a_clock_time_that_cannot_be_read_is_never_left_behind() -> None:
    mention = the("Votes must be received by 11:59 p.m. (MST) on September 18, 2018.")
    assert mention.words == "by 11:59 p.m. (MST) on September 18, 2018"
    assert mention.reading.states is None
    assert {states.precision for states in mention.others} == {Precision.NO_LATER_THAN}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<td>Closing</td><td>on or about</td><td>December 19, 2025</td>", "on or about December 19, 2025"),
        ("<td>Closing</td><td>December</td><td>19, 2025</td>", "December 19, 2025"),
        ("<td>December 31, 2018</td><td>(12.40</td><td>)%</td>", "December 31, 2018"),
        ("<td>on or about Friday,<br>December 19, 2025</td>", "on or about Friday, December 19, 2025"),
        ("<td>June 21, 2019<sup>1</sup></td>", "June 21, 2019"),
    ],
)
def test_a_date_in_cells_is_as_firm_as_the_row_says(row: str, expected: str) -> None:
    assert phrases(f"<html><body><table><tr>{row}</tr></table></body></html>") == [expected]


def test_the_part_of_the_day_in_the_next_cell_counts_and_may_be_left_out() -> None:
    cells = "<td>December 15, 2025</td><td>Before the open, it is delisted</td>"
    mention = the(f"<html><table><tr>{cells}</tr></table></html>")
    assert [states.anchor for states in mention.read_as(None)] == [Anchor.OPENING, None]


def test_a_date_that_goes_on_in_the_cell_below_is_whole() -> None:
    rows = "<tr><td>Blue Fund</td><td>on or about April</td></tr><tr><td></td><td>27, 2012</td></tr>"
    mention = the(f"<html><table>{rows}</table></html>")
    assert mention.words == "on or about April 27, 2012"
    assert mention.days == (date(2012, 4, 27), date(2012, 4, 27))


def test_headings_of_columns_are_no_dates_that_go_on_below() -> None:
    rows = "<tr><th>Record Date</th></tr><tr><td>8/17/2012</td></tr>"
    assert phrases(f"<html><table>{rows}</table></html>") == ["8/17/2012"]


def test_a_date_that_goes_on_in_the_row_below_a_comma_is_whole() -> None:
    (mention,) = found("<html><table><tr><td>July 29,</td></tr><tr><td>2016</td></tr></table></html>")
    assert (mention.words, mention.days) == ("July 29, 2016", (date(2016, 7, 29), date(2016, 7, 29)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No trades between the 4th and 8th of March 2019.", "between the 4th and 8th of March 2019"),
        ("It votes on 4 and 8 March 2019.", "on 4 and 8 March 2019"),
    ],
)
def test_the_second_of_two_days_is_not_read_without_the_first(text: str, words: str) -> None:
    (mention,) = found(text)
    assert (mention.words, mention.reading.states) == (words, None)


def test_too_many_dates_are_no_filing() -> None:
    message = "filing has 1,000,000 words of dates, such as months and years: more than 40,000 are no filing"
    with pytest.raises(NotAFilingError, match=message):
        found("12/31/20 " * 250_000 + "May day " * 375_000)


# --- the filing's own date -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "own", "others"),
    [
        ("Supplement dated March 18, 2019\nto the Prospectus dated October 29, 2018", "March 18, 2019", 1),
        ("BLUE TRUST\n\nProspectus Supplement — May 9, 2017*", "May 9, 2017", 0),
        ("MILWAUKEE, November 14, 2025 - Blue Advisers said today that it will merge.", "November 14, 2025", 0),
        ("Boston, November 14, 2025 /PRNewswire/ -- Blue Advisers will merge it.", "November 14, 2025", 0),
        ("Boston, Mass. \u2013 November 14, 2025 \u2013 Blue Advisers announced a merger.", "November 14, 2025", 0),
        ("November 14, 2025 \u2013 Boston, Mass. \u2013 Blue Advisers announced a merger.", "November 14, 2025", 0),
        ("FOR IMMEDIATE RELEASE: November 14, 2025\n\nIt merges. Annual Meeting, May 5, 2026 \u2013 the date, "
         "announced today, is not final.", "November 14, 2025", 0),
        ("SUPPLEMENT TO THE PROSPECTUS DATED FEBRUARY 1, 2019\n\nThis notice, dated March 18, 2019, is of a merger.",
         "March 18, 2019", 1),
        ("PRELIMINARY COPY - SUBJECT TO COMPLETION, DATED MARCH 18, 2019\n\n[April 8], 2019", "March 18, 2019", 0),
        ("Supplment dated March 18, 2019 to the Prospectus dated October 29, 2018", "March 18, 2019", 1),
        ("BLUE FUNDS\n\nOctober 30, 2018\n\nBlue Completes Merger", "October 30, 2018", 0),
        ("Supplement to Prospectuses dated May 1, 2001\n\nThe date of this supplement is\nJune 9, 2001",
         "June 9, 2001", 1),
        ("In a supplement dated June 22, 2009 we told you.\n\nDate: October 6, 2009", "October 6, 2009", 1),
        ("Supplement dated May 1, 2012\n\nThe prospectuses are dated May 2, 2011 (Blue) and May 3, 2011 (Red).",
         "May 1, 2012", 2),
        ("Supplement dated May 1, 2012\n\nFund        Prospectus Dated\nBlue Fund   8/1/2011\nRed Fund    9/1/2011",
         "May 1, 2012", 2),
    ],
)  # fmt: skip
def test_the_date_of_a_filing_and_those_of_other_documents_are_told_apart(text: str, own: str, others: int) -> None:
    mentions = found(text)
    dating = Dating(mentions)
    assert in_words(dating.printed or date.min) == own
    assert sum(dating.is_of_another_document(mention) and not dating.is_own(mention) for mention in mentions) == others


# --- every date, once ------------------------------------------------------------------------------------------------

_MONTH = "|".join([*MONTHS, *(month.upper() for month in MONTHS)])
# Not built from the grammar: months (but "may" as a verb), weekdays, numbers with strokes, counted days.
SECOND_DETECTOR = re.compile(
    rf"\b(?:{_MONTH})\s+\d{{1,2}}\b|\b(?:{_MONTH.replace('May|', '').replace('MAY|', '')})\b"
    rf"|\b(?:{'|'.join(WEEKDAYS)})\b"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\w+ (?:business |calendar )?days (?:after|before)\b"
)


def outside(text: str) -> list[str]:
    """What the second detector finds in a file and the ledger does not have."""
    filing = read_filing(text.encode(), "filing")
    mentions = find_mentions(filing)
    missed = []
    for index, passage in enumerate(filing.passages):
        for match in SECOND_DETECTOR.finditer(passage.text):
            inside = [m for m in mentions if m.index == index and m.start < match.end() and match.start() < m.end]
            if not inside and not any(match[0] in mention.below for mention in mentions):
                missed.append(match[0])
    return missed


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_nothing_that_looks_like_a_date_is_outside_the_ledger(path: Path) -> None:
    assert outside(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_date_of_a_filing_stands_in_one_list_of_its_draft(path: Path) -> None:
    draft = draft_of(read_filing(path.read_bytes(), path.name))  # raises LedgerError where one does not
    assert draft.placed
    assert draft.left_out


def test_a_date_in_no_list_or_in_two_is_refused() -> None:
    one, other = found("On May 3, 2004 and, once more, on June 4, 2004.")
    check_ledger([one, other], [[one], [other, other]])
    with pytest.raises(LedgerError, match="is in no list"):
        check_ledger([one, other], [[one], []])
    with pytest.raises(LedgerError, match="is in 2 lists"):
        check_ledger([one, other], [[one, other], [other]])
    with pytest.raises(LedgerError, match="that it does not have"):
        check_ledger([one], [[one, other]])


days = st.dates(date(1995, 1, 1), date(2035, 12, 31)).map(in_words)
softness = st.sampled_from(["", "on or about ", "after the close of business on ", "no later than ", "as of "])
places = st.sampled_from(
    [
        "The closing is planned for {0}.",
        "| Closing | {0} |\n| Meeting | {1} |",
        "{0}",
        "(held {0}, and again {1})",
        "The merger of Blue Fund into Red Fund will\ntake place\n{0}\nif approved",
        "Figures are as of\n\n{0}\n\n<PAGE>  3\n\nand {1}, and the",
        "* Footnote of {0}1 or {1}*",
        "<TABLE>\n<S>          <C>\nBlue Fund    {0}\n\nRed Fund     {1}\n</TABLE>",
        "\n\n          SUPPLEMENT DATED {0}\n\n",
        "- {0}: the last day to buy\n- {1}: the last day to redeem",
        "from {0} until {1} you may transfer",
        "changed from {0} to {1}; the rest",
    ]
)
pieces = st.builds(
    lambda place, one, a, other, b: place.format(one + a, other + b), places, softness, days, softness, days
)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(pieces, min_size=1, max_size=5), st.booleans())
def test_dates_strewn_anywhere_are_found_and_stand_in_one_list_each(texts: list[str], is_page: bool) -> None:
    text = "\n\n".join(texts)
    if is_page:
        text = f"<html><body>{''.join(f'<p>{each}</p>' for each in texts)}</body></html>"
    assert outside(text) == []
    draft = draft_of(read_filing(text.encode(), "filing"))
    assert len(draft.placed) + len(draft.to_decide) + len(draft.left_out) >= len(texts)
    for each in if_any(draft.placed):
        assert isinstance(each.states, Dated)


HEAD = """\
BLUE RIVER TRUST

Supplement dated February 10, 2026

The Board of Trustees of Blue River Trust has approved the reorganization of Blue River Bond Fund into Blue River
Income Fund, another series of the Trust.

"""


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The reorganization will be completed within 60 days of this supplement.", "closing",
         "within 60 days of this supplement"),
        ("The reorganization is expected to close in about three weeks.", "closing", "in about three weeks"),
        ("The reorganization will close next month.", "closing", "next month"),
        ("The reorganization will close later this year.", "closing", "later this year"),
        ("The reorganization will close by year-end.", "closing", "by year-end"),
        ("The reorganization will close 30 days from now.", "closing", "30 days from now"),
        ("The reorganization will close over the next several months.", "closing", "over the next several months"),
        ("The reorganization will close in the second half of the year.", "closing", "in the second half of the year"),
        ("The reorganization will close this summer.", "closing", "this summer"),
        ("The special meeting of shareholders will be held next Friday.", "special meeting", "next Friday"),
        ("Proxy materials will be mailed in two weeks.", "proxy mailing", "in two weeks"),
        ("Blue River Bond Fund will close to new investors in 30 days.", "closed to new investors", "in 30 days"),
        ("Closing of the reorganization: next month", "closing", "next month"),
    ],
)  # fmt: skip
def test_a_day_that_counts_from_the_document_is_to_be_decided(text: str, kind: str, words: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    asked = [(each.kind.name, each.phrase, each.why) for each in draft.to_decide if each.kind]
    assert asked == [(kind, words, "Which day is it?")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("If you redeem shares within 60 days, a fee applies.", "within 60 days"),
        ("Proceeds of redemptions are paid within seven days.", "within seven days"),
        ("Redemption proceeds will be sent within seven days.", "within seven days"),
        ("You may not purchase shares within 30 days.", "within 30 days"),
        ("Dividends are paid at the end of the quarter.", "at the end of the quarter"),
        ("The portfolio manager will retire next month.", "next month"),
    ],
)
def test_what_happens_every_time_is_left_out_however_it_counts(text: str, words: str) -> None:
    draft = draft_of(read_filing(f"{HEAD}{text}\n".encode(), "filing.txt"))
    assert draft.to_decide == []
    assert words in {each.mention.words for each in draft.left_out}


def test_what_counts_from_something_else_that_has_no_date_is_no_date() -> None:
    assert phrases("Shares that are redeemed within 60 days of their purchase were sold last month.") == []
