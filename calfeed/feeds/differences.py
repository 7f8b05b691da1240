"""What subscribers see change between two states of what is published, and what of it would break or mislead them."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from calfeed.feeds.descriptions import COMPLETED, limit_in
from calfeed.model.trusts import address_slug
from calfeed.model.when import in_words

CANCELLED, CONFIRMED = "cancelled", "confirmed"
_DEFERRED = "deferred"
_STANDS_NO_MORE = {CANCELLED, _DEFERRED}


class Days(NamedTuple):
    """The first and the last day that a date phrase states.

    `limit` is its precision where that leaves one side open: "no later than". `anchor` is the part of the day.
    `is_exact` says that nothing in the phrase leaves the days uncertain.
    """

    first: date
    last: date
    limit: str = ""
    anchor: str = ""
    is_exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a milestone says of its past: `previously`, None for what gave no day, and how often it was `corrected`.

    `cancelled` counts the entries of `previously` that say so. `counted_from` is the kind of the milestone from which
    its day is counted, "source" for the day of the source, or empty. `states` are those of its reorganization, in
    words that only compare. `cancelled_still` says that it is on again by a source that is later than what cancels it.
    """

    previously: tuple[Days | None, ...] = ()
    corrected: int = 0
    cancelled: int = 0
    completed: bool = False
    counted_from: str = ""
    states: str = ""
    cancelled_still: bool = False


class Called(NamedTuple):
    """What a portfolio or a trust is called."""

    name: str
    other_names: tuple[str, ...]

    def shares_name(self, other: "Called") -> bool:
        """Whether one of its names is one of another's."""
        return not {self.name, *self.other_names}.isdisjoint({other.name, *other.other_names})

    def answers_at(self, address: str) -> bool:
        """Whether another name of it gives an address."""
        return address in map(address_slug, self.other_names)


class Fund(NamedTuple):
    """A portfolio that an event is about, and its trust."""

    portfolio: Called
    trust: Called


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEvent:
    """What is published of one milestone: its event or, while `start` is None, that it has no day.

    `words` are those of its date, or empty, and `days` the days that they state, where that is known. `start` and `end`
    are both days (the end exclusive) or both instants.
    `standing` is its STATUS in lower case, or says why it has none. `stamp` is its DTSTAMP, or a day where no more is
    known. `acquirer` is the address of what acquires, "trust/portfolio"; empty where it has none, or that is not known.
    `funds` are its target and what acquires it, by such addresses. `facts` are what else it says, each by a name that
    people know. Where an .ics file is all that there is, `history` is None, `funds` is empty, and `facts` has the
    DESCRIPTION alone.
    """

    uid: str
    summary: str
    words: str = ""
    days: Days | None = None
    start: date | None
    end: date | None
    standing: str
    sequence: int
    stamp: date
    plan_title: str = ""
    acquirer: str = ""
    funds: Mapping[str, Fund] = field(default_factory=dict)
    history: History | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The UID without its domain."""
        return self.uid.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """The domain of the UID."""
        return self.uid.rpartition("@")[2]

    @property
    def plan(self) -> str:
        """The id of its plan, which every UID begins with."""
        return self.uid.partition(".")[0]

    @property
    def limit(self) -> str | None:
        """Its precision if it is a limit, "" if its days are all that are possible; None where that is not known."""
        return self.days.limit if self.days else limit_in(self.facts.get("description", ""))

    @property
    def when(self) -> str:
        """Its date in words: those of the filing, or the day of the event; of a counted date both."""
        if not self.words:
            return self._day
        is_counted = self.history is not None and self.history.counted_from != "" and self.start is not None
        return f'"{self.words}" ({self._day})' if is_counted else f'"{self.words}"'

    @property
    def _day(self) -> str:
        if self.start is None or self.end is None:
            return "no date"
        if isinstance(self.start, datetime):
            return f"{in_words(self.start)} at {self.start:%H:%M} UTC"
        last = self.end - timedelta(days=1)
        return in_words(self.start) if last <= self.start else f"{in_words(self.start)} to {in_words(last)}"


Published: TypeAlias = Mapping[str, PublishedEvent]
"""What is published, by the UIDs without their domain."""


def published(events: Iterable[PublishedEvent]) -> Published:
    """Events by the UIDs without their domain."""
    return {event.name: event for event in events}


class Sort(StrEnum):
    """The sort of a change, as a word for people."""

    NEW = "new"
    MOVED = "moved"
    FIRMER = "firmer"
    SOFTER = "softer"
    CANCELLED = "cancelled"
    RESTORED = "no longer cancelled"
    COMPLETED = "completed"
    OTHER_WORDS = "other words"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What subscribers see change in one event, or where `uid` is empty in a whole plan, and `warnings` about it."""

    plan: str
    plan_title: str
    uid: str
    sort: Sort
    text: str
    warnings: tuple[str, ...] = ()


