"""The DESCRIPTION of an event: its own facts in plain text."""

from collections.abc import Iterator

from calfeed.feeds.spans import is_last_moment, is_long_window
from calfeed.model import naming
from calfeed.model.kinds import Whose
from calfeed.model.plans import Milestone, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, Derivation, Unit, in_words


def description(reorganization: Reorganization, milestone: Milestone, shown: Dated, page: str) -> str:
    """A DESCRIPTION: this event's own facts, since another milestone's date would go stale in it."""
    return "\n".join(_facts(reorganization, milestone, shown, page))


def _facts(reorganization: Reorganization, milestone: Milestone, shown: Dated, page: str) -> Iterator[str]:
    if milestone.cancelled:
        yield f"Cancelled: {milestone.cancelled.reason}" if milestone.cancelled.reason else "Cancelled"
        yield from _source("Cancellation stated in", milestone.cancelled.source)
    yield milestone.kind.definition
    yield f"When: {milestone.when.words}"
    yield from _about_the_day(milestone, shown)
    for condition in milestone.conditions:
        yield f"Subject to: {condition}"
    yield from _parties(reorganization, milestone.kind.whose)
    yield from _history(milestone)
    yield f"Information as of {in_words(milestone.revised)}; the filing governs."
    yield from _source("Source", milestone.source)
    if page:
        yield f"Page: {page}"


def _about_the_day(milestone: Milestone, shown: Dated) -> Iterator[str]:
    """Why the event stands where it does, if the words do not say so."""
    if naming.is_deferred(milestone):
        yield "There is no new date. The event stays on the last known day."
    elif is_last_moment(shown, milestone.kind):
        yield "The hour before that time is shown."
    elif shown.clock:
        yield "How long it lasts is not stated; one hour is shown."
    elif is_long_window(shown):
        yield "The source names no day; the event stands on the first day of the time that it names."
    if shown.derived:
        yield from _counted(shown.derived)


def _counted(derived: Derivation) -> Iterator[str]:
    """That the day is calfeed's own work, and from what."""
    base = f"the {derived.base.name}" if derived.base else "the day of the source"
    yield f"calfeed counted this day from {base} by these words; the source does not print it."
    if derived.unit is Unit.BUSINESS_DAYS:
        yield "Business days are those of the New York Stock Exchange."


def _parties(reorganization: Reorganization, whose: Whose | None) -> Iterator[str]:
    target, acquiring = reorganization.target, reorganization.acquiring
    if whose is Whose.BOARD:
        yield f"Whose board: that of {target.trust.name}, the target's trust"
    elif whose is Whose.SHAREHOLDERS:
        yield f"Whose vote: that of the shareholders of {_in_full(target)}, the target"
    yield f"Target: {_in_full(target)}"
    if acquiring is not None:
        yield f"Acquiring: {_in_full(acquiring)}"


def _history(milestone: Milestone) -> Iterator[str]:
    if milestone.previously:
        yield f"Earlier, latest first: {'; '.join(milestone.previously_in_words)}"
    if milestone.note:
        yield f"Note: {milestone.note}"
    if milestone.approved:
        yield from _source("Approval stated in", milestone.approved)
    if milestone.completed:
        yield from _source("Completion stated in", milestone.completed)


def _in_full(portfolio: Portfolio | OutsideFund) -> str:
    if isinstance(portfolio, OutsideFund):
        return portfolio.name
    also = f" (other names: {'; '.join(portfolio.other_names)})" if portfolio.other_names else ""
    return f"{portfolio.name}{also}, a series of {portfolio.trust.name}"


def _source(label: str, source: Source) -> Iterator[str]:
    form = f", Form {source.form}" if source.form else ""
    accession = f", accession number {source.accession}" if source.accession else ""
    yield f"{label}: {source.title}{form}{accession} ({in_words(source.dated)})"
    if source.url:
        yield source.url
