"""The line that says of one reorganization when it is done, whether that is certain, and whether it has happened."""

from typing import NamedTuple

from calfeed.formats.wording import DayWords, day_beside, day_words, depends_on, is_off, last_day, meant
from calfeed.model.naming import is_deferred
from calfeed.model.plans import Cancellation, Milestone, Of, Reorganization, Source
from calfeed.model.when import Dated, Precision, Undated

_WAS = {
    Precision.EXACT: "was planned for",
    Precision.APPROXIMATE: "was expected on or about",
    Precision.EXPECTED: "was expected for",
    Precision.WINDOW: "was expected for",
    Precision.NO_LATER_THAN: "was to be no later than",
    Precision.NO_EARLIER_THAN: "was to be no earlier than",
}
_WAS_EXPECTED = {
    Precision.NO_LATER_THAN: "was expected no later than",
    Precision.NO_EARLIER_THAN: "was expected no earlier than",
}


class Answer(NamedTuple):  # as with Milestone
    """What a page says of a reorganization before all else.

    `lead` says when and how firm, `depends` on what it depends, and `more` are sentences behind it. `day` is the
    last that is known of it (ISO 8601), where there is one. `first` and `last` are given where a day still decides:
    once it is past, `passed` is what to say in place of `lead`. It is past once `last` is over. `last` is empty where
    the words leave the end open; then it is past some time after `first` (static/days.js). `meant` is as in
    `wording.meant`. `milestone` is what completes it, where that still decides or is completed.
    """

    lead: str
    depends: str = ""
    more: tuple[str, ...] = ()
    is_done: bool = False
    is_off: bool = False
    day: str = ""
    first: str = ""
    last: str = ""
    meant: str = ""
    passed: str = ""
    milestone: Milestone | None = None

    @property
    def in_brief(self) -> str:
        """When, how firm, and on what it depends, in one line."""
        return f"{self.lead}; {self.depends}" if self.depends else self.lead

    @property
    def sentences(self) -> tuple[str, ...]:
        """What stands behind `lead`."""
        return (f"{self.depends[0].upper()}{self.depends[1:]}.", *self.more) if self.depends else self.more

    @property
    def is_open(self) -> bool:
        """Whether it has neither happened nor been given up, as far as its sources say."""
        return not (self.is_done or self.is_off)


def answer(reorganization: Reorganization) -> Answer:
    """The answer for a reorganization, from what completes it."""
    milestone = _completing(reorganization)
    if milestone is None:
        return _without_day(reorganization)
    if milestone.completed:
        return _completed(milestone, milestone.completed)
    if milestone.cancelled:
        return _cancelled(milestone.cancelled, milestone)
    if isinstance(milestone.when, Undated):
        return _undated(reorganization, milestone, milestone.when)
    return Answer(
        lead=f"{milestone.title}: {day_words(milestone.when)}",
        depends=depends_on(milestone),
        more=_approved(reorganization),
        day=milestone.when.last.isoformat(),
        first=milestone.when.first.isoformat(),
        last=last_day(milestone),
        meant=meant(milestone.when),
        passed=f"{milestone.title} {was(milestone.when)}; no filing here says whether it took place",
        milestone=milestone,
    )


def _completing(reorganization: Reorganization) -> Milestone | None:
    """What completes a reorganization: of several what is not off, and the latest of these."""
    found = [milestone for milestone in reorganization.milestones if milestone.kind.completes]
    return max(found, key=lambda each: (not is_off(each), each.completed is not None, last_day(each)), default=None)


def _without_day(reorganization: Reorganization) -> Answer:
    if reorganization.cancelled:
        return _cancelled(reorganization.cancelled)
    return Answer(lead="No closing date is stated", more=_approved(reorganization))


def _completed(milestone: Milestone, source: Source) -> Answer:
    day, on = "", ""
    if isinstance(milestone.when, Dated):
        day, on = milestone.when.last.isoformat(), f" on {day_words(milestone.when).days}"
    lead = f"{milestone.title} completed{on}"
    return Answer(lead=lead, more=(_stated_in(source),), day=day, is_done=True, milestone=milestone)


def _cancelled(cancelled: Cancellation, milestone: Milestone | None = None) -> Answer:
    lead = f"Cancelled: {cancelled.reason.rstrip('.')}" if cancelled.reason else "Cancelled"
    more = [_stated_in(cancelled.source)]
    if milestone and milestone.dates:
        more.append(f"{milestone.title} {was(milestone.dates[0])}.")
    day = last_day(milestone) if milestone else ""
    return Answer(lead=lead, more=tuple(more), day=day, is_off=True)


def _undated(reorganization: Reorganization, milestone: Milestone, when: Undated) -> Answer:
    depends, more = depends_on(milestone), _approved(reorganization)
    if is_deferred(milestone):
        return Answer(
            lead=f"{milestone.title} deferred, no new date: “{when.words}”",
            depends=depends,
            more=(f"It {was(milestone.dates[0])}.", *more),
            day=last_day(milestone),
            is_off=True,
        )
    return Answer(lead=f"{milestone.title}: no date yet, “{when.words}”", depends=depends, more=more)


def was(when: Dated) -> DayWords:
    """That something was to be on its days, for when they are over."""
    before = (_WAS_EXPECTED if when.is_expected_limit else _WAS)[when.precision]
    if not when.derived:
        return DayWords(f"{before} ", day_words(when).days, "")
    if when.precision is Precision.EXACT:
        before = "was to be on"  # no filing has planned the day that calfeed counted
    return DayWords(f"{before} ", day_words(when).days, ", counted by calfeed")


def expected_before(milestone: Milestone) -> str:
    """When a completed milestone was to be, where it took place on another day; otherwise empty.

    Pages do not say that it was moved, since no source says so.
    """
    stated, now = milestone.stated, milestone.when
    if not (milestone.completed and isinstance(stated, Dated) and isinstance(now, Dated)) or now.is_within(stated):
        return ""
    return str(was(stated))


def _approved(reorganization: Reorganization) -> tuple[str, ...]:
    """That the shareholders have approved: on which day where that is a milestone of its own, or by which document."""
    if reorganization.approved is None:
        return ()
    for milestone in reorganization.milestones:
        when = milestone.when
        is_theirs = milestone.kind.approves and milestone.of is not Of.ACQUIRING and not is_off(milestone)
        if is_theirs and isinstance(when, Dated) and when.is_firm:
            return (f"Shareholders approved on {day_words(when).days}.",)
    return (f"Shareholders approved, as stated in {_document(reorganization.approved)}.",)


def _stated_in(source: Source) -> str:
    return f"Stated in {_document(source)}."


def _document(source: Source) -> str:
    day = day_beside(source)
    return f"“{source.title}” ({day})" if day else f"“{source.title}”"
