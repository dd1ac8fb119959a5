"""Previews in folders: found, chosen, and given back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.engine.clock import SystemClock
from model_keeper.library.picture_notes import PictureNote
from model_keeper.library.previews import FoundPreview, Previews
from tests.storage import fail_to_keep, refuse_new_files
from tests.unit.library.preview_pictures import picture

RED, BLUE, JPEG = picture(colour="red"), picture(mode="L", colour=9), picture("JPEG")
FILM = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 20


class Shelf:
    """One folder of LoRAs with the model ``a.safetensors``."""

    def __init__(self, folder: Path) -> None:
        self.loras = folder / "loras"
        self.loras.mkdir()
        self.table = FolderTable(
            {"loras": (Root("loras", str(self.loras)),)}, {"loras": (".safetensors", ".ckpt")}
        )
        self.state = folder / "previews"
        self.previews = Previews(self.state, SystemClock())
        self.put("a.safetensors", b"weights")

    def put(self, name: str, data: bytes) -> Path:
        path = self.loras / name
        path.write_bytes(data)
        return path

    def place(self, name: str = "a.safetensors") -> Destination:
        return self.table.existing("loras", 0, name)

    def found(self, name: str = "a.safetensors") -> str | None:
        found = self.previews.find(self.table, self.place(name))
        return found.path.name if found else None

    def choose(self, data: bytes, name: str = "a.safetensors") -> FoundPreview:
        note = PictureNote(chosen=True)
        chosen = self.previews.put(self.table, self.place(name), data, note)
        assert chosen is not None
        return chosen

    def put_found(self, data: bytes, *, over: bool = False, **said: object) -> bool:
        note = PictureNote(**said)  # type: ignore[arg-type]
        put = self.previews.put(self.table, self.place(), data, note, over=over)
        return put is not None

    def is_chosen(self, path: Path) -> bool:
        return self.previews.note(path).chosen

    def names(self) -> list[str]:
        return sorted(path.name for path in self.loras.iterdir())

    def kept(self) -> list[bytes]:
        return [path.read_bytes() for path in (self.state / "kept").glob("*")]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_the_first_that_is_a_picture_by_its_content_counts(shelf: Shelf) -> None:
    assert shelf.found() is None
    shelf.put("a.preview.png", b"<html>not found</html>")
    shelf.put("a.webm", RED)
    assert shelf.found() == "a.webm"
    shelf.put("a.preview.jpg", FILM)
    found = shelf.previews.find(shelf.table, shelf.place())
    assert found is not None
    assert (found.path.name, found.medium.type) == ("a.preview.jpg", "video/mp4")


def test_a_folder_is_listed_once(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        shelf.put(f"m{number}.safetensors", b"")
        shelf.put(f"m{number}.png", RED)
    os.utime(shelf.loras, (1, 1))  # it has settled
    listings: list[object] = []
    listed = os.listdir

    def counted(path: Path) -> list[str]:
        listings.append(path)
        return listed(path)

    monkeypatch.setattr(os, "listdir", counted)
    for number in range(50):
        assert shelf.found(f"m{number}.safetensors") == f"m{number}.png"
    assert len(listings) == 1
    shelf.put("m7.preview.png", RED)
    assert shelf.found("m7.safetensors") == "m7.preview.png"


@pytest.mark.parametrize("name", ["b.safetensors", "a.txt", "a\0.safetensors", "a.png", "."])
def test_only_a_model_has_a_preview(shelf: Shelf, name: str) -> None:
    shelf.put("a.png", RED)
    shelf.put("a.txt", RED)
    with pytest.raises(KeeperError) as caught:
        shelf.found(name)
    assert caught.value.code == "file_not_found"


@pytest.mark.parametrize("name", ["../a.safetensors", "/etc/passwd", "b/../../a", "C:\\a"])
def test_an_address_stays_in_its_folder(shelf: Shelf, name: str) -> None:
    with pytest.raises(KeeperError) as caught:
        shelf.place(name)
    assert caught.value.code == "destination_outside_root"


@pytest.mark.parametrize("index", [-1, 1])
def test_an_address_names_a_folder_that_is_there(shelf: Shelf, index: int) -> None:
    with pytest.raises(KeeperError) as caught:
        shelf.table.existing("loras", index, "a.safetensors")
    assert caught.value.code == "root_unknown"


def test_a_chosen_picture_lies_beside_its_model_and_stays_chosen_when_moved(shelf: Shelf) -> None:
    chosen = shelf.choose(JPEG)
    assert chosen.path.name == "a.preview.jpg"
    assert chosen.path.read_bytes() == JPEG
    assert shelf.names() == ["a.preview.jpg", "a.safetensors"]
    moved = chosen.path.rename(shelf.loras / "b.preview.jpg")
    assert shelf.is_chosen(moved)
    assert not shelf.is_chosen(shelf.put("c.png", RED))


def test_what_somebody_else_put_there_is_kept_and_comes_back(shelf: Shelf) -> None:
    shelf.put("a.preview.png", RED)
    shelf.put("a.preview.webp", b"no picture")
    shelf.choose(JPEG)
    assert shelf.names() == ["a.preview.jpg", "a.safetensors"]
    assert sorted(shelf.kept()) == sorted([RED, b"no picture"])
    shelf.choose(BLUE)
    assert shelf.names() == ["a.preview.png", "a.safetensors"]
    shelf.previews.go_back(shelf.table, shelf.place())
    assert shelf.names() == ["a.preview.png", "a.preview.webp", "a.safetensors"]
    assert (shelf.loras / "a.preview.png").read_bytes() == RED
    assert {JPEG, BLUE} <= set(shelf.kept()), "what a person gave is never deleted"


def test_links_are_replaced_and_what_they_lead_to_stays(shelf: Shelf, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.png"
    elsewhere.write_bytes(RED)
    (shelf.loras / "a.preview.png").symlink_to(elsewhere)
    (shelf.loras / "a.preview.webp").symlink_to(tmp_path / "nowhere")
    shelf.choose(BLUE)
    assert shelf.names() == ["a.preview.png", "a.safetensors"]
    assert not (shelf.loras / "a.preview.png").is_symlink()
    assert elsewhere.read_bytes() == RED


def test_going_back_touches_nothing_that_was_not_chosen(shelf: Shelf) -> None:
    shelf.put("a.preview.png", RED)
    shelf.previews.go_back(shelf.table, shelf.place())
    assert shelf.found() == "a.preview.png"


def test_models_that_share_a_stem_get_pictures_of_their_own(shelf: Shelf) -> None:
    shelf.put("a.ckpt", b"")
    shelf.put("a.png", RED)
    assert shelf.choose(JPEG).path.name == "a.safetensors.preview.jpg"
    assert shelf.found() == "a.safetensors.preview.jpg"
    assert shelf.found("a.ckpt") == "a.png"


def test_a_folder_that_cannot_be_written_keeps_the_choice_elsewhere(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_new_files(monkeypatch, shelf.loras)
    shelf.put("a.preview.png", RED)
    chosen = shelf.choose(JPEG)
    assert shelf.previews.apart.has(chosen.path)
    found = shelf.previews.find(shelf.table, shelf.place())
    assert found == chosen
    assert shelf.is_chosen(chosen.path)
    shelf.previews.go_back(shelf.table, shelf.place())
    assert shelf.found() == "a.preview.png"
    assert JPEG in shelf.kept()


def test_a_full_disk_loses_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("a.preview.png", RED)

    fail_to_keep(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(KeeperError) as caught:
        shelf.choose(JPEG)
    assert caught.value.code == "disk_full"
    assert shelf.names() == ["a.preview.png", "a.safetensors"]


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"BM" + b"\0" * 60])
def test_what_is_no_picture_is_refused(shelf: Shelf, data: bytes) -> None:
    with pytest.raises(KeeperError) as caught:
        shelf.choose(data)
    assert caught.value.code == "picture_unusable"
    assert shelf.names() == ["a.safetensors"]


def test_what_is_known_of_a_picture_goes_where_it_goes(shelf: Shelf) -> None:
    assert shelf.put_found(RED, nsfw_level=4, source="https://example.org/red.png")
    note = shelf.previews.note(shelf.loras / "a.preview.png")
    assert (note.chosen, note.nsfw_level) == (False, 4)
    moved = (shelf.loras / "a.preview.png").rename(shelf.loras / "b.png")
    assert shelf.previews.note(moved) == note
    assert shelf.previews.note(shelf.put("c.png", RED[:-1] + b"?")) == PictureNote()


def test_what_was_found_leaves_what_is_there_and_what_a_person_chose(shelf: Shelf) -> None:
    shelf.put("a.png", RED)
    assert not shelf.put_found(BLUE)
    assert shelf.put_found(BLUE, over=True)
    assert shelf.found() == "a.preview.png"
    shelf.choose(JPEG)
    assert not shelf.put_found(RED, over=True)
    assert shelf.found() == "a.preview.jpg"


def test_a_picture_that_was_found_is_a_choice_once_a_person_takes_it(shelf: Shelf) -> None:
    assert shelf.put_found(RED, nsfw_level=1)
    path = shelf.choose(RED).path
    assert (shelf.is_chosen(path), shelf.previews.note(path).nsfw_level) == (True, 1)
    shelf.previews.go_back(shelf.table, shelf.place())
    assert shelf.found() == "a.preview.png"
    assert shelf.previews.note(path) == PictureNote(nsfw_level=1)


def test_every_preview_can_be_taken_away_and_none_is_lost(shelf: Shelf) -> None:
    shelf.put("a.png", RED)
    shelf.put("a.thumb.jpg", BLUE)
    shelf.choose(JPEG)
    shelf.previews.remove(shelf.table, shelf.place())
    assert (shelf.found(), shelf.names()) == (None, ["a.safetensors"])
    assert sorted(shelf.kept()) == sorted([RED, BLUE, JPEG])


def test_what_a_killed_writer_left_is_removed_once_it_is_old(shelf: Shelf) -> None:
    old, young = ".model-keeper-0a.new", ".model-keeper-0b.new"
    for name in (old, young, ".model-keeper-mine", "other.part"):
        shelf.put(name, b"")
    os.utime(shelf.loras / old, (1, 1))
    shelf.choose(RED)
    left = {".model-keeper-mine", "a.preview.png", "a.safetensors", young, "other.part"}
    assert set(shelf.names()) == left


def test_only_names_that_other_programs_pass_over_are_foreign(shelf: Shelf) -> None:
    for name in ("a.thumb.png", "a.safetensors.png", "a.preview.2.png"):
        shelf.put(name, RED)
    foreign = shelf.previews.foreign(shelf.table, shelf.place())
    assert [found.path.name for found in foreign] == [
        "a.safetensors.png", "a.preview.2.png", "a.thumb.png",
    ]  # fmt: skip
    shelf.put("a.png", RED)
    assert len(shelf.previews.foreign(shelf.table, shelf.place())) == 3


def test_what_is_kept_apart_follows_its_model(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_new_files(monkeypatch, shelf.loras)
    shelf.choose(JPEG)
    old, new = shelf.loras / "a.safetensors", shelf.loras / "b.safetensors"
    old.rename(new)
    for _ in range(2):  # it may be told again
        shelf.previews.apart.follow(str(old), str(new))
    found = shelf.previews.find(shelf.table, shelf.place("b.safetensors"))
    assert found is not None
    assert found.path.read_bytes() == JPEG
    assert shelf.is_chosen(found.path)
