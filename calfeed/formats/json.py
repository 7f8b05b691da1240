"""A feed as JSON. It tells all that is known of the milestones, also of those without a date."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated, NamedTuple, TypeAlias, TypedDict

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import STANDINGS, standing_of
from calfeed.formats.format import Format, Octets, Options
from calfeed.formats.keeping import kept_or_made
from calfeed.model.kinds import KINDS, Whose
from calfeed.model.plans import Cancellation, Of, Plan, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Anchor, Dated, Derivation, Direction, Precision, Undated, Unit, When

JSON_VERSION = 1
"""It goes up when a member changes its meaning or is removed, and stays when one is added."""
_MOST_KEPT = 2_000
"""How many milestones are kept as JSON; each takes some 4 kB."""


_UID_BEFORE = b'{"uid": "'
"""What stands before the UID in a milestone's line."""
_COMMA = ord(",")


class Keyword(NamedTuple):
    """A keyword of JSON Schema that a type's own schema does not have."""

    name: str
    value: str | int | tuple[str, ...]


Day: TypeAlias = Annotated[str, Keyword("format", "date")]
Instant: TypeAlias = Annotated[str, Keyword("format", "date-time")]
Number: TypeAlias = Annotated[int, Keyword("minimum", 0)]


class TrustDocument(TypedDict):
    """A trust."""

    id: Annotated[str, "Permanent."]
    name: Annotated[str, "Its name as printed."]
    short_name: Annotated[str | None, "What stands in brackets."]
    other_names: Annotated[Sequence[str], "Earlier or later names."]
    cik: Annotated[str | None, "Its Central Index Key at the SEC."]


class PortfolioDocument(TypedDict):
    """A portfolio."""

    id: Annotated[str | None, "Permanent within the trust; null for a fund of no trust here."]
    name: Annotated[str, "Its name as printed."]
    short_name: Annotated[str | None, "What the author calls it in events."]
    other_names: Annotated[Sequence[str], "Names that mean it as well."]
    earlier_names: Annotated[Sequence[str], "Names that it bore before another portfolio of its trust did."]
    classes: Annotated[Sequence[str], "The share classes that are concerned; none where the whole portfolio is."]
    trust: Annotated[TrustDocument | None, "Null for a fund of no trust here."]


class LeftOutDocument(TypedDict):
    """Words of a document that are no milestone."""

    words: Annotated[str, "The words."]
    reason: Annotated[str, "Why they are none."]


class SourceDocument(TypedDict):
    """A document that dates were taken from."""

    key: Annotated[str, "What the plan calls it by."]
    title: Annotated[str, "What it is called."]
    dated: Annotated[Day, "Its date; the first of the month, where it gives no day."]
    dated_in_words: Annotated[str, "Its date as printed: a day, or a month."]
    entered: Annotated[Day | None, "The day on which it was put into the data, where that is later."]
    url: Annotated[str | None, "Where it can be read."]
    form: Annotated[str | None, "The form it was filed under."]
    accession: Annotated[str | None, "Its EDGAR accession number."]
    left_out: Annotated[Sequence[LeftOutDocument], "Words of it that are no milestone of the plan."]


class CancellationDocument(TypedDict):
    """That something will not happen."""

    reason: Annotated[str | None, "Why."]
    source: Annotated[SourceDocument, "What says so."]


class DerivationDocument(TypedDict):
    """How a day is counted from another milestone of the reorganization."""

    base: Annotated[str, "The kind of that milestone, or source for the day of the source itself."]
    amount: Annotated[Number, "How many units before or after it; 0 is its own day."]
    unit: Annotated[Unit, "Business days are those of the New York Stock Exchange."]
    direction: Annotated[Direction, "On which side of it."]
    base_is: Annotated[Sequence[str], "How far from firm that milestone is; nothing where it is firm."]


