"""What Civitai's answers about models, versions and files mean. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from model_keeper.domain.categories import civitai_category
from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import FILE_FILTERS, civitai_path
from model_keeper.domain.links import CivitaiVersion
from model_keeper.domain.scoring import Risk

PROVIDER = "civitai"

_HOME = "https://civitai.com"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MODEL_FILES = frozenset(
    {"Model", "Pruned Model", "VAE", "Text Encoder", "Vision Encoder", "UNet", "Diffusion Model"}
    | {"CLIPVision", "ControlNet", "Upscaler", "Negative", "Enhancement LoRA"}
)
_FILE_CATEGORIES: Mapping[str, str] = {
    "VAE": "vae",
    "Text Encoder": "text_encoders",
    "CLIPVision": "clip_vision",
    "ControlNet": "controlnet",
    "Upscaler": "upscale_models",
    "UNet": "diffusion_models",
    "Diffusion Model": "diffusion_models",
    "Enhancement LoRA": "loras",
    "Negative": "embeddings",
    "Config": "configs",
}
_BELONG = frozenset({"Config", "VAE"})  # to the checkpoint that they are published with
#: What is true of every version of a model.
_ABOUT_MODEL = ("name", "type", "nsfw", "poi", "mode", "description", "tags", "creator")
_DAY_MS = 86_400_000
_SAFE_FORMATS = frozenset({"safetensor", "gguf", "onnx"})


@dataclass(frozen=True)
class Version:
    """A version as an answer describes it, and the endpoint that gave the answer."""

    endpoint: str
    data: Mapping[str, Any]

    @property
    def id(self) -> int:
        """Raises KeeperError protocol_error where there is none."""
        found = self.data.get("id")
        if not isinstance(found, int):
            raise KeeperError("protocol_error", host="Civitai", why="a version without a number")
        return found

    @property
    def model(self) -> Mapping[str, Any]:
        return _mapping(self.data.get("model"))

    @property
    def files(self) -> tuple[Mapping[str, Any], ...]:
        files = self.data.get("files")
        found = files if isinstance(files, list) else ()
        return tuple(file for file in found if isinstance(file, Mapping))

    @property
    def model_files(self) -> tuple[Mapping[str, Any], ...]:
        """Without training data, archives, workflows and the like."""
        return tuple(file for file in self.files if file.get("type") in _MODEL_FILES)


def versions_of(endpoint: str, model: Mapping[str, Any]) -> Iterator[Version]:
    """The published versions of a model's answer, each described like an answer of its own."""
    about = {key: model[key] for key in _ABOUT_MODEL if key in model}
    versions = model.get("modelVersions")
    for version in versions if isinstance(versions, list) else ():
        if not isinstance(version, Mapping) or not isinstance(version.get("id"), int):
            continue
        if version.get("status", "Published") == "Published":
            data = {"modelId": model.get("id"), **version, "model": about}
            yield Version(endpoint, data)


def asset_of(version: Version, file: Mapping[str, Any]) -> Asset:
    """A file of a version; its address names the file exactly."""
    model, metadata = version.model, _mapping(file.get("metadata"))
    notes = (metadata.get("fp"), metadata.get("format"), metadata.get("size"))
    model_id = version.data.get("modelId")
    page = f"{version.endpoint}/models/{model_id}?modelVersionId={version.id}"
    name = file.get("name")
    return Asset(
        provider=PROVIDER,
        url=version.endpoint + civitai_path(_link(version, file)),
        name=name if isinstance(name, str) else None,
        size=_exact_size(file.get("sizeKB")),
        sha256=sha256_of(file),
        category=_FILE_CATEGORIES.get(str(file.get("type")))
        or civitai_category(str(model.get("type"))),
        title=" · ".join(str(t) for t in (model.get("name"), version.data.get("name")) if t),
        page=page if model_id else None,
        note=" ".join(str(note) for note in notes if note) or None,
        facts=_facts(version, file),
        related=_related(version, file),
    )


def address_of(version: Version, file: Mapping[str, Any]) -> str:
    """The address of exactly this file that is read as Civitai's, whichever endpoint is asked."""
    return _HOME + civitai_path(_link(version, file))


def sha256_of(file: Mapping[str, Any]) -> str | None:
    """Lower-case hex; None where the answer gives none or not all of it."""
    found = _mapping(file.get("hashes")).get("SHA256")
    lowered = found.lower() if isinstance(found, str) else ""
    return lowered if _SHA256.fullmatch(lowered) else None


def about_size(file: Mapping[str, Any]) -> int | None:
    """Bytes as ``sizeKB`` has them, which may be rounded."""
    kibibytes = file.get("sizeKB")
    return round(kibibytes * 1024) if isinstance(kibibytes, (int, float)) else None


