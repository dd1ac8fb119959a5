"""Updates over HTTP: checked with few requests, listed, ignored, fetched beside the old file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Commands
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer, refused


def content(seed: int) -> bytes:
    return safetensors(2_000, seed=seed)


def published(day: int) -> dict[str, Any]:
    return {"publishedAt": f"2026-01-{day:02}T00:00:00.000Z"}


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    """Model 1 has an update by the same name, 2 only one in early access, 3 one that is here."""
    with FakeCivitai() as made:
        made.add(1, 10, {"style.safetensors": content(10)}, more=published(1))
        made.add(1, 11, {"style.safetensors": content(11)}, more=published(2))
        made.add(
            1, 12, {"style.safetensors": content(12)}, more={**published(3), "baseModel": "Pony"}
        )
        made.add(2, 20, {"early.safetensors": content(20)}, more=published(1))
        made.add(
            2,
            21,
            {"early2.safetensors": content(21)},
            more={**published(2), "availability": "EarlyAccess"},
        )
        made.add(3, 30, {"a.safetensors": content(30)}, more=published(1), nsfw=True)
        made.add(3, 31, {"b.safetensors": content(31)}, more=published(2), nsfw=True)
        yield made


def fill(models: Path) -> None:
    """The library: what is here of each model, and one that nobody knows."""
    for name, seed in {
        "loras/mine/style.safetensors": 10,
        "loras/early.safetensors": 20,
        "loras/a.safetensors": 30,
        "loras/elsewhere/other name.safetensors": 31,
        "loras/own.safetensors": 99,
    }.items():
        path = models / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(seed))
        age(path)


@pytest.fixture
def server(tmp_path: Path, civitai: FakeCivitai) -> Iterator[PanelServer]:
    with PanelServer(tmp_path, MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url) as made:
        fill(made.models)
        for path in ("library/scan", "library/hash"):
            done(made, path)
        yield made


def done(server: PanelServer, path: str, body: Any = None) -> Any:
    job = server.post(path, body)["job"]
    return server.finished(job["id"])


def counts(server: PanelServer, job: Any) -> dict[str, int]:
    result = server.host.store.jobs.get(job["id"]).result
    return {name: number for name, number in result.items() if number}


def asked(civitai: FakeCivitai) -> list[tuple[str, str]]:
    return [(r.method, r.path) for r in civitai.server.records()]


def test_an_update_is_found_ignored_and_fetched_beside_the_old_file(
    server: PanelServer, civitai: FakeCivitai
) -> None:
    assert server.get("updates") == {"items": [], "next": None, "total": 0, "checked_at": None}

    checked = done(server, "updates/check")
    assert checked["state"] == "succeeded", checked
    assert counts(server, checked) == {
        "update": 1, "current": 3, "unknown": 1, "total": 5, "done": 5,
    }  # fmt: skip
    assert asked(civitai) == [
        ("POST", "/api/v1/model-versions/by-hash"),
        ("GET", "/api/v1/models"),
    ]

    listed = server.get("updates")
    [update] = listed["items"]
    assert (update["name"], update["installed"]["version"]) == ("style.safetensors", "v10")
    assert (update["newest"]["version_id"], update["newest"]["base_model"]) == (11, "Flux.1 D")
    assert update["newest"]["page_url"].endswith("/models/1?modelVersionId=11")
    assert [(each["version_id"], each["why"]) for each in update["refused"]] == [
        (12, "other_base_model")
    ]
    assert listed["checked_at"] == update["checked_at"] > 0

    model = update["model"]
    assert server.get(f"library/{model}")["relative"] == "mine/style.safetensors"
    server.post("updates/ignore", {"model": model, "version_id": 11})
    assert server.get("updates?ignored=false")["total"] == 0
    assert [each["ignored"] for each in server.get("updates")["items"]] == [True]
    server.post("updates/ignore", {"model": model, "all": True, "ignored": False})
    assert server.get("updates?ignored=false")["total"] == 1

    accepted = server.post("updates/fetch", {"models": [model, "nobody"]})
    assert [entry["error"] and entry["error"]["code"] for entry in accepted["items"]] == [
        None,
        "model_not_in_library",
    ]
    assert server.finished(accepted["job"]["id"])["state"] == "succeeded"
    mine = {path.name: path.read_bytes() for path in (server.models / "loras/mine").glob("*.safe*")}
    assert mine.pop("style.safetensors") == content(10)  # it was not touched
    [(name, fetched)] = mine.items()
    assert fetched == content(11)
    assert name.startswith("style")
    assert server.get("updates")["total"] == 0  # it is here now


def test_troubles_of_civitai_keep_what_was_found(server: PanelServer, civitai: FakeCivitai) -> None:
    done(server, "updates/check")
    civitai.limited = True
    waiting = server.post("updates/check", {"fresh": True})["job"]["id"]
    job = server.job_in(waiting, "pending", "failed")
    job = server.until(
        lambda: server.get(f"jobs/{waiting}")["job"], lambda job: job["wait_reason"] == "retry"
    )
    assert job["error"]["code"] == "rate_limited"
    assert server.get("updates")["total"] == 1
    refused(server.ask("POST", "updates/ignore", {"model": "x", "all": True}), 404,
            "model_not_in_library")  # fmt: skip
    [update] = server.get("updates")["items"]
    body = {"model": update["model"]}
    refused(server.ask("POST", "updates/ignore", body), 400, "invalid_request")
    own = next(m for m in server.get("library")["items"] if m["name"] == "own.safetensors")
    refused(
        server.ask("POST", "updates/ignore", {"model": own["id"], "all": True}),
        404,
        "update_unknown",
    )


def test_updates_in_the_terminal(tmp_path: Path, civitai: FakeCivitai) -> None:
    environment = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url}
    with Commands(tmp_path, environment) as commands:
        fill(commands.models)
        assert "updates check" in commands.run("updates", "list").out
        commands.run("library", "scan", "--models-dir", str(commands.models), "--json")
        unhashed = commands.run("updates", "check")
        assert (unhashed.code, "5 not hashed yet" in unhashed.out) == (0, True)
        commands.run("library", "verify", "--json")
        checked = commands.run("updates", "check")
        assert "1 can be updated, 3 current, 1 unknown to Civitai and Hugging Face." in checked.out

        [update] = commands.run("updates", "list", "--json").last["items"]
        model = update["model"]
        assert commands.run("updates", "ignore", model, "--json").last["version_id"] == 11
        assert "All models are current." in commands.run("updates", "list").out
        assert "(ignored)" in commands.run("updates", "list", "--ignored").out
        commands.run("updates", "ignore", model, "--undo")
        assert commands.run("updates", "ignore", "nobody").code == 5

        to = ("--models-dir", str(commands.models))
        assert "style" in commands.run("updates", "fetch", "--dry-run", *to).out
        fetched = commands.run("updates", "fetch", "--json", *to)
        assert fetched.code == 0, fetched
        assert len([name for name in commands.files() if "mine/style" in name]) == 2
