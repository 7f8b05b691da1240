"""The events of a reorganization: what each dated milestone becomes in a calendar."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from struct import Struct
from typing import NamedTuple

from calfeed.feeds.descriptions import description, funds_in_full
from calfeed.feeds.spans import Span, span_of
from calfeed.feeds.status import STATUSES, Status
from calfeed.model import naming
from calfeed.model.kinds import Kind
from calfeed.model.plans import Milestone, Plan, Reorganization
from calfeed.model.when import Dated

_MOST_HOURS = 23
_SECONDS_OF_AN_HOUR = 3_600
_ARROW = "→".encode()
_NOTHING_HASHED = blake2b(digest_size=8)
_NUMBER = Struct(">Q")
_UNDATED = "undated"
"""What sorts behind every date."""


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

        Its day is that of the latest revision, and `clock` its time of day.
        """
        day = self.revised
        hour, minute, second = self.clock(in_one_line(self.summary), in_one_line(self.description))
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)

    def clock(self, summary: bytes, description: bytes) -> tuple[int, int, int]:
        """Hour, minute and second of the stamp, in UTC. `summary` and `description` are its own, in one line.

        The hour is the number of revisions: of two on one day, the later has the later stamp. Minutes and seconds are a
        digest of all that the event says: if that changes, so does the stamp. The digest is that of a tuple's `repr`,
        as it has always been: stamps that are out must not change.
        """
        uid, summary_text, description_text, status, kind, url, start, end, sequence, _ = self
        mark, summary = _quoted(summary_text, summary)
        mark_of_description, description = _quoted(description_text, description)
        said = (
            b"('",
            uid.encode(),  # made of ids, which need no escape
            b"', ",
            mark,
            summary,
            mark,
            b", ",
            mark_of_description,
            description,
            mark_of_description,
            _standing_quoted(status, kind.label),
            _url_quoted(url),
            _span_quoted(start, end),
        )
        hashed = _NOTHING_HASHED.copy()  # in nine tenths of the time of a new one: for the row "all feeds"
        hashed.update(b"".join(said))
        (digest,) = _NUMBER.unpack(hashed.digest())
        minute, second = divmod(digest % _SECONDS_OF_AN_HOUR, 60)
        return sequence if sequence < _MOST_HOURS else _MOST_HOURS, minute, second


def in_one_line(text: str) -> bytes:
    """Return a text, encoded, with backslashes and line breaks escaped as RFC 5545 and Python both do it."""
    return text.encode().replace(b"\\", b"\\\\").replace(b"\n", b"\\n")


def _quoted(text: str, line: bytes) -> tuple[bytes, bytes]:
    """Return the quotation mark and the rest of the `repr` of a text, encoded; `line` is the text in one line.

    Most texts are ASCII, but for the arrow between two funds, and need no other escape, since the reader refuses other
    control characters. `repr` itself takes several times as long: for the row "all feeds".
    """
    if text.isascii() or line.replace(_ARROW, b"").isascii():
        if "'" not in text:
            return b"'", line
        if '"' not in text:
            return b'"', line
    quoted = repr(text).encode()
    return quoted[:1], quoted[1:-1]


@lru_cache(maxsize=1_000)  # there are few: for the row "all feeds"
def _standing_quoted(status: Status, category: str) -> bytes:
    return f", {status.value!r}, {category!r}, ".encode()


@lru_cache(maxsize=1_000)  # the events of a plan have few: for the row "all feeds"
def _url_quoted(url: str) -> bytes:
    return repr(url).encode()


@lru_cache(maxsize=10_000)  # many events are on one day: for the row "all feeds"
def _span_quoted(start: date, end: date) -> bytes:
    return f", '{start}', '{end}')".encode()


_as_text = lru_cache(maxsize=10_000)(str)
"""Return a start as text. There are many events on one day: for the row "all feeds"."""


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


@dataclass(slots=True)
class Entry:
    """A milestone with its plan and reorganization. It is undated as long as the milestone has never had a date.

    `order` is what entries are sorted by, and no two have the same: the start of the event as text and its UID, the
    dated ones first. As text a day sorts before every instant of it: 2011-02-28 before 2011-02-28 18:00:00+00:00.
    `shown` is the date on which the event stands, and `span` its start and its end; both are None for an undated one.
    """

    order: str  # one text, since Python compares named tuples five times as slowly: for the row "all feeds"
    shared: Shared
    milestone: Milestone
    shown: Dated | None
    span: Span | None
    vevent: bytes = field(default=b"", compare=False)
    """Its event as the bytes of a calendar, once they have been made: for the feeds that hold it too."""

    @property
    def start(self) -> str:
        """The start of its event as text, empty for an undated one."""
        return self.order.partition("\n")[0] if self.span else ""

    @property
    def uid(self) -> str:
        """The UID of its event."""
        return self.order.rpartition("\n")[2]

    @property
    def undated(self) -> bool:
        """Whether it has no event."""
        return self.span is None

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
    def event(self) -> Event | None:
        """Its event, None for an undated one. It is made anew each time, since it takes more memory than all else."""
        milestone, shown, span = self.milestone, self.shown, self.span
        if shown is None or span is None:
            return None
        _, reorganization, who, funds, page = self.shared
        prefix = naming.prefix(milestone)
        fields = (
            self.uid,
            f"{prefix}{naming.statement(who, milestone)}",
            description(reorganization, funds, page, milestone, shown),
            STATUSES[prefix],
            milestone.kind,
            milestone.source.url or page,
            *span,
            milestone.sequence,
            milestone.revised,
        )
        return tuple.__new__(Event, fields)  # in half the time that `Event` takes: for the row "all feeds"


in_order = attrgetter("order")
"""Return the `order` of an entry."""


def entries_of(plan: Plan, reorganization: Reorganization, domain: str, page: str) -> tuple[Entry, ...]:
    """The entries of a reorganization, in order; `page` is the address of the plan's page, or empty."""
    shared = Shared(plan, reorganization, naming.parties(reorganization), funds_in_full(reorganization), page)
    key = reorganization.key
    entries = []
    for milestone in reorganization.milestones:
        shown = milestone.shown
        span = span_of(shown, milestone.kind) if shown else None
        start = _as_text(span[0]) if span else _UNDATED
        order = f"{start}\n{naming.uid(key, milestone.slug, domain)}"
        entries.append(Entry(order, shared, milestone, shown, span))
    entries.sort(key=in_order)
    return tuple(entries)
