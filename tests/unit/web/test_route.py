"""Routes are found in their order, and a greedy name takes slashes too."""

from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.web.route import Route, RouteTable


def route(method: str, path: str) -> Route:
    return Route(method, path, lambda: None, "", Any, "")


TABLE = RouteTable(
    [
        route("GET", "model/{type}/{index}/{filename:.*}/refresh"),
        route("GET", "model/{type}/{index}/{filename:.*}"),
        route("DELETE", "model/{type}"),
    ]
)


def test_a_greedy_name_takes_slashes_and_the_specific_route_is_first() -> None:
    match = TABLE.find("GET", "model/loras/0/a/b.safetensors")
    assert dict(match.names) == {"type": "loras", "index": "0", "filename": "a/b.safetensors"}
    match = TABLE.find("GET", "model/loras/0/a/b.safetensors/refresh")
    assert (match.route, match.names["filename"]) == (TABLE.routes[0], "a/b.safetensors")
    assert TABLE.routes[1].names == ("type", "index", "filename")


def test_any_other_name_takes_none() -> None:
    with pytest.raises(KeeperError) as refused:
        TABLE.find("DELETE", "model/loras/0")
    assert refused.value.code == "route_unknown"
