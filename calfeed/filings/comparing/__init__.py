"""A plan held against its filings, in both directions."""
