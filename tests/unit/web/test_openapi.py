"""The document is exactly what is served."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from model_keeper.domain.errors import ERRORS, KeeperError
from model_keeper.web.api import PREFIX
from model_keeper.web.openapi import errors_of, openapi
from model_keeper.web.route import Route, RouteTable
from model_keeper.web.shapes import fields_of
from model_keeper.web.v1.table import route_table

NOBODY: Any = None
TABLE = route_table(NOBODY, NOBODY, NOBODY)
DOCUMENT = openapi(TABLE, "1")


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_route_is_described_and_nothing_else() -> None:
    described = sorted((method, path) for method, path, _ in operations())
    assert described == sorted((r.method, f"{PREFIX}/{r.path}") for r in TABLE)


def test_every_reference_leads_somewhere() -> None:
    names = set(DOCUMENT["components"]["schemas"])
    text = json.dumps(DOCUMENT)
    used = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert used <= names
    assert names == used, "a shape that nothing uses"


def shapes_in(kind: Any, found: set[type]) -> None:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind not in found:
        found.add(kind)
        for field in fields_of(kind):
            shapes_in(field.kind, found)
    for inner in get_args(kind):
        shapes_in(inner, found)


def test_shapes_have_names_of_their_own() -> None:
    found: set[type] = set()
    for route in TABLE:
        for kind in (route.body, route.query, route.answer):
            shapes_in(kind, found)
    names = Counter(shape.__name__ for shape in found)
    assert [name for name, count in names.items() if count > 1] == []


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("route", list(TABLE), ids=lambda r: f"{r.method} {r.path}")
def test_a_route_names_errors_that_exist_and_says_what_it_does(route: Route) -> None:
    assert set(route.errors) <= set(ERRORS)
    assert errors_of(route)
    assert route.summary.endswith(".")


def test_what_changes_something_is_guarded() -> None:
    open_routes = {f"{r.method} {r.path}" for r in TABLE if not r.is_guarded}
    assert {name for name in open_routes if not name.startswith("GET ")} == {"POST pair"}


def test_a_table_finds_by_method_and_path() -> None:
    match = TABLE.find("POST", "jobs/abc/pause")
    assert match.names == {"id": "abc"}
    with pytest.raises(KeeperError) as caught:
        TABLE.find("POST", "jobs/abc/dance")
    assert caught.value.code == "route_unknown"
    with pytest.raises(KeeperError) as caught:
        TABLE.find("PUT", "jobs")
    assert caught.value.code == "method_unknown"
    assert caught.value.details["known"] == "GET, POST"


def test_a_name_in_a_path_is_one_part_of_it() -> None:
    table = RouteTable([Route("GET", "a/{b}", NOBODY, "Reads.", dict[str, Any], "A")])
    for path in ("a/", "a/b/c", "a", "x/a/b", "a.b"):
        with pytest.raises(KeeperError):
            table.find("GET", path)
