"""Reads milestones, in one place of a plan, to drafts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from calfeed.model.kinds import KIND_NAMES, Kind, kind_named
from calfeed.model.plans import Cancellation, Milestone, Of, Source
from calfeed.model.synonyms import advice_on, kind_meant
from calfeed.model.titles import title_of
from calfeed.model.trusts import slug
from calfeed.model.when import Undated, When
from calfeed.reading.documents import NOT_APPLICABLE, CancelledDocument, MilestoneDocument, PlanDocument
from calfeed.reading.nodes import Steps
from calfeed.reading.phrases import read_day, read_phrase
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.shapes import Checked
from calfeed.reading.sources import Sources
from calfeed.reading.states import BESIDE_MILESTONES, OF_ALL, Draft, PlacedRelative
from calfeed.reading.suggestions import misspelt

_CHANGE = frozenset({"change", "to change", "changes"})
"""The conditions that say only that a date may still change."""
_NO_CONDITION = frozenset({"none", "nothing", "no condition", "no conditions", "n/a", "not applicable"})
_TARGET = Of.TARGET  # to look at a member of an enumeration takes 0.15 µs: for the row "folder to catalog"
_NOT_DATES = {
    NOT_APPLICABLE: f'"{NOT_APPLICABLE}" removes a milestone of the plan from one reorganization: delete it here',
    "cancelled": 'to cancel it, keep its date and write "cancelled" with the source that says so below it',
}


_NO_MILESTONE = frozenset({"n/a", "na", "n.a.", "none", "not applicable", "not applicable."})
"""Words, in lower case, that may be meant to remove a milestone."""


class _Past(NamedTuple):
    """What happened to a milestone: its previous dates, the days on which slips were mended, its own cancellation.

    A previous date is None where it had been cancelled, or where its words cannot be read. `relatives` are those that
    are counted from another one.
    """

    previously: tuple[When | None, ...] = ()
    relatives: tuple[PlacedRelative, ...] = ()
    corrected: tuple[date, ...] = ()
    cancelled: Cancellation | None = None


_NO_PAST = _Past()


class MilestoneReader:
    """Reads the milestones of one plan's file. Problems are added to the file, and milestones with one are left out.

    `has_lost` tells whether a milestone has been left out.
    """

    def __init__(self, checked: Checked[PlanDocument], sources: Sources) -> None:
        self._file = checked.file
        self._is_whole = checked.is_whole
        self._sources = sources
        self.has_lost = False

    def drafts(
        self, steps: Steps, entries: Mapping[str, MilestoneDocument | None], shared: Mapping[str, Draft]
    ) -> dict[str, Draft]:
        """The drafts of milestones by slug, in the order written; they may replace those of the plan, `shared`.

        `steps` lead to `entries` in the file. An entry of None removes a milestone of the plan.
        """
        drafts: dict[str, Draft] = {}
        written: dict[str, str] = {}
        for name, entry in entries.items():
            name_slug = slug(name)
            if not self._is_usable(steps, name, name_slug, written) or entry is None:
                continue
            draft = self._draft((*steps, name), name_slug, entry, shared.get(name_slug))
            if draft:
                drafts[name_slug] = draft
            else:
                self.has_lost = True
        return drafts

    def cancellation(self, steps: Steps, entry: CancelledDocument) -> Cancellation | None:
        """The cancellation at `steps` in the file."""
        source = self._sources.named(entry.source, *steps, "source")
        if source and len(self._sources.all) > 1 and source == self._sources.first:
            message = f'"{source.key}" is the first of the sources: name the one that says so'
            self._file.warn(message, *steps, "source")
        return Cancellation(source=source, reason=entry.reason) if source else None

    def _is_usable(self, steps: Steps, name: str, name_slug: str, written: dict[str, str]) -> bool:
        """Whether a key can be part of a UID; `written` are the keys before it, by their slugs."""
        if not name_slug:
            message = f'"{name}" needs a letter a to z or a digit, since the UID is made of it'
            self._file.refuse(message, *steps, name, key=True)
            return False
        other = written.setdefault(name_slug, name)
        if other != name:
            line = self._file.locate(*steps, other, key=True).line
            message = f'"{name}" and "{other}" (line {line}) would have the same UID: change one'
            self._file.refuse(message, *steps, name, key=True)
        return other == name

    def _draft(self, steps: Steps, name_slug: str, entry: MilestoneDocument, replaces: Draft | None) -> Draft | None:
        """The draft of the milestone at `steps`, the last of which is its key."""
        if entry.date in _NOT_DATES:
            self._file.refuse(_NOT_DATES[entry.date], *steps)
            return None
        name, date_steps = str(steps[-1]), (*steps, "date")
        if name in _WITHIN_A_MILESTONE and not entry.kind:
            whole = ', or put it beside "milestones" if all of these are' if name == "cancelled" else ""
            self._file.refuse(
                f'"{name}" belongs to a milestone: indent it below the one that it is of{whole}', *steps, key=True
            )
            return None
        if name in OF_ALL and not entry.kind:
            self._file.refuse(f'"{name}" is no milestone: {BESIDE_MILESTONES}', *steps, key=True)
            return None
        kind = self._kind(steps, name, entry)
        of = self._of(steps, entry, kind)
        stated = self._date(entry.date, kind, date_steps)
        source = self._source(steps, entry)
        past = self._past(steps, entry, kind)
        as_printed = self._is_as_printed(steps, entry.as_printed)
        self._check_conditions(steps, entry.subject_to)
        if kind is None or stated is None or source is None:
            return None
        when, relatives = _until_counted(stated), past.relatives
        if isinstance(stated, Relative):
            relatives = (PlacedRelative(None, stated), *relatives)
        # Without the names of the fields, which take three times as long: for the row "folder to catalog".
        written = Milestone(name_slug, kind, title_of(name, kind, of), of, when, when, source, source.dated)
        if past is not _NO_PAST or entry.subject_to or entry.note or entry.quote or as_printed:
            written = _with_particulars(written, entry, past, as_printed)
        return Draft(date_steps, name, written, replaces, relatives)

    def _past(self, steps: Steps, entry: MilestoneDocument, kind: Kind | None) -> _Past:
        if not (entry.previously or entry.corrected or entry.cancelled):
            return _NO_PAST
        dates = [
            None if words == "cancelled" else self._date(words, kind, (*steps, "previously", number))
            for number, words in enumerate(entry.previously)
        ]
        corrected = [
            self._file.understood(read_day, day, *steps, "corrected", number)
            for number, day in enumerate(entry.corrected)
        ]
        cancelled = self.cancellation((*steps, "cancelled"), entry.cancelled) if entry.cancelled else None
        return _Past(
            previously=tuple([each and _until_counted(each) for each in dates]),
            relatives=tuple([PlacedRelative(at, each) for at, each in enumerate(dates) if isinstance(each, Relative)]),
            corrected=tuple(filter(None, corrected)),
            cancelled=cancelled,
        )

    def _source(self, steps: Steps, entry: MilestoneDocument) -> Source | None:
        if entry.source:
            source = self._sources.named(entry.source, *steps, "source")
            if entry.previously and source == self._sources.first and len(self._sources.all) > 1:
                message = f'"{entry.source}" is the first of the sources: name the one that changed the date'
                self._file.warn(message, *steps, "source")
            return source
        if entry.previously and self._is_whole(*steps, "source"):
            self._file.refuse(
                '"previously" needs a "source" beside it: the key of the document that gave the new date',
                *(*steps, "previously"),
                key=True,
            )
        return self._sources.first

    def _date(self, words: str, kind: Kind | None, steps: Steps) -> When | Relative | None:
        """What a date phrase at `steps` states; None, and a problem, if it cannot be read."""
        try:
            return read_phrase(words, kind)
        except ValueError as error:
            if words.casefold() in _NO_MILESTONE:
                self._file.refuse(_no_date(words), *steps)
            else:
                self._file.not_understood(error, *steps)
            return None

    def _of(self, steps: Steps, entry: MilestoneDocument, kind: Kind | None) -> Of:
        """Whose milestone it is; a problem if the kind leaves it open and `of` is missing."""
        if entry.of and entry.of in list(Of):
            return Of(entry.of)
        if entry.of:
            self._file.refuse(f'"{entry.of}" is not "target", "acquiring" or "both"', *steps, "of")
        elif kind and kind.needs_of and self._is_whole(*steps, "of"):
            message = f'"{steps[-1]}" needs "of" beside its date, to say whose it is: target, acquiring or both'
            self._file.refuse(message, *steps, key=True)
        return _TARGET

    def _is_as_printed(self, steps: Steps, words: str) -> bool:
        if words and words not in {"yes", "no"}:
            self._file.refuse(f'"{words}" is neither "yes" nor "no"', *steps, "as printed")
        return words == "yes"

    def _check_conditions(self, steps: Steps, conditions: Sequence[str]) -> None:
        for number, words in enumerate(conditions):
            if words.casefold() in _NO_CONDITION:
                message = f'"{words}" is no condition: leave "subject to" out where the date depends on nothing'
                self._file.refuse(message, *steps, "subject to", number)

    def _kind(self, steps: Steps, name: str, entry: MilestoneDocument) -> Kind | None:
        """The kind of a milestone: its key or, if the key is a title of the author's own, the key `kind` in it."""
        kind = kind_named(name)
        if not entry.kind:
            if kind is None:
                near = _near(name)
                advice = f"{near} A title" if near else ": a title"
                message = f'unknown milestone "{name}"{advice} of your own needs "kind" below it'
                self._file.refuse(message, *steps, key=True)
            return kind
        written = kind_named(entry.kind)
        if written is None:
            hint = _near(entry.kind) or ': "other" is the kind of what has no kind of its own'
            self._file.refuse(f'unknown kind "{entry.kind}"{hint}', *steps, "kind")
        elif kind not in (None, written):
            message = f'"{name}" is a kind itself: delete this, or give the milestone another title'
            self._file.refuse(message, *steps, "kind")
        return written


