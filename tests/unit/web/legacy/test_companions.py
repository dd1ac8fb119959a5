"""What comes along with a download, and where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.domain.jobs import JobId
from model_keeper.web.legacy.companions import Companions, picture_ending, write_beside

PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PNG, ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"RIFF\0\0\0\0WEBP", ".webp"),
        (b"\0\0\0\x18ftypmp42", ".mp4"),
        (b"<svg onload=x>", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_picture_is_what_its_bytes_say(content: bytes, ending: str | None) -> None:
    assert picture_ending(content) == ending


def test_what_is_no_picture_is_not_kept(tmp_path: Path) -> None:
    kept = Companions(tmp_path)
    kept.keep(JobId("a"), description="", preview=b"<html>")
    assert kept.job_ids() == set()
    kept.keep(JobId("a"), description="", preview=PNG)
    assert kept.preview_name("a") == "a.png"
    assert kept.named("a.png") == tmp_path / "a.png"


def test_nothing_else_of_the_disk_has_a_name_here(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(PNG)
    kept = Companions(tmp_path / "kept")
    kept.keep(JobId("a"), description="words", preview=PNG)
    for name in ("../b.png", str(tmp_path / "b.png"), "a.md", "a.png/", "..", ""):
        assert kept.named(name) is None


def test_what_lies_beside_a_model_stays(tmp_path: Path) -> None:
    model = tmp_path / "m.safetensors"
    (tmp_path / "m.md").write_bytes(b"mine")
    write_beside(model, ".md", b"theirs")
    write_beside(model, ".png", PNG)
    assert (tmp_path / "m.md").read_bytes() == b"mine"
    assert (tmp_path / "m.preview.png").read_bytes() == PNG


def test_what_belongs_to_no_job_is_forgotten(tmp_path: Path) -> None:
    kept = Companions(tmp_path)
    kept.keep(JobId("a"), description="words", preview=PNG)
    kept.settle(None, JobId("a"))
    assert kept.job_ids() == set()
