"""What is installed: models, previews, node definitions, translations, templates."""

from __future__ import annotations

import functools
import io
import json
import logging
import os
import struct
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web
from PIL import Image

from model_keeper.testing.comfyui.folder_paths import FolderPaths, is_within
from model_keeper.testing.comfyui.nodes import Nodes

_log = logging.getLogger(__name__)
_NO_MODELS = frozenset({"configs", "custom_nodes"})
_HEADER_LIMIT = 1 << 20
_IMAGES = (".webp", ".png", ".jpg", ".jpeg", ".gif", ".bmp")


class ModelListings:
    """``/models``, ``/experiment/models``, ``/embeddings`` and ``/view_metadata``."""

    def __init__(self, folder_paths: FolderPaths) -> None:
        self._folder_paths = folder_paths

    def add_routes(self, routes: web.RouteTableDef) -> None:
        routes.get("/embeddings")(self._embeddings)
        routes.get("/models")(self._folders)
        routes.get("/models/{folder}")(self._files)
        routes.get("/experiment/models")(self._folders_in_full)
        routes.get("/experiment/models/{folder}")(self._files_in_full)
        routes.get("/experiment/models/preview/{folder}/{index}/{filename:.*}")(self._preview)
        routes.get("/view_metadata/{folder}")(self._metadata)

    async def _embeddings(self, _: web.Request) -> web.Response:
        names = self._folder_paths.get_filename_list("embeddings")
        return web.json_response([str(Path(name).with_suffix("")) for name in names])

    async def _folders(self, _: web.Request) -> web.Response:
        return web.json_response(list(self._folder_paths.folder_names_and_paths))

    async def _files(self, request: web.Request) -> web.Response:
        folder = request.match_info["folder"]
        if folder not in self._folder_paths.folder_names_and_paths:
            return web.Response(status=404)
        return web.json_response(self._folder_paths.get_filename_list(folder))

    async def _folders_in_full(self, _: web.Request) -> web.Response:
        table = self._folder_paths.folder_names_and_paths
        return web.json_response(
            [
                {"name": name, "folders": paths, "extensions": sorted(extensions)}
                for name, (paths, extensions) in table.items()
                if name not in _NO_MODELS
            ]
        )

    async def _files_in_full(self, request: web.Request) -> web.Response:
        folder = request.match_info["folder"]
        if folder not in self._folder_paths.folder_names_and_paths:
            return web.Response(status=404)
        roots = self._folder_paths.get_folder_paths(folder)
        return web.json_response(
            [entry for index, root in enumerate(roots) for entry in self._described(root, index)]
        )

    def _described(self, root: str, index: int) -> list[dict[str, Any]]:
        """Weight files that are not hidden; as in ComfyUI, the folder's own extensions are moot."""
        found = []
        for path, folders, files in os.walk(root, followlinks=True):
            folders[:] = [name for name in folders if not name.startswith(".")]
            shown = [name for name in files if not name.startswith(".")]
            for name in self._folder_paths.filter_files_extensions(
                shown, self._folder_paths.supported_pt_extensions
            ):
                full = Path(path, name)
                status = full.stat()
                found.append(
                    {
                        "name": os.path.relpath(full, root),
                        "pathIndex": index,
                        "modified": status.st_mtime,
                        "created": status.st_ctime,
                        "size": status.st_size,
                    }
                )
        return found

    async def _preview(self, request: web.Request) -> web.Response:
        """``<model>.<image>`` or ``<model>.preview.<image>`` beside the model, as WebP."""
        found = request.match_info
        table = self._folder_paths.folder_names_and_paths
        roots = table.get(found["folder"], ([], set()))[0]
        if not found["index"].isdigit() or not found["filename"]:
            return web.Response(status=400)
        if int(found["index"]) >= len(roots):
            return web.Response(status=404)
        root = roots[int(found["index"])]
        model = Path(root, found["filename"])
        if not is_within(root, str(model)):
            return web.Response(status=403)
        image = _preview_of(model)
        if image is None:
            return web.Response(status=404)
        return web.Response(body=_as_webp(image), content_type="image/webp")

    async def _metadata(self, request: web.Request) -> web.Response:
        name = request.query.get("filename", "")
        path = self._folder_paths.get_full_path(request.match_info["folder"], name)
        if path is None or not name.endswith(".safetensors"):
            return web.Response(status=404)
        metadata = _safetensors_metadata(Path(path))
        return web.Response(status=404) if metadata is None else web.json_response(metadata)


