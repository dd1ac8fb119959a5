"""``extra_model_paths.yaml``, read the way ComfyUI reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from model_keeper.domain.categories import NOT_MODELS, category_key
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.library.access import can_write

# os.path and not pathlib all through this module: a path that ComfyUI would spell differently is
# another root.
# ruff: noqa: PTH100, PTH111, PTH118, PTH120


def from_extra_model_paths(file: Path, base: FolderTable) -> FolderTable:
    """``base`` with the folders of ``file``, in the order in which ComfyUI adds them.

    Sections are only groups. In each, ``base_path`` goes before its folders (``~`` and variables
    are expanded in it alone); without one, a relative folder starts at the file's own. A value may
    hold several folders, one a line. ``is_default`` puts them first. Old keys are today's, and what
    is no model folder (``custom_nodes``) is left out. Raises KeeperError extra_paths_unreadable.
    """
    table = base
    for section, row in _sections(file):
        for category, folder in _folders(file, section, row):
            root = Root(
                category_key(category), folder, can_write(Path(folder)), bool(row.get("is_default"))
            )
            table = table.with_root(root)
    return table


def _sections(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    document = _document(file)
    if document is None:
        return
    if not isinstance(document, dict):
        raise _unusable(file, "it has no sections")
    for section, row in document.items():
        if row is None:
            continue
        if not isinstance(row, dict):
            raise _unusable(file, f"its section “{section}” holds no folders by category")
        yield str(section), {str(key): value for key, value in row.items()}


def _folders(file: Path, section: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    home = os.path.dirname(os.path.abspath(file))
    base = home
    if "base_path" in row:
        base = os.path.expandvars(os.path.expanduser(_text(file, section, "base_path", row)))
        base = os.path.abspath(os.path.join(home, base))
    for category in row:
        if category in {"base_path", "is_default"}:
            continue
        for line in _text(file, section, category, row).split("\n"):
            if line and category not in NOT_MODELS:
                yield category, os.path.normpath(os.path.join(base, line))


def _text(file: Path, section: str, key: str, row: Mapping[str, Any]) -> str:
    value = row[key]
    if not isinstance(value, str):
        raise _unusable(file, f"the value of “{key}” in its section “{section}” is not a folder")
    return value


def _document(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeeperError("file_not_found", path=str(file)) from None
    except OSError as exc:
        raise _unusable(file, exc.strerror or "it cannot be opened") from exc
    except UnicodeDecodeError as exc:
        raise _unusable(file, "it is not written in UTF-8") from exc
    except (yaml.YAMLError, RecursionError, ValueError) as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f"its line {mark.line + 1}" if mark else "a part of it"
        raise _unusable(file, f"{where} is not valid YAML") from exc


def _unusable(file: Path, why: str) -> KeeperError:
    return KeeperError("extra_paths_unreadable", path=str(file), why=why)
