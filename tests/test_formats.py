"""JSON, CSV and Atom: the milestones of the calendar, all that is known of them, and what their readers can take."""

import csv
import http.client
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from calfeed.formats.csv import to_csv
from calfeed.formats.formats import FORMATS
from calfeed.model import plans, trusts
from calfeed.model.kinds import Kind
from calfeed.model.when import Undated, in_words
from calfeed.reading.characters import one_spelling, refused_in
from calfeed.serving.choices import Choice, ChoiceError
from calfeed.serving.resources import Resources
from tests.support import PATIENCE_SECONDS, ROOT, RunningServer, each_of, if_any, loaded, make_folder, serving

DOMAIN = "calendars.example.com"
MEDIA_TYPES = {each.extension: each.media_type for each in FORMATS.values() if each.label}
EXT, SAMPLE = "trusts/example-trust", "trusts/sample-funds"

# Between them all that can happen to a plan, and two trusts with portfolios of the same names.
DATA = {
    "site.yaml": f"""\
        title: Example calendars
        domain: {DOMAIN}
        url: https://{DOMAIN}
        """,
    "trusts/example-trust.yaml": """\
        name: Example Trust
        short name: EXT
        other names: Former Example Trust
        cik: 0000123456
        portfolios:
          growth: {name: Growth Portfolio, other names: Former Growth Portfolio, earlier names: Income Portfolio}
          value: Value Portfolio
          bond: {name: Bond Portfolio, short name: Bonds}
          idle: Idle Portfolio
        """,
    "trusts/sample-funds.yaml": """\
        name: Sample Funds
        portfolios:
          value: Value Portfolio
          bond: Bond Portfolio
        """,
    "plans/moved.yaml": """\
        title: Reorganizations of 2031
        trust: EXT
        sources:
          first: {title: First supplement, dated: "January 6, 2031", url: "https://www.example.com/first.txt"}
          second: {title: Second supplement, dated: "March 3, 2031"}
          third:
            title: Third supplement
            dated: May 5, 2031
            url: https://www.example.com/third.txt
            form: 497
            accession: 0000123456-31-000003
          results: {title: Results of the vote, dated: "May 12, 2031"}
        reorganizations:
          - target: Growth Portfolio
            acquiring: {portfolio: Value Portfolio, trust: Sample Funds}
          - target: Value Portfolio
            acquiring: Bond Portfolio
            milestones:
              closing:
                date: on or about June 24, 2031
                source: third
                subject to: shareholder approval
                previously: on or about May 19, 2031
        approved: {source: results}
        milestones:
          record date: as of the close of business on December 2, 2030
          special meeting: February 27, 2031 at 10:00 a.m. Eastern
          Reconvened meeting:
            kind: special meeting
            date: March 27, 2031
            source: second
            previously: to be announced
          closing:
            date: on or about June 16, 2031
            source: third
            subject to: ["shareholder approval", "a favorable tax opinion"]
            note: The exchange ratio is set the evening before.
            previously: ["on or about May 19, 2031", "fourth quarter of 2030"]
            corrected: May 7, 2031
        """,
    "plans/abandoned.yaml": """\
        title: Bond merger
        trust: EXT
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
          notice: {title: Notice, dated: "March 10, 2031", url: "https://www.example.com/notice.txt"}
        reorganizations:
          - target: Bond Portfolio
            acquiring: {portfolio: Bond Portfolio, trust: Sample Funds}
        cancelled: {source: notice, reason: too few votes}
        milestones:
          special meeting: February 27, 2031
          closing: {date: "on or about April 28, 2031", subject to: shareholder approval}
          name change: {date: to be announced, of: target}
        """,
    "plans/deferred.yaml": """\
        title: Value merger
        trust: Sample Funds
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
          notice: {title: Notice, dated: "April 1, 2031"}
        reorganizations:
          - target: Value Portfolio
            acquiring: Bond Portfolio
        milestones:
          valuation: {date: to be announced, previously: "April 25, 2031", source: notice}
          closing: {date: until further notice, previously: "on or about April 28, 2031", source: notice}
        """,
    "plans/done.yaml": """\
        title: Growth merger
        trust: EXT
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
          second: {title: Second supplement, dated: "February 3, 2031"}
          results: {title: Results, dated: "March 3, 2031"}
          report: {title: Report, dated: "May 1, 2031"}
        reorganizations:
          - target: Growth Portfolio
            acquiring: Value Portfolio
        approved: {source: results}
        completed: {source: report, date: "April 30, 2031"}
        milestones:
          closing:
            date: on or about April 28, 2031
            source: second
            subject to: shareholder approval
            previously: on or about April 14, 2031
        """,
    "plans/soft.yaml": """\
        title: Soft dates
        trust: Sample Funds
        sources:
          first:
            title: Supplement
            dated: January 6, 2031
            entered: January 8, 2031
            left out: {"December 2, 2030": The date of the prospectus}
        reorganizations:
          - target: {portfolio: Bond Portfolio, classes: ["Class B", "Class C"]}
            id: classes-b-and-c
            acquiring: {name: Fund of Another House, classes: Class A}
        milestones:
          board approval:
            date: December 10-12, 2030
            of: both
            quote: At its meeting of December 10-12, 2030 each Board approved the plan.
          announcement: {date: "week of January 6, 2031", as printed: yes, subject to: change}
          instruction deadline: prior to December 1, 2031
          closing: fourth quarter of 2031
          name change: {date: to be announced, of: target}
        """,
    "plans/wound-up.yaml": """\
        trust: EXT
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
        reorganizations:
          - target: Bond Portfolio
        milestones:
          last purchase: no later than May 1, 2031
          liquidation: May 30, 2031
        """,
}
GROWTH_CLOSING = f"moved.example-trust.growth.closing@{DOMAIN}"


class Asked(NamedTuple):
    """What somebody asks for."""

    address: str
    kinds: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()

    def target(self, extension: str, *more: str) -> str:
        """The path and query of a request."""
        pairs = [*(("kind", kind) for kind in self.kinds), *(("feed", feed) for feed in self.feeds)]
        return f"/{self.address}.{extension}?{'&'.join([urlencode(pairs), *more])}"

    def body(self, resources: Resources, extension: str) -> bytes:
        """What it is answered with."""
        found = resources.find(f"/{self.address}.{extension}", Choice(kinds=self.kinds, feeds=self.feeds))
        assert found is not None
        return found.body


