"""Broken files of the library, and how to get each of them again."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from model_keeper.domain.downloads import Collision, Destination, Download, NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import JobId
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.places import known_place
from model_keeper.domain.seen_files import Seen
from model_keeper.engine.intake import Intake, Plan, Wishes, dest_key
from model_keeper.engine.library import Library
from model_keeper.engine.lookups import Answer, looked_up
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.library.file_changes import seen
from model_keeper.store import JobStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """Where the right file is.

    ``link`` is an address, or a hash that a provider may know. ``sha256`` is what the file must
    have, None where nobody can say. ``earlier`` is the download that brought it before.
    """

    link: str
    sha256: str | None = None
    earlier: Download | None = None


class BrokenFiles:
    """Raises index_unusable and database_unavailable."""

    def __init__(
        self,
        store: JobStore,
        models: Library,
        records: MetadataRecords,
        folders: Callable[[], FolderTable],
        network: NetworkSettings,
    ) -> None:
        self._store = store
        self._models = models
        self._records = records
        self._folders = folders
        self._network = network

    def source(self, file: ModelFile) -> Source | None:
        """What is known here of where the file is from; nobody is asked.

        First the download that brought it, then the address in its metadata, then a stated hash.
        """
        earlier = self._earlier(file)
        if earlier is not None:
            return earlier
        said = self._said(file)
        stated = said.hashes.get("sha256") or file.claimed.get("sha256")
        sha256 = _other(stated, file)
        if said.download_url:
            return Source(said.download_url, sha256)
        return Source(sha256, sha256) if sha256 else None

    def on_its_way(self, file: ModelFile) -> JobId | None:
        """The job that brings a file to this place."""
        job = self._store.jobs.live_at(dest_key(_place(file)))
        return job.id if job else None

    def plans(self, places: Sequence[str], intake: Intake) -> list[Answer[Plan]]:
        """The download that replaces the file at each place, or why there is none."""
        return looked_up(lambda place: self.plan(place, intake), places)

    def plan(self, place: str, intake: Intake) -> Plan:
        """The download of the right file to where the broken one is.

        That one stays until the new one is proven. ``intake`` asks the provider only where no
        download brought the file. Raises KeeperError model_not_in_library, model_not_broken,
        source_unknown, file_changed_since, file_not_found, and what :class:`Intake` does.
        """
        file = self._models.get(place).file
        if file.fault is None:
            raise KeeperError("model_not_broken", model=file.name)
        destination = known_place(self._folders(), _place(file))
        replaced = _as_listed(file)
        source = self.source(file)
        if source is None:
            raise KeeperError("source_unknown", model=file.name)
        download = replace(
            source.earlier or _looked_up(file, source, intake),
            destination=destination,
            collision=Collision.FAIL,
            network=self._network,
            replaces=replaced,
        )
        return Plan(download)

    def _earlier(self, file: ModelFile) -> Source | None:
        """The download that brought this file, unless just these bytes were what it brought."""
        job = self._store.jobs.finished_at(dest_key(_place(file)))
        if job is None or not _is_one(str(job.result.get("path", "")), file.path):
            return None
        sha256 = _other(job.result.get("sha256"), file)
        download = replace(Download.from_payload(job.payload), expected_sha256=sha256)
        gone = download.adopt_from is not None and not Path(download.adopt_from).is_file()
        return None if gone or sha256 is None else Source(download.asset.url, sha256, download)

    def _said(self, file: ModelFile) -> ModelMetadata:
        try:
            return self._records.read(file).metadata
        except KeeperError as exc:
            _log.info("Nothing is known of where %s is from: %s", file.path, exc)
            return ModelMetadata()


def _looked_up(file: ModelFile, source: Source, intake: Intake) -> Download:
    """Of several files at an address the one with the hash, else the one with the name.

    What its provider vouches for goes before what was said of the file here.
    """
    wishes = Wishes(category=file.category, root=file.root, name=file.relative)
    found = intake.look_up(source.link)
    right = [asset for asset in found if source.sha256 and asset.sha256 == source.sha256]
    right = right or [asset for asset in found if asset.name == file.name]
    several = len(right) != 1
    plan = intake.from_link(source.link, wishes) if several else intake.plan(right[0], wishes)
    download = plan.download
    return replace(download, expected_sha256=download.asset.sha256 or source.sha256)


def _as_listed(file: ModelFile) -> Seen:
    """The file, which must be the one that was found broken. Raises file_changed_since."""
    now = seen(Path(file.path))
    if now.link is None and (now.size, now.mtime_ns) != (file.size, file.mtime_ns):
        raise KeeperError("file_changed_since", path=file.path)
    return now


def _is_one(path: str, other: str) -> bool:
    return os.path.realpath(path) == os.path.realpath(other)


def _other(sha256: object, file: ModelFile) -> str | None:
    """A hash that is not that of the broken bytes themselves."""
    return sha256 if isinstance(sha256, str) and sha256 != file.sha256 else None


def _place(file: ModelFile) -> Destination:
    return Destination(file.category, file.root, file.relative)
