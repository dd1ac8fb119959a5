"""One count of everything that maintenance asks about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.library.census import Census, RootCensus
from tests.unit.engine.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


def test_an_empty_library_has_nothing_to_count(shelf: Shelf) -> None:
    census = Census(shelf.index)
    assert census.categories() == []
    assert (census.surplus().files, census.surplus().size) == (0, 0)
    assert (census.broken(), census.present(["0" * 64])) == (frozenset(), frozenset())


def test_every_category_is_counted_with_what_it_lacks(shelf: Shelf) -> None:
    for number in range(3):
        shelf.add(f"{number}.safetensors", seed=number)
    shelf.add("broken.safetensors").write_bytes(b"no model")
    shelf.refresh()
    shelf.hashing.of(str(shelf.folder / "0.safetensors"))
    [loras] = Census(shelf.index).categories()
    size = (shelf.folder / "0.safetensors").stat().st_size
    assert (loras.category, loras.files, loras.size) == ("loras", 4, 3 * size + 8)
    assert (loras.broken, loras.broken_size) == (1, 8)
    assert (loras.unhashed, loras.unhashed_size) == (3, 2 * size + 8)
    assert (loras.unseen, loras.lacking) == (4, 4)
    assert loras.missing["trained_words"] == 4
    assert "preview" not in loras.missing


def test_what_is_too_much_counts_each_file_once(shelf: Shelf) -> None:
    for name in ("a", "b", "c"):
        shelf.add(f"{name}.safetensors", seed=1)
    shelf.add("other.safetensors", seed=2)
    (shelf.folder / "linked.safetensors").hardlink_to(shelf.folder / "a.safetensors")
    shelf.refresh()
    hashes = {shelf.hashing.of(str(path))["sha256"] for path in shelf.folder.glob("*.safetensors")}
    census = Census(shelf.index)
    surplus = census.surplus()
    assert surplus.files == 2
    assert surplus.size == 2 * (shelf.folder / "a.safetensors").stat().st_size
    assert census.present([*hashes, "0" * 64]) == hashes


def test_a_root_is_known_once_it_was_looked_at(shelf: Shelf) -> None:
    census = Census(shelf.index)
    assert census.roots() == {}
    shelf.add("a.safetensors", 4_000)
    shelf.refresh()
    size = (shelf.folder / "a.safetensors").stat().st_size
    assert census.roots() == {("loras", str(shelf.folder)): RootCensus(True, 1, size)}
    shelf.folder.rename(shelf.folder.with_name("unplugged"))
    shelf.refresh()
    assert census.roots()["loras", str(shelf.folder)].online is False
