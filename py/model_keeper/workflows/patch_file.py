"""Patching a workflow's file: the earlier one is kept, and the new one appears at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.patches import Change, Difference
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import create_file
from model_keeper.workflows.patch import differences, patched_text
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.writing import write_back, writing_error

_BOM = b"\xef\xbb\xbf"
_PICTURES = (b"\x89PNG", b"RIFF", b"\xff\xd8", b"GIF8", b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"ID3")


@dataclass(frozen=True)
class PatchedFile:
    """``backup`` holds the bytes from before; None where nothing had to be changed."""

    path: Path
    backup: Path | None
    differences: tuple[Difference, ...]


def write_patched(path: Path, changes: Sequence[Change]) -> PatchedFile:
    """Apply ``changes`` to the workflow at ``path``; its other bytes stay.

    What was there is kept as ``<name>.bak``, or with a number where that is another version. Raises
    KeeperError workflow_changed, workflow_in_picture, file_not_found, storage_failed,
    file_read_only, and as reading; nothing is changed then.
    """
    before = _read(path)
    if before[4:8] == b"ftyp" or before.startswith(_PICTURES):
        raise KeeperError("workflow_in_picture", path=str(path))
    mark = _BOM if before.startswith(_BOM) else b""
    workflow = read_workflow(before, source=str(path))
    rows = differences(workflow.document, changes)
    text = before.removeprefix(_BOM).decode()
    after = mark + patched_text(text, changes, source=str(path)).encode("utf-8", "surrogatepass")
    if after == before:
        return PatchedFile(path, None, ())
    backup = _kept(path, before)
    if _read(path) != before:
        return write_patched(path, changes)  # somebody saved it meanwhile
    write_back(path, after)
    return PatchedFile(path, backup, rows)


def _kept(path: Path, content: bytes) -> Path:
    """A backup with ``content``: the one that is there already, or a new one beside all others."""
    for number in count():
        backup = path.with_name(f"{path.name}.bak{number or ''}")
        try:
            create_file(backup, content)
            return backup
        except FileExistsError:
            if backup.is_file() and _read(backup) == content:
                return backup
        except OSError as exc:
            raise writing_error(exc, path) from exc
    raise AssertionError("count() never ends")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as exc:
        raise KeeperError("file_not_found", path=str(path)) from exc
    except OSError as exc:
        raise file_failed(exc, path) from exc
