"""What the API shows of a workflow's needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from model_keeper.domain.candidates import Candidate, Evidence
from model_keeper.domain.downloads import Asset
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.references import Location
from model_keeper.engine.needs import Need
from model_keeper.engine.resolving.changes import Document, changes_to
from model_keeper.library.space import planned_space
from model_keeper.web.problems import problem_view
from model_keeper.web.v1.workflow_changes import change_views
from model_keeper.web.v1.workflow_shapes import (
    CandidateView,
    CopyView,
    EvidenceView,
    NeededRoomView,
    NeedView,
    PlaceView,
    RelinkView,
)

_HUB = "huggingface.co"


def need_view(need: Need, document: Document) -> NeedView:
    """``document`` is the workflow, empty where there is none."""
    finding = need.finding
    download = need.plan.download if need.plan else None
    asset = download.asset if download else None
    destination = download.destination if download else None
    return NeedView(
        name=need.name,
        state=need.status,
        category=need.category,
        root=destination.root if destination else None,
        path=finding.path or (destination.path if destination else None),
        url=asset.url if asset else None,
        host=_owner(asset) if asset else None,
        provider=asset.provider if asset else None,
        size=need.size,
        sha256_published=bool(download and download.expected_sha256),
        approval=bool(need.plan and need.plan.approval),
        candidates=tuple(_candidate(c, finding, document) for c in finding.candidates),
        relink=_relink(finding, document),
        places=tuple(_places(finding.file)),
        failures=tuple(problem_view(failure) for failure in finding.failures),
        error=problem_view(need.error) if need.error else None,
    )


def space_views(needs: Sequence[Need]) -> tuple[NeededRoomView, ...]:
    """What the certain downloads take; nothing where a volume cannot be asked."""
    rows = [
        (Path(need.plan.download.destination.root), need.size or 0)
        for need in needs
        if need.status is Status.FETCH and need.plan is not None
    ]
    try:
        volumes = planned_space(rows)
    except OSError:
        return ()
    return tuple(NeededRoomView(str(v.folder), v.needed, v.free) for v in volumes)


def _relink(finding: Finding, document: Document) -> RelinkView | None:
    chosen = finding.chosen
    if finding.status is not Status.RELINK or chosen is None or chosen.path is None:
        return None
    return RelinkView(
        path=chosen.path,
        category=chosen.category,
        value=chosen.facts.get("value", ""),
        evidence=_evidence(chosen.evidence),
        changes=change_views(document, changes_to(document, finding, chosen)),
    )


def _candidate(candidate: Candidate, finding: Finding, document: Document) -> CandidateView:
    return CandidateView(
        source=candidate.source,
        name=candidate.name,
        url=candidate.url,
        host=_host(candidate.url) if candidate.url else None,
        path=candidate.path,
        score=candidate.score,
        evidence=_evidence(candidate.evidence),
        sha256=candidate.sha256,
        size=candidate.size,
        category=candidate.category,
        title=candidate.title,
        page=candidate.page,
        note=candidate.note,
        automatic=candidate.automatic,
        changes=change_views(document, changes_to(document, finding, candidate)),
    )


def _evidence(rows: Sequence[Evidence]) -> tuple[EvidenceView, ...]:
    return tuple(EvidenceView(row.code, row.points, row.text) for row in rows)


def _places(file: WantedFile) -> Iterator[PlaceView]:
    """The nodes that name it; what only a node's entry says has no widget."""
    nodes = set()
    for reference in file.references:
        nodes.add((reference.scope, reference.node_id))
        yield PlaceView(
            node_id=reference.node_id,
            node_type=reference.node_type or None,
            scope=reference.scope,
            widget=reference.widget or None,
            active=reference.active,
            title=reference.title,
            value=reference.value,
            path=reference.location.path,
            copies=tuple(_copy(location) for location in reference.copies),
        )
    for entry in file.wanted.entries:
        is_own = entry.name == file.wanted.name  # else it is another place's file, perhaps the same
        if is_own and entry.node_id and (entry.scope, entry.node_id) not in nodes:
            nodes.add((entry.scope, entry.node_id))
            yield PlaceView(
                node_id=entry.node_id,
                node_type=entry.node_type,
                scope=entry.scope,
                widget=None,
                active=entry.active,
                title=None,
                value=None,
                path=(),
                copies=(),
            )


def _copy(location: Location) -> CopyView:
    return CopyView(location.scope, location.node_id, location.path)


def _owner(asset: Asset) -> str:
    """The owner of a Hugging Face repository, else the host: what tells sources apart."""
    if asset.provider == "huggingface" and asset.title:
        return asset.title.split("/")[0]
    return _host(asset.url)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.hostname == _HUB:
        return "/".join(parts.path.split("/")[1:3])
    return parts.hostname or url
