"""What Hugging Face says of a file's repository, as metadata. Pure: nothing is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from model_keeper.domain import base_models, descriptions
from model_keeper.domain import foreign_values as clean
from model_keeper.domain.link_parsing import huggingface_path
from model_keeper.domain.links import HuggingFaceFile
from model_keeper.domain.metadata import ModelMetadata, Origin, Owner, Preview
from model_keeper.domain.metadata_json import read_previews
from model_keeper.formats import front_matter

SOURCE = "huggingface"
_ENDPOINT = "https://huggingface.co"
_FILMS = frozenset({".mp4", ".webm", ".mov"})
_BASE_MODEL_TAG = "base_model:"
#: Repositories that derive from others are tagged with how: ``base_model:adapter:owner/name``.
_RELATIONS = frozenset({"adapter", "finetune", "merge", "quantized"})
#: Tags of libraries, formats and the Hub's own book-keeping, which say nothing of the model.
_TECHNICAL = frozenset(
    {"diffusers", "safetensors", "onnx", "gguf", "pytorch", "transformers", "peft", "has_space"}
    | {"endpoints_compatible", "autotrain_compatible", "model-index", "comfyui", "jax", "tf"}
)


def huggingface_origin(at: int) -> Origin:
    """Of what the Hub answered at this moment (ms UTC)."""
    return Origin(Owner.PROVIDER, SOURCE, at)


def from_hub(
    file: HuggingFaceFile,
    info: Any = None,
    readme: str | None = None,
    *,
    sha256: str | None = None,
) -> ModelMetadata:
    """What ``api/models/{repo}`` (``info``) and its ``README.md`` say of one of its files.

    Either may be None. ``sha256`` is what the Hub vouches for. ``id`` is the path in the
    repository; addresses are the Hub's own, whichever mirror answered.
    """
    about = clean.mapping(info)
    document = front_matter.split(readme or "")
    card = {**clean.mapping(about.get("cardData")), **document.matter}
    owner, _, name = file.repo.partition("/")
    return ModelMetadata(
        id=file.path,
        model_id=file.repo,
        name=clean.line(card.get("model_name")) or name,
        version_name=PurePosixPath(file.path).stem,
        description=descriptions.from_markdown(front_matter.first_paragraph(document.body)),
        trained_words=clean.words(card.get("instance_prompt")),
        base_model=_base_model(card, about),
        preview=_previews(file, card),
        hashes=clean.hashes({"sha256": sha256}),
        source=SOURCE,
        source_url=f"{_ENDPOINT}/{file.repo}",
        download_url=_ENDPOINT + huggingface_path(file),
        creator=clean.line(about.get("author")) or owner or None,
        licence=_licence(card, about),
        tags=_tags(card, about),
        extra=_extra(card, about),
    )


def _base_model(card: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    """The first one that has a name people know, else the first repository that is named."""
    named = [*clean.words(card.get("base_model")), *_base_models_of_tags(about)]
    known = (base_models.of_repository(repository) for repository in named)
    return next((name for name in known if name), None) or next(iter(named), None)


def _base_models_of_tags(about: Mapping[str, Any]) -> list[str]:
    tags = [tag for tag in clean.words(about.get("tags")) if tag.startswith(_BASE_MODEL_TAG)]
    values = [tag[len(_BASE_MODEL_TAG) :].split(":", 1) for tag in tags]
    return [parts[-1] for parts in values if len(parts) == 1 or parts[0] in _RELATIONS]


def _licence(card: Mapping[str, Any], about: Mapping[str, Any]) -> str | None:
    """The Hub's key; the name where the key only says that it is another one."""
    tagged = [t.partition(":")[2] for t in clean.words(about.get("tags")) if _is(t, "license")]
    key = next(iter(clean.words(card.get("license"))), None) or next(iter(tagged), None)
    return clean.line(card.get("license_name")) or key if key in {"other", None} else key


def _tags(card: Mapping[str, Any], about: Mapping[str, Any]) -> tuple[str, ...]:
    pipeline = clean.line(card.get("pipeline_tag")) or clean.line(about.get("pipeline_tag"))
    all_tags = [*clean.words(card.get("tags")), *clean.words(about.get("tags"))]
    telling = [tag for tag in all_tags if ":" not in tag and tag.lower() not in _TECHNICAL]
    return clean.words([*([pipeline] if pipeline else []), *telling])


def _previews(file: HuggingFaceFile, card: Mapping[str, Any]) -> tuple[Preview, ...]:
    """The pictures that a card shows as results of its model."""
    base = f"{_ENDPOINT}/{file.repo}/resolve/{file.revision}/"
    shown = [
        clean.mapping(row.get("output")).get("url") for row in clean.mappings(card.get("widget"))
    ]
    rows = []
    for url in [*shown, card.get("thumbnail")]:
        if isinstance(url, str) and url.strip():
            kind = "video" if PurePosixPath(url).suffix.lower() in _FILMS else "image"
            rows.append({"url": urljoin(base, url.strip()), "type": kind})
    return read_previews(rows)


def _extra(card: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    kept = {
        "gated": about.get("gated"),
        "pipelineTag": about.get("pipeline_tag") or card.get("pipeline_tag"),
        "library": about.get("library_name") or card.get("library_name"),
        "licenseLink": clean.address(card.get("license_link")),
        "baseModels": list(clean.words(card.get("base_model"))),
        "lastModified": about.get("lastModified"),
    }
    said = {key: value for key, value in kept.items() if isinstance(value, (str, list)) and value}
    return {SOURCE: said} if said else {}


def _is(tag: str, kind: str) -> bool:
    return tag.startswith(f"{kind}:")
