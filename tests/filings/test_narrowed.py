"""Days that the words around them make other days, or days of something else: none is placed as what it is not."""

import pytest

from tests.filings.test_softness import milestones

UNTIL = [
    "You may redeem your shares until the reorganization on August 26, 2030.",
    "Purchases of shares will be accepted until the closing on August 26, 2030.",
    "You can sell your shares up to the merger on August 26, 2030.",
    "The Bond Fund will continue to accept purchases through the closing of the reorganization on August 26, 2030.",
    "Redemptions will be honored until the reorganization, on August 26, 2030.",
    "Until the reorganization takes place on August 26, 2030, you may redeem your shares.",
    "Until the closing of the reorganization on or about August 26, 2030, shares may be exchanged.",
    "Checks may be written until the reorganization of the Bond Fund into Blue River Income Fund on August 26, 2030.",
    "The Bond Fund stays open to new investors until the merger (expected on August 26, 2030).",
    "The Bond Fund will pay dividends monthly through the reorganization on August 26, 2030.",
    "Shares may be redeemed until the effective date of the reorganization (August 26, 2030).",
]


@pytest.mark.parametrize("text", UNTIL)
def test_what_holds_until_an_event_gives_the_day_of_the_event(text: str) -> None:
    found = milestones(text)
    assert [(each.kind.name, each.why) for each in found if each.kind] == [("closing", "")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("You may redeem until the day before the reorganization on August 26, 2030.", "closing"),
        ("You may revoke your proxy until the special meeting on August 26, 2030.", "special meeting"),
    ],
)
def test_what_holds_until_a_day_before_an_event_is_not_placed_on_the_day_of_the_event(text: str, kind: str) -> None:
    assert [each.kind.name for each in milestones(text) if each.kind and not each.doubts] == [kind]


def test_what_holds_until_a_day_has_that_day() -> None:
    text = "Until the merger, the Bond Fund will accept purchase orders through August 26, 2030."
    assert [each.kind.name for each in milestones(text) if each.kind and not each.doubts] == ["last purchase"]


@pytest.mark.parametrize(
    "words",
    [
        "at the end of August 2030",
        "at the beginning of August 2030",
        "toward the end of the third quarter of 2030",
        "on the second Friday in August 2030",
        "on the third Tuesday of August 2030",
        "on the last business day of August 2030",
        "during the first week of August 2030",
        "during the last two weeks of August 2030",
        "at month-end August 2030",
        "over the weekend of August 24, 2030",
        "on the weekend beginning August 24, 2030",
        "within a week of August 26, 2030",
        "within 10 days of August 26, 2030",
        "a few days before August 26, 2030",
        "the Friday before August 26, 2030",
        "on the eve of August 26, 2030",
        "around the time of August 26, 2030",
        "the end of 2030",
        "August 5 or 12, 2030",
        "August 5, 12 or 19, 2030",
    ],
)
def test_words_that_make_a_time_another_are_asked_about_as_a_whole(words: str) -> None:
    found = milestones(f"The reorganization will close {words}.")
    assert [(each.kind.name if each.kind else "", each.phrase, bool(each.doubts)) for each in found] == [
        ("closing", words, True)
    ]


@pytest.mark.parametrize(
    "words",
    ["by the end of August 2030", "in the first half of August 2030", "in the week of August 26, 2030",
     "by the end of 2030", "in late August 2030"],
)  # fmt: skip
def test_words_that_the_grammar_reads_are_placed(words: str) -> None:
    assert [each.why for each in milestones(f"The reorganization is expected to close {words}.")] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "Shareholders are expected to vote on the merger on August 26, 2030.",
        "Shareholders of the Bond Fund are scheduled to vote on the merger on August 26, 2030.",
        "Shareholders are anticipated to consider the merger on or about August 26, 2030.",
        "You will be asked to vote on the reorganization on August 26, 2030.",
        "The reorganization will come to a vote on August 26, 2030.",
        "A shareholder vote on the merger is anticipated to occur on August 26, 2030.",
        "Shareholders of the Bond Fund will consider and vote on the Plan on August 26, 2030.",
    ],
)
def test_the_day_of_a_vote_is_that_of_the_meeting(text: str) -> None:
    assert [each.kind.name for each in milestones(text) if each.kind] == ["special meeting"]


