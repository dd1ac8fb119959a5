"""What everybody's sidecars say about one model, together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from model_keeper.domain import descriptions
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import UNKNOWN_ORIGIN, ModelMetadata, Origin, Owner
from model_keeper.domain.metadata_json import from_json, moment_ms
from model_keeper.domain.metadata_merge import merged, united
from model_keeper.formats import civitai_version
from model_keeper.library.index_text import folded
from model_keeper.library.sidecar_places import ModelPlace, stem_of
from model_keeper.library.sidecar_shapes import (
    JSON_READERS,
    TEXT_ENDINGS,
    Beside,
    Said,
    is_fork_info,
    read_civitai_info,
    read_description,
    read_fork_info,
)
from model_keeper.library.sidecar_text import read_json, read_text

#: The model's file name in our document: it tells two of one stem apart.
FILE_KEY = "file"

_INFO = ".info"
_OWN_KEYS = frozenset(
    {"provenance", "completeness", "modelId", "trainedWords", "baseModel", "downloadUrl"}
)


@dataclass(frozen=True)
class SidecarReading:
    """``files`` said something. ``problems`` are KeeperError sidecar_unreadable.

    There is one for each file that could not be read; the others were.
    """

    metadata: ModelMetadata = field(default_factory=ModelMetadata)
    files: tuple[Path, ...] = ()
    problems: tuple[KeeperError, ...] = ()


def read_own(path: Path, place: ModelPlace) -> ModelMetadata | None:
    """What our sidecar at ``path`` says of the model; None where it is another model's or tool's.

    Raises FileNotFoundError, KeeperError sidecar_unreadable.
    """
    document = read_json(path)
    if not isinstance(document, Mapping) or not is_own(document):
        return None
    said = {key: value for key, value in document.items() if key != FILE_KEY}
    metadata = _with_original(from_json(said, _unsaid(document)), document)
    named = document.get(FILE_KEY)
    if not isinstance(named, str):
        return _of_any_file(metadata) if place.shared else metadata
    if named == place.name or stem_of(named) != place.stem:
        return metadata  # a stem that differs: somebody renamed both
    return None if place.shared else _of_any_file(metadata)


def is_own(document: Mapping[str, Any]) -> bool:
    """Whether it is a ``.info`` of ours, of this or an older shape."""
    if is_fork_info(document) or civitai_version.is_version(document):
        return False
    return bool(_OWN_KEYS & document.keys())


def read_sidecars(
    place: ModelPlace,
    kept: Path,
    sha256: str | None = None,
    names: Collection[str] | None = None,
) -> SidecarReading:
    """Everything beside the model, and what is ``kept`` for it elsewhere. Never raises for it.

    ``names`` are those in its folder, folded, for who has listed it: no others are looked for.
    """

    def is_there(name: str) -> bool:
        return names is None or folded(name) in names

    reader = _Reader(place, sha256)
    for path in place.own:
        if is_there(path.name):
            reader.read_info(path)
    reader.read_info(kept)
    for ending in JSON_READERS:
        if is_there(place.stem + ending):
            reader.read_json(ending)
    if is_there(place.name + ".dl-meta"):
        reader.read_json(".dl-meta", whole_name=True)
    for ending in TEXT_ENDINGS:
        if is_there(place.stem + ending):
            reader.read_text(ending)
    return reader.reading


class _Reader:
    """Adds up what the sidecars of one model say."""

    def __init__(self, place: ModelPlace, sha256: str | None) -> None:
        self.reading = SidecarReading()
        self._place = place
        self._sha256 = sha256

    def read_info(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            try:
                own = read_own(path, self._place)
                if own is not None:
                    self._add(path, united(self.reading.metadata, own).metadata)
                    return
                document = read_json(path)
            except KeeperError as problem:
                self._note(problem)
                return
            if isinstance(document, Mapping) and not is_own(document):
                read = read_fork_info if is_fork_info(document) else read_civitai_info
                self._add_all(path, read(document, self._beside(path, _INFO)))

    def read_json(self, ending: str, *, whole_name: bool = False) -> None:
        path = self._place.beside(ending, whole_name=whole_name)
        with suppress(FileNotFoundError):
            try:
                document = read_json(path)
            except KeeperError as problem:
                self._note(problem)
                return
            # “a.civitai.info” may be ours, beside “a.civitai.safetensors”.
            if isinstance(document, Mapping) and "provenance" not in document:
                self._add_all(path, JSON_READERS[ending](document, self._beside(path, ending)))

    def read_text(self, ending: str) -> None:
        path = self._place.beside(ending)
        with suppress(FileNotFoundError):
            try:
                text = read_text(path)
            except KeeperError as problem:
                self._note(problem)
                return
            self._add_all(path, read_description(text, self._beside(path, ending)))

    def _beside(self, path: Path, ending: str) -> Beside:
        at = path.stat().st_mtime_ns // 1_000_000
        return Beside(ending, max(0, at), self._place.name, self._sha256)

    def _add_all(self, path: Path, said: tuple[Said, ...]) -> None:
        metadata = self.reading.metadata
        for each in said:
            proven = self._sha256 is not None and each.metadata.hashes.get("sha256") == self._sha256
            meant = not self._place.shared or proven
            of_it = each.metadata if meant else _of_any_file(each.metadata)
            metadata = merged(metadata, of_it, each.origin).metadata
        if said:
            self._add(path, metadata)

    def _add(self, path: Path, metadata: ModelMetadata) -> None:
        files = (*self.reading.files, path)
        self.reading = replace(self.reading, metadata=metadata, files=files)

    def _note(self, problem: KeeperError) -> None:
        self.reading = replace(self.reading, problems=(*self.reading.problems, problem))


def _of_any_file(metadata: ModelMetadata) -> ModelMetadata:
    """What is true of every file of the model, whatever its format."""
    kept = {
        name: origin
        for name, origin in metadata.provenance.items()
        if name != "download_url" and not name.startswith("hashes.")
    }
    return replace(metadata, hashes={}, download_url=None, provenance=kept)


def _with_original(metadata: ModelMetadata, document: Mapping[str, Any]) -> ModelMetadata:
    """The older shape held HTML: it is made safe, and what was written is kept."""
    original = document.get("description")
    if "provenance" in document or not descriptions.is_html(original):
        return metadata
    extra = {**metadata.extra, "info": {"description": original}}
    return replace(metadata, description=descriptions.from_html(original), extra=extra)


def _unsaid(document: Mapping[str, Any]) -> Origin:
    """Whose word the fields of the older shape are, which did not say."""
    source = document.get("source")
    if not isinstance(source, str) or not source:
        return UNKNOWN_ORIGIN
    at = moment_ms(document.get("lastUpdated"))
    return Origin(Owner.PROVIDER, source.lower(), at, _INFO)
