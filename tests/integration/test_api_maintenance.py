"""Maintenance over HTTP: recommendations, schedules, notifications, model folders and filters."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.notifications import Level, Notice
from model_keeper.testing.model_files import safetensors
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer, refused


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PanelServer]:
    with PanelServer(tmp_path_factory.mktemp("server")) as made:
        yield made


@pytest.fixture(autouse=True)
def emptied(server: PanelServer) -> Iterator[None]:
    """Every test begins with empty folders that were looked at."""
    yield
    for folder in server.models.iterdir():
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
    for category in ("checkpoints", "loras", "vae"):
        (server.models / category).mkdir()
    server.host.library.scanning.refresh(server.host.model_folders())


def add(server: PanelServer, name: str, content: bytes) -> Path:
    path = server.models / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    age(path)
    return path


def done(server: PanelServer, path: str, body: Any = None) -> Any:
    reply = server.ask("POST", path, {} if body is None else body)
    assert reply.status == 202, reply
    job = server.finished(reply.data["job"]["id"])
    assert job["state"] == "succeeded", job
    return job


def recommended(server: PanelServer) -> dict[tuple[str, str | None], Any]:
    rows = server.get("maintenance")["recommendations"]
    return {(row["code"], row["category"]): row for row in rows}


def test_what_could_be_better_is_recommended_with_what_to_do(server: PanelServer) -> None:
    same = safetensors(2_000, seed=1)
    add(server, "loras/a.safetensors", same)
    add(server, "loras/b.safetensors", same)
    add(server, "vae/broken.safetensors", b"no model")
    scan = done(server, "maintenance/scan")
    assert (scan["kind"], scan["name"]) == ("scan", "")

    before = recommended(server)
    assert before["files_broken", None]["count"] == 1
    assert before["files_broken", None]["bytes"] == 8
    assert before["files_broken", None]["action"] == {"kind": "broken", "query": "is:broken"}
    lacking = before["metadata_incomplete", "loras"]
    assert lacking["count"] == 2
    assert lacking["missing"]["trained_words"] == 2
    assert lacking["action"]["kind"] == "metadata"
    assert before["previews_missing", "loras"]["count"] == 2
    assert ("previews_missing", "vae") not in before
    assert before["hashes_missing", None]["count"] == 3
    assert ("duplicates_found", None) not in before
    for row in before.values():
        found = server.get(f"library?q={row['action']['query'].replace(' ', '%20')}")
        assert found["total"] == row["count"], row

    done(server, "maintenance/apply", {"code": "hashes_missing"})

    after = recommended(server)
    assert ("hashes_missing", None) not in after
    freed = after["duplicates_found", None]
    assert (freed["count"], freed["bytes"]) == (1, len(same))


def test_the_report_says_when_and_what_of_how_much(server: PanelServer) -> None:
    add(server, "loras/a.safetensors", safetensors(2_000))
    done(server, "maintenance/scan")
    report = server.get("maintenance")
    assert report["scanned_at"] > 0
    assert report["models"] == 1
    assert report["bytes"] == (server.models / "loras/a.safetensors").stat().st_size
    [volume] = report["volumes"]
    assert 0 < volume["free"] < volume["total"]
    assert report["next_run"]["schedule"] in {"daily", "at-start"}
    assert report["activity"] == []


def test_a_drive_that_is_nearly_full_is_told(server: PanelServer) -> None:
    server.ask("PATCH", "settings", {"low_space_bytes": 2**50})
    try:
        [row] = [row for row in recommended(server).values() if row["code"] == "space_low"]
        assert row["action"] == {"kind": "space", "query": None}
        assert row["path"].startswith(str(server.models))
        assert [volume["low"] for volume in server.get("maintenance")["volumes"]] == [True]
    finally:
        server.ask("PATCH", "settings", {"low_space_bytes": 0})


def test_what_a_schedule_does_can_be_done_at_once(server: PanelServer) -> None:
    add(server, "loras/a.safetensors", safetensors(2_000))
    done(server, "maintenance/scan")
    server.ask("PUT", "schedules/mine", {"task": "hash", "when": {"kind": "idle"}})
    before = server.get("schedules")["items"][-1]
    assert before["name"] == "mine"
    assert done(server, "schedules/mine/run")["kind"] == "hash"
    assert server.get("library?q=is:unhashed")["total"] == 0
    assert server.get("schedules")["items"][-1]["last_run"] == before["last_run"]
    server.ask("DELETE", "schedules/mine")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"code": "no_such"}, 404, "recommendation_unknown"),
        ({"code": "files_broken"}, 422, "recommendation_needs_person"),
        ({"code": "duplicates_found"}, 422, "recommendation_needs_person"),
        ({"code": "metadata_incomplete", "category": "lorries"}, 400, "category_unknown"),
        ({}, 400, "invalid_request"),
    ],
)
def test_what_cannot_be_applied_is_refused(
    server: PanelServer, body: Any, status: int, code: str
) -> None:
    refused(server.ask("POST", "maintenance/apply", body), status, code)


def test_schedules_are_added_changed_and_removed(server: PanelServer) -> None:
    names = [row["name"] for row in server.get("schedules")["items"]]
    assert names == ["at-start", "daily"]
    nightly = {"kind": "cron", "cron": "0 3 * * *"}
    body = {"task": "metadata", "when": nightly, "only_when_idle": True}
    made = server.ask("PUT", "schedules/every%20night", body)
    assert made.status == 200
    assert made.data["next_run"] > server.host.clock.now_ms()
    changed = {"task": "previews", "when": nightly, "not_while_generating": False}
    again = server.ask("PUT", "schedules/every%20night", changed).data
    assert again == {
        **made.data,
        "task": "previews",
        "not_while_generating": False,
        "when": {"kind": "cron", "minutes": None, "cron": "0 3 * * *"},
    }
    off = server.ask("PUT", "schedules/every%20night", {**changed, "enabled": False}).data
    assert (off["enabled"], off["next_run"]) == (False, None)
    left = server.ask("DELETE", "schedules/every%20night").data["items"]
    assert [row["name"] for row in left] == ["at-start", "daily"]
    refused(server.ask("DELETE", "schedules/every%20night"), 404, "schedule_unknown")
    refused(server.ask("POST", "schedules/nobody/run", {}), 404, "schedule_unknown")


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("x", {"task": "scan", "when": {"kind": "cron", "cron": "61 * * * *"}}, "cron_unreadable"),
        ("x", {"task": "scan", "when": {"kind": "cron"}}, "cron_unreadable"),
        ("x", {"task": "scan", "when": {"kind": "cron", "cron": "0 0 30 2 *"}}, "cron_unreadable"),
        ("x", {"task": "dance", "when": {"kind": "idle"}}, "invalid_request"),
        ("x", {"task": "scan", "when": {"kind": "moon"}}, "invalid_request"),
        ("x", {"task": "scan", "when": {"kind": "interval", "minutes": 0}}, "invalid_request"),
        ("x", {"task": "scan"}, "invalid_request"),
        ("%20", {"task": "scan", "when": {"kind": "idle"}}, "invalid_request"),
        ("x" * 101, {"task": "scan", "when": {"kind": "idle"}}, "invalid_request"),
    ],
)
def test_a_schedule_that_says_nothing_is_refused(
    server: PanelServer, name: str, body: Any, code: str
) -> None:
    refused(server.ask("PUT", f"schedules/{name}", body), 400, code)
    assert len(server.get("schedules")["items"]) == 2


def test_a_notification_is_pushed_listed_and_read(server: PanelServer) -> None:
    notice = Notice("space_low", {"path": "/models", "free": 5}, Level.WARNING)
    store = server.host.store
    since = server.events()["next"]
    store.notifications.tell(notice)
    heard = server.events(since, wait=20)
    assert heard["events"] == []
    assert heard["gone"] == []
    [told] = heard["notifications"]
    assert (told["code"], told["level"], told["data"]) == (
        "space_low",
        "warning",
        {"path": "/models", "free": 5},
    )
    assert heard["unread"] >= 1
    listed = server.get("notifications?limit=1")
    assert listed["items"] == [told]
    assert listed["unread"] == heard["unread"]
    assert server.ask("POST", "notifications/read", {"ids": [told["id"]]}).data == {
        "unread": heard["unread"] - 1
    }
    assert server.ask("POST", "notifications/read", {}).data == {"unread": 0}
    after = server.events(heard["next"], wait=20)
    assert (after["unread"], after["notifications"]) == (0, [])
    assert server.events(after["next"])["unread"] is None
    refused(server.ask("POST", "notifications/read", {"ids": ["x"]}), 400, "invalid_request")
    refused(server.ask("GET", "notifications?after=x"), 400, "invalid_request")


def test_a_folder_is_looked_at_as_its_policy_says(server: PanelServer) -> None:
    add(server, "loras/a.safetensors", safetensors(2_000))
    done(server, "maintenance/scan")
    roots = {row["category"]: row for row in server.get("roots")["items"]}
    lora = roots["loras"]
    assert (lora["policy"], lora["online"], lora["files"]) == ("start", True, 1)
    assert lora["bytes"] == (server.models / "loras/a.safetensors").stat().st_size

    answer = server.ask("PUT", "roots/policy", {"path": lora["path"], "policy": "manual"})
    policies = {row["category"]: row["policy"] for row in answer.data["items"]}
    assert (policies["loras"], policies["vae"]) == ("manual", "start")

    add(server, "loras/b.safetensors", safetensors(2_000, seed=2))
    add(server, "vae/c.safetensors", safetensors(2_000, seed=3))
    server.host.library.freshness.ensure(server.host.model_folders())
    assert server.get("library?category=vae")["total"] == 1
    assert server.get("library?category=loras")["total"] == 1
    done(server, "maintenance/scan")
    assert server.get("library?category=loras")["total"] == 2

    server.ask("PUT", "roots/policy", {"path": lora["path"], "policy": "start"})
    refused(
        server.ask("PUT", "roots/policy", {"path": "/nowhere", "policy": "manual"}),
        404,
        "folder_unknown",
    )
    refused(
        server.ask("PUT", "roots/policy", {"path": lora["path"], "policy": "x"}),
        400,
        "invalid_request",
    )


def test_a_drive_that_is_off_is_greyed_not_forgotten(server: PanelServer, tmp_path: Path) -> None:
    (server.models / "loras").rmdir()
    drive = tmp_path / "drive"
    drive.mkdir()
    (server.models / "loras").symlink_to(drive)
    add(server, "loras/a.safetensors", safetensors(2_000))
    done(server, "maintenance/scan")
    drive.rename(tmp_path / "unplugged")
    done(server, "maintenance/scan")
    [lora] = [row for row in server.get("roots")["items"] if row["category"] == "loras"]
    assert (lora["online"], lora["files"]) == (False, 1)
    [model] = server.get("library?category=loras")["items"]
    assert model["online"] is False
    (tmp_path / "unplugged").rename(drive)
    done(server, "maintenance/scan")
    assert server.get("library?category=loras")["items"][0]["online"] is True


def test_searches_are_saved_under_names(server: PanelServer) -> None:
    body = {"query": 'is:broken "a b"', "category": "loras"}
    assert server.ask("PUT", "filters/my%20own", body).data == {"name": "my own", **body}
    assert server.get("filters")["items"] == [{"name": "my own", **body}]
    refused(server.ask("PUT", "filters/bad", {"query": "size>big"}), 400, "query_value_wrong")
    assert server.ask("DELETE", "filters/my%20own").data == {"items": []}
    refused(server.ask("DELETE", "filters/my%20own"), 404, "filter_unknown")
