"""What is refused, for which reason: nothing is guessed, no word is dropped, nothing is made firmer."""

import pytest

from tests.phrases.stating import error_of, invented, stating


def every(message: str, *phrases: str) -> list[tuple[str, str]]:
    """Phrases that are refused with the same words."""
    return [(phrase, message) for phrase in phrases]


IMPOSSIBLE = [
    ("Tuesday, November 7, 2007", "November 7, 2007 is a Wednesday, not a Tuesday"),
    ("Tues. November 7, 2007", "November 7, 2007 is a Wednesday, not a Tuesday"),
    ("November 7, 2007 (a Tuesday)", "November 7, 2007 is a Wednesday, not a Tuesday"),
    ("Tuesday, 2007-11-07", "is a Wednesday"),
    ("week of Tuesday, November 7, 2007", "is a Wednesday"),
    ("Monday, December 12 to Thursday, December 14, 2017", "December 12, 2017 is a Tuesday"),
    ("Monday-Wednesday, March 5-7, 2024", "March 5, 2024 is a Tuesday, not a Monday"),
    *every(
        "there is no such day",
        "February 30, 2007",
        "on or about February 30, 2007",
        "February 29, 2100",
        "January 0, 2007",
        "99 February 2011",
        "2007-13-11",
        "2007-02-30",
        "31/31/2007",
        "April 31 to May 2, 2020",
        "February 28-30, 2007",
        "week of February 30, 2007",
    ),
    *every(
        "cannot be meant",
        "December 31, 1939",
        "January 1, 2200",
        "2200-01-01",
        "on or about January 1, 0099",
        "April 1900",
        "fourth quarter of 2200",
        "by the end of 2200",
    ),
    *every("is not after", "May 2 to April 27, 2020", "May 2 to May 2, 2020", "December 30 to January 2, 2013"),
]
UNCLEAR = [
    *every("is ambiguous: write the month as a word", "4/5/2008", "04/05/2008", "4-5-2008", "4.5.2008", "2008/04/05"),
    *every("has a year of two digits", "4/5/08", "13/5/08", "on or about 6/27/25", "10-JUN-31", "14/Sep/31"),
    *every("seems to be the number that a spreadsheet has for a day", "47851"),
    *every("is a time as programs write it", "2031-01-03 00:00:00", "2031-01-03T00:00:00", "2031-01-03T00:00:00Z"),
    *every(
        "in it is a letter, where a digit is meant", "March 2O, 2031", "March l5, 2031", "March 15, 203l", "3 May 2O31"
    ),
    *every(
        "has no year", "November 7", "on or about Monday, March 29", "April 28th", "7 November", "November", "by May"
    ),
    *every("has no year of its own", "by the end of the year", "by the end of the month"),
    *every(
        '"spring" is a season, which has no days of its own',
        "spring 2031",
        "the last day of the spring",
        "by the end of spring 2031",
        "on or about the spring of 2031",
        "in late spring, 2031",
    ),
    ("early fall 2031", '"fall" is a season'),
    ("fall on March 3, 2031", '"fall" is not understood here'),
    ("on or about [March 10], 2023", "mark a draft"),
    ("[\N{BULLET}], 2023", "mark a draft"),
    ("second quarter of fiscal year 2020", '"fiscal" years are of each fund\'s own'),
    *every("is not a month: did you mean", "Febuary 8, 2031", "by 8 Septmber 2031", "on or about Apirl 8, 2031"),
    ("the second June 2031", '"second" is not understood'),
    ("week of January 21, 2012", "a week is Monday to Friday, and is named by a day from Monday to Friday"),
    ("week commencing January 17, 2012", "is named by its Monday"),
    ("2007", "names no day"),
    ("on or about", "names no day"),
    ("", "the date is empty"),
    ("  \n ", "the date is empty"),
    ("x" * 400, "too long"),
    ("zum 16. Dezember 2015", '"Dezember" is not English'),
    ("Lussemburgo, 05 agosto 2020", '"agosto" is not English'),
    ("2019\u5e748\u67086\u65e5", "is not English"),
]
CONTRADICTIONS = [
    *every(
        "a limit is one day, not several",
        "on or before December 12-14, 2017",
        "no earlier than December 12-14, 2017",
    ),
    *every(
        "needs a day, a month, a quarter, a half or a year",
        "by mid-2025",
        "by early April 2019",
        "no earlier than mid-March 2017",
        "prior to late 2010",
        "by the first half of June 2031",
        "by the week of January 16, 2012",
        "by April or May 2020",
    ),
    *every(
        "say different things of how firm the day is",
        "by on or about December 1, 2014",
        "on or about no later than December 1, 2014",
        "no earlier than by December 1, 2014",
    ),
    *every(
        "a date has one time of day",
        "before the opening of business after the close of business on December 1, 2014",
        "after the close of business on December 1, 2014 before the opening of business",
        "at 1:00 p.m. Eastern on December 1, 2014 at 2:00 p.m. Eastern",
    ),
    *every(
        "leaves open to which day the time of day belongs",
        "as of the close of business prior to December 1, 2014",
        "4:00 p.m. Eastern before June 28, 2030",
    ),
    *every("leave a gap", "December 12 and 14, 2017", "April or June 2020", "early 2010 or late 2010"),
    ("May 2020 or April 2020", "leave a gap"),
    ("December or January 2021", "leave a gap"),
    ("December 1, 2014 or December 3, 2014", '"or December 3, 2014" names a further day'),
    ("after the close of business in April 2020", "belongs to one day"),
    ("at the end of April 2020", "names no day"),
    ("during December 1, 2014", "does not say which day is meant"),
    ("after December 1, 2014", "does not say which day is meant"),
    (
        "from December 12, 2017 until the opening of business on December 14, 2017",
        "these days end when December 14, 2017 opens",
    ),
]
CONDITIONS = [
    *every(
        "say it under subject to",
        "on or about December 16, 2016, if conditions are satisfied",
        "if approved, December 16, 2016",
        "December 16, 2016, subject to shareholder approval",
        "December 16, 2016, provided that all conditions are met",
        "December 16, 2016, assuming approval",
        "If required, adjourned meetings will be held on Thursday, November 1, 2018",
    ),
    *every(
        "put the word change under subject to",
        "March 1, 2019, or such other date as the parties may agree",
        "June 5, 2019, although it may be adjourned to a later date",
        "on or about October 25, 2024, or as soon as practicable thereafter",
        "June 5, 2019 unless postponed",
        "June 5, 2019 (subject to change)",
    ),
    *every(
        "put the word change under subject to",
        "may be delayed or occur sooner if unforeseen circumstances arise",
        "May occur on April 28, 2031",
        "April 28, 2031, which may be delayed",
    ),
    *every(
        "sets a further limit, and a date has one day or one limit: say this one in the note",
        "no earlier than April 28, 2031 but no later than May 30, 2031",
        "not before April 28, 2031, but not later than May 30, 2031",
        "no later than May 30, 2031 and no earlier than April 28, 2031",
        "April 28, 2031, but not before the special meeting",
    ),
    ("originally scheduled for June 5, 2019", "says what held before: that belongs under previously"),
    *every(
        "says what held before: that belongs under previously",
        "postponed from June 5, 2019",
        "rescheduled from June 5, 2026 to July 10, 2026",
        "was rescheduled from June 5, 2026 until July 10, 2026",
        "adjourned from June 5 to July 10, 2026",
        "changed from June 5, 2026 to July 10, 2026",
        "extended from June 5 to July 10, 2026",
    ),
]
STOPPED = [
    *every(
        "begins a clause with a subject of its own, which is no part of a date: write the words that follow it, from",
        "the Reorganization will take place on March 3, 2032",
        "the closing is expected to occur on March 3, 2032",
        "the special meeting of shareholders is scheduled for March 3, 2032",
        "meeting held on December 12-14, 2017",
    ),
    ("the Reorganization will take place on March 3, 2032", '"the Reorganization" begins'),
    ("the Reorganization will take place on March 3, 2032", 'from "will" on'),
    ("by the end of mid-2031", '"end of mid-2031" names no day'),
    ("by May or June", "has no year"),
    ("1000 days after the special meeting", '"1000 days" is more than can be counted'),
    ("March 9, 2012 (originally March 3, 2012)", "that belongs under previously"),
    ("adjourned to March 9, 2012 from March 3, 2012", '"from March 3, 2012" says what held before'),
    *every("that belongs under cancelled", "March 9, 2012 (cancelled)", "called off on March 9, 2012"),
    ("March 9, 2012 and any adjournments thereof", "put the word change under subject to"),
    ("the closing at 9:00 a.m. Eastern", '"closing" names a milestone and no day: write the word on before it'),
    ("at 1:00 p.m. Calgary time on March 9, 2012", '"Calgary" is not understood as a zone: add Eastern, Central'),
    ("March 9, 2012 at 1:00 p.m. Calgary time", '"Calgary" is not understood as a zone: add Eastern, Central'),
    ("March 9, 2012 EST", '"EST" is a zone, and belongs to no clock time'),
    ("March 9, 2012 Eastern", '"Eastern" is a zone, and belongs to no clock time'),
    ("York time", '"York" is not understood'),
    ("soon", '"soon" is not understood'),
    ("not on December 1, 2014", '"not" is not understood'),
    ("acquired after April 5, 2022", '"acquired" begins a clause'),
    ("expected that the reorganization will close on June 3, 2031", '"that" begins a clause'),
    ("it is expected to close on June 3, 2031", '"it" begins a clause'),
    ("the later of December 1, 2014", '"later" is not understood'),
    ("December 1, 2014?", '"?" is not understood'),
    ("December 1, 2014*", '"*" is not understood'),
    ("December 1, 2014 through", '"through" is not understood'),
    ("December 1, 2014 (and so on)", '"and" is not understood'),
    ("at 1:00 p.m. York time on December 1, 2014", '"York" is not understood'),
    ("November 7, 2007 at 1:00 p.m. York time", '"York" is not understood'),
    ("close December 1, 2014", '"close" is not understood'),
    ("open December 1, 2014", '"open" is not understood'),
    ("f\N{LATIN SMALL LETTER DOTLESS I}rst half of 2020", "is not understood"),
    ("\N{LATIN SMALL LETTER LONG S}eptember 2020", "is not understood"),
    (
        "on the last day of May or June 2031",
        '"last day of May or June 2031" names no day: a last day is that of one month',
    ),
    ("the last day of mid-May 2031", '"last day of mid-May 2031" names no day: a last day is that of one month'),
    ("the last day of May", '"last day of May" has no year of its own'),
    ("two dealing days before the Effective Date", "counts from what is no milestone here, or in days"),
    ("the business day before December 1, 2014", "counts from what is no milestone here"),
    ("two business days prior to the end of the exit option period", "counts from what is no milestone here"),
    ("two business days prior to the closure of the exit option period", '"of" is not understood'),
]
REFUSED = [*IMPOSSIBLE, *UNCLEAR, *CONTRADICTIONS, *CONDITIONS, *STOPPED]


