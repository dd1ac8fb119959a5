"""The library over HTTP, on the standalone server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer, refused


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PanelServer]:
    with PanelServer(tmp_path) as made:
        yield made


def add(server: PanelServer, name: str, content: bytes) -> Path:
    path = server.models / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    age(path)
    return path


def done(server: PanelServer, path: str, body: Any) -> Any:
    reply = server.ask("POST", path, body)
    assert reply.status == 202, reply
    return server.finished(reply.data["job"]["id"])


def found(server: PanelServer, query: str) -> list[str]:
    return [item["relative"] for item in server.get(f"library?{query}")["items"]]


def test_what_is_scanned_is_found_and_an_empty_library_says_that_nobody_looked(
    server: PanelServer,
) -> None:
    before = server.get("library")
    assert (before["items"], before["total"], before["scanned_at"]) == ([], 0, None)

    add(server, "loras/red/Car.safetensors", safetensors(2_000, seed=1))
    add(server, "vae/broken.safetensors", b"no model")
    assert done(server, "library/scan", {})["state"] == "succeeded"

    page = server.get("library?facets=true&limit=1")
    assert page["total"] == 2
    assert page["scanned_at"] > 0
    assert page["scanning"] is False
    assert {row["value"]: row["count"] for row in page["facets"]["category"]} == {
        "loras": 1,
        "vae": 1,
    }
    rest = server.get(f"library?limit=1&after={page['next']}")
    assert rest["next"] is None
    assert page["items"] != rest["items"]
    assert server.get("library?limit=1&offset=1")["items"] == rest["items"]
    assert found(server, "q=red&category=loras") == ["red/Car.safetensors"]
    assert [item["name"] for item in server.get("library/broken")["items"]] == [
        "broken.safetensors"
    ]


def test_marks_follow_a_file_that_is_renamed(server: PanelServer) -> None:
    path = add(server, "loras/car.safetensors", safetensors(2_000, seed=1))
    done(server, "library/scan", {})
    [item] = server.get("library")["items"]
    said = {
        "favourite": True,
        "rating": 4,
        "notes": "for posters",
        "tags": [" Red  car ", "red car"],
    }

    marked = server.ask("PATCH", f"library/{item['id']}", said)
    assert marked.data["marks"] == {**said, "tags": ["Red car"]}
    kept = server.ask("PATCH", f"library/{item['id']}", {"rating": 5})
    assert kept.data["marks"] == {**marked.data["marks"], "rating": 5}

    path.rename(path.with_name("bike.safetensors"))
    done(server, "library/scan", {})
    for query in ("q=is:favourite", "q=tag:%22red%20car%22", "q=posters", "q=rating%3E4"):
        assert found(server, query) == ["bike.safetensors"], query
    refused(server.ask("GET", f"library/{item['id']}"), 404, "model_not_in_library")


def test_marks_stay_with_the_name_when_a_file_is_replaced_and_outlive_the_index(
    server: PanelServer,
) -> None:
    path = add(server, "loras/car.safetensors", safetensors(2_000, seed=1))
    done(server, "library/scan", {})
    [item] = server.get("library")["items"]
    server.ask("PATCH", f"library/{item['id']}", {"tags": ["mine"]})
    new = add(server, "loras/new.part", safetensors(3_000, seed=2))
    new.replace(path)
    for part in server.state.glob("index.sqlite3*"):
        part.unlink()

    done(server, "library/scan", {})
    assert found(server, "q=tag:mine") == ["car.safetensors"]
    server.ask("PATCH", f"library/{item['id']}", {"tags": []})
    assert found(server, "q=tag:mine") == []


def test_hashed_models_tell_what_is_here_twice_and_what_takes_the_room(server: PanelServer) -> None:
    one = add(server, "loras/one.safetensors", safetensors(2_000, seed=1))
    add(server, "loras/two.safetensors", one.read_bytes())
    os.link(one, one.with_name("link.safetensors"))
    add(server, "vae/other.safetensors", safetensors(2_000, seed=2))
    done(server, "library/scan", {})
    [first] = server.get("library?q=one")["items"]
    without = [
        item["id"] for name in ("two", "other") for item in server.get(f"library?q={name}")["items"]
    ]
    body = {"query": "", "without": without}
    assert done(server, "library/hash", body)["state"] == "succeeded"
    assert server.get("library/duplicates")["items"] == []
    assert len(server.get(f"library/{first['id']}")["hashes"]["sha256"]) == 64

    done(server, "library/hash", {})
    twice = server.get("library/duplicates")
    [group] = twice["items"]
    size = one.stat().st_size
    assert (group["files"], group["bytes_freed"], twice["bytes_freed"]) == (2, size, size)
    assert {item["name"] for item in group["items"]} == {
        "one.safetensors",
        "two.safetensors",
        "link.safetensors",
    }
    space = server.get("library/space")
    assert space["files"] == 3
    assert space["bytes"] == sum(share["bytes"] for share in space["by_category"])
    assert {share["value"]: share["files"] for share in space["by_category"]} == {
        "loras": 2,
        "vae": 1,
    }
    assert [share["value"] for share in space["by_last_use"]] == ["never"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("q=sampler:euler", "query_key_unknown"),
        ("q=size%3Ebig", "query_value_wrong"),
        ("sort=colour", "invalid_request"),
        ("limit=0", "invalid_request"),
        ("offset=-1", "invalid_request"),
        ("after=nonsense", "invalid_request"),
        ("colour=red", "invalid_request"),
    ],
)
def test_a_search_that_means_nothing_is_refused(server: PanelServer, query: str, code: str) -> None:
    refused(server.ask("GET", f"library?{query}"), 400, code)


@pytest.mark.parametrize(
    "body", [{"rating": 6}, {"rating": "5"}, {"tags": "red"}, {"tags": ["a" * 101]}, {"size": 1}]
)
def test_marks_that_mean_nothing_are_refused(server: PanelServer, body: Any) -> None:
    add(server, "loras/car.safetensors", safetensors(2_000, seed=1))
    done(server, "library/scan", {})
    [item] = server.get("library")["items"]

    refused(server.ask("PATCH", f"library/{item['id']}", body), 400, "invalid_request")
    assert server.get("library")["items"] == [item]


def test_models_that_are_not_there_are_refused(server: PanelServer) -> None:
    for method, path, body in [
        ("GET", "library/0123", None),
        ("PATCH", "library/0123", {"rating": 1}),
        ("POST", "library/hash", {"ids": ["0123"]}),
    ]:
        refused(server.ask(method, path, body), 404, "model_not_in_library")
