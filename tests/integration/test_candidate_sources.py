"""All sources together, as a resolver asks them: order, isolation, and what is fetched at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from model_keeper.domain.candidates import Source, Wanted
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.engine.resolving.resolver import Resolver
from model_keeper.providers.sources import OWN_LIST, listed_sources, searching_sources
from model_keeper.store import JobStore, open_store
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from tests.doubles import FakeClock
from tests.integration.search_clients import loopback_client

pytest.importorskip("huggingface_hub")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::UserWarning")

NAME = "style_v2.safetensors"


class Scene:
    """Both fakes, a store, and resolvers that ask them."""

    def __init__(self, state: Path, civitai: FakeCivitai, hub: FakeHub, store: JobStore) -> None:
        self.state, self.civitai, self.hub, self._store = state, civitai, hub, store
        self._clock = FakeClock()
        self.client = loopback_client(self._clock)

    def find(self, wanted: Wanted, *, fresh: bool = False) -> Finding:
        searching = searching_sources(
            self.client,
            self._clock,
            self._store.negative_answers,
            hf_endpoint=self.hub.url,
            civitai_endpoint=self.civitai.url,
            fresh=fresh,
        )
        resolver = Resolver([*listed_sources(self.state), *searching])
        (finding,) = resolver.resolve([WantedFile(wanted, (), required=True)])
        return finding

    def asked(self) -> int:
        return len(self.civitai.server.records()) + len(self.hub.server.records())


@contextmanager
def opened(folder: Path) -> Iterator[Scene]:
    store = open_store(folder / "keeper.sqlite3", clock=FakeClock(), actor="test")
    with FakeCivitai() as civitai, FakeHub() as hub:
        scene = Scene(folder, civitai, hub, store)
        yield scene
        scene.client.close()
    store.close()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with opened(tmp_path) as made:
        yield made


def test_a_listed_model_asks_nobody(scene: Scene) -> None:
    (scene.state / OWN_LIST).write_text(
        json.dumps({NAME: {"url": "https://huggingface.co/a/b/resolve/main/x.safetensors"}}),
        encoding="utf-8",
    )

    finding = scene.find(Wanted(NAME))

    assert finding.status is Status.FETCH
    assert finding.chosen is not None
    assert finding.chosen.source is Source.KNOWN
    assert scene.asked() == 0


def test_a_broken_own_list_is_told_and_stops_nobody(scene: Scene) -> None:
    (scene.state / OWN_LIST).write_text("{", encoding="utf-8")

    finding = scene.find(
        Wanted("wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors", category="diffusion_models")
    )

    assert finding.status is Status.FETCH
    assert [failure.code for failure in finding.failures] == ["known_models_unreadable"]


def test_a_hash_settles_it_before_a_name_is_looked_for(scene: Scene) -> None:
    version = scene.civitai.add(7, 70, {"renamed.safetensors": b"bytes"})
    sha256 = version.data["files"][0]["hashes"]["SHA256"].lower()

    finding = scene.find(Wanted(NAME, hashes=(sha256,)))

    assert finding.status is Status.FETCH
    assert scene.asked() == 1


def test_names_at_both_are_a_choice_among_both(scene: Scene) -> None:
    scene.civitai.add(7, 70, {NAME: b"one"}, title="style")
    scene.hub.add("acme/style", NAME, b"two")

    finding = scene.find(Wanted(NAME))

    assert finding.status is Status.CHOOSE
    assert {c.source for c in finding.candidates} == {Source.CIVITAI, Source.HUGGINGFACE}


def test_one_provider_s_outage_leaves_the_other(scene: Scene) -> None:
    scene.civitai.limited = True
    scene.hub.add("acme/style", NAME, b"two")

    finding = scene.find(Wanted(NAME, hashes=("a" * 64,)))

    assert [failure.code for failure in finding.failures] == ["rate_limited"] * 2
    assert finding.status is Status.MISSING, "it has another hash than the wanted one"
    assert scene.find(Wanted(NAME)).status is Status.CHOOSE


def test_an_outage_is_not_taken_for_a_miss(scene: Scene) -> None:
    scene.civitai.limited = True
    assert scene.find(Wanted(NAME)).status is Status.MISSING
    scene.civitai.limited = False
    scene.civitai.add(7, 70, {NAME: b"one"}, title="style")

    assert scene.find(Wanted(NAME)).status is Status.CHOOSE


def test_misses_are_asked_again_only_when_somebody_wants_to_know(scene: Scene) -> None:
    assert scene.find(Wanted(NAME)).status is Status.MISSING
    before = scene.asked()
    assert scene.find(Wanted(NAME)).status is Status.MISSING
    assert scene.asked() == before

    scene.civitai.add(7, 70, {NAME: b"one"}, title="style")
    assert scene.find(Wanted(NAME), fresh=True).status is Status.CHOOSE


def test_misses_outlive_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        assert first.find(Wanted(NAME)).status is Status.MISSING
        store = open_store(tmp_path / "keeper.sqlite3", clock=FakeClock(), actor="next")
        again = Scene(tmp_path, first.civitai, first.hub, store)
        before = again.asked()
        assert again.find(Wanted(NAME)).status is Status.MISSING
        assert again.asked() == before
        again.client.close()
        store.close()
