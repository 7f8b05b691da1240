"""The data folder that is served, and how it follows the files.

Each process of a server follows the folder by itself, so that none waits for another. It looks at the folder whenever
something may have changed. A file that is missing, or that lies in both parts, is withdrawn even if other files are
changing or have problems. Everything else is read once the files have come to rest. A thread reads them, so that the
looks go on meanwhile.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from logging import getLogger
from pathlib import Path
from threading import Thread
from typing import Any, Generic, NamedTuple, TypeVar

from calfeed.reading.files import (
    CONFIDENTIAL,
    PLANS_FOLDER,
    READERS_FILE,
    SITE_FILE,
    TRUSTS_FOLDER,
    Look,
    is_plan,
    is_trust,
    look_at_confidential,
    look_at_public,
)
from calfeed.reading.folder import Reading, read
from calfeed.reading.overlay import Overlay, lay_over
from calfeed.reading.presence import addresses_in, has_unreadable_folder, marked, missing
from calfeed.reading.problems import InvalidData, Location, Problem
from calfeed.reading.readers import NOBODY, read_readers
from calfeed.serving.confidential import (
    Absences,
    State,
    accepting,
    first_state,
    is_laid_over,
    overlaid,
    withholding,
)
from calfeed.serving.rest import QUIET_SECONDS, GitLock, Settling, SettlingReaders
from calfeed.serving.snapshot import LastGood
from calfeed.serving.steps import Steps
from calfeed.serving.waking import wakes

MISSING_SECONDS = 1.0
"""How long a file must be missing to be gone: editors rename files, and programs put them in place one by one."""
EMPTIED_SECONDS = 60.0
"""The same for a folder with no file left: it may have been emptied by accident."""
MOST_PAUSES = 20
"""How many pauses a start waits for the files to come to rest."""
MOST_LOOKS = 100
"""How many looks it then takes, without pauses, until two in a row see the same."""
_T = TypeVar("_T")


class _Aside(Generic[_T]):
    """Work on one look at the files, done by a thread."""

    def __init__(self, look: Look, work: Callable[[], _T], steps: Steps) -> None:
        self.look = look
        self._work = work
        self._steps = steps
        self._result: list[_T] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with self._steps.one():
                self._result.append(self._work())
        except Exception as error:
            self._error = error

    def is_done(self, wait: float = 0.0) -> bool:
        """Whether the work has ended; waits for that, at most so many seconds."""
        self._thread.join(wait)
        return not self._thread.is_alive()

    def result(self) -> _T:
        """What the work has returned; raises what it has raised."""
        if self._error:
            raise self._error
        return self._result[0]


class Clock:
    """The time of this process."""

    def seconds(self) -> float:
        """The seconds since some moment, which is the same for all processes."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)


class _Seen(NamedTuple):
    """One look at both parts of a data folder, and when it began, in seconds of the clock."""

    public: Look
    overlay: Look
    seconds: float


class _Taken(NamedTuple):
    """What has been read so far. It is replaced as a whole, so that a process that is forked never finds half of it.

    `public` and `overlay` are the looks that were read last; `reading` is the reading of `public`. Without them
    everything is read again.
    """

    state: State
    reading: Reading | None = None
    public: Look = Look()
    overlay: Look = Look()


