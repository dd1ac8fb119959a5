"""What trainers and converters write into a file's own header about the model.

Keys after kohya's sd-scripts (``ss_…``), the Stability metadata standard
(https://github.com/Stability-AI/ModelSpec, ``modelspec.…``) and GGUF (``general.…``).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from model_keeper.domain import base_models, descriptions
from model_keeper.domain import foreign_values as clean
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.formats.sniff import HEAD_BYTES, Format, sniff

_DATA_URL = re.compile(r"data:image/[\w.+-]{1,40};base64,")
_LONGEST_COVER = 16 << 20  # of its text
_MOST_COVERS = 20
_MOST_TAGS = 50

#: What helps to use the model or tells how it was made, by the name it is kept under.
_KEPT = {
    "modelspec.usage_hint": "usageHint",
    "modelspec.date": "date",
    "modelspec.resolution": "resolution",
    "modelspec.prediction_type": "predictionType",
    "modelspec.merged_from": "mergedFrom",
    "ss_network_module": "networkModule",
    "ss_network_dim": "networkDim",
    "ss_network_alpha": "networkAlpha",
    "ss_num_train_images": "trainingImages",
    "ss_steps": "steps",
    "ss_epoch": "epoch",
    "ss_sd_model_name": "trainedOn",
    "ss_clip_skip": "clipSkip",
}


def from_safetensors(metadata: Mapping[str, str]) -> ModelMetadata:
    """What a safetensors file's ``__metadata__`` says.

    Only what its maker calls a trigger phrase is one. The words that most training pictures had in
    their captions are a hint at best, kept as ``extra["header"]["trainingTags"]``. Hashes in
    headers are of something else than the file, or of nothing, and are not believed.
    """
    architecture = metadata.get("modelspec.architecture", "").partition("/")[0]
    trained_on = metadata.get("ss_base_model_version", "") or architecture
    kept = {name: clean.line(metadata.get(key)) for key, name in _KEPT.items()}
    tags = _training_tags(metadata.get("ss_tag_frequency", ""))
    extra = clean.without_paths({name: value for name, value in kept.items() if value})
    if tags:
        extra["trainingTags"] = tags
    return ModelMetadata(
        name=clean.line(metadata.get("modelspec.title"))
        or clean.line(metadata.get("ss_output_name")),
        description=descriptions.joined(
            descriptions.from_either(metadata.get("modelspec.description")),
            descriptions.from_markdown(_comment(metadata)),
        ),
        trained_words=clean.comma_separated(metadata.get("modelspec.trigger_phrase")),
        base_model=clean.line(base_models.of_trainer(trained_on)),
        creator=clean.line(metadata.get("modelspec.author")),
        licence=clean.line(metadata.get("modelspec.license")),
        tags=clean.comma_separated(metadata.get("modelspec.tags")),
        extra={"header": extra} if extra else {},
    )


def from_gguf(general: Mapping[str, Any]) -> ModelMetadata:
    """What the ``general.`` keys of a GGUF file say."""
    architecture = general.get("general.architecture")
    kept = {
        name: clean.line(general.get(f"general.{name}"))
        for name in ("architecture", "type", "size_label", "finetune", "quantized_by")
    }
    extra = {name: value for name, value in kept.items() if value}
    return ModelMetadata(
        name=clean.line(general.get("general.name")),
        version_name=clean.line(general.get("general.version")),
        description=descriptions.from_markdown(general.get("general.description")),
        base_model=base_models.of_architecture(architecture),
        source_url=clean.address(general.get("general.source.url") or general.get("general.url")),
        creator=clean.line(general.get("general.author"))
        or clean.line(general.get("general.organization")),
        licence=clean.line(general.get("general.license")),
        extra={"header": extra} if extra else {},
    )


def covers(metadata: Mapping[str, str]) -> tuple[bytes, ...]:
    """The pictures in a safetensors file's ``modelspec.thumbnail`` and ``ssmd_cover_images``."""
    texts = [metadata.get("modelspec.thumbnail", ""), *_cover_images(metadata)]
    found = (_picture(text) for text in texts[:_MOST_COVERS])
    return tuple(dict.fromkeys(content for content in found if content is not None))


def _cover_images(metadata: Mapping[str, str]) -> list[str]:
    """A list of pictures in Base64, as JSON."""
    text = metadata.get("ssmd_cover_images", "")
    try:
        listed = json.loads(text) if 0 < len(text) <= _LONGEST_COVER else []
    except (ValueError, RecursionError):
        return []
    rows = listed if isinstance(listed, list) else []
    return [row for row in rows if isinstance(row, str)]


def _picture(text: str) -> bytes | None:
    """None for anything else than a picture."""
    start = _DATA_URL.match(text)
    if len(text) > _LONGEST_COVER:
        return None
    try:
        content = base64.b64decode(text[start.end() if start else 0 :], validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if sniff(content[:HEAD_BYTES]).format is Format.IMAGE else None


def _comment(metadata: Mapping[str, str]) -> str | None:
    """What whoever trained it wrote; ``None`` is what their trainer writes for nothing."""
    comment = metadata.get("ss_training_comment", "").strip()
    return comment if comment not in {"", "None"} else None


def _training_tags(text: str) -> list[str]:
    """The most frequent words of the captions, over all folders of the training data."""
    try:
        folders = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return []
    counts: Counter[str] = Counter()
    for tags in clean.mapping(folders).values():
        for tag, count in clean.mapping(tags).items():
            if isinstance(count, int) and not isinstance(count, bool):
                counts[tag] += count
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return list(clean.words([tag.strip() for tag, _count in ordered[:_MOST_TAGS]]))
