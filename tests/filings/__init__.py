"""Texts of filings with what is true of them, and the tests of what reads filings."""
