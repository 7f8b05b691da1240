"""`calfeed check`: every problem of a data folder."""

import sys
from pathlib import Path

import click

from calfeed.cli.options import data_argument
from calfeed.cli.output import OUTPUTS, count, counted
from calfeed.feeds.feeds import Feeds
from calfeed.reading.folder import load
from calfeed.reading.problems import InvalidData
from calfeed.serving.confidential import part_seen


@click.command()
@data_argument
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show problems: a line each, as JSON, or as annotations of GitHub Actions.",
)
def check(data: Path, output: str) -> None:
    """Check the folder DATA and show every problem, with its file, line and column.

    Exits with 0 where all is well, 1 where there are problems, and 2 where the command itself was not understood.
    """
    try:
        catalog = part_seen(load(data))  # what this says of good data may stand in a log that anybody can read
    except InvalidData as error:
        click.echo(OUTPUTS[output](error.problems))
        click.echo(f"{counted(error.problems)}.", err=True)
        sys.exit(1)
    if output == "json":
        click.echo("[]")
    events = Feeds(catalog).size("all")
    click.echo(
        f"No problems: {count(len(catalog.trusts), 'trust')}, {count(len(catalog.portfolios), 'portfolio')}, "
        f"{count(len(catalog.plans), 'plan')}, {count(events, 'event')}.",
        err=True,
    )
