"""What a refresh brings, from headers and from fakes of both providers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.jobs import JobState
from model_keeper.domain.metadata import Completeness
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from tests.integration.refreshed_library import RefreshedLibrary


@pytest.fixture(scope="module")
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        yield made


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        yield made


@pytest.fixture
def library(tmp_path: Path, civitai: FakeCivitai, hub: FakeHub) -> Iterator[RefreshedLibrary]:
    made = RefreshedLibrary(tmp_path, civitai, hub)
    yield made
    made.close()


def test_a_model_that_civitai_knows_becomes_complete(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    job = library.refresh()
    assert job.state is JobState.SUCCEEDED, library.items(job.id)
    assert job.result == {
        "total": 1,
        "done": 1,
        "failed": 0,
        "changed": 1,
        "unchanged": 0,
        "unknown": 0,
    }
    metadata = library.metadata("a.safetensors")
    assert (metadata.name, metadata.trained_words) == ("Model 1", ("word1",))
    assert metadata.description == "About 1"
    assert library.found("a.safetensors").completeness is Completeness.COMPLETE
    assert library.names("is:incomplete") == []
    assert library.sidecar("loras/a.info")["source"] == "civitai"
