"""Manifests: what was decided about a workflow's models, kept so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Union

from model_keeper.domain.categories import category_key
from model_keeper.domain.references import ModelEntry

SHA256_MARK = "sha256:"


class Criticality(str, Enum):
    """Whether a workflow is of use without a model."""

    REQUIRED = "required"  # this very file
    FLEXIBLE = "flexible"  # another file of its kind would do
    OPTIONAL = "optional"  # it runs without


class IntentStatus(str, Enum):
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"


_FLEXIBLE = frozenset(
    {
        "checkpoints",
        "vae",
        "text_encoders",
        "loras",
        "style_models",
        "embeddings",
        "upscale_models",
    }
)


def default_criticality(category: str | None) -> Criticality:
    """How much a workflow depends on a model of ``category`` where nobody has said so.

    Required where no list says that another file would do: a stranger is not replaced unasked.
    """
    known = category is not None and category_key(category) in _FLEXIBLE
    return Criticality.FLEXIBLE if known else Criticality.REQUIRED


@dataclass(frozen=True)
class WorkflowNodeWidgetRef:
    """A widget of a node that names a model. The last two fields say nothing of its identity.

    ``node_id`` is ``<subgraph id>:<node id>`` inside a subgraph. ``widget_index`` is the widget's
    place in a list of values, or its name. ``property_url`` and ``property_directory`` are what the
    node's ``properties.models`` say.
    """

    node_id: str
    node_type: str
    widget_index: int | str
    widget_value: str
    property_url: str | None = field(default=None, compare=False)
    property_directory: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ManifestWorkflowModel:
    """One decision: a model that a workflow needs, and what is to be done or was done about it.

    ``relative_path`` has forward slashes and starts with the category. ``hash`` is of the file that
    was got: ``sha256:…``, or whatever another tool wrote, which proves nothing. ``expected`` is the
    SHA256 (lower-case hex) that a download has to have, where one is known before.
    """

    filename: str
    category: str
    criticality: Criticality = Criticality.FLEXIBLE
    status: IntentStatus = IntentStatus.UNRESOLVED
    hash: str | None = None
    sources: tuple[str, ...] = ()
    relative_path: str | None = None
    nodes: tuple[WorkflowNodeWidgetRef, ...] = ()
    expected: str | None = None
    declared_by: str | None = None  # "manual": no widget shows it

    @property
    def sha256(self) -> str | None:
        """The SHA256 of the file, lower-case hex, only where it was computed."""
        return sha256_of(self.hash)

    @property
    def is_intent(self) -> bool:
        """Whether it is decided where to get the file, and that has not been done yet."""
        return self.status is IntentStatus.UNRESOLVED and bool(self.sources)

    @property
    def is_question(self) -> bool:
        """Whether a person has to be asked again."""
        return (
            self.status is IntentStatus.UNRESOLVED
            and not self.sources
            and self.criticality is not Criticality.OPTIONAL
        )


@dataclass(frozen=True)
class ManifestModel:
    """A file that some workflow got, whichever workflow that was."""

    sha256: str
    filename: str
    size: int
    relative_path: str
    category: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class PendingIntent:
    """A download that is decided: ``workflows`` all want the file of ``model``."""

    model: ManifestWorkflowModel
    workflows: tuple[str, ...]


Which = Union[WorkflowNodeWidgetRef, str]  # noqa: UP007 - a runtime alias, and 3.10 reads it as well
"""A decision by the widget that it is about, or by its file name."""

Row = tuple[Union[int, None], ManifestWorkflowModel]  # noqa: UP007 - as above
"""A decision and the place that it had before; None where it is new."""


def sha256_of(mark: str | None) -> str | None:
    """The hex digits of ``sha256:…``; None for every other hash."""
    if mark is None or not mark.startswith(SHA256_MARK):
        return None
    return mark.removeprefix(SHA256_MARK).lower()


def concerns(row: ManifestWorkflowModel, which: Which) -> bool:
    if isinstance(which, WorkflowNodeWidgetRef):
        return which in row.nodes
    return row.filename == which


def decided(
    rows: Sequence[ManifestWorkflowModel], *models: ManifestWorkflowModel
) -> tuple[Row, ...]:
    """``rows`` after the decisions ``models``, one after the other.

    Each takes the place of what was decided about the same widgets, or about the same file where it
    names no widget. A widget belongs to one decision: other rows lose it, and a row goes with its
    last widget.
    """
    after: list[Row] = list(enumerate(rows))
    for model in models:
        after = _with(after, model)
    return tuple(after)


def _with(rows: Sequence[Row], model: ManifestWorkflowModel) -> list[Row]:
    place = _place_of([row for _, row in rows], model)
    claimed = set(model.nodes)
    after: list[Row] = []
    for position, (index, row) in enumerate(rows):
        if position == place:
            after.append((index, model))
            continue
        left = tuple(node for node in row.nodes if node not in claimed)
        if left or left == row.nodes:
            after.append((index, row if left == row.nodes else replace(row, nodes=left)))
    return after if place is not None else [*after, (None, model)]


def _place_of(rows: Sequence[ManifestWorkflowModel], model: ManifestWorkflowModel) -> int | None:
    wanted = set(model.nodes)
    for position, row in enumerate(rows):
        if row.nodes and wanted.issuperset(row.nodes):
            return position
    for position, row in enumerate(rows):
        same = (row.filename, row.category) == (model.filename, model.category)
        if same and (not wanted or not row.nodes or wanted & set(row.nodes)):
            return position
    return None


def resolved(row: ManifestWorkflowModel, sha256: str) -> ManifestWorkflowModel:
    """``row`` once its file is there. Sources and path stay, so that it can be got again."""
    return replace(
        row, status=IntentStatus.RESOLVED, hash=f"{SHA256_MARK}{sha256.lower()}", expected=None
    )


def unresolved(row: ManifestWorkflowModel) -> ManifestWorkflowModel:
    """``row`` after its download failed: still an intent, with its sources."""
    expected = row.expected or row.sha256
    return replace(row, status=IntentStatus.UNRESOLVED, hash=None, expected=expected)


def optional(row: ManifestWorkflowModel) -> ManifestWorkflowModel:
    """``row`` once a person has said that the workflow may run without it."""
    return replace(row, criticality=Criticality.OPTIONAL)


def pending(
    rows: Iterable[tuple[str, ManifestWorkflowModel]],
) -> tuple[PendingIntent, ...]:
    """The intents among ``(workflow, row)``, one for each file however many workflows want it.

    Two are the same file if one of their sources or the expected hash is the same and they go to
    the same place; where the places differ, each is a file of its own.
    """
    found: list[PendingIntent] = []
    for workflow, row in rows:
        if not row.is_intent:
            continue
        index = next((i for i, known in enumerate(found) if _same_file(known.model, row)), None)
        if index is None:
            found.append(PendingIntent(row, (workflow,)))
        elif workflow not in found[index].workflows:
            known = found[index]
            found[index] = replace(known, workflows=(*known.workflows, workflow))
    return tuple(found)


def same_source(row: ManifestWorkflowModel, url: str) -> bool:
    """Whether ``url`` is one of the sources, but for what changes no byte of the file."""
    return _address(url) in {_address(source) for source in row.sources}


def without_shadowed(
    theirs: Iterable[ManifestWorkflowModel], ours: Sequence[ManifestWorkflowModel]
) -> tuple[ManifestWorkflowModel, ...]:
    """Of ``theirs`` what ``ours`` do not speak of: neither the widget, nor a file without one."""
    spoken = {node for row in ours for node in row.nodes}
    files = {(row.filename, row.category) for row in ours}
    left = []
    for row in theirs:
        nodes = tuple(node for node in row.nodes if node not in spoken)
        if nodes or (not row.nodes and (row.filename, row.category) not in files):
            left.append(row if nodes == row.nodes else replace(row, nodes=nodes))
    return tuple(left)


def _same_file(one: ManifestWorkflowModel, other: ManifestWorkflowModel) -> bool:
    if (one.relative_path or one.filename) != (other.relative_path or other.filename):
        return False
    if one.expected and other.expected:
        return one.expected == other.expected
    return any(same_source(one, url) for url in other.sources)


def _address(url: str) -> str | None:
    return ModelEntry(name="", url=url).address


def previous_resolutions(
    rows: Iterable[ManifestWorkflowModel],
) -> Mapping[WorkflowNodeWidgetRef, ManifestWorkflowModel]:
    """What was decided, by the widget that it is about."""
    return MappingProxyType({node: row for row in rows for node in row.nodes})