class DateDocument(TypedDict):
    """What a date phrase states."""

    words: Annotated[str, "The source's own words."]
    first: Annotated[Day | None, "The first day it may mean."]
    last: Annotated[Day | None, "The last day it may mean."]
    precision: Annotated[Precision, "How firm the words are."]
    qualifier: Annotated[str | None, "What must be said beside the day."]
    anchor: Annotated[Anchor | None, "The part of the business day."]
    instant: Annotated[Instant | None, "The clock time in UTC."]
    zone: Annotated[str | None, "The zone of the clock time, an IANA name."]
    derived: Annotated[DerivationDocument | None, "How calfeed counted the day, where the words do not print it."]
    reason: Annotated[str | None, "Why a day that would be counted from another has no day."]


class SpanDocument(TypedDict):
    """Where calendars show the event."""

    start: Annotated[str, "A day, or an instant in UTC."]
    end: Annotated[str, "The same, exclusive."]


class PlanDocument(TypedDict):
    """The plan of reorganization."""

    id: Annotated[str, "Permanent."]
    title: Annotated[str, "What it is called."]
    sources: Annotated[Sequence[SourceDocument], "The documents its dates were taken from, oldest first."]


class ReorganizationDocument(TypedDict):
    """The reorganization, and what happened to it as a whole."""

    id: Annotated[str | None, "What tells it from others of the same target in the plan; permanent."]
    cancelled: Annotated[CancellationDocument | None, "That it will not happen."]
    approved: Annotated[SourceDocument | None, "What says that shareholders have approved."]
    completed: Annotated[SourceDocument | None, "What says that it has happened."]


class _OwnDocument(TypedDict):
    """What is of one milestone alone."""

    uid: Annotated[str, "The UID of its event: permanent."]
    kind: Annotated[str, "The kind, as in addresses.", Keyword("enum", tuple(kind.slug for kind in KINDS))]
    title: Annotated[str, "The author's title, or the kind's."]
    definition: Annotated[str, "What the kind means."]
    code: Annotated[str | None, "The nearest ISO 15022 or ISO 20022 code."]
    rule: Annotated[str | None, "The form or rule of the SEC."]
    whose: Annotated[Whose | None, "Whose act it is."]
    of: Annotated[Of, "Whose board, holders or name it is."]
    summary: Annotated[str, "What, how firmly and who, in one line."]
    status: Annotated[str, "How firm it is.", Keyword("enum", STANDINGS)]
    date: Annotated[DateDocument, "What holds now."]
    stated: Annotated[
        DateDocument, "What the milestone itself says, where a completion has since made another day of it."
    ]
    event: Annotated[SpanDocument | None, "Where calendars show it; null as long as it has never had a date."]
    conditions: Annotated[Sequence[str], "What it is subject to."]
    may_change: Annotated[bool, "Whether the source says that the date may still change."]
    note: Annotated[str | None, "Anything else that readers must know."]
    quote: Annotated[str | None, "The sentence or clause of the source that states it."]
    as_printed: Annotated[bool, "Whether the author says that the source really prints this day."]
    previously: Annotated[
        Sequence[DateDocument | None], "Its earlier states, newest first; null where it had been cancelled."
    ]
    corrected: Annotated[Sequence[Day], "Days on which a slip was mended, the author's or the source's own."]
    cancelled: Annotated[CancellationDocument | None, "That it will not happen."]
    approved: Annotated[SourceDocument | None, "What says that shareholders have approved."]
    completed: Annotated[SourceDocument | None, "What says that it has happened."]
    sequence: Annotated[Number, "How many times it was revised."]
    revised: Annotated[Day, "The day of the latest revision."]
    source: Annotated[SourceDocument, "Where it was stated."]


class _SharedDocument(TypedDict):
    """What all milestones of a reorganization share."""

    plan: Annotated[PlanDocument, "The plan that it belongs to."]
    reorganization: Annotated[ReorganizationDocument, "The reorganization that it belongs to."]
    target: Annotated[PortfolioDocument, "The portfolio that goes."]
    acquiring: Annotated[PortfolioDocument | None, "Null where there is none, as in a liquidation."]


class MilestoneDocument(_OwnDocument, _SharedDocument):
    """One milestone of one reorganization."""


