"""Changes of models over HTTP: moved, renamed, thrown away, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer, refused


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PanelServer]:
    with PanelServer(tmp_path_factory.mktemp("changes")) as made:
        yield made


@pytest.fixture
def server(served: PanelServer) -> PanelServer:
    """With two models that have files beside them, and nothing else."""
    for path in sorted(served.models.rglob("*"), reverse=True):
        if not path.is_dir():
            path.unlink()
    served.ask("POST", "library/trash/purge", {"all": True})
    add(served, "loras/car.safetensors", 1)
    add(served, "loras/old/bike.safetensors", 2)
    (served.models / "loras/car.info").write_text("{}")
    served.host.library.scanning.refresh(served.host.model_folders())
    return served


def latest(server: PanelServer) -> Any:
    """The change that was made last."""
    return server.get("library/changes?limit=1")["items"][0]


def add(server: PanelServer, name: str, seed: int) -> Path:
    return put(server, name, safetensors(2_000, seed=seed))


def put(server: PanelServer, name: str, content: bytes) -> Path:
    path = server.models / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    age(path)
    return path


def files(server: PanelServer) -> set[str]:
    return {
        path.relative_to(server.models).as_posix()
        for path in server.models.rglob("*")
        if path.is_file() and ".model-keeper-trash" not in path.parts
    }


def id_of(server: PanelServer, name: str) -> str:
    [item] = server.get(f"library?q={name}")["items"]
    return str(item["id"])


def post(server: PanelServer, path: str, body: Any = None) -> Any:
    reply = server.ask("POST", path, {} if body is None else body)
    assert reply.status == 200, reply
    return reply.data


def test_a_model_is_moved_with_its_files_known_by_its_new_id_and_brought_back(
    server: PanelServer,
) -> None:
    before = files(server)
    car = id_of(server, "car")

    moved = post(server, f"library/{car}/move", {"category": "vae", "folder": "a/b"})

    assert files(server) == {
        "vae/a/b/car.safetensors", "vae/a/b/car.info", "loras/old/bike.safetensors",
    }  # fmt: skip
    [result] = moved["results"]
    assert (result["id"], result["error"]) == (car, None)
    assert server.get(f"library/{result['new_id']}")["relative"] == "a/b/car.safetensors"
    change = moved["change"]
    assert (change["kind"], change["models"], change["files"]) == ("move", 1, 2)
    assert (change["names"], change["can_be_undone"]) == (["car.safetensors"], True)

    undone = post(server, f"library/changes/{change['id']}/undo")
    assert files(server) == before
    assert undone["change"]["undoes"] == change["id"]
    assert undone["results"][0]["new_id"] == car
    listed = server.get("library/changes?limit=2")["items"]
    assert [(row["kind"], row["undone"]) for row in listed] == [("undo", False), ("move", True)]
    refused(server.ask("POST", f"library/changes/{change['id']}/undo", {}), 409, "change_undone")


def test_a_model_gets_another_name(server: PanelServer) -> None:
    renamed = post(server, f"library/{id_of(server, 'bike')}/rename", {"name": "Rad.safetensors"})
    assert "loras/old/Rad.safetensors" in files(server)
    assert server.get(f"library/{renamed['results'][0]['new_id']}")["name"] == "Rad.safetensors"


def test_all_that_is_found_but_some_is_thrown_away(server: PanelServer) -> None:
    bike, car = id_of(server, "bike"), id_of(server, "car")
    body = {"action": "trash", "query": "", "category": "loras", "without": [bike, "nothing"]}
    thrown = post(server, "library/actions", body)
    assert [row["id"] for row in thrown["results"]] == [car]
    assert files(server) == {"loras/old/bike.safetensors"}
    assert server.get("library")["total"] == 1


def test_what_is_thrown_away_is_listed_restored_and_purged(server: PanelServer) -> None:
    before = files(server)
    thrown = post(server, "library/actions", {"action": "trash", "query": "safetensors"})
    assert files(server) == set()
    assert [row["new_id"] for row in thrown["results"]] == [None, None]

    trash = server.get("library/trash")
    assert {row["relative"] for row in trash["items"]} == {
        "car.safetensors",
        "old/bike.safetensors",
    }
    assert trash["bytes"] == sum(row["size"] for row in trash["items"]) > 4_000
    assert all(row["expires_at"] > row["thrown_at"] for row in trash["items"])
    ids = [row["id"] for row in trash["items"]]
    restored = post(server, "library/trash/restore", {"ids": [*ids, "nothing"]})["results"]
    assert [row["error"] and row["error"]["code"] for row in restored] == [
        None, None, "not_in_trash",
    ]  # fmt: skip
    assert files(server) == before
    assert server.get("library")["total"] == 2

    post(server, f"library/{id_of(server, 'car')}/trash")
    assert latest(server)["can_be_undone"] is True
    [left] = server.get("library/trash")["items"]
    refused(server.ask("POST", "library/trash/purge", {}), 400, "invalid_request")
    refused(server.ask("POST", "library/trash/purge", {"ids": ["x"]}), 404, "not_in_trash")
    purged = post(server, "library/trash/purge", {"ids": [left["id"]]})
    assert (purged["files"], purged["problems"]) == (2, [])
    assert purged["bytes_freed"] > 2_000
    assert server.get("library/trash")["total"] == 0
    assert latest(server)["can_be_undone"] is False


def test_what_cannot_be_done_for_one_model_is_told_and_the_others_are_done(
    server: PanelServer,
) -> None:
    add(server, "vae/car.safetensors", 3)
    ids = [id_of(server, "old"), id_of(server, "car"), "nobody"]

    moved = post(
        server,
        "library/actions",
        {"action": "move", "ids": ids, "to": {"category": "vae", "folder": ""}},
    )

    by_id = {row["id"]: row["error"] and row["error"]["code"] for row in moved["results"]}
    assert by_id == {ids[0]: None, ids[1]: "destination_exists", "nobody": "model_not_in_library"}
    assert (moved["change"]["models"], moved["change"]["failed"]) == (2, 1)
    assert "loras/car.info" in files(server)
    refused(
        server.ask("POST", f"library/{ids[1]}/move", {"category": "vae"}), 409, "destination_exists"
    )


def test_many_models_are_a_job_that_says_how_to_undo_it(
    server: PanelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model_keeper.engine.change_desk._QUICK_MODELS", 1)
    before = files(server)
    body = {"action": "move", "query": "", "to": {"folder": "all"}}
    moved = post(server, "library/actions", body)
    assert (moved["change"], moved["results"]) == (None, [])
    job = moved["job"]
    assert (job["kind"], server.finished(job["id"])["state"]) == ("change", "succeeded")
    assert {"loras/all/car.safetensors", "loras/all/bike.safetensors"} <= files(server)
    [change] = server.get(f"jobs/{job['id']}")["result"]["changes"]
    detail = server.get(f"library/changes/{change}")
    assert {row["new_id"] for row in detail["results"]} == {
        row["id"] for row in server.get("library")["items"]
    }
    post(server, f"library/changes/{change}/undo")
    assert files(server) == before


def test_a_model_that_is_there_already_is_no_change(server: PanelServer) -> None:
    car = id_of(server, "car")
    total = server.get("library/changes")["total"]
    moved = post(server, f"library/{car}/move", {"category": "loras", "folder": ""})
    assert (moved["change"], moved["results"][0]["new_id"]) == (None, car)
    assert server.get("library/changes")["total"] == total


def test_models_found_by_a_search_are_marked_together(server: PanelServer) -> None:
    car = id_of(server, "car")
    tagged = {"action": "tag", "query": "", "tags": {"add": [" Red "]}}
    assert len(post(server, "library/actions", tagged)["results"]) == 2
    post(server, "library/actions", {"action": "favourite", "ids": [car]})
    post(server, "library/actions", {"action": "tag", "ids": [car], "tags": {"remove": ["Red"]}})
    assert [row["id"] for row in server.get("library?q=is:favourite")["items"]] == [car]
    assert [row["name"] for row in server.get("library?q=tag:Red")["items"]] == ["bike.safetensors"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"folder": "/etc"}, 400, "destination_outside_root"),
        ({"folder": "../vae"}, 400, "destination_outside_root"),
        ({"folder": "a/../../vae"}, 400, "destination_outside_root"),
        ({"folder": "C:/models"}, 400, "destination_outside_root"),
        ({"folder": "a\\..\\..\\b"}, 400, "destination_outside_root"),
        ({"folder": ".model-keeper-trash"}, 400, "destination_outside_root"),
        ({"folder": "a\0b"}, 400, "destination_outside_root"),
        ({"folder": "con"}, 400, "name_unusable"),
        ({"folder": ".hidden"}, 400, "name_unusable"),
        ({"root": "/etc"}, 400, "root_unknown"),
        ({"category": "nothing"}, 400, "category_unknown"),
        ({"category": "../vae"}, 400, "category_unknown"),
        ({}, 400, "invalid_request"),
        ({"folder": 1}, 400, "invalid_request"),
    ],
)
def test_no_parameter_leads_out_of_the_folders(
    server: PanelServer, body: Any, status: int, code: str
) -> None:
    before = files(server)
    refused(server.ask("POST", f"library/{id_of(server, 'car')}/move", body), status, code)
    assert files(server) == before


@pytest.mark.parametrize("name", ["../car.safetensors", "a/b.safetensors", "car.ckpt", "car", ""])
def test_a_name_is_a_name(server: PanelServer, name: str) -> None:
    car = id_of(server, "car")
    refused(server.ask("POST", f"library/{car}/rename", {"name": name}), 400, "name_unusable")


def test_a_folder_that_a_link_leads_out_of_takes_nothing(
    server: PanelServer, tmp_path: Path
) -> None:
    (server.models / "vae" / "out").symlink_to(tmp_path)
    body = {"category": "vae", "folder": "out"}
    reply = server.ask("POST", f"library/{id_of(server, 'car')}/move", body)
    refused(reply, 400, "link_leaves_folders")
    assert list(tmp_path.iterdir()) == []


def test_a_choice_is_ids_or_a_search_and_bounded(server: PanelServer) -> None:
    for body in (
        {"action": "trash"},
        {"action": "trash", "ids": [], "query": ""},
        {"action": "trash", "ids": ["a"], "without": ["a"]},
        {"action": "tag", "query": ""},
        {"action": "move", "query": ""},
        {"action": "burn", "query": ""},
        {"action": "trash", "ids": [str(n) for n in range(10_001)]},
    ):
        refused(server.ask("POST", "library/actions", body), 400, "invalid_request")
    nothing = post(server, "library/actions", {"action": "trash", "ids": []})
    assert (nothing["change"], nothing["job"], nothing["results"]) == (None, None, [])
    refused(server.ask("GET", "library/changes/nobody"), 404, "change_unknown")


def test_duplicates_are_freed_as_planned_by_the_worker_and_come_back(server: PanelServer) -> None:
    twin = add(server, "vae/twin.safetensors", 1)
    server.host.library.scanning.refresh(server.host.model_folders())
    job = server.ask("POST", "library/hash", {}).data["job"]["id"]
    assert server.finished(job)["state"] == "succeeded"
    car, other = id_of(server, "car"), id_of(server, "twin")
    [group] = server.get("library/duplicates")["items"]
    assert {row["id"] for row in group["items"]} == {car, other}
    choice = {"how": "hardlink", "chosen": {group["sha256"]: other}, "keep": ["oldest"]}
    plan = post(server, "library/duplicates/plan", choice)
    assert plan["items"] == [
        {"sha256": group["sha256"], "kept": other, "others": [car], "bytes_freed": group["size"]}
    ]
    nothing = post(server, "library/duplicates/apply", {**choice, "sha256s": ["0" * 64]})
    assert (nothing["job"], nothing["change"]) == (None, None)
    before = {path: (server.models / path).read_bytes() for path in files(server)}

    job = post(server, "library/duplicates/apply", choice)["job"]
    assert job["kind"] == "change"
    assert server.finished(job["id"])["state"] == "succeeded"

    assert (server.models / "loras/car.safetensors").samefile(twin)
    assert server.get("library/duplicates")["items"] == []
    [change] = server.get(f"jobs/{job['id']}")["result"]["changes"]
    undone = post(server, f"library/changes/{change}/undo")
    assert undone["change"]["undoes"] == change
    assert not (server.models / "loras/car.safetensors").samefile(twin)
    assert {path: (server.models / path).read_bytes() for path in files(server)} == before


def test_the_same_weights_are_shown_beside_duplicates(
    server: PanelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, title in (("car", "a"), ("old/bike", "b"), ("old/third", "c")):
        # Of another size than in other tests: inodes are used again, and all times are equal.
        put(server, f"loras/{name}.safetensors", safetensors(3_000, metadata={"title": title}))
    server.host.library.scanning.refresh(server.host.model_folders())
    job = server.ask("POST", "library/hash", {}).data["job"]["id"]
    assert server.finished(job)["state"] == "succeeded"

    told = server.get("library/duplicates")

    assert (told["items"], told["more_same_weights"]) == ([], False)
    [same] = told["same_weights"]
    assert len(same["tensors"]) == 64
    assert [[item["relative"] for item in each["items"]] for each in same["variants"]] == [
        ["car.safetensors"], ["old/bike.safetensors"], ["old/third.safetensors"],
    ]  # fmt: skip
    for each in same["variants"]:
        [item] = each["items"]
        assert (each["files"], each["size"]) == (1, item["size"])
    assert len({each["sha256"] for each in same["variants"]}) == 3
    monkeypatch.setattr("model_keeper.web.v1.tidying._MOST_SAME_WEIGHTS", 0)
    told = server.get("library/duplicates")
    assert (told["same_weights"], told["more_same_weights"]) == ([], True)


def test_models_are_organised_as_planned_and_again_moves_nothing(server: PanelServer) -> None:
    body = {"template": "{format}/{name}", "category": "loras"}
    plan = post(server, "library/organise/plan", body)
    assert {row["new"] for row in plan["items"]} == {
        "safetensors/car.safetensors",
        "safetensors/bike.safetensors",
    }
    before = files(server)
    done = post(server, "library/organise/apply", {**body, "ids": [id_of(server, "car")]})
    assert [row["error"] for row in done["results"]] == [None]
    assert "loras/safetensors/car.info" in files(server)
    post(server, "library/organise/apply", {**body, "category": None, "query": "bike"})
    assert post(server, "library/organise/plan", body)["items"] == []
    assert post(server, "library/organise/apply", body)["change"] is None
    for change in server.get("library/changes?limit=2")["items"]:
        post(server, f"library/changes/{change['id']}/undo")
    assert files(server) == before


def test_a_template_knows_what_is_written_beside_a_model(server: PanelServer) -> None:
    said = {"creator": "Ann", "baseModel": "SDXL 1.0"}
    (server.models / "loras/old/bike.info").write_text(json.dumps(said))
    body = {"template": "{base}/{creator}/{name}", "category": "loras"}
    plan = post(server, "library/organise/plan", body)
    assert {row["new"] for row in plan["items"]} == {"SDXL 1.0/Ann/bike.safetensors"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"template": "{name}"}, "invalid_request"),
        ({"template": "../{name}", "category": "loras"}, "template_unusable"),
        ({"template": "/a/{name}", "query": ""}, "template_unusable"),
        ({"template": "{colour}/{name}", "category": "loras"}, "template_unusable"),
        ({"template": "{name}", "category": "nothing"}, "category_unknown"),
    ],
)
def test_a_template_that_means_nothing_is_refused(
    server: PanelServer, body: Any, code: str
) -> None:
    for path in ("library/organise/plan", "library/organise/apply"):
        refused(server.ask("POST", path, body), 400, code)


def test_a_line_feed_in_an_address_is_refused_like_everything_else(server: PanelServer) -> None:
    refused(server.ask("GET", "library/a%0Ab"), 404, "model_not_in_library")
