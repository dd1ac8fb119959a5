"""Repairs of previews: what is a model's own result, and what makes the whole wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job, JobId, WaitReason
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.queue import Item, ItemResult, ItemState
from model_keeper.engine.item_jobs import Postponed, skipped
from model_keeper.engine.library import Library
from model_keeper.engine.preview_recovery import PreviewRecovery, Recovery
from model_keeper.engine.preview_repair import PreviewWork
from model_keeper.library.search import Found
from tests.doubles import FreeControl


class Models:
    """Models by name, those whose name begins with ``off`` on a drive that is off."""

    def get(self, key: str) -> Found:
        if key == "gone":
            raise KeeperError("model_not_in_library", id=key)
        hashes = {} if key.startswith("unhashed") else {"sha256": "a" * 64}
        online = not key.startswith("off")
        file = ModelFile(
            "loras", "/loras", f"{key}.safetensors", 1, 1, online=online, hashes=hashes
        )
        return Found(key, file)


class Pictures:
    """What happens to a model stands in its name: a recovery, or the code of an error."""

    def is_wanted(self, folders: object, place: Any, *, over: bool) -> bool:
        del folders, over
        return not place.relative.startswith("has")

    def known(self, folders: object, place: Any) -> list[object]:
        del folders
        return [] if "unknown" in place.relative else [place]

    def recover(self, folders: object, place: Any, *, over: bool, control: object) -> Recovery:
        del folders, over, control
        said = place.relative.removesuffix(".safetensors").partition("-")[2]
        if said in {each.value for each in Recovery}:
            return Recovery(said)
        raise KeeperError(said, host="here")


class Refresh:
    """Asks about items; ``trouble`` is what comes of it."""

    stage, outcomes, together = "metadata", (), 100

    def __init__(self, trouble: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._trouble = trouble

    def keys(self, job: Job) -> Sequence[str]:
        raise NotImplementedError

    def work(self, job: Job, items: Sequence[Item], control: object) -> Iterator[ItemResult]:
        del job, control
        for item in items:
            self.asked.append(item.key)
            yield skipped(item, "unknown")
        if self._trouble is not None:
            raise self._trouble


class Run:
    """One look at items; ``results`` by key, and the wait that it ended with."""

    def __init__(self, *keys: str, refresh: Refresh | None = None, attempts: int = 1) -> None:
        self.refresh = refresh or Refresh()
        self.wait: Postponed | None = None
        self.results: dict[str, str | None] = {}
        work = PreviewWork(
            cast("Library", Models()),
            FolderTable,
            cast("PreviewRecovery", Pictures()),
            self.refresh,
        )
        job = Stub(attempts)
        items = [Item(JobId("j"), n, key, ItemState.PENDING) for n, key in enumerate(keys)]
        try:
            for result in work.work(cast("Job", job), items, FreeControl()):
                said = result.error_code or result.data["outcome"]
                self.results[keys[result.idx]] = said
        except Postponed as wait:
            self.wait = wait


class Stub:
    payload = {"over": False}  # noqa: RUF012 - never written
    max_attempts = 3

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts


def test_each_model_has_its_own_result() -> None:
    run = Run("a-changed", "b-not_found", "c-picture_unusable", "has", "gone", "off-changed")
    assert run.wait is None
    assert run.results == {
        "a-changed": "changed",
        "b-not_found": "not_found",
        "c-picture_unusable": "picture_unusable",
        "has": "unchanged",
        "gone": "model_not_in_library",
        "off-changed": "storage_failed",
    }


@pytest.mark.parametrize("code", ["rate_limited", "server_busy", "unreachable"])
def test_what_passes_is_waited_for_and_the_others_are_done(code: str) -> None:
    run = Run(f"a-{code}", "b-changed", "c-server_error")
    assert run.results == {"b-changed": "changed", "c-server_error": "server_error"}
    assert run.wait is not None
    assert run.wait.error.code == code
    assert (run.wait.reason is WaitReason.OFFLINE) is (code == "unreachable")


def test_nothing_is_waited_for_for_ever() -> None:
    run = Run("a-rate_limited", attempts=3)
    assert (run.results, run.wait) == ({"a-rate_limited": "rate_limited"}, None)


def test_only_hashed_models_without_a_picture_are_asked_about() -> None:
    run = Run("a-unknown", "unhashed-unknown", "b-changed")
    assert run.refresh.asked == ["a-unknown"]
    assert run.results["a-unknown"] == run.results["unhashed-unknown"] == "unknown"


def test_a_provider_that_cannot_be_asked_now_holds_up_only_those_who_need_it() -> None:
    trouble = Postponed(KeeperError("rate_limited", host="there"), 30)
    run = Run("a-unknown", "b-changed", refresh=Refresh(trouble))
    assert (run.results, run.wait) == ({"b-changed": "changed"}, trouble)
    last = Run("a-unknown", refresh=Refresh(trouble), attempts=3)
    assert (last.results, last.wait) == ({"a-unknown": "unknown"}, None)
