"""A filing to the draft of a plan: what is placed, what is to be decided, and what is left out for a named reason."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from calfeed.filings import reasons, rules
from calfeed.filings.boards import Approval, approvals
from calfeed.filings.dating import Dating
from calfeed.filings.denials import PUT_OFF, is_new_day, is_settled
from calfeed.filings.doubts import (
    ALL_CLASSES,
    COMPLETING,
    EARLIER_DATE,
    HANGS_ON,
    HAS_HAPPENED,
    ITS_DAY,
    ITS_FOOTNOTE,
    ITS_KIND,
    ITS_SOFTNESS,
    ITS_YEAR,
    NO_PAIRS,
    OF_HOLDERS,
    OF_ONE_FUND,
    OF_THE_ACQUIRER,
    SEVERAL_DAYS,
    STILL_HOLDS,
    WHICH_FUNDS,
    WHICH_FUNDS_VOTE,
    WHICH_PAIRS,
    WHICH_STATEMENT,
    About,
    Doubt,
    doubts_of_neighbours,
    doubts_of_words,
)
from calfeed.filings.guessing import Guess, guess_kind
from calfeed.filings.headings import softened_by_headings
from calfeed.filings.ledger import check_ledger, key_of
from calfeed.filings.mentions import Mention, States, find_mentions, states_of
from calfeed.filings.named import Sort, in_title_case
from calfeed.filings.names import Names
from calfeed.filings.pairs import Pair, find_pairs
from calfeed.filings.scope import Context, Scope
from calfeed.filings.standing import Standing, Status, standings
from calfeed.filings.text import Filing
from calfeed.model.kinds import Kind, kind_named
from calfeed.model.plans import Of
from calfeed.model.when import Dated, Precision, Undated, in_words
from calfeed.reading.phrases.stated import Relative

OWN_DATE = "the document's own date"
OTHER_DOCUMENT = "the date of another document"
STATED_AGAIN = "stated again"
YEAR_ALONE = "names a year alone"
NO_DAY = "names no day"
COUNTED = "counts from another date"
POINTS = "points to a date said before"


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
    """

    mention: Mention
    kind: Kind | None
    scope: frozenset[int]
    conditional: bool = False
    previously: tuple[Earlier, ...] = ()
    cancelled: bool = False
    doubts: frozenset[Doubt] = frozenset()
    end: End | None = None
    is_scope_said: bool = True
    of: Of = Of.TARGET

    @property
    def why(self) -> str:
        """What is to be decided, in words; empty if it is placed."""
        return "; ".join(sorted(each.question for each in self.doubts))

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
    def as_earlier(self) -> set[Earlier]:
        """What it becomes where another day takes its place; empty where it states no day."""
        days = self.mention.days
        if days is None:
            return set()
        return {Earlier(days, in_words(days[0]) if days[0] == days[1] else self.phrase)}

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
    def pairs_to_decide(self) -> list[Pair]:
        """The pairs that are not certain, or that the filing seems to say were approved, completed or cancelled."""
        both = zip(self.pairs, self.standings, strict=True)
        return [pair for pair, standing in both if standing.status.state or not pair.is_certain]

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


def draft_of(filing: Filing, registered: dict[str, Sort] | None = None, stated_pairs: Sequence[Pair] = ()) -> Draft:
    """Draft a plan from a filing.

    `registered` are the names that the data folder has; `stated_pairs` take the place of what the filing says of pairs.
    Raises LedgerError where a date would be lost, which is a mistake of calfeed.
    """
    names = Names(filing, registered or {})
    pairs = list(stated_pairs) or find_pairs(filing, names)
    in_pairs = {name for pair in pairs for name in (pair.target, pair.acquiring) if name}
    if not all(map(names.has_printed, in_pairs)):
        names = Names(filing, {**(registered or {}), **dict.fromkeys(in_pairs, Sort.FUND)})
        pairs = list(stated_pairs) or find_pairs(filing, names)
    return draft_with(names, pairs)


