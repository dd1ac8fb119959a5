from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timezone
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Ownership, WorkerId
from model_keeper.domain.queue import JobQuery
from model_keeper.domain.scan_policies import ScanPolicy
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.running import GIVES_WAY
from model_keeper.engine.scanning import scan_job
from model_keeper.engine.space_watch import SpaceWatch
from model_keeper.engine.tasks import TaskOwner
from model_keeper.engine.upkeep import Upkeep
from model_keeper.engine.upkeep_jobs import WHY, UpkeepJobs
from model_keeper.library.space import VolumeRoom
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.stores import open_fresh

MINUTE = 60.0
HOUR = 3_600.0
GB = 1 << 30
TABLE = FolderTable(
    {"loras": (Root("loras", "/here/loras"), Root("loras", "/nas/loras"))},
    {"loras": (".safetensors",)},
)

WORKER = WorkerInfo(
    id=WorkerId("w"), host_id="here", pid=1, start_time=1.0, boot_id="boot", version="1"
)


class Scene:
    """A host that stays, without its loop; time moves only where a test moves it."""

    def __init__(self, path: Path) -> None:
        self.clock = FakeClock()
        self.store: JobStore = open_fresh(path / "k.sqlite3", clock=self.clock, actor="host")
        for each in self.store.schedules.all():
            self.store.schedules.remove(each.name)
        self.generating = False
        self.woken = 0
        self.free = 100 * GB
        self.known: FolderTable | None = TABLE

    def watcher(
        self, *, is_start: bool = True, wake: Callable[[], object] = lambda: None
    ) -> Upkeep:
        hash_job = NewJob(JobKind.HASH, {}, dest_key="hash", source_key="hash")
        jobs = UpkeepJobs(self.store, self.folders, "here", {Task.HASH: lambda _: hash_job})
        return Upkeep(
            self.store,
            jobs,
            self.space(),
            self.clock,
            timezone.utc,
            wake_worker=lambda: self._wake(wake),
            generating=lambda: self.generating,
            is_start=is_start,
        )

    def space(self) -> SpaceWatch:
        def measure(paths: list[str]) -> tuple[VolumeRoom, ...]:
            return (VolumeRoom(paths[0], self.free, 1000 * GB),)

        return SpaceWatch(self.store, self.folders, self.clock, "here", measure)

    def folders(self) -> FolderTable:
        if self.known is None:
            raise KeeperError("roots_unknown")
        return self.known

    def keep(self, kind: RuleKind = RuleKind.INTERVAL, **fields: object) -> Schedule:
        rule = Rule(kind, None if kind is RuleKind.START else 60)
        made = replace(Schedule("mine", Task.SCAN, rule), **fields)  # type: ignore[arg-type]
        self.store.schedules.put(made)
        return made

    def jobs(self) -> list[Job]:
        return list(self.store.jobs.page(JobQuery()).items)

    def finish(self) -> None:
        """A worker does what there is to do."""
        self.store.workers.register(WORKER)
        claim = self.store.work.claim
        kinds = list(JobKind)
        for job in claim(WORKER.id, targets=["local"], kinds=kinds, limit=9):
            self.store.work.advance(Ownership.of(job), Event.SUCCEED)

    def _wake(self, also: Callable[[], object]) -> None:
        self.woken += 1
        also()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.store.close()


def test_a_schedule_is_fired_when_its_time_has_come(scene: Scene) -> None:
    scene.keep()
    watcher = scene.watcher()
    watcher.look()
    scene.clock.sleep(HOUR - 1)
    watcher.look()
    assert scene.jobs() == []
    scene.clock.sleep(2)
    watcher.look()
    [job] = scene.jobs()
    assert (job.kind, job.payload[WHY]) == (JobKind.SCAN, {"by": "schedule", "schedule": "mine"})
    assert job.payload[GIVES_WAY] is True
    assert scene.woken == 1
    [told] = scene.store.notifications.page().items
    assert told.notice.data == {"schedule": "mine", "task": "scan"}


def test_what_was_missed_is_done_once(scene: Scene) -> None:
    scene.keep()
    watcher = scene.watcher()
    watcher.look()
    scene.clock.sleep(100 * HOUR)
    for _ in range(3):
        watcher.look()
        scene.finish()
    assert len(scene.jobs()) == 1


