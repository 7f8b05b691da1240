"""Answers, and the place where they are kept for the next who asks: the usual ones in memory, large ones in files.

A server holds a copy of what it sends for as long as a client takes to read it, and a client may take long. Of a file
it holds a small part at a time.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, TypeAlias
from weakref import finalize

LARGE_OCTETS = 64 * 1024
"""From which length on a body is sent from a file."""
_MOST_IN_MEMORY = 2_000
_MOST_OCTETS_IN_MEMORY = 50_000_000
_MOST_IN_FILES = 200

Headers: TypeAlias = list[tuple[str, str]]
Asked: TypeAlias = tuple[str, str]
"""What a GET asks for: a path and a query."""


class BodyInFile:
    """A body in a file, which is deleted when nothing refers to this any more."""

    def __init__(self, body: bytes, folder: Path) -> None:
        """Write a body into a new file in a folder; raises OSError."""
        with NamedTemporaryFile(dir=folder, delete=False) as file:
            finalize(self, Path(file.name).unlink, missing_ok=True)
            file.write(body)
        self.path = file.name
        self._length = len(body)

    def __len__(self) -> int:
        """The number of octets."""
        return self._length

    @property
    def is_there(self) -> bool:
        """Whether the file still exists: some systems delete what has lain long in a temporary folder."""
        return os.path.exists(self.path)  # noqa: PTH110 -- asked for each answer, and Path takes several times as long


class Answer(NamedTuple):
    """What is answered to a request; `etag` is its validator with quotes, or empty where it has none."""

    status: int
    headers: Headers
    body: bytes | BodyInFile
    etag: str = ""


class KeptAnswers:
    """Answers by what was asked for. Where there is no more room, those that were kept first are forgotten.

    Threads may use it at the same time.
    """

    def __init__(self, folder: Path | None) -> None:
        """`folder` is where files may be made; without one everything is kept in memory."""
        self._folder = folder
        self._in_memory: dict[Asked, Answer] = {}
        self._octets = 0
        self._in_files: dict[Asked, Answer] = {}

    def get(self, asked: Asked) -> Answer | None:
        """The answer that is kept for what is asked for."""
        answer = self._in_memory.get(asked) or self._in_files.get(asked)
        if answer and isinstance(answer.body, BodyInFile) and not answer.body.is_there:
            return None
        return answer

    def keep(self, asked: Asked, answer: Answer) -> Answer:
        """Keep an answer; the answer as it is to be sent, from a file where it is large."""
        if len(answer.body) < LARGE_OCTETS:
            return self._keep_in_memory(asked, answer)
        if self._folder is None or isinstance(answer.body, BodyInFile):
            return answer
        try:
            in_file = answer._replace(body=BodyInFile(answer.body, self._folder))
        except OSError:
            return answer  # the disk is full, or the folder is gone
        _forget(self._in_files, len(self._in_files) - _MOST_IN_FILES + 1)
        self._in_files[asked] = in_file
        return in_file

    def _keep_in_memory(self, asked: Asked, answer: Answer) -> Answer:
        self._octets += len(answer.body)
        if len(self._in_memory) >= _MOST_IN_MEMORY or self._octets > _MOST_OCTETS_IN_MEMORY:
            for forgotten in _forget(self._in_memory, len(self._in_memory) // 2 + 1):
                self._octets -= len(forgotten.body)
        self._in_memory[asked] = answer
        return answer


def _forget(kept: dict[Asked, Answer], number: int) -> Iterable[Answer]:
    """Take out so many of what was kept first, and give them back."""
    names = list(kept)[: max(number, 0)]
    return [answer for name in names if (answer := kept.pop(name, None))]
