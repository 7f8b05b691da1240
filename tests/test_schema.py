"""The JSON Schemas: they accept what `check` accepts and mark slips, and a real editor's server uses them well."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # jsonschema ships no types

from calfeed.addresses.static import schema_bytes
from calfeed.model.kinds import KINDS
from calfeed.reading.documents import DOCUMENTS
from calfeed.reading.schemas import json_schema
from tests.support import FOUNDING, PATIENCE_SECONDS, ROOT, each_of, make_folder, need, npm_packages, problems_of, run

SCHEMAS: dict[str, dict[str, Any]] = {name: json.loads(schema_bytes(name)) for name in DOCUMENTS}
SCHEMA_FOLDER = ROOT / "static" / "schema"
KIND_NAMES = {kind.name for kind in KINDS}

# The newest release that asks for no newer node than the Debian package.
SERVER = "yaml-language-server@1.25.0"


# --- documents -------------------------------------------------------------------------------------------------------

SITE = """\
title: Example calendars
domain: calendars.example.com
url: https://calendars.example.com
refresh: 6 hours
events per feed: 1000
embed on: https://intranet.example.com
"""
FIRST_TRUST = """\
name: First Example Trust
short name: FET
other names: First Sample Trust
cik: 0000123456
portfolios:
  alpha: {name: Alpha Portfolio, short name: Alpha}
  2040:
    name: Beta Portfolio
    other names: ["Beta, Growth Portfolio", 'Beta Sample Portfolio']
  gamma:
    {name: Gamma Portfolio, other names: Gamma Sample Portfolio, earlier names: [Delta Portfolio]}
"""
SECOND_TRUST = """\
name: Second Example Trust
other names:
  - Second Sample Trust
  - Another Sample Trust
cik: "654321"
portfolios:
  beta: Beta Portfolio
"""
PLAN = """\
title: 2031 reorganizations of First Example Trust
trust: FET
sources:
  supplement:
    title: Supplement dated November 12, 2030
    dated: November 12, 2030
    url: https://www.example.com/supplement.txt
    form: 497(e)
    accession: 0000123456-30-000001
  second supplement:
    dated: March 2031
    title: A second supplement
    entered: April 1, 2031
    left out: {"April 30, 2030": The date of the prospectus}
reorganizations:
  - target: Alpha Portfolio
    acquiring: Beta Portfolio
    approved: {source: second supplement}
    completed:
      source: second supplement
      date: 2031-03-28
  - target: {portfolio: Beta Portfolio}
    acquiring:
      portfolio: Beta Portfolio
      trust: Second Example Trust
    milestones:
      record date: {date: "December 3, 2030", note: "the plan's, one day later"}
      valuation: May 29, 2031
      Reconvened meeting: not applicable
      proxy mailing: not applicable
  - target: {portfolio: gamma, trust: first-trust, classes: Class C}
    id: class-c
    acquiring: {name: A Fund of Another House, classes: ["Class A", "Class I"]}
    cancelled:
      source: second supplement
      reason: the vote failed
milestones:
  board approval: 2030-11-06
  record date: December 2, 2030
  proxy mailing: on or about January 15, 2031
  special meeting: February 27, 2031 at 10:00 a.m. Eastern
  Reconvened meeting:
    kind: special meeting
    date: March 6, 2031
    source: second supplement
    previously: cancelled
  closing:
    date: on or about May 30, 2031
    source: second supplement
    subject to: [shareholder approval]
    note: >-
      The day may move
      once more.
    previously:
      - on or about April 28, 2031
      - fourth quarter of 2030
    corrected: ["March 4, 2031"]
  name change:
    date: to be announced
    of: target
    quote: The name of the Portfolio will change on a day that is to be announced.
    as printed: no
    subject to:
      - shareholder approval
      - completion of the reorganizations
    corrected: March 4, 2031
    cancelled: {source: second supplement, reason: no longer planned}
"""
LIQUIDATION = """\
sources:
  letter: {title: A letter, dated: "January 7, 2031"}
  report: {title: A report, dated: "June 2, 2031"}
