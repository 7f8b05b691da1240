"""calfeed: fund reorganization milestones, written in YAML, served as iCalendar feeds.

The journey of a date, one room a step: files are read and checked (`reading`) and become what the data says (`model`),
which becomes feeds of events (`feeds`), which become bytes (`formats`) at addresses (`addresses`). A server answers
with them (`serving`), or a build writes them as files (`publishing`). The text of a filing becomes the draft of a plan
(`filings`). The command line (`cli`) starts each of them.
"""

__version__ = "0.2.0"
