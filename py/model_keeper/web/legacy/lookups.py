"""What a model page offers, as the panel fills its download form from it."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import parse_link
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.form import Form
from model_keeper.web.legacy.scans import Information, Scans
from model_keeper.web.route import Route

_AREA = "Pages"
_PROVIDERS = frozenset({"civitai", "huggingface"})


class LookupsApi:
    """Asks Civitai and Hugging Face, and nobody else."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend
        self._scans = Scans(backend)

    def routes(self) -> list[Route]:
        return [
            Route("GET", "model-info", self.of_page, "Files of a model page.", Any, _AREA,
                  query=dict, guarded=True),
            Route("GET", "model-info/scan", self.scan, "The look-up of all models.", Any, _AREA),
            Route("POST", "model-info/scan", self.start_scan, "Look up all models.", Any, _AREA,
                  body=Form),
        ]  # fmt: skip

    def of_page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        """Raises KeeperError link_unreadable, link_unsupported, not_found, and refusals."""
        page = query.get("model-page", "")
        providers = self._backend.providers()
        link = parse_link(page, hf_hosts=providers.hf_hosts)
        provider = providers.for_link(link)
        if provider.name not in _PROVIDERS:
            raise KeeperError("link_unsupported", text=page, what="another site")
        return [version_view(n, asset) for n, asset in enumerate(provider.inspect(link))]

    def scan(self) -> Information | None:
        """What is under way; None where nothing is."""
        return self._scans.latest()

    def start_scan(self, body: Form) -> Information:
        """Raises as :meth:`Scans.start`."""
        path = body.values.get("path")
        mode = body.values.get("mode") or body.values.get("scanMode") or "diff"
        if path is not None and not isinstance(path, str):
            raise KeeperError("invalid_request", what="“path” must be a text.")
        return self._scans.start(str(mode), path)


def version_view(number: int, asset: Asset) -> dict[str, Any]:
    name = PurePosixPath(asset.name or "")
    return {
        "id": number,
        "shortname": asset.note or name.name,
        "basename": name.stem,
        "extension": name.suffix,
        "preview": [],
        "sizeBytes": asset.size or 0,
        "type": asset.category or "",
        "pathIndex": 0,
        "subFolder": "",
        "description": _description(asset),
        "metadata": dict(asset.facts),
        "downloadPlatform": asset.provider,
        "downloadUrl": asset.url,
        "hashes": {"SHA256": asset.sha256.upper()} if asset.sha256 else {},
    }


def _description(asset: Asset) -> str:
    """Front matter as the panel reads it back, then the name; JSON texts are YAML texts too."""
    rows = {"website": asset.provider, "modelPage": asset.page or asset.url}
    matter = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items()]
    return "\n".join(["---", *matter, "---", "", f"# {asset.title or asset.name or ''}", ""])