reorganizations:
  - target: Gamma Portfolio
    milestones:
      liquidation:
        date: May 30, 2031
        subject to: approval by the board
approved: {source: letter}
completed: {source: report, date: "May 29, 2031"}
"""
ABANDONED = """\
sources:
  letter: {title: A letter, dated: "January 7, 2031"}
reorganizations:
  - target: {portfolio: Beta Portfolio, trust: second-trust}
milestones:
"""
ABANDONED += "".join(
    f"  {kind.name}: {{date: 'June 3, 2031', of: target}}\n" if kind.needs_of else f"  {kind.name}: June 3, 2031\n"
    for kind in KINDS
)
ABANDONED += "cancelled: {source: letter}\n"

READERS = f"""\
readers:
  Fund operations:
    token: {64 * "5"}
    sees: everything
  7:
    token: {64 * "d"}
    sees: ['trusts/first-trust', "plans/rich"]
"""

# Between them every key and every form of the data format.
RICH = {
    "site.yaml": SITE,
    "trusts/first-trust.yaml": FIRST_TRUST,
    "trusts/second-trust.yaml": SECOND_TRUST,
    "plans/rich.yaml": PLAN,
    "plans/liquidation.yaml": LIQUIDATION,
    "plans/abandoned.yaml": ABANDONED,
    "confidential/readers.yaml": READERS,
    "confidential/trusts/first-trust.yaml": "portfolios:\n  hidden: Hidden Portfolio\n",
}


class Edit(NamedTuple):
    """A change to one of the rich documents: what stands in it once, and what takes its place."""

    path: str
    old: str
    new: str

    def applied(self) -> str:
        """The changed document."""
        before, old, after = RICH[self.path].partition(self.old)
        assert old
        return before + self.new + after

    def lines(self) -> range:
        """The lines that the change is on; where something was deleted, from the line above."""
        first = RICH[self.path].partition(self.old)[0].count("\n") + 1
        return range(first - (not self.new), first + self.new.count("\n") + 1)


SITE_FILE, FIRST, SECOND = "site.yaml", "trusts/first-trust.yaml", "trusts/second-trust.yaml"
READERS_FILE = "confidential/readers.yaml"
RICH_PLAN, LIQUIDATED, CANCELLED = "plans/rich.yaml", "plans/liquidation.yaml", "plans/abandoned.yaml"

FORMS = {
    "a number of events in quotes": Edit(SITE_FILE, "1000", '"1000"'),
    "a list of sites": Edit(SITE_FILE, "https://intranet.example.com", "[https://intranet.example.com]"),
    "a CIK of ten digits": Edit(FIRST, "0000123456", "1234567890"),
    "an empty list of names": Edit(FIRST, "other names: First Sample Trust", "other names: []"),
    "a portfolio called by a number": Edit(RICH_PLAN, "acquiring: Beta Portfolio", "acquiring: 2040"),
    "a target called by a number": Edit(RICH_PLAN, "{portfolio: Beta Portfolio}", "{portfolio: 2040}"),
    "a name that is a number": Edit(FIRST, "alpha:", "lifecycle: 2050\n  alpha:"),
    "a long name that is a number": Edit(FIRST, "alpha:", "lifecycle: {name: 2050}\n  alpha:"),
    "another name that is a number": Edit(FIRST, "other names: First Sample Trust", "other names: 1290"),
    "other names that are numbers": Edit(SECOND, "- Another Sample Trust", "- 1290"),
    "an acquiring portfolio called by its other name": Edit(RICH_PLAN, "acquiring: Beta", "acquiring: Beta Sample"),
    "no milestones of its own": Edit(RICH_PLAN, "approved:", "milestones: {}\n    approved:"),
    "a kind that the key says already": Edit(RICH_PLAN, "  name change:", "  name change:\n    kind: name change"),
    "a kind of a title that is none": Edit(RICH_PLAN, "kind: special meeting", "kind: other"),
    "a date over two lines": Edit(RICH_PLAN, "about January", "about\n    January"),
    "a date in quotes": Edit(RICH_PLAN, "2030-11-06", "'2030-11-06'"),
    "a form that is a number": Edit(RICH_PLAN, "497(e)", "497"),
    "a note that is a number": Edit(RICH_PLAN, '"the plan\'s, one day later"', "1.5"),
    "a source called by a number": Edit(LIQUIDATED, "sources:", "sources:\n  1: {title: First, dated: 2031-01-06}"),
    "a reader who sees one thing": Edit(READERS_FILE, "['trusts/first-trust', \"plans/rich\"]", "plans/rich"),
    "nobody": Edit(READERS_FILE, READERS, "readers: {}\n"),
    "names that YAML 1.1 takes for true and false": Edit(FIRST, "alpha:", "yes: On\n  no: Off\n  alpha:"),
}

MISTAKES = {
    "a misspelt key of the site": Edit(SITE_FILE, "refresh:", "refreh:"),
    "a site without a domain": Edit(SITE_FILE, "domain: calendars.example.com\n", ""),
    "share classes that are none": Edit(RICH_PLAN, "classes: Class C", "classes: []"),
    "conditions that are none": Edit(RICH_PLAN, "[shareholder approval]", "[]"),
    "a list for a text": Edit(SITE_FILE, "Example calendars", "[Example calendars]"),
    "a key without a value": Edit(SITE_FILE, "refresh: 6 hours", "refresh:"),
    "an empty text": Edit(SITE_FILE, "refresh: 6 hours", 'refresh: ""'),
    "a misspelt key of a trust": Edit(FIRST, "short name:", "shortname:"),
    "a trust without a name": Edit(SECOND, "name: Second Example Trust\n", ""),
    "a trust without portfolios": Edit(SECOND, "portfolios:\n  beta: Beta Portfolio", "portfolios: {}"),
    "portfolios as a list": Edit(SECOND, "  beta: Beta Portfolio", "  - Beta Portfolio"),
    "an id with capitals": Edit(FIRST, "  alpha:", "  Alpha:"),
    "an id with a space": Edit(FIRST, "  alpha:", "  alpha growth:"),
    "an id with two hyphens": Edit(FIRST, "  alpha:", "  alpha--one:"),
    "a portfolio without a name": Edit(FIRST, "name: Gamma Portfolio, ", ""),
    "a misspelt key of a portfolio": Edit(FIRST, "    other names:", "    othernames:"),
    "names as a mapping": Edit(FIRST, "other names: First Sample Trust", "other names: {first: Sample}"),
    "a misspelt key of a plan": Edit(RICH_PLAN, "milestones:\n  board", "milestone:\n  board"),
    "a plan without sources": Edit(LIQUIDATED, LIQUIDATION.partition("reorganizations:")[0], ""),
    "a source without its date": Edit(RICH_PLAN, "    dated: March 2031\n", ""),
    "a misspelt key of a source": Edit(RICH_PLAN, "accession:", "accesion:"),
    "a plan without reorganizations": Edit(
        CANCELLED, "  - target: {portfolio: Beta Portfolio, trust: second-trust}", "  []"
    ),
    "a reorganization as a text": Edit(CANCELLED, "target: {portfolio: Beta Portfolio, trust: second-trust}", "Beta"),
    "a reorganization without a target": Edit(RICH_PLAN, "target: {portfolio: Beta Portfolio}\n    ", ""),
    "a misspelt key of a reorganization": Edit(RICH_PLAN, "acquiring: Beta", "aquiring: Beta"),
    "a misspelt key of a target": Edit(RICH_PLAN, "{portfolio: Beta", "{portfollio: Beta"),
    "a misspelt key of what acquires": Edit(RICH_PLAN, "      trust: Second", "      trus: Second"),
    "milestones as a list": Edit(LIQUIDATED, "liquidation:\n        date:", "- date:"),
    "a misspelt kind": Edit(RICH_PLAN, "board approval:", "bord approval:"),
    "a kind with a capital": Edit(RICH_PLAN, "board approval:", "Board approval:"),
    "a misspelt kind of several lines": Edit(RICH_PLAN, "  closing:", "  closng:"),
    "a misspelt kind of one reorganization": Edit(RICH_PLAN, "valuation: May", "valution: May"),
    "a title without its kind": Edit(RICH_PLAN, "kind: special meeting\n    ", ""),
    "a kind that there is not": Edit(RICH_PLAN, "kind: special meeting", "kind: special meting"),
    "a title that is removed in other words": Edit(
        RICH_PLAN, "Reconvened meeting: not applicable", "Reconvened meeting: n/a"
    ),
    "a milestone without a date": Edit(RICH_PLAN, "date: to be announced\n    ", ""),
    "a milestone with an empty date": Edit(RICH_PLAN, "record date: December 2, 2030", "record date:"),
    "a milestone as a list": Edit(RICH_PLAN, "record date: December 2, 2030", "record date: [December 2]"),
    "a misspelt key of a milestone": Edit(RICH_PLAN, "    subject to: [", "    subjct to: ["),
    "a condition as a mapping": Edit(LIQUIDATED, "subject to: approval", "subject to: {approval: yes}  #"),
    "a cancellation as a text": Edit(CANCELLED, "cancelled: {source: letter}", "cancelled: letter"),
    "a cancellation without its source": Edit(RICH_PLAN, "{source: second supplement, reason:", "{reason:"),
    "an approval as true": Edit(LIQUIDATED, "approved: {source: letter}", "approved: true"),
    "a mark on a plan": Edit(RICH_PLAN, "title:", "confidential: true\ntitle:"),
    "a mark on a portfolio": Edit(FIRST, "[Delta Portfolio]}", "[Delta Portfolio], confidential: true}"),
    "a reader without a token": Edit(READERS_FILE, f"token: {64 * '5'}\n    ", ""),
    "a reader as a text": Edit(READERS_FILE, READERS.partition("7:")[2].rstrip("\n"), " x"),
    "a key that no reader has": Edit(READERS_FILE, "sees: everything", "sees: everything\n    expires: 2031"),
    "what is no digest": Edit(READERS_FILE, 64 * "d", "calfeed_" + 43 * "d"),
    "a completion without its day": Edit(LIQUIDATED, ', date: "May 29, 2031"', ""),
}


# --- reading as an editor reads --------------------------------------------------------------------------------------


class CoreSchema(yaml.SafeLoader):
    """YAML 1.2 section 10.3 without hexadecimals: dates, yes and no are texts, 0000123456 is a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- PyYAML's own, emptied


