"""Places of model files, checked by their letters: below a root that the folder table names."""

from __future__ import annotations

from collections.abc import Callable

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import TRASH_FOLDER
from model_keeper.domain.folders import FolderTable, Root, pure_path
from model_keeper.domain.names import escapes, on_windows, safe_name, too_long_for_windows


def place_of(folders: FolderTable, path: str) -> Destination:
    """The place that ``path`` is, in its deepest root. Raises KeeperError outside_model_folders."""
    places = folders.locate(path)
    if not places or not _is_plain(places[0].relative):
        raise KeeperError("outside_model_folders", path=path)
    return places[0]


def known_place(folders: FolderTable, place: Destination) -> Destination:
    """``place``, if the table has its root and it stays below. Raises outside_model_folders."""
    if not _is_plain(place.relative) or _root(folders, place.category, place.root) is None:
        raise KeeperError("outside_model_folders", path=place.path)
    return place


def new_place(
    folders: FolderTable,
    model: Destination,
    target: Destination,
    is_there: Callable[[str], bool],
) -> Destination:
    """Where ``model`` may go: ``target``, if every system could hold its name.

    A folder that ``is_there`` (asked by its path) keeps the name that it has. Nothing is repaired:
    a person who names a place means it. Raises KeeperError destination_outside_root,
    root_unknown, folder_read_only, name_unusable, name_too_long, category_unknown.
    """
    root = _root(folders, target.category, target.root)
    if root is None:
        known = ", ".join(each.path for each in folders.of(target.category))
        raise KeeperError("root_unknown", root=target.root, category=target.category, known=known)
    if root.writable is False:
        raise KeeperError("folder_read_only", path=root.path)
    if not _is_plain(target.relative):
        raise KeeperError("destination_outside_root", path=target.relative, root=root.path)
    *above, name = target.relative.split("/")
    for depth, folder in enumerate(above, 1):
        reached = Destination(root.category, root.path, "/".join(above[:depth]))
        if not is_there(reached.path):
            _is_safe(folder, root)
    _is_safe(name, root)
    _is_listed(folders, model, target, name)
    if on_windows(root.path) and too_long_for_windows(f"{root.path}/{target.relative}"):
        raise KeeperError("name_too_long", path=target.path)
    return Destination(root.category, root.path, target.relative)


def renamed(model: Destination, name: str) -> Destination:
    """The place of ``model`` under another name in the same folder."""
    folder, slash, _ = model.relative.rpartition("/")
    if not name or "/" in name or "\\" in name:
        why = "it names a folder too" if name else "it is empty"
        raise KeeperError("name_unusable", name=name, why=why)
    return Destination(model.category, model.root, f"{folder}{slash}{name}")


def _root(folders: FolderTable, category: str, path: str) -> Root | None:
    wanted = pure_path(path)
    return next((root for root in folders.of(category) if pure_path(root.path) == wanted), None)


def _is_plain(relative: str) -> bool:
    parts = set(relative.casefold().split("/"))
    return not escapes(relative) and "\0" not in relative and not {"", ".", TRASH_FOLDER} & parts


def _is_safe(part: str, root: Root) -> None:
    safe = safe_name(part, windows=on_windows(root.path))
    if safe != part:
        why = f"not every system could hold it; “{safe}” would do"
        raise KeeperError("name_unusable", name=part, why=why)
    if part.startswith("."):
        raise KeeperError("name_unusable", name=part, why="hidden files are no models")


def _is_listed(folders: FolderTable, model: Destination, target: Destination, name: str) -> None:
    before = pure_path(model.relative).suffix.lower()
    if pure_path(name).suffix.lower() != before:
        raise KeeperError("name_unusable", name=name, why=f"it has to end in “{before}”")
    if not folders.accepts(target.category, name):
        why = f"no loader of {target.category} lists it"
        raise KeeperError("name_unusable", name=name, why=why)
