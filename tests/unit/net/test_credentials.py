"""Tokens: where they come from and where they go."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.net.credentials import Credentials


def credentials(folder: Path, **environment: str) -> Credentials:
    return Credentials(folder / "credentials.json", environment, keyring=False)


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("https://huggingface.co/a/b", "hf"),
        ("https://civitai.com/api", "civitai"),
        ("https://civitai.red/api", "civitai"),
        ("http://huggingface.co/a/b", None),
        ("https://huggingface.co:8443/a/b", None),
        ("https://cdn.huggingface.co/a", None),
        ("https://huggingface.co.evil.example/a", None),
        ("https://hf-mirror.com/a/b", None),
        ("https://example.org/x", None),
        ("http://127.0.0.1:8080/x", None),
    ],
)
def test_a_token_goes_to_its_providers_exact_hosts(
    tmp_path: Path, url: str, token: str | None
) -> None:
    found = credentials(tmp_path, HF_TOKEN="hf", CIVITAI_TOKEN="civitai").authorization_for(url)

    assert found == (f"Bearer {token}" if token else None)


def test_further_hosts_are_named_one_by_one(tmp_path: Path) -> None:
    named = "huggingface=127.0.0.1:8080, civitai=nas.example"
    found = credentials(
        tmp_path, HF_TOKEN="hf", CIVITAI_API_KEY="key", MODEL_KEEPER_TOKEN_HOSTS=named
    )

    assert found.authorization_for("http://127.0.0.1:8080/x") == "Bearer hf"
    assert found.authorization_for("http://127.0.0.1:8081/x") is None
    assert found.authorization_for("http://nas.example:99/x") == "Bearer key"


def test_the_environment_goes_first_then_the_hubs_login_then_the_file(tmp_path: Path) -> None:
    login = tmp_path / "token"
    login.write_text("from-login\n")
    here = {"HF_TOKEN_PATH": str(login)}
    stored = credentials(tmp_path)
    stored.set("huggingface", "from-file")

    assert credentials(tmp_path).token("huggingface") == "from-file"
    assert credentials(tmp_path, **here).token("huggingface") == "from-login"
    assert credentials(tmp_path, **here, HF_TOKEN=" from-env ").token("huggingface") == "from-env"


def test_tokens_of_a_host_are_kept_in_memory_only(tmp_path: Path) -> None:
    shared = credentials(tmp_path)
    shared.share({"civitai": "given", "stranger": "x"})

    assert shared.token("civitai") == "given"
    assert list(tmp_path.iterdir()) == []
    assert shared.describe() == {"huggingface": None, "civitai": "host"}


def test_the_file_is_private_and_forgets(tmp_path: Path) -> None:
    kept = credentials(tmp_path)
    kept.set("civitai", "secret-key")
    kept.set("huggingface", "secret-token")

    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "credentials.json").stat().st_mode) == 0o600
    kept.forget("civitai")
    assert credentials(tmp_path).describe() == {"huggingface": "file", "civitai": None}


def test_nothing_shows_a_token(tmp_path: Path) -> None:
    kept = credentials(tmp_path, HF_TOKEN="secret-token")

    assert "secret" not in repr(kept)
    assert "secret" not in str(kept.describe())
    with pytest.raises(KeeperError) as caught:
        Credentials(tmp_path / "no" / "where", {}, keyring=False).set("civitai", "secret-key")
    assert "secret" not in repr(caught.value) + caught.value.message


def test_a_file_of_nonsense_is_no_token(tmp_path: Path) -> None:
    (tmp_path / "credentials.json").write_text("[1, 2")

    assert credentials(tmp_path).token("civitai") is None
