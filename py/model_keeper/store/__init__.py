"""The durable store: one schema and one code path for a SQLite file and for PostgreSQL."""

from model_keeper.store.facade import JobStore, open_store

__all__ = ["JobStore", "open_store"]
