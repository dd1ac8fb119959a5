"""Sidecars on a disk: everybody's are read, only ours is written, nothing is ever lost."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import Completeness, ModelMetadata, Origin, Owner
from model_keeper.domain.metadata_merge import Merge, edited, merged
from model_keeper.files.replacement import replace_file
from model_keeper.library.sidecar_places import ModelPlace, model_place
from model_keeper.library.sidecars import Sidecars, Written
from tests.unit.library.sidecar_samples import CIVITAI, FORK, LORA_MANAGER, MARKDOWN, SHA, WEBUI

PROVIDER = Origin(Owner.PROVIDER, "civitai", 1_700_000_000_000)
LATER = Origin(Owner.PROVIDER, "civitai", 1_800_000_000_000)


class Shelf:
    """A folder of loras and the sidecars in it."""

    def __init__(self, tmp_path: Path) -> None:
        self.root = tmp_path / "loras"
        self.root.mkdir()
        self.state = tmp_path / "state"
        self.sidecars = Sidecars(self.state)

    def put(self, name: str, content: object = b"") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    def place(self, name: str = "carrot.safetensors") -> ModelPlace:
        if not (self.root / name).exists():
            self.put(name)
        return model_place("loras", str(self.root), name)

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.root.iterdir())

    def told(self, name: str = "Carrot", origin: Origin = PROVIDER, **values: Any) -> Written:
        said = ModelMetadata(name=name, **values)
        return self.sidecars.update(self.place(), lambda old: merged(old, said, origin))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def document(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def unchanged(metadata: ModelMetadata) -> Merge:
    return Merge(metadata)


def test_ours_lies_beside_the_model_and_is_read_again(shelf: Shelf) -> None:
    written = shelf.told(trained_words=("漢字",))

    assert written.path == shelf.root / "carrot.info"
    assert document(written.path) == {
        "file": "carrot.safetensors",
        "name": "Carrot",
        "trainedWords": ["漢字"],
        "completeness": "partial",
        "lastUpdated": "2023-11-14T22:13:20.000Z",
        "provenance": {
            name: {"owner": "provider", "name": "civitai", "at": "2023-11-14T22:13:20.000Z"}
            for name in ("name", "trainedWords")
        },
    }
    assert shelf.sidecars.read(shelf.place()).metadata == written.metadata
    assert shelf.names == ["carrot.info", "carrot.safetensors"]


def test_without_any_there_is_nothing(shelf: Shelf) -> None:
    reading = shelf.sidecars.read(shelf.place())
    assert (reading.metadata, reading.files, reading.problems) == (ModelMetadata(), (), ())


def test_nothing_is_written_when_nothing_but_the_moment_is_new(shelf: Shelf) -> None:
    first = shelf.told()
    before = first.path.stat().st_mtime_ns, first.path.read_bytes()

    again = shelf.told(origin=LATER)

    assert (first.changed, again.changed) == (True, False)
    assert (again.path.stat().st_mtime_ns, again.path.read_bytes()) == before


def test_a_change_keeps_what_we_do_not_know(shelf: Shelf) -> None:
    path = shelf.told().path
    path.write_text(json.dumps({**document(path), "colour": {"hue": 7}}), encoding="utf-8")

    shelf.told("Carrots", LATER)

    assert document(path)["name"] == "Carrots"
    assert document(path)["extra"] == {"colour": {"hue": 7}}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_rights_stay_what_they_were(shelf: Shelf) -> None:
    path = shelf.told().path
    path.chmod(0o640)
    shelf.told("Carrots", LATER)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(shelf: Shelf, tmp_path: Path) -> None:
    path = shelf.told().path
    elsewhere = tmp_path / "elsewhere.info"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    shelf.told("Carrots", LATER)
    assert path.is_symlink()
    assert document(elsewhere)["name"] == "Carrots"


OTHERS: list[tuple[str, object]] = [
    ("carrot.civitai.info", CIVITAI),
    ("carrot.metadata.json", LORA_MANAGER),
    ("carrot.json", WEBUI),
    ("carrot.md", MARKDOWN.encode()),
    ("carrot.txt", b"mine"),
    ("carrot.safetensors.dl-meta", {"sha256": SHA}),
    ("carrot.info", FORK),
    ("carrot.info", CIVITAI),
    ("carrot.info", {"some": "other tool"}),
    ("carrot.info", [1, 2]),
]


@pytest.mark.parametrize(("name", "content"), OTHERS)
def test_other_tools_files_are_read_and_never_touched(
    shelf: Shelf, name: str, content: object
) -> None:
    path = shelf.put(name, content)
    before = path.stat().st_mtime_ns, path.read_bytes()

    written = shelf.told("Carrot", LATER)

    assert written.path != path
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    if content not in ([1, 2], {"some": "other tool"}):
        assert path in shelf.sidecars.read(shelf.place()).files


def test_what_was_imported_stays_when_its_file_goes(shelf: Shelf) -> None:
    path = shelf.put("carrot.metadata.json", LORA_MANAGER)
    shelf.sidecars.update(shelf.place(), unchanged)
    path.unlink()

    metadata = shelf.sidecars.read(shelf.place()).metadata
    assert (metadata.notes, metadata.favourite) == ("works at 0.7", True)
    assert metadata.origin_of("notes").via == ".metadata.json"


def test_an_old_file_of_another_tool_does_not_undo_an_edit(shelf: Shelf) -> None:
    shelf.put("carrot.metadata.json", LORA_MANAGER)
    shelf.sidecars.update(shelf.place(), lambda old: edited(old, {"notes": None}, at=1_000))
    assert shelf.sidecars.read(shelf.place()).metadata.notes is None


def test_the_older_shape_of_ours_is_read_and_carried_on(shelf: Shelf) -> None:
    old = {"id": 20, "name": "Carrot", "source": "civitai", "completeness": "minimal"}
    path = shelf.put("carrot.info", {**old, "trainedWords": ["carrot"], "mine": 1})

    written = shelf.told("Carrot", LATER)

    assert written.path == path
    assert document(path)["trainedWords"] == ["carrot"]
    assert document(path)["provenance"]["id"]["via"] == ".info"
    assert document(path)["extra"] == {"mine": 1}


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"name": "Carr', b"\x00\x01\x02", b"\xff\xfe\x00"]
)
def test_a_damaged_one_of_ours_is_a_problem_and_left_as_it_is(shelf: Shelf, content: bytes) -> None:
    path = shelf.put("carrot.info", content)
    shelf.put("carrot.json", WEBUI)

    reading = shelf.sidecars.read(shelf.place())
    assert [problem.details["path"] for problem in reading.problems] == [str(path)]
    assert reading.metadata.trained_words == ("carrot", "soup")
    with pytest.raises(KeeperError) as refused:
        shelf.told()
    assert refused.value.code == "sidecar_unreadable"
    assert path.read_bytes() == content
    assert shelf.names == ["carrot.info", "carrot.json", "carrot.safetensors"]


def test_a_damaged_one_of_another_tool_hinders_nobody(shelf: Shelf) -> None:
    path = shelf.put("carrot.civitai.info", b"{")
    assert shelf.told().changed
    assert len(shelf.sidecars.read(shelf.place()).problems) == 1
    assert path.read_bytes() == b"{"


def test_two_models_of_one_stem_have_one_each(shelf: Shelf) -> None:
    shelf.put("carrot.gguf")
    safetensors = shelf.told("A safetensors")
    shelf.sidecars.update(
        shelf.place("carrot.gguf"), lambda old: merged(old, ModelMetadata(name="A GGUF"), LATER)
    )

    assert safetensors.path == shelf.root / "carrot.safetensors.info"
    assert shelf.sidecars.read(shelf.place()).metadata.name == "A safetensors"
    assert shelf.sidecars.read(shelf.place("carrot.gguf")).metadata.name == "A GGUF"


def test_a_newcomer_of_the_same_stem_takes_nothing_over(shelf: Shelf) -> None:
    shelf.told("A safetensors")
    assert shelf.sidecars.read(shelf.place("carrot.gguf")).metadata == ModelMetadata()
    assert shelf.sidecars.read(shelf.place()).metadata.name == "A safetensors"


def test_a_file_of_others_for_two_models_says_what_is_true_of_both(shelf: Shelf) -> None:
    shelf.put("carrot.gguf")
    shelf.put("carrot.safetensors")
    shelf.put("carrot.civitai.info", CIVITAI)

    either = shelf.sidecars.read(shelf.place("carrot.gguf")).metadata
    proven = shelf.sidecars.read(shelf.place(), sha256=SHA).metadata

    assert (either.name, either.hashes, either.download_url) == ("Carrot", {}, None)
    assert proven.hashes["sha256"] == SHA
    assert proven.download_url is not None


def test_a_model_that_was_renamed_with_its_file_keeps_all(shelf: Shelf) -> None:
    shelf.told(hashes={"sha256": SHA}).path.rename(shelf.root / "turnip.info")
    assert shelf.sidecars.read(shelf.place("turnip.safetensors")).metadata.hashes == {"sha256": SHA}


def _only_within(folder: Path, code: int) -> Callable[[Path, bytes], None]:
    def replace(path: Path, content: bytes) -> None:
        if not path.is_relative_to(folder):
            raise OSError(code, os.strerror(code))
        replace_file(path, content)

    return replace


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EPERM, errno.ENAMETOOLONG])
def test_a_folder_that_cannot_be_written_to_has_them_in_the_state_folder(
    shelf: Shelf, code: int
) -> None:
    writable, shelf.sidecars = (
        shelf.sidecars,
        Sidecars(shelf.state, _only_within(shelf.state, code)),
    )
    written = shelf.told()

    assert written.path.is_relative_to(shelf.state)
    assert shelf.sidecars.read(shelf.place()).metadata == written.metadata
    assert not shelf.told(origin=LATER).changed

    shelf.sidecars = writable
    moved = shelf.told("Carrots", LATER)
    assert moved.path == shelf.root / "carrot.info"
    assert not written.path.exists()


def test_a_full_disk_is_said_and_leaves_the_old_one(shelf: Shelf) -> None:
    path = shelf.told().path
    shelf.sidecars = Sidecars(shelf.state, _only_within(shelf.state, errno.ENOSPC))
    with pytest.raises(KeeperError) as failed:
        shelf.told("Carrots", LATER)
    assert failed.value.code == "storage_failed"
    assert document(path)["name"] == "Carrot"


def test_both_names_taken_by_others(shelf: Shelf) -> None:
    shelf.put("carrot.info", FORK)
    shelf.put("carrot.safetensors.info", {"some": "tool"})
    assert shelf.told().path.is_relative_to(shelf.state)


def test_same_names_in_two_roots_do_not_meet_in_the_state_folder(tmp_path: Path) -> None:
    one, other = (ModelPlace("loras", str(tmp_path / n), "a.safetensors") for n in "ab")
    assert one.within(tmp_path) != other.within(tmp_path)


def test_writers_at_the_same_time_lose_nothing(shelf: Shelf) -> None:
    place = shelf.place()

    def add(number: int) -> None:
        def change(old: ModelMetadata) -> Merge:
            return edited(old, {"tags": (*old.tags, str(number))}, at=number)

        Sidecars(shelf.state).update(place, change)

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(add, range(1, 13)))

    assert set(shelf.sidecars.read(place).metadata.tags) == {str(n) for n in range(1, 13)}


def test_completeness_is_that_of_the_category(shelf: Shelf) -> None:
    said = ModelMetadata(description="d", source="civitai", base_model="SDXL 1.0")
    shelf.put("carrot.safetensors")
    for category, expected in (("loras", Completeness.PARTIAL), ("vae", Completeness.COMPLETE)):
        place = ModelPlace(category, str(shelf.root), "carrot.safetensors")
        written = shelf.sidecars.update(place, lambda old: merged(old, said, PROVIDER))
        assert written.metadata.completeness is expected
        assert document(written.path)["completeness"] == expected.value
