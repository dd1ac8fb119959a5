"""Previews that are found for models, and every way in which a host of pictures can fail."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import Preview
from model_keeper.domain.preview_policy import Exposure, PreviewPolicy, Rating
from model_keeper.library.picture_notes import PictureNote
from model_keeper.providers.pictures import wanted_addresses
from model_keeper.testing.server import Bytes, Reply
from tests.integration.picture_host import PAGE, Huge, PictureHost, Shelf
from tests.storage import refuse_new_files
from tests.unit.library.preview_pictures import animation, bomb, opened, picture

REAL = Path(__file__).parents[3] / "shared/data/images"
RED, BLUE = picture(colour="red"), picture(colour="blue")
FILM = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 40


@pytest.fixture(scope="module")
def host() -> Iterator[PictureHost]:
    with PictureHost() as made:
        yield made


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


def failure(shelf: Shelf, *addresses: str) -> str:
    with pytest.raises(KeeperError) as caught:
        shelf.recover(shelf.model(addresses=addresses))
    assert shelf.pictures() == {}
    return caught.value.code


def test_the_first_address_becomes_the_preview_by_what_it_is(
    shelf: Shelf, host: PictureHost
) -> None:
    place = shelf.model(addresses=[host.add("red.jpeg", RED, "text/plain"), host.add("b", BLUE)])
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {"a.preview.png": RED}
    assert shelf.recover(place) == "unchanged"


@pytest.mark.parametrize(
    ("data", "ending"), [(animation(), ".gif"), (animation("WEBP"), ".webp"), (FILM, ".mp4")]
)
def test_what_moves_stays_as_it_is(
    shelf: Shelf, host: PictureHost, data: bytes, ending: str
) -> None:
    assert shelf.recover(shelf.model(addresses=[host.add("moving.jpeg", data)])) == "changed"
    assert shelf.pictures() == {f"a.preview{ending}": data}


def test_a_picture_far_larger_than_needed_is_made_smaller(shelf: Shelf, host: PictureHost) -> None:
    large = picture(size=(2000, 1000), compress_level=0)
    assert shelf.recover(shelf.model(addresses=[host.add("large.png", large)])) == "changed"
    (small,) = shelf.pictures().values()
    assert len(small) < len(large)
    assert opened(small).size == (1280, 640)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("403", "forbidden"),
        ("404", "not_found"),
        ("410", "gone"),
        ("429", "rate_limited"),
        ("500", "server_error"),
        ("503", "server_busy"),
        ("418", "unexpected_status"),
    ],
)
def test_a_refusal_has_its_code(shelf: Shelf, host: PictureHost, name: str, code: str) -> None:
    assert failure(shelf, f"{host.server.url}/{name}") == code


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PAGE,
        b'{"error": "Unauthorized"}',
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><svg/>",
        b"BM" + bytes(60),
        RED[:90],
        RED[:8],
        bomb(60_000, 60_000),
        bomb(0, 5),
        b"GIF89a" + b"\xff" * 40,
    ],
)
def test_what_is_no_sound_picture_is_not_kept(shelf: Shelf, host: PictureHost, data: bytes) -> None:
    assert failure(shelf, host.add("lies.png", data, "image/png")) == "picture_unusable"


def test_a_host_is_not_waited_for_longer_than_it_has_pictures(
    shelf: Shelf, host: PictureHost
) -> None:
    reply = Reply(200, {}, Huge())
    before = host.server.sent("/huge")
    assert failure(shelf, host.answers("huge", reply)) == "too_large"
    assert host.server.sent("/huge") - before < 16 << 20, "it said how much there is"
    untold = Reply(200, {}, Huge(), length=None)
    assert failure(shelf, host.answers("untold", untold)) == "too_large"
    assert host.server.sent("/untold") < 96 << 20


def test_a_body_that_ends_early_is_no_picture(shelf: Shelf, host: PictureHost) -> None:
    cut = Reply(200, {}, Bytes(RED), cut_after=90)
    assert failure(shelf, host.answers("cut", cut)) == "connection_lost"


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/a.png", "https://[::1]/a.png", "http://localhost/a", "file:///etc/passwd"],
)
def test_nobody_is_sent_to_a_private_place(shelf: Shelf, host: PictureHost, target: str) -> None:
    assert failure(shelf, host.redirects("away", target)) in {"host_refused", "link_unreadable"}


def test_a_redirect_without_an_end_ends(shelf: Shelf, host: PictureHost) -> None:
    assert failure(shelf, host.redirects("round", "/round")) == "redirect_loop"


def test_another_address_is_tried(shelf: Shelf, host: PictureHost) -> None:
    dead = f"{host.server.url}/410"
    place = shelf.model(addresses=[dead, host.add("page", PAGE), host.add("good", BLUE)])
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {"a.preview.png": BLUE}


def test_where_every_address_fails_the_first_failure_is_told(
    shelf: Shelf, host: PictureHost
) -> None:
    addresses = [f"{host.server.url}/{name}" for name in ("410", "404", "403")]
    assert failure(shelf, *addresses) == "gone"


def test_hosts_that_nobody_allowed_are_not_asked(shelf: Shelf, host: PictureHost) -> None:
    stranger = host.add("red", RED).replace("127.0.0.1", "localhost")
    place = shelf.model(addresses=[stranger, "https://tracker.example/me.png"])
    before = host.asked()
    assert shelf.recover(place) == "unknown"
    assert host.asked() == before
    known = shelf.recovery.known(shelf.table, place)
    assert [each.url for each in known] == [stranger, "https://tracker.example/me.png"]


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://image.civitai.com/x/y/width=450/1.jpeg", True),
        ("http://image.civitai.com/x/y/width=450/1.jpeg", False),
        ("https://civitai.com.evil.example/1.jpeg", False),
        ("https://evilcivitai.com/1.jpeg", False),
        ("https://huggingface.co/a/b/resolve/main/x.png", True),
        ("https://127.0.0.1:9/x.png", True),
        ("https://192.168.0.1/x.png", False),
        ("nonsense", False),
    ],
)
def test_a_stranger_learns_nothing(shelf: Shelf, url: str, known: bool) -> None:
    assert shelf.addresses.is_known(Preview(url)) is known


def test_civitai_is_asked_for_a_small_one_and_then_for_the_one_that_was_named() -> None:
    film = Preview("https://image.civitai.com/a/b/original=true/c d.mp4", type="video")
    small, named = wanted_addresses(film, None)
    assert small == (
        "https://image.civitai.com/a/b/transcode=true,width=640,optimized=true/c%20d.mp4"
    )
    assert named == "https://image.civitai.com/a/b/original=true/c%20d.mp4"
    assert wanted_addresses(Preview("https://example.org/a.png?x=1"), None) == [
        "https://example.org/a.png?x=1"
    ]
    mirrored = Preview("https://huggingface.co/a/b/resolve/main/c.png")
    assert wanted_addresses(mirrored, "https://mirror.example") == [
        "https://mirror.example/a/b/resolve/main/c.png"
    ]


def test_what_everybody_may_see_is_preferred_and_what_is_hidden_never_fetched(
    shelf: Shelf, host: PictureHost
) -> None:
    strong: dict[str, Any] = {"url": host.add("strong", RED), "nsfwLevel": int(Rating.X)}
    mild: dict[str, Any] = {"url": host.add("mild", BLUE), "nsfwLevel": int(Rating.PG)}
    place = shelf.model("a", [strong, mild])
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {"a.preview.png": BLUE}
    seen = shelf.previews.look_up(shelf.table, place)
    assert seen is not None
    assert shelf.previews.note(seen.found) == PictureNote(nsfw_level=1, source=mild["url"])

    shelf.policy = PreviewPolicy(above=Exposure.HIDE)
    assert shelf.recover(shelf.model("b", [strong])) == "unknown"


def test_a_cover_in_the_header_needs_no_host(shelf: Shelf) -> None:
    cover = "data:image/png;base64," + base64.b64encode(RED).decode()
    place = shelf.model(
        addresses=["https://tracker.example/x.png"], **{"modelspec.thumbnail": cover}
    )
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {"a.preview.png": RED}


def test_a_picture_under_another_tools_name_is_shown_to_all(shelf: Shelf) -> None:
    place = shelf.model()
    (shelf.loras / "a.thumb.jpg").write_bytes(RED)
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {"a.preview.png": RED, "a.thumb.jpg": RED}
    assert shelf.recover(place) == "unchanged"


def test_a_picture_that_lies_is_replaced_and_kept(shelf: Shelf, host: PictureHost) -> None:
    place = shelf.model(addresses=[host.add("red", RED)])
    (shelf.loras / "a.preview.png").write_bytes(PAGE)
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {"a.preview.png": RED}
    assert [path.read_bytes() for path in (shelf.state / "previews/kept").iterdir()] == [PAGE]


def test_what_is_there_is_replaced_only_if_wished_and_never_a_choice(
    shelf: Shelf, host: PictureHost
) -> None:
    place = shelf.model(addresses=[host.add("red", RED)])
    (shelf.loras / "a.png").write_bytes(BLUE)
    assert shelf.recover(place) == "unchanged"
    assert shelf.recover(place, over=True) == "changed"
    assert shelf.recover(place, over=True) == "unchanged", "it is the same one"
    shelf.previews.choose(shelf.table, place, BLUE)
    assert shelf.recover(place, over=True) == "unchanged"
    shelf.previews.go_back(shelf.table, place)
    assert shelf.pictures() == {"a.png": BLUE, "a.preview.png": RED}


def test_a_person_may_choose_any_of_the_known(shelf: Shelf, host: PictureHost) -> None:
    stranger = host.add("strange", RED).replace("127.0.0.1", "localhost")
    place = shelf.model(addresses=[host.add("red", BLUE), {"url": stranger, "nsfwLevel": 4}])
    known = shelf.recovery.known(shelf.table, place)
    with pytest.raises(KeeperError) as caught:
        shelf.recovery.choose(shelf.table, place, known[1])
    assert caught.value.code == "host_refused", "this machine is for nobody to reach"
    shelf.recovery.choose(shelf.table, place, known[0])
    seen = shelf.previews.look_up(shelf.table, place)
    assert seen is not None
    assert shelf.previews.note(seen.found).chosen


def test_a_folder_that_cannot_be_written_gets_its_preview_in_ours(
    shelf: Shelf, host: PictureHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = shelf.model(addresses=[host.add("red", RED)])
    refuse_new_files(monkeypatch, shelf.loras)
    assert shelf.recover(place) == "changed"
    assert shelf.pictures() == {}
    seen = shelf.previews.look_up(shelf.table, place)
    assert seen is not None
    assert (seen.found.path.read_bytes(), shelf.previews.note(seen.found).chosen) == (RED, False)
    assert shelf.recover(place) == "unchanged"


@pytest.mark.parametrize("name", ["..", "a\nb", "CON", "日本語 ü", "x" * 200])
def test_names_do_no_harm(shelf: Shelf, host: PictureHost, name: str) -> None:
    place = shelf.model(name, [host.add("red", RED)])
    assert shelf.recover(place) == "changed"
    assert list(shelf.pictures()) == [f"{name}.preview.png"]
    assert {path.parent for path in shelf.loras.parent.rglob("*.png")} == {shelf.loras}


@pytest.mark.skipif(not REAL.is_dir(), reason=f"{REAL} is not there")
def test_real_pictures_become_previews(shelf: Shelf, host: PictureHost) -> None:
    real = [path for path in sorted(REAL.iterdir()) if path.suffix in {".png", ".webp"}]
    for number, path in enumerate(real[::3]):
        address = host.add(f"real/{number}", path.read_bytes(), "text/plain")
        assert shelf.recover(shelf.model(f"m{number}", [address])) == "changed", path.name
    assert len(shelf.pictures()) == len(real[::3])
