"""Our metadata in the shapes that other tools read. Written on request, never over their files."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model_keeper.domain import descriptions
from model_keeper.domain import foreign_values as clean
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import replace_file
from model_keeper.formats.civitai_version import SOURCE as CIVITAI
from model_keeper.library.sidecar_places import ModelPlace

#: As Civitai spells them.
_ALGORITHMS = MappingProxyType(
    {
        "sha256": "SHA256",
        "blake3": "BLAKE3",
        "crc32": "CRC32",
        "autov1": "AutoV1",
        "autov2": "AutoV2",
        "autov3": "AutoV3",
    }
)


def civitai_info(metadata: ModelMetadata, file_name: str) -> dict[str, Any]:
    """A version as Civitai answers it, with what it once answered where that was kept."""
    kept = clean.mapping(metadata.extra.get(CIVITAI))
    model = clean.mapping(kept.get("model"))
    document = {
        **kept,
        "id": metadata.id,
        "modelId": metadata.model_id,
        "name": metadata.version_name or metadata.name,
        "trainedWords": list(metadata.trained_words),
        "baseModel": metadata.base_model,
        "model": {**model, "name": metadata.name, "tags": list(metadata.tags)},
        "files": kept.get("files") or [_file(metadata, file_name)],
        "images": [
            {
                "url": preview.url,
                "type": preview.type,
                "nsfwLevel": preview.nsfw_level,
                "width": preview.width,
                "height": preview.height,
            }
            for preview in metadata.preview
        ],
        "downloadUrl": metadata.download_url,
    }
    if metadata.description != _described(kept):
        document["description"] = _html(metadata.description)
        document["model"].pop("description", None)
    if metadata.creator:
        document["creator"] = {**clean.mapping(kept.get("creator")), "username": metadata.creator}
    return {key: value for key, value in document.items() if value is not None}


def lora_manager(metadata: ModelMetadata, path: Path) -> dict[str, Any]:
    """``.metadata.json``. ``path`` is the model's, whose size and time of change are in it.

    Raises OSError where the model is not there.
    """
    status = path.stat()
    kept = clean.mapping(metadata.extra.get("metadata.json"))
    return {
        **kept,
        "file_name": path.stem,
        "model_name": metadata.name or path.stem,
        "file_path": path.as_posix(),
        "size": status.st_size,
        "modified": status.st_mtime,
        "sha256": metadata.hashes.get("sha256", ""),
        "base_model": metadata.base_model or "Unknown",
        "preview_url": "",
        "preview_nsfw_level": kept.get("preview_nsfw_level", 0),
        "notes": metadata.notes or "",
        "from_civitai": metadata.source == CIVITAI,
        "civitai_deleted": CIVITAI in metadata.gone,
        "favorite": metadata.favourite,
        "tags": list(metadata.tags),
        "modelDescription": _html(metadata.description) or "",
        "civitai": civitai_info(metadata, path.name) if metadata.source == CIVITAI else {},
    }


def webui(metadata: ModelMetadata, path: Path) -> dict[str, Any]:
    """``.json`` of the Stable Diffusion web UI."""
    del path
    return {
        **clean.mapping(metadata.extra.get("webui")),
        "description": metadata.description or "",
        "sd version": metadata.base_model or "Unknown",
        "activation text": ", ".join(metadata.trained_words),
        "notes": metadata.notes or "",
    }


#: What can be exported, by the ending of its file.
EXPORTS: Mapping[str, Callable[[ModelMetadata, Path], dict[str, Any]]] = MappingProxyType(
    {
        ".civitai.info": lambda metadata, path: civitai_info(metadata, path.name),
        ".metadata.json": lora_manager,
        ".json": webui,
    }
)


def export(metadata: ModelMetadata, place: ModelPlace, ending: str) -> Path:
    """Write a sidecar for another tool, one of :data:`EXPORTS`; its path.

    Raises KeeperError destination_exists where that tool has one already, invalid_request for
    another ending, storage_failed.
    """
    if ending not in EXPORTS:
        raise KeeperError("invalid_request", what=f"Metadata cannot be exported as “{ending}”.")
    path = place.beside(ending)
    if path.exists():
        raise KeeperError("destination_exists", path=str(path))
    try:
        document = EXPORTS[ending](metadata, place.path)
        replace_file(path, (json.dumps(document, indent=2) + "\n").encode())
    except OSError as error:
        raise file_failed(error, path) from error
    return path


def _file(metadata: ModelMetadata, file_name: str) -> dict[str, Any]:
    hashes = {_ALGORITHMS[name]: digest.upper() for name, digest in metadata.hashes.items()}
    file = {"name": file_name, "type": "Model", "primary": True, "hashes": hashes}
    return file | ({"downloadUrl": metadata.download_url} if metadata.download_url else {})


def _described(kept: Mapping[str, Any]) -> str | None:
    """The description that the kept answer gives."""
    model = clean.mapping(kept.get("model"))
    return descriptions.joined(
        descriptions.from_html(model.get("description")),
        descriptions.from_html(kept.get("description")),
    )


def _html(markdown: str | None) -> str | None:
    """Markdown as HTML that shows it as it is: other tools show HTML."""
    if markdown is None:
        return None
    escaped = html.escape(html.unescape(markdown), quote=False)
    paragraphs = (part.replace("\n", "<br>") for part in escaped.split("\n\n"))
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
