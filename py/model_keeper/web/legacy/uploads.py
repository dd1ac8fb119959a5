"""Files that the panel sends: taken into a model folder, judged like downloads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from aiohttp import BodyPartReader, web

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.uploads import Upload
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.places import Places
from model_keeper.web.route import Route

_AREA = "Models"
_BLOCK = 1 << 20
_TOLD_EVERY = 0.25  # seconds
_LONGEST_PATH = 4_096

Tell = Callable[[str, Any], None]


class UploadsApi:
    """``tell`` sends an event to the page; None where there is no socket of ComfyUI."""

    def __init__(self, backend: LegacyBackend, tell: Tell | None = None) -> None:
        self._backend = backend
        self._tell = tell

    def routes(self) -> list[Route]:
        return [Route("POST", "upload", self.upload, "Take a file in.", Any, _AREA)]

    async def upload(self, request: web.Request) -> None:
        """First the folder, then the file.

        Raises KeeperError as :class:`Upload`, body_unreadable, outside_model_folders,
        link_leaves_folders, name_unusable.
        """
        folder = ""
        try:
            reader = await request.multipart()
            while (part := await reader.next()) is not None:
                if not isinstance(part, BodyPartReader):
                    raise KeeperError("body_unreadable")
                if part.name == "folder":
                    folder = (await part.read_chunk(_LONGEST_PATH)).decode(errors="replace")
                elif part.name == "file":
                    return await self._take_in(folder, part)
        except (ValueError, web.RequestPayloadError, AssertionError):
            raise KeeperError("body_unreadable") from None
        raise KeeperError("invalid_request", what="“file” is missing.")

    async def _take_in(self, folder: str, part: BodyPartReader) -> None:
        """All work on the file is done by one thread, one block after the other."""
        loop = asyncio.get_running_loop()
        thread = ThreadPoolExecutor(1, thread_name_prefix="upload")
        do = partial(loop.run_in_executor, thread)
        try:
            upload = await do(self._begin, folder, part.filename or "")
            try:
                told = loop.time()
                while block := await part.read_chunk(_BLOCK):
                    await do(upload.write, bytes(block))
                    if loop.time() - told >= _TOLD_EVERY:
                        told = loop.time()
                        self._say(upload.size)
                self._say(upload.size)
                await do(upload.finish)
            finally:
                await do(upload.__exit__)
        finally:
            thread.shutdown(wait=False)

    def _begin(self, folder: str, name: str) -> Upload:
        destination = self._destination(folder, name)
        scanning = self._backend.library.scanning
        return Upload(destination, self._backend.clock, scanning.arrived).__enter__()

    def _destination(self, folder: str, name: str) -> Destination:
        folders = self._backend.model_folders()
        if PurePath(name).name != name:
            raise KeeperError("name_unusable", name=name, why="it names a folder too")
        places = folders.locate(str(PurePath(folder, name))) if name and folder else ()
        if not places:
            raise KeeperError("outside_model_folders", path=folder)
        if not folders.accepts(places[0].category, name):
            why = f"no loader of {places[0].category} lists it"
            raise KeeperError("name_unusable", name=name, why=why)
        place = folders.resolve(places[0].category, places[0].relative, root=places[0].root)
        Places(folders).check(Path(place.path))
        return place

    def _say(self, size: int) -> None:
        if self._tell is not None:
            self._tell("update_upload_progress", {"uploaded_size": size})
