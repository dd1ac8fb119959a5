"""A loopback HTTP server that does exactly what it is told, and counts what it sends."""

from __future__ import annotations

import contextlib
import http.server
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

_BLOCK = 256 << 10
_SEND_BUFFER = 64 << 10  # small, so that what is counted has nearly all left the server
_HANGING = 60.0


class Content(Protocol):
    """Bytes that can be read at any place."""

    @property
    def size(self) -> int: ...

    def read_at(self, offset: int, length: int) -> bytes: ...


@dataclass(frozen=True)
class Bytes:
    """Content in memory."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.data[offset : offset + length]


@dataclass(frozen=True)
class Request:
    """What was asked. Header names are lower-case; ``host`` is the Host header."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    pairs: tuple[tuple[str, str], ...] = ()  # of the query, where a key stands more than once

    def values(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    @property
    def host(self) -> str:
        return self.headers.get("host", "")

    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass
class Reply:
    """What is answered. ``content`` from ``start`` to ``end`` is the body.

    ``length``: the Content-Length that is claimed; None sends chunks. The rest are misbehaviours:
    ``cut_after`` bytes the connection breaks, by a reset if ``reset``; ``stall_after`` bytes
    nothing comes until ``gate`` is set; ``rate`` is bytes a second; ``extra`` follows the body.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content: Content = field(default_factory=lambda: Bytes(b""))
    start: int = 0
    end: int | None = None
    length: int | None = -1  # -1: what the body has
    cut_after: int | None = None
    reset: bool = False
    stall_after: int | None = None
    gate: threading.Event | None = None
    rate: int | None = None
    extra: bytes = b""

    @property
    def stop(self) -> int:
        return self.content.size if self.end is None else self.end


@dataclass
class Record:
    """One request as the server saw it; ``sent`` counts bytes of the body that left it."""

    method: str
    path: str
    range: str | None
    if_range: str | None
    authorization: bool
    status: int = 0
    sent: int = 0


Answer = Callable[[Request], Reply]


def json_reply(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    body = json.dumps(data).encode()
    return Reply(status, {"Content-Type": "application/json", **(headers or {})}, Bytes(body))


class LoopbackServer:
    """Answers on 127.0.0.1, one thread a connection. Use it in ``with``.

    The same port on ``localhost`` is another origin for any client.
    """

    def __init__(self, answer: Answer, *, port: int = 0) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._records: list[Record] = []
        self._connections: set[socket.socket] = set()
        outer = self

        class Handler(_Handler):
            server_side = outer

        self._server = _Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="loopback-server", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.netloc}"

    @property
    def other_url(self) -> str:
        """The same server as another origin."""
        return f"http://localhost:{self.port}"

    def records(self, path: str | None = None) -> list[Record]:
        """The requests so far, of one path or all."""
        with self._lock:
            return [r for r in self._records if path is None or r.path == path]

    def sent(self, path: str | None = None) -> int:
        """Bytes of bodies that left the server."""
        return sum(record.sent for record in self.records(path))

    def answer(self, request: Request) -> Reply:
        return self._answer(request)

    def note(self, record: Record) -> None:
        with self._lock:
            self._records.append(record)

    def opened(self, sock: socket.socket) -> None:
        with self._lock:
            self._connections.add(sock)

    def closed(self, sock: socket.socket) -> None:
        with self._lock:
            self._connections.discard(sock)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close the port and every connection; waits for the threads."""
        self._server.shutdown()
        with self._lock:
            connections = list(self._connections)
        for sock in connections:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> LoopbackServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stop()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no news."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_side: LoopbackServer

    def setup(self) -> None:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.settimeout(_HANGING)
        self.server_side.opened(self.request)
        super().setup()

    def finish(self) -> None:
        self.server_side.closed(self.request)
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, *_: Any) -> None: ...

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        pairs = tuple(parse_qsl(parts.query))
        request = Request(self.command, parts.path, dict(pairs), headers, body, pairs)
        record = Record(
            self.command,
            parts.path,
            headers.get("range"),
            headers.get("if-range"),
            "authorization" in headers,
        )
        self.server_side.note(record)
        reply = self.server_side.answer(request)
        record.status = reply.status
        try:
            self._send_head(reply)
            if self.command != "HEAD":
                self._send_body(reply, record)
        except OSError:
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the base class's names

    def _send_head(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        self.send_header("Date", self.date_time_string())
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.length is None:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            length = reply.stop - reply.start if reply.length == -1 else reply.length
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send_body(self, reply: Reply, record: Record) -> None:
        begun = time.monotonic()
        at, sent = reply.start, 0
        while at < reply.stop:
            room = min(_BLOCK, reply.stop - at)
            if reply.rate:
                room = min(room, max(1, reply.rate // 20))
            for limit in (reply.cut_after, reply.stall_after):
                if limit is not None and sent < limit:
                    room = min(room, limit - sent)
            if reply.cut_after is not None and sent >= reply.cut_after:
                self._cut(reset=reply.reset)
                return
            if reply.stall_after is not None and sent >= reply.stall_after:
                assert reply.gate is not None
                if not self._hang(reply.gate):
                    return
                reply.stall_after = None
            data = reply.content.read_at(at, room)
            self._send(data, record, chunked=reply.length is None)
            at += len(data)
            sent += len(data)
            if reply.rate:
                time.sleep(max(0.0, begun + sent / reply.rate - time.monotonic()))
        if reply.extra:
            self._send(reply.extra, record, chunked=False)
        if reply.length is None:
            self.request.sendall(b"0\r\n\r\n")
        elif reply.length not in {-1, sent}:
            self.close_connection = True

    def _send(self, data: bytes, record: Record, *, chunked: bool) -> None:
        self.wfile.flush()
        if chunked:
            self.request.sendall(f"{len(data):x}\r\n".encode())
        view = memoryview(data)
        while view:
            count = self.request.send(view)
            record.sent += count
            view = view[count:]
        if chunked:
            self.request.sendall(b"\r\n")

    def _cut(self, *, reset: bool) -> None:
        self.close_connection = True
        if reset:
            linger = struct.pack("ii", 1, 0)
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        else:
            with contextlib.suppress(OSError):
                self.request.shutdown(socket.SHUT_WR)

    def _hang(self, gate: threading.Event) -> bool:
        """Wait for the gate; False where the client leaves first."""
        self.request.settimeout(0.05)
        try:
            while not gate.is_set():
                try:
                    if not self.request.recv(1, socket.MSG_PEEK):
                        self.close_connection = True
                        return False
                except TimeoutError:
                    continue
        finally:
            self.request.settimeout(_HANGING)
        return True
