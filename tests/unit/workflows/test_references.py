from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.references import Location, Reference, ReferenceKind
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references

LOADERS = LoaderTable.shipped()
FILE = ReferenceKind.FILE


def node(kind: str, *values: Any, **more: Any) -> dict[str, Any]:
    return {"id": 7, "type": kind, "widgets_values": list(values), **more}


def found(*nodes: dict[str, Any], **more: Any) -> tuple[Reference, ...]:
    return references(read_workflow({"nodes": list(nodes), **more}), LOADERS)


def queued(**nodes: Any) -> tuple[Reference, ...]:
    return references(read_workflow(nodes), LOADERS)


def short(rows: tuple[Reference, ...]) -> list[tuple[str, str, str | None]]:
    return [(row.widget, row.value, row.category) for row in rows]


def test_a_reference_says_who_loads_what_and_where_it_is_written() -> None:
    assert found(node("LoraLoader", "a\\b.safetensors", 0.8, 1, title="Style")) == (
        Reference(
            node_id="7",
            node_type="LoraLoader",
            widget="lora_name",
            value="a\\b.safetensors",
            location=Location("", "7", ("widgets_values", 0)),
            category="loras",
            title="Style",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "values", "wanted"),
    [
        (
            "CheckpointLoaderSimple",
            ["模型 v2.ckpt"],
            [("ckpt_name", "模型 v2.ckpt", "checkpoints")],
        ),
        (
            "CheckpointLoader",
            ["v1-inference.yaml", "a.ckpt"],
            [
                ("config_name", "v1-inference.yaml", "configs"),
                ("ckpt_name", "a.ckpt", "checkpoints"),
            ],
        ),
        (
            "LTXAVTextEncoderLoader",
            ["gemma.safetensors", "ltx.safetensors", "default"],
            [
                ("text_encoder", "gemma.safetensors", "text_encoders"),
                ("ckpt_name", "ltx.safetensors", "checkpoints"),
            ],
        ),
        (
            "DualCLIPLoader",
            ["a.safetensors", "b.sft", "flux", "default"],
            [
                ("clip_name1", "a.safetensors", "text_encoders"),
                ("clip_name2", "b.sft", "text_encoders"),
            ],
        ),
        (
            "UnetLoaderGGUF",
            ["flux-Q8_0.gguf"],
            [("unet_name", "flux-Q8_0.gguf", "diffusion_models")],
        ),
        (
            "Efficient Loader",
            ["a.ckpt", "Baked VAE", -1, "b.safetensors", 1, 1, "cat", "dog"],
            [
                ("ckpt_name", "a.ckpt", "checkpoints"),
                ("vae_name", "Baked VAE", "vae"),
                ("lora_name", "b.safetensors", "loras"),
            ],
        ),
        (
            "CR LoRA Stack",
            ["On", "a.safetensors", 1, 1, "Off", "None", 1, 1, "On", "c.safetensors", 1, 1],
            [("lora_name_1", "a.safetensors", "loras"), ("lora_name_3", "c.safetensors", "loras")],
        ),
        (
            "WanVideoLoraSelectMulti",
            ["a.safetensors", 1, "none", 1, "c.safetensors", 1],
            [("lora_0", "a.safetensors", "loras"), ("lora_2", "c.safetensors", "loras")],
        ),
        (
            "WanVideoModelLoader",
            ["wan\\high.gguf", "fp16", "disabled", "offload_device", "sdpa"],
            [("model", "wan\\high.gguf", "diffusion_models")],
        ),
        (
            "easy cascadeLoader",
            ["c.safetensors", "b.safetensors", "Baked VAE", "None", "None"],
            [
                ("stage_c", "c.safetensors", "diffusion_models"),
                ("stage_b", "b.safetensors", "diffusion_models"),
                ("stage_a", "Baked VAE", "vae"),
            ],
        ),
        (
            "ttN pipeLoader_v2",
            ["a.ckpt", "Default", "Baked VAE", -1, "", "cat"],
            [("ckpt_name", "a.ckpt", "checkpoints"), ("vae_name", "Baked VAE", "vae")],
        ),
        (
            "HighRes-Fix Script",
            ["pixel", "(use same)", "city96.v1", "4x.pth", 2.0, True, 1, "fixed", 12, 0.5, 1],
            [("pixel_upscaler", "4x.pth", "upscale_models")],
        ),
        ("IPAdapterModelLoader", ["plus.bin"], [("ipadapter_file", "plus.bin", "ipadapter")]),
        ("SAMLoader", ["sam_vit_b.pth", "AUTO"], [("model_name", "sam_vit_b.pth", "sams")]),
        (
            "UltralyticsDetectorProvider",
            ["bbox/face.pt"],
            [("model_name", "bbox/face.pt", "ultralytics")],
        ),
        (
            "ADE_AnimateDiffLoaderWithContext",
            ["mm.ckpt", "autoselect", 1, True],
            [("model_name", "mm.ckpt", "animatediff_models")],
        ),
        ("InstantIDModelLoader", ["ip.bin"], [("instantid_file", "ip.bin", "instantid")]),
        (
            "NunchakuTextEncoderLoaderV2",
            ["flux.1", "t5.safetensors", "clip_l.safetensors", 512],
            [
                ("text_encoder1", "t5.safetensors", "text_encoders"),
                ("text_encoder2", "clip_l.safetensors", "text_encoders"),
            ],
        ),
        (
            "SUPIR_Upscale",
            ["supir.ckpt", "xl.safetensors", 1, "fixed", "lanczos"],
            [
                ("supir_model", "supir.ckpt", "checkpoints"),
                ("sdxl_model", "xl.safetensors", "checkpoints"),
            ],
        ),
        (
            "ReActorFaceSwap",
            [True, "inswapper_128.onnx", "retinaface_resnet50", "GFPGANv1.4.pth", 1, 0.5],
            [
                ("swap_model", "inswapper_128.onnx", "insightface"),
                ("face_restore_model", "GFPGANv1.4.pth", "facerestore_models"),
            ],
        ),
        (
            "ToDetailerPipe",
            ["", "a.safetensors", "Select the Wildcard to add to the text"],
            [("Select to add LoRA", "a.safetensors", "loras")],
        ),
        (
            "DualCLIPLoaderGGUFMultiGPU",
            ["a.gguf", "b.gguf", "flux", "cuda:0"],
            [("clip_name1", "a.gguf", "text_encoders"), ("clip_name2", "b.gguf", "text_encoders")],
        ),
    ],
)
def test_every_widget_has_its_own_category(
    kind: str, values: list[Any], wanted: list[tuple[str, str, str]]
) -> None:
    assert short(found(node(kind, *values))) == wanted


