"""A day that takes the place of another is placed, with the other one as an earlier day."""

from typing import NamedTuple

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.passages.opening import read_filing

HEAD = """\
NORTHLAKE TRUST

Supplement dated April 20, 2020 to the Prospectus dated May 1, 2019

The Board of Trustees of Northlake Trust has approved an Agreement and Plan of Reorganization under which Northlake
Growth Fund will be reorganized into Northlake Value Fund, and Northlake Bond Fund into Northlake Income Fund.

"""
PAGE = """\
<html><body><p>NORTHLAKE TRUST</p><p>Supplement dated April 20, 2020 to the Prospectus dated May 1, 2019</p>
<p>Northlake Growth Fund (the "Target Fund") will be reorganized into Northlake Value Fund (the "Acquiring Fund").</p>
<table>{}</table></body></html>
"""


class Found(NamedTuple):
    """A milestone that is placed: its day, the days before it, and the number of funds that it is about."""

    day: str
    previously: tuple[str, ...]
    funds: int


def found(draft: Draft, kind: str) -> list[Found]:
    """What is placed of a kind."""
    return [
        Found(str(each.days[0]), tuple(str(one.day) for one in each.previously), len(each.scope))
        for each in draft.placed
        if each.kind and each.kind.name == kind and each.days
    ]


def drafted(text: str) -> Draft:
    return draft_of(read_filing(f"{HEAD}{text}\n".encode(), "supplement.txt"))


@pytest.mark.parametrize(
    ("text", "kind", "day", "previously"),
    [
        (
            "The reorganization of Northlake Growth Fund is now expected to close on or about June 12, 2020, "
            "rather than on or about May 15, 2020 as stated previously.",
            "closing",
            "2020-06-12",
            ("2020-05-15",),
        ),
        (
            "The reorganization of Northlake Growth Fund is now expected to close on or about June 12, 2020, "
            "rather than on or about May 15, 2020, subject to shareholder approval.",
            "closing",
            "2020-06-12",
            ("2020-05-15",),
        ),
        (
            "The reorganization of Northlake Growth Fund will close on June 12, 2020, rather than on May 15, 2020, "
            "pending approval by shareholders.",
            "closing",
            "2020-06-12",
            ("2020-05-15",),
        ),
        (
            "The reorganization of Northlake Growth Fund is to close on June 12, 2020 instead of May 15, 2020.",
            "closing",
            "2020-06-12",
            ("2020-05-15",),
        ),
        (
            "Instead of on May 15, 2020, the reorganization of Northlake Growth Fund will close on June 12, 2020.",
            "closing",
            "2020-06-12",
            ("2020-05-15",),
        ),
        (
            "The reorganization of Northlake Growth Fund, which was expected to close on June 12, 2020, is now "
            "expected to close on May 15, 2020.",
            "closing",
            "2020-05-15",
            ("2020-06-12",),
        ),
        (
            "The special meeting of shareholders of Northlake Growth Fund was held on April 16, 2020. The meeting of "
            "Northlake Growth Fund was adjourned to May 14, 2020.",
            "special meeting",
            "2020-05-14",
            ("2020-04-16",),
        ),
        (
            "The last supplement stated that the special meeting of shareholders of Northlake Growth Fund would be "
            "held on May 7, 2020. It will now be held on May 28, 2020.",
            "special meeting",
            "2020-05-28",
            ("2020-05-07",),
        ),
        (
            "The record date for the special meeting of Northlake Growth Fund, previously March 20, 2020, has been "
            "changed to May 4, 2020.",
            "record date",
            "2020-05-04",
            ("2020-03-20",),
        ),
    ],
)
def test_the_new_day_is_placed_and_the_other_is_an_earlier_one(
    text: str, kind: str, day: str, previously: tuple[str, ...]
) -> None:
    assert found(drafted(text), kind) == [Found(day, previously, 1)]


