"""What is wrong with the data, and where: values for the person who can mend it, never printed here."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a data file; lines and columns count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what would be right."""

    location: Location
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message}"


class InvalidData(Exception):  # noqa: N818 -- it names what it carries: the data's problems, not a failure of calfeed
    """The data folder has problems; `problems` holds all of them, each once, in the order they were given."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The tail of a message about an unknown word: the nearest known one as a question, or nothing."""
    by_folded = {word.casefold(): word for word in known}
    near = get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.6)
    return f': did you mean "{by_folded[near[0]]}"?' if near else ""
