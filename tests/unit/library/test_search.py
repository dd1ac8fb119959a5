"""Searching the index: what is found, in which order, and that pages hold still."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.model_files import HeaderFacts
from model_keeper.library.contents import Contents, file_state
from model_keeper.library.headers import Headers
from model_keeper.library.search import LibrarySearch, Search, SearchPage, Sort
from tests.unit.library.models_folder import Library

FACTS: Mapping[str, HeaderFacts] = {
    "Red Car.safetensors": HeaderFacts(
        "safetensors", base_model="SDXL 1.0", precision="F16", trigger_words=("r3dcar",)
    ),
    "red bike.safetensors": HeaderFacts("safetensors", base_model="Flux.1 D", precision="BF16"),
    "вода.gguf": HeaderFacts("gguf", title="Water"),
    "水彩画.safetensors": HeaderFacts("safetensors", base_model="SDXL 1.0"),
    "broken.safetensors": HeaderFacts(problem="it ends early"),
}
Found = Callable[[str], list[str]]


@pytest.fixture
def filled(library: Library) -> Library:
    library.table = FolderTable()
    library.with_category("loras", (".safetensors", ".gguf"))
    library.with_category("vae", (".safetensors",))
    library.add("loras/cars/Red Car.safetensors", b"1" * 10)
    library.add("loras/bikes/red bike.safetensors", b"2" * 20)
    library.add("loras/вода.gguf", b"3" * 30)
    library.add("loras/水彩画.safetensors", b"4" * 40)
    library.add("vae/broken.safetensors", b"5" * 50)
    scan(library)
    return library


@pytest.fixture
def found(filled: Library) -> Found:
    return lambda typed: sorted(names(look(filled, typed)))


def scan(library: Library) -> None:
    library.scan()
    Headers(library.index, lambda path: FACTS.get(Path(path).name, HeaderFacts())).run()


def look(library: Library, typed: str = "", search: Search | None = None) -> SearchPage:
    asked = replace(search or Search(), query=parse_query(typed))
    return LibrarySearch(library.index).search(asked)


def names(page: SearchPage) -> list[str]:
    return [item.file.name.rpartition(".")[0] for item in page.items]


def hashed(library: Library, name: str, sha256: str, *, claimed: bool = False) -> None:
    known = {"sha256": sha256, "autov2": sha256[:10]}
    state = file_state(str(library.models / name))
    hashes = KnownHashes(claimed=known) if claimed else KnownHashes(known)
    Contents(library.index).note([(state, hashes)])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("red", ["Red Car", "red bike"]),
        ("RED car", ["Red Car"]),
        ("red -car", ["red bike"]),
        ('"red car"', ["Red Car"]),
        ('"car red"', []),
        ("bikes", ["red bike"]),
        ("r3dcar", ["Red Car"]),
        ("flux", ["red bike"]),
        ("ВОДА", ["вода"]),
        ("water", ["вода"]),
        ("彩", ["水彩画"]),
        ("水彩画", ["水彩画"]),
        ("base:sdxl", ["Red Car", "水彩画"]),
        ("-base:sdxl", ["broken", "red bike", "вода"]),
        ("type:vae", ["broken"]),
        ("type:lora red", ["Red Car", "red bike"]),
        ("format:GGUF", ["вода"]),
        ("precision:bf16", ["red bike"]),
        ("size>30", ["broken", "水彩画"]),
        ("size<=20", ["Red Car", "red bike"]),
        ("is:broken", ["broken"]),
        ("missing:base", ["broken", "вода"]),
        ("root:models/VAE", ["broken"]),
        ("%", []),
        ("_", []),
    ],
)
def test_what_is_found(found: Found, typed: str, expected: list[str]) -> None:
    assert found(typed) == sorted(expected)


def test_words_do_not_run_over_from_one_field_into_the_next(found: Found) -> None:
    assert found('"safetensors sdxl"') == []


def test_hashes_are_found_by_their_beginning_whoever_states_them(filled: Library) -> None:
    hashed(filled, "loras/cars/Red Car.safetensors", "ab" * 32)
    hashed(filled, "loras/вода.gguf", "ac" * 32, claimed=True)

    assert names(look(filled, "hash:ABABABABAB")) == ["Red Car"]
    assert names(look(filled, "hash:acac")) == ["вода"]
    assert names(look(filled, "hash:baba")) == []
    assert "Red Car" not in names(look(filled, "is:unhashed"))
    assert "вода" in names(look(filled, "is:unhashed"))
    assert "вода" not in names(look(filled, "missing:hash"))


def test_duplicates_are_equal_by_a_computed_hash_and_not_the_same_file(filled: Library) -> None:
    for name in ("loras/cars/Red Car.safetensors", "loras/bikes/red bike.safetensors"):
        hashed(filled, name, "ab" * 32)
    hashed(filled, "loras/вода.gguf", "ab" * 32, claimed=True)
    hashed(filled, "vae/broken.safetensors", "cd" * 32)
    os.link(filled.models / "vae/broken.safetensors", filled.models / "vae/linked.safetensors")
    filled.scan()

    assert names(look(filled, "is:duplicate")) == ["red bike", "Red Car"]


def test_a_folder_that_is_off_is_found_as_such(filled: Library) -> None:
    assert names(look(filled, "is:offline")) == []
    (filled.models / "vae").rename(filled.models / "elsewhere")
    filled.scan()

    assert names(look(filled, "is:offline")) == ["broken"]
    assert "broken" not in names(look(filled, "-is:offline"))


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("typed", ["", "-nothing"])
def test_pages_go_on_where_the_one_before_ended(
    filled: Library, sort: Sort, *, backwards: bool, typed: str
) -> None:
    search = Search(sort=sort, backwards=backwards, limit=2)
    whole = names(look(filled, typed, replace(search, limit=100)))
    seen, after = [], None
    while True:
        page = look(filled, typed, replace(search, after=after))
        assert page.total == 5
        seen += names(page)
        after = page.next
        if after is None:
            break

    assert len(whole) == 5
    assert seen == whole


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("typed", ["", "-nothing"])
def test_a_jump_leads_to_what_stands_there(filled: Library, sort: Sort, typed: str) -> None:
    search = Search(sort=sort, limit=2)
    whole = names(look(filled, typed, replace(search, limit=100)))
    jumped = look(filled, typed, replace(search, offset=3))

    assert names(jumped) == whole[3:]
    assert (jumped.total, jumped.next) == (5, None)
    onwards = look(filled, typed, replace(search, offset=1))
    assert names(look(filled, typed, replace(search, after=onwards.next, offset=1))) == whole[4:]
    assert names(look(filled, typed, replace(search, offset=5))) == []


def test_orders(filled: Library) -> None:
    largest_first = names(look(filled, "", Search(sort=Sort.SIZE)))

    assert largest_first == ["broken", "水彩画", "вода", "red bike", "Red Car"]
    assert names(look(filled, "", Search(sort=Sort.SIZE, backwards=True))) == largest_first[::-1]
    assert names(look(filled)) == ["broken", "red bike", "Red Car", "вода", "水彩画"]


def test_a_page_is_not_moved_by_files_that_come_and_go(filled: Library) -> None:
    first = look(filled, "", Search(limit=2))
    filled.add("loras/aaa.safetensors")
    (filled.models / "loras/bikes/red bike.safetensors").unlink()
    filled.scan()

    assert names(look(filled, "", Search(limit=2, after=first.next))) == ["Red Car", "вода"]


@pytest.mark.parametrize("after", ["", "x", "W10", "bnVsbA", "W3sidCI6MX0sMSwxXQ", "水"])
def test_a_cursor_of_nothing_is_refused(filled: Library, after: str) -> None:
    with pytest.raises(KeeperError) as refused:
        look(filled, "", Search(after=after))
    assert refused.value.code == "invalid_request"


def test_a_cursor_of_another_order_is_refused(filled: Library) -> None:
    after = look(filled, "", Search(limit=1)).next
    with pytest.raises(KeeperError) as refused:
        look(filled, "", Search(sort=Sort.SIZE, after=after))
    assert refused.value.code == "invalid_request"


def test_facets_count_what_was_found_on_all_pages(filled: Library) -> None:
    page = look(filled, "-broken", Search(limit=1, facets=True))

    assert page.total == 4
    assert page.facets is not None
    assert page.facets.category == {"loras": 4}
    assert page.facets.base_model == {"SDXL 1.0": 2, "Flux.1 D": 1, None: 1}
    assert page.facets.format == {"safetensors": 3, "gguf": 1}


def test_an_id_stays_while_the_file_stays_where_it_is(filled: Library) -> None:
    before = {item.id: item.file.relative for item in look(filled).items}
    (filled.models / "loras/вода.gguf").write_bytes(b"other")
    filled.index.close()
    filled.index.file.path.unlink()
    scan(filled)

    assert {item.id: item.file.relative for item in look(filled).items} == before
    for place, relative in before.items():
        assert LibrarySearch(filled.index).get(place).file.relative == relative


def test_an_unknown_id_is_refused(filled: Library) -> None:
    with pytest.raises(KeeperError) as refused:
        LibrarySearch(filled.index).get("0" * 20)
    assert refused.value.code == "model_not_in_library"


def test_a_file_in_two_categories_is_two_places(library: Library) -> None:
    library.with_category("vae", (".safetensors",), folder="loras")
    library.add("loras/a.safetensors")
    library.scan()

    assert {item.file.category for item in look(library).items} == {"loras", "vae"}
    assert len({item.id for item in look(library).items}) == 2
    only = LibrarySearch(library.index).search(Search(category="vae"))
    assert [item.file.category for item in only.items] == ["vae"]
    assert only.total == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_no_text_is_found(library: Library) -> None:
    library.add(os.fsdecode(b"loras/caf\xe9.safetensors"))
    library.scan()

    [item] = look(library, "caf").items
    assert os.fsencode(item.file.relative) == b"caf\xe9.safetensors"
    assert LibrarySearch(library.index).get(item.id) == item


def test_a_preview_beside_a_model_is_seen_when_it_comes_and_when_it_goes(filled: Library) -> None:
    preview = filled.add("loras/cars/red car.preview.PNG")
    filled.add("loras/вода.mp4")
    filled.scan()
    assert names(look(filled, "missing:preview")) == ["broken", "red bike", "水彩画"]

    preview.unlink()
    filled.scan()
    assert "Red Car" in names(look(filled, "missing:preview"))
