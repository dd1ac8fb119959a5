"""What a pasted text means, before anything is fetched."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.engine.intake import Intake, Plan, Wishes
from model_keeper.library.space import free_bytes
from model_keeper.store import JobStore
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_MOST_LINKS = 200
_AT_ONCE = 6


@dataclass(frozen=True)
class InspectRequest:
    """A text with one link or many, by white space or lines."""

    text: Annotated[str, About(maxLength=200000)]
    category: Annotated[str | None, About("The folder, where the links do not say it.")] = None


@dataclass(frozen=True)
class FileChoice:
    """One of the files that a page offers."""

    url: str
    name: str | None
    size: int | None
    note: Annotated[str | None, About("What tells it from its siblings.")]
    sha256_known: bool


@dataclass(frozen=True)
class RootView:
    """A model folder. ``free`` in bytes."""

    category: str
    path: str
    writable: bool
    is_default: bool
    free: int | None


@dataclass(frozen=True)
class LinkView:
    """What one link is, and where its file would go."""

    text: str
    url: str | None
    provider: str | None
    title: str | None
    name: str | None
    size: int | None
    sha256: Annotated[str | None, About("Where its provider publishes one.")]
    category: str | None
    root: str | None
    path: str | None
    free: Annotated[int | None, About("Bytes that may still be written there.")]
    here: Annotated[str | None, About("Where the same file lies already.")]
    files: Annotated[
        tuple[FileChoice, ...], About("Where a page offers several: a choice is needed.")
    ]
    error: ProblemView | None


@dataclass(frozen=True)
class Inspection:
    """One entry for each link, in the order of the text."""

    items: tuple[LinkView, ...]
    left_out: Annotated[int, About("Links beyond the most that are looked at in one request.")]


@dataclass(frozen=True)
class Folders:
    """Every category with its folders, first searched first."""

    items: tuple[RootView, ...]


class LinksApi:
    """Links, and the folders that they can go to."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        return [
            Route(
                "POST",
                "links/inspect",
                self.inspect,
                "What each link of a text is, and where its file would go.",
                Inspection,
                "Links",
                body=InspectRequest,
                errors=("roots_unknown",),
            ),
            Route(
                "GET",
                "folders",
                self.folders,
                "The model folders of this host.",
                Folders,
                "Links",
                errors=("roots_unknown",),
            ),
        ]

    def inspect(self, body: InspectRequest) -> Inspection:
        links = list(dict.fromkeys(body.text.split()))
        folders = self._backend.model_folders()
        look = partial(
            _inspected,
            intake=self._backend.intake(folders),
            wishes=Wishes(category=body.category),
            store=self._backend.store,
        )
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="links") as pool:
            items = tuple(pool.map(look, links[:_MOST_LINKS]))
        return Inspection(items, max(0, len(links) - _MOST_LINKS))

    def folders(self) -> Folders:
        return Folders(root_views(self._backend.model_folders()))


def root_views(table: FolderTable) -> tuple[RootView, ...]:
    rows = []
    for category, roots in table.roots.items():
        try:
            chosen = table.default_root(category).path
        except KeeperError:
            chosen = None  # all of them are read-only
        rows += [
            RootView(
                category=category,
                path=root.path,
                writable=root.writable is not False,
                is_default=root.path == chosen,
                free=free_or_none(root.path),
            )
            for root in roots
        ]
    return tuple(rows)


def free_or_none(folder: str) -> int | None:
    """None where the drive does not answer."""
    try:
        return free_bytes(Path(folder))
    except OSError:
        return None


def _inspected(text: str, *, intake: Intake, wishes: Wishes, store: JobStore) -> LinkView:
    asset: Asset | None = None
    try:
        found = intake.look_up(text)
        asset = found[0]
        if len(found) > 1:
            files = tuple(_file_choice(each) for each in found)
            return replace(_link(text, asset), files=files)
        return _planned(text, intake.plan(asset, wishes), store)
    except KeeperError as error:
        return replace(_link(text, asset), error=problem_view(error))


def _planned(text: str, plan: Plan, store: JobStore) -> LinkView:
    download = plan.download
    destination = download.destination
    return replace(
        _link(text, download.asset),
        name=destination.relative.rsplit("/", 1)[-1],
        sha256=download.expected_sha256,
        category=destination.category,
        root=destination.root,
        path=destination.path,
        free=free_or_none(destination.root),
        here=already_here(plan, store),
    )


def already_here(plan: Plan, store: JobStore) -> str | None:
    """A file with the same hash that an earlier job proved, or one at the place with its size."""
    download = plan.download
    if download.expected_sha256:
        for job in store.jobs.finished_with(download.expected_sha256):
            path = job.result.get("path")
            if path and Path(path).is_file():
                return str(path)
    place = Path(download.destination.path)
    try:
        same = place.is_file() and place.stat().st_size == download.expected_size
    except OSError:
        return None
    return str(place) if same else None


def _file_choice(asset: Asset) -> FileChoice:
    return FileChoice(asset.url, asset.name, asset.size, asset.note, asset.sha256 is not None)


def _link(text: str, asset: Asset | None) -> LinkView:
    return LinkView(
        text=text,
        url=asset.url if asset else None,
        provider=asset.provider if asset else None,
        title=asset.title if asset else None,
        name=asset.name if asset else None,
        size=asset.size if asset else None,
        sha256=asset.sha256 if asset else None,
        category=asset.category if asset else None,
        root=None,
        path=None,
        free=None,
        here=None,
        files=(),
        error=None,
    )
