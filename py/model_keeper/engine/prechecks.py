"""What is looked at before a download, wherever one is decided: links, dry runs, the worker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from model_keeper.domain.completeness import judge
from model_keeper.domain.downloads import Collision, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_files import LibraryLookup, ModelFile
from model_keeper.domain.prechecks import (
    Check,
    CheckState,
    FileThere,
    Key,
    credentials_check,
    exists_check,
    metadata_check,
    size_check,
    space_check,
)
from model_keeper.engine.replacing import awaits_replacement
from model_keeper.engine.staging import occupied, staging_path
from model_keeper.library.sidecar_places import ModelPlace
from model_keeper.library.sidecars import Sidecars
from model_keeper.library.space import free_bytes
from model_keeper.net.credentials import CIVITAI
from model_keeper.store import JobStore

_log = logging.getLogger(__name__)

#: What a provider's page fills once the file is here.
_FILLED = ("description", "trained_words", "base_model", "source", "preview")


class PreChecks:
    """Reads no file's bytes. ``key`` says what is known of a provider's key."""

    def __init__(
        self,
        store: JobStore,
        library: LibraryLookup,
        sidecars: Sidecars,
        key: Callable[[str], Key],
    ) -> None:
        self._store = store
        self._library = library
        self._sidecars = sidecars
        self._key = key

    def of(self, download: Download) -> tuple[Check, ...]:
        """Exists, size, metadata, credentials where a key may be asked for, and space.

        Raises KeeperError database_unavailable.
        """
        sha256 = download.expected_sha256 or download.asset.sha256
        size = download.expected_size or download.asset.size
        there = self._there(download)
        exists = exists_check(
            download.destination.path,
            there,
            size=size,
            sha256=sha256,
            holder=self._holder(sha256, download) if sha256 else None,
            may_suffix=download.collision is Collision.SUFFIX,
        )
        here = exists.state is CheckState.OK and "path" in exists.data
        staged = 0 if here else occupied(staging_path(download))
        checks = [exists, size_check(size, there, staged)]
        checks.append(self._metadata(download, here=here, sha256=sha256))
        if here:
            return tuple(checks)
        if download.asset.provider == CIVITAI:  # the Hub was asked with the key already
            checks.append(credentials_check(CIVITAI, self._key(CIVITAI)))
        needed = None if size is None else max(0, size - staged)
        root = download.destination.root
        checks.append(space_check(root, needed, _free(root)))
        return tuple(checks)

    def _there(self, download: Download) -> FileThere | None:
        destination = download.destination
        if awaits_replacement(download):
            return None
        try:
            size = Path(destination.path).stat().st_size
        except OSError:
            return None
        known = self._known(lambda: self._library.at(destination.category, destination.relative))
        same = (f.sha256 for f in known if f.path == destination.path and f.size == size)
        return FileThere(size, next((sha256 for sha256 in same if sha256), None))

    def _holder(self, sha256: str, download: Download) -> str | None:
        """A file that an earlier job proved, or that was hashed here, as it was then."""
        replaced = None if download.replaces is None else download.destination.path
        for job in self._store.jobs.finished_with(sha256):
            path = str(job.result.get("path", ""))
            if path != replaced and _has(path, job.result.get("size")):
                return path
        for file in self._known(lambda: self._library.with_sha256(sha256)):
            if file.sha256 == sha256 and file.path != replaced and _has(file.path, file.size):
                return file.path
        return None

    @staticmethod
    def _known(ask: Callable[[], Sequence[ModelFile]]) -> Sequence[ModelFile]:
        """A library that cannot be asked knows nothing, and keeps nobody from a download."""
        try:
            return ask()
        except KeeperError as exc:
            _log.warning("the library was not asked before a download: %s", exc)
            return ()

    def _metadata(self, download: Download, *, here: bool, sha256: str | None) -> Check:
        place = download.destination
        reading = self._sidecars.read(ModelPlace(place.category, place.root, place.relative))
        offered = _FILLED if download.asset.provider == CIVITAI else ("source",)
        judgement = judge(reading.metadata, place.category)
        return metadata_check(judgement, here=here, proof=sha256, offered=offered)


def _has(path: str, size: object) -> bool:
    try:
        return bool(path) and Path(path).stat().st_size == size
    except OSError:
        return False


def _free(folder: str) -> int | None:
    """None where the drive does not answer."""
    try:
        return free_bytes(Path(folder))
    except OSError:
        return None
