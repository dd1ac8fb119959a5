"""Nothing that is here already is fetched again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Collision
from model_keeper.domain.jobs import JobState
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.keeper import Keeper, outcome

FILE = safetensors(300_000, seed=11)
SHA256 = hashlib.sha256(FILE).hexdigest()


def test_a_second_get_of_the_same_thing_reuses_it(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        url = origin.add("x.safetensors", FILE)

        first, sent = keeper.get(url), origin.sent()
        second = keeper.get(url)

        assert (first.reused, second.reused) == (False, True)
        assert second.result["path"] == first.result["path"]
        assert origin.sent() == sent


def test_another_file_under_the_name_is_never_touched(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        url = origin.add("x.safetensors", FILE)
        taken = keeper.models / "loras" / "x.safetensors"
        taken.parent.mkdir(parents=True)
        taken.write_bytes(b"mine")

        job = keeper.get(url, sha256=SHA256)

        assert outcome(job) == "destination_exists"
        assert taken.read_bytes() == b"mine"
        assert origin.sent() <= 1, "nothing but a probe is asked for what cannot be placed"


@pytest.mark.parametrize("sha256", [SHA256, None])
def test_beside_another_file_it_gets_a_suffix_where_that_is_wanted(
    tmp_path: Path, sha256: str | None
) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        url = origin.add("x.safetensors", FILE)
        taken = keeper.models / "loras" / "x.safetensors"
        taken.parent.mkdir(parents=True)
        taken.write_bytes(b"mine")

        first = keeper.get(url, sha256=sha256, collision=Collision.SUFFIX)
        sent = origin.sent()
        second = keeper.get(url, sha256=sha256, collision=Collision.SUFFIX)

        suffixed = taken.with_name(f"x-{SHA256[:8]}.safetensors")
        assert [outcome(first), first.result["path"]] == ["succeeded", str(suffixed)]
        assert (taken.read_bytes(), suffixed.read_bytes()) == (b"mine", FILE)
        assert (second.reused, second.result["path"]) == (True, str(suffixed))
        assert origin.sent() == sent
        assert len(keeper.files()) == 2


def test_the_same_content_in_the_category_is_reused_under_its_name(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        first = keeper.get(origin.add("a.safetensors", FILE), sha256=SHA256)
        sent = origin.sent()

        second = keeper.get(origin.add("b.safetensors", FILE), sha256=SHA256)

        assert second.reused
        assert second.result["path"] == first.result["path"]
        assert origin.sent() == sent
        assert list(keeper.files()) == ["loras/a.safetensors"]


def test_a_file_that_changed_since_is_not_reused(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        first = keeper.get(origin.add("a.safetensors", FILE), sha256=SHA256)
        path = Path(first.result["path"])
        path.write_bytes(b"\0" * path.stat().st_size)

        second = keeper.get(origin.add("b.safetensors", FILE), sha256=SHA256)

        assert not second.reused
        assert Path(second.result["path"]).read_bytes() == FILE


@pytest.mark.parametrize("category", ["loras", "vae"])
def test_a_file_that_somebody_else_brought_is_reused_once_it_was_hashed(
    tmp_path: Path, category: str
) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        there = keeper.models / category / "theirs.safetensors"
        there.parent.mkdir(parents=True)
        there.write_bytes(FILE)
        os.utime(there, (1_700_000_000, 1_700_000_000))  # nobody writes to it any more
        keeper.host.library.scanning.refresh(keeper.host.folders(keeper.models))
        keeper.host.library.hashing.of(str(there))

        job = keeper.get(origin.add("a.safetensors", FILE), sha256=SHA256)

        assert outcome(job) == "succeeded"
        assert origin.sent() <= 1
        same = category == "loras"
        expected = there if same else keeper.models / "loras" / "a.safetensors"
        assert (Path(job.result["path"]), job.reused) == (expected, same)
        assert expected.read_bytes() == FILE


@pytest.mark.parametrize("hardlink", [False, True])
def test_the_same_content_in_another_category_is_copied_not_fetched(
    tmp_path: Path, hardlink: bool
) -> None:
    with Origin() as origin, Keeper(tmp_path, share_by_hardlink=hardlink) as keeper:
        first = keeper.get(origin.add("a.safetensors", FILE), sha256=SHA256)
        sent = origin.sent()

        second = keeper.get(origin.add("b.safetensors", FILE), sha256=SHA256, category="vae")

        paths = [Path(job.result["path"]) for job in (first, second)]
        assert second.state is JobState.SUCCEEDED
        assert origin.sent() == sent
        assert paths[1].read_bytes() == FILE
        assert paths[1].parent.name == "vae"
        assert hardlink or not paths[0].samefile(paths[1])


def test_the_same_content_of_another_comfyui_is_copied_not_fetched(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        url = origin.add("x.safetensors", FILE)
        keeper.get(url, sha256=SHA256)
        sent = origin.sent()
        (tmp_path / "second").mkdir()
        keeper.models = tmp_path / "second" / "models"

        job = keeper.get(url, sha256=SHA256)

        assert keeper.files() == {"loras/x.safetensors": len(FILE)}
        assert job.state is JobState.SUCCEEDED
        assert origin.sent() - sent <= 1, "nothing but a probe"


def test_a_file_of_the_hub_clients_cache_is_adopted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = tmp_path / "cache" / "models--acme--x" / "blobs" / SHA256
    blob.parent.mkdir(parents=True)
    blob.write_bytes(FILE)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    with Origin() as origin, Keeper(tmp_path) as keeper:
        job = keeper.get(origin.add("x.safetensors", FILE), sha256=SHA256)

        assert Path(job.result["path"]).read_bytes() == FILE
        assert blob.read_bytes() == FILE
        assert origin.sent() <= 1


def test_a_lying_blob_is_not_believed_and_the_file_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = tmp_path / "cache" / "models--acme--x" / "blobs" / SHA256
    blob.parent.mkdir(parents=True)
    blob.write_bytes(safetensors(300_000, seed=12))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    with Origin() as origin, Keeper(tmp_path) as keeper:
        job = keeper.get(origin.add("x.safetensors", FILE), sha256=SHA256)

        assert Path(job.result["path"]).read_bytes() == FILE
        assert origin.sent() >= len(FILE)


def test_a_file_the_person_has_is_adopted(tmp_path: Path) -> None:
    mine = tmp_path / "downloads" / "x.safetensors"
    mine.parent.mkdir()
    mine.write_bytes(FILE)
    with Origin() as origin, Keeper(tmp_path) as keeper:
        url = origin.add("x.safetensors", FILE)

        job = keeper.get(url, sha256=SHA256, adopt_from=str(mine))

        assert Path(job.result["path"]).read_bytes() == FILE
        assert mine.read_bytes() == FILE
        assert origin.sent() == 0


def test_content_on_its_way_is_waited_for(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        urls = [origin.add(f"{name}.safetensors", FILE, rate=600_000) for name in "ab"]
        jobs = [keeper.enqueue(url, sha256=SHA256) for url in urls]

        first, second = (keeper.wait(job) for job in jobs)

        assert (first.reused, second.reused) == (False, True)
        assert list(keeper.files()) == ["loras/a.safetensors"]
        assert origin.sent() <= 1.02 * len(FILE)
