from __future__ import annotations

from typing import Any

import pytest

from model_keeper.workflows.definitions import MissingNode, live_loaders, missing_nodes
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references

FILES = {
    "loras": ["a.safetensors", "sub/b.safetensors"],
    "vae": ["ae.safetensors"],
    "configs": ["v1.yaml"],
    "checkpoints": ["same.ckpt"],
    "diffusion_models": ["same.ckpt"],
    "unet_gguf": ["x.gguf"],
    "text_encoders": [],
    "custom_nodes": ["ae.safetensors"],
}
LORAS = FILES["loras"]


def definition(*, order: list[str] | None = None, **inputs: Any) -> dict[str, Any]:
    listed = {"input_order": {"required": order}} if order else {}
    return {"input": {"required": inputs}, **listed}


def live(known: LoaderTable | None = None, **nodes: Any) -> LoaderTable:
    return live_loaders(nodes, FILES, known or LoaderTable())


@pytest.mark.parametrize(
    "spec",
    [
        [LORAS],
        [LORAS, {"tooltip": "x"}],
        ["COMBO", {"options": LORAS}],
        [["None", *LORAS]],
        [["a.safetensors", "sub\\b.safetensors"]],
        [["sub/b.safetensors"]],
        ["COMBO", {"options": [*LORAS, {"key": "more"}]}],
    ],
)
def test_a_combo_belongs_to_the_folder_whose_files_it_lists(spec: Any) -> None:
    assert live(N=definition(x=spec)).category("N", "x") == "loras"


def test_a_list_that_adds_choices_of_its_own_tells_them() -> None:
    table = live(N=definition(vae_name=[["ae.safetensors", "pixel_space", "None"]]))
    assert table.category("N", "vae_name") == "vae"
    assert table.builtins == {"vae": frozenset({"pixel_space"})}


def test_other_extensions_of_the_same_folders_are_the_same_category() -> None:
    assert live(N=definition(x=[["x.gguf"]])).category("N", "x") == "diffusion_models"


def test_files_without_weights_are_told_by_their_list() -> None:
    assert live(N=definition(x=[["v1.yaml"]])).category("N", "x") == "configs"


@pytest.mark.parametrize("spec", [[["same.ckpt"]], [[]], ["COMBO", {"options": []}], [["None"]]])
def test_what_is_known_decides_where_the_files_do_not(spec: Any) -> None:
    known = LoaderTable(inputs={"unet_name": "diffusion_models"})
    assert (
        live(known, N=definition(unet_name=spec)).category("N", "unet_name") == "diffusion_models"
    )
    assert live(N=definition(unet_name=spec)).category("N", "unet_name") is None


@pytest.mark.parametrize(
    "spec",
    [
        ["MODEL"],
        "IMAGE",
        ["INT", {"default": 1}],
        [["euler", "heun"]],
        [["nowhere.safetensors"]],
        ["COMBO", {"remote": {"route": "/x"}}],
        ["COMBO"],
        [5],
        [],
        None,
        {},
    ],
)
def test_other_inputs_list_no_files(spec: Any) -> None:
    assert live(N=definition(x=spec)).category("N", "x") is None


def test_the_order_of_the_widgets_is_that_of_the_definition() -> None:
    row = definition(
        order=["model", "seed", "lora", "text"],
        lora=[LORAS],
        model=["MODEL"],
        text=["STRING", {"forceInput": True}],
        seed=["INT", {"control_after_generate": True}],
    )
    assert live(N=row).loader("N").widgets == ("seed", "lora")


def test_inputs_that_a_choice_brings_along_are_named_below_it() -> None:
    choice = {"key": "big", "inputs": {"required": {"lora": [LORAS]}}}
    row = definition(mode=["COMFY_DYNAMICCOMBO_V3", {"options": [choice, 5]}])
    assert live(N=row).category("N", "mode.lora") == "loras"


def test_definitions_of_any_shape_are_passed_over() -> None:
    odd: dict[str, Any] = {
        "A": None,
        "B": {},
        "C": {"input": []},
        "D": {"input": {"required": [1]}},
    }
    assert live_loaders(odd, FILES, LoaderTable()).category("A", "x") is None


def test_live_definitions_lie_over_what_is_shipped() -> None:
    """A new order of a node's widgets, and folders of its own, are known at once."""
    shipped = LoaderTable.shipped()
    nodes = {"LoraLoader": definition(strength=["FLOAT"], lora_name=[LORAS])}
    table = shipped.below(live_loaders(nodes, FILES, shipped))
    row = {"id": 1, "type": "LoraLoader", "widgets_values": [1, "new.safetensors"]}
    (found,) = references(read_workflow({"nodes": [row]}), table)
    assert (found.widget, found.category) == ("lora_name", "loras")


def test_nodes_that_are_not_installed_are_named_with_their_pack() -> None:
    document = {
        "nodes": [
            {"id": 1, "type": "Known"},
            {"id": 2, "type": "Gone", "mode": 4, "properties": {"cnr_id": "gone-pack"}},
            {"id": 3, "type": "S"},
            {"id": 4, "type": "MarkdownNote"},
            {"id": 5, "type": "Fast Groups Muter (rgthree)"},
            {"id": 6, "type": "Reroute"},
            {"id": 7, "type": ["odd"]},
        ],
        "definitions": {"subgraphs": [{"id": "S", "nodes": [{"id": 9, "type": "Gone"}]}]},
    }
    assert missing_nodes(read_workflow(document), {"Known": {}}) == (
        MissingNode("Gone", (("", "2"), ("S", "9")), active=True, pack="gone-pack"),
    )


def test_missing_nodes_of_the_api_format_are_named() -> None:
    document = {"3": {"class_type": "Gone"}, "4": {"class_type": "Known"}, "version": 1}
    assert missing_nodes(read_workflow(document), {"Known": {}}) == (
        MissingNode("Gone", (("", "3"),), active=True),
    )
