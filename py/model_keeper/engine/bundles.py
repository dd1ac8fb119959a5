"""Bundling a workflow for sharing: what is known here of each model that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model_keeper.domain.collections import CollectedModel, Collection, ModelSource
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.references import Location, ReferenceKind
from model_keeper.engine.collections import Collections
from model_keeper.engine.library import Library
from model_keeper.library.places import place_key
from model_keeper.library.search import Found
from model_keeper.workflows.bundle import BundledModel, bundled
from model_keeper.workflows.reader import Workflow, WorkflowFormat

_NAMED_WHOLE = frozenset({ReferenceKind.FILE, ReferenceKind.SELF_FETCHED})


@dataclass(frozen=True)
class Bundle:
    """``document`` is the workflow that carries ``models``.

    ``lacking`` are names of files of which nobody here knows a source, nor a hash to find one by.
    """

    document: Mapping[str, Any]
    models: tuple[CollectedModel, ...]
    lacking: tuple[str, ...]


class Bundles:
    """Asks the library alone. Raises index_unusable, database_unavailable."""

    def __init__(self, collections: Collections, library: Library) -> None:
        self._collections = collections
        self._library = library

    def bundle(
        self,
        workflow: Workflow,
        findings: Sequence[Finding],
        folders: FolderTable,
        head: Collection,
        *,
        source: str,
    ) -> Bundle:
        """``findings`` are those of the workflow; ``source`` names it in errors.

        Raises KeeperError workflow_cannot_carry for the API format.
        """
        if workflow.format is not WorkflowFormat.UI:
            raise KeeperError("workflow_cannot_carry", path=source)
        wanted = [finding for finding in findings if finding.status is not Status.BUILTIN]
        here = {id(each): self._found(each, folders) for each in wanted}
        present = [found for found in here.values() if found is not None]
        known = dict(
            zip(
                [found.id for found in present],
                self._collections.shared(present, folders),
                strict=True,
            )
        )
        models, lacking = [], []
        for finding in wanted:
            found = here[id(finding)]
            model = _completed(known[found.id] if found else None, finding)
            if model is None or not (model.sources or model.sha256):
                lacking.append(finding.wanted.name)
            if model is not None:
                models.append(BundledModel(model, _places(finding)))
        document = bundled(workflow.document, models, head)
        return Bundle(document, tuple(each.model for each in models), tuple(lacking))

    def _found(self, finding: Finding, folders: FolderTable) -> Found | None:
        """The file that is here, as the library knows it."""
        if finding.path is None:
            return None
        for place in folders.locate(finding.path):
            try:
                return self._library.get(place_key(place.category, place.root, place.relative))
            except KeeperError:
                continue
        return None


def _completed(model: CollectedModel | None, finding: Finding) -> CollectedModel | None:
    """What is known, under the workflow's name, with what the workflow itself says beyond it."""
    wanted = finding.wanted
    stated = _stated(finding)
    if model is None:
        return stated
    name = wanted.name if wanted.kind in _NAMED_WHOLE else model.relative
    sources = model.sources or (stated.sources if stated else ())
    return replace(model, relative=name, sources=sources)


def _stated(finding: Finding) -> CollectedModel | None:
    """What the workflow says, or where the file would be fetched from; None without a category."""
    wanted, chosen = finding.wanted, finding.chosen
    if wanted.category is None:
        return None
    addresses = [entry.address for entry in wanted.entries if entry.address]
    hashes = list(wanted.hashes)
    if chosen is not None and chosen.path is None:
        addresses += [chosen.url] if chosen.url else []
        hashes += [chosen.sha256] if chosen.sha256 else []
    return CollectedModel(
        wanted.category,
        wanted.name,
        hashes=KnownHashes(claimed={"sha256": hashes[0]} if len({*hashes}) == 1 else {}),
        sources=tuple(ModelSource(url) for url in addresses[:1]),
    )


def _places(finding: Finding) -> tuple[Location, ...]:
    return tuple(
        place
        for reference in finding.file.references
        for place in (reference.location, *reference.copies)
    )
