"""An answer on the wire: its status at once, its body into the caller's buffer."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from types import TracebackType
from urllib.parse import urlsplit

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Control, Hop

_DRAIN_LIMIT = 64 * 1024


class Exchange:
    """An answer whose body is still on the wire. Close it, or read it to its end."""

    def __init__(
        self,
        response: http.client.HTTPResponse,
        hops: tuple[Hop, ...],
        *,
        sent_token: bool,
        sock: socket.socket,
        release: Callable[[bool], None],
        control: Control | None,
    ) -> None:
        self.hops = hops
        self.sent_token = sent_token
        self.received = 0
        self._response = response
        self._release = release
        self._control = control
        self._forget = control.on_stop(lambda: shut(sock)) if control else _nothing
        self._left = response.length
        self._decoder = _decoder(self.headers.get("content-encoding", ""))
        self._pending = b""
        self._open = True

    @property
    def status(self) -> int:
        return self.hops[-1].status

    @property
    def headers(self) -> Mapping[str, str]:
        return self.hops[-1].headers

    @property
    def url(self) -> str:
        return self.hops[-1].url

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def encoded(self) -> bool:
        """Whether the server compressed the body although it was asked not to."""
        return self._decoder is not None

    @property
    def length(self) -> int | None:
        """Bytes of the body, where the server said so and did not compress it."""
        return None if self.encoded else self._declared

    @property
    def _declared(self) -> int | None:
        value = self.headers.get("content-length", "")
        return int(value) if value.isdigit() and not self._response.chunked else None

    def receive_into(self, view: memoryview) -> int:
        """Receive at most ``len(view)`` bytes, as soon as there are some; 0 at the body's end.

        Raises KeeperError connection_lost, stalled, protocol_error; Interrupted.
        """
        if not self._open:
            return 0
        try:
            count = self._receive_decoded(view) if self._decoder else self._receive(view)
        except (OSError, http.client.HTTPException, zlib.error) as exc:
            raise self._failure(exc) from exc
        if count == 0:
            if self._left:
                raise self._failure(ConnectionError())
            self._finish(reusable=True)
        self.received += count
        return count

    def read(self, limit: int) -> bytes:
        """The body, at most ``limit`` bytes of it."""
        parts = bytearray()
        buffer = memoryview(bytearray(min(limit, _DRAIN_LIMIT) or 1))
        while len(parts) < limit:
            count = self.receive_into(buffer[: limit - len(parts)])
            if count == 0:
                break
            parts += buffer[:count]
        return bytes(parts)

    def close(self) -> None:
        """Let go of the body; a short rest is read so that the connection can serve again."""
        if self._open:
            self._finish(reusable=self._drained())

    def _drained(self) -> bool:
        if self._left is None or self._left > _DRAIN_LIMIT:
            return self._left == 0
        try:
            while self._left:
                if not self._receive(memoryview(bytearray(self._left))):
                    return False
        except (OSError, http.client.HTTPException):
            return False
        return True

    def _receive(self, view: memoryview) -> int:
        response = self._response
        if response.chunked or self._left is None:
            data = response.read1(len(view))
            view[: len(data)] = data
            return len(data)
        if self._left == 0 or response.fp is None:
            return 0
        count: int = response.fp.readinto1(view[: min(len(view), self._left)])
        self._left -= count
        response.length = self._left
        return count

    def _receive_decoded(self, view: memoryview) -> int:
        assert self._decoder is not None
        buffer = memoryview(bytearray(_DRAIN_LIMIT))
        while not self._decoder.eof:
            if not self._pending:
                count = self._receive(buffer)
                if count == 0:
                    raise ConnectionError
                self._pending = bytes(buffer[:count])
            data = self._decoder.decompress(self._pending, len(view))
            self._pending = self._decoder.unconsumed_tail
            if data:
                view[: len(data)] = data
                return len(data)
        return 0

    def _failure(self, exc: Exception) -> KeeperError:
        self._finish(reusable=False)
        if self._control:
            self._control.check()
        return network_error(exc, self.host, received=self.received)

    def _finish(self, *, reusable: bool) -> None:
        if self._open:
            self._open = False
            self._forget()
            self._response.close()
            self._release(reusable and not self._response.will_close)

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()


def network_error(exc: Exception, host: str, *, received: int) -> KeeperError:
    """The error that a failed exchange means to a person."""
    if isinstance(exc, TimeoutError):
        return KeeperError("stalled", host=host)
    if isinstance(exc, ssl.SSLError):
        return KeeperError("connection_lost", host=host, received=received)
    if isinstance(exc, (OSError, http.client.IncompleteRead, http.client.RemoteDisconnected)):
        return KeeperError("connection_lost", host=host, received=received)
    return KeeperError("protocol_error", host=host, why=type(exc).__name__)


def shut(sock: socket.socket) -> None:
    """Wake whoever waits on ``sock``, from another thread."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _decoder(encoding: str) -> zlib._Decompress | None:
    if encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    return None


def _nothing() -> None: ...
