"""The Python API over a real worker and the fake Hub: decisions, callbacks, and what they leave."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from model_keeper.domain.batch_callbacks import BatchDownloadCallbacks
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.manifests import Criticality, IntentStatus
from model_keeper.domain.resolutions import DownloadErrorCategory, DownloadRequest, MatchType
from model_keeper.engine.decisions import OPTIONAL, SKIPPED, Decision
from model_keeper.engine.engine import Engine
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.workflows.manifest import Manifest
from tests.integration.keeper import Keeper

REPO = "Comfy-Org/things"
VAE, LORA, OTHER = (safetensors(20_000 + seed, seed=seed) for seed in range(3))


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.repo(REPO)
        made.add(REPO, "vae/ae.safetensors", VAE)
        made.add(REPO, "loras/ink.safetensors", LORA)
        yield made


@pytest.fixture
def keeper(tmp_path: Path, hub: FakeHub) -> Iterator[Keeper]:
    with Keeper(tmp_path, {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path / "hf")}) as made:
        yield made


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    return Manifest(tmp_path / "pyproject.toml")


def engine(keeper: Keeper, manifest: Manifest | None = None) -> Engine:
    folders = keeper.host.folders(keeper.models)
    return keeper.host.workflows.engine(folders, manifest=manifest, search=False)


def link(hub: FakeHub, path: str) -> str:
    return f"{hub.url}/{REPO}/resolve/main/{path}"


def node(number: int, kind: str, name: str, url: str | None = None, **more: Any) -> dict[str, Any]:
    directory = {"VAELoader": "vae", "LoraLoader": "loras"}[kind]
    entry = {"name": name.rsplit("/", maxsplit=1)[-1], "url": url, "directory": directory}
    properties = {"models": [entry]} if url else {}
    values = [name, 1.0, 1.0] if kind == "LoraLoader" else [name]
    return {
        "id": number,
        "type": kind,
        "mode": 0,
        "properties": properties,
        "widgets_values": values,
        **more,
    }


def workflow(folder: Path, name: str, *nodes: dict[str, Any]) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"nodes": nodes, "links": [], "version": 0.4}))
    return path


class Told:
    """Callbacks that note what they are told."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def callbacks(self) -> BatchDownloadCallbacks:
        def note(name: str) -> Any:
            return lambda *values: self.calls.append((name, *values))

        return BatchDownloadCallbacks(
            note("batch_start"), note("start"), None, note("complete"), note("batch_complete")
        )


class Answers:
    """A person with one answer."""

    def __init__(self, answer: Decision) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def choose(self, finding: Finding) -> Decision:
        return self.missing(finding)

    def missing(self, finding: Finding) -> Decision:
        self.asked.append(finding.wanted.name)
        return self.answer


def test_one_pass_resolves_gets_and_tells(
    keeper: Keeper, hub: FakeHub, manifest: Manifest, tmp_path: Path
) -> None:
    path = workflow(
        tmp_path,
        "portrait",
        node(1, "VAELoader", "ae.safetensors", link(hub, "vae/ae.safetensors")),
        node(2, "LoraLoader", "style/ink.safetensors", link(hub, "loras/ink.safetensors")),
        node(3, "VAELoader", "lost.safetensors"),
        node(4, "VAELoader", "asleep.safetensors", mode=4),
        node(5, "VAELoader", "pixel_space"),
    )
    told = Told()
    result = engine(keeper, manifest).resolve_workflow(path, download_callbacks=told.callbacks())
    assert result.has_download_intents
    assert [model.match_type for model in result.models_resolved] == [
        MatchType.PROPERTY_DOWNLOAD_INTENT,
        MatchType.PROPERTY_DOWNLOAD_INTENT,
        MatchType.OPTIONAL_UNRESOLVED,
    ]
    assert [lost.widget_value for lost in result.models_unresolved] == ["lost.safetensors"]
    assert keeper.files() == {
        "loras/style/ink.safetensors": len(LORA),
        "vae/ae.safetensors": len(VAE),
    }
    assert told.calls[0] == ("batch_start", 2)
    assert told.calls[-1] == ("batch_complete", 2, 2)
    started = [call for call in told.calls if call[0] == "start"]
    assert [(number, count) for _, _, number, count in started] == [(1, 2), (2, 2)]
    completed = {call[1]: call[2:] for call in told.calls if call[0] == "complete"}
    assert completed == {"ae.safetensors": (True, None), "ink.safetensors": (True, None)}
    rows = {row.filename: row for row in manifest.models("portrait")}
    assert rows["ae.safetensors"].status is IntentStatus.RESOLVED
    assert rows["ae.safetensors"].sha256 == hashlib.sha256(VAE).hexdigest()
    assert rows["ink.safetensors"].relative_path == "loras/style/ink.safetensors"
    assert rows["ink.safetensors"].sources
    assert hashlib.sha256(LORA).hexdigest() in manifest.known()


