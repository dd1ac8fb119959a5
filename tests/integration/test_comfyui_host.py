"""Inside ComfyUI: its folders, its lists, its socket and its prompts, and its sudden ends."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from model_keeper.engine.worker_link import WorkerRecord
from model_keeper.store.usage import Use
from model_keeper.testing.comfyui.process import ComfyUIProcess
from model_keeper.testing.hub import TOKEN, FakeHub
from model_keeper.testing.model_files import SyntheticSafetensors
from model_keeper.web.changes import Changes
from tests.integration.extension import PREFIX, Extension
from tests.integration.stub_comfyui import ask, write

_REPO, _SIZE = "people/models", 2_000_000
_EVENT = "modelKeeper.jobs"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600

_FOLDERS = """
import folder_paths
from pathlib import Path
NODE_CLASS_MAPPINGS = {}
base = Path(folder_paths.base_path)
folder_paths.add_model_folder_path("probe_models", str(base / "probe"))
folder_paths.add_model_folder_path("loras", str(base / "other" / "loras"), is_default=True)
"""

_NO_FOLDERS = """
import folder_paths
NODE_CLASS_MAPPINGS = {}
table = folder_paths.folder_names_and_paths
table["text"] = ("/models", {".safetensors"})
table["nothing"] = None
table["no extensions"] = (["/models"], None)
table["one"] = (["/models"],)
"""

_OLD_COMFYUI = """
import folder_paths
NODE_CLASS_MAPPINGS = {}
del type(folder_paths).get_system_user_directory
"""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeHub]:
    """The Hub that every ComfyUI of the test uses."""
    for name in [name for name in os.environ if name.startswith(("HF_", "MODEL_KEEPER_"))]:
        monkeypatch.delenv(name)
    with FakeHub() as fake:
        monkeypatch.setenv("HF_ENDPOINT", fake.url)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "no-hub-home"))
        monkeypatch.setenv("MODEL_KEEPER_ALLOW_HOSTS", "127.0.0.1,localhost")
        yield fake


@pytest.fixture
def host(hub: FakeHub, tmp_path: Path) -> Iterator[Extension]:
    with Extension(tmp_path / "comfyui") as extension:
        yield extension


def put_model(hub: FakeHub, name: str, *, fault: str = "honest") -> str:
    """A model on the Hub; its link. With the fault ``stall`` its end comes when it is let go."""
    hub.add(_REPO, name, SyntheticSafetensors(_SIZE), fault=fault, after=_SIZE // 2)
    return f"https://huggingface.co/{_REPO}/resolve/main/{name}"


def let_go(hub: FakeHub, name: str) -> None:
    hub.files.served(f"xet/{_REPO}/{name}").gate.set()


def enqueue(host: Extension, link: str, category: str = "loras", **wishes: Any) -> str:
    body = {"url": link, "category": category, **wishes}
    return str(host.post("jobs", body)["job"]["id"])


def half_arrived(host: Extension, hub: FakeHub, name: str) -> None:
    """Return once the stalled model has left the Hub by half."""
    host.until(lambda: hub.files.sent(f"xet/{_REPO}/{name}"), lambda sent: sent > _SIZE // 2)


def proven(hub: FakeHub, job: Any) -> bool:
    """Whether the file lies where the job says, and is the one of the Hub."""
    published = hub.manifest()[f"{_REPO}/{job['name']}"]
    return bool(job["sha256"] == published["sha256"] and Path(job["path"]).stat().st_size == _SIZE)


def test_the_api_says_that_this_is_comfyui(host: Extension) -> None:
    health = host.get("health")
    assert health["host"] == "comfyui"
    assert health["problems"] == []
    assert health["notes"] == []
    assert health["writes"] is None
    assert health["generating"] is False
    other = ask(f"{host.url}{PREFIX}/health").json
    for answer in (health, other):
        assert answer["default_folder"].pop("free") > 0, "it changes while others write"
    assert health == other, "with and without /api"


def test_the_folders_are_those_of_comfyui(hub: FakeHub, tmp_path: Path) -> None:
    with Extension(tmp_path, nodes={"folders": _FOLDERS}) as host:
        found: dict[str, list[str]] = {}
        for row in host.get("folders")["items"]:
            found.setdefault(row["category"], []).append(row["path"])
        rows = ask(f"{host.url}/experiment/models").json
        table = {row["name"]: row["folders"] for row in rows}
        assert found.pop("configs")
        assert found == table
        assert found["probe_models"] == [str(tmp_path / "probe")]
        assert found["loras"][0] == str(tmp_path / "other" / "loras")
        with host.store() as store:
            ((name, published),) = store.folders.all().items()
        assert name.startswith("comfyui ")
        assert {key: [root["path"] for root in row["roots"]] for key, row in published.items()} == {
            **found,
            "configs": [str(tmp_path / "models" / "configs")],
        }


def test_what_is_no_folder_in_comfyuis_table_takes_no_other_away(
    host: Extension, hub: FakeHub, tmp_path: Path
) -> None:
    expected = {row["category"] for row in host.get("folders")["items"]}
    with Extension(tmp_path / "odd", nodes={"odd": _NO_FOLDERS}) as odd:
        assert {row["category"] for row in odd.get("folders")["items"]} == expected


def test_a_download_ends_where_a_loader_lists_it(host: Extension, hub: FakeHub) -> None:
    job = host.finished(enqueue(host, put_model(hub, "t5.safetensors"), "clip"))
    assert job["category"] == "text_encoders"
    assert job["path"] == str(host.base / "models" / "text_encoders" / "t5.safetensors")
    assert proven(hub, job)
    loader = ask(f"{host.url}/api/object_info/CLIPLoader").json["CLIPLoader"]
    assert loader["input"]["required"]["clip_name"] == [["t5.safetensors"]]


def test_a_download_goes_to_the_chosen_one_of_several_folders(hub: FakeHub, tmp_path: Path) -> None:
    other = tmp_path / "other" / "loras"
    with Extension(tmp_path, nodes={"folders": _FOLDERS}) as host:
        link = put_model(hub, "style.safetensors")
        job = host.finished(enqueue(host, link, root=str(other), name="xl/style.safetensors"))
        assert job["path"] == str(other / "xl" / "style.safetensors")
        loader = ask(f"{host.url}/api/object_info/LoraLoader").json["LoraLoader"]
        assert loader["input"]["required"]["lora_name"] == [["xl/style.safetensors"]]


def test_every_browser_is_told_by_comfyuis_own_socket(host: Extension, hub: FakeHub) -> None:
    link = put_model(hub, "told.safetensors")

    async def watch(socket: Any) -> list[dict[str, Any]]:
        """Every message of ours, up to the one that says that the job is done."""
        heard = []
        async for message in socket:
            said = json.loads(message.data)
            if said["type"] != _EVENT:
                continue
            heard.append(said["data"])
            if any(job["state"] == "succeeded" for job in said["data"]["jobs"]):
                break
        return heard

    async def both() -> list[list[dict[str, Any]]]:
        async with aiohttp.ClientSession() as session:
            address = f"{host.url}/ws?clientId="
            async with (
                session.ws_connect(address + "one") as one,
                session.ws_connect(address + "two") as two,
            ):
                loop = asyncio.get_running_loop()
                added = loop.run_in_executor(None, enqueue, host, link)
                _, *heard = await asyncio.gather(added, watch(one), watch(two))
                return list(heard)

    for heard in asyncio.run(both()):
        shape = {field.name for field in dataclasses.fields(Changes)}
        assert all(set(changes) == shape for changes in heard)
        told = [event for changes in heard for event in changes["events"]]
        of_the_download = [row["event"] for row in told if row["job_id"] == told[0]["job_id"]]
        assert of_the_download[-2:] == ["succeed", "followed"]
        assert [event["n"] for event in told] == sorted({event["n"] for event in told})
        cursors = [(changes["since"], changes["next"]) for changes in heard]
        assert [since for since, _ in cursors[1:]] == [after for _, after in cursors[:-1]]


@pytest.mark.parametrize("worker_dies_too", [False, True], ids=["host", "host and worker"])
def test_a_kill_in_the_middle_of_a_download_loses_nothing(
    host: Extension, hub: FakeHub, worker_dies_too: bool
) -> None:
    name = "killed.safetensors"
    job_id = enqueue(host, put_model(hub, name, fault="stall"))
    half_arrived(host, hub, name)
    before = WorkerRecord.read(host.state)
    assert before is not None
    host.kill()
    if worker_dies_too:
        os.kill(before.pid, signal.SIGKILL)
    host.start()
    let_go(hub, name)
    assert proven(hub, host.finished(job_id))
    after = WorkerRecord.read(host.state)
    assert after is not None
    assert (after.pid != before.pid) == worker_dies_too, "a worker that lives is adopted"
    assert list((host.base / "models" / "loras").iterdir()) == [
        host.base / "models" / "loras" / name
    ]


def test_the_state_is_private_and_out_of_reach(host: Extension, hub: FakeHub) -> None:
    answer = host.ask("PUT", "credentials/huggingface", {"token": TOKEN})
    assert answer.status == 200
    host.finished(enqueue(host, put_model(hub, "private.safetensors")))
    folder = host.state.path
    assert stat.S_IMODE(folder.stat().st_mode) == _PRIVATE_FOLDER
    holders = [path for path in folder.rglob("*") if TOKEN.encode() in path.read_bytes()]
    assert holders == [host.state.credentials]
    assert stat.S_IMODE(host.state.credentials.stat().st_mode) == _PRIVATE_FILE
    for address in (
        "/userdata/..%2F__model_keeper%2Fcredentials.json",
        "/userdata/__model_keeper%2Fcredentials.json",
        "/userdata?dir=..%2F__model_keeper",
        "/v2/userdata?path=..%2F__model_keeper",
    ):
        assert ask(host.url + address).status in {403, 404}, address


def test_no_answer_of_comfyui_or_of_ours_holds_a_token(host: Extension) -> None:
    host.ask("PUT", "credentials/civitai", {"token": TOKEN})
    ours = [f"/api{PREFIX}/{path}" for path in ("settings", "credentials", "health", "events")]
    for address in ("/settings", "/internal/logs/raw", *ours):
        answer = ask(host.url + address)
        assert answer.status == 200
        assert TOKEN.encode() not in answer.body, address
    assert TOKEN not in host.comfyui.log()
    users = host.base / "user" / "default"
    assert not [path for path in users.rglob("*") if TOKEN.encode() in path.read_bytes()]


def test_an_older_comfyui_keeps_the_state_in_the_same_place(hub: FakeHub, tmp_path: Path) -> None:
    with Extension(tmp_path, nodes={"old": _OLD_COMFYUI}) as host:
        assert host.get("health")["problems"] == []
        assert host.state.database.is_file()


def prompt_of(*loras: str) -> dict[str, Any]:
    """A prompt that ComfyUI runs, which loads each of ``loras`` once."""
    nodes: dict[str, Any] = {
        "ckpt": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}},
        "size": {
            "class_type": "EmptyLatentImage",
            "inputs": {"width": 64, "height": 64, "batch_size": 1},
        },
        "image": {
            "class_type": "VAEDecode",
            "inputs": {"samples": ["size", 0], "vae": ["ckpt", 2]},
        },
        "save": {
            "class_type": "SaveImage",
            "inputs": {"images": ["image", 0], "filename_prefix": "x"},
        },
    }
    for number, name in enumerate(loras):
        inputs = {"model": ["ckpt", 0], "lora_name": name, "strength_model": 1.0}
        nodes[f"lora {number}"] = {"class_type": "LoraLoaderModelOnly", "inputs": inputs}
    return nodes


def submit(url: str, prompt: Any) -> int:
    return ask(
        f"{url}/prompt", "POST", {"Content-Type": "application/json"}, {"prompt": prompt}
    ).status


def used(host: Extension, wanted: int) -> list[Use]:
    """The usage, once as many runs are counted."""
    with host.store() as store:
        found: list[Use] = host.until(
            store.usage.all, lambda uses: sum(use.runs for use in uses) >= wanted
        )
        return found


def with_models(base: Path) -> tuple[str, str, str]:
    """A checkpoint and two LoRAs on disk."""
    models = base / "models"
    paths = (
        models / "checkpoints" / "a.safetensors",
        models / "loras" / "b.safetensors",
        models / "loras" / "xl" / "c.safetensors",
    )
    for path in paths:
        write(path)
    a, b, c = map(str, paths)
    return a, b, c


def test_models_are_counted_once_for_each_prompt_that_names_them(host: Extension) -> None:
    a, b, c = with_models(host.base)
    assert submit(host.url, prompt_of("b.safetensors", "b.safetensors", "xl/c.safetensors")) == 200
    assert submit(host.url, prompt_of("b.safetensors")) == 200
    assert {use.path: use.runs for use in used(host, 5)} == {a: 2, b: 2, c: 1}


_NONSENSE: tuple[Any, ...] = (
    None,
    [],
    "b.safetensors",
    7,
    {"1": None},
    {"1": "b.safetensors"},
    {"1": {"inputs": None}},
    {"1": {"inputs": ["b.safetensors"]}},
    {"1": {"class_type": 3, "inputs": {"name": {"deep": [["b.safetensors"]]}}}},
    {"1": {"inputs": {"name": "\0.safetensors"}}},
    {"1": {"inputs": {"name": "\ud800.safetensors"}}},
    {"1": {"inputs": {"name": "../../../etc/x.safetensors"}}},
    {"1": {"inputs": {"name": "/" * 5000 + ".safetensors", "other": "b" * 5000 + ".safetensors"}}},
)


def test_a_prompt_with_nonsense_never_fails_because_of_us(host: Extension, tmp_path: Path) -> None:
    a, b, _ = with_models(host.base)
    with ComfyUIProcess(tmp_path / "without") as without:
        expected = [submit(without.url, prompt) for prompt in _NONSENSE]
    assert [submit(host.url, prompt) for prompt in _NONSENSE] == expected
    assert submit(host.url, prompt_of("b.safetensors")) == 200
    assert {use.path: use.runs for use in used(host, 2)} == {a: 1, b: 1}
    assert "on_prompt_handler" not in host.comfyui.log()
    assert "model-keeper" not in host.comfyui.log()


def test_downloads_rest_while_comfyui_generates(hub: FakeHub, tmp_path: Path) -> None:
    name = "patient.safetensors"
    link = put_model(hub, name, fault="stall")
    with Extension(tmp_path, "--hold-prompts") as host:
        with_models(host.base)
        assert host.ask("PATCH", "settings", {"wait_for_generation": True}).status == 200
        job_id = enqueue(host, link)
        half_arrived(host, hub, name)
        assert submit(host.url, prompt_of()) == 200
        assert host.get("health")["generating"] is True
        host.until(lambda: host.job(job_id), lambda job: job["state"] == "pending")
        host.until(lambda: host.get("health"), lambda health: health["worker"]["resting"])
        let_go(hub, name)
        assert host.job(job_id)["state"] == "pending"
        assert ask(f"{host.url}/interrupt", "POST").status == 200
        assert host.get("health")["generating"] is False
        assert proven(hub, host.finished(job_id))
