"""Updates of models that came from the Hub, checked together with Civitai's, in few requests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.jobs import JobId
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import COMMIT, FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer

HUB = "https://huggingface.co"
REPO = "acme/models"
#: Where files of the library are from, by their names; all were fetched when the seed was theirs.
FROM = {
    "changed": f"{REPO}/resolve/main/loras/changed.safetensors",
    "local name": f"{REPO}/resolve/main/vae/diffusion_pytorch_model.safetensors",
    "renamed": "acme/old/resolve/main/loras/renamed.safetensors",
    "current": f"{REPO}/resolve/main/loras/current.safetensors",
    "pinned": f"{REPO}/resolve/{COMMIT}/loras/pinned.safetensors",
    "moved": f"{REPO}/resolve/main/loras/moved.safetensors",
    "twin": f"{REPO}/resolve/main/loras/twin.safetensors",
    "altered": f"{REPO}/resolve/main/loras/altered.safetensors",
    "scanned": f"{REPO}/resolve/main/loras/scanned.safetensors",
    "noted": f"{REPO}/resolve/main/loras/a%20noted%20one.safetensors",
    "branched": f"{REPO}/resolve/fp16/loras/branched.safetensors",
    "gated": "acme/gated/resolve/main/gated.safetensors",
    "kept": "acme/gated/resolve/main/kept.safetensors",
    "gone": "nobody/gone/resolve/main/gone.safetensors",
}
OLD = {name: seed for seed, name in enumerate(FROM, start=10)}
NEW = 100  # added to the seed of what changed
LISTING = "POST /api/models/{}/paths-info/{}"
#: What a check asks: each repository and branch once, and for what changed whether it is ours.
REQUESTS = [
    LISTING.format(REPO, "main"),
    LISTING.format(REPO, "fp16"),
    LISTING.format("acme/old", "main"),
    LISTING.format(REPO, "main"),  # where the one before is sent on to
    LISTING.format("acme/gated", "main"),
    LISTING.format("acme/fresh", "main"),
    LISTING.format("nobody/gone", "main"),
    f"GET /{REPO}/resolve/main/loras/changed.safetensors",
    f"GET /{REPO}/resolve/main/loras/pinned.safetensors",
    f"GET /{REPO}/resolve/main/vae/diffusion_pytorch_model.safetensors",
    "GET /acme/gated/resolve/main/gated.safetensors",
    "GET /acme/fresh/resolve/main/fresh.safetensors",
]
#: What it says of each model.
OUTCOMES = {
    "changed": "update",
    "pinned": "update",
    "local name": "update",
    "fresh": "update",
    "style": "update",
    "current": "current",
    "altered": "current",
    "branched": "current",
    "renamed": "current",
    "kept": "current",
    "noted": "current",
    "twin": "current already_here",
    "scanned": "current dangerous",
    "gated": "current gated",
    "moved": "gone hf_file_not_found",
    "gone": "gone hf_login_or_missing",
    "own": "unknown",
    "other": "unknown",
}


def content(seed: int) -> bytes:
    return safetensors(2_000, seed=seed)


def sha256(seed: int) -> str:
    return hashlib.sha256(content(seed)).hexdigest()


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.repo(REPO).revisions |= {"fp16"}
        made.repo("acme/gated", gated=True)
        for name in ("changed", "pinned", "twin", "scanned"):
            made.add(REPO, f"loras/{name}.safetensors", content(OLD[name] + NEW))
        made.add(REPO, "vae/diffusion_pytorch_model.safetensors", content(OLD["local name"] + NEW))
        made.rename("acme/old", REPO)
        made.add(REPO, "loras/a noted one.safetensors", content(OLD["noted"]))
        for name in ("current", "altered", "branched", "renamed"):
            made.add(REPO, f"loras/{name}.safetensors", content(OLD[name]))
        made.repo(REPO).scans["loras/scanned.safetensors"] = "unsafe"
        made.add(REPO, "elsewhere/moved.safetensors", content(OLD["moved"] + NEW))
        made.add("acme/gated", "gated.safetensors", content(OLD["gated"] + NEW))
        made.add("acme/gated", "kept.safetensors", content(OLD["kept"]))
        yield made


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    """Knows one model that is not from the Hub, and has a newer version of it."""
    with FakeCivitai() as made:
        for number in (1, 2):
            published = {"publishedAt": f"2026-01-0{number}T00:00:00.000Z"}
            made.add(1, number, {"style.safetensors": content(number)}, more=published)
        yield made


def fill(models: Path) -> None:
    """Every file with what says where it is from; one is Civitai's, one nobody's."""
    loras = models / "loras"
    loras.mkdir(parents=True, exist_ok=True)
    for name, seed in {**OLD, "style": 1, "own": 99, "other": OLD["twin"] + NEW}.items():
        path = loras / f"{name}.safetensors"
        path.write_bytes(content(seed))
        age(path)
        if name in FROM:
            said: dict[str, Any] = {"source": "huggingface", "downloadUrl": f"{HUB}/{FROM[name]}"}
            if name == "altered":  # somebody wrote into it, and it was this before
                path.write_bytes(content(500))
                age(path)
                said["hashes"] = {"SHA256": sha256(seed)}
            path.with_suffix(".info").write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture
def server(tmp_path: Path, hub: FakeHub, civitai: FakeCivitai) -> Iterator[PanelServer]:
    endpoints = {"HF_ENDPOINT": hub.url, "MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url}
    with PanelServer(tmp_path, **endpoints) as made:
        fill(made.models)
        for path in ("library/scan", "library/hash"):
            done(made, path)
        yield made


def done(server: PanelServer, path: str, body: Any = None) -> Any:
    return server.finished(server.post(path, body)["job"]["id"])


def outcomes(server: PanelServer, job: Any) -> dict[str, Any]:
    """What the check says of each model, and why, by its name."""
    told = {}
    for item in server.host.store.items.page(JobId(job["id"]), limit=100):
        data = item.data
        refused = [why for _, _, why in data.get("refused", ())]
        told[data["name"].removesuffix(".safetensors")] = " ".join(
            [data["outcome"], *refused, data.get("why", "")]
        ).strip()
    return told


def asked(hub: FakeHub, before: int) -> list[str]:
    return sorted(f"{each.method} {each.path}" for each in hub.server.records()[before:])


def model_of(server: PanelServer, name: str) -> Any:
    items = server.get("updates")["items"]
    return next(each for each in items if each["name"] == f"{name}.safetensors")


def download_and_change(server: PanelServer, hub: FakeHub) -> None:
    """A model that only its download knows to be from the Hub, where it changes behind it."""
    hub.add("acme/fresh", "fresh.safetensors", content(700))
    link = f"{HUB}/acme/fresh/resolve/main/fresh.safetensors"
    assert done(server, "jobs", {"url": link, "category": "loras"})["state"] == "succeeded"
    assert not (server.models / "loras/fresh.info").exists()
    hub.add("acme/fresh", "fresh.safetensors", content(701))


def test_a_check_asks_each_repository_once_and_says_of_each_model_how_it_stands(
    server: PanelServer, hub: FakeHub
) -> None:
    download_and_change(server, hub)
    before = len(hub.server.records())
    checked = done(server, "updates/check")
    assert checked["state"] == "succeeded", checked
    assert outcomes(server, checked) == OUTCOMES
    assert asked(hub, before) == sorted(REQUESTS)

    changed, pinned = model_of(server, "changed"), model_of(server, "pinned")
    old, new = sha256(OLD["changed"]), sha256(OLD["changed"] + NEW)
    assert changed["installed"]["version"] == f"main {old[:10]}"
    assert changed["newest"]["name"] == f"main {new[:10]}"
    assert changed["newest"]["sha256"] == new
    assert changed["newest"]["published_at"] == 1_770_091_506_000
    assert changed["newest"]["page_url"] == f"{HUB}/{REPO}/blob/main/loras/changed.safetensors"
    assert (changed["installed"]["pinned"], pinned["installed"]["pinned"]) == (False, True)
    assert pinned["installed"]["version"].startswith(f"{COMMIT[:7]} ")
    assert pinned["newest"]["name"].startswith("main ")

    before = len(hub.server.records())
    again = done(server, "updates/check", {"query": "moved"})
    assert outcomes(server, again) == {"moved": "gone hf_file_not_found"}
    assert len(hub.server.records()) == before  # it is remembered


def test_an_update_is_ignored_until_the_next_one_and_fetched_beside_the_old_file(
    server: PanelServer, hub: FakeHub
) -> None:
    done(server, "updates/check")
    assert model_of(server, "local name")["newest"]["file_name"] == "local name.safetensors"
    update = model_of(server, "changed")
    model, version = update["model"], update["newest"]["version_id"]
    server.post("updates/ignore", {"model": model, "version_id": version})
    assert model_of(server, "changed")["ignored"]

    hub.add(REPO, "loras/changed.safetensors", content(300))
    done(server, "updates/check", {"ids": [model]})
    assert not model_of(server, "changed")["ignored"]

    accepted = server.post("updates/fetch", {"models": [model]})
    assert server.finished(accepted["job"]["id"])["state"] == "succeeded"
    here = {path.name: path.read_bytes() for path in (server.models / "loras").glob("changed*.s*")}
    assert here.pop("changed.safetensors") == content(OLD["changed"])  # it was not touched
    assert list(here.values()) == [content(300)]
    assert "changed.safetensors" not in [each["name"] for each in server.get("updates")["items"]]