def test_a_meeting_that_goes_on_for_one_fund_was_held_for_the_other() -> None:
    draft = drafted(
        "The special meetings of shareholders of Northlake Growth Fund and Northlake Bond Fund were held on April 16, "
        "2020. The meeting of Northlake Bond Fund was adjourned, and will be reconvened on May 14, 2020."
    )
    assert found(draft, "special meeting") == [
        Found("2020-04-16", (), 1),
        Found("2020-05-14", ("2020-04-16",), 1),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "still"),
    [
        (
            "The reorganizations were expected to close on May 15, 2020. Northlake Bond Fund's reorganization is now "
            "expected to close on June 12, 2020. Northlake Growth Fund's will close as planned.",
            "closing",
            "2020-05-15",
        ),
        (
            "The special meeting of shareholders of the Funds held on April 16, 2020 was adjourned with respect to "
            "Northlake Bond Fund. The adjourned meeting will be held on May 14, 2020.",
            "special meeting",
            "2020-04-16",
        ),
    ],
)
def test_the_day_that_may_still_hold_for_the_other_fund_is_asked_about(text: str, kind: str, still: str) -> None:
    draft = drafted(text)
    [new] = [each for each in draft.placed if each.kind and each.kind.name == kind]
    [open_one] = [each for each in draft.to_decide if each.kind and each.kind.name == kind and each.days]
    assert open_one.days is not None
    assert str(open_one.days[0]) == still
    assert new.scope | open_one.scope == {0, 1}
    assert len(new.scope) == 1


def test_an_earlier_quarter_is_said_in_its_words_and_makes_no_day() -> None:
    draft = drafted(
        "The reorganization of Northlake Growth Fund, which was expected to close in the second quarter of 2020, is "
        "now expected to close on July 10, 2020."
    )
    [closing] = [each for each in draft.placed if each.kind and each.kind.name == "closing"]
    [earlier] = closing.previously
    assert ("second quarter of 2020" in earlier.words, earlier.day) == (True, None)


def test_a_meeting_that_was_adjourned_again_is_not_placed() -> None:
    text = "The special meeting was adjourned to April 24, 2020 and from that day to May 8, 2020."
    assert found(drafted(text), "special meeting") in ([], [Found("2020-05-08", (), 2)])


@pytest.mark.parametrize(
    "text",
    [
        "The special meeting, which first came together on March 16, 2020, was resumed on April 16, 2020.",
        "The special meeting had been adjourned to March 16, 2020. Shareholders agreed to the reorganizations later.",
    ],
)
def test_the_first_of_two_sessions_is_not_placed(text: str) -> None:
    assert "2020-03-16" not in [each.day for each in found(drafted(text), "special meeting")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The special meeting was scheduled to be held on June 12, 2020. It has been postponed.", "special meeting"),
        ("The reorganizations were to be completed on June 12, 2020.", "closing"),
        ("The closing had been expected to occur on or about June 12, 2020.", "closing"),
        ("The closing of the reorganizations was set for June 12, 2020.", "closing"),
        ("The closing of the reorganizations was fixed for June 12, 2020.", "closing"),
        ("The reorganizations were to become effective on June 12, 2020.", "closing"),
        ("The special meetings were set for June 12, 2020.", "special meeting"),
        ("A special meeting of shareholders was convened for June 12, 2020.", "special meeting"),
        ("A special meeting of shareholders was called for June 12, 2020.", "special meeting"),
    ],
)
def test_a_day_that_was_planned_once_is_asked_about(text: str, kind: str) -> None:
    draft = drafted(text)
    assert found(draft, kind) == []
    assert [each.kind.name for each in draft.to_decide if each.kind] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The closing of the reorganizations is set for June 12, 2020.", "closing"),
        ("The closing of the reorganizations has been set for June 12, 2020.", "closing"),
        ("A special meeting of shareholders has been called for June 12, 2020.", "special meeting"),
    ],
)
def test_a_day_that_is_planned_now_is_placed(text: str, kind: str) -> None:
    assert [each.day for each in found(drafted(text), kind)] == ["2020-06-12"]


def test_two_days_of_which_neither_is_called_the_new_one_are_both_asked_about() -> None:
    draft = drafted(
        "The reorganization of Northlake Growth Fund will close on May 15, 2020. The closing of the reorganization of "
        "Northlake Growth Fund will take place on June 12, 2020."
    )
    assert found(draft, "closing") == []


