"""The text of a filing: what becomes a passage, with which words, and on which lines of the file."""

import re
from pathlib import Path

import pytest

from calfeed.filings.dates.mentions import find_mentions
from calfeed.filings.passages.opening import MOST_CHARACTERS, MOST_LINES, MOST_TAGS, read_filing
from calfeed.filings.passages.text import NotAFilingError, Passage
from tests.support import ROOT, each_of

FILINGS = ROOT / "tests" / "filings"


def read(text: str | bytes) -> list[Passage]:
    """The passages of a file with this content."""
    return list(read_filing(text if isinstance(text, bytes) else text.encode(), "filing").passages)


def texts(text: str | bytes) -> list[str]:
    return [passage.text for passage in read(text)]


def page(body: str) -> list[Passage]:
    return read(f"<html><head><title>May 1, 2001</title></head><body>{body}</body></html>")


# --- plain text ------------------------------------------------------------------------------------------------------


def test_justified_lines_become_one_passage_with_single_blanks() -> None:
    (passage,) = read("     Shareholders  of  record  as  of\nNovember 30,  2007 may vote at a  meeting.\n")
    assert passage.text == "Shareholders of record as of November 30, 2007 may vote at a meeting."
    assert [passage.line_at(passage.text.index(word)) for word in ("Shareholders", "November", "meeting")] == [1, 2, 2]


@pytest.mark.parametrize(
    ("lines", "together"),
    [
        ("the reorgani-\nzation", "the reorganization"),
        ("a Mid-\nCap fund of the Trust", "a Mid-Cap fund of the Trust"),
        ("on April 12-\n14, 2017", "on April 12-14, 2017"),
        ("on De\u00adcember 3, 2015", "on December 3, 2015"),
        ("held on June 21, 20191 or later", "held on June 21, 2019 1 or later"),
        ("had 20191 shares", "had 20191 shares"),
    ],
)
def test_a_word_that_a_line_end_or_a_mark_cuts_is_whole_again(lines: str, together: str) -> None:
    assert texts(lines) == [together]


def test_a_sentence_goes_on_over_a_page_break() -> None:
    found = texts("The closing is planned for\n\n\n               2\n<PAGE>   3\n\nDecember 13, 2004, or later.\n")
    assert found == ["The closing is planned for December 13, 2004, or later.", "2", "3"]


def test_a_date_alone_on_a_line_belongs_to_its_sentence() -> None:
    line = "and a joint special meeting of the three State Funds is scheduled for"
    assert texts(f"{line}\n\nDecember 3, 2015\n\nat 2:00 p.m. (Pacific time).") == [
        f"{line} December 3, 2015 at 2:00 p.m. (Pacific time)."
    ]


def test_headings_and_names_on_lines_of_their_own_stay_apart() -> None:
    long = "Both of these funds are series of the Trust and are managed by one adviser, as they always were."
    assert texts(f"BLUE TRUST\nBlue Bond Fund\nBlue Cash Fund\n\nAbout the plan\n{long}\n") == [
        "BLUE TRUST", "Blue Bond Fund", "Blue Cash Fund", "About the plan", long,
    ]  # fmt: skip


def test_columns_of_a_table_become_cells_and_wrapped_cells_are_whole() -> None:
    found = read(
        "<TABLE>\n<CAPTION>\n\n      Target                 Closing\n<S>                <C>\n\n"
        "  (1) Blue Growth        on or about April\n      Portfolio          27, 2012\n\n"
        "  (2) Red Bond Fund      May 4, 2012\n</TABLE>\nAfter the table.\n"
    )
    assert [passage.text for passage in found] == [
        "Target\tClosing", "(1) Blue Growth Portfolio\ton or about April 27, 2012", "(2) Red Bond Fund\tMay 4, 2012",
        "After the table.",
    ]  # fmt: skip
    row = found[1]
    assert [row.text[cell.start : cell.end] for cell in row.cells] == row.text.split("\t")
    assert (row.line_at(row.text.index("April")), row.line_at(row.text.index("27"))) == (7, 8)
    assert [passage.table for passage in found] == [0, 0, 0, None]


