"""Loads custom nodes as ComfyUI does: by path, inside the running event loop."""

from __future__ import annotations

import importlib.util
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from model_keeper.testing.comfyui.folder_paths import FolderPaths
from model_keeper.testing.comfyui.nodes import Nodes

_log = logging.getLogger(__name__)


def installed(folder_paths: FolderPaths) -> Iterator[Path]:
    """What is in the ``custom_nodes`` folders and is to be loaded."""
    for folder in folder_paths.get_folder_paths("custom_nodes"):
        for path in sorted(Path(folder).iterdir()):
            script = path.is_dir() or path.suffix == ".py"
            if script and path.name != "__pycache__" and path.suffix != ".disabled":
                yield path


def load_custom_nodes(paths: Iterable[Path], nodes: Nodes) -> None:
    """Load each; one that fails is logged, and the next ones are loaded all the same."""
    core = frozenset(nodes.NODE_CLASS_MAPPINGS)
    times = []
    for path in paths:
        begun = time.perf_counter()
        loaded = load_custom_node(path, nodes, core)
        times.append((time.perf_counter() - begun, loaded, path))
    if times:
        _log.info("\nImport times for custom nodes:")
    for seconds, loaded, path in sorted(times):
        _log.info("%6.1f seconds%s: %s", seconds, "" if loaded else " (IMPORT FAILED)", path)


def load_custom_node(path: Path, nodes: Nodes, core: frozenset[str]) -> bool:
    """Run its ``__init__.py`` and take its nodes and web folder; False where that fails.

    Its name in ``sys.modules`` is its whole path with every ``.`` replaced.
    """
    folder = path if path.is_dir() else path.parent
    name = path.name if path.is_dir() else str(path.with_suffix(""))
    try:
        module = _execute(path)
    except Exception as error:  # noqa: BLE001 - whatever it is, ComfyUI starts without it
        _log.warning("", exc_info=error)
        _log.warning("Cannot import %s module for custom nodes: %s", path, error)
        return False
    nodes.LOADED_MODULE_DIRS[name] = str(folder)
    web = getattr(module, "WEB_DIRECTORY", None)
    if web is not None and (folder / web).is_dir():
        nodes.EXTENSION_WEB_DIRS[name] = str((folder / web).resolve())
    return _take_nodes(module, path, nodes, core)


def _execute(path: Path) -> ModuleType:
    if path.is_dir():
        name, file = str(path).replace(".", "_x_"), path / "__init__.py"
    else:
        name, file = str(path.with_suffix("")), path
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _take_nodes(module: ModuleType, path: Path, nodes: Nodes, core: frozenset[str]) -> bool:
    mappings = getattr(module, "NODE_CLASS_MAPPINGS", None)
    if mappings is None:
        _log.warning(
            "Skip %s module for custom nodes due to the lack of NODE_CLASS_MAPPINGS.", path
        )
        return False
    parent = path.name if path.is_dir() else path.stem
    for name, node in mappings.items():
        if name not in core:
            nodes.NODE_CLASS_MAPPINGS[name] = node
            node.RELATIVE_PYTHON_MODULE = f"custom_nodes.{parent}"
    nodes.NODE_DISPLAY_NAME_MAPPINGS.update(getattr(module, "NODE_DISPLAY_NAME_MAPPINGS", {}))
    return True
