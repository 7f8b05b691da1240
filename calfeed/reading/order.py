"""Checks of the milestones of one reorganization: an impossible order, and a state that fits no milestone.

Only an impossible order is a problem: of an inexact date, the whole possible span is compared.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from calfeed.model.plans import Of
from calfeed.model.when import Dated, When, in_words
from calfeed.reading.states import SHAREHOLDER_APPROVAL, Completion, Draft, States, is_approval
from calfeed.reading.yaml import Steps, YamlFile

_ORDERED = {"record date", "proxy mailing", "special meeting"}
"""The kinds that have an order, besides those that complete a reorganization."""


class Placed(NamedTuple):
    """A milestone with its date, or the date of its completion if it has one; `steps` lead to it in the file."""

    draft: Draft
    when: When
    steps: Steps


def check_order(file: YamlFile, milestones: Iterable[tuple[Draft, States]]) -> None:
    """Check the order of record date, mailing, meeting and closing.

    Each milestone is given with the states that change it. The record date may precede the announcement.
    """
    placed = [_placed(draft, own) for draft, own in milestones if _has_order(draft) and not own.cancelled]
    meetings = _dated(placed, "special meeting")
    records = _dated(placed, "record date")
    for each in placed:
        if each.draft.kind.completes:
            for meeting in meetings:
                _check_not_before(file, each, [meeting])
        elif each.draft.kind.name == "special meeting":
            _check_not_before(file, each, [record for record in records if _fits(record, each)])
        elif each.draft.kind.name == "proxy mailing":
            _check_not_after(file, each, [meeting for meeting in meetings if _fits(meeting, each)])


def check_completion(file: YamlFile, drafts: Iterable[Draft], completed: Completion, are_all: bool) -> None:
    """Check that `completed` fits exactly one milestone; `are_all` is False if a milestone could not be read."""
    completing = [draft for draft in drafts if draft.kind.completes and not draft.cancelled]
    if len(completing) == 1 or not are_all:
        return
    if completing:
        which = " or ".join(f'"{draft.name}" (line {file.line_of(*draft.steps)})' for draft in completing)
        message = f'"completed" could mean {which}: write the day on each of them instead'
    else:
        message = '"completed" needs a closing, liquidation, substitution or conversion that is not cancelled'
    file.refuse(message, *completed.steps, key=True)


def check_approval(file: YamlFile, drafts: Iterable[Draft]) -> None:
    """Check that `approved` finds its condition, in the exact words."""
    for draft in drafts:
        for condition in draft.conditions:
            words = condition.casefold()
            if not is_approval(condition) and "approv" in words and "holder" in words:
                file.refuse(
                    f'"approved" takes away "{SHAREHOLDER_APPROVAL}" only: if "{condition}" is that, write it so',
                    *draft.steps[:-1],
                    "subject to",
                )


def _has_order(draft: Draft) -> bool:
    return draft.kind.completes or draft.kind.name in _ORDERED


def _placed(draft: Draft, own: States) -> Placed:
    if own.completed:
        return Placed(draft, own.completed.when, (*own.completed.steps, "date"))
    return Placed(draft, draft.when, draft.steps)


def _dated(placed: Iterable[Placed], kind: str) -> list[Placed]:
    return [each for each in placed if each.draft.kind.name == kind and isinstance(each.when, Dated)]


def _fits(one: Placed, other: Placed) -> bool:
    """Whether two milestones may concern the holders of the same fund."""
    return Of.BOTH in (one.draft.of, other.draft.of) or one.draft.of is other.draft.of


def _check_not_before(file: YamlFile, one: Placed, others: list[Placed]) -> None:
    """Check that a milestone is not before all of some dated ones."""
    last = one.when.last_possible
    firsts = [first for other in others if (first := other.when.first_possible)]
    if last and others and len(firsts) == len(others) and last < min(firsts):
        file.refuse(f"{one.draft.name} is before the {_mention(file, others[0], firsts[0])}", *one.steps)


def _check_not_after(file: YamlFile, one: Placed, others: list[Placed]) -> None:
    """Check that a milestone is not after all of some dated ones."""
    first = one.when.first_possible
    lasts = [last for other in others if (last := other.when.last_possible)]
    if first and others and len(lasts) == len(others) and first > max(lasts):
        file.refuse(f"{one.draft.name} is after the {_mention(file, others[-1], lasts[-1])}", *one.steps)


def _mention(file: YamlFile, other: Placed, day: date) -> str:
    return f"{other.draft.name} ({in_words(day)}, line {file.line_of(*other.steps)})"
