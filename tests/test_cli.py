"""The command line as people use it: help, the list of feeds, a folder to start from, and what is refused."""

import json
import re
import sys
import urllib.request
from functools import cache
from pathlib import Path

import click
import pytest

import calfeed
from calfeed.cli import main
from tests.gate import conformant
from tests.support import (
    FOUNDING,
    PATIENCE_SECONDS,
    SITE,
    data_folder,
    each_of,
    if_any,
    make_folder,
    plan_of,
    run,
    serving,
)

COMMANDS = main.list_commands(click.Context(main))

# What programmers say, and what click says of types on its own.
JARGON = re.compile(
    r"\b(wsgi|granian|flask|daemon|stdout|stderr|stdin|dict|str|bool|int|integer|boolean|float|tuple|regex|argv|"
    r"serialize|parse|fork|thread|socket|payload|endpoint|runtime|null|none|callback|exception|traceback|pid)\b|x<=",
    re.IGNORECASE,
)

BROKEN = {
    "site.yaml": "title: Example\ndomain: nowhere\n",
    "trusts/example-trust.yaml": "name: Example Trust\nportfolios:\n  a b: Example Portfolio\n",
    "plans/example-2031.yml": "",
}

FILING = Path(__file__).parent / "filings" / "founding.txt"


# --- help ------------------------------------------------------------------------------------------------------------


def test_the_help_names_every_command_and_says_what_it_is_for() -> None:
    result = run("--help")
    assert (result.returncode, result.stderr) == (0, "")
    listed = dict(re.findall(r"^  (\w+) +(\S.*)$", result.stdout.partition("Commands:\n")[2], re.MULTILINE))
    assert set(listed) >= {"serve", "check", "list", "init", "schema"}
    assert list(listed) == COMMANDS
    assert "..." not in result.stdout.partition("Commands:\n")[2], "a sentence is cut short"
    assert "DATA" in result.stdout.partition("\n")[2]
    assert JARGON.search(result.stdout) is None


@cache
def help_of(command: str) -> str:
    result = run(command, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_explains_its_arguments(command: str) -> None:
    usage, _, explained = help_of(command).partition("\n")
    for argument in if_any(re.findall(r"\w+", usage.partition("[OPTIONS]")[2])):
        assert re.search(rf"\b{argument}\b", explained), f"{argument} is not explained"
    function = main.get_command(click.Context(main), command)
    assert function is not None
    options = [option for option in function.params if isinstance(option, click.Option)]
    for option in if_any(options):
        assert option.help
        assert option.opts[0] in explained


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_in_plain_words(command: str) -> None:
    assert JARGON.search(help_of(command)) is None


def test_h_is_short_for_help() -> None:
    assert run("list", "-h").stdout == help_of("list")


def test_the_version_is_that_of_the_package() -> None:
    result = run("--version")
    assert (result.returncode, result.stdout, result.stderr) == (0, f"calfeed {calfeed.__version__}\n", "")


# --- list ------------------------------------------------------------------------------------------------------------


def test_list_shows_the_feeds_of_the_filing() -> None:
    result = run("list", FOUNDING)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "   12  /all.ics  Portfolio reorganizations\n"
        "   12  /trusts/met-investors-series-trust.ics  Met Investors Series Trust\n"
        "    6  /trusts/metropolitan-series-fund.ics  Metropolitan Series Fund, Inc.\n"
        "    6  /trusts/met-investors-series-trust/batterymarch-mid-cap-stock.ics  Batterymarch Mid-Cap Stock (MIST)\n"
        "    6  /trusts/met-investors-series-trust/lazard-mid-cap.ics  Lazard Mid-Cap (MIST)\n"
        "    6  /trusts/met-investors-series-trust/mfs-value.ics  MFS Value (MIST)\n"
        "    6  /trusts/metropolitan-series-fund/mfs-value.ics  MFS Value (MSF)\n"
        "   12  /plans/met-investors-2007-12.ics  2008 reorganizations of Met Investors Series Trust\n"
    )


def test_list_shows_public_addresses_where_the_site_has_one(tmp_path: Path) -> None:
    make_folder(tmp_path, {"site.yaml": SITE + "url: https://calendars.example.com/funds/\n"})
    assert run("list", tmp_path).stdout == "    0  https://calendars.example.com/funds/all.ics  Example\n"


def test_without_data_it_is_the_folder_data_here(tmp_path: Path) -> None:
    make_folder(tmp_path, {"data/site.yaml": SITE})
    result = run("list", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "    0  /all.ics  Example\n", "")


