"""`calfeed init`: a data folder to start from."""

from importlib.resources import files
from pathlib import Path

import click

from calfeed.addresses.static import schema_bytes
from calfeed.cli.output import Refusal, say
from calfeed.reading.documents import DOCUMENTS


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a data folder to start from, DIR, with an example that explains itself."""
    starter = files("calfeed").joinpath("starter")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Refusal(f"{folder} is not empty: name a new folder")
        for name in ("site.yaml", "trusts/example-trust.yaml", "plans/example-plan.yaml"):
            _write(folder / name, starter.joinpath(name).read_bytes())
        for name in DOCUMENTS:
            _write(folder / "schema" / f"{name}.json", schema_bytes(name))
    except OSError as error:
        raise Refusal(f"cannot make {folder}: {error.strerror or error}") from None
    say(f"Made {folder}. Edit the files in it, then run: calfeed check {folder}")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
