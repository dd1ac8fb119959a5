"""What Civitai says of a version of a model: its answers, and the sidecars that hold them.

The same object is the answer of ``model-versions/{id}`` and ``by-hash``, a ``.civitai.info`` file
and the ``civitai`` part of a ``.metadata.json``. Years of them lie on people's disks, so nothing in
them is taken for granted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model_keeper.domain import descriptions
from model_keeper.domain import foreign_values as clean
from model_keeper.domain.link_parsing import civitai_path
from model_keeper.domain.links import CivitaiVersion
from model_keeper.domain.metadata import ModelMetadata, Preview, saying_none
from model_keeper.domain.metadata_json import read_previews

SOURCE = "civitai"
ENDPOINT = "https://civitai.com"

#: What changes by itself, what has a field of its own, and what only repeats.
_NOT_KEPT = frozenset(
    {"images", "customImages", "stats", "trainedWords", "baseModel", "downloadUrl"}
)
_LONGEST_KEPT_TEXT = 100_000

#: The old levels, in today's bit field.
_LEVELS = {"None": 1, "Soft": 2, "Mature": 4, "X": 8}


def is_version(document: Mapping[str, Any]) -> bool:
    """Whether it has the shape of a version: told by its files or its model."""
    numbered = isinstance(document.get("id"), int) and isinstance(document.get("modelId"), int)
    shaped = isinstance(document.get("files"), list) or isinstance(document.get("model"), Mapping)
    return numbered and shaped


def read_version(
    data: Mapping[str, Any],
    *,
    sha256: str | None = None,
    file_name: str | None = None,
    endpoint: str = ENDPOINT,
) -> ModelMetadata:
    """The metadata of one file of the version; what is unreadable in it is left out.

    The file is the one with this ``sha256`` or this name, else the only one: where it is not clear,
    or the hash is another, its hashes and its address are nobody's. The original descriptions, the
    files and whatever has no field are in ``extra["civitai"]``.
    """
    model = clean.mapping(data.get("model"))
    file = _file(data, sha256, file_name)
    version_id, model_id = clean.identifier(data.get("id")), clean.identifier(data.get("modelId"))
    creator = clean.mapping(data.get("creator") or model.get("creator"))
    metadata = ModelMetadata(
        id=version_id,
        model_id=model_id,
        name=clean.line(model.get("name")) or clean.line(data.get("name")),
        version_name=clean.line(data.get("name")),
        description=descriptions.joined(
            descriptions.from_html(model.get("description")),
            descriptions.from_html(data.get("description")),
        ),
        trained_words=clean.words(data.get("trainedWords")),
        base_model=clean.line(data.get("baseModel")),
        preview=_previews(data),
        hashes=clean.hashes(file.get("hashes")),
        source=SOURCE,
        source_url=_page(endpoint, model_id, version_id),
        download_url=_download_url(endpoint, version_id, file),
        creator=clean.line(creator.get("username")),
        tags=_tags(model.get("tags")),
        extra={SOURCE: _kept(data)},
    )
    if isinstance(data.get("trainedWords"), list):
        return saying_none(metadata, "trained_words")
    return metadata


def version_of_model(model: Mapping[str, Any], version_id: object) -> Mapping[str, Any] | None:
    """A version out of the answer about its model, shaped like an answer of its own."""
    about = {key: value for key, value in model.items() if key not in {"modelVersions", "stats"}}
    for version in clean.mappings(model.get("modelVersions")):
        if version.get("id") == version_id:
            return {"modelId": model.get("id"), **version, "model": about}
    return None


def _file(data: Mapping[str, Any], sha256: str | None, file_name: str | None) -> Mapping[str, Any]:
    files = clean.mappings(data.get("files"))
    hashed = [(file, clean.hashes(file.get("hashes")).get("sha256")) for file in files]
    if sha256 is not None:
        found = [file for file, digest in hashed if digest == sha256]
        if found or all(digest for _file, digest in hashed):
            return found[0] if found else {}
    named = [file for file in files if file_name and file.get("name") == file_name]
    likely = named or [file for file in files if file.get("type") in {"Model", None}] or list(files)
    return likely[0] if len(likely) == 1 else {}


def _download_url(endpoint: str, version_id: object, file: Mapping[str, Any]) -> str | None:
    """The address that means exactly this file."""
    if not isinstance(version_id, int) or not file:
        return None
    file_id = file.get("id")
    if isinstance(file_id, int):
        return endpoint + civitai_path(CivitaiVersion(version_id, file_id))
    return clean.address(file.get("downloadUrl"))


def _page(endpoint: str, model_id: object, version_id: object) -> str | None:
    if not isinstance(model_id, int):
        return None
    page = f"{endpoint}/models/{model_id}"
    return f"{page}?modelVersionId={version_id}" if isinstance(version_id, int) else page


def _previews(data: Mapping[str, Any]) -> tuple[Preview, ...]:
    rows = []
    for image in clean.mappings(data.get("images")):
        level = image.get("nsfwLevel", _LEVELS.get(str(image.get("nsfw"))))
        rows.append({**image, "nsfwLevel": level})
    return read_previews(rows)


def _tags(value: object) -> tuple[str, ...]:
    """Names, or objects with a name in some answers."""
    listed = value if isinstance(value, list) else ()
    return clean.words([tag.get("name") if isinstance(tag, Mapping) else tag for tag in listed])


def _kept(data: Mapping[str, Any]) -> Any:
    kept = {key: value for key, value in data.items() if key not in _NOT_KEPT}
    return clean.without_paths(_shortened(kept))


def _shortened(value: Any) -> Any:
    """Without texts of a length that no description has."""
    return {
        key: each
        for key, each in value.items()
        if not isinstance(each, str) or len(each) <= _LONGEST_KEPT_TEXT
    }
