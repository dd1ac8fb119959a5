"""Changes of model files as the API shows them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import (
    Action,
    Change,
    ChangeItem,
    ItemState,
    Step,
    TrashedFile,
)
from model_keeper.domain.folders import FolderTable, pure_path
from model_keeper.engine.change_desk import Handled, ModelResult
from model_keeper.engine.stored_workflows import NamedPlace, PatchResult
from model_keeper.library.index_text import as_text
from model_keeper.web.problems import problem_view
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.change_shapes import (
    ChangeAnswer,
    ChangeView,
    ModelResultView,
    NamedView,
    NamingWorkflowView,
    PatchedView,
    TrashView,
)
from model_keeper.web.views import JobViews

_log = logging.getLogger(__name__)

_NAMES = 3


def change_view(change: Change, trash: Collection[str]) -> ChangeView:
    """``trash`` are the slots that are used: what was purged is not offered to be undone."""
    steps = _taken(change.items)
    settled = [item for item in change.items if item.state is not ItemState.FAILED]
    return ChangeView(
        id=change.id,
        kind=change.kind,
        at=change.at,
        models=len(change.items),
        failed=len(change.items) - len(settled),
        files=len(steps),
        bytes=sum(step.seen.size for step in steps),
        can_be_undone=change.can_be_undone_with(trash),
        undone=bool(settled) and all(item.state is ItemState.UNDONE for item in settled),
        undoes=change.undoes,
        under_way=not change.closed,
        names=tuple(as_text(pure_path(item.subject).name) for item in change.items[:_NAMES]),
    )


def change_answer(backend: Backend, handled: Handled) -> ChangeAnswer:
    """The answer to a wish; where there is a job for it, a worker hears of it."""
    if handled.job is not None:
        backend.wake_worker()
    trash = backend.library.changes.slots() if handled.change else ()
    return ChangeAnswer(
        change=change_view(handled.change, trash) if handled.change else None,
        job=JobViews(backend.store).one(handled.job) if handled.job else None,
        results=_results(handled.results),
        workflows=_naming(backend, handled.change) if handled.change else (),
    )


def patched_view(result: PatchResult) -> PatchedView:
    done = result.patched
    return PatchedView(
        path=result.path,
        references=len(done.differences) if done else 0,
        backup=as_text(str(done.backup)) if done and done.backup else None,
        error=problem_view(result.error) if result.error else None,
    )


def _naming(backend: Backend, change: Change) -> tuple[NamingWorkflowView, ...]:
    """What was done stays done where the workflows cannot be judged."""
    try:
        changed = backend.library.changes.names_changed(change)
        found = backend.workflows.stored_workflows().naming(changed)
    except KeeperError as error:
        _log.warning("workflows that name changed models are not known: %s", error.message)
        return ()
    return tuple(
        NamingWorkflowView(
            path=as_text(str(each.path)),
            references=len(each.places),
            can_patch=bool(each.changes),
            places=tuple(map(_named, each.places)),
        )
        for each in found
    )


def _named(place: NamedPlace) -> NamedView:
    reference = place.reference
    return NamedView(
        node_type=reference.node_type or None,
        title=reference.title,
        widget=reference.widget or None,
        old=place.old,
        new=place.new,
    )


def _results(results: Iterable[ModelResult]) -> tuple[ModelResultView, ...]:
    return tuple(
        ModelResultView(each.id, each.new_id, problem_view(each.error) if each.error else None)
        for each in results
    )


def trash_view(item: str, files: Sequence[TrashedFile], folders: FolderTable) -> TrashView:
    model = next((file for file in files if file.is_model), files[0])
    places = folders.locate(model.origin)
    place = places[0] if places else None
    return TrashView(
        id=item,
        name=as_text(pure_path(model.origin).name),
        category=place.category if place else None,
        root=as_text(place.root) if place else None,
        relative=as_text(place.relative) if place else None,
        size=sum(file.size for file in files),
        files=len(files),
        thrown_at=model.at,
        expires_at=model.expires_at,
    )


def _taken(items: Iterable[ChangeItem]) -> list[Step]:
    """One step for each file that was changed."""
    by_source = {
        step.source: step
        for item in items
        if item.state is not ItemState.FAILED
        for step in item.steps
        if step.action is not Action.COMPARE
    }
    return list(by_source.values())
