"""A data folder to a file with its one calendar of everything, by what of calfeed that takes."""

import sys
from pathlib import Path

from calfeed.feeds.feeds import Feeds
from calfeed.formats import ics
from calfeed.formats.format import Options
from calfeed.reading.folder import load

folder, calendar = map(Path, sys.argv[1:])
catalog = load(folder)
calendar.write_bytes(ics.FORMAT.render(Feeds(catalog).feed("all"), Options(site=catalog.site)))
