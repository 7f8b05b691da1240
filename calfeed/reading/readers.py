"""Who may see what is confidential: the file readers.yaml.

A token is the secret in a reader's address; the file has its SHA-256 alone, so that who can read the data folder cannot
read as somebody else.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from typing import NamedTuple, TypeAlias

from calfeed.reading.documents import ReadersDocument
from calfeed.reading.files import READERS_FILE, Content
from calfeed.reading.problems import Location, Problem
from calfeed.reading.shapes import check_shape
from calfeed.reading.suggestions import did_you_mean
from calfeed.reading.yaml import YamlFile, read_octets

TOKEN_PREFIX = "calfeed_"  # noqa: S105 -- what a token begins with, so that people and scanners know one when they see it
TOKEN_BYTES = 32
EVERYTHING = "everything"
_WHAT_TO_SEE = f": write plans/<plan>, trusts/<trust> or {EVERYTHING}"
Sees: TypeAlias = frozenset[str]
"""The addresses of the plans and trusts whose confidential parts a reader sees, or EVERYTHING alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody with a token, whose SHA-256 (64 hexadecimal digits) is `digest`."""

    name: str
    digest: str
    sees: Sees


@dataclass(frozen=True, slots=True)
class Readers:
    """All readers of a data folder."""

    readers: tuple[Reader, ...] = ()

    def of(self, token: str) -> Reader | None:
        """The reader whose token it is, or None. How long this takes tells nothing about the tokens there are."""
        digest = digest_of_token(token)
        found = None
        for reader in self.readers:
            if compare_digest(reader.digest, digest):
                found = reader
        return found

    def also_in(self, others: "Readers") -> "Readers":
        """Those readers who are among the others too and see the same."""
        return Readers(tuple(reader for reader in self.readers if reader in others.readers))


NOBODY = Readers()


def digest_of_token(token: str) -> str:
    """What the file has of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()


class ReadersRead(NamedTuple):
    """The readers that a file names, and the problems and warnings that it has."""

    readers: Readers
    found: tuple[Problem, ...]


@lru_cache(maxsize=16)
def read_readers(
    content: Content | None, name: str = READERS_FILE, addresses: frozenset[str] | None = None
) -> ReadersRead:
    """The readers that a file names: nobody where there is no file, or anything is wrong with it.

    `name` is how problems call the file, `addresses` are those of the plans and trusts that there are; without them
    what a reader sees is not looked for.
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
            # What it says is not repeated: it may be the token itself.
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


def _warn_of_unknown_sights(file: YamlFile, document: ReadersDocument, addresses: Collection[str]) -> None:
    """Warn of what a reader is said to see and is not there: it may be gone, or be still to come."""
    known = [*addresses, EVERYTHING]
    for reader, entry in document.readers.items():
        for number, address in enumerate(entry.sees):
            if address not in known:
                hint = did_you_mean(address, known) or _WHAT_TO_SEE
                shown = "a token" if address.startswith(TOKEN_PREFIX) else f'"{address}"'
                file.warn(f"unknown {shown}{hint}", "readers", reader, "sees", number)
