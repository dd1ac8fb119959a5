"""Which manifest a command reads and writes."""

from __future__ import annotations

from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.state_folder import StateFolder
from model_keeper.workflows.manifest import Manifest
from model_keeper.workflows.manifest_rows import NAMESPACES
from model_keeper.workflows.manifest_text import toml

_NAME = "pyproject.toml"


def manifest_for(state: StateFolder, named: Path | None, folder: Path) -> Manifest | None:
    """The manifest ``named``; else that of ``folder`` if it keeps decisions; else the state's.

    None where the package that reads it is absent and nobody named one. Raises KeeperError
    manifest_unreadable, dependency_missing.
    """
    if named is not None:
        toml()
        return Manifest(named / _NAME if named.is_dir() else named)
    try:
        here = folder / _NAME
        return Manifest(here if _keeps_decisions(here) else state.manifest)
    except KeeperError as error:
        if error.code == "dependency_missing":
            return None
        raise


def _keeps_decisions(path: Path) -> bool:
    if not path.is_file():
        toml()
        return False
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if not any(namespace in text for namespace in NAMESPACES):
        toml()
        return False  # somebody else's project, whose faults are none of ours
    Manifest(path).workflows()
    tools = toml().parse(text).get("tool", {})
    return any(namespace in tools for namespace in NAMESPACES)
