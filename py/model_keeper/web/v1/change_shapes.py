"""Changes of model files and the trash, in requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from model_keeper.domain.file_changes import ChangeKind
from model_keeper.domain.model_marks import MOST_TAGS
from model_keeper.web.problems import ProblemView
from model_keeper.web.shapes import About
from model_keeper.web.v1.chosen_models import MOST_IDS, Category, Ids, Without
from model_keeper.web.views import JobView


@dataclass(frozen=True)
class MoveRequest:
    """Where a model shall go; what is not named stays as it is."""

    category: Annotated[str | None, About("A ComfyUI folder, such as loras.", maxLength=200)] = None
    root: Annotated[str | None, About("One of the category's folders.", maxLength=4096)] = None
    folder: Annotated[
        str | None, About("Folders below the root, with `/`; empty for none.", maxLength=1024)
    ] = None


@dataclass(frozen=True)
class RenameRequest:
    """Another name in the same folder, with the same ending."""

    name: Annotated[str, About(maxLength=255)]


@dataclass(frozen=True)
class NoRequest:
    """Nothing has to be said."""


@dataclass(frozen=True)
class TagsChange:
    """Which tags come and which go."""

    add: Annotated[tuple[str, ...], About(maxItems=MOST_TAGS)] = ()
    remove: Annotated[tuple[str, ...], About(maxItems=MOST_TAGS)] = ()


@dataclass(frozen=True)
class ActionRequest:
    """One thing for many models: those with these ``ids``, or all that ``query`` finds.

    ``without`` leaves out some of what is found.
    """

    action: Literal["move", "trash", "favourite", "tag"]
    ids: Ids = None
    query: Annotated[str | None, About("In the search language.", maxLength=2000)] = None
    category: Category = None
    without: Without = ()
    to: Annotated[MoveRequest | None, About("Where to, for move.")] = None
    favourite: Annotated[bool, About("For favourite.")] = True
    tags: Annotated[TagsChange | None, About("For tag.")] = None


@dataclass(frozen=True)
class ChangeView:
    """A change of files. It can be undone by its ``id``, also an undo."""

    id: str
    kind: ChangeKind
    at: Annotated[int, About("Ms UTC.")]
    models: Annotated[int, About("For how many it was asked.")]
    failed: Annotated[int, About("How many of them stayed as they were.")]
    files: Annotated[int, About("Files that it changed, those beside models included.")]
    bytes: Annotated[int, About("Of these files.")]
    can_be_undone: bool
    undone: Annotated[bool, About("It was taken back.")]
    undoes: Annotated[str | None, About("The change that it took back.")]
    under_way: Annotated[bool, About("It is not settled yet.")]
    names: Annotated[tuple[str, ...], About("Of the first models.")]


@dataclass(frozen=True)
class ChangesQuery:
    """Which page of the changes."""

    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=200)] = 50
    after: Annotated[str | None, About("`next` of the page before.", maxLength=64)] = None


@dataclass(frozen=True)
class ChangeList:
    """The newest first."""

    items: tuple[ChangeView, ...]
    next: str | None
    total: int


@dataclass(frozen=True)
class ModelResultView:
    """What became of one model. Its ``id`` changes with its place."""

    id: Annotated[str, About("Before the change; of what was restored its id in the trash.")]
    new_id: Annotated[str | None, About("Where it lies now; null in the trash.")]
    error: ProblemView | None


@dataclass(frozen=True)
class NamedView:
    """One place of a workflow that names a model which is elsewhere now."""

    node_type: str | None
    title: Annotated[str | None, About("What the person called the node.")]
    widget: str | None
    old: str
    new: Annotated[str | None, About("Null where its loader does not find the model any more.")]


@dataclass(frozen=True)
class NamingWorkflowView:
    """A stored workflow that names a model by where it was."""

    path: str
    references: Annotated[int, About("In how many places.")]
    can_patch: Annotated[bool, About("Whether `library/workflows/patch` can correct them.")]
    places: tuple[NamedView, ...]


@dataclass(frozen=True)
class ChangeAnswer:
    """What was done at once is in ``change``; what takes its time is the ``job`` that does it."""

    change: ChangeView | None
    job: JobView | None
    results: tuple[ModelResultView, ...]
    workflows: Annotated[
        tuple[NamingWorkflowView, ...], About("Stored workflows that name what was changed.")
    ]


@dataclass(frozen=True)
class TrashView:
    """A model in the trash, with the files that were thrown away with it."""

    id: str
    name: str
    category: Annotated[str | None, About("Null where it was in none of the folders of now.")]
    root: str | None
    relative: Annotated[str | None, About("Where it was, below the root.")]
    size: Annotated[int, About("Bytes of all its files.")]
    files: int
    thrown_at: Annotated[int, About("Ms UTC.")]
    expires_at: Annotated[int | None, About("Ms UTC; null: kept until it is purged.")]


@dataclass(frozen=True)
class TrashList:
    """The last thrown away first."""

    items: tuple[TrashView, ...]
    next: Annotated[str | None, About("Always null: all are in one answer.")]
    total: int
    bytes: Annotated[int, About("What emptying it frees.")]


@dataclass(frozen=True)
class TrashRestoreRequest:
    """Which models to bring back."""

    ids: Annotated[tuple[str, ...], About("Ids of the trash.", maxItems=MOST_IDS)]


@dataclass(frozen=True)
class PurgeRequest:
    """What to delete for good: these, or all."""

    ids: Annotated[tuple[str, ...], About("Ids of the trash.", maxItems=MOST_IDS)] = ()
    all: bool = False


@dataclass(frozen=True)
class PurgedProblem:
    """A file that could not be deleted."""

    path: str
    error: ProblemView


@dataclass(frozen=True)
class PurgedView:
    """What was deleted for good."""

    files: int
    bytes_freed: int
    problems: tuple[PurgedProblem, ...]


@dataclass(frozen=True)
class PatchRequest:
    """Which of the ``workflows`` of a change to correct."""

    change: Annotated[str, About("The id of the change.", maxLength=64)]
    paths: Annotated[tuple[str, ...], About("As the change names them.", maxItems=2_000)]


@dataclass(frozen=True)
class PatchedView:
    """What became of one workflow. ``backup`` holds it as it was."""

    path: str
    references: Annotated[int, About("Places that say the new name now.")]
    backup: str | None
    error: ProblemView | None


@dataclass(frozen=True)
class PatchedList:
    """One row for each that was asked for."""

    results: tuple[PatchedView, ...]
