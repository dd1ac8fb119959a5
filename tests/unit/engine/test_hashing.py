"""A file is hashed once, at rest, and never as a mixture of two states."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import CANCEL, Interrupted
from model_keeper.engine.control import JobControl
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.scanning import Scanning
from model_keeper.library import digests
from model_keeper.library.index import open_index
from model_keeper.store import open_store
from tests.doubles import FreeControl
from tests.unit.engine.shelf import LONG_AGO_NS, Shelf


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def during_the_pass(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let ``act`` happen when the first blocks of a file were read."""
    monkeypatch.setattr(digests, "_BLOCK", 1_000)
    calls = iter(range(1_000_000))
    real = JobControl.check

    def check(self: JobControl) -> None:
        real(self)
        if next(calls) == 2:
            act()

    monkeypatch.setattr(JobControl, "check", check)


def test_a_file_is_hashed_once_and_known_from_then_on(shelf: Shelf, passes: list[str]) -> None:
    path = shelf.add("a.safetensors")
    shelf.refresh()

    first = shelf.hashing.of(str(path))
    again = shelf.hashing.of(str(path))

    assert first == again
    assert first["sha256"] == sha256_of(path)
    assert set(first) == {"sha256", "blake3", "autov2", "autov3", "tensors"}
    assert passes == ["a.safetensors"]
    assert shelf.indexed("a.safetensors") == first
    assert [f.relative for f in shelf.index.with_sha256(first["sha256"])] == ["a.safetensors"]


