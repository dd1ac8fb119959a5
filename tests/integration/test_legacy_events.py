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


class Act:
    """What a person does in the upstream panel, and what is heard of it."""

    def __init__(self, host: PanelHost, origin: Origin) -> None:
        self.values: dict[str, str] = {}
        self.found: list[Any] = []
        self._host = host
        self._origin = origin
        self._panel = LegacyPanel(host.url)
        self._panel.send("GET", "download/task")  # from its first question on it is told

    def fetch(self) -> None:
        """The rest of the file comes once something is heard of it on its way."""

        def enough(rows: list[Any]) -> bool:
            if "update_download_task" in names(rows):
                self._origin.served("told.safetensors").gate.set()
            return "complete_download_task" in names(rows)

        self._hear(lambda: self._create("task", "told.safetensors"), enough)

    def cancel(self) -> None:
        def act() -> None:
            self._create("other", "cancelled.safetensors")
            self._panel.send("DELETE", f"download/{self.values['other']}")

        self._hear(act, lambda rows: "delete_download_task" in names(rows))

    def upload(self) -> None:
        def act() -> None:
            file = ("sent.safetensors", safetensors(20_000, seed=7))
            folder = f"{self._host.models}/loras"
            self._panel.send("POST", "upload", form={"folder": folder, "file": file})

        self._hear(act, lambda rows: "update_upload_progress" in names(rows))

    def look_up(self) -> None:
        def act() -> None:
            self._panel.send("POST", "model-info/scan", json_body={"mode": "full", "path": None})

        def enough(rows: list[Any]) -> bool:
            told = [row["data"]["models"] for row in rows if "scan" in row["type"]]
            return bool(told and told[-1]) and all(told[-1].values())

        self._hear(act, enough)

    def _hear(self, act: Callable[[], Any], enough: Callable[[list[Any]], bool]) -> None:
        self.found += heard(self._host.url, act, enough)

    def _create(self, value: str, name: str) -> None:
        url = self._origin.add(name, safetensors(60_000, seed=len(self.values)), "stall")
        place = {"type": "loras", "pathIndex": "0", "fullname": name, "hashes": "{}"}
        answer = self._panel.send("POST", "model", form={**place, "downloadUrl": url})
        self.values[value] = str(answer.data["taskId"])


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
        act = Act(host, origin)
        cursor = host.get("events")["next"]
        act.fetch()
        assert host.get(f"events?since={cursor}")["events"]
        act.cancel()
        act.upload()
        act.look_up()
        assert set(act.found[-1]["data"]["models"]) == {
            str(host.models / "loras" / name) for name in ("told.safetensors", "sent.safetensors")
        }
        for wanted in filled(VECTORS["events"], act.values):
            if wanted["event"] == "fetch_download_task_list":
                continue  # after another life of the server: see the unit tests
            same = [row for row in act.found if row["type"] == wanted["event"]]
            assert any(not differences(row["data"], wanted["data"]) for row in same), wanted
