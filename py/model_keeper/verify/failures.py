"""``verification_failures.log``: one line for each file that was refused."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

from model_keeper.domain.errors import KeeperError

_log = logging.getLogger("model_keeper.verify")

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MAX_BYTES = 1 << 20


class FailureLog:
    """Appends lines of five columns, parted by tabs: UTC time, job, file, code, sentence.

    Beyond ``max_bytes`` the log becomes ``<name>.1``, in place of an earlier one, and begins anew.
    A log that cannot be written is reported and holds up nothing.
    """

    def __init__(self, path: Path, max_bytes: int = _MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._lock = threading.Lock()

    def write(self, *, at_ms: int, job_id: str, file: str, error: KeeperError) -> None:
        """Note that ``file`` of job ``job_id`` was refused for ``error`` at ``at_ms`` (UTC)."""
        at = (_EPOCH + timedelta(milliseconds=at_ms)).strftime("%Y-%m-%dT%H:%M:%SZ")
        columns = (at, job_id, file, error.code, error.message)
        line = "\t".join(map(_one_line, columns)) + "\n"
        try:
            with self._lock:
                self._append(line.encode("utf-8", "backslashreplace"))
        except OSError as exc:
            _log.warning("%s could not be written: %s", self._path, exc)

    def _append(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists() and self._path.stat().st_size + len(line) > self._max_bytes:
            self._path.replace(self._path.with_name(self._path.name + ".1"))
        with self._path.open("ab") as log:
            log.write(line)


def _one_line(text: str) -> str:
    """A file's name may hold anything: no control character may end the line or hide a part."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
