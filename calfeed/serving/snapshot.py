"""The last good data files in one file, so that a server that starts with broken data has something to serve.

They are kept as YAML, so a later version of calfeed can read them too.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

_MAGIC = b"calfeed last good data, format 1, "
_PART = ".part"
_ABANDONED_SECONDS = 3_600
"""After how long a part is what a killed server has left: it takes none so long to write one."""
_WRITABLE_BY_OTHERS = 0o022


class SnapshotError(Exception):
    """The file holds no last good data. The message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """The last good bytes of the files of both parts, and the addresses withheld since."""

    public: Mapping[str, bytes]
    confidential: Mapping[str, bytes]
    withheld: frozenset[str]


def save(last_good: LastGood, file: Path) -> None:
    """Write last good data to a file. If that fails, the file stays as it was, and OSError is raised.

    Only the owner may read the file: it holds the confidential part too.
    """
    content = {
        "public": _texts(last_good.public),
        "confidential": _texts(last_good.confidential),
        "withheld": sorted(last_good.withheld),
    }
    body = json.dumps(content, indent=1, sort_keys=True).encode()
    # A file of its own, which its owner alone may read: another server may keep its data at the same place.
    descriptor, name = mkstemp(prefix=f"{file.name}.", suffix=_PART, dir=file.parent)
    part = Path(name)
    try:
        with open(descriptor, "wb") as stream:  # noqa: PTH123 -- of a descriptor
            stream.write(_header(body) + b"\n" + body)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _delete_abandoned(file)


def _delete_abandoned(file: Path) -> None:
    """Delete parts that killed servers have left beside a file, which hold the confidential part too."""
    with suppress(OSError):
        latest = file.stat().st_mtime - _ABANDONED_SECONDS
        for path in file.parent.iterdir():
            is_part = path.name.startswith(f"{file.name}.") and path.suffix == _PART
            if is_part and path.is_file() and path.stat().st_mtime < latest and not is_another_file(path):
                path.unlink()


def is_another_file(file: Path) -> bool:
    """Whether a file holds something that `save` did not write, and so must not replace."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(_MAGIC)) not in {_MAGIC, b""}
    except OSError:
        return False


def restore(file: Path) -> LastGood:
    """Read a file that `save` has written. Raises SnapshotError if it holds no last good data.

    A file that another user could have written is refused, since its content would be published.
    """
    try:
        with file.open("rb") as stream:
            _check_owner(os.fstat(stream.fileno()), file)
            header, _, body = stream.read().partition(b"\n")
    except OSError as error:
        raise SnapshotError(f"{file} cannot be read: {error.strerror or error}") from None
    if header != _header(body):
        raise SnapshotError(f"{file} was not written by calfeed, or is damaged")
    content = json.loads(body)
    return LastGood(
        public=_octets(content["public"]),
        confidential=_octets(content["confidential"]),
        withheld=frozenset(content["withheld"]),
    )


def _check_owner(status: os.stat_result, file: Path) -> None:
    if os.name != "posix":
        return
    if status.st_uid != os.geteuid():
        raise SnapshotError(f"{file} belongs to another user: delete it")
    if status.st_mode & _WRITABLE_BY_OTHERS:
        raise SnapshotError(f"{file} can be written by other users: delete it")


def _header(body: bytes) -> bytes:
    return _MAGIC + sha256(body).hexdigest().encode()


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """Good files as texts: good files are UTF-8."""
    return {name: content.decode() for name, content in files.items()}


def _octets(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: content.encode() for name, content in files.items()}
