"""Libraries whose models are collected on one machine and restored on another, for tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model_keeper.domain.collection_json import CollectionReading, from_json, to_json
from model_keeper.domain.collections import Collection
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import JobId
from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.domain.metadata_merge import merged
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.collection_export import ExportWish
from model_keeper.engine.collection_plans import CollectionPlan, Standing
from model_keeper.engine.collections import Applied
from model_keeper.library.search import Found
from model_keeper.library.sidecar_places import model_place
from model_keeper.testing.hub import FakeHub
from tests.integration.keeper import Keeper, outcome
from tests.integration.old_files import age

CIVITAI = Origin(Owner.PROVIDER, "civitai", 1_700_000_000_000)


class CollectedLibrary(Keeper):
    """A machine with its own models folder, which its settings name. Use it in ``with``."""

    def __init__(self, folder: Path, hub: FakeHub | None = None) -> None:
        environment = {"HF_ENDPOINT": hub.url} if hub is not None else {}
        super().__init__(folder, environment, models_dir=str(folder / "models"))

    def __enter__(self) -> CollectedLibrary:
        return self

    @property
    def folders(self) -> FolderTable:
        return self.host.model_folders()

    def add(self, place: str, content: bytes, *, hashed: bool = True) -> Path:
        """A model at ``category/path``; call :meth:`look` when all are there."""
        path = self.models / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        age(path)
        if hashed:
            self.host.library.hashing.of(str(path))
        return path

    def look(self) -> None:
        self.host.library.scanning.refresh(self.folders)

    def found(self, place: str) -> Found:
        category, _, relative = place.partition("/")
        [found] = [
            each
            for each in self.host.library.models.walk(category=category)
            if each.file.relative == relative
        ]
        return found

    def say(self, place: str, said: ModelMetadata, by: Origin = CIVITAI) -> None:
        file = self.found(place).file
        where = model_place(file.category, file.root, file.relative)
        self.host.library.sidecars.update(where, lambda old: merged(old, said, by))

    def said(self, place: str) -> ModelMetadata:
        file = self.found(place).file
        where = model_place(file.category, file.root, file.relative)
        return self.host.library.sidecars.read(where).metadata

    def mark(self, place: str, marks: ModelMarks) -> None:
        self.host.library.models.mark(self.found(place).id, marks)

    def export(self, **wish: Any) -> dict[str, Any]:
        """The document, as it comes out of a file."""
        collections = self.host.library.collections
        models = tuple(collections.export(ExportWish(**wish), self.folders))
        document = to_json(Collection(models))
        loaded: dict[str, Any] = json.loads(json.dumps(document))
        return loaded

    def planned(self, document: Mapping[str, Any]) -> CollectionPlan:
        reading: CollectionReading = from_json(document)
        intake = self.host.intake(self.folders)
        return self.host.library.collections.plan(reading, self.folders, intake)

    def standings(self, document: Mapping[str, Any]) -> dict[str, Standing]:
        return {row.model.key: row.standing for row in self.planned(document).rows}

    def apply(self, document: Mapping[str, Any], only: list[str] | None = None) -> Applied:
        plan = self.planned(document)
        wanted = plan if only is None else plan.only(only)
        return self.host.library.collections.apply(wanted, self.folders)

    def checked(self, document: Mapping[str, Any]) -> dict[str, Standing]:
        collection = from_json(document).collection
        rows = self.host.library.collections.verify(collection, self.folders)
        return {row.model.key: row.standing for row in rows}

    def kept(self) -> list[Path]:
        """The collections that are being applied."""
        folder = self.host.state.collections
        return list(folder.iterdir()) if folder.exists() else []

    def outcomes(self, batch: JobId) -> list[str]:
        """What became of a job, or of a batch's members, at rest: kind and state, or error."""
        job = self.wait(batch)
        members = self.host.store.jobs.page(JobQuery(parent=batch)).items or [job]
        return sorted(f"{job.kind.value} {outcome(job)}" for job in members)
