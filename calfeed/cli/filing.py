"""What the commands share that read a filing."""

import sys
from pathlib import Path
from typing import NoReturn

from calfeed.cli.output import say
from calfeed.filings.opening import MOST_OCTETS, read_filing
from calfeed.filings.text import Filing, NotAFilingError

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


def refuse(message: str) -> NoReturn:
    """End with a message, since the command cannot do what was asked."""
    say(f"Error: {message}")
    sys.exit(2)
