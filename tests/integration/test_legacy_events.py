"""What the upstream panel hears of its tasks, by the socket of ComfyUI."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.legacy_panel import LegacyPanel, differences, filled
from tests.integration.panels import PanelHost

VECTORS = json.loads(Path(__file__).with_name("legacy_vectors.json").read_text(encoding="utf-8"))
_OWN = "_download_task"


def heard(url: str, act: Callable[[], Any], enough: Callable[[list[Any]], bool]) -> list[Any]:
    """The panel's events from ``act`` on, until they are ``enough``."""

    async def listen() -> list[Any]:
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/ws") as socket:
            await socket.receive_str(timeout=30)
            await asyncio.get_running_loop().run_in_executor(None, act)
            found: list[Any] = []
            while not enough(found):
                message = json.loads(await socket.receive_str(timeout=30))
                if message["type"].endswith(_OWN):
                    found.append(message)
            return found

    return asyncio.run(listen())


def names(found: list[Any]) -> set[str]:
    return {message["type"] for message in found}


def test_a_task_is_heard_of_from_its_creation_to_its_end(tmp_path: Path) -> None:
    with Origin() as origin, PanelHost(tmp_path, "comfyui") as host:
        panel = LegacyPanel(host.url)
        values: dict[str, Any] = {}

        def create(name: str, rate: int | None = None) -> str:
            url = origin.add(name, safetensors(60_000, seed=len(values)), rate=rate)
            place = {"type": "loras", "pathIndex": "0", "fullname": name, "hashes": "{}"}
            answer = panel.send("POST", "model", form={**place, "downloadUrl": url})
            return str(answer.data["taskId"])

        def act() -> None:
            values["task"] = create("told.safetensors")

        panel.send("GET", "download/task")  # from its first question on it is told
        cursor = host.get("events")["next"]
        found = heard(host.url, act, lambda rows: "complete_download_task" in names(rows))
        assert host.get(f"events?since={cursor}")["events"]

        def cancel() -> None:
            values["other"] = create("cancelled.safetensors", rate=5_000)
            panel.send("DELETE", f"download/{values['other']}")

        found += heard(host.url, cancel, lambda rows: bool({"delete_download_task"} & names(rows)))
        for wanted in filled(VECTORS["events"], values):
            same = [row for row in found if row["type"] == wanted["event"]]
            assert any(not differences(row["data"], wanted["data"]) for row in same), wanted
