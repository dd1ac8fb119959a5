from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import text

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobKind, NewJob
from model_keeper.domain.notifications import Notice
from model_keeper.domain.queue import Enqueued, JobQuery
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.integration.store.scenes import OpenStore

SLOT, LATER = 1000, 2000


def scan(key: str = "scan", source: str = "scan") -> NewJob:
    return NewJob(JobKind.SCAN, {}, dest_key=key, source_key=source)


def due(store: JobStore, name: str = "mine") -> Schedule:
    made = Schedule(name, Task.SCAN, Rule(RuleKind.INTERVAL, 60), next_run=SLOT)
    store.schedules.put(made)
    return made


def test_a_new_database_looks_at_folders_and_hashes_nothing(store: JobStore) -> None:
    known = store.schedules.all()
    assert [(each.name, each.rule.kind) for each in known] == [
        ("at-start", RuleKind.START),
        ("daily", RuleKind.IDLE),
    ]
    for each in known:
        assert (each.task, each.enabled, each.not_while_generating) == (Task.SCAN, True, True)
        assert (each.next_run, each.last_run) == (None, None)


@pytest.mark.parametrize(
    "rule",
    [
        Rule(RuleKind.START),
        Rule(RuleKind.START, 30),
        Rule(RuleKind.INTERVAL, 90),
        Rule(RuleKind.CRON, cron="0 3 * * mon-fri"),
        Rule(RuleKind.IDLE),
        Rule(RuleKind.IDLE, 15),
    ],
)
def test_what_is_kept_is_what_was_said(store: JobStore, rule: Rule) -> None:
    said = Schedule("mine", Task.HASH, rule, not_while_generating=False, only_when_idle=True)
    store.schedules.put(said)
    assert store.schedules.get("mine") == said
    store.schedules.put(replace(said, enabled=False))
    assert store.schedules.get("mine") == replace(said, enabled=False)


def test_a_slot_is_fired_once(opened: OpenStore, clock: FakeClock) -> None:
    store, other = opened(), opened()
    due(store)
    fired = store.schedules.fire("mine", SLOT, LATER, scan())
    assert fired is not None
    assert not fired.deduplicated
    assert other.schedules.fire("mine", SLOT, LATER, scan()) is None
    after = store.schedules.get("mine")
    assert (after.last_run, after.next_run) == (clock.now_ms(), LATER)
    again = store.schedules.fire("mine", LATER, None, scan())
    assert again is not None
    assert again.deduplicated


def test_three_watchers_at_once_fire_a_slot_once(opened: OpenStore) -> None:
    stores = [opened(f"watcher {number}") for number in range(3)]
    due(stores[0])
    together = threading.Barrier(len(stores))
    fired: list[Enqueued | None] = []

    def fire(store: JobStore) -> None:
        together.wait()
        fired.append(store.schedules.fire("mine", SLOT, LATER, scan(), Notice("schedule_fired")))

    threads = [threading.Thread(target=fire, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each is not None for each in fired) == 1
    assert stores[0].jobs.page(JobQuery()).total == 1
    assert stores[0].notifications.page().total == 1


def test_a_slot_whose_destination_is_taken_is_skipped(store: JobStore) -> None:
    due(store)
    store.queue.enqueue(scan(source="another"))
    assert store.schedules.fire("mine", SLOT, LATER, scan(), Notice("schedule_fired")) is None
    assert store.schedules.get("mine").next_run == LATER
    assert store.notifications.page().total == 0


def test_a_plan_is_moved_by_one_who_knows_it(store: JobStore) -> None:
    due(store)
    assert not store.schedules.plan("mine", None, LATER)
    assert store.schedules.plan("mine", SLOT, LATER)
    assert not store.schedules.plan("mine", SLOT, 3000)
    assert store.schedules.get("mine").next_run == LATER
    assert store.schedules.plan("at-start", None, LATER)


def test_changing_a_schedule_keeps_when_it_last_ran(store: JobStore, clock: FakeClock) -> None:
    made = due(store)
    store.schedules.fire("mine", SLOT, LATER, scan())
    store.schedules.put(replace(made, task=Task.HASH))
    assert store.schedules.get("mine").last_run == clock.now_ms()


def test_what_is_not_there_is_said(store: JobStore) -> None:
    store.schedules.remove("daily")
    for act in (store.schedules.get, store.schedules.remove):
        with pytest.raises(KeeperError) as refused:
            act("daily")
        assert refused.value.code == "schedule_unknown"
        assert "at-start" in refused.value.hint


def test_a_schedule_of_a_newer_version_is_left_out(store: JobStore) -> None:
    due(store, "newer rule")
    due(store, "newer task")
    changes = ("rule = 'moon 3' WHERE name = 'newer rule'", "kind = 'x' WHERE name = 'newer task'")
    for change in changes:
        with store.schedules._database.engine.begin() as connection:
            connection.execute(text(f"UPDATE schedule SET {change}"))
    assert [each.name for each in store.schedules.all()] == ["at-start", "daily"]
