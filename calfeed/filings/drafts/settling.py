"""All dates of a draft together: repeats are left out, earlier days become history, and rivals are asked about."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

from calfeed.filings.dates.at_once import is_at_once
from calfeed.filings.dates.doubts import (
    HANGS_ON,
    OF_HOLDERS,
    SEVERAL_DAYS,
    STILL_HOLDS,
    WHICH_FUNDS,
    WHOSE_VOTE,
    About,
    Doubt,
)
from calfeed.filings.dates.mentions import Mention
from calfeed.filings.dates.scope import Context
from calfeed.filings.drafts.drafted import Draft, DraftLeftOut, DraftMilestone, Earlier
from calfeed.filings.drafts.ledger import key_of
from calfeed.filings.kinds import reasons
from calfeed.filings.passages.denials import is_new_day, is_settled
from calfeed.filings.standings.standing_rules import Status
from calfeed.model.kinds import KINDS
from calfeed.model.plans import Of
from calfeed.model.when import MONTHS, Dated, Precision, in_words


class Settling:
    """Milestones of one kind and the same pairs: repeats are left out, earlier days become history, others doubts."""

    def __init__(self, draft: Draft, own: date | None, context: Context) -> None:
        self.draft = draft
        self.own = own
        self.context = context

    def settle(self) -> None:
        """Settle the lists of a draft."""
        self.joint()
        self.repeats()
        self.earlier()
        self.moved()
        self.rivals()
        self.told_apart()
        self.adjourned()
        self.whole_dates()
        self.standings()

    def joint(self) -> None:
        """A date that one sentence calls that of the vote of both funds is so in every sentence that states it."""
        every = (*self.draft.placed, *self.draft.to_decide)
        both = {(each.kind, each.mention.days) for each in every if each.of is Of.BOTH and each.kind in _VOTES}
        for held in (self.draft.placed, self.draft.to_decide):
            for number, each in enumerate(held):
                if (each.kind, each.mention.days) in both:
                    held[number] = replace(each, of=Of.BOTH, doubts=each.doubts - {WHOSE_VOTE})
        free = [each for each in self.draft.to_decide if not each.doubts]
        self.draft.placed += free
        self.draft.to_decide = [each for each in self.draft.to_decide if each.doubts]

    def repeats(self) -> None:
        """A date that is placed already is stated again; the one that says most stays."""
        kept: list[DraftMilestone] = []
        repeated: list[DraftMilestone] = []
        for each in sorted(self.draft.placed, key=lambda one: (-_fullness(one), one.mention.index, one.mention.start)):
            same = next((one for one in kept if _are_the_same(one, each)), None)
            is_repeated = same is not None and same.mention is not each.mention and same.scope >= each.scope
            (repeated if is_repeated else kept).append(each)
        self.draft.placed = [each for each in self.draft.placed if each in kept]
        for each in repeated:
            self.leave_out(each, f"{reasons.STATED_AGAIN}: {_name(each)}")
        for each in list(self.draft.to_decide):
            if each.mention.days is None or each.cancelled:
                continue
            same = next((one for one in self.draft.placed if one.kind and _are_the_same(one, each)), None)
            if same is not None and same.scope >= each.scope and not each.is_in_doubt(About.EARLIER):
                self.draft.to_decide.remove(each)
                self.leave_out(each, f"{reasons.STATED_AGAIN}: {_name(each)}")

    def leave_out(self, milestone: DraftMilestone, reason: str) -> None:
        """Move a milestone's date to those that are left out, unless it is another milestone's too."""
        others = [*self.draft.placed, *self.draft.to_decide]
        if any(each.mention is milestone.mention and each is not milestone for each in others):
            return
        if any(each.mention is milestone.mention for each in self.draft.left_out):
            return
        self.draft.left_out.append(DraftLeftOut(milestone.mention, reason))

    def earlier(self) -> None:
        """A day that the filing calls an earlier one belongs to the milestone that has another day now."""
        for each in list(self.draft.to_decide):
            if not each.is_in_doubt(About.EARLIER) or each.mention.days is None or each.kind is None:
                continue
            newer = [one for one in self.draft.placed if _are_rivals(one, each)]
            if not newer:
                continue
            for one in newer:
                self.add_earlier(one, each.as_earlier)
            self.draft.to_decide.remove(each)
            meant = self.context.everything if self.context.speaks_of_all(each.mention) else each.scope
            if others := meant.difference(*(one.scope for one in newer)):
                self.draft.to_decide.append(replace(each, scope=others))
            else:
                self.leave_out(each, f"{reasons.EARLIER} of {_name(each)}")

    def add_earlier(self, milestone: DraftMilestone, earlier: Set[Earlier]) -> None:
        """Add earlier states to those of a milestone that is placed."""
        states = tuple(sorted({*milestone.previously, *earlier}, reverse=True))
        placed = self.draft.placed
        placed[placed.index(milestone)] = replace(milestone, previously=states)

    def moved(self) -> None:
        """A day that its clause calls the new one takes the place of the other days of its kind, for its pairs.

        So does the day of a meeting that goes on, whose first day was that of the other funds alone.
        """
        new = [each for each in self.draft.placed if is_new_day(self.context.clauses(each.mention)[0])]
        newest = [one for one in new if not self.is_over(one)] or new
        for each in newest:
            if any(_are_rivals(one, each) for one in newest):
                continue
            taken_back = [one for one in self.draft.to_decide if _is_only_taken_back(one)]
            for one in [*self.draft.placed, *taken_back]:
                if _are_rivals(one, each) and each.scope <= one.scope:
                    self.move(one, each)

    def move(self, before: DraftMilestone, now: DraftMilestone) -> None:
        """Make a day an earlier one of another that is placed, for the pairs of the latter."""
        placed = self.draft.placed
        current = next(each for each in placed if _are_of_one_date(each, now))
        self.add_earlier(current, {*before.previously, *before.as_earlier})
        held_in = placed if before in placed else self.draft.to_decide
        if others := before.scope - now.scope:
            held_in[held_in.index(before)] = replace(before, scope=others)
            return
        held_in.remove(before)
        self.leave_out(before, f"{reasons.EARLIER} of {_name(before)}")

    def is_over(self, milestone: DraftMilestone) -> bool:
        """Whether a day is before that of the filing."""
        days = milestone.mention.days
        return self.own is not None and days is not None and days[1] < self.own

    def rivals(self) -> None:
        """Two days of one kind for one pair cannot both be placed, but for what may happen on several days.

        One is not placed either beside a day that is to be decided, if that is in the same clause ("first set for June
        7, will be on June 28"), or if its kind at least is certain.
        """
        open_ones = [each for each in self.draft.to_decide if not each.is_in_doubt(About.WHAT)]
        for each in list(self.draft.placed):
            in_clause = [one for one in self.draft.to_decide if _are_in_one_clause(one.mention, each.mention)]
            candidates = (*self.draft.placed, *in_clause, *open_ones)
            others = [one for one in candidates if one is not each and _are_rivals(one, each)]
            others += [one for one in in_clause if _is_another_day_of_the_year(one, each)]
            others += [one for one in self.draft.placed if _is_so_already(one, each) or _is_so_already(each, one)]
            if others and each.kind and each.kind.name not in _SEVERAL:
                self.to_decide([each, *others], frozenset({SEVERAL_DAYS}))

    def told_apart(self) -> None:
        """A day that no word limits to some pairs is in doubt if the pairs have different days for what it awaits."""
        for each in list(self.draft.placed):
            if not each.is_scope_said and each.scope == self.context.everything and self.are_apart(each):
                self.to_decide([each], frozenset({WHICH_FUNDS}))

    def adjourned(self) -> None:
        """The day of a meeting is in doubt in a filing that tells of days put off, if a later one may be the day now.

        One that its sentence calls the new one, or unchanged, is not.
        """
        if not self.context.tells_of_moves:
            return
        every = [*self.draft.placed, *self.draft.to_decide]
        for each in list(self.draft.placed):
            clause = self.context.clauses(each.mention)[0]
            is_meeting = each.kind is not None and each.kind.name == _MEETING
            is_sure = is_new_day(clause) or (is_settled(clause) and not _CONVENED.search(clause))
            if is_meeting and not is_sure and any(self.may_be_a_later_day(one, each) for one in every):
                self.to_decide([each], frozenset({SEVERAL_DAYS}))

    def may_be_a_later_day(self, one: DraftMilestone, other: DraftMilestone) -> bool:
        """Whether a date may be a later day of a meeting, for one of its funds at least."""
        days, others = one.mention.days, other.mention.days
        if not one.scope & other.scope or one.cancelled or one.is_in_doubt(About.EARLIER):
            return False
        if days is None or others is None or days[0] <= others[1]:
            return False
        if _ADJOURNED.search(self.context.clauses(one.mention)[0]):
            return True
        is_of_meeting = one.kind is not None and one.kind.name in {_MEETING, "approval obtained"}
        return is_of_meeting and _is_of_certain_kind(one)

    def are_apart(self, milestone: DraftMilestone) -> bool:
        """Whether some of the pairs have a day of their own of the kind that a milestone hangs on."""
        on = next((kinds for of, kinds in HANGS_ON if milestone.kind and milestone.kind.name in of), frozenset())
        scopes: dict[tuple[date, date], frozenset[int]] = {}
        for each in (*self.draft.placed, *self.draft.to_decide):
            is_of_kind = each.kind is not None and each.kind.name in on
            is_sure = each.kind is milestone.kind or _is_of_certain_kind(each)
            if is_of_kind and is_sure and each is not milestone and each.days:
                scopes[each.days] = scopes.get(each.days, frozenset()) | each.scope
        return any(scope != self.context.everything for day, scope in scopes.items() if day != milestone.days)

    def to_decide(self, milestones: Sequence[DraftMilestone], doubts: frozenset[Doubt]) -> None:
        """Move milestones to those that are to be decided, with all that have the same date."""
        for each in milestones:
            for same in [one for one in self.draft.placed if one.mention is each.mention]:
                self.draft.placed.remove(same)
                self.draft.to_decide.append(replace(same, doubts=doubts))

    def whole_dates(self) -> None:
        """A date of several milestones, of which one is to be decided, is to be decided as a whole."""
        doubts = {key_of(each.mention): each.doubts for each in self.draft.to_decide}
        for each in [one for one in self.draft.placed if key_of(one.mention) in doubts]:
            self.draft.placed.remove(each)
            self.draft.to_decide.append(replace(each, doubts=doubts[key_of(each.mention)]))

    def standings(self) -> None:
        """What a filing says of a reorganization as a whole is in doubt if a day ahead speaks against it."""
        for number, standing in enumerate(self.draft.standings):
            ahead = next((each for each in self.ahead(number) if self.speaks_against(each, number)), None)
            if standing.is_certain and ahead is not None:
                doubt = f"Line {ahead.mention.line} has a day ahead, that of the {_name(ahead)}."
                self.draft.standings[number] = standing._replace(doubt=doubt)

    def ahead(self, number: int) -> Iterator[DraftMilestone]:
        """The milestones of a pair after the day of the filing that nothing takes back but how the pair stands."""
        for each in (*self.draft.placed, *self.draft.to_decide):
            is_certain = all(one is STILL_HOLDS or one.about is About.DETAIL for one in each.doubts)
            is_off = each.cancelled and STILL_HOLDS not in each.doubts
            days = each.mention.days
            if number in each.scope and is_certain and not is_off and self.own and days and days[1] > self.own:
                yield each

    def speaks_against(self, milestone: DraftMilestone, number: int) -> bool:
        """Whether a milestone that is still to come cannot be, if what the filing says of its pair is so."""
        status, kind = self.draft.standings[number].status, milestone.kind
        if kind is None or milestone.of is Of.ACQUIRING or status.is_open:
            return False
        is_liquidated = kind.name == "liquidation"
        is_of_pair = is_liquidated is not bool(self.draft.pairs[number].acquiring)
        completes = kind.completes and is_of_pair and status is not Status.APPROVED
        return completes or kind.name == _MEETING


_MEETING = "special meeting"
_VOTES = frozenset(kind for kind in KINDS if kind.name in OF_HOLDERS)
_CONVENED = re.compile(r"\b(?:convened|opened|called to order|begun|began)\b")
"""What is said of a meeting that may have been adjourned since."""
_ADJOURNED = re.compile(r"\bmeetings?\b[^;@]{0,160}\b(?:adjourned|postponed|continued|put off|reconvened?)\b[^;@]*@")
"""What is said of the day to which a meeting was put off."""
_SEVERAL = frozenset(
    {"board approval", "announcement", "dividend payment", "dividend record date", "other", "n-14 filing"}
)


def _are_the_same(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether two milestones are of one kind, of the same side and on the same days."""
    return (one.kind, one.of, one.mention.days) == (other.kind, other.of, other.mention.days)


def _are_in_one_clause(one: Mention, other: Mention) -> bool:
    return one.index == other.index and one.clause_span == other.clause_span


def _is_only_taken_back(milestone: DraftMilestone) -> bool:
    """Whether nothing else is to be decided of a milestone than whether it holds."""
    return not milestone.cancelled and all(each.about is About.HOLDS for each in milestone.doubts)


def _is_of_certain_kind(milestone: DraftMilestone) -> bool:
    """Whether it is not in doubt what a milestone is, apart from the funds that it is about."""
    return all(each.about is not About.WHAT or each is WHICH_FUNDS for each in milestone.doubts)


def _are_of_one_date(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether two values are the same milestone, of which one may have got earlier states since."""
    said = (one.kind, one.of, one.end, one.scope)
    return one.mention is other.mention and said == (other.kind, other.of, other.end, other.scope)


def _are_rivals(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether two milestones are of one kind, of the same side and for one pair at least, and state different days."""
    days = one.mention.days, other.mention.days
    is_of_one_side = one.of is other.of or Of.BOTH in {one.of, other.of}
    is_of_one_kind = one.kind is other.kind and is_of_one_side and bool(one.scope & other.scope)
    return is_of_one_kind and None not in days and days[0] != days[1]


def _is_so_already(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether one of two milestones of a kind is so from the day of the filing on, and the other one on a day."""
    is_of_one_kind = one.kind is other.kind and bool(one.scope & other.scope)
    return is_of_one_kind and is_at_once(one.mention, one.kind) and other.mention.days is not None


def _is_another_day_of_the_year(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether a milestone of the same kind and pairs has a day without its year: "on June 5 or June 12, 2026"."""
    days = other.mention.days
    is_of_one_kind = one.kind is other.kind and bool(one.scope & other.scope)
    if not is_of_one_kind or one.mention.days is not None or days is None:
        return False
    found = _DAY_OF_THE_YEAR.search(one.mention.words)
    return found is not None and found[0] not in {in_words(day).rpartition(",")[0] for day in days}


_DAY_OF_THE_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)}) \d{{1,2}}\b")


def _fullness(milestone: DraftMilestone) -> int:
    """How much a milestone's words say: how soft the day is, and which part of it."""
    states = milestone.mention.reading.states
    if not isinstance(states, Dated):
        return 0
    states = milestone.mention.softer(states)
    soft = states.precision not in {Precision.EXACT, Precision.EXPECTED}
    return (
        4 * soft
        + 2 * (states.anchor is not None or states.clock is not None)
        + (states.precision is Precision.EXPECTED)
    )


def _name(milestone: DraftMilestone) -> str:
    return milestone.kind.name if milestone.kind else "a milestone"
