"""Changes of files that a person asked for: what they are made of, and how far they are.

A change has items, one for each model; an item has steps, one for each file. All steps are written
down before the first is taken. An item is carried out as a whole or not at all, and the items do
not depend on each other. Nothing but emptying the trash ever deletes a person's file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from model_keeper.domain.folders import pure_path
from model_keeper.domain.seen_files import Seen

TRASH_FOLDER = ".model-keeper-trash"


class ChangeKind(str, Enum):
    MOVE = "move"
    RENAME = "rename"
    TRASH = "trash"
    RESTORE = "restore"
    DEDUPE = "dedupe"
    ORGANISE = "organise"
    UNDO = "undo"


class Action(str, Enum):
    """What a step does. None of them ever replaces a file."""

    COMPARE = "compare"  # read both, change nothing; the item ends where they differ
    MOVE = "move"  # the same file under another name of its volume
    COPY = "copy"  # its bytes in another file, proven by a hash of both
    HARDLINK = "hardlink"  # another name of the same file
    REFLINK = "reflink"  # another file that shares its blocks
    SYMLINK = "symlink"  # a link to where the source, itself a link, leads


class ItemState(str, Enum):
    PLANNED = "planned"
    DONE = "done"
    FAILED = "failed"  # nothing of it is left, or what is left stands in its steps
    UNDONE = "undone"


@dataclass(frozen=True)
class Step:
    """``source`` and ``target`` are absolute; ``seen`` is the source when it was planned.

    ``text`` is what a new symbolic link says. ``is_model``: not one of the files beside a model.
    """

    action: Action
    source: str
    target: str
    seen: Seen
    text: str | None = None
    is_model: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Step:
        return cls(
            **{
                **document,
                "action": Action(document["action"]),
                "seen": Seen(**document["seen"]),
            }
        )


@dataclass(frozen=True)
class ChangeItem:
    """``subject`` is the path of the model when the change was asked for.

    Of a failed item ``steps`` are those that could not be taken back, mostly none.
    """

    index: int
    subject: str
    steps: tuple[Step, ...] = ()
    state: ItemState = ItemState.PLANNED
    error_code: str | None = None
    error_details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def can_be_undone(self) -> bool:
        effects = [step for step in self.steps if step.action is not Action.COMPARE]
        return bool(effects) and self.state in {ItemState.DONE, ItemState.FAILED}

    def can_be_undone_with(self, trash: Collection[str]) -> bool:
        """Whether all that an undo would take out of the trash lies in one of its slots still."""
        thrown = (step.target for step in self.steps if is_slot(step.target))
        return self.can_be_undone and all(slot in trash for slot in thrown)


@dataclass(frozen=True)
class Change:
    """``id`` is the token to undo it by. ``at`` is ms UTC; ``undoes`` the change it took back.

    Not ``closed``: it is under way, or what carried it out ended in the middle.
    """

    id: str
    kind: ChangeKind
    at: int
    actor: str
    items: tuple[ChangeItem, ...]
    undoes: str | None = None
    closed: bool = False

    @property
    def can_be_undone(self) -> bool:
        return self.closed and any(item.can_be_undone for item in self.items)

    def can_be_undone_with(self, trash: Collection[str]) -> bool:
        """Whether anything of it can be undone still, ``trash`` being the slots that are used."""
        return self.closed and any(item.can_be_undone_with(trash) for item in self.items)


@dataclass(frozen=True)
class TrashedFile:
    """One file in the trash. ``slot`` is where it lies, ``origin`` where it was.

    ``size`` in bytes, 0 for a link; ``at`` and ``expires_at`` ms UTC, None: kept until a person
    purges it. Files of one model share their ``item``.
    """

    slot: str
    origin: str
    item: str
    size: int
    at: int
    expires_at: int | None = None
    sha256: str | None = None
    is_model: bool = False


@dataclass(frozen=True)
class NameChange:
    """What a workflow has to say from now on: ``new`` for ``old``, as loaders of ``category`` list.

    ``new`` is None where no loader of that category lists the file any more.
    """

    category: str
    old: str
    new: str | None


def is_slot(path: str) -> bool:
    """Whether ``path`` is a place in a trash."""
    return pure_path(path).parent.name == TRASH_FOLDER
