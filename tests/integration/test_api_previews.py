"""Previews over HTTP, on both hosts."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.integration.panel_server import PanelServer
from tests.integration.panels import JSON, PREFIX, PanelHost
from tests.integration.patience import PATIENCE
from tests.unit.library.preview_pictures import animation, bomb, opened, picture

OURS = {"X-Model-Keeper": "1"}
RED = picture(size=(1600, 1200))


@pytest.fixture(params=["standalone", "comfyui"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PanelHost]:
    with PanelHost(tmp_path, request.param) as made:
        (made.models / "loras" / "sub").mkdir()
        (made.models / "loras" / "sub" / "a b.safetensors").write_bytes(b"weights")
        yield made


class Answer:
    def __init__(self, reply: http.client.HTTPResponse) -> None:
        self.status = reply.status
        self.headers = reply.headers
        self.body = reply.read()


def ask(
    host: PanelHost,
    method: str = "GET",
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    below: str = "",
    **query: Any,
) -> Answer:
    values = {"category": "loras", "path": "sub/a b.safetensors", **query}
    values["root"] = values.get("root", root_of(host, values["category"]))
    address = urlsplit(host.url)
    connection = http.client.HTTPConnection(
        str(address.hostname), address.port or 80, timeout=PATIENCE
    )
    try:
        where = f"{PREFIX}/library/preview{below}?{urlencode(values)}"
        connection.request(method, where, body, headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def root_of(host: PanelHost, category: str) -> int:
    """Which of the category's folders is the test's own."""
    rows = [row for row in host.get("folders")["items"] if row["category"] == category]
    paths = [row["path"] for row in rows]
    return paths.index(str(host.models / category)) if rows else 0


def beside(host: PanelHost, ending: str) -> Path:
    return host.models / "loras" / "sub" / f"a b{ending}"


def test_a_preview_is_sent_small_once_and_never_kept_unasked(host: PanelHost) -> None:
    beside(host, ".preview.jpg").write_bytes(RED)  # its name is wrong
    small = ask(host)
    assert (small.status, small.headers["Content-Type"]) == (200, "image/webp")
    assert opened(small.body).size == (320, 240)
    assert opened(ask(host, size=640).body).size == (640, 480)
    assert small.headers["Cache-Control"] == "private, no-cache"
    assert small.headers["X-Content-Type-Options"] == "nosniff"
    known = {"If-None-Match": small.headers["ETag"]}
    again = ask(host, headers=known)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    beside(host, ".preview.jpg").write_bytes(picture("JPEG", (100, 50)))
    assert opened(ask(host, headers=known).body).size == (100, 50)


def test_the_file_itself_is_sent_as_what_it_is_and_in_parts(host: PanelHost) -> None:
    beside(host, ".webp").write_bytes(RED)
    whole = ask(host, size=0)
    assert (whole.body, whole.headers["Content-Type"]) == (RED, "image/png")
    assert whole.headers["Cache-Control"] == "private, no-cache"
    part = ask(host, size=0, headers={"Range": "bytes=0-7"})
    assert (part.status, part.body) == (206, RED[:8])
    assert ask(host, size=0, headers={"If-None-Match": whole.headers["ETag"]}).status == 304


def test_an_animation_moves_unless_a_still_is_wanted(host: PanelHost) -> None:
    beside(host, ".gif").write_bytes(animation())
    assert getattr(opened(ask(host).body), "n_frames", 1) == 4
    assert getattr(opened(ask(host, still="true").body), "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("data", "state"), [(None, "none"), (bomb(60_000, 60_000), "problem"), (RED[:300], "problem")]
)
def test_a_picture_is_drawn_where_there_is_none(
    host: PanelHost, data: bytes | None, state: str
) -> None:
    if data is not None:
        beside(host, ".png").write_bytes(data)
    drawn = ask(host)
    assert (drawn.status, drawn.headers["Content-Type"]) == (200, "image/svg+xml")
    assert drawn.headers["X-Model-Keeper-Preview"] == state
    assert "default-src 'none'" in drawn.headers["Content-Security-Policy"]
    assert ask(host, headers={"If-None-Match": drawn.headers["ETag"]}).status == 304


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"path": "../../secret.safetensors"}, 400),
        ({"path": "/etc/passwd"}, 400),
        ({"path": "none.safetensors"}, 404),
        ({"path": "sub/a b.png"}, 404),
        ({"root": 99}, 400),
        ({"root": -1}, 400),
        ({"category": "nowhere"}, 400),
        ({"size": 9_999}, 400),
    ],
)
def test_only_models_are_addressed(host: PanelHost, query: dict[str, Any], status: int) -> None:
    beside(host, ".png").write_bytes(RED)
    assert ask(host, **query).status == status


def test_a_choice_is_made_and_taken_back(host: PanelHost) -> None:
    beside(host, ".preview.png").write_bytes(RED)
    own = picture("JPEG", (50, 40))
    assert ask(host, "PUT", own, OURS).status == 200
    assert not beside(host, ".preview.png").exists()
    assert beside(host, ".preview.jpg").read_bytes() == own
    assert b'"chosen": true' in ask(host, below="/facts").body
    assert ask(host, "DELETE", headers=OURS).status == 200
    assert beside(host, ".preview.png").read_bytes() == RED
    assert b'"chosen": false' in ask(host, below="/facts").body


@pytest.mark.parametrize("data", [b"<svg/>", RED[:300], bomb(60_000, 60_000), b""])
def test_what_cannot_be_shown_cannot_be_chosen(host: PanelHost, data: bytes) -> None:
    refusal = ask(host, "PUT", data, OURS)
    assert refusal.status == 400
    assert b"picture_unusable" in refusal.body
    assert sorted(os.listdir(host.models / "loras" / "sub")) == ["a b.safetensors"]  # noqa: PTH208


def test_choices_are_guarded(host: PanelHost) -> None:
    foreign = {**OURS, "Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert ask(host, "PUT", RED, foreign).status == 403
    assert ask(host, "PUT", RED, {"Content-Type": "image/png"}).status == 415
    assert not beside(host, ".preview.png").exists()


def test_a_file_that_comfyui_made_can_be_chosen(tmp_path: Path) -> None:
    with PanelHost(tmp_path / "host", "comfyui") as host:
        (host.models / "loras" / "a.safetensors").write_bytes(b"weights")
        made = Path(host.folder) / "output"
        made.mkdir(exist_ok=True)
        (made / "made.png").write_bytes(RED)
        outside = tmp_path / "outside.png"
        outside.write_bytes(RED)
        (made / "link.png").symlink_to(outside)
        for name, status in (("link.png", 400), ("../x.png", 400), ("no.png", 404)):
            body = f'{{"output": "{name}"}}'.encode()
            assert ask(host, "POST", body, JSON, "/output", path="a.safetensors").status == status
        chosen = ask(host, "POST", b'{"output": "made.png"}', JSON, "/output", path="a.safetensors")
        assert chosen.status == 200, chosen.body
        assert (host.models / "loras" / "a.preview.png").read_bytes() == RED


def test_nothing_of_it_holds_up_the_loop(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with PanelServer(tmp_path) as host:
        request.getfixturevalue("blocking_refused")
        (host.models / "loras" / "a.safetensors").write_bytes(b"weights")
        assert ask(host, path="a.safetensors").headers["X-Model-Keeper-Preview"] == "none"
        assert ask(host, "PUT", RED, OURS, path="a.safetensors").status == 200
        assert opened(ask(host, path="a.safetensors").body).size == (320, 240)
        assert ask(host, path="a.safetensors", size=0).body == RED
        assert ask(host, "DELETE", headers=OURS, path="a.safetensors").status == 200


def test_a_hundred_cards_at_once(host: PanelHost) -> None:
    beside(host, ".png").write_bytes(RED)
    root = root_of(host, "loras")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ask(host, root=root), range(100)))
    assert {(answer.status, len(answer.body)) for answer in answers} == {
        (200, len(answers[0].body))
    }