def test_a_table_that_was_flattened_to_a_cell_a_line_is_put_together_again() -> None:
    cells = ["Fund", "Dated", "Blue Fund", "May 1, 2014", "Red Fund", "May 2, 2014"]
    after = "Each proposed merger must be approved by the holders of the fund concerned, in time."
    flat = "\n".join(f"|\n{cell}" for cell in cells)
    assert texts(f"{flat}\n|\n{after}") == ["Fund\tDated", "Blue Fund\tMay 1, 2014", "Red Fund\tMay 2, 2014", after]
    assert texts("| Fund | Dated |\n|---|---|\n| Blue Fund | May 1, 2014 |") == [
        "Fund\tDated",
        "Blue Fund\tMay 1, 2014",
    ]


# --- HTML ------------------------------------------------------------------------------------------------------------


def test_what_a_browser_does_not_show_is_no_text() -> None:
    shown = page(
        "<p>Seen.</p><script>May 2, 2002</script><style>May 3</style><!-- May 4, 2004 -->"
        "<div style='display: none'>May 5, 2005</div><ix:header><p>May 6, 2006</p></ix:header><p hidden>May 7, 2007</p>"
    )
    assert [passage.text for passage in shown] == ["Seen."]


def test_lines_are_those_of_the_file_whatever_tags_and_comments_hold() -> None:
    filing = (
        "<html>\n<head><style>\n\n</style></head>\n<body\n class='a>b'\n>\n<!-- \n <p> \n-->\n<p>on May\n3, 2004<br>\n"
        "or later</p><pre>plain\n  text</pre>\n<p>end</p></body></html>"
    )
    first, plain, end = read(filing)
    for passage in (first, plain, end):
        for word in each_of(re.findall(r"\w+", passage.text)):
            line = filing.split("\n")[passage.line_at(passage.text.index(word)) - 1]
            assert word in line


def test_prose_with_blank_lines_in_a_table_is_read() -> None:
    assert texts("<TABLE>\nBlue Fund\n\nwill be merged\n</TABLE>\n") == ["Blue Fund will be merged"]


def test_unclosed_tags_and_windows_characters_are_read_as_browsers_read_them() -> None:
    found = read(
        b"<HTML><BODY><P>the &#147;Trust&#148; \x93of\x94<P>a&nbsp;b<TABLE><TR><TD>x<TD>y<TR><TD>z</TABLE></BODY>"
    )
    assert [passage.text for passage in found] == ["the “Trust” “of”", "a b", "x\ty", "z"]


def test_marks_of_footnotes_stand_apart_and_ordinals_do_not() -> None:
    found = page("<p>June 21, 2019<SUP>1</SUP>. The 1<sup>st</sup> day<span style='vertical-align:super'>a</span>.</p>")
    assert [passage.text for passage in found] == ["June 21, 2019 1 . The 1st day a ."]


def test_cells_keep_their_columns_beside_and_below_others() -> None:
    found = page(
        "<table><tr><th rowspan=2>Fund</th><th colspan=2>Dates</th></tr><tr><th>Record</th><th>Meeting</th></tr>"
        "<tr><td>Blue</td><td>May 1,<br>2014</td><td>May 2, 2014</td></tr></table>"
    )
    assert [[(cell.column, passage.text[cell.start : cell.end]) for cell in passage.cells] for passage in found] == [
        [(0, "Fund"), (1, "Dates")],
        [(1, "Record"), (2, "Meeting")],
        [(0, "Blue"), (1, "May 1,\n2014"), (2, "May 2, 2014")],
    ]


def test_a_page_laid_out_in_tables_is_read_as_paragraphs_and_its_tables_as_tables() -> None:
    found = page("<table><tr><td><p>One.</p><table><tr><td>a</td><td>b</td></tr></table><p>Two.</p></td></tr></table>")
    assert [(passage.text, passage.table) for passage in found] == [("One.", None), ("a\tb", 0), ("Two.", None)]


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_complete_submission_is_read_document_by_document_without_pictures() -> None:
    submission = (
        "<SEC-DOCUMENT>x.txt\n<DOCUMENT>\n<TYPE>497\n<TEXT>\n<html><body><p>One<br>two</p></body></html>\n</TEXT>\n"
        "</DOCUMENT>\n<DOCUMENT>\n<TYPE>GRAPHIC\n<TEXT>\nbegin 644 a.jpg\nM_]C_X\n</TEXT>\n</DOCUMENT>\n"
        "<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\nPlain words.\n</TEXT>\n</DOCUMENT>\n"
    )
    found = read(submission)
    words = [passage.text for passage in found]
    assert "One\ntwo" in words
    assert "Plain words." in words
    assert not any("644" in text for text in words)
    assert found[words.index("Plain words.")].line_at(0) == 18


