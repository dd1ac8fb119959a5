from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.library.model_stems import FolderStems, ModelStems


@pytest.mark.parametrize(
    ("name", "others", "shares"),
    [
        ("ink.safetensors", [], False),
        ("ink.safetensors", ["ink.info", "ink.png", "ink.preview.png", "ink"], False),
        ("ink.safetensors", ["ink.ckpt"], True),
        ("ink.safetensors", ["INK.GGUF"], True),
        ("ink.v1.safetensors", ["ink.safetensors", "ink.v2.safetensors"], False),
        ("ink.v1.safetensors", ["ink.v1.pt"], True),
        (".safetensors", ["a.safetensors"], False),
        ("gone.safetensors", [], False),
    ],
)
def test_what_shares_its_stem_with_another_model(
    name: str, others: list[str], shares: bool
) -> None:
    present = [] if name.startswith("gone") else [name]
    assert ModelStems([*others, *present]).shares(name) is shares
    assert ModelStems([*present, *others]).shares(name) is shares


def test_a_folder_is_listed_once_for_many_models_and_again_later(tmp_path: Path) -> None:
    now = 100.0
    stems = FolderStems(lambda: now)
    (tmp_path / "a.ckpt").touch()
    assert not stems.of(tmp_path).shares("a.ckpt")
    (tmp_path / "a.pt").touch()
    now = 100.9
    assert not stems.of(tmp_path).shares("a.ckpt"), "ten thousand of it are asked for in a row"
    now = 101.0
    assert stems.of(tmp_path).shares("a.ckpt")


def test_folders_are_apart_and_one_that_cannot_be_listed_says_so(tmp_path: Path) -> None:
    stems = FolderStems(lambda: 1.0)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    for name in ("one/a.pt", "two/a.pt", "two/A.bin"):
        (tmp_path / name).touch()
    assert [stems.of(tmp_path / name).shares("a.pt") for name in ("one", "two")] == [False, True]
    with pytest.raises(FileNotFoundError):
        stems.of(tmp_path / "three")
