"""YAML text as plain data: only mappings, lists and text, each with its place, and never an exception."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calfeed.reading.characters import one_spelling, refused_in
from calfeed.reading.documents import DOCUMENTS, LIST_KEYS, NAME_KEYS, NOT_APPLICABLE, Form, keys_of
from calfeed.reading.fitting import fitted
from calfeed.reading.lists import check_lists
from calfeed.reading.plain_lines import plain_values
from calfeed.reading.problems import Location
from calfeed.reading.schemas import faults_in, json_schema
from calfeed.reading.yaml import YamlFile, read_octets, read_text
from tests.support import ROOT, examples, if_any

Plain: TypeAlias = str | list["Plain"] | dict[str, "Plain"]
Step: TypeAlias = str | int


def read(text: str) -> YamlFile:
    return read_text(text, "f")


def root_of(text: str) -> object:
    """What a text without problems holds."""
    file = read(text)
    assert not file.problems
    return file.root


def place(file: YamlFile, *path: Step, key: bool = False) -> tuple[int, int]:
    location = file.locate(*path, key=key)
    return location.line, location.column


# --- places ----------------------------------------------------------------------------------------------------------

BLOCK = """\
# A comment counts as a line.
title:   Growth into Income

sources:
  supplement:
    dated: January 8, 2031
reorganizations:
  - target: Growth Portfolio
    acquiring:
      - deep
      -   deeper
  - >-
    one text
    of several lines
  - "another text
    of several lines"
