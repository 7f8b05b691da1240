"""`calfeed schema`: the JSON Schemas of the documents, and the OpenAPI document."""

import json

import click

from calfeed.addresses.openapi import openapi_bytes
from calfeed.reading.documents import DOCUMENTS
from calfeed.reading.schemas import json_schema


@click.command()
@click.argument("name", required=False, type=click.Choice([*DOCUMENTS, "openapi"]), metavar="[NAME]")
def schema(name: str | None) -> None:
    """Print the JSON Schema of a kind of file, for editors. Without NAME, print all.

    NAME is site, trust, plan, confidential-trust or readers.

    "openapi" prints the OpenAPI document of the JSON format of the feeds.
    """
    if name == "openapi":
        click.echo(openapi_bytes(), nl=False)
    elif name:
        click.echo(json.dumps(json_schema(name), indent=1))
    else:
        click.echo(json.dumps({each: json_schema(each) for each in DOCUMENTS}, indent=1))