# What is asked for, and how many milestones it holds, how many of them without a date to show, and of how many plans.
ASKED = {
    "everything": (Asked("all"), (21, 2, 6)),
    "a trust": (Asked(EXT), (14, 1, 4)),
    "the other trust": (Asked(SAMPLE), (14, 2, 4)),
    "a target": (Asked(f"{EXT}/growth"), (5, 0, 2)),
    "a portfolio of a name": (Asked(f"{EXT}/value"), (5, 0, 2)),
    "the other one of that name": (Asked(f"{SAMPLE}/value"), (6, 0, 2)),
    "a portfolio without plans": (Asked(f"{EXT}/idle"), (0, 0, 0)),
    "a plan": (Asked("plans/moved"), (8, 0, 1)),
    "one kind": (Asked("all", kinds=("closing",)), (6, 0, 5)),
    "two kinds of a trust": (Asked(SAMPLE, kinds=("name-change", "closing")), (6, 2, 4)),
    "a kind that nothing has": (Asked("all", kinds=("delisting",)), (0, 0, 0)),
    "a selection": (Asked("selection", feeds=("plans/soft", f"{SAMPLE}/bond", "plans/wound-up")), (12, 2, 4)),
    "a kind of a selection": (Asked("selection", kinds=("closing",), feeds=("plans/soft", "plans/done")), (2, 0, 2)),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("formats"), DATA)


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Resources:
    return Resources(loaded(tmp_path_factory.mktemp("formats"), DATA))


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[RunningServer]:
    with serving(data) as running:
        yield running


