from __future__ import annotations

import io
import pickle
import struct
import zipfile

import pytest

from model_keeper.formats.pytorch import Contents, read_pickles, read_zip
from model_keeper.formats.reading import Broken
from model_keeper.testing import pickles
from model_keeper.testing.model_files import pytorch_legacy, pytorch_zip, stored_zip

EVIL = pickles.hostile()["global in protocol 2"]


def zipped(raw: bytes) -> Contents:
    return read_zip(io.BytesIO(raw), len(raw))


def bare(raw: bytes) -> Contents:
    return read_pickles(io.BytesIO(raw), len(raw))


def test_a_zip_with_one_tensor_is_right() -> None:
    assert zipped(pytorch_zip()) == Contents(1, 4, ())


def test_a_hostile_pickle_in_a_zip_is_found() -> None:
    assert zipped(pytorch_zip(EVIL)).findings == ("os.system",)


def test_every_pickle_of_a_zip_is_walked() -> None:
    entries = {"a/data.pkl": pickles.state_dict(0), "a/data/0": b"", "a/constants.PKL": EVIL}
    assert zipped(stored_zip(entries)).findings == ("os.system",)


def test_what_follows_the_pickle_in_its_entry_is_a_finding() -> None:
    found = zipped(pytorch_zip(pickles.state_dict(4) + b"xyz"))
    assert found.findings == ("3 bytes that follow the end of its pickle",)


def test_a_script_is_a_program() -> None:
    entries = {"a/data.pkl": b"\x80\x02N.", "a/code/__torch__.py": b"def forward(self): ..."}
    assert zipped(stored_zip(entries)).findings == ("a program of its own",)


def test_a_zip_cut_at_any_byte_is_broken() -> None:
    raw = pytorch_zip()
    for cut in range(0, len(raw), 3):
        with pytest.raises(Broken):
            zipped(raw[:cut])


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"a/data.pkl": pickles.state_dict(4)}, "no data"),
        ({"a/data.pkl": pickles.state_dict(4), "a/data/0": bytes(12)}, "not as long"),
        ({"a/data.pkl": b"\x80\x02N"}, "ends within its pickle"),
        ({f"a/{n}.pkl": b"\x80\x02N." for n in range(17)}, "more pickles"),
    ],
)
def test_a_zip_that_does_not_add_up_is_broken(entries: dict[str, bytes], words: str) -> None:
    with pytest.raises(Broken, match=words):
        zipped(stored_zip(entries))


def test_a_changed_byte_in_a_storage_is_noticed_by_its_checksum() -> None:
    storage = bytes(range(200))
    raw = bytearray(pytorch_zip(storage=storage))
    raw[raw.index(storage) + 100] ^= 1
    with pytest.raises(Broken):
        zipped(bytes(raw))


def test_two_entries_of_one_name_are_broken() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("a/data.pkl", EVIL)
        with pytest.warns(UserWarning, match="Duplicate"):
            container.writestr("a/data.pkl", pickles.state_dict(0))
    with pytest.raises(Broken, match="two files of one name"):
        zipped(buffer.getvalue())


def test_a_directory_of_any_size_is_not_believed() -> None:
    raw = bytearray(pytorch_zip())
    struct.pack_into("<I", raw, len(raw) - 10, 0xFFFFFFF0)
    with pytest.raises(Broken):
        zipped(bytes(raw))


def test_something_behind_or_before_a_zip_is_broken() -> None:
    for raw in (pytorch_zip() + b"behind", b"before" + pytorch_zip()):
        with pytest.raises(Broken):
            zipped(raw)


def test_the_older_format_is_right() -> None:
    assert bare(pytorch_legacy()) == Contents(1, 4, ())


def test_a_hostile_pickle_in_the_older_format_is_found() -> None:
    assert bare(pytorch_legacy(EVIL, storage=b"")[:-8]).findings == ("os.system",)


def test_the_older_format_cut_anywhere_is_never_whole() -> None:
    raw = pytorch_legacy()
    magic = len(pickle.dumps(0x1950A86A20F9469CFC6C, protocol=2))
    for cut in set(range(len(raw))) - {magic}:
        with pytest.raises(Broken):
            bare(raw[:cut])
    with pytest.raises(Broken):
        bare(raw[:magic])


def test_bytes_behind_the_older_format_are_broken() -> None:
    with pytest.raises(Broken, match="1 bytes too many"):
        bare(pytorch_legacy() + b"x")


def test_a_second_pickle_behind_the_first_is_walked_too() -> None:
    found = bare(pickles.benign(4) + EVIL)
    assert found.findings == (f"{len(EVIL)} bytes that follow its end", "os.system")
