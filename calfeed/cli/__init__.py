"""The command line, one module a command: the only room that prints to people and exits.

A command is imported when it is called, so that `calfeed --version` loads neither the server nor the libraries.
"""

import sys
from importlib import import_module
from io import TextIOWrapper
from types import MappingProxyType

import click

from calfeed.serving.streams import open_standard_descriptors

MODULES = MappingProxyType(
    {
        "serve": "serve",
        "check": "check",
        "build": "build",
        "list": "list_feeds",
        "init": "init",
        "token": "token",
        "schema": "schema",
        "diff": "diff",
    }
)
"""The commands, each with the module of this package that holds it; the function bears the module's name."""


class _Commands(click.Group):
    """The commands of MODULES, each imported when it is looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = MODULES.get(cmd_name)
        if name is None:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="calfeed", prog_name="calfeed", message="%(prog)s %(version)s")
def main() -> None:
    """Turn the milestones of fund reorganizations, written in YAML, into calendar feeds.

    DATA is the folder that holds site.yaml, trusts/ and plans/. Where you leave it out, it is the folder "data".
    """
    open_standard_descriptors()
    for stream in (sys.stdout, sys.stderr):
        # A console or file of an old encoding shows what it lacks as an escape, in place of a failure.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
