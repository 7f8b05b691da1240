"""The shape of the YAML documents: which keys there are, and which hold a text, a list or a mapping.

What a text means (a date, a name, a kind) is decided by the modules that read the documents. `fitting` makes documents
of values, `misfits` says what is wrong with values of which it cannot, and `schemas` writes JSON Schemas. This module
has no library, so that `calfeed check` of a folder without problems needs none: for its row.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from types import UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, TypeAlias, get_args, get_origin

from calfeed.model.kinds import KINDS
from calfeed.model.plans import Of

ID_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
NOT_APPLICABLE = "not applicable"


class Extra(NamedTuple):
    """Says in an annotation what the JSON Schema of a value says beside its type: keywords, or what changes it."""

    keywords: dict[str, Any] | Callable[[dict[str, Any]], None]

    def add_to(self, schema: dict[str, Any]) -> None:
        """Add it to a schema."""
        if callable(self.keywords):
            self.keywords(schema)
        else:
            schema.update(self.keywords)


class ShortFor(NamedTuple):
    """Says in an annotation that a text alone stands for a mapping with this key.

    `none` is a text that stands for None.
    """

    key: str
    none: str = ""


class AtLeastOne(NamedTuple):
    """Says in an annotation that a list or a mapping must not be empty."""


class Document:
    """Keys as authors write them, with spaces; an unknown one is a problem, and so is an empty text.

    No document is frozen: such ones take three times as long to make, for the row "folder to catalog". Where a text
    stands for a document, it is its first field, which needs no name: for the same row. None is compared or printed,
    since to make what does that takes time whenever calfeed starts.
    """

    __slots__ = ()
    EXTRA: ClassVar[dict[str, Any]] = {}
    """What its JSON Schema says too."""


Words: TypeAlias = str
Text = Annotated[str, Extra({"type": ["string", "number"]})]  # every value is text for us; to an editor 497 is a number
Texts: TypeAlias = tuple[Text, ...]
"""A text, or a list of them."""
_Number = Annotated[str, Extra({"type": ["string", "integer"]})]
_YesOrNo = Annotated[str, Extra({"type": ["string", "boolean"], "enum": ["yes", "no", True, False]})]
_Of = Annotated[str, Extra({"enum": list(Of)})]
_Kind = Annotated[
    str,
    Extra(
        {
            "enum": [kind.name for kind in KINDS],
            "enumDescriptions": [kind.definition for kind in KINDS],
        }
    ),
]


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class SiteDocument(Document):
    """data/site.yaml: the site as a whole."""

    title: Text
    """What the site is called, on its pages and as the name of the calendar with everything."""
    domain: Text
    """The right-hand side of every UID, such as calendars.example.com. Never change it once people have subscribed."""
    url: Text = ""
    """The public address, such as https://calendars.example.com, for links inside events."""
    refresh: Text = "6 hours"
    """How often calendars should ask for news: a number of minutes, hours or days."""
    events_per_feed: _Number = ""
    """The most events one feed may hold; the oldest leave it first. Without it 1,000 and 900 kB, Google's limits."""
    embed_on: Texts = ()
    """The sites that may show calfeed's pages in a frame, such as https://intranet.example.com."""


