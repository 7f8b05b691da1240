"""The shape of the YAML documents: which keys there are, and which hold a text, a list or a mapping.

What a text means (a date, a name, a kind) is decided by the modules that read the documents. Short forms become the
long one before pydantic sees them, since a union would report each problem once for every form.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from calfeed.model.kinds import KINDS
from calfeed.model.plans import Of

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
NOT_APPLICABLE = "not applicable"


def _title(model: type[BaseModel]) -> str:
    """What editors call a mapping: "milestone", "acquiring reference"."""
    return re.sub("(?<!^)(?=[A-Z])", " ", model.__name__.removesuffix("Document")).lower()


class _Document(BaseModel):
    """Keys as authors write them, with spaces; an unknown one is a problem."""

    model_config = ConfigDict(
        alias_generator=lambda name: name.replace("_", " "),
        extra="forbid",
        frozen=True,
        model_title_generator=_title,
        # What a command needs is built when it is first used: half of what the start of `calfeed check` took.
        defer_build=True,
    )


def _short_for(key: str) -> Callable[[Any], Any]:
    return lambda value: {key: value} if isinstance(value, str) and value else value


def _one_item(value: Any) -> Any:
    return [value] if isinstance(value, str) and value else value


_Words = Annotated[str, StringConstraints(min_length=1)]
# Every value is text for us; to an editor 497 is a number.
_Text = Annotated[_Words, Field(json_schema_extra={"type": ["string", "number"]})]
_Texts = Annotated[tuple[_Text, ...], BeforeValidator(_one_item, json_schema_input_type=_Text | tuple[_Text, ...])]
_Number = Annotated[str, Field(min_length=1, json_schema_extra={"type": ["string", "integer"]})]
_YesOrNo = Annotated[
    _Words, Field(json_schema_extra={"type": ["string", "boolean"], "enum": ["yes", "no", True, False]})
]
_Of = Annotated[_Words, Field(json_schema_extra={"enum": list(Of)})]
_Kind = Annotated[
    _Words,
    Field(
        json_schema_extra={
            "enum": [kind.name for kind in KINDS],
            "enumDescriptions": [kind.definition for kind in KINDS],
        }
    ),
]


class SiteDocument(_Document):
    """data/site.yaml: the site as a whole."""

    title: _Text
    """What the site is called, on its pages and as the name of the calendar with everything."""
    domain: _Text
    """The right-hand side of every UID, such as calendars.example.com. Never change it once people have subscribed."""
    url: _Text = ""
    """The public address, such as https://calendars.example.com, for links inside events."""
    refresh: _Text = "6 hours"
    """How often calendars should ask for news: a number of minutes, hours or days."""
    events_per_feed: _Number = ""
    """The most events one feed may hold; the oldest leave it first. Without it 1,000 and 900 kB, Google's limits."""
    embed_on: _Texts = ()
    """The sites that may show calfeed's pages in a frame, such as https://intranet.example.com."""


class PortfolioDocument(_Document):
    """A portfolio of a trust."""

    name: _Text
    """The portfolio's name as printed."""
    short_name: _Text = ""
    """What events say; without it, the name without a "Portfolio" or "Fund" at its end."""
    other_names: _Texts = ()
    """Earlier, later or presently used names; their addresses answer too."""
    earlier_names: _Texts = ()
    """Names that another portfolio of the trust bears now, or bore since: shown and found, but they name nobody."""


class TrustDocument(_Document):
    """data/trusts/<trust>.yaml: a trust and its portfolios. The file's name is the trust's id, forever."""

    name: _Text
    """The trust's name as printed."""
    short_name: _Text = ""
    """What stands in brackets in events, such as MIST."""
    other_names: _Texts = ()
    """Earlier or later names; their addresses answer too."""
    cik: _Number = ""
    """The trust's Central Index Key at the SEC, up to ten digits."""
    portfolios: Annotated[
        dict[
            str,
            Annotated[
                PortfolioDocument,
                BeforeValidator(_short_for("name"), json_schema_input_type=_Text | PortfolioDocument),
            ],
        ],
        Field(min_length=1, json_schema_extra={"propertyNames": {"pattern": f"^{ID_PATTERN}$"}}),
    ]
    """The trust's portfolios. Each key is an id, forever; its value is the name, or name and other names."""


class ConfidentialTrustDocument(TrustDocument):
    """data/confidential/trusts/<trust>.yaml: more portfolios of the public trust of that id, or a trust of its own."""

    name: _Text = ""
    """The trust's whole name. It may be left out if a public trust has this id."""


class SourceDocument(_Document):
    """A document that the dates were taken from."""

    title: _Text
    """What the document is called."""
    dated: _Words
    """Its date, one exact day; where it gives none, the month."""
    entered: _Words = ""
    """The day on which it was put into the data, where that is later; feeds of changes go by it."""
    url: _Text = ""
    """Where it can be read."""
    form: _Text = ""
    """The form it was filed under, such as 497."""
    accession: _Text = ""
    """Its EDGAR accession number, such as 0000908737-07-000423."""
    left_out: dict[str, _Text] = Field(default_factory=dict)
    """Words of the document that look like a milestone, each with the reason why they are none."""


