"""Every download is followed by its metadata and its preview, and by none of their troubles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.jobs import Job, JobId, JobKind, JobState
from model_keeper.domain.queue import JobQuery, Lane
from model_keeper.engine.arrivals import VARIABLE
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.keeper import Keeper
from tests.integration.picture_host import PictureHost
from tests.unit.library.preview_pictures import picture

FILES = ("one", "two")


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        yield made


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    with PictureHost() as pictures, FakeCivitai() as made:
        for number, name in enumerate(FILES, start=1):
            shown = {"url": pictures.add(name, picture(colour="red")), "type": "image"}
            images = [{**shown, "nsfwLevel": 1}]
            content = safetensors(3_000, seed=number)
            made.add(number, number * 10, {f"{name}.safetensors": content}, more={"images": images})
        yield made


@pytest.fixture
def keeper(tmp_path: Path, civitai: FakeCivitai, hub: FakeHub) -> Iterator[Keeper]:
    environment = {
        "MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url,
        "HF_ENDPOINT": hub.url,
        VARIABLE: "on",
    }
    with Keeper(tmp_path, environment) as made:
        yield made


def link(name: str) -> str:
    return f"https://civitai.com/models/{FILES.index(name) + 1}"


def followers(keeper: Keeper, job: Job) -> list[Job]:
    """What follows a job, in their order."""
    history = keeper.host.store.jobs.history(job.id)
    [told] = [entry.data["jobs"] for entry in history if entry.event == "followed"]
    return [keeper.job(JobId(each)) for each in told]


def beside(keeper: Keeper) -> list[str]:
    """What lies beside the models."""
    return [name for name in keeper.files() if not name.endswith(".safetensors")]


def test_a_download_gets_its_metadata_and_then_its_preview(keeper: Keeper) -> None:
    job = keeper.get(link("one"))
    assert job.state is JobState.SUCCEEDED
    metadata, preview = followers(keeper, job)
    assert (metadata.kind, preview.kind) == (JobKind.METADATA, JobKind.PREVIEW)
    assert preview.depends_on == metadata.id
    assert keeper.wait(preview.id).state is JobState.SUCCEEDED
    assert [name.rpartition(".")[0] for name in beside(keeper)] == [
        "loras/one",
        "loras/one.preview",
    ]
    info = json.loads((keeper.models / "loras/one.info").read_text(encoding="utf-8"))
    assert (info["modelId"], info["baseModel"], info["source"]) == (1, "Flux.1 D", "civitai")

    again = keeper.get(link("one"))  # it is here, and nothing follows
    assert again.reused
    kinds = frozenset({JobKind.METADATA, JobKind.PREVIEW})
    assert keeper.host.store.jobs.page(JobQuery(kinds=kinds)).total == 2


def hold_back(keeper: Keeper, *, held: bool) -> None:
    """What follows waits in the queue."""
    keeper.host.store.lanes.put(Lane("local", JobKind.METADATA, paused=held))


def test_troubles_of_the_metadata_are_none_of_the_model(
    keeper: Keeper, civitai: FakeCivitai
) -> None:
    hold_back(keeper, held=True)
    job = keeper.get(link("one"))
    civitai.limited = True
    hold_back(keeper, held=False)
    metadata, preview = followers(keeper, job)
    while (waiting := keeper.job(metadata.id)).error_code is None:
        keeper.host.clock.sleep(0.05)
    assert (waiting.state, waiting.error_code) == (JobState.PENDING, "rate_limited")
    assert keeper.job(job.id).state is JobState.SUCCEEDED
    assert beside(keeper) == []

    civitai.limited = False
    keeper.host.store.wishes.retry(metadata.id)
    assert keeper.wait(preview.id).state is JobState.SUCCEEDED
    assert len(beside(keeper)) == 2


def test_a_worker_that_is_killed_in_between_leaves_them_in_the_queue(keeper: Keeper) -> None:
    hold_back(keeper, held=True)
    jobs = [keeper.get(link(name)) for name in FILES]
    keeper.kill_worker()
    hold_back(keeper, held=False)
    (metadata, preview), (metadata_again, preview_again) = (followers(keeper, j) for j in jobs)
    assert (metadata.id, preview.id) == (metadata_again.id, preview_again.id)
    assert keeper.wait(preview.id).state is JobState.SUCCEEDED
    assert [name.rpartition(".")[0] for name in beside(keeper)] == [
        "loras/one", "loras/one.preview", "loras/two", "loras/two.preview",
    ]  # fmt: skip
    assert keeper.job(metadata.id).result["changed"] == len(FILES)


def test_it_can_be_switched_off(tmp_path: Path, civitai: FakeCivitai) -> None:
    environment = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url, VARIABLE: ""}
    with Keeper(tmp_path, environment, complete_downloads=False) as keeper:
        job = keeper.get(link("one"))
        events = [entry.event for entry in keeper.host.store.jobs.history(job.id)]
        assert (job.state, "followed" in events) == (JobState.SUCCEEDED, False)
