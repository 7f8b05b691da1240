"""The command line: one module for each command. Only this room prints and exits.

A command is imported when it is called, so that `calfeed --version` loads neither the server nor its libraries.
"""

import sys
from importlib import import_module
from io import TextIOWrapper
from types import MappingProxyType

import click

import calfeed
from calfeed.serving.streams import open_standard_descriptors

MODULES = MappingProxyType(
    {
        "init": "init",
        "check": "check",
        "list": "list_feeds",
        "serve": "serve",
        "build": "build",
        "token": "token",
        "diff": "diff",
        "compare": "compare",
        "draft": "draft",
        "schema": "schema",
    }
)
"""The commands, with the modules of this package that hold them. The function has the name of its module."""


class _Commands(click.Group):
    """The commands of MODULES; each is imported when it is looked up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = MODULES.get(cmd_name)
        if name is None:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        command.short_help = (command.help or "").partition("\n\n")[0]  # else the list of commands cuts it short
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(calfeed.__version__, prog_name="calfeed", message="%(prog)s %(version)s")
def main() -> None:
    """Turn the milestones of fund reorganizations, written in YAML, into calendar feeds.

    DATA is the folder that holds site.yaml, trusts/ and plans/. Without it, the folder is "data". "calfeed init" makes
    one to start from, and "calfeed COMMAND --help" explains a command.
    """
    open_standard_descriptors()
    for stream in (sys.stdout, sys.stderr):
        # With an old encoding, characters that it lacks are shown as escapes.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
