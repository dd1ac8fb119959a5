"""Filling a partial's gaps over one connection or several, pieces in order, in a sliding window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock, Control, Provider
from model_keeper.net.exchange import Exchange
from model_keeper.net.http import HttpClient
from model_keeper.transfer.extents import Range
from model_keeper.transfer.hashing import Follower
from model_keeper.transfer.leash import Leash
from model_keeper.transfer.limits import Bandwidth, ConnectionSlots
from model_keeper.transfer.pace import Pace
from model_keeper.transfer.partial import Partial
from model_keeper.transfer.plan import PiecePolicy, PieceQueue
from model_keeper.transfer.remote import Remote, content_range, refused, strong_etag
from model_keeper.transfer.stream import Stream

_WATCH_SECONDS = 0.01
_EXPIRED = frozenset({400, 401, 403, 404, 410})
_CROWDED = frozenset({"rate_limited", "server_error", "unreachable", "connection_lost"})


class RangeIgnored(Exception):  # noqa: N818 - a fact about the server, handled at once
    """The server answered a ranged request with the whole file."""


class _Expired(Exception):  # noqa: N818 - a fact about the address, handled at once
    """The signed address does not work any more; ``refusal`` is what its server said."""

    def __init__(self, refusal: KeeperError) -> None:
        self.refusal = refusal
        super().__init__(refusal.code)


class Fill:
    """The bytes that are missing, brought by threads that share one queue of pieces."""

    def __init__(
        self,
        client: HttpClient,
        provider: Provider,
        partial: Partial,
        follower: Follower,
        *,
        clock: Clock,
        slots: ConnectionSlots,
        limits: tuple[Bandwidth, ...],
        policy: PiecePolicy,
        survive: Callable[[KeeperError], None],
        refresh: Callable[[], Remote],
        received: Callable[[int, int], None],
    ) -> None:
        """``survive`` waits before a retry or raises; ``received`` gets bytes and connections."""
        self._client = client
        self._provider = provider
        self._partial = partial
        self._follower = follower
        self._clock = clock
        self._slots = slots
        self._limits = limits
        self._policy = policy
        self._survive = survive
        self._refresh = refresh
        self._received = received
        self._changed = partial.changed  # guards the four below
        self._queue = PieceQueue((), policy, 1)
        self._busy = 0
        self._ended = 0
        self._failure: BaseException | None = None
        self._arrivals = threading.Lock()
        self._arrived = 0
        self._renewal = threading.Lock()
        self._renewed_at = -1

    def run(self, remote: Remote, live: Exchange | None, control: Control) -> int:
        """Bring what is missing; the file's size. ``live`` is an open answer with all of it.

        Raises KeeperError, RangeIgnored, Interrupted; what arrived is kept.
        """
        leash = Leash(control)
        forget = leash.on_stop(self._wake)
        try:
            with self._syncing(leash):
                if live is not None:
                    return self._whole(live, remote, leash)
                assert remote.size is not None
                self._remote = remote
                self._pieces(remote.size, leash)
                return remote.size
        finally:
            forget()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _whole(self, live: Exchange, remote: Remote, leash: Leash) -> int:
        stream = self._stream(0, leash)
        with self._slots.held(remote.host, leash):
            self._busy = 1
            try:
                return stream.copy(live, 0, remote.size)
            finally:
                stream.close()

    def _pieces(self, size: int, leash: Leash) -> None:
        """Serve the pieces; this thread watches and opens more connections where they pay."""
        gaps = list(self._partial.written.gaps(size))
        most = self._policy.connections_for(size - self._partial.total, ranges=True)
        self._queue = PieceQueue(gaps, self._policy, most)
        host = self._remote.host
        pace = Pace(self._clock, self._policy.fast_enough)
        with self._slots.held(host, leash):
            threads = [self._connect(0, host, leash)]
            while not self._wait_for_end(len(threads)):
                if len(threads) < most and pace.slow(self._arrived, len(threads)):
                    threads.extend(
                        self._connect(slot, host, leash)
                        for slot in range(len(threads), most)
                        if self._slots.try_hold(host)
                    )
            for thread in threads:
                thread.join()
        if self._failure is not None:
            raise self._failure

    def _wait_for_end(self, connections: int) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._ended == connections, _WATCH_SECONDS)
            return self._ended == connections

    def _connect(self, slot: int, host: str, leash: Leash) -> threading.Thread:
        def serve() -> None:
            try:
                self._serve(slot, leash)
            finally:
                if slot:
                    self._slots.release(host)
                with self._changed:
                    self._ended += 1
                    self._changed.notify_all()

        thread = threading.Thread(target=serve, name=f"connection-{slot}")
        thread.start()
        return thread

    def _serve(self, slot: int, leash: Leash) -> None:
        """Fetch pieces until none is left. A failure ends every connection; the first counts."""
        stream = self._stream(slot, leash)
        try:
            while (piece := self._next_piece(leash)) is not None:
                try:
                    served = self._fetch(stream, piece, leash, spare=slot > 0)
                finally:
                    with self._changed:
                        self._busy -= 1
                        self._changed.notify_all()
                if not served:
                    return
        except BaseException as exc:  # noqa: BLE001 - handed to the caller's thread by _pieces()
            self._fail(exc, leash)
        finally:
            stream.close()

    def _fail(self, exc: BaseException, leash: Leash) -> None:
        with self._changed:
            if self._failure is None:
                self._failure = exc
        leash.stop()

    def _next_piece(self, leash: Leash) -> Range | None:
        with self._changed:
            while True:
                leash.check()
                piece = self._queue.take(self._follower.hashed + self._policy.window)
                if piece is not None:
                    self._busy += 1
                    return piece
                # a busy connection may still give back the rest of its piece
                if self._follower.failed or (not len(self._queue) and not self._busy):
                    return None
                self._changed.wait(1.0)

    def _fetch(self, stream: Stream, piece: Range, leash: Leash, *, spare: bool) -> bool:
        """Bring one piece, however often its connection breaks; False retires the connection."""
        at, end = piece
        remote = self._remote
        while at < end:
            begun = at
            try:
                try:
                    self._fetch_once(stream, remote, at, end, leash)
                except _Expired as expired:
                    remote = self._renewed(remote, expired)
                except KeeperError as exc:
                    at = self._reached(begun, end)
                    if spare and at == begun and self._busy > 1 and exc.code in _CROWDED:
                        self._give_back(at, end)
                        return False
                    self._survive(exc)
            except BaseException:
                self._give_back(self._reached(begun, end), end)
                raise
            at = self._reached(begun, end)
        self._partial.piece_done()
        return True

    def _fetch_once(
        self, stream: Stream, remote: Remote, start: int, end: int, leash: Leash
    ) -> int:
        headers = {
            **self._provider.request_headers(remote.url),
            "Range": f"bytes={start}-{end - 1}",
        }
        if remote.validator:
            headers["If-Range"] = remote.validator
        with self._client.open(
            "GET", remote.url, headers=headers, with_token=remote.with_token, control=leash
        ) as exchange:
            self._check(exchange, remote, start, end)
            reached = stream.copy(exchange, start, end)
            if reached < end:
                raise KeeperError("connection_lost", host=exchange.host, received=reached - start)
            return reached

    def _check(self, exchange: Exchange, remote: Remote, start: int, end: int) -> None:
        """Let only the bytes that were asked for through. Raises KeeperError, RangeIgnored."""
        if exchange.status == 200:
            same = remote.etag is None or strong_etag(exchange.headers) == remote.etag
            if same:
                raise RangeIgnored
            raise KeeperError("file_changed", host=exchange.host)
        if exchange.status != 206:
            if remote.signed and exchange.status in _EXPIRED:
                raise _Expired(refused(exchange, self._provider))
            if exchange.status == 416:
                raise KeeperError("file_changed", host=exchange.host)
            raise refused(exchange, self._provider)
        if content_range(exchange.headers) != (start, end - 1, remote.size) or exchange.encoded:
            raise KeeperError("bad_range", host=exchange.host)
        etag = strong_etag(exchange.headers)
        if remote.etag and etag and etag != remote.etag:
            raise KeeperError("file_changed", host=exchange.host)

    def _renewed(self, stale: Remote, expired: _Expired) -> Remote:
        """An address that works again; one thread asks, the others take what it got."""
        with self._renewal:
            if self._remote is stale:
                if self._partial.total == self._renewed_at:
                    raise expired.refusal
                self._renewed_at = self._partial.total
                self._remote = self._refresh()
            return self._remote

    def _reached(self, at: int, end: int) -> int:
        """Where the piece that began at ``at`` has to go on."""
        for start, stop in self._partial.written:
            if start <= at < stop:
                return min(stop, end)
        return at

    def _give_back(self, at: int, end: int) -> None:
        with self._changed:
            self._queue.give_back(at, end)
        self._wake()

    def _note(self, count: int) -> None:
        with self._arrivals:
            self._arrived += count
        self._received(count, self._busy)

    def _stream(self, slot: int, leash: Leash) -> Stream:
        return Stream(
            self._partial,
            slot,
            clock=self._clock,
            limits=self._limits,
            control=leash,
            received=self._note,
        )

    @contextmanager
    def _syncing(self, leash: Leash) -> Iterator[None]:
        """Sync the partial now and then, beside the connections."""
        done = threading.Event()

        def sync() -> None:
            while not done.wait(0.5):
                if self._partial.sync_due:
                    try:
                        self._partial.sync()
                    except KeeperError as exc:
                        self._fail(exc, leash)
                        return

        thread = threading.Thread(target=sync, name="partial-sync")
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
