"""What a feed's JSON says, read back."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from calfeed.feeds.differences import Called, Days, Fund, History, PublishedEvent
from calfeed.feeds.feeds import Feed
from calfeed.formats.json import document_of
from calfeed.model.when import Precision, limit_of


def from_json(document: bytes) -> list[PublishedEvent]:
    """What a feed's JSON says of each of its milestones. Raises ValueError if it is not a feed in JSON."""
    try:
        return [_published(each) for each in json.loads(document)["milestones"]]
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"this is not a feed in JSON: {type(error).__name__}") from None


def published_in(feed: Feed) -> Iterator[PublishedEvent]:
    """What the JSON of a feed would say of each of its milestones."""
    return (_published(document_of(entry)) for entry in feed.entries)


def _published(milestone: Mapping[str, Any]) -> PublishedEvent:
    date_now, span = milestone["date"], milestone["event"]
    return PublishedEvent(
        uid=milestone["uid"],
        summary=milestone["summary"],
        words=date_now["words"],
        days=_days(date_now, milestone["kind"]),
        start=_point(span["start"]) if span else None,
        end=_point(span["end"]) if span else None,
        standing=milestone["status"],
        sequence=milestone["sequence"],
        stamp=_point(milestone["revised"]),
        plan_title=milestone["plan"]["title"],
        acquirer=_address(milestone.get("acquiring")),
        funds=dict(_funds(milestone)),
        history=_history(milestone),
        facts={
            "conditions": " and ".join(milestone["conditions"]),
            **{name: json.dumps(milestone.get(key)) for name, key in _FACTS.items()},
            **{name: _without_ids(milestone.get(key)) for name, key in _PARTIES.items()},
        },
    )


def _address(acquiring: Mapping[str, Any] | None) -> str:
    """The address of an acquirer that has feeds; empty if there is none."""
    trust = acquiring["trust"] if acquiring else None
    return f"{trust['id']}/{acquiring['id']}" if acquiring and trust else ""


def _funds(milestone: Mapping[str, Any]) -> Iterator[tuple[str, Fund]]:
    for key in _PARTIES.values():
        party = milestone.get(key)
        if party and (address := _address(party)):
            yield address, Fund(_called(party), _called(party["trust"]))


def _called(named: Mapping[str, Any]) -> Called:
    return Called(named["name"], tuple(named["other_names"]))


def _without_ids(party: Mapping[str, Any] | None) -> str:
    """What is published of a target or an acquirer but for its ids, which no event says."""
    if party is None:
        return json.dumps(None)
    trust = party["trust"] and {**party["trust"], "id": None}
    return json.dumps({**party, "id": None, "trust": trust})


def _history(milestone: Mapping[str, Any]) -> History:
    derived, reorganization = milestone["date"].get("derived"), milestone["reorganization"]
    return History(
        previously=tuple(_days(each, milestone["kind"]) for each in milestone["previously"]),
        corrected=len(milestone["corrected"]),
        cancelled=milestone["previously"].count(None),
        completed=milestone["completed"] is not None,
        counted_from=derived["base"].replace("-", " ") if derived else "",
        states=json.dumps([reorganization["approved"], reorganization["completed"]]),
        cancelled_still=_is_cancelled_still(milestone),
    )


def _is_cancelled_still(milestone: Mapping[str, Any]) -> bool:
    """Whether it is on again by a source, and cancelled by one that is no later."""
    cancelled, previously = milestone["cancelled"], milestone["previously"]
    if not cancelled or not previously or previously[0] is not None:
        return False
    keys = [source["key"] for source in milestone["plan"]["sources"]]
    return keys.index(cancelled["source"]["key"]) <= keys.index(milestone["source"]["key"])


_FACTS = {
    "definition": "definition",
    "title": "title",
    "note": "note",
    "quote": "quote",
    "earlier dates": "previously",
    "days of correction": "corrected",
    "cancellation": "cancelled",
    "approval": "approved",
    "completion": "completed",
    "source": "source",
}
"""What else is published of a milestone: its usual name, and its member of the JSON."""
_PARTIES = {"target": "target", "acquirer": "acquiring"}
"""As above, of its parties."""


def _days(when: dict[str, Any] | None, kind: str) -> Days | None:
    """What a date of a milestone of some kind states."""
    if when is None or when["first"] is None:
        return None
    limit = limit_of(when["precision"], kind.replace("-", " "))
    is_exact = when["precision"] == Precision.EXACT and not when.get("derived")
    first, last = (date.fromisoformat(when[end]) for end in ("first", "last"))
    return Days(first, last, limit, when["anchor"] or "", is_exact)


def _point(text: str) -> date:
    """A day, or an instant."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
