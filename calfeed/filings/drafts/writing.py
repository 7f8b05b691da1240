"""A draft as the YAML of a plan, with what is to be decided in comments that an author frees by deleting "# "."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from calfeed.filings.dates.mentions import Mention
from calfeed.filings.drafts.drafted import Draft, DraftMilestone
from calfeed.filings.drafts.scalars import bracketed, quoted, scalar, wrapped
from calfeed.filings.funds.named import in_title_case, is_insurer
from calfeed.filings.funds.pair import Pair
from calfeed.filings.kinds import reasons
from calfeed.filings.passages.quoting import Quoting
from calfeed.filings.standings.standing_rules import Status
from calfeed.model.catalog import Catalog
from calfeed.model.kinds import KINDS, Kind
from calfeed.model.plans import Of
from calfeed.model.trusts import address_slug
from calfeed.model.when import Dated, in_words
from calfeed.reading.phrases.stated import Relative
from calfeed.reading.problems import printable

SOURCE = "filing"
"""The key of the source in a drafted plan."""
TO_DECIDE = "TO DECIDE"
_NEEDS_NAMED_IN_PLAN = frozenset(
    {reasons.PERIOD, reasons.FIGURES, reasons.CAP, reasons.HISTORY, reasons.PEOPLE, reasons.SITE, reasons.OTHER_FUND}
)
"""The reasons that `compare` does not know by itself, so that a plan says them under "left out"."""
ALWAYS_WHOSE = frozenset(
    {"name change", "subadviser change", "objective change", "benchmark change", "identifier change"}
)


def as_yaml(draft: Draft, catalog: Catalog | None) -> str:
    """A draft as a plan in YAML; `catalog` has the trusts that the data folder knows already.

    At its end stand the dates that are left out, as comments: with the milestones they are all dates of the filing.
    """
    lines = [line.text for line in lines_of(draft, catalog)]
    return "".join(f"{line}\n" for line in (*lines, *_left_out(draft)))


def _left_out(draft: Draft) -> Iterator[str]:
    """The dates that are left out, each with its line and the reason, as comments."""
    if draft.left_out:
        yield "#"
        yield "# Dates that are left out, by lines of the filing:"
    for each in sorted(draft.left_out, key=lambda one: (one.mention.index, one.mention.start)):
        yield f'#   {each.mention.line}: "{printable(each.mention.phrase)}": {each.reason}'


class PlanLine(NamedTuple):
    """A line of a drafted plan, and the milestone that it belongs to, if any."""

    text: str
    milestone: DraftMilestone | None = None


def lines_of(draft: Draft, catalog: Catalog | None) -> Iterator[PlanLine]:
    """The lines of a draft as a plan in YAML."""
    yield from _Writing(draft, catalog).lines()


def words_left_out(draft: Draft) -> dict[str, str]:
    """The words that a plan must say are no milestone, so that `compare` takes it, each with the reason."""
    quoting = Quoting(draft.filing)
    named = [each for each in draft.left_out if each.reason in _NEEDS_NAMED_IN_PLAN]
    return {_unique_words(each.mention, quoting): each.reason for each in named}


def _unique_words(mention: Mention, quoting: Quoting) -> str:
    """The words of a date, with as many of those before it as tell it from every other place."""
    passage, start = mention.passage, mention.start
    for _ in range(_MOST_WORDS_BEFORE):
        words = passage.words(start, mention.end)
        if sum(1 for _ in quoting.places(words)) == 1 or start <= mention.clause_span[0]:
            break
        start = passage.text.rstrip().rfind(" ", 0, max(0, start - 1)) + 1
    return passage.words(start, mention.end)


class _Writing:
    def __init__(self, draft: Draft, catalog: Catalog | None) -> None:
        self.draft = draft
        self.known = _Known(catalog)

    def lines(self) -> Iterator[PlanLine]:
        """The lines of the file."""
        yield from map(PlanLine, self.head())
        yield from map(PlanLine, self.source())
        yield from self.reorganizations()
        yield from self.milestones("", self.shared())
        yield from map(PlanLine, self.registry())

    def head(self) -> Iterator[str]:
        """What the file is, and the trust."""
        draft = self.draft
        yield f"# Drafted from {printable(draft.filing.name)}."
        if draft.is_open:
            yield '# Decide each question below: delete its line and the "# " of those below it, or delete them all.'
        if is_insurer(draft.trust) or not draft.trust:
            yield f"# {TO_DECIDE}: Which trust has the funds? The filing does not say it."
            yield "# trust: "
        else:
            yield f"trust: {scalar(in_title_case(draft.trust))}"

    # --- the source ---

    def source(self) -> Iterator[str]:
        """The filing as the source of the plan, with the words that are no milestone."""
        dated = self.draft.bears
        yield "sources:"
        yield f"  {SOURCE}:"
        yield f"    title: {scalar(title_of(self.draft))}"
        if dated:
            yield f"    dated: {in_words(dated)}"
        else:
            yield f"    # {TO_DECIDE}: Which day does the document bear?"
            yield "    # dated: "
        named = words_left_out(self.draft)
        if named:
            yield "    left out:"
            yield from (f"      {quoted(words)}: {reason}" for words, reason in named.items())

    # --- reorganizations ---

    def reorganizations(self) -> Iterator[PlanLine]:
        """Each pair, with what is its own; a pair that is not certain is a comment."""
        pairs = self.draft.pairs
        if not any(pair.is_certain for pair in pairs):
            yield PlanLine(f"# {TO_DECIDE}: What is reorganized?")
            yield PlanLine("# reorganizations:")
        else:
            yield PlanLine("reorganizations:")
        for number, pair in enumerate(pairs):
            own = map(PlanLine, [*self.pair(pair), *self.standing(number)])
            lines = [*own, *self.milestones("    ", self.own(number))]
            if not pair.is_certain:
                yield PlanLine(f"  # {TO_DECIDE}: Are these two a pair?")
            yield from lines if pair.is_certain else (line._replace(text=_commented(line.text)) for line in lines)

    def pair(self, pair: Pair) -> Iterator[str]:
        """The lines of a target and what acquires it."""
        yield from self.side("  - target", "    ", pair.target, pair.target_trust, pair.target_classes)
        if pair.acquiring:
            trust = pair.acquiring_trust
            yield from self.side("    acquiring", "    ", pair.acquiring, trust, pair.acquiring_classes)
        if pair.target_classes and any(each.target == pair.target for each in self.pairs_before(pair)):
            yield f"    id: {'-'.join(pair.target_classes).lower().replace(' ', '-')}"

    def pairs_before(self, pair: Pair) -> Sequence[Pair]:
        """The pairs before one, among which its target may stand already: all but the first then need an id."""
        return self.draft.pairs[: self.draft.pairs.index(pair)]

    def side(self, key: str, indent: str, fund: str, trust: str, classes: Sequence[str]) -> Iterator[str]:
        """The lines of one fund of a pair."""
        name = in_title_case(fund)
        is_own = not trust or in_title_case(trust) == in_title_case(self.draft.trust)
        if is_own and not classes:
            yield f"{key}: {scalar(name)}"
            return
        yield f"{key}:"
        yield f"{indent}  portfolio: {scalar(name)}"
        if not is_own:
            yield f"{indent}  trust: {scalar(in_title_case(trust))}"
        if classes:
            yield f"{indent}  classes: {bracketed(classes)}"

    def standing(self, number: int) -> Iterator[str]:
        """What the filing says of a pair as a whole; as comments if that is to be decided."""
        standing = self.draft.standings[number]
        day = self.draft.completed_on(number)
        question = self.draft.question_about_standing(number)
        if question:
            yield f"    # {TO_DECIDE}{f', line {standing.line}' if standing.line else ''}: {question}"
        if standing.status.state:
            is_completed = standing.status is Status.COMPLETED
            date = f", date: {quoted(in_words(day)) if day else '…'}" if is_completed else ""
            line = f"    {standing.status.state}: {{source: {SOURCE}{date}}}"
            yield _commented(line) if question else f"{line}  # line {standing.line}"

    # --- milestones ---

    def shared(self) -> list[DraftMilestone]:
        """The milestones of all pairs."""
        everything = frozenset(range(len(self.draft.pairs)))
        return [each for each in (*self.draft.placed, *self.draft.to_decide) if each.scope == everything]

    def own(self, number: int) -> list[DraftMilestone]:
        """The milestones of one pair that are not those of all."""
        everything = len(self.draft.pairs)
        both = (*self.draft.placed, *self.draft.to_decide)
        return [each for each in both if number in each.scope and len(each.scope) < everything]

    def milestones(self, indent: str, milestones: Sequence[DraftMilestone]) -> Iterator[PlanLine]:
        """Milestones in the order of the vocabulary, then of the filing."""
        if not milestones:
            return
        ordered = sorted(milestones, key=lambda each: (rank_of(each.kind), each.mention.index, each.mention.start))
        heading = f"{indent}milestones:"
        is_plain = any(each in self.draft.placed for each in ordered)
        yield PlanLine(heading if is_plain else _commented(heading))
        used: dict[str, int] = {}
        for each in ordered:
            name = each.kind.name if each.kind else "other"
            used[name] = used.get(name, 0) + 1
            yield from (PlanLine(line, each) for line in self.milestone(each, indent + "  ", used[name]))

    def milestone(self, milestone: DraftMilestone, indent: str, number: int) -> Iterator[str]:
        """The lines of a milestone; of one that is to be decided, as comments."""
        lines = [f"{indent}{line}" for line in self.facts(milestone, number)]
        if milestone in self.draft.placed:
            yield from lines
        else:
            yield f"{indent}# {TO_DECIDE}, line {milestone.mention.line}: {milestone.why}"
            yield from map(_commented, lines)

    def facts(self, milestone: DraftMilestone, number: int) -> Iterator[str]:
        """What a plan says of a milestone."""
        kind = milestone.kind
        name = kind.name if kind else "other"
        is_titled = number > 1 or kind is None
        yield f"{ORDINALS[min(number, len(ORDINALS) - 1)]} {name}:" if is_titled else f"{name}:"
        yield f"  date: {scalar(milestone.phrase)}"
        if is_titled:
            yield f"  kind: {name}"
        if name in ALWAYS_WHOSE or milestone.of is not Of.TARGET:
            yield f"  of: {milestone.of.value}"
        if subject_to := milestone.subject_to:
            yield f"  subject to: {bracketed(subject_to) if len(subject_to) > 1 else scalar(subject_to[0])}"
        if milestone.previously:
            yield f"  source: {SOURCE}"
            yield f"  previously: {bracketed([each.words for each in milestone.previously])}"
        if milestone.cancelled:
            yield f"  cancelled: {{source: {SOURCE}}}"
        yield "  quote: >-"
        yield from (f"    {line}" for line in wrapped(milestone.mention.clause))

    # --- the registry ---

    def registry(self) -> Iterator[str]:
        """What the trusts' files need, as comments."""
        needed: dict[str, list[str]] = {}
        for pair in self.draft.pairs:
            sides = [(pair.target, pair.target_trust), (pair.acquiring, pair.acquiring_trust)]
            for fund, trust in sides:
                whose = in_title_case(trust or ("" if is_insurer(self.draft.trust) else self.draft.trust))
                name = in_title_case(fund)
                if fund and not self.known.has(whose, name) and name not in needed.setdefault(whose, []):
                    needed[whose].append(name)
        for trust, funds in needed.items():
            if funds:
                yield "#"
                yield from self.trust_lines(trust, funds)

    def trust_lines(self, trust: str, funds: Sequence[str]) -> Iterator[str]:
        """The lines that a trust's file needs."""
        path = self.known.file_of(trust)
        if path:
            yield f"# {path} also needs, under portfolios:"
        else:
            yield f"# trusts/{address_slug(trust) or 'trust'}.yaml would be:"
            yield f"#   name: {scalar(trust) if trust else TO_DECIDE}"
            yield "#   portfolios:"
        for fund in funds:
            yield f"#     {address_slug(fund) or 'portfolio'}: {scalar(fund)}"


