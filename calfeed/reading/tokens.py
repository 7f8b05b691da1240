"""The tokens of readers, and whose they are: apart from their file, since `calfeed check` needs no digest."""

from hashlib import sha256
from hmac import compare_digest

from calfeed.reading.readers import Reader, Readers


def digest_of_token(token: str) -> str:
    """The SHA-256 of a token, as the file holds it."""
    return sha256(token.encode(errors="replace")).hexdigest()


def reader_with(token: str, readers: Readers) -> Reader | None:
    """The reader with this token, or None. The time it takes tells nothing about other tokens."""
    digest = digest_of_token(token)
    found = None
    for reader in readers.readers:
        if compare_digest(reader.digest, digest):
            found = reader
    return found
