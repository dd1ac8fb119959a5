"""What a pasted text means, before anything is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from model_keeper.domain.downloads import Asset, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.prechecks import Check, CheckState
from model_keeper.engine.intake import Intake, Wishes, dest_key
from model_keeper.engine.lookups import looked_up
from model_keeper.engine.prechecks import PreChecks
from model_keeper.library.space import free_bytes, planned_space
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_MOST_LINKS = 200


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
class CheckView:
    """One thing that was looked at before the download."""

    code: Annotated[str, About("exists, size, metadata, credentials or space.")]
    state: CheckState
    data: Annotated[Mapping[str, Any], About("Its facts, as docs/prechecks.md names them.")]


@dataclass(frozen=True)
class VolumeView:
    """What all links together need on one volume, in bytes."""

    folder: str
    needed: int
    free: int
    missing: Annotated[int, About("What has to be freed first; 0 where all fits.")]


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
    checks: tuple[CheckView, ...]
    duplicate_of: Annotated[
        str | None, About("The text of an earlier link that means the same download.")
    ]
    error: ProblemView | None


@dataclass(frozen=True)
class Inspection:
    """One entry for each link, in the order of the text."""

    items: tuple[LinkView, ...]
    left_out: Annotated[int, About("Links beyond the most that are looked at in one request.")]
    repeated: Annotated[int, About("Words that the text has more than once; each is listed once.")]
    volumes: Annotated[tuple[VolumeView, ...], About("The room that all of them need.")]


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
        words = body.text.split()
        links = list(dict.fromkeys(words))
        look = partial(
            _inspected,
            intake=self._backend.intake(self._backend.model_folders()),
            wishes=Wishes(category=body.category),
            prechecks=self._backend.prechecks,
        )
        looked = [each for each in looked_up(look, links[:_MOST_LINKS]) if isinstance(each, _Look)]
        distinct: dict[tuple[str, str], _Look] = {}
        for each in looked:
            if each.key is not None:
                distinct.setdefault(each.key, each)
        return Inspection(
            items=tuple(_marked(each, distinct) for each in looked),
            left_out=max(0, len(links) - _MOST_LINKS),
            repeated=len(words) - len(links),
            volumes=_volumes(each.view for each in distinct.values()),
        )

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


@dataclass(frozen=True)
class _Look:
    """A link as it was looked at. ``key`` is equal for links that mean the same download."""

    view: LinkView
    key: tuple[str, str] | None = None


def _inspected(text: str, *, intake: Intake, wishes: Wishes, prechecks: PreChecks) -> _Look:
    asset: Asset | None = None
    try:
        found = intake.look_up(text)
        asset = found[0]
        if len(found) > 1:
            files = tuple(_file_choice(each) for each in found)
            return _Look(replace(_link(text, asset), files=files))
        download = intake.plan(asset, wishes).download
        view = _planned(text, download, prechecks.of(download))
        return _Look(view, (dest_key(download.destination), download.source_key))
    except KeeperError as error:
        return _Look(replace(_link(text, asset), error=problem_view(error)))


def _planned(text: str, download: Download, checks: Sequence[Check]) -> LinkView:
    destination = download.destination
    here = next((c.data.get("path") for c in checks if c.code == "exists"), None)
    return replace(
        _link(text, download.asset),
        name=destination.relative.rsplit("/", 1)[-1],
        sha256=download.expected_sha256,
        category=destination.category,
        root=destination.root,
        path=destination.path,
        free=free_or_none(destination.root),
        here=here,
        checks=tuple(CheckView(c.code, c.state, c.data) for c in checks),
    )


def _marked(look: _Look, distinct: Mapping[tuple[str, str], _Look]) -> LinkView:
    first = distinct[look.key] if look.key is not None else look
    return look.view if first is look else replace(look.view, duplicate_of=first.view.text)


def _volumes(views: Iterable[LinkView]) -> tuple[VolumeView, ...]:
    """None where a drive does not answer: each link says that for itself."""
    rows = [(Path(v.root), v.size or 0) for v in views if v.root is not None and v.here is None]
    try:
        planned = planned_space(rows)
    except OSError:
        return ()
    return tuple(VolumeView(str(v.folder), v.needed, v.free, v.missing) for v in planned)


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
        checks=(),
        duplicate_of=None,
        error=None,
    )
