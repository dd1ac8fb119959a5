"""The pictures of models: shown small or as they are, chosen, and given back."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.preview_policy import Exposure
from model_keeper.engine.previews import LookedUp
from model_keeper.formats.reading import Broken
from model_keeper.library.picture_files import MOST_BYTES
from model_keeper.library.placeholders import placeholder
from model_keeper.library.places import place_key
from model_keeper.web.content import Content
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_SMALL, _LARGE = 320, 640
_STATE = "X-Model-Keeper-Preview"
_EXPOSURE = "X-Model-Keeper-Exposure"
_ADDRESS = ("file_not_found", "destination_outside_root", "root_unknown", "category_unknown")
_WRITES = (*_ADDRESS, "picture_unusable", "folder_read_only", "disk_full", "storage_failed")


@dataclass(frozen=True)
class ModelAddress:
    """A model by its place."""

    category: str
    path: Annotated[str, About("Relative to the folder, with forward slashes.", maxLength=4096)]
    root: Annotated[int, About("Which of the category's folders, from 0.", minimum=0)] = 0


@dataclass(frozen=True)
class PreviewRequest(ModelAddress):
    """A model, and how its preview is wanted."""

    size: Annotated[
        int,
        About(
            "The longest edge that is needed: WebP of 320 or 640 pixels; 0 for the file itself.",
            minimum=0,
            maximum=_LARGE,
        ),
    ] = _SMALL
    still: Annotated[bool, About("A still of what moves.")] = False


@dataclass(frozen=True)
class OutputChoice:
    """A file that ComfyUI made."""

    output: Annotated[str, About("Relative to ComfyUI's output folder.", maxLength=4096)]


@dataclass(frozen=True)
class PreviewFacts:
    """What shows a model. ``chosen``: a person chose it, so nothing replaces it by itself."""

    path: Annotated[str | None, About("Where the picture lies; null where there is none.")] = None
    media_type: str | None = None
    chosen: bool = False
    nsfw_level: Annotated[int | None, About("Civitai's bit field; null where nobody said.")] = None
    source: Annotated[str | None, About("The address that it was fetched from.")] = None


class PreviewsApi:
    """Previews over HTTP."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        area, where = "Library", "library/preview"
        return [
            Route("GET", where, self.show, "The preview of a model; one is drawn where it has"
                  " none, or none that can be shown.", Content, area, query=PreviewRequest,
                  errors=_ADDRESS),
            Route("GET", f"{where}/facts", self.facts, "Which file shows a model.", PreviewFacts,
                  area, query=ModelAddress, errors=_ADDRESS),
            Route("PUT", where, self.choose, "Choose the preview of a model: the body is the"
                  " picture or film.", PreviewFacts, area, query=ModelAddress, body=bytes,
                  errors=_WRITES, most_bytes=MOST_BYTES),
            Route("POST", f"{where}/output", self.choose_output, "Choose a file that ComfyUI made"
                  " as the preview of a model.", PreviewFacts, area, query=ModelAddress,
                  body=OutputChoice, errors=_WRITES),
            Route("DELETE", where, self.go_back, "Take the choice back: what it replaced is there"
                  " again.", PreviewFacts, area, query=ModelAddress, errors=_WRITES),
        ]  # fmt: skip

    async def show(self, query: PreviewRequest) -> Content:
        previews = self._backend.library.previews
        loop = asyncio.get_running_loop()
        seen, exposure = await loop.run_in_executor(previews.looking, partial(self._exposed, query))
        if seen is None:
            return _drawn(query, None)
        if exposure is Exposure.HIDE:
            return _drawn(query, None, state="hidden")
        shown = {_EXPOSURE: exposure.value}
        if query.size == 0:
            kind = "film" if seen.found.medium.is_film else "picture"
            return Content(seen.found.path, seen.found.medium.type, headers={_STATE: kind, **shown})
        longest = _SMALL if query.size <= _SMALL else _LARGE
        moving = not query.still
        made = previews.thumbnails.of(seen.source, longest, moving=moving)
        try:
            data = await asyncio.shield(asyncio.wrap_future(made))  # others may wait for it too
        except Broken as broken:
            return _drawn(query, str(broken))
        except OSError as exc:
            return _drawn(query, (exc.strerror or "it cannot be read").lower())
        etag = seen.source.key(longest, moving=moving)
        return Content(data, "image/webp", etag=etag, headers={_STATE: "picture", **shown})

    def facts(self, query: ModelAddress) -> PreviewFacts:
        return preview_facts(self._backend, *self._place(query))

    def choose(self, query: ModelAddress, body: bytes) -> PreviewFacts:
        self._backend.library.previews.choose(*self._place(query), body)
        return self.facts(query)

    def choose_output(self, query: ModelAddress, body: OutputChoice) -> PreviewFacts:
        folders, place = self._place(query)
        outputs = self._backend.output_folder()
        self._backend.library.previews.choose_output(folders, place, outputs, body.output)
        return self.facts(query)

    def go_back(self, query: ModelAddress) -> PreviewFacts:
        self._backend.library.previews.go_back(*self._place(query))
        return self.facts(query)

    def _exposed(self, query: ModelAddress) -> tuple[LookedUp | None, Exposure]:
        """The preview, and what the settings say is done to it."""
        folders, place = self._place(query)
        seen = self._backend.library.previews.look_up(folders, place)
        policy = self._backend.store.settings.read().preview_policy
        return seen, policy.exposure(self._level(place) if seen else None)

    def _level(self, place: Destination) -> int | None:
        """How the preview is rated, as the library knows it."""
        key = place_key(place.category, place.root, place.relative)
        try:
            return self._backend.library.models.get(key).preview_nsfw_level
        except KeeperError:  # it was not scanned yet
            return None

    def _place(self, query: ModelAddress) -> tuple[FolderTable, Destination]:
        folders = self._backend.model_folders()
        return folders, folders.existing(query.category, query.root, query.path)


def preview_facts(backend: Backend, folders: FolderTable, place: Destination) -> PreviewFacts:
    """Which file shows the model at ``place``. Raises file_not_found."""
    previews = backend.library.previews
    seen = previews.look_up(folders, place)
    if seen is None:
        return PreviewFacts()
    note = previews.note(seen.found)
    return PreviewFacts(
        path=str(seen.found.path),
        media_type=seen.found.medium.type,
        chosen=note.chosen,
        nsfw_level=note.nsfw_level,
        source=note.source,
    )


def _drawn(query: ModelAddress, problem: str | None, state: str = "none") -> Content:
    data = placeholder(query.category, query.path, problem)
    etag = hashlib.sha256(data).hexdigest()[:40]
    headers = {_STATE: "problem" if problem else state}
    return Content(data, "image/svg+xml", etag=etag, headers=headers)
