"""Hugging Face: files of repositories, their true sha256, and mirrors of it.

Of the three 64-digit strings that its answers carry only two are the file's sha256:
``X-Linked-Etag`` of the first hop and ``lfs.oid``. ``X-Xet-Hash`` and the second hop's ETag are
other hashes of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from model_keeper.domain.categories import WEIGHT_EXTENSIONS, category_of_path
from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.foreign_values import mapping, mappings
from model_keeper.domain.link_parsing import huggingface_path
from model_keeper.domain.links import HuggingFaceFile, HuggingFaceRepo, Link, is_commit
from model_keeper.domain.metadata_json import moment_ms
from model_keeper.domain.ports import Clock, Hop, LinkedFacts, Refusal
from model_keeper.net.http import Answer, HttpClient
from model_keeper.providers.asking import ask_again
from model_keeper.providers.refusals import HUGGINGFACE, explain

DEFAULT_ENDPOINT = "https://huggingface.co"

_LINKED_SHA256 = re.compile(r'(?:W/)?"?([0-9a-f]{64})"?')
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NEXT = re.compile(r'<([^>]+)>\s*;\s*rel="next"')
_MOST_PAGES = 50
_CARD = "README.md"
_LARGEST_CARD = 4 << 20
_OFFERED = frozenset(WEIGHT_EXTENSIONS) | {".gguf", ".onnx"}


@dataclass(frozen=True)
class Repository:
    """``gated``: its bytes are for those who accepted its terms; ``licence`` is the Hub's key."""

    gated: bool
    licence: str | None


@dataclass(frozen=True)
class ListedFile:
    """A file as a listing has it. ``changed_at`` is when it was committed last, ms UTC.

    ``sha256`` is None for the small ones that are not kept as LFS. ``unsafe``: a scan says so.
    """

    size: int | None
    sha256: str | None
    changed_at: int | None
    unsafe: bool


