"""Data folders of any size that look like real ones: invented trusts, portfolios and plans, the same for a seed.

Of every 20 plans 16 are mergers with five milestones, 3 are liquidations with four, and one merges two portfolios
without a vote, with four each: 21 reorganizations and 100 milestones that have, or last had, a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

PORTFOLIOS_PER_TRUST = 20
PLANS_PER_TRUST = 10
_FIRST_YEAR, _YEARS = 2030, 10

_SPONSORS = (
    "Alder Creek", "Beacon Hill", "Cedar Point", "Dunmore", "Eastlake", "Fairhaven", "Glenrock", "Harborview",
    "Ironwood", "Juniper Ridge", "Kingsbridge", "Larkfield", "Millbrook", "Northgate", "Oakmere", "Pinecrest",
    "Quarry Lane", "Ridgefield", "Stonebrook", "Thornbury", "Upland", "Vantage Bay", "Westmoor", "Yarrow",
)  # fmt: skip
_TRUST_ENDINGS = (
    "Series Trust", "Funds, Inc.", "Variable Insurance Trust", "Investment Portfolios", "Equity Trust", "Income Trust",
    "Advantage Funds", "Retirement Series", "Select Funds", "Municipal Trust", "World Funds", "Index Trust",
)  # fmt: skip
_STRATEGIES = (
    "Aggressive Growth", "Balanced", "Blue Chip", "Bond Index", "Capital Appreciation", "Core Plus Bond",
    "Disciplined Equity", "Diversified Research", "Emerging Markets Equity", "Equity Income", "Floating Rate",
    "Global Allocation", "Government Securities", "Growth & Income", "Health Sciences", "High Yield",
    "Inflation Protected Bond", "International Value", "Large Cap Growth", "Large Cap Value", "Limited Maturity Bond",
    "Mid-Cap Growth", "Mid-Cap Stock", "Money Market", "Natural Resources", "Real Estate", "Small Cap Index",
    "Small Cap Value", "Technology", "Total Return", "U.S. Micro-Cap", "Ultra Short Bond",
)  # fmt: skip
_THAT_GO = 14
"""So many of a trust's portfolios go, and the others acquire: none acquires after it has gone."""
_ZONES = ("Eastern", "Eastern", "Central", "Mountain", "Pacific")
_REASONS = ("The boards have terminated the agreement", "The shareholders did not approve the reorganization")
_MERGER, _LIQUIDATION, _DOUBLE = "merger", "liquidation", "double"
_PATTERN = (*[_MERGER] * 6, _LIQUIDATION, *[_MERGER] * 5, _DOUBLE, _LIQUIDATION, *[_MERGER] * 5, _LIQUIDATION)


