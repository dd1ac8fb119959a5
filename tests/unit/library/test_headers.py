"""Each content's header is read once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model_keeper.domain.model_files import HeaderFacts
from model_keeper.domain.ports import CANCEL, Interrupted
from model_keeper.library.headers import Headers
from model_keeper.testing.model_files import safetensors
from tests.unit.library.models_folder import Library


class Reader:
    """Notes what is read."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, path: str) -> HeaderFacts:
        self.paths.append(path)
        return HeaderFacts(format="safetensors", title=Path(path).name, trigger_words=("猫",))


def read(library: Library) -> list[str]:
    """Scan, then the names of the files whose headers were read."""
    reader = Reader()
    library.scan()
    Headers(library.index, reader).run()
    return sorted(Path(path).name for path in reader.paths)


def test_facts_are_kept_until_the_file_changes(library: Library) -> None:
    path = library.add("loras/a.safetensors")
    library.add("loras/b.safetensors")
    assert read(library) == ["a.safetensors", "b.safetensors"]
    assert read(library) == []
    [file] = library.index.named("a.safetensors")
    assert (file.header.title, file.header.trigger_words) == ("a.safetensors", ("猫",))

    path.write_bytes(b"longer")

    assert read(library) == ["a.safetensors"]


def test_a_file_with_the_same_size_and_another_time_is_read_again(library: Library) -> None:
    path = library.add("loras/a.safetensors")
    read(library)
    os.utime(path, ns=(1, 1))

    assert read(library) == ["a.safetensors"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_an_inode_at_several_places_is_read_once(library: Library) -> None:
    path = library.add("loras/a.safetensors")
    os.link(path, path.with_name("b.safetensors"))
    (path.parent / "c.safetensors").symlink_to(path)

    assert len(read(library)) == 1
    assert {file.header.format for file in library.index.page().items} == {"safetensors"}


def test_a_file_that_moves_is_not_read_again(library: Library) -> None:
    path = library.add("loras/a.safetensors")
    read(library)
    path.rename(path.with_name("b.safetensors"))

    assert read(library) == []
    assert library.index.named("b.safetensors")[0].header.title == "a.safetensors"


def test_a_file_that_cannot_be_read_is_tried_again_and_fails_nothing(library: Library) -> None:
    gone = library.add("loras/a.safetensors")
    library.add("loras/b.safetensors")
    library.scan()
    gone.unlink()

    assert Headers(library.index).run() == 1
    gone.write_bytes(safetensors(4_000))
    library.scan()
    assert Headers(library.index).run() == 1
    assert library.index.named("a.safetensors")[0].header.format == "safetensors"


def test_a_file_that_is_replaced_while_it_is_read_keeps_no_facts(library: Library) -> None:
    path = library.add("loras/a.safetensors")
    library.scan()

    def slow(_: str) -> HeaderFacts:
        path.write_bytes(b"another")
        return HeaderFacts(format="safetensors")

    assert Headers(library.index, slow).run() == 0
    assert library.index.named("a.safetensors")[0].header == HeaderFacts()


def test_more_than_one_chunk_is_read_and_counted(library: Library) -> None:
    for number in range(600):
        library.add(f"loras/{number}.safetensors")
    library.scan()
    counts: list[int] = []

    assert Headers(library.index, Reader()).run(report=counts.append) == 600
    assert counts == sorted(set(counts))
    assert len(counts) > 1


def test_what_was_read_before_a_cancel_is_kept(library: Library) -> None:
    for number in range(5):
        library.add(f"loras/{number}.safetensors")
    library.scan()

    class Third:
        calls = 0

        def check(self) -> None:
            self.calls += 1
            if self.calls == 3:
                raise Interrupted(CANCEL)

    with pytest.raises(Interrupted):
        Headers(library.index, Reader()).run(Third())  # type: ignore[arg-type]

    assert Headers(library.index, Reader()).run() == 3
