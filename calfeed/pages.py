"""Feeds to HTML, by the templates beside this module; every text from the data is escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from calfeed.feeds import Feeds

MEDIA_TYPE = "text/html; charset=utf-8"

_TEMPLATES = Environment(
    loader=PackageLoader("calfeed"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def index(feeds: Feeds) -> bytes:
    """The first page: every feed with its link and its number of events."""
    rows = [(address, feeds.name(address), len(feeds.feed(address).events)) for address in feeds.addresses]
    return _TEMPLATES.get_template("index.html").render(title=feeds.name("all"), feeds=rows).encode()
