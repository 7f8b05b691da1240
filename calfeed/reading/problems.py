"""What is wrong with the data, and where: values for the person who can mend it, never printed here."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a data file; lines and columns count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


LONGEST_MESSAGE = 1_000
"""A message repeats what an author wrote: of a very long text, the beginning and the end are enough."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what would be right, in at most LONGEST_MESSAGE characters."""

    location: Location
    message: str

    def __post_init__(self) -> None:
        if len(self.message) > LONGEST_MESSAGE:
            half = LONGEST_MESSAGE // 2 - 2
            object.__setattr__(self, "message", f"{self.message[:half]} … {self.message[-half:]}")

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class InvalidData(Exception):  # noqa: N818 -- it names what it carries: the data's problems, not a failure of calfeed
    """The data folder has problems; `problems` holds all of them, each once, in the order they were given."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))