@dataclass(slots=True, eq=False, repr=False)
class PortfolioDocument(Document):
    """A portfolio of a trust."""

    name: Text
    """The portfolio's name as printed."""
    short_name: Text = ""
    """What events say; without it, the name without a "Portfolio" or "Fund" at its end."""
    other_names: Texts = ()
    """Earlier, later or presently used names; their addresses answer too."""
    earlier_names: Texts = ()
    """Names that another portfolio of the trust bears now, or bore since: shown and found, but they name nobody."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class TrustDocument(Document):
    """data/trusts/<trust>.yaml: a trust and its portfolios. The file's name is the trust's id, forever."""

    name: Text
    """The trust's name as printed."""
    short_name: Text = ""
    """What stands in brackets in events, such as MIST."""
    other_names: Texts = ()
    """Earlier or later names; their addresses answer too."""
    cik: _Number = ""
    """The trust's Central Index Key at the SEC, up to ten digits."""
    portfolios: Annotated[
        dict[str, Annotated[PortfolioDocument, ShortFor("name")]],
        AtLeastOne(),
        Extra({"propertyNames": {"pattern": f"^{ID_PATTERN}$"}}),
    ]
    """The trust's portfolios. Each key is an id, forever; its value is the name, or name and other names."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ConfidentialTrustDocument(TrustDocument):
    """data/confidential/trusts/<trust>.yaml: more portfolios of the public trust of that id, or a trust of its own."""

    name: Text = ""
    """The trust's whole name. It may be left out if a public trust has this id."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class SourceDocument(Document):
    """A document that the dates were taken from."""

    title: Text
    """What the document is called."""
    dated: Words
    """Its date, one exact day; where it gives none, the month."""
    entered: Words = ""
    """The day on which it was put into the data, where that is later; feeds of changes go by it."""
    url: Text = ""
    """Where it can be read."""
    form: Text = ""
    """The form it was filed under, such as 497."""
    accession: Text = ""
    """Its EDGAR accession number, such as 0000908737-07-000423."""
    left_out: dict[str, Text] = field(default_factory=dict)
    """Words of the document that look like a milestone, each with the reason why they are none."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CancelledDocument(Document):
    """That it will not happen."""

    source: Text
    """The key of the source that says so."""
    reason: Text = ""
    """Why, in the source's words."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ApprovedDocument(Document):
    """That the shareholders have approved."""

    source: Text
    """The key of the source that says so."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CompletedDocument(Document):
    """That it has happened."""

    source: Text
    """The key of the source that says so."""
    date: Words
    """The exact day on which it happened."""


@dataclass(slots=True, eq=False, repr=False)
class MilestoneDocument(Document):
    """A milestone: its date, and what depends on or has happened to it."""

    EXTRA: ClassVar = {"dependentRequired": {"previously": ["source"]}}

    date: Words
    """Its date in the words of the filing: "November 7, 2007", "on or about April 28, 2008", "second half of 2021"."""
    source: Text = ""
    """The key of the source that states the date; without it, the first source."""
    subject_to: Annotated[Texts, AtLeastOne()] = ()
    """What it depends on, such as: shareholder approval. "change" says only that the date may still change."""
    note: Text = ""
    """Anything else that readers must know."""
    kind: _Kind = ""
    """What kind of milestone it is, where the key is a title of your own."""
    of: _Of = ""
    """Whose board, holders or name it is: the target's (without it), the acquirer's, or that of both."""
    quote: Text = ""
    """The sentence or clause of the filing that states it, word by word. It stands on pages, never in events."""
    as_printed: _YesOrNo = ""
    """That the filing really prints this day, however unlikely it looks: yes or no."""
    previously: Annotated[Texts, AtLeastOne()] = ()
    """The earlier dates, newest first, in their words, or "cancelled". Needs a source of its own."""
    corrected: Annotated[Texts, AtLeastOne()] = ()
    """The day or days on which a slip in this milestone was mended, yours or the filing's own."""
    cancelled: CancelledDocument | None = None
    """That this milestone will not happen."""


_NEEDS_KIND = 'unknown milestone; a title of your own needs "date" and "kind" below it'


def _kinds_as_keys(schema: dict[str, Any]) -> None:
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


@dataclass(slots=True, eq=False, repr=False)
class PortfolioReference(Document):
    """A portfolio, by its name, its short name, one of its other names or its id."""

    portfolio: Text
    """The portfolio's name or id."""
    trust: Text = ""
    """The name, short name or id of its trust; without it, the plan's trust."""
    classes: Annotated[Texts, AtLeastOne()] = ()
    """The share classes that are concerned, such as Class C; without it, the whole portfolio is."""


