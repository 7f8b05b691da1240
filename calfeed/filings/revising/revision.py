"""A later filing of a plan: what it moves, cancels, approves or completes, as the smallest edits of the plan's file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from calfeed.filings.dates.conditions import is_of_others, is_of_vote
from calfeed.filings.dates.doubts import ITS_DAY, About
from calfeed.filings.dates.headings import dating_of
from calfeed.filings.dates.mentions import Mention, are_equally_firm, states_of
from calfeed.filings.dates.moving import CHANGE, says_change
from calfeed.filings.drafts.draft import draft_with
from calfeed.filings.drafts.drafted import Draft, DraftMilestone
from calfeed.filings.drafts.writing import TO_DECIDE
from calfeed.filings.funds.named import Sort, folded
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair import Pair
from calfeed.filings.funds.pairs import find_pairs
from calfeed.filings.passages.clauses import sentences
from calfeed.filings.passages.subjects import CARRIED_OUT
from calfeed.filings.passages.text import Filing, flat
from calfeed.filings.revising.revision_edits import Changes, Moved, New, Source, edited
from calfeed.filings.revising.written_plan import Days, PlanFile, WrittenMilestone, WrittenPlan, days_of
from calfeed.filings.standings.standing import BY_WHOM, Standing
from calfeed.filings.standings.standing_rules import Status, may_be_off, may_cancel, may_change, standing_of
from calfeed.model.kinds import Kind
from calfeed.model.plans import Plan
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Dated, Undated, When, in_words
from calfeed.reading.nodes import Steps
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.states import SHAREHOLDER_APPROVAL


class Question(NamedTuple):
    """What a filing says that an author has to decide: on which line, in which clause, and why."""

    line: int
    why: str
    kind: str
    phrase: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a later filing makes of a plan's file.

    `content` are the bytes of the file with all edits made. `stops` say why they must not be made: a filing between is
    missing, or what an earlier one left to decide is not decided.
    """

    draft: Draft
    content: bytes
    questions: tuple[Question, ...]
    stops: tuple[str, ...]


class NotOfThisPlanError(Exception):
    """A filing is none of the plan's, or it cannot be told when it was made; the message says what is wrong."""


def revise(file: PlanFile, filing: Filing, registered: dict[str, Sort]) -> Revision:
    """Say what a later filing changes in a plan; `registered` are the names that the data folder has.

    Raises NotOfThisPlanError, and LedgerError where a date would be lost, which is a mistake of calfeed.
    """
    names = Names(filing, registered)
    named = list(_pairs_named(file.plan, names))
    if not named:
        raise NotOfThisPlanError(f"{filing.name} names no target of the plan {file.plan.id}: edit the plan by hand")
    draft = draft_with(names, [pair for _, pair in named], dating_of(filing))
    if draft.dated is None or draft.dated.days is None:
        raise NotOfThisPlanError(f"{filing.name} prints no date of its own, so it cannot be told when it was made")
    revising = _Revising(file, draft, [number for number, _ in named], draft.dated.days[0])
    revising.ask_about_pairs(find_pairs(filing, names))
    return revising.revise()


def _pairs_named(plan: Plan, names: Names) -> Iterator[tuple[int, Pair]]:
    """The reorganizations of a plan whose targets a filing names: the number of each, and the pair as it is printed."""
    for number, each in enumerate(plan.reorganizations):
        target = _printed(each.target, names)
        if target:
            yield (
                number,
                Pair(
                    target=target,
                    target_trust=each.target.trust.name,
                    target_classes=each.target_classes,
                    acquiring=_name_of(each.acquiring, names),
                    acquiring_trust=each.acquiring.trust.name if isinstance(each.acquiring, Portfolio) else "",
                    acquiring_classes=each.acquiring_classes,
                ),
            )


def _printed(portfolio: Portfolio, names: Names) -> str:
    """The name by which a filing calls a portfolio, or nothing."""
    for name in (portfolio.name, *portfolio.other_names):
        if printed := names.all_printed.get(folded(name)):
            return printed
    return ""


def _names_of(acquiring: Portfolio | OutsideFund | None) -> Iterator[str]:
    """The names of an acquirer, earlier ones too."""
    if acquiring is not None:
        yield acquiring.name
    if isinstance(acquiring, Portfolio):
        yield from (*acquiring.other_names, *acquiring.earlier_names)


