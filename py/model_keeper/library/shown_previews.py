"""Which previews show models, in the index: by what the files are, and how they are rated."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from model_keeper.domain.ports import Control
from model_keeper.domain.previews import is_usual_name
from model_keeper.library.backlog import waiting, work_off
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import ending, loaded, stored
from model_keeper.library.previews import Previews
from model_keeper.library.tree_places import tree_places

_CHUNK = 256

_NEW = """
SELECT v.tree_id, v.relative, t.path, t.endings, v.picture, v.stamp, v.sound, v.nsfw_level
FROM preview v
JOIN tree t ON t.id = v.tree_id
JOIN folder d ON d.tree_id = v.tree_id AND d.relative = v.folder AND d.online
WHERE NOT v.looked AND (v.tree_id, v.relative) > (?, ?)
ORDER BY v.tree_id, v.relative LIMIT ?
"""
_FILES = """
SELECT f.tree_id, f.relative, t.path, t.endings, v.picture
FROM file f JOIN tree t ON t.id = f.tree_id
LEFT JOIN preview v
    ON v.tree_id = f.tree_id AND v.folder = f.folder AND v.relative = f.relative
"""
_IS_APART = "SELECT 1 FROM preview WHERE picture = '' LIMIT 1"
_PUT = """
INSERT INTO preview (tree_id, folder, relative, picture, stamp, sound, nsfw_level, looked)
SELECT ?1, folder, ?2, ?3, ?4, ?5, ?6, 1 FROM file WHERE tree_id = ?1 AND relative = ?2
ON CONFLICT (tree_id, folder, relative) DO UPDATE SET
    picture = excluded.picture, stamp = excluded.stamp, sound = excluded.sound,
    nsfw_level = excluded.nsfw_level, looked = 1
"""
_FORGET = "DELETE FROM preview WHERE tree_id = ? AND relative = ?"

_Row = tuple[int, "str | bytes", "str | bytes", str, int, "int | None"]
"""Tree and model, and what was seen."""
_Seen = tuple["str | bytes", str, int, "int | None"]
"""Picture, stamp, whether it is one, and its rating; what is kept apart has an empty name."""


class ShownPreviews:
    """Looks at what a scan found to be new. Two at the same time are safe.

    ``previews`` are made when there is something to look at: that takes a moment.
    """

    def __init__(self, index: LibraryIndex, previews: Callable[[], Previews]) -> None:
        self._file = index.file
        self._previews = previews

    def run(
        self, control: Control | None = None, report: Callable[[int], None] | None = None
    ) -> int:
        """How many pictures were looked at. ``report`` gets the number so far.

        Raises KeeperError index_unusable, and Interrupted by ``control``; what was seen until then
        is kept.
        """
        self._find_apart()
        new = waiting(self._file, _NEW, (-1, ""), _CHUNK)
        return work_off(new, self._seen, self._write, control, report)

    def note(self, path: str) -> None:
        """Enter the preview of the model at ``path`` as it is now. Raises index_unusable."""
        found = self._file.read(lambda sql: tree_places(sql, path))
        self._write([(*each.key, *self._look(Path(path), each.endings, "")) for each in found])

    def _find_apart(self) -> None:
        """What is kept apart in the state folder: no scan of the model folders sees it."""
        kept = self._previews().apart
        apart = kept.all()
        if not apart and not self._file.read(lambda sql: sql.execute(_IS_APART).fetchone()):
            return
        rows: list[_Row] = []
        for tree_id, relative, root, endings, picture in self._files():
            path = _path(root, relative)
            if (kept.of(path) in apart) is not (picture == ""):
                rows.append((tree_id, relative, *self._look(Path(path), endings, "")))
        self._write(rows)

    def _files(self) -> list[Any]:
        return self._file.read(lambda sql: sql.execute(_FILES).fetchall())

    def _seen(self, new: Iterable[Any]) -> Iterator[_Row]:
        for tree_id, relative, root, endings, *known in new:
            yield (tree_id, relative, *self._look_again(root, relative, endings, known))

    def _look_again(
        self, root: str | bytes, relative: str | bytes, endings: str, known: Sequence[Any]
    ) -> _Seen:
        """What ``known`` (picture, stamp, whether it is one, rating) is by now."""
        picture, stamp = known[:2]
        path = _path(root, relative)
        if picture:
            beside = os.path.join(os.path.dirname(path), loaded(picture))  # noqa: PTH118, PTH120 - many
            if stamp and stamp == _stamp_at(beside):
                return (*known,)
            seen = self._previews().glance(beside)
            if seen is not None:
                return picture, _stamp(seen[0]), 1, seen[1]
        return self._look(Path(path), endings, picture)

    def _look(self, path: Path, endings: str, named: str | bytes) -> _Seen:
        """The picture as it is; ``named`` by its name alone, where it is none."""
        listed = (*json.loads(endings), ending(path.name))
        previews = self._previews()
        found = previews.shown(path, listed)
        apart = found is not None and previews.apart.has(found.path)
        if found is None or not (apart or is_usual_name(path.name, found.path.name)):
            return named, _stamp_at(str(path.with_name(loaded(named)))) if named else "", 0, None
        name = "" if apart else stored(found.path.name)
        return name, _stamp_at(str(found.path)), 1, previews.note(found.path).nsfw_level

    def _write(self, rows: list[_Row]) -> None:
        if rows:
            self._file.write(partial(_write_rows, rows))


def _write_rows(rows: list[_Row], sql: sqlite3.Connection) -> None:
    gone = [row[:2] for row in rows if not row[2] and not row[4]]
    sql.executemany(_FORGET, gone)
    sql.executemany(_PUT, [row for row in rows if row[2] or row[4]])


def _path(root: str | bytes, relative: str | bytes) -> str:
    return os.path.join(loaded(root), *loaded(relative).split("/"))  # noqa: PTH118 - many


def _stamp_at(path: str) -> str:
    """Another one for another content; empty where there is no file."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116 - many
    except OSError:
        return ""


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