def test_rows_of_objects_are_read_with_their_switches() -> None:
    rows = found(
        node(
            "Power Lora Loader (rgthree)",
            {},
            {"type": "PowerLoraLoaderHeaderWidget"},
            {"on": True, "lora": "a.safetensors", "strength": 1},
            {"on": False, "lora": "b.safetensors", "strength": 1},
            {"on": True, "lora": "None", "strength": 1},
            "",
        )
    )
    assert short(rows) == [
        ("2/lora", "a.safetensors", "loras"),
        ("3/lora", "b.safetensors", "loras"),
    ]
    assert [row.active for row in rows] == [True, False]
    assert rows[0].location.path == ("widgets_values", 2, "lora")


def test_rows_in_the_api_format_are_read_by_their_input() -> None:
    rows = queued(
        **{
            "57:46": {
                "class_type": "Power Lora Loader (rgthree)",
                "inputs": {
                    "lora_1": {"on": True, "lora": "a.safetensors", "strength": 1},
                    "model": ["1", 0],
                },
                "_meta": {"title": "Loras"},
            }
        }
    )
    (row,) = rows
    assert (row.node_id, row.widget, row.category) == ("57:46", "lora_1/lora", "loras")
    assert row.location.path == ("inputs", "lora_1", "lora")
    assert row.title == "Loras"


