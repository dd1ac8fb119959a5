"""The jobs that keep the library in order, as a person or a schedule wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import NewJob
from model_keeper.domain.scan_policies import ScanPolicy, is_scanned
from model_keeper.domain.schedules import Schedule, Surroundings, Task
from model_keeper.engine.running import GIVES_WAY
from model_keeper.engine.scanning import scan_job
from model_keeper.store import JobStore

#: In a payload: who wanted the job, where it was not a person who waits for it.
WHY = "why"

Builder = Callable[["str | None"], NewJob]
"""Makes the job for one category, or for all of them."""


class UpkeepJobs:
    """Makes jobs; enqueues nothing."""

    def __init__(
        self,
        store: JobStore,
        folders: Callable[[], FolderTable],
        host: str,
        builders: Mapping[Task, Builder],
    ) -> None:
        """``builders`` are those of all tasks but the scan."""
        self._store = store
        self._folders = folders
        self._host = host
        self._builders = builders

    def asked(self, task: Task, category: str | None = None) -> NewJob:
        """What a person asks for: every folder is looked at. Raises roots_unknown."""
        if task is Task.SCAN:
            return scan_job(self._folders())
        return self._builders[task](category)

    def scheduled(self, schedule: Schedule, around: Surroundings) -> NewJob | None:
        """What a schedule asks for; None where its folders want to be left alone.

        Raises roots_unknown.
        """
        new = self.asked(schedule.task)
        if schedule.task is Task.SCAN:
            folders = self._folders()
            roots = self._scanned(folders, schedule, around)
            if not roots:
                return None
            new = scan_job(folders, roots=roots)
        why = {"by": "schedule", "schedule": schedule.name}
        marks = {WHY: why, GIVES_WAY: schedule.not_while_generating}
        return replace(new, payload={**new.payload, **marks})

    def _scanned(
        self, folders: FolderTable, schedule: Schedule, around: Surroundings
    ) -> frozenset[str]:
        policies = self._store.scan_policies.all(self._host)
        quiet = around.quiet_ms >= schedule.rule.quiet_ms
        return frozenset(
            root.path
            for roots in folders.roots.values()
            for root in roots
            if is_scanned(
                policies.get(root.path, ScanPolicy.START), schedule.rule.kind, quiet=quiet
            )
        )
