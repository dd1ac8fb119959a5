"""What a workflow needs, and how each need stands: on disk, to be fetched, or a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path, PurePosixPath

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.names import escapes
from model_keeper.domain.references import EntryGroup, ModelEntry, grouped
from model_keeper.engine.intake import Intake, Plan, Wishes

_AT_ONCE = 8  # looks at providers; each has its own limits besides
#: A download can be enqueued although its provider says no now: the job says what helps.
_LATER = frozenset({Family.CREDENTIALS, Family.REMOTE})


class NeedState(str, Enum):
    ON_DISK = "on_disk"
    FETCH = "fetch"
    CHOOSE = "choose"  # the workflow itself names several files for one name
    MISSING = "missing"  # nobody says where it is
    OPTIONAL = "optional"  # only muted or bypassed nodes want it


@dataclass(frozen=True)
class Place:
    """Where a workflow names a file. ``scope`` is the subgraph's id, empty outside all."""

    node_id: str | None
    node_type: str | None = None
    scope: str = ""
    widget: str | None = None
    value: str | None = None
    active: bool = True


@dataclass(frozen=True)
class Need:
    """One file that the workflow names, however many places want it.

    ``entries`` are what it declares about the file; ``plan`` is the download where one is possible;
    ``error`` says why it is not, or what its provider said; ``path`` is where the file lies.
    """

    name: str
    state: NeedState
    category: str | None
    places: tuple[Place, ...]
    entries: tuple[ModelEntry, ...] = ()
    plan: Plan | None = None
    path: str | None = None
    size: int | None = None
    error: KeeperError | None = None


class Needs:
    """Judges what workflows name against the model folders and the providers."""

    def __init__(self, intake: Intake, folders: FolderTable) -> None:
        self._intake = intake
        self._folders = folders

    def of(
        self, entries: Iterable[ModelEntry], values: Sequence[Place], *, explore: bool
    ) -> list[Need]:
        """The needs of declared ``entries`` and of ``values`` that the loaders do not list.

        Not ``explore``: no provider is asked, so sizes and hashes stay unknown.
        """
        wanted = list(entries)
        groups = grouped(wanted)
        loose = [value for value in values if not any(_means(g.name, value) for g in groups)]
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="needs") as pool:
            declared = list(
                pool.map(lambda group: self._declared(group, wanted, values, explore), groups)
            )
        return [*declared, *self._undeclared(loose)]

    def plan(self, entry: ModelEntry, wishes: Wishes) -> Plan:
        """The download of an entry, also where its provider says no for now.

        Raises KeeperError where there is nothing that could be fetched later.
        """
        try:
            return self._intake.from_entry(entry, wishes)
        except KeeperError as error:
            if error.family not in _LATER:
                raise
            return self._intake.from_entry(entry, wishes, explore=False)

    def _declared(
        self,
        group: EntryGroup,
        entries: Sequence[ModelEntry],
        values: Sequence[Place],
        explore: bool,  # noqa: FBT001 - called in one place, through a pool
    ) -> Need:
        wanted = [value for value in values if _means(group.name, value)]
        places = (*(_place(e) for e in entries if e.name == group.name and e.node_id), *wanted)
        category = group.categories[0] if group.categories else None
        need = Need(group.name, NeedState.FETCH, category, _distinct(places), group.entries)
        found = self._on_disk(group.name, group.categories)
        if found is not None:
            return replace(need, state=NeedState.ON_DISK, path=found.path, size=_size(found))
        if not group.addresses:
            return replace(need, state=NeedState.MISSING)
        if group.is_choice:
            return replace(need, state=NeedState.CHOOSE)
        if not (group.active or wanted):
            need = replace(need, state=NeedState.OPTIONAL)
        return self._planned(need, explore=explore)

    def _planned(self, need: Need, *, explore: bool) -> Need:
        entry = next(entry for entry in need.entries if entry.url)
        try:
            plan = self._intake.from_entry(entry, Wishes(), explore=explore)
        except KeeperError as error:
            if error.family in _LATER:
                return replace(need, error=error, plan=self._blindly(entry))
            if error.family is Family.NOT_FOUND:
                return replace(need, state=NeedState.MISSING, error=error)
            return replace(need, error=error)
        destination = plan.download.destination
        return replace(
            need, plan=plan, category=destination.category, size=plan.download.expected_size
        )

    def _blindly(self, entry: ModelEntry) -> Plan | None:
        try:
            return self._intake.from_entry(entry, Wishes(), explore=False)
        except KeeperError:
            return None

    def _undeclared(self, values: Sequence[Place]) -> list[Need]:
        by_name: dict[str, list[Place]] = {}
        for value in values:
            by_name.setdefault(_slashes(value.value or ""), []).append(value)
        needs = []
        for name, places in by_name.items():
            active = any(place.active for place in places)
            state = NeedState.MISSING if active else NeedState.OPTIONAL
            needs.append(Need(name, state, None, tuple(places)))
        return needs

    def _on_disk(self, name: str, categories: Sequence[str]) -> Destination | None:
        """The file where a loader of its category would find it; any category where none is said.

        ``name`` is as somebody else wrote it: one that climbs out of its folder is nowhere.
        """
        if escapes(name):
            return None
        known = self._folders.roots
        for category in categories or tuple(known):
            for root in known.get(category, ()):
                destination = Destination(category, root.path, name)
                if Path(destination.path).is_file():
                    return destination
        return None


def _means(name: str, place: Place) -> bool:
    """A loader's value means a declared file by its whole name, or by its file's name."""
    value = _slashes(place.value or "")
    return value == name or PurePosixPath(value).name == PurePosixPath(name).name


def _place(entry: ModelEntry) -> Place:
    return Place(entry.node_id, entry.node_type, entry.scope, active=entry.active)


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """One place a node; the one that knows its widget is kept."""
    by_node: dict[tuple[str, str | None], Place] = {}
    for place in places:
        key = (place.scope, place.node_id)
        if key not in by_node or place.widget:
            by_node[key] = place
    return tuple(by_node.values())


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _size(found: Destination) -> int | None:
    try:
        return Path(found.path).stat().st_size
    except OSError:
        return None
