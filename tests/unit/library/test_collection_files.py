"""Collections as files: whole or not there, and nothing of a stranger's archive is believed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from model_keeper.domain.collections import CollectedModel, CollectedPreview, Collection
from model_keeper.domain.errors import KeeperError
from model_keeper.library.collection_files import read_collection, write_collection

HEAD = Collection(title="Mine")
MODEL = CollectedModel("loras", "a.pt", 3, preview=CollectedPreview(b"picture", nsfw_level=2))
PLAIN = CollectedModel("vae", "ünïcode.pt")


@pytest.mark.parametrize("name", ["models.json", "models.zip"])
def test_what_is_written_is_read_with_its_pictures(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_collection(path, HEAD, iter([MODEL, PLAIN])) == 2
    reading = read_collection(path)
    assert reading.collection == replace(HEAD, models=(MODEL, PLAIN))
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_pictures_may_lie_beside_the_document(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.webp").write_bytes(b"picture")
    path = tmp_path / "models.json"
    beside = replace(MODEL, preview=CollectedPreview(file="pictures/a.webp"))
    gone = replace(PLAIN, preview=CollectedPreview(file="pictures/b.webp"))
    write_collection(path, HEAD, [beside, gone])
    first, second = read_collection(path).collection.models
    assert first.preview == CollectedPreview(b"picture")
    assert second.preview is None


def test_a_picture_is_not_taken_from_outside_the_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"word")
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "a.webp").symlink_to(secret)
    path = folder / "models.json"
    write_collection(path, HEAD, [replace(MODEL, preview=CollectedPreview(file="a.webp"))])
    assert read_collection(path).collection.models[0].preview is None


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    path.write_text("old")

    def failing() -> Iterator[CollectedModel]:
        yield MODEL
        raise KeeperError("index_unusable", path="x", why="y")

    with pytest.raises(KeeperError):
        write_collection(path, HEAD, failing())
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["models.json"]


def _code(path: Path) -> str:
    with pytest.raises(KeeperError) as caught:
        read_collection(path)
    return caught.value.code


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "models.json"
    assert _code(path) == "file_not_found"
    for content in (b"", b"{", b"\xff\xfe", b"[" * 200_000, b"[]"):
        path.write_bytes(content)
        assert _code(path) == "collection_unreadable"
    path.write_text(json.dumps({"format": "model-keeper-collection", "version": 3, "models": []}))
    assert _code(path) == "collection_newer"
    assert _code(tmp_path) == "storage_failed"


def test_an_archive_without_a_document_is_none(tmp_path: Path) -> None:
    path = tmp_path / "models.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.json", "{}")
    assert _code(path) == "collection_unreadable"


def test_a_picture_that_unpacks_to_far_more_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "models.zip"
    named = replace(MODEL, preview=CollectedPreview(file="previews/a.webp"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("previews/a.webp", bytes(4 << 20))
        write_collection(tmp_path / "plain.json", HEAD, [named])
        archive.write(tmp_path / "plain.json", "collection.json")
    assert read_collection(path).collection.models[0].preview is None
