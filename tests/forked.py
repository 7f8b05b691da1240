"""calfeed in a process that is forked from one which has imported it already.

To start Python and to import calfeed takes a second of processor time, and the tests start some hundred servers and
builds. Beside that a forked process is as any other: with its own arguments, folder, environment and descriptors, and
with signals and an end of its own. Where the start of the process matters, tests start CALFEED.
"""

import atexit
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from types import TracebackType
from typing import IO, Any

from calfeed.cli import MODULES, main

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()


class _Descriptor:
    """A descriptor that reaches the new process, where its number may be another."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __reduce__(self) -> tuple[Any, ...]:
        return _received, (DupFd(self.number),)


def _received(duplicate: Any) -> _Descriptor:
    return _Descriptor(duplicate.detach())


def _run(
    arguments: Sequence[str], cwd: str, environment: Mapping[str, str], stdout: _Descriptor, stderr: _Descriptor
) -> None:
    """Run a command: called in the new process."""
    multiprocessing.set_start_method(None, force=True)  # the system's own: this process is to start others as usual
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for descriptor, number in ((stdout, 1), (stderr, 2)):
        os.dup2(descriptor.number, number)
        os.close(descriptor.number)
    # Those there are were opened on other files.
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.argv = ["calfeed", *arguments]
    try:
        main(prog_name="calfeed")
    finally:
        atexit._run_exitfuncs()  # multiprocessing ends the process without them


class Forked:
    """A forked process of calfeed, with what tests use of `subprocess.Popen`."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        cwd: str = ".",
        environment: Mapping[str, str] | None = None,
        stdout: IO[Any] | int = 1,
        stderr: IO[Any] | int | None = None,
    ) -> None:
        """Start it; without `stderr` what it says there is read from the attribute of that name."""
        self.stderr: IO[str] | None = None
        reading = writing = -1
        if stderr is None:
            reading, writing = os.pipe()
            self.stderr = os.fdopen(reading, encoding="utf-8")  # closed with the context
            stderr = writing
        passed = [_Descriptor(each if isinstance(each, int) else each.fileno()) for each in (stdout, stderr)]
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, "__main__", *(f"calfeed.cli.{name}" for name in MODULES.values())])
        self._process: BaseProcess = context.Process(
            target=_run, args=(arguments, cwd, dict(os.environ if environment is None else environment), *passed)
        )
        self._process.start()
        if writing >= 0:
            os.close(writing)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        """The exit code, negative where a signal ended it; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The same."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; the exit code. Raises TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("calfeed", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended: what it was forked from knows that first."""
        with suppress(ProcessLookupError):
            if self._process.exitcode is None:
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Send it SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send it SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> "Forked":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.stderr:
            self.stderr.close()
        self.wait()
