"""Checks of the milestones of one reorganization: an impossible order, and a state that fits no milestone.

Only an impossible order is a problem: of an inexact date, the whole possible span is compared.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from calfeed.model.kinds import KINDS
from calfeed.model.plans import Milestone, Of
from calfeed.model.when import Dated, Undated, When, in_words
from calfeed.reading.states import SHAREHOLDER_APPROVAL, Completion, Draft, Placed, called, is_approval
from calfeed.reading.yaml import YamlFile

_ORDERED = {"record date", "proxy mailing", "special meeting"}
"""The kinds that have an order, besides those that complete a reorganization."""
WHICH_IS_RIGHT = "look both days up, and mend the one that is wrong"
"""What to do about two days of which one cannot be right."""
_OF_OTHERS = ("acqui", "survivi", "each", "both", "other", "bond", "note", "debt", "polic")
"""Parts of words that tell of holders other than the target's, or besides them."""


def check_order(file: YamlFile, every: Iterable[Placed]) -> None:
    """Check the order of record date, mailing, meeting and closing, as far as they are not cancelled.

    The record date may precede the announcement.
    """
    placed = [each for each in every if _has_order(each.milestone) and not each.milestone.cancelled]
    if len(placed) < 2:
        return
    meetings = _dated(placed, "special meeting")
    records = _dated(placed, "record date")
    for each in placed:
        kind = each.milestone.kind
        if kind.completes:
            for meeting in meetings:
                _check_not_before(file, each, [meeting])
        elif kind.name == "special meeting":
            _check_not_before(file, each, [record for record in records if _fits(record, each)])
        elif kind.name == "proxy mailing":
            _check_not_after(file, each, [meeting for meeting in meetings if _fits(meeting, each)])


_COMPLETING = tuple(kind.name for kind in KINDS if kind.completes)
_ENDING_THE_TARGET = tuple(name for name in _COMPLETING if name != "conversion")
"""Those that end the target; what is converted, such as one class of several, may go on."""
_BEHIND: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["special meeting", "proxy mailing", "information statement mailing", "n-14 filing", *_ENDING_THE_TARGET],
        ("board approval",),
    ),
    "approval obtained": ("special meeting",),
    "n-14 effectiveness": ("n-14 filing",),
    "deregistration order": ("deregistration filing",),
    "dividend payment": ("dividend record date",),
    "order forwarding ends": _COMPLETING,
    "outside date": _COMPLETING,
    "completion announcement": _COMPLETING,
}
"""Kinds, each with the kinds that happen before it."""
_PAYMENT = "dividend payment"
_BEFORE: dict[str, tuple[str, ...]] = {
    "voting deadline": ("special meeting",),
    **dict.fromkeys(
        [
            "last purchase", "last exchange", "last redemption", "instruction deadline", "check writing ends",
            "creation orders end", "last trading day", "valuation", "n-14 filing", "n-14 effectiveness",
            "closed to new investors", "sales charge waiver", "brokerage account deadline",
        ],
        _COMPLETING,
    ),
    **dict.fromkeys(["approval obtained", "closed to purchases", "transition begins"], _ENDING_THE_TARGET),
}  # fmt: skip
"""Kinds, each with the kinds that happen behind it."""


class _Reach(NamedTuple):
    """A kind that happens later, how much later it may be, and that in words."""

    kind: str
    days: timedelta
    words: str


_NOT_LONG_BEFORE = {
    "record date": _Reach("special meeting", timedelta(days=366), "a year"),
    "proxy mailing": _Reach("record date", timedelta(days=183), "half a year"),
}
"""Kinds, each with one before which it is not by more than so much."""
_USUAL = frozenset({*_NOT_LONG_BEFORE, *_BEHIND, *_BEFORE})


class _Bound(NamedTuple):
    """The first or the last possible day of some milestones, and the one that has it."""

    day: date
    placed: Placed