def milestones_in(body: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(body)["milestones"]
    return found


def rows_in(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def uids_in(extension: str, body: bytes) -> list[str]:
    if extension == "ics":
        return [str(event["UID"]) for event in Calendar.from_ical(body).walk("VEVENT")]
    return [entry["uid"] for entry in (milestones_in(body) if extension == "json" else rows_in(body))]


# --- Atom, by RFC 4287 -----------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
_ONE, _PERHAPS, _MANY = (1, 1), (0, 1), (0, 100_000)
_OF_BOTH = {"author": _MANY, "category": _MANY, "contributor": _MANY, "id": _ONE, "link": _MANY, "rights": _PERHAPS}
_OF_A_FEED = _OF_BOTH | {
    "title": _ONE, "updated": _ONE, "generator": _PERHAPS, "icon": _PERHAPS, "logo": _PERHAPS, "subtitle": _PERHAPS,
    "entry": _MANY,
}  # fmt: skip
_OF_AN_ENTRY = _OF_BOTH | {
    "title": _ONE, "updated": _ONE, "published": _PERHAPS, "content": _PERHAPS, "source": _PERHAPS, "summary": _PERHAPS,
}  # fmt: skip
_OF_A_PERSON = {"name": _ONE, "uri": _PERHAPS, "email": _PERHAPS}
_PARTS = {"feed": _OF_A_FEED, "entry": _OF_AN_ENTRY, "author": _OF_A_PERSON, "contributor": _OF_A_PERSON}
_ATTRIBUTES = {
    "generator": {"uri", "version"},
    "link": {"href", "rel", "type", "hreflang", "title", "length"},
    **{name: {"type"} for name in ("title", "subtitle", "summary", "rights")},
    "content": {"type", "src"},
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class NotAtomError(AssertionError):
    """What of RFC 4287 a document breaks."""


class AtomEntry(NamedTuple):
    """An entry of a valid feed: its day, its title, its permanent id, the lines of its text, where it links to."""

    updated: str
    title: str
    id: str
    lines: list[str]
    link: str


def valid_atom(body: bytes) -> list[AtomEntry]:
    """The entries of a feed; raises NotAtomError where it is no valid one."""
    root = ElementTree.fromstring(body)  # noqa: S314 -- calfeed's own bytes
    _need(root.tag == f"{ATOM}feed", f"the root is {root.tag}")
    _check(root)
    entries = root.findall(f"{ATOM}entry")
    has_author = root.find(f"{ATOM}author") is not None
    _need(has_author or all(e.find(f"{ATOM}author") is not None for e in if_any(entries)), "section 4.1.1: no author")
    for entry in entries:
        links = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
        has_content = entry.find(f"{ATOM}content") is not None
        _need(has_content or "alternate" in links, "section 4.1.2: an entry with neither content nor link")
    ids = Counter(element.text for element in root.iter(f"{ATOM}id"))
    _need(max(ids.values()) == 1, f"section 4.2.6: an id stands twice: {ids.most_common(1)}")
    return [
        AtomEntry(
            updated=entry.findtext(f"{ATOM}updated", ""),
            title=entry.findtext(f"{ATOM}title", ""),
            id=entry.findtext(f"{ATOM}id", ""),
            lines=entry.findtext(f"{ATOM}content", "").split("\n"),
            link="".join(link.get("href", "") for link in entry.findall(f"{ATOM}link")),
        )
        for entry in entries
    ]


def _check(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(ATOM)
    text = element.text or ""
    own = {attribute for attribute in element.attrib if not attribute.startswith("{http://www.w3.org/XML/1998/")}
    _need(own <= _ATTRIBUTES.get(name, set()), f"{name} has the attributes {own}")
    parts = Counter(part.tag.removeprefix(ATOM) for part in element)
    allowed = _PARTS.get(name, {})
    _need(set(parts) <= set(allowed), f"{name} holds {set(parts) - set(allowed)}")
    for part, (least, most) in allowed.items():
        _need(least <= parts[part] <= most, f"{name} holds {parts[part]} of {part}")
    if name in _PARTS:
        _need(not text.strip() and not any((part.tail or "").strip() for part in element), f"{name} holds a text")
    elif name in {"updated", "published"}:
        _need(_INSTANT.fullmatch(text) is not None, f"section 3.3: {name} is {text!r}")
        datetime.fromisoformat(text)
    elif name in {"id", "uri", "icon", "logo"}:
        _need(_IRI.fullmatch(text) is not None, f"section 4.2.6: {name} is {text!r}")
    elif name == "link":
        _need(_IRI.fullmatch(element.get("href", "")) is not None, f"section 4.2.7: href is {element.get('href')!r}")
    elif name in {"title", "name"}:
        _need(bool(text.strip()), f"{name} is empty")
    _need(element.get("type", "text") in {"text", "html"} or name == "link", f"{name} is of another type")
    alternates = Counter(
        (part.get("type"), part.get("hreflang"))
        for part in element.findall(f"{ATOM}link")
        if part.get("rel", "alternate") == "alternate"
    )
    _need(all(number == 1 for number in if_any(alternates.values())), "section 4.1.1: two alternates of one type")
    for part_element in element:
        _check(part_element)


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise NotAtomError(message)


# By hand, so that the check is proved with something that calfeed had no part in.
GOOD_ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><id>urn:example:a</id><updated>2031-01-06T00:00:00Z</updated>
<author><name>Somebody</name></author><link rel="alternate" href="https://www.example.com/"/>
<entry><title>B</title><id>urn:example:b</id><updated>2031-01-06T00:00:00Z</updated>
<link rel="alternate" href="https://www.example.com/b"/><content type="text">C</content></entry></feed>
"""
BROKEN_ATOM = {
    "another root": ("feed", "rss"),
    "another namespace": ("2005/Atom", "2005/Atoms"),
    "no author": ("<author><name>Somebody</name></author>", ""),
    "an author without a name": ("<name>Somebody</name>", "<uri>urn:example:c</uri>"),
    "an entry without a title": ("<title>B</title>", ""),
    "two titles": ("<title>A</title>", "<title>A</title><title>A</title>"),
    "an entry without its day": ("<id>urn:example:b</id><updated>2031-01-06T00:00:00Z</updated>", "<id>urn:b:b</id>"),
    "a day without a time": ("2031-01-06T00:00:00Z", "2031-01-06"),
    "an id twice": ("urn:example:b", "urn:example:a"),
    "an id that is no address": ("urn:example:b", "b"),
    "a link to nowhere": ('href="https://www.example.com/b"', ""),
    "two alternates": ('<link rel="alternate" href="https://www.example.com/"/>', '<link href="urn:x:y"/>' * 2),
    "neither content nor link": ('<link rel="alternate" href="https://www.example.com/b"/><content type="text">C', ""),
    "a text between elements": ("</entry>", "text</entry>"),
    "an unknown element": ("<title>B</title>", "<title>B</title><day>Monday</day>"),
    "an unknown attribute": ('type="text"', 'kind="text"'),
}


def test_the_check_of_atom_passes_a_good_feed() -> None:
    assert valid_atom(GOOD_ATOM.encode()) == [
        AtomEntry("2031-01-06T00:00:00Z", "B", "urn:example:b", ["C"], "https://www.example.com/b")
    ]


@pytest.mark.parametrize(("old", "new"), BROKEN_ATOM.values(), ids=BROKEN_ATOM)
def test_the_check_of_atom_refuses(old: str, new: str) -> None:
    broken = GOOD_ATOM.replace(old, new)
    if "content" in old:
        broken = broken.replace("</content>", "")
    assert broken != GOOD_ATOM
    with pytest.raises(NotAtomError):
        valid_atom(broken.encode())


# --- all formats say the same ----------------------------------------------------------------------------------------


def closed(schema: Any) -> Any:
    """A schema that lets nothing pass which it does not describe."""
    if isinstance(schema, dict):
        return {key: key != "additionalProperties" and closed(value) for key, value in schema.items()}
    return [closed(part) for part in schema] if isinstance(schema, list) else schema


OPENAPI = json.loads((ROOT / "static" / "openapi.json").read_bytes())
FEED_SCHEMA = Draft202012Validator(
    {"$ref": "#/components/schemas/Feed", "components": closed(deepcopy(OPENAPI["components"]))},
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def agreed(resources: Resources, asked: Asked) -> list[dict[str, Any]]:
    """The milestones of what was asked for, once every format has turned out to be valid and to hold the same."""
    bodies = {extension: asked.body(resources, extension) for extension in MEDIA_TYPES}
    FEED_SCHEMA.validate(json.loads(bodies["json"]))
    milestones = milestones_in(bodies["json"])
    uids = uids_in("json", bodies["json"])
    assert len(set(uids)) == len(uids)
    assert uids_in("csv", bodies["csv"]) == uids
    assert uids_in("ics", bodies["ics"]) == [each["uid"] for each in milestones if each["event"]]
    new = [entry for entry in valid_atom(bodies["atom"]) if entry.title.startswith("New: ")]
    assert len(new) == len({each["plan"]["id"] for each in milestones})
    return milestones


@pytest.mark.parametrize(("asked", "counts"), ASKED.values(), ids=ASKED)
def test_all_formats_of_an_address_carry_the_same_milestones(
    resources: Resources, asked: Asked, counts: tuple[int, int, int]
) -> None:
    milestones = agreed(resources, asked)
    undated = [each for each in milestones if each["event"] is None]
    assert (len(milestones), len(undated), len({each["plan"]["id"] for each in milestones})) == counts
    assert milestones[len(milestones) - len(undated) :] == undated


def test_another_name_s_address_has_the_same_bytes_in_every_format(resources: Resources) -> None:
    known, other = Asked(f"{EXT}/growth"), Asked("trusts/former-example-trust/former-growth")
    for extension in MEDIA_TYPES:
        assert known.body(resources, extension) == other.body(resources, extension)


def test_what_leaves_a_full_calendar_stays_in_the_other_formats(tmp_path: Path) -> None:
    site = DATA["site.yaml"].replace("title:", "events per feed: 2\n        title:")
    full = Resources(loaded(tmp_path, {**DATA, "site.yaml": site}))
    numbers = {each: len(uids_in(each, Asked("all").body(full, each))) for each in ("ics", "json", "csv")}
    assert numbers == {"ics": 2, "json": 21, "csv": 21}


# Left out is what the reader refuses in every file. The pieces mean something to a spreadsheet, to XML or to JSON, are
# written from right to left, or take four octets.
CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"]).filter(lambda each: not [*refused_in(each)])
PIECES = st.sampled_from(
    ["<b>", "&", "&lt;", "]]>", "<![CDATA[", '"', "'", "=1+1", "+1", "-1", "@A1", ",", ";", "\\", "שלום",
     "😀", "é", "%0A", "{", "|"]
)  # fmt: skip
TEXTS = (
    st.lists(PIECES | st.text(CHARACTERS, max_size=4), min_size=1, max_size=3)
    .map(lambda parts: one_spelling(" ".join("".join(parts).split())))
    .filter(bool)
)
PHRASES = st.sampled_from(
    [
        "April 28, 2031",
        "on or about April 28, 2031",
        "after the close of business on April 28, 2031",
        "before the opening of business on or about April 28, 2031",
        "April 28, 2031 at 1:00 p.m. Eastern",
        "April 28-30, 2031",
        "second quarter of 2031",
        "week of April 28, 2031",
        "no later than April 28, 2031",
        "no earlier than April 28, 2031",
        "prior to May 1, 2031",
        "to be announced",
    ]
)


@st.composite
def milestone(draw: st.DrawFn, *, may_be_cancelled: bool = True) -> dict[str, Any]:
    """A milestone as authors write it."""
    written: dict[str, Any] = {"date": draw(PHRASES), "source": "second"}
    extras: dict[str, st.SearchStrategy[Any]] = {
        "note": TEXTS,
        "subject to": st.sampled_from(["shareholder approval"]) | TEXTS,
        # What has not moved is a problem.
        "previously": st.lists(PHRASES | st.just("cancelled"), min_size=1, max_size=2).filter(
            lambda states: states[0] != written["date"]
        ),
        "corrected": st.just(["June 2, 2031"]),
    }
    if may_be_cancelled:
        extras["cancelled"] = st.fixed_dictionaries({"source": st.just("third")}, optional={"reason": TEXTS})
    return written | draw(st.fixed_dictionaries({}, optional=extras))


@st.composite
def data_folders(draw: st.DrawFn) -> dict[str, Any]:
    """The documents of a data folder with one plan."""
    happened: dict[str, st.SearchStrategy[Any]] = {
        "cancelled": st.fixed_dictionaries({"source": st.just("third"), "reason": TEXTS}),
        "approved": st.just({"source": "third"}),
        "completed": st.just({"source": "third", "date": "March 31, 2031"}),
    }
    state = draw(st.none() | st.sampled_from(sorted(happened)))
    acquiring = draw(st.none() | st.just({"portfolio": "a", "trust": "two"}) | st.builds(dict, name=TEXTS))
    plan: dict[str, Any] = {
        "title": draw(TEXTS),
        "trust": "one",
        "sources": {
            "first": {"title": draw(TEXTS), "dated": "January 6, 2031"},
            "second": {"title": draw(TEXTS), "dated": "March 3, 2031", "url": "https://www.example.com/?a=1&b='2'"},
            "third": {"title": draw(TEXTS), "dated": "April 1, 2031"},
        },
        "reorganizations": [
            {"target": "a", "acquiring": "b"},
            {"target": "b"} | ({"acquiring": acquiring} if acquiring else {}),
        ],
        "milestones": {
            "closing": draw(milestone(may_be_cancelled=False)),
            "announcement": draw(milestone()),
            f"Step {draw(TEXTS)}": {**draw(milestone()), "kind": "other"},
        },
    }
    if state:
        plan[state] = draw(happened[state])
    names = {key: {"name": f"{draw(TEXTS)} {key}", "other names": f"{draw(TEXTS)} other {key}"} for key in "ab"}
    return {
        "site.yaml": {"title": draw(TEXTS), "domain": DOMAIN},
        "trusts/one.yaml": {"name": f"{draw(TEXTS)} One", "portfolios": names},
        "trusts/two.yaml": {"name": f"{draw(TEXTS)} Two", "portfolios": names},
        "plans/p.yaml": plan,
    }


def texts_in(written: Any) -> Iterator[str]:
    """Every text in a document, keys left out."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, dict | list):
        for part in written.values() if isinstance(written, dict) else written:
            yield from texts_in(part)


def texts_kept(documents: dict[str, Any]) -> set[str]:
    """The texts that stay as they were written, whatever happened to the plan."""
    plan, trust = documents["plans/p.yaml"], documents["trusts/one.yaml"]
    kept = {plan["title"], plan["sources"]["second"]["title"], trust["name"]}
    kept |= {portfolio["name"] for portfolio in trust["portfolios"].values()}
    kept |= {each["note"] for each in plan["milestones"].values() if "note" in each}
    if "cancelled" in plan:
        kept.add(plan["cancelled"]["reason"])
    acquiring = plan["reorganizations"][1].get("acquiring", {})
    return kept | ({acquiring["name"]} if "name" in acquiring else set())


def defused(text: str) -> str:
    return f"'{text}" if text[:1] in set("=+-@\t\r") else text


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is written again and again."""
    return tmp_path_factory.mktemp("made")


@settings(max_examples=25, deadline=None, derandomize=True)
@given(documents=data_folders())
def test_whatever_is_written_all_formats_hold_the_same_and_texts_stay_texts(
    made: Path, documents: dict[str, Any]
) -> None:
    # What is JSON is YAML too, with every text in quotes.
    made_of = {name: json.dumps(document, ensure_ascii=False) for name, document in documents.items()}
    resources = Resources(loaded(made, made_of))
    for address in resources.feeds.addresses:
        agreed(resources, Asked(address))
    everything, plan = Asked("all"), documents["plans/p.yaml"]
    written = texts_kept(documents)
    in_json = set(texts_in(json.loads(everything.body(resources, "json"))))
    assert written <= in_json
    rows = rows_in(everything.body(resources, "csv"))
    cells = {cell for row in rows for cell in row.values()}
    assert {defused(text) for text in written} <= cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r") and cell]
    assert f"New: {plan['title']}" in {entry.title for entry in valid_atom(everything.body(resources, "atom"))}


PRINT_HASHES = """
import sys
from hashlib import sha256
from pathlib import Path
from calfeed.reading.folder import load
from calfeed.serving.choices import Choice
from calfeed.serving.resources import Resources

resources = Resources(load(Path(sys.argv[1])))
for address in (*resources.feeds.addresses, "selection"):
    for extension in ("ics", "json", "csv", "atom"):
        for kinds in ((), ("special-meeting", "closing")):
            found = resources.find(f"/{address}.{extension}", Choice(kinds=kinds, feeds=("plans/done", "all")))
            print(address, extension, kinds, sha256(found.body).hexdigest())
"""


def test_another_process_in_another_zone_makes_the_same_bytes(data: Path) -> None:
    places = ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}, {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles"})
    outputs = [
        subprocess.run(
            [sys.executable, "-c", PRINT_HASHES, str(data)],
            env={**os.environ, **place},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE_SECONDS,
        ).stdout
        for place in places
    ]
    assert len(outputs[0].splitlines()) == 8 * (1 + 2 + 6 + 6 + 1)
    assert outputs[0] == outputs[1]


# --- JSON ------------------------------------------------------------------------------------------------------------


def one(resources: Resources, uid: str) -> dict[str, Any]:
    """The milestone of a UID, as JSON has it."""
    (found,) = (each for each in milestones_in(Asked("all").body(resources, "json")) if each["uid"] == uid)
    return found


def source(key: str, title: str, dated: str, url: str | None = None) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "dated": dated,
        "dated_in_words": in_words(date.fromisoformat(dated)),
        "entered": None,
        "url": url,
        "form": None,
        "accession": None,
        "left_out": [],
    }


FIRST = source("first", "First supplement", "2031-01-06", "https://www.example.com/first.txt")
SECOND = source("second", "Second supplement", "2031-03-03")
THIRD = source("third", "Third supplement", "2031-05-05", "https://www.example.com/third.txt") | {
    "form": "497",
    "accession": "0000123456-31-000003",
}
RESULTS = source("results", "Results of the vote", "2031-05-12")


def test_a_milestone_says_everything(resources: Resources) -> None:
    def day(words: str, iso: str) -> dict[str, Any]:
        return {
            "words": words,
            "first": iso,
            "last": iso,
            "precision": "approximate",
            "qualifier": "on or about",
            "anchor": None,
            "instant": None,
            "zone": None,
            "derived": None,
            "reason": None,
        }

    assert one(resources, GROWTH_CLOSING) == {
        "uid": GROWTH_CLOSING,
        "kind": "closing",
        "title": "Closing",
        "definition": "The reorganization takes effect.",
        "code": "MRGR, EXOF, EFFD",
        "rule": None,
        "whose": None,
        "of": "target",
        "summary": "~ Closing: Growth (EXT) → Value (Sample Funds) (on or about)",
        "status": "tentative",
        "date": day("on or about June 16, 2031", "2031-06-16"),
        "stated": day("on or about June 16, 2031", "2031-06-16"),
        "event": {"start": "2031-06-16", "end": "2031-06-17"},
        "conditions": ["a favorable tax opinion"],
        "may_change": False,
        "note": "The exchange ratio is set the evening before.",
        "quote": None,
        "as_printed": False,
        "previously": [
            day("on or about May 19, 2031", "2031-05-19"),
            {
                "words": "fourth quarter of 2030",
                "first": "2030-10-01",
                "last": "2030-12-31",
                "precision": "window",
                "qualifier": "expected fourth quarter of 2030",
                "anchor": None,
                "instant": None,
                "zone": None,
                "derived": None,
                "reason": None,
            },
        ],
        "corrected": ["2031-05-07"],
        "cancelled": None,
        "approved": RESULTS,
        "completed": None,
        "sequence": 4,
        "revised": "2031-05-12",
        "source": THIRD,
        "plan": {
            "id": "moved",
            "title": "Reorganizations of 2031",
            "sources": [FIRST, SECOND, THIRD, RESULTS],
        },
        "reorganization": {"id": None, "cancelled": None, "approved": RESULTS, "completed": None},
        "target": {
            "id": "growth",
            "name": "Growth Portfolio",
            "short_name": None,
            "other_names": ["Former Growth Portfolio"],
            "earlier_names": ["Income Portfolio"],
            "classes": [],
            "trust": {
                "id": "example-trust",
                "name": "Example Trust",
                "short_name": "EXT",
                "other_names": ["Former Example Trust"],
                "cik": "0000123456",
            },
        },
        "acquiring": {
            "id": "value",
            "name": "Value Portfolio",
            "short_name": None,
            "other_names": [],
            "earlier_names": [],
            "classes": [],
            "trust": {
                "id": "sample-funds",
                "name": "Sample Funds",
                "short_name": None,
                "other_names": [],
                "cik": None,
            },
        },
    }


def test_a_clock_time_is_an_instant_with_its_zone(resources: Resources) -> None:
    meeting = one(resources, f"moved.example-trust.growth.special-meeting@{DOMAIN}")
    assert meeting["date"] == {
        "words": "February 27, 2031 at 10:00 a.m. Eastern",
        "first": "2031-02-27",
        "last": "2031-02-27",
        "precision": "exact",
        "qualifier": None,
        "anchor": None,
        "instant": "2031-02-27T15:00:00Z",
        "zone": "America/New_York",
        "derived": None,
        "reason": None,
    }
    assert meeting["event"] == {"start": "2031-02-27T15:00:00Z", "end": "2031-02-27T16:00:00Z"}


def test_a_cancellation_says_why_and_by_which_source(resources: Resources) -> None:
    closing = one(resources, f"abandoned.example-trust.bond.closing@{DOMAIN}")
    assert (closing["cancelled"]["reason"], closing["cancelled"]["source"]["key"]) == ("too few votes", "notice")


def test_a_completed_milestone_has_its_day_its_source_and_what_was_planned(resources: Resources) -> None:
    closing = one(resources, f"done.example-trust.growth.closing@{DOMAIN}")
    assert (closing["date"]["words"], closing["date"]["precision"]) == ("April 30, 2031", "exact")
    assert (closing["completed"]["key"], closing["reorganization"]["completed"]["key"]) == ("report", "report")
    assert closing["stated"]["words"] == "on or about April 28, 2031"
    planned = [state["words"] for state in closing["previously"]]
    assert planned == ["on or about April 28, 2031", "on or about April 14, 2031"]


def test_the_feed_says_where_it_is_and_what_it_holds(resources: Resources) -> None:
    feed = json.loads(Asked(f"{SAMPLE}/value").body(resources, "json"))
    del feed["milestones"]
    assert feed == {
        "version": 1,
        "address": f"/{SAMPLE}/value",
        "name": "Value (Sample Funds)",
        "description": "Reorganization milestones of Value Portfolio, a series of Sample Funds. Taken from filings; "
        "the filing governs.",
        "url": f"https://{DOMAIN}/{SAMPLE}/value/",
    }


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (Asked("all", kinds=("record-date", "closing")), "/all?kind=closing&kind=record-date"),
        (
            Asked("selection", kinds=("closing",), feeds=("plans/soft", "plans/done")),
            "/selection?feed=plans/done&feed=plans/soft&kind=closing",
        ),
    ],
    ids=["kinds", "a selection"],
)
def test_the_address_says_what_was_chosen(resources: Resources, asked: Asked, address: str) -> None:
    assert json.loads(asked.body(resources, "json"))["address"] == address


STATUSES = {
    f"moved.example-trust.growth.record-date@{DOMAIN}": "confirmed",
    GROWTH_CLOSING: "tentative",
    f"abandoned.example-trust.bond.special-meeting@{DOMAIN}": "confirmed",
    f"abandoned.example-trust.bond.closing@{DOMAIN}": "cancelled",
    f"abandoned.example-trust.bond.name-change@{DOMAIN}": "cancelled",
    f"done.example-trust.growth.closing@{DOMAIN}": "confirmed",
    f"soft.sample-funds.bond.classes-b-and-c.board-approval@{DOMAIN}": "confirmed",
    f"soft.sample-funds.bond.classes-b-and-c.closing@{DOMAIN}": "tentative",
    f"soft.sample-funds.bond.classes-b-and-c.name-change@{DOMAIN}": "undated",
    f"wound-up.example-trust.bond.last-purchase@{DOMAIN}": "tentative",
}


def statuses(resources: Resources) -> tuple[dict[str, str], dict[str, str]]:
    """The status by UID, as JSON and as CSV have it."""
    in_json = {each["uid"]: each["status"] for each in milestones_in(Asked("all").body(resources, "json"))}
    return in_json, {row["uid"]: row["status"] for row in rows_in(Asked("all").body(resources, "csv"))}


def test_the_status_says_how_firm_a_milestone_is(resources: Resources) -> None:
    in_json, in_csv = statuses(resources)
    assert in_json == in_csv
    assert {uid: in_json[uid] for uid in STATUSES} == STATUSES


def test_what_is_deferred_is_not_called_cancelled(resources: Resources) -> None:
    uid = f"deferred.sample-funds.value.closing@{DOMAIN}"
    assert {found[uid] for found in statuses(resources)} <= {"deferred", "undated"}


# Where each thing that the model knows stands in a milestone of the JSON.
WHERE = {
    "Trust": {
        "id": "target.trust.id",
        "name": "target.trust.name",
        "short_name": "target.trust.short_name",
        "other_names": "target.trust.other_names",
        "cik": "target.trust.cik",
    },
    "Portfolio": {
        "trust": "target.trust",
        "id": "target.id",
        "name": "target.name",
        "short_name": "target.short_name",
        "other_names": "target.other_names",
        "earlier_names": "target.earlier_names",
        "label": "summary",
    },
    "OutsideFund": {"name": "acquiring.name"},
    "Source": {
        "key": "source.key",
        "title": "source.title",
        "dated": "source.dated",
        "url": "source.url",
        "form": "source.form",
        "accession": "source.accession",
        "gives_month": "source.dated_in_words",
        "entered": "source.entered",
        "left_out": "source.left_out",
    },
    "Cancellation": {"source": "cancelled.source", "reason": "cancelled.reason"},
    "Milestone": {
        "slug": "uid",
        "kind": "kind",
        "title": "title",
        "when": "date",
        "conditions": "conditions",
        "note": "note",
        "source": "source",
        "previously": "previously",
        "corrected": "corrected",
        "cancelled": "cancelled",
        "approved": "approved",
        "completed": "completed",
        "sequence": "sequence",
        "revised": "revised",
        "stated": "stated",
        "of": "of",
        "may_change": "may_change",
        "quote": "quote",
        "as_printed": "as_printed",
    },
    "Reorganization": {
        "key": "uid",
        "id": "reorganization.id",
        "target": "target",
        "target_classes": "target.classes",
        "acquiring": "acquiring",
        "acquiring_classes": "acquiring.classes",
        "milestones": "uid",
        "cancelled": "reorganization.cancelled",
        "approved": "reorganization.approved",
        "completed": "reorganization.completed",
    },
    "Plan": {"id": "plan.id", "title": "plan.title", "sources": "plan.sources", "reorganizations": "target"},
    "Dated": {
        "words": "date.words",
        "first": "date.first",
        "last": "date.last",
        "precision": "date.precision",
        "qualifier": "date.qualifier",
        "anchor": "date.anchor",
        "clock": "date.instant",
        "zone": "date.zone",
        "derived": "date.words",
    },
    "Undated": {"words": "date.words", "derived": "date.words", "reason": "date.words"},
    "Kind": {
        "name": "kind",
        "label": "title",
        "definition": "definition",
        "code": "code",
        "rule": "rule",
        "whose": "whose",
        "completes": "completed",
        "begins": "kind",
        "ends": "kind",
        "needs_of": "of",
        "approves": "approved",
    },
}
PLACES = {f"{name}.{field}": place for name, found in WHERE.items() for field, place in found.items()}


def test_everything_that_the_model_knows_has_its_place() -> None:
    # The site is not a milestone's.
    values = {**vars(plans), **vars(trusts)}.values()
    classes = [each for each in values if isinstance(each, type) and is_dataclass(each)]
    # Nor is who may see it: whoever is answered may.
    known = {
        each.__name__: {field.name for field in fields(each)} - {"confidential"} for each in (*classes, Undated, Kind)
    }
    assert {name: set(found) for name, found in WHERE.items()} == {k: v for k, v in known.items() if k != "Site"}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_json_has_what_the_model_knows(resources: Resources, place: str) -> None:
    found: list[Any] = milestones_in(Asked("all").body(resources, "json"))
    for member in place.split("."):
        found = [part[member] for part in found if part and member in part]
    assert any(found)


# --- CSV -------------------------------------------------------------------------------------------------------------


def test_a_spreadsheet_has_a_byte_order_mark_a_header_and_crlf(resources: Resources) -> None:
    body = Asked("all").body(resources, "csv")
    assert body.startswith(b"\xef\xbb\xbffirst day,last day,")
    assert body.count(b"\xef\xbb\xbf") == 1
    assert body.endswith(b"\r\n")
    assert body.count(b"\n") == body.count(b"\r") == body.count(b"\r\n") == 1 + 21
    header = body.decode("utf-8-sig").split("\r\n")[0].split(",")
    assert len(set(header)) == len(header)
    assert all(len(row) == len(header) and None not in row.values() for row in each_of(rows_in(body)))


def test_a_spreadsheet_without_milestones_has_its_header(resources: Resources) -> None:
    assert Asked(f"{EXT}/idle").body(resources, "csv") == Asked("all").body(resources, "csv").split(b"\n")[0] + b"\n"


def test_a_row_says_what_a_person_needs(resources: Resources) -> None:
    (row,) = (each for each in rows_in(Asked("all").body(resources, "csv")) if each["uid"] == GROWTH_CLOSING)
    # More columns may come.
    assert row == row | {
        "first day": "2031-06-16",
        "last day": "2031-06-16",
        "date in words": "on or about June 16, 2031",
        "precision": "approximate",
        "status": "tentative",
        "milestone": "Closing",
        "kind": "closing",
        "target": "Growth Portfolio",
        "target trust": "Example Trust",
        "acquiring": "Value Portfolio",
        "acquiring trust": "Sample Funds",
        "subject to": "a favorable tax opinion",
        "earlier dates": "on or about May 19, 2031; fourth quarter of 2030",
        "note": "The exchange ratio is set the evening before.",
        "cancelled because": "",
        "information as of": "2031-05-12",
        "source": "Third supplement",
        "source dated": "2031-05-05",
        "source address": "https://www.example.com/third.txt",
        "plan": "Reorganizations of 2031",
    }


def test_rows_of_all_sorts_say_what_is_special_about_them(resources: Resources) -> None:
    rows = {row["uid"].partition("@")[0]: row for row in rows_in(Asked("all").body(resources, "csv"))}
    window = rows["soft.sample-funds.bond.classes-b-and-c.closing"]
    assert (window["first day"], window["last day"], window["precision"]) == ("2031-10-01", "2031-12-31", "window")
    assert (window["acquiring"], window["acquiring trust"]) == ("Fund of Another House", "")
    undated = rows["soft.sample-funds.bond.classes-b-and-c.name-change"]
    assert (undated["first day"], undated["last day"], undated["date in words"]) == ("", "", "to be announced")
    assert rows["abandoned.example-trust.bond.closing"]["cancelled because"] == "too few votes"
    assert rows["deferred.sample-funds.value.closing"]["earlier dates"] == "on or about April 28, 2031"
    liquidated = rows["wound-up.example-trust.bond.liquidation"]
    assert (liquidated["acquiring"], liquidated["acquiring trust"]) == ("", "")
    retitled = rows["moved.example-trust.growth.reconvened-meeting"]
    assert (retitled["milestone"], retitled["kind"]) == ("Reconvened meeting", "special meeting")
    same_names = rows["abandoned.example-trust.bond.special-meeting"]
    assert (same_names["target"], same_names["target trust"]) == ("Bond Portfolio", "Example Trust")
    assert (same_names["acquiring"], same_names["acquiring trust"]) == ("Bond Portfolio", "Sample Funds")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("https://www.example.com/")', '\'=HYPERLINK("https://www.example.com/")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a, b; c", "a, b; c"),
        ('"quoted"', '"quoted"'),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\r\nlines"),
        ("1 = 1", "1 = 1"),
        ("שלום 😀", "שלום 😀"),
    ],
    ids=["equals", "plus", "minus", "at", "tab", "CR", "comma", "quote", "LF", "CRLF", "inside", "letters"],
)
def test_a_cell_is_a_text_and_never_a_formula(resources: Resources, text: str, cell: str) -> None:
    # The reader makes white space into single spaces, so what comes here by itself never comes out of a file.
    feed = resources.feeds.feed("plans/wound-up")
    entries = tuple(replace(each, milestone=replace(each.milestone, note=text)) for each in feed.entries)
    assert [row["note"] for row in rows_in(to_csv(replace(feed, entries=entries)))] == [cell, cell]


# --- Atom ------------------------------------------------------------------------------------------------------------


def changes(resources: Resources, address: str) -> list[tuple[str, str, list[str]]]:
    """Day, title and lines of each entry; the last line, which names the source, is left out."""
    found = valid_atom(Asked(address).body(resources, "atom"))
    return [(entry.updated.removesuffix("T00:00:00Z"), entry.title, entry.lines[:-1]) for entry in found]


GROWTH, VALUE = "Growth (EXT) → Value (Sample Funds)", "Value → Bonds (EXT)"


def test_each_change_of_a_plan_is_an_entry_and_the_latest_comes_first(resources: Resources) -> None:
    assert changes(resources, "plans/moved") == [
        ("2031-05-12", "Approved: Reorganizations of 2031", [GROWTH, VALUE]),
        (
            "2031-05-05",
            "Closing moved: Reorganizations of 2031",
            [
                f"{GROWTH}: on or about June 16, 2031, was on or about May 19, 2031",
                f"{VALUE}: on or about June 24, 2031, was on or about May 19, 2031",
            ],
        ),
        (
            "2031-03-03",
            "Reconvened meeting moved: Reorganizations of 2031",
            [f"{GROWTH}: March 27, 2031, was to be announced", f"{VALUE}: March 27, 2031, was to be announced"],
        ),
        ("2031-01-06", "New: Reorganizations of 2031", [GROWTH, VALUE]),
    ]


def test_a_feed_tells_its_own_share_of_a_change(resources: Resources) -> None:
    lines = [lines for day, _, lines in changes(resources, f"{SAMPLE}/value") if day == "2031-05-05"]
    assert lines == [[f"{GROWTH}: on or about June 16, 2031, was on or about May 19, 2031"]]


def test_a_cancellation_is_an_entry_with_its_reason(resources: Resources) -> None:
    bonds = "Bonds (EXT) → Bond (Sample Funds)"
    (day, title, lines), new = changes(resources, "plans/abandoned")
    assert (day, title) == ("2031-03-10", "Cancelled: Bond merger")
    assert lines
    assert all(bonds in line and "too few votes" in line for line in each_of(lines))
    assert new == ("2031-01-06", "New: Bond merger", [bonds])


def test_each_milestone_that_is_deferred_is_an_entry_with_its_old_day(resources: Resources) -> None:
    parties = "Value → Bond (Sample Funds)"
    assert changes(resources, "plans/deferred")[:2] == [
        (
            "2031-04-01",
            "Closing deferred: Value merger",
            [f"{parties}: until further notice, was on or about April 28, 2031"],
        ),
        ("2031-04-01", "Valuation deferred: Value merger", [f"{parties}: to be announced, was April 25, 2031"]),
    ]


def test_approval_and_completion_are_entries(resources: Resources) -> None:
    parties = "Growth → Value (EXT)"
    found = changes(resources, "plans/done")
    assert found[0] == ("2031-05-01", "Completed: Growth merger", [f"{parties}: April 30, 2031"])
    assert found[1] == ("2031-03-03", "Approved: Growth merger", [parties])


def test_a_move_is_told_after_the_completion_too(resources: Resources) -> None:
    moved = [(day, lines) for day, title, lines in changes(resources, "plans/done") if "moved" in title]
    assert moved == [
        ("2031-02-03", ["Growth → Value (EXT): on or about April 28, 2031, was on or about April 14, 2031"])
    ]


def test_an_entry_links_to_its_source_and_names_it(resources: Resources) -> None:
    entries = valid_atom(Asked("plans/moved").body(resources, "atom"))
    assert [entry.link for entry in entries] == [
        "",
        "https://www.example.com/third.txt",
        "",
        "https://www.example.com/first.txt",
    ]
    assert [entry.lines[-1] for entry in entries] == [
        f"Source: {title}; the filing governs."
        for title in ("Results of the vote", "Third supplement", "Second supplement", "First supplement")
    ]


def plan_with(old: str, new: str) -> dict[str, str]:
    """The data with something else in the plan that moved."""
    assert old in DATA["plans/moved.yaml"]
    return {**DATA, "plans/moved.yaml": DATA["plans/moved.yaml"].replace(old, new)}


def test_a_corrected_slip_is_no_entry(resources: Resources, tmp_path: Path) -> None:
    never_slipped = Resources(loaded(tmp_path, plan_with("            corrected: May 7, 2031\n", "")))
    for address in each_of(resources.feeds.addresses):
        assert Asked(address).body(never_slipped, "atom") == Asked(address).body(resources, "atom")


def test_approval_is_an_entry_where_no_milestone_depended_on_it(tmp_path: Path) -> None:
    unconditional = {
        **DATA,
        "plans/done.yaml": DATA["plans/done.yaml"].replace("            subject to: shareholder approval\n", ""),
    }
    titles = [title for _, title, _ in changes(Resources(loaded(tmp_path, unconditional)), "plans/done")]
    assert "Approved: Growth merger" in titles


THREE = """\
    title: Three mergers
    trust: EXT
    sources:
      first: {title: Supplement, dated: "January 6, 2031"}
      notice: {title: Notice, dated: "March 10, 2031"}
    reorganizations:
      - target: Growth Portfolio
      - target: Value Portfolio
        STATE
      - target: Idle Portfolio
        STATE
    milestones:
      liquidation: {date: "April 28, 2031", subject to: shareholder approval}
    """


@pytest.mark.parametrize(
    "state",
    [
        "cancelled: {source: notice, reason: too few votes}",
        "approved: {source: notice}",
        'completed: {source: notice, date: "March 7, 2031"}',
        'milestones: {liquidation: {date: "May 5, 2031", source: notice, previously: "April 28, 2031"}}',
    ],
    ids=["cancelled", "approved", "completed", "moved"],
)
def test_what_happens_to_a_part_of_a_plan_is_told_of_that_part(tmp_path: Path, state: str) -> None:
    plans = {"plans/three.yaml": THREE.replace("STATE", state)}
    resources = Resources(
        loaded(tmp_path, {name: DATA[name] for name in DATA if not name.startswith("plans/")} | plans)
    )
    titles = {address: changes(resources, address)[0][1] for address in ("plans/three", f"{EXT}/value", f"{EXT}/idle")}
    assert "Three mergers" not in titles["plans/three"]
    assert "Value (EXT)" in titles[f"{EXT}/value"]
    assert "Idle (EXT)" in titles[f"{EXT}/idle"]


def test_what_moves_and_what_is_deferred_by_one_source_are_two_entries(tmp_path: Path) -> None:
    deferred = plan_with("date: on or about June 24, 2031", "date: until further notice")
    titles = [title for _, title, _ in changes(Resources(loaded(tmp_path, deferred)), "plans/moved")]
    assert sum("Closing moved" in title for title in titles) == 1
    assert sum("Closing deferred" in title for title in titles) == 1


def test_a_cancellation_after_every_day_is_told(tmp_path: Path) -> None:
    late = DATA["plans/abandoned.yaml"].replace("March 10, 2031", "May 5, 2031")
    late = late.replace("          name change: {date: to be announced, of: target}\n", "")
    found = changes(Resources(loaded(tmp_path, {**DATA, "plans/abandoned.yaml": late})), "plans/abandoned")
    assert [(day, title) for day, title, _ in found] == [
        ("2031-05-05", "Cancelled: Bond merger"),
        ("2031-01-06", "New: Bond merger"),
    ]


def test_what_happens_to_one_milestone_is_not_told_of_the_whole_plan(tmp_path: Path) -> None:
    cancelled = plan_with(
        "            previously: to be announced\n", "            cancelled: {source: second, reason: a quorum}\n"
    )
    found = changes(Resources(loaded(tmp_path, cancelled)), "plans/moved")
    (title,) = (title for day, title, _ in found if day == "2031-03-03")
    assert "Reconvened meeting" in title


def test_a_feed_without_changes_is_valid_and_has_a_day(resources: Resources) -> None:
    body = Asked(f"{EXT}/idle").body(resources, "atom")
    assert valid_atom(body) == []
    assert feedparser.parse(body).feed.updated.endswith("T00:00:00Z")


def test_the_days_of_a_feed_are_those_of_its_sources_or_of_their_entry(resources: Resources) -> None:
    for address in each_of(resources.feeds.addresses):
        read = feedparser.parse(Asked(address).body(resources, "atom"))
        days = [entry.updated for entry in read.entries]
        assert days >= [entry.published for entry in read.entries]
        assert days == sorted(days, reverse=True)
        assert read.feed.updated == next(iter(days), read.feed.updated)


def test_ids_stay_when_names_titles_dates_and_other_plans_change(resources: Resources, tmp_path: Path) -> None:
    swaps = {
        "Example calendars": "Renamed calendars",
        "Example Trust": "Renamed Trust",
        "short name: EXT": "short name: RNT",
        "trust: EXT": "trust: RNT",
        "Growth": "Renamed Growth",
        "Value": "Renamed Value",
        "Reorganizations of 2031": "Renamed plan",
        "Third supplement": "Renamed supplement",
        "third.txt": "renamed.txt",
        "June 16, 2031": "June 17, 2031",
        "May 12, 2031": "May 13, 2031",
    }
    renamed = {name: text for name, text in DATA.items() if name not in {"plans/abandoned.yaml", "plans/soft.yaml"}}
    for old, new in swaps.items():
        renamed = {name: text.replace(old, new) for name, text in renamed.items()}
    later = Resources(loaded(tmp_path, renamed))
    for address in ("plans/moved", "plans/done", f"{EXT}/growth", f"{SAMPLE}/value", "trusts/example-trust", "all"):
        before, after = (feedparser.parse(Asked(address).body(each, "atom")) for each in (resources, later))
        gone = {entry.id for entry in before.entries if re.search("Bond merger|Soft dates", entry.title)}
        assert before.feed.id == after.feed.id
        assert {entry.id for entry in before.entries} - gone == {entry.id for entry in after.entries}


def test_what_holds_other_entries_has_another_id(resources: Resources) -> None:
    asked = [Asked(address) for address in resources.feeds.addresses]
    asked += [Asked("all", kinds=("closing",)), Asked("all", kinds=("closing", "special-meeting"))]
    asked += [Asked("selection", feeds=("plans/done",)), Asked("selection", feeds=("plans/done", "plans/soft"))]
    ids = [feedparser.parse(each.body(resources, "atom")).feed.id for each in asked]
    assert [found for found, number in Counter(ids).items() if number > 1] == []


ODD = "Fish & <b>\"Chips\"</b> ]]> \u05d0\u05d1 😀 'x' &lt;"


def test_feedparser_reads_every_feed_and_its_texts_as_they_were_written(tmp_path: Path) -> None:
    quoted = json.dumps(ODD, ensure_ascii=False)
    odd = Resources(loaded(tmp_path, plan_with("title: Reorganizations of 2031", f"title: {quoted}")))
    for address in odd.feeds.addresses:
        for kinds in ((), ("closing",)):
            read = feedparser.parse(Asked(address, kinds).body(odd, "atom"))
            assert read.bozo is False
            assert read.version == "atom10"
    read = feedparser.parse(Asked("plans/moved").body(odd, "atom"))
    assert [entry.title for entry in read.entries] == [
        f"Approved: {ODD}",
        f"Closing moved: {ODD}",
        f"Reconvened meeting moved: {ODD}",
        f"New: {ODD}",
    ]
    assert read.feed.title == f"{ODD}: changes"
    assert {entry.content[0].type for entry in read.entries} == {"text/plain"}


def test_an_unknown_feed_of_a_selection_is_named_as_a_text(resources: Resources) -> None:
    asked = Asked("selection", feeds=("plans/done", "<b>\x00\x0b\ufffe]]>&"))
    read = feedparser.parse(asked.body(resources, "atom"))
    assert read.bozo is False
    assert read.feed.subtitle.endswith("Not found here: <b>]]>&. Taken from filings; the filing governs.")
    assert json.loads(asked.body(resources, "json"))["description"] == read.feed.subtitle
    assert len(agreed(resources, asked)) == 1


# --- over the wire ---------------------------------------------------------------------------------------------------


class Reply(NamedTuple):
    """A response as it came over the wire; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: RunningServer, target: str, method: str = "GET", **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


@pytest.mark.parametrize("extension", MEDIA_TYPES)
@pytest.mark.parametrize("asked", [asked for asked, _ in ASKED.values()], ids=list(ASKED))
def test_the_server_sends_each_format_with_its_headers(
    server: RunningServer, resources: Resources, asked: Asked, extension: str
) -> None:
    reply = ask(server, asked.target(extension))
    assert reply.status == 200
    assert reply.body == asked.body(resources, extension)
    name = f"{asked.address.replace('/', '-')}.{extension}"
    assert reply.headers == reply.headers | {
        "content-type": MEDIA_TYPES[extension],
        "content-length": str(len(reply.body)),
        "content-disposition": f'inline; filename="{name}"',
        "cache-control": "public, max-age=300",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
    }
    download = ask(server, asked.target(extension, "download"))
    assert download.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert download.body == reply.body
    current = ask(server, asked.target(extension), If_None_Match=reply.headers["etag"])
    assert (current.status, current.body) == (304, b"")
    head = ask(server, asked.target(extension), method="HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", reply.headers["etag"])


@pytest.mark.parametrize("extension", MEDIA_TYPES)
def test_order_and_repeats_change_no_byte_of_any_format(server: RunningServer, extension: str) -> None:
    one_way = Asked("selection", ("closing", "name-change"), ("plans/soft", "plans/done"))
    other_way = Asked(
        "selection", ("name-change", "closing", "name-change"), ("plans/done", "plans/soft", "plans/done")
    )
    assert ask(server, one_way.target(extension)).body == ask(server, other_way.target(extension)).body


@pytest.mark.parametrize("extension", MEDIA_TYPES)
@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("all", "kind=closng", 400),
        ("all", "kind=closing&kind=", 400),
        ("selection", "feed=all&kind=closng", 400),
        ("all", "alarm=soon", 400),
        ("trusts/nobody", "", 404),
        ("selection", "", 404),
        ("selection", "feed=trusts/nobody", 404),
    ],
)
def test_what_cannot_be_answered_is_a_short_text_in_place_of_any_format(
    server: RunningServer, path: str, query: str, status: int, extension: str
) -> None:
    reply = ask(server, f"/{path}.{extension}?{query}")
    assert reply.status == status
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert 0 < len(reply.body) < 200


@pytest.mark.parametrize("extension", ["json", "csv", "atom"])
def test_an_alarm_makes_no_other_document(resources: Resources, extension: str) -> None:
    plain = resources.find(f"/all.{extension}", Choice())
    assert resources.find(f"/all.{extension}", Choice(alarms=["7d"])) is plain
    with pytest.raises(ChoiceError):
        resources.find(f"/all.{extension}", Choice(alarms=["soon"]))
