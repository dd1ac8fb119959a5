"""Upkeep with real processes: schedules across kills, and work that gives way to ComfyUI."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from model_keeper.domain.jobs import JobState
from model_keeper.domain.queue import JobQuery
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.engine.hash_jobs import hash_job
from model_keeper.engine.running import GIVES_WAY
from model_keeper.testing.model_files import safetensors
from tests.integration.keeper import Keeper
from tests.integration.patience import PATIENCE

#: A watcher that dies between firing and waking a worker.
_DYING = """
import os, signal, sys
from model_keeper.hosts.standalone import StandaloneHost
from pathlib import Path

class Dying(StandaloneHost):
    def wake_worker(self):
        os.kill(os.getpid(), signal.SIGKILL)

Dying(state_dir=Path(sys.argv[1]), environment={}).upkeep().look()
"""


def due(keeper: Keeper, task: Task = Task.SCAN) -> Schedule:
    rule = Rule(RuleKind.INTERVAL, 60)
    made = Schedule("mine", task, rule, next_run=keeper.host.clock.now_ms())
    keeper.host.store.settings.change(models_dir=str(keeper.models))
    keeper.host.store.schedules.put(made)
    return made


def test_what_was_fired_is_done_although_the_watcher_was_killed(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        lora = keeper.models / "loras" / "a.safetensors"
        lora.parent.mkdir()
        lora.write_bytes(safetensors(1_000))
        due(keeper)
        arguments = [sys.executable, "-c", _DYING, str(keeper.host.state.path)]
        ended = subprocess.run(arguments, check=False, timeout=PATIENCE)
        assert ended.returncode == -signal.SIGKILL

        [job] = keeper.host.store.jobs.page(JobQuery()).items
        assert job.payload["why"] == {"by": "schedule", "schedule": "mine"}
        keeper.host.upkeep().look()
        assert keeper.wait(job.id).result["added"] == 1
        assert keeper.host.store.jobs.page(JobQuery()).total == 1
        codes = [each.notice.code for each in keeper.host.store.notifications.page().items]
        assert codes == ["schedule_fired"]


def test_work_of_a_schedule_gives_way_while_comfyui_generates(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        new = hash_job()
        marked = replace(new, payload={**new.payload, GIVES_WAY: True})
        link = keeper.host.ensure_worker()
        assert link is not None
        link.tell_generating(True)
        job = keeper.host.store.queue.enqueue(marked).job
        link.wake()
        while True:
            link.tell_generating(True)
            resting = keeper.job(job.id)
            assert resting.state is not JobState.SUCCEEDED
            if resting.state is JobState.PENDING and resting.run_after > resting.created_at:
                break
        assert resting.attempts == 0
        asked = keeper.host.store.queue.enqueue(hash_job([])).job
        assert keeper.wait(asked.id).state is JobState.SUCCEEDED
        link.tell_generating(False)
        keeper.host.actions.retry(job.id)
        assert keeper.wait(job.id).state is JobState.SUCCEEDED


def test_what_was_kept_long_enough_in_the_trash_is_deleted(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        lora = keeper.models / "loras" / "a.safetensors"
        lora.parent.mkdir()
        lora.write_bytes(b"x" * 100)
        due(keeper, Task.TRASH)
        library = keeper.host.library
        library.scanning.refresh(keeper.host.model_folders())
        [file] = library.index.named("a.safetensors")
        [place] = keeper.host.model_folders().locate(file.path)
        library.changes.trash([place])
        kept = lora.with_name("b.safetensors")
        kept.write_bytes(b"y" * 100)
        with keeper.host.store.trash._database.engine.begin() as connection:
            connection.execute(text("UPDATE trash_entry SET expires_at = 1"))
        [later] = keeper.host.model_folders().locate(str(kept))
        library.changes.trash([later])

        keeper.host.upkeep().look()
        [job] = keeper.host.store.jobs.page(JobQuery()).items
        assert keeper.wait(job.id).result == {"done": 1, "failed": 0, "freed": 100}
        [[left]] = library.changes.trashed().values()
        assert left.origin == str(kept)
