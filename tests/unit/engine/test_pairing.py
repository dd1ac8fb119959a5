"""Pairing: a code that is read once, and tokens of which only hashes are kept."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.pairing import Pairing


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pairing.json"


@pytest.fixture
def pairing(file: Path) -> Pairing:
    return Pairing(file)


def wrong(pairing: Pairing, code: str = "AAAA-AAAA") -> str:
    with pytest.raises(KeeperError) as refused:
        pairing.pair(code)
    return refused.value.code


def test_the_code_stays_until_it_is_used(pairing: Pairing, file: Path) -> None:
    code = pairing.code()
    assert len(code.replace("-", "")) == 8
    assert pairing.code() == Pairing(file).code() == code

    pairing.pair(code)

    assert pairing.code() != code
    assert wrong(pairing, code) == "pairing_code_wrong"


@pytest.mark.parametrize(
    "typed", [str.lower, str.upper, lambda code: f" {code.replace('-', ' ')} "]
)
def test_a_code_is_understood_as_people_type_it(pairing: Pairing, typed: object) -> None:
    assert callable(typed)
    assert pairing.knows(pairing.pair(typed(pairing.code())))


def test_tokens_are_told_apart_and_survive_a_restart(pairing: Pairing, file: Path) -> None:
    first, second = (pairing.pair(pairing.code()) for _ in range(2))
    assert first != second
    again = Pairing(file)
    assert again.knows(first)
    assert again.knows(second)
    assert not again.knows(first[:-1])
    assert not again.knows("")
    assert not again.knows("\udcff")


def test_five_wrong_codes_make_a_new_one(pairing: Pairing) -> None:
    code = pairing.code()
    assert [wrong(pairing) for _ in range(4)] == ["pairing_code_wrong"] * 4
    assert pairing.code() == code
    wrong(pairing)
    assert pairing.code() != code
    assert wrong(pairing, code) == "pairing_code_wrong"


def test_a_right_code_forgives_the_wrong_ones_before(pairing: Pairing) -> None:
    for _ in range(2):
        for _ in range(4):
            wrong(pairing)
        pairing.pair(pairing.code())


def test_no_code_is_no_code(pairing: Pairing) -> None:
    assert wrong(pairing, "") == "pairing_code_wrong"
    assert wrong(pairing, "----") == "pairing_code_wrong"


def test_the_file_is_private_and_holds_no_token(pairing: Pairing, file: Path) -> None:
    token = pairing.pair(pairing.code())
    assert token not in file.read_text()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_the_newest_clients_are_kept(pairing: Pairing) -> None:
    tokens = [pairing.pair(pairing.code()) for _ in range(65)]
    assert not pairing.knows(tokens[0])
    assert all(pairing.knows(token) for token in tokens[1:])


def test_forgetting_means_pairing_again(pairing: Pairing) -> None:
    code = pairing.code()
    token = pairing.pair(code)
    pairing.forget_all()
    assert not pairing.knows(token)
    assert pairing.knows(pairing.pair(pairing.code()))


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", json.dumps({"from_a_newer": 1})])
def test_a_damaged_file_is_as_none(pairing: Pairing, file: Path, damage: str) -> None:
    file.write_text(damage)
    assert not pairing.knows("x")
    assert pairing.knows(pairing.pair(pairing.code()))


def test_a_folder_that_cannot_be_written_is_a_stated_condition(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeeperError) as refused:
        Pairing(tmp_path / "file" / "pairing.json").code()
    assert refused.value.code == "storage_failed"
