"""Metadata: how many requests a refresh of a whole library takes, and how it grows."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.jobs import JobState
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from tests.bench.measure import Run
from tests.bench.report import Limit, Table
from tests.integration.refreshed_library import BY_HASH, RefreshedLibrary

FEW, MODELS = 1_000, 10_000
_LIST = "/api/v1/models"


@dataclass(frozen=True)
class _Refresh:
    run: Run
    hash_requests: int
    model_requests: int


def measure(work: Path, table: Table) -> None:
    """The metadata rows of the table. All models lie in one folder."""
    few = _refreshed(work / "few", FEW)
    many = _refreshed(work / "many", MODELS)
    name = f"metadata of {MODELS:,} models"
    table.fact(f"{name}, files hashed and sidecars written", many.run)
    table.limit(Limit(f"{name}: requests for hashes", many.hash_requests, 110, 100))
    table.limit(Limit(f"{name}: requests for what is said of them", many.model_requests, 220))
    each = (many.run.cpu / MODELS) / (few.run.cpu / FEW)
    table.limit(Limit(f"{name}: processor time for each against {FEW:,}", each, 2))


def _refreshed(work: Path, models: int) -> _Refresh:
    with FakeCivitai() as civitai, FakeHub() as hub:
        library = RefreshedLibrary(work, civitai, hub)
        try:
            for number in range(models):
                library.publish(number + 1, library.add(f"{number}.safetensors", number))
            library.scan()
            job_id = library.request()
            begun, cpu = time.perf_counter(), time.process_time()
            job = library.run(job_id)
            run = Run(time.perf_counter() - begun, time.process_time() - cpu)
            assert (job.state, job.result["changed"]) == (JobState.SUCCEEDED, models)
        finally:
            library.close()
        hashes, said = (len(civitai.server.records(path)) for path in (BY_HASH, _LIST))
        return _Refresh(run, hashes, said)
