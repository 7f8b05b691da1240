"""What a page shows of a plan: the answer for each reorganization, its timeline, its tables with their sources."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from calfeed.feeds.events import Entry
from calfeed.formats.answers import Answer, answer
from calfeed.formats.timeline import Row, Timeline, timeline
from calfeed.model.kinds import KINDS, Kind
from calfeed.model.plans import Milestone, Plan, Reorganization, Source


class Line(NamedTuple):
    """A milestone in a table, and the numbers of its sources; none where the table has a single source."""

    milestone: Milestone
    marks: tuple[int, ...]


class Table(NamedTuple):
    """The milestones that some reorganizations share, and the sources of all of them, numbered from 1.

    `key` tells it from the others of a page.
    """

    key: str
    reorganizations: tuple[Reorganization, ...]
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]


class Answered(NamedTuple):
    """A reorganization of a plan, its answer, and the key of the table that has its milestones."""

    plan: Plan
    reorganization: Reorganization
    answer: Answer
    table: str


class PlanPart(NamedTuple):  # as with Milestone
    """What a page shows of one plan.

    `is_off`: every reorganization of the plan, on this page or not, is cancelled or deferred.
    """

    plan: Plan
    is_off: bool
    answers: tuple[Answered, ...]
    timeline: Timeline
    tables: tuple[Table, ...]


class Brief(NamedTuple):
    """What a list of many plans says of one: its trusts, and its answers, those that say the same once."""

    plan: Plan
    trusts: tuple[str, ...]
    answers: tuple[Answer, ...]


def by_plan(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries by plan, the plan with the latest milestone first."""
    groups: dict[str, list[Entry]] = {}
    latest: dict[str, str] = {}
    for entry in entries:
        plan, start = entry.plan.id, entry.start
        groups.setdefault(plan, []).append(entry)
        if start >= latest.get(plan, ""):
            latest[plan] = start
    return [groups[plan] for plan in sorted(groups, key=latest.__getitem__, reverse=True)]


def part(entries: Sequence[Entry]) -> PlanPart:
    """What to show of the entries of one plan."""
    plan, drawn = entries[0].plan, timeline(entries)
    tables = tuple(_table(f"{plan.id}-{number}", row) for number, row in enumerate(drawn.rows, start=1))
    answers = [Answered(plan, each, answer(each), table.key) for table in tables for each in table.reorganizations]
    is_off = all(each.answer.is_off for each in answers) and all(answer(each).is_off for each in plan.reorganizations)
    return PlanPart(
        plan=plan,
        is_off=is_off,
        answers=tuple(answers),
        timeline=drawn,
        tables=tables,
    )


def brief(entries: Sequence[Entry]) -> Brief:
    """What a list says of the plan of some entries."""
    plan = entries[0].plan
    reorganizations = {entry.reorganization.key: entry.reorganization for entry in entries}
    trusts = dict.fromkeys(each.trust.label for one in reorganizations.values() for each in one.portfolios)
    answers = {found.in_brief: found for found in map(answer, reorganizations.values())}
    return Brief(plan, tuple(trusts), tuple(answers.values()))


def order(answered: Answered) -> tuple[bool, str]:
    """The order of answers, turned around, on a page that does not know today: what is open, the latest day first."""
    return answered.answer.is_open, answered.answer.day


def in_order_of_vocabulary(kinds: Iterable[Kind]) -> list[Kind]:
    """Kinds, each once, in the vocabulary's order."""
    used = {kind.name for kind in kinds}
    return [kind for kind in KINDS if kind.name in used]


def sources_of(milestone: Milestone) -> list[Source]:
    """The sources that made a milestone what it is, each once."""
    cancellation = milestone.cancelled.source if milestone.cancelled else None
    all_of_them = (milestone.source, cancellation, milestone.approved, milestone.completed)
    return list(dict.fromkeys(source for source in all_of_them if source))


def _table(key: str, row: Row) -> Table:
    sources = list(dict.fromkeys(source for each in row.milestones for source in sources_of(each)))
    lines = []
    for milestone in row.milestones:
        marks = [sources.index(source) + 1 for source in sources_of(milestone)] if len(sources) > 1 else []
        lines.append(Line(milestone, tuple(marks)))
    return Table(key, row.reorganizations, tuple(lines), tuple(sources))