def draft_with(names: Names, pairs: Sequence[Pair]) -> Draft:
    """Draft a plan from a filing whose names and pairs are known. Raises LedgerError as `draft_of` does."""
    mentions = softened_by_headings(names.filing, find_mentions(names.filing))
    drafting = _Drafting(Context(Dating(mentions), names, pairs), mentions)
    draft = drafting.draft(names.filing)
    check_ledger(
        mentions,
        [
            [each.mention for each in draft.placed],
            [each.mention for each in draft.to_decide],
            [each.mention for each in draft.left_out],
        ],
    )
    return draft


# --- what is said of the whole ---------------------------------------------------------------------------------------

_CONDITION = re.compile(
    r"\b(?:subject to|if (?:\w+ ){0,8}(?:approv|vote|adopt|met|satisf)|provided that|assuming|"
    r"contingent (?:up)?on|conditioned (?:up)?on|should the)",
    re.IGNORECASE,
)
_WILL_NOT = re.compile(
    r"\bwill not (?:be held|take place|occur|be)\b|\bwere to have\b|\bwas to have\b|\bhad been planned\b", re.IGNORECASE
)
_DISTRIBUTING = frozenset({"dividend payment", "dividend record date", "dividend ex-date", "proceeds payment"})
"""What is told of only while it is still to come: an earlier one is history."""
_DEPENDING = COMPLETING | {"valuation", "last trading day", "delisting", "proceeds payment"}
_AFTER_THE_BOARD = timedelta(days=800)
_BEFORE_THE_FILING = timedelta(days=400)


