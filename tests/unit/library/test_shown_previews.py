"""Which previews the index knows, after a scan and after each change."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.domain.library_query import parse_query
from model_keeper.library.picture_notes import PictureNote
from model_keeper.library.previews import Previews
from model_keeper.library.search import Found, LibrarySearch, Search
from model_keeper.library.shown_previews import ShownPreviews
from tests.doubles import FakeClock
from tests.storage import refuse_new_files
from tests.unit.library.models_folder import Library
from tests.unit.library.preview_pictures import picture

RED, BLUE = picture(colour="red"), picture(colour="blue")


class Shown:
    """A library with previews and what looks at them; ``a`` and ``sub/b`` are its models."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library = library
        self.previews = Previews(folder / "previews", FakeClock())
        self.looks = ShownPreviews(library.index, lambda: self.previews)
        self.loras = library.models / "loras"
        for name in ("a", "sub/b"):
            library.add(f"loras/{name}.safetensors", name.encode())

    def scan(self) -> None:
        self.library.scan()
        self.looks.run()

    def missing(self) -> list[str]:
        return [found.file.name for found in self.search("missing:preview")]

    def level(self, name: str) -> int | None:
        return self.search(name)[0].preview_nsfw_level

    def search(self, text: str) -> tuple[Found, ...]:
        search = LibrarySearch(self.library.index)
        return search.search(Search(query=parse_query(text))).items

    def put(self, data: bytes, name: str = "a", level: int | None = None) -> None:
        place = Destination("loras", str(self.loras), f"{name}.safetensors")
        note = PictureNote(nsfw_level=level)
        assert self.previews.put(self.library.table, place, data, note) is not None
        self.looks.note(place.path)


@pytest.fixture
def shown(library: Library, tmp_path: Path) -> Shown:
    made = Shown(library, tmp_path)
    made.scan()
    return made


def test_a_picture_is_known_at_once_and_after_a_scan(shown: Shown) -> None:
    assert shown.missing() == ["a.safetensors", "b.safetensors"]
    shown.put(RED, level=4)
    assert (shown.missing(), shown.level("a")) == (["b.safetensors"], 4)
    shown.library.scan()
    assert (shown.missing(), shown.level("a")) == (["b.safetensors"], 4), "nothing flickers"
    shown.looks.run()
    assert (shown.missing(), shown.level("a")) == (["b.safetensors"], 4)


def test_a_name_counts_until_its_content_was_seen(shown: Shown) -> None:
    shown.library.add("loras/a.png", b"<html>no</html>")
    shown.library.scan()
    assert shown.missing() == ["b.safetensors"]
    shown.looks.run()
    assert shown.missing() == ["a.safetensors", "b.safetensors"]
    shown.library.add("loras/other.txt")
    shown.library.scan()
    assert shown.missing() == ["a.safetensors", "b.safetensors"], "it was seen already"
    shown.library.add("loras/a.png", RED)
    shown.library.add("loras/yet another.txt")
    shown.scan()
    assert shown.missing() == ["b.safetensors"]


@pytest.mark.parametrize("name", ["a.thumb.png", "a_0.jpg", "a.safetensors.webp"])
def test_names_that_few_programs_look_for_do_not_count(shown: Shown, name: str) -> None:
    shown.library.add(f"loras/{name}", RED)
    shown.library.scan()
    assert "a.safetensors" in shown.missing()
    shown.looks.note(str(shown.loras / "a.safetensors"))
    assert "a.safetensors" in shown.missing()


@pytest.mark.parametrize("name", ["a.webp", "a.safetensors.preview.gif", "A.PREVIEW.PNG"])
def test_a_preview_counts_while_it_is_there(shown: Shown, name: str) -> None:
    path = shown.library.add(f"loras/{name}", RED)
    shown.scan()
    assert shown.missing() == ["b.safetensors"]
    path.unlink()
    shown.scan()
    assert shown.missing() == ["a.safetensors", "b.safetensors"]


def test_the_rating_is_of_the_picture_that_is_there(shown: Shown) -> None:
    shown.put(RED, level=8)
    shown.loras.joinpath("a.preview.png").write_bytes(BLUE)
    shown.library.add("loras/other.txt")
    shown.scan()
    assert shown.level("a") is None


def test_a_picture_of_a_deleted_model_is_forgotten(shown: Shown) -> None:
    shown.put(RED)
    (shown.loras / "a.safetensors").unlink()
    shown.scan()
    shown.library.add("loras/a.safetensors")
    (shown.loras / "a.preview.png").unlink()
    shown.library.scan()
    assert shown.missing() == ["a.safetensors", "b.safetensors"]


def test_what_is_kept_apart_counts_and_survives_every_scan(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_new_files(monkeypatch, shown.loras)
    shown.put(RED, level=2)
    assert (shown.missing(), shown.level("a")) == (["b.safetensors"], 2)
    shown.library.add("loras/other.txt")
    shown.library.add("loras/a.png", BLUE)
    shown.library.scan()
    assert (shown.missing(), shown.level("a")) == (["b.safetensors"], 2)
    shown.library.index.close()
    shown.library.index.file.path.unlink()
    shown.scan()
    assert (shown.missing(), shown.level("a")) == (["b.safetensors"], 2), "the index is a cache"
    (shown.loras / "a.png").unlink()
    for path in shown.previews.apart.all():
        path.unlink()
    shown.scan()
    assert shown.missing() == ["a.safetensors", "b.safetensors"]


def test_a_category_without_a_filter_has_previews_too(shown: Shown) -> None:
    shown.library.with_category("anything", ())
    shown.library.add("anything/c.weights", b"c")
    shown.library.add("anything/c.png", RED)
    shown.scan()
    assert [found.has_preview for found in shown.search("c.weights")] == [True]
