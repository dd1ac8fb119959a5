"""The manifest: decisions about a workflow's models in ``pyproject.toml``, written as they fall."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.manifests import (
    ManifestModel,
    ManifestWorkflowModel,
    PendingIntent,
    Row,
    Which,
    WorkflowNodeWidgetRef,
    concerns,
    decided,
    optional,
    pending,
    previous_resolutions,
    resolved,
    same_source,
    unresolved,
    without_shadowed,
)
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import remove_leftovers_of
from model_keeper.workflows.manifest_edits import with_known, with_rows
from model_keeper.workflows.manifest_rows import (
    NAMESPACES,
    OURS,
    MisshapenError,
    Rows,
    read_foreign_rows,
    read_known,
    read_rows,
)
from model_keeper.workflows.manifest_text import joined, line_of, sections, toml, values
from model_keeper.workflows.writing import write_back

_BOM = "\ufeff"
_LONE_NEWLINE = re.compile(r"(?<!\r)\n")


@dataclass(frozen=True)
class _Content:
    """What the file says. ``text`` is without a byte order mark."""

    text: str
    mark: str
    data: Mapping[str, Any]
    rows: Rows
    foreign: Rows
    known: Mapping[str, ManifestModel]

    def all_rows(self, workflow: str) -> tuple[ManifestWorkflowModel, ...]:
        own = self.rows.get(workflow, ())
        return (*own, *without_shadowed(self.foreign.get(workflow, ()), own))


class Manifest:
    """The decisions in one ``pyproject.toml``.

    They stand below ``[tool.<namespace>]``; those that other tools keep for the same workflows are
    read as well, and ours go first. Every change is on the disk when its call returns; killed at
    any point, the file is the old one or the new one. Writers take turns, each on what the others
    wrote. Comments, other tables and their formatting stay to the byte. A missing file is made.

    All methods raise KeeperError manifest_unreadable (with the line; nothing is written then),
    storage_failed, dependency_missing; those that write also file_read_only, disk_full and
    folder_not_found.
    """

    def __init__(self, path: Path, *, namespace: str = OURS, lock_seconds: float = 30.0) -> None:
        self._path = path
        self._namespace = namespace
        self._lock_seconds = lock_seconds
        self._last: _Content | None = None  # parsing takes most of the time

    @property
    def path(self) -> Path:
        return self._path

    def workflows(self) -> tuple[str, ...]:
        content = self._read()
        return tuple(dict.fromkeys((*content.rows, *content.foreign)))

    def models(self, workflow: str) -> tuple[ManifestWorkflowModel, ...]:
        """Everything that was decided about ``workflow``."""
        return self._read().all_rows(workflow)

    def previous(self, workflow: str) -> Mapping[WorkflowNodeWidgetRef, ManifestWorkflowModel]:
        """The same by widget, for ModelResolutionContext.previous_resolutions."""
        return previous_resolutions(self.models(workflow))

    def intents(self, workflow: str | None = None) -> tuple[PendingIntent, ...]:
        """The downloads that are decided and not done, each file once; of all workflows for None.

        Of one workflow: each still names every workflow that waits for the same file.
        """
        found = pending(self._every_row())
        return tuple(row for row in found if workflow is None or workflow in row.workflows)

    def by_source(self, url: str) -> tuple[tuple[str, ManifestWorkflowModel], ...]:
        """(workflow, decision) wherever the file at ``url`` is meant."""
        return tuple(item for item in self._every_row() if same_source(item[1], url))

    def by_hash(self, sha256: str) -> tuple[tuple[str, ManifestWorkflowModel], ...]:
        """(workflow, decision) wherever a file with this SHA256 was got or is expected."""
        wanted = sha256.lower()
        return tuple(
            item for item in self._every_row() if wanted in {item[1].sha256, item[1].expected}
        )

    def known(self) -> Mapping[str, ManifestModel]:
        """The files that workflows got, by SHA256."""
        return self._read().known

    def decide(self, workflow: str, *models: ManifestWorkflowModel) -> None:
        """Keep decisions. Each replaces what was decided about the same widgets before."""
        with self._writing() as edit:
            edit.rows(workflow, lambda rows: decided(rows, *models))

    def resolve(
        self, workflow: str, which: Which, sha256: str, *, known: ManifestModel | None = None
    ) -> None:
        """The file is there and has this SHA256. ``known`` enters the global table.

        Raises KeeperError manifest_entry_unknown.
        """
        with self._writing() as edit:
            edit.row(workflow, which, lambda row: resolved(row, sha256))
            if known is not None:
                edit.known(known)

    def note(self, outcomes: Iterable[tuple[str, Which, ManifestModel | None]]) -> None:
        """What became of downloads, in one turn: the file that is there, or None where it failed.

        Raises KeeperError manifest_entry_unknown.
        """
        with self._writing() as edit:
            for workflow, which, got in outcomes:
                if got is None:
                    edit.row(workflow, which, unresolved)
                else:
                    edit.row(workflow, which, partial(_with_sha256, got.sha256))
                    edit.known(got)

    def fail(self, workflow: str, which: Which) -> None:
        """The download failed: the decision stays an intent. Raises manifest_entry_unknown."""
        with self._writing() as edit:
            edit.row(workflow, which, unresolved)

    def optional(self, workflow: str, which: Which) -> None:
        """The workflow may run without it: nobody is asked again. Raises manifest_entry_unknown."""
        with self._writing() as edit:
            edit.row(workflow, which, optional)

    def _every_row(self) -> Iterator[tuple[str, ManifestWorkflowModel]]:
        content = self._read()
        for workflow in dict.fromkeys((*content.rows, *content.foreign)):
            for row in content.all_rows(workflow):
                yield workflow, row

    def _read(self) -> _Content:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            data = b""
        except OSError as exc:
            raise file_failed(exc, self._path) from exc
        return self._content(self._decoded(data))

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError as exc:
            line = data[: exc.start].count(b"\n") + 1
            raise self._unreadable(line, "it is not text in UTF-8") from exc

    def _content(self, text: str) -> _Content:
        mark, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
        last = self._last
        if last is not None and (last.mark, last.text) == (mark, text):
            return last
        data = self._parsed(text)
        try:
            rows = read_rows(data, self._namespace)
            known = read_known(data, self._namespace)
        except MisshapenError as exc:
            raise self._unreadable(line_of(text, exc.place), exc.why) from exc
        others = [name for name in NAMESPACES if name != self._namespace]
        foreign = _merged(read_foreign_rows(data, name) for name in others)
        self._last = _Content(text, mark, data, rows, foreign, known)
        return self._last

    def _parsed(self, text: str) -> dict[str, Any]:
        try:
            return values(text)
        except toml().exceptions.ParseError as exc:
            raise self._unreadable(exc.line, "it is not valid TOML there") from exc
        except toml().exceptions.TOMLKitError as exc:
            raise self._unreadable(1, str(exc)) from exc

    def _unreadable(self, line: int, why: str) -> KeeperError:
        return KeeperError("manifest_unreadable", path=str(self._path), line=line, why=why)

    @contextmanager
    def _writing(self) -> Iterator[_Edit]:
        """A turn at the file: what the block changed is written when it ends."""
        with self._turn():
            remove_leftovers_of(self._path)
            before = self._read()
            edit = _Edit(self._namespace, before)
            yield edit
            text = edit.text
            if "\r\n" in before.text and not _LONE_NEWLINE.search(before.text):
                text = _LONE_NEWLINE.sub("\r\n", text)
            if text != before.text:
                self._check(before, edit, before.mark + text)
                write_back(self._path, _encoded(before.mark + text))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        target = self._path.resolve()
        if not target.parent.is_dir():
            raise KeeperError("folder_not_found", path=str(self._path.parent))
        lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=self._lock_seconds)
        try:
            lock.acquire()
        except Timeout as exc:
            why = "another program keeps it locked"
            raise KeeperError("storage_failed", path=str(self._path), why=why) from exc
        except OSError as exc:
            raise KeeperError("file_read_only", path=str(self._path)) from exc
        try:
            yield
        finally:
            lock.release()

    def _check(self, before: _Content, edit: _Edit, text: str) -> None:
        """Refuse a text that does not say what was meant, or says something else elsewhere."""
        try:
            after = self._content(text)
        except KeeperError:
            after = None
        if (
            after is None
            or (after.rows, after.known) != edit.expected
            or self._others(after) != self._others(before)
        ):
            raise self._unreadable(1, "its tables are laid out in a way that cannot be changed")

    def _others(self, content: _Content) -> dict[str, Any]:
        """All that is not ours."""
        tool = {k: v for k, v in content.data.get("tool", {}).items() if k != self._namespace}
        return {**content.data, "tool": tool}


class _Edit:
    """Changes to the text of one manifest, and what it has to say after them."""

    def __init__(self, namespace: str, content: _Content) -> None:
        self._parts = sections(content.text)
        self._namespace = namespace
        self._content = content
        self._rows = dict(content.rows)
        self._known = dict(content.known)

    @property
    def text(self) -> str:
        return joined(self._parts)

    @property
    def expected(self) -> tuple[Rows, Mapping[str, ManifestModel]]:
        return self._rows, self._known

    def rows(
        self,
        workflow: str,
        change: Callable[[Sequence[ManifestWorkflowModel]], tuple[Row, ...]],
    ) -> None:
        before = self._rows.get(workflow, ())
        after = change(before)
        if tuple(row for _, row in after) == before:
            return
        self._parts = with_rows(self._parts, self._namespace, workflow, before, after)
        self._rows[workflow] = tuple(row for _, row in after)

    def row(
        self,
        workflow: str,
        which: Which,
        change: Callable[[ManifestWorkflowModel], ManifestWorkflowModel],
    ) -> None:
        """Change one row; another tool's row is taken over into ours."""
        own = self._rows.get(workflow, ())
        if any(concerns(row, which) for row in own):
            self.rows(workflow, lambda rows: _each(rows, which, change))
            return
        foreign = without_shadowed(self._content.foreign.get(workflow, ()), own)
        theirs = next((row for row in foreign if concerns(row, which)), None)
        if theirs is None:
            name = which if isinstance(which, str) else which.widget_value
            raise KeeperError("manifest_entry_unknown", workflow=workflow, name=name)
        self.rows(workflow, lambda rows: decided(rows, change(theirs)))

    def known(self, model: ManifestModel) -> None:
        before = self._known.get(model.sha256)
        if before != model:
            self._parts = with_known(self._parts, self._namespace, before, model)
            self._known[model.sha256] = model


def _with_sha256(sha256: str, row: ManifestWorkflowModel) -> ManifestWorkflowModel:
    return resolved(row, sha256)


def _each(
    rows: Sequence[ManifestWorkflowModel],
    which: Which,
    change: Callable[[ManifestWorkflowModel], ManifestWorkflowModel],
) -> tuple[Row, ...]:
    return tuple(
        (index, change(row) if concerns(row, which) else row) for index, row in enumerate(rows)
    )


def _merged(tables: Iterable[Rows]) -> Rows:
    """The rows of several tools by workflow; what an earlier one says hides the later ones."""
    found: dict[str, tuple[ManifestWorkflowModel, ...]] = {}
    for table in tables:
        for workflow, rows in table.items():
            own = found.get(workflow, ())
            found[workflow] = (*own, *without_shadowed(rows, own))
    return found


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as exc:
        raise KeeperError(
            "name_unusable",
            name=repr(exc.object[exc.start]),
            why="it is no character of any script",
        ) from exc