class _Drafting:
    """Dates of a filing brought to the three lists, one after the other."""

    def __init__(self, context: Context, mentions: Sequence[Mention]) -> None:
        self.context = context
        self.mentions = mentions
        self.dating = context.dating
        self.own = self.dating.printed

    def draft(self, filing: Filing) -> Draft:
        """The draft."""
        context = self.context
        draft = Draft(
            filing, context.names.issuer, self.dating.printed_mention, list(context.pairs), standings(context)
        )
        judged = [self.judge(mention, draft) for mention in self.mentions]
        for verdict in judged:
            if isinstance(verdict, DraftLeftOut):
                draft.left_out.append(verdict)
            else:
                (draft.placed if not verdict[0].doubts else draft.to_decide).extend(verdict)
        _Settling(draft, self.own, context).settle()
        draft.placed = [self.with_condition(each, draft) for each in draft.placed]
        draft.to_decide = [self.with_condition(each, draft) for each in draft.to_decide]
        return draft

    def with_condition(self, milestone: DraftMilestone, draft: Draft) -> DraftMilestone:
        """A milestone that a vote which is still to come decides depends on it, whether its clause says so or not."""
        if milestone.kind is None or not milestone.kind.completes or milestone.conditional:
            return milestone
        meetings = [each for each in (*draft.placed, *draft.to_decide) if each.kind and each.kind.name == _MEETING]
        is_ahead = any(each.scope & milestone.scope and self.is_ahead(each.mention) for each in meetings)
        is_open = all(draft.standings[number].status.is_open for number in milestone.scope)
        return replace(milestone, conditional=is_ahead and is_open)

    # --- one date ---

    def judge(self, mention: Mention, draft: Draft) -> DraftLeftOut | list[DraftMilestone]:
        """What becomes of a date: left out, or one or more milestones, to be decided where they say why."""
        if mention.days is None:
            return self.judge_undated(mention, draft)
        if _is_bare_year(mention):
            return DraftLeftOut(mention, YEAR_ALONE)
        if self.dating.is_own(mention):
            if mention is self.dating.printed_mention and draft.pairs:
                announcement = kind_named("announcement")
                doubts = {Doubt(mention.reading.refusal)} if mention.reading.states is None else set()
                return [self.made(mention, announcement, Scope(self.context.everything, True), draft, doubts)]
            return DraftLeftOut(
                mention, OWN_DATE if mention is self.dating.printed_mention else f"{STATED_AGAIN}: {OWN_DATE}"
            )
        if self.dating.is_of_another_document(mention):
            return DraftLeftOut(mention, OTHER_DOCUMENT)
        return self.judge_dated(mention, draft)

    def judge_dated(self, mention: Mention, draft: Draft) -> DraftLeftOut | list[DraftMilestone]:
        """A complete date that is not that of a document."""
        said = self.reading(mention)
        guess = self.guess(mention)
        reading = rules.with_guess(said, guess, self.context.is_labelled(mention)) if guess else said
        hard = [reason for reason in said.reasons if reason != reasons.EARLIER]
        is_clear = guess is not None and guess.is_clear
        if hard and not said.kinds and (reasons.PERIOD in hard or not is_clear):
            return DraftLeftOut(mention, hard[0])
        scope = self.context.scope(mention)
        doubts = set()
        if hard:
            doubts.add(Doubt(f"it may be {hard[0]}"))
        if reasons.EARLIER in reading.reasons or self.context.is_superseded(mention):
            doubts.add(EARLIER_DATE)
        if not reading.kinds:
            doubts.add(ITS_KIND)
            return [self.made(mention, None, scope, draft, doubts)]
        if ends := self.ends(mention, reading):
            doubts |= self.doubts_of_kind(mention, ends[0][1], reading) & self.doubts_of_kind(
                mention, ends[1][1], reading
            )
            return [replace(self.made(mention, kind_named(name), scope, draft, doubts), end=end) for end, name in ends]
        return [
            each for name in self.kinds(reading) for each in self.of_kind(mention, name, reading, scope, draft, doubts)
        ]

    def of_kind(
        self, mention: Mention, name: str, reading: rules.Reading, scope: Scope, draft: Draft, doubts: set[Doubt]
    ) -> Iterator[DraftMilestone]:
        """A date as a milestone of a kind; as two if that is one of the target for some pairs, but not for others."""
        is_of_board = name == "board approval"
        said = approvals(self.context, mention, scope) if is_of_board else [Approval(scope, Of.TARGET)]
        for each in said:
            asked = doubts | self.doubts(mention, name, reading, each.scope, draft)
            yield replace(self.made(mention, kind_named(name), each.scope, draft, asked), of=each.of)

    def ends(self, mention: Mention, reading: rules.Reading) -> list[tuple[End, str]]:
        """The two milestones at the ends of a time from one day to another; none where it is no such time."""
        if mention.days is None or mention.days[0] == mention.days[1] or not _SPAN.match(mention.words):
            return []
        names = next((pair for pair in _ENDS if set(pair) & set(reading.kinds)), None)
        return [(End.FIRST, names[0]), (End.LAST, names[1])] if names else []

    def reading(self, mention: Mention) -> rules.Reading:
        """What the rules say, by the first clause of which they say anything."""
        found = rules.Reading()
        for clause in self.readable_clauses(mention):
            found = rules.read_clause(clause)
            if found.kinds or found.reasons:
                return found
        return found

    def readable_clauses(self, mention: Mention) -> list[str]:
        """The masked clauses around a date; those with more dates than anybody writes in a sentence say nothing."""
        return [clause for clause in self.context.clauses(mention) if clause.count("#") < _MOST_DATES]

    def guess(self, mention: Mention) -> Guess | None:
        """What the nearest words tell of, in the clause that tells it most clearly."""
        guesses = [guess for clause in self.readable_clauses(mention) if (guess := guess_kind(clause))]
        return max(guesses, key=lambda guess: (guess.is_clear, guess.score), default=None)

    def kinds(self, reading: rules.Reading) -> list[str]:
        """The kinds that one date has: two that go together, or the first."""
        certain = [name for name in reading.kinds if name in reading.sure] or list(reading.kinds)
        return certain if rules.go_together(*certain) else [min(certain, key=_precedence)]

    def doubts(self, mention: Mention, name: str, reading: rules.Reading, scope: Scope, draft: Draft) -> set[Doubt]:
        """What speaks against placing a date as a milestone of a kind."""
        doubts = self.doubts_of_kind(mention, name, reading) | self.doubts_of_day(mention, name)
        if name in OF_HOLDERS and scope.pairs == self.context.everything and self.context.some_do_not_vote:
            doubts.add(WHICH_FUNDS_VOTE)
        if name in _SHARED and scope.pairs != self.context.everything:
            doubts.add(WHICH_FUNDS)
        is_of_all = scope.pairs == self.context.everything
        if name in OF_ONE_FUND and is_of_all and self.context.goes_on_about_one(mention):
            doubts.add(WHICH_FUNDS)
        has_ended = any(draft.standings[number].status is Status.COMPLETED for number in scope.pairs)
        if name in COMPLETING and not has_ended and not self.is_ahead(mention):
            doubts.add(HAS_HAPPENED)
        return doubts

    def doubts_of_kind(self, mention: Mention, name: str, reading: rules.Reading) -> set[Doubt]:
        """What speaks against a kind, and against its being the target's."""
        doubts = set()
        if name not in reading.sure:
            doubts.add(ITS_KIND)
        rivals = [
            other
            for other in reading.kinds
            if other != name and other in reading.sure and not rules.go_together(name, other)
        ]
        if rivals:
            doubts.add(Doubt(f"whether it is {name} or {rivals[0]}"))
        clauses = self.context.clauses(mention)
        clause = clauses[0]
        if name in OF_ONE_FUND and (_is_of_acquirer(clause) or _is_of_acquirer(clauses[-1])):
            doubts.add(OF_THE_ACQUIRER)
        before, behind = self.context.sentences_beside(mention)
        for said in {clause, clauses[-1] if self.context.has_a_label(mention) else clause}:
            doubts |= set(doubts_of_words(said, name, is_bound=mention.is_denied))
        if _ON_A_COVER.search(clause) and self.is_of_a_merger:
            doubts.discard(WHICH_STATEMENT)
        return doubts | set(doubts_of_neighbours(clause, before, behind, name))

    @cached_property
    def is_of_a_merger(self) -> bool:
        """Whether the filing is that of a registration statement for a merger (Form N-14; 17 CFR 230.488)."""
        return any(_FOR_A_MERGER.search(passage.text) for passage in self.context.names.filing.passages)

    def doubts_of_day(self, mention: Mention, name: str) -> set[Doubt]:
        """What speaks against the words of a date, or against its year."""
        doubts = {ITS_FOOTNOTE} if self.context.has_footnote(mention) else set()
        if not isinstance(mention.reading.states, Dated):
            doubts.add(Doubt(mention.reading.refusal or "its words"))
        elif self.own and not _is_plausible(name, mention.reading.states, self.own):
            doubts.add(ITS_YEAR)
        return doubts

    def judge_undated(self, mention: Mention, draft: Draft) -> DraftLeftOut | list[DraftMilestone]:
        """A date without a day: counted from another, or not given yet."""
        states = mention.reading.states
        reading = self.reading(mention)
        is_pointing = _POINTING.search(mention.words) is not None
        guess = self.guess(mention)
        if guess and guess.is_clear and not is_pointing and _names_no_other_date(states):
            kind = kind_named(self.kinds(rules.with_guess(reading, guess))[0])
            return [self.made(mention, kind, self.context.scope(mention), draft, {ITS_DAY})]
        if isinstance(states, Relative):
            if states.amount == 0 and not states.is_of_source and not reading.kinds:
                return DraftLeftOut(mention, COUNTED)
            if states.is_of_source and not reading.kinds:
                return DraftLeftOut(mention, POINTS)
        if isinstance(states, Undated) and not reading.kinds and not _DEFERRED.search(mention.clause):
            return DraftLeftOut(mention, NO_DAY)
        name = "closing" if isinstance(states, Undated) else ""
        if reading.kinds and (states is not None or is_pointing):
            name = self.kinds(reading)[0]
        if name:
            return [self.made(mention, kind_named(name), self.context.scope(mention), draft, {ITS_DAY})]
        return DraftLeftOut(mention, POINTS if is_pointing else mention.reading.refusal or NO_DAY)

    def made(
        self, mention: Mention, kind: Kind | None, scope: Scope, draft: Draft, doubts: set[Doubt]
    ) -> DraftMilestone:
        """A milestone, with all that is to be decided of it."""
        doubts = set(doubts)
        if not draft.pairs:
            doubts.add(NO_PAIRS)
        elif self.is_short_of_pairs(scope, kind) or not all(draft.pairs[number].is_certain for number in scope.pairs):
            doubts.add(WHICH_PAIRS)
        if not scope.is_certain:
            doubts.add(WHICH_FUNDS)
        clause = mention.clause
        if kind and kind.name in _OF_ONE_CLASS and _OF_A_CLASS.search(clause) and not draft.are_of_classes(scope.pairs):
            doubts.add(ALL_CLASSES)
        cancelled = self.is_cancelled(mention, kind, scope, draft)
        is_off = cancelled or any(draft.standings[number].status.is_off for number in scope.pairs)
        if is_off and self.is_ahead(mention) and not (kind and kind.name in _OF_THE_END):
            doubts.add(STILL_HOLDS)
        if mention.softened and states_of(mention.softened_phrase(mention.phrase), kind) is None:
            doubts.add(ITS_SOFTNESS)
        conditional = bool(_CONDITION.search(clause)) and kind is not None and kind.name in _DEPENDING
        return DraftMilestone(
            mention=mention,
            kind=kind,
            scope=scope.pairs,
            conditional=conditional,
            cancelled=cancelled,
            doubts=frozenset(doubts),
            is_scope_said=scope.is_said,
        )

    def is_short_of_pairs(self, scope: Scope, kind: Kind | None) -> bool:
        """Whether a milestone of all pairs may be that of another too, which is not known."""
        is_of_all = scope.pairs == self.context.everything and not (kind and kind.name == "announcement")
        return is_of_all and self.context.lacks_pairs

    def is_ahead(self, mention: Mention) -> bool:
        """Whether a date is not before that of the filing."""
        return self.own is None or mention.days is None or mention.days[1] >= self.own

    def is_cancelled(self, mention: Mention, kind: Kind | None, scope: Scope, draft: Draft) -> bool:
        """Whether a milestone will not happen: its clause, or its pair's standing and its day, say so."""
        if kind is None or mention.days is None or self.own is None or mention.days[1] < self.own:
            return False
        if mention is self.dating.printed_mention or kind.name in _OF_THE_END:
            return False
        if _WILL_NOT.search(mention.clause) and any(draft.standings[number].status.is_off for number in scope.pairs):
            return True
        return bool(scope.pairs) and all(draft.standings[number].status.is_off for number in scope.pairs)


