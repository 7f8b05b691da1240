"""Addresses to bytes, and the processes that answer them; live data, readers, publishing."""
