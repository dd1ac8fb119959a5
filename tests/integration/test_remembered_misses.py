"""Misses on a fake Civitai, kept in a real store: they are not asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.candidates import Wanted
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_search import CivitaiSearch
from model_keeper.providers.remembered import Misses, Remembered, RememberedHashes
from model_keeper.store import JobStore, open_store
from model_keeper.testing.civitai import FakeCivitai
from tests.doubles import FakeClock
from tests.integration.search_clients import loopback_client

LIST, BATCH = "/api/v1/models", "/api/v1/model-versions/by-hash"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        yield made


@pytest.fixture
def civitai(fake: FakeCivitai, clock: FakeClock) -> Iterator[Civitai]:
    client = loopback_client(clock)
    yield Civitai(client, clock, fake.url)
    client.close()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[JobStore]:
    opened = open_store(tmp_path / "keeper.sqlite3", clock=clock, actor="test")
    yield opened
    opened.close()


def test_misses_of_a_whole_library_are_not_asked_again(
    fake: FakeCivitai, civitai: Civitai, clock: FakeClock, store: JobStore
) -> None:
    fake.add(7, 70, {"style.safetensors": b"1"})
    known, unknown = sha256_of(b"1"), [sha256_of(b"unknown %d" % n) for n in range(200)]
    hashes = RememberedHashes(civitai, Misses(store.negative_answers, clock))

    assert set(hashes.versions_by_hash([*unknown, known])) == {known}
    assert set(hashes.versions_by_hash([*unknown, known.upper()])) == {known}
    assert len(fake.server.records(BATCH)) == 3 + 1
    fresh = RememberedHashes(civitai, Misses(store.negative_answers, clock, fresh=True))
    fake.add(8, 80, {"new.safetensors": b"unknown 0"})
    assert set(fresh.versions_by_hash([*unknown, known])) == {known, unknown[0]}
    assert set(hashes.versions_by_hash(unknown)) == {unknown[0]}


def test_a_name_that_was_not_there_is_not_asked_again_either(
    fake: FakeCivitai, civitai: Civitai, clock: FakeClock, store: JobStore
) -> None:
    remembered = Remembered(CivitaiSearch(civitai, clock), store.negative_answers, clock)

    assert remembered.candidates(Wanted("style.safetensors")) == ()
    asked = len(fake.server.records(LIST))
    assert remembered.candidates(Wanted("style.safetensors")) == ()
    assert len(fake.server.records(LIST)) == asked
    assert remembered.candidates(Wanted("style.safetensors", category="loras")) == ()
    assert len(fake.server.records(LIST)) > asked, "another category is another question"
