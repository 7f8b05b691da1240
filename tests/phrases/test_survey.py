"""Real phrasings: a survey of 66 in filings, a sample of 86 in documents of eight countries, and others."""

import csv
from pathlib import Path

import pytest

from tests.phrases.stating import error_of, invented, stating

EN = "\N{EN DASH}"
COMPLETES = "what completes it"

# By their number in the survey; row 24 is a rule for people, without any words of time.
SURVEY = [
    (1, "on or about April 28, 2008", "closing", "2008-04-28, approximate"),
    (2, "to be held on February 28, 2008", "special meeting", "2008-02-28, exact"),
    (3, "as of November 30, 2007", "record date", "2007-11-30, exact"),
    (3, "of record as of November 30, 2007", "record date", "2007-11-30, exact"),
    (4, "on or about January 17, 2008", "proxy mailing", "2008-01-17, approximate"),
    (
        5,
        "as of the close of business on or about May 1, 2006",
        "closing",
        "2006-05-01, approximate, close of business",
    ),
    (6, "beginning on or about March 5, 2006", "proxy mailing", "2006-03-05, approximate"),
    (7, "proposed to occur on or about April 29, 2013", "closing", "2013-04-29, approximate"),
    (7, "if approved, proposed to occur on or about April 29, 2013", "closing", "refused"),
    (8, "(to be renamed MLA Mid Cap Portfolio)", "name change", "refused"),
    (9, "effective November 26, 2012", "name change", "2012-11-26, exact"),
    (10, "expected to be completed on or about May 1, 2016", "closing", "2016-05-01, approximate"),
    (11, "effective on or about January 1, 2016", "name change", "2016-01-01, approximate"),
    (
        12,
        "immediately after the close of business on Friday, October 21, 2016",
        "closing",
        "2016-10-21, exact, close of business",
    ),
    (13, "scheduled for Tuesday, September 20, 2016", "special meeting", "2016-09-20, exact"),
    (14, f"meeting held on December 12{EN}14, 2017", "board approval", "refused"),
    (14, f"held on December 12{EN}14, 2017", "board approval", "2017-12-12..2017-12-14, exact"),
    (15, "expected to occur in the fourth quarter of 2011", "closing", "2011-10-01..2011-12-31, window"),
    (16, "on or about December 16, 2016 (the \u201cClosing Date\u201d)", "closing", "2016-12-16, approximate"),
    (16, 'on or about December 16, 2016 (the "Closing Date"), if conditions are satisfied', "closing", "refused"),
    (17, "at any time prior to the Closing Date", "free transfers end", "1 days before closing, no later than"),
    (17, "at any time prior to the Closing Date, free of any charge", "free transfers end", "refused"),
    (18, "by December 29, 2011", "instruction deadline", "2011-12-29, no later than"),
    (19, "prior to December 30, 2011", "other", "2011-12-29, no later than"),
    (19, "in effect prior to December 30, 2011", "other", "2011-12-29, no later than"),
    (
        20,
        "for thirty (30) days before the Effective Date",
        "free transfers begin",
        f"30 days before {COMPLETES}, exact",
    ),
    (21, "as of the Effective Date", "closed to purchases", f"on {COMPLETES}, exact"),
    (
        22,
        "from the close of business on Aug 9 through the close of business on Aug 23, 2019",
        "other",
        "2019-08-09..2019-08-23, exact, close of business",
    ),
    (23, "on or about July 30, 2019", "special meeting", "2019-07-30, approximate"),
    (25, "on or about July 15, 2016", "closing", "2016-07-15, approximate"),
    (25, "currently expected on or about November 21, 2016", "closing", "2016-11-21, approximate"),
    (25, "originally scheduled to occur on or about July 15, 2016", "closing", "refused"),
    (26, "deferred until further notice", "closing", "undated"),
    (27, "expected to be determined on or about November 18, 2016", "valuation", "2016-11-18, approximate"),
    (
        28,
        "close of business on the business day immediately before the merger",
        "valuation",
        "1 business days before closing, exact, close of business",
    ),
    (29, "in early-April 2019", "proxy mailing", "2019-04-01..2019-04-10, window"),
    (29, "in mid-March, 2017", "proxy mailing", "2017-03-11..2017-03-20, window"),
    (30, "currently scheduled for June 5, 2019", "special meeting", "2019-06-05, exact"),
    (
        30,
        "currently scheduled for June 5, 2019, although it may be adjourned to a later date",
        "special meeting",
        "refused",
    ),
    (31, "July 9", "special meeting", "refused"),
    (31, "adjourned to September 22, 2021", "special meeting", "2021-09-22, exact"),
    (32, "scheduled to be held on July 27, 2018", "special meeting", "2018-07-27, exact"),
    (32, "adjourned special meeting scheduled to be held on July 27, 2018", "special meeting", "2018-07-27, exact"),
    (32, "March 29, 2018", "record date", "2018-03-29, exact"),
    (33, "Week of Jan. 19, 2012", "proxy mailing", "2012-01-16..2012-01-20, window"),
    (
        34,
        "April 30, 2012 anticipated close (prior to open of business)",
        "closing",
        "2012-04-30, expected, opening",
    ),
    (35, "held on April 27, 2011", "special meeting", "2011-04-27, exact"),
    (35, "at an adjourned Special Meeting held on April 27, 2011", "special meeting", "2011-04-27, exact"),
    (
        36,
        "received within 30 days after the close of business on the Reorganization Date",
        "order forwarding ends",
        "30 days after closing, no later than",
    ),
    (
        36,
        "within 30 days after the close of business on the Reorganization Date",
        "order forwarding ends",
        "30 days after closing, no later than",
    ),
    (
        37,
        "reconvened at 1:00 p.m. (Eastern) on February 28, 2011",
        "special meeting",
        "2011-02-28, exact, 2011-02-28T18:00Z America/New_York",
    ),
    (
        38,
        "as of the close of business on the business day preceding the Liquidation Date",
        "last purchase",
        "1 business days before liquidation, exact, close of business",
    ),
    (
        39,
        "effective at the close of business on September 28, 2012",
        "closed to new investors",
        "2012-09-28, exact, close of business",
    ),
    (
        40,
        "effective after the close of business on March 1, 2019",
        "closing",
        "2019-03-01, exact, close of business",
    ),
    (
        40,
        "effective after the close of business on March 1, 2019, or such other date as the parties may agree",
        "closing",
        "refused",
    ),
    (41, "on or around April 22, 2004", "closing", "2004-04-22, approximate"),
    (42, 'a date will be chosen by an officer (the "Record Date")', "record date", "refused"),
    (
        43,
        "until the last business day before the merger, expected to be on or about January 15, 2010",
        "last exchange",
        "refused",
    ),
    (
        44,
        "on or about the close of business on March 27, 2009",
        "closing",
        "2009-03-27, approximate, close of business",
    ),
    (45, "on or about [March 10], 2023", "closing", "refused"),
    (46, "in or around April or May 2020", "closing", "2020-04-01..2020-05-31, window"),
    (
        47,
        "approximately two business days prior to the closing date",
        "last redemption",
        "2 business days before closing, approximate",
    ),
    (48, "on or before August 15, 2019", "liquidation", "2019-08-15, no later than"),
    (49, "may be delayed or occur sooner if unforeseen circumstances arise", "closing", "refused"),
    (
        50,
        "close of business on or about December 1, 2014",
        "liquidation",
        "2014-12-01, approximate, close of business",
    ),
    (51, "prior to December 1, 2014", "instruction deadline", "2014-11-30, no later than"),
    (
        52,
        "effective on the 30th day after filing pursuant to Rule 488",
        "n-14 effectiveness",
        "30 days after n-14 filing, exact",
    ),
    (53, "will become effective on December 20, 2008", "n-14 effectiveness", "2008-12-20, exact"),
    (
        53,
        "will become effective on December 20, 2008 pursuant to Rule 488",
        "n-14 effectiveness",
        "2008-12-20, exact",
    ),
    (
        54,
        "as of the close of business on May 15, 2024 (\u201cRecord Date\u201d)",
        "record date",
        "2024-05-15, exact, close of business",
    ),
    (55, "at a meeting held on March 4-5, 2024", "board approval", "2024-03-04..2024-03-05, exact"),
    (55, "September 19-20, 2022", "board approval", "2022-09-19..2022-09-20, exact"),
    (
        56,
        'after the close of business on the date set forth in the table under "Closing Date"',
        "closing",
        "refused",
    ),
    (57, "anticipated in the first quarter of 2022", "closing", "2022-01-01..2022-03-31, window"),
    (58, "in the second half of 2021", "closing", "2021-07-01..2021-12-31, window"),
    (58, "late 2010 or early 2011", "closing", "2010-09-01..2011-04-30, window"),
    (58, "by the end of the year", "closing", "refused"),
    (
        59,
        "not until, at the earliest, the close of business on Tuesday, September 6, 2022",
        "liquidation",
        "2022-09-06, no earlier than, close of business",
    ),
    (60, "on the Liquidation Date", "proceeds payment", "on liquidation, exact"),
    (60, "on the Liquidation Date (for settlement the date after)", "proceeds payment", "refused"),
    (61, "after the close on June 12, 2020", "closing", "2020-06-12, exact, close of business"),
    (61, "ahead of market open on June 15, 2020", "delisting", "2020-06-15, exact, opening"),
    (62, "on or about May 12, 2025", "substitution", "2025-05-12, approximate"),
    (62, "on or about May 12, 2025, although the Effective Date may be delayed", "substitution", "refused"),
    (
        63,
        "Friday, March 26, 2021 after the close of the NYSE",
        "conversion",
        "2021-03-26, exact, close of business",
    ),
    (63, "Monday, March 29", "first trading day", "refused"),
    (63, "begin trading Monday, March 29, 2021", "first trading day", "2021-03-29, exact"),
    (64, "now expected to take effect on or about Dec. 4, 2020", "closing", "2020-12-04, approximate"),
    (
        65,
        "1:00 p.m. (MST) on February 28, 2011",
        "special meeting",
        "2011-02-28, exact, 2011-02-28T20:00Z America/Denver",
    ),
    (65, "1:00 p.m. (MST) on July 28, 2011", "special meeting", "refused"),
    (65, "1:00 p.m., Local time on February 28, 2011", "special meeting", "refused"),
    (
        65,
        "1:00 p.m., Mountain Time on February 28, 2011",
        "special meeting",
        "2011-02-28, exact, 2011-02-28T20:00Z America/Denver",
    ),
    (
        65,
        "10:00 a.m. Central on February 28, 2011",
        "special meeting",
        "2011-02-28, exact, 2011-02-28T16:00Z America/Chicago",
    ),
    (66, "effective immediately", "closed to purchases", "on its source, exact"),
]


