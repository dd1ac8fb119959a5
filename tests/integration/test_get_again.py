"""Broken files got again: the right bytes under the same name, and nothing is ever lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.downloads import Download
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.control import JobControl
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from model_keeper.testing.server import Bytes
from tests.integration.keeper import Keeper, outcome
from tests.integration.panel_server import PanelServer, refused
from tests.integration.patience import PATIENCE
from tests.integration.terminal import ALLOW_LOOPBACK, objects

_DYING = """
import os, sys
from pathlib import Path
from filelock import FileLock
from model_keeper.engine.replacing import Replacing
from model_keeper.engine.state_folder import StateFolder
from model_keeper.hosts.worker import WorkerService
from model_keeper.library.file_changes import FileSteps

def dying(owner, name):
    alive = getattr(owner, name)
    def then_dies(*args):
        alive(*args)
        os._exit(9)
    setattr(owner, name, then_dies)

dying(*{"moved": (FileSteps, "take"), "journalled": (Replacing, "_thrown_away")}[sys.argv[2]])
state = StateFolder(Path(sys.argv[1]))
with FileLock(state.worker_lock):
    pass  # the worker before has ended
WorkerService(state, idle_seconds=5).serve()
"""


@dataclass
class Damaged:
    """A file that was downloaded and is damaged since. ``row`` is how it is listed."""

    name: str
    path: Path
    right: bytes
    wrong: bytes
    row: Any


class Library:
    """Files of an origin in the library of a server."""

    def __init__(self, server: PanelServer, origin: Origin) -> None:
        self.server = server
        self.origin = origin
        self._made = 0

    def damaged(self) -> Damaged:
        """One that has a note, a picture and a star beside it."""
        self._made += 1
        name = f"{self._made}.safetensors"
        right = safetensors(4_000, seed=self._made)
        url = self.origin.add(name, Bytes(right))
        asked = {"url": url, "category": "loras", "name": f"mine/{name}"}
        assert self.server.finished(self.server.post("jobs", asked)["job"]["id"])["state"] == (
            "succeeded"
        )
        path = self.server.models / "loras/mine" / name
        path.with_suffix(".txt").write_text("a note")
        path.with_suffix(".png").write_bytes(b"a picture")
        return self.listed(Damaged(name, path, right, right[:-100], None))

    def listed(self, damaged: Damaged) -> Damaged:
        damaged.path.write_bytes(damaged.wrong)
        self.scan()
        damaged.row = self.row(damaged.name)
        return damaged

    def scan(self) -> None:
        self.server.finished(self.server.post("library/scan", {})["job"]["id"])

    def row(self, name: str) -> Any:
        rows = self.server.get("library/broken")["items"]
        return next((row for row in rows if row["name"] == name), None)

    def get_again(self, damaged: Damaged) -> Any:
        asked = self.server.post(f"library/{damaged.row['id']}/get-again", {})
        return self.server.finished(asked["job"]["id"])

    def trashed(self, damaged: Damaged) -> list[Any]:
        items = self.server.get("library/trash")["items"]
        return [item for item in items if item["name"] == damaged.name]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with (
        Origin() as origin,
        PanelServer(
            tmp_path_factory.mktemp("again"), MODEL_KEEPER_COMPLETE_DOWNLOADS="off"
        ) as server,
    ):
        yield Library(server, origin)


def beside(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir() if each.stem == path.stem}


def test_the_right_file_comes_and_the_broken_one_can_be_restored(library: Library) -> None:
    damaged = library.damaged()
    before = beside(damaged.path)
    assert damaged.row["source"].endswith(damaged.name)
    assert damaged.row["job"] is None
    marked = library.server.ask("PATCH", f"library/{damaged.row['id']}", {"favourite": True})
    assert marked.status == 200

    job = library.get_again(damaged)

    assert job["state"] == "succeeded", job["error"]
    assert damaged.path.read_bytes() == damaged.right
    assert beside(damaged.path) == before
    assert library.row(damaged.name) is None
    library.scan()
    assert library.server.get(f"library/{damaged.row['id']}")["marks"]["favourite"]
    [item] = library.trashed(damaged)
    damaged.path.rename(damaged.path.with_name("new.safetensors"))
    library.server.post("library/trash/restore", {"ids": [item["id"]]})
    assert damaged.path.read_bytes() == damaged.wrong


def test_a_file_that_a_person_put_there_since_is_not_touched(library: Library) -> None:
    damaged = library.damaged()
    theirs = safetensors(5_000, seed=99)
    damaged.path.write_bytes(theirs)

    reply = library.server.ask("POST", f"library/{damaged.row['id']}/get-again", {})

    refused(reply, 409, "file_changed_since")
    assert damaged.path.read_bytes() == theirs
    assert not library.trashed(damaged)


@pytest.mark.parametrize(("fault", "code"), [("404", "not_found"), ("honest", "hash_mismatch")])
def test_a_source_without_the_file_leaves_the_broken_one(
    library: Library, fault: str, code: str
) -> None:
    damaged = library.damaged()
    served = library.origin.served(damaged.name)
    served.replace(Bytes(safetensors(4_000, seed=98)))
    served.fault = fault

    job = library.get_again(damaged)

    assert (job["state"], job["error"]["code"]) == ("failed", code)
    assert damaged.path.read_bytes() == damaged.wrong
    assert not library.trashed(damaged)
    assert library.row(damaged.name)["job"] is None


def test_the_address_beside_a_file_that_was_put_there_by_hand(library: Library) -> None:
    right = safetensors(3_000, seed=95)
    url = library.origin.add("elsewhere.safetensors", Bytes(right))
    path = library.server.models / "loras/by hand.safetensors"
    info = path.with_suffix(".info")
    info.write_text(json.dumps({"downloadUrl": url}))
    said = info.read_bytes()
    damaged = library.listed(Damaged(path.name, path, right, right[:-9], None))
    assert damaged.row["source"] == url

    job = library.get_again(damaged)

    assert (job["state"], job["path"]) == ("succeeded", str(path)), job["error"]
    assert (path.read_bytes(), info.read_bytes()) == (right, said)


def planned(library: Library, damaged: Damaged) -> Download:
    host = library.server.host
    return host.library.broken.plan(damaged.row["id"], host.intake(host.model_folders())).download


def publish_in_vain(library: Library, damaged: Damaged, download: Download) -> None:
    with library.server.host.library.replacing.room(download, JobControl()):
        assert not damaged.path.exists()
        raise KeeperError("file_locked", path=str(damaged.path))


def test_a_file_that_cannot_be_named_leaves_the_broken_one(library: Library) -> None:
    damaged = library.damaged()

    with pytest.raises(KeeperError, match="Another program holds"):
        publish_in_vain(library, damaged, planned(library, damaged))

    assert damaged.path.read_bytes() == damaged.wrong
    assert not library.trashed(damaged)


def test_a_file_that_comes_while_the_right_one_is_fetched_is_not_touched(library: Library) -> None:
    damaged = library.damaged()
    download = planned(library, damaged)
    theirs = safetensors(5_000, seed=95)
    damaged.path.write_bytes(theirs)

    with pytest.raises(KeeperError) as refusal:
        publish_in_vain(library, damaged, download)

    assert refusal.value.code == "destination_exists"
    assert damaged.path.read_bytes() == theirs
    assert not library.trashed(damaged)


def test_what_nobody_knows_the_source_of_is_refused(library: Library) -> None:
    path = library.server.models / "loras/own.safetensors"
    damaged = library.listed(Damaged(path.name, path, b"", safetensors(3_000, seed=97)[:-9], None))
    assert damaged.row["source"] is None
    ask = library.server.ask
    refused(ask("POST", f"library/{damaged.row['id']}/get-again", {}), 404, "source_unknown")


def test_a_copy_under_another_name_is_copied_and_not_linked_to(library: Library) -> None:
    damaged = library.damaged()
    copy = damaged.path.with_name("copy.safetensors")
    copy.write_bytes(damaged.right)
    library.scan()
    server = library.server
    [found] = server.get("library?q=copy.safetensors")["items"]
    server.finished(server.post("library/hash", {"ids": [found["id"]]})["job"]["id"])
    sent = library.origin.sent(damaged.name)

    job = library.get_again(damaged)

    assert (job["state"], job["reused"]) == ("succeeded", False), job["error"]
    assert library.origin.sent(damaged.name) == sent
    assert damaged.path.read_bytes() == copy.read_bytes() == damaged.right


def test_a_file_that_comes_while_the_job_waits_is_not_touched(library: Library) -> None:
    damaged = library.damaged()
    job = enqueued(library, damaged)
    theirs = safetensors(5_000, seed=96)
    damaged.path.write_bytes(theirs)
    library.server.host.wake_worker()

    ended = library.server.finished(job)

    assert (ended["state"], ended["error"]["code"]) == ("failed", "destination_exists")
    assert damaged.path.read_bytes() == theirs
    assert not library.trashed(damaged)


@pytest.mark.parametrize("when", ["moved", "journalled"])
def test_a_worker_killed_between_the_two_steps(tmp_path: Path, when: str) -> None:
    right = safetensors(4_000, seed=93)
    path = tmp_path / "models/loras/a.safetensors"
    with Origin() as origin, Keeper(tmp_path, models_dir=str(tmp_path / "models")) as keeper:
        keeper.get(origin.add(path.name, Bytes(right)))
        path.write_bytes(right[:-100])
        host = keeper.host
        folders = host.model_folders()
        keeper.wait(host.library.models.request_scan(folders).job.id)
        [found] = host.library.models.walk("is:broken")
        plan = host.library.broken.plan(found.id, host.intake(folders))
        keeper.kill_worker()  # it would take the job
        job = host.store.queue.enqueue(plan.to_job()).job.id

        command = [sys.executable, "-c", _DYING, str(host.state.path), when]
        died = subprocess.run(command, timeout=PATIENCE, check=False)

        assert died.returncode == 9
        assert not path.exists()
        assert outcome(keeper.wait(job)) == "succeeded"
        assert path.read_bytes() == right
        [[thrown]] = host.library.changes.trashed().values()
        assert (thrown.origin, thrown.size) == (str(path), len(right) - 100)


def enqueued(library: Library, damaged: Damaged) -> str:
    """The job, of which no worker was told."""
    host = library.server.host
    plan = host.library.broken.plan(damaged.row["id"], host.intake(host.model_folders()))
    return host.store.queue.enqueue(plan.to_job()).job.id


def test_the_command_gets_what_it_can(library: Library) -> None:
    damaged = library.damaged()
    path = damaged.path.with_name("lost.safetensors")
    library.listed(Damaged(path.name, path, b"", safetensors(3_000, seed=94)[:-9], None))
    names = [str(damaged.path), path.name]

    command = [sys.executable, "-m", "model_keeper", "library", "get-again", *names, "--json"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={
            **os.environ,
            **ALLOW_LOOPBACK,
            "MODEL_KEEPER_STATE_DIR": str(library.server.state),
        },
    )

    lines = objects(done.stdout)
    assert damaged.path.read_bytes() == damaged.right, done.stderr
    assert [line["error"]["code"] for line in lines if line.get("event") == "error"] == [
        "source_unknown"
    ]
    assert (lines[-1]["succeeded"], lines[-1]["failed"], done.returncode) == (1, 1, 5)
