"""The events of a reorganization: what each dated milestone becomes in a calendar."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from hashlib import blake2b

from calfeed.feeds.descriptions import description
from calfeed.feeds.spans import span_of
from calfeed.feeds.status import Status, status_of
from calfeed.model import naming
from calfeed.model.kinds import Kind
from calfeed.model.plans import Milestone, Plan, Reorganization

_MOST_HOURS = 23
_SECONDS_OF_AN_HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
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
        said = (self.uid, self.summary, description, self.status, self.kind.label, self.url, self.start, self.end)
        digest = int.from_bytes(blake2b(repr(tuple(map(str, said))).encode(), digest_size=8).digest())
        midnight = datetime.combine(self.revised, time(), tzinfo=UTC)
        return midnight + timedelta(hours=min(self.sequence, _MOST_HOURS), seconds=digest % _SECONDS_OF_AN_HOUR)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A milestone with its plan and reorganization. `event` is None as long as the milestone has never had a date."""

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
    for milestone in reorganization.milestones:
        uid = naming.uid(reorganization.key, milestone.slug, domain)
        event = _event(uid, who, reorganization, milestone, page)
        yield Entry(uid=uid, plan=plan, reorganization=reorganization, milestone=milestone, event=event)


def _event(uid: str, who: str, reorganization: Reorganization, milestone: Milestone, page: str) -> Event | None:
    """The event of a milestone that has, or last had, a date."""
    if not milestone.dates:
        return None
    when = milestone.dates[0]
    start, end = span_of(when, milestone.kind)
    return Event(
        uid=uid,
        summary=naming.summary(who, milestone),
        describe=partial(description, reorganization, milestone, when, page),
        status=status_of(milestone),
        kind=milestone.kind,
        url=milestone.source.url or page,
        start=start,
        end=end,
        sequence=milestone.sequence,
        revised=milestone.revised,
    )
