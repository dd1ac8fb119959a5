"""Collections between machines: exported here, restored there, and equal in the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.engine.collection_plans import Standing
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.collected import CollectedLibrary

HUB = "https://huggingface.co/o/r/resolve/main/"
STYLE, VAE = safetensors(3_000, seed=1), safetensors(4_000, seed=2)
SAID = ModelMetadata(
    id=34,
    model_id=12,
    name="Carrot",
    trained_words=("carrot",),
    source="civitai",
    download_url=HUB + "style.safetensors",
)


def orange() -> bytes:
    """A picture."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add("o/r", "style.safetensors", STYLE)
        made.add("o/r", "ae.safetensors", VAE)
        yield made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CollectedLibrary]:
    """A library with two models that the Hub has, and one that nobody has."""
    with CollectedLibrary(tmp_path_factory.mktemp("home")) as made:
        made.add("loras/red/style.safetensors", STYLE)
        made.add("vae/ae.safetensors", VAE)
        made.add("loras/mine.safetensors", safetensors(2_000, seed=3))
        made.look()
        made.say("loras/red/style.safetensors", SAID)
        made.say("vae/ae.safetensors", ModelMetadata(download_url=HUB + "ae.safetensors"))
        marks = ModelMarks(True, 4, "for soup", ("vegetable",))
        made.mark("loras/red/style.safetensors", marks)
        (made.models / "loras" / "red" / "style.preview.png").write_bytes(orange())
        yield made


@pytest.fixture
def away(tmp_path: Path, hub: FakeHub) -> Iterator[CollectedLibrary]:
    with CollectedLibrary(tmp_path / "away", hub) as made:
        yield made


def test_an_empty_machine_gets_everything_that_can_be_fetched(
    home: CollectedLibrary, away: CollectedLibrary
) -> None:
    document = home.export(previews=True)
    plan = away.plan(document)
    assert {row.model.key: row.standing for row in plan.rows} == {
        "loras/mine.safetensors": Standing.MISSING,
        "loras/red/style.safetensors": Standing.FETCH,
        "vae/ae.safetensors": Standing.FETCH,
    }
    assert sum(volume.needed for volume in plan.volumes) == len(STYLE) + len(VAE)

    job = away.apply(document).job
    assert job is not None
    assert away.outcomes(job.id) == [
        "collection succeeded",
        "download succeeded",
        "download succeeded",
    ]

    assert (away.models / "loras/red/style.safetensors").read_bytes() == STYLE
    assert (away.models / "vae/ae.safetensors").read_bytes() == VAE
    assert away.checked(document) == {
        "loras/mine.safetensors": Standing.MISSING,
        "loras/red/style.safetensors": Standing.HERE,
        "vae/ae.safetensors": Standing.HERE,
    }
    restored, known = away.found("loras/red/style.safetensors"), SAID
    assert restored.marks == ModelMarks(True, 4, "for soup", ("vegetable",))
    said = away.said("loras/red/style.safetensors")
    assert (said.name, said.trained_words, said.id) == ("Carrot", ("carrot",), known.id)
    assert said.origin_of("name").name == "civitai"
    assert [path.name for path in (away.models / "loras/red").glob("*.preview.*")]

    again = away.apply(document)
    assert again.job is None, "twice changes nothing"
    assert not list(away.host.state.collections.iterdir()), "nothing is kept when all is done"