def check_usual_order(file: YamlFile, every: Iterable[Placed]) -> None:
    """Warn of milestones in an order that nobody means, as far as they are not cancelled or printed like that.

    What is the acquirer's is told apart from what is the target's, and may happen after the closing.
    """
    every = [each for each in every if not each.milestone.cancelled]
    placed: dict[str, list[Placed]] = {}
    for each in every:
        placed.setdefault(each.milestone.kind.name, []).append(each)
    for each in every:
        name = each.milestone.kind.name
        if name not in _USUAL or each.milestone.as_printed or not isinstance(each.milestone.when, Dated):
            continue
        if name in _BEHIND:
            others = _of_kinds(placed, _BEHIND[name], each)
            if not (name == _PAYMENT and _is_of_another_payment(_earliest(others), each, placed)):
                _warn_before(file, each, others)
        if name in _BEFORE:
            _warn_after(file, each, _of_kinds(placed, _BEFORE[name], each))
        if reach := _NOT_LONG_BEFORE.get(name):
            _warn_of_year(file, each, _of_kinds(placed, (reach.kind,), each), reach)


def _of_kinds(placed: Mapping[str, list[Placed]], names: tuple[str, ...], other: Placed) -> list[Placed]:
    return [each for name in names for each in placed.get(name, ()) if _fits(each, other)]


def _is_of_another_payment(record: _Bound | None, payment: Placed, placed: Mapping[str, list[Placed]]) -> bool:
    """Whether the first record date of dividends is that of another payment: of some dividends the plan has that alone.

    A payment before all record dates is held against the nearest one, which another payment may follow.
    """
    payments = [each for each in _of_kinds(placed, (_PAYMENT,), payment) if each is not payment]
    lasts = [last for each in payments if (last := each.milestone.when.last_possible)]
    return record is not None and any(last >= record.day for last in lasts)


def _warn_before(file: YamlFile, one: Placed, others: list[Placed]) -> None:
    """Warn of a milestone before all of some others."""
    last = one.milestone.when.last_possible
    if not last or not others:
        return
    for each in others:  # most plans are in order: this is found without the earliest of them
        first_possible = each.milestone.when.first_possible
        if not first_possible or first_possible <= last:
            return
    first = _earliest(others)
    if first:
        file.warn(
            f"{called(one.draft)} is before {_mention(file, first.placed, first.day)}, and belongs after it: "
            "is that what the source says?",
            *one.steps,
        )


def _warn_after(file: YamlFile, one: Placed, others: list[Placed]) -> None:
    """Warn of a milestone after all of some others."""
    first = one.milestone.when.first_possible
    last = _latest(others)
    if first and last and first > last.day:
        file.warn(
            f"{called(one.draft)} is after {_mention(file, last.placed, last.day)}, and belongs before it: "
            "is that what the source says?",
            *one.steps,
        )


def _warn_of_year(file: YamlFile, one: Placed, others: list[Placed], reach: _Reach) -> None:
    """Warn of a milestone that is further before all of some others than it can be."""
    last = one.milestone.when.last_possible
    first = _earliest(others)
    if last and first and first.day - last > reach.days:
        file.warn(
            f"{called(one.draft)} is more than {reach.words} before {_mention(file, first.placed, first.day)}: "
            "is the year right?",
            *one.steps,
        )


def _earliest(placed: list[Placed]) -> _Bound | None:
    """The first possible day of milestones; None if one of them sets no beginning, or there are none."""
    found = [_Bound(day, each) for each in placed if (day := each.milestone.when.first_possible)]
    return min(found, key=lambda one: one.day) if found and len(found) == len(placed) else None


def _latest(placed: list[Placed]) -> _Bound | None:
    """The last possible day of milestones; None if one of them sets no end, or there are none."""
    found = [_Bound(day, each) for each in placed if (day := each.milestone.when.last_possible)]
    return max(found, key=lambda one: one.day) if found and len(found) == len(placed) else None


def check_completion(file: YamlFile, drafts: Iterable[Draft], completed: Completion, are_all: bool) -> None:
    """Check that `completed` fits exactly one milestone; `are_all` is False if a milestone could not be read."""
    completing = [draft for draft in drafts if draft.written.kind.completes and not draft.written.cancelled]
    if len(completing) == 1 or not are_all:
        return
    if completing:
        which = " or ".join(f'"{draft.name}" (line {file.line_of(*draft.steps)})' for draft in completing)
        message = f'"completed" could mean {which}: write the day on each of them instead'
    else:
        message = '"completed" needs a closing, liquidation, substitution or conversion that is not cancelled'
    file.refuse(message, *completed.steps, key=True)


