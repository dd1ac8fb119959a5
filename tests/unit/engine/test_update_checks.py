"""What a check makes of what several providers tell, and of their troubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobId
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.queue import Item, ItemResult, ItemState
from model_keeper.domain.updates import Checked, Judgement, Offer, Refused, Why
from model_keeper.engine.item_jobs import Postponed
from model_keeper.engine.library import Library
from model_keeper.engine.update_checks import UpdateWork
from model_keeper.engine.update_sources import Told
from model_keeper.library.search import Found
from model_keeper.store import JobStore
from tests.doubles import FreeControl
from tests.doubles_jobs import job

GONE = KeeperError("hf_file_not_found", repo="a/b")
BUSY = KeeperError("server_error", host="here", status=500)
REFUSED = KeeperError("hf_token_refused")


def checked(name: str, *, offered: str = "", refused: str = "") -> Checked:
    offer = Offer(2, offered, None, None, None, "m", "https://x", None, None) if offered else None
    whys = (Refused(2, "v2", Why(refused)),) if refused else ()
    return Checked(name, 1, 1, "v1", None, Judgement(offer, whys))


class Models:
    """Models whose SHA256 is their name; ``unhashed`` has none."""

    def get(self, key: str) -> Found:
        hashes = {} if key == "unhashed" else {"sha256": key}
        return Found(key, ModelFile("loras", "/loras", key, 1, 1, hashes=hashes))


class Source:
    """Tells what it was told to tell."""

    def __init__(self, **told: Told) -> None:
        self._told = told

    def told(self, files: Sequence[Found]) -> Mapping[str, Told]:
        asked = {found.file.sha256 for found in files}
        return {sha256: told for sha256, told in self._told.items() if sha256 in asked}


class Kept:
    """A store that only keeps what checks found."""

    def __init__(self) -> None:
        self.updates = self
        self.kept: list[Checked] = []

    def put(self, found: Sequence[Checked]) -> None:
        self.kept += found


class Check:
    """One run over models by their names."""

    def __init__(self, *sources: Source) -> None:
        self.store = Kept()
        self.results: dict[str, ItemResult] = {}
        self.waited: Postponed | None = None
        self._work = UpdateWork(cast("JobStore", self.store), cast("Library", Models()), sources)

    def run(self, *names: str, attempts: int = 1) -> Check:
        items = [Item(JobId("j"), n, name, ItemState.PENDING) for n, name in enumerate(names)]
        try:
            running = job(attempts=attempts, max_attempts=3)
            for result in self._work.work(running, items, FreeControl()):
                self.results[names[result.idx]] = result
        except Postponed as waited:
            self.waited = waited
        return self

    @property
    def said(self) -> dict[str, Any]:
        """Outcomes, and codes of errors."""
        return {n: r.error_code or r.data["outcome"] for n, r in self.results.items()}


@pytest.mark.parametrize(
    ("hub", "civitai", "outcome", "version"),
    [
        (checked("m", offered="hub"), checked("m", offered="civitai"), "update", "hub"),
        (checked("m"), checked("m", offered="civitai"), "update", "civitai"),
        (GONE, checked("m", offered="civitai"), "update", "civitai"),
        (BUSY, checked("m", offered="civitai"), "update", "civitai"),
        (checked("m", offered="hub"), BUSY, "update", "hub"),
        (GONE, checked("m"), "current", None),
        (checked("m"), GONE, "current", None),
        (GONE, GONE, "gone", None),
        (REFUSED, GONE, "hf_token_refused", None),
    ],
)
def test_of_two_that_know_a_model_the_more_useful_is_heard(
    hub: Told, civitai: Told, outcome: str, version: str | None
) -> None:
    check = Check(Source(m=hub), Source(m=civitai)).run("m")
    assert check.waited is None
    assert check.said == {"m": outcome}
    assert check.results["m"].data.get("version") == version


def test_each_model_is_told_of_with_its_reason() -> None:
    source = Source(a=checked("a", refused="gated"), b=GONE)
    check = Check(source).run("a", "b", "c", "unhashed")
    assert check.said == {"a": "current", "b": "gone", "c": "unknown", "unhashed": "unhashed"}
    assert check.results["a"].data["refused"] == [[2, "v2", "gated"]]
    assert check.results["b"].data["why"] == "hf_file_not_found"
    assert [each.sha256 for each in check.store.kept] == ["a"]


def test_who_is_in_trouble_keeps_only_what_it_knows_waiting() -> None:
    check = Check(Source(a=BUSY), Source(a=checked("a"), b=checked("b", offered="v2")))
    check.run("a", "b", "c")
    assert check.said == {"b": "update", "c": "unknown"}
    assert check.waited is not None
    assert check.waited.error is BUSY
    assert [each.sha256 for each in check.store.kept] == ["b"]


def test_a_trouble_that_does_not_end_fails_what_it_is_about() -> None:
    check = Check(Source(a=BUSY), Source(b=checked("b"))).run("a", "b", attempts=3)
    assert check.waited is None
    assert check.said == {"a": "server_error", "b": "current"}
