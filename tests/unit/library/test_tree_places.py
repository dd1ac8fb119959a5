"""Where a path lies in the index."""

from __future__ import annotations

from pathlib import Path

from model_keeper.library.tree_places import tree_places
from tests.unit.library.models_folder import Library


def places(library: Library, path: Path) -> set[tuple[str, str]]:
    found = library.index.file.read(lambda sql: tree_places(sql, str(path)))
    return {(Path(place.root).name, place.relative) for place in found}


def test_a_path_lies_below_every_root_that_contains_it(library: Library) -> None:
    library.with_category("styles", (".safetensors",), "loras/styles")
    library.with_category("lor", (".safetensors",))
    library.scan()
    styles = library.models / "loras/styles"
    assert places(library, styles / "sub/a.pt") == {
        ("loras", "styles/sub/a.pt"),
        ("styles", "sub/a.pt"),
    }
    assert places(library, styles) == {("loras", "styles")}, "a root is not below itself"
    assert places(library, library.models / "loras2/a.pt") == set()


def test_a_name_that_is_no_text_is_found_as_the_index_has_it(library: Library) -> None:
    library.scan()
    path = str(library.models / "loras/\udcff.pt")
    [place] = library.index.file.read(lambda sql: tree_places(sql, path))
    assert (place.relative, place.key[1]) == ("\udcff.pt", b"\xff.pt")
