"""A filing to the draft of a plan: what is placed, what is to be decided, and what is left out for a named reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from calfeed.filings.dates.at_once import is_at_once, repeats_another
from calfeed.filings.dates.boards import Approval, approvals
from calfeed.filings.dates.conditions import Conditions
from calfeed.filings.dates.dating import OTHER, Dating
from calfeed.filings.dates.doubts import (
    ALL_CLASSES,
    COMPLETING,
    EARLIER_DATE,
    HAS_HAPPENED,
    ITS_DAY,
    ITS_FOOTNOTE,
    ITS_KIND,
    ITS_SOFTNESS,
    ITS_TERM,
    ITS_YEAR,
    NO_PAIRS,
    OF_ANOTHER_MEETING,
    OF_HOLDERS,
    OF_ONE_FUND,
    OF_THE_ACQUIRER,
    STILL_HOLDS,
    WHICH_FUNDS,
    WHICH_FUNDS_VOTE,
    WHICH_PAIRS,
    WHICH_STATEMENT,
    WHOSE_VOTE,
    About,
    Doubt,
    doubts_of_neighbours,
    doubts_of_words,
)
from calfeed.filings.dates.headings import dating_of
from calfeed.filings.dates.mentions import Mention, States, states_of
from calfeed.filings.dates.moving import Moving
from calfeed.filings.dates.scope import Context, Scope
from calfeed.filings.dates.whose import is_of_acquirer, whose_vote
from calfeed.filings.drafts.drafted import Draft, DraftLeftOut, DraftMilestone, End
from calfeed.filings.drafts.ledger import check_ledger
from calfeed.filings.drafts.settling import Settling
from calfeed.filings.funds.named import Sort
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.pair import Pair
from calfeed.filings.funds.pairs import find_pairs
from calfeed.filings.kinds import reasons, rules
from calfeed.filings.kinds.events import with_event_alone
from calfeed.filings.kinds.guessing import Guess, guess_kind
from calfeed.filings.passages.denials import PUT_OFF, is_called_off
from calfeed.filings.passages.text import Filing
from calfeed.filings.standings.standing import standings
from calfeed.filings.standings.standing_rules import Status
from calfeed.model.kinds import Kind, kind_named
from calfeed.model.plans import Of
from calfeed.model.when import Dated, Undated
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.states import SHAREHOLDER_APPROVAL


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
    return draft_with(names, pairs, dating_of(filing))


def draft_with(names: Names, pairs: Sequence[Pair], dating: Dating) -> Draft:
    """Draft a plan from a filing whose names, pairs and dates are known. Raises LedgerError as `draft_of` does."""
    drafting = _Drafting(Context(dating, names, pairs))
    draft = drafting.draft(names.filing)
    check_ledger(
        dating.mentions,
        [
            [each.mention for each in draft.placed],
            [each.mention for each in draft.to_decide],
            [each.mention for each in draft.left_out],
        ],
    )
    return draft


# --- what is said of the whole ---------------------------------------------------------------------------------------

_WILL_NOT = re.compile(
    r"\bwill not (?:be held|take place|occur|be)\b|\bwere to have\b|\bwas to have\b|\bhad been planned\b", re.IGNORECASE
)
_DISTRIBUTING = frozenset({"dividend payment", "dividend record date", "dividend ex-date", "proceeds payment"})
"""What is told of only while it is still to come: an earlier one is history."""
_DEPENDING = COMPLETING | {"valuation", "last trading day", "delisting", "proceeds payment"}
_OF_THE_PLAN = re.compile(
    r"approv|consent|reorgani|\bmerger\b|\bsec\b|\bcommission\b|regulat|exempti|\brelief\b", re.IGNORECASE
)
_AFTER_THE_BOARD = timedelta(days=800)
_BEFORE_THE_FILING = timedelta(days=400)


class _Drafting:
    """Dates of a filing brought to the three lists, one after the other."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.dating = context.dating
        self.own = self.dating.printed
        self.moving = Moving(context)
        self.conditions = Conditions(context.names.filing)

    def draft(self, filing: Filing) -> Draft:
        """The draft."""
        context = self.context
        draft = Draft(
            filing, context.names.issuer, self.dating.printed_mention, list(context.pairs), standings(context)
        )
        judged = [self.judge(mention, draft) for mention in self.dating.mentions]
        for verdict in judged:
            if isinstance(verdict, DraftLeftOut):
                draft.left_out.append(verdict)
            else:
                (draft.placed if not verdict[0].doubts else draft.to_decide).extend(verdict)
        Settling(draft, self.own, context).settle()
        draft.placed = [self.with_condition(each, draft) for each in draft.placed]
        draft.to_decide = [self.with_cancellation(self.with_condition(each, draft)) for each in draft.to_decide]
        return draft

    def with_condition(self, milestone: DraftMilestone, draft: Draft) -> DraftMilestone:
        """A milestone that completes depends on a vote which is still to come, and on what the filing says elsewhere.

        Where its own clause names what others must do, that says it better.
        """
        standings = [draft.standings[number] for number in milestone.scope]
        if milestone.kind is None or not milestone.kind.completes or any(each.is_over for each in standings):
            return milestone
        meetings = [
            each
            for each in (*draft.placed, *draft.to_decide)
            if each.kind and each.kind.name == "special meeting" and not each.doubts & OF_ANOTHER_MEETING
        ]
        is_ahead = any(each.scope & milestone.scope and self.is_ahead(each.mention) for each in meetings)
        elsewhere = dict.fromkeys(each for standing in standings for each in standing.conditions)
        is_open = all(each.is_open for each in standings)
        is_voted_on = is_open and (is_ahead or SHAREHOLDER_APPROVAL in elsewhere)
        own = [each for each in milestone.conditions if each != SHAREHOLDER_APPROVAL]
        others = own or [each for each in elsewhere if each != SHAREHOLDER_APPROVAL]
        vote = (SHAREHOLDER_APPROVAL,) if is_voted_on or SHAREHOLDER_APPROVAL in milestone.conditions else ()
        return replace(milestone, conditions=(*vote, *others))

    def with_cancellation(self, milestone: DraftMilestone) -> DraftMilestone:
        """A milestone of which its own sentence says that it is called off, whatever becomes of the reorganization."""
        open_doubts = milestone.doubts - {NO_PAIRS, WHICH_PAIRS, WHICH_FUNDS}
        if milestone.kind is None or any(each.about is About.WHAT for each in open_doubts):
            return milestone
        name, clauses = milestone.kind.name, self.context.clauses(milestone.mention)
        is_off = any(is_called_off(clause, name) for clause in clauses)
        return replace(milestone, cancelled=milestone.cancelled or is_off)

    # --- one date ---

    def judge(self, mention: Mention, draft: Draft) -> DraftLeftOut | list[DraftMilestone]:
        """What becomes of a date: left out, or one or more milestones, to be decided where they say why."""
        if mention.days is None:
            return self.judge_undated(mention, draft)
        if mention.is_year and not _OF_A_YEAR.search(mention.words):
            return DraftLeftOut(mention, reasons.YEAR_ALONE)
        if self.dating.is_own(mention):
            if mention is self.dating.printed_mention and draft.pairs:
                announcement = kind_named("announcement")
                doubts = {_to_be_written(mention.reading.refusal)} if mention.reading.states is None else set()
                return [self.made(mention, announcement, Scope(self.context.everything, True), draft, doubts)]
            return DraftLeftOut(
                mention,
                reasons.OWN_DATE
                if mention is self.dating.printed_mention
                else f"{reasons.STATED_AGAIN}: {reasons.OWN_DATE}",
            )
        if self.dating.is_of_another_document(mention):
            return DraftLeftOut(mention, reasons.OTHER_DOCUMENT)
        return self.judge_dated(mention, draft)

    def judge_dated(self, mention: Mention, draft: Draft) -> DraftLeftOut | list[DraftMilestone]:
        """A complete date that is not that of a document."""
        said = self.reading(mention)
        guess = self.guess(mention)
        reading = rules.with_guess(said, guess, self.context.is_labelled(mention)) if guess else said
        reading = rules.of_last_day(reading) if mention.words.lower().startswith("not after") else reading
        hard = [reason for reason in said.reasons if reason != reasons.EARLIER]
        is_clear = guess is not None and guess.is_clear
        is_never = reasons.PERIOD in hard or not is_clear
        if reasons.OTHER_DOCUMENT in hard or (hard and not said.kinds and is_never):
            return DraftLeftOut(mention, hard[0])
        if self.is_history(mention, reading):
            return DraftLeftOut(mention, reasons.HISTORY)
        scope = self.context.scope(mention)
        doubts = set()
        if hard:
            doubts.add(Doubt(f"Is it {hard[0]}?"))
        if reasons.EARLIER in reading.reasons or self.context.is_superseded(mention):
            doubts.add(EARLIER_DATE)
        if not reading.kinds:
            doubts.add(ITS_KIND)
            return [self.made(mention, None, scope, draft, doubts)]
        if ends := self.ends(mention, reading):
            first, last = (self.doubts_of_kind(mention, name, reading) for _, name in ends)
            return [self.of_end(mention, end, name, scope, draft, doubts | (first & last)) for end, name in ends]
        return [
            each
            for name in self.kinds(reading)
            for each in self.of_kind(mention, name, reading, self.scope_of_kind(mention, name, scope), draft, doubts)
        ]

    def scope_of_kind(self, mention: Mention, name: str, scope: Scope) -> Scope:
        """The pairs that a clause without a name can mean: of a liquidation and a merger, each has its own end."""
        start, end = mention.clause_span
        is_named = self.context.pairs_named(mention.index, start, end)
        is_said = name in _ENDS_BY_NAME and _ENDS_BY_NAME[name].search(mention.clause) is not None
        if not is_said or is_named or scope.pairs != self.context.everything:
            return scope
        if self.context.is_about_another_fund(mention.index, start, end):
            return scope
        pairs = self.context.pairs
        fitting = frozenset(n for n in scope.pairs if bool(pairs[n].acquiring) is (name == "closing"))
        if not fitting or fitting == scope.pairs:
            return scope
        return Scope(fitting, scope.is_certain or len(fitting) == 1)

    def is_history(self, mention: Mention, reading: rules.Reading) -> bool:
        """Whether a day is told of as over, and so long before the filing that no plan of it can begin there."""
        days = mention.days
        if self.own is None or days is None or days[1] >= self.own - _BEFORE_THE_FILING:
            return False
        is_beside_others = not reading.sure or OTHER in self.context.clauses(mention)[0]
        is_over = _IS_OVER.search(mention.clause) is not None
        return is_beside_others and is_over and not _OF_THE_BEGINNING.intersection(reading.kinds)

    def of_kind(
        self, mention: Mention, name: str, reading: rules.Reading, scope: Scope, draft: Draft, doubts: set[Doubt]
    ) -> Iterator[DraftMilestone]:
        """A date as a milestone of a kind; as two if its board is the target's for some pairs alone."""
        is_of_board = name == "board approval"
        whose = self.whose_vote(mention, name, scope)
        said = approvals(self.context, mention, scope) if is_of_board else [Approval(scope, whose or Of.TARGET)]
        for each in said:
            asked = doubts | self.doubts(mention, name, reading, each.scope, draft)
            if whose is None:
                asked.add(WHOSE_VOTE)
            if states_of(mention.phrase, kind_named(name)) is None:
                asked.add(_to_be_written(mention.reading.refusal))
            yield replace(self.made(mention, kind_named(name), each.scope, draft, asked), of=each.of)

    def whose_vote(self, mention: Mention, name: str, scope: Scope) -> Of | None:
        """Whose holders vote; None if that must be asked, since a clause says too little of it."""
        if not all(self.context.pairs[number].acquiring for number in scope.pairs):
            return Of.TARGET
        funds = self.funds_named if len(self.context.pairs) == 1 else 0
        return whose_vote(self.context.clauses(mention), mention.clause, name, funds=funds)

    @cached_property
    def funds_named(self) -> int:
        """How many funds the filing names."""
        names = self.context.names
        return sum(1 for name in names.all_printed.values() if names.sort_of(name) is Sort.FUND)

    def of_end(
        self, mention: Mention, end: End, name: str, scope: Scope, draft: Draft, doubts: set[Doubt]
    ) -> DraftMilestone:
        """The milestone at one end of a time from one day to another."""
        made = replace(self.made(mention, kind_named(name), scope, draft, doubts), end=end)
        states = made.states
        if self.own and isinstance(states, Dated) and not _is_plausible(name, states, self.own):
            return replace(made, doubts=made.doubts | {ITS_YEAR})
        return made

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
        clauses = (clause for clause in self.context.clauses(mention) if clause.count("#") < _MOST_DATES)
        return [with_event_alone(clause) for clause in clauses]

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
        if name in {"liquidation", "proceeds payment"} and any(
            self.context.pairs[number].acquiring for number in scope.pairs
        ):
            doubts.add(ITS_KIND)  # "terminate the Fund by merging it": a merger is no liquidation
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
            doubts.add(Doubt(f'Is it "{name}" or "{rivals[0]}"?'))
        clauses = self.context.clauses(mention)
        clause = clauses[0]
        if name in OF_ONE_FUND and (is_of_acquirer(clause) or is_of_acquirer(clauses[-1])):
            doubts.add(OF_THE_ACQUIRER)
        before, behind = self.context.sentences_beside(mention)
        for said in {clause, clauses[-1] if self.context.has_a_label(mention) else clause}:
            doubts |= set(doubts_of_words(said, name, is_bound=mention.is_denied))
        if _ON_A_COVER.search(clause) and self.is_of_a_merger:
            doubts.discard(WHICH_STATEMENT)
        return doubts | set(doubts_of_neighbours(clause, before, behind, name))

    @cached_property
    def is_of_another(self) -> bool:
        """Whether the filing repeats an earlier one."""
        return repeats_another(self.context.names.filing)

    @cached_property
    def is_of_a_merger(self) -> bool:
        """Whether the filing is that of a registration statement for a merger (Form N-14; 17 CFR 230.488)."""
        return any(_FOR_A_MERGER.search(passage.text) for passage in self.context.names.filing.passages)

    def doubts_of_day(self, mention: Mention, name: str) -> set[Doubt]:
        """What speaks against the words of a date, or against its year."""
        doubts = {ITS_FOOTNOTE} if self.context.has_footnote(mention) else set()
        if _UNREAD_TERM.match(mention.passage.text, mention.end):
            doubts.add(ITS_TERM)
        if is_at_once(mention, kind_named(name)):
            return doubts
        if not isinstance(mention.reading.states, Dated) or _is_turned_round(mention, name):
            doubts.add(_to_be_written(mention.reading.refusal))
        elif self.own and not _is_plausible(name, mention.reading.states, self.own):
            doubts.add(ITS_YEAR)
        return doubts | ({ITS_YEAR} if self.contradicts_its_verb(mention, name) else set())

    def contradicts_its_verb(self, mention: Mention, name: str) -> bool:
        """Whether a day before that of the filing is told of as one to come, or one behind it as one that is over."""
        states, own = mention.reading.states, self.own
        if own is None or name not in _TOLD_AHEAD or not isinstance(states, Dated):
            return False
        clause = self.context.clauses(mention)[0]
        is_over, is_to_come = states.last < own, own < states.first
        return (is_over and _WILL_BE.search(clause) is not None) or (is_to_come and _WAS.search(clause) is not None)

    def judge_undated(self, mention: Mention, draft: Draft) -> DraftLeftOut | list[DraftMilestone]:
        """A date without a day: counted from another, or not given yet."""
        states = mention.reading.states
        reading = self.reading(mention)
        is_pointing = _POINTING.search(mention.words) is not None
        guess = self.guess(mention)
        if mention.is_from_now:
            return self.judge_from_now(mention, reading, guess, draft)
        if at_once := self.at_once(mention, rules.with_guess(reading, guess) if guess else reading, draft):
            return at_once
        if guess and guess.is_clear and not is_pointing and _names_no_other_date(states):
            kind = kind_named(self.kinds(rules.with_guess(reading, guess))[0])
            return [self.made(mention, kind, self.context.scope(mention), draft, {ITS_DAY})]
        if isinstance(states, Relative):
            if self.is_only_a_name(mention, states, reading):
                return DraftLeftOut(mention, reasons.COUNTED)
            if states.is_of_source and not reading.kinds:
                return DraftLeftOut(mention, reasons.POINTS)
        if isinstance(states, Undated) and not reading.kinds and not _DEFERRED.search(mention.clause):
            return DraftLeftOut(mention, reasons.NO_DAY)
        name = "closing" if isinstance(states, Undated) else ""
        is_refused_day = states is None and _A_DAY.search(mention.words) is not None
        if reading.kinds and (states is not None or is_pointing or (is_refused_day and reading.sure)):
            name = self.kinds(reading)[0]
        if name:
            return [self.made(mention, kind_named(name), self.context.scope(mention), draft, {ITS_DAY})]
        return DraftLeftOut(mention, reasons.POINTS if is_pointing else mention.reading.refusal or reasons.NO_DAY)

    def is_only_a_name(self, mention: Mention, states: Relative, reading: rules.Reading) -> bool:
        """Whether a date only names the day of a milestone, and its clause gives nothing else that day."""
        if states.amount != 0 or states.is_of_source:
            return False
        if self.is_heading(mention):
            return True
        named = {each.name for each in states.base.kinds}
        in_clause = reading if mention.passage.cells else rules.read_clause(self.readable_clauses(mention)[0])
        return named.issuperset(in_clause.kinds) or _NOTHING_ELSE_ON.issuperset(named)

    def is_heading(self, mention: Mention) -> bool:
        """Whether a date is one of several names in a row without a day: "Record Date | Meeting Date"."""
        row = self.dating.in_passage(mention.index)
        return bool(mention.passage.cells) and len(row) > 1 and not any(each.days for each in row)

    def at_once(self, mention: Mention, reading: rules.Reading, draft: Draft) -> list[DraftMilestone]:
        """The milestones of what is so from the day of the filing on; none if a date tells of nothing such."""
        is_certain = self.own is not None and draft.bears == self.own
        names = self.kinds(reading) if reading.kinds and is_certain else []
        if not names or not all(is_at_once(mention, kind_named(name)) for name in names):
            return []
        if self.has_earlier_day(mention) or self.is_of_another:
            return []
        scope = self.context.scope(mention)
        return [each for name in names for each in self.of_kind(mention, name, reading, scope, draft, set())]

    def has_earlier_day(self, mention: Mention) -> bool:
        """Whether the clause around a date has a day before that of the filing, from which on it may be so."""
        start, end = mention.clause_span
        beside = [each.days for each in self.dating.in_passage(mention.index) if start <= each.start < end]
        return any(days and self.own and days[0] < self.own for days in beside)

    def judge_from_now(
        self, mention: Mention, said: rules.Reading, guess: Guess | None, draft: Draft
    ) -> DraftLeftOut | list[DraftMilestone]:
        """A date that only counts from the day of the document, such as "next month"."""
        is_clear = guess is not None and guess.is_clear
        reading = rules.with_guess(said, guess) if guess and is_clear else said
        kind = kind_named(self.kinds(reading)[0]) if is_clear or said.sure else None
        if kind is None or _is_a_rule(mention.clause, kind.name):
            return DraftLeftOut(mention, mention.reading.refusal)
        return [self.made(mention, kind, self.context.scope(mention), draft, {ITS_DAY})]

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
        softened = mention.softened
        if softened and (not softened.is_sure or states_of(mention.softened_phrase(mention.phrase), kind) is None):
            doubts.add(ITS_SOFTNESS)
        return DraftMilestone(
            mention=mention,
            kind=kind,
            scope=scope.pairs,
            conditions=self.conditions_of(mention, kind),
            may_change=not cancelled and self.moving.may_move(mention, kind, scope.pairs),
            cancelled=cancelled,
            doubts=frozenset(doubts),
            is_scope_said=scope.is_said,
        )

    def conditions_of(self, mention: Mention, kind: Kind | None) -> tuple[str, ...]:
        """What a milestone of a kind depends on; dealing in a fund hangs on much else, such as a complete order."""
        name = kind.name if kind else ""
        found = self.conditions.of(mention) if name in _DEPENDING | OF_ONE_FUND else ()
        return found if name in _DEPENDING else tuple(each for each in found if _OF_THE_PLAN.search(each))

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


