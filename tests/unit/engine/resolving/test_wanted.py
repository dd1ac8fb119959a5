"""Which places of a workflow want the same file."""

from __future__ import annotations

from typing import Any

from model_keeper.domain.findings import WantedFile
from model_keeper.domain.references import Location, ModelEntry, Reference, ReferenceKind
from model_keeper.engine.resolving.wanted import wanted_files


def place(value: str, category: str | None = "loras", node: str = "1", **more: Any) -> Reference:
    at = Location("", node, ("widgets_values", 0))
    return Reference(node, "LoraLoader", "lora_name", value, at, category, **more)


def entry(name: str, directory: str | None = "loras", **more: Any) -> ModelEntry:
    return ModelEntry(name, f"https://hub/{name}", directory, **more)


def only(*places: Reference, entries: tuple[ModelEntry, ...] = ()) -> WantedFile:
    (file,) = wanted_files(places, entries)
    return file


def test_places_agree_by_category_and_name_with_either_separator() -> None:
    file = only(place("sub\\a.safetensors"), place("sub/a.safetensors", node="2"))
    assert file.wanted.name == "sub/a.safetensors"
    assert len(file.references) == 2


def test_the_same_name_in_another_category_is_another_file() -> None:
    files = wanted_files([place("a.safetensors"), place("a.safetensors", "vae")], ())
    assert [file.wanted.category for file in files] == ["loras", "vae"]


def test_an_entry_by_its_bare_name_belongs_to_the_place_with_folders() -> None:
    own = entry("a.safetensors", sha256="a" * 64)
    file = only(place("sdxl/a.safetensors"), entries=(own,))
    assert file.wanted.entries == (own,)
    assert file.wanted.hashes == ("a" * 64,)


def test_an_entry_of_another_category_is_a_file_of_its_own() -> None:
    files = wanted_files([place("a.safetensors")], [entry("a.safetensors", "checkpoints")])
    assert [(f.wanted.category, len(f.references)) for f in files] == [
        ("loras", 1),
        ("checkpoints", 0),
    ]


def test_an_entry_tells_the_category_of_a_place_that_nobody_knows() -> None:
    assert only(place("a.gguf", None), entries=(entry("a.gguf"),)).wanted.category == "loras"


def test_a_tag_without_extension_joins_the_list_that_names_the_file() -> None:
    tag = place("style", kind=ReferenceKind.LORA_TAG, node="2")
    file = only(place("sub/style.safetensors"), tag)
    assert file.wanted.name == "sub/style.safetensors"
    assert [reference.node_id for reference in file.references] == ["1", "2"]


def test_two_tags_of_one_stem_are_one_file() -> None:
    tags = [place("style", kind=ReferenceKind.LORA_TAG), place("style", kind=ReferenceKind.STEM)]
    assert len(only(*tags).references) == 2


def test_what_only_switched_off_places_want_is_not_required() -> None:
    assert not only(place("a.safetensors", active=False)).required
    assert only(place("a.safetensors", active=False), place("a.safetensors", node="2")).required
    assert not only(place("a.pth", kind=ReferenceKind.SELF_FETCHED)).required
    assert not only(entries=(entry("a.safetensors", active=False),)).required


def test_builtin_names_are_told_from_files() -> None:
    assert only(place("pixel_space", "vae", kind=ReferenceKind.BUILTIN)).builtin
    assert not only(place("a.safetensors")).builtin


def test_a_place_that_names_nothing_joins_nothing() -> None:
    files = wanted_files([place(""), place("a.safetensors")], ())
    assert [file.wanted.name for file in files] == ["", "a.safetensors"]
