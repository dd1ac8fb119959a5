"""The new API, one file an area."""