_MOST_DATES = 60
_FOR_A_MERGER = re.compile(
    r"\bN-14\b|\bRule 488\b|\bprospectus ?/ ?proxy|\bproxy statement(?: ?/ ?| and )prospectus", re.IGNORECASE
)
_ON_A_COVER = re.compile(r"^as filed with the |^it is proposed that (?:this filing|the registration statement) will")
"""What the cover of a registration statement says of it."""
_SPAN = re.compile(r"(?:from|beginning|between|starting|during)\b", re.IGNORECASE)
_ENDS = (
    ("free transfers begin", "free transfers end"),
    ("transition begins", "transition ends"),
    ("blackout begins", "blackout ends"),
    ("dealing suspension begins", "dealing suspension ends"),
)
_SHARED = frozenset({"n-14 filing", "n-14 effectiveness", "sec order"})
"""What several reorganizations often have together, whichever fund the text has named last."""
_OF_THE_END = frozenset({"announcement", "n-14 withdrawal"})
"""What is so although a plan is called off."""
_MEETING = "special meeting"
_OF_ONE_CLASS = OF_ONE_FUND | {
    "conversion", "dealing suspension begins", "dealing suspension ends", "liquidation",
}  # fmt: skip
"""What may hold for one class of shares alone."""
_OF_A_CLASS = re.compile(
    r"\bclass (?:[A-Z]\d?|[IVX]+|\d)\b|\b(?:institutional|investor|retail|advisor|service|premier) class\b|"
    r"\bpreferred shares\b",
    re.IGNORECASE,
)
_DEFERRED = re.compile(rf"\b{PUT_OFF}\b", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:the|that) (?:same )?(?:date|day)\b", re.IGNORECASE)
_PRECEDENCE = (
    "voting deadline", "information statement mailing", "dividend record date", "dividend payment", "record date",
    "valuation", "n-14 effectiveness", "n-14 filing", "board approval", "proxy mailing", "special meeting",
    "sales charge waiver", "closed to new investors", "last redemption", "last purchase", "closed to purchases",
    "creation orders end", "last trading day", "delisting", "proceeds payment", "outside date", "substitution",
    "conversion", "closing", "liquidation",
)  # fmt: skip


