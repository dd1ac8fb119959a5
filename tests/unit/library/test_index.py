"""What the index answers, and that its file is only a cache."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.library.index import _FILES_BY_NAME, open_index
from model_keeper.library.places import _KNOWN, _STALE
from model_keeper.library.scan import Scan
from tests.unit.library.models_folder import Library

in_use = pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is in use")


@pytest.fixture
def filled(library: Library) -> Library:
    library.with_category("vae", (".safetensors",))
    library.add("loras/a/Same.safetensors", b"12")
    library.add("loras/same.safetensors", b"123")
    library.add("vae/SAME.safetensors", b"12")
    library.scan()
    return library


def test_a_file_is_found_under_exactly_its_relative_name(filled: Library) -> None:
    index = filled.index

    assert [file.size for file in index.at("loras", "a/Same.safetensors")] == [2]
    assert index.at("loras", "a/same.safetensors") == []
    assert index.at("vae", "a/Same.safetensors") == []
    assert index.at("nonsense", "same.safetensors") == []


def test_an_old_category_key_is_understood(library: Library) -> None:
    library.with_category("diffusion_models", (".safetensors",))
    library.add("diffusion_models/a.safetensors")
    library.scan()

    assert len(library.index.at("unet", "a.safetensors")) == 1
    assert len(library.index.page("unet").items) == 1


def test_the_root_that_is_searched_first_answers_first(library: Library) -> None:
    second = library.models / "a second place"
    library.table = library.table.with_root(Root("loras", str(second)))
    library.add("a second place/a.safetensors")
    library.add("loras/a.safetensors")
    library.scan()

    roots = [file.root for file in library.index.at("loras", "a.safetensors")]
    assert roots == [root.path for root in library.table.of("loras")]
    library.table = library.table.with_root(Root("loras", str(second), is_default=True))
    library.scan()
    roots = [file.root for file in library.index.at("loras", "a.safetensors")]
    assert roots[0] == str(second)


def test_a_name_is_found_in_every_folder_and_case(filled: Library) -> None:
    found = filled.index.named("sAmE.safetensors")

    assert [(file.category, file.relative) for file in found] == [
        ("loras", "a/Same.safetensors"),
        ("loras", "same.safetensors"),
        ("vae", "SAME.safetensors"),
    ]


def test_files_are_found_by_size(filled: Library) -> None:
    assert {file.relative for file in filled.index.with_size(2)} == {
        "a/Same.safetensors",
        "SAME.safetensors",
    }


def test_pages_show_every_file_once(library: Library) -> None:
    library.with_category("also", (".safetensors",), folder="loras")
    for number in range(25):
        library.add(f"loras/{number % 3}/{'Same' if number % 2 else number}.safetensors")
    library.scan()
    total = len(library.names())

    shown, after = [], None
    while True:
        page = library.index.page(after=after, limit=7)
        shown += [(file.category, file.relative) for file in page.items]
        after = page.next
        if after is None:
            break

    assert len(shown) == len(set(shown)) == 2 * total


def test_names_are_paged_without_sorting_them_all(filled: Library) -> None:
    with closing(sqlite3.connect(filled.index.file.path)) as sql:
        plan = sql.execute(
            f"EXPLAIN QUERY PLAN {_FILES_BY_NAME} WHERE l.category = 'loras'"
            " AND (f.folded, f.id, l.category) > ('a', 1, 'b')"
            " ORDER BY f.folded, f.id, l.category LIMIT 100"
        ).fetchall()

    assert "TEMP B-TREE FOR ORDER BY" not in str(plan)


@pytest.mark.parametrize("query", [_STALE, _KNOWN])
def test_a_small_change_looks_at_nothing_but_what_is_stale(filled: Library, query: str) -> None:
    with closing(sqlite3.connect(filled.index.file.path)) as sql:
        plan = [row[3] for row in sql.execute(f"EXPLAIN QUERY PLAN {query}")]

    assert [step for step in plan if not step.startswith("SEARCH ")] == ["SCAN s"]


def _delete(path: Path) -> None:
    path.unlink()


def _corrupt(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[:100] + b"\xff" * (len(raw) - 100))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _overwrite(path: Path) -> None:
    path.write_bytes(b"<!DOCTYPE html>" * 1000)


def _make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("PRAGMA user_version = 99")


def _make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("CREATE TABLE other (x)")


@pytest.mark.parametrize(
    "damage", [_delete, _corrupt, _cut, _overwrite, _make_newer, _make_foreign]
)
def test_a_useless_file_is_made_anew_by_the_next_scan(library: Library, damage: object) -> None:
    assert callable(damage)
    library.add("loras/a.safetensors")
    library.scan()
    library.index.close()
    path = library.index.file.path
    damage(path)

    assert library.names() == []
    library.scan()
    assert library.names() == ["a.safetensors"]
    assert path.with_name("index.sqlite3.unusable").exists() is (damage is not _delete)


@in_use
def test_a_file_that_is_deleted_while_it_is_used_is_made_anew(library: Library) -> None:
    library.add("loras/a.safetensors")
    library.scan()
    assert library.names() == ["a.safetensors"]
    for path in library.index.file.path.parent.glob("index.sqlite3*"):
        path.unlink()

    assert library.names() == []
    library.scan()
    assert library.names() == ["a.safetensors"]


@in_use
def test_a_file_that_is_deleted_under_a_scan_is_complete_after_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.with_category("vae", (".safetensors",))
    library.add("loras/old.safetensors")
    library.add("vae/old.safetensors")
    library.scan()
    library.add("loras/new.safetensors")
    library.add("vae/new.safetensors")
    real = os.scandir

    def scandir(path: str) -> object:
        monkeypatch.setattr("model_keeper.library.tree_walk.os.scandir", real)
        for file in library.index.file.path.parent.glob("index.sqlite3*"):
            file.unlink()
        return real(path)

    monkeypatch.setattr("model_keeper.library.tree_walk.os.scandir", scandir)
    library.scan()

    assert library.names("loras") == library.names("vae") == ["new.safetensors", "old.safetensors"]


def test_a_folder_in_its_place_is_an_error_for_people(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    with pytest.raises(KeeperError) as refused:
        index.page()
    assert refused.value.code == "index_unusable"


def test_opening_touches_nothing(tmp_path: Path) -> None:
    open_index(tmp_path / "state" / "index.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_reader_does_not_wait_for_a_scan(library: Library) -> None:
    library.add("loras/a.safetensors")
    library.scan()
    other = open_index(library.index.file.path)
    seen: list[list[str]] = []

    def while_writing(sql: sqlite3.Connection) -> None:
        sql.execute("DELETE FROM file")
        reader = threading.Thread(
            target=lambda: seen.append([file.name for file in other.page().items])
        )
        reader.start()
        reader.join(10)

    library.index.file.write(while_writing)

    assert seen == [["a.safetensors"]]
    assert other.page().items == ()
    other.close()


def test_scans_at_the_same_time_agree(library: Library) -> None:
    for number in range(200):
        library.add(f"loras/{number % 7}/{number}.safetensors")
    failures: list[BaseException] = []

    def scan() -> None:
        index = open_index(library.index.file.path)
        try:
            Scan(index, library.table).run()
        except BaseException as exc:
            failures.append(exc)
            raise
        finally:
            index.close()

    threads = [threading.Thread(target=scan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sum(len(library.index.named(f"{n}.safetensors")) for n in range(200)) == 200


def test_roots_of_nobody_are_forgotten_after_a_month(library: Library) -> None:
    library.add("loras/a.safetensors")
    day_ns = 86_400_000_000_000
    both, now = library.table, 1_800_000_000_000_000_000
    Scan(library.index, both, lambda: now).run()
    Scan(library.index, FolderTable(), lambda: now + 31 * day_ns).run()

    rows = library.index.file.read(lambda sql: sql.execute("SELECT count(*) FROM file").fetchone())
    assert rows == (0,)
