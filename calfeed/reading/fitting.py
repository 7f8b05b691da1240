"""Values to documents, where they fit, as nearly all do: `misfits` says what is wrong with the others.

To import pydantic, and to have it build its validators, takes as long as to read 400 plans: for the row "calfeed check
of 1,000 plans".
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, TypeVar

from calfeed.reading.documents import Document, Form, ShortFor, keys_of

D = TypeVar("D", bound=Document)
# Makes what a document has of what a file has; raises _MisfitError.
_Make: TypeAlias = Callable[[object], object]
_EMPTY: dict[Any, object] = {str: "", dict: {}, list: []}


class _MisfitError(Exception):
    """A value is not what the document has there."""


class _Maker(NamedTuple):
    """How a document is made: for each key its field and what makes that, and the fields that must be there."""

    document: type[Document]
    fields: dict[str, tuple[str, _Make]]
    required: dict[str, object]


_MAKERS: dict[type[Document], _Maker] = {}


def fitted(document: type[D], values: object, *, lenient: bool = False) -> D | None:
    """A document made of values, or None where they do not fit it.

    Of a lenient one the keys at its top may be missing, and are empty then: that must not hide what is wrong elsewhere.
    """
    maker = _maker_of(document)
    try:
        made = _made(maker, values, maker.required if lenient else {})
    except _MisfitError:
        return None
    return made if isinstance(made, document) else None


def _maker_of(document: type[Document]) -> _Maker:
    known = _MAKERS.get(document)
    if known is None:
        keys = keys_of(document)
        fields = {key.words: (key.field, _make(key.form)) for key in keys}
        required = {key.field: _EMPTY.get(key.form.type) for key in keys if key.is_required}
        known = _MAKERS[document] = _Maker(document, fields, required)
    return known


def _made(maker: _Maker, values: object, given: dict[str, object]) -> Document:
    """A document made of values; `given` are those of its fields that need no key."""
    if not isinstance(values, dict):
        raise _MisfitError
    found = dict(given)
    for words, value in values.items():
        field = maker.fields.get(words)
        if field is None:
            raise _MisfitError
        name, make = field
        found[name] = make(value)
    if not maker.required.keys() <= found.keys():
        raise _MisfitError
    return maker.document(**found)


def _make(form: Form) -> _Make:
    if form.type is tuple:
        return _filled_texts if form.is_filled else _texts
    if form.type is str:
        return _text
    if form.item is None:
        return _make_short(_maker_of(form.type), form.short) if form.short else _make_long(_maker_of(form.type))
    make, is_filled = _make(form.item), form.is_filled
    if form.type is list:
        return lambda values: [make(each) for each in _of_type(list, values, is_filled)]
    return lambda values: {key: make(each) for key, each in _of_type(dict, values, is_filled).items()}


def _make_long(maker: _Maker) -> _Make:
    return lambda value: _made(maker, value, {})


def _make_short(maker: _Maker, short: ShortFor) -> _Make:
    if next(iter(maker.fields)) != short.key:
        raise TypeError(f"{short.key} must be the first field of {maker.document.__name__}")
    document: type[Any] = maker.document

    def made(value: object) -> object:
        if not isinstance(value, str):
            return _made(maker, value, {})
        text = _text(value)
        return None if text == short.none else document(text)

    return made


def _text(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise _MisfitError


def _texts(value: object) -> tuple[str, ...]:
    """One text, or a list of texts."""
    if isinstance(value, str):
        return (_text(value),)
    return tuple([_text(each) for each in _of_type(list, value, is_filled=False)])


def _filled_texts(value: object) -> tuple[str, ...]:
    """One text, or a list of at least one."""
    return _texts(value or None)


def _of_type(wanted: type[Any], value: object, is_filled: bool) -> Any:
    if isinstance(value, wanted) and (value or not is_filled):
        return value
    raise _MisfitError
