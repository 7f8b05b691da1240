"""Arguments and options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from calfeed.reading.files import SITE_FILE
from calfeed.reading.problems import printable

_DATA = "data"
"""The data folder where nobody names one."""


class _Folder(click.Path):
    """A folder that must be there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The folder as a path. click alone would not say what would be right."""
        try:
            is_there = Path(value).exists()
        except OSError:  # such as a folder above it that may not be entered
            is_there = False
        if not is_there:
            self.fail(no_folder(Path(value)), param, ctx)
        if Path(value).is_file():
            self.fail(f'"{printable(str(value))}" is a file: name the folder that holds it.', param, ctx)
        return super().convert(value, param, ctx)


def no_folder(data: Path) -> str:
    """What is wrong, and what would be right, where a data folder is not there."""
    if str(data) != _DATA:
        return f'there is no folder "{printable(str(data))}": name your data folder.'
    if Path(SITE_FILE).is_file():
        return f'there is no folder "{_DATA}" here, but this folder holds {SITE_FILE}: write "." for it.'
    return f'there is no folder "{_DATA}" here: name your data folder.'


_FOLDER = _Folder(file_okay=False, path_type=Path)
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
