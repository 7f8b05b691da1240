"""A catalog to feeds of events, and what changed in them."""
