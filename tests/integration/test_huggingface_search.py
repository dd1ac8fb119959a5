"""Looking for wanted files on a fake Hub, with the real huggingface_hub, over real sockets."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from model_keeper.domain.candidates import Candidate, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.net.http import HttpClient
from model_keeper.providers.hub_library import HubLibrary
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.huggingface_search import HuggingFaceSearch
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.server import LoopbackServer, json_reply
from tests.doubles import FakeClock
from tests.integration.patience import PATIENCE
from tests.integration.search_clients import loopback_client

pytest.importorskip("huggingface_hub")

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::UserWarning")

NAME = "wan2.2_t2v_high_fp8_scaled.safetensors"
WANTED = Wanted(NAME, category="diffusion_models")
LIST = "/api/models"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def client(clock: FakeClock) -> Iterator[HttpClient]:
    made = loopback_client(clock)
    yield made
    made.close()


@pytest.fixture
def fake() -> Iterator[FakeHub]:
    with FakeHub(page=3) as made:
        yield made


@pytest.fixture
def search(fake: FakeHub, client: HttpClient, clock: FakeClock) -> HuggingFaceSearch:
    return HuggingFaceSearch(
        HuggingFace(client, clock, fake.url), HubLibrary(client, fake.url), clock
    )


def codes(candidate: Candidate) -> set[str]:
    return {reason.code for reason in candidate.evidence}


def test_an_original_in_the_right_folder_is_taken_without_asking(
    fake: FakeHub, search: HuggingFaceSearch
) -> None:
    url = fake.add("Comfy-Org/wan2.2", f"split_files/diffusion_models/{NAME}", b"bytes")
    for number in range(7):
        fake.add("Comfy-Org/wan2.2", f"split_files/loras/{number}.safetensors", b"x")

    (found,) = search.candidates(WANTED)

    assert found.automatic
    assert (found.url, found.sha256) == (url, hashlib.sha256(b"bytes").hexdigest())
    assert (found.size, found.category) == (5, "diffusion_models")
    assert found.note == "split_files/diffusion_models"
    assert codes(found) == {"name", "canonical", "integrity", "context"}


def test_the_same_name_at_anybody_s_is_offered(fake: FakeHub, search: HuggingFaceSearch) -> None:
    fake.repo("somebody/wan2.2-stuff", licence="apache-2.0")
    fake.add("somebody/wan2.2-stuff", f"diffusion_models/{NAME}", b"bytes")

    (found,) = search.candidates(WANTED)

    assert (found.score, found.offered, found.automatic) == (85, True, False)


def test_a_copy_of_an_original_stands_behind_it(fake: FakeHub, search: HuggingFaceSearch) -> None:
    fake.add("somebody/wan2.2-best", NAME, b"bytes")
    fake.add("Kijai/wan2.2", f"diffusion_models/{NAME}", b"bytes")
    fake.add("other/wan2.2", NAME, b"changed")

    found = search.candidates(WANTED)

    assert [candidate.title for candidate in found] == [
        "Kijai/wan2.2",
        "other/wan2.2",
        "somebody/wan2.2-best",
    ]
    assert ["mirror" in codes(candidate) for candidate in found] == [False, False, True]


def test_every_file_of_that_name_in_a_repository_is_one_candidate(
    fake: FakeHub, search: HuggingFaceSearch
) -> None:
    for folder in ("high", "low"):
        fake.add("acme/wan2.2", f"{folder}/{NAME}", folder.encode())
    fake.add("acme/wan2.2", "low/wan2.2_t2v_low_fp8_scaled.safetensors", b"other")

    assert {candidate.note for candidate in search.candidates(WANTED)} == {"high", "low"}


def test_a_folder_of_another_category_speaks_against_it(
    fake: FakeHub, search: HuggingFaceSearch
) -> None:
    fake.add("Kijai/wan2.2", f"vae/{NAME}", b"bytes")

    (found,) = search.candidates(WANTED)

    assert "category_differs" in codes(found)
    assert not found.automatic


def test_terms_and_licences_are_told(fake: FakeHub, client: HttpClient, clock: FakeClock) -> None:
    fake.repo("acme/wan2.2-gated", gated=True, licence="strange")
    fake.add("acme/wan2.2-gated", NAME, b"bytes")
    hub, library = HuggingFace(client, clock, fake.url), HubLibrary(client, fake.url)

    (plain,) = HuggingFaceSearch(hub, library, clock).candidates(WANTED)
    strict = HuggingFaceSearch(hub, library, clock, disallowed_licences=frozenset({"strange"}))
    (refused,) = strict.candidates(WANTED)

    assert "gated" in codes(plain)
    assert not plain.blocked
    assert refused.blocked


def test_what_can_hold_code_is_a_risk(fake: FakeHub, search: HuggingFaceSearch) -> None:
    fake.add("acme/detector", "detector_x.pt", b"bytes")

    (found,) = search.candidates(Wanted("detector_x.pt"))

    assert "pickle_unscanned" in codes(found)


def test_searches_grow_wider_and_stay_few(fake: FakeHub, search: HuggingFaceSearch) -> None:
    fake.add("acme/another-thing", "x.safetensors", b"x")

    assert search.candidates(WANTED) == ()
    assert len(fake.server.records(LIST)) == 5


def test_a_repository_is_read_once_for_all_its_files(
    fake: FakeHub, search: HuggingFaceSearch
) -> None:
    for kind in ("high", "low"):
        fake.add("acme/wan2.2", f"wan2.2_{kind}.safetensors", kind.encode())
    for kind in ("high", "low"):
        assert len(search.candidates(Wanted(f"wan2.2_{kind}.safetensors"))) == 1

    assert len(fake.server.records("/api/models/acme/wan2.2/tree/main")) == 1


def test_nobody_is_signed_in_while_searching(
    fake: FakeHub, search: HuggingFaceSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    fake.add("acme/wan2.2", NAME, b"bytes")

    assert search.candidates(WANTED)
    assert not any(record.authorization for record in fake.server.records())


def test_a_repository_that_may_not_be_read_is_passed_over(
    fake: FakeHub, client: HttpClient, clock: FakeClock
) -> None:
    fake.add("acme/wan2.2", NAME, b"bytes")

    class Listed:
        def repositories(self, text: str, limit: int) -> list[str]:
            return ["acme/private", "acme/wan2.2"]

    hub = HuggingFace(client, clock, fake.url)

    (found,) = HuggingFaceSearch(hub, Listed(), clock).candidates(WANTED)
    assert found.title == "acme/wan2.2"


def test_time_that_runs_out_is_a_failure_and_no_answer(
    fake: FakeHub, client: HttpClient, clock: FakeClock
) -> None:
    class Slow:
        def repositories(self, text: str, limit: int) -> list[str]:
            clock.sleep(40)
            return []

    hub = HuggingFace(client, clock, fake.url)

    with pytest.raises(KeeperError) as caught:
        HuggingFaceSearch(hub, Slow(), clock, seconds=60).candidates(WANTED)
    assert caught.value.code == "unreachable"


# -- the library -----------------------------------------------------------------------------------


def test_without_the_library_it_is_said_how_to_get_it(client: HttpClient, fake: FakeHub) -> None:
    def load() -> Any:
        raise ModuleNotFoundError("huggingface_hub")

    library = HubLibrary(client, fake.url, load=load)

    with pytest.raises(KeeperError) as caught:
        library.repositories("wan", 5)
    assert caught.value.code == "dependency_missing"
    assert "huggingface-hub" in caught.value.hint


@pytest.mark.parametrize("attribute", ["id", "modelId"])
def test_old_and_new_versions_name_a_repository_differently(
    client: HttpClient, fake: FakeHub, attribute: str
) -> None:
    class HfApi:
        def __init__(self, **options: Any) -> None: ...

        def list_models(self, **options: Any) -> Iterator[Any]:
            yield SimpleNamespace(**{attribute: "acme/wan"})

    library = HubLibrary(client, fake.url, load=lambda: SimpleNamespace(HfApi=HfApi))

    assert library.repositories("wan", 5) == ("acme/wan",)


@pytest.mark.parametrize("row", [{"private": False}, {"id": 3, "tags": 4}, "a text"])
def test_an_answer_of_another_form_is_an_error_or_nothing(client: HttpClient, row: object) -> None:
    with LoopbackServer(lambda _: json_reply([row])) as server:
        try:
            HubLibrary(client, server.url).repositories("wan", 5)
        except KeeperError as error:
            assert error.code == "unreachable"  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("status", "code"), [(400, "unexpected_status"), (404, "unexpected_status")]
)
def test_what_the_hub_answers_is_explained(client: HttpClient, status: int, code: str) -> None:
    server = LoopbackServer(lambda _: json_reply({"error": "no"}, status))
    with server, pytest.raises(KeeperError) as caught:
        HubLibrary(client, server.url).repositories("wan", 5)

    assert caught.value.code == code


def test_a_limit_is_noted_for_everybody(
    client: HttpClient, fake: FakeHub, clock: FakeClock
) -> None:
    class RefusedError(OSError):
        response = SimpleNamespace(status_code=429, headers={"Retry-After": "9"})

    class HfApi:
        def __init__(self, **options: Any) -> None: ...

        def list_models(self, **options: Any) -> Iterator[Any]:
            raise RefusedError

    library = HubLibrary(client, fake.url, load=lambda: SimpleNamespace(HfApi=HfApi))
    for _ in range(2):
        with pytest.raises(KeeperError) as caught:
            library.repositories("wan", 5)
        assert caught.value.code == "rate_limited"

    assert clock.monotonic() == 9.0, "the second search waited"


def test_where_nobody_is_the_library_is_not_even_asked(client: HttpClient) -> None:
    def load() -> Any:
        raise AssertionError("it would try again and again")

    with pytest.raises(KeeperError) as caught:
        HubLibrary(client, "http://127.0.0.1:9", load=load).repositories("wan", 5)
    assert caught.value.code == "unreachable"


def test_a_library_that_hangs_is_left_behind(client: HttpClient, fake: FakeHub) -> None:
    gate = threading.Event()

    class HfApi:
        def __init__(self, **options: Any) -> None: ...

        def list_models(self, **options: Any) -> Iterator[Any]:
            gate.wait(PATIENCE)
            return iter(())

    library = HubLibrary(client, fake.url, seconds=0.05, load=lambda: SimpleNamespace(HfApi=HfApi))
    with pytest.raises(KeeperError) as caught:
        library.repositories("wan", 5)
    gate.set()

    assert caught.value.code == "unreachable"


def test_a_host_that_is_not_allowed_is_not_searched(clock: FakeClock, fake: FakeHub) -> None:
    client = loopback_client(clock, allow=())
    with pytest.raises(KeeperError) as caught:
        HubLibrary(client, fake.url).repositories("wan", 5)

    assert caught.value.code == "host_refused"
    assert fake.server.records() == []
