from __future__ import annotations

import io
import struct
import tarfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats.archives import (
    Archive,
    read_gzip,
    read_seven_zip,
    read_tar,
    read_zip,
)
from model_keeper.formats.reading import Broken
from model_keeper.testing import archive_files
from model_keeper.testing.model_files import safetensors, stored_zip

MODEL = safetensors(300)


def zipped(raw: bytes, name: str = "pack.zip") -> Archive:
    return read_zip(io.BytesIO(raw), len(raw), name)


def tarred(raw: bytes, name: str = "pack.tar") -> Archive:
    return read_tar(io.BytesIO(raw), name)


def gzipped(raw: bytes, name: str = "pack.tar.gz") -> Archive:
    return read_gzip(io.BytesIO(raw), len(raw), name)


def seven(raw: bytes) -> Archive:
    return read_seven_zip(io.BytesIO(raw), len(raw))


def test_an_archive_with_one_model_and_its_notes_is_harmless() -> None:
    entries = {"model.safetensors": MODEL, "notes/readme.txt": b"hello"}
    for archive in (
        zipped(stored_zip(entries)),
        tarred(archive_files.tar(entries)),
        gzipped(archive_files.tar_gz(entries)),
    ):
        assert archive == Archive(tuple(entries), ())


@pytest.mark.parametrize(
    ("raw", "danger"),
    [
        (archive_files.zip_with_program(MODEL), "setup.exe is a program"),
        (archive_files.zip_with_program(MODEL, "notes.txt"), "notes.txt is a program"),
        (archive_files.escaping_zip("../up.txt"), "../up.txt leads out of its folder"),
        (archive_files.escaping_zip("/etc/x"), "/etc/x leads out of its folder"),
        (archive_files.escaping_zip("a/../../x"), "a/../../x leads out of its folder"),
        (archive_files.escaping_zip("C:\\x"), "C:\\x leads out of its folder"),
        (archive_files.zip_with_link(), "model.safetensors is a link"),
        (archive_files.zip_bomb(), "it unpacks to far more than a model of its size"),
        (archive_files.encrypted_zip(), "it is encrypted, so that nobody can look into it"),
    ],
)
def test_what_speaks_against_a_zip_is_said(raw: bytes, danger: str) -> None:
    assert danger in zipped(raw).dangers


def test_dots_in_names_are_no_escape() -> None:
    assert zipped(stored_zip({"a..b/...c.txt": b"x"})).dangers == ()


def test_several_models_are_ambiguous_unless_one_has_the_archive_s_name() -> None:
    raw = stored_zip({"a.safetensors": MODEL, "in/B.ckpt": b"x"})
    assert zipped(raw, "pack.zip").dangers == (
        "it holds several models (a.safetensors, in/B.ckpt …)",
    )
    assert zipped(raw, "b.zip").dangers == ()


def test_a_link_in_a_tar_is_said() -> None:
    assert tarred(archive_files.tar({}, {"x": "/etc"})).dangers == ("x is a link",)


def test_a_device_in_a_tar_is_said() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as container:
        info = tarfile.TarInfo("pipe")
        info.type = tarfile.FIFOTYPE
        container.addfile(info)
    assert tarred(buffer.getvalue()).dangers == ("pipe is no ordinary file",)


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_of_either_kind_are_read(form: int) -> None:
    name = "folder/" + "ü" * 150 + "/../../x.txt"
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as container:
        container.addfile(tarfile.TarInfo(name))
    (danger,) = tarred(buffer.getvalue()).dangers
    assert danger.startswith("folder/ü")


def test_a_bomb_in_a_gzip_is_left_at_its_bound() -> None:
    assert gzipped(archive_files.gzip_bomb()).dangers == (
        "it unpacks to far more than a model of its size",
    )


def test_a_damaged_entry_is_broken() -> None:
    with pytest.raises(Broken):
        zipped(archive_files.damaged_zip())


def test_archives_cut_anywhere_are_broken() -> None:
    entries = {"model.safetensors": MODEL}
    for read, raw in (
        (zipped, stored_zip(entries)),
        (gzipped, archive_files.tar_gz(entries)),
        (seven, archive_files.seven_zip()),
    ):
        for cut in range(0, len(raw), 5):
            with pytest.raises(Broken):
                read(raw[:cut])


def test_a_tar_cut_before_its_closing_blocks_is_broken() -> None:
    raw = archive_files.tar({"model.safetensors": MODEL})
    closing = len(raw.rstrip(b"\0")) // 512 * 512 + 512 + 1024
    for cut in range(0, closing, 64):
        with pytest.raises(Broken):
            tarred(raw[:cut])
    assert tarred(raw[:closing]).names == ("model.safetensors",)


def test_a_zip_inside_the_rest_of_another_is_broken() -> None:
    inner = stored_zip({"inner.txt": b"x"})
    outer = stored_zip({"first.txt": b"y" * 50, "inner.zip": inner, "last.txt": b"z"})
    cut = outer.index(inner) + len(inner)
    with pytest.raises(Broken, match="does not begin"):
        zipped(outer[:cut])


def test_a_tar_header_that_lies_is_broken() -> None:
    raw = bytearray(archive_files.tar({"model.safetensors": MODEL}))
    for size in (b"\x80" + b"\xff" * 11, b"77777777777\0", b"-1\0\0\0\0\0\0\0\0\0\0", b"9" * 12):
        raw[124:136] = size
        raw[148:156] = b" " * 8
        raw[148:156] = b"%06o\0 " % sum(raw[:512])
        with pytest.raises(Broken):
            tarred(bytes(raw))


def test_a_7z_can_only_be_checked_by_its_header() -> None:
    archive = seven(archive_files.seven_zip())
    assert not archive.listed
    assert archive.summary == "what is in it cannot be seen before"


@pytest.mark.parametrize("at", [9, 15, 25, 30, -1])
def test_a_7z_with_a_changed_header_is_broken(at: int) -> None:
    raw = bytearray(archive_files.seven_zip())
    raw[at] ^= 1
    with pytest.raises(Broken):
        seven(bytes(raw))


def test_a_7z_that_claims_any_length_is_broken() -> None:
    raw = archive_files.seven_zip(listing=b"")
    lying = struct.pack("<QQI", 2**63, 2**63, 0)
    with pytest.raises(Broken):
        seven(raw[:12] + lying)


def test_a_summary_names_the_first_and_counts_the_rest() -> None:
    names = tuple(f"{n}.txt" for n in range(7))
    assert Archive(names, ()).summary == "0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 2 more"


@given(raw=st.binary(max_size=200), at=st.integers(0, 400), value=st.integers(0, 255))
@settings(deadline=None, max_examples=80)
def test_any_bytes_are_read_or_broken(raw: bytes, at: int, value: int) -> None:
    base = {"a.txt": raw}
    for read, valid in (
        (zipped, stored_zip(base)),
        (tarred, archive_files.tar(base)),
        (gzipped, archive_files.tar_gz(base)),
        (seven, archive_files.seven_zip()),
    ):
        changed = bytearray(valid)
        changed[at % len(changed)] = value
        for content in (bytes(changed), raw):
            with suppress(Broken):
                read(content)
