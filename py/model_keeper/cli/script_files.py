"""Scripts of downloads, written into the current folder. Deprecated."""

from __future__ import annotations

import warnings
from pathlib import Path

from rich.markup import escape

from model_keeper.cli.resolving import Resolved
from model_keeper.cli.session import Session
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.manifests import ManifestWorkflowModel
from model_keeper.engine.script_export import (
    DEPRECATED,
    ScriptDownload,
    ScriptMode,
    exported_scripts,
)


def write_scripts(
    session: Session, folders: FolderTable, found: Resolved, mode: ScriptMode, *, as_json: bool
) -> None:
    """Raises KeeperError invalid_request where a file of that name is not one of these scripts."""
    session.errors.print(f"[yellow]{escape(DEPRECATED)}[/yellow]")
    rows = [
        _row(intent.row, folders) for _, resolved in found.workflows for intent in resolved.intents
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it was just said to the person
        texts = exported_scripts(list(dict.fromkeys(rows)), mode)
    for name, text in texts.items():
        path = Path.cwd() / name
        if path.exists() and DEPRECATED not in path.read_text(encoding="utf-8", errors="replace"):
            raise KeeperError("invalid_request", what=f"{path} is there already, and is yours.")
        path.write_text(text, encoding="utf-8", newline="\n")
        if as_json:
            session.emit({"event": "script", "path": str(path)})
        else:
            session.say(f"Written: {escape(str(path))}")


def _row(row: ManifestWorkflowModel, folders: FolderTable) -> ScriptDownload:
    category, _, relative = (row.relative_path or row.filename).partition("/")
    destination = folders.resolve(category, relative)
    return ScriptDownload(row.sources[0], destination, row.sha256 or row.expected)
