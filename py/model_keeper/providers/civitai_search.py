"""Civitai as a source of candidates: by SHA256, which is proof, and by file name, which is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.model_names import NameMatch, name_match, title_searches, variant_marks
from model_keeper.domain.negative_answers import BY_HASH_MS, BY_NAME_MS, Question
from model_keeper.domain.ports import Clock
from model_keeper.domain.scoring import Traits, scored
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_answers import (
    PROVIDER,
    Version,
    about_size,
    asset_of,
    risks_of,
    sha256_of,
)

_MOST_TEXTS = 4
_MOST_PAGES = 5  # asked for in all, for one file
_PAGE = 50
_MOST_FOUND = 20

# Creators file what is only a diffusion model, or comes with text encoders, under Checkpoint.
_TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "checkpoints": ("Checkpoint",),
        "diffusion_models": ("Checkpoint", "UNet"),
        "loras": ("LORA", "LoCon", "DoRA"),
        "embeddings": ("TextualInversion",),
        "hypernetworks": ("Hypernetwork",),
        "controlnet": ("Controlnet",),
        "upscale_models": ("Upscaler",),
        "vae": ("VAE", "Checkpoint"),
        "text_encoders": ("TextEncoder", "CLIP", "Checkpoint"),
        "clip_vision": ("CLIPVision",),
    }
)


class CivitaiByHash:
    """Offers the files that have one of the wanted hashes."""

    source = Source.CIVITAI

    def __init__(self, civitai: Civitai, clock: Clock) -> None:
        self._civitai = civitai
        self._clock = clock

    def questions(self, wanted: Wanted) -> Sequence[Question]:
        return [hash_question(self._civitai, sha256) for sha256 in wanted.hashes]

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """One for each known hash. Raises KeeperError as :meth:`Civitai.versions_by_hash`."""
        if not wanted.hashes:
            return ()
        found = self._civitai.versions_by_hash(wanted.hashes)
        now = self._clock.now_ms()
        return tuple(
            _candidate(wanted, version, file, now)
            for sha256, version in found.items()
            for file in version.files
            if sha256_of(file) == sha256
        )


class CivitaiSearch:
    """Offers the files that are called like the wanted one: every variant of every version."""

    source = Source.CIVITAI

    def __init__(self, civitai: Civitai, clock: Clock) -> None:
        self._civitai = civitai
        self._clock = clock

    def questions(self, wanted: Wanted) -> Sequence[Question]:
        if not title_searches(wanted.file_name, 1):
            return ()
        text = f"{self._civitai.host} name {wanted.category or '*'} {wanted.file_name}"
        return (Question(PROVIDER, text, BY_NAME_MS),)

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """Best first. Raises KeeperError civitai_…, rate_limited, server_error, unreachable."""
        found: dict[str, Candidate] = {}
        for versions in self._pages(wanted):
            for version in versions:
                for file in _chosen(wanted, version):
                    made = _candidate(wanted, version, file, self._clock.now_ms())
                    found.setdefault(made.url or made.name, made)
            if any(candidate.exact for candidate in found.values()):
                break
        best = sorted(found.values(), key=lambda candidate: -candidate.score)
        return tuple(best[:_MOST_FOUND])

    def _pages(self, wanted: Wanted) -> Iterator[Sequence[Version]]:
        """The first text on every host, since not every host knows every model."""
        texts = title_searches(wanted.file_name, _MOST_TEXTS)
        turns = [(text, 0) for text in texts]
        turns += [(text, host) for host in range(1, self._civitai.hosts) for text in texts[:1]]
        types = _TYPES.get(wanted.category or "", ())
        left = _MOST_PAGES
        for nth, (text, host) in enumerate(turns):
            room = max(1, left - (len(turns) - nth - 1))
            pages = self._civitai.search(text, types=types, limit=_PAGE, pages=room, host=host)
            for page in pages:
                left -= 1
                yield page


def hash_question(civitai: Civitai, sha256: str) -> Question:
    return Question(PROVIDER, f"{civitai.host} sha256 {sha256.lower()}", BY_HASH_MS)


def _chosen(wanted: Wanted, version: Version) -> Sequence[Mapping[str, Any]]:
    """The files of a version that are called like the wanted one.

    Several may share the name: then those that are what the name says of precision, format and
    size the most.
    """
    by_match: dict[NameMatch, list[Mapping[str, Any]]] = {}
    for file in version.model_files:
        match = name_match(wanted.file_name, str(file.get("name") or ""))
        if match is not None:
            by_match.setdefault(match, []).append(file)
    named = by_match.get(NameMatch.EXACT) or by_match.get(NameMatch.ALIKE) or []
    marks = variant_marks(wanted.file_name)
    most = max((len(marks & _marks_of(file)) for file in named), default=0)
    return [file for file in named if len(marks & _marks_of(file)) == most]


def _marks_of(file: Mapping[str, Any]) -> set[str]:
    metadata = file.get("metadata")
    values = metadata.values() if isinstance(metadata, Mapping) else ()
    marks = {str(value).lower() for value in values if value}
    return marks | {part for mark in marks for part in mark.split("_")}


def _candidate(wanted: Wanted, version: Version, file: Mapping[str, Any], now_ms: int) -> Candidate:
    asset = asset_of(version, file)
    traits = Traits(
        base_model=asset.facts.get("base_model"),
        about=about_size(file),
        risks=risks_of(version, file, now_ms=now_ms),
    )
    return scored(Source.CIVITAI, wanted, _fairly_filed(wanted, asset), traits)


def _fairly_filed(wanted: Wanted, asset: Asset) -> Asset:
    """Without the category where Civitai's type is too broad to contradict the wanted one."""
    broad = asset.facts.get("model_type") in _TYPES.get(wanted.category or "", ())
    differs = asset.category == "checkpoints" and wanted.category != asset.category
    return replace(asset, category=None) if broad and differs else asset