"other key": behind them
"""


@pytest.mark.parametrize(
    ("path", "value_at"),
    [
        (["title"], (2, 10)),
        (["sources"], (5, 3)),
        (["sources", "supplement", "dated"], (6, 12)),
        (["reorganizations", 0], (8, 5)),
        (["reorganizations", 0, "target"], (8, 13)),
        (["reorganizations", 0, "acquiring", 1], (11, 11)),
        (["reorganizations", 1], (12, 5)),
        (["reorganizations", 2], (15, 5)),
        (["other key"], (17, 14)),
    ],
)
def test_values_and_items_have_places(path: list[Step], value_at: tuple[int, int]) -> None:
    file = read(BLOCK)
    assert not file.problems
    assert place(file, *path) == value_at
    assert file.line_of(*path) == value_at[0]


@pytest.mark.parametrize(
    ("path", "key_at"),
    [
        (["title"], (2, 1)),
        (["sources", "supplement"], (5, 3)),
        (["sources", "supplement", "dated"], (6, 5)),
        (["reorganizations", 0, "acquiring"], (9, 5)),
        (["other key"], (17, 1)),
    ],
)
def test_keys_have_places(path: list[Step], key_at: tuple[int, int]) -> None:
    assert place(read(BLOCK), *path, key=True) == key_at


def test_what_stands_in_brackets_and_braces_has_places() -> None:
    file = read('a: {b: ["c", "d"], e: {f: g}}')
    assert place(file, "a") == (1, 4)
    assert place(file, "a", "b", key=True) == (1, 5)
    assert place(file, "a", "b", 1) == (1, 14)
    assert place(file, "a", "e", "f") == (1, 27)


def test_columns_count_characters() -> None:
    file = read('{é: "株式", "😀": x}')
    assert place(file, "é") == (1, 5)
    assert place(file, "😀", key=True) == (1, 11)
    assert place(file, "😀") == (1, 16)


def test_a_path_that_leads_nowhere_has_the_nearest_place_above() -> None:
    file = read("a:\n  b: c")
    assert place(file, "a", "missing", 3) == (2, 3)
    assert place(file, "missing") == (1, 1)
    assert file.locate() == Location("f", 1, 1)


def test_a_problem_stands_at_its_value_or_key() -> None:
    file = read("a:\n  b: c")
    assert str(file.problem("wrong", "a", "b")) == "f:2:6: wrong"
    assert str(file.problem("wrong", "a", "b", key=True)) == "f:2:3: wrong"


# --- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["no", "Yes", "on", "null", "~", "12:30", "2007-11-07", "0123", "1e3", ".inf", "0x1F", "1_000", "="]
)
def test_a_plain_value_is_text_whatever_it_looks_like(text: str) -> None:
    assert root_of(f"{text}: {text}\nlist: [{text}]") == {text: text, "list": [text]}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("on  February   28,  2008", id="justified"),
        pytest.param("on February\n  28, 2008", id="several-lines"),
        pytest.param(">\n  on February\n  28,\n  2008\n", id="folded"),
        pytest.param("|\n  on February\n\n  28, 2008\n", id="literal"),
        pytest.param('" on February\\n28,\\t2008 "', id="escapes"),
        pytest.param("on\u00a0February 28,\u20092008", id="spaces-of-other-widths"),
        pytest.param("on February\u202828, 2008", id="line-separator"),
        pytest.param("on February 28,\t2008 # as printed", id="tab-and-comment"),
        pytest.param("on February 28, 2008\r\n", id="crlf"),
    ],
)
def test_white_space_in_a_text_is_single_spaces(text: str) -> None:
    assert root_of(f"a: {text}") == {"a": "on February 28, 2008"}


def test_white_space_in_a_key_is_single_spaces() -> None:
    assert root_of('" special   meeting": x') == {"special meeting": "x"}


def test_a_line_separator_within_a_line_begins_no_new_line() -> None:
    # Text copied from PDFs brings it; editors show it within the line.
    assert [str(problem) for problem in read('a: "one\u2028two"\nb: c: d').problems] == [
        "f:2:5: a text with a colon and a space in it needs quotes around it"
    ]


def test_an_empty_value_is_an_empty_text() -> None:
    assert root_of("a:\nb: ''\nc:\n  -\n") == {"a": "", "b": "", "c": [""]}


# --- what is refused -------------------------------------------------------------------------------------------------


def test_a_key_that_is_no_text_is_refused() -> None:
    assert [str(problem) for problem in read("? [a]\n: b\n{c: d}: e\n").problems] == [
        "f:1:3: a key must be a text",
        "f:3:1: a key must be a text",
    ]


def test_of_a_key_written_twice_the_first_value_counts() -> None:
    file = read("a: b\na: c\n")
    assert file.root == {"a": "b"}
    assert [str(problem) for problem in file.problems] == ['f:2:1: "a" is written twice: first on line 1']


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "], ids=["brackets", "braces", "dashes"])
def test_twenty_levels_may_be_nested_and_no_more(opening: str) -> None:
    closing = {"[": "]", "{a: ": "}", "- ": ""}[opening]
    assert not read(f"{opening * 20}x{closing * 20}").problems
    place_of_the_next = 20 * len(opening) + 1
    assert [str(problem) for problem in read(opening * 50_000).problems] == [
        f"f:1:{place_of_the_next}: this is nested more than 20 levels deep"
    ]


# --- any text --------------------------------------------------------------------------------------------------------

PIECES = (
    "a: ", "b", "- ", "? ", ": ", "\n", "\n  ", "  ", "\t", "[", "]", "{", "}", ", ", "'", '"', "|\n", ">-\n", "# c\n",
    "&a ", "*a", "!t ", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x\n", "\\x07", "\\ud800", "\\z",
)  # fmt: skip
# Any characters, the characters that mean something in YAML, and larger pieces of it.
ANY_TEXT = st.one_of(
    st.text(st.characters()),
    st.text("ab:-?[]{},#&*!|>'\"%@` \n\t\r\x85\u2028\ufeff~<0\\xuU=株😀\x07"),
    st.lists(st.sampled_from(PIECES)).map("".join),
)
thoroughly = settings(max_examples=examples(250), deadline=None, derandomize=True, database=None)


@thoroughly
@given(ANY_TEXT)
@example("a: x\ufeffy")
@example("\ufeff\ufeffa: b")
@example("a: \ud800")
@example("%YAML 1.1")
def test_any_text_gives_data_or_problems_within_it(text: str) -> None:
    file = read(text)
    assert file.root is not None or file.problems
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    for problem in if_any(file.problems):
        assert problem.location.file == "f"
        # What is missing at the end is missed on the line behind it.
        assert 1 <= problem.location.line <= len(lines) + 1
        assert problem.location.column >= 1


PARSERS_WORDS = re.compile(
    "token|stream|scalar|node|sequence|directive|indicator|document start|handle|flow|block|alphabetic|escape|expect",
    re.IGNORECASE,
)


@thoroughly
@given(ANY_TEXT)
@example("a: b]")
@example("a: ]b")
@example("a: |b")
@example("%a")
@example("a: !b!c d")
@example("  a: b\nc: d")
@example("a: - b")
@example('"\\z"')
def test_no_problem_speaks_the_language_of_the_parser(text: str) -> None:
    assert [problem for problem in read(text).problems if PARSERS_WORDS.search(problem.message)] == []


def in_single_spaces(text: str) -> str:
    return " ".join(text.split())


# What is invisible is a problem; of the separators of lines and paragraphs other tests speak.
VISIBLE = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]).filter(lambda each: not [*refused_in(each)])


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts in the one spelling that accents have in what is read."""
    return st.text(VISIBLE, max_size=longest).map(one_spelling)