def test_lora_manager_names_a_lora_by_its_stem_in_a_tag_and_in_a_list() -> None:
    listed = [{"name": "style v1.0_x", "strength": "0.60", "active": True, "expanded": False}]
    rows = found(
        node("Lora Loader (LoraManager)", {"version": 1}, "<lora:style v1.0_x:0.6>", listed)
    )
    assert [(row.widget, row.value, row.kind) for row in rows] == [
        ("1", "style v1.0_x", ReferenceKind.LORA_TAG),
        ("2/0/name", "style v1.0_x", ReferenceKind.STEM),
    ]
    assert {row.category for row in rows} == {"loras"}


def test_a_tag_is_off_where_the_list_beside_it_says_so() -> None:
    listed = [{"name": "a", "active": False}, {"name": "b", "active": True}]
    rows = found(node("Lora Loader (LoraManager)", "<lora:a:1> <lora:b:1>", listed))
    assert {(row.value, row.active) for row in rows} == {("a", False), ("b", True)}


@pytest.mark.parametrize("mode", [2, 4])
def test_what_is_muted_or_bypassed_is_not_active(mode: int) -> None:
    (row,) = found(node("VAELoader", "ae.safetensors", mode=mode))
    assert not row.active


@pytest.mark.parametrize("value", ["pixel_space", "taesd", "taef1", "Baked VAE"])
def test_a_choice_of_the_loader_that_is_no_file_is_built_in(value: str) -> None:
    (row,) = found(node("VAELoader", value))
    assert (row.kind, row.category) == (ReferenceKind.BUILTIN, "vae")


@pytest.mark.parametrize("value", ["None", "none", "Default", "", "auto", None, 5, [], {}])
def test_no_choice_is_no_reference(value: Any) -> None:
    assert found(node("LoraLoader", value, 1, 1)) == ()


@pytest.mark.parametrize("kind", ["RIFE VFI", "DWPreprocessor", "DownloadAndLoadNewThing"])
def test_a_node_that_fetches_its_files_says_so(kind: str) -> None:
    (row,) = found(node(kind, "rife47.pth", 10))
    assert row.kind is ReferenceKind.SELF_FETCHED


def test_a_model_file_in_a_node_that_nobody_knows_is_not_dropped() -> None:
    rows = found(node("Brand New Loader", "auto", "sub\\新.torchscript", {"deep": ["x.gguf"]}))
    assert short(rows) == [("1", "sub\\新.torchscript", None), ("2/deep/0", "x.gguf", None)]
    assert {row.kind for row in rows} == {FILE}


def test_an_unknown_node_is_judged_by_its_inputs_name_and_by_what_it_declares() -> None:
    by_name = {"1": {"class_type": "New", "inputs": {"lora_name_2": "a.safetensors"}}}
    assert short(queued(**by_name)) == [("lora_name_2", "a.safetensors", "loras")]
    models = [{"name": "a.safetensors", "directory": "unet"}]
    declared = node("New", "sub/a.safetensors", properties={"models": models})
    assert short(found(declared)) == [("0", "sub/a.safetensors", "diffusion_models")]


@pytest.mark.parametrize(
    "silent",
    [
        node("Note", "flux1-dev.safetensors"),
        node("MarkdownNote", "see [a](https://x.example/a.safetensors)"),
        node("Label (rgthree)", "embedding:bad"),
        node("ShowText|pysssss", "a.safetensors"),
        node("PreviewAny", "a.safetensors"),
        node("SaveImage", "a.safetensors"),
        node("Image Saver", "out", "models/a.safetensors"),
        node("New", "https://x.example/a.safetensors"),
        node("New", "use a.safetensors\nfor this.pt"),
        node("New", "PLUS (high strength)", "microsoft/Florence-2-base", "clip.png", "v1.5"),
        {"type": "VHS_VideoCombine", "widgets_values": {"videopreview": {"p": "C:\\out\\a.pt"}}},
    ],
)
def test_texts_that_load_nothing_are_no_references(silent: dict[str, Any]) -> None:
    assert found(silent) == ()


