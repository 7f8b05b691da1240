"""calfeed: fund reorganization milestones, written in YAML, served as iCalendar feeds.

The journey of a date, one module a step: a file is read (`reader`), its shape is checked (`documents`), its names and
dates become a `Catalog` (`catalog`), the catalog becomes feeds of events (`feeds`), those become RFC 5545 bytes (`ics`)
at addresses (`resources`), which Flask answers (`web`) under a server (`server`) that the command line starts (`cli`).
"""
