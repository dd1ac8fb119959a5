"""Bringing what several owners say about a model together, without losing anybody's word.

For each field the word of the greatest :attr:`~model_keeper.domain.metadata.Origin.rank` is kept:
the stronger owner's, then the better provider's, then what was said last. Nobody but a person can
empty a field. So the order in which answers and sidecars are read makes no difference, and reading
them twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import (
    FIELDS,
    IDENTITY,
    PERSON,
    ModelMetadata,
    Origin,
    Owner,
    is_empty,
    values_of,
    with_values,
)


@dataclass(frozen=True)
class Replaced:
    """A field's previous value and whose word it was: a row of the field's history."""

    field: str
    value: Any
    origin: Origin


@dataclass(frozen=True)
class Merge:
    """The result. ``replaced`` are the values that are in it no longer, for the history."""

    metadata: ModelMetadata
    replaced: tuple[Replaced, ...] = ()


def merged(old: ModelMetadata, new: ModelMetadata, owner: Origin) -> Merge:
    """``old`` and what ``owner`` says in ``new``.

    An empty field of ``new`` says nothing, unless its ``provenance`` names the field: then it says
    that there is none, which is kept while nobody knows better. What names the model at its source
    goes together. ``completeness`` stays as it was judged.
    """
    told = _told(new)
    if new.source:
        told |= {name: getattr(new, name) for name in IDENTITY}
    merge = _settled(old, {name: (value, owner) for name, value in told.items()})
    both = _with_the_rest(merge.metadata, new)
    return Merge(_seen_again(both, owner) if told else both, merge.replaced)


def united(old: ModelMetadata, new: ModelMetadata) -> Merge:
    """What two records say together that both know whose word each field is."""
    told = {name: (value, new.origin_of(name)) for name, value in _told(new).items()}
    merge = _settled(old, told)
    return Merge(_with_the_rest(merge.metadata, new), merge.replaced)


def edited(old: ModelMetadata, changes: Mapping[str, Any], *, at: int) -> Merge:
    """What a person says: an empty value is their word as well, and no provider fills it again.

    It counts after whatever they said before, also where the clock was set back. ``changes`` are by
    field name. Raises KeeperError invalid_request for one that there is not.
    """
    _known(changes)
    before = (origin.at for origin in map(old.origin_of, changes) if origin.owner is Owner.USER)
    origin = Origin(Owner.USER, PERSON, max(at, *(earlier + 1 for earlier in before if earlier), 0))
    return _settled(old, {name: (value, origin) for name, value in changes.items()})


def released(old: ModelMetadata, names: Iterable[str]) -> ModelMetadata:
    """The person's word on these fields is given up: the values stay until somebody says better.

    Raises KeeperError invalid_request for a field that there is not.
    """
    names = frozenset(names)
    _known(names)
    kept = {
        name: origin
        for name, origin in old.provenance.items()
        if name not in names or origin.owner is not Owner.USER
    }
    return replace(old, provenance=kept)


def given_back(old: ModelMetadata, names: Iterable[str], former: Iterable[Replaced]) -> Merge:
    """A person's word on these fields given up for what others last said of them, where they did.

    Without one of ``former`` a field keeps its value, which anybody may replace. Raises as
    :func:`released`.
    """
    names = frozenset(names)
    mine = {name for name in names if old.origin_of(name).owner is Owner.USER}
    free = released(old, names)
    said = {each.field: each for each in former if each.field in mine}
    values = {name: each.value for name, each in said.items()}
    origins = {name: each.origin for name, each in said.items()}
    metadata = replace(with_values(free, values), provenance={**free.provenance, **origins})
    return Merge(metadata, replaced_between(old, metadata))


def gone_upstream(old: ModelMetadata, owner: Origin) -> ModelMetadata:
    """The provider says that it has no such model (404). Nothing is erased.

    Only noted where something came from that provider, with the first time it was missing; an
    answer that it gave later stands.
    """
    said = [origin for origin in old.provenance.values() if origin.name == owner.name]
    at = owner.at or 0
    if not said or any(o.via is None and (o.at or 0) > at for o in said):
        return old
    return replace(old, gone={**old.gone, owner.name: min(at, old.gone.get(owner.name, at))})


def replaced_between(old: ModelMetadata, new: ModelMetadata) -> tuple[Replaced, ...]:
    """The values of ``old`` that are in ``new`` no longer, after any number of merges."""
    after = values_of(new)
    return tuple(
        Replaced(name, value, old.origin_of(name))
        for name, value in values_of(old).items()
        if not is_empty(value) and after.get(name) != value
    )


def same_but_for_moments(one: ModelMetadata, other: ModelMetadata) -> bool:
    """Whether they say the same by the same: a refresh that brought nothing changes only when."""
    return _without_moments(one) == _without_moments(other)


def _without_moments(metadata: ModelMetadata) -> ModelMetadata:
    provenance = {name: replace(o, at=None) for name, o in metadata.provenance.items()}
    return replace(metadata, provenance=provenance)


def _known(names: Iterable[str]) -> None:
    for name in names:
        if name not in FIELDS:
            raise KeeperError("invalid_request", what=f"A model has no field “{name}”.")


def _told(new: ModelMetadata) -> dict[str, Any]:
    """What is said in it, and what is said on purpose to be empty."""
    said = new.provenance
    return {n: value for n, value in values_of(new).items() if n in said or not is_empty(value)}


def _settled(old: ModelMetadata, told: Mapping[str, tuple[Any, Origin]]) -> Merge:
    before = values_of(old)
    values: dict[str, Any] = {}
    provenance = dict(old.provenance)
    replaced = []
    for name, (value, origin) in told.items():
        previous = before.get(name)
        unsaid = is_empty(previous) and name not in old.provenance
        if not unsaid and _order(name, previous, old.origin_of(name)) >= _order(
            name, value, origin
        ):
            continue
        values[name] = value
        provenance[name] = origin
        if value != previous and not is_empty(previous):
            replaced.append(Replaced(name, previous, old.origin_of(name)))
    return Merge(replace(with_values(old, values), provenance=provenance), tuple(replaced))


def _order(name: str, value: Any, origin: Origin) -> tuple[Any, ...]:
    """Total, so that two who speak at the same moment need no third to decide."""
    counts = origin.owner is Owner.USER or name in IDENTITY or not is_empty(value)
    spelled = json.dumps(value, default=_plain, sort_keys=True)
    return (counts, *origin.rank, spelled)


def _plain(value: Any) -> Any:
    assert is_dataclass(value)
    assert not isinstance(value, type)
    return asdict(value)


def _with_the_rest(metadata: ModelMetadata, new: ModelMetadata) -> ModelMetadata:
    return replace(
        metadata, extra=_joined(metadata.extra, new.extra), gone=_gone_together(metadata, new)
    )


def _joined(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Both; each origin has a key of its own, below which nothing is lost either."""
    joined = dict(old)
    for key, value in new.items():
        present = joined.get(key)
        both = isinstance(present, Mapping) and isinstance(value, Mapping)
        joined[key] = {**present, **value} if both else value  # type: ignore[dict-item]
    return joined


def _gone_together(old: ModelMetadata, new: ModelMetadata) -> dict[str, int]:
    names = [*old.gone, *(name for name in new.gone if name not in old.gone)]
    return {n: min(m.gone[n] for m in (old, new) if n in m.gone) for n in names}


def _seen_again(metadata: ModelMetadata, origin: Origin) -> ModelMetadata:
    """A provider that tells of a model has it; a copy of what it once told proves nothing."""
    since = metadata.gone.get(origin.name)
    if since is None or origin.via is not None or (origin.at or 0) <= since:
        return metadata
    return replace(metadata, gone={n: at for n, at in metadata.gone.items() if n != origin.name})
