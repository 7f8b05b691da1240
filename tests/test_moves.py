"""What moves into the confidential part is withdrawn at once, whatever else is wrong; and nothing flickers.

Most of it is tried on a folder that is followed by a clock of the test's own, so that nothing waits.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from calfeed.reading.files import octets_of
from calfeed.reading.problems import InvalidData
from calfeed.serving.confidential import State, part_seen
from calfeed.serving.live import Clock, Live
from calfeed.serving.snapshot import LastGood
from tests.parts import BROKEN, OPEN, readers
from tests.support import each_of, make_folder, need

ADDRESSES = {
    "trusts/example-trust", "trusts/example-trust/alpha", "trusts/example-trust/beta", "trusts/other-trust",
    "trusts/other-trust/alpha", "trusts/other-trust/gamma", "plans/open", "plans/deal",
}  # fmt: skip
OF_OTHER_TRUST = {"trusts/other-trust", "trusts/other-trust/alpha", "trusts/other-trust/gamma", "plans/deal"}
OF_ALPHA = {"trusts/other-trust/alpha", "plans/deal"}
SECONDS = 2.0
"""The usual time for an edit."""


class TestClock(Clock):
    """A clock that goes as fast as it is told to."""

    __test__ = False

    def __init__(self) -> None:
        self._now = 1_000.0

    def seconds(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds


class Followed:
    """A data folder that is followed, and all states that it has been in."""

    def __init__(self, folder: Path, last_good: LastGood | None = None) -> None:
        self.clock = TestClock()
        self.folder = folder
        self.live = Live(folder, last_good, clock=self.clock)
        self.states = [self.live.state]

    @property
    def state(self) -> State:
        return self.states[-1]

    @property
    def gone(self) -> set[str]:
        """What is not public any more."""
        return ADDRESSES - self.state.catalog.addresses

    def look(self) -> None:
        """Look once, and wait for what is worked out on the side."""
        is_waiting = self.live.step()
        self.states.append(self.live.state)
        if is_waiting:
            self.live.pause()

    def wait(
        self, seconds: float = SECONDS, meanwhile: Callable[[], object] = lambda: None, step: float = 0.05
    ) -> None:
        """Look again and again for so long, each time after a step, while something goes on."""
        until = self.clock.seconds() + seconds
        while self.clock.seconds() < until:
            meanwhile()
            self.look()
            self.clock.sleep(step)
        # What has been begun comes to its end.
        self.look()
        self.look()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "data", OPEN)


def kept(state: State) -> LastGood:
    """What is kept of a state without anything confidential."""
    return LastGood(public=octets_of(state.good.files), confidential={}, withheld=state.withheld)


def move(data: Path, name: str, to: str = "") -> None:
    """Move a file into the confidential part."""
    new = data / "confidential" / (to or name)
    new.parent.mkdir(parents=True, exist_ok=True)
    (data / name).rename(new)


def copy(data: Path, name: str, to: str = "") -> None:
    new = data / "confidential" / (to or name)
    new.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(data / name, new)


def move_portfolio(data: Path, to: str = "alpha") -> None:
    """Move a portfolio that a plan names to the confidential part, perhaps under another id."""
    trust = data / "trusts/other-trust.yaml"
    line = "  alpha: Alpha Portfolio\n"
    trust.write_text(trust.read_text().replace(line, ""))
    make_folder(data, {"confidential/trusts/other-trust.yaml": f"portfolios:\n{line.replace('alpha', to)}"})


DEAL = "plans/deal.yaml"
MOVES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a plan moves": (lambda data: move(data, DEAL), {"plans/deal"}),
    "a plan is copied": (lambda data: copy(data, DEAL), {"plans/deal"}),
    "a plan moves under another name": (lambda data: move(data, DEAL, "plans/umbra.yaml"), {"plans/deal"}),
    "a plan moves to a wrong place": (lambda data: move(data, DEAL, "deal.yaml"), {"plans/deal"}),
    "a plan moves into a wrong folder": (
        lambda data: (data / DEAL).rename(data / "plans/deal.yaml.txt"),
        {"plans/deal"},
    ),
    "a plan is deleted": (lambda data: (data / DEAL).unlink(), {"plans/deal"}),
    "a trust moves": (lambda data: move(data, "trusts/other-trust.yaml"), OF_OTHER_TRUST),
    "a trust is renamed": (
        lambda data: (data / "trusts/other-trust.yaml").rename(data / "trusts/umbra-trust.yaml"),
        OF_OTHER_TRUST,
    ),
    "a portfolio moves while a plan names it": (move_portfolio, OF_ALPHA),
    "a portfolio moves under another id": (lambda data: move_portfolio(data, "umbra"), OF_ALPHA),
    "a portfolio's id changes": (
        lambda data: make_folder(
            data, {"trusts/other-trust.yaml": OPEN["trusts/other-trust.yaml"].replace("alpha:", "umbra:")}
        ),
        OF_ALPHA,
    ),
    "a plan is marked": (lambda data: make_folder(data, {DEAL: "confidential: true\n" + OPEN[DEAL]}), {"plans/deal"}),
}
TROUBLES: dict[str, Callable[[Path], object]] = {
    "all else is well": lambda _: None,
    "another plan is broken": lambda data: make_folder(data, {"plans/open.yaml": BROKEN}),
    "a trust is broken": lambda data: make_folder(data, {"trusts/example-trust.yaml": BROKEN}),
    "the site is broken": lambda data: make_folder(data, {"site.yaml": BROKEN}),
    "readers are broken": lambda data: make_folder(data, {"confidential/readers.yaml": BROKEN}),
    "git is at work": lambda data: make_folder(data, {".git/index.lock": ""}),
}


@pytest.mark.parametrize(("moved", "trouble"), [*product(MOVES, TROUBLES)])
def test_what_moves_is_withdrawn_at_once_whatever_else_is_wrong(data: Path, moved: str, trouble: str) -> None:
    followed = Followed(data)
    TROUBLES[trouble](data)
    followed.wait()
    assert followed.gone == set()
    do, gone = MOVES[moved]
    do(data)
    followed.wait()
    assert followed.gone == gone


@pytest.mark.parametrize("moved", MOVES)
def test_what_moves_is_withdrawn_while_files_never_rest(data: Path, moved: str) -> None:
    followed = Followed(data)
    numbers = iter(range(1_000))

    def edit() -> None:
        make_folder(data, {"plans/open.yaml": OPEN["plans/open.yaml"] + f"# {next(numbers)}\n"})

    do, gone = MOVES[moved]
    do(data)
    followed.wait(meanwhile=edit)
    assert followed.gone == gone


@pytest.mark.parametrize("moved", MOVES)
def test_what_moved_while_no_server_ran_is_not_served_from_what_was_good_last(data: Path, moved: str) -> None:
    state = Followed(data).state
    last_good = kept(state)
    make_folder(data, {"plans/open.yaml": BROKEN})
    do, gone = MOVES[moved]
    do(data)
    followed = Followed(data, last_good)
    assert followed.gone == gone
    assert followed.state.problems


def test_all_plans_may_move_at_once(data: Path) -> None:
    followed = Followed(data)
    move(data, "plans/open.yaml")
    move(data, DEAL, "plans/umbra.yaml")
    followed.wait()
    # Of the other it cannot be told whether it was emptied by accident: it is held.
    assert followed.gone == {"plans/open"}
    assert "all plans are gone" in str(followed.state.problems)
    followed.wait(60)
    assert followed.gone == {"plans/open", "plans/deal"}
    assert followed.state.problems == ()


def test_a_withdrawal_counts_before_what_is_still_read_on_the_side(data: Path) -> None:
    # The whole folder is read again, which may take seconds, and is not over yet.
    followed = Followed(data)
    make_folder(data, {"site.yaml": OPEN["site.yaml"].replace("Example", "Another")})
    move(data, DEAL)
    followed.look()
    assert followed.gone == {"plans/deal"}
    assert followed.state.good.site.title == "Example calendars"


# --- what is no withdrawal -------------------------------------------------------------------------------------------


def never_gone(followed: Followed) -> bool:
    """Whether all was public all the time."""
    return all(state.catalog.addresses >= ADDRESSES for state in each_of(followed.states))


def test_an_editors_rename_does_not_flicker(data: Path) -> None:
    followed = Followed(data)
    for _ in range(3):
        (data / DEAL).rename(data / "plans/deal.yaml~")
        followed.wait(0.3)
        make_folder(data, {DEAL: OPEN[DEAL]})
        followed.wait(0.5)
    assert never_gone(followed)


@pytest.mark.parametrize("name", ["", "plans", "trusts"])
def test_a_folder_that_vanishes_for_a_while_does_not_flicker(data: Path, name: str) -> None:
    followed = Followed(data)
    aside = data.with_name("aside")
    (data / name).rename(aside)
    followed.wait(50)
    assert followed.state.problems
    aside.rename(data / name)
    followed.wait()
    assert never_gone(followed)
    assert followed.state.problems == ()


def test_a_folder_that_has_vanished_stays_as_served_for_good(data: Path) -> None:
    followed = Followed(data)
    shutil.rmtree(data)
    followed.wait(200, step=0.5)
    data.mkdir()  # as an empty place where something was mounted
    followed.wait(200, step=0.5)
    assert never_gone(followed)
    assert followed.state.problems


def test_a_folder_that_cannot_be_read_takes_nothing_away(data: Path) -> None:
    followed = Followed(data)
    (data / "plans").rename(data.with_name("aside"))
    (data / "plans").symlink_to("plans")
    followed.wait(200, step=0.5)
    assert never_gone(followed)


def test_an_emptied_folder_counts_after_a_minute_and_after_a_restart_too(data: Path) -> None:
    state = Followed(data).state
    last_good = kept(state)
    shutil.rmtree(data / "plans")
    followed = Followed(data, last_good)
    followed.wait(55)
    assert followed.gone == set()
    assert "all plans are gone" in str(followed.state.problems)
    followed.wait(10)
    assert followed.gone == {"plans/open", "plans/deal"}
    assert followed.state.problems == ()
    with pytest.raises(InvalidData):
        Live(data / "plans")


def test_a_plan_that_is_published_is_served_before_the_server_waits_for_another_event(data: Path) -> None:
    move(data, DEAL)
    followed = Followed(data)
    assert followed.gone == {"plans/deal"}
    (data / "confidential" / DEAL).rename(data / DEAL)
    for _ in range(40):
        if not followed.live.step():
            break
        followed.live.pause()
    assert "plans/deal" in followed.live.state.catalog.addresses


def test_two_looks_are_enough_to_serve_an_edit(data: Path) -> None:
    live = Followed(data).live
    make_folder(data, {"site.yaml": OPEN["site.yaml"].replace("Example", "Another")})
    assert live.step()
    assert live.pause()
    assert live.step()
    for _ in range(40):
        live.pause()
        if not live.step(look=False):
            break
    assert live.state.good.site.title == "Another calendars"


def test_a_new_worker_begins_with_an_edit_that_its_parent_has_not_seen(data: Path) -> None:
    live = Followed(data).live
    make_folder(data, {"site.yaml": OPEN["site.yaml"].replace("Example", "Another")})
    live.carry_on()
    live.catch_up(pauses=2)
    assert live.state.good.site.title == "Another calendars"


def test_a_new_worker_does_not_wait_for_a_folder_that_never_rests(data: Path) -> None:
    followed = Followed(data)
    shutil.move(data / "plans", data / "elsewhere")  # which counts after a minute only
    before = followed.clock.seconds()
    followed.live.carry_on()
    followed.live.catch_up(pauses=2)
    assert followed.clock.seconds() - before < SECONDS
    assert "plans/open" in followed.live.state.catalog.addresses


def test_what_comes_back_is_served_once_all_is_well(data: Path) -> None:
    followed = Followed(data)
    move(data, DEAL)
    make_folder(data, {"plans/open.yaml": BROKEN})
    followed.wait()
    make_folder(data, {DEAL: OPEN[DEAL]})
    (data / "confidential" / DEAL).unlink()
    followed.wait(10)
    assert followed.gone == {"plans/deal"}
    make_folder(data, OPEN)
    followed.wait()
    assert followed.gone == set()


# --- readers ---------------------------------------------------------------------------------------------------------


def names(followed: Followed) -> set[str]:
    return {reader.name for reader in followed.state.readers.readers}


def test_who_is_taken_out_of_the_readers_is_out_at_once_and_who_is_new_waits(data: Path) -> None:
    make_folder(data, {"confidential/readers.yaml": readers("Board", "Counsel")})
    followed = Followed(data)
    assert names(followed) == {"Board", "Counsel"}
    make_folder(data, {".git/index.lock": "", "confidential/readers.yaml": readers("Counsel", "Auditor")})
    followed.look()
    assert names(followed) == {"Counsel"}
    followed.wait()
    assert names(followed) == {"Counsel", "Auditor"}
    # Half of what somebody sees is not what somebody sees.
    make_folder(data, {"confidential/readers.yaml": readers("Counsel", "Plan desk")[:-10]})
    followed.look()
    assert names(followed) <= {"Counsel"}
    vanishing: list[Callable[[], object]] = [
        (data / "confidential/readers.yaml").unlink,
        partial(shutil.rmtree, data / "confidential"),
    ]
    for vanish in each_of(vanishing):
        make_folder(data, {"confidential/readers.yaml": readers("Board")})
        followed.wait()
        assert names(followed) == {"Board"}
        vanish()
        followed.look()
        assert names(followed) == set()


def test_what_is_confidential_never_holds_up_what_is_public(data: Path) -> None:
    followed = Followed(data)
    numbers = iter(range(1_000))

    def edit() -> None:
        make_folder(data, {"confidential/plans/umbra.yaml": f"title: {next(numbers)}\n"})

    make_folder(data, {"plans/deal.yaml": OPEN[DEAL].replace("April 28", "April 29")})
    followed.wait(meanwhile=edit)
    (deal, _) = followed.state.catalog.plans
    assert "April 29" in repr(deal)


def test_the_confidential_part_may_be_a_link_to_a_repository_of_its_own(data: Path, tmp_path: Path) -> None:
    other = make_folder(tmp_path / "other", {"plans/umbra.yaml": OPEN["plans/open.yaml"]})
    (data / "confidential").symlink_to(other)
    followed = Followed(data)
    all_of_it = frozenset({"everything"})
    assert "plans/umbra" in part_seen(followed.state, all_of_it).addresses
    git = need("git", "keeps data folders")
    subprocess.run([git, "init", "--quiet"], cwd=other, check=True)
    (other / ".git/index.lock").touch()
    make_folder(other, {"plans/penumbra.yaml": OPEN["plans/open.yaml"]})
    followed.wait()
    assert "plans/penumbra" not in part_seen(followed.state, all_of_it).addresses
    (other / ".git/index.lock").unlink()
    followed.wait()
    assert "plans/penumbra" in part_seen(followed.state, all_of_it).addresses
    make_folder(other, {DEAL: OPEN[DEAL]})
    followed.look()
    assert followed.gone == {"plans/deal"}


LOST: dict[str, Callable[[Path], object]] = {
    "a link to itself": lambda folder: folder.symlink_to("confidential"),
    "a link to what is not there": lambda folder: folder.symlink_to("nowhere"),
    "a file": lambda folder: folder.write_text("x"),
}


@pytest.mark.parametrize("kind", LOST)
def test_a_confidential_folder_that_cannot_be_read_holds_up_nothing_and_publishes_nothing(
    data: Path, kind: str
) -> None:
    copy(data, DEAL)  # and the public copy is left behind
    followed = Followed(data)
    assert followed.gone == {"plans/deal"}
    (data / "confidential").rename(data.with_name("aside"))
    LOST[kind](data / "confidential")
    make_folder(data, {"plans/open.yaml": OPEN["plans/open.yaml"].replace("April 28", "April 29")})
    followed.wait()
    assert followed.state.problems == ()
    assert not any("plans/deal" in state.catalog.addresses for state in followed.states)
    assert "April 29" in repr(followed.state.catalog.plans)
    started = Live(data, clock=TestClock())
    assert "plans/open" in started.state.catalog.addresses
    (data / "confidential").unlink()
    followed.wait()
    assert followed.gone == set()  # the folder itself has gone, and what lay in it


def test_a_server_that_may_not_read_what_is_confidential_serves_what_is_public(data: Path) -> None:
    copy(data, "plans/open.yaml", "plans/umbra.yaml")
    # Root may read everything, unless it gives up that it may.
    as_others = [] if os.geteuid() else [need("setpriv", "takes root's rights away"), "--bounding-set=-all"]
    code = "import sys; from pathlib import Path; from calfeed.serving.live import Live; Live(Path(sys.argv[1]))"
    (data / "confidential").chmod(0)
    try:
        started = subprocess.run([*as_others, sys.executable, "-c", code, data], capture_output=True, text=True)
    finally:
        (data / "confidential").chmod(0o700)
    assert (started.returncode, started.stderr) == (0, "")


class EndOfGit(TestClock):
    """A clock at whose `turn`-th look a git command ends that has written a plan in part."""

    def __init__(self, data: Path, turn: int) -> None:
        super().__init__()
        self._data, self._turns_left = data, turn
        subprocess.run([need("git", "keeps data folders"), "init", "--quiet"], cwd=data, check=True)
        self._lock = make_folder(data, {".git/index.lock": ""}) / ".git/index.lock"
        plan = make_folder(data, {"plans/open.yaml": OPEN["plans/open.yaml"].replace("28", "27")}) / "plans/open.yaml"
        os.utime(plan, (1.7e9, 1.7e9))  # it has not changed for long

    def seconds(self) -> float:
        self._turns_left -= 1
        if self._turns_left == 0:
            make_folder(self._data, OPEN)
            self._lock.unlink()
        return super().seconds()


@pytest.mark.parametrize("turn", range(1, 12))
def test_what_git_wrote_in_part_is_not_read_once_it_has_ended(data: Path, turn: int) -> None:
    # Git may end after a look at the files has begun: what that look saw must not count.
    live = Live(data, clock=EndOfGit(data, turn))
    assert live.state.good.files["plans/open.yaml"] == OPEN["plans/open.yaml"].encode()


def test_no_public_link_leads_to_what_is_confidential(data: Path) -> None:
    move(data, DEAL)
    (data / DEAL).symlink_to("../confidential/plans/deal.yaml")
    with pytest.raises(InvalidData, match="the file is a link to what is confidential: delete it"):
        Live(data)