_WITHIN_A_MILESTONE = frozenset(
    {"date", "source", "subject to", "note", "quote", "as printed", "previously", "corrected", "cancelled"}
)
"""Keys that stand beside the milestones where they are not indented."""


def _no_date(words: str) -> str:
    return (
        f'"{words}" is no date: write "{NOT_APPLICABLE}", as here, to remove a milestone of the plan from a '
        'reorganization, or "to be announced" as long as there is no date'
    )


def _near(name: str) -> str:
    """Advice on what to write for this name: its kind, or one of which it is a slip; empty if there is none."""
    if advice := advice_on(name):
        return advice
    meant = kind_meant(name)
    if meant is None or meant.name == name.lower():
        return misspelt(name, KIND_NAMES)
    return f': calfeed calls it "{meant.name}".'


def _until_counted(date: When | Relative) -> When:
    """The date before it has been counted."""
    return Undated(words=date.words) if isinstance(date, Relative) else date


def _with_particulars(written: Milestone, entry: MilestoneDocument, past: _Past, as_printed: bool) -> Milestone:
    """A milestone with what few entries state beside the date."""
    conditions = tuple([words for words in entry.subject_to if words.casefold() not in _CHANGE])
    return written._replace(
        conditions=conditions,
        may_change=len(conditions) < len(entry.subject_to),
        note=entry.note,
        quote=entry.quote,
        as_printed=as_printed,
        previously=past.previously,
        corrected=past.corrected,
        cancelled=past.cancelled,
        sequence=len(past.previously) + len(past.corrected),
        revised=max([written.revised, *past.corrected]),
    )