def _name_of(acquiring: Portfolio | OutsideFund | None, names: Names) -> str:
    if acquiring is None:
        return ""
    return (_printed(acquiring, names) if isinstance(acquiring, Portfolio) else "") or acquiring.name


# --- what the filing says --------------------------------------------------------------------------------------------


class _Revising:
    def __init__(self, file: PlanFile, draft: Draft, numbers: Sequence[int], dated: date) -> None:
        self.written = WrittenPlan(file)
        self.sources = {key: days_of(states_of(each.dated)) for key, each in file.document.sources.items()}
        self.file = file
        self.draft = draft
        self.numbers = numbers
        """The number in the plan of each pair of the draft."""
        self.dated = dated
        self.changes = Changes()
        self.questions: list[Question] = []
        self.asked: set[Mention] = set()
        """The dates about which something is asked."""
        self.stops: list[str] = []
        self.known_source = self._known_source()

    def revise(self) -> Revision:
        """What is to be edited, what is to be decided, and what stops it."""
        if left := _LEFT_TO_DECIDE.search(self.file.content):
            line = self.file.content.count(b"\n", 0, left.end()) + 1
            self.stops.append(
                f'The plan {self.file.plan.id} still has "{TO_DECIDE}" on line {line}. Decide that first, or delete '
                "it: an edit beside it could tear it from what it belongs to"
            )
        self._stop_at_own_date()
        if not self.known_source and self.dated < max(days[1] for days in self.sources.values() if days):
            self.stops.append(
                f"{self.draft.filing.name} is dated {in_words(self.dated)}, before the last source of the plan: it was "
                "missed. Write what it says by hand, its source in the place that it has by its date"
            )
        for number, standing in zip(self.numbers, self.draft.standings, strict=True):
            self._hold_standing(number, standing)
        for milestone in self.draft.placed:
            self._hold(milestone)
        open_still = [
            milestone
            for milestone in self.draft.to_decide
            if not self._move_without_day(milestone) and not self._move_from_day(milestone)
        ]
        for number, standing in zip(self.numbers, self.draft.standings, strict=True):
            if standing.status is Status.POSTPONED and not self.known_source and not self._moves(number):
                self._ask_about_standing(number, standing.status, standing._replace(doubt=""))
        for milestone in open_still:
            if not self._is_known(milestone):
                self._ask(milestone, milestone.why)
        self._ask_about_sentences()
        questions = tuple(sorted(dict.fromkeys(self.questions)))
        return Revision(
            draft=self.draft,
            content=edited(self.file, self.draft, self._source(), self.changes),
            questions=questions,
            stops=tuple(dict.fromkeys(self.stops)),
        )

    def _stop_at_own_date(self) -> None:
        if self.draft.bears is None and self.draft.dated:
            self.stops.append(
                f'{self.draft.filing.name} bears a date that is not certain, "{self.draft.dated.words}". Make these '
                "edits by hand, and give its source the right day"
            )

    def ask_about_pairs(self, pairs: Iterable[Pair]) -> None:
        """Ask about reorganizations that the filing states and the plan does not have."""
        known = {
            folded(name)
            for each in self.written.plan.reorganizations
            for name in (each.target.name, *each.target.other_names, *each.target.earlier_names)
        }
        for pair in pairs:
            what = f"{pair.target} into {pair.acquiring}" if pair.acquiring else pair.target
            if folded(pair.target) not in known:
                self.questions.append(Question(pair.line, "Is this of the plan too?", "", what, ""))
            elif pair.is_certain and self._has_another_acquirer(pair):
                self.questions.append(Question(pair.line, "The plan has another acquirer. Which is it?", "", what, ""))

    def _has_another_acquirer(self, pair: Pair) -> bool:
        """Whether the plan has the target of a pair, and in none of its reorganizations the acquirer."""
        target = folded(pair.target)
        planned = [
            each.acquiring
            for each in self.written.plan.reorganizations
            if target in {folded(name) for name in (each.target.name, *each.target.other_names)}
        ]
        names = {folded(name) for each in planned for name in _names_of(each)}
        return bool(pair.acquiring) and bool(names) and folded(pair.acquiring) not in names

    def _ask_about_sentences(self) -> None:
        """Ask about sentences that may take back what the plan has, and that no rule understands.

        One with a date is asked about only if it may call something off, and its dates say nothing of that.
        """
        dated: dict[int, list[Mention]] = {}
        for mention in self.draft.mentions:
            dated.setdefault(mention.index, []).append(mention)
        for index, passage in enumerate(self.draft.filing.passages):
            text = flat(passage.text)
            for start, end in sentences(passage.text):
                within = [
                    each for each in dated.get(index, ()) if each.clause_span[0] < end and start < each.clause_span[1]
                ]
                words = " ".join(text[start:end].split())
                is_open = not any(map(self._is_dealt_with, within))
                may_take_back = may_cancel if within else may_change
                if is_open and (may_take_back(words.lower()) or may_be_off(words.lower())):
                    self.questions.append(Question(passage.line_at(start), "Does this change the plan?", "", words, ""))

    def _is_dealt_with(self, mention: Mention) -> bool:
        """Whether a date changes the plan, is asked about, or is one on which nothing of the plan happens any more."""
        changed = {each.milestone.mention for each in (*self.changes.moved, *self.changes.depending)}
        changed |= {each.milestone.mention for each in self.changes.new}
        if mention in self.asked or mention in changed:
            return True
        days = mention.days
        had = days is not None and any(self.written.has_days(number, days) for number in self.numbers)
        return days is not None and had and self._are_given_up(days, self.numbers)

    def _known_source(self) -> str:
        """The key of the source whose date the filing prints, where the plan has it already."""
        keys = [key for key, days in self.sources.items() if days and days[0] <= self.dated <= days[1]]
        if len(keys) > 1:
            message = f"several sources of the plan are dated {in_words(self.dated)}: it cannot be told which this is"
            raise NotOfThisPlanError(message)
        return keys[0] if keys else ""

    def _source(self) -> Source:
        """The filing as a source of the plan; a new one is called by its day."""
        if self.known_source:
            return Source(self.known_source, self.dated, is_known=True)
        key = f"filing-{self.dated.isoformat()}"
        return Source(key if key not in self.sources else f"{key}-again", self.dated, is_known=False)

    # --- one date of the filing ---

    def _scope(self, milestone: DraftMilestone) -> list[int]:
        """The reorganizations of the plan that a milestone of the draft is about."""
        return [self.numbers[pair] for pair in sorted(milestone.scope)]

    def _hold(self, milestone: DraftMilestone) -> None:
        """Hold a milestone that is placed against the plan, for each reorganization that it is about."""
        kind = milestone.kind
        if kind is None or milestone.mention is self.draft.dated:
            return
        moved: dict[Steps, Moved] = {}
        depending: dict[Steps, Moved] = {}
        new = New(milestone, [])
        for number in self._scope(milestone):
            if kind.completes and self._has_state(number, "completed"):
                continue
            found = self.written.of_kind(number, kind, milestone.of)
            if not found and self.written.removes(number, kind):
                self._ask(milestone, "The plan says that it is not applicable.")
            elif not found:
                new.numbers.append(number)
            elif same := next((each for each in found if each.days == milestone.days), None):
                is_alike = self._check_again(milestone, same)
                more = self._depends_on(milestone, same, number) if is_alike else ()
                if more:
                    now = replace(milestone, conditions=more, may_change=False)
                    depending.setdefault(same.steps, Moved(same, now, [])).numbers.append(number)
            elif len(found) > 1:
                self._ask(milestone, f"Which {kind.name} of the plan is it?")
            elif self._is_a_move(milestone, found[0]):
                moved.setdefault(found[0].steps, Moved(found[0], milestone, [])).numbers.append(number)
        self.changes.moved += moved.values()
        self.changes.depending += depending.values()
        self.changes.new += [new] if new.numbers else []

    def _depends_on(self, milestone: DraftMilestone, planned: WrittenMilestone, number: int) -> tuple[str, ...]:
        """What a milestone that is still to come depends on by the filing, of a sort that the plan has nothing of."""
        written = [each for each in planned.written.subject_to if not says_change(each)]
        is_voted_on = any(map(is_of_vote, written)) or self._has_state(number, "approved")
        has_others = any(map(is_of_others, written))
        stated_by = self.sources.get(self.written.source_of(planned))
        is_stated_later = stated_by is not None and stated_by[0] > self.dated
        is_over = milestone.days is not None and milestone.days[1] < self.dated
        if is_over or is_stated_later or planned.written.cancelled:
            return ()
        return tuple(
            each for each in milestone.conditions if not (is_voted_on if each == SHAREHOLDER_APPROVAL else has_others)
        )

    def _check_again(self, milestone: DraftMilestone, planned: WrittenMilestone) -> bool:
        """Check a day that the plan has already: what it was before, and how firm it is. Whether nothing is asked."""
        self._check_earlier(milestone, planned)
        is_another_day = milestone.days is None and self.written.source_of(planned) != self.known_source
        if is_another_day or not _says_as_much(planned.states, milestone.states):
            self._ask(milestone, f'The plan says "{planned.written.date}".')
        elif milestone.may_change and not any(map(says_change, planned.written.subject_to)):
            self._ask(milestone, f'May it change? If so, write "{CHANGE}" under "subject to".')
        else:
            return True
        return False

    def _is_a_move(self, milestone: DraftMilestone, planned: WrittenMilestone) -> bool:
        """Whether the day of the filing takes the place of the plan's; asks where that is not sure."""
        stated_by = self.written.source_of(planned)
        days = self.sources.get(stated_by)
        if days and days[0] > self.dated:
            return False
        self._check_earlier(milestone, planned)
        if stated_by == self.known_source:
            self._ask(milestone, f'The plan takes "{planned.written.date}" from this filing.')
        elif planned.written.cancelled:
            self._ask(milestone, "The plan says that it is cancelled.")
        elif milestone.kind and milestone.kind.name in _MAY_HAPPEN_AGAIN:
            self._ask(milestone, f'The plan has "{planned.written.date}", and it may happen more than once.')
        elif milestone.days and milestone.days[1] < self.dated:
            self._ask(milestone, f'It is over, and the plan has "{planned.written.date}".')
        else:
            return True
        return False

    def _check_earlier(self, milestone: DraftMilestone, planned: WrittenMilestone) -> None:
        """An earlier day that the plan does not have: a filing between is missing."""
        known = {*planned.earlier, planned.days}
        for earlier in milestone.previously:
            first, last = earlier.days
            if not any(days and days[0] <= last and first <= days[1] for days in known):
                name = milestone.kind.name if milestone.kind else "milestone"
                self._stop(milestone, f"{earlier.words} is an earlier day of the {name}")

    def _stop(self, milestone: DraftMilestone, what: str) -> None:
        self.stops.append(
            f"{self.draft.filing.name}, line {milestone.mention.line}: {what}, which the plan does not have. A filing "
            'between was missed: draft it first, or write that day under "previously"'
        )

    def _ask(self, milestone: DraftMilestone, why: str) -> None:
        kind = milestone.kind.name if milestone.kind else ""
        mention = milestone.mention
        self.asked.add(mention)
        self.questions.append(Question(mention.line, why, kind, milestone.phrase, mention.clause))

    def _is_known(self, milestone: DraftMilestone) -> bool:
        """Whether the plan has a date that is to be decided. If it lacks an earlier day, the edits must not be made."""
        days = milestone.mention.days
        scope = self._scope(milestone)
        if days is None:
            return False
        is_completed = milestone.kind is not None and milestone.kind.completes
        if is_completed and scope and all(self._has_state(number, "completed") for number in scope):
            return True
        if milestone.is_in_doubt(About.EARLIER) and milestone.kind:
            return self._is_an_earlier_day(milestone, milestone.kind, days)
        is_ahead = days[1] >= self.dated and milestone.is_in_doubt(About.HOLDS)
        if (is_ahead or milestone.cancelled) and not self._are_given_up(days, scope):
            return False
        return bool(scope) and all(self.written.has_days(number, days) for number in scope)

    def _is_an_earlier_day(self, milestone: DraftMilestone, kind: Kind, days: Days) -> bool:
        """Whether the plan has as an earlier day what the filing calls one. Otherwise the edits must not be made."""
        planned = [
            each for number in self._scope(milestone) for each in self.written.of_kind(number, kind, milestone.of)
        ]
        if planned and not any(days == each.days or days in each.earlier for each in planned):
            self._stop(milestone, f'"{milestone.phrase}" is an earlier day of the {kind.name}')
        # A day that the plan has as the present one is asked about, unless the filing gives another.
        moved = {each.planned.steps for each in self.changes.moved}
        return bool(planned) and all(
            days in each.earlier or (days == each.days and (each.steps in moved or each.written.cancelled is not None))
            for each in planned
        )

    def _are_given_up(self, days: Days, numbers: Sequence[int]) -> bool:
        """Whether nothing of some reorganizations happens on these days any more, once the edits are made."""
        moved = {each.planned.steps for each in self.changes.moved}
        planned = [each for number in numbers for each in self.written.milestones(number).values()]
        return all(each.written.cancelled or each.steps in moved for each in planned if each.days == days)

    def _move_without_day(self, milestone: DraftMilestone) -> bool:
        """Whether a date is put off without a new one, of a milestone that the plan has; it then moves."""
        kind = milestone.kind
        is_put_off = isinstance(milestone.states, Undated) and _PUT_OFF.search(milestone.mention.clause)
        if kind is None or milestone.doubts != {ITS_DAY} or not is_put_off or _IF.search(milestone.mention.clause):
            return False
        moved: dict[Steps, Moved] = {}
        for number in self._scope(milestone):
            found = self.written.of_kind(number, kind, milestone.of)
            if len(found) != 1:
                return False
            if isinstance(found[0].states, Undated):
                continue
            if not self._is_a_move(milestone, found[0]):
                return False
            moved.setdefault(found[0].steps, Moved(found[0], milestone, [])).numbers.append(number)
        self.changes.moved += moved.values()
        return True

    def _move_from_day(self, milestone: DraftMilestone) -> bool:
        """Whether a date is changed from a day of the plan to another one; what has that day then moves."""
        mention = milestone.mention
        before = self._changed_from(mention)
        if before is None or not isinstance(mention.reading.states, Dated):
            return False
        moved: dict[Steps, Moved] = {}
        for number in self._scope(milestone):
            found = [each for each in self.written.milestones(number).values() if each.days == before]
            if len(found) != 1 or not self._is_a_move(milestone, found[0]):
                return False
            moved.setdefault(found[0].steps, Moved(found[0], milestone, [])).numbers.append(number)
        self.changes.moved += moved.values()
        return bool(moved)

    def _changed_from(self, mention: Mention) -> Days | None:
        """The days of A in a clause such as "that date is changed from A to B", of which a mention is B."""
        start, end = mention.clause_span
        others = {each for each in self.draft.mentions if each.index == mention.index} - {mention}
        inside = [each for each in others if start <= each.start < mention.start and each.days and each.end <= end]
        if len(inside) != 1:
            return None
        text = mention.passage.text
        before, between = text[start : inside[0].core[0]], text[inside[0].core[1] : mention.core[0]]
        is_change = _CHANGED_FROM.search(before) and _TO.match(between)
        return inside[0].days if is_change else None

    # --- what happened to a reorganization as a whole ---

    def _has_state(self, number: int, word: str) -> bool:
        """Whether a reorganization has a state already, or is given it by this filing."""
        given = any(number in numbers for (each, _), numbers in self.changes.states.items() if each == word)
        return given or getattr(self.written.plan.reorganizations[number], word) is not None

    def _has_any_state(self, number: int) -> bool:
        """Whether a reorganization is approved, cancelled or completed."""
        return any(self._has_state(number, word) for word in ("approved", "cancelled", "completed"))

    def _hold_standing(self, number: int, standing: Standing) -> None:
        """Hold what the filing says of a reorganization as a whole against the plan."""
        status = standing.status
        word = status.state
        if standing.doubt == BY_WHOM and not self._has_any_state(number):
            self._ask_about_standing(number, Status.APPROVED, standing)
        if not word or self._has_state(number, word) or self._has_state(number, "completed"):
            return
        if word == "approved" and self._has_state(number, "cancelled"):
            return
        if not standing.is_certain or (word == "cancelled" and self._is_still_to_close(number)):
            self._ask_about_standing(number, status, standing)
            return
        own = self.written.document.reorganizations[number]
        if getattr(own, word) is not None or (word != "cancelled" and self._has_state(number, "cancelled")):
            self._ask_about_standing(number, status, standing)
            return
        days = self._completed_on(number) if word == "completed" else None
        if word == "completed" and days is None:
            self._ask_about_standing(number, status, standing)
            return
        self.changes.states.setdefault((word, days), []).append(number)

    def _moves(self, number: int) -> bool:
        """Whether what completes a reorganization moves with this filing, or may move, or its meeting moves."""
        moved = [each.milestone.kind for each in self.changes.moved if number in each.numbers]
        asked = [each.kind for each in self.draft.to_decide if number in self._scope(each)]
        completes = any(kind is not None and kind.completes for kind in (*moved, *asked))
        return completes or any(kind is not None and kind.name == "special meeting" for kind in moved)

    def _is_still_to_close(self, number: int) -> bool:
        """Whether the filing has a day ahead on which a reorganization closes, and does not say that it is off."""
        ahead = [
            each
            for each in (*self.draft.placed, *self.draft.to_decide)
            if each.kind and each.kind.completes and each.days and each.days[1] > self.dated
        ]
        return any(
            not each.cancelled or _STILL_TO_COME.search(each.mention.clause)
            for each in ahead
            if number in self._scope(each)
        )

    def _completed_on(self, number: int) -> Days | None:
        """The one day in the filing on which a reorganization was completed; None where there is no such day.

        It is stated exactly: "by May 9" and "on or about May 9" give none. A day before the plan's first source is one
        of another reorganization, and one of which it is not certain what it is may be that of anything.
        """
        announced = min(days[0] for days in self.sources.values() if days)
        found = [
            each
            for each in (*self.draft.placed, *self.draft.to_decide)
            if each.kind and each.kind.completes and number in self._scope(each)
            if not each.is_in_doubt(About.WHAT) or _is_day_of_completion(each.mention)
        ]
        days = {each.days for each in found if each.days}
        exact = {each.exact_day for each in found}
        over = [each for each in days if announced <= each[0] == each[1] <= self.dated]
        return over[0] if len(over) == 1 and over[0][0] in exact else None

    def _ask_about_standing(self, number: int, status: Status, standing: Standing) -> None:
        """Ask about a status that the filing seems to give a reorganization, at the line that says so."""
        doubt = standing.doubt
        target = self.written.plan.reorganizations[number].target.name
        why = f"Was it {status}, as the filing seems to say?{' ' if doubt else ''}{doubt}"
        self.questions.append(Question(standing.line, why, "", target, ""))