def _precedence(name: str) -> int:
    return _PRECEDENCE.index(name) if name in _PRECEDENCE else len(_PRECEDENCE)


def _is_of_acquirer(clause: str) -> bool:
    """Whether a clause, as the rules read it, names the acquirer and no target."""
    return "acquirer" in clause and re.search(r"\btargets?\b|\beach fund\b|\bboth\b", clause) is None


def _names_no_other_date(states: States | None) -> bool:
    """Whether the words of a date without a day are more than a name for another date."""
    return states is None or (isinstance(states, Relative) and states.amount != 0)


def _is_bare_year(mention: Mention) -> bool:
    first, last = mention.core
    return re.fullmatch(r"\W*(?:19|20)\d\d\W*", mention.passage.text[first:last]) is not None


def _is_plausible(name: str, states: Dated, own: date) -> bool:
    """Whether a day can be meant of a milestone in a filing of its own date."""
    if states.first > own + _AFTER_THE_BOARD:
        return False
    if name in {"board approval", "agreement signed", "approval obtained"}:
        return own - timedelta(days=900) <= states.last and states.first <= own
    if states.last < own - _BEFORE_THE_FILING:
        return False
    if name in _DISTRIBUTING:
        return states.last >= own
    if name == "sales charge waiver":
        return states.last >= own - timedelta(days=30)
    if name in {"transition begins", "transition ends"}:
        return states.last >= own - timedelta(days=180)
    if name in COMPLETING:
        return states.last >= own - timedelta(days=60)
    return True


