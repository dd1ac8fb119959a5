"""Civitai: models, their versions, and the files of a version, each by its own id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from model_keeper.domain.categories import civitai_category
from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.link_parsing import civitai_path
from model_keeper.domain.links import CivitaiModel, CivitaiVersion, Link, Sha256Link
from model_keeper.domain.ports import Clock, Hop, LinkedFacts, Refusal
from model_keeper.net.http import Answer, HttpClient
from model_keeper.providers.refusals import CIVITAI, explain

DEFAULT_ENDPOINTS = ("https://civitai.com", "https://civitai.red")

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
}
# Without it a refusal comes as a redirect to a login page instead of as JSON.
_HEADERS = {"Content-Type": "application/json"}


class Civitai:
    """Civitai's API, on its first host and, where that does not know something, on its second."""

    name = "civitai"

    def __init__(self, client: HttpClient, clock: Clock, endpoint: str | None = None) -> None:
        self._client = client
        self._clock = clock
        self._endpoints = (endpoint.rstrip("/"),) if endpoint else DEFAULT_ENDPOINTS

    def accepts(self, link: Link) -> bool:
        return isinstance(link, (CivitaiModel, CivitaiVersion, Sha256Link))

    def inspect(self, link: Link) -> Sequence[Asset]:
        """The file a link names, else every model file of the version.

        Raises KeeperError civitai_…, hash_not_found, unreachable.
        """
        if isinstance(link, Sha256Link):
            return self._by_hash(link.sha256)
        if isinstance(link, CivitaiModel) and link.version_id is None:
            return self._newest(link.model_id)
        version_id = link.version_id if isinstance(link, (CivitaiModel, CivitaiVersion)) else None
        assert version_id is not None
        endpoint, version = self._get(f"/api/v1/model-versions/{version_id}")
        if isinstance(link, CivitaiVersion):
            return self._files(endpoint, version, link)
        return self._files(endpoint, version, CivitaiVersion(version_id))

    def unseen(self, link: Link) -> Asset | None:
        """A version by its download address; a model's page does not say which version it means."""
        if isinstance(link, CivitaiModel) and link.version_id is not None:
            link = CivitaiVersion(link.version_id, model_id=link.model_id)
        if not isinstance(link, CivitaiVersion):
            return None
        return Asset(provider=self.name, url=self._endpoints[0] + civitai_path(link), name=None)

    def request_headers(self, url: str) -> Mapping[str, str]:
        del url
        return _HEADERS

    def linked_facts(self, hops: Sequence[Hop]) -> LinkedFacts:
        del hops
        return LinkedFacts()

    def refusal(self, refusal: Refusal) -> KeeperError | None:
        return explain(CIVITAI, refusal, now_ms=self._clock.now_ms())

    def check_token(self) -> str | None:
        """The account's name. Raises civitai_key_refused, civitai_login_needed."""
        answer = self._client.request("GET", f"{self._endpoints[0]}/api/v1/me", headers=_HEADERS)
        if answer.status != 200:
            raise self._refused(answer)
        name = answer.json().get("username")
        return name if isinstance(name, str) else None

    def _by_hash(self, sha256: str) -> Sequence[Asset]:
        try:
            endpoint, version = self._get(f"/api/v1/model-versions/by-hash/{sha256}")
        except KeeperError as exc:
            if exc.family is Family.NOT_FOUND:
                raise KeeperError("hash_not_found", sha256=sha256) from None
            raise
        link = CivitaiVersion(_id(version))
        found = [a for a in self._files(endpoint, version, link) if a.sha256 == sha256]
        if not found:
            raise KeeperError("hash_not_found", sha256=sha256)
        return found[:1]

    def _newest(self, model_id: int) -> Sequence[Asset]:
        endpoint, model = self._get(f"/api/v1/models/{model_id}")
        if model.get("mode") == "Archived":
            raise KeeperError("civitai_archived")
        versions = [
            version
            for version in model.get("modelVersions") or ()
            if version.get("files") and version.get("status", "Published") == "Published"
        ]
        if not versions:
            raise KeeperError("civitai_not_found")
        newest = {**versions[0], "model": {"name": model.get("name"), "type": model.get("type")}}
        return self._files(endpoint, newest, CivitaiVersion(_id(newest), model_id=model_id))

    def _files(
        self, endpoint: str, version: Mapping[str, Any], link: CivitaiVersion
    ) -> Sequence[Asset]:
        files = [file for file in version.get("files") or () if isinstance(file, Mapping)]
        if link.file_id is not None:
            chosen = [file for file in files if file.get("id") == link.file_id]
        elif link.filters:
            chosen = [file for file in files if _passes(file, link.filters)]
        else:
            chosen = [file for file in files if file.get("type") in _MODEL_FILES]
        if not chosen:
            raise KeeperError("civitai_file_not_found")
        return [self._asset(endpoint, version, file) for file in chosen]

    def _asset(self, endpoint: str, version: Mapping[str, Any], file: Mapping[str, Any]) -> Asset:
        model: Mapping[str, Any] = version.get("model") or {}
        version_id, file_id = _id(version), file.get("id")
        link = CivitaiVersion(version_id, file_id if isinstance(file_id, int) else None)
        metadata: Mapping[str, Any] = file.get("metadata") or {}
        notes = (metadata.get("fp"), metadata.get("format"), metadata.get("size"))
        model_id = version.get("modelId")
        page = f"{endpoint}/models/{model_id}?modelVersionId={version_id}" if model_id else None
        return Asset(
            provider=self.name,
            url=endpoint + civitai_path(link),
            name=file.get("name") if isinstance(file.get("name"), str) else None,
            size=_exact_size(file.get("sizeKB")),
            sha256=_sha256_of(file),
            category=_FILE_CATEGORIES.get(str(file.get("type")))
            or civitai_category(str(model.get("type"))),
            title=" · ".join(str(t) for t in (model.get("name"), version.get("name")) if t),
            page=page,
            note=" ".join(str(note) for note in notes if note) or None,
            facts={
                "version_id": str(version_id),
                "base_model": str(version.get("baseModel") or ""),
                "pickle_scan": str(file.get("pickleScanResult") or ""),
                "virus_scan": str(file.get("virusScanResult") or ""),
            },
        )

    def _get(self, path: str) -> tuple[str, Mapping[str, Any]]:
        """The answer and the endpoint that gave it; the last endpoint's refusal counts."""
        failure = KeeperError("civitai_not_found")
        for endpoint in self._endpoints:
            answer = self._client.request("GET", endpoint + path, headers=_HEADERS)
            if answer.status == 200:
                data = answer.json()
                if isinstance(data, Mapping):
                    return endpoint, data
                host = urlsplit(endpoint).hostname
                raise KeeperError("protocol_error", host=host, why="its JSON is no object")
            failure = self._refused(answer)
            if failure.family is not Family.NOT_FOUND:
                raise failure
        raise failure

    def _refused(self, answer: Answer) -> KeeperError:
        refusal = Refusal(answer.hops, answer.body[:8192], answer.sent_token)
        return self.refusal(refusal) or KeeperError(
            "unexpected_status", host=urlsplit(answer.url).hostname, status=answer.status
        )


def _id(version: Mapping[str, Any]) -> int:
    found = version.get("id")
    if not isinstance(found, int):
        raise KeeperError("protocol_error", host="Civitai", why="a version without a number")
    return found


def _sha256_of(file: Mapping[str, Any]) -> str | None:
    hashes = file.get("hashes")
    found = hashes.get("SHA256") if isinstance(hashes, Mapping) else None
    lowered = found.lower() if isinstance(found, str) else ""
    return lowered if _SHA256.fullmatch(lowered) else None


def _exact_size(kibibytes: Any) -> int | None:
    """Bytes, where ``sizeKB`` is exact: it is a float whose product with 1024 is whole."""
    if not isinstance(kibibytes, (int, float)) or kibibytes <= 0:
        return None
    size = kibibytes * 1024
    return round(size) if abs(size - round(size)) < 1e-6 else None


def _passes(file: Mapping[str, Any], filters: Mapping[str, str]) -> bool:
    metadata: Mapping[str, Any] = file.get("metadata") or {}
    values = {"type": file.get("type"), **{k: metadata.get(k) for k in ("format", "size", "fp")}}
    return all(str(values.get(k) or "").lower() == v.lower() for k, v in filters.items())
