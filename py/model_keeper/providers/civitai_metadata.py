"""Civitai's answers as metadata. Pure: nothing is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model_keeper.domain import foreign_values as clean
from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.formats.civitai_version import (
    ENDPOINT,
    SOURCE,
    is_version,
    read_version,
    version_of_model,
)


def civitai_origin(at: int) -> Origin:
    """Of what Civitai answered at this moment (ms UTC)."""
    return Origin(Owner.PROVIDER, SOURCE, at)


def from_version(
    answer: Any, sha256: str | None = None, *, endpoint: str = ENDPOINT
) -> ModelMetadata | None:
    """What ``model-versions/{id}`` or ``by-hash/{hash}`` answered about the file with ``sha256``.

    None where it is no version.
    """
    if not isinstance(answer, Mapping) or not is_version(answer):
        return None
    return read_version(answer, sha256=_lower(sha256), endpoint=endpoint)


def from_hashes(
    answer: Any, sha256s: Iterable[str], *, endpoint: str = ENDPOINT
) -> dict[str, ModelMetadata]:
    """What ``POST model-versions/by-hash`` answered, by those of ``sha256s`` that it knows.

    The answer follows no order, leaves out what is unknown and can hold nulls. Of two versions with
    the same file the first one is meant, as where one hash is asked for.
    """
    wanted = {digest.lower() for digest in sha256s}
    found: dict[str, ModelMetadata] = {}
    for version in clean.mappings(answer):
        if not is_version(version):
            continue
        for file in clean.mappings(version.get("files")):
            digest = clean.hashes(file.get("hashes")).get("sha256")
            if digest in wanted and digest not in found:
                found[digest] = read_version(version, sha256=digest, endpoint=endpoint)
    return found


def from_model(
    answer: Any, version_id: int, sha256: str | None = None, *, endpoint: str = ENDPOINT
) -> ModelMetadata | None:
    """What ``models/{id}`` answered about one version: the model's own description too.

    None where it does not list the version.
    """
    version = version_of_model(clean.mapping(answer), version_id)
    if version is None:
        return None
    return read_version(version, sha256=_lower(sha256), endpoint=endpoint)


def _lower(sha256: str | None) -> str | None:
    return None if sha256 is None else sha256.lower()