def table(name: str) -> list[tuple[str, str, str]]:
    """The phrases of a table, each with its kind and what it states."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["phrase"], row["kind"], row["states"]) for row in rows]


EVERYTHING = [
    *((phrase, kind, states) for _, phrase, kind, states in SURVEY),
    *table("sample.tsv"),
    *table("looked_up.tsv"),
]
REFUSED = [(phrase, kind) for phrase, kind, states in EVERYTHING if states == "refused"]


@pytest.mark.parametrize(("phrase", "kind", "states"), EVERYTHING, ids=[phrase for phrase, _, _ in EVERYTHING])
def test_a_real_phrasing_states_what_its_document_says(phrase: str, kind: str, states: str) -> None:
    assert stating(phrase, kind) == states


def test_every_row_of_the_survey_is_accounted_for() -> None:
    assert {row for row, *_ in SURVEY} == set(range(1, 67)) - {24}


@pytest.mark.parametrize(("phrase", "kind"), REFUSED, ids=[phrase for phrase, _ in REFUSED])
def test_a_refusal_quotes_words_of_the_phrase_and_nothing_else(phrase: str, kind: str) -> None:
    quoted = error_of(phrase, kind).split('"')[1::2]
    assert any(words and words in " ".join(phrase.split()) for words in quoted), error_of(phrase, kind)
    assert invented(phrase, kind) == []
