"""The sources of a plan by their keys."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from calfeed.model.plans import LeftOut, Source
from calfeed.model.when import Dated, Precision, month_in_words
from calfeed.reading.documents import PlanDocument, SourceDocument
from calfeed.reading.phrases import is_exact_day, read_day, read_phrase
from calfeed.reading.shapes import Checked
from calfeed.reading.suggestions import did_you_mean
from calfeed.reading.web_addresses import is_web_address

_MONTH_IN_DIGITS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")


class _DocumentDate(NamedTuple):
    """The date of a document: a day, or the first day of a month if the document gives only the month."""

    day: date
    gives_month: bool


def _read_document_date(text: str) -> _DocumentDate:
    """Read the date of a document: one exact day, or a month. Raises ValueError for anything else."""
    try:
        when = read_phrase(text)
    except ValueError as error:
        if month := _MONTH_IN_DIGITS.fullmatch(text):
            in_words = month_in_words(date(int(month[1]), int(month[2]), 1))
            raise ValueError(f'"{text}" is a month in digits: write {in_words}') from error
        raise
    if isinstance(when, Dated) and is_exact_day(when):
        return _DocumentDate(when.first, False)
    if isinstance(when, Dated) and _is_month(when):
        return _DocumentDate(when.first, True)
    raise ValueError(f'"{when.words}" is neither a day, such as December 14, 2007, nor a month, such as December 2007')


def _is_month(when: Dated) -> bool:
    """Whether a phrase names a whole month and no more."""
    last = monthrange(when.first.year, when.first.month)[1]
    is_whole = when.first.day == 1 and when.last == when.first.replace(day=last)
    return is_whole and when.precision is Precision.WINDOW


class Sources:
    """The sources of a plan by their keys, oldest first. Problems are added to the file."""

    def __init__(self, checked: Checked[PlanDocument], document: PlanDocument) -> None:
        self._file = checked.file
        self._is_incomplete = not checked.is_whole("sources")
        self._by_key: dict[str, Source] = {}
        for key, entry in document.sources.items():
            source = self._read(key, entry)
            if source is None:
                self._is_incomplete = True
                continue
            self._check_order(source)
            self._by_key[key] = source
        self.all = tuple(self._by_key.values())
        """All sources, oldest first."""
        self.first = self.all[0] if self.all else None
        """The source of a milestone that names none; None if no source could be read."""

    def named(self, key: str, *path: str | int) -> Source | None:
        """The source with a key; otherwise None, and a problem at the path.

        If a source could not be read, an unknown key is no problem, since it may be the key of that source.
        """
        source = self._by_key.get(key)
        if source is None and not self._is_incomplete:
            hint = did_you_mean(key, self._by_key) or f": the sources are {', '.join(self._by_key)}"
            self._file.refuse(f'unknown source "{key}"{hint}', *path)
        return source

    def is_earlier(self, one: Source, other: Source) -> bool:
        """Whether one source is before another in the file, where the oldest comes first."""
        keys = list(self._by_key)
        return keys.index(one.key) < keys.index(other.key)

    def _read(self, key: str, entry: SourceDocument) -> Source | None:
        refuse = self._file.refuse
        if entry.url and not is_web_address(entry.url):
            refuse(
                f'"{entry.url}" is not a web address: write one such as https://www.sec.gov/..., without spaces',
                *("sources", key, "url"),
            )
        if entry.accession and not _ACCESSION.fullmatch(entry.accession):
            refuse(
                f'"{entry.accession}" is not an accession number such as 0000908737-07-000423',
                *("sources", key, "accession"),
            )
        dated = self._file.understood(_read_document_date, entry.dated, "sources", key, "dated")
        if dated is None:
            return None
        entered = self._read_entered(key, entry, dated.day)
        left_out = tuple([LeftOut(words, reason) for words, reason in entry.left_out.items()])
        # Without the names of the fields, which take twice as long: for the row "folder to catalog".
        printed = key, entry.title, dated.day, entry.url, entry.form, entry.accession
        return Source(*printed, dated.gives_month, entered, left_out)

    def _read_entered(self, key: str, entry: SourceDocument, dated: date) -> date | None:
        if not entry.entered:
            return None
        entered = self._file.understood(read_day, entry.entered, "sources", key, "entered")
        if entered and entered < dated:
            self._file.refuse(
                f'"entered" is before {entry.dated}, the date of the document: it is the day on which it was put in',
                *("sources", key, "entered"),
            )
        return entered

    def _check_order(self, source: Source) -> None:
        latest = next(reversed(self._by_key.values()), None)
        if latest and source.last_possible < latest.dated:
            line = self._file.line_of("sources", latest.key, "dated")
            self._file.refuse(
                f'sources stand oldest first: this is before "{latest.key}" ({latest.dated_in_words}, line {line})',
                *("sources", source.key, "dated"),
            )
