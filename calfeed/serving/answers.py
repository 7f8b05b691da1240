"""Answers and a cache of them: small ones in memory, large ones in files.

The server keeps a copy of each body in memory until the client has read it, which may take long. Of a body in a file it
keeps only a small part in memory.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, TypeAlias
from weakref import WeakValueDictionary, finalize

from calfeed.reading.readers import Sees

LARGE_OCTETS = 64 * 1024
"""Bodies of this length and above are sent from a file."""
_MOST_IN_MEMORY = 1_500
"""How many answers are kept, for the row "memory of a worker"."""
_MOST_OCTETS_IN_MEMORY = 50_000_000
_MOST_IN_FILES = 200
_MOST_OCTETS_IN_FILES = 200_000_000

Headers: TypeAlias = list[tuple[str, str]]
Asked: TypeAlias = tuple[str, str, Sees]
"""The path and the query of a GET, and what a reader who asks may see beside what is public."""


class BodyInFile:
    """A body in a file. The file is deleted when nothing refers to this object any more."""

    def __init__(self, body: bytes, folder: Path) -> None:
        """Write a body to a new file in a folder. Raises OSError."""
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            finalize(self, Path(file.name).unlink, missing_ok=True)
            file.write(body)
        self.path = file.name
        self._length = len(body)

    def __len__(self) -> int:
        """The number of bytes."""
        return self._length

    @property
    def is_there(self) -> bool:
        """Whether the file still exists: some systems delete old files from temporary folders."""
        return os.path.exists(self.path)  # noqa: PTH110 -- called for each answer; Path is several times as slow


class Answer(NamedTuple):
    """The answer to a request; `etag` has its quotes, and is empty if there is none."""

    status: int
    headers: Headers
    body: bytes | BodyInFile
    etag: str = ""


class KeptAnswers:
    """A cache of answers by what was asked. When it is full, the oldest answers are dropped.

    Threads may use it at the same time.
    """

    def __init__(self, folder: Path | None) -> None:
        """Large answers are written to files in `folder`; without one, all stay in memory."""
        self._folder = folder
        self._in_memory: dict[Asked, Answer] = {}
        self._octets = 0
        self._in_files: dict[Asked, Answer] = {}
        self._bodies: WeakValueDictionary[str, BodyInFile] = WeakValueDictionary()
        """The bodies in files, by their ETags, as long as one is kept or being sent."""

    def get(self, asked: Asked) -> Answer | None:
        """The cached answer, or None."""
        answer = self._in_memory.get(asked) or self._in_files.get(asked)
        if answer and isinstance(answer.body, BodyInFile) and not answer.body.is_there:
            return None
        return answer

    def keep(self, asked: Asked, answer: Answer) -> Answer:
        """Add an answer. Returns the answer to send, whose body is in a file if it is large."""
        if len(answer.body) < LARGE_OCTETS:
            return self._keep_in_memory(asked, answer)
        if self._folder is None or isinstance(answer.body, BodyInFile):
            return answer
        body = self._bodies.get(answer.etag)
        if body is None or not body.is_there:
            try:
                body = self._bodies[answer.etag] = BodyInFile(answer.body, self._folder)
            except OSError:
                return answer  # the disk is full, or the folder is gone
        in_file = answer._replace(body=body)
        _forget(self._in_files, len(self._in_files) - _MOST_IN_FILES + 1)
        while self._in_files and self._octets_in_files() > _MOST_OCTETS_IN_FILES:
            _forget(self._in_files, 1)
        self._in_files[asked] = in_file
        return in_file

    def _octets_in_files(self) -> int:
        return sum(len(body) for reference in self._bodies.valuerefs() if (body := reference()))

    def _keep_in_memory(self, asked: Asked, answer: Answer) -> Answer:
        known = self._in_memory.pop(asked, None)  # another thread may have made it meanwhile
        self._octets += len(answer.body) - (len(known.body) if known else 0)
        if len(self._in_memory) >= _MOST_IN_MEMORY or self._octets > _MOST_OCTETS_IN_MEMORY:
            for forgotten in _forget(self._in_memory, len(self._in_memory) // 2 + 1):
                self._octets -= len(forgotten.body)
        self._in_memory[asked] = answer
        return answer


def _forget(kept: dict[Asked, Answer], number: int) -> Iterable[Answer]:
    """Remove that many of the oldest answers, and return them."""
    names = list(kept)[: max(number, 0)]
    return [answer for name in names if (answer := kept.pop(name, None))]
