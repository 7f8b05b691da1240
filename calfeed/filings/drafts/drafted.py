"""The draft of a plan as values: its milestones, what is left out of it, and what speaks of both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from calfeed.filings.dates.doubts import About, Doubt
from calfeed.filings.dates.mentions import Mention, states_of
from calfeed.filings.dates.moving import CHANGE
from calfeed.filings.funds.named import in_title_case
from calfeed.filings.funds.pair import Pair
from calfeed.filings.passages.text import Filing
from calfeed.filings.standings.standing import Standing
from calfeed.filings.standings.standing_rules import Status
from calfeed.model.kinds import Kind
from calfeed.model.plans import Of
from calfeed.model.when import Dated, Precision, Undated, in_words
from calfeed.reading.phrases.stated import Relative


class End(StrEnum):
    """An end of a time from one day to another."""

    FIRST = "first"
    LAST = "last"


class Earlier(NamedTuple):
    """An earlier state of a milestone: the first and the last day that it stated, and its words in a plan."""

    days: tuple[date, date]
    words: str

    @property
    def day(self) -> date | None:
        """The day that it stated; None where it was a longer time, such as a quarter."""
        return self.days[0] if self.days[0] == self.days[1] else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DraftMilestone:
    """A milestone as a draft has it: a date of the filing, the kind that it is of, and the pairs that it is about.

    `kind` is the best guess, or None, where it is to be decided; `doubts` then say what is to be decided. `end` says of
    which end of a time from one day to another it is, where its two ends are two milestones. `is_scope_said` is that of
    `Scope`. `previously` has the earlier states, newest first. `of` says whose it is.
    `conditions` are what a plan says it depends on. `may_change` if the filing says that its day may still move.
    """

    mention: Mention
    kind: Kind | None
    scope: frozenset[int]
    conditions: tuple[str, ...] = ()
    may_change: bool = False
    previously: tuple[Earlier, ...] = ()
    cancelled: bool = False
    doubts: frozenset[Doubt] = frozenset()
    end: End | None = None
    is_scope_said: bool = True
    of: Of = Of.TARGET

    @property
    def subject_to(self) -> list[str]:
        """What a plan says it depends on."""
        return [*self.conditions, *[CHANGE] * self.may_change]

    @property
    def why(self) -> str:
        """What is to be decided, in words; empty if it is placed."""
        return " ".join(sorted(each.question for each in self.doubts))

    def is_in_doubt(self, about: About) -> bool:
        """Whether one of its doubts is about something."""
        return any(each.about is about for each in self.doubts)

    @property
    def phrase(self) -> str:
        """The words of its date, as a plan has them: those of the filing, with what a heading says of them."""
        return self.mention.softened_phrase(self.printed)

    @property
    def printed(self) -> str:
        """The words of its date, as the filing has them."""
        if self.end is None or self.mention.days is None:
            words = in_title_case(self.mention.phrase, _SMALL_WORDS)
            return f"until {words}" if words.lower() == "further notice" else words
        first, last = map(in_words, self.mention.days)
        return first if self.end is End.FIRST else f"through {last}"

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that it states; None where it states none."""
        states = self.states
        if isinstance(states, Dated):
            return states.first, states.last
        return self.mention.days

    @property
    def exact_day(self) -> date | None:
        """The one day that its words state exactly; None for "by May 9" and "on or about May 9"."""
        states = self.states
        if not isinstance(states, Dated) or states.precision is not Precision.EXACT or states.first != states.last:
            return None
        return states.first

    @property
    def as_earlier(self) -> set[Earlier]:
        """What it becomes where another day takes its place; empty where it states no day."""
        days = self.mention.days
        if days is None:
            return set()
        states = self.states
        is_about = isinstance(states, Dated) and states.precision is Precision.APPROXIMATE
        return {Earlier(days, in_words(days[0]) if days[0] == days[1] and not is_about else self.phrase)}

    @property
    def states(self) -> Dated | Undated | Relative | None:
        """What its phrase states of a milestone of its kind; None where that cannot be read."""
        return states_of(self.phrase, self.kind)


_SMALL_WORDS = frozenset(
    {"on", "or", "about", "the", "of", "at", "as", "after", "before", "close", "business", "by", "in"}
)


@dataclass(frozen=True, slots=True, eq=False)
class DraftLeftOut:
    """A date of the filing that is no milestone, and the reason."""

    mention: Mention
    reason: str


@dataclass(slots=True)
class Draft:
    """What is drafted of a filing: its pairs with their standing, and each of its dates in one of three lists."""

    filing: Filing
    trust: str
    dated: Mention | None
    pairs: list[Pair]
    standings: list[Standing]
    placed: list[DraftMilestone] = field(default_factory=list)
    to_decide: list[DraftMilestone] = field(default_factory=list)
    left_out: list[DraftLeftOut] = field(default_factory=list)

    @property
    def bears(self) -> date | None:
        """The day that the filing bears; None if it bears none, or one that is not certain, such as 12/01/2026."""
        if self.dated is None or self.dated.days is None or self.dated.reading.states is None:
            return None
        return self.dated.days[0]

    @property
    def pairs_to_decide(self) -> list[Pair]:
        """The pairs that are not certain, and those of which it is not certain how things stand with them."""
        return [
            pair
            for number, pair in enumerate(self.pairs)
            if not pair.is_certain or self.question_about_standing(number)
        ]

    def question_about_standing(self, number: int) -> str:
        """What is to be decided about how things stand with a pair, and why; empty if the filing says it plainly."""
        status, doubt, *_ = self.standings[number]
        if not doubt:
            is_without_day = status is Status.COMPLETED and self.completed_on(number) is None
            return "On which day was it completed?" if is_without_day else ""
        if status is Status.PROPOSED:
            return f"Is it still proposed? {doubt}"
        return f"Was it {status}, as the filing seems to say? {doubt}"

    def completed_on(self, number: int) -> date | None:
        """The one day up to that of the filing on which the filing exactly places the completion of a pair."""
        if self.dated is None or self.dated.days is None:
            return None
        completing = [each for each in self.placed if each.kind and each.kind.completes and number in each.scope]
        days = {each.mention.days for each in completing if each.mention.days}
        exact = {each.exact_day for each in completing}
        over = [first for first, last in days if first == last <= self.dated.days[0]]
        return over[0] if len(over) == len(days) == 1 and over[0] in exact else None

    @property
    def is_open(self) -> bool:
        """Whether an author has to decide something."""
        return not self.pairs or bool(self.to_decide or self.pairs_to_decide)

    @property
    def mentions(self) -> set[Mention]:
        """The dates of the filing that are in one of the lists, which are all."""
        return {each.mention for every in (self.placed, self.to_decide, self.left_out) for each in every}

    def are_of_classes(self, numbers: Iterable[int]) -> bool:
        """Whether all of some pairs are about classes of their targets."""
        return all(self.pairs[number].target_classes for number in numbers)
