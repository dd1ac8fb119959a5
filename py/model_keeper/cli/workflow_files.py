"""From what a person names to workflow files: single ones, and all those in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.errors import KeeperError

_SUFFIXES = frozenset(
    ".json .png .webp .jpg .jpeg .mp4 .m4v .mov .webm .mkv .flac".split()  # noqa: SIM905 - a table
)
_OF_NO_WORKFLOW = frozenset({"workflow_unknown_format", "workflow_not_embedded", "workflow_empty"})


@dataclass(frozen=True)
class WorkflowFile:
    """``title`` is what a person calls it: the path as named, or below the folder named.

    ``folder`` is the one that was named. None where the file itself was: then it is a workflow, or
    that is an error.
    """

    path: Path
    title: str
    folder: Path | None = None

    def is_none(self, error: KeeperError) -> bool:
        """Whether ``error`` says that it is no workflow, and nobody said that it is one."""
        return self.folder is not None and error.code in _OF_NO_WORKFLOW


def names_workflow(text: str) -> bool:
    """Whether an argument means a file or a folder of this machine rather than a link."""
    if "://" in text:
        return False
    return Path(text).suffix.lower() in _SUFFIXES or Path(text).expanduser().is_dir()


def workflow_files(arguments: Sequence[str]) -> list[WorkflowFile]:
    """Each file once: those named, and what may be a workflow in the folders named.

    Raises KeeperError file_not_found, folder_without_workflows.
    """
    found: dict[str, WorkflowFile] = {}
    for argument in arguments:
        path = Path(argument).expanduser()
        if path.is_dir():
            files = [WorkflowFile(p, _below(path, p), path) for p in _within(path)]
            if not files:
                raise KeeperError("folder_without_workflows", path=argument)
        elif path.is_file():
            files = [WorkflowFile(path, argument)]
        else:
            raise KeeperError("file_not_found", path=argument)
        for file in files:
            found.setdefault(os.path.realpath(file.path), file)
    return list(found.values())


def _within(folder: Path) -> Iterator[Path]:
    """Files whose ending a workflow may have, by name; hidden ones and hidden folders are not."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _SUFFIXES:
                yield Path(parent, name)


def _below(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()