def test_widgets_by_name_are_read() -> None:
    row = {"type": "LoraLoader", "id": "x", "widgets_values": {"lora_name": "a.safetensors"}}
    assert found(row)[0].location == Location("", "x", ("widgets_values", "lora_name"))


def test_the_list_by_name_names_the_widgets_and_is_a_copy() -> None:
    (row,) = found(node("New", 3, "a.pt", widgets_values_named={"seed": 3, "unet_name": "a.pt"}))
    assert (row.widget, row.category) == ("unet_name", "diffusion_models")
    assert row.copies == (Location("", "7", ("widgets_values_named", "unet_name")),)


def test_the_nodes_own_inputs_name_its_widgets_behind_a_seed() -> None:
    inputs = [
        {"name": "model", "type": "MODEL", "link": None},
        {"name": "seed", "widget": {"name": "seed"}, "link": None},
        {"name": "ckpt_name", "widget": {"name": "ckpt_name"}, "link": None},
    ]
    (row,) = found(node("New", 5, "randomize", "a.ckpt", inputs=inputs))
    assert (row.widget, row.category) == ("ckpt_name", "checkpoints")


def test_values_of_another_version_of_the_node_are_not_misnamed() -> None:
    rows = found(node("CR Load Scheduled Models", "Load default Model", "a.safetensors", "CR"))
    assert short(rows) == [("1", "a.safetensors", "checkpoints")]


def link(link_id: int, origin: int, target: int, kind: str = "COMBO") -> list[Any]:
    return [link_id, origin, 0, target, 0, kind]


def socket(name: str, link_id: int) -> list[dict[str, Any]]:
    return [{"name": name, "widget": {"name": name}, "link": link_id}]


def test_a_linked_primitive_holds_the_value_that_runs() -> None:
    loader = node("VAELoader", "old.safetensors", inputs=socket("vae_name", 1))
    primitive = node("PrimitiveNode", "new.safetensors", "fixed", id=8)
    reroute = {"id": 9, "type": "Reroute", "inputs": [{"name": "", "link": 2}]}
    (row,) = found(loader, primitive, reroute, links=[link(1, 9, 7), link(2, 8, 9)])
    assert (row.node_id, row.value, row.category) == ("7", "new.safetensors", "vae")
    assert row.location == Location("", "8", ("widgets_values", 0))
    assert row.copies == (Location("", "7", ("widgets_values", 0)),)


def test_a_list_that_is_known_refers_itself_and_not_what_it_feeds() -> None:
    loader = node("CheckpointLoaderSimple", "a.ckpt", inputs=socket("ckpt_name", 1))
    (row,) = found(loader, node("easy ckptNames", "a.ckpt", id=8), links=[link(1, 8, 7)])
    assert (row.node_id, row.category) == ("8", "checkpoints")


def test_a_value_that_is_only_known_when_it_runs_leaves_the_own_one_unused() -> None:
    loader = node("VAELoader", "a.safetensors", inputs=socket("vae_name", 1))
    (row,) = found(loader, node("Compute", 5, id=8), links=[link(1, 8, 7)])
    assert not row.active


def test_a_text_that_is_linked_is_not_read() -> None:
    prompt = node("CLIPTextEncode", "embedding:old", inputs=socket("text", 1))
    (row,) = found(prompt, node("Text", "embedding:new", id=8), links=[link(1, 8, 7, "STRING")])
    assert (row.node_id, row.value) == ("8", "new")


def test_in_the_api_format_a_linked_name_belongs_to_its_loader() -> None:
    (row,) = queued(
        a={"class_type": "PrimitiveString", "inputs": {"value": "a.safetensors"}},
        b={"class_type": "VAELoader", "inputs": {"vae_name": ["a", 0]}},
    )
    assert (row.node_id, row.widget, row.category) == ("b", "vae_name", "vae")
    assert row.location == Location("", "a", ("inputs", "value"))


