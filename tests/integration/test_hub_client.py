"""The real huggingface_hub client against the fake Hub: what it accepts, a Hub would answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing.hub import COMMIT, TOKEN, FakeHub
from model_keeper.testing.model_files import safetensors

huggingface_hub = pytest.importorskip("huggingface_hub")
errors = pytest.importorskip("huggingface_hub.errors")

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::UserWarning")

MODEL = safetensors(300_000, seed=7)
SHA256 = hashlib.sha256(MODEL).hexdigest()


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub(page=2) as made:
        made.add("acme/flux-lora", "lora.safetensors", MODEL)
        made.add("acme/flux-lora", "sub/second.safetensors", MODEL[:1000])
        made.add("acme/flux-lora", "README.md", b"# card", small=True)
        made.repo("acme/gated", gated=True)
        made.add("acme/gated", "g.safetensors", MODEL)
        yield made


@pytest.fixture
def api(hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("HF_HUB_DISABLE_XET", "1")
    return huggingface_hub.HfApi(endpoint=hub.url, token=False)


def test_model_info_has_sizes_and_hashes(api: object) -> None:
    info = api.model_info("acme/flux-lora", files_metadata=True)  # type: ignore[attr-defined]

    by_name = {s.rfilename: s for s in info.siblings}
    assert info.sha == COMMIT
    assert by_name["lora.safetensors"].lfs.sha256 == SHA256
    assert by_name["lora.safetensors"].size == len(MODEL)
    assert by_name["README.md"].lfs is None


def test_tree_pages_are_followed(api: object) -> None:
    rows = list(api.list_repo_tree("acme/flux-lora", recursive=True))  # type: ignore[attr-defined]

    assert {row.path for row in rows} == {
        "lora.safetensors",
        "sub/second.safetensors",
        "README.md",
    }


def test_paths_info_leaves_unknown_ones_out(api: object) -> None:
    rows = api.get_paths_info("acme/flux-lora", ["lora.safetensors", "none"])  # type: ignore[attr-defined]

    assert [row.path for row in rows] == ["lora.safetensors"]


def test_search_finds_by_name(api: object) -> None:
    assert [m.id for m in api.list_models(search="flux")] == ["acme/flux-lora"]  # type: ignore[attr-defined]


def test_metadata_is_the_first_hops(api: object, hub: FakeHub) -> None:
    url = huggingface_hub.hf_hub_url("acme/flux-lora", "lora.safetensors", endpoint=hub.url)

    metadata = api.get_hf_file_metadata(url=url)  # type: ignore[attr-defined]

    assert (metadata.etag, metadata.size, metadata.commit_hash) == (SHA256, len(MODEL), COMMIT)


@pytest.mark.parametrize("name", ["lora.safetensors", "README.md"])
def test_a_file_is_downloaded(api: object, tmp_path: Path, name: str) -> None:
    path = api.hf_hub_download("acme/flux-lora", name, local_dir=tmp_path)  # type: ignore[attr-defined]

    assert Path(path).read_bytes() == (MODEL if name.startswith("lora") else b"# card")


def test_a_renamed_repository_is_found(api: object, hub: FakeHub, tmp_path: Path) -> None:
    hub.rename("acme/old", "acme/flux-lora")

    path = api.hf_hub_download("acme/old", "lora.safetensors", local_dir=tmp_path)  # type: ignore[attr-defined]

    assert Path(path).read_bytes() == MODEL


@pytest.mark.parametrize(
    ("repo", "path", "revision", "error"),
    [
        ("acme/none", "x", None, "RepositoryNotFoundError"),
        ("acme/flux-lora", "none", None, "EntryNotFoundError"),
        ("acme/flux-lora", "lora.safetensors", "nope", "RevisionNotFoundError"),
        ("acme/gated", "g.safetensors", None, "GatedRepoError"),
    ],
)
def test_refusals_are_the_clients_own_errors(
    api: object, tmp_path: Path, repo: str, path: str, revision: str | None, error: str
) -> None:
    with pytest.raises(getattr(errors, error)):
        api.hf_hub_download(repo, path, revision=revision, local_dir=tmp_path)  # type: ignore[attr-defined]


def test_a_token_without_acceptance_is_refused_and_with_it_not(
    hub: FakeHub, tmp_path: Path
) -> None:
    signed_in = huggingface_hub.HfApi(endpoint=hub.url, token=TOKEN)
    with pytest.raises(errors.GatedRepoError):
        signed_in.hf_hub_download("acme/gated", "g.safetensors", local_dir=tmp_path)

    hub.repo("acme/gated").accepted = True
    path = signed_in.hf_hub_download("acme/gated", "g.safetensors", local_dir=tmp_path)

    assert Path(path).read_bytes() == MODEL
    assert not any(record.authorization for record in hub.files.requests())
