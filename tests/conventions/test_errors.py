"""The table of errors and the code agree."""

from __future__ import annotations

import ast
import string

import pytest

from model_keeper.domain.errors import ERRORS
from tests.conventions.sources import calls, name_of, product_files, strings

_TABLE = "py/model_keeper/domain/errors.py"


def _raised() -> dict[str, str]:
    """Every code that is written out where an error is made, with the file it is in."""
    return {
        call.args[0].value: name_of(path)
        for path in product_files()
        for name, call in calls(path)
        if name in ("KeeperError", "errors.KeeperError") and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_code_that_is_raised_has_its_sentence() -> None:
    assert {code: where for code, where in _raised().items() if code not in ERRORS} == {}


def test_every_code_of_the_table_is_used() -> None:
    used = {text for path in product_files() if name_of(path) != _TABLE for text in strings(path)}
    assert set(ERRORS) - used == set()


@pytest.mark.parametrize("code", ERRORS)
def test_every_sentence_can_be_filled_in(code: str) -> None:
    kind = ERRORS[code]
    for template in (kind.message, kind.hint):
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        assert all(name.isidentifier() for name in names), code
        assert "{" not in template.format_map(dict.fromkeys(names, "it"))


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_is_one_sentence_and_one_step(code: str) -> None:
    kind = ERRORS[code]
    assert kind.message.rstrip().endswith((".", "?", "”", "}")), code
    assert kind.hint.strip(), code
    assert "\n" not in kind.message + kind.hint
