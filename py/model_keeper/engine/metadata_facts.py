"""What providers say of models, asked for many of them at once. One object serves one run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from model_keeper.domain.candidates import CandidateSource, Wanted
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.links import HuggingFaceFile
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.model_files import ModelFile
from model_keeper.engine.hub_links import HubLinks
from model_keeper.formats.civitai_version import SOURCE as CIVITAI
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_answers import Version
from model_keeper.providers.civitai_metadata import from_version
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.huggingface_metadata import from_hub
from model_keeper.providers.remembered import RememberedHashes


@dataclass(frozen=True)
class Subject:
    """A model that is asked about, and what is written of it already."""

    file: ModelFile
    sha256: str
    metadata: ModelMetadata


@dataclass(frozen=True)
class Said:
    """What one provider says. ``gone``: it said just now that it has no such model.

    ``error`` is why it said nothing, or not all. All three empty: nobody was asked, or not again.
    """

    metadata: ModelMetadata | None = None
    gone: bool = False
    error: KeeperError | None = None


@dataclass
class CivitaiFacts:
    """Civitai: versions by hash, a hundred at once, then what their models are called for."""

    civitai: Civitai
    hashes: RememberedHashes
    _models: dict[int, tuple[Version, ...] | None] = field(default_factory=dict)

    def of(self, subjects: Collection[Subject]) -> dict[str, Said]:
        """By SHA256. What is wrong with the answers stands in them."""
        try:
            found, missing = self.hashes.asked({each.sha256 for each in subjects})
        except KeeperError as error:
            return {each.sha256: Said(error=error) for each in subjects}
        linked = {each.sha256: _linked(each) for each in subjects if each.sha256 not in found}
        trouble = self._ask_models([*map(_model_of, found.values()), *linked.values()])
        said = {}
        for subject in subjects:
            sha256 = subject.sha256
            model_id = linked.get(sha256)
            version = found.get(sha256)
            if version is not None:
                said[sha256] = Said(self._described(version, sha256), error=trouble)
            elif model_id is not None:
                said[sha256] = self._by_link(subject, model_id, trouble)
            else:
                said[sha256] = Said(gone=sha256 in missing)
        return said

    def _ask_models(self, model_ids: Iterable[int | None]) -> KeeperError | None:
        """Get what all versions of these models share; why that could not be had."""
        asked = sorted({each for each in model_ids if each is not None} - self._models.keys())
        if not asked:
            return None
        try:
            found = self.civitai.models(asked)
        except KeeperError as error:
            return error
        self._models |= {model_id: found.get(model_id) for model_id in asked}
        return None

    def _described(self, version: Version, sha256: str) -> ModelMetadata | None:
        """The version with the words of its model, which it lacks alone."""
        siblings = self._models.get(_model_of(version) or 0) or ()
        about = siblings[0].model if siblings else {}
        data = {**version.data, "model": {**about, **version.model}}
        return from_version(data, sha256, endpoint=version.endpoint)

    def _by_link(self, subject: Subject, model_id: int, trouble: KeeperError | None) -> Said:
        """A file that Civitai does not know by its hash, and that somebody says is its version."""
        if model_id not in self._models:
            return Said(error=trouble)
        versions = self._models[model_id] or ()
        version = next((each for each in versions if each.id == subject.metadata.id), None)
        if version is None:
            return Said(gone=True)
        return Said(from_version(version.data, subject.sha256, endpoint=version.endpoint))


@dataclass
class HubFacts:
    """The Hub: repositories by the links that are known, else by name and proven by the hash."""

    hub: HuggingFace
    search: CandidateSource
    links: HubLinks
    _repos: dict[str, tuple[Mapping[str, Any], str | None] | KeeperError] = field(
        default_factory=dict
    )
    _down: KeeperError | None = None

    def of(self, subject: Subject, *, search: bool) -> Said:
        """``search``: also by name, where no link is known."""
        if self._down is not None:
            return Said(error=self._down)
        try:
            linked = self.links.of(subject.sha256, subject.metadata)
            file = linked or (self._found(subject) if search else None)
            if file is None:
                return Said()
            about, card = self._repository(file.repo)
            sha256 = None if linked else subject.sha256
            return Said(from_hub(file, about, card, sha256=sha256))
        except KeeperError as error:
            if error.code == "dependency_missing":
                return Said()
            if error.retryable:
                self._down = error  # who cannot be reached for one model is not asked for the next
            return Said(gone=error.family is Family.NOT_FOUND, error=error)

    def _found(self, subject: Subject) -> HuggingFaceFile | None:
        wanted = Wanted(
            subject.file.name, subject.file.category, (subject.sha256,), subject.file.size
        )
        for candidate in self.search.candidates(wanted):
            if candidate.sha256 == subject.sha256 and candidate.url:
                link = parse_link(candidate.url, hf_hosts=frozenset({self.hub.host}))
                return link if isinstance(link, HuggingFaceFile) else None
        return None

    def _repository(self, repo: str) -> tuple[Mapping[str, Any], str | None]:
        if repo not in self._repos:
            try:
                self._repos[repo] = (self.hub.about(repo), self.hub.card(repo))
            except KeeperError as error:
                if error.retryable:
                    raise
                self._repos[repo] = error
        found = self._repos[repo]
        if isinstance(found, KeeperError):
            raise found
        return found


def _model_of(version: Version) -> int | None:
    found = version.data.get("modelId")
    return found if isinstance(found, int) else None


def _linked(subject: Subject) -> int | None:
    metadata = subject.metadata
    known = metadata.source == CIVITAI and isinstance(metadata.id, int)
    return metadata.model_id if known and isinstance(metadata.model_id, int) else None
