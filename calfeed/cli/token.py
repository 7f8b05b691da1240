"""`calfeed token`: a secret address for a reader."""

import json
import secrets
from pathlib import Path

import click

from calfeed.cli.options import data_option
from calfeed.cli.output import Refusal, say
from calfeed.reading.files import CONFIDENTIAL, READERS_FILE
from calfeed.reading.overlay import read_whole
from calfeed.reading.readers import EVERYTHING, TOKEN_BYTES, TOKEN_PREFIX, advice_on_address
from calfeed.reading.tokens import digest_of_token


@click.command()
@click.argument("reader", metavar="READER")
@click.option(
    "--sees",
    multiple=True,
    required=True,
    metavar="WHAT",
    help=f"What the reader may see: plans/PLAN, trusts/TRUST (more than once if need be) or {EVERYTHING}.",
)
@data_option
def token(reader: str, sees: tuple[str, ...], data: Path) -> None:
    """Make a secret address for READER, who may see what is confidential.

    The address is shown once and not stored. It cannot be worked out from the lines for readers.yaml.
    """
    whole, file = read_whole(data), data / CONFIDENTIAL / READERS_FILE
    if not reader.strip():
        raise Refusal("a reader needs a name")
    if any(reader == each.name for each in whole.readers.readers):
        raise Refusal(f'"{reader}" is in {file} already: give another name, or take its lines out first')
    known = [*whole.addresses, EVERYTHING]
    for address in sees:
        if address not in known:
            raise Refusal(f'there is no "{address}" in {data}{advice_on_address(address, known)}')
    secret = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    url = whole.overlay.site.url
    click.echo(f"{url}/private/{secret}/")
    if not url:
        say("Put the address of your server before it.")
    is_new = READERS_FILE not in whole.overlay.files
    put = f"Put these lines into a new file, {file}." if is_new else f'Add these lines to {file}, under "readers:".'
    say(f"This address is shown once: give it to {reader} alone. {put}")
    key = json.dumps(reader, ensure_ascii=not reader.isprintable())
    lines = [f"  {key}:", f"    token: {digest_of_token(secret)}", "    sees:", *(f"      - {each}" for each in sees)]
    click.echo("\n".join(["readers:", *lines] if is_new else lines))
