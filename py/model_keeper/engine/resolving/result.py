"""Findings in the types of the Python API. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

from model_keeper.domain.candidates import Candidate, Source
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.manifests import ManifestWorkflowModel, WorkflowNodeWidgetRef
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.resolutions import (
    MatchType,
    ResolutionResult,
    ResolvedModel,
    widget_ref,
)

_DISK_MATCH: Mapping[str, MatchType] = MappingProxyType(
    {
        "exact_path": MatchType.EXACT,
        "same_hash": MatchType.SAME_HASH,
    }
)
_FETCH_MATCH: Mapping[Source, MatchType] = MappingProxyType(
    {
        Source.WORKFLOW: MatchType.PROPERTY_DOWNLOAD_INTENT,
    }
)


def resolution_result(
    name: str,
    findings: Sequence[Finding],
    intents: Sequence[ManifestWorkflowModel],
    missing_nodes: Mapping[str, int],
) -> ResolutionResult:
    """What became of each place. ``intents`` are what was decided beyond what is certain."""
    by_node = {node: row for row in intents for node in row.nodes}
    resolved: list[ResolvedModel] = []
    unresolved: list[WorkflowNodeWidgetRef] = []
    ambiguous: list[tuple[ResolvedModel, ...]] = []
    types: dict[str, None] = {}
    for finding in findings:
        for place in _places(finding):
            types[place.node_type] = None
            row = by_node.get(place)
            if row is not None:
                resolved.append(_decided(name, place, finding, row))
            elif finding.status is Status.CHOOSE:
                ambiguous.append(tuple(_model(name, place, finding, c) for c in finding.candidates))
            elif finding.status is Status.MISSING:
                unresolved.append(place)
            elif finding.status is not Status.BUILTIN:
                resolved.append(_model(name, place, finding, finding.chosen))
    return ResolutionResult(
        workflow_name=name,
        nodes_resolved=tuple(kind for kind in types if kind and kind not in missing_nodes),
        nodes_unresolved=tuple(missing_nodes),
        models_resolved=tuple(resolved),
        models_unresolved=tuple(unresolved),
        models_ambiguous=tuple(ambiguous),
    )


def _places(finding: Finding) -> Iterator[WorkflowNodeWidgetRef]:
    entries = finding.wanted.entries
    for reference in finding.file.references:
        yield widget_ref(
            reference,
            url=entries[0].url if entries else None,
            directory=entries[0].directory if entries else None,
        )
    if not finding.file.references:
        for entry in entries:
            node = entry.node_id or ""
            node_id = f"{entry.scope}:{node}" if entry.scope else node
            yield WorkflowNodeWidgetRef(
                node_id, entry.node_type or "", "", entry.name, entry.url, entry.directory
            )


def _model(
    name: str, place: WorkflowNodeWidgetRef, finding: Finding, candidate: Candidate | None
) -> ResolvedModel:
    wanted = finding.wanted
    expected = (wanted.category,) if wanted.category else ()
    if candidate is None:
        return ResolvedModel(
            workflow=name,
            reference=place,
            is_optional=True,
            match_type=MatchType.OPTIONAL_UNRESOLVED,
            expected_categories=expected,
        )
    if candidate.source is Source.DISK:
        codes = [evidence.code for evidence in candidate.evidence]
        match = next((_DISK_MATCH[code] for code in codes if code in _DISK_MATCH), None)
        elsewhere = candidate.category not in {None, wanted.category} and bool(expected)
        return ResolvedModel(
            workflow=name,
            reference=place,
            resolved_model=_file(candidate),
            match_type=match or MatchType.FILENAME,
            match_confidence=candidate.score / 100,
            needs_path_sync=finding.status is Status.RELINK,
            has_category_mismatch=elsewhere,
            expected_categories=expected,
            actual_category=candidate.category,
        )
    return ResolvedModel(
        workflow=name,
        reference=place,
        model_source=candidate.url,
        is_optional=not finding.file.required,
        match_type=_FETCH_MATCH.get(candidate.source, MatchType.DOWNLOAD_INTENT),
        match_confidence=candidate.score / 100,
        target_path=_target(candidate.category or wanted.category, wanted.name),
        expected_categories=expected,
    )


def _decided(
    name: str, place: WorkflowNodeWidgetRef, finding: Finding, row: ManifestWorkflowModel
) -> ResolvedModel:
    chosen = finding.chosen
    match = _FETCH_MATCH.get(chosen.source) if chosen else None
    return ResolvedModel(
        workflow=name,
        reference=place,
        model_source=row.sources[0] if row.sources else None,
        match_type=match or MatchType.DOWNLOAD_INTENT,
        target_path=PurePosixPath(row.relative_path) if row.relative_path else None,
        expected_categories=(row.category,) if row.category else (),
    )


def _target(category: str | None, name: str) -> PurePosixPath:
    return PurePosixPath(category or "", name)


def _file(candidate: Candidate) -> ModelFile | None:
    if candidate.path is None:
        return None
    relative = candidate.name
    root = candidate.path.removesuffix(relative).rstrip("/\\")
    return ModelFile(
        category=candidate.category or "",
        root=root,
        relative=relative,
        size=candidate.size or 0,
        mtime_ns=0,
        hashes={"sha256": candidate.sha256} if candidate.sha256 else {},
    )