def test_three_watchers_fire_once(scene: Scene) -> None:
    scene.keep()
    watchers = [scene.watcher() for _ in range(3)]
    for watcher in watchers:
        watcher.look()
    scene.clock.sleep(HOUR)
    together = threading.Barrier(len(watchers))

    def look(watcher: Upkeep) -> None:
        together.wait()
        watcher.look()

    for _ in range(3):
        threads = [threading.Thread(target=look, args=(watcher,)) for watcher in watchers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        scene.finish()
    assert len(scene.jobs()) == 1
    assert scene.woken == 1


def test_clocks_that_are_put_back_delay_nothing_for_ever(scene: Scene) -> None:
    scene.keep(next_run=scene.clock.now_ms() + 400 * 86_400_000)
    watcher = scene.watcher()
    watcher.look()
    scene.clock.sleep(HOUR)
    watcher.look()
    assert len(scene.jobs()) == 1


def test_nothing_is_fired_while_comfyui_generates_unless_told(scene: Scene) -> None:
    scene.keep(next_run=scene.clock.now_ms())
    scene.generating = True
    watcher = scene.watcher()
    watcher.look()
    assert scene.jobs() == []
    scene.generating = False
    watcher.look()
    assert len(scene.jobs()) == 1
    scene.finish()
    scene.generating = True
    scene.keep(next_run=scene.clock.now_ms(), not_while_generating=False)
    watcher.look()
    assert [job.payload[GIVES_WAY] for job in scene.jobs()] == [False, True]


def test_idle_is_when_nothing_has_happened_for_a_while(scene: Scene) -> None:
    scene.keep(RuleKind.IDLE, next_run=scene.clock.now_ms())
    watcher = scene.watcher()
    scene.clock.sleep(59 * MINUTE)
    scene.generating = True
    watcher.look()
    scene.generating = False
    scene.clock.sleep(59 * MINUTE)
    scene.store.queue.enqueue(NewJob(JobKind.DOWNLOAD, {}))
    scene.store.workers.register(WORKER)
    [busy] = scene.store.work.claim(WORKER.id, targets=["local"], kinds=[JobKind.DOWNLOAD], limit=1)
    watcher.look()
    scene.store.work.advance(Ownership.of(busy), Event.SUCCEED)
    scene.clock.sleep(59 * MINUTE)
    watcher.look()
    assert len(scene.jobs()) == 1
    scene.clock.sleep(2 * MINUTE)
    watcher.look()
    assert [job.kind for job in scene.jobs()] == [JobKind.SCAN, JobKind.DOWNLOAD]


def test_a_start_counts_once_however_many_programs_start(scene: Scene) -> None:
    scene.keep(RuleKind.START)
    first = scene.watcher()
    first.look()
    assert scene.jobs() == []
    scene.clock.sleep(3 * MINUTE)
    first.look()
    assert len(scene.jobs()) == 1
    scene.finish()
    second = scene.watcher()
    for _ in range(3):
        scene.clock.sleep(MINUTE)
        second.look()
        first.look()
    assert len(scene.jobs()) == 1
    scene.clock.sleep(HOUR)
    later = scene.watcher()
    later.look()
    scene.clock.sleep(3 * MINUTE)
    later.look()
    assert len(scene.jobs()) == 2


def test_a_worker_that_starts_is_no_start(scene: Scene) -> None:
    scene.keep(RuleKind.START)
    watcher = scene.watcher(is_start=False)
    watcher.look()
    scene.clock.sleep(HOUR)
    watcher.look()
    assert scene.jobs() == []


def test_what_is_switched_off_or_removed_is_not_done(scene: Scene) -> None:
    scene.keep(enabled=False, next_run=scene.clock.now_ms())
    watcher = scene.watcher()
    watcher.look()
    scene.store.schedules.remove("mine")
    watcher.look()
    assert scene.jobs() == []


def test_other_tasks_run_their_own_jobs(scene: Scene) -> None:
    scene.keep(task=Task.HASH, next_run=scene.clock.now_ms())
    scene.watcher().look()
    [job] = scene.jobs()
    assert (job.kind, job.payload[WHY]["schedule"]) == (JobKind.HASH, "mine")


def test_folders_are_looked_at_as_their_policies_say(scene: Scene) -> None:
    put = scene.store.scan_policies.put
    watcher = scene.watcher()

    def scanned(kind: RuleKind) -> object:
        scene.keep(kind, next_run=scene.clock.now_ms() - 1)
        watcher.look()
        found = [job for job in scene.jobs() if job.live]
        scene.finish()
        return found[0].payload["roots"] if found else "nothing"

    assert scanned(RuleKind.INTERVAL) is None
    for policy, kinds in {
        ScanPolicy.MANUAL: [],
        ScanPolicy.IDLE: [],
        ScanPolicy.SCHEDULE: [RuleKind.INTERVAL],
    }.items():
        put("here", "/nas/loras", policy)
        watcher._unarmed = False
        for kind in (RuleKind.START, RuleKind.INTERVAL):
            wanted = None if kind in kinds else ["/here/loras"]
            assert scanned(kind) == wanted, (policy, kind)
    put("here", "/nas/loras", ScanPolicy.IDLE)
    scene.clock.sleep(2 * HOUR)
    assert scanned(RuleKind.IDLE) is None
    put("here", "/nas/loras", ScanPolicy.MANUAL)
    put("here", "/here/loras", ScanPolicy.MANUAL)
    assert scanned(RuleKind.INTERVAL) == "nothing"
    assert scene.store.schedules.get("mine").next_run == scene.clock.now_ms() + 3_600_000


def test_a_person_is_not_held_back_by_policies_or_by_what_runs_for_a_schedule(
    scene: Scene,
) -> None:
    scene.store.scan_policies.put("here", "/nas/loras", ScanPolicy.MANUAL)
    scene.keep(next_run=scene.clock.now_ms())
    scene.watcher().look()
    asked = scene.store.queue.enqueue(scan_job(TABLE))
    assert not asked.deduplicated
    assert asked.job.payload["roots"] is None


def test_without_folders_a_time_passes_and_the_next_one_counts(scene: Scene) -> None:
    scene.known = None
    scene.keep(next_run=scene.clock.now_ms())
    watcher = scene.watcher()
    watcher.look()
    assert scene.jobs() == []
    scene.known = TABLE
    scene.clock.sleep(HOUR)
    watcher.look()
    assert len(scene.jobs()) == 1


def test_a_drive_that_gets_full_is_told_once_until_there_was_enough(scene: Scene) -> None:
    space = scene.space()
    amounts = [100, 9, 8, 15, 5, 25, 9]
    unread = []
    for amount in amounts:
        scene.free = amount * GB
        scene.clock.sleep(61)
        space.look()
        unread.append(scene.store.notifications.page().total)
    assert unread == [0, 1, 1, 1, 1, 1, 2]
    [newest, _] = scene.store.notifications.page().items
    assert newest.notice.data == {"path": "/here/loras", "free": 9 * GB}


def test_space_is_not_measured_at_every_look(scene: Scene) -> None:
    space = scene.space()
    scene.free = 1
    space.look()
    scene.clock.sleep(59)
    space.look()
    assert scene.store.notifications.page().total == 0
    assert [volume.low for volume in space.volumes()] == [True]


def test_trouble_with_the_store_ends_no_watch(scene: Scene) -> None:
    scene.keep(next_run=scene.clock.now_ms())
    watcher = scene.watcher()
    trouble = [True]
    whole = scene.store.jobs.counts

    def counts() -> object:
        if trouble.pop() if trouble else False:
            raise KeeperError("database_unavailable", why="test")
        return whole()

    scene.store.jobs.counts = counts  # type: ignore[method-assign, assignment]
    watcher.look()
    assert scene.jobs() == []
    watcher.look()
    assert len(scene.jobs()) == 1


def test_the_watch_goes_on_until_it_is_cancelled(scene: Scene) -> None:
    scene.keep(next_run=scene.clock.now_ms())

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        watcher = scene.watcher(wake=lambda: loop.call_soon_threadsafe(woken.set))
        with ThreadPoolExecutor(1) as pool:
            async with TaskOwner() as tasks:
                tasks.start(watcher.run(pool), name="upkeep")
                await woken.wait()

    asyncio.run(watch())
    assert len(scene.jobs()) == 1
