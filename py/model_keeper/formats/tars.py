"""Tar streams, entry by entry, in bounded memory. Layout after POSIX ustar/pax and GNU tar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from model_keeper.formats.reading import Broken, Ended, skip

_BLOCK = 512
_LONGEST_NAME = 1 << 20
_MOST_ENTRIES = 200_000
_HEAD = 64

_FILE_KINDS = frozenset(b"\x000" + b"7")
_FOLDER, _HARD_LINK, _SOFT_LINK = ord("5"), ord("1"), ord("2")
_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL = ord("L"), ord("K"), ord("x"), ord("g")


@dataclass(frozen=True)
class Entry:
    """One entry. ``kind``: file, folder, link or other (devices, pipes, sparse files)."""

    name: str
    size: int
    kind: str
    head: bytes = b""


def read_entries(stream: BinaryIO) -> Iterator[Entry]:
    """Every entry up to the closing blocks, each with its first bytes; contents are read over.

    Raises :class:`Broken`, also where the closing blocks are missing.
    """
    long_name: str | None = None
    long_size: int | None = None
    for _ in range(_MOST_ENTRIES):
        block = _block(stream)
        if not any(block):
            if any(_block(stream)):
                raise Broken("its end is damaged")
            return
        name, size, flag = _header(block)
        if flag in (_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL):
            extra = _content(stream, size)
            if flag == _LONG_NAME:
                long_name = _text(extra.rstrip(b"\0"))
            elif flag == _PAX:
                long_name, long_size = _pax(extra)
            continue
        size = size if long_size is None else long_size
        head = _pass_over(stream, size if flag in _FILE_KINDS else 0)
        yield Entry(long_name or name, size, _kind(flag), head)
        long_name = long_size = None
    raise Broken("it holds more files than any model")


def _block(stream: BinaryIO) -> bytes:
    block = stream.read(_BLOCK)
    if len(block) != _BLOCK:
        raise Ended("one of its headers")
    return block


def _header(block: bytes) -> tuple[str, int, int]:
    """Name, size and type flag of a header whose checksum is right."""
    unsigned = sum(block[:148]) + sum(block[156:]) + 8 * ord(" ")
    if _number(block[148:156]) != unsigned:
        raise Broken("one of its headers is damaged")
    name = _text(block[:100].split(b"\0")[0])
    if block[257:262] == b"ustar" and block[262:264] != b" \0":
        prefix = _text(block[345:500].split(b"\0")[0])
        name = f"{prefix}/{name}" if prefix else name
    return name, _number(block[124:136]), block[156]


def _number(raw: bytes) -> int:
    if raw[0] == 0x80:  # GNU's binary form, for sizes beyond 8 GiB
        return int.from_bytes(raw[1:], "big")
    try:
        return int(raw.strip(b" \0") or b"0", 8)
    except ValueError as exc:
        raise Broken("one of its headers is damaged") from exc


def _content(stream: BinaryIO, size: int) -> bytes:
    if size > _LONGEST_NAME:
        raise Broken("a name in it is too long")
    padded = stream.read(-(-size // _BLOCK) * _BLOCK)
    if len(padded) < size:
        raise Ended("one of its names")
    return padded[:size]


def _pass_over(stream: BinaryIO, size: int) -> bytes:
    if size < 0:
        raise Broken("one of its headers is damaged")
    padded = -(-size // _BLOCK) * _BLOCK
    first = stream.read(min(padded, _BLOCK))
    if len(first) != min(padded, _BLOCK):
        raise Ended("one of its files")
    skip(stream, padded - len(first), "one of its files")
    return first[: min(size, _HEAD)]


def _pax(extra: bytes) -> tuple[str | None, int | None]:
    """Path and size of an extended header: lines of ``length key=value``."""
    path: str | None = None
    size: int | None = None
    at = 0
    try:
        while at < len(extra):
            space = extra.index(b" ", at)
            end = at + int(extra[at:space])
            if end <= space or end > len(extra):
                raise Broken("one of its headers is damaged")
            key, _, value = extra[space + 1 : end - 1].partition(b"=")
            if key == b"path":
                path = _text(value)
            elif key == b"size":
                size = int(value)
            at = end
    except ValueError as exc:
        raise Broken("one of its headers is damaged") from exc
    return path, size


def _kind(flag: int) -> str:
    if flag in _FILE_KINDS:
        return "file"
    if flag == _FOLDER:
        return "folder"
    return "link" if flag in (_HARD_LINK, _SOFT_LINK) else "other"


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
