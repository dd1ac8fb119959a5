"""Other tools' sidecars: what each says of a model, and whose word that is.

Every function is pure and takes what lies on disks, of any year and half filled in. Paths of the
machine that wrote it are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from model_keeper.domain import base_models, descriptions
from model_keeper.domain import foreign_values as clean
from model_keeper.domain.metadata import PERSON, ModelMetadata, Origin, Owner
from model_keeper.domain.metadata_json import read_previews
from model_keeper.formats import civitai_version, front_matter
from model_keeper.formats.civitai_version import SOURCE as CIVITAI

HUGGINGFACE = "huggingface"


@dataclass(frozen=True)
class Beside:
    """The sidecar's ending, when it changed (ms UTC), and the model file that it lies beside."""

    ending: str
    at: int
    file_name: str
    sha256: str | None = None


@dataclass(frozen=True)
class Said:
    """One owner's part of what a sidecar says."""

    metadata: ModelMetadata
    origin: Origin


Reader = Callable[[Mapping[str, Any], Beside], "tuple[Said, ...]"]

_FORK_KEYS = frozenset({"raw_metadata", "name_for_display", "trigger_words", "model_version"})
_WEBUI_KEYS = frozenset({"activation text", "preferred weight", "sd version", "negative text"})
_DESCRIBED = frozenset({"description", "notes"})


def is_fork_info(document: Mapping[str, Any]) -> bool:
    """Whether it is the flat ``.info`` that a fork of ComfyUI-Model-Manager writes."""
    return "provenance" not in document and bool(_FORK_KEYS & document.keys())


def read_fork_info(document: Mapping[str, Any], beside: Beside) -> tuple[Said, ...]:
    page = clean.address(document.get("source_url"))
    name = _provider(document.get("source"), page)
    named = name in {CIVITAI, HUGGINGFACE}
    kept = _kept(document, _FORK_FIELDS)
    metadata = ModelMetadata(
        name=clean.line(document.get("name_for_display")) or clean.line(document.get("name")),
        version_name=clean.line(document.get("model_version")),
        description=descriptions.from_either(document.get("description")),
        trained_words=clean.words(document.get("trigger_words")),
        base_model=_base_model(document.get("base_model")),
        preview=read_previews(document.get("preview_url")),
        hashes=clean.hashes({"sha256": document.get("hash")}),
        source=name if named else None,
        source_url=page,
        licence=clean.line(document.get("license")),
        tags=clean.words(document.get("tags")),
        extra=_extra("info", kept),
    )
    owner = Owner.PROVIDER if named else Owner.ARCHIVE
    return (Said(metadata, _origin(owner, name or "info", beside)),)


def read_civitai_info(document: Mapping[str, Any], beside: Beside) -> tuple[Said, ...]:
    """Nothing where it only says that Civitai does not know the model, as some tools write."""
    if not clean.identifier(document.get("id")) and not clean.identifier(document.get("modelId")):
        return ()
    metadata = civitai_version.read_version(
        document, sha256=beside.sha256, file_name=beside.file_name
    )
    return (Said(metadata, _origin(Owner.PROVIDER, CIVITAI, beside)),)


def read_lora_manager(document: Mapping[str, Any], beside: Beside) -> tuple[Said, ...]:
    """``.metadata.json``: Civitai's answer, what the tool made of it, and the person's notes."""
    answer = clean.mapping(document.get("civitai"))
    known = bool(clean.identifier(answer.get("id")))
    archived = str(document.get("metadata_source")) in {"civarchive", "archive_db"}
    owner = Owner.ARCHIVE if archived or not known else Owner.PROVIDER
    name = "civarchive" if archived else CIVITAI if known else "lora-manager"
    said = ModelMetadata()
    if known:
        said = civitai_version.read_version(
            answer, sha256=beside.sha256, file_name=beside.file_name
        )
    claimed = clean.hashes({"sha256": document.get("sha256")})
    kept = _kept(document, _LORA_MANAGER_FIELDS)
    said = replace(
        said,
        name=said.name or clean.line(document.get("model_name")),
        description=said.description or descriptions.from_either(document.get("modelDescription")),
        base_model=_base_model(document.get("base_model")) or said.base_model,
        hashes={**said.hashes, **claimed},
        tags=clean.words(document.get("tags")) or said.tags,
        gone={CIVITAI: beside.at} if document.get("civitai_deleted") is True else {},
        extra={**said.extra, **_extra("metadata.json", kept)},
    )
    own = ModelMetadata(
        favourite=document.get("favorite") is True,
        notes=descriptions.from_markdown(document.get("notes")),
    )
    return (Said(said, _origin(owner, name, beside)), _of_person(own, beside))