def test_it_is_not_hashed_again_after_a_restart_a_rename_and_a_move(
    shelf: Shelf, passes: list[str], tmp_path: Path
) -> None:
    path = shelf.add("a.safetensors")
    known = shelf.hashing.of(str(path))
    (shelf.folder / "sub").mkdir()
    moved = path.rename(shelf.folder / "sub" / "b.safetensors")
    shelf.close()
    for file in tmp_path.glob("index.sqlite3*"):
        file.unlink()

    later = open_store(tmp_path / "k.sqlite3", clock=shelf.clock, actor="later")
    hashing = Hashing(later, shelf.index, shelf.clock, "here")
    assert hashing.of(str(moved)) == known
    Scanning(shelf.index, hashing, shelf.said, shelf.shown).refresh(shelf.table)
    later.close()

    assert shelf.indexed("b.safetensors") == known
    assert passes == ["a.safetensors"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_to_one_inode_are_hashed_once(shelf: Shelf, passes: list[str]) -> None:
    path = shelf.add("a.safetensors")
    os.link(path, shelf.folder / "b.safetensors")
    (shelf.folder / "c.safetensors").symlink_to(path)
    shelf.refresh()
    for name in "abc":
        shelf.hashing.of(str(shelf.folder / f"{name}.safetensors"))

    assert passes == ["a.safetensors"]
    assert shelf.indexed("b.safetensors") == shelf.indexed("c.safetensors") != {}


def test_a_file_that_changed_is_hashed_again(shelf: Shelf, passes: list[str]) -> None:
    path = shelf.add("a.safetensors")
    old = shelf.hashing.of(str(path))
    shelf.add("a.safetensors", seed=1)
    os.utime(path, ns=(1, LONG_AGO_NS + 1))
    shelf.refresh()
    assert shelf.indexed("a.safetensors") == {}

    new = shelf.hashing.of(str(path))

    assert new["sha256"] == sha256_of(path) != old["sha256"]
    assert len(passes) == 2


def test_what_a_download_knows_is_enough_and_more_is_read_on_demand(
    shelf: Shelf, passes: list[str]
) -> None:
    path = shelf.add("a.safetensors")
    shelf.refresh()
    shelf.scanning.arrived(path, {"sha256": sha256_of(path)})

    assert shelf.hashing.of(str(path)) == {"sha256": sha256_of(path)}
    assert passes == []
    assert "tensors" in shelf.hashing.of(str(path), wanted=["tensors"])
    assert passes == ["a.safetensors"]


def test_a_claim_is_no_hash_of_ours(shelf: Shelf) -> None:
    path = shelf.add("a.safetensors")
    shelf.refresh()
    shelf.hashing.claim(str(path), {"sha256": "ab" * 32}, "civitai")

    [file] = shelf.index.with_sha256("AB" * 32)
    assert (file.hashes, file.claimed) == ({}, {"sha256": "ab" * 32})
    assert shelf.hashing.known(str(path)) == {}
    shelf.hashing.of(str(path))
    assert shelf.index.with_sha256("ab" * 32) == []


def test_computed_ones_come_before_claimed_ones(shelf: Shelf) -> None:
    claimed = shelf.add("claimed.safetensors", seed=1)
    computed = shelf.add("computed.safetensors", seed=2)
    shelf.refresh()
    shelf.hashing.of(str(computed))
    shelf.hashing.claim(str(claimed), {"sha256": sha256_of(computed)}, "sidecar")

    found = shelf.index.with_sha256(sha256_of(computed))
    assert [file.relative for file in found] == ["computed.safetensors", "claimed.safetensors"]


def test_evidence_that_was_recorded_elsewhere_is_brought_by_the_next_refresh(
    shelf: Shelf,
) -> None:
    path = shelf.add("a.safetensors")
    shelf.refresh()
    other_index = open_index(shelf.folder.parent / "other.sqlite3")
    known = Hashing(shelf.store, other_index, shelf.clock, "here").of(str(path))
    other_index.close()
    assert shelf.indexed("a.safetensors") == {}

    shelf.refresh()

    assert shelf.indexed("a.safetensors") == known


def test_a_file_that_grows_while_it_is_read_leaves_no_hash(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.add("a.safetensors", size=8_000)

    def append() -> None:
        with path.open("ab") as file:
            file.write(b"more")

    during_the_pass(monkeypatch, append)

    with pytest.raises(KeeperError) as refused:
        shelf.hashing.of(str(path))
    assert refused.value.code == "file_changing"
    assert shelf.store.hashes.since("here", 0) == []


def test_a_file_that_is_overwritten_at_its_length_leaves_no_hash(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.add("a.safetensors", size=8_000)

    def overwrite() -> None:
        with path.open("r+b") as file:
            file.seek(7_000)
            file.write(b"other")

    during_the_pass(monkeypatch, overwrite)

    with pytest.raises(KeeperError, match="still being written"):
        shelf.hashing.of(str(path))
    assert shelf.store.hashes.since("here", 0) == []


def test_a_file_that_is_replaced_while_it_is_read_leaves_no_hash(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.add("a.safetensors", size=8_000)

    def replace() -> None:
        shelf.add("b.safetensors", size=8_000, seed=1).replace(path)

    during_the_pass(monkeypatch, replace)

    with pytest.raises(KeeperError, match="still being written"):
        shelf.hashing.of(str(path))
    assert shelf.store.hashes.since("here", 0) == []


def test_a_writer_that_goes_on_is_waited_for_and_then_left_alone(
    shelf: Shelf, passes: list[str]
) -> None:
    path = shelf.add("a.safetensors")
    now_ns = shelf.clock.now_ms() * 1_000_000
    os.utime(path, ns=(now_ns, now_ns))

    class Writing(FreeControl):
        def wait(self, seconds: float) -> None:
            assert seconds > 0
            super().wait(seconds)
            with path.open("ab") as file:
                file.write(b"more")
            os.utime(path, ns=(now_ns, now_ns))

    with pytest.raises(KeeperError, match="still being written"):
        shelf.hashing.of(str(path), control=Writing(shelf.clock))
    assert passes == []

    assert shelf.hashing.of(str(path), control=FreeControl())["sha256"]
    assert passes == ["a.safetensors"]


def test_cancelling_ends_the_pass_within_a_second_and_records_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.add("a.safetensors", size=200_000)
    monkeypatch.setattr(digests, "_BLOCK", 1_000)
    control = JobControl()

    def step(reached: int) -> None:
        if reached >= 50_000:
            control.stop(CANCEL)

    with pytest.raises(Interrupted):
        shelf.hashing.of(str(path), control=control, step=step)
    assert shelf.store.hashes.since("here", 0) == []
    assert [t.name for t in threading.enumerate() if t.name.startswith("hash")] == []


def test_a_file_that_is_not_there_is_an_error_for_people(shelf: Shelf) -> None:
    with pytest.raises(KeeperError) as refused:
        shelf.hashing.of(str(shelf.folder / "none"))
    assert refused.value.code == "storage_failed"


def test_an_arrival_is_in_the_index_with_its_header_and_hashes(
    shelf: Shelf, passes: list[str]
) -> None:
    shelf.refresh()
    (shelf.folder / "new" / "deep").mkdir(parents=True)
    path = shelf.add("new/deep/a.safetensors")

    shelf.scanning.arrived(path, {"sha256": sha256_of(path), "blake3": "b"})

    [file] = shelf.index.at("loras", "new/deep/a.safetensors")
    assert file.sha256 == sha256_of(path)
    assert file.header.format == "safetensors"
    assert file.online
    before = shelf.index.page().items
    shelf.add("new/b.safetensors")
    shelf.refresh()
    assert [each.relative for each in shelf.index.page().items] == [
        "new/deep/a.safetensors",
        "new/b.safetensors",
    ]
    assert before[0] in shelf.index.page().items
    assert passes == []


def test_an_arrival_outside_the_library_keeps_its_hashes(shelf: Shelf, tmp_path: Path) -> None:
    shelf.refresh()
    path = tmp_path / "elsewhere.safetensors"
    path.write_bytes(b"x")

    shelf.scanning.arrived(path, {"sha256": sha256_of(path)})

    assert shelf.index.page().items == ()
    assert shelf.hashing.known(str(path)) == {"sha256": sha256_of(path)}


@pytest.mark.parametrize("name", ["a.safetensors.0123456789abcdef.part", "a.txt"])
def test_an_arrival_that_no_loader_lists_is_not_in_the_index(shelf: Shelf, name: str) -> None:
    shelf.refresh()

    shelf.scanning.arrived(shelf.add(name), {"sha256": "x"})

    assert shelf.index.page().items == ()


def test_an_arrival_that_is_gone_already_fails_nobody(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.scanning.arrived(shelf.folder / "gone.safetensors", {"sha256": "x"})
    assert "gone.safetensors" in caplog.text


def test_a_refresh_without_headers_leaves_them_for_the_next(shelf: Shelf) -> None:
    shelf.add("a.safetensors")
    shelf.scanning.refresh(shelf.table, headers=False)
    assert shelf.index.named("a.safetensors")[0].header.format is None

    shelf.refresh()

    assert shelf.index.named("a.safetensors")[0].header.format == "safetensors"