class _Known:
    """The trusts and portfolios that a data folder has."""

    def __init__(self, catalog: Catalog | None) -> None:
        self._files: dict[str, str] = {}
        self._portfolios: set[tuple[str, str]] = set()
        for trust in catalog.trusts if catalog else ():
            for name in (trust.name, *trust.other_names):
                self._files[name] = f"trusts/{trust.id}.yaml"
        for portfolio in catalog.portfolios if catalog else ():
            for name in (portfolio.name, *portfolio.other_names):
                self._portfolios.add((f"trusts/{portfolio.trust.id}.yaml", name))

    def file_of(self, trust: str) -> str:
        """The file of a trust in the data folder, or nothing."""
        return self._files.get(trust, "")

    def has(self, trust: str, portfolio: str) -> bool:
        """Whether a trust has a portfolio of a name."""
        return (self.file_of(trust), portfolio) in self._portfolios


_MOST_WORDS_BEFORE = 12
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "another")
_RANKS = {kind.name: rank for rank, kind in enumerate(KINDS)}


def rank_of(kind: Kind | None) -> int:
    """The place of a kind in the vocabulary; what has no kind comes last."""
    return _RANKS[kind.name] if kind else len(_RANKS)


def title_of(draft: Draft) -> str:
    """What the filing is called: its heading with the date, or that it is a filing of that day."""
    dated = draft.dated
    if dated is None or dated.days is None:
        return Path(draft.filing.name).name
    heading = " ".join(dated.passage.text.split())
    if len(heading) <= _LONGEST_TITLE and not dated.passage.cells and len(heading) > len(dated.words) + 2:
        return in_title_case(heading).strip(" *")
    return f"Document dated {in_words(draft.bears) if draft.bears else dated.words}"


