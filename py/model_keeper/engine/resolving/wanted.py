"""From the places that name models to the files that are wanted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.findings import WantedFile
from model_keeper.domain.references import ModelEntry, Reference, ReferenceKind

_BY_STEM = frozenset({ReferenceKind.STEM, ReferenceKind.LORA_TAG, ReferenceKind.EMBEDDING})
_NOT_REQUIRED = frozenset({ReferenceKind.SELF_FETCHED, ReferenceKind.BUILTIN})

_Key = tuple[str, str]  # the category, empty where nobody knows it, and the name


def wanted_files(
    references: Sequence[Reference], entries: Sequence[ModelEntry]
) -> tuple[WantedFile, ...]:
    """Each wanted file once, in the order of the workflow.

    Places agree when category and name do; one that names no extension joins the one that does. An
    entry belongs to every file of its name whose category does not contradict it; an entry that no
    place names is a wanted file of its own.
    """
    groups: dict[_Key, list[Reference]] = {}
    for reference in references:
        groups.setdefault(_key(reference), []).append(reference)
    _join_stems(groups)
    claimed: set[int] = set()
    files = []
    for (category, name), places in groups.items():
        own = [entry for entry in entries if _belongs(entry, category, name)]
        claimed.update(id(entry) for entry in own)
        files.append(_file(name, category or None, places, own))
    rest: dict[_Key, list[ModelEntry]] = {}
    for entry in entries:
        if id(entry) not in claimed:
            rest.setdefault((entry.category or "", entry.name), []).append(entry)
    files += [_file(name, category or None, (), own) for (category, name), own in rest.items()]
    return tuple(files)


def _file(
    name: str, category: str | None, places: Sequence[Reference], entries: Sequence[ModelEntry]
) -> WantedFile:
    told = category or next((entry.category for entry in entries if entry.category), None)
    wanted = Wanted(
        name=name,
        category=told,
        hashes=_distinct(entry.sha256 for entry in entries),
        entries=tuple(entries),
        values=_distinct(place.value for place in places),
        kind=_kind(places),
        node_types=_distinct(place.node_type for place in places),
    )
    required = (
        any(place.active and place.kind not in _NOT_REQUIRED for place in places)
        if places
        else any(entry.active for entry in entries)
    )
    return WantedFile(wanted, tuple(places), required)


def _kind(places: Sequence[Reference]) -> ReferenceKind:
    """How the places name it: one that names the whole file says most."""
    kinds = [place.kind for place in places]
    whole = ReferenceKind.FILE
    return whole if not kinds or whole in kinds else kinds[0]


def _key(reference: Reference) -> _Key:
    return (reference.category or "", reference.name)


def _join_stems(groups: dict[_Key, list[Reference]]) -> None:
    full: dict[_Key, _Key] = {}
    for key, places in groups.items():
        if any(place.kind not in _BY_STEM for place in places):
            category, name = key[0], PurePosixPath(key[1])
            full.setdefault((category, name.stem), key)
            full.setdefault((category, str(name.parent / name.stem)), key)
    for key in list(groups):
        whole = full.get(key)
        if whole is not None and whole != key:
            groups[whole] += groups.pop(key)


def _belongs(entry: ModelEntry, category: str, name: str) -> bool:
    same = entry.name == name or PurePosixPath(entry.name).name == PurePosixPath(name).name
    return same and (not category or entry.category in {None, category})


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
