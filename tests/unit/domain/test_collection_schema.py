"""The schema that is published says the same as the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from model_keeper.domain.collection_json import FORMAT, MOST_MODELS, VERSION, from_json, to_json
from tests.unit.domain.test_collection_json import COLLECTION

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / f"collection-{VERSION}.json"


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def test_what_is_written_fits_the_schema() -> None:
    Draft202012Validator(_schema()).validate(to_json(COLLECTION))


def test_the_schema_has_the_limits_of_the_reader() -> None:
    named = _schema()["properties"]
    assert named["format"]["const"] == FORMAT
    assert named["version"]["const"] == VERSION
    assert named["models"]["maxItems"] == MOST_MODELS


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"category": "loras"},
        {"category": "loras", "path": "a", "size": -1},
        {"category": "loras", "path": "a", "hashes": {"computed": {"sha256": "ab"}}},
        {"category": "loras", "path": "a", "sources": [{"url": "ftp://example.org/a"}]},
        {"category": "loras", "path": "a", "marks": {"rating": 9}},
        {"category": "loras", "path": "a", "preview": {}},
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(entry: dict[str, Any]) -> None:
    document = {"format": FORMAT, "version": VERSION, "models": [entry]}
    assert not Draft202012Validator(_schema()).is_valid(document)
    assert len(from_json(document).refused) == 1
