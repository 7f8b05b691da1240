"""Characters and lines that no YAML file here may have, each named with its place, before the parser sees the text.

An invisible character makes two names of one look; a character for the direction of writing turns a text around; a
no-break space looks like a space, but is none to YAML; and what stands between the lines of a merge conflict is two
versions of one text. All of these would pass as text.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# RFC 5545 section 3.3.11 allows no control characters in text, and XML no noncharacters.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
# All of category Cf: soft hyphens, zero-width spaces, byte order marks, the characters for the direction of writing.
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# What else is shown as nothing: fillers, blanks, joiners of other categories, and variation selectors.
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U0001d159"
# Few files have these, so the patterns are compiled where one does: for the row "calfeed check of 1,000 plans".
_REFUSED = f"[{_CONTROL}{_FORMAT}{_BLANK}]"
_IS_CONTROL = f"[{_CONTROL}]"
_PLAIN = b"\n" + bytes(range(ord(" "), ord("~") + 1))
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
# What looks like a space and is none to YAML, where YAML needs one: in the indentation, behind a "-", behind a key.
_OTHER_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACE_MISSED = rf"""(?:[ ]|-[ ])*+(?:-?|"[^"]*":|'[^']*':|[^\s"'#:{{\[][^#:]*:)(?=[{_OTHER_SPACES}])"""
_OTHER_SPACE = f"[{_OTHER_SPACES}]"
# As git, Mercurial and Subversion write them; three-way ones have a line of "|" too.
_CONFLICT_LINE = re.compile(r"[ \t]*(?:(?P<opens><{7,})|(?P<closes>>{7,})|\|{7,}|={7}(?=\s*$))(?:\s|$)")
_CONFLICT_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||", "=======")

COMMENT = 'what stands behind "#" is left out as a comment'
"""What is wrong where a text was meant."""


class Slip(NamedTuple):
    """What is wrong with a line; lines and columns count from 1."""

    line: int
    column: int
    message: str


def slips_in(text: str) -> list[Slip]:
    """Merge conflicts in a text whose lines end with line feeds, or the characters that it may not have."""
    if any(map(text.__contains__, _CONFLICT_SIGNS)) and (conflicts := list(_conflicts(text))):
        return conflicts
    if _is_plain(text):
        return []
    lines = enumerate(text.split("\n"), 1)
    return [Slip(number, at + 1, refusal(line[at])) for number, line in lines for at in refused_in(line)]


def missed_spaces_in(text: str) -> list[Slip]:
    """Where a line has another space than YAML needs there. Within a text that is quoted it does no harm."""
    if text.isascii() or not re.search(_OTHER_SPACE, text):
        return []
    lines = enumerate(text.split("\n"), 1)
    found = ((number, line, match.end()) for number, line in lines if (match := re.match(_SPACE_MISSED, line)))
    return [Slip(number, at + 1, _not_a_space(line[at])) for number, line, at in found]


def refused_in(text: str) -> Iterator[int]:
    """The places in a text of the characters that it may not have.

    A zero-width joiner may stand within an emoji, and the variation selector that asks for the colours of one behind a
    symbol.
    """
    for found in re.finditer(_REFUSED, text):
        if found[0] not in {_JOINER, _EMOJI_STYLE} or not _is_in_emoji(text, found.start()):
            yield found.start()


def refusal(character: str) -> str:
    """What to do about a character that is refused."""
    code = f"U+{ord(character):04X}"
    if re.match(_IS_CONTROL, character):
        return f"the control character {code} cannot be shown: delete it"
    return f"the invisible character {code} ({_name(character)}) cannot be shown: delete it"


def one_spelling(text: str) -> str:
    """A text whose letters with accents are one character each (NFC), as far as there are such characters."""
    return unicodedata.normalize("NFC", text)


def is_in_one_spelling(text: str) -> bool:
    """Whether a text has no other spaces than the usual one, and `one_spelling` changes nothing in it."""
    return text.isascii() or (one_spelling(text) == text and not re.search(_OTHER_SPACE, text))


def named(character: str) -> str:
    """A character and its name: `"+" (plus sign)`."""
    if unicodedata.category(character) == "Co":
        return f"U+{ord(character):04X} (a sign of a font of symbols)"
    return f'"{character}" ({_name(character)})'


def _is_plain(text: str) -> bool:
    """Whether a text is of ASCII without control characters, as most are.

    To delete what is plain from its octets takes a third of the time that `isprintable` needs without the line ends:
    for the row "folder to catalog".
    """
    return text.isascii() and not text.encode().translate(None, _PLAIN)


def _is_in_emoji(text: str, at: int) -> bool:
    before = text[:at][-2:].removesuffix(_EMOJI_STYLE)[-1:]
    after = text[at + 1 : at + 2]
    if text[at] == _EMOJI_STYLE:
        return _is_symbol(before) and text[at - 1 : at] != _EMOJI_STYLE
    return _is_symbol(before) and _is_symbol(after)


def _is_symbol(character: str) -> bool:
    """Whether an emoji may have a character as its part: a picture, an arrow, or the colour of a skin."""
    return bool(character) and unicodedata.category(character) in {"So", "Sm", "Sk"} and not character.isascii()


def _not_a_space(character: str) -> str:
    return f"this is no plain space but U+{ord(character):04X} ({_name(character)}): type a space here"


def _name(character: str) -> str:
    return unicodedata.name(character, "without a name").lower()


def _conflicts(text: str) -> Iterator[Slip]:
    """A slip for each merge conflict, at its first line."""
    lines: list[Slip] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = _CONFLICT_LINE.match(line)
        if not found:
            continue
        if found["opens"] and lines:
            yield _conflict(lines)
            lines = []
        lines.append(Slip(number, len(line) - len(line.lstrip()) + 1, ""))
        if found["closes"]:
            yield _conflict(lines)
            lines = []
    if lines:
        yield _conflict(lines)


def _conflict(lines: list[Slip]) -> Slip:
    first = lines[0]
    if len(lines) == 1:
        return first._replace(
            message="this line is left over from a merge conflict: see which side is kept, and delete the line"
        )
    numbers = [str(each.line) for each in lines]
    count = {2: "two", 3: "three", 4: "four"}.get(len(lines), str(len(lines)))
    return first._replace(
        message=f"a merge conflict begins here: keep one side, and delete the {count} lines that mark it "
        f"({', '.join(numbers[:-1])} and {numbers[-1]})"
    )
