"""PyTorch files: the zip container, and the older sequence of pickles with raw storages behind.

Layouts after ``torch.serialization`` (https://github.com/pytorch/pytorch). Nothing is loaded: the
pickles are walked (:mod:`pickle_walk`), the storages' bytes are only read over.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, cast

from model_keeper.domain.sizes import size_text
from model_keeper.formats.pickle_names import STORAGES
from model_keeper.formats.pickle_walk import Storage, Walked, walk
from model_keeper.formats.reading import Broken, Window, drain
from model_keeper.formats.zips import encrypted, open_zip, read_through

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
_LEGACY_PROTOCOL = 1001
_PROGRAM_FOLDERS = ("code", "models")  # TorchScript's source, an exported program's graphs
_MARKS = ("/data.pkl", "/archive_format", "/models/model.json")
_MOST_PICKLES = 16
_WORST_RATIO = 20  # weights hardly shrink; more than that is no model


@dataclass(frozen=True)
class Contents:
    """What a pickle-based file holds. ``findings`` are what it could run when it is loaded."""

    storage_count: int
    parameters: int
    findings: tuple[str, ...]


def is_model_zip(names: Iterable[str]) -> bool:
    """Whether these entries of a zip are those of a saved tensor, script or exported program."""
    return any(f"/{name}".endswith(_MARKS) for name in names)


def read_zip(file: BinaryIO, size: int) -> Contents:
    """Walk the pickles and read every entry to its end, checksums included. Raises Broken."""
    with open_zip(file, size) as container:
        entries = container.infolist()
        _check_entries(entries, size)
        pickles = [entry for entry in entries if _is_pickle(entry)]
        if len(pickles) > _MOST_PICKLES:
            raise Broken("it holds more pickles than any model")
        walked = [_walk_entry(container, entry) for entry in pickles]
        for entry in entries:
            if not _is_pickle(entry):
                read_through(container, entry)
        storages = [
            (entry.filename.rpartition("/")[0], storage)
            for entry, found in zip(pickles, walked)  # noqa: B905 - equal by construction
            for storage in found.storages.values()
        ]
        _check_storages({entry.filename: entry.file_size for entry in entries}, storages)
    program = ["a program of its own"] if any(map(_is_program, entries)) else []
    return _contents(walked, program)


def read_pickles(file: BinaryIO, size: int) -> Contents:
    """A bare pickle, several of them in a row, or PyTorch's older format. Raises Broken."""
    file.seek(0)
    first = walk(file)
    if first.result == LEGACY_MAGIC:
        return _read_legacy(file, size, first)
    walked = [first]
    if first.complete and file.tell() < size:
        first.find(f"{size - file.tell()} bytes that follow its end")
        walked.append(Walked())
        with suppress(Broken):  # it may be another pickle: its names belong into the report
            walk(file, walked[-1])
    return _contents(walked)


def _check_entries(entries: Sequence[zipfile.ZipInfo], size: int) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Broken("it holds two files of one name")
    if any(map(encrypted, entries)):
        raise Broken("a part of it is encrypted")
    if sum(entry.file_size for entry in entries) > _WORST_RATIO * size:
        raise Broken("it claims to unpack to far more than a model of its size")


def _walk_entry(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Walked:
    with container.open(entry) as opened:
        stream = cast("BinaryIO", opened)
        walked = walk(stream)
        rest = drain(stream, entry.file_size)  # to the end, where the checksum is compared
        if rest and walked.complete:
            walked.find(f"{rest} bytes that follow the end of its pickle")
    return walked


def _check_storages(sizes: dict[str, int], storages: Iterable[tuple[str, Storage]]) -> None:
    """Every storage that a pickle names has to be there, as long as it says."""
    for root, storage in storages:
        found = sizes.get(f"{root}/data/{storage.key}" if root else f"data/{storage.key}")
        if found is None:
            raise Broken("one of its tensors has no data")
        element = STORAGES.get(storage.type)
        if element is not None and found != storage.count * element:
            raise Broken("the data of one of its tensors is not as long as it should be")


def _read_legacy(file: BinaryIO, size: int, magic: Walked) -> Contents:
    """The five pickles, then each storage: its number of elements and its bytes, by key."""
    protocol, system, tensors, keys = (walk(file) for _ in range(4))
    walked = [magic, protocol, system, tensors, keys]
    if not all(one.complete for one in walked):
        return _contents(walked)
    if protocol.result != _LEGACY_PROTOCOL:
        raise Broken("its version is not known")
    window = Window(file, file.tell(), size)
    for key in sorted(tensors.storages):  # the order in which PyTorch writes them
        storage = tensors.storages[key]
        element = STORAGES.get(storage.type)
        if element is None:
            tensors.find(f"storage of the unknown type {storage.type}")
            return _contents(walked)
        if window.u64("its tensors' data") != storage.count:
            raise Broken("the data of one of its tensors is not as long as it should be")
        window.skip(storage.count * element, "its tensors' data")
    if window.remaining:
        raise Broken(f"{size_text(window.remaining)} too many are at its end")
    return _contents(walked)


def _contents(walked: Sequence[Walked], extra: Sequence[str] = ()) -> Contents:
    findings = [finding for one in walked for finding in one.findings]
    storages = [storage for one in walked for storage in one.storages.values()]
    return Contents(
        storage_count=len(storages),
        parameters=sum(storage.count for storage in storages),
        findings=tuple(dict.fromkeys([*extra, *findings])),
    )


def _is_pickle(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".pkl", ".pickle"))


def _is_program(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.split("/")
    return len(parts) > 2 and parts[1] in _PROGRAM_FOLDERS