def differences(before: Published, after: Published, *, partial: bool = False) -> list[Difference]:
    """What changes between two states, by plan.

    `partial` says that one side holds only some events: what only the other has is then neither new nor gone.
    """
    found = list(_domain_changes(before, after))
    if renamed := _renamed_funds(before, after):
        before = {name: replace(old, acquirer=renamed.get(old.acquirer, old.acquirer)) for name, old in before.items()}
    gone = {} if partial else {name: before[name] for name in before.keys() - after.keys()}
    new = {} if partial else {name: after[name] for name in after.keys() - before.keys()}
    found.extend(_renamed(gone, new, _plans(before) & _plans(after)))
    found.extend(_told_of_funds(renamed, gone, new, after))
    for name in before.keys() & after.keys():
        found.extend(_changes(before[name], after[name]))
    found.extend(_title_changes(before, after))
    found.extend(_new(event) for event in new.values())
    plans = _plans(after)
    found.extend(_gone(event, event.plan in plans) for event in gone.values() if event.start is not None)
    return sorted(found, key=lambda each: (each.plan, each.uid, list(Sort).index(each.sort)))


def _plans(events: Published) -> set[str]:
    return {event.plan for event in events.values()}


# --- the whole -------------------------------------------------------------------------------------------------------


def _domain_changes(before: Published, after: Published) -> Iterator[Difference]:
    old, new = ({event.domain for event in events.values()} for events in (before, after))
    if old and new and not old & new:
        text = f"the domain of every UID, from {', '.join(sorted(old))} to {', '.join(sorted(new))}"
        warning = (
            "the domain differs, so every UID is another: subscribers lose every event and get it anew, and who "
            "downloaded a feed keeps the old events; put the old domain back"
        )
        yield Difference(plan="", plan_title="", uid="", sort=Sort.OTHER_WORDS, text=text, warnings=(warning,))


def _renamed(gone: dict[str, PublishedEvent], new: dict[str, PublishedEvent], still: Set[str]) -> Iterator[Difference]:
    """Plans whose file has another name, and what else changes of their events, which it takes from both sides.

    `still` are the plans of both sides, which have the names that they had.
    """
    gone_by_plan, new_by_plan = (
        {plan: names for plan, names in _by_plan(events).items() if plan not in still} for events in (gone, new)
    )
    for old_plan, old_names in gone_by_plan.items():
        tails = {name.partition(".")[2] for name in old_names}
        for new_plan, new_names in new_by_plan.items():
            if not tails <= {name.partition(".")[2] for name in new_names}:
                continue
            text = f"the plan {old_plan} is now called {new_plan}"
            warning = (
                f"the file of the plan {old_plan} has another name, so each of its {len(old_names)} UIDs is another: "
                f"subscribers lose these events and get them anew, and who downloaded them keeps the old ones; "
                f"rename it back to {old_plan}.yaml"
            )
            title = new[new_names[0]].plan_title
            yield Difference(plan=new_plan, plan_title=title, uid="", sort=Sort.GONE, text=text, warnings=(warning,))
            for tail in tails:
                yield from _changes_beside_uid(gone.pop(f"{old_plan}.{tail}"), new.pop(f"{new_plan}.{tail}"))
            del new_by_plan[new_plan]
            break