def test_what_was_decided_is_not_asked_again(
    keeper: Keeper, hub: FakeHub, manifest: Manifest, tmp_path: Path
) -> None:
    path = workflow(tmp_path, "w", node(1, "VAELoader", "mine.safetensors"))
    pasted = Answers(Decision.link(link(hub, "vae/ae.safetensors")))
    first = engine(keeper, manifest).resolve(path, model_strategy=pasted)
    assert (pasted.asked, len(first.intents)) == (["mine.safetensors"], 1)
    assert keeper.files() == {}, "deciding downloads nothing"
    again = Answers(SKIPPED)
    second = engine(keeper, manifest).resolve(path, model_strategy=again)
    assert (again.asked, second.findings[0].status) == ([], Status.FETCH)
    summary = engine(keeper, manifest).fetch([second])
    assert (summary.successful, summary.failed, summary.skipped) == (1, 0, 0)
    assert keeper.files() == {"vae/mine.safetensors": len(VAE)}
    assert engine(keeper, manifest).resolve(path).findings[0].status is Status.ON_DISK


def test_optional_is_remembered_and_skipped_is_asked_again(
    keeper: Keeper, manifest: Manifest, tmp_path: Path
) -> None:
    path = workflow(tmp_path, "w", node(1, "VAELoader", "mine.safetensors"))
    for answer, asked in ((SKIPPED, 1), (OPTIONAL, 1), (SKIPPED, 0)):
        person = Answers(answer)
        engine(keeper, manifest).resolve(path, model_strategy=person)
        assert len(person.asked) == asked, answer
    (row,) = manifest.models("w")
    assert row.criticality is Criticality.OPTIONAL


def test_a_file_of_two_workflows_is_fetched_once(
    keeper: Keeper, hub: FakeHub, manifest: Manifest, tmp_path: Path
) -> None:
    url = link(hub, "vae/ae.safetensors")
    paths = [
        workflow(tmp_path, name, node(1, "VAELoader", "ae.safetensors", url))
        for name in ("one", "two")
    ]
    api = engine(keeper, manifest)
    summary = api.fetch([api.resolve(path) for path in paths])
    assert summary.failed == 0
    assert len(summary.results) == 2
    assert hub.server.sent(f"/{REPO}/resolve/main/vae/ae.safetensors") <= len(VAE) * 1.02
    for name in ("one", "two"):
        (row,) = manifest.models(name)
        assert row.status is IntentStatus.RESOLVED


def test_a_failure_leaves_the_intent_and_the_batch_goes_on(
    keeper: Keeper, hub: FakeHub, manifest: Manifest, tmp_path: Path
) -> None:
    path = workflow(
        tmp_path,
        "w",
        node(1, "VAELoader", "gone.safetensors", link(hub, "vae/gone.safetensors")),
        node(2, "LoraLoader", "ink.safetensors", link(hub, "loras/ink.safetensors")),
    )
    told = Told()
    api = engine(keeper, manifest)
    resolved = api.resolve(path)
    summary = api.fetch([resolved], told.callbacks())
    assert (summary.successful, summary.failed) == (1, 1)
    failed = next(result for result in summary.results if not result.success)
    assert failed.error_context is not None
    assert failed.error_context.error_category is DownloadErrorCategory.NOT_FOUND
    assert ("complete", "gone.safetensors", False, failed.error) in told.calls
    assert told.calls[-1] == ("batch_complete", 1, 2)
    rows = {row.filename: row for row in manifest.models("w")}
    assert rows["gone.safetensors"].is_intent
    assert rows["ink.safetensors"].status is IntentStatus.RESOLVED


def test_files_by_address_and_nothing_at_all(keeper: Keeper, hub: FakeHub) -> None:
    api = engine(keeper)
    told = Told()
    nothing = api.get_models([], told.callbacks())
    assert (nothing.successful, nothing.failed, nothing.skipped, nothing.paths) == (0, 0, 0, ())
    assert told.calls == [("batch_start", 0), ("batch_complete", 0, 0)]
    wish = DownloadRequest(link(hub, "vae/ae.safetensors"), PurePosixPath("vae/sub/a.safetensors"))
    summary = api.get_models([wish])
    assert summary.paths == (str(keeper.models / "vae" / "sub" / "a.safetensors"),)
    again = api.get_models([wish])
    assert (again.successful, again.skipped) == (0, 1), "it is there already"


def test_silence_without_callbacks(
    keeper: Keeper, hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = link(hub, "vae/ae.safetensors")
    path = workflow(tmp_path, "w", node(1, "VAELoader", "ae.safetensors", url))
    engine(keeper).resolve_workflow(path)
    assert capsys.readouterr() == ("", "")
