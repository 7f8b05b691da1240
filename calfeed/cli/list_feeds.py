"""`calfeed list`: the feeds of a data folder."""

from pathlib import Path

import click

from calfeed.cli.options import data_argument
from calfeed.cli.output import loaded
from calfeed.feeds.feeds import Feeds


@click.command("list")
@data_argument
def list_feeds(data: Path) -> None:
    """List the public feeds of the folder DATA: number of events, address and name of each."""
    catalog = loaded(data)
    feeds = Feeds(catalog)
    for address in feeds.addresses:
        click.echo(f"{feeds.size(address):>5}  {catalog.site.url}/{address}.ics  {feeds.name(address)}")
