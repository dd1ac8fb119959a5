from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer


@pytest.fixture(autouse=True)
def nobody_at_civitai(clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that wants an answer from Civitai brings its own; no test asks the real one."""
    del clean_environment
    monkeypatch.setenv("MODEL_KEEPER_CIVITAI_ENDPOINT", "http://127.0.0.1:9")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL server.

    Where it cannot be had the tests fail: one of the two databases would go untested unseen.
    """
    if os.environ.get("MODEL_KEEPER_SKIP_POSTGRES") == "1":
        pytest.skip("MODEL_KEEPER_SKIP_POSTGRES=1")
    server = None
    try:
        server = PostgresServer()
        server.create()
    except (RuntimeError, OSError, KeyError, subprocess.SubprocessError) as error:
        if server is not None:
            server.discard()
        pytest.fail(
            f"PostgreSQL did not start: {error} "
            "Set MODEL_KEEPER_SKIP_POSTGRES=1 to test without it.",
            pytrace=False,
        )
    yield server
    server.remove()
