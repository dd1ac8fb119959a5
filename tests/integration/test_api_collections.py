"""Collections over HTTP, on the standalone server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.panel_server import PanelServer, refused
from tests.integration.test_api_library import add, done

HUB = "https://huggingface.co/o/r/resolve/main/"
STYLE = safetensors(3_000, seed=1)


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add("o/r", "style.safetensors", STYLE)
        yield made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, hub: FakeHub) -> Iterator[PanelServer]:
    nobody = {"MODEL_KEEPER_CIVITAI_ENDPOINT": "http://127.0.0.1:9"}
    folder = tmp_path_factory.mktemp("server")
    with PanelServer(folder, HF_ENDPOINT=hub.url, **nobody) as made:
        add(made, "loras/mine.safetensors", safetensors(2_000, seed=2))
        done(made, "library/scan", {})
        done(made, "library/hash", {})
        yield made


def exported(server: PanelServer, query: str = "") -> Any:
    return server.get(f"library/export?{query}")


def collection(*models: Any) -> dict[str, Any]:
    return {"format": "model-keeper-collection", "version": 1, "models": [*models]}


def posted(server: PanelServer, what: str, document: Any, **more: Any) -> Any:
    reply = server.ask("POST", f"collections/{what}", {"document": document, **more})
    assert reply.status in {200, 202}, reply
    return reply.data


def test_what_is_exported_is_here_and_nothing_is_to_be_done(server: PanelServer) -> None:
    document = exported(server, "category=loras&q=mine")
    [model] = document["models"]
    assert (model["category"], model["path"], model["size"]) == ("loras", "mine.safetensors", 2_000)
    assert len(model["hashes"]["computed"]["sha256"]) == 64

    [row] = posted(server, "plan", document)["items"]
    assert (row["state"], row["fields"], row["marks"], row["error"]) == ("here", [], False, None)
    assert posted(server, "verify", document)["counts"] == {"here": 1}
    assert posted(server, "apply", document) == {"job": None, "items": []}
    mine = server.get("library?q=mine")["items"][0]["id"]
    assert exported(server, f"q=mine&without={mine}")["models"] == []


def test_only_what_is_ticked_is_fetched_with_its_marks(server: PanelServer) -> None:
    source = {"sources": [{"url": HUB + "style.safetensors"}]}
    wanted = {"category": "loras", "path": "a/style.safetensors", "marks": {"rating": 4}, **source}
    other = {"category": "loras", "path": "other.safetensors", **source}
    nobody = {"category": "vae", "path": "x.safetensors"}
    private = {**nobody, "path": "p.safetensors", "sources": [{"url": "https://10.0.0.1/a"}]}
    document = collection(wanted, other, nobody, private, {**nobody, "path": "../x.safetensors"})

    plan = posted(server, "plan", document)
    assert {row["key"]: row["state"] for row in plan["items"]} == {
        "loras/a/style.safetensors": "fetch",
        "loras/other.safetensors": "fetch",
        "vae/x.safetensors": "missing",
        "vae/p.safetensors": "refused",
    }
    assert plan["items"][3]["error"]["code"] == "host_refused"
    assert [row["error"]["code"] for row in plan["refused"]] == ["name_unusable"]
    assert plan["items"][0]["place"] == str(server.models / "loras/a/style.safetensors")

    applied = posted(server, "apply", document, only=["loras/a/style.safetensors"])
    assert [row["key"] for row in applied["items"]] == ["loras/a/style.safetensors"]
    assert server.finished(applied["job"]["id"])["state"] == "succeeded"
    assert (server.models / "loras/a/style.safetensors").read_bytes() == STYLE
    assert not (server.models / "loras/other.safetensors").exists()
    [item] = server.get("library?q=style")["items"]
    assert item["marks"]["rating"] == 4


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({}, "collection_unreadable"),
        ({**collection(), "version": 9}, "collection_newer"),
        (collection(*[None] * 200_001), "collection_too_large"),
    ],
)
@pytest.mark.parametrize("what", ["plan", "apply", "verify"])
def test_what_is_no_collection_is_refused(
    server: PanelServer, what: str, document: Any, code: str
) -> None:
    refused(server.ask("POST", f"collections/{what}", {"document": document}), 400, code)


def test_what_is_shared_holds_no_marks(server: PanelServer) -> None:
    [item] = server.get("library?q=mine")["items"]
    server.ask("PATCH", f"library/{item['id']}", {"notes": "secret", "favourite": True})
    assert "secret" in json.dumps(exported(server, f"ids={item['id']}"))
    assert "secret" not in json.dumps(exported(server, f"ids={item['id']}&personal=false"))


def test_a_model_that_is_not_here_cannot_be_exported(server: PanelServer) -> None:
    refused(server.ask("GET", "library/export?ids=nobody"), 404, "model_not_in_library")
