"""A feed's changes as Atom.

The elements are written here, and not by a library, for the row "a full build" of `python -m tests.benchmarks`.
"""

from datetime import date
from hashlib import sha1
from uuid import NAMESPACE_URL

from calfeed.feeds.changes import Change, changes_of
from calfeed.feeds.feeds import Feed
from calfeed.formats.format import Format
from calfeed.model.catalog import Site

_BEGIN = """\
<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">"""
_NAMESPACE = NAMESPACE_URL.bytes
_NEVER = date(1970, 1, 1)


def to_atom(feed: Feed, site: Site) -> bytes:
    """A feed's changes (RFC 4287), latest first: ids never change, and every date is a source's."""
    changes = changes_of(feed)
    parts = [
        _BEGIN,
        _element("title", f"{feed.name}: changes"),
        _element("subtitle", feed.description),
        _element("id", _id(site.domain, feed.address)),
        _element("updated", _midnight(changes[0].source.news_on if changes else _NEVER)),
        "<generator>calfeed</generator>",
        f"<author>{_element('name', site.domain)}</author>",
        _links(feed, site),
        *[_entry(each, feed, site) for each in changes],
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _links(feed: Feed, site: Site) -> str:
    """The links to the feed's page and to this document, where the site's address is known."""
    page = f'<link rel="alternate" type="text/html" href="{_quoted(feed.url)}" />' if feed.url else ""
    if not site.url:
        return page
    at, mark, query = feed.address.partition("?")
    return f'{page}<link rel="self" href="{_quoted(f"{site.url}/{at}.atom{mark}{query}")}" />'


def _entry(change: Change, feed: Feed, site: Site) -> str:
    """A change, with what its source says of each reorganization."""
    source = change.source
    text = "\n".join([*change.lines, f"Source: {source.title}; the filing governs."])
    parts = [
        "<entry>",
        _element("title", change.title),
        _element("id", _id(site.domain, f"{feed.address}#{change.plan.id}/{change.key}")),
        _element("updated", _midnight(source.news_on)),
        _element("published", _midnight(source.dated)),
        f'<link rel="alternate" href="{_quoted(source.url)}" />' if source.url else "",
        f'<content type="text">{_escaped(text)}</content>',
        "</entry>",
    ]
    return "".join(parts)


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>"


def _escaped(text: str) -> str:
    """A text in an element: as `html.escape`, but that quotation marks stay as they are in text of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    """The value of an attribute, without its quotation marks."""
    return _escaped(text).replace('"', "&quot;")


def _id(domain: str, what: str) -> str:
    """A permanent id (RFC 4287 section 4.2.6). Each feed has its own, since it tells only its part of a change.

    It is the UUID of a name (RFC 9562 section 5.5), in a fifth of the time that Python's `uuid5` takes: for the row
    "build after an edit".
    """
    digits = sha1(_NAMESPACE + f"{domain}/{what}".encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


FORMAT = Format(
    extension="atom",
    media_type="application/atom+xml; charset=utf-8",
    label="Atom, which tells of changes",
    render=lambda feed, options: to_atom(feed, options.site),
)
