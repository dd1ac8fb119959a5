"""Files beside a model that share its stem: its preview and its description."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType

from model_keeper.files.failures import storage_error
from model_keeper.files.replacement import replace_file

#: Endings of previews in the order in which they are looked for, and what they are.
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".webm": "video/webm",
        ".mp4": "video/mp4",
        ".webp": "image/webp",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".gif": "image/gif",
        ".bmp": "image/bmp",
        ".avif": "image/avif",
    }
)
DESCRIPTIONS = (".md", ".txt")


def preview_name(stem: str, names: Collection[str]) -> str | None:
    """Which of the ``names`` of a folder is the preview of the models with this stem.

    One that was made to be a preview goes before one that merely has the name.
    """
    wanted = [f"{stem}{mark}{ending}" for mark in (".preview", "") for ending in MEDIA_TYPES]
    return next((name for name in wanted if name in names), None)


def description_beside(model: Path) -> Path | None:
    """The file that describes ``model``, or None."""
    for ending in DESCRIPTIONS:
        path = model.with_name(PurePath(model.name).stem + ending)
        if path.is_file():
            return path
    return None


def names_in(folder: Path) -> frozenset[str]:
    """The names in a folder; none where it cannot be read."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


def text_of(path: Path, most: int = 1 << 20) -> str:
    """The beginning of a text file in whatever encoding. Raises OSError."""
    with path.open("rb") as file:
        raw = file.read(most)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def write_description(path: Path, text: str) -> None:
    """Replace a description as a whole; the old one stays where that fails.

    Raises KeeperError disk_full, folder_read_only, storage_failed.
    """
    try:
        replace_file(path, text.encode(errors="replace"))
    except OSError as exc:
        raise storage_error(exc, path) from exc