def check_what_is_completed(file: YamlFile, every: Iterable[Placed], completed: Completion, is_shared: bool) -> None:
    """Warn of milestones that say that a reorganization is not completed yet.

    `is_shared` if its plan completes several reorganizations, of which each may have a day of its own.
    """
    for each in every:
        draft, when = each.draft, each.draft.written.when
        if each.milestone.cancelled:
            continue
        if draft.written.kind.completes:
            if is_shared and draft.steps[0] == _OWN and (why := _is_another(when, completed.when.first)):
                _warn_of_completion(file, draft, completed, why)
        elif isinstance(when, Undated) and draft.written.previously and draft.written.kind.name == "special meeting":
            file.warn(
                f'{called(draft)} is put off, "{when.words}", before what "completed" says '
                f"({_completed(file, completed)}): write the day on which it was held"
                f"{f', or {_ADVICE}' if is_shared else ', or cancel it'}",
                *draft.steps,
            )


def _is_another(when: When, day: date) -> str:
    """Why a reorganization's own date is not the day of a completion; empty where its words allow that day."""
    if isinstance(when, Undated):
        return "which puts it off"
    if when.first_possible and when.first_possible > day:
        return "which is later"
    return "which is earlier" if when.last_possible and when.last_possible < day else ""


_OWN = "reorganizations"
"""The key at which the steps to a reorganization's own milestones begin."""
_ADVICE = 'put "completed" under the reorganizations that it is about'


def _warn_of_completion(file: YamlFile, draft: Draft, completed: Completion, why: str) -> None:
    file.warn(
        f'the plan\'s "completed" ({_completed(file, completed)}) takes the place of "{draft.written.when.words}" '
        f"here, {why}: {_ADVICE}",
        *draft.steps,
    )


def _completed(file: YamlFile, completed: Completion) -> str:
    return f"{in_words(completed.when.first)}, line {file.line_of(*completed.steps)}"


def check_approval(file: YamlFile, drafts: Iterable[Draft]) -> None:
    """Warn of a condition that may be the one that `approved` removes, in other words."""
    for draft in drafts:
        for condition in draft.written.conditions:
            if not is_approval(condition) and _may_be_approval(condition.casefold()):
                file.warn(
                    f'"approved" takes away "{SHAREHOLDER_APPROVAL}" only, and "{condition}" stays: if that approval '
                    f'was given, write "{SHAREHOLDER_APPROVAL}" for it, and what else it says as a condition of its '
                    "own",
                    *draft.steps[:-1],
                    "subject to",
                )


def _may_be_approval(condition: str) -> bool:
    """Whether a condition speaks of an approval by holders who may be the target's."""
    return "approv" in condition and "holder" in condition and not any(map(condition.__contains__, _OF_OTHERS))


def _has_order(milestone: Milestone) -> bool:
    return milestone.kind.completes or milestone.kind.name in _ORDERED


def _dated(placed: Iterable[Placed], kind: str) -> list[Placed]:
    return [each for each in placed if each.milestone.kind.name == kind and isinstance(each.milestone.when, Dated)]


def _fits(one: Placed, other: Placed) -> bool:
    """Whether two milestones may concern the holders of the same fund."""
    return one.milestone.of is other.milestone.of or Of.BOTH in (one.milestone.of, other.milestone.of)


def _check_not_before(file: YamlFile, one: Placed, others: list[Placed]) -> None:
    """Check that a milestone is not before all of some dated ones."""
    last = one.milestone.when.last_possible
    firsts = [first for other in others if (first := other.milestone.when.first_possible)]
    if last and others and len(firsts) == len(others) and last < min(firsts):
        before = _mention(file, others[0], firsts[0])
        file.refuse(f"{called(one.draft)} is before {before}: {WHICH_IS_RIGHT}", *one.steps)


def _check_not_after(file: YamlFile, one: Placed, others: list[Placed]) -> None:
    """Check that a milestone is not after all of some dated ones."""
    first = one.milestone.when.first_possible
    lasts = [last for other in others if (last := other.milestone.when.last_possible)]
    if first and others and len(lasts) == len(others) and first > max(lasts):
        after = _mention(file, others[-1], lasts[-1])
        file.refuse(f"{called(one.draft)} is after {after}: {WHICH_IS_RIGHT}", *one.steps)


def _mention(file: YamlFile, other: Placed, day: date) -> str:
    return f"{called(other.draft, 'the ')} ({in_words(day)}, line {file.line_of(*other.steps)})"