@pytest.mark.parametrize(("phrase", "message"), REFUSED, ids=[ascii(phrase)[:60] for phrase, _ in REFUSED])
def test_a_phrase_is_refused_for_the_true_reason(phrase: str, message: str) -> None:
    assert message in error_of(phrase)
    assert invented(phrase, "other") == []


OF_OTHERS = [
    *(
        ("says when the date will be known", "closing", phrase)
        for phrase in (
            "to be announced on March 3, 2032",
            "to be announced by March 3, 2032",
            "to be determined no later than March 3, 2032",
            "to be determined by April 2032",
            "to be fixed on March 3, 2032",
            "to be set by March 3, 2032",
            "to be confirmed in March 2032",
            "will be announced on March 3, 2032",
            "is expected to be announced on or about March 3, 2032",
            "date to be agreed by March 3, 2032",
            "to be announced, expected on March 3, 2032",
            "TBD by March 3, 2032",
            "to be made public on March 3, 2032",
            "a date will be chosen by an officer",
        )
    ),
    ("says when something ends", "free transfers begin", "extended until April 30, 2031"),
    ("says when something ends", "free transfers begin", "extended through April 30, 2031"),
    ("says when something ends", "free transfers begin", "will continue through April 30, 2031"),
    ("says when something ends", "closed to purchases", "has been extended to April 30, 2031"),
    ("whether that day itself still counts", "blackout ends", "extended until April 30, 2031"),
    ("whether that day itself still counts", "dealing suspension ends", "delayed until April 30, 2031"),
    ("whether that day itself still counts", "dealing suspension ends", "extended to the opening on April 30, 2031"),
    ("whether that day itself still counts", "blackout ends", "prolonged to April 30, 2031"),
    ("and this (last redemption) is one day", "last redemption", "from April 1 through April 30, 2031"),
    ("and this (last exchange) is one day", "last exchange", "April 29-30, 2031 (expected)"),
    ("the last day as free transfers end", "free transfers begin", "from April 1 through April 30, 2031"),
    ("the first day as transition begins", "transition ends", "between April 1 and April 30, 2031"),
    ("another milestone (special meeting), and not of this one", "closing", "the meeting will be held on May 3, 2032"),
    ("such as record date), and not of this one", "closing", "of record as of May 3, 2032"),
    ("such as first trading day), and not of this one", "conversion", "begin trading Monday, May 3, 2032"),
    ("(such as free transfers end), and not of this", "free transfers begin", "ends on April 30, 2031"),
    ("(such as transition begins), and not of this", "transition ends", "commencing on April 30, 2031"),
    ("is said of another milestone", "last redemption", "to begin on April 30, 2031"),
    ("is said of another milestone (such as closing)", "special meeting", "expected to close on April 30, 2031"),
    ("is said of another milestone (such as closing)", "record date", "completed on April 30, 2031"),
    ("milestone (such as closing)", "special meeting", "anticipated effective date of April 30, 2031"),
    ("says when the date will be known", "other", "to be announced on March 3, 2032"),
    ("says when the date will be known", "announcement", "to be scheduled by March 3, 2032"),
    *(
        (f"is said of another milestone (such as {named}), and not of this one (closing)", "closing", phrase)
        for named, phrase in (
            ("announcement", "announced on March 3, 2032"),
            ("record date", 'March 3, 2032 ("Record Date")'),
            ("record date", "March 3, 2032 (the record date)"),
            ("record date", "expected record date of March 3, 2032"),
            ("record date", "shareholders of record as of March 3, 2032"),
            ("special meeting", "March 3, 2032 (such date, the \u201cMeeting Date\u201d)"),
            ("special meeting", "at a special meeting on March 3, 2032"),
            ("special meeting", "reconvened on March 3, 2032"),
            ("board approval", "at a meeting of the board of trustees on March 3, 2032"),
            ("board approval", "approved on March 3, 2032"),
            ("proxy mailing", "mailed on March 3, 2032"),
            ("proxy mailing", "first mailed to shareholders on or about March 3, 2032"),
            ("proxy mailing", "sent to shareholders on March 3, 2032"),
            ("record date", '(the "Record Date") March 3, 2032'),
            ("n-14 filing", "filed on March 3, 2032"),
            ("agreement signed", "dated March 3, 2032"),
            ("closed to new investors", "closed to new investors after the close of business on March 3, 2032"),
            ("proceeds payment", "payable on March 3, 2032"),
            ("first trading day", "expected to begin trading on March 3, 2032"),
            ("delisting", "delisted on March 3, 2032"),
        )
    ),
    (
        "such as closing), and not of this one (record date)",
        "record date",
        "March 3, 2032 (the \u201cClosing Date\u201d)",
    ),
    ("such as closing), and not of this one (announcement)", "announcement", "expected closing date of March 3, 2032"),
    ("such as n-14 filing), and not of this one (special meeting)", "special meeting", "filed on March 3, 2032"),
]


