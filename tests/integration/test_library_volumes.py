"""Models that cross from one volume to another: copied, proven, and the original in the trash."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.domain.ports import Control, Interrupted
from model_keeper.engine.control import JobControl
from model_keeper.library import copies, file_changes
from model_keeper.library.contents import file_state
from model_keeper.library.file_changes import OtherVolume, Publish
from tests.integration.changed_library import (
    HOST,
    ChangedLibrary,
    contents_below,
    errors_of,
    names_below,
)

SET = ("a.safetensors", "a.info", "a.preview.png")


def apart(second: Path) -> Callable[[Publish], Publish]:
    """Two volumes by letters, where the machine has one."""

    def wrap(publish: Publish) -> Publish:
        def move(source: Path, target: Path, control: Control) -> None:
            if source.is_relative_to(second) != target.is_relative_to(second):
                raise OtherVolume
            publish(source, target, control)

        return move

    return wrap


@pytest.fixture(params=["real", "by letters"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChangedLibrary]:
    if request.param == "by letters":
        made = ChangedLibrary(tmp_path, wrap=apart(tmp_path / "other"))
        yield made
        made.close()
        return
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("this machine has no second volume that anybody may write to")
    with tempfile.TemporaryDirectory(dir=memory) as second:
        made = ChangedLibrary(tmp_path, second=Path(second))
        yield made
        made.close()


def test_a_model_crosses_with_its_files_and_comes_back(library: ChangedLibrary) -> None:
    for name in SET:
        library.add(f"loras/{name}")
    source = library.models / "loras/a.safetensors"
    source.chmod(0o640)
    mtime = source.stat().st_mtime_ns
    library.store.usage.count([str(source)])
    marks = ModelMarks(favourite=True, notes="the good one")
    library.store.marks.put(HOST, file_state(str(source)), marks)

    change = library.changes.move(
        [(library.lora("a.safetensors"), library.lora("x/b.safetensors", second=True))]
    )

    assert errors_of(change) == [None]
    assert library.names() == set()
    assert names_below(library.other) == {"x/b.safetensors", "x/b.info", "x/b.preview.png"}
    moved = library.other / "x/b.safetensors"
    assert (moved.stat().st_mtime_ns, moved.stat().st_mode & 0o777) == (mtime, 0o640)
    assert [use.path for use in library.store.usage.all()] == [str(moved)]
    assert set(library.hashing.known(str(moved))) == {"sha256", "autov2"}
    said = {each.state.path: each.marks for each in library.store.marks.all(HOST)}
    assert said[str(moved)] == marks
    assert len(library.trashed()) == 3  # the originals
    assert errors_of(library.changes.undo(change.id)) == [None]
    assert library.names() == {f"loras/{name}" for name in SET}
    assert names_below(library.other) == set()


def test_hard_links_that_cross_together_stay_one_file(library: ChangedLibrary) -> None:
    path = library.add("loras/a.safetensors")
    os.link(path, path.with_name("b.safetensors"))
    change = library.changes.move(
        [
            (library.lora(f"{stem}.safetensors"), library.lora(f"{stem}.safetensors", second=True))
            for stem in "ab"
        ]
    )
    assert errors_of(change) == [None, None]
    first, second = library.other / "a.safetensors", library.other / "b.safetensors"
    assert first.samefile(second)
    assert errors_of(library.changes.undo(change.id)) == [None, None]
    assert path.samefile(path.with_name("b.safetensors"))
    assert names_below(library.other) == set()


def test_a_relative_link_still_leads_there(library: ChangedLibrary) -> None:
    library.add("loras/real.safetensors", b"bytes")
    (library.models / "loras/a.safetensors").symlink_to("real.safetensors")
    library.changes.move([(library.lora("a.safetensors"), library.lora("y/a.ckpt", second=True))])
    change = library.changes.move(
        [(library.lora("a.safetensors"), library.lora("y/a.safetensors", second=True))]
    )
    assert errors_of(change) == [None]
    assert (library.other / "y/a.safetensors").is_symlink()
    assert (library.other / "y/a.safetensors").read_bytes() == b"bytes"


def moved(library: ChangedLibrary, control: Control | None = None) -> list[str | None]:
    move = (library.lora("a.safetensors"), library.lora("b.safetensors", second=True))
    return errors_of(library.changes.move([move], control=control))


def test_a_copy_that_differs_is_not_kept(
    library: ChangedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = library.add("loras/a.safetensors", b"x" * 5000)
    monkeypatch.setattr(copies, "_sha256", lambda *_: "0" * 64)
    assert moved(library) == ["copy_differs"]
    assert source.read_bytes() == b"x" * 5000
    assert contents_below(library.other) == set()
    assert library.trashed() == []


def test_too_little_space_is_told_before(
    library: ChangedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add("loras/a.safetensors", b"x" * 5000)
    monkeypatch.setattr(file_changes, "free_bytes", lambda _: 4999)
    assert moved(library) == ["disk_full"]
    assert library.names() == {"loras/a.safetensors"}


def test_a_disk_that_fills_up_leaves_everything(
    library: ChangedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add("loras/a.safetensors", b"x" * 5000)
    library.add("loras/a.info")
    real = copies._pass_on

    def full(origin: object, copy: object, control: Control, passed: copies.Passed) -> str:
        if "a.info" in getattr(origin, "name", "").__str__():
            raise OSError(errno.ENOSPC, "No space left on device", str(library.other))
        return real(origin, copy, control, passed)  # type: ignore[arg-type]

    monkeypatch.setattr(copies, "_pass_on", full)
    assert moved(library) == ["disk_full"]
    assert library.names() == {"loras/a.safetensors", "loras/a.info"}
    assert contents_below(library.other) == set()
    assert library.trashed() == []


def test_a_file_that_is_written_meanwhile_stays(
    library: ChangedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = library.add("loras/a.safetensors", b"x" * 5000)

    def growing(origin: object, copy: object, control: Control, passed: copies.Passed) -> str:
        with source.open("ab") as file:
            file.write(b"more")
        return "0" * 64

    monkeypatch.setattr(copies, "_pass_on", growing)
    assert moved(library) == ["file_changed_since"]
    assert source.read_bytes() == b"x" * 5000 + b"more"
    assert contents_below(library.other) == set()


def test_a_wish_to_stop_leaves_whole_models(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors", b"x" * 5000)
    library.add("loras/c.safetensors")
    control = JobControl()

    class Stopping(JobControl):
        passed = 0

        def check(self) -> None:
            self.passed += 1
            if self.passed == 3:
                control.stop("cancel")
            control.check()

    moves = [
        (library.lora(f"{stem}.safetensors"), library.lora(f"{stem}.safetensors", second=True))
        for stem in "ac"
    ]
    with pytest.raises(Interrupted):
        library.changes.move(moves, control=Stopping())
    [change] = library.changes.latest()
    assert errors_of(change) == ["change_interrupted"] * 2
    assert library.names() == {"loras/a.safetensors", "loras/c.safetensors"}
    assert contents_below(library.other) == set()


class PowerCutError(BaseException):
    """Nothing handles it: the program has ended."""


def test_a_name_that_is_taken_while_the_copy_is_made_stays(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors", b"mine")
    target = library.other / "b.safetensors"
    real = library.steps._publish

    def raced(source: Path, place: Path, control: Control) -> None:
        if source.suffix == ".part":
            target.write_bytes(b"quicker")
        real(source, place, control)

    library.steps._publish = raced
    assert moved(library) == ["destination_exists"]
    assert target.read_bytes() == b"quicker"
    assert library.names() == {"loras/a.safetensors"}
    assert names_below(library.other) == {"b.safetensors"}


@pytest.mark.parametrize("meanwhile", ["nothing", "source removed", "source changed"])
def test_a_copy_is_taken_back_only_while_the_original_is_there(
    library: ChangedLibrary, meanwhile: str
) -> None:
    source = library.add("loras/a.safetensors", b"mine")
    real = library.steps._publish

    def cut(old: Path, new: Path, control: Control) -> None:
        if new.suffix == ".trash":
            raise PowerCutError
        real(old, new, control)

    library.steps._publish = cut
    with pytest.raises(PowerCutError):
        moved(library)
    library.steps._publish = real
    if meanwhile == "source removed":
        source.unlink()
    elif meanwhile == "source changed":
        source.write_bytes(b"else")
    [change] = library.changes.settle_cut()
    assert errors_of(change) == ["change_interrupted"]
    assert b"mine" in contents_below(library.models, library.other)
    kept = {"nothing": set(), "source removed": {b"mine"}, "source changed": {b"mine"}}
    assert contents_below(library.other) == kept[meanwhile]
    assert library.trashed() == []


def test_a_drive_that_is_off_keeps_its_change_open(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors")

    def cut(*_: object) -> None:
        raise PowerCutError

    settle = library.store.file_changes.settle
    library.store.file_changes.settle = cut  # type: ignore[method-assign,assignment]
    with pytest.raises(PowerCutError):
        library.changes.trash([library.lora("a.safetensors")])
    library.store.file_changes.settle = settle  # type: ignore[method-assign]
    away = library.models.with_name("unplugged")
    library.models.rename(away)
    assert library.changes.settle_cut() == []
    away.rename(library.models)
    [change] = library.changes.settle_cut()
    assert errors_of(change) == [None]
    assert [Path(file.origin).name for file in library.trashed()] == ["a.safetensors"]
    assert errors_of(library.changes.undo(change.id)) == [None]


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[ChangedLibrary]:
    """The second root has a model and cannot be written to."""
    made = ChangedLibrary(tmp_path)
    made.add("loras/a.safetensors")
    (made.other / "c.safetensors").write_bytes(b"c")
    if os.name != "nt" and os.geteuid() != 0:
        made.other.chmod(0o500)
        yield made
        made.other.chmod(0o700)
    elif shutil.which("mount") is None or not _bind_read_only(made.other):
        pytest.skip("nothing is read-only for this user")
    else:
        yield made
        subprocess.run(["umount", str(made.other)], check=True)
    made.close()


def _bind_read_only(folder: Path) -> bool:
    bound = subprocess.run(
        ["mount", "--bind", str(folder), str(folder)], capture_output=True, check=False
    )
    again = ["mount", "-o", "remount,bind,ro", str(folder)]
    return not bound.returncode and not subprocess.run(again, check=False).returncode


def test_a_folder_that_cannot_be_written_is_told(read_only: ChangedLibrary) -> None:
    assert moved(read_only) == ["folder_read_only"]
    theirs = read_only.lora("c.safetensors", second=True)
    for change in (
        read_only.changes.trash([theirs]),
        read_only.changes.rename(theirs, "d.safetensors"),
        read_only.changes.move([(theirs, read_only.lora("c.safetensors"))]),
    ):
        assert errors_of(change) == ["folder_read_only"]
    assert read_only.names() == {"loras/a.safetensors"}
    assert names_below(read_only.other) == {"c.safetensors"}


def test_mounts_of_one_device_are_several_volumes(tmp_path: Path) -> None:
    """As containers have them: one device number, and no rename across."""
    library = ChangedLibrary(tmp_path)
    library.add("loras/a.safetensors")
    library.add("loras/inside/b.safetensors")
    inside = library.models / "loras/inside"
    mount = ["mount", "--bind", str(inside), str(inside)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("needs the right to mount")
    try:
        out = library.changes.move(
            [(library.lora("inside/b.safetensors"), library.lora("b.safetensors"))]
        )
        assert errors_of(out) == [None]
        assert library.names() == {"loras/a.safetensors", "loras/b.safetensors"}
        assert errors_of(library.changes.undo(out.id)) == [None]
        thrown = library.changes.trash([library.lora("inside/b.safetensors")])
        assert errors_of(thrown) == [None]
        assert inside in {Path(file.slot).parents[1] for file in library.trashed()}
        assert errors_of(library.changes.undo(thrown.id)) == [None]
        assert (inside / "b.safetensors").read_bytes() == b"loras/inside/b.safetensors"
    finally:
        library.close()
        subprocess.run(["umount", str(inside)], check=True)


def test_what_the_system_refuses_is_told_and_taken_back(
    library: ChangedLibrary,
) -> None:
    for name in SET:
        library.add(f"loras/{name}")
    library.add("loras/z.safetensors")
    real = library.steps._publish

    def refuse(source: Path, target: Path, control: Control) -> None:
        if "a.info" in source.name:
            raise KeeperError("folder_read_only", path=str(source.parent))
        real(source, target, control)

    library.steps._publish = refuse
    change = library.changes.trash([library.lora("a.safetensors"), library.lora("z.safetensors")])
    assert errors_of(change) == ["folder_read_only", None]
    assert library.names() == {f"loras/{name}" for name in SET}
    assert [Path(file.origin).name for file in library.trashed()] == ["z.safetensors"]


MOVER = """
import sys
from pathlib import Path
from tests.integration.changed_library import ChangedLibrary
library = ChangedLibrary(Path(sys.argv[1]), second=Path(sys.argv[2]))
print("ready", flush=True)
for _ in range(1000):
    there = [path for path in library.other.glob("*.safetensors")]
    moves = [
        (library.lora(f"{n}.safetensors", second=bool(there)),
         library.lora(f"{n}.safetensors", second=not there))
        for n in range(4)
    ]
    library.changes.move(moves)
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_killed_at_any_time_the_next_start_puts_it_right(library: ChangedLibrary) -> None:
    for number in range(4):
        library.add(f"loras/{number}.safetensors", b"%d" % number * 300_000)
        library.add(f"loras/{number}.info", b"info %d" % number)
    before = contents_below(library.models)
    folder, second = library.models.parent, library.other.parent
    for round_ in range(5):
        mover = subprocess.Popen(
            [sys.executable, "-c", MOVER, str(folder), str(second)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert mover.stdout is not None
        mover.stdout.readline()
        try:
            mover.wait(0.05 * round_ + 0.02)
        except subprocess.TimeoutExpired:
            mover.send_signal(signal.SIGKILL)
        mover.communicate()
        assert before <= contents_below(library.models, library.other)
        library.changes.settle_cut()
        left = names_below(library.models) | names_below(library.other)
        assert {name.rpartition("/")[2] for name in left} == {
            f"{number}{ending}" for number in range(4) for ending in (".safetensors", ".info")
        }
        assert library.store.file_changes.open("here") == []