class CancelledDocument(_Document):
    """That it will not happen."""

    source: _Text
    """The key of the source that says so."""
    reason: _Text = ""
    """Why, in the source's words."""


class ApprovedDocument(_Document):
    """That the shareholders have approved."""

    source: _Text
    """The key of the source that says so."""


class CompletedDocument(_Document):
    """That it has happened."""

    source: _Text
    """The key of the source that says so."""
    date: _Words
    """The exact day on which it happened."""


class MilestoneDocument(_Document):
    """A milestone: its date, and what depends on or has happened to it."""

    model_config = ConfigDict(json_schema_extra={"dependentRequired": {"previously": ["source"]}})

    date: _Words
    """Its date in the words of the filing: "November 7, 2007", "on or about April 28, 2008", "second half of 2021"."""
    source: _Text = ""
    """The key of the source that states the date; without it, the first source."""
    subject_to: _Texts = ()
    """What it depends on, such as: shareholder approval. "change" says only that the date may still change."""
    note: _Text = ""
    """Anything else that readers must know."""
    kind: _Kind = ""
    """What kind of milestone it is, where the key is a title of your own."""
    of: _Of = ""
    """Whose board, holders or name it is: the target's (without it), the acquirer's, or that of both."""
    quote: _Text = ""
    """The sentence or clause of the filing that states it, word by word. It stands on pages, never in events."""
    as_printed: _YesOrNo = ""
    """That the filing really prints this day, however unlikely it looks: yes or no."""
    previously: _Texts = ()
    """The earlier dates, newest first, in their words, or "cancelled". Needs a source of its own."""
    corrected: _Texts = ()
    """The day or days on which a slip in this milestone was mended, yours or the filing's own."""
    cancelled: CancelledDocument | None = None
    """That this milestone will not happen."""


_ShortMilestone = BeforeValidator(_short_for("date"), json_schema_input_type=_Words | MilestoneDocument)


def _unless_not_applicable(value: Any) -> Any:
    return None if value == NOT_APPLICABLE else _short_for("date")(value)


_NEEDS_KIND = 'unknown milestone; a title of your own needs "date" and "kind" below it'


def _kinds_as_keys(schema: JsonSchemaValue) -> None:
    """Offer the kinds as keys; any other key is a title, which needs the long form with a kind (or to be removed)."""
    entry = schema["additionalProperties"]
    short, long = entry["anyOf"]
    removed = [{"const": NOT_APPLICABLE}] if NOT_APPLICABLE in short.get("examples", ()) else []
    # In the long form too: editors show the description of the form that is written.
    schema["properties"] = {
        kind.name: {
            "description": kind.definition,
            "anyOf": [short, {**long, "description": kind.definition}],
        }
        for kind in KINDS
    }
    titled = {"allOf": [long], "required": ["kind"], "errorMessage": _NEEDS_KIND}
    schema["additionalProperties"] = {"anyOf": [titled, *removed]}


class PortfolioReference(_Document):
    """A portfolio, by its name, its short name, one of its other names or its id."""

    portfolio: _Text
    """The portfolio's name or id."""
    trust: _Text = ""
    """The name, short name or id of its trust; without it, the plan's trust."""
    classes: _Texts = ()
    """The share classes that are concerned, such as Class C; without it, the whole portfolio is."""


class AcquiringReference(_Document):
    """What acquires the target: a portfolio, or by `name` a fund of no trust here."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["portfolio"]}, {"required": ["name"]}]})

    portfolio: _Text = ""
    """The portfolio's name or id."""
    trust: _Text = ""
    """The name, short name or id of its trust; without it, the plan's trust."""
    name: _Text = ""
    """The name of an acquiring fund that none of the trusts here has; in place of portfolio and trust."""
    classes: _Texts = ()
    """The share classes that acquire; without it, the whole portfolio does."""


class _States(_Document):
    """What has happened to a plan or to one of its reorganizations as a whole."""

    cancelled: CancelledDocument | None = None
    """That it will not happen. Cancel, never delete."""
    approved: ApprovedDocument | None = None
    """That the shareholders have approved: "shareholder approval" is no longer a condition."""
    completed: CompletedDocument | None = None
    """That it has happened: the closing, liquidation, conversion or substitution was on that day."""


class ReorganizationDocument(_States):
    """A target and what acquires it, with what differs from the plan."""

    id: Annotated[_Text, Field(json_schema_extra={"pattern": f"^{ID_PATTERN}$"})] = ""
    """What tells it from another one of the same target in this plan; part of the UIDs, forever."""
    target: Annotated[
        PortfolioReference,
        BeforeValidator(_short_for("portfolio"), json_schema_input_type=_Text | PortfolioReference),
    ]
    """The portfolio that goes."""
    acquiring: Annotated[
        AcquiringReference | None,
        BeforeValidator(_short_for("portfolio"), json_schema_input_type=_Text | AcquiringReference),
    ] = None
    """The portfolio that acquires it; left out where the target is liquidated."""
    milestones: Annotated[
        dict[
            str,
            Annotated[
                MilestoneDocument | None,
                BeforeValidator(
                    _unless_not_applicable,
                    json_schema_input_type=Annotated[_Words, Field(examples=[NOT_APPLICABLE])] | MilestoneDocument,
                ),
            ],
        ],
        Field(default_factory=dict, json_schema_extra=_kinds_as_keys),
    ]
    """Its own milestones. They replace the plan's of the same key; "not applicable" removes one."""