_LONGEST_TITLE = 160


def _commented(line: str) -> str:
    """A line as a comment: with "# " before its first word, so that deleting it restores the line."""
    stripped = line.lstrip(" ")
    return f"{line[: len(line) - len(stripped)]}# {stripped}"


def iso(days: tuple[object, object] | None) -> str | list[str] | None:
    """A day as ISO 8601 writes it, or the first and the last of several."""
    if days is None:
        return None
    first, last = map(str, days)
    return first if first == last else [first, last]


def as_document(draft: Draft) -> dict[str, object]:
    """A draft as a document of JSON. A pair that is not certain is not among its reorganizations."""
    return {
        "trust": in_title_case(draft.trust),
        "source": {"title": title_of(draft), "dated": draft.bears.isoformat() if draft.bears else None},
        "reorganizations": [
            {
                "target": pair.target,
                "target_trust": in_title_case(pair.target_trust) or None,
                "target_classes": list(pair.target_classes),
                "acquiring": pair.acquiring or None,
                "acquiring_trust": in_title_case(pair.acquiring_trust) or None,
                "acquiring_classes": list(pair.acquiring_classes),
                "status": standing.status,
                "to_decide": draft.question_about_standing(number) or None,
            }
            for number, (pair, standing) in enumerate(zip(draft.pairs, draft.standings, strict=True))
            if pair.is_certain
        ],
        "placed": [_milestone(draft, each) for each in draft.placed],
        "to_decide": [_milestone(draft, each) for each in draft.to_decide],
        "left_out": [
            {"phrase": each.mention.phrase, "line": each.mention.line, "reason": each.reason} for each in draft.left_out
        ],
    }


