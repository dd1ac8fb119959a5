"""What can be known before a download: each check says fine, mind this, or it cannot be. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from model_keeper.domain.completeness import Judgement


class CheckState(str, Enum):
    OK = "ok"
    WARNING = "warning"
    REFUSED = "refused"  # it would fail as things are


@dataclass(frozen=True)
class Check:
    """``code``: exists, size, metadata, credentials or space. ``data`` are its facts."""

    code: str
    state: CheckState
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "state": self.state.value, **self.data}


class Key(str, Enum):
    """What is known of a provider's key."""

    VALID = "valid"
    UNTESTED = "untested"  # there is one, and nobody could or should ask
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True)
class FileThere:
    """A file under the destination's name; ``sha256`` where it is known without reading it."""

    size: int
    sha256: str | None = None


def exists_check(
    path: str,
    there: FileThere | None,
    *,
    size: int | None,
    sha256: str | None,
    holder: str | None,
    may_suffix: bool,
) -> Check:
    """Whether the file is here already.

    ``holder`` is a file elsewhere with the wanted content. A check that is fine and has a ``path``
    means that nothing is fetched.
    """
    if there is None:
        return Check("exists", CheckState.OK, {"path": holder} if holder else {})
    same: bool | None
    if sha256 and there.sha256:
        same = sha256 == there.sha256
    else:  # the size alone proves nothing when it is equal, and much when it is not
        same = None if size is None else size == there.size
    if same:
        return Check("exists", CheckState.OK, {"path": path})
    if holder and may_suffix:
        return Check("exists", CheckState.OK, {"path": holder})
    certain = same is False and not may_suffix
    data = {"taken": path, "suffix": may_suffix}
    return Check("exists", CheckState.REFUSED if certain else CheckState.WARNING, data)


def size_check(expected: int | None, there: FileThere | None, partial: int) -> Check:
    """What is expected against what lies there; ``partial`` bytes of it were brought before."""
    data: dict[str, Any] = {"expected": expected}
    if partial:
        data["partial"] = partial
    if there is not None and there.size != expected:
        data["there"] = there.size
    fine = expected is not None and "there" not in data
    return Check("size", CheckState.OK if fine else CheckState.WARNING, data)


def metadata_check(
    judgement: Judgement, *, here: bool, proof: str | None, offered: Sequence[str]
) -> Check:
    """How complete the metadata beside the destination is.

    ``offered`` are fields that the provider fills once the file is here. Without a SHA256 as
    ``proof`` nobody can tell whether the right bytes came.
    """
    missing = [name for name in judgement.missing if here or name not in offered]
    data = {"completeness": judgement.completeness.value, "missing": missing, "hash": bool(proof)}
    fine = proof is not None and not (here and missing)
    return Check("metadata", CheckState.OK if fine else CheckState.WARNING, data)


def credentials_check(provider: str, key: Key) -> Check:
    """Whether the provider lets us in, where it may ask for a key."""
    state = {Key.VALID: CheckState.OK, Key.REFUSED: CheckState.REFUSED}
    return Check(
        "credentials",
        state.get(key, CheckState.WARNING if key is Key.MISSING else CheckState.OK),
        {"provider": provider, "key": key.value},
    )


def space_check(folder: str, needed: int | None, free: int | None) -> Check:
    """Whether it fits. ``needed`` is what is still to come, None where nobody knows."""
    data = {"folder": folder, "needed": needed, "free": free}
    if needed is None or free is None:
        return Check("space", CheckState.WARNING, data)
    return Check("space", CheckState.OK if needed <= free else CheckState.REFUSED, data)
