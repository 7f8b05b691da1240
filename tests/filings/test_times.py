"""The times of day in drafts: none is left behind, and each is told in JSON."""

from typing import Any

import pytest

from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.drafts.writing import as_document
from calfeed.filings.passages.opening import read_filing

HEAD = "ARDEN FUNDS\nNotice dated 2 March 2026\n\nArden Bond Fund will be merged into Arden Income Fund.\n\n"


def drafted(sentence: str) -> Draft:
    """The draft of a notice with a sentence."""
    return draft_of(read_filing(f"{HEAD}{sentence}\n".encode(), "notice.txt"))


@pytest.mark.parametrize("time", ["12 noon", "noon", "12:00 noon", "16:00", "4:00 p.m."])
def test_a_time_without_a_zone_is_asked_about_and_not_left_behind(time: str) -> None:
    draft = drafted(f"Dealings in Arden Bond Fund will be suspended from {time} on 5 June 2026.")
    (milestone,) = draft.to_decide
    assert time in milestone.phrase
    assert "has no zone" in milestone.why


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("23:59 (Luxembourg time) on 5 June 2026", "23:59"),
        ("12 noon (Irish time) on 5 June 2026", "12 noon"),
        ("4.30 p.m. (Irish time) on 5 June 2026", "4.30 p.m."),
        ("the close of business on 5 June 2026", "close of business"),
        ("25.6.2026", None),
    ],
)
def test_json_has_the_time_of_day(words: str, anchor: str | None) -> None:
    document: Any = as_document(drafted(f"The merger is expected to take effect at {words}."))
    (milestone,) = [each for each in (*document["placed"], *document["to_decide"]) if each["kind"] == "closing"]
    assert milestone["anchor"] == anchor