def _milestone(draft: Draft, milestone: DraftMilestone) -> dict[str, object]:
    states = milestone.states
    return {
        "kind": milestone.kind.name if milestone.kind else None,
        "phrase": milestone.printed,
        "date": iso(milestone.days),
        "precision": "derived" if isinstance(states, Relative) else states.precision if states else "unknown",
        "anchor": _anchor(milestone),
        "conditional": bool(milestone.conditions),
        "may_change": milestone.may_change,
        "of": milestone.of.value,
        "applies_to": _applies_to(draft, milestone),
        "previously": [each.day.isoformat() for each in milestone.previously if each.day],
        "cancelled": milestone.cancelled,
        "quote": milestone.mention.clause,
        "line": milestone.mention.line,
    }


_CLOCK = re.compile(
    r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.?|(?:\b12(?:[:.]00)? )?\bnoon\b|\b\d{1,2}[:.]\d\d\b(?![.\d])", re.IGNORECASE
)


def _anchor(milestone: DraftMilestone) -> str | None:
    """The part of the day that a milestone's words name: the opening, the close, or a clock time."""
    states = milestone.states
    clock = _CLOCK.search(milestone.phrase)
    if clock:
        return clock[0]
    return states.anchor if isinstance(states, Dated | Relative) else None


def _applies_to(draft: Draft, milestone: DraftMilestone) -> str | list[str]:
    if len(milestone.scope) == len(draft.pairs):
        return "all"
    targets = [pair.target for pair in draft.pairs]
    found = []
    for number in sorted(milestone.scope):
        pair = draft.pairs[number]
        is_twin = targets.count(pair.target) > 1 and bool(pair.target_trust)
        found.append(f"{pair.target} ({in_title_case(pair.target_trust)})" if is_twin else pair.target)
    return found
