"""Folder tables from what lies on the disk and from what the person has written down."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from model_keeper.domain.categories import DEFAULT_CATEGORIES, category_key
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.library.access import can_write


def comfyui_tree(models_dir: Path, output_dir: Path | None = None) -> FolderTable:
    """The table of a ComfyUI that keeps its models in ``models_dir``.

    ComfyUI's own folder is taken for the ``models`` in it. Folders of ComfyUI's categories need not
    be there; any other folder that is there is a category of its own, as custom nodes make them.
    ``output_dir`` adds the folders in which ComfyUI saves models. Raises KeeperError
    folder_not_found, storage_failed.
    """
    models = _models_folder(models_dir)
    table = FolderTable(
        {
            key: tuple(_root(key, models / folder) for folder in category.folders)
            for key, category in DEFAULT_CATEGORIES.items()
        },
        {key: category.extensions for key, category in DEFAULT_CATEGORIES.items()},
    )
    for folder in _further_folders(models, table):
        table = table.with_root(_root(folder.name, folder))
    if output_dir is not None:
        for folder_name in ("checkpoints", "clip", "vae", "diffusion_models", "loras"):
            table = table.with_root(_root(folder_name, _lexical(output_dir) / folder_name))
    return table


def from_settings(settings: Any, base: FolderTable) -> FolderTable:
    """``base`` with the folders that the person set: ``{category: [folder, …]}``.

    A folder is an absolute path (``~`` is understood) or ``{"path": …, "default": true}``. Raises
    KeeperError invalid_request.
    """
    table = base
    if not isinstance(settings, Mapping):
        raise KeeperError("invalid_request", what="The model folders are not given by category.")
    for category, folders in settings.items():
        if not isinstance(category, str) or not isinstance(folders, list):
            raise KeeperError(
                "invalid_request", what=f"The model folders for {category} are not a list."
            )
        for folder in folders:
            path, is_default = _set_folder(category, folder)
            table = table.with_root(_root(category, path, is_default=is_default))
    return table


def _models_folder(given: Path) -> Path:
    folder = _lexical(given)
    if not folder.is_dir():
        raise KeeperError("folder_not_found", path=str(folder))
    inner = folder / "models"
    is_comfyui = (folder / "folder_paths.py").is_file() or (folder / "custom_nodes").is_dir()
    return inner if is_comfyui and inner.is_dir() else folder


def _further_folders(models: Path, table: FolderTable) -> Iterator[Path]:
    taken = {Path(root.path) for key in table.categories for root in table.of(key)}
    try:
        present = sorted(models.iterdir())
    except OSError as exc:
        raise KeeperError("storage_failed", path=str(models), why=exc.strerror) from exc
    for folder in present:
        if folder not in taken and folder.is_dir() and not folder.name.startswith("."):
            yield folder


def _set_folder(category: str, folder: Any) -> tuple[Path, bool]:
    row = {"path": folder} if isinstance(folder, str) else folder
    path = row.get("path") if isinstance(row, Mapping) else None
    if not isinstance(path, str) or not Path(path).expanduser().is_absolute():
        raise KeeperError(
            "invalid_request", what=f"A model folder for {category} is not a whole path: {folder}"
        )
    return _lexical(Path(path).expanduser()), row.get("default") is True


def _root(category: str, path: Path, *, is_default: bool = False) -> Root:
    return Root(category_key(category), str(path), can_write(path), is_default)


def _lexical(path: Path) -> Path:
    """Absolute and normal by its letters: a link stays the link that the person made."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links
