"""Civitai: models, their versions, and the files of a version, each by its own id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.link_parsing import civitai_path
from model_keeper.domain.links import CivitaiModel, CivitaiVersion, Link, Sha256Link
from model_keeper.domain.ports import Clock, Hop, LinkedFacts, Refusal
from model_keeper.net.http import Answer, HttpClient
from model_keeper.providers.asking import ask_again
from model_keeper.providers.civitai_answers import (
    PROVIDER,
    Version,
    asset_of,
    passes,
    sha256_of,
    versions_of,
)
from model_keeper.providers.refusals import CIVITAI, explain

DEFAULT_ENDPOINTS = ("https://civitai.com", "https://civitai.red")

_MOST_HASHES = 100  # Civitai refuses more at once
_MOST_MODELS = 50  # of Civitai's 100: each comes with all its versions and their pictures
_SHA256_DIGITS = 64
_LARGE = 64 << 20  # bytes of a listing; every version brings its pictures
# Without it a refusal comes as a redirect to a login page instead of as JSON.
_HEADERS = {"Content-Type": "application/json"}


class Civitai:
    """Civitai's API, on its first host and, where that does not know something, on its second."""

    name = PROVIDER

    def __init__(self, client: HttpClient, clock: Clock, endpoint: str | None = None) -> None:
        self._client = client
        self._clock = clock
        self._endpoints = (endpoint.rstrip("/"),) if endpoint else DEFAULT_ENDPOINTS

    @property
    def host(self) -> str:
        """Host, with its port where it has one, of the endpoint that is asked first."""
        return urlsplit(self._endpoints[0]).netloc.lower()

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
        version = self._get(f"/api/v1/model-versions/{version_id}")
        if isinstance(link, CivitaiVersion):
            return _assets(version, link)
        return _assets(version, CivitaiVersion(version_id))

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

    def versions_by_hash(self, hashes: Iterable[str]) -> dict[str, Version]:
        """The version that holds each SHA256 (64 hex digits); unknown ones are left out.

        Asks for 100 at a time, and for those that the first host does not know on the second.
        Raises KeeperError civitai_…, rate_limited, server_error, unreachable.
        """
        # A single one of another length, and Civitai refuses all hundred.
        missing = list(dict.fromkeys(s.lower() for s in hashes if len(s) == _SHA256_DIGITS))
        found: dict[str, Version] = {}
        for endpoint in self._endpoints:
            for at in range(0, len(missing), _MOST_HASHES):
                asked = missing[at : at + _MOST_HASHES]
                for version in self._batch(endpoint, asked):
                    held = {sha256_of(file) for file in version.files}
                    found |= {s: version for s in asked if s in held and s not in found}
            missing = [sha256 for sha256 in missing if sha256 not in found]
        return found

    def by_hashes(self, hashes: Iterable[str]) -> dict[str, Asset]:
        """The file with each SHA256, as :meth:`versions_by_hash` finds them."""
        return {
            sha256: asset_of(version, file)
            for sha256, version in self.versions_by_hash(hashes).items()
            for file in version.files
            if sha256_of(file) == sha256
        }

    def models(self, model_ids: Iterable[int]) -> dict[int, tuple[Version, ...]]:
        """The published versions of each model; models that nobody knows are left out.

        Asks for 50 at a time, then alone for each that the list hid: it does so for whole
        regions. Raises like :meth:`versions_by_hash`.
        """
        missing = list(dict.fromkeys(model_ids))
        found: dict[int, tuple[Version, ...]] = {}
        for at in range(0, len(missing), _MOST_MODELS):
            found |= self._listed(self._endpoints[0], missing[at : at + _MOST_MODELS])
        hidden = [model_id for model_id in missing if model_id not in found]
        alone = {model_id: self._model(model_id) for model_id in hidden}
        return found | {m: versions for m, versions in alone.items() if versions is not None}

    def search(
        self, text: str, *, types: Sequence[str] = (), limit: int, pages: int, host: int = 0
    ) -> Iterable[Sequence[Version]]:
        """Pages of what Civitai finds for ``text``, each asked for only when it is wanted.

        ``types`` are Civitai's model types; ``host`` is the endpoint's index. What is not safe for
        work is included: without that, whole models would be missing. Raises like
        :meth:`versions_by_hash`.
        """
        endpoint = self._endpoints[host]
        query = [("query", text), ("limit", str(limit)), ("nsfw", "true")]
        query += [("types", kind) for kind in types]
        cursor: list[tuple[str, str]] = []
        for _ in range(pages):
            url = f"{endpoint}/api/v1/models?{urlencode(query + cursor)}"
            answer = ask_again(self._client, "GET", url, headers=_HEADERS, limit=_LARGE)
            if answer.status != 200:
                raise self._refused(answer)
            page = _object(answer)
            models = page.get("items") or ()
            yield [
                version
                for model in models
                if isinstance(model, Mapping)
                for version in versions_of(endpoint, model)
            ]
            following = (page.get("metadata") or {}).get("nextCursor")
            if following is None:
                return
            cursor = [("cursor", str(following))]

    @property
    def hosts(self) -> int:
        """How many endpoints there are to be asked."""
        return len(self._endpoints)

    def _listed(self, endpoint: str, ids: Sequence[int]) -> dict[int, tuple[Version, ...]]:
        query = {"ids": ",".join(map(str, ids)), "limit": len(ids), "nsfw": "true"}
        url = f"{endpoint}/api/v1/models?{urlencode(query)}"
        answer = ask_again(self._client, "GET", url, headers=_HEADERS, limit=_LARGE)
        if answer.status != 200:
            raise self._refused(answer)
        return {
            model["id"]: tuple(versions_of(endpoint, model))
            for model in _object(answer).get("items") or ()
            if isinstance(model, Mapping) and model.get("id") in ids
        }

    def _model(self, model_id: int) -> tuple[Version, ...] | None:
        try:
            found = self._get(f"/api/v1/models/{model_id}")
        except KeeperError as exc:
            if exc.family is Family.NOT_FOUND:
                return None
            raise
        return tuple(versions_of(found.endpoint, found.data))

    def _batch(self, endpoint: str, hashes: Sequence[str]) -> list[Version]:
        """Their order says nothing, and an entry may be null."""
        answer = ask_again(
            self._client,
            "POST",
            f"{endpoint}/api/v1/model-versions/by-hash",
            headers=_HEADERS,
            json=[sha256.upper() for sha256 in hashes],
            limit=_LARGE,
        )
        if answer.status != 200:
            raise self._refused(answer)
        rows = answer.json()
        if not isinstance(rows, list):
            raise _protocol_error(answer, "its JSON is no list")
        return [Version(endpoint, row) for row in rows if isinstance(row, Mapping)]

    def _by_hash(self, sha256: str) -> Sequence[Asset]:
        try:
            version = self._get(f"/api/v1/model-versions/by-hash/{sha256}")
        except KeeperError as exc:
            if exc.family is Family.NOT_FOUND:
                raise KeeperError("hash_not_found", sha256=sha256) from None
            raise
        found = [asset_of(version, file) for file in version.files if sha256_of(file) == sha256]
        if not found:
            raise KeeperError("hash_not_found", sha256=sha256)
        return found[:1]

    def _newest(self, model_id: int) -> Sequence[Asset]:
        model = self._get(f"/api/v1/models/{model_id}")
        if model.data.get("mode") == "Archived":
            raise KeeperError("civitai_archived")
        versions = (v for v in versions_of(model.endpoint, model.data) if v.files)
        newest = next(versions, None)
        if newest is None:
            raise KeeperError("civitai_not_found")
        return _assets(newest, CivitaiVersion(newest.id, model_id=model_id))

    def _get(self, path: str) -> Version:
        """The answer with the endpoint that gave it; the last endpoint's refusal counts."""
        failure = KeeperError("civitai_not_found")
        for endpoint in self._endpoints:
            answer = ask_again(self._client, "GET", endpoint + path, headers=_HEADERS)
            if answer.status == 200:
                return Version(endpoint, _object(answer))
            failure = self._refused(answer)
            if failure.family is not Family.NOT_FOUND:
                raise failure
        raise failure

    def _refused(self, answer: Answer) -> KeeperError:
        refusal = Refusal(answer.hops, answer.body[:8192], answer.sent_token)
        return self.refusal(refusal) or KeeperError(
            "unexpected_status", host=urlsplit(answer.url).hostname, status=answer.status
        )


def _assets(version: Version, link: CivitaiVersion) -> Sequence[Asset]:
    """The files that the link means. Raises KeeperError civitai_file_not_found."""
    chosen: Sequence[Mapping[str, Any]]
    if link.file_id is not None:
        chosen = [file for file in version.files if file.get("id") == link.file_id]
    elif link.filters:
        chosen = [file for file in version.files if passes(file, link.filters)]
    else:
        chosen = version.model_files
    if not chosen:
        raise KeeperError("civitai_file_not_found")
    return [asset_of(version, file) for file in chosen]


def _object(answer: Answer) -> Mapping[str, Any]:
    data = answer.json()
    if not isinstance(data, Mapping):
        raise _protocol_error(answer, "its JSON is no object")
    return data


def _protocol_error(answer: Answer, why: str) -> KeeperError:
    return KeeperError("protocol_error", host=urlsplit(answer.url).hostname, why=why)
