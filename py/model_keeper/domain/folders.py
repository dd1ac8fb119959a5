"""The folder table: which folders hold the models of which category, and where a new file goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any

from model_keeper.domain.categories import category_key
from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.names import escapes, on_windows, safe_relative, too_long_for_windows


@dataclass(frozen=True)
class Root:
    """One folder of a category. ``path`` is absolute and lexical: links in it are not followed.

    ``writable`` is None where nobody looked. ``is_default``: the person marked it for new files.
    """

    category: str
    path: str
    writable: bool | None = None
    is_default: bool = False

    @property
    def name(self) -> str:
        """Its last folder's name."""
        return pure_path(self.path).name


@dataclass(frozen=True)
class FolderTable:
    """Ordered roots and extensions by category. Old category keys are understood everywhere.

    A category without extensions lists every file, as in ComfyUI.
    """

    roots: Mapping[str, tuple[Root, ...]] = field(default_factory=dict)
    extensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roots", MappingProxyType(dict(self.roots)))
        object.__setattr__(self, "extensions", MappingProxyType(dict(self.extensions)))

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(self.roots)

    def of(self, category: str) -> tuple[Root, ...]:
        """The roots of ``category``, first searched first.

        Raises KeeperError roots_unknown for an empty table, else category_unknown with ``nearest``
        (None where nothing is near), which also leads ``known``.
        """
        found = self.roots.get(category_key(category))
        if found:
            return found
        if not self.roots:
            raise KeeperError("roots_unknown")
        near = get_close_matches(category, self.categories, n=1, cutoff=0.6)
        known = [*near, *(key for key in self.categories if key not in near)]
        raise KeeperError(
            "category_unknown",
            category=category,
            nearest=near[0] if near else None,
            known=", ".join(known),
        )

    def default_root(self, category: str) -> Root:
        """Where new files of ``category`` go.

        Of the roots that are not known to be read-only: the one marked as default, else the first
        whose last folder is the category's own name, else the first. Raises KeeperError
        folder_read_only where none is left, and as :meth:`of`.
        """
        roots = self.of(category)
        usable = [root for root in roots if root.writable is not False]
        if not usable:
            raise KeeperError("folder_read_only", path=roots[0].path)
        marked = [root for root in usable if root.is_default]
        named = [root for root in usable if root.name == root.category]
        return [*marked, *named, *usable][0]

    def resolve(self, category: str, relative: str, root: str | None = None) -> Destination:
        """The place for ``relative`` (a file name, with sub-folders or not) in ``category``.

        It stays below its root by its letters alone, so links that people made there work.
        ``root`` chooses one of the category's roots by its path. Raises KeeperError
        destination_outside_root, name_unusable, name_too_long, root_unknown, folder_read_only, and
        as :meth:`of`.
        """
        chosen = self.default_root(category) if root is None else self._chosen(category, root)
        if escapes(relative):
            raise KeeperError("destination_outside_root", path=relative, root=chosen.path)
        windows = on_windows(chosen.path)
        destination = Destination(
            chosen.category, chosen.path, safe_relative(relative, windows=windows)
        )
        if windows and too_long_for_windows(f"{chosen.path}/{destination.relative}"):
            raise KeeperError("name_too_long", path=destination.path)
        return destination

    def existing(self, category: str, index: int, relative: str) -> Destination:
        """The place of a file that is there, in the folder ``index`` (from 0) of ``category``.

        Nothing in ``relative`` is repaired, and it may be read-only. Raises KeeperError
        destination_outside_root, root_unknown, and as :meth:`of`.
        """
        roots = self.of(category)
        if not 0 <= index < len(roots):
            known = ", ".join(map(str, range(len(roots))))
            raise KeeperError("root_unknown", root=str(index), category=category, known=known)
        root = roots[index]
        if escapes(relative):
            raise KeeperError("destination_outside_root", path=relative, root=root.path)
        text = relative.replace("\\", "/") if on_windows(root.path) else relative
        return Destination(root.category, root.path, PurePosixPath(text).as_posix())

    def locate(self, path: str) -> tuple[Destination, ...]:
        """Every category and root that ``path`` lies below, the deepest root first."""
        places = [
            Destination(root.category, root.path, relative.as_posix())
            for roots in self.roots.values()
            for root in roots
            if (relative := _below(path, root.path)) is not None
        ]
        return tuple(sorted(places, key=lambda place: -len(place.root)))

    def accepts(self, category: str, file_name: str) -> bool:
        """Whether ComfyUI lists ``file_name`` in ``category``."""
        extensions = self.extensions.get(category_key(category), ())
        return not extensions or PurePosixPath(file_name).suffix.lower() in extensions

    def with_root(self, root: Root, extensions: tuple[str, ...] = ()) -> FolderTable:
        """The table with ``root`` added the way ComfyUI adds one.

        At the end; a default goes to the front, also when the table has the path already. A new
        category gets ``extensions``; a known one keeps its own.
        """
        key = category_key(root.category)
        added = replace(root, category=key)
        present = self.roots.get(key, ())
        if added.is_default:
            others = tuple(other for other in present if other.path != added.path)
            ordered = (added, *others)
        elif any(other.path == added.path for other in present):
            ordered = present
        else:
            ordered = (*present, added)
        return FolderTable({**self.roots, key: ordered}, {key: extensions, **self.extensions})

    def to_json(self) -> dict[str, Any]:
        return {
            key: {
                "extensions": list(self.extensions.get(key, ())),
                "roots": [
                    {"path": root.path, "writable": root.writable, "is_default": root.is_default}
                    for root in roots
                ],
            }
            for key, roots in self.roots.items()
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> FolderTable:
        """The table that :meth:`to_json` wrote."""
        return cls(
            {
                key: tuple(Root(key, **root) for root in row["roots"])
                for key, row in document.items()
            },
            {key: tuple(row["extensions"]) for key, row in document.items()},
        )

    def _chosen(self, category: str, path: str) -> Root:
        roots = self.of(category)
        for root in roots:
            if pure_path(root.path) == pure_path(path):
                if root.writable is False:
                    raise KeeperError("folder_read_only", path=root.path)
                return root
        known = ", ".join(root.path for root in roots)
        raise KeeperError("root_unknown", root=path, category=category, known=known)


def pure_path(path: str) -> PurePath:
    """``path`` in the flavour that it is written in, whatever system this is."""
    return PureWindowsPath(path) if on_windows(path) else PurePosixPath(path)


def _below(path: str, root: str) -> PurePath | None:
    inner, outer = pure_path(path), pure_path(root)
    if ".." in inner.parts or inner == outer or outer not in inner.parents:
        return None
    return inner.relative_to(outer)
