"""Keys are tried when it matters, and not for every link."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.prechecks import Key
from model_keeper.engine.key_checks import KeyChecks
from model_keeper.net.credentials import Credentials
from model_keeper.providers.registry import Providers
from tests.doubles import FakeClock


class Asked:
    """Providers that count who asks, and refuse with a code where they have one."""

    def __init__(self, code: str | None = None) -> None:
        self.code = code
        self.times = 0

    def check_token(self, name: str) -> str | None:
        self.times += 1
        if self.code:
            raise KeeperError(self.code, host=name)
        return "somebody"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    made = Credentials(tmp_path / "c.json", {"HF_HOME": str(tmp_path)}, keyring=False)
    made.set("civitai", "first")
    return made


@pytest.mark.parametrize(
    ("code", "key"),
    [(None, Key.VALID), ("civitai_key_refused", Key.REFUSED), ("unreachable", Key.UNTESTED)],
)
def test_an_answer_is_kept_for_a_while(
    credentials: Credentials, clock: FakeClock, code: str | None, key: Key
) -> None:
    checks, asked = KeyChecks(credentials, clock), Asked(code)
    providers = cast("Providers", asked)
    assert checks.known("civitai") is Key.UNTESTED
    assert [checks.tested("civitai", providers) for _ in range(200)] == [key] * 200
    assert (asked.times, checks.known("civitai")) == (1, key)
    clock.sleep(3_600)
    checks.tested("civitai", providers)
    assert asked.times == 2


def test_another_key_is_another_question_and_none_is_no_question(
    credentials: Credentials, clock: FakeClock
) -> None:
    checks, asked = KeyChecks(credentials, clock), Asked("civitai_key_refused")
    providers = cast("Providers", asked)
    assert checks.tested("civitai", providers) is Key.REFUSED
    asked.code = None
    credentials.set("civitai", "second")
    assert checks.known("civitai") is Key.UNTESTED
    assert checks.tested("civitai", providers) is Key.VALID
    credentials.forget("civitai")
    assert checks.tested("civitai", providers) is Key.MISSING
    assert checks.known("civitai") is Key.MISSING
    assert asked.times == 2
