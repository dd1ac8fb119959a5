"""Model folders, what lies in them, and what is known of one model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.model_files import ModelFile
from model_keeper.formats.reading import Broken
from model_keeper.formats.safetensors import read_layout
from model_keeper.library.folder_listing import ListedFolder, listed_folders
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.places import Places
from model_keeper.web.legacy.sidecars import (
    description_beside,
    names_in,
    preview_name,
    text_of,
)
from model_keeper.web.route import Route

_AREA = "Models"
_PAGE = 1000
_NO_PREVIEW = ".webp"  # what the panel asks for where there is none: an image

Entry = dict[str, Any]


class ModelsApi:
    """Reads only: from the library index, and from the one file that is asked for."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        about = "What is known of one model."
        return [
            Route("GET", "base-folders", self.folders, "Folders by category.", Any, _AREA),
            Route("GET", "models", self.folders, "Folders by category.", Any, _AREA),
            Route("GET", "supported-extensions", self.extensions, "Endings of models.", Any, _AREA),
            Route("GET", "models/{folder}", self.entries, "Models of a category.", Any, _AREA),
            Route("GET", "model/{type}/{index}/{filename:.*}", self.about, about, Any, _AREA),
        ]

    def folders(self) -> dict[str, list[str]]:
        table = self._backend.model_folders()
        return {name: [root.path for root in roots] for name, roots in table.roots.items()}

    def extensions(self) -> list[str]:
        table = self._backend.model_folders()
        return sorted({ending for row in table.extensions.values() for ending in row if ending})

    def entries(self, folder: str) -> list[Entry]:
        """Folders, which the panel builds its tree from, then models by name."""
        table = self._backend.model_folders()
        table.of(folder)
        self._backend.library.freshness.ensure(table)
        listing = _Listing(folder, table)
        folders = listed_folders(self._backend.library.index, folder)
        found = [*map(listing.folder, folders), *map(listing.model, self._files(folder))]
        return [entry for entry in found if entry is not None]

    def about(self, type: str, index: str, filename: str) -> dict[str, Any]:  # noqa: A002 - as in the path
        places = Places(self._backend.model_folders())
        path = places.existing(type, index, filename)
        description = description_beside(path)
        return {
            "metadata": _header_texts(path),
            "description": text_of(places.check(description)) if description else None,
        }

    def _files(self, category: str) -> Iterator[ModelFile]:
        after = None
        while True:
            page = self._backend.library.index.page(category, after=after, limit=_PAGE)
            yield from (file for file in page.items if file.online)
            if page.next is None:
                return
            after = page.next


class _Listing:
    """Makes the entries of one category; looks once into each folder for previews."""

    def __init__(self, category: str, table: FolderTable) -> None:
        self._category = category
        self._indices = {root.path: n for n, root in enumerate(table.of(category))}
        self._names: dict[Path, frozenset[str]] = {}

    def folder(self, folder: ListedFolder) -> Entry | None:
        path = PurePosixPath(folder.relative)
        return self._entry(folder.root, path, path.name, "", None, 0, folder.mtime_ns)

    def model(self, file: ModelFile) -> Entry | None:
        path = PurePosixPath(file.relative)
        preview = path.with_name(path.stem + self._preview_ending(Path(file.path)))
        return self._entry(
            file.root, path, path.stem, path.suffix, preview, file.size, file.mtime_ns
        )

    def _preview_ending(self, path: Path) -> str:
        names = self._names.get(path.parent)
        if names is None:
            names = self._names[path.parent] = names_in(path.parent)
        found = preview_name(path.stem, names)
        return PurePosixPath(found).suffix if found else _NO_PREVIEW

    def _entry(
        self,
        root: str,
        path: PurePosixPath,
        name: str,
        extension: str,
        preview: PurePosixPath | None,
        size: int,
        mtime_ns: int,
    ) -> Entry | None:
        """None for a folder that is no root of the category any more."""
        index = self._indices.get(root)
        if index is None:
            return None
        above = str(path.parent)
        return {
            "type": self._category,
            "subFolder": "" if above == "." else above,
            "isFolder": preview is None,
            "basename": name,
            "extension": extension,
            "pathIndex": index,
            "sizeBytes": size,
            "preview": preview_address(self._category, index, str(preview)) if preview else None,
            "createdAt": mtime_ns // 1_000_000,
            "updatedAt": mtime_ns // 1_000_000,
        }


def preview_address(category: str, index: int, relative: str) -> str:
    """Its ending tells the panel whether it is a picture or a video."""
    name = quote(relative, safe="/", errors="surrogateescape")
    return f"/model-manager/preview/{quote(category, safe='')}/{index}/{name}"


def _header_texts(path: Path) -> dict[str, str]:
    """What a safetensors file says of itself; nothing of other files, and of broken ones."""
    if path.suffix.lower() != ".safetensors":
        return {}
    try:
        with path.open("rb") as file:
            return dict(read_layout(file, path.stat().st_size).metadata)
    except Broken:
        return {}
    except OSError as exc:
        raise KeeperError("storage_failed", path=str(path), why=str(exc.strerror)) from exc