_CORE_SCHEMA: dict[str, tuple[str, Callable[[str], Any]]] = {
    "null": ("null|Null|NULL|~|", lambda _: None),
    "bool": ("true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    "int": ("[-+]?[0-9]+", int),
    "float": (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float),
}


def _read(loader: CoreSchema, node: yaml.ScalarNode) -> Any:
    return _CORE_SCHEMA[node.tag][1](loader.construct_scalar(node))


for _tag, (_pattern, _) in _CORE_SCHEMA.items():
    CoreSchema.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), None)
    CoreSchema.add_constructor(_tag, _read)


def read_as_editor(text: str) -> Any:
    """What an editor hands to its schema: keys are texts."""
    return json.loads(json.dumps(CoreSchema(text).get_single_data()))


def schema_name(path: str) -> str:
    """Which document a path in the data folder is."""
    if path.startswith("confidential/trusts/"):
        return "confidential-trust"
    return path.removeprefix("confidential/").partition("/")[0].removesuffix("s").removesuffix(".yaml")


def violations(path: str, text: str) -> list[str]:
    """Where a document breaks its schema, and how."""
    validator = Draft202012Validator(SCHEMAS[schema_name(path)])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(read_as_editor(text))]


def property_schemas(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a schema knows, with what it says of its value."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
    if isinstance(schema, dict | list):
        for part in schema.values() if isinstance(schema, dict) else schema:
            yield from property_schemas(part)


def keys_in(data: Any) -> Iterator[str]:
    """Every key of every mapping in parsed YAML."""
    if isinstance(data, dict):
        yield from data
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from keys_in(part)


def shipped() -> list[str]:
    """The shipped data files, by their paths in the folder."""
    return sorted(path.relative_to(FOUNDING).as_posix() for path in FOUNDING.rglob("*.yaml"))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `calfeed init` makes it."""
    folder = tmp_path_factory.mktemp("init") / "data"
    assert run("init", folder).returncode == 0
    return folder


# --- the schemas -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_in_static_is_the_current_one(name: str) -> None:
    assert json.loads((SCHEMA_FOLDER / f"{name}.json").read_bytes()) == json_schema(name)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_command_prints_the_schema(name: str) -> None:
    assert run("schema", name).stdout.encode() == schema_bytes(name)


def test_the_command_without_a_name_prints_all_schemas() -> None:
    assert json.loads(run("schema").stdout) == SCHEMAS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_is_valid_json_schema(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_key_explains_itself(name: str) -> None:
    assert [key for key, schema in property_schemas(SCHEMAS[name]) if not schema.get("description")] == []


@pytest.mark.parametrize("path", shipped())
def test_the_shipped_data_is_valid(path: str) -> None:
    assert violations(path, (FOUNDING / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", ["site.yaml", "trusts/example-trust.yaml", "plans/example-plan.yaml"])
def test_the_starter_is_valid(started: Path, path: str) -> None:
    assert violations(path, (started / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", RICH)
def test_a_rich_document_is_valid(path: str) -> None:
    assert violations(path, RICH[path]) == []


def test_the_rich_documents_have_no_problems_and_hold_every_key(tmp_path: Path) -> None:
    assert problems_of(make_folder(tmp_path, RICH)) == []
    held = {key for text in RICH.values() for key in keys_in(read_as_editor(text))}
    assert {key for schema in SCHEMAS.values() for key, _ in property_schemas(schema)} - held == set()


@pytest.mark.parametrize("edit", FORMS.values(), ids=FORMS)
def test_what_check_accepts_is_valid(tmp_path: Path, edit: Edit) -> None:
    assert problems_of(make_folder(tmp_path, RICH | {edit.path: edit.applied()})) == []
    assert violations(edit.path, edit.applied()) == []


@pytest.mark.parametrize("edit", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_invalid(tmp_path: Path, edit: Edit) -> None:
    assert problems_of(make_folder(tmp_path, RICH | {edit.path: edit.applied()})) != []
    assert violations(edit.path, edit.applied()) != []


def test_the_first_line_of_every_file_names_its_schema(started: Path) -> None:
    for folder in (FOUNDING, started):
        for path in each_of(folder.rglob("*.yaml")):
            first_line = path.read_text(encoding="utf-8").partition("\n")[0]
            schema = path.parent / first_line.removeprefix("# yaml-language-server: $schema=")
            assert schema.read_bytes() == schema_bytes(schema_name(path.relative_to(folder).as_posix()))


# --- a real editor's server ------------------------------------------------------------------------------------------

PROPERTY = 10  # CompletionItemKind.Property: a key
SETTINGS = {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}  # nothing from the network


class Editor:
    """yaml-language-server, spoken to as editors do: the Language Server Protocol 3.17 over its standard streams.

    Documents are buffers that were never saved, beside the shipped data, so that their first line finds the schema.
    """

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.is_configured = False
        self.marks: dict[str, list[dict[str, Any]]] = {}
        self.requests = 0
        self.buffers = 0

    def start(self) -> None:
        """Say who asks, and wait until the server has fetched its settings."""
        completion = {"completionItem": {"snippetSupport": True}}
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": completion}}
        parameters = {"processId": os.getpid(), "rootUri": ROOT.as_uri(), "capabilities": capabilities}
        self.request("initialize", parameters)
        self.send(method="initialized", params={})
        while not self.is_configured:
            self.answer(self.receive())

    def end(self) -> None:
        """End the server, in whatever state it is."""
        self.process.kill()
        self.process.communicate()

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """The server's next message; one that takes too long ends the server and fails the test."""
        assert self.process.stdout is not None
        watch = threading.Timer(PATIENCE_SECONDS, self.process.kill)
        watch.start()
        try:
            length = 0
            while header := self.process.stdout.readline().strip():
                length = int(header.rpartition(b" ")[2]) if header.startswith(b"Content-Length: ") else length
            assert length, f"the server has ended, or said nothing for {PATIENCE_SECONDS} seconds"
            message: dict[str, Any] = json.loads(self.process.stdout.read(length))
            return message
        finally:
            watch.cancel()

    def answer(self, message: dict[str, Any]) -> None:
        """Take in what the server says, or asks, by itself."""
        method = message["method"]
        if method == "textDocument/publishDiagnostics":
            self.marks[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            sections = [item["section"] for item in message["params"]["items"]]
            self.send(id=message["id"], result=[SETTINGS if section == "yaml" else None for section in sections])
            self.is_configured = True
        elif "id" in message:
            self.send(id=message["id"], result=None)

    def request(self, method: str, parameters: Any) -> Any:
        self.requests += 1
        self.send(id=self.requests, method=method, params=parameters)
        while "method" in (message := self.receive()):
            self.answer(message)
        assert message["id"] == self.requests
        assert "error" not in message, message
        return message["result"]

    def open(self, path: Path, text: str) -> str:
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        return uri

    def marked(self, files: dict[Path, str]) -> dict[Path, list[int]]:
        """The lines, from 0, on which the server marks something, for each of several files."""
        uris = {path: self.open(path, text) for path, text in files.items()}
        while not set(uris.values()) <= set(self.marks):
            self.answer(self.receive())
        return {path: [mark["range"]["start"]["line"] for mark in self.marks[uri]] for path, uri in uris.items()}

    def buffer(self, path: str) -> Path:
        """A place for a buffer that is of the same document as a path in the data folder."""
        self.buffers += 1
        return (FOUNDING / path).with_name(f"unsaved-{self.buffers}.yaml")

    def at_cursor(self, method: str, path: str, text: str) -> Any:
        """The answer to a request about the place of the "|" in a document."""
        before, _, after = with_modeline(path, text).partition("|")
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        uri = self.open(self.buffer(path), before + after)
        return self.request(method, {"textDocument": {"uri": uri}, "position": position})

    def completed(self, path: str, text: str) -> list[dict[str, Any]]:
        """What the server offers at the "|"."""
        answer = self.at_cursor("textDocument/completion", path, text)
        items: list[dict[str, Any]] = answer["items"]
        return items

    def hover(self, path: str, text: str) -> str:
        """What the server says of the word at the "|", in Markdown."""
        said: str = self.at_cursor("textDocument/hover", path, text)["contents"]["value"]
        return said


def with_modeline(path: str, text: str) -> str:
    """A document below a first line that names its schema: the protocol counts lines from 0, so the rest are from 1."""
    up = "../" * (path.count("/") + 1)
    return f"# yaml-language-server: $schema={up}static/schema/{schema_name(path)}.json\n{text}"


@pytest.fixture(scope="module")
def editor(request: pytest.FixtureRequest) -> Iterator[Editor]:
    """A running server, installed once and kept in pytest's cache."""
    node = need("node", "yaml-language-server runs on it")
    packages = npm_packages(request.config, "it installs yaml-language-server", SERVER)
    program = packages / "yaml-language-server" / "bin" / "yaml-language-server"
    editor = Editor([node, str(program), "--stdio"])
    try:
        editor.start()
        yield editor
    finally:
        editor.end()


@pytest.fixture(scope="module")
def marked_mistakes(editor: Editor) -> dict[str, list[int]]:
    """The lines that the server marks for each mistake; all at once, since it lets each file wait a little."""
    buffers = {name: editor.buffer(edit.path) for name, edit in MISTAKES.items()}
    marked = editor.marked({buffers[name]: with_modeline(edit.path, edit.applied()) for name, edit in MISTAKES.items()})
    return {name: marked[path] for name, path in buffers.items()}


def test_an_editor_marks_nothing_in_the_shipped_data(editor: Editor, started: Path) -> None:
    files = [path for folder in (FOUNDING, started) for path in folder.rglob("*.yaml")]
    marked = editor.marked({path: path.read_text(encoding="utf-8") for path in files})
    assert marked == {path: [] for path in files}


def test_an_editor_marks_nothing_in_rich_documents(editor: Editor) -> None:
    marked = editor.marked({editor.buffer(path): with_modeline(path, text) for path, text in RICH.items()})
    assert [lines for lines in marked.values() if lines] == []


@pytest.mark.parametrize("name", MISTAKES)
def test_an_editor_marks_a_mistake_where_it_is(marked_mistakes: dict[str, list[int]], name: str) -> None:
    assert marked_mistakes[name]
    assert set(marked_mistakes[name]) <= set(MISTAKES[name].lines())


PLAN_KEYS = {
    "title", "trust", "sources", "reorganizations", "milestones", "cancelled", "approved", "completed",
}  # fmt: skip
MILESTONE_KEYS = {
    "date", "source", "subject to", "note", "kind", "of", "quote", "as printed", "previously", "corrected", "cancelled"
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "offered"),
    [
        pytest.param(RICH_PLAN, "|", PLAN_KEYS, id="a plan's keys"),
        pytest.param(RICH_PLAN, "title: x\n|", PLAN_KEYS - {"title"}, id="a plan's other keys"),
        pytest.param(RICH_PLAN, "milestones:\n  |", KIND_NAMES, id="the kinds under milestones"),
        pytest.param(
            RICH_PLAN,
            "reorganizations:\n  - target: A\n    milestones:\n      |",
            KIND_NAMES,
            id="the kinds of one target",
        ),
        pytest.param(RICH_PLAN, "milestones:\n  closing:\n    |", MILESTONE_KEYS, id="the keys of a milestone"),
        pytest.param(
            RICH_PLAN,
            "milestones:\n  Reconvened meeting:\n    |",
            MILESTONE_KEYS,
            id="the keys of a title of one's own",
        ),
        pytest.param(
            RICH_PLAN,
            "reorganizations:\n  - |",
            {"id", "target", "acquiring", "milestones", "cancelled", "approved", "completed"},
            id="the keys of a reorganization",
        ),
        pytest.param(
            RICH_PLAN,
            "reorganizations:\n  - target: A\n    acquiring:\n      |",
            {"portfolio", "trust", "name", "classes"},
            id="the keys of what acquires",
        ),
        pytest.param(
            RICH_PLAN,
            "sources:\n  supplement:\n    |",
            {"title", "dated", "entered", "url", "form", "accession", "left out"},
            id="the keys of a source",
        ),
        pytest.param(FIRST, "|", {"name", "short name", "other names", "cik", "portfolios"}, id="the keys of a trust"),
        pytest.param(
            FIRST,
            "portfolios:\n  alpha:\n    |",
            {"name", "short name", "other names", "earlier names"},
            id="the keys of a portfolio",
        ),
        pytest.param(READERS_FILE, "readers:\n  Desk:\n    |", {"token", "sees"}, id="the keys of a reader"),
    ],
)
def test_an_editor_completes_keys(editor: Editor, path: str, text: str, offered: set[str]) -> None:
    assert {item["label"] for item in editor.completed(path, text) if item["kind"] == PROPERTY} == offered


def test_an_editor_completes_the_kind_of_a_title(editor: Editor) -> None:
    items = editor.completed(RICH_PLAN, "milestones:\n  Reconvened meeting:\n    kind: |")
    assert {item["label"] for item in items} == KIND_NAMES


@pytest.mark.parametrize("value", ["May 30, 2031", "\n    date: May 30, 2031"], ids=["short form", "long form"])
def test_an_editor_explains_a_kind(editor: Editor, value: str) -> None:
    definition = "The net asset values that count for the transaction are determined."
    assert definition in editor.hover(RICH_PLAN, f"milestones:\n  |valuation: {value}\n")
