from __future__ import annotations

from datetime import timezone
from functools import partial

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobKind, NewJob, WorkerId
from model_keeper.domain.recommendations import Code
from model_keeper.domain.scan_policies import ScanPolicy
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.domain.updates import Checked, Judgement, Offer
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.maintenance import Maintenance
from model_keeper.engine.scan_findings import ScanFindings
from model_keeper.engine.space_watch import SpaceWatch
from model_keeper.engine.upkeep_jobs import WHY, Builder, UpkeepJobs
from model_keeper.engine.watched_roots import WatchedRoots
from model_keeper.library.scan import ScanSummary
from tests.doubles_jobs import job
from tests.unit.engine.shelf import Shelf


def new_job(task: Task, category: str | None) -> NewJob:
    return NewJob(JobKind.METADATA, {"task": task.value, "category": category})


@pytest.fixture
def maintenance(shelf: Shelf) -> Maintenance:
    builders: dict[Task, Builder] = {
        task: partial(new_job, task) for task in Task if task is not Task.SCAN
    }
    jobs = UpkeepJobs(shelf.store, lambda: shelf.table, "here", builders)
    space = SpaceWatch(shelf.store, lambda: shelf.table, shelf.clock, "here", lambda _: ())
    return Maintenance(
        shelf.store,
        shelf.index,
        jobs,
        space,
        lambda: shelf.table,
        shelf.clock,
        timezone.utc,
        "here",
    )


def counts(maintenance: Maintenance) -> dict[Code, int]:
    return {each.code: each.count for each in maintenance.report().recommendations}


def checked(sha256: str, offered: str | None, version: int = 2) -> Checked:
    offer = Offer(
        version_id=version,
        name="v2",
        base_model=None,
        published_at=None,
        size=None,
        file_name="b.safetensors",
        sha256=offered,
        url="https://civitai.com/api/download/models/2",
        page="https://civitai.com/models/1",
    )
    return Checked(
        sha256=sha256,
        model_id=1,
        version_id=1,
        version_name="v1",
        base_model=None,
        judgement=Judgement(offer, ()),
    )


def test_an_update_counts_where_it_is_not_here_and_wanted(
    shelf: Shelf, maintenance: Maintenance
) -> None:
    old, new = shelf.add("a.safetensors", seed=1), shelf.add("b.safetensors", seed=2)
    shelf.refresh()
    old_hash = shelf.hashing.of(str(old))["sha256"]
    shelf.store.updates.put([checked(old_hash, "f" * 64), checked("0" * 64, None)])
    assert counts(maintenance)[Code.UPDATES] == 1
    shelf.store.updates.ignore(1, 2, ignored=True)
    assert Code.UPDATES not in counts(maintenance)
    shelf.store.updates.ignore(1, 2, ignored=False)
    new_hash = shelf.hashing.of(str(new))["sha256"]
    shelf.store.updates.put([checked(old_hash, new_hash)])
    assert Code.UPDATES not in counts(maintenance)


@pytest.mark.parametrize(
    ("code", "task"),
    [
        ("metadata_incomplete", "metadata"),
        ("previews_missing", "previews"),
        ("hashes_missing", "hash"),
        ("trash_expired", "trash"),
    ],
)
def test_what_is_recommended_becomes_the_job_of_its_task(
    maintenance: Maintenance, code: str, task: str
) -> None:
    made = maintenance.apply(code, "loras").job
    assert made.payload == {"task": task, "category": "loras"}


def test_what_nobody_recommends_cannot_be_applied(maintenance: Maintenance) -> None:
    for code, wanted in (("x", "recommendation_unknown"), ("files_broken", "needs_person")):
        with pytest.raises(KeeperError) as refused:
            maintenance.apply(code)
        assert refused.value.code.endswith(wanted)


def test_the_next_run_is_the_earliest_of_all(shelf: Shelf, maintenance: Maintenance) -> None:
    hourly = Schedule("hourly", Task.SCAN, Rule(RuleKind.INTERVAL, 60))
    shelf.store.schedules.put(hourly)
    report = maintenance.report()
    assert report.next_run is not None
    assert report.next_run.schedule == "hourly"
    assert report.next_run.at == shelf.clock.now_ms() + 3_600_000
    for each in shelf.store.schedules.all():
        shelf.store.schedules.remove(each.name)
    assert maintenance.report().next_run is None


def test_what_runs_says_for_whom_and_at_what(shelf: Shelf, maintenance: Maintenance) -> None:
    place = {"root": "/m/loras", "relative": "a.safetensors"}
    shelf.store.queue.enqueue(NewJob(JobKind.DOWNLOAD, {"destination": place}))
    why = {WHY: {"by": "schedule", "schedule": "nightly"}}
    scan = shelf.store.queue.enqueue(NewJob(JobKind.SCAN, why)).job
    shelf.store.workers.register(
        WorkerInfo(WorkerId("w"), "here", pid=1, start_time=1.0, boot_id="b", version="1")
    )
    shelf.store.work.claim(WorkerId("w"), targets=["local"], kinds=list(JobKind), limit=9)
    active = maintenance.activity({scan.id: {"note": "/nas/loras"}})
    assert sorted((each.job.kind.value, each.schedule, each.path) for each in active) == [
        ("download", None, "/m/loras/a.safetensors"),
        ("scan", "nightly", "/nas/loras"),
    ]


def test_a_scan_tells_of_files_that_broke_and_counts_the_rest(
    shelf: Shelf, maintenance: Maintenance
) -> None:
    shelf.add("a.safetensors").write_bytes(b"no model")
    shelf.refresh()
    findings = ScanFindings(shelf.store, maintenance)
    ended = job()
    result = findings.conclude(ended.id, ScanSummary(files=1, broken=1))
    assert result["recommendations"]["files_broken"] == 1
    [told] = shelf.store.notifications.page().items
    assert (told.notice.code, told.notice.data) == ("files_broken", {"count": 1})
    findings.conclude(ended.id, ScanSummary(files=1))
    assert shelf.store.notifications.page().total == 1


def test_policies_belong_to_folders_that_are_there(shelf: Shelf) -> None:
    roots = WatchedRoots(shelf.store, shelf.index, lambda: shelf.table, "here")
    path = str(shelf.folder)
    assert [(each.path, each.policy, each.online) for each in roots.all()] == [
        (path, ScanPolicy.START, True)
    ]
    roots.set_policy(f"{path}/", ScanPolicy.IDLE)
    assert roots.all()[0].policy is ScanPolicy.IDLE
    assert roots.kept_fresh(shelf.table) == frozenset()
    roots.set_policy(path, ScanPolicy.SCHEDULE)
    assert roots.kept_fresh(shelf.table) == {path}
    with pytest.raises(KeeperError) as refused:
        roots.set_policy("/nowhere", ScanPolicy.IDLE)
    assert refused.value.code == "folder_unknown"
