"""Hash evidence: what was computed or claimed of files, worth more than any cache.

A hash belongs to one state of a file on one machine (``host``). It is found again after a restart,
a rename and a move within a volume, and never for a file that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from model_keeper.domain.hashes import COMPUTED, FileState, HashEvidence, KnownHashes
from model_keeper.store.chunks import chunks
from model_keeper.store.database import Database
from model_keeper.store.dialects import insert_or_ignore
from model_keeper.store.schema import file_hash
from model_keeper.store.unit import Unit

_CHUNK = 500


class Hashes:
    """Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def record(
        self, host: str, state: FileState, hashes: Mapping[str, str], *, source: str = COMPUTED
    ) -> None:
        """Keep ``hashes`` of a file in this state, beside others of the same source and state.

        What the source said of an earlier state of the file is forgotten.
        """

        def work(unit: Unit) -> None:
            mine = (
                (file_hash.c.host == host)
                & (file_hash.c.file == _text(state.key))
                & (file_hash.c.source == source)
            )
            row = unit.connection.execute(select(file_hash).where(mine)).first()
            merged = dict(hashes)
            if row is not None and (row.size, row.mtime_ns) == (state.size, state.mtime_ns):
                merged = {**row.hashes, **hashes}
            unit.connection.execute(file_hash.delete().where(mine))
            fact = {
                "host": host,
                "file": _text(state.key),
                "path": _text(state.path),
                "size": state.size,
                "mtime_ns": state.mtime_ns,
                "source": source,
                "sha256": merged.get("sha256"),
                "hashes": merged,
                "at": unit.now,
            }
            # Another process may have recorded the same file at this very moment.
            insert_or_ignore(unit.connection, file_hash, fact)

        self._database.write(work, actor=self._actor)

    def known(self, host: str, states: Iterable[FileState]) -> list[KnownHashes]:
        """What is known of each file in exactly its state, in the order of ``states``."""

        def work(connection: Connection) -> list[KnownHashes]:
            return [
                _summed(found, state)
                for chunk in chunks(states, _CHUNK)
                for found in [_at_times(connection, host, chunk)]
                for state in chunk
            ]

        return self._database.read(work)

    def since(self, host: str, n: int, limit: int = 1_000) -> list[HashEvidence]:
        """What was recorded after number ``n``, in its order. A path may be escaped."""

        def work(connection: Connection) -> list[HashEvidence]:
            rows = connection.execute(
                select(file_hash)
                .where(file_hash.c.host == host, file_hash.c.n > n)
                .order_by(file_hash.c.n)
                .limit(limit)
            )
            return [_evidence(row) for row in rows]

        return self._database.read(work)


def _at_times(
    connection: Connection, host: str, states: Sequence[FileState]
) -> dict[tuple[int, int], list[HashEvidence]]:
    """The evidence of the host by size and time of change, for those of ``states``."""
    rows = connection.execute(
        select(file_hash)
        .where(
            file_hash.c.host == host,
            file_hash.c.mtime_ns.in_({state.mtime_ns for state in states}),
        )
        .order_by(file_hash.c.n)
    )
    found: dict[tuple[int, int], list[HashEvidence]] = {}
    for row in rows:
        found.setdefault((row.size, row.mtime_ns), []).append(_evidence(row))
    return found


def _summed(
    found: Mapping[tuple[int, int], Sequence[HashEvidence]], state: FileState
) -> KnownHashes:
    comparable = FileState(_text(state.path), state.size, state.mtime_ns, state.inode)
    computed: dict[str, str] = {}
    claimed: dict[str, str] = {}
    for evidence in found.get((state.size, state.mtime_ns), ()):
        if comparable.continues(evidence.state):
            (computed if evidence.source == COMPUTED else claimed).update(evidence.hashes)
    return KnownHashes(computed, claimed)


def _evidence(row: Row[Any]) -> HashEvidence:
    inode = None if row.file.startswith("path:") else row.file
    return HashEvidence(
        n=row.n,
        state=FileState(row.path, row.size, row.mtime_ns, inode),
        source=row.source,
        hashes=row.hashes,
        at=row.at,
    )


def _text(path: str) -> str:
    """A path as both databases can hold it: what is no text in it is escaped."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
