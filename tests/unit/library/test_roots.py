from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.library.roots import comfyui_tree, from_settings

links = pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")


def paths(table: FolderTable, category: str) -> list[str]:
    return [root.path for root in table.of(category)]


class TestComfyuiTree:
    def test_has_comfyuis_folders_in_its_order_whether_they_exist_or_not(
        self, tmp_path: Path
    ) -> None:
        table = comfyui_tree(tmp_path)
        assert paths(table, "diffusion_models") == [
            str(tmp_path / "unet"),
            str(tmp_path / "diffusion_models"),
        ]
        assert table.default_root("diffusion_models").path == str(tmp_path / "diffusion_models")
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_of_a_custom_node_is_a_category_that_takes_every_file(
        self, tmp_path: Path
    ) -> None:
        for name in ("ipadapter", "clip", ".cache"):
            (tmp_path / name).mkdir()
        (tmp_path / "readme.txt").touch()
        table = comfyui_tree(tmp_path)
        assert paths(table, "ipadapter") == [str(tmp_path / "ipadapter")]
        assert table.accepts("ipadapter", "a.onnx")
        assert not {"clip", ".cache", "readme.txt"} & set(table.categories)
        assert paths(table, "clip") == paths(table, "text_encoders")

    def test_comfyuis_own_folder_stands_for_its_models(self, tmp_path: Path) -> None:
        for name in ("models", "custom_nodes"):
            (tmp_path / name).mkdir()
        assert paths(comfyui_tree(tmp_path), "loras") == [str(tmp_path / "models" / "loras")]

    def test_a_folder_called_models_in_the_models_is_only_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "models").mkdir()
        assert paths(comfyui_tree(tmp_path), "loras") == [str(tmp_path / "loras")]

    def test_the_output_folders_are_searched_last(self, tmp_path: Path) -> None:
        models, output = tmp_path / "models", tmp_path / "output"
        models.mkdir()
        table = comfyui_tree(models, output)
        assert paths(table, "text_encoders")[-1] == str(output / "clip")
        assert table.default_root("loras").path == str(models / "loras")

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(KeeperError) as caught:
            comfyui_tree(tmp_path / "no")
        assert caught.value.code == "folder_not_found"
        assert caught.value.details == {"path": str(tmp_path / "no")}

    @links
    def test_linked_folders_keep_the_path_that_the_person_sees(self, tmp_path: Path) -> None:
        (tmp_path / "big" / "style").mkdir(parents=True)
        models = tmp_path / "models"
        models.mkdir()
        (models / "loras").symlink_to(tmp_path / "big")
        table = comfyui_tree(models)
        (root,) = table.of("loras")
        assert (root.path, root.writable) == (str(models / "loras"), True)
        place = table.resolve("loras", "style/a.pt")
        Path(place.path).touch()
        assert (tmp_path / "big" / "style" / "a.pt").exists()

    @links
    def test_a_link_to_a_drive_that_is_off_is_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "diffusion_models").symlink_to(tmp_path / "unplugged")
        table = comfyui_tree(tmp_path)
        assert [root.writable for root in table.of("unet")] == [True, False]
        assert table.default_root("unet").path == str(tmp_path / "unet")


class TestFromSettings:
    def test_adds_folders_in_both_forms(self, tmp_path: Path) -> None:
        one, two = str(tmp_path / "one"), str(tmp_path / "two")
        settings = {"loras": [one], "unet": [{"path": two, "default": True}]}
        table = from_settings(settings, comfyui_tree(tmp_path))
        assert paths(table, "loras")[-1] == one
        assert table.default_root("diffusion_models").path == two

    def test_the_home_folder_is_understood(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("USERPROFILE", str(tmp_path))
        table = from_settings({"loras": ["~/loras"]}, FolderTable())
        assert paths(table, "loras") == [str(tmp_path / "loras")]

    @pytest.mark.parametrize(
        "settings",
        [
            ["/a"],
            None,
            {"loras": "/a"},
            {"loras": ["relative/folder"]},
            {"loras": [5]},
            {"loras": [None]},
            {"loras": [{"default": True}]},
            {5: ["/a"]},
        ],
    )
    def test_another_shape_is_refused(self, settings: Any) -> None:
        with pytest.raises(KeeperError) as caught:
            from_settings(settings, FolderTable())
        assert caught.value.code == "invalid_request"