_ENDS_BY_NAME = {
    "closing": re.compile(r"\bthe (?:\w+ )?(?:merger|reorgani[sz]ation|combination|consolidation)s?\b", re.IGNORECASE),
    "liquidation": re.compile(r"\bthe (?:\w+ )?liquidations?\b", re.IGNORECASE),
}
"""What a clause calls the end of a fund, by which it means a merger or a liquidation of the filing."""
_MOST_DATES = 60
_OF_THE_BEGINNING = frozenset({"board approval", "agreement signed", "approval obtained", "sec order", "n-14 filing"})
"""What may lie years before a filing of a plan."""
_IS_OVER = re.compile(
    r"\b(?:was|were|took place|occurred|became|closed|began|joined|acquired|reached|has been|have been|changed)\b",
    re.IGNORECASE,
)
"""What tells of a day that is over."""
_FOR_A_MERGER = re.compile(
    r"\bN-14\b|\bRule 488\b|\bprospectus ?/ ?proxy|\bproxy statement(?: ?/ ?| and )prospectus", re.IGNORECASE
)
_ON_A_COVER = re.compile(r"^as filed with the |^it is proposed that (?:this filing|the registration statement) will")
"""What the cover of a registration statement says of it."""
_UNREAD_TERM = re.compile(
    r"\s*(?:[(,][^()\"“”;.]{0,50}[\"“][^()\"“”]{0,60}|\(the [^()\"“”]{0,60})"
    r"\b(?:dates?|days?|time|meeting|closing|merger|reorganization)[\"”)]",
    re.IGNORECASE,
)
"""What a day is called, behind words that are read: what it says of the day is not understood."""
_SPAN = re.compile(r"(?:from|beginning|between|starting|during)\b", re.IGNORECASE)
_ENDS = (
    ("free transfers begin", "free transfers end"),
    ("transition begins", "transition ends"),
    ("blackout begins", "blackout ends"),
    ("dealing suspension begins", "dealing suspension ends"),
)
"""The kinds of the first and the last day of one time."""
_TOLD_AHEAD = COMPLETING | {"special meeting"}
_HAPPENING = r"(?:held|take place|took place|occur(?:red)?|close[d]?|completed|convened|effective)"
_WILL_BE = re.compile(rf"\b(?:will|shall|(?:is|are) to) (?:be )?{_HAPPENING}\b[^@#;,]{{0,40}}@")
_WAS = re.compile(rf"\b(?:was|were) {_HAPPENING}\b[^@#;,]{{0,40}}@")
"""How a meeting or a closing is told of that is still to come, or over."""
_SHARED = frozenset({"n-14 filing", "n-14 effectiveness", "sec order"})
"""What several reorganizations often have together, whichever fund the text has named last."""
_OF_THE_END = frozenset({"announcement", "n-14 withdrawal"})
"""What is so although a plan is called off."""
_OF_ONE_CLASS = OF_ONE_FUND | {
    "conversion", "dealing suspension begins", "dealing suspension ends", "liquidation",
}  # fmt: skip
"""What may hold for one class of shares alone."""
_OF_A_CLASS = re.compile(
    r"\bclass (?:[A-Z]\d?|[IVX]+|\d)\b|\b(?:institutional|investor|retail|advisor|service|premier) class\b|"
    r"\bpreferred shares\b",
    re.IGNORECASE,
)
"""A class of shares, of which a plan has no milestones of its own."""
_OF_A_YEAR = re.compile(r"\b(?:end|close|beginning|start|middle)\b", re.IGNORECASE)
"""What narrows a year: "by the end of 2026"."""
_GENERAL = re.compile(r"\b(?:is|are|may|must|can|cannot|do|does|if|any|each|every)\b", re.IGNORECASE)
_HAPPENS_ONCE = re.compile(
    r"\b(?:will|shall|to be|expect(?:s|ed)|anticipate[sd]|scheduled|planned|plans|intend(?:s|ed)|proposed|targeted) ",
    re.IGNORECASE,
)
_NOTHING_ELSE_ON = frozenset({"record date", "dividend record date"})
"""On whose day no other milestone is, so that the name alone gives none a day."""
_DEFERRED = re.compile(rf"\b{PUT_OFF}\b", re.IGNORECASE)
_A_DAY = re.compile(r"\d")
"""What a day is printed with, if its year is missing or may be another: "May 4", "5/4/26"."""
_POINTING = re.compile(r"\b(?:the|that) (?:same )?(?:date|day)\b", re.IGNORECASE)
_PRECEDENCE = (
    "voting deadline", "information statement mailing", "dividend record date", "dividend payment", "record date",
    "valuation", "n-14 effectiveness", "n-14 filing", "board approval", "proxy mailing", "special meeting",
    "sales charge waiver", "closed to new investors", "last redemption", "last purchase", "closed to purchases",
    "creation orders end", "last trading day", "delisting", "proceeds payment", "outside date", "substitution",
    "conversion", "closing", "liquidation",
)  # fmt: skip
"""Of two kinds that a sentence gives a day, the day is of the first one here."""


def _precedence(name: str) -> int:
    return _PRECEDENCE.index(name) if name in _PRECEDENCE else len(_PRECEDENCE)


def _to_be_written(refusal: str) -> Doubt:
    """The question about a date whose words no plan takes; `refusal` says what is wrong with them."""
    return Doubt(f"How is its date to be written? {refusal}." if refusal else "How is its date to be written?")


def _names_no_other_date(states: States | None) -> bool:
    """Whether the words of a date without a day are more than a name for another date."""
    return states is None or (isinstance(states, Relative) and states.amount != 0)


def _is_turned_round(mention: Mention, name: str) -> bool:
    """Whether a date has a "not" that fits no such kind: what begins "not after" a day, what ends "not before" it."""
    kind, bound = kind_named(name), mention.words.lower()
    if kind is None or not mention.is_denied:
        return False
    return (kind.begins and bound.startswith("not after")) or (kind.ends and bound.startswith("not before"))


def _is_a_rule(clause: str, kind: str) -> bool:
    """Whether a clause that counts from now says what happens every time: "proceeds are paid within seven days"."""
    is_general = _GENERAL.search(clause) is not None and _HAPPENS_ONCE.search(clause) is None
    return is_general or kind in _DISTRIBUTING


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
