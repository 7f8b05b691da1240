"""The processes that answer requests, and follow the data folder; who sees what."""
