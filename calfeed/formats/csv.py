"""A feed as CSV: a row for each milestone of each reorganization."""

import csv
from collections.abc import Iterator
from io import StringIO

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import standing_of
from calfeed.formats.format import Format
from calfeed.formats.json import instant
from calfeed.model.trusts import Portfolio
from calfeed.model.when import Dated

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
    yield when.first.isoformat() if isinstance(when, Dated) else ""
    yield when.last.isoformat() if isinstance(when, Dated) else ""
    yield instant(when.clock) if isinstance(when, Dated) and when.clock else ""
    yield when.words
    yield when.precision
    yield standing_of(milestone)
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


FORMAT = Format(
    extension="csv",
    media_type="text/csv; charset=utf-8",
    label="CSV for Excel",
    render=lambda feed, _: to_csv(feed),
)
