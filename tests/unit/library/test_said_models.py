"""What is written beside models is found by searching, and tells how complete they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_keeper.domain.library_query import parse_query
from model_keeper.domain.metadata import Completeness, ModelMetadata, Origin, Owner, Preview
from model_keeper.domain.metadata_json import to_json
from model_keeper.domain.metadata_merge import Merge, merged
from model_keeper.library.index import open_index
from model_keeper.library.said_models import SaidModels
from model_keeper.library.search import Found, LibrarySearch, Search
from model_keeper.library.sidecar_places import model_place
from model_keeper.library.sidecars import Sidecars
from tests.unit.library.models_folder import Library

FULL = ModelMetadata(
    name="Paper Boats",
    description="text",
    trained_words=("p4per",),
    base_model="SDXL 1.0",
    source="civitai",
    preview=(Preview("https://example.org/a.png"),),
    provenance={"source": Origin(Owner.PROVIDER, "civitai", 1)},
)


class Shelf:
    """A library whose index follows what is written beside its models."""

    def __init__(self, library: Library, state: Path) -> None:
        self.library = library
        self.sidecars = Sidecars(state)
        library.with_category("vae", (".safetensors",))

    @property
    def said(self) -> SaidModels:
        return SaidModels(self.library.index, self.sidecars)

    def scan(self) -> int:
        self.library.scan()
        return self.said.run()

    def found(self, typed: str) -> list[str]:
        page = LibrarySearch(self.library.index).search(Search(query=parse_query(typed)))
        return [found.file.name for found in page.items]

    def one(self, name: str) -> Found:
        page = LibrarySearch(self.library.index).search(Search())
        return next(found for found in page.items if found.file.name == name)

    def write(self, name: str, document: object) -> None:
        (self.library.models / "loras" / name).write_text(json.dumps(document))

    def update(self, name: str, metadata: ModelMetadata) -> None:
        place = model_place("loras", str(self.library.models / "loras"), name)
        origin = Origin(Owner.PROVIDER, "civitai", 1)
        written = self.sidecars.update(place, lambda old: merged(old, metadata, origin))
        self.said.note(place, written.metadata)


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> Shelf:
    return Shelf(library, tmp_path / "sidecars")


def test_nobody_said_anything_of_a_model_without_sidecars(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.library.add("vae/b.safetensors")
    assert shelf.scan() == 0
    assert shelf.one("a.safetensors").completeness is Completeness.MINIMAL
    assert shelf.found("is:incomplete") == ["a.safetensors", "b.safetensors"]
    assert shelf.found("missing:trained_words") == ["a.safetensors"]
    assert shelf.found("missing:trigger_words") == ["a.safetensors"]


def test_a_picture_beside_a_model_is_a_preview(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.scan()
    assert "preview" in shelf.one("a.safetensors").missing
    shelf.library.add("loras/a.preview.png")
    shelf.scan()
    assert "preview" not in shelf.one("a.safetensors").missing


@pytest.mark.parametrize("name", ["a.info", "a.safetensors.info"])
def test_what_is_written_is_read_once(shelf: Shelf, name: str) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.scan()
    shelf.write(name, to_json(FULL))
    assert shelf.scan() == 1
    assert shelf.scan() == 0
    found = shelf.one("a.safetensors")
    assert (found.completeness, found.missing) == (Completeness.COMPLETE, ())
    assert (found.title, found.base_model) == ("Paper Boats", "SDXL 1.0")
    for typed in ("boats", "p4per", "base:sdxl", "-is:incomplete"):
        assert shelf.found(typed) == ["a.safetensors"]


def test_other_tools_sidecars_count(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.write("a.json", {"description": "a text", "sd version": "SD1", "notes": ""})
    assert shelf.scan() == 1
    assert "description" not in shelf.one("a.safetensors").missing


def test_a_sidecar_that_changed_is_read_again(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.write("a.info", to_json(FULL))
    shelf.scan()
    (shelf.library.models / "loras/a.info").unlink()
    shelf.write("a.info", {"modelId": 1, "completeness": "partial"})
    assert shelf.scan() == 1
    assert shelf.one("a.safetensors").completeness is Completeness.MINIMAL
    (shelf.library.models / "loras/a.info").unlink()
    assert shelf.scan() == 1
    assert shelf.found("boats") == []


def test_a_new_neighbour_makes_nobody_read_again(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.write("a.info", to_json(FULL))
    shelf.scan()
    shelf.library.add("loras/b.safetensors")
    assert shelf.scan() == 0


def test_what_we_wrote_is_known_at_once_and_not_read(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.library.add("loras/A.civitai.safetensors")
    shelf.scan()
    shelf.update("a.safetensors", FULL)
    shelf.update("A.civitai.safetensors", FULL)
    assert shelf.found("is:incomplete") == []
    assert shelf.scan() == 0


def test_what_is_kept_in_the_state_folder_outlives_the_index(shelf: Shelf) -> None:
    path = shelf.library.add("loras/a.safetensors")
    for name in ("a.info", "a.safetensors.info"):  # other tools have taken both names
        shelf.library.add(f"loras/{name}", b'{"name": "x", "path": "/x", "hash": "0"}')
    shelf.scan()
    shelf.update("a.safetensors", FULL)
    assert shelf.found("boats") == [path.name]
    shelf.library.index.close()
    shelf.library.index.file.path.unlink()
    shelf.library.index = open_index(shelf.library.index.file.path)
    shelf.scan()
    assert shelf.found("boats") == [path.name]


def test_words_of_a_file_that_went_are_forgotten(shelf: Shelf) -> None:
    path = shelf.library.add("loras/a.safetensors")
    shelf.write("a.info", to_json(FULL))
    shelf.scan()
    path.unlink()
    shelf.scan()
    path.write_bytes(b"another")
    (path.parent / "a.info").unlink()
    shelf.scan()
    assert shelf.found("boats") == []


def test_a_damaged_sidecar_says_nothing(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.library.add("loras/a.info", b"{")
    assert shelf.scan() == 1
    assert shelf.scan() == 0
    assert shelf.one("a.safetensors").completeness is Completeness.MINIMAL


def test_a_merge_that_says_nothing_is_no_word(shelf: Shelf) -> None:
    shelf.library.add("loras/a.safetensors")
    shelf.scan()
    place = model_place("loras", str(shelf.library.models / "loras"), "a.safetensors")
    written = shelf.sidecars.update(place, Merge)
    shelf.said.note(place, written.metadata)
    assert shelf.one("a.safetensors").completeness is Completeness.MINIMAL
