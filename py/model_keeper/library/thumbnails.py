"""Small pictures, made once however many ask, and kept."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from model_keeper.library.thumbnail_cache import Source, ThumbnailCache

if TYPE_CHECKING:
    from model_keeper.library.pictures import Pictures  # Pillow, which imports slowly

_THREADS = 2  # each may hold a large picture in memory


class Thumbnails:
    """Makes small pictures on threads of its own. Close it."""

    def __init__(self, pictures: Pictures, cache: ThumbnailCache) -> None:
        self._pictures = pictures
        self._cache = cache
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="model-keeper-pictures")
        self._under_way: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    def of(self, source: Source, longest: int, *, moving: bool) -> Future[bytes]:
        """WebP, as :meth:`Pictures.small` makes it, which also says what the future may raise.

        Everybody who asks for the same one while it is made gets the same future: do not cancel it.
        """
        key = source.key(longest, moving=moving)
        with self._lock:
            made = self._under_way.get(key)
            if made is None:
                made = self._pool.submit(partial(self._make, source, longest, key, moving=moving))
                self._under_way[key] = made
        return made

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _make(self, source: Source, longest: int, key: str, *, moving: bool) -> bytes:
        try:
            kept = self._cache.get(key)
            if kept is not None:
                return kept
            made = self._pictures.small(source.path, longest, moving=moving)
            self._cache.put(key, made)
            return made
        finally:
            with self._lock:
                del self._under_way[key]
