"""The manifest under Ctrl+C, kills and several writers: the old file or the new one, never less."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.manifests import ManifestWorkflowModel
from model_keeper.files import replacement
from model_keeper.workflows import manifest as manifest_module
from model_keeper.workflows import writing
from model_keeper.workflows.manifest import Manifest

TEXT = "[project]\nname = 'x' # the name\n"
MODEL = ManifestWorkflowModel("0", "loras", sources=("https://hub.example/a",))

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from model_keeper.domain.manifests import ManifestWorkflowModel
from model_keeper.workflows.manifest import Manifest
path, workflow, first, count = sys.argv[1:]
model = ManifestWorkflowModel("0", "loras", sources=("https://hub.example/a",))
for number in range(int(first), int(first) + int(count)):
    Manifest(Path(path)).decide(workflow, replace(model, filename=str(number)))
    print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pyproject.toml"
    path.write_text(TEXT)
    return path


@contextmanager
def interrupted_at(step: int) -> Iterator[None]:
    """Ctrl+C before the ``step``-th line that runs in the modules that write."""
    watched = {manifest_module.__file__, replacement.__file__, writing.__file__}
    left = step

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in watched:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a file then open
def test_interrupted_at_any_line_the_file_is_the_old_or_the_new(path: Path) -> None:
    Manifest(path).decide("w", replace(MODEL, filename="first"))
    old = path.read_bytes()
    Manifest(path).decide("w", MODEL)
    new = path.read_bytes()
    seen = set()
    for step in range(1, 2000):
        path.write_bytes(old)
        try:
            with interrupted_at(step):
                Manifest(path).decide("w", MODEL)
        except KeyboardInterrupt:
            seen.add(path.read_bytes())
            continue
        break
    else:
        pytest.fail("it never ended")
    assert step > 50
    assert seen == {old, new}
    assert leftovers(path) == []


FAULTS = ("open", "fdatasync", "chmod", "replace")


@pytest.mark.parametrize("call", FAULTS)
def test_whatever_call_fails_the_old_file_stays(
    path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., Any] = getattr(os, call)

    def full(*args: Any, **kwargs: Any) -> Any:
        if call != "open" or str(args[0]).endswith(".new"):
            raise OSError(28, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, full)
    with pytest.raises(KeeperError) as caught:
        Manifest(path).decide("w", MODEL)
    monkeypatch.undo()
    assert caught.value.code == "disk_full"
    assert path.read_text() == TEXT
    assert leftovers(path) == []


def test_what_a_killed_writer_left_is_removed_by_the_next(path: Path) -> None:
    replacement.temporary_beside(path).write_text("half a f")
    Manifest(path).decide("w", MODEL)
    assert leftovers(path) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_killed_at_any_time_nothing_that_was_said_is_lost(path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    said: list[str] = []
    for _ in range(8):
        writer = start(path, "w", first=len(said) + 1000, count=1000)
        assert writer.stdout is not None
        said += [writer.stdout.readline().strip() for _ in range(chance.randint(1, 6))]
        select.select([], [], [], chance.random() / 50)  # anywhere within the next write
        writer.send_signal(signal.SIGKILL)
        said += writer.communicate()[0].split()
        rows = [row.filename for row in Manifest(path).models("w")]
        assert [number for number in said if number not in rows] == []
        assert path.read_text().startswith(TEXT)
    Manifest(path).decide("w", MODEL)
    assert leftovers(path) == []


def test_writers_at_once_lose_nobodys_decision(path: Path) -> None:
    writers = [start(path, f"w{n % 2}", first=100 * n, count=8) for n in range(4)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    manifest = Manifest(path)
    rows = [row.filename for name in ("w0", "w1") for row in manifest.models(name)]
    assert sorted(rows) == sorted(str(100 * n + i) for n in range(4) for i in range(8))
    assert path.read_text().startswith(TEXT)


def start(path: Path, workflow: str, *, first: int, count: int) -> subprocess.Popen[str]:
    arguments = [str(path), workflow, str(first), str(count)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True
    )


def leftovers(path: Path) -> list[str]:
    kept = {path.name, f".{path.name}.lock"}
    return sorted(item.name for item in path.parent.iterdir() if item.name not in kept)