def _renamed_funds(before: Published, after: Published) -> dict[str, str]:
    """The portfolios that have another id or trust's id: their present addresses by those that they had.

    They are told by their names, of which one at least is as it was. Names of two portfolios of a trust differ.
    """
    old, new = _funds(before), _funds(after)
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    found: dict[str, str] = {}
    for address in gone:
        same = [each for each in come if _is_same_fund(old[address], new[each])]
        if len(same) == 1:
            found[address] = same[0]
    return found


def _funds(events: Published) -> dict[str, Fund]:
    return {address: fund for event in events.values() for address, fund in event.funds.items()}


def _is_same_fund(old: Fund, new: Fund) -> bool:
    return old.portfolio.shares_name(new.portfolio) and old.trust.shares_name(new.trust)


def _told_of_funds(
    renamed: Mapping[str, str], gone: dict[str, PublishedEvent], new: dict[str, PublishedEvent], after: Published
) -> Iterator[Difference]:
    """What is told of portfolios that have another address, once for each or for its trust.

    What else changes of their events, which it takes from both sides, is told beside it.
    """
    funds = _funds(after)
    uids: dict[tuple[str, str], int] = {}
    for before, now in renamed.items():
        place = _shortest(before, now)
        pairs = _taken(gone, new, before, now)
        uids[place] = uids.get(place, 0) + len(pairs)
        for pair in pairs:
            yield from _changes_beside_uid(*pair)
    for place, number in sorted(uids.items()):
        answers = any(_answers(*place, each) for address, each in funds.items() if _is_within(address, place[1]))
        yield _told_of_fund(*place, number, answers=answers)


def _shortest(before: str, now: str) -> tuple[str, str]:
    """Two addresses of a portfolio, or those of its trust where only that has another id."""
    old_trust, _, old = before.partition("/")
    new_trust, _, new = now.partition("/")
    return (old_trust, new_trust) if old == new else (before, now)


def _is_within(address: str, place: str) -> bool:
    return f"{address}/".startswith(f"{place}/")


def _answers(before: str, now: str, fund: Fund) -> bool:
    """Whether an earlier address answers still, since another name of the portfolio or of the trust gives it."""
    old_trust, _, old = before.partition("/")
    if not old:
        return fund.trust.answers_at(old_trust)
    return old_trust == now.partition("/")[0] and fund.portfolio.answers_at(old)


def _taken(
    gone: dict[str, PublishedEvent], new: dict[str, PublishedEvent], before: str, now: str
) -> list[tuple[PublishedEvent, PublishedEvent]]:
    """The events of a renamed portfolio, as they were and as they are; takes them from both sides."""
    target, pairs = f".{before.replace('/', '.')}.", []
    for name in list(gone):
        plan, separator, rest = name.partition(target)
        other = f"{plan}.{now.replace('/', '.')}.{rest}"
        if separator and "." not in plan and other in new:
            pairs.append((gone.pop(name), new.pop(other)))
    return pairs


def _told_of_fund(before: str, now: str, uids: int, *, answers: bool) -> Difference:
    """What is told of a portfolio or a trust that has another address; `uids` are how many became others with it."""
    portfolio = before.partition("/")[2]
    what = "portfolio" if portfolio else "trust"
    warning = f"the id of the {what} is another, and its address with it: "
    if answers:
        warning += f"trusts/{before}.ics answers still, by another name of the {what}"
    else:
        warning += f"who subscribed to trusts/{before}.ics is told nothing any more"
    if uids:
        warning += (
            f"; each of its {uids} UIDs is another too: subscribers of other feeds lose these events and get them "
            "anew, and who downloaded them keeps the old ones"
        )
    back = f'put the id "{portfolio}" back' if portfolio else f"rename its file back to {before}.yaml"
    text = f"the {what} trusts/{before} is now trusts/{now}"
    warnings = (f"{warning}; {back}: a name may change, an id may not",)
    return Difference(plan="", plan_title="", uid="", sort=Sort.GONE, text=text, warnings=warnings)


