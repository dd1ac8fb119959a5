"""Moving, renaming, throwing away and restoring models with their files, and undoing all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import ItemState, NameChange
from model_keeper.domain.folders import FolderTable
from tests.integration.changed_library import ChangedLibrary, errors_of, names_below

SET = ("a.safetensors", "a.info", "a.preview.png", "a.safetensors.json")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[ChangedLibrary]:
    made = ChangedLibrary(tmp_path)
    yield made
    made.close()


def add_set(library: ChangedLibrary) -> None:
    for name in SET:
        library.add(f"loras/{name}")


def test_a_model_moves_with_its_files_and_back(library: ChangedLibrary) -> None:
    add_set(library)
    library.add("loras/a.b.safetensors")
    library.add("loras/a.b.info")
    before = library.names()

    change = library.changes.move(
        [(library.lora("a.safetensors"), library.lora("x/a.safetensors"))]
    )

    assert errors_of(change) == [None]
    assert library.names() == {f"loras/x/{name}" for name in SET} | {
        "loras/a.b.safetensors",
        "loras/a.b.info",
    }
    undone = library.changes.undo(change.id)
    assert library.names() == before
    again = library.changes.undo(undone.id)
    assert errors_of(again) == [None]
    assert "loras/x/a.info" in library.names()


def test_a_renamed_model_keeps_its_files_under_the_new_name(library: ChangedLibrary) -> None:
    add_set(library)
    change = library.changes.rename(library.lora("a.safetensors"), "neu ü.safetensors")
    assert errors_of(change) == [None]
    assert library.names() == {
        "loras/neu ü.safetensors",
        "loras/neu ü.info",
        "loras/neu ü.preview.png",
        "loras/neu ü.safetensors.json",
    }
    assert library.changes.names_changed(change) == [
        NameChange("loras", "a.safetensors", "neu ü.safetensors")
    ]


def test_what_two_models_share_stays_with_both(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors")
    library.add("loras/a.ckpt")
    library.add("loras/a.info", b"of both")
    library.changes.move([(library.lora("a.ckpt"), library.lora("x/a.ckpt"))])
    assert library.names() == {
        "loras/a.safetensors",
        "loras/a.info",
        "loras/x/a.ckpt",
        "loras/x/a.info",
    }
    assert (library.models / "loras/x/a.info").read_bytes() == b"of both"
    library.changes.trash([library.lora("a.safetensors")])
    assert "loras/a.info" not in library.names()  # nobody shares it any more


def test_nothing_is_overwritten_and_the_rest_goes_on(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors")
    library.add("loras/a.info")
    library.add("loras/x/a.info", b"somebody else's")
    library.add("loras/b.safetensors")
    change = library.changes.move(
        [
            (library.lora("a.safetensors"), library.lora("x/a.safetensors")),
            (library.lora("b.safetensors"), library.lora("x/b.safetensors")),
        ]
    )
    assert errors_of(change) == ["destination_exists", None]
    assert library.names() == {
        "loras/a.safetensors",
        "loras/a.info",
        "loras/x/a.info",
        "loras/x/b.safetensors",
    }
    assert (library.models / "loras/x/a.info").read_bytes() == b"somebody else's"


def test_thrown_away_models_are_listed_by_nobody_and_come_back(library: ChangedLibrary) -> None:
    add_set(library)
    library.scan()
    assert len(library.index.page("loras").items) == 1
    change = library.changes.trash([library.lora("a.safetensors")])
    assert library.names() == set()
    assert library.index.page("loras").items == ()
    library.scan()
    assert library.index.page("loras").items == ()
    [(item, files)] = library.changes.trashed().items()
    assert [Path(file.origin).name for file in files if file.is_model] == ["a.safetensors"]
    assert len(files) == len(SET)
    for file in files:
        assert file.slot.endswith(".trash")
        assert Path(file.slot).read_bytes().decode().endswith(Path(file.origin).name)
    restored = library.changes.restore(item)
    assert errors_of(restored) == [None]
    assert library.names() == {f"loras/{name}" for name in SET}
    assert library.changes.trashed() == {}
    assert [file.relative for file in library.index.page("loras").items] == ["a.safetensors"]
    assert errors_of(library.changes.undo(change.id)) == ["not_in_trash"] * 1


def test_a_taken_place_is_told_with_a_name_that_is_free(library: ChangedLibrary) -> None:
    add_set(library)
    library.changes.trash([library.lora("a.safetensors")])
    [item] = library.changes.trashed()
    library.add("loras/a.safetensors", b"newer")
    refused = library.changes.restore(item)
    assert errors_of(refused) == ["restore_place_taken"]
    free = refused.items[0].error_details["free"]
    restored = library.changes.restore(item, to=library.lora(str(free)))
    assert errors_of(restored) == [None]
    stem = Path(str(free)).stem
    assert f"loras/{stem}.preview.png" in library.names()
    assert (library.models / "loras/a.safetensors").read_bytes() == b"newer"


def test_what_was_in_a_folder_that_is_none_any_more_can_go_elsewhere(
    library: ChangedLibrary,
) -> None:
    library.add("vae/a.safetensors")
    library.changes.trash([library.vae("a.safetensors")])
    [item] = library.changes.trashed()
    roots = {key: found for key, found in library.table.roots.items() if key != "vae"}
    library.table = FolderTable(roots, library.table.extensions)
    assert errors_of(library.changes.restore(item)) == ["outside_model_folders"]
    restored = library.changes.restore(item, to=library.lora("a.safetensors"))
    assert errors_of(restored) == [None]
    assert library.names() == {"loras/a.safetensors"}


def test_the_trash_is_no_place_for_moves(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors")
    library.changes.trash([library.lora("a.safetensors")])
    [file] = library.trashed()
    slot = Path(file.slot).relative_to(library.models / "loras").as_posix()
    change = library.changes.move([(library.lora(slot), library.lora("b.safetensors"))])
    assert errors_of(change) == ["outside_model_folders"]
    assert Path(file.slot).exists()


def test_only_a_person_or_time_empties_the_trash(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors", b"12345")
    library.add("loras/b.safetensors", b"123")
    library.changes.trash([library.lora("a.safetensors"), library.lora("b.safetensors")])
    [folder] = library.changes.trash_space()
    assert (folder.files, folder.size, folder.freed) == (2, 8, 8)
    assert library.changes.purge_expired().files == 0
    first = next(
        item for item, [file] in library.changes.trashed().items() if "a.saf" in file.origin
    )
    assert (library.changes.purge([first]).files, library.changes.purge([first]).files) == (1, 0)
    library.clock.sleep(2)
    purged = library.changes.purge_expired()
    assert (purged.files, purged.freed) == (1, 3)
    assert library.changes.trashed() == {}


def test_a_hard_link_elsewhere_frees_nothing(library: ChangedLibrary) -> None:
    path = library.add("loras/a.safetensors", b"12345")
    os.link(path, library.models / "vae/a.safetensors")
    library.changes.trash([library.lora("a.safetensors")])
    [folder] = library.changes.trash_space()
    assert (folder.size, folder.freed) == (5, 0)
    assert library.changes.purge(list(library.changes.trashed())).freed == 0
    assert (library.models / "vae/a.safetensors").read_bytes() == b"12345"


def test_links_move_as_links_and_still_lead_there(library: ChangedLibrary) -> None:
    library.add("loras/deep/real.safetensors", b"bytes")
    link = library.models / "loras/a.safetensors"
    link.symlink_to("deep/real.safetensors")
    change = library.changes.move(
        [(library.lora("a.safetensors"), library.lora("x/y/a.safetensors"))]
    )
    moved = library.models / "loras/x/y/a.safetensors"
    assert errors_of(change) == [None]
    assert moved.is_symlink()
    assert moved.read_bytes() == b"bytes"
    assert not os.path.lexists(link)
    library.changes.undo(change.id)
    assert str(link.readlink()) == "deep/real.safetensors"
    library.changes.trash([library.lora("a.safetensors")])
    assert (library.models / "loras/deep/real.safetensors").read_bytes() == b"bytes"


def test_hard_links_stay_one_file(library: ChangedLibrary) -> None:
    path = library.add("loras/a.safetensors")
    twin = library.models / "vae/a.safetensors"
    os.link(path, twin)
    library.changes.rename(library.lora("a.safetensors"), "b.safetensors")
    assert (library.models / "loras/b.safetensors").samefile(twin)


def test_use_and_hashes_follow_a_model(library: ChangedLibrary) -> None:
    path = library.add("loras/a.safetensors")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    library.store.usage.count([str(path)])
    known = library.hashing.of(str(path))
    library.changes.rename(library.lora("a.safetensors"), "b.safetensors")
    renamed = str(path.with_name("b.safetensors"))
    assert [use.path for use in library.store.usage.all()] == [renamed]
    assert library.hashing.known(renamed) == known
    library.changes.trash([library.lora("b.safetensors")])
    assert [file.sha256 for file in library.trashed()] == [known["sha256"]]


WRONG_PLACES = [
    "../a.safetensors",
    "/etc/a.safetensors",
    "x/../../a.safetensors",
    "C:\\a.safetensors",
    "",
    "x//a.safetensors",
    "x/./a.safetensors",
    "a\0.safetensors",
]


@pytest.mark.parametrize("wrong", WRONG_PLACES)
def test_places_outside_are_refused_in_every_parameter(library: ChangedLibrary, wrong: str) -> None:
    add_set(library)
    before = library.names()
    model, place = library.lora("a.safetensors"), library.lora(wrong)
    assert errors_of(library.changes.move([(place, library.lora("b.safetensors"))])) == [
        "outside_model_folders"
    ]
    assert errors_of(library.changes.trash([place])) == ["outside_model_folders"]
    refused = errors_of(library.changes.move([(model, place)]))
    assert refused[0] in {"destination_outside_root", "name_unusable"}
    [code] = errors_of(library.changes.rename(model, wrong))
    assert code in {"name_unusable", "destination_outside_root"}
    library.changes.trash([model])
    [item] = library.changes.trashed()
    [code] = errors_of(library.changes.restore(item, to=place))
    assert code in {"name_unusable", "destination_outside_root"}
    library.changes.restore(item)
    assert library.names() == before


@pytest.mark.parametrize(
    "name",
    ["con.safetensors", "a?.safetensors", "a .safetensors ", "x" * 250 + ".safetensors", "a.pt"],
)
def test_names_that_some_system_cannot_hold_are_refused(library: ChangedLibrary, name: str) -> None:
    add_set(library)
    assert errors_of(library.changes.rename(library.lora("a.safetensors"), name)) == [
        "name_unusable"
    ]
    assert library.names() == {f"loras/{each}" for each in SET}


def test_a_root_that_is_none_is_refused(library: ChangedLibrary, tmp_path: Path) -> None:
    add_set(library)
    elsewhere = Destination("loras", str(tmp_path), "models/loras/a.safetensors")
    assert errors_of(library.changes.trash([elsewhere])) == ["outside_model_folders"]
    moved = library.changes.move([(library.lora("a.safetensors"), elsewhere)])
    assert errors_of(moved) == ["root_unknown"]


def test_nothing_new_goes_through_a_link_that_leaves(
    library: ChangedLibrary, tmp_path: Path
) -> None:
    add_set(library)
    outside = tmp_path / "outside"
    outside.mkdir()
    (library.models / "loras/door").symlink_to(outside)
    (outside / "b.safetensors").write_bytes(b"beyond")
    move = [(library.lora("a.safetensors"), library.lora("door/a.safetensors"))]
    assert errors_of(library.changes.move(move)) == ["link_leaves_folders"]
    assert list(outside.iterdir()) == [outside / "b.safetensors"]
    out = library.changes.move(
        [(library.lora("door/b.safetensors"), library.lora("b.safetensors"))]
    )
    assert errors_of(out) == [None]
    library.changes.undo(out.id)
    assert (outside / "b.safetensors").read_bytes() == b"beyond"
    library.changes.trash([library.lora("door/b.safetensors")])
    assert list(outside.glob("*.safetensors")) == []
    assert library.trashed()[0].slot.startswith(str(library.models / "loras"))


def test_a_trash_that_is_a_link_is_not_used(library: ChangedLibrary, tmp_path: Path) -> None:
    add_set(library)
    (library.models / "loras/.model-keeper-trash").symlink_to(tmp_path)
    assert errors_of(library.changes.trash([library.lora("a.safetensors")])) == [
        "link_leaves_folders"
    ]


def test_what_vanished_or_changed_is_left_and_the_rest_goes_on(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors")
    library.add("loras/b.safetensors")
    change = library.changes.trash(
        [library.lora("gone.safetensors"), library.lora("b.safetensors")]
    )
    assert errors_of(change) == ["file_not_found", None]
    assert [item.state for item in change.items] == [ItemState.FAILED, ItemState.DONE]
    moved = library.changes.rename(library.lora("a.safetensors"), "c.safetensors")
    library.add("loras/c.safetensors", b"another model")
    assert errors_of(library.changes.undo(moved.id)) == ["file_changed_since"]
    assert (library.models / "loras/c.safetensors").read_bytes() == b"another model"


def test_an_undo_does_not_overwrite(library: ChangedLibrary) -> None:
    library.add("loras/a.safetensors", b"mine")
    change = library.changes.trash([library.lora("a.safetensors")])
    library.add("loras/a.safetensors", b"newer")
    refused = library.changes.undo(change.id)
    assert errors_of(refused) == ["destination_exists"]
    assert (library.models / "loras/a.safetensors").read_bytes() == b"newer"
    (library.models / "loras/a.safetensors").unlink()
    assert errors_of(library.changes.undo(change.id)) == [None]
    assert (library.models / "loras/a.safetensors").read_bytes() == b"mine"
    with pytest.raises(KeeperError, match="cannot be undone"):
        library.changes.undo(change.id)


def test_an_unknown_change_or_item_is_told(library: ChangedLibrary) -> None:
    with pytest.raises(KeeperError) as unknown:
        library.changes.undo("nonsense")
    assert unknown.value.code == "change_unknown"
    with pytest.raises(KeeperError) as missing:
        library.changes.restore("nonsense")
    assert missing.value.code == "not_in_trash"
    assert names_below(library.other) == set()


def test_the_way_back_of_names_is_known_also_for_an_undo_of_an_undo(
    library: ChangedLibrary,
) -> None:
    library.add("loras/a.safetensors")
    there = NameChange("loras", "a.safetensors", "x/a.safetensors")
    back = NameChange("loras", "x/a.safetensors", "a.safetensors")
    moved = library.changes.move([(library.lora("a.safetensors"), library.lora("x/a.safetensors"))])
    undone = library.changes.undo(moved.id)
    again = library.changes.undo(undone.id)
    assert [library.changes.names_changed(change) for change in (moved, undone, again)] == [
        [there],
        [back],
        [there],
    ]


def test_what_is_thrown_away_has_no_name_any_more_until_it_is_back(
    library: ChangedLibrary,
) -> None:
    library.add("loras/a.safetensors")
    thrown = library.changes.trash([library.lora("a.safetensors")])
    assert library.changes.names_changed(thrown) == [NameChange("loras", "a.safetensors", None)]
    assert library.changes.names_changed(library.changes.undo(thrown.id)) == []
