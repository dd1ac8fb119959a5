"""What kind of model a file is, where the names of its tensors say so clearly.

The marks are facts of the programs that write such files (kohya, diffusers, the original
repositories); a file that shows none of them, or marks of two kinds, has no category here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

#: Last part of ``modelspec.architecture`` (the Stability model metadata standard) → folder key.
_DECLARED = {
    "lora": "loras",
    "lycoris": "loras",
    "textual-inversion": "embeddings",
    "control-net": "controlnet",
    "controlnet": "controlnet",
    "controlnet-lora": "controlnet",
}
_ADAPTER = re.compile(
    r"(^lora_|\.lora_[AB]\b|[._]lora_?(down|up|linear_layer)\b|_lora\d?\.(down|up)\b"
    r"|\.(lokr_|hada_|oft_|dora_)|\.alpha$)"
)
_EMBEDDING = re.compile(r"(emb_params|clip_[lg]|t5xxl|string_to_param\..*)")
_EMBEDDING_TENSORS = 4


@dataclass(frozen=True)
class _Marks:
    """A category has its marks where each pattern is found at the start of some name."""

    category: str
    patterns: tuple[str, ...]

    def found_in(self, names: Collection[str]) -> bool:
        return all(any(re.match(p, name) for name in names) for p in self.patterns)


_WHOLE = r"model\.diffusion_model\."
#: The first that is found decides: whole files stand before the parts they contain.
_MARKS: Sequence[_Marks] = (
    _Marks("controlnet", (r"control_model\.|controlnet_(cond_embedding|blocks|x_embedder)\b",)),
    _Marks("controlnet", (r"input_hint_block\.|zero_convs\.",)),
    _Marks("ipadapter", (r"image_proj\.|image_proj_model\.", r"ip_adapter\.")),
    _Marks(
        "checkpoints",
        (
            _WHOLE,
            r"(first_stage_model|cond_stage_model|conditioner\.embedders|text_encoders|vae)\.",
        ),
    ),
    _Marks("diffusion_models", (_WHOLE,)),
    _Marks("diffusion_models", (r"double_blocks\.", r"single_blocks\.|img_in\.")),
    _Marks("diffusion_models", (r"joint_blocks\.", r"x_embedder\.|context_embedder\.")),
    _Marks("diffusion_models", (r"blocks\.\d+\.(self|cross)_attn\.", r"patch_embedding\.")),
    _Marks("diffusion_models", (r"(single_)?transformer_blocks\.", r"proj_out\.|img_in\.")),
    _Marks("diffusion_models", (r"down_blocks\.", r"time_embedding\.linear_1\.")),
    _Marks("diffusion_models", (r"input_blocks\.", r"time_embed\.")),
    _Marks("vae", (r"(first_stage_model\.)?decoder\.(conv_in|mid|up|up_blocks|middle)\b",)),
    _Marks("upscale_models", (r"model\.0\.weight", r"model\.1\.sub\.")),
    _Marks("upscale_models", (r"conv_first\.", r"(body|RRDB_trunk|layers)\.")),
    _Marks("clip_vision", (r"(vision_model\.encoder|visual\.transformer)\.",)),
    _Marks("text_encoders", (r"(text_model\.encoder|transformer\.text_model)\.",)),
    _Marks("text_encoders", (r"encoder\.block\.\d+\.layer\.\d+\.SelfAttention\.",)),
    _Marks("text_encoders", (r"model\.embed_tokens\.", r"model\.layers\.\d+\.self_attn\.")),
)


def guess_category(names: Collection[str], metadata: Mapping[str, str]) -> str | None:
    """The ComfyUI folder key that the names and the declared architecture mean, else None."""
    architecture = metadata.get("modelspec.architecture", "")
    declared = _DECLARED.get(architecture.rpartition("/")[2].lower())
    if declared or not names:
        return declared
    if 2 * sum(bool(_ADAPTER.search(name)) for name in names) > len(names):
        return "loras"
    if len(names) <= _EMBEDDING_TENSORS and all(_EMBEDDING.fullmatch(name) for name in names):
        return "embeddings"
    found = next((marks.category for marks in _MARKS if marks.found_in(names)), None)
    if found == "clip_vision" and any(name.startswith("text_model.") for name in names):
        return None  # both halves of a CLIP: either loader takes it
    return found
