"""Pieces of HTML by the templates beside this module; every text from the data is escaped.

What differs between the pages that show a piece is a blank in it. So a piece is rendered once, and each page fills in
its own values: for the row "a full build" of `python -m tests.benchmarks`.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, TypeAlias

import jinja2
from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from calfeed.formats import subscribing, wording
from calfeed.formats.answers import expected_before
from calfeed.model.naming import parties
from calfeed.model.plans import Plan
from calfeed.model.when import Dated, When

Piece: TypeAlias = Markup
"""HTML in which every text from the data is escaped. It may have blanks."""
NOTHING = Piece()


class Blank(StrEnum):
    """What stands in a piece for a value. Each is a control character, which no text of the data has.

    `ROOT` is the way up from a page to the folder of the first page, and `HOME` the way to the first page. `ADDRESS`
    and `NAME` are those of a feed, `PAGE` is the address of its page, and `LINK` that of a way to subscribe to it. The
    others are pieces, and `HEADLINE` what a page calls its feed.
    """

    ROOT = "\x01"
    HOME = "\x02"
    ADDRESS = "\x03"
    NAME = "\x04"
    SNIPPET_NAME = "\x05"
    """The name in HTML that a page shows as text."""
    ALTERNATES = "\x06"
    DESCRIBED = "\x07"
    TITLE = "\x08"
    ANSWERS = "\x0e"
    PLANS = "\x0f"
    HEADING = "\x10"
    LEGEND = "\x11"
    REST = "\x12"
    MEANINGS = "\x13"
    PANEL = "\x14"
    WAYS = "\x15"
    LINK = "\x16"
    PAGE = "\x17"
    SHOWN = "\x18"
    HEADLINE = "\x19"


_SPECIAL = re.compile("[&<>'\"]")
"""What is escaped in HTML."""
_WITHOUT_BLANKS = dict.fromkeys(map(ord, Blank))


def escaped(text: str) -> Piece:
    """A text from the data as a piece."""
    return escape(text)


def joined(pieces: Iterable[Piece]) -> Piece:
    """Pieces behind each other as one."""
    return Piece("".join(pieces))


def filled(piece: Piece, values: Mapping[Blank, Piece]) -> Piece:
    """A piece with values in place of some of its blanks."""
    text = str(piece)
    for blank, value in values.items():
        text = text.replace(blank, value)
    return Piece(text)


def filled_and_encoded(page: str, values: Mapping[Blank, Piece]) -> bytes:
    """A page with values in place of its blanks. A value may have the blanks that come after its own in `values`.

    A byte is found some ten times as fast as a character in a text that is not ASCII.
    """
    encoded = page.encode()
    for blank, value in values.items():
        encoded = encoded.replace(blank.encode(), value.encode())
    return encoded


def without_blanks(text: str) -> str:
    """A text that is not from the data, without what would be taken for a blank."""
    return text.translate(_WITHOUT_BLANKS)


def rendered(template: str, **values: Any) -> str:
    """A document of its own, by one of the templates."""
    return _templates().get_template(template).render(**values)


def piece(name: str, *values: Any) -> Piece:
    """The piece that the macro of this name makes of some values."""
    made: Piece = getattr(_macros(), name)(*values)
    return made


def compile_templates() -> None:
    """Compile the templates of the site's pages now: processes that are forked later find them compiled."""
    for name in ("base.html", "feed.html", "embed.html", "index.html"):
        _templates().get_template(name)
    _macros()


class _CodeGenerator(CodeGenerator):
    """Makes templates escape what they show by `_Environment.escaped`."""

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.escaped(")


class _Environment(Environment):
    """Templates that escape as all do, in a tenth of the time: `escape` itself takes a fifth of that of all pages."""

    code_generator_class = _CodeGenerator

    @staticmethod
    def escaped(shown: object) -> str:
        """What a template shows, as text in which all but pieces is escaped."""
        if isinstance(shown, Piece):
            return shown
        text = str(shown)
        return escape(text) if _SPECIAL.search(text) else text


class _Compiled(BytecodeCache):
    """Keeps compiled templates beside the modules that Python has compiled: for the row "build after an edit".

    As with modules, nothing is kept where Python is told so, or where the folder cannot be written. Each file begins
    with the digest of the rest, so that one which was cut off is not used.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The path of the file for a template."""
        return cache_from_source(f"{filename or name}.py").removesuffix("pyc") + "jinja"

    def get_source_checksum(self, source: str) -> str:
        """What the code of a template depends on: its text, the version of Jinja, and this module."""
        return sha256(f"{jinja2.__version__}\n{source}\n".encode() + Path(__file__).read_bytes()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template from its file, if that is there and whole."""
        with suppress(OSError):
            kept = Path(bucket.key).read_bytes()
            size = sha256().digest_size
            if sha256(kept[size:]).digest() == kept[:size]:
                bucket.bytecode_from_string(kept[size:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of a template to its file."""
        if sys.dont_write_bytecode:
            return
        code, path = bucket.bytecode_to_string(), Path(bucket.key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sha256(code).digest() + code)


@cache
def _macros() -> Any:
    return _templates().get_template("parts.html").module


@cache
def _templates() -> Environment:
    """The templates, compiled once for all catalogs."""
    templates = _Environment(
        loader=PackageLoader("calfeed.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    # Jinja calls filters and tests in less time than functions.
    templates.filters.update(
        day_of=wording.day_of,
        day_beside=wording.day_beside,
        day_words=wording.day_words,
        own_words=wording.own_words,
        standing=wording.standing,
        depends_on=wording.depends_on,
        expected_before=expected_before,
        last_day=wording.last_day,
        meant=wording.meant,
        parties=parties,
        mark=_mark,
    )
    templates.tests.update(dated=_is_dated, off=wording.is_off)
    templates.globals.update(root=Blank.ROOT, home=Blank.HOME, blanks=Blank, all_ways=subscribing.WAYS)
    return templates


def _mark(subject: object) -> Piece:
    """What stands in a list behind a plan, or behind what is said of it, if only readers may see it."""
    if isinstance(subject, Plan) and subject.confidential:
        return Piece(f' <small class="mark">{wording.CONFIDENTIAL}</small>')
    return NOTHING


def _is_dated(when: When) -> bool:
    return isinstance(when, Dated)
