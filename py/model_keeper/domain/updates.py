"""Updates: whether a model has a newer version that its owner would really want. Pure.

Newer, for the same base model, the same variant, for download now, and not here under any name.
Where a model has no versions, but a place in a repository, its update is what stands there now.
What was looked at and refused says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from model_keeper.domain.model_variants import Variant, likeness, same_variant


class Why(str, Enum):
    """Why a newer version is no update."""

    NO_FILE = "no_file"
    OTHER_BASE_MODEL = "other_base_model"
    OTHER_KIND = "other_kind"
    OTHER_VARIANT = "other_variant"
    EARLY_ACCESS = "early_access"
    PAID = "paid"
    GATED = "gated"
    ARCHIVED = "archived"
    DOWNLOAD_DISABLED = "download_disabled"
    DANGEROUS = "dangerous"
    ALREADY_HERE = "already_here"


#: Those that are about the file's access, not about what it is.
HINDRANCES = frozenset(
    {Why.EARLY_ACCESS, Why.PAID, Why.GATED, Why.ARCHIVED, Why.DOWNLOAD_DISABLED, Why.DANGEROUS}
)


@dataclass(frozen=True)
class OfferedFile:
    """A file of a version. ``hindrances`` keep it from being fetched now: of ``HINDRANCES``."""

    name: str
    url: str
    variant: Variant
    category: str | None = None
    size: int | None = None
    sha256: str | None = None
    primary: bool = False
    hindrances: tuple[Why, ...] = ()


@dataclass(frozen=True)
class OfferedVersion:
    """A version of a model. ``published_at`` in ms UTC.

    Numbers only grow, but those of :func:`number_of`, which say nothing of what is newer.
    """

    id: int
    name: str
    base_model: str | None = None
    published_at: int | None = None
    page: str | None = None
    files: tuple[OfferedFile, ...] = ()

    def newer_than(self, other: OfferedVersion) -> bool:
        if self.published_at is None or other.published_at is None:
            return self.id > other.id
        return (self.published_at, self.id) > (other.published_at, other.id)

    def file_with(self, sha256: str) -> OfferedFile | None:
        return next((file for file in self.files if file.sha256 == sha256), None)


@dataclass(frozen=True)
class Installed:
    """What is here: a file with this SHA256, which is of this version."""

    sha256: str
    model_id: int
    version: OfferedVersion

    @property
    def file(self) -> OfferedFile | None:
        return self.version.file_with(self.sha256)


@dataclass(frozen=True)
class Offer:
    """The update of a model: one file of a newer version."""

    version_id: int
    name: str
    base_model: str | None
    published_at: int | None
    page: str | None
    file_name: str
    url: str
    size: int | None
    sha256: str | None


@dataclass(frozen=True)
class Refused:
    """A newer version that is no update, and why."""

    version_id: int
    name: str
    why: Why


@dataclass(frozen=True)
class Judgement:
    """What a check found for one model; ``refused`` has the newest first."""

    offer: Offer | None = None
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What is known about the updates of the file with this SHA256. ``checked_at`` in ms UTC.

    ``pinned``: the file is of a commit that somebody chose, and what was looked at is its branch.
    """

    sha256: str
    model_id: int
    version_id: int
    version_name: str
    base_model: str | None
    judgement: Judgement
    checked_at: int = 0
    pinned: bool = False


@dataclass(frozen=True)
class Ignored:
    """Updates that a person does not want: of whole models, and single versions of a model."""

    models: frozenset[int] = frozenset()
    versions: frozenset[tuple[int, int]] = frozenset()

    def covers(self, model_id: int, version_id: int) -> bool:
        return model_id in self.models or (model_id, version_id) in self.versions


def number_of(name: str) -> int:
    """The number of a model or a version that has only a name.

    Negative, as no provider's own numbers are, and small enough for every reader of JSON.
    """
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return -1 - int(digest[:13], 16)


def judge(
    installed: Installed, versions: Sequence[OfferedVersion], here: Collection[str]
) -> Judgement:
    """The newest of ``versions`` that is an update; ``here`` are the SHA256 of all files here.

    Where any newer version that fits is here, there is none: that one is checked for itself.
    """
    newer = [version for version in versions if version.newer_than(installed.version)]
    newer.sort(key=lambda version: (version.published_at or 0, version.id), reverse=True)
    offer: Offer | None = None
    refused = []
    superseded = False
    for version in newer:
        file, why = _judged(installed, version, here)
        superseded |= why is Why.ALREADY_HERE
        if why is not None:
            refused.append(Refused(version.id, version.name, why))
        elif offer is None and file is not None:
            offer = _offer(version, file)
    return Judgement(None if superseded else offer, tuple(refused))


def judge_place(hashes: Collection[str], now: OfferedVersion, here: Collection[str]) -> Judgement:
    """Whether the one file that stands ``now`` where the installed one is from is its update.

    ``hashes`` are the SHA256 that the installed file has, and those that were stated for it: a file
    that was altered here is no older one. Any other content is an update, since a branch says
    which of two is wanted.
    """
    [file] = now.files
    if file.sha256 in hashes:
        return Judgement()
    why = Why.ALREADY_HERE if file.sha256 in here else next(iter(file.hindrances), None)
    if why is not None:
        return Judgement(refused=(Refused(now.id, now.name, why),))
    return Judgement(_offer(now, file))


def _judged(
    installed: Installed, version: OfferedVersion, here: Collection[str]
) -> tuple[OfferedFile | None, Why | None]:
    """The file that would take the place of the installed one, or why none does."""
    fitting, why = _fitting(installed, version)
    if why is not None:
        return None, why
    if any(file.sha256 in here for file in fitting):
        return None, Why.ALREADY_HERE
    free = [file for file in fitting if not file.hindrances]
    if not free:
        return None, fitting[0].hindrances[0]
    return free[0], None


def _fitting(installed: Installed, version: OfferedVersion) -> tuple[list[OfferedFile], Why | None]:
    """The files that are what the installed one is, the likest first; or why there are none."""
    if not version.files:
        return [], Why.NO_FILE
    if _key(version.base_model) != _key(installed.version.base_model):
        return [], Why.OTHER_BASE_MODEL
    have = installed.file
    if have is None:
        return sorted(version.files, key=lambda file: not file.primary), None
    files = [file for file in version.files if file.category == have.category]
    if not files:
        return [], Why.OTHER_KIND
    fitting = [file for file in files if same_variant(have.variant, file.variant)]
    fitting.sort(key=lambda f: (likeness(have.variant, f.variant), f.primary), reverse=True)
    return fitting, None if fitting else Why.OTHER_VARIANT


def _offer(version: OfferedVersion, file: OfferedFile) -> Offer:
    return Offer(
        version_id=version.id,
        name=version.name,
        base_model=version.base_model,
        published_at=version.published_at,
        page=version.page,
        file_name=file.name,
        url=file.url,
        size=file.size,
        sha256=file.sha256,
    )


def _key(base_model: str | None) -> str:
    return "".join((base_model or "").casefold().split())
