"""The invariant of every result made from a filing: each of its dates is in exactly one list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from calfeed.filings.dates.mentions import Mention


class LedgerError(Exception):
    """A date of a filing is in no list, or in two. This is a defect of calfeed, so it gives no answer."""


class MentionKey(NamedTuple):
    """What tells a mention from every other one."""

    file: str
    passage: int
    start: int


def key_of(mention: Mention) -> MentionKey:
    """What tells a mention from every other one."""
    return MentionKey(mention.filing.name, mention.index, mention.start)


def check_ledger(mentions: Sequence[Mention], lists: Sequence[Iterable[Mention]]) -> None:
    """Check that each mention is in exactly one of the lists, and nothing else is in any. Raises LedgerError."""
    times = Counter(key for each in lists for key in {key_of(mention) for mention in each})
    for mention in mentions:
        count = times.pop(key_of(mention), 0)
        if count != 1:
            where = "no list" if count == 0 else f"{count} lists"
            message = f'{mention.filing.name}, line {mention.line}: "{mention.words}" is in {where}'
            raise LedgerError(f"{message}, which is a mistake of calfeed: please report it")
    if times:
        raise LedgerError(f"{next(iter(times)).file}: a date that it does not have is in a list: please report it")
