"""Who may see what is confidential: the file readers.yaml.

A token is the secret in a reader's address. The file holds only its SHA-256, so the data folder gives no token away.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from calfeed.reading.documents import ReadersDocument
from calfeed.reading.files import READERS_FILE, Content
from calfeed.reading.problems import Location, Problem
from calfeed.reading.shapes import check_shape
from calfeed.reading.suggestions import did_you_mean
from calfeed.reading.yaml import YamlFile, read_octets

TOKEN_PREFIX = "calfeed_"  # noqa: S105 -- a prefix by which people and scanners recognise a token
TOKEN_BYTES = 32
EVERYTHING = "everything"
_WHAT_TO_SEE = f": write plans/<plan>, trusts/<trust> or {EVERYTHING}"
Sees: TypeAlias = frozenset[str]
"""The addresses of the plans and trusts whose confidential parts a reader sees, or EVERYTHING alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody with a token; `digest` is its SHA-256 as 64 hexadecimal digits."""

    name: str
    digest: str
    sees: Sees


@dataclass(frozen=True, slots=True)
class Readers:
    """All readers of a data folder."""

    readers: tuple[Reader, ...] = ()

    def also_in(self, others: "Readers") -> "Readers":
        """The readers who are also among the others and see the same there."""
        return Readers(tuple(reader for reader in self.readers if reader in others.readers))


NOBODY = Readers()


class ReadersRead(NamedTuple):
    """The readers in a file, and its problems and warnings."""

    readers: Readers
    found: tuple[Problem, ...]


@lru_cache(maxsize=16)
def read_readers(
    content: Content | None, name: str = READERS_FILE, addresses: frozenset[str] | None = None
) -> ReadersRead:
    """The readers in a file. If there is no file, or it has a problem, there are none.

    Problems call the file `name`. If `addresses` of the existing plans and trusts are given, a reader who sees another
    one gets a warning.
    """
    if content is None:
        return ReadersRead(NOBODY, ())
    if isinstance(content, bytes):
        file = read_octets(content, name)
    else:
        file = YamlFile(name, problems=[Problem(Location(name), content.reason)])
    checked = check_shape(file, ReadersDocument)
    document = checked.document
    if document is None:
        return ReadersRead(NOBODY, file.found)
    readers: dict[str, Reader] = {}
    for reader, entry in document.readers.items():
        path = ("readers", reader)
        if not re.fullmatch("[0-9a-f]{64}", entry.token):
            # The message does not repeat the text: it may be the token itself.
            file.refuse("this is not the SHA-256 of a token: paste what `calfeed token` prints", *path, "token")
        elif entry.token in readers:
            message = f'"{readers[entry.token].name}" has this token already: each reader needs one of its own'
            file.refuse(message, *path, "token")
        if not entry.sees and checked.is_whole(*path, "sees"):
            file.refuse(f'"sees" is empty{_WHAT_TO_SEE}', *path, "sees")
        readers.setdefault(entry.token, Reader(name=reader, digest=entry.token, sees=frozenset(entry.sees)))
    if addresses is not None:
        _warn_of_unknown_sights(file, document, addresses)
    return ReadersRead(NOBODY if file.problems else Readers(tuple(readers.values())), file.found)


def advice_on_address(address: str, known: Collection[str]) -> str:
    """The tail of a message about a plan or a trust that does not exist: the nearest one, or what an address is like.

    Where the author wrote no "plans/" or "trusts/", the ids alone decide.
    """
    said = str if "/" in address else _id_in
    return did_you_mean(address, known, said) or _WHAT_TO_SEE


def _id_in(address: str) -> str:
    return address.rpartition("/")[2]


def _warn_of_unknown_sights(file: YamlFile, document: ReadersDocument, addresses: Collection[str]) -> None:
    """Warn of plans and trusts that a reader sees and that do not exist, or not yet."""
    known = [*addresses, EVERYTHING]
    for reader, entry in document.readers.items():
        for number, address in enumerate(entry.sees):
            if address not in known:
                is_token = address.startswith(TOKEN_PREFIX)
                hint = _WHAT_TO_SEE if is_token else advice_on_address(address, known)
                shown = "a token" if is_token else f'"{address}"'
                file.warn(f"unknown {shown}{hint}", "readers", reader, "sees", number)
