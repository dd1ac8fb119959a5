"""A fake Civitai: documented shapes, a second host for the bytes, and every refusal by name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model_keeper.testing.provider import FakeProvider
from model_keeper.testing.server import Bytes, Content, Reply, Request, json_reply

KEY = "civitai-loopback-key"
_BROWSER = re.compile(r"mozilla|chrome|safari", re.IGNORECASE)
_MOST_HASHES = 100
_DEEPEST = 1000


@dataclass(frozen=True)
class No:
    """A refusal of the download address: status, JSON body, and headers."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""  # of the login page that a browser is sent to


REFUSALS: Mapping[str, No] = MappingProxyType(
    {
        "login": No(
            401,
            {
                "error": "Unauthorized",
                "message": "The creator of this asset requires you to be logged in to download it",
            },
            reason="download-auth",
        ),
        "disabled": No(
            401,
            {
                "error": "Unauthorized",
                "message": "The creator of this asset has disabled downloads on this file",
            },
        ),
        "early_access": No(
            403,
            {
                "error": "Early Access",
                "deadline": "2031-01-02T03:04:05.000Z",
                "message": "This asset is in Early Access. You can use Buzz access it now!",
            },
            reason="early-access",
        ),
        "paid": No(403, {"error": "Early Access", "deadline": None, "message": "Buzz access"}),
        "no_grant": No(403, {"error": "You do not have access to download this file"}),
        "forbidden": No(403, {"error": "Forbidden"}),
        "file_not_found": No(404, {"error": "File not found"}),
        "storage_fault": No(
            404, {"error": "File not found"}, {"Cache-Control": "private, no-store"}
        ),
        "archived": No(410, {"error": "Model archived, not available for download"}),
        "unusual": No(
            429,
            {
                "error": "We've noticed an unusual amount of downloading from your account. "
                "Contact support@civitai.com or come back later."
            },
        ),
        "server_error": No(500, {"error": "Error getting file"}),
    }
)


@dataclass
class Version:
    """A version with its files; ``refusal`` is a key of :data:`REFUSALS`."""

    data: dict[str, Any]
    refusal: str | None = None
    needs_key: bool = False


