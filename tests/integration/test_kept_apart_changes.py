"""What is kept apart for a model in a folder of ours follows the model through every change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.domain.file_changes import Action, Step
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.metadata_merge import Merge
from model_keeper.engine.change_follower import ChangeFollower
from model_keeper.library.file_changes import seen
from model_keeper.library.picture_notes import PictureNote
from model_keeper.library.sidecar_places import model_place
from model_keeper.store.file_changes import FileChanges
from tests.integration.changed_library import ChangedLibrary
from tests.storage import refuse_new_files
from tests.unit.library.preview_pictures import picture

RED = picture()
Kept = Callable[[Destination], tuple[bytes | None, str | None]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[ChangedLibrary]:
    made = ChangedLibrary(tmp_path)
    yield made
    made.close()


@pytest.fixture
def kept(library: ChangedLibrary, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """The preview and the name that are kept for a model; ``a`` has both."""
    library.add("loras/a.safetensors", b"weights" * 100)
    library.scan()

    def unwritable(path: Path, content: bytes) -> None:
        if path.suffix == ".info" and path.is_relative_to(library.models):
            raise PermissionError(13, "Permission denied")
        path.write_bytes(content)

    place = library.lora("a.safetensors")
    with monkeypatch.context() as patch:
        refuse_new_files(patch, library.models / "loras")
        library.previews.put(library.table, place, RED, PictureNote(chosen=True, nsfw_level=4))
    monkeypatch.setattr(library.sidecars, "_write_file", unwritable)
    where = model_place(place.category, place.root, place.relative)
    library.sidecars.update(where, lambda _: Merge(ModelMetadata(name="Ink")))

    def of(place: Destination) -> tuple[bytes | None, str | None]:
        found = library.previews.find(library.table, place)
        said = library.sidecars.read(model_place(place.category, place.root, place.relative))
        return found.path.read_bytes() if found else None, said.metadata.name

    assert of(place) == (RED, "Ink")
    return of


def test_it_goes_with_a_move_a_rename_and_back(library: ChangedLibrary, kept: Kept) -> None:
    there = library.lora("sub/b.safetensors")
    moved = library.changes.move([(library.lora("a.safetensors"), there)])
    assert kept(there) == (RED, "Ink")
    renamed = library.changes.rename(there, "c.safetensors")
    assert kept(library.lora("sub/c.safetensors")) == (RED, "Ink")
    library.changes.undo(renamed.id)
    library.changes.undo(moved.id)
    assert kept(library.lora("a.safetensors")) == (RED, "Ink")


def test_it_is_known_in_the_index_at_once(library: ChangedLibrary, kept: Kept) -> None:
    there = library.lora("b.safetensors")
    library.changes.move([(library.lora("a.safetensors"), there)])
    rows = library.index.file.read(
        lambda sql: sql.execute("SELECT previewed, preview_level FROM place").fetchall()
    )
    assert rows == [(1, 4)]
    assert kept(there) == (RED, "Ink")


def test_another_model_in_its_place_has_none_of_it(library: ChangedLibrary, kept: Kept) -> None:
    place = library.lora("a.safetensors")
    trashed = library.changes.trash([place])
    library.add("loras/a.safetensors", b"another")
    assert kept(place) == (None, None)
    (library.models / "loras/a.safetensors").unlink()
    library.changes.undo(trashed.id)
    assert kept(place) == (RED, "Ink")


def step(action: Action, source: str, target: str) -> Step:
    return Step(action, source, target, seen(Path(source)), is_model=True)


def test_it_goes_to_another_volume(library: ChangedLibrary, kept: Kept) -> None:
    there = library.lora("a.safetensors", second=True)
    source, target = library.lora("a.safetensors").path, there.path
    Path(target).write_bytes(Path(source).read_bytes())
    copied = step(Action.COPY, source, target)
    library.follow.carry([copied, step(Action.MOVE, source, f"{source}.trash")])
    assert kept(there) == (RED, "Ink")
    assert kept(library.lora("a.safetensors")) == (None, None)


def test_a_duplicate_that_becomes_a_link_keeps_what_was_said_of_it(
    library: ChangedLibrary, kept: Kept
) -> None:
    place = library.lora("a.safetensors")
    twin = str(library.add("loras/twin.safetensors"))
    thrown = step(Action.MOVE, place.path, f"{place.path}.trash")
    library.follow.carry([thrown, step(Action.HARDLINK, twin, place.path)])
    assert kept(place) == (RED, "Ink")


def test_a_program_that_is_killed_in_between_leaves_it_with_its_model(
    library: ChangedLibrary, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """No handler catches it."""

    def killed(*_: object) -> None:
        raise Killed

    there = library.lora("b.safetensors")
    for cls, name in ((ChangeFollower, "carry"), (FileChanges, "settle")):
        with monkeypatch.context() as patch:
            patch.setattr(cls, name, killed)
            with pytest.raises(Killed):
                library.changes.move([(library.lora("a.safetensors"), there)])
        library.runner.settle_cut()
        assert kept(there) == (RED, "Ink"), name
        library.changes.move([(there, library.lora("a.safetensors"))])