@pytest.mark.parametrize("command", ["list", "serve"])
def test_data_with_problems_is_refused_with_all_of_them_on_stderr(command: str, tmp_path: Path) -> None:
    data = make_folder(tmp_path, BROKEN)
    problems = run("check", data).stdout
    assert problems.count("\n") == 3
    result = run(command, data)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(problems)
    assert re.fullmatch(r"Error: 3 problems .*\n", result.stderr.removeprefix(problems))


ODD = "x\n::error::forged\x1b[2J\r\x9b2J\u202e"


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list", "DATA/plans"], 1),
        (["list", ODD], 2),
        ([ODD], 2),
        (["build", "OUT", "--data", "DATA"], 0),
        (["build", "FILE", "--data", "DATA"], 1),
        (["build", f"x://{ODD}", "--data", "DATA"], 1),
        (["init", "OUT"], 0),
        (["init", "DATA"], 1),
        (["token", ODD, "--sees", "everything", "--data", "DATA"], 0),
        (["token", "reader", "--sees", ODD, "--data", "DATA"], 1),
        (["diff", "FILE", "DATA"], 2),
        (["diff", f"git:{ODD}", "DATA"], 2),
        (["diff", f"http://127.0.0.1:9/{ODD}", "DATA"], 2),
        (["compare", "one", "FILE", "--data", "DATA", "--format", "json"], 1),
        (["compare", ODD, "FILE", "--data", "DATA"], 2),
        (["compare", "one", "OUT", "--data", "DATA"], 2),
        (["draft", "FILE", "--data", "DATA", "-o", "OUT"], 1),
        (["serve", "OUT"], 2),
        (["serve", "DATA/plans"], 1),
        (["serve", "DATA", "--host", ODD], 1),
        (["serve", "DATA", "--metrics", ODD], 2),
        (["serve", "DATA", "--last-good", "FILE"], 1),
    ],
    ids=lambda value: re.sub(r"\W+", " ", " ".join(value)).strip() if isinstance(value, list) else str(value),
)
def test_no_name_breaks_a_line_or_reaches_a_terminal(tmp_path: Path, arguments: list[str], code: int) -> None:
    data = data_folder(tmp_path / f"data{ODD}", {"plans/one.yaml": plan_of({"closing": "May 5, 2031"}, "a")})
    filing = tmp_path / f"filing{ODD}.txt"
    filing.write_text("January 6, 2031\nThe closing of the reorganization is on May 7, 2031.\n", encoding="utf-8")
    names = {"DATA": str(data), "FILE": str(filing), "OUT": str(tmp_path / f"out{ODD}")}
    result = run(*(re.sub("^(DATA|FILE|OUT)", lambda name: names[name[0]], each) for each in arguments))
    said = result.stdout + result.stderr
    assert result.returncode == code, said
    assert {character for character in said if not character.isprintable()} == {"\n"}
    assert [line for line in said.splitlines() if line.startswith("::error")] == []


# --- init ------------------------------------------------------------------------------------------------------------


def test_init_makes_a_folder_that_checks_lists_and_serves(tmp_path: Path) -> None:
    made = run("init", "new/calendars", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, "")
    assert "calfeed check new/calendars" in made.stderr
    data = tmp_path / "new" / "calendars"
    checked = run("check", data)
    assert (checked.returncode, checked.stdout) == (0, "")
    listed = run("list", data)
    assert listed.returncode == 0
    assert [line.split()[:2] for line in listed.stdout.splitlines()] == [
        ["6", "/all.ics"],
        ["6", "/trusts/example-trust.ics"],
        ["6", "/trusts/example-trust/mid-cap-growth.ics"],
        ["6", "/trusts/example-trust/large-cap-value.ics"],
        ["6", "/plans/example-plan.ics"],
    ]
    with (
        serving(data, "--workers", "1") as server,
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/all.ics", timeout=PATIENCE_SECONDS) as response,
    ):
        assert len(conformant(response.read())) == 6


def test_a_draft_needs_no_data_folder_but_one_that_is_named_must_be_there(tmp_path: Path) -> None:
    result = run("draft", FILING, cwd=tmp_path)
    assert result.returncode == 0
    assert "There is no folder data here: no names of trusts and portfolios are known.\n" in result.stderr
    assert result.stdout == run("draft", FILING, "--data", tmp_path).stdout
    named = run("draft", FILING, "--data", tmp_path / "missing")
    assert (named.returncode, named.stdout) == (2, "")
    assert 'missing": name your data folder.' in named.stderr
    of_a_plan = run("draft", FILING, "--plan", "founding", cwd=tmp_path)
    assert (of_a_plan.returncode, of_a_plan.stdout) == (2, "")
    assert "'--data': there is no folder \"data\" here: name your data folder.\n" in of_a_plan.stderr


