"""How long to put up with a database that is locked or gone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock
from model_keeper.store.failures import DatabaseTrouble, lasting, passing

T = TypeVar("T")

_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0

_log = logging.getLogger("model_keeper.store")


class Patience:
    """Tries database work again after trouble that passes; logs its start and its end once.

    ``where`` names the database for a person. ``endless``: nobody is waiting for an answer, so
    trouble is never a reason to give up.
    """

    def __init__(self, clock: Clock, where: str, *, endless: bool = False) -> None:
        self._endless = endless
        self._clock = clock
        self._where = where
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._broken = False
        self._last_trouble: float | None = None

    @property
    def last_trouble(self) -> float | None:
        """When the database was last in trouble (monotonic seconds), None if never."""
        with self._lock:
            return self._last_trouble

    def stop(self) -> None:
        """Let nobody wait any longer: whoever is in trouble gives up."""
        self._stopping.set()

    def forever(self, attempt: Callable[[], T]) -> T:
        """Try until it succeeds. Raises database_unavailable only after :meth:`stop`."""
        return self._try(attempt, None)

    def briefly(self, attempt: Callable[[], T], seconds: float) -> T:
        """Try for about ``seconds``, then raise database_unavailable; for ever if ``endless``."""
        if self._endless:
            return self.forever(attempt)
        return self._try(attempt, self._clock.monotonic() + seconds)

    def _try(self, attempt: Callable[[], T], deadline: float | None) -> T:
        pause = _FIRST_PAUSE
        while True:
            try:
                outcome = attempt()
            except DatabaseTrouble as error:
                damage = lasting(error, self._where)
                if damage is not None:
                    raise damage from error
                if not passing(error):
                    raise
                self._note_trouble(error)
                if self._spent(deadline, pause):
                    raise KeeperError("database_unavailable", why=_reason(error)) from error
                self._clock.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                self._note_success()
                return outcome

    def _spent(self, deadline: float | None, pause: float) -> bool:
        if self._stopping.is_set():
            return True
        return deadline is not None and self._clock.monotonic() + pause > deadline

    def _note_trouble(self, error: Exception) -> None:
        with self._lock:
            self._last_trouble = self._clock.monotonic()
            first, self._broken = not self._broken, True
        if first:
            _log.warning("The database %s cannot be reached: %s", self._where, _reason(error))

    def _note_success(self) -> None:
        with self._lock:
            recovered, self._broken = self._broken, False
        if recovered:
            _log.warning("The database %s is back.", self._where)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0].strip()