def test_embeddings_are_read_from_every_prompt() -> None:
    text = "(embedding:sub\\bad:1.2), embedding:b.pt:0.5, x embedding:b.pt"
    rows = found(node("CLIPTextEncode", text), node("CR Prompt Text", "embedding:c,", id=8))
    assert [(row.node_id, row.value) for row in rows] == [
        ("7", "sub\\bad"),
        ("7", "b.pt"),
        ("8", "c"),
    ]
    assert {(row.kind, row.category) for row in rows} == {(ReferenceKind.EMBEDDING, "embeddings")}
    assert rows[0].location.path == ("widgets_values", 0)


def test_lora_tags_count_where_a_node_reads_them() -> None:
    text = "a cat <lora:cute\\cat:0.8:1>"
    dead = found(node("CLIPTextEncode", text))
    own = found(node("ImpactWildcardEncode", text, text, "fixed", "Select", "Select", 1))
    fed = found(
        node("Text Multiline", text),
        node("Some Wildcard Node", "", id=8),
        links=[link(1, 7, 8, "STRING")],
    )
    assert dead == ()
    assert {row.value for row in own} == {"cute\\cat"}
    assert [(row.node_id, row.value, row.kind) for row in fed] == [
        ("7", "cute\\cat", ReferenceKind.LORA_TAG)
    ]


def test_a_text_behind_the_last_widget_is_left_over() -> None:
    values = ["a.ckpt", "None", -1, "None", 1, 1, "512 x 512", 512, 512, "cat", "dog", 1]
    assert len(found(node("easy a1111Loader", *values, "<lora:old:1>"))) == 1


@pytest.mark.parametrize(
    "odd",
    [
        {"type": ["x"], "widgets_values": ["a.pt"]},
        {"type": "LoraLoader", "widgets_values": "a.pt"},
        {"type": "LoraLoader", "inputs": [None, 5, {"widget": 3, "link": []}]},
        {"type": "LoraLoader", "inputs": {}, "properties": {"models": "x"}, "title": 5},
        {"type": None, "id": None, "mode": {}},
    ],
)
def test_wrong_types_are_passed_over(odd: dict[str, Any]) -> None:
    links: list[Any] = [None, [], [1], {"id": {}}, ["a", 1, 2, 3, 4, 5], {"id": 1}]
    references(read_workflow({"nodes": [odd, odd], "links": links}), LOADERS)


def test_values_nested_without_end_come_to_one() -> None:
    value: Any = "a.pt"
    for _ in range(900):
        value = [value]
    assert found(node("New", value)) == ()


@pytest.mark.parametrize(
    ("kind", "values", "active"),
    [
        ("CR LoRA Stack", ["On", "a.pt", 1, 1, "Off", "b.pt", 1, 1], [True, False]),
        ("CR Load LoRA", ["Off", "a.pt", 1, 1], [False]),
        ("LoRA Stacker", ["simple", 1, "a.pt", 1, 1, 1, "b.pt", 1, 1, 1], [True, False]),
        ("easy loraStack", [True, "simple", 1, "a.pt", 1, 1, 1, "b.pt", 1, 1, 1], [True, False]),
        ("easy loraStack", [False, "simple", 2, "a.pt", 1, 1, 1, "b.pt", 1, 1, 1], [False, False]),
    ],
)
def test_rows_of_a_stack_follow_its_switches(
    kind: str, values: list[Any], active: list[bool]
) -> None:
    rows = found(node(kind, *values))
    assert [row.active for row in rows] == active
    assert {row.category for row in rows} == {"loras"}


def test_switches_of_the_api_format_are_followed_too() -> None:
    inputs = {"switch_2": "Off", "lora_name_1": "a.pt", "lora_name_2": "b.pt"}
    rows = queued(a={"class_type": "CR LoRA Stack", "inputs": inputs})
    assert [(row.value, row.active) for row in rows] == [("a.pt", True), ("b.pt", False)]


def test_a_list_that_the_api_format_wraps_is_read() -> None:
    listed = {"__value__": [{"name": "style", "strength": 1, "active": True}]}
    (row,) = queued(a={"class_type": "Lora Loader (LoraManager)", "inputs": {"loras": listed}})
    assert (row.value, row.kind, row.category) == ("style", ReferenceKind.STEM, "loras")
    assert row.location.path == ("inputs", "loras", "__value__", 0, "name")
