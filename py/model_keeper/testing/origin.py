"""A loopback origin: files behind addresses, each with the misbehaviour that it was added with."""

from __future__ import annotations

import argparse
import email.utils
import hashlib
import json
import re
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from model_keeper.testing.faults import FAULTS
from model_keeper.testing.server import (
    Bytes,
    Content,
    LoopbackServer,
    Record,
    Reply,
    Request,
)

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_MODIFIED = email.utils.formatdate(1_600_000_000, usegmt=True)


class FileContent:
    """A file of this machine as content."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = path.stat().st_size

    def read_at(self, offset: int, length: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read(min(length, self.size - offset))


@dataclass
class Served:
    """One address of an origin, with what its fault needs to remember."""

    origin: Origin
    path: str
    content: Content
    fault: str
    options: dict[str, Any]
    etag: str
    modified: str = _MODIFIED
    requests: int = 0
    sent_cuts: int = 0
    gate: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    state: dict[str, Any] = field(default_factory=dict)

    def replace(self, content: Content) -> None:
        """Another content under the same address, with another ETag."""
        self.content = content
        self.etag = _etag(content)

    def honest(self, request: Request) -> Reply:
        """Ranges, If-Range, 206 and 416 as RFC 9110 has them."""
        headers = {
            "Content-Type": "application/octet-stream",
            "Accept-Ranges": "bytes",
            "ETag": self.etag,
            "Last-Modified": self.modified,
        }
        size = self.content.size
        asked = _RANGE.fullmatch(request.headers.get("range", ""))
        validator = request.headers.get("if-range")
        if asked is None or (validator is not None and validator not in {self.etag, self.modified}):
            return Reply(200, headers, self.content)
        start = int(asked.group(1))
        end = min(int(asked.group(2)) + 1 if asked.group(2) else size, size)
        if start >= size or end <= start:
            return Reply(416, {**headers, "Content-Range": f"bytes */{size}"})
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        return Reply(206, headers, self.content, start, end)


class Origin:
    """Addresses with contents and faults. Use it in ``with``."""

    def __init__(self, *, port: int = 0, rate: int | None = None) -> None:
        """``rate``: bytes a second of each connection, for files that name none."""
        self._files: dict[str, Served] = {}
        self._rate = rate
        self.server = LoopbackServer(self._answer, port=port)

    def add(
        self, name: str, content: bytes | Path | Content, fault: str = "honest", **options: Any
    ) -> str:
        """Serve ``content`` at ``/name`` misbehaving as ``fault`` says; its URL."""
        if fault not in FAULTS:
            raise ValueError(f"no fault is called {fault}")
        if isinstance(content, bytes):
            content = Bytes(content)
        elif isinstance(content, Path):
            content = FileContent(content)
        path = "/" + name.lstrip("/")
        self._files[path] = Served(self, path, content, fault, options, _etag(content))
        return self.server.url + path

    def served(self, name: str) -> Served:
        return self._files["/" + name.lstrip("/")]

    def requests(self, name: str | None = None) -> list[Record]:
        return self.server.records(None if name is None else "/" + name.lstrip("/"))

    def sent(self, name: str | None = None) -> int:
        """Bytes of bodies that left the server for ``name``, also by its signed address."""
        if name is None:
            return self.server.sent()
        path = "/" + name.lstrip("/")
        return self.server.sent(path) + self.server.sent("/signed" + path)

    def respond(self, request: Request) -> Reply:
        """The answer to a request, as another server of ours may want to give it."""
        path = request.path.removeprefix("/signed")
        served = self._files.get(path)
        if served is None:
            return Reply(404, {"Content-Type": "text/plain"}, Bytes(b"not found"))
        with served.lock:
            served.requests += 1
            reply = FAULTS[served.fault].behave(served, request)
        if reply.rate is None:
            reply.rate = served.options.get("rate", self._rate)
        return reply

    def _answer(self, request: Request) -> Reply:
        if request.path == "/health":
            return Reply(200, {}, Bytes(b"ok"))
        if request.path == "/records":
            rows = [vars(record) for record in self.server.records()]
            return Reply(
                200, {"Content-Type": "application/json"}, Bytes(json.dumps(rows).encode())
            )
        return self.respond(request)

    def __enter__(self) -> Origin:
        self.server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        for served in self._files.values():
            served.gate.set()
        self.server.stop()


def _etag(content: Content) -> str:
    sample = content.read_at(0, 4096) + content.read_at(max(0, content.size - 4096), 4096)
    return '"' + hashlib.sha256(sample + str(content.size).encode()).hexdigest()[:32] + '"'


def main() -> None:
    """Serve a folder until standard input ends; prints one JSON line with the address."""
    parser = argparse.ArgumentParser(prog="python -m model_keeper.testing.origin")
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--fault", default="honest", choices=sorted(FAULTS))
    parser.add_argument("--rate", type=int, default=None)
    chosen = parser.parse_args()
    with Origin(port=chosen.port, rate=chosen.rate) as origin:
        for path in sorted(p for p in chosen.dir.rglob("*") if p.is_file()):
            origin.add(path.relative_to(chosen.dir).as_posix(), path, chosen.fault)
        sys.stdout.write(json.dumps({"url": origin.server.url}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
