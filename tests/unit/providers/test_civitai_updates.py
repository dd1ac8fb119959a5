"""Civitai's answers, of this year and of years ago, as what may be an update."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.updates import Installed, OfferedVersion, Why, judge
from model_keeper.providers.civitai_answers import Version, versions_of
from model_keeper.providers.civitai_updates import model_id_of, offered_version

SHARED = Path(__file__).parents[4] / "shared/data/civitai/models"
NOW = 1_800_000_000_000
DAY = 86_400_000
HOME = "https://civitai.com"


def version(number: int, **more: Any) -> Version:
    file = {
        "id": number * 10,
        "name": f"m{number}.safetensors",
        "type": "Model",
        "sizeKB": 2,
        "metadata": {"fp": "fp16", "format": "SafeTensor", "size": "full"},
        "hashes": {"SHA256": f"{number:064x}"},
        "pickleScanResult": "Success",
        "primary": True,
    }
    data = {
        "id": number,
        "modelId": 7,
        "name": f"v{number}",
        "baseModel": "SDXL 1.0",
        "publishedAt": "2026-01-02T00:00:00.000Z",
        "model": {"name": "Carrot", "type": "LORA"},
        "files": [file],
        **more,
    }
    return Version("https://elsewhere.example", data)


def hindrances(**more: Any) -> tuple[Why, ...]:
    (file,) = offered_version(version(1, **more), NOW).files
    return file.hindrances


def test_a_file_is_described_and_named_exactly() -> None:
    offered = offered_version(version(1), NOW)
    (file,) = offered.files
    assert (offered.id, offered.base_model) == (1, "SDXL 1.0")
    assert (file.category, file.size, file.sha256, file.primary) == (
        "loras",
        2_048,
        f"{1:064x}",
        True,
    )
    assert (file.variant.precision, file.variant.container) == ("fp16", "safetensors")
    assert file.url == f"{HOME}/api/download/models/1?fileId=10"  # whichever endpoint was asked
    assert model_id_of(version(1)) == 7


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, None),
        ({"availability": "EarlyAccess"}, Why.EARLY_ACCESS),
        ({"earlyAccessEndsAt": "2031-01-01T00:00:00.000Z"}, Why.EARLY_ACCESS),
        ({"earlyAccessEndsAt": "2021-01-01T00:00:00.000Z"}, None),  # it is over
        ({"publishedAt": "2027-01-10T00:00:00.000Z", "earlyAccessTimeFrame": 14}, Why.EARLY_ACCESS),
        ({"earlyAccessTimeFrame": 14}, None),
        ({"paidAccess": {"permanent": True, "endsAt": None}}, Why.PAID),
        ({"usageControl": "Generation"}, Why.DOWNLOAD_DISABLED),
        ({"model": {"type": "LORA", "mode": "Archived"}}, Why.ARCHIVED),
    ],
)
def test_what_keeps_a_version_from_being_fetched_now(more: dict[str, Any], why: Why | None) -> None:
    assert hindrances(**more) == (() if why is None else (why,))


def test_what_a_scan_found_keeps_it_away() -> None:
    made = version(1)
    made.files[0]["virusScanResult"] = "Danger"  # type: ignore[index]
    (file,) = offered_version(made, NOW).files
    assert file.hindrances == (Why.DANGEROUS,)


def recorded() -> Iterator[list[OfferedVersion]]:
    if not SHARED.is_dir():
        pytest.skip(f"there is no recorded answer in {SHARED}")
    for path in sorted(SHARED.rglob("*.json")):
        model = json.loads(path.read_text(encoding="utf-8"))
        yield [offered_version(each, NOW) for each in versions_of(HOME, model)]


def test_every_recorded_model_is_judged_and_every_version_is_accounted_for() -> None:
    judged = 0
    for versions in recorded():
        for have in versions:
            hashes = [file.sha256 for file in have.files if file.sha256]
            for sha256 in hashes[:1]:
                installed = Installed(sha256, 1, have)
                found = judge(installed, versions, {sha256})
                newer = {each.id for each in versions if each.newer_than(have)}
                refused = {each.version_id for each in found.refused}
                assert refused <= newer
                if found.offer is None:
                    assert refused == newer
                else:
                    assert found.offer.version_id in newer - refused
                judged += 1
    assert judged > 50


def test_a_page_that_collects_different_things_updates_none_of_them() -> None:
    for versions in recorded():
        names = {version.name for version in versions}
        if not any("CorpseBride" in name for name in names):
            continue
        for have in versions:
            hashes = [file.sha256 for file in have.files if file.sha256]
            found = judge(Installed(hashes[0], 1, have), versions, set(hashes))
            assert found.offer is None, (have.name, found.offer)
        return
    pytest.skip("the recorded collection is not there")