def generate(folder: Path, plans: int, seed: int, events_per_feed: int | None = None) -> None:
    """Write a data folder without problems: so many plans, a trust for every ten (at least two), 20 portfolios each.

    `events_per_feed` is the site's limit; None leaves calfeed's own.
    """
    rng = Random(seed)  # noqa: S311 -- the same folder for the same seed, nothing secret
    limit = f"events per feed: {events_per_feed}\n" if events_per_feed else ""
    _write(
        folder / "site.yaml",
        "site",
        f"title: Portfolio reorganizations\ndomain: calendars.example.com\nrefresh: 6 hours\n{limit}",
    )
    trusts = [_trust(rng, number) for number in range(max(2, plans // PLANS_PER_TRUST))]
    for trust in trusts:
        _write(folder / "trusts" / f"{trust.id}.yaml", "trust", "\n".join(_trust_lines(rng, trust)))
    targets = [(trust, name) for trust in trusts for name in trust.portfolios[:_THAT_GO]]
    rng.shuffle(targets)  # a portfolio goes once only
    taken: dict[str, int] = {}
    for number in range(plans):
        plan = _Plan(rng, trusts, targets, _PATTERN[number % len(_PATTERN)])
        stem = f"{plan.trust.id}-{plan.announced:%Y-%m}"
        taken[stem] = taken.get(stem, 0) + 1
        plan_id = stem if taken[stem] == 1 else f"{stem}-no-{taken[stem]}"
        _write(folder / "plans" / f"{plan_id}.yaml", "plan", "\n".join(plan.lines()))


def _write(path: Path, schema: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    up = "../" if schema == "site" else "../../"
    first = f"# yaml-language-server: $schema={up}static/schema/{schema}.json"
    path.write_text(f"{first}\n{text.rstrip()}\n", encoding="utf-8", newline="\n")


# --- trusts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trust:
    id: str
    name: str
    short_name: str
    cik: int
    portfolios: tuple[str, ...]


def _trust(rng: Random, number: int) -> _Trust:
    series, which = divmod(number, len(_SPONSORS) * len(_TRUST_ENDINGS))
    sponsor, ending = _SPONSORS[which % len(_SPONSORS)], _TRUST_ENDINGS[which // len(_SPONSORS)]
    name = f"{sponsor} {ending}" if not series else f"{sponsor} {series + 1} {ending}"
    strategies = rng.sample(_STRATEGIES, PORTFOLIOS_PER_TRUST)
    return _Trust(
        id=_slug(name),
        name=name,
        short_name=f"{''.join(word[0] for word in name.split() if word[0].isalpha())}{number + 1}",
        cik=9_000_000 + number,
        portfolios=tuple(f"{rng.choice(_SPONSORS)} {strategy} Portfolio" for strategy in strategies),
    )


def _trust_lines(rng: Random, trust: _Trust) -> Iterator[str]:
    yield f"name: {trust.name}"
    yield f"short name: {trust.short_name}"
    yield f"cik: {trust.cik}"
    yield "portfolios:"
    for name in trust.portfolios:
        if rng.random() < 0.85:
            yield f"  {_portfolio_id(name)}: {name}"
            continue
        # No strategy stands twice in a trust, so that its old name under another adviser is free.
        adviser = next(each for each in _SPONSORS if name.startswith(each))
        former = rng.choice([each for each in _SPONSORS if each != adviser])
        yield f"  {_portfolio_id(name)}:"
        yield f"    name: {name}"
        yield f"    other names: [{former}{name.removeprefix(adviser)}]"


def _slug(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _portfolio_id(name: str) -> str:
    return _slug(name.removesuffix(" Portfolio"))


# --- plans -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Milestone:
    date: str
    source: str = ""
    subject_to: str = ""
    previously: list[str] = field(default_factory=list)

    def lines(self, name: str) -> Iterator[str]:
        if not (self.source or self.subject_to or self.previously):
            yield f"  {name}: {self.date}"
            return
        yield f"  {name}:"
        yield f"    date: {self.date}"
        if self.subject_to:
            yield f"    subject to: {self.subject_to}"
        if self.previously:
            yield f"    previously: {self.previously[0]}"
        if self.source:
            yield f"    source: {self.source}"


class _Plan:
    """One plan being made up: its days first, then what its filings say of them and what happened later."""

    def __init__(self, rng: Random, trusts: list[_Trust], targets: list[tuple[_Trust, str]], sort: str) -> None:
        self.rng = rng
        self.sort = sort
        self.trust, target = targets.pop()
        self.announced = self.after(date(_FIRST_YEAR, 1, 1), 0, 365 * _YEARS)
        self.voted = self.after(self.announced, 75, 100)
        self.closed = self.after(self.voted, 20, 75)
        self.names = [target]
        if sort == _DOUBLE:
            other = next((i for i, (trust, _) in enumerate(targets) if trust.id == self.trust.id), None)
            if other is not None:  # the last plans of a small folder may find their trust used up
                self.names.append(targets.pop(other)[1])
        acquiring_trust = rng.choice(trusts) if rng.random() < 0.25 else self.trust
        self.acquiring = (
            acquiring_trust,
            rng.choice([name for name in acquiring_trust.portfolios[_THAT_GO:] if name not in self.names]),
        )
        self.sources: dict[str, tuple[date, str, str]] = {}
        self.states: list[str] = []

    def after(self, day: date, least: int, most: int) -> date:
        """A working day some days later."""
        day += timedelta(days=self.rng.randint(least, most))
        return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day

    def lines(self) -> Iterator[str]:
        self.sources["supplement"] = (self.announced, "Supplement to the prospectus and summary prospectus", "497")
        milestones = self.milestones()
        self.happen(milestones)
        if self.rng.random() < 0.5:
            yield f"title: {self.announced.year} reorganizations of {self.trust.name}, announced in {self.announced:%B}"
        yield f"trust: {self.trust.name}"
        yield "sources:"
        for key, (dated, title, form) in self.sources.items():
            number = f"{self.trust.cik:010}-{dated:%y}-{self.rng.randint(0, 999_999):06}"
            yield f"  {key}:"
            yield f"    title: {title}, dated {_words(dated)}"
            yield f"    dated: {_words(dated)}"
            yield f"    form: {form}"
            yield f"    accession: {number}"
            yield f"    url: https://filings.example.com/data/{self.trust.cik}/{number.replace('-', '')}/d{form}.htm"
        yield "reorganizations:"
        for name in self.names:
            yield f"  - target: {name}"
            if self.sort != _LIQUIDATION:
                yield from self.acquiring_lines()
        yield "milestones:"
        for kind, milestone in milestones.items():
            yield from milestone.lines(kind)
        yield from self.states

    def acquiring_lines(self) -> Iterator[str]:
        trust, name = self.acquiring
        if trust.id == self.trust.id:
            yield f"    acquiring: {name}"
            return
        yield "    acquiring:"
        yield f"      portfolio: {name}"
        yield f"      trust: {trust.name}"

    def milestones(self) -> dict[str, _Milestone]:
        board = _Milestone(_words(self.after(self.announced, -40, -20)))
        if self.sort == _MERGER:
            milestones = {
                "board approval": board,
                "record date": _Milestone(self.exact(self.after(self.announced, -10, 20))),
                "proxy mailing": _Milestone(self.soft(self.after(self.announced, 30, 45), 0.8)),
                "special meeting": _Milestone(self.meeting(self.voted)),
                "closing": _Milestone(self.final(self.closed), subject_to="shareholder approval"),
            }
            # Some boards' decisions are told in a supplement of their own, long before the proxy statement.
            if self.rng.random() < 0.2:
                del milestones["record date"]
                return {"board approval": board, "announcement": _Milestone(_words(self.announced)), **milestones}
            return milestones
        announcement = _Milestone(_words(self.announced))
        if self.sort == _LIQUIDATION:
            closed = _Milestone(self.exact(self.after(self.announced, 10, 30)))
            last = {"closed to new investors": closed, "liquidation": _Milestone(self.final(self.closed))}
        else:
            mailed = _Milestone(self.soft(self.after(self.announced, 30, 45), 0.8))
            last = {"information statement mailing": mailed, "closing": _Milestone(self.final(self.closed))}
        return {"board approval": board, "announcement": announcement, **last}

    def happen(self, milestones: dict[str, _Milestone]) -> None:
        """What became of the plan: postponed, deferred, cancelled, approved, completed, or nothing yet."""
        last = "liquidation" if self.sort == _LIQUIDATION else "closing"
        moved = self.rng.random()
        told = self.after(self.announced, 50, 60)
        if moved < 0.15:
            self.sources["postponement"] = (told, "Supplement on the new dates", "497")
            delay = timedelta(days=28)
            self.voted, self.closed = self.voted + delay, self.closed + delay
            if "special meeting" in milestones:
                milestones["special meeting"] = self.moved(milestones["special meeting"], self.meeting(self.voted))
            milestones[last] = self.moved(milestones[last], self.soft(self.closed, 0.7))
        elif moved < 0.17:
            self.sources["deferral"] = (told, "Supplement on the deferral", "497")
            milestones[last] = self.moved(milestones[last], "to be announced")
        fate = self.rng.random()
        if fate < 0.05:
            self.sources["termination"] = (self.after(told, 5, 10), "Supplement on the termination", "497")
            reason = self.rng.choice(_REASONS)
            self.states += ["cancelled:", "  source: termination", f"  reason: {reason}"]
        elif fate < 0.15 and "special meeting" in milestones:
            self.sources["results"] = (self.after(self.voted, 1, 3), "Report on the meeting of shareholders", "8-K")
            self.states += ["approved:", "  source: results"]
        elif fate < 0.6:
            self.sources["completion"] = (self.after(self.closed, 1, 5), "Notice of the completion", "497")
            self.states += ["completed:", "  source: completion", f"  date: {_words(self.closed)}"]

    @staticmethod
    def moved(milestone: _Milestone, to: str) -> _Milestone:
        source = "deferral" if to == "to be announced" else "postponement"
        return _Milestone(to, source, milestone.subject_to, [milestone.date])

    # --- how filings put days ----------------------------------------------------------------------------------------

    def exact(self, day: date) -> str:
        chance = self.rng.random()
        return f"{day}" if chance < 0.05 else f"{day:%A}, {_words(day)}" if chance < 0.1 else _words(day)

    def soft(self, day: date, share: float) -> str:
        return f"on or about {_words(day)}" if self.rng.random() < share else self.exact(day)

    def meeting(self, day: date) -> str:
        if self.rng.random() < 0.6:
            return self.exact(day)
        clock = self.rng.choice(["9:00 a.m.", "10:00 a.m.", "11:30 a.m.", "1:00 p.m.", "3:00 p.m."])
        return f"{_words(day)} at {clock} {self.rng.choice(_ZONES)}"

    def final(self, day: date) -> str:
        chance = self.rng.random()
        if chance < 0.05:
            return f"{'first' if day.month < 7 else 'second'} half of {day.year}"
        if chance < 0.1:
            return f"{('first', 'second', 'third', 'fourth')[(day.month - 1) // 3]} quarter of {day.year}"
        if chance < 0.15:
            return f"{day:%B} {day.year}"
        if chance < 0.3:
            return f"after the close of business on {_words(day)}"
        return self.soft(day, 0.7)


def _words(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
