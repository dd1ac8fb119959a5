"""Hugging Face and Civitai, from a link to the proven file, against the fakes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.testing.civitai import KEY, REFUSALS, FakeCivitai
from model_keeper.testing.hub import TOKEN, FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.keeper import Keeper, outcome

MODEL = safetensors(400_000, seed=21)
OTHER = safetensors(300_000, seed=22)
SHA256 = hashlib.sha256(MODEL).hexdigest()
RECORDED = Path(__file__).parents[3] / "shared" / "data" / "civitai"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add("acme/lora", "lora.safetensors", MODEL)
        yield made


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        yield made


def keeper_for(folder: Path, **endpoints: str) -> Keeper:
    return Keeper(folder, {**os.environ, **endpoints})


def code_of(keeper: Keeper, link: str) -> str:
    """Where a link ends: in the plan's refusal, or in the job's."""
    try:
        return outcome(keeper.get(link))
    except KeeperError as exc:
        return exc.code


# -- Hugging Face ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "https://huggingface.co/acme/lora/blob/main/lora.safetensors",
        "https://huggingface.co/acme/lora/resolve/main/lora.safetensors?download=true",
        "https://huggingface.co/acme/lora",
        "hf://acme/lora/lora.safetensors",
        "urn:air:flux1:lora:huggingface:acme/lora@main/lora.safetensors",
    ],
)
def test_every_form_of_link_brings_the_file_with_its_hash_compared(
    tmp_path: Path, hub: FakeHub, link: str
) -> None:
    with keeper_for(tmp_path, HF_ENDPOINT=hub.url) as keeper:
        job = keeper.get(link)

        assert Path(job.result["path"]).read_bytes() == MODEL
        reasons = [reason["code"] for reason in job.result["verdict"]["reasons"]]
        assert "sha256_compared" in reasons
        assert job.payload["asset"]["sha256"] == SHA256
        assert "xet" not in job.payload["asset"]["url"], "the durable address is kept"


def test_a_mirror_that_strips_headers_still_proves_the_file(tmp_path: Path) -> None:
    with FakeHub(mirror=True) as mirror:
        mirror.add("acme/lora", "lora.safetensors", MODEL)
        with keeper_for(tmp_path, HF_ENDPOINT=mirror.url, HF_TOKEN=TOKEN) as keeper:
            job = keeper.get("https://huggingface.co/acme/lora/blob/main/lora.safetensors")

            assert job.payload["asset"]["sha256"] == SHA256
            assert Path(job.result["path"]).read_bytes() == MODEL
        seen = [*mirror.server.records(), *mirror.files.requests()]
        assert not any(record.authorization for record in seen), "a mirror never sees the token"


def test_a_renamed_repository_is_followed(tmp_path: Path, hub: FakeHub) -> None:
    hub.rename("acme/old", "acme/lora")
    with keeper_for(tmp_path, HF_ENDPOINT=hub.url) as keeper:
        job = keeper.get("https://huggingface.co/acme/old/blob/main/lora.safetensors")

        assert Path(job.result["path"]).read_bytes() == MODEL


def test_a_repository_with_several_models_is_a_question(tmp_path: Path, hub: FakeHub) -> None:
    hub.add("acme/lora", "second.safetensors", OTHER)
    with keeper_for(tmp_path, HF_ENDPOINT=hub.url) as keeper:
        with pytest.raises(KeeperError) as caught:
            keeper.plan("https://huggingface.co/acme/lora")

        assert caught.value.code == "choice_needed"
        assert "second.safetensors" in caught.value.message


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("https://huggingface.co/acme/none/blob/main/x.safetensors", "hf_login_or_missing"),
        ("https://huggingface.co/acme/lora/blob/main/x.safetensors", "hf_file_not_found"),
        ("https://huggingface.co/acme/lora/blob/nope/x.safetensors", "hf_revision_not_found"),
        ("https://huggingface.co/acme/gated/blob/main/g.safetensors", "hf_gated_login"),
    ],
)
def test_the_hubs_refusals_are_told_apart(
    tmp_path: Path, hub: FakeHub, link: str, code: str
) -> None:
    hub.repo("acme/gated", gated=True)
    hub.add("acme/gated", "g.safetensors", MODEL)
    with keeper_for(tmp_path, HF_ENDPOINT=hub.url) as keeper:
        assert code_of(keeper, link) == code


def test_a_token_opens_what_was_accepted_and_goes_nowhere_else(
    tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repo("acme/gated", gated=True)
    hub.add("acme/gated", "g.safetensors", MODEL)
    link = "https://huggingface.co/acme/gated/blob/main/g.safetensors"
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setenv("MODEL_KEEPER_TOKEN_HOSTS", f"huggingface={hub.server.netloc}")
    with keeper_for(tmp_path, HF_ENDPOINT=hub.url) as keeper:
        assert code_of(keeper, link) == "hf_gated_acceptance"
        hub.repo("acme/gated").accepted = True
        job = keeper.get(link)

        assert Path(job.result["path"]).read_bytes() == MODEL
    assert any(record.authorization for record in hub.server.records())
    assert not any(record.authorization for record in hub.files.requests())


# -- Civitai ---------------------------------------------------------------------------------------


def test_a_page_a_version_a_file_an_air_and_a_hash_lead_to_the_file(
    tmp_path: Path, civitai: FakeCivitai
) -> None:
    civitai.add(7, 70, {"old.safetensors": OTHER}, kind="Checkpoint")
    civitai.add(7, 71, {"new.safetensors": MODEL}, kind="Checkpoint")
    links = [
        "https://civitai.com/models/7",
        "https://civitai.red/models/7/some-name?modelVersionId=71",
        "https://civitai.com/api/download/models/71",
        "https://civitai.com/api/download/models/71?fileId=710",
        "urn:air:flux1:checkpoint:civitai:7@71",
        SHA256,
    ]
    with keeper_for(tmp_path, MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url) as keeper:
        plans = [keeper.plan(link, category=None) for link in links]

        assert {plan.download.asset.sha256 for plan in plans} == {SHA256}
        assert {plan.download.destination.category for plan in plans} == {"checkpoints"}
        job = keeper.get(links[0], category=None)
        assert Path(job.result["path"]).read_bytes() == MODEL
        assert not any(record.authorization for record in civitai.files.requests())


def test_several_files_of_a_version_are_a_question_and_file_id_answers_it(
    tmp_path: Path, civitai: FakeCivitai
) -> None:
    civitai.add(8, 80, {"a.safetensors": MODEL, "b.safetensors": OTHER})
    with keeper_for(tmp_path, MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url) as keeper:
        with pytest.raises(KeeperError) as caught:
            keeper.plan("https://civitai.com/models/8")
        assert caught.value.code == "choice_needed"

        job = keeper.get("https://civitai.com/api/download/models/80?fileId=801")

        assert Path(job.result["path"]).read_bytes() == OTHER


CODES = {
    "login": "civitai_login_needed",
    "disabled": "civitai_download_disabled",
    "early_access": "civitai_early_access",
    "paid": "civitai_paid",
    "no_grant": "civitai_no_grant",
    "forbidden": "civitai_forbidden",
    "file_not_found": "civitai_file_not_found",
    "storage_fault": "retries_exhausted",
    "archived": "civitai_archived",
    "unusual": "civitai_unusual_downloads",
    "server_error": "retries_exhausted",
}


def test_every_refusal_of_a_download_has_its_own_end(tmp_path: Path, civitai: FakeCivitai) -> None:
    assert set(CODES) == set(REFUSALS)
    with keeper_for(tmp_path, MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url) as keeper:
        jobs = {}
        for number, name in enumerate(CODES):
            body = safetensors(2_000, seed=number)
            civitai.add(100 + number, 1000 + number, {f"{name}.safetensors": body}, refusal=name)
            jobs[name] = keeper.enqueue(f"https://civitai.com/api/download/models/{1000 + number}")

        assert {name: outcome(keeper.wait(job)) for name, job in jobs.items()} == CODES
        assert keeper.files() == {}


def test_a_key_opens_a_file_and_never_reaches_the_storage(
    tmp_path: Path, civitai: FakeCivitai, monkeypatch: pytest.MonkeyPatch
) -> None:
    civitai.add(9, 90, {"locked.safetensors": MODEL}, needs_key=True)
    link = "https://civitai.com/api/download/models/90"
    monkeypatch.setenv("CIVITAI_TOKEN", KEY)
    storage = f"localhost:{civitai.files.server.port}"  # entitled too: the redirect alone decides
    hosts = f"civitai={civitai.server.netloc},civitai={storage}"
    monkeypatch.setenv("MODEL_KEEPER_TOKEN_HOSTS", hosts)
    with keeper_for(tmp_path, MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url) as keeper:
        job = keeper.get(link)

        assert Path(job.result["path"]).read_bytes() == MODEL
        state = keeper.host.state.path
        kept = b"".join(p.read_bytes() for p in state.rglob("*") if p.is_file())
        assert KEY.encode() not in kept, "no log, row or record has the key"
    assert not any(record.authorization for record in civitai.files.requests())


@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"the recorded answers are not at {RECORDED}")
def test_recorded_answers_are_read(tmp_path: Path, civitai: FakeCivitai) -> None:
    assert civitai.load_recorded(RECORDED) > 50
    with keeper_for(tmp_path, MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url) as keeper:
        ends: list[str] = []
        for path in sorted((RECORDED / "models").rglob("*.json")):
            try:
                plan = keeper.plan(f"https://civitai.com/models/{path.stem}", category=None)
            except KeeperError as exc:
                ends.append(exc.code)
            else:
                ends.append("planned" if plan.download.expected_sha256 else "unhashed")
    questions = {"choice_needed", "category_needed", "civitai_file_not_found", "civitai_not_found"}
    assert set(ends) <= {"planned"} | questions
    assert ends.count("planned") > len(ends) / 2
