"""What a later filing changes in a plan, written into the plan's file by the smallest edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from calfeed.filings.dates.moving import CHANGE, says_change
from calfeed.filings.drafts.drafted import Draft, DraftMilestone
from calfeed.filings.drafts.writing import ALWAYS_WHOSE, ORDINALS, rank_of, title_of, words_left_out
from calfeed.filings.revising.edits import Edits, Value
from calfeed.filings.revising.written_plan import Days, PlanFile, WrittenMilestone, WrittenPlan
from calfeed.model.plans import Of
from calfeed.model.synonyms import kind_meant
from calfeed.model.when import in_words
from calfeed.reading.nodes import Steps


class Moved(NamedTuple):
    """A milestone that has another day now, or depends on more, and the reorganizations for which that is so."""

    planned: WrittenMilestone
    milestone: DraftMilestone
    numbers: list[int]


def has_same_day(planned: WrittenMilestone, milestone: DraftMilestone) -> bool:
    """Whether a milestone has the day that the plan has, so that only what it depends on is new."""
    return milestone.days is not None and milestone.days == planned.days


class New(NamedTuple):
    """A milestone that the plan does not have, and the reorganizations for which it holds."""

    milestone: DraftMilestone
    numbers: list[int]


@dataclass(slots=True)
class Changes:
    """What a filing changes in a plan.

    `depending` are milestones of which only what they depend on is new.
    `states` are what happened to reorganizations as a whole: the word for it (with the day of a completion), and their
    numbers.
    """

    moved: list[Moved] = field(default_factory=list)
    depending: list[Moved] = field(default_factory=list)
    new: list[New] = field(default_factory=list)
    states: dict[tuple[str, Days | None], list[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.moved or self.depending or self.new or self.states)


class Source(NamedTuple):
    """A filing as a source of the plan: its key, the day that it bears, and whether the plan has it already."""

    key: str
    dated: date
    is_known: bool


def edited(file: PlanFile, draft: Draft, source: Source, changes: Changes) -> bytes:
    """The bytes of a plan's file with the changes of a filing; the source is added where anything changes."""
    if not changes:
        return file.content
    return _Editing(file, draft, source).edited(changes)


