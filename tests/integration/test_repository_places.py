"""What stands at places of the Hub: few requests, refusals for what they are, misses remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.links import HuggingFaceFile
from model_keeper.domain.updates import OfferedVersion, Why
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.huggingface_updates import RepositoryPlaces, followed
from model_keeper.providers.remembered import Misses
from model_keeper.store import JobStore
from model_keeper.testing.hub import COMMIT, FakeHub
from model_keeper.testing.server import Reply
from tests.doubles import FakeClock
from tests.integration.search_clients import loopback_client
from tests.stores import open_fresh


@pytest.fixture(scope="module")
def fakes() -> Iterator[FakeHub]:
    with FakeHub() as made:
        for number in range(30):
            made.add("a/many", f"{number}.safetensors", b"%d" % number)
        made.add("a/many", "small.safetensors", b"small", small=True)
        made.add("a/one", "one.safetensors", b"one")
        made.repo("a/gated", gated=True)
        made.add("a/gated", "it.safetensors", b"it")
        yield made


@pytest.fixture
def fake(fakes: FakeHub) -> Iterator[FakeHub]:
    yield fakes
    fakes.limited = False
    fakes.instead = lambda _: None


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[JobStore]:
    opened = open_fresh(tmp_path / "k.sqlite3", clock=clock)
    yield opened
    opened.close()


class Run:
    """One run of a check, and how many requests it took."""

    def __init__(self, fake: FakeHub, hub: HuggingFace, misses: Misses) -> None:
        self._fake = fake
        self._before = len(fake.server.records())
        self.places = RepositoryPlaces(hub, misses)

    def says(self, *places: HuggingFaceFile) -> list[str | None]:
        """The SHA256 of what stands at each, or the code of the error."""
        standing = self.places.standing(places)
        return [_word(standing[place]) for place in places]

    @property
    def requests(self) -> int:
        return len(self._fake.server.records()) - self._before


@pytest.fixture
def hub(fake: FakeHub, clock: FakeClock) -> Iterator[HuggingFace]:
    client = loopback_client(clock)
    yield HuggingFace(client, clock, fake.url)
    client.close()


@pytest.fixture
def misses(store: JobStore, clock: FakeClock) -> Misses:
    return Misses(store.negative_answers, clock)


@pytest.fixture
def run(fake: FakeHub, hub: HuggingFace, misses: Misses) -> Run:
    return Run(fake, hub, misses)


def _word(standing: OfferedVersion | KeeperError) -> str | None:
    return standing.code if isinstance(standing, KeeperError) else standing.files[0].sha256


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def at(repo: str, path: str, revision: str = "main") -> HuggingFaceFile:
    return HuggingFaceFile(repo, path, revision)


def test_all_files_of_a_repository_are_one_request(run: Run) -> None:
    places = [at("a/many", f"{number}.safetensors") for number in range(30)]
    assert run.says(*places) == [sha256(b"%d" % number) for number in range(30)]
    assert run.requests == 1
    assert run.says(at("a/many", "small.safetensors"), at("a/one", "one.safetensors")) == [
        None,  # what is no LFS file has no SHA256 there
        sha256(b"one"),
    ]
    assert run.requests == 3


def test_a_path_that_is_gone_is_remembered_and_a_repository_that_may_be_private_is_not(
    fake: FakeHub, hub: HuggingFace, misses: Misses, run: Run
) -> None:
    gone = [at("a/one", "gone.safetensors"), at("a/none", "x.safetensors")]
    gone.append(at("a/one", "one.safetensors", "no-branch"))
    said = ["hf_file_not_found", "hf_login_or_missing", "hf_revision_not_found"]
    assert run.says(*gone) == said
    assert run.says(*gone[1:]) == said[1:]  # no repository that refuses is asked twice in a run
    assert run.requests == 3
    later = Run(fake, hub, misses)
    assert later.says(*gone) == said
    assert later.requests == 2


def test_one_repository_in_trouble_keeps_nobody_from_the_others(fake: FakeHub, run: Run) -> None:
    fake.instead = lambda asked: Reply(500, {}) if "a/many" in asked.path else None
    here = at("a/many", "1.safetensors"), at("a/one", "one.safetensors")
    assert run.says(*here) == ["server_error", sha256(b"one")]


def test_after_a_limit_nobody_else_is_asked(fake: FakeHub, run: Run) -> None:
    fake.limited = True
    places = [at(f"a/{number}", "x.safetensors") for number in range(10)]
    assert run.says(*places) == ["rate_limited"] * 10
    assert run.requests == 3  # the first one, as often as it asked for a short wait


def test_what_is_behind_terms_is_told_before_it_is_offered(fake: FakeHub, run: Run) -> None:
    gated = at("a/gated", "it.safetensors")
    assert run.says(gated) == [sha256(b"it")]  # that much is public
    assert run.places.hindered(gated) is Why.GATED
    assert run.places.hindered(at("a/one", "one.safetensors")) is None
    fake.instead = lambda _: Reply(500, {})
    with pytest.raises(KeeperError, match="500"):
        run.places.hindered(gated)


def test_a_branch_is_followed_and_of_a_commit_the_main_one() -> None:
    for revision, branch in (("main", "main"), ("fp16", "fp16"), (COMMIT, "main")):
        assert followed(at("a/one", "x.safetensors", revision)).revision == branch
