"""Renaming without replacing: Linux for real, the others by faked calls."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

import pytest

from model_keeper.transfer.rename import Unsupported, exclusive_rename, rename_linux, rename_macos


class FakeLibc:
    """Answers like the C library: 0, or -1 with errno."""

    def __init__(self, code: int) -> None:
        self._code = code
        self.calls: list[tuple[object, ...]] = []

    def _answer(self, *args: object) -> int:
        self.calls.append(args)
        ctypes.set_errno(self._code)
        return -1 if self._code else 0

    renameat2 = _answer
    renamex_np = _answer


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the real call is Linux's")
def test_linux_takes_a_free_name_and_leaves_a_taken_one(tmp_path: Path) -> None:
    first, second, target = tmp_path / "a", tmp_path / "b", tmp_path / "t"
    first.write_text("first")
    second.write_text("second")

    exclusive_rename(first, target)
    with pytest.raises(FileExistsError):
        exclusive_rename(second, target)

    assert target.read_text() == "first"
    assert second.read_text() == "second"


def test_linux_asks_for_no_replacing() -> None:
    libc = FakeLibc(0)
    rename_linux(libc, Path("a"), Path("b"))

    at, old, new_at, new, flags = libc.calls[0]
    assert (at, old, new_at, new) == (-100, b"a", -100, b"b")
    assert isinstance(flags, ctypes.c_uint)
    assert flags.value == 1


def test_macos_asks_for_exclusion() -> None:
    libc = FakeLibc(0)
    rename_macos(libc, Path("a"), Path("b"))

    old, new, flags = libc.calls[0]
    assert (old, new) == (b"a", b"b")
    assert isinstance(flags, ctypes.c_uint)
    assert flags.value == 4


@pytest.mark.parametrize("rename", [rename_linux, rename_macos])
@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_without_it_says_so(rename: object, code: int) -> None:
    assert callable(rename)
    with pytest.raises(Unsupported):
        rename(FakeLibc(code), Path("a"), Path("b"))


@pytest.mark.parametrize("rename", [rename_linux, rename_macos])
def test_a_taken_name_and_other_failures_are_the_systems_errors(rename: object) -> None:
    assert callable(rename)
    with pytest.raises(FileExistsError):
        rename(FakeLibc(errno.EEXIST), Path("a"), Path("b"))
    with pytest.raises(PermissionError):
        rename(FakeLibc(errno.EACCES), Path("a"), Path("b"))


@pytest.mark.parametrize("rename", [rename_linux, rename_macos])
def test_a_c_library_without_the_call_is_unsupported(rename: object) -> None:
    assert callable(rename)
    with pytest.raises(Unsupported):
        rename(object(), Path("a"), Path("b"))


def test_windows_renames_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, object]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "rename", lambda a, b: calls.append((a, b)))

    exclusive_rename(Path("a"), Path("b"))

    assert calls == [(Path("a"), Path("b"))]
