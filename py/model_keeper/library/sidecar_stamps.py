"""Which files have something written beside them, and whether it is what was read, by names alone.

A stamp is equal while the sidecars of a file are the same ones and unchanged.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping

from model_keeper.library.index_text import loaded, stored
from model_keeper.library.sidecar_places import ModelPlace, stem_of
from model_keeper.library.sidecar_shapes import JSON_READERS, TEXT_ENDINGS

# os and not pathlib: thousands of names, as in the walk.
# ruff: noqa: PTH118, PTH116

_ENDINGS = (".info", *JSON_READERS, *TEXT_ENDINGS)

Stamps = Mapping[str, Mapping[str, str]]
"""By folder and by a model's name (with and without its ending), what lies beside it."""

_FORGET = "DELETE FROM sidecar WHERE tree_id = ? AND folder = ?"
_FILES = """
SELECT f.relative, a.stamp
FROM file f LEFT JOIN said a ON a.tree_id = f.tree_id AND a.relative = f.relative
WHERE f.tree_id = ? AND f.folder = ?
"""


def sidecar_stamps(root: str, names: Mapping[str, Collection[str]]) -> Stamps:
    """What lies beside files in these folders below ``root``, by the names in them."""
    return {
        folder: _stamps(os.path.join(root, *folder.split("/")), present)
        for folder, present in names.items()
    }


def stamp_of_place(place: ModelPlace) -> str:
    """The stamp of one file as it is now."""
    bases = sorted({place.stem, place.name})
    return _joined(_written(place.path.parent, [base + e for e in _ENDINGS]) for base in bases)


def write_sidecars(
    sql: sqlite3.Connection, tree_id: int, found: Stamps, gone: Collection[str]
) -> None:
    """Replace what is known of these folders; files with other sidecars are to be read again."""
    sql.executemany(_FORGET, [(tree_id, stored(folder)) for folder in (*found, *gone)])
    for folder, stamps in found.items():
        place = stored(folder)
        sql.executemany(
            "INSERT INTO sidecar VALUES (?, ?, ?, ?)",
            [(tree_id, place, stored(base), stamp) for base, stamp in stamps.items()],
        )
        rows = sql.execute(_FILES, (tree_id, place)).fetchall()
        sql.executemany(
            "INSERT OR IGNORE INTO unread_sidecar VALUES (?, ?)",
            [
                (tree_id, relative)
                for relative, read in rows
                if (stamps or read) and _stamp(stamps, loaded(relative)) != (read or "")
            ],
        )


def _stamp(stamps: Mapping[str, str], relative: str) -> str:
    name = relative.rpartition("/")[2]
    return _joined(stamps.get(base, "") for base in sorted({stem_of(name), name}))


def _stamps(path: str, names: Collection[str]) -> dict[str, str]:
    by_base: dict[str, list[str]] = {}
    for name in sorted(names):
        for ending in _ENDINGS:
            if name.endswith(ending):
                by_base.setdefault(name[: -len(ending)], []).append(name)
    return {base: text for base, each in by_base.items() if (text := _written(path, each))}


def _written(folder: str | os.PathLike[str], names: Iterable[str]) -> str:
    found = []
    for name in names:
        try:
            status = os.stat(os.path.join(folder, name))
        except OSError:
            continue
        ending = next(e for e in _ENDINGS if name.endswith(e))
        found.append(f"{ending} {len(name)} {status.st_mtime_ns} {status.st_size}")
    return "\n".join(sorted(found))


def _joined(stamps: Iterable[str]) -> str:
    return "\n".join(stamp for stamp in stamps if stamp)
