"""The least that a program does which reads YAML into one pydantic model: what `calfeed check` is measured beside."""

import yaml  # noqa: F401 -- what it takes to import it is measured
from pydantic import BaseModel


class Plan(BaseModel):
    """A document with one key."""

    title: str
