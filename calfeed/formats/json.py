"""A feed as JSON: all that is known of its milestones, those without a date too."""

import json
from datetime import UTC, date, datetime
from typing import Any

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import standing_of
from calfeed.model.plans import Milestone, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, Derivation, Undated, When

JSON_TYPE = "application/json; charset=utf-8"
JSON_VERSION = 1
"""Raised when a member changes its meaning or goes; new members do not raise it."""


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
        "status": standing_of(milestone),
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


def _derivation(derived: Derivation) -> dict[str, Any]:
    """How calfeed counted a day that the words do not print."""
    return {
        "from": derived.base.slug,
        "amount": derived.amount,
        "unit": derived.unit,
        "direction": derived.direction,
    }


def _span(entry: Entry) -> dict[str, str] | None:
    """Where a calendar shows the event: days or instants, the end exclusive."""
    if entry.event is None:
        return None
    return {
        "start": _day_orinstant(entry.event.start),
        "end": _day_orinstant(entry.event.end),
    }


def _day_orinstant(point: date) -> str:
    return instant(point) if isinstance(point, datetime) else point.isoformat()


def instant(moment: datetime) -> str:
    """An instant in UTC, as RFC 3339 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