_MAY_HAPPEN_AGAIN = frozenset(
    {
        "board approval", "agreement signed", "announcement", "n-14 filing", "n-14 effectiveness", "sec order",
        "regulatory approval", "approval obtained", "dividend record date", "dividend ex-date", "dividend payment",
        "completion announcement", "other",
    }
)  # fmt: skip
"""A second day of such a kind need not replace the first."""
_LEFT_TO_DECIDE = re.compile(rb"^[ \t]*# " + TO_DECIDE.encode(), re.MULTILINE)
_PUT_OFF = re.compile(r"\b(?:has|have|had) been (?:deferred|postponed|delayed|adjourned|put off)\b", re.IGNORECASE)
_STILL_TO_COME = re.compile(
    r"\b(?:still|remains?|continues?|unchanged)\b|\bwill (?!not\b|no longer\b)|"
    r"\bis (?:now |currently )?(?:expected|scheduled|anticipated|planned)\b",
    re.IGNORECASE,
)
""""Is still expected", "will now take place", "remains unchanged"."""
_IF = re.compile(r"\b(?:if|may|might|could|unless)\b", re.IGNORECASE)
_CHANGED_FROM = re.compile(
    r"\b(?:changed|moved|postponed|rescheduled|extended|delayed|advanced|deferred) from (?:[\w ]{0,40} )?$",
    re.IGNORECASE,
)
_TO = re.compile(r",? to (?:[\w ]{0,40} )?$", re.IGNORECASE)
_DONE_ON = re.compile(
    rf"\b(?:{CARRIED_OUT}|closed|took place|became effective)"
    r"(?:,? (?:on|as of|at|after|before|the|close|open|opening|of|business))*,? $",
    re.IGNORECASE,
)
"""What stands right before the day of a completion: "was completed on", "became effective at the close of"."""


def _is_day_of_completion(mention: Mention) -> bool:
    """Whether a clause says that a reorganization was completed, and a date stands right behind that."""
    before = mention.passage.text[mention.clause_span[0] : mention.core[0]]
    return _DONE_ON.search(before) is not None and standing_of(mention.clause.lower()) is Status.COMPLETED


def _says_as_much(states: When | Relative | None, other: When | Relative | None) -> bool:
    """Whether a date of the plan says as much as the filing does of the same day: as softly, with the same hour."""
    if not isinstance(states, Dated) or not isinstance(other, Dated):
        return True
    return (
        are_equally_firm(states, other)
        and other.anchor in (None, states.anchor)
        and other.clock in (None, states.clock)
    )
