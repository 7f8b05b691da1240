"""Whether a filing says that a reorganization is approved, cancelled or completed."""
