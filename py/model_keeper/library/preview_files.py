"""Which models have a picture or a film beside them, told by names alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from model_keeper.domain.previews import is_usual_name, previews_in
from model_keeper.library.index_text import ending, stored

_KNOWN = "SELECT relative FROM preview WHERE tree_id = ? AND folder = ? AND picture != ''"
_FORGET = "DELETE FROM preview WHERE tree_id = ? AND folder = ? AND relative = ?"
_FORGET_FOLDER = "DELETE FROM preview WHERE tree_id = ? AND folder = ?"
# What is kept apart for a model goes before what lies beside it.
_PUT = """
INSERT INTO preview (tree_id, folder, relative, picture) VALUES (?, ?, ?, ?)
ON CONFLICT (tree_id, folder, relative) DO UPDATE SET
    looked = 0,
    stamp = CASE WHEN picture = excluded.picture THEN stamp ELSE '' END,
    sound = CASE WHEN picture = excluded.picture THEN sound ELSE 1 END,
    nsfw_level = CASE WHEN picture = excluded.picture THEN nsfw_level END,
    picture = excluded.picture
WHERE picture != ''
"""
_EVERYTHING = "*"

Pictures = Mapping[str, Mapping[str, str]]
"""By folder: the name of the picture that shows a model, by the model's."""


def pictures_in(names: Mapping[str, Collection[str]], endings: Collection[str]) -> Pictures:
    """What lies in folders, by the names in them; ``endings`` are those that the root lists.

    Names that few programs look for do not count.
    """
    return {
        folder: {
            model: pictures[0]  # usual names go first
            for model, pictures in previews_in(present, _models_in(present, endings)).items()
            if is_usual_name(model, pictures[0])
        }
        for folder, present in names.items()
    }


def write_pictures(
    sql: sqlite3.Connection, tree_id: int, found: Pictures, gone: Collection[str]
) -> None:
    """Replace what names say of these folders, and forget those that are gone.

    What was seen of a picture stays until it is looked at again.
    """
    sql.executemany(_FORGET_FOLDER, [(tree_id, stored(folder)) for folder in gone])
    for folder, pictures in found.items():
        above = f"{folder}/" if folder else ""
        shown = {stored(above + model): stored(name) for model, name in pictures.items()}
        place = (tree_id, stored(folder))
        known = [row[0] for row in sql.execute(_KNOWN, place)]
        rows = [(*place, relative) for relative in known if relative not in shown]
        sql.executemany(_FORGET, rows)
        sql.executemany(_PUT, [(*place, relative, name) for relative, name in shown.items()])


def _models_in(names: Collection[str], endings: Collection[str]) -> Collection[str]:
    return {ending(name) for name in names} if _EVERYTHING in endings else endings
