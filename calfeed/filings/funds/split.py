"""A fund whose share classes go into several funds: "Class A shares of Red Fund into Blue Fund, Class C into Green"."""

import re
from collections.abc import Sequence, Set

_CLASSES_OF = re.compile(
    r"\bClass(?:es)? (?P<names>[A-Z]\d?(?:(?:, and|,| and| or) (?:Class )?[A-Z]\d?)*) [Ss]hares (?:of|in) (?:the )?$"
)


def classes_before(match: re.Match[str]) -> tuple[str, ...]:
    """The share classes of its one target, in its group `t`, that a statement is about; none if it is about all."""
    found = _CLASSES_OF.search(match.string, 0, match.start("t"))
    return tuple(f"Class {name}" for name in re.findall(r"\b[A-Z]\d?\b", found["names"])) if found else ()


def is_split(stated: Sequence[Set[tuple[str, ...]]]) -> bool:
    """Whether a target goes into several funds, each with classes of its own, by the classes stated for each fund."""
    if len(stated) < 2 or any(len(each) != 1 for each in stated):
        return False
    classes = [classes for each in stated for classes in each]
    names = [name for each in classes for name in each]
    return all(classes) and len(names) == len(set(names))


_RECEIVED = re.compile(
    r"\b(?:receiv\w+|gets?|be (?:given|issued)|exchanged for|become)\b[^.;]{0,40}?"
    r"\b(?:shares|units|interests|\w*holders) (?:of|in) (?:the )?$",
    re.IGNORECASE,
)
"""What stands before a fund of which holders get shares: "will receive shares of"."""


def is_received(match: re.Match[str]) -> bool:
    """Whether the fund in the group `t` is one whose shares holders get, and so no target: "they get Blue Fund"."""
    return _RECEIVED.search(match.string, 0, match.start("t")) is not None
