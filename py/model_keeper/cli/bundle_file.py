"""``resolve --bundle``: a workflow with what is known of its models, in one file to be shared."""

from __future__ import annotations

import json
from pathlib import Path

from rich.markup import escape

from model_keeper.cli.resolving import Resolved
from model_keeper.cli.session import Session
from model_keeper.cli.tables import counted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import replace_file
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.web.v1.collections import MADE_BY


def write_bundle(
    session: Session,
    host: StandaloneHost,
    folders: FolderTable,
    found: Resolved,
    path: Path,
    *,
    as_json: bool,
) -> None:
    """Bundle the only workflow that was resolved.

    Raises KeeperError invalid_request where there are several, workflow_cannot_carry,
    storage_failed.
    """
    if len(found.workflows) != 1:
        raise KeeperError("invalid_request", what="--bundle is for one workflow.")
    [(file, resolved)] = found.workflows
    library = host.library
    library.freshness.ensure(folders)
    bundle = library.bundles.bundle(
        resolved.workflow,
        resolved.findings,
        folders,
        library.collections.head(MADE_BY, resolved.name),
        source=str(file.path),
    )
    text = json.dumps(bundle.document, ensure_ascii=True, indent=2)
    try:
        replace_file(path, text.encode("ascii") + b"\n")
    except OSError as exc:
        raise file_failed(exc, path) from exc
    if as_json:
        keys = [model.key for model in bundle.models]
        lacking = list(bundle.lacking)
        event = {"event": "bundle", "path": str(path), "models": keys, "lacking": lacking}
        session.emit(event)
        return
    known = len(bundle.models) - len(bundle.lacking)
    session.say(f"{escape(str(path))} carries what is known of {counted(known, 'model')}.")
    for name in bundle.lacking:
        session.say(f"[yellow]{escape(name)}[/yellow]: neither a source nor a hash is known.")
