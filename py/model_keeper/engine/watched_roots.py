"""The model folders as maintenance sees them: what is in each, and when it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, pure_path
from model_keeper.domain.scan_policies import ScanPolicy, is_kept_fresh
from model_keeper.library.census import Census
from model_keeper.library.index import LibraryIndex
from model_keeper.store import JobStore


@dataclass(frozen=True)
class WatchedRoot:
    """A root of one category. ``size`` in bytes; not ``online``: its drive was off when looked."""

    category: str
    path: str
    policy: ScanPolicy
    online: bool
    files: int
    size: int


class WatchedRoots:
    """Raises roots_unknown, index_unusable and database_unavailable."""

    def __init__(
        self,
        store: JobStore,
        index: LibraryIndex,
        folders: Callable[[], FolderTable],
        host: str,
    ) -> None:
        self._store = store
        self._census = Census(index)
        self._folders = folders
        self._host = host

    def all(self) -> list[WatchedRoot]:
        """In the order of the folder table. Only folders that no scan knows are looked for."""
        policies = self._store.scan_policies.all(self._host)
        known = self._census.roots()
        found = []
        for category, roots in self._folders().roots.items():
            for root in roots:
                counts = known.get((category, root.path))
                found.append(
                    WatchedRoot(
                        category=category,
                        path=root.path,
                        policy=policies.get(root.path, ScanPolicy.START),
                        online=counts.online if counts else Path(root.path).is_dir(),
                        files=counts.files if counts else 0,
                        size=counts.size if counts else 0,
                    )
                )
        return found

    def set_policy(self, path: str, policy: ScanPolicy) -> None:
        """Raises folder_unknown."""
        paths = [root.path for roots in self._folders().roots.values() for root in roots]
        named = next((each for each in paths if pure_path(each) == pure_path(path)), None)
        if named is None:
            known = ", ".join(dict.fromkeys(paths))
            raise KeeperError("folder_unknown", path=path, known=known)
        self._store.scan_policies.put(self._host, named, policy)

    def kept_fresh(self, folders: FolderTable) -> frozenset[str]:
        """The folders that are looked at in passing."""
        policies = self._store.scan_policies.all(self._host)
        return frozenset(
            root.path
            for roots in folders.roots.values()
            for root in roots
            if is_kept_fresh(policies.get(root.path, ScanPolicy.START))
        )
