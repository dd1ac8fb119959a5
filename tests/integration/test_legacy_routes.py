"""Every route of the upstream panel on both hosts, replayed from the vectors."""

from __future__ import annotations

import asyncio
import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.legacy_panel import FormValue, LegacyPanel, PanelAnswer, differences, filled
from tests.integration.panels import PanelHost
from tests.unit.library.preview_pictures import picture

VECTORS = json.loads(Path(__file__).with_name("legacy_vectors.json").read_text(encoding="utf-8"))
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 100
_WHEN_NS = 1_700_000_000_123_000_000


def furnish(models: Path) -> None:
    """The model files that the vectors speak of."""
    contents = {
        "styles/ink #1.safetensors": safetensors(20_000, metadata={"modelspec.title": "Ink"}),
        "styles/ink #1.md": b"# Ink\n",
        "styles/ink #1.preview.png": PNG,
        "moving.safetensors": safetensors(20_000, seed=2),
        "moving.mp4": b"\0\0\0\x18ftypmp42",
        "plain.pt": b"even",
    }
    (models / "loras" / "empty").mkdir(parents=True)
    for name, content in contents.items():
        path = models / "loras" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, ns=(_WHEN_NS, _WHEN_NS))


def sent(value: Any) -> FormValue:
    """A value of a form; ``$model`` is the name of a model file."""
    if isinstance(value, dict):
        return value["$model"], safetensors(20_000, seed=9)
    return str(value)


def replay(panel: LegacyPanel, vector: Any, values: dict[str, Any]) -> list[str]:
    """What of the answer is not as it should be."""
    vector = filled(vector, values)
    method, path = vector["send"]
    form = vector.get("form") and {name: sent(value) for name, value in vector["form"].items()}
    answer = panel.send(method, path, json_body=vector.get("json"), form=form)
    if answer.status != vector.get("status", 200):
        return [f"status {answer.status}"]
    if "error" in vector:
        return [] if vector["error"] in answer.error else [answer.error]
    if "holds" in vector:
        named = {key: answer.data[key] for key in vector["holds"]}
        return differences(named, vector["holds"])
    if isinstance(answer.data, dict) and "taskId" in answer.data:
        values["task"] = answer.data["taskId"]
    return differences(answer.data, vector["data"])


@pytest.mark.parametrize("kind", ["standalone", "comfyui"])
def test_the_vectors(tmp_path: Path, kind: str) -> None:
    models = tmp_path / "models"
    furnish(models)
    with Origin() as origin, PanelHost(tmp_path, kind) as host:
        values = {
            "models": models,
            "file": origin.add("held.safetensors", safetensors(60_000), "stall"),
            "picture": origin.add("picture.png", picture()),
            "page": origin.add("page.html", b"<!doctype html>"),
        }
        panel = LegacyPanel(host.url)
        wrong = {row["name"]: replay(panel, row, values) for row in VECTORS["requests"]}
        assert {name: rows for name, rows in wrong.items() if rows} == {}


def test_a_file_that_was_thrown_away_is_in_the_trash_and_not_lost(tmp_path: Path) -> None:
    furnish(tmp_path / "models")
    content = (tmp_path / "models" / "loras" / "moving.safetensors").read_bytes()
    with PanelHost(tmp_path, "standalone") as host:
        assert LegacyPanel(host.url).send("DELETE", "model/loras/0/moving.safetensors").data is None
    kept = [path for path in tmp_path.rglob("*.trash") if path.read_bytes() == content]
    assert len(kept) == 1


def test_the_panels_description_and_preview_come_to_lie_beside_the_file(tmp_path: Path) -> None:
    with Origin() as origin, PanelHost(tmp_path, "standalone") as host:
        form: dict[str, str | bytes] = {
            "type": "loras", "pathIndex": "0", "fullname": "a/b.safetensors", "hashes": "{}",
            "downloadUrl": origin.add("b.safetensors", safetensors(60_000)),
            "description": "# B", "previewFile": PNG,
        }  # fmt: skip
        panel = LegacyPanel(host.url)
        task = panel.send("POST", "model", form=form).data["taskId"]
        host.job_in(task, "succeeded")
        folder = host.models / "loras" / "a"
        host.until(lambda: sorted(p.name for p in folder.iterdir()), lambda names: len(names) == 3)
        assert (folder / "b.md").read_text(encoding="utf-8") == "# B"
        assert (folder / "b.preview.png").read_bytes() == PNG
        shown = panel.send("GET", "preview/loras/0/a/b.webp")
        assert (shown.headers["Content-Type"], shown.body) == ("image/png", PNG)


