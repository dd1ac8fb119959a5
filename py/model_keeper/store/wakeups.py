"""Wake-ups: a hint that something may have changed. Never the truth, and never owed.

Inside the process the writer calls; between processes SQLite is polled for its change counter, and
PostgreSQL notifies. The waiting is done in a plain thread with blocking calls: the asynchronous
PostgreSQL driver refuses the event loop that Windows uses by default.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

from model_keeper.store.database import Database
from model_keeper.store.dialects import NOTIFY_CHANNEL
from model_keeper.store.failures import DatabaseTrouble

_POLL_SECONDS = 0.25
_REOPEN_SECONDS = 1.0

_log = logging.getLogger("model_keeper.store")


class Wakeups:
    """Calls its subscribers, from any thread, soon after commits that concern them."""

    def __init__(self, database: Database, poll_seconds: float = _POLL_SECONDS) -> None:
        self._database = database
        self._poll_seconds = poll_seconds
        self._lock = threading.Lock()
        self._subscribers: dict[object, Callable[[], None]] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        database.on_commit(self._call)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` at every hint; it has to be quick. Returns its end."""
        key = object()
        with self._lock:
            self._subscribers[key] = callback

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers.pop(key, None)

        return unsubscribe

    def start(self) -> None:
        """Hear of other processes' commits too. A second start changes nothing."""
        with self._lock:
            if self._thread is not None:
                return
            self._stopping.clear()
            self._thread = threading.Thread(target=self._watch, name="store-wakeups", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for its end."""
        with self._lock:
            thread, self._thread = self._thread, None
        self._stopping.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _call(self) -> None:
        with self._lock:
            callbacks = list(self._subscribers.values())
        for callback in callbacks:
            callback()

    def _watch(self) -> None:
        watch = self._poll if self._database.is_sqlite else self._listen
        while not self._stopping.is_set():
            try:
                watch()
            except self._trouble() as error:
                _log.debug("Waiting for changes was interrupted: %s", error)
                self._stopping.wait(_REOPEN_SECONDS)
                self._call()

    def _trouble(self) -> tuple[type[Exception], ...]:
        if self._database.is_sqlite:
            return DatabaseTrouble
        import psycopg

        return (*DatabaseTrouble, psycopg.Error)

    def _poll(self) -> None:
        seen: Any = None
        with self._database.engine.connect() as connection:
            # Inside a transaction the counter would stand still.
            connection.execution_options(sqlite_begin=None)
            while not self._stopping.wait(self._poll_seconds):
                version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
                if seen is not None and version != seen:
                    self._call()
                seen = version

    def _listen(self) -> None:
        pooled = self._database.engine.raw_connection()
        driver: Any = pooled.driver_connection
        pooled.detach()  # the pool would listen with it too, when it comes back
        with closing(driver):
            driver.autocommit = True
            driver.execute(f"LISTEN {NOTIFY_CHANNEL}")
            while not self._stopping.is_set():
                for _ in driver.notifies(timeout=self._poll_seconds, stop_after=1):
                    self._call()