class FeedDocument(TypedDict):
    """What one address serves."""

    version: Annotated[int, "The version of this format.", Keyword("const", JSON_VERSION)]
    address: Annotated[str, "The feed's path without a format."]
    name: Annotated[str, "The calendar's name."]
    description: Annotated[str, "What the calendar holds."]
    url: Annotated[str | None, "The feed's page."]
    milestones: Annotated[Sequence[MilestoneDocument], "Sorted by start and UID; those without a date last."]


def to_json(feed: Feed, options: Options) -> bytes:
    """Everything that is known of a feed's milestones, as /static/openapi.json describes it; a line for each of them.

    The options keep what was written last for other lines: the lines by `Entry.order`, and by the reorganization's key
    what its lines share. There is no indentation: only without it is Python's encoder the one in C. Both are for the
    row "a full build" of `python -m tests.benchmarks`.
    """
    documents, earlier = options.documents, options.earlier.get("json", {})
    document: FeedDocument = {
        "version": JSON_VERSION,
        "address": f"/{feed.address}",
        "name": feed.name,
        "description": feed.description,
        "url": feed.url or None,
        "milestones": [],
    }
    frame = _json(document)
    # One by one, since a document of all of them would take many times the room of its text.
    lines: list[Octets] = [
        earlier.get(entry.uid) or kept_or_made(documents, entry.order, _MOST_KEPT, partial(_document, entry, documents))
        for entry in feed.entries
    ]
    if not lines:
        return frame + b"\n"
    # Into the first and the last line, since to copy all of them once more would take longer than to find them.
    lines[0] = b"\n".join((frame.removesuffix(b"]}"), lines[0]))
    lines[-1] = b"".join((lines[-1], b"\n]}\n"))
    return b",\n".join(lines)


def _lines(document: bytes) -> dict[str, Octets]:
    """The lines of milestones by UID, but for the last. No text in JSON has a line break."""
    found: dict[str, Octets] = {}
    view, start = memoryview(document), document.find(b"\n") + 1
    while (end := document.find(b"\n", start)) > 0:  # one character, which is found in a tenth of the time of two
        if document[end - 1] == _COMMA:
            uid = start + len(_UID_BEFORE)
            found[document[uid : document.index(b'"', uid)].decode()] = view[start : end - 1]
        start = end + 1
    return found


def _document(entry: Entry, documents: dict[str, bytes]) -> bytes:
    """A milestone's line."""
    key = entry.reorganization.key
    shared = kept_or_made(documents, key, _MOST_KEPT, lambda: _json(_shared(entry.plan, entry.reorganization)))
    return b"%b, %b" % (_json(_own(entry)).removesuffix(b"}"), shared.removeprefix(b"{"))


def _json(document: FeedDocument | _OwnDocument | _SharedDocument) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def document_of(entry: Entry) -> MilestoneDocument:
    """What is known of a milestone."""
    return {**_own(entry), **_shared(entry.plan, entry.reorganization)}


def _own(entry: Entry) -> _OwnDocument:
    milestone = entry.milestone
    return {
        "uid": entry.uid,
        "kind": milestone.kind.slug,
        "title": milestone.title,
        "definition": milestone.kind.definition,
        "code": milestone.kind.code or None,
        "rule": milestone.kind.rule or None,
        "whose": milestone.kind.whose,
        "of": milestone.of,
        "summary": entry.summary,
        "status": standing_of(milestone),
        "date": _when(milestone.when),
        "stated": _when(milestone.stated),
        "event": _span(entry),
        "conditions": milestone.conditions,
        "may_change": milestone.may_change,
        "note": milestone.note or None,
        "quote": milestone.quote or None,
        "as_printed": milestone.as_printed,
        "previously": [_when(state) if state else None for state in milestone.previously],
        "corrected": [day.isoformat() for day in milestone.corrected],
        "cancelled": _cancellation(milestone.cancelled),
        "approved": _optional(milestone.approved),
        "completed": _optional(milestone.completed),
        "sequence": milestone.sequence,
        "revised": milestone.revised.isoformat(),
        "source": _source(milestone.source),
    }


