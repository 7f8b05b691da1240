"""Compares a file with its document: what fits it, as nearly all does. `misfits` says what is wrong with the others.

It is imported where something is: for the row "calfeed check of 1,000 plans".
"""

from collections.abc import Callable
from importlib import import_module
from typing import Generic, TypeAlias

from calfeed.reading.fitting import D, fitted
from calfeed.reading.yaml import YamlFile

_Path: TypeAlias = tuple[int | str, ...]
_Fit: TypeAlias = Callable[[YamlFile, type[D]], tuple[D | None, set[_Path]]]


class Checked(Generic[D]):
    """A file whose shape has been checked.

    `document` is the part of the file that can be used, or None. `lost` are the paths of the parts that were left out.
    """

    def __init__(self, file: YamlFile, document: D | None, lost: set[_Path]) -> None:
        self.file = file
        self.document = document
        self.lost = lost

    def is_whole(self, *path: int | str) -> bool:
        """Whether nothing was left out at, above or below a path, so an absent key is absent in the file."""
        return not self.lost or not any(each[: len(path)] == path[: len(each)] for each in self.lost)


def check_shape(file: YamlFile, model: type[D]) -> Checked[D]:
    """Check a file's shape against a document, and add the problems to the file.

    Parts with problems are left out. The rest is used, so that later checks find the other problems in the same run.
    """
    if not (file.problems or file.doubts):
        document = fitted(model, file.values)
        if document is not None:
            return Checked(file, document, set())
    fit: _Fit[D] = import_module("calfeed.reading.misfits").fit
    return Checked(file, *fit(file, model))
