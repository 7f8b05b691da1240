"""The DESCRIPTION of an event: its own facts in plain text, the most particular first."""

from collections.abc import Iterator
from functools import lru_cache

from calfeed.feeds.spans import is_last_moment, is_long_window
from calfeed.model import naming
from calfeed.model.kinds import Whose
from calfeed.model.plans import Milestone, Of, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, Derivation, Precision, Unit, When, in_words, month_in_words

_HOW_FIRM = {
    Precision.EXACT: "stated",
    Precision.APPROXIMATE: "approximate",
    Precision.EXPECTED: "expected",
    Precision.WINDOW: "a window, within which the source names no day",
    Precision.NO_LATER_THAN: "a limit: not later, perhaps earlier",
    Precision.NO_EARLIER_THAN: "a limit: not earlier, perhaps later",
    Precision.UNKNOWN: "no date",
}


def funds_in_full(reorganization: Reorganization) -> str:
    """Return the lines of a DESCRIPTION that name the target and the acquirer, which all events of one have."""
    target = f"Target: {_in_full(reorganization.target, reorganization.target_classes)}"
    if reorganization.acquiring is None:
        return target
    return f"{target}\nAcquiring: {_in_full(reorganization.acquiring, reorganization.acquiring_classes)}"


def description(reorganization: Reorganization, funds: str, page: str, milestone: Milestone, shown: Dated) -> str:
    """Return a DESCRIPTION. It has facts of this event only: another milestone's date would become stale in it.

    `funds` is what `funds_in_full` says, `shown` the date on which the event stands. `page` may be empty.
    """
    return "\n".join(_facts(reorganization, funds, page, milestone, shown))


def _facts(reorganization: Reorganization, funds: str, page: str, milestone: Milestone, shown: Dated) -> Iterator[str]:
    if milestone.cancelled:
        yield f"Cancelled: {milestone.cancelled.reason}" if milestone.cancelled.reason else "Cancelled"
    yield f"When: {milestone.when.words}"
    yield from _how_firm(milestone, shown)
    for condition in milestone.conditions:
        yield f"Subject to: {condition}"
    yield from _whose(reorganization, milestone)
    yield funds
    if milestone.previously:
        yield f"Earlier, latest first: {'; '.join(milestone.previously_in_words)}"
    if milestone.note:
        yield f"Note: {milestone.note}"
    yield f"Meaning: {milestone.kind.definition}"
    revised = month_in_words(milestone.revised) if milestone.revised_in_a_month else in_words(milestone.revised)
    yield f"Information as of {revised}; the filing governs."
    yield from _sources(milestone)
    if page:
        yield f"Page: {page}"


def _how_firm(milestone: Milestone, shown: Dated) -> Iterator[str]:
    """Yield how firm the date is and why; and why the event is on its day, if the words do not say so."""
    if naming.is_deferred(milestone):
        yield "There is no new date. The event stays on the last known day."
        return
    if not milestone.cancelled:
        yield f"How firm: {_firmness(milestone, milestone.when)}"
    if shown.derived:
        yield from _counted(shown.derived)
    if is_last_moment(shown, milestone.kind):
        yield "The hour before that time is shown."
    elif shown.clock:
        yield "How long it lasts is not stated; one hour is shown."
    elif is_long_window(shown):
        yield "The event stands on the first day of the window."


def _counted(derived: Derivation) -> Iterator[str]:
    """Yield that calfeed counted the day, and from what."""
    base = f"the {derived.base.name}" if derived.base else "the day of the source"
    yield f"calfeed counted this day from {base} by these words."
    if derived.unit is Unit.BUSINESS_DAYS:
        yield "Business days are those of the New York Stock Exchange."


def _firmness(milestone: Milestone, when: When) -> str:
    if milestone.completed:
        return "completed"
    words = [_HOW_FIRM[when.precision]]
    if when.derived:
        words = ["derived"] if when.precision is Precision.EXACT else ["derived", *words]
    if milestone.may_change:
        words.append("the source says that it may change")
    return "; ".join(words)


def _whose(reorganization: Reorganization, milestone: Milestone) -> Iterator[str]:
    """Yield whose board, vote or change it is, if readers of the other fund's feed could think that it is theirs."""
    whose = milestone.kind.whose
    if whose is None and milestone.of is Of.TARGET and not milestone.kind.needs_of:
        return
    target, acquiring = reorganization.target, reorganization.acquiring
    label = {Whose.BOARD: "Whose board", Whose.SHAREHOLDERS: "Whose vote", None: "Whose"}[whose]
    if milestone.of is Of.TARGET or acquiring is None:
        yield f"{label}: the target's{_trust_in_brackets(target, whose)}"
    elif milestone.of is Of.ACQUIRING:
        yield f"{label}: the acquirer's{_trust_in_brackets(acquiring, whose)}"
    else:
        of_acquirer = f"the acquirer's{_trust_in_brackets(acquiring, whose)}"
        yield f"{label}: the target's{_trust_in_brackets(target, whose)} and {of_acquirer}"


def _trust_in_brackets(fund: Portfolio | OutsideFund, whose: Whose | None) -> str:
    """The trust whose board it is."""
    if whose is not Whose.BOARD or isinstance(fund, OutsideFund) or fund.stands_alone:
        return ""
    return f" ({fund.trust.name})"


def _in_full(fund: Portfolio | OutsideFund, classes: tuple[str, ...]) -> str:
    """Return a fund with its other names and its trust. Classes stand before the fund: the fund is the series."""
    name = f"{naming.listed(classes)} of {fund.name}" if classes else fund.name
    if isinstance(fund, OutsideFund):
        return name
    also = [f"other names: {'; '.join(fund.other_names)}"] if fund.other_names else []
    also += [f"earlier: {'; '.join(fund.earlier_names)}"] if fund.earlier_names else []
    brackets = f" ({'; '.join(also)})" if also else ""
    return f"{name}{brackets}" if fund.stands_alone else f"{name}{brackets}, a series of {fund.trust.name}"


def _sources(milestone: Milestone) -> Iterator[str]:
    """Yield the sources of the milestone's states, then its own."""
    if milestone.cancelled:
        yield _source("Cancellation stated in", milestone.cancelled.source)
    if milestone.completed:
        yield _source("Completion stated in", milestone.completed)
    if milestone.approved:
        yield _source("Approval stated in", milestone.approved)
    yield _source("Source", milestone.source)


@lru_cache(maxsize=1_000)  # the milestones of a plan have few: for the row "all feeds"
def _source(label: str, source: Source) -> str:
    """Return a source, and on a line of its own its web address if it has one."""
    form = f", Form {source.form}" if source.form else ""
    accession = f", accession number {source.accession}" if source.accession else ""
    address = f"\n{source.url}" if source.url else ""
    return f"{label}: {source.title}{form}{accession} ({source.dated_in_words}){address}"