def _preview_of(model: Path) -> Path | None:
    stem = model.with_suffix("").name
    for name in (stem, f"{stem}.preview"):
        for extension in _IMAGES:
            path = model.with_name(name + extension)
            if path.is_file():
                return path
    return None


def _as_webp(path: Path) -> bytes:
    written = io.BytesIO()
    with Image.open(path) as image:
        image.save(written, format="WEBP")
    return written.getvalue()


def _safetensors_metadata(path: Path) -> Any:
    """``__metadata__`` of a header of at most 1 MiB; None where there is none."""
    with path.open("rb") as file:
        size = struct.unpack("<Q", file.read(8).ljust(8, b"\0"))[0]
        if not 0 < size <= _HEADER_LIMIT:
            return None
        return json.loads(file.read(size)).get("__metadata__")


class NodeListings:
    """``/object_info``, ``/extensions``, ``/i18n`` and ``/workflow_templates``."""

    def __init__(self, nodes: Nodes, folder_paths: FolderPaths, web_root: Path) -> None:
        self._nodes = nodes
        self._folder_paths = folder_paths
        self._web_root = web_root

    def add_routes(self, routes: web.RouteTableDef) -> None:
        routes.get("/object_info")(self._all_nodes)
        routes.get("/object_info/{node_class}")(self._one_node)
        routes.get("/extensions")(self._scripts)
        routes.get("/i18n")(self._i18n)
        routes.get("/workflow_templates")(self._templates)

    async def _all_nodes(self, _: web.Request) -> web.Response:
        return web.json_response(
            {name: self._nodes.info(name) for name in self._nodes.NODE_CLASS_MAPPINGS}
        )

    async def _one_node(self, request: web.Request) -> web.Response:
        name = request.match_info["node_class"]
        known = name in self._nodes.NODE_CLASS_MAPPINGS
        return web.json_response({name: self._nodes.info(name)} if known else {})

    async def _scripts(self, _: web.Request) -> web.Response:
        """Every ``.js`` of the frontend's own extensions and of the web folders of others."""
        own = _scripts_below(self._web_root / "extensions")
        names = [f"/extensions/{name}" for name in own]
        for extension, folder in self._nodes.EXTENSION_WEB_DIRS.items():
            names += [f"/extensions/{quote(extension)}/{name}" for name in _scripts_below(folder)]
        return web.json_response(names)

    async def _i18n(self, _: web.Request) -> web.Response:
        return web.json_response(self._translations)

    @functools.cached_property
    def _translations(self) -> dict[str, Any]:
        return translations(self._extension_folders())

    async def _templates(self, _: web.Request) -> web.Response:
        """Names of example workflows, by extension."""
        found = {
            folder.name: sorted(path.stem for path in (folder / "example_workflows").glob("*.json"))
            for folder in self._extension_folders()
        }
        return web.json_response({name: stems for name, stems in found.items() if stems})

    def _extension_folders(self) -> list[Path]:
        """Folders in ``custom_nodes``, loaded or not, and those loaded from elsewhere."""
        roots = self._folder_paths.get_folder_paths("custom_nodes")
        inside = [path for root in roots for path in sorted(Path(root).iterdir()) if path.is_dir()]
        loaded = [Path(folder) for folder in self._nodes.LOADED_MODULE_DIRS.values()]
        return list(dict.fromkeys([*inside, *loaded]))


def _scripts_below(folder: Path | str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.js"))


def translations(folders: list[Path]) -> dict[str, Any]:
    """``locales/<language>/*.json`` of all folders, merged into one tree a language."""
    merged: dict[str, Any] = {}
    for folder in folders:
        for language in sorted((folder / "locales").glob("*/")):
            tree = _json_object(language / "main.json")
            for part in ("nodeDefs", "commands", "settings"):
                content = _json_object(language / f"{part}.json")
                if content:
                    tree[part] = content
            merged[language.name] = _merged(merged.get(language.name, {}), tree)
    return merged


def _json_object(path: Path) -> dict[str, Any]:
    """Empty where the file is missing, or is no JSON, which is logged."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except json.JSONDecodeError:
        _log.error("Error loading %s", path)
        return {}
    return content


def _merged(base: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in added.items():
        known = result.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        result[key] = _merged(known, value) if both and known is not None else value
    return result
