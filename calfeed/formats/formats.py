"""The table of formats. A new one is a module with its `Format`, and a line here."""

from collections.abc import Iterator

from calfeed.formats import atom, csv, ics, json, qr
from calfeed.formats.format import Format
from calfeed.model.catalog import Site

FORMATS: dict[str, Format] = {
    each.extension: each for each in (ics.FORMAT, json.FORMAT, csv.FORMAT, atom.FORMAT, qr.FORMAT)
}
"""All formats by their extensions, the calendar first."""


def formats_of(site: Site) -> Iterator[Format]:
    """The formats of a site's feeds."""
    return (each for each in FORMATS.values() if site.url or not each.needs_url)
