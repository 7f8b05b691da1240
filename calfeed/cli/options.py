"""Arguments and options that several commands share."""

from collections.abc import Callable
from pathlib import Path

import click

from calfeed.reading.problems import printable

data_argument = click.argument(
    "data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="data",
    metavar="[DATA]",
)


data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="data",
    show_default=True,
    metavar="FOLDER",
    help="The folder that holds site.yaml, trusts/ and plans/.",
)


def within(low: int, high: int) -> Callable[[click.Context, click.Parameter, int], int]:
    """A callback that checks the range of a number. click's own check shows a formula in the help."""

    def check_range(_context: click.Context, _parameter: click.Parameter, value: int) -> int:
        if not low <= value <= high:
            raise click.BadParameter(f"{value} is not a number from {low} to {high}.")
        return value

    return check_range


def place(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, int] | None:
    """The host and the port in an option value."""
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise click.BadParameter(
            f"{printable(value)} is not a port or a host and a port, such as 9464 or 0.0.0.0:9464."
        )
    return host.strip("[]") or "127.0.0.1", int(port)
