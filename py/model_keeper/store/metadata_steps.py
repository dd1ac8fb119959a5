"""The step that brought the history of metadata."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, String, Table, Text

from model_keeper.store.columns import JsonText, row_number


def metadata_history(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "metadata_history",
        tables,
        Column("n", row_number(), primary_key=True, autoincrement=True),
        Column("host", String(255), nullable=False),
        Column("file", Text, nullable=False),
        Column("field", String(64), nullable=False),
        Column("value", JsonText, nullable=False),
        Column("owner", String(16), nullable=False),
        Column("source", String(255), nullable=False),
        Column("via", String(64)),
        Column("said_at", BigInteger),
        Column("at", BigInteger, nullable=False),
        Index("metadata_history_file", "host", "file", "field", "n"),
        sqlite_autoincrement=True,
    )
    tables.create_all(connection)
