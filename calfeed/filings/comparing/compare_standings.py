"""Compares how things stand with the reorganizations of a plan with what its filings say of that."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calfeed.filings.comparing.compare import Given
from calfeed.filings.comparing.planned import Planned, PlannedDate, PlannedReorganization
from calfeed.filings.standings.standing_rules import Status


class SaidOfTarget(NamedTuple):
    """What a filing says of a reorganization as a whole, and the plan does not.

    `line` is that of the filing, or 0 where no line of it says so. `status` is the word that a draft has for it.
    `question` says what is to be decided, and why; it is empty if the filing says so plainly.
    """

    file: str
    line: int
    target: str
    status: str
    question: str


def said_of_targets(planned: Planned, filings: Sequence[Given]) -> list[SaidOfTarget]:
    """What filings say of the reorganizations of a plan as a whole, and the plan does not say, or the other way.

    A target that the filing does not name is not found. Raises LedgerError as `draft_with` does.
    """
    return [said for each in filings for said in _differing(planned, each)]


def _differing(planned: Planned, given: Given) -> Iterator[SaidOfTarget]:
    draft = given.draft
    for number, standing in enumerate(draft.standings):
        each = planned.reorganizations[given.known[number]]
        word = standing.status.state
        question = draft.question_about_standing(number) if standing.doubt else ""
        if (word or question) and not _accounts_for(each, word):
            yield SaidOfTarget(given.filing.name, standing.line, draft.pairs[number].target, standing.status, question)
        elif not word and not question:
            yield from _claimed(each, given)
    yield from _not_in_plan(planned, given)


def _not_in_plan(planned: Planned, given: Given) -> Iterator[SaidOfTarget]:
    """The reorganizations that a filing plainly states, and a plan does not have, where no fund has two names."""
    if len(given.known) < len(planned.reorganizations) or any(_is_renaming(each) for each in planned.dates):
        return
    parties = [party for each in planned.reorganizations for party in (each.target, each.acquiring)]
    for pair in given.pairs:
        if not any(party.is_called(pair.target) for party in parties):
            goes = f"goes into {pair.acquiring}" if pair.acquiring else "is liquidated"
            question = f"Does it belong into this plan? By the filing it {goes}, and the plan does not have it."
            yield SaidOfTarget(given.filing.name, pair.line, pair.target, Status.PROPOSED, question)


def _is_renaming(date: PlannedDate) -> bool:
    return date.kind is not None and date.kind.name == "name change"


def _claimed(planned: PlannedReorganization, given: Given) -> Iterator[SaidOfTarget]:
    """What a plan says of a reorganization by a filing that does not seem to say so."""
    for word, source in planned.states.items():
        if source == given.source:
            question = f"Was it {word}, as the plan says? The filing that it names for that does not seem to say so."
            yield SaidOfTarget(given.filing.name, 0, planned.target.label, word, question)


def _accounts_for(planned: PlannedReorganization, word: str) -> bool:
    """Whether a plan says of a reorganization what a filing does, or more; any state answers a question without one."""
    if not word:
        return bool(planned.states)
    return word in planned.states or (word == "approved" and "completed" in planned.states)
