"""`calfeed build`: the whole site as files."""

import gc
from pathlib import Path

import click

from calfeed.cli.options import data_option
from calfeed.cli.output import Refusal, count, loaded, say, say_placeholder, with_progress
from calfeed.publishing.build import build as write_site
from calfeed.publishing.places import BuildError


@click.command()
@click.argument("out", metavar="OUT")
@data_option
def build(out: str, data: Path) -> None:
    """Write the whole site as files that any web server can serve, with the same bytes as "serve".

    OUT is a folder, or a place in an object store: s3://BUCKET/PATH, gs://BUCKET/PATH or az://CONTAINER/PATH. Only what
    has changed is written, and only what an earlier build wrote is deleted. If a build is interrupted, run it again.
    Nothing that is confidential is ever built.
    """
    catalog = loaded(data)
    # All of it lives to the end of the process, and so does most of what this process makes of it. So the collector
    # need not look through either: for the row "build after an edit".
    gc.freeze()
    gc.disable()
    try:
        built = write_site(out, data, catalog, with_progress)
    except BuildError as error:
        raise Refusal(str(error)) from None
    say_placeholder(catalog.site, data)
    say(
        f"Built {count(built.written + built.unchanged, 'file')} in {out}: {built.written:,} written, "
        f"{built.deleted:,} deleted, {built.unchanged:,} unchanged."
    )