def _shared(plan: Plan, reorganization: Reorganization) -> _SharedDocument:
    return {
        "plan": {"id": plan.id, "title": plan.title, "sources": [_source(source) for source in plan.sources]},
        "reorganization": _reorganization(reorganization),
        "target": _portfolio(reorganization.target, reorganization.target_classes),
        "acquiring": _acquiring(reorganization),
    }


def _reorganization(reorganization: Reorganization) -> ReorganizationDocument:
    return {
        "id": reorganization.id or None,
        "cancelled": _cancellation(reorganization.cancelled),
        "approved": _optional(reorganization.approved),
        "completed": _optional(reorganization.completed),
    }


def _cancellation(cancelled: Cancellation | None) -> CancellationDocument | None:
    if cancelled is None:
        return None
    return {"reason": cancelled.reason or None, "source": _source(cancelled.source)}


def _optional(source: Source | None) -> SourceDocument | None:
    return _source(source) if source else None


def _when(when: When) -> DateDocument:
    dated = when if isinstance(when, Dated) else None
    return {
        "words": when.words,
        "first": dated.first.isoformat() if dated else None,
        "last": dated.last.isoformat() if dated else None,
        "precision": when.precision,
        "qualifier": when.qualifier or None,
        "anchor": dated.anchor if dated else None,
        "instant": instant(dated.clock) if dated and dated.clock else None,
        "zone": (dated.zone if dated else "") or None,
        "derived": _derivation(when.derived) if when.derived else None,
        "reason": when.reason or None if isinstance(when, Undated) else None,
    }


def _derivation(derived: Derivation) -> DerivationDocument:
    """How calfeed counted a day that the words do not print."""
    return {
        "base": derived.base.slug if derived.base else "source",
        "amount": derived.amount,
        "unit": derived.unit,
        "direction": derived.direction,
        "base_is": derived.base_is,
    }


def _span(entry: Entry) -> SpanDocument | None:
    """Where a calendar shows the event: days or instants, the end exclusive."""
    if entry.span is None:
        return None
    start, end = entry.span
    return {"start": _day_or_instant(start), "end": _day_or_instant(end)}


def _day_or_instant(point: date) -> str:
    return instant(point) if isinstance(point, datetime) else point.isoformat()


def instant(moment: datetime) -> str:
    """An instant in UTC, as RFC 3339 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _source(source: Source) -> SourceDocument:
    return {
        "key": source.key,
        "title": source.title,
        "dated": source.dated.isoformat(),
        "dated_in_words": source.dated_in_words,
        "entered": source.entered.isoformat() if source.entered else None,
        "url": source.url or None,
        "form": source.form or None,
        "accession": source.accession or None,
        "left_out": [{"words": left_out.words, "reason": left_out.reason} for left_out in source.left_out],
    }


def _acquiring(reorganization: Reorganization) -> PortfolioDocument | None:
    acquiring, classes = reorganization.acquiring, reorganization.acquiring_classes
    if not isinstance(acquiring, OutsideFund):
        return _portfolio(acquiring, classes) if acquiring else None
    return {
        "id": None,
        "name": acquiring.name,
        "short_name": None,
        "other_names": [],
        "earlier_names": [],
        "classes": classes,
        "trust": None,
    }


def _portfolio(portfolio: Portfolio, classes: Sequence[str]) -> PortfolioDocument:
    trust = portfolio.trust
    return {
        "id": portfolio.id,
        "name": portfolio.name,
        "short_name": portfolio.short_name or None,
        "other_names": portfolio.other_names,
        "earlier_names": portfolio.earlier_names,
        "classes": classes,
        "trust": {
            "id": trust.id,
            "name": trust.name,
            "short_name": trust.short_name or None,
            "other_names": trust.other_names,
            "cik": trust.cik or None,
        },
    }


FORMAT = Format(
    extension="json",
    media_type="application/json; charset=utf-8",
    label="JSON",
    render=to_json,
    parts=_lines,
)
