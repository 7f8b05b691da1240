"""A feed as CSV: a row for each milestone of each reorganization."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from io import StringIO

from calfeed.feeds.events import Entry
from calfeed.feeds.feeds import Feed
from calfeed.feeds.status import standing_of
from calfeed.formats.format import Format, Octets, Options
from calfeed.formats.json import instant
from calfeed.formats.keeping import kept_or_made
from calfeed.model.trusts import OutsideFund, Portfolio
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
    "of",
    "target",
    "target's classes",
    "target's other names",
    "target's earlier names",
    "target trust",
    "acquiring",
    "acquiring's classes",
    "acquiring's other names",
    "acquiring's earlier names",
    "acquiring trust",
    "subject to",
    "may change",
    "earlier dates",
    "note",
    "quote",
    "cancelled because",
    "cancelled by",
    "approved by",
    "completed by",
    "information as of",
    "source",
    "source dated",
    "source entered",
    "source address",
    "plan",
    "uid",
    "counted",
    "counted from what is",
)
# A cell that begins with one of these may be taken for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ROW_END = b"\r\n"
_MOST_KEPT = 2_000
"""How many rows are kept."""


def to_csv(feed: Feed, options: Options) -> bytes:
    """A row for each milestone of each reorganization (RFC 4180), with the BOM by which Excel knows UTF-8.

    The options keep the rows that were written last, by `Entry.order`, for other feeds: for the row "a full build" of
    `python -m tests.benchmarks`.
    """
    rows, earlier = options.rows, options.earlier.get("csv", {})
    kept = (
        earlier.get(entry.uid) or kept_or_made(rows, entry.order, _MOST_KEPT, partial(_row_of, entry))
        for entry in feed.entries
    )
    return b"".join([BOM_UTF8, _line(_COLUMNS), *kept])


def _rows(document: bytes) -> dict[str, Octets]:
    """The rows after the header, by UID, which stands before the last two cells. No comma is in these."""
    found: dict[str, Octets] = {}
    view, start = memoryview(document), document.find(_ROW_END) + len(_ROW_END)
    end = start
    while (last := document.find(b"\n", end)) > 0:  # one character, which is found in a third of the time of two
        end = last + 1
        if document.count(b'"', start, end) % 2:
            continue
        behind_uid = document.rindex(b",", start, document.rindex(b",", start, end))
        uid = document[document.rindex(b",", start, behind_uid) + 1 : behind_uid]
        found[uid.decode()] = view[start:end]
        start = end
    return found


def _row_of(entry: Entry) -> bytes:
    """A milestone's row."""
    return _line(f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in _row(entry))


def _line(cells: Iterable[str]) -> bytes:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


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
    yield milestone.of
    reorganization = entry.reorganization
    yield from _party(reorganization.target, reorganization.target_classes)
    yield from _party(reorganization.acquiring, reorganization.acquiring_classes)
    yield "; ".join(milestone.conditions)
    yield "yes" if milestone.may_change else ""
    yield "; ".join(milestone.previously_in_words)
    yield milestone.note
    yield milestone.quote
    yield milestone.cancelled.reason if milestone.cancelled else ""
    for source in (milestone.cancelled and milestone.cancelled.source, milestone.approved, milestone.completed):
        yield source.title if source else ""
    as_of = milestone.as_of or milestone.revised
    yield _iso(as_of, gives_month=milestone.has_only_month(as_of))
    yield milestone.source.title
    yield _iso(milestone.source.dated, gives_month=milestone.source.gives_month)
    yield milestone.source.entered.isoformat() if milestone.source.entered else ""
    yield milestone.source.url
    yield entry.plan.title
    yield entry.uid
    yield when.derived.words if when.derived else ""
    yield "; ".join(when.derived.base_is) if when.derived else ""


def _party(fund: Portfolio | OutsideFund | None, classes: tuple[str, ...]) -> Iterator[str]:
    """The cells of a target or an acquirer."""
    portfolio = fund if isinstance(fund, Portfolio) else None
    yield fund.name if fund else ""
    yield "; ".join(classes)
    yield "; ".join(portfolio.other_names) if portfolio else ""
    yield "; ".join(portfolio.earlier_names) if portfolio else ""
    yield portfolio.trust.name if portfolio else ""


def _iso(day: date, *, gives_month: bool) -> str:
    """A day or, where a document gives a month alone, that month (both as ISO 8601 writes them)."""
    return day.isoformat()[: len("2007-12")] if gives_month else day.isoformat()


FORMAT = Format(
    extension="csv",
    media_type="text/csv; charset=utf-8",
    label="CSV for Excel",
    render=to_csv,
    parts=_rows,
)
