"""Archives: what is in them, whether it is readable to the end, and what speaks against it."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, cast

from model_keeper.domain.sizes import size_text
from model_keeper.formats import tars
from model_keeper.formats.reading import Broken, Ended, Window
from model_keeper.formats.sniff import Format, sniff
from model_keeper.formats.zips import encrypted, open_zip, read_through

_WORST_RATIO = 20
_HARMLESS_BYTES = 100 << 20  # what unpacks to less is no bomb, whatever its ratio
_LONGEST_HEADER = 64 << 20
_PIECE = 1 << 18
_BLOCK = 512
_BOMB = "it unpacks to far more than a model of its size"
_MOST_NAMED = 5

_MODEL = re.compile(r"\.(safetensors|sft|gguf|ckpt|pt2?|pth|bin|pkl|onnx)$", re.IGNORECASE)
_PROGRAM = re.compile(
    r"\.(exe|dll|so|dylib|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|jar|apk|app|sh|bash"
    r"|command|py|pyc|pyd|pyw|rb|pl|php)$",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")


@dataclass(frozen=True)
class Archive:
    """``names`` are the files in it; ``dangers`` are clauses, empty where nothing speaks against.

    ``listed`` is False where only the header could be checked.
    """

    names: tuple[str, ...]
    dangers: tuple[str, ...]
    listed: bool = True

    @property
    def summary(self) -> str:
        """What is in it, short enough for a sentence."""
        if not self.listed:
            return "what is in it cannot be seen before"
        shown = ", ".join(self.names[:_MOST_NAMED]) or "nothing"
        more = len(self.names) - _MOST_NAMED
        return f"{shown} and {more} more" if more > 0 else shown


@dataclass(frozen=True)
class _Member:
    name: str
    kind: str  # file, folder, link, other
    head: bytes = b""


def read_zip(file: BinaryIO, size: int, name: str) -> Archive:
    """List and read a zip to its end. ``name`` is what the archive is called. Raises Broken."""
    with open_zip(file, size) as container:
        entries = container.infolist()
        dangers = _zip_dangers(entries, size)
        members = [
            _Member(e.filename, _zip_kind(e), b"" if dangers else read_through(container, e))
            for e in entries
        ]
    return _judge(members, name, dangers)


def read_tar(file: BinaryIO, name: str) -> Archive:
    """List and read a tar to its end. Raises :class:`Broken`."""
    file.seek(0)
    return _judge_tar(file, name)


def read_gzip(file: BinaryIO, size: int, name: str) -> Archive:
    """Unpack a gzip in passing, as a tar where it holds one. Raises :class:`Broken`."""
    file.seek(0)
    stream = _Unpacked(file, _limit(size))
    archive = Archive((), (), listed=False)
    try:
        if sniff(stream.peek(_BLOCK)).format is Format.TAR:
            archive = _judge_tar(cast("BinaryIO", stream), name)
        stream.drain()
    except _TooMuch:
        return Archive((), (_BOMB,))
    return archive


def read_seven_zip(file: BinaryIO, size: int) -> Archive:
    """Check a 7z's own header: its checksums, and that the list of files ends it. Raises Broken."""
    window = Window(file, 0, size)
    window.skip(8, "its header")
    checksum = window.u32("its header")
    start = window.take(20, "its header")
    if zlib.crc32(start) != checksum:
        raise Broken("its header is damaged")
    fields = Window(io.BytesIO(start), 0, len(start))
    offset, length = fields.u64("its header"), fields.u64("its header")
    list_checksum = fields.u32("its header")
    window.skip(offset, "its files")
    if length != window.remaining:
        missing = length - window.remaining
        raise Broken(
            f"{size_text(missing)} are missing at its end"
            if missing > 0
            else f"{size_text(-missing)} too many are at its end"
        )
    if length > _LONGEST_HEADER:
        raise Broken("its list of files claims to be larger than any")
    if zlib.crc32(window.take(length, "its list of files")) != list_checksum:
        raise Broken("its list of files is damaged")
    return Archive((), (), listed=False)


class _TooMuch(Exception):  # noqa: N818 - a bound was reached
    """A stream unpacked to more than any model of the archive's size."""