def read_stability_matrix(document: Mapping[str, Any], beside: Beside) -> tuple[Said, ...]:
    """``.cm-info.json``, whose keys begin with capitals."""
    model_id = clean.identifier(document.get("ModelId"))
    if model_id is None:
        return ()
    version_id = clean.identifier(document.get("VersionId"))
    page = f"{civitai_version.ENDPOINT}/models/{model_id}"
    kept = _kept(document, _STABILITY_FIELDS)
    said = ModelMetadata(
        id=version_id,
        model_id=model_id,
        name=clean.line(document.get("ModelName")),
        version_name=clean.line(document.get("VersionName")),
        description=descriptions.joined(
            descriptions.from_either(document.get("ModelDescription")),
            descriptions.from_either(document.get("VersionDescription")),
        ),
        trained_words=clean.words(document.get("TrainedWords")),
        base_model=clean.line(document.get("BaseModel")),
        preview=read_previews(document.get("ThumbnailImageUrl")),
        hashes=clean.hashes(document.get("Hashes")),
        source=CIVITAI,
        source_url=f"{page}?modelVersionId={version_id}" if version_id else page,
        tags=clean.words(document.get("Tags")),
        extra=_extra("cm-info.json", kept),
    )
    own = ModelMetadata(name=clean.line(document.get("UserTitle")))
    return (Said(said, _origin(Owner.PROVIDER, CIVITAI, beside)), _of_person(own, beside))


def read_webui(document: Mapping[str, Any], beside: Beside) -> tuple[Said, ...]:
    """``.json`` of the Stable Diffusion web UI, filled in by a person; other JSON says nothing."""
    if civitai_version.is_version(document):
        return read_civitai_info(document, beside)
    if not _WEBUI_KEYS & document.keys() and not document.keys() <= _DESCRIBED:
        return ()
    kept = _kept(document, _WEBUI_FIELDS)
    own = ModelMetadata(
        description=descriptions.from_either(document.get("description")),
        trained_words=clean.comma_separated(document.get("activation text")),
        base_model=_base_model(document.get("sd version")),
        notes=descriptions.from_markdown(document.get("notes")),
        extra=_extra("webui", {key: value for key, value in kept.items() if value}),
    )
    return (_of_person(own, beside),)


def read_download_note(document: Mapping[str, Any], beside: Beside) -> tuple[Said, ...]:
    """``.dl-meta``: where a file came from and what it should be, by any of the usual keys."""
    flat = {**document, **clean.mapping(document.get("metadata"))}
    lowered = {str(key).lower(): value for key, value in flat.items()}
    urls = [lowered.get(key) for key in ("url", "downloadurl", "download_url", "source_url")]
    url = next((found for each in urls if (found := clean.address(each))), None)
    digests = [lowered.get(key) for key in ("sha256", "expectedsha256", "expected_sha256", "hash")]
    hashes = [clean.hashes({"sha256": digest}) for digest in digests]
    provider = _provider(None, url)
    metadata = ModelMetadata(
        hashes=next((each for each in hashes if each), {}),
        source=provider,
        download_url=url,
    )
    return (Said(metadata, _origin(Owner.ARCHIVE, provider or "download", beside)),)