DATA = st.recursive(
    texts(40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts(8).map(in_single_spaces), inner, max_size=4),
    max_leaves=12,
)


def texts_in(data: Plain, path: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text of data, with its path."""
    if isinstance(data, str):
        yield path, data
    else:
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from texts_in(inner, (*path, step))


@thoroughly
@given(DATA, st.sampled_from([None, 2]))
def test_what_is_quoted_reads_back_from_where_it_stands(data: Plain, indent: int | None) -> None:
    # JSON is YAML with everything quoted.
    source = json.dumps({"all": data}, ensure_ascii=False, indent=indent)
    file = read(source)
    assert not file.problems
    found = dict(texts_in(cast("Plain", file.root)))
    written = dict(texts_in({"all": data}))
    assert found == {path: in_single_spaces(text) for path, text in written.items()}
    lines = source.split("\n")
    for path, text in if_any(written.items()):
        line, column = place(file, *path)
        assert lines[line - 1][column - 1 :].startswith(json.dumps(text, ensure_ascii=False))


# --- texts in plain lines --------------------------------------------------------------------------------------------

BEGINNINGS = [
    "",
    "",
    "  ",
    "    ",
    "      ",
    " ",
    "- ",
    "- ",
    "  - ",
    "  - ",
    "    - ",
    "-  ",
    "- - ",
    "#",
    " # ",
    "\t",
]
KEYS = [
    "",
    "a: ",
    "a:",
    "b c: ",
    "b  c: ",
    "d:",
    "d:   ",
    "e1: ",
    "x-y, z: ",
    "a:b: ",
    "'q': ",
    "a : ",
    f"{'k' * 1_100}: ",
]
TEXTS = [
    "", "", "x", "May 5, 2031", "10:30 a.m.", "https://example.com/a?b=c#d", "a: b", "a:", "a::b", "a #b", "a#b", "#2",
    "[x]", "[x, y]", "[x] y", "[]", "[x y", "{x: y}", '"x: y"', '"x  #2"', '"x" y', "'x'", "''", "'it''s'", "it's",
    "x # y", '"x" # y', "# y", '"\\n"', "x ", "x  y", "x\ty", "x,", "(x)", "? x", "- x", "-x", "---", "...", "%x", "@x",
    "|", ">", ">-\n   f\n   g # h", "|\n      f\n\n       g\n  i", ">\n # f\n    g", "|2\n   f", ">-\n\n   f\n  g",
    "é\u00a0x", "e\u0301", "株", "é", "~", "no", "&x", "*x", "!x", "<<",
]  # fmt: skip
ANY_LINES = st.lists(
    st.tuples(st.sampled_from(BEGINNINGS), st.sampled_from(KEYS), st.sampled_from(TEXTS)).map("".join), max_size=8
).map("\n".join)


@settings(thoroughly, max_examples=examples(1_500))
@given(ANY_LINES)
@example("a:\n- b: c\n  d:\n  - e\n- x\nb c: d")
@example("a:\n  - b\n  - c\n - d")
@example("a: b\na: c")
@example("a:\n  b:\nd: e")
@example("\n".join(f"{' ' * depth}a:" for depth in range(30)) + " b")
def test_what_plain_lines_hold_is_what_the_parser_reads(text: str) -> None:
    values = plain_values(text)
    if values is not None:
        assert_read_by_the_parser(text, values)


def test_most_files_are_in_plain_lines_and_hold_what_the_parser_reads() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("[dt]*/**/*.yaml")}
    held = {path: values for path, text in texts.items() if (values := plain_values(text)) is not None}
    for path, values in if_any(held.items()):
        assert_read_by_the_parser(texts[path], values)
    right = {path for path in texts if ROOT / "tests" / "bad" not in path.parents}
    assert len(right & held.keys()) > len(right) / 2


def assert_read_by_the_parser(text: str, values: object) -> None:
    file, parsed = read(text), read(text)
    assert file.values == values
    assert parsed.root == values  # as the parser reads it, with positions
    assert (list(parsed.problems), parsed.doubts) == ([], [])
    for path, _ in if_any(texts_in(cast("Plain", values))):
        for steps in [(*path, "below"), *(path[:length] for length in range(len(path) + 1))]:
            assert file.locate(*steps) == parsed.locate(*steps)
            assert file.locate(*steps, key=True) == parsed.locate(*steps, key=True)


def test_of_a_file_full_of_control_characters_the_first_are_told_and_the_others_counted() -> None:
    file = read("\0" * 400_000)
    assert file.root is None
    assert [problem.count for problem in file.problems] == [1] * 200 + [399_800]


@pytest.mark.parametrize(
    ("source", "where"),
    [("title: Press release #2\n", "f:1:22"), ("a: b\ntitles:\n  - Supplement #3 # the third\n", "f:3:16")],
    ids=["in-a-mapping", "in-a-list"],
)
def test_a_number_that_yaml_takes_for_a_comment_is_not_dropped_in_silence(source: str, where: str) -> None:
    (problem,) = read(source).problems
    assert str(problem) == f'{where}: what stands behind "#" is left out as a comment: put quotes around the text'


@pytest.mark.parametrize(
    "source", ["title: 'Release #2'\n", "# 2 of them\na: b # 2nd\n", "#1\na: b\n", "url: https://x/#2\n"]
)
def test_a_comment_and_a_quoted_number_sign_are_no_problem(source: str) -> None:
    assert not read(source).problems


# --- characters that nobody sees -------------------------------------------------------------------------------------

# Beside all of category Cf, those that are shown as nothing, by the names that Unicode gives them.
BLANK = [
    "COMBINING GRAPHEME JOINER", "HANGUL CHOSEONG FILLER", "HANGUL JUNGSEONG FILLER", "KHMER VOWEL INHERENT AQ",
    "KHMER VOWEL INHERENT AA", "MONGOLIAN FREE VARIATION SELECTOR ONE", "BRAILLE PATTERN BLANK", "HANGUL FILLER",
    "VARIATION SELECTOR-1", "VARIATION SELECTOR-16", "VARIATION SELECTOR-17", "HALFWIDTH HANGUL FILLER",
]  # fmt: skip
FORMAT = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]


def test_every_invisible_character_is_named_and_refused() -> None:
    refused = [*FORMAT, *map(unicodedata.lookup, BLANK)]
    file = read("\n".join(f"k{number}: Growth{each}Portfolio" for number, each in enumerate(refused)))
    assert file.root is None
    told = list(file.problems)
    assert len(FORMAT) > 150
    assert sum(problem.count for problem in told) == len(refused)
    for number, problem in if_any(enumerate(told[:-1])):
        name = unicodedata.name(refused[number], "without a name").lower()
        assert problem.location == Location("f", number + 1, len(f"k{number}: Growth") + 1)
        assert problem.message == (
            f"the invisible character U+{ord(refused[number]):04X} ({name}) cannot be shown: delete it"
        )


@pytest.mark.parametrize("escape", [r"\u200B", r"\u202E", r"\uFEFF", r"\U000E0041", r"\u3164"])
def test_an_invisible_character_is_refused_as_an_escape_too(escape: str) -> None:
    (problem,) = read(f'title: "Growth {escape}Portfolio"').problems
    assert problem.location == Location("f", 1, 8)
    assert problem.message.startswith(f"the invisible character U+{int(escape[2:], 16):04X} (")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\U0001f468\u200d\U0001f4bb Portfolio", id="joined"),
        pytest.param("\U0001f3f3\ufe0f\u200d\U0001f308 Portfolio", id="joined-with-a-selector"),
        pytest.param("\U0001f9d1\U0001f3fd\u200d\U0001f680 Portfolio", id="joined-with-a-colour-of-skin"),
        pytest.param("\u260e\ufe0f Portfolio", id="in-colours"),
    ],
)
def test_an_emoji_may_be_made_of_several_characters(text: str) -> None:
    assert root_of(f"title: {text}") == {"title": text}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Gro\u200dwth", id="between-letters"),
        pytest.param("\U0001f468\u200d Portfolio", id="behind-an-emoji"),
        pytest.param("\u200d\U0001f468", id="before-an-emoji"),
        pytest.param("\U0001f468\u200d\u200d\U0001f4bb", id="twice"),
        pytest.param("\u260e\ufe0f\ufe0f", id="selector-twice"),
        pytest.param("1\ufe0f", id="selector-behind-a-digit"),
    ],
)
def test_a_joiner_or_selector_elsewhere_is_refused(text: str) -> None:
    assert read(f"title: {text}").problems


def test_a_byte_order_mark_may_stand_at_the_start_and_nowhere_else() -> None:
    assert not read_octets("\ufefftitle: Growth\n".encode(), "f").problems
    assert [str(each.location) for each in read_octets("\ufeff\ufefftitle: Growth\n".encode(), "f").problems] == [
        "f:1:1"
    ]


def test_letters_with_accents_are_one_character_however_they_are_written() -> None:
    assert root_of("Cafe\u0301: Zu\u0308rich") == {"Caf\u00e9": "Z\u00fcrich"}


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "note: The closing is subject to\n  the approval of shareholders\n",
        "note: 'The closing\n  - if approved - is in May'\n",
        "note: |\n  - if approved\n  - in May\n",
        "note: >-\n  The closing\n  - if approved\n",
        "note: The merger - if approved - is in May\n",
        "list:\n  - one\n  - two\n    lines\n",
        "list:\n- one\n- two\n",
    ],
)
def test_a_text_that_goes_on_and_a_list_with_dashes_are_no_problem(source: str) -> None:
    assert not read(source).problems


def values_of(form: Form) -> st.SearchStrategy[Plain]:
    """Values that fit a form."""
    text: st.SearchStrategy[Plain] = st.sampled_from(
        ["a text", NOT_APPLICABLE] if form.short and form.short.none else ["a text"]
    )
    if form.type is str:
        return text
    if form.type is tuple:
        texts: st.SearchStrategy[Plain] = st.lists(text, min_size=form.is_filled, max_size=2)
        return text | texts
    if form.item and form.type is list:
        return st.lists(values_of(form.item), min_size=form.is_filled, max_size=2)
    if form.item:
        return st.dictionaries(st.sampled_from("abc"), values_of(form.item), min_size=form.is_filled, max_size=2)
    keys = {key.words: values_of(key.form) for key in keys_of(form.type)}
    required = {key.words: keys.pop(key.words) for key in keys_of(form.type) if key.is_required}
    long: st.SearchStrategy[Plain] = st.fixed_dictionaries(required, optional=keys)
    return long | text if form.short else long


def broken(data: st.DataObject, value: Plain) -> Plain:
    """The value with some part of it replaced, taken out, or added."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 5)):
        key = data.draw(st.sampled_from([*value, "unknown"]))
        if data.draw(st.booleans()):
            return {**value, key: broken(data, value.get(key, ""))}
        return {each: value[each] for each in value if each != key}
    if isinstance(value, list) and value and data.draw(st.integers(0, 5)):
        return [broken(data, value[0]), *value[1:]]
    others: list[Plain] = ["", "a text", NOT_APPLICABLE, [], ["a text"], [""], {}, {"a": "a text"}]
    return data.draw(st.sampled_from(others))


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=examples(50))
@given(data=st.data(), lenient=st.booleans(), breaks=st.integers(0, 2))
def test_values_fit_a_document_where_nothing_is_wrong_with_them(
    name: str, data: st.DataObject, lenient: bool, breaks: int
) -> None:
    values = data.draw(values_of(Form(DOCUMENTS[name])))
    for _ in range(breaks):
        values = broken(data, values)
    faults = faults_in(DOCUMENTS[name], values, lenient=lenient)
    document = fitted(DOCUMENTS[name], values, lenient=lenient)
    assert (document is None) == bool(faults), faults
    assert breaks or document is not None


