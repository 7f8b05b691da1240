"""`calfeed diff`: what subscribers will see change."""

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import click

from calfeed.cli.output import count, escaped, mend_first, refuse, say, text_of
from calfeed.feeds.differences import Difference, differences
from calfeed.publishing.published import GIT, PlaceRead, UnreadablePlaceError, read_place
from calfeed.reading.files import CONFIDENTIAL, PLANS_FOLDER
from calfeed.reading.problems import InvalidData


@click.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="[AFTER]", default="data")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show changes: a line each, as JSON, or as annotations of GitHub Actions.",
)
@click.option(
    "--confidential",
    is_flag=True,
    help="Compare the confidential parts too. Both must be data folders or git revisions.",
)
def diff(before: str, after: str, output: str, confidential: bool) -> None:
    """Show what subscribers will see change between BEFORE and AFTER, with warnings of what would mislead them.

    Each of the two is a data folder, a folder that "build" made, a git revision of the data folder (git:HEAD~1), the
    address of a served site, or the .ics file of a feed that somebody downloaded. Without AFTER, it is the folder
    "data".

    Exits with 0 if there is no warning, 1 if there is one, and 2 if BEFORE or AFTER cannot be read.
    """
    found = _changes(before, after, confidential=False)
    if confidential:
        of_readers = _changes(before, after, confidential=True)
        found = sorted([*found, *(each for each in of_readers if each not in found)], key=lambda each: each.plan)
    shown = _github(found, Path(_folder(after, of=before))) if output == "github" else OUTPUTS[output](found)
    click.echo(shown, nl=bool(found) or output == "json")
    warnings = sum(len(each.warnings) for each in found)
    say(f"{count(len(found), 'change')}, {count(warnings, 'warning')}.")
    sys.exit(1 if warnings else 0)


def _changes(before: str, after: str, *, confidential: bool) -> list[Difference]:
    """What the public sees change or, with `confidential`, a reader who sees both parts.

    A plan that moves from one part to the other changes for the public alone.
    """
    old = _read(before, of=after, confidential=confidential)
    new = _read(after, of=before, confidential=confidential)
    return differences(old.events, new.events, partial=old.partial or new.partial)


def _read(place: str, *, of: str, confidential: bool) -> PlaceRead:
    """What is published in a place. A git revision is one of `of`, or of "data" if `of` is a revision too."""
    try:
        return read_place(place, Path(_folder(of)), confidential=confidential)
    except InvalidData as error:
        click.echo(text_of(error.problems), err=True)
        refuse(mend_first(error.problems, place))
    except UnreadablePlaceError as error:
        refuse(str(error))


def _folder(place: str, of: str = "data") -> str:
    """The data folder that a place is, or is a revision of, where it is one."""
    if not place.startswith(GIT):
        return place
    return "data" if of.startswith(GIT) else of


def changes_in_words(found: Iterable[Difference]) -> str:
    """Changes as lines of text, grouped by plan."""
    lines = []
    for plan, group in groupby(found, key=lambda each: each.plan):
        of_plan = list(group)
        title = next((each.plan_title for each in of_plan if each.plan_title), "")
        lines.append(f"{plan}: {title}" if title else plan or "all plans")
        for each in of_plan:
            lines.append(f"  {each.sort}: {each.text}")
            lines.extend(f"    warning: {warning}" for warning in each.warnings)
    return "\n".join(lines)


def _json(found: Sequence[Difference]) -> str:
    changes = [
        {
            "plan": each.plan,
            "uid": each.uid or None,
            "change": each.sort,
            "text": each.text,
            "warnings": each.warnings,
        }
        for each in found
    ]
    return json.dumps(changes, indent=1)


def _github(found: Sequence[Difference], folder: Path) -> str:
    """Workflow commands that make GitHub Actions show changes and warnings at the plan's file, if it is in a folder."""
    lines = []
    for each in found:
        files = [part / PLANS_FOLDER / f"{each.plan}.yaml" for part in (folder, folder / CONFIDENTIAL)]
        file = next((f" file={escaped(path.as_posix(), ':,')}" for path in files if path.is_file()), "")
        lines.append(f"::notice{file}::{escaped(f'{each.sort}: {each.text}')}")
        lines.extend(f"::warning{file}::{escaped(f'{each.text}: {warning}')}" for warning in each.warnings)
    return "\n".join(lines)


OUTPUTS = {"text": changes_in_words, "json": _json}
"""The functions that show changes without naming files, by the value of `--format`."""
