"""The events of a reorganization: what each dated milestone becomes in a calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from calfeed.feeds.descriptions import description, funds_in_full
from calfeed.feeds.spans import span_of, start_of
from calfeed.feeds.status import STATUSES, Status
from calfeed.model import naming
from calfeed.model.kinds import Kind
from calfeed.model.plans import Milestone, Plan, Reorganization

_MOST_HOURS = 23
_SECONDS_OF_AN_HOUR = 3_600


class Event(NamedTuple):
    """One dated milestone of one reorganization, as a calendar shows it.

    `start` and `end` are both days (the end exclusive, RFC 5545 section 3.6.1) or both instants in UTC. `revised` is
    the day of the latest revision, `sequence` how many there were. `url` may be empty.
    """

    uid: str
    summary: str
    description: str
    status: Status
    kind: Kind
    url: str
    start: date
    end: date
    sequence: int
    revised: date

    @property
    def stamp(self) -> datetime:
        """DTSTAMP and LAST-MODIFIED (RFC 5545 sections 3.8.7.2 and 3.8.7.3).

        Its day is that of the latest revision, and its hour is the number of revisions: of two on one day, the later
        has the later stamp. Its minutes and seconds are a digest of all that the event says: if that changes, so does
        the stamp. The digest is that of a tuple's `repr`, as it has always been: stamps that are out must not change.
        """
        uid, summary, description, status, kind, url, start, end, sequence, day = self
        # What is made of ids, or is one of a few words, needs no escape.
        others = f", '{status!s}', '{kind.label}', {url!r}, '{as_text(start)}', '{as_text(end)}')"
        said = b"".join((b"('", uid.encode(), b"', ", _quoted(summary), b", ", _quoted(description), others.encode()))
        digest = int.from_bytes(blake2b(said, digest_size=8).digest())
        minute, second = divmod(digest % _SECONDS_OF_AN_HOUR, 60)
        return datetime(day.year, day.month, day.day, min(sequence, _MOST_HOURS), minute, second, tzinfo=UTC)


def _quoted(text: str) -> bytes:
    """Return the `repr` of a text, encoded.

    Most texts are ASCII, in which nothing needs an escape but line breaks, since the reader refuses other control
    characters: `repr` itself takes four times as long, for the row "all feeds".
    """
    quote = '"' if "'" in text else "'"
    if quote in text or "\\" in text or not text.isascii():
        return repr(text).encode()
    return f"{quote}{text}{quote}".encode().replace(b"\n", b"\\n")


as_text = lru_cache(maxsize=10_000)(str)
"""Return a start or an end as text. Events on one day share the text."""


class Shared(NamedTuple):
    """What the entries of one reorganization share.

    `who` is what `naming.parties` says, `funds` what `funds_in_full` does, and `page` the address of the plan's page,
    or empty.
    """

    plan: Plan
    reorganization: Reorganization
    who: str
    funds: str
    page: str


class Entry(NamedTuple):
    """A milestone with its plan and reorganization. It is undated as long as the milestone has never had a date.

    Entries sort by their first fields, the dated ones first. The last of these is the UID, which no other has. As text
    a day sorts before every instant of it: 2011-02-28 before 2011-02-28 18:00:00+00:00.
    """

    undated: bool
    start: str
    uid: str
    shared: Shared
    milestone: Milestone

    @property
    def plan(self) -> Plan:
        """The plan of which it is a milestone."""
        return self.shared.plan

    @property
    def reorganization(self) -> Reorganization:
        """The reorganization of which it is a milestone."""
        return self.shared.reorganization

    @property
    def summary(self) -> str:
        """The SUMMARY, which an undated milestone has too."""
        return naming.summary(self.shared.who, self.milestone)

    @property
    def span(self) -> tuple[date, date] | None:
        """Its event's start and end; None for an undated one."""
        shown = self.milestone.shown
        return span_of(shown, self.milestone.kind) if shown else None

    @property
    def event(self) -> Event | None:
        """Its event, None for an undated one. It is made anew each time, since it takes more memory than all else."""
        _, _, uid, (_, reorganization, who, funds, page), milestone = self
        shown = milestone.shown
        if shown is None:
            return None
        prefix, kind = naming.prefix(milestone), milestone.kind
        summary = f"{prefix}{naming.statement(who, milestone)}"
        said = description(reorganization, funds, page, milestone, shown)
        url = milestone.source.url or page
        # Without the names of its fields: for the row "all feeds".
        return Event(
            uid,
            summary,
            said,
            STATUSES[prefix],
            kind,
            url,
            *span_of(shown, kind),
            milestone.sequence,
            milestone.revised,
        )


def entries_of(plan: Plan, reorganization: Reorganization, domain: str, page: str) -> Iterator[Entry]:
    """The entries of a reorganization; `page` is the address of the plan's page, or empty."""
    shared = Shared(plan, reorganization, naming.parties(reorganization), funds_in_full(reorganization), page)
    for milestone in reorganization.milestones:
        uid = naming.uid(reorganization.key, milestone.slug, domain)
        shown = milestone.shown
        start = as_text(start_of(shown, milestone.kind)) if shown else ""
        yield Entry(shown is None, start, uid, shared, milestone)
