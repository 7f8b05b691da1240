"""The DESCRIPTION of an event: its own facts in plain text, the most particular first."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from calfeed.feeds.spans import is_last_moment, is_long_window
from calfeed.model import naming
from calfeed.model.kinds import KINDS, Kind, Whose
from calfeed.model.plans import Milestone, Of, Reorganization, Source
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, Derivation, Precision, Unit, When, in_words, limit_of, month_in_words

_LIMITS = {
    Precision.NO_LATER_THAN: "not later, perhaps earlier",
    Precision.NO_EARLIER_THAN: "not earlier, perhaps later",
}
_HOW_FIRM = {
    Precision.EXACT: "stated",
    Precision.APPROXIMATE: "approximate",
    Precision.EXPECTED: "expected",
    Precision.WINDOW: "a window: the source does not say which day of it",
    Precision.UNKNOWN: "no date",
    **{limit: f"a limit: {words}" for limit, words in _LIMITS.items()},
}
_EXPECTED_LIMITS = {limit: f"expected {words}" for limit, words in _LIMITS.items()}
_FIRMNESS = "How firm: "
_MEANING = "Meaning: "
_KINDS_BY_MEANING = {f"{_MEANING}{kind.definition}": kind.name for kind in KINDS}
COMPLETED = f"{_FIRMNESS}completed"
"""The line of what has been completed."""
_HOUR_BEFORE = "The hour before that time is shown."
_ONE_HOUR = "How long it lasts is not stated; one hour is shown."
# Each look at a member of an enumeration takes 0.15 µs: for the row "all feeds".
_DIGITS = frozenset("0123456789")
_EXACT, _WINDOW = Precision.EXACT, Precision.WINDOW
_TARGET, _ACQUIRING = Of.TARGET, Of.ACQUIRING
_BOARD, _SHAREHOLDERS = Whose.BOARD, Whose.SHAREHOLDERS


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
    # At once, since it takes a third of the time of looking each up by its name: for the row "all feeds".
    (_, kind, _, of, when, _, source, revised, sequence, conditions, may_change, note, _, _, previously, _, cancelled,
     _, completed, _) = milestone  # fmt: skip
    facts = [f"When: {when.words if when.words[-1] in _DIGITS else _with_day(when)}"]
    if cancelled:
        facts.insert(0, f"Cancelled: {cancelled.reason}" if cancelled.reason else "Cancelled")
    if shown is when:
        precision, derived = shown.precision, shown.derived
        if not cancelled:
            facts.append(COMPLETED if completed else f"{_FIRMNESS}{_firmness(shown, may_change)}")
        if derived or shown.clock or precision is _WINDOW:  # which few are: for the row "all feeds"
            facts += _how_placed(shown, kind)
    else:
        facts.append("There is no new date. The event stays on the last known day.")
    for condition in conditions:
        facts.append(f"Subject to: {condition}")
    if kind.whose or kind.needs_of or of is not _TARGET:
        facts.append(_whose(reorganization, kind.whose, of))
    facts.append(funds)
    if previously:
        facts.append(f"Earlier, latest first: {'; '.join(milestone.previously_in_words)}")
    if note:
        facts.append(f"Note: {note}")
    facts.append(f"{_MEANING}{kind.definition}")
    facts.append(_as_revised(milestone) if sequence or revised != source.dated else _as_first_stated(source))
    if page:
        facts.append(f"Page: {page}")
    return "\n".join(facts)


def limit_in(text: str) -> str | None:
    """Return the precision that a DESCRIPTION tells of if it is a limit, "" if not; None if it tells of none."""
    lines = text.split("\n")
    told = next((line for line in lines if line.startswith(_FIRMNESS)), None)
    if told is None:
        return None
    precision = next((limit for limit, words in _LIMITS.items() if words in told), "")
    kind = next((_KINDS_BY_MEANING[line] for line in lines if line in _KINDS_BY_MEANING), "")
    return limit_of(precision, kind)


def _with_day(when: When) -> str:
    """The words of a date and, where they only speak of the day of their document, as "today" does, that day."""
    if isinstance(when, Dated) and when.derived is None and not any(map(_DIGITS.__contains__, when.words)):
        return f"{when.words} ({in_words(when.first)})"
    return when.words


def _firmness(shown: Dated, may_change: bool) -> str:
    precision = shown.precision
    words = "stated" if precision is _EXACT else _HOW_FIRM[precision]
    if shown.is_expected_limit:
        words = _EXPECTED_LIMITS[precision]
    if shown.derived:
        words = "derived" if precision is _EXACT else f"derived; {words}"
    return f"{words}; the source says that it may change" if may_change else words


def _how_placed(shown: Dated, kind: Kind) -> Iterator[str]:
    """Yield why the event is on its day and hour, if the words do not say so."""
    if shown.derived:
        yield from _counted(shown.derived)
    if shown.clock:
        yield _HOUR_BEFORE if is_last_moment(shown, kind) else _ONE_HOUR
    elif is_long_window(shown):
        yield "The event stands on the first day of the window."


def _counted(derived: Derivation) -> Iterator[str]:
    """Yield that calfeed counted the day, from what, and how far from firm that is."""
    base = derived.base.name if derived.base else "day of the source"
    yield f"calfeed counted this day from the {base} by these words."
    if derived.base_is:
        yield f"The {base} is {naming.listed(derived.base_is)}."
    if derived.unit is Unit.BUSINESS_DAYS:
        yield "Business days are those of the New York Stock Exchange."


def _whose(reorganization: Reorganization, whose: Whose | None, of: Of) -> str:
    """Return whose board, vote or change it is: readers of the other fund's feed could think that it is theirs."""
    label = "Whose vote" if whose is _SHAREHOLDERS else "Whose board" if whose else "Whose"
    target, acquiring = reorganization.target, reorganization.acquiring
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


@lru_cache(maxsize=1_000)  # the milestones of a plan have few: for the row "all feeds"
def _as_first_stated(source: Source) -> str:
    """Return of when the information is, and its source, for a milestone to which nothing has happened since."""
    return f"{_as_of(source.dated, source.gives_month)}\n{_source('Source', source)}"


def _as_revised(milestone: Milestone) -> str:
    """Return of when the information is, the sources of the milestone's states, and then its own."""
    day = milestone.as_of or milestone.revised
    facts = [_as_of(day, milestone.has_only_month(day))]
    if milestone.cancelled:
        facts.append(_source("Cancellation stated in", milestone.cancelled.source))
    if milestone.completed:
        facts.append(_source("Completion stated in", milestone.completed))
    if milestone.approved:
        facts.append(_source("Approval stated in", milestone.approved))
    return "\n".join([*facts, _source("Source", milestone.source)])


def _as_of(revised: date, in_a_month: bool) -> str:
    """Return of which day, or only month, the information is."""
    words = month_in_words(revised) if in_a_month else in_words(revised)
    return f"Information as of {words}; the filing governs."


@lru_cache(maxsize=1_000)  # as above
def _source(label: str, source: Source) -> str:
    """Return a source, and on a line of its own its web address if it has one."""
    form = f", Form {source.form}" if source.form else ""
    accession = f", accession number {source.accession}" if source.accession else ""
    address = f"\n{source.url}" if source.url else ""
    return f"{label}: {source.title}{form}{accession} ({source.dated_in_words}){address}"