def test_two_new_days_are_both_asked_about() -> None:
    draft = drafted(
        "The closing of Northlake Growth Fund is now expected on May 15, 2020. The closing of the reorganization of "
        "Northlake Growth Fund is now scheduled for June 12, 2020."
    )
    assert found(draft, "closing") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("Previous date", "New date"), ("Originally announced", "Now"), ("Date stated before (superseded)", "Date")],
)
def test_a_column_of_earlier_days_is_history(old: str, new: str) -> None:
    rows = (
        f"<td></td><td>{old}</td><td>{new}</td>",
        "<td>Closing date</td><td>May 15, 2020</td><td>June 12, 2020</td>",
    )
    text = PAGE.format("".join(f"<tr>{row}</tr>" for row in rows))
    draft = draft_of(read_filing(text.encode(), "filing.html"))
    assert found(draft, "closing") == [Found("2020-06-12", ("2020-05-15",), 1)]


def test_a_day_before_which_nothing_happens_is_placed_as_such() -> None:
    draft = drafted("The reorganization of Northlake Growth Fund will not be completed before June 19, 2020.")
    closings = [each for each in draft.placed if each.kind and each.kind.name == "closing"]
    assert [each.phrase for each in closings] == ["not before June 19, 2020"]
    assert [each.states and each.states.precision for each in closings] == ["no earlier than"]


def test_a_sentence_with_more_dates_than_anybody_writes_is_not_read() -> None:
    text = f"The reorganization of Northlake Growth Fund will close {'on June 5, 2031 ' * 100}."
    draft = drafted(text)
    assert found(draft, "closing") == []
    assert {each.why for each in draft.to_decide} == {"What kind of milestone is it?"}


@pytest.mark.parametrize(
    "text",
    [
        "The record date was set for March 20, 2020.",
        "The record date for the special meeting was set for March 20, 2020.",
        "The record date for the special meeting of shareholders of Northlake Growth Fund was fixed for the close of "
        "business on March 20, 2020.",
        "The record date for the meeting was fixed for March 20, 2020, and the meeting will be held on June 5, 2020.",
        "The record date for the meeting was set at March 20, 2020.",
        "The record date for the meeting was set as of March 20, 2020.",
        "The record date was fixed as March 20, 2020.",
        "The Board set the record date for March 20, 2020.",
        "The Board has set the record date for the special meeting for March 20, 2020.",
    ],
)
def test_a_board_sets_a_record_date_and_does_not_only_plan_it(text: str) -> None:
    draft = drafted(text)
    assert [each.day for each in found(draft, "record date")] == ["2020-03-20"]
    assert draft.to_decide == []


@pytest.mark.parametrize(
    "text",
    [
        "The record date was originally set for March 20, 2020.",
        "The record date was first set for March 20, 2020.",
        "The record date was scheduled for March 20, 2020.",
        "The record date was to be March 20, 2020.",
        "The record date was set for March 20, 2020, but it will be another one.",
        "The record date was set for March 20, 2020 and the Board may fix another.",
        "The record date was set for March 20, 2020. It has since been changed to May 8, 2020.",
        "The record date was set for March 20, 2020. The meeting was postponed, and a new record date of May 8, 2020 "
        "has been fixed.",
        "The record date for the meeting, which was set for March 20, 2020, has passed.",
        "The record date has been fixed, and the special meeting was set for June 5, 2020.",
        "The special meeting was set for June 5, 2020.",
        "The closing of the reorganizations was set for June 5, 2020.",
    ],
)
def test_what_was_planned_or_may_have_been_changed_since_is_asked_about(text: str) -> None:
    draft = drafted(text)
    assert [each.kind.name for each in draft.placed if each.kind] == ["announcement"]
    assert {str(each.days[0]) for each in draft.to_decide if each.days} & {"2020-03-20", "2020-06-05"}


def test_the_record_date_of_a_meeting_gives_the_meeting_no_day() -> None:
    draft = drafted("The record date for the special meeting of Northlake Growth Fund is March 20, 2020.")
    assert [each.kind.name for each in draft.placed if each.kind] == ["announcement", "record date"]
    assert draft.to_decide == []
