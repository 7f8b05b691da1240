"""`calfeed check`: every problem and warning in a data folder."""

import sys
from pathlib import Path

import click

from calfeed.cli.options import data_argument
from calfeed.cli.output import OUTPUTS, count, counted
from calfeed.feeds.feeds import Feeds
from calfeed.reading.files import look_at
from calfeed.reading.folder import read
from calfeed.serving.confidential import part_seen


@click.command()
@data_argument
@click.option("--strict", is_flag=True, help="Take warnings for problems: exit with 1 where there are any.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show problems: a line each, as JSON, or as annotations of GitHub Actions.",
)
def check(data: Path, strict: bool, output: str) -> None:
    """Check the folder DATA and show every problem and warning, with its file, line and column.

    A problem stops publication, a warning does not. Exits with 0 if there are no problems, 1 if there are some, and 2
    if the command was not understood.
    """
    reading = read(look_at(data).files, folder=data)
    if reading.found or output == "json":
        click.echo(OUTPUTS[output](reading.found))
    if reading.catalog is None:
        click.echo(f"{counted(reading.found)}.", err=True)
        sys.exit(1)
    catalog = part_seen(reading.catalog)  # what this says of good data may stand in a log that anybody can read
    events = Feeds(catalog).size("all")
    warnings = f", {counted(reading.warnings)}" if reading.warnings else ""
    click.echo(
        f"No problems{warnings}: {count(len(catalog.trusts), 'trust')}, "
        f"{count(len(catalog.portfolios), 'portfolio')}, {count(len(catalog.plans), 'plan')}, "
        f"{count(events, 'event')}.",
        err=True,
    )
    if strict and reading.warnings:
        sys.exit(1)