def read_description(text: str, beside: Beside) -> tuple[Said, ...]:
    """``.md`` and ``.txt``: a tool's copy of a page where it has front matter, else a person's."""
    document = front_matter.split(text)
    if not document.matter:
        description = descriptions.from_either(document.body)
        return (_of_person(ModelMetadata(description=description), beside),)
    matter = document.matter
    page = clean.address(matter.get("modelPage"))
    provider = _provider(matter.get("website"), page)
    by_heading = front_matter.sections(document.body)
    words = by_heading.get("Trigger Words", "")
    told = [text for heading, text in by_heading.items() if heading != "Trigger Words"]
    title = [heading for heading in by_heading if heading not in _HEADINGS]
    kept = {key: value for key, value in matter.items() if key not in _MATTER_FIELDS}
    metadata = ModelMetadata(
        name=clean.line(title[-1]) if title else None,
        description=descriptions.joined(*(descriptions.from_either(each) for each in told)),
        trained_words=clean.words([each.lstrip("-* ") for each in words.splitlines()]),
        base_model=_base_model(matter.get("baseModel")),
        preview=read_previews(matter.get("preview")),
        hashes=clean.hashes(matter.get("hashes")),
        source=provider,
        source_url=page,
        creator=clean.line(matter.get("author")),
        extra=_extra("description", kept),
    )
    owner = Owner.PROVIDER if provider else Owner.ARCHIVE
    return (Said(metadata, _origin(owner, provider or "description", beside)),)


#: By ending, the JSON ones in the order in which they are read; ``.info`` is told by its shape.
JSON_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".civitai.info": read_civitai_info,
        ".metadata.json": read_lora_manager,
        ".cm-info.json": read_stability_matrix,
        ".json": read_webui,
        ".dl-meta": read_download_note,
    }
)
TEXT_ENDINGS = (".md", ".txt")

_HEADINGS = frozenset({"", "Trigger Words", "About this version"})
_MATTER_FIELDS = frozenset({"website", "modelPage", "author", "baseModel", "hashes", "preview"})
_FORK_FIELDS = frozenset(
    {"name_for_display", "model_version", "description", "trigger_words", "base_model", "path"}
    | {"preview_url", "hash", "source", "source_url", "license", "tags", "has_preview"}
)
_LORA_MANAGER_FIELDS = frozenset(
    {"file_name", "file_path", "size", "modified", "sha256", "model_name", "base_model", "civitai"}
    | {"preview_url", "notes", "tags", "modelDescription", "favorite", "civitai_deleted"}
    | {"hash_status", "db_checked", "last_checked_at"}
)
_STABILITY_FIELDS = frozenset(
    {"ModelId", "ModelName", "ModelDescription", "VersionId", "VersionName", "VersionDescription"}
    | {"BaseModel", "Hashes", "TrainedWords", "Tags", "ThumbnailImageUrl", "UserTitle", "Stats"}
)
_WEBUI_FIELDS = frozenset({"description", "activation text", "sd version", "notes"})


def _origin(owner: Owner, name: str, beside: Beside) -> Origin:
    return Origin(owner, name, beside.at, beside.ending)


def _of_person(metadata: ModelMetadata, beside: Beside) -> Said:
    return Said(metadata, _origin(Owner.USER, PERSON, beside))


def _provider(named: object, url: str | None) -> str | None:
    """The provider by its name or by the address; None for anybody else."""
    host = urlsplit(url).hostname if url else None
    text = "".join(c for c in f"{named or ''} {host or ''}".lower() if c.isalnum())
    if "civitai" in text:
        return CIVITAI
    return HUGGINGFACE if "huggingface" in text or host == "hf.co" else None


def _base_model(value: object) -> str | None:
    name = clean.line(value)
    return base_models.of_trainer(name) if name else None


def _kept(document: Mapping[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    """What has no field of ours, and the originals of what had to be made safe."""
    return {
        key: value
        for key, value in document.items()
        if key not in fields or descriptions.is_html(value)
    }


def _extra(name: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    lasting = clean.without_paths(kept)
    return {name: lasting} if lasting else {}
