"""Feeds as JSON, CSV and Atom: the same entries as the calendar has, and those without a date."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from calfeed.dates import When
from calfeed.feeds import Entry, Feed, state_of
from calfeed.model import Cancellation, Milestone, OutsideFund, Portfolio, Reorganization, Source
from calfeed.naming import parties

JSON_TYPE = "application/json; charset=utf-8"
CSV_TYPE = "text/csv; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"

JSON_VERSION = 1
"""Raised when a member changes its meaning or goes; new members do not raise it."""


# --- JSON ------------------------------------------------------------------------------------------------------------


def to_json(feed: Feed) -> bytes:
    """Everything that is known of a feed's milestones, as /static/openapi.json describes it."""
    frame = _json(
        {
            "version": JSON_VERSION,
            "address": f"/{feed.address}",
            "name": feed.name,
            "description": feed.description,
            "url": feed.url or None,
            "milestones": [],
        }
    )
    # One by one, since a document of all of them would take many times the room of its text.
    milestones = b",\n  ".join(_json(_milestone(entry)).replace(b"\n", b"\n  ") for entry in feed.entries)
    if milestones:
        frame = b"%b\n  %b\n ]\n}" % (frame.removesuffix(b"]\n}"), milestones)
    return frame + b"\n"


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _milestone(entry: Entry) -> dict[str, Any]:
    milestone, reorganization = entry.milestone, entry.reorganization
    return {
        "uid": entry.uid,
        "kind": milestone.kind.slug,
        "title": milestone.title,
        "definition": milestone.kind.definition,
        "code": milestone.kind.code or None,
        "rule": milestone.kind.rule or None,
        "whose": milestone.kind.whose,
        "summary": entry.summary,
        "status": state_of(milestone),
        "date": _when(milestone.when),
        "stated": _when(milestone.stated),
        "event": _span(entry),
        "conditions": milestone.conditions,
        "note": milestone.note or None,
        "previously": [_when(state) if state else None for state in milestone.previously],
        "corrected": [day.isoformat() for day in milestone.corrected],
        **_states(milestone),
        "sequence": milestone.sequence,
        "revised": milestone.revised.isoformat(),
        "source": _source(milestone.source),
        "plan": {
            "id": entry.plan.id,
            "title": entry.plan.title,
            "sources": [_source(source) for source in entry.plan.sources],
        },
        "reorganization": _states(reorganization),
        "target": _portfolio(reorganization.target),
        "acquiring": _portfolio(reorganization.acquiring) if reorganization.acquiring else None,
    }


def _states(what: Milestone | Reorganization) -> dict[str, Any]:
    """What happened to a milestone, or to a reorganization as a whole."""
    cancelled = what.cancelled
    return {
        "cancelled": {"reason": cancelled.reason or None, "source": _source(cancelled.source)} if cancelled else None,
        "approved": _source(what.approved) if what.approved else None,
        "completed": _source(what.completed) if what.completed else None,
    }


def _when(when: When) -> dict[str, Any]:
    return {
        "words": when.words,
        "first": when.first.isoformat() if when.first else None,
        "last": when.last.isoformat() if when.last else None,
        "precision": when.precision,
        "qualifier": when.qualifier or None,
        "anchor": when.anchor,
        "instant": _instant(when.clock) if when.clock else None,
        "zone": when.zone or None,
    }


def _span(entry: Entry) -> dict[str, str] | None:
    """Where a calendar shows the event: days or instants, the end exclusive."""
    if entry.event is None:
        return None
    return {
        "start": _day_or_instant(entry.event.start),
        "end": _day_or_instant(entry.event.end),
    }


def _day_or_instant(point: date) -> str:
    return _instant(point) if isinstance(point, datetime) else point.isoformat()


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _source(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "title": source.title,
        "dated": source.dated.isoformat(),
        "url": source.url or None,
        "form": source.form or None,
        "accession": source.accession or None,
    }


def _portfolio(portfolio: Portfolio | OutsideFund) -> dict[str, Any]:
    if isinstance(portfolio, OutsideFund):
        return {"id": None, "name": portfolio.name, "other_names": [], "trust": None}
    trust = portfolio.trust
    return {
        "id": portfolio.id,
        "name": portfolio.name,
        "other_names": portfolio.other_names,
        "trust": {
            "id": trust.id,
            "name": trust.name,
            "short_name": trust.short_name or None,
            "other_names": trust.other_names,
            "cik": trust.cik or None,
        },
    }


# --- CSV -------------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "first day",
    "last day",
    "time in UTC",
    "date in words",
    "precision",
    "status",
    "milestone",
    "kind",
    "target",
    "target's other names",
    "target trust",
    "acquiring",
    "acquiring's other names",
    "acquiring trust",
    "subject to",
    "earlier dates",
    "note",
    "cancelled because",
    "cancelled by",
    "approved by",
    "completed by",
    "information as of",
    "source",
    "source dated",
    "source address",
    "plan",
    "uid",
)

