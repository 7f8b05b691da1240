"""`calfeed schema`: the JSON Schemas of the documents."""

import json

import click

from calfeed.reading.documents import DOCUMENTS, json_schema
from calfeed.serving.resources import schema_bytes


@click.command()
@click.argument("name", required=False, type=click.Choice(list(DOCUMENTS)))
def schema(name: str | None) -> None:
    """Print the JSON Schema of site, trust, plan or readers files, for editors; without NAME, all of them."""
    if name:
        click.echo(schema_bytes(name), nl=False)
    else:
        click.echo(json.dumps({each: json_schema(each) for each in DOCUMENTS}, indent=1))