class Live:
    """A data folder and its `state`."""

    def __init__(self, folder: Path, last_good: LastGood | None = None, *, clock: Clock | None = None) -> None:
        """Read a folder; raises InvalidData where it has problems and there is no last good data to serve."""
        self._path = folder
        self._clock = clock or Clock()
        now = self._clock.seconds()
        self._seen = _Seen(Look(), Look(), now)
        self._confidential: frozenset[str] = frozenset()
        """The addresses that lie in the confidential part, and so are withheld from the public one."""
        self._lock, self._confidential_lock = GitLock(folder, now), GitLock(folder / CONFIDENTIAL, now)
        self._look()
        self._begin(Absences())
        self._settle()
        self._start(last_good)

    @property
    def state(self) -> State:
        """What is to be served now."""
        return self._taken.state

    def carry_on(self) -> None:
        """Go on in another process, which has none of the threads."""
        self._begin(self._absences)

    def __getstate__(self) -> dict[str, Any]:
        """What another process can have: everything but threads."""
        names = ("_path", "_clock", "_lock", "_confidential_lock", "_seen", "_confidential", "_taken", "_absences")
        return {name: vars(self)[name] for name in names}

    def _begin(self, absences: Absences) -> None:
        """Get ready to look at the folder again and again."""
        seen, now = self._seen, self._clock.seconds()
        self.steps = Steps()
        """The steps of the threads that follow the folder in this process."""
        self._absences = absences
        self._withheld: frozenset[str] = frozenset()
        self._may_come_back = False  # something that is missing, and not for long enough to be gone
        self._settling_public = Settling(seen.public, [self._lock], now)
        self._settling_overlay = Settling(seen.overlay, [self._lock, self._confidential_lock], now)
        self._settling_readers = SettlingReaders(seen.overlay.files.get(READERS_FILE), now)
        self._reading: _Aside[Reading] | None = None
        self._laying: _Aside[Overlay] | None = None

    # --- the start ---------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Wait until the public files are at rest, or at least for two looks that see the same.

        Raises InvalidData where there are none.
        """
        for _ in range(MOST_PAUSES):
            look = self._seen.public
            if self._settling_public.is_at_rest(look, look.files, self._seen.seconds):
                return
            self._clock.sleep(QUIET_SECONDS)
            self._look()
        for _ in range(MOST_LOOKS):
            before = self._seen.public
            self._look()
            if self._seen.public == before:
                return
        message = "the files never come to rest: start again once they have not changed for a second"
        raise InvalidData([Problem(Location(self._path.as_posix()), message)])

    def _start(self, last_good: LastGood | None) -> None:
        """Read the folder for the first time."""
        seen = self._seen
        reading = read(seen.public.files, folder=self._path)
        self._taken = _Taken(self._first_state(reading, last_good), reading, seen.public, seen.overlay)
        if self._withhold():
            # Nothing has been served yet: what turns out to be gone never is.
            self._clock.sleep(MISSING_SECONDS)
            self._look()
            self._withhold()
        self._accept()
        readers = read_readers(seen.overlay.files.get(READERS_FILE)).readers
        overlay = self._lay(seen.overlay, self.state, last_good.confidential if last_good else None)
        self._keep(overlaid(replace(self.state, readers=readers), overlay))

    def _first_state(self, reading: Reading, last_good: LastGood | None) -> State:
        """The state of a folder, or of the last good data; raises InvalidData where there is neither."""
        is_emptied = last_good is not None and any(map(is_plan, last_good.public)) and not reading.plans
        if last_good and (reading.problems or is_emptied):
            good = _restored(last_good, self._path)
            if good.catalog:
                return first_state(good, reading, last_good.withheld)
        return first_state(reading, reading)

    # --- the loop ----------------------------------------------------------------------------------------------------

    def follow(self, take: Callable[[State], None], at_rest: Callable[[State], None] | None = None) -> None:
        """Follow the folder forever. Calls `take` with each new state, and `at_rest` once nothing more is to come."""
        taken = self.state
        for _ in wakes(self._path, self._path / CONFIDENTIAL):
            is_waiting = is_due = True
            while is_waiting:
                with self.steps.one():
                    is_waiting = self.step(look=is_due)
                    if self.state is not taken and _is_taken(take, self.state):
                        taken = self.state
                if is_waiting:
                    is_due = self.pause()
            if at_rest:
                with self.steps.one():
                    _is_taken(at_rest, self.state)

    def catch_up(self, pauses: int) -> None:
        """Take in what has changed; waits for that, at most so many `pauses` until the files are at rest."""
        while self.step() and (pauses or self._is_at_work):
            pauses -= not self._is_at_work
            self.pause()

    def step(self, *, look: bool = True) -> bool:
        """Look at the folder, unless what was seen last will do, and take it in. Returns whether more is to come."""
        try:
            if look:
                self._look()
            before = self.state
            is_waiting = self._take_in()
            if self.state is before:
                return is_waiting
            # What is withheld depends on what was taken in after it was worked out.
            before = self.state
            return self._take_in() or self.state is not before
        except Exception as error:
            self._fail(error)
            return False

    def _take_in(self) -> bool:
        """Take in what was seen and what threads have done. Returns whether anything is still to come."""
        # A list, so that none is skipped.
        return any([self._withhold(), self._let_in(), self._follow_public(), self._follow_overlay()])

    def _look(self) -> None:
        now = self._clock.seconds()
        self._lock.look(now)
        self._confidential_lock.look(now)
        self._seen = _Seen(
            look_at_public(self._path, self._seen.public),
            look_at_confidential(self._path, self._seen.overlay),
            now,
        )

    def pause(self) -> bool:
        """Wait until a thread has done its work, or for a while. Returns whether it is time to look again."""
        work = self._reading or self._laying
        if work:
            return not work.is_done(wait=QUIET_SECONDS)
        self._clock.sleep(QUIET_SECONDS)
        return True

    @property
    def _is_at_work(self) -> bool:
        """Whether a thread reads files, or lays the confidential ones over the others."""
        return (self._reading or self._laying) is not None

    def _fail(self, error: Exception) -> None:
        """After a mistake of calfeed or of the system, go on with what is served, and read everything the next time."""
        message = f"calfeed cannot read this folder ({type(error).__name__}), which is no mistake in the data"
        problems = (Problem(Location(self._path.as_posix()), message),)
        state = self.state
        if problems != state.problems:
            getLogger(__name__).error("the data folder cannot be read", exc_info=error)
            state = replace(state, problems=problems, readers=NOBODY)
        self._reading = self._laying = None
        self._taken = _Taken(state)

    # --- what counts at once -----------------------------------------------------------------------------------------

    def _withhold(self) -> bool:
        """Withdraw what is gone, marked or in both parts. Returns whether anything is missing, but not yet gone."""
        state, files = self.state, self._seen.public.files
        good = state.good
        absent = missing(good.checked(), good.files, files)
        patience = dict.fromkeys(absent.gone, MISSING_SECONDS) | dict.fromkeys(absent.held, EMPTIED_SECONDS)
        gone = self._absences.count(patience, self._seen.seconds)
        changed = [name for name, content in files.items() if content != good.files.get(name)]
        found = self._seen.overlay.files
        confidential = addresses_in(found) | addresses_in(state.overlay.good)
        if has_unreadable_folder(found):
            confidential |= self._confidential  # what lay there may still lie there
        self._confidential = confidential
        self._withheld = gone | marked(files, changed) | confidential
        self._may_come_back = not absent.gone <= gone
        self._keep(withholding(state, self._withheld))
        return not patience.keys() <= gone

    def _let_in(self) -> bool:
        """Let in the readers that the file names now, new ones once it is at rest. Returns whether it still changes."""
        content = self._seen.overlay.files.get(READERS_FILE)
        readers = read_readers(content).readers
        is_at_rest = self._settling_readers.is_at_rest(content, self._seen.seconds)
        if not is_at_rest:
            readers = readers.also_in(self.state.readers)
        if readers != self.state.readers:
            self._keep(replace(self.state, readers=readers))
        return not is_at_rest

    def _keep(self, state: State) -> None:
        self._taken = self._taken._replace(state=state)

    # --- what counts once it is at rest ------------------------------------------------------------------------------

    def _follow_public(self) -> bool:
        """Read the public files once they are at rest. Returns whether they are still to be read.

        They are also read while a file is missing, but not served before that file is gone. Then both count at once: a
        plan that is renamed is always found under one of its names.
        """
        look = self._seen.public
        is_new = self._reading is not None and self._reading.is_done()
        if self._reading and is_new:
            done, self._reading = self._reading, None
            self._taken = self._taken._replace(reading=done.result(), public=done.look)
        taken = self._taken
        is_at_rest = self._settling_public.is_at_rest(look, taken.public.files, self._seen.seconds)
        is_read = taken.reading is not None and look == taken.public
        if (is_new or (is_at_rest and is_read)) and not self._may_come_back:
            self._accept()
        if is_at_rest and not is_read and self._reading is None:
            self._reading = _Aside(look, partial(read, look.files, taken.reading, folder=self._path), self.steps)
        return not is_read

    def _accept(self) -> None:
        reading = self._taken.reading
        if reading:
            self._keep(accepting(self.state, reading, self._withheld, _emptied(self.state, reading, self._path)))

    def _follow_overlay(self) -> bool:
        """Lay the confidential files over the public ones once they are at rest. Returns whether that is to come."""
        if self._laying and self._laying.is_done():
            done, self._laying = self._laying, None
            self._taken = self._taken._replace(overlay=done.look)
            if is_laid_over(done.result(), self.state):
                self._keep(overlaid(self.state, done.result()))
        look, taken = self._seen.overlay, self._taken
        is_at_rest = self._settling_overlay.is_at_rest(look, taken.overlay.files, self._seen.seconds)
        # Until they are at rest, the files as they were count: beside what is public now.
        due = look if is_at_rest else taken.overlay
        is_laid = due == taken.overlay and is_laid_over(taken.state.overlay, taken.state)
        if not is_laid and self._laying is None:
            self._laying = _Aside(due, partial(self._lay, due, taken.state), self.steps)
        return not is_laid or look != taken.overlay

    def _lay(self, look: Look, state: State, good: Mapping[str, bytes] | None = None) -> Overlay:
        return lay_over(
            look.files,
            state.good.registry,
            state.good.site,
            without=state.withheld,
            good=good,
            before=state.overlay,
            folder=self._path,
        )


def _is_taken(take: Callable[[State], None], state: State) -> bool:
    """Hand a state over. Returns whether it was taken; if not, it is tried again."""
    try:
        take(state)
    except Exception:
        # Whatever this is: a process that stopped following the folder would be worse.
        getLogger(__name__).exception("the data as it is now cannot be served")
        return False
    return True


def _emptied(state: State, reading: Reading, folder: Path) -> tuple[Problem, ...]:
    """A problem for each folder that has no file left, although something from it is served."""
    files = reading.files
    found = []
    for name, served, is_document in (
        (TRUSTS_FOLDER, state.catalog.trusts, is_trust),
        (PLANS_FOLDER, state.catalog.plans, is_plan),
    ):
        if served and SITE_FILE in files and name not in files and not any(map(is_document, files)):
            message = f"all {name} are gone: what was served stays for {EMPTIED_SECONDS:.0f} seconds, then this counts"
            found.append(Problem(Location((folder / name).as_posix()), message))
    return tuple(found)


def _restored(last_good: LastGood, folder: Path) -> Reading:
    """The reading of the last good public files, without plans in which this version of calfeed finds problems."""
    reading = read(last_good.public, folder=folder)
    bad = {name for name, found in reading.plans.items() if found.plan is None}
    good = {name: content for name, content in last_good.public.items() if name not in bad}
    return read(good, reading, folder=folder)
