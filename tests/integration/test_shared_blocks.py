"""Files that share their blocks, on a real file system that can: made here, in one file."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.duplicates import Freeing
from model_keeper.library.shared_blocks import block_map
from tests.integration.changed_library import ChangedLibrary, errors_of

BYTES = b"weights" * 100_000

MAKERS = {"btrfs": ["mkfs.btrfs", "-q"], "xfs": ["mkfs.xfs", "-q", "-m", "reflink=1"]}


@pytest.fixture(params=sorted(MAKERS))
def volume(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    name: str = request.param
    maker = MAKERS[name]
    if os.name == "nt" or os.geteuid() != 0 or shutil.which(maker[0]) is None:
        pytest.skip(f"needs {maker[0]} and the right to mount")
    image, place = tmp_path / "image", tmp_path / "volume"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(320 << 20)
    made = subprocess.run([*maker, str(image)], capture_output=True, check=False)
    mount = ["mount", "-o", "loop", str(image), str(place)]
    if made.returncode or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip(f"this machine cannot make and mount {name}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def library(volume: Path) -> Iterator[ChangedLibrary]:
    made = ChangedLibrary(volume)
    yield made
    made.close()


def test_a_duplicate_shares_the_blocks_of_the_other(library: ChangedLibrary) -> None:
    first = library.add("loras/a.safetensors", BYTES)
    second = library.add("loras/b.safetensors", BYTES)
    library.scan()
    library.hash_all()
    assert block_map(first) != block_map(second)
    [group] = library.duplicates.groups()
    assert group.freed() == len(BYTES)

    change = library.duplicates.replace(str(first), [str(second)], Freeing.REFLINK)

    assert errors_of(change) == [None]
    assert not first.samefile(second)
    assert second.read_bytes() == BYTES
    assert block_map(first) == block_map(second) is not None
    library.scan()
    [group] = library.duplicates.groups()  # equal files still, of which nothing can be freed
    assert group.freed() == 0
    second.write_bytes(b"changed")
    assert first.read_bytes() == BYTES
    second.unlink()
    [slot] = [file.slot for file in library.trashed()]
    assert Path(slot).read_bytes() == BYTES


def test_a_shared_duplicate_is_undone(library: ChangedLibrary) -> None:
    first = library.add("loras/a.safetensors", BYTES)
    second = library.add("vae/b.safetensors", BYTES)
    inode = second.stat().st_ino
    change = library.duplicates.replace(str(first), [str(second)], Freeing.REFLINK)
    assert second.stat().st_ino != inode
    assert errors_of(library.changes.undo(change.id)) == [None]
    assert second.stat().st_ino == inode
    assert second.read_bytes() == BYTES
