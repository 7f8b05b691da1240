"""The last good catalog in a file, so that a server that starts on broken data still has something to serve."""

import os
import pickle
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from calfeed.model.catalog import Catalog

_MAGIC = b"calfeed snapshot "
_HEADER = _MAGIC + f"{version('calfeed')} ".encode()


class SnapshotError(Exception):
    """There is no catalog in the file; the message says why."""


def save(catalog: Catalog, file: Path) -> None:
    """Put a catalog in place of the one that a file holds, which stays where that fails; raises OSError.

    Only the owner may read the file: what is confidential is in it too.
    """
    body = pickle.dumps(catalog)
    part = file.with_name(f"{file.name}.part")
    try:
        part.unlink(missing_ok=True)  # what an earlier attempt left may be open to others
        part.touch(mode=0o600, exist_ok=False)
        with part.open("wb") as stream:
            stream.write(_HEADER + sha256(body).hexdigest().encode() + b"\n" + body)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def is_another_file(file: Path) -> bool:
    """Whether a file holds something that `save` has not written, and must not replace."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(_MAGIC)) not in {_MAGIC, b""}
    except OSError:
        return False


def restore(file: Path) -> Catalog:
    """The catalog that `save` has put into a file; raises SnapshotError where it holds none."""
    try:
        header, _, body = file.read_bytes().partition(b"\n")
    except OSError as error:
        raise SnapshotError(f"{file} cannot be read: {error.strerror or error}") from None
    if header != _HEADER + sha256(body).hexdigest().encode():
        raise SnapshotError(f"{file} was not written by this version of calfeed, or is damaged")
    try:
        catalog: Catalog = pickle.loads(body)  # noqa: S301 -- from a file that only the operator can write
    except Exception:  # whatever a class that is another by now makes of it
        raise SnapshotError(f"{file} was written by another calfeed of this version") from None
    return catalog
