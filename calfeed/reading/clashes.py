"""Reorganizations that cannot all happen, whether one plan or several state them.

Two plans state one reorganization, or say otherwise what becomes of a fund; a fund acquires another after it has ended
itself, or is acquired by the fund that it acquires.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from calfeed.model.plans import Milestone, Plan, Reorganization
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import in_words

_MAY_GO_ON = {"conversion", "substitution"}
"""Kinds that complete a reorganization, after which the target may go on in another form, or for other investors."""


class Stated(NamedTuple):
    """A reorganization that is not cancelled: its index in its plan, and what it says in a form to be compared fast.

    `parties` are those of one that is still open, a line for each. `ends` is the address of the target that it ends as
    a whole, and `acquires` that of its acquirer; where there is none they are empty.
    """

    number: int
    parties: str
    ends: str
    acquires: str


class Clash(NamedTuple):
    """A reorganization that cannot happen with another one: its plan, its index there, the key of its fund, and why.

    `reason` has a "{}" for the file of the `other` plan.
    """

    plan: Plan
    number: int
    side: str
    reason: str
    other: Plan


class _Placed(NamedTuple):
    """A reorganization in its plan."""

    plan: Plan
    stated: Stated

    @property
    def reorganization(self) -> Reorganization:
        return self.plan.reorganizations[self.stated.number]


def stated_in(plan: Plan) -> tuple[Stated, ...]:
    """The reorganizations of a plan that are not cancelled."""
    found = []
    for number, each in enumerate(plan.reorganizations):
        completing = [milestone for milestone in each.milestones if milestone.kind.completes]
        if each.cancelled or (completing and _are_cancelled(completing)):
            continue
        is_completed = each.completed or (completing and _are_over(completing))
        ends = "" if each.target_classes or _may_go_on(completing) else each.target.address
        acquires = each.acquiring.address if isinstance(each.acquiring, Portfolio) else ""
        found.append(Stated(number, "" if is_completed else _parties(each), ends, acquires))
    return tuple(found)


def may_clash(plans: Iterable[tuple[Stated, ...]]) -> bool:
    """Whether any of the reorganizations of some plans can clash: few do, and to find which takes longer."""
    every = [each for stated in plans for each in stated]
    parties = [each.parties for each in every if each.parties]
    ends = [each.ends for each in every if each.ends]
    ended = set(ends)
    is_unique = len(set(parties)) == len(parties) and len(ended) == len(ends)
    return not (is_unique and ended.isdisjoint([each.acquires for each in every]))


def clashes(plans: Iterable[tuple[Plan, tuple[Stated, ...]]]) -> Iterator[Clash]:
    """Yields those of the reorganizations of some plans, each given with its own, that clash with another one."""
    every = [_Placed(plan, each) for plan, stated in plans for each in stated]
    ending: dict[str, list[_Placed]] = {}
    for each in every:
        if each.stated.ends:
            ending.setdefault(each.stated.ends, []).append(each)
    first: dict[str, _Placed] = {}
    for each in every:
        parties = each.stated.parties
        if not parties:
            continue
        other = first.setdefault(parties, each)
        if other.plan is not each.plan:
            yield _clash(
                each,
                other,
                "target",
                "has the same target and acquirer in {}, and neither is completed or cancelled: is this one the other, "
                "postponed?",
            )
        else:
            yield from islice(_of_target(each, ending), 1)
            yield from islice(_of_acquirer(each, ending), 1)


def _of_target(one: _Placed, ending: dict[str, list[_Placed]]) -> Iterator[Clash]:
    """Yields the clashes of an open reorganization with those of other plans that end its target."""
    for other in ending.get(one.reorganization.target.address, ()):
        if other.plan is one.plan:
            continue
        if other.stated.parties and one.stated.ends and _is_later(one, other):
            yield _clash(
                one,
                other,
                "target",
                "is a target in {} too, where something else becomes of it: cancel the one that does not hold any "
                "more, or name the fund that is meant",
            )
        elif not other.stated.parties and (ended := _ended_before(one, other)):
            yield _clash(one, other, "target", f"has ended before, on {ended}, by {{}}: is the right fund named?")


def _of_acquirer(one: _Placed, ending: dict[str, list[_Placed]]) -> Iterator[Clash]:
    """Yields the clashes of an open reorganization with those that end its acquirer."""
    target = one.reorganization.target.address
    for other in ending.get(one.stated.acquires, ()):
        if other.stated.acquires == target and one.stated.ends and other.stated.parties and _is_later(one, other):
            reason = "is a target in {} itself, and this one its acquirer: which of the two goes?"
            yield _clash(one, other, "acquiring", reason)
        elif ended := _ended_before(one, other):
            reason = f"acquires here after it has ended itself, on {ended}, by {{}}: is the right fund named?"
            yield _clash(one, other, "acquiring", reason)


def _clash(one: _Placed, other: _Placed, side: str, reason: str) -> Clash:
    reorganization = one.reorganization
    fund = reorganization.target if side == "target" else reorganization.acquiring
    name = fund.name if fund else ""
    return Clash(one.plan, one.stated.number, side, f'"{_literal(name)}" {reason}', other.plan)


def _literal(name: str) -> str:
    """A name as `str.format` leaves it."""
    return name.replace("{", "{{").replace("}", "}}")


def _is_later(one: _Placed, other: _Placed) -> bool:
    """Whether a reorganization stands behind another one, so that of two which clash one alone is told.

    What is confidential stands behind what is public, where nothing of it may be told.
    """
    return _place(one) > _place(other)


def _place(one: _Placed) -> tuple[bool, str, int]:
    return one.plan.confidential, one.plan.address, one.stated.number


def _ended_before(one: _Placed, other: _Placed) -> str:
    """The day on which another reorganization has ended a fund before one can begin, in words; empty if it has not."""
    begins = [milestone.when.first_possible for milestone in one.reorganization.milestones if milestone.kind.completes]
    ends = [milestone.when.last_possible for milestone in other.reorganization.milestones if milestone.kind.completes]
    first, last = _known(begins), _known(ends)
    return in_words(max(last)) if first and last and max(last) < min(first) else ""


def _known(days: Collection[date | None]) -> list[date]:
    """Some days, if all of them are known."""
    known = [day for day in days if day]
    return known if len(known) == len(days) else []


def _may_go_on(completing: Iterable[Milestone]) -> bool:
    return any(each.kind.name in _MAY_GO_ON for each in completing)


def _are_over(completing: Iterable[Milestone]) -> bool:
    return all(each.cancelled or each.completed for each in completing)


def _are_cancelled(completing: Iterable[Milestone]) -> bool:
    return all(each.cancelled for each in completing)


def _parties(reorganization: Reorganization) -> str:
    acquiring = reorganization.acquiring
    lines = [reorganization.target.address, *_in_order(reorganization.target_classes)]
    if acquiring:
        name = acquiring.name.casefold() if isinstance(acquiring, OutsideFund) else acquiring.address
        lines += ["→", name, *_in_order(reorganization.acquiring_classes)]
    return "\n".join(lines)


def _in_order(classes: tuple[str, ...]) -> list[str]:
    """Share classes, whatever the order and the case of letters in which a plan names them."""
    return sorted(map(str.casefold, classes))
