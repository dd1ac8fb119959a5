from __future__ import annotations

import os
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.library.extra_paths import from_extra_model_paths
from model_keeper.library.roots import comfyui_tree


def read(folder: Path, text: str, base: FolderTable | None = None) -> FolderTable:
    file = folder / "extra_model_paths.yaml"
    file.write_text(text, encoding="utf-8")
    return from_extra_model_paths(file, base or FolderTable())


def paths(table: FolderTable, category: str) -> list[str]:
    return [root.path for root in table.of(category)]


def refusal(folder: Path, text: str) -> KeeperError:
    with pytest.raises(KeeperError) as caught:
        read(folder, text)
    assert caught.value.code == "extra_paths_unreadable"
    return caught.value


def test_the_layout_of_another_program(tmp_path: Path) -> None:
    base = tmp_path / "webui"
    table = read(
        tmp_path,
        f"""
a111:
    base_path: {base}
    checkpoints: models/Stable-diffusion
    loras: |
         models/Lora
         models/LyCORIS
    upscale_models: |
                  models/ESRGAN
                  models/RealESRGAN
    embeddings: embeddings
""",
    )
    assert paths(table, "checkpoints") == [str(base / "models" / "Stable-diffusion")]
    assert paths(table, "loras") == [
        str(base / "models" / "Lora"),
        str(base / "models" / "LyCORIS"),
    ]
    assert paths(table, "upscale_models") == [
        str(base / "models" / "ESRGAN"),
        str(base / "models" / "RealESRGAN"),
    ]
    assert not any(root.is_default for root in table.of("loras"))


def test_sections_add_to_what_is_there_in_their_order(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    table = read(tmp_path, "one:\n  loras: a\ntwo:\n  loras: b\nempty:\n", comfyui_tree(models))
    assert paths(table, "loras") == [
        str(models / "loras"),
        str(tmp_path / "a"),
        str(tmp_path / "b"),
    ]
    assert table.default_root("loras").path == str(models / "loras")


def test_a_default_section_goes_first_its_last_line_foremost(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    text = "big:\n  is_default: true\n  loras: |\n    a\n    b\nlater:\n  is_default: false\n  loras: c\n"
    table = read(tmp_path, text, comfyui_tree(models))
    assert paths(table, "loras") == [
        str(tmp_path / "b"),
        str(tmp_path / "a"),
        str(models / "loras"),
        str(tmp_path / "c"),
    ]
    assert table.default_root("loras").path == str(tmp_path / "b")


def test_a_default_path_that_is_known_moves_to_the_front(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    text = "own:\n  is_default: true\n  diffusion_models: models/diffusion_models\n"
    table = read(tmp_path, text, comfyui_tree(models))
    assert paths(table, "diffusion_models") == [
        str(models / "diffusion_models"),
        str(models / "unet"),
    ]


def test_a_path_that_is_known_is_not_added_twice(tmp_path: Path) -> None:
    text = "a:\n  loras: x/../loras\nb:\n  base_path: .\n  loras: loras\n"
    assert paths(read(tmp_path, text), "loras") == [str(tmp_path / "loras")]


def test_old_keys_are_todays(tmp_path: Path) -> None:
    table = read(tmp_path, "a:\n  unet: models/unet\n  clip: models/clip\n")
    assert paths(table, "diffusion_models") == [str(tmp_path / "models" / "unet")]
    assert paths(table, "text_encoders") == [str(tmp_path / "models" / "clip")]


def test_the_home_folder_and_variables_are_expanded_in_the_base_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("SHARE", "share")
    table = read(tmp_path, "a:\n  base_path: ~/$SHARE\n  loras: $SHARE\nb:\n  vae: ~/vae\n")
    assert paths(table, "loras") == [str(tmp_path / "home" / "share" / "$SHARE")]
    assert paths(table, "vae") == [str(tmp_path / "~" / "vae")]


def test_a_relative_base_starts_at_the_files_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, elsewhere = tmp_path / "config", tmp_path / "elsewhere"
    config.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    table = read(config, "a:\n  base_path: ../shared\n  loras: loras\n")
    assert paths(table, "loras") == [str(tmp_path / "shared" / "loras")]


def test_an_absolute_folder_ignores_the_base(tmp_path: Path) -> None:
    absolute = tmp_path / "drive" / "loras"
    table = read(tmp_path, f"a:\n  base_path: base\n  loras: {absolute}\n")
    assert paths(table, "loras") == [str(absolute)]


def test_custom_nodes_are_no_models_and_new_categories_take_every_file(tmp_path: Path) -> None:
    table = read(tmp_path, "a:\n  custom_nodes: nodes\n  ultralytics_bbox: yolo\n")
    assert table.categories == ("ultralytics_bbox",)
    assert table.accepts("ultralytics_bbox", "face.onnx")


def test_known_categories_keep_their_extensions(tmp_path: Path) -> None:
    table = read(tmp_path, "a:\n  loras: x\n", comfyui_tree(tmp_path))
    assert not table.accepts("loras", "a.txt")


def test_spaces_in_a_folder_stay(tmp_path: Path) -> None:
    table = read(tmp_path, "a:\n  loras: 'My Models/Lora Files'\n")
    assert paths(table, "loras") == [str(tmp_path / "My Models" / "Lora Files")]


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    base = comfyui_tree(tmp_path)
    assert read(tmp_path, "# nothing yet\n", base) == base


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    assert paths(read(tmp_path, "\ufeffa:\n  loras: x\n"), "loras") == [str(tmp_path / "x")]


@pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
def test_a_linked_folder_keeps_its_path(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (root,) = read(tmp_path, "a:\n  loras: link\n").of("loras")
    assert (root.path, root.writable) == (str(tmp_path / "link"), True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a:\n  loras: [x\n", "its line 3 is not valid YAML"),
        ("a:\n\tloras: x\n", "its line 2 is not valid YAML"),
        ("- a\n- b\n", "it has no sections"),
        ("just words", "it has no sections"),
        ("a: models\n", "its section “a” holds no folders by category"),
        ("a:\n  loras:\n", "the value of “loras” in its section “a” is not a folder"),
        ("a:\n  loras: [x, y]\n", "the value of “loras” in its section “a” is not a folder"),
        ("a:\n  base_path: 5\n", "the value of “base_path” in its section “a” is not a folder"),
        ("a: !!python/object:os.system {}\n", "its line 1 is not valid YAML"),
        ("[" * 700, "a part of it is not valid YAML"),
    ],
)
def test_an_unusable_file_says_where(tmp_path: Path, text: str, why: str) -> None:
    assert refusal(tmp_path, text).details["why"] == why


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    file = tmp_path / "extra.yaml"
    file.write_bytes(b"a:\n  loras: \xff\xfe\n")
    with pytest.raises(KeeperError, match="UTF-8"):
        from_extra_model_paths(file, FolderTable())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        from_extra_model_paths(tmp_path / "no.yaml", FolderTable())
    assert caught.value.code == "file_not_found"


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        from_extra_model_paths(tmp_path, FolderTable())
    assert caught.value.code == "extra_paths_unreadable"
