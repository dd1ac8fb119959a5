from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.categories import DEFAULT_CATEGORIES
from model_keeper.domain.errors import KeeperError
from model_keeper.workflows.loaders import Loader, LoaderTable


def table(**parts: Any) -> LoaderTable:
    return LoaderTable.parsed(json.dumps(parts), source="loaders.json")


def test_the_shipped_table_knows_every_folder_of_comfyui_that_a_loader_lists() -> None:
    shipped = LoaderTable.shipped()
    listed = {category for loader in shipped.nodes.values() for category in loader.inputs.values()}
    not_listed = {"vae_approx", "classifiers", "diffusers", "embeddings"}  # by other ways
    assert set(DEFAULT_CATEGORIES) - not_listed <= listed


def test_a_category_belongs_to_the_widget_and_not_to_the_node() -> None:
    shipped = LoaderTable.shipped()
    assert shipped.category("LTXAVTextEncoderLoader", "text_encoder") == "text_encoders"
    assert shipped.category("LTXAVTextEncoderLoader", "ckpt_name") == "checkpoints"
    assert shipped.category("LTXAVTextEncoderLoader", "device") is None
    assert shipped.category("LTXAVTextEncoderLoader", None) is None


def test_a_name_with_a_number_stands_for_all_of_them() -> None:
    loaders = table(nodes={"Stack": {"inputs": {"lora_*": "loras", "lora_7": "checkpoints"}}})
    assert loaders.category("Stack", "lora_12") == "loras"
    assert loaders.category("Stack", "lora_7") == "checkpoints"
    assert loaders.category("Stack", "lora_x") is None


def test_old_keys_of_folders_are_understood() -> None:
    loaders = table(nodes={"A": {"category": "unet"}}, inputs={"x": "clip"})
    assert loaders.category("A", "any") == "diffusion_models"
    assert loaders.category("B", "x") == "text_encoders"


def test_layers_are_merged_by_widget_and_the_upper_one_is_right() -> None:
    lower = table(
        nodes={"A": {"inputs": {"a": "vae", "b": "loras"}, "fetches": True}},
        inputs={"x": "vae"},
        builtins={"vae": ["Built"]},
        silent=["Note*"],
    )
    upper = table(
        nodes={"A": {"inputs": {"b": "controlnet"}, "widgets": ["a", "b"]}, "New": {}},
        inputs={"x": "loras"},
        builtins={"vae": ["other"], "loras": ["none at all"]},
    )
    both = lower.below(upper)
    assert both.loader("A") == Loader(
        inputs={"a": "vae", "b": "controlnet"}, widgets=("a", "b"), fetches=True
    )
    assert both.category("unknown", "x") == "loras"
    assert both.is_builtin("vae", "BUILT")
    assert both.is_builtin("vae", "other")
    assert both.is_silent("NoteBook")


def test_a_node_that_is_known_to_load_is_never_silent() -> None:
    loaders = table(nodes={"Save Loader": {"inputs": {"a": "vae"}}, "Saved": {}}, silent=["save*"])
    assert not loaders.is_silent("Save Loader")
    assert loaders.is_silent("Saved")
    assert loaders.is_silent("SaveText")
    assert not loaders.is_silent("Loader")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n "nodes": {\n  "A": oops', "line 3 is not valid JSON"),
        ("[]", "the whole is not an object"),
        ('{"node": {}}', "node is unknown"),
        ('{"nodes": []}', "nodes is not an object"),
        ('{"nodes": {"A": []}}', "nodes.A is not an object"),
        ('{"nodes": {"A": {"input": {}}}}', "nodes.A.input is unknown"),
        ('{"nodes": {"A": {"inputs": {"b": 5}}}}', "nodes.A.inputs.b is not a text"),
        ('{"nodes": {"A": {"widgets": "b"}}}', "nodes.A.widgets is not a list"),
        ('{"nodes": {"A": {"widgets": ["b", 5]}}}', "nodes.A.widgets[1] is not a text"),
        ('{"nodes": {"A": {"stems": "yes"}}}', "nodes.A.stems is not true or false"),
        ('{"builtins": {"vae": "x"}}', "builtins.vae is not a list"),
        ("[" * 100_000, "line 1 is nested too deeply"),
    ],
)
def test_a_bad_file_says_where_it_is_bad(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "loaders.json"
    path.write_text(text)
    with pytest.raises(KeeperError) as caught:
        LoaderTable.of_file(path)
    assert caught.value.code == "loader_table_unreadable"
    assert message in caught.value.message
    assert str(path) in caught.value.message


def test_a_persons_file_is_read_and_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "loaders.json"
    assert LoaderTable.of_file(path) == LoaderTable()
    path.write_text('\ufeff{"nodes": {"My Loader": {"inputs": {"lora": "loras"}}}}', "utf-8")
    assert LoaderTable.of_file(path).category("My Loader", "lora") == "loras"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "loaders.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeeperError, match="not text in UTF-8"):
        LoaderTable.of_file(path)
