"""A feed's changes as Atom."""

from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from calfeed.feeds.changes import changes_of
from calfeed.feeds.feeds import Feed
from calfeed.formats.format import Format
from calfeed.model.catalog import Site

_ATOM = "http://www.w3.org/2005/Atom"


def to_atom(feed: Feed, site: Site) -> bytes:
    """A feed's changes (RFC 4287), latest first: ids never change, and every date is a source's."""
    changes = changes_of(feed)
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(root, "title", f"{feed.name}: changes")
    _add(root, "subtitle", feed.description)
    _add(root, "id", _id(site.domain, feed.address))
    _add(root, "updated", _midnight(changes[0].source.news_on if changes else date(1970, 1, 1)))
    _add(root, "generator", "calfeed")
    author = ElementTree.SubElement(root, "author")
    _add(author, "name", site.domain)
    if feed.url:
        ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    if site.url:
        at, mark, query = feed.address.partition("?")
        ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{site.url}/{at}.atom{mark}{query}"})
    for change in changes:
        item = ElementTree.SubElement(root, "entry")
        _add(item, "title", change.title)
        _add(item, "id", _id(site.domain, f"{feed.address}#{change.plan_id}/{change.key}"))
        _add(item, "updated", _midnight(change.source.news_on))
        _add(item, "published", _midnight(change.source.dated))
        if change.source.url:
            ElementTree.SubElement(item, "link", {"rel": "alternate", "href": change.source.url})
        text = "\n".join([*change.lines, f"Source: {change.source.title}; the filing governs."])
        _add(item, "content", text, {"type": "text"})
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ElementTree.SubElement(parent, name, attributes or {}).text = text


def _id(domain: str, what: str) -> str:
    """A permanent id (RFC 4287 section 4.2.6). Each feed has its own, since it tells only its part of a change."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{domain}/{what}')}"


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


FORMAT = Format(
    extension="atom",
    media_type="application/atom+xml; charset=utf-8",
    label="Atom, which tells of changes",
    render=lambda feed, options: to_atom(feed, options.site),
)
