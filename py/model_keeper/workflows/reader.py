"""From the text of a workflow to what it says, whichever way ComfyUI wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import EntryGroup, ModelEntry, grouped
from model_keeper.workflows.declared import declared_models

MAX_BYTES = 64 << 20  # workflows with pictures in their nodes reach a few MB


class WorkflowFormat(str, Enum):
    UI = "ui"  # as saved: nodes with positions, links and properties
    API = "api"  # as queued: a node's id, its class and its inputs


@dataclass(frozen=True)
class Workflow:
    """A workflow's JSON without its wrapping (in API format: node by id) and what it declares."""

    format: WorkflowFormat
    document: Mapping[str, Any]
    entries: tuple[ModelEntry, ...] = ()

    @property
    def groups(self) -> tuple[EntryGroup, ...]:
        return grouped(self.entries)


def read_workflow(
    content: str | bytes | Mapping[str, Any], *, source: str = "The given text"
) -> Workflow:
    """The workflow in ``content``: its JSON as text, as UTF-8, or parsed already.

    It may be bare or wrapped: below ``workflow`` or ``prompt``, or in the body that ComfyUI queues;
    the UI format is preferred where both are there, since the API format declares no models.
    ``source`` names it in errors. Raises KeeperError workflow_unreadable, workflow_unknown_format,
    workflow_empty.
    """
    document = content if isinstance(content, Mapping) else _parsed(content, source)
    if document == {}:
        raise KeeperError("workflow_empty", path=source)
    candidates = _unwrapped(document) if isinstance(document, Mapping) else []
    for candidate in candidates:
        if isinstance(candidate.get("nodes"), list):
            return Workflow(WorkflowFormat.UI, candidate, declared_models(candidate))
    for candidate in candidates:
        if any(isinstance(node, Mapping) and "class_type" in node for node in candidate.values()):
            return Workflow(WorkflowFormat.API, candidate)
    raise KeeperError("workflow_unknown_format", path=source)


def _parsed(content: str | bytes, source: str) -> Any:
    if len(content) > MAX_BYTES:
        raise _unreadable(source, f"it is larger than {MAX_BYTES >> 20} MB")
    try:
        text = (content.decode() if isinstance(content, bytes) else content).removeprefix("\ufeff")
        return json.loads(text) if text.strip() else {}
    except UnicodeDecodeError as exc:
        raise _unreadable(source, "it is not text in UTF-8") from exc
    except json.JSONDecodeError as exc:
        raise _unreadable(source, f"its line {exc.lineno} is not valid JSON") from exc
    except RecursionError as exc:
        raise _unreadable(source, "it is nested too deeply") from exc
    except ValueError as exc:
        raise _unreadable(source, "it holds a number that is too long") from exc


def _unwrapped(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    queued: Any = document
    for key in ("extra_data", "extra_pnginfo", "workflow"):
        queued = queued.get(key) if isinstance(queued, Mapping) else None
    candidates = (document, document.get("workflow"), queued, document.get("prompt"))
    return [candidate for candidate in candidates if isinstance(candidate, Mapping)]


def _unreadable(source: str, why: str) -> KeeperError:
    return KeeperError("workflow_unreadable", path=source, why=why)
