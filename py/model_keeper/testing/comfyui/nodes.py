"""The ``nodes`` module of ComfyUI: core nodes whose lists are the files on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from model_keeper.testing.comfyui.folder_paths import FolderPaths

Inputs = dict[str, dict[str, Any]]

_SAMPLERS = ["euler", "euler_ancestral", "heun", "dpmpp_2m", "dpmpp_sde", "res_multistep", "ddim"]
_SCHEDULERS = ["simple", "sgm_uniform", "karras", "exponential", "normal", "beta"]
_CLIP_TYPES = ["stable_diffusion", "sd3", "wan", "lumina2", "qwen_image", "flux2"]
_DUAL_TYPES = ["sdxl", "sd3", "flux", "hunyuan_video", "hidream"]
_WEIGHT_TYPES = ["default", "fp8_e4m3fn", "fp8_e4m3fn_fast", "fp8_e5m2"]
_DEVICE = (["default", "cpu"], {"advanced": True})
_STRENGTH = ("FLOAT", {"default": 1.0, "min": -100.0, "max": 100.0, "step": 0.01})
_SEED = ("INT", {"default": 0, "min": 0, "max": (1 << 64) - 1, "control_after_generate": True})


@dataclass(frozen=True)
class Files:
    """A list of the files of ``folder``, and of names that are always there.

    ``described``: the shape that nodes of ComfyUI's newer interface give a list.
    """

    folder: str
    always: tuple[str, ...] = ()
    described: bool = False

    def spec(self, folder_paths: FolderPaths) -> tuple[Any, ...]:
        names = [*folder_paths.get_filename_list(self.folder), *self.always]
        return ("COMBO", {"multiselect": False, "options": names}) if self.described else (names,)


@dataclass(frozen=True)
class CoreNode:
    """A node as its definition shows it; it cannot run."""

    name: str
    label: str
    category: str
    outputs: tuple[str, ...]
    required: Mapping[str, Any]
    optional: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    saves: bool = False
    module: str = "nodes"

    def inputs(self, folder_paths: FolderPaths) -> Inputs:
        groups: Inputs = {"required": _resolved(self.required, folder_paths)}
        if self.optional:
            groups["optional"] = _resolved(self.optional, folder_paths)
        if self.hidden:
            groups["hidden"] = dict(self.hidden)
        return groups


def _resolved(specs: Mapping[str, Any], folder_paths: FolderPaths) -> dict[str, Any]:
    return {
        name: spec.spec(folder_paths) if isinstance(spec, Files) else spec
        for name, spec in specs.items()
    }


def _size(default: int, step: int) -> dict[str, Any]:
    side = ("INT", {"default": default, "min": 16, "max": 16384, "step": step})
    return {"width": side, "height": side, "batch_size": ("INT", {"default": 1, "min": 1})}


_MODEL, _CLIP, _VAE, _LATENT = ("MODEL",), ("CLIP",), ("VAE",), ("LATENT",)

_LOADERS = (
    CoreNode(
        "CheckpointLoaderSimple",
        "Load Checkpoint",
        "loaders",
        ("MODEL", "CLIP", "VAE"),
        {"ckpt_name": Files("checkpoints")},
    ),
    CoreNode(
        "LoraLoader",
        "Load LoRA",
        "loaders",
        ("MODEL", "CLIP"),
        {
            "model": _MODEL,
            "clip": _CLIP,
            "lora_name": Files("loras"),
            "strength_model": _STRENGTH,
            "strength_clip": _STRENGTH,
        },
    ),
    CoreNode(
        "LoraLoaderModelOnly",
        "LoraLoaderModelOnly",
        "loaders",
        _MODEL,
        {"model": _MODEL, "lora_name": Files("loras"), "strength_model": _STRENGTH},
    ),
    # "pixel_space" is always offered: the list of this node is never empty.
    CoreNode(
        "VAELoader", "Load VAE", "loaders", _VAE, {"vae_name": Files("vae", ("pixel_space",))}
    ),
    CoreNode(
        "UNETLoader",
        "Load Diffusion Model",
        "advanced/loaders",
        _MODEL,
        {"unet_name": Files("diffusion_models"), "weight_dtype": (_WEIGHT_TYPES,)},
    ),
    CoreNode(
        "CLIPLoader",
        "Load CLIP",
        "advanced/loaders",
        _CLIP,
        {"clip_name": Files("text_encoders"), "type": (_CLIP_TYPES,)},
        {"device": _DEVICE},
    ),
    CoreNode(
        "DualCLIPLoader",
        "DualCLIPLoader",
        "advanced/loaders",
        _CLIP,
        {
            "clip_name1": Files("text_encoders"),
            "clip_name2": Files("text_encoders"),
            "type": (_DUAL_TYPES,),
        },
        {"device": _DEVICE},
    ),
    CoreNode(
        "CLIPVisionLoader",
        "Load CLIP Vision",
        "loaders",
        ("CLIP_VISION",),
        {"clip_name": Files("clip_vision")},
    ),
    CoreNode(
        "ControlNetLoader",
        "Load ControlNet Model",
        "loaders",
        ("CONTROL_NET",),
        {"control_net_name": Files("controlnet")},
    ),
    CoreNode(
        "UpscaleModelLoader",
        "Load Upscale Model",
        "loaders",
        ("UPSCALE_MODEL",),
        {"model_name": Files("upscale_models", described=True)},
        module="comfy_extras.nodes_upscale_model",
    ),
    CoreNode(
        "UnetLoaderGGUF",
        "Unet Loader (GGUF)",
        "bootleg",
        _MODEL,
        {"unet_name": Files("unet_gguf")},
        module="custom_nodes.ComfyUI-GGUF",
    ),
)

_WORKERS = (
    CoreNode(
        "CLIPTextEncode",
        "CLIP Text Encode (Prompt)",
        "conditioning",
        ("CONDITIONING",),
        {"text": ("STRING", {"multiline": True, "dynamicPrompts": True}), "clip": _CLIP},
    ),
    CoreNode("EmptyLatentImage", "Empty Latent Image", "latent", _LATENT, _size(512, 8)),
    CoreNode(
        "EmptySD3LatentImage",
        "EmptySD3LatentImage",
        "latent/sd3",
        _LATENT,
        _size(1024, 16),
        module="comfy_extras.nodes_sd3",
    ),
    CoreNode(
        "ModelSamplingAuraFlow",
        "ModelSamplingAuraFlow",
        "advanced/model",
        _MODEL,
        {"model": _MODEL, "shift": ("FLOAT", {"default": 1.73, "min": 0.0, "max": 100.0})},
        module="comfy_extras.nodes_model_advanced",
    ),
    CoreNode(
        "KSampler",
        "KSampler",
        "sampling",
        _LATENT,
        {
            "model": _MODEL,
            "seed": _SEED,
            "steps": ("INT", {"default": 20, "min": 1, "max": 10000}),
            "cfg": ("FLOAT", {"default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1}),
            "sampler_name": (_SAMPLERS,),
            "scheduler": (_SCHEDULERS,),
            "positive": ("CONDITIONING",),
            "negative": ("CONDITIONING",),
            "latent_image": _LATENT,
            "denoise": ("FLOAT", {"default": 1.0, "min": 0.0, "max": 1.0, "step": 0.01}),
        },
    ),
    CoreNode("VAEDecode", "VAE Decode", "latent", ("IMAGE",), {"samples": _LATENT, "vae": _VAE}),
    CoreNode(
        "SaveImage",
        "Save Image",
        "image",
        (),
        {"images": ("IMAGE",), "filename_prefix": ("STRING", {"default": "ComfyUI"})},
        hidden={"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        saves=True,
    ),
)


class Nodes(ModuleType):
    """Every node that is known, and the web folders of the extensions that were loaded."""

    def __init__(self, folder_paths: FolderPaths) -> None:
        super().__init__("nodes")
        # As the GGUF nodes do: the very list of folders of diffusion_models, other files.
        shared, _ = folder_paths.folder_names_and_paths["diffusion_models"]
        folder_paths.folder_names_and_paths["unet_gguf"] = (shared, {".gguf"})
        core = (*_LOADERS, *_WORKERS)
        self.NODE_CLASS_MAPPINGS = {node.name: _class_of(node, folder_paths) for node in core}
        self.NODE_DISPLAY_NAME_MAPPINGS = {node.name: node.label for node in core}
        self.EXTENSION_WEB_DIRS: dict[str, str] = {}
        self.LOADED_MODULE_DIRS: dict[str, str] = {}

    def info(self, name: str) -> dict[str, Any]:
        """The definition of a node as ``/object_info`` answers it."""
        node: Any = self.NODE_CLASS_MAPPINGS[name]
        inputs = node.INPUT_TYPES()
        outputs = node.RETURN_TYPES
        return {
            "input": inputs,
            "input_order": {group: list(specs) for group, specs in inputs.items()},
            "is_input_list": getattr(node, "INPUT_IS_LIST", False),
            "output": outputs,
            "output_is_list": getattr(node, "OUTPUT_IS_LIST", [False] * len(outputs)),
            "output_name": getattr(node, "RETURN_NAMES", outputs),
            "name": name,
            "display_name": self.NODE_DISPLAY_NAME_MAPPINGS.get(name, name),
            "description": getattr(node, "DESCRIPTION", ""),
            "python_module": getattr(node, "RELATIVE_PYTHON_MODULE", "nodes"),
            "category": getattr(node, "CATEGORY", "sd"),
            "output_node": getattr(node, "OUTPUT_NODE", False) is True,
            "has_intermediate_output": False,
            "search_aliases": getattr(node, "SEARCH_ALIASES", []),
        }


def _class_of(node: CoreNode, folder_paths: FolderPaths) -> type:
    """A class as an extension would write it."""
    members = {
        "INPUT_TYPES": classmethod(lambda _: node.inputs(folder_paths)),
        "RETURN_TYPES": node.outputs,
        "CATEGORY": node.category,
        "OUTPUT_NODE": node.saves,
        "RELATIVE_PYTHON_MODULE": node.module,
    }
    return type(node.name, (), members)
