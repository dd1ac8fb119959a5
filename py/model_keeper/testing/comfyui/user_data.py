"""Users, their settings and their files: ``user/<id>/`` over HTTP."""

from __future__ import annotations

import json
import mimetypes
import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from model_keeper.testing.comfyui.folder_paths import FolderPaths, is_within

_USER = "default"
_SETTINGS = "comfy.settings.json"


class UserManager:
    """The one user of a ComfyUI without ``--multi-user``."""

    def __init__(self, folder_paths: FolderPaths) -> None:
        self._folder_paths = folder_paths
        self.settings = UserSettings(self)
        self.users = {_USER: _USER}

    def get_request_user_id(self, request: web.Request) -> str:  # noqa: ARG002 - ComfyUI's signature
        return _USER

    def get_request_user_filepath(
        self,
        request: web.Request,
        file: str | None,
        type: str = "userdata",  # noqa: A002, ARG002 - ComfyUI's signature
        create_dir: bool = True,  # noqa: FBT001, FBT002 - ComfyUI's signature
    ) -> str | None:
        """A path in the user's folder; None where ``file`` would leave it."""
        root = self._folder_paths.get_public_user_directory(self.get_request_user_id(request))
        if root is None:
            return None
        path = root
        if file is not None:
            path = os.path.normpath(Path(root, unquote(file)))
            if not is_within(root, path):
                return None
        if create_dir:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        return path

    def add_routes(self, routes: web.RouteTableDef) -> None:
        self.settings.add_routes(routes)
        UserFiles(self).add_routes(routes)
        routes.get("/users")(self._users)

    async def _users(self, request: web.Request) -> web.Response:
        path = self.get_request_user_filepath(request, None)
        return web.json_response({"storage": "server", "migrated": path is not None})


class UserSettings:
    """``comfy.settings.json``: a flat object that every extension can read."""

    def __init__(self, users: UserManager) -> None:
        self._users = users

    def get_settings(self, request: web.Request) -> dict[str, Any]:
        path = self._path(request)
        if not path.is_file():
            return {}
        settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return settings

    def save_settings(self, request: web.Request, settings: dict[str, Any]) -> None:
        self._path(request).write_text(json.dumps(settings, indent=4), encoding="utf-8")

    def add_routes(self, routes: web.RouteTableDef) -> None:
        routes.get("/settings")(self._all)
        routes.post("/settings")(self._change)
        routes.get("/settings/{id}")(self._one)
        routes.post("/settings/{id}")(self._change_one)

    def _path(self, request: web.Request) -> Path:
        path = self._users.get_request_user_filepath(request, _SETTINGS)
        assert path is not None
        return Path(path)

    async def _all(self, request: web.Request) -> web.Response:
        return web.json_response(self.get_settings(request))

    async def _one(self, request: web.Request) -> web.Response:
        return web.json_response(self.get_settings(request).get(request.match_info["id"]))

    async def _change(self, request: web.Request) -> web.Response:
        changes = await request.json()
        self.save_settings(request, {**self.get_settings(request), **changes})
        return web.Response()

    async def _change_one(self, request: web.Request) -> web.Response:
        value = await request.json()
        changed = {**self.get_settings(request), request.match_info["id"]: value}
        self.save_settings(request, changed)
        return web.Response()


def seed_settings(folder_paths: FolderPaths) -> None:
    """On a first start, spare the browser the template browser that covers everything."""
    path = Path(folder_paths.get_user_directory(), _USER, _SETTINGS)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"Comfy.TutorialCompleted": True}), encoding="utf-8")


class UserFiles:
    """``/userdata``: the workflows and other files that the frontend keeps."""

    def __init__(self, users: UserManager) -> None:
        self._users = users

    def add_routes(self, routes: web.RouteTableDef) -> None:
        routes.get("/userdata")(self._list)
        routes.get("/v2/userdata")(self._list_all)
        routes.get("/userdata/{file}")(self._read)
        routes.post("/userdata/{file}")(self._write)
        routes.delete("/userdata/{file}")(self._delete)
        routes.post("/userdata/{file}/move/{dest}")(self._move)

    def _path(self, request: web.Request, file: str, *, must_exist: bool = False) -> Path:
        """Raises 403 where ``file`` leaves the user's folder, 404 where it is missing."""
        path = self._users.get_request_user_filepath(request, file)
        if path is None:
            raise web.HTTPForbidden
        if must_exist and not Path(path).exists():
            raise web.HTTPNotFound
        return Path(path)

    def _root(self, request: web.Request) -> Path:
        root = self._users.get_request_user_filepath(request, None)
        assert root is not None
        return Path(root)

    async def _list(self, request: web.Request) -> web.Response:
        query = request.query
        if not query.get("dir"):
            return web.Response(status=400, text="Directory not provided")
        folder = self._path(request, query["dir"], must_exist=True)
        found = folder.rglob("*") if query.get("recurse") == "true" else folder.glob("*")
        files = sorted(path for path in found if path.is_file())
        if query.get("full_info") == "true":
            return web.json_response([_file_info(path, folder) for path in files])
        names = [path.relative_to(folder).as_posix() for path in files]
        if query.get("split") == "true":
            return web.json_response([[name, *name.split("/")] for name in names])
        return web.json_response(names)

    async def _list_all(self, request: web.Request) -> web.Response:
        root = self._root(request)
        wanted = request.query.get("path", "")
        folder = self._path(request, wanted, must_exist=True) if wanted else root
        entries = [_entry(path, root) for path in folder.rglob("*")]
        entries.sort(key=lambda entry: (entry["type"] != "directory", entry["name"].lower()))
        return web.json_response(entries)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        path = self._path(request, request.match_info["file"], must_exist=True)
        headers = {
            "Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            "Content-Disposition": "inline" if path.name == "user.css" else "attachment",
            "X-Content-Type-Options": "nosniff",
        }
        return web.FileResponse(path, headers=headers)

    async def _write(self, request: web.Request) -> web.Response:
        path = self._path(request, request.match_info["file"])
        if _kept(request, path):
            return web.Response(status=409, text="File already exists")
        path.write_bytes(await request.read())
        return self._written(request, path)

    async def _delete(self, request: web.Request) -> web.Response:
        self._path(request, request.match_info["file"], must_exist=True).unlink()
        return web.Response(status=204)

    async def _move(self, request: web.Request) -> web.Response:
        source = self._path(request, request.match_info["file"], must_exist=True)
        target = self._path(request, request.match_info["dest"])
        if _kept(request, target):
            return web.Response(status=409, text="File already exists")
        shutil.move(source, target)
        return self._written(request, target)

    def _written(self, request: web.Request, path: Path) -> web.Response:
        root = self._root(request)
        if request.query.get("full_info") == "true":
            return web.json_response(_file_info(path, root))
        return web.json_response(os.path.relpath(path, root))


def _kept(request: web.Request, path: Path) -> bool:
    return request.query.get("overwrite") == "false" and path.exists()


def _file_info(path: Path, relative_to: Path) -> dict[str, Any]:
    status = path.stat()
    return {
        "path": path.relative_to(relative_to).as_posix(),
        "size": status.st_size,
        "modified": int(status.st_mtime * 1000),
        "created": int(status.st_ctime * 1000),
    }


def _entry(path: Path, root: Path) -> dict[str, Any]:
    entry = {"name": path.name, "path": path.relative_to(root).as_posix(), "type": "directory"}
    if path.is_dir():
        return entry
    status = path.stat()
    return {**entry, "type": "file", "size": status.st_size, "modified": status.st_mtime}
