from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.formats.inspection import Inspection, identify, inspect
from model_keeper.formats.sniff import Format
from model_keeper.testing import archive_files, pickles
from model_keeper.testing.model_files import (
    gguf,
    onnx,
    pytorch_legacy,
    pytorch_zip,
    safetensors,
    stored_zip,
)

Look = Callable[..., Inspection]

VALID = {
    "safetensors": safetensors(300),
    "gguf": gguf(),
    "pytorch_zip": pytorch_zip(),
    "pickle": pickles.benign(4),
    "onnx": onnx(),
}
WHOLE = {
    **VALID,
    "legacy": pytorch_legacy(),
    "zip": stored_zip({"a.txt": b"x" * 30}),
    "tar": archive_files.tar({"a.txt": b"x" * 30}),
    "gzip": archive_files.tar_gz({"a.txt": b"x" * 30}),
    "7z": archive_files.seven_zip(),
}


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def look(raw: bytes, name: str = "x") -> Inspection:
        path = tmp_path / "file"
        path.write_bytes(raw)
        return inspect(path, name)

    return look


@pytest.mark.parametrize("format_", VALID)
def test_a_valid_file_is_whole_and_without_doubt(look: Look, format_: str) -> None:
    found = look(VALID[format_])
    assert found.format.value == format_
    assert (found.problems, found.dangers, found.findings, found.doubts) == ((), (), (), ())
    assert found.facts


@pytest.mark.parametrize("case", WHOLE)
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(part=st.floats(0, 1, exclude_max=True))
def test_a_valid_file_that_was_cut_is_never_whole(look: Look, case: str, part: float) -> None:
    raw = WHOLE[case]
    if case == "tar":  # the blocks behind the closing ones are padding
        raw = raw[:2048]
    found = look(raw[: int(part * len(raw))])
    assert found.problems or found.format in (Format.EMPTY, Format.UNKNOWN, Format.TEXT)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.sampled_from([b"", *(raw[:40] for raw in WHOLE.values())]), rest=st.binary(max_size=99)
)
def test_any_bytes_are_inspected(look: Look, start: bytes, rest: bytes) -> None:
    assert look(start + rest).kind


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=st.sampled_from(sorted(WHOLE)), at=st.integers(0, 4000), value=st.integers(0, 255))
def test_any_changed_byte_is_inspected(look: Look, case: str, at: int, value: int) -> None:
    raw = bytearray(WHOLE[case])
    raw[at % len(raw)] = value
    assert look(bytes(raw)).kind


def test_a_zip_is_pytorch_s_by_what_is_in_it(look: Look) -> None:
    assert look(stored_zip({"a/version": b"3", "a/data.pkl": b"N."})).format is Format.PYTORCH_ZIP


def test_a_cut_pytorch_zip_is_still_named_as_one(look: Look) -> None:
    found = look(pytorch_zip()[:-5])
    assert (found.format, found.problems) == (
        Format.PYTORCH_ZIP,
        ("its directory, or one of the files in it, cannot be read",),
    )


def test_onnx_weights_outside_the_folder_are_a_danger(look: Look) -> None:
    assert look(onnx(external="../secret")).dangers == ("../secret leads out of its folder",)


def test_a_text_with_binary_behind_is_broken(look: Look) -> None:
    assert look(b"a" * 70_000 + b"\x00").problems == ("a part of it is not text",)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    for reader in (identify, lambda path: inspect(path, "x")):
        with pytest.raises(KeeperError) as caught:
            reader(tmp_path / "gone")
        assert caught.value.code == "file_not_found"


def test_a_drive_that_refuses_is_not_a_broken_file(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        inspect(tmp_path, "x")
    assert caught.value.code == "storage_failed"
