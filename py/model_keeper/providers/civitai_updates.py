"""Civitai's versions as what may be an update of something that is here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from model_keeper.domain.model_variants import variant_of
from model_keeper.domain.negative_answers import BY_HASH_MS, Question
from model_keeper.domain.ports import Clock
from model_keeper.domain.updates import HINDRANCES, OfferedFile, OfferedVersion, Why
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_answers import (
    PROVIDER,
    Version,
    about_size,
    address_of,
    asset_of,
    published_ms,
    risks_of,
)
from model_keeper.providers.remembered import Misses


class RememberedModels:
    """All versions of models, by the models' numbers; models that are gone are not asked for."""

    def __init__(self, civitai: Civitai, misses: Misses, clock: Clock) -> None:
        self._civitai = civitai
        self._misses = misses
        self._clock = clock

    def versions(self, model_ids: Collection[int]) -> dict[int, tuple[OfferedVersion, ...]]:
        """Without the models that nobody knows, or did not lately.

        Raises KeeperError as :meth:`Civitai.models`.
        """
        now = self._clock.now_ms()
        questions = {m: model_question(self._civitai, m) for m in model_ids}
        found, _ = self._misses.ask(questions, self._civitai.models)
        return {
            model_id: tuple(offered_version(version, now) for version in versions)
            for model_id, versions in found.items()
        }


def model_question(civitai: Civitai, model_id: int) -> Question:
    return Question(PROVIDER, f"{civitai.host} model {model_id}", BY_HASH_MS)


def model_id_of(version: Version) -> int | None:
    found = version.data.get("modelId")
    return found if isinstance(found, int) else None


def offered_version(version: Version, now_ms: int) -> OfferedVersion:
    """With its model files only. ``now_ms`` decides what is in early access still."""
    base_model = version.data.get("baseModel")
    files = tuple(_offered_file(version, file, now_ms) for file in version.model_files)
    return OfferedVersion(
        id=version.id,
        name=str(version.data.get("name") or version.id),
        base_model=base_model if isinstance(base_model, str) else None,
        published_at=published_ms(version),
        page=next((asset_of(version, file).page for file in version.model_files), None),
        files=files,
    )


def _offered_file(version: Version, file: Mapping[str, Any], now_ms: int) -> OfferedFile:
    asset = asset_of(version, file)
    stated = file.get("metadata")
    said = stated if isinstance(stated, Mapping) else {}
    return OfferedFile(
        name=asset.name or "",
        url=address_of(version, file),
        variant=variant_of(
            asset.name or "",
            str(version.data.get("name") or ""),
            base_model=str(version.data.get("baseModel") or ""),
            stated={
                "fp": str(said.get("fp") or ""),
                "format": str(said.get("format") or ""),
                "size": str(said.get("size") or ""),
                "quant": str(said.get("quantType") or ""),
            },
        ),
        category=asset.category,
        size=asset.size or about_size(file),
        sha256=asset.sha256,
        primary=bool(file.get("primary")),
        hindrances=tuple(_hindrances(risk.code for risk in risks_of(version, file, now_ms=now_ms))),
    )


def _hindrances(codes: Iterable[str]) -> Iterable[Why]:
    by_code = {why.value: why for why in HINDRANCES}
    return (by_code[code] for code in codes if code in by_code)
