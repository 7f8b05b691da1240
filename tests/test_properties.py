"""What must hold whatever is written: what changes tells calendars so, and nothing else changes with it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.formats.ics import vevent
from calfeed.model.when import in_words
from calfeed.reading.folder import load
from calfeed.reading.problems import InvalidData
from tests.gate import Seen, conformant
from tests.support import FOUNDING, PATIENCE_SECONDS, each_of, examples, make_folder

SCENARIOS = Path(__file__).parent / "scenarios"

# A data folder by path; YAML reads JSON, so that documents can be changed as values and written as they are.
Documents: TypeAlias = dict[str, Any]


def resources_of(documents: Documents) -> Resources:
    with tempfile.TemporaryDirectory() as folder:
        texts = {f"{name}.yaml": json.dumps(document, ensure_ascii=False) for name, document in documents.items()}
        return Resources(load(make_folder(Path(folder), texts)))


def feed(resources: Resources, address: str) -> bytes:
    found = resources.find(f"/{address}.ics", Choice())
    assert found is not None, address
    return found.body


def events_of(documents: Documents) -> dict[str, Seen]:
    """All events by the part of their UID before the domain."""
    return {event.uid.partition("@")[0]: event for event in conformant(feed(resources_of(documents), "all"))}


def example() -> Documents:
    """Two plans of two trusts with much in common."""
    return {
        "site": {"title": "Example reorganizations", "domain": "calendars.example.com"},
        "trusts/example-trust": {
            "name": "Example Trust",
            "short name": "EXT",
            "portfolios": {
                "alpha": "Alpha Portfolio",
                "beta": {"name": "Beta Portfolio", "other names": ["Old Beta Fund"]},
                "gamma": "Gamma Portfolio",
                "unused": "Unused Portfolio",
            },
        },
        "trusts/other-trust": {
            "name": "Other Trust",
            "portfolios": {"beta": "Beta Portfolio", "delta": "Delta Portfolio"},
        },
        "plans/first-plan": {
            "trust": "example-trust",
            "sources": {
                "supplement": {"title": "Supplement", "dated": "January 2, 2031"},
                "unused": {"title": "Memo", "dated": "January 20, 2031"},
                "letter": {"title": "Letter", "dated": "February 3, 2031"},
            },
            "reorganizations": [
                {"target": "Alpha Portfolio", "acquiring": "Beta Portfolio"},
                {
                    "target": "gamma",
                    "acquiring": {"portfolio": "delta", "trust": "other-trust"},
                    "milestones": {"special meeting": {"date": "March 20, 2031", "source": "letter"}},
                },
                {"target": "Beta Portfolio", "acquiring": {"portfolio": "Beta Portfolio", "trust": "Other Trust"}},
            ],
            "milestones": {
                "record date": "January 10, 2031",
                "special meeting": "March 6, 2031",
                "valuation": {"date": "on or about April 25, 2031", "source": "letter"},
                "closing": {"date": "on or about April 28, 2031", "subject to": "shareholder approval"},
            },
        },
        "plans/second-plan": {
            "trust": "other-trust",
            "sources": {"supplement": {"title": "Supplement", "dated": "May 5, 2031"}},
            "reorganizations": [{"target": "beta", "acquiring": {"portfolio": "beta", "trust": "example-trust"}}],
            "milestones": {"closing": "fourth quarter of 2031"},
        },
    }


# --- a change touches its own event alone ----------------------------------------------------------------------------

Change: TypeAlias = Callable[[Documents], None]


def plan_of(documents: Documents, name: str = "first-plan") -> dict[str, Any]:
    found: dict[str, Any] = documents[f"plans/{name}"]
    return found


def put(at: int, key: str, value: Any, *path: str) -> Change:
    """Puts an entry into a mapping at a position; the path begins with the document."""

    def change(documents: Documents) -> None:
        mapping = documents
        for step in path:
            mapping = mapping[step]
        entries = list(mapping.items())
        mapping.clear()
        mapping.update([*entries[:at], (key, value), *entries[at:]])

    return change


def turn_round(*path: str) -> Change:
    """Brings the entries of a mapping or a list into the opposite order."""

    def change(documents: Documents) -> None:
        found: Any = documents
        for step in path:
            found = found[step]
        if isinstance(found, list):
            found.reverse()
        else:
            entries = list(found.items())
            found.clear()
            found.update(reversed(entries))

    return change


def take_out(key: str | int, *path: str) -> Change:
    def change(documents: Documents) -> None:
        found: Any = documents
        for step in path:
            found = found[step]
        del found[key]

    return change


def insert_reorganization(documents: Documents) -> None:
    plan_of(documents)["reorganizations"].insert(0, {"target": "unused", "acquiring": "alpha"})


FIRST = "plans/first-plan"
SHARED = ("record-date", "special-meeting", "valuation", "closing")
REORGANIZATIONS = {f"first-plan.example-trust.{target}" for target in ("alpha", "beta", "gamma")}
# What each change may add or take away; the bytes of all other events stay.
CHANGES: dict[str, tuple[Change, set[str], set[str]]] = {
    "a milestone is put first": (
        put(0, "announcement", "January 2, 2031", FIRST, "milestones"),
        {f"{each}.announcement" for each in REORGANIZATIONS},
        set(),
    ),
    "a milestone is taken out": (
        take_out("valuation", FIRST, "milestones"),
        set(),
        {f"{each}.valuation" for each in REORGANIZATIONS},
    ),
    "milestones change places": (turn_round(FIRST, "milestones"), set(), set()),
    "a reorganization is put first": (
        insert_reorganization,
        {f"first-plan.example-trust.unused.{each}" for each in SHARED},
        set(),
    ),
    "a reorganization is taken out": (
        take_out(0, FIRST, "reorganizations"),
        set(),
        {f"first-plan.example-trust.alpha.{each}" for each in SHARED},
    ),
    "reorganizations change places": (turn_round(FIRST, "reorganizations"), set(), set()),
    "a portfolio is put first": (
        put(0, "aardvark", "Aardvark Portfolio", "trusts/example-trust", "portfolios"), set(), set(),
    ),
    "a portfolio is taken out": (take_out("unused", "trusts/example-trust", "portfolios"), set(), set()),
    "portfolios change places": (turn_round("trusts/example-trust", "portfolios"), set(), set()),
    # Not before the first: that is what milestones without a source of their own were taken from.
    "a source is put second": (
        put(1, "agenda", {"title": "Agenda", "dated": "January 8, 2031"}, FIRST, "sources"), set(), set(),
    ),
    "a source is taken out": (take_out("unused", FIRST, "sources"), set(), set()),
    "a plan is put first": (
        lambda documents: documents.update({"plans/a-plan": deepcopy(plan_of(documents, "second-plan"))}),
        {"a-plan.other-trust.beta.closing"},
        set(),
    ),
    "a plan is taken out": (take_out("plans/second-plan"), set(), {"second-plan.other-trust.beta.closing"}),
    "a trust is put first": (
        lambda documents: documents.update(
            {"trusts/a-trust": {"name": "A Trust", "portfolios": {"alpha": "Alpha Portfolio"}}}
        ),
        set(),
        set(),
    ),
    "the site gets another title": (lambda documents: documents["site"].update(title="Another title"), set(), set()),
    "the plan gets another title": (lambda documents: plan_of(documents).update(title="A title"), set(), set()),
}  # fmt: skip


@pytest.mark.parametrize(("change", "added", "removed"), CHANGES.values(), ids=CHANGES)
def test_no_other_event_changes_where(change: Change, added: set[str], removed: set[str]) -> None:
    documents = example()
    before = events_of(documents)
    change(documents)
    after = events_of(documents)
    assert (after.keys() - before.keys(), before.keys() - after.keys()) == (added, removed)
    assert all(after[uid].octets == before[uid].octets for uid in each_of(after.keys() & before.keys()))


def test_moving_a_date_moves_its_own_event_and_raises_its_sequence() -> None:
    documents = example()
    before = events_of(documents)
    plan_of(documents)["milestones"]["closing"] = {
        "date": "on or about June 27, 2031",
        "subject to": "shareholder approval",
        "source": "letter",
        "previously": "on or about April 28, 2031",
    }
    after = events_of(documents)
    assert after.keys() == before.keys()
    moved = {uid for uid in after if after[uid].octets != before[uid].octets}
    assert moved == {f"{each}.closing" for each in REORGANIZATIONS}
    for uid in each_of(moved):
        assert (before[uid].start, after[uid].start) == (date(2031, 4, 28), date(2031, 6, 27))
        assert after[uid].sequence == before[uid].sequence + 1
        assert after[uid].stamp > before[uid].stamp


# --- names may change ------------------------------------------------------------------------------------------------


def renamed(documents: Documents) -> Documents:
    """Alpha Portfolio, Beta Portfolio (which has an earlier name too) and their trust under new names."""
    trust = documents["trusts/example-trust"]
    trust |= {"name": "Renamed Trust", "short name": "RNT", "other names": ["Example Trust"]}
    trust["portfolios"]["alpha"] = {"name": "Omega Portfolio", "other names": ["Alpha Portfolio", "First Growth Fund"]}
    trust["portfolios"]["beta"] = {"name": "Psi Portfolio", "other names": ["Beta Portfolio", "Old Beta Fund"]}
    return documents


def test_renaming_changes_no_uid_and_no_address() -> None:
    before, after = resources_of(example()), resources_of(renamed(example()))
    assert after.feeds.addresses == before.feeds.addresses
    for address in each_of(before.feeds.addresses):
        uids = [[event.uid for event in conformant(feed(each, address))] for each in (before, after)]
        assert uids[0] == uids[1]
    assert b"X-WR-CALNAME:Omega (RNT)\r\n" in feed(after, "trusts/example-trust/alpha")


@pytest.mark.parametrize(
    ("other", "address"),
    {
        "trusts/example-trust/first-growth": "trusts/example-trust/alpha",
        "trusts/example-trust/old-beta": "trusts/example-trust/beta",
        "trusts/former-example-trust": "trusts/example-trust",
        "trusts/former-example-trust/alpha": "trusts/example-trust/alpha",
        "trusts/former-example-trust/first-growth": "trusts/example-trust/alpha",
    }.items(),
)
def test_another_name_answers_with_the_same_bytes(other: str, address: str) -> None:
    documents = renamed(example())
    documents["trusts/example-trust"]["other names"] = ["Example Trust", "Former Example Trust"]
    resources = resources_of(documents)
    assert feed(resources, other) == feed(resources, address)


# --- the same bytes everywhere ---------------------------------------------------------------------------------------

HASH_ALL_FEEDS = """
import hashlib, sys
from pathlib import Path
from calfeed.reading.folder import load
from calfeed.reading.problems import InvalidData
from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources

for folder in sys.argv[1:]:
    resources = Resources(load(Path(folder)))
    for address in resources.feeds.addresses:
        body = resources.find(f"/{address}.ics", Choice()).body
        print(hashlib.sha256(body).hexdigest(), address)
"""


def hashes(folders: list[Path], cwd: Path, **environment: str) -> str:
    """What another process makes of data folders: a hash of each feed."""
    return subprocess.run(
        [sys.executable, "-c", HASH_ALL_FEEDS, *(os.path.relpath(folder, cwd) for folder in folders)],
        cwd=cwd,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
    ).stdout


def test_every_process_on_every_machine_makes_the_same_bytes(tmp_path: Path) -> None:
    folders = [FOUNDING, *(SCENARIOS / name for name in ("quarter-then-exact", "three-plans"))]
    copies = []
    for folder in folders:
        copies.append(tmp_path / folder.name)
        shutil.copytree(folder, copies[-1])
        for path in copies[-1].rglob("*"):
            os.utime(path, (86_400, 86_400))
    expected = "".join(
        f"{hashlib.sha256(feed(resources, address)).hexdigest()} {address}\n"
        for resources in (Resources(load(folder)) for folder in folders)
        for address in resources.feeds.addresses
    )
    assert (
        hashes(folders, FOUNDING.parent, TZ="UTC", PYTHONHASHSEED="0", LC_ALL="C", LANG="C", PYTHONUTF8="0") == expected
    )
    assert hashes(copies, tmp_path, TZ="America/New_York", PYTHONHASHSEED="1", LC_ALL="tr_TR.UTF-8") == expected
    assert hashes(copies, copies[0], TZ="Pacific/Kiritimati", PYTHONHASHSEED="2", LC_ALL="", LANG="de_DE") == expected


# --- the life of a plan ----------------------------------------------------------------------------------------------

PLAN, FIRST_ONE, SECOND_ONE = None, 0, 1
AFTER_ALL_MEETINGS, DONE = date(2031, 6, 1), date(2031, 8, 29)
Level: TypeAlias = int | None


class Story:
    """A plan of two reorganizations that an author keeps up to date: each step adds what a new document says.

    After each step no event may have gone back in SEQUENCE or DTSTAMP, and SEQUENCE must have risen wherever a byte of
    the event is another.
    """

    def __init__(self) -> None:
        self.today = date(2031, 1, 2)
        self.documents = example()
        del self.documents["plans/second-plan"]
        self.plan = plan_of(self.documents)
        self.plan["sources"] = {"announcement": {"title": "Announcement", "dated": in_words(self.today)}}
        self.plan["reorganizations"] = [
            {"target": "alpha", "acquiring": "beta", "milestones": {}},
            {"target": "gamma", "acquiring": "beta", "milestones": {}},
        ]
        self.plan["milestones"] = {
            "record date": {"date": "January 10, 2031"},
            "special meeting": {"date": "February 20, 2031"},
            "valuation": {"date": "May 1, 2031", "subject to": "shareholder approval"},
            "closing": {"date": "on or about June 27, 2031", "subject to": "shareholder approval"},
        }
        self.told = ["announced"]
        self.known = self.read()

    def read(self) -> dict[str, tuple[int, date, bytes]]:
        events = resources_of(self.documents).feeds.feed("all").events
        return {event.uid: (event.sequence, event.revised, vevent(event)) for event in events}

    def level(self, at: Level) -> dict[str, Any]:
        found: dict[str, Any] = self.plan if at is None else self.plan["reorganizations"][at]
        return found

    def milestone(self, at: Level, key: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.level(at)["milestones"].get(key)
        return found

    def step(self, what: str, change: Callable[[str], None], not_before: date = date.min) -> None:
        """Lets a document of another day say something; `not_before` is the day of what it tells of."""
        self.today = max(self.today + timedelta(days=9), not_before)
        source = f"document-{len(self.told)}"
        self.plan["sources"][source] = {"title": f"Document {len(self.told)}", "dated": in_words(self.today)}
        change(source)
        self.told.append(f"{in_words(self.today)}: {what}")
        before, self.known = self.known, self.read()
        assert self.known.keys() == before.keys(), self.told
        for uid, (sequence, revised, octets) in each_of(self.known.items()):
            assert sequence >= before[uid][0], (uid, self.told)
            assert revised >= before[uid][1], (uid, self.told)
            assert octets == before[uid][2] or sequence > before[uid][0], (uid, self.told)

    def correct(self, at: Level, key: str, phrase: str) -> None:
        def change(_: str) -> None:
            milestone = self.milestone(at, key)
            assert milestone is not None
            milestone["date"] = phrase
            milestone.setdefault("corrected", []).append(in_words(self.today))

        self.step(f"{at} {key} should have been {phrase}", change)

    def postpone(self, at: Level, key: str, phrase: str) -> None:
        """To another day, to none, or from none; what was cancelled is on again."""

        def change(source: str) -> None:
            milestone = self.milestone(at, key)
            assert milestone is not None
            was = ["cancelled"] if milestone.pop("cancelled", None) else []
            milestone["previously"] = [*was, milestone["date"], *milestone.get("previously", [])]
            milestone |= {"date": phrase, "source": source}

        self.step(f"{at} {key} moved to {phrase}", change)

    def override(self, at: int, key: str, phrase: str, also: dict[str, Any]) -> None:
        def change(source: str) -> None:
            self.level(at)["milestones"][key] = {"date": phrase, "source": source} | also

        self.step(f"{at} {key} is its own, {phrase}, {also}", change)

    def cancel_milestone(self, at: Level, key: str) -> None:
        def change(source: str) -> None:
            milestone = self.milestone(at, key)
            assert milestone is not None
            milestone["cancelled"] = {"source": source}

        self.step(f"{at} {key} cancelled", change)

    def approve(self, at: Level) -> None:
        def change(source: str) -> None:
            self.level(at)["approved"] = {"source": source}

        self.step(f"{at} approved", change, not_before=AFTER_ALL_MEETINGS)

    def cancel(self, at: Level) -> None:
        self.step(f"{at} cancelled", lambda source: self.level(at).update(cancelled={"source": source}))

    def complete(self, at: Level) -> None:
        def change(source: str) -> None:
            self.level(at)["completed"] = {"source": source, "date": in_words(DONE)}

        self.step(f"{at} completed", change, not_before=DONE)


def test_each_step_of_a_plan_s_life_reaches_calendars_as_a_revision() -> None:
    story = Story()
    story.correct(PLAN, "special meeting", "February 27, 2031")
    story.postpone(PLAN, "closing", "on or about July 31, 2031")
    story.postpone(PLAN, "closing", "until further notice")
    story.postpone(PLAN, "closing", "on or about August 29, 2031")
    story.approve(PLAN)
    story.cancel(FIRST_ONE)
    story.approve(SECOND_ONE)
    story.complete(SECOND_ONE)
    conformant(feed(resources_of(story.documents), "all"))
    alpha, gamma = (
        story.known[f"first-plan.example-trust.{each}.closing@calendars.example.com"] for each in ("alpha", "gamma")
    )
    assert b"STATUS:CANCELLED" in alpha[2]
    assert b"STATUS:CONFIRMED" in gamma[2]


OWN: list[dict[str, Any]] = [{}, {"subject to": "shareholder approval"}, {"previously": ["April 30, 2031"]}]


@pytest.mark.parametrize("approved", [PLAN, SECOND_ONE], ids=["by the plan's meeting", "by its own meeting"])
@pytest.mark.parametrize("also", OWN, ids=str)
def test_a_reorganization_s_own_milestone_after_an_approval_counts_on(approved: Level, also: dict[str, Any]) -> None:
    story = Story()
    story.approve(approved)
    story.override(SECOND_ONE, "valuation", "June 2, 2031", also)


@pytest.mark.parametrize("of_plan", [Story.approve, Story.cancel, Story.complete], ids=lambda step: step.__name__)
@pytest.mark.parametrize("of_one", [Story.approve, Story.cancel, Story.complete], ids=lambda step: step.__name__)
def test_a_reorganization_s_own_state_after_the_plan_s_counts_on(
    of_plan: Callable[[Story, Level], None], of_one: Callable[[Story, Level], None]
) -> None:
    story = Story()
    of_plan(story, PLAN)
    of_one(story, SECOND_ONE)


# Each in a month of its own, so that no order is ever wrong.
PHRASES = {"special meeting": "May {}, 2031", "valuation": "June {}, 2031", "closing": "on or about July {}, 2031"}


@given(st.data())
@settings(deadline=None, derandomize=True, max_examples=examples(50), report_multiple_bugs=False)
def test_no_life_of_a_plan_takes_a_revision_back(data: st.DataObject) -> None:
    story = Story()
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.sampled_from([PLAN, FIRST_ONE, SECOND_ONE]))
        key = data.draw(st.sampled_from(list(PHRASES)))
        phrase = PHRASES[key].format(data.draw(st.integers(1, 30)))
        level, milestone = story.level(at), story.milestone(at, key)
        steps: list[Callable[[], None]] = []
        if "approved" not in level:
            steps.append(partial(story.approve, at))
        if "cancelled" not in level and "completed" not in level:
            steps += [partial(story.cancel, at), partial(story.complete, at)]
        if milestone is None and at is not None:
            steps += [partial(story.override, at, key, phrase, also) for also in OWN]
        if milestone is not None:
            steps.append(partial(story.correct, at, key, phrase))
            if milestone["date"] != phrase:  # a day that is the same has not moved
                steps.append(partial(story.postpone, at, key, phrase))
            if milestone["date"] != "until further notice":
                steps.append(partial(story.postpone, at, key, "until further notice"))
            # The closing is left to "completed", which needs one; and nobody cancels a part of what is cancelled.
            if key != "closing" and "cancelled" not in story.plan | level | milestone:
                steps.append(partial(story.cancel_milestone, at, key))
        if steps:
            data.draw(st.sampled_from(steps))()


# --- what is added in any order --------------------------------------------------------------------------------------

SAID = {"s1": "January 2, 2031", "s2": "June 2, 2031", "s3": "July 7, 2031", "s4": "September 1, 2031"}
"""The documents of a plan, and their dates."""
OF_BOTH, ON_ITSELF = ("cancelled", "approved", "completed"), ("closing", "valuation")
Addition: TypeAlias = tuple[str, str]
"""Where something is added, and what: a state, "own" for a date of its own, or a milestone that is cancelled."""
ADDITIONS: list[Addition] = [*product(("plan", "own"), (*OF_BOTH, *ON_ITSELF)), ("own", "own closing")]


def plan_with(additions: dict[Addition, str]) -> Documents:
    """A folder with a plan of one reorganization to which all this has been added, each by a document."""
    one: dict[str, Any] = {"target": "alpha", "acquiring": "beta", "milestones": {}}
    plan: dict[str, Any] = {
        "trust": "example-trust",
        "sources": {key: {"title": key, "dated": dated} for key, dated in SAID.items()},
        "reorganizations": [one],
        "milestones": {
            "valuation": {"date": "June 26, 2031", "subject to": "shareholder approval"},
            "closing": {"date": "on or about June 27, 2031", "subject to": "shareholder approval"},
        },
    }
    if ("own", "own closing") in additions:
        one["milestones"]["closing"] = {"date": "July 1, 2031", "source": additions["own", "own closing"]}
    for (level, what), source in additions.items():
        place = plan if level == "plan" else one
        if what in place["milestones"]:
            place["milestones"][what]["cancelled"] = {"source": source}
        elif what in OF_BOTH:
            day = {"date": "June 2, 2031"} if what == "completed" else {}
            place[what] = {"source": source} | day
    documents = example() | {"plans/first-plan": plan}
    del documents["plans/second-plan"]
    return documents


@given(st.permutations(ADDITIONS), st.lists(st.sampled_from(list(SAID)[1:]), min_size=11, max_size=11))
@settings(deadline=None, derandomize=True, max_examples=examples(25), report_multiple_bugs=False)
def test_whatever_an_author_adds_in_whatever_order_takes_no_revision_back(
    order: list[Addition], sources: list[str]
) -> None:
    added: dict[Addition, str] = {}
    before: dict[str, Any] = {}
    for addition, source in zip(order, sources, strict=True):
        try:
            events = resources_of(plan_with(added | {addition: source})).feeds.feed("all").events
        except InvalidData:  # such as a completion of what is cancelled
            continue
        added[addition] = source
        for event in each_of(events):
            known = before.get(event.uid, event)
            assert event.sequence >= known.sequence, added
            assert event.revised >= known.revised, added
            says, said = ((each.status, each.start, each.description) for each in (event, known))
            assert says == said or event.sequence > known.sequence, added
        before = {event.uid: event for event in events}
