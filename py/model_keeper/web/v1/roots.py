"""The model folders, and when each is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.scan_policies import ScanPolicy
from model_keeper.engine.watched_roots import WatchedRoot
from model_keeper.library.index_text import as_text
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_AREA = "Model folders"


@dataclass(frozen=True)
class WatchedRootView:
    """A model folder of a category."""

    category: str
    path: str
    policy: ScanPolicy
    online: Annotated[bool, About("False: its drive was off when last looked.")]
    files: int
    bytes: int


@dataclass(frozen=True)
class RootList:
    """In the order in which loaders search them."""

    items: tuple[WatchedRootView, ...]


@dataclass(frozen=True)
class PolicyRequest:
    """When a folder is looked at without being asked to."""

    path: Annotated[str, About("As `roots` names it.", maxLength=4096)]
    policy: ScanPolicy


class RootsApi:
    """A policy belongs to a folder, whichever categories have it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        errors = ("roots_unknown", "index_unusable")
        return [
            Route("GET", "roots", self.list, "The model folders.", RootList, _AREA, errors=errors),
            Route("PUT", "roots/policy", self.set_policy, "Say when a folder is looked at.",
                  RootList, _AREA, body=PolicyRequest, errors=(*errors, "folder_unknown")),
        ]  # fmt: skip

    def list(self) -> RootList:
        return RootList(tuple(map(root_view, self._backend.library.roots.all())))

    def set_policy(self, body: PolicyRequest) -> RootList:
        self._backend.library.roots.set_policy(body.path, body.policy)
        return self.list()


def root_view(root: WatchedRoot) -> WatchedRootView:
    return WatchedRootView(
        category=root.category,
        path=as_text(root.path),
        policy=root.policy,
        online=root.online,
        files=root.files,
        bytes=root.size,
    )
