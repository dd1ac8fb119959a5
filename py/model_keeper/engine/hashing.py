"""Hashing files: each once, only what has come to rest, and never a mixture of two states."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.hashes import FileState, KnownHashes
from model_keeper.domain.ports import Clock, Control
from model_keeper.engine.control import JobControl
from model_keeper.engine.idle_priority import become_idle
from model_keeper.engine.remembering import Remembering
from model_keeper.files.failures import file_failed
from model_keeper.library.contents import Contents, file_state
from model_keeper.library.digests import LANES, digest_file
from model_keeper.library.index import LibraryIndex
from model_keeper.store import JobStore

_AT_REST_SECONDS = 3.0
#: What is enough to tell files apart. A pass that is needed brings every other hash too.
_DEFAULT = ("sha256",)


class Hashing:
    """Hashes from the durable evidence, or computed and recorded there and in the index."""

    def __init__(
        self,
        store: JobStore,
        index: LibraryIndex,
        clock: Clock,
        host: str,
        *,
        idle: bool = False,
    ) -> None:
        """``host`` names this machine in the evidence. ``idle``: computing gives way to all."""
        self._store = store
        self._contents = Contents(index)
        self._remembering = Remembering(store, index, host)
        self._clock = clock
        self._host = host
        self._idle = idle

    def known(self, path: str) -> Mapping[str, str]:
        """What was computed of the file as it is now; reads nothing of it. Raises OSError."""
        return self._known(file_state(path)).computed

    def of(
        self,
        path: str,
        *,
        wanted: Collection[str] = _DEFAULT,
        control: Control | None = None,
        step: Callable[[int], None] | None = None,
    ) -> Mapping[str, str]:
        """The hashes of the file by algorithm, computed unless those ``wanted`` are known.

        An algorithm that means nothing for the file is not among them. ``step`` gets the bytes read
        so far. Raises KeeperError file_changing (nothing is recorded), storage_failed,
        database_unavailable, index_unusable, and Interrupted by ``control``.
        """
        control = control or JobControl()
        try:
            known = self.known(path)
            if all(algorithm in known for algorithm in wanted):
                return known
            state = self._at_rest(path, control)
            size, hashes = self._digest(path, control, step)
            if size != state.size or file_state(path) != state:
                raise KeeperError("file_changing", path=path)
        except OSError as exc:
            raise file_failed(exc, path) from exc
        self.record(state, hashes)
        return {**known, **hashes}

    def record(self, state: FileState, hashes: Mapping[str, str]) -> None:
        """Keep hashes that were computed of exactly this state. Raises as :meth:`of`."""
        self._store.hashes.record(self._host, state, hashes)
        self._contents.note([(state, self._known(state))])

    def claim(self, path: str, hashes: Mapping[str, str], source: str) -> None:
        """Keep hashes that ``source`` states of the file as it is now. Raises as :meth:`of`."""
        try:
            state = file_state(path)
        except OSError as exc:
            raise file_failed(exc, path) from exc
        self._store.hashes.record(self._host, state, hashes, source=source)
        self._contents.note([(state, self._known(state))])

    def bring_evidence(self) -> None:
        """Enter into the index what is known of its new files, and what was recorded lately.

        What people said of files, and when these were used, comes with it.
        """
        self._remembering.bring()
        fresh = self._contents.unasked()
        if fresh:
            self._contents.note(
                zip(fresh, self._store.hashes.known(self._host, fresh), strict=True)
            )
        seen = self._contents.evidence_seen
        while records := self._store.hashes.since(self._host, seen):
            states = [record.state for record in records]
            self._contents.note(
                zip(states, self._store.hashes.known(self._host, states), strict=True)
            )
            seen = records[-1].n
            self._contents.note_evidence_seen(seen)

    def _known(self, state: FileState) -> KnownHashes:
        return self._store.hashes.known(self._host, [state])[0]

    def _at_rest(self, path: str, control: Control) -> FileState:
        """The file's state, once it has not changed for some seconds. Raises file_changing."""
        state = file_state(path)
        age = self._clock.now_ms() / 1000 - state.mtime_ns / 1e9
        if age < _AT_REST_SECONDS:
            control.wait(_AT_REST_SECONDS)
            if file_state(path) != state:
                raise KeeperError("file_changing", path=path)
        return state

    def _digest(
        self, path: str, control: Control, step: Callable[[int], None] | None
    ) -> tuple[int, Mapping[str, str]]:
        def each(reached: int) -> None:
            control.check()
            if step is not None:
                step(reached)

        initializer = become_idle if self._idle else None
        # Threads of its own, one of them for reading: idleness cannot be taken back.
        with ThreadPoolExecutor(LANES + 1, "hash", initializer) as threads:
            return threads.submit(digest_file, Path(path), threads, each).result()
