"""Reads the bytes of a file as a filing: the encoding, the documents, and whether each is HTML or plain text."""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from calfeed.filings.passages import markup, plain
from calfeed.filings.passages.plain import Line
from calfeed.filings.passages.text import Filing, NotAFilingError, Passage, cleaned

MOST_OCTETS = 30_000_000
"""The size limit of a file. EDGAR's complete submissions also hold pictures and spreadsheets, which are skipped."""
MOST_CHARACTERS = 8_000_000
"""The limit of text, including tags. The longest registration statements have half of it."""
MOST_LINES = 200_000
MOST_TAGS = 400_000
_MOST_CONTROL_CHARACTERS = 0.01
_NEVER_IN_TEXT = [chr(code) for code in (*range(9), *range(14, 32))]
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)|<\?xml[^>]{0,100}encoding=["']([\w-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# As in browsers: a file that declares one of these is windows-1252.
_READ_AS_WINDOWS = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"}
_WINDOWS = "windows-1252"
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip file or a document of a word processor"),
    (b"\xd0\xcf\x11\xe0", "a document of a word processor"),
    (b"{\\rtf", "a document of a word processor"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
# The tags around the documents of a submission to EDGAR.
_AROUND_DOCUMENTS = re.compile(r"<DOCUMENT>|<TYPE>[ \t]*(?P<type>\S*)|<TEXT>|</TEXT>", re.IGNORECASE)
_NO_TEXT = re.compile(r"(?:GRAPHIC|COVER|ZIP|EXCEL|PDF|XML|JSON|EX-101\b.*|EX-10[34]\b.*)$", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:html|body|head|p|div|td|tr|br|font|span|h[1-6]|center|b|i|u|li|a)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)
_LEAST_TAGS = 3
# The references of HTML to the characters that `cleaned` removes: soft hyphens, joiners, marks of direction.
_INVISIBLE_REFERENCE = re.compile(
    r"&(?:shy|zwn?j|lrm|rlm|ZeroWidthSpace|NoBreak|#0*(?:173|820[3-7]|8288|65279)|#x0*(?:AD|200[B-F]|2060|FEFF));",
    re.IGNORECASE,
)
_WHOLE_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)


def read_filing(content: bytes, name: str) -> Filing:
    """The text of a file that holds a filing in plain text or HTML, or EDGAR's complete submission.

    Raises NotAFilingError, with a message for the user, if it is neither or too large.
    """
    for beginning, what in _OTHER_FORMATS:
        if content.startswith(beginning):
            raise NotAFilingError(f"{name} is {what}: save it as text or HTML, and name that file")
    if len(content) > MOST_OCTETS:
        size = len(content) / 1_000_000
        raise NotAFilingError(f"{name} has {size:,.1f} MB: more than {MOST_OCTETS // 1_000_000} MB is no filing")
    text, encoding = _decoded(content)
    parts = list(_parts(text.replace("\r\n", "\n").replace("\r", "\n")))
    _check_size(name, "".join(part.text for part in parts))
    passages: list[Passage] = []
    for part in parts:
        try:
            passages.extend(_passages(part, _tables(passages)))
        except NotAFilingError as error:
            raise NotAFilingError(f"{name}: {error}") from None
    return Filing(name, encoding, tuple(passages))


def _check_size(name: str, text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise NotAFilingError(f"{name} has {len(text):,} characters: more than {MOST_CHARACTERS:,} are no filing")
    if text.count("\n") > MOST_LINES or text.count("<") > MOST_TAGS:
        raise NotAFilingError(f"{name} has more than {MOST_LINES:,} lines or {MOST_TAGS:,} tags: that is no filing")
    if sum(map(text.count, _NEVER_IN_TEXT)) > len(text) * _MOST_CONTROL_CHARACTERS:
        raise NotAFilingError(f"{name} is full of control characters: save the filing as text, and name that file")


def _decoded(content: bytes) -> tuple[str, str]:
    """The text of some bytes, and the name of the encoding."""
    for bom, codec, name in _BOMS:
        if content.startswith(bom):
            return content.decode(codec, errors="replace"), f"{name}, as its byte order mark says"
    if found := _DECLARED.search(content[:_DECLARED_WITHIN]):
        declared = (found[1] or found[2]).decode("ascii", errors="replace").lower()
        codec = _WINDOWS if declared in _READ_AS_WINDOWS else declared
        try:
            return content.decode(
                codec
            ), f"{codec}, as it declares" if codec == declared else f"{codec}, declared as {declared}"
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    try:
        return content.decode(), "UTF-8"
    except UnicodeDecodeError:
        return content.decode(_WINDOWS, errors="replace"), f"{_WINDOWS}, since it is not UTF-8"


class _Part(NamedTuple):
    """A part of a file: its first line's number, and its text."""

    first_line: int
    text: str


def _parts(text: str) -> Iterator[_Part]:
    """The documents with text in a file, and the text around them. Pictures and the like are skipped."""
    start, line, kind, in_text = 0, 1, "", False
    for tag in _AROUND_DOCUMENTS.finditer(text):
        name = tag[0].upper()
        if name.startswith("<TYPE>"):
            kind = kind if in_text else tag["type"]
            continue
        if name == "<DOCUMENT>" or (name == "<TEXT>") == in_text:
            continue
        if not (in_text and _NO_TEXT.match(kind)):
            yield _Part(line, text[start : tag.end()])
        line += text.count("\n", start, tag.end())
        start, in_text = tag.end(), not in_text
    yield _Part(line, text[start:])


def _tables(passages: list[Passage]) -> int:
    return max((each.table + 1 for each in passages if each.table is not None), default=0)


def _passages(part: _Part, tables: int) -> list[Passage]:
    text = cleaned(part.text)
    if _is_html(text):
        return markup.passages(_INVISIBLE_REFERENCE.sub("", text), part.first_line, tables)
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), part.first_line)]
    return plain.passages(lines, tables)


def _is_html(text: str) -> bool:
    """Whether a document is HTML: EDGAR's plain text has tags too, but none of these."""
    if _WHOLE_PAGE.search(text):
        return True
    found = _HTML.finditer(text)
    return sum(1 for _, _ in zip(found, range(_LEAST_TAGS), strict=False)) == _LEAST_TAGS
