"""The OpenAPI document of the JSON format, generated from the types that the format is written with."""

import json
from collections.abc import Sequence
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, TypedDict, Union, get_args, get_origin, get_type_hints

from calfeed.addresses.choices import ALARM, CHOOSABLE
from calfeed.formats.json import JSON_VERSION, FeedDocument, Instant, Keyword, Number

_Schema: TypeAlias = dict[str, Any]
_UNIONS = (Union, UnionType)
_PLAIN = {str: "string", int: "integer", bool: "boolean"}


class HealthDocument(TypedDict):
    """The state of the server, and what it serves."""

    status: Annotated[
        Literal["ok", "degraded"],
        '"ok", or "degraded" while the data has problems and what was good last is served.',
    ]
    version: Annotated[str, "The version of calfeed."]
    since: Annotated[Instant, "Since when this data is served."]
    problems: Annotated[Number, "How many problems the data has."]
    trusts: Annotated[Number, "How many trusts there are."]
    portfolios: Annotated[Number, "How many portfolios."]
    plans: Annotated[Number, "How many plans."]
    events: Annotated[Number, "How many events in all."]


def openapi_bytes() -> bytes:
    """The OpenAPI 3.1 document, as served and as in static/."""
    schemas: dict[str, _Schema] = {}
    for document in (FeedDocument, HealthDocument):
        _describe(document, schemas)
    openapi = _HEAD | {
        "paths": {path: {"get": operation} for path, operation in _paths().items()},
        "components": {
            "schemas": schemas,
            "parameters": _PARAMETERS,
            "responses": _RESPONSES,
        },
    }
    return json.dumps(openapi, indent=1).encode() + b"\n"


# --- types to schemas ------------------------------------------------------------------------------------------------


def _describe(document: type, schemas: dict[str, _Schema]) -> _Schema:
    """A reference to the schema of a TypedDict; the schema, and those that it refers to, are added to `schemas`."""
    name = document.__name__.removesuffix("Document")
    if name not in schemas:
        members = get_type_hints(document, include_extras=True)
        schemas[name] = {}  # so that it stands before the schemas that it refers to
        schemas[name] = {
            "type": "object",
            "description": document.__doc__,
            "properties": {member: _schema(hint, schemas) for member, hint in members.items()},
            "required": list(members),
            "additionalProperties": True,
        }
    return {"$ref": f"#/components/schemas/{name}"}


def _schema(hint: Any, schemas: dict[str, _Schema]) -> _Schema:
    """The JSON Schema of a type."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _annotated(hint, schemas)
    if origin in _UNIONS:
        return _or_null(hint, schemas)
    if origin is Sequence:
        return {"type": "array", "items": _schema(get_args(hint)[0], schemas)}
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [each.value for each in hint]}
    return _describe(hint, schemas)


def _annotated(hint: Any, schemas: dict[str, _Schema]) -> _Schema:
    """A type, its description and its other keywords, from an annotated type."""
    schema = _schema(hint.__origin__, schemas)
    for said in hint.__metadata__:
        if isinstance(said, Keyword):
            schema[said.name] = said.value
        else:
            schema["description"] = said
    return schema


def _or_null(hint: Any, schemas: dict[str, _Schema]) -> _Schema:
    (inner,) = (each for each in get_args(hint) if each is not NoneType)
    schema = _schema(inner, schemas)
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema | {"type": [schema["type"], "null"]}


# --- addresses -------------------------------------------------------------------------------------------------------

_HEAD: _Schema = {
    "openapi": "3.1.0",
    "info": {
        "title": "calfeed",
        "version": str(JSON_VERSION),
        "description": "Fund reorganization milestones as JSON: the same entries as the calendar feeds, and those "
        "without a date. The version goes up when a member changes its meaning or goes; new members may come at any "
        "time.",
        "license": {"name": "MIT", "identifier": "MIT"},
    },
    "servers": [
        {"url": "/", "description": "What is public."},
        {
            "url": "/private/{token}",
            "description": "The same, and what is confidential, for a reader. Whoever has no token finds nothing: each "
            "path is answered with 404.",
            "variables": {
                "token": {"default": "token", "description": "The reader's token, as `calfeed token` prints it."}
            },
        },
    ],
}
_TEXT = {"text/plain": {"schema": {"type": "string"}}}
_RESPONSES: dict[str, _Schema] = {
    "Feed": {
        "description": "The feed.",
        "headers": {
            "ETag": {"description": "A strong validator: the hash of the bytes.", "schema": {"type": "string"}}
        },
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Feed"}}},
    },
    "NotModified": {"description": "Not changed since the ETag in If-None-Match."},
    "BadChoice": {"description": "The choice cannot be read.", "content": _TEXT},
    "NotFound": {"description": "There is no such feed.", "content": _TEXT},
}
_TO_FEED = {"200": "Feed", "304": "NotModified", "400": "BadChoice", "404": "NotFound"}


def _parameter(name: str, description: str, schema: _Schema, **more: object) -> _Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


def _id(name: str) -> _Schema:
    schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
    return _parameter(name, f"The {name}'s id, or the address made of another name.", schema) | {
        "in": "path",
        "required": True,
    }


_REPEATED = {"style": "form", "explode": True}
_KINDS = {"type": "array", "items": {"type": "string", "enum": list(CHOOSABLE)}}
_FEEDS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_PARAMETERS: dict[str, _Schema] = {
    "trust": _id("trust"),
    "portfolio": _id("portfolio"),
    "plan": _id("plan"),
    "feed": _parameter(
        "feed", "The addresses of feeds, such as trusts/a or trusts/b/c.", _FEEDS, required=True, **_REPEATED
    ),
    "kind": _parameter("kind", "Only milestones of these kinds.", _KINDS, **_REPEATED),
    "alarm": _parameter(
        "alarm",
        "Sounds in calendars only; what cannot be read is refused here too.",
        {"type": "string", "pattern": f"^{ALARM.pattern}$"},
    ),
    "download": _parameter("download", "To save the answer as a file.", {"type": "string"}),
    "If-None-Match": _parameter("If-None-Match", "The ETag of what is known already.", {"type": "string"})
    | {"in": "header"},
}


def _paths() -> dict[str, _Schema]:
    """The operation of each path."""
    return {
        "/all.json": _feed("all", "Everything."),
        "/trusts/{trust}.json": _feed("trust", "What touches a trust's portfolios.", "trust"),
        "/trusts/{trust}/{portfolio}.json": _feed("portfolio", "What touches a portfolio.", "trust", "portfolio"),
        "/plans/{plan}.json": _feed("plan", "A plan's milestones.", "plan"),
        "/selection.json": _feed("selection", "The union of several feeds, each milestone once.", "feed"),
        "/health": {
            "operationId": "health",
            "summary": "How the server is.",
            "responses": {
                "200": {
                    "description": "It answers.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Health"}}},
                }
            },
        },
    }


def _feed(operation: str, summary: str, *parameters: str) -> _Schema:
    names = (*parameters, "kind", "alarm", "download", "If-None-Match")
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
        "responses": {status: {"$ref": f"#/components/responses/{name}"} for status, name in _TO_FEED.items()},
    }
