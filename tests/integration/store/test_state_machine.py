"""Any sequence of events and wishes leaves the store where the pure function says."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import (
    LIVE,
    OWNED,
    Event,
    JobId,
    JobState,
    Ownership,
    OwnershipLost,
    allowed,
    transition,
)
from model_keeper.store import open_store
from tests.doubles import FakeClock
from tests.integration.store.scenes import claimed, download, worker

S, E = JobState, Event
BY_OWNER = [E.VERIFY, E.SUCCEED, E.FAIL, E.HOLD, E.DEFER, E.PAUSE, E.CANCEL, E.RETRY, E.CLAIM]
BY_PERSON = [E.PAUSE, E.RESUME, E.CANCEL, E.RETRY, E.APPROVE, E.REJECT]
DESTINATIONS = "abc"


class StoreMachine(RuleBasedStateMachine):
    jobs = Bundle("jobs")
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        path = Path(self._folder.name) / "keeper.sqlite3"
        self.store = open_store(path, clock=self.clock, actor="machine")
        self.store.workers.register(worker())
        self.states: dict[JobId, JobState] = {}
        self.destinations: dict[JobId, str] = {}
        self.control: dict[JobId, str] = {}
        self.epochs: dict[JobId, int] = {}

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def _holder(self, destination: str) -> JobId | None:
        return next(
            (
                job_id
                for job_id, state in self.states.items()
                if state in LIVE and self.destinations[job_id] == destination
            ),
            None,
        )

    def _move(self, job_id: JobId, event: Event) -> None:
        self.states[job_id] = transition(self.states[job_id], event)
        if self.states[job_id] not in OWNED:
            self.control[job_id] = ""

    @rule(target=jobs, destination=st.sampled_from(DESTINATIONS))
    def enqueue(self, destination: str) -> JobId:
        holder = self._holder(destination)
        answer = self.store.queue.enqueue(download(destination))
        assert answer.deduplicated is (holder is not None)
        if holder is not None:
            assert answer.job.id == holder
        else:
            self.states[answer.job.id] = S.PENDING
            self.destinations[answer.job.id] = destination
            self.control[answer.job.id] = ""
            self.epochs[answer.job.id] = 0
        return answer.job.id

    @rule(target=claims)
    def claim(self) -> list[Ownership]:
        due = [job_id for job_id, state in self.states.items() if state is S.PENDING]
        taken = claimed(self.store)
        assert {job.id for job in taken} == set(due)
        for job in taken:
            self._move(job.id, E.CLAIM)
            self.epochs[job.id] += 1
            assert job.epoch == self.epochs[job.id]
        return [Ownership.of(job) for job in taken]

    @rule(batch=claims, which=st.integers(0, 2), event=st.sampled_from(BY_OWNER))
    def advance(self, batch: list[Ownership], which: int, event: Event) -> None:
        if which >= len(batch):
            return
        ownership = batch[which]
        job_id = ownership.job_id
        owns = self.states[job_id] in OWNED and ownership.epoch == self.epochs[job_id]
        try:
            job = self.store.work.advance(ownership, event)
        except OwnershipLost:
            assert not owns
        else:
            assert owns
            self._move(job_id, event)
            assert job.state is self.states[job_id]

    @rule(job_id=jobs, event=st.sampled_from(BY_PERSON))
    def wish(self, job_id: JobId, event: Event) -> None:
        state = self.states[job_id]
        follow = getattr(self.store.wishes, event.value)
        if not self._makes_sense(job_id, event):
            with pytest.raises(KeeperError) as refused:
                follow(job_id)
            assert refused.value.code == "not_possible_now"
            return
        answer = follow(job_id)
        if state in OWNED:
            self._note_wish(job_id, event)
        elif event is E.RETRY and self._holder(self.destinations[job_id]):
            assert answer.id == self._holder(self.destinations[job_id])
        else:
            self._move(job_id, event)

    def _makes_sense(self, job_id: JobId, event: Event) -> bool:
        state = self.states[job_id]
        if state in OWNED and event is E.RESUME:
            return self.control[job_id] == "pause"
        if state is S.PENDING and event in {E.RETRY, E.APPROVE, E.REJECT}:
            return False  # nothing here waits for an attempt or for a person
        return allowed(state, event)

    def _note_wish(self, job_id: JobId, event: Event) -> None:
        if event is E.RESUME:
            self.control[job_id] = ""
        elif self.control[job_id] != "cancel":
            self.control[job_id] = event.value

    @rule()
    def worker_dies(self) -> None:
        self.store.workers.unregister(worker().id)
        for job_id, state in self.states.items():
            if state in OWNED:
                wish = self.control[job_id]
                self._move(job_id, E.RECOVER)
                if wish:
                    self._move(job_id, E(wish))
        self.store.workers.register(worker())

    @invariant()
    def the_store_agrees(self) -> None:
        for job_id, state in self.states.items():
            job = self.store.jobs.get(job_id)
            assert job.state is state
            assert job.control == self.control[job_id]
            assert (job.worker_id is not None) is (state in OWNED)
            assert (job.finished_at is not None) is (state not in LIVE)
            events = {event.value for event in Event}
            told = [e.data["state"] for e in self.store.jobs.history(job_id) if e.event in events]
            assert (told or [S.PENDING.value])[-1] == state.value


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