@pytest.mark.parametrize(("message", "kind", "phrase"), OF_OTHERS, ids=[f"{row[1]}: {row[2]}" for row in OF_OTHERS])
def test_what_is_said_of_something_else_than_the_milestone_is_no_date_of_it(
    message: str, kind: str, phrase: str
) -> None:
    assert message in error_of(phrase, kind)
    assert invented(phrase, kind) == []


@pytest.mark.parametrize(
    "softener",
    [
        "about", "approximately", "expected", "currently expected", "anticipated close", "proposed", "estimated",
        "tentatively scheduled for", "targeted for", "planned for", "after", "following", "until", "through", "since",
        "between", "not", "not on", "not effective until", "on, or about,", "at or prior to the close of business on",
        "no sooner than", "the later of", "by on or about", "before", "(draft)", "in the month of", "likely",
        "should be completed on", "may occur on", "would be held on", "could close on", "hopefully", "around",
    ],
)  # fmt: skip
def test_a_word_that_softens_what_follows_is_not_lost(softener: str) -> None:
    assert "exact" not in stating(f"{softener} December 1, 2014")


@pytest.mark.parametrize(
    "softener",
    [
        " (expected)", ", expected", " anticipated close", " or later", " or earlier", " or thereabouts",
        ", or as soon as practicable thereafter", " at the latest", ", subject to shareholder approval",
        " or December 2, 2014", " (approximately)", " on or about", "?", "*", " prior to the close of business",
        ", unless postponed", " through", " (tentative)", " (est.)", " (TBC)", " or so", " (subject to approval)",
    ],
)  # fmt: skip
def test_a_word_that_softens_what_stands_before_it_is_not_lost(softener: str) -> None:
    assert "exact" not in stating(f"December 1, 2014{softener}")


@pytest.mark.parametrize(
    "phrase",
    [
        "the day before December 1, 2014",
        "the close of business on the business day before December 1, 2014",
        "the close of business following December 1, 2014",
        "on the first business day following December 1, 2014",
        "within five days of December 1, 2014",
        "10 days after December 1, 2014",
    ],
)
def test_a_day_beside_the_printed_one_is_never_read_as_the_printed_one(phrase: str) -> None:
    assert "2014-12-01" not in stating(phrase)
