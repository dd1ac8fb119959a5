"""Where a broken file can be got again, and what is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from model_keeper.domain.downloads import Asset, Collision, Destination, Download, NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.model_files import HeaderFacts, ModelFile
from model_keeper.engine.broken_files import BrokenFiles
from model_keeper.engine.intake import Intake, Plan, Wishes

RIGHT, WRONG, OTHER = "a" * 64, "b" * 64, "c" * 64
LINK = "https://models.example/a.safetensors"


class Stage:
    """One broken file, and what is known of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "a.safetensors"
        self.path.write_bytes(b"cut")
        status = self.path.stat()
        self.file = ModelFile(
            "loras",
            str(folder),
            self.path.name,
            status.st_size,
            status.st_mtime_ns,
            header=HeaderFacts(problem="it is cut short"),
        )
        self.earlier: Any = None
        self.said = ModelMetadata()
        self.offered: list[Asset] = []

    def came(self, **given: Any) -> None:
        """It was downloaded before."""
        place = Destination("loras", self.file.root, self.file.relative)
        download = Download(Asset("plain", LINK, "a.safetensors"), place, **given)
        result = {"path": str(self.path), "sha256": RIGHT}
        self.earlier = SimpleNamespace(payload=download.to_payload(), result=result)

    @property
    def broken(self) -> BrokenFiles:
        jobs = SimpleNamespace(finished_at=lambda _: self.earlier, live_at=lambda _: None)
        folders = FolderTable({"loras": (Root("loras", self.file.root),)})
        return BrokenFiles(
            cast("Any", SimpleNamespace(jobs=jobs)),
            cast("Any", SimpleNamespace(get=lambda _: SimpleNamespace(file=self.file))),
            cast("Any", SimpleNamespace(read=lambda _: SimpleNamespace(metadata=self.said))),
            lambda: folders,
            NetworkSettings(allow_hosts=("now.example",)),
        )

    def plan(self) -> Download:
        return self.broken.plan("id", cast("Intake", Offering(self.offered))).download


class Offering:
    """An intake that knows these files at every address."""

    def __init__(self, assets: list[Asset]) -> None:
        self._assets = assets

    def look_up(self, text: str) -> list[Asset]:
        del text
        return self._assets

    def from_link(self, text: str, wishes: Wishes) -> Plan:
        del wishes
        raise KeeperError("choice_needed", what=text, choices="", how="")

    def plan(self, asset: Asset, wishes: Wishes) -> Plan:
        place = Destination("loras", str(wishes.root), "repaired name.safetensors")
        return Plan(Download(asset, place))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_the_download_that_brought_it_is_asked_for_again(stage: Stage) -> None:
    stage.came(collision=Collision.SUFFIX, allow_pickle=True)
    download = stage.plan()
    assert (download.asset.url, download.expected_sha256) == (LINK, RIGHT)
    assert (download.collision, download.allow_pickle) == (Collision.FAIL, True)
    assert download.destination.path == str(stage.path)
    assert download.network.allow_hosts == ("now.example",)
    assert download.replaces is not None
    assert download.replaces.size == 3
    assert Download.from_payload(download.to_payload()) == download


@pytest.mark.parametrize("result", [{"path": "/elsewhere"}, {"sha256": WRONG}])
def test_a_download_of_another_file_or_of_these_bytes_is_none(
    stage: Stage, result: dict[str, str]
) -> None:
    stage.came()
    stage.earlier.result.update(result)
    stage.file = replace(stage.file, hashes={"sha256": WRONG})
    assert stage.broken.source(stage.file) is None


def test_what_was_adopted_needs_the_file_that_it_came_from(stage: Stage) -> None:
    stage.came(adopt_from=str(stage.path.with_name("gone")))
    assert stage.broken.source(stage.file) is None
    stage.came(adopt_from=str(stage.path))
    assert stage.broken.source(stage.file) is not None


def test_a_stated_hash_is_a_source_unless_it_is_that_of_the_broken_bytes(stage: Stage) -> None:
    stage.file = replace(stage.file, claimed={"sha256": RIGHT}, hashes={"sha256": WRONG})
    source = stage.broken.source(stage.file)
    assert source is not None
    assert (source.link, source.sha256) == (RIGHT, RIGHT)
    assert stage.broken.source(replace(stage.file, claimed={"sha256": WRONG})) is None


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([("x", OTHER), ("y", RIGHT)], RIGHT),
        ([("x", OTHER), ("a.safetensors", None)], RIGHT),  # what was stated proves it
        ([("x", None), ("a.safetensors", OTHER)], OTHER),  # its provider says so
        ([("x", None), ("y", OTHER)], None),
    ],
)
def test_of_several_files_the_right_one_is_chosen(
    stage: Stage, offered: list[tuple[str, str | None]], chosen: str | None
) -> None:
    stage.said = ModelMetadata(download_url=LINK, hashes={"sha256": RIGHT})
    stage.offered = [Asset("civitai", LINK, name, sha256=sha256) for name, sha256 in offered]
    if chosen is None:
        with pytest.raises(KeeperError) as refused:
            stage.plan()
        assert refused.value.code == "choice_needed"
        return
    download = stage.plan()
    assert download.expected_sha256 == chosen
    assert download.destination.path == str(stage.path)


def test_a_sound_file_and_one_that_changed_are_refused(stage: Stage) -> None:
    stage.came()
    stage.path.write_bytes(b"another")
    with pytest.raises(KeeperError, match="not the file any more"):
        stage.plan()
    stage.file = replace(stage.file, header=HeaderFacts())
    with pytest.raises(KeeperError, match="is not broken"):
        stage.plan()


def test_a_file_whose_hash_is_not_the_stated_one_counts_as_broken(stage: Stage) -> None:
    stage.came()
    stage.file = replace(
        stage.file,
        header=HeaderFacts(),
        hashes={"sha256": WRONG},
        claimed={"sha256": RIGHT},
    )
    assert stage.plan().expected_sha256 == RIGHT


def test_what_nobody_knows_the_source_of_is_refused(stage: Stage) -> None:
    with pytest.raises(KeeperError) as refused:
        stage.plan()
    assert refused.value.code == "source_unknown"
