"""Changes of models from the terminal."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from model_keeper.cli.commands import app
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.summary import error_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Said
from tests.integration.keeper import Keeper
from tests.integration.old_files import age


class Desk:
    """Runs commands within this process, which is where most of their time goes otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.models = folder / "models"

    def run(self, *arguments: str, code: int = 0) -> Said:
        words = ["--state-dir", str(self.folder / "state"), "library", *arguments]
        done = CliRunner().invoke(app, words)
        error = done.exception
        if error is not None and not isinstance(error, (KeeperError, SystemExit)):
            raise error
        said = Said(done.exit_code, done.stdout, "")
        if isinstance(error, KeeperError):  # what the program tells on its error stream
            said = Said(error_code(error), done.stdout, f"{error.message} {error.hint}")
        assert said.code == code, said
        return said

    def files(self) -> set[str]:
        return {
            path.relative_to(self.models).as_posix()
            for path in self.models.rglob("*")
            if path.is_file() and ".model-keeper-trash" not in path.parts
        }


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("MODEL_KEEPER_WORKFLOWS_DIR", str(tmp_path / "workflows"))
    made = Desk(tmp_path)
    with Keeper(tmp_path, models_dir=str(made.models)) as keeper:
        for name, seed in (("loras/car", 1), ("loras/old/copy", 1), ("vae/other", 2)):
            path = made.models / f"{name}.safetensors"
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(safetensors(2_000, seed=seed))
            age(path)
        scan(keeper.host)
        yield made


def scan(host: StandaloneHost) -> None:
    host.library.scanning.refresh(host.model_folders())


def test_a_model_is_moved_by_its_name_workflows_are_corrected_and_all_is_undone(desk: Desk) -> None:
    stored = desk.folder / "workflows" / "poster.json"
    stored.parent.mkdir()
    nodes = [{"id": 1, "type": "LoraLoader", "widgets_values": ["car.safetensors", 1, 1]}]
    stored.write_text(json.dumps({"nodes": nodes, "links": [], "version": 0.4}))
    before = desk.files()

    dry = desk.run("move", "car.safetensors", "--folder", "auto", "--dry-run", "--json").last
    assert (dry["dry_run"], dry["change"], dry["results"][0]["error"]) == (True, None, None)
    assert desk.files() == before
    moved = desk.run("move", "car.safetensors", "--folder", "auto")
    assert "loras/auto/car.safetensors" in desk.files()
    assert str(desk.models / "loras/auto/car.safetensors") in moved.out
    [correct, undo] = [line for line in moved.out.splitlines() if "model-keeper library" in line]
    desk.run(*correct.split("model-keeper library ")[1].split())
    assert "auto/car.safetensors" in stored.read_text()

    undone = desk.run(*undo.split("model-keeper library ")[1].split(), "--patch", "--json")
    assert [row["error"] for row in undone.last["patched"]] == [None]
    assert desk.files() == before
    assert "auto/" not in stored.read_text()
    kinds = [row["kind"] for row in desk.run("changes", "--json").last["items"]]
    assert kinds == ["undo", "move"]


def test_what_an_undo_brings_back_has_its_own_name(desk: Desk) -> None:
    desk.run("trash", "loras/car.safetensors")
    assert "✓ car.safetensors → " in desk.run("undo").out
    assert "loras/car.safetensors" in desk.files()


def test_models_are_renamed_thrown_away_restored_and_purged(desk: Desk) -> None:
    path = desk.models / "loras/old/copy.safetensors"
    desk.run("rename", str(path), "wagen.safetensors", "--json")
    desk.run("trash", "wagen.safetensors", "loras/car.safetensors")
    assert desk.files() == {"vae/other.safetensors"}
    trash = desk.run("trash", "--json").last
    assert trash["total"] == 2
    [first, second] = [row["id"] for row in trash["items"]]
    desk.run("restore", first)
    desk.run("restore", "nothing", code=5)
    dry = desk.run("purge", second, "--dry-run", "--json").last
    assert (dry["files"], desk.run("trash", "--json").last["total"]) == (1, 1)
    refused = desk.run("purge", second, code=2)
    assert "--yes" in refused.err
    assert desk.run("purge", second, "--yes", "--json").last["bytes_freed"] == 2_000
    assert "empty" in desk.run("trash").out
    desk.run("purge", code=2)


def test_duplicates_are_freed_after_a_look_at_them(desk: Desk) -> None:
    car, copy = (desk.models / f"loras/{name}.safetensors" for name in ("car", "old/copy"))
    os.link(copy, copy.with_name("linked.safetensors"))
    desk.run("scan")
    desk.run("verify", "--json")
    [told] = desk.run("duplicates", "--json").last["items"]
    assert (told["paths"][0], told["kept"], told["files"]) == (str(car), str(car), 2)
    named = [desk.run("info", place, "--json").last for place in told["places"]]
    assert [str(Path(row["root"], row["relative"])) for row in named] == told["paths"]
    assert len(named) == 3, "each name of a file has an id"
    assert told["bytes_freed"] == 2_000, "names of one file take its room once"
    assert "again" in desk.run("duplicates").out
    copy.with_name("linked.safetensors").unlink()
    desk.run("scan")
    plan = desk.run("dedupe", "--keep", "shortest_path", "--dry-run", "--json").last
    [group] = plan["items"]
    assert group["others"] == [str(desk.models / "loras/old/copy.safetensors")]
    assert plan["bytes_freed"] == 2_000
    desk.run("dedupe", code=2)
    done = desk.run("dedupe", "--keep", "shortest_path", "--how", "hardlink", "--yes")
    assert (desk.models / "loras/car.safetensors").samefile(group["others"][0])
    assert "library undo" in done.out
    assert "twice" in desk.run("dedupe", "--yes").out


def test_a_folder_is_organised_and_what_cannot_be_done_has_its_exit_code(
    desk: Desk,
) -> None:
    organise = ("organise", "{format}/{name}", "--category", "loras")
    assert len(desk.run(*organise, "--dry-run", "--json").last["results"]) == 2
    desk.run(*organise, code=2)
    desk.run(*organise, "--yes", "--json")
    assert "loras/safetensors/car.safetensors" in desk.files()
    desk.run("undo")
    assert "loras/car.safetensors" in desk.files()
    desk.run("undo", code=5)
    desk.run("move", "nobody.safetensors", "--to", "vae", code=5)
    taken = desk.run("rename", "old/copy.safetensors", "../car.safetensors", code=2)
    assert "../car.safetensors" in taken.err
    desk.run("move", "--query", "safetensors", "--to", "vae", code=2)