class HuggingFace:
    """The Hub, or a mirror that answers like it. A token never goes to a mirror."""

    name = "huggingface"

    def __init__(self, client: HttpClient, clock: Clock, endpoint: str | None = None) -> None:
        self._client = client
        self._clock = clock
        self._endpoint = (endpoint or DEFAULT_ENDPOINT).rstrip("/")

    @property
    def endpoint(self) -> str:
        return self._endpoint

    @property
    def host(self) -> str:
        """Host, with its port where it has one, of the endpoint in use."""
        return urlsplit(self._endpoint).netloc.lower()

    def accepts(self, link: Link) -> bool:
        return isinstance(link, (HuggingFaceFile, HuggingFaceRepo))

    def inspect(self, link: Link) -> Sequence[Asset]:
        """The file, or the model files of a repository.

        Raises KeeperError hf_… (gated, missing, …), unreachable, not_found where a repository
        holds no model file.
        """
        if isinstance(link, HuggingFaceFile):
            return [self._file(link)]
        assert isinstance(link, HuggingFaceRepo)
        found = [
            self._listed(link, row)
            for row in self._tree(link)
            if PurePosixPath(row["path"]).suffix.lower() in _OFFERED
        ]
        if not found:
            raise KeeperError("not_found", what=f"A model file in {link.repo}")
        return found

    def unseen(self, link: Link) -> Asset | None:
        if not isinstance(link, HuggingFaceFile):
            return None
        return Asset(
            provider=self.name,
            url=self._endpoint + huggingface_path(link),
            name=PurePosixPath(link.path).name,
            category=category_of_path(link.path),
            title=link.repo,
            page=f"{DEFAULT_ENDPOINT}/{link.repo}",
        )

    def request_headers(self, url: str) -> Mapping[str, str]:
        del url
        return {}

    def linked_facts(self, hops: Sequence[Hop]) -> LinkedFacts:
        """What the hops before the last one vouch for, or a single answer that has no next hop."""
        for hop in hops[:-1] or hops:
            found = _LINKED_SHA256.fullmatch(hop.headers.get("x-linked-etag", ""))
            size = hop.headers.get("x-linked-size", "")
            if found or size.isdigit():
                return LinkedFacts(
                    size=int(size) if size.isdigit() else None,
                    sha256=found.group(1) if found else None,
                    revision=hop.headers.get("x-repo-commit"),
                )
        return LinkedFacts()

    def refusal(self, refusal: Refusal) -> KeeperError | None:
        return explain(HUGGINGFACE, refusal, now_ms=self._clock.now_ms())

    def repository(self, repo: str) -> Repository:
        """What is said about a model's repository. Raises as :meth:`about`."""
        said = self.about(repo)
        tags = said.get("tags")
        licences = [str(t).partition(":")[2] for t in tags or () if str(t).startswith("license:")]
        return Repository(
            gated=bool(said.get("gated")),
            licence=licences[0] if licences else None,
        )

    def about(self, repo: str) -> Mapping[str, Any]:
        """The whole answer about a model's repository.

        Raises KeeperError hf_…, protocol_error, rate_limited, unreachable.
        """
        answer = ask_again(self._client, "GET", f"{self._endpoint}/api/models/{repo}")
        if answer.status != 200:
            raise self._refused(answer)
        said = answer.json()
        if not isinstance(said, Mapping):
            host = urlsplit(answer.url).hostname
            raise KeeperError("protocol_error", host=host, why="its JSON is no object")
        return said

    def card(self, repo: str, revision: str = "main") -> str | None:
        """The README of a model's repository; None where it has none, or none for everybody.

        Raises KeeperError rate_limited, server_error, unreachable.
        """
        url = self._endpoint + huggingface_path(HuggingFaceFile(repo, _CARD, revision))
        answer = ask_again(self._client, "GET", url, limit=_LARGEST_CARD)
        if answer.status == 200:
            return answer.body.decode("utf-8", "replace")
        error = self._refused(answer)
        if error.family in {Family.NOT_FOUND, Family.CREDENTIALS}:
            return None
        raise error

    def check_token(self) -> str | None:
        """The account's name. Raises hf_token_refused where the token is no good."""
        answer = self._client.request("GET", f"{self._endpoint}/api/whoami-v2")
        if answer.status != 200:
            raise self._refused(answer)
        name = answer.json().get("name")
        return name if isinstance(name, str) else None

    def _file(self, link: HuggingFaceFile) -> Asset:
        url = self._endpoint + huggingface_path(link)
        answer = self._client.request(
            "GET", url, headers={"Range": "bytes=0-0"}, follow="relative", limit=1 << 20
        )
        if answer.status >= 400:
            raise self._refused(answer)
        facts = self.linked_facts((*answer.hops, answer.hops[-1]))
        if facts.sha256 is None:
            facts = self._from_listing(link) or facts
        asset = self.unseen(link)
        assert asset is not None
        return replace(asset, size=facts.size, sha256=facts.sha256, revision=facts.revision)

    def listed(self, repo: str, revision: str, paths: Sequence[str]) -> dict[str, ListedFile]:
        """Files of a model's repository by their paths, in one request; without those not there.

        Raises KeeperError hf_…, protocol_error, rate_limited, unreachable.
        """
        url = self._paths_info(repo, revision)
        answer = ask_again(self._client, "POST", url, json={"paths": [*paths], "expand": True})
        if answer.status != 200:
            raise self._refused(answer)
        rows = {str(row.get("path")): row for row in mappings(answer.json())}
        return {path: _listed_file(rows[path]) for path in paths if path in rows}

    def _from_listing(self, link: HuggingFaceFile) -> LinkedFacts | None:
        """The same facts from the listing: for mirrors that strip headers, and small files."""
        if link.repo_type != "model":
            return None
        url = self._paths_info(link.repo, link.revision)
        answer = self._client.request("POST", url, json={"paths": [link.path], "expand": False})
        if answer.status != 200:
            return None
        rows = mappings(answer.json())
        row = next((row for row in rows if row.get("path") == link.path), None)
        return None if row is None else _facts_of(row)

    def _paths_info(self, repo: str, revision: str) -> str:
        return f"{self._endpoint}/api/models/{repo}/paths-info/{quote(revision, safe='')}"

    def _tree(self, link: HuggingFaceRepo) -> list[dict[str, Any]]:
        kind = "models" if link.repo_type == "model" else f"{link.repo_type}s"
        folder = f"/{quote(link.folder)}" if link.folder else ""
        url = (
            f"{self._endpoint}/api/{kind}/{link.repo}/tree/"
            f"{quote(link.revision, safe='')}{folder}?recursive=true"
        )
        rows: list[dict[str, Any]] = []
        for _ in range(_MOST_PAGES):
            answer = ask_again(self._client, "GET", url)
            if answer.status != 200:
                raise self._refused(answer)
            rows += [r for r in answer.json() if isinstance(r, dict) and r.get("type") == "file"]
            following = _NEXT.search(answer.headers.get("link", ""))
            if following is None:
                break
            url = following.group(1)
        return rows

    def _listed(self, link: HuggingFaceRepo, row: Mapping[str, Any]) -> Asset:
        facts = _facts_of(row)
        file = HuggingFaceFile(link.repo, str(row["path"]), link.revision, link.repo_type)
        folder = str(PurePosixPath(file.path).parent)
        return Asset(
            provider=self.name,
            url=self._endpoint + huggingface_path(file),
            name=PurePosixPath(file.path).name,
            size=facts.size,
            sha256=facts.sha256,
            category=category_of_path(file.path),
            title=link.repo,
            page=f"{DEFAULT_ENDPOINT}/{link.repo}",
            revision=link.revision if is_commit(link.revision) else None,
            note=None if folder == "." else folder,
        )

    def _refused(self, answer: Answer) -> KeeperError:
        refusal = Refusal(answer.hops, answer.body[:8192], answer.sent_token)
        return self.refusal(refusal) or KeeperError(
            "unexpected_status", host=urlsplit(answer.url).hostname, status=answer.status
        )


def _listed_file(row: Mapping[str, Any]) -> ListedFile:
    facts = _facts_of(row)
    return ListedFile(
        size=facts.size,
        sha256=facts.sha256,
        changed_at=moment_ms(mapping(row.get("lastCommit")).get("date")),
        unsafe=mapping(row.get("securityFileStatus")).get("status") == "unsafe",
    )


def _facts_of(row: Mapping[str, Any]) -> LinkedFacts:
    """Of a row of a tree or paths-info listing. Without ``lfs`` its oid is no sha256."""
    lfs = row.get("lfs")
    oid = lfs.get("oid") if isinstance(lfs, Mapping) else None
    size = row.get("size")
    return LinkedFacts(
        size=size if isinstance(size, int) else None,
        sha256=oid if isinstance(oid, str) and _SHA256.fullmatch(oid) else None,
    )
