"""The stub ComfyUI lists the files on disk, checks prompts by them, and keeps user data."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.comfyui.process import ComfyUIProcess
from tests.integration.stub_comfyui import Answer, ask, probed_host, write


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComfyUIProcess]:
    with probed_host(tmp_path_factory.mktemp("host")) as process:
        yield process


@pytest.mark.parametrize(
    ("folder", "file", "node", "field"),
    [
        ("checkpoints", "models/checkpoints/sub/a.safetensors", "CheckpointLoaderSimple", "ckpt_"),
        ("loras", "output/loras/b.pt", "LoraLoader", "lora_"),
        ("diffusion_models", "models/unet/c.sft", "UNETLoader", "unet_"),
        ("diffusion_models", "models/diffusion_models/d.sft", "UNETLoader", "unet_"),
        ("text_encoders", "models/clip/e.bin", "DualCLIPLoader", "clip_name2"),
        ("controlnet", "models/t2i_adapter/f.pth", "ControlNetLoader", "control_net_"),
        ("unet_gguf", "models/unet/g.GGUF", "UnetLoaderGGUF", "unet_"),
        ("probe_models", "models/probe/any.thing", "Listed", ""),
    ],
)
def test_a_file_is_listed_as_soon_as_it_is_there(
    host: ComfyUIProcess, folder: str, file: str, node: str, field: str
) -> None:
    field = field if field.endswith("2") else f"{field}name"
    name = "sub/a.safetensors" if "/sub/" in file else Path(file).name

    def listed() -> list[bool]:
        definition = ask(f"{host.url}/object_info/{node}").json[node]
        options = definition["input"]["required"][field][0]
        return [name in options, name in ask(f"{host.url}/models/{folder}").json]

    assert listed() == [False, False]
    write(host.base / file)
    assert listed() == [True, True]
    (host.base / file).unlink()
    assert listed() == [False, False]


def test_partial_files_and_other_weights_are_not_listed(host: ComfyUIProcess) -> None:
    write(host.base / "models" / "style_models" / "a.safetensors.part")
    write(host.base / "models" / "style_models" / "b.gguf")
    assert ask(host.url + "/models/style_models").json == []
    assert ask(host.url + "/models/no_such_folder").status == 404


def test_lists_come_in_the_shapes_that_comfyui_uses(host: ComfyUIProcess) -> None:
    write(host.base / "models" / "upscale_models" / "4x.pth")
    definitions = ask(host.url + "/object_info").json
    upscaler = definitions["UpscaleModelLoader"]["input"]["required"]["model_name"]
    assert upscaler == ["COMBO", {"multiselect": False, "options": ["4x.pth"]}]
    assert definitions["VAELoader"]["input"]["required"]["vae_name"] == [["pixel_space"]]
    assert definitions["Listed"]["display_name"] == "Listed files"
    assert definitions["Listed"]["python_module"] == "custom_nodes.my.ext-main"
    assert definitions["SaveImage"]["output_node"], "a core node was replaced by an extension's"
    assert ask(host.url + "/object_info/NoSuchNode").json == {}


def test_folders_and_their_roots(host: ComfyUIProcess) -> None:
    folders = {entry["name"]: entry for entry in ask(host.url + "/experiment/models").json}
    diffusion = folders["diffusion_models"]["folders"]
    assert [Path(path).relative_to(host.base).as_posix() for path in diffusion] == [
        "models/unet",
        "models/diffusion_models",
        "output/diffusion_models",
    ]
    assert folders["unet_gguf"]["folders"] == diffusion
    assert folders["unet_gguf"]["extensions"] == [".gguf"]
    assert ".gguf" not in folders["checkpoints"]["extensions"]
    assert folders["probe_models"]["extensions"] == []
    assert "configs" not in folders


def test_model_files_with_size_metadata_and_preview(host: ComfyUIProcess) -> None:
    header = json.dumps({"__metadata__": {"base": "sdxl"}}).encode()
    model = struct.pack("<Q", len(header)) + header
    write(host.base / "models" / "vae_approx" / "m.safetensors", model)
    (entry,) = ask(host.url + "/experiment/models/vae_approx").json
    assert (entry["name"], entry["pathIndex"], entry["size"]) == ("m.safetensors", 0, len(model))
    metadata = ask(host.url + "/view_metadata/vae_approx?filename=m.safetensors")
    assert metadata.json == {"base": "sdxl"}
    missing = ask(host.url + "/experiment/models/preview/vae_approx/0/m.safetensors")
    assert missing.status == 404
    outside = ask(host.url + "/experiment/models/preview/vae_approx/0/..%2f..%2fuser")
    assert outside.status == 403


def _prompt(checkpoint: str) -> dict[str, Any]:
    return {
        "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": checkpoint}},
        "2": {
            "class_type": "EmptyLatentImage",
            "inputs": {"width": 512, "height": 512, "batch_size": 1},
        },
        "3": {"class_type": "VAEDecode", "inputs": {"samples": ["2", 0], "vae": ["1", 2]}},
        "4": {"class_type": "SaveImage", "inputs": {"images": ["3", 0], "filename_prefix": "x"}},
    }


def _submit(host: ComfyUIProcess, prompt: dict[str, Any]) -> Answer:
    return ask(host.url + "/api/prompt", "POST", body={"prompt": prompt})


def test_a_model_that_is_not_listed_is_refused(host: ComfyUIProcess) -> None:
    answer = _submit(host, _prompt("nowhere.safetensors"))
    assert answer.status == 400
    assert answer.json["error"]["type"] == "prompt_outputs_failed_validation"
    assert list(answer.json["node_errors"]) == ["1"]
    node = answer.json["node_errors"]["1"]
    assert (node["class_type"], node["dependent_outputs"]) == ("CheckpointLoaderSimple", ["4"])
    (error,) = node["errors"]
    assert (error["type"], error["message"]) == ("value_not_in_list", "Value not in list")
    assert error["details"].startswith("ckpt_name: 'nowhere.safetensors' not in [")
    assert error["extra_info"]["received_value"] == "nowhere.safetensors"


@pytest.mark.parametrize(
    ("node", "name", "value", "expected"),
    [
        ("2", "batch_size", None, "required_input_missing"),
        ("2", "batch_size", "many", "invalid_input_type"),
        ("2", "batch_size", 0, "value_smaller_than_min"),
        ("2", "width", 1 << 20, "value_bigger_than_max"),
        ("3", "vae", ["1", 0], "return_type_mismatch"),
        ("3", "vae", ["1"], "bad_linked_input"),
    ],
)
def test_what_else_is_refused(
    host: ComfyUIProcess, node: str, name: str, value: Any, expected: str
) -> None:
    write(host.base / "models" / "checkpoints" / "kept.safetensors")
    prompt = _prompt("kept.safetensors")
    assert _submit(host, prompt).status == 200
    prompt[node]["inputs"][name] = value
    if value is None:
        del prompt[node]["inputs"][name]
    answer = _submit(host, prompt)
    assert answer.status == 400
    assert [error["type"] for error in answer.json["node_errors"][node]["errors"]] == [expected]


def test_prompts_that_cannot_be_checked(host: ComfyUIProcess) -> None:
    unknown = _submit(host, {"1": {"class_type": "NoSuchNode", "inputs": {}}})
    assert (unknown.status, unknown.json["error"]["type"]) == (400, "missing_node_type")
    loader = {"class_type": "VAELoader", "inputs": {"vae_name": "pixel_space"}}
    no_output = _submit(host, {"1": loader})
    assert (no_output.status, no_output.json["error"]["type"]) == (400, "prompt_no_outputs")
    nothing = ask(host.url + "/prompt", "POST", body={})
    assert (nothing.status, nothing.json["error"]["type"]) == (400, "no_prompt")


def test_prompt_handlers_see_every_prompt_though_one_fails(host: ComfyUIProcess) -> None:
    prompt = {"a": {"class_type": "NoSuchNode", "inputs": {}}}
    asked = {"prompt": prompt, "client_id": "probe-handlers"}
    ask(host.url + "/prompt", "POST", body=asked)
    assert ["client_id", "prompt"] in ask(host.url + "/probe/seen").json["prompts"]
    assert "a handler that fails" in host.log()


def test_a_prompt_that_is_valid_succeeds(host: ComfyUIProcess) -> None:
    write(host.base / "models" / "checkpoints" / "kept.safetensors")
    prompt_id = _submit(host, _prompt("kept.safetensors")).json["prompt_id"]
    assert ask(f"{host.url}/history/{prompt_id}").json[prompt_id]["status"]["completed"]
    jobs = ask(host.url + "/api/jobs?status=completed").json["jobs"]
    assert prompt_id in [job["id"] for job in jobs]
    assert ask(host.url + "/prompt").json == {"exec_info": {"queue_remaining": 0}}


def test_settings_are_seeded_kept_and_changed(host: ComfyUIProcess) -> None:
    assert ask(host.url + "/settings/Comfy.TutorialCompleted").json is True
    assert ask(host.url + "/settings/probe.a", "POST", body=[1]).status == 200
    assert ask(host.url + "/settings", "POST", body={"probe.b": 2}).status == 200
    path = host.base / "user" / "default" / "comfy.settings.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "Comfy.TutorialCompleted": True,
        "probe.a": [1],
        "probe.b": 2,
    }


def test_user_files(host: ComfyUIProcess) -> None:
    files = host.url + "/api/userdata"
    assert ask(f"{files}?dir=workflows").status == 404
    assert ask(f"{files}/workflows%2Fa.json", "POST", body={"a": 1}).json == "workflows/a.json"
    assert ask(f"{files}/workflows%2Fa.json?overwrite=false", "POST", body={}).status == 409
    read = ask(f"{files}/workflows%2Fa.json")
    assert (read.json, read.headers["Content-Disposition"]) == ({"a": 1}, "attachment")
    assert ask(f"{files}/workflows%2Fa.json/move/workflows%2Fb.json", "POST").status == 200
    assert ask(f"{files}?dir=workflows").json == ["b.json"]
    listed = ask(host.url + "/api/v2/userdata").json
    assert "workflows/b.json" in [entry["path"] for entry in listed]
    assert ask(f"{files}/workflows%2Fb.json", "DELETE").status == 204
    assert ask(f"{files}/..%2F__secret%2Ftokens").status == 403


def test_held_prompts_run_until_they_are_interrupted(tmp_path: Path) -> None:
    with probed_host(tmp_path, "--hold-prompts") as host:
        write(host.base / "models" / "checkpoints" / "a.safetensors")
        ids = [_submit(host, _prompt("a.safetensors")).json["prompt_id"] for _ in range(2)]
        queue = ask(host.url + "/queue").json
        assert [
            [item[1] for item in queue[name]] for name in ("queue_running", "queue_pending")
        ] == [
            ids[:1],
            ids[1:],
        ]
        assert ask(host.url + "/probe/seen").json["tasks"] == 2
        ask(host.url + "/interrupt", "POST")
        assert ask(host.url + "/probe/seen").json["tasks"] == 1
        assert not ask(f"{host.url}/history/{ids[0]}").json[ids[0]]["status"]["completed"]
