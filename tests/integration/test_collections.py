"""Collections between machines: exported here, restored there, and equal in the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from model_keeper.domain.jobs import JobState
from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.engine.collection_plans import Standing
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.collected import CollectedLibrary

PERSON = Origin(Owner.USER, "user", 5)
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
    plan = away.planned(document)
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
    assert not away.kept(), "nothing is kept when all is done"


def test_a_person_who_said_something_here_keeps_it(
    home: CollectedLibrary, away: CollectedLibrary
) -> None:
    away.add("loras/other name.safetensors", STYLE)
    away.look()
    away.say("loras/other name.safetensors", ModelMetadata(name="Mine"), PERSON)
    away.mark("loras/other name.safetensors", ModelMarks(rating=1))
    document = home.export(category="loras")

    [row] = [row for row in away.planned(document).rows if row.standing is Standing.RENAMED]
    assert row.difference.marks
    assert "name" not in row.difference.fields
    job = away.apply(document).job
    assert job is not None
    assert away.outcomes(job.id) == ["collection succeeded"], "nothing is fetched twice"

    said = away.said("loras/other name.safetensors")
    assert (said.name, said.trained_words) == ("Mine", ("carrot",))
    marks = away.found("loras/other name.safetensors").marks
    assert marks == ModelMarks(True, 1, "for soup", ("vegetable",))
    assert away.apply(document).job is None


def test_a_worker_that_is_killed_goes_on_where_it_was(
    home: CollectedLibrary, tmp_path: Path
) -> None:
    with FakeHub(rate=2_000) as slow, CollectedLibrary(tmp_path / "away", slow) as away:
        slow.add("o/r", "style.safetensors", STYLE)
        slow.add("o/r", "ae.safetensors", VAE)
        document = home.export()
        job = away.apply(document).job
        assert job is not None
        for updates in away.watch().follow([job.id]):
            if updates[0].job.state is JobState.RUNNING and away.kept():
                break
        away.kill_worker()

        assert set(away.outcomes(job.id)) == {"collection succeeded", "download succeeded"}
        assert away.found("loras/red/style.safetensors").marks.rating == 4
        assert away.standings(document)["vae/ae.safetensors"] is Standing.HERE
        assert not away.kept()


def test_a_file_of_this_name_that_nobody_hashed_is_hashed_before_it_is_believed(
    home: CollectedLibrary, away: CollectedLibrary
) -> None:
    other = safetensors(len(STYLE), seed=7)
    away.add("loras/red/style.safetensors", other, hashed=False)
    away.add("vae/ae.safetensors", VAE, hashed=False)
    away.look()
    document = home.export()
    standings = away.standings(document)
    assert standings["loras/red/style.safetensors"] is Standing.UNPROVEN
    assert standings["vae/ae.safetensors"] is Standing.UNPROVEN

    job = away.apply(document).job
    assert job is not None
    away.wait(job.id)
    assert away.said("loras/red/style.safetensors").name is None, "it is another model"
    assert away.said("vae/ae.safetensors").download_url == HUB + "ae.safetensors"
    away.look()
    assert away.checked(document) == {
        "loras/mine.safetensors": Standing.MISSING,
        "loras/red/style.safetensors": Standing.DIFFERENT,
        "vae/ae.safetensors": Standing.HERE,
    }


def test_what_was_fetched_by_us_is_exported_with_its_source(
    hub: FakeHub, away: CollectedLibrary
) -> None:
    away.get(HUB + "ae.safetensors", category="vae")
    away.look()
    [model] = away.export()["models"]
    assert model["sources"] == [{"url": HUB + "ae.safetensors", "provider": "huggingface"}]
