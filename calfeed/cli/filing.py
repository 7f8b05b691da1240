"""What the commands share that read a filing."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from calfeed.cli.output import refuse, say
from calfeed.filings.funds.named import Sort
from calfeed.filings.passages.opening import MOST_OCTETS, read_filing
from calfeed.filings.passages.text import Filing, NotAFilingError
from calfeed.model.catalog import Catalog
from calfeed.reading.suggestions import did_you_mean

STANDARD_INPUT = "-"


def read_given_filing(name: str) -> Filing:
    """The text of a file that somebody named, or of standard input; ends with a message where it cannot be read."""
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MOST_OCTETS + 1)
            name = "standard input"
        else:
            with Path(name).open("rb") as stream:
                content = stream.read(MOST_OCTETS + 1)
        filing = read_filing(content, name)
    except OSError as error:
        refuse(f"{name} cannot be read: {error.strerror or error}")
    except NotAFilingError as error:
        refuse(str(error))
    say(f"{name} was read as {filing.encoding}.")
    return filing


def refuse_unknown_plan(plan: str, known: Sequence[str], data: Path) -> NoReturn:
    """End with a message for a plan that is none of the known ones."""
    refuse(f'there is no plan "{plan}" in {data}{did_you_mean(plan, known) or ": name its id or its file"}')


def registered_names(catalog: Catalog | None) -> dict[str, Sort]:
    """The names in a catalog, each with what it is of."""
    registered: dict[str, Sort] = {}
    for trust in catalog.trusts if catalog else ():
        registered.update(dict.fromkeys((trust.name, *trust.other_names), Sort.TRUST))
    for portfolio in catalog.portfolios if catalog else ():
        registered.update(dict.fromkeys((portfolio.name, *portfolio.other_names), Sort.FUND))
    return registered
