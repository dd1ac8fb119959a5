from __future__ import annotations

import pytest

from model_keeper.domain.categories import (
    DEFAULT_CATEGORIES,
    category_key,
    civitai_category,
    folder_category,
    manager_category,
)


def test_folders_are_in_the_order_in_which_comfyui_searches_them() -> None:
    assert DEFAULT_CATEGORIES["diffusion_models"].folders == ("unet", "diffusion_models")
    assert DEFAULT_CATEGORIES["text_encoders"].folders == ("text_encoders", "clip")
    assert DEFAULT_CATEGORIES["controlnet"].folders == ("controlnet", "t2i_adapter")


def test_no_folder_belongs_to_two_categories() -> None:
    folders = [folder for row in DEFAULT_CATEGORIES.values() for folder in row.folders]
    assert len(folders) == len(set(folders))


def test_extensions_are_comfyuis_own() -> None:
    assert ".sft" in DEFAULT_CATEGORIES["loras"].extensions
    assert ".gguf" not in DEFAULT_CATEGORIES["diffusion_models"].extensions
    assert DEFAULT_CATEGORIES["configs"].extensions == (".yaml",)


def test_old_keys_are_todays_and_others_stay() -> None:
    assert category_key("unet") == "diffusion_models"
    assert category_key("clip") == "text_encoders"
    assert category_key("loras") == "loras"
    assert category_key("ipadapter") == "ipadapter"


@pytest.mark.parametrize(
    ("model_type", "category"),
    [
        ("Checkpoint", "checkpoints"),
        ("LORA", "loras"),
        ("LoCon", "loras"),
        ("DoRA", "loras"),
        ("TextualInversion", "embeddings"),
        ("Hypernetwork", "hypernetworks"),
        ("Controlnet", "controlnet"),
        ("Upscaler", "upscale_models"),
        ("VAE", "vae"),
        ("Text Encoder", "text_encoders"),
        ("UNet", "diffusion_models"),
        ("CLIPVision", "clip_vision"),
        ("Poses", None),
        ("Wildcards", None),
        ("Other", None),
        ("", None),
    ],
)
def test_civitai_types(model_type: str, category: str | None) -> None:
    assert civitai_category(model_type) == category


@pytest.mark.parametrize(
    ("folder", "category"),
    [
        ("models/Lora", "loras"),
        ("models/LyCORIS/", "loras"),
        ("models\\Stable-diffusion", "checkpoints"),
        ("StableDiffusion", "checkpoints"),
        ("ESRGAN", "upscale_models"),
        ("RealESRGAN", "upscale_models"),
        ("VAE", "vae"),
        ("VAE-approx", "vae_approx"),
        ("ControlNet", "controlnet"),
        ("text_encoder", "text_encoders"),
        ("unet", "diffusion_models"),
        ("t2i_adapter", "controlnet"),
        ("loras", "loras"),
        ("ipadapter", None),
        ("", None),
    ],
)
def test_folders_of_this_and_of_other_programs(folder: str, category: str | None) -> None:
    assert folder_category(folder) == category


@pytest.mark.parametrize(
    ("model_type", "save_path", "category"),
    [
        ("lora", "loras/HyperSD/SD15", "loras"),
        ("clip", "default", "text_encoders"),
        ("upscale", "default", "upscale_models"),
        ("upscale", "latent_upscale_models", "latent_upscale_models"),
        ("T2I-Adapter", "controlnet/SDXL", "controlnet"),
        ("IC-Light", "diffusion_models/IC-Light", "diffusion_models"),
        ("lora", "xlabs/loras", None),
        ("Ultralytics", "ultralytics/segm", None),
        ("something new", "default", None),
    ],
)
def test_rows_of_the_managers_list(model_type: str, save_path: str, category: str | None) -> None:
    assert manager_category(model_type, save_path) == category
