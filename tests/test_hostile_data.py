"""Data that is broken or meant to harm ends in messages: in bounded time and memory, never in a traceback."""

import os
import random
import re
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.reading.files import MOST_BYTES
from calfeed.reading.problems import LONGEST_MESSAGE
from tests.support import (
    CALFEED,
    COUNTED,
    FOUNDING,
    PATIENCE_SECONDS,
    SITE,
    examples,
    if_any,
    make_folder,
    need,
    problems_of,
    trust_of,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory, pipes and devices are as on Linux")

MOST_MEMORY = 1 << 30

BASE = {
    "site.yaml": SITE,
    "trusts/example-trust.yaml": trust_of(growth="Growth", income="Income"),
}
PLAN = """\
trust: Example Trust
sources:
  notice: {title: Notice, dated: "January 8, 2031"}
reorganizations:
  - target: growth
    acquiring: income
milestones:
  closing: April 28, 2031
"""


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def check(folder: Path, *before: str) -> list[str]:
    """What the real command finds, run in little memory; it must end by itself, with problems and no traceback."""
    done = subprocess.run(
        [*before, CALFEED, "check", str(folder)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE_SECONDS,
        preexec_fn=limit_memory,
    )
    lines = [line.removeprefix(f"{folder.as_posix()}/") for line in done.stdout.splitlines()]
    number = sum(map(number_in, lines))
    counted = "1 problem.\n" if number == 1 else f"{number:,} problems.\n"
    assert (done.returncode, done.stderr) == (1, counted), (done.stderr[-2000:], lines[-1:])
    assert [line for line in lines if not re.match(r"[^:]+:\d+:\d+: .", line)] == []
    assert [line for line in lines if len(line) > LONGEST_MESSAGE + 200] == []
    return lines


def number_in(line: str) -> int:
    """How many problems a line tells of: one, or those that are only counted."""
    more = re.search(r": and ([\d,]+) more problems? in (?:this file|[\d,]+ other files?)$", line)
    return int(more[1].replace(",", "")) if more else 1


# --- files that are no plans -----------------------------------------------------------------------------------------


def octets(content: str | bytes) -> bytes:
    """What is written as it is, white space included."""
    return content.encode() if isinstance(content, str) else content


def many(head: str, item: str, count: int, tail: str = "") -> str:
    return head + "".join(item.format(number) for number in range(count)) + tail


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
UNCLEAR = '"soon" is not understood here: before the day stand words such as on'
CONTROL = "the control character U+0000 cannot be shown: delete it"
DEEP = "this is nested more than 20 levels deep"
NOT_UTF8 = "the file is not UTF-8 text here: save it as UTF-8"
UTF_16 = "the file is UTF-16 or UTF-32 text: save it as UTF-8"
LONG = "x" * 900_000

# Each with how many problems it has, and how one of them begins.
FILES: dict[str, tuple[str | bytes, int, str]] = {
    "brackets": ("[" * 50_000, 1, f"1:21: {DEEP}"),
    "braces": ("{" * 50_000, 21, f"1:21: {DEEP}"),
    "mappings": ("{a: " * 50_000, 1, f"1:81: {DEEP}"),
    "dashes": ("- " * 50_000, 1, f"1:41: {DEEP}"),
    "complex-keys": ("? " * 50_000, 21, f"1:41: {DEEP}"),
    "blocks": ("".join(f"{' ' * depth}a:\n" for depth in range(1_000)), 1, f"21:21: {DEEP}"),
    "not-utf-8": (PLAN.encode() + b"\xff" * 900_000, 1, f"9:1: {NOT_UTF8}"),
    "utf-16": (PLAN.encode("utf-16"), 1, f"1:1: {UTF_16}"),
    "utf-32": (PLAN.encode("utf-32-be"), 1, f"1:1: {UTF_16}"),
    "a-line": (f"title: {LONG}", 2, '1:1: "sources" is missing'),
    "a-scalar": (LONG, 1, "1:1: the file must be lines"),
    "a-key": (f"? {LONG}\n: x\n", 3, '1:3: unknown key "xxx'),
    "an-anchor": (f"&{LONG} x", 2, '1:1: a text that begins with "&" needs quotes; anchors ("&xxx'),
    "a-tag": (f"!{LONG} x", 2, '1:1: a text that begins with "!" needs quotes; tags ("!xxx'),
    "a-name": (PLAN.replace("growth", LONG), 1, '5:13: unknown portfolio "xxx'),
    "a-date": (PLAN.replace("April 28, 2031", "on or about " * 75_000), 1, "8:12: this is too long for a date"),
    "a-number": (PLAN.replace("28, 2031", "9" * 900_000), 1, "8:12: this is too long for a date"),
    "tabs": ("\t" * 900_000, 1, "1:1: this is a tab: indent with spaces"),
    "quotes": ('"' * 900_001, 1, "1:3: this line does not fit"),
    "comments": ("#" * 900_000, 1, "1:1: the file is empty"),
}
# The same of files that have more problems than are told.
FLOODS: dict[str, tuple[str | bytes, int, str]] = {
    "alias-bomb": (BOMB, 323, '2:5: a text that begins with "&" needs quotes; anchors ("&a1") are not supported'),
    "zeros": (b"\0" * 900_000, 900_000, f"1:20: {CONTROL}"),
    "keys": (many("", "k{0}: v\n", 20_000), 20_002, '100:1: unknown key "k99"'),
    "same-keys": ("k: v\n" * 20_000, 20_002, '20:1: "k" is written twice: first on line 1'),
    "anchors": ("- &a x\n" * 20_000, 20_001, '20:3: a text that begins with "&"'),
    "escapes": ('- "\\0"\n' * 20_000, 20_001, f"20:3: {CONTROL}"),
    "number-signs": ("- a #2\n" * 50_000, 50_001, '50:5: what stands behind "#" is left out'),
    "commas-in-braces": ("{" + "a," * 480_000 + "}", 480_002, '1:2: "a" has no value'),
    "commas-in-a-text": ("title: {a: x" + ", a" * 60_000 + "}", 60_003, '1:15: "a" has no value'),
    "no-mappings": ("reorganizations:\n" + "  - {}\n" * 20_000, 20_001, '2:5: "target" is missing'),
    "empty-values": ("reorganizations:\n" + "  - target: {trust: }\n" * 7_000, 21_001, '2:14: "trust" has no value'),
    "dates": (many(PLAN, "  t {0}: {{kind: other, date: soon {0}}}\n", 2_000), 2_000, f"9:28: {UNCLEAR}"),
    "targets": (
        PLAN.replace("milestones", "  - target: growth\n" * 2_000 + "milestones"),
        2_000,
        '7:13: "Growth" is a target already, on line 5',
    ),
}
ONE_TOO_MANY = MOST_BYTES + 1
IS_TOO_LARGE = "files over 1 MB are refused"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one run of `check` says of all hostile files, by the files' names."""
    files: dict[str, str | bytes] = {f"plans/{name}.yaml": octets(content) for name, (content, _, _) in FILES.items()}
    folder = make_folder(tmp_path_factory.mktemp("hostile"), {**BASE, **files})
    plans = folder / "plans"
    (plans / "fits.yaml").write_text(PLAN + "#" * (MOST_BYTES - len(PLAN)))
    (plans / "large.yaml").write_text(PLAN + "#" * (ONE_TOO_MANY - len(PLAN)))
    (plans / "huge.yaml").write_text("a: b\n")
    os.truncate(plans / "huge.yaml", 104_000_000)
    (plans / "million-keys.yaml").write_text(many("", "k{0}: v\n", 1_000_000))
    (plans / "folder.yaml").mkdir()
    os.mkfifo(plans / "pipe.yaml")
    os.mknod(plans / "socket.yaml", stat.S_IFSOCK | 0o600)
    (plans / "device.yaml").symlink_to("/dev/zero")
    (plans / "loop.yaml").symlink_to("loop.yaml")
    (plans / "self.yaml").symlink_to(".")
    found: dict[str, list[str]] = {}
    for line in check(folder):
        name, _, problem = line.removeprefix("plans/").partition(".yaml:")
        found.setdefault(name, []).append(problem)
    return found


@pytest.mark.parametrize(("content", "count", "example"), FLOODS.values(), ids=FLOODS)
def test_of_a_flood_of_problems_the_first_are_told_and_all_are_counted(
    content: str | bytes, count: int, example: str, tmp_path: Path
) -> None:
    make_folder(tmp_path, BASE | {"plans/p.yaml": octets(content)})
    lines = check(tmp_path)
    COUNTED["hostile files"] += 1
    assert (len(lines), sum(map(number_in, lines))) == (201, count)
    assert [line for line in lines if line.startswith(f"plans/p.yaml:{example}")], lines[:3]


@pytest.mark.parametrize(("name", "count", "example"), [(name, *expected) for name, (_, *expected) in FILES.items()])
def test_a_hostile_file_has_its_problems_and_all_of_them(
    hostile: dict[str, list[str]], name: str, count: int, example: str
) -> None:
    problems = hostile[name]
    COUNTED["hostile files"] += 1
    assert len(problems) == count, problems[:3]
    assert [problem for problem in problems if problem.startswith(example)], problems[:3]


@pytest.mark.parametrize(
    ("name", "problem"),
    {
        "large": f"the file has 1.0 MB: {IS_TOO_LARGE}",
        "huge": f"the file has 104.0 MB: {IS_TOO_LARGE}",
        "million-keys": f"the file has 10.9 MB: {IS_TOO_LARGE}",
        "folder": "this is a folder, where a file should be: give it a name without .yaml, or delete it",
        "self": "this is a folder, where a file should be: give it a name without .yaml, or delete it",
        "pipe": "this is not a regular file",
        "socket": "this is not a regular file",
        "device": "this is not a regular file",
        "loop": "the file is missing, or a link that leads nowhere",
    }.items(),
)
def test_what_is_no_file_of_data_is_refused(hostile: dict[str, list[str]], name: str, problem: str) -> None:
    assert hostile[name] == [f"1:1: {problem}"]


def test_the_largest_file_is_read(hostile: dict[str, list[str]]) -> None:
    assert "fits" not in hostile


# --- many of something -----------------------------------------------------------------------------------------------


def test_ten_thousand_empty_files_are_ten_thousand_problems(tmp_path: Path) -> None:
    make_folder(tmp_path, BASE)
    (tmp_path / "plans").mkdir()
    for number in range(10_000):
        (tmp_path / "plans" / f"p{number}.yaml").touch()
    *lines, last = check(tmp_path)
    assert (len(lines), number_in(last)) == (1_000, 9_000)
    assert {line.partition(":1:1: ")[2] for line in lines} == {"the file is empty"}


@pytest.mark.parametrize("names", [2, 3_000])
def test_thousands_of_unknown_names_are_told_apart_from_many_known_ones(names: int, tmp_path: Path) -> None:
    plan = PLAN.replace("acquiring: income", "acquiring: income\n" + many("", "  - target: Naem {0}\n", 3_000))
    trust = many(BASE["trusts/example-trust.yaml"], "  n{0}: Name {0}\n", names)
    make_folder(tmp_path, BASE | {"trusts/example-trust.yaml": trust, "plans/p.yaml": plan})
    lines = check(tmp_path)
    assert sum(map(number_in, lines)) == 3_000
    assert lines[0].startswith('plans/p.yaml:7:13: unknown portfolio "Naem 0" in Example Trust: did you mean "Name 0"?')


def test_a_long_name_in_many_messages_fills_no_memory(tmp_path: Path) -> None:
    trust = BASE["trusts/example-trust.yaml"].replace("Example Trust", "x" * 400_000)
    plan = PLAN.replace("Example Trust", "example-trust").replace(
        "acquiring: income", "acquiring: income\n" + many("", "  - target: u{0}\n", 5_000)
    )
    make_folder(tmp_path, BASE | {"trusts/example-trust.yaml": trust, "plans/p.yaml": plan})
    *lines, last = check(tmp_path)
    assert sum('unknown portfolio "u' in line for line in lines) == 199
    assert number_in(last) == 4_801


# --- links and permissions -------------------------------------------------------------------------------------------

OUT = "is a link that leads out of the data folder: put a copy of the"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A good data folder, with a secret beside it."""
    (tmp_path / "secret.yaml").write_text("password: hunter2\n")
    return make_folder(tmp_path / "data", BASE | {"plans/p.yaml": PLAN})


def test_a_link_to_a_file_outside_is_refused_and_shows_nothing_of_it(data: Path) -> None:
    (data / "plans" / "relative.yaml").symlink_to("../../secret.yaml")
    (data / "plans" / "absolute.yaml").symlink_to(data.parent / "secret.yaml")
    (data / "trusts" / "other.yaml").symlink_to("../plans/relative.yaml")
    (data / "site.yaml").unlink()
    (data / "site.yaml").symlink_to("/etc/passwd")
    names = ("site.yaml", "trusts/other.yaml", "plans/absolute.yaml", "plans/relative.yaml")
    assert problems_of(data) == [f"{name}:1:1: the file {OUT} file here" for name in names]


@pytest.mark.parametrize("name", ["trusts", "plans"])
def test_a_link_to_a_folder_outside_is_refused_and_not_looked_into(name: str, data: Path) -> None:
    (data / name).rename(data.parent / name)
    (data / name).symlink_to(data.parent / name)
    assert problems_of(data) == [f"{name}:1:1: the folder {OUT} folder here"]
    (data / name).unlink()
    (data / name).symlink_to("/")
    assert check(data) == [f"{name}:1:1: the folder {OUT} folder here"]


def test_links_within_the_data_folder_are_followed_and_it_may_be_one_itself(data: Path) -> None:
    # As a volume of Kubernetes has them.
    hidden = data / "..2031_01_01"
    hidden.mkdir()
    for name in ("site.yaml", "trusts", "plans"):
        (data / name).rename(hidden / name)
    (data / "..data").symlink_to(hidden.name)
    for name in ("site.yaml", "trusts", "plans"):
        (data / name).symlink_to(f"..data/{name}")
    (data.parent / "link").symlink_to("data")
    (data / "plans" / "bad.yaml").write_text("a: b: c\n")
    found = ["plans/bad.yaml:1:5: a text with a colon and a space in it needs quotes around it"]
    assert problems_of(data) == found
    assert problems_of(data.parent / "link") == found


def test_folders_that_contain_themselves_are_walked_once(data: Path) -> None:
    (data / "again").symlink_to(".")
    (data / "plans" / "again").symlink_to("..")
    (data / "x" / "y").mkdir(parents=True)
    (data / "x" / "y" / "back").symlink_to("../..")
    assert problems_of(data) == []
    shutil.rmtree(data / "plans")
    (data / "plans").symlink_to(".")
    assert {line.partition(": ")[0] for line in problems_of(data)} >= {"plans/site.yaml:1:1"}


@pytest.mark.parametrize(
    ("name", "expected"),
    {
        "plans/p.yaml": ["plans/p.yaml:1:1: the file cannot be read: Permission denied"],
        "plans": ["plans:1:1: the folder cannot be read: Permission denied"],
        "trusts": ["trusts:1:1: the folder cannot be read: Permission denied"],
    }.items(),
)
def test_what_may_not_be_read_is_a_problem_and_not_taken_for_missing(
    name: str, expected: list[str], data: Path
) -> None:
    mode = (data / name).stat().st_mode
    # Root may read everything, unless it gives up that it may.
    as_others = [] if os.geteuid() else [need("setpriv", "takes root's rights away"), "--bounding-set=-all"]
    (data / name).chmod(0)
    try:
        assert check(data, *as_others) == expected
    finally:
        (data / name).chmod(mode)


# --- any data --------------------------------------------------------------------------------------------------------

FOUNDING_FILES = {path.relative_to(FOUNDING).as_posix(): path.read_bytes() for path in FOUNDING.rglob("*.yaml")}
TOKEN = re.compile(rb"\s+|\w+|.", re.DOTALL)
TOKENS = sorted({token for content in FOUNDING_FILES.values() for token in TOKEN.findall(content)})
PIECES = [
    b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\r", b"\t", b"\n", b"\n  ", b": ",
    b"- ", b"? ", b"[", b"]", b"{", b"}", b",", b"'", b'"', b"|\n", b">-\n", b"&a ", b"*a", b"!t ", b"<<: ", b"---\n",
    b"...\n", b"%YAML 9\n", b"#2", b"\\", b"cancelled", b"previously", b"corrected: ", b"approved: ", b"completed: ",
    b"not applicable", b"kind: other\n", b"to be announced", b"no later than", b"late 2010", b"at 1:00 p.m. Eastern",
    b"9999", b"0", b"February 30, 2011", "株式".encode(), "İ".encode(), "ß".encode(), "٣".encode(), b"x" * 300,
]  # fmt: skip


def mutated(content: bytes, seed: int) -> bytes:
    """A file with a few of its tokens changed: taken out, doubled, exchanged, put in; at times cut or flipped."""
    chance = random.Random(seed)  # noqa: S311 -- it makes examples, the same ones each time
    tokens = TOKEN.findall(content)
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        at = chance.randrange(len(tokens) + 1)
        many_or_one = chance.choice([1, 1, 1, 5, 40])
        put_in = chance.choice([chance.choice(PIECES), chance.choice(TOKENS), tokens[at % len(tokens)]])
        match chance.randrange(5):
            case 0:
                del tokens[at : at + many_or_one]
            case 1:
                tokens[at:at] = tokens[at : at + many_or_one]
            case 2:
                tokens[at : at + 1] = [put_in]
            case 3:
                tokens[at:at] = [put_in] * many_or_one
            case _:
                other = chance.randrange(len(tokens) + 1)
                tokens[at:at] = tokens[other : other + many_or_one]
        tokens = tokens or [b"\n"]
    result = b"".join(tokens)
    if chance.random() < 0.1:
        result = result[: chance.randrange(len(result) + 1)]
    if chance.random() < 0.1 and result:
        at = chance.randrange(len(result))
        result = result[:at] + bytes([result[at] ^ 1 << chance.randrange(8)]) + result[at + 1 :]
    return result


@settings(max_examples=examples(800), deadline=None, derandomize=True, database=None)
@given(st.sampled_from(sorted(FOUNDING_FILES)), st.integers(0, 2**32))
def test_whatever_happens_to_a_file_it_is_read_or_refused_within_it(name: str, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = FOUNDING_FILES | {name: mutated(FOUNDING_FILES[name], seed)}
        problems = problems_of(make_folder(Path(folder), files))
    COUNTED["hostile files"] += 1
    for problem in if_any(problems):
        assert re.fullmatch(r"(site|(trusts|plans)/[a-z0-9-]+)\.yaml:[1-9]\d*:[1-9]\d*: [^\s].*", problem), problem


# What any bytes come to in each of the three documents, and in place of a date.
FUZZED = """
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["calfeed"]):
    from calfeed.reading.folder import load
    from calfeed.reading.phrases import read_phrase
    from calfeed.reading.problems import InvalidData

folder = Path(sys.argv.pop(1))
files = {path: path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def check(data):
    try:
        read_phrase(data.decode(errors="replace"))
    except ValueError:
        pass
    path = list(files)[len(data) % len(files)]
    path.write_bytes(data)
    try:
        load(folder)
    except InvalidData:
        pass
    path.write_bytes(files[path])


atheris.Setup(sys.argv, check)
atheris.Fuzz()
"""


def test_a_fuzzer_that_sees_the_code_finds_nothing_else_than_problems(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="it has wheels for some machines only")
    shutil.copytree(FOUNDING, tmp_path / "data")
    (tmp_path / "seeds").mkdir()
    for number, content in enumerate(FOUNDING_FILES.values()):
        (tmp_path / "seeds" / str(number)).write_bytes(content)
    limits = ["-runs=1500", "-seed=1", "-timeout=30", "-rss_limit_mb=1024", "-max_len=4096"]
    done = subprocess.run(
        [sys.executable, "-c", FUZZED, str(tmp_path / "data"), *limits, str(tmp_path / "seeds")],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=2 * PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    COUNTED["inputs of a fuzzer"] += 1_500
    assert "Done 1500 runs" in done.stderr
