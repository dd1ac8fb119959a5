"""What a link says of the model that it leads to."""

from __future__ import annotations

from typing import Any

from model_keeper.domain.links import (
    CivitaiModel,
    CivitaiVersion,
    HuggingFaceFile,
    HuggingFaceRepo,
    Link,
)


def identity_of(link: Link) -> dict[str, Any]:
    """Fields of metadata by their names: the provider, and its names or numbers of the model.

    Empty where the link is no provider's.
    """
    if isinstance(link, (CivitaiModel, CivitaiVersion)):
        return _known(source="civitai", id=link.version_id, model_id=link.model_id)
    if isinstance(link, HuggingFaceFile) and link.repo_type == "model":
        return {"source": "huggingface", "id": link.path, "model_id": link.repo}
    if isinstance(link, HuggingFaceRepo) and link.repo_type == "model":
        return {"source": "huggingface", "model_id": link.repo}
    return {}


def _known(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
