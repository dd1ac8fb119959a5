"""The small file beside a partial that says which of its bytes can be trusted, and why.

One line of JSON, then fixed-width records. The JSON is replaced whole; a record is overwritten in
place with every block that was written, so that a killed process loses next to nothing. A torn
record fails its checksum and counts for nothing.
"""

from __future__ import annotations

import contextlib
import json
import threading
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from model_keeper.files.durable import sync_data, sync_folder
from model_keeper.transfer.extents import Extents, Range

FORMAT = 1
SLOTS = 32
_RECORD = 43  # "start end crc\n": 16 + 1 + 16 + 1 + 8 + 1
_BLANK = b" " * (_RECORD - 1) + b"\n"


@dataclass(frozen=True)
class Manifest:
    """What is known of a partial. ``etag`` is strong, quotes included; sizes in bytes."""

    url: str
    size: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None  # what was linked or expected
    ranges: bool = True
    boot_id: str | None = None
    synced: tuple[Range, ...] = ()
    written: tuple[Range, ...] = ()
    format: int = FORMAT

    @property
    def validator(self) -> str | None:
        """What an If-Range header carries."""
        return self.etag or self.last_modified

    @property
    def resumable(self) -> bool:
        """Whether a later answer can prove that these bytes are its own."""
        return self.ranges and self.size is not None and bool(self.validator or self.sha256)


class Journal:
    """The sidecar of one partial. Safe for threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._offset = 0

    def load(self, *, boot_id: str | None) -> tuple[Manifest, Extents] | None:
        """What was recorded and the bytes to trust, or None where nothing usable is there.

        Bytes that were written but not synced count only while the machine has provably not
        restarted since.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        head, _, records = raw.partition(b"\n")
        try:
            data = json.loads(head)
            data["synced"] = tuple((int(a), int(b)) for a, b in data["synced"])
            data["written"] = tuple((int(a), int(b)) for a, b in data["written"])
            manifest = Manifest(**data)
        except (ValueError, TypeError, KeyError):
            return None
        if manifest.format != FORMAT:
            return None
        trusted = Extents(manifest.synced)
        if boot_id is not None and manifest.boot_id == boot_id:
            for start, end in (*manifest.written, *_records(records)):
                trusted.add(start, end)
        return manifest, trusted

    def save(self, manifest: Manifest, *, durable: bool) -> None:
        """Replace the sidecar. What ``note`` recorded before is expected in ``written``."""
        head = json.dumps(asdict(manifest), separators=(",", ":")).encode() + b"\n"
        temporary = self.path.with_name(self.path.name + ".new")
        with self._lock:
            with temporary.open("wb") as out:
                out.write(head + _BLANK * SLOTS)
                if durable:
                    out.flush()
                    sync_data(out)
            self._close()  # Windows replaces no open file
            temporary.replace(self.path)
            if durable:
                sync_folder(self.path.parent)
            self._file = self.path.open("r+b", buffering=0)
            self._offset = len(head)

    def note(self, slot: int, start: int, end: int) -> None:
        """Record in place that ``[start, end)`` was written by connection ``slot``."""
        body = b"%016x %016x" % (start, end)
        record = b"%s %08x\n" % (body, zlib.crc32(body))
        with self._lock:
            if self._file is not None:
                self._file.seek(self._offset + slot * _RECORD)
                self._file.write(record)

    def remove(self) -> None:
        with self._lock:
            self._close()
            for path in (self.path, self.path.with_name(self.path.name + ".new")):
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def with_progress(manifest: Manifest, *, written: Extents, synced: Extents) -> Manifest:
    return replace(manifest, written=tuple(written), synced=tuple(synced))


def _records(raw: bytes) -> list[Range]:
    found: list[Range] = []
    for at in range(0, len(raw) - _RECORD + 1, _RECORD):
        body, check = raw[at : at + 33], raw[at + 34 : at + 42]
        try:
            if zlib.crc32(body) != int(check, 16):
                continue
            start, end = int(body[:16], 16), int(body[17:], 16)
        except ValueError:
            continue
        if start <= end:
            found.append((start, end))
    return found