def test_the_keys_of_lists_are_those_of_the_documents() -> None:
    schemas = json.dumps({name: json_schema(name) for name in DOCUMENTS})
    found = re.findall(r'"([a-z ]+)": \{"anyOf": \[\{[^{}]*\}, \{"items"', schemas)
    assert set(found) == LIST_KEYS
    assert {*LIST_KEYS, "earlier names"} >= NAME_KEYS


@pytest.mark.parametrize(
    "source",
    [
        "corrected: [2031-01-09, 2031-01-10]",
        "subject to: [shareholder approval, a tax opinion]",
        "other names: [Old Growth Fund, New Growth Portfolio]",
        "other names: ['Alpha', \"Beta, Inc.\"]",
        "previously: [May 2031, June 2031]",
        "other names: [Alpha]",
        "sees: [plans/a, trusts/b]",
    ],
)
def test_a_list_in_brackets_needs_no_quotes_where_no_comma_could_split_an_item(source: str) -> None:
    file = read(source)
    check_lists(file)
    assert not file.problems


@pytest.mark.parametrize(
    ("source", "where", "split"),
    [
        ("previously: [on or about June 3, 2031]", "f:1:14", "on or about June 3, 2031"),
        ("previously: ['June 3, 2031', 3 July, 2031]", "f:1:30", "3 July, 2031"),
        ("previously: [Tuesday, 'June 3, 2031']", "f:1:14", "Tuesday, June 3, 2031"),
        ("subject to: [approval by June 3, 2031]", "f:1:14", "approval by June 3, 2031"),
        ("subject to: [approval of Model Fund, Inc.]", "f:1:14", "approval of Model Fund, Inc."),
        ("other names: [Small, Mid and Large Cap Fund]", "f:1:15", "Small, Mid and Large Cap Fund"),
        ("other names: [Old Fund, Alpha, Beta Fund]", "f:1:15", "Old Fund, Alpha"),
    ],
)
def test_a_list_in_brackets_needs_quotes_where_a_comma_could_split_a_date_or_a_name(
    source: str, where: str, split: str
) -> None:
    file = read(source)
    check_lists(file)
    assert [str(problem) for problem in file.problems] == [
        f'{where}: the comma splits "{split}" in two: put quotes around each item, or write a list with dashes'
    ]
