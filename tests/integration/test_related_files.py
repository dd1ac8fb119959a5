"""What belongs to a checkpoint is fetched behind it: its config, its VAE."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.jobs import Job, JobKind, JobState
from model_keeper.domain.queue import JobQuery, Lane
from model_keeper.engine.arrivals import VARIABLE
from model_keeper.engine.intake import Wishes
from model_keeper.engine.submission import Submission
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.model_files import safetensors
from tests.integration.keeper import Keeper, outcome

CONFIG = b"model:\n  base_learning_rate: 1.0e-04\n  target: ldm.models.diffusion\n"
MODEL = "https://civitai.com/api/download/models/10?fileId=100"


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        version = made.add(
            1, 10, {"old.safetensors": safetensors(3_000, seed=1)}, kind="Checkpoint"
        )
        made.add_file(version, "old.yaml", CONFIG, kind="Config", format="Other")
        made.add_file(version, "own.vae.safetensors", safetensors(2_000, seed=2), kind="VAE")
        yield made


@pytest.fixture
def keeper(tmp_path: Path, civitai: FakeCivitai) -> Iterator[Keeper]:
    environment = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url, VARIABLE: "on"}
    with Keeper(tmp_path, environment) as made:
        for kind in (JobKind.METADATA, JobKind.PREVIEW):  # they have tests of their own
            made.host.store.lanes.put(Lane("local", kind, paused=True))
        yield made


def downloads(keeper: Keeper) -> dict[str, Job]:
    page = keeper.host.store.jobs.page(JobQuery(kinds=frozenset({JobKind.DOWNLOAD})))
    return {job.payload["destination"]["relative"]: job for job in page.items}


def ask(keeper: Keeper) -> Job:
    return Submission(keeper.host.store).one(keeper.plan(MODEL, category="checkpoints")).job


def test_they_come_once_the_checkpoint_is_here_even_if_the_worker_is_killed_in_between(
    keeper: Keeper,
) -> None:
    hold = Lane("local", JobKind.DOWNLOAD, paused=True)
    keeper.host.store.lanes.put(hold)
    model = ask(keeper)
    assert ask(keeper).id == model.id
    jobs = downloads(keeper)
    assert set(jobs) == {"old.safetensors", "old.yaml", "own.vae.safetensors"}
    assert {job.depends_on for job in jobs.values()} == {None, model.id}

    keeper.host.store.lanes.put(Lane("local", JobKind.DOWNLOAD, max_running=1))
    assert keeper.wait(model.id).state is JobState.SUCCEEDED
    keeper.kill_worker()
    ended = [keeper.wait(job.id) for job in jobs.values()]
    assert {job.state for job in ended} == {JobState.SUCCEEDED}
    assert keeper.files() == {
        "checkpoints/old.safetensors": 3_000,
        "configs/old.yaml": len(CONFIG),
        "vae/own.vae.safetensors": 2_000,
    }
    assert len(downloads(keeper)) == 3


def test_without_their_checkpoint_they_are_of_no_use(keeper: Keeper, civitai: FakeCivitai) -> None:
    plan = keeper.plan(MODEL, category="checkpoints")
    assert [each.download.destination.category for each in plan.related] == ["configs", "vae"]
    civitai.files.add("r2/100", safetensors(3_000, seed=99))  # other bytes than were promised
    model = Submission(keeper.host.store).one(plan).job
    assert outcome(keeper.wait(model.id)) == "hash_mismatch"
    failed = [outcome(job) for job in downloads(keeper).values() if job.id != model.id]
    assert failed == ["prerequisite_failed"] * 2
    assert keeper.files() == {}


def test_what_of_them_is_gone_keeps_nobody_from_the_checkpoint(
    keeper: Keeper, civitai: FakeCivitai
) -> None:
    intake = keeper.host.intake(keeper.host.folders(keeper.models))
    [asset] = intake.look_up(MODEL)
    config, vae = (intake.look_up(url)[0] for url in asset.related)
    assert (config.category, vae.category, vae.related) == ("configs", "vae", ())
    del civitai._versions[10].data["files"][2]  # removed between two looks
    again = intake.plan(asset, Wishes(category="checkpoints"))
    assert [each.download.asset.name for each in again.related] == ["old.yaml"]
