"""The DESCRIPTION of an event: its own facts in plain text, the most particular first."""

from collections.abc import Iterator
from datetime import date
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
_WHOSE = {Whose.BOARD: "Whose board", Whose.SHAREHOLDERS: "Whose vote", None: "Whose"}
# Each look at a member of an enumeration takes 0.15 µs: for the row "all feeds".
_EXACT, _TARGET, _ACQUIRING, _BOARD = Precision.EXACT, Of.TARGET, Of.ACQUIRING, Whose.BOARD


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
    facts = []
    if milestone.cancelled:
        facts.append(f"Cancelled: {milestone.cancelled.reason}" if milestone.cancelled.reason else "Cancelled")
    facts.append(f"When: {milestone.when.words}")
    facts += _how_firm(milestone, shown)
    for condition in milestone.conditions:
        facts.append(f"Subject to: {condition}")
    if whose := _whose(reorganization, milestone):
        facts.append(whose)
    facts.append(funds)
    if milestone.previously:
        facts.append(f"Earlier, latest first: {'; '.join(milestone.previously_in_words)}")
    if milestone.note:
        facts.append(f"Note: {milestone.note}")
    facts.append(f"Meaning: {milestone.kind.definition}")
    facts.append(_as_of(milestone.revised, milestone.revised_in_a_month))
    facts += _sources(milestone)
    if page:
        facts.append(f"Page: {page}")
    return "\n".join(facts)


def _how_firm(milestone: Milestone, shown: Dated) -> Iterator[str]:
    """Yield how firm the date is and why; and why the event is on its day, if the words do not say so."""
    if naming.is_deferred(milestone):
        yield "There is no new date. The event stays on the last known day."
        return
    if not milestone.cancelled:
        yield f"How firm: {_firmness(milestone, milestone.when)}"
    if shown.derived:
        yield from _counted(shown.derived)
    if shown.clock:
        if is_last_moment(shown, milestone.kind):
            yield "The hour before that time is shown."
        else:
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
    words = _HOW_FIRM[when.precision]
    if when.derived:
        words = "derived" if when.precision is _EXACT else f"derived; {words}"
    return f"{words}; the source says that it may change" if milestone.may_change else words


def _whose(reorganization: Reorganization, milestone: Milestone) -> str:
    """Return whose board, vote or change it is, if readers of the other fund's feed could think that it is theirs."""
    whose, of = milestone.kind.whose, milestone.of
    if whose is None and of is _TARGET and not milestone.kind.needs_of:
        return ""
    target, acquiring = reorganization.target, reorganization.acquiring
    label = _WHOSE[whose]
    if of is _TARGET or acquiring is None:
        return f"{label}: the target's{_trust_in_brackets(target, whose)}"
    of_acquirer = f"the acquirer's{_trust_in_brackets(acquiring, whose)}"
    if of is _ACQUIRING:
        return f"{label}: {of_acquirer}"
    return f"{label}: the target's{_trust_in_brackets(target, whose)} and {of_acquirer}"


def _trust_in_brackets(fund: Portfolio | OutsideFund, whose: Whose | None) -> str:
    """The trust whose board it is."""
    if whose is not _BOARD or isinstance(fund, OutsideFund) or fund.stands_alone:
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


@lru_cache(maxsize=10_000)  # many events are revised on one day: for the row "all feeds"
def _as_of(revised: date, in_a_month: bool) -> str:
    """Return of which day, or only month, the information is."""
    words = month_in_words(revised) if in_a_month else in_words(revised)
    return f"Information as of {words}; the filing governs."


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
