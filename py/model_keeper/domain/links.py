"""What a pasted text means. Pure: nothing is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class PlainLink:
    """The address of a file on any server."""

    url: str


@dataclass(frozen=True)
class HuggingFaceFile:
    repo: str  # owner/name
    path: str
    revision: str = "main"
    repo_type: str = "model"  # model, dataset, space


@dataclass(frozen=True)
class HuggingFaceRepo:
    repo: str
    revision: str = "main"
    folder: str = ""
    repo_type: str = "model"


@dataclass(frozen=True)
class CivitaiModel:
    """A model's page; the version where the link names one."""

    model_id: int
    version_id: int | None = None


@dataclass(frozen=True)
class CivitaiVersion:
    """One version, by download address, API address or AIR; the file where the link names one."""

    version_id: int
    file_id: int | None = None
    filters: Mapping[str, str] = field(default_factory=dict)  # type, format, size, fp
    model_id: int | None = None


@dataclass(frozen=True)
class Sha256Link:
    sha256: str


def is_commit(revision: str) -> bool:
    """Whether a revision is one commit, which stays as it is, and no branch or tag."""
    return _COMMIT.fullmatch(revision) is not None


Link = Union[  # noqa: UP007 - a runtime alias, and 3.10 reads it as well
    PlainLink, HuggingFaceFile, HuggingFaceRepo, CivitaiModel, CivitaiVersion, Sha256Link
]
