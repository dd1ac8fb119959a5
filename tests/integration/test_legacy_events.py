"""What the upstream panel hears of its tasks, by the socket of ComfyUI."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.legacy_panel import LegacyPanel, differences, filled
from tests.integration.panels import PanelHost
from tests.integration.patience import PATIENCE

VECTORS = json.loads(Path(__file__).with_name("legacy_vectors.json").read_text(encoding="utf-8"))
_EVENTS = {row["event"] for row in VECTORS["events"]}


def heard(url: str, act: Callable[[], Any], enough: Callable[[list[Any]], bool]) -> list[Any]:
    """The panel's events from ``act`` on, until they are ``enough``."""

    async def listen() -> list[Any]:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/ws") as socket:
            await socket.receive_str(timeout=PATIENCE)
            await asyncio.get_running_loop().run_in_executor(None, act)
            found: list[Any] = []
            while not enough(found):
                message = json.loads(await socket.receive_str(timeout=PATIENCE))
                if message["type"] in _EVENTS:
                    found.append(message)
            return found

    return asyncio.run(listen())


def names(found: list[Any]) -> set[str]:
    return {message["type"] for message in found}


def test_a_task_is_heard_of_from_its_creation_to_its_end(tmp_path: Path) -> None:
    with (
        Origin() as origin,
        FakeCivitai() as civitai,
        FakeHub() as hub,
        PanelHost(
            tmp_path,
            "comfyui",
            MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url,
            HF_ENDPOINT=hub.url,
        ) as host,
    ):
        panel = LegacyPanel(host.url)
        values: dict[str, Any] = {}

        def create(name: str) -> str:
            url = origin.add(name, safetensors(60_000, seed=len(values)), "stall")
            place = {"type": "loras", "pathIndex": "0", "fullname": name, "hashes": "{}"}
            answer = panel.send("POST", "model", form={**place, "downloadUrl": url})
            return str(answer.data["taskId"])

        def act() -> None:
            values["task"] = create("told.safetensors")

        def fetched(rows: list[Any]) -> bool:
            if "update_download_task" in names(rows):
                origin.served("told.safetensors").gate.set()
            return "complete_download_task" in names(rows)

        panel.send("GET", "download/task")  # from its first question on it is told
        cursor = host.get("events")["next"]
        found = heard(host.url, act, fetched)
        assert host.get(f"events?since={cursor}")["events"]

        def cancel() -> None:
            values["other"] = create("cancelled.safetensors")
            panel.send("DELETE", f"download/{values['other']}")

        found += heard(host.url, cancel, lambda rows: bool({"delete_download_task"} & names(rows)))

        def upload() -> None:
            file = ("sent.safetensors", safetensors(20_000, seed=7))
            panel.send("POST", "upload", form={"folder": f"{host.models}/loras", "file": file})

        def look_up() -> None:
            panel.send("POST", "model-info/scan", json_body={"mode": "full", "path": None})

        def looked_up(rows: list[Any]) -> bool:
            told = [row["data"]["models"] for row in rows if "scan" in row["type"]]
            return bool(told and told[-1]) and all(told[-1].values())

        found += heard(host.url, upload, lambda rows: "update_upload_progress" in names(rows))
        found += heard(host.url, look_up, looked_up)
        assert set(found[-1]["data"]["models"]) == {
            str(host.models / "loras" / name) for name in ("told.safetensors", "sent.safetensors")
        }
        for wanted in filled(VECTORS["events"], values):
            if wanted["event"] == "fetch_download_task_list":
                continue  # after another life of the server: see the unit tests
            same = [row for row in found if row["type"] == wanted["event"]]
            assert any(not differences(row["data"], wanted["data"]) for row in same), wanted
