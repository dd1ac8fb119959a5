"""What follows from a scan: broken models are told, and what could be better is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from model_keeper.domain.jobs import JobId
from model_keeper.domain.notifications import Level, Notice
from model_keeper.engine.maintenance import Maintenance
from model_keeper.library.scan import ScanSummary
from model_keeper.store import JobStore


class ScanFindings:
    """Raises index_unusable and database_unavailable."""

    def __init__(self, store: JobStore, maintenance: Maintenance) -> None:
        self._store = store
        self._maintenance = maintenance

    def conclude(self, job: JobId, summary: ScanSummary) -> Mapping[str, Any]:
        """What the result of a scan job says besides its counts: ``recommendations`` by code."""
        if summary.broken:
            notice = Notice(
                "files_broken", {"count": summary.broken}, Level.WARNING, job, key="files_broken"
            )
            self._store.notifications.tell(notice)
        counts: Counter[str] = Counter()
        for each in self._maintenance.report().recommendations:
            counts[each.code.value] += each.count
        return {"recommendations": dict(counts)}
