"""Categories: ComfyUI's model folder keys, and what others call the same folders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

WEIGHT_EXTENSIONS = (".ckpt", ".pt", ".pt2", ".bin", ".pth", ".safetensors", ".pkl", ".sft")

NOT_MODELS = frozenset({"custom_nodes", "datasets", "fonts"})
"""Keys of ComfyUI's folder table that hold no models."""


@dataclass(frozen=True)
class Category:
    """A key with its folders below ``models``, in ComfyUI's order.

    ``extensions`` are lower-case with their dot; none means that every file is listed.
    """

    key: str
    folders: tuple[str, ...]
    extensions: tuple[str, ...] = WEIGHT_EXTENSIONS


def _table(*categories: Category) -> Mapping[str, Category]:
    return MappingProxyType({category.key: category for category in categories})


# From ComfyUI's folder_paths.py, in its order.
DEFAULT_CATEGORIES = _table(
    Category("checkpoints", ("checkpoints",)),
    Category("configs", ("configs",), (".yaml",)),
    Category("loras", ("loras",)),
    Category("vae", ("vae",)),
    Category("text_encoders", ("text_encoders", "clip")),
    Category("diffusion_models", ("unet", "diffusion_models")),
    Category("clip_vision", ("clip_vision",)),
    Category("style_models", ("style_models",)),
    Category("embeddings", ("embeddings",)),
    Category("diffusers", ("diffusers",), ("folder",)),  # whole folders, not files
    Category("vae_approx", ("vae_approx",)),
    Category("controlnet", ("controlnet", "t2i_adapter")),
    Category("gligen", ("gligen",)),
    Category("upscale_models", ("upscale_models",)),
    Category("latent_upscale_models", ("latent_upscale_models",)),
    Category("hypernetworks", ("hypernetworks",)),
    Category("photomaker", ("photomaker",)),
    Category("classifiers", ("classifiers",), ("",)),  # files without an extension
    Category("model_patches", ("model_patches",)),
    Category("audio_encoders", ("audio_encoders",)),
    Category("background_removal", ("background_removal",)),
    Category("frame_interpolation", ("frame_interpolation",)),
    Category("geometry_estimation", ("geometry_estimation",)),
    Category("optical_flow", ("optical_flow",)),
    Category("detection", ("detection",)),
)

_LEGACY = MappingProxyType({"unet": "diffusion_models", "clip": "text_encoders"})

_CIVITAI = MappingProxyType(
    {
        "checkpoint": "checkpoints",
        "textualinversion": "embeddings",
        "hypernetwork": "hypernetworks",
        "lora": "loras",
        "locon": "loras",
        "dora": "loras",
        "controlnet": "controlnet",
        "upscaler": "upscale_models",
        "vae": "vae",
        "textencoder": "text_encoders",
        "clip": "text_encoders",
        "unet": "diffusion_models",
        "clipvision": "clip_vision",
    }
)

_OTHER_FOLDERS = MappingProxyType(
    {
        "stablediffusion": "checkpoints",  # Stable Diffusion web UI, SwarmUI, Stability Matrix
        "checkpoint": "checkpoints",
        "ckpt": "checkpoints",
        "lora": "loras",
        "lycoris": "loras",
        "vaeapprox": "vae_approx",
        "approxvae": "vae_approx",
        "textencoder": "text_encoders",
        "diffusionmodel": "diffusion_models",
        "textualinversion": "embeddings",
        "embedding": "embeddings",
        "hypernetwork": "hypernetworks",
        "esrgan": "upscale_models",
        "realesrgan": "upscale_models",
        "swinir": "upscale_models",
        "upscaler": "upscale_models",
        "upscalers": "upscale_models",
        "controlnets": "controlnet",
        "t2iadapter": "controlnet",
    }
)

_MANAGER_TYPES = MappingProxyType(
    {
        "checkpoint": "checkpoints",
        "unclip": "checkpoints",
        "lora": "loras",
        "vae": "vae",
        "clip": "text_encoders",
        "unet": "diffusion_models",
        "diffusionmodel": "diffusion_models",
        "controlnet": "controlnet",
        "t2iadapter": "controlnet",
        "embedding": "embeddings",
        "upscale": "upscale_models",
        "clipvision": "clip_vision",
        "gligen": "gligen",
        "taesd": "vae_approx",
    }
)


def category_key(name: str) -> str:
    """The key that ComfyUI uses for ``name``: an old key is mapped to today's."""
    return _LEGACY.get(name, name)


def civitai_category(model_type: str) -> str | None:
    """The category of a Civitai model type; None where it has no folder of its own in ComfyUI."""
    return _CIVITAI.get(_letters(model_type))


def folder_category(folder: str) -> str | None:
    """The category of a folder by its last name, in ComfyUI's or another program's spelling.

    ``models/Lora``, ``Stable-diffusion`` and ``ESRGAN`` are known; None for any other name.
    """
    name = re.split(r"[/\\]", folder.rstrip("/\\"))[-1]
    letters = _letters(name)
    return _COMFYUI_FOLDERS.get(letters) or _OTHER_FOLDERS.get(letters)


def manager_category(model_type: str, save_path: str) -> str | None:
    """The category of a row of ComfyUI-Manager's list; None where it is a folder of its own.

    ``save_path`` is below ``models`` (``loras/HyperSD``), or ``default`` where the type decides.
    """
    if save_path == "default":
        return _MANAGER_TYPES.get(_letters(model_type))
    first = save_path.partition("/")[0]
    return folder_category(first)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


_COMFYUI_FOLDERS = MappingProxyType(
    {
        _letters(folder): category.key
        for category in DEFAULT_CATEGORIES.values()
        for folder in category.folders
    }
)


def category_of_path(path: str) -> str | None:
    """The category that a folder in ``path`` is named after, the nearest to the file first.

    Repackagers lay their repositories out like ComfyUI's models folder.
    """
    folders = path.replace("\\", "/").split("/")[:-1]
    found = (folder_category(folder) for folder in reversed(folders))
    return next((key for key in found if key), None)