@dataclass(slots=True, eq=False, repr=False)
class AcquiringReference(Document):
    """What acquires the target: a portfolio, or by `name` a fund of no trust here."""

    EXTRA: ClassVar = {"anyOf": [{"required": ["portfolio"]}, {"required": ["name"]}]}

    portfolio: Text = ""
    """The portfolio's name or id."""
    trust: Text = ""
    """The name, short name or id of its trust; without it, the plan's trust."""
    name: Text = ""
    """The name of an acquiring fund that none of the trusts here has; in place of portfolio and trust."""
    classes: Annotated[Texts, AtLeastOne()] = ()
    """The share classes that acquire; without it, the whole portfolio does."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class _States(Document):
    """What has happened to a plan or to one of its reorganizations as a whole."""

    cancelled: CancelledDocument | None = None
    """That it will not happen. Cancel, never delete."""
    approved: ApprovedDocument | None = None
    """That the shareholders have approved: "shareholder approval" is no longer a condition."""
    completed: CompletedDocument | None = None
    """That it has happened: the closing, liquidation, conversion or substitution was on that day."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ReorganizationDocument(_States):
    """A target and what acquires it, with what differs from the plan."""

    id: Annotated[Text, Extra({"pattern": f"^{ID_PATTERN}$"})] = ""
    """What tells it from another one of the same target in this plan; part of the UIDs, forever."""
    target: Annotated[PortfolioReference, ShortFor("portfolio")]
    """The portfolio that goes."""
    acquiring: Annotated[AcquiringReference | None, ShortFor("portfolio")] = None
    """The portfolio that acquires it; left out where the target is liquidated."""
    milestones: Annotated[
        dict[str, Annotated[MilestoneDocument | None, ShortFor("date", none=NOT_APPLICABLE)]], Extra(_kinds_as_keys)
    ] = field(default_factory=dict)
    """Its own milestones. They replace the plan's of the same key; "not applicable" removes one."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PlanDocument(_States):
    """data/plans/<plan>.yaml: a plan of reorganization. The file's name is the plan's id, forever."""

    title: Text = ""
    """What the plan is called."""
    trust: Text = ""
    """The trust to which portfolios named without one belong."""
    sources: Annotated[dict[str, SourceDocument], AtLeastOne()]
    """The documents that the dates were taken from, oldest first. Each key is what milestones call it by."""
    reorganizations: Annotated[list[ReorganizationDocument], AtLeastOne()]
    """Each target, and what acquires it."""
    milestones: Annotated[dict[str, Annotated[MilestoneDocument, ShortFor("date")]], Extra(_kinds_as_keys)] = field(
        default_factory=dict
    )
    """The milestones, in the words of the filing. They hold for every reorganization of the plan."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ReaderDocument(Document):
    """Somebody who may see what is confidential."""

    token: Annotated[Text, Extra({"pattern": "^[0-9a-f]{64}$"})]
    """The SHA-256 of the reader's token, as `calfeed token` prints it. The token itself stands nowhere."""
    sees: Texts
    """What the reader sees beside what is public: plans/<plan>, trusts/<trust>, a list of these, or everything."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ReadersDocument(Document):
    """data/confidential/readers.yaml: who may see what is confidential. Take a reader out to end it, at once."""

    readers: dict[str, ReaderDocument]
    """The readers. Each key is a name of your choice."""


DOCUMENTS: dict[str, type[Document]] = {
    "site": SiteDocument,
    "trust": TrustDocument,
    "plan": PlanDocument,
    "confidential-trust": ConfidentialTrustDocument,
    "readers": ReadersDocument,
}
"""The documents, by the name of their schema."""


# --- what the annotations say, for those who make documents and schemas of them --------------------------------------


class Form(NamedTuple):
    """What an annotation says a value is: a text, a document, or texts, a list or a mapping whose items have a form."""

    type: Any
    item: "Form | None" = None
    short: ShortFor | None = None
    is_filled: bool = False
    extras: tuple[Extra, ...] = ()


class Key(NamedTuple):
    """A key of a document as authors write it, the field for it, and its form.

    `is_own` tells whether no other document shares it.
    """

    words: str
    field: str
    form: Form
    is_required: bool
    is_own: bool


def keys_of(document: type[Document]) -> tuple[Key, ...]:
    """The keys of a document; those that it shares with others come first."""
    own = document.__annotations__
    return tuple(
        Key(
            words=each.name.replace("_", " "),
            field=each.name,
            form=_form_of(each.type),
            is_required=each.default is MISSING and each.default_factory is MISSING,
            is_own=each.name in own,
        )
        for each in fields(document)  # type: ignore[arg-type]  # each of them is a dataclass
    )


def _form_of(annotation: Any) -> Form:
    said: list[Any] = []
    if get_origin(annotation) is Annotated:
        annotation, *said = get_args(annotation)
    if get_origin(annotation) is UnionType:  # with None, where it may be left out
        annotation = get_args(annotation)[0]
    container = get_origin(annotation)
    item = get_args(annotation)[1 if container is dict else 0] if container else None
    return Form(
        type=container or annotation,
        item=_form_of(item) if item else None,
        short=next((each for each in said if isinstance(each, ShortFor)), None),
        is_filled=any(isinstance(each, AtLeastOne) for each in said),
        extras=tuple(each for each in said if isinstance(each, Extra)),
    )


def keys_at(document: type[Document], path: tuple[int | str, ...]) -> list[str]:
    """The keys that a document knows at a path, those that it shares with others last."""
    keys = sorted(keys_of(form_at(document, path).type), key=lambda key: not key.is_own)
    return [key.words for key in keys]


def form_at(document: type[Document], path: tuple[int | str, ...]) -> Form:
    """What a document has at a path."""
    at = Form(document)
    for step in path:
        at = at.item or next(key.form for key in keys_of(at.type) if key.words == step)
    return at


class Fault(NamedTuple):
    """What is wrong at a path of keys and indexes; `model` names the document wanted there, or is empty."""

    path: tuple[int | str, ...]
    kind: str
    model: str


LIST_KEYS = frozenset(
    {"classes", "corrected", "earlier names", "embed on", "other names", "previously", "sees", "subject to"}
)
"""The keys of values that may be a list of texts."""
NAME_KEYS = frozenset({"other names", "earlier names"})
"""Those of them that hold names, in which commas may stand."""