class _Editing:
    def __init__(self, file: PlanFile, draft: Draft, source: Source) -> None:
        self.edits = Edits(file.content)
        self.written = WrittenPlan(file)
        self.document = file.document
        self.draft = draft
        self.source = source.key
        self.dated = source.dated
        if not source.is_known:
            self._write_source()
        self.shared: dict[str, Value] = {}
        self.own: dict[int, dict[str, Value]] = {}

    def edited(self, changes: Changes) -> bytes:
        """The bytes with all changes."""
        for moved in (*changes.moved, *changes.depending):
            self._write_moved(moved)
        for new in changes.new:
            self._write_new(new)
        self._add_milestones((), self.document.milestones, self.shared)
        for number, entries in self.own.items():
            milestones = self.document.reorganizations[number].milestones
            self._add_milestones(("reorganizations", number), milestones, entries)
        for (word, days), numbers in changes.states.items():
            self._write_state(word, days, numbers)
        return self.edits.content()

    def _write_moved(self, moved: Moved) -> None:
        """Move a milestone where it stands, or for those reorganizations alone for which the filing moves it."""
        if moved.numbers == self.written.holders(moved.planned):
            self._move(moved.planned, moved.milestone)
            return
        for number in moved.numbers:
            self.own.setdefault(number, {})[str(moved.planned.steps[-1])] = self._replacement(moved)

    def _write_new(self, new: New) -> None:
        """Add a milestone to the plan, or to those reorganizations for which it holds."""
        if new.numbers == self.written.everything:
            key = self._free_key(new.milestone, {*self.document.milestones, *self.shared})
            self.shared[key] = self._entry(new.milestone, key)
            return
        for number in new.numbers:
            mine = self.own.setdefault(number, {})
            key = self._free_key(new.milestone, {*self.written.milestones(number), *mine})
            mine[key] = self._entry(new.milestone, key)

    def _write_source(self) -> None:
        source: dict[str, Value] = {"title": title_of(self.draft), "dated": in_words(self.dated)}
        left_out = words_left_out(self.draft)
        if left_out:
            source["left out"] = dict(left_out)
        self.edits.append(("sources",), {self.source: source})

    def _move(self, planned: WrittenMilestone, milestone: DraftMilestone) -> None:
        """Give a milestone of the file another day, or what it depends on besides."""
        written = planned.written
        steps = planned.steps
        is_same = has_same_day(planned, milestone)
        news: dict[str, Value] = {"date": written.date if is_same else milestone.phrase, "source": self.source}
        if not is_same:
            news["previously"] = [written.date]
        news["quote"] = milestone.mention.clause
        subject_to = _new_conditions(milestone, written.subject_to)
        if subject_to and not written.subject_to:
            news["subject to"] = subject_to if len(subject_to) > 1 else subject_to[0]
        if self.edits.is_text(steps):
            self.edits.replace(steps, news)
            return
        if is_same:
            del news["date"]
        if subject_to and written.subject_to:
            self.edits.put_first((*steps, "subject to"), subject_to, written.subject_to)
        for key in [key for key in news if getattr(written, key, None)]:
            value = news.pop(key)
            if key == "previously":
                self.edits.put_first((*steps, key), [written.date], written.previously)
            else:
                self.edits.replace((*steps, key), value)
        self.edits.append(steps, news)

    def _replacement(self, moved: Moved) -> dict[str, Value]:
        """A milestone of its own for a reorganization, in place of the plan's, which holds for others too."""
        written = moved.planned.written
        is_same = has_same_day(moved.planned, moved.milestone)
        entry: dict[str, Value] = {"date": written.date if is_same else moved.milestone.phrase}
        if written.kind:
            entry["kind"] = written.kind
        if written.of:
            entry["of"] = written.of
        conditions = [*written.subject_to, *_new_conditions(moved.milestone, written.subject_to)]
        if conditions:
            entry["subject to"] = conditions if len(conditions) > 1 else conditions[0]
        if written.note:
            entry["note"] = written.note
        entry["source"] = self.source
        if previously := [*([] if is_same else [written.date]), *written.previously]:
            entry["previously"] = previously
        entry["quote"] = moved.milestone.mention.clause
        return entry

    def _entry(self, milestone: DraftMilestone, key: str) -> dict[str, Value]:
        """A milestone that the plan does not have."""
        name = milestone.kind.name if milestone.kind else "other"
        entry: dict[str, Value] = {"date": milestone.phrase}
        if key != name:
            entry["kind"] = name
        if name in ALWAYS_WHOSE or milestone.of is not Of.TARGET:
            entry["of"] = milestone.of.value
        if subject_to := milestone.subject_to:
            entry["subject to"] = subject_to if len(subject_to) > 1 else subject_to[0]
        entry["source"] = self.source
        if milestone.previously:
            entry["previously"] = [each.words for each in milestone.previously]
        entry["quote"] = milestone.mention.clause
        return entry

    @staticmethod
    def _free_key(milestone: DraftMilestone, taken: set[str]) -> str:
        """The name of its kind, or a title where something has that name."""
        name = milestone.kind.name if milestone.kind else "other"
        titles = (f"{ordinal} {name}".strip() for ordinal in ("", *ORDINALS[2:]))
        return next((title for title in titles if title not in taken), f"{name} of {milestone.phrase}")

    def _add_milestones(self, steps: Steps, known: Mapping[str, object], entries: Mapping[str, Value]) -> None:
        """Add milestones to those of the plan or of a reorganization, each behind the one before it in the order."""
        if not entries:
            return
        in_order = {key: entries[key] for key in sorted(entries, key=_rank)}
        if not known:
            self.edits.append(steps, {"milestones": in_order})
            return
        for key, entry in in_order.items():
            rank = _rank(key)
            behind = [each for each in known if _rank(each) <= rank]
            self.edits.append((*steps, "milestones"), {key: entry}, behind[-1] if behind else None)

    def _write_state(self, word: str, days: Days | None, numbers: list[int]) -> None:
        state: dict[str, Value] = {"source": self.source}
        if days:
            state["date"] = in_words(days[0])
        document = self.document
        has_own = any(getattr(each, key) for each in document.reorganizations for key in _STATES)
        if numbers == self.written.everything and not has_own and getattr(document, word) is None:
            self.edits.append((), {word: state}, "reorganizations")
            return
        for number in numbers:
            self.edits.append(("reorganizations", number), {word: state})


_STATES = ("approved", "cancelled", "completed")


def _rank(key: str) -> int:
    return rank_of(kind_meant(key))


def _new_conditions(milestone: DraftMilestone, written: Sequence[str]) -> list[str]:
    """What a filing says that a day depends on, and its plan does not."""
    known = {each.casefold() for each in written}
    if any(map(says_change, written)):
        known.add(CHANGE)
    return [each for each in milestone.subject_to if each.casefold() not in known]
