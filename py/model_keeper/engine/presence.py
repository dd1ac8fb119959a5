"""What is here already: the destination itself, and what we brought earlier."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from model_keeper.domain.downloads import Collision, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import OWNED, Job, JobState
from model_keeper.domain.model_files import LibraryLookup, ModelFile
from model_keeper.domain.names import suffixed_name
from model_keeper.engine.replacing import awaits_replacement
from model_keeper.files.failures import storage_error
from model_keeper.library.hub_cache import HubCache
from model_keeper.store import JobStore
from model_keeper.transfer.hashing import hash_file

_log = logging.getLogger(__name__)

_ON_THEIR_WAY = OWNED | {JobState.PENDING}


class Presence:
    """Recognises wanted content on disk, so that nothing is fetched twice."""

    def __init__(self, store: JobStore, library: LibraryLookup, hub_cache: HubCache) -> None:
        self._store = store
        self._library = library
        self._hub_cache = hub_cache

    def find(self, job: Job, download: Download) -> Mapping[str, Any] | None:
        """The result of a job whose file is here already, or None.

        What it replaces is not, and a file with another name does not take its place. Raises
        KeeperError destination_exists where another content has the name, and the download shall
        have no other one.
        """
        destination = Path(download.destination.path)
        if destination.exists() and not awaits_replacement(download):
            try:
                return self._at_destination(job, download, destination)
            except KeeperError as exc:
                if exc.code != "destination_exists" or download.collision is not Collision.SUFFIX:
                    raise
                suffixed = self._suffixed(job, download, destination)
                if suffixed is not None and suffixed.exists():
                    return self._at_destination(job, download, suffixed)
        return self._in_category(job, download) if download.replaces is None else None

    def elsewhere(self, download: Download) -> str | None:
        """A file with the wanted content that this category does not list: to be copied.

        One of another category or of another ComfyUI, or one that the Hugging Face client fetched.
        For what replaces a file, any other one.
        """
        for path, category in self._holders(download):
            if _is_copied(path, category, download):
                return path
        sha256 = _wanted(download)
        blob = self._hub_cache.blob(sha256) if sha256 else None
        return str(blob) if blob else None

    def arrives(self, job: Job, download: Download) -> bool:
        """Whether an older job is bringing the same content to the same category."""
        if not download.source_key.startswith("sha256:"):
            return False
        category = download.destination.category
        return any(
            other.seq < job.seq
            and other.state in _ON_THEIR_WAY
            and other.payload["destination"]["category"] == category
            for other in self._store.jobs.arriving(download.source_key)
        )

    def _at_destination(
        self, job: Job, download: Download, destination: Path
    ) -> Mapping[str, Any] | None:
        wanted = (
            _wanted(download)
            or job.result.get("sha256")  # this job published it and died before it said so
            or self._ours(job, download)
        )
        if wanted is None:
            raise KeeperError("destination_exists", path=str(destination))
        sha256, blake3 = _hashed(destination)
        if sha256 != wanted:
            raise KeeperError("destination_exists", path=str(destination))
        published = job.result.get("sha256") == sha256 and "verdict" not in job.result
        return self._result(job, destination, sha256, blake3, reused=not published)

    def _ours(self, job: Job, download: Download) -> str | None:
        """The hash of what we brought there earlier from the same source."""
        if job.dest_key is None:
            return None
        earlier = self._store.jobs.finished_at(job.dest_key)
        if earlier is None or earlier.source_key != download.source_key:
            return None
        found = earlier.result.get("sha256")
        return found if isinstance(found, str) else None

    def _suffixed(self, job: Job, download: Download, destination: Path) -> Path | None:
        """Where the content goes whose plain name is taken; None while it is not known."""
        sha256 = _wanted(download) or job.result.get("sha256") or self._ours(job, download)
        return destination.with_name(suffixed_name(destination.name, sha256)) if sha256 else None

    def _in_category(self, job: Job, download: Download) -> Mapping[str, Any] | None:
        for holder, category in self._holders(download):
            if _is_seen(holder, category, download):
                path = Path(holder)
                sha256, blake3 = _hashed(path)
                if sha256 == _wanted(download):
                    return self._result(job, path, sha256, blake3, reused=True)
        return None

    def _holders(self, download: Download) -> Iterator[tuple[str, str]]:
        """(path, category) of files that should hold the wanted content: whatever its name.

        First what we brought and what still looks the same, then all else that was ever hashed.
        """
        sha256 = _wanted(download)
        if sha256 is None:
            return
        seen = set()
        for job in self._store.jobs.finished_with(sha256):
            path = Path(str(job.result.get("path", "")))
            if path.is_file() and path.stat().st_size == job.result.get("size"):
                seen.add(str(path))
                yield str(path), job.payload["destination"]["category"]
        for file in self._known(sha256):
            if file.path not in seen and file.sha256 == sha256 and Path(file.path).is_file():
                yield file.path, file.category

    def _known(self, sha256: str) -> Sequence[ModelFile]:
        """A library that cannot be asked costs a download and no error."""
        try:
            return self._library.with_sha256(sha256)
        except KeeperError as exc:
            _log.warning("The library was not asked for %s: %s", sha256, exc)
            return ()

    @staticmethod
    def _result(
        job: Job, path: Path, sha256: str, blake3: str | None, *, reused: bool
    ) -> Mapping[str, Any]:
        stat = path.stat()
        return {
            "bytes_fetched": 0,
            **job.result,
            "path": str(path),
            "sha256": sha256,
            "blake3": blake3,
            "size": stat.st_size,
            "mtime_ns": stat.st_mtime_ns,
            "reused": reused,
        }


def _is_copied(path: str, category: str, download: Download) -> bool:
    if download.replaces is None:
        return not _is_seen(path, category, download)
    destination = Path(download.destination.path)
    return not (destination.exists() and destination.samefile(path))


def _is_seen(path: str, category: str, download: Download) -> bool:
    """Whether the loaders for which the download is meant list the file at ``path``."""
    if category != download.destination.category:
        return False
    file = Path(path)
    spellings = (file, Path(os.path.realpath(file.parent), file.name))
    folders = {Path(spelled) for r in download.roots for spelled in (r, os.path.realpath(r))}
    return not folders or any(folder in each.parents for folder in folders for each in spellings)


def _hashed(path: Path) -> tuple[str, str | None]:
    try:
        return hash_file(path)
    except OSError as exc:
        raise storage_error(exc, path) from exc


def _wanted(download: Download) -> str | None:
    return download.expected_sha256 or download.asset.sha256
