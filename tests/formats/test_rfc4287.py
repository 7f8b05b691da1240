"""The check of Atom: it passes a good feed and refuses what breaks RFC 4287."""

import pytest

from tests.formats.rfc4287 import AtomEntry, NotAtomError, valid_atom

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
