"""The documents as models of pydantic: what is wrong with values that fit none, and the JSON Schemas for editors.

Short forms become the long one before pydantic sees them, since a union would report each problem once for every form.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from calfeed.reading import documents
from calfeed.reading.documents import DOCUMENTS, Document, Extra, Fault, Form, ShortFor, keys_of


def faults_in(document: type[Document], values: object, *, lenient: bool = False) -> list[Fault]:
    """All that is wrong with values which should be a document; a lenient one may lack the keys at its top."""
    try:
        _model(document.__name__, lenient=lenient).model_validate(values)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        holders = {each["loc"][:-1] for each in details}
        # Of texts that must not be empty, pydantic counts only the items that fit.
        told = [each for each in details if each["type"] != "too_short" or each["loc"] not in holders]
        return [Fault(each["loc"], each["type"], str(each.get("ctx", {}).get("class_name", ""))) for each in told]
    return []


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of DOCUMENTS. Raises KeyError for another name."""
    model = _model(DOCUMENTS[name].__name__)
    return {"$schema": GenerateJsonSchema.schema_dialect, **model.model_json_schema(schema_generator=_Schema)}


@cache
def _model(name: str, *, lenient: bool = False) -> type[BaseModel]:
    """The document with the name of its class as a model: keys with spaces, no others, and none of them empty."""
    document: type[Document] = getattr(documents, name)
    fields: dict[str, Any] = {
        key.field: (_annotation(key.form), ... if key.is_required and not lenient else None)
        for key in keys_of(document)
    }
    config = ConfigDict(
        alias_generator=lambda name: name.replace("_", " "),
        extra="forbid",
        model_title_generator=_title,
        json_schema_extra=document.EXTRA,
    )
    return create_model(name, __config__=config, __doc__=document.__doc__, **fields)


def _title(model: type[BaseModel]) -> str:
    """What editors call a mapping: "milestone", "acquiring reference"."""
    return re.sub("(?<!^)(?=[A-Z])", " ", model.__name__.removesuffix("Document")).lower()


def _annotation(form: Form) -> Any:
    """The annotation of a value for pydantic."""
    if form.item:
        return _annotation_of_items(form, _annotation(form.item))
    if form.type is str:
        return Annotated[str, Field(min_length=1, json_schema_extra=_keywords(form.extras))]
    model = _model(form.type.__name__)
    if form.short is None:
        return model
    key = form.short.key
    text = _annotation(next(each.form for each in keys_of(form.type) if each.words == key))
    if form.short.none:
        text = Annotated[text, Field(examples=[form.short.none])]
    short = BeforeValidator(_long_form(form.short), json_schema_input_type=text | model)
    return Annotated[model | None if form.short.none else model, short]


def _annotation_of_items(form: Form, item: Any) -> Any:
    if form.type is tuple:
        texts = Annotated[tuple[item, ...], Field(min_length=1 if form.is_filled else None)]
        return Annotated[texts, BeforeValidator(_one_item, json_schema_input_type=item | texts)]
    items = list[item] if form.type is list else dict[str, item]
    return Annotated[items, Field(min_length=1 if form.is_filled else None, json_schema_extra=_keywords(form.extras))]


def _keywords(extras: tuple[Extra, ...]) -> Any:
    """What a JSON Schema says too, as pydantic takes it."""

    def add(schema: JsonSchemaValue) -> None:
        for extra in extras:
            extra.add_to(schema)

    return add


def _long_form(short: ShortFor) -> Callable[[Any], Any]:
    """What makes the long form of the short one."""

    def long_form(value: Any) -> Any:
        if not isinstance(value, str) or not value:
            return value
        return None if value == short.none else {short.key: value}

    return long_form


def _one_item(value: Any) -> Any:
    return [value] if isinstance(value, str) and value else value


@cache
def _texts_below_keys() -> dict[tuple[str, str], str]:
    """The text that stands below each key in the file of the documents, by the names of its class and its field."""
    texts: dict[tuple[str, str], str] = {}
    module = ast.parse(Path(documents.__file__).read_text(encoding="utf-8"))
    for document in [each for each in module.body if isinstance(each, ast.ClassDef)]:
        for statement, below in pairwise(document.body):
            match statement, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    texts[document.name, name] = cleandoc(text)
    return texts


class _Schema(GenerateJsonSchema):
    """As editors need it: no null (an empty value is a problem), no defaults, no titles made up from keys."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        texts = _texts_below_keys()
        document: type[Document] = getattr(documents, schema["cls"].__name__)
        for key in keys_of(document):
            below = (texts.get((each.__name__, key.field)) for each in document.__mro__)
            made["properties"][key.words]["description"] = next(filter(None, below))
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False
