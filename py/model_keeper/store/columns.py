"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_escape = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class JsonText(TypeDecorator[Any]):
    """JSON as text, readable by a person and searchable in every script.

    A file name that is no text comes back as it was; it is escaped, with all else in its value.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _storable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else json.loads(value)


def _storable(value: Any) -> str:
    text = _encode(value)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return _escape(value)
    return text


def row_number() -> TypeEngine[int]:
    """A growing 64-bit key: SQLite numbers rows by itself only in INTEGER columns."""
    return BigInteger().with_variant(Integer(), "sqlite")