def test_by_whom_it_is_voted_on_is_no_limit_of_the_day() -> None:
    found = milestones("The merger will be voted on by shareholders on August 26, 2030.")
    assert [each.phrase for each in found] == ["August 26, 2030"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Bond Fund will not accept purchases after August 26, 2030.", "last purchase"),
        ("No purchases of shares of the Bond Fund will be accepted after August 26, 2030.", "last purchase"),
        ("We will not accept orders to buy shares after August 26, 2030.", "last purchase"),
        ("Nobody may buy shares of the Bond Fund after August 26, 2030.", "last purchase"),
        ("Shares of the Bond Fund will not be sold after August 26, 2030.", "last purchase"),
        ("Creation orders will not be accepted after August 26, 2030.", "creation orders end"),
    ],
)
def test_the_day_after_which_nothing_is_accepted_is_the_last_one(text: str, kind: str) -> None:
    found = [(each.kind.name, each.phrase, each.why) for each in milestones(text) if each.kind]
    assert found == [(kind, "not after August 26, 2030", "")]


def test_shares_bought_after_a_day_make_it_no_last_day() -> None:
    found = milestones("Shares purchased after August 26, 2030 will not receive the special dividend.")
    assert [each.phrase for each in found] == ["after August 26, 2030"]


@pytest.mark.parametrize(
    "text",
    [
        "Neither closing will take place before August 26, 2030.",
        "No closing will occur before August 26, 2030.",
        "None of the mergers will close before August 26, 2030.",
    ],
)
def test_before_is_not_before_where_nothing_happens(text: str) -> None:
    assert [each.phrase for each in milestones(text)] == ["not before August 26, 2030"]


@pytest.mark.parametrize(
    "text",
    [
        "No sales charge will apply to purchases of the Bond Fund made after August 26, 2030.",
        "You may not exchange shares of the Bond Fund until after August 26, 2030.",
        "The Bond Fund will not be able to buy securities after August 26, 2030 and will move into cash.",
        "Holders who have not sold or exchanged their shares after August 26, 2030 will get shares of the other fund.",
    ],
)
def test_after_stays_where_no_dealing_is_denied(text: str) -> None:
    assert [each.phrase for each in milestones(text)] == ["after August 26, 2030"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("New investors may not open accounts in the Bond Fund or buy its shares after August 26, 2030.",
         "not after August 26, 2030"),
        ("None of the shareholders may redeem before August 26, 2030.", "not before August 26, 2030"),
        ("Shares of the Bond Fund may not be redeemed before August 26, 2030.", "not before August 26, 2030"),
    ],
)  # fmt: skip
def test_a_limit_that_fits_no_such_kind_is_asked_about(text: str, phrase: str) -> None:
    found = [(each.phrase, each.why) for each in milestones(text)]
    assert found == [(phrase, "How is its date to be written?")]


@pytest.mark.parametrize(
    "text",
    [
        "Redemptions are possible until the business day before the reorganization, August 26, 2030.",
        "Shares may be exchanged until the third business day before the reorganization (August 26, 2030).",
    ],
)
def test_a_day_beside_one_that_is_counted_from_an_event_may_be_either(text: str) -> None:
    dated = [each for each in milestones(text) if each.phrase == "August 26, 2030"]
    assert [each.why for each in dated] == ["Is it that day, or counted from it?"]


@pytest.mark.parametrize(
    "text",
    [
        "The trustees will serve until the meeting of the Board on August 26, 2030.",
        "The Bond Fund is managed by the Adviser until the reorganization of the Adviser on August 26, 2030.",
        "Expenses are capped through the effective date of the new prospectus, August 26, 2030.",
    ],
)
def test_what_holds_until_an_event_of_others_gives_no_day_of_the_merger(text: str) -> None:
    assert [each for each in milestones(text) if not each.doubts] == []
