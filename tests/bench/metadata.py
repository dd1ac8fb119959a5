"""Metadata: how many requests a refresh of a whole library takes."""

from __future__ import annotations

import time
from pathlib import Path

from model_keeper.domain.jobs import JobState
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from tests.bench.measure import Run
from tests.bench.report import Limit, Table
from tests.integration.refreshed_library import BY_HASH, RefreshedLibrary

MODELS = 10_000
_LIST = "/api/v1/models"


def measure(work: Path, table: Table) -> None:
    """The metadata rows of the table."""
    with FakeCivitai() as civitai, FakeHub() as hub:
        library = RefreshedLibrary(work / "metadata", civitai, hub)
        try:
            for number in range(MODELS):
                library.publish(number + 1, library.add(f"{number}.safetensors", number))
            library.scan()
            job_id = library.request()
            begun, cpu = time.perf_counter(), time.process_time()
            job = library.run(job_id)
            run = Run(time.perf_counter() - begun, time.process_time() - cpu)
            assert (job.state, job.result["changed"]) == (JobState.SUCCEEDED, MODELS)
        finally:
            library.close()
        name = f"metadata of {MODELS:,} models"
        hashes, models = (len(civitai.server.records(path)) for path in (BY_HASH, _LIST))
        table.fact(f"{name}, files hashed and sidecars written", run)
        table.limit(Limit(f"{name}: requests for hashes", hashes, 110, 100))
        table.limit(Limit(f"{name}: requests for what is said of them", models, 220))
