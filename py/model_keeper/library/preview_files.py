"""Which models have a picture or a video beside them, told by names alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Mapping

from model_keeper.library.index_text import folded, stored

_ENDINGS = (
    *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".bmp", ".jxl"),
    *(".mp4", ".webm", ".mov", ".mkv"),
)
_STALE = "INSERT OR IGNORE INTO stale SELECT id FROM file WHERE tree_id = ? AND folder = ?"
_FORGET = "DELETE FROM preview WHERE tree_id = ? AND folder = ?"

Stems = Mapping[str, Collection[str]]
"""The folded stems of names that have a preview, by folder."""


def preview_stems(names: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    """What lies in folders, by the names in them."""
    return {
        folder: {stem for name in present if (stem := _stem(folded(name)))}
        for folder, present in names.items()
    }


def write_previews(
    sql: sqlite3.Connection, tree_id: int, found: Stems, gone: Collection[str]
) -> None:
    """Replace what is known of these folders, and forget those that are gone."""
    sql.executemany(_FORGET, [(tree_id, stored(folder)) for folder in (*found, *gone)])
    for folder, stems in found.items():
        place = stored(folder)
        sql.executemany(
            "INSERT INTO preview VALUES (?, ?, ?)",
            [(tree_id, place, stored(stem)) for stem in sorted(stems)],
        )
        sql.execute(_STALE, (tree_id, place))


def _stem(name: str) -> str | None:
    """``a`` of ``a.png`` and ``a.preview.png``."""
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - as the walk does
    return stem.removesuffix(".preview") if ending in _ENDINGS else None
