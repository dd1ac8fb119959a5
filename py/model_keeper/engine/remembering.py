"""What the durable store knows of models, brought into the library index."""

from __future__ import annotations

from model_keeper.domain.hashes import FileState
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.library.index import LibraryIndex
from model_keeper.library.memories import Memories
from model_keeper.store import JobStore


class Remembering:
    """Marks follow their file when it is renamed, moved within its volume, or replaced."""

    def __init__(self, store: JobStore, index: LibraryIndex, host: str) -> None:
        """``host`` names this machine in the store."""
        self._store = store
        self._memories = Memories(index)
        self._host = host

    def bring(self) -> None:
        """Enter marks and uses. Raises KeeperError database_unavailable, index_unusable."""
        wanted: dict[str, ModelMarks] = {}
        for marked in self._store.marks.all(self._host):
            now = self._memories.now_of(marked.state)
            if now is None:
                continue  # its drive is off, or it comes back
            if now != marked.state:
                self._store.marks.put(self._host, now, marked.marks, key=marked.state.key)
            wanted[now.key] = marked.marks
        self._memories.put_marks(wanted)
        self._memories.put_uses(
            (use.path, use.runs, use.last_run) for use in self._store.usage.all()
        )

    def mark(self, state: FileState, marks: ModelMarks) -> None:
        """Keep the marks of a file of the index. Raises as :meth:`bring`."""
        self._store.marks.put(self._host, state, marks)
        self._memories.mark(state.key, marks)