class FakeCivitai(FakeProvider):
    """The API on one origin, the bytes on another that accepts no token. Use it in ``with``."""

    def __init__(self, *, rate: int | None = None) -> None:
        super().__init__(rate=rate)
        self._models: dict[int, dict[str, Any]] = {}
        self._versions: dict[int, Version] = {}

    def add(
        self,
        model_id: int,
        version_id: int,
        contents: Mapping[str, bytes | Content],
        *,
        kind: str = "LORA",
        title: str | None = None,
        nsfw: bool = False,
        refusal: str | None = None,
        needs_key: bool = False,
        fault: str = "cross_origin_redirect",
        more: Mapping[str, Any] = MappingProxyType({}),
        about: Mapping[str, Any] = MappingProxyType({}),
        **options: Any,
    ) -> Version:
        """A version whose files are ``contents`` by name; the first is the primary one.

        ``nsfw``: the model has no picture that everybody may see. ``more`` are fields of the
        version besides, or instead; ``about`` are those of the model that only its own answer has.
        """
        title = title or f"Model {model_id}"
        files = []
        for index, (name, content) in enumerate(contents.items()):
            made: Content = Bytes(content) if isinstance(content, bytes) else content
            file_id = version_id * 10 + index
            self.files.add(f"r2/{file_id}", made, fault, **options)
            files.append(self._file(version_id, file_id, name, made, primary=index == 0))
        data = {
            "id": version_id,
            "modelId": model_id,
            "name": f"v{version_id}",
            "status": "Published",
            "baseModel": "Flux.1 D",
            "trainedWords": ["loopback"],
            "usageControl": "Download",
            "paidAccess": None,
            "model": {"name": title, "type": kind, "nsfw": nsfw, "poi": False},
            "files": files,
            "images": [],
            "downloadUrl": f"{self.url}/api/download/models/{version_id}",
            **more,
        }
        version = self._versions[version_id] = Version(data, refusal, needs_key)
        model = self._models.setdefault(
            model_id,
            {"id": model_id, "name": title, "type": kind, "nsfw": nsfw, "modelVersions": []},
        )
        model |= about
        model["modelVersions"].insert(0, {k: v for k, v in data.items() if k != "model"})
        return version

    def add_file(
        self, version: Version, name: str, content: bytes, *, kind: str = "Model", **metadata: str
    ) -> dict[str, Any]:
        """One more file of a version, as the API describes it; its name need not be its own."""
        file_id = version.data["id"] * 10 + len(version.data["files"])
        self.files.add(f"r2/{file_id}", Bytes(content), "cross_origin_redirect")
        made = self._file(version.data["id"], file_id, name, Bytes(content), primary=False)
        made |= {"type": kind, "metadata": {**made["metadata"], **metadata}}
        version.data["files"].append(made)
        return made

    def forget(self, model_id: int) -> None:
        """The model is unpublished: nobody is told of it or of its versions any more."""
        del self._models[model_id]
        gone = [n for n, v in self._versions.items() if v.data.get("modelId") == model_id]
        for version_id in gone:
            del self._versions[version_id]

    def load_recorded(self, folder: Path) -> int:
        """Serve recorded answers of ``models/{id}`` and ``model-versions/{id}``; how many."""
        count = 0
        for path in sorted(folder.rglob("*.json")):
            if not path.stem.isdigit():
                continue
            data = json.loads(path.read_text(encoding="utf-8"))
            if "modelVersions" in data:
                self._models[int(path.stem)] = data
                for version in data["modelVersions"]:
                    described = {**version, "model": {"name": data["name"], "type": data["type"]}}
                    self._versions.setdefault(version["id"], Version(described))
            else:
                self._versions[int(path.stem)] = Version(data)
            count += 1
        return count

    def _file(
        self, version_id: int, file_id: int, name: str, content: Content, *, primary: bool
    ) -> dict[str, Any]:
        digest = hashlib.sha256()
        for at in range(0, content.size, 1 << 20):
            digest.update(content.read_at(at, 1 << 20))
        query = "" if primary else f"?fileId={file_id}"
        return {
            "id": file_id,
            "name": name,
            "type": "Model",
            "sizeKB": content.size / 1024,
            "metadata": {"format": "SafeTensor", "size": "full", "fp": "fp16"},
            "pickleScanResult": "Success",
            "virusScanResult": "Success",
            "hashes": {"SHA256": digest.hexdigest().upper(), "AutoV2": digest.hexdigest()[:10]},
            **({"primary": True} if primary else {}),
            "downloadUrl": f"{self.url}/api/download/models/{version_id}{query}",
        }

    def _too_many(self) -> Reply:
        return json_reply({"error": "Too many requests"}, 429)

    def _serve(self, request: Request) -> Reply:
        for pattern, serve in self._routes():
            match = re.fullmatch(pattern, request.path)
            if match:
                return serve(request, *match.groups())
        return Reply(404, {"Content-Type": "text/html"}, Bytes(b"<html>404</html>"))

    def _routes(self) -> tuple[tuple[str, Callable[..., Reply]], ...]:
        return (
            ("/api/v1/me", self._me),
            ("/api/v1/models", self._list),
            ("/api/v1/model-versions/by-hash", self._by_hashes),
            ("/api/v1/model-versions/by-hash/([0-9A-Fa-f]+)", self._by_hash),
            ("/api/v1/(models|model-versions)/([0-9]+)", self._one),
            ("/api/download/models/([0-9]+)", self._download),
        )

    def _by_hash(self, request: Request, wanted: str) -> Reply:
        del request
        found = self._with_hash(wanted)
        return json_reply(found) if found else json_reply({"error": "Model not found"}, 404)

    def _one(self, request: Request, what: str, text: str) -> Reply:
        del request
        number = int(text)
        if what == "models":
            model = self._models.get(number)
            missing = {"error": f"No model with id {number}"}
            return json_reply(model) if model else json_reply(missing, 404)
        version = self._versions.get(number)
        return (
            json_reply(version.data) if version else json_reply({"error": "Model not found"}, 404)
        )

    def _with_hash(self, wanted: str) -> dict[str, Any] | None:
        for version in self._versions.values():
            for file in version.data.get("files", ()):
                hashes = file.get("hashes", {}).values()
                if wanted.lower() in {value.lower() for value in hashes}:
                    return version.data
        return None

    def _by_hashes(self, request: Request) -> Reply:
        """Unordered; unknown hashes are absent; an entry may be null."""
        asked = request.json()
        if (
            not isinstance(asked, list)
            or len(asked) > _MOST_HASHES
            or not all(isinstance(h, str) and len(h) == 64 for h in asked)
        ):
            message = "Request must include an array of SHA256 Hashes."
            return json_reply({"error": message}, 400)
        known = {
            value.lower(): version.data
            for version in reversed(self._versions.values())
            for file in reversed(version.data.get("files", ()))
            for value in file.get("hashes", {}).values()
        }
        found = [known[h.lower()] for h in asked if h.lower() in known]
        return json_reply([*reversed(found), None])

    def _list(self, request: Request) -> Reply:
        limit, page = int(request.query.get("limit", "100")), int(request.query.get("page", "1"))
        if "query" in request.query and "page" in request.query:
            return json_reply({"error": "Cannot use page param with query search"}, 400)
        if page * limit > _DEEPEST:
            return json_reply({"error": "Too deep; use a cursor"}, 429)
        rows = [model for model in self._models.values() if _listed(model, request)]
        at = int(request.query.get("cursor", str((page - 1) * limit)))
        metadata = {"nextCursor": str(at + limit)} if at + limit < len(rows) else {}
        return json_reply({"items": rows[at : at + limit], "metadata": metadata})

    def _download(self, request: Request, version: str) -> Reply:
        if request.method != "GET":
            return json_reply({"error": "Unauthorized"}, 401)
        found = self._versions.get(int(version))
        if found is None:
            return self._no(REFUSALS["file_not_found"], request)
        if found.refusal:
            return self._no(REFUSALS[found.refusal], request)
        if found.needs_key and request.headers.get("authorization") != f"Bearer {KEY}":
            return self._no(REFUSALS["login"], request)
        file = self._chosen(found, request)
        if file is None:
            return self._no(REFUSALS["file_not_found"], request)
        return Reply(307, {"Location": f"{self.files.server.other_url}/r2/{file['id']}"})

    def _chosen(self, version: Version, request: Request) -> dict[str, Any] | None:
        files: list[dict[str, Any]] = version.data["files"]
        if "fileId" in request.query:
            return next((f for f in files if str(f["id"]) == request.query["fileId"]), None)
        filters = {k: request.query[k] for k in ("format", "size", "fp") if k in request.query}
        for file in files:
            if all(str(file["metadata"].get(k)).lower() == v.lower() for k, v in filters.items()):
                return file
        return None

    def _no(self, refusal: No, request: Request) -> Reply:
        """JSON for programs; a page for what looks like a browser and names no JSON."""
        browser = _BROWSER.search(request.headers.get("user-agent", ""))
        asks_json = request.headers.get("content-type") == "application/json"
        if refusal.reason and browser and not asks_json:
            return Reply(302, {"Location": f"/login?returnUrl=%2F&reason={refusal.reason}"})
        return json_reply(dict(refusal.body), refusal.status, refusal.headers)

    def _me(self, request: Request) -> Reply:
        if request.headers.get("authorization") == f"Bearer {KEY}":
            return json_reply({"id": 1, "username": "loopback"})
        return json_reply({"error": "Unauthorized"}, 401)


def _listed(model: Mapping[str, Any], request: Request) -> bool:
    """Every word is looked for in the title; without ``nsfw=true`` some models are left out."""
    ids = request.query.get("ids")
    if ids is not None and str(model["id"]) not in ids.split(","):
        return False
    title = str(model.get("name")).lower()
    types = request.values("types")
    return (
        all(word in title for word in request.query.get("query", "").lower().split())
        and (not types or model.get("type") in types)
        and (request.query.get("nsfw") == "true" or not model.get("nsfw"))
    )
