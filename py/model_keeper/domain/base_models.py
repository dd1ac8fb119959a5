"""Base models by the names that trainers, converters and repositories have for them.

Everybody's names are brought to Civitai's, which people know and search by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

#: What trainers write (kohya's ``ss_base_model_version``, the Stability metadata standard's
#: ``modelspec.architecture`` before its slash) and other tools (``sd version`` of the web UI).
_TRAINERS: Mapping[str, str] = MappingProxyType(
    {
        "sd_v1": "SD 1.5",
        "sd_1.5": "SD 1.5",
        "sd1": "SD 1.5",
        "sd1.5": "SD 1.5",
        "1.5": "SD 1.5",
        "stable-diffusion-v1": "SD 1.5",
        "sd_v2": "SD 2.0",
        "sd_v2_v": "SD 2.0 768",
        "stable-diffusion-v2-512": "SD 2.0",
        "stable-diffusion-v2-768-v": "SD 2.0 768",
        "sdxl": "SDXL 1.0",
        "sdxl_base_v1-0": "SDXL 1.0",
        "stable-diffusion-xl-v1-base": "SDXL 1.0",
        "sd3": "SD 3",
        "stable-diffusion-3": "SD 3",
        "stable-diffusion-3-medium": "SD 3",
        "flux1": "Flux.1 D",
        "flux-1-dev": "Flux.1 D",
        "flux.1-dev": "Flux.1 D",
        "flux-1-schnell": "Flux.1 S",
        "flux.1-schnell": "Flux.1 S",
    }
)

#: GGUF's ``general.architecture``, where an architecture is one base model.
_ARCHITECTURES: Mapping[str, str] = MappingProxyType(
    {
        "sd1": "SD 1.5",
        "sdxl": "SDXL 1.0",
        "sd3": "SD 3",
        "aura": "AuraFlow",
        "ltxv": "LTXV",
        "hyvid": "Hunyuan Video",
        "wan": "Wan Video",
        "hidream": "HiDream",
        "lumina2": "Lumina",
        "qwen_image": "Qwen",
        "chroma": "Chroma",
    }
)

#: Repositories on Hugging Face by a part of their name; the first that fits is meant.
_REPOSITORIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"stable-diffusion-v1-4", "SD 1.4"),
        (r"stable-diffusion-v1-5|stable-diffusion-v1$", "SD 1.5"),
        (r"stable-diffusion-2-1-unclip", "SD 2.1 Unclip"),
        (r"stable-diffusion-2-1-base", "SD 2.1"),
        (r"stable-diffusion-2-1", "SD 2.1 768"),
        (r"stable-diffusion-2-base", "SD 2.0"),
        (r"stable-diffusion-2$", "SD 2.0 768"),
        (r"sdxl-turbo", "SDXL Turbo"),
        (r"sdxl-lightning", "SDXL Lightning"),
        (r"stable-diffusion-xl-base-0\.9", "SDXL 0.9"),
        (r"stable-diffusion-xl-base-1\.0", "SDXL 1.0"),
        (r"stable-diffusion-3\.5-large-turbo", "SD 3.5 Large Turbo"),
        (r"stable-diffusion-3\.5-large", "SD 3.5 Large"),
        (r"stable-diffusion-3\.5-medium", "SD 3.5 Medium"),
        (r"stable-diffusion-3", "SD 3"),
        (r"stable-cascade", "Stable Cascade"),
        (r"stable-video-diffusion-img2vid-xt", "SVD XT"),
        (r"stable-video-diffusion", "SVD"),
        (r"flux\.?1-kontext", "Flux.1 Kontext"),
        (r"flux\.?1-krea", "Flux.1 Krea"),
        (r"flux\.?1-schnell", "Flux.1 S"),
        (r"flux\.?1-(?:dev|fill|canny|depth|redux)", "Flux.1 D"),
        (r"flux\.?2-klein-base-9b", "Flux.2 Klein 9B-base"),
        (r"flux\.?2-klein-9b", "Flux.2 Klein 9B"),
        (r"flux\.?2-klein-base-4b", "Flux.2 Klein 4B-base"),
        (r"flux\.?2-klein-4b", "Flux.2 Klein 4B"),
        (r"flux\.?2-dev", "Flux.2 D"),
        (r"krea-?2-", "Krea 2"),
        (r"z-image-turbo", "ZImageTurbo"),
        (r"z-image(?:-base)?$", "ZImageBase"),
        (r"hidream-[ie]1", "HiDream"),
        (r"qwen-image", "Qwen"),
        (r"wan2\.2-i2v-a14b", "Wan Video 2.2 I2V-A14B"),
        (r"wan2\.2-t2v-a14b", "Wan Video 2.2 T2V-A14B"),
        (r"wan2\.2-ti2v-5b", "Wan Video 2.2 TI2V-5B"),
        (r"wan2\.1-t2v-1\.3b", "Wan Video 1.3B t2v"),
        (r"wan2\.1-t2v-14b", "Wan Video 14B t2v"),
        (r"wan2\.1-i2v-14b-480p", "Wan Video 14B i2v 480p"),
        (r"wan2\.1-i2v-14b-720p", "Wan Video 14B i2v 720p"),
        (r"hunyuanvideo", "Hunyuan Video"),
        (r"ltx-2\.3", "LTXV 2.3"),
        (r"ltx-2", "LTXV2"),
        (r"ltx-video", "LTXV"),
        (r"illustrious-xl", "Illustrious"),
        (r"noobai-xl", "NoobAI"),
        (r"pony-?v7", "Pony V7"),
        (r"pony-?diffusion-?v6", "Pony"),
        (r"ideogram-4", "Ideogram 4.0"),
        (r"auraflow", "AuraFlow"),
        (r"chroma1?-(?:hd|base|radiance)|/chroma$", "Chroma"),
        (r"lumina-image-2", "Lumina"),
        (r"kolors", "Kolors"),
        (r"pixart-sigma", "PixArt E"),
        (r"pixart-(?:xl-2|alpha)", "PixArt a"),
        (r"mochi-1", "Mochi"),
        (r"cogvideox", "CogVideoX"),
    )
)


def of_trainer(name: str) -> str | None:
    """What a trainer or a tool calls it; a name that is not known stays as it is."""
    return _TRAINERS.get(name.lower(), name) or None


def of_architecture(architecture: object) -> str | None:
    """Of a GGUF file's architecture; None where several base models have it."""
    return _ARCHITECTURES.get(str(architecture))


def of_repository(repository: str) -> str | None:
    """Of ``owner/name`` on Hugging Face; None for one that is not known."""
    return next((name for part, name in _REPOSITORIES if part.search(repository)), None)
