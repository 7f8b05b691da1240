"""The events of a reorganization: what each dated milestone becomes in a calendar."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

from calfeed.feeds.descriptions import description, funds_in_full
from calfeed.feeds.spans import span_of
from calfeed.feeds.status import Status, status_of
from calfeed.model import naming
from calfeed.model.kinds import Kind
from calfeed.model.plans import Milestone, Plan, Reorganization
from calfeed.model.when import Dated

_Describe: TypeAlias = Callable[[Milestone, Dated], str]
_MOST_HOURS = 23
_SECONDS_OF_AN_HOUR = 3_600


class Event(NamedTuple):
    """One dated milestone of one reorganization, as a calendar shows it.

    `start` and `end` are both days (the end exclusive, RFC 5545 section 3.6.1) or both instants in UTC. `revised` is
    the day of the latest revision, `sequence` how many there were. `url` may be empty. `describe` makes `description`.
    """

    uid: str
    summary: str
    describe: Callable[[], str]
    status: Status
    kind: Kind
    url: str
    start: date
    end: date
    sequence: int
    revised: date

    @property
    def description(self) -> str:
        """The DESCRIPTION. It is made anew each time, since it would take more memory than all else."""
        return self.describe()

    def stamp(self, description: str) -> datetime:
        """Return DTSTAMP and LAST-MODIFIED (RFC 5545 sections 3.8.7.2 and 3.8.7.3) of the event with a description.

        Its day is that of the latest revision, and its hour is the number of revisions: of two on one day, the later
        has the later stamp. Its minutes and seconds are a digest of all that the event says: if that changes, so does
        the stamp.
        """
        span = as_text(self.start), as_text(self.end)
        said = (self.uid, self.summary, description, self.status.value, self.kind.label, self.url, *span)
        digest = int.from_bytes(blake2b(repr(said).encode(), digest_size=8).digest())
        minute, second = divmod(digest % _SECONDS_OF_AN_HOUR, 60)
        day, hour = self.revised, min(self.sequence, _MOST_HOURS)
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)


as_text = lru_cache(maxsize=10_000)(str)
"""Return a start or an end as text. Events on one day share the text."""


class Entry(NamedTuple):
    """A milestone with its plan and reorganization. `event` is None as long as the milestone has never had a date.

    Entries sort by their first fields, the dated ones first. The last of these is the UID, which no other has. As text
    a day sorts before every instant of it: 2011-02-28 before 2011-02-28 18:00:00+00:00.
    """

    undated: bool
    start: str
    uid: str
    plan: Plan
    reorganization: Reorganization
    milestone: Milestone
    event: Event | None

    @property
    def summary(self) -> str:
        """The SUMMARY, which an undated milestone has too."""
        who = naming.parties(self.reorganization)
        return naming.summary(who, self.milestone)


def entries_of(plan: Plan, reorganization: Reorganization, domain: str, page: str) -> Iterator[Entry]:
    """The entries of a reorganization; `page` is the address of the plan's page, or empty."""
    who = naming.parties(reorganization)
    describe = partial(description, reorganization, funds_in_full(reorganization), page)
    for milestone in reorganization.milestones:
        uid = naming.uid(reorganization.key, milestone.slug, domain)
        event = _event(uid, who, milestone, page, describe)
        start = as_text(event.start) if event else ""
        yield Entry(event is None, start, uid, plan, reorganization, milestone, event)


def _event(uid: str, who: str, milestone: Milestone, page: str, describe: _Describe) -> Event | None:
    """The event of a milestone that has, or last had, a date."""
    dates = milestone.dates
    if not dates:
        return None
    when = dates[0]
    start, end = span_of(when, milestone.kind)
    return Event(
        uid=uid,
        summary=naming.summary(who, milestone),
        describe=partial(describe, milestone, when),
        status=status_of(milestone),
        kind=milestone.kind,
        url=milestone.source.url or page,
        start=start,
        end=end,
        sequence=milestone.sequence,
        revised=milestone.revised,
    )