def _by_plan(events: Mapping[str, PublishedEvent]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, event in events.items():
        names.setdefault(event.plan, []).append(name)
    return names


def _title_changes(before: Published, after: Published) -> Iterator[Difference]:
    old, new = _titles(before), _titles(after)
    for plan in old.keys() & new.keys():
        if old[plan] != new[plan]:
            text = f"the title of the plan, from “{old[plan]}” to “{new[plan]}”"
            yield Difference(plan=plan, plan_title=new[plan], uid="", sort=Sort.OTHER_WORDS, text=text)


def _titles(events: Published) -> dict[str, str]:
    return {event.plan: event.plan_title for event in events.values() if event.plan_title}


def _new(event: PublishedEvent) -> Difference:
    return _of(event, Sort.NEW, f"{event.summary}: {event.when}")


def _gone(event: PublishedEvent, has_plan: bool) -> Difference:
    """An event that is gone; `has_plan` is False where all of its plan is, which may have been withdrawn."""
    lost = f"subscribers lose it without a word, and who downloaded it keeps {event.when}"
    put_back = "put it back, and cancel what will not happen"
    if has_plan:
        cause = "since its milestone, its target or an id in it was deleted or renamed"
        return _of(event, Sort.GONE, f"{event.summary}: {event.when}", f"its UID is gone, {cause}: {lost}; {put_back}")
    warning = (
        f"its UID is gone with all of its plan: {lost}; if the plan was published too early and lies in confidential/ "
        f"now, leave it there, and tell those who have seen it; if it was deleted or renamed, {put_back}"
    )
    return _of(event, Sort.GONE, f"{event.summary}: {event.when}", warning)


def _of(event: PublishedEvent, sort: Sort, text: str, *warnings: str) -> Difference:
    return Difference(
        plan=event.plan, plan_title=event.plan_title, uid=event.uid, sort=sort, text=text, warnings=warnings
    )


# --- one event -------------------------------------------------------------------------------------------------------


def _changes(old: PublishedEvent, new: PublishedEvent) -> Iterator[Difference]:
    """The change of one event, if there is any."""
    sort, text = _told(old, new)
    warnings = tuple(_warnings(old, new))
    if sort is None and warnings:
        sort, text = Sort.OTHER_WORDS, f"{new.summary}: differs in its revision alone"
    if sort is not None:
        yield _of(new, sort, text, *warnings)


def _changes_beside_uid(old: PublishedEvent, new: PublishedEvent) -> Iterator[Difference]:
    """The same of an event that has another UID, but for other words, which come with another name.

    The digest in its stamp differs in any case.
    """
    stamp = old.stamp.replace(minute=0, second=0) if isinstance(old.stamp, datetime) else old.stamp
    changes = _changes(replace(old, stamp=stamp), new)
    yield from (change for change in changes if change.sort is not Sort.OTHER_WORDS)


def _told(old: PublishedEvent, new: PublishedEvent) -> tuple[Sort | None, str]:
    """The sort of an event's change and what to say of it."""
    was_off, is_off = old.standing in _STANDS_NO_MORE, new.standing in _STANDS_NO_MORE
    if is_off and not was_off:
        return Sort.CANCELLED, _with_parties(old, new, f"was {old.when}")
    if was_off and not is_off:
        return Sort.RESTORED, _with_parties(old, new, new.when)
    if _completed(new) and not _completed(old):
        return Sort.COMPLETED, _from_to(old, new) if _moves(old, new) else _with_parties(old, new, new.when)
    if _moves(old, new):
        return Sort.MOVED, _from_to(old, new)
    if old.standing != new.standing and not is_off:
        return Sort.FIRMER if new.standing == CONFIRMED else Sort.SOFTER, _from_to(old, new)
    if _is_another_part(old, new):
        return Sort.MOVED, _from_to(old, new)
    if not is_off and old.days and new.days and old.days.is_exact != new.days.is_exact:
        said = _with_parties(old, new, f"from {old.when} to {new.when}", shows_former=True)
        return Sort.FIRMER if new.days.is_exact else Sort.SOFTER, said
    words = _other_words(old, new)
    return (Sort.OTHER_WORDS, f"{new.summary}{words}") if words else (None, "")


def _from_to(old: PublishedEvent, new: PublishedEvent) -> str:
    """What to say of an event whose date is another or, by what it depends on, firmer or softer."""
    if old.when == new.when:
        return _with_parties(old, new, new.when, shows_former=True)
    return _with_parties(old, new, f"from {old.when} to {new.when}")


def _with_parties(old: PublishedEvent, new: PublishedEvent, said: str, *, shows_former: bool = False) -> str:
    """What is said of an event, with what else subscribers would miss: other parties, or other conditions."""
    differing = _differing(old, new, _PARTIES)
    was = f" (was “{old.summary}”)" if differing or (shows_former and old.summary != new.summary) else ""
    if not _completed(new):  # which takes all conditions away
        differing += _differing(old, new, (_CONDITIONS,))
    return f"{new.summary}{was}: {said}" + (f"; differs in {', '.join(differing)}" if differing else "")


def _moves(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether the days differ: those on which it is shown or, of a long window, those that its words state."""
    is_another_window = old.days is not None and new.days is not None and old.days[:2] != new.days[:2]
    return is_another_window or (old.start, old.end) != (new.start, new.end)


def _is_another_part(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether the same day is meant otherwise: as a limit, as the other limit, or as its other end."""
    if _is_another_limit(old, new):
        return True
    before, after = (each.days.anchor if each.days else "" for each in (old, new))
    return before != after and bool(before and after)


def _is_another_limit(old: PublishedEvent, new: PublishedEvent) -> bool:
    return old.limit is not None and new.limit is not None and old.limit != new.limit


def _completed(event: PublishedEvent) -> bool:
    if event.history is None:
        return COMPLETED in event.facts["description"].split("\n")
    return event.history.completed


def _other_words(old: PublishedEvent, new: PublishedEvent) -> str:
    """What to say behind the SUMMARY of an event whose days and standing are as they were; empty if nothing differs."""
    was = f" (was “{old.summary}”)" if old.summary != new.summary else ""
    facts = _differing(old, new, sorted(old.facts.keys() & new.facts.keys()))
    told = [f"differs in {', '.join(facts)}"] if facts else []
    if old.words and new.words and old.words != new.words:
        told.insert(0, f'its date is now "{new.words}", where it was "{old.words}"')
    return was + (f": {'; '.join(told)}" if told else "")


_CONDITIONS = "conditions"
_PARTIES = ("acquirer", "target", "title")


def _differing(old: PublishedEvent, new: PublishedEvent, names: Iterable[str]) -> list[str]:
    """Those of some facts that differ, in words; of conditions those that there were."""
    found = []
    for name in names:
        before, after = old.facts.get(name), new.facts.get(name)
        if before is not None and after is not None and before != after:
            were = f" (before: {before or 'none'})" if name == _CONDITIONS else ""
            found.append(f"its {name}{were}")
    return found


# --- warnings --------------------------------------------------------------------------------------------------------


def _warnings(old: PublishedEvent, new: PublishedEvent) -> Iterator[str]:
    if old.acquirer and new.history and old.acquirer != new.acquirer:
        yield (
            f"it stands in the feed of trusts/{old.acquirer} no more, whose subscribers lose it without a word; put "
            "the id back if it was renamed; unless that acquirer was a slip, cancel the reorganization and write the "
            'new one beside it, with an "id" of its own'
        )
    revival = _hidden_revival(old, new)
    if revival:
        yield revival
    if old.start is not None and new.start is None and new.history and new.history.counted_from:
        yield f"the event vanishes from calendars, where it stood on {old.when}: what it counts from gives no day now"
    elif old.start is not None and new.start is None:
        yield (
            f"the event vanishes from calendars, where it stood on {old.when}, without a word; put that under "
            '"previously", with a source of its own'
        )
    elif old.start is not None and _must_say_so(old, new) and not _is_on_again_with_its_base(old, new):
        yield from _hidden_move(old, new)
    if new.sequence < old.sequence:
        also = f", here or in the {new.history.counted_from}" if new.history and _follows(old, new) else ""
        advice = "" if revival else f"; {_PUT_BACK}{also}"
        yield f"SEQUENCE falls from {old.sequence} to {new.sequence}: calendars keep what they have{advice}"
    yield from _stamp_warning(old, new, "" if revival else "; put the source back that was the latest, or its day")


def _must_say_so(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether a change of the date is one that subscribers must be told of."""
    return _moves(old, new) or _is_another_part(old, new)


def _follows(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether a day is counted as it was, so that it changes only with the one from which it is counted."""
    if old.history is None or new.history is None or new.history.counted_from in {"", "source"}:
        return False
    return old.history.counted_from == new.history.counted_from and old.words == new.words


def _is_on_again_with_its_base(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether a counted day was cancelled and is on again: the one from which it is counted has to say that it moved.

    SEQUENCE does not tell here, since the count of the cancellation is replaced by that of "previously".
    """
    return old.standing == CANCELLED != new.standing and _follows(old, new)


def _hidden_revival(old: PublishedEvent, new: PublishedEvent) -> str:
    """A warning where an event that was cancelled is on again, and does not say so or is not shown so; or nothing."""
    before, after = old.history, new.history
    if new.standing == CANCELLED and after and after.cancelled_still and not (before and before.cancelled_still):
        return (
            'it is still shown as cancelled, though "previously" says that it is on again: delete the "cancelled" '
            "that holds for it, and write it beside the target of each reorganization that stays cancelled"
        )
    if old.standing != CANCELLED or new.standing == CANCELLED or _says_that_it_is_on_again(old, new):
        return ""
    if after and _follows(old, new):
        base = after.counted_from
        return (
            f'it was cancelled, and "previously" does not say so: put "cancelled" first there, in the {base} from '
            "which it is counted or, if that was not cancelled, here; if SEQUENCE falls even so, write the day on "
            'which you mend it under its own "corrected"'
        )
    if before and before.cancelled_still:
        return (
            'subscribers have seen it as cancelled though "previously" said that it was on again; write the day on '
            'which you mend that under "corrected"'
        )
    return (
        'it was cancelled, and "previously" does not say so, so subscribers are not told that it is on again; put '
        '"cancelled" first there, with the document that says so as "source", or if the cancellation was a slip, write '
        'the day on which you mend it under "corrected"'
    )


def _says_that_it_is_on_again(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether "previously" or "corrected" says so, or an own state of the reorganization, which then counts twice."""
    before, after = old.history, new.history
    if before is None or after is None or _follows(old, new):
        return new.sequence >= old.sequence
    if after.cancelled > before.cancelled or after.corrected > before.corrected:
        return True
    more = len(after.previously) - len(before.previously)
    return before.states != after.states and new.sequence - old.sequence > more


_PUT_BACK = (
    'put back what was taken away under "previously" or "corrected", from what happened to it, or from the milestones '
    "of its own"
)
_SLIP = 'if it was a slip, write the day on which you mend it under "corrected"'


def _hidden_move(old: PublishedEvent, new: PublishedEvent) -> Iterator[str]:
    """A warning where the event moves, or its day is meant otherwise, and it does not say so."""
    what = _what_differs(old, new)
    if not _says_that_it_moved(old, new) and new.history and _follows(old, new):
        base = new.history.counted_from
        yield (
            f"{what} with the {base} from which it is counted, and nothing there says so; mend that: what is under "
            f'"previously" and "corrected" of the {base} counts here too'
        )
    elif not _says_that_it_moved(old, new):
        yield (
            f'{what}, but neither "previously" nor "corrected" says so, and subscribers are not told; put '
            f'{old.when} under "previously", with a source of its own, or {_SLIP}'
        )
    elif old.history and new.history and _says_of_another_day(old.history, new.history, old):
        yield f'subscribers have seen {old.when}, which "previously" does not name; add it, or {_SLIP}'
    elif old.history and new.history and _is_by_the_same_source(old, new, old.history, new.history):
        yield (
            f'{what}, and its "source" is still the one that gave {old.when}; name the document that moved '
            f"it, as a source of its own, or {_SLIP}"
        )


def _what_differs(old: PublishedEvent, new: PublishedEvent) -> str:
    if _moves(old, new):
        return "the time of day differs" if _is_same_day(old, new) else "the day differs"
    return "the days that are possible differ" if _is_another_limit(old, new) else "the part of the day differs"


def _is_same_day(old: PublishedEvent, new: PublishedEvent) -> bool:
    """Whether the days are the same that its words state, so that only their hours differ."""
    if old.days is None or new.days is None:
        return False
    has_hour = isinstance(old.start, datetime) or isinstance(new.start, datetime)
    return has_hour and old.days[:2] == new.days[:2]


def _says_that_it_moved(old: PublishedEvent, new: PublishedEvent) -> bool:
    if old.history is None or new.history is None or new.history.counted_from:
        return new.sequence > old.sequence
    before, after = old.history, new.history
    return (
        len(after.previously) > len(before.previously)
        or after.corrected > before.corrected
        or (after.completed and not before.completed)
    )


def _is_by_the_same_source(old: PublishedEvent, new: PublishedEvent, before: History, after: History) -> bool:
    """Whether an event says that it moved, by the document that gave its earlier day."""
    is_postponed = not after.counted_from and not after.completed and after.corrected == before.corrected
    return is_postponed and old.facts.get("source") == new.facts.get("source")


def _says_of_another_day(before: History, after: History, event: PublishedEvent) -> bool:
    """Whether a history has grown by other days than that of the event that it tells of."""
    if after.counted_from or after.completed or after.corrected > before.corrected:
        return False
    start = event.start.date() if isinstance(event.start, datetime) else event.start
    dated = [days for days in after.previously if days is not None]
    return start is not None and not any(days.first <= start <= days.last for days in dated)


def _stamp_warning(old: PublishedEvent, new: PublishedEvent, advice: str) -> Iterator[str]:
    """A warning where the stamp falls, with advice for where its day or hour does, or where only its digest does."""
    before_stamp, after_stamp = _as_precise(old.stamp, new.stamp), _as_precise(new.stamp, old.stamp)
    before, after = _revision(before_stamp), _revision(after_stamp)
    if after < before:
        yield (
            f"DTSTAMP falls from {_stamp_words(before)} to {_stamp_words(after)}, and with it the date of what it was "
            f"taken from: some calendars keep what they have{advice}"
        )
    elif _must_say_so(old, new) or old.domain != new.domain:
        return  # which is told already, and says more
    elif after == before and _seconds(after_stamp) < _seconds(before_stamp):
        yield (
            "what it says differs, but none of its revisions: some subscribers keep the old words; if they matter, "
            'write the day on which you changed them under "corrected"'
        )


def _as_precise(stamp: date, other: date) -> date:
    """A DTSTAMP, or its day where no more is known of the other: JSON has the day alone."""
    if isinstance(stamp, datetime) and not isinstance(other, datetime):
        return stamp.date()
    return stamp


def _revision(stamp: date) -> tuple[date, int]:
    """The day and the hour of a DTSTAMP: its day of revision and its number of revisions on it."""
    return (stamp.date(), stamp.hour) if isinstance(stamp, datetime) else (stamp, 0)


def _seconds(stamp: date) -> int:
    """What a DTSTAMP says below the hour: a digest of all else."""
    return stamp.minute * 60 + stamp.second if isinstance(stamp, datetime) else 0


def _stamp_words(revision: tuple[date, int]) -> str:
    day, hour = revision
    return f"{in_words(day)}, {hour:02}:00" if hour else in_words(day)
