"""What the upstream panel's API refuses: places outside the model folders, and pages of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.legacy_panel import FormValue, LegacyPanel
from tests.integration.panel_server import PanelServer

SECRET = b"nobody's business"
CLIMBING = (
    "..%2F..%2Fsecret.safetensors",
    "sub/..%2F..%2F..%2Fsecret.safetensors",
    "%2E%2E/%2E%2E/secret.safetensors",
    "%2Fetc%2Fpasswd",
    "C:%5Csecret.safetensors",
    "..%5C..%5Csecret.safetensors",
    "a%00.safetensors",
    "away/secret.safetensors",
    "linked.safetensors",
)


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[PanelServer]:
    loras = tmp_path / "models" / "loras"
    loras.mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("secret.safetensors", "secret.png", "secret.md"):
        (outside / name).write_bytes(SECRET)
    (tmp_path / "secret.safetensors").write_bytes(SECRET)
    (loras / "away").symlink_to(outside, target_is_directory=True)
    (loras / "linked.safetensors").symlink_to(outside / "secret.safetensors")
    (loras / "own.safetensors").write_bytes(safetensors(2_000))
    (loras / "own.md").symlink_to(outside / "secret.md")
    (loras / "own.png").symlink_to(outside / "secret.png")
    with PanelServer(tmp_path) as made:
        request.getfixturevalue("blocking_refused")
        yield made


@pytest.fixture
def panel(server: PanelServer) -> LegacyPanel:
    return LegacyPanel(server.url)


def everything(folder: Path) -> dict[str, bytes]:
    roots = (folder / "models", folder / "outside")
    return {str(p): p.read_bytes() for root in roots for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", CLIMBING)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_no_model_outside_the_folders(
    panel: LegacyPanel, tmp_path: Path, method: str, name: str
) -> None:
    before = everything(tmp_path)
    form = {"description": "mine"} if method == "PUT" else None
    assert panel.send(method, f"model/loras/0/{name}", form=form).error
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", CLIMBING)
def test_no_preview_outside_the_folders(panel: LegacyPanel, name: str) -> None:
    picture = name.replace(".safetensors", ".png")
    answer = panel.send("GET", f"preview/loras/0/{picture}")
    assert SECRET not in answer.body


def test_no_sidecar_through_a_link(panel: LegacyPanel, tmp_path: Path) -> None:
    before = everything(tmp_path)
    assert panel.send("GET", "model/loras/0/own.safetensors").error
    assert panel.send("GET", "preview/loras/0/own.png").error
    form = {"description": "mine"}
    assert panel.send("PUT", "model/loras/0/own.safetensors", form=form).error
    assert everything(tmp_path) == before


@pytest.mark.parametrize("index", ["1", "-1", "0x0", "%D9%A0", "99999999999999999999"])
def test_no_folder_of_another_number(panel: LegacyPanel, index: str) -> None:
    assert panel.send("GET", f"model/loras/{index}/own.safetensors").error
    assert panel.send("GET", f"preview/loras/{index}/own.png").error


@pytest.mark.parametrize(
    "fullname",
    ["../out.safetensors", "/tmp/out.safetensors", "away/out.safetensors", "C:\\out.safetensors",
     "a\0.safetensors", ""],
)  # fmt: skip
def test_no_download_and_no_move_to_outside(
    server: PanelServer, panel: LegacyPanel, tmp_path: Path, fullname: str
) -> None:
    before = everything(tmp_path)
    place = {"type": "loras", "pathIndex": "0", "fullname": fullname}
    assert panel.send("PUT", "model/loras/0/own.safetensors", form=place).error
    link = {"downloadUrl": f"{server.url}/file.safetensors", "hashes": "{}"}
    assert panel.send("POST", "model", form={**place, **link}).error
    assert server.get("jobs")["total"] == 0
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["..%2Fkeeper.sqlite3", "..%2F..%2Fsecret.png", "x%2Fy.png"])
def test_no_preview_of_a_task_from_elsewhere(panel: LegacyPanel, name: str) -> None:
    answer = panel.send("GET", f"preview/download/{name}")
    assert SECRET not in answer.body
    assert b"SQLite" not in answer.body


WRITES = (
    ("POST", "model"),
    ("POST", "download/setting"),
    ("PUT", "download/x"),
    ("DELETE", "download/x"),
    ("PUT", "model/loras/0/own.safetensors"),
    ("DELETE", "model/loras/0/own.safetensors"),
    ("POST", "model-info/scan"),
    ("POST", "upload"),
    ("GET", "model-info?model-page=https://civitai.com/models/1"),
    ("GET", "maintenance/scan"),
)
OTHERS: tuple[tuple[Mapping[str, str], str], ...] = (
    ({}, "header"),
    ({"Content-Type": "text/plain"}, "header"),
    ({"Sec-Fetch-Site": "none"}, "header"),
    ({"Sec-Fetch-Site": "same-site"}, "header"),
    ({"Origin": "null"}, "null"),
    ({"Origin": "http://elsewhere.example"}, "elsewhere.example"),
    ({"Sec-Fetch-Site": "cross-site"}, "another site"),
    ({"Host": "rebound.example", "Origin": "http://rebound.example",
      "Sec-Fetch-Site": "same-origin"}, "rebound.example"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_only_a_page_of_this_server_changes_anything(
    panel: LegacyPanel, server: PanelServer, tmp_path: Path, method: str, path: str
) -> None:
    before = everything(tmp_path)
    for headers, why in OTHERS:
        answer = panel.send(method, path, headers=headers)
        assert why.lower() in answer.error.lower(), headers
    assert everything(tmp_path) == before
    assert server.get("jobs")["total"] == 0


def test_a_page_that_the_browser_says_nothing_of_is_let_in_by_its_origin(
    panel: LegacyPanel,
) -> None:
    body = {"key": "civitai", "value": "YQ=="}
    origin = {"Origin": panel.url}
    assert panel.send("POST", "download/setting", json_body=body, headers=origin).data is None


def test_an_unknown_route_is_none(panel: LegacyPanel) -> None:
    assert panel.send("GET", "nothing").status == 404
    assert panel.send("PATCH", "models").status == 405


def test_a_body_that_is_none_is_said_to_be_none(panel: LegacyPanel) -> None:
    for body in ([1], "text"):
        assert panel.send("POST", "download/setting", json_body=body).error
    broken = {**panel.page_headers("POST"), "Content-Type": "multipart/form-data; boundary=x"}
    assert panel.send("POST", "model", json_body={}, headers=broken).error


MODEL = safetensors(2_000, seed=5)
UPLOADS = (
    ("{models}/loras", "../own.safetensors", MODEL, "names a folder"),
    ("{models}/loras/../../state", "a.safetensors", MODEL, "model folders"),
    ("{models}/loras/away", "a.safetensors", MODEL, "by a link"),
    ("{models}/loras", "", MODEL, "file"),
    ("", "a.safetensors", MODEL, "model folders"),
    ("{models}/loras", "own.safetensors", MODEL, "already"),
    ("{models}/loras", "program.exe", MODEL, "no loader"),
    ("{models}/loras", "page.safetensors", b"<html>please log in</html>", "page"),
    ("{models}/loras", "half.safetensors", MODEL[:-100], "broken"),
)


def test_an_upload_that_is_no_model_or_has_no_place_leaves_nothing(
    panel: LegacyPanel, tmp_path: Path
) -> None:
    before = everything(tmp_path)
    for folder, name, content, why in UPLOADS:
        form: dict[str, FormValue] = {
            "folder": folder.replace("{models}", str(tmp_path / "models")),
            "file": (name, content),
        }
        answer = panel.send("POST", "upload", form=form)
        assert why in answer.error.lower(), (folder, name)
        assert everything(tmp_path) == before, (folder, name)
