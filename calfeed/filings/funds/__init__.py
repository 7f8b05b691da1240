"""The funds and trusts that a filing names, and which fund goes into which."""
