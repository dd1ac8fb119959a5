"""Which file of which repository on the Hub a model is, as metadata and downloads say."""

from __future__ import annotations

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.links import HuggingFaceFile
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.providers.huggingface_metadata import SOURCE
from model_keeper.store import JobStore


class HubLinks:
    """Nobody is asked. ``host`` answers like huggingface.co. Raises database_unavailable."""

    def __init__(self, store: JobStore, host: str) -> None:
        self._store = store
        self._hosts = frozenset({host})

    def of(self, sha256: str, metadata: ModelMetadata) -> HuggingFaceFile | None:
        """The file that somebody says it is, or that its content was fetched from."""
        if metadata.source == SOURCE:
            for address in (metadata.download_url, metadata.source_url):
                if (found := self._parsed(address, metadata)) is not None:
                    return found
        for job in self._store.jobs.finished_with(sha256):
            asset = job.payload.get("asset") or {}
            if asset.get("provider") == SOURCE:
                return self._parsed(asset.get("url"), metadata)
        return None

    def _parsed(self, address: str | None, metadata: ModelMetadata) -> HuggingFaceFile | None:
        if not address:
            return None
        try:
            link = parse_link(address, hf_hosts=self._hosts)
        except KeeperError:
            return None
        if isinstance(link, HuggingFaceFile):
            return link
        repo = getattr(link, "repo", None)
        path = metadata.id if isinstance(metadata.id, str) else None
        return HuggingFaceFile(repo, path) if repo and path else None
