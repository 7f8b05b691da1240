"""Arguments and options that several commands share."""

from collections.abc import Callable
from pathlib import Path

import click
from click.core import ParameterSource

from calfeed.reading.problems import printable

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_DATA = "data"
"""The data folder where nobody names one."""
_HOLDS_DATA = "The folder that holds site.yaml, trusts/ and plans/."

data_argument = click.argument("data", type=_FOLDER, default=_DATA, metavar="[DATA]")


data_option = click.option("--data", type=_FOLDER, default=_DATA, show_default=True, metavar="FOLDER", help=_HOLDS_DATA)


def _folder_if_named(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """A callback that asks for a folder only where somebody has named one."""
    if context.get_parameter_source("data") is not ParameterSource.DEFAULT:
        _FOLDER.convert(value, parameter, context)
    return value


data_option_if_there = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=_DATA,
    show_default="data, if it is there",
    callback=_folder_if_named,
    metavar="FOLDER",
    help=_HOLDS_DATA,
)
"""As `data_option`, for what can be done without a data folder."""


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
