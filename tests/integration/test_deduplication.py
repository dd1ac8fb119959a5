"""Space from duplicates: by computed hashes, proven again byte by byte, and undone."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.duplicates import Freeing, KeepRule
from model_keeper.domain.file_changes import NameChange
from model_keeper.library.file_changes import FileSteps
from model_keeper.library.headers import Headers
from model_keeper.testing.model_files import lying_safetensors
from tests.integration.changed_library import ChangedLibrary, contents_below, errors_of

BYTES = b"the same weights"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[ChangedLibrary]:
    made = ChangedLibrary(tmp_path)
    yield made
    made.close()


def twins(library: ChangedLibrary) -> tuple[Path, Path]:
    first = library.add("loras/a.safetensors", BYTES)
    second = library.add("vae/sub/b.safetensors", BYTES)
    library.add("vae/sub/b.info", b"of b")
    library.add("loras/other.safetensors", b"other weights..")
    library.scan()
    library.hash_all()
    return first, second


def test_duplicates_are_told_by_computed_hashes_alone(library: ChangedLibrary) -> None:
    first, second = twins(library)
    claimed = library.add("loras/c.safetensors", b"what a trainer wrote")
    library.scan()
    [group] = library.duplicates.groups()
    library.hashing.claim(str(claimed), {"sha256": group.sha256}, "header")
    assert library.index.with_sha256(group.sha256)[-1].path == str(claimed)
    [group] = library.duplicates.groups()
    assert [file.names[0].path for file in group.files] == [str(first), str(second)]
    assert group.freed() == len(BYTES)


def test_names_of_one_file_and_links_are_no_duplicates(library: ChangedLibrary) -> None:
    first, second = twins(library)
    os.link(first, library.models / "vae/hard.safetensors")
    (library.models / "loras/soft.safetensors").symlink_to(second)
    (library.models / "loras/door").symlink_to(second.parent)
    library.scan()
    [group] = library.duplicates.groups()
    assert [len(file.names) for file in group.files] == [2, 1]
    assert group.freed() == len(BYTES)
    soft = library.models / "loras/soft.safetensors"
    assert group.others[0].linked_from == (str(soft),)
    refused = library.duplicates.replace(str(first), [str(second)], Freeing.TRASH)
    assert errors_of(refused) == ["link_points_here"]
    refused = library.duplicates.replace(str(soft), [str(second)], Freeing.TRASH)
    assert errors_of(refused) == ["link_points_here"]
    same = library.models / "loras/door/b.safetensors"
    refused = library.duplicates.replace(str(second), [str(same)], Freeing.TRASH)
    assert errors_of(refused) == ["already_one_file"]
    assert second.read_bytes() == BYTES


def weights(metadata: str, data: bytes = b"weights!") -> bytes:
    header = {"x": {"dtype": "U8", "shape": [len(data)], "data_offsets": [0, len(data)]}}
    return lying_safetensors({"__metadata__": {"note": metadata}, **header}, data)


def test_the_same_weights_with_other_metadata_are_told_apart(library: ChangedLibrary) -> None:
    first = library.add("loras/a.safetensors", weights("trained"))
    retitled = library.add("loras/b.safetensors", weights("trained, with a title"))
    copy = library.add("vae/copy.safetensors", weights("trained"))
    library.add("vae/other.safetensors", weights("trained", b"others.."))
    os.link(retitled, library.models / "vae/hard.safetensors")
    (library.models / "loras/soft.safetensors").symlink_to(retitled)
    library.scan()
    library.hash_all()
    [same] = library.duplicates.same_weights()
    assert [[name.path for name in each.names] for each in same.variants] == [
        [str(first), str(copy)],
        [str(retitled), str(library.models / "vae/hard.safetensors")],
    ]
    assert [len(each.files) for each in same.variants] == [2, 1], "a hard link is no other file"
    soft = str(library.models / "loras/soft.safetensors")
    assert same.variants[1].files[0].linked_from == (soft,)
    assert {each.size for each in same.variants} == {first.stat().st_size, retitled.stat().st_size}
    [group] = library.duplicates.groups()
    assert group.sha256 == same.variants[0].sha256, "those of other headers are no duplicates"


def test_equal_files_and_files_without_weights_are_not_the_same_weights(
    library: ChangedLibrary,
) -> None:
    library.add("loras/a.safetensors", weights("one"))
    library.add("loras/copy.safetensors", weights("one"))
    gone = library.add("loras/b.safetensors", weights("two"))
    for note in ("nothing", "nothing at all"):
        library.add(f"loras/{note}.ckpt")
        library.add(f"vae/{note}.safetensors", lying_safetensors({"__metadata__": {"note": note}}))
    library.scan()
    Headers(library.index).run()
    library.hash_all()
    assert len(list(library.duplicates.same_weights())) == 1
    gone.unlink()
    assert list(library.duplicates.same_weights()) == [], "what is left is here twice, no more"


def test_the_largest_of_the_same_weights_come_first(library: ChangedLibrary) -> None:
    for name, data in (("small", b"1"), ("large", b"1" * 900)):
        for note in ("one", "two"):
            library.add(f"loras/{name}-{note}.safetensors", weights(note, data))
    library.scan()
    library.hash_all()
    found = [same.variants[0].names[0].relative for same in library.duplicates.same_weights()]
    assert found == ["large-one.safetensors", "small-one.safetensors"]


def test_rules_and_the_person_decide_what_is_kept(library: ChangedLibrary) -> None:
    first, second = twins(library)
    os.utime(second, (1_500_000_000, 1_500_000_000))
    library.scan()
    library.hash_all()
    library.store.usage.count([str(second)])

    def kept(*rules: KeepRule) -> str:
        return library.duplicates.groups(rules)[0].keep.names[0].path

    assert kept(KeepRule.ROOT_ORDER) == str(first)
    assert kept(KeepRule.MOST_USED) == str(second)
    assert kept(KeepRule.OLDEST) == str(second)
    assert kept(KeepRule.SHORTEST_PATH) == str(first)
    group = library.duplicates.groups([KeepRule.OLDEST])[0]
    assert group.keeping(str(first)).keep.names[0].path == str(first)
    with pytest.raises(ValueError, match="nowhere"):
        group.keeping("nowhere")


def test_the_trash_takes_a_duplicate_with_its_files(library: ChangedLibrary) -> None:
    first, second = twins(library)
    before = library.names()
    change = library.duplicates.replace(str(first), [str(second)], Freeing.TRASH)
    assert errors_of(change) == [None]
    assert library.names() == {"loras/a.safetensors", "loras/other.safetensors"}
    assert library.duplicates.groups() == []
    assert errors_of(library.changes.undo(change.id)) == [None]
    assert library.names() == before
    assert second.read_bytes() == BYTES
    assert len(library.duplicates.groups()) == 1


def test_a_hard_link_takes_a_duplicates_place(library: ChangedLibrary) -> None:
    first, second = twins(library)
    before = library.names()
    change = library.duplicates.replace(str(first), [str(second)], Freeing.HARDLINK)
    assert errors_of(change) == [None]
    assert second.samefile(first)
    assert library.names() == before
    assert library.duplicates.groups() == []
    undone = library.changes.undo(change.id)
    assert not second.samefile(first)
    assert second.read_bytes() == BYTES
    again = library.changes.undo(undone.id)
    assert errors_of(again) == [None]
    assert second.samefile(first)
    assert errors_of(library.changes.undo(again.id)) == [None]
    assert not second.samefile(first)


def test_a_hash_that_is_not_true_any_more_loses_nothing(library: ChangedLibrary) -> None:
    first, second = twins(library)
    [group] = library.duplicates.groups()
    modified = second.stat().st_mtime_ns
    second.write_bytes(b"the same wEIGhts")
    os.utime(second, ns=(modified, modified))
    # Its size and its times tell nothing.
    assert [each.sha256 for each in library.duplicates.groups()] == [group.sha256]
    for how in Freeing:
        change = library.duplicates.replace(str(first), [str(second)], how)
        assert errors_of(change) == ["not_same_content"]
    assert second.read_bytes() == b"the same wEIGhts"
    assert library.changes.trashed() == {}


def test_one_that_cannot_be_replaced_stops_no_other(library: ChangedLibrary) -> None:
    first, second = twins(library)
    gone = second.with_name("gone.safetensors")
    outside = "/etc/passwd"
    change = library.duplicates.replace(
        str(first), [str(gone), outside, str(second)], Freeing.HARDLINK
    )
    assert errors_of(change) == ["file_not_found", "outside_model_folders", None]
    assert second.samefile(first)


def test_blocks_are_shared_where_the_file_system_can(library: ChangedLibrary) -> None:
    """The file system is a stand-in here; a real one is in test_shared_blocks."""
    first, second = twins(library)

    def clone(copy: int, origin: int) -> None:
        os.write(copy, os.pread(origin, 1 << 20, 0))

    library.runner._steps = FileSteps(library.steps._publish, clone=clone)
    change = library.duplicates.replace(str(first), [str(second)], Freeing.REFLINK)
    assert errors_of(change) == [None]
    assert second.read_bytes() == BYTES
    assert not second.samefile(first)
    assert library.hashing.known(str(second)) == library.hashing.known(str(first))
    [slot] = [file.slot for file in library.trashed()]
    assert Path(slot).read_bytes() == BYTES
    assert errors_of(library.changes.undo(change.id)) == [None]
    assert second.read_bytes() == BYTES


@pytest.mark.parametrize("code", [errno.EOPNOTSUPP, errno.EXDEV, errno.EINVAL])
def test_where_blocks_cannot_be_shared_everything_stays(library: ChangedLibrary, code: int) -> None:
    first, second = twins(library)
    before = library.names()
    inode = second.stat().st_ino

    def clone(_copy: int, _origin: int) -> None:
        raise OSError(code, os.strerror(code))

    library.runner._steps = FileSteps(library.steps._publish, clone=clone)
    change = library.duplicates.replace(str(first), [str(second)], Freeing.REFLINK)
    assert errors_of(change) == ["cannot_share"]
    assert library.names() == before
    assert second.stat().st_ino == inode
    assert library.changes.trashed() == {}
    assert contents_below(library.models) == {BYTES, b"of b", b"other weights.."}


def test_who_names_a_freed_duplicate_names_the_kept_one_from_now_on(
    library: ChangedLibrary,
) -> None:
    first = library.add("loras/a.safetensors", BYTES)
    second = library.add("loras/sub/b.safetensors", BYTES)
    linked = library.duplicates.replace(str(first), [str(second)], Freeing.HARDLINK)
    assert library.changes.names_changed(linked) == []
    library.changes.undo(linked.id)
    thrown = library.duplicates.replace(str(first), [str(second)], Freeing.TRASH)
    assert library.changes.names_changed(thrown) == [
        NameChange("loras", "sub/b.safetensors", "a.safetensors")
    ]
    assert library.changes.names_changed(library.changes.undo(thrown.id)) == []