@pytest.mark.parametrize(
    ("out", "plan"),
    [
        ("data/plans/founding.yaml", "data/plans/founding.yaml"),
        ("data/confidential/plans/founding.yaml", "data/confidential/plans/founding.yaml"),
        ("founding.yaml", "data/plans/founding.yaml"),
        (None, "data/plans/founding.yaml"),
    ],
)
def test_the_first_line_of_a_draft_names_the_schema_from_where_the_plan_belongs(
    out: str | None, plan: str, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", tmp_path / plan
    run("init", data)
    file.parent.mkdir(parents=True, exist_ok=True)
    into = ["-o", str(tmp_path / out)] if out else []
    result = run("draft", FILING, "--data", data, *into)
    first = (tmp_path / out).read_text(encoding="utf-8") if out else result.stdout
    match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", first)
    assert match
    assert (file.parent / match[1]).resolve() == (data / "schema" / "plan.json").resolve()
    (data / "schema" / "plan.json").unlink()
    assert "yaml-language-server" not in run("draft", FILING, "--data", data).stdout


def test_the_first_line_of_every_file_that_init_makes_names_its_schema(tmp_path: Path) -> None:
    run("init", tmp_path / "data")
    files = sorted((tmp_path / "data").rglob("*.yaml"))
    named = []
    for file in each_of(files):
        match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text(encoding="utf-8"))
        assert match, file
        schema = (file.parent / match[1]).resolve()
        assert schema.is_relative_to(tmp_path / "data")
        assert "properties" in json.loads(schema.read_text(encoding="utf-8"))
        named.append(schema.name)
    assert sorted(named) == ["plan.json", "site.json", "trust.json"]


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    assert run("init", tmp_path).returncode == 0
    assert run("check", tmp_path).returncode == 0


def test_init_leaves_a_folder_with_anything_in_it_untouched(tmp_path: Path) -> None:
    make_folder(tmp_path, {"site.yaml": "title: mine\n"})
    result = run("init", tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: .* is not empty.*\n", result.stderr)
    assert [path.name for path in tmp_path.rglob("*")] == ["site.yaml"]
    assert (tmp_path / "site.yaml").read_text(encoding="utf-8") == "title: mine\n"


def test_init_says_in_a_line_that_a_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("init", tmp_path / "file" / "data")
    assert result.returncode != 0
    assert result.stdout == ""
    assert re.search(r"^Error: .*file", result.stderr, re.MULTILINE)
    assert "Traceback" not in result.stderr


# --- what is not understood ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "data"), [("serve", "nowhere"), ("check", "nowhere"), ("list", "nowhere"), ("list", "file")]
)
def test_data_that_is_no_folder_is_refused_with_the_reason(command: str, data: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run(command, data, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert re.search(rf'no folder "{data}": name your data folder|"{data}" is a file: name the folder', errors[0])


@pytest.mark.parametrize("command", [["serve"], ["check"], ["list"], ["build", "out"], ["token", "x", "--sees", "all"]])
def test_without_a_folder_data_here_it_says_what_to_write(command: list[str], tmp_path: Path) -> None:
    asked = run(*command, cwd=tmp_path)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert 'there is no folder "data" here: name your data folder.' in asked.stderr
    (tmp_path / "site.yaml").touch()
    within = run(*command, cwd=tmp_path)
    assert 'there is no folder "data" here, but this folder holds site.yaml: write "." for it.' in within.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["nonsense"],
        ["list", "--nonsense"],
        ["list", str(FOUNDING), "extra"],
        ["serve", str(FOUNDING), "--port", "65536"],
        ["serve", str(FOUNDING), "--port", "http"],
        ["serve", str(FOUNDING), "--workers", "0"],
        ["init"],
        ["schema", "nonsense"],
    ],
    ids=lambda arguments: " ".join(arguments).replace(str(FOUNDING), "data"),
)
def test_what_is_not_understood_ends_with_2_and_says_how_to_ask(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: calfeed ")
    assert "--help" in result.stderr
    assert "Traceback" not in result.stderr
