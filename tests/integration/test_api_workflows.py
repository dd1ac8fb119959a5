"""Workflows over HTTP: resolved as a document, put right, and read out of files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.panel_server import PanelServer, refused
from tests.integration.panels import Reply

VAE = safetensors(40_000, seed=1)
REPO = "Comfy-Org/models"
AE = f"https://huggingface.co/{REPO}/resolve/main/vae/ae.safetensors"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add(REPO, "vae/ae.safetensors", VAE)
        yield made


@pytest.fixture
def server(tmp_path: Path, hub: FakeHub, request: pytest.FixtureRequest) -> Iterator[PanelServer]:
    with PanelServer(tmp_path, HF_ENDPOINT=hub.url) as made:
        request.getfixturevalue("blocking_refused")
        yield made


def loader(number: int, value: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "type": "VAELoader", "mode": 0, "widgets_values": [value], **more}


def declaring(number: int, value: str, url: str = AE) -> dict[str, Any]:
    model = {"name": value, "url": url, "directory": "vae"}
    return loader(number, value, title="My VAE", properties={"models": [model]})


def workflow(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"nodes": list(nodes), "links": [], "version": 0.4, **more}


def change(number: int, old: str, new: str, **more: Any) -> dict[str, Any]:
    return {
        "node_id": str(number), "path": ["widgets_values", 0], "old": old, "new": new, **more
    }  # fmt: skip


# -- resolve -------------------------------------------------------------------------------------


def test_resolving_tells_of_every_place(server: PanelServer) -> None:
    (server.models / "vae" / "here.safetensors").write_bytes(VAE)
    found = server.post(
        "workflows/resolve",
        {
            "workflow": workflow(
                loader(1, "here.safetensors"),
                loader(2, "here.safetensors", mode=4),
                declaring(3, "ae.safetensors"),
                loader(4, "nowhere.safetensors"),
            ),
            "name": "Portrait",
            "search": False,
        },
    )
    assert (found["workflow"], found["format"]) == ("Portrait", "ui")
    rows = {row["node_id"]: row for row in found["references"]}
    assert {node: row["status"] for node, row in rows.items()} == {
        "1": "on_disk",
        "2": "on_disk",
        "3": "fetch",
        "4": "missing",
    }
    assert rows["1"]["path"] == str(server.models / "vae" / "here.safetensors")
    assert (rows["1"]["active"], rows["2"]["active"]) == (True, False)
    assert rows["3"]["candidates"][0]["url"] == AE
    assert set(rows["3"]) == {
        "scope", "node_id", "node_type", "widget", "value", "category", "active", "status",
        "path", "candidates",
    }  # fmt: skip
    assert found["summary"] == {
        "files": 3, "references": 4, "on_disk": 1, "relink": 0, "fetch": 1, "choose": 0,
        "missing": 1, "optional": 0, "builtin": 0,
    }  # fmt: skip


def test_a_queued_workflow_is_resolved_as_well(server: PanelServer) -> None:
    api = {"3": {"class_type": "VAELoader", "inputs": {"vae_name": "x.safetensors"}}}
    found = server.post("workflows/resolve", {"workflow": {"prompt": api}, "search": False})
    (row,) = found["references"]
    assert (found["format"], row["widget"], row["status"]) == ("api", "vae_name", "missing")


# -- relink --------------------------------------------------------------------------------------


def test_named_changes_are_made_in_a_copy(server: PanelServer) -> None:
    whole = workflow(declaring(1, "SDXL/ae.safetensors"), loader(2, "ae.safetensors"), extra={})
    asked = change(1, "SDXL/ae.safetensors", "ae.safetensors")
    relinked = server.post("workflows/relink", {"workflow": whole, "changes": [asked]})
    first, second = relinked["workflow"]["nodes"]
    assert first["widgets_values"] == ["ae.safetensors"]
    assert first["properties"]["models"][0]["name"] == "ae.safetensors"
    assert second == whole["nodes"][1]
    assert relinked["changes"] == [
        {
            **asked,
            "scope": "",
            "node_type": "VAELoader",
            "title": "My VAE",
            "widget": "0",
            "kind": None,
        }
    ]


def test_names_within_texts_are_changed_each_for_itself(server: PanelServer) -> None:
    text = "a cat <lora:old:0.8> and <lora:other:1>"
    prompt = {"id": 5, "type": "Prompts", "mode": 0, "widgets_values": [text]}
    names = [
        change(5, "old", "new", kind="lora_tag"),
        change(5, "other", "sub/more", kind="lora_tag"),
    ]
    relinked = server.post("workflows/relink", {"workflow": workflow(prompt), "changes": names})
    (node,) = relinked["workflow"]["nodes"]
    assert node["widgets_values"] == ["a cat <lora:new:0.8> and <lora:sub/more:1>"]
    assert [(row["old"], row["new"]) for row in relinked["changes"]] == [
        ("old", "new"),
        ("other", "sub/more"),
    ]


def test_a_wrapped_workflow_stays_wrapped(server: PanelServer) -> None:
    wrapped = {"workflow": workflow(loader(1, "a.pt")), "more": 1}
    body = {"workflow": wrapped, "changes": [change(1, "a.pt", "b.pt")]}
    relinked = server.post("workflows/relink", body)["workflow"]
    assert relinked["workflow"]["nodes"][0]["widgets_values"] == ["b.pt"]
    assert relinked["more"] == 1


def test_what_says_something_else_by_now_is_not_changed(server: PanelServer) -> None:
    whole = workflow(loader(1, "a.pt"), loader(2, "b.pt"))
    asked = [change(1, "a.pt", "x.pt"), change(2, "else.pt", "y.pt")]
    details = refused(
        server.ask("POST", "workflows/relink", {"workflow": whole, "changes": asked}),
        409,
        "workflow_changed",
    )
    assert details["old"] == "else.pt"


def test_without_changes_nothing_but_the_certain_is_relinked(server: PanelServer) -> None:
    whole = workflow(loader(1, "nowhere.safetensors"))
    relinked = server.post("workflows/relink", {"workflow": whole})
    assert relinked == {"workflow": whole, "changes": []}


@pytest.mark.parametrize(
    "wrong",
    [
        {"node_id": 1},
        {"path": "widgets_values"},
        {"path": [0.5]},
        {"old": None},
        {"kind": "tag"},
        {"more": 1},
    ],
)
def test_a_change_that_is_none_is_refused(server: PanelServer, wrong: dict[str, Any]) -> None:
    body = {"workflow": workflow(loader(1, "a.pt")), "changes": [{**change(1, "a", "b"), **wrong}]}
    refused(server.ask("POST", "workflows/relink", body), 400, "invalid_request")


@pytest.mark.parametrize("route", ["workflows/resolve", "workflows/relink"])
def test_what_is_no_workflow_is_refused(server: PanelServer, route: str) -> None:
    refused(server.ask("POST", route, {}), 400, "invalid_request")
    refused(server.ask("POST", route, {"workflow": []}), 400, "invalid_request")
    refused(server.ask("POST", route, {"workflow": {}}), 400, "workflow_empty")
    refused(server.ask("POST", route, {"workflow": {"a": 1}}), 400, "workflow_unknown_format")


# -- read ----------------------------------------------------------------------------------------


def sent(server: PanelServer, content: bytes) -> Reply:
    return server.ask("POST", "workflows/read", content, {"X-Model-Keeper": "1"})


def picture(**texts: str) -> bytes:
    info = PngInfo()
    for key, text in texts.items():
        info.add_text(key, text)
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "png", pnginfo=info)
    return out.getvalue()


def test_a_picture_is_opened_as_the_workflow_that_it_carries(server: PanelServer) -> None:
    whole = workflow(loader(1, "a.pt"))
    found = sent(server, picture(workflow=json.dumps(whole), prompt="{}"))
    assert (found.status, found.data) == (200, {"workflow": whole, "format": "ui"})


def test_a_file_is_read_whatever_it_is_called(server: PanelServer) -> None:
    api = {"3": {"class_type": "VAELoader", "inputs": {}}}
    found = sent(server, json.dumps({"prompt": api}).encode())
    assert (found.status, found.data) == (200, {"workflow": api, "format": "api"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workflow_empty"),
        (b"\x00\x01\x02", "workflow_unreadable"),
        (b"{", "workflow_unreadable"),
        (b'{"a": 1}', "workflow_unknown_format"),
        (picture(), "workflow_not_embedded"),
    ],
)
def test_a_file_without_a_workflow_is_refused(
    server: PanelServer, content: bytes, code: str
) -> None:
    refused(sent(server, content), 400, code)


def test_a_page_of_another_site_may_not_have_files_read(server: PanelServer) -> None:
    refused(server.ask("POST", "workflows/read", b"{}", {}), 415, "header_needed")
