"""What YAML text holds, with the position of every key and value, and what is found in its file."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, Protocol, TypeAlias, Union

from calfeed.reading.characters import Slip
from calfeed.reading.problems import Found, Problem

Node: TypeAlias = Union[str, "Sequence", "Mapping"]
Steps: TypeAlias = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""


class Position(Protocol):
    """A place in a text, as the parser marks it; lines and columns count from 0."""

    line: int
    column: int


class Mapping(dict[str, Node]):
    """A mapping, with the positions of its keys and its values; `whole` is False where something of it was refused."""

    __slots__ = ("keys_at", "values_at", "whole")

    def __init__(self) -> None:
        self.whole = True
        self.keys_at: dict[str, Position] = {}
        self.values_at: dict[str, Position] = {}


class Sequence(list[Node]):
    """A list, with the positions of its items; `whole` is False where they were refused.

    `bare` are the indexes of those items of a list in brackets that have no quotes.
    """

    __slots__ = ("bare", "items_at", "whole")

    def __init__(self) -> None:
        self.whole = True
        self.bare: frozenset[int] = frozenset()
        self.items_at: list[Position] = []


class Doubt(NamedTuple):
    """A value that may be meant otherwise than YAML reads it, with its key and its place.

    That is a text without quotes that goes on over several lines, of which the first has so many `columns`, or a list
    in brackets with several items of which some have no quotes.
    """

    key: str
    value: Node
    position: Position
    columns: int


class Notes:
    """What is found in the file `name`: problems and warnings.

    `doubts` are for those who know what its keys mean.
    """

    def __init__(self, name: str, problems: Iterable[Problem] = ()) -> None:
        self.name = name
        self.problems = Found()
        self.problems.extend(problems)
        self.warnings = Found()
        self.doubts: list[Doubt] = []

    def note_at(self, mark: Position, message: str) -> None:
        """Add a problem at a position to the file's problems."""
        self.problems.note(message, self.name, mark.line + 1, mark.column + 1)

    def slips_beside(self, lines: Collection[int]) -> Iterator[Slip]:
        """Yields the problems as slips, except those on some lines."""
        for problem in self.problems:
            place = problem.location
            if place.line not in lines:
                yield Slip(place.line, place.column, problem.message)

    def note_all(self, slips: Iterable[Slip]) -> None:
        """Add slips to the file's problems."""
        for slip in slips:
            self.problems.note(slip.message, self.name, slip.line, slip.column)
