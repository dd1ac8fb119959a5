"""``library export`` and ``library import``: a library goes to another machine and comes out equal."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from model_keeper.cli.commands import app
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.engine.summary import error_code
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.collected import CollectedLibrary
from tests.integration.test_collections import HUB, SAID, STYLE, orange


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add("o/r", "style.safetensors", STYLE)
        yield made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CollectedLibrary]:
    with CollectedLibrary(tmp_path_factory.mktemp("home")) as made:
        made.add("loras/style.safetensors", STYLE)
        made.look()
        made.say("loras/style.safetensors", SAID)
        made.mark("loras/style.safetensors", ModelMarks(rating=3, notes="secret"))
        (made.models / "loras" / "style.preview.png").write_bytes(orange())
        yield made


@pytest.fixture
def away(
    tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CollectedLibrary]:
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("MODEL_KEEPER_ALLOW_HOSTS", "127.0.0.1,localhost")
    with CollectedLibrary(tmp_path / "away", hub) as made:
        yield made


def run(library: CollectedLibrary, *arguments: str) -> tuple[int, list[Any], str]:
    """The exit code, the objects, and everything that was printed."""
    words = ["--state-dir", str(library.host.state.path), "library", *arguments]
    result = CliRunner().invoke(app, words)
    code = result.exit_code
    if isinstance(result.exception, KeeperError):
        code = error_code(result.exception)
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = result.stdout.splitlines() if "--json" in arguments else []
    return code, [json.loads(line) for line in lines], result.output


def test_a_library_goes_to_another_machine(
    home: CollectedLibrary, away: CollectedLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "models.zip"
    code, said, _ = run(home, "export", str(file), "--previews", "--title", "Mine", "--json")
    assert (code, said) == (0, [{"event": "exported", "path": str(file), "models": 1}])
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["previews/000000.webp", "collection.json"]

    code, _, shown = run(away, "import", str(file), "--dry-run")
    assert code == 0
    assert "1 to fetch" in shown
    assert away.files() == {}

    code, _, _ = run(away, "import", str(file), "--json")
    assert code == 2, "nobody could be asked"
    code, said, _ = run(away, "import", str(file), "--json", "--yes")
    assert code == 0
    assert said[0]["counts"]["fetch"] == 1
    assert (said[-1]["event"], said[-1]["failed"]) == ("applied", 0)
    assert away.found("loras/style.safetensors").marks == ModelMarks(rating=3, notes="secret")
    assert (away.models / "loras" / "style.preview.webp").is_file()

    code, said, _ = run(away, "import", str(file), "--json", "--yes")
    assert (code, [line["event"] for line in said]) == (0, ["plan"]), "twice changes nothing"
    code, said, _ = run(away, "import", str(file), "--verify", "--json")
    assert (code, said[-1]["counts"]) == (0, {"here": 1})


def test_a_file_that_changed_is_told(home: CollectedLibrary, away: CollectedLibrary) -> None:
    file = away.models.parent / "models.json"
    assert run(home, "export", str(file))[0] == 0
    path = away.add("loras/style.safetensors", safetensors(len(STYLE), seed=9), hashed=False)

    code, said, _ = run(away, "import", str(file), "--verify", "--json")
    assert (code, said[-1]["counts"]) == (1, {"different": 1}), "what nobody hashed is hashed"
    code, _, shown = run(away, "import", str(file), "--verify")
    assert code == 1
    assert "another content has its name" in shown
    code, said, _ = run(away, "import", str(file), "--yes", "--json")
    assert code == 1
    assert said[0]["items"][0]["error"]["code"] == "destination_exists"
    assert path.read_bytes() != STYLE


def test_what_nobody_has_is_not_found(home: CollectedLibrary, away: CollectedLibrary) -> None:
    file = away.models.parent / "models.json"
    document = home.export()
    document["models"][0]["sources"] = []
    file.write_text(json.dumps(document))
    code, _, shown = run(away, "import", str(file), "--dry-run")
    assert code == 5
    assert "nobody knows where it is" in shown


def test_what_is_shared_is_printed_without_marks(home: CollectedLibrary) -> None:
    code, _, shown = run(home, "export", "--share", "--category", "loras")
    assert code == 0
    assert "secret" not in shown
    [model] = json.loads(shown)["models"]
    assert model["sources"] == [
        {"url": HUB + "style.safetensors", "provider": "civitai", "modelId": 12, "versionId": 34}
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", 2),
        (b"[" * 100_000, 2),
        (b'{"format": "model-keeper-collection", "version": 2, "models": []}', 2),
        (b"PK\x05\x06" + bytes(18), 2),
    ],
)
def test_a_file_that_is_none_is_refused(
    home: CollectedLibrary, tmp_path: Path, content: bytes, code: int
) -> None:
    file = tmp_path / "models.json"
    file.write_bytes(content)
    assert run(home, "import", str(file), "--dry-run")[0] == code


def test_a_file_that_is_not_there_is_not_found(home: CollectedLibrary, tmp_path: Path) -> None:
    assert run(home, "import", str(tmp_path / "none.json"))[0] == 5
