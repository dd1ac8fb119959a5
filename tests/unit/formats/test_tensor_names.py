from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_keeper.formats.tensor_names import guess_category

KEYS = Path(__file__).resolve().parents[4] / "shared" / "data" / "safetensors" / "keys"

CASES: dict[str, tuple[list[str], str | None]] = {
    "kohya LoRA": (["lora_te1_q.lora_down.weight", "lora_te1_q.lora_up.weight"], "loras"),
    "PEFT LoRA": (["unet.q.lora_A.weight", "unet.q.lora_B.weight"], "loras"),
    "LoHa": (["lora_unet_q.hada_w1_a", "lora_unet_q.hada_w1_b", "lora_unet_q.alpha"], "loras"),
    "embedding": (["emb_params"], "embeddings"),
    "SDXL embedding": (["clip_g", "clip_l"], "embeddings"),
    "checkpoint": (
        ["model.diffusion_model.out.0.weight", "first_stage_model.decoder.conv_in.weight"],
        "checkpoints",
    ),
    "UNet alone": (["model.diffusion_model.out.0.weight"], "diffusion_models"),
    "Flux": (["double_blocks.0.img_mod.lin.weight", "img_in.weight"], "diffusion_models"),
    "Wan": (["blocks.0.self_attn.q.weight", "patch_embedding.weight"], "diffusion_models"),
    "VAE": (["encoder.conv_in.weight", "decoder.conv_in.weight"], "vae"),
    "ControlNet": (["control_model.input_blocks.0.0.weight"], "controlnet"),
    "T5": (["encoder.block.0.layer.0.SelfAttention.q.weight", "shared.weight"], "text_encoders"),
    "CLIP text": (["text_model.encoder.layers.0.mlp.fc1.weight"], "text_encoders"),
    "CLIP vision": (["vision_model.encoder.layers.0.mlp.fc1.weight"], "clip_vision"),
    "both halves of CLIP": (
        ["vision_model.encoder.layers.0.a", "text_model.encoder.layers.0.a"],
        None,
    ),
    "ESRGAN": (["model.0.weight", "model.1.sub.0.RDB1.conv1.0.weight"], "upscale_models"),
    "a mere word": (["flora_upper", "weight"], None),
    "nothing": ([], None),
}


@pytest.mark.parametrize("case", CASES)
def test_names_say_what_a_file_is(case: str) -> None:
    names, category = CASES[case]
    assert guess_category(names, {}) == category


def test_the_declared_architecture_outweighs_names() -> None:
    metadata = {"modelspec.architecture": "stable-diffusion-xl-v1-base/lora"}
    assert guess_category(["anything"], metadata) == "loras"


@pytest.mark.skipif(not KEYS.is_dir(), reason=f"no tensor names in {KEYS}")
def test_real_loras_of_every_kind_are_loras() -> None:
    files = sorted(KEYS.glob("*.json"))
    assert files
    found = {file.name: guess_category(list(json.loads(file.read_text())), {}) for file in files}
    assert set(found.values()) == {"loras"}, found
