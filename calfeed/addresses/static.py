"""The files at fixed addresses, the same for every catalog: static files, schemas and robots.txt."""

from functools import cache
from pathlib import Path

from calfeed.addresses.representations import Representation
from calfeed.reading.documents import DOCUMENTS

PLAIN_TEXT = "text/plain; charset=utf-8"
# Everything is allowed: some calendars refuse a feed that robots.txt disallows, or a site without a robots.txt.
_ROBOTS = b"User-agent: *\nAllow: /\n"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
_INSIDE, _BESIDE = (Path(__file__).parents[up] / "static" for up in (1, 2))
STATIC = _INSIDE if _INSIDE.is_dir() else _BESIDE
"""The folder of static files: inside an installed package, or beside the package in a checkout."""


@cache
def static_files() -> dict[str, Representation]:
    """The files at fixed addresses, by path."""
    found = {"/robots.txt": Representation(body=_ROBOTS, media_type=PLAIN_TEXT)}
    for name in DOCUMENTS:
        found[f"/schema/{name}.json"] = Representation(body=schema_bytes(name), media_type="application/schema+json")
    for path in sorted(STATIC.rglob("*")):
        if media_type := _TYPES.get(path.suffix):
            at = f"/static/{path.relative_to(STATIC).as_posix()}"
            found[at] = Representation(body=path.read_bytes(), media_type=media_type)
    return found


def schema_bytes(name: str) -> bytes:
    """The JSON Schema of a document, as `calfeed schema` has printed it to static/: to make it anew takes pydantic."""
    return (STATIC / "schema" / f"{name}.json").read_bytes()