class PlanDocument(_States):
    """data/plans/<plan>.yaml: a plan of reorganization. The file's name is the plan's id, forever."""

    title: _Text = ""
    """What the plan is called."""
    trust: _Text = ""
    """The trust to which portfolios named without one belong."""
    sources: Annotated[dict[str, SourceDocument], Field(min_length=1)]
    """The documents that the dates were taken from, oldest first. Each key is what milestones call it by."""
    reorganizations: Annotated[list[ReorganizationDocument], Field(min_length=1)]
    """Each target, and what acquires it."""
    milestones: Annotated[
        dict[str, Annotated[MilestoneDocument, _ShortMilestone]],
        Field(default_factory=dict, json_schema_extra=_kinds_as_keys),
    ]
    """The milestones, in the words of the filing. They hold for every reorganization of the plan."""


class ReaderDocument(_Document):
    """Somebody who may see what is confidential."""

    token: Annotated[_Text, Field(json_schema_extra={"pattern": "^[0-9a-f]{64}$"})]
    """The SHA-256 of the reader's token, as `calfeed token` prints it. The token itself stands nowhere."""
    sees: _Texts
    """What the reader sees beside what is public: plans/<plan>, trusts/<trust>, a list of these, or everything."""


class ReadersDocument(_Document):
    """data/confidential/readers.yaml: who may see what is confidential. Take a reader out to end it, at once."""

    readers: dict[str, ReaderDocument]
    """The readers. Each key is a name of your choice."""


DOCUMENTS: dict[str, type[_Document]] = {
    "site": SiteDocument,
    "trust": TrustDocument,
    "plan": PlanDocument,
    "confidential-trust": ConfidentialTrustDocument,
    "readers": ReadersDocument,
}
"""The documents, by the name of their schema."""


def _keys_of_lists() -> frozenset[str]:
    documents = [_Document]
    keys = set()
    for document in documents:
        documents += document.__subclasses__()
        fields = document.model_fields.values()
        keys |= {field.alias for field in fields if field.alias and get_origin(field.annotation) is tuple}
    return frozenset(keys)


LIST_KEYS = _keys_of_lists()
"""The keys of values that may be a list of texts."""
NAME_KEYS = frozenset({"other names", "earlier names"})
"""Those of them that hold names, in which commas may stand."""


@cache
def _texts_below_keys() -> dict[tuple[str, str], str]:
    """The text that stands below each key in this file, by the names of its class and its field.

    pydantic can read them too, but does so whenever the classes are made, which is at every start of every command.
    """
    texts: dict[tuple[str, str], str] = {}
    module = ast.parse(Path(__file__).read_text(encoding="utf-8"))
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
        document: type[BaseModel] = schema["cls"]
        for name, field in document.model_fields.items():
            below = (texts.get((each.__name__, name)) for each in document.__mro__)
            made["properties"][field.alias]["description"] = next(filter(None, below))
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of DOCUMENTS. Raises KeyError for another name."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **DOCUMENTS[name].model_json_schema(schema_generator=_Schema)}


D = TypeVar("D", bound=_Document)


@cache
def lenient(model: type[D]) -> type[D]:
    """The same document with every key at its top optional: a missing one must not hide what is wrong elsewhere."""
    empty: dict[Any, Any] = {dict: {}, list: []}
    optional: Any = {
        name: (field.rebuild_annotation(), empty.get(get_origin(field.annotation), ""))
        for name, field in model.model_fields.items()
        if field.is_required()
    }
    optional_model: type[D] = create_model(model.__name__, __base__=model, **optional)
    return optional_model


def keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys that a document knows at a path."""
    annotation: Any = model
    for step in path:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            annotation = next(field.annotation for field in annotation.model_fields.values() if field.alias == step)
        else:
            annotation = get_args(annotation)[-1]
        while get_origin(annotation) in {Annotated, Union, UnionType}:
            annotation = get_args(annotation)[0]
    # A document's own keys first, then those that it shares.
    own = annotation.__annotations__
    fields = sorted(annotation.model_fields.items(), key=lambda item: item[0] not in own)
    return [field.alias or name for name, field in fields]


class Fault(NamedTuple):
    """What pydantic found wrong at a path of keys and indexes; `model` names the document wanted there, or is empty."""

    path: tuple[int | str, ...]
    kind: str
    model: str


def validated(model: type[D], root: object) -> tuple[D | None, list[Fault]]:
    """A document and no faults, or no document and all that is wrong with it."""
    try:
        return model.model_validate(root), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    return None, [Fault(each["loc"], each["type"], str(each.get("ctx", {}).get("class_name", ""))) for each in details]
