"""A check of Atom feeds by RFC 4287, made without calfeed."""

import re
from collections import Counter
from datetime import datetime
from typing import NamedTuple
from xml.etree import ElementTree

from tests.support import if_any

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
