"""A fake Hugging Face Hub that the real huggingface_hub client accepts, traps included.

Large files answer 302 to another origin, with the true sha256 on that first hop only; the second
hop's ETag and the xet hash have 64 digits too and are wrong. Small files answer 307 relative.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from model_keeper.testing.provider import FakeProvider
from model_keeper.testing.server import Bytes, Content, Reply, Request, json_reply

COMMIT = "c" * 40
TOKEN = "hf_loopback_token"
_RESOLVE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<rev>[^/]+)/(?P<path>.+)")
_API = re.compile(
    r"/api/models/(?P<repo>[^/]+/[^/]+)(?:/(?P<what>revision|tree|paths-info)"
    r"(?:/(?P<rev>[^/]+))?(?:/(?P<path>.*))?)?/?"
)
_LIMITS = {
    "RateLimit": '"api";r=497;t=168',
    "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
}


@dataclass
class Repo:
    """A repository: its files, and who may read their bytes.

    ``scans`` says what a scan of a file found, ``committed`` when all files were changed last.
    """

    name: str
    files: dict[str, Content] = field(default_factory=dict)
    gated: bool = False
    accepted: bool = False
    small: frozenset[str] = frozenset()
    revisions: frozenset[str] = frozenset({"main", COMMIT})
    licence: str | None = None
    scans: dict[str, str] = field(default_factory=dict)
    committed: str = "2026-02-03T04:05:06.000Z"

    @property
    def tags(self) -> list[str]:
        return [f"license:{self.licence}"] if self.licence else []


class FakeHub(FakeProvider):
    """The Hub on one origin and its files on another. Use it in ``with``."""

    def __init__(self, *, rate: int | None = None, mirror: bool = False, page: int = 1000) -> None:
        """``mirror``: it redirects to itself first and strips the headers that tell hashes."""
        super().__init__(rate=rate)
        self._repos: dict[str, Repo] = {}
        self._renamed: dict[str, str] = {}
        self._hashes: dict[int, tuple[Content, str]] = {}
        self._mirror = mirror
        self._page = page

    def repo(self, name: str, *, gated: bool = False, licence: str | None = None) -> Repo:
        """A repository, made where it is not there yet."""
        return self._repos.setdefault(name, Repo(name, gated=gated, licence=licence))

    def add(
        self,
        repo: str,
        path: str,
        content: bytes | Content,
        *,
        small: bool = False,
        fault: str = "honest",
        **options: Any,
    ) -> str:
        """Put a file into a repository, or another content into the file; its resolve address.

        ``small`` files are no LFS files.
        """
        made: Content = Bytes(content) if isinstance(content, bytes) else content
        found = self.repo(repo)
        found.files[path] = made
        if small:
            found.small |= {path}
        self.files.add(f"xet/{repo}/{path}", made, fault, **options)
        return f"{self.url}/{repo}/resolve/main/{path}"

    def rename(self, old: str, new: str) -> None:
        """Requests for ``old`` are redirected to ``new``, relatively."""
        self._renamed[old] = new

    def sha256(self, content: Content) -> str:
        key = id(content)
        if key not in self._hashes:
            digest = hashlib.sha256()
            for at in range(0, content.size, 1 << 20):
                digest.update(content.read_at(at, 1 << 20))
            self._hashes[key] = content, digest.hexdigest()  # kept, so that its id stays its own
        return self._hashes[key][1]

    def manifest(self) -> dict[str, dict[str, Any]]:
        """Every file with its true size and sha256, by ``repo/path``."""
        return {
            f"{repo.name}/{path}": {"size": content.size, "sha256": self.sha256(content)}
            for repo in self._repos.values()
            for path, content in repo.files.items()
        }

    def _too_many(self) -> Reply:
        return json_reply({"error": "Too Many Requests"}, 429, {"RateLimit": '"api";r=0;t=1'})

    def _serve(self, request: Request) -> Reply:
        if request.path == "/api/whoami-v2":
            return self._whoami(request)
        if request.path == "/api/models":
            return self._search(request)
        for pattern, serve in self._routes():
            match = pattern.fullmatch(request.path)
            if match:
                return self._in_repo(match, request, serve)
        return _error(404, "EntryNotFound", "Not found")

    def _routes(
        self,
    ) -> tuple[tuple[re.Pattern[str], Callable[[Repo, Mapping[str, str], Request], Reply]], ...]:
        return ((_API, self._api), (_RESOLVE, self._resolve))

    def _in_repo(
        self,
        match: re.Match[str],
        request: Request,
        serve: Callable[[Repo, Mapping[str, str], Request], Reply],
    ) -> Reply:
        name = match["repo"]
        if name in self._renamed:
            return Reply(307, {"Location": request.path.replace(name, self._renamed[name], 1)})
        repo = self._repos.get(name)
        if repo is None:
            return _error(401, "RepoNotFound", "Invalid username or password.")
        parts = {key: unquote(value or "") for key, value in match.groupdict().items()}
        revision = parts.get("rev") or "main"
        if revision not in repo.revisions:
            return _error(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return serve(repo, parts, request)

    def _api(self, repo: Repo, parts: Mapping[str, str], request: Request) -> Reply:
        if parts["what"] == "tree":
            return self._tree(repo, parts["path"].strip("/"), request)
        if parts["what"] == "paths-info":
            paths, expand = _asked_paths(request)
            rows = [self._row(repo, p, expand=expand) for p in paths if p in repo.files]
            return json_reply(rows, headers=_LIMITS)
        blobs = "blobs" in request.query
        siblings = [
            {"rfilename": path, **(self._blob(repo, path) if blobs else {})} for path in repo.files
        ]
        return json_reply(
            {
                "_id": "0" * 24,
                "id": repo.name,
                "modelId": repo.name,
                "sha": COMMIT,
                "private": False,
                "gated": "manual" if repo.gated else False,
                "tags": repo.tags,
                "downloads": 0,
                "likes": 0,
                "siblings": siblings,
            },
            headers=_LIMITS,
        )

    def _tree(self, repo: Repo, folder: str, request: Request) -> Reply:
        paths = [p for p in repo.files if not folder or p.startswith(folder + "/")]
        at = int(request.query.get("cursor", "0"))
        size = min(self._page, int(request.query.get("limit", self._page)))
        headers = dict(_LIMITS)
        if at + size < len(paths):
            query = "&".join(f"{k}={v}" for k, v in request.query.items() if k != "cursor")
            following = f"{self.url}{quote(request.path)}?{query}&cursor={at + size}"
            headers["Link"] = f'<{following}>; rel="next"'
        return json_reply([self._row(repo, p) for p in paths[at : at + size]], headers=headers)

    def _row(self, repo: Repo, path: str, *, expand: bool = False) -> dict[str, Any]:
        row = {"type": "file", "path": path, "oid": "a" * 40, **self._sizes(repo, path)}
        if expand:
            row["lastCommit"] = {"id": COMMIT, "title": "Upload", "date": repo.committed}
            row["securityFileStatus"] = {"status": repo.scans.get(path, "safe")}
        return row

    def _blob(self, repo: Repo, path: str) -> dict[str, Any]:
        sizes = self._sizes(repo, path)
        lfs = sizes.get("lfs")
        if lfs:
            lfs = {"sha256": lfs["oid"], "size": lfs["size"], "pointerSize": 134}
        return {"blobId": "a" * 40, "size": sizes["size"], **({"lfs": lfs} if lfs else {})}

    def _sizes(self, repo: Repo, path: str) -> dict[str, Any]:
        content = repo.files[path]
        if path in repo.small:
            return {"size": content.size}
        sha256 = self.sha256(content)
        lfs = {"oid": sha256, "size": content.size, "pointerSize": 134}
        return {"size": content.size, "lfs": lfs, "xetHash": _wrong_hash(sha256)}

    def _resolve(self, repo: Repo, parts: Mapping[str, str], request: Request) -> Reply:
        path = parts["path"]
        if path not in repo.files:
            return _error(404, "EntryNotFound", "Entry not found")
        refused = self._gate(repo, request)
        if refused is not None:
            return refused
        if self._mirror and "via" not in request.query:
            return Reply(302, {"Location": f"{self.url}{quote(request.path)}?via=mirror"})
        content = repo.files[path]
        if path in repo.small and "cached" not in request.query:
            target = f"{request.path}?cached=1" + ("&via=mirror" if self._mirror else "")
            return Reply(307, {"Location": target, "X-Repo-Commit": COMMIT})
        if path in repo.small:
            return self._small(content)
        return self._large(repo, path, content)

    def _large(self, repo: Repo, path: str, content: Content) -> Reply:
        sha256 = self.sha256(content)
        served = self.files.served(f"xet/{repo.name}/{path}")
        served.etag = f'"{_wrong_hash(sha256)}"'
        location = f"{self.files.server.other_url}/xet/{quote(repo.name)}/{quote(path)}"
        headers = {"Location": location}
        if not self._mirror:
            headers |= {
                "X-Repo-Commit": COMMIT,
                "X-Linked-Etag": f'"{sha256}"',
                "X-Linked-Size": str(content.size),
                "X-Xet-Hash": _wrong_hash(sha256),
                "ETag": f'"{sha256}"',
            }
        return Reply(302, headers)

    def _small(self, content: Content) -> Reply:
        oid = hashlib.sha1(content.read_at(0, content.size)).hexdigest()
        return Reply(
            200,
            {"X-Repo-Commit": COMMIT, "ETag": f'"{oid}"', "Content-Type": "text/plain"},
            content,
        )

    def _gate(self, repo: Repo, request: Request) -> Reply | None:
        if not repo.gated:
            return None
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(
                401,
                "GatedRepo",
                f"Access to model {repo.name} is restricted. You must have access to it and be "
                "authenticated to access it. Please log in.",
            )
        if not repo.accepted:
            return _error(
                403,
                "GatedRepo",
                f"Access to model {repo.name} is restricted and you are not in the authorized "
                f"list. Visit https://huggingface.co/{repo.name} to ask for access.",
            )
        return None

    def _whoami(self, request: Request) -> Reply:
        if request.headers.get("authorization") == f"Bearer {TOKEN}":
            return json_reply({"type": "user", "name": "loopback"})
        return _error(401, "", "Invalid username or password.")

    def _search(self, request: Request) -> Reply:
        wanted = request.query.get("search", "").lower()
        found = [name for name in self._repos if wanted in name.lower()]
        rows = [
            {
                "_id": "0" * 24,
                "id": name,
                "modelId": name,
                "private": False,
                "tags": self._repos[name].tags,
                "downloads": 0,
                "likes": 0,
                "createdAt": "2022-03-02T23:29:04.000Z",
            }
            for name in found
        ]
        return json_reply(rows[: int(request.query.get("limit", "100"))], headers=_LIMITS)


def _error(status: int, code: str, message: str) -> Reply:
    headers = {"Content-Type": "application/json", "X-Error-Message": message}
    if code:
        headers["X-Error-Code"] = code
    return Reply(status, headers, Bytes(json.dumps({"error": message}).encode()))


def _asked_paths(request: Request) -> tuple[list[str], bool]:
    """The paths, and whether all about them, of a form, as the client sends it, or of JSON."""
    if "json" in request.headers.get("content-type", ""):
        asked = request.json()
        return list(asked.get("paths", ())), bool(asked.get("expand"))
    form = parse_qs(request.body.decode())
    return form.get("paths", []), form.get("expand") in (["true"], ["True"])


def _wrong_hash(sha256: str) -> str:
    """Another 64 digits: what looks like the file's sha256 and is not."""
    return hashlib.sha256(b"xet" + sha256.encode()).hexdigest()