# --- all dates together ----------------------------------------------------------------------------------------------


class _Settling:
    """Milestones of one kind and the same pairs: repeats are left out, earlier days become history, others doubts."""

    def __init__(self, draft: Draft, own: date | None, context: Context) -> None:
        self.draft = draft
        self.own = own
        self.context = context

    def settle(self) -> None:
        """Settle the lists of a draft."""
        self.repeats()
        self.earlier()
        self.moved()
        self.rivals()
        self.told_apart()
        self.adjourned()
        self.whole_dates()

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
            self.leave_out(each, f"{STATED_AGAIN}: {_name(each)}")
        for each in list(self.draft.to_decide):
            if each.mention.days is None or each.cancelled:
                continue
            same = next((one for one in self.draft.placed if one.kind and _are_the_same(one, each)), None)
            if same is not None and same.scope >= each.scope and not each.is_in_doubt(About.EARLIER):
                self.draft.to_decide.remove(each)
                self.leave_out(each, f"{STATED_AGAIN}: {_name(each)}")

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
        current = next(each for each in placed if each.mention is now.mention and each.kind is now.kind)
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
            if others and each.kind and each.kind.name not in _SEVERAL:
                self.to_decide([each, *others], frozenset({SEVERAL_DAYS}))

    def told_apart(self) -> None:
        """A day that no word gives to all pairs is in doubt where the pairs have different days of what it hangs on."""
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
            is_sure = is_new_day(clause) or is_settled(clause)
            if is_meeting and not is_sure and any(_may_be_a_later_day(one, each) for one in every):
                self.to_decide([each], frozenset({SEVERAL_DAYS}))

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


def _may_be_a_later_day(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether a date may be a later day of a meeting, for one of its funds at least."""
    days, others = one.mention.days, other.mention.days
    if not one.scope & other.scope or one.cancelled or one.is_in_doubt(About.EARLIER):
        return False
    if days is None or others is None or days[0] <= others[1]:
        return False
    is_of_meeting = one.kind is not None and one.kind.name in {_MEETING, "approval obtained"}
    return is_of_meeting and _is_of_certain_kind(one)


def _are_rivals(one: DraftMilestone, other: DraftMilestone) -> bool:
    """Whether two milestones are of one kind and for one pair at least, and state different days."""
    days = one.mention.days, other.mention.days
    return one.kind is other.kind and bool(one.scope & other.scope) and None not in days and days[0] != days[1]


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
