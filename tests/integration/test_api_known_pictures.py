"""Known pictures over HTTP: listed, shown by us alone, chosen, and given to models that lack one."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.panel_server import PanelServer, refused
from tests.integration.panels import JSON, PREFIX
from tests.integration.patience import PATIENCE
from tests.integration.picture_host import PAGE, PictureHost
from tests.unit.library.preview_pictures import bomb, opened, picture

RED, BLUE = picture("JPEG", (800, 600), colour="red"), picture(colour="blue")


class PicturePanel(PanelServer):
    """A server with one model whose metadata names pictures of ``pictures``."""

    def __init__(self, folder: Path, pictures: PictureHost) -> None:
        super().__init__(folder)
        self.pictures = pictures
        self.model = ""

    def furnish(self) -> None:
        loras = self.models / "loras"
        (loras / "ink.safetensors").write_bytes(safetensors(3_000))
        (loras / "plain.safetensors").write_bytes(safetensors(3_000, seed=2))
        host = self.pictures
        rows: list[dict[str, Any]] = [
            {"url": host.add("red", RED), "nsfwLevel": 1, "width": 800, "height": 600},
            {"url": host.add("strong", BLUE), "nsfwLevel": 16},
            {"url": "https://tracker.example/a.png"},
            {"url": f"{host.server.url}/410"},
            {"url": host.add("page", PAGE)},
            {"url": host.add("bomb", bomb(60_000, 60_000))},
        ]
        said = {"name": "Ink", "preview": rows, "completeness": "partial"}
        (loras / "ink.info").write_text(json.dumps(said), encoding="utf-8")
        self.finished(self.post("library/scan")["job"]["id"])
        self.model = self.found("ink")["id"]

    def found(self, name: str) -> Any:
        [row] = self.get(f"library?q={name}")["items"]
        return row

    def known(self) -> list[Any]:
        items: list[Any] = self.get(f"library/{self.model}/previews")["items"]
        return items

    def content(self, path: str, **headers: str) -> tuple[int, bytes, Any]:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            sent = {"X-Model-Keeper": "1", **headers}
            connection.request("GET", f"{PREFIX}/{path}", headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PicturePanel]:
    with PictureHost() as pictures:
        panel = PicturePanel(tmp_path_factory.mktemp("panel"), pictures)
        with panel:
            panel.furnish()
            yield panel


@pytest.fixture(autouse=True)
def _bare(panel: PicturePanel) -> None:
    """No test finds a preview that another one left."""
    folders = panel.host.model_folders()
    place = folders.existing("loras", 0, "ink.safetensors")
    panel.host.library.previews.remove(folders, place)


def test_known_pictures_are_listed_without_asking_anybody(panel: PicturePanel) -> None:
    before = panel.pictures.asked()
    known = panel.known()
    assert panel.pictures.asked() == before
    assert known[0] == {
        "index": 0, "type": "image", "width": 800, "height": 600, "nsfw_level": 1,
        "source": "127.0.0.1", "shown": False, "thumbnail": f"library/{panel.model}/previews/0",
    }  # fmt: skip
    assert known[2]["thumbnail"] is None, "a stranger is asked for nothing"


def test_a_small_one_is_fetched_once_and_comes_from_us(panel: PicturePanel) -> None:
    path = panel.known()[0]["thumbnail"]
    status, data, headers = panel.content(path)
    assert (status, headers["Content-Type"], opened(data).size) == (200, "image/webp", (320, 240))
    asked = panel.pictures.asked().count("/red")
    assert panel.content(path)[1] == data
    assert panel.content(path, **{"If-None-Match": headers["ETag"]})[0] == 304
    assert panel.pictures.asked().count("/red") == asked
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("index", "status", "code"),
    [
        ("2", 502, "host_refused"),
        ("3", 404, "gone"),
        ("4", 400, "picture_unusable"),
        ("5", 400, "picture_unusable"),
        ("6", 400, "invalid_request"),
        ("-1", 400, "invalid_request"),
        ("x", 400, "invalid_request"),
    ],
)
def test_what_cannot_be_shown_says_why(
    panel: PicturePanel, index: str, status: int, code: str
) -> None:
    answer, data, _ = panel.content(f"library/{panel.model}/previews/{index}")
    assert json.loads(data)["error"]["code"] == code
    assert answer == status or code == "host_refused"


def test_what_the_settings_hide_is_shown_to_nobody(panel: PicturePanel) -> None:
    assert panel.ask("PATCH", "settings", {"preview_above": "hide"}).status == 200
    try:
        assert panel.known()[1]["thumbnail"] is None
        answer, data, _ = panel.content(f"library/{panel.model}/previews/1")
        assert json.loads(data)["error"]["code"] == "host_refused", answer
    finally:
        panel.ask("PATCH", "settings", {"preview_above": "blur"})


def test_an_old_page_makes_us_fetch_nothing(panel: PicturePanel) -> None:
    before = panel.pictures.asked()
    connection = http.client.HTTPConnection(urlsplit(panel.url).netloc, timeout=PATIENCE)
    connection.request("GET", f"{PREFIX}/library/{panel.model}/previews/1")
    assert connection.getresponse().status in {403, 415}
    connection.close()
    assert panel.pictures.asked() == before


def test_a_choice_is_visible_at_once_and_can_be_taken_back(panel: PicturePanel) -> None:
    chosen = panel.post(f"library/{panel.model}/previews/choose", {"index": 0})
    assert (chosen["chosen"], chosen["nsfw_level"]) == (True, 1)
    assert (panel.models / "loras/ink.preview.jpg").read_bytes() == RED
    assert [row["index"] for row in panel.known() if row["shown"]] == [0]
    found = panel.found("ink")
    assert (found["has_preview"], found["preview_nsfw_level"]) == (True, 1)
    assert panel.get("library?q=missing:preview")["total"] == 1

    panel.post(f"library/{panel.model}/previews/choose", {"index": 1})
    assert panel.found("ink")["preview_nsfw_level"] == 16
    address = "library/preview?category=loras&path=ink.safetensors"
    assert panel.ask("DELETE", address, {}).status == 200
    assert panel.found("ink")["has_preview"] is False
    assert panel.get("library?q=missing:preview")["total"] == 2


def test_a_person_rates_a_preview_and_the_settings_say_what_is_done_to_it(
    panel: PicturePanel,
) -> None:
    own = "library/preview?category=loras&path=ink.safetensors"
    assert panel.content(own)[2]["X-Model-Keeper-Preview"] == "none"
    mine = picture(size=(9, 9), colour="green")
    assert panel.ask("PUT", own, mine, {"X-Model-Keeper": "1"}).status == 200
    assert panel.content(own)[2]["X-Model-Keeper-Exposure"] == "show", "nobody rated it"
    rated = panel.ask("PATCH", f"library/{panel.model}/previews", {"nsfw_level": 8})
    assert (rated.status, rated.data["nsfw_level"], rated.data["chosen"]) == (200, 8, True)
    assert panel.found("ink")["preview_nsfw_level"] == 8
    for setting, exposure, state in (
        ({"preview_limit": "x"}, "show", "picture"),
        ({"preview_limit": "pg13"}, "blur", "picture"),
        ({"preview_above": "hide"}, None, "hidden"),
        ({"preview_above": "show"}, "show", "picture"),
        ({"preview_private": True}, "blur", "picture"),
    ):
        assert panel.ask("PATCH", "settings", setting).status == 200
        status, _, headers = panel.content(own)
        told = (headers["X-Model-Keeper-Exposure"], headers["X-Model-Keeper-Preview"])
        assert (status, *told) == (200, exposure, state), setting
    defaults = {"preview_above": "blur", "preview_private": False}
    assert panel.ask("PATCH", "settings", defaults).status == 200
    refused(panel.ask("PATCH", f"library/{panel.model}/previews", {"nsfw_level": 64}), 400,
            "invalid_request")  # fmt: skip


@pytest.mark.parametrize(
    ("index", "status", "code"), [(99, 400, "invalid_request"), (3, 404, "gone")]
)
def test_a_choice_that_fails_changes_nothing(
    panel: PicturePanel, index: int, status: int, code: str
) -> None:
    before = sorted(path.name for path in (panel.models / "loras").iterdir())
    reply = panel.ask("POST", f"library/{panel.model}/previews/choose", {"index": index})
    refused(reply, status, code)
    assert sorted(path.name for path in (panel.models / "loras").iterdir()) == before
    unknown = panel.ask("POST", "library/nothing/previews/choose", {"index": 0})
    refused(unknown, 404, "model_not_in_library")


def test_a_repair_is_accepted_and_its_result_is_found(panel: PicturePanel) -> None:
    reply = panel.ask("POST", "previews/repair", {"category": "loras"})
    assert reply.status == 202
    assert reply.data["job"]["kind"] == "preview"
    job = panel.finished(reply.data["job"]["id"])
    assert job["state"] == "succeeded", job
    assert panel.found("ink")["has_preview"] is True
    refused(panel.ask("POST", "previews/repair", {"query": "no:such"}), 400, "query_key_unknown")


def test_a_repair_leaves_out_what_it_is_told_to(panel: PicturePanel) -> None:
    job = panel.finished(panel.post("previews/repair", {"without": [panel.model]})["job"]["id"])
    assert job["state"] == "succeeded", job
    assert panel.found("ink")["has_preview"] is False


def test_changes_are_guarded(panel: PicturePanel) -> None:
    evil = {**JSON, "Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    for path in ("previews/repair", f"library/{panel.model}/previews/choose"):
        assert panel.ask("POST", path, {}, evil).status == 403
