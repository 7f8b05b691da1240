"""Output that several commands share."""

import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NoReturn

import click

from calfeed.model.catalog import Catalog, Site
from calfeed.reading.folder import load
from calfeed.reading.problems import (
    InvalidData,
    Problem,
    Severity,
    number_of,
    printable,
    problems_in,
    told,
    warnings_in,
)
from calfeed.reading.site import is_placeholder


class Refusal(click.ClickException):
    """The end of a command that cannot do what was asked: prints the message, a line, and exits with 1."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


def say(line: str) -> None:
    """Print a line to stderr. What would break it, or act on a terminal, is shown as an escape."""
    click.echo(printable(line), err=True)


def refuse(message: str) -> NoReturn:
    """End the command with a message and 2, where 1 says that something was found."""
    say(f"Error: {message}")
    sys.exit(2)


def say_found(found: tuple[Problem, ...], line: str) -> None:
    """Print findings to stderr, and a line as `say` does."""
    click.echo(f"{text_of(found)}\n{printable(line)}", err=True)


def say_placeholder(site: Site, data: Path) -> None:
    """Warn of a site that is about to reach people with a domain for examples."""
    if is_placeholder(site.domain):
        say(
            f'{data / "site.yaml"}: warning: "{site.domain}" is a placeholder: every UID is made of it, so write your '
            "own domain before anybody subscribes"
        )


def loaded(data: Path) -> Catalog:
    """Read the catalog of a data folder. If it has problems, show them and exit."""
    try:
        return load(data)
    except InvalidData as error:
        click.echo(text_of(error.found), err=True)
        raise Refusal(mend_first(error.problems, data)) from None


def with_progress(label: str, items: Collection[str]) -> Iterator[str]:
    """Yield the items, with a progress bar on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def count(number: int, noun: str) -> str:
    """A number with its noun: `1 plan`, `2,000 plans`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counted(found: tuple[Problem, ...]) -> str:
    """The numbers of problems and warnings in words: `1 problem`, `2,000 problems and 1 warning`."""
    kinds = {"problem": problems_in(found), "warning": warnings_in(found)}
    return " and ".join(count(number_of(each), noun) for noun, each in kinds.items() if each)


def mend_first(found: tuple[Problem, ...], place: str | Path) -> str:
    """What is told where a command needs data without problems."""
    return f"{counted(found)} in {place}: mend {'it' if number_of(found) == 1 else 'them'} first"


def text_of(problems: tuple[Problem, ...]) -> str:
    """A line for each problem."""
    return "\n".join(map(str, told(problems)))


def json_of(problems: tuple[Problem, ...]) -> str:
    """A JSON list with an object for each problem. It is ASCII, since a file name may hold any character."""
    return json.dumps(documents_of(problems), indent=1)


def documents_of(problems: tuple[Problem, ...]) -> list[dict[str, str | int]]:
    """An object of JSON for each problem."""
    return [
        {
            "file": problem.location.file,
            "line": problem.location.line,
            "column": problem.location.column,
            "severity": problem.severity,
            "message": problem.message,
        }
        for problem in told(problems)
    ]


def github_of(problems: tuple[Problem, ...]) -> str:
    """Workflow commands that make GitHub Actions show each problem at its line."""
    return "\n".join(
        f"::{_GITHUB_COMMANDS[problem.severity]} file={escaped(printable(problem.location.file), ':,')},"
        f"line={problem.location.line},col={problem.location.column}::{escaped(problem.message)}"
        for problem in told(problems)
    )


def escaped(text: str, also: str = "") -> str:
    """A text with the special characters of a workflow command escaped."""
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


OUTPUTS = {"text": text_of, "json": json_of, "github": github_of}
"""The functions that show problems, by the value of `--format`."""
_GITHUB_COMMANDS = {Severity.PROBLEM: "error", Severity.WARNING: "warning"}
