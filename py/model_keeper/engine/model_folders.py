"""The model folders outside ComfyUI: named, set, or published by a ComfyUI."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.engine.processes import host_id
from model_keeper.library.extra_paths import from_extra_model_paths
from model_keeper.library.roots import comfyui_tree
from model_keeper.store import JobStore


def model_folders(
    store: JobStore, models_dir: Path | None = None, extra_model_paths: Sequence[Path] = ()
) -> FolderTable:
    """The folders as named, else as the settings say, else as a ComfyUI published them.

    Raises KeeperError roots_unknown, folder_not_found.
    """
    settings = store.settings.read()
    base = models_dir or (Path(settings.models_dir) if settings.models_dir else None)
    extra = list(extra_model_paths) or [Path(p) for p in settings.extra_model_paths]
    if base is None and not extra:
        return _published(store)
    if base is not None and base.parent.is_dir():
        with suppress(OSError):
            base.mkdir()  # a first download into a new folder is no mistake
    table = comfyui_tree(base) if base is not None else FolderTable()
    for path in extra:
        table = from_extra_model_paths(path, table)
    return table


def _published(store: JobStore) -> FolderTable:
    """Those of this machine, else the only ones there are."""
    tables = store.folders.all()
    own = tables.get(f"comfyui {host_id()}")
    if own is None and len(tables) == 1:
        own = next(iter(tables.values()))
    if own is None:
        raise KeeperError("roots_unknown")
    return FolderTable.from_json(own)