# A cell that begins with one of these may be taken for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(feed: Feed) -> bytes:
    """A row for each milestone of each reorganization (RFC 4180), with the BOM by which Excel knows UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for entry in feed.entries:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in _row(entry)])
    return text.getvalue().encode("utf-8-sig")


def _row(entry: Entry) -> Iterator[str]:
    milestone, when = entry.milestone, entry.milestone.when
    yield when.first.isoformat() if when.first else ""
    yield when.last.isoformat() if when.last else ""
    yield _instant(when.clock) if when.clock else ""
    yield when.words
    yield when.precision
    yield state_of(milestone)
    yield milestone.title
    yield milestone.kind.name
    for portfolio in (entry.reorganization.target, entry.reorganization.acquiring):
        yield portfolio.name if portfolio else ""
        yield "; ".join(portfolio.other_names) if isinstance(portfolio, Portfolio) else ""
        yield portfolio.trust.name if isinstance(portfolio, Portfolio) else ""
    yield "; ".join(milestone.conditions)
    yield "; ".join(milestone.previously_in_words)
    yield milestone.note
    yield milestone.cancelled.reason if milestone.cancelled else ""
    for source in (milestone.cancelled and milestone.cancelled.source, milestone.approved, milestone.completed):
        yield source.title if source else ""
    yield milestone.revised.isoformat()
    yield milestone.source.title
    yield milestone.source.dated.isoformat()
    yield milestone.source.url
    yield entry.plan.title
    yield entry.uid


# --- Atom ------------------------------------------------------------------------------------------------------------

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one source changed in one plan: `key` tells it from the plan's other changes, forever."""

    key: str
    plan_id: str
    title: str
    source: Source
    lines: tuple[str, ...]


def changes_of(feed: Feed) -> list[Change]:
    """What the sources of a feed's entries changed, latest first.

    A new plan, and each milestone that was moved, cancelled, approved or completed. Reorganizations for which a source
    says the same are one change. A slip of the author's that was corrected is none.
    """
    found: dict[tuple[str, str], list[tuple[Entry, str, Source, str]]] = {}
    for entry in feed.entries:
        for key, what, source, line in _changes(entry):
            found.setdefault((entry.plan.id, key), []).append((entry, what, source, line))
    changes = []
    for (plan_id, key), group in found.items():
        entry, what, source, _ = group[0]
        whose = entry.plan.title if key == "new" else _whose([each for each, *_ in group])
        lines = tuple(dict.fromkeys(line for *_, line in group))
        changes.append(Change(key=key, plan_id=plan_id, title=f"{what}: {whose}", source=source, lines=lines))
    return sorted(changes, key=lambda change: (-change.source.dated.toordinal(), change.plan_id, change.key))


def _changes(entry: Entry) -> Iterator[tuple[str, str, Source, str]]:
    """Key, what happened, source and line of each change that an entry tells of."""
    reorganization, milestone = entry.reorganization, entry.milestone
    who = parties(reorganization.target, reorganization.acquiring)
    yield "new", "New", entry.plan.sources[0], who
    if before := _before(milestone):
        verb = "deferred" if milestone.stated.first is None else "moved"
        line = f"{who}: {milestone.stated.words}, was {before}"
        yield f"{verb}/{milestone.slug}/{milestone.source.key}", f"{milestone.title} {verb}", milestone.source, line
    whole, own = reorganization.cancelled, milestone.cancelled
    if whole:
        yield f"cancelled/{whole.source.key}", "Cancelled", whole.source, f"{who}{_because(whole)}"
    if own and (whole is None or own.source != whole.source):
        key = f"cancelled/{milestone.slug}/{own.source.key}"
        yield key, f"{milestone.title} cancelled", own.source, f"{who}{_because(own)}"
    if approved := reorganization.approved:
        yield f"approved/{approved.key}", "Approved", approved, who
    if completed := milestone.completed:
        yield f"completed/{completed.key}", "Completed", completed, f"{who}: {milestone.when.words}"


def _because(cancelled: Cancellation) -> str:
    return f" ({cancelled.reason})" if cancelled.reason else ""


def _before(milestone: Milestone) -> str:
    """What held before what a milestone states, or nothing where it never said anything else."""
    earlier = milestone.previously_in_words
    if milestone.completed and earlier and milestone.previously[0] == milestone.stated:
        earlier = earlier[1:]  # the completion's own day came after what is stated
    return next(iter(earlier), "")


def _whose(entries: list[Entry]) -> str:
    """The plan's title where something is true of all its reorganizations, otherwise the first here and how many."""
    plan = entries[0].plan
    here = list({id(entry.reorganization): entry.reorganization for entry in entries}.values())
    if len(here) == len(plan.reorganizations):
        return plan.title
    more = f" and {len(here) - 1} more" if len(here) > 1 else ""
    return f"{parties(here[0].target, here[0].acquiring)}{more}"


def to_atom(feed: Feed, domain: str) -> bytes:
    """A feed's changes (RFC 4287), latest first: ids never change, and every date is a source's."""
    changes = changes_of(feed)
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "title", f"{feed.name}: changes")
    _add(root, "subtitle", feed.description)
    _add(root, "id", _id(domain, feed.address))
    _add(root, "updated", _midnight(changes[0].source.dated if changes else date(1970, 1, 1)))
    _add(root, "generator", "calfeed")
    author = ElementTree.SubElement(root, "author")
    _add(author, "name", domain)
    if feed.url:
        ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
        if "?" not in feed.address:
            ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{feed.url.rstrip('/')}.atom"})
    for change in changes:
        item = ElementTree.SubElement(root, "entry")
        _add(item, "title", change.title)
        _add(item, "id", _id(domain, f"{feed.address}#{change.plan_id}/{change.key}"))
        _add(item, "updated", _midnight(change.source.dated))
        _add(item, "published", _midnight(change.source.dated))
        if change.source.url:
            ElementTree.SubElement(item, "link", {"rel": "alternate", "href": change.source.url})
        text = "\n".join([*change.lines, f"Source: {change.source.title}; the filing governs."])
        _add(item, "content", text, {"type": "text"})
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ElementTree.SubElement(parent, name, attributes or {}).text = text


def _id(domain: str, what: str) -> str:
    """A permanent id (RFC 4287 section 4.2.6), made of ids: in each feed its own, for its share of a change."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{domain}/{what}')}"


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
