"""Feeds as calendars, pages and data: one module a format."""
