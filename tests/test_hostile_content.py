"""What an author writes into a text is shown as that text: in no format is it a line, a tag or a formula."""

import csv
import json
import re
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.formats.pieces import Blank
from calfeed.reading.folder import load
from tests.gate import conformant
from tests.support import make_folder, problems_of

PAYLOADS = {
    "line feed": "a\nEND:VCALENDAR\nb",
    "carriage return": "a\r\nEND:VEVENT\r\nATTENDEE:mailto:evil@example.com\rX",
    "other line ends": "a\u2028BEGIN:VEVENT\u2029b\u0085METHOD:CANCEL",
    "escapes": "a\\nEND:VCALENDAR\\;\\,\\\\n\\",
    "parameters": 'X";ALTREP="https://evil.example.com":^n^\'',
    "commas": "a;b,c:d,\"e\"",
    "script": "</title></script><script>alert(1)</script>",
    "image": "\"'><img src=x onerror=alert(1)>",
    "handler": "' onmouseover='alert(1)' x=\"",
    "comment": "--><!--]]><![CDATA[<b>&lt;&#60;",
    "template": "{{ 7 * 7 }}{% raw %}${7*7}#{7}",
    "address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "equals": "=HYPERLINK(\"https://evil.example.com\")",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "wide equals": "\uff1d1+1",
}  # fmt: skip


def documents(payload: str) -> dict[str, str]:
    """Data with a payload at the beginning of every text of every document, each with a word behind that is its own."""

    def text(word: str) -> str:
        return f"{payload} {word}"

    closing = {
        "date": "on or about April 28, 2031",
        "subject to": [text("first"), text("second")],
        "note": text("note"),
    }
    cancelled = {"source": "letter", "reason": text("reason")}
    source = {"dated": "January 8, 2031", "url": "https://www.example.com/n.htm", "form": text("form")}
    written: dict[str, Any] = {
        "site": {"title": text("site"), "domain": "calendars.example.com", "url": "https://calendars.example.com"},
        "trusts/one": {
            "name": text("trust"),
            "short name": text("short"),
            "other names": [text("former trust")],
            "portfolios": {
                "a": {"name": text("alpha"), "other names": [text("former alpha"), text("earlier alpha")]},
                "b": text("beta"),
                "c": text("gamma"),
            },
        },
        "plans/p": {
            "title": text("plan"),
            "trust": "one",
            "sources": {
                "notice": {"title": text("notice"), **source},
                "letter": {"title": text("letter"), **source, "dated": "February 3, 2031"},
            },
            "reorganizations": [
                {"target": "a", "acquiring": "b"},
                {"target": "c", "acquiring": {"name": text("outside")}, "cancelled": cancelled},
            ],
            "milestones": {
                "record date": {"date": "March 1, 2031", "cancelled": cancelled},
                "special meeting": {"date": "April 2, 2031", "source": "letter", "previously": "March 20, 2031"},
                text("title"): {"date": "June 1, 2031", "kind": "other"},
                "closing": closing,
            },
        },
    }
    return {f"{name}.yaml": json.dumps(document) for name, document in written.items()}


FEEDS = ("all", "trusts/one", "trusts/one/a", "trusts/one/c", "plans/p")
PAGES = ("/", *(f"{embed}/{at}/" for embed in ("", "/embed/agenda", "/embed/timeline") for at in FEEDS), "/nothing/")


class Bodies:
    """What a site has at its addresses."""

    def __init__(self, folder: Path, payload: str) -> None:
        self.resources = Resources(load(make_folder(folder, documents(payload))))

    def __call__(self, path: str, **choice: tuple[str, ...]) -> str:
        found = self.resources.find(path, Choice(**choice)) or self.resources.missing(path)
        return found.body.decode("utf-8-sig")


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Bodies:
    return Bodies(tmp_path_factory.mktemp("harmless"), "Harmless")


@pytest.fixture(params=list(PAYLOADS.values()), ids=list(PAYLOADS), scope="module")
def payload(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def bodies(payload: str, tmp_path_factory: pytest.TempPathFactory) -> Bodies:
    return Bodies(tmp_path_factory.mktemp("bodies"), payload)


def as_read(payload: str) -> str:
    """A payload as the reader takes it: white space is single spaces."""
    return " ".join(payload.split())


def test_no_text_becomes_a_line_of_a_calendar(harmless: Bodies, bodies: Bodies, payload: str) -> None:
    for at in FEEDS:
        names = []
        for each in (harmless, bodies):
            unfolded = each(f"/{at}.ics").replace("\r\n ", "")
            assert re.findall("(?<!\r)\n|\r(?!\n)", unfolded) == []
            names.append([re.split("[;:]", line)[0] for line in unfolded.split("\r\n")])
        assert names[0] == names[1]
        events = conformant(bodies(f"/{at}.ics").encode())
        assert len(events) == len(conformant(harmless(f"/{at}.ics").encode()))
        for word in ("notice", "letter"):
            assert [event for event in events if f"{as_read(payload)} {word}" in event.description]


def test_no_text_becomes_anything_else_in_json(harmless: Bodies, bodies: Bodies, payload: str) -> None:
    for path in (*(f"/{at}.json" for at in FEEDS), "/search.json"):
        plain, found = json.loads(harmless(path)), json.loads(bodies(path))
        assert shape(plain) == shape(found)
        assert as_read(payload) in json.dumps(found, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")


def shape(value: Any) -> Any:
    """What is left of JSON without its texts."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, list) else type(value)


def test_no_cell_begins_a_formula(harmless: Bodies, bodies: Bodies) -> None:
    for at in FEEDS:
        plain, found = (list(csv.reader(StringIO(each(f"/{at}.csv"), newline=""))) for each in (harmless, bodies))
        assert [len(row) for row in found] == [len(row) for row in plain]
        assert [cell for row in found for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


def test_no_text_becomes_an_element_of_a_change_feed(harmless: Bodies, bodies: Bodies, payload: str) -> None:
    for at in FEEDS:
        plain, found = (ElementTree.fromstring(each(f"/{at}.atom")) for each in (harmless, bodies))  # noqa: S314 -- ours
        assert [(each.tag, sorted(each.attrib)) for each in found.iter()] == [
            (each.tag, sorted(each.attrib)) for each in plain.iter()
        ]
        assert {each.get("type") for each in found.iter("{http://www.w3.org/2005/Atom}content")} == {"text"}
        assert as_read(payload) in "".join(found.itertext())
        assert [each for each in found.iter() if not each.get("href", "https:").startswith("https:")] == []


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, its addresses, and all of its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action", "data", "srcdoc"}]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment",))

    def unknown_decl(self, data: str) -> None:
        self.tags.append(("declaration",))


SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def test_no_text_becomes_a_tag_an_attribute_or_an_address_of_a_page(
    harmless: Bodies, bodies: Bodies, payload: str
) -> None:
    for path in PAGES:
        plain, found = Tags(harmless(path)), Tags(bodies(path))
        assert found.tags == plain.tags
        assert not set(bodies(path)) & set(Blank)
        schemes = {scheme[1].lower() for address in found.addresses if (scheme := SCHEME.match(address))}
        assert schemes <= {"http", "https", "webcal", "webcals"}
        if path != "/nothing/":
            assert as_read(payload) in " ".join("".join(found.texts).split())


@pytest.mark.parametrize("blank", Blank, ids=lambda blank: f"{ord(blank):02x}")
def test_no_data_has_what_stands_for_a_value_on_a_page(blank: Blank, tmp_path: Path) -> None:
    for name in (f'"a\\x{ord(blank):02x}b"', f"a{blank}b"):
        folder = make_folder(
            tmp_path / str(len(name)), {"trusts/blue.yaml": f"name: {name}\nportfolios: {{}}\n".encode()}
        )
        assert "control character" in "".join(problems_of(folder))


def test_what_a_reader_searches_for_stands_for_nothing_else_on_the_page(harmless: Bodies) -> None:
    page = harmless("/", queries=(f"a{''.join(Blank)}b",))
    assert 'value="ab"' in page
    assert not set(page) & set(Blank)


def test_no_text_gets_into_a_picture(harmless: Bodies, bodies: Bodies) -> None:
    for at in FEEDS:
        assert bodies(f"/{at}.svg") == harmless(f"/{at}.svg")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x",
     "file:///etc/passwd", "//evil.example.com/", "https:evil", "https://", "https://a b/", "https://x/\"onclick=\"a",
     "https://x/<script>", "mailto:a@example.com"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_as_one(address: str, tmp_path: Path) -> None:
    files = documents("Harmless")
    plan, site = json.loads(files["plans/p.yaml"]), json.loads(files["site.yaml"])
    plan["sources"]["notice"]["url"] = site["url"] = address
    make_folder(tmp_path, files | {"plans/p.yaml": json.dumps(plan), "site.yaml": json.dumps(site)})
    found = problems_of(tmp_path)
    assert [problem.partition(":")[0] for problem in found] == ["site.yaml", "plans/p.yaml"]
    assert [problem for problem in found if "is not a web address" not in problem] == []
