"""A change that was cut is settled when a program starts, without anybody asking."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from model_keeper.engine.processes import host_id
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.model_files import safetensors
from tests.integration.panel_server import PanelServer
from tests.integration.patience import PATIENCE

_DYING = """
import os, sys
from model_keeper.domain.downloads import Destination
from model_keeper.hosts.standalone import StandaloneHost
from pathlib import Path
from model_keeper.library.file_changes import FileSteps

folder = Path(sys.argv[1])
host = StandaloneHost(state_dir=folder / "state")
host.store.settings.change(models_dir=str(folder / "models"))
FileSteps.take = lambda *args: os._exit(9)
root = str(folder / "models/loras")
place = lambda name: Destination("loras", root, name)
host.library.changes.move([(place("a.safetensors"), place("x/a.safetensors"))])
"""


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """A folder with a change that ended in the middle."""
    model = tmp_path / "models/loras/a.safetensors"
    model.parent.mkdir(parents=True)
    model.write_bytes(safetensors(2_000, seed=1))
    died = subprocess.run([sys.executable, "-c", _DYING, str(tmp_path)], check=False)
    assert died.returncode == 9
    assert open_changes(tmp_path) == 1
    return tmp_path


def open_changes(folder: Path) -> int:
    with StandaloneHost(state_dir=folder / "state", environment=dict(os.environ)) as host:
        return len(host.store.file_changes.open(host_id()))


def test_a_server_settles_what_was_cut(cut: Path) -> None:
    with PanelServer(cut) as server:
        while server.get("library/changes")["items"][0]["under_way"]:
            pass
        [change] = server.get("library/changes")["items"]
        assert (change["failed"], change["can_be_undone"]) == (1, False)


def test_a_worker_settles_what_was_cut(cut: Path) -> None:
    command = [sys.executable, "-m", "model_keeper.hosts.worker", "--idle-seconds", "0.5"]
    ended = subprocess.run(
        [*command, "--state-dir", str(cut / "state")], timeout=PATIENCE, check=False
    )
    assert ended.returncode == 0
    assert open_changes(cut) == 0
    assert (cut / "models/loras/a.safetensors").is_file()