@pytest.mark.parametrize("encoding", ["utf-8", "ASCII", "iso-8859-1", "unknown-7"])
def test_a_page_may_begin_with_a_declaration_of_xml(encoding: str) -> None:
    declared = f"<?xml version='1.0' encoding='{encoding}'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>"
    first, second = read(f"{declared}<body><p>On May 1, 2031</p><p>Blue Fund</p></body></html>".encode())
    assert (first.text, second.text, first.line_at(0)) == ("On May 1, 2031", "Blue Fund", 2)


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("é".encode(), "é", "UTF-8"),
        (b"\xe9 \x93x\x94", "é “x”", "windows-1252, since it is not UTF-8"),
        ("é".encode("utf-16"), "é", "UTF-16, as its byte order mark says"),
        ("é".encode("utf-8-sig"), "é", "UTF-8, as its byte order mark says"),
        (b'<html><meta charset="iso-8859-1"><p>\x93x</p>', "“x", "windows-1252, declared as iso-8859-1"),
        (b'<html><meta charset="utf-8"><p>\x93x</p>', "“x", "windows-1252, since it is not UTF-8"),
    ],
)
def test_the_encoding_is_found_and_said(content: bytes, text: str, encoding: str) -> None:
    filing = read_filing(content, "filing")
    assert ([passage.text for passage in filing.passages], filing.encoding) == ([text], encoding)


PAGE_BEGINS = b"<html><body><p>x</p><br>"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7 ...", "filing is a PDF: save it as text or HTML, and name that file"),
        (
            b"May 3, 2004. " * (MOST_CHARACTERS // 12),
            "filing has 8,666,658 characters: more than 8,000,000 are no filing",
        ),
        (b"|\n" * (MOST_LINES + 1), f"more than {MOST_LINES:,} lines or {MOST_TAGS:,} tags"),
        (PAGE_BEGINS + b"<b>" * (MOST_TAGS + 1), f"more than {MOST_LINES:,} lines or {MOST_TAGS:,} tags"),
        (PAGE_BEGINS + b"<div>" * 100_000, "nested too deeply"),
        (b"\x01\x02abc" * 1_000, "full of control characters"),
    ],
)
def test_what_is_no_text_of_a_filing_ends_with_a_message(content: bytes, message: str) -> None:
    with pytest.raises(NotAFilingError, match=re.escape(message)):
        read_filing(content, "filing")


@pytest.mark.parametrize("content", [b"", b"<", b"<html", b"<a <b <c", b"\xff\xfe", b"<!--" * 1000, b"|", b"\f"])
def test_nothing_much_is_read_as_nothing_much(content: bytes) -> None:
    assert len(read(content)) < 3


@pytest.mark.parametrize("path", sorted(FILINGS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_word_of_a_text_is_kept_in_its_line(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [set[str]() for _ in lines]
    for passage in read(path.read_bytes()):
        for match in re.finditer(r"[^\W_]+", passage.text):
            kept[passage.line_at(match.start()) - 1].add(match[0])
    for line, words in each_of(zip(lines, kept, strict=True)):
        plain = re.sub(r"<[^<>]*>|[^\W_]+-$", " ", line)
        assert set(re.findall(r"[^\W_]+", plain)) - words == set()


def test_of_a_sentence_without_an_end_only_what_is_near_a_date_is_its_clause() -> None:
    words = "the Reorganization goes on and on "
    filing = read_filing(f"{words * 500}on April 28, 2031 {words * 500}".encode(), "filing.txt")
    mention = next(each for each in find_mentions(filing) if each.days)
    assert words.strip() in mention.clause
    assert len(mention.clause) < 200 * len(words)
