"""The library as panels and commands use it: answers from the index, work by jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from model_keeper.domain.folders import FolderTable
from model_keeper.domain.hashes import FileState
from model_keeper.domain.jobs import LIVE, JobKind
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.domain.ports import Clock
from model_keeper.domain.queue import Enqueued, JobQuery
from model_keeper.engine.hash_jobs import hash_job
from model_keeper.engine.processes import host_id
from model_keeper.engine.remembering import Remembering
from model_keeper.engine.scanning import scan_job
from model_keeper.library.index import LibraryIndex
from model_keeper.library.search import Found, LibrarySearch, Search, SearchPage
from model_keeper.library.summaries import LibrarySummaries, Space
from model_keeper.store import JobStore

_PAGE = 1_000


@dataclass(frozen=True)
class ScanState:
    """When folders were last looked at (ms UTC, None for never), and whether they are now."""

    scanned_at: int | None
    scanning: bool


class Library:
    """Never waits for a scan. Raises index_unusable and database_unavailable."""

    def __init__(self, store: JobStore, index: LibraryIndex, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._search = LibrarySearch(index)
        self._summaries = LibrarySummaries(index)
        self._remembering = Remembering(store, index, host_id())

    def search(self, text: str, search: Search) -> SearchPage:
        """A page of what ``text`` finds. Raises query_* and invalid_request too."""
        now = self._clock.now_ms()
        return self._search.search(replace(search, query=parse_query(text), now_ms=now))

    def walk(
        self, text: str = "", category: str | None = None, without: Iterable[str] = ()
    ) -> Iterator[Found]:
        """All that ``text`` finds but those with these ids, page by page.

        Raises as :meth:`search`.
        """
        left_out = frozenset(without)
        after: str | None = None
        while True:
            page = self.search(text, Search(category=category, limit=_PAGE, after=after))
            yield from (each for each in page.items if each.id not in left_out)
            after = page.next
            if after is None:
                return

    def ranked(
        self, text: str = "", category: str | None = None, without: Iterable[str] = ()
    ) -> list[Found]:
        """The same, each file once, the most used first. Raises as :meth:`search`."""
        found: dict[str, Found] = {}
        for each in self.walk(text, category, without):
            found.setdefault(each.file.path, each)
        return sorted(found.values(), key=lambda each: (-each.runs, -each.last_run))

    def get(self, place: str) -> Found:
        """Raises model_not_in_library."""
        return self._search.get(place)

    def mark(self, place: str, marks: ModelMarks) -> Found:
        """Keep what a person says of the file at a place. Raises model_not_in_library."""
        file = self.get(place).file
        self._remembering.mark(FileState(file.path, file.size, file.mtime_ns, file.inode), marks)
        return self.get(place)

    def scan_state(self) -> ScanState:
        live = JobQuery(states=LIVE, kinds=frozenset({JobKind.SCAN}), limit=1)
        return ScanState(self._summaries.scanned_at(), bool(self._store.jobs.page(live).items))

    def request_scan(self, folders: FolderTable) -> Enqueued:
        """A scan by the worker; one that is under way is joined."""
        return self._store.queue.enqueue(scan_job(folders))

    def request_hashes(self, places: Sequence[str] | None) -> Enqueued:
        """Hashes of these places, or of all that have none. Raises model_not_in_library."""
        paths = None if places is None else [self.get(place).file.path for place in places]
        return self._store.queue.enqueue(hash_job(paths))

    def space(self) -> Space:
        return self._summaries.space(self._clock.now_ms())
