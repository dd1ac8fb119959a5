"""What pasted links and workflows mean over HTTP, before anything is fetched and as batches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.panel_server import PanelServer, refused

VAE = safetensors(40_000, seed=1)
LORA = safetensors(50_000, seed=2)
GATED = safetensors(30_000, seed=3)
STYLE = safetensors(20_000, seed=4)
HUB = "https://huggingface.co"
REPO = "Comfy-Org/models"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add(REPO, "split_files/vae/ae.safetensors", VAE)
        made.add(REPO, "split_files/loras/ink.safetensors", LORA)
        made.repo("people/gated", gated=True)
        made.add("people/gated", "vae/kept.safetensors", GATED)
        yield made


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        made.add(7, 70, {"style.safetensors": STYLE})
        yield made


@pytest.fixture
def server(
    tmp_path: Path, hub: FakeHub, civitai: FakeCivitai, request: pytest.FixtureRequest
) -> Iterator[PanelServer]:
    """Watched from when it serves: nothing that is asked of it may hold up its loop."""
    endpoints = {"HF_ENDPOINT": hub.url, "MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url}
    with PanelServer(tmp_path, **endpoints) as made:
        request.getfixturevalue("blocking_refused")
        yield made


def resolve(path: str, repo: str = REPO) -> str:
    return f"{HUB}/{repo}/resolve/main/{path}"


AE = resolve("split_files/vae/ae.safetensors")
INK = resolve("split_files/loras/ink.safetensors")
KEPT = resolve("vae/kept.safetensors", "people/gated")


# -- links ---------------------------------------------------------------------------------------


def inspected(server: PanelServer, *links: str, **more: str) -> list[dict[str, Any]]:
    found = server.post("links/inspect", {"text": "\n".join(links), **more})
    assert found["left_out"] == 0
    items: list[dict[str, Any]] = found["items"]
    assert [row["text"] for row in items] == list(dict.fromkeys(links))
    return items


def test_a_link_to_a_file_says_all_that_is_known_of_it(server: PanelServer, hub: FakeHub) -> None:
    (row,) = inspected(server, AE)
    assert (row["provider"], row["title"], row["name"]) == ("huggingface", REPO, "ae.safetensors")
    assert (row["size"], row["sha256"]) == (len(VAE), sha256(VAE))
    assert (row["category"], row["root"]) == ("vae", str(server.models / "vae"))
    assert row["path"] == str(server.models / "vae" / "ae.safetensors")
    assert row["free"] > 0
    assert (row["here"], row["files"], row["error"]) == (None, [], None)
    assert hub.files.sent() == 0, "looking fetches no file"


def test_every_kind_of_link_is_understood(server: PanelServer, hub: FakeHub) -> None:
    with Origin() as origin:
        plain = origin.add("plain.safetensors", safetensors(9_000, 5))
        rows = inspected(
            server,
            f"{HUB}/{REPO}/blob/main/split_files/vae/ae.safetensors",
            f"hf://{REPO}/split_files/vae/ae.safetensors",
            "https://civitai.com/models/7",
            "https://civitai.com/api/download/models/70",
            "urn:air:flux1:lora:civitai:7@70",
            sha256(STYLE),
            plain,
            category="loras",
        )
    facts = [(row["provider"], row["name"], row["size"], row["error"]) for row in rows]
    assert facts == [
        *[("huggingface", "ae.safetensors", len(VAE), None)] * 2,
        *[("civitai", "style.safetensors", len(STYLE), None)] * 4,
        ("plain", "plain.safetensors", None, None),  # its server is asked when it is fetched
    ]
    assert [row["sha256"] for row in rows[2:]] == [sha256(STYLE)] * 4 + [None]
    assert {row["category"] for row in rows} == {"loras"}


def test_a_page_with_several_files_offers_them(server: PanelServer) -> None:
    (row,) = inspected(server, f"{HUB}/{REPO}")
    files = {choice["name"]: choice for choice in row["files"]}
    assert set(files) == {"ae.safetensors", "ink.safetensors"}
    assert files["ink.safetensors"]["size"] == len(LORA)
    assert files["ink.safetensors"]["sha256_known"] is True
    assert (row["path"], row["error"]) == (None, None)
    (chosen,) = inspected(server, files["ink.safetensors"]["url"])
    assert chosen["name"] == "ink.safetensors"
    details = refused(server.ask("POST", "jobs", {"url": f"{HUB}/{REPO}"}), 400, "choice_needed")
    assert "ink.safetensors" in details["choices"]


def test_one_bad_link_spoils_no_other(server: PanelServer) -> None:
    rows = inspected(
        server,
        "nonsense",
        AE,
        resolve("vae/gone.safetensors"),
        KEPT,
        f"{HUB}/nobody/nothing",
        "https://civitai.com/models/404",
        "0" * 64,
        "https://10.0.0.1/a.safetensors",
        "http://[::1",
        "http://127.0.0.1:1/a.safetensors",
    )
    codes = [row["error"] and row["error"]["code"] for row in rows]
    assert codes[:4] == ["link_unreadable", None, "hf_file_not_found", "hf_gated_login"]
    assert codes[6:9] == ["hash_not_found", "host_refused", "link_unreadable"]
    assert None not in codes[4:]
    assert rows[3]["error"]["hint"]


def test_a_category_nobody_has_is_said_at_each_link(server: PanelServer) -> None:
    (row,) = inspected(server, AE, category="loars")
    assert row["error"]["code"] == "category_unknown"
    assert row["size"] == len(VAE), "what was found out stays"


def test_what_is_here_already_is_found_by_place_and_by_proof(server: PanelServer) -> None:
    job = server.post("jobs", {"url": AE, "name": "my/own.safetensors"})["job"]
    server.finished(job["id"])
    beside = server.models / "loras" / "ink.safetensors"
    beside.write_bytes(LORA)

    by_proof, by_place = inspected(server, AE, INK)

    assert by_proof["here"] == str(server.models / "vae" / "my" / "own.safetensors")
    assert by_place["here"] == str(beside)
    beside.write_bytes(LORA[:-1])
    assert inspected(server, INK)[0]["here"] is None, "another file under its name is not it"


def test_more_links_than_anybody_pastes_are_counted(server: PanelServer) -> None:
    words = " \t\n".join(f"word{n}" for n in range(250)) + " word0 word1"
    found = server.post("links/inspect", {"text": words})
    assert (len(found["items"]), found["left_out"]) == (200, 50)
    assert found["repeated"] == 2
    nothing = {"items": [], "left_out": 0, "repeated": 0, "volumes": []}
    assert server.post("links/inspect", {"text": " \n"}) == nothing
    refused(server.ask("POST", "links/inspect", {}), 400, "invalid_request")
    refused(server.ask("POST", "links/inspect", {"text": "x" * 200_001}), 400, "invalid_request")


def test_folders_say_where_new_files_go(server: PanelServer, tmp_path: Path) -> None:
    extra = tmp_path / "extra.yaml"
    extra.write_text(f"more:\n  base_path: {tmp_path}/more\n  loras: loras\n  is_default: true\n")
    (tmp_path / "more" / "loras").mkdir(parents=True)
    server.ask("PATCH", "settings", {"extra_model_paths": [str(extra)]})
    rows = [row for row in server.get("folders")["items"] if row["category"] == "loras"]
    assert [(row["path"], row["is_default"]) for row in rows] == [
        (str(tmp_path / "more" / "loras"), True),
        (str(server.models / "loras"), False),
    ]
    assert all(row["writable"] and row["free"] > 0 for row in rows)
    assert inspected(server, INK)[0]["root"] == str(tmp_path / "more" / "loras")


# -- workflows -----------------------------------------------------------------------------------


def node(number: int, name: str, url: str, folder: str = "vae", mode: int = 0) -> dict[str, Any]:
    model = {"name": name, "url": url, "directory": folder}
    return {"id": number, "type": "Loader", "mode": mode, "properties": {"models": [model]}}


def workflow(*nodes: Mapping[str, Any]) -> dict[str, Any]:
    return {"nodes": list(nodes), "links": []}


def analyzed(server: PanelServer, **body: Any) -> dict[str, dict[str, Any]]:
    items = server.post("workflows/analyze", body)["items"]
    needs = {row["name"]: row for row in items}
    assert len(needs) == len(items)
    return needs


def test_each_need_stands_as_it_stands(server: PanelServer) -> None:
    (server.models / "checkpoints" / "here.safetensors").write_bytes(VAE)
    needs = analyzed(
        server,
        workflow=workflow(
            node(1, "ae.safetensors", AE),
            node(2, "here.safetensors", "https://far.example/x", "checkpoints"),
            node(3, "ink.safetensors", INK, "loras", mode=4),
            node(4, "ink2.safetensors", INK, "loras", mode=2),
            node(5, "both.safetensors", AE),
            node(6, "both.safetensors", INK),
            node(7, "gone.safetensors", resolve("vae/gone.safetensors")),
            node(8, "nowhere.safetensors", ""),
            node(9, "broken.safetensors", "nonsense"),
        ),
    )
    assert {name: row["state"] for name, row in needs.items()} == {
        "ae.safetensors": "fetch",
        "here.safetensors": "on_disk",
        "ink.safetensors": "optional",
        "ink2.safetensors": "optional",
        "both.safetensors": "choose",
        "gone.safetensors": "missing",
        "nowhere.safetensors": "missing",
        "broken.safetensors": "fetch",
    }
    fetch = needs["ae.safetensors"]
    assert (fetch["size"], fetch["sha256_published"]) == (len(VAE), True)
    assert (fetch["host"], fetch["provider"]) == ("Comfy-Org", "huggingface")
    assert fetch["path"] == str(server.models / "vae" / "ae.safetensors")
    assert needs["here.safetensors"]["path"].endswith("checkpoints/here.safetensors")
    assert needs["here.safetensors"]["size"] == len(VAE)
    offers = needs["both.safetensors"]["candidates"]
    assert [offer["url"] for offer in offers] == [AE, INK]
    assert needs["gone.safetensors"]["error"]["code"] == "hf_file_not_found"
    assert needs["broken.safetensors"]["error"]["code"] == "link_unreadable"


def test_space_is_what_can_be_fetched_takes(server: PanelServer) -> None:
    found = server.post(
        "workflows/analyze",
        {
            "workflow": workflow(
                node(1, "ae.safetensors", AE),
                node(2, "ink.safetensors", INK, "loras"),
                node(3, "ink2.safetensors", INK, "loras", mode=4),
            )
        },
    )
    (volume,) = found["space"]
    assert volume["needed"] == len(VAE) + len(LORA), "what is optional does not count"
    assert volume["free"] > 0
    assert server.post("workflows/analyze", {})["space"] == []


def test_a_host_nobody_knows_is_asked_nothing_before_a_person_admits_it(
    server: PanelServer,
) -> None:
    far = node(1, "far.safetensors", "https://far.example/far.safetensors")
    row = analyzed(server, workflow=workflow(far))["far.safetensors"]
    assert (row["state"], row["approval"], row["host"]) == ("fetch", True, "far.example")
    assert (row["size"], row["error"]) == (None, None)
    taken = server.post("workflows/fetch", {"workflow": workflow(far)})
    job = server.get(f"jobs/{taken['job']['id']}")["job"]
    assert (job["state"], job["wait_reason"]) == ("pending", "approval")
    server.post(f"jobs/{job['id']}/reject")
    rejected = server.finished(job["id"])
    assert rejected["error"]["code"] == "rejected_by_person"


def test_a_gated_file_has_its_plan_and_says_what_it_wants(server: PanelServer) -> None:
    row = analyzed(server, workflow=workflow(node(1, "kept.safetensors", KEPT)))["kept.safetensors"]
    assert (row["state"], row["error"]["code"]) == ("fetch", "hf_gated_login")
    assert row["path"] == str(server.models / "vae" / "kept.safetensors")
    assert row["error"]["family"] == "credentials"


@pytest.mark.parametrize("name", ["../out.safetensors", "/etc/out", "a/../../out.safetensors"])
def test_a_name_that_climbs_goes_nowhere_and_shows_nothing(server: PanelServer, name: str) -> None:
    (server.models / "out.safetensors").write_bytes(VAE)
    row = analyzed(server, workflow=workflow(node(1, name, AE)))[name]
    assert row["state"] != "on_disk"
    assert row["error"]["code"] == "destination_outside_root"
    assert row["path"] is None
    taken = server.post("workflows/fetch", {"workflow": workflow(node(1, name, AE))})
    assert taken["job"] is None
    assert taken["items"][0]["error"]["code"] == "destination_outside_root"


def test_values_of_loaders_join_what_is_declared(server: PanelServer) -> None:
    def value(number: int, text: str, **more: Any) -> dict[str, Any]:
        return {"node_id": str(number), "widget": "name", "value": text, **more}

    needs = analyzed(
        server,
        workflow=workflow(node(1, "ae.safetensors", AE), node(2, "ink.safetensors", INK, mode=4)),
        values=[
            value(1, "ae.safetensors"),
            value(8, "flux\\ae.safetensors", scope="group"),
            value(9, "ink.safetensors"),
            value(10, "lost.pt", node_type="LoraLoader"),
            value(11, "lost.pt"),
            value(12, "asleep.pt", active=False),
        ],
    )
    places = {
        name: [(place["scope"], place["node_id"], place["widget"]) for place in row["places"]]
        for name, row in needs.items()
    }
    assert places == {
        "ae.safetensors": [("", "1", "name")],
        "flux/ae.safetensors": [("group", "8", "name")],  # a loader finds it there only
        "ink.safetensors": [("", "9", "name"), ("", "2", None)],
        "lost.pt": [("", "10", "name"), ("", "11", "name")],
        "asleep.pt": [("", "12", "name")],
    }
    assert needs["ink.safetensors"]["state"] == "fetch", "a loader that is awake wants it"
    assert (needs["lost.pt"]["state"], needs["asleep.pt"]["state"]) == ("missing", "optional")


def test_what_the_host_misses_is_joined_with_what_was_stored(server: PanelServer) -> None:
    """ComfyUI may have replaced a value since: the stored workflow still declares its source."""
    needs = analyzed(
        server,
        workflow=workflow({"id": 1, "type": "Loader", "mode": 0}),
        stored=workflow(node(1, "ae.safetensors", AE)),
        models=[
            {"name": "ae.safetensors", "url": f"{AE}?download=true", "directory": "vae"},
            {"name": "sub\\ink.safetensors", "url": INK, "directory": "loras"},
        ],
    )
    assert set(needs) == {"ae.safetensors", "sub/ink.safetensors"}
    assert {row["state"] for row in needs.values()} == {"fetch"}
    assert needs["sub/ink.safetensors"]["path"] == str(
        server.models / "loras" / "sub" / "ink.safetensors"
    )


def test_who_does_not_explore_asks_nobody(
    server: PanelServer, hub: FakeHub, civitai: FakeCivitai
) -> None:
    whole = workflow(
        node(1, "ae.safetensors", AE),
        node(2, "kept.safetensors", KEPT),
        node(3, "style.safetensors", "https://civitai.com/api/download/models/70", "loras"),
    )
    needs = analyzed(server, workflow=whole, explore=False)
    assert {row["state"] for row in needs.values()} == {"fetch"}
    assert {row["size"] for row in needs.values()} == {None}
    assert {row["error"] for row in needs.values()} == {None}
    asked = [*hub.server.records(), *hub.files.requests(), *civitai.server.records()]
    assert asked == []


def test_what_is_no_workflow_is_refused(server: PanelServer) -> None:
    for path in ("workflows/analyze", "workflows/fetch"):
        strange = {"workflow": {"a": 1}}
        refused(server.ask("POST", path, strange), 400, "workflow_unknown_format")
        refused(server.ask("POST", path, {"workflow": []}), 400, "invalid_request")
        refused(server.ask("POST", path, {"models": [{}]}), 400, "invalid_request")
    empty = server.post("workflows/analyze", {"workflow": {}})
    assert empty == {"items": [], "space": [], "missing_nodes": []}
    api = {"3": {"class_type": "VAELoader", "inputs": {"vae_name": "own.safetensors"}}}
    needs = analyzed(server, workflow=api, explore=False)
    assert {name: row["state"] for name, row in needs.items()} == {"own.safetensors": "missing"}
    refused(server.ask("POST", "workflows/fetch", {"workflow": api}), 404, "workflow_without_links")
    refused(server.ask("POST", "workflows/fetch", {}), 404, "workflow_without_links")


def test_a_workflow_may_be_large_and_strange(server: PanelServer) -> None:
    picture = {"id": 2, "type": "Note", "widgets_values": ["x" * 5_000_000]}
    strange: list[Any] = [
        None,
        5,
        "text",
        [],
        {"id": {}, "properties": {"models": "no"}},
        {"properties": 1},
    ]
    odd_name = node(3, "\ud800.safetensors", AE)
    whole = workflow(node(1, "ae.safetensors", AE), picture, odd_name)
    whole["nodes"] += strange
    whole["definitions"] = {"subgraphs": [None, {"id": 1, "nodes": 5}]}
    needs = analyzed(server, workflow=whole)
    assert needs["ae.safetensors"]["state"] == "fetch"


def test_a_workflow_is_fetched_and_each_model_says_what_became_of_it(
    server: PanelServer,
) -> None:
    whole = workflow(
        node(1, "ae.safetensors", AE),
        node(2, "ink.safetensors", INK, "loras", mode=4),
        node(3, "gone.safetensors", resolve("vae/gone.safetensors")),
        node(4, "style.safetensors", "https://civitai.com/models/7", "loras"),
    )
    taken = server.post("workflows/fetch", {"workflow": whole, "title": "Portrait"})
    codes = [row["error"] and row["error"]["code"] for row in taken["items"]]
    assert codes == [None, "hf_file_not_found", None], "what sleeps is not fetched unasked"
    batch = server.finished(taken["job"]["id"])
    assert (batch["name"], batch["state"], batch["batch"]["succeeded"]) == (
        "Portrait",
        "succeeded",
        2,
    )
    assert (server.models / "vae" / "ae.safetensors").read_bytes() == VAE
    assert (server.models / "loras" / "style.safetensors").read_bytes() == STYLE
    assert {row["state"] for row in analyzed(server, workflow=whole).values()} == {
        "on_disk",
        "optional",
        "missing",
    }


def test_models_are_fetched_as_they_are_named(server: PanelServer) -> None:
    models = [
        {"name": "mine.safetensors", "url": AE, "directory": "vae", "sha256": sha256(VAE).upper()},
        {"name": "false.safetensors", "url": INK, "directory": "loras", "sha256": "0" * 64},
        {"name": "nowhere.safetensors"},
    ]
    taken = server.post("workflows/fetch", {"models": models})
    assert [row["error"] and row["error"]["code"] for row in taken["items"]] == [
        None,
        None,
        "not_found",
    ]
    right, wrong = (server.finished(row["job_id"]) for row in taken["items"][:2])
    assert (right["state"], right["relative"]) == ("succeeded", "mine.safetensors")
    assert wrong["error"]["code"] == "hash_mismatch"


def test_a_gated_model_is_enqueued_and_says_there_what_it_wants(server: PanelServer) -> None:
    model = {"name": "kept.safetensors", "url": KEPT, "directory": "vae"}
    taken = server.post("workflows/fetch", {"models": [model]})
    assert taken["items"][0]["error"] is None
    assert server.finished(taken["job"]["id"])["error"]["code"] == "hf_gated_login"
