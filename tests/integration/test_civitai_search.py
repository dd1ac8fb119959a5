"""Looking for wanted files on a fake Civitai, over real sockets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.candidates import Candidate, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.links import CivitaiVersion
from model_keeper.net.http import HttpClient
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_search import CivitaiByHash, CivitaiSearch
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.server import Bytes, LoopbackServer, Reply, Request, json_reply
from tests.doubles import FakeClock
from tests.integration.search_clients import loopback_client

RECORDED = Path(__file__).parents[3] / "shared" / "data" / "civitai"
LIST, BATCH = "/api/v1/models", "/api/v1/model-versions/by-hash"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        yield made


@pytest.fixture
def client(clock: FakeClock) -> Iterator[HttpClient]:
    made = loopback_client(clock)
    yield made
    made.close()


@pytest.fixture
def civitai(fake: FakeCivitai, client: HttpClient, clock: FakeClock) -> Civitai:
    return Civitai(client, clock, fake.url)


@pytest.fixture
def by_name(civitai: Civitai, clock: FakeClock) -> CivitaiSearch:
    return CivitaiSearch(civitai, clock)


@pytest.fixture
def by_hash(civitai: Civitai, clock: FakeClock) -> CivitaiByHash:
    return CivitaiByHash(civitai, clock)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def codes(candidate: Candidate) -> set[str]:
    return {reason.code for reason in candidate.evidence}


# -- by hash ---------------------------------------------------------------------------------------


def test_a_hash_proves_the_file_whatever_it_is_called(
    fake: FakeCivitai, by_hash: CivitaiByHash
) -> None:
    fake.add(7, 70, {"other-name.safetensors": b"one", "second.safetensors": b"two"})

    (found,) = by_hash.candidates(Wanted("style.safetensors", hashes=(sha256_of(b"two"),)))

    assert found.automatic
    assert (found.name, found.sha256) == ("second.safetensors", sha256_of(b"two"))
    assert found.url is not None
    assert parse_link(found.url.replace(fake.url, "https://civitai.com")) == CivitaiVersion(70, 701)
    assert (found.facts["model_id"], found.facts["version_id"]) == ("7", "70")


def test_hashes_are_asked_for_by_the_hundred(fake: FakeCivitai, civitai: Civitai) -> None:
    contents = [str(number).encode() for number in range(205)]
    for number, content in enumerate(contents):
        fake.add(1000 + number, 5000 + number, {f"{number}.safetensors": content})
    unknown = sha256_of(b"nobody has this")

    found = civitai.by_hashes([*map(sha256_of, contents), unknown])

    assert {sha256: asset.name for sha256, asset in found.items()} == {
        sha256_of(content): f"{number}.safetensors" for number, content in enumerate(contents)
    }
    assert len(fake.server.records(BATCH)) == 3


def test_what_the_first_host_does_not_know_the_second_may(
    fake: FakeCivitai, client: HttpClient, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.add(7, 70, {"sfw.safetensors": b"one"})
    with FakeCivitai() as red:
        red.add(8, 80, {"only-here.safetensors": b"two"}, title="Only here", nsfw=True)
        monkeypatch.setattr("model_keeper.providers.civitai.DEFAULT_ENDPOINTS", (fake.url, red.url))
        civitai = Civitai(client, clock)
        found = civitai.by_hashes([sha256_of(b"one"), sha256_of(b"two")])
        named = CivitaiSearch(civitai, clock).candidates(Wanted("only-here.safetensors"))

        assert {asset.name for asset in found.values()} == {
            "sfw.safetensors",
            "only-here.safetensors",
        }
        assert [str(candidate.url).startswith(red.url) for candidate in named] == [True]
        assert len(red.server.records(BATCH)) == 1


def test_a_hash_of_another_kind_spoils_no_batch(fake: FakeCivitai, civitai: Civitai) -> None:
    fake.add(7, 70, {"style.safetensors": b"1"})

    assert set(civitai.by_hashes(["abc123", sha256_of(b"1").upper()])) == {sha256_of(b"1")}
    assert civitai.by_hashes(["abc123"]) == {}


def test_nothing_is_asked_without_a_hash(fake: FakeCivitai, by_hash: CivitaiByHash) -> None:
    assert by_hash.candidates(Wanted("style.safetensors")) == ()
    assert fake.server.records() == []


def test_recorded_models_are_found_by_every_hash_they_have(
    fake: FakeCivitai, civitai: Civitai
) -> None:
    if not RECORDED.is_dir():
        pytest.skip(f"no recorded answers in {RECORDED}")
    fake.load_recorded(RECORDED / "models")
    hashes = set()
    for path in (RECORDED / "models").rglob("*.json"):
        for version in json.loads(path.read_text(encoding="utf-8"))["modelVersions"]:
            hashes |= {file["hashes"]["SHA256"].lower() for file in version["files"]}

    found = civitai.by_hashes(hashes)

    assert set(found) == hashes
    assert all(asset.sha256 == sha256 for sha256, asset in found.items())
    assert len(fake.server.records(BATCH)) == -(-len(hashes) // 100)


# -- by name ---------------------------------------------------------------------------------------


def test_a_file_is_found_by_what_its_model_is_called(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    fake.add(7, 70, {"waiIllustriousSDXL_v150.safetensors": b"old"}, kind="Checkpoint", title="WAI illustrious-SDXL")  # fmt: skip
    fake.add(7, 71, {"waiIllustriousSDXL_v160.safetensors": b"new"}, kind="Checkpoint")
    wanted = Wanted("waiIllustriousSDXL_v160.safetensors", category="checkpoints")

    (found,) = by_name.candidates(wanted)

    assert found.sha256 == sha256_of(b"new")
    assert (found.score, found.exact, found.automatic) == (75, True, False)
    assert (found.offered, found.category) == (True, "checkpoints")


def test_a_name_that_merely_contains_or_resembles_it_is_no_hit(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    fake.add(7, 70, {"detail_v3.safetensors": b"1", "detail_v1_plus.safetensors": b"2"}, title="detail")  # fmt: skip

    assert by_name.candidates(Wanted("detail_v1.safetensors", category="loras")) == ()


def test_another_spelling_or_kind_of_file_is_offered_as_such(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    fake.add(7, 70, {"Easy-Negative.pt": b"1"}, kind="TextualInversion", title="Easy Negative")

    (found,) = by_name.candidates(Wanted("easy_negative.safetensors", category="embeddings"))

    assert not found.exact
    assert "name_normalised" in codes(found)


def test_models_without_a_picture_for_everybody_are_found(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    fake.add(7, 70, {"moody.safetensors": b"1"}, title="moody", nsfw=True)

    assert [c.name for c in by_name.candidates(Wanted("moody.safetensors"))] == [
        "moody.safetensors"
    ]


def test_a_category_asks_for_its_types_only(fake: FakeCivitai, by_name: CivitaiSearch) -> None:
    fake.add(7, 70, {"style.safetensors": b"1"}, kind="Checkpoint", title="style")
    fake.add(8, 80, {"style.safetensors": b"2"}, kind="LoCon", title="style")

    (found,) = by_name.candidates(Wanted("style.safetensors", category="loras"))

    assert found.facts["model_type"] == "LoCon"


def test_a_diffusion_model_filed_as_a_checkpoint_is_no_contradiction(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    fake.add(7, 70, {"flux.safetensors": b"1"}, kind="Checkpoint", title="flux")

    (found,) = by_name.candidates(Wanted("flux.safetensors", category="diffusion_models"))

    assert "category_differs" not in codes(found)
    assert found.category == "diffusion_models"


def test_pages_are_followed_and_not_for_ever(fake: FakeCivitai, by_name: CivitaiSearch) -> None:
    for number in range(400):
        fake.add(1000 + number, 5000 + number, {"x.safetensors": b"x"}, title=f"style {number}")
    fake.add(7, 70, {"style.safetensors": b"1"}, title="style last")
    fake.add(8, 80, {"far.safetensors": b"1"}, title="far")
    for number in range(60):
        fake.add(2000 + number, 7000 + number, {"x.safetensors": b"x"}, title=f"far {number}")
    fake.add(9, 90, {"far.safetensors": b"2"}, title="far away")

    assert by_name.candidates(Wanted("style.safetensors")) == ()
    assert len(fake.server.records(LIST)) == 5
    assert len(by_name.candidates(Wanted("far.safetensors"))) == 1, "the first page has one"


def test_a_later_page_is_asked_where_the_first_has_nothing(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    for number in range(60):
        fake.add(2000 + number, 7000 + number, {"x.safetensors": b"x"}, title=f"far {number}")
    fake.add(9, 90, {"far.safetensors": b"2"}, title="far away")

    assert len(by_name.candidates(Wanted("far.safetensors"))) == 1
    assert len(fake.server.records(LIST)) == 2


def test_a_known_hash_that_differs_blocks(fake: FakeCivitai, by_name: CivitaiSearch) -> None:
    fake.add(7, 70, {"style.safetensors": b"1"}, title="style")

    (found,) = by_name.candidates(Wanted("style.safetensors", hashes=("0" * 64,)))

    assert found.blocked
    assert not found.offered


# -- six files of one version ----------------------------------------------------------------------

SIX = (
    ("flux.safetensors", b"bf16", {"fp": "bf16"}),
    ("flux.safetensors", b"fp16", {"fp": "fp16"}),
    ("flux.safetensors", b"fp8", {"fp": "fp8", "size": "pruned"}),
    ("flux-Q4_K_M.gguf", b"q4", {"format": "GGUF", "quantType": "Q4_K_M"}),
    ("flux-Q8_0.gguf", b"q8", {"format": "GGUF", "quantType": "Q8_0"}),
)


@pytest.fixture
def six_files(fake: FakeCivitai) -> FakeCivitai:
    """Three that share a name, two quantisations, and a VAE; ids tell them apart."""
    name, content, metadata = SIX[0]
    version = fake.add(7, 70, {name: content}, kind="Checkpoint", title="flux")
    version.data["files"][0]["metadata"].update(metadata)
    for name, content, metadata in SIX[1:]:
        fake.add_file(version, name, content, **metadata)
    fake.add_file(version, "flux-vae.safetensors", b"vae", kind="VAE")
    return fake


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("flux.safetensors", {b"bf16", b"fp16", b"fp8"}),
        ("flux-Q4_K_M.gguf", {b"q4"}),
        ("flux-Q8_0.gguf", {b"q8"}),
        ("flux-vae.safetensors", {b"vae"}),
        ("flux-Q5_K_M.gguf", set()),
    ],
)
@pytest.mark.usefixtures("six_files")
def test_each_file_of_a_version_is_a_candidate_of_its_own(
    by_name: CivitaiSearch, name: str, contents: set[bytes]
) -> None:
    found = by_name.candidates(Wanted(name))

    assert {candidate.sha256 for candidate in found} == {sha256_of(c) for c in contents}
    assert len({candidate.url for candidate in found}) == len(found)
    assert len({candidate.note for candidate in found}) == len(found)


def test_the_wanted_name_s_precision_chooses_among_equal_names(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    version = fake.add(7, 70, {"style_fp8.safetensors": b"full"}, title="style")
    fake.add_file(version, "style_fp8.safetensors", b"eight", fp="fp8")

    (found,) = by_name.candidates(Wanted("style_fp8.safetensors"))

    assert found.sha256 == sha256_of(b"eight")
    assert found.note == "fp8 SafeTensor full"


# -- what speaks against a file --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "blocked"),
    [
        ({"paidAccess": {"permanent": True, "endsAt": None}}, "paid", False),
        ({"paidAccess": {"permanent": False, "endsAt": "2031-01-02T03:04:05.000Z"}}, "early_access", False),
        ({"earlyAccessEndsAt": "2031-01-02T03:04:05.000Z"}, "early_access", False),
        ({"availability": "EarlyAccess"}, "early_access", False),
        ({"usageControl": "Generation"}, "download_disabled", True),
    ],
)  # fmt: skip
def test_what_must_be_bought_or_cannot_be_had_says_so(
    fake: FakeCivitai, by_hash: CivitaiByHash, changes: dict[str, object], code: str, blocked: bool
) -> None:
    version = fake.add(7, 70, {"style.safetensors": b"1"})
    version.data.update(changes)

    (found,) = by_hash.candidates(Wanted("style.safetensors", hashes=(sha256_of(b"1"),)))

    assert code in codes(found)
    assert found.blocked is blocked


def test_early_access_that_is_over_is_none(fake: FakeCivitai, by_hash: CivitaiByHash) -> None:
    version = fake.add(7, 70, {"style.safetensors": b"1"})
    version.data.update({"earlyAccessEndsAt": "2020-01-02T03:04:05.000Z", "paidAccess": None})

    (found,) = by_hash.candidates(Wanted("style.safetensors", hashes=(sha256_of(b"1"),)))

    assert codes(found) == {"sha256"}


def test_an_archived_model_is_blocked(fake: FakeCivitai, by_hash: CivitaiByHash) -> None:
    version = fake.add(7, 70, {"style.safetensors": b"1"})
    version.data["model"]["mode"] = "Archived"

    (found,) = by_hash.candidates(Wanted("style.safetensors", hashes=(sha256_of(b"1"),)))

    assert "archived" in codes(found)
    assert not found.automatic


def test_a_pickle_without_a_scan_is_a_risk_and_one_with_it_is_not(
    fake: FakeCivitai, by_name: CivitaiSearch
) -> None:
    version = fake.add(7, 70, {"style.pt": b"1"}, title="style")
    file = version.data["files"][0]
    file |= {"metadata": {"format": "PickleTensor"}, "pickleScanResult": "Pending"}
    (unscanned,) = by_name.candidates(Wanted("style.pt"))
    file["pickleScanResult"] = "Success"
    (scanned,) = by_name.candidates(Wanted("style.pt"))
    file["pickleScanResult"] = "Danger"
    (dangerous,) = by_name.candidates(Wanted("style.pt"))

    assert "pickle_unscanned" in codes(unscanned)
    assert scanned.score == unscanned.score + 20
    assert dangerous.blocked


# -- refusals --------------------------------------------------------------------------------------


def limited(times: int, headers: dict[str, str]) -> LoopbackServer:
    """Refuses ``times`` and then knows nothing."""
    left = [times]

    def answer(request: Request) -> Reply:
        del request
        left[0] -= 1
        if left[0] >= 0:
            return json_reply({"error": "Too many requests"}, 429, headers)
        return json_reply({"items": [], "metadata": {}})

    return LoopbackServer(answer)


def test_a_short_wait_that_was_asked_for_is_waited_for(
    client: HttpClient, clock: FakeClock
) -> None:
    with limited(2, {"Retry-After": "7"}) as server:
        search = CivitaiSearch(Civitai(client, clock, server.url), clock)

        assert search.candidates(Wanted("style.safetensors")) == ()
    assert clock.monotonic() == 14.0


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "600"}])
def test_a_refusal_without_a_short_wait_is_its_failure(
    client: HttpClient, clock: FakeClock, headers: dict[str, str]
) -> None:
    with limited(99, headers) as server:
        search = CivitaiSearch(Civitai(client, clock, server.url), clock)
        with pytest.raises(KeeperError) as caught:
            search.candidates(Wanted("style.safetensors"))

        assert caught.value.code == "rate_limited"
        assert len(server.records()) == 1


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"items": [null, {"modelVersions": 3}]}'])
def test_an_answer_that_makes_no_sense_is_an_error_or_nothing(
    client: HttpClient, clock: FakeClock, body: bytes
) -> None:
    with LoopbackServer(lambda _: Reply(200, {}, Bytes(body))) as server:
        search = CivitaiSearch(Civitai(client, clock, server.url), clock)
        try:
            assert search.candidates(Wanted("style.safetensors")) == ()
        except KeeperError as error:
            assert error.code == "protocol_error"  # noqa: PT017 - either is right
