"""The part of a day that the label beside it states: "Closed to new investors (after the close of business): May 2".

The grammar reads what stands right before or behind a day. A label may stand on the other side of a colon, before the
day or behind it, in the row of a table or above it in its column.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from calfeed.filings.dates.mentions import Mention, Reading, states_of
from calfeed.model.when import Dated

_PART = re.compile(
    r"\(([^()]{4,70})\)|\b((?:immediately )?(?:after|at|as of|before|prior to|following) (?:the )?"
    r"(?:close|closing|open|opening|end) of [^().,;:]{3,40})(?=\W*$)",
    re.IGNORECASE,
)
"""What may state a part of the day: words in brackets, or the last words of a label."""
_OF_OTHERS = re.compile(r"\b(?:of record|valued?|valuations?|priced?|calculat\w+|received|orders?|requests?)\b", re.I)
_LABEL_BEFORE = re.compile(r"(?:^|[.;] )([^.;]{3,160}?)\s*(?::|\s[-–—]{1,2})\s*$")
_LABEL_BEHIND = re.compile(r"\s*(?::|\s[-–—]{1,2})\s*([^.;]{3,160}?)[.;]?\s*$")


def with_part_of_day(mention: Mention, labels: Sequence[str]) -> Mention:
    """A date with the part of the day that its labels state; as it is where they state none, or two."""
    states = mention.reading.states
    if not isinstance(states, Dated) or states.first != states.last or states.anchor or states.clock:
        return mention
    found = {part for label in labels for part in _parts(label)}
    longer = {each.reading.states: each for part in found if (each := _longer(mention, states, part))}
    return next(iter(longer.values())) if len(longer) == 1 else mention


def labels_on_line(before: str, behind: str) -> list[str]:
    """The labels of a date in a passage: what stands before it and a colon or a dash, and behind it and one."""
    return [label[1] for label in (_LABEL_BEFORE.search(before), _LABEL_BEHIND.match(behind)) if label]


def _parts(label: str) -> Iterator[str]:
    """The words of a label that may state a part of the day; its last words only if they are not about something else.

    "Special meeting of shareholders of record as of the close of business" tells when they hold their shares.
    """
    is_of_others = _OF_OTHERS.search(label) is not None
    found = (each[1] or ("" if is_of_others else each[2]) for each in _PART.finditer(label))
    return (" ".join(words.split()) for words in found if words)


def _longer(mention: Mention, states: Dated, part: str) -> Mention | None:
    """A date with some words behind it, if they state a part of its day and nothing else."""
    longer = replace(mention, below=f"({part})", others=(*mention.others, states))
    read = states_of(longer.words)
    if not isinstance(read, Dated) or not (read.anchor or read.clock):
        return None
    bare = read._replace(words=states.words, anchor=None, clock=None, zone="")
    return replace(longer, reading=Reading(read)) if bare == states else None
