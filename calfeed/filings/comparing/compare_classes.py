"""Finds days that a plan has for one share class of a fund, and the filing for another one."""

import re
from collections.abc import Iterator

from calfeed.filings.comparing.compare import Comparison, Given, place_of
from calfeed.filings.comparing.planned import Planned, PlannedDate
from calfeed.reading.problems import Problem, Severity


def classes_otherwise(planned: Planned, found: Comparison, given: Given) -> Iterator[Problem]:
    """A warning for each day of which every clause that names a class names another one than the plan.

    A draft does not tell the classes of a fund apart, and so the words of the clauses say it.
    """
    for date, mentions in found.stated_by(given).items():
        theirs = {number for each in mentions for number in _named(planned, date, each.clause)}
        if theirs and not theirs & date.about:
            classes = [name for number in sorted(theirs) for name in planned.reorganizations[number].target.classes]
            message = f"the filing states this day for {' and '.join(classes)} alone: {place_of(mentions[0])}"
            yield Problem(date.location, message, Severity.WARNING)


def _named(planned: Planned, date: PlannedDate, clause: str) -> Iterator[int]:
    """The reorganizations of classes that a clause names, if the date is about classes of one fund alone."""
    every = planned.reorganizations
    funds = {every[number].target.names for number in date.about}
    if len(funds) > 1 or not all(every[number].target.classes for number in date.about):
        return
    said = _INTO_CLASS.sub("", clause)
    for number, each in enumerate(every):
        if each.target.names in funds and any(_names_class(said, name) for name in each.target.classes):
            yield number


_INTO_CLASS = re.compile(
    r"\b(?:into|to|for|become|becomes|holders of) (?:the )?(?:same )?(?:Class \w+|\w+ (?:Class|shares)\b)"
    r"(?! (?:shares )?(?:will|are|is)\b)",
    re.IGNORECASE,
)
"""The class that another one becomes."""


def _names_class(text: str, name: str) -> bool:
    """Whether a text names a class: "Class C", "Classes A and C", "C Class", "Institutional shares"."""
    word = re.escape(_NOUN.sub("", name).strip())
    listed = rf"\bclass(?:es)? (?:\w+(?:, and |, | and | or | & ))*{word}\b"
    return bool(word) and re.search(rf"{listed}|\b{word} (?:class|shares)\b", text, re.IGNORECASE) is not None


_NOUN = re.compile(r"\b(?:class(?:es)?|shares?)\b", re.IGNORECASE)
