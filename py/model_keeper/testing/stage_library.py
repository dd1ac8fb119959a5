"""A library for the panel's stage: models of many kinds with pictures and sidecars, in no room."""

from __future__ import annotations

import colorsys
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from model_keeper.testing.model_files import SyntheticSafetensors

_MB = 1_000_000
_EDGE = 320
_HEAD = 4096  # more than any header here takes


@dataclass(frozen=True)
class Shelved:
    """A model that is there from the start. ``size`` in MB; ``words`` are its trigger words."""

    path: str
    size: int
    base: str | None = None
    words: tuple[str, ...] = ()
    title: str | None = None
    explicit: bool = False

    @property
    def has_picture(self) -> bool:
        return self.base is not None


_XL, _FLUX, _Z = "SDXL 1.0", "Flux.1 D", "ZImageTurbo"
_DETAILS = ("detailed", "intricate texture", "sharp focus")
_LONG = "wan2.2_t2v_lightx2v_4steps_lora_v1.1_high_noise"
SHELF = (
    Shelved("loras/detail_tweaker.safetensors", 228, _XL, _DETAILS, "Detail Tweaker XL"),
    Shelved("loras/zavy-ctsmtrc-sdxl.safetensors", 456, _XL, ("ctsmtrc",)),
    Shelved("loras/film-grain-35mm.safetensors", 151, _FLUX, ("35mm film",)),
    Shelved("loras/soft_light_portrait.safetensors", 184, _FLUX, ("soft light",), explicit=True),
    Shelved("loras/isometric-rooms-v2.safetensors", 218, _XL, ("isometric room",)),
    Shelved("loras/brutalist-concrete.safetensors", 340, _XL, ("brutalism",)),
    Shelved("loras/styles/neon_rain_city.safetensors", 172, _FLUX, ("neon rain",)),
    Shelved("loras/styles/paper-cut-layers.safetensors", 118, _Z, ("paper cut",)),
    Shelved("loras/styles/watercolor_bleed.safetensors", 92, _Z),
    Shelved("loras/styles/claymation-soft.safetensors", 165, _FLUX, ("claymation",)),
    Shelved("loras/styles/linocut_bold.safetensors", 144, _XL, ("linocut",)),
    Shelved(f"loras/{_LONG}.safetensors", 1230, "Wan Video 2.2 T2V-A14B"),
    Shelved("loras/my_style_v3.safetensors", 160),
    Shelved("checkpoints/juggernautXL_ragnarok.safetensors", 6900, _XL, title="Juggernaut XL"),
    Shelved("checkpoints/realistic_vision_v60.safetensors", 2100, "SD 1.5"),
    Shelved("diffusion_models/z_image_turbo_fp8.safetensors", 6150, _Z),
    Shelved("text_encoders/t5xxl_fp8_e4m3fn.safetensors", 4890),
    Shelved("vae/sdxl_vae_fp16_fix.safetensors", 335, _XL),
    Shelved("controlnet/union_promax.safetensors", 2510, _XL),
    Shelved("upscale_models/4x_foolhardy.safetensors", 67),
)


def fill(models: Path, *, more: int = 0) -> None:
    """Put the shelf below ``models``, and ``more`` models that only differ in their names."""
    for seed, shelved in enumerate(SHELF):
        path = models / shelved.path
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_model(path, SyntheticSafetensors(shelved.size * _MB, seed))
        if shelved.has_picture:
            _picture(seed).save(path.with_suffix(".preview.png"))
            path.with_suffix(".info").write_text(json.dumps(_info(shelved, path)), "utf-8")
    alike = SyntheticSafetensors(_MB)
    for number in range(more):
        path = models / f"embeddings/many/embedding_{number:05}.safetensors"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_model(path, alike)


def _write_model(path: Path, content: SyntheticSafetensors) -> None:
    """A file that is as long as it says, of which only the head takes room."""
    with path.open("wb") as file:
        file.write(content.read_at(0, _HEAD))
        file.truncate(content.size)


def _info(shelved: Shelved, path: Path) -> dict[str, Any]:
    owner = {"owner": "provider", "name": "civitai", "at": "2026-01-15T12:00:00.000Z"}
    said = {
        "name": shelved.title or path.stem,
        "description": "Made for the stage of the panel's tests.",
        "trainedWords": list(shelved.words),
        "baseModel": shelved.base,
        "source": "civitai",
        "preview": [
            {
                "url": f"https://image.civitai.com/{path.stem}.jpeg",
                "type": "image",
                "nsfwLevel": 8 if shelved.explicit else 1,
            }
        ],
    }
    return {"file": path.name, **said, "provenance": dict.fromkeys(said, owner)}


def _picture(seed: int) -> Image.Image:
    """Bands of colour, other ones for each seed."""
    chance = random.Random(seed)
    hue = chance.random()
    picture = Image.new("RGB", (_EDGE, _EDGE), _colour(hue, 0.6, 0.2))
    draw = ImageDraw.Draw(picture)
    for band in range(9):
        top = band * _EDGE // 9
        slope = chance.randint(-60, 60)
        shade = _colour(hue + chance.uniform(-0.08, 0.12), 0.65, chance.uniform(0.3, 0.95))
        width = chance.randint(6, 34)
        draw.line([(-20, top), (_EDGE // 2, top + slope), (_EDGE + 20, top)], shade, width, "curve")
    return picture


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return int(red * 255), int(green * 255), int(blue * 255)
