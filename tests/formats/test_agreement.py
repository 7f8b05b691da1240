"""All formats of an address carry the same milestones, whatever is written in the data."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types

from calfeed.addresses.resources import Resources
from calfeed.formats.formats import FORMATS
from calfeed.reading.characters import one_spelling, refused_in
from calfeed.reading.folder import load
from tests.formats.example import ASKED, DATA, DOMAIN, EXT, MEDIA_TYPES, Asked, milestones_in, rows_in, uids_in
from tests.formats.rfc4287 import valid_atom
from tests.support import PATIENCE_SECONDS, ROOT, each_of, examples, loaded, make_folder


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


@settings(max_examples=examples(25), deadline=None, derandomize=True)
@given(documents=data_folders())
def test_whatever_is_written_all_formats_hold_the_same_and_texts_stay_texts(
    made: Path, documents: dict[str, Any]
) -> None:
    # What is JSON is YAML too, with every text in quotes.
    made_of = {name: json.dumps(document, ensure_ascii=False) for name, document in documents.items()}
    resources = Resources(load(make_folder(made, made_of)))
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
    again = Resources(resources.catalog)
    for extension, all_but in {"json": 1, "ics": 1, "csv": 0}.items():
        assert_same_from_its_parts(resources, again, extension, all_but)


def assert_same_from_its_parts(resources: Resources, again: Resources, extension: str, all_but: int) -> None:
    """A document taken apart and put together again is the same; so many of its milestones may be left out."""
    form, document = FORMATS[extension], Asked("all").body(resources, extension)
    assert form.parts
    parts = form.parts(document)
    uids = uids_in(extension, document)
    assert len(parts) >= len(uids) - all_but
    assert list(parts) == [uid for uid in uids if uid in parts]
    assert all(body in document for body in each_of(parts.values()))
    again.reuse(f"/all.{extension}", document, [])
    assert Asked("all").body(again, extension) == document


PRINT_HASHES = """
import sys
from hashlib import sha256
from pathlib import Path
from calfeed.reading.folder import load
from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources

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


def test_an_unknown_feed_of_a_selection_is_named_as_a_text(resources: Resources) -> None:
    asked = Asked("selection", feeds=("plans/done", "<b>\x00\x0b\ufffe]]>&"))
    read = feedparser.parse(asked.body(resources, "atom"))
    assert read.bozo is False
    assert read.feed.subtitle.endswith("Not found here: <b>]]>&. Taken from filings; the filing governs.")
    assert json.loads(asked.body(resources, "json"))["description"] == read.feed.subtitle
    assert len(agreed(resources, asked)) == 1