def test_a_preview_comes_as_a_file_or_by_its_address_and_goes(tmp_path: Path) -> None:
    furnish(tmp_path / "models")
    red, address = picture(colour="red"), "model/loras/0/moving.safetensors"
    with Origin() as origin, PanelHost(tmp_path, "standalone") as host:
        panel = LegacyPanel(host.url)

        def put(preview: str | bytes) -> PanelAnswer:
            return panel.send("PUT", address, form={"previewFile": preview})

        def shown() -> bytes:
            return panel.send("GET", "preview/loras/0/moving.webp").body

        assert put(red).data is None
        assert shown() == red, "it goes before the film that has the model's name"
        kept = host.models / "loras" / "moving.mp4"
        assert kept.exists()
        assert put("/model-manager/preview/loras/0/moving.png").data is None
        assert shown() == red
        blue = picture("WEBP", colour="blue")
        assert put(origin.add("blue.jpeg", blue)).data is None
        assert shown() == blue
        for refusal in (b"<svg/>", origin.add("page", b"<html>"), "file:///etc/passwd",
                        origin.add("404", red, "404"), "http://10.0.0.1/a.png"):  # fmt: skip
            assert put(refusal).error
            assert shown() == blue
        assert put("undefined").data is None
        assert shown().startswith(b"<svg"), "all are gone"
        assert len(list((tmp_path / "state" / "previews" / "kept").iterdir())) == 3


def test_previews_are_made_again_by_a_job(tmp_path: Path) -> None:
    furnish(tmp_path / "models")
    with PanelHost(tmp_path, "standalone") as host:
        panel = LegacyPanel(host.url)
        body = {"models": ["loras/0/plain.pt", {"type": "loras", "filename": "moving.safetensors"}]}
        answer = panel.send("POST", "preview/regenerate", json_body=body)
        assert answer.status == 202
        assert answer.data["task"]["type"] == "preview"
        job = host.job_in(answer.data["job"]["id"], "succeeded")
        assert job["kind"] == "preview"
        refusal = panel.send("POST", "preview/regenerate", json_body={"models": ["loras/0/../x"]})
        assert refusal.error


def test_previews_are_asked_for_again_and_drawn_where_there_is_none(tmp_path: Path) -> None:
    furnish(tmp_path / "models")
    with PanelHost(tmp_path, "comfyui") as host:
        panel = LegacyPanel(host.url)
        shown = panel.send("GET", "preview/loras/0/styles/ink%20%231.png")
        assert (shown.status, shown.body) == (200, PNG)
        assert shown.headers["Cache-Control"] == "no-cache"
        again = {"If-None-Match": shown.headers["Etag"]}
        assert (
            panel.send("GET", "preview/loras/0/styles/ink%20%231.png", headers=again).status == 304
        )
        video = panel.send("GET", "preview/loras/0/moving.mp4")
        assert video.headers["Content-Type"] == "video/mp4"
        for name in ("loras/0/plain.webp", "loras/0/no-preview.png", "download/nothing.webp"):
            drawn = panel.send("GET", f"preview/{name}")
            assert drawn.headers["Content-Type"].startswith("image/svg+xml")
            assert drawn.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("kind", ["standalone", "comfyui"])
def test_a_model_page_says_what_it_offers(tmp_path: Path, kind: str) -> None:
    content = safetensors(20_000, seed=3)
    with FakeHub() as hub, PanelHost(tmp_path, kind, HF_ENDPOINT=hub.url) as host:
        hub.repo("artist/ink")
        hub.add("artist/ink", "ink.safetensors", content)
        page = quote(f"{hub.url}/artist/ink/blob/main/ink.safetensors", safe="")
        (found,) = LegacyPanel(host.url).send("GET", f"model-info?model-page={page}").data
    wanted = {
        "id": 0, "shortname": "$text", "basename": "ink", "extension": ".safetensors",
        "preview": [], "sizeBytes": 20_000, "type": "$text", "pathIndex": 0, "subFolder": "",
        "description": "$text", "metadata": "$object", "downloadPlatform": "huggingface",
        "downloadUrl": "$text", "hashes": {"SHA256": sha256(content).hexdigest().upper()},
    }  # fmt: skip
    assert differences(found, wanted) == []
    assert found["description"].startswith("---\n")


def test_the_upstream_extensions_own_routes_go_before_ours() -> None:
    """Whichever was loaded first: the longer fixed beginning wins."""

    async def ours(_: web.Request) -> web.Response:
        raise NotImplementedError

    async def theirs(_: web.Request) -> web.Response:
        raise NotImplementedError

    async def served(path: str) -> Any:
        router = web.Application().router
        router.add_route("*", "/model-manager/{tail:.*}", ours)
        router.add_get("/model-manager/models", theirs)
        router.add_get("/model-manager/model/{type}/{index}/{filename:.*}", theirs)
        return (await router.resolve(make_mocked_request("GET", path))).handler

    assert asyncio.run(served("/model-manager/models")) is theirs
    assert asyncio.run(served("/model-manager/model/loras/0/a/b.pt")) is theirs
    assert asyncio.run(served("/model-manager/supported-extensions")) is ours
