"""How many files of recorded Civitai models are found again by nothing but their names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.candidates import Wanted
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_search import CivitaiSearch
from model_keeper.testing.civitai import FakeCivitai
from tests.doubles import FakeClock
from tests.integration.search_clients import loopback_client

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "civitai" / "models"


def recorded_files() -> list[dict[str, Any]]:
    return [
        file
        for path in sorted(RECORDED.rglob("*.json"))
        for version in json.loads(path.read_text(encoding="utf-8"))["modelVersions"]
        for file in version["files"]
        if file["type"] in {"Model", "Pruned Model"}
    ]


def test_most_recorded_files_are_found_by_name_and_never_another() -> None:
    """The fake wants every word in the title; many files are called unlike their models."""
    if not RECORDED.is_dir():
        pytest.skip(f"no recorded answers in {RECORDED}")
    files, found = recorded_files(), 0
    clock = FakeClock()
    client = loopback_client(clock)
    with FakeCivitai() as fake:
        fake.load_recorded(RECORDED)
        search = CivitaiSearch(Civitai(client, clock, fake.url), clock)
        for file in files:
            candidates = search.candidates(Wanted(file["name"]))
            found += file["hashes"]["SHA256"].lower() in {c.sha256 for c in candidates}
            assert not any(candidate.automatic for candidate in candidates)
            assert all(c.name == file["name"] for c in candidates if c.exact)
    client.close()

    assert found >= 0.8 * len(files), f"{found} of {len(files)}"
