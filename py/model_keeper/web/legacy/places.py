"""Places that the panel names: a category, the number of one of its folders, a name below it."""

from __future__ import annotations

import os
from pathlib import Path

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.names import escapes


class Places:
    """Model folders, and nothing outside them: by no name, and by no link."""

    def __init__(self, folders: FolderTable) -> None:
        self._folders = folders

    def root(self, category: str, index: str) -> Root:
        """Raises KeeperError category_unknown, root_unknown, roots_unknown."""
        roots = self._folders.of(category)
        if not index.isascii() or not index.isdigit() or int(index[:9]) >= len(roots):
            known = ", ".join(root.path for root in roots)
            raise KeeperError("root_unknown", root=index, category=category, known=known)
        return roots[int(index)]

    def existing(self, category: str, index: str, name: str) -> Path:
        """The file of that name.

        Raises KeeperError destination_outside_root, link_leaves_folders, file_not_found, and as
        :meth:`root`.
        """
        root = self.root(category, index)
        path = self.below(root, name)
        if not path.is_file():
            raise KeeperError("file_not_found", path=str(path))
        return path

    def place(self, category: str, index: str, name: str) -> Destination:
        """The file of that name as a place; raises as :meth:`existing`."""
        self.existing(category, index, name)
        root = self.root(category, index)
        return Destination(root.category, root.path, name)

    def new(self, category: str, index: str, name: str) -> Destination:
        """Where a file of that name would come to lie.

        Raises KeeperError as FolderTable.resolve, link_leaves_folders, and as :meth:`root`.
        """
        root = self.root(category, index)
        self.below(root, name)
        found = self._folders.resolve(category, name, root=root.path)
        self.check(Path(found.path))
        return found

    def check(self, path: Path) -> Path:
        """``path``, if it and what it leads to lie in model folders.

        Raises KeeperError link_leaves_folders.
        """
        real = os.path.realpath(path)
        for roots in self._folders.roots.values():
            for root in roots:
                if _is_below(real, os.path.realpath(root.path)):
                    return path
        raise KeeperError("link_leaves_folders", path=str(path))

    def below(self, root: Root, name: str) -> Path:
        if not name or "\0" in name or escapes(name):
            raise KeeperError("destination_outside_root", path=name, root=root.path)
        return self.check(Path(root.path, *name.split("/")))


def _is_below(path: str, folder: str) -> bool:
    return Path(folder) in Path(path).parents
