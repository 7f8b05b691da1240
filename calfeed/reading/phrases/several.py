"""Days that belong together: from one to another, or one after the other."""

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from calfeed.model.when import WEEKDAYS, Anchor, in_words
from calfeed.reading.phrases.anchors import anchor_at
from calfeed.reading.phrases.days import PrintedDay, number_at, one_day, printed_day_at, weekday_at
from calfeed.reading.phrases.errors import PhraseError, Reason
from calfeed.reading.phrases.tokens import Found, Text
from calfeed.reading.phrases.words import JOINTS, OPENERS, Joint

_DAY = timedelta(days=1)


class Days(NamedTuple):
    """The first and the last of the days that a phrase gives, which may be one.

    `either` says that it is one day or the other, `is_between` that the words are "between" two days. `anchor` is that
    of both ends, of days from one to another.
    """

    first: date
    last: date
    either: bool = False
    anchor: Anchor | None = None
    is_between: bool = False


class _Member(NamedTuple):
    """A day in a list of days, with what joins it to the one before."""

    joint: Joint | None
    printed: PrintedDay
    anchor: Anchor | None


def days_at(text: Text, index: int) -> Found[Days] | None:
    """The day or the days that a text gives at a token; None where there is none with its year."""
    opener = OPENERS.at(text, index)
    if opener is None:
        return _listed(text, index)
    members = _members(text, opener.end)
    if len(members) != 2 or opener.meaning is not members[1].joint:
        return None
    days = _from_to(members)._replace(is_between=opener.meaning is Joint.AND)
    return Found(days, members[1].printed.end)


def _listed(text: Text, index: int) -> Found[Days] | None:
    """A day, days one after the other, or days from one to another without a word that opens them."""
    weekdays = _weekdays_at(text, index)
    members = _members(text, weekdays.end if weekdays else index)
    if not members or members[0].anchor:
        return None
    joints = {member.joint for member in members[1:]}
    if not joints:
        printed = members[0].printed
        day = _complete(members)[0]
        return None if weekdays else Found(Days(day, day), printed.end)
    days = _joined(members, joints)
    if days is None:
        return None if Joint.TO in joints else _first_alone(members)
    if weekdays:
        _check_weekdays(days, *weekdays.meaning)
    return Found(days, members[-1].printed.end)


def _joined(members: list[_Member], joints: set[Joint | None]) -> Days | None:
    if joints == {Joint.TO} and len(members) == 2:
        return _from_to(members)
    return None if Joint.TO in joints else _adjoining(members, either=Joint.OR in joints)


def _first_alone(members: list[_Member]) -> Found[Days]:
    """The first day of a list of days that do not adjoin; the others are no part of it."""
    printed = members[0].printed
    if printed.year is None:
        raise PhraseError(
            Reason.CONTRADICTION,
            "these days leave a gap: one milestone is on one day, or on days that follow each other",
        )
    day = _complete(members[:1])[0]
    return Found(Days(day, day), printed.end)


def _members(text: Text, index: int) -> list[_Member]:
    """The days that are joined to each other, up to the last one that has its year or takes it from one behind it."""
    members: list[_Member] = []
    joint: Joint | None = None
    while True:
        anchor = anchor_at(text, index)
        start = anchor.end if anchor else index
        start += text.at(start) == "on" and bool(members or anchor)
        printed = _member_at(text, start, members)
        if printed is None:
            break
        members.append(_Member(joint, printed, anchor.meaning.anchor if anchor else None))
        joined = JOINTS.at(text, printed.end)
        if joined is None:
            break
        joint, index = joined.meaning, joined.end
    while members and members[-1].printed.year is None:
        members.pop()
    return members


def _member_at(text: Text, index: int, members: list[_Member]) -> PrintedDay | None:
    printed = printed_day_at(text, index)
    if printed is not None:
        return printed
    if members and members[-1].printed.year is not None:
        return None  # "April 28, 2008, 10" goes on with something else than days
    return number_at(text, index)


def _complete(members: list[_Member]) -> list[date]:
    """The days of a list: a month that is not printed is that of the day before, or else behind; a year the latter."""
    days: list[date] = []
    year, following_month = 0, None
    for position in reversed(range(len(members))):
        printed = members[position].printed
        year = printed.year or year
        month = printed.month or _month_before(members, position) or following_month
        if month is None:
            raise PhraseError(Reason.NOT_UNDERSTOOD, f'"{printed.day}" has no month: write it beside the day')
        following_month = month
        days.append(one_day(printed, month, year))
    return days[::-1]


def _month_before(members: list[_Member], position: int) -> int | None:
    months = [member.printed.month for member in members[:position] if member.printed.month]
    return months[-1] if months else None


def _from_to(members: list[_Member]) -> Days:
    first, last = _complete(members)
    if last <= first:
        raise PhraseError(
            Reason.CONTRADICTION,
            f"{in_words(last)} is not after {in_words(first)}: write both years where the days cross a new year",
        )
    begins, ends = (member.anchor for member in members)
    if ends is Anchor.OPENING and begins is not ends:
        raise PhraseError(
            Reason.CONTRADICTION,
            f"these days end when {in_words(last)} opens: that day is none of them, so leave it out",
        )
    return Days(first, last, anchor=begins if begins is ends else None)


def _adjoining(members: list[_Member], *, either: bool) -> Days | None:
    """Days of which each follows the one before; None where they do not."""
    if any(member.anchor for member in members):
        return None  # it would be lost
    days = _complete(members)
    if any(day != before + _DAY for before, day in pairwise(days)):
        return None
    return Days(days[0], days[-1], either=either)


def _weekdays_at(text: Text, index: int) -> Found[tuple[int, int]] | None:
    """`Monday-Wednesday,` in front of days that belong together."""
    first = weekday_at(text, index)
    joint = JOINTS.at(text, first.end) if first else None
    last = weekday_at(text, joint.end) if joint else None
    if first is None or last is None:
        return None
    return Found((first.meaning, last.meaning), last.end + (text.at(last.end) == ","))


def _check_weekdays(days: Days, first: int, last: int) -> None:
    for day, said in ((days.first, first), (days.last, last)):
        if day.weekday() != said:
            raise PhraseError(
                Reason.IMPOSSIBLE, f"{in_words(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[said]}"
            )
