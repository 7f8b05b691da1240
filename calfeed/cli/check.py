"""`calfeed check`: every problem and warning in a data folder."""

import gc
import sys
from pathlib import Path

import click

from calfeed.cli.options import data_argument
from calfeed.cli.output import OUTPUTS, count, counted, say
from calfeed.model.catalog import Catalog
from calfeed.reading.overlay import Whole, read_whole
from calfeed.reading.problems import problems_in, warnings_in


@click.command()
@data_argument
@click.option("--strict", is_flag=True, help="Take warnings for problems: exit with 1 where there are any.")
@click.option("--public", is_flag=True, help="Say nothing of what is confidential, for a log that anybody can read.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show problems: a line each, as JSON, or as annotations of GitHub Actions.",
)
def check(data: Path, strict: bool, public: bool, output: str) -> None:
    """Check the folder DATA and show every problem and warning, with its file, line and column.

    A problem stops publication, a warning does not. Exits with 0 if there are no problems, 1 if there are some, and 2
    if the command was not understood.
    """
    whole = read_whole(data)
    # All of it lives to the end of the process, so the collector need not look through it. Nor does Python take it
    # apart at the end, since it leaves a frozen circle alone: for the row "calfeed check".
    kept: list[object] = [whole]
    kept.append(kept)
    gc.freeze()
    found = whole.found_in_public if public else whole.found
    if found or output == "json":
        click.echo(OUTPUTS[output](found))
    if problems_in(found):
        say(f"{counted(found)}.")
        sys.exit(1)
    warnings = f", {counted(found)}" if found else ""
    if whole.catalog:
        say(f"No problems{warnings}: {_counts(whole.catalog)}.")
    if whole.overlay.files and not public:
        say(f"Confidential: {_counts_of_overlay(whole)}.")
    if strict and warnings_in(found):
        sys.exit(1)


def _counts(catalog: Catalog) -> str:
    reorganizations = [each for plan in catalog.plans for each in plan.reorganizations]
    events = sum(milestone.shown is not None for each in reorganizations for milestone in each.milestones)
    return (
        f"{count(len(catalog.trusts), 'trust')}, {count(len(catalog.portfolios), 'portfolio')}, "
        f"{count(len(catalog.plans), 'plan')}, {count(events, 'event')}"
    )


def _counts_of_overlay(whole: Whole) -> str:
    overlay = whole.overlay
    return (
        f"{count(len(overlay.trusts), 'trust')}, {count(len(overlay.portfolios), 'portfolio')}, "
        f"{count(len(overlay.plans), 'plan')}, {count(len(whole.readers.readers), 'reader')}"
    )
