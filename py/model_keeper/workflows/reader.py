"""From the text of a workflow to what it says, whichever way ComfyUI wrote it."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import EntryGroup, ModelEntry, grouped
from model_keeper.formats.embedded import Embedded, embedded_texts
from model_keeper.workflows.declared import declared_models

MAX_BYTES = 64 << 20  # workflows with pictures in their nodes reach a few MB
_CERTAIN = ("workflow", "prompt")  # the keys that ComfyUI writes, the better one first
_POSSIBLE = ("comment", "description", "usercomment")  # any text, and a workflow in some


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
    """The workflow in ``content``: its JSON as text, as UTF-8 or parsed, or a picture or video.

    It may be bare or wrapped: below ``workflow`` or ``prompt``, or in the body that ComfyUI queues;
    the UI format is preferred where both are there, since the API format declares no models.
    ``source`` names it in errors. Raises KeeperError workflow_unreadable, workflow_unknown_format,
    workflow_empty, workflow_not_embedded.
    """
    if isinstance(content, bytes):
        embedded = embedded_texts(io.BytesIO(content), len(content))
        if embedded is not None:
            return _embedded(embedded, source)
    return _workflow(content if isinstance(content, Mapping) else _parsed(content, source), source)


def read_workflow_file(path: Path) -> Workflow:
    """The workflow in a file of any size: of a video only the metadata is read.

    Raises KeeperError file_not_found, and as :func:`read_workflow`.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            embedded = embedded_texts(file, size)
            if embedded is not None:
                return _embedded(embedded, str(path))
            file.seek(0)
            content = file.read(MAX_BYTES + 1)
    except OSError:
        raise KeeperError("file_not_found", path=str(path)) from None
    return _workflow(_parsed(content, str(path)), str(path))


def _workflow(document: Any, source: str) -> Workflow:
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


def _embedded(embedded: Embedded, source: str) -> Workflow:
    """The best of the texts: ``workflow`` before ``prompt`` before a comment that holds either."""
    texts = {key.rpartition(".")[2]: text for key, text in embedded.texts.items()}
    errors: list[KeeperError] = []
    for key in (*_CERTAIN, *_POSSIBLE):
        try:
            if key in texts:
                return _workflow(_parsed(texts[key], source), source)
        except KeeperError as error:
            errors += [error] if key in _CERTAIN else []
    if errors:
        raise errors[0]
    if embedded.fault is not None:
        raise _unreadable(source, embedded.fault)
    raise KeeperError("workflow_not_embedded", path=source, kind=embedded.kind)


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
    return [
        parsed for candidate in candidates if isinstance(parsed := _within_text(candidate), Mapping)
    ]


def _within_text(value: Any) -> Any:
    """Video nodes write one of the two as a text of JSON within the JSON."""
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _unreadable(source: str, why: str) -> KeeperError:
    return KeeperError("workflow_unreadable", path=source, why=why)
