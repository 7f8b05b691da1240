"""The changes that the sources of a feed state."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed
from calfeed.model.naming import parties
from calfeed.model.plans import Cancellation, Milestone, Plan, Reorganization, Source
from calfeed.model.when import Undated, When

_WHOLE = ("Cancelled", "Approved", "Completed")
"""What happens to a reorganization as a whole."""


class Change(NamedTuple):
    """One change of a plan by one source. `key` is permanent and unique in the plan."""

    key: str
    plan: Plan
    title: str
    source: Source
    lines: tuple[str, ...]


def changes_of(feed: Feed) -> list[Change]:
    """Return the changes in a feed, latest first.

    A new plan, and each milestone that was moved, cancelled, approved or completed. Reorganizations for which a source
    says the same are one change. A slip of the author's that was corrected is none.
    """
    found: dict[tuple[str, str], list[tuple[Entry, str, Source, str]]] = {}
    told: set[str] = set()
    for entry in feed.entries:
        milestone, reorganization = entry.milestone, entry.reorganization.key
        has_changed = milestone.previously or milestone.cancelled or milestone.completed
        if reorganization in told and not has_changed:
            continue
        happened = list(_of_milestone(entry)) if has_changed else []
        if reorganization not in told:
            told.add(reorganization)
            happened += _of_reorganization(entry)
        for key, what, source, line in happened:
            found.setdefault((entry.plan.id, key), []).append((entry, what, source, line))
    changes = []
    for (_, key), group in found.items():
        entry, what, source, _ = group[0]
        entries, _, _, lines = zip(*group, strict=True)
        title = f"{what}: {entry.plan.title}" if key == "new" else _title(what, entries)
        changes.append(Change(key, entry.plan, title, source, tuple(dict.fromkeys(lines))))
    return sorted(changes, key=lambda change: (-change.source.news_on.toordinal(), change.plan.id, change.key))


def _of_reorganization(entry: Entry) -> Iterator[tuple[str, str, Source, str]]:
    """Key, what happened, source and line of each change of the reorganization as a whole."""
    reorganization, who = entry.reorganization, entry.shared.who
    yield "new", "New", entry.plan.sources[0], who
    if cancelled := reorganization.cancelled:
        yield f"cancelled/{cancelled.source.key}", "Cancelled", cancelled.source, f"{who}{_because(cancelled)}"
    if approved := reorganization.approved:
        yield f"approved/{approved.key}", "Approved", approved, who


def _of_milestone(entry: Entry) -> Iterator[tuple[str, str, Source, str]]:
    """Key, what happened, source and line of each change of the milestone alone."""
    milestone, who = entry.milestone, entry.shared.who
    now, earlier = _last_stated(milestone)
    if earlier and not (earlier[0] is None and _is_still_cancelled(entry)):
        line = f"{who}: {now.words}, was {earlier[0].words if earlier[0] else 'cancelled'}"
        sort = "deferred" if isinstance(now, Undated) else "moved"
        what = f"{milestone.title} {_verb(now, earlier[0])}"
        yield f"{sort}/{milestone.slug}/{milestone.source.key}", what, milestone.source, line
    whole, own = entry.reorganization.cancelled, milestone.cancelled
    if own and (whole is None or own.source != whole.source):
        key = f"cancelled/{milestone.slug}/{own.source.key}"
        yield key, f"{milestone.title} cancelled", own.source, f"{who}{_because(own)}"
    if completed := milestone.completed:
        yield f"completed/{completed.key}", "Completed", completed, f"{who}: {milestone.when.words}"


def _is_still_cancelled(entry: Entry) -> bool:
    """Whether a milestone is cancelled by a source that is no later than the one that gives its date."""
    milestone, sources = entry.milestone, entry.plan.sources
    cancelled = milestone.cancelled
    return cancelled is not None and sources.index(cancelled.source) <= sources.index(milestone.source)


def _because(cancelled: Cancellation) -> str:
    return f" ({cancelled.reason})" if cancelled.reason else ""


def _last_stated(milestone: Milestone) -> tuple[When, tuple[When | None, ...]]:
    """Return the date that a milestone states itself, and those before it, newest first; None stands for cancelled."""
    stated, earlier = milestone.stated, milestone.previously
    if milestone.completed and earlier and earlier[0] == stated:
        return stated, earlier[1:]  # the completion's own day came after what is stated
    if earlier and earlier[0] and isinstance(stated, Undated) and stated.derived and earlier[0].words == stated.words:
        return earlier[0], earlier[1:]  # deferred with what it counts from, whose own change says so
    return stated, earlier


def _verb(now: When, before: When | None) -> str:
    """Return what a change of dates has done to a milestone. One that narrows, or is worded anew, has not moved."""
    if isinstance(now, Undated):
        return "deferred"
    if before is None:
        return "no longer cancelled"
    if isinstance(before, Undated):
        return "given a date"
    return "restated" if now.is_within(before) else "moved"


def _title(what: str, entries: Sequence[Entry]) -> str:
    """Return what happened, and to whom: to a whole plan, or to the first of its reorganizations and how many more."""
    plan = entries[0].plan
    if len(plan.reorganizations) == 1:
        return f"{what}: {plan.title}"
    here = list({entry.reorganization.key: entry.reorganization for entry in entries}.values())
    if len(here) == len(plan.reorganizations):
        return f"{what}: {plan.title}"
    more = f" and {len(here) - 1} more" if len(here) > 1 else ""
    return f"{_of_reorganizations(what, here)}: {parties(here[0])}{more}"


def _of_reorganizations(what: str, those: list[Reorganization]) -> str:
    """Return what happened to reorganizations. Where one has no acquirer, a name alone would be taken for the fund."""
    without_acquirer = sum(each.acquiring is None for each in those)
    if what not in _WHOLE or not without_acquirer:
        return what
    noun = "Liquidation" if without_acquirer == len(those) else "Reorganization"
    return f"{noun} {what.lower()}"
