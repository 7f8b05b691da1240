"""Problems and warnings as values: what is wrong with the data, and where. Only the command line prints them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

MOST_OF_A_FILE = 200
"""As many problems and warnings of one file are told; of the others only the number."""
MOST_IN_ALL = 1_000
"""As many are told of all files together."""
LONGEST_MESSAGE = 1_000
"""A message repeats what an author wrote: of a very long text, the beginning and the end are enough."""


def printable(text: str) -> str:
    """A text in which every character that cannot be printed is an escape such as \\n or \\x1b.

    Names of files may hold line ends and the escape sequences of terminals.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a data file. Lines and columns count from 1; a column is a character."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}"


class Severity(StrEnum):
    """Whether a finding stops publication."""

    PROBLEM = "problem"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what would be right, in at most LONGEST_MESSAGE characters.

    A warning says what is probably wrong; it does not stop publication. `count` is the number of findings that it
    stands for. It is more than one in the line that counts the findings that are not shown.
    """

    location: Location
    message: str
    severity: Severity = Severity.PROBLEM
    count: int = 1

    def __post_init__(self) -> None:
        message = self.message
        if len(message) > LONGEST_MESSAGE:
            half = LONGEST_MESSAGE // 2 - 2
            message = f"{message[:half]} … {message[-half:]}"
        object.__setattr__(self, "message", printable(message))

    def __str__(self) -> str:
        label = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.location}: {label}{self.message}"


class Found:
    """The findings of one file: the first MOST_OF_A_FILE of them without repeats, and one that counts the others."""

    def __init__(self) -> None:
        self._first: dict[Problem, None] = {}
        self._next: Problem | None = None
        self._left_out = 0

    def append(self, problem: Problem) -> None:
        """Add a finding."""
        if len(self._first) < MOST_OF_A_FILE:
            self._first[problem] = None
        elif problem not in self._first:
            self._next = self._next or problem
            self._left_out += 1

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add findings."""
        for problem in problems:
            self.append(problem)

    def note(self, message: str, file: str, line: int, column: int) -> None:
        """Add a problem that is not a repeat. Beyond the limit it is only counted, which is fast."""
        if self._next:
            self._left_out += 1
        else:
            self.append(Problem(Location(file, line, column), message))

    def __iter__(self) -> Iterator[Problem]:
        yield from self._first
        if self._next:
            yield replace(self._next, count=self._left_out)

    def __bool__(self) -> bool:
        return bool(self._first)


def number_of(problems: Iterable[Problem]) -> int:
    """The number of problems, including those that are only counted."""
    return sum(problem.count for problem in problems)


def told(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The findings to show, in the order given: at most MOST_OF_A_FILE of a file and MOST_IN_ALL in all.

    If not all can be shown, problems go before warnings. One more finding for each file says how many are left out. One
    at the end says of how many files nothing is shown.
    """
    of_files: dict[str, list[Problem]] = {}
    for problem in found:
        of_files.setdefault(problem.location.file, []).append(problem)
    shown = _shown(of_files)
    result: list[Problem] = []
    of_others: list[Problem] = []
    for problems in of_files.values():
        left_out = [problem for problem in problems if problem not in shown]
        if len(left_out) == len(problems):
            of_others += problems
            continue
        result += [problem for problem in problems if problem in shown]
        if left_out:
            result.append(_more(left_out, "this file"))
    if of_others:
        others = len({problem.location.file for problem in of_others})
        result.append(_more(of_others, f"{others:,} other file{'' if others == 1 else 's'}"))
    return tuple(result)


def _shown(of_files: dict[str, list[Problem]]) -> set[Problem]:
    """The findings to show: problems before warnings."""
    shown: set[Problem] = set()
    room = dict.fromkeys(of_files, MOST_OF_A_FILE)
    for severity in Severity:
        for name, problems in of_files.items():
            tellable = [each for each in problems if each.severity is severity and each.count == 1]
            chosen = tellable[: min(room[name], MOST_IN_ALL - len(shown))]
            room[name] -= len(chosen)
            shown.update(chosen)
    return shown


def _more(left_out: list[Problem], where: str) -> Problem:
    """The finding that says how many are left out, at the place of the first of them."""
    counts: Counter[Severity] = Counter()
    for problem in left_out:
        counts[problem.severity] += problem.count
    numbers = [
        f"{counts[severity]:,} more {severity}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    severity = Severity.PROBLEM if counts[Severity.PROBLEM] else Severity.WARNING
    return Problem(left_out[0].location, f"and {' and '.join(numbers)} in {where}", severity, counts.total())


def problems_in(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems among findings."""
    return tuple(each for each in found if each.severity is Severity.PROBLEM)


def warnings_in(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The warnings among findings."""
    return tuple(each for each in found if each.severity is Severity.WARNING)


class InvalidData(Exception):  # noqa: N818 -- it says what is wrong with the data; calfeed itself has not failed
    """The data folder has problems; `found` holds all of them and the warnings, each once, in the order given."""

    def __init__(self, found: Iterable[Problem]) -> None:
        self.found = tuple(dict.fromkeys(found))
        super().__init__("\n".join(map(str, self.found)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, without the warnings."""
        return problems_in(self.found)
