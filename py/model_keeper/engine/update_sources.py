"""Who is asked for updates: each provider, about those files of the library that it may know."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, Union

from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.link_parsing import canonical
from model_keeper.domain.links import HuggingFaceFile, is_commit
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.ports import Clock
from model_keeper.domain.updates import (
    Checked,
    Installed,
    Judgement,
    OfferedVersion,
    Refused,
    judge,
    judge_place,
    number_of,
)
from model_keeper.engine.hub_links import HubLinks
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.library.index import LibraryIndex
from model_keeper.library.search import Found
from model_keeper.providers.civitai_answers import Version
from model_keeper.providers.civitai_updates import RememberedModels, model_id_of, offered_version
from model_keeper.providers.huggingface_updates import RepositoryPlaces, followed, version_name
from model_keeper.providers.remembered import RememberedHashes

_log = logging.getLogger(__name__)

#: What was found for a content, or why nothing was: of the family not_found where it is gone.
Told = Union[Checked, KeeperError]  # noqa: UP007 - a runtime alias, and 3.10 reads it as well


class UpdateSource(Protocol):
    """One provider that is asked for updates. One object serves one run."""

    def told(self, files: Sequence[Found]) -> Mapping[str, Told]:
        """By SHA256, without the contents that it does not know. ``files`` all have one.

        Trouble with the provider is what is told of each content that it concerns. Raises
        KeeperError database_unavailable, index_unusable.
        """


def told_by_all(sources: Iterable[UpdateSource], files: Sequence[Found]) -> dict[str, Told]:
    """What is told of each content; of several providers that know it the most useful.

    That is an update before a trouble, after which there may be one, and that before the others;
    and what is said by the first of the sources before what the next one says.
    """
    best: dict[str, Told] = {}
    for source in sources:
        for sha256, told in source.told(files).items():
            if sha256 not in best or _weight(told) > _weight(best[sha256]):
                best[sha256] = told
    return best


def sha256_of(file: ModelFile) -> str | None:
    return file.sha256 or file.claimed.get("sha256")


def here(index: LibraryIndex, versions: Iterable[OfferedVersion]) -> set[str]:
    """The SHA256 of all files of these versions that are in the library, under any name."""
    offered = {file.sha256 for version in versions for file in version.files if file.sha256}
    return {sha256 for sha256 in offered if index.with_sha256(sha256)}


def _weight(told: Told) -> int:
    if isinstance(told, KeeperError):
        return 0 if told.family is Family.NOT_FOUND else 2
    return 1 if told.judgement.offer is None else 3


@dataclass
class CivitaiUpdates:
    """Civitai: contents by their hashes, then all versions of their models."""

    hashes: RememberedHashes
    models: RememberedModels
    index: LibraryIndex
    clock: Clock
    _versions: dict[int, tuple[OfferedVersion, ...] | None] = field(default_factory=dict)
    _trouble: KeeperError | None = None

    def told(self, files: Sequence[Found]) -> Mapping[str, Told]:
        hashes = dict.fromkeys(sha256 for each in files if (sha256 := sha256_of(each.file)))
        if self._trouble is not None:
            return dict.fromkeys(hashes, self._trouble)
        try:
            known = self._ask(hashes)
        except KeeperError as error:
            self._trouble = error
            return dict.fromkeys(hashes, error)
        return {sha256: self._judged(sha256, version) for sha256, version in known.items()}

    def _ask(self, hashes: Collection[str]) -> dict[str, Version]:
        """The versions of these contents; what their models offer is kept."""
        known = self.hashes.versions_by_hash(hashes)
        models = {model for version in known.values() if (model := model_id_of(version))}
        asked = sorted(models - self._versions.keys())
        if asked:
            answers = self.models.versions(asked)
            self._versions.update({model: answers.get(model) for model in asked})
        return known

    def _judged(self, sha256: str, version: Version) -> Told:
        model_id = model_id_of(version)
        versions = self._versions.get(model_id or 0)
        if model_id is None or versions is None:
            return KeeperError("civitai_not_found")
        installed = Installed(sha256, model_id, offered_version(version, self.clock.now_ms()))
        return Checked(
            sha256=sha256,
            model_id=model_id,
            version_id=version.id,
            version_name=installed.version.name,
            base_model=installed.version.base_model,
            judgement=judge(installed, versions, here(self.index, versions)),
        )


@dataclass(frozen=True)
class _Fetched:
    """A file, and the one on the Hub that it is from. ``hashes``: its own and stated ones."""

    name: str
    sha256: str
    hashes: frozenset[str]
    link: HuggingFaceFile
    base_model: str | None

    @property
    def place(self) -> HuggingFaceFile:
        return followed(self.link)

    def named(self, now: OfferedVersion) -> OfferedVersion:
        """Called as it is called here: in repositories one name stands for many models."""
        files = tuple(replace(file, name=self.name) for file in now.files)
        return replace(now, base_model=self.base_model, files=files)


@dataclass(frozen=True)
class HubUpdates:
    """The Hub: files that are known to be from a place there, by what stands there now."""

    places: RepositoryPlaces
    links: HubLinks
    records: MetadataRecords
    index: LibraryIndex

    def told(self, files: Sequence[Found]) -> Mapping[str, Told]:
        fetched = {each.sha256: each for each in self._fetched(files)}
        standing = self.places.standing({each.place for each in fetched.values()})
        told: dict[str, Told] = {}
        for sha256, each in fetched.items():
            now = standing[each.place]
            if isinstance(now, KeeperError):
                told[sha256] = now
            elif now.files[0].sha256 is not None:
                told[sha256] = self._checked(each, each.named(now))
        return told

    def _fetched(self, files: Sequence[Found]) -> Iterator[_Fetched]:
        for found in files:
            sha256 = sha256_of(found.file)
            if sha256 is None:
                continue
            said = self._said(found.file)
            link = self.links.of(sha256, said)
            if link is not None and link.repo_type == "model":
                stated = (found.file.claimed.get("sha256"), said.hashes.get("sha256"))
                hashes = frozenset({sha256, *filter(None, stated)})
                yield _Fetched(found.file.name, sha256, hashes, link, found.base_model)

    def _said(self, file: ModelFile) -> ModelMetadata:
        try:
            return self.records.read(file).metadata
        except KeeperError as error:
            _log.info("Nothing is known of where %s is from: %s", file.path, error)
            return ModelMetadata()

    def _checked(self, fetched: _Fetched, now: OfferedVersion) -> Told:
        judgement = judge_place(fetched.hashes, now, here(self.index, [now]))
        if judgement.offer is not None:
            try:
                why = self.places.hindered(fetched.place)
            except KeeperError as error:
                return error
            if why is not None:
                judgement = Judgement(refused=(Refused(now.id, now.name, why),))
        return Checked(
            sha256=fetched.sha256,
            model_id=number_of(canonical(fetched.place)),
            version_id=number_of(fetched.sha256),
            version_name=version_name(fetched.link.revision, fetched.sha256),
            base_model=fetched.base_model,
            judgement=judgement,
            pinned=is_commit(fetched.link.revision),
        )
