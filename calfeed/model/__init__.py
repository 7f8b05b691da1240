"""What the data says: kinds, dates, trusts, plans. Frozen values; no library, no files."""
