"""Who may see what is confidential: the file readers.yaml.

A token is the secret in a reader's address; the file has its SHA-256 alone, so that who can read the data folder cannot
read as somebody else.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import TypeAlias

from calfeed.reading.documents import ReadersDocument
from calfeed.reading.shapes import Checked
from calfeed.reading.suggestions import did_you_mean

READERS_FILE = "readers.yaml"
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


NOBODY = Readers()


def digest_of_token(token: str) -> str:
    """What the file has of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()


def check_readers(checked: Checked[ReadersDocument], addresses: Collection[str] | None = None) -> Readers:
    """The readers that the file names, and nobody where anything is wrong with it, which is added to its problems.

    `addresses` are those of the plans and trusts that there are; without them what a reader sees is not looked for.
    """
    file, document = checked.file, checked.document
    if document is None:
        return NOBODY
    known = [*addresses, EVERYTHING] if addresses is not None else None
    readers: dict[str, Reader] = {}
    for name, entry in document.readers.items():
        path = ("readers", name)
        if not re.fullmatch("[0-9a-f]{64}", entry.token):
            # What it says is not repeated: it may be the token itself.
            file.problems.append(
                file.problem("this is not the SHA-256 of a token: paste what `calfeed token` prints", *path, "token")
            )
        elif entry.token in readers:
            message = f'"{readers[entry.token].name}" has this token already: each reader needs one of its own'
            file.problems.append(file.problem(message, *path, "token"))
        if not entry.sees and checked.is_whole(*path, "sees"):
            file.problems.append(file.problem(f'"sees" is empty{_WHAT_TO_SEE}', *path, "sees"))
        for number, address in enumerate(entry.sees):
            if known is not None and address not in known:
                hint = did_you_mean(address, known) or _WHAT_TO_SEE
                shown = "a token" if address.startswith(TOKEN_PREFIX) else f'"{address}"'
                file.problems.append(file.problem(f"unknown {shown}{hint}", *path, "sees", number))
        readers.setdefault(entry.token, Reader(name=name, digest=entry.token, sees=frozenset(entry.sees)))
    return NOBODY if file.problems else Readers(tuple(readers.values()))
