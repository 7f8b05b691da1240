"""What there is at each address: bytes that depend on the data, the path and the query alone."""