def published_ms(version: Version) -> int | None:
    """When it came out, ms UTC; old answers only say when it was made."""
    published = _moment_ms(version.data.get("publishedAt"))
    return published if published is not None else _moment_ms(version.data.get("createdAt"))


def passes(file: Mapping[str, Any], filters: Mapping[str, str]) -> bool:
    """Whether the download address with these filters could mean the file."""
    values = _filter_values(file)
    return all(values.get(key, "").lower() == value.lower() for key, value in filters.items())


def risks_of(version: Version, file: Mapping[str, Any], *, now_ms: int) -> tuple[Risk, ...]:
    """What speaks against fetching a file. What the model shows is nobody's risk here."""
    return (*_access_risks(version, now_ms), *_scan_risks(file))


def _access_risks(version: Version, now_ms: int) -> Iterator[Risk]:
    data = version.data
    if version.model.get("mode") in {"Archived", "TakenDown"}:
        yield Risk("archived", "It is archived on Civitai and not for download.", blocks=True)
    if data.get("usageControl", "Download") not in {"Download", None}:
        yield Risk("download_disabled", "Its creator allows no downloads.", blocks=True)
    paid = _mapping(data.get("paidAccess"))
    if paid.get("permanent"):
        yield Risk("paid", "It has to be bought on Civitai.")
        return
    ends = paid.get("endsAt") or data.get("earlyAccessEndsAt")
    until = _moment_ms(ends)
    if until is not None and until > now_ms:
        yield Risk("early_access", f"It has to be bought on Civitai until {str(ends)[:10]}.")
    elif until is None and (paid or _opens_later(version, now_ms)):
        yield Risk("early_access", "It has to be bought on Civitai for now.")


def _opens_later(version: Version, now_ms: int) -> bool:
    """As years of answers say it: by a word, or by days from the publication on."""
    days, published = version.data.get("earlyAccessTimeFrame"), published_ms(version)
    if isinstance(days, int) and published is not None and published + days * _DAY_MS > now_ms:
        return True
    return version.data.get("availability") == "EarlyAccess"


def _scan_risks(file: Mapping[str, Any]) -> Iterator[Risk]:
    scans = (file.get("pickleScanResult"), file.get("virusScanResult"))
    if "Danger" in scans:
        yield Risk("dangerous", "Civitai's scan found something dangerous in it.", blocks=True)
        return
    metadata = _mapping(file.get("metadata"))
    safe = str(metadata.get("format")).lower() in _SAFE_FORMATS
    if not safe and file.get("pickleScanResult") != "Success":
        yield Risk("pickle_unscanned", "It can hold program code, and nobody has scanned it.")


def _link(version: Version, file: Mapping[str, Any]) -> CivitaiVersion:
    file_id = file.get("id")
    if isinstance(file_id, int):
        return CivitaiVersion(version.id, file_id)
    filters = {} if file.get("primary") else _filter_values(file)
    return CivitaiVersion(version.id, filters=filters)


def _related(version: Version, file: Mapping[str, Any]) -> tuple[str, ...]:
    """Where what belongs to a checkpoint is; other models load without."""
    if version.model.get("type") != "Checkpoint" or file.get("type") in _BELONG:
        return ()
    return tuple(
        address_of(version, other)
        for other in version.files
        if other.get("type") in _BELONG and isinstance(other.get("id"), int)
    )


def _filter_values(file: Mapping[str, Any]) -> dict[str, str]:
    values = {**_mapping(file.get("metadata")), "type": file.get("type")}
    return {key: str(values[key]) for key in FILE_FILTERS if values.get(key)}


def _facts(version: Version, file: Mapping[str, Any]) -> dict[str, str]:
    data, model = version.data, version.model
    facts = {
        "model_id": data.get("modelId"),
        "version_id": version.id,
        "file_id": file.get("id"),
        "model_name": model.get("name"),
        "version_name": data.get("name"),
        "model_type": model.get("type"),
    }
    return {key: str(value) for key, value in facts.items() if value} | {
        "base_model": str(data.get("baseModel") or ""),
        "pickle_scan": str(file.get("pickleScanResult") or ""),
        "virus_scan": str(file.get("virusScanResult") or ""),
    }


def _exact_size(kibibytes: Any) -> int | None:
    """Bytes, where ``sizeKB`` is exact: it is a float whose product with 1024 is whole."""
    if not isinstance(kibibytes, (int, float)) or kibibytes <= 0:
        return None
    size = kibibytes * 1024
    return round(size) if abs(size - round(size)) < 1e-6 else None


def _moment_ms(text: Any) -> int | None:
    """Of ``2031-01-02T03:04:05.000Z``."""
    try:
        moment = datetime.fromisoformat(str(text)[:19] + "+00:00")
    except ValueError:
        return None
    return int(moment.timestamp() * 1000)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
