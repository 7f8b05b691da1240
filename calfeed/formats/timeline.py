"""A plan's milestones on a time axis: where each mark goes, in percent of the width, for a template to draw.

Every milestone has a line of its own with its words above its mark, so that labels never overlap at any width. The
words are also the text alternative of the picture.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from calfeed.feeds.events import Entry
from calfeed.formats.answers import expected_before
from calfeed.model.kinds import KINDS
from calfeed.model.naming import is_deferred, parties, target_in_brief
from calfeed.model.plans import Milestone, Reorganization
from calfeed.model.when import MONTHS, Dated

MOST_TICKS = 5
"""How many month names fit beside each other on a phone."""
_PLACES = {kind.name: place for place, kind in enumerate(KINDS)}


class Mark(StrEnum):
    """How a milestone is drawn."""

    SOLID = "solid"
    OPEN = "open"
    BAR = "bar"


class Point(NamedTuple):  # as with Milestone
    """A milestone on the axis; `x` and `width` in percent. `was` is where it stood before it moved, if it did."""

    milestone: Milestone
    mark: Mark
    x: float
    width: float
    cancelled: bool
    was: float | None


class Row(NamedTuple):  # as with Milestone
    """Reorganizations of which all the same is said: who they are, and their milestones by date."""

    reorganizations: tuple[Reorganization, ...]
    milestones: tuple[Milestone, ...]
    points: tuple[Point, ...]

    @property
    def parties(self) -> list[str]:
        """Who becomes what, in one line for all of a trust that become the same."""
        same: dict[object, list[Reorganization]] = {}
        for each in self.reorganizations:
            same.setdefault((each.target.trust, each.acquiring, each.acquiring_classes), []).append(each)
        return [", ".join([*map(target_in_brief, others), parties(last)]) for *others, last in same.values()]


class Timeline(NamedTuple):  # as with Milestone
    """A plan's rows over one axis, from `start` to `end`; `ticks` are months with where they begin, in percent."""

    start: date
    end: date
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]


def timeline(entries: Iterable[Entry]) -> Timeline:
    """The timeline of entries of one plan."""
    by_reorganization: dict[str, list[Entry]] = {}
    for entry in entries:
        if not by_reorganization:  # the author's order, not that of the UIDs
            by_reorganization = {each.key: [] for each in entry.plan.reorganizations}
        by_reorganization[entry.reorganization.key].append(entry)
    groups: dict[object, list[list[Entry]]] = {}
    for group in filter(None, by_reorganization.values()):
        group.sort(key=_order)
        groups.setdefault(tuple(entry.milestone for entry in group), []).append(group)
    shown = [when for group in by_reorganization.values() for entry in group for when in _shown(entry.milestone)]
    days = [day for when in shown for day in (when.first, when.last)]
    axis = _Axis(min(days), max(days)) if days else _Axis(date(2000, 1, 1), date(2000, 1, 1))
    return Timeline(
        start=axis.start,
        end=axis.end,
        ticks=tuple(axis.ticks()),
        rows=tuple(
            Row(
                reorganizations=tuple(group[0].reorganization for group in same),
                milestones=tuple(entry.milestone for entry in same[0]),
                points=tuple(axis.point(entry.milestone) for entry in same[0] if not entry.undated),
            )
            for same in groups.values()
        ),
    )


def _order(entry: Entry) -> tuple[bool, str, int]:
    """By date, and on one day as things usually happen: the meeting, then the approval."""
    return entry.undated, entry.start, _PLACES[entry.milestone.kind.name]


def _shown(milestone: Milestone) -> list[Dated]:
    """The dated states that are drawn: the one that holds or last held, and for a moved one the one before it."""
    return list(milestone.dates[:2])


class _Axis:
    """Whole months around the days, as a scale of percents."""

    def __init__(self, first: date, last: date) -> None:
        self.start = first.replace(day=1)
        self.end = (last.replace(day=28) + timedelta(days=4)).replace(day=1)

    def at(self, day: date) -> float:
        return round(100 * (day - self.start).days / (self.end - self.start).days, 2)

    def ticks(self) -> Iterable[tuple[float, str]]:
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200, 12000) if months <= step * MOST_TICKS)
        for number in range(0, months, step):
            year, month = divmod(self.start.year * 12 + self.start.month - 1 + number, 12)
            yield self.at(date(year, month + 1, 1)), f"{MONTHS[month][:3]} {year}"

    def point(self, milestone: Milestone) -> Point:
        now, *before = _shown(milestone)
        firm = now.is_firm and not (milestone.conditions or milestone.may_change)
        spans = now.first != now.last
        may_have_moved = not (is_deferred(milestone) or expected_before(milestone))
        was = before[0] if before and may_have_moved else None
        return Point(
            milestone=milestone,
            mark=Mark.BAR if spans else Mark.SOLID if firm else Mark.OPEN,
            x=self.at(now.first),
            width=round(self.at(now.last + timedelta(days=1)) - self.at(now.first), 2) if spans else 0,
            cancelled=milestone.cancelled is not None or is_deferred(milestone),
            was=self.at(was.first) if was and not now.is_within(was) else None,
        )