class _Unpacked:
    """The contents of a gzip of one member, as a stream that stops at a bound."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._inflater = zlib.decompressobj(wbits=31)
        self._left = limit
        self._ahead = b""

    def peek(self, count: int) -> bytes:
        self._ahead = self.read(count)
        return self._ahead

    def read(self, count: int, /) -> bytes:
        """``count`` bytes, or fewer at the end. Raises Broken, _TooMuch."""
        parts = [self._ahead[:count]]
        missing = count - len(parts[0])
        self._ahead = self._ahead[count:]
        while missing and (piece := self._inflate(missing)):
            parts.append(piece)
            missing -= len(piece)
        self._left -= count - missing - len(parts[0])
        if self._left < 0:
            raise _TooMuch
        return b"".join(parts)

    def drain(self) -> None:
        """Read to the end, where the checksum is compared and nothing may follow."""
        while self.read(_PIECE):
            pass
        if self._inflater.unused_data or self._file.read(1):
            raise Broken("something follows the end of it")

    def _inflate(self, most: int) -> bytes:
        inflater = self._inflater
        while not inflater.eof:
            packed = inflater.unconsumed_tail or self._file.read(_PIECE)
            try:
                piece = inflater.decompress(packed, most)
            except zlib.error as exc:
                raise Broken("it cannot be unpacked") from exc
            if piece:
                return piece
            if not packed:
                raise Ended("its last part")
        return b""


def escaping(names: Iterable[str]) -> tuple[str, ...]:
    """A clause about the first of these names that leads out of the folder it belongs into."""
    return _about("{} leads out of its folder", filter(_BEYOND.search, names))


def _limit(size: int) -> int:
    return max(size * _WORST_RATIO, _HARMLESS_BYTES)


def _zip_dangers(entries: Sequence[zipfile.ZipInfo], size: int) -> list[str]:
    """What forbids even to read the entries."""
    if any(map(encrypted, entries)):
        return ["it is encrypted, so that nobody can look into it"]
    if sum(entry.file_size for entry in entries) > _limit(size):
        return [_BOMB]
    return []


def _zip_kind(entry: zipfile.ZipInfo) -> str:
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        return "link"
    if entry.filename.endswith("/"):  # is_dir() fails for an entry without a name
        return "folder"
    return "file" if stat.S_IFMT(mode) in (0, stat.S_IFREG) else "other"


def _judge_tar(stream: BinaryIO, name: str) -> Archive:
    return _judge([_Member(e.name, e.kind, e.head) for e in tars.read_entries(stream)], name)


def _judge(members: Sequence[_Member], archive: str, dangers: Iterable[str] = ()) -> Archive:
    names = [member.name for member in members]
    found = list(dangers)
    if len(set(names)) != len(names):
        found.append("it holds two files of one name")
    found += escaping(names)
    found += _about("{} is a link", (m.name for m in members if m.kind == "link"))
    found += _about("{} is no ordinary file", (m.name for m in members if m.kind == "other"))
    found += _about("{} is a program", (m.name for m in members if _is_program(m)))
    models = [m.name for m in members if m.kind == "file" and _MODEL.search(m.name)]
    if len(models) > 1 and [_stem(name) for name in models].count(_stem(archive)) != 1:
        found.append(f"it holds several models ({', '.join(map(_shown, models[:3]))} …)")
    files = tuple(_shown(member.name) for member in members if member.kind != "folder")
    return Archive(files, tuple(found))


def _about(template: str, names: Iterable[str]) -> tuple[str, ...]:
    """One clause for the first of these names, none where there is none."""
    return tuple(template.format(_shown(name)) for name in islice(names, 1))


def _is_program(member: _Member) -> bool:
    if member.kind != "file":
        return False
    return bool(_PROGRAM.search(member.name)) or sniff(member.head).format is Format.EXECUTABLE


def _stem(name: str) -> str:
    base = re.split(r"[/\\]", name)[-1].lower()
    return re.sub(r"\.(tar\.gz|[^.]+)$", "", base)


def _shown(name: str) -> str:
    """A name that the archive chose, fit for a message."""
    printable = "".join(c if c.isprintable() else "?" for c in name)
    return printable if len(printable) <= 80 else printable[:79] + "…"
