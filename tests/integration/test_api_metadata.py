"""Metadata over HTTP, on one standalone server with a worker, a fake Civitai and a fake Hub."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.legacy_panel import LegacyPanel
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer, refused

KNOWN, UNKNOWN, CONVERTED = (safetensors(700, seed=seed) for seed in range(3))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PanelServer]:
    folder = tmp_path_factory.mktemp("metadata")
    with FakeCivitai() as civitai, FakeHub() as hub:
        civitai.add(
            7,
            70,
            {"boats.safetensors": KNOWN},
            title="Paper Boats",
            more={"images": [{"url": "https://image.civitai.com/boats.png", "nsfwLevel": 1}]},
            about={"description": "<p>They float.</p>"},
        )
        endpoints = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url, "HF_ENDPOINT": hub.url}
        with PanelServer(folder, **endpoints) as made:
            for name, content in {
                "boats": KNOWN,
                "own": UNKNOWN,
                "converted": CONVERTED,
                "broken": b"no model",
            }.items():
                path = made.models / "loras" / f"{name}.safetensors"
                path.write_bytes(content)
                age(path)
            job = done(made, "library/scan", {})
            assert job["state"] == "succeeded"
            made.refresh = done(made, "metadata/refresh", {})  # type: ignore[attr-defined]
            yield made


def done(server: PanelServer, path: str, body: Any) -> Any:
    reply = server.ask("POST", path, body)
    assert reply.status == 202, reply
    return server.finished(reply.data["job"]["id"])


def model(server: PanelServer, name: str) -> Any:
    [found] = server.get(f"library?q={name}.safetensors")["items"]
    return found


def metadata(server: PanelServer, name: str) -> Any:
    return server.get(f"library/{model(server, name)['id']}/metadata")


def patch(server: PanelServer, name: str, body: Any) -> Any:
    reply = server.ask("PATCH", f"library/{model(server, name)['id']}/metadata", body)
    assert reply.status == 200, reply
    return reply.data


def test_a_refresh_is_a_job_whose_items_tell_what_became_of_them(server: PanelServer) -> None:
    job = server.refresh  # type: ignore[attr-defined]
    assert (job["state"], job["kind"]) == ("succeeded", "metadata")
    result = server.get(f"jobs/{job['id']}")["result"]
    assert {name: result[name] for name in ("total", "done", "failed")} == {
        "total": 4,
        "done": 4,
        "failed": 1,
    }
    listed = server.get(f"jobs/{job['id']}/items")
    assert listed["counts"]["failed"] == 1
    assert listed["total"] == 4
    rows = {row["name"]: row for row in listed["items"]}
    assert rows["boats.safetensors"]["outcome"] == "changed"
    assert rows["boats.safetensors"]["model"] == model(server, "boats")["id"]
    assert rows["own.safetensors"]["outcome"] == "unknown"
    assert rows["broken.safetensors"]["error"]["code"] == "model_broken"
    failed = server.get(f"jobs/{job['id']}/items?state=failed&limit=1")
    assert [row["name"] for row in failed["items"]] == ["broken.safetensors"]
    assert (failed["total"], failed["next"]) == (1, None)
    first = server.get(f"jobs/{job['id']}/items?limit=2")
    rest = server.get(f"jobs/{job['id']}/items?after={first['next']}")
    assert len(first["items"] + rest["items"]) == 4


def test_a_refresh_leaves_out_what_it_is_told_to(server: PanelServer) -> None:
    without = [model(server, name)["id"] for name in ("own", "broken", "converted")]
    job = done(server, "metadata/refresh", {"only_incomplete": False, "without": without})
    listed = server.get(f"jobs/{job['id']}/items")["items"]
    assert [row["name"] for row in listed] == ["boats.safetensors"]


def test_a_job_is_a_refresh_task_too(server: PanelServer) -> None:
    job = server.refresh  # type: ignore[attr-defined]
    task = server.get(f"tasks/{job['id']}")
    assert set(task.pop("models")) == {
        "boats.safetensors",
        "own.safetensors",
        "converted.safetensors",
        "broken.safetensors",
    }
    assert task == {
        "id": job["id"],
        "type": "metadata",
        "priority": "normal",
        "progress": 1.0,
        "status": "completed",
        "error": None,
    }
    refused(server.ask("GET", "tasks/nothing"), 404, "job_not_found")


def test_what_providers_said_is_shown_with_who_said_it(server: PanelServer) -> None:
    shown = metadata(server, "boats")
    assert (shown["name"], shown["description"]) == ("Paper Boats", "They float.")
    assert (shown["source"], shown["completeness"], shown["missing"]) == ("civitai", "complete", [])
    assert shown["owners"]["description"] == "provider"
    assert shown["sources"]["page_url"] == "civitai"
    assert shown["preview"] == ["https://image.civitai.com/boats.png"]
    assert shown["sidecar"].endswith("boats.info")
    assert shown["hashes"]["sha256"]
    listed = model(server, "boats")
    assert (listed["completeness"], listed["title"]) == ("complete", "Paper Boats")
    assert "description" in model(server, "own")["missing"]


def test_an_edit_stays_until_it_is_taken_back(server: PanelServer) -> None:
    edited = patch(server, "boats", {"description": "Mine", "trained_words": []})
    assert (edited["description"], edited["trained_words"]) == ("Mine", [])
    assert edited["owners"]["description"] == "user"
    place = model(server, "boats")["id"]
    done(server, "metadata/refresh", {"ids": [place], "fresh": True})
    assert metadata(server, "boats")["description"] == "Mine"

    history = server.get(f"library/{place}/metadata/history")
    [before] = [row for row in history["items"] if row["field"] == "description"]
    assert (before["value"], before["owner"]) == ("They float.", "provider")
    body = {"field": "description", "at": before["at"]}
    restored = server.ask("POST", f"library/{place}/metadata/restore", body).data
    assert (restored["description"], restored["owners"]["description"]) == ("They float.", "user")

    back = patch(server, "boats", {"reset": ["description", "trained_words"]})
    assert (back["description"], back["trained_words"]) == ("They float.", ["loopback"])
    assert back["owners"]["description"] == "provider"


def test_a_page_says_which_model_it_is(server: PanelServer) -> None:
    page = "https://civitai.com/models/7?modelVersionId=70"
    edited = patch(server, "converted", {"page_url": page})
    assert (edited["source"], edited["page_url"]) == ("civitai", page)
    done(server, "metadata/refresh", {"query": "converted"})
    after = metadata(server, "converted")
    assert (after["description"], after["base_model"]) == ("They float.", "Flux.1 D")
    assert after["page_url"] == page


def test_what_makes_no_sense_is_refused(server: PanelServer) -> None:
    where = f"library/{model(server, 'boats')['id']}/metadata"
    refused(server.ask("GET", "library/nothing/metadata"), 404, "model_not_in_library")
    for body in ({"reset": ["size"]}, {"page_url": "no address"}):
        refused(server.ask("PATCH", where, body), 400, "invalid_request")
    never = {"field": "description", "at": 1}
    refused(server.ask("POST", f"{where}/restore", never), 400, "invalid_request")
    refused(server.ask("POST", "metadata/refresh", {"query": "size:x"}), 400, "query_value_wrong")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_model_is_refreshed_by_its_old_address(server: PanelServer, method: str) -> None:
    panel = LegacyPanel(server.url)
    path = "model/loras/0/own.safetensors/metadata/refresh"
    headers = {"X-Model-Keeper": "1"} if method == "GET" else None
    answer = panel.send(method, path, headers=headers)
    assert answer.status == 202
    assert answer.data["job"]["kind"] == "metadata"
    assert answer.data["task"]["models"] == ["own.safetensors"]
    assert server.finished(answer.data["job"]["id"])["state"] == "succeeded"
    [item] = server.get(f"jobs/{answer.data['job']['id']}/items")["items"]
    assert (item["model"], item["outcome"]) == (model(server, "own")["id"], "unknown")


def test_several_models_are_refreshed_by_the_old_address(server: PanelServer) -> None:
    panel = LegacyPanel(server.url)
    models = [
        "loras/0/own.safetensors",
        {"type": "loras", "pathIndex": 0, "fullname": "boats.safetensors"},
    ]
    body = {"models": models, "priority": "high"}
    answer = panel.send("POST", "batch/metadata/refresh", json_body=body).data
    assert answer["task"] == {
        "id": answer["job"]["id"],
        "type": "metadata",
        "models": ["own.safetensors", "boats.safetensors"],
        "priority": "high",
        "progress": 0.0,
        "status": "pending",
        "error": None,
    }
    assert server.finished(answer["job"]["id"])["state"] == "succeeded"
    everything = panel.send("POST", "batch/metadata/refresh").data["job"]["id"]
    server.finished(everything)
    assert server.get(f"jobs/{everything}/items")["total"] >= 1


@pytest.mark.parametrize(
    "body", [{"models": "all"}, {"models": [7]}, {"models": ["loras/0/../../secret"]}]
)
def test_what_is_no_model_is_refused_by_the_old_address(server: PanelServer, body: Any) -> None:
    assert LegacyPanel(server.url).send("POST", "batch/metadata/refresh", json_body=body).error
