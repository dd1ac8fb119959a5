"""Files that lie exactly where the workflow expects them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.categories import WEIGHT_EXTENSIONS
from model_keeper.domain.downloads import Destination
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.names import escapes

_HERE = Evidence("exact_path", 100, "It lies where the workflow expects it.")


class OnDisk:
    """Asks the file system itself, so it is right whatever any index remembers.

    A spelling with backslashes names no file outside Windows: such a place is left to relinking,
    since a loader does not find the file either.
    """

    source = Source.DISK

    def __init__(self, folders: FolderTable) -> None:
        self._folders = folders

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        if escapes(wanted.name) or (os.sep == "/" and any("\\" in v for v in wanted.values)):
            return ()
        for destination in self._places(wanted):
            path = Path(destination.path)
            try:
                size = path.stat().st_size if path.is_file() else None
            except OSError:
                continue
            if size is not None:
                found = Candidate(
                    source=self.source,
                    name=destination.relative,
                    score=_HERE.points,
                    evidence=(_HERE,),
                    path=destination.path,
                    size=size,
                    category=destination.category,
                )
                return (found,)
        return ()

    def _places(self, wanted: Wanted) -> Iterator[Destination]:
        """Every root of the category, of all categories where none is known."""
        known = self._folders.roots
        for category in (wanted.category,) if wanted.category else tuple(known):
            for name in self._names(category, wanted.name):
                for root in known.get(category, ()):
                    yield Destination(category, root.path, name)

    def _names(self, category: str, name: str) -> Sequence[str]:
        """The name itself; one that stands without its extension with each that is possible."""
        possible = self._folders.extensions.get(category) or WEIGHT_EXTENSIONS
        if PurePosixPath(name).suffix.lower() in possible:
            return (name,)
        return (name, *(f"{name}{extension}" for extension in possible))
